// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <boost/describe/enum.hpp>

namespace plenum::count {

enum class NumberKind { whole, fixed, guarded, rational };
BOOST_DESCRIBE_ENUM(NumberKind, whole, fixed, guarded, rational)

/// How a rule calculates: decimals kept, and digits behind them that only absorb rounding.
struct Arithmetic {
    NumberKind kind = NumberKind::whole;
    int places = 0, guard = 0;
};

}  // namespace plenum::count
