// SPDX-License-Identifier: Apache-2.0
// What follows where the union above does not approve a result: domain sheet 19, R2016 Art. 28.
#include "base/texts.h"
#include "congress/hall_for_tests.h"
#include "congress/sentences.h"

using namespace plenum;
using namespace plenum::congress;

namespace {

struct Refused : Hall {
    const BodyRecord& body(const std::string& name = "committee") const { return *congress.find_body(name); }
    void elect_committee() {
        up_to_ballots();
        must(ask::MeasureQuorum{QuorumOccasion::ballot_issue, "committee", 1});
        must(ask::DeclareResult{result()});
    }
    void submit(const std::string& name, bool granted, const std::string& reply = "No. 8") {
        must(ask::SendRequest{Matter::results, "higher_union", name, "No. 7"});
        must(ask::RecordReply{Matter::results, "higher_union", name, granted, reply});
    }
    /// Elects the committee anew with its item called: d3, d4, d5, d12 and d13 of six.
    void elect_anew() {
        consent(Matter::candidates, "committee");
        must(ask::CallItem{{"election"}});
        adopt("list-anew", list_of("committee", 5, {3, 4, 5, 12, 13, 14}), ItemId{"election"});
        elect("committee");
    }
    /// The first plenary of the committee has elected d3 as chair, d5 and d6 as vice chairs; the congress is
    /// interrupted.
    void up_to_offices() {
        up_to_plenary();
        plenary();
        adopt_in_plenary("chair", list_of("chair", 1, {3}));
        elect("chair");
        adopt_in_plenary("vice", list_of("vice_chair", 2, {5, 6}));
        elect("vice_chair");
        must(ask::CloseSitting{});
    }
    std::string told() const { return sentence_of(congress, history.back().event).en; }
};

}  // namespace

TEST_CASE("a body whose result was not approved is elected anew, from the consent to its candidates on") {
    Refused hall;
    hall.elect_committee();
    CHECK(refused_as(hall.ask(ask::CallNewElection{"committee"}), Why::result_not_refused));
    CHECK(refused_as(hall.ask(ask::CallNewElection{"poets"}), Why::body_unknown));
    hall.must(ask::SendRequest{Matter::results, "higher_union", "committee", "No. 7"});
    CHECK(refused_as(hall.ask(ask::CallNewElection{"committee"}), Why::result_not_refused));
    hall.must(ask::RecordReply{Matter::results, "higher_union", "committee", false, "No. 8"});
    // Nothing is built on what was refused.
    CHECK(refused_as(hall.ask(ask::SendRequest{Matter::results, "higher_union", "committee", "No. 9"}),
                     Why::result_refused));
    CHECK(refused_as(hall.ask(Hall::question("l", Hall::list_of("committee", 5, {3, 4, 5, 6, 7, 8}))),
                     Why::result_refused));
    CHECK(refused_as(hall.ask(ask::MeasureQuorum{QuorumOccasion::ballot_issue, "committee", 2}), Why::result_refused));
    CHECK(refused_as(hall.ask(ask::DeclareResult{hall.result()}), Why::result_refused));
    CHECK(refused_as(hall.ask(Hall::question("r", ReduceSeats{"committee", 4})), Why::result_refused));
    hall.must(Hall::question("motion", AdoptMotion{}));
    CHECK(refused_as(hall.ask(ask::CallNewElection{"committee"}), Why::question_already_open));
    hall.must(ask::WithdrawQuestion{{"motion"}});

    hall.must(ask::CallNewElection{"committee"});
    CHECK(hall.told() ==
          "The Invented City Federation did not approve the result for the Second Committee (No. 8): it is elected "
          "anew.");
    CHECK(hall.body().state == BodyState::vacant);
    CHECK(hall.body().filled == 0);
    CHECK(body_state_name(hall.congress, hall.body()).en == "to be elected anew");
    CHECK_FALSE(hall.congress.find_item({"election"})->done);
    CHECK(refused_as(hall.ask(ask::CallNewElection{"committee"}), Why::result_not_refused));
    CHECK(refused_as(hall.ask(ask::RecordReply{Matter::results, "higher_union", "committee", true, "No. 10"}),
                     Why::request_already_refused));
    CHECK(refused_as(hall.ask(ask::DeclareResult{hall.result()}), Why::item_not_called));
    CHECK(refused_as(hall.ask(ask::CloseCongress{}), Why::items_open));
    hall.must(ask::CallItem{{"election"}});
    CHECK(refused_as(hall.ask(Hall::question("l", Hall::list_of("committee", 5, {3, 4, 5, 6, 7, 8}))),
                     Why::candidates_not_approved));
    CHECK(refused_as(hall.ask(ask::DeclareResult{hall.result()}), Why::list_not_adopted));
    hall.must(ask::CallItem{{"resolution"}});

    hall.elect_anew();
    CHECK(hall.body().state == BodyState::pending_approval);
    CHECK(hall.body().members().size() == 5);
    CHECK(hall.body().has_member("d12"));
    CHECK_FALSE(hall.body().has_member("d7"));
    REQUIRE(hall.body().former.size() == 1);
    CHECK(hall.body().former.front().members().back().id == "d7");
    CHECK(hall.body().has_declared(std::string(64, 'c')));
    CHECK(hall.body().has_declared(std::string(64, 'e')));
    hall.submit("committee", true, "No. 12");
    CHECK(hall.body().state == BodyState::approved);

    SUBCASE("minutes and communique tell the result that was refused and the one that stands") {
        for (const auto language : all_languages)
            for (const auto& paper :
                 {minutes(hall.history, {}, "h", language), communique(hall.history, "h", language)}) {
                const auto told = markdown_from(paper);
                // Who was elected the first time only, and who the second time; both certificates; the reply.
                for (const auto* each : {"Person 7", "Person 12", "No. 8"}) CHECK(told.find(each) != std::string::npos);
                CHECK(told.find(std::string(64, 'c')) != std::string::npos);
                CHECK(told.find(std::string(64, 'e')) != std::string::npos);
                CHECK(told.find('{') == std::string::npos);
            }
        const auto news = markdown_from(communique(hall.history, "h", Language::en));
        CHECK(news.find("elected, approved by the Invented City Federation") < news.find("Person 12"));
        CHECK(news.find("Person 12") < news.find("did not approve it (No. 8)"));
        CHECK(news.find("did not approve it (No. 8)") < news.find("Person 7"));
    }
    SUBCASE("replaying what was written gives the same congress") {
        Congress replayed;
        for (const auto& each : hall.history) {
            const auto written = write_kind(each.event);
            const auto event = read_kind<Event>(
                written.kind, written.personal ? join_parts(written.body, *written.personal) : written.body);
            REQUIRE(event);
            replayed = evolve(std::move(replayed), *event, each.at);
        }
        CHECK(replayed.find_body("committee")->former.size() == 1);
        CHECK(replayed.find_body("committee")->has_member("d12"));
        CHECK(replayed.find_body("committee")->state == BodyState::approved);
    }
    SUBCASE("it may be refused a second time") {
        Refused again;
        again.elect_committee();
        again.submit("committee", false);
        again.must(ask::CallNewElection{"committee"});
        again.elect_anew();
        again.submit("committee", false, "No. 18");
        again.must(ask::CallNewElection{"committee"});
        CHECK(again.body().former.size() == 2);
        CHECK(again.body().former.back().reply == "No. 18");
    }
}

TEST_CASE("whom a committee had elected falls with it, and its new members meet for the first time") {
    Refused hall;
    hall.up_to_offices();
    hall.submit("committee", false);
    CHECK(refused_as(hall.ask(ask::CallNewElection{"chair"}), Why::result_not_refused));
    hall.must(ask::SendRequest{Matter::results, "higher_union", "chair", "No. 17"});
    hall.must(ask::CallNewElection{"committee"});
    CHECK(hall.told().ends_with("Chair, Vice Chairs."));
    for (const auto* office : {"chair", "vice_chair"}) {
        CHECK(hall.body(office).state == BodyState::vacant);
        CHECK(hall.body(office).former.back().fell_with == "committee");
        CHECK(hall.body(office).former.back().plenary->opened.present == 4);
    }
    // What had been submitted of them is answered by nobody any more.
    CHECK(refused_as(hall.ask(ask::RecordReply{Matter::results, "higher_union", "chair", true, "No. 20"}),
                     Why::party_not_asked));
    hall.must(ask::ResumeSitting{});
    hall.elect_anew();
    for (const auto* office : {"chair", "vice_chair"}) hall.consent(Matter::candidates, office);
    hall.must(ask::InterruptSitting{Interruption::pause, same_text("The Second Committee meets.")});
    auto plenary = Hall::first_plenary();
    plenary.sitting = {"first-of-the-new"};
    hall.must(plenary);
    CHECK(hall.congress.sitting.number == 1);
    CHECK(hall.congress.sitting.members.contains(Hall::delegate(12)));
    CHECK_FALSE(hall.congress.sitting.members.contains(Hall::delegate(7)));
    for (const int member : {3, 4, 5, 12}) hall.must(ask::CheckIn{Hall::delegate(member), CheckInMethod::card});
    hall.must(ask::OpenSitting{Hall::delegate(12)});
    hall.must(Hall::question("watch-anew", ElectScrutineers{Hall::delegate(4), {Hall::delegate(4)}}));
    hall.must(ask::DeclareVote{{"watch-anew"}, 4, 0, 0});
    CHECK(refused_as(hall.ask(Hall::question("old", Hall::list_of("chair", 1, {7}))), Why::candidate_not_a_member));
    hall.adopt_in_plenary("chair-anew", Hall::list_of("chair", 1, {12}));
    hall.elect("chair");
    hall.must(ask::CloseSitting{});
    hall.must(ask::ResumeSitting{});
    hall.must(ask::AnnouncePlenary{"committee"});
    CHECK(hall.told().find("first plenary") != std::string::npos);
    CHECK(hall.told().find("Person 12") != std::string::npos);
    for (const auto language : all_languages) {
        const auto news = markdown_from(communique(hall.history, "h", language));
        CHECK(news.find("Person 6") != std::string::npos);  // who had the chair of the plenary before
        CHECK(news.find('{') == std::string::npos);
    }
}

TEST_CASE("where only an office is elected anew, the members who elect it meet again, and no other office falls") {
    Refused hall;
    hall.up_to_offices();
    hall.must(ask::ResumeSitting{});
    hall.must(ask::AnnouncePlenary{"committee"});
    hall.submit("vice_chair", true);
    hall.submit("chair", false);
    hall.must(ask::CallNewElection{"chair"});
    CHECK(hall.body("vice_chair").state == BodyState::approved);
    CHECK(hall.body().state == BodyState::pending_approval);
    hall.consent(Matter::candidates, "chair");
    hall.must(ask::InterruptSitting{Interruption::pause, same_text("The Second Committee meets again.")});
    auto plenary = Hall::first_plenary();
    plenary.sitting = {"second-committee"};
    hall.must(plenary);
    CHECK(hall.congress.sitting.number == 2);
    for (const int member : {3, 4, 5, 6}) hall.must(ask::CheckIn{Hall::delegate(member), CheckInMethod::card});
    hall.must(ask::OpenSitting{Hall::delegate(5)});
    hall.must(Hall::question("watch-anew", ElectScrutineers{Hall::delegate(4), {Hall::delegate(4)}}));
    hall.must(ask::DeclareVote{{"watch-anew"}, 4, 0, 0});
    hall.adopt_in_plenary("chair-anew", Hall::list_of("chair", 1, {7}));
    hall.elect("chair");
    hall.must(ask::CloseSitting{});
    plenary.sitting = {"third-committee"};
    CHECK(refused_as(hall.ask(plenary), Why::plenary_already_held));
    hall.must(ask::ResumeSitting{});
    hall.must(ask::AnnouncePlenary{"committee"});
    CHECK(hall.told() ==
          "The congress is told whom the further plenary of the Second Committee has elected: Chair: "
          "Person 7.");
    const auto news = markdown_from(communique(hall.history, "h", Language::en));
    CHECK(news.find("a further plenary of the Second Committee") != std::string::npos);
    CHECK(news.find("Person 5 presided") < news.find("did not approve it (No. 8)"));
}

TEST_CASE("a closed congress elects nobody anew: a further session does") {
    Refused hall;
    hall.elect_committee();
    hall.submit("committee", false);
    for (const auto* item : {"report", "resolution"}) {
        hall.must(ask::CallItem{{item}});
        if (std::string_view(item) == "report") {
            hall.must(ask::LayDocument{ItemId{"report"}, same_text("Work report"), "en", "text"});
            hall.must(
                ask::HearReport{{"report"}, "Person 1", Delivery::in_writing, hall.congress.documents.begin()->first});
        }
        hall.must(ask::ConcludeItem{{item}});
    }
    hall.must(ask::CallItem{{"women"}});
    hall.must(Hall::nomination());
    hall.submit("womens_committee", true);
    hall.must(ask::CloseCongress{});
    CHECK(phase_of(hall.congress) == "closed");  // and not "approved"
    const auto refused = hall.ask(ask::CallNewElection{"committee"});
    CHECK(refused_as(refused, Why::new_election_after_close));
    CHECK(hall.body().state == BodyState::refused);
    for (const auto language : all_languages)
        CHECK(markdown_from(communique(hall.history, "h", language))
                  .find(body_state_name(hall.congress, hall.body()).in(language)) != std::string::npos);
}

TEST_CASE("who was nominated and refused is nominated anew, and both are told") {
    Refused hall;
    hall.up_to_ballots();
    hall.must(ask::CallItem{{"women"}});
    auto ask = Hall::nomination();
    hall.must(ask);
    CHECK(refused_as(hall.ask(ask), Why::body_already_filled));
    hall.submit("womens_committee", false);
    CHECK(refused_as(hall.ask(ask::CallNewElection{"womens_committee"}), Why::new_election_by_nomination));
    ask.members[1].name = "Person 25";
    ask.document = "No. 19";
    hall.must(ask);
    CHECK(hall.body("womens_committee").state == BodyState::pending_approval);
    REQUIRE(hall.body("womens_committee").former.size() == 1);
    hall.submit("womens_committee", true);
    CHECK(hall.body("womens_committee").state == BodyState::approved);
    for (const auto language : all_languages) {
        const auto news = markdown_from(communique(hall.history, "h", language));
        CHECK(news.find("Person 25") < news.find("No. 8"));
        CHECK(news.find("No. 8") < news.find("Person 21"));
        CHECK(news.find("Person 21") != std::string::npos);
    }
}

TEST_CASE("seats that had been reduced are those of the plan again") {
    Refused hall;
    hall.up_to_ballots();
    hall.must(ask::MeasureQuorum{QuorumOccasion::ballot_issue, "committee", 1});
    auto result = hall.result();
    result.rows[4].elected = false;
    result.open = 1;
    result.next = {"further_election", "reduce_seats"};
    hall.must(ask::DeclareResult{result});
    hall.adopt("fewer", ReduceSeats{"committee", 4});
    REQUIRE(hall.body().body.seats == 4);
    hall.submit("committee", false);
    hall.must(ask::CallNewElection{"committee"});
    CHECK(hall.body().body.seats == 5);
    CHECK(hall.body().reduced_from == 0);
}
