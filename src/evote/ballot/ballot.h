// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "evote/ballot/credential.h"
#include "evote/ballot/election.h"
#include "evote/ballot/proof.h"

namespace plenum::evote {

/// What a voter chooses: per question one 0 or 1 per choice, the blank in front where there is one; of a ranking any
/// number from 0 to 255 per answer. Secret.
using Vote = std::vector<std::vector<std::uint8_t>>;

/// Refuses vote_not_allowed, with the question, unless each question has its number of choices, all 0 or 1, and either
/// min to max of them or the blank alone. A ranking asks for one number per answer and no more: what a rank may be is
/// for the counting method to say, which sees the ballots opened.
Result<Done> vote_is_allowed(const Election& election, const Vote& vote);

/// All randomness of one ballot comes from one seed: thrown away after casting, shown when the ballot is tested.
using SealSeed = Hidden<std::array<std::uint8_t, 32>>;
/// A fresh seed.
SealSeed draw_seal_seed(Randomness& randomness);

/// An encrypted ballot before it is signed; `code` is shown to the voter before casting or testing is decided.
struct SealedBallot {
    std::string text;  // the ballot without its signature, compact JSON
    std::string code;  // its hash, the "hash" of the later signature
};

/// Encrypts a vote and proves that it is one.
///
/// y               the election's key, a member
/// fingerprint     φ of the stored election
/// credential      the public credential that will sign
/// refuses         vote_not_allowed; answers_not_embedded, of a ranking, with a probability of at most 2^-64
/// cost            per choice 8 powers in constant time, per branch of the overall proof 3; per ranking 3 and the
///                 embedding, 3 ms (RFC-3526-2048) or 30 ms (Ed25519)
/// source          Belenios specification, "Ballots"; belenios-record.md 7.1, 7.2
template <PrimeOrderGroup G>
Result<SealedBallot> seal(const G& group, const Election& election, std::string_view fingerprint,
                          const typename G::Element& y, std::string_view credential, const Vote& vote,
                          const SealSeed& seed);
/// Signs a sealed ballot with the secret exponent of its credential: the text that is cast.
template <PrimeOrderGroup G>
std::string sign(const G& group, const SealedBallot& sealed, const Hidden<typename G::Scalar>& secret,
                 Randomness& randomness);
/// Opens a tested ballot: refuses ballot_not_as_opened unless the seed and the vote give exactly this text.
template <PrimeOrderGroup G>
Result<Done> check_opening(const G& group, const Election& election, std::string_view fingerprint,
                           const typename G::Element& y, std::string_view credential, const Vote& vote,
                           const SealSeed& seed, std::string_view sealed_text);

/// The tracker of a cast ballot: the hash of its whole text.
std::string tracker_of(std::string_view ballot_text);

/// A ballot that has passed every check that needs no other ballot.
template <PrimeOrderGroup G>
struct CheckedBallot {
    std::uint32_t credential = 0;                     // its number in the credential list
    std::vector<std::vector<Ciphertext<G>>> choices;  // per question; of a ranking one
};

/// How the membership of the elements in ballots is checked.
enum class Membership {
    exact,   // each element; at casting
    batched  // of 150 elements or more by random subsets, which miss a stranger with a probability of at most 2^-64
             // (PrimeOrderGroup says why); the exact test names it. For those who verify a whole record, and check the
             // tally's elements exactly before a trustee's decryption of them is believed or made.
};
inline constexpr std::size_t least_batch_of_elements = 150;

/// The verifier of ballots of one election; shared by threads. Public data only.
template <PrimeOrderGroup G>
class BallotVerifier {
  public:
    /// election and credentials must outlive it; y is a member and the election's key.
    BallotVerifier(const G& group, const Election& election, std::string fingerprint, const typename G::Element& y,
                   const CredentialList& credentials);

    /// Checks ballots: canonical form, election, credential, membership of every alpha and beta, every proof, the
    /// signature. One verdict per text; a bad ballot changes no other's verdict.
    /// refuses  text_not_canonical, scalar_malformed, element_malformed, ballot_of_other_election, credential_unknown,
    ///          element_not_in_group, proof_fails, signature_hash_wrong, signature_fails; with the field
    /// cost     per choice 4 and per overall branch 2 double powers, per choice 2 memberships, one signature; least per
    ///          ballot where eight ballots or more come together
    std::vector<Result<CheckedBallot<G>>> check_vartime(std::span<const std::string_view> texts,
                                                        Membership membership = Membership::exact) const;
    Result<CheckedBallot<G>> check_vartime(std::string_view text) const;
    /// Tables for g and y, for other proofs of the same election.
    const typename G::Tables& tables() const { return tables_; }
    /// The ciphertexts of a ballot that has been checked before; nothing else is checked again than its form.
    Result<std::vector<std::vector<Ciphertext<G>>>> choices_of(std::string_view checked_text) const;

  private:
    struct Parsed;
    Parsed parse(std::string_view text) const;
    void decode(std::span<Parsed> ballots) const;
    std::vector<Parsed> parse_all(std::span<const std::string_view> texts) const;
    void ask(const Parsed& ballot, bool check_membership, std::vector<CommitmentJob<G>>& jobs) const;
    Result<Done> judge(const Parsed& ballot, std::span<const bool> members,
                       std::span<const std::string> commitments) const;

    const G& group_;
    const Election& election_;
    std::string fingerprint_;
    const CredentialList& credentials_;
    std::string key_text_;
    typename G::Tables tables_;
};

/// Multiplies a ballot's ciphertexts, to the power of its weight, into a tally of the same shape. Rankings are left
/// out: theirs are not added up but listed.
template <PrimeOrderGroup G>
void add_to_tally_vartime(const G& group, std::vector<std::vector<Ciphertext<G>>>& tally,
                          const std::vector<std::vector<Ciphertext<G>>>& choices, std::uint64_t weight);
/// Brings the list of a ranking into the order of the encrypted tally: by alpha, then by beta. So that it tells nothing
/// about the order of casting.
/// list  elements as they are read; others cost an inversion at each comparison
template <PrimeOrderGroup G>
void sort_list_vartime(const G& group, std::vector<Ciphertext<G>>& list);
/// The tally of no ballots: identities, and empty lists for rankings.
template <PrimeOrderGroup G>
std::vector<std::vector<Ciphertext<G>>> empty_tally(const G& group, const Election& election);
/// [[{"alpha":…,"beta":…},…],…], one array per question.
template <PrimeOrderGroup G>
std::string tally_text(const G& group, const std::vector<std::vector<Ciphertext<G>>>& tally);
/// The same read: of a homomorphic question its choices, of a ranking `counted` ciphertexts. Membership is left to the
/// caller. Refuses text_not_canonical, element_malformed.
template <PrimeOrderGroup G>
Result<std::vector<std::vector<Ciphertext<G>>>> tally_from_text(const G& group, const Election& election,
                                                                std::uint64_t counted, std::string_view text);

}  // namespace plenum::evote
