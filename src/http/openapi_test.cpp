// SPDX-License-Identifier: Apache-2.0
#include "http/openapi.h"

#include <doctest/doctest.h>

#include <set>

#include "app/office_for_tests.h"
#include "base/file.h"
#include "http/site.h"

namespace plenum::http {
namespace {

/// What of an answer does not fit its schema, as the path of the first place; "" where all fits. Knows the words that
/// our document uses, and fails on others.
class Checker {
  public:
    explicit Checker(const Json& document) : schemas_(document.at("components").at("schemas").as_object()) {}

    std::string misfit(const Json& value, const Json& schema, const std::string& path = "$") const {
        const auto& words = schema.as_object();
        if (const auto* name = words.if_contains("$ref")) {
            const auto text = std::string(name->as_string());
            const auto* named = schemas_.if_contains(text.substr(text.rfind('/') + 1));
            return named ? misfit(value, *named, path) : path + ": no schema " + text;
        }
        for (const auto* any : {"oneOf", "anyOf"})
            if (const auto* list = words.if_contains(any)) {
                for (const auto& each : list->as_array())
                    if (misfit(value, each, path).empty()) return "";
                return path + ": fits none";
            }
        if (const auto* type = words.if_contains("type"); type && !is_of(value, *type)) return path + ": wrong type";
        if (const auto* allowed = words.if_contains("enum");
            allowed && std::ranges::find(allowed->as_array(), value) == allowed->as_array().end())
            return path + ": not one of the words: " + canonical_json(value);
        if (const auto* array = value.if_array(); array && words.contains("items")) {
            for (std::size_t i = 0; i < array->size(); ++i)
                if (auto wrong = misfit((*array)[i], words.at("items"), path + "[" + std::to_string(i) + "]");
                    !wrong.empty())
                    return wrong;
        }
        if (const auto* object = value.if_object()) return misfit_of(*object, words, path);
        return "";
    }

  private:
    static bool is_of(const Json& value, const Json& type) {
        if (const auto* several = type.if_array())
            return std::ranges::any_of(*several, [&](const Json& each) { return is_of(value, each); });
        const auto& name = type.as_string();
        return (name == "object" && value.is_object()) || (name == "array" && value.is_array()) ||
               (name == "string" && value.is_string()) || (name == "boolean" && value.is_bool()) ||
               (name == "integer" && (value.is_int64() || value.is_uint64())) || (name == "null" && value.is_null());
    }
    std::string misfit_of(const JsonObject& object, const JsonObject& words, const std::string& path) const {
        const auto* properties = words.if_contains("properties");
        const auto* more = words.if_contains("additionalProperties");
        for (const auto& each : object) {
            const auto here = path + "." + std::string(each.key());
            const auto* schema = properties ? properties->as_object().if_contains(each.key()) : nullptr;
            if (!schema && more && more->is_object()) schema = more;
            if (!schema && more) return here + ": not foreseen";
            if (!schema) continue;
            if (auto wrong = misfit(each.value(), *schema, here); !wrong.empty()) return wrong;
        }
        if (const auto* required = words.if_contains("required"))
            for (const auto& name : required->as_array())
                if (!object.contains(name.as_string())) return path + ": lacks " + std::string(name.as_string());
        return "";
    }
    const JsonObject& schemas_;
};

struct House {
    app::SmallCongress small;
    Sessions sessions{{}, small.clock, small.randomness};
    Live live{{}, [](const std::string&, std::int64_t, std::int64_t, std::size_t) -> Result<std::vector<Act>> {
                  return std::vector<Act>{};
              }};
    std::vector<Route> table = all_routes(sessions, *small.office, live, small.clock);
    Json document = openapi(table);

    const Route& route(Method method, std::string_view path) const {
        for (const auto& each : table)
            if (each.method == method && each.path == path) return each;
        FAIL("no such route");
        return table.front();
    }
    Response answer(const Route& route, Parameters parameters, std::string body = {}) const {
        Request request;
        request.method = route.method;
        request.parameters = std::move(parameters);
        request.session = Session{app::Role::administrator, 1};
        request.body = std::move(body);
        request.headers = {{"idempotency-key", "key-of-the-answer"}, {"accept-language", "en"}};
        std::optional<Response> out;
        std::mutex mutex;
        std::condition_variable come;
        route.handle(request, Responder(Language::en, [&](Response response) {
                         const std::lock_guard lock(mutex);
                         out = std::move(response);
                         come.notify_all();
                     }));
        std::unique_lock lock(mutex);
        come.wait(lock, [&] { return out.has_value(); });
        return std::move(*out);
    }
};

}  // namespace

TEST_CASE("every answer of the program is what the description of the interface says") {
    House house;
    auto& small = house.small;
    const auto founded = small.act("registry.found_organisation", app::founding("hq", "HQ", "2020-01-01"));
    REQUIRE(founded);
    REQUIRE(small.act("registry.register_roster", JsonObject{{"congress", "c5"},
                                                             {"units", JsonObject{{"HQ", "hq"}}},
                                                             {"rows", JsonArray{JsonObject{{"line", 2},
                                                                                           {"number", 7},
                                                                                           {"delegation", "HQ"},
                                                                                           {"name", "何样"},
                                                                                           {"sex", "female"},
                                                                                           {"ethnicity", ""},
                                                                                           {"birth", "1985-06"},
                                                                                           {"party", ""},
                                                                                           {"education", ""},
                                                                                           {"post", "焊工"},
                                                                                           {"category", ""},
                                                                                           {"phone", ""},
                                                                                           {"remark", ""},
                                                                                           {"head", false}}}},
                                                             {"on", "2026-01-01"}}));
    const Checker checker(house.document);
    std::set<std::string> seen;
    const auto check_all = [&] {
        const auto page = house.answer(house.route(Method::get, "/api/organisations/{id}/members"), {{"id", "hq"}});
        const std::string member(json_from_text(*page.body)->at("members").at(0).at("id").as_string());
        for (const auto& route : house.table) {
            if (route.method != Method::get || route.response_schema.empty()) continue;
            const bool of_organisation = route.path.starts_with("/api/organisations/");
            const auto response = house.answer(
                route, {{"id", of_organisation ? "hq" : "c5"}, {"pack", "cn-congress-level"}, {"member", member}});
            CAPTURE(route.path);
            REQUIRE(response.status == 200);
            const auto json = json_from_text(*response.body);
            REQUIRE(json);
            CHECK(checker.misfit(*json, JsonObject{{"$ref", "#/components/schemas/" + route.response_schema}}) == "");
            seen.insert(route.path);
        }
    };
    small.up_to_nomination();
    check_all();
    small.must("election.nominate", small.with_election({{"candidates", small.candidates()}}));
    small.must("congress.put_question", small.list_question());
    check_all();  // a vote is open
    small.declare("list");
    check_all();  // a verdict
    small.adopt("scrutineers",
                congress::ElectScrutineers{congress::Hall::delegate(11),
                                           {congress::Hall::delegate(10), congress::Hall::delegate(11)}});
    small.must("election.appoint_tellers",
               small.with_election({{"scrutineers", JsonArray{JsonObject{{"id", "d11"}, {"name", "Person 11"}}}},
                                    {"tellers", JsonArray{JsonObject{{"id", "t1"}, {"name", "Teller 1"}},
                                                          JsonObject{{"id", "t2"}, {"name", "Teller 2"}}}}}));
    small.issue();
    small.count();
    small.must("election.certify", small.with_election({{"scrutineers", JsonArray{"d11"}}}));
    small.must("congress.declare_result", small.with_election());
    check_all();  // a result
    CHECK(seen.size() >= 14);
}

TEST_CASE("a receipt, a trial and a refusal are what the description says") {
    House house;
    house.small.prepare();
    const Checker checker(house.document);
    const auto body = canonical_json(JsonObject{{"act", "congress.note_fact"},
                                                {"congress", "c5"},
                                                {"with", JsonObject{{"text", json_from(same_text("Noted."))}}},
                                                {"seen", nullptr}});
    const Json asked = *json_from_text(body);
    CHECK(checker.misfit(asked, JsonObject{{"$ref", "#/components/schemas/Act"}}) == "");
    for (const auto& [path, schema] : {std::pair{"/api/acts/try", "Tried"}, std::pair{"/api/acts", "Receipt"}}) {
        const auto response = house.answer(house.route(Method::post, path), {}, body);
        REQUIRE(response.status == 200);
        CHECK(checker.misfit(*json_from_text(*response.body),
                             JsonObject{{"$ref", std::string("#/components/schemas/") + schema}}) == "");
    }
    const auto refused = house.answer(house.route(Method::get, "/api/congresses/{id}/desk"), {{"id", "none"}});
    CHECK(refused.status == 404);
    CHECK(checker.misfit(*json_from_text(*refused.body), JsonObject{{"$ref", "#/components/schemas/Problem"}}) == "");
}

TEST_CASE("a refusal has one form, whether it is the answer or stands in one") {
    House house;
    std::vector<std::string_view> forms;
    for (const auto& each : house.document.at("components").at("schemas").as_object())
        if (const auto* properties = each.value().as_object().if_contains("properties");
            properties && properties->as_object().contains("detail") && properties->as_object().contains("facts"))
            forms.push_back(each.key());
    CHECK(forms == std::vector<std::string_view>{"Problem"});
}

TEST_CASE("the organisations of today are those of the day where the congress is held, by the server's own clock") {
    House house;
    const auto day_at = [&](std::string_view instant) {
        house.small.clock.set(*time_from_text(instant));
        const auto page = house.answer(house.route(Method::get, "/api/organisations"), {});
        return std::string(json_from_text(*page.body)->at("on").as_string());
    };
    // Of no congress the place is known: what was entered on its own day is there, wherever that is.
    CHECK(day_at("2026-10-02T09:59:00Z") == "2026-10-02");
    CHECK(day_at("2026-10-02T10:01:00Z") == "2026-10-03");
    house.small.clock.set(*time_from_text("2026-10-03T00:00:00Z"));
    house.small.prepare();  // at UTC+8
    CHECK(day_at("2026-11-19T15:59:00Z") == "2026-11-19");
    CHECK(day_at("2026-11-19T16:01:00Z") == "2026-11-20");
}

TEST_CASE("a previewed roster, with everything that may be found in one, is what the description says") {
    House house;
    REQUIRE(house.small.act("registry.found_organisation", app::founding("hq", "HQ", "2020-01-01")));
    const Checker checker(house.document);
    const auto body = canonical_json(JsonObject{
        {"purpose", "members"},
        {"organisation", "hq"},
        {"file", "名册.xlsx"},
        {"sheet",
         *json_from_text("{\"rows\":[[\"名册\"],[\"序号\",\"姓名\",\"性别\",\"手机\",\"出生年月\"],"
                         "[1,\"何　样\",\"女性\",\"13900000017\",\"1985-06\"],[2,\"何样\",\"女\",\"13900000017\","
                         "\"1985-06\"],[3,\"\",\"女\",\"12\",\"x\"],[\"合计\",\"3\"]]}")}});
    CHECK(checker.misfit(*json_from_text(body), JsonObject{{"$ref", "#/components/schemas/ImportPreviewBody"}}) == "");
    const auto response = house.answer(house.route(Method::post, "/api/imports/preview"), {}, body);
    REQUIRE(response.status == 200);
    const auto preview = *json_from_text(*response.body);
    CHECK(checker.misfit(preview, JsonObject{{"$ref", "#/components/schemas/ImportPreview"}}) == "");
    CHECK(preview.at("rows").as_array().size() == 3);
    CHECK(preview.at("lines_left_out").as_array().size() > 0);
    CHECK(preview.at("summary").at("kinds").as_array().size() > 2);
}

TEST_CASE("whoever has read a page of the desk already is told that it is the same") {
    House house;
    house.small.prepare();
    for (const auto* path : {"/api/congresses/{id}/desk", "/api/congresses/{id}/delegates",
                             "/api/congresses/{id}/steps", "/api/congresses/{id}/rules", "/api/acts"}) {
        CAPTURE(path);
        const auto& route = house.route(Method::get, path);
        const auto tag_of = [](const Response& response) {
            for (const auto& [name, value] : response.headers)
                if (name == "ETag") return value;
            return std::string();
        };
        const auto ask = [&](const std::string& tag) {
            Request request;
            request.parameters = {{"id", "c5"}};
            request.headers = {{"if-none-match", tag}};
            std::optional<Response> out;
            route.handle(request, Responder(Language::en, [&](Response response) { out = std::move(response); }));
            REQUIRE(out);
            return std::move(*out);
        };
        const auto first = ask("\"none\"");
        CHECK(first.status == 200);
        const auto tag = tag_of(first);
        CHECK(ask(tag).status == 304);
        if (std::string_view(path) == "/api/acts") continue;
        house.small.must("congress.note_fact", JsonObject{{"text", json_from(same_text(path))}});
        CHECK(ask(tag).status == 200);
    }
}

TEST_CASE("the committed description of the interface is the one that the program prints") {
    const auto committed = read_file("web/packages/api/openapi.json");
    REQUIRE(committed);
    // After a change: plenum openapi > web/packages/api/openapi.json, and npm run api in web/.
    CHECK(*committed == openapi_text());
}

TEST_CASE("every refusal that a client may meet is named in the description, and named once") {
    const auto document = json_from_text(openapi_text());
    REQUIRE(document);
    std::set<std::string> names;
    for (const auto& each : document->at("components").at("schemas").at("RefusalName").at("enum").as_array())
        CHECK(names.insert(std::string(each.as_string())).second);
    for (const auto& each : app::all_refusals_of_all_rooms()) CHECK(names.contains(std::string(each.name)));
    for (const auto& each : all_refusals) CHECK(names.contains(std::string(each.name)));
    for (const auto& name : names)
        for (const auto language : all_languages) {
            CAPTURE(name);
            REQUIRE(has_text(language, "refusal." + name));
            CHECK_FALSE(say(language, "refusal." + name).empty());
        }
}

}  // namespace plenum::http
