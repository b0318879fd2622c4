// SPDX-License-Identifier: Apache-2.0
// What a failing disk does to whoever acts over the wire.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <mutex>

#include "app/office_for_tests.h"
#include "http/raw_client_test.h"
#include "http/site.h"
#include "store/fixture.h"
#include "store/verify.h"

using namespace plenum;
using namespace plenum::http;

namespace {

/// A server on a file, whose log is kept.
struct Served : app::SmallCongress {
    explicit Served(const std::string& path) : SmallCongress(path) {
        prepare();
        serve();
    }
    ~Served() { site.reset(); }
    void serve() {
        SiteOptions options;
        options.server.listen = "127.0.0.1:0";
        options.server.log = [this](const std::string& line) {
            const std::lock_guard lock(logging);
            lines.push_back(line);
        };
        site = std::move(*Site::open(*office, session_clock, session_randomness, std::move(options)));
        const auto address = site->address();
        port = static_cast<std::uint16_t>(std::stoi(address.substr(address.rfind(':') + 1)));
        const auto link = site->administrator_link();
        const auto answer =
            RawClient(port).ask(post("/api/session", "{\"link\":\"" + link.substr(link.find('#') + 1) + "\"}"));
        const auto cookie = answer.header("set-cookie");
        administrator = "Cookie: " + cookie.substr(0, cookie.find(';')) + "\r\n";
    }
    RawAnswer send(const std::string& to, const Json& body, const std::string& key) const {
        return RawClient(port).ask(post(to, canonical_json(body), administrator + "Idempotency-Key: " + key + "\r\n"));
    }
    RawAnswer note(const std::string& words, const std::string& key) const {
        return send("/api/acts",
                    JsonObject{{"act", "congress.note_fact"},
                               {"congress", id},
                               {"with", JsonObject{{"text", json_from(same_text(words))}}}},
                    key);
    }
    /// Says a pragma to the writer's own connection.
    void pragma(const std::string& words) {
        const auto refused =
            office->journal().append({"test", "limit", "limit-" + std::to_string(++keys), std::string(64, 'a')},
                                     [&](store::Transaction& transaction) -> Result<std::vector<store::NewEvent>> {
                                         transaction.db().prepare("pragma " + words)->step();
                                         return refuse(app::Why::act_unknown);
                                     });
        REQUIRE_FALSE(refused);
    }
    std::vector<std::string> logged() {
        const std::lock_guard lock(logging);
        return lines;
    }

    std::mutex logging;
    std::vector<std::string> lines;
    SetClock session_clock{*time_from_text("2026-11-21T01:00:00Z")};
    SeededRandomness session_randomness{"faults"};
    std::unique_ptr<Site> site;
    std::uint16_t port = 0;
    std::string administrator;
};

}  // namespace

TEST_CASE(
    "on a full disk an act is refused by name and logged once; what was acknowledged stays, and it can be sent again") {
    const store::fixture::Folder folder;
    std::int64_t acknowledged = 0;
    const std::string large(2'000, 'x');
    {
        Served served(folder / "a");
        REQUIRE(served.note("before", "first").status == 200);
        acknowledged = served.office->journal().last();
        served.pragma("max_page_count = 1");  // no more than there are
        const auto refused = served.note(large, "second");
        CHECK(refused.status == 503);
        CHECK(refused.name() == "http.not_written");
        REQUIRE(served.logged().size() == 1);
        CHECK(served.logged()[0].starts_with("fault: journal: "));
        CHECK(served.logged()[0].find("full") != std::string::npos);
        CHECK(served.office->journal().last() == acknowledged);
        // The server goes on: what only reads is answered, and once there is room the same request acts.
        CHECK(RawClient(served.port).ask(get("/api/congresses/c5/desk", served.administrator)).status == 200);
        served.pragma("max_page_count = 1000000");
        const auto again = served.note(large, "second");
        REQUIRE(again.status == 200);
        CHECK(again.member("repeated") == "false");
        CHECK(served.logged().size() == 1);
    }
    const auto verified = store::verify_database(folder / "a");
    REQUIRE(verified);
    CHECK(verified->events == acknowledged + 1);
}

TEST_CASE(
    "an act of the register that is only tried says the same where the disk cannot be written, and it is logged once") {
    const store::fixture::Folder folder;
    Served served(folder / "a");
    served.pragma("query_only = on");
    const auto tried = served.send("/api/acts/try",
                                   JsonObject{{"act", "registry.found_organisation"},
                                              {"congress", ""},
                                              {"with", app::founding("works", "示例厂", "2001-05-17")}},
                                   "try");
    CHECK(tried.status == 503);
    CHECK(tried.name() == "http.not_written");
    CHECK(served.logged().size() == 1);
}

TEST_CASE("a fault while the journal is read for a live reader is logged, and the reader may come again") {
    const store::fixture::Folder folder;
    Served served(folder / "a");
    served.site.reset();
    served.open(folder / "a");  // no connection that reads is open yet
    served.serve();
    std::filesystem::rename(folder / "a", folder / "gone");
    const auto asking = get("/api/congresses/c5/live", served.administrator + "Last-Event-ID: 1\r\n");
    RawClient reader(served.port);
    CHECK(reader.ask(asking).status == 200);
    CHECK(reader.is_closed_by_server());
    REQUIRE(served.logged().size() == 1);
    CHECK(served.logged()[0].starts_with("fault: journal: "));
    std::filesystem::rename(folder / "gone", folder / "a");
    RawClient again(served.port);
    CHECK(again.ask(asking).status == 200);
    CHECK_FALSE(again.read_to("id: 2\nevent: act\n").empty());
    CHECK(served.logged().size() == 1);
}

TEST_CASE("a fault while a roster is previewed is answered as one and logged once, with its reason") {
    const store::fixture::Folder folder;
    Served served(folder / "a");
    served.site.reset();
    served.open(folder / "a");  // no connection that reads is open yet
    served.serve();
    std::filesystem::rename(folder / "a", folder / "gone");
    const auto preview =
        served.send("/api/imports/preview",
                    JsonObject{{"purpose", "members"},
                               {"organisation", "works"},
                               {"file", "名册.xlsx"},
                               {"sheet", *json_from_text("{\"rows\":[[\"序号\",\"姓名\"],[1,\"何样\"]]}")}},
                    "preview");
    std::filesystem::rename(folder / "gone", folder / "a");
    CHECK(preview.status == 500);
    CHECK(preview.name() == "http.fault");
    REQUIRE(served.logged().size() == 1);
    CHECK(served.logged()[0].starts_with("fault: /api/imports/preview: "));
    CHECK(served.logged()[0].size() > 40);
}
