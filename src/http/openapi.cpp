// SPDX-License-Identifier: Apache-2.0
#include "http/openapi.h"

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <map>
#include <set>

#include "app/forms.h"
#include "app/imports.h"
#include "app/register_view.h"
#include "app/steps.h"
#include "http/bodies.h"
#include "http/desk_routes.h"
#include "http/site.h"

namespace plenum::http {
namespace {

using Is = Shape::Is;

JsonObject ref_to(std::string_view name) { return {{"$ref", "#/components/schemas/" + std::string(name)}}; }

/// Writes shapes as schemas and collects the records that they name.
class Schemas {
  public:
    /// asked  of what is asked for: optional fields may be left out, and its records stand apart
    /// bounds  of the texts and numbers in it, told of what is asked for: what is answered may have been taken in
    /// earlier
    Json of(const Shape& shape, bool asked, const Bounds& bounds = unbounded) {
        Json out = plain(shape, asked, bounds);
        if (!shape.nullable) return out;
        auto& object = out.as_object();
        if (object.contains("$ref") || object.contains("oneOf"))
            return JsonObject{{"anyOf", JsonArray{std::move(out), JsonObject{{"type", "null"}}}}};
        if (auto* values = object.if_contains("enum")) values->as_array().push_back(nullptr);
        if (object.contains("type")) object["type"] = JsonArray{object["type"], "null"};
        return out;
    }
    JsonObject record(const Shape& shape, bool asked) {
        JsonObject properties;
        JsonArray required;
        for (const auto& each : shape.members) {
            auto schema = of(each.shape, asked, each.bounds);
            if (!each.about.empty() && !schema.as_object().contains("$ref"))
                schema.as_object()["description"] = each.about;
            properties[each.name] = std::move(schema);
            if (!asked || !each.optional()) required.push_back(Json(each.name));
        }
        return {{"type", "object"},
                {"properties", std::move(properties)},
                {"required", std::move(required)},
                {"additionalProperties", false}};
    }
    /// One property of a record that says more than its type does.
    void amend(const std::string& name, std::string_view property, Json schema) {
        named_.at(name).as_object().at("properties").as_object()[property] = std::move(schema);
    }
    void put(const std::string& name, Json schema) { named_[name] = std::move(schema); }
    JsonObject all() const {
        JsonObject out;
        for (const auto& [name, schema] : named_) out[name] = schema;
        return out;
    }
    bool knows(const std::string& name) const { return named_.contains(name); }

  private:
    static JsonObject bounded_text(const Bounds& bounds) {
        JsonObject out{{"type", "string"}};
        if (bounds.words.empty()) out["maxLength"] = bounds.most();
        if (bounds.is_birth) out["pattern"] = "^([0-9]{4}-[0-9]{2}(-[0-9]{2})?)?$";
        JsonArray words;
        for (const auto each : bounds.words) words.push_back(Json(each));
        if (!words.empty()) out["enum"] = std::move(words);
        return out;
    }
    /// The name under which a text in three languages of so many characters each is described.
    std::string text_of(std::int64_t most) {
        const auto name = "asked.Text" + std::to_string(most);
        JsonObject properties;
        JsonArray required;
        for (const auto language : all_languages) {
            properties[tag_of(language)] = JsonObject{{"type", "string"}, {"minLength", 1}, {"maxLength", most}};
            required.push_back(Json(tag_of(language)));
        }
        named_[name] = JsonObject{{"type", "object"},
                                  {"properties", std::move(properties)},
                                  {"required", std::move(required)},
                                  {"additionalProperties", false}};
        return name;
    }
    Json plain(const Shape& shape, bool asked, const Bounds& bounds) {
        switch (shape.is) {
            case Is::text: return asked ? bounded_text(bounds) : JsonObject{{"type", "string"}};
            case Is::id:
                if (!asked) return JsonObject{{"type", "string"}};
                return JsonObject{{"type", "string"}, {"minLength", 1}, {"maxLength", 200}};
            case Is::texts: return ref_to(asked ? text_of(bounds.most()) : "Text");
            case Is::date: return JsonObject{{"type", "string"}, {"format", "date"}};
            case Is::time: return JsonObject{{"type", "string"}, {"format", "date-time"}};
            case Is::number:
                if (!asked || !bounds.range) return JsonObject{{"type", "integer"}};
                return JsonObject{
                    {"type", "integer"}, {"minimum", bounds.range->least}, {"maximum", bounds.range->most}};
            case Is::yes_no: return JsonObject{{"type", "boolean"}};
            case Is::choice: {
                JsonArray values;
                for (const auto& each : shape.choices) values.push_back(Json(each));
                return JsonObject{{"type", "string"}, {"enum", std::move(values)}};
            }
            case Is::list: return JsonObject{{"type", "array"}, {"items", of(shape.one.front(), asked, bounds)}};
            case Is::map:
                return JsonObject{{"type", "object"}, {"additionalProperties", of(shape.one.front(), asked, bounds)}};
            case Is::json: return JsonObject{};
            case Is::one_of: {
                JsonArray kinds;
                for (const auto& each : shape.members)
                    kinds.push_back(JsonObject{{"type", "object"},
                                               {"properties", JsonObject{{each.name, of(each.shape, asked)}}},
                                               {"required", JsonArray{Json(each.name)}},
                                               {"additionalProperties", false}});
                return JsonObject{{"oneOf", std::move(kinds)}};
            }
            case Is::record: break;
        }
        const auto name = asked ? "asked." + shape.name : shape.name;
        auto schema = record(shape, asked);
        const auto [found, added] = named_.emplace(name, schema);
        invariant(added || found->second == Json(schema));  // one name, one record
        return ref_to(name);
    }
    std::map<std::string, Json> named_;
};

template <class T>
void put(Schemas& schemas, const std::string& name, bool asked = false) {
    schemas.put(name, schemas.record(shape_of<T>(), asked));
}
template <class T>
void put_list(Schemas& schemas, const std::string& name) {
    schemas.put(name, JsonObject{{"type", "array"}, {"items", schemas.of(shape_of<T>(), false)}});
}
/// The struct under its own name.
template <class T>
void put_named(Schemas& schemas) {
    schemas.of(shape_of<T>(), false);
}

JsonObject object_of(JsonObject properties, std::initializer_list<std::string_view> optional = {}) {
    JsonArray required;
    for (const auto& each : properties)
        if (std::ranges::find(optional, std::string_view(each.key())) == optional.end())
            required.push_back(Json(each.key()));
    return {{"type", "object"},
            {"properties", std::move(properties)},
            {"required", std::move(required)},
            {"additionalProperties", false}};
}
JsonObject text_schema() { return {{"type", "string"}}; }
JsonObject list_of(Json items) { return {{"type", "array"}, {"items", std::move(items)}}; }
JsonObject one_word(std::string_view word) { return {{"type", "string"}, {"enum", JsonArray{Json(word)}}}; }

/// Where the forms take values from, every word that stands in them.
void collect_sources(const Json& form, std::set<std::string>& into) {
    if (const auto* list = form.if_array())
        for (const auto& each : *list) collect_sources(each, into);
    const auto* object = form.if_object();
    if (!object) return;
    for (const auto& each : *object) {
        const auto* word = each.value().if_string();
        if (each.key() == "from" && word) into.emplace(*word);
        collect_sources(each.value(), into);
    }
}

/// The forms hold types that hold types, so they are written by hand; a test holds the real forms to this.
void put_forms(Schemas& schemas) {
    const auto kind = [&](std::string_view is, JsonObject more) {
        JsonObject all{{"is", one_word(is)}};
        for (auto& each : more) all[each.key()] = std::move(each.value());
        return object_of(std::move(all));
    };
    std::set<std::string> sources;
    collect_sources(app::act_forms(), sources);
    JsonArray words(sources.begin(), sources.end());
    schemas.put("FieldSource", JsonObject{{"type", "string"}, {"enum", std::move(words)}});
    const JsonObject from{{"anyOf", JsonArray{ref_to("FieldSource"), JsonObject{{"type", "null"}}}}};
    const auto choice = object_of({{"value", text_schema()}, {"label", ref_to("Text")}});
    JsonArray kinds{
        kind("text",
             {{"long", JsonObject{{"type", "boolean"}}}, {"most", JsonObject{{"type", "integer"}}}, {"from", from}}),
        kind("texts", {{"long", JsonObject{{"type", "boolean"}}}, {"most", JsonObject{{"type", "integer"}}}}),
        kind("id", {{"from", from}})};
    const JsonObject whole{{"type", JsonArray{"integer", "null"}}};
    kinds.push_back(kind("number", {{"least", whole}, {"most", whole}}));
    for (const auto* plain : {"date", "time", "yes_no"}) kinds.push_back(kind(plain, {}));
    kinds.push_back(kind("choice", {{"choices", list_of(choice)}}));
    kinds.push_back(kind("list", {{"of", ref_to("FieldType")}}));
    kinds.push_back(kind("map", {{"of", ref_to("FieldType")}}));
    kinds.push_back(kind("record", {{"fields", list_of(ref_to("Field"))}}));
    kinds.push_back(kind("one_of", {{"kinds", list_of(object_of({{"value", text_schema()},
                                                                 {"label", ref_to("Text")},
                                                                 {"fields", list_of(ref_to("Field"))}}))}}));
    schemas.put("FieldType", JsonObject{{"oneOf", std::move(kinds)}});
    schemas.put("Field", object_of({{"name", text_schema()},
                                    {"label", ref_to("Text")},
                                    {"type", ref_to("FieldType")},
                                    {"optional", JsonObject{{"type", "boolean"}}},
                                    {"personal", JsonObject{{"type", "boolean"}}}}));
    schemas.put(
        "Form",
        object_of({{"name", ref_to("ActName")},
                   {"room", text_schema()},
                   {"label", ref_to("Text")},
                   {"about", ref_to("Text")},
                   {"of", JsonObject{{"type", "string"}, {"enum", JsonArray{"congress", "election", "register"}}}},
                   {"fields", list_of(ref_to("Field"))}}));
    schemas.put("Forms", object_of({{"rooms", list_of(object_of({{"name", text_schema()}, {"label", ref_to("Text")}}))},
                                    {"acts", list_of(ref_to("Form"))}}));
}

/// Written by the room of the register out of what a sheet holds, so by hand; a test holds a real preview to this.
void put_import_preview(Schemas& schemas) {
    const JsonObject number{{"type", "integer"}}, truth{{"type", "boolean"}};
    const auto words = app::preview_words();
    const auto column = schemas.of(words.column, false);
    schemas.put("ImportFinding", object_of({{"column", column},
                                            {"kind", text_schema()},
                                            {"other", number},
                                            {"acceptable", truth},
                                            {"accepted", truth}},
                                           {"other", "acceptable", "accepted"}));
    JsonObject row{{"row", number}, {"line", number}, {"number", number}};
    for (const auto* each : {"unit", "name", "sex", "ethnicity", "birth", "id", "education", "party", "join", "phone",
                             "employment", "post", "category", "remark"})
        row[each] = text_schema();
    row["left_out"] = truth;
    for (const auto* each : {"repaired", "problems", "notes"}) row[each] = list_of(ref_to("ImportFinding"));
    schemas.put("ImportRow", object_of(std::move(row)));
    schemas.put("ImportSummary", object_of({{"rows", number},
                                            {"clean", number},
                                            {"repaired", number},
                                            {"open_problems", number},
                                            {"left_out", number},
                                            {"kinds", list_of(object_of({{"kind", text_schema()},
                                                                         {"what", schemas.of(words.weight, false)},
                                                                         {"rows", number},
                                                                         {"sentence", ref_to("Text")}}))},
                                            {"ready", truth}}));
    const JsonObject maybe_text{{"type", JsonArray{"string", "null"}}},
        maybe_number{{"type", JsonArray{"integer", "null"}}};
    schemas.put(
        "ImportPreview",
        object_of(
            {{"columns", list_of(object_of({{"at", number},
                                            {"heading", text_schema()},
                                            {"column", column},
                                            {"from", schemas.of(words.from, false)},
                                            {"has_content", truth}}))},
             {"above", list_of(text_schema())},
             {"lines_left_out",
              list_of(object_of({{"line", number}, {"kind", schemas.of(words.line, false)}, {"text", text_schema()}}))},
             {"summary", ref_to("ImportSummary")},
             {"units", list_of(object_of({{"text", text_schema()}, {"rows", number}, {"organisation", maybe_text}}))},
             {"rows", list_of(ref_to("ImportRow"))},
             {"next", maybe_number},
             // The rows of registry.register_roster.
             {"delegates", list_of(JsonObject{{"type", "object"}, {"additionalProperties", JsonObject{}}})}}));
}

/// A sheet as it is sent: a CSV file's bytes, or rows of cells.
JsonObject sheet_schema() {
    const auto cells = list_of(JsonObject{{"type", JsonArray{"string", "integer", "null"}}});
    return {{"oneOf", JsonArray{object_of({{"bytes", text_schema()}}), object_of({{"rows", list_of(cells)}})}}};
}

/// "Act" is one of all acts, each with its own fields.
void put_acts(Schemas& schemas) {
    JsonArray names, any;
    for (const auto& each : app::act_shapes()) {
        names.push_back(Json(each.name));
        auto fields = schemas.record(each.with, true);
        const auto name = "act." + each.name;
        schemas.put(name, object_of({{"act", one_word(each.name)},
                                     {"congress", text_schema()},
                                     {"with", std::move(fields)},
                                     {"seen", JsonObject{{"type", JsonArray{"integer", "null"}}}}},
                                    {"seen"}));
        any.push_back(ref_to(name));
    }
    schemas.put("ActName", JsonObject{{"type", "string"}, {"enum", std::move(names)}});
    schemas.put("Act", JsonObject{{"oneOf", std::move(any)}});
}

void put_problems(Schemas& schemas) {
    JsonArray names;
    std::vector<std::string> all;
    for (const auto& each : app::all_refusals_of_all_rooms()) all.emplace_back(each.name);
    for (const auto& each : all_refusals) all.emplace_back(each.name);
    std::ranges::sort(all);
    for (const auto& each : all) names.push_back(Json(each));
    schemas.put("RefusalName", JsonObject{{"type", "string"}, {"enum", std::move(names)}});
    const JsonObject number{{"type", "integer"}};
    schemas.put(
        "Problem",
        object_of({{"status", number},
                   {"name", ref_to("RefusalName")},
                   {"detail", text_schema()},
                   {"place",
                    object_of({{"file", text_schema()}, {"line", number}, {"column", number}, {"field", text_schema()}},
                              {"file", "line", "column", "field"})},
                   {"facts", JsonObject{{"type", "object"}, {"additionalProperties", text_schema()}}}}));
}

Schemas all_schemas() {
    Schemas out;
    out.put("Text", object_of({{"zh-Hans", text_schema()}, {"zh-Hant", text_schema()}, {"en", text_schema()}}));
    put_problems(out);
    put_acts(out);
    put_forms(out);
    put<body::Health>(out, "Health");
    put<body::WhoAmI>(out, "Me");
    put<body::SignIn>(out, "SignIn", true);
    put_list<body::Listing>(out, "Listings");
    put<body::Receipt>(out, "Receipt");
    put<body::Tried>(out, "Tried");
    put<body::Events>(out, "Events");
    put<body::ScreenControl>(out, "ScreenBody", true);
    put<body::ScreenView>(out, "ScreenView");
    out.put("ImportPreviewBody", out.record(app::preview_shape(), true));
    out.amend("ImportPreviewBody", "sheet", sheet_schema());
    put_import_preview(out);
    out.put("Imports", out.of(app::imports_shape(), false));
    put_list<app::desk::PackListing>(out, "PackListings");
    put_named<app::desk::Congress>(out);
    put_named<app::desk::Delegates>(out);
    put_named<app::desk::Steps>(out);
    put_named<app::desk::Rules>(out);
    put_named<app::desk::Organisations>(out);
    const JsonObject maybe_problem{{"anyOf", JsonArray{ref_to("Problem"), JsonObject{{"type", "null"}}}}};
    out.amend("app.desk.Step", "why", maybe_problem);
    out.amend("app.desk.Election", "differs", maybe_problem);
    out.amend("app.desk.Step", "act", ref_to("ActName"));
    out.amend("app.desk.Step", "with", JsonObject{{"type", "object"}, {"additionalProperties", JsonObject{}}});
    out.of(app::desk::member_shape(), false);
    auto members = shape_of<app::desk::MembersPage>();
    members.members.front().shape.one.front() = app::desk::member_shape();
    out.of(members, false);
    auto member = shape_of<app::desk::MemberPage>();
    member.members.front().shape = app::desk::member_shape();
    out.of(member, false);
    return out;
}

JsonObject content(std::string_view type, Json schema) {
    return {{std::string(type), JsonObject{{"schema", std::move(schema)}}}};
}

JsonArray parameters(const Route& route) {
    JsonArray out;
    for (auto open = route.path.find('{'); open != std::string::npos; open = route.path.find('{', open + 1))
        out.push_back(JsonObject{{"name", route.path.substr(open + 1, route.path.find('}', open) - open - 1)},
                                 {"in", "path"},
                                 {"required", true},
                                 {"schema", text_schema()}});
    for (const auto& each : route.query) {
        JsonObject schema{{"type", each.type}};
        if (each.type == "date") schema = {{"type", "string"}, {"format", "date"}};
        out.push_back(JsonObject{{"name", each.name},
                                 {"in", "query"},
                                 {"required", false},
                                 {"description", each.about},
                                 {"schema", std::move(schema)}});
    }
    if (route.response_schema == "Receipt")
        out.push_back(JsonObject{{"name", "Idempotency-Key"},
                                 {"in", "header"},
                                 {"required", true},
                                 {"description", "made by the client: the same key acts once"},
                                 {"schema", text_schema()}});
    return out;
}

JsonObject operation(const Route& route, const Schemas& schemas) {
    invariant(route.request_schema.empty() || schemas.knows(route.request_schema));
    invariant(route.response_schema.empty() || schemas.knows(route.response_schema));
    JsonObject responses;
    if (!route.response_schema.empty())
        responses["200"] = JsonObject{{"description", route.about},
                                      {"content", content("application/json", ref_to(route.response_schema))}};
    else if (!route.produces.empty())
        responses["200"] =
            JsonObject{{"description", route.about}, {"content", content(route.produces, text_schema())}};
    else
        responses["204"] = JsonObject{{"description", route.about}};
    responses["default"] =
        JsonObject{{"description", "refused"}, {"content", content("application/problem+json", ref_to("Problem"))}};
    JsonObject out{{"summary", route.about}, {"responses", std::move(responses)}};
    if (auto all = parameters(route); !all.empty()) out["parameters"] = std::move(all);
    if (!route.request_schema.empty())
        out["requestBody"] =
            JsonObject{{"required", true}, {"content", content("application/json", ref_to(route.request_schema))}};
    out["security"] =
        route.permission == Permission::anyone ? JsonArray{} : JsonArray{JsonObject{{"session", JsonArray{}}}};
    out["x-role"] = route.permission == Permission::anyone      ? "anyone"
                    : route.permission == Permission::signed_in ? "signed in"
                                                                : "administrator";
    return out;
}

void write(std::string& out, const Json& value, std::size_t depth) {
    const auto indent = [&](std::size_t levels) { out += "\n" + std::string(2 * levels, ' '); };
    if (const auto* object = value.if_object(); object && !object->empty()) {
        out += "{";
        bool first = true;
        for (const auto& [name, each] : *object) {
            if (!first) out += ",";
            first = false;
            indent(depth + 1);
            out += boost::json::serialize(Json(name)) + ": ";
            write(out, each, depth + 1);
        }
        indent(depth);
        out += "}";
    } else if (const auto* array = value.if_array();
               array && std::ranges::any_of(*array, [](const Json& each) { return each.is_structured(); })) {
        out += "[";
        for (std::size_t i = 0; i < array->size(); ++i) {
            if (i > 0) out += ",";
            indent(depth + 1);
            write(out, (*array)[i], depth + 1);
        }
        indent(depth);
        out += "]";
    } else {
        out += boost::json::serialize(value);
    }
}

}  // namespace

Json openapi(std::span<const Route> table) {
    const auto schemas = all_schemas();
    std::map<std::string, JsonObject> paths;
    for (const auto& route : table)
        paths[route.path][route.method == Method::get ? "get" : "post"] = operation(route, schemas);
    JsonObject listed;
    for (auto& [path, operations] : paths) listed[path] = std::move(operations);
    return JsonObject{
        {"openapi", "3.1.0"},
        {"info", JsonObject{{"title", "Plenum"},
                            {"version", "0.1.0"},
                            {"description", "docs/formats/desk.md and docs/formats/live-stream.md say it in words"},
                            {"license", JsonObject{{"name", "Apache-2.0"}, {"identifier", "Apache-2.0"}}}}},
        {"paths", std::move(listed)},
        {"components",
         JsonObject{
             {"schemas", schemas.all()},
             {"securitySchemes", JsonObject{{"session", JsonObject{{"type", "apiKey"},
                                                                   {"in", "cookie"},
                                                                   {"name", std::string(Sessions::cookie_name)}}}}}}}};
}

std::string openapi_text() {
    SystemClock clock;
    SeededRandomness randomness("openapi");  // nothing is kept, so nothing need be secret
    const auto office = app::Office::open(":memory:", clock, randomness);
    invariant(office);
    Sessions sessions({}, clock, randomness);
    Live live({}, [](const std::string&, std::int64_t, std::int64_t, std::size_t) -> Result<std::vector<Act>> {
        return std::vector<Act>{};
    });
    std::string out;
    write(out, openapi(all_routes(sessions, **office, live, clock)), 0);
    return out + "\n";
}

}  // namespace plenum::http
