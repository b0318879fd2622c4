// SPDX-License-Identifier: Apache-2.0
// What bounds answer is what fractions answer, and what they leave open is counted in fractions.
#include "count/number/enclosed.h"

#include <doctest/doctest.h>

#include <random>
#include <vector>

#include "base/json.h"
#include "count/ballots/read.h"
#include "count/methods.h"
#include "count/number/rational.h"
#include "count/refusals.h"
#include "count/stv/gregory.h"
#include "count/stv/simple.h"

using namespace plenum;
using namespace plenum::count;

namespace {

struct Shape {
    int candidates, ballots, length, weight = 1;
};
/// Ballots of `length` candidates each, those with low numbers more often, as lines of a BLT file; candidates are
/// numbered from `first`.
std::string random_ballots(unsigned seed, const Shape& shape, int first = 1) {
    std::mt19937 random(seed);
    std::string out;
    for (int ballot = 0; ballot < shape.ballots; ++ballot) {
        std::vector<int> order;
        while (static_cast<int>(order.size()) < shape.length) {
            const auto range = static_cast<unsigned>(shape.candidates);
            const auto one = random() % range, other = random() % range;
            const int who = first + static_cast<int>(std::min(one, other));
            if (std::find(order.begin(), order.end(), who) == order.end()) order.push_back(who);
        }
        out += std::to_string(shape.weight);
        for (const int who : order) out += " " + std::to_string(who);
        out += " 0\n";
    }
    return out;
}
Profile blt(int candidates, int seats, const std::string& ballots) {
    auto text = std::to_string(candidates) + " " + std::to_string(seats) + "\n" + ballots + "0\n";
    for (int who = 1; who <= candidates; ++who) text += "\"C" + std::to_string(who) + "\"\n";
    auto out = read_ballots("made.blt", text + "\"Made\"\n");
    REQUIRE(out);
    return std::move(*out);
}

template <class Value>
Count counted(const Profile& profile, bool belenios) {
    Count course;
    course.names = profile.names;
    course.withdrawn = profile.withdrawn;
    course.seats = profile.seats;
    const auto papers = papers_of(profile, belenios ? EqualRanks::invalid : EqualRanks::cut, belenios, belenios);
    REQUIRE(papers);
    course.valid = papers->valid;
    Ties ties(TieRule{}, course.names.size());
    if (belenios)
        count_belenios<Value>(course, *papers);
    else
        count_gregory<Value>(course, *papers, GregoryRule::wigm_exact, false, ties);
    return course;
}

}  // namespace

TEST_CASE("bounds order and show numbers as fractions do") {
    std::mt19937 random(5);
    int equal = 0;
    for (int round = 0; round < 20'000; ++round) {
        // Two numbers made by the same steps in both arithmetics, often equal.
        Enclosed bounds[2];
        Rational exact[2];
        for (int i = 0; i < 2; ++i) {
            const auto whole = 1 + static_cast<std::int64_t>(random() % 9),
                       part = 1 + static_cast<std::int64_t>(random() % 6);
            bounds[i] = Enclosed::of(1).share_down(Enclosed::of(part), Enclosed::of(whole)).times(part);
            exact[i] = Rational::of(1).share_down(Rational::of(part), Rational::of(whole)).times(part);
            if (random() % 2 == 0) {
                bounds[i] = bounds[i] - Enclosed::of(whole).divided_down(part);
                exact[i] = exact[i] - Rational::of(whole).divided_down(part);
            }
            bounds[i] += Enclosed::of(part);
            exact[i] += Rational::of(part);
        }
        CHECK(bounds[0].text() == exact[0].text());
        CHECK((bounds[0] <=> bounds[1]) == (exact[0] <=> exact[1]));
        equal += exact[0] == exact[1];
    }
    CHECK(equal > 200);
    CHECK(Enclosed::of(999'999'999).times(1).text() == "999999999.000000000000");
    CHECK((Enclosed::of(1).divided_down(3) - Enclosed::of(1)).text() == "-0.666666666667");
    CHECK((Enclosed::of(1).divided_down(3) - Enclosed::of(1).divided_down(3)).text() == "0.000000000000");
}

TEST_CASE("what bounds leave open is said to be open") {
    // A whole number that was made of thirds, and half a unit of the last place shown: up or down?
    const auto half = Enclosed::of(1).divided_down(3).times(3) + Enclosed::of(1).divided_down(8192);
    CHECK_THROWS_AS((void)half.text(), BoundsTooWide);
    CHECK(Enclosed::of(1).divided_down(8192).text() == "0.000122070313");
    CHECK_THROWS_AS((void)Enclosed::of(1).share_down(Enclosed::of(1), Enclosed::of(1) - Enclosed::of(1)),
                    BoundsTooWide);
}

TEST_CASE("a whole count by bounds is the count by fractions, to the last figure of its course") {
    for (unsigned seed = 0; seed < 120; ++seed) {
        const int candidates = 4 + static_cast<int>(seed % 9), seats = 1 + static_cast<int>(seed) % (candidates - 1);
        const int ballots = seed % 3 == 0 ? 12 : 40 + static_cast<int>(seed) * 3;
        const auto profile = blt(candidates, seats, random_ballots(seed, {candidates, ballots, 3}));
        for (const bool belenios : {false, true}) {
            CAPTURE(seed);
            CAPTURE(belenios);
            const auto bounds = counted<Enclosed>(profile, belenios), exact = counted<Rational>(profile, belenios);
            CHECK(canonical_json(json_of(bounds, Language::en)) == canonical_json(json_of(exact, Language::en)));
        }
    }
}

TEST_CASE("forty seats are counted exactly, though fractions would have doubled their digits forty times") {
    const auto profile = blt(60, 40, random_ballots(1, {60, 3000, 12}));
    for (const auto* name : {"belenios-stv", "wigm-rational"}) {
        const auto count = count_votes(profile, **method_named(name));
        REQUIRE(count);
        CHECK(count->winners.size() == 40);
    }
}

// A surplus of 1 among 8,192 papers and one made of whole votes by an inexact share, both for the third candidate: her
// votes lie half-way between two that can be shown.
constexpr std::string_view half_way = "12000 1 3 0\n1 2 3 0\n8191 2 4 0\n";

TEST_CASE("where the bounds leave something open the count is made again with fractions") {
    const auto profile = blt(6, 3, std::string(half_way) + "6000 5 0\n6568 6 0\n");
    CHECK_THROWS_AS((void)counted<Enclosed>(profile, true), BoundsTooWide);
    const auto exact = counted<Rational>(profile, true), count = *count_votes(profile, **method_named("belenios-stv"));
    CHECK(count.winners == exact.winners);
    REQUIRE(count.stages.size() == exact.stages.size());
    bool shown = false;
    for (std::size_t i = 0; i < count.stages.size(); ++i) {
        CHECK(count.stages[i].votes == exact.stages[i].votes);
        shown = shown || count.stages[i].votes[2] == "3809.000122070313";
    }
    CHECK(shown);
}

TEST_CASE("fractions that outgrow the machine are refused by name") {
    const auto profile = blt(64, 40, std::string(half_way) + random_ballots(3, {60, 7890, 12, 40}, 5));
    CHECK_THROWS_AS((void)counted<Enclosed>(profile, true), BoundsTooWide);
    CHECK(refused_as(count_votes(profile, **method_named("belenios-stv")), count::Why::arithmetic_outgrown));
}
