// SPDX-License-Identifier: Apache-2.0
// A rule pack in words, for a secretary who does not read TOML. Which fields there are, of what type and what they hold
// comes from the schema and the pack; what they are called, from the texts (rules.field.<path>, rules.word.<word> …).
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/rules.h"
#include "rules/schema.h"

namespace plenum::rules {

struct ExplainedValue {
    std::string field;                    ///< dotted path
    Text term;                            ///< what the field is called under its heading
    std::vector<Text> lines;              ///< the value in words; more than one line for tables and long texts
    std::optional<Rules::Source> source;  ///< its own, or that of the nearest table which names one
    bool unverified = false;              ///< nobody has checked it, or it was taken over from another level
    bool inherited = false;               ///< of those, the ones taken over
    bool must_state = false;              ///< the measure has still to state it
    bool may_tighten = false;             ///< the measure may tighten it
};
struct ExplainedTable {
    std::string name;  ///< "pack", "term", "quorum.election", "bodies.committee", "region.zhejiang" …
    Text heading;
    std::vector<ExplainedValue> values;
};
/// Rules of one subject as sentences: "A quorum is …".
struct ExplainedSubject {
    Text heading;
    std::vector<Text> sentences;
};
/// What neither the pack nor the measure has decided, and the act that waits for it.
struct OpenPoint {
    std::string field;
    Text term;                    ///< with its heading
    Text blocks;                  ///< "Until then no question can be put to the vote (congress.put_question)."
    std::vector<Text> suggested;  ///< what the pack suggests; empty where it suggests nothing
};
struct Explanation {
    std::vector<ExplainedSubject> brief;  ///< term, quorum, majorities, surplus, ballot, ties and what follows them
    std::vector<OpenPoint> open;
    std::vector<ExplainedTable> tables;  ///< every value; the pack's own identity first, then by name
    std::size_t unverified = 0;
};
/// Explains a pack with the measure adopted on it, if any. Linear in the values.
Explanation explain(const Rules& rules);

/// The field with its heading: "Quorum for elections: Share needed". The path itself where the schema has no such
/// field.
Text text_of_field(std::string_view path);
/// A word of this field as people read it; the word itself where no text is kept (names that packs give themselves).
Text text_of_word(const FieldRule& rule, std::string_view word);

}  // namespace plenum::rules
