// SPDX-License-Identifier: Apache-2.0
#include "count/approval.h"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <set>

using namespace plenum;
using namespace plenum::count;

namespace {

NameCount name(std::string id, std::int64_t in_favour) {
    NameCount out;
    out.id = std::move(id);
    out.in_favour = in_favour;
    return out;
}

/// Nineteen entitled, seventeen present, sixteen ballots issued and returned, three of them invalid.
VotesCounted votes_of(std::int64_t seats, std::vector<NameCount> names) {
    VotesCounted out;
    out.entitled = 19;
    out.present = 17;
    out.issued = out.returned = 16;
    out.invalid = 3;
    out.seats = seats;
    out.names = std::move(names);
    return out;
}
ApprovalRules majority_of(Base base) {
    ApprovalRules out;
    out.fraction = {1, 2};
    out.base = base;
    out.tie = TieMethod::revote_among_tied;
    out.shortfall = {Shortfall::further_election, Shortfall::reduce_seats};
    return out;
}
ApprovalRules plurality() {
    ApprovalRules out = majority_of(Base::none);
    out.fraction = {0, 1};
    return out;
}

std::vector<std::string> kinds_of(const Course& course) {
    std::vector<std::string> out;
    for (const auto& step : course.steps) out.push_back(step.kind);
    return out;
}

Text call(const std::string& id) { return same_text(id); }

}  // namespace

TEST_CASE("more than half, at least two thirds: the smallest number that meets a share") {
    struct Row {
        Fraction fraction;
        Comparison comparison;
        std::int64_t of, wanted;
    };
    for (const auto& [fraction, comparison, of, wanted] :
         {Row{{1, 2}, Comparison::gt, 170, 86}, Row{{1, 2}, Comparison::gt, 171, 86},
          Row{{1, 2}, Comparison::ge, 170, 85}, Row{{1, 2}, Comparison::ge, 171, 86},
          Row{{2, 3}, Comparison::ge, 170, 114}, Row{{2, 3}, Comparison::ge, 171, 114},
          Row{{2, 3}, Comparison::gt, 171, 115}, Row{{0, 1}, Comparison::ge, 9, 0}, Row{{0, 1}, Comparison::gt, 9, 1},
          Row{{1, 1}, Comparison::ge, 9, 9}, Row{{1, 1}, Comparison::gt, 9, 10}, Row{{1, 2}, Comparison::gt, 0, 1},
          Row{{999'999, 1'000'000}, Comparison::ge, most_counted, 999'999'000}})
        CHECK(smallest_that_meets(fraction, comparison, of) == wanted);
    for (std::int64_t denominator = 1; denominator <= 7; ++denominator)
        for (std::int64_t numerator = 0; numerator <= denominator; ++numerator)
            for (std::int64_t of = 0; of <= 40; ++of)
                for (std::int64_t votes = 0; votes <= 41; ++votes) {
                    CHECK((votes >= smallest_that_meets({numerator, denominator}, Comparison::ge, of)) ==
                          (denominator * votes >= numerator * of));
                    CHECK((votes >= smallest_that_meets({numerator, denominator}, Comparison::gt, of)) ==
                          (denominator * votes > numerator * of));
                }
    CHECK(compare({2, 4}, {1, 2}) == 0);
    CHECK(compare({2, 3}, {3, 4}) == -1);
    for (const auto& bad : {Fraction{3, 2}, Fraction{-1, 2}, Fraction{0, 0}, Fraction{1, -2}, Fraction{1, 1'000'001}})
        CHECK(refused_as(check(bad), count::Why::fraction_impossible));
}

TEST_CASE("each base gives its own threshold") {
    struct Row {
        Base base;
        std::int64_t base_count, threshold;
    };
    auto votes = votes_of(2, {name("a", 9), name("b", 5)});
    votes.illegal = 1;
    votes.ignored = 2;  // valid: 16 - 3 - 1 - 2 = 10
    for (const auto& [base, base_count, threshold] :
         {Row{Base::entitled, 19, 10}, Row{Base::present, 17, 9}, Row{Base::issued, 16, 9}, Row{Base::returned, 16, 9},
          Row{Base::valid_ballots, 10, 6}, Row{Base::votes_cast_incl_illegal, 11, 6}}) {
        const auto course = approval(votes, majority_of(base));
        REQUIRE(course);
        CHECK(course->valid == 10);
        CHECK(course->base_count == base_count);
        CHECK(course->threshold == threshold);
        CHECK(course->elected.size() == (threshold <= 9 ? 1u : 0u));
    }
}

TEST_CASE("a base per name is taken per name, and a name with more votes may fail") {
    auto votes = votes_of(1, {name("a", 6), name("b", 4)});
    votes.names[0].against = 7;
    votes.names[0].abstain = 0;
    votes.names[1].against = 1;
    votes.names[1].abstain = 8;
    for (const auto base : {Base::for_plus_against, Base::valid_votes_without_abstentions}) {
        const auto course = approval(votes, majority_of(base));
        REQUIRE(course);
        CHECK(!course->threshold);
        CHECK(course->elected == std::vector<std::string>{"b"});
        CHECK(course->standings[0].id == "a");
        CHECK(course->standings[0].required == 7);
        CHECK(course->standings[1].required == 3);
    }
    votes.names[1].against.reset();
    CHECK(refused_as(approval(votes, majority_of(Base::for_plus_against)), count::Why::number_missing));
}

TEST_CASE("only a tie at the cut decides nothing; a tie inside or outside is let be") {
    const auto at_cut = approval(votes_of(2, {name("a", 12), name("b", 10), name("c", 2), name("d", 1)}), plurality());
    REQUIRE(at_cut);
    CHECK(at_cut->open == 0);
    const auto inside = approval(votes_of(3, {name("a", 9), name("b", 11), name("c", 11), name("d", 8)}), plurality());
    REQUIRE(inside);
    CHECK(inside->elected == std::vector<std::string>{"b", "c", "a"});
    CHECK(inside->standings[1].rank == 1);
    CHECK(inside->standings[2].rank == 3);
    const auto across = approval(votes_of(3, {name("a", 9), name("b", 11), name("c", 9), name("d", 9)}), plurality());
    REQUIRE(across);
    CHECK(across->elected == std::vector<std::string>{"b"});
    CHECK(across->tied == std::vector<std::string>{"a", "c", "d"});
    CHECK(across->open == 2);
    CHECK(across->next == std::vector<std::string>{"revote_among_tied"});
}

TEST_CASE("a lot resolves a tie only where the rules say lot, and only among the tied") {
    auto rules = plurality();
    rules.tie = TieMethod::lot;
    auto votes = votes_of(3, {name("a", 9), name("b", 11), name("c", 9), name("d", 9)});
    CHECK(approval(votes, rules)->next == std::vector<std::string>{"lot"});
    votes.lot = {"d", "a", "c"};
    const auto drawn = approval(votes, rules);
    REQUIRE(drawn);
    CHECK(drawn->open == 0);
    CHECK(drawn->next.empty());
    CHECK(std::set<std::string>(drawn->elected.begin(), drawn->elected.end()) == std::set<std::string>{"a", "b", "d"});
    for (const auto& wrong :
         {std::vector<std::string>{"d", "a"}, {"d", "a", "b"}, {"d", "a", "a"}, {"a", "b", "c", "d"}}) {
        votes.lot = wrong;
        CHECK(refused_as(approval(votes, rules), count::Why::lot_names_wrong));
    }
    votes.lot = {"d", "a", "c"};
    CHECK(refused_as(approval(votes, plurality()), count::Why::lot_names_wrong));
}

TEST_CASE("someone who cannot be elected keeps the votes, takes no rank and no seat") {
    auto votes = votes_of(2, {name("a", 12), name("w", 11), name("b", 3)});
    votes.names[1].ineligible = true;
    votes.names[1].write_in = true;
    const auto course = approval(votes, majority_of(Base::entitled));
    REQUIRE(course);
    CHECK(course->elected == std::vector<std::string>{"a"});
    CHECK(course->open == 1);  // the seat does not fall to b
    CHECK(course->checks.empty());
    CHECK(course->standings.back().id == "w");
    CHECK(course->standings.back().in_favour == 11);
    CHECK(course->standings.back().rank == 0);
    CHECK(course->standings[1].rank == 2);
}

TEST_CASE("a written-in winner is announced only after the eligibility is established") {
    auto votes = votes_of(1, {name("a", 3), name("w", 10)});
    votes.names[1].write_in = true;
    CHECK(approval(votes, majority_of(Base::entitled))->checks == std::vector<std::string>{"eligibility:w"});
    votes.names[1].eligibility_checked = true;
    CHECK(approval(votes, majority_of(Base::entitled))->checks.empty());
}

TEST_CASE("more ballots than were issued void the question, and no partial result is shown") {
    auto votes = votes_of(2, {name("a", 12), name("b", 10)});
    votes.returned = 17;
    const auto course = approval(votes, majority_of(Base::entitled));
    REQUIRE(course);
    CHECK(course->void_election);
    CHECK(course->next == std::vector<std::string>{"repeat_election"});
    CHECK(course->standings.empty());
    CHECK(course->elected.empty());
    CHECK(kinds_of(*course) == std::vector<std::string>{"returned_issued", "void", "next"});
}

TEST_CASE("where only a changed result voids, an excess is let be exactly when it can change nothing") {
    // All worlds of 3 names, up to 6 ballots of which one is too many, one seat: take any one ballot away and count
    // again.
    auto rules = majority_of(Base::valid_ballots);
    rules.excess = Excess::void_if_result_could_change;
    int harmless = 0, voided = 0, too_careful = 0;
    for (std::int64_t a = 0; a <= 6; ++a)
        for (std::int64_t b = 0; a + b <= 6; ++b)
            for (std::int64_t nobody = 0; a + b + nobody <= 6; ++nobody) {
                const auto ballots = a + b + nobody;
                if (ballots == 0) continue;
                VotesCounted votes;
                votes.entitled = votes.present = 9;
                votes.issued = ballots - 1;
                votes.returned = ballots;
                votes.seats = 1;
                votes.names = {name("a", a), name("b", b)};
                const auto course = approval(votes, rules);
                REQUIRE(course);
                auto counted = votes;
                counted.issued = ballots;
                const auto whole = approval(counted, rules);
                bool changes = false;
                for (int which = 0; which < 3; ++which) {
                    auto without = counted;
                    --without.returned;
                    auto& taken = which == 0 ? without.names[0].in_favour : without.names[1].in_favour;
                    if (which < 2 && taken == 0) continue;
                    if (which == 2 && nobody == 0) continue;
                    if (which < 2) --taken;
                    changes = changes || approval(without, rules)->elected != whole->elected;
                }
                if (changes) CHECK(course->void_election);
                voided += course->void_election;
                harmless += !course->void_election;
                too_careful += course->void_election && !changes;
                if (!course->void_election) CHECK(course->elected == whole->elected);
            }
    CHECK(harmless > 20);
    CHECK(voided > 20);
    CHECK(too_careful < 20);
    rules.excess = Excess::scrutineer_report;
    auto votes = votes_of(1, {name("a", 12)});
    votes.returned = 18;
    CHECK(approval(votes, rules)->checks == std::vector<std::string>{"excess:2"});
}

TEST_CASE("numbers that cannot be are refused by name") {
    const auto rules = majority_of(Base::entitled);
    const auto with = [&](auto change) {
        auto votes = votes_of(2, {name("a", 12), name("b", 10)});
        change(votes);
        const auto course = approval(votes, rules);
        return course ? std::string() : std::string(course.error().name());
    };
    CHECK(with([](auto&) {}).empty());
    CHECK(with([](auto& v) { v.present = 20; }) == "count.present_exceeds_entitled");
    CHECK(with([](auto& v) { v.issued = 18; }) == "count.issued_exceeds_present");
    CHECK(with([](auto& v) { v.invalid = 17; }) == "count.set_aside_exceeds_returned");
    CHECK(with([](auto& v) { v.names[0].in_favour = 14; }) == "count.votes_exceed_ballots");
    CHECK(with([](auto& v) { v.names.push_back(name("c", 5)); }) == "count.votes_exceed_choices");
    CHECK(with([](auto& v) { v.names[1].id = "a"; }) == "count.name_twice");
    CHECK(with([](auto& v) { v.names[1].in_favour = -1; }) == "count.number_out_of_range");
    CHECK(with([](auto& v) { v.seats = 0; }) == "count.number_out_of_range");
    CHECK(with([](auto& v) { v.entitled = INT64_MAX; }) == "count.number_out_of_range");
    CHECK(with([](auto& v) { v.returned = INT64_MIN; }) == "count.number_out_of_range");
    CHECK(with([](auto& v) { v.names[0].against = INT64_MAX; }) == "count.number_out_of_range");
    auto impossible = rules;
    impossible.fraction = {2, 1};
    CHECK(refused_as(approval(votes_of(1, {}), impossible), count::Why::fraction_impossible));
    VotesCounted vast;
    vast.entitled = vast.present = vast.issued = vast.returned = most_counted;
    vast.seats = most_counted;
    for (int i = 0; i < 5; ++i) vast.names.push_back(name(std::to_string(i), most_counted));
    CHECK(approval(vast, rules)->elected.size() == 5);
}

TEST_CASE("in every small world nobody with fewer votes passes over someone with more") {
    // All counts of 4 names by up to 4 valid ballots, every number of seats, three bases, both comparisons.
    for (const auto base : {Base::entitled, Base::valid_ballots, Base::none})
        for (const auto comparison : {Comparison::ge, Comparison::gt})
            for (std::int64_t seats = 1; seats <= 4; ++seats)
                for (int world = 0; world < 5 * 5 * 5 * 5; ++world) {
                    std::vector<NameCount> names;
                    std::int64_t all = 0;
                    for (int i = 0, rest = world; i < 4; ++i, rest /= 5) {
                        names.push_back(name(std::string(1, static_cast<char>('a' + i)), rest % 5));
                        all += rest % 5;
                    }
                    if (all > seats * 4) continue;
                    VotesCounted votes;
                    votes.entitled = 7;
                    votes.present = votes.issued = 5;
                    votes.returned = 5;
                    votes.invalid = 1;
                    votes.seats = seats;
                    votes.names = names;
                    auto rules = majority_of(base);
                    rules.comparison = comparison;
                    if (base == Base::none) rules.fraction = {0, 1};
                    const auto course = approval(votes, rules);
                    REQUIRE(course);
                    const auto elected = static_cast<std::int64_t>(course->elected.size());
                    CHECK(elected + course->open == seats);
                    CHECK((course->tied.empty() || static_cast<std::int64_t>(course->tied.size()) > course->open));
                    std::int64_t passed = 0, lowest_in = 99, highest_out = 0;
                    for (const auto& each : course->standings) {
                        CHECK(each.passed == (each.in_favour >= *course->threshold));
                        CHECK((!each.elected || each.passed));
                        CHECK(!(each.elected && each.tied));
                        passed += each.passed;
                        if (each.elected) lowest_in = std::min(lowest_in, each.in_favour);
                        if (each.passed && !each.elected) highest_out = std::max(highest_out, each.in_favour);
                        std::int64_t above = 0;
                        for (const auto& other : course->standings) above += other.in_favour > each.in_favour;
                        CHECK(each.rank == above + 1);
                    }
                    CHECK(lowest_in > highest_out);
                    if (course->tied.empty()) CHECK(elected == std::min(seats, passed));
                }
}

TEST_CASE("the order of the paper and a vote against change nobody's election") {
    CHECK(rc::check([] {
        const auto names_count = *rc::gen::inRange<int>(1, 7);
        VotesCounted votes;
        votes.entitled = votes.present = votes.issued = votes.returned = 20;
        votes.seats = *rc::gen::inRange<std::int64_t>(1, 7);
        std::int64_t left = votes.seats * 20;
        for (int i = 0; i < names_count; ++i) {
            auto each = name(std::string(1, static_cast<char>('a' + i)),
                             *rc::gen::inRange<std::int64_t>(0, std::min<std::int64_t>(20, left) + 1));
            left -= each.in_favour;
            votes.names.push_back(each);
        }
        const auto rules = majority_of(*rc::gen::element(Base::entitled, Base::present, Base::valid_ballots));
        auto other = votes;
        std::reverse(other.names.begin(), other.names.end());
        for (auto& each : other.names) each.against = 20 - each.in_favour;
        const auto as_set = [](const std::vector<std::string>& list) {
            return std::set<std::string>(list.begin(), list.end());
        };
        const auto one = approval(votes, rules), two = approval(other, rules);
        RC_ASSERT(one.has_value() && two.has_value());
        RC_ASSERT(as_set(one->elected) == as_set(two->elected));
        RC_ASSERT(as_set(one->tied) == as_set(two->tied));
        RC_ASSERT(one->open == two->open);
        // One more vote never takes a seat away.
        if (!one->elected.empty() && votes.seats * 20 > 0) {
            auto more = votes;
            std::int64_t together = 0;
            for (const auto& each : more.names) together += each.in_favour;
            for (auto& each : more.names)
                if (each.id == one->elected.front() && each.in_favour < 20 && together < votes.seats * 20)
                    ++each.in_favour;
            const auto three = approval(more, rules);
            RC_ASSERT(three.has_value());
            RC_ASSERT(as_set(three->elected).contains(one->elected.front()));
        }
    }));
}

TEST_CASE("a course is data, and each of its steps is a sentence in three languages") {
    std::set<std::string> told;
    const auto tell = [&](const VotesCounted& votes, const ApprovalRules& rules) {
        const auto course = approval(votes, rules);
        REQUIRE(course);
        CHECK(*from_json<Course>(to_json(*course)) == *course);
        for (const auto& step : course->steps) {
            told.insert(step.kind);
            const auto text = sentence(step, call);
            for (const auto language : all_languages) {
                INFO(text.in(language));
                CHECK(!text.in(language).starts_with("count.step"));
                CHECK(text.in(language).find('{') == std::string::npos);
                CHECK(text.in(language).find("count.") == std::string::npos);
            }
        }
    };
    auto votes = votes_of(2, {name("a", 12), name("b", 3), name("c", 3), name("w", 1)});
    tell(votes, majority_of(Base::entitled));
    tell(votes, plurality());
    auto lot = plurality();
    lot.tie = TieMethod::lot;
    votes.lot = {"c", "b"};
    tell(votes, lot);
    votes.lot.clear();
    for (auto& each : votes.names) each.against = each.abstain = 0;
    tell(votes, majority_of(Base::for_plus_against));
    votes.names[0].ineligible = true;
    votes.names[3].write_in = true;
    votes.seats = 3;
    tell(votes, plurality());
    votes.returned = 17;
    auto excess = majority_of(Base::entitled);
    tell(votes, excess);
    excess.excess = Excess::scrutineer_report;
    tell(votes, excess);
    excess.excess = Excess::void_if_result_could_change;
    auto clear = votes_of(1, {name("a", 13)});
    clear.returned = 17;
    tell(clear, excess);
    for (const auto* kind : {"returned_issued", "void", "excess_harmless", "excess_reported", "classified", "threshold",
                             "threshold_per_name", "no_threshold", "struck", "ranked", "passed", "cut", "tie",
                             "tie_by_lot", "open", "elected", "check", "next"})
        CHECK_MESSAGE(told.contains(kind), std::string(kind));
    CHECK(sentence(approval(votes_of(1, {name("a", 12)}), majority_of(Base::entitled))->steps[2], call) ==
          Text{"应到会人数为 19，须达其 1/2 以上（不含本数，即超过），当选票数为 10 票。",
               "應到會人數為 19，須達其 1/2 以上（不含本數，即超過），當選票數為 10 票。",
               "Needed: more than 1/2 of those entitled (19), that is 10 votes."});
}

TEST_CASE("every refusal of the count has its sentence, and every enumerator its words") {
    for (const auto& refusal : count::all_refusals)
        for (const auto language : all_languages) CHECK(has_text(language, "refusal." + std::string(refusal.name)));
    const auto has_words = [](const Text& text) {
        for (const auto language : all_languages) CHECK(!text.in(language).starts_with("count."));
    };
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<Base>>(
        [&](auto each) { has_words(text_of(each.value)); });
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<TieMethod>>(
        [&](auto each) { has_words(text_of(each.value)); });
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<Shortfall>>(
        [&](auto each) { has_words(text_of(each.value)); });
}
