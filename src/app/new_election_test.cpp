// SPDX-License-Identifier: Apache-2.0
// A result that the union above did not approve, through the acts that a secretariat has: office, election and
// congress.
#include <doctest/doctest.h>

#include <algorithm>

#include "app/desk.h"
#include "app/office_for_tests.h"
#include "app/steps.h"

namespace plenum::app {
namespace {

struct Refused : SmallCongress {
    std::string anew = "c5-committee-2";

    /// Elected, declared, submitted and not approved.
    Refused() {
        up_to_certificate();
        must("congress.declare_result", with_election());
        submit(false, "No. 8");
    }
    void submit(bool granted, const std::string& reply) {
        must(congress::ask::SendRequest{congress::Matter::results, "higher_union", "committee", "No. 7"});
        must(congress::ask::RecordReply{congress::Matter::results, "higher_union", "committee", granted, reply});
    }
    /// The next step of the chair's bar: as it is, or with what a person gives.
    desk::Step follow(const std::string& act, JsonObject given = {}) {
        const auto steps = office->steps(id, Language::en);
        REQUIRE(steps);
        REQUIRE(steps->next);
        CHECK(steps->next->act == act);
        auto with = steps->next->with.as_object();
        for (auto& each : given) with[each.key()] = each.value();
        must(steps->next->act, with);
        return *steps->next;
    }
    congress::BodyRecord committee() const {
        return of_congress([](const congress::Congress& state) { return *state.find_body("committee"); });
    }
    desk::Congress on_the_desk() const {
        desk::Congress out;
        REQUIRE(office->read(id, [&](const Books& books, const congress::Congress& state) {
            out = desk::congress_of(books, state, Language::en);
        }));
        return out;
    }
    /// d3, d4, d5, d12 and d13 of six, with 21 votes down to 17; d14 has 9.
    JsonArray votes() const {
        JsonArray out;
        std::int64_t votes = 21;
        for (const int number : {3, 4, 5, 12, 13, 14}) {
            const auto in_favour = number == 14 ? 9 : votes--;
            out.push_back(JsonObject{{"candidate", "d" + std::to_string(number)},
                                     {"in_favour", in_favour},
                                     {"against", 24 - in_favour},
                                     {"abstain", 0}});
        }
        return out;
    }
    JsonArray new_candidates() const {
        JsonArray out;
        for (const int number : {3, 4, 5, 12, 13, 14})
            out.push_back(JsonObject{{"id", "d" + std::to_string(number)},
                                     {"name", "Person " + std::to_string(number)},
                                     {"unit", "East Shop"},
                                     {"roles", JsonArray{"member"}}});
        return out;
    }
};

}  // namespace

TEST_CASE("the chair's bar leads from a refused result to one that is approved") {
    Refused hall;
    const auto before = hall.of_congress([](const auto& state) { return state.requests.size(); });
    CHECK(refused_as(hall.act("election.prepare_next_round",
                              JsonObject{{"election", "x"}, {"after", hall.election}, {"next", "for_open_seats"}}),
                     congress::Why::result_refused));
    const auto called = hall.follow("congress.call_new_election");
    CHECK(called.sentence->en.ends_with("(No. 8): it is elected anew."));
    // The hall reads it, and the refused reply stays to be seen until there is another result.
    CHECK(hall.view().at("state") == "pause");
    CHECK(hall.view().at("pause").at("sentence").at("en") ==
          "The Invented City Federation did not approve the result for the Second Committee. It is elected anew.");
    auto desk = hall.on_the_desk();
    const auto request = std::ranges::find_if(desk.requests, [](const desk::Request& each) {
        return each.matter == congress::Matter::results && each.body == "committee";
    });
    REQUIRE(request != desk.requests.end());
    CHECK(request->state == desk::RequestState::refused);
    CHECK(request->reply == "No. 8");
    CHECK(hall.of_congress([](const auto& state) { return state.requests.size(); }) == before - 2);
    REQUIRE(desk.elections.size() == 1);
    CHECK(desk.elections[0].declared);
    CHECK_FALSE(desk.elections[0].latest);
    const auto body = std::ranges::find(desk.bodies, "committee", &desk::Body::name);
    CHECK(body->state_name.en == "to be elected anew");
    CHECK(body->members.empty());

    // The election before it is over.
    for (const auto& [act, with] : {std::pair<std::string, JsonObject>{"congress.declare_result", {}},
                                    {"election.certify", {{"scrutineers", JsonArray{"d11"}}}}})
        CHECK(refused_as(hall.act(act, hall.with_election(with)), Why::election_held_anew));
    CHECK(refused_as(hall.act("election.prepare_next_round",
                              JsonObject{{"election", "x"}, {"after", hall.election}, {"next", "for_open_seats"}}),
                     Why::election_held_anew));
    const auto of_the_new = [&](JsonObject more) {
        more["election"] = hall.anew;
        return more;
    };

    hall.must(congress::ask::CallItem{{"election"}});
    const auto prepared = hall.follow("election.prepare");
    CHECK(prepared.with.at("election") == Json(hall.anew));
    CHECK(prepared.sentence->en == "The new election of the Second Committee is prepared (seats: 5, round 1).");
    CHECK(refused_as(hall.act("election.prepare", JsonObject{{"election", "y"}, {"body", "committee"}}),
                     Why::body_has_election));
    hall.follow("election.nominate", {{"candidates", hall.new_candidates()}});
    for (int party = 0; party < 2; ++party) hall.follow("congress.send_request", {{"document", "No. 15"}});
    for (int party = 0; party < 2; ++party) hall.follow("congress.record_reply", {{"document", "No. 16"}});
    const auto put = hall.follow("congress.put_question");
    hall.declare(std::string(put.with.at("question").as_string()));
    hall.must("election.appoint_tellers",
              of_the_new({{"scrutineers", JsonArray{JsonObject{{"id", "d11"}, {"name", "Person 11"}}}},
                          {"tellers", JsonArray{JsonObject{{"id", "t1"}, {"name", "Teller 1"}},
                                                JsonObject{{"id", "t2"}, {"name", "Teller 2"}}}}}));
    hall.follow("congress.measure_quorum");
    hall.must("election.show_box_empty", of_the_new({{"witnesses", JsonArray{"d11"}}}));
    hall.must("election.issue_ballots", of_the_new({{"printed", 30}, {"issued", 25}, {"spoilt", 2}, {"unused", 3}}));
    CHECK(hall.view().at("state") == "vote_open");
    hall.must("election.collect_ballots", of_the_new({{"returned", 24}}));
    for (const auto* teller : {"t1", "t2"})
        hall.must("election.enter_count", of_the_new({{"teller", teller},
                                                      {"sheet", JsonObject{{"returned", 24},
                                                                           {"invalid", 0},
                                                                           {"illegal", 0},
                                                                           {"ignored", 0},
                                                                           {"votes", hall.votes()},
                                                                           {"write_ins", JsonArray{}}}}}));
    hall.follow("election.compare_counts");
    hall.must("election.certify", of_the_new({{"scrutineers", JsonArray{"d11"}}}));
    hall.follow("congress.declare_result");
    CHECK(hall.committee().state == congress::BodyState::pending_approval);
    CHECK(hall.committee().has_member("d12"));
    CHECK(hall.view().at("state") == "election_result");
    hall.submit(true, "No. 18");
    CHECK(hall.committee().state == congress::BodyState::approved);

    desk = hall.on_the_desk();
    REQUIRE(desk.elections.size() == 2);
    for (const auto& each : desk.elections) {
        CHECK(each.declared);
        CHECK(each.latest == (each.id == hall.anew));
    }
    // Both certificates hold by themselves, and a journal that is read again tells the same.
    const auto certificates = hall.office->certificates(hall.id);
    REQUIRE(certificates);
    CHECK(certificates->size() == 2);
    for (const auto language : all_languages) {
        const auto told = congress::markdown_from(*hall.office->paper(hall.id, "minutes", language));
        const auto first = told.find("Person 7"), refused = told.find("No. 8"), second = told.rfind("Person 12");
        CHECK(first < refused);
        CHECK(refused < second);
        CHECK(second != std::string::npos);
    }
}

TEST_CASE("a round that was prepared before its body was elected anew is not held any more") {
    SmallCongress hall;
    hall.up_to_ballots();
    hall.issue();
    // d7 and d8 have too few: a seat stays open, a further round is prepared, and the congress leaves it at that.
    auto sheet = hall.sheet("t1").as_object();
    auto& votes = sheet["sheet"].as_object()["votes"].as_array();
    votes[4].as_object()["in_favour"] = 8;
    votes[4].as_object()["against"] = 15;
    hall.must("election.collect_ballots", hall.with_election({{"returned", 24}}));
    hall.must("election.enter_count", sheet);
    sheet["teller"] = "t2";
    hall.must("election.enter_count", sheet);
    hall.must("election.compare_counts", hall.with_election());
    hall.must("election.certify", hall.with_election({{"scrutineers", JsonArray{"d11"}}}));
    hall.must("congress.declare_result", hall.with_election());
    hall.must("election.prepare_next_round",
              JsonObject{{"election", "round-2"}, {"after", hall.election}, {"next", "for_open_seats"}});
    hall.must(congress::ask::ConcludeItem{{"election"}});
    hall.must(congress::ask::SendRequest{congress::Matter::results, "higher_union", "committee", "No. 7"});
    hall.must(congress::ask::RecordReply{congress::Matter::results, "higher_union", "committee", false, "No. 8"});
    hall.must(congress::ask::CallNewElection{"committee"});
    CHECK(refused_as(hall.act("election.nominate", JsonObject{{"election", "round-2"}, {"candidates", JsonArray{}}}),
                     Why::election_held_anew));
    hall.must("election.prepare", JsonObject{{"election", "anew"}, {"body", "committee"}});
    const auto latest = [&] {
        std::string out;
        REQUIRE(hall.office->read(hall.id, [&](const Books& books, const congress::Congress& state) {
            out = books.election_of(state.id, "committee")->id.value;
        }));
        return out;
    };
    CHECK(latest() == "anew");
}

}  // namespace plenum::app
