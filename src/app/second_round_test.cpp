// SPDX-License-Identifier: Apache-2.0
// The rounds after the first, through the acts that a secretariat has: office, election and congress together.
#include <doctest/doctest.h>

#include <algorithm>

#include "app/office_for_tests.h"
#include "app/screen_view.h"
#include "app/steps.h"

using namespace plenum;
using namespace plenum::app;

namespace {

struct Rounds : SmallCongress {
    std::string now = election;  ///< election of the round at hand
    int round = 1;

    JsonObject of_round(JsonObject more = {}) const {
        more["election"] = now;
        return more;
    }
    void officers() {
        must("election.appoint_tellers",
             of_round({{"scrutineers", JsonArray{JsonObject{{"id", "d11"}, {"name", "Person 11"}}}},
                       {"tellers", JsonArray{JsonObject{{"id", "t1"}, {"name", "Teller 1"}},
                                             JsonObject{{"id", "t2"}, {"name", "Teller 2"}}}}}));
    }
    /// Issues 25, gets `returned` back, all valid, with these votes for; certifies and declares.
    void ballot(std::int64_t returned, const std::vector<std::pair<std::string, std::int64_t>>& votes) {
        issue_round();
        back(returned, votes);
    }
    void issue_round() {
        must("congress.measure_quorum",
             JsonObject{{"occasion", "ballot_issue"}, {"body", "committee"}, {"round", round}});
        must("election.show_box_empty", of_round({{"witnesses", JsonArray{"d11"}}}));
        must("election.issue_ballots", of_round({{"printed", 30}, {"issued", 25}, {"spoilt", 2}, {"unused", 3}}));
    }
    void back(std::int64_t returned, const std::vector<std::pair<std::string, std::int64_t>>& votes) {
        must("election.collect_ballots", of_round({{"returned", returned}}));
        if (returned <= 25) {
            JsonArray rows;
            for (const auto& [candidate, in_favour] : votes)
                rows.push_back(JsonObject{{"candidate", candidate},
                                          {"in_favour", in_favour},
                                          {"against", returned - in_favour},
                                          {"abstain", 0}});
            for (const auto* teller : {"t1", "t2"})
                must("election.enter_count", of_round({{"teller", teller},
                                                       {"sheet", JsonObject{{"returned", returned},
                                                                            {"invalid", 0},
                                                                            {"illegal", 0},
                                                                            {"ignored", 0},
                                                                            {"votes", rows},
                                                                            {"write_ins", JsonArray{}}}}}));
            must("election.compare_counts", of_round());
            must("election.certify", of_round({{"scrutineers", JsonArray{"d11"}}}));
        }
        must("congress.declare_result", of_round());
    }
    void next(const std::string& way) {
        const auto after = now;
        now = "round-" + std::to_string(++round);
        must("election.prepare_next_round", JsonObject{{"election", now}, {"after", after}, {"next", way}});
    }
    congress::BodyRecord committee() const {
        return of_congress([](const congress::Congress& state) { return *state.find_body("committee"); });
    }
    /// The member of the view that is shown.
    JsonObject shown() const { return view().at(screen_state()).as_object(); }
    static std::string english(const Json& text) { return std::string(text.at("en").as_string()); }
    std::string screen_state() const { return std::string(view().at("state").as_string()); }
};

const std::vector<std::pair<std::string, std::int64_t>> tied{{"d3", 21}, {"d4", 20}, {"d5", 19},
                                                             {"d6", 18}, {"d7", 17}, {"d8", 17}};

}  // namespace

TEST_CASE("those tied for the last seat face each other in a second round, and most votes win") {
    Rounds hall;
    hall.up_to_ballots();
    hall.ballot(25, tied);
    CHECK(hall.committee().state == congress::BodyState::incomplete);
    CHECK(hall.committee().filled == 4);
    CHECK(hall.committee().results.back().result.open == 1);
    CHECK(hall.committee().results.back().result.next == std::vector<std::string>{"revote_among_tied"});
    CHECK(hall.screen_state() == "election_result");
    CHECK(refused_as(hall.act("election.prepare_next_round",
                              JsonObject{{"election", "other"}, {"after", hall.now}, {"next", "for_open_seats"}}),
                     election::Why::round_not_foreseen));
    hall.next("among_tied");
    hall.officers();
    hall.ballot(25, {{"d7", 9}, {"d8", 12}});  // 12 of 30 is no majority: among the tied the plurality decides
    CHECK(hall.committee().filled == 5);
    CHECK(hall.committee().state == congress::BodyState::pending_approval);
    CHECK(hall.committee().results.size() == 2);
    CHECK(hall.committee().results.back().result.rows.front().id == "d8");
}

TEST_CASE("in a vote among the tied the hall reads the names, the seats and the rule of that vote") {
    Rounds hall;
    hall.up_to_ballots();
    hall.issue_round();
    auto open = hall.shown();
    CHECK(open.at("candidates") == 6);
    CHECK(open.at("seats") == 5);
    CHECK(hall.english(open.at("rule")).find("at least 16") != std::string::npos);
    hall.back(25, tied);
    auto result = hall.shown();
    CHECK(result.at("threshold") == 16);
    CHECK(hall.english(result.at("rule")).find("at least 16") != std::string::npos);
    hall.next("among_tied");
    CHECK(hall.screen_state() == "election_result");  // until there are ballots again
    hall.officers();
    hall.issue_round();
    REQUIRE(hall.screen_state() == "vote_open");
    open = hall.shown();
    CHECK(open.at("candidates") == 2);
    CHECK(open.at("seats") == 1);
    CHECK(open.at("electorate") == 25);
    CHECK(hall.english(open.at("rule")) == "Most votes win.");
    hall.back(25, {{"d7", 9}, {"d8", 12}});
    result = hall.shown();
    CHECK(result.at("round") == 2);
    CHECK(result.at("seats") == 1);
    CHECK(result.at("base") == "none");
    CHECK(result.at("threshold").is_null());
    CHECK(hall.english(result.at("rule")) == "Most votes win.");
}

TEST_CASE("of a void election the hall reads no number that nothing was counted on") {
    Rounds hall;
    hall.up_to_ballots();
    hall.ballot(26, {});
    const auto result = hall.shown();
    CHECK(result.at("threshold").is_null());
    CHECK(hall.english(result.at("rule")).find('0') == std::string::npos);
    CHECK(hall.english(result.at("rule")).find("those entitled") != std::string::npos);
}

TEST_CASE("seats left open are filled by a further election with the same threshold") {
    Rounds hall;
    hall.up_to_ballots();
    hall.ballot(25, {{"d3", 21}, {"d4", 20}, {"d5", 19}, {"d6", 18}, {"d7", 15}, {"d8", 14}});
    CHECK(hall.committee().filled == 4);
    hall.next("for_open_seats");
    hall.must(
        "election.nominate",
        hall.of_round(
            {{"candidates",
              JsonArray{
                  JsonObject{{"id", "d7"}, {"name", "Person 7"}, {"unit", "East Shop"}, {"roles", JsonArray{"member"}}},
                  JsonObject{
                      {"id", "d8"}, {"name", "Person 8"}, {"unit", "East Shop"}, {"roles", JsonArray{"member"}}}}}}));
    hall.must("congress.put_question",
              JsonObject{{"question", "list-2"},
                         {"item", "election"},
                         {"text", json_from(same_text("Shall the list be adopted?"))},
                         {"mode", "show_of_hands"},
                         {"subject", JsonObject{{"candidates", JsonObject{{"body", "committee"}}}}}});
    hall.declare("list-2");
    hall.officers();
    hall.ballot(25, {{"d7", 15}, {"d8", 8}});  // 15 of 30 is exactly half
    CHECK(hall.committee().filled == 4);
    CHECK(hall.committee().state == congress::BodyState::incomplete);
    CHECK(hall.committee().results.back().result.open == 1);
}

TEST_CASE("an election with more ballots back than issued is void and is repeated with its list") {
    Rounds hall;
    hall.up_to_ballots();
    hall.ballot(26, {});
    CHECK_FALSE(hall.committee().results.back().result.valid_election);
    CHECK(hall.committee().filled == 0);
    CHECK(hall.screen_state() == "election_result");
    CHECK_FALSE(hall.view().at("election_result").at("valid_election").as_bool());
    hall.next("repeat");
    hall.officers();
    hall.ballot(25, {{"d3", 21}, {"d4", 20}, {"d5", 19}, {"d6", 18}, {"d7", 17}, {"d8", 16}});
    CHECK(hall.committee().filled == 5);
    CHECK(hall.committee().state == congress::BodyState::pending_approval);
}

TEST_CASE("open seats are no dead end: the chair's bar offers a further ballot and the question of fewer seats") {
    Rounds hall;
    hall.up_to_ballots();
    hall.ballot(25, {{"d3", 21}, {"d4", 20}, {"d5", 19}, {"d6", 18}, {"d7", 15}, {"d8", 14}});
    const auto steps = hall.office->steps(hall.id, Language::en);
    REQUIRE(steps);
    REQUIRE(steps->next);
    CHECK(steps->next->act == "election.prepare_next_round");
    const auto fewer = std::ranges::find_if(steps->steps, [](const desk::Step& each) {
        return each.act == "congress.put_question" && each.with.at("subject").as_object().contains("reduce_seats");
    });
    REQUIRE(fewer != steps->steps.end());
    CHECK(fewer->lawful);
    CHECK(fewer->about->in(Language::en) == "the reduction of the seats of the Second Committee from 5 to 4");
    const auto asked = fewer->with.at("question").as_string();
    hall.must("congress.put_question", fewer->with);
    hall.declare(std::string(asked));
    CHECK(hall.committee().body.seats == 4);
    CHECK(hall.committee().state == congress::BodyState::pending_approval);
    CHECK(refused_as(hall.act("election.prepare_next_round",
                              JsonObject{{"election", "other"}, {"after", hall.now}, {"next", "for_open_seats"}}),
                     congress::Why::body_already_filled));
    hall.must(congress::ask::SendRequest{congress::Matter::results, "higher_union", "committee", "No. 21"});
}
