// SPDX-License-Identifier: Apache-2.0
// The commands of the verifiable election, one function each: `plenum verify` and `plenum evote …`. What they read and
// write is fixed in docs/formats/evote-files.md.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/texts.h"
#include "evote/record/simulate.h"

namespace plenum::cli {

struct VerifyElectionOptions {
    std::string record;
    std::string until = "result";  // open, closed, tallied, shuffled, result
    std::optional<std::uint64_t> issued;
    std::string code;  // of a ballot to look for
    bool single_vote = false, json = false;
    unsigned jobs = 1;
};
/// Verifies a record and says what is now sure and what is not. "Verified" is said of complete records only.
Result<Done> verify_election(const VerifyElectionOptions& options, Language language);

struct CredentialOptions {
    std::string group, uuid;
    std::uint64_t count = 0;  // or a file of voters
    std::string voters, form = "short", out = ".";
    std::string credential;
};
Result<Done> print_uuid();
Result<Done> make_credentials(const CredentialOptions& options, Language language);
Result<Done> print_public_credential(const CredentialOptions& options);

struct TrusteeOptions {
    std::string group, out = ".";
    std::size_t trustees = 0, threshold = 0, index = 0;
    bool older_form = false;
    std::vector<std::string> certificates, polynomials, outputs;
    std::string key, input;
    std::vector<std::string> keys, threshold_groups;
};
Result<Done> make_trustee_key(const TrusteeOptions& options, Language language);
Result<Done> make_threshold_certificate(const TrusteeOptions& options, Language language);
Result<Done> make_threshold_polynomial(const TrusteeOptions& options, Language language);
Result<Done> make_threshold_inputs(const TrusteeOptions& options, Language language);
Result<Done> make_threshold_output(const TrusteeOptions& options, Language language);
Result<Done> make_threshold_group(const TrusteeOptions& options, Language language);
Result<Done> make_trustees(const TrusteeOptions& options, Language language);

struct SetupOptions {
    std::string group, uuid, questions, trustees, election, credentials, out = ".";
};
Result<Done> make_election(const SetupOptions& options, Language language);
Result<Done> make_record(const SetupOptions& options, Language language);

struct BallotOptions {
    std::string record, credential, choices, sealed, opened, code, out;
};
Result<Done> vote(const BallotOptions& options, Language language);
Result<Done> seal_ballot(const BallotOptions& options, Language language);
Result<Done> cast_ballot(const BallotOptions& options, Language language);
Result<Done> open_ballot(const BallotOptions& options, Language language);
Result<Done> test_ballot(const BallotOptions& options, Language language);

struct RecordOptions {
    std::string record;
    std::vector<std::string> files;
    std::string key, sealed_key, out;
    std::uint64_t trustee = 0;  // who shuffles, from 1
    unsigned jobs = 1;
};
Result<Done> add_ballots(const RecordOptions& options, Language language);
Result<Done> close_election(const RecordOptions& options, Language language);
Result<Done> tally_election(const RecordOptions& options, Language language);
Result<Done> shuffle_rankings(const RecordOptions& options, Language language);
Result<Done> add_shuffles(const RecordOptions& options, Language language);
Result<Done> end_shuffling(const RecordOptions& options, Language language);
Result<Done> decrypt_tally(const RecordOptions& options, Language language);
Result<Done> add_decryptions(const RecordOptions& options, Language language);
Result<Done> find_result(const RecordOptions& options, Language language);
/// Cuts off what an interrupted append left behind the last whole event, and nothing else.
/// refuses  cli.record_whole; cli.record_not_repaired where the record is broken in any other way
Result<Done> repair_record(const RecordOptions& options, Language language);
Result<Done> check_continues(const std::string& earlier, const std::string& later, Language language);

struct SimulateOptions {
    evote::Simulation simulation;
    std::vector<std::string> shapes;  // of the questions
    std::string trustees, weights, until = "result", out;
};
Result<Done> simulate_election(const SimulateOptions& options, Language language);

/// "3", "2of3" or "1+2of3" into single trustees and a threshold group; false where it is none of these.
bool read_trustees(const std::string& text, evote::Simulation& into);

}  // namespace plenum::cli
