// SPDX-License-Identifier: Apache-2.0
// Rosters as they come: the table is found among title lines, what may be repaired without asking is, everything else
// is told with its row and column, and nothing is left out in silence. The rules are in docs/formats/roster-import.md.
#pragma once
#include <functional>
#include <map>
#include <memory>
#include <set>

#include "base/fields.h"
#include "registry/cells.h"
#include "registry/refusals.h"

namespace plenum::registry {

BOOST_DEFINE_ENUM_CLASS(Purpose, members, delegates)
/// What a column holds; unmapped: nobody has said yet; left_out: a person said that it is not wanted.
BOOST_DEFINE_ENUM_CLASS(SheetColumn, unmapped, left_out, number, unit, name, sex, ethnicity, birth, id, education,
                        party, join, phone, employment, post, category, remark)
/// Where the meaning of a column comes from.
BOOST_DEFINE_ENUM_CLASS(MappedBy, none, heading, remembered, given)
/// Lines of the sheet that are no rows.
BOOST_DEFINE_ENUM_CLASS(LineKind, blank, header, total, note)

/// One cell as the sheet gives it. A number cell is one that a spreadsheet kept as a number with a fraction.
struct SheetCell {
    std::string text;
    bool is_number = false;
};

/// A person's own word for one cell, instead of the sheet's.
struct Correction {
    std::int64_t line = 0;
    SheetColumn column = SheetColumn::unmapped;
    std::string text;
    static constexpr auto fields() {
        return fields_of(field("line", &Correction::line, "line of the file"),
                         field("column", &Correction::column, "column"),
                         personal("text", &Correction::text, "what the cell should say").at_most(4'000));
    }
};
/// A finding of one row that a person takes as it is.
struct Accepted {
    std::int64_t line = 0;
    std::string finding;  // its words
    static constexpr auto fields() {
        return fields_of(field("line", &Accepted::line, "line of the file"),
                         field("finding", &Accepted::finding, "words of the finding"));
    }
};
/// What a person decided about a sheet, sent again with each reading of it.
struct Decisions {
    std::map<std::string, SheetColumn> columns;  // by the number of the column, from 1
    std::vector<Correction> corrections;
    std::vector<std::int64_t> left_out;  // lines
    std::vector<Accepted> accepted;
    bool synthetic_ids = false;
};

struct SheetOptions {
    std::string file;  // its name, for the places of refusals
    Purpose purpose = Purpose::members;
    Decisions decisions;
    std::map<std::string, SheetColumn> remembered;  // by heading, from earlier imports
    std::optional<Date> today;                      // later days are reported
    std::size_t rows = 200'000;
    std::set<std::string> units, categories;  // those there are, as a delegate's row may name them; empty: any
};

struct Found {
    SheetColumn column = SheetColumn::unmapped;
    Finding finding{};
    std::int64_t other = 0;  // line of the other row of a pair
    int at = 0;              // number of the cell where it is under no known column; else 0
    bool accepted = false;
    bool open() const {
        const auto weight = kind_of(finding).weight;
        return (weight == Weight::problem || weight == Weight::acceptable) && !accepted;
    }
};

/// One person of a roster: what each column says, repaired where it may be.
struct SheetRow {
    std::int64_t row = 0;   // among the rows, from 1
    std::int64_t line = 0;  // of the file
    int number = 0;
    std::string unit, name, sex, ethnicity, birth, id, education, party, join, phone, employment, post, category,
        remark;
    bool left_out = false;
    std::vector<Found> found;

    bool has_open_problem() const;
    std::string& cell(SheetColumn column);
    const std::string& cell(SheetColumn column) const;
    void find(SheetColumn column, Finding finding, std::int64_t other = 0, int at = 0) {
        found.push_back({column, finding, other, at});
    }
};

struct Heading {
    int at = 0;  // number of the column, from 1
    std::string words;
    SheetColumn column = SheetColumn::unmapped;
    MappedBy by = MappedBy::none;
    bool has_content = false;  // some row has something under it
};
struct LeftOutLine {
    std::int64_t line = 0;
    LineKind kind = LineKind::blank;
    std::string text;
};

struct SheetSummary {
    std::int64_t rows = 0, clean = 0, repaired = 0, open_problems = 0, left_out = 0;  // numbers of rows
    std::map<Finding, std::int64_t> kinds;  // rows with each finding, left out ones too
};

struct Sheet {
    std::vector<Heading> headings;
    std::int64_t header_line = 0;    // of the file
    std::vector<std::string> above;  // the lines over the header
    std::vector<LeftOutLine> lines_left_out;
    std::vector<SheetRow> rows;
    std::map<std::string, std::int64_t> units;       // the words of the unit column and their rows
    std::map<std::string, std::int64_t> categories;  // the words of the category column and theirs
    SheetSummary summary;

    /// Where a finding is: line, number of the cell and its heading; the number is 0, and the heading the usual one,
    /// where the sheet has no such column.
    Place place_of(const SheetRow& row, const Found& found, const std::string& file) const;

    /// Refuses what a person has to look at first, with line and column: column_unmapped where an unmapped column has
    /// something in it; an open problem by the name of its finding ("registry.roster_sex_unknown"); sheet_empty where
    /// no row is left.
    Result<Done> ready(const std::string& file) const;
};

/// Reads a sheet line by line; the lines may come from anywhere.
class SheetReader {
  public:
    explicit SheetReader(SheetOptions options);
    ~SheetReader();
    /// refuses  csv_too_many_rows
    Result<Done> take(std::int64_t line, std::vector<SheetCell>& cells);
    /// refuses  header_missing, column_missing, column_repeated, sheet_empty; decision_unknown for a decision about a
    ///          line, column or finding that is not there
    Result<Sheet> finish();

  private:
    struct State;
    std::unique_ptr<State> state_;
};

/// Reads the bytes of a CSV file.
/// refuses  what text_of_file, for_each_csv_row and SheetReader refuse
/// cost     one pass and a sort for the pairs; about a microsecond a cell, and 600 bytes a row
Result<Sheet> read_csv_sheet(std::string bytes, SheetOptions options);
/// Reads the `sheet` of an act: {"bytes": base64 of a CSV file} or {"rows": [[text | whole number
/// | {"number": text} | null, …], …]}.
/// refuses  sheet_malformed with the row, and what read_csv_sheet refuses
Result<Sheet> read_sheet(const Json& sheet, SheetOptions options);

/// Marks rows of persons that `is_known` says are in the register, and counts again.
void mark_registered(Sheet& sheet, const std::function<bool(const SheetRow&)>& is_known);

/// True where the remark names the head of the delegation (团长) as a whole word.
bool is_head_of_delegation(const SheetRow& row);

/// A row as docs/formats/roster-import.md writes it.
Json json_from(const SheetRow& row);
Json json_from(const SheetSummary& summary);
/// The refusal of an open finding: "registry.roster_" and its key.
Why why_of(Finding finding);
/// The sentence of a finding in three languages.
Text sentence_of(Finding finding);

}  // namespace plenum::registry
