// SPDX-License-Identifier: Apache-2.0
#include "app/screen_view.h"

#include <doctest/doctest.h>

#include "app/office_for_tests.h"
#include "congress/refusals.h"

using namespace plenum;
using namespace plenum::app;
using congress::Hall;

namespace {

constexpr std::string_view states[] = {"gathering", "item", "vote_open", "verdict", "election_result", "pause"};

/// The member of the state that is shown; checks that it is the only one.
JsonObject shown(const SmallCongress& house, std::string_view state) {
    const auto view = house.view();
    CHECK(view.at("state").as_string() == state);
    for (const auto each : states) {
        CAPTURE(each);
        CHECK(view.at(each).is_null() == (each != state));
    }
    CHECK(view.at("seq").as_int64() == house.office->journal().last());
    CHECK(std::string_view(view.at("fingerprint").as_string()) == house.office->journal().head());
    const auto& member = view.at(state);
    return member.is_object() ? member.as_object() : JsonObject{};
}
std::string english(const Json& text) { return std::string(text.at("en").as_string()); }
Json figure(const SmallCongress& house, std::string_view name) { return house.view().at("figures").at(name); }

}  // namespace

TEST_CASE("the hall sees what the congress is at, from the plan to the close") {
    SmallCongress house;
    house.prepare();
    auto pause = shown(house, "pause");
    CHECK(pause.at("kind") == "soon");
    CHECK(english(pause.at("next")).find("Invented Hall") != std::string::npos);
    CHECK(figure(house, "present").is_null());
    CHECK(house.view().at("rehearsal") == false);

    house.consent(congress::Matter::candidates, "committee");
    house.doors(congress::SittingKind::preparatory, false, 19);
    auto gathering = shown(house, "gathering");
    CHECK(gathering.at("quorum_required") == 20);
    CHECK(gathering.at("quorum_met") == false);
    CHECK(figure(house, "present") == 19);
    CHECK(figure(house, "entitled") == 30);
    REQUIRE(gathering.at("delegations").as_array().size() == 2);
    CHECK(gathering.at("delegations").at(0).at("entitled") == 17);
    CHECK(gathering.at("delegations").at(0).at("present") == 17);
    CHECK(gathering.at("delegations").at(1).at("entitled") == 13);
    CHECK(gathering.at("delegations").at(1).at("present") == 2);
    for (int i = 20; i <= 27; ++i) house.must(congress::ask::CheckIn{Hall::delegate(i), congress::CheckInMethod::card});
    CHECK(shown(house, "gathering").at("quorum_met") == true);

    house.must(congress::ask::OpenSitting{Hall::delegate(1)});
    house.must(Hall::question("voting", Hall::voting_rules()));
    auto vote = shown(house, "vote_open");
    CHECK(vote.at("electorate") == 27);
    CHECK(vote.at("secret") == false);
    CHECK(vote.at("number").is_null());
    CHECK(english(vote.at("question")) == "Shall it be adopted? (Rules on voting)");
    house.declare("voting");
    auto verdict = shown(house, "verdict");
    CHECK(verdict.at("adopted") == true);
    CHECK(verdict.at("for") == 24);
    CHECK(verdict.at("against") == 1);
    CHECK(verdict.at("abstain") == 2);
    CHECK(verdict.at("required") == 16);
    CHECK(verdict.at("base_count") == 30);

    house.adopt("credentials", congress::AdoptCredentialsReport{});
    house.adopt("presidium", congress::ElectPresidium{{Hall::delegate(1), Hall::delegate(2), Hall::delegate(18)},
                                                      Hall::delegate(2)});
    house.adopt("agenda", congress::AdoptAgenda{Hall::agenda()});
    house.must(congress::ask::CloseSitting{});
    shown(house, "pause");

    house.doors(congress::SittingKind::plenary, true, 25);
    house.must(congress::ask::OpenSitting{Hall::delegate(1)});
    house.adopt("measure", Hall::election_measure());
    house.must(congress::ask::CallItem{{"election"}});
    auto item = shown(house, "item");
    CHECK(item.at("number") == 2);
    CHECK(item.at("kind") == "election");
    REQUIRE(item.at("next").as_array().size() == 2);
    CHECK(item.at("next").at(0).at("number") == 3);

    house.must(congress::ask::InterruptSitting{congress::Interruption::pause, same_text("We go on at five.")});
    pause = shown(house, "pause");
    CHECK(pause.at("kind") == "pause");
    CHECK(english(pause.at("next")) == "We go on at five.");
    house.must(congress::ask::ResumeSitting{});

    house.must("election.prepare", JsonObject{{"election", house.election}, {"body", "committee"}});
    house.must("election.nominate", house.with_election({{"candidates", house.candidates()}}));
    house.must("congress.put_question", house.list_question());
    CHECK(shown(house, "vote_open").at("number") == 2);
    house.declare("list");
    house.adopt("scrutineers",
                congress::ElectScrutineers{Hall::delegate(11), {Hall::delegate(10), Hall::delegate(11)}});
    CHECK(house.view().at("scrutineers").as_array().size() == 2);
    CHECK(house.view().at("scrutineers").at(0) == "Person 11");  // the head first
    house.must("election.appoint_tellers",
               house.with_election({{"scrutineers", JsonArray{JsonObject{{"id", "d11"}, {"name", "Person 11"}}}},
                                    {"tellers", JsonArray{JsonObject{{"id", "t1"}, {"name", "Teller 1"}},
                                                          JsonObject{{"id", "t2"}, {"name", "Teller 2"}}}}}));
    house.issue();
    vote = shown(house, "vote_open");
    CHECK(vote.at("secret") == true);
    CHECK(vote.at("seats") == 5);
    CHECK(vote.at("candidates") == 6);
    CHECK(vote.at("electorate") == 25);
    CHECK(vote.at("voted").is_null());
    CHECK(figure(house, "issued") == 25);
    house.count();
    // While the tellers count, the hall sees that they do, how many ballots came back, and no mark.
    pause = shown(house, "pause");
    CHECK(pause.at("kind") == "counting");
    CHECK(english(pause.at("sentence")).find("are being counted") != std::string::npos);
    CHECK(english(pause.at("next")).find("both counts agree") != std::string::npos);
    CHECK(figure(house, "issued") == 25);
    CHECK(figure(house, "returned") == 24);
    CHECK(figure(house, "valid").is_null());
    house.must(congress::ask::InterruptSitting{congress::Interruption::count_of_ballots, same_text("Stay close.")});
    CHECK(shown(house, "pause").at("kind") == "counting");
    CHECK(english(shown(house, "pause").at("next")) == "Stay close.");
    house.must(congress::ask::ResumeSitting{});
    house.must("election.certify", house.with_election({{"scrutineers", JsonArray{"d11"}}}));
    pause = shown(house, "pause");
    CHECK(pause.at("kind") == "counting");
    CHECK(english(pause.at("sentence")).find("are counted") != std::string::npos);
    CHECK(english(pause.at("next")).find("declare") != std::string::npos);
    house.must("congress.declare_result", JsonObject{{"election", house.election}});
    auto result = shown(house, "election_result");
    CHECK(result.at("valid_election") == true);
    CHECK(result.at("seats") == 5);
    CHECK(result.at("elected") == 5);
    CHECK(result.at("open") == 0);
    CHECK(result.at("threshold") == 16);
    CHECK(result.at("base_count") == 30);
    CHECK(result.at("scale_max") == 23);
    CHECK(result.at("page") == 1);
    CHECK(result.at("pages") == 1);
    CHECK(result.at("next").is_null());
    CHECK(result.at("record").as_string().size() == 64);
    REQUIRE(result.at("rows").as_array().size() == 6);
    for (const auto& row : result.at("rows").as_array())
        CHECK(row.at("elected").as_bool() == (row.at("for").as_int64() >= 16));
    CHECK(figure(house, "valid") == 23);
    CHECK(figure(house, "returned") == 24);

    house.must(congress::ask::CallItem{{"women"}});
    house.must(congress::ask::Nominate{"womens_committee",
                                       same_text("the first committee"),
                                       same_text("the women of both shops"),
                                       {2026, 9, 1},
                                       "No. 15",
                                       {{"Person 20", "West Shop", "chair"},
                                        {"Person 21", "West Shop", "vice_chair"},
                                        {"Person 5", "East Shop", "member"}},
                                       same_text("the women of both shops")});
    pause = shown(house, "pause");
    CHECK(pause.at("kind") == "notice");
    CHECK(english(pause.at("sentence")).find("Person 21") != std::string::npos);
    CHECK(english(pause.at("sentence")).find("Members (3): ") != std::string::npos);
    for (const auto& member : house.view()) {
        const auto text = canonical_json(member.value());
        CAPTURE(text);
        CHECK(text.find("screen.") == std::string::npos);
        CHECK(text.find("congress.") == std::string::npos);
    }
}

TEST_CASE("the screen follows the first plenary and shows the congress whom it elected") {
    SmallCongress house;
    house.up_to_certificate();
    house.must("congress.declare_result", JsonObject{{"election", house.election}});
    house.consent(congress::Matter::candidates, "chair");
    house.must(congress::ask::InterruptSitting{congress::Interruption::pause, same_text("The committee meets.")});
    house.must(Hall::first_plenary());
    for (int i = 3; i <= 6; ++i) house.must(congress::ask::CheckIn{Hall::delegate(i), congress::CheckInMethod::card});
    const auto gathering = shown(house, "gathering");
    CHECK(gathering.at("quorum_required") == 4);
    CHECK(figure(house, "entitled") == 5);
    CHECK(figure(house, "present") == 4);
    REQUIRE(gathering.at("delegations").as_array().size() == 1);  // all five are of the East Shop
    CHECK(gathering.at("delegations").at(0).at("entitled") == 5);
    house.must(congress::ask::OpenSitting{Hall::delegate(6)});
    house.must(Hall::question("watch", congress::ElectScrutineers{Hall::delegate(4), {Hall::delegate(4)}}));
    house.must(congress::ask::DeclareVote{{"watch"}, 4, 0, 0});

    house.election = "c5-chair";
    const auto with = [&](JsonObject more) { return house.with_election(std::move(more)); };
    house.must("election.prepare", with({{"body", "chair"}}));
    house.must(
        "election.nominate",
        with({{"candidates",
               JsonArray{JsonObject{
                   {"id", "d3"}, {"name", "Person 3"}, {"unit", "East Shop"}, {"roles", JsonArray{"member"}}}}}}));
    house.must("congress.put_question",
               JsonObject{{"question", "list-chair"},
                          {"text", json_from(same_text("Shall the list be adopted?"))},
                          {"mode", "show_of_hands"},
                          {"subject", JsonObject{{"candidates", JsonObject{{"body", "chair"}}}}}});
    house.must(congress::ask::DeclareVote{{"list-chair"}, 4, 0, 0});
    house.must("election.appoint_tellers",
               with({{"scrutineers", JsonArray{JsonObject{{"id", "d4"}, {"name", "Person 4"}}}},
                     {"tellers", JsonArray{JsonObject{{"id", "t1"}, {"name", "Teller 1"}},
                                           JsonObject{{"id", "t2"}, {"name", "Teller 2"}}}}}));
    house.must("congress.measure_quorum", JsonObject{{"occasion", "ballot_issue"}, {"body", "chair"}, {"round", 1}});
    house.must("election.show_box_empty", with({{"witnesses", JsonArray{"d4"}}}));
    house.must("election.issue_ballots", with({{"printed", 6}, {"issued", 4}, {"spoilt", 0}, {"unused", 2}}));
    CHECK(english(shown(house, "vote_open").at("rule")).find("5") != std::string::npos);  // of the members, not of 30
    house.must("election.collect_ballots", with({{"returned", 4}}));
    for (const auto* teller : {"t1", "t2"})
        house.must(
            "election.enter_count",
            with({{"teller", teller},
                  {"sheet",
                   JsonObject{{"returned", 4},
                              {"invalid", 0},
                              {"illegal", 0},
                              {"ignored", 0},
                              {"votes", JsonArray{JsonObject{
                                            {"candidate", "d3"}, {"in_favour", 3}, {"against", 1}, {"abstain", 0}}}},
                              {"write_ins", JsonArray{}}}}}));
    house.must("election.compare_counts", with({}));
    house.must("election.certify", with({{"scrutineers", JsonArray{"d4"}}}));
    house.must("congress.declare_result", JsonObject{{"election", "c5-chair"}});
    const auto result = shown(house, "election_result");
    CHECK(english(result.at("body")) == "Chair");
    CHECK(result.at("threshold") == 3);  // more than half of five
    CHECK(result.at("base_count") == 5);
    CHECK(result.at("elected") == 1);
    CHECK(figure(house, "entitled") == 5);

    house.must(congress::ask::CloseSitting{});
    CHECK(shown(house, "pause").at("kind") == "pause");
    house.must(congress::ask::ResumeSitting{});
    CHECK(figure(house, "entitled") == 30);
    house.must(congress::ask::AnnouncePlenary{"committee"});
    const auto notice = shown(house, "pause");
    CHECK(notice.at("kind") == "notice");
    CHECK(english(notice.at("sentence")).find("Chair: Person 3") != std::string::npos);
    CHECK(english(notice.at("sentence")).find("Second Committee") != std::string::npos);
}

TEST_CASE("the chair turns pages that there are, and no others") {
    SmallCongress house;
    house.up_to_certificate();
    house.must("congress.declare_result", JsonObject{{"election", house.election}});
    CHECK(house.of_congress([](const auto& congress) { return result_pages(congress); }) == 1);
    const auto before = canonical_json(house.view());
    for (const int page : {-1, 0, 2, 99}) {
        CAPTURE(page);
        const auto refused = house.office->control_screen("c5", page, std::nullopt);
        CHECK(refused_as(refused, Why::page_unknown));
        CHECK(refused.error().fact("pages") == "1");
    }
    // A page that is refused takes the notice with it.
    CHECK(!house.office->control_screen("c5", 99, same_text("Lunch")));
    CHECK(canonical_json(house.view()) == before);
}

TEST_CASE("a notice covers everything until it is taken away") {
    SmallCongress house;
    house.prepare();
    house.doors(congress::SittingKind::preparatory, false, 5);
    const auto before = house.view();
    const auto events = house.office->journal().last();
    REQUIRE(house.office->control_screen("c5", std::nullopt, Text{"请让出通道", "請讓出通道", "Keep the aisle free"}));
    const auto pause = shown(house, "pause");
    CHECK(pause.at("kind") == "notice");
    CHECK(english(pause.at("sentence")) == "Keep the aisle free");
    house.must(congress::ask::CheckIn{Hall::delegate(6), congress::CheckInMethod::card});
    CHECK(shown(house, "pause").at("kind") == "notice");
    CHECK(figure(house, "present") == 6);
    REQUIRE(house.office->control_screen("c5", 1, std::nullopt));  // turning a page leaves it
    shown(house, "pause");
    REQUIRE(house.office->control_screen("c5", std::nullopt, std::optional<Text>()));
    shown(house, "gathering");
    CHECK(house.office->journal().last() == events + 1);  // a notice is no fact
}
