// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "evote/ballot/proof.h"

namespace plenum::evote {

/// A trustee's public key with the proof that its private key is known.
template <PrimeOrderGroup G>
struct TrusteeKey {
    typename G::Element public_key;
    Proof<G> proof;
    std::optional<std::string> name;
};

/// Who can decrypt: single trustees, each of whom is needed, and threshold groups, of each of which `threshold` are.
/// Built only by trustees_from_text: every proof in it holds, no key is the identity, no two keys are equal.
template <PrimeOrderGroup G>
struct Trustees {
    struct Item {
        std::size_t first = 0;      // number of its first trustee, from 0
        std::size_t size = 1;       // trustees in it
        std::size_t threshold = 1;  // of whom this many are needed
    };
    std::vector<Item> items;
    std::vector<typename G::Element> keys;  // by trustee: the key that partial decryptions are checked against
    typename G::Element election_key;       // y
};

/// Reads and verifies the trustees of a record, threshold groups in both forms (belenios-record.md 11.5, 11.7).
/// refuses  what is not in the format, no_trustees, element_not_in_group, element_is_identity, trustee_proof_fails,
///          trustee_key_repeated, threshold_out_of_range, threshold_shape_wrong, threshold_context_wrong,
///          threshold_signature_fails, verification_key_wrong; with the trustee's number from 1
template <PrimeOrderGroup G>
Result<Trustees<G>> trustees_from_text(const G& group, std::string_view text);

/// A new private key, and what is published of it.
template <PrimeOrderGroup G>
Hidden<typename G::Scalar> draw_private_key(const G& group, Randomness& randomness);
template <PrimeOrderGroup G>
TrusteeKey<G> publish_key(const G& group, const Hidden<typename G::Scalar>& private_key, Randomness& randomness);
/// {"pok":…,"public_key":"…"}
template <PrimeOrderGroup G>
std::string text_of(const G& group, const TrusteeKey<G>& key);
/// Reads and checks a key as a trustee hands it in; the same refusals as above.
template <PrimeOrderGroup G>
Result<TrusteeKey<G>> trustee_key_from_text(const G& group, std::string_view text);
/// The list of the record; singles first. Each item is the text of a key or of a threshold group.
std::string trustees_text(const std::vector<std::string>& single_keys,
                          const std::vector<std::string>& threshold_groups);

/// The private key file: the decimal as a JSON string.
template <PrimeOrderGroup G>
HiddenText private_key_text(const G& group, const Hidden<typename G::Scalar>& key);
/// Refuses private_key_wrong. Keys of threshold trustees may exceed q; they are reduced.
template <PrimeOrderGroup G>
Result<Hidden<typename G::Scalar>> private_key_from_text(const G& group, std::string_view text);
/// The first eight hex digits, upper case, of the SHA-256 of a key's text: names its files.
std::string key_id(std::string_view key_text);

/// What a trustee signs is a text; the proof of knowledge of the signing key is bound to it.
template <PrimeOrderGroup G>
Proof<G> sign_message(const G& group, std::string_view message, const Hidden<typename G::Scalar>& key,
                      Randomness& randomness);
template <PrimeOrderGroup G>
bool message_is_signed_vartime(const G& group, std::string_view message, const typename G::Element& key,
                               const Proof<G>& signature);
/// The key of trustee j (from 1) that follows from all coefficients: Π_i Π_k A_ik^(j^k).
template <PrimeOrderGroup G>
typename G::Element verification_key_vartime(const G& group,
                                             const std::vector<std::vector<typename G::Element>>& coefficients,
                                             std::size_t j);

/// One trustee's factor alpha^x of every ciphertext of a tally, with proofs.
template <PrimeOrderGroup G>
struct PartialDecryption {
    std::vector<std::vector<typename G::Element>> factors;
    std::vector<std::vector<Proof<G>>> proofs;
};
template <PrimeOrderGroup G>
using Tally = std::vector<std::vector<Ciphertext<G>>>;

/// PROVER. tally: every alpha has passed membership, or a defect of small order would leak the key modulo it.
template <PrimeOrderGroup G>
PartialDecryption<G> decrypt_partially(const G& group, std::string_view fingerprint, const Tally<G>& tally,
                                       const Hidden<typename G::Scalar>& private_key, Randomness& randomness);
template <PrimeOrderGroup G>
std::string text_of(const G& group, const PartialDecryption<G>& decryption);
/// VERIFIER. Reads and checks trustee number `trustee` (from 0)'s partial decryption.
/// tables   any of the group: the work is done in their lanes
/// threads  how many share it
/// refuses  text_not_canonical, decryption_shape_wrong, element_not_in_group, decryption_proof_fails
template <PrimeOrderGroup G>
Result<PartialDecryption<G>> decryption_from_text_vartime(const G& group, const typename G::Tables& tables,
                                                          std::string_view fingerprint, const Tally<G>& tally,
                                                          const Trustees<G>& trustees, std::size_t trustee,
                                                          std::string_view text, unsigned threads = 1);

/// g^count of every ciphertext, from partial decryptions by trustee (nothing for those who have not decrypted); of a
/// threshold group the first that are there are used.
/// refuses  decryptions_missing
template <PrimeOrderGroup G>
Result<std::vector<std::vector<typename G::Element>>> combine_vartime(
    const G& group, const Tally<G>& tally, const Trustees<G>& trustees,
    const std::vector<std::optional<PartialDecryption<G>>>& decryptions);

/// The c in [0, most] with element = g^c, by baby and giant steps; nothing if there is none.
/// cost     2·sqrt(most) multiplications, 40 bytes for each of sqrt(most) (at most 2^22)
template <PrimeOrderGroup G>
std::optional<std::uint64_t> logarithm_vartime(const G& group, const typename G::Element& element, std::uint64_t most);

}  // namespace plenum::evote
