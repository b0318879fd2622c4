// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "evote/record/steps.h"
#include "evote/trustees/pedersen.h"

namespace plenum::evote {

/// A whole election for tests and load: everything follows from the seed, so that its secrets are none.
struct Simulation {
    std::string group = "BELENIOS-2048";
    std::size_t voters = 20;
    std::size_t revotes = 0;             // so many voters, the first ones, vote a second time
    std::vector<std::uint64_t> weights;  // by voter, used in turn; empty: 1 each
    std::vector<Question> questions;
    std::size_t single_trustees = 3;
    std::optional<ThresholdContext> threshold;  // a threshold group beside the single trustees
    std::size_t shuffles = 2;  // by so many trustees, the first ones, where there are rankings; at most all of them
    std::string seed = "1";
    std::uint64_t timestamp = 1'800'000'000;  // seconds since 1970
    RecordState until = RecordState::result;
    /// Threads that make ballots; the outcome does not depend on it.
    unsigned jobs = 1;
    /// Called from the calling thread with ballots made and all ballots.
    std::function<void(std::uint64_t, std::uint64_t)> progress;
};

/// What the simulation made, the record and all that is private.
struct SimulatedElection {
    std::string uuid;
    std::string archive;  // empty where the record went to a sink
    std::string fingerprint, credentials_fingerprint;
    std::uint64_t ballots = 0, counted = 0;
    std::vector<std::string> credentials;              // private, by voter
    std::vector<std::string> trustee_private_keys;     // JSON strings, by trustee number, threshold trustees included
    std::vector<std::string> trustee_seeds;            // of the threshold trustees
    std::vector<std::vector<std::uint64_t>> expected;  // counts from the plain votes; of rankings none
    std::vector<Rankings> expected_rankings;           // the plain votes, in the order in which they were opened; or
                                                       // by voter, where the record does not go so far
};

/// sink     takes the record's bytes in order, in pieces; refuses where they can't be kept
/// refuses  group_unknown, simulation_impossible with its reason (no voters, no question, no trustee, more revotes than
///          voters, weights beside rankings), threshold_out_of_range, group_unsuitable, answers_too_many
/// cost     one ballot per voter and revote; memory grows by some 300 bytes a voter and a batch of ballots
Result<SimulatedElection> simulate(const Simulation& simulation, const TextSink& sink);
/// The same with the record in memory.
Result<SimulatedElection> simulate(const Simulation& simulation);

/// "30:0:15" or "30:0:15:blank": answers, min, max; "rank:5": a ranking of so many answers. Refuses
/// question_malformed.
Result<Question> question_from_shape(std::string_view shape, std::size_t number);

}  // namespace plenum::evote
