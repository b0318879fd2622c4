// SPDX-License-Identifier: Apache-2.0
// A proof of shuffle and its challenges: what the prover and the verifier share. Symbols of the Belenios specification:
// e, e' the lists before and after; c the commitments to the permutation psi, c_hat their chain, u the challenges that
// belong to each ciphertext, ch the last one; t the commitments and s the responses.
#pragma once

#include "evote/shuffle/shuffle.h"

namespace plenum::evote {

/// What a proof speaks of; what it points to must outlive it.
template <PrimeOrderGroup G>
struct ShuffleStatement {
    std::string_view fingerprint;
    const typename G::Element* y = nullptr;
    std::span<const Ciphertext<G>> before, after;
};

/// Independent generators: h = gen(-1) and h_i = gen(i-1), hashes made into elements, of whose logarithms nobody knows
/// anything (belenios-record.md 9.1). Distinct, and neither the identity nor g: that is asserted, but of the toy group,
/// which has too few elements.
template <PrimeOrderGroup G>
struct IndependentGenerators {
    typename G::Element h;
    std::vector<typename G::Element> each;
};
template <PrimeOrderGroup G>
IndependentGenerators<G> independent_generators(const G& group, std::size_t count, unsigned jobs = 1);

/// u_1 to u_N, a challenge for each ciphertext: hashes of e, e' and c.
template <PrimeOrderGroup G>
std::vector<typename G::Scalar> challenges_u(const G& group, const ShuffleStatement<G>& statement,
                                             std::span<const typename G::Element> c);
/// The last challenge, ch: a hash of the commitments and the statement. Of `proof` no response is looked at.
template <PrimeOrderGroup G>
typename G::Scalar challenge_of_shuffle(const G& group, const ShuffleStatement<G>& statement,
                                        const ProofOfShuffle<G>& proof);
/// Both, each element being written once: they are hashes of texts.
template <PrimeOrderGroup G>
struct ChallengesOfShuffle {
    std::vector<typename G::Scalar> u;
    typename G::Scalar ch;
};
template <PrimeOrderGroup G>
ChallengesOfShuffle<G> challenges_of_shuffle(const G& group, const ShuffleStatement<G>& statement,
                                             const ProofOfShuffle<G>& proof);

/// PROVER of one list; see make_shuffle.
/// memory  what is needed no more is wiped and given back: never more than twelve elements and scalars a ciphertext,
///         `before` and the generators included, and a byte for each of the exchanges, log2(N)^2/4
template <PrimeOrderGroup G>
ShuffledList<G> shuffle_list(const G& group, std::string_view fingerprint, const typename G::Element& y,
                             std::span<const Ciphertext<G>> before, const IndependentGenerators<G>& generators,
                             Randomness& randomness);

/// VERIFIER: whether all equations hold, tried as one with random coefficients of 128 bits; a proof of which one does
/// not passes with a probability of at most 2^-128. Every list has N entries, every element has passed membership.
/// verifiers  drawn from here, so after the proof is fixed
/// cost       one product of 8N + 8 powers (Ed25519), by buckets; where exponents are long one of 4N and two of short
///            ones; exactly, as below, for groups of an order below 2^128
template <PrimeOrderGroup G>
bool equations_hold_vartime(const G& group, const ShuffleStatement<G>& statement, const ProofOfShuffle<G>& proof,
                            const IndependentGenerators<G>& generators, std::span<const typename G::Scalar> u,
                            const typename G::Scalar& ch, Randomness& verifiers, unsigned jobs);
/// VERIFIER: the name of the first equation that does not hold, in the order t1, t2, t3, t41, t42, t_hat[1], …; nothing
/// if all do. Each is asked exactly, but that 64 links of the chain that hold when tried as one are passed over.
/// Every list has N entries, every element has passed membership.
/// cost  about twice that of equations_hold_vartime on one thread, and at most 64·3 powers
template <PrimeOrderGroup G>
std::optional<std::string> failing_equation_vartime(const G& group, const ShuffleStatement<G>& statement,
                                                    const ProofOfShuffle<G>& proof,
                                                    const IndependentGenerators<G>& generators,
                                                    std::span<const typename G::Scalar> u, const typename G::Scalar& ch,
                                                    Randomness& verifiers);

}  // namespace plenum::evote
