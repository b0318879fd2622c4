// SPDX-License-Identifier: Apache-2.0
// What must hold whatever is asked: every act in every phase, replay, and sheets of any numbers.
#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <set>

#include "base/bytes.h"
#include "count/refusals.h"
#include "election/fixture_test.h"
#include "rules/refusals.h"

using namespace plenum;
using namespace plenum::election;
using namespace plenum::election::fixture;

namespace {

bool is_named(std::string_view name) {
    const auto in = [&](const auto& all) {
        return std::any_of(std::begin(all), std::end(all), [&](const auto& each) { return each.name == name; });
    };
    return in(election::all_refusals) || in(rules::all_refusals) || in(count::all_refusals) || in(base::all_refusals);
}

/// Right and wrong acts for two seats and three candidates.
std::vector<Command> acts() {
    const auto sheet = [](std::int64_t a, std::int64_t b, std::int64_t c, std::vector<WriteIn> write_ins = {}) {
        return Sheet{5, 0, 0, 0, {{{"c1"}, a, 5 - a, 0}, {{"c2"}, b, 5 - b, 0}, {{"c3"}, c, 5 - c, 0}}, write_ins};
    };
    auto twice = list(4);
    twice[1] = twice[0];
    return {prepare(3, adopted(), "committee", 30),
            Nominate{list(4)},
            Nominate{twice},
            AdoptList{"x"},
            officers(),
            DeclareUncontested{},
            ShowBoxEmpty{{{"s1"}}},
            ShowBoxEmpty{{{"t1"}}},
            IssueBallots{6, 5, 1, 0},
            IssueBallots{6, 5, 1, 1},
            CollectBallots{5},
            CollectBallots{6},
            EnterCount{{"t1"}, sheet(5, 4, 1)},
            EnterCount{{"t2"},
                       [&] {
                           auto out = sheet(5, 4, 1, {{"Someone Else", 5}});
                           out.votes.push_back({{"c4"}, 0, 5, 0});
                           return out;
                       }()},
            EnterCount{{"t1"},
                       [&] {
                           auto out = sheet(5, 4, 1, {{"Someone Else", 5}});
                           out.votes.push_back({{"c4"}, 0, 5, 0});
                           return out;
                       }()},
            EnterCount{{"t2"},
                       [&] {
                           auto out = sheet(4, 4, 1);
                           out.votes.push_back({{"c4"}, 4, 1, 0});
                           return out;
                       }()},
            CompareCounts{},
            CheckWriteIn{"Someone Else", true, "member"},
            CheckWriteIn{"Someone Else", false, "barred"},
            CheckWriteIn{"Nobody", false, "barred"},
            Certify{{{"s2"}}, {}},
            Certify{{{"t1"}}, {}}};
}

}  // namespace

TEST_CASE("every act in every state is done or refused by name, and a refusal changes nothing") {
    const auto all = acts();
    const auto at = hall(6, 7);
    std::set<std::string> seen;
    std::set<Phase> phases;
    std::vector<Course> open{Course{}};
    std::size_t done = 0, refused = 0;
    while (!open.empty()) {
        const auto course = std::move(open.back());
        open.pop_back();
        phases.insert(course.election.phase);
        for (const auto& command : all) {
            auto next = course;
            const auto result = next.act(command, at);
            if (!result) {
                ++refused;
                CHECK(is_named(result.error().name()));
                CHECK(next.election == course.election);
                continue;
            }
            ++done;
            CHECK_FALSE(result->empty());
            CHECK(next.election.phase >= course.election.phase);
            // Acts that may be repeated (a list replaced, an entry put right) lead back to states already seen.
            const auto state = std::to_string(static_cast<int>(next.election.phase)) +
                               canonical_json(to_json(next.election.candidates)) +
                               canonical_json(to_json(next.election.entries)) +
                               canonical_json(to_json(next.election.write_ins)) +
                               (next.election.result ? next.election.result->certificate : "");
            if (seen.insert(state).second) open.push_back(std::move(next));
        }
    }
    CHECK(phases.size() == 11);  // every phase was reached
    CHECK(seen.size() > 20);
    CHECK(done > 40);
    CHECK(refused > 400);
}

TEST_CASE("replaying the events that were written gives the state that was served") {
    auto course = listed(7, 8);
    vote(course, 150, 149);
    auto sheet = sheet_of(course.election, {146, 145, 141, 137, 130, 122, 61, 40});
    sheet.write_ins = {{"Someone Else", 88}};
    count_alike(course, sheet);
    course.must(CheckWriteIn{"Someone Else", true, "member since 2019"});
    course.must(Certify{{{"s1"}}, {}});
    Election replayed, erased;
    for (const auto& event : course.events) {
        const auto written = write_kind(event);
        CHECK(canonical_json(written.body).find("Candidate 3") == std::string::npos);
        CHECK(canonical_json(written.body).find("Someone Else") == std::string::npos);
        const auto whole = written.personal ? join_parts(written.body, *written.personal) : written.body;
        const auto read = read_kind<Event>(written.kind, whole);
        if (!read) FAIL(written.kind << ": " << sentence_of(Language::en, read.error()));
        replayed = evolve(std::move(replayed), *read);
        const auto rest = read_kind<Event>(written.kind, written.body, Reading::personal_may_be_erased);
        if (!rest) FAIL(written.kind << ": " << sentence_of(Language::en, rest.error()));
        erased = evolve(std::move(erased), *rest);
    }
    CHECK(replayed == course.election);
    // After the names are erased, numbers, course and hash still stand and still verify.
    CHECK(erased.candidates[2].name.empty());
    const auto document = certificate_document(erased);
    CHECK(document.at("names").as_array().empty());
    CHECK(document.at("hash") == certificate_document(course.election).at("hash"));
    CHECK(verify_certificate(document));
}

TEST_CASE("a certificate whose numbers, names or course were changed does not hold") {
    auto course = listed(7, 8);
    vote(course, 150, 149);
    count_alike(course, sheet_of(course.election, {146, 145, 141, 137, 130, 122, 119, 40}));
    course.must(Certify{{{"s1"}}, {}});
    const auto document = certificate_document(course.election);
    REQUIRE(verify_certificate(document));
    const auto rehash = [](Json& changed) {
        changed.at("hash") = sha256_hex(canonical_json(changed.at("certificate")));
    };
    const auto differs = [](const Json& changed, std::string_view part) {
        const auto result = verify_certificate(changed);
        return refused_as(result, Why::certificate_differs) && result.error().fact("part") == part;
    };
    auto changed = document;
    changed.at("certificate").at("votes").at("invalid") = 1;
    CHECK(differs(changed, "hash"));
    changed = document;
    changed.at("names").as_array()[0].at("name") = "Somebody";
    CHECK(differs(changed, "names"));
    changed = document;
    changed.at("certificate").at("course").at("elected").as_array().pop_back();
    rehash(changed);
    CHECK(differs(changed, "course"));
    changed = document;
    changed.at("certificate").at("votes").at("names").as_array()[7].at("in_favour") = 145;
    rehash(changed);
    CHECK_FALSE(verify_certificate(changed));
    changed = document;
    changed.at("certificate").at("format") = "plenum-election-certificate-2";
    rehash(changed);
    CHECK(differs(changed, "format"));
    // What does not agree with itself does not hold, though its hash fits: the stock of ballots adds up and is that of
    // the count, and who signed and when is there and in order.
    const auto unbalanced = [&](std::string_view table, std::string_view field, Json value, std::string_view told) {
        CAPTURE(told);
        auto other = document;
        auto& at = table.empty() ? other.at("certificate") : other.at("certificate").at(table);
        at.at(field) = std::move(value);
        rehash(other);
        const auto result = verify_certificate(other);
        REQUIRE(refused_as(result, Why::certificate_unbalanced));
        CHECK(result.error().fact("field") == told);
        CHECK(result.error().place.field == "certificate." + std::string(told));
    };
    unbalanced("ballots", "issued", 148, "ballots.printed");
    unbalanced("ballots", "printed", 9999, "ballots.printed");
    unbalanced("ballots", "entitled", 10, "ballots.present");
    unbalanced("ballots", "present", 5, "ballots.issued");
    unbalanced("ballots", "printed", -9, "ballots.printed");
    unbalanced("ballots", "spoilt", -1, "ballots.spoilt");
    unbalanced("ballots", "present", 151, "votes.present");
    unbalanced("ballots", "entitled", 171, "votes.entitled");
    unbalanced("votes", "issued", 149, "votes.issued");
    unbalanced("votes", "entitled", 169, "votes.entitled");
    unbalanced("votes", "present", 151, "votes.present");
    unbalanced("", "tellers", JsonArray{"t1"}, "tellers");
    unbalanced("", "tellers", JsonArray{"t1", "t1"}, "tellers");
    unbalanced("", "scrutineers", JsonArray{}, "scrutineers");
    unbalanced("", "ballots", nullptr, "ballots");
    unbalanced("", "agreed_at", nullptr, "agreed_at");
    unbalanced("", "certified_at", "2001-01-01T00:00:00.000Z", "certified_at");
    unbalanced("", "follows", Json(std::string(64, 'a').c_str()), "follows");
    unbalanced("", "round", 2, "follows");
    unbalanced("", "round_kind", "tie", "round_kind");
    unbalanced("", "state", "agreed", "state");
    changed = document;
    changed.at("certificate").at("round") = 1.5;
    CHECK(refused_as(verify_certificate(changed), base::Why::json_not_integer));
    CHECK_FALSE(verify_certificate(Json(nullptr)));
}

TEST_CASE("whatever numbers a sheet holds, it is taken balanced or refused by name") {
    auto start = listed(7, 8);
    vote(start, 150, 20);
    CHECK(rc::check([&] {
        auto sheet = sheet_of(start.election, {20, 20, 20, 19, 18, 17, 16, 3});
        const auto number = [] { return *rc::gen::inRange<std::int64_t>(-2, 24); };
        sheet.invalid = *rc::gen::inRange<std::int64_t>(0, 3);
        for (auto& each : sheet.votes) {
            if (*rc::gen::inRange(0, 4) == 0) each.in_favour = number();
            each.against = 20 - sheet.invalid - each.in_favour;
            if (*rc::gen::inRange(0, 9) == 0) each.abstain = number();
        }
        if (*rc::gen::arbitrary<bool>()) sheet.write_ins = {{"Someone Else", number()}};
        auto course = start;
        const auto done = course.act(EnterCount{{"t1"}, sheet});
        if (!done) {
            RC_ASSERT(is_named(done.error().name()));
            return;
        }
        const auto& kept = course.election.entries.at(0).sheet;
        std::int64_t choices = 0, against = 0, written_in = 0;
        for (const auto& each : kept.votes) {
            RC_ASSERT(each.in_favour + *each.against + *each.abstain == 20 - kept.invalid);
            RC_ASSERT(std::min({each.in_favour, *each.against, *each.abstain}) >= 0);
            choices += each.in_favour;
            against += *each.against;
        }
        for (const auto& each : kept.write_ins) written_in += each.votes;
        RC_ASSERT(choices + written_in <= (20 - kept.invalid) * 7);
        RC_ASSERT(written_in <= against);
    }));
}

TEST_CASE("every refusal of this room has a sentence in three languages") {
    for (const auto& each : election::all_refusals)
        for (const auto language : all_languages) {
            CAPTURE(each.name);
            CHECK(has_text(language, "refusal." + std::string(each.name)));
        }
}
