// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>

namespace plenum::count {

/// 128-bit integers of the compiler, for products of two 64-bit numbers; ISO C++ has no name for them.
__extension__ typedef __int128 Wide;

/// 10 to the power of `places`, 0 to 18.
constexpr std::int64_t power_of_ten(int places) {
    std::int64_t out = 1;
    for (int i = 0; i < places; ++i) out *= 10;
    return out;
}

/// A scaled integer as a decimal with exactly `places` digits behind the point: 1234 with 2 is "12.34".
std::string decimal_text(std::string digits, bool negative, int places);

}  // namespace plenum::count
