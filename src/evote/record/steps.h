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

/// The texts of one event: of a ballot that alone; of a shuffle or a partial decryption it and its owner.
using HandedIn = std::vector<HandedText>;
/// Appends what voters or trustees handed in, made here or by belenios-tool: all of it or nothing.
/// type     ballot, shuffle or partial_decryption
/// refuses  record_goes_on where events of this type may not follow; what verify() refuses of the record with all of
/// it:
///          the fact `event` says which, the record's own events being counted first
/// memory   what verify() takes, and the texts that are kept whole twice
Result<JoinedSource> append_handed(const ByteSource& source, EventType type, const std::vector<HandedIn>& handed,
                                   const VerifyOptions& options = {});
/// No more ballots.
Result<std::string> close_record(const ByteSource& source, const VerifyOptions& options = {});
/// The encrypted tally of a closed record.
Result<std::string> append_tally(const ByteSource& source, const VerifyOptions& options = {});
/// A trustee's shuffle of the rankings of a tallied record, to be handed in: the texts of the shuffle and of its owner.
struct HandedShuffle {
    LongText shuffle;
    std::string owned;
};
/// PROVER. trustee: its number, from 1. The format binds a shuffle to nobody's key: the number is what is claimed.
/// tallied  as verify() gave it, tallied and not yet closed for shuffles
/// refuses  nothing_to_shuffle, record_goes_on, shuffle_owner_unknown, shuffle_owner_repeated
/// cost     see make_shuffle; the record's ciphertexts are given back as soon as they have been read
Result<HandedShuffle> shuffle_lists(VerifiedRecord tallied, std::uint64_t trustee, Randomness& randomness);
/// Both at once, with the shuffle's text in memory.
Result<std::string> append_shuffle(const ByteSource& source, std::uint64_t trustee, Randomness& randomness,
                                   const VerifyOptions& options = {});
/// No more shuffles. Refuses nothing_to_shuffle, shuffles_missing where there was none.
Result<std::string> close_shuffles(const ByteSource& source, const VerifyOptions& options = {});
/// PROVER. A trustee's partial decryption of a tallied record, and where there are rankings a shuffled one, made with
/// its private key; refuses private_key_wrong if the key is no trustee's, owner_repeated if it has decrypted. key_text:
/// the JSON string of the private key file, or of an opened decryption key.
Result<std::string> append_decryption(const ByteSource& source, const HiddenText& key_text, Randomness& randomness,
                                      const VerifyOptions& options = {});
/// The same without appending: the texts of the decryption and of its owner, to be handed in.
struct HandedDecryption {
    std::string decryption, owned;
};
Result<HandedDecryption> make_decryption(const VerifiedRecord& decryptable, const HiddenText& key_text,
                                         Randomness& randomness);
/// The data records that the format builds around others: of a tally, of a shuffle or a partial decryption (owner from
/// 1), of counts and opened ballots.
std::string sized_tally_text(std::uint64_t counted, std::uint64_t weight, std::string_view tally);
std::string owned_text(std::size_t owner, std::string_view payload);
std::string owned_text(std::size_t owner, const Digest& hash_of_payload);
std::string result_text(const std::vector<std::vector<std::uint64_t>>& counts, const std::vector<Rankings>& rankings);
/// The result, from the partial decryptions; refuses decryptions_missing, count_not_found.
Result<std::string> append_result(const ByteSource& source, const VerifyOptions& options = {});

}  // namespace plenum::evote
