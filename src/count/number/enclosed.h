// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <boost/multiprecision/cpp_int.hpp>
#include <compare>
#include <cstdint>
#include <string>

#include "count/number/arithmetic.h"
#include "count/number/wide.h"

namespace plenum::count {

/// What an Enclosed number throws that is asked something its bounds do not tell.
struct BoundsTooWide {};

/// An exact fraction known by two bounds, a few units of 2^-128 apart, and by its residue modulo the prime 2^61 - 1.
/// Bounds that do not touch order two numbers. Where they touch, different residues prove that the numbers differ, and
/// then, as wherever else the bounds leave something open, BoundsTooWide is thrown and the count begins again with
/// Rational. Equal residues where the bounds touch are taken for equality: two numbers that are not equal would have to
/// agree to some 110 binary places and in 61 bits that have nothing to do with these (docs/decisions/0013).
/// A fraction's digits double with each surplus; bounds and residue stay as long as they are.
/// cost    256-bit integers: the numbers of a count are below most_counted (1e9), 30 bits
/// source  interval filters of exact computation; Yap: Towards exact geometric computation, Comput. Geom. 7 (1997)
class Enclosed {
    using Integer = boost::multiprecision::int256_t;
    using Product = boost::multiprecision::number<boost::multiprecision::cpp_int_backend<
        384, 384, boost::multiprecision::signed_magnitude, boost::multiprecision::unchecked, void>>;

  public:
    static constexpr bool is_exact = true;
    static constexpr int places_shown = 12;

    Enclosed() = default;
    static Enclosed of(std::int64_t whole) {
        const auto units = Integer(whole) << unit_bits;
        return Enclosed(units, units, static_cast<std::uint64_t>(whole % prime + prime) % prime);
    }
    static Enclosed smallest() { return Enclosed(); }
    static Arithmetic arithmetic() { return {NumberKind::rational, 0, 0}; }

    Enclosed operator+(const Enclosed& other) const { return Enclosed(*this) += other; }
    Enclosed operator-(const Enclosed& other) const {
        return Enclosed(low_ - other.high_, high_ - other.low_, (residue_ + prime - other.residue_) % prime);
    }
    Enclosed& operator+=(const Enclosed& other) {
        low_ += other.low_;
        high_ += other.high_;
        residue_ = (residue_ + other.residue_) % prime;
        inverse_ = 0;
        return *this;
    }
    Enclosed& operator-=(const Enclosed& other) { return *this = *this - other; }
    std::strong_ordering operator<=>(const Enclosed& other) const {
        if (high_ < other.low_) return std::strong_ordering::less;
        if (low_ > other.high_) return std::strong_ordering::greater;
        if (residue_ != other.residue_) throw BoundsTooWide();
        return std::strong_ordering::equal;
    }
    bool operator==(const Enclosed& other) const { return (*this <=> other) == 0; }

    /// count  not negative
    Enclosed times(std::int64_t count) const {
        return Enclosed(low_ * count, high_ * count, product(residue_, static_cast<std::uint64_t>(count)));
    }
    /// count  above zero; this is not negative
    Enclosed divided_down(std::int64_t count) const { return share_down(of(1), of(count)); }
    /// This times part / whole, all of them above zero.
    Enclosed share_down(const Enclosed& part, const Enclosed& whole) const {
        return Enclosed(Integer(Product(low_) * part.low_ / whole.high_),
                        Integer((Product(high_) * part.high_ + (whole.low_ - 1)) / whole.low_),
                        product(product(residue_, part.residue_), whole.inverse()));
    }
    bool is_zero() const { return *this == Enclosed(); }
    std::string text() const;

  private:
    static constexpr unsigned unit_bits = 128;
    static constexpr std::int64_t prime = (std::int64_t{1} << 61) - 1;

    Enclosed(Integer low, Integer high, std::uint64_t residue)
        : low_(std::move(low)), high_(std::move(high)), residue_(residue) {}
    static std::uint64_t product(std::uint64_t left, std::uint64_t right) {
        return static_cast<std::uint64_t>(static_cast<Wide>(left) * static_cast<Wide>(right) % prime);
    }
    std::uint64_t inverse() const;

    Integer low_, high_;  // in units of 2^-unit_bits
    std::uint64_t residue_ = 0;
    mutable std::uint64_t inverse_ = 0;  // of the residue, once it was asked for: many parcels share one whole
};

}  // namespace plenum::count
