// SPDX-License-Identifier: Apache-2.0
#include "app/steps.h"

#include <set>

#include "app/desk.h"
#include "app/forms.h"
#include "app/office_for_tests.h"

namespace plenum::app {
namespace {

desk::Steps steps(const SmallCongress& house) {
    auto out = house.office->steps(house.id, Language::en);
    REQUIRE(out);
    return std::move(*out);
}

/// The first step of this act, about whatever.
const desk::Step& step(const desk::Steps& steps, std::string_view act) {
    const auto found = std::ranges::find(steps.steps, act, &desk::Step::act);
    REQUIRE(found != steps.steps.end());
    return *found;
}

std::string next(const SmallCongress& house) {
    const auto now = steps(house);
    return now.next ? now.next->act : std::string();
}
std::string next_subject(const SmallCongress& house) {
    const auto now = steps(house);
    REQUIRE(now.next);
    REQUIRE(now.next->act == "congress.put_question");
    return std::string(now.next->with.at("subject").as_object().begin()->key());
}

}  // namespace

TEST_CASE("the chair's bar leads a congress from its plan to its close") {
    using namespace congress;
    SmallCongress house;
    auto with = to_json(Hall::plan());
    with.as_object().erase("pack_texts");
    house.must("congress.plan", with);
    CHECK(next(house) == "congress.confirm_values");
    // The values to be confirmed stand in it; that a person looks at each is asked for.
    auto confirm = *steps(house).next;
    CHECK(confirm.needs == std::vector<std::string>{"fields"});
    CHECK(confirm.with.at("fields").as_array().size() > 3);
    house.must(confirm.act, confirm.with);
    CHECK(next(house) == "congress.send_request");
    // The number of the document is a person's to give, of the request and of the reply.
    const auto send = [&] {
        auto asked = *steps(house).next;
        CHECK(asked.needs.back() == "document");
        CHECK(refused_as(house.act(asked.act, asked.with), congress::Why::document_number_missing));
        asked.with.as_object()["document"] = "12";
        house.must(asked.act, asked.with);
    };
    send();
    CHECK(next(house) == "congress.send_request");  // the other party
    send();
    CHECK(next(house) == "congress.record_reply");
    send();
    CHECK(next(house) == "congress.record_reply");
    send();
    CHECK(next(house) == "congress.allocate");
    house.must(ask::Allocate{AllocationMethod::stated, 1, Hall::units()});
    CHECK(next(house) == "congress.report_unit_election");
    house.must(Hall::unit_election(Hall::units()[0], 1));
    CHECK(steps(house).next->about == Hall::units()[1].name);
    house.must(Hall::unit_election(Hall::units()[1], 18));
    CHECK(next(house) == "congress.review_credentials");
    ask::ReviewCredentials all;
    for (int i = 1; i <= 30; ++i) all.findings.push_back({Hall::delegate(i), Finding::valid, ""});
    house.must(all);
    CHECK(next(house) == "congress.send_request");  // consent to the candidates of the committee
    for (const auto& body : Hall::plan().bodies)
        if (body.name != "womens_committee") house.consent(Matter::candidates, body.name);

    auto doors = *steps(house).next;
    CHECK(doors.act == "congress.open_check_in");
    CHECK(doors.with.at("sitting_kind") == "preparatory");
    CHECK(doors.needs.empty());
    REQUIRE(doors.sentence);
    CHECK(doors.sentence->en.find("Preparatory meeting") != std::string::npos);
    house.must(doors.act, doors.with);
    CHECK(next(house) == "congress.check_in");  // there is no quorum yet
    CHECK_FALSE(step(steps(house), "congress.open_sitting").lawful);
    for (int i = 1; i <= 27; ++i) house.must(ask::CheckIn{Hall::delegate(i), CheckInMethod::card});
    CHECK(next(house) == "congress.open_sitting");
    house.must(ask::OpenSitting{Hall::delegate(1)});
    // The rules do not say yet how votes are counted: the measure must come first.
    CHECK(next_subject(house) == "measure");
    house.adopt("voting", Hall::voting_rules());
    CHECK(next_subject(house) == "credentials_report");
    const auto put = *steps(house).next;
    CHECK(put.needs.empty());
    CHECK(put.sentence);
    house.must(put.act, put.with);
    CHECK(next(house) == "congress.declare_vote");
    CHECK(steps(house).next->with.at("for") == 27);
    house.must("congress.declare_vote", steps(house).next->with);
    CHECK(next_subject(house) == "presidium");
    house.adopt("presidium", ElectPresidium{{Hall::delegate(1), Hall::delegate(2)}, Hall::delegate(2)});
    CHECK(next_subject(house) == "agenda");
    house.adopt("agenda", AdoptAgenda{Hall::agenda()});
    CHECK(next(house) == "congress.close_sitting");
    house.must(ask::CloseSitting{});
    CHECK(next(house) == "congress.meet_presidium");
    house.must("congress.meet_presidium",
               JsonObject{{"executive_chairs", JsonArray{"d1"}}, {"decisions", JsonArray{}}});
    doors = *steps(house).next;
    CHECK(doors.with.at("sitting_kind") == "plenary");
    CHECK(doors.with.at("elects") == true);
    house.must(doors.act, doors.with);
    for (int i = 1; i <= 25; ++i) house.must(ask::CheckIn{Hall::delegate(i), CheckInMethod::card});
    house.must(ask::OpenSitting{Hall::delegate(1)});
    CHECK(next(house) == "congress.call_item");
    CHECK(steps(house).next->with.at("item").as_string() == Hall::agenda().front().id.value);
}

TEST_CASE("the chair's bar leads an election from its preparation to the result") {
    SmallCongress house;
    house.up_to_nomination();
    CHECK(next(house) == "election.nominate");
    CHECK_FALSE(step(steps(house), "election.appoint_tellers").lawful);
    CHECK(step(steps(house), "election.appoint_tellers").why->at("name").as_string() == "election.awaits_candidates");
    house.must("election.nominate", house.with_election({{"candidates", house.candidates()}}));
    const auto list = *steps(house).next;
    CHECK(next_subject(house) == "candidates");
    CHECK(list.needs.empty());
    house.must(list.act, list.with);
    house.must("congress.declare_vote", steps(house).next->with);
    CHECK(next_subject(house) == "scrutineers");
    using Hall = congress::Hall;
    house.adopt("scrutineers",
                congress::ElectScrutineers{Hall::delegate(11), {Hall::delegate(10), Hall::delegate(11)}});
    auto officers = *steps(house).next;
    CHECK(officers.act == "election.appoint_tellers");
    CHECK(officers.with.at("scrutineers").as_array().size() == 2);
    auto& tellers = officers.with.as_object()["tellers"].as_array();
    for (const auto* id : {"t1", "t2"})
        tellers.push_back(JsonObject{{"id", id}, {"name", std::string("Teller ") + id}});
    house.must(officers.act, officers.with);
    CHECK(next(house) == "congress.measure_quorum");
    house.must("congress.measure_quorum", steps(house).next->with);
    CHECK(next(house) == "election.show_box_empty");
    house.must("election.show_box_empty", steps(house).next->with);
    CHECK(next(house) == "election.issue_ballots");
    CHECK(steps(house).next->with.at("issued") == 25);
    house.must("election.issue_ballots",
               house.with_election({{"printed", 34}, {"issued", 25}, {"spoilt", 2}, {"unused", 7}}));
    CHECK(next(house) == "election.collect_ballots");
    house.must("election.collect_ballots", house.with_election({{"returned", 24}}));
    CHECK(next(house) == "election.enter_count");
    house.must("election.enter_count", house.sheet("t1"));
    CHECK(steps(house).next->with.at("teller") == "t2");
    auto slip = house.sheet("t2");
    slip.as_object()["sheet"].as_object()["votes"].as_array()[0].as_object()["in_favour"] = 21;
    slip.as_object()["sheet"].as_object()["votes"].as_array()[0].as_object()["against"] = 2;
    house.must("election.enter_count", slip);
    CHECK(next(house) == "election.enter_count");  // they differ, so one counts again
    CHECK(step(steps(house), "election.compare_counts").why->at("name").as_string() ==
          "election.counts_differ_in_favour");
    house.must("election.enter_count", house.sheet("t2"));
    CHECK(next(house) == "election.compare_counts");
    house.must("election.compare_counts", house.with_election());
    CHECK(next(house) == "election.certify");
    house.must("election.certify", steps(house).next->with);
    CHECK(next(house) == "congress.declare_result");
    const auto declare = *steps(house).next;
    CHECK(declare.needs.empty());
    REQUIRE(declare.sentence);
    house.must(declare.act, declare.with);
    CHECK(next(house) == "congress.call_item");
}

TEST_CASE("of every act of the congress and its elections the bar says whether it is lawful, and else why") {
    SmallCongress house;
    house.up_to_nomination();
    const auto now = steps(house);
    std::set<std::string> acts;
    for (const auto& each : now.steps) {
        CAPTURE(each.act);
        acts.insert(each.act);
        CHECK(each.lawful != each.why.has_value());
        CHECK_FALSE(each.label.empty());
        if (each.why) CHECK_FALSE(each.why->at("detail").as_string().empty());
    }
    for (const auto& each : act_shapes()) {
        CAPTURE(each.name);
        if (each.of != "register" && each.name != "congress.plan" && each.name != "election.prepare")
            CHECK(acts.contains(each.name));
    }
    REQUIRE(now.next);
    CHECK(now.steps.front().act == now.next->act);
    REQUIRE(now.quorum);
    CHECK(now.quorum->present == 25);
    CHECK(now.quorum->entitled == 30);
    REQUIRE(now.item);
    CHECK(now.item->id == "election");
    CHECK(now.seq == house.office->last_event_of(house.id));
}

TEST_CASE("what the bar calls lawful and complete can be done, and what it calls unlawful is refused by that name") {
    SmallCongress house;
    house.up_to_ballots();
    for (const auto& each : steps(house).steps) {
        if (!each.needs.empty()) continue;
        CAPTURE(each.act);
        CAPTURE(canonical_json(each.with));
        const auto tried = house.office->attempt(house.chair, house.asked(each.act, each.with));
        CHECK(tried.has_value() == each.lawful);
        if (!tried && each.why) CHECK(tried.error().name() == std::string_view(each.why->at("name").as_string()));
    }
}

TEST_CASE("the bar changes nothing, and has nothing left to say once everything is approved") {
    SmallCongress house;
    house.up_to_certificate();
    const auto before = house.office->journal().head();
    steps(house);
    CHECK(house.office->journal().head() == before);
    house.must("congress.declare_result", house.with_election());
    CHECK(step(steps(house), "congress.close_congress").why->at("name").as_string() == "congress.items_open");
}

TEST_CASE("the chair's bar leads the first plenary of the committee just elected") {
    using namespace congress;
    SmallCongress house;
    house.up_to_certificate();
    house.must("congress.declare_result", JsonObject{{"election", house.election}});
    for (const auto* office : {"chair", "vice_chair"}) house.consent(Matter::candidates, office);
    house.must(ask::InterruptSitting{Interruption::pause, same_text("The committee meets.")});
    auto now = *steps(house).next;
    CHECK(now.act == "congress.open_check_in");
    CHECK(now.with.at("sitting_kind") == "first_plenary");
    CHECK(now.with.at("body") == "committee");
    CHECK(now.needs.empty());
    house.must(now.act, now.with);
    CHECK(next(house) == "congress.check_in");
    CHECK_FALSE(step(steps(house), "congress.open_sitting").lawful);
    for (int i = 3; i <= 6; ++i) house.must(ask::CheckIn{Hall::delegate(i), CheckInMethod::card});
    CHECK(steps(house).quorum->entitled == 5);
    CHECK(steps(house).quorum->required == 4);
    CHECK(next(house) == "congress.open_sitting");
    house.must(ask::OpenSitting{Hall::delegate(6)});
    CHECK(next_subject(house) == "scrutineers");
    house.must(Hall::question("watch", ElectScrutineers{Hall::delegate(4), {Hall::delegate(4)}}));
    house.must("congress.declare_vote", steps(house).next->with);
    now = *steps(house).next;
    CHECK(now.act == "election.prepare");
    CHECK(now.with.at("body") == "chair");
    house.must(now.act, now.with);
    CHECK(next(house) == "election.nominate");
    const auto election = steps(house).next->with.at("election");
    house.must("election.nominate",
               JsonObject{{"election", election},
                          {"candidates",
                           JsonArray{JsonObject{
                               {"id", "d3"}, {"name", "Person 3"}, {"unit", "East Shop"}, {"roles", JsonArray{}}}}}});
    now = *steps(house).next;
    CHECK(next_subject(house) == "candidates");
    CHECK(now.with.at("subject").at("candidates").at("body") == "chair");
    house.must(now.act, now.with);
    house.must("congress.declare_vote", steps(house).next->with);
    now = *steps(house).next;
    CHECK(now.act == "election.appoint_tellers");
    REQUIRE(now.with.at("scrutineers").as_array().size() == 1);  // the plenary's own
    CHECK(now.with.at("scrutineers").at(0).at("id") == "d4");
    // The sitting of the congress is kept beside it, as it was interrupted.
    std::optional<desk::Congress> page;
    REQUIRE(house.office->read(house.id, [&](const Books& books, const congress::Congress& congress) {
        page = desk::congress_of(books, congress, Language::en);
    }));
    REQUIRE(page->sittings.size() == 3);
    CHECK(page->sittings[1].state == desk::SittingState::interrupted);
    CHECK(page->sittings[1].present == 25);
    CHECK(page->sittings[1].entitled == 30);
    REQUIRE(page->sitting);
    CHECK(page->sitting->present == 4);
    CHECK(page->sitting->entitled == 5);
    CHECK(page->sitting->state == desk::SittingState::open);
    CHECK_FALSE(step(steps(house), "congress.close_congress").lawful);
}

}  // namespace plenum::app
