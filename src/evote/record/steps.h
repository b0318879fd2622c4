// SPDX-License-Identifier: Apache-2.0
// The record's life, step by step: each function gives the bytes that are to be stored behind those of `source`, after
// it has verified them strictly. Nothing is appended to a record that does not hold.
#pragma once
#include "evote/ballot/credential.h"
#include "evote/record/verify.h"
#include "evote/trustees/trustees.h"

namespace plenum::evote {

/// A new record: the whole archive up to the Setup event.
/// election   its public_key is set from the trustees
/// refuses    whatever verify() refuses of it
Result<std::string> set_up_record(Election election, std::string_view trustees, std::string_view credentials,
                                  std::uint64_t timestamp);
/// The same from the stored texts, which are kept byte for byte; refuses election_key_wrong where election_text states
/// another key than the trustees'.
Result<std::string> set_up_record_from_texts(std::string_view election_text, std::string_view trustees,
                                             std::string_view credentials, std::uint64_t timestamp);
/// The election's key, as the trustees' keys combine to it. Refuses what trustees_from_text refuses, group_unknown.
Result<std::string> election_key(std::string_view group, std::string_view trustees);

/// Ballots are appended whole. They are verified against the record; refuses ballot_repeated too.
Result<std::string> append_ballots(const ByteSource& source, const std::vector<std::string>& ballots,
                                   const VerifyOptions& options = {});
/// No more ballots.
Result<std::string> close_record(const ByteSource& source, const VerifyOptions& options = {});
/// The encrypted tally of a closed record.
Result<std::string> append_tally(const ByteSource& source, const VerifyOptions& options = {});
/// PROVER. A trustee's partial decryption of a tallied record, made with its private key; refuses private_key_wrong if
/// the key is no trustee's, owner_repeated if it has decrypted. key_text: the JSON string of the private key file, or
/// of an opened decryption key.
Result<std::string> append_decryption(const ByteSource& source, const HiddenText& key_text, Randomness& randomness,
                                      const VerifyOptions& options = {});
/// The same without appending: the texts of the decryption and of its owner, to be handed in.
struct HandedDecryption {
    std::string decryption, owned;
};
Result<HandedDecryption> make_decryption(const VerifiedRecord& tallied, const HiddenText& key_text,
                                         Randomness& randomness);
/// Appends what make_decryption gave, or belenios-tool; refuses what verify() refuses of it.
Result<std::string> append_handed_decryption(const ByteSource& source, const HandedDecryption& handed,
                                             const VerifyOptions& options = {});
/// The data records that the format builds around others: of a tally, of a partial decryption (owner from 1), of
/// counts.
std::string sized_tally_text(std::uint64_t counted, std::uint64_t weight, std::string_view tally);
std::string owned_text(std::size_t owner, std::string_view decryption);
std::string result_text(const std::vector<std::vector<std::uint64_t>>& counts);
/// The result, from the partial decryptions; refuses decryptions_missing, count_not_found.
Result<std::string> append_result(const ByteSource& source, const VerifyOptions& options = {});

}  // namespace plenum::evote
