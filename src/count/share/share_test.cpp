// SPDX-License-Identifier: Apache-2.0
#include "count/share/share.h"

#include <doctest/doctest.h>
#include <gmpxx.h>
#include <rapidcheck.h>

#include <numeric>

#include "count/refusals.h"

using namespace plenum;
using namespace plenum::count;

namespace {

Figures figures_of(std::vector<std::int64_t> votes) {
    Figures out;
    for (std::size_t i = 0; i < votes.size(); ++i) out.names.push_back("u" + std::to_string(i));
    out.votes = std::move(votes);
    return out;
}
std::vector<std::int64_t> seats_of(const Sharing& sharing) {
    std::vector<std::int64_t> out;
    for (const auto& claim : sharing.claims) out.push_back(claim.seats);
    return out;
}
Result<Sharing> shared(ShareMethod method, std::vector<std::int64_t> votes, std::int64_t seats,
                       std::int64_t minimum = 0, std::string tie = {}) {
    ShareOptions options;
    options.method = method;
    options.seats = seats;
    options.minimum = minimum;
    options.tie_break = std::move(tie);
    return share_seats(figures_of(std::move(votes)), options);
}
using Seats = std::vector<std::int64_t>;

/// The square of the average that the next seat would have, by the words of the method; a huge one where it is
/// infinite.
mpq_class claim(ShareMethod method, std::int64_t votes, std::int64_t seats) {
    const mpq_class v(static_cast<long>(votes)), s(static_cast<long>(seats)),
        huge = v + mpq_class("1000000000000000000000000");
    const auto square = [](mpq_class q) -> mpq_class { return q * q; };
    switch (method) {
        case ShareMethod::sainte_lague: return square(v / (2 * s + 1));
        case ShareMethod::modified_sainte_lague:
            return seats == 0 ? square(v / mpq_class(7, 5)) : square(v / (2 * s + 1));
        case ShareMethod::adams: return seats == 0 ? huge : square(v / s);
        case ShareMethod::dean: return seats == 0 ? huge : square(v / (2 / (1 / s + 1 / (s + 1))));
        case ShareMethod::huntington_hill: return seats == 0 ? huge : mpq_class(v * v / (s * (s + 1)));
        default: return square(v / (s + 1));
    }
}

}  // namespace

TEST_CASE("each method shares as its words say, over all figures of a small world") {
    for (const auto method : {ShareMethod::dhondt, ShareMethod::sainte_lague, ShareMethod::modified_sainte_lague,
                              ShareMethod::adams, ShareMethod::dean, ShareMethod::huntington_hill})
        for (std::int64_t a = 1; a <= 13; ++a)
            for (std::int64_t b = 1; b <= 11; ++b)
                for (std::int64_t c : {1, 4, 9})
                    for (std::int64_t seats = 1; seats <= 7; ++seats) {
                        const Seats votes{a, b, c};
                        Seats by_words(3, 0);
                        bool tie = false;
                        for (std::int64_t given = 0; given < seats; ++given) {
                            std::size_t best = 0;
                            for (std::size_t i = 1; i < 3; ++i)
                                if (claim(method, votes[i], by_words[i]) > claim(method, votes[best], by_words[best]))
                                    best = i;
                            if (given == seats - 1)
                                for (std::size_t i = 0; i < 3; ++i)
                                    tie |= i != best && claim(method, votes[i], by_words[i]) ==
                                                            claim(method, votes[best], by_words[best]);
                            ++by_words[best];
                        }
                        const auto ours = shared(method, votes, seats);
                        REQUIRE(ours);
                        REQUIRE((ours->open > 0) == tie);
                        if (!tie) REQUIRE(seats_of(*ours) == by_words);
                    }
}

TEST_CASE("largest remainders with the quotas of Hare, Droop and Hagenbach-Bischoff") {
    CHECK(seats_of(*shared(ShareMethod::hare, {470, 160, 158, 120, 61, 31}, 10)) == Seats{5, 2, 1, 1, 1, 0});
    CHECK(seats_of(*shared(ShareMethod::hare, {470, 160, 158, 120, 61, 31}, 10, 1)) == Seats{4, 2, 1, 1, 1, 1});
    CHECK(seats_of(*shared(ShareMethod::droop, {470, 160, 158, 120, 61, 31}, 10)) == Seats{5, 2, 2, 1, 0, 0});
    CHECK(seats_of(*shared(ShareMethod::hagenbach_bischoff, {470, 160, 158, 120, 61, 31}, 10)) ==
          Seats{5, 2, 2, 1, 0, 0});
    CHECK(shared(ShareMethod::droop, {470, 160, 158, 120, 61, 31}, 10)->quota == "91.000000");
    // Three whole quotas for two seats: who gives back is a tie.
    const auto whole = *shared(ShareMethod::hagenbach_bischoff, {100, 100, 100}, 2);
    CHECK(whole.tied.size() == 3);
    CHECK(whole.open == 2);
}

TEST_CASE("equal claims to the last seat are named, or decided by what was asked") {
    const auto open = *shared(ShareMethod::dhondt, {60, 60, 20}, 3);
    CHECK(seats_of(open) == Seats{1, 1, 0});
    CHECK(open.tied == std::vector<int>{0, 1});
    CHECK(open.open == 1);
    CHECK(seats_of(*shared(ShareMethod::dhondt, {60, 60, 20}, 3, 0, "order")) == Seats{2, 1, 0});
    const auto lot = *shared(ShareMethod::hare, {30, 30, 30}, 4, 0, "lot=a");
    CHECK(seats_of(lot) == seats_of(*shared(ShareMethod::hare, {30, 30, 30}, 4, 0, "lot=a")));
    CHECK(lot.open == 0);
    CHECK(refused_as(shared(ShareMethod::hare, {30, 30}, 4, 0, "coin"), count::Why::tie_rule_unknown));
}

TEST_CASE("thresholds, agreements and regions") {
    auto figures = figures_of({500, 300, 90, 60, 50});
    figures.partners = {1, 1, 2, 1, 1};
    ShareOptions options;
    options.method = ShareMethod::dhondt;
    options.seats = 10;
    options.thresholds = {{1, *share_from("6%")}, {2, *share_from("10 %")}};
    CHECK(seats_of(*share_seats(figures, options)) == Seats{6, 4, 0, 0, 0});
    options.thresholds = {{1, *share_from("60%")}};
    CHECK(refused_as(share_seats(figures, options), count::Why::nobody_over_threshold));
    options.thresholds.clear();
    const auto apart = seats_of(*share_seats(figures, options));
    options.agreements = {{"u2", "u3"}};
    const auto joined = seats_of(*share_seats(figures, options));
    CHECK(joined[2] + joined[3] >= apart[2] + apart[3]);
    CHECK(std::accumulate(joined.begin(), joined.end(), std::int64_t{0}) == 10);
    options.agreements = {{"u2", "nobody"}};
    CHECK(refused_as(share_seats(figures, options), count::Why::group_unknown));
    Figures regions;
    regions.names = {"A", "B"};
    regions.regions = {"North", "South"};
    regions.by_region = {{60, 10}, {20, 30}};
    regions.votes = {70, 50};
    ShareOptions two;
    two.method = ShareMethod::dhondt;
    two.seats = 6;
    two.regions = ShareMethod::hare;
    const auto tiers = *share_seats(regions, two);
    CHECK(tiers.in_regions.size() == 2);
    CHECK(tiers.in_regions[0].seats == 4);
    CHECK(seats_of(tiers) == Seats{3, 3});
}

TEST_CASE("figures are read from JSON and CSV, and what is wrong is named with its place") {
    const auto csv = read_figures("f.csv", "unit,members\n\"Docks, north\",470\n赵家渡,31\n");
    REQUIRE(csv);
    CHECK(csv->names == std::vector<std::string>{"Docks, north", "赵家渡"});
    CHECK(csv->votes == Seats{470, 31});
    CHECK(read_figures("f.json", "{\"names\":[\"A\"],\"votes\":[7],\"seats\":3}")->seats == 3);
    const auto bad = read_figures("f.csv", "unit,members\nA,4\nB,many\n");
    CHECK(refused_as(bad, count::Why::figures_malformed));
    CHECK(bad.error().place.line == 3);
    CHECK(read_figures("f.csv", "list,votes,partners\nA,4\nB,5,2\n")->partners == Seats{1, 2});
    for (const auto* first_lost : {"A,4x\nB,5\n", "A,-4\nB,5\n", "A,\"1 234\"\nB,5\n", "A,1,234\nB,5\n"}) {
        const auto lost = read_figures("f.csv", first_lost);
        CHECK(refused_as(lost, count::Why::figures_malformed));
        CHECK(lost.error().place.line == 1);
    }
    CHECK(refused_as(read_figures("f.csv", "unit,members\nA,1,234\n"), count::Why::figures_malformed));
    CHECK(refused_as(read_figures("f.json", "{\"names\":[\"A\"],\"votes\":[-7]}"), count::Why::figures_malformed));
    CHECK(refused_as(read_figures("f.json", "{\"names\":[\"A\",\"B\"],\"votes\":[7]}"), count::Why::figures_malformed));
    CHECK(refused_as(read_figures("f.json", "{\"names\":[\"A\",\"B\"],\"votes\":[900000000,900000000]}"),
                     count::Why::number_out_of_range));
    CHECK(refused_as(read_figures("f.json", "{"), base::Why::json_malformed));
    CHECK(refused_as(read_figures("f.csv", ""), count::Why::nobody_to_share));
    CHECK(refused_as(shared(ShareMethod::hare, {3, 4}, 0), count::Why::seats_missing));
    CHECK(refused_as(shared(ShareMethod::hare, {3, 4}, -1), count::Why::number_out_of_range));
    CHECK(refused_as(shared(ShareMethod::hare, {3, 4}, 5, 3), count::Why::minimum_exceeds_seats));
    CHECK(refused_as(shared(ShareMethod::dhondt, {0, 0}, 5), count::Why::nobody_to_share));
    for (const auto* share : {"", "%", "4%%", "-1%", "101%", "1/0", "abc", "1/3/4", "99999999999%"})
        CHECK(refused_as(share_from(share), count::Why::share_impossible));
    CHECK(*share_from("3.25%") == Fraction{13, 400});
    CHECK(*share_from("1/25") == Fraction{1, 25});
}

TEST_CASE("all seats are given or named open; minimum and monotony hold") {
    CHECK(rc::check([] {
        const auto votes = *rc::gen::container<Seats>(static_cast<std::size_t>(*rc::gen::inRange(1, 9)),
                                                      rc::gen::inRange<std::int64_t>(1, 5000));
        const auto minimum = *rc::gen::inRange<std::int64_t>(0, 3);
        const auto seats = *rc::gen::inRange<std::int64_t>(
            std::max<std::int64_t>(1, minimum * static_cast<std::int64_t>(votes.size())), 120);
        for (const auto& each : all_share_methods()) {
            const auto now = shared(each.method, votes, seats, minimum);
            RC_ASSERT(now.has_value());
            const auto given = seats_of(*now);
            RC_ASSERT(std::accumulate(given.begin(), given.end(), std::int64_t{0}) + now->open == seats);
            for (const auto one : given) RC_ASSERT(one >= minimum);
            for (std::size_t i = 0; i < votes.size(); ++i)
                for (std::size_t j = 0; j < votes.size(); ++j)
                    if (votes[i] > votes[j]) RC_ASSERT(given[i] + (now->open > 0) >= given[j]);
        }
        // Highest averages never take a seat from anybody when the house grows.
        const auto before = shared(ShareMethod::sainte_lague, votes, seats, minimum),
                   after = shared(ShareMethod::sainte_lague, votes, seats + 1, minimum);
        if (before->open == 0 && after->open == 0)
            for (std::size_t i = 0; i < votes.size(); ++i) RC_ASSERT(after->claims[i].seats >= before->claims[i].seats);
    }));
}
