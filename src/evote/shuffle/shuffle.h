// SPDX-License-Identifier: Apache-2.0
// Lists of ciphertexts that are re-encrypted and reordered by a trustee, with a proof that nothing else was done: the
// shuffle of Terelius and Wikström as CHVote 1.3.2 has it, in the record format of Belenios.
#pragma once
#include "evote/ballot/long_text.h"
#include "evote/ballot/proof.h"

namespace plenum::evote {

/// One list of ciphertexts per question that is shuffled, in question order; each may have any number of them, 0 too.
template <PrimeOrderGroup G>
using Lists = std::vector<std::vector<Ciphertext<G>>>;

/// commitments t1 t2 t3 t41 t42, t_hat (N); responses s1..s4, s_hat (N), s_prime (N); c (N); c_hat (N)
template <PrimeOrderGroup G>
struct ProofOfShuffle {
    typename G::Element t1, t2, t3, t41, t42;
    std::vector<typename G::Element> t_hat;
    typename G::Scalar s1, s2, s3, s4;
    std::vector<typename G::Scalar> s_hat, s_prime;
    std::vector<typename G::Element> c, c_hat;
};

/// One list, shuffled.
template <PrimeOrderGroup G>
struct ShuffledList {
    std::vector<Ciphertext<G>> after;
    ProofOfShuffle<G> proof;
};
/// PROVER. Re-encrypts and permutes each list.
///
/// fingerprint  φ of the stored election
/// y            the election's key
/// input        every element is a member
/// randomness   the system's, but in tests: it decides the permutation
/// cost         in constant time in the permutation and the exponents: per ciphertext 6 powers, 4 powers of g and
///              8 products, and some log2(N)^2 exchanges of rows of 16 to 512 bytes. Memory, the input included: some
///              1.6 KB a ciphertext (Ed25519), 3.2 KB (RFC-3526-2048)
template <PrimeOrderGroup G>
std::vector<ShuffledList<G>> make_shuffle(const G& group, std::string_view fingerprint, const typename G::Element& y,
                                          const Lists<G>& input, Randomness& randomness);

/// Its payload in the record: {"ciphertexts":[[…],…],"proofs":[…]}. Of RFC-3526-2048 the text of a ciphertext has
/// 4.3 KB and its numbers 1.8 KB, which alone are kept.
template <PrimeOrderGroup G>
LongText shuffle_text(const G& group, std::vector<ShuffledList<G>> lists);

/// VERIFIER. Reads a shuffle of `input` and verifies it strictly; gives its output.
///
/// tables     of g and y: the work that is done one by one is done in their lanes
/// input      every element is a member
/// text       the payload; everything in it is checked: form, lengths, membership of the output too, every equation
/// verifiers  the verifier's private randomness, drawn from after the text has been read: that of the system. All
///            equations are tried as one, with random coefficients of 128 bits; a false one passes with a probability
///            of at most 2^-128, a stranger among the elements with at most 2^-64 (PrimeOrderGroup says why).
/// jobs       threads
/// refuses    text_not_canonical, element_malformed, scalar_malformed; shuffle_lists_wrong (not as many lists as were
///            given), shuffle_length_wrong, element_not_in_group; shuffle_proof_fails with the question (from 1) and
///            the equation: t1, t2, t3, t41, t42 or t_hat[i], i from 1
/// cost       per ciphertext 8 powers of one product by buckets (9 where exponents are long), 5 elements decoded and
///            their memberships, a generator; two to three times as much for what fails. Memory, the input
///            included: some 2 KB a ciphertext (Ed25519), 3 KB (RFC-3526-2048); the text is read in pieces
/// source     Belenios specification, "Shuffle algorithms", after CHVote 1.3.2 (ePrint 2017/325); belenios-record.md 9;
///            why it convinces: docs/shuffle-soundness.md
template <PrimeOrderGroup G>
Result<Lists<G>> shuffle_from_text_vartime(const G& group, const typename G::Tables& tables,
                                           std::string_view fingerprint, const typename G::Element& y,
                                           const Lists<G>& input, Reader&& text, Randomness& verifiers, unsigned jobs);

}  // namespace plenum::evote
