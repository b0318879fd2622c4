// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/rules.h"

namespace plenum::rules {

/// One reason why a case fails (texts: rules.case.<kind>).
/// kind    differs | refused | unreadable | kind_unknown | input_unknown | input_missing | input_wrong | out_missing |
///         no_cases | id_twice (`wanted` is the line of the first of that id)
struct Difference {
    std::string kind, field, wanted, got;
    std::optional<Refusal> why = {};  ///< what `got` names, for the sentence
    bool operator==(const Difference& other) const {
        return kind == other.kind && field == other.field && wanted == other.wanted && got == other.got;
    }
    static constexpr auto fields() {
        return fields_of(plenum::field("kind", &Difference::kind, "kind of difference"),
                         plenum::field("field", &Difference::field, "field of [in] or [out]"),
                         plenum::field("wanted", &Difference::wanted, "what the case says"),
                         plenum::field("got", &Difference::got, "what the rules give, or a refusal's name and place"));
    }
};
/// "threshold: wanted 86, got 76"; a refusal in its own sentence, with its name.
std::string sentence(Language language, const Difference& difference);

struct CaseResult {
    std::string id;
    std::int64_t line = 0;  ///< where the case begins in the file
    bool passed = false;
    std::vector<Difference> differences;
    bool operator==(const CaseResult&) const = default;
    static constexpr auto fields() {
        return fields_of(field("id", &CaseResult::id, "id of the case"),
                         field("line", &CaseResult::line, "line of the file"),
                         field("passed", &CaseResult::passed, "every field of [out] is as computed"),
                         field("differences", &CaseResult::differences, "what differs"));
    }
};
struct CheckReport {
    std::string file;
    std::vector<CaseResult> cases;
    std::int64_t passed() const;
    std::int64_t failed() const;
    static constexpr auto fields() {
        return fields_of(field("file", &CheckReport::file, "file read"),
                         field("cases", &CheckReport::cases, "in the order of the file"));
    }
};

/// Runs worked cases through the functions that production uses and compares every field of [out].
/// content   a Markdown file, whose ```toml blocks that name a kind are cases; or, if file_name ends in ".toml", one
/// case
///           or several under [[case]]
/// A malformed block or an unknown kind is a failed case with its reason; so is a file without any case.
/// Format: docs/formats/rule-cases.md.
CheckReport check_cases(std::string_view file_name, std::string_view content, const PackTexts& packs);

}  // namespace plenum::rules
