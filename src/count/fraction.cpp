// SPDX-License-Identifier: Apache-2.0
#include "count/fraction.h"

#include "count/refusals.h"

namespace plenum::count {

Result<Done> check(const Fraction& fraction) {
    const auto [numerator, denominator] = fraction;
    if (numerator < 0 || denominator < 1 || numerator > denominator || denominator > most_denominator)
        return refuse(Why::fraction_impossible, {{"numerator", numerator}, {"denominator", denominator}});
    return Done{};
}

std::int64_t smallest_that_meets(const Fraction& fraction, Comparison comparison, std::int64_t of) {
    invariant(check(fraction) && of >= 0 && of <= most_counted);
    const std::int64_t scaled = fraction.numerator * of;
    return comparison == Comparison::gt ? scaled / fraction.denominator + 1
                                        : (scaled + fraction.denominator - 1) / fraction.denominator;
}

int compare(const Fraction& left, const Fraction& right) {
    const auto a = left.numerator * right.denominator, b = right.numerator * left.denominator;
    return (a > b) - (a < b);
}

}  // namespace plenum::count
