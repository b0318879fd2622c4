// SPDX-License-Identifier: Apache-2.0
#include "evote/group/ed25519.h"

#include <sodium.h>

#include <algorithm>
#include <bit>
#include <cstring>

#include "base/result.h"
#include "evote/group/ed25519_lanes.h"
#include "evote/group/field_lanes.h"
#include "evote/group/shapes.h"
#include "evote/group/windows.h"

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

/// The same value with limbs below 2^51 + 2^8, for limbs below 2^54.
Fe tight(const Fe& in) {
    Fe out;
    for (std::size_t i = 1; i < 5; ++i) out.limb[i] = (in.limb[i] & mask) + (in.limb[i - 1] >> 51);
    out.limb[0] = (in.limb[0] & mask) + 19 * (in.limb[4] >> 51);
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

static_assert(std::endian::native == std::endian::little);  // words are bytes in their order

/// The value in [0, p), four words, least significant first.
std::array<std::uint64_t, 4> canonical_words(const Fe& in) {
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
    return {f[0] | f[1] << 51, f[1] >> 13 | f[2] << 38, f[2] >> 26 | f[3] << 25, f[3] >> 39 | f[4] << 12};
}
/// The same, 32 bytes.
std::array<std::uint8_t, 32> canonical_bytes(const Fe& in) {
    return std::bit_cast<std::array<std::uint8_t, 32>>(canonical_words(in));
}

Fe from_bytes(std::span<const std::uint8_t, 32> bytes) {  // the highest bit is left out
    std::array<std::uint64_t, 4> words;
    std::memcpy(words.data(), bytes.data(), sizeof words);
    const auto [w0, w1, w2, w3] = words;
    return {{w0 & mask, (w0 >> 51 | w1 << 13) & mask, (w1 >> 38 | w2 << 26) & mask, (w2 >> 25 | w3 << 39) & mask,
             w3 >> 12 & mask}};
}

Fe number(std::uint64_t value) { return {{value}}; }
bool is_zero(const Fe& in) { return canonical_words(in) == std::array<std::uint64_t, 4>{}; }
bool equal(const Fe& left, const Fe& right) { return canonical_words(left) == canonical_words(right); }
Fe negate(const Fe& in) { return tight(subtract({}, in)); }

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

/// left + right, or left - right where `negative`: the sum with y + x and y - x exchanged and 2dt negated. Complete for
/// every two points of the curve, of whatever order (Hisil, Wong, Carter, Dawson 2008, section 3.1).
template <bool affine>
Point sum_of(const Point& left, const Cached& right, bool negative) {
    const Fe a = multiply(subtract(left.Y, left.X), negative ? right.sum : right.difference);
    const Fe b = multiply(add(left.Y, left.X), negative ? right.difference : right.sum);
    const Fe c = multiply(left.T, right.t2d);
    const Fe zz = affine ? left.Z : multiply(left.Z, right.z);
    const Fe d = add(zz, zz);
    const Fe e = subtract(b, a), less = subtract(d, c), more = add(d, c), h = add(b, a);
    const Fe& f = negative ? more : less;
    const Fe& g = negative ? less : more;
    return {multiply(e, f), multiply(g, h), multiply(f, g), multiply(e, h)};
}
Point sum_of(const Point& left, const Cached& right, bool negative = false) {
    return sum_of<false>(left, right, negative);
}

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

/// Signed digits of `window` bits of a scalar below 2^253, least significant first: in [-2^(window-1), 2^(window-1)),
/// but the last one takes its carry.
template <std::size_t window>
std::array<std::int32_t, (252 + window) / window> signed_digits(const Ed25519::Scalar& scalar) {
    std::array<std::int32_t, (252 + window) / window> out;
    int carry = 0;
    for (std::size_t i = 0; i < out.size(); ++i) {
        const std::size_t bit = i * window, shift = bit % 64;
        std::uint64_t bits = scalar.limb[bit / 64] >> shift;
        if (shift + window > 64 && bit / 64 + 1 < 4) bits |= scalar.limb[bit / 64 + 1] << (64 - shift);
        const int d = static_cast<int>(bits & ((1u << window) - 1)) + carry;
        carry = d >= (1 << (window - 1)) && i + 1 < out.size() ? 1 : 0;
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

/// The same points with Z = 1.
void make_affine(std::span<Point> points) {
    const auto inverses = inverses_of_z(points);
    for (std::size_t i = 0; i < points.size(); ++i) {
        const Fe x = multiply(points[i].X, inverses[i]), y = multiply(points[i].Y, inverses[i]);
        points[i] = {x, y, number(1), multiply(x, y)};
    }
}

std::array<std::uint8_t, 32> compressed(const Fe& x, const Fe& y) {
    auto out = canonical_bytes(y);
    const bool odd = canonical_bytes(x)[0] & 1;
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
/// The same of what is public.
std::string text_from_bytes_vartime(const std::array<std::uint8_t, 32>& bytes) {
    constexpr char digits[] = "0123456789abcdef";
    std::string out(64, '0');
    for (std::size_t i = 0; i < 32; ++i) {
        out[62 - 2 * i] = digits[bytes[i] >> 4];
        out[63 - 2 * i] = digits[bytes[i] & 15];
    }
    return out;
}
/// Nothing unless 64 lower-case hex digits.
std::optional<std::array<std::uint8_t, 32>> bytes_from_text(std::string_view text) {
    static constexpr auto digits = [] {
        std::array<std::uint8_t, 256> out{};
        out.fill(0xff);
        for (std::uint8_t i = 0; i < 16; ++i) out[static_cast<std::size_t>("0123456789abcdef"[i])] = i;
        return out;
    }();
    if (text.size() != 64) return std::nullopt;
    std::array<std::uint8_t, 32> bytes{};
    std::uint8_t all = 0;
    for (std::size_t i = 0; i < 32; ++i) {
        const auto high = digits[static_cast<std::uint8_t>(text[2 * i])];
        const auto low = digits[static_cast<std::uint8_t>(text[2 * i + 1])];
        all = static_cast<std::uint8_t>(all | high | low);
        bytes[31 - i] = static_cast<std::uint8_t>(high << 4 | (low & 15));
    }
    if (all > 15) return std::nullopt;
    return bytes;
}
/// Whether y < p; the highest bit is the sign of x.
bool is_canonical(const std::array<std::uint8_t, 32>& bytes, const Fe& y) {
    auto canonical = canonical_bytes(y);
    canonical[31] = static_cast<std::uint8_t>(canonical[31] | (bytes[31] & 0x80));
    return bytes == canonical;
}

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
/// The points in their lanes, the identity in those behind them.
EightPoints in_lanes(std::span<const Point* const> points) {
    const Point identity{{}, {{1}}, {{1}}, {}};
    EightPoints out;
    for (std::size_t lane = 0; lane < 8; ++lane) {
        const auto& point = lane < points.size() ? *points[lane] : identity;
        put_lane(out.X, lane, point.X);
        put_lane(out.Y, lane, point.Y);
        put_lane(out.Z, lane, point.Z);
        put_lane(out.T, lane, point.T);
    }
    return out;
}
EightRows<CachedRow> rows_from(const CachedRow* rows) {
    EightRows<CachedRow> out;
    for (std::size_t lane = 0; lane < 8; ++lane) out[lane] = rows + lane;
    return out;
}

}  // namespace

bool Ed25519::Element::operator==(const Element& other) const {
    return equal(multiply(X, other.Z), multiply(other.X, Z)) && equal(multiply(Y, other.Z), multiply(other.Y, Z));
}

namespace {

bool is_odd(const Fe& in) { return canonical_words(in)[0] & 1; }
Fe even_of(const Fe& in) { return is_odd(in) ? negate(in) : in; }

/// The even root of 1/in, or nothing where 1/in is no square (RFC 9496, SQRT_RATIO_M1); 0 of 0.
std::optional<Fe> root_of_inverse(const Fe& in, const Fe& root_of_minus_one) {
    const Fe in3 = multiply(square(in), in);
    const Fe in7 = multiply(square(in3), in);
    Fe root = multiply(in3, power_2_252_minus_3(in7));
    const Fe check = multiply(in, square(root));
    if (is_zero(check)) return root;
    if (!equal(check, number(1))) {
        if (!equal(check, negate(number(1)))) return std::nullopt;
        root = multiply(root, root_of_minus_one);
    }
    return even_of(root);
}

}  // namespace

Ed25519::Ed25519() : scalars_("7237005577332262213973186563042994240857116359379907606001950938285454250989") {
    d_ = multiply(negate(number(121665)), invert(number(121666)));
    d2_ = multiply(add(d_, d_), number(1));
    // 2 is not a square modulo p = 5 mod 8, so 2^((p-1)/4) is a root of -1; (p-1)/4 = 2(p-5)/8 + 1.
    root_of_minus_one_ = multiply(square(power_2_252_minus_3(number(2))), number(2));
    root_of_a_minus_d_ = *root_of_inverse(negate(add(d_, number(1))), root_of_minus_one_);
    quarter_ = scalars_.invert_vartime(scalars_.from_number(4));
    generator_ = *element_from_text("6666666666666666666666666666666666666666666666666666666666666658");
    bytes_of_generator_ = bytes_of(generator_);
}

namespace {

/// x of a decoded point from the steps of RFC 8032, section 5.1.3: check = v·x^2 must be u or -u, and the sign right.
std::optional<Point> point_from_root(const Fe& y, Fe x, const Fe& check, const Fe& u, bool sign,
                                     const Fe& root_of_minus_one) {
    const auto wanted = canonical_words(check);
    if (wanted != canonical_words(u)) {
        if (wanted != canonical_words(negate(u))) return std::nullopt;
        x = multiply(x, root_of_minus_one);
    }
    const auto words = canonical_words(x);
    if (sign && words == std::array<std::uint64_t, 4>{}) return std::nullopt;
    if ((words[0] & 1) != (sign ? 1 : 0)) x = negate(x);
    return Point{x, y, number(1), multiply(x, y)};
}

}  // namespace

std::optional<Ed25519::Element> Ed25519::element_from_bytes(const std::array<std::uint8_t, 32>& bytes) const {
    const Fe y = from_bytes(bytes);
    if (!is_canonical(bytes, y)) return std::nullopt;
    // x^2 = u/v with u = y^2 - 1, v = d·y^2 + 1.
    const Fe yy = square(y);
    const Fe u = tight(subtract(yy, number(1)));  // it may be negated
    const Fe v = add(multiply(yy, d_), number(1));
    const Fe v3 = multiply(square(v), v);
    const Fe v7 = multiply(square(v3), v);
    const Fe x = multiply(multiply(u, v3), power_2_252_minus_3(multiply(u, v7)));
    return point_from_root(y, x, multiply(v, square(x)), u, bytes[31] >> 7 != 0, root_of_minus_one_);
}

std::optional<Ed25519::Element> Ed25519::element_from_text(std::string_view text) const {
    const auto bytes = bytes_from_text(text);
    if (!bytes) return std::nullopt;
    return element_from_bytes(*bytes);
}

std::vector<std::optional<Ed25519::Element>> Ed25519::elements_from_texts(
    std::span<const std::string_view> texts) const {
    std::vector<std::optional<Element>> out;
    out.reserve(texts.size());
    if (!lanes_are_available()) {
        for (const auto& text : texts) out.push_back(element_from_text(text));
        return out;
    }
    const auto d = in_all_lanes(d_);
    for (std::size_t from = 0; from < texts.size(); from += 16) {
        const std::size_t count = std::min<std::size_t>(16, texts.size() - from);
        std::array<std::optional<std::array<std::uint8_t, 32>>, 16> bytes;
        std::array<EightFieldElements, 2> y{in_all_lanes(number(1)), in_all_lanes(number(1))};
        for (std::size_t i = 0; i < count; ++i) {
            bytes[i] = bytes_from_text(texts[from + i]);
            if (!bytes[i]) continue;
            const Fe each = from_bytes(*bytes[i]);
            if (is_canonical(*bytes[i], each))
                put_lane(y[i / 8], i % 8, each);
            else
                bytes[i].reset();
        }
        std::array<Decoding, 2> decodings;
        decode_lanes_vartime(decodings, y, d);
        for (std::size_t i = 0; i < count; ++i) {
            const auto& decoding = decodings[i / 8];
            out.push_back(bytes[i] ? point_from_root(take_lane(y[i / 8], i % 8), take_lane(decoding.x, i % 8),
                                                     take_lane(decoding.check, i % 8), take_lane(decoding.u, i % 8),
                                                     (*bytes[i])[31] >> 7 != 0, root_of_minus_one_)
                                   : std::nullopt);
        }
    }
    return out;
}

std::array<std::uint8_t, 32> Ed25519::bytes_of(const Element& element) const {
    if (element.Z.limb == number(1).limb) return compressed(element.X, element.Y);  // as it was read
    const Fe inverse = invert(element.Z);
    return compressed(multiply(element.X, inverse), multiply(element.Y, inverse));
}
std::string Ed25519::text_of(const Element& element) const { return text_from_bytes(bytes_of(element)); }

std::vector<std::string> Ed25519::texts_of(std::span<const Element> elements) const {
    std::vector<std::string> out;
    out.reserve(elements.size());
    std::size_t done = 0;
    if (lanes_are_available() && elements.size() >= 64) {
        // One inversion for eight chains of products, element i in lane i % 8 of vector i / 8.
        const std::size_t vectors = elements.size() / 8;
        std::vector<EightFieldElements> z(vectors), before(vectors);
        auto product = in_all_lanes(number(1));
        for (std::size_t i = 0; i < vectors; ++i) {
            for (std::size_t lane = 0; lane < 8; ++lane) put_lane(z[i], lane, elements[8 * i + lane].Z);
            before[i] = product;
            multiply_lanes_vartime(product, product, z[i]);
        }
        EightFieldElements inverse, each, x, y;
        for (std::size_t lane = 0; lane < 8; ++lane) invariant(!is_zero(take_lane(product, lane)));
        invert_lanes_vartime(inverse, product);
        for (std::size_t i = vectors; i-- > 0;) {
            multiply_lanes_vartime(before[i], before[i], inverse);
            multiply_lanes_vartime(inverse, inverse, z[i]);
        }
        for (std::size_t i = 0; i < vectors; ++i) {
            for (std::size_t lane = 0; lane < 8; ++lane) {
                put_lane(x, lane, elements[8 * i + lane].X);
                put_lane(y, lane, elements[8 * i + lane].Y);
            }
            each = before[i];
            multiply_lanes_vartime(x, x, each);
            multiply_lanes_vartime(y, y, each);
            for (std::size_t lane = 0; lane < 8; ++lane)
                out.push_back(text_from_bytes_vartime(compressed(take_lane(x, lane), take_lane(y, lane))));
        }
        done = 8 * vectors;
    }
    const auto rest = elements.subspan(done);
    const auto inverses = inverses_of_z(rest);
    for (std::size_t i = 0; i < rest.size(); ++i)
        out.push_back(
            text_from_bytes_vartime(compressed(multiply(rest[i].X, inverses[i]), multiply(rest[i].Y, inverses[i]))));
    return out;
}

bool Ed25519::is_member_vartime(const Element& element) const {
    return power_vartime(element, scalars_.order()) == identity_;
}

bool Ed25519::less(const Element& left, const Element& right) const { return bytes_of(left) < bytes_of(right); }

Ed25519::Cached Ed25519::cached(const Element& element) const {
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
    std::size_t used = digits.size();  // counts, weights and Lagrange's coefficients are often small
    while (used > 0 && digits[used - 1] == 0) --used;
    for (std::size_t i = used; i-- > 0;) {
        double_times(out, 4);
        if (const int d = digits[i]; d > 0)
            out = sum_of(out, table[static_cast<std::size_t>(d - 1)]);
        else if (d < 0)
            out = sum_of(out, table[static_cast<std::size_t>(-d - 1)], true);
    }
    return out;
}

// Sums of many multiples (Pippenger): each exponent is cut into signed digits of one window each; in each window the
// points with one digit are added up in a bucket, and the buckets are summed, each as often as its digit says.

namespace {

/// Writes the digits of a scalar, least significant first, each from -2^(window-1) to 2^(window-1), `stride` apart;
/// there is room for the last carry.
template <class Digit>
void put_digits(const Ed25519::Scalar& scalar, std::size_t window, std::size_t windows, Digit* out,
                std::size_t stride) {
    int carry = 0;
    for (std::size_t i = 0; i < windows; ++i) {
        const std::size_t bit = i * window, limb = bit / 64, shift = bit % 64;
        std::uint64_t bits = limb < 4 ? scalar.limb[limb] >> shift : 0;
        if (shift + window > 64 && limb + 1 < 4) bits |= scalar.limb[limb + 1] << (64 - shift);
        const int d = static_cast<int>(bits & ((std::uint64_t{1} << window) - 1)) + carry;
        carry = d > (1 << (window - 1)) ? 1 : 0;
        out[i * stride] = static_cast<Digit>(d - (carry << window));
    }
}

}  // namespace

Ed25519::Element Ed25519::product_of_powers_vartime(std::span<const PublicPower<Ed25519>> terms) const {
    std::vector<std::uint16_t> lengths;
    lengths.reserve(terms.size());
    for (const auto& term : terms) lengths.push_back(static_cast<std::uint16_t>(bit_length_vartime(term.exponent)));
    const bool lanes = lanes_are_available();
    const auto windows = cheapest_windows(lengths, lanes ? 8 : 1, true, 12);
    if (windows.count == 0) return identity_;  // no term, or no exponent but 0
    const auto sums = lanes ? window_sums_in_lanes(terms, windows.bits, windows.count)
                            : window_sums_portable(terms, windows.bits, windows.count);
    Element out;
    for (std::size_t i = windows.count; i-- > 0;) {
        double_times(out, windows.bits);
        out = multiply_vartime(out, sums[i]);
    }
    return out;
}

std::vector<Ed25519::Element> Ed25519::window_sums_portable(std::span<const PublicPower<Ed25519>> terms,
                                                            std::size_t window, std::size_t windows) const {
    std::vector<Cached> points;
    points.reserve(terms.size());
    for (const auto& term : terms) points.push_back(cached(*term.base));
    std::vector<std::int16_t> digits(terms.size() * windows);  // window by window
    for (std::size_t k = 0; k < terms.size(); ++k)
        put_digits(terms[k].exponent, window, windows, &digits[k], terms.size());
    std::vector<Element> out(windows), buckets;
    for (std::size_t i = 0; i < windows; ++i) {
        buckets.assign((std::size_t{1} << (window - 1)) + 1, Element{});
        for (std::size_t k = 0; k < terms.size(); ++k)
            if (const int d = digits[i * terms.size() + k]; d != 0) {
                auto& bucket = buckets[static_cast<std::size_t>(d < 0 ? -d : d)];
                bucket = sum_of(bucket, points[k], d < 0);
            }
        Element running;
        for (std::size_t d = buckets.size(); d-- > 1;) {
            running = multiply_vartime(running, buckets[d]);
            out[i] = multiply_vartime(out[i], running);
        }
    }
    return out;
}

std::vector<Ed25519::Element> Ed25519::window_sums_in_lanes(std::span<const PublicPower<Ed25519>> terms,
                                                            std::size_t window, std::size_t windows) const {
    // Eight windows at a time, one per lane: all lanes add the same point, each to a bucket of its own. Terms with long
    // exponents come first, so that a group of windows takes the first terms only.
    const std::size_t groups = (windows + 7) / 8, per_lane = (std::size_t{1} << (window - 1)) + 1;
    std::vector<std::uint32_t> order[2];  // which terms; those of more than half the length first
    std::vector<std::size_t> reach(groups);
    for (std::size_t k = 0; k < terms.size(); ++k) {
        const auto length = bit_length_vartime(terms[k].exponent);
        if (length == 0) continue;
        const std::size_t needed = ((length + 1 + window - 1) / window + 7) / 8;
        order[needed <= (groups + 1) / 2 ? 1 : 0].push_back(static_cast<std::uint32_t>(k));
    }
    const std::size_t long_terms = order[0].size();
    order[0].insert(order[0].end(), order[1].begin(), order[1].end());
    const auto& which = order[0];
    for (std::size_t group = 0; group < groups; ++group)
        reach[group] = group < (groups + 1) / 2 ? which.size() : long_terms;

    std::vector<PointRow> buckets(groups * 8 * per_lane);
    for (auto& bucket : buckets) {
        std::fill(std::begin(bucket.word), std::end(bucket.word), 0);
        bucket.word[5] = bucket.word[10] = 1;
    }
    // Blocks of points that stay in the nearer caches while group after group is done.
    constexpr std::size_t block = 4096;
    std::vector<AffineRow> rows(std::min(block, which.size()));
    std::vector<Element> points(rows.size());
    const auto digits = std::make_unique<std::int16_t[][8]>(groups * rows.size());
    for (std::size_t from = 0; from < which.size(); from += block) {
        const std::size_t count = std::min(block, which.size() - from);
        bool affine = true;
        for (std::size_t k = 0; k < count; ++k) {
            points[k] = *terms[which[from + k]].base;
            affine = affine && points[k].Z.limb == number(1).limb;
        }
        if (!affine) make_affine(std::span(points).first(count));
        for (std::size_t k = 0; k < count; ++k) {
            const auto each = cached(points[k]);
            std::copy_n(each.sum.limb.begin(), 5, rows[k].word);
            std::copy_n(each.difference.limb.begin(), 5, rows[k].word + 5);
            std::copy_n(each.t2d.limb.begin(), 5, rows[k].word + 10);
            std::array<std::int16_t, 256> all;
            put_digits(terms[which[from + k]].exponent, window, 8 * groups, all.data(), 1);
            for (std::size_t group = 0; group < groups; ++group)
                std::copy_n(&all[8 * group], 8, digits[group * rows.size() + k]);
        }
        for (std::size_t group = 0; group < groups; ++group)
            if (from < reach[group])
                add_to_buckets_lanes_vartime(&buckets[group * 8 * per_lane], per_lane, rows.data(),
                                             &digits[group * rows.size()], std::min(count, reach[group] - from));
    }
    const auto d2 = in_all_lanes(d2_);
    std::vector<Element> out(windows);
    for (std::size_t group = 0; group < groups; ++group) {
        EightPoints sums;
        sum_buckets_lanes_vartime(sums, &buckets[group * 8 * per_lane], per_lane, d2);
        for (std::size_t lane = 0; lane < 8 && group * 8 + lane < windows; ++lane)
            out[group * 8 + lane] = take_point(sums, lane);
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
    const auto generator = bytes_of_generator_;
    for (std::size_t i = 0; i < terms.size(); ++i) {
        const auto& term = terms[i];
        const auto base = term.base == &generator_ ? generator : bytes_of(*term.base);
        const auto* exponent = reinterpret_cast<const unsigned char*>(term.exponent->limb.data());
        power.value = {1};
        if (term.is_bit) {
            const auto mask_of_bit = static_cast<std::uint8_t>(0 - exponent[0]);
            for (std::size_t k = 0; k < 32; ++k)
                power.value[k] = static_cast<std::uint8_t>((base[k] & mask_of_bit) |
                                                           (power.value[k] & static_cast<std::uint8_t>(~mask_of_bit)));
        } else if (base == generator) {
            ignore(crypto_scalarmult_ed25519_base_noclamp(power.value.data(), exponent));
        } else {
            ignore(crypto_scalarmult_ed25519_noclamp(power.value.data(), exponent, base.data()));
        }
        if (i == 0)
            product.value = power.value;
        else
            ignore(crypto_core_ed25519_add(product.value.data(), product.value.data(), power.value.data()));
    }
    return product;
}

std::string Ed25519::product_text(std::span<const SecretPower<Ed25519>> terms) const {
    return text_from_bytes(secret_product(terms).value);
}

Ed25519::Element Ed25519::product_of_powers(std::span<const SecretPower<Ed25519>> terms) const {
    const auto out = element_from_bytes(secret_product(terms).value);
    invariant(out.has_value());
    return *out;
}

HiddenText Ed25519::hidden_product_text(std::span<const SecretPower<Ed25519>> terms) const {
    return HiddenText(text_from_bytes(secret_product(terms).value));
}

// The commitments of a verifier. Fixed bases: signed digits, an affine table entry per digit and position. A base that
// comes once: a signed comb. Its exponents, made odd, are written with N digits +1 and -1: those of an odd k are the
// bits of (k >> 1) + 2^(N-1), 1 for +1 and 0 for -1. They are cut into `height`·`tables` parts of `length` digits; the
// base is doubled `length` times from part to part, and the sums of `height` such points with all signs are tabulated,
// the last one's sign factored out; each exponent then costs `length` doublings and `tables`·`length` sums, and of an
// even one the base is taken off at the end.

namespace {

constexpr std::size_t fixed_window = 11, fixed_rows = (std::size_t{1} << (fixed_window - 1)) + 1,
                      fixed_positions = (252 + fixed_window) / fixed_window;
// A scalar is below 2^252 + 2^125: if its highest digit is 2^10 no carry comes to it, so that it stays in the table.
static_assert(fixed_positions * fixed_window == 253 && (1u << (252 % fixed_window)) < fixed_rows);

struct Comb {
    std::size_t height = 1, tables = 1, length = 64;
    std::size_t entries() const { return std::size_t{1} << (height - 1); }
    std::size_t parts() const { return height * tables; }
    /// One part's digits, a bit each.
    std::uint64_t word(const Ed25519::Scalar& exponent, std::size_t part) const {
        const std::size_t from = part * length + 1, limb = from / 64, shift = from % 64;
        std::uint64_t out = limb < 4 ? exponent.limb[limb] >> shift : 0;
        if (shift != 0 && limb + 1 < 4) out |= exponent.limb[limb + 1] << (64 - shift);
        if (length < 64) out &= (std::uint64_t{1} << length) - 1;
        if (part + 1 == parts()) out |= std::uint64_t{1} << (length - 1);
        return out;
    }
};
/// The cheapest comb for so many exponents of one base; a doubling is taken as two thirds of a sum.
Comb comb_for(std::size_t exponents) {
    Comb best;
    std::size_t least = SIZE_MAX;
    for (std::size_t tables = 1; tables <= 3; ++tables)
        for (std::size_t height = 2; height <= 8; ++height) {
            const Comb comb{height, tables, (252 + height * tables) / (height * tables)};
            if (comb.length > 64) continue;
            const std::size_t doublings = (comb.parts() - 1) * comb.length + 1 + exponents * (comb.length - 1);
            const std::size_t sums = tables * (comb.entries() + height - 2) + exponents * (tables * comb.length + 1);
            const std::size_t cost = 2 * doublings + 3 * sums;
            if (cost < least) {
                least = cost;
                best = comb;
            }
        }
    return best;
}
bool is_even(const Ed25519::Scalar& scalar) { return scalar.limb[0] % 2 == 0; }

/// The combs of eight bases, one per lane.
class LaneCombs {
  public:
    LaneCombs(std::span<const Point* const> bases, std::size_t exponents, const Fe& d2)
        : comb_(comb_for(exponents)), rows_(comb_.tables * comb_.entries() * 8) {
        const auto eight_d2 = in_all_lanes(d2);
        cache_lanes_vartime(identity_.data(), in_lanes({}), eight_d2);
        auto start = in_lanes(bases);
        cache_lanes_vartime(base_.data(), start, eight_d2);
        std::vector<std::array<CachedRow, 8>> once(comb_.height), twice_of(comb_.height);
        for (std::size_t t = 0; t < comb_.tables; ++t) {
            EightPoints sum;
            for (std::size_t i = 0; i < comb_.height; ++i) {
                const bool last = i + 1 == comb_.height;
                if (last)
                    sum = start;
                else
                    cache_lanes_vartime(once[i].data(), start, eight_d2);
                if (last && t + 1 == comb_.tables) break;
                double_lanes_vartime(start, 1);
                cache_lanes_vartime(twice_of[i].data(), start, eight_d2);
                if (comb_.length > 1) double_lanes_vartime(start, comb_.length - 1);
            }
            for (std::size_t i = 0; i + 1 < comb_.height; ++i) subtract_lanes_vartime(sum, rows_from(once[i].data()));
            // All signs in the order of a Gray code: one sum from each to the next.
            std::size_t entry = 0;
            for (std::size_t step = 0;;) {
                cache_lanes_vartime(&rows_[(t * comb_.entries() + entry) * 8], sum, eight_d2);
                if (++step == comb_.entries()) break;
                const auto bit = static_cast<std::size_t>(std::countr_zero(step));
                entry ^= std::size_t{1} << bit;
                if (entry >> bit & 1)
                    add_lanes_vartime(sum, rows_from(twice_of[bit].data()));
                else
                    subtract_lanes_vartime(sum, rows_from(twice_of[bit].data()));
            }
        }
    }

    /// scalar_of(lane) is that lane's exponent.
    template <class ScalarOf>
    void power(EightPoints& out, const ScalarOf& scalar_of) const {
        CombDigits digits;
        digits.height = comb_.height;
        digits.tables = comb_.tables;
        digits.length = comb_.length;
        EightRows<CachedRow> excess;
        for (std::size_t lane = 0; lane < 8; ++lane) {
            const Ed25519::Scalar& scalar = scalar_of(lane);
            for (std::size_t part = 0; part < comb_.parts(); ++part) digits.word[part][lane] = comb_.word(scalar, part);
            excess[lane] = is_even(scalar) ? &base_[lane] : &identity_[lane];
        }
        comb_lanes_vartime(out, rows_.data(), digits);
        subtract_lanes_vartime(out, excess);
    }

  private:
    Comb comb_;
    std::vector<CachedRow> rows_;
    std::array<CachedRow, 8> base_, identity_;
};

}  // namespace

// Secret elements. The group of ristretto255 is 2E modulo the points of order 1, 2 and 4, which is isomorphic to the
// subgroup of order q: sums and multiples there are those of members. Four times any point of the class of P is 4P.

std::vector<Ed25519::SecretElement> Ed25519::secret_elements(std::span<const Element> elements) const {
    std::vector<SecretElement> out(elements.size());
    for (std::size_t i = 0; i < elements.size(); ++i) {  // RFC 9496, section 4.3.2
        const auto& point = elements[i];
        const Fe u1 = multiply(add(point.Z, point.Y), subtract(point.Z, point.Y)), u2 = multiply(point.X, point.Y);
        const Fe inverse_root =
            root_of_inverse(multiply(u1, square(u2)), root_of_minus_one_).value_or(Fe{});  // of members there is one
        const Fe den1 = multiply(inverse_root, u1), den2 = multiply(inverse_root, u2);
        const Fe z_inverse = multiply(multiply(den1, den2), point.T);
        const bool rotate = is_odd(multiply(point.T, z_inverse));
        const Fe x = rotate ? multiply(point.Y, root_of_minus_one_) : point.X;
        Fe y = rotate ? multiply(point.X, root_of_minus_one_) : point.Y;
        const Fe den_inverse = rotate ? multiply(den1, root_of_a_minus_d_) : den2;
        if (is_odd(multiply(x, z_inverse))) y = negate(y);
        out[i].bytes = canonical_bytes(even_of(multiply(den_inverse, subtract(point.Z, y))));
    }
    return out;
}

std::vector<Ed25519::Element> Ed25519::published(std::span<const SecretElement> elements) const {
    std::vector<Element> out(elements.size());
    for (std::size_t i = 0; i < elements.size(); ++i) {  // RFC 9496, section 4.3.1
        const Fe s = from_bytes(elements[i].bytes);
        const Fe ss = square(s);
        const Fe u1 = tight(subtract(number(1), ss)), u2 = add(number(1), ss);
        const Fe u2_squared = square(u2);
        const Fe v = negate(add(multiply(d_, square(u1)), u2_squared));
        const auto inverse_root = root_of_inverse(multiply(v, u2_squared), root_of_minus_one_);
        invariant(inverse_root.has_value());
        const Fe den_x = multiply(*inverse_root, u2);
        const Fe den_y = multiply(multiply(*inverse_root, den_x), v);
        const Fe sx = multiply(s, den_x);
        const Fe x = even_of(tight(add(sx, sx))), y = multiply(u1, den_y);
        out[i] = {x, y, number(1), multiply(x, y)};
        double_times(out[i], 2);
    }
    if (lanes_are_available()) {
        for (std::size_t from = 0; from < out.size(); from += 8) {
            const std::size_t count = std::min<std::size_t>(8, out.size() - from);
            std::array<const Point*, 8> bases;
            for (std::size_t lane = 0; lane < count; ++lane) bases[lane] = &out[from + lane];
            EightPoints result;
            LaneCombs({bases.data(), count}, 1, d2_).power(result, [&](std::size_t) -> const Scalar& {
                return quarter_;
            });
            for (std::size_t lane = 0; lane < count; ++lane) out[from + lane] = take_point(result, lane);
        }
    } else {
        for (auto& each : out) each = power_vartime(each, quarter_);
    }
    make_affine(out);
    return out;
}

void Ed25519::secret_power(SecretElement& out, const SecretElement& base, const Scalar& exponent) const {
    ignore(crypto_scalarmult_ristretto255(
        out.bytes.data(), reinterpret_cast<const unsigned char*>(exponent.limb.data()), base.bytes.data()));
}

void Ed25519::secret_power_of_generator(SecretElement& out, const Scalar& exponent) const {
    ignore(crypto_scalarmult_ristretto255_base(out.bytes.data(),
                                               reinterpret_cast<const unsigned char*>(exponent.limb.data())));
}

void Ed25519::secret_multiply(SecretElement& out, const SecretElement& left, const SecretElement& right) const {
    ignore(crypto_core_ristretto255_add(out.bytes.data(), left.bytes.data(), right.bytes.data()));
}

std::vector<Ed25519::Element> Ed25519::elements_of_hashes_vartime(std::span<const Digest> hashes) const {
    // Half of all numbers are the y of a point: those that are not are tried again with the next, all together.
    std::vector<Element> out(hashes.size());
    std::vector<std::size_t> open(hashes.size());
    std::vector<std::array<std::uint8_t, 32>> numbers(hashes.size());  // least significant byte first
    for (std::size_t i = 0; i < hashes.size(); ++i) {
        open[i] = i;
        for (std::size_t k = 0; k < 32; ++k)
            numbers[i][31 - k] = static_cast<std::uint8_t>(hashes[i][k] >> 2 | (k == 0 ? 0 : hashes[i][k - 1] << 6));
    }
    std::vector<std::string> texts;
    while (!open.empty()) {
        texts.clear();
        for (const auto i : open) texts.push_back(text_from_bytes_vartime(numbers[i]));
        const auto found = elements_from_texts(std::vector<std::string_view>(texts.begin(), texts.end()));
        std::vector<std::size_t> rest;
        for (std::size_t k = 0; k < open.size(); ++k) {
            const auto i = open[k];
            if (found[k]) {
                out[i] = *found[k];
                double_times(out[i], 3);
                continue;
            }
            for (auto& byte : numbers[i])
                if (++byte != 0) break;
            rest.push_back(i);
        }
        open = std::move(rest);
    }
    make_affine(out);
    return out;
}

Ed25519::Tables::Tables(const Ed25519& group, const Element& key) : group_(group) {
    // The key's first: meanwhile another thread may be at the generator's.
    if (!(key == group.generator())) of_key_ = fixed_base(key);
    std::call_once(group.generator_once_, [&] { group.of_generator_ = fixed_base(group.generator()); });
    of_generator_ = group.of_generator_;
    if (!of_key_) of_key_ = of_generator_;
}

std::shared_ptr<const Ed25519::Tables::FixedBase> Ed25519::Tables::fixed_base(const Element& base) const {
    auto out = std::make_shared<FixedBase>();
    if (lanes_are_available())
        out->lanes = lane_table(base);
    else
        out->portable = fixed_base_table(base);
    return out;
}

std::vector<Ed25519::Cached> Ed25519::Tables::fixed_base_table(const Element& base) const {
    std::vector<Element> points;
    points.reserve(fixed_positions * (fixed_rows - 1));
    Element start = base;
    for (std::size_t position = 0; position < fixed_positions; ++position) {
        const auto step = group_.cached(start);
        points.push_back(start);
        for (std::size_t i = 2; i < fixed_rows; ++i) points.push_back(sum_of(points.back(), step));
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

std::vector<AffineRow> Ed25519::Tables::lane_table(const Element& base) const {
    // Eight positions at a time, one per lane; one inversion for all their multiples.
    std::vector<AffineRow> out(fixed_positions * fixed_rows);
    const auto d2 = in_all_lanes(group_.d2_), one = in_all_lanes(number(1));
    Element start = base;
    std::vector<EightPoints> multiples(fixed_rows);
    std::vector<EightFieldElements> before(fixed_rows);
    for (std::size_t from = 0; from < fixed_positions; from += 8) {
        const std::size_t count = std::min<std::size_t>(8, fixed_positions - from);
        std::array<Element, 8> starts;
        std::array<const Point*, 8> pointers;
        for (std::size_t lane = 0; lane < count; ++lane) {
            starts[lane] = start;
            pointers[lane] = &starts[lane];
            double_times(start, fixed_window);
        }
        std::array<CachedRow, 8> step;
        const auto first = in_lanes(std::span(pointers).first(count));
        cache_lanes_vartime(step.data(), first, d2);
        multiples[0] = in_lanes({});
        auto product = one;
        for (std::size_t i = 0; i < fixed_rows; ++i) {
            if (i != 0) {
                multiples[i] = multiples[i - 1];
                add_lanes_vartime(multiples[i], rows_from(step.data()));
            }
            before[i] = product;
            multiply_lanes_vartime(product, product, multiples[i].Z);
        }
        EightFieldElements inverse;
        invert_lanes_vartime(inverse, product);
        for (std::size_t i = fixed_rows; i-- > 0;) {
            multiply_lanes_vartime(before[i], before[i], inverse);
            multiply_lanes_vartime(inverse, inverse, multiples[i].Z);
            std::array<AffineRow, 8> unused;
            std::array<AffineRow*, 8> rows;
            for (std::size_t lane = 0; lane < 8; ++lane)
                rows[lane] = lane < count ? &out[(from + lane) * fixed_rows + i] : &unused[lane];
            affine_lanes_vartime(rows, multiples[i], before[i], d2);
        }
    }
    return out;
}

void Ed25519::Tables::add_fixed_base_power(Element& out, const std::vector<Cached>& table,
                                           const Scalar& exponent) const {
    const auto digits = signed_digits<fixed_window>(exponent);
    for (std::size_t i = 0; i < digits.size(); ++i)
        if (const int d = digits[i]; d != 0)
            out = sum_of<true>(out, table[i * (fixed_rows - 1) + static_cast<std::size_t>(d < 0 ? -d : d) - 1], d < 0);
}

std::vector<Ed25519::Element> Ed25519::Tables::evaluate_vartime(std::span<const CommitmentJob<Ed25519>> jobs,
                                                                std::span<bool> members) const {
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
        for (std::size_t from = run.first; from < run.second; from += 8)
            evaluate_in_lanes(jobs, std::span(order.all).subspan(from, std::min<std::size_t>(8, run.second - from)),
                              places, members, out);
    return out;
}

void Ed25519::Tables::evaluate_portable(std::span<const CommitmentJob<Ed25519>> jobs,
                                        std::span<const std::size_t> which, std::span<const std::size_t> places,
                                        std::span<bool> members, std::span<Element> out) const {
    std::vector<Cached> table;
    for (const auto j : which) {
        const auto& job = jobs[j];
        const std::size_t exponents = job.terms.size() + (job.check_membership ? 1 : 0);
        if (exponents == 0) continue;
        const auto comb = comb_for(exponents);
        table.resize(comb.tables * comb.entries());
        const auto base = group_.cached(job.base);
        Element start = job.base;
        std::vector<Cached> once(comb.height), twice_of(comb.height);
        for (std::size_t t = 0; t < comb.tables; ++t) {
            Element sum;
            for (std::size_t i = 0; i < comb.height; ++i) {
                const bool last = i + 1 == comb.height;
                if (last)
                    sum = start;
                else
                    once[i] = group_.cached(start);
                if (last && t + 1 == comb.tables) break;
                start = twice(start, true);
                twice_of[i] = group_.cached(start);
                double_times(start, comb.length - 1);
            }
            for (std::size_t i = 0; i + 1 < comb.height; ++i) sum = sum_of(sum, once[i], true);
            std::size_t entry = 0;
            for (std::size_t step = 0;;) {
                table[t * comb.entries() + entry] = group_.cached(sum);
                if (++step == comb.entries()) break;
                const auto bit = static_cast<std::size_t>(std::countr_zero(step));
                entry ^= std::size_t{1} << bit;
                sum = sum_of(sum, twice_of[bit], (entry >> bit & 1) == 0);
            }
        }
        const auto power = [&](const Scalar& exponent) {
            std::array<std::uint64_t, 24> words;
            for (std::size_t part = 0; part < comb.parts(); ++part) words[part] = comb.word(exponent, part);
            Element result;
            for (std::size_t place = comb.length; place-- > 0;) {
                if (place + 1 != comb.length) result = twice(result, true);
                for (std::size_t t = 0; t < comb.tables; ++t) {
                    const auto bit = [&](std::size_t part) { return words[t * comb.height + part] >> place & 1; };
                    const bool is_negative = bit(comb.height - 1) == 0;
                    std::size_t entry = 0;
                    for (std::size_t part = 0; part + 1 < comb.height; ++part) entry |= bit(part) << part;
                    if (is_negative) entry = comb.entries() - 1 - entry;
                    result = sum_of(result, table[t * comb.entries() + entry], is_negative);
                }
            }
            return is_even(exponent) ? sum_of(result, base, true) : result;
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

void Ed25519::Tables::evaluate_in_lanes(std::span<const CommitmentJob<Ed25519>> jobs,
                                        std::span<const std::size_t> which, std::span<const std::size_t> places,
                                        std::span<bool> members, std::span<Element> out) const {
    const std::size_t terms = jobs[which[0]].terms.size();
    const bool check = jobs[which[0]].check_membership;
    const std::size_t exponents = terms + (check ? 1 : 0);
    if (exponents == 0) return;
    std::array<const Point*, 8> bases;
    for (std::size_t lane = 0; lane < which.size(); ++lane) bases[lane] = &jobs[which[lane]].base;
    const LaneCombs combs({bases.data(), which.size()}, exponents, group_.d2_);
    const Scalar nothing{};
    const auto fixed = [&](EightPoints& result, const std::vector<AffineRow>& of, const auto& scalar_of) {
        std::int32_t digits[fixed_positions][8];
        bool any = false;
        for (std::size_t lane = 0; lane < 8; ++lane) {
            const auto each = signed_digits<fixed_window>(scalar_of(lane));
            for (std::size_t i = 0; i < fixed_positions; ++i) digits[i][lane] = each[i];
            any = any || !(scalar_of(lane) == nothing);
        }
        if (any) add_fixed_lanes_vartime(result, of.data(), fixed_rows, digits, fixed_positions);
    };
    EightPoints result;
    if (check) {
        combs.power(result, [&](std::size_t) -> const Scalar& { return group_.scalars_.order(); });
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
        combs.power(result, part(&Term::on_base));
        fixed(result, of_generator_->lanes, part(&Term::on_generator));
        fixed(result, of_key_->lanes, part(&Term::on_key));
        for (std::size_t lane = 0; lane < which.size(); ++lane) out[places[which[lane]] + t] = take_point(result, lane);
    }
}

// Membership of many, by random subsets; the argument stands at PrimeOrderGroup. `bits` holds a byte per subset and run
// of elements, of which the lowest member_run bits choose.

bool Ed25519::are_members_vartime(std::span<const Element> elements, Randomness& randomness) const {
    const std::size_t runs = (elements.size() + member_run - 1) / member_run;
    std::vector<std::uint8_t> bits((runs + 8) * member_subsets);
    randomness.fill(bits);
    return lanes_are_available() ? are_members_in_lanes(elements, bits) : are_members_portable(elements, bits);
}

bool Ed25519::are_members_portable(std::span<const Element> elements, std::span<const std::uint8_t> bits) const {
    constexpr std::size_t entries = std::size_t{1} << member_run;
    std::vector<Element> sums(member_subsets);
    std::vector<Cached> table(entries);
    for (std::size_t run = 0; run * member_run < elements.size(); ++run) {
        const auto count = std::min(member_run, elements.size() - run * member_run);
        std::vector<Element> points(entries);
        for (std::size_t i = 1; i < std::size_t{1} << count; ++i) {
            const std::size_t rest = i & (i - 1), single = i ^ rest;
            points[i] = rest == 0 ? elements[run * member_run + static_cast<std::size_t>(std::countr_zero(i))]
                                  : sum_of(points[rest], table[single]);
            table[i] = cached(points[i]);
        }
        for (std::size_t k = 0; k < member_subsets; ++k)
            if (const auto chosen = bits[run * member_subsets + k] % (std::size_t{1} << count); chosen != 0)
                sums[k] = sum_of(sums[k], table[chosen]);
    }
    return std::all_of(sums.begin(), sums.end(), [&](const auto& each) { return is_member_vartime(each); });
}

bool Ed25519::are_members_in_lanes(std::span<const Element> elements, std::span<const std::uint8_t> bits) const {
    constexpr std::size_t entries = std::size_t{1} << member_run;
    const auto d2 = in_all_lanes(d2_);
    std::vector<EightPoints> sums(member_subsets, in_lanes({}));
    std::vector<CachedRow> table(entries * 8);
    cache_lanes_vartime(table.data(), in_lanes({}), d2);
    // Lane l takes run number `first` + l.
    for (std::size_t first = 0; first * member_run < elements.size(); first += 8) {
        for (std::size_t i = 1; i < entries; i *= 2) {
            std::array<const Point*, 8> each;
            for (std::size_t lane = 0; lane < 8; ++lane) {
                const std::size_t number_of =
                    (first + lane) * member_run + static_cast<std::size_t>(std::countr_zero(i));
                each[lane] = number_of < elements.size() ? &elements[number_of] : &identity_;
            }
            const auto points = in_lanes(each);
            cache_lanes_vartime(&table[i * 8], points, d2);
            for (std::size_t rest = 1; rest < i; ++rest) {
                auto sum = points;
                add_lanes_vartime(sum, rows_from(&table[rest * 8]));
                cache_lanes_vartime(&table[(i + rest) * 8], sum, d2);
            }
        }
        for (std::size_t k = 0; k < member_subsets; ++k) {
            EightRows<CachedRow> rows;
            for (std::size_t lane = 0; lane < 8; ++lane)
                rows[lane] = &table[bits[(first + lane) * member_subsets + k] % entries * 8 + lane];
            add_lanes_vartime(sums[k], rows);
        }
    }
    // The lanes of each sum together, and times q.
    std::array<Element, member_subsets> folded;
    for (std::size_t k = 0; k < member_subsets; ++k)
        for (std::size_t lane = 0; lane < 8; ++lane) folded[k] = multiply_vartime(folded[k], take_point(sums[k], lane));
    bool all = true;
    for (std::size_t from = 0; from < member_subsets; from += 8) {
        std::array<const Point*, 8> bases;
        for (std::size_t lane = 0; lane < 8; ++lane) bases[lane] = &folded[from + lane];
        EightPoints result;
        LaneCombs(bases, 1, d2_).power(result, [&](std::size_t) -> const Scalar& { return scalars_.order(); });
        for (std::size_t lane = 0; lane < 8; ++lane) all = all && take_point(result, lane) == identity_;
    }
    return all;
}

// Embedding. One candidate in sixteen is an element: its y has a point in one of two cases, and that point the order q
// in one of eight. For each candidate both are computed to the end, and where there is no point with what stands in its
// place: no branch and no place in memory depends on the candidate, since field arithmetic has none, the exponents are
// p's and q's, and the digits of q are the same for all.

namespace {

/// 1 if the value is 0, else 0.
std::uint64_t zero_bit(const Fe& in) {
    std::uint64_t any = 0;
    for (const auto byte : canonical_bytes(in)) any |= byte;
    return ((any - 1) >> 63) & 1;
}
Fe choose(std::uint64_t bit, const Fe& yes, const Fe& no) {
    Fe out;
    for (std::size_t i = 0; i < 5; ++i) out.limb[i] = (yes.limb[i] & (0 - bit)) | (no.limb[i] & (bit - 1));
    return out;
}

}  // namespace

std::optional<Hidden<Ed25519::Embedded>> Ed25519::embed(std::span<const std::uint8_t> numbers) const {
    invariant(numbers.size() <= most_numbers);
    constexpr std::uint64_t candidates = 704;  // none of so many is an element: (15/16)^704 < 2^-65
    // Their number with 16 zeros behind it, and two of them taken away again.
    Hidden<std::array<std::uint8_t, 34>> shifted;
    Hidden<Embedded> candidate, chosen;
    for (std::size_t i = 0; i < numbers.size(); ++i) shifted.value[2 + i] = numbers[numbers.size() - 1 - i];
    for (std::size_t i = 0; i < 32; ++i)
        candidate.value.bytes[i] = static_cast<std::uint8_t>(shifted.value[i] >> 2 | shifted.value[i + 1] << 6);
    const std::uint8_t above_padding = candidate.value.bytes[1];
    const auto digits = signed_digits<4>(scalars_.order());
    Hidden<std::array<Cached, 8>> table;
    std::uint64_t found = 0;
    for (std::uint64_t padding = 0; padding < candidates; ++padding) {
        candidate.value.bytes[0] = static_cast<std::uint8_t>(padding);
        candidate.value.bytes[1] = static_cast<std::uint8_t>(above_padding | padding >> 8);
        // Decoding as in element_from_bytes, with masks.
        const Fe y = from_bytes(candidate.value.bytes);
        const Fe yy = square(y);
        const Fe u = tight(subtract(yy, number(1)));
        const Fe v = add(multiply(yy, d_), number(1));
        const Fe v3 = multiply(square(v), v);
        const Fe v7 = multiply(square(v3), v);
        const Fe root = multiply(multiply(u, v3), power_2_252_minus_3(multiply(u, v7)));
        const Fe check = multiply(v, square(root));
        const std::uint64_t is_root = zero_bit(tight(subtract(check, u))), is_other = zero_bit(tight(add(check, u)));
        const Fe x = choose(is_root, root, multiply(root, root_of_minus_one_));
        const Fe even = choose(canonical_bytes(x)[0] & 1, negate(x), x);
        // Times q.
        const Point point{even, y, number(1), multiply(even, y)};
        Hidden<Point> multiple(point);
        for (std::size_t i = 0; i < table.value.size(); ++i) {
            table.value[i] = cached(multiple.value);
            if (i + 1 < table.value.size()) multiple.value = sum_of(multiple.value, table.value[0]);
        }
        Hidden<Point> product;
        for (std::size_t i = digits.size(); i-- > 0;) {
            double_times(product.value, 4);
            const int d = digits[i];
            if (d != 0)
                product.value = sum_of(product.value, table.value[static_cast<std::size_t>(std::abs(d)) - 1], d < 0);
        }
        const std::uint64_t is_member = (is_root | is_other) & zero_bit(product.value.X) &
                                        zero_bit(tight(subtract(product.value.Y, product.value.Z)));
        const auto take = static_cast<std::uint8_t>(0 - (is_member & (found ^ 1)));
        for (std::size_t i = 0; i < 32; ++i)
            chosen.value.bytes[i] =
                static_cast<std::uint8_t>(chosen.value.bytes[i] | (candidate.value.bytes[i] & take));
        found |= is_member;
    }
    if (found == 0) return std::nullopt;
    return chosen;
}

std::string Ed25519::product_text(std::span<const SecretPower<Ed25519>> terms, const Hidden<Embedded>& factor) const {
    auto product = secret_product(terms);
    ignore(crypto_core_ed25519_add(product.value.data(), product.value.data(), factor.value.bytes.data()));
    return text_from_bytes(product.value);
}

std::vector<std::uint8_t> Ed25519::numbers_vartime(const Element& element, std::size_t count) const {
    invariant(count <= most_numbers);
    const auto bytes = bytes_of(element);
    std::vector<std::uint8_t> out(count);
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t from = count - i;  // the number's low byte begins at bit 8·from + 6
        out[i] = static_cast<std::uint8_t>(bytes[from] >> 6 | bytes[from + 1] << 2);
    }
    return out;
}

const Ed25519& ed25519() {
    static const Ed25519 group;
    return group;
}

}  // namespace plenum::evote
