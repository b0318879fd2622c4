// SPDX-License-Identifier: Apache-2.0
#include "http/routes.h"

#include <doctest/doctest.h>

#include "http/static_files.h"

using namespace plenum;
using namespace plenum::http;

namespace {

Request request_of(Method method, std::string_view target,
                   std::vector<std::pair<std::string, std::string>> headers = {}) {
    Request out;
    out.method = method;
    REQUIRE(read_target(out, target));
    out.headers = std::move(headers);
    out.cookies = cookies_from_header(out.header("cookie"));
    return out;
}

struct Table {
    Table() {
        const auto says = [](std::string word) {
            return [word](const Request& request, Responder respond) {
                std::string all = word;
                for (const auto& [name, value] : request.parameters) all += " " + name + "=" + value;
                respond(text_response("text/plain", all));
            };
        };
        std::vector<Route> table = session_routes(sessions);
        table.push_back(
            {Method::get, "/api/congresses/{id}/screen", Permission::signed_in, 0, "", "ScreenView", "", says("view")});
        table.push_back({Method::post, "/api/congresses/{id}/screen", Permission::administrator, 17, "TurnPage",
                         "ScreenView", "", says("turn")});
        table.push_back(
            {Method::get, "/api/congresses/newest/screen", Permission::signed_in, 0, "", "", "", says("newest")});
        table.push_back({Method::get, "/documents/{hash}", Permission::anyone, 0, "", "", "", says("document")});
        routes.emplace(std::move(table), sessions);
    }
    std::string cookie(Role role) {
        const auto signed_in = sessions.exchange(sessions.new_link(role), "192.0.2.5");
        return signed_in->set_cookie.substr(0, signed_in->set_cookie.find(';'));
    }
    Response answer(Request request) {
        const auto admitted = routes->admit(request);
        if (!admitted) return problem_response(Language::en, admitted.error());
        Response out;
        routes->answer(std::move(request),
                       Responder(Language::en, [&](Response response) { out = std::move(response); }));
        return out;
    }

    SetClock clock{{1'700'000'000'000}};
    SystemRandomness randomness;
    Sessions sessions{{}, clock, randomness};
    std::optional<Routes> routes;
};

}  // namespace

TEST_CASE("a route is found by its template, and a literal segment is preferred to a parameter") {
    Table table;
    const auto cookie = table.cookie(Role::screen);
    const auto said = [&](std::string_view target) {
        return *table.answer(request_of(Method::get, target, {{"cookie", cookie}})).body;
    };
    CHECK(said("/api/congresses/c-17/screen") == "view id=c-17");
    CHECK(said("/api/congresses/newest/screen") == "newest");
    CHECK(said("/api/congresses/c%2017/screen/") == "view id=c 17");
    CHECK(said("/documents/9f2c") == "document hash=9f2c");
}

TEST_CASE("who may ask is checked before anything else of a request, and before its body is read") {
    Table table;
    const auto screen = table.cookie(Role::screen), administrator = table.cookie(Role::administrator);
    const auto admitted = [&](Method method, std::string_view target, const std::string& cookie) {
        auto request =
            request_of(method, target, {{"cookie", cookie}, {"content-type", "application/json; charset=utf-8"}});
        return table.routes->admit(request);
    };
    const auto* view = "/api/congresses/c-17/screen";
    CHECK(refused_as(admitted(Method::get, view, ""), Why::not_signed_in));
    CHECK(refused_as(admitted(Method::get, view, "plenum=" + std::string(64, 'a')), Why::not_signed_in));
    CHECK(admitted(Method::get, view, screen).value_or(99) == 0);
    CHECK(admitted(Method::head, view, administrator));
    CHECK(refused_as(admitted(Method::post, view, ""), Why::not_signed_in));
    CHECK(refused_as(admitted(Method::post, view, screen), Why::not_permitted));
    CHECK(admitted(Method::post, view, administrator).value_or(99) == 17);
    CHECK(admitted(Method::get, "/documents/5", ""));
}

TEST_CASE("what another site's page posts is refused") {
    Table table;
    const auto cookie = table.cookie(Role::administrator);
    struct Row {
        std::pair<std::string, std::string> header;
        bool own;
    };
    for (const auto& [header, own] :
         {Row{{"origin", "http://plenum.test:8080"}, true}, Row{{"origin", "https://PLENUM.test:8080"}, true},
          Row{{"origin", "http://plenum.test"}, false}, Row{{"origin", "http://plenum.test:8081"}, false},
          Row{{"origin", "http://evil.example"}, false}, Row{{"origin", "null"}, false},
          Row{{"origin", "http://plenum.test:8080.evil.example"}, false}, Row{{"sec-fetch-site", "same-origin"}, true},
          Row{{"sec-fetch-site", "none"}, true}, Row{{"sec-fetch-site", "same-site"}, false},
          Row{{"sec-fetch-site", "cross-site"}, false}, Row{{"x-nothing", ""}, true}}) {
        CAPTURE(header.second);
        auto request = request_of(
            Method::post, "/api/congresses/c-17/screen",
            {{"host", "plenum.test:8080"}, {"cookie", cookie}, {"content-type", "application/json"}, header});
        const auto admitted = table.routes->admit(request);
        CHECK(admitted.has_value() == own);
        if (!own) CHECK(refused_as(admitted, Why::cross_site));
    }
}

TEST_CASE("a link is exchanged for a session, which says what it may do and can be ended") {
    Table table;
    const auto link = table.sessions.new_link(Role::administrator);
    const auto exchange = [&](const std::string& body) {
        auto request = request_of(Method::post, "/api/session", {{"content-type", "application/json"}});
        request.body = body;
        request.peer = "192.0.2.17";
        return table.answer(std::move(request));
    };
    CHECK(exchange("").status == 400);
    CHECK(exchange("[]").status == 400);
    CHECK(exchange(R"({"link":"x"})").status == 401);
    CHECK(exchange(R"({"link":")" + link + R"(","more":1})").status == 400);
    const auto answer = exchange(R"({"link":")" + link + R"("})");
    CHECK(answer.status == 204);
    REQUIRE(answer.headers.size() == 1);
    const auto set = answer.headers[0].second;
    CHECK(set.find(link) == std::string::npos);
    const auto cookie = set.substr(0, set.find(';'));
    const auto me = [&] { return table.answer(request_of(Method::get, "/api/me", {{"cookie", "a=b; " + cookie}})); };
    CHECK(*me().body == R"({"role":"administrator"})");
    CHECK(table
              .answer(request_of(Method::post, "/api/session/end",
                                 {{"cookie", cookie}, {"content-type", "application/json"}}))
              .status == 204);
    CHECK(me().status == 401);
    CHECK(*table.answer(request_of(Method::get, "/api/health")).body == R"({"status":"ok"})");
}

TEST_CASE("every refusal of this room has a sentence in three languages") {
    for (const auto& each : all_refusals)
        for (const auto language : all_languages) {
            CAPTURE(each.name);
            CHECK(has_text(language, "refusal." + std::string(each.name)));
        }
}

TEST_CASE("cookies are read as browsers send them") {
    CHECK(cookies_from_header("a=1; plenum=2;b = 3 ;; x; a=4") == Parameters{{"a", "1"}, {"plenum", "2"}, {"b", "3"}});
    CHECK(cookies_from_header("").empty());
}
