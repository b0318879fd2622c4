// SPDX-License-Identifier: Apache-2.0
#include "cli/scenario.h"

#include <toml++/toml.h>

#include <charconv>

#include "base/bytes.h"
#include "base/fields.h"
#include "base/file.h"

namespace plenum::cli {
namespace {

constexpr std::size_t most_bytes = 4u << 20;

Json json_from_toml(const toml::node& node) {
    if (const auto* table = node.as_table()) {
        JsonObject out;
        for (const auto& [key, value] : *table) out[std::string(key.str())] = json_from_toml(value);
        return out;
    }
    if (const auto* array = node.as_array()) {
        JsonArray out;
        for (const auto& value : *array) out.push_back(json_from_toml(value));
        return out;
    }
    if (const auto* text = node.as_string()) return Json(text->get());
    if (const auto* number = node.as_integer()) return Json(number->get());
    if (const auto* truth = node.as_boolean()) return Json(truth->get());
    if (const auto* date = node.as_date())
        return Json(text_from_date({date->get().year, date->get().month, date->get().day}));
    return Json(nullptr);
}

/// The first value that no act can carry (a fraction, a time of day), or null.
const toml::node* not_in_json(const toml::node& node) {
    if (const auto* table = node.as_table()) {
        for (const auto& [key, value] : *table)
            if (const auto* found = not_in_json(value)) return found;
        return nullptr;
    }
    if (const auto* array = node.as_array()) {
        for (const auto& value : *array)
            if (const auto* found = not_in_json(value)) return found;
        return nullptr;
    }
    return node.is_string() || node.is_integer() || node.is_boolean() || node.is_date() ? nullptr : &node;
}

struct Head {
    std::string id, roster;
    Date first_day;
    int utc_offset_minutes = 480;
    std::vector<congress::Unit> units;
    static constexpr auto fields() {
        return std::tuple{
            field("id", &Head::id, "id of the congress"), field("roster", &Head::roster, "file of the roster"),
            field("first_day", &Head::first_day, "first day with a seed"),
            field("utc_offset_minutes", &Head::utc_offset_minutes, "local time"),
            field("units", &Head::units, "electing units; their names are the delegations of the roster")};
    }
};

struct StepBody {
    std::string act, by;
    int day = 0;
    std::optional<std::string> at, expect;
    std::optional<int> hold_ms;
    std::optional<Json> with;
    static constexpr auto fields() {
        return std::tuple{field("act", &StepBody::act, "act"),
                          field("by", &StepBody::by, "who acts"),
                          field("day", &StepBody::day, "day"),
                          field("at", &StepBody::at, "local time"),
                          field("expect", &StepBody::expect, "refusal that must come"),
                          field("hold_ms", &StepBody::hold_ms, "stay"),
                          field("with", &StepBody::with, "fields of the act")};
    }
};

int minute_from(std::string_view text) {
    int hour = -1, minute = -1;
    if (text.size() != 5 || text[2] != ':') return -1;
    std::from_chars(text.data(), text.data() + 2, hour);
    std::from_chars(text.data() + 3, text.data() + 5, minute);
    return hour >= 0 && hour < 24 && minute >= 0 && minute < 60 ? hour * 60 + minute : -1;
}

}  // namespace

Result<Scenario> read_scenario(const std::string& folder) {
    const std::string path = folder + "/scenario.toml";
    const auto content = TRY(read_file(path, most_bytes));
    if (!is_utf8(content)) return refuse(base::Why::text_not_utf8, {}, {path, 0, 0, ""});
    const auto malformed = [&](std::string reason, std::int64_t line, std::int64_t column) {
        return refuse(Why::scenario_malformed, {{"reason", std::move(reason)}}, {path, line, column, ""});
    };
    toml::table root;
    try {
        root = toml::parse(content, path);
    } catch (const toml::parse_error& error) {
        return malformed(std::string(error.description()), error.source().begin.line, error.source().begin.column);
    }
    const auto* head_node = root.get("scenario");
    const auto* steps_node = root.get_as<toml::array>("step");
    if (!head_node || !steps_node) return malformed(head_node ? "step" : "scenario", 1, 1);

    if (const auto* found = not_in_json(root))
        return malformed("value", found->source().begin.line, found->source().begin.column);

    Scenario out;
    auto head = from_json<Head>(json_from_toml(*head_node));
    if (!head)
        return refuse(std::move(head).error().within(
            {path, static_cast<std::int64_t>(head_node->source().begin.line), 0, "scenario"}));
    out.folder = folder;
    out.id = head->id;
    out.first_day = head->first_day;
    out.utc_offset_minutes = head->utc_offset_minutes;
    out.units = std::move(head->units);
    registry::RosterOptions reading;
    reading.file = folder + "/" + head->roster;
    reading.synthetic_phones = true;
    out.roster = TRY(registry::clean_roster_from_text(TRY(read_file(reading.file, most_bytes)), reading));

    int day = 0;
    for (const auto& node : *steps_node) {
        const auto line = static_cast<std::int64_t>(node.source().begin.line);
        auto json = json_from_toml(node);
        if (json.is_object() && !json.get_object().contains("day")) json.get_object()["day"] = day;
        auto body = from_json<StepBody>(json);
        if (!body) return refuse(std::move(body).error().within({path, line, 0, "step"}));
        Step step{body->act, body->by, body->day, -1, {}, body->expect.value_or(""), body->hold_ms.value_or(-1), line};
        day = step.day;
        if (body->by.empty()) return malformed("by", line, 0);
        if (body->at && (step.minute = minute_from(*body->at)) < 0) return malformed("at", line, 0);
        if (body->with) {
            if (!body->with->is_object()) return malformed("with", line, 0);
            step.with = body->with->get_object();
        }
        out.steps.push_back(std::move(step));
    }
    return out;
}

Result<Json> fill_in(const Scenario& scenario, Date first_day, const Json& with) {
    if (with.is_object()) {
        JsonObject out;
        for (const auto& [key, value] : with.get_object()) out[key] = TRY(fill_in(scenario, first_day, value));
        return out;
    }
    if (with.is_array()) {
        JsonArray out;
        for (const auto& value : with.get_array()) out.push_back(TRY(fill_in(scenario, first_day, value)));
        return out;
    }
    if (!with.is_string()) return with;
    const std::string_view text = with.get_string();
    if (text.starts_with("@file:"))
        return Json(TRY(read_file(scenario.folder + "/" + std::string(text.substr(6)), most_bytes)));
    if (text.starts_with("@hash:"))
        return Json(sha256_hex(TRY(read_file(scenario.folder + "/" + std::string(text.substr(6)), most_bytes))));
    if (!text.starts_with("@day")) return with;
    int days = 0;
    auto number = text.substr(4);
    if (number.starts_with('+')) number.remove_prefix(1);
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), days);
    if (!number.empty() && (error != std::errc() || end != number.data() + number.size())) return with;
    return Json(text_from_date(date_from_days(days_from_date(first_day) + days)));
}

}  // namespace plenum::cli
