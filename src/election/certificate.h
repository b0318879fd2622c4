// SPDX-License-Identifier: Apache-2.0
// The certificate of an election; format: docs/formats/certificate.md.
#pragma once
#include "election/election.h"

namespace plenum::election {

/// The hashed part: every number, rule and id, and no name. Its canonical JSON is what is hashed.
struct Certificate {
    std::string format;  // "plenum-election-certificate-1"
    ElectionId election;
    std::string congress, body;
    Text title;
    int round = 0;
    count::Round round_kind = count::Round::first;
    std::optional<std::string> follows;
    Method method = Method::ballot;
    std::string pack_id, pack_hash, measure_hash;
    count::ApprovalRules rules;
    std::optional<BallotsIssued> ballots;
    count::VotesCounted votes;
    count::Course course;
    std::string state;
    std::vector<PersonId> tellers, scrutineers;
    std::optional<UtcTime> collected_at, agreed_at;
    UtcTime certified_at;
    std::string names_digest;
    static constexpr auto fields() {
        using Me = Certificate;
        return fields_of(
            field("format", &Me::format, "plenum-election-certificate-1"), field("election", &Me::election, "id"),
            field("congress", &Me::congress, "congress"), field("body", &Me::body, "body"),
            field("title", &Me::title, "title"), field("round", &Me::round, "round"),
            field("round_kind", &Me::round_kind, "first | further | tie"),
            field("follows", &Me::follows, "certificate of the round before"),
            field("method", &Me::method, "ballot | uncontested"), field("pack_id", &Me::pack_id, "rule pack"),
            field("pack_hash", &Me::pack_hash, "its hash"),
            field("measure_hash", &Me::measure_hash, "hash of the measure"),
            field("rules", &Me::rules, "the rules applied"),
            field("ballots", &Me::ballots, "stock of ballots; null without a ballot"),
            field("votes", &Me::votes, "the numbers counted"), field("course", &Me::course, "the count, step by step"),
            field("state", &Me::state, "pending_approval | final"),
            field("tellers", &Me::tellers, "whose counts agreed"), field("scrutineers", &Me::scrutineers, "who signed"),
            field("collected_at", &Me::collected_at, "when the box was counted"),
            field("agreed_at", &Me::agreed_at, "when the counts agreed"),
            field("certified_at", &Me::certified_at, "when"),
            field("names_digest", &Me::names_digest, "SHA-256 of the names"));
    }
};
/// `result` is what is certified on the state before it; its `certificate` is not read.
Certificate certificate_of(const Election& election, const ResultCertified& result);
/// SHA-256 of its canonical JSON, 64 hex digits.
std::string hash_of(const Certificate& certificate);

/// The count where no ballot is held: all of the list are elected.
count::Course course_without_ballot(const count::VotesCounted& votes, const count::ApprovalRules& rules);

/// The names that the certificate speaks of, candidates first: [{"id", "name", "unit"}]. Personal; the certificate
/// holds their digest only, so that they can be erased and the rest still verifies.
Json names_of(const Election& election);

/// The document that leaves the program: {"certificate": …, "hash": …, "names": […]}. Only of a certified or void
/// election (bug).
Json certificate_document(const Election& election);

/// Checks a document that may come from anybody: the hash, the digest of the names (unless they are erased: an empty
/// list), the balances of its numbers, and the course, counted again from the numbers and the rules.
/// refuses  what from_json and count::approval refuse; certificate_differs with the part (format | hash | names |
///          votes | course); certificate_unbalanced with the field
Result<Certificate> verify_certificate(const Json& document);

}  // namespace plenum::election
