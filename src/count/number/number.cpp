// SPDX-License-Identifier: Apache-2.0
#include "count/number/rational.h"

namespace plenum::count {

std::string decimal_text(std::string digits, bool negative, int places) {
    const auto behind = static_cast<std::size_t>(places);
    if (digits.size() <= behind) digits.insert(0, behind + 1 - digits.size(), '0');
    if (places > 0) digits.insert(digits.size() - behind, 1, '.');
    return negative ? "-" + digits : digits;
}

std::string Rational::text() const {
    if (is_whole()) return value_.get_num().get_str() + "." + std::string(places_shown, '0');
    // Rounded to the nearest: (2 · size · scale + denominator) / (2 · denominator).
    mpz_class rounded = abs(value_.get_num());
    rounded *= 2 * power_of_ten(places_shown);
    rounded += value_.get_den();
    rounded /= mpz_class(2 * value_.get_den());
    return decimal_text(rounded.get_str(), sgn(value_) < 0 && rounded != 0, places_shown);
}

}  // namespace plenum::count
