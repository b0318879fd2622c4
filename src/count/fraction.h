// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <boost/describe/enum.hpp>
#include <cstdint>

#include "base/fields.h"

namespace plenum::count {

/// The largest number of persons, ballots or seats that is counted; with fractions below it every product fits 64 bits.
inline constexpr std::int64_t most_counted = 1'000'000'000;
/// The largest numerator or denominator.
inline constexpr std::int64_t most_denominator = 1'000'000;

/// "At least" includes the number itself (以上), "more than" does not (超过、过半数). PRC Civil Code art. 1259.
enum class Comparison { ge, gt };
BOOST_DESCRIBE_ENUM(Comparison, ge, gt)

/// A share, never a floating-point number: [2, 3]. From 0 to 1; 0/1 asks for nothing but, with gt, one vote.
struct Fraction {
    std::int64_t numerator = 0;
    std::int64_t denominator = 1;
    bool operator==(const Fraction&) const = default;
    static constexpr auto fields() {
        return fields_of(field("numerator", &Fraction::numerator, "0 to denominator"),
                         field("denominator", &Fraction::denominator, "1 to 1000000"));
    }
};

/// Refuses fraction_impossible unless 0 <= numerator <= denominator and 1 <= denominator <= most_denominator.
Result<Done> check(const Fraction& fraction);

/// The smallest whole number that is at least (ge) or more than (gt) the fraction of `of`.
/// of        0 to most_counted; fraction as check() allows (else a bug: check what others send first)
std::int64_t smallest_that_meets(const Fraction& fraction, Comparison comparison, std::int64_t of);

/// -1, 0 or 1 as `left` is less than, equal to or more than `right`; 2/4 equals 1/2.
int compare(const Fraction& left, const Fraction& right);

}  // namespace plenum::count
