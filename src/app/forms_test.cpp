// SPDX-License-Identifier: Apache-2.0
#include "app/forms.h"

#include <set>

#include "app/office_for_tests.h"

namespace plenum::app {
namespace {

using Is = Shape::Is;

/// The least that a shape accepts as JSON: every field that must be there, the first of several choices.
Json sample(const Shape& shape, bool complete, const Bounds& bounds = unbounded) {
    switch (shape.is) {
        case Is::text: return bounds.words.empty() ? "x" : Json(bounds.words.front());
        case Is::id: return "x1";
        case Is::texts: return json_from(same_text("x"));
        case Is::date: return "2026-11-20";
        case Is::time: return "2026-11-20T01:00:00Z";
        case Is::number: return 1;
        case Is::yes_no: return true;
        case Is::choice: return Json(shape.choices.front());
        case Is::list: return complete ? JsonArray{sample(shape.one.front(), complete, bounds)} : JsonArray{};
        case Is::map: return complete ? JsonObject{{"x", sample(shape.one.front(), complete, bounds)}} : JsonObject{};
        case Is::one_of: return JsonObject{{shape.members.front().name, sample(shape.members.front().shape, complete)}};
        case Is::json: return nullptr;
        case Is::record: break;
    }
    JsonObject out;
    for (const auto& each : shape.members)
        if (complete || !each.optional()) out[each.name] = sample(each.shape, complete, each.bounds);
    return out;
}

/// Everything that a form shows, with the key under which its label stands.
void keys_of(const Json& type, const std::string& act, const std::string& path, std::set<std::string>& out);
void keys_of_fields(const JsonArray& fields, const std::string& act, const std::string& path,
                    std::set<std::string>& out) {
    for (const auto& each : fields) {
        const auto name = std::string(each.at("name").as_string());
        const auto here = path.empty() ? name : path + "/" + name;
        const auto special = "act.field_of." + act + "." + here;
        out.insert(has_text(Language::en, special) ? special : "act.field." + name);
        keys_of(each.at("type"), act, here, out);
    }
}
void keys_of(const Json& type, const std::string& act, const std::string& path, std::set<std::string>& out) {
    const auto& object = type.as_object();
    const auto name = path.substr(path.rfind('/') + 1);
    if (const auto* choices = object.if_contains("choices"))
        for (const auto& each : choices->as_array()) {
            const auto value = std::string(each.at("value").as_string());
            out.insert("act.choice." + name + "." + (value.empty() ? "none" : value));
        }
    if (const auto* fields = object.if_contains("fields")) keys_of_fields(fields->as_array(), act, path, out);
    if (const auto* kinds = object.if_contains("kinds"))
        for (const auto& each : kinds->as_array()) {
            const auto value = std::string(each.at("value").as_string());
            out.insert("act.kind." + path + "." + value);
            keys_of_fields(each.at("fields").as_array(), act, path + "/" + value, out);
        }
    if (const auto* of = object.if_contains("of"); of && of->is_object()) keys_of(*of, act, path, out);
}

/// True if every id has somewhere to come from.
bool ids_have_sources(const Json& type) {
    const auto& object = type.as_object();
    if (object.at("is") == "id") return object.at("from").is_string();
    const auto all = [](const JsonArray& fields) {
        return std::ranges::all_of(fields, [](const Json& each) { return ids_have_sources(each.at("type")); });
    };
    if (const auto* fields = object.if_contains("fields")) return all(fields->as_array());
    if (const auto* kinds = object.if_contains("kinds"))
        return std::ranges::all_of(kinds->as_array(),
                                   [&](const Json& each) { return all(each.at("fields").as_array()); });
    if (const auto* of = object.if_contains("of"); of && of->is_object()) return ids_have_sources(*of);
    return true;
}

}  // namespace

TEST_CASE("the forms hold every act that may be asked for, and no other") {
    std::set<std::string> forms, acts;
    for (const auto& each : act_forms().at("acts").as_array()) forms.insert(std::string(each.at("name").as_string()));
    for (const auto& name : act_names()) acts.insert(name);
    CHECK(acts.erase("election.adopt_list") == 1);      // the congress's vote does it
    CHECK(acts.erase("registry.import_members") == 1);  // carries a sheet
    CHECK(forms == acts);
}

TEST_CASE("every act, field, kind and choice is labelled in three languages, and no label is left over") {
    std::set<std::string> used;
    for (const auto& each : act_forms().at("rooms").as_array())
        used.insert("act.room." + std::string(each.at("name").as_string()));
    for (const auto& each : act_forms().at("acts").as_array()) {
        const std::string name(each.at("name").as_string());
        used.insert("act.name." + name);
        used.insert("act.about." + name);
        keys_of_fields(each.at("fields").as_array(), name, "", used);
    }
    CHECK(used.size() > 250);
    for (const auto& key : used)
        for (const auto language : all_languages) {
            CAPTURE(key);
            CHECK(has_text(language, key));
        }
    for (const auto& [key, text] : catalogue(Language::zh_hant)) {
        CAPTURE(key);
        if (key.starts_with("act.")) CHECK(used.contains(key));
        if (key.starts_with("act.")) CHECK_FALSE(text.empty());
    }
}

TEST_CASE("whoever fills in a form is never told that a field is unknown, missing or of the wrong type") {
    SmallCongress house;
    house.up_to_nomination();
    for (const auto& shape : act_shapes())
        for (const bool complete : {false, true}) {
            if (carries_a_sheet(shape)) continue;
            auto with = sample(shape.with, complete);
            auto* object = with.if_object();
            REQUIRE(object);
            // Which round, election and congress it is must be right for the reading to be reached at all.
            if (object->contains("election") && shape.name != "election.prepare" &&
                shape.name != "election.prepare_next_round")
                (*object)["election"] = house.election;
            if (object->contains("after")) (*object)["after"] = house.election;
            CAPTURE(shape.name);
            CAPTURE(canonical_json(with));
            const auto done = house.office->act(
                house.chair, {shape.name, shape.name == "congress.plan" ? "new" : house.id, with, "try-" + shape.name});
            if (done) continue;
            const auto name = std::string(done.error().name());
            CAPTURE(name);
            CHECK_FALSE(name.starts_with("base.field_"));
            CHECK_FALSE(name.starts_with("base.kind_"));
            CHECK(name != "app.act_not_direct");
        }
}

TEST_CASE("every id in a form is either new or chosen from a table of the desk") {
    for (const auto& each : act_forms().at("acts").as_array())
        for (const auto& field : each.at("fields").as_array()) {
            CAPTURE(canonical_json(field));
            CHECK(ids_have_sources(field.at("type")));
        }
}

TEST_CASE("a form says what may be left out and what is about a person") {
    for (const auto& each : act_forms().at("acts").as_array()) {
        if (each.at("name") != "registry.correct_member") continue;
        const auto& fields = each.at("fields").as_array();
        CHECK(fields[0].at("name") == "member");
        CHECK(fields[0].at("optional") == false);
        CHECK(fields[1].at("name") == "name");
        CHECK(fields[1].at("optional") == true);
        CHECK(fields[1].at("personal") == true);
        CHECK(each.at("of") == "register");
    }
}

}  // namespace plenum::app
