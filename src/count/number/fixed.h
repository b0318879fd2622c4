// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <compare>
#include <cstdint>
#include <string>

#include "count/number/arithmetic.h"
#include "count/number/wide.h"

namespace plenum::count {

/// A decimal with a fixed number of places, as public counting rules prescribe. Every operation that may lose something
/// says in its name which way it rounds. Sums stay below most_counted (1e9) votes, so 64 bits hold up to nine places;
/// products go through 128 bits.
template <int Places>
class Fixed {
    static_assert(Places >= 0 && Places <= 9);

  public:
    static constexpr std::int64_t scale = power_of_ten(Places);
    /// Equal to the quota is not enough where arithmetic is exact; a rounded rule has its quota rounded up instead.
    static constexpr bool is_exact = false;

    Fixed() = default;
    static Fixed of(std::int64_t whole) { return Fixed(whole * scale); }
    /// The smallest number above zero that can be written.
    static Fixed smallest() { return Fixed(1); }
    static Arithmetic arithmetic() { return {NumberKind::fixed, Places, 0}; }

    Fixed operator+(Fixed other) const { return Fixed(units_ + other.units_); }
    Fixed operator-(Fixed other) const { return Fixed(units_ - other.units_); }
    Fixed& operator+=(Fixed other) { return units_ += other.units_, *this; }
    Fixed& operator-=(Fixed other) { return units_ -= other.units_, *this; }
    auto operator<=>(const Fixed&) const = default;

    /// So many times this; exact.
    Fixed times(std::int64_t count) const { return Fixed(units_ * count); }
    Fixed divided_down(std::int64_t count) const { return Fixed(units_ / count); }
    Fixed times_up(Fixed other) const { return Fixed(up(Wide(units_) * other.units_, scale)); }
    Fixed times_down(Fixed other) const {
        return Fixed(static_cast<std::int64_t>(Wide(units_) * other.units_ / scale));
    }
    Fixed divided_up(Fixed other) const { return Fixed(up(Wide(units_) * scale, other.units_)); }
    Fixed divided_down(Fixed other) const {
        return Fixed(static_cast<std::int64_t>(Wide(units_) * scale / other.units_));
    }
    /// this * part / whole, rounded down once.
    Fixed share_down(Fixed part, Fixed whole) const {
        return Fixed(static_cast<std::int64_t>(Wide(units_) * part.units_ / whole.units_));
    }
    bool is_zero() const { return units_ == 0; }
    std::string text() const {
        const auto size = units_ < 0 ? -static_cast<Wide>(units_) : static_cast<Wide>(units_);
        return decimal_text(std::to_string(static_cast<std::uint64_t>(size)), units_ < 0, Places);
    }

  private:
    explicit Fixed(std::int64_t units) : units_(units) {}
    static std::int64_t up(Wide numerator, std::int64_t denominator) {
        return static_cast<std::int64_t>((numerator + denominator - 1) / denominator);  // neither is negative here
    }
    std::int64_t units_ = 0;
};

}  // namespace plenum::count
