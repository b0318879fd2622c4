// SPDX-License-Identifier: Apache-2.0
#include "http/import_routes.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <filesystem>

#include "app/office_for_tests.h"
#include "http/raw_client_test.h"
#include "http/site.h"

using namespace plenum;
using namespace plenum::http;

namespace {

/// A server with one organisation in its register.
struct Desk : app::SmallCongress {
    explicit Desk(const std::string& path = ":memory:") : SmallCongress(path) {
        must("registry.found_organisation", app::founding("works", "示例厂", "2001-05-17"));
        SiteOptions options;
        options.server.listen = "127.0.0.1:0";
        site = std::move(*Site::open(*office, session_clock, session_randomness, std::move(options)));
        const auto address = site->address();
        port = static_cast<std::uint16_t>(std::stoi(address.substr(address.rfind(':') + 1)));
        administrator = sign_in(site->administrator_link());
        screen = sign_in(site->screen_link());
    }
    ~Desk() { site.reset(); }

    std::string sign_in(const std::string& link) const {
        const auto answer =
            RawClient(port).ask(post("/api/session", "{\"link\":\"" + link.substr(link.find('#') + 1) + "\"}"));
        const auto cookie = answer.header("set-cookie");
        return "Cookie: " + cookie.substr(0, cookie.find(';')) + "\r\n";
    }
    RawAnswer send(const std::string& to, const Json& body, const std::string& who) const {
        return RawClient(port).ask(
            post(to, canonical_json(body), who + "Idempotency-Key: import-" + std::to_string(++keys) + "\r\n"));
    }
    RawAnswer read(const std::string& target) const { return RawClient(port).ask(get(target, administrator)); }

    SetClock session_clock{*time_from_text("2026-11-21T01:00:00Z")};
    SeededRandomness session_randomness{"import"};
    std::unique_ptr<Site> site;
    std::uint16_t port = 0;
    std::string administrator, screen;
    mutable int keys = 0;
};

Json sheet(const std::string& more = "") {
    return *json_from_text(
        "{\"rows\":[[\"示例厂名册\"],[\"序号\",\"姓名\",\"性别\",\"手机\"],[1,\"何　样\",\"女性\",\"13900000017\"]" +
        more + "]}");
}
Json preview_of(const Json& rows) {
    return JsonObject{{"purpose", "members"}, {"organisation", "works"}, {"file", "名册.xlsx"}, {"sheet", rows}};
}
Json act_of(const Json& rows) {
    return JsonObject{
        {"act", "registry.import_members"},
        {"congress", ""},
        {"with", JsonObject{{"organisation", "works"}, {"on", "2026-05-20"}, {"file", "名册.xlsx"}, {"sheet", rows}}}};
}

}  // namespace

TEST_CASE("a roster is previewed over the wire, imported as an act, listed, and taken back") {
    Desk desk;
    const auto previewed = desk.send("/api/imports/preview", preview_of(sheet()), desk.administrator);
    REQUIRE(previewed.status == 200);
    const auto found = *json_from_text(previewed.body);
    CHECK(found.at("summary").at("ready") == true);
    CHECK(found.at("rows").at(0).at("name") == "何样");
    CHECK(found.at("rows").at(0).at("sex") == "女");
    CHECK(found.at("rows").at(0).at("repaired").as_array().size() == 2);
    CHECK(found.at("above").at(0) == "示例厂名册");
    CHECK(found.at("next").is_null());
    CHECK(desk.read("/api/imports?organisation=works").body == "[]");  // a preview stores nothing

    const auto imported = desk.send("/api/imports", act_of(sheet()), desk.administrator);
    CHECK(imported.status == 200);
    const auto listed = *json_from_text(desk.read("/api/imports?organisation=works").body);
    REQUIRE(listed.as_array().size() == 1);
    CHECK(listed.at(0).at("members") == 1);
    CHECK(listed.at(0).at("undone_at").is_null());
    const auto undone = desk.send(
        "/api/acts",
        JsonObject{
            {"act", "registry.undo_import"}, {"congress", ""}, {"with", JsonObject{{"import", listed.at(0).at("id")}}}},
        desk.administrator);
    CHECK(undone.status == 200);
    CHECK(!json_from_text(desk.read("/api/imports?organisation=works").body)->at(0).at("undone_at").is_null());
}

TEST_CASE(
    "a preview tells problems in pages; the import of such a sheet is refused with its line, and nothing is stored") {
    Desk desk;
    const auto bad = sheet(",[2,\"试编（小）\",\"男\",\"13900000025\"],[3,\"拟造\",\"\",\"13900000033\"]");
    auto asked = preview_of(bad).as_object();
    asked["only"] = "problems";
    asked["limit"] = 1;
    auto found = *json_from_text(desk.send("/api/imports/preview", asked, desk.administrator).body);
    CHECK(found.at("summary").at("open_problems") == 2);
    REQUIRE(found.at("rows").as_array().size() == 1);
    CHECK(found.at("rows").at(0).at("line") == 4);
    CHECK(found.at("rows").at(0).at("problems").at(0).at("kind") == "note in name");
    CHECK(found.at("next") == 2);
    asked["after"] = 2;
    found = *json_from_text(desk.send("/api/imports/preview", asked, desk.administrator).body);
    CHECK(found.at("rows").at(0).at("line") == 5);
    CHECK(found.at("next").is_null());

    const auto refused = desk.send("/api/imports", act_of(bad), desk.administrator);
    CHECK(refused.status == 409);
    CHECK(refused.body.find("registry.roster_name_note") != std::string::npos);
    CHECK(json_from_text(refused.body)->at("place").at("line") == 4);
    CHECK(desk.read("/api/imports?organisation=works").body == "[]");
}

TEST_CASE("only the administrator reads rosters, and what is no sheet is refused by name") {
    Desk desk;
    CHECK(desk.send("/api/imports/preview", preview_of(sheet()), desk.screen).status == 403);
    CHECK(desk.send("/api/imports", act_of(sheet()), desk.screen).status == 403);
    CHECK(desk.send("/api/imports/preview", preview_of(sheet()), "").status == 401);
    const auto refused = [&](const Json& body, std::string_view name) {
        const auto answer = desk.send("/api/imports/preview", body, desk.administrator);
        CHECK(answer.status >= 400);
        CHECK(answer.body.find(name) != std::string::npos);
    };
    refused(preview_of(3), "registry.sheet_malformed");
    refused(preview_of(*json_from_text("{\"bytes\":\"UEsDBBQ=\"}")), "registry.sheet_is_archive");
    refused(preview_of(*json_from_text("{\"bytes\":\"%%\"}")), "base.base64_malformed");
    auto elsewhere = preview_of(sheet()).as_object();
    elsewhere["organisation"] = "nowhere";
    refused(elsewhere, "registry.organisation_unknown");
    auto unlimited = preview_of(sheet()).as_object();
    unlimited["limit"] = 1'000'000;
    refused(unlimited, "base.field_wrong_value");
}

TEST_CASE("a preview that the disk fails is answered as a fault, and the server lives on") {
    const auto folder = std::filesystem::temp_directory_path() / ("plenum-import-" + std::to_string(::getpid()));
    std::filesystem::create_directory(folder);
    {
        Desk desk((folder / "books.sqlite").string());
        // Nobody has read yet, so the preview opens the file anew, and it is gone.
        std::filesystem::rename(folder / "books.sqlite", folder / "elsewhere.sqlite");
        const auto answer = desk.send("/api/imports/preview", preview_of(sheet()), desk.administrator);
        CHECK(answer.status == 500);
        CHECK(answer.name() == "http.fault");
        std::filesystem::rename(folder / "elsewhere.sqlite", folder / "books.sqlite");
        CHECK(desk.send("/api/imports/preview", preview_of(sheet()), desk.administrator).status == 200);
    }
    std::filesystem::remove_all(folder);
}

TEST_CASE(
    "a connection that is lost in the middle of an import imports nothing; one lost before the answer, all of it, "
    "once") {
    Desk desk;
    const auto whole = post("/api/imports", canonical_json(act_of(sheet(",[2,\"试编\",\"男\",\"13900000025\"]"))),
                            desk.administrator + "Idempotency-Key: import-of-may\r\n");
    for (const auto sent : {whole.size() / 2, whole.size() - 1}) {
        RawClient gone(desk.port);
        CHECK(gone.send(whole.substr(0, sent)));
    }
    CHECK(desk.read("/api/imports?organisation=works").body == "[]");
    {
        RawClient gone(desk.port);
        CHECK(gone.send(whole));
    }
    // Whether the act came through is found out by sending it again under its key.
    CHECK(RawClient(desk.port).ask(whole).status == 200);
    const auto listed = *json_from_text(desk.read("/api/imports?organisation=works").body);
    REQUIRE(listed.as_array().size() == 1);
    CHECK(listed.at(0).at("members") == 2);
}
