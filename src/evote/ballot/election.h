// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "evote/refusals.h"

namespace plenum::evote {

/// A question of one of two kinds. Homomorphic: every answer is taken or not, `min` to `max` of them, or none and
/// `blank`; ballots are added up and never opened. A ranking ("NonHomomorphic" in the format): a number from 0 to 255
/// for each answer, a rank or a grade as the counting method reads it, all in one ciphertext; ballots are shuffled and
/// opened one by one.
struct Question {
    std::string question;
    std::vector<std::string> answers;
    bool blank = false;
    std::uint32_t min = 0, max = 1;
    bool is_ranking = false;
    std::string extra = {};  // of a ranking: the format's hint for the counting method, a JSON object; mostly empty
    /// Ciphertexts in a ballot: of a ranking one, else one for each answer and, in front of them, the blank.
    std::size_t choices() const { return is_ranking ? 1 : entries(); }
    /// Numbers in a vote: those that are encrypted.
    std::size_t entries() const { return answers.size() + (blank ? 1 : 0); }
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
    /// Whether there is anything to shuffle.
    bool has_rankings() const {
        return std::any_of(questions.begin(), questions.end(), [](const auto& each) { return each.is_ranking; });
    }
    bool operator==(const Election&) const = default;
};

/// Reads election.json; any white space and order of fields are legal, since only the stored text is hashed.
/// refuses  JSON that is none, fields unknown or missing, version_unsupported, uuid_malformed, question_malformed (min
///          above max, no answers), question_not_supported (any type of question but these two, as the lists of
///          Belenios 3), group_unsuitable (a ranking in BELENIOS-2048), answers_too_many (more than an element of the
///          group holds)
Result<Election> election_from_text(std::string_view text);
/// Compact, fields in the order of the format.
std::string text_of(const Election& election);
/// φ, the fingerprint that ballots are bound to: of the stored text, never of one written again.
std::string fingerprint(std::string_view election_text);

/// Refuses group_unsuitable, answers_too_many, of a ranking that no element of the group holds. What is no group is
/// refused by whoever needs one.
Result<Done> fits_group(const Question& question, std::string_view group);

/// At least 14 Base58 digits.
bool is_uuid(std::string_view text);

}  // namespace plenum::evote
