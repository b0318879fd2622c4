// SPDX-License-Identifier: Apache-2.0
#include "cli/scenario.h"

#include <charconv>

#include "base/bytes.h"
#include "base/fields.h"
#include "base/file.h"
#include "rules/toml.h"
#include "store/journal.h"

namespace plenum::cli {
namespace {

constexpr std::size_t most_bytes = 4u << 20;

struct Head {
    std::string id;
    std::optional<std::string> roster;
    Date first_day;
    int utc_offset_minutes = 480;
    std::vector<congress::Unit> units;
    static constexpr auto fields() {
        return fields_of(field("id", &Head::id, "id of the congress"),
                         field("roster", &Head::roster, "file of the roster, if there is one"),
                         field("first_day", &Head::first_day, "first day with a seed"),
                         field("utc_offset_minutes", &Head::utc_offset_minutes, "local time"),
                         field("units", &Head::units, "electing units; their names are the delegations of the roster"));
    }
};

struct StepBody {
    std::string act, by;
    int day = 0;
    std::optional<std::string> at, expect;
    std::optional<int> hold_ms;
    std::optional<Json> with;
    static constexpr auto fields() {
        return fields_of(field("act", &StepBody::act, "act"), field("by", &StepBody::by, "who acts"),
                         field("day", &StepBody::day, "day"), field("at", &StepBody::at, "local time"),
                         field("expect", &StepBody::expect, "refusal that must come"),
                         field("hold_ms", &StepBody::hold_ms, "stay"),
                         field("with", &StepBody::with, "fields of the act"));
    }
};

/// A file of the scenario's own folder: no path leads out of it.
bool is_plain_name(std::string_view name) {
    return !name.empty() && name.find('/') == std::string_view::npos && name != "." && name != "..";
}

/// A text of the scenario's folder. An editor may have put a byte order mark before it, which is no part of the text.
Result<std::string> text_of_file(const Scenario& scenario, std::string_view name) {
    auto text = TRY(read_file(scenario.folder + "/" + std::string(name), most_bytes));
    if (text.starts_with("\xef\xbb\xbf")) text.erase(0, 3);
    return text;
}

int minute_from(std::string_view text) {
    int hour = -1, minute = -1;
    const auto* begin = text.data();
    if (text.size() != 5 || text[2] != ':' || std::from_chars(begin, begin + 2, hour).ptr != begin + 2 ||
        std::from_chars(begin + 3, begin + 5, minute).ptr != begin + 5)
        return -1;
    return hour >= 0 && hour < 24 && minute >= 0 && minute < 60 ? hour * 60 + minute : -1;
}

}  // namespace

Result<Scenario> read_scenario(const std::string& folder) {
    const std::string path = folder + "/scenario.toml";
    const auto document = TRY(rules::read_toml(TRY(read_file(path, most_bytes)), path));
    const auto malformed = [&](std::string reason, std::int64_t line) {
        return refuse(Why::scenario_malformed, {{"reason", std::move(reason)}}, {path, line, 0, ""});
    };
    const auto& root = document.root.get_object();
    for (const auto& member : root)
        if (member.key() != "scenario" && member.key() != "step")
            return refuse(base::Why::field_unknown, {}, document.at(std::string(member.key())));
    const auto *head_node = root.if_contains("scenario"), *steps_node = root.if_contains("step");
    if (!head_node || !steps_node || !steps_node->is_array())
        return malformed(head_node ? "[[step]]" : "[scenario]", 1);

    Scenario out;
    auto head = from_json<Head>(*head_node);
    if (!head) {
        const auto field = head.error().place.field;
        auto place = document.at("scenario." + field);
        place.field.clear();
        return refuse(std::move(head).error().within(place));
    }
    if (head->first_day < Date{1900, 1, 1} || head->first_day > Date{2199, 12, 31})
        return malformed("first_day", document.at("scenario.first_day").line);
    if (head->utc_offset_minutes < -most_offset_minutes || head->utc_offset_minutes > most_offset_minutes)
        return malformed("utc_offset_minutes", document.at("scenario.utc_offset_minutes").line);
    for (std::size_t i = 0; i < head->units.size(); ++i) {
        const auto line = document.at("scenario.units[" + std::to_string(i) + "]").line;
        if (head->units[i].seats < 1 || head->units[i].members < head->units[i].seats) return malformed("seats", line);
        for (std::size_t k = 0; k < i; ++k)
            if (head->units[k].id == head->units[i].id) return malformed(head->units[i].id.value, line);
    }
    out.folder = folder;
    out.id = head->id;
    out.first_day = head->first_day;
    out.utc_offset_minutes = head->utc_offset_minutes;
    out.units = std::move(head->units);
    if (head->roster) {
        registry::SheetOptions reading;
        reading.file = folder + "/" + *head->roster;
        reading.decisions.synthetic_ids = true;
        reading.today = date_at(SystemClock().now(), head->utc_offset_minutes);
        if (!is_plain_name(*head->roster)) return malformed("roster", document.at("scenario.roster").line);
        out.roster = TRY(registry::delegates_from_csv(TRY(read_file(reading.file, most_bytes)), reading));
    }

    int day = 0;
    bool first = true;
    std::size_t index = 0;
    for (const auto& node : steps_node->get_array()) {
        const auto line = document.at("step[" + std::to_string(index++) + "]").line;
        auto json = node;
        const bool says_day = json.is_object() && json.get_object().contains("day");
        if (json.is_object() && !says_day) json.get_object()["day"] = day;
        auto body = from_json<StepBody>(json);
        if (!body) return refuse(std::move(body).error().within({path, line, 0, "step"}));
        Step step{body->act, body->by, body->day, -1, {}, body->expect.value_or(""), body->hold_ms.value_or(-1), line};
        // Steps are in the order in which they happen, within some years of the first day.
        if ((!std::exchange(first, false) && step.day < day) || step.day < -4000 || step.day > 4000)
            return malformed("day = " + std::to_string(step.day), line);
        day = step.day;
        if (body->by.empty() || body->by.size() > store::JournalLimits::text_bytes) return malformed("by", line);
        if (body->hold_ms && *body->hold_ms < 0) return malformed("hold_ms = " + std::to_string(*body->hold_ms), line);
        if (body->at && (step.minute = minute_from(*body->at)) < 0)
            return malformed("at = \"" + *body->at + "\", 09:30", line);
        if (body->with) {
            if (!body->with->is_object()) return malformed("with", line);
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
    if ((text.starts_with("@file:") || text.starts_with("@hash:")) && !is_plain_name(text.substr(6)))
        return refuse(base::Why::file_unreadable, {{"reason", std::string(text)}});
    if (text.starts_with("@file:")) return Json(TRY(text_of_file(scenario, text.substr(6))));
    if (text.starts_with("@hash:")) return Json(sha256_hex(TRY(text_of_file(scenario, text.substr(6)))));
    if (!text.starts_with("@day")) return with;
    int days = 0;
    auto number = text.substr(4);
    if (number.starts_with('+')) number.remove_prefix(1);
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), days);
    if (!number.empty() && (error != std::errc() || end != number.data() + number.size())) return with;
    if (days < -4000 || days > 4000) return refuse(base::Why::date_impossible, {{"text", shown(text)}});
    return Json(text_from_date(date_from_days(days_from_date(first_day) + days)));
}

}  // namespace plenum::cli
