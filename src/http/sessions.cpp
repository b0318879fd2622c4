// SPDX-License-Identifier: Apache-2.0
#include "http/sessions.h"

#include <sodium.h>

#include <algorithm>

namespace plenum::http {
namespace {

constexpr std::size_t secret_digits = 64;   // 256 bits
constexpr std::size_t most_peers = 10'000;  // whose wrong links are counted

bool same(const Digest& one, const Digest& other) { return sodium_memcmp(one.data(), other.data(), one.size()) == 0; }

}  // namespace

Sessions::Sessions(SessionRules rules, Clock& clock, Randomness& randomness)
    : rules_(rules), clock_(clock), randomness_(randomness) {}

std::string Sessions::new_link(Role role) {
    const std::lock_guard lock(mutex_);
    if (links_.size() >= rules_.links) {
        const auto used = std::find_if(links_.begin(), links_.end(), [](const Link& link) { return link.used; });
        links_.erase(used == links_.end() ? links_.begin() : used);
    }
    auto secret = randomness_.salt();
    links_.push_back({sha256(secret), role, false});
    return secret;
}

std::string Sessions::cookie_of(std::string_view secret, Role role) const {
    std::string out = std::string(cookie_name) + "=" + std::string(secret) + "; Path=/; HttpOnly; SameSite=Strict";
    // An administrator's ends with the browser; a screen must survive the night.
    if (role == Role::screen) out += "; Max-Age=" + std::to_string(rules_.screen_lifetime_ms / 1000);
    if (rules_.secure_cookie) out += "; Secure";
    return out;
}
std::string Sessions::clearing_cookie() const {
    return std::string(cookie_name) + "=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0" +
           (rules_.secure_cookie ? "; Secure" : "");
}

Result<Done> Sessions::count_wrong(std::string_view peer) {
    const auto now = clock_.now();
    const auto too_many = [&](UtcTime since) {
        const auto left_ms = std::max<std::int64_t>(1, since.ms + rules_.wrong_links_ms - now.ms);
        return refuse(Why::too_many_attempts, {{"seconds", (left_ms + 999) / 1000}});
    };
    const auto is_over = [&](const Wrong& wrong) { return now.ms - wrong.since.ms >= rules_.wrong_links_ms; };
    if (wrong_.size() >= most_peers) {
        std::erase_if(wrong_, [&](const auto& each) { return is_over(each.second); });
        if (wrong_.size() >= most_peers && !wrong_.contains(peer)) return too_many(now);
    }
    auto& wrong = wrong_[std::string(peer)];
    if (is_over(wrong)) wrong = {0, now};
    if (wrong.count >= rules_.wrong_links) return too_many(wrong.since);
    ++wrong.count;
    return Done{};
}

void Sessions::drop_expired() {
    const auto now = clock_.now();
    std::erase_if(sessions_, [&](const auto& each) { return each.second.ends <= now; });
}

Result<SignedIn> Sessions::exchange(std::string_view link, std::string_view peer, std::string_view cookie) {
    const auto hash = sha256(link);
    const std::lock_guard lock(mutex_);
    Link* found = nullptr;
    for (auto& each : links_)
        if (same(each.hash, hash)) found = &each;
    if (!found || link.size() != secret_digits) {
        TRY(count_wrong(peer));
        return refuse(Why::link_unknown);
    }
    if (found->used) return refuse(Why::link_used);

    drop_expired();
    const auto role = found->role;
    if (const auto present = find_locked(cookie); present != sessions_.end() && present->second.session.role == role)
        sessions_.erase(present);
    const auto most = role == Role::administrator ? rules_.administrators : rules_.screens;
    const auto have = std::count_if(sessions_.begin(), sessions_.end(),
                                    [&](const auto& each) { return each.second.session.role == role; });
    if (static_cast<std::size_t>(have) >= most) return refuse(Why::too_many_sessions, {{"most", most}});

    found->used = role == Role::administrator;
    const auto secret = randomness_.salt();
    const Session session{role, next_number_++};
    const auto lives_ms = role == Role::administrator ? rules_.administrator_idle_ms : rules_.screen_lifetime_ms;
    sessions_.emplace(sha256(secret), Kept{session, clock_.now() + lives_ms});
    return SignedIn{session, cookie_of(secret, role)};
}

// The map is searched by hash: whoever times it learns of the hash of what was sent, not of the secret that is kept.
std::map<Digest, Sessions::Kept>::iterator Sessions::find_locked(std::string_view cookie) {
    if (cookie.size() != secret_digits) return sessions_.end();
    const auto hash = sha256(cookie);
    const auto found = sessions_.find(hash);
    if (found == sessions_.end() || !same(found->first, hash)) return sessions_.end();
    if (found->second.ends > clock_.now()) return found;
    sessions_.erase(found);
    return sessions_.end();
}

std::optional<Session> Sessions::find(std::string_view cookie) {
    const std::lock_guard lock(mutex_);
    const auto found = find_locked(cookie);
    if (found == sessions_.end()) return std::nullopt;
    auto& kept = found->second;
    if (kept.session.role == Role::administrator) kept.ends = clock_.now() + rules_.administrator_idle_ms;
    return kept.session;
}

void Sessions::end(std::string_view cookie) {
    const std::lock_guard lock(mutex_);
    if (const auto found = find_locked(cookie); found != sessions_.end()) sessions_.erase(found);
}

std::size_t Sessions::count() const {
    const std::lock_guard lock(mutex_);
    return sessions_.size();
}

}  // namespace plenum::http
