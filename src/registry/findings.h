// SPDX-License-Identifier: Apache-2.0
// What can be the matter with a cell of a roster. The words are those of docs/formats/roster-import.md; a person reads
// the sentence of texts/*/registry.json under "finding".
#pragma once
#include <boost/describe/enum.hpp>
#include <optional>
#include <string_view>

#include "base/fields.h"

namespace plenum::registry {

/// repaired    put right without asking
/// problem     told and never guessed: the cell is corrected or the row left out
/// acceptable  a problem that a person may also accept as it is, row by row
/// note        told; needs no decision
BOOST_DEFINE_ENUM_CLASS(Weight, repaired, problem, acceptable, note)

#define PLENUM_FINDINGS(X)                                                                \
    X(name_outer_space, repaired, "space around name")                                    \
    X(name_inner_space, repaired, "space inside name")                                    \
    X(name_middle_dot, repaired, "other middle dot")                                      \
    X(unit_carried, repaired, "unit left empty: merged or ditto")                         \
    X(sex_other_word, repaired, "sex as other word")                                      \
    X(ethnicity_short, repaired, "ethnicity without 族")                                  \
    X(full_width_digits, repaired, "full-width digits")                                   \
    X(identity_spaced, repaired, "identity number with spaces")                           \
    X(identity_marked, repaired, "lower-case x or apostrophe")                            \
    X(phone_full_width, repaired, "full-width phone")                                     \
    X(phone_separated, repaired, "phone with separators")                                 \
    X(name_missing, problem, "name missing")                                              \
    X(name_note, problem, "note in name")                                                 \
    X(name_lost, problem, "rare character lost")                                          \
    X(name_long_space, problem, "space inside long name")                                 \
    X(unit_missing, problem, "unit missing")                                              \
    X(sex_missing_or_against, problem, "sex missing or against the identity number")      \
    X(sex_unknown, problem, "sex not understood")                                         \
    X(ethnicity_unknown, problem, "ethnicity not known")                                  \
    X(date_impossible, problem, "impossible date")                                        \
    X(date_ambiguous, problem, "month may be January or October")                         \
    X(date_in_future, problem, "date in the future")                                      \
    X(under_age, acceptable, "under the working age")                                     \
    X(birth_against, problem, "birth against the identity number")                        \
    X(identity_missing, acceptable, "identity number missing")                            \
    X(identity_short, acceptable, "15-digit identity number")                             \
    X(identity_malformed, acceptable, "identity number malformed")                        \
    X(identity_check_digit, problem, "wrong check digit")                                 \
    X(identity_region, problem, "region code not known")                                  \
    X(identity_rounded, problem, "identity number rounded to 15 digits by a spreadsheet") \
    X(identity_scientific, problem, "identity number in scientific notation")             \
    X(phone_two, problem, "two phones")                                                   \
    X(phone_malformed, problem, "phone not understood")                                   \
    X(phone_missing, acceptable, "phone missing")                                         \
    X(person_repeated, problem, "duplicate person")                                       \
    X(person_registered, problem, "already in the register")                              \
    X(number_malformed, problem, "number not understood")                                 \
    X(number_repeated, problem, "number repeated")                                        \
    X(second_head, problem, "second head of a delegation")                                \
    X(cell_missing, problem, "cell missing")                                              \
    X(unit_unknown, problem, "unit not known")                                            \
    X(category_unknown, problem, "category not known")                                    \
    X(invisible_character, problem, "invisible character")                                \
    X(line_break, problem, "line break in a cell")                                        \
    X(beyond_header, problem, "cells beyond the header")                                  \
    X(formula, problem, "formula")                                                        \
    X(same_name, note, "same name, other person")

#define PLENUM_FINDING_CASE(word, weight, words) \
    case Finding::word:                          \
        return {Weight::weight, words};
#define PLENUM_FINDING_ROW(word, weight, words) Finding::word,

enum class Finding {
#define PLENUM_FINDING_ENUMERATOR(word, weight, words) word,
    PLENUM_FINDINGS(PLENUM_FINDING_ENUMERATOR)
#undef PLENUM_FINDING_ENUMERATOR
};
inline constexpr Finding all_findings[] = {PLENUM_FINDINGS(PLENUM_FINDING_ROW)};

struct FindingKind {
    Weight weight;
    std::string_view words;
};
constexpr FindingKind kind_of(Finding finding) {
    switch (finding) { PLENUM_FINDINGS(PLENUM_FINDING_CASE) }
    return {Weight::problem, ""};
}
/// The enumerator's own name, under which its sentence stands in the texts.
constexpr std::string_view key_of(Finding finding) {
    constexpr std::string_view names[] = {
#define PLENUM_FINDING_TEXT(word, weight, words) #word,
        PLENUM_FINDINGS(PLENUM_FINDING_TEXT)
#undef PLENUM_FINDING_TEXT
    };
    return names[static_cast<std::size_t>(finding)];
}
/// The finding of these words ("wrong check digit"), or nothing.
constexpr std::optional<Finding> finding_from_words(std::string_view words) {
    for (const auto each : all_findings)
        if (kind_of(each).words == words) return each;
    return std::nullopt;
}
#undef PLENUM_FINDING_CASE
#undef PLENUM_FINDING_ROW

}  // namespace plenum::registry
