// SPDX-License-Identifier: Apache-2.0
#include "base/fields.h"

#include <algorithm>

namespace plenum {

namespace {

Result<Done> check_bounds(std::string_view text, const Bounds& bounds) {
    TRY(check_written(text, bounds.lines));
    const auto characters = characters_in_utf8(text);
    if (characters > bounds.most())
        return refuse(base::Why::text_over_length, {{"characters", characters}, {"most", bounds.most()}});
    if (!bounds.words.empty() && std::ranges::find(bounds.words, text) == bounds.words.end())
        return refuse(base::Why::field_wrong_value, {{"value", shown(text)}});
    if (bounds.is_birth && !text.empty() && !is_birth(text))
        return refuse(base::Why::birth_impossible, {{"text", shown(text)}});
    return Done{};
}

}  // namespace

Result<std::string> fields_detail::text_from(const Json& json, Reading reading, const Bounds& bounds) {
    constexpr std::size_t most = 1'000'000;
    if (!json.is_string()) return wrong_type("text");
    std::string out(json.get_string());
    if (out.size() > most) return refuse(base::Why::text_too_long, {{"most", most}});
    if (reading == Reading::complete) TRY(check_bounds(out, bounds));
    return out;
}

Result<std::string> fields_detail::id_from(const Json& json, Reading reading) {
    auto value = TRY(text_from(json, reading, unbounded));
    if (value.empty()) return refuse(base::Why::text_empty);
    if (value.size() > 200) return refuse(base::Why::text_too_long, {{"most", 200}});
    if (reading == Reading::complete && !is_id(value)) return refuse(base::Why::id_malformed, {{"id", shown(value)}});
    return value;
}

Result<Date> fields_detail::date_from(const Json& json, Reading reading) {
    const auto date = TRY(date_from_text(TRY(text_from(json, reading, {}))));
    if (reading == Reading::complete && (date.year < first_year || date.year > last_year))
        return refuse(base::Why::year_out_of_range,
                      {{"date", text_from_date(date)}, {"least", first_year}, {"most", last_year}});
    return date;
}

Result<Done> fields_detail::check_name_of_member(std::string_view name) {
    if (name.empty()) return refuse(base::Why::text_empty);
    return check_bounds(name, {});
}

Result<Done> fields_detail::check_range(std::int64_t number, const Bounds& bounds) {
    if (bounds.range && (number < bounds.range->least || number > bounds.range->most))
        return refuse(base::Why::number_out_of_range,
                      {{"number", number}, {"least", bounds.range->least}, {"most", bounds.range->most}});
    return Done{};
}

Result<Text> fields_detail::texts_from(const Json& json, Reading reading, const Bounds& bounds) {
    if (!json.is_object()) return wrong_type("text in three languages");
    Text out;
    for (const auto& [name, value] : json.get_object()) {
        const auto language = language_from_tag(name);
        if (!language) return refuse(base::Why::field_unknown, {}, place_of_member(shown(name)));
        auto words = text_from(value, reading, bounds);
        if (!words) return refuse(std::move(words).error().within(place_of_member(name)));
        out.in(*language) = std::move(*words);
    }
    for (const auto language : all_languages)
        if (out.in(language).empty()) return refuse(base::Why::field_missing, {}, place_of_member(tag_of(language)));
    return out;
}

Place fields_detail::place_of_item(std::size_t number) { return {"", 0, 0, "[" + std::to_string(number) + "]"}; }
Place fields_detail::place_of_member(std::string_view name) { return {"", 0, 0, std::string(name)}; }

Result<Done> fields_detail::read_places(std::span<const PlaceToRead> places, const Json& json, Reading reading) {
    if (!json.is_object()) return wrong_type("object");
    const auto& object = json.get_object();
    std::size_t known = 0;
    for (const auto& place : places) {
        const auto* found = object.if_contains(place.name);
        if (!found) {
            if (place.may_miss || (place.is_personal && reading == Reading::personal_may_be_erased)) continue;
            return refuse(base::Why::field_missing, {}, place_of_member(place.name));
        }
        ++known;
        auto done = place.read(place.to, *found, reading, place.bounds);
        if (!done) return refuse(std::move(done).error().within(place_of_member(place.name)));
    }
    if (known == object.size()) return Done{};
    for (const auto& member : object)
        if (std::ranges::none_of(places,
                                 [&](const auto& place) { return place.name == std::string_view(member.key()); }))
            return refuse(base::Why::field_unknown, {}, place_of_member(shown(member.key())));
    return Done{};
}

Json fields_detail::write_places(std::span<const PlaceToWrite> places, Part part) {
    JsonObject out;
    for (const auto& place : places) {
        if (place.is_personal) {
            if (part != Part::impersonal) out[place.name] = place.write(place.from, Part::all);
        } else if (part != Part::personal || place.holds_personal) {
            out[place.name] = place.write(place.from, part);
        }
    }
    return out;
}

Json join_parts(Json impersonal, const Json& personal) {
    if (impersonal.is_object() && personal.is_object()) {
        for (const auto& [name, value] : personal.get_object()) {
            auto* found = impersonal.get_object().if_contains(name);
            if (found)
                *found = join_parts(std::move(*found), value);
            else
                impersonal.get_object()[name] = value;
        }
    } else if (impersonal.is_array() && personal.is_array()) {
        auto& items = impersonal.get_array();
        const auto& more = personal.get_array();
        for (std::size_t i = 0; i < items.size() && i < more.size(); ++i)
            items[i] = join_parts(std::move(items[i]), more[i]);
    }
    return impersonal;
}

}  // namespace plenum
