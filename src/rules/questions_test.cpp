// SPDX-License-Identifier: Apache-2.0
#include "rules/questions.h"

#include <doctest/doctest.h>

using namespace plenum;
using namespace plenum::rules;

namespace {

Rules shipped(std::string_view id) {
    auto rules = Rules::from_pack(id, packs_in_use());
    REQUIRE(rules);
    return *rules;
}
Rules measured() {
    return *shipped("cn-grassroots-2016")
                .with_measure(
                    "[ballot]\nblank_means = \"abstain\"\n[tie]\nsecond_tie = \"lot\"\n"
                    "[threshold.motion]\nbase = \"entitled\"\n",
                    "measure.toml");
}
Votes votes_for(std::int64_t entitled, std::int64_t present, std::int64_t in_favour) {
    Votes votes;
    votes.entitled = entitled;
    votes.present = present;
    votes.in_favour = in_favour;
    return votes;
}

}  // namespace

TEST_CASE("the rule of a decision is said in three languages with its numbers") {
    const auto decision = motion(measured(), "motion", votes_for(170, 150, 90));
    REQUIRE(decision);
    CHECK(decision->passed);
    CHECK(rule_sentence(*decision) == Text{"赞成票超过应到会人数 170 的二分之一，即不少于 86 票，方可通过。",
                                           "贊成票超過應到會人數 170 的二分之一，即不少於 86 票，始得通過。",
                                           "Adopted by more than one half of those entitled (170): at least 86."});
    CHECK(rule_sentence(*quorum(measured(), "election", {170, std::nullopt, 150})).zh_hans ==
          "参加人数须达到应到会人数 170 的三分之二以上，即不少于 114。现为 150。");
    const auto rules = approval_rules(measured(), "committee", count::Round::first);
    REQUIRE(rules);
    CHECK(rule_sentence(*rules, 170).en.find("(170): at least 86") != std::string::npos);
    CHECK(rule_sentence(*rules, std::nullopt).en.find("those entitled.") != std::string::npos);
    CHECK(rule_sentence(*surplus(measured(), "committee", 17, 18)).en.find("18 candidates or more") !=
          std::string::npos);
    CHECK(rule_sentence(*surplus(measured(), "committee", 17, 18)).zh_hans.find("百分之 5") != std::string::npos);
    CHECK(rule_sentence(*size(measured(), "committee", 800, 17)).en.find("7 to 15") != std::string::npos);
    for (const auto language : all_languages)
        for (const auto& text :
             {rule_sentence(*decision), rule_sentence(*rules, 170), rule_sentence(*rules, std::nullopt),
              rule_sentence(*surplus(measured(), "chair", 1, 1)), rule_sentence(*delegates_size(measured(), 640, 50)),
              rule_sentence(*size(measured(), "audit_committee", std::nullopt, 7)),
              rule_sentence(
                  *quorum(shipped("de-bundeskongress").with_suggestions(), "ordinary", {400, std::nullopt, 200})),
              rule_sentence(*quorum(shipped("uk-tulrca"), "election", {400, std::nullopt, 200}))}) {
            CHECK(!text.in(language).empty());
            CHECK(text.in(language).find('{') == std::string::npos);
        }
}

TEST_CASE("numbers that cannot be are refused before any rule is applied") {
    const auto rules = measured();
    CHECK(refused_as(quorum(rules, "election", {170, std::nullopt, 171}), rules::Why::numbers_contradict));
    CHECK(refused_as(quorum(rules, "election", {-1, std::nullopt, 0}), rules::Why::numbers_contradict));
    CHECK(refused_as(quorum(rules, "election", {INT64_MAX, std::nullopt, 0}), rules::Why::numbers_contradict));
    CHECK(refused_as(motion(rules, "motion", votes_for(170, 171, 1)), rules::Why::numbers_contradict));
    CHECK(refused_as(motion(rules, "motion", votes_for(170, 150, 151)), rules::Why::numbers_contradict));
    // Each number may be possible and their sum not: then the sum is told, and not a number that nobody gave.
    auto more = votes_for(170, 150, 100);
    more.against = 60;
    const auto sum = motion(rules, "motion", more);
    CHECK(refused_as(sum, rules::Why::votes_exceed));
    CHECK(sum.error().fact("sum") == "160");
    CHECK(sentence_of(Language::en, sum.error()).find("160, more than 150 (those present)") != std::string::npos);
    CHECK(refused_as(motion(rules, "motion", {}), rules::Why::number_missing));
    CHECK(refused_as(motion(rules, "honours", votes_for(3, 3, 3)), rules::Why::undecided));
    CHECK(refused_as(surplus(rules, "comittee", 3, 4), rules::Why::body_unknown));
    CHECK(refused_as(surplus(rules, "committee", 0, 4), rules::Why::numbers_contradict));
    CHECK(refused_as(size(rules, "committee", std::nullopt, 4), rules::Why::number_missing));
    CHECK(refused_as(delegates_size(rules, 99, 4), rules::Why::outside_table));
    CHECK(refused_as(reduce_seats(rules, {"committee", 3000, 17, 18, 1, 2}), rules::Why::numbers_contradict));
}

TEST_CASE("a motion passes exactly from its required number on, whatever the base") {
    for (const auto* base : {"entitled", "present", "issued", "returned", "valid_ballots", "votes_cast_incl_illegal",
                             "for_plus_against", "valid_votes_without_abstentions"}) {
        INFO(base);
        const auto rules =
            shipped("cn-grassroots-2016").with_measure(std::string("[threshold.motion]\nbase = \"") + base + "\"", "m");
        REQUIRE(rules);
        for (std::int64_t in_favour = 0; in_favour <= 11; ++in_favour) {
            Votes votes;
            votes.entitled = 19;
            votes.present = 17;
            votes.issued = 16;
            votes.returned = 14;
            votes.invalid = 2;
            votes.in_favour = in_favour;
            votes.against = 11 - in_favour;
            votes.abstain = 1;
            const auto decision = motion(*rules, "motion", votes);
            REQUIRE(decision);
            CHECK(decision->passed == (2 * in_favour > decision->base_count));
            CHECK(decision->passed == (in_favour >= decision->required));
        }
    }
}

TEST_CASE("of hands raised all that are counted are valid, and before anybody votes such a base has no number") {
    const auto rules = shipped("uk-tulrca");
    Votes hands;
    hands.entitled = 61;
    hands.present = 17;
    hands.in_favour = 0;
    hands.against = 0;
    hands.abstain = 0;
    const auto before = motion(rules, "motion", hands);
    REQUIRE(before);
    CHECK(rule_sentence(*before).en == "Adopted by more than one half of the valid ballots.");
    hands.in_favour = 8;
    hands.against = 5;
    hands.abstain = 2;
    const auto decided = motion(rules, "motion", hands);
    REQUIRE(decided);
    CHECK(decided->base_count == 15);
    CHECK(decided->required == 8);
    CHECK(decided->passed);
    CHECK(rule_sentence(*decided).en.find("(15): at least 8") != std::string::npos);
    hands.returned = 16;  // ballots after all: then it must be known how many are invalid
    CHECK(refused_as(motion(rules, "motion", hands), rules::Why::number_missing));
}

TEST_CASE("a tie round falls to the second rule, and without one it is undecided") {
    const auto basic = shipped("cn-grassroots-2016");
    CHECK(refused_as(approval_rules(basic, "committee", count::Round::tie), rules::Why::undecided));
    const auto tie = approval_rules(measured(), "committee", count::Round::tie);
    REQUIRE(tie);
    CHECK(tie->base == count::Base::none);
    CHECK(tie->tie == count::TieMethod::lot);
    const auto further = approval_rules(measured(), "committee", count::Round::further);
    CHECK(further->base == count::Base::entitled);
    CHECK(further->tie == count::TieMethod::revote_among_tied);
    const auto convention = approval_rules(shipped("robert-convention"), "committee", count::Round::tie);
    REQUIRE(convention);
    CHECK(convention->base == count::Base::votes_cast_incl_illegal);  // a majority still
    const auto german = shipped("de-bundeskongress").with_suggestions();
    CHECK(approval_rules(german, "committee", count::Round::further)->base ==
          count::Base::valid_votes_without_abstentions);
    CHECK(approval_rules(german, "committee", count::Round::further, true)->base == count::Base::none);
    CHECK(refused_as(approval_rules(shipped("uk-tulrca"), "committee", count::Round::first), rules::Why::undecided));
    CHECK(refused_as(approval_rules(measured(), "committee", count::Round::further, true), rules::Why::undecided));
    CHECK(refused_as(approval_rules(measured(), "board", count::Round::first), rules::Why::body_unknown));
}

TEST_CASE("the gates of a pack are told, and silence is not taken for leave") {
    const auto basic = gates(measured());
    REQUIRE(basic);
    CHECK(basic->prior_report_to == std::vector<std::string>{"party_same_level", "higher_union"});
    CHECK(basic->prior_report_reply_days == 15);
    CHECK(basic->notice_workdays == 5);
    CHECK(basic->approval_by == "higher_union");
    CHECK(basic->scrutineers_not_candidates == true);
    CHECK(basic->managers_max == count::Fraction{20, 100});
    CHECK(basic->presides == std::vector<std::string>{"presidium", "outgoing_committee", "preparatory_group"});
    CHECK(gates(measured(), false)->presides == std::vector<std::string>{"outgoing_committee"});
    const auto german = gates(shipped("de-bundeskongress"));
    CHECK(german->approval_by == "none");
    CHECK(!gates(shipped("uk-tulrca"))->approval_by);
    CHECK(!gates(shipped("uk-tulrca"))->write_in);  // for the rule book to state
    CHECK(*state_after_election(measured()) == "pending_approval");
    CHECK(*state_after_election(shipped("de-bundeskongress")) == "final");
    CHECK(refused_as(state_after_election(shipped("uk-tulrca")), rules::Why::undecided));
    CHECK(*managers_allowed(measured(), 34, 170));
    CHECK(!*managers_allowed(measured(), 35, 170));
    CHECK(*voting_modes(measured(), "removal") == std::vector<std::string>{"secret"});
    CHECK(voting_modes(measured(), "motion")->size() == 3);
    CHECK(refused_as(voting_modes(shipped("de-bundeskongress"), "motion"), rules::Why::undecided));
}

TEST_CASE("a term of three or five years, not four") {
    for (const std::int64_t years : {3, 5}) CHECK(check_term(measured(), years));
    for (const std::int64_t years : {-1, 0, 1, 4, 6})
        CHECK(refused_as(check_term(measured(), years), rules::Why::term_not_allowed));
    CHECK(check_term(shipped("cn-congress-level"), 5));
    CHECK(!check_term(shipped("cn-congress-level"), 3));
    CHECK(check_term(shipped("uk-tulrca"), 4));
    CHECK(!check_term(shipped("uk-tulrca"), 6));
    CHECK(refused_as(check_term(shipped("robert-convention"), 3), rules::Why::undecided));
}

TEST_CASE("a unit that elects delegates needs two thirds there and more than half of all its members") {
    CHECK(quorum(measured(), "unit", {31, std::nullopt, 21})->required == 21);
    const auto elected = motion(measured(), "unit", votes_for(31, 21, 16));
    REQUIRE(elected);
    CHECK(elected->required == 16);
    CHECK(elected->passed);
}

TEST_CASE("periods count from the next day, by working days or rolling over rest days") {
    const Date friday{2026, 11, 20};
    CHECK(last_day(friday, 1, false, false) == Date{2026, 11, 21});
    CHECK(last_day(friday, 1, false, true) == Date{2026, 11, 23});
    CHECK(last_day(friday, 1, true, false) == Date{2026, 11, 23});
    CHECK(last_day(friday, 5, true, false) == Date{2026, 11, 27});
    CHECK(last_day(friday, 5, true, false, {{2026, 11, 25}}) == Date{2026, 11, 30});
    CHECK(last_day(friday, 0, false, false) == friday);
    CHECK(last_day({9999, 12, 30}, 30, true, true) == Date{9999, 12, 31});
    const auto rules = shipped("cn-collective");
    CHECK(refused_as(deadline(rules, {{2026, 3, 4}, std::nullopt, "atlantis", {}}), rules::Why::region_unknown));
    CHECK(refused_as(deadline(measured(), {{2026, 3, 4}, std::nullopt, "base", {}}), rules::Why::undecided));
    CHECK(*regional(rules, "shanghai", "draft_threshold_comparison") == Json("ge"));
    CHECK(*regional(rules, "beijing", "draft_threshold_comparison") == Json("gt"));
}

TEST_CASE("bars by role are told with their reason in people's words") {
    const auto answer = eligibility(measured(), "committee", {{"m4", {"member", "partner"}}, {"m9", {}}}, 7, 150);
    REQUIRE(answer);
    CHECK(answer->reasons == std::vector<std::string>{"partner"});
    // Every role that the basic pack bars has its words.
    const auto rules = measured();
    for (const auto* field : {"candidates.ineligible", "bodies.audit_committee.excluded"}) {
        const auto roles = rules.words(field);
        for (const auto& role : *roles) CHECK(has_text(Language::en, "rules.role." + role));
    }
}
