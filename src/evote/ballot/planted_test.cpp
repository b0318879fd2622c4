// SPDX-License-Identifier: Apache-2.0
// Elements that are not in the group, planted where every proof holds all the same: a voter tries until his challenges
// are divisible by the order of the defect, which takes 2^2 to 8^2 tries for each proof. What refuses these ballots is
// membership and nothing else. Orders 2 and 3 of p - 1 in BELENIOS-2048, 2, 4 and 8 of edwards25519; the large factors
// 291892247 and 3803761901 of p - 1, for which nobody tries so long, are planted as they are.
#include <gmp.h>

#include "evote/group/torsion_for_tests.h"
#include "evote/record/forgery_for_tests.h"

using namespace plenum;
using namespace plenum::evote;

namespace {

/// x^((p - 1) / order) for the first x that gives an element of exactly this prime order.
Belenios2048::Element of_order(unsigned long order) {
    // p = the field of BELENIOS-2048, from the record format.
    constexpr const char* p =
        "2069478569142254640101364365750500806492298929575110409710088478705737421924271740192223725449768433"
        "8129066633138078958404960054389636289796393038773905722803605973749427671376777618898589872735865049"
        "0811670993105358677809800307904916540637771737641986785272734744763418356000356983051931442845617019"
        "1100078673730733356412397173289791324047457883446826065232797464795113767265869358218004631792207366"
        "8860052627186363386088796882120769432366149491002923444346373222145884100586421050242120365433561201"
        "3204811188524087310770141516662001623131771693721892480785077118278423174980732765988288251691831031"
        "25680162072880719";
    mpz_t modulus, exponent, value;
    mpz_init_set_str(modulus, p, 10);
    mpz_init(exponent);
    mpz_init(value);
    mpz_sub_ui(exponent, modulus, 1);
    CHECK(mpz_divisible_ui_p(exponent, order));
    mpz_divexact_ui(exponent, exponent, order);
    for (unsigned long x = 2; mpz_cmp_ui(value, 1) <= 0; ++x) {
        mpz_set_ui(value, x);
        mpz_powm(value, value, exponent, modulus);
    }
    std::string text(mpz_sizeinbase(value, 10) + 2, '\0');
    mpz_get_str(text.data(), 10, value);
    text.resize(text.find('\0'));
    mpz_clear(modulus);
    mpz_clear(exponent);
    mpz_clear(value);
    const auto out = belenios_2048().element_from_text(text);
    REQUIRE(out);
    return *out;
}

template <class G>
std::uint64_t remainder_of(const typename G::Scalar& scalar, std::uint64_t order) {
    __extension__ unsigned __int128 rest = 0;
    for (std::size_t i = scalar.limb.size(); i-- > 0;) rest = (rest << 64 | scalar.limb[i]) % order;
    return static_cast<std::uint64_t>(rest);
}

struct Plant {
    std::size_t choice;
    bool in_alpha;
    bool inverse;
};

/// A ballot of two answers with defects where `plants` says; `order` 0: no attempt to hide them.
template <class G>
std::string planted_ballot(const Forgery<G>& forged, std::size_t voter, const typename G::Element& defect,
                           std::uint64_t order, const std::vector<Plant>& plants, bool& proofs_hold) {
    using Scalar = typename G::Scalar;
    const auto& group = forged.group;
    const auto& scalars = group.scalars();
    const auto g = group.generator();
    SeededRandomness randomness("planted " + std::to_string(voter) + std::to_string(order));
    const auto statement = forged.phi + "|" + forged.credentials[voter];
    std::vector<Hidden<Scalar>> r(2), m(2);
    std::vector<Ciphertext<G>> choices(2);
    m[0].value = scalars.from_number(1);
    for (std::size_t k = 0; k < 2; ++k) {
        r[k].value = scalars.random(randomness);
        choices[k] = {
            group.power_vartime(g, r[k].value),
            group.multiply_vartime(group.power_vartime(forged.y, r[k].value), group.power_vartime(g, m[k].value))};
    }
    for (const auto& plant : plants) {
        auto& part = plant.in_alpha ? choices[plant.choice].alpha : choices[plant.choice].beta;
        part = group.multiply_vartime(part, plant.inverse ? group.invert_vartime(defect) : defect);
    }
    const Ciphertext<G> total{group.multiply_vartime(choices[0].alpha, choices[1].alpha),
                              group.multiply_vartime(choices[0].beta, choices[1].beta)};
    std::vector<Hidden<Scalar>> total_r(1), total_m(1);
    total_r[0].value = scalars.add(r[0].value, r[1].value);
    total_m[0].value = scalars.from_number(1);
    const std::vector<Branch> branches{{0, 0}, {0, 1}};
    proofs_hold = true;
    // Proves "0 or 1" of a ciphertext, again and again until the defects vanish in all four commitments.
    const auto prove = [&](const std::string& prefix, const Ciphertext<G>& of, std::span<const Hidden<Scalar>> witness,
                           std::span<const Hidden<Scalar>> message, bool is_one) {
        while (true) {
            std::vector<Hidden<Scalar>> truth(2);
            truth[is_one ? 1 : 0].value = scalars.from_number(1);
            const auto proofs = prove_one_of<G>(group, forged.y, prefix, branches, witness, message, truth, randomness);
            const bool hidden = order == 0 || std::all_of(proofs.begin(), proofs.end(), [&](const auto& proof) {
                                    return remainder_of<G>(proof.challenge, order) == 0;
                                });
            if (!hidden) continue;
            // The verifier's equations, without membership.
            std::vector<std::string> commitments;
            for (std::size_t j = 0; j < 2; ++j) {
                const auto divided = j == 0 ? of.beta : group.multiply_vartime(of.beta, group.invert_vartime(g));
                commitments.push_back(group.text_of(group.multiply_vartime(
                    group.power_vartime(g, proofs[j].response), group.power_vartime(of.alpha, proofs[j].challenge))));
                commitments.push_back(
                    group.text_of(group.multiply_vartime(group.power_vartime(forged.y, proofs[j].response),
                                                         group.power_vartime(divided, proofs[j].challenge))));
            }
            proofs_hold = proofs_hold && challenges_add_up<G>(group, prefix, proofs, commitments);
            return "[" + text_of(group, proofs[0]) + "," + text_of(group, proofs[1]) + "]";
        }
    };
    const auto texts = [&](const Ciphertext<G>& each) {
        return group.text_of(each.alpha) + "," + group.text_of(each.beta);
    };
    std::string individual;
    for (std::size_t k = 0; k < 2; ++k)
        individual += (k ? "," : "") + prove("prove|" + statement + "|" + texts(choices[k]) + "|", choices[k],
                                             {&r[k], 1}, {&m[k], 1}, k == 0);
    const auto overall =
        prove("prove|" + statement + "|" + texts(choices[0]) + "," + texts(choices[1]) + "|" + texts(total) + "|",
              total, total_r, total_m, true);
    return forged.signed_by(voter, "{\"election_uuid\":\"" + forged.election.uuid + "\",\"election_hash\":\"" +
                                       forged.phi + "\",\"credential\":\"" + forged.credentials[voter] +
                                       "\",\"answers\":[{\"choices\":[" + text_of(group, choices[0]) + "," +
                                       text_of(group, choices[1]) + "],\"individual_proofs\":[" + individual +
                                       "],\"overall_proof\":" + overall + "}]}");
}

template <class G>
void check_planted(const G& group, const std::vector<std::tuple<typename G::Element, std::uint64_t, bool>>& defects) {
    const auto& scalars = group.scalars();
    const Forgery<G> forged(group, {scalars.from_number(1'000'003)},
                            {scalars.from_number(500'009), scalars.from_number(500'029)},
                            *question_from_shape("2:0:1", 1));
    const auto list = CredentialList::from_text(group, forged.parts.events[0].second[2]);
    REQUIRE(list);
    const BallotVerifier<G> verifier(group, forged.election, forged.phi, forged.y, *list);
    bool hold = false;
    const auto honest = planted_ballot(forged, 0, group.identity(), 0, {}, hold);
    CHECK(hold);
    CHECK(verifier.check_vartime(honest));
    for (const auto& [defect, order, hide] : defects) {
        CAPTURE(order);
        CHECK_FALSE(group.is_member_vartime(defect));
        struct Row {
            const char* field;
            std::vector<Plant> plants;
        };
        std::vector<Row> rows{
            {"answers[0].choices[1].alpha", {{1, true, false}}},
            {"answers[0].choices[0].alpha", {{0, true, false}, {1, true, true}}},  // cancel in the sum
            {"answers[0].choices[0].beta", {{0, false, false}}}};
        for (const auto& row : rows) {
            CAPTURE(row.field);
            const auto ballot = planted_ballot(forged, 0, defect, hide ? order : 0, row.plants, hold);
            CHECK(hold == hide);  // nothing but membership tells
            // Beside a ballot whose defect cancels this one in any product over both.
            bool other_holds = false;
            auto opposite = row.plants;
            for (auto& plant : opposite) plant.inverse = !plant.inverse;
            const auto other = planted_ballot(forged, 1, defect, hide ? order : 0, opposite, other_holds);
            const std::string_view batch[]{honest, ballot, other, honest};
            const auto verdicts = verifier.check_vartime(batch);
            CHECK(verdicts[0]);
            CHECK(verdicts[3]);
            for (const std::size_t i : {1, 2}) {
                REQUIRE_FALSE(verdicts[i]);
                CHECK(verdicts[i].error().name() == "evote.element_not_in_group");
                CHECK(verdicts[i].error().place.field == row.field);
            }
        }
    }
}

}  // namespace

TEST_CASE("defects of orders 2, 4 and 8 in a ballot whose every proof holds are refused, alone and cancelling") {
    check_planted(ed25519(), {{ed25519_point_of_order(2), 2, true},
                              {ed25519_point_of_order(4), 4, true},
                              {ed25519_point_of_order(8), 8, true}});
}

TEST_CASE("defects of orders 2 and 3, and of the large factors of p - 1, are refused, alone and cancelling") {
    check_planted(belenios_2048(), {{of_order(2), 2, true},
                                    {of_order(3), 3, true},
                                    {of_order(291892247), 291892247, false},
                                    {of_order(3803761901), 3803761901, false}});
}

TEST_CASE("defects are refused in keys, credentials and decryption factors too, whatever hides them") {
    const auto& group = belenios_2048();
    const auto& scalars = group.scalars();
    for (const unsigned long order : {2ul, 3ul, 291892247ul, 3803761901ul}) {
        CAPTURE(order);
        const auto defect = of_order(order);
        Forgery<Belenios2048> forged(group, {scalars.from_number(1'000'003)}, {scalars.from_number(500'009)},
                                     *question_from_shape("1:0:1", 1));
        const auto ballot = forged.ballot(0, {{1}}, "a");
        forged.cast(ballot);
        forged.complete({ballot});
        const auto spoiled = [&](const std::string& text) {
            return group.text_of(group.multiply_vartime(*group.element_from_text(text), defect));
        };
        const auto refused = [&](const Parts& parts) {
            const auto record = verify(MemorySource(parts.archive()));
            return record ? std::string("verified")
                          : std::string(record.error().name()) + " " + record.error().place.field;
        };
        auto key = forged.parts;
        const auto y = group.text_of(forged.y);
        key.events[0].second[1] = replaced(key.events[0].second[1], y, spoiled(y));
        seal_setup(key);
        CHECK(refused(key) == "evote.element_not_in_group trustees[0].public_key");
        auto credential = forged.parts;
        credential.events[0].second[2] =
            replaced(credential.events[0].second[2], forged.credentials[0], spoiled(forged.credentials[0]));
        seal_setup(credential);
        CHECK(refused(credential) == "evote.element_not_in_group credentials[0]");
        auto factor = forged.parts;
        auto& records = factor.events[factor.first(EventType::partial_decryption)].second;
        const auto at = records[0].find("[[\"") + 3;
        const auto text = records[0].substr(at, records[0].find('"', at) - at);
        records[0] = replaced(records[0], text, spoiled(text));
        seal_payload(records);
        CHECK(refused(factor) == "evote.element_not_in_group decryption_factors[0][0]");
    }
}
