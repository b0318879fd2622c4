// SPDX-License-Identifier: Apache-2.0
// Rosters as they come: bytes of a CSV file, and the sheet of an import with what a person decided about it.
#include <algorithm>

#include "fuzz/fuzz.h"
#include "registry/csv.h"
#include "registry/encoding.h"
#include "registry/roster.h"

using namespace plenum;
using namespace plenum::registry;

namespace {

SheetOptions options_for(Purpose purpose) {
    SheetOptions out;
    out.file = "roster.csv";
    out.purpose = purpose;
    out.today = Date{2026, 11, 21};
    return out;
}

void check_sheet(const Sheet& sheet, Purpose purpose) {
    std::int64_t left_out = 0, open = 0, of_units = 0;
    for (std::size_t i = 0; i < sheet.rows.size(); ++i) {
        const auto& row = sheet.rows[i];
        HOLDS(row.row == static_cast<std::int64_t>(i) + 1);
        HOLDS(i == 0 || row.line > sheet.rows[i - 1].line);
        HOLDS(json_from_text(canonical_json(json_from(row))));
        left_out += row.left_out;
        open += row.has_open_problem() && !row.left_out;
        if (row.left_out || row.has_open_problem()) continue;
        HOLDS(!row.name.empty() && name_from(row.name));
        HOLDS(row.birth.empty() || is_birth(row.birth));
        HOLDS(row.sex == "男" || row.sex == "女" || (row.sex.empty() && purpose == Purpose::members));
    }
    for (const auto& [words, rows] : sheet.units) of_units += rows;
    HOLDS(of_units <= std::ssize(sheet.rows));
    HOLDS(sheet.summary.rows == std::ssize(sheet.rows) && sheet.summary.left_out == left_out);
    HOLDS(sheet.summary.open_problems == open);
    HOLDS(json_from_text(canonical_json(json_from(sheet.summary))));
    if (const auto ready = sheet.ready("roster.csv"))
        HOLDS(open == 0 && left_out < std::ssize(sheet.rows));
    else
        HOLDS(!sentence_of(Language::zh_hans, ready.error()).empty());
}

/// Delegates as a roster without anything to repair says them.
std::string written(const std::vector<RosterRow>& rows) {
    std::string out = "序号,代表团,姓名,性别,民族,出生年月,政治面貌,学历,单位及职务,代表类别,手机号码,备注\n";
    for (const auto& row : rows) {
        out += std::to_string(row.number);
        for (const auto& cell :
             {row.delegation + "代表团", row.name, std::string(row.sex == Sex::female ? "女" : "男"), row.ethnicity,
              row.birth, row.party, row.education, row.post, row.category, row.phone, row.remark})
            out += "," + csv_cell(cell);
        out += '\n';
    }
    return out;
}

void read_delegates(std::string_view text) {
    const auto rows = delegates_from_csv(std::string(text), options_for(Purpose::delegates));
    if (!rows) return;
    const auto again = delegates_from_csv(written(*rows), options_for(Purpose::delegates));
    HOLDS(again && again->size() == rows->size());
    for (std::size_t i = 0; i < rows->size(); ++i) {
        auto before = (*rows)[i], after = (*again)[i];
        before.line = after.line = 0;
        HOLDS(before == after);
    }
}

/// {"sheet": …, "purpose": …, "columns": …}: what the desk sends.
void read_import(std::string_view text) {
    const auto json = json_from_text(text);
    if (!json || !json->is_object()) return;
    const auto& asked = json->get_object();
    const auto take = [&]<class T>(std::string_view name, T& into) {
        const auto* value = asked.if_contains(name);
        if (!value) return;
        if (auto read = from_json<T>(*value)) into = std::move(*read);
    };
    auto purpose = Purpose::members;
    take("purpose", purpose);
    auto options = options_for(purpose);
    take("columns", options.decisions.columns);
    take("remembered", options.remembered);
    take("corrections", options.decisions.corrections);
    take("left_out", options.decisions.left_out);
    take("accepted", options.decisions.accepted);
    take("synthetic_ids", options.decisions.synthetic_ids);
    const auto* sheet = asked.if_contains("sheet");
    if (!sheet) return;
    auto read = read_sheet(*sheet, options);
    if (!read) {
        HOLDS(!sentence_of(Language::en, read.error()).empty());
        return;
    }
    check_sheet(*read, purpose);
    mark_registered(*read, [](const SheetRow& row) { return row.row % 3 == 1; });
    check_sheet(*read, purpose);
}

/// Rows are read, written and read again.
void read_rows(std::string_view text) {
    std::string again;
    std::vector<std::vector<std::string>> rows, rows_again;
    if (!for_each_csv_row(text, [&](CsvRow& row) -> Result<Done> {
            for (std::size_t i = 0; i < row.cells.size(); ++i) again += (i ? "," : "") + csv_cell(row.cells[i]);
            again += '\n';
            rows.push_back(std::move(row.cells));
            return Done{};
        }))
        return;
    HOLDS(for_each_csv_row(again, [&](CsvRow& row) -> Result<Done> {
        rows_again.push_back(std::move(row.cells));
        return Done{};
    }));
    HOLDS(rows == rows_again);
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    auto text = fuzz::text_of(bytes, size);
    const auto chosen = fuzz::choice(text, 5);
    switch (chosen) {
        case 0: read_delegates(text); break;
        case 1:
        case 2: {
            const auto purpose = chosen == 1 ? Purpose::members : Purpose::delegates;
            if (const auto sheet = read_csv_sheet(std::string(text), options_for(purpose)))
                check_sheet(*sheet, purpose);
            break;
        }
        case 3: read_import(text); break;
        case 4:
            if (const auto decoded = text_of_file(std::string(text))) {
                HOLDS(is_utf8(*decoded));
                read_rows(*decoded);
            }
            break;
    }
    return 0;
}
