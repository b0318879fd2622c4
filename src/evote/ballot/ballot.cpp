// SPDX-License-Identifier: Apache-2.0
#include "evote/ballot/ballot.h"

#include <sodium.h>

#include <algorithm>
#include <memory>

#include "evote/ballot/hash.h"
#include "evote/ballot/text.h"
#include "evote/group/every_group.h"

namespace plenum::evote {

namespace {

/// ChaCha20 keyed by the seed of one ballot, one counter for all draws.
class SealRandomness final : public Randomness {
  public:
    explicit SealRandomness(const SealSeed& seed) : seed_(seed) {}
    void fill(std::span<std::uint8_t> out) override {
        std::array<std::uint8_t, crypto_stream_chacha20_ietf_NONCEBYTES> nonce{};
        for (std::size_t i = 0; i < 8; ++i) nonce[i] = static_cast<std::uint8_t>(drawn_ >> (8 * i));
        ++drawn_;
        crypto_stream_chacha20_ietf(out.data(), out.size(), nonce.data(), seed_.value.data());
    }

  private:
    const SealSeed& seed_;
    std::uint64_t drawn_ = 0;
};

/// 1 if the two are equal, else 0, without a branch.
std::uint64_t equal_bit(std::uint64_t left, std::uint64_t right) {
    const std::uint64_t difference = left ^ right;
    return 1 ^ ((difference | (0 - difference)) >> 63);
}

std::string field(std::string_view answer, std::size_t question, std::string_view part, std::size_t index) {
    return std::string(answer) + "[" + std::to_string(question) + "]." + std::string(part) + "[" +
           std::to_string(index) + "]";
}
std::string field(std::size_t question, std::string_view part) {
    return "answers[" + std::to_string(question) + "]." + std::string(part);
}

/// The place of one half of a ciphertext.
std::string choice_field(const Question& question, std::size_t number, std::size_t choice, std::size_t part) {
    return (question.is_ranking ? field(number, "choices") : field("answers", number, "choices", choice)) +
           (part == 0 ? ".alpha" : ".beta");
}

/// The branches of the proofs on sums: what is claimed of ciphertext 0 (the sum, or the blank) and 1 (the sum beside a
/// blank).
std::vector<Branch> overall_branches(const Question& question) {
    std::vector<Branch> out;
    if (question.blank) out.push_back({0, 1});
    for (std::uint64_t message = question.min; message <= question.max; ++message)
        out.push_back({question.blank ? std::size_t{1} : std::size_t{0}, message});
    return out;
}
std::vector<Branch> blank_branches() { return {{0, 0}, {1, 0}}; }
std::vector<Branch> individual_branches() { return {{0, 0}, {0, 1}}; }

/// What every proof of a ballot is bound to: φ and the credential; per question all its ciphertexts too.
std::string ballot_statement(std::string_view fingerprint, std::string_view credential) {
    return std::string(fingerprint) + "|" + std::string(credential);
}
/// The same of a ranking's proof of knowledge.
std::string ranking_prefix(std::string_view statement, std::string_view key, std::string_view alpha,
                           std::string_view beta) {
    return "raweg|" + std::string(statement) + "|" + std::string(key) + "," + std::string(alpha) + "," +
           std::string(beta) + "|";
}

/// PROVER. One ciphertext of all numbers of a ranking, with the proof that its r is known: nobody can cast another's
/// ciphertext, or one made from it.
template <PrimeOrderGroup G>
Result<std::string> sealed_ranking(const G& group, const typename G::Element& y, std::string_view statement,
                                   std::span<const std::uint8_t> numbers, Randomness& randomness) {
    const auto& g = group.generator();
    const Hidden<typename G::Scalar> r(group.scalars().random(randomness));
    const auto embedded = group.embed(numbers);
    if (!embedded) return refuse(Why::answers_not_embedded);
    const SecretPower<G> on_g{&g, &r.value}, on_y{&y, &r.value};
    const auto alpha = group.product_text({&on_g, 1}), beta = group.product_text({&on_y, 1}, *embedded);
    const typename G::Element base = g;
    const auto proof =
        prove_knowledge<G>(group, ranking_prefix(statement, group.text_of(y), alpha, beta), {&base, 1}, r, randomness);
    return "{\"choices\":{\"alpha\":\"" + alpha + "\",\"beta\":\"" + beta + "\"},\"proof\":" + text_of(group, proof) +
           "}";
}

}  // namespace

Result<Done> vote_is_allowed(const Election& election, const Vote& vote) {
    const auto no = [](std::size_t question) { return refuse(Why::vote_not_allowed, {{"question", question + 1}}); };
    if (vote.size() != election.questions.size()) return no(vote.size());
    for (std::size_t i = 0; i < vote.size(); ++i) {
        const auto& question = election.questions[i];
        if (vote[i].size() != question.entries()) return no(i);
        if (question.is_ranking) continue;  // any number is a rank or a grade
        std::uint64_t sum = 0, wrong = 0;
        for (const auto choice : vote[i]) {
            sum += choice;
            wrong |= choice > 1;
        }
        const std::uint64_t blank = question.blank ? vote[i][0] : 0;
        const bool good = blank == 1 ? sum == 1 : sum >= question.min && sum <= question.max;
        if (wrong != 0 || !good) return no(i);
    }
    return Done{};
}

SealSeed draw_seal_seed(Randomness& randomness) {
    SealSeed seed;
    randomness.fill(seed.value);
    return seed;
}

std::string tracker_of(std::string_view ballot_text) { return base64_of_sha256(ballot_text); }

template <PrimeOrderGroup G>
Result<SealedBallot> seal(const G& group, const Election& election, std::string_view fingerprint,
                          const typename G::Element& y, std::string_view credential, const Vote& vote,
                          const SealSeed& seed) {
    using Scalar = typename G::Scalar;
    TRY(vote_is_allowed(election, vote));
    const auto& scalars = group.scalars();
    const auto& g = group.generator();
    SealRandomness randomness(seed);
    const auto statement = ballot_statement(fingerprint, credential);
    const auto proofs_text = [&](const std::vector<Proof<G>>& proofs) {
        std::string out = "[";
        for (const auto& proof : proofs) out += (out.size() == 1 ? "" : ",") + text_of(group, proof);
        return out + "]";
    };
    std::string answers;
    for (std::size_t i = 0; i < vote.size(); ++i) {
        const auto& question = election.questions[i];
        if (question.is_ranking) {
            auto sealed = sealed_ranking(group, y, statement, vote[i], randomness);
            if (!sealed) return refuse(std::move(sealed.error()).within({"", 0, 0, field(i, "choices")}));
            answers += (i == 0 ? "" : ",") + *sealed;
            continue;
        }
        const std::size_t count = question.choices();
        // Ciphertexts (g^r, y^r·g^m).
        std::vector<Hidden<Scalar>> r(count), m(count);
        std::vector<std::string> alphas, betas;
        std::string choices, question_statement = statement + "|";
        for (std::size_t k = 0; k < count; ++k) {
            r[k].value = scalars.random(randomness);
            m[k].value = scalars.from_number(vote[i][k]);
            const SecretPower<G> alpha{&g, &r[k].value};
            const SecretPower<G> beta[]{{&y, &r[k].value}, {&g, &m[k].value, true}};
            alphas.push_back(group.product_text({&alpha, 1}));
            betas.push_back(group.product_text(beta));
            choices += (k == 0 ? "{\"alpha\":\"" : ",{\"alpha\":\"") + alphas[k] + "\",\"beta\":\"" + betas[k] + "\"}";
            question_statement += (k == 0 ? "" : ",") + alphas[k] + "," + betas[k];
        }
        // Each is 0 or 1.
        std::string individual;
        for (std::size_t k = 0; k < count; ++k) {
            std::vector<Hidden<Scalar>> truth(2);
            truth[0].value = scalars.from_number(vote[i][k] ^ 1u);
            truth[1].value = scalars.from_number(vote[i][k]);
            const auto proofs = prove_one_of<G>(group, y, "prove|" + statement + "|" + alphas[k] + "," + betas[k] + "|",
                                                individual_branches(), std::span<const Hidden<Scalar>>(&r[k], 1),
                                                std::span<const Hidden<Scalar>>(&m[k], 1), truth, randomness);
            individual += (k == 0 ? "" : ",") + proofs_text(proofs);
        }
        // Their sum, or the blank and the sum of the others.
        std::vector<Hidden<Scalar>> sum_r, sum_m;
        std::uint64_t sum = 0;
        const std::uint64_t blank = question.blank ? vote[i][0] : 0;
        const std::size_t from = question.blank ? 1 : 0;
        if (question.blank) {
            sum_r.emplace_back(r[0].value);
            sum_m.emplace_back(m[0].value);
        }
        Hidden<Scalar> r_total, m_total;
        for (std::size_t k = from; k < count; ++k) {
            r_total.value = scalars.add(r_total.value, r[k].value);
            m_total.value = scalars.add(m_total.value, m[k].value);
            sum += vote[i][k];
        }
        const SecretPower<G> total_alpha{&g, &r_total.value};
        const SecretPower<G> total_beta[]{{&y, &r_total.value}, {&g, &m_total.value}};
        const auto total = question.blank
                               ? std::string()
                               : group.product_text({&total_alpha, 1}) + "," + group.product_text(total_beta);
        sum_r.push_back(std::move(r_total));
        sum_m.push_back(std::move(m_total));
        const auto branches = overall_branches(question);
        std::vector<Hidden<Scalar>> truth;
        for (const auto& branch : branches) {
            const bool of_blank = question.blank && branch.of == 0;
            truth.emplace_back(scalars.from_number(of_blank ? blank : (1 ^ blank) & equal_bit(sum, branch.message)));
        }
        const auto prefix =
            question.blank ? "bproof1|" + question_statement + "|" : "prove|" + question_statement + "|" + total + "|";
        const auto overall = prove_one_of<G>(group, y, prefix, branches, sum_r, sum_m, truth, randomness);
        answers += (i == 0 ? "{\"choices\":[" : ",{\"choices\":[") + choices + "],\"individual_proofs\":[" +
                   individual + "],\"overall_proof\":" + proofs_text(overall);
        if (question.blank) {
            std::vector<Hidden<Scalar>> which(2);
            which[0].value = scalars.from_number(blank ^ 1);
            which[1].value = scalars.from_number(blank);
            answers +=
                ",\"blank_proof\":" + proofs_text(prove_one_of<G>(group, y, "bproof0|" + question_statement + "|",
                                                                  blank_branches(), sum_r, sum_m, which, randomness));
        }
        answers += "}";
    }
    SealedBallot out;
    out.text = "{\"election_uuid\":\"" + election.uuid + "\",\"election_hash\":\"" + std::string(fingerprint) +
               "\",\"credential\":\"" + std::string(credential) + "\",\"answers\":[" + answers + "]}";
    out.code = base64_of_sha256(out.text);
    return out;
}

template <PrimeOrderGroup G>
std::string sign(const G& group, const SealedBallot& sealed, const Hidden<typename G::Scalar>& secret,
                 Randomness& randomness) {
    invariant(sealed.code == base64_of_sha256(sealed.text));
    const auto g = group.generator();
    const auto proof = prove_knowledge<G>(group, "sig|" + sealed.code + "|", {&g, 1}, secret, randomness);
    return sealed.text.substr(0, sealed.text.size() - 1) + ",\"signature\":{\"hash\":\"" + sealed.code +
           "\",\"proof\":" + text_of(group, proof) + "}}";
}

template <PrimeOrderGroup G>
Result<Done> check_opening(const G& group, const Election& election, std::string_view fingerprint,
                           const typename G::Element& y, std::string_view credential, const Vote& vote,
                           const SealSeed& seed, std::string_view sealed_text) {
    const auto again = TRY(seal(group, election, fingerprint, y, credential, vote, seed));
    if (again.text != sealed_text) return refuse(Why::ballot_not_as_opened);
    return Done{};
}

template <PrimeOrderGroup G>
struct BallotVerifier<G>::Parsed {
    struct Answer {
        std::vector<std::string_view> texts;  // alpha, beta, alpha, beta, … as they stand in the ballot
        std::vector<Ciphertext<G>> choices;   // the same, decoded
        Ciphertext<G> total;                  // their product, without the blank
        std::vector<Proof<G>> individual;     // two per choice
        std::vector<Proof<G>> overall, blank;
        Proof<G> knowledge;  // of a ranking, which has no other
    };
    std::string_view text, credential, signature_hash, unsigned_text;
    std::optional<Refusal> refused;  // what stands before it in the text has been read
    typename G::Element credential_element;
    std::uint32_t credential_number = 0;
    std::vector<Answer> answers;
    Proof<G> signature;
};

template <PrimeOrderGroup G>
BallotVerifier<G>::BallotVerifier(const G& group, const Election& election, std::string fingerprint,
                                  const typename G::Element& y, const CredentialList& credentials)
    : group_(group),
      election_(election),
      fingerprint_(std::move(fingerprint)),
      credentials_(credentials),
      key_text_(group.text_of(y)),
      tables_(group, y) {}

template <PrimeOrderGroup G>
typename BallotVerifier<G>::Parsed BallotVerifier<G>::parse(std::string_view text) const {
    Parsed out;
    out.text = text;
    Reader reader(text);
    const auto refused = [&](std::string where) -> Parsed& {
        out.refused = reader.refusal().within({"", 0, 0, std::move(where)});
        return out;
    };
    const auto other = [&](Why why, std::string where) -> Parsed& {
        out.refused = refusal(why, {}, {"", 0, 0, std::move(where)});
        return out;
    };
    reader.expect("{\"election_uuid\":");
    const auto uuid = reader.plain_string();
    if (!reader.ok()) return refused("election_uuid");
    if (uuid != election_.uuid) return other(Why::ballot_of_other_election, "election_uuid");
    reader.expect(",\"election_hash\":");
    const auto hash = reader.plain_string();
    if (!reader.ok()) return refused("election_hash");
    if (hash != fingerprint_) return other(Why::ballot_of_other_election, "election_hash");
    reader.expect(",\"credential\":");
    out.credential = reader.plain_string();
    if (!reader.ok()) return refused("credential");
    const auto number = credentials_.find(out.credential);
    if (!number) return other(Why::credential_unknown, "credential");
    out.credential_number = *number;
    reader.expect(",\"answers\":[");
    for (std::size_t i = 0; i < election_.questions.size(); ++i) {
        const auto& question = election_.questions[i];
        auto& answer = out.answers.emplace_back();
        const std::size_t count = question.choices();
        if (question.is_ranking) {
            reader.expect(i == 0 ? "{\"choices\":" : ",{\"choices\":");
            for (const std::size_t part : {0, 1}) {
                reader.expect(part == 0 ? "{\"alpha\":" : ",\"beta\":");
                const auto element = reader.plain_string();
                if (!reader.ok()) return refused(choice_field(question, i, 0, part));
                answer.texts.push_back(element);
            }
            reader.expect("},\"proof\":");
            answer.knowledge = read_proof(group_, reader);
            reader.expect("}");
            if (!reader.ok()) return refused(field(i, "proof"));
            continue;
        }
        answer.texts.reserve(2 * count);
        answer.individual.reserve(2 * count);
        reader.expect(i == 0 ? "{\"choices\":[" : ",{\"choices\":[");
        for (std::size_t k = 0; k < count && reader.ok(); ++k) {
            if (k != 0) reader.expect(",");
            for (const std::size_t part : {0, 1}) {
                reader.expect(part == 0 ? "{\"alpha\":" : ",\"beta\":");
                const auto element = reader.plain_string();
                if (!reader.ok()) return refused(choice_field(question, i, k, part));
                answer.texts.push_back(element);
            }
            reader.expect("}");
        }
        reader.expect("],\"individual_proofs\":[");
        if (!reader.ok()) return refused(field(i, "choices"));
        for (std::size_t k = 0; k < count; ++k) {
            reader.expect(k == 0 ? "[" : ",[");
            answer.individual.push_back(read_proof(group_, reader));
            reader.expect(",");
            answer.individual.push_back(read_proof(group_, reader));
            reader.expect("]");
            if (!reader.ok()) return refused(field("answers", i, "individual_proofs", k));
        }
        reader.expect("],\"overall_proof\":[");
        const std::size_t branches = question.max - question.min + 1 + (question.blank ? 1 : 0);
        for (std::size_t k = 0; k < branches; ++k) {
            if (k != 0) reader.expect(",");
            answer.overall.push_back(read_proof(group_, reader));
            if (!reader.ok()) return refused(field("answers", i, "overall_proof", k));
        }
        reader.expect("]");
        if (question.blank) {
            reader.expect(",\"blank_proof\":[");
            answer.blank.push_back(read_proof(group_, reader));
            reader.expect(",");
            answer.blank.push_back(read_proof(group_, reader));
            reader.expect("]");
            if (!reader.ok()) return refused(field(i, "blank_proof"));
        }
        reader.expect("}");
        if (!reader.ok()) return refused(field(i, "overall_proof"));
    }
    reader.expect("]");
    if (!reader.ok()) return refused("answers");
    const auto end_of_unsigned = reader.position();
    reader.expect(",\"signature\":{\"hash\":");
    out.signature_hash = reader.plain_string();
    reader.expect(",\"proof\":");
    out.signature = read_proof(group_, reader);
    reader.expect("}}");
    reader.end();
    if (!reader.ok()) return refused("signature");
    out.unsigned_text = text.substr(0, end_of_unsigned);  // without the brace that closes it
    return out;
}

// All elements of all ballots together, which costs least. A malformed one stands before whatever else was refused in
// its ballot, since reading stopped there.

template <PrimeOrderGroup G>
void BallotVerifier<G>::decode(std::span<Parsed> ballots) const {
    std::vector<std::string_view> texts;
    for (const auto& ballot : ballots) {
        for (const auto& answer : ballot.answers) texts.insert(texts.end(), answer.texts.begin(), answer.texts.end());
        if (!ballot.refused) texts.push_back(ballot.credential);
    }
    const auto elements = group_.elements_from_texts(texts);
    std::size_t at = 0;
    for (auto& ballot : ballots) {
        bool malformed = false;
        for (std::size_t i = 0; i < ballot.answers.size(); ++i) {
            auto& answer = ballot.answers[i];
            answer.choices.resize((answer.texts.size() + 1) / 2);
            for (std::size_t k = 0; k < answer.texts.size(); ++k, ++at) {
                if (elements[at]) {
                    (k % 2 == 0 ? answer.choices[k / 2].alpha : answer.choices[k / 2].beta) = *elements[at];
                    continue;
                }
                const auto column = answer.texts[k].data() - ballot.text.data();  // that of the quote, from 1
                if (!std::exchange(malformed, true))
                    ballot.refused = refusal(Why::element_malformed, {},
                                             {"", 0, static_cast<std::int64_t>(column),
                                              choice_field(election_.questions[i], i, k / 2, k % 2)});
            }
        }
        // The credential is listed, hence well-formed and a member; it was asked for unless reading had stopped.
        if (ballot.unsigned_text.empty()) continue;
        invariant(elements[at].has_value());
        ballot.credential_element = *elements[at++];
        if (malformed) continue;
        for (std::size_t i = 0; i < ballot.answers.size(); ++i) {
            auto& answer = ballot.answers[i];
            answer.total = {group_.identity(), group_.identity()};
            if (election_.questions[i].is_ranking) continue;
            for (std::size_t k = election_.questions[i].blank ? 1 : 0; k < answer.choices.size(); ++k)
                answer.total = {group_.multiply_vartime(answer.total.alpha, answer.choices[k].alpha),
                                group_.multiply_vartime(answer.total.beta, answer.choices[k].beta)};
        }
    }
    invariant(at == elements.size());
}

template <PrimeOrderGroup G>
std::vector<typename BallotVerifier<G>::Parsed> BallotVerifier<G>::parse_all(
    std::span<const std::string_view> texts) const {
    std::vector<Parsed> out;
    out.reserve(texts.size());
    for (const auto& text : texts) out.push_back(parse(text));
    decode(out);
    return out;
}

// The jobs of one ballot, in the order in which `judge` takes their results: per question alpha and beta of each
// choice, then the sums; of a ranking alpha, whose commitment it has, and beta; at the end the credential.

template <PrimeOrderGroup G>
void BallotVerifier<G>::ask(const Parsed& ballot, bool check_membership, std::vector<CommitmentJob<G>>& jobs) const {
    const auto ask_branches = [&](const std::vector<Branch>& branches, std::span<const Proof<G>> proofs,
                                  std::span<CommitmentJob<G>> pairs) {
        for (std::size_t j = 0; j < branches.size(); ++j) {
            const auto [on_alpha, on_beta] = commitment_terms(group_, branches[j].message, proofs[j]);
            pairs[2 * branches[j].of].terms.push_back(on_alpha);
            pairs[2 * branches[j].of + 1].terms.push_back(on_beta);
        }
    };
    for (std::size_t i = 0; i < ballot.answers.size(); ++i) {
        const auto& question = election_.questions[i];
        const auto& answer = ballot.answers[i];
        if (question.is_ranking) {
            jobs.push_back({answer.choices[0].alpha,
                            {{answer.knowledge.response, {}, answer.knowledge.challenge}},
                            check_membership});
            jobs.push_back({answer.choices[0].beta, {}, check_membership});
            continue;
        }
        const auto first = jobs.size();
        for (std::size_t k = 0; k < answer.choices.size(); ++k) {
            jobs.push_back({answer.choices[k].alpha, {}, check_membership});
            jobs.push_back({answer.choices[k].beta, {}, check_membership});
            ask_branches(individual_branches(), std::span(answer.individual).subspan(2 * k, 2),
                         std::span(jobs).subspan(first + 2 * k, 2));
        }
        const auto sums = jobs.size();
        if (question.blank) {
            jobs.push_back({answer.choices[0].alpha, {}, false});
            jobs.push_back({answer.choices[0].beta, {}, false});
        }
        jobs.push_back({answer.total.alpha, {}, false});
        jobs.push_back({answer.total.beta, {}, false});
        ask_branches(overall_branches(question), answer.overall, std::span(jobs).subspan(sums));
        if (question.blank) ask_branches(blank_branches(), answer.blank, std::span(jobs).subspan(sums));
    }
    jobs.push_back({ballot.credential_element, {{ballot.signature.response, {}, ballot.signature.challenge}}, false});
}

template <PrimeOrderGroup G>
Result<Done> BallotVerifier<G>::judge(const Parsed& ballot, std::span<const bool> members,
                                      std::span<const std::string> commitments) const {
    const auto statement = ballot_statement(fingerprint_, ballot.credential);
    std::size_t job = 0, commitment = 0;
    for (std::size_t i = 0; i < ballot.answers.size(); ++i) {
        const auto& question = election_.questions[i];
        const auto& answer = ballot.answers[i];
        const std::size_t count = answer.choices.size();
        std::string question_statement = statement + "|";
        for (std::size_t k = 0; k < count; ++k) {
            for (const std::size_t part : {0, 1})
                if (!members[job++])
                    return refuse(Why::element_not_in_group, {}, {"", 0, 0, choice_field(question, i, k, part)});
            if (k != 0) question_statement += ",";
            question_statement += answer.texts[2 * k];
            question_statement += ",";
            question_statement += answer.texts[2 * k + 1];
        }
        if (question.is_ranking) {
            const auto prefix = ranking_prefix(statement, key_text_, answer.texts[0], answer.texts[1]);
            if (challenge_of(group_, prefix, commitments.subspan(commitment++, 1)) != answer.knowledge.challenge)
                return refuse(Why::proof_fails, {}, {"", 0, 0, field(i, "proof")});
            continue;
        }
        for (std::size_t k = 0; k < count; ++k) {
            // Results come per base: alpha's two, then beta's two; the hash takes them per branch.
            const std::array<std::string_view, 4> ordered{commitments[commitment], commitments[commitment + 2],
                                                          commitments[commitment + 1], commitments[commitment + 3]};
            commitment += 4;
            const auto prefix = "prove|" + statement + "|" + std::string(answer.texts[2 * k]) + "," +
                                std::string(answer.texts[2 * k + 1]) + "|";
            if (!challenges_add_up(group_, prefix, std::span(answer.individual).subspan(2 * k, 2), ordered))
                return refuse(Why::proof_fails, {}, {"", 0, 0, field("answers", i, "individual_proofs", k)});
        }
        // The proofs on sums. Per base the overall terms come first, then the blank's.
        const auto branches = overall_branches(question);
        const std::size_t pairs = question.blank ? 2 : 1;
        std::array<std::size_t, 4> next{};
        for (std::size_t base = 0; base < 2 * pairs; ++base) {
            next[base] = commitment;
            for (const auto& branch : branches) commitment += branch.of == base / 2;
            if (question.blank) ++commitment;
        }
        const auto ordered = [&](const std::vector<Branch>& of) {
            std::vector<std::string_view> out;
            for (const auto& branch : of)
                for (const std::size_t part : {0, 1}) out.push_back(commitments[next[2 * branch.of + part]++]);
            return out;
        };
        std::string prefix;
        if (question.blank) {
            prefix = "bproof1|" + question_statement + "|";
        } else {
            const typename G::Element both[]{answer.total.alpha, answer.total.beta};
            const auto texts = group_.texts_of(both);
            prefix = "prove|" + question_statement + "|" + texts[0] + "," + texts[1] + "|";
        }
        const auto overall = ordered(branches);
        if (!challenges_add_up(group_, prefix, std::span(answer.overall), overall))
            return refuse(Why::proof_fails, {}, {"", 0, 0, field(i, "overall_proof")});
        if (question.blank) {
            const auto blank = ordered(blank_branches());
            if (!challenges_add_up(group_, "bproof0|" + question_statement + "|", std::span(answer.blank), blank))
                return refuse(Why::proof_fails, {}, {"", 0, 0, field(i, "blank_proof")});
        }
        job += 2 * pairs;
    }
    const auto hash = base64_of_digest(Sha256().add(ballot.unsigned_text).add("}").finish());
    if (hash != ballot.signature_hash) return refuse(Why::signature_hash_wrong, {}, {"", 0, 0, "signature.hash"});
    if (challenge_of(group_, "sig|" + hash + "|", commitments.subspan(commitment, 1)) != ballot.signature.challenge)
        return refuse(Why::signature_fails, {}, {"", 0, 0, "signature.proof"});
    return Done{};
}

template <PrimeOrderGroup G>
std::vector<Result<CheckedBallot<G>>> BallotVerifier<G>::check_vartime(std::span<const std::string_view> texts,
                                                                       Membership membership) const {
    auto parsed = parse_all(texts);
    bool exact = true;
    if (membership == Membership::batched) {
        std::vector<typename G::Element> elements;
        for (const auto& ballot : parsed) {
            if (ballot.refused) continue;
            for (const auto& answer : ballot.answers)
                for (const auto& choice : answer.choices) {
                    elements.push_back(choice.alpha);
                    elements.push_back(choice.beta);
                }
        }
        SystemRandomness randomness;  // drawn here, after the batch is fixed
        exact = elements.size() < least_batch_of_elements || !group_.are_members_vartime(elements, randomness);
    }
    std::vector<CommitmentJob<G>> jobs;
    for (const auto& ballot : parsed)
        if (!ballot.refused) ask(ballot, exact, jobs);
    const std::unique_ptr<bool[]> members(new bool[jobs.size()]());
    const auto found = tables_.evaluate_vartime(jobs, {members.get(), jobs.size()});
    if (!exact) std::fill_n(members.get(), jobs.size(), true);
    const auto commitments = group_.texts_of(std::span<const typename G::Element>(found));
    std::vector<Result<CheckedBallot<G>>> out;
    std::size_t job = 0, commitment = 0;
    for (auto& ballot : parsed) {
        if (ballot.refused) {
            out.push_back(refuse(std::move(*ballot.refused)));
            continue;
        }
        auto verdict = judge(ballot, std::span<const bool>(members.get(), jobs.size()).subspan(job),
                             std::span(commitments).subspan(commitment));
        // On to the next ballot's jobs: each ballot ends with the job on its credential.
        std::size_t own_jobs = 0, own_commitments = 1;
        for (std::size_t i = 0; i < ballot.answers.size(); ++i) {
            const auto& question = election_.questions[i];
            const auto& answer = ballot.answers[i];
            if (question.is_ranking) {
                own_jobs += 2;
                ++own_commitments;
                continue;
            }
            own_jobs += 2 * answer.choices.size() + (question.blank ? 4 : 2);
            own_commitments += 4 * answer.choices.size() + 2 * answer.overall.size() + 2 * answer.blank.size();
        }
        job += own_jobs + 1;
        commitment += own_commitments;
        if (!verdict) {
            out.push_back(refuse(std::move(verdict.error())));
            continue;
        }
        CheckedBallot<G> good;
        good.credential = ballot.credential_number;
        for (auto& answer : ballot.answers) good.choices.push_back(std::move(answer.choices));
        out.push_back(std::move(good));
    }
    invariant(job == jobs.size() && commitment == commitments.size());
    return out;
}

template <PrimeOrderGroup G>
Result<CheckedBallot<G>> BallotVerifier<G>::check_vartime(std::string_view text) const {
    return std::move(check_vartime(std::span<const std::string_view>(&text, 1)).front());
}

template <PrimeOrderGroup G>
Result<std::vector<std::vector<Ciphertext<G>>>> BallotVerifier<G>::choices_of(std::string_view checked_text) const {
    auto parsed = std::move(parse_all({&checked_text, 1}).front());
    if (parsed.refused) return refuse(std::move(*parsed.refused));
    std::vector<std::vector<Ciphertext<G>>> out;
    for (auto& answer : parsed.answers) out.push_back(std::move(answer.choices));
    return out;
}

template <PrimeOrderGroup G>
std::vector<std::vector<Ciphertext<G>>> empty_tally(const G& group, const Election& election) {
    std::vector<std::vector<Ciphertext<G>>> out;
    for (const auto& question : election.questions)
        out.emplace_back(question.is_ranking ? 0 : question.choices(),
                         Ciphertext<G>{group.identity(), group.identity()});
    return out;
}

template <PrimeOrderGroup G>
void add_to_tally_vartime(const G& group, std::vector<std::vector<Ciphertext<G>>>& tally,
                          const std::vector<std::vector<Ciphertext<G>>>& choices, std::uint64_t weight) {
    const auto exponent = group.scalars().from_number(weight);
    const auto weighted = [&](const typename G::Element& element) {
        return weight == 1 ? element : group.power_vartime(element, exponent);
    };
    for (std::size_t i = 0; i < tally.size(); ++i)
        for (std::size_t k = 0; k < tally[i].size(); ++k) {
            auto& sum = tally[i][k];
            sum.alpha = group.multiply_vartime(sum.alpha, weighted(choices[i][k].alpha));
            sum.beta = group.multiply_vartime(sum.beta, weighted(choices[i][k].beta));
        }
}

template <PrimeOrderGroup G>
void sort_list_vartime(const G& group, std::vector<Ciphertext<G>>& list) {
    std::sort(list.begin(), list.end(), [&](const auto& left, const auto& right) {
        if (group.less(left.alpha, right.alpha)) return true;
        return !group.less(right.alpha, left.alpha) && group.less(left.beta, right.beta);
    });
}

template <PrimeOrderGroup G>
std::string tally_text(const G& group, const std::vector<std::vector<Ciphertext<G>>>& tally) {
    std::string out = "[";
    for (const auto& question : tally) {
        out += out.size() == 1 ? "[" : ",[";
        for (std::size_t k = 0; k < question.size(); ++k) out += (k == 0 ? "" : ",") + text_of(group, question[k]);
        out += "]";
    }
    return out + "]";
}

template <PrimeOrderGroup G>
Result<std::vector<std::vector<Ciphertext<G>>>> tally_from_text(const G& group, const Election& election,
                                                                std::uint64_t counted, std::string_view text) {
    std::vector<std::vector<Ciphertext<G>>> out;
    Reader reader(text);
    reader.expect("[");
    for (std::size_t i = 0; i < election.questions.size(); ++i) {
        const auto& question = election.questions[i];
        reader.expect(i == 0 ? "[" : ",[");
        auto& row = out.emplace_back();
        const std::uint64_t count = question.is_ranking ? counted : question.choices();
        for (std::uint64_t k = 0; k < count; ++k) {
            if (k != 0) reader.expect(",");
            row.push_back(read_ciphertext(group, reader));
            if (!reader.ok())
                return refuse(reader.refusal().within(
                    {"", 0, 0, "encrypted_tally[" + std::to_string(i) + "][" + std::to_string(k) + "]"}));
        }
        reader.expect("]");
    }
    reader.expect("]");
    reader.end();
    if (!reader.ok()) return refuse(reader.refusal().within({"", 0, 0, "encrypted_tally"}));
    return out;
}

#define PLENUM_INSTANTIATE(G)                                                                                          \
    template Result<SealedBallot> seal(const G&, const Election&, std::string_view, const G::Element&,                 \
                                       std::string_view, const Vote&, const SealSeed&);                                \
    template std::string sign(const G&, const SealedBallot&, const Hidden<G::Scalar>&, Randomness&);                   \
    template Result<Done> check_opening(const G&, const Election&, std::string_view, const G::Element&,                \
                                        std::string_view, const Vote&, const SealSeed&, std::string_view);             \
    template class BallotVerifier<G>;                                                                                  \
    template std::vector<std::vector<Ciphertext<G>>> empty_tally(const G&, const Election&);                           \
    template void add_to_tally_vartime(const G&, std::vector<std::vector<Ciphertext<G>>>&,                             \
                                       const std::vector<std::vector<Ciphertext<G>>>&, std::uint64_t);                 \
    template void sort_list_vartime(const G&, std::vector<Ciphertext<G>>&);                                            \
    template std::string tally_text(const G&, const std::vector<std::vector<Ciphertext<G>>>&);                         \
    template Result<std::vector<std::vector<Ciphertext<G>>>> tally_from_text(const G&, const Election&, std::uint64_t, \
                                                                             std::string_view);
PLENUM_INSTANTIATE(Belenios2048)
PLENUM_INSTANTIATE(Rfc3526)
PLENUM_INSTANTIATE(Ed25519)
PLENUM_INSTANTIATE(ToyGroup)

}  // namespace plenum::evote
