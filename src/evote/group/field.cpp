// SPDX-License-Identifier: Apache-2.0
#include "evote/group/field.h"

#include <gmp.h>

#include <algorithm>

#include "base/result.h"

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
    std::array<std::uint64_t, limbs> two_to_32{std::uint64_t{1} << 32};
    to_lanes_ = montgomery(two_to_32);
    from_lanes_ = invert_vartime(to_lanes_);
    lane_modulus_.minus_inverse = minus_inverse_ & ((std::uint64_t{1} << 52) - 1);
    split_52(lane_modulus_.limb.data(), 1, modulus_);
    for (std::size_t lane = 0; lane < lane_count; ++lane) to_lane(lane_one_, lane, one_);
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
    constexpr std::size_t window = 5;
    std::vector<Element> table(1u << window);
    table[0] = one_;
    for (std::size_t i = 1; i < table.size(); ++i) multiply(table[i], table[i - 1], base);
    Element out = one_;
    const std::size_t digits = (scalars_.bits() + window - 1) / window;
    for (std::size_t i = digits; i-- > 0;) {
        if (i + 1 != digits)
            for (std::size_t k = 0; k < window; ++k) square(out, out);
        if (const unsigned d = digit(exponent, i * window, window); d != 0) multiply(out, out, table[d]);
    }
    return out;
}

template <std::size_t scalar_limbs>
Hidden<std::array<std::uint64_t, FieldGroup<scalar_limbs>::limbs>> FieldGroup<scalar_limbs>::secret_product(
    std::span<const SecretPower<FieldGroup>> terms) const {
    Hidden<std::array<std::uint64_t, limbs>> product, power;
    product.value[0] = 1;
    std::array<std::uint64_t, 2 * limbs> wide;
    constexpr auto exponent_bits = scalar_limbs * 64;
    std::vector<mp_limb_t> scratch(
        static_cast<std::size_t>(std::max({mpn_sec_powm_itch(limbs, exponent_bits, limbs),
                                           mpn_sec_mul_itch(limbs, limbs), mpn_sec_div_r_itch(2 * limbs, limbs)})));
    for (const auto& term : terms) {
        const auto base = plain(*term.base);
        mpn_sec_powm(at(power.value), at(base), limbs, at(term.exponent->limb), exponent_bits, at(modulus_), limbs,
                     scratch.data());
        mpn_sec_mul(at(wide), at(product.value), limbs, at(power.value), limbs, scratch.data());
        mpn_sec_div_r(at(wide), 2 * limbs, at(modulus_), limbs, scratch.data());
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
HiddenText FieldGroup<scalar_limbs>::hidden_product_text(std::span<const SecretPower<FieldGroup>> terms) const {
    return HiddenText(decimal_from_limbs(secret_product(terms).value));
}

// The commitments of a verifier. Fixed bases g and y: one table entry per digit of `window` bits and position, so that
// a power is a product of entries. A base that comes once: its exponents are cut into `segments` parts of equal length,
// base^(2^(length·i)) is computed once for all of them, and each exponent then costs `length` squarings only.

namespace {
template <std::size_t scalar_limbs>
constexpr std::size_t fixed_window = scalar_limbs == 4 ? 8 : 5;
}

template <std::size_t scalar_limbs>
FieldGroup<scalar_limbs>::Tables::Tables(const FieldGroup& group, const Element& key) : group_(group) {
    std::call_once(group.generator_once_, [&] { group.of_generator_ = fixed_base(group.generator()); });
    of_generator_ = group.of_generator_;
    of_key_ = key == group.generator() ? of_generator_ : fixed_base(key);
}

template <std::size_t scalar_limbs>
std::shared_ptr<const typename FieldGroup<scalar_limbs>::Tables::FixedBase>
FieldGroup<scalar_limbs>::Tables::fixed_base(const Element& base) const {
    auto out = std::make_shared<FixedBase>();
    out->portable = fixed_base_table(base);
    if (lanes_are_available()) {
        out->lanes = lane_table(out->portable);
        out->portable = {};
    }
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

namespace {

/// How the exponents of one base are cut up.
struct Cut {
    std::size_t segments, length;  // length in bits, whole windows
};
constexpr std::size_t window_of_base = 4, entries_of_base = (1u << window_of_base) - 1;
Cut cut_for(std::size_t exponents, std::size_t bits) {
    const std::size_t segments = exponents > 6 ? 8 : 4;
    return {segments, (bits + segments * window_of_base - 1) / (segments * window_of_base) * window_of_base};
}

}  // namespace

template <std::size_t scalar_limbs>
std::vector<typename FieldGroup<scalar_limbs>::Element> FieldGroup<scalar_limbs>::Tables::evaluate_vartime(
    std::span<const CommitmentJob<FieldGroup>> jobs, std::span<bool> members) const {
    // Jobs of one shape go together; `places` says where each job's first result goes.
    std::vector<std::size_t> places, order;
    std::size_t results = 0;
    for (std::size_t j = 0; j < jobs.size(); ++j) {
        places.push_back(results);
        results += jobs[j].terms.size();
        order.push_back(j);
    }
    std::vector<Element> out(results);
    if (!of_key_->lanes.empty()) {
        const auto shape = [&](std::size_t j) { return std::pair(jobs[j].terms.size(), jobs[j].check_membership); };
        std::stable_sort(order.begin(), order.end(),
                         [&](std::size_t left, std::size_t right) { return shape(left) < shape(right); });
        for (std::size_t from = 0; from < order.size();) {
            std::size_t to = from;
            while (to < order.size() && to - from < lane_count && shape(order[to]) == shape(order[from])) ++to;
            evaluate_in_lanes(jobs, std::span(order).subspan(from, to - from), places, members, out);
            from = to;
        }
    } else {
        evaluate_portable(jobs, order, places, members, out);
    }
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
        const auto [segments, length] = cut_for(exponents, group_.scalars_.bits());
        table.resize(segments * entries_of_base);
        Element start = job.base;
        for (std::size_t segment = 0; segment < segments; ++segment) {
            if (segment != 0)
                for (std::size_t k = 0; k < length; ++k) group_.square(start, start);
            auto* row = &table[segment * entries_of_base];
            row[0] = start;
            for (std::size_t i = 1; i < entries_of_base; ++i)
                if (i % 2 == 1)
                    group_.square(row[i], row[i / 2]);
                else
                    group_.multiply(row[i], row[i - 1], start);
        }
        const auto power = [&, segments = segments, length = length](const Scalar& exponent) {
            Element result = group_.one_;
            for (std::size_t at_bit = length; at_bit > 0;) {
                at_bit -= window_of_base;
                if (at_bit + window_of_base != length)
                    for (std::size_t k = 0; k < window_of_base; ++k) group_.square(result, result);
                for (std::size_t segment = 0; segment < segments; ++segment)
                    if (const unsigned d = digit(exponent, segment * length + at_bit, window_of_base); d != 0)
                        group_.multiply(result, result, table[segment * entries_of_base + d - 1]);
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
void FieldGroup<scalar_limbs>::to_lane_limbs(std::uint64_t* out, std::size_t stride, const Element& element) const {
    Element scaled;
    multiply(scaled, element, to_lanes_);
    split_52(out, stride, scaled.montgomery);
}

template <std::size_t scalar_limbs>
void FieldGroup<scalar_limbs>::to_lane(EightResidues& out, std::size_t lane, const Element& element) const {
    to_lane_limbs(&out.limb[0][lane], lane_count, element);
}

template <std::size_t scalar_limbs>
typename FieldGroup<scalar_limbs>::Element FieldGroup<scalar_limbs>::from_lane(const EightResidues& in,
                                                                               std::size_t lane) const {
    std::array<std::uint64_t, limbs + 1> value{};  // below 2p, which may have 2049 bits
    for (std::size_t j = 0; j < lane_limbs; ++j) {
        const std::size_t bit = 52 * j, limb = bit / 64, shift = bit % 64;
        const std::uint64_t part = in.limb[j][lane];
        if (limb <= limbs) value[limb] |= part << shift;
        if (shift > 12 && limb + 1 <= limbs) value[limb + 1] |= part >> (64 - shift);
    }
    if (value[limbs] != 0 || mpn_cmp(at(value), at(modulus_), limbs) >= 0)
        mpn_sub(at(value), at(value), limbs + 1, at(modulus_), limbs);
    Element out;
    std::copy_n(value.begin(), limbs, out.montgomery.begin());
    multiply(out, out, from_lanes_);
    return out;
}

template <std::size_t scalar_limbs>
std::vector<std::uint64_t> FieldGroup<scalar_limbs>::Tables::lane_table(const std::vector<Element>& table) const {
    constexpr std::size_t entries = (1u << fixed_window<scalar_limbs>)-1;
    const std::size_t positions = table.size() / entries;
    std::vector<std::uint64_t> out(positions * (entries + 1) * lane_limbs);
    for (std::size_t position = 0; position < positions; ++position)
        for (std::size_t i = 0; i <= entries; ++i)
            group_.to_lane_limbs(&out[(position * (entries + 1) + i) * lane_limbs], 1,
                                 i == 0 ? group_.one_ : table[position * entries + i - 1]);
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
    const auto [segments, length] = cut_for(exponents, group_.scalars_.bits());
    constexpr std::size_t row_size = entries_of_base + 1;
    std::vector<EightResidues> table(segments * row_size);
    EightResidues start, chosen;
    const auto& one = group_.lane_one_;
    for (std::size_t lane = 0; lane < lane_count; ++lane) {
        if (lane < which.size())
            group_.to_lane(start, lane, jobs[which[lane]].base);
        else
            for (std::size_t j = 0; j < lane_limbs; ++j) start.limb[j][lane] = one.limb[j][lane];
    }
    for (std::size_t segment = 0; segment < segments; ++segment) {
        if (segment != 0)
            for (std::size_t k = 0; k < length; ++k) multiply_lanes_vartime(start, start, start, modulus);
        auto* row = &table[segment * row_size];
        row[0] = one;
        row[1] = start;
        for (std::size_t i = 2; i < row_size; ++i) multiply_lanes_vartime(row[i], row[i / 2], row[i - i / 2], modulus);
    }
    // scalar_of(lane) is that lane's exponent; 0 where there is no job.
    std::array<std::uint32_t, lane_count> digits;
    const auto power = [&, segments = segments, length = length](EightResidues& result, const auto& scalar_of) {
        result = one;
        for (std::size_t at_bit = length; at_bit > 0;) {
            at_bit -= window_of_base;
            if (at_bit + window_of_base != length)
                for (std::size_t k = 0; k < window_of_base; ++k)
                    multiply_lanes_vartime(result, result, result, modulus);
            for (std::size_t segment = 0; segment < segments; ++segment) {
                for (std::size_t lane = 0; lane < lane_count; ++lane)
                    digits[lane] = digit(scalar_of(lane), segment * length + at_bit, window_of_base);
                select_lanes_vartime(chosen, &table[segment * row_size], digits);
                multiply_lanes_vartime(result, result, chosen, modulus);
            }
        }
    };
    const auto fixed = [&](EightResidues& result, const std::vector<std::uint64_t>& of, const auto& scalar_of) {
        constexpr std::size_t window = fixed_window<scalar_limbs>, entries = 1u << window;
        bool any = false;
        for (std::size_t lane = 0; lane < which.size(); ++lane) any = any || !(scalar_of(lane) == Scalar{});
        if (!any) return;
        for (std::size_t position = 0; position * entries * lane_limbs < of.size(); ++position) {
            for (std::size_t lane = 0; lane < lane_count; ++lane)
                digits[lane] =
                    static_cast<std::uint32_t>(position * entries) + digit(scalar_of(lane), position * window, window);
            gather_lanes_vartime(chosen, of.data(), digits);
            multiply_lanes_vartime(result, result, chosen, modulus);
        }
    };
    EightResidues result;
    if (by_power) {
        power(result, [&](std::size_t) -> const Scalar& { return group_.scalars_.order(); });
        for (std::size_t lane = 0; lane < which.size(); ++lane)
            members[which[lane]] = group_.from_lane(result, lane) == group_.one_;
    }
    const Scalar nothing{};
    for (std::size_t t = 0; t < terms; ++t) {
        const auto part = [&](auto member) {
            return [&, member](std::size_t lane) -> const Scalar& {
                return lane < which.size() ? jobs[which[lane]].terms[t].*member : nothing;
            };
        };
        using Term = CommitmentTerm<FieldGroup>;
        power(result, part(&Term::on_base));
        fixed(result, of_generator_->lanes, part(&Term::on_generator));
        fixed(result, of_key_->lanes, part(&Term::on_key));
        for (std::size_t lane = 0; lane < which.size(); ++lane)
            out[places[which[lane]] + t] = group_.from_lane(result, lane);
    }
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
