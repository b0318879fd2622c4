// SPDX-License-Identifier: Apache-2.0
// plenum import roster: what a roster holds, what was repaired, what a person has to look at; and the import itself.
#include <sodium.h>

#include <iostream>

#include "app/office.h"
#include "base/file.h"
#include "cli/commands.h"
#include "cli/evote_files.h"
#include "registry/register.h"

namespace plenum::cli {
namespace {

constexpr std::size_t most_bytes = 64u << 20;

/// The row as the truth files of test rosters have it: repairs by their words, problems with their column.
Json printed(const registry::SheetRow& row) {
    auto out = registry::json_from(row).as_object();
    JsonArray repaired, problems;
    for (const auto& each : out.at("repaired").as_array()) repaired.push_back(each.at("kind"));
    for (const auto& each : out.at("problems").as_array())
        problems.push_back(JsonObject{{"column", each.at("column")}, {"kind", each.at("kind")}});
    out["repaired"] = std::move(repaired);
    out["problems"] = std::move(problems);
    return out;
}

void print_json(const registry::Sheet& sheet) {
    std::cout << "{\"rows\":[";
    for (const auto& row : sheet.rows) std::cout << (row.row == 1 ? "\n" : ",\n") << canonical_json(printed(row));
    JsonArray left_out;
    for (const auto& line : sheet.lines_left_out)
        left_out.push_back(JsonObject{{"line", line.line}, {"kind", name_of(line.kind)}, {"text", line.text}});
    JsonArray unmapped;
    for (const auto& heading : sheet.headings)
        if (heading.column == registry::SheetColumn::unmapped && heading.has_content)
            unmapped.push_back(JsonObject{{"at", heading.at}, {"heading", heading.words}});
    auto summary = registry::json_from(sheet.summary).as_object();
    summary["lines_left_out"] = std::move(left_out);
    summary["unmapped"] = std::move(unmapped);
    std::cout << "\n],\"summary\":" << canonical_json(summary) << "}\n";
}

/// Where a finding is, as the sentence says it: "column 4 “sex”".
std::string cell_of(const Place& place, Language language) {
    if (place.column == 0) return say(language, "cli.roster_no_column", {{"heading", place.field}});
    return say(language, place.field.empty() ? "cli.roster_cell_no_heading" : "cli.roster_cell",
               {{"column", place.column}, {"heading", place.field}});
}

/// The words of a column with the number of their rows: what nobody has named beforehand is at least seen.
void print_words_of_column(const std::map<std::string, std::int64_t>& words, std::string_view key, Language language) {
    std::string list;
    for (const auto& [text, rows] : words) {
        if (!list.empty()) list += say(language, "cli.list_between");
        list += say(language, "cli.roster_word", {{"text", text}, {"rows", rows}});
    }
    if (!list.empty()) std::cout << printable(say(language, key, {{"list", list}})) << "\n";
}

void print_words(const registry::Sheet& sheet, registry::Purpose purpose, Language language) {
    for (const auto& line : sheet.lines_left_out)
        if (line.kind != registry::LineKind::blank)
            std::cout << say(language, "cli.roster_line_left_out", {{"line", line.line}, {"text", line.text}}) << "\n";
    for (const auto& row : sheet.rows)
        for (const auto& each : row.found)
            if (each.open())
                std::cout << printable(say(language,
                                           row.name.empty() ? "cli.roster_problem_no_name" : "cli.roster_problem",
                                           {{"line", row.line},
                                            {"cell", cell_of(sheet.place_of(row, each, ""), language)},
                                            {"name", row.name},
                                            {"problem", registry::sentence_of(each.finding).in(language)}}))
                          << "\n";
    for (const auto& [finding, rows] : sheet.summary.kinds)
        if (kind_of(finding).weight == registry::Weight::repaired)
            std::cout << say(language, "cli.roster_repaired",
                             {{"rows", rows}, {"repair", registry::sentence_of(finding).in(language)}})
                      << "\n";
    if (purpose == registry::Purpose::delegates) {
        print_words_of_column(sheet.units, "cli.roster_delegations", language);
        print_words_of_column(sheet.categories, "cli.roster_categories", language);
    }
    const auto& summary = sheet.summary;
    std::cout << say(language, "cli.roster_read",
                     {{"rows", summary.rows}, {"repaired", summary.repaired}, {"problems", summary.open_problems}})
              << "\n";
}

std::string base64(const std::string& bytes) {
    std::string out(sodium_base64_encoded_len(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
    sodium_bin2base64(out.data(), out.size(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
                      sodium_base64_VARIANT_ORIGINAL);
    out.pop_back();  // its terminator
    return out;
}

}  // namespace

Result<Done> import_roster(const ImportOptions& options, Language language) {
    const auto purpose = *enum_from_name<registry::Purpose>(options.purpose);
    auto bytes = TRY(read_file(options.file, most_bytes));
    if (options.dry_run) {
        registry::SheetOptions reading;
        reading.file = options.file;
        reading.purpose = purpose;
        reading.decisions.synthetic_ids = options.synthetic_ids;
        reading.units = {options.delegations.begin(), options.delegations.end()};
        reading.categories = {options.categories.begin(), options.categories.end()};
        reading.today = latest_date(SystemClock().now());
        const auto sheet = TRY(registry::read_csv_sheet(std::move(bytes), std::move(reading)));
        if (options.json)
            print_json(sheet);
        else
            print_words(sheet, purpose, language);
        return sheet.ready(options.file);
    }
    JsonObject units;
    for (const auto& each : options.units) {  // the command line admits nothing without "="
        const auto parted = each.rfind('=');
        units[each.substr(0, parted)] = each.substr(parted + 1);
    }
    TRY(must_be_file(options.data));  // an import into a file that is not there would make one
    SystemClock clock;
    SystemRandomness randomness;
    const auto office = TRY(app::Office::open(options.data, clock, randomness));
    const auto receipt = TRY(
        office->act({"terminal", app::Role::administrator}, {"registry.import_members", "",
                                                             JsonObject{{"organisation", options.organisation},
                                                                        {"on", options.on},
                                                                        {"file", options.file},
                                                                        {"sheet", JsonObject{{"bytes", base64(bytes)}}},
                                                                        {"synthetic_ids", options.synthetic_ids},
                                                                        {"units", std::move(units)}},
                                                             options.key.empty() ? randomness.id() : options.key}));
    std::cout << say(language, "cli.roster_imported", {{"members", receipt.last - receipt.first}}) << "\n";
    return Done{};
}

}  // namespace plenum::cli
