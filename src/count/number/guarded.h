// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <boost/multiprecision/cpp_int.hpp>
#include <cstdint>
#include <string>

#include "count/number/arithmetic.h"
#include "count/number/wide.h"

namespace plenum::count {

/// A decimal with `Places` digits that count and `Guard` digits that only absorb rounding: two numbers nearer than half
/// a unit of the last digit that counts are equal. Exact in effect while rounding stays inside the guard. cost 256-bit
/// integers: 36 digits before the point with 18 + 9 places source  Lundell, Hill: Notes on the Droop Quota, Voting
/// matters 24
template <int Places, int Guard>
class Guarded {
    using Integer = boost::multiprecision::int256_t;

  public:
    static constexpr bool is_exact = true;

    Guarded() = default;
    static Guarded of(std::int64_t whole) { return Guarded(Integer(whole) * scale()); }
    static Guarded smallest() { return Guarded(guard()); }
    static Arithmetic arithmetic() { return {NumberKind::guarded, Places, Guard}; }

    Guarded operator+(const Guarded& other) const { return Guarded(units_ + other.units_); }
    Guarded operator-(const Guarded& other) const { return Guarded(units_ - other.units_); }
    Guarded& operator+=(const Guarded& other) { return units_ += other.units_, *this; }
    Guarded& operator-=(const Guarded& other) { return units_ -= other.units_, *this; }
    std::weak_ordering operator<=>(const Guarded& other) const {
        const Integer difference = units_ - other.units_;
        if (difference < half() && -difference < half()) return std::weak_ordering::equivalent;
        return difference < 0 ? std::weak_ordering::less : std::weak_ordering::greater;
    }
    bool operator==(const Guarded& other) const { return (*this <=> other) == 0; }

    Guarded times(std::int64_t count) const { return Guarded(units_ * count); }
    Guarded divided_down(std::int64_t count) const { return Guarded(units_ / count); }
    Guarded times_up(const Guarded& other) const { return times_down(other); }
    Guarded times_down(const Guarded& other) const { return Guarded(units_ * other.units_ / scale()); }
    Guarded divided_up(const Guarded& other) const { return divided_down(other); }
    Guarded divided_down(const Guarded& other) const { return Guarded(units_ * scale() / other.units_); }
    Guarded share_down(const Guarded& part, const Guarded& whole) const {
        return Guarded(units_ * part.units_ / whole.units_);
    }
    bool is_zero() const { return *this == Guarded(); }
    /// Rounded to the digits that count.
    std::string text() const {
        const bool negative = units_ < 0;
        const Integer size = negative ? Integer(-units_) : units_;
        const Integer rounded = (size + half()) / guard();
        return decimal_text(rounded.str(), negative && rounded != 0, Places);
    }

  private:
    explicit Guarded(Integer units) : units_(std::move(units)) {}
    static const Integer& scale() {
        static const Integer value = boost::multiprecision::pow(Integer(10), Places + Guard);
        return value;
    }
    static const Integer& guard() {
        static const Integer value = boost::multiprecision::pow(Integer(10), Guard);
        return value;
    }
    static const Integer& half() {
        static const Integer value = guard() / 2;
        return value;
    }
    Integer units_ = 0;
};

}  // namespace plenum::count
