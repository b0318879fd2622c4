// SPDX-License-Identifier: Apache-2.0
#include "election/election.h"

#include <doctest/doctest.h>

#include "base/bytes.h"
#include "election/fixture_test.h"

using namespace plenum;
using namespace plenum::election;
using namespace plenum::election::fixture;

namespace {
using Names = std::vector<std::string>;
}

TEST_CASE("a list fits the size of the body, has its surplus, and names nobody twice or barred") {
    Course course;
    course.must(prepare(7, adopted()));
    const auto nominate = [&](std::vector<Candidate> candidates) {
        return course.act(Nominate{std::move(candidates)});
    };
    CHECK(refused_as(nominate({}), Why::nobody_nominated));
    const auto few = nominate(list(7));
    CHECK(refused_as(few, Why::surplus_too_small));
    CHECK(few.error().fact("required") == "8");
    auto twice = list(8);
    twice[5].id = twice[2].id;
    CHECK(refused_as(nominate(twice), Why::candidate_twice));
    auto alike = list(8);
    alike[6].name = "Candidate  3";
    alike[6].unit = alike[2].unit;
    CHECK(refused_as(nominate(alike), Why::candidate_same_name));
    auto barred = list(9);
    barred[3].roles = {"close_relative_of_employer_head"};
    barred[7].roles = {"employer_head"};
    const auto rejected = nominate(barred);
    CHECK(refused_as(rejected, Why::candidates_ineligible));
    CHECK(rejected.error().fact("names") == "Candidate 4、Candidate 8");
    CHECK(rejected.error().place.field == "candidates[3].roles");
    auto written_in = list(8);
    written_in[1].id.value = "write-in-1-1";
    CHECK(refused_as(nominate(written_in), Why::candidate_id_wrong));
    auto nameless = list(8);
    nameless[1].name = " ";
    CHECK(refused_as(nominate(nameless), Why::candidate_name_wrong));
    CHECK(nominate(list(9)));
    CHECK(nominate(list(8)));  // until it is adopted the list may be replaced
    CHECK(course.election.candidates.size() == 8);

    Course large;
    large.must(prepare(17, adopted()));
    const auto outside = large.act(Nominate{list(18)});
    CHECK(refused_as(outside, Why::seats_outside_size));
    CHECK(outside.error().fact("most") == "15");
}

TEST_CASE("where the rules want it, the names stand by strokes of the surname, however they were proposed") {
    Course course;
    course.must(prepare(7, adopted()));
    auto candidates = list(8);
    const std::vector<std::string> proposed{"魏甲", "赵乙", "丁丙", "王丁", "李戊", "马己", "王一", "黄庚"};
    for (std::size_t i = 0; i < proposed.size(); ++i) candidates[i].name = proposed[i];
    course.must(Nominate{candidates});
    std::vector<std::string> names, ids;
    for (const auto& each : course.election.candidates) {
        names.push_back(each.name);
        ids.push_back(each.id.value);
    }
    CHECK(names == std::vector<std::string>{"丁丙", "马己", "王一", "王丁", "李戊", "赵乙", "黄庚", "魏甲"});
    CHECK(ids.front() == candidates[2].id.value);  // each name keeps its own id
}

TEST_CASE("a round is prepared as what it is") {
    auto ask = prepare(7, adopted());
    ask.seats = 0;
    CHECK(refused_as(Course{}.act(ask), Why::seats_wrong));
    ask = prepare(7, adopted());
    ask.title.zh_hant.clear();
    CHECK(refused_as(Course{}.act(ask), Why::title_missing));
    ask = prepare(7, adopted());
    ask.round = 2;
    CHECK(refused_as(Course{}.act(ask), Why::round_wrong));
    ask = prepare(7, adopted());
    ask.list_fixed = true;
    CHECK(refused_as(Course{}.act(ask), Why::round_wrong));
    ask = prepare(7, adopted());
    ask.rules = Json("not rules");
    CHECK_FALSE(Course{}.act(ask));
    Course course;
    course.must(prepare(7, adopted()));
    CHECK(refused_as(course.act(prepare(7, adopted())), Why::already_prepared));
}

TEST_CASE("scrutineers and tellers are no candidates, and each is one person") {
    auto course = listed(7, 8);
    auto ask = officers();
    ask.scrutineers.clear();
    CHECK(refused_as(course.act(ask), Why::scrutineer_missing));
    ask = officers();
    ask.tellers.resize(1);
    CHECK(refused_as(course.act(ask), Why::tellers_too_few));
    ask = officers();
    ask.tellers[1].id = ask.scrutineers[0].id;
    CHECK(refused_as(course.act(ask), Why::officer_twice));
    ask = officers();
    ask.scrutineers[1].id = {"c3"};
    CHECK(refused_as(course.act(ask), Why::officer_is_candidate));
    ask = officers();
    ask.tellers[1].id = {"c3"};
    CHECK(refused_as(course.act(ask), Why::officer_is_candidate));
    course.must(officers());
    course.must(officers());  // until the box is shown they may be replaced
    CHECK(refused_as(course.act(ShowBoxEmpty{{}}), Why::witness_missing));
    CHECK(refused_as(course.act(ShowBoxEmpty{{{"t1"}}}), Why::not_a_scrutineer));
    CHECK(refused_as(course.act(ShowBoxEmpty{{{"s1"}, {"s1"}}}), Why::officer_twice));
}

TEST_CASE("printed ballots are issued, spoilt or unused, and nobody gets two") {
    auto course = listed(7, 8);
    course.must(officers());
    course.must(ShowBoxEmpty{{{"s1"}, {"s2"}}});
    struct Row {
        IssueBallots ask;
        Circumstances hall;
        std::optional<Why> why;
    };
    for (const auto& [ask, at, why] : {
             Row{{159, 150, 2, 7}, {hall().now, 0, 0, false}, Why::no_quorum},
             Row{{159, 150, 2, 7}, hall(150, 170, false), Why::no_quorum},
             Row{{159, 150, 3, 7}, hall(), Why::stock_unbalanced},
             Row{{158, 150, 2, 7}, hall(), Why::stock_unbalanced},
             Row{{9, 0, 2, 7}, hall(), Why::nothing_issued},
             Row{{160, 151, 2, 7}, hall(), Why::issued_exceeds_present},
             Row{{159, 150, 2, 7}, hall(171), Why::present_exceeds_entitled},
             Row{{159, 150, -2, 11}, hall(), Why::number_out_of_range},
             Row{{9'000'000'000'000'000'000, 9'000'000'000'000'000'000, 0, 0}, hall(), Why::number_out_of_range},
             Row{{159, 150, 2, 7}, hall(), std::nullopt},
         }) {
        const auto done = course.act(ask, at);
        CHECK(done.has_value() == !why.has_value());
        if (why) CHECK(refused_as(done, *why));
    }
    const auto seen = turnout(course.election);
    CHECK(seen.issued == 150);
    CHECK(seen.present == 150);
    CHECK(seen.entitled == 170);
    CHECK_FALSE(seen.returned);
}

TEST_CASE("no ballot is issued before the measure has said what the pack leaves open") {
    auto course = listed(7, 8, grassroots());
    course.must(officers());
    course.must(ShowBoxEmpty{{{"s1"}}});
    const auto refused = course.act(IssueBallots{159, 150, 2, 7});
    CHECK(refused_as(refused, rules::Why::undecided));
    CHECK_FALSE(refused.error().fact("field").empty());
}

TEST_CASE("the result is certified by scrutineers and follows from the numbers") {
    auto course = listed(7, 8);
    vote(course, 150, 148);
    count_alike(course, sheet_of(course.election, {146, 145, 141, 137, 130, 122, 85, 70}, 1));
    CHECK(refused_as(course.act(Certify{{}, {}}), Why::witness_missing));
    CHECK(refused_as(course.act(Certify{{{"t1"}}, {}}), Why::not_a_scrutineer));
    CHECK(refused_as(course.act(Certify{{{"s1"}}, {{"c7"}}}), count::Why::lot_names_wrong));
    course.must(Certify{{{"s1"}, {"s2"}}, {}});
    const auto& result = *course.election.result;
    CHECK(course.election.phase == Phase::certified);
    CHECK(result.course.valid == 147);
    CHECK(result.course.threshold == 86);
    CHECK(result.course.elected == Names{"c1", "c2", "c3", "c4", "c5", "c6"});  // c7 has exactly half
    CHECK(result.course.open == 1);
    CHECK(result.state == "pending_approval");
    CHECK(result.pack_id == "cn-grassroots-2016");
    CHECK(result.pack_hash == adopted().pack_hash());
    CHECK(result.measure_hash == adopted().measure_hash());
    CHECK(turnout(course.election).missing == 2);
    const auto rows = result_rows(course.election);
    REQUIRE(rows.size() == 8);
    CHECK(rows[6].name == "Candidate 7");
    CHECK(rows[6].against == 62);
    CHECK_FALSE(rows[6].elected);
    CHECK(refused_as(course.act(Certify{{{"s1"}}, {}}), Why::is_certified));
}

TEST_CASE("two tellers count independently until their counts agree") {
    auto course = listed(7, 8);
    vote(course, 150, 150);
    const auto right = sheet_of(course.election, {148, 146, 141, 137, 130, 122, 119, 70});
    auto wrong = right;
    wrong.votes[4].in_favour = 131;
    wrong.votes[4].against = 19;
    CHECK(refused_as(course.act(EnterCount{{"s1"}, right}), Why::not_a_teller));
    CHECK(refused_as(course.act(CompareCounts{}), Why::count_missing));
    course.must(EnterCount{{"t1"}, right});
    CHECK(refused_as(course.act(CompareCounts{}), Why::count_missing));
    course.must(EnterCount{{"t2"}, wrong});
    CHECK(refused_as(course.act(EnterCount{{"t3"}, right}), Why::both_counts_entered));
    const auto differ = course.act(CompareCounts{});
    CHECK(refused_as(differ, Why::counts_differ_in_favour));
    CHECK(differ.error().fact("candidate") == "Candidate 5");
    CHECK(differ.error().place.field == "c5");
    CHECK(differ.error().facts.size() == 1);  // and not what the other found
    REQUIRE(course.election.entries.size() == 2);
    CHECK(course.election.entries[0].sheet == right);
    CHECK(course.election.entries[1].sheet == wrong);
    CHECK(refused_as(course.act(Certify{{{"s1"}}, {}}), Why::awaits_counts));
    course.must(EnterCount{{"t2"}, right});
    course.must(CompareCounts{});
    CHECK(course.election.phase == Phase::agreed);
    CHECK(refused_as(course.act(EnterCount{{"t1"}, right}), Why::awaits_certificate));
}

TEST_CASE("where two counts differ the first field that differs is named") {
    auto course = listed(7, 8);
    vote(course, 150, 150);
    auto first = sheet_of(course.election, {147, 146, 141, 137, 130, 122, 119, 70}, 2);
    first.write_ins = {{"Someone Else", 5}};
    struct Row {
        std::function<void(Sheet&)> change;
        Why why;
    };
    const Row rows[] = {
        {[](Sheet& sheet) {
             sheet = Sheet{150, 3, 0, 0, sheet.votes, sheet.write_ins};
             for (auto& each : sheet.votes) --*each.against;
         },
         Why::counts_differ_in_invalid},
        {[](Sheet& sheet) {
             --sheet.votes[7].in_favour;
             ++*sheet.votes[7].against;
         },
         Why::counts_differ_in_favour},
        {[](Sheet& sheet) {
             --*sheet.votes[2].against;
             ++*sheet.votes[2].abstain;
         },
         Why::counts_differ_in_against},
        {[](Sheet& sheet) { sheet.write_ins[0].votes = 6; }, Why::counts_differ_in_write_in},
        {[](Sheet& sheet) { sheet.write_ins[0].name = "Someone Other"; }, Why::counts_differ_in_write_in},
        {[](Sheet& sheet) { sheet.write_ins.clear(); }, Why::counts_differ_in_write_in},
    };
    course.must(EnterCount{{"t1"}, first});
    for (const auto& [change, why] : rows) {
        auto second = first;
        change(second);
        course.must(EnterCount{{"t2"}, second});
        CHECK(refused_as(course.act(CompareCounts{}), why));
    }
    auto same = first;
    std::swap(same.votes[1], same.votes[5]);  // the order of entry does not matter
    same.write_ins[0].name = "Someone  Else";
    course.must(EnterCount{{"t2"}, same});
    course.must(CompareCounts{});
}

TEST_CASE("a sheet balances on its own or is refused with the candidate's name") {
    auto course = listed(7, 8);
    vote(course, 150, 148);
    const auto good = sheet_of(course.election, {140, 139, 137, 131, 126, 118, 110, 43}, 3);  // 145 valid
    struct Row {
        std::string_view about;
        std::function<void(Sheet&)> change;
        std::optional<Why> why;
    };
    const Row rows[] = {
        {"as it is", [](Sheet&) {}, std::nullopt},
        {"returned", [](Sheet& sheet) { sheet.returned = 147; }, Why::sheet_returned_differs},
        {"negative", [](Sheet& sheet) { sheet.invalid = -1; }, Why::sheet_number_wrong},
        {"invalid", [](Sheet& sheet) { sheet.invalid = 149; }, Why::sheet_set_aside_too_many},
        {"illegal", [](Sheet& sheet) { sheet.illegal = 1; }, Why::sheet_illegal_not_known},
        {"ignored", [](Sheet& sheet) { sheet.ignored = 1; }, Why::sheet_blank_not_known},
        {"sum short", [](Sheet& sheet) { --sheet.votes[3].in_favour; }, Why::sheet_unbalanced},
        {"sum long", [](Sheet& sheet) { ++*sheet.votes[3].abstain; }, Why::sheet_unbalanced},
        {"more than valid",
         [](Sheet& sheet) {
             sheet.votes[3] = {{"c4"}, 146, -1, 0};
         },
         Why::sheet_unbalanced},
        {"huge", [](Sheet& sheet) { sheet.votes[3].in_favour = 9'000'000'000'000'000'000; }, Why::sheet_unbalanced},
        {"column", [](Sheet& sheet) { sheet.votes[3].against.reset(); }, Why::sheet_column_missing},
        {"missing", [](Sheet& sheet) { sheet.votes.pop_back(); }, Why::sheet_candidate_missing},
        {"twice", [](Sheet& sheet) { sheet.votes[7] = sheet.votes[6]; }, Why::sheet_candidate_twice},
        {"unknown", [](Sheet& sheet) { sheet.votes[7].candidate = {"c9"}; }, Why::sheet_candidate_unknown},
        {"write-in",
         [](Sheet& sheet) {
             sheet.write_ins = {{"Someone Else", 71}};
         },
         std::nullopt},
        {"all choices used",
         [](Sheet& sheet) {
             sheet.write_ins = {{"A", 45}, {"B", 26}};
         },
         std::nullopt},
        {"one choice more",
         [](Sheet& sheet) {
             sheet.write_ins = {{"A", 45}, {"B", 27}};
         },
         Why::sheet_exceeds_choices},
        {"same as listed",
         [](Sheet& sheet) {
             sheet.write_ins = {{"Candidate4", 2}};
         },
         Why::write_in_is_candidate},
        {"nameless",
         [](Sheet& sheet) {
             sheet.write_ins = {{"\u3000", 2}};
         },
         Why::write_in_name_wrong},
        {"repeated",
         [](Sheet& sheet) {
             sheet.write_ins = {{"A B", 2}, {"AB", 3}};
         },
         Why::write_in_twice},
        {"no votes",
         [](Sheet& sheet) {
             sheet.write_ins = {{"A", 0}};
         },
         Why::write_in_votes_wrong},
        {"beyond valid",
         [](Sheet& sheet) {
             sheet.write_ins = {{"A", 146}};
         },
         Why::write_in_votes_wrong},
    };
    for (const auto& [about, change, why] : rows) {
        CAPTURE(about);
        auto sheet = good;
        change(sheet);
        const auto done = course.act(EnterCount{{"t1"}, sheet});
        CHECK(done.has_value() == !why.has_value());
        if (why) CHECK(refused_as(done, *why));
    }
    auto fewer_against = sheet_of(course.election, {140, 139, 137, 131, 126, 118, 110, 43}, 3);
    for (auto& each : fewer_against.votes) std::swap(each.against, each.abstain);
    fewer_against.votes[0] = {{"c1"}, 140, 5, 0};
    fewer_against.write_ins = {{"A", 6}};
    const auto done = course.act(EnterCount{{"t1"}, fewer_against});
    CHECK(refused_as(done, Why::write_ins_exceed_against));
    CHECK(done.error().fact("against") == "5");
}

TEST_CASE("more ballots back than issued make the question void, and it is repeated with the same list") {
    auto course = listed(7, 8);
    vote(course, 150, 151);
    CHECK(course.election.phase == Phase::voided);
    CHECK(course.election.result->course.void_election);
    CHECK(course.election.result->course.elected.empty());
    CHECK(result_rows(course.election).empty());
    CHECK(verify_certificate(certificate_document(course.election)));
    CHECK(refused_as(course.act(EnterCount{{"t1"}, {}}), Why::is_void));
    CHECK(refused_as(prepare_next_round(course.election, NextRound::among_tied, {"x"}), Why::is_void));
    const auto again = prepare_next_round(course.election, NextRound::repeat, {"committee-8-repeat"});
    REQUIRE(again);
    Course repeat;
    repeat.must(*again);
    CHECK(repeat.election.phase == Phase::listed);
    CHECK(repeat.election.candidates == course.election.candidates);
    CHECK(repeat.election.seats == 7);
    CHECK(repeat.election.follows == course.election.result->certificate);
    CHECK(refused_as(repeat.act(Nominate{list(8)}), Why::awaits_tellers));
    vote(repeat, 150, 150);
    count_alike(repeat, sheet_of(repeat.election, {148, 146, 141, 137, 130, 122, 119, 70}));
    repeat.must(Certify{{{"s1"}}, {}});
    CHECK(repeat.election.result->course.elected.size() == 7);
    CHECK(refused_as(prepare_next_round(repeat.election, NextRound::repeat, {"x"}), Why::not_void));
    CHECK(refused_as(prepare_next_round(repeat.election, NextRound::among_tied, {"x"}), Why::no_tie_to_resolve));
    CHECK(refused_as(prepare_next_round(repeat.election, NextRound::for_open_seats, {"x"}), Why::no_seat_open));
}

TEST_CASE("those tied at the cut face each other, and the one with more votes wins") {
    auto course = listed(7, 9);
    CHECK(refused_as(prepare_next_round(course.election, NextRound::among_tied, {"x"}), Why::round_not_over));
    vote(course, 150, 150);
    count_alike(course, sheet_of(course.election, {146, 145, 141, 137, 130, 99, 99, 99, 40}, 2));
    course.must(Certify{{{"s1"}}, {}});
    CHECK(course.election.result->course.tied == Names{"c6", "c7", "c8"});
    CHECK(course.election.result->course.open == 2);
    CHECK(refused_as(prepare_next_round(course.election, NextRound::for_open_seats, {"x"}), Why::round_not_foreseen));
    const auto next = prepare_next_round(course.election, NextRound::among_tied, {"committee-8-tie"});
    REQUIRE(next);
    Course revote;
    revote.must(*next);
    CHECK(revote.election.seats == 2);
    CHECK(revote.election.round == 2);
    vote(revote, 149, 149);
    auto sheet = sheet_of(revote.election, {61, 70, 58});
    auto written_in = sheet;
    written_in.write_ins = {{"Someone Else", 3}};
    CHECK(refused_as(revote.act(EnterCount{{"t1"}, written_in}), Why::write_in_not_allowed));
    count_alike(revote, sheet);
    revote.must(Certify{{{"s1"}}, {}});
    // No second test of a majority: 61 of 170 is enough.
    CHECK(revote.election.result->course.elected == Names{"c7", "c6"});
    CHECK(revote.election.result->course.open == 0);
}

TEST_CASE("a second tie goes by what the measure says: repeat, or a lot") {
    const auto tied_twice = [](const std::string& second_tie) {
        const auto words = measure.substr(0, measure.find("\"repeat\"")) + "\"" + second_tie + "\"" +
                           measure.substr(measure.find("\"repeat\"") + 8);
        auto first = listed(7, 8, *grassroots().with_measure(words, "measure.toml"));
        vote(first, 150, 150);
        count_alike(first, sheet_of(first.election, {146, 145, 141, 137, 130, 122, 99, 99}));
        first.must(Certify{{{"s1"}}, {}});
        Course revote;
        revote.must(*prepare_next_round(first.election, NextRound::among_tied, {"committee-8-tie"}));
        vote(revote, 150, 150);
        count_alike(revote, sheet_of(revote.election, {72, 72}));
        return revote;
    };
    auto repeated = tied_twice("repeat");
    repeated.must(Certify{{{"s1"}}, {}});
    const auto third = prepare_next_round(repeated.election, NextRound::among_tied, {"committee-8-tie-2"});
    REQUIRE(third);
    CHECK(third->round == 3);
    CHECK(third->candidates.size() == 2);

    auto drawn = tied_twice("lot");
    const auto refused = drawn.act(Certify{{{"s1"}}, {}});
    CHECK(refused_as(refused, Why::lot_needed));
    CHECK(refused.error().fact("tied") == "2");
    CHECK(refused_as(drawn.act(Certify{{{"s1"}}, {{"c8"}}}), count::Why::lot_names_wrong));
    drawn.must(Certify{{{"s1"}}, {{"c8"}, {"c7"}}});
    CHECK(drawn.election.result->course.elected == Names{"c8"});
    CHECK(verify_certificate(certificate_document(drawn.election)));
}

TEST_CASE("too few elected: a further election for the open seats among those not elected") {
    auto course = listed(7, 10);
    vote(course, 150, 150);
    count_alike(course, sheet_of(course.election, {146, 145, 141, 137, 130, 84, 83, 70, 41, 23}, 2));
    course.must(Certify{{{"s1"}}, {}});
    CHECK(course.election.result->course.open == 2);
    const auto next = prepare_next_round(course.election, NextRound::for_open_seats, {"committee-8-further"});
    REQUIRE(next);
    Course further;
    further.must(*next);
    CHECK(further.election.phase == Phase::prepared);
    CHECK(further.election.seats == 2);
    CHECK(refused_as(further.act(Nominate{{candidate(1), candidate(6)}}), Why::candidate_not_open));
    further.must(Nominate{{candidate(6), candidate(7), candidate(8)}});
    further.must(AdoptList{"decision of the 4th sitting"});
    vote(further, 150, 150);
    count_alike(further, sheet_of(further.election, {112, 85, 47}));
    further.must(Certify{{{"s1"}}, {}});
    CHECK(further.election.result->course.elected == Names{"c6"});  // the same threshold holds: 86 of 170
    CHECK(further.election.result->course.open == 1);
}

TEST_CASE("who was written in is elected only if found eligible") {
    auto course = listed(7, 8);
    vote(course, 150, 150);
    auto sheet = sheet_of(course.election, {146, 145, 141, 137, 130, 122, 61, 40});
    sheet.write_ins = {{"Someone Else", 88}, {"Another One", 3}};
    count_alike(course, sheet);
    REQUIRE(course.election.write_ins.size() == 2);
    CHECK(course.election.write_ins[1].id.value == "write-in-1-2");
    const auto unchecked = course.act(Certify{{{"s1"}}, {}});
    CHECK(refused_as(unchecked, Why::write_in_unchecked));
    CHECK(unchecked.error().fact("name") == "Someone Else");
    CHECK(refused_as(course.act(CheckWriteIn{"Nobody", true, "x"}), Why::write_in_unknown));
    CHECK(refused_as(course.act(CheckWriteIn{"Someone Else", true, ""}), Why::reason_missing));
    SUBCASE("eligible") {
        course.must(CheckWriteIn{"SomeoneElse", true, "member since 2019"});
        course.must(Certify{{{"s1"}}, {}});
        CHECK(course.election.result->course.elected.back() == "write-in-1-2");
        CHECK(result_rows(course.election)[6].name == "Someone Else");
        CHECK(result_rows(course.election)[6].write_in);
    }
    SUBCASE("not eligible: the votes stay in the tally, the seat stays open") {
        course.must(CheckWriteIn{"Someone Else", true, "taken for another"});
        course.must(CheckWriteIn{"Someone Else", false, "head of the employer"});
        course.must(Certify{{{"s1"}}, {}});
        CHECK(course.election.result->course.elected.size() == 6);
        CHECK(course.election.result->course.open == 1);
        const auto rows = result_rows(course.election);
        CHECK(rows.back().ineligible);
        CHECK(rows.back().in_favour == 88);
        const auto next = prepare_next_round(course.election, NextRound::for_open_seats, {"x"});
        REQUIRE(next);
        CHECK(next->candidates.size() == 2);
    }
}

TEST_CASE("where the rules ask for no ballot, a list no longer than the seats is elected") {
    auto course = listed(7, 8);
    CHECK(refused_as(course.act(DeclareUncontested{}), Why::ballot_needed));

    const auto pack = rules::Rules::from_pack("uk-tulrca", rules::packs_in_use());
    REQUIRE(pack);
    const auto rules = pack->with_measure(
        "[threshold.election]\nfraction = [0, 1]\ncomparison = \"gt\"\nbase = \"none\"\nrank_by = \"for\"\n"
        "[tie]\nmethod = \"rule_book\"\n[ballot]\nwrite_in = false\n[bodies.committee]\nseats = [3, 9]\n"
        "[officers]\napproval_by = \"none\"\n",
        "rule-book.toml");
    if (!rules) FAIL(sentence_of(Language::en, rules.error()));
    Course quiet;
    quiet.must(prepare(5, *rules, "committee", std::nullopt));
    SUBCASE("elected, with the seats that stay open") {
        quiet.must(Nominate{list(3)});
        quiet.must(AdoptList{"returning officer"});
        quiet.must(DeclareUncontested{});
        CHECK(quiet.election.phase == Phase::certified);
        CHECK(quiet.election.result->method == Method::uncontested);
        CHECK(quiet.election.result->course.elected == Names{"c1", "c2", "c3"});
        CHECK(quiet.election.result->course.open == 2);
        const auto document = certificate_document(quiet.election);
        CHECK(verify_certificate(document));
        // What is said of the count must follow from the list here too, and nobody can have votes.
        const auto altered = [&](const std::function<void(JsonObject&)>& alter) {
            auto changed = document;
            alter(changed.at("certificate").as_object());
            changed.at("hash") = sha256_hex(canonical_json(changed.at("certificate")));
            const auto refused = verify_certificate(changed);
            REQUIRE(!refused);
            const bool unbalanced = refused_as(refused, Why::certificate_unbalanced);
            CHECK((unbalanced || refused_as(refused, Why::certificate_differs)));
            return std::string(refused.error().fact(unbalanced ? "field" : "part"));
        };
        CHECK(altered([](auto& whole) { whole.at("course").at("open") = 0; }) == "course");
        CHECK(altered([](auto& whole) { whole.at("course").at("tied") = JsonArray{"c1"}; }) == "course");
        CHECK(altered([](auto& whole) { whole.at("course").at("standings").as_array()[1].at("elected") = false; }) ==
              "course");
        CHECK(altered([](auto& whole) { whole.at("votes").at("names").as_array()[0].at("in_favour") = 5; }) == "votes");
        CHECK(altered([](auto& whole) { whole.at("votes").at("invalid") = 17; }) == "votes");
        CHECK(altered([](auto& whole) { whole.at("votes").at("returned") = 17; }) == "votes.returned");
        CHECK(altered([](auto& whole) { whole["collected_at"] = "2026-11-21T02:03:04.000Z"; }) == "collected_at");
    }
    SUBCASE("more names than seats need a ballot") {
        quiet.must(Nominate{list(6)});
        quiet.must(AdoptList{"returning officer"});
        CHECK(refused_as(quiet.act(DeclareUncontested{}), Why::ballot_needed));
    }
}

TEST_CASE("what is shown while the vote goes on says how many voted and not how") {
    auto course = listed(7, 8);
    CHECK_FALSE(turnout(course.election).issued);
    vote(course, 150, 148);
    const auto voted = turnout(course.election);
    CHECK(voted.issued == 150);
    CHECK(voted.returned == 148);
    CHECK(voted.missing == 2);
    CHECK(result_rows(course.election).empty());
    count_alike(course, sheet_of(course.election, {146, 145, 141, 137, 130, 122, 119, 70}));
    CHECK(result_rows(course.election).empty());
    course.must(Certify{{{"s1"}}, {}});
    CHECK(result_rows(course.election).size() == 8);
}

TEST_CASE("an election held anew begins with its first round, and its later rounds belong to it") {
    Course wrong;
    auto ask = prepare(7, adopted());
    ask.anew = 0;
    CHECK(refused_as(wrong.act(ask), Why::round_wrong));
    ask.anew = 2;
    Course anew;
    anew.must(ask);
    CHECK(anew.election.anew == 2);
    CHECK(anew.election.round == 1);
    // Its list is new: nobody is bound to those who stood before, and the surplus is asked for.
    CHECK(refused_as(anew.act(Nominate{list(7)}), Why::surplus_too_small));
    anew.must(Nominate{list(8)});
    anew.must(AdoptList{"decision of the 4th sitting"});
    vote(anew, 150, 149);
    count_alike(anew, sheet_of(anew.election, {146, 145, 141, 137, 130, 122, 61, 40}));
    anew.must(Certify{{{"s1"}}, {}});
    const auto next = prepare_next_round(anew.election, NextRound::for_open_seats, {"committee-8-2"});
    REQUIRE(next);
    CHECK(next->round == 2);
    CHECK(next->anew == 2);
    CHECK(verify_certificate(certificate_document(anew.election)));
}
