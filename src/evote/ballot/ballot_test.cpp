// SPDX-License-Identifier: Apache-2.0
#include "evote/ballot/ballot.h"

#include <doctest/doctest.h>

#include <cstdlib>

#include "evote/ballot/text.h"
#include "evote/group/every_group.h"

using namespace plenum;
using namespace plenum::evote;

namespace {

/// One election with its key and voters, small enough to see through.
template <class G>
struct Sample {
    const G& group;
    Election election;
    std::string fingerprint_text;
    typename G::Scalar key{};  // the election's private key
    typename G::Element y;
    std::vector<PrivateCredential> private_credentials;
    std::vector<VoterKey> voters;
    CredentialList credentials;
    std::unique_ptr<BallotVerifier<G>> verifier;

    Sample(const G& in, std::vector<Question> questions, std::size_t voters_wanted, std::string_view seed) : group(in) {
        SeededRandomness randomness(seed);
        key = group.scalars().random(randomness);
        y = group.power_vartime(group.generator(), key);
        election = {"5wBdpLcGQAQcMm",          "Chair",          "Election of the chair", std::nullopt, std::nullopt,
                    std::string(group.name()), group.text_of(y), std::move(questions)};
        fingerprint_text = fingerprint(text_of(election));
        while (voters.size() < voters_wanted) {
            auto credential = draw_credential(voters.size() % 2 ? Derivation::pbkdf2 : Derivation::hashed, randomness);
            const auto text = public_credential(group, credential, election.uuid);
            const bool taken = text == group.text_of(group.identity()) ||
                               std::any_of(voters.begin(), voters.end(),
                                           [&](const auto& each) { return each.public_credential == text; });
            if (taken) continue;
            voters.push_back({text, 1});
            private_credentials.push_back(std::move(credential));
        }
        auto list = CredentialList::from_text(group, credentials_text(group, voters));
        REQUIRE(list);
        credentials = std::move(*list);
        verifier = std::make_unique<BallotVerifier<G>>(group, election, fingerprint_text, y, credentials);
    }

    Result<SealedBallot> sealed(const Vote& vote, std::size_t voter, std::string_view seed) const {
        return seal(group, election, fingerprint_text, y, voters[voter].public_credential, vote,
                    SealSeed(sha256(seed)));
    }
    std::string signed_by(std::size_t voter, const SealedBallot& ballot) const {
        SeededRandomness randomness("signature");
        return sign(group, ballot, secret_of(group, private_credentials[voter], election.uuid), randomness);
    }
    std::string cast(const Vote& vote, std::size_t voter, std::string_view seed) const {
        const auto ballot = sealed(vote, voter, seed);
        REQUIRE(ballot);
        return signed_by(voter, *ballot);
    }
    /// What a cheat with a valid credential does: alters the sealed ballot, then signs.
    std::string signed_again(std::size_t voter, std::string text) const {
        return signed_by(voter, {text, base64_of_sha256(text)});
    }
    /// The plain counts of checked ballots.
    std::vector<std::uint64_t> opened(const std::vector<Ciphertext<G>>& choices) const {
        std::vector<std::uint64_t> out;
        for (const auto& each : choices) {
            const auto value =
                group.multiply_vartime(each.beta, group.invert_vartime(group.power_vartime(each.alpha, key)));
            auto power = group.identity();
            std::uint64_t count = 0;
            while (!(power == value) && count < 11) {
                power = group.multiply_vartime(power, group.generator());
                ++count;
            }
            out.push_back(count);
        }
        return out;
    }
};

Question question_of(std::size_t answers, std::uint32_t min, std::uint32_t max, bool blank) {
    Question out{"Who?", {}, blank, min, max};
    for (std::size_t i = 0; i < answers; ++i) out.answers.push_back("Answer " + std::to_string(i + 1));
    return out;
}

Question ranking_of(std::size_t answers) {
    auto out = question_of(answers, 0, 1, false);
    out.is_ranking = true;
    return out;
}

std::vector<Vote> all_votes(const Question& question) {
    std::vector<Vote> out;
    for (unsigned bits = 0; bits < 1u << question.choices(); ++bits) {
        std::vector<std::uint8_t> choices;
        for (std::size_t k = 0; k < question.choices(); ++k) choices.push_back(bits >> k & 1);
        out.push_back({choices});
    }
    return out;
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
    const auto at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

/// Ballots of one voter of every kind pass, wrongly signed or altered ones don't.
template <class G>
void check_real_group(const G& group, std::size_t alterations) {
    const Sample<G> sample(group, {question_of(3, 0, 2, false), question_of(2, 1, 1, true)}, 3, "real");
    const auto& verifier = *sample.verifier;
    const Vote vote{{1, 0, 1}, {0, 1, 0}}, blank{{0, 0, 0}, {1, 0, 0}};
    const auto text = sample.cast(vote, 0, "a"), other = sample.cast(blank, 1, "b");
    const auto checked = verifier.check_vartime(text);
    REQUIRE(checked);
    CHECK(checked->credential == *sample.credentials.find(sample.voters[0].public_credential));
    CHECK(sample.opened(checked->choices[0]) == std::vector<std::uint64_t>{1, 0, 1});
    CHECK(sample.opened(checked->choices[1]) == std::vector<std::uint64_t>{0, 1, 0});
    const auto second = verifier.check_vartime(other);
    REQUIRE(second);
    CHECK(sample.opened(second->choices[1]) == std::vector<std::uint64_t>{1, 0, 0});

    // One bit anywhere, the ballot left as signed: refused, and its neighbours in the batch pass.
    SeededRandomness randomness("alterations");
    for (std::size_t i = 0; i < alterations; ++i) {
        auto altered = text;
        const auto at = randomness.below(altered.size());
        altered[at] = static_cast<char>(altered[at] ^ (1 << randomness.below(8)));
        const std::string_view batch[]{other, altered, text};
        const auto verdicts = verifier.check_vartime(batch);
        CAPTURE(at);
        CHECK(verdicts[0]);
        CHECK_FALSE(verdicts[1]);
        CHECK(verdicts[2]);
    }
    // One digit of a proof or ciphertext altered and the ballot signed again by its voter: the proofs refuse it.
    auto sealed = sample.sealed(vote, 0, "a")->text;
    const auto answers = sealed.find("\"answers\"");
    for (std::size_t i = 0; i < alterations; ++i) {
        auto altered = sealed;
        const auto at = answers + randomness.below(altered.size() - answers);
        if (altered[at] < '0' || altered[at] > '8') continue;
        ++altered[at];
        CAPTURE(at);
        const auto verdict = verifier.check_vartime(sample.signed_again(0, altered));
        CHECK_FALSE(verdict);
        if (!verdict) CHECK(verdict.error().place.field.starts_with("answers["));
    }
    // Cut anywhere, or with something behind it.
    for (int i = 0; i < 30; ++i) {
        const auto cut = text.substr(0, randomness.below(text.size()));
        CHECK_FALSE(verifier.check_vartime(cut));
        CHECK_FALSE(verifier.check_vartime(sample.signed_again(0, cut + "}")));
    }
    CHECK(refused_as(verifier.check_vartime(text + " "), Why::text_not_canonical));
    CHECK(refused_as(verifier.check_vartime(text + text), Why::text_not_canonical));
    CHECK(refused_as(verifier.check_vartime(" " + text), Why::text_not_canonical));
    // Another election's, another credential's.
    CHECK(refused_as(verifier.check_vartime(replaced(text, "5wBdpLcGQAQcMm", "5wBdpLcGQAQcMn")),
                     Why::ballot_of_other_election));
    CHECK(refused_as(verifier.check_vartime(replaced(text, sample.fingerprint_text.substr(0, 5), "AAAAA")),
                     Why::ballot_of_other_election));
    const auto moved = replaced(sealed, sample.voters[0].public_credential, sample.voters[1].public_credential);
    CHECK(refused_as(verifier.check_vartime(sample.signed_again(1, moved)), Why::proof_fails));
    CHECK(refused_as(verifier.check_vartime(sample.signed_by(1, *sample.sealed(vote, 0, "a"))), Why::signature_fails));
    CHECK(refused_as(
        verifier.check_vartime(replaced(text, sample.voters[0].public_credential, group.text_of(group.generator()))),
        Why::credential_unknown));
}

}  // namespace

TEST_CASE("over the toy group every allowed vote makes a ballot that passes and opens to it; no other vote is sealed") {
    const ToyGroup toy;
    for (const auto& question : {question_of(3, 0, 2, false), question_of(3, 1, 3, false), question_of(1, 1, 1, false),
                                 question_of(2, 1, 1, true), question_of(3, 0, 2, true), question_of(2, 0, 0, true)}) {
        const Sample<ToyGroup> sample(toy, {question}, 5, "toy");
        int allowed = 0;
        for (const auto& vote : all_votes(question)) {
            const auto blank = question.blank ? vote[0][0] : 0;
            const auto taken = std::count(vote[0].begin(), vote[0].end(), 1);
            const bool good = blank ? taken == 1 : taken >= question.min && taken <= question.max;
            CHECK(vote_is_allowed(sample.election, vote).has_value() == good);
            if (!good) {
                CHECK(refused_as(sample.sealed(vote, 1, "x"), Why::vote_not_allowed));
                continue;
            }
            ++allowed;
            for (int seed = 0; seed < 25; ++seed) {
                const auto checked = sample.verifier->check_vartime(sample.cast(vote, 2, std::to_string(seed)));
                REQUIRE(checked);
                CHECK(sample.opened(checked->choices[0]) == std::vector<std::uint64_t>(vote[0].begin(), vote[0].end()));
            }
        }
        CHECK(allowed > 0);
    }
}

TEST_CASE("over the toy group a disjunction is proved for every key, witness and branch") {
    const ToyGroup toy;
    using Scalar = ToyGroup::Scalar;
    const auto& scalars = toy.scalars();
    SeededRandomness randomness("disjunction");
    const std::vector<Branch> branches{{0, 2}, {0, 3}, {0, 4}};
    for (std::uint64_t x = 0; x < 11; ++x)
        for (std::uint64_t r = 0; r < 11; ++r)
            for (std::uint64_t m = 2; m <= 4; ++m) {
                const auto y = toy.power_vartime(toy.generator(), {{x}});
                std::vector<Hidden<Scalar>> witness(1), message(1), truth(3);
                witness[0].value = {{r}};
                message[0].value = {{m}};
                truth[m - 2].value = {{1}};
                const auto proofs = prove_one_of<ToyGroup>(toy, y, "p|", branches, witness, message, truth, randomness);
                const auto alpha = toy.power_vartime(toy.generator(), {{r}});
                const auto beta =
                    toy.multiply_vartime(toy.power_vartime(y, {{r}}), toy.power_vartime(toy.generator(), {{m}}));
                // The commitments as the specification writes them, without the tables of the verifier.
                std::vector<std::string> commitments;
                for (std::size_t j = 0; j < branches.size(); ++j) {
                    const auto divided = toy.multiply_vartime(
                        beta, toy.invert_vartime(toy.power_vartime(toy.generator(), {{branches[j].message}})));
                    commitments.push_back(
                        toy.text_of(toy.multiply_vartime(toy.power_vartime(toy.generator(), proofs[j].response),
                                                         toy.power_vartime(alpha, proofs[j].challenge))));
                    commitments.push_back(toy.text_of(toy.multiply_vartime(
                        toy.power_vartime(y, proofs[j].response), toy.power_vartime(divided, proofs[j].challenge))));
                }
                CHECK(challenges_add_up<ToyGroup>(toy, "p|", proofs, commitments));
                const Hidden<Scalar> secret(Scalar{{x}});
                const auto g = toy.generator();
                const ToyGroup::Element bases[]{g, alpha}, images[]{y, toy.power_vartime(alpha, {{x}})};
                const auto knowledge = prove_knowledge<ToyGroup>(toy, "k|", bases, secret, randomness);
                CHECK(knowledge_is_proved_vartime<ToyGroup>(toy, "k|", bases, images, knowledge));
            }
    CHECK(scalars.bits() == 4);
}

TEST_CASE("on Ed25519 a ballot passes, and no altered, cut, moved or wrongly signed one") {
    check_real_group(ed25519(), 150);
}
TEST_CASE("on BELENIOS-2048 a ballot passes, and no altered, cut, moved or wrongly signed one") {
    check_real_group(belenios_2048(), 25);
}
TEST_CASE("on RFC-3526-2048 a ballot passes, and no altered, cut, moved or wrongly signed one") {
    check_real_group(rfc_3526_2048(), 2);
}

TEST_CASE("every one-bit alteration of a small ballot is refused" *
          doctest::skip(std::getenv("PLENUM_LONG") == nullptr)) {
    const Sample<Ed25519> sample(ed25519(), {question_of(1, 0, 1, false)}, 2, "small");
    const auto text = sample.cast({{1}}, 0, "a");
    for (std::size_t at = 0; at < text.size(); ++at)
        for (int bit = 0; bit < 8; ++bit) {
            auto altered = text;
            altered[at] = static_cast<char>(altered[at] ^ (1 << bit));
            CAPTURE(at);
            CHECK_FALSE(sample.verifier->check_vartime(altered));
        }
}

TEST_CASE("a ciphertext with a defect of small order is refused by name, whatever its proofs") {
    // The voter signs the altered ballot: membership is judged before any proof, so that a challenge which happens to
    // hide the defect (one in two, four, eight) is of no use.
    const auto& group = ed25519();
    const Sample<Ed25519> sample(group, {question_of(1, 0, 1, false)}, 2, "defect");
    const auto point = [&](std::string_view text) { return *group.element_from_text(text); };
    const auto order2 = point("7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffec");
    const auto order4 = point("0000000000000000000000000000000000000000000000000000000000000000");
    for (const auto& defect : {order2, order4, group.multiply_vartime(order2, order4)}) {
        auto sealed = sample.sealed({{1}}, 0, "a")->text;
        Reader reader(std::string_view(sealed).substr(sealed.find("{\"alpha\"")));
        const auto honest = read_ciphertext(group, reader);
        for (const bool in_alpha : {true, false}) {
            const auto& part = in_alpha ? honest.alpha : honest.beta;
            const auto bad = replaced(sealed, group.text_of(part), group.text_of(group.multiply_vartime(part, defect)));
            const auto verdict = sample.verifier->check_vartime(sample.signed_again(0, bad));
            REQUIRE_FALSE(verdict);
            CHECK(verdict.error().name() == "evote.element_not_in_group");
            CHECK(verdict.error().place.field ==
                  (in_alpha ? "answers[0].choices[0].alpha" : "answers[0].choices[0].beta"));
        }
    }
}

TEST_CASE("two defects that cancel each other in the sum are refused all the same") {
    const auto& group = ed25519();
    const Sample<Ed25519> sample(group, {question_of(2, 0, 1, false)}, 2, "cancel");
    const auto order2 = *group.element_from_text("7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffec");
    auto sealed = sample.sealed({{1, 0}}, 0, "a")->text;
    for (const std::string_view name : {"{\"alpha\":\"", ",{\"alpha\":\""}) {
        const auto at = sealed.find(name) + name.size();
        const auto bad = group.multiply_vartime(*group.element_from_text(sealed.substr(at, 64)), order2);
        sealed.replace(at, 64, group.text_of(bad));
    }
    const auto verdict = sample.verifier->check_vartime(sample.signed_again(0, sealed));
    CHECK(refused_as(verdict, Why::element_not_in_group));
}

TEST_CASE("among many ballots whose membership is checked together a stranger is named, and no other ballot suffers") {
    const auto& group = ed25519();
    const Sample<Ed25519> sample(group, {question_of(2, 0, 1, false)}, 2, "many");
    const auto order2 = *group.element_from_text("7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffec");
    std::vector<std::string> texts;
    for (int i = 0; i < 41; ++i) texts.push_back(sample.cast({{i % 3 == 0, i % 3 == 1}}, i % 2, std::to_string(i)));
    REQUIRE(4 * texts.size() >= least_batch_of_elements);
    const auto spoiled = [&](const auto& change) {
        auto sealed = sample.sealed({{1, 0}}, 0, "spoiled")->text;
        change(sealed);
        return sample.signed_again(0, sealed);
    };
    const auto defect_in = [&](std::string_view name) {
        return [&, name](std::string& sealed) {
            const auto at = sealed.find(name) + name.size();
            const auto bad = group.multiply_vartime(*group.element_from_text(sealed.substr(at, 64)), order2);
            sealed.replace(at, 64, group.text_of(bad));
        };
    };
    const auto in_alpha = spoiled(defect_in("{\"alpha\":\"")), in_beta = spoiled(defect_in(",\"beta\":\""));
    const auto no_point = spoiled([&](std::string& sealed) {
        const std::string_view name = ",{\"alpha\":\"";
        sealed.replace(sealed.find(name) + name.size(), 64, std::string(63, '0') + "2");
    });
    const auto verdicts_of = [&](Membership membership) {
        const std::vector<std::string_view> views(texts.begin(), texts.end());
        return sample.verifier->check_vartime(views, membership);
    };
    for (const auto& verdict : verdicts_of(Membership::batched)) CHECK(verdict);
    for (const std::size_t at : {0, 7, 8, 40}) {
        const auto honest = texts;
        texts[at] = in_alpha;
        texts[(at + 20) % 41] = in_beta;
        texts[(at + 21) % 41] = no_point;
        for (const auto membership : {Membership::batched, Membership::exact}) {
            const auto verdicts = verdicts_of(membership);
            for (std::size_t i = 0; i < texts.size(); ++i) {
                CAPTURE(i);
                if (texts[i] == honest[i]) {
                    CHECK(verdicts[i]);
                    continue;
                }
                CHECK(
                    refused_as(verdicts[i], i == (at + 21) % 41 ? Why::element_malformed : Why::element_not_in_group));
                CHECK(verdicts[i].error().place.field == (i == at               ? "answers[0].choices[0].alpha"
                                                          : i == (at + 20) % 41 ? "answers[0].choices[0].beta"
                                                                                : "answers[0].choices[1].alpha"));
            }
        }
        texts = honest;
    }
}

TEST_CASE("what comes first in a ballot is what is refused: an element that is none, before a proof that is cut") {
    const Sample<Ed25519> sample(ed25519(), {question_of(2, 0, 1, false)}, 2, "first");
    const auto text = sample.cast({{0, 1}}, 0, "a");
    const auto at = text.find(",{\"alpha\":\"") + std::string_view(",{\"alpha\":\"").size();
    auto altered = text;
    altered.replace(at, 64, std::string(63, '0') + "2");
    for (const auto& each : {altered, altered.substr(0, altered.size() - 100), altered.substr(0, at + 70)}) {
        const auto verdict = sample.verifier->check_vartime(each);
        REQUIRE(refused_as(verdict, Why::element_malformed));
        CHECK(verdict.error().place.field == "answers[0].choices[1].alpha");
        CHECK(verdict.error().place.column == static_cast<std::int64_t>(at));
    }
    CHECK(refused_as(sample.verifier->check_vartime(text.substr(0, at + 70)), Why::text_not_canonical));
}

TEST_CASE("a tested ballot is opened by its seed and vote, and by no others") {
    const Sample<Ed25519> sample(ed25519(), {question_of(3, 0, 2, false)}, 2, "opening");
    const Vote vote{{0, 1, 1}}, other{{0, 1, 0}};
    const auto sealed = sample.sealed(vote, 1, "seed");
    REQUIRE(sealed);
    CHECK(sealed->code == base64_of_sha256(sealed->text));
    CHECK(sealed->code.size() == 43);
    const auto opens = [&](const Vote& claimed, std::string_view seed) {
        return check_opening(sample.group, sample.election, sample.fingerprint_text, sample.y,
                             sample.voters[1].public_credential, claimed, SealSeed(sha256(seed)), sealed->text);
    };
    CHECK(opens(vote, "seed"));
    CHECK(refused_as(opens(other, "seed"), Why::ballot_not_as_opened));
    CHECK(refused_as(opens(vote, "sead"), Why::ballot_not_as_opened));
    CHECK(sample.sealed(vote, 1, "seed")->text == sealed->text);
    CHECK(sample.sealed(vote, 1, "sead")->text != sealed->text);
}

TEST_CASE("the tally of weighted ballots opens to the weighted counts") {
    const Sample<Ed25519> sample(ed25519(), {question_of(3, 0, 2, false)}, 3, "tally");
    auto tally = empty_tally(sample.group, sample.election);
    CHECK(tally_text(sample.group, tally).find(sample.group.text_of(sample.group.identity())) != std::string::npos);
    for (const auto& [vote, weight] : {std::pair{Vote{{1, 1, 0}}, 2u}, {Vote{{0, 1, 0}}, 5u}, {Vote{{1, 0, 0}}, 1u}}) {
        const auto checked = sample.verifier->check_vartime(sample.cast(vote, 0, std::to_string(weight)));
        REQUIRE(checked);
        add_to_tally_vartime(sample.group, tally, checked->choices, weight);
    }
    CHECK(sample.opened(tally[0]) == std::vector<std::uint64_t>{3, 7, 0});
}

namespace {

/// Ballots with a ranking between two other questions pass and hold what was chosen; altered ones are refused, with the
/// place.
template <class G>
void check_rankings(const G& group, std::size_t alterations) {
    const Sample<G> sample(
        group, {question_of(2, 0, 1, false), ranking_of(5), question_of(1, 0, 1, true), ranking_of(3)}, 2, "ranked");
    const auto& verifier = *sample.verifier;
    const Vote vote{{0, 1}, {3, 1, 0, 255, 2}, {1, 0}, {0, 0, 0}}, other{{0, 0}, {1, 2, 3, 4, 5}, {0, 1}, {7, 7, 7}};
    const auto text = sample.cast(vote, 0, "a"), neighbour = sample.cast(other, 1, "b");
    const auto opened = [&](const CheckedBallot<G>& ballot, std::size_t question, std::size_t answers) {
        REQUIRE(ballot.choices[question].size() == 1);
        const auto& [alpha, beta] = ballot.choices[question][0];
        return group.numbers_vartime(
            group.multiply_vartime(beta, group.invert_vartime(group.power_vartime(alpha, sample.key))), answers);
    };
    const std::string_view both[]{text, neighbour};
    for (const auto membership : {Membership::exact, Membership::batched}) {
        const auto verdicts = verifier.check_vartime(both, membership);
        REQUIRE((verdicts[0] && verdicts[1]));
        CHECK(opened(*verdicts[0], 1, 5) == vote[1]);
        CHECK(opened(*verdicts[0], 3, 3) == vote[3]);
        CHECK(opened(*verdicts[1], 1, 5) == other[1]);
        CHECK(opened(*verdicts[1], 3, 3) == other[3]);
        CHECK(sample.opened(verdicts[0]->choices[0]) == std::vector<std::uint64_t>{0, 1});
        CHECK(sample.opened(verdicts[1]->choices[2]) == std::vector<std::uint64_t>{0, 1});
    }
    CHECK(verifier.choices_of(text)->at(1).size() == 1);

    // Signed again by its voter after one digit of the first ranking was altered.
    const auto sealed = sample.sealed(vote, 0, "a")->text;
    const auto from = sealed.find("{\"choices\":{"), to = sealed.find("{\"choices\":[", from);
    SeededRandomness randomness("alterations");
    for (std::size_t i = 0; i < alterations; ++i) {
        auto altered = sealed;
        const auto at = from + randomness.below(to - from);
        if (altered[at] < '0' || altered[at] > '8') continue;
        ++altered[at];
        CAPTURE(at);
        const auto signed_text = sample.signed_again(0, altered);
        const std::string_view batch[]{neighbour, signed_text, text};
        const auto verdicts = verifier.check_vartime(batch);
        CHECK((verdicts[0] && verdicts[2]));
        REQUIRE_FALSE(verdicts[1]);
        CHECK(verdicts[1].error().place.field.starts_with("answers[1]."));
    }
    const auto refused = [&](std::string_view from_text, std::string_view to_text) {
        const auto verdict = verifier.check_vartime(sample.signed_again(0, replaced(sealed, from_text, to_text)));
        REQUIRE_FALSE(verdict);
        return std::string(verdict.error().name()) + " " + verdict.error().place.field;
    };
    CHECK(refused("{\"choices\":{\"alpha\":\"", "{\"choices\":{\"alpha\":\"x") ==
          "evote.element_malformed answers[1].choices.alpha");
    CHECK(refused("},\"proof\":", "},\"prove\":") == "evote.text_not_canonical answers[1].proof");
    CHECK(refused("{\"choices\":{\"alpha\"", "{\"choices\":{\"gamma\"") ==
          "evote.text_not_canonical answers[1].choices.alpha");
    // Another's ciphertext with its proof, under the own credential: the proof is bound to the other's.
    const auto theirs = sample.sealed(vote, 1, "a")->text;
    const auto their_from = theirs.find("{\"choices\":{");
    const auto stolen = sealed.substr(0, from) +
                        theirs.substr(their_from, theirs.find("{\"choices\":[", their_from) - their_from) +
                        sealed.substr(to);
    const auto verdict = verifier.check_vartime(sample.signed_again(0, stolen));
    REQUIRE(refused_as(verdict, Why::proof_fails));
    CHECK(verdict.error().place.field == "answers[1].proof");
    // A vote of another length; any number is allowed.
    CHECK(refused_as(sample.sealed({{0, 1}, {3, 1, 0, 2}, {1, 0}, {0, 0, 0}}, 0, "a"), Why::vote_not_allowed));
    CHECK(refused_as(sample.sealed({{0, 1}, {}, {1, 0}, {0, 0, 0}}, 0, "a"), Why::vote_not_allowed));
}

}  // namespace

TEST_CASE("a ranking passes and opens to its numbers, altered or another's it is refused: Ed25519") {
    check_rankings(ed25519(), 60);
}
TEST_CASE("a ranking passes and opens to its numbers, altered or another's it is refused: RFC-3526-2048") {
    check_rankings(rfc_3526_2048(), 3);
}

TEST_CASE("over the toy group every number that has an element makes a ranking that passes, and no other is sealed") {
    const ToyGroup toy;
    const Sample<ToyGroup> sample(toy, {ranking_of(1)}, 5, "toy");
    int sealed = 0;
    for (int number = 0; number < 256; ++number)
        for (int seed = 0; seed < 7; ++seed) {
            const Vote vote{{static_cast<std::uint8_t>(number)}};
            const auto ballot = sample.sealed(vote, 2, std::to_string(seed));
            if (!ballot) {
                CHECK(ballot.error().name() == "evote.answers_not_embedded");
                CHECK(ballot.error().place.field == "answers[0].choices");
                continue;
            }
            ++sealed;
            const auto checked = sample.verifier->check_vartime(sample.signed_by(2, *ballot));
            REQUIRE(checked);
            const auto& [alpha, beta] = checked->choices[0][0];
            const auto opened = toy.multiply_vartime(beta, toy.invert_vartime(toy.power_vartime(alpha, sample.key)));
            CHECK(toy.numbers_vartime(opened, 1) == vote[0]);
        }
    CHECK(sealed == 8 * 7);
}

TEST_CASE("a ranking's ciphertext with a defect of small order is refused by name") {
    const auto& group = ed25519();
    const Sample<Ed25519> sample(group, {ranking_of(4)}, 2, "defect");
    const auto order2 = *group.element_from_text("7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffec");
    const auto sealed = sample.sealed({{1, 2, 3, 4}}, 0, "a")->text;
    for (const std::string part : {"alpha", "beta"}) {
        const auto at = sealed.find("\"" + part + "\":\"") + part.size() + 4;
        auto bad = sealed;
        bad.replace(at, 64,
                    group.text_of(group.multiply_vartime(*group.element_from_text(sealed.substr(at, 64)), order2)));
        const auto verdict = sample.verifier->check_vartime(sample.signed_again(0, bad));
        REQUIRE(refused_as(verdict, Why::element_not_in_group));
        CHECK(verdict.error().place.field == "answers[0].choices." + part);
    }
}

TEST_CASE("a tested ranking is opened by its seed and numbers, and by no others") {
    const Sample<Ed25519> sample(ed25519(), {ranking_of(3)}, 1, "opening");
    const auto sealed = sample.sealed({{2, 3, 1}}, 0, "seed");
    REQUIRE(sealed);
    const auto opens = [&](const Vote& claimed, std::string_view seed) {
        return check_opening(sample.group, sample.election, sample.fingerprint_text, sample.y,
                             sample.voters[0].public_credential, claimed, SealSeed(sha256(seed)), sealed->text);
    };
    CHECK(opens({{2, 3, 1}}, "seed"));
    CHECK(refused_as(opens({{2, 1, 3}}, "seed"), Why::ballot_not_as_opened));
    CHECK(refused_as(opens({{2, 3, 1}}, "sead"), Why::ballot_not_as_opened));
}

TEST_CASE("the list of a ranking is sorted by alpha, then by beta, as numbers or as bytes") {
    const auto& group = ed25519();
    const auto point = [&](std::uint64_t exponent) {
        return *group.element_from_text(
            group.text_of(group.power_vartime(group.generator(), group.scalars().from_number(exponent))));
    };
    std::vector<Ciphertext<Ed25519>> list;
    for (std::uint64_t i = 0; i < 12; ++i) list.push_back({point(1 + i % 3), point(7 + i)});
    sort_list_vartime(group, list);
    const auto bytes = [&](const auto& element) {
        auto text = group.text_of(element);
        std::string out;
        for (std::size_t i = 64; i > 0; i -= 2) out += text.substr(i - 2, 2);
        return out;
    };
    for (std::size_t i = 1; i < list.size(); ++i)
        CHECK(std::pair{bytes(list[i - 1].alpha), bytes(list[i - 1].beta)} <
              std::pair{bytes(list[i].alpha), bytes(list[i].beta)});
    const auto& field = rfc_3526_2048();
    std::vector<Ciphertext<Rfc3526>> numbers{{*field.element_from_text("16"), *field.element_from_text("4")},
                                             {*field.element_from_text("4"), *field.element_from_text("64")},
                                             {*field.element_from_text("16"), *field.element_from_text("2")}};
    sort_list_vartime(field, numbers);
    CHECK(tally_text(field, {numbers}) ==
          R"([[{"alpha":"4","beta":"64"},{"alpha":"16","beta":"2"},{"alpha":"16","beta":"4"}]])");
    using Tally = std::vector<std::vector<Ciphertext<Rfc3526>>>;
    Election election;
    election.questions = {ranking_of(2)};
    const auto text = tally_text(field, {numbers});
    CHECK(*tally_from_text(field, election, 3, text) == Tally{numbers});
    for (const std::uint64_t other : {2u, 4u})
        CHECK(refused_as(tally_from_text(field, election, other, text), Why::text_not_canonical));
}
