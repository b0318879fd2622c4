// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "count/ballots/text.h"
#include "count/refusals.h"
#include "count/share/share.h"

namespace plenum::count {
namespace {

Result<Done> check_figures(const Figures& figures, const std::string& file) {
    std::int64_t sum = 0;
    if (figures.names.empty()) return refuse(Why::nobody_to_share, {}, {file, 0, 0, ""});
    for (std::size_t i = 0; i < figures.names.size(); ++i) {
        const Place place{file, 0, 0, "names[" + std::to_string(i) + "]"};
        sum += figures.votes[i];
        if (figures.votes[i] < 0 || sum > most_counted)
            return refuse(
                Why::number_out_of_range,
                {{"number", figures.votes[i] < 0 ? figures.votes[i] : sum}, {"least", 0}, {"most", most_counted}},
                place);
    }
    return Done{};
}

Result<Figures> figures_from_json(const std::string& file, std::string_view content) {
    auto json = json_from_text(content);
    if (!json) return refuse(std::move(json).error().within({file, 0, 0, ""}));
    const auto bad = [&](std::string_view field, std::string_view wanted) {
        return refuse(Why::figures_malformed, {{"wanted", wanted}, {"found", field}}, {file, 0, 0, std::string(field)});
    };
    if (!json->is_object()) return bad("", "{\"names\":[…],\"votes\":[…]}");
    const auto& object = json->get_object();
    Figures out;
    const auto list = [&](std::string_view key) -> const JsonArray* {
        const auto* found = object.if_contains(key);
        return found && found->is_array() ? &found->get_array() : nullptr;
    };
    const auto number = [](const Json& each, std::int64_t& to) {
        if (!each.is_int64()) return false;
        to = each.get_int64();
        return to >= 0 && to <= most_counted;
    };
    if (const auto* title = object.if_contains("title"); title && title->is_string())
        out.title = name_from_bytes(title->get_string());
    if (const auto* seats = object.if_contains("seats"); seats && !number(*seats, out.seats))
        return bad("seats", "0-1000000");
    const auto* names = list("names");
    const auto* votes = list("votes") ? list("votes") : list("members");
    if (!names || !votes || names->size() != votes->size()) return bad("votes", "names, votes");
    for (const auto& each : *names) {
        if (!each.is_string()) return bad("names", "text");
        out.names.push_back(name_from_bytes(each.get_string()));
    }
    if (const auto* regions = list("regions"))
        for (const auto& each : *regions) {
            if (!each.is_string()) return bad("regions", "text");
            out.regions.push_back(name_from_bytes(each.get_string()));
        }
    for (std::size_t i = 0; i < votes->size(); ++i) {
        const auto field = "votes[" + std::to_string(i) + "]";
        std::int64_t sum = 0;
        if (const auto& each = (*votes)[i]; each.is_array()) {
            auto& row = out.by_region.emplace_back();
            for (const auto& one : each.get_array()) {
                row.emplace_back();
                if (!number(one, row.back())) return bad(field, "0-1000000000");
                sum += row.back();
            }
            if (row.size() != out.regions.size()) return bad(field, "regions");
        } else if (!number(each, sum)) {
            return bad(field, "0-1000000000");
        }
        out.votes.push_back(std::min(sum, most_counted + 1));
    }
    if (!out.by_region.empty() && out.by_region.size() != out.names.size()) return bad("votes", "votes[name][region]");
    for (const auto* key : {"partners", "is_coalition"})
        if (const auto* partners = list(key)) {
            if (partners->size() != out.names.size()) return bad(key, "names");
            out.partners.clear();
            for (const auto& each : *partners) {
                out.partners.emplace_back();
                if (!number(each, out.partners.back())) return bad(key, "0-1000000000");
                // "is_coalition" says 0 or 1; a coalition has two partners at least.
                if (std::string_view(key) == "is_coalition") ++out.partners.back();
            }
        }
    return out;
}

Result<Figures> figures_from_csv(const std::string& file, std::string_view content) {
    Scanner in(file, content);
    Figures out;
    bool heading = true;
    std::size_t columns = 2;  // three only under a heading of three: 1,234 is no number and a partner count
    while (!in.at_end()) {
        const auto here = in.here();
        const auto line = trimmed(in.rest_of_line());
        if (line.empty() || line[0] == '#') continue;
        std::vector<std::string> cells(1);
        bool quoted = false;
        for (const char c : line) {
            if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == ',' || c == ';' || c == '\t')) {
                cells.emplace_back();
            } else {
                cells.back() += c;
            }
        }
        std::vector<std::int64_t> numbers;
        bool good = cells.size() == 2 || cells.size() == columns, figures = false;
        for (std::size_t i = 1; i < cells.size(); ++i) {
            const auto cell = std::string(trimmed(cells[i]));
            Scanner number("", cell);
            figures |= !cell.empty() && std::string_view("-+.0123456789").find(cell[0]) != std::string_view::npos;
            numbers.push_back(number.digits());
            good &= numbers.back() >= 0 && number.at_end();
        }
        // The first line may be a heading, not a line whose figure can't be read.
        if (!good && std::exchange(heading, false) && !figures) {
            columns = std::clamp<std::size_t>(cells.size(), 2, 3);
            continue;
        }
        heading = false;
        if (!good)
            return refuse(Why::figures_malformed, {{"wanted", "name,votes"}, {"found", shown(name_from_bytes(line))}},
                          here);
        out.names.push_back(name_from_bytes(trimmed(cells[0])));
        out.votes.push_back(numbers[0]);
        if (numbers.size() > 1 || !out.partners.empty()) {
            out.partners.resize(out.names.size() - 1, 1);
            out.partners.push_back(numbers.size() > 1 ? std::max<std::int64_t>(1, numbers[1]) : 1);
        }
    }
    if (!out.partners.empty()) out.partners.resize(out.names.size(), 1);
    return out;
}

}  // namespace

Result<Figures> read_figures(std::string_view name, std::string_view content) {
    const std::string file(name);
    content = without_mark(content);
    const bool json = trimmed(content.substr(0, 1000)).starts_with('{');
    auto read = json ? figures_from_json(file, content) : figures_from_csv(file, content);
    auto out = TRY(std::move(read));
    TRY(check_figures(out, file));
    return out;
}

}  // namespace plenum::count
