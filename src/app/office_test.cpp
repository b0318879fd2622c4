// SPDX-License-Identifier: Apache-2.0
#include "app/office.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <regex>
#include <set>
#include <thread>

#include "app/office_for_tests.h"
#include "base/file.h"
#include "base/refusals.h"
#include "congress/refusals.h"
#include "registry/register_events.h"
#include "store/fixture.h"
#include "store/refusals.h"

using namespace plenum;
using namespace plenum::app;
using congress::Hall;

namespace {

/// Everything that a refused act must leave as it was.
struct Moment {
    std::int64_t last;
    std::string head, view;
    explicit Moment(const SmallCongress& house)
        : last(house.office->journal().last()),
          head(house.office->journal().head()),
          view(canonical_json(house.view())) {}
    bool operator==(const Moment&) const = default;
};

template <class T>
void check_told_in_three_languages(const Result<T>& refused) {
    REQUIRE(!refused);
    for (const auto language : all_languages) {
        const auto told = sentence_of(language, refused.error());
        CAPTURE(refused.error().name());
        CAPTURE(told);
        CHECK(has_text(language, "refusal." + std::string(refused.error().name())));
        CHECK(told.find('{') == std::string::npos);
    }
}

}  // namespace

TEST_CASE("a screen may not act") {
    SmallCongress house;
    house.plan();
    const Moment before(house);
    const Actor screen{"hall screen", app::Role::screen};
    const auto ask =
        house.asked("congress.send_request",
                    to_json(congress::ask::SendRequest{congress::Matter::holding, "higher_union", "", "No. 5"}));
    const auto refused = house.office->act(screen, ask);
    CHECK(refused_as(refused, Why::not_permitted));
    CHECK(refused.error().fact("act") == "congress.send_request");
    std::optional<bool> answered;
    house.office->submit(screen, ask,
                         [&](const store::Answer& answer) { answered = refused_as(answer.get(), Why::not_permitted); });
    CHECK(answered == true);
    // It is refused before anything is looked at: an act that does not exist is not told apart from one that does.
    CHECK(refused_as(house.office->act(screen, house.asked("congress.nonsense", 5)), Why::not_permitted));
    CHECK(Moment(house) == before);
}

TEST_CASE("an act that is sent twice under one key is done once") {
    SmallCongress house;
    house.prepare();
    house.doors(congress::SittingKind::preparatory, false, 5);
    const Ask ask{"congress.check_in", "c5", JsonObject{{"delegate", "d17"}, {"method", "card"}}, "door-2:17"};
    const auto first = house.office->act(house.chair, ask);
    REQUIRE(first);
    CHECK(!first->repeated);
    const Moment after(house);

    SUBCASE("and answered with the first receipt") {
        auto again = house.office->act(house.chair, ask);
        REQUIRE(again);
        CHECK(again->repeated);
        again->repeated = false;
        CHECK(*again == *first);
    }
    SUBCASE("also when its members come in another order") {
        auto turned = ask;
        turned.with = JsonObject{{"method", "card"}, {"delegate", "d17"}};
        const auto again = house.office->act(house.chair, turned);
        REQUIRE(again);
        CHECK(again->repeated);
    }
    SUBCASE("but the key cannot be used for anything else") {
        for (const auto change : {0, 1, 2, 3}) {
            CAPTURE(change);
            auto other = ask;
            auto actor = house.chair;
            if (change == 0) other.with.as_object()["delegate"] = "d18";
            if (change == 1) other.act = "congress.leave";
            if (change == 2) other.congress = "c6";
            if (change == 3) actor.name = "door 3";
            const auto refused = house.office->act(actor, other);
            CHECK(refused_as(refused, store::Why::key_reused));
            check_told_in_three_languages(refused);
        }
    }
    SUBCASE("and a key that is none is refused") {
        for (const auto& key : {std::string(), std::string(201, 'k'), std::string("two\nlines"), std::string("键")}) {
            auto other = ask;
            other.key = key;
            CHECK(refused_as(house.office->act(house.chair, other), store::Why::key_malformed));
        }
    }
    CHECK(Moment(house) == after);
}

TEST_CASE("a refused act leaves books and journal as they were, and its key free") {
    SmallCongress house;
    house.prepare();
    house.doors(congress::SittingKind::preparatory, false, 5);
    const Moment before(house);
    const Ask ask{"congress.open_sitting", "c5", JsonObject{{"chair", "d1"}}, "opening"};
    const auto refused = house.office->act(house.chair, ask);
    CHECK(refused_as(refused, congress::Why::no_quorum));
    CHECK(refused.error().fact("present") == "5");
    CHECK(refused.error().fact("required") == "20");
    CHECK(Moment(house) == before);
    for (int i = 6; i <= 27; ++i) house.must(congress::ask::CheckIn{Hall::delegate(i), congress::CheckInMethod::card});
    const auto opened = house.office->act(house.chair, ask);
    REQUIRE(opened);
    CHECK(!opened->repeated);
}

TEST_CASE("what an act carries is bounded, and refused by the name of the field") {
    SmallCongress house;
    house.prepare();
    const Moment before(house);
    auto report = to_json(Hall::unit_election(Hall::units()[0], 31)).as_object();
    const auto with_delegate = [&](const char* member, Json value) {
        auto with = report;
        with.at("delegates").as_array()[3].as_object()[member] = std::move(value);
        return with;
    };
    const auto with = [&](const char* member, Json value) {
        auto out = report;
        out[member] = std::move(value);
        return out;
    };
    const auto three = [](std::size_t length) { return json_from(same_text(std::string(length, 'a'))); };
    struct Row {
        std::string act;
        Json with;
        base::Why why;
        std::string_view field;
    };
    const std::string report_it = "congress.report_unit_election";
    for (const auto& [act, given, why, field] :
         {Row{report_it, with_delegate("sex", "banana"), base::Why::field_wrong_value, "delegates[3].sex"},
          Row{report_it, with_delegate("birth", "2099-13"), base::Why::birth_impossible, "delegates[3].birth"},
          Row{report_it, with_delegate("name", Json(std::string(50'000, 'n'))), base::Why::text_over_length,
              "delegates[3].name"},
          Row{report_it, with_delegate("category", Json(std::string(61, 'c'))), base::Why::text_over_length,
              "delegates[3].category"},
          Row{report_it, with_delegate("id", "../../etc/<script>"), base::Why::id_malformed, "delegates[3].id"},
          Row{report_it, with("candidates", 1'000'000'000), base::Why::number_out_of_range, "candidates"},
          Row{"congress.note_fact", JsonObject{{"text", three(2'001)}}, base::Why::text_over_length, "text.zh-Hans"},
          Row{"registry.found_organisation", founding("works", "Works", "9999-12-31"), base::Why::year_out_of_range,
              "on"}}) {
        CAPTURE(field);
        const auto refused = house.act(act, given);
        REQUIRE(refused_as(refused, why));
        CHECK(refused.error().place.field == field);
        CHECK(Moment(house) == before);
    }
    CHECK(house.act("congress.note_fact", JsonObject{{"text", three(2'000)}}).error().name() !=
          problem(base::Why::text_over_length).name);
}

TEST_CASE("a mandate that ends in the register ends in the congress that sits, and not before its day") {
    SmallCongress house;
    house.prepare();
    // Two of its delegates under names as the register takes them.
    auto west = Hall::unit_election(Hall::units()[1], 18);
    congress::ask::ReviewCredentials all;
    for (auto& each : west.delegates) all.findings.push_back({each.id, congress::Finding::valid, ""});
    west.delegates[25 - 18].name = "Yan Shili";
    west.delegates[26 - 18].name = "Fan Lizi";
    house.must(west);
    house.must(all);
    house.must("registry.found_organisation", founding("west", "West Shop", "2020-01-01"));
    const auto row = [](int number) {
        return JsonObject{{"line", number},
                          {"number", number},
                          {"delegation", "West Shop"},
                          {"name", number == 25 ? "Yan Shili" : "Fan Lizi"},
                          {"sex", "female"},
                          {"ethnicity", ""},
                          {"birth", "1985-06"},
                          {"party", ""},
                          {"education", ""},
                          {"post", "welder"},
                          {"category", "worker"},
                          {"phone", "120000000" + std::to_string(number)},
                          {"remark", ""},
                          {"head", false}};
    };
    house.must("registry.register_roster", JsonObject{{"congress", house.id},
                                                      {"units", JsonObject{{"West Shop", "west"}}},
                                                      {"rows", JsonArray{row(25), row(26)}},
                                                      {"on", "2026-01-01"}});
    std::map<int, std::string> mandates;
    house.office->journal().with_reader([&](store::Db& db) {
        for (const auto& each : registry::delegates_of(db, {house.id})) mandates[each.number] = each.mandate.value;
    });
    REQUIRE(mandates.size() == 2);
    house.doors(congress::SittingKind::preparatory, false, 27);
    const auto ends = [&](int number, const char* status, const std::string& on) {
        return JsonObject{{"mandate", mandates[number]},
                          {"status", status},
                          {"on", on},
                          {"successor", nullptr},
                          {"successor_number", nullptr}};
    };
    const auto present = [&] {
        return house.of_congress([](const auto& congress) { return congress.sitting.present.size(); });
    };
    const auto today = text_from_date(house.office->today()), later = std::string("2027-01-01");
    const Moment before(house);
    const auto refused = house.act("registry.end_mandate", ends(25, "died", later));
    REQUIRE(refused_as(refused, app::Why::mandate_ends_later));
    CHECK(Moment(house) == before);
    const auto tried = house.office->attempt(house.chair, house.asked("registry.end_mandate", ends(25, "died", today)));
    REQUIRE(tried);
    CHECK(tried->sentences.back().en == "The mandate of Yan Shili ends (died); 29 delegates are entitled.");
    CHECK(present() == 27);
    house.must("registry.end_mandate", ends(25, "died", today));
    CHECK(present() == 26);
    CHECK(house.of_congress([](const auto& congress) { return congress.entitled; }) == 29);
    const auto at_the_door = house.act(congress::ask::CheckIn{Hall::delegate(25), congress::CheckInMethod::card});
    REQUIRE(refused_as(at_the_door, congress::Why::mandate_ended));
    CHECK(sentence_of(Language::en, at_the_door.error()) ==
          "The mandate of “Yan Shili (d25)” has ended (died): it gives no seat and no vote any more. (field delegate)");
    // The chair of an open sitting hands over first, and the register waits for it.
    house.must(congress::ask::OpenSitting{Hall::delegate(26)});
    CHECK(refused_as(house.act("registry.end_mandate", ends(26, "resigned", today)), congress::Why::chair_presides));
    house.must(congress::ask::HandOverChair{Hall::delegate(1)});
    house.must("registry.end_mandate", ends(26, "resigned", today));
    CHECK(house.of_congress([](const auto& congress) { return congress.entitled; }) == 28);
}

TEST_CASE("a hall screen shows the congress that sits, else the nearest, whatever else is planned") {
    SmallCongress house;
    house.prepare();
    const auto shown = [&] {
        std::string out;
        for (const auto& each : house.office->congresses())
            if (each.on_screen) out += each.id;
        return out;
    };
    const auto plan = [&](const std::string& id, Date begins, Date ends) {
        auto with = Hall::plan();
        with.begins_on = begins;
        with.ends_on = ends;
        auto json = to_json(with);
        json.as_object().erase("pack_texts");
        const auto own = std::exchange(house.id, id);
        house.must("congress.plan", json);
        house.id = own;
    };
    CHECK(shown() == "c5");
    plan("third", {2031, 12, 1}, {2031, 12, 2});
    CHECK(house.office->congresses()[0].id == "third");
    CHECK(shown() == "c5");
    plan("nearer", {2026, 10, 1}, {2026, 10, 2});
    CHECK(shown() == "nearer");
    house.doors(congress::SittingKind::preparatory, false, 5);
    CHECK(shown() == "c5");
}

TEST_CASE("a database that is opened again tells the same") {
    store::fixture::Folder folder;
    const auto path = folder / "books.sqlite";
    SmallCongress house(path);
    house.up_to_certificate();
    house.must("congress.declare_result", JsonObject{{"election", house.election}});
    const Moment before(house);
    const auto listed = house.office->congresses();
    const auto certificates = *house.office->certificates("c5");
    const auto minutes = congress::markdown_from(*house.office->paper("c5", "minutes", Language::en));

    SmallCongress* same = &house;
    same->open(path);
    CHECK(Moment(house) == before);
    REQUIRE(house.office->congresses().size() == 1);
    CHECK(house.office->congresses()[0].phase == listed[0].phase);
    CHECK(listed[0].phase == "in_session");
    CHECK(*house.office->certificates("c5") == certificates);
    CHECK(certificates.size() == 1);
    CHECK(congress::markdown_from(*house.office->paper("c5", "minutes", Language::en)) == minutes);
    // A key that was used before the restart is still known.
    const auto again =
        house.office->act(house.chair, {"congress.declare_result", "c5", JsonObject{{"election", house.election}},
                                        "key-" + std::to_string(house.keys)});
    REQUIRE(again);
    CHECK(again->repeated);
    house.must(congress::ask::CloseSitting{});
}

TEST_CASE(
    "a journal whose rules or events this version does not take is refused by name, and nothing of it is changed") {
    struct Row {
        const char* stream;
        const char* kind;
        std::string_view from, to;  // in the body of the event that planned c5
        const char* reason;
    };
    for (const auto& [stream, kind, from, to, reason] : {
             // Rules as a version with a wider schema took them.
             Row{"congress/c6", "congress_planned", "[pack]", "[pack]\\nvoice = 5", "rules.field_unknown"},
             Row{"congress/c6", "congress_planned", "[pack]", "[pack", "rules.toml_malformed"},
             // Events of a version that knows more.
             Row{"congress/c5", "delegate_hovered", "", "", "base.kind_unknown"},
             Row{"election/c5-committee", "sealed_by_moonlight", "", "", "base.kind_unknown"},
             Row{"congress/c6", "congress_planned", "", "", ""},  // as this version took it: taken
         }) {
        CAPTURE(kind);
        CAPTURE(reason);
        store::fixture::Folder folder;
        const auto path = folder / "books.sqlite";
        SmallCongress house(path);
        house.up_to_nomination();
        std::string body;
        house.office->journal().read(0, [&](const store::StoredEvent& event) {
            body = event.body;
            return false;
        });
        house.office.reset();
        if (const auto at = body.find(from); at != std::string::npos && !from.empty())
            body.replace(at, from.size(), to);
        std::int64_t last = 0;
        {
            auto journal = store::Journal::open(path, house.clock, house.randomness);
            REQUIRE(journal);
            const auto written = (*journal)->append(
                {"other version", "congress.plan", "other", sha256_hex("other")},
                [&](store::Transaction&) -> Result<std::vector<store::NewEvent>> {
                    const auto json = json_from_text(body);
                    REQUIRE(json);
                    return std::vector{store::NewEvent{stream, kind, canonical_json(*json), std::nullopt}};
                });
            REQUIRE(written);
            last = written->last;
        }
        const auto refused = Office::open(path, house.clock, house.randomness);
        if (std::string_view(reason).empty()) {
            CHECK(refused);
            continue;
        }
        REQUIRE(refused_as(refused, app::Why::event_not_taken));
        CHECK(refused.error().fact("seq") == std::to_string(last));
        CHECK(refused.error().fact("kind") == kind);
        CHECK(refused.error().fact("reason") == reason);
        check_told_in_three_languages(refused);
        CHECK(sentence_of(Language::zh_hant, refused.error()).find(reason) == std::string::npos);
        const auto verified = store::verify_database(path);
        REQUIRE(verified);
        CHECK(verified->events == last);
    }
}

TEST_CASE("the list of candidates comes from the election") {
    SmallCongress house;
    house.up_to_nomination();
    const Moment before(house);
    CHECK(refused_as(house.act("congress.put_question", house.list_question()), Why::election_not_nominated));
    CHECK(Moment(house) == before);
    house.must("election.nominate", house.with_election({{"candidates", house.candidates()}}));

    SUBCASE("and cannot be given directly") {
        for (const auto* member : {"candidates", "seats"}) {
            auto question = house.list_question();
            question.at("subject").at("candidates").as_object()[member] = JsonArray{};
            CHECK(refused_as(house.act("congress.put_question", question), Why::act_not_direct));
        }
        CHECK(refused_as(house.act("election.adopt_list", house.with_election({{"decision", "list"}})),
                         Why::act_not_direct));
    }
    SUBCASE("with names, units and seats") {
        house.must("congress.put_question", house.list_question());
        house.declare("list");
        const auto list =
            house.of_congress([](const congress::Congress& congress) { return congress.find_body("committee")->list; });
        REQUIRE(list);
        CHECK(list->seats == 5);
        REQUIRE(list->candidates.size() == 6);
        CHECK(list->candidates[0].id == "d3");
        CHECK(list->candidates[5].name == "Person 8");
        CHECK(list->candidates[5].unit == "East Shop");
        // The vote of the congress is told to the election in the same act.
        REQUIRE(house.office->read("c5", [&](const Books& books, const congress::Congress&) {
            CHECK(books.elections.at(house.election).phase == election::Phase::listed);
        }));
    }
}

TEST_CASE("the numbers of a result come from the certificate and nowhere else") {
    SmallCongress house;
    house.up_to_ballots();
    house.issue();
    house.count();
    CHECK(refused_as(house.act("congress.declare_result", JsonObject{{"election", house.election}}),
                     Why::election_not_certified));
    CHECK(
        refused_as(house.act("congress.declare_result", JsonObject{{"election", "c5-other"}}), Why::election_unknown));
    house.must("election.certify", house.with_election({{"scrutineers", JsonArray{"d11"}}}));
    const Moment before(house);
    const auto result = to_json(congress::Hall{}.result());
    CHECK(refused_as(house.act("congress.declare_result", JsonObject{{"result", result}}), base::Why::field_missing));
    CHECK(refused_as(house.act("congress.declare_result", JsonObject{{"election", house.election}, {"result", result}}),
                     Why::act_not_direct));
    CHECK(Moment(house) == before);

    house.must("congress.declare_result", JsonObject{{"election", house.election}});
    const auto declared =
        house.of_congress([](const congress::Congress& congress) { return congress.find_body("committee")->results; });
    REQUIRE(declared.size() == 1);
    const auto& told = declared[0].result;
    CHECK(told.entitled == 30);
    CHECK(told.present == 25);
    CHECK(told.issued == 25);
    CHECK(told.returned == 24);
    CHECK(told.valid == 23);
    CHECK(told.invalid == 1);
    CHECK(told.threshold == 16);
    CHECK(told.open == 0);
    REQUIRE(told.rows.size() == 6);
    CHECK(told.rows[0].name == "Person 3");
    CHECK(told.rows[0].in_favour == 22);
    CHECK(told.rows[0].against == 1);
    CHECK(told.rows[4].elected);
    CHECK(!told.rows[5].elected);
    CHECK(told.certificate.size() == 64);
}

TEST_CASE("what does not exist is refused by name") {
    SmallCongress house;
    house.plan();
    const Moment before(house);
    for (const auto* act : {"", ".", "congress", "congress.", "congress.nonsense", "election.nonsense", "nonsense.plan",
                            "congress.check_in.card", "Congress.plan"}) {
        CAPTURE(act);
        auto refused = house.act(act, JsonObject{{"election", "e"}});
        CHECK(!refused);
        check_told_in_three_languages(refused);
    }
    struct Row {
        const char *act, *nearest;
    };
    for (const auto& [act, nearest] :
         {Row{"nonsense.plan", "congress.plan"}, Row{"congress.chek_in", "congress.check_in"},
          Row{"congress.foo", "congress.leave"}, Row{"election.certfy", "election.certify"},
          Row{"registry.move", "registry.move_member"}}) {
        const auto unknown = house.act(act, JsonObject{{"election", "e"}});
        REQUIRE(refused_as(unknown, Why::act_unknown));
        CHECK(unknown.error().fact("act") == act);
        const auto near = unknown.error().fact("nearest");
        CAPTURE(near);
        CHECK(near.find(nearest) != std::string_view::npos);
        CHECK(std::ranges::count(near, '|') == 2);
    }
    for (const auto* with : {"[]", "5", "null", "\"d1\""})
        CHECK(refused_as(house.act("congress.check_in", *json_from_text(with)), base::Why::field_wrong_type));

    for (const auto* with :
         {R"({"share":0.5})", R"({"units":[{"seats":17.0}]})", R"({"members":18446744073709551615})"})
        CHECK(refused_as(house.act("congress.allocate", *json_from_text(with)), base::Why::json_not_integer));
    CHECK(house.act("congress.allocate", *json_from_text(R"({"units":[{"seats":17.0}]})")).error().place.field ==
          "units[0].seats");
    std::string long_name;
    for (int i = 0; i < 300; ++i) long_name += "会";
    const auto too_long = house.act(long_name, JsonObject{});
    CHECK(refused_as(too_long, Why::act_unknown));
    CHECK(too_long.error().fact("act") == std::string_view(long_name).substr(0, 78));  // 26 whole characters

    house.id = "c6";
    CHECK(refused_as(house.act(congress::ask::CloseSitting{}), Why::congress_unknown));
    CHECK(refused_as(house.act("election.prepare", JsonObject{{"election", "e"}, {"body", "committee"}}),
                     Why::congress_unknown));
    auto plan = to_json(Hall::plan());
    plan.as_object().erase("pack_texts");
    plan.as_object()["pack"] = "cn-nowhere-1949";
    CHECK(refused_as(house.act("congress.plan", plan), Why::pack_unknown));
    plan.as_object()["pack"] = "cn-grassroots-2016";
    for (const auto& id : {std::string(), std::string(65, 'c'), std::string("C5"), std::string("c 5"),
                           std::string("../c5"), std::string("大会"), std::string("c5\n")}) {
        house.id = id;
        CAPTURE(id);
        const auto refused = house.act("congress.plan", plan);
        CHECK(refused_as(refused, Why::congress_id_malformed));
        check_told_in_three_languages(refused);
    }
    house.id = "c5";
    CHECK(refused_as(house.act("congress.plan", plan), Why::congress_id_used));
    CHECK(refused_as(house.act("election.prepare", JsonObject{{"election", "E 1"}, {"body", "committee"}}),
                     Why::congress_id_malformed));
    CHECK(refused_as(house.act("election.prepare", JsonObject{{"election", "e1"}, {"body", "choir"}}),
                     congress::Why::body_unknown));
    CHECK(refused_as(house.act("election.compare_counts", JsonObject{{"election", "e1"}}), Why::election_unknown));
    CHECK(refused_as(house.office->screen_view("c6"), Why::congress_unknown));
    CHECK(refused_as(house.office->paper("c6", "minutes", Language::en), Why::congress_unknown));
    CHECK(refused_as(house.office->paper("c5", "poem", Language::en), Why::paper_unknown));
    CHECK(refused_as(house.office->document("00"), Why::document_unknown));
    CHECK(refused_as(house.office->control_screen("c6", 1, std::nullopt), Why::congress_unknown));
    CHECK(Moment(house) == before);
}

TEST_CASE("nobody changes a list while the congress votes on it") {
    SmallCongress house;
    house.up_to_nomination();
    auto others = house.candidates();
    others.back() =
        JsonObject{{"id", "d9"}, {"name", "Person 9"}, {"unit", "East Shop"}, {"roles", JsonArray{"member"}}};
    const auto nominate = [&](const JsonArray& list) {
        return house.act("election.nominate", house.with_election({{"candidates", list}}));
    };
    REQUIRE(nominate(house.candidates()));
    house.must("congress.put_question", house.list_question());
    const auto refused = nominate(others);
    CHECK(refused_as(refused, congress::Why::question_already_open));
    CHECK(refused.error().fact("question") == "list");
    house.must("congress.withdraw_question", JsonObject{{"question", "list"}});
    REQUIRE(nominate(others));
    auto anew = house.list_question();
    anew.as_object()["question"] = "list-2";
    house.must("congress.put_question", anew);
    house.declare("list-2");
    CHECK(house.of_congress([](const auto& congress) {
        const auto& adopted = congress.find_body("committee")->list->candidates;
        return std::ranges::any_of(adopted, [](const auto& each) { return each.id == "d9"; }) &&
               std::ranges::none_of(adopted, [](const auto& each) { return each.id == "d8"; });
    }));
}

TEST_CASE("an election belongs to one congress and its id is used once") {
    SmallCongress house;
    house.up_to_ballots();
    CHECK(
        refused_as(house.act("election.prepare", house.with_election({{"body", "committee"}})), Why::election_id_used));
    CHECK(refused_as(house.act("election.prepare_next_round",
                               JsonObject{{"election", "c5-2"}, {"after", "c5-none"}, {"next", "repeat"}}),
                     Why::election_unknown));
    CHECK(refused_as(house.act("election.prepare_next_round",
                               JsonObject{{"election", "c5-2"}, {"after", house.election}, {"next", "by_lot"}}),
                     base::Why::field_wrong_value));
    const auto unfinished = house.act("election.prepare_next_round",
                                      JsonObject{{"election", "c5-2"}, {"after", house.election}, {"next", "repeat"}});
    check_told_in_three_languages(unfinished);
    house.id = "c6";
    auto plan = to_json(Hall::plan());
    plan.as_object().erase("pack_texts");
    house.must("congress.plan", plan);
    CHECK(refused_as(house.act("election.show_box_empty", house.with_election({{"witnesses", JsonArray{"d11"}}})),
                     Why::election_unknown));
    CHECK(refused_as(house.act("congress.declare_result", house.with_election()), Why::election_unknown));
    REQUIRE(house.office->congresses().size() == 2);
    CHECK(house.office->congresses()[0].id == "c6");  // the newest first
}

TEST_CASE("every act without its fields is a named refusal in three languages") {
    const auto names = act_names();
    const std::set<std::string> all(names.begin(), names.end());
    CHECK(all.size() == names.size());
    for (const auto* name : {"congress.plan", "congress.check_in", "election.certify", "election.prepare_next_round",
                             "registry.found_organisation", "registry.register_roster"})
        CHECK(all.contains(name));
    SmallCongress house;
    house.plan();
    const Moment before(house);
    for (const auto& name : names) {
        CAPTURE(name);
        const auto refused = house.act(name, JsonObject{});
        CHECK(!refused_as(refused, Why::act_unknown));
        CHECK(!refused_as(refused, base::Why::kind_unknown));
        check_told_in_three_languages(refused);
        auto more = house.act(name, JsonObject{{"no_such_field", 17}});
        check_told_in_three_languages(more);
    }
    CHECK(Moment(house) == before);
}

TEST_CASE("acts asked for from eight threads at once are all done once") {
    SmallCongress house;
    house.prepare();
    house.doors(congress::SittingKind::preparatory, false, 0);
    std::vector<std::thread> threads;
    std::vector<int> done(8), repeated(8);
    // Every delegate is sent by two threads under the same key, as by a door that retries.
    for (std::size_t t = 0; t < 8; ++t)
        threads.emplace_back([&, t] {
            for (int i = 1; i <= 30; ++i) {
                if (i % 4 != static_cast<int>(t) % 4) continue;
                const auto delegate = "d" + std::to_string(i);
                const auto receipt = house.office->act(
                    house.chair, {"congress.check_in", "c5", JsonObject{{"delegate", delegate}, {"method", "card"}},
                                  "door:" + delegate});
                if (receipt) ++(receipt->repeated ? repeated : done)[t];
                (void)house.office->screen_view("c5");
                house.office->read_events_of("c5", 0, [](const store::StoredEvent&) { return true; });
            }
        });
    for (auto& thread : threads) thread.join();
    int once = 0, again = 0;
    for (std::size_t t = 0; t < 8; ++t) once += done[t], again += repeated[t];
    CHECK(once == 30);
    CHECK(again == 30);
    CHECK(house.of_congress([](const auto& congress) { return congress.sitting.present.size(); }) == 30);
    CHECK(house.view().at("figures").at("present") == 30);
    CHECK(house.office->history("c5").size() == static_cast<std::size_t>(house.office->journal().last()));
}

TEST_CASE("who listens hears of every act once, in order") {
    SmallCongress house;
    std::vector<std::int64_t> heard;
    int turned = 0;
    house.office->on_committed([&](std::span<const store::StoredEvent> events) {
        turned += events.empty();
        for (const auto& event : events) heard.push_back(event.seq);
    });
    house.up_to_nomination();
    REQUIRE(house.office->control_screen("c5", 1, std::nullopt));
    house.office->on_committed({});
    CHECK(turned == 1);
    REQUIRE(static_cast<std::int64_t>(heard.size()) == house.office->journal().last());
    for (std::size_t i = 0; i < heard.size(); ++i) CHECK(heard[i] == static_cast<std::int64_t>(i) + 1);
    std::vector<std::int64_t> read;
    house.office->read_events_of("c5", heard.back() - 5, [&](const store::StoredEvent& event) {
        read.push_back(event.seq);
        return read.size() < 3;
    });
    CHECK(read == std::vector<std::int64_t>{heard.back() - 4, heard.back() - 3, heard.back() - 2});
    CHECK(house.office->last_event_of("c5") == heard.back());  // an election's event counts to its congress
    CHECK(house.office->last_event_of("c6") == 0);
}

TEST_CASE("two congresses of one journal are each told and written without the other") {
    SmallCongress house;
    house.prepare();
    house.id = "c6";
    house.prepare();
    house.id = "c5";
    house.preparatory();
    const auto all = house.office->journal().last();
    std::vector<std::int64_t> numbers;
    std::size_t told = 0;
    for (const auto* id : {"c5", "c6"}) {
        const auto page = house.office->told(id, 0, 100'000);
        REQUIRE(page);
        CHECK(!page->next);
        told += page->events.size();
        CHECK(page->events.back().seq == house.office->last_event_of(id));
        CHECK(std::ranges::is_sorted(page->events, {}, &Told::seq));
        std::vector<std::int64_t> read;
        house.office->read_events_of(id, 0, [&](const store::StoredEvent& event) {
            CHECK(event.stream == std::string("congress/") + id);
            read.push_back(event.seq);
            return true;
        });
        CHECK(std::ranges::equal(read, page->events, {}, {}, &Told::seq));
    }
    CHECK(static_cast<std::int64_t>(told) == all);
    CHECK(house.office->told("c7", 0, 10).error().name() == "app.congress_unknown");
}

TEST_CASE("a history told so far goes on with what happened since, in the same words as from its beginning") {
    SmallCongress house;
    house.prepare();
    const auto early = house.office->told("c5", 0, 3);
    REQUIRE(early);
    CHECK(early->events.size() == 3);
    CHECK(early->next == early->events.back().seq);
    house.preparatory();
    const auto grown = house.office->told("c5", 0, 100'000);
    SmallCongress anew;
    anew.prepare();
    anew.preparatory();
    const auto whole = anew.office->told("c5", 0, 100'000);
    REQUIRE(grown->events.size() == whole->events.size());
    for (std::size_t i = 0; i < whole->events.size(); ++i) {
        CHECK(grown->events[i].seq == whole->events[i].seq);
        CHECK(grown->events[i].sentence == whole->events[i].sentence);
    }
}

TEST_CASE("a paper is written anew after an event, and what was erased is in no paper and no history any more") {
    SmallCongress house;
    house.prepare();
    house.preparatory();
    const auto minutes = [&] { return congress::markdown_from(*house.office->paper("c5", "minutes", Language::en)); };
    const auto history = [&] {
        std::string all;
        const auto whole = house.office->told("c5", 0, 100'000);
        for (const auto& each : whole->events) all += each.sentence.en + "\n";
        return all;
    };
    const auto before = minutes();
    CHECK(minutes() == before);
    house.must(congress::ask::NoteFact{same_text("The hall was warm.")});
    CHECK(before.find("The hall was warm.") == std::string::npos);
    CHECK(minutes().find("The hall was warm.") != std::string::npos);
    REQUIRE(minutes().find("Person 2") != std::string::npos);  // the secretary-general
    REQUIRE(history().find("Person 17") != std::string::npos);
    std::int64_t elected = 0;
    house.office->read_events_of("c5", 0, [&](const store::StoredEvent& event) {
        if (event.kind == "unit_election_reported") elected = event.seq;
        return elected == 0;  // the first unit's, with d1 to d17
    });
    REQUIRE(house.office->journal().erase_personal(elected, "chair", "asked for"));
    CHECK(minutes().find("Person 2") == std::string::npos);
    CHECK(history().find("Person 17") == std::string::npos);
    CHECK(history().find("Person 18") != std::string::npos);
}

TEST_CASE("the minutes tell what happened at the ballots, and no teller's count") {
    SmallCongress house;
    house.up_to_certificate();
    const auto minutes = [&] { return congress::markdown_from(*house.office->paper("c5", "minutes", Language::en)); };
    house.must("congress.declare_result", JsonObject{{"election", house.election}});
    const auto told = minutes();
    std::size_t at = 0;
    for (const auto* fact : {"(seats: 5, round 1)", "watched by Person 10, Person 11 and counted by Teller 1, Teller 2",
                             "the box is shown to be empty, witnessed by Person 11",
                             "ballots printed 34, issued 25, spoilt 2, left over 7", "ballots in the box: 24",
                             "two tellers counted apart, and both counts agree",
                             "the result is certified by Person 11, fingerprint", "| 1 | Person 3 |"}) {
        CAPTURE(fact);
        const auto found = told.find(fact, at);
        REQUIRE(found != std::string::npos);
        at = found;
    }
    CHECK(told.find("enters a count") == std::string::npos);
}

TEST_CASE("every refusal has its sentence and no sentence is without its refusal") {
    std::set<std::string> names, rooms;
    for (const auto& each : all_refusals_of_all_rooms()) {
        CAPTURE(each.name);
        CHECK(names.insert(std::string(each.name)).second);
        rooms.insert(std::string(each.name.substr(0, each.name.find('.'))));
        CHECK(each.status >= 400);
        CHECK(each.status < 600);
        for (const auto language : all_languages) CHECK(has_text(language, "refusal." + std::string(each.name)));
    }
    CHECK(rooms ==
          std::set<std::string>{"app", "base", "congress", "count", "election", "evote", "registry", "rules", "store"});
    for (const auto& [key, text] : catalogue(Language::en)) {
        if (!key.starts_with("refusal.")) continue;
        const auto name = key.substr(8);
        CAPTURE(name);
        if (rooms.contains(name.substr(0, name.find('.')))) CHECK(names.contains(name));
    }
}

TEST_CASE("every act, event and refusal that the pages of the formats name exists") {
    std::set<std::string> known, kinds{"personal_erased"}, acts{"store.erase_personal"};
    for (const auto& each : all_refusals_of_all_rooms()) known.insert(std::string(each.name));
    for (auto& name : act_names()) acts.insert(std::move(name));
    known.insert(acts.begin(), acts.end());
    const auto add = [&](std::string_view kind) { kinds.insert(std::string(kind)); };
    for_each_kind<congress::Event>(add);
    for_each_kind<election::Event>(add);
    for_each_kind<registry::Event>(add);
    const std::regex dotted(
        "(?:^|[^.a-z_])((?:congress|election|evote|registry|store|app|rules|count)\\.(?!json)[a-z_]+)(?![.a-z_])"),
        kind("\"kind\":\"([a-z_]+)\""), act("\"act\":\"([a-z_.]+)\""),
        column("\\| `kind` \\| [a-z ]+ \\(`([a-z_]+)`\\)");
    // Contracts that stand before what they describe; each leaves this list with its last act.
    const std::set<std::string> ahead{"roster-import.md"};
    std::size_t seen = 0;
    for (const auto& entry : std::filesystem::directory_iterator("docs/formats")) {
        const auto path = entry.path().string();
        CAPTURE(path);
        if (ahead.contains(entry.path().filename().string())) continue;
        const auto page = read_file(path);
        REQUIRE(page);
        for (const auto& [pattern, names] :
             {std::pair{&dotted, &known}, {&kind, &kinds}, {&act, &acts}, {&column, &kinds}})
            for (std::sregex_iterator each(page->begin(), page->end(), *pattern), end; each != end; ++each, ++seen) {
                const auto name = (*each)[1].str();
                CAPTURE(name);
                CHECK(names->contains(name));
            }
    }
    CHECK(seen > 30);
}

TEST_CASE("every text that the screen and the history use is there, and none is left over") {
    const auto source = read_file("src/app/screen_view.cpp");
    REQUIRE(source);
    std::set<std::string> used;
    const std::regex call("screen_text\\(\\s*\"([a-z_]+)\"");
    for (std::sregex_iterator each(source->begin(), source->end(), call), end; each != end; ++each)
        used.insert("screen." + (*each)[1].str());
    CHECK(used.size() > 5);
    for_each_kind<election::Event>([&](std::string_view kind) { used.insert("event.election." + std::string(kind)); });
    used.insert("event.election.election_prepared_anew");
    used.insert("event.personal_erased");
    std::set<std::string> optional;
    for_each_kind<registry::Event>(
        [&](std::string_view kind) { optional.insert("event.registry." + std::string(kind)); });
    for (const auto& key : used)
        for (const auto language : all_languages) {
            CAPTURE(key);
            CHECK(has_text(language, key));
        }
    for (const auto& [key, text] : catalogue(Language::zh_hant)) {
        CAPTURE(key);
        if (key.starts_with("screen.") || key.starts_with("event.election.")) CHECK(used.contains(key));
        if (key.starts_with("event.registry.")) CHECK(optional.contains(key));
    }
}
