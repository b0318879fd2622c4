// SPDX-License-Identifier: Apache-2.0
#include "count/apportion.h"

#include <algorithm>
#include <set>

namespace plenum::count {
namespace {

Result<std::int64_t> check(std::int64_t seats, const std::vector<Unit>& units, std::int64_t minimum) {
    const auto in_range = [](std::string field, std::int64_t number) -> Result<Done> {
        if (number < 0 || number > most_counted)
            return refuse(Why::number_out_of_range, {{"number", number}, {"least", 0}, {"most", most_counted}},
                          {"", 0, 0, std::move(field)});
        return Done{};
    };
    TRY(in_range("seats", seats));
    TRY(in_range("minimum", minimum));
    std::int64_t members = 0;
    std::set<std::string_view> seen;
    for (std::size_t i = 0; i < units.size(); ++i) {
        const auto place = "units[" + std::to_string(i) + "]";
        TRY(in_range(place + ".members", units[i].members));
        if (!seen.insert(units[i].id).second) return refuse(Why::name_twice, {{"id", units[i].id}}, {"", 0, 0, place});
        members += units[i].members;
        TRY(in_range("members", members));
    }
    if (members == 0) return refuse(Why::nobody_to_share);
    if (minimum > 0 && static_cast<std::int64_t>(units.size()) > seats / minimum)
        return refuse(Why::minimum_exceeds_seats, {{"minimum", minimum}, {"units", units.size()}, {"seats", seats}});
    return members;
}

}  // namespace

Result<Apportionment> largest_remainder(std::int64_t seats, const std::vector<Unit>& units, std::int64_t minimum,
                                        Minimum means, const std::vector<std::string>& lot) {
    Apportionment out;
    auto members = TRY(check(seats, units, minimum));
    for (const auto& unit : units) {
        Share share;
        share.id = unit.id;
        share.members = unit.members;
        out.shares.push_back(std::move(share));
    }
    auto shared = seats;
    if (means == Minimum::first) {
        shared -= minimum * static_cast<std::int64_t>(units.size());
    } else {
        // Those below the minimum leave the sharing; what is left may push others below it, so repeat until none falls.
        for (bool fell = true; fell && members > 0;) {
            fell = false;
            const auto seats_now = shared, members_now = members;
            for (auto& share : out.shares) {
                if (share.by_minimum || share.members * seats_now >= minimum * members_now) continue;
                share.by_minimum = true;
                shared -= minimum;
                members -= share.members;
                fell = true;
            }
        }
    }
    out.divisor = std::max<std::int64_t>(1, members);
    std::int64_t given = 0;
    std::vector<Share*> by_remainder;
    for (auto& share : out.shares) {
        if (share.by_minimum) {
            share.seats = share.whole = minimum;
            continue;
        }
        const auto quota = share.members * shared / out.divisor;
        share.remainder = share.members * shared % out.divisor;
        share.whole = share.seats = quota + (means == Minimum::first ? minimum : 0);
        given += quota;
        by_remainder.push_back(&share);
    }
    std::stable_sort(by_remainder.begin(), by_remainder.end(),
                     [](const Share* a, const Share* b) { return a->remainder > b->remainder; });
    const auto left = static_cast<std::size_t>(shared - given);
    invariant(left <= by_remainder.size());
    if (left > 0 && left < by_remainder.size() && by_remainder[left - 1]->remainder == by_remainder[left]->remainder) {
        const auto at_cut = by_remainder[left]->remainder;
        std::size_t above = 0;
        for (auto* share : by_remainder) {
            above += share->remainder > at_cut;
            if (share->remainder == at_cut) out.tied.push_back(share->id);
        }
        for (std::size_t i = 0; i < above; ++i) ++by_remainder[i]->seats;
        out.open = static_cast<std::int64_t>(left - above);
        for (auto* share : by_remainder) share->tied = share->remainder == at_cut;
    } else {
        for (std::size_t i = 0; i < left; ++i) ++by_remainder[i]->seats;
    }
    if (lot.empty()) return out;
    auto drawn = lot, wanted = out.tied;
    std::sort(drawn.begin(), drawn.end());
    std::sort(wanted.begin(), wanted.end());
    if (drawn != wanted) return refuse(Why::lot_names_wrong);
    for (std::size_t i = 0; i < static_cast<std::size_t>(out.open); ++i)
        for (auto& share : out.shares)
            if (share.id == lot[i]) ++share.seats;
    for (auto& share : out.shares) share.tied = false;
    out.tied.clear();
    out.open = 0;
    return out;
}

}  // namespace plenum::count
