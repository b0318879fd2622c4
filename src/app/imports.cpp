// SPDX-License-Identifier: Apache-2.0
#include "app/imports.h"

#include "base/refusals.h"
#include "registry/register.h"

namespace plenum::app {
namespace {

BOOST_DEFINE_ENUM_CLASS(Rows, all, problems, findings)

struct PreviewBody {
    registry::Purpose purpose = registry::Purpose::members;
    registry::OrganisationId organisation;
    std::string file;
    Json sheet;
    std::map<std::string, registry::SheetColumn> columns;
    std::vector<registry::Correction> corrections;
    std::vector<std::int64_t> left_out;
    std::vector<registry::Accepted> accepted;
    std::optional<bool> synthetic_ids;
    std::map<std::string, registry::OrganisationId> units;
    std::optional<Date> on;
    std::optional<std::int64_t> after, limit;
    std::optional<Rows> only;
    static constexpr auto fields() {
        using Me = PreviewBody;
        return fields_of(field("purpose", &Me::purpose, "members | delegates"),
                         field("organisation", &Me::organisation, "organisation"),
                         field("file", &Me::file, "name of the file"),
                         field("sheet", &Me::sheet, "bytes of a CSV file, or rows of cells"),
                         field("columns", &Me::columns, "what columns hold, by their numbers"),
                         field("corrections", &Me::corrections, "cells that a person corrected"),
                         field("left_out", &Me::left_out, "lines that are not wanted"),
                         field("accepted", &Me::accepted, "findings that are taken as they are"),
                         field("synthetic_ids", &Me::synthetic_ids, "admits numbers that exist nowhere"),
                         field("units", &Me::units, "organisations by the words of the unit column"),
                         field("on", &Me::on, "day whose names of units count; today without it"),
                         field("after", &Me::after, "rows after this one"),
                         field("limit", &Me::limit, "rows at most, 200 without it"),
                         field("only", &Me::only, "all | problems | findings"));
    }
};

bool is_wanted(const registry::SheetRow& row, Rows only) {
    if (only == Rows::all) return true;
    return only == Rows::problems ? row.has_open_problem() && !row.left_out : !row.found.empty();
}

Json json_of(const registry::ReadSheet& read, const PreviewBody& asked) {
    const auto& sheet = read.sheet;
    JsonArray columns, above, lines, units, rows, delegates;
    for (const auto& heading : sheet.headings)
        columns.push_back(JsonObject{{"at", heading.at},
                                     {"heading", heading.words},
                                     {"column", name_of(heading.column)},
                                     {"from", name_of(heading.by)},
                                     {"has_content", heading.has_content}});
    for (const auto& line : sheet.above) above.push_back(Json(line));
    for (const auto& line : sheet.lines_left_out)
        if (line.kind != registry::LineKind::blank)
            lines.push_back(JsonObject{{"line", line.line}, {"kind", name_of(line.kind)}, {"text", line.text}});
    for (const auto& [words, count] : sheet.units) {
        const auto found = read.units.find(words);
        units.push_back(JsonObject{{"text", words},
                                   {"rows", count},
                                   {"organisation", found == read.units.end() ? Json() : Json(found->second.value)}});
    }
    const auto limit = static_cast<std::size_t>(asked.limit.value_or(200));
    Json next;
    for (const auto& row : sheet.rows) {
        if (row.row <= asked.after.value_or(0) || !is_wanted(row, asked.only.value_or(Rows::all))) continue;
        if (rows.size() == limit) {
            next = rows.back().at("row");
            break;
        }
        rows.push_back(registry::json_from(row));
    }
    auto summary = registry::json_from(sheet.summary).as_object();
    const bool ready = sheet.ready(asked.file).has_value();
    summary["ready"] = ready;
    if (ready && asked.purpose == registry::Purpose::delegates) {
        const auto found = registry::delegates_in(sheet, asked.file);
        invariant(found);
        delegates = to_json(*found).as_array();
    }
    return JsonObject{
        {"columns", std::move(columns)}, {"above", std::move(above)},        {"lines_left_out", std::move(lines)},
        {"summary", std::move(summary)}, {"units", std::move(units)},        {"rows", std::move(rows)},
        {"next", std::move(next)},       {"delegates", std::move(delegates)}};
}

}  // namespace

Result<Json> preview_import(Office& office, const Json& body, Date today) {
    auto asked = TRY(from_json<PreviewBody>(body));
    const auto limit = asked.limit.value_or(200);
    if (limit < 1 || limit > 20'000)
        return refuse(base::Why::field_wrong_value, {{"value", limit}}, {"", 0, 0, "limit"});
    const registry::ImportMembers act{
        asked.organisation, asked.on.value_or(today), asked.file,     std::move(asked.sheet), asked.columns,
        asked.corrections,  asked.left_out,           asked.accepted, asked.synthetic_ids,    asked.units};
    std::optional<Result<registry::ReadSheet>> read;
    std::as_const(office).journal().with_reader(
        [&](store::Db& db) { read = registry::preview(db, act, asked.purpose, today); });
    if (!*read) return refuse(std::move(read->error()));
    return json_of(**read, asked);
}

Json imports_of(Office& office, const std::string& organisation) {
    std::vector<registry::Import> found;
    std::as_const(office).journal().with_reader(
        [&](store::Db& db) { found = registry::imports_of(db, {organisation}); });
    return to_json(found);
}

Shape preview_shape() { return shape_of<PreviewBody>(); }
PreviewWords preview_words() {
    return {shape_of<registry::SheetColumn>(), shape_of<registry::MappedBy>(), shape_of<registry::LineKind>(),
            shape_of<registry::Weight>()};
}
Shape imports_shape() { return shape_of<std::vector<registry::Import>>(); }

}  // namespace plenum::app
