// SPDX-License-Identifier: Apache-2.0
// Who is written in and elected is a person: a delegate where one is meant, and at the desk of the plenary either way.
#include <doctest/doctest.h>

#include "app/desk.h"
#include "app/office_for_tests.h"

using namespace plenum;
using namespace plenum::app;
using congress::Hall;

namespace {

struct WrittenIn : SmallCongress {
    /// d3, d4 and d5 of the list pass, and two of those written in, who have 19 and 18 of the 23 valid ballots.
    void up_to_check(const std::string& first, const std::string& second) {
        up_to_ballots();
        issue();
        must("election.collect_ballots", with_election({{"returned", 24}}));
        JsonArray votes;
        for (int i = 3; i <= 8; ++i) {
            const std::int64_t in_favour = i <= 5 ? 25 - i : 9 - i;
            votes.push_back(JsonObject{{"candidate", "d" + std::to_string(i)},
                                       {"in_favour", in_favour},
                                       {"against", 23 - in_favour},
                                       {"abstain", 0}});
        }
        const JsonArray write_ins{JsonObject{{"name", first}, {"votes", 19}},
                                  JsonObject{{"name", second}, {"votes", 18}}};
        for (const auto* teller : {"t1", "t2"})
            must("election.enter_count", with_election({{"teller", teller},
                                                        {"sheet", JsonObject{{"returned", 24},
                                                                             {"invalid", 1},
                                                                             {"illegal", 0},
                                                                             {"ignored", 0},
                                                                             {"votes", votes},
                                                                             {"write_ins", write_ins}}}}));
        must("election.compare_counts", with_election());
    }
    Result<store::Receipt> check(const std::string& name, JsonObject more = {}) {
        more["name"] = name;
        more["eligible"] = true;
        more["reason"] = "a member of the union";
        return act("election.check_write_in", with_election(std::move(more)));
    }
    void declare() {
        must("election.certify", with_election({{"scrutineers", JsonArray{"d11"}}}));
        must("congress.declare_result", with_election());
    }
    std::vector<desk::Delegate> electors() const {
        std::vector<desk::Delegate> out;
        REQUIRE(office->read(id, [&](const Books& books, const congress::Congress& state) {
            for (const auto& row : desk::delegates_of(books, state, 0, {}).rows)
                if (row.elector) out.push_back(row);
        }));
        return out;
    }
};

}  // namespace

TEST_CASE("a delegate who was written in and elected checks in under his own id, and another by his name") {
    WrittenIn house;
    house.up_to_check("Person 20", "Outsider");
    REQUIRE(house.check("Person 20"));
    REQUIRE(house.check("Outsider"));
    house.declare();
    const auto members = house.of_congress(
        [](const congress::Congress& congress) { return congress.find_body("committee")->members(); });
    REQUIRE(members.size() == 5);
    CHECK(members[3].id == "d20");
    CHECK(members[3].name == "Person 20");
    CHECK(members[4].id == "c5-committee-write-in-1-1");
    CHECK(members[4].name == "Outsider");

    house.must(congress::ask::InterruptSitting{congress::Interruption::pause, same_text("The committee meets.")});
    house.must(Hall::first_plenary());
    const auto rows = house.electors();
    REQUIRE(rows.size() == 5);
    CHECK(house.of_congress([](const congress::Congress& congress) { return congress.electors(); }) == 5);
    CHECK(rows.back().id == "c5-committee-write-in-1-1");
    CHECK(rows.back().name == "Outsider");
    CHECK_FALSE(rows.back().delegate);
    house.must(congress::ask::CheckIn{Hall::delegate(20), congress::CheckInMethod::card});
    house.must(congress::ask::CheckIn{{rows.back().id}, congress::CheckInMethod::manual});
    CHECK(house.electors().back().present);
    const auto gathering = house.view();
    std::int64_t entitled = 0, present = 0;
    for (const auto& each : gathering.at("gathering").at("delegations").as_array()) {
        entitled += each.at("entitled").as_int64();
        present += each.at("present").as_int64();
    }
    CHECK(entitled == 5);
    CHECK(present == 2);
    const auto again = house.act(congress::ask::CheckIn{{rows.back().id}, congress::CheckInMethod::manual});
    REQUIRE(refused_as(again, congress::Why::already_checked_in));
    CHECK(sentence_of(Language::en, again.error()).find("Outsider") != std::string::npos);
    // Chair and vice chairs come from among them.
    house.must(congress::ask::CheckIn{Hall::delegate(3), congress::CheckInMethod::card});
    house.must(congress::ask::CheckIn{Hall::delegate(4), congress::CheckInMethod::card});
    house.must(congress::ask::OpenSitting{Hall::delegate(20)});
    house.must(congress::ask::CloseSitting{});
    CHECK(house.electors().size() == 30);
}

TEST_CASE("a name that does not tell which delegate is meant is asked about") {
    WrittenIn house;
    house.up_to_check("Person 20 (West Shop)", "Person 21");
    const auto which = house.check("Person 20 (West Shop)");  // d2 or d20?
    REQUIRE(refused_as(which, Why::write_in_ambiguous));
    CHECK(which.error().fact("names").find("d20 Person 20") != std::string::npos);
    CHECK(which.error().place.field == "person");
    CHECK(refused_as(house.check("Person 20 (West Shop)", {{"person", "d20"}, {"no_delegate", true}}),
                     Why::write_in_ambiguous));
    CHECK(refused_as(house.check("Person 20 (West Shop)", {{"person", "d31"}}), congress::Why::not_a_delegate));
    CHECK(refused_as(house.check("Person 20 (West Shop)", {{"person", "d21"}}), Why::person_named_otherwise));
    CHECK(refused_as(house.check("Person 21", {{"person", "d22"}}), Why::person_named_otherwise));
    REQUIRE(house.check("Person 20 (West Shop)", {{"person", "d20"}}));
    SUBCASE("no two that were written in are one person") {
        REQUIRE(house.check("Person 21"));
        house.declare();
        const auto members = house.of_congress(
            [](const congress::Congress& congress) { return congress.find_body("committee")->members(); });
        CHECK(members[3].id == "d20");
        CHECK(members[3].name == "Person 20");  // as on the card
        CHECK(members[4].id == "d21");
    }
    SUBCASE("and a namesake of a delegate need not be one") {
        REQUIRE(house.check("Person 21", {{"no_delegate", true}}));
        house.declare();
        CHECK(house
                  .of_congress(
                      [](const congress::Congress& congress) { return congress.find_body("committee")->members(); })[4]
                  .id == "c5-committee-write-in-1-2");
    }
}

TEST_CASE("nobody is elected twice: one person is written in once, and not beside his own name on the list") {
    WrittenIn house;
    house.up_to_check("Person 20 (West Shop)", "Person 20, West Shop");
    REQUIRE(house.check("Person 20 (West Shop)", {{"person", "d20"}}));
    CHECK(refused_as(house.check("Person 20, West Shop", {{"person", "d20"}}), Why::write_in_person_taken));
    REQUIRE(house.check("Person 20, West Shop", {{"no_delegate", true}}));

    WrittenIn listed;
    listed.up_to_check("Person 3 of the list", "Outsider");
    CHECK(refused_as(listed.check("Person 3 of the list", {{"person", "d3"}}), Why::write_in_person_taken));
}
