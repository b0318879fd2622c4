// SPDX-License-Identifier: Apache-2.0
#include "evote/group/field.h"

#include <gmp.h>

#include <algorithm>
#include <bit>

#include "base/result.h"
#include "evote/group/shapes.h"
#include "evote/group/windows.h"

namespace plenum::evote {

namespace {

template <class Limbs>
mp_limb_t* at(Limbs& limbs) {
    return reinterpret_cast<mp_limb_t*>(limbs.data());
}
template <class Limbs>
const mp_limb_t* at(const Limbs& limbs) {
    return reinterpret_cast<const mp_limb_t*>(limbs.data());
}

/// The bits [from, from + count) of a scalar, count at most 16.
template <std::size_t limbs>
unsigned digit(const Scalar<limbs>& scalar, std::size_t from, std::size_t count) {
    const std::size_t limb = from / 64, shift = from % 64;
    if (limb >= limbs) return 0;
    std::uint64_t bits = scalar.limb[limb] >> shift;
    if (shift + count > 64 && limb + 1 < limbs) bits |= scalar.limb[limb + 1] << (64 - shift);
    return static_cast<unsigned>(bits & ((1u << count) - 1));
}

/// A number of 2048 bits in 40 limbs of 52 bits, `stride` words apart.
void split_52(std::uint64_t* out, std::size_t stride, const std::array<std::uint64_t, 32>& value) {
    for (std::size_t j = 0; j < lane_limbs; ++j) {
        const std::size_t bit = 52 * j, limb = bit / 64, shift = bit % 64;
        std::uint64_t part = limb < 32 ? value[limb] >> shift : 0;
        if (shift > 12 && limb + 1 < 32) part |= value[limb + 1] << (64 - shift);
        out[j * stride] = part & ((std::uint64_t{1} << 52) - 1);
    }
}

constexpr std::size_t secret_window = 6, secret_entries = std::size_t{1} << secret_window;

template <class Limbs>
void wipe(Limbs& limbs) {
    explicit_bzero(limbs.data(), limbs.size() * sizeof(limbs[0]));
}

}  // namespace

template <std::size_t scalar_limbs>
FieldGroup<scalar_limbs>::FieldGroup(std::string_view name, std::string_view modulus, std::string_view order,
                                     std::string_view generator)
    : name_(name), scalars_(order) {
    invariant(limbs_from_decimal(modulus, modulus_));
    std::uint64_t inverse = 1;  // Newton: the number of right bits doubles
    for (int i = 0; i < 6; ++i) inverse *= 2 - modulus_[0] * inverse;
    minus_inverse_ = 0 - inverse;
    // 2^2048 mod p and 2^4096 mod p.
    std::array<std::uint64_t, 2 * limbs + 1> power{};
    power[2 * limbs] = 1;
    std::array<std::uint64_t, limbs + 2> quotient;
    mpn_tdiv_qr(at(quotient), at(square_of_radix_.montgomery), 0, at(power), 2 * limbs + 1, at(modulus_), limbs);
    std::array<std::uint64_t, 2 * limbs> wide{};
    std::copy(square_of_radix_.montgomery.begin(), square_of_radix_.montgomery.end(), wide.begin());
    reduce(one_, wide);
    generator_ = *element_from_text(generator);
    lane_modulus_.minus_inverse = minus_inverse_ & ((std::uint64_t{1} << 52) - 1);
    split_52(lane_modulus_.limb.data(), 1, modulus_);
    // A product in lanes is divided by 2^2080: times 2^2112 it becomes x·2^2080, times 2^2048 x·2^2048 again.
    lane_one_ = in_all_lanes(montgomery({std::uint64_t{1} << 32}));
    into_lanes_ = in_all_lanes(montgomery({0, 1}));
    out_of_lanes_ = in_all_lanes(one_);
}

template <std::size_t scalar_limbs>
void FieldGroup<scalar_limbs>::reduce(Element& out, std::array<std::uint64_t, 2 * limbs>& wide) const {
    // Montgomery's reduction, one limb at a time; the carries are gathered and added at the end.
    std::array<std::uint64_t, limbs> carries;
    for (std::size_t i = 0; i < limbs; ++i)
        carries[i] = mpn_addmul_1(at(wide) + i, at(modulus_), limbs, wide[i] * minus_inverse_);
    const mp_limb_t carry = mpn_add_n(at(out.montgomery), at(wide) + limbs, at(carries), limbs);
    if (carry != 0 || mpn_cmp(at(out.montgomery), at(modulus_), limbs) >= 0)
        mpn_sub_n(at(out.montgomery), at(out.montgomery), at(modulus_), limbs);
}

template <std::size_t scalar_limbs>
void FieldGroup<scalar_limbs>::multiply(Element& out, const Element& left, const Element& right) const {
    std::array<std::uint64_t, 2 * limbs> wide;
    mpn_mul_n(at(wide), at(left.montgomery), at(right.montgomery), limbs);
    reduce(out, wide);
}

template <std::size_t scalar_limbs>
void FieldGroup<scalar_limbs>::square(Element& out, const Element& in) const {
    std::array<std::uint64_t, 2 * limbs> wide;
    mpn_sqr(at(wide), at(in.montgomery), limbs);
    reduce(out, wide);
}

template <std::size_t scalar_limbs>
std::array<std::uint64_t, FieldGroup<scalar_limbs>::limbs> FieldGroup<scalar_limbs>::plain(
    const Element& element) const {
    std::array<std::uint64_t, 2 * limbs> wide{};
    std::copy(element.montgomery.begin(), element.montgomery.end(), wide.begin());
    Element out;
    reduce(out, wide);
    return out.montgomery;
}

template <std::size_t scalar_limbs>
typename FieldGroup<scalar_limbs>::Element FieldGroup<scalar_limbs>::montgomery(
    const std::array<std::uint64_t, limbs>& value) const {
    Element out{value};
    multiply(out, out, square_of_radix_);
    return out;
}

template <std::size_t scalar_limbs>
std::optional<typename FieldGroup<scalar_limbs>::Element> FieldGroup<scalar_limbs>::element_from_text(
    std::string_view text) const {
    std::array<std::uint64_t, limbs> value;
    if (!limbs_from_decimal(text, value)) return std::nullopt;
    if (mpn_cmp(at(value), at(modulus_), limbs) >= 0) return std::nullopt;
    return montgomery(value);
}

template <std::size_t scalar_limbs>
std::vector<std::optional<typename FieldGroup<scalar_limbs>::Element>> FieldGroup<scalar_limbs>::elements_from_texts(
    std::span<const std::string_view> texts) const {
    std::vector<std::optional<Element>> out;
    out.reserve(texts.size());
    for (const auto& text : texts) out.push_back(element_from_text(text));
    return out;
}

template <std::size_t scalar_limbs>
std::string FieldGroup<scalar_limbs>::text_of(const Element& element) const {
    auto value = plain(element);
    mp_size_t size = limbs;
    while (size > 0 && value[static_cast<std::size_t>(size) - 1] == 0) --size;
    if (size == 0) return "0";
    std::array<unsigned char, 640> digits;
    const std::size_t count = mpn_get_str(digits.data(), 10, at(value), size);
    std::string out(count, '0');
    for (std::size_t i = 0; i < count; ++i) out[i] = static_cast<char>('0' + digits[i]);
    const auto first = out.find_first_not_of('0');
    return first == 0 ? out : out.substr(first);
}

template <std::size_t scalar_limbs>
std::vector<std::string> FieldGroup<scalar_limbs>::texts_of(std::span<const Element> elements) const {
    std::vector<std::string> out;
    out.reserve(elements.size());
    for (const auto& element : elements) out.push_back(text_of(element));
    return out;
}

template <std::size_t scalar_limbs>
bool FieldGroup<scalar_limbs>::is_member_vartime(const Element& element) const {
    if constexpr (scalar_limbs == limbs) {  // p = 2q + 1: the members are the squares
        const auto value = plain(element);
        mpz_t number, modulus;
        const int symbol =
            mpz_jacobi(mpz_roinit_n(number, at(value), limbs), mpz_roinit_n(modulus, at(modulus_), limbs));
        return symbol == 1;
    } else {
        return power_vartime(element, scalars_.order()) == one_;
    }
}

template <std::size_t scalar_limbs>
bool FieldGroup<scalar_limbs>::less(const Element& left, const Element& right) const {
    return mpn_cmp(at(plain(left)), at(plain(right)), limbs) < 0;
}

template <std::size_t scalar_limbs>
typename FieldGroup<scalar_limbs>::Element FieldGroup<scalar_limbs>::multiply_vartime(const Element& left,
                                                                                      const Element& right) const {
    Element out;
    multiply(out, left, right);
    return out;
}

template <std::size_t scalar_limbs>
typename FieldGroup<scalar_limbs>::Element FieldGroup<scalar_limbs>::invert_vartime(const Element& element) const {
    const auto value = plain(element);
    mpz_t number, modulus, inverse;
    mpz_init(inverse);
    const int found =
        mpz_invert(inverse, mpz_roinit_n(number, at(value), limbs), mpz_roinit_n(modulus, at(modulus_), limbs));
    invariant(found != 0);  // callers have checked membership, so that it is not 0
    std::array<std::uint64_t, limbs> out{};
    mpz_export(out.data(), nullptr, -1, 8, 0, 0, inverse);
    mpz_clear(inverse);
    return montgomery(out);
}

template <std::size_t scalar_limbs>
typename FieldGroup<scalar_limbs>::Element FieldGroup<scalar_limbs>::power_vartime(const Element& base,
                                                                                   const Scalar& exponent) const {
    std::size_t bits = scalar_limbs * 64;
    while (bits > 0 && (exponent.limb[(bits - 1) / 64] >> ((bits - 1) % 64) & 1) == 0) --bits;
    const std::size_t window = bits <= 32 ? 1 : 5;  // counts, weights and Lagrange's coefficients are often small
    std::vector<Element> table(std::size_t{1} << window);
    table[0] = one_;
    for (std::size_t i = 1; i < table.size(); ++i) multiply(table[i], table[i - 1], base);
    Element out = one_;
    const std::size_t digits = (bits + window - 1) / window;
    for (std::size_t i = digits; i-- > 0;) {
        if (i + 1 != digits)
            for (std::size_t k = 0; k < window; ++k) square(out, out);
        if (const unsigned d = digit(exponent, i * window, window); d != 0) multiply(out, out, table[d]);
    }
    return out;
}

// Products of many powers (Pippenger): each exponent is cut into digits of one window each; in each window the elements
// with one digit are multiplied up in a bucket, and the buckets are multiplied, each as often as its digit says.

template <std::size_t scalar_limbs>
typename FieldGroup<scalar_limbs>::Element FieldGroup<scalar_limbs>::product_of_powers_vartime(
    std::span<const PublicPower<FieldGroup>> terms) const {
    std::vector<std::uint16_t> lengths;
    lengths.reserve(terms.size());
    for (const auto& term : terms) lengths.push_back(static_cast<std::uint16_t>(bit_length_vartime(term.exponent)));
    const bool lanes = lanes_are_available();
    const auto windows = cheapest_windows(lengths, lanes ? lane_count : 1, false, 12);
    if (windows.count == 0) return one_;  // no term, or no exponent but 0
    const auto products = lanes ? window_products_in_lanes(terms, windows.bits, windows.count)
                                : window_products_portable(terms, windows.bits, windows.count);
    Element out = one_;
    for (std::size_t i = windows.count; i-- > 0;) {
        if (i + 1 != windows.count)
            for (std::size_t k = 0; k < windows.bits; ++k) square(out, out);
        multiply(out, out, products[i]);
    }
    return out;
}

template <std::size_t scalar_limbs>
std::vector<typename FieldGroup<scalar_limbs>::Element> FieldGroup<scalar_limbs>::window_products_portable(
    std::span<const PublicPower<FieldGroup>> terms, std::size_t window, std::size_t windows) const {
    std::vector<Element> out(windows, one_), buckets;
    for (std::size_t i = 0; i < windows; ++i) {
        buckets.assign(std::size_t{1} << window, one_);
        for (const auto& term : terms)
            if (const auto d = digit(term.exponent, i * window, window); d != 0)
                multiply(buckets[d], buckets[d], *term.base);
        Element running = one_;
        for (std::size_t d = buckets.size(); d-- > 1;) {
            multiply(running, running, buckets[d]);
            multiply(out[i], out[i], running);
        }
    }
    return out;
}

template <std::size_t scalar_limbs>
std::vector<typename FieldGroup<scalar_limbs>::Element> FieldGroup<scalar_limbs>::window_products_in_lanes(
    std::span<const PublicPower<FieldGroup>> terms, std::size_t window, std::size_t windows) const {
    // Eight windows at a time, one per lane: all lanes multiply by the same element, each its own bucket. Bucket d of
    // lane l is buckets[d·8 + l]; what falls into the buckets of d = 0 means nothing.
    std::vector<ResidueRow> bases((terms.size() + lane_count - 1) / lane_count * lane_count);
    EightResidues each, factor;
    for (std::size_t from = 0; from < terms.size(); from += lane_count) {
        std::array<const Element*, lane_count> elements;
        const std::size_t count = std::min(lane_count, terms.size() - from);
        for (std::size_t lane = 0; lane < count; ++lane) elements[lane] = terms[from + lane].base;
        to_lanes(each, std::span(elements).first(count));
        scatter_lanes_vartime(&bases[from], each);
    }
    std::vector<std::size_t> lengths;
    for (const auto& term : terms) lengths.push_back(bit_length_vartime(term.exponent));
    std::vector<ResidueRow> buckets(lane_count << window);
    std::vector<Element> out(windows);
    for (std::size_t first = 0; first < windows; first += lane_count) {
        for (std::size_t d = 0; d < std::size_t{1} << window; ++d)
            scatter_lanes_vartime(&buckets[d * lane_count], lane_one_);
        for (std::size_t k = 0; k < terms.size(); ++k) {
            if (lengths[k] <= first * window) continue;
            std::array<ResidueRow*, lane_count> places;
            std::array<const ResidueRow*, lane_count> rows;
            for (std::size_t lane = 0; lane < lane_count; ++lane) {
                const std::size_t d = digit(terms[k].exponent, (first + lane) * window, window);
                rows[lane] = places[lane] = &buckets[d * lane_count + lane];
            }
            gather_lanes_vartime(each, rows);
            broadcast_lanes_vartime(factor, bases[k]);
            multiply_lanes_vartime(each, each, factor, lane_modulus_);
            scatter_lanes_vartime(places, each);
        }
        EightResidues running = lane_one_, all = lane_one_;
        for (std::size_t d = std::size_t{1} << window; d-- > 1;) {
            std::array<const ResidueRow*, lane_count> rows;
            for (std::size_t lane = 0; lane < lane_count; ++lane) rows[lane] = &buckets[d * lane_count + lane];
            gather_lanes_vartime(each, rows);
            multiply_lanes_vartime(running, running, each, lane_modulus_);
            multiply_lanes_vartime(all, all, running, lane_modulus_);
        }
        std::array<Element*, lane_count> targets;
        const std::size_t count = std::min(lane_count, windows - first);
        for (std::size_t lane = 0; lane < count; ++lane) targets[lane] = &out[first + lane];
        from_lanes(std::span(targets).first(count), all);
    }
    return out;
}

// A power of the generator is a product of entries, one for each digit of the exponent. Which entry is secret: all of a
// row are read (mpn_sec_tabselect), and a digit of 0 is multiplied as any other.

template <std::size_t scalar_limbs>
const std::vector<typename FieldGroup<scalar_limbs>::Residue>& FieldGroup<scalar_limbs>::secret_rows() const {
    std::call_once(secret_rows_once_, [&] {
        const std::size_t positions = (scalars_.bits() + secret_window - 1) / secret_window;
        Element start = generator_;
        for (std::size_t position = 0; position < positions; ++position) {
            Element each = one_;
            for (std::size_t i = 0; i < secret_entries; ++i) {
                secret_rows_.push_back(plain(each));
                multiply(each, each, start);
            }
            start = each;
        }
    });
    return secret_rows_;
}

template <std::size_t scalar_limbs>
void FieldGroup<scalar_limbs>::secret_power_of_generator(Residue& out, const Scalar& exponent,
                                                         std::span<std::uint64_t> scratch) const {
    const auto& rows = secret_rows();
    std::array<std::uint64_t, 2 * limbs> wide;
    Residue chosen;
    for (std::size_t position = 0; position * secret_entries < rows.size(); ++position) {
        const auto* row = rows[position * secret_entries].data();
        const auto which = digit(exponent, position * secret_window, secret_window);
        mpn_sec_tabselect(position == 0 ? at(out) : at(chosen), reinterpret_cast<const mp_limb_t*>(row), limbs,
                          secret_entries, which);
        if (position == 0) continue;
        mpn_sec_mul(at(wide), at(out), limbs, at(chosen), limbs, at(scratch));
        mpn_sec_div_r(at(wide), 2 * limbs, at(modulus_), limbs, at(scratch));
        std::copy_n(wide.begin(), limbs, out.begin());
    }
    wipe(wide);
    wipe(chosen);
}

template <std::size_t scalar_limbs>
Hidden<typename FieldGroup<scalar_limbs>::Residue> FieldGroup<scalar_limbs>::secret_product(
    std::span<const SecretPower<FieldGroup>> terms) const {
    Hidden<Residue> product, power;
    product.value[0] = 1;
    std::array<std::uint64_t, 2 * limbs> wide{};
    constexpr auto exponent_bits = scalar_limbs * 64;
    std::vector<std::uint64_t> scratch(
        static_cast<std::size_t>(std::max({mpn_sec_powm_itch(limbs, exponent_bits, limbs),
                                           mpn_sec_mul_itch(limbs, limbs), mpn_sec_div_r_itch(2 * limbs, limbs)})));
    for (std::size_t i = 0; i < terms.size(); ++i) {
        const auto base = plain(*terms[i].base);
        const auto* exponent = at(terms[i].exponent->limb);
        if (terms[i].is_bit) {
            power.value = base;
            mpn_cnd_sub_n(exponent[0] ^ 1, at(power.value), at(power.value), at(base), limbs);  // 0 if the bit is 0,
            power.value[0] |= exponent[0] ^ 1;                                                  // and then 1
        } else if (scalar_limbs == 4 && *terms[i].base == generator_) {
            secret_power_of_generator(power.value, *terms[i].exponent, scratch);
        } else {
            mpn_sec_powm(at(power.value), at(base), limbs, exponent, exponent_bits, at(modulus_), limbs, at(scratch));
        }
        if (i == 0) {
            product.value = power.value;
            continue;
        }
        mpn_sec_mul(at(wide), at(product.value), limbs, at(power.value), limbs, at(scratch));
        mpn_sec_div_r(at(wide), 2 * limbs, at(modulus_), limbs, at(scratch));
        std::copy_n(wide.begin(), limbs, product.value.begin());
    }
    wipe(wide);
    wipe(scratch);
    return product;
}

template <std::size_t scalar_limbs>
typename FieldGroup<scalar_limbs>::Element FieldGroup<scalar_limbs>::product_of_powers(
    std::span<const SecretPower<FieldGroup>> terms) const {
    return montgomery(secret_product(terms).value);
}

template <std::size_t scalar_limbs>
std::string FieldGroup<scalar_limbs>::product_text(std::span<const SecretPower<FieldGroup>> terms) const {
    return text_of(product_of_powers(terms));
}

template <std::size_t scalar_limbs>
HiddenText FieldGroup<scalar_limbs>::hidden_product_text(std::span<const SecretPower<FieldGroup>> terms) const {
    return HiddenText(decimal_from_limbs(secret_product(terms).value));
}

// Embedding. A candidate x is an element if it is a square modulo p. It is multiplied by r = s^2 or -s^2, a number
// drawn evenly from all but 0; -1 is no square, so that r is one or not with even chances, and x·r is even among all
// but 0 whatever x is. Its Jacobi symbol may then be computed in variable time; together with the sign of r, which
// nobody sees, it tells x's. 0 itself, which would show, is replaced by -1.

template <std::size_t scalar_limbs>
std::optional<Hidden<typename FieldGroup<scalar_limbs>::Embedded>> FieldGroup<scalar_limbs>::embed(
    std::span<const std::uint8_t> numbers) const {
    invariant(numbers.size() <= most_numbers);
    if constexpr (scalar_limbs != limbs) return std::nullopt;
    constexpr std::uint64_t candidates = 128;
    constexpr mp_size_t drawn_limbs = limbs + 2;  // even but for 2^-128
    Hidden<std::array<std::uint64_t, limbs>> first, candidate, negative;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        const std::size_t byte = i + 1;  // from the low end; the lowest is the padding
        first.value[byte / 8] |= std::uint64_t{numbers[numbers.size() - 1 - i]} << (8 * (byte % 8));
    }
    Hidden<std::array<std::uint64_t, drawn_limbs>> drawn;
    Hidden<std::array<std::uint64_t, 2 * limbs>> wide;
    std::vector<mp_limb_t> scratch(
        static_cast<std::size_t>(std::max({mpn_sec_div_r_itch(drawn_limbs, limbs), mpn_sec_mul_itch(limbs, limbs),
                                           mpn_sec_sqr_itch(limbs), mpn_sec_div_r_itch(2 * limbs, limbs)})));
    std::array<std::uint8_t, 8 * drawn_limbs + 1> bytes;
    SystemRandomness randomness;  // it hides what is looked at and changes nothing of what is found
    Hidden<Embedded> chosen;
    std::uint64_t found = 0;
    for (std::uint64_t padding = 0; padding < candidates; ++padding) {
        randomness.fill(bytes);
        std::memcpy(drawn.value.data(), bytes.data(), sizeof drawn.value);
        const std::uint64_t sign = bytes.back() & 1;
        mpn_sec_div_r(at(drawn.value), drawn_limbs, at(modulus_), limbs, scratch.data());
        mpn_sec_sqr(at(wide.value), at(drawn.value), limbs, scratch.data());
        mpn_sec_div_r(at(wide.value), 2 * limbs, at(modulus_), limbs, scratch.data());
        mpn_sub_n(at(negative.value), at(modulus_), at(wide.value), limbs);
        candidate.value = first.value;
        candidate.value[0] |= padding;
        std::uint64_t any = 0;
        for (const auto limb : candidate.value) any |= limb;
        const std::uint64_t is_zero = 1 ^ ((any | (0 - any)) >> 63);
        mpn_cnd_add_n(is_zero, at(candidate.value), at(candidate.value), at(modulus_), limbs);
        candidate.value[0] -= is_zero;
        std::array<std::uint64_t, limbs> factor;
        for (std::size_t i = 0; i < limbs; ++i)
            factor[i] = (wide.value[i] & (sign - 1)) | (negative.value[i] & (0 - sign));
        mpn_sec_mul(at(wide.value), at(candidate.value), limbs, at(factor), limbs, scratch.data());
        wipe(factor);
        mpn_sec_div_r(at(wide.value), 2 * limbs, at(modulus_), limbs, scratch.data());
        mpz_t number, modulus;
        const int symbol =
            mpz_jacobi(mpz_roinit_n(number, at(wide.value), limbs), mpz_roinit_n(modulus, at(modulus_), limbs));
        const std::uint64_t is_square = (static_cast<std::uint64_t>(symbol + 1) >> 1 & 1) ^ sign;
        const std::uint64_t take = 0 - (is_square & (found ^ 1));
        for (std::size_t i = 0; i < limbs; ++i) chosen.value.plain[i] |= candidate.value[i] & take;
        found |= is_square;
    }
    wipe(scratch);
    wipe(bytes);
    if (found == 0) return std::nullopt;
    return chosen;
}

template <std::size_t scalar_limbs>
std::string FieldGroup<scalar_limbs>::product_text(std::span<const SecretPower<FieldGroup>> terms,
                                                   const Hidden<Embedded>& factor) const {
    const auto product = secret_product(terms);
    std::array<std::uint64_t, 2 * limbs> wide{};
    std::vector<mp_limb_t> scratch(
        static_cast<std::size_t>(std::max(mpn_sec_mul_itch(limbs, limbs), mpn_sec_div_r_itch(2 * limbs, limbs))));
    mpn_sec_mul(at(wide), at(product.value), limbs, at(factor.value.plain), limbs, scratch.data());
    mpn_sec_div_r(at(wide), 2 * limbs, at(modulus_), limbs, scratch.data());
    std::array<std::uint64_t, limbs> out;
    std::copy_n(wide.begin(), limbs, out.begin());
    wipe(wide);
    wipe(scratch);
    return text_of(montgomery(out));
}

template <std::size_t scalar_limbs>
std::vector<std::uint8_t> FieldGroup<scalar_limbs>::numbers_vartime(const Element& element, std::size_t count) const {
    invariant(count <= most_numbers);
    const auto value = plain(element);
    std::vector<std::uint8_t> out(count);
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t byte = count - i;
        out[i] = static_cast<std::uint8_t>(value[byte / 8] >> (8 * (byte % 8)));
    }
    return out;
}

template <std::size_t scalar_limbs>
std::vector<typename FieldGroup<scalar_limbs>::SecretElement> FieldGroup<scalar_limbs>::secret_elements(
    std::span<const Element> elements) const {
    std::vector<SecretElement> out;
    out.reserve(elements.size());
    for (const auto& element : elements) out.push_back({plain(element)});
    return out;
}

template <std::size_t scalar_limbs>
std::vector<typename FieldGroup<scalar_limbs>::Element> FieldGroup<scalar_limbs>::published(
    std::span<const SecretElement> elements) const {
    std::vector<Element> out;
    out.reserve(elements.size());
    for (const auto& element : elements) out.push_back(montgomery(element.value));
    return out;
}

template <std::size_t scalar_limbs>
void FieldGroup<scalar_limbs>::secret_power(SecretElement& out, const SecretElement& base,
                                            const Scalar& exponent) const {
    constexpr auto exponent_bits = scalar_limbs * 64;
    std::vector<mp_limb_t> scratch(static_cast<std::size_t>(mpn_sec_powm_itch(limbs, exponent_bits, limbs)));
    Hidden<SecretElement> from(base);  // apart from what is written
    mpn_sec_powm(at(out.value), at(from.value.value), limbs, at(exponent.limb), exponent_bits, at(modulus_), limbs,
                 scratch.data());
    wipe(scratch);
}

template <std::size_t scalar_limbs>
void FieldGroup<scalar_limbs>::secret_power_of_generator(SecretElement& out, const Scalar& exponent) const {
    if constexpr (scalar_limbs == 4) {
        std::vector<std::uint64_t> scratch(
            static_cast<std::size_t>(std::max(mpn_sec_mul_itch(limbs, limbs), mpn_sec_div_r_itch(2 * limbs, limbs))));
        secret_power_of_generator(out.value, exponent, scratch);
        wipe(scratch);
    } else {
        secret_power(out, {plain(generator_)}, exponent);
    }
}

template <std::size_t scalar_limbs>
void FieldGroup<scalar_limbs>::secret_multiply(SecretElement& out, const SecretElement& left,
                                               const SecretElement& right) const {
    std::array<std::uint64_t, 2 * limbs> wide;
    std::vector<mp_limb_t> scratch(
        static_cast<std::size_t>(std::max(mpn_sec_mul_itch(limbs, limbs), mpn_sec_div_r_itch(2 * limbs, limbs))));
    mpn_sec_mul(at(wide), at(left.value), limbs, at(right.value), limbs, scratch.data());
    mpn_sec_div_r(at(wide), 2 * limbs, at(modulus_), limbs, scratch.data());
    std::copy_n(wide.begin(), limbs, out.value.begin());
    wipe(wide);
    wipe(scratch);
}

template <std::size_t scalar_limbs>
std::vector<typename FieldGroup<scalar_limbs>::Element> FieldGroup<scalar_limbs>::elements_of_hashes_vartime(
    std::span<const Digest> hashes) const {
    // (p-1)/q: 2 for RFC-3526-2048, 1793 bits for BELENIOS-2048
    constexpr std::size_t size = limbs - scalar_limbs + 1;
    std::array<std::uint64_t, size> cofactor{};
    std::array<std::uint64_t, scalar_limbs> rest;
    auto even = modulus_;
    even[0] -= 1;
    mpn_tdiv_qr(at(cofactor), at(rest), 0, at(even), limbs, at(scalars_.order().limb), scalar_limbs);
    mpz_t exponent, modulus, base, out;
    mpz_roinit_n(exponent, at(cofactor), size);
    mpz_roinit_n(modulus, at(modulus_), limbs);
    mpz_init(base);
    mpz_init(out);
    std::vector<Element> all;
    all.reserve(hashes.size());
    for (const auto& hash : hashes) {
        mpz_import(base, hash.size(), 1, 1, 0, 0, hash.data());
        mpz_powm(out, base, exponent, modulus);
        std::array<std::uint64_t, limbs> value{};
        mpz_export(value.data(), nullptr, -1, 8, 0, 0, out);
        all.push_back(montgomery(value));
    }
    mpz_clear(base);
    mpz_clear(out);
    return all;
}

// The commitments of a verifier. Fixed bases g and y: one table entry per digit of `window` bits and position, so that
// a power is a product of entries. A base that comes once: a comb (Lim and Lee 1994). Its exponents are cut into
// `height`·`tables` parts of `length` bits; base^(2^(length·i)) is computed once for all of them, and so are the
// products of `height` such powers; each exponent then costs `length` squarings and `tables`·`length` products.

namespace {

template <std::size_t scalar_limbs>
constexpr std::size_t fixed_window = scalar_limbs == 4 ? 10 : 5;

struct Comb {
    std::size_t height = 1, tables = 1, length = 0;

    std::size_t entries() const { return std::size_t{1} << height; }
    /// The digit of an exponent for one table at one of its `length` places.
    template <std::size_t limbs>
    std::size_t digit(const Scalar<limbs>& scalar, std::size_t table, std::size_t place) const {
        std::size_t out = 0;
        for (std::size_t i = 0; i < height; ++i) {
            const std::size_t bit = (table * height + i) * length + place;
            if (bit / 64 < limbs) out |= (scalar.limb[bit / 64] >> (bit % 64) & 1) << i;
        }
        return out;
    }
};
/// The cheapest comb for so many exponents of one base; a square is taken as four fifths of a product.
Comb comb_for(std::size_t exponents, std::size_t bits) {
    Comb best;
    std::size_t least = SIZE_MAX;
    for (std::size_t tables = 1; tables <= 3; ++tables)
        for (std::size_t height = 1; height <= 8; ++height) {
            const std::size_t parts = tables * height, length = (bits + parts - 1) / parts;
            const std::size_t squares = (parts - 1) * length + exponents * (length - 1);
            const std::size_t products =
                tables * ((std::size_t{1} << height) - 1 - height) + exponents * tables * length;
            const std::size_t cost = 4 * squares + 5 * products;
            if (cost < least) {
                least = cost;
                best = {height, tables, length};
            }
        }
    return best;
}

}  // namespace

template <std::size_t scalar_limbs>
FieldGroup<scalar_limbs>::Tables::Tables(const FieldGroup& group, const Element& key) : group_(group) {
    // The key's first: meanwhile another thread may be at the generator's.
    if (!(key == group.generator())) of_key_ = fixed_base(key);
    std::call_once(group.generator_once_, [&] { group.of_generator_ = fixed_base(group.generator()); });
    of_generator_ = group.of_generator_;
    if (!of_key_) of_key_ = of_generator_;
}

template <std::size_t scalar_limbs>
std::shared_ptr<const typename FieldGroup<scalar_limbs>::Tables::FixedBase>
FieldGroup<scalar_limbs>::Tables::fixed_base(const Element& base) const {
    auto out = std::make_shared<FixedBase>();
    if (lanes_are_available())
        out->lanes = lane_table(base);
    else
        out->portable = fixed_base_table(base);
    return out;
}

template <std::size_t scalar_limbs>
std::vector<typename FieldGroup<scalar_limbs>::Element> FieldGroup<scalar_limbs>::Tables::fixed_base_table(
    const Element& base) const {
    constexpr std::size_t window = fixed_window<scalar_limbs>, entries = (1u << window) - 1;
    const std::size_t positions = (group_.scalars_.bits() + window - 1) / window;
    std::vector<Element> table(positions * entries);
    Element start = base;
    for (std::size_t position = 0; position < positions; ++position) {
        auto* row = &table[position * entries];
        row[0] = start;
        for (std::size_t i = 1; i < entries; ++i) group_.multiply(row[i], row[i - 1], start);
        group_.multiply(start, row[entries - 1], start);
    }
    return table;
}

template <std::size_t scalar_limbs>
void FieldGroup<scalar_limbs>::Tables::fixed_base_power(Element& out, const std::vector<Element>& table,
                                                        const Scalar& exponent) const {
    constexpr std::size_t window = fixed_window<scalar_limbs>, entries = (1u << window) - 1;
    for (std::size_t position = 0; position * entries < table.size(); ++position)
        if (const unsigned d = digit(exponent, position * window, window); d != 0)
            group_.multiply(out, out, table[position * entries + d - 1]);
}

template <std::size_t scalar_limbs>
std::vector<typename FieldGroup<scalar_limbs>::Element> FieldGroup<scalar_limbs>::Tables::evaluate_vartime(
    std::span<const CommitmentJob<FieldGroup>> jobs, std::span<bool> members) const {
    // `places` says where each job's first result goes.
    std::vector<std::size_t> places;
    std::size_t results = 0;
    for (const auto& job : jobs) {
        places.push_back(results);
        results += job.terms.size();
    }
    std::vector<Element> out(results);
    const auto order = jobs_by_shape(jobs);
    if (of_key_->lanes.empty()) {
        evaluate_portable(jobs, order.all, places, members, out);
        return out;
    }
    for (const auto& run : order.runs)
        for (std::size_t from = run.first; from < run.second; from += lane_count)
            evaluate_in_lanes(jobs, std::span(order.all).subspan(from, std::min(lane_count, run.second - from)), places,
                              members, out);
    return out;
}

template <std::size_t scalar_limbs>
void FieldGroup<scalar_limbs>::Tables::evaluate_portable(std::span<const CommitmentJob<FieldGroup>> jobs,
                                                         std::span<const std::size_t> which,
                                                         std::span<const std::size_t> places, std::span<bool> members,
                                                         std::span<Element> out) const {
    std::vector<Element> table;
    for (const auto j : which) {
        const auto& job = jobs[j];
        const bool by_symbol = scalar_limbs == limbs;
        const bool by_power = job.check_membership && !by_symbol;
        if (job.check_membership && by_symbol) members[j] = group_.is_member_vartime(job.base);
        const std::size_t exponents = job.terms.size() + (by_power ? 1 : 0);
        if (exponents == 0) continue;
        const auto comb = comb_for(exponents, group_.scalars_.bits());
        const std::size_t entries = comb.entries();
        table.resize(comb.tables * entries);
        Element start = job.base;
        for (std::size_t t = 0; t < comb.tables; ++t) {
            auto* row = &table[t * entries];
            for (std::size_t i = 1; i < entries; ++i) {
                const std::size_t rest = i & (i - 1);
                if (rest != 0) {
                    group_.multiply(row[i], row[rest], row[i ^ rest]);
                    continue;
                }
                if (t != 0 || i != 1)
                    for (std::size_t k = 0; k < comb.length; ++k) group_.square(start, start);
                row[i] = start;
            }
        }
        const auto power = [&](const Scalar& exponent) {
            Element result = group_.one_;
            for (std::size_t place = comb.length; place-- > 0;) {
                if (place + 1 != comb.length) group_.square(result, result);
                for (std::size_t t = 0; t < comb.tables; ++t)
                    if (const auto d = comb.digit(exponent, t, place); d != 0)
                        group_.multiply(result, result, table[t * entries + d]);
            }
            return result;
        };
        if (by_power) members[j] = power(group_.scalars_.order()) == group_.one_;
        for (std::size_t t = 0; t < job.terms.size(); ++t) {
            auto& result = out[places[j] + t];
            result = power(job.terms[t].on_base);
            fixed_base_power(result, of_generator_->portable, job.terms[t].on_generator);
            fixed_base_power(result, of_key_->portable, job.terms[t].on_key);
        }
    }
}

// The same, one job per lane. Lanes without a job compute on the identity; no lane reads another's. There are no zero
// digits to leave out: the tables begin with 1.

template <std::size_t scalar_limbs>
EightResidues FieldGroup<scalar_limbs>::in_all_lanes(const Element& element) const {
    EightResidues out;
    for (std::size_t lane = 0; lane < lane_count; ++lane) split_52(&out.limb[0][lane], lane_count, element.montgomery);
    return out;
}

template <std::size_t scalar_limbs>
void FieldGroup<scalar_limbs>::to_lanes(EightResidues& out, std::span<const Element* const> elements) const {
    for (std::size_t lane = 0; lane < lane_count; ++lane)
        split_52(&out.limb[0][lane], lane_count, lane < elements.size() ? elements[lane]->montgomery : one_.montgomery);
    multiply_lanes_vartime(out, out, into_lanes_, lane_modulus_);
}

template <std::size_t scalar_limbs>
void FieldGroup<scalar_limbs>::from_lanes(std::span<Element* const> out, const EightResidues& in) const {
    EightResidues scaled;
    multiply_lanes_vartime(scaled, in, out_of_lanes_, lane_modulus_);
    for (std::size_t lane = 0; lane < out.size(); ++lane) {
        std::array<std::uint64_t, limbs + 1> value{};  // below 2p, which may have 2049 bits
        for (std::size_t j = 0; j < lane_limbs; ++j) {
            const std::size_t bit = 52 * j, limb = bit / 64, shift = bit % 64;
            const std::uint64_t part = scaled.limb[j][lane];
            if (limb <= limbs) value[limb] |= part << shift;
            if (shift > 12 && limb + 1 <= limbs) value[limb + 1] |= part >> (64 - shift);
        }
        if (value[limbs] != 0 || mpn_cmp(at(value), at(modulus_), limbs) >= 0)
            mpn_sub(at(value), at(value), limbs + 1, at(modulus_), limbs);
        std::copy_n(value.begin(), limbs, out[lane]->montgomery.begin());
    }
}

template <std::size_t scalar_limbs>
std::vector<ResidueRow> FieldGroup<scalar_limbs>::Tables::lane_table(const Element& base) const {
    // Eight positions at a time, one per lane.
    constexpr std::size_t window = fixed_window<scalar_limbs>, entries = std::size_t{1} << window;
    const std::size_t positions = (group_.scalars_.bits() + window - 1) / window;
    std::vector<ResidueRow> out(positions * entries);
    Element start = base;
    for (std::size_t from = 0; from < positions; from += lane_count) {
        const std::size_t count = std::min(lane_count, positions - from);
        std::array<Element, lane_count> starts;
        std::array<const Element*, lane_count> pointers;
        for (std::size_t lane = 0; lane < count; ++lane) {
            pointers[lane] = &starts[lane];
            starts[lane] = start;
            for (std::size_t k = 0; k < window; ++k) group_.square(start, start);
        }
        EightResidues first, each = group_.lane_one_;
        group_.to_lanes(first, std::span(pointers).first(count));
        std::array<ResidueRow, lane_count> rows;
        for (std::size_t i = 0; i < entries; ++i) {
            scatter_lanes_vartime(rows.data(), each);
            for (std::size_t lane = 0; lane < count; ++lane) out[(from + lane) * entries + i] = rows[lane];
            if (i + 1 < entries) multiply_lanes_vartime(each, each, first, group_.lane_modulus_);
        }
    }
    return out;
}

template <std::size_t scalar_limbs>
void FieldGroup<scalar_limbs>::Tables::evaluate_in_lanes(std::span<const CommitmentJob<FieldGroup>> jobs,
                                                         std::span<const std::size_t> which,
                                                         std::span<const std::size_t> places, std::span<bool> members,
                                                         std::span<Element> out) const {
    constexpr bool by_symbol = scalar_limbs == limbs;
    const std::size_t terms = jobs[which[0]].terms.size();
    const bool check = jobs[which[0]].check_membership;
    if (check && by_symbol)
        for (const auto j : which) members[j] = group_.is_member_vartime(jobs[j].base);
    const bool by_power = check && !by_symbol;
    const std::size_t exponents = terms + (by_power ? 1 : 0);
    if (exponents == 0) return;
    const auto& modulus = group_.lane_modulus_;
    const auto comb = comb_for(exponents, group_.scalars_.bits());
    const std::size_t entries = comb.entries();
    const auto& one = group_.lane_one_;
    EightResidues chosen, result;
    std::array<const ResidueRow*, lane_count> rows;
    // Entry i of table t in lane l is table[(t·entries + i)·8 + l].
    std::vector<ResidueRow> table(comb.tables * entries * lane_count);
    const auto entry = [&](std::size_t t, std::size_t i) { return &table[(t * entries + i) * lane_count]; };
    {
        std::array<const Element*, lane_count> bases;
        for (std::size_t lane = 0; lane < which.size(); ++lane) bases[lane] = &jobs[which[lane]].base;
        EightResidues start;
        group_.to_lanes(start, std::span(bases).first(which.size()));
        const auto load = [&](EightResidues& into, const ResidueRow* from) {
            for (std::size_t lane = 0; lane < lane_count; ++lane) rows[lane] = from + lane;
            gather_lanes_vartime(into, rows);
        };
        for (std::size_t t = 0; t < comb.tables; ++t) {
            scatter_lanes_vartime(entry(t, 0), one);
            for (std::size_t i = 1; i < entries; i *= 2) {
                if (t != 0 || i != 1)
                    for (std::size_t k = 0; k < comb.length; ++k) square_lanes_vartime(start, start, modulus);
                scatter_lanes_vartime(entry(t, i), start);
                for (std::size_t rest = 1; rest < i; ++rest) {
                    load(chosen, entry(t, rest));
                    multiply_lanes_vartime(result, start, chosen, modulus);
                    scatter_lanes_vartime(entry(t, i + rest), result);
                }
            }
        }
    }
    // scalar_of(lane) is that lane's exponent; 0 where there is no job.
    const auto power = [&](const auto& scalar_of) {
        result = one;
        for (std::size_t place = comb.length; place-- > 0;) {
            if (place + 1 != comb.length) square_lanes_vartime(result, result, modulus);
            for (std::size_t t = 0; t < comb.tables; ++t) {
                for (std::size_t lane = 0; lane < lane_count; ++lane)
                    rows[lane] = entry(t, comb.digit(scalar_of(lane), t, place)) + lane;
                gather_lanes_vartime(chosen, rows);
                multiply_lanes_vartime(result, result, chosen, modulus);
            }
        }
    };
    const auto fixed = [&](const std::vector<ResidueRow>& of, const auto& scalar_of) {
        constexpr std::size_t window = fixed_window<scalar_limbs>, size = std::size_t{1} << window;
        bool any = false;
        for (std::size_t lane = 0; lane < which.size(); ++lane) any = any || !(scalar_of(lane) == Scalar{});
        if (!any) return;
        const auto find = [&](std::size_t position) {
            for (std::size_t lane = 0; lane < lane_count; ++lane)
                rows[lane] = &of[position * size + digit(scalar_of(lane), position * window, window)];
        };
        find(0);
        const std::size_t positions = of.size() / size;
        for (std::size_t position = 0; position < positions; ++position) {
            gather_lanes_vartime(chosen, rows);
            if (position + 1 < positions) {  // the table is larger than the nearer caches: fetch during the product
                find(position + 1);
                for (const auto* row : rows)
                    for (std::size_t j = 0; j < lane_limbs; j += 8) __builtin_prefetch(row->limb + j);
            }
            multiply_lanes_vartime(result, result, chosen, modulus);
        }
    };
    std::array<Element, lane_count> found;
    std::array<Element*, lane_count> targets;
    if (by_power) {
        power([&](std::size_t) -> const Scalar& { return group_.scalars_.order(); });
        for (std::size_t lane = 0; lane < which.size(); ++lane) targets[lane] = &found[lane];
        group_.from_lanes(std::span(targets).first(which.size()), result);
        for (std::size_t lane = 0; lane < which.size(); ++lane) members[which[lane]] = found[lane] == group_.one_;
    }
    const Scalar nothing{};
    for (std::size_t t = 0; t < terms; ++t) {
        const auto part = [&](auto member) {
            return [&, member](std::size_t lane) -> const Scalar& {
                return lane < which.size() ? jobs[which[lane]].terms[t].*member : nothing;
            };
        };
        using Term = CommitmentTerm<FieldGroup>;
        power(part(&Term::on_base));
        fixed(of_generator_->lanes, part(&Term::on_generator));
        fixed(of_key_->lanes, part(&Term::on_key));
        for (std::size_t lane = 0; lane < which.size(); ++lane) targets[lane] = &out[places[which[lane]] + t];
        group_.from_lanes(std::span(targets).first(which.size()), result);
    }
}

// Membership of many, by random subsets; the argument stands at PrimeOrderGroup. `bits` holds a byte per subset and run
// of elements, of which the lowest member_run bits choose.

template <std::size_t scalar_limbs>
bool FieldGroup<scalar_limbs>::are_members_vartime(std::span<const Element> elements, Randomness& randomness) const {
    if constexpr (scalar_limbs == limbs) {
        return std::all_of(elements.begin(), elements.end(), [&](const auto& each) { return is_member_vartime(each); });
    } else {
        const std::size_t runs = (elements.size() + member_run - 1) / member_run;
        std::vector<std::uint8_t> bits((runs + lane_count) * member_subsets);
        randomness.fill(bits);
        return lanes_are_available() ? are_members_in_lanes(elements, bits) : are_members_portable(elements, bits);
    }
}

template <std::size_t scalar_limbs>
bool FieldGroup<scalar_limbs>::are_members_portable(std::span<const Element> elements,
                                                    std::span<const std::uint8_t> bits) const {
    constexpr std::size_t entries = std::size_t{1} << member_run;
    std::vector<Element> products(member_subsets, one_), table(entries, one_);
    for (std::size_t run = 0; run * member_run < elements.size(); ++run) {
        for (std::size_t i = 1; i < entries; ++i) {
            const std::size_t rest = i & (i - 1),
                              at_element = run * member_run + static_cast<std::size_t>(std::countr_zero(i));
            const auto& element = at_element < elements.size() ? elements[at_element] : one_;
            if (rest == 0)
                table[i] = element;
            else
                multiply(table[i], table[rest], element);
        }
        for (std::size_t k = 0; k < member_subsets; ++k)
            if (const auto chosen = bits[run * member_subsets + k] % entries; chosen != 0)
                multiply(products[k], products[k], table[chosen]);
    }
    return std::all_of(products.begin(), products.end(), [&](const auto& each) { return is_member_vartime(each); });
}

template <std::size_t scalar_limbs>
bool FieldGroup<scalar_limbs>::are_members_in_lanes(std::span<const Element> elements,
                                                    std::span<const std::uint8_t> bits) const {
    constexpr std::size_t entries = std::size_t{1} << member_run;
    std::vector<EightResidues> products(member_subsets, lane_one_);
    std::vector<ResidueRow> table(entries * lane_count);
    std::array<const ResidueRow*, lane_count> rows;
    EightResidues chosen;
    scatter_lanes_vartime(table.data(), lane_one_);
    // Lane l takes run number `first` + l.
    for (std::size_t first = 0; first * member_run < elements.size(); first += lane_count) {
        for (std::size_t i = 1; i < entries; i *= 2) {
            const auto member = static_cast<std::size_t>(std::countr_zero(i));
            std::array<const Element*, lane_count> each;
            for (std::size_t lane = 0; lane < lane_count; ++lane) {
                const std::size_t number = (first + lane) * member_run + member;
                each[lane] = number < elements.size() ? &elements[number] : &one_;
            }
            EightResidues element;
            to_lanes(element, each);
            scatter_lanes_vartime(&table[i * lane_count], element);
            for (std::size_t rest = 1; rest < i; ++rest) {
                for (std::size_t lane = 0; lane < lane_count; ++lane) rows[lane] = &table[rest * lane_count + lane];
                gather_lanes_vartime(chosen, rows);
                multiply_lanes_vartime(chosen, chosen, element, lane_modulus_);
                scatter_lanes_vartime(&table[(i + rest) * lane_count], chosen);
            }
        }
        for (std::size_t k = 0; k < member_subsets; ++k) {
            for (std::size_t lane = 0; lane < lane_count; ++lane)
                rows[lane] = &table[bits[(first + lane) * member_subsets + k] % entries * lane_count + lane];
            gather_lanes_vartime(chosen, rows);
            multiply_lanes_vartime(products[k], products[k], chosen, lane_modulus_);
        }
    }
    // The eight lanes of each product are multiplied: residue `lane` of subset k is number k·width + lane of a list
    // that is folded in halves.
    std::vector<ResidueRow> list(member_subsets * lane_count);
    for (std::size_t k = 0; k < member_subsets; ++k) scatter_lanes_vartime(&list[k * lane_count], products[k]);
    EightResidues other;
    for (std::size_t width = lane_count; width > 1; width /= 2) {
        const std::size_t half = width / 2;
        std::vector<ResidueRow> folded(member_subsets * half);
        for (std::size_t at_row = 0; at_row < folded.size(); at_row += lane_count) {
            const auto load = [&](EightResidues& into, std::size_t offset) {
                for (std::size_t lane = 0; lane < lane_count; ++lane)
                    rows[lane] = &list[(at_row + lane) / half * width + (at_row + lane) % half + offset];
                gather_lanes_vartime(into, rows);
            };
            load(chosen, 0);
            load(other, half);
            multiply_lanes_vartime(chosen, chosen, other, lane_modulus_);
            scatter_lanes_vartime(&folded[at_row], chosen);
        }
        list = std::move(folded);
    }
    // Each to the power q, four bits at a time: the exponent is the same in all lanes.
    bool all = true;
    for (std::size_t from = 0; from < member_subsets; from += lane_count) {
        std::array<EightResidues, 16> powers;
        powers[0] = lane_one_;
        for (std::size_t lane = 0; lane < lane_count; ++lane) rows[lane] = &list[from + lane];
        gather_lanes_vartime(powers[1], rows);
        for (std::size_t i = 2; i < powers.size(); ++i)
            multiply_lanes_vartime(powers[i], powers[i - 1], powers[1], lane_modulus_);
        EightResidues result = lane_one_;
        for (std::size_t bit = scalar_limbs * 64; bit > 0;) {
            bit -= 4;
            for (int k = 0; k < 4; ++k) square_lanes_vartime(result, result, lane_modulus_);
            if (const unsigned d = digit(scalars_.order(), bit, 4); d != 0)
                multiply_lanes_vartime(result, result, powers[d], lane_modulus_);
        }
        std::array<Element, lane_count> found;
        std::array<Element*, lane_count> targets;
        for (std::size_t lane = 0; lane < lane_count; ++lane) targets[lane] = &found[lane];
        from_lanes(targets, result);
        for (const auto& each : found) all = all && each == one_;
    }
    return all;
}

template class FieldGroup<4>;
template class FieldGroup<32>;

const Belenios2048& belenios_2048() {
    static const Belenios2048 group(
        "BELENIOS-2048",
        "2069478569142254640101364365750500806492298929575110409710088478705737421924271740192223725449768433"
        "8129066633138078958404960054389636289796393038773905722803605973749427671376777618898589872735865049"
        "0811670993105358677809800307904916540637771737641986785272734744763418356000356983051931442845617019"
        "1100078673730733356412397173289791324047457883446826065232797464795113767265869358218004631792207366"
        "8860052627186363386088796882120769432366149491002923444346373222145884100586421050242120365433561201"
        "3204811188524087310770141516662001623131771693721892480785077118278423174980732765988288251691831031"
        "25680162072880719",
        "78571733251071885079927659812671450121821421258408794611510081919805623223441",
        "2402352677501852209227687703532399932712287657378364916510075318787663274146353219320285676155269678"
        "7996946682987493890950838965734256019006010684771644917354741372831046104586813145117816467554005274"
        "0288984613986453266121505579709716201616827031288643245666383486363578210615491841998253431518974065"
        "8186868651151358576410138882215396016043228843603930989333662772848406593138406010231675095763777982"
        "6651036068224066350766977640253462537730851331734951942489677540525736590494924776314759915751987751"
        "7771148149092045660020547812705472823814097251863985833411570056835369555342378147558249189605029668"
        "0037745308460627");
    return group;
}

const Rfc3526& rfc_3526_2048() {
    static const Rfc3526 group(
        "RFC-3526-2048",
        "3231700607131100730033891392642382824881794124114023911284200975140074170663435422261968941736356934"
        "7117901737909704191754605873209195028853758986185622153212175412514901774520270235796078236248884246"
        "1894775876411059286460994117232454266225221932305409190376805242355191256797158701170010580558776510"
        "3886184728025797605490356973256152616708133936179954133647655916036831789672907317838458968063967190"
        "0977202194168647225871031411336429319536193471636533209717077448227988588565369208645296636077250268"
        "9555059283627511211740969729980684105543595848665832916421362182310789909994486524682624169720359118"
        "52507045361090559",
        "1615850303565550365016945696321191412440897062057011955642100487570037085331717711130984470868178467"
        "3558950868954852095877302936604597514426879493092811076606087706257450887260135117898039118124442123"
        "0947387938205529643230497058616227133112610966152704595188402621177595628398579350585005290279388255"
        "1943092364012898802745178486628076308354066968089977066823827958018415894836453658919229484031983595"
        "0488601097084323612935515705668214659768096735818266604858538724113994294282684604322648318038625134"
        "4777529641813755605870484864990342052771797924332916458210681091155394954997243262341312084860179559"
        "26253522680545279",
        "2");
    return group;
}

}  // namespace plenum::evote
