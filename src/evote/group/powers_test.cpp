// SPDX-License-Identifier: Apache-2.0
// Products of many powers, public and secret, against one power after the other.
#include <doctest/doctest.h>

#include "evote/group/every_group.h"

using namespace plenum;
using namespace plenum::evote;

namespace {

/// Bases of which the logarithms are known: g^(17 + 5i).
template <class G>
std::vector<typename G::Element> known_bases(const G& group, std::size_t count) {
    const auto& scalars = group.scalars();
    const auto step = group.power_vartime(group.generator(), scalars.from_number(5));
    std::vector<typename G::Element> out{group.power_vartime(group.generator(), scalars.from_number(17))};
    while (out.size() < count) out.push_back(group.multiply_vartime(out.back(), step));
    out.resize(count, group.identity());
    return out;
}

/// A random exponent of at most so many bits.
template <class G>
typename G::Scalar short_exponent(const G& group, std::size_t bits, Randomness& randomness) {
    auto out = group.scalars().random(randomness);
    for (std::size_t k = bits; k < 64 * out.limb.size(); ++k) out.limb[k / 64] &= ~(std::uint64_t{1} << (k % 64));
    return out;
}

template <class G>
void check_public_products(const G& group, std::span<const std::size_t> counts) {
    const auto& scalars = group.scalars();
    SeededRandomness randomness("powers");
    const auto most = scalars.negate(scalars.from_number(1));  // q - 1
    const std::size_t bits = scalars.bits();
    for (const auto count : counts) {
        CAPTURE(count);
        const auto bases = known_bases(group, count);
        std::vector<PublicPower<G>> terms;
        auto sum = typename G::Scalar{};
        for (std::size_t i = 0; i < count; ++i) {
            // All kinds side by side: nothing, one, q - 1, the longest, 128 bits, a single bit.
            auto exponent = scalars.random(randomness);
            if (i % 7 == 1) exponent = short_exponent(group, std::min<std::size_t>(128, bits - 1), randomness);
            if (i % 7 == 3) exponent = most;
            if (i % 7 == 4) exponent = scalars.from_number(i % 3);
            if (i % 7 == 6) {
                exponent = {};
                exponent.limb[(bits - 2) / 64] = std::uint64_t{1} << ((bits - 2) % 64);
            }
            terms.push_back({&bases[i], exponent});
            sum = scalars.add(sum, scalars.multiply(exponent, scalars.from_number(17 + 5 * i)));
        }
        CHECK(group.product_of_powers_vartime(terms) == group.power_vartime(group.generator(), sum));
        // One exponent off by one changes the product by its base.
        if (count == 0) continue;
        auto& altered = terms[count / 2];
        altered.exponent = scalars.add(altered.exponent, scalars.from_number(1));
        CHECK(group.product_of_powers_vartime(terms) ==
              group.multiply_vartime(group.power_vartime(group.generator(), sum), *altered.base));
    }
}

/// Exponents all alike, so that everything falls into the same buckets.
template <class G>
void check_equal_terms(const G& group, std::size_t count) {
    const auto& scalars = group.scalars();
    const auto minus_one = scalars.negate(scalars.from_number(1));
    const auto base = group.power_vartime(group.generator(), scalars.from_number(3));
    for (const auto& exponent : {scalars.from_number(0), scalars.from_number(1), scalars.from_number(2), minus_one}) {
        const std::vector<PublicPower<G>> terms(count, {&base, exponent});
        CHECK(group.product_of_powers_vartime(terms) ==
              group.power_vartime(base, scalars.multiply(exponent, scalars.from_number(count))));
        const auto identity = group.identity();
        const std::vector<PublicPower<G>> nothing(count, {&identity, exponent});
        CHECK(group.product_of_powers_vartime(nothing) == group.identity());
    }
}

template <class G>
void check_secret_elements(const G& group, int rounds) {
    using SecretElement = typename G::SecretElement;
    const auto& scalars = group.scalars();
    SeededRandomness randomness("secret");
    for (int round = 0; round < rounds; ++round) {
        const auto a = scalars.random(randomness), b = scalars.random(randomness), c = scalars.random(randomness);
        const std::vector<typename G::Element> bases{group.power_vartime(group.generator(), a), group.identity(),
                                                     group.generator()};
        const auto secret = group.secret_elements(bases);
        SecretElement power, of_g, product;
        group.secret_power(power, secret[0], b);
        group.secret_power_of_generator(of_g, c);
        group.secret_multiply(product, power, of_g);
        const auto expected = group.power_vartime(group.generator(), scalars.add(scalars.multiply(a, b), c));
        const std::vector<SecretElement> all{product, secret[0], secret[1], secret[2], of_g};
        const auto published = group.published(all);
        CHECK(published[0] == expected);
        CHECK(published[1] == bases[0]);
        CHECK(published[2] == bases[1]);
        CHECK(published[3] == bases[2]);
        CHECK(published[4] == group.power_vartime(group.generator(), c));
        CHECK(group.text_of(published[0]) == group.text_of(expected));
        // In place.
        group.secret_multiply(product, product, power);
        group.secret_power(product, product, scalars.from_number(1));
        CHECK(group.published(std::vector<SecretElement>{product})[0] ==
              group.multiply_vartime(expected, group.power_vartime(bases[0], b)));
    }
}

}  // namespace

TEST_CASE("a product of powers by buckets is that of the single powers") {
    const std::vector<std::size_t> counts{0, 1, 2, 7, 8, 9, 30, 257, 5000};
    check_public_products(ed25519(), counts);
    check_public_products(belenios_2048(), std::vector<std::size_t>{0, 1, 2, 9, 100});
    check_public_products(rfc_3526_2048(), std::vector<std::size_t>{0, 1, 2, 8, 40});
    check_equal_terms(ed25519(), 1000);
    check_equal_terms(belenios_2048(), 20);
}

TEST_CASE("a product of powers by buckets is right for all points of the curve, whatever their order") {
    const auto& group = ed25519();
    const auto of_order_2 =
        *group.element_from_text("7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffec");
    const auto of_order_4 = *group.element_from_text(std::string(64, '0'));
    const auto mixed = group.multiply_vartime(group.generator(), of_order_4);
    SeededRandomness randomness("order");
    for (int round = 0; round < 20; ++round) {
        std::vector<PublicPower<Ed25519>> terms;
        auto expected = group.identity();
        for (const auto* base : {&of_order_2, &of_order_4, &mixed, &group.generator()}) {
            terms.push_back({base, group.scalars().random(randomness)});
            expected = group.multiply_vartime(expected, group.power_vartime(*base, terms.back().exponent));
        }
        CHECK(group.product_of_powers_vartime(terms) == expected);
    }
}

TEST_CASE("secret elements give the products that public ones do, the identity too") {
    check_secret_elements(ed25519(), 20);
    check_secret_elements(belenios_2048(), 2);
    check_secret_elements(rfc_3526_2048(), 1);
    const ToyGroup toy;
    check_secret_elements(toy, 50);
}

TEST_CASE("a hash becomes a member that is neither the identity nor the generator") {
    std::vector<Digest> hashes;
    for (int i = 0; i < 40; ++i) hashes.push_back(sha256(std::to_string(i)));
    const auto check = [&](const auto& group) {
        const auto all = group.elements_of_hashes_vartime(hashes);
        REQUIRE(all.size() == hashes.size());
        for (const auto& each : all) {
            CHECK(group.is_member_vartime(each));
            CHECK_FALSE(each == group.identity());
            CHECK_FALSE(each == group.generator());
        }
        CHECK(group.elements_of_hashes_vartime(std::vector<Digest>{hashes[1]})[0] == all[1]);
    };
    check(ed25519());
    check(rfc_3526_2048());
    hashes.resize(2);
    check(belenios_2048());
}
