// SPDX-License-Identifier: Apache-2.0
// Trustees and their decryptions over the toy group of order 11: every key, every ciphertext, every proof.
#include <doctest/doctest.h>

#include "evote/ballot/credential.h"
#include "evote/group/every_group.h"
#include "evote/trustees/trustees.h"

using namespace plenum;
using namespace plenum::evote;

namespace {

using G = ToyGroup;
const G toy;

G::Element g_to(std::uint64_t exponent) { return toy.power_vartime(toy.generator(), {{exponent}}); }

}  // namespace

TEST_CASE("over the toy group a trustee's key is taken exactly where its proof's equation holds") {
    int taken = 0;
    for (std::uint64_t element = 0; element < 23; ++element)
        for (std::uint64_t challenge = 0; challenge < 11; ++challenge)
            for (std::uint64_t response = 0; response < 11; ++response) {
                const G::Element X{element};
                const auto text = "{\"pok\":{\"challenge\":\"" + std::to_string(challenge) + "\",\"response\":\"" +
                                  std::to_string(response) + "\"},\"public_key\":\"" + std::to_string(element) + "\"}";
                const auto commitment =
                    toy.text_of(toy.multiply_vartime(g_to(response), toy.power_vartime(X, {{challenge}})));
                const bool holds = challenge_of(toy, "pok|toy|" + std::to_string(element) + "|", {&commitment, 1}) ==
                                   G::Scalar{{challenge}};
                const bool expected = holds && toy.is_member_vartime(X) && !(X == toy.identity());
                CHECK(trustee_key_from_text(toy, text).has_value() == expected);
                taken += expected;
            }
    CHECK(taken > 50);  // about one challenge in eleven, for each of ten keys and eleven responses
    SeededRandomness randomness("keys");
    for (std::uint64_t x = 0; x < 11; ++x) {
        const auto key = publish_key(toy, Hidden<G::Scalar>(G::Scalar{{x}}), randomness);
        CHECK(trustee_key_from_text(toy, text_of(toy, key)).has_value() == (x != 0));
    }
}

TEST_CASE("over the toy group every partial decryption is taken, and a false factor where its equations hold only") {
    SeededRandomness randomness("decryptions");
    for (std::uint64_t x = 1; x < 11; ++x)
        for (std::uint64_t r = 0; r < 11; ++r) {
            const Tally<G> tally{{{g_to(r), g_to((x * r + 3) % 11)}}};
            Trustees<G> trustees{{{0, 1, 1}}, {g_to(x)}, g_to(x)};
            const G::Tables tables(toy, g_to(x));
            const auto read = [&](std::string_view text) {
                return decryption_from_text_vartime(toy, tables, "phi", tally, trustees, 0, text);
            };
            const auto honest = decrypt_partially(toy, "phi", tally, Hidden<G::Scalar>(G::Scalar{{x}}), randomness);
            const auto again = read(text_of(toy, honest));
            REQUIRE(again);
            CHECK(again->factors[0][0] == g_to(x * r % 11));
            const auto powers = combine_vartime(toy, tally, trustees, {honest});
            REQUIRE(powers);
            CHECK(logarithm_vartime<G>(toy, (*powers)[0][0], 10) == 3);
            if (x != 7) continue;
            for (std::uint64_t factor = 0; factor < 23; ++factor)
                for (std::uint64_t c = 0; c < 11; ++c)
                    for (std::uint64_t s = 0; s < 11; ++s) {
                        PartialDecryption<G> claimed{{{{factor}}}, {{{{{c}}, {{s}}}}}};
                        const std::string commitments[]{
                            toy.text_of(toy.multiply_vartime(g_to(s), toy.power_vartime(g_to(x), {{c}}))),
                            toy.text_of(toy.multiply_vartime(toy.power_vartime(g_to(r), {{s}}),
                                                             toy.power_vartime({factor}, {{c}})))};
                        const bool holds = challenge_of(toy, "decrypt|phi|" + toy.text_of(g_to(x)) + "|",
                                                        commitments) == G::Scalar{{c}};
                        CHECK(read(text_of(toy, claimed)).has_value() == (holds && toy.is_member_vartime({factor})));
                    }
        }
}

TEST_CASE("over the toy group any two of three open what a polynomial's first coefficient closes, for every one") {
    SeededRandomness randomness("lagrange");
    for (std::uint64_t a = 0; a < 11; ++a)
        for (std::uint64_t b = 0; b < 11; ++b) {
            const auto share = [&](std::uint64_t j) { return (a + b * j) % 11; };
            const std::vector<std::vector<G::Element>> coefficients{{g_to(a), g_to(b)}};
            Trustees<G> trustees{{{0, 3, 2}}, {}, g_to(a)};
            for (std::uint64_t j = 1; j <= 3; ++j) {
                trustees.keys.push_back(g_to(share(j)));
                CHECK(verification_key_vartime<G>(toy, coefficients, j) == trustees.keys.back());
            }
            const Tally<G> tally{{{g_to(5), g_to((a * 5 + 2) % 11)}}};
            for (unsigned who = 0; who < 8; ++who) {
                std::vector<std::optional<PartialDecryption<G>>> given(3);
                for (std::uint64_t j = 1; j <= 3; ++j)
                    if (who >> (j - 1) & 1)
                        given[j - 1] =
                            decrypt_partially(toy, "phi", tally, Hidden<G::Scalar>(G::Scalar{{share(j)}}), randomness);
                const auto powers = combine_vartime(toy, tally, trustees, given);
                const bool enough = (who & (who - 1)) != 0;
                CHECK(powers.has_value() == enough);
                if (enough) CHECK((*powers)[0][0] == g_to(2));
            }
        }
}

TEST_CASE("over the toy group a credential is listed exactly if it is a member and not the identity") {
    int listed = 0;
    for (int value = 0; value < 30; ++value) {
        const auto list = CredentialList::from_text(toy, "[\"" + std::to_string(value) + "\"]");
        const bool member = value < 23 && toy.is_member_vartime({static_cast<std::uint64_t>(value)}) && value != 1;
        CHECK(list.has_value() == member);
        listed += member;
    }
    CHECK(listed == 10);
}
