// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/result.h"

namespace plenum::registry {

/// Three groups: reading CSV, reading a roster (what a person has to look at is refused as roster_ and the key of its
/// finding, registry/findings.h), and acts on the register.
#define PLENUM_REGISTRY_REFUSALS(X)                    \
    X(registry, csv_too_large, 413)                    \
    X(registry, csv_empty, 400)                        \
    X(registry, csv_not_utf8, 400)                     \
    X(registry, csv_control_character, 400)            \
    X(registry, csv_quote_open, 400)                   \
    X(registry, csv_quote_inside, 400)                 \
    X(registry, csv_after_quote, 400)                  \
    X(registry, csv_bare_return, 400)                  \
    X(registry, csv_cell_too_long, 400)                \
    X(registry, csv_too_many_rows, 413)                \
    X(registry, csv_too_many_columns, 400)             \
    X(registry, csv_encoding_unknown, 400)             \
    X(registry, sheet_is_archive, 400)                 \
    X(registry, sheet_is_old_workbook, 400)            \
    X(registry, sheet_malformed, 400)                  \
    X(registry, sheet_empty, 400)                      \
    X(registry, header_missing, 400)                   \
    X(registry, decision_unknown, 400)                 \
    X(registry, column_unmapped, 409)                  \
    X(registry, roster_name_missing, 409)              \
    X(registry, roster_name_note, 409)                 \
    X(registry, roster_name_lost, 409)                 \
    X(registry, roster_name_long_space, 409)           \
    X(registry, roster_unit_missing, 409)              \
    X(registry, roster_sex_missing_or_against, 409)    \
    X(registry, roster_sex_unknown, 409)               \
    X(registry, roster_ethnicity_unknown, 409)         \
    X(registry, roster_date_impossible, 409)           \
    X(registry, roster_date_ambiguous, 409)            \
    X(registry, roster_date_in_future, 409)            \
    X(registry, roster_under_age, 409)                 \
    X(registry, roster_birth_against, 409)             \
    X(registry, roster_identity_missing, 409)          \
    X(registry, roster_identity_short, 409)            \
    X(registry, roster_identity_malformed, 409)        \
    X(registry, roster_identity_check_digit, 409)      \
    X(registry, roster_identity_region, 409)           \
    X(registry, roster_identity_rounded, 409)          \
    X(registry, roster_identity_scientific, 409)       \
    X(registry, roster_phone_two, 409)                 \
    X(registry, roster_phone_malformed, 409)           \
    X(registry, roster_phone_missing, 409)             \
    X(registry, roster_person_repeated, 409)           \
    X(registry, roster_person_registered, 409)         \
    X(registry, roster_number_malformed, 409)          \
    X(registry, roster_number_repeated, 409)           \
    X(registry, roster_second_head, 409)               \
    X(registry, roster_cell_missing, 409)              \
    X(registry, roster_unit_unknown, 409)              \
    X(registry, roster_category_unknown, 409)          \
    X(registry, roster_invisible_character, 409)       \
    X(registry, roster_line_break, 409)                \
    X(registry, roster_beyond_header, 409)             \
    X(registry, roster_formula, 409)                   \
    X(registry, import_unknown, 404)                   \
    X(registry, import_undone, 409)                    \
    X(registry, import_used, 409)                      \
    X(registry, unit_unknown, 404)                     \
    X(registry, person_registered, 409)                \
    X(registry, identity_wrong, 400)                   \
    X(registry, column_missing, 400)                   \
    X(registry, column_repeated, 400)                  \
    X(registry, roster_empty, 400)                     \
    X(registry, cell_empty, 400)                       \
    X(registry, number_malformed, 400)                 \
    X(registry, number_repeated, 400)                  \
    X(registry, name_unreadable, 400)                  \
    X(registry, name_has_sign, 400)                    \
    X(registry, name_has_space, 400)                   \
    X(registry, birth_impossible, 400)                 \
    X(registry, person_repeated, 400)                  \
    X(registry, id_malformed, 400)                     \
    X(registry, organisation_known, 409)               \
    X(registry, organisation_name_wrong, 400)          \
    X(registry, organisation_unknown, 404)             \
    X(registry, organisation_ended, 409)               \
    X(registry, parent_unknown, 404)                   \
    X(registry, own_parent, 409)                       \
    X(registry, dates_out_of_order, 409)               \
    X(registry, before_founding, 409)                  \
    X(registry, second_parent, 409)                    \
    X(registry, parent_cycle, 409)                     \
    X(registry, parent_not_open, 409)                  \
    X(registry, organisation_has_children, 409)        \
    X(registry, organisation_has_members, 409)         \
    X(registry, organisation_has_later_relations, 409) \
    X(registry, delegation_unknown, 404)               \
    X(registry, member_differs, 409)                   \
    X(registry, number_taken, 409)                     \
    X(registry, mandate_known, 409)                    \
    X(registry, member_unknown, 404)                   \
    X(registry, member_erased, 409)                    \
    X(registry, already_there, 409)                    \
    X(registry, nothing_to_correct, 409)               \
    X(registry, mandate_standing, 409)                 \
    X(registry, mandate_unknown, 404)                  \
    X(registry, mandate_ended, 409)                    \
    X(registry, successor_incomplete, 400)
PLENUM_REFUSALS(PLENUM_REGISTRY_REFUSALS)

}  // namespace plenum::registry
