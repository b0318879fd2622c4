// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <unordered_map>

#include "evote/ballot/proof.h"

namespace plenum::evote {

/// How a private credential is made into the secret exponent; the record does not show which was used.
enum class Derivation {
    hashed,  // belenios-tool from 2.4 on: XXXXX-XXXXXX-XXXXX-XXXXXX, two SHA-256
    pbkdf2   // belenios-tool 2.0 to 2.2: XXX-XXX-XXX-XXX-XXX with a check digit, PBKDF2
};

/// A private credential in its dashed form; made by one of the two functions below.
struct PrivateCredential {
    HiddenText text;
    Derivation derivation = Derivation::pbkdf2;
};

/// A new credential: 14 random digits and a check digit, or 22 random digits.
PrivateCredential draw_credential(Derivation derivation, Randomness& randomness);
/// Reads what a voter types or scans, with or without dashes, spaces around it left out.
/// refuses  private_credential_malformed (length, digits), private_credential_mistyped (check digit; short form only)
Result<PrivateCredential> credential_from_text(std::string_view text);
/// The secret exponent s of g^s for one election.
/// cost     1000 rounds of HMAC-SHA-256 for the short form; time does not depend on the credential
template <PrimeOrderGroup G>
Hidden<typename G::Scalar> secret_of(const G& group, const PrivateCredential& credential, std::string_view uuid);
/// str(g^s).
template <PrimeOrderGroup G>
std::string public_credential(const G& group, const PrivateCredential& credential, std::string_view uuid);

/// The public credentials of an election with their weights.
struct VoterKey {
    std::string public_credential;
    std::uint64_t weight = 1;
};
/// The list as the record stores it: in the order of the group; weights are written where any of them is not 1.
template <PrimeOrderGroup G>
std::string credentials_text(const G& group, std::vector<VoterKey> keys);

/// Which credentials may vote; keeps a hash and a weight of each, not the texts.
class CredentialList {
  public:
    /// Reads the stored list.
    /// threads  how many share the membership checks
    /// refuses  the first entry of which one of these is true: what is not in canonical form; an element outside the
    /// group or the identity; credential_repeated;
    ///          credentials_not_sorted (field groups); weight_malformed
    /// cost     one exact membership check each
    template <PrimeOrderGroup G>
    static Result<CredentialList> from_text(const G& group, std::string_view text, unsigned threads = 1);

    /// The number of a credential in the list, from 0; nothing if it is not listed.
    std::optional<std::uint32_t> find(std::string_view public_credential) const;
    std::uint64_t weight(std::uint32_t number) const { return weights_[number]; }
    std::size_t size() const { return weights_.size(); }
    /// The sum of all weights.
    std::uint64_t total_weight() const { return total_weight_; }

  private:
    struct First8 {
        std::size_t operator()(const Digest& digest) const {
            std::size_t out = 0;
            std::memcpy(&out, digest.data(), sizeof out);
            return out;
        }
    };
    std::unordered_map<Digest, std::uint32_t, First8> numbers_;
    std::vector<std::uint64_t> weights_;
    std::uint64_t total_weight_ = 0;
};

}  // namespace plenum::evote
