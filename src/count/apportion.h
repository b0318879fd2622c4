// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <boost/describe/enum.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "count/fraction.h"
#include "count/refusals.h"

namespace plenum::count {

struct Unit {
    std::string id;
    std::int64_t members = 0;
    bool operator==(const Unit&) const = default;
    static constexpr auto fields() {
        return fields_of(field("id", &Unit::id, "electing unit"), field("members", &Unit::members, "its members"));
    }
};

/// at_least   a unit whose share is below the minimum gets the minimum, and the others share the rest among themselves
/// first      every unit gets the minimum first, and all share the rest
enum class Minimum { at_least, first };
BOOST_DESCRIBE_ENUM(Minimum, at_least, first)

struct Share {
    std::string id;
    std::int64_t members = 0;
    std::int64_t seats = 0;      ///< seats given for certain
    std::int64_t whole = 0;      ///< seats by the minimum or the whole part of the quota
    std::int64_t remainder = 0;  ///< of members * seats / all members, over `divisor` of the Apportionment
    bool by_minimum = false;
    bool tied = false;  ///< one of those among whom the last seats are undecided
    bool operator==(const Share&) const = default;
    static constexpr auto fields() {
        return fields_of(field("id", &Share::id, "electing unit"), field("members", &Share::members, "its members"),
                         field("seats", &Share::seats, "delegates it elects"),
                         field("whole", &Share::whole, "seats before remainders"),
                         field("remainder", &Share::remainder, "remainder, over the divisor"),
                         field("by_minimum", &Share::by_minimum, "holds only the minimum"),
                         field("tied", &Share::tied, "equal remainder at the last seat"));
    }
};

struct Apportionment {
    std::vector<Share> shares;      ///< in the order asked
    std::int64_t divisor = 1;       ///< members among whom the seats were shared by quota
    std::vector<std::string> tied;  ///< units with equal remainders at the last seats
    std::int64_t open = 0;          ///< seats not given because of the tie; 0 if none or a lot decided
    bool operator==(const Apportionment&) const = default;
    static constexpr auto fields() {
        return fields_of(field("shares", &Apportionment::shares, "per unit"),
                         field("divisor", &Apportionment::divisor, "members who share by quota"),
                         field("tied", &Apportionment::tied, "units tied for the last seats"),
                         field("open", &Apportionment::open, "seats the tie leaves open"));
    }
};

/// Shares delegates' seats among electing units by largest remainder (Hare quota, integers only).
/// lot       if the units named tied drew lots: their ids in the order drawn
/// refuses   number_out_of_range, name_twice, nobody_to_share (no unit, or no member in any), minimum_exceeds_seats,
///           lot_names_wrong
/// cost      n log n, times the number of units that fall to the minimum
Result<Apportionment> largest_remainder(std::int64_t seats, const std::vector<Unit>& units, std::int64_t minimum = 0,
                                        Minimum means = Minimum::at_least, const std::vector<std::string>& lot = {});

}  // namespace plenum::count
