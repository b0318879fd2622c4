// SPDX-License-Identifier: Apache-2.0
#include "http/site.h"

#include <doctest/doctest.h>

#include <set>
#include <sstream>

#include "app/office_for_tests.h"
#include "base/refusals.h"
#include "http/raw_client_test.h"
#include "store/verify.h"

using namespace plenum;
using namespace plenum::http;
using congress::Hall;

namespace {

/// The small congress behind a real server on a free port.
struct House : app::SmallCongress {
    House() {
        SiteOptions options;
        options.server.listen = "127.0.0.1:0";
        auto opened = Site::open(*office, session_clock, session_randomness, std::move(options));
        REQUIRE(opened);
        site = std::move(*opened);
        const auto address = site->address();
        port = static_cast<std::uint16_t>(std::stoi(address.substr(address.rfind(':') + 1)));
        administrator = sign_in(site->administrator_link());
        screen = sign_in(site->screen_link());
    }
    ~House() { site.reset(); }

    static std::string secret_of(const std::string& link) { return link.substr(link.find('#') + 1); }
    RawAnswer exchange(const std::string& link) const {
        return RawClient(port).ask(post("/api/session", "{\"link\":\"" + secret_of(link) + "\"}"));
    }
    std::string sign_in(const std::string& link) const {
        const auto answer = exchange(link);
        CHECK(answer.status < 300);
        const auto cookie = answer.header("set-cookie");
        return "Cookie: " + cookie.substr(0, cookie.find(';')) + "\r\n";
    }
    RawAnswer read(std::string_view target, std::string_view headers) const {
        return RawClient(port).ask(get(target, headers));
    }
    /// One act over the wire. An empty key sends no header for it.
    RawAnswer send_act(const std::string& body, const std::string& key, const std::string& who,
                       const std::string& more = "") const {
        return RawClient(port).ask(
            post("/api/acts", body, who + more + (key.empty() ? "" : "Idempotency-Key: " + key + "\r\n")));
    }
    static std::string act_body(std::string_view name, Json with, std::string_view congress = "c5") {
        return canonical_json(JsonObject{{"act", name}, {"congress", congress}, {"with", std::move(with)}});
    }
    static std::string check_in(int delegate) {
        return act_body("congress.check_in",
                        JsonObject{{"delegate", "d" + std::to_string(delegate)}, {"method", "card"}});
    }

    SystemClock session_clock;
    SystemRandomness session_randomness;
    std::unique_ptr<Site> site;
    std::uint16_t port = 0;
    std::string administrator, screen;
};

}  // namespace

TEST_CASE("an administrator's link opens the house once, a screen's any number of times") {
    House house;
    const auto link = house.site->administrator_link();
    CHECK(link.starts_with("http://" + house.site->address() + "/console/#"));
    CHECK(house.exchange(link).status < 300);
    const auto again = house.exchange(link);
    CHECK(again.status == 410);
    CHECK(again.name() == "http.link_used");
    const auto screens = house.site->screen_link();
    CHECK(screens.starts_with("http://" + house.site->address() + "/screen/#"));
    for (int i = 0; i < 5; ++i) CHECK(house.exchange(screens).status < 300);
    CHECK(house.exchange("#" + std::string(64, '0')).name() == "http.link_unknown");
    CHECK(house.read("/api/me", house.administrator).body.find("administrator") != std::string::npos);
}

TEST_CASE("nothing of a congress is told to who has not signed in, and papers only to the administrator") {
    House house;
    house.prepare();
    struct Row {
        const char* target;
        bool for_screens;
    };
    for (const auto& [target, for_screens] :
         {Row{"/api/congresses", true}, Row{"/api/congresses/c5/screen", true}, Row{"/api/congresses/c5/live", true},
          Row{"/api/congresses/c5/papers/minutes", false}, Row{"/api/congresses/c5/events", false},
          Row{"/api/journal", false}}) {
        CAPTURE(target);
        CHECK(house.read(target, "").name() == "http.not_signed_in");
        CHECK(house.read(target, "Cookie: plenum=" + std::string(64, '0') + "\r\n").status == 401);
        RawClient wall(house.port);
        CHECK(wall.ask(get(target, house.screen)).status == (for_screens ? 200 : 403));
        RawClient desk(house.port);
        CHECK(desk.ask(get(target, house.administrator)).status == 200);
    }
    for (const auto* target : {"/api/congresses/c6/screen", "/api/congresses/c6/live", "/api/congresses/c6/events",
                               "/api/congresses/c6/papers/minutes"}) {
        CAPTURE(target);
        CHECK(house.read(target, house.administrator).name() == "app.congress_unknown");
    }
}

TEST_CASE("an act over the wire is done once and answered with its receipt") {
    House house;
    house.prepare();
    house.doors(congress::SittingKind::preparatory, false, 5);
    const auto before = house.office->journal().last();
    const auto first = house.send_act(House::check_in(17), "door-2:17", house.administrator);
    CHECK(first.status == 200);
    CHECK(first.member("first") == std::to_string(before + 1));
    CHECK(first.member("last") == std::to_string(before + 1));
    CHECK(first.member("head") == house.office->journal().head());
    CHECK(first.member("repeated") == "false");
    const auto again = house.send_act(House::check_in(17), "door-2:17", house.administrator);
    CHECK(again.status == 200);
    CHECK(again.member("repeated") == "true");
    CHECK(again.member("head") == first.member("head"));
    CHECK(house.send_act(House::check_in(18), "door-2:17", house.administrator).name() == "store.key_reused");
    CHECK(house.send_act(House::check_in(17), "door-2:17b", house.administrator).name() ==
          "congress.already_checked_in");
    const auto on_wall = house.send_act(House::check_in(18), "wall:18", house.screen);
    CHECK(on_wall.status == 403);
    CHECK(house.send_act(House::check_in(18), "nobody:18", "").status == 401);
    CHECK(house.office->journal().last() == before + 1);
}

TEST_CASE("what cannot be read is a named problem in the reader's language") {
    House house;
    house.prepare();
    house.doors(congress::SittingKind::preparatory, false, 5);
    const auto before = house.office->journal().head();
    const std::string json = "Content-Type: application/json\r\n", text = "Content-Type: text/plain\r\n";
    const auto deep = std::string(5000, '[') + std::string(5000, ']');
    std::string long_name;  // 300 characters of three bytes: cut between two of them wherever it is shown
    for (int i = 0; i < 300; ++i) long_name += "会";
    struct Row {
        std::string body, key, type, name;
        int status;
    };
    for (
        const auto& [body, key, type, name, status] : {
            Row{"{\"act\":", "k1", json, "base.json_malformed", 400},
            Row{"", "k1", json, "base.json_malformed", 400},
            Row{"{\"act\":\"\xff\"}", "k1", json, "base.text_not_utf8", 400},
            Row{R"({"act":"a","act":"b","congress":"c5","with":{}})", "k1", json, "base.json_duplicate_key", 400},
            Row{deep, "k1", json, "base.json_too_deep", 400},
            Row{R"({"act":"congress.check_in","congress":"c5"})", "k1", json, "base.field_missing", 400},
            Row{R"({"act":"a","congress":"c5","with":{},"more":5})", "k1", json, "base.field_unknown", 400},
            Row{R"({"act":5,"congress":"c5","with":{}})", "k1", json, "base.field_wrong_type", 400},
            Row{R"([5,6,17])", "k1", json, "base.field_wrong_type", 400},
            Row{R"({"act":"congress.check_in","congress":"c5","with":{"share":0.5}})", "k1", json,
                "base.json_not_integer", 400},
            Row{R"({"act":"congress.check_in","congress":"c5","with":{"delegate":"d17","method":"card","x":18446744073709551615}})",
                "k1", json, "base.json_not_integer", 400},
            Row{R"({"act":"congress.check_in","congress":"c5","with":{"delegate":"d17","method":"drone"}})", "k1", json,
                "base.field_wrong_value", 400},
            Row{R"({"act":"","congress":"c5","with":{}})", "k1", json, "app.act_unknown", 404},
            Row{R"({"act":")" + long_name + R"(","congress":"c5","with":{}})", "k1", json, "base.text_over_length",
                400},
            Row{R"({"act":"congress.close_sitting","congress":")" + long_name + R"(","with":{}})", "k1", json,
                "base.text_over_length", 400},
            Row{House::check_in(17), "", json, "store.key_malformed", 400},
            Row{House::check_in(17), std::string(201, 'k'), json, "store.key_malformed", 400},
            Row{House::check_in(17), "k1", text, "http.content_type_wrong", 415},
            Row{House::check_in(17), "k1", "", "http.content_type_wrong", 415},
            Row{std::string(3u << 20, ' '), "k1", json, "http.body_too_large", 413},
        }) {
        std::set<std::string> told;
        for (const auto* language : {"zh-CN", "zh-TW", "en-GB"}) {
            const std::string headers = "POST /api/acts HTTP/1.1\r\nHost: plenum.test\r\n" + house.administrator +
                                        type + (key.empty() ? "" : "Idempotency-Key: " + key + "\r\n") +
                                        "Accept-Language: " + language +
                                        "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n";
            const auto answer = RawClient(house.port).ask(headers + body);
            CAPTURE(name);
            CAPTURE(body.substr(0, 100));
            CHECK(answer.status == status);
            CHECK(answer.name() == name);
            CHECK(answer.header("content-type").starts_with("application/problem+json"));
            CHECK(is_utf8(answer.body));
            const auto detail = answer.member("detail");
            CHECK(detail.find('{') == std::string::npos);
            told.insert(detail);
        }
        CHECK(told.size() == 3);
    }
    CHECK(house.office->journal().head() == before);
}

TEST_CASE("a live reader sees each act and the view after it, and goes on where it left off") {
    House house;
    house.prepare();
    house.doors(congress::SittingKind::preparatory, false, 5);
    const auto target = "/api/congresses/c5/live";
    const auto before = house.office->journal().last();
    RawClient reader(house.port);
    const auto head = reader.ask(get(target, house.screen));
    CHECK(head.status == 200);
    CHECK(head.header("content-type").starts_with("text/event-stream"));
    CHECK(!reader.read_to("event: view\n").empty());  // the present comes first
    CHECK(reader.read_to("\n\n").find("\"present\":5") != std::string::npos);

    CHECK(house.send_act(House::check_in(17), "door:17", house.administrator).status == 200);
    const auto act = reader.read_to("event: view\n");
    CHECK(act.find("id: " + std::to_string(before + 1) + "\nevent: act\n") != std::string::npos);
    CHECK(act.find("\"kind\":\"delegate_checked_in\"") != std::string::npos);
    const auto view = reader.read_to("\n\n");
    CHECK(view.find("\"present\":6") != std::string::npos);
    CHECK(view.find("\"seq\":" + std::to_string(before + 1)) != std::string::npos);

    for (const int delegate : {18, 19, 20})
        CHECK(
            house.send_act(House::check_in(delegate), "door:" + std::to_string(delegate), house.administrator).status ==
            200);
    RawClient back(house.port);
    CHECK(back.ask(get(target, house.screen + "Last-Event-ID: " + std::to_string(before + 2) + "\r\n")).status == 200);
    const auto missed = back.read_to("event: view\n");
    CHECK(missed.find("id: " + std::to_string(before + 2) + "\n") == std::string::npos);
    CHECK(missed.find("id: " + std::to_string(before + 3) + "\n") != std::string::npos);
    CHECK(missed.find("id: " + std::to_string(before + 4) + "\n") != std::string::npos);
    CHECK(back.read_to("\n\n").find("\"present\":9") != std::string::npos);

    RawClient ahead(house.port);
    CHECK(ahead.ask(get(target, house.screen + "Last-Event-ID: 99999\r\n")).name() == "http.sequence_ahead");
    RawClient strange(house.port);
    CHECK(strange.ask(get(target, house.screen + "Last-Event-ID: five\r\n")).name() == "http.sequence_malformed");
}

TEST_CASE("no reader is told a mark, a name of a candidate, or anything personal") {
    House house;
    house.up_to_certificate();
    RawClient reader(house.port);
    CHECK(reader.ask(get("/api/congresses/c5/live", house.screen + "Last-Event-ID: 0\r\n")).status == 200);
    house.must("congress.declare_result", JsonObject{{"election", house.election}});
    const auto all = reader.read_to("\"kind\":\"result_declared\"");
    REQUIRE(!all.empty());
    int withheld = 0;
    std::istringstream lines(all);
    for (std::string line; std::getline(lines, line);) {
        if (!line.starts_with("data: {")) continue;
        const auto act = json_from_text(line.substr(6));
        if (!act || !act->as_object().contains("kind")) continue;  // a view, or the act that was cut off
        const auto kind = act->at("kind").as_string();
        CAPTURE(line);
        if (kind == "count_entered" || kind == "candidates_nominated") {
            ++withheld;
            CHECK(act->at("body").is_null());
            CHECK(line.find("in_favour") == std::string::npos);
        }
        // The hall hears a result from the chair, and sees it no sooner.
        if (kind == "result_certified") {
            ++withheld;
            CHECK(act->at("body").is_null());
        }
        if (kind == "unit_election_reported" || kind == "tellers_appointed")
            CHECK(line.find("Person ") == std::string::npos);
        if (kind == "unit_election_reported") CHECK(act->at("body").is_object());
    }
    CHECK(withheld == 4);  // two counts, one list, one certificate
}

TEST_CASE("the administrator reads history, papers and journal") {
    House house;
    house.up_to_certificate();
    house.must("congress.declare_result", JsonObject{{"election", house.election}});
    const auto last = house.office->journal().last();

    const auto told = [&](const std::string& query) {
        const auto answer = json_from_text(house.read("/api/congresses/c5/events" + query, house.administrator).body);
        REQUIRE(answer);
        return answer->as_object();
    };
    const auto whole = told("");
    const auto events = whole.at("events").as_array();
    REQUIRE(static_cast<std::int64_t>(events.size()) == last);
    CHECK(whole.at("next").is_null());
    for (const auto& each : events) {
        CHECK(each.at("sentence").at("en").as_string().size() > 0);
        CHECK(each.at("sentence").at("zh-Hant").as_string().find('{') == std::string::npos);
        if (each.at("kind") == "count_entered")
            CHECK(canonical_json(each.at("sentence")).find("22") == std::string::npos);
    }
    const auto few = told("?after=" + std::to_string(last - 3)).at("events").as_array();
    REQUIRE(few.size() == 3);
    CHECK(few.at(0).at("seq") == last - 2);
    CHECK(few.at(2) == events.back());
    CHECK(house.read("/api/congresses/c5/events?after=-1", house.administrator).name() == "http.sequence_malformed");
    CHECK(told("?after=" + std::to_string(last)).at("events").as_array().empty());
    for (const auto* limit : {"0", "1001"})
        CHECK(house.read(std::string("/api/congresses/c5/events?limit=") + limit, house.administrator).name() ==
              "base.field_wrong_value");

    // Page by page nothing is left out and nothing comes twice.
    JsonArray together;
    int pages = 0;
    for (std::string query = "?limit=7"; !query.empty(); ++pages) {
        const auto some = told(query);
        CHECK(some.at("events").as_array().size() <= 7);
        for (const auto& each : some.at("events").as_array()) together.push_back(each);
        const auto& next = some.at("next");
        query = next.is_null() ? "" : "?limit=7&after=" + std::to_string(next.as_int64());
    }
    CHECK(together == events);
    CHECK(pages == (last + 6) / 7);

    for (const auto* language : {"zh-Hans", "zh-Hant", "en"})
        for (const auto* name : {"minutes", "communique"}) {
            const auto target = std::string("/api/congresses/c5/papers/") + name + "?language=" + language;
            const auto page = house.read(target, house.administrator);
            CHECK(page.header("content-type") == "text/html; charset=utf-8");
            CHECK(page.body.find("lang=\"" + std::string(language) + "\"") != std::string::npos);
            const auto markdown = house.read(target + "&format=markdown", house.administrator);
            CHECK(markdown.header("content-type") == "text/markdown; charset=utf-8");
            CHECK(markdown.body ==
                  congress::markdown_from(*house.office->paper("c5", name, *language_from_tag(language))));
        }
    for (const auto& [target, name] :
         {std::pair{"/api/congresses/c5/papers/poem", "app.paper_unknown"},
          std::pair{"/api/congresses/c5/papers/minutes?language=fr", "base.language_unknown"},
          std::pair{"/api/congresses/c5/papers/minutes?format=pdf", "base.field_wrong_value"}})
        CHECK(house.read(target, house.administrator).name() == name);

    const auto journal = house.read("/api/journal", house.administrator);
    CHECK(journal.header("content-type") == "application/jsonl");
    std::istringstream text(journal.body);
    const auto verified = store::verify_export(text, "journal.jsonl", house.office->journal().head());
    REQUIRE(verified);
    CHECK(verified->events == last);

    const auto list = json_from_text(house.read("/api/congresses", house.screen).body);
    REQUIRE(list->as_array().size() == 1);
    CHECK(list->at(0).at("id") == "c5");
    CHECK(list->at(0).at("phase") == "in_session");
}

TEST_CASE("a document is shown as a page in which its HTML is no HTML") {
    House house;
    house.prepare();
    const std::string markdown =
        "# Report\n\n<script>alert(5)</script>\n\nText <img src=x onerror=alert(6)> and [a "
        "link](javascript:alert(17)).\n";
    const auto laid = house.must(congress::ask::LayDocument{{}, same_text("Report <b>&\"</b>"), "en", markdown});
    CHECK(laid.last > 0);
    const auto hash =
        house.of_congress([](const congress::Congress& congress) { return congress.documents.begin()->first; });
    const auto page = house.read("/documents/" + hash, "");  // public, to who knows the hash
    CHECK(page.status == 200);
    CHECK(page.header("content-type") == "text/html; charset=utf-8");
    CHECK(page.header("content-security-policy").find("script-src") != std::string::npos);
    CHECK(page.body.find("<h1>Report</h1>") != std::string::npos);
    CHECK(page.body.find("<title>Report &lt;b&gt;&amp;") != std::string::npos);
    for (const auto* evil : {"<script", "alert(5)", "onerror", "javascript:", "<b>"}) {
        CAPTURE(evil);
        CHECK(page.body.find(evil) == std::string::npos);
    }
    CHECK(house.read("/documents/" + std::string(64, 'a'), "").name() == "app.document_unknown");
}

TEST_CASE("the chair's notice reaches the screens, and a page that is not there does not") {
    House house;
    house.prepare();
    RawClient reader(house.port);
    CHECK(reader.ask(get("/api/congresses/c5/live", house.screen)).status == 200);
    CHECK(!reader.read_to("event: view\n").empty());
    CHECK(!reader.read_to("\n\n").empty());
    const auto turn = [&](const std::string& body, const std::string& who) {
        return RawClient(house.port).ask(post("/api/congresses/c5/screen", body, who));
    };
    const auto shown =
        turn(R"({"notice":{"zh-Hans":"请就座","zh-Hant":"請就座","en":"Please be seated"}})", house.administrator);
    CHECK(shown.status == 200);
    CHECK(shown.member("state") == "pause");
    CHECK(!reader.read_to("event: view\n").empty());
    CHECK(reader.read_to("\n\n").find("Please be seated") != std::string::npos);
    CHECK(turn(R"({"page":99})", house.administrator).name() == "app.page_unknown");
    CHECK(turn(R"({"page":"5"})", house.administrator).name() == "base.field_wrong_type");
    CHECK(turn("[]", house.administrator).name() == "base.field_wrong_type");
    CHECK(turn(R"({"notice":null})", house.screen).status == 403);
    CHECK(turn(R"({})", house.administrator).body.find("Please be seated") != std::string::npos);
    CHECK(turn(R"({"notice":null})", house.administrator).body.find("Please be seated") == std::string::npos);
}
