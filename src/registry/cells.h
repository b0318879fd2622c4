// SPDX-License-Identifier: Apache-2.0
// Reading single cells of a roster: what each may be repaired from, and what is only told.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "registry/findings.h"

namespace plenum::registry {

BOOST_DEFINE_ENUM_CLASS(Sex, female, male)

/// A cell as it was read, with everything found on the way. `text` is the value, or what was written where a problem
/// keeps it from being one.
struct CellReading {
    std::string text;
    std::vector<Finding> found;
    bool has(Finding finding) const;
    /// True if nothing but repairs and notes was found.
    bool sound() const;
};

/// A cell without the spaces and invisible marks around it, and without anything done to what is inside.
std::string bare(std::string_view cell);

/// True of one or more digits, and nothing else.
bool all_digits(std::string_view text);

/// A person's name: padding and marks around it left out, two characters joined, the middle dot of names of minorities
/// made U+00B7. Finds name_missing, name_outer_space, name_inner_space, name_middle_dot, name_note, name_lost,
/// name_long_space, invisible_character.
CellReading read_name(std::string_view cell);

/// A resident identity number (GB 11643-1999): 17 digits and a check digit by ISO 7064 MOD 11-2.
/// synthetic  admits the region codes 99xxxx, which do not exist
CellReading read_identity(std::string_view cell, bool synthetic);
/// What a number of 18 or 15 digits says of its bearer, also where its check digit is wrong; nothing where the digits
/// are lost.
struct IdentityFacts {
    Sex sex;
    std::string birth;  // "1965-10-22"
};
std::optional<IdentityFacts> facts_of_identity(std::string_view number);
/// The check digit of the first 17 digits of an identity number (bug if they are not 17 digits).
char identity_check_digit(std::string_view digits);

/// A day as precisely as it was written: "1985-06" or "1985-06-03"; "" for an empty cell.
///
/// zeros_kept  the column shows that `.10` is written with its zero, so that `.1` is January
/// today       a day after it is date_in_future
CellReading read_date(std::string_view cell, bool zeros_kept, const std::optional<Date>& today);
/// True for a cell like "1985.10": whoever wrote this column kept the zero.
bool shows_kept_zero(std::string_view cell);

/// 男 or 女; sex_other_word where it was written otherwise (男性, M, 1 of GB/T 2261.1), sex_missing_or_against where
/// empty.
CellReading read_sex(std::string_view cell);
/// One of the 56 nationalities (GB/T 3304) with 族, in the script it was written in; "" for an empty cell.
CellReading read_ethnicity(std::string_view cell);
/// A mobile number of 11 digits, or a landline with its area code; "" for an empty cell.
/// synthetic  admits the prefix 120
CellReading read_phone(std::string_view cell, bool synthetic);

/// A name as it is printed: padding inside a name of two characters is left out; any other space inside a Chinese name
/// may be two names run together, and a sign may be a note. Refuses cell_empty, name_unreadable, name_has_sign,
/// name_has_space.
Result<std::string> name_from(const std::string& text);

}  // namespace plenum::registry
