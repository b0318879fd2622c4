// SPDX-License-Identifier: Apache-2.0
#include "evote/group/ed25519.h"

#include <sodium.h>

#include <algorithm>

#include "base/result.h"
#include "evote/group/ed25519_lanes.h"
#include "evote/group/field_lanes.h"

namespace plenum::evote {

namespace {

using Fe = FieldElement25519;
__extension__ using Wide = unsigned __int128;

constexpr std::uint64_t mask = (std::uint64_t{1} << 51) - 1;

// Bounds: `multiply` and `square` take limbs below 2^54 and give limbs below 2^51 + 2^13; `add` of two such gives limbs
// below 2^53, `subtract` adds 4p first and gives limbs below 2^54.

Fe add(const Fe& left, const Fe& right) {
    Fe out;
    for (std::size_t i = 0; i < 5; ++i) out.limb[i] = left.limb[i] + right.limb[i];
    return out;
}

Fe subtract(const Fe& left, const Fe& right) {
    constexpr std::uint64_t low = 4 * (mask - 18), other = 4 * mask;
    Fe out;
    for (std::size_t i = 0; i < 5; ++i) out.limb[i] = left.limb[i] + (i == 0 ? low : other) - right.limb[i];
    return out;
}

inline Fe carried(Wide r0, Wide r1, Wide r2, Wide r3, Wide r4) {
    r1 += static_cast<std::uint64_t>(r0 >> 51);
    r2 += static_cast<std::uint64_t>(r1 >> 51);
    r3 += static_cast<std::uint64_t>(r2 >> 51);
    r4 += static_cast<std::uint64_t>(r3 >> 51);
    const Wide folded =
        (static_cast<std::uint64_t>(r0) & mask) + 19 * static_cast<Wide>(static_cast<std::uint64_t>(r4 >> 51));
    Fe out;
    out.limb[0] = static_cast<std::uint64_t>(folded) & mask;
    out.limb[1] = (static_cast<std::uint64_t>(r1) & mask) + static_cast<std::uint64_t>(folded >> 51);
    out.limb[2] = static_cast<std::uint64_t>(r2) & mask;
    out.limb[3] = static_cast<std::uint64_t>(r3) & mask;
    out.limb[4] = static_cast<std::uint64_t>(r4) & mask;
    return out;
}

Fe multiply(const Fe& left, const Fe& right) {
    const auto& f = left.limb;
    const auto& g = right.limb;
    const auto wide = [](std::uint64_t a, std::uint64_t b) { return static_cast<Wide>(a) * b; };
    const std::uint64_t g1 = 19 * g[1], g2 = 19 * g[2], g3 = 19 * g[3], g4 = 19 * g[4];
    return carried(wide(f[0], g[0]) + wide(f[1], g4) + wide(f[2], g3) + wide(f[3], g2) + wide(f[4], g1),
                   wide(f[0], g[1]) + wide(f[1], g[0]) + wide(f[2], g4) + wide(f[3], g3) + wide(f[4], g2),
                   wide(f[0], g[2]) + wide(f[1], g[1]) + wide(f[2], g[0]) + wide(f[3], g4) + wide(f[4], g3),
                   wide(f[0], g[3]) + wide(f[1], g[2]) + wide(f[2], g[1]) + wide(f[3], g[0]) + wide(f[4], g4),
                   wide(f[0], g[4]) + wide(f[1], g[3]) + wide(f[2], g[2]) + wide(f[3], g[1]) + wide(f[4], g[0]));
}

Fe square(const Fe& in) {
    const auto& f = in.limb;
    const auto wide = [](std::uint64_t a, std::uint64_t b) { return static_cast<Wide>(a) * b; };
    const std::uint64_t f0 = 2 * f[0], f1 = 2 * f[1], f3 = 19 * f[3], f4 = 19 * f[4];
    return carried(
        wide(f[0], f[0]) + wide(f1, f4) + wide(2 * f[2], f3), wide(f0, f[1]) + wide(2 * f[2], f4) + wide(f[3], f3),
        wide(f0, f[2]) + wide(f[1], f[1]) + wide(2 * f[3], f4), wide(f0, f[3]) + wide(f1, f[2]) + wide(f[4], f4),
        wide(f0, f[4]) + wide(f1, f[3]) + wide(f[2], f[2]));
}

Fe square_times(Fe in, int times) {
    for (int i = 0; i < times; ++i) in = square(in);
    return in;
}

/// The value in [0, p), 32 bytes, least significant first.
std::array<std::uint8_t, 32> canonical_bytes(const Fe& in) {
    auto f = in.limb;
    for (int pass = 0; pass < 2; ++pass) {
        for (std::size_t i = 0; i < 4; ++i) {
            f[i + 1] += f[i] >> 51;
            f[i] &= mask;
        }
        f[0] += 19 * (f[4] >> 51);
        f[4] &= mask;
    }
    // Now below 2p at most; subtract p if not below it: the carry of f + 19 tells.
    std::uint64_t carry = (f[0] + 19) >> 51;
    for (std::size_t i = 1; i < 5; ++i) carry = (f[i] + carry) >> 51;
    f[0] += 19 * carry;
    for (std::size_t i = 0; i < 4; ++i) {
        f[i + 1] += f[i] >> 51;
        f[i] &= mask;
    }
    f[4] &= mask;
    const std::uint64_t words[]{f[0] | f[1] << 51, f[1] >> 13 | f[2] << 38, f[2] >> 26 | f[3] << 25,
                                f[3] >> 39 | f[4] << 12};
    std::array<std::uint8_t, 32> out;
    for (std::size_t i = 0; i < 32; ++i) out[i] = static_cast<std::uint8_t>(words[i / 8] >> (8 * (i % 8)));
    return out;
}

Fe from_bytes(std::span<const std::uint8_t, 32> bytes) {  // the highest bit is left out
    const auto word = [&](std::size_t i) {
        std::uint64_t out = 0;
        for (std::size_t k = 8; k-- > 0;) out = out << 8 | bytes[8 * i + k];
        return out;
    };
    const std::uint64_t w0 = word(0), w1 = word(1), w2 = word(2), w3 = word(3);
    return {{w0 & mask, (w0 >> 51 | w1 << 13) & mask, (w1 >> 38 | w2 << 26) & mask, (w2 >> 25 | w3 << 39) & mask,
             w3 >> 12 & mask}};
}

Fe number(std::uint64_t value) { return {{value}}; }
bool is_zero(const Fe& in) { return canonical_bytes(in) == std::array<std::uint8_t, 32>{}; }
bool equal(const Fe& left, const Fe& right) { return canonical_bytes(left) == canonical_bytes(right); }
Fe negate(const Fe& in) { return multiply(subtract({}, in), number(1)); }

/// in^(2^250 - 1) and in^11, from which the two exponents below are built.
Fe power_2_250_minus_1(const Fe& in, Fe& power_11) {
    const Fe two = square(in);
    const Fe nine = multiply(square_times(two, 2), in);
    power_11 = multiply(nine, two);
    const Fe bits5 = multiply(square(power_11), nine);
    const Fe bits10 = multiply(square_times(bits5, 5), bits5);
    const Fe bits20 = multiply(square_times(bits10, 10), bits10);
    const Fe bits40 = multiply(square_times(bits20, 20), bits20);
    const Fe bits50 = multiply(square_times(bits40, 10), bits10);
    const Fe bits100 = multiply(square_times(bits50, 50), bits50);
    const Fe bits200 = multiply(square_times(bits100, 100), bits100);
    return multiply(square_times(bits200, 50), bits50);
}
/// in^(p - 2): the inverse, and 0 of 0.
Fe invert(const Fe& in) {
    Fe power_11;
    const Fe bits250 = power_2_250_minus_1(in, power_11);
    return multiply(square_times(bits250, 5), power_11);
}
/// in^((p - 5) / 8).
Fe power_2_252_minus_3(const Fe& in) {
    Fe power_11;
    return multiply(square_times(power_2_250_minus_1(in, power_11), 2), in);
}

using Point = Ed25519::Element;
using Cached = Ed25519::Cached;

/// Complete for every two points of the curve, of whatever order (Hisil, Wong, Carter, Dawson 2008, section 3.1).
Point sum_of(const Point& left, const Cached& right) {
    const Fe a = multiply(subtract(left.Y, left.X), right.difference);
    const Fe b = multiply(add(left.Y, left.X), right.sum);
    const Fe c = multiply(left.T, right.t2d);
    const Fe zz = multiply(left.Z, right.z);
    const Fe d = add(zz, zz);
    const Fe e = subtract(b, a), f = subtract(d, c), g = add(d, c), h = add(b, a);
    return {multiply(e, f), multiply(g, h), multiply(f, g), multiply(e, h)};
}
/// The same where right.z is 1.
Point sum_with_affine(const Point& left, const Cached& right) {
    const Fe a = multiply(subtract(left.Y, left.X), right.difference);
    const Fe b = multiply(add(left.Y, left.X), right.sum);
    const Fe c = multiply(left.T, right.t2d);
    const Fe d = add(left.Z, left.Z);
    const Fe e = subtract(b, a), f = subtract(d, c), g = add(d, c), h = add(b, a);
    return {multiply(e, f), multiply(g, h), multiply(f, g), multiply(e, h)};
}
Cached negative(const Cached& in) { return {in.difference, in.sum, in.z, negate(in.t2d)}; }

Point twice(const Point& in, bool with_t) {
    const Fe a = square(in.X), b = square(in.Y);
    const Fe zz = square(in.Z);
    const Fe c = add(zz, zz);
    const Fe h = add(a, b);
    const Fe e = subtract(h, square(add(in.X, in.Y)));
    const Fe g = subtract(a, b);
    const Fe f = add(c, g);
    return {multiply(e, f), multiply(g, h), multiply(f, g), with_t ? multiply(e, h) : Fe{}};
}
void double_times(Point& point, std::size_t times) {
    for (std::size_t i = 0; i < times; ++i) point = twice(point, i + 1 == times);
}

/// Digits in [-2^(window-1), 2^(window-1)) of a scalar below 2^253, least significant first.
template <std::size_t window>
std::array<int, 256 / window> signed_digits(const Ed25519::Scalar& scalar) {
    std::array<int, 256 / window> out;
    int carry = 0;
    for (std::size_t i = 0; i < out.size(); ++i) {
        const std::size_t bit = i * window;
        int d = static_cast<int>(scalar.limb[bit / 64] >> (bit % 64) & ((1u << window) - 1)) + carry;
        carry = d >= (1 << (window - 1)) ? 1 : 0;
        out[i] = d - (carry << window);
    }
    return out;
}

/// Z of many points inverted with one inversion; Z of a point is never 0.
std::vector<Fe> inverses_of_z(std::span<const Point> points) {
    std::vector<Fe> out(points.size());
    Fe product = number(1);
    for (std::size_t i = 0; i < points.size(); ++i) {
        out[i] = product;
        product = multiply(product, points[i].Z);
    }
    Fe inverse = invert(product);
    invariant(points.empty() || !is_zero(inverse));
    for (std::size_t i = points.size(); i-- > 0;) {
        out[i] = multiply(inverse, out[i]);
        inverse = multiply(inverse, points[i].Z);
    }
    return out;
}

std::array<std::uint8_t, 32> compressed(const Point& point, const Fe& inverse_of_z) {
    auto out = canonical_bytes(multiply(point.Y, inverse_of_z));
    const bool odd = canonical_bytes(multiply(point.X, inverse_of_z))[0] & 1;
    out[31] = static_cast<std::uint8_t>(out[31] | (odd ? 0x80 : 0));
    return out;
}

std::string text_from_bytes(std::array<std::uint8_t, 32> bytes) {
    std::reverse(bytes.begin(), bytes.end());
    std::array<char, 65> hex;
    sodium_bin2hex(hex.data(), hex.size(), bytes.data(), bytes.size());
    std::string out(hex.data(), 64);
    explicit_bzero(bytes.data(), bytes.size());
    explicit_bzero(hex.data(), hex.size());
    return out;
}

}  // namespace

bool Ed25519::Element::operator==(const Element& other) const {
    return equal(multiply(X, other.Z), multiply(other.X, Z)) && equal(multiply(Y, other.Z), multiply(other.Y, Z));
}

Ed25519::Ed25519() : scalars_("7237005577332262213973186563042994240857116359379907606001950938285454250989") {
    d_ = multiply(negate(number(121665)), invert(number(121666)));
    d2_ = multiply(add(d_, d_), number(1));
    // 2 is not a square modulo p = 5 mod 8, so 2^((p-1)/4) is a root of -1; (p-1)/4 = 2(p-5)/8 + 1.
    root_of_minus_one_ = multiply(square(power_2_252_minus_3(number(2))), number(2));
    generator_ = *element_from_text("6666666666666666666666666666666666666666666666666666666666666658");
}

std::optional<Ed25519::Element> Ed25519::element_from_bytes(std::span<const std::uint8_t, 32> bytes) const {
    const bool sign = bytes[31] >> 7;
    Element out;
    out.Y = from_bytes(bytes);
    auto canonical = canonical_bytes(out.Y);
    canonical[31] = static_cast<std::uint8_t>(canonical[31] | (sign ? 0x80 : 0));
    if (!std::equal(bytes.begin(), bytes.end(), canonical.begin())) return std::nullopt;
    // x^2 = u/v with u = y^2 - 1, v = d·y^2 + 1; RFC 8032, section 5.1.3.
    const Fe yy = square(out.Y);
    const Fe u = multiply(subtract(yy, number(1)), number(1));  // made tight: it is negated below
    const Fe v = add(multiply(yy, d_), number(1));
    const Fe v3 = multiply(square(v), v);
    const Fe v7 = multiply(square(v3), v);
    out.X = multiply(multiply(u, v3), power_2_252_minus_3(multiply(u, v7)));
    const Fe check = multiply(v, square(out.X));
    if (!equal(check, u)) {
        if (!equal(check, negate(u))) return std::nullopt;
        out.X = multiply(out.X, root_of_minus_one_);
    }
    const auto x = canonical_bytes(out.X);
    if (sign && is_zero(out.X)) return std::nullopt;
    if ((x[0] & 1) != (sign ? 1 : 0)) out.X = negate(out.X);
    out.T = multiply(out.X, out.Y);
    return out;
}

std::optional<Ed25519::Element> Ed25519::element_from_text(std::string_view text) const {
    if (text.size() != 64) return std::nullopt;
    std::array<std::uint8_t, 32> bytes{};
    for (std::size_t i = 0; i < 64; ++i) {
        const char c = text[i];
        const int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
        if (digit < 0) return std::nullopt;
        auto& byte = bytes[31 - i / 2];
        byte = static_cast<std::uint8_t>(byte << 4 | digit);
    }
    return element_from_bytes(bytes);
}

std::array<std::uint8_t, 32> Ed25519::bytes_of(const Element& element) const {
    return compressed(element, invert(element.Z));
}
std::string Ed25519::text_of(const Element& element) const { return text_from_bytes(bytes_of(element)); }

std::vector<std::string> Ed25519::texts_of(std::span<const Element> elements) const {
    const auto inverses = inverses_of_z(elements);
    std::vector<std::string> out;
    out.reserve(elements.size());
    for (std::size_t i = 0; i < elements.size(); ++i)
        out.push_back(text_from_bytes(compressed(elements[i], inverses[i])));
    return out;
}

bool Ed25519::is_member_vartime(const Element& element) const {
    return power_vartime(element, scalars_.order()) == identity_;
}

bool Ed25519::less(const Element& left, const Element& right) const { return bytes_of(left) < bytes_of(right); }

Ed25519::Cached Ed25519::cached(const Element& element) const {
    const auto tight = [](const Fe& loose) { return multiply(loose, number(1)); };
    return {tight(add(element.Y, element.X)), tight(subtract(element.Y, element.X)), element.Z,
            multiply(element.T, d2_)};
}

Ed25519::Element Ed25519::multiply_vartime(const Element& left, const Element& right) const {
    return sum_of(left, cached(right));
}

Ed25519::Element Ed25519::invert_vartime(const Element& element) const {
    return {negate(element.X), element.Y, element.Z, negate(element.T)};
}

Ed25519::Element Ed25519::power_vartime(const Element& base, const Scalar& exponent) const {
    std::array<Cached, 8> table;
    Element multiple = base;
    for (std::size_t i = 0; i < table.size(); ++i) {
        table[i] = cached(multiple);
        if (i + 1 < table.size()) multiple = sum_of(multiple, table[0]);
    }
    const auto digits = signed_digits<4>(exponent);
    Element out;
    for (std::size_t i = digits.size(); i-- > 0;) {
        double_times(out, 4);
        if (const int d = digits[i]; d > 0)
            out = sum_of(out, table[static_cast<std::size_t>(d - 1)]);
        else if (d < 0)
            out = sum_of(out, negative(table[static_cast<std::size_t>(-d - 1)]));
    }
    return out;
}

// libsodium's functions give back -1 for the identity after having written it; their results are used without looking
// at that, so that no branch tells whether a secret exponent was 0. They also refuse bases outside the subgroup, which
// callers have excluded.
namespace {
void ignore([[maybe_unused]] int status) {}
}  // namespace

Hidden<std::array<std::uint8_t, 32>> Ed25519::secret_product(std::span<const SecretPower<Ed25519>> terms) const {
    static_assert(sizeof(Scalar) == crypto_core_ed25519_SCALARBYTES);
    Hidden<std::array<std::uint8_t, 32>> product, power;
    product.value = {1};
    const auto generator = bytes_of(generator_);
    for (const auto& term : terms) {
        const auto base = bytes_of(*term.base);
        const auto* exponent = reinterpret_cast<const unsigned char*>(term.exponent->limb.data());
        power.value = {1};
        if (base == generator)
            ignore(crypto_scalarmult_ed25519_base_noclamp(power.value.data(), exponent));
        else
            ignore(crypto_scalarmult_ed25519_noclamp(power.value.data(), exponent, base.data()));
        ignore(crypto_core_ed25519_add(product.value.data(), product.value.data(), power.value.data()));
    }
    return product;
}

Ed25519::Element Ed25519::product_of_powers(std::span<const SecretPower<Ed25519>> terms) const {
    const auto out = element_from_bytes(secret_product(terms).value);
    invariant(out.has_value());
    return *out;
}

HiddenText Ed25519::hidden_product_text(std::span<const SecretPower<Ed25519>> terms) const {
    return HiddenText(text_from_bytes(secret_product(terms).value));
}

// The commitments of a verifier. Fixed bases: signed digits of 8 bits, an affine table entry per digit and position. A
// base that comes once: its exponents are cut into segments; the doublings between the segments' bases are shared.

namespace {

/// A table of affine points for the lanes: per position the identity and 128 multiples, 15 words each.
std::vector<std::uint64_t> lane_table(const std::vector<Cached>& table) {
    std::vector<std::uint64_t> out;
    out.reserve(32 * 129 * 15);
    const auto put = [&](const Fe& fe) { out.insert(out.end(), fe.limb.begin(), fe.limb.end()); };
    for (std::size_t i = 0; i < table.size(); ++i) {
        if (i % 128 == 0) {
            put(number(1));
            put(number(1));
            put(Fe{});
        }
        put(table[i].sum);
        put(table[i].difference);
        put(table[i].t2d);
    }
    return out;
}

}  // namespace

Ed25519::Tables::Tables(const Ed25519& group, const Element& key) : group_(group) {
    std::call_once(group.generator_once_, [&] { group.of_generator_ = fixed_base(group.generator()); });
    of_generator_ = group.of_generator_;
    of_key_ = key == group.generator() ? of_generator_ : fixed_base(key);
}

std::shared_ptr<const Ed25519::Tables::FixedBase> Ed25519::Tables::fixed_base(const Element& base) const {
    auto out = std::make_shared<FixedBase>();
    out->portable = fixed_base_table(base);
    if (lanes_are_available()) {
        out->lanes = lane_table(out->portable);
        out->portable = {};
    }
    return out;
}

std::vector<Ed25519::Cached> Ed25519::Tables::fixed_base_table(const Element& base) const {
    std::vector<Element> points;
    points.reserve(32 * 128);
    Element start = base;
    for (std::size_t position = 0; position < 32; ++position) {
        const auto step = group_.cached(start);
        points.push_back(start);
        for (std::size_t i = 1; i < 128; ++i) points.push_back(sum_of(points.back(), step));
        start = twice(points.back(), true);
    }
    const auto inverses = inverses_of_z(points);
    std::vector<Cached> out;
    out.reserve(points.size());
    for (std::size_t i = 0; i < points.size(); ++i) {
        Element affine;
        affine.X = multiply(points[i].X, inverses[i]);
        affine.Y = multiply(points[i].Y, inverses[i]);
        affine.T = multiply(affine.X, affine.Y);
        out.push_back(group_.cached(affine));
    }
    return out;
}

void Ed25519::Tables::add_fixed_base_power(Element& out, const std::vector<Cached>& table,
                                           const Scalar& exponent) const {
    const auto digits = signed_digits<8>(exponent);
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (const int d = digits[i]; d > 0)
            out = sum_with_affine(out, table[i * 128 + static_cast<std::size_t>(d - 1)]);
        else if (d < 0)
            out = sum_with_affine(out, negative(table[i * 128 + static_cast<std::size_t>(-d - 1)]));
    }
}

std::vector<Ed25519::Element> Ed25519::Tables::evaluate_vartime(std::span<const CommitmentJob<Ed25519>> jobs,
                                                                std::span<bool> members) const {
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
            while (to < order.size() && to - from < 8 && shape(order[to]) == shape(order[from])) ++to;
            evaluate_in_lanes(jobs, std::span(order).subspan(from, to - from), places, members, out);
            from = to;
        }
    } else {
        evaluate_portable(jobs, order, places, members, out);
    }
    return out;
}

void Ed25519::Tables::evaluate_portable(std::span<const CommitmentJob<Ed25519>> jobs,
                                        std::span<const std::size_t> which, std::span<const std::size_t> places,
                                        std::span<bool> members, std::span<Element> out) const {
    std::array<Cached, 8 * 8> table;
    for (const auto j : which) {
        const auto& job = jobs[j];
        const std::size_t exponents = job.terms.size() + (job.check_membership ? 1 : 0);
        if (exponents == 0) continue;
        const std::size_t segments = exponents > 6 ? 8 : 4, length = 64 / segments;  // in digits of 4 bits
        Element start = job.base;
        for (std::size_t segment = 0; segment < segments; ++segment) {
            if (segment != 0) double_times(start, 4 * length);
            auto* row = &table[segment * 8];
            row[0] = group_.cached(start);
            Element multiple = start;
            for (std::size_t i = 1; i < 8; ++i) {
                multiple = sum_of(multiple, row[0]);
                row[i] = group_.cached(multiple);
            }
        }
        const auto power = [&](const Scalar& exponent) {
            const auto digits = signed_digits<4>(exponent);
            Element result;
            for (std::size_t at = length; at-- > 0;) {
                if (at + 1 != length) double_times(result, 4);
                for (std::size_t segment = 0; segment < segments; ++segment) {
                    const int d = digits[segment * length + at];
                    if (d > 0)
                        result = sum_of(result, table[segment * 8 + static_cast<std::size_t>(d - 1)]);
                    else if (d < 0)
                        result = sum_of(result, negative(table[segment * 8 + static_cast<std::size_t>(-d - 1)]));
                }
            }
            return result;
        };
        if (job.check_membership) members[j] = power(group_.scalars_.order()) == group_.identity_;
        for (std::size_t t = 0; t < job.terms.size(); ++t) {
            auto& result = out[places[j] + t];
            result = power(job.terms[t].on_base);
            add_fixed_base_power(result, of_generator_->portable, job.terms[t].on_generator);
            add_fixed_base_power(result, of_key_->portable, job.terms[t].on_key);
        }
    }
}

// The same, one job per lane. Lanes without a job compute on the identity; no lane reads another's.

namespace {

void put_lane(EightFieldElements& out, std::size_t lane, const Fe& fe) {
    for (std::size_t i = 0; i < 5; ++i) out.limb[i][lane] = fe.limb[i];
}
Fe take_lane(const EightFieldElements& in, std::size_t lane) {
    Fe out;
    for (std::size_t i = 0; i < 5; ++i) out.limb[i] = in.limb[i][lane];
    return out;
}
EightFieldElements in_all_lanes(const Fe& fe) {
    EightFieldElements out;
    for (std::size_t lane = 0; lane < 8; ++lane) put_lane(out, lane, fe);
    return out;
}
Point take_point(const EightPoints& in, std::size_t lane) {
    return {take_lane(in.X, lane), take_lane(in.Y, lane), take_lane(in.Z, lane), take_lane(in.T, lane)};
}

}  // namespace

void Ed25519::Tables::evaluate_in_lanes(std::span<const CommitmentJob<Ed25519>> jobs,
                                        std::span<const std::size_t> which, std::span<const std::size_t> places,
                                        std::span<bool> members, std::span<Element> out) const {
    const std::size_t terms = jobs[which[0]].terms.size();
    const bool check = jobs[which[0]].check_membership;
    const std::size_t exponents = terms + (check ? 1 : 0);
    if (exponents == 0) return;
    const std::size_t segments = exponents > 6 ? 8 : 4, length = 64 / segments;  // in digits of 4 bits
    const auto zero = in_all_lanes({}), one = in_all_lanes(number(1)), d2 = in_all_lanes(group_.d2_);
    const EightPoints identity{zero, one, one, zero};
    EightPoints start = identity;
    for (std::size_t lane = 0; lane < which.size(); ++lane) {
        const auto& base = jobs[which[lane]].base;
        put_lane(start.X, lane, base.X);
        put_lane(start.Y, lane, base.Y);
        put_lane(start.Z, lane, base.Z);
        put_lane(start.T, lane, base.T);
    }
    constexpr std::size_t row_size = 9;
    std::vector<EightCached> table(segments * row_size);
    for (std::size_t segment = 0; segment < segments; ++segment) {
        if (segment != 0) double_lanes_vartime(start, 4 * length);
        auto* row = &table[segment * row_size];
        row[0] = {one, one, one, zero};
        cache_lanes_vartime(row[1], start, d2);
        EightPoints multiple = start;
        for (std::size_t i = 2; i < row_size; ++i) {
            add_lanes_vartime(multiple, row[1]);
            cache_lanes_vartime(row[i], multiple, d2);
        }
    }
    const Scalar nothing{};
    const auto power = [&](EightPoints& result, const auto& scalar_of) {
        std::array<std::array<int, 64>, 8> digits;
        for (std::size_t lane = 0; lane < 8; ++lane) digits[lane] = signed_digits<4>(scalar_of(lane));
        result = identity;
        EightCached chosen;
        for (std::size_t at = length; at-- > 0;) {
            if (at + 1 != length) double_lanes_vartime(result, 4);
            for (std::size_t segment = 0; segment < segments; ++segment) {
                std::array<int, 8> digit;
                for (std::size_t lane = 0; lane < 8; ++lane) digit[lane] = digits[lane][segment * length + at];
                select_cached_vartime(chosen, &table[segment * row_size], digit);
                add_lanes_vartime(result, chosen);
            }
        }
    };
    const auto fixed = [&](EightPoints& result, const std::vector<std::uint64_t>& of, const auto& scalar_of) {
        std::array<std::array<int, 32>, 8> digits;
        bool any = false;
        for (std::size_t lane = 0; lane < 8; ++lane) {
            digits[lane] = signed_digits<8>(scalar_of(lane));
            any = any || !(scalar_of(lane) == nothing);
        }
        if (!any) return;
        for (std::size_t position = 0; position < 32; ++position) {
            std::array<int, 8> digit;
            for (std::size_t lane = 0; lane < 8; ++lane) digit[lane] = digits[lane][position];
            add_fixed_lanes_vartime(result, &of[position * 129 * 15], digit);
        }
    };
    EightPoints result;
    if (check) {
        power(result, [&](std::size_t) -> const Scalar& { return group_.scalars_.order(); });
        for (std::size_t lane = 0; lane < which.size(); ++lane)
            members[which[lane]] = take_point(result, lane) == group_.identity_;
    }
    for (std::size_t t = 0; t < terms; ++t) {
        const auto part = [&](auto member) {
            return [&, member](std::size_t lane) -> const Scalar& {
                return lane < which.size() ? jobs[which[lane]].terms[t].*member : nothing;
            };
        };
        using Term = CommitmentTerm<Ed25519>;
        power(result, part(&Term::on_base));
        fixed(result, of_generator_->lanes, part(&Term::on_generator));
        fixed(result, of_key_->lanes, part(&Term::on_key));
        for (std::size_t lane = 0; lane < which.size(); ++lane) out[places[which[lane]] + t] = take_point(result, lane);
    }
}

const Ed25519& ed25519() {
    static const Ed25519 group;
    return group;
}

}  // namespace plenum::evote
