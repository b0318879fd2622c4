// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "evote/refusals.h"

namespace plenum::evote {

/// A homomorphic question: every answer is taken or not, `min` to `max` of them, or none and `blank`.
struct Question {
    std::string question;
    std::vector<std::string> answers;
    bool blank = false;
    std::uint32_t min = 0, max = 1;
    /// Encrypted choices in a ballot: the answers and, in front of them, the blank.
    std::size_t choices() const { return answers.size() + (blank ? 1 : 0); }
    bool operator==(const Question&) const = default;
};

/// The public parameters of an election, as election.json of the record has them.
struct Election {
    std::string uuid;  // at least 14 Base58 digits
    std::string name, description;
    std::optional<std::string> administrator, credential_authority;
    std::string group;       // BELENIOS-2048, RFC-3526-2048, Ed25519
    std::string public_key;  // y, in the group's text
    std::vector<Question> questions;
    bool operator==(const Election&) const = default;
};

/// Reads election.json; any white space and order of fields are legal, since only the stored text is hashed.
/// refuses  JSON that is none, fields unknown or missing, version_unsupported, uuid_malformed, question_malformed (min
///          above max, no answers), question_not_supported (rankings and lists need shuffles)
Result<Election> election_from_text(std::string_view text);
/// Compact, fields in the order of the format.
std::string text_of(const Election& election);
/// φ, the fingerprint that ballots are bound to: of the stored text, never of one written again.
std::string fingerprint(std::string_view election_text);

/// At least 14 Base58 digits.
bool is_uuid(std::string_view text);

}  // namespace plenum::evote
