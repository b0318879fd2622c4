// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <sstream>

#include "app/screen_view.h"
#include "base/file.h"
#include "cli/rehearsed_for_tests.h"
#include "congress/refusals.h"
#include "http/refusals.h"
#include "registry/refusals.h"
#include "rules/refusals.h"
#include "store/fixture.h"
#include "store/verify.h"

using namespace plenum;
using namespace plenum::cli;

namespace {

const std::string example = "examples/group-congress";

/// Held once for all the tests that only look.
const Rehearsed& held() {
    static const Rehearsed once("7");
    if (!once.done) {
        const auto why = sentence_of(Language::en, once.done.error());
        FAIL(why);
    }
    return once;
}

void write(const std::string& path, const std::string& content) { REQUIRE(write_file(path, content)); }

const std::string head = R"([scenario]
id = "c5"
first_day = "2026-11-18"
utc_offset_minutes = 480
roster = "roster.csv"
units = []

)";
/// A folder with the roster of the example and this scenario.
void scenario_in(const store::fixture::Folder& folder, const std::string& content) {
    std::filesystem::copy_file(example + "/roster.csv", folder / "roster.csv",
                               std::filesystem::copy_options::overwrite_existing);
    write(folder / "scenario.toml", content);
}

}  // namespace

TEST_CASE("a rehearsal with a seed comes out the same, byte for byte") {
    const Rehearsed again("7");
    REQUIRE(again.done);
    CHECK(canonical_json(again.summary()) == canonical_json(held().summary()));
    CHECK(again.told == held().told);
    std::ostringstream one, other;
    REQUIRE(store::export_journal(again.office->journal(), one));
    REQUIRE(store::export_journal(held().office->journal(), other));
    CHECK(one.str() == other.str());
}

TEST_CASE("another seed gives another congress that ends as well") {
    for (const auto* seed : {"8", "9", ""}) {
        CAPTURE(seed);
        const Rehearsed other(seed);
        CHECK(other.done);
        CHECK(other.summary().at("phase") == "closed");
        CHECK(canonical_json(other.summary()) != canonical_json(held().summary()));
    }
}

TEST_CASE("the example ends as its scenario says") {
    const auto summary = held().summary();
    CHECK(summary.at("entitled") == 170);
    CHECK(summary.at("rehearsal") == true);
    CHECK(summary.at("phase") == "closed");
    CHECK(summary.at("events").as_int64() == held().office->journal().last());
    // The preparatory meeting, two plenary sittings and two ballots; the committee's plenary with two ballots, the
    // audit committee's with one; and the resumption.
    REQUIRE(summary.at("quorum").as_array().size() == 11);
    std::map<std::int64_t, int> times;
    for (const auto& each : summary.at("quorum").as_array()) {
        CHECK(each.at("met") == true);
        const auto entitled = each.at("entitled").as_int64();
        CHECK(each.at("required") == (2 * entitled + 2) / 3);
        CHECK(each.at("present").as_int64() >= each.at("required").as_int64());
        ++times[entitled];
    }
    CHECK(times == std::map<std::int64_t, int>{{9, 2}, {31, 3}, {170, 6}});
    REQUIRE(summary.at("reports").as_array().size() == 2);
    REQUIRE(summary.at("resolutions").as_array().size() == 2);
    CHECK(summary.at("reports").at(0).at("title").at("en") == "Work report of the first committee");
    CHECK(summary.at("reports").at(1).at("title").at("en") == "Report of the first fund-audit committee");
    CHECK(summary.at("resolutions").at(0).at("title").at("en") == "Resolution on the work report");
    for (const auto* list : {"reports", "resolutions"})
        for (const auto& each : summary.at(list).as_array()) {
            CHECK(each.at("adopted") == true);
            CHECK(each.at("required") == 86);
            CHECK(each.at("for").as_int64() >= 86);
        }
    struct Row {
        const char* body;
        const char* outcome;
        std::size_t members, rounds, candidates;
    };
    std::size_t at = 0;
    for (const auto& [name, outcome, members, rounds, candidates] :
         {Row{"committee", "elected", 31, 1, 33}, Row{"chair", "elected", 1, 1, 1},
          Row{"vice_chair", "elected", 2, 1, 3}, Row{"audit_committee", "elected", 9, 1, 10},
          Row{"audit_chair", "elected", 1, 1, 2}, Row{"womens_committee", "nominated", 7, 0, 0}}) {
        CAPTURE(name);
        const auto& body = summary.at("bodies").at(at++);
        CHECK(body.at("body") == name);
        CHECK(body.at("outcome") == outcome);
        CHECK(body.at("members").as_array().size() == members);
        CHECK(body.at("seats") == members);
        REQUIRE(body.at("rounds").as_array().size() == rounds);
        if (rounds == 0) continue;
        const auto& round = body.at("rounds").at(0);
        CHECK(round.at("open") == 0);
        CHECK(round.at("valid").as_int64() + round.at("invalid").as_int64() == round.at("returned").as_int64());
        CHECK(round.at("returned").as_int64() <= round.at("issued").as_int64());
        for (const auto& member : body.at("members").as_array())
            CHECK(member.at("votes").as_int64() >= round.at("threshold").as_int64());
        REQUIRE(
            held().office->read(held().scenario.id, [&](const app::Books& books, const congress::Congress& congress) {
                CHECK(congress.find_body(name)->list->candidates.size() == candidates);
                CHECK(books.election_of(congress.id, name)->result->certificate == round.at("certificate").as_string());
            }));
    }
    // The refusals that the example shows.
    CHECK(held().refused == std::vector<std::string>{"congress.pack_not_confirmed", "congress.already_checked_in",
                                                     "congress.report_not_heard", "election.counts_differ_in_favour",
                                                     "election.counts_differ_in_favour", "congress.not_a_member",
                                                     "election.counts_differ_in_favour",
                                                     "election.counts_differ_in_favour",
                                                     "election.counts_differ_in_favour"});
}

TEST_CASE("the journal of a rehearsal verifies, and one changed byte is found") {
    std::ostringstream out;
    REQUIRE(store::export_journal(held().office->journal(), out));
    auto text = out.str();
    std::istringstream sound(text);
    const auto verified = store::verify_export(sound, "journal.jsonl", held().office->journal().head());
    REQUIRE(verified);
    CHECK(verified->events == held().office->journal().last());
    const auto place = text.find("\"in_favour\":");
    REQUIRE(place != std::string::npos);
    auto& digit = text[place + 12];
    digit = digit == '9' ? '8' : static_cast<char>(digit + 1);
    std::istringstream changed(text);
    CHECK(!store::verify_export(changed, "journal.jsonl"));
}

TEST_CASE("minutes and communique name everyone elected, in three languages, and leave no gap") {
    const auto summary = held().summary();
    for (const auto language : all_languages) {
        for (const auto* name : {"minutes", "communique"}) {
            const auto paper = held().office->paper(held().scenario.id, name, language);
            REQUIRE(paper);
            const auto text = congress::markdown_from(*paper);
            CAPTURE(name);
            CAPTURE(tag_of(language));
            for (const auto& body : summary.at("bodies").as_array())
                for (const auto& member : body.at("members").as_array()) {
                    CAPTURE(member.at("name").as_string().c_str());
                    CHECK(text.find(member.at("name").as_string().c_str()) != std::string::npos);
                }
            CHECK(text.find('{') == std::string::npos);
            CHECK(key_in(text) == "");
        }
    }
}

TEST_CASE("every act of a rehearsal is told in three languages") {
    REQUIRE(key_in("The congress. Then " + say(Language::en, "congress.event.no_such_event")) ==
            "congress.event.no_such_event");
    CHECK(held().told.size() > 600);
    for (const auto& sentence : held().told)
        for (const auto language : all_languages) {
            const auto& text = sentence.in(language);
            CAPTURE(text);
            CHECK(!text.empty());
            CHECK(text.find('{') == std::string::npos);
            CHECK(key_in(text) == "");
        }
}

TEST_CASE("the hall screen goes through all six states, one at a time, and through all pages") {
    std::set<std::string> seen;
    std::set<std::int64_t> pages;
    std::int64_t acts = 0;
    std::optional<Json> planned;
    const Rehearsed rehearsed("7", [&](const app::Office& office) {
        ++acts;
        const auto view = office.screen_view("group-2-1");
        if (!view) return;  // before the congress is planned
        if (!planned) planned = *cli::summary_of(office, "group-2-1");
        const std::string state(view->at("state").as_string());
        seen.insert(state);
        int shown = 0;
        for (const auto* each : {"gathering", "item", "vote_open", "verdict", "election_result", "pause"})
            if (!view->at(each).is_null()) {
                ++shown;
                CHECK(state == each);
            }
        CHECK(shown == 1);
        CHECK(view->at("rehearsal") == true);
        CHECK(view->at("seq").as_int64() == office.last_event_of("group-2-1"));
        if (state == "election_result") pages.insert(view->at("election_result").at("pages").as_int64());
    });
    REQUIRE(rehearsed.done);
    for (const auto& body : planned->at("bodies").as_array()) CHECK(body.at("outcome") == "vacant");
    CHECK(acts > 600);
    CHECK(seen == std::set<std::string>{"gathering", "item", "vote_open", "verdict", "election_result", "pause"});
    CHECK(pages == std::set<std::int64_t>{1, 3});  // 33 candidates and 10, 12 rows a page
}

TEST_CASE("a scenario that cannot be read is refused with its place") {
    store::fixture::Folder folder;
    const auto missing = read_scenario(folder / "nothing");
    CHECK(refused_as(missing, base::Why::file_missing));

    scenario_in(folder, head + "[[step]]\nact = \"congress.plan\nby = \"chair\"\n");
    const auto malformed = read_scenario(folder / "");
    REQUIRE(refused_as(malformed, rules::Why::toml_malformed));
    CHECK(malformed.error().place.line == 9);
    CHECK(malformed.error().place.column > 0);
    CHECK(malformed.error().place.file.ends_with("scenario.toml"));

    struct Row {
        const char* step;
        std::string_view refusal;
        std::int64_t line;
    };
    for (const auto& [step, refusal, line] : {
             Row{"", problem(Why::scenario_malformed).name, 1},  // no step at all
             Row{"[[step]]\nact = \"congress.plan\"\n", problem(base::Why::field_missing).name, 8},
             Row{"[[step]]\nact = 5\nby = \"chair\"\n", problem(base::Why::field_wrong_type).name, 8},
             Row{"[[step]]\nact = \"x\"\nby = \"chair\"\nwhen = 5\n", problem(base::Why::field_unknown).name, 8},
             Row{"[[step]]\nact = \"x\"\nby = \"chair\"\nat = \"25:00\"\n", problem(Why::scenario_malformed).name, 8},
             Row{"[[step]]\nact = \"x\"\nby = \"chair\"\nat = \"1x:30\"\n", problem(Why::scenario_malformed).name, 8},
             Row{"[[step]]\nact = \"x\"\nby = \"chair\"\nat = \"01:3y\"\n", problem(Why::scenario_malformed).name, 8},
             Row{"[[step]]\nact = \"x\"\nby = \"chair\"\nwith = 5\n", problem(Why::scenario_malformed).name, 8},
             Row{"[[step]]\nact = \"x\"\nby = \"\"\n", problem(Why::scenario_malformed).name, 8},
             Row{"[[step]]\nact = \"x\"\nby = \"chair\\u202e\"\n", problem(base::Why::text_has_invisible).name, 8},
             Row{"[[step]]\nact = \"x\"\nby = \"chair\"\nday = 5000\n", problem(Why::scenario_malformed).name, 8},
             Row{"[[step]]\nact = \"x\"\nby = \"chair\"\nhold_ms = -1\n", problem(Why::scenario_malformed).name, 8},
             Row{"[[step]]\nact = \"x\"\nby = \"chair\"\nday = 3\n[[step]]\nact = \"x\"\nby = \"chair\"\nday = 2\n",
                 problem(Why::scenario_malformed).name, 12},
             Row{"[[step]]\nact = \"x\"\nby = \"chair\"\nwith.share = 0.5\n", problem(rules::Why::wrong_type).name, 11},
         }) {
        CAPTURE(step);
        scenario_in(folder, head + step);
        const auto refused = read_scenario(folder / "");
        REQUIRE(!refused);
        CHECK(refused.error().name() == refusal);
        CHECK(refused.error().place.line == line);
        CHECK(refused.error().place.file.ends_with("scenario.toml"));
    }
    // A unit counts no more members than a plan may state: shares of them are computed.
    auto crowded = head;
    crowded.replace(crowded.find("units = []"), 10,
                    "units = [{ id = \"a\", name = { zh-Hans = \"a\", zh-Hant = \"a\", en = \"a\" }, members = "
                    "9223372036854775807, seats = 5 }]");
    scenario_in(folder, crowded + "[[step]]\nact = \"x\"\nby = \"chair\"\n");
    CHECK(refused_as(read_scenario(folder / ""), base::Why::number_out_of_range));
    // Who acts stands in the journal, where a name has an end.
    const auto by = [](std::size_t bytes) {
        return "[[step]]\nact = \"x\"\nby = \"" + std::string(bytes, 'c') + "\"\n";
    };
    scenario_in(folder, head + by(201));
    CHECK(refused_as(read_scenario(folder / ""), base::Why::text_over_length));
    scenario_in(folder, head + by(200));
    CHECK(read_scenario(folder / ""));
    scenario_in(folder, head + "[[step]]\nact = \"x\"\nby = \"chair\"\n");
    std::filesystem::remove(folder / "roster.csv");
    CHECK(refused_as(read_scenario(folder / ""), base::Why::file_missing));
}

TEST_CASE("the byte order mark of a file is no part of its text") {
    store::fixture::Folder folder;
    Scenario scenario;
    scenario.folder = folder / "";
    write(folder / "report.md", "\ufeff# 报告\n");
    write(folder / "plain.md", "# 报告\n");
    const auto filled = [&](const char* text) {
        const auto out = fill_in(scenario, Date{2026, 11, 18}, Json(text));
        REQUIRE(out);
        return *out;
    };
    CHECK(filled("@file:report.md") == Json("# 报告\n"));
    CHECK(filled("@hash:report.md") == filled("@hash:plain.md"));
}

TEST_CASE("a step that goes otherwise ends the rehearsal with its line") {
    struct Row {
        std::string step;
        std::string_view refusal;
    };
    store::fixture::Folder folder;
    const std::string found = R"([[step]]
act = "registry.found_organisation"
by = "secretariat"
with.organisation = "works"
with.level = "basic"
with.form = "committee"
with.name = { zh-Hans = "虚构工会", zh-Hant = "虛構工會", en = "Invented Union" }
with.territory_code = ""
with.industry_code = ""
with.credit_code = ""
with.on = "@day-7"
)";
    for (const auto& [step, refusal] :
         {Row{"[[step]]\nact = \"rehearsal.juggle\"\nby = \"chair\"\n", problem(Why::scenario_act_unknown).name},
          Row{"[[step]]\nact = \"congress.juggle\"\nby = \"chair\"\n", "app.act_unknown"},
          Row{"[[step]]\nact = \"rehearsal.confirm_values\"\nby = \"chair\"\n", "app.congress_unknown"},
          Row{"[[step]]\nact = \"rehearsal.arrive\"\nby = \"chair\"\n", "app.congress_unknown"},
          Row{"[[step]]\nact = \"rehearsal.arrive\"\nby = \"chair\"\nwith.absnet = 5\n",
              problem(base::Why::field_unknown).name},
          Row{"[[step]]\nact = \"rehearsal.arrive\"\nby = \"chair\"\nwith.absent = 9223372036854775807\n",
              problem(base::Why::field_wrong_value).name},
          Row{"[[step]]\nact = \"rehearsal.arrive\"\nby = \"chair\"\nwith.surely = [5]\n",
              problem(base::Why::field_wrong_type).name},
          Row{"[[step]]\nact = \"rehearsal.arrive\"\nby = \"chair\"\nwith.enrolled = 5\n",
              problem(base::Why::field_wrong_type).name},
          Row{"[[step]]\nact = \"congress.lay_document\"\nby = \"chair\"\nwith.markdown = \"@file:../secret\"\n",
              problem(base::Why::file_unreadable).name},
          Row{found + "expect = \"registry.organisation_known\"\n", problem(Why::scenario_went_otherwise).name},
          Row{"[[step]]\nact = \"congress.close_sitting\"\nby = \"chair\"\nexpect = \"congress.no_quorum\"\n",
              problem(Why::scenario_went_otherwise).name},
          Row{"[[step]]\nact = \"congress.lay_document\"\nby = \"chair\"\nwith.markdown = \"@file:none.md\"\n",
              problem(base::Why::file_missing).name}}) {
        CAPTURE(step);
        scenario_in(folder, head + step);
        const Rehearsed rehearsed("7", {}, folder / "");
        REQUIRE(!rehearsed.done);
        CHECK(rehearsed.done.error().name() == refusal);
        CHECK(rehearsed.done.error().place.line == 8);
        for (const auto language : all_languages)
            CHECK(sentence_of(language, rehearsed.done.error()).find('{') == std::string::npos);
    }
    scenario_in(folder, head + found + "expect = \"\"\n");
    CHECK(Rehearsed("7", {}, folder / "").done);
}

TEST_CASE("a rehearsal stops between two acts when it is asked to") {
    auto scenario = read_scenario(example);
    REQUIRE(scenario);
    SetClock clock({1'790'000'000'000});
    SeededRandomness people("people"), books("books");
    auto office = app::Office::open(":memory:", clock, books);
    REQUIRE(office);
    const std::atomic<bool> stop = true;
    RehearsalOptions options;
    options.clock = &clock;
    options.first_day = scenario->first_day;
    options.stop = &stop;
    CHECK(rehearse(**office, *scenario, people, options));
    CHECK((*office)->journal().last() == 0);
}

TEST_CASE("every refusal of the terminal and of the network has its sentence, and no sentence is without") {
    std::set<std::string> names;
    for (const auto& each : all_refusals) names.insert(std::string(each.name));
    for (const auto& each : http::all_refusals) names.insert(std::string(each.name));
    for (const auto& name : names)
        for (const auto language : all_languages) {
            CAPTURE(name);
            CHECK(has_text(language, "refusal." + name));
        }
    for (const auto& each : app::all_refusals_of_all_rooms()) names.insert(std::string(each.name));
    for (const auto& [key, text] : catalogue(Language::zh_hant)) {
        CAPTURE(key);
        if (key.starts_with("refusal.")) CHECK(names.contains(key.substr(8)));
    }
}
