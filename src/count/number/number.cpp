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
    const mpz_class scale(power_of_ten(places_shown));
    const mpz_class size = abs(value_.get_num()), twice = 2 * value_.get_den();
    const mpz_class rounded = (size * scale * 2 + value_.get_den()) / twice;
    return decimal_text(rounded.get_str(), sgn(value_) < 0 && rounded != 0, places_shown);
}

}  // namespace plenum::count
