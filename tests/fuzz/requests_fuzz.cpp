// SPDX-License-Identifier: Apache-2.0
// Requests as the server hands them on, to every route of the program over a small congress: targets, headers, cookies
// and bodies of anybody. Acts are only tried here, so that the house stays as it is; congress_fuzz does them. And
// documents, which are Markdown of anybody shown as pages.
#include <algorithm>
#include <future>

#include "app/register_view.h"
#include "fuzz/fuzz.h"
#include "fuzz/hall_acts.h"
#include "fuzz/html.h"
#include "http/live.h"
#include "http/routes.h"
#include "http/sessions.h"
#include "http/site.h"

using namespace plenum;
using namespace plenum::http;

namespace {

/// The congress of hall_acts.h in an office of its own, a register with a few members, and the routes over both.
struct House {
    SetClock clock{{1'790'000'000'000}};
    SeededRandomness randomness{"requests"}, secrets{"sessions"};
    std::unique_ptr<app::Office> office;
    Sessions sessions{{}, clock, secrets};
    std::optional<Live> live;
    std::optional<Routes> routes;
    std::string administrator, screen;  ///< values of the cookie
    std::string registered;
    std::int64_t last = 0;

    House() {
        auto opened = app::Office::open(":memory:", clock, randomness);
        invariant(opened);
        office = std::move(*opened);
        fuzz::World world;
        for (const auto& part : fuzz::course_of_a_congress())
            for (const auto line : part) world.line(line);
        int key = 0;
        const auto act = [&](const std::string& name, Json with) {
            clock.set(clock.now() + 60'000);
            const auto done = office->act({"administrator", app::Role::administrator},
                                          {name,
                                           name.starts_with("registry.") ? "" : fuzz::World::id,
                                           std::move(with),
                                           "key-" + std::to_string(++key),
                                           {}});
            if (!done) std::fprintf(stderr, "%s: %s\n", name.c_str(), sentence_of(Language::en, done.error()).c_str());
            invariant(done);
        };
        for (const auto& [name, with] : world.acts) act(name, with);
        const auto name = json_from(same_text("Invented Works"));
        act("registry.found_organisation", JsonObject{{"organisation", "works"},
                                                      {"level", "basic"},
                                                      {"form", "committee"},
                                                      {"name", name},
                                                      {"territory_code", ""},
                                                      {"industry_code", ""},
                                                      {"credit_code", ""},
                                                      {"on", "2001-05-01"}});
        act("registry.import_members",
            JsonObject{
                {"organisation", "works"},
                {"on", "2020-03-04"},
                {"file", "m.csv"},
                {"sheet", JsonObject{{"rows", JsonArray{JsonArray{"姓名", "性别", "出生年月", "手机号码"},
                                                        JsonArray{"何样", "女", "1985.06", "13900000017"},
                                                        JsonArray{"样例多吉", "男", "1979.03", "13800000041"}}}}}});
        live.emplace(LiveOptions{},
                     [this](const std::string& stream, std::int64_t after, std::int64_t up_to,
                            std::size_t most) -> Result<std::vector<Act>> {
                         std::vector<Act> out;
                         office->read_events_of(stream, after, [&](const store::StoredEvent& event) {
                             if (event.seq > up_to || out.size() >= most) return false;
                             out.push_back({event.seq, act_json(event)});
                             return true;
                         });
                         return out;
                     });
        live->open(fuzz::World::id, office->last_event_of(fuzz::World::id), "{}");
        routes.emplace(all_routes(sessions, *office, *live, clock), sessions);
        const auto cookie = [&](app::Role role) {
            const auto signed_in = sessions.exchange(sessions.new_link(role), "peer");
            invariant(signed_in);
            const auto from = signed_in->set_cookie.find('=') + 1;
            return signed_in->set_cookie.substr(from, signed_in->set_cookie.find(';') - from);
        };
        administrator = cookie(app::Role::administrator);
        screen = cookie(app::Role::screen);
        last = office->journal().last();
        registered = register_text();
    }
    std::string register_text() {
        std::string out;
        office->journal().with_reader([&](store::Db& db) {
            out = canonical_json(to_json(app::desk::organisations_on(db, {2026, 11, 21})));
            if (const auto page = app::desk::members_page(db, {"works", "", ""})) out += canonical_json(to_json(*page));
        });
        return out;
    }
};

House& house() {
    static House out;
    return out;
}

/// "METHOD target", headers, an empty line, the body: as the server makes a Request of it (http/server.cpp). "@a" and
/// "@s" as a cookie's value stand for a session of an administrator and of a screen.
std::optional<Request> request_of(std::string_view text) {
    const auto take_line = [&] {
        const auto end = std::min(text.find('\n'), text.size());
        const auto line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        return line;
    };
    Request request;
    const auto first = take_line();
    const auto method = first.substr(0, first.find(' '));
    request.method = method == "GET"    ? Method::get
                     : method == "HEAD" ? Method::head
                     : method == "POST" ? Method::post
                                        : Method::other;
    const auto target = first.substr(std::min(method.size() + 1, first.size()));
    for (auto line = take_line(); !line.empty(); line = take_line()) {
        const auto colon = line.find(':');
        if (colon == std::string_view::npos) continue;
        std::string name(line.substr(0, colon));
        std::ranges::transform(name, name.begin(), [](unsigned char c) { return std::tolower(c); });
        auto value = line.substr(colon + 1);
        while (value.starts_with(' ')) value.remove_prefix(1);
        request.headers.emplace_back(std::move(name), std::string(value));
    }
    request.peer = "127.0.0.1";
    request.body = std::string(text);
    request.cookies = cookies_from_header(request.header("cookie"));
    if (const auto cookie = request.cookies.find("plenum"); cookie != request.cookies.end()) {
        if (cookie->second == "@a") cookie->second = house().administrator;
        if (cookie->second == "@s") cookie->second = house().screen;
    }
    const auto read = read_target(request, target);
    if (!read) return std::nullopt;
    HOLDS(request.path.size() <= 64 && request.query.size() <= 64);
    for (const auto& segment : request.path)
        HOLDS(!segment.empty() && segment != "." && segment != ".." && is_utf8(segment) &&
              segment.find_first_of("/\\") == std::string::npos);
    for (const auto& [name, value] : request.query) HOLDS(is_utf8(name) && is_utf8(value));
    return request;
}

void check_response(const Response& response, bool is_paper = false) {
    HOLDS(response.status >= 200 && response.status < 600 && response.status != 500);
    for (const auto& [name, value] : response.headers) HOLDS(value.find_first_of("\r\n") == std::string::npos);
    if (response.content_type == "application/json" || response.content_type == "application/problem+json")
        HOLDS(json_from_text(*response.body));
    if (response.content_type.starts_with("text/html")) {
        HOLDS(is_utf8(*response.body));
        is_paper ? fuzz::check_paper(*response.body) : fuzz::check_document(*response.body);
    }
}

void ask(std::string_view text) {
    auto& here = house();
    auto request = request_of(text);
    if (!request) return;
    HOLDS(is_utf8(request->path_text()));
    const auto most = here.routes->admit(*request);
    if (!most) {
        check_response(problem_response(request->language(), most.error()));
        return;
    }
    if (request->body.size() > *most) return;
    // What would change the house is done elsewhere: here each input must find it as the one before did.
    if (request->method == Method::post && request->path.size() >= 2 &&
        (request->path[1] == "session" ||
         ((request->path[1] == "acts" || request->path[1] == "imports") && request->path.size() == 2)))
        return;
    const bool was_tried = request->path.back() == "try";
    std::promise<Response> answered;
    auto answer = answered.get_future();
    here.routes->answer(
        *request, Responder(request->language(), [&](Response response) { answered.set_value(std::move(response)); }));
    check_response(answer.get(), std::ranges::find(request->path, "papers") != request->path.end());
    HOLDS(here.office->journal().last() == here.last);
    if (was_tried) HOLDS(here.register_text() == here.registered);
}

/// A document of anybody as the page that shows it.
void show_document(std::string_view text) {
    if (!is_utf8(text)) return;
    congress::Document document;
    document.language = "en";
    document.title = same_text(std::string(text.substr(0, text.find('\n'))));
    document.markdown = std::string(text);
    const auto page = document_page(document);
    HOLDS(is_utf8(page));
    fuzz::check_document(page);
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    auto text = fuzz::text_of(bytes, size);
    switch (fuzz::choice(text, 2)) {
        case 0: ask(text); break;
        case 1: show_document(text); break;
    }
    return 0;
}
