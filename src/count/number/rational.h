// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <gmpxx.h>

#include <compare>
#include <cstdint>
#include <string>

#include "count/number/arithmetic.h"
#include "count/number/wide.h"

namespace plenum::count {

/// What a count throws whose fractions have outgrown what can be calculated in seconds.
struct FractionsTooLong {
    std::size_t bits;
};

/// An exact fraction (GMP). Shown with 12 places, rounded; compared exactly.
class Rational {
  public:
    static constexpr bool is_exact = true;
    static constexpr int places_shown = 12;

    Rational() = default;
    explicit Rational(mpq_class value) : value_(std::move(value)) {}
    static Rational of(std::int64_t whole) { return Rational(mpq_class(mpz_class(static_cast<long>(whole)))); }
    static Rational smallest() { return Rational(); }
    static Arithmetic arithmetic() { return {NumberKind::rational, 0, 0}; }

    Rational operator+(const Rational& other) const { return Rational(value_ + other.value_); }
    Rational operator-(const Rational& other) const { return Rational(value_ - other.value_); }
    // Whole numbers need no common denominator, and most votes are whole.
    Rational& operator+=(const Rational& other) {
        if (is_whole() && other.is_whole())
            mpz_add(value_.get_num_mpz_t(), value_.get_num_mpz_t(), other.value_.get_num_mpz_t());
        else
            value_ += other.value_;
        return *this;
    }
    Rational& operator-=(const Rational& other) {
        if (is_whole() && other.is_whole())
            mpz_sub(value_.get_num_mpz_t(), value_.get_num_mpz_t(), other.value_.get_num_mpz_t());
        else
            value_ -= other.value_;
        return *this;
    }
    std::strong_ordering operator<=>(const Rational& other) const { return cmp(value_, other.value_) <=> 0; }
    bool operator==(const Rational& other) const { return value_ == other.value_; }

    Rational times(std::int64_t count) const {
        Rational out = *this;
        mpz_mul_si(out.value_.get_num_mpz_t(), out.value_.get_num_mpz_t(), static_cast<long>(count));
        if (!out.is_whole()) out.value_.canonicalize();
        return out;
    }
    Rational divided_down(std::int64_t count) const {
        return Rational(value_ / mpq_class(mpz_class(static_cast<long>(count))));
    }
    Rational times_up(const Rational& other) const { return Rational(value_ * other.value_); }
    Rational times_down(const Rational& other) const { return Rational(value_ * other.value_); }
    Rational divided_up(const Rational& other) const { return Rational(value_ / other.value_); }
    Rational divided_down(const Rational& other) const { return Rational(value_ / other.value_); }
    Rational share_down(const Rational& part, const Rational& whole) const {
        return Rational(value_ * part.value_ / whole.value_);
    }
    bool is_zero() const { return sgn(value_) == 0; }
    /// Bits of numerator and denominator together: what an exact iteration may outgrow.
    std::size_t bits() const {
        return mpz_sizeinbase(value_.get_num_mpz_t(), 2) + mpz_sizeinbase(value_.get_den_mpz_t(), 2);
    }
    std::string text() const;

  private:
    bool is_whole() const { return mpz_cmp_ui(value_.get_den_mpz_t(), 1) == 0; }

    mpq_class value_;
};

}  // namespace plenum::count
