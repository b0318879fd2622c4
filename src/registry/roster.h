// SPDX-License-Identifier: Apache-2.0
// Rosters of delegates as unions keep them in a spreadsheet. The columns and what is read from each are in
// docs/formats/roster.md. What cannot be read for certain is reported with its place and never guessed.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/fields.h"
#include "registry/csv.h"

namespace plenum::registry {

BOOST_DEFINE_ENUM_CLASS(Sex, female, male)

/// One delegate of a roster.
struct RosterRow {
    std::int64_t line = 0;   // of the file, for later refusals
    int number = 0;          // as the roster numbers it, from 1
    std::string delegation;  // without the word 代表团 at its end
    std::string name;
    Sex sex = Sex::female;
    std::string ethnicity;
    std::string birth;  // "1985-06", or "1985-06-03" where the roster knows the day
    std::string party, education, post, category;
    std::string phone;
    std::string remark;  // as written: 团长, 特邀, 列席 …
    bool head = false;   // the remark names the head of the delegation
    bool operator==(const RosterRow&) const = default;
    static constexpr auto fields() {
        return std::tuple{field("line", &RosterRow::line, "line of the file"),
                          field("number", &RosterRow::number, "number in the roster"),
                          field("delegation", &RosterRow::delegation, "delegation"),
                          personal("name", &RosterRow::name, "name"),
                          field("sex", &RosterRow::sex, "female | male"),
                          personal("ethnicity", &RosterRow::ethnicity, "ethnicity"),
                          personal("birth", &RosterRow::birth, "year and month, and day where known"),
                          personal("party", &RosterRow::party, "political affiliation"),
                          personal("education", &RosterRow::education, "education"),
                          personal("post", &RosterRow::post, "unit and post"),
                          field("category", &RosterRow::category, "category of delegate"),
                          personal("phone", &RosterRow::phone, "telephone"),
                          personal("remark", &RosterRow::remark, "remark"),
                          field("head", &RosterRow::head, "head of the delegation")};
    }
};

struct RosterOptions {
    std::string file;               // its name, for the places of refusals
    std::size_t rows = 20'000;      // delegates at most
    bool synthetic_phones = false;  // admits numbers that begin with 120, which no telephone has: rehearsals
    std::optional<Date> today;      // a birth after this day is refused
};

/// A roster with everything that is wrong with it. Rows with a problem are not among `rows`.
struct Roster {
    std::vector<RosterRow> rows;
    std::vector<Refusal> problems;  // in the order of the file; file, line, column (number of the cell) and its heading
};

/// Reads a delegates' roster and lists its problems, so that a person can put all of them right at once.
///
/// refuses   what csv_from_text refuses; column_missing, column_unknown, column_repeated, roster_empty: the file as a
///           whole is no roster
/// problems  cell_empty, cell_has_break, cell_has_invisible, number_malformed, number_repeated, name_unreadable,
///           name_has_sign, name_has_space, sex_unknown, birth_malformed, birth_impossible, birth_ambiguous,
///           birth_in_future, phone_wrong, phone_synthetic, person_repeated (same name and telephone), second_head
/// cost      one pass, n log n for the duplicates
Result<Roster> roster_from_text(std::string_view text, const RosterOptions& options);

/// The rows of a roster without any problem. Refuses as roster_from_text, and a single problem as itself; several as
/// roster_has_problems, with their count and the place and name of the first.
Result<std::vector<RosterRow>> clean_roster_from_text(std::string_view text, const RosterOptions& options);

}  // namespace plenum::registry
