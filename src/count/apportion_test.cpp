// SPDX-License-Identifier: Apache-2.0
#include "count/apportion.h"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <numeric>

using namespace plenum;
using namespace plenum::count;

namespace {

std::vector<std::int64_t> seats_of(const Apportionment& shared) {
    std::vector<std::int64_t> out;
    for (const auto& share : shared.shares) out.push_back(share.seats);
    return out;
}
std::vector<Unit> units_of(const std::vector<std::int64_t>& members) {
    std::vector<Unit> out;
    for (const auto each : members) out.push_back({"u" + std::to_string(out.size()), each});
    return out;
}
using Numbers = std::vector<std::int64_t>;

}  // namespace

TEST_CASE("seats go by whole quotas, then by largest remainders") {
    struct Row {
        std::int64_t seats;
        Numbers members;
        std::int64_t minimum;
        Minimum means;
        Numbers wanted;
    };
    for (const auto& [seats, members, minimum, means, wanted] :
         {Row{10, {470, 160, 158, 120, 61, 31}, 0, Minimum::at_least, {5, 2, 1, 1, 1, 0}},
          Row{10, {470, 160, 158, 120, 61, 31}, 1, Minimum::at_least, {4, 2, 1, 1, 1, 1}},
          Row{10, {470, 160, 158, 120, 61, 31}, 1, Minimum::first, {3, 2, 2, 1, 1, 1}},
          Row{6, {100, 100, 100}, 2, Minimum::at_least, {2, 2, 2}}, Row{0, {3, 4}, 0, Minimum::at_least, {0, 0}},
          Row{7, {0, 9}, 0, Minimum::at_least, {0, 7}}, Row{7, {0, 9}, 2, Minimum::at_least, {2, 5}}}) {
        const auto shared = largest_remainder(seats, units_of(members), minimum, means);
        REQUIRE(shared);
        CHECK(seats_of(*shared) == wanted);
        CHECK(shared->tied.empty());
    }
}

TEST_CASE("equal remainders at the last seat are named, not decided") {
    const auto shared = largest_remainder(4, units_of({30, 30, 30}));
    REQUIRE(shared);
    CHECK(seats_of(*shared) == Numbers{1, 1, 1});
    CHECK(shared->open == 1);
    CHECK(shared->tied == std::vector<std::string>{"u0", "u1", "u2"});
    const auto drawn = largest_remainder(4, units_of({30, 30, 30}), 0, Minimum::at_least, {"u2", "u0", "u1"});
    REQUIRE(drawn);
    CHECK(seats_of(*drawn) == Numbers{1, 1, 2});
    CHECK(drawn->open == 0);
    CHECK(refused_as(largest_remainder(4, units_of({30, 30, 30}), 0, Minimum::at_least, {"u2"}),
                     count::Why::lot_names_wrong));
    CHECK(refused_as(largest_remainder(3, units_of({30, 30, 30}), 0, Minimum::at_least, {"u2", "u0", "u1"}),
                     count::Why::lot_names_wrong));
}

TEST_CASE("a plan that cannot be is refused") {
    CHECK(refused_as(largest_remainder(5, {}), count::Why::nobody_to_share));
    CHECK(refused_as(largest_remainder(5, units_of({0, 0})), count::Why::nobody_to_share));
    CHECK(refused_as(largest_remainder(5, units_of({3, 4}), 3), count::Why::minimum_exceeds_seats));
    CHECK(refused_as(largest_remainder(-1, units_of({3, 4})), count::Why::number_out_of_range));
    CHECK(refused_as(largest_remainder(5, units_of({3, INT64_MAX})), count::Why::number_out_of_range));
    CHECK(refused_as(largest_remainder(5, units_of({most_counted, 1})), count::Why::number_out_of_range));
    CHECK(refused_as(largest_remainder(5, {{"x", 3}, {"x", 4}}), count::Why::name_twice));
    CHECK(seats_of(*largest_remainder(most_counted, units_of({most_counted - 7, 7}))) == Numbers{most_counted - 7, 7});
}

TEST_CASE("all seats are given or named open, every unit stays within its quota, and none below the minimum") {
    CHECK(rc::check([] {
        const auto members = *rc::gen::container<std::vector<std::int64_t>>(
            static_cast<std::size_t>(*rc::gen::inRange(1, 9)), rc::gen::inRange<std::int64_t>(1, 500));
        const auto minimum = *rc::gen::inRange<std::int64_t>(0, 4);
        const auto means = *rc::gen::element(Minimum::at_least, Minimum::first);
        const auto seats = *rc::gen::inRange<std::int64_t>(minimum * static_cast<std::int64_t>(members.size()), 200);
        const auto shared = largest_remainder(seats, units_of(members), minimum, means);
        RC_ASSERT(shared.has_value());
        const auto given = seats_of(*shared);
        RC_ASSERT(std::accumulate(given.begin(), given.end(), std::int64_t{0}) + shared->open == seats);
        RC_ASSERT((shared->open == 0) == shared->tied.empty());
        RC_ASSERT(shared->tied.empty() || static_cast<std::int64_t>(shared->tied.size()) > shared->open);
        const auto all = std::accumulate(members.begin(), members.end(), std::int64_t{0});
        for (std::size_t i = 0; i < members.size(); ++i) {
            RC_ASSERT(given[i] >= minimum);
            RC_ASSERT(given[i] >= shared->shares[i].whole && given[i] <= shared->shares[i].whole + 1);
            if (minimum == 0) RC_ASSERT(shared->shares[i].whole == members[i] * seats / all);
            for (std::size_t j = 0; j < members.size(); ++j)
                if (members[i] > members[j]) RC_ASSERT(given[i] + (shared->open > 0) >= given[j]);
        }
    }));
}
