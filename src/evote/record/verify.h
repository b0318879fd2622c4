// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>

#include "evote/ballot/ballot.h"
#include "evote/record/archive.h"

namespace plenum::evote {

/// How far a record has come.
enum class RecordState {
    open,      // set up; ballots may follow
    closed,    // no more ballots
    tallied,   // the encrypted tally is published; rankings may be shuffled
    shuffled,  // no more shuffles; an election without rankings goes from tallied to result
    result     // complete
};
std::string_view name_of(RecordState state);

struct VerifyOptions {
    /// The state that the record must have reached. `shuffled` asks no more than `tallied` where there is nothing to
    /// shuffle.
    RecordState until = RecordState::result;
    /// How many credentials were issued, where that is known from outside.
    std::optional<std::uint64_t> issued;
    /// Refuse a second ballot of one credential.
    bool single_vote = false;
    /// The code or tracker of a ballot to look for.
    std::string code;
    /// Of a record with enough partial decryptions and no Result event yet, find the result all the same.
    bool decrypt = false;
    /// Threads that check ballots.
    unsigned jobs = 1;
    /// Of the elements in ballots; all others are checked one by one in either case.
    Membership membership = Membership::batched;
    /// Called from the verifying thread with bytes done and all bytes.
    std::function<void(std::uint64_t, std::uint64_t)> progress;
};

/// Where a ballot stands whose code or tracker was looked for.
struct FoundBallot {
    std::uint64_t ballot = 0;         // its number, from 1
    std::int64_t event = 0;           // height of its event
    std::uint64_t superseded_by = 0;  // number of the ballot that counts instead; 0 where it counts itself
};

/// So many of a trustee list's next `trustees` are needed to decrypt.
struct NeededTrustees {
    std::size_t trustees = 1, threshold = 1;
};

/// A shuffle in the record.
struct AppliedShuffle {
    std::uint64_t trustee = 0;  // who says to have made it, by number from 1
    std::string hash;           // of its payload, 64 hex digits: by which who made it knows it again
};

/// The ballots of a ranking, opened, in the order of the last shuffle, which is nobody's.
struct Rankings {
    std::size_t answers = 0;
    std::vector<std::uint8_t> numbers;  // `answers` to a ballot
    std::size_t ballots() const { return answers == 0 ? 0 : numbers.size() / answers; }
    std::span<const std::uint8_t> ballot(std::size_t number) const {
        return std::span(numbers).subspan(number * answers, answers);
    }
    /// The ballots, least first: what is said where their order is a shuffle's.
    std::vector<std::vector<std::uint8_t>> sorted() const;
    bool operator==(const Rankings&) const = default;
};

/// What a verified record says. Given only where everything in the record holds.
struct VerifiedRecord {
    Election election;
    std::string fingerprint;              // φ
    std::string credentials_fingerprint;  // of the credential list
    RecordState state = RecordState::open;
    std::uint64_t timestamp = 0;  // seconds since 1970, as the archive states it
    std::int64_t events = 0;
    std::string head;  // hash of the last event
    std::uint64_t trustees = 0, decryptions = 0;
    std::vector<std::string> trustee_keys;  // what partial decryptions are checked against, by number
    std::vector<bool> has_decrypted;        // by number
    std::vector<NeededTrustees> needed;     // in the order of their numbers
    std::uint64_t credentials = 0, total_credential_weight = 0;
    std::uint64_t ballots = 0;     // accepted
    std::uint64_t superseded = 0;  // by a later ballot of the same credential
    std::uint64_t counted = 0;
    std::uint64_t counted_weight = 0;
    std::optional<FoundBallot> found;      // the last ballot that has the code, where one was looked for
    std::string tally_hash;                // of the encrypted tally, 64 hex digits; empty while the record is open
    std::vector<AppliedShuffle> shuffles;  // in order
    std::string ciphertexts;  // what is to be published, shuffled or decrypted next: the encrypted tally, its rankings
                              // as last shuffled; empty while the record is open and once it is complete
    std::vector<std::vector<std::uint64_t>> result;  // per question, of a ranking none; empty before the result
    std::vector<Rankings> rankings;                  // per question; of others without answers; empty as above
};

/// Whether a shuffle by this trustee is in the record.
bool has_shuffled(const VerifiedRecord& record, std::uint64_t trustee);

/// Verifies the public record of an election, strictly: what belenios-tool checks and everything in section 15 of
/// belenios-record.md. Exactly one Setup, first; ballots in one run, none repeated byte for byte; one EndBallots; one
/// encrypted tally, equal to the recomputed one; where there are rankings at least one shuffle, each of what the one
/// before it gave and each by another trustee, and one EndShuffles; partial decryptions of distinct trustees, all valid
/// and enough; one Result, last and right. The first thing that does not hold is refused, with `event` and `ballot`
/// among its facts and the field as its place.
///
/// cost     see BallotVerifier and shuffle_from_text_vartime; memory grows with credentials and ballots by about 150
///          bytes each, and with each ballot of a ranking as shuffle_from_text_vartime says
Result<VerifiedRecord> verify(const ByteSource& source, const VerifyOptions& options = {});

/// What the Setup event says of an election. Its ballots, if there are any yet, have not been looked at.
struct Setup {
    Election election;
    std::string fingerprint;  // φ
    std::string credentials;  // the stored list
};
/// Verifies the Setup event alone, for those who make ballots: trustees and election key, all that verify() does there
/// but the membership of other voters' credentials.
Result<Setup> setup_of(const ByteSource& source);

}  // namespace plenum::evote
