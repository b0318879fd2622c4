// SPDX-License-Identifier: Apache-2.0
#include "http/sessions.h"

#include <doctest/doctest.h>

#include <atomic>
#include <set>
#include <thread>
#include <vector>

using namespace plenum;
using namespace plenum::http;

namespace {

constexpr std::int64_t hour_ms = 3'600'000;

struct Desk {
    explicit Desk(SessionRules rules = {}) : sessions(rules, clock, randomness) {}
    SetClock clock{{1'700'000'000'000}};
    SystemRandomness randomness;
    Sessions sessions;

    void pass(std::int64_t ms) { clock.set(clock.now() + ms); }
    std::string sign_in(Role role) {
        return value_of(sessions.exchange(sessions.new_link(role), "192.0.2.5")->set_cookie);
    }
    static std::string value_of(const std::string& set_cookie) {
        const auto equals = set_cookie.find('=');
        return set_cookie.substr(equals + 1, set_cookie.find(';') - equals - 1);
    }
};

}  // namespace

TEST_CASE("the administrator's link works once, the screen's on any number of screens") {
    Desk desk;
    const auto administrator = desk.sessions.new_link(Role::administrator),
               screen = desk.sessions.new_link(Role::screen);
    CHECK(administrator.size() == 64);
    const auto first = desk.sessions.exchange(administrator, "192.0.2.5");
    REQUIRE(first);
    CHECK(first->session.role == Role::administrator);
    CHECK(refused_as(desk.sessions.exchange(administrator, "192.0.2.5"), Why::link_used));
    std::set<std::uint64_t> numbers;
    for (int i = 0; i < 17; ++i) {
        const auto each = desk.sessions.exchange(screen, "192.0.2.6");
        REQUIRE(each);
        CHECK(each->session.role == Role::screen);
        numbers.insert(each->session.number);
    }
    CHECK(numbers.size() == 17);
}

TEST_CASE("of many who use a one-time link at once, one gets in") {
    Desk desk;
    const auto link = desk.sessions.new_link(Role::administrator);
    std::atomic<int> in = 0;
    std::vector<std::thread> all;
    for (int i = 0; i < 9; ++i)
        all.emplace_back([&] { in += desk.sessions.exchange(link, "192.0.2.5").has_value() ? 1 : 0; });
    for (auto& each : all) each.join();
    CHECK(in == 1);
}

TEST_CASE("the cookie is out of reach of scripts and of other sites") {
    Desk desk;
    const auto administrator = desk.sessions.exchange(desk.sessions.new_link(Role::administrator), "");
    const auto rest = administrator->set_cookie.substr(7 + 64);
    CHECK(administrator->set_cookie.starts_with("plenum="));
    CHECK(rest == "; Path=/; HttpOnly; SameSite=Strict");
    const auto screen = desk.sessions.exchange(desk.sessions.new_link(Role::screen), "");
    CHECK(screen->set_cookie.substr(7 + 64) == "; Path=/; HttpOnly; SameSite=Strict; Max-Age=2592000");
    Desk behind_tls({.secure_cookie = true});
    CHECK(
        behind_tls.sessions.exchange(behind_tls.sessions.new_link(Role::screen), "")->set_cookie.ends_with("; Secure"));
}

TEST_CASE(
    "an administrator's session ends twelve hours after its last request, a screen's thirty days after its first") {
    Desk desk;
    const auto administrator = desk.sign_in(Role::administrator), screen = desk.sign_in(Role::screen);
    for (int i = 0; i < 5; ++i) {
        desk.pass(11 * hour_ms);
        CHECK(desk.sessions.find(administrator));
        CHECK(desk.sessions.find(screen));
    }
    desk.pass(12 * hour_ms - 1);
    CHECK(desk.sessions.find(administrator));
    desk.pass(12 * hour_ms);
    CHECK_FALSE(desk.sessions.find(administrator));
    CHECK(desk.sessions.find(screen));
    desk.pass(30 * 24 * hour_ms - (5 * 11 + 24) * hour_ms);
    CHECK(desk.sessions.find(screen));  // one millisecond is left
    desk.pass(1);
    CHECK_FALSE(desk.sessions.find(screen));
}

TEST_CASE("what is no cookie of ours is no session") {
    Desk desk;
    auto cookie = desk.sign_in(Role::administrator);
    CHECK(desk.sessions.find(cookie));
    for (std::size_t i = 0; i < cookie.size(); ++i) {
        auto other = cookie;
        other[i] = other[i] == '0' ? '1' : '0';
        CHECK_FALSE(desk.sessions.find(other));
    }
    for (const auto& other : {std::string(), cookie.substr(1), cookie + "0", std::string(64, '\0')})
        CHECK_FALSE(desk.sessions.find(other));
}

TEST_CASE("a session that is ended is over") {
    Desk desk;
    const auto cookie = desk.sign_in(Role::administrator), other = desk.sign_in(Role::administrator);
    desk.sessions.end(cookie);
    CHECK_FALSE(desk.sessions.find(cookie));
    CHECK(desk.sessions.find(other));
}

TEST_CASE("wrong links are counted for each peer; the right one always works") {
    Desk desk;
    const auto link = desk.sessions.new_link(Role::screen);
    const std::string wrong(64, 'a');
    for (int i = 0; i < 10; ++i) CHECK(refused_as(desk.sessions.exchange(wrong, "192.0.2.5"), Why::link_unknown));
    desk.pass(20'000);
    const auto refused = desk.sessions.exchange(wrong, "192.0.2.5");
    CHECK(refused_as(refused, Why::too_many_attempts));
    CHECK(refused.error().fact("seconds") == "40");
    CHECK(refused_as(desk.sessions.exchange(wrong, "192.0.2.6"), Why::link_unknown));
    CHECK(desk.sessions.exchange(link, "192.0.2.5"));
    desk.pass(40'000);
    CHECK(refused_as(desk.sessions.exchange(wrong, "192.0.2.5"), Why::link_unknown));
}

TEST_CASE("sessions are bounded, and a browser that signs in again leaves its old one") {
    Desk desk({.administrators = 5, .screens = 6});
    const auto link = desk.sessions.new_link(Role::screen);
    std::string cookie;
    for (int i = 0; i < 20; ++i) {
        const auto again = desk.sessions.exchange(link, "192.0.2.5", cookie);
        REQUIRE(again);
        cookie = Desk::value_of(again->set_cookie);
    }
    CHECK(desk.sessions.count() == 1);
    for (int i = 0; i < 5; ++i) CHECK(desk.sessions.exchange(link, "192.0.2.5"));
    const auto full = desk.sessions.exchange(link, "192.0.2.5");
    CHECK(refused_as(full, Why::too_many_sessions));
    CHECK(full.error().fact("most") == "6");
    for (int i = 0; i < 5; ++i) desk.sign_in(Role::administrator);
    const auto one_more = desk.sessions.new_link(Role::administrator);
    CHECK(refused_as(desk.sessions.exchange(one_more, "192.0.2.5"), Why::too_many_sessions));
    desk.pass(12 * hour_ms);
    CHECK(desk.sessions.exchange(one_more, "192.0.2.5"));  // those ended, and the link was not used up
}
