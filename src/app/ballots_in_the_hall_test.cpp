// SPDX-License-Identifier: Apache-2.0
// What congress and election must hold together: the hall at the moment of the ballots, whose rules count, who watches,
// and that each round follows one other.
#include <doctest/doctest.h>

#include "app/office_for_tests.h"

using namespace plenum;
using namespace plenum::app;
using congress::Hall;

namespace {

const Json measure_quorum = JsonObject{{"occasion", "ballot_issue"}, {"body", "committee"}, {"round", 1}};

Json ballots(const SmallCongress& house, std::int64_t issued) {
    return house.with_election({{"printed", issued + 9}, {"issued", issued}, {"spoilt", 2}, {"unused", 7}});
}
Json officers(const SmallCongress& house, const std::string& id, const std::string& name,
              const std::string& second = "Teller 2") {
    return house.with_election({{"scrutineers", JsonArray{JsonObject{{"id", id}, {"name", name}}}},
                                {"tellers", JsonArray{JsonObject{{"id", "t1"}, {"name", "Teller 1"}},
                                                      JsonObject{{"id", "t2"}, {"name", second}}}}});
}
std::int64_t threshold(const SmallCongress& house) {
    std::int64_t out = 0;
    REQUIRE(house.office->read(house.id, [&](const Books& books, const congress::Congress&) {
        out = books.elections.at(house.election).result->rules.fraction.numerator;
    }));
    return out;
}

}  // namespace

TEST_CASE("ballots are issued to those who were counted and are still there, in the sitting that counted them") {
    SmallCongress house;
    house.up_to_ballots();
    house.must("election.show_box_empty", house.with_election({{"witnesses", JsonArray{"d11"}}}));
    CHECK(refused_as(house.act("election.issue_ballots", ballots(house, 25)), congress::Why::ballots_not_authorised));
    house.must("congress.measure_quorum", measure_quorum);
    SUBCASE("four leave, then one comes back") {
        for (int i = 22; i <= 25; ++i) house.must(congress::ask::Leave{Hall::delegate(i)});
        const auto refused = house.act("election.issue_ballots", ballots(house, 25));
        REQUIRE(refused_as(refused, congress::Why::presence_fell));
        CHECK(refused.error().fact("counted") == "25");
        CHECK(refused.error().fact("present") == "21");
        CHECK(refused_as(house.act("election.issue_ballots", ballots(house, 21)), congress::Why::presence_fell));
        house.must(congress::ask::CheckIn{Hall::delegate(24), congress::CheckInMethod::card});
        house.must("congress.measure_quorum", measure_quorum);
        CHECK(
            refused_as(house.act("election.issue_ballots", ballots(house, 23)), election::Why::issued_exceeds_present));
        house.must("election.issue_ballots", ballots(house, 22));
    }
    SUBCASE("who comes later got no ballot") {
        house.must(congress::ask::CheckIn{Hall::delegate(26), congress::CheckInMethod::card});
        CHECK(
            refused_as(house.act("election.issue_ballots", ballots(house, 26)), election::Why::issued_exceeds_present));
        house.must("election.issue_ballots", ballots(house, 25));
    }
    SUBCASE("a mandate is lost") {
        congress::ask::ReviewCredentials supplement;
        supplement.findings.push_back({Hall::delegate(30), congress::Finding::invalid, "left the union"});
        house.must(supplement);
        CHECK(refused_as(house.act("election.issue_ballots", ballots(house, 25)), congress::Why::entitled_changed));
    }
    SUBCASE("the sitting is interrupted and goes on") {
        house.must(congress::ask::InterruptSitting{congress::Interruption::pause, same_text("Pause")});
        CHECK(refused_as(house.act("election.issue_ballots", ballots(house, 25)), congress::Why::sitting_interrupted));
        house.must(congress::ask::ResumeSitting{});
        CHECK(
            refused_as(house.act("election.issue_ballots", ballots(house, 25)), congress::Why::ballots_not_authorised));
        house.must("congress.measure_quorum", measure_quorum);
        house.must("election.issue_ballots", ballots(house, 25));
        house.must(congress::ask::InterruptSitting{congress::Interruption::pause, same_text("Pause")});
        CHECK(refused_as(house.act("election.collect_ballots", house.with_election({{"returned", 24}})),
                         congress::Why::sitting_interrupted));
    }
    SUBCASE("the sitting is closed, the hall empty") {
        house.must(congress::ask::CloseSitting{});
        CHECK(refused_as(house.act("election.issue_ballots", ballots(house, 25)), congress::Why::sitting_not_open));
    }
    SUBCASE("neither the sitting nor the day ends with the ballots out, or counted by nobody yet") {
        const congress::ask::InterruptSitting night{congress::Interruption::end_of_day, same_text("Good night.")};
        const auto go_on = [&](Why why) {
            for (const auto& refused : {house.act(congress::ask::CloseSitting{}), house.act(night)}) {
                REQUIRE(refused_as(refused, why));
                CHECK(refused.error().fact("body") == "committee");
            }
        };
        house.must("election.issue_ballots", ballots(house, 25));
        go_on(Why::ballots_out);
        house.must("election.collect_ballots", house.with_election({{"returned", 24}}));
        go_on(Why::ballots_uncounted);
        house.must("election.enter_count", house.sheet("t1"));
        house.must("election.enter_count", house.sheet("t2"));
        // They are counted while the sitting is interrupted.
        house.must(congress::ask::InterruptSitting{congress::Interruption::count_of_ballots, same_text("Stay close.")});
        house.must("election.compare_counts", house.with_election());
        CHECK(refused_as(house.act(congress::ask::CloseSitting{}), Why::ballots_uncounted));
        house.must("election.certify", house.with_election({{"scrutineers", JsonArray{"d11"}}}));
        house.must(congress::ask::CloseSitting{});
    }
}

TEST_CASE("an election follows the rules in force when its list is adopted, and they stand until its result does") {
    const congress::AdoptMeasure stricter{same_text("Two thirds"),
                                          "[threshold.election]\nfraction = [2, 3]\ncomparison = \"ge\"\n"};
    SmallCongress house;
    house.up_to_nomination();
    house.must("election.nominate", house.with_election({{"candidates", house.candidates()}}));
    SUBCASE("adopted after the election was prepared") {
        house.adopt("stricter", stricter);
        house.must("congress.put_question", house.list_question());
        house.declare("list");
        house.adopt("scrutineers", congress::ElectScrutineers{Hall::delegate(11), {Hall::delegate(11)}});
        house.must("election.appoint_tellers", officers(house, "d11", "Person 11"));
        house.issue();
        house.count();
        house.must("election.certify", house.with_election({{"scrutineers", JsonArray{"d11"}}}));
        CHECK(threshold(house) == 2);  // two thirds, not more than one half
    }
    SUBCASE("a list that the new rules do not admit is not put to the vote") {
        // Six candidates for five seats are enough by the pack; the measure wants two more than there are seats.
        house.adopt("surplus", congress::AdoptMeasure{same_text("Surplus"), "[surplus]\ncommittee = [30, 100]\n"});
        CHECK(refused_as(house.act("congress.put_question", house.list_question()), election::Why::surplus_too_small));
    }
    SUBCASE("put after the list was adopted") {
        house.must("congress.put_question", house.list_question());
        house.declare("list");
        const auto refused = house.act(Hall::question("stricter", stricter));
        REQUIRE(refused_as(refused, congress::Why::election_under_way));
        CHECK(refused.error().fact("body") == "committee");
        house.adopt("scrutineers", congress::ElectScrutineers{Hall::delegate(11), {Hall::delegate(11)}});
        house.must("election.appoint_tellers", officers(house, "d11", "Person 11"));
        house.issue();
        house.count();
        house.must("election.certify", house.with_election({{"scrutineers", JsonArray{"d11"}}}));
        CHECK(threshold(house) == 1);
        CHECK(refused_as(house.act(Hall::question("stricter", stricter)), congress::Why::election_under_way));
        house.must("congress.declare_result", house.with_election());
        house.must(Hall::question("stricter", stricter));
    }
}

TEST_CASE("those whom the congress elected watch, under their own names, and two tellers are two persons") {
    SmallCongress house;
    house.up_to_ballots();
    const auto appoint = [&](const Json& with) { return house.act("election.appoint_tellers", with); };
    CHECK(refused_as(appoint(officers(house, "d15", "Person 15")), Why::scrutineer_not_elected));
    CHECK(refused_as(appoint(officers(house, "x1", "Person 10")), Why::scrutineer_not_elected));
    const auto other_name = appoint(officers(house, "d10", "Somebody"));
    REQUIRE(refused_as(other_name, Why::person_named_otherwise));
    CHECK(other_name.error().fact("known") == "Person 10");
    CHECK(other_name.error().place.field == "scrutineers[0].name");
    CHECK(refused_as(appoint(officers(house, "d10", "Person 10", "Teller 1")), election::Why::officer_twice));
    CHECK(appoint(officers(house, "d10", "Person 10")));
}

TEST_CASE("who has left the hall neither watches nor counts nor signs") {
    SmallCongress house;
    house.up_to_ballots();
    const auto absent = [&](const Result<store::Receipt>& done, std::string_view field) {
        REQUIRE(refused_as(done, congress::Why::not_present));
        CHECK(done.error().fact("delegate") == "d10");
        CHECK(done.error().place.field == field);
    };
    house.must(congress::ask::Leave{Hall::delegate(10)});
    absent(house.act("election.appoint_tellers", officers(house, "d10", "Person 10")), "scrutineers[0]");
    auto by_delegate = officers(house, "d11", "Person 11");
    by_delegate.as_object()["tellers"].as_array()[0] = JsonObject{{"id", "d10"}, {"name", "Person 10"}};
    absent(house.act("election.appoint_tellers", by_delegate), "tellers[0]");
    house.must("congress.measure_quorum", measure_quorum);
    absent(house.act("election.show_box_empty", house.with_election({{"witnesses", JsonArray{"d11", "d10"}}})),
           "witnesses[1]");
    house.must("election.show_box_empty", house.with_election({{"witnesses", JsonArray{"d11"}}}));
    house.must("election.issue_ballots", ballots(house, 24));
    house.count();
    absent(house.act("election.certify", house.with_election({{"scrutineers", JsonArray{"d10", "d11"}}})),
           "scrutineers[0]");
    house.must(congress::ask::CheckIn{Hall::delegate(10), congress::CheckInMethod::card});
    house.must("election.certify", house.with_election({{"scrutineers", JsonArray{"d10", "d11"}}}));
}

TEST_CASE("who watches a ballot keeps the mandate until another was appointed or the count is over") {
    SmallCongress house;
    house.up_to_ballots();
    const auto recalled = [&](int number) {
        congress::ask::ReviewCredentials out;
        out.findings.push_back({Hall::delegate(30), congress::Finding::invalid, "left the union"});
        out.findings.push_back({Hall::delegate(number), congress::Finding::invalid, "left the union"});
        return house.act(out);
    };
    const auto refused = recalled(11);
    REQUIRE(refused_as(refused, Why::officer_in_function));
    CHECK(refused.error().fact("body") == "committee");
    CHECK(refused.error().place.field == "findings[1].delegate");
    SUBCASE("another is appointed before the box is shown") {
        house.must("election.appoint_tellers", officers(house, "d10", "Person 10"));
        REQUIRE(recalled(11));
    }
    SUBCASE("or the result is certified") {
        house.issue();
        house.count();
        CHECK(refused_as(recalled(11), Why::officer_in_function));
        house.must("election.certify", house.with_election({{"scrutineers", JsonArray{"d11"}}}));
        REQUIRE(recalled(11));
    }
}

TEST_CASE("a candidate who is a delegate stands under the name on the card") {
    SmallCongress house;
    house.up_to_nomination();
    auto list = house.candidates();
    list[2].as_object()["name"] = "Somebody";
    const auto refused = house.act("election.nominate", house.with_election({{"candidates", list}}));
    REQUIRE(refused_as(refused, Why::person_named_otherwise));
    CHECK(refused.error().place.field == "candidates[2].name");
}

TEST_CASE("a body has one election, and each round of it one that follows") {
    SmallCongress house;
    house.up_to_ballots();
    const auto twin = JsonObject{{"election", "twin"}, {"body", "committee"}};
    CHECK(refused_as(house.act("election.prepare", twin), Why::body_has_election));
    house.issue();
    // More came back than were issued: the round is void, and declared as such before it is repeated.
    house.must("election.collect_ballots", house.with_election({{"returned", 26}}));
    CHECK(refused_as(house.act("election.prepare", twin), Why::body_has_election));
    const auto again = [&](const std::string& id) {
        return house.act("election.prepare_next_round",
                         JsonObject{{"election", id}, {"after", house.election}, {"next", "repeat"}});
    };
    REQUIRE(again("second"));
    const auto refused = again("third");
    REQUIRE(refused_as(refused, Why::round_has_successor));
    CHECK(refused.error().fact("next") == "second");
    CHECK(refused_as(house.act("congress.measure_quorum",
                               JsonObject{{"occasion", "ballot_issue"}, {"body", "committee"}, {"round", 2}}),
                     congress::Why::result_not_due));
    house.must("congress.declare_result", house.with_election());
}
