// SPDX-License-Identifier: Apache-2.0
#include "base/fields.h"

#include <doctest/doctest.h>

#include <tuple>

using namespace plenum;

namespace {

BOOST_DEFINE_ENUM_CLASS(Sex, female, male)
struct Person {
    Id<struct PersonTag> id;
    std::string name;
    std::optional<Date> born;
    Sex sex = Sex::female;
    static constexpr auto fields() {
        return fields_of(field("id", &Person::id, "id"), personal("name", &Person::name, "name"),
                         personal("born", &Person::born, "birth"), field("sex", &Person::sex, "sex"));
    }
};
struct Entered {
    static constexpr std::string_view kind = "entered";
    int unit = 0;
    std::vector<Person> people;
    static constexpr auto fields() {
        return fields_of(field("unit", &Entered::unit, "unit"), field("people", &Entered::people, "people"));
    }
};
struct Left {
    static constexpr std::string_view kind = "left";
    UtcTime at;
    static constexpr auto fields() { return fields_of(field("at", &Left::at, "when")); }
};
using Event = std::variant<Entered, Left>;

Refusal refusal_of(std::string_view text) {
    auto result = from_json<Entered>(*json_from_text(text));
    REQUIRE(!result);
    return result.error();
}

}  // namespace

TEST_CASE("what is written is read back, with the personal part apart and joined again") {
    const Event event =
        Entered{5, {{{"p1"}, "甲", Date{1999, 2, 28}, Sex::male}, {{"p2"}, "乙", std::nullopt, Sex::female}}};
    const auto written = write_kind(event);
    CHECK(written.kind == "entered");
    CHECK(canonical_json(written.body) ==
          R"({"people":[{"id":"p1","sex":"male"},{"id":"p2","sex":"female"}],"unit":5})");
    REQUIRE(written.personal);
    CHECK(canonical_json(*written.personal) ==
          R"({"people":[{"born":"1999-02-28","name":"甲"},{"born":null,"name":"乙"}]})");
    const auto again = read_kind<Event>("entered", join_parts(written.body, *written.personal));
    REQUIRE(again);
    CHECK(to_json(std::get<Entered>(*again)) == to_json(std::get<Entered>(event)));
    SUBCASE("after the erasure the rest can still be read") {
        CHECK(refused_as(read_kind<Event>("entered", written.body), base::Why::field_missing));
        const auto rest = read_kind<Event>("entered", written.body, Reading::personal_may_be_erased);
        REQUIRE(rest);
        CHECK(std::get<Entered>(*rest).people.at(0).name.empty());
        CHECK(std::get<Entered>(*rest).people.at(0).sex == Sex::male);
    }
    CHECK_FALSE(write_kind(Event{Left{{17}}}).personal);
}

TEST_CASE("one of several kinds inside a body is an object with one member") {
    struct Holder {
        Event event;
        static constexpr auto fields() { return fields_of(field("event", &Holder::event, "event")); }
    };
    const Holder holder{Left{{0}}};
    const auto json = to_json(holder);
    CHECK(canonical_json(json) == R"({"event":{"left":{"at":"1970-01-01T00:00:00.000Z"}}})");
    const auto again = from_json<Holder>(json);
    REQUIRE(again);
    CHECK(kind_of(again->event) == "left");
    CHECK(has_personal<Holder>());
    CHECK(refused_as(from_json<Holder>(*json_from_text(R"({"event":{"gone":{}}})")), base::Why::kind_unknown));
    const auto wrong = from_json<Holder>(*json_from_text(R"({"event":{"left":{"at":5}}})"));
    REQUIRE(!wrong);
    CHECK(wrong.error().place.field == "event.left.at");
}

TEST_CASE("a malformed body is refused with the name of the field") {
    struct Row {
        std::string_view text, name, field;
    };
    for (const auto& [text, name, field] : {
             Row{R"({"people":[]})", "base.field_missing", "unit"},
             Row{R"({"unit":"5","people":[]})", "base.field_wrong_type", "unit"},
             Row{R"({"unit":5.0,"people":[]})", "base.json_not_integer", "unit"},
             Row{R"({"unit":99999999999,"people":[]})", "base.field_wrong_value", "unit"},
             Row{R"({"unit":5,"persons":[]})", "base.field_unknown", "persons"},
             Row{R"({"unit":5,"people":[{"id":"a","name":"b","sex":"other"}]})", "base.field_wrong_value",
                 "people[0].sex"},
             Row{R"({"unit":5,"people":[{"id":"a","name":"b","sex":"male","born":"2023-02-29"}]})",
                 "base.date_impossible", "people[0].born"},
             Row{R"({"unit":5,"people":[{"id":"","name":"b","sex":"male"}]})", "base.text_empty", "people[0].id"},
             Row{"{\"unit\":5,\"people\":[{\"id\":\"a\",\"name\":\"b\\u0007\",\"sex\":\"male\"}]}",
                 "base.text_has_control", "people[0].name"},
             Row{R"({"unit":5,"people":[{"id":"a","name":"b\nc","sex":"male"}]})", "base.text_has_control",
                 "people[0].name"},
             Row{R"({"unit":5,"people":[{"id":"a\u200b","name":"b","sex":"male"}]})", "base.text_has_invisible",
                 "people[0].id"},
             Row{R"({"unit":5,"people":[{"id":"a","name":"\u202eb","sex":"male"}]})", "base.text_has_invisible",
                 "people[0].name"},
             Row{R"({"unit":5,"people":[{"id":"a","name":" \u3000","sex":"male"}]})", "base.text_blank",
                 "people[0].name"},
         }) {
        CAPTURE(text);
        const auto why = refusal_of(text);
        CHECK(why.name() == name);
        CHECK(why.place.field == field);
    }
}

TEST_CASE("what was taken in once is read again as it stands, and names of members are held to the same rule") {
    struct Report {
        Text title;
        std::map<std::string, std::string> parts;
        static constexpr auto fields() {
            return fields_of(field("title", &Report::title, "title"), prose("parts", &Report::parts, "parts"));
        }
    };
    const auto report = [](const std::string& title, const std::string& part) {
        return *json_from_text(R"({"title":{"zh-Hans":"报告","zh-Hant":"報告","en":")" + title + R"("},"parts":{")" +
                               part + R"(":"one\n\ttwo"}})");
    };
    const auto old = from_json<Report>(report("Re\u00adport", "a"), Reading::kept);
    REQUIRE(old);
    CHECK(old->title.en == "Re\u00adport");
    const auto asked = from_json<Report>(report("Re\u00adport", "a"));
    REQUIRE(refused_as(asked, base::Why::text_has_invisible));
    CHECK(asked.error().place.field == "title.en");
    CHECK(asked.error().fact("character") == "U+00AD");
    CHECK(asked.error().fact("position") == "3");
    CHECK(refused_as(from_json<Report>(report("   ", "a")), base::Why::text_blank));
    const auto named = from_json<Report>(report("Report", "a\u2066"));
    REQUIRE(refused_as(named, base::Why::text_has_invisible));
    CHECK(named.error().place.field == "parts");
    const auto sound = from_json<Report>(report("Report", "a"));
    REQUIRE(sound);
    CHECK(sound->parts.at("a") == "one\n\ttwo");
}

TEST_CASE("what is asked keeps to the bounds of its fields, and what was kept is read as it was") {
    static constexpr std::string_view doors[] = {"north", "south", ""};
    struct Visit {
        Id<struct VisitTag> id;
        std::string name, door, born;
        std::vector<Text> notes;
        std::map<std::string, int> seats;
        Date on;
        static constexpr auto fields() {
            return fields_of(field("id", &Visit::id, "id"), field("name", &Visit::name, "name"),
                             field("door", &Visit::door, "which").one_of(doors),
                             personal("born", &Visit::born, "birth").birth(),
                             prose("notes", &Visit::notes, "notes").at_most(7),
                             field("seats", &Visit::seats, "by row").between(-3, 17), field("on", &Visit::on, "day"));
        }
    };
    const auto sound = to_json(Visit{{"甲-5.b"},
                                     std::string(200, 'n'),
                                     "",
                                     "",
                                     {same_text("一二三\n五六七")},
                                     {{"row", -3}, {"other", 17}},
                                     {2026, 11, 18}});
    REQUIRE(from_json<Visit>(sound));
    const auto of = [](const Text& note) { return to_json(std::vector{same_text("kept"), note}); };
    struct Row {
        const char* member;
        Json value;
        base::Why why;
        std::string_view field;
    };
    for (const auto& [member, value, why, field] :
         {Row{"id", "../../etc/<script>", base::Why::id_malformed, "id"},
          Row{"id", "a b", base::Why::id_malformed, "id"}, Row{"id", ".", base::Why::id_malformed, "id"},
          Row{"name", Json(std::string(201, 'n')), base::Why::text_over_length, "name"},
          Row{"door", "banana", base::Why::field_wrong_value, "door"},
          Row{"born", "2099-13", base::Why::birth_impossible, "born"},
          Row{"born", "not a date", base::Why::birth_impossible, "born"},
          Row{"born", "1899-12", base::Why::birth_impossible, "born"},
          Row{"notes", of(same_text("12345678")), base::Why::text_over_length, "notes[1].zh-Hans"},
          Row{"seats", JsonObject{{"row", 18}}, base::Why::number_out_of_range, "seats.row"},
          Row{"seats", JsonObject{{"row", -4}}, base::Why::number_out_of_range, "seats.row"},
          Row{"seats", JsonObject{{"row", 1.0}}, base::Why::json_not_integer, "seats.row"},
          Row{"seats", JsonObject{{std::string(201, 'r'), 1}}, base::Why::text_over_length, "seats"},
          Row{"on", "1799-12-31", base::Why::year_out_of_range, "on"},
          Row{"on", "9999-12-31", base::Why::year_out_of_range, "on"}}) {
        auto changed = sound;
        changed.as_object()[member] = value;
        CAPTURE(member);
        const auto refused = from_json<Visit>(changed);
        REQUIRE(refused_as(refused, why));
        CHECK(refused.error().place.field == field);
        if (why != base::Why::json_not_integer) CHECK(from_json<Visit>(changed, Reading::kept));
    }
    const auto longer = from_json<Visit>([&] {
        auto changed = sound;
        changed.as_object()["name"] = std::string(600, 'n');
        return changed;
    }());
    REQUIRE(!longer);
    CHECK(longer.error().fact("characters") == "600");
    CHECK(longer.error().fact("most") == "200");
}

TEST_CASE("a number that is not whole is refused by the name of its field, however deep") {
    CHECK(must_hold_integers_only(*json_from_text(R"({"a":[1,{"b":-2}],"c":null})")));
    const auto refused = must_hold_integers_only(*json_from_text(R"({"a":[1,{"b":1.0}]})"));
    REQUIRE(refused_as(refused, base::Why::json_not_integer));
    CHECK(refused.error().place.field == "a[1].b");
    CHECK(must_hold_integers_only(*json_from_text("18446744073709551615")).error().place.field.empty());
}

TEST_CASE("JSON is read strictly, with line and column") {
    CHECK(refused_as(json_from_text("{\"a\":1,\"a\":2}"), base::Why::json_duplicate_key));
    CHECK(json_from_text("{\"a\":1,\"b\":{\"a\":2}}"));
    CHECK(refused_as(json_from_text("\"\xc0\xaf\""), base::Why::text_not_utf8));
    CHECK(refused_as(json_from_text("\"\xed\xa0\x80\""), base::Why::text_not_utf8));
    CHECK(refused_as(json_from_text("{} {}"), base::Why::json_malformed));
    CHECK(refused_as(json_from_text(""), base::Why::json_malformed));
    CHECK(refused_as(json_from_text(std::string(100'000, '[')), base::Why::json_too_deep));
    const auto bad = json_from_text("{\n  \"a\": 1,\n  oops\n}");
    REQUIRE(!bad);
    CHECK(bad.error().place.line == 3);
    CHECK(bad.error().place.column == 3);
}

TEST_CASE("canonical JSON orders members by bytes and escapes only what it must") {
    const auto json =
        json_from_text("{ \"b\" : [1, -2, true, null], \"a\\u00e9\" : \"\\u4e2d\\n\\u0001/\\\"\" , \"B\":{} }");
    REQUIRE(json);
    CHECK(canonical_json(*json) == "{\"B\":{},\"a\xc3\xa9\":\"中\\n\\u0001/\\\"\",\"b\":[1,-2,true,null]}");
}

TEST_CASE("a member that nobody knows is named by its beginning only") {
    std::string name = "x";
    for (int i = 0; i < 100'000; ++i) name += "甲";
    const auto refused = from_json<Text>(JsonObject{{name, "…"}});
    REQUIRE(refused_as(refused, base::Why::field_unknown));
    CHECK(refused.error().place.field == name.substr(0, 1 + 26 * 3));
}

TEST_CASE("a text is one line wherever it stands, unless its field is prose") {
    struct Paper {
        std::string number;
        std::vector<Text> titles;
        std::optional<std::string> note;
        std::vector<Text> paragraphs;
        static constexpr auto fields() {
            return fields_of(field("number", &Paper::number, "number"), field("titles", &Paper::titles, "titles"),
                             personal("note", &Paper::note, "note"),
                             prose("paragraphs", &Paper::paragraphs, "paragraphs"));
        }
    };
    const auto sound = to_json(Paper{"7", {same_text("报告")}, "n", {same_text("one\n\ttwo")}});
    CHECK(from_json<Paper>(sound));
    for (const auto& [member, value, field] :
         {std::tuple{"number", Json("7\n"), "number"}, std::tuple{"note", Json("a\tb"), "note"},
          std::tuple{"titles", to_json(std::vector{same_text("a\nb")}), "titles[0].zh-Hans"}}) {
        auto broken = sound;
        broken.as_object()[member] = value;
        const auto refused = from_json<Paper>(broken);
        REQUIRE(refused_as(refused, base::Why::text_has_control));
        CHECK(refused.error().place.field == field);
        CHECK(from_json<Paper>(broken, Reading::kept));  // what was taken in once stands
    }
}
