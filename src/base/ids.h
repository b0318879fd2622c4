// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <compare>
#include <string>

namespace plenum {

/// An identifier of one kind of thing; ids of different kinds do not compare nor convert.
template <class Tag>
struct Id {
    std::string value;
    auto operator<=>(const Id&) const = default;
    bool empty() const { return value.empty(); }
};

}  // namespace plenum
