// SPDX-License-Identifier: Apache-2.0
#include "count/course/course.h"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <set>

#include "count/ballots/read.h"
#include "count/course/picture.h"
#include "count/methods.h"
#include "count/refusals.h"

using namespace plenum;
using namespace plenum::count;

namespace {

Profile blt(std::string_view text) {
    auto out = read_blt("test.blt", text);
    REQUIRE(out);
    return std::move(*out);
}
Result<Count> counted(const Profile& profile, std::string_view method, std::int64_t seats = 0,
                      std::string tie_break = {}) {
    CountOptions options;
    options.seats = seats;
    options.tie_break = std::move(tie_break);
    return count_votes(profile, **method_named(method), options);
}
constexpr std::string_view harbour =
    "5 2\n9 1 2 0\n7 3 2 0\n6 4 5 3 0\n5 2 0\n5 5 2 0\n2 1=2 3 0\n1 0\n0\nAnn\nBo\nCy\nDi\nEd\nHarbour branch\n";

}  // namespace

TEST_CASE("every method has its own name, and every name and alias leads to it") {
    std::set<std::string> seen;
    for (const auto& method : all_methods()) {
        CHECK(seen.insert(std::string(method.name)).second);
        CHECK((*method_named(method.name))->name == method.name);
        std::string alias;
        for (const char c : std::string(method.aliases) + " ") {
            if (c != ' ') {
                alias += c;
            } else if (!alias.empty()) {
                CHECK(seen.insert(alias).second);
                CHECK((*method_named(alias))->name == method.name);
                alias.clear();
            }
        }
    }
    CHECK(refused_as(method_named(""), count::Why::method_unknown));
    CHECK(refused_as(method_named("scotland mpls"), count::Why::method_unknown));
}

TEST_CASE("every reason, tie rule and family has a sentence in three languages") {
    const auto has = [](std::string key) {
        for (const auto language : all_languages) CHECK_MESSAGE(has_text(language, key), key);
    };
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<Reason>>(
        [&](auto each) { has("count.reason." + std::string(name_of(each.value))); });
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<TieDecider>>([&](auto each) {
        has("count.tie." + std::string(name_of(each.value)));
        has("count.tie_rule." + std::string(name_of(each.value)));
    });
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<NumberKind>>(
        [&](auto each) { has("count.arithmetic." + std::string(name_of(each.value))); });
    for (const auto& method : all_methods()) has("count.family." + std::string(method.family));
}

TEST_CASE("votes neither appear nor vanish: what is counted is there at every stage, but for what rounding cuts off") {
    for (const auto* name :
         {"scotland", "wigm-prf", "wigm-rational", "cfer", "mpls", "belenios-stv", "alternative-vote"}) {
        const auto count = counted(blt(harbour), name, std::string_view(name) == "alternative-vote" ? 1 : 2);
        REQUIRE(count);
        CAPTURE(name);
        for (const auto& stage : count->stages) {
            double sum = std::stod(stage.nontransferable);  // a check to two places, not a count
            for (const auto& votes : stage.votes) sum += std::stod(votes);
            CHECK(sum <= static_cast<double>(count->valid) + 1e-9);
            CHECK(sum >= static_cast<double>(count->valid) - 0.02);
        }
    }
}

TEST_CASE("blank and equal ballots are counted as the rule says, and the record says how many") {
    const auto scottish = *counted(blt(harbour), "scotland");
    CHECK(scottish.ballots == 35);
    CHECK(scottish.blank == 1);
    CHECK(scottish.invalid == 2);  // equal already at the first preference
    CHECK(scottish.valid == 32);
    const auto meek = *counted(blt(harbour), "meek");
    CHECK(meek.valid == 34);
    CHECK(meek.stages[0].votes[0] == "10.000000000000000000");
    CHECK(meek.stages[0].votes[1] == "6.000000000000000000");
    const auto belenios = *counted(blt(harbour), "belenios-stv");
    CHECK(belenios.valid == 33);
    CHECK(belenios.invalid == 2);
    CHECK(counted(blt("2 1\n3 1 0\n2 2 0\n0\nA\nB\n"), "scotland")->quota == "3.00000");
}

TEST_CASE("a tie is broken by the rule asked for, and the record says by which") {
    const auto tied = blt("3 2\n5 1 2 0\n3 2 0\n3 3 0\n0\nA\nB\nC\n");
    const auto paper = *counted(tied, "wigm-rational");
    CHECK(paper.tie_rule.last == TieDecider::paper_order);
    const auto level = blt("3 1\n4 1 0\n3 2 0\n3 3 0\n0\nA\nB\nC\n");
    const auto first = *counted(level, "scotland", 1);
    REQUIRE(first.tie_breaks.size() == 1);
    CHECK(first.tie_breaks[0].chosen == 1);
    CHECK(first.tie_breaks[0].by == TieDecider::paper_order);
    const auto drawn = *counted(level, "scotland", 1, "order=3,2,1");
    CHECK(drawn.tie_breaks[0].chosen == 2);
    CHECK(drawn.tie_breaks[0].by == TieDecider::drawn_order);
    const auto lot = *counted(level, "scotland", 1, "lot=seed 7"), again = *counted(level, "scotland", 1, "lot=seed 7");
    CHECK(lot.tie_breaks[0].by == TieDecider::lot);
    CHECK(lot.tie_breaks[0].chosen == again.tie_breaks[0].chosen);
    std::set<int> chosen;
    for (int seed = 0; seed < 20; ++seed)
        chosen.insert(counted(level, "scotland", 1, "lot=" + std::to_string(seed))->tie_breaks[0].chosen);
    CHECK(chosen == std::set<int>{1, 2});
    CHECK(refused_as(counted(level, "scotland", 1, "stop"), count::Why::tie_undecided));
    CHECK(refused_as(counted(level, "scotland", 1, "coin"), count::Why::tie_rule_unknown));
    CHECK(refused_as(counted(level, "scotland", 1, "lot="), count::Why::tie_rule_unknown));
    CHECK(refused_as(counted(level, "scotland", 1, "order=1,2"), count::Why::tie_order_wrong));
    CHECK(refused_as(counted(level, "scotland", 1, "order=1,2,2"), count::Why::tie_order_wrong));
    const auto weak = *counted(blt("5 2\n1 1 2 0\n2 2 0\n3 3 0\n4 4 0\n5 5 0\n0\nA\nB\nC\nD\nE\n"), "scotland");
    CHECK(weak.tie_breaks[0].by == TieDecider::earlier_stage);
    CHECK(weak.tie_breaks[0].stage == 0);
    // Methods that rank leave it open unless asked.
    const auto marks = *read_ballots("m.csv", "weight,A,B,C\n4,1,0,0\n3,0,1,0\n3,0,0,1\n");
    const auto open = *counted(marks, "approval", 2);
    CHECK(open.winners == std::vector<int>{0});
    CHECK(open.tied_at_cut == std::vector<int>{1, 2});
    CHECK(open.open_seats == 1);
    CHECK(counted(marks, "approval", 2, "order=3,2,1")->winners == std::vector<int>{0, 2});
}

TEST_CASE(
    "how many grades were offered, and whether a ballot that says nothing is blank, may be known from elsewhere") {
    constexpr std::string_view lists = "[[1,255],[2,1],[1,255],[0,1],[0,0]]";
    const auto judged = [&](int grades, std::optional<bool> blank) {
        return *counted(*read_belenios("g.json", lists, Asked::grades, {0, "", {}, grades, blank}),
                        "majority-judgment");
    };
    const auto as_found = judged(0, std::nullopt);
    CHECK(std::tuple(as_found.valid, as_found.blank, as_found.invalid) == std::tuple(3, 1, 1));
    CHECK(as_found.ranking == std::vector<std::vector<int>>{{0}, {1}});
    const auto of_three = judged(3, false);
    CHECK(std::tuple(of_three.valid, of_three.blank, of_three.invalid) == std::tuple(1, 0, 4));
    CHECK(of_three.ranking == std::vector<std::vector<int>>{{1}, {0}});
    CHECK(of_three.grades[0].size() == 3);
    CHECK(judged(3, true).blank == 1);
    const auto by_pairs = [&](std::optional<bool> blank) {
        return *counted(
            *read_belenios("s.json", "[[1,2],[0,0],[0,0],[2,1],[1,2]]", Asked::orders, {0, "", {}, 0, blank}),
            "schulze");
    };
    CHECK(by_pairs(std::nullopt).valid == 5);
    CHECK(by_pairs(false).valid == 5);
    CHECK(by_pairs(true).valid == 3);
    CHECK(by_pairs(true).blank == 2);
    CHECK(by_pairs(true).ranking == by_pairs(false).ranking);
}

TEST_CASE("how few ballots decide does not depend on the order in which they lie") {
    const std::vector<std::string> lines{"2 3 0\n", "2 1 0\n", "4 2 3 0\n", "3 3 2 0\n", "3 1 3 2 0\n", "2 1 2 0\n"};
    CountOptions options;
    options.search_margin = true;
    std::set<std::string> told;
    for (int turn = 0; turn < 6; ++turn) {
        auto order = lines;
        std::rotate(order.begin(), order.begin() + turn, order.end());
        if (turn % 2 == 0) std::reverse(order.begin(), order.end());
        // One of them in two parts.
        std::string ballots = "1 2 3 0\n3 2 3 0\n";
        for (const auto& line : order)
            if (line != "4 2 3 0\n") ballots += line;
        const auto count =
            *count_votes(blt("3 1\n" + ballots + "0\nC1\nC2\nC3\n"), **method_named("alternative-vote"), options);
        told.insert(margin_sentence(count, Language::en));
    }
    CHECK(told.size() == 1);
}

TEST_CASE("a level count is another outcome: it is what the margin of marks counts down to") {
    const auto marks = *read_ballots("m.csv", "weight,A,B,C\n4,0,1,0\n", Asked::marks);
    const auto count = *counted(marks, "plurality", 1, "order=1,2,3");
    CHECK(count.winners == std::vector<int>{1});
    CHECK(count.margin.least == 2);
    CHECK(count.margin.enough == 3);
    const auto level = *read_ballots("m.csv", "weight,A,B,C\n2,1,0,0\n2,0,1,0\n", Asked::marks);
    CHECK(margin_sentence(*counted(level, "plurality", 1), Language::en) ==
          "A and B are level: one changed ballot decides.");
}

TEST_CASE("Belenios' rule decides ties in its own way, and takes no other") {
    const auto tied = blt("3 2\n3 1 2 0\n2 2 3 0\n2 3 0\n0\nA\nB\nC\n");
    for (const auto* rule : {"stop", "lot=5", "order=3,2,1", "earlier"})
        CHECK(refused_as(counted(tied, "belenios-stv", 0, rule), count::Why::tie_rule_fixed));
    CHECK(counted(tied, "belenios-stv", 0, "order"));
    CountOptions options;
    options.tie_break = "lot=5";
    options.beside = {*method_named("belenios-stv")};
    CHECK(count_votes(tied, **method_named("scotland"), options));
}

TEST_CASE("a course or equal ranks that would fill the memory are refused by name") {
    std::string many = "500 350\n";
    for (int ballot = 0; ballot < 2000; ++ballot) {
        many += "1";
        for (int k = 0; k < 12; ++k) many += " " + std::to_string(1 + (ballot * 7 + k * 37) % 500);
        many += " 0\n";
    }
    many += "0\n";
    for (int who = 1; who <= 500; ++who) many += "N" + std::to_string(who) + "\n";
    auto profile = read_blt("many.blt", many);
    REQUIRE(profile);
    CHECK(refused_as(counted(*profile, "qpq"), count::Why::course_outgrown));
    std::string equal = "# NUMBER ALTERNATIVES: 12\n";
    for (int ballot = 0; ballot < 3000; ++ballot) equal += "1: {1,2,3,4,5,6}," + std::to_string(7 + ballot % 6) + "\n";
    CHECK(refused_as(counted(*read_preflib("e.toi", equal), "meek", 3), count::Why::equal_ranks_too_many));
}

TEST_CASE("odd contests have an outcome or a named refusal") {
    const auto all_in = *counted(blt("2 5\n3 1 0\n1 2 0\n0\nA\nB\n"), "scotland");
    CHECK(all_in.winners.size() == 2);
    CHECK(all_in.open_seats == 3);
    for (const auto& method : all_methods()) {
        CAPTURE(method.name);
        CHECK(refused_as(count_votes(blt("2 1\n0\nA\nB\n"), method), method.asked == Asked::orders
                                                                         ? count::Why::no_valid_ballots
                                                                         : count::Why::method_wants_other_ballots) !=
              (method.family == "pairwise" && false));
        if (method.asked != Asked::orders) continue;
        const auto only = count_votes(blt("1 1\n3 1 0\n0\nOnly\n"), method);
        REQUIRE(only);
        CHECK(only->winners == std::vector<int>{0});
        CountOptions none;
        none.seats = -1;
        CHECK(refused_as(count_votes(blt("2 1\n3 1 0\n0\nA\nB\n"), method, none), count::Why::number_out_of_range));
        CHECK(refused_as(count_votes(blt("2 1\n-1\n-2\n3 1 0\n0\nA\nB\n"), method), count::Why::no_candidates));
    }
    CHECK(refused_as(counted(blt("2 0\n3 1 0\n0\nA\nB\n"), "scotland"), count::Why::seats_missing));
    CHECK(refused_as(counted(blt(harbour), "approval"), count::Why::method_wants_other_ballots));
    std::string crowd = "500 7\n", names;
    for (int i = 1; i <= 500; ++i) {
        crowd += std::to_string(1 + i % 17) + " " + std::to_string(i) + " " + std::to_string(i % 500 + 1) + " 0\n";
        names += "C" + std::to_string(i) + "\n";
    }
    const auto crowded = counted(blt(crowd + "0\n" + names), "scotland");
    REQUIRE(crowded);
    CHECK(crowded->winners.size() == 7);
    CHECK(page_of(*crowded, Language::en).size() > 10'000);
}

TEST_CASE("the same ballots in any order, merged or split, give the same record") {
    CHECK(rc::check([] {
        const auto n = *rc::gen::inRange(2, 7);
        const auto seats = *rc::gen::inRange(1, 4);
        std::vector<std::vector<int>> ballots;
        for (int i = *rc::gen::inRange(1, 25); i > 0; --i) {
            std::vector<int> all(static_cast<std::size_t>(n));
            for (int who = 0; who < n; ++who) all[static_cast<std::size_t>(who)] = who;
            for (std::size_t left = all.size(); left > 1; --left)
                std::swap(all[left - 1], all[static_cast<std::size_t>(*rc::gen::inRange(0, static_cast<int>(left)))]);
            all.resize(static_cast<std::size_t>(*rc::gen::inRange(1, n + 1)));
            ballots.push_back(all);
        }
        const auto profile = [&](const std::vector<std::vector<int>>& list) {
            Profile out;
            for (int who = 0; who < n; ++who) out.names.push_back("C" + std::to_string(who));
            out.withdrawn.assign(static_cast<std::size_t>(n), false);
            for (std::size_t i = 0; i < list.size(); ++i) {
                std::int64_t weight = 1;
                for (; i + 1 < list.size() && list[i + 1] == list[i]; ++i) ++weight;  // merged where equal ones meet
                for (const int who : list[i]) out.preferences.push_back(static_cast<Candidate>(who));
                out.close_ballot(weight);
            }
            return out;
        };
        auto sorted = ballots;
        std::sort(sorted.begin(), sorted.end());
        for (const auto& method : all_methods()) {
            if (method.asked != Asked::orders || method.name.find("rational") != std::string_view::npos) continue;
            CountOptions options;
            options.seats = method.one_seat ? 1 : seats;
            options.tie_break = "lot=x";
            const auto one = count_votes(profile(ballots), method, options),
                       other = count_votes(profile(sorted), method, options);
            RC_ASSERT(one.has_value() == other.has_value());
            if (one)
                RC_ASSERT(canonical_json(json_of(*one, Language::en)) == canonical_json(json_of(*other, Language::en)));
            if (one && method.family == "transferable")
                RC_ASSERT(static_cast<int>(one->winners.size()) <= std::min(n, method.one_seat ? 1 : seats));
        }
    }));
}

TEST_CASE("the margin is what it says: with one ballot less nothing changes, with as many it does") {
    const auto marks = *read_ballots("m.csv", "weight,A,B,C\n17,1,0,0\n9,0,1,0\n5,1,1,0\n6,0,0,1\n");
    const auto count = *counted(marks, "approval", 1);
    // A has 22, B 14; a ballot for A alone that becomes one for B alone swings by two.
    REQUIRE(count.margin.enough);
    CHECK(*count.margin.enough == 5);
    CHECK(*count.margin.least == 4);  // level: the seat stays open
    CHECK(count.margin.instead == 1);
    const auto away =
        *counted(*read_ballots("m.csv", "weight,A,B,C\n13,1,0,0\n13,0,1,0\n5,1,1,0\n6,0,0,1\n"), "approval", 1);
    CHECK(away.tied_at_cut == std::vector<int>{0, 1});
    const auto alternative = *counted(blt("3 1\n10 1 0\n7 2 3 0\n4 3 2 0\n0\nA\nB\nC\n"), "alternative-vote");
    CHECK(alternative.winners == std::vector<int>{1});
    REQUIRE(alternative.margin.least);
    CHECK(*alternative.margin.least == 1);  // 11 to 10 in the last round
    CountOptions search;
    search.search_margin = true;
    const auto searched =
        *count_votes(blt("3 1\n20 1 0\n8 2 0\n4 3 2 0\n0\nA\nB\nC\n"), **method_named("alternative-vote"), search);
    REQUIRE(searched.margin.enough);
    CHECK(*searched.margin.enough >= *searched.margin.least);
    CHECK(*searched.margin.enough == 4);  // 16 to 16, and the order of the paper decides
}

TEST_CASE("the margin names who would lose the seat, not whose ballots were changed") {
    const auto profile = blt("3 2\n20 1 0\n6 2 0\n5 3 0\n0\nAnn\nBo\nCy\n");
    CountOptions search;
    search.search_margin = true;
    const auto count = *count_votes(profile, **method_named("scotland"), search);
    CHECK(count.winners == std::vector<int>{0, 1});
    // One of Ann's ballots for Cy: Bo and Cy are equal, and the order of the paper lets Bo go. Ann stays far ahead.
    CHECK(count.margin.enough == 1);
    CHECK(count.margin.least == 1);
    CHECK(count.margin.instead_of == 1);
    CHECK(count.margin.instead == 2);
}

TEST_CASE("beside other rules the count says whether the rule decides, and who is elected by all of them") {
    const auto beside = [](std::string_view ballots, std::vector<std::string_view> others) {
        CountOptions options;
        for (const auto each : others) options.beside.push_back(*method_named(each));
        return *count_votes(blt(ballots), **method_named("alternative-vote"), options);
    };
    const auto differ = beside("3 1\n10 1 0\n7 2 3 0\n4 3 2 0\n0\nA\nB\nC\n", {"plurality", "schulze", "scotland"});
    REQUIRE(differ.beside.size() == 3);
    CHECK(differ.beside[0].winners == std::vector<int>{0});
    CHECK(differ.beside[1].winners == std::vector<int>{1});
    const auto json = json_of(differ, Language::en).as_object();
    CHECK(json.at("committees").to_number<int>() == 2);
    CHECK(json.at("beside").as_array().at(0).at("method") == "plurality");
    const auto sentences = beside_sentences(differ, Language::en);
    REQUIRE(sentences.size() == 4);
    CHECK(sentences[0] == "By plurality instead: A");
    CHECK(sentences[3] ==
          "The rule decides: from the same ballots, 4 rules elect 2 different committees. By all of them: nobody.");
    CHECK(text_of(differ, Language::en).find(sentences[3]) != std::string::npos);
    CHECK(page_of(differ, Language::en).find(sentences[3]) != std::string::npos);
    const auto same = beside("2 1\n10 1 0\n7 2 0\n0\nA\nB\n", {"plurality"});
    CHECK(beside_sentences(same, Language::en)[1] == "These 2 rules elect the same from these ballots.");
}

TEST_CASE("a rule for one seat is left out beside a count of more, and the count says so") {
    CountOptions options;
    for (const auto* each : {"alternative-vote", "meek", "schulze"}) options.beside.push_back(*method_named(each));
    const auto ballots = blt("3 2\n10 1 0\n7 2 3 0\n4 3 2 0\n0\nA\nB\nC\n");
    const auto two = count_votes(ballots, **method_named("scotland"), options);
    REQUIRE(two);
    REQUIRE(two->beside.size() == 2);
    const auto json = json_of(*two, Language::en).as_object();
    CHECK(json.at("beside_left_out") == Json(JsonArray{"alternative-vote"}));
    CHECK(json.at("beside").as_array().size() == 2);
    const std::string left_out = "alternative-vote fills one seat only; here are 2: it is left out of the comparison.";
    CHECK(beside_sentences(*two, Language::en).front() == left_out);
    CHECK(beside_sentences(*two, Language::en).back() ==
          "The rule decides: from the same ballots, 3 rules elect 2 different committees. By all of them: B.");
    CHECK(text_of(*two, Language::en).find(left_out) != std::string::npos);
    const auto page = page_of(*two, Language::en);
    for (const auto language : all_languages)
        CHECK(page.find(beside_sentences(*two, language).front()) != std::string::npos);
    // None is left to compare with: then that is all that is said.
    options.beside.resize(1);
    const auto alone = count_votes(ballots, **method_named("scotland"), options);
    REQUIRE(alone);
    CHECK(beside_sentences(*alone, Language::en) == std::vector{left_out});
    CHECK_FALSE(json_of(*alone, Language::en).as_object().contains("committees"));
    CHECK(page_of(*alone, Language::en).find(left_out) != std::string::npos);
    // For one seat it stands in the comparison.
    options.seats = 1;
    const auto one = count_votes(ballots, **method_named("scotland"), options);
    REQUIRE(one);
    CHECK(one->beside_left_out.empty());
    CHECK(one->beside.size() == 1);
}

TEST_CASE("the page holds every figure and every language, and nothing that a name could break") {
    const auto count = *counted(blt("3 2\n4 1 2 0\n2 3 0\n0\n<b>Ann & \"Co\"\nBo\nCy\nT<script>\n"), "scotland");
    for (const auto first : all_languages) {
        const auto page = page_of(count, first);
        CHECK(page.find("<script>") == std::string::npos);
        CHECK(page.find("<b>") == std::string::npos);
        CHECK(page.find("&lt;b&gt;Ann &amp; &quot;Co&quot;") != std::string::npos);
        CHECK(page.find("<svg") != std::string::npos);
        for (const auto language : all_languages)
            CHECK(page.find(say(language, "count.label.figures")) != std::string::npos);
        for (const auto& stage : count.stages)
            for (const auto& votes : stage.votes) CHECK(page.find(votes) != std::string::npos);
        CHECK(page.find("{") < page.find("</style>"));  // no placeholder was left in the text behind the style
        CHECK(page.substr(page.find("</style>")).find('{') == std::string::npos);
    }
    for (const auto* method : {"meek-prf", "qpq", "schulze", "cfer-batch", "alternative-vote", "plurality"})
        for (const auto language : all_languages) {
            const auto each = *counted(blt(harbour), method, std::string_view(method) == "alternative-vote" ? 1 : 2);
            CHECK(page_of(each, language).substr(6000).find("{") == std::string::npos);
            CHECK_FALSE(text_of(each, language).empty());
        }
}
