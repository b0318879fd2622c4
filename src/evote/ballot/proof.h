// SPDX-License-Identifier: Apache-2.0
// Proofs in the form of the record: challenge and response; a verifier computes the commitments again, exactly, and
// compares the hash. Symbols as in the Belenios specification: g, y, alpha, beta; w for the witness of a commitment.
#pragma once
#include <utility>
#include <vector>

#include "evote/ballot/hash.h"
#include "evote/ballot/reader.h"
#include "evote/group/group.h"

namespace plenum::evote {

template <PrimeOrderGroup G>
struct Proof {
    typename G::Scalar challenge, response;
    bool operator==(const Proof&) const = default;
};

template <PrimeOrderGroup G>
struct Ciphertext {
    typename G::Element alpha, beta;
    bool operator==(const Ciphertext&) const = default;
};

/// H(prefix; X1, …, Xn): SHA-256 over prefix and the texts, joined by commas, reduced modulo q.
template <PrimeOrderGroup G, class Texts = std::span<const std::string>>
typename G::Scalar challenge_of(const G& group, std::string_view prefix, const Texts& texts) {
    Sha256 hash;
    hash.add(prefix);
    bool first = true;
    for (const auto& text : texts) {
        if (!std::exchange(first, false)) hash.add(",");
        hash.add(text);
    }
    return group.scalars().from_bytes(hash.finish());
}

/// PROVER: knowledge of x with X = base^x, one proof over several bases at once (a trustee's key and factor).
/// prefix  ends in '|'; the commitments base_i^w follow it in the order of `bases`
template <PrimeOrderGroup G>
Proof<G> prove_knowledge(const G& group, std::string_view prefix, std::span<const typename G::Element> bases,
                         const Hidden<typename G::Scalar>& x, Randomness& randomness) {
    const auto& scalars = group.scalars();
    // commitment
    const Hidden<typename G::Scalar> w(scalars.random(randomness));
    std::vector<std::string> commitments;
    for (const auto& base : bases) {
        const SecretPower<G> term{&base, &w.value};
        commitments.push_back(group.product_text({&term, 1}));
    }
    // challenge
    Proof<G> proof;
    proof.challenge = challenge_of(group, prefix, std::span<const std::string>(commitments));
    // response
    const Hidden<typename G::Scalar> product(scalars.multiply(x.value, proof.challenge));
    proof.response = scalars.subtract(w.value, product.value);
    return proof;
}

/// VERIFIER of prove_knowledge: images[i] = bases[i]^x for one x. All elements have passed membership.
template <PrimeOrderGroup G>
bool knowledge_is_proved_vartime(const G& group, std::string_view prefix, std::span<const typename G::Element> bases,
                                 std::span<const typename G::Element> images, const Proof<G>& proof) {
    invariant(bases.size() == images.size());
    std::vector<typename G::Element> commitments;
    for (std::size_t i = 0; i < bases.size(); ++i)
        commitments.push_back(group.multiply_vartime(group.power_vartime(bases[i], proof.response),
                                                     group.power_vartime(images[i], proof.challenge)));
    const auto texts = group.texts_of(std::span<const typename G::Element>(commitments));
    return challenge_of(group, prefix, std::span<const std::string>(texts)) == proof.challenge;
}

/// One branch of a proof "one of these is true": that beta/g^message = y^r with r known, for ciphertext number `of`.
struct Branch {
    std::size_t of = 0;
    std::uint64_t message = 0;
};

/// PROVER of a disjunction. statement: ciphertexts (g^r_k, y^r_k·g^m_k); witness: r_k, m_k, and which branch is true.
///
/// Every branch is computed in the same way, whichever is true: with u and c drawn, A = g^u and
/// B = y^u·g^((m - M)·c), which is g^response·alpha^c and y^response·(beta/g^M)^c for response = u - r·c. On a true
/// branch m = M, so that B does not depend on c and the challenge can be set afterwards.
/// is_true  per branch, exactly one of them true; secret
/// cost     per branch two powers of g and one of y, in constant time
template <PrimeOrderGroup G>
std::vector<Proof<G>> prove_one_of(const G& group, const typename G::Element& y, std::string_view prefix,
                                   std::span<const Branch> branches, std::span<const Hidden<typename G::Scalar>> r,
                                   std::span<const Hidden<typename G::Scalar>> m,
                                   std::span<const Hidden<typename G::Scalar>> is_true, Randomness& randomness) {
    using Scalar = typename G::Scalar;
    const auto& scalars = group.scalars();
    const auto& g = group.generator();
    // commitment
    std::vector<Proof<G>> proofs(branches.size());
    std::vector<Hidden<Scalar>> u(branches.size());
    std::vector<std::string> commitments;
    Hidden<Scalar> sum;
    for (std::size_t j = 0; j < branches.size(); ++j) {
        const auto k = branches[j].of;
        u[j].value = scalars.random(randomness);
        proofs[j].challenge = scalars.random(randomness);
        sum.value = scalars.add(sum.value, proofs[j].challenge);
        const Hidden<Scalar> difference(scalars.subtract(m[k].value, scalars.from_number(branches[j].message)));
        const Hidden<Scalar> on_g(scalars.multiply(difference.value, proofs[j].challenge));
        const SecretPower<G> a{&g, &u[j].value};
        const SecretPower<G> b[]{{&y, &u[j].value}, {&g, &on_g.value}};
        commitments.push_back(group.product_text({&a, 1}));
        commitments.push_back(group.product_text(b));
    }
    // challenge
    const auto total = challenge_of(group, prefix, std::span<const std::string>(commitments));
    // response
    const Hidden<Scalar> missing(scalars.subtract(total, sum.value));
    for (std::size_t j = 0; j < branches.size(); ++j) {
        const Hidden<Scalar> more(scalars.multiply(is_true[j].value, missing.value));
        proofs[j].challenge = scalars.add(proofs[j].challenge, more.value);
        const Hidden<Scalar> product(scalars.multiply(r[branches[j].of].value, proofs[j].challenge));
        proofs[j].response = scalars.subtract(u[j].value, product.value);
    }
    return proofs;
}

/// VERIFIER of a disjunction, first half: the commitments of one branch, as terms on alpha and on beta.
template <PrimeOrderGroup G>
std::pair<CommitmentTerm<G>, CommitmentTerm<G>> commitment_terms(const G& group, std::uint64_t message,
                                                                 const Proof<G>& proof) {
    const auto& scalars = group.scalars();
    CommitmentTerm<G> on_alpha{proof.response, {}, proof.challenge};
    CommitmentTerm<G> on_beta{{}, proof.response, proof.challenge};
    // beta/g^M to the challenge: the divisor joins the power of g.
    if (message != 0)
        on_beta.on_generator = scalars.negate(scalars.multiply(scalars.from_number(message), proof.challenge));
    return {on_alpha, on_beta};
}

/// VERIFIER of a disjunction, second half: the challenges add up to the hash of the commitments A0, B0, A1, B1, …
template <PrimeOrderGroup G, class Texts>
bool challenges_add_up(const G& group, std::string_view prefix, std::span<const Proof<G>> proofs,
                       const Texts& commitments) {
    typename G::Scalar sum;
    for (const auto& proof : proofs) sum = group.scalars().add(sum, proof.challenge);
    return sum == challenge_of(group, prefix, commitments);
}

template <PrimeOrderGroup G>
Proof<G> read_proof(const G& group, Reader& reader) {
    Proof<G> out;
    reader.expect("{\"challenge\":");
    out.challenge = reader.scalar(group);
    reader.expect(",\"response\":");
    out.response = reader.scalar(group);
    reader.expect("}");
    return out;
}
template <PrimeOrderGroup G>
std::string text_of(const G& group, const Proof<G>& proof) {
    return "{\"challenge\":\"" + group.scalars().decimal(proof.challenge) + "\",\"response\":\"" +
           group.scalars().decimal(proof.response) + "\"}";
}
template <PrimeOrderGroup G>
Ciphertext<G> read_ciphertext(const G& group, Reader& reader) {
    Ciphertext<G> out;
    reader.expect("{\"alpha\":");
    out.alpha = reader.element(group);
    reader.expect(",\"beta\":");
    out.beta = reader.element(group);
    reader.expect("}");
    return out;
}
template <PrimeOrderGroup G>
std::string text_of(const G& group, const Ciphertext<G>& ciphertext) {
    return "{\"alpha\":\"" + group.text_of(ciphertext.alpha) + "\",\"beta\":\"" + group.text_of(ciphertext.beta) +
           "\"}";
}

}  // namespace plenum::evote
