// SPDX-License-Identifier: Apache-2.0
#include "count/number/enclosed.h"
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

std::uint64_t Enclosed::inverse() const {
    if (residue_ == 0) throw BoundsTooWide();
    if (inverse_ == 0) {
        // The power p - 2 (Fermat).
        inverse_ = 1;
        auto square = residue_;
        for (auto exponent = static_cast<std::uint64_t>(prime) - 2; exponent != 0; exponent >>= 1) {
            if (exponent & 1) inverse_ = product(inverse_, square);
            square = product(square, square);
        }
    }
    return inverse_;
}

std::string Enclosed::text() const {
    static const Integer half = Integer(1) << (unit_bits - 1);
    const auto rounded = [](const Integer& units) {
        const Integer size = (boost::multiprecision::abs(units) * power_of_ten(places_shown) + half) >> unit_bits;
        return static_cast<Wide>(units < 0 ? Integer(-size) : size);
    };
    const auto out = rounded(low_);
    if (low_ != high_ && out != rounded(high_)) throw BoundsTooWide();
    const auto size = out < 0 ? -out : out;
    auto text = decimal_text(std::to_string(static_cast<std::uint64_t>(size % power_of_ten(places_shown))), out < 0,
                             places_shown);
    text.replace(out < 0, 1, std::to_string(static_cast<std::uint64_t>(size / power_of_ten(places_shown))));
    return text;
}

}  // namespace plenum::count
