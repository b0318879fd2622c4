// SPDX-License-Identifier: Apache-2.0
#include "evote/group/group.h"

#include <doctest/doctest.h>
#include <gmp.h>
#include <sodium.h>

#include <memory>

#include "evote/group/ed25519.h"
#include "evote/group/field.h"
#include "evote/group/field_lanes.h"
#include "evote/group/toy.h"

using namespace plenum;
using namespace plenum::evote;

static_assert(PrimeOrderGroup<Belenios2048> && PrimeOrderGroup<Rfc3526> && PrimeOrderGroup<Ed25519> &&
              PrimeOrderGroup<ToyGroup>);

namespace {

/// A big integer for the tests' own arithmetic, by GMP.
class Big {
  public:
    Big() { mpz_init(z_); }
    explicit Big(const std::string& decimal) { mpz_init_set_str(z_, decimal.c_str(), 10); }
    Big(const Big& other) { mpz_init_set(z_, other.z_); }
    Big& operator=(const Big& other) {
        mpz_set(z_, other.z_);
        return *this;
    }
    ~Big() { mpz_clear(z_); }
    mpz_ptr z() { return z_; }
    std::string decimal() {
        std::unique_ptr<char, void (*)(void*)> text(mpz_get_str(nullptr, 10, z_), std::free);
        return text.get();
    }

  private:
    mpz_t z_;
};

Big power(Big base, Big exponent, Big modulus) {
    Big out;
    mpz_powm(out.z(), base.z(), exponent.z(), modulus.z());
    return out;
}

/// The modulus as one more than the largest text that is read.
template <class G>
Big modulus_of(const G& group) {
    // -1 is p - 1: the inverse of generator^((q)) does not give it, so it is found as 0 - 1 by way of the largest text.
    Big low("0"), high(std::string(617, '9'));
    while (true) {
        Big gap;
        mpz_sub(gap.z(), high.z(), low.z());
        if (mpz_cmp_ui(gap.z(), 1) <= 0) break;
        Big middle;
        mpz_add(middle.z(), low.z(), high.z());
        mpz_fdiv_q_2exp(middle.z(), middle.z(), 1);
        (group.element_from_text(middle.decimal()) ? low : high) = middle;
    }
    return high;
}

template <class G>
void check_scalars(const G& group, std::string_view seed) {
    const auto& scalars = group.scalars();
    SeededRandomness randomness(seed);
    Big order(scalars.decimal(scalars.order()));
    const auto minus_one = scalars.subtract({}, scalars.from_number(1));
    std::vector<typename G::Scalar> some{{}, scalars.from_number(1), minus_one, scalars.from_number(UINT64_MAX)};
    for (int i = 0; i < 6; ++i) some.push_back(scalars.random(randomness));
    for (const auto& left : some)
        for (const auto& right : some) {
            Big a(scalars.decimal(left)), b(scalars.decimal(right)), out;
            mpz_add(out.z(), a.z(), b.z());
            mpz_mod(out.z(), out.z(), order.z());
            CHECK(scalars.decimal(scalars.add(left, right)) == out.decimal());
            mpz_sub(out.z(), a.z(), b.z());
            mpz_mod(out.z(), out.z(), order.z());
            CHECK(scalars.decimal(scalars.subtract(left, right)) == out.decimal());
            mpz_mul(out.z(), a.z(), b.z());
            mpz_mod(out.z(), out.z(), order.z());
            CHECK(scalars.decimal(scalars.multiply(left, right)) == out.decimal());
        }
    for (const auto& each : some) {
        CHECK(scalars.from_decimal(scalars.decimal(each)) == each);
        if (each == typename G::Scalar{}) continue;
        CHECK(scalars.multiply(each, scalars.invert_vartime(each)) == scalars.from_number(1));
    }
    CHECK_FALSE(scalars.from_decimal(order.decimal()));
    Big above(order);
    mpz_add_ui(above.z(), order.z(), 5);
    CHECK_FALSE(scalars.from_decimal(above.decimal()));
    CHECK(scalars.from_decimal_reduced(above.decimal()) == scalars.from_number(5));
    for (const auto* text : {"", "00", "01", "-1", "+1", "1 ", " 1", "1.0", "0x1", "1e3"}) {
        CAPTURE(text);
        CHECK_FALSE(scalars.from_decimal(text));
    }
    CHECK_FALSE(scalars.from_decimal(std::string(100'000, '9')));
}

/// Every way of computing g^a · y^b · x^c gives one result, membership too, for bases and scalars at the edges.
template <class G>
void check_commitments(const G& group, std::string_view seed, std::size_t terms_each,
                       const std::vector<typename G::Element>& strangers) {
    const auto& scalars = group.scalars();
    SeededRandomness randomness(seed);
    const auto key = group.power_vartime(group.generator(), scalars.random(randomness));
    const typename G::Tables tables(group, key);
    std::vector<CommitmentJob<G>> jobs;
    std::vector<typename G::Scalar> edges{{},
                                          scalars.from_number(1),
                                          scalars.subtract({}, scalars.from_number(1)),
                                          scalars.from_number(UINT64_MAX),
                                          scalars.from_number(128)};
    const auto pick = [&] {
        return randomness.below(3) == 0 ? edges[randomness.below(edges.size())] : scalars.random(randomness);
    };
    std::vector<typename G::Element> bases{group.identity(), group.generator(), key};
    bases.push_back(group.power_vartime(group.generator(), scalars.random(randomness)));
    bases.insert(bases.end(), strangers.begin(), strangers.end());
    for (const auto& base : bases) {
        CommitmentJob<G> job{base, {}, true};
        for (std::size_t i = 0; i < terms_each; ++i) job.terms.push_back({pick(), pick(), pick()});
        jobs.push_back(job);
    }
    jobs.push_back({group.generator(), {}, true});             // membership alone
    jobs.push_back({key, {{pick(), pick(), pick()}}, false});  // a commitment alone
    jobs.push_back({group.generator(), {}, false});            // nothing at all
    std::unique_ptr<bool[]> members(new bool[jobs.size()]());
    const auto found = tables.evaluate_vartime(jobs, {members.get(), jobs.size()});
    std::vector<typename G::Element> expected;
    for (const auto& job : jobs)
        for (const auto& term : job.terms)
            expected.push_back(
                group.multiply_vartime(group.power_vartime(job.base, term.on_base),
                                       group.multiply_vartime(group.power_vartime(group.generator(), term.on_generator),
                                                              group.power_vartime(key, term.on_key))));
    REQUIRE(found.size() == expected.size());
    for (std::size_t i = 0; i < found.size(); ++i) {
        CAPTURE(i);
        CHECK(found[i] == expected[i]);
    }
    const auto texts = group.texts_of(found);
    for (std::size_t i = 0; i < found.size(); ++i) {
        CHECK(texts[i] == group.text_of(expected[i]));
        CHECK(group.element_from_text(texts[i]) == expected[i]);
    }
    for (std::size_t i = 0; i < bases.size(); ++i) {
        CAPTURE(i);
        CHECK(members[i] == (i < bases.size() - strangers.size()));
        CHECK(group.is_member_vartime(bases[i]) == members[i]);
    }
    CHECK(members[bases.size()]);
    // The constant-time library gives the same, over members.
    for (std::size_t i = 0; i < bases.size() - strangers.size(); ++i)
        for (const auto& exponent : edges) {
            const auto random = scalars.random(randomness);
            const SecretPower<G> secret[]{{&bases[i], &exponent}, {&key, &random}};
            CHECK(group.product_of_powers(secret) ==
                  group.multiply_vartime(group.power_vartime(bases[i], exponent), group.power_vartime(key, random)));
            CHECK(group.hidden_product_text(secret).reveal() == group.text_of(group.product_of_powers(secret)));
            CHECK(group.product_text(secret) == group.text_of(group.product_of_powers(secret)));
        }
    for (const std::uint64_t bit : {0, 1})
        for (const auto& base : {group.identity(), group.generator(), key}) {
            const auto exponent = scalars.from_number(bit), random = scalars.random(randomness);
            const SecretPower<G> first[]{{&base, &exponent, true}, {&key, &random}},
                last[]{{&key, &random}, {&base, &exponent, true}};
            const auto product =
                group.multiply_vartime(group.power_vartime(key, random), bit ? base : group.identity());
            CHECK(group.product_of_powers(first) == product);
            CHECK(group.product_of_powers(last) == product);
            CHECK(group.product_text(last) == group.text_of(product));
        }
    // Small exponents, for which powers take another way.
    auto by_steps = group.identity();
    for (std::uint64_t i = 0; i < 40; ++i) {
        CHECK(group.power_vartime(key, scalars.from_number(i)) == by_steps);
        by_steps = group.multiply_vartime(by_steps, key);
    }
    CHECK(group.multiply_vartime(key, group.invert_vartime(key)) == group.identity());
}

/// A stranger anywhere among members is seen, alone, twice, and beside one that cancels it.
template <class G>
void check_many_memberships(const G& group, std::string_view seed, const std::vector<typename G::Element>& defects,
                            const std::vector<std::size_t>& sizes) {
    SeededRandomness randomness(seed);
    const auto step = group.power_vartime(group.generator(), group.scalars().random(randomness));
    CHECK(group.are_members_vartime({}, randomness));
    for (const auto size : sizes) {
        CAPTURE(size);
        std::vector<typename G::Element> members{step};
        while (members.size() < size) members.push_back(group.multiply_vartime(members.back(), step));
        members[size / 2] = group.identity();
        CHECK(group.are_members_vartime(members, randomness));
        for (const auto& defect : defects) {
            auto some = members;
            const auto one = randomness.below(size);
            some[one] = group.multiply_vartime(some[one], defect);
            CHECK_FALSE(group.are_members_vartime(some, randomness));
            if (size == 1) continue;
            const auto other = (one + 1 + randomness.below(size - 1)) % size;
            some[other] = group.multiply_vartime(some[other], defect);
            CHECK_FALSE(group.are_members_vartime(some, randomness));
            some[other] = group.multiply_vartime(members[other], group.invert_vartime(defect));
            CHECK_FALSE(group.are_members_vartime(some, randomness));
        }
    }
}

/// Many texts are read as one by one, wherever the bad ones stand.
template <class G>
void check_many_texts(const G& group, std::string_view seed, std::vector<std::string> texts) {
    SeededRandomness randomness(seed);
    for (int i = 0; i < 30; ++i)
        texts.push_back(group.text_of(group.power_vartime(group.generator(), group.scalars().random(randomness))));
    for (std::size_t count = 0; count <= texts.size(); count += 7) {
        std::vector<std::string_view> some;
        for (std::size_t i = 0; i < count; ++i) some.push_back(texts[randomness.below(texts.size())]);
        const auto together = group.elements_from_texts(some);
        REQUIRE(together.size() == count);
        for (std::size_t i = 0; i < count; ++i) {
            CAPTURE(some[i]);
            CHECK(together[i] == group.element_from_text(some[i]));
        }
    }
}

/// x^((p-1)/order) for the first x that gives an element of exactly that order (prime), times a member.
template <class G>
typename G::Element planted(const G& group, unsigned long order, bool alone) {
    Big modulus = modulus_of(group), exponent;
    mpz_sub_ui(exponent.z(), modulus.z(), 1);
    REQUIRE(mpz_divisible_ui_p(exponent.z(), order));
    mpz_divexact_ui(exponent.z(), exponent.z(), order);
    for (unsigned long x = 2;; ++x) {
        auto defect = power(Big(std::to_string(x)), exponent, modulus);
        if (mpz_cmp_ui(defect.z(), 1) == 0) continue;
        const auto element = group.element_from_text(defect.decimal());
        REQUIRE(element);
        return alone ? *element : group.multiply_vartime(*element, group.generator());
    }
}

}  // namespace

TEST_CASE("scalars are added, multiplied and read as GMP does it") {
    check_scalars(ToyGroup(), "1");
    check_scalars(ed25519(), "2");
    check_scalars(belenios_2048(), "3");
    check_scalars(rfc_3526_2048(), "4");
}

TEST_CASE("long byte strings are reduced to scalars, most significant byte first") {
    const auto& scalars = ed25519().scalars();
    const std::array<std::uint8_t, 3> bytes{1, 2, 3};
    CHECK(scalars.decimal(scalars.from_bytes(bytes)) == "66051");
    std::vector<std::uint8_t> many(70, 0xff);
    Big all(std::string("1")), order(scalars.decimal(scalars.order()));
    mpz_mul_2exp(all.z(), all.z(), 560);
    mpz_sub_ui(all.z(), all.z(), 1);
    mpz_mod(all.z(), all.z(), order.z());
    CHECK(scalars.decimal(scalars.from_bytes(many)) == all.decimal());
}

TEST_CASE("the parameters are the published ones") {
    Big p = modulus_of(belenios_2048()), q(belenios_2048().scalars().decimal(belenios_2048().scalars().order()));
    CHECK(mpz_probab_prime_p(p.z(), 30) > 0);
    CHECK(mpz_probab_prime_p(q.z(), 30) > 0);
    mpz_sub_ui(p.z(), p.z(), 1);
    CHECK(mpz_divisible_p(p.z(), q.z()));
    Big p14 = modulus_of(rfc_3526_2048()), q14(rfc_3526_2048().scalars().decimal(rfc_3526_2048().scalars().order()));
    CHECK(mpz_probab_prime_p(p14.z(), 30) > 0);
    CHECK(mpz_probab_prime_p(q14.z(), 30) > 0);
    mpz_mul_ui(q14.z(), q14.z(), 2);
    mpz_add_ui(q14.z(), q14.z(), 1);
    CHECK(mpz_cmp(p14.z(), q14.z()) == 0);
    CHECK(belenios_2048().is_member_vartime(belenios_2048().generator()));
    CHECK(rfc_3526_2048().is_member_vartime(rfc_3526_2048().generator()));
    CHECK(rfc_3526_2048().text_of(rfc_3526_2048().generator()) == "2");
    CHECK(ed25519().is_member_vartime(ed25519().generator()));
}

TEST_CASE("fields of 2048 bits: commitments agree with plain powers and with GMP's constant time; strangers are seen") {
    const auto& belenios = belenios_2048();
    std::vector<Belenios2048::Element> strangers;
    strangers.push_back(*belenios.element_from_text("0"));
    for (const bool alone : {true, false})
        for (const unsigned long order : {2ul, 3ul, 291892247ul, 3803761901ul})
            strangers.push_back(planted(belenios, order, alone));
    check_commitments(belenios, "5", 3, strangers);
    check_commitments(belenios, "6", 17, {strangers[1]});
    check_commitments(belenios, "14", 1, {});
    check_commitments(belenios, "15", 2, {strangers[2]});
    const auto& rfc = rfc_3526_2048();
    std::vector<Rfc3526::Element> others{*rfc.element_from_text("0"), planted(rfc, 2, true), planted(rfc, 2, false)};
    check_commitments(rfc, "7", 2, others);
}

TEST_CASE("powers in the field are GMP's") {
    const auto& group = belenios_2048();
    Big modulus = modulus_of(group);
    SeededRandomness randomness("8");
    for (int i = 0; i < 20; ++i) {
        const auto exponent = group.scalars().random(randomness);
        const auto base = group.power_vartime(group.generator(), group.scalars().random(randomness));
        Big expected = power(Big(group.text_of(base)), Big(group.scalars().decimal(exponent)), modulus);
        CHECK(group.text_of(group.power_vartime(base, exponent)) == expected.decimal());
        Big product(group.text_of(base)), inverse;
        mpz_mul(product.z(), product.z(), expected.z());
        mpz_mod(product.z(), product.z(), modulus.z());
        CHECK(group.text_of(group.multiply_vartime(base, *group.element_from_text(expected.decimal()))) ==
              product.decimal());
        mpz_invert(inverse.z(), product.z(), modulus.z());
        CHECK(group.text_of(group.invert_vartime(*group.element_from_text(product.decimal()))) == inverse.decimal());
    }
    Big minus_one = modulus;
    mpz_sub_ui(minus_one.z(), minus_one.z(), 1);
    const auto last = group.element_from_text(minus_one.decimal());
    REQUIRE(last);
    CHECK(group.multiply_vartime(*last, *last) == group.identity());
    CHECK_FALSE(group.is_member_vartime(*last));
    CHECK_FALSE(group.element_from_text(modulus.decimal()));
}

TEST_CASE("secret powers of the generator, which come from rows of their own, are the plain ones at every digit") {
    const auto& group = belenios_2048();
    const auto& scalars = group.scalars();
    SeededRandomness randomness("9");
    std::vector<Belenios2048::Scalar> exponents{scalars.from_number(0), scalars.negate(scalars.from_number(1))};
    for (auto bit = scalars.from_number(1); exponents.size() < 258; bit = scalars.add(bit, bit)) {
        exponents.push_back(bit);
        if (exponents.size() % 8 == 0) exponents.back() = scalars.multiply(bit, scalars.from_number(63));
    }
    for (int i = 0; i < 30; ++i) exponents.push_back(scalars.random(randomness));
    const auto other = group.power_vartime(group.generator(), scalars.random(randomness));
    for (const auto& exponent : exponents) {
        CAPTURE(scalars.decimal(exponent));
        const auto expected = group.power_vartime(group.generator(), exponent);
        const SecretPower<Belenios2048> once{&group.generator(), &exponent};
        CHECK(group.product_of_powers({&once, 1}) == expected);
        const SecretPower<Belenios2048> both[]{{&other, &exponent}, {&group.generator(), &exponent}};
        CHECK(group.product_of_powers(both) == group.multiply_vartime(expected, group.power_vartime(other, exponent)));
    }
}

TEST_CASE("every text of an element is read in one form only") {
    for (const auto* text : {"", "00", "01", "-1", "+1", "1 ", "0x2", "a"}) {
        CAPTURE(text);
        CHECK_FALSE(belenios_2048().element_from_text(text));
        CHECK_FALSE(rfc_3526_2048().element_from_text(text));
        CHECK_FALSE(ed25519().element_from_text(text));
    }
    CHECK_FALSE(belenios_2048().element_from_text(std::string(100'000, '7')));
    const std::string base = "6666666666666666666666666666666666666666666666666666666666666658";
    CHECK(ed25519().text_of(ed25519().generator()) == base);
    for (const auto& [text, read] : std::vector<std::pair<std::string, bool>>{
             {"0000000000000000000000000000000000000000000000000000000000000001", true},   // the identity
             {"8000000000000000000000000000000000000000000000000000000000000001", false},  // with the sign of x = 0
             {"7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffee", false},  // y = p + 1
             {"7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffed", false},  // y = p
             {"ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff", false},
             {"7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffec", true},  // y = -1, of order 2
             {"ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffec", false},
             {"0000000000000000000000000000000000000000000000000000000000000000", true},  // order 4
             {"8000000000000000000000000000000000000000000000000000000000000000", true},
             {"0000000000000000000000000000000000000000000000000000000000000002", false},  // no point of the curve
             {"666666666666666666666666666666666666666666666666666666666666665", false},
             {"66666666666666666666666666666666666666666666666666666666666666580", false},
             {"666666666666666666666666666666666666666666666666666666666666665G", false},
             {"0A" + std::string(62, '0'), false}}) {
        CAPTURE(text);
        CHECK(ed25519().element_from_text(text).has_value() == read);
    }
}

TEST_CASE("Ed25519: commitments agree with plain powers and with libsodium; points of small order are seen") {
    const auto& group = ed25519();
    // A point of order 8 from RFC-independent grounds: q times a point of the curve outside the subgroup.
    std::vector<Ed25519::Element> strangers;
    for (unsigned y = 3; strangers.empty(); ++y) {
        std::string text = std::string(62, '0') + hex_from_bytes(std::array{static_cast<std::uint8_t>(y)});
        const auto point = group.element_from_text(text);
        if (!point) continue;
        const auto torsion = group.power_vartime(*point, group.scalars().order());
        const auto four = group.scalars().from_number(4);
        if (group.power_vartime(torsion, four) == group.identity()) continue;
        auto each = torsion;
        for (int i = 1; i < 8; ++i) {  // all seven points of orders 8, 4, 2, alone and with a member
            CHECK_FALSE(each == group.identity());
            strangers.push_back(each);
            strangers.push_back(group.multiply_vartime(each, group.generator()));
            each = group.multiply_vartime(each, torsion);
        }
        CHECK(each == group.identity());
    }
    REQUIRE(sodium_init() >= 0);
    check_commitments(group, "9", 3, strangers);
    check_commitments(group, "10", 17, {strangers[0], strangers[7]});
    check_commitments(group, "11", 2, strangers);
    for (std::size_t terms = 1; terms < 24; ++terms)  // every way of cutting up the exponents
        check_commitments(group, std::to_string(100 + terms), terms, {strangers[2]});
}

TEST_CASE("strangers among many elements are seen, alone and cancelling each other") {
    std::vector<Belenios2048::Element> field_defects;
    for (const unsigned long order : {2ul, 3ul, 291892247ul, 3803761901ul})
        field_defects.push_back(planted(belenios_2048(), order, true));
    check_many_memberships(belenios_2048(), "16", field_defects, {1, 6, 41, 83});
    std::vector<Belenios2048::Element> with_zero(50, belenios_2048().generator());
    with_zero[30] = *belenios_2048().element_from_text("0");
    SeededRandomness randomness("17");
    CHECK_FALSE(belenios_2048().are_members_vartime(with_zero, randomness));
    check_many_memberships(rfc_3526_2048(), "18", {planted(rfc_3526_2048(), 2, true)}, {3, 41});
    std::vector<Ed25519::Element> curve_defects;
    for (const auto* text : {"7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffec",
                             "0000000000000000000000000000000000000000000000000000000000000000"})
        curve_defects.push_back(*ed25519().element_from_text(text));
    for (unsigned y = 3; curve_defects.size() < 3; ++y) {  // one of order 8
        const auto point = ed25519().element_from_text(std::string(62, '0') +
                                                       hex_from_bytes(std::array{static_cast<std::uint8_t>(y)}));
        if (!point) continue;
        const auto torsion = ed25519().power_vartime(*point, ed25519().scalars().order());
        if (!(ed25519().power_vartime(torsion, ed25519().scalars().from_number(4)) == ed25519().identity()))
            curve_defects.push_back(torsion);
    }
    check_many_memberships(ed25519(), "19", curve_defects, {1, 2, 5, 39, 40, 41, 200});
    check_many_memberships(ToyGroup(), "20", {ToyGroup::Element{22}}, {1, 2, 12});
}

TEST_CASE("texts of many elements, strangers and malformed ones among them, are read as one by one") {
    const auto modulus = modulus_of(belenios_2048()).decimal();
    check_many_texts(belenios_2048(), "21", {"", "0", "1", "01", "x", modulus, std::string(617, '9')});
    check_many_texts(ed25519(), "22",
                     {"", "0000000000000000000000000000000000000000000000000000000000000001",
                      "8000000000000000000000000000000000000000000000000000000000000001",
                      "7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffed",
                      "7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffec",
                      "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffec",
                      "0000000000000000000000000000000000000000000000000000000000000000",
                      "8000000000000000000000000000000000000000000000000000000000000000",
                      "0000000000000000000000000000000000000000000000000000000000000002",
                      "666666666666666666666666666666666666666666666666666666666666666G"});
}

TEST_CASE("in lanes a square is the product of equals, up to the bounds of what may stand in a lane") {
    if (!lanes_are_available()) return;
    Big modulus = modulus_of(belenios_2048());
    LaneModulus lane_modulus;
    const auto limbs_of = [](Big number, auto put) {
        for (std::size_t j = 0; j < lane_limbs; ++j) {
            Big low;
            mpz_fdiv_r_2exp(low.z(), number.z(), 52);
            put(j, mpz_get_ui(low.z()));
            mpz_fdiv_q_2exp(number.z(), number.z(), 52);
        }
    };
    limbs_of(modulus, [&](std::size_t j, std::uint64_t limb) { lane_modulus.limb[j] = limb; });
    std::uint64_t inverse = 1;
    for (int i = 0; i < 6; ++i) inverse *= 2 - lane_modulus.limb[0] * inverse;
    lane_modulus.minus_inverse = (0 - inverse) & ((std::uint64_t{1} << 52) - 1);
    gmp_randstate_t random;
    gmp_randinit_default(random);
    EightResidues in, square, product, again;
    for (int round = 0; round < 40; ++round) {
        std::array<Big, lane_count> numbers;
        for (std::size_t lane = 0; lane < lane_count; ++lane) {
            Big& number = numbers[lane];
            mpz_mul_ui(number.z(), modulus.z(), 2);
            if (round == 0)  // 2p - 1, 2p - 2, …
                mpz_sub_ui(number.z(), number.z(), lane + 1);
            else if (round == 1)  // 0, 1, …
                mpz_set_ui(number.z(), lane);
            else if (round == 2)  // 2^(52·lane) - 1: limbs full of ones
                mpz_set_ui(number.z(), 1), mpz_mul_2exp(number.z(), number.z(), 52 * (5 * lane + 4)),
                    mpz_sub_ui(number.z(), number.z(), 1);
            else
                mpz_urandomm(number.z(), random, number.z());
            limbs_of(number, [&](std::size_t j, std::uint64_t limb) { in.limb[j][lane] = limb; });
        }
        square_lanes_vartime(square, in, lane_modulus);
        multiply_lanes_vartime(product, in, in, lane_modulus);
        Big inverse_of_radix(std::string("1"));
        mpz_mul_2exp(inverse_of_radix.z(), inverse_of_radix.z(), 52 * lane_limbs);
        mpz_invert(inverse_of_radix.z(), inverse_of_radix.z(), modulus.z());
        std::array<ResidueRow, lane_count> rows;
        scatter_lanes_vartime(rows.data(), square);
        std::array<const ResidueRow*, lane_count> pointers;
        for (std::size_t lane = 0; lane < lane_count; ++lane) pointers[lane] = &rows[lane];
        gather_lanes_vartime(again, pointers);
        for (std::size_t lane = 0; lane < lane_count; ++lane) {
            Big expected, found("0");
            mpz_mul(expected.z(), numbers[lane].z(), numbers[lane].z());
            mpz_mul(expected.z(), expected.z(), inverse_of_radix.z());
            mpz_mod(expected.z(), expected.z(), modulus.z());
            for (std::size_t j = lane_limbs; j-- > 0;) {
                CHECK(square.limb[j][lane] == product.limb[j][lane]);
                CHECK(square.limb[j][lane] == again.limb[j][lane]);
                CHECK(square.limb[j][lane] == rows[lane].limb[j]);
                mpz_mul_2exp(found.z(), found.z(), 52);
                mpz_add_ui(found.z(), found.z(), square.limb[j][lane]);
            }
            Big twice;
            mpz_mul_ui(twice.z(), modulus.z(), 2);
            CHECK(mpz_cmp(found.z(), twice.z()) < 0);
            mpz_mod(found.z(), found.z(), modulus.z());
            CHECK(found.decimal() == expected.decimal());
        }
    }
    gmp_randclear(random);
}

TEST_CASE("points are added, decoded and multiplied as libsodium does it") {
    const auto& group = ed25519();
    SeededRandomness randomness("12");
    const auto reversed = [](std::string_view bytes) {
        std::string out(bytes.rbegin(), bytes.rend());
        return hex_from_bytes({reinterpret_cast<const std::uint8_t*>(out.data()), out.size()});
    };
    for (int i = 0; i < 200; ++i) {
        std::array<std::uint8_t, 32> seed, other, sum;
        randomness.fill(seed);
        crypto_core_ed25519_from_uniform(seed.data(), seed.data());
        randomness.fill(other);
        crypto_core_ed25519_from_uniform(other.data(), other.data());
        const auto view = [](const auto& bytes) {
            return std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size());
        };
        const auto left = group.element_from_text(reversed(view(seed)));
        const auto right = group.element_from_text(reversed(view(other)));
        REQUIRE(left);
        REQUIRE(right);
        CHECK(group.is_member_vartime(*left));
        REQUIRE(crypto_core_ed25519_add(sum.data(), seed.data(), other.data()) == 0);
        CHECK(group.text_of(group.multiply_vartime(*left, *right)) == reversed(view(sum)));
        std::array<std::uint8_t, 32> product;
        const auto scalar = group.scalars().random(randomness);
        REQUIRE(crypto_scalarmult_ed25519_noclamp(
                    product.data(), reinterpret_cast<const unsigned char*>(scalar.limb.data()), seed.data()) == 0);
        CHECK(group.text_of(group.power_vartime(*left, scalar)) == reversed(view(product)));
        CHECK(group.less(*left, *right) == (view(seed) < view(other)));
    }
    // Random strings: both read it, or neither does (libsodium's is_valid_point asks for membership too).
    int read = 0;
    for (int i = 0; i < 400; ++i) {
        std::array<std::uint8_t, 32> bytes;
        randomness.fill(bytes);
        const auto point =
            group.element_from_text(reversed({reinterpret_cast<const char*>(bytes.data()), bytes.size()}));
        const bool member = point && group.is_member_vartime(*point);
        CHECK(member == (crypto_core_ed25519_is_valid_point(bytes.data()) == 1));
        read += point ? 1 : 0;
    }
    CHECK(read > 100);
}

TEST_CASE("the toy group is a group: all elements and scalars") {
    const ToyGroup group;
    int members = 0;
    for (std::uint64_t value = 0; value < 23; ++value) {
        const auto element = group.element_from_text(std::to_string(value));
        REQUIRE(element);
        if (!group.is_member_vartime(*element)) continue;
        ++members;
        CHECK(group.multiply_vartime(*element, group.invert_vartime(*element)) == group.identity());
        for (std::uint64_t a = 0; a < 11; ++a)
            for (std::uint64_t b = 0; b < 11; ++b) {
                const auto sum = group.scalars().add({{a}}, {{b}});
                CHECK(sum.limb[0] == (a + b) % 11);
                CHECK(group.scalars().multiply({{a}}, {{b}}).limb[0] == a * b % 11);
                CHECK(group.multiply_vartime(group.power_vartime(*element, {{a}}),
                                             group.power_vartime(*element, {{b}})) ==
                      group.power_vartime(*element, sum));
            }
    }
    CHECK(members == 11);
    check_commitments(group, "13", 5, {ToyGroup::Element{0}, ToyGroup::Element{5}, ToyGroup::Element{22}});
}
