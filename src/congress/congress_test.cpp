// SPDX-License-Identifier: Apache-2.0
#include "congress/congress.h"

#include <doctest/doctest.h>

#include "congress/hall_for_tests.h"
#include "congress/sentences.h"

using namespace plenum;
using namespace plenum::congress;

TEST_CASE("every refusal of the congress has a sentence in three languages") {
    for (const auto& each : congress::all_refusals)
        for (const auto language : all_languages) {
            CAPTURE(each.name);
            CHECK(has_text(language, "refusal." + std::string(each.name)));
        }
}

TEST_CASE("a congress is numbered by term and session, or by congress") {
    CHECK(title_of({NumberingStyle::term_and_session, 2, 1}).zh_hans == "第二届第一次会员代表大会");
    CHECK(title_of({NumberingStyle::term_and_session, 2, 1}).zh_hant == "第二屆第一次會員代表大會");
    CHECK(title_of({NumberingStyle::term_and_session, 12, 3}).zh_hans == "第十二届第三次会员代表大会");
    CHECK(title_of({NumberingStyle::congress_number, 8, 1}).zh_hans == "第八次代表大会");
    CHECK(title_of({NumberingStyle::congress_number, 8, 1}).en == "Eighth Congress");
    CHECK(title_of({NumberingStyle::term_and_session, 2, 1}).en == "Second Congress, First Session");
    CHECK(term_of({NumberingStyle::term_and_session, 21, 1}).zh_hans == "第二十一届");
}

TEST_CASE("a plan outside the tables of the pack is refused with the place and the numbers") {
    struct Row {
        std::function<void(ask::Plan&)> change;
        Why why;
        std::string_view field;
    };
    for (const auto& [change, why, field] : {
             Row{[](auto& plan) { plan.delegates = 41; }, Why::size_not_allowed, "delegates"},
             Row{[](auto& plan) { plan.bodies[0].seats = 9; }, Why::size_not_allowed, "bodies[0].seats"},
             Row{[](auto& plan) { plan.bodies[1].seats = 2; }, Why::size_not_allowed, "bodies[1].seats"},
             Row{[](auto& plan) { plan.bodies.push_back(plan.bodies[0]); }, Why::body_named_twice, "bodies[5]"},
             Row{[](auto& plan) {
                     plan.ends_on = {2026, 11, 17};
                 },
                 Why::plan_impossible, "ends_on"},
             Row{[](auto& plan) { plan.women_members = 121; }, Why::plan_impossible, "women_members"},
             Row{[](auto& plan) {
                     plan.ends_on = {2027, 1, 17};  // the sixty-first day
                 },
                 Why::congress_too_long, "ends_on"},
             Row{[](auto& plan) { plan.utc_offset_minutes = 1; }, Why::plan_impossible, "utc_offset_minutes"},
             Row{[](auto& plan) { plan.utc_offset_minutes = 855; }, Why::plan_impossible, "utc_offset_minutes"},
             Row{[](auto& plan) { plan.utc_offset_minutes = -735; }, Why::plan_impossible, "utc_offset_minutes"},
             Row{[](auto& plan) { plan.women_members = 2; }, Why::seats_exceed_eligible, "bodies[2].seats"},
             Row{[](auto& plan) { plan.numbering.term = 0; }, Why::plan_impossible, "numbering.term"},
             Row{[](auto& plan) {
                     plan.numbering = {NumberingStyle::congress_number, 8, 2};
                 },
                 Why::plan_impossible, "numbering.session"},
         }) {
        auto plan = Hall::plan();
        change(plan);
        const auto events = decide({}, plan, {});
        REQUIRE_FALSE(events);
        CAPTURE(events.error().name());
        CHECK(refused_as(events, why));
        CHECK(events.error().place.field == field);
    }
    auto four_years = Hall::plan();
    four_years.term_years = 4;  // three or five, not four (Trade Union Law Art. 16)
    CHECK(refused_as(decide({}, four_years, {}), rules::Why::term_not_allowed));
    Hall hall;
    hall.must(Hall::plan());
    CHECK(refused_as(hall.ask(Hall::plan()), Why::already_planned));
}

TEST_CASE("nothing goes on before each value that nobody could verify is confirmed by name") {
    Hall hall;
    hall.must(Hall::plan());
    const auto count = hall.congress.unconfirmed.size();
    REQUIRE(count > 20);
    CHECK(
        refused_as(hall.ask(ask::SendRequest{Matter::holding, "higher_union", "", "No. 5"}), Why::pack_not_confirmed));
    CHECK(refused_as(hall.ask(ask::ConfirmValues{{"threshold.election.nonsense"}}), Why::value_not_unverified));
    const std::string first = *hall.congress.unconfirmed.begin();
    CHECK(refused_as(hall.ask(ask::ConfirmValues{{first, first}}), Why::value_already_confirmed));
    hall.must(ask::ConfirmValues{{first}});
    CHECK(hall.congress.unconfirmed.size() == count - 1);
    CHECK(refused_as(hall.ask(ask::ConfirmValues{{first}}), Why::value_already_confirmed));
    const auto still = hall.ask(ask::SendRequest{Matter::holding, "higher_union", "", "No. 5"});
    REQUIRE_FALSE(still);
    CHECK(still.error().fact("count") == std::to_string(count - 1));
    hall.confirm();
    hall.must(ask::SendRequest{Matter::holding, "higher_union", "", "No. 5"});
}

TEST_CASE("seats are allocated only once all who must consent have consented") {
    Hall hall;
    hall.must(Hall::plan());
    hall.confirm();
    const ask::Allocate allocation{AllocationMethod::stated, 1, Hall::units()};
    CHECK(refused_as(hall.ask(allocation), Why::holding_not_approved));
    CHECK(refused_as(hall.ask(ask::RecordReply{Matter::holding, "higher_union", "", true, "No. 6"}),
                     Why::party_not_asked));
    CHECK(refused_as(hall.ask(ask::SendRequest{Matter::holding, "the_neighbours", "", "No. 5"}), Why::nobody_to_ask));
    hall.must(ask::SendRequest{Matter::holding, "higher_union", "", "No. 5"});
    CHECK(refused_as(hall.ask(ask::SendRequest{Matter::holding, "higher_union", "", "No. 5"}),
                     Why::request_already_sent));
    hall.must(ask::RecordReply{Matter::holding, "higher_union", "", false, "No. 6"});
    CHECK(refused_as(hall.ask(allocation), Why::holding_not_approved));
    hall.must(ask::SendRequest{Matter::holding, "higher_union", "", "No. 7"});  // asked again after a refusal
    hall.must(ask::RecordReply{Matter::holding, "higher_union", "", true, "No. 8"});
    CHECK(refused_as(hall.ask(ask::SendRequest{Matter::holding, "higher_union", "", "No. 9"}),
                     Why::request_already_granted));
    CHECK(refused_as(hall.ask(allocation), Why::holding_not_approved));
    hall.must(ask::SendRequest{Matter::holding, "party_same_level", "", "No. 5"});
    hall.must(ask::RecordReply{Matter::holding, "party_same_level", "", true, "No. 6"});
    hall.must(allocation);
    CHECK(refused_as(hall.ask(allocation), Why::allocation_already_made));
}

TEST_CASE("an allocation adds up to the delegates planned and the members there are") {
    const auto with = [](auto change) {
        Hall hall;
        hall.must(Hall::plan());
        hall.confirm();
        hall.consent(Matter::holding);
        ask::Allocate allocation{AllocationMethod::stated, 1, Hall::units()};
        change(allocation);
        return hall.ask(allocation);
    };
    CHECK(refused_as(with([](auto& ask) { ask.units[0].seats = 18; }), Why::allocation_does_not_add_up));
    CHECK(refused_as(with([](auto& ask) { ask.units[0].members = 71; }), Why::allocation_does_not_add_up));
    CHECK(refused_as(with([](auto& ask) { ask.units[1].id = ask.units[0].id; }), Why::unit_named_twice));
    CHECK(refused_as(with([](auto& ask) { ask.units[1].members = 0; }), Why::unit_numbers_impossible));
    CHECK(refused_as(with([](auto& ask) { ask.minimum = 14; }), Why::unit_numbers_impossible));
    CHECK(with([](auto& ask) {
        ask.method = AllocationMethod::largest_remainder;  // 70 and 50 of 120 members: 17.5 and 12.5 of 30 seats
        ask.units[0].members = 71;
        ask.units[1].members = 49;
    }));
}

TEST_CASE("a pack that says nothing of how units elect leaves it to them, and one that leaves it open does not") {
    const auto reported = [](const std::string& pack, std::string more) {
        Hall hall;
        auto plan = Hall::plan();
        plan.pack = "own";
        plan.term_years = 4;
        plan.bodies = {{"committee", same_text("Executive"), 5}};
        plan.pack_texts["own"] = "[pack]\nid = \"own\"\nschema = 1\nstatus = \"confirmed\"\ninherits = \"" + pack +
                                 "\"\ntitle = { zh-Hans = \"甲\", zh-Hant = \"乙\", en = \"c\" }\n" + std::move(more);
        hall.must(plan);
        hall.confirm();
        hall.must(ask::Allocate{AllocationMethod::stated, 1, Hall::units()});
        auto report = Hall::unit_election(Hall::units()[0], 1);
        report.participating = 19;
        report.least_votes = 1;
        report.candidates = 17;
        return hall.ask(report);
    };
    CHECK(reported("de-bundeskongress", ""));
    CHECK(refused_as(reported("de-bundeskongress", "[delegates]\nunit_quorum = [2, 3]\n"), Why::unit_quorum_missed));
    CHECK(refused_as(
        reported("de-bundeskongress", "[delegates]\nunit_threshold = \"more_than_half_of_all_unit_members\"\n"),
        Why::unit_votes_too_few));
    CHECK(refused_as(reported("de-bundeskongress", "[surplus]\ndelegate = [15, 100]\n"), Why::unit_list_too_short));
    // What a pack empties by name is to be stated by somebody, not left to the units.
    CHECK(refused_as(reported("de-bundeskongress", "[delegates]\nunit_quorum = \"unset\"\n"), rules::Why::undecided));
}

TEST_CASE(
    "where those enrolled are the base, who has registered counts, also after leaving, and who never came does not") {
    Hall hall;
    auto plan = Hall::plan();
    plan.pack = "own";
    plan.pack_texts["own"] =
        "[pack]\nid = \"own\"\nschema = 1\nstatus = \"confirmed\"\ninherits = \"cn-grassroots-2016\"\n"
        "title = { zh-Hans = \"甲\", zh-Hant = \"乙\", en = \"c\" }\n[quorum.ordinary]\nof = \"enrolled\"\nfraction = "
        "[1, 2]\n"
        "comparison = \"gt\"\n";
    hall.prepare(plan);
    hall.doors(SittingKind::preparatory, false, 17);
    CHECK(hall.congress.enrolled.size() == 17);
    CHECK(quorum_now(hall.congress)->required == 9);  // of 30 entitled it would be 16
    for (int i = 2; i <= 9; ++i) hall.must(ask::Leave{Hall::delegate(i)});
    CHECK(hall.congress.sitting.present.size() == 9);
    CHECK(quorum_now(hall.congress)->required == 9);
    CHECK(quorum_now(hall.congress)->met);
    hall.must(ask::Leave{Hall::delegate(10)});
    CHECK_FALSE(quorum_now(hall.congress)->met);
    CHECK(refused_as(hall.ask(ask::OpenSitting{Hall::delegate(1)}), Why::no_quorum));
    hall.must(ask::CheckIn{Hall::delegate(18), CheckInMethod::card});
    CHECK(quorum_now(hall.congress)->out_of == 18);
    // Who is found to hold no mandate is enrolled no longer.
    hall.must(ask::ReviewCredentials{{{Hall::delegate(3), Finding::invalid, "moved away"}}});
    CHECK(quorum_now(hall.congress)->out_of == 17);
}

TEST_CASE("the report of a unit's election is checked by the pack") {
    struct Row {
        std::function<void(ask::ReportUnitElection&)> change;
        Why why;
    };
    for (const auto& [change, why] : {
             Row{[](auto& ask) { ask.participating = 46; }, Why::unit_quorum_missed},  // two thirds of 70 are 47
             Row{[](auto& ask) { ask.least_votes = 35; }, Why::unit_votes_too_few},  // half of 70 is not more than half
             Row{[](auto& ask) { ask.candidates = 19; }, Why::unit_list_too_short},  // 15 % of 17 are 2.55: 20 names
             Row{[](auto& ask) { ask.delegates.pop_back(); }, Why::unit_quota_not_met},
             Row{[](auto& ask) { ask.delegates[3].id = ask.delegates[4].id; }, Why::delegate_named_twice},
             Row{[](auto& ask) { ask.delegates[3].name = ""; }, Why::person_missing},
             Row{[](auto& ask) { ask.unit = {"north"}; }, Why::unit_unknown},
             Row{[](auto& ask) { ask.electors = 71; }, Why::unit_numbers_impossible},
             Row{[](auto& ask) { ask.candidates = 71; }, Why::unit_numbers_impossible},
             Row{[](auto& ask) { ask.delegates[3].birth = "2010-12"; }, Why::delegate_too_young},
             Row{[](auto& ask) { ask.delegates[3].birth = "2010-11-19"; }, Why::delegate_too_young},
             Row{[](auto& ask) { ask.least_votes = ask.participating + 1; }, Why::unit_numbers_impossible},
         }) {
        Hall hall;
        hall.must(Hall::plan());
        hall.confirm();
        hall.consent(Matter::holding);
        hall.must(ask::Allocate{AllocationMethod::stated, 1, Hall::units()});
        auto ask = Hall::unit_election(Hall::units()[0], 1);
        change(ask);
        const auto refused = hall.ask(ask);
        REQUIRE_FALSE(refused);
        CAPTURE(refused.error().name());
        CHECK(refused_as(refused, why));
        CHECK(hall.congress.mandates.empty());
    }
}

TEST_CASE("a delegate may be sixteen on the first day of the congress, and no older age is asked") {
    Hall hall;
    hall.must(Hall::plan());
    hall.confirm();
    hall.consent(Matter::holding);
    hall.must(ask::Allocate{AllocationMethod::stated, 1, Hall::units()});
    auto ask = Hall::unit_election(Hall::units()[0], 1);
    ask.delegates[3].birth = "2010-11-18";
    ask.delegates[4].birth = "2010-11";  // of a month the first day
    hall.must(ask);
}

TEST_CASE("a unit corrects its report until the credentials report is adopted, and what it says is reviewed anew") {
    Hall hall;
    hall.prepare();
    REQUIRE(hall.congress.entitled == 30);
    // A delegate of the other unit is no delegate of this one.
    CHECK(refused_as(hall.ask(Hall::unit_election(Hall::units()[0], 18)), Why::delegate_named_twice));
    auto corrected = Hall::unit_election(Hall::units()[0], 31);
    corrected.delegates[16] = Hall::unit_election(Hall::units()[0], 1).delegates[5];
    hall.must(corrected);
    CHECK(sentence_of(hall.congress, hall.history.back().event).en.find("corrects its report") != std::string::npos);
    CHECK(hall.congress.entitled == 13);
    CHECK_FALSE(hall.congress.mandates.contains(Hall::delegate(1)));
    CHECK(hall.congress.mandates.at(Hall::delegate(6)).awaits_finding());
    CHECK(hall.congress.mandates.size() == 30);
    const ask::OpenCheckIn doors{{"s1"}, SittingKind::preparatory, same_text("sitting"), false};
    CHECK(refused_as(hall.ask(doors), Why::credentials_not_reviewed));
    hall.review_all();
    CHECK(hall.congress.entitled == 30);
    hall.must(doors);
    CHECK(refused_as(hall.ask(corrected), Why::unit_already_reported));
}

TEST_CASE("a mandate that ended gives no seat, and its unit elects to the vacant one") {
    Hall hall;
    hall.up_to_ballots();
    const auto dead = Hall::delegate(25);  // of the West Shop, and present
    CHECK(refused_as(hall.ask(ask::EndMandate{Hall::delegate(1), MandateEnd::resigned}), Why::chair_presides));
    CHECK(refused_as(hall.ask(ask::EndMandate{Hall::delegate(31), MandateEnd::resigned}), Why::not_a_delegate));
    hall.must(ask::EndMandate{dead, MandateEnd::died});
    CHECK(sentence_of(hall.congress, hall.history.back().event).en ==
          "The mandate of Person 25 ends (died); 29 delegates are entitled.");
    CHECK(hall.congress.entitled == 29);
    CHECK_FALSE(hall.congress.sitting.present.contains(dead));
    CHECK_FALSE(hall.congress.enrolled.contains(dead));
    const auto at_the_door = hall.ask(ask::CheckIn{dead, CheckInMethod::card});
    REQUIRE(refused_as(at_the_door, Why::mandate_ended));
    CHECK(at_the_door.error().fact("status") == "died");
    CHECK(refused_as(hall.ask(ask::ReviewCredentials{{{dead, Finding::valid, ""}}}), Why::mandate_ended));
    CHECK(refused_as(hall.ask(ask::EndMandate{dead, MandateEnd::resigned}), Why::mandate_ended));

    auto elected = Hall::unit_election(Hall::units()[1], 31);
    CHECK(refused_as(hall.ask(elected), Why::unit_quota_not_met));  // thirteen for one seat
    elected.delegates.resize(1);
    CHECK(refused_as(hall.ask(Hall::unit_election(Hall::units()[0], 40)), Why::unit_already_reported));
    hall.must(elected);
    CHECK(sentence_of(hall.congress, hall.history.back().event).en.find("to its vacant seats") != std::string::npos);
    CHECK(refused_as(hall.ask(elected), Why::unit_already_reported));
    CHECK(hall.congress.entitled == 29);
    const ask::CheckIn arrives{Hall::delegate(31), CheckInMethod::manual};
    CHECK(refused_as(hall.ask(arrives), Why::not_entitled));
    hall.must(ask::ReviewCredentials{{{Hall::delegate(31), Finding::valid, ""}}});
    CHECK(hall.congress.entitled == 30);
    hall.must(arrives);
    CHECK(hall.congress.sitting.present.contains(Hall::delegate(31)));
}

TEST_CASE("a seat that was elected to anew is not given back") {
    Hall hall;
    hall.up_to_ballots();
    hall.must(ask::ReviewCredentials{{{Hall::delegate(25), Finding::invalid, "not a member"}}});
    auto elected = Hall::unit_election(Hall::units()[1], 31);
    elected.delegates.resize(1);
    hall.must(elected);
    const auto back = hall.ask(ask::ReviewCredentials{{{Hall::delegate(25), Finding::valid, ""}}});
    REQUIRE(refused_as(back, Why::unit_quota_not_met));
    CHECK(back.error().fact("elected") == "14");
}

TEST_CASE("a delegate checks in once, and only with a valid mandate") {
    Hall hall;
    hall.prepare();
    hall.must(ask::ReviewCredentials{{{Hall::delegate(30), Finding::invalid, "no longer a member"}}});
    CHECK(hall.congress.entitled == 29);
    CHECK(refused_as(hall.ask(ask::CheckIn{Hall::delegate(5), CheckInMethod::card}), Why::check_in_not_open));
    hall.must(ask::OpenCheckIn{{"s1"}, SittingKind::preparatory, same_text("preparatory"), false});
    hall.must(ask::CheckIn{Hall::delegate(5), CheckInMethod::card});
    const auto before = hall.history.size();
    CHECK(refused_as(hall.ask(ask::CheckIn{Hall::delegate(5), CheckInMethod::manual}), Why::already_checked_in));
    CHECK(refused_as(hall.ask(ask::CheckIn{Hall::delegate(30), CheckInMethod::card}), Why::not_entitled));
    CHECK(refused_as(hall.ask(ask::CheckIn{{"stranger"}, CheckInMethod::card}), Why::not_a_delegate));
    CHECK(refused_as(hall.ask(ask::Leave{Hall::delegate(6)}), Why::not_present));
    CHECK(hall.history.size() == before);
    CHECK(hall.congress.sitting.present.size() == 1);
    hall.must(ask::Leave{Hall::delegate(5)});
    hall.must(ask::CheckIn{Hall::delegate(5), CheckInMethod::manual});
}

TEST_CASE("no two sittings have one id: each has its own record") {
    Hall hall;
    hall.prepare();
    hall.preparatory();
    const auto again = hall.ask(ask::OpenCheckIn{{"s1"}, SittingKind::plenary, same_text("plenary"), false});
    CHECK(refused_as(again, Why::sitting_id_used));
    CHECK(again.error().fact("sitting") == "s1");
    CHECK(again.error().place.field == "sitting");

    Hall elected;
    elected.up_to_plenary();
    auto plenary = Hall::first_plenary();
    plenary.sitting = elected.congress.sitting.id;  // of the sitting that is interrupted for it
    CHECK(refused_as(elected.ask(plenary), Why::sitting_id_used));
    elected.must(Hall::first_plenary());
    elected.must(ask::InterruptSitting{Interruption::want_of_quorum, same_text("We meet tomorrow.")});
    elected.must(ask::CloseSitting{});
    REQUIRE(elected.congress.sittings.size() == 3);
    CHECK_FALSE(elected.congress.sittings[1].closed_at);
    CHECK(elected.congress.sittings[2].closed_at);
    CHECK(refused_as(elected.ask(Hall::first_plenary()), Why::sitting_id_used));
}

TEST_CASE("doors that never saw a quorum are no sitting held") {
    Hall hall;
    hall.prepare();
    hall.doors(SittingKind::preparatory, false, 5);
    hall.must(ask::InterruptSitting{Interruption::want_of_quorum, same_text("We meet tomorrow.")});
    hall.must(ask::CloseSitting{});
    CHECK(refused_as(hall.ask(ask::OpenCheckIn{{"s2"}, SittingKind::plenary, same_text("plenary"), false}),
                     Why::preparatory_sitting_first));
    hall.preparatory();
    hall.doors(SittingKind::plenary, false, 25);

    // A quorum that comes while the doors wait lets the sitting be opened.
    Hall elected;
    elected.up_to_plenary();
    elected.must(Hall::first_plenary());
    elected.must(ask::InterruptSitting{Interruption::want_of_quorum, same_text("We wait until ten.")});
    for (int i = 3; i <= 6; ++i) elected.must(ask::CheckIn{Hall::delegate(i), CheckInMethod::card});
    elected.must(ask::OpenSitting{Hall::delegate(6)});
    REQUIRE(elected.congress.find_body("committee")->plenaries.size() == 1);
    CHECK(elected.congress.find_body("committee")->plenaries.front().opened.present == 4);
    elected.must(ask::CloseSitting{});
    auto again = Hall::first_plenary();
    again.sitting = {"again"};
    CHECK(refused_as(elected.ask(again), Why::plenary_already_held));
}

TEST_CASE("a sitting opens with two thirds of those entitled and not with one fewer") {
    for (const int present : {19, 20}) {
        Hall hall;
        hall.prepare();
        hall.doors(SittingKind::preparatory, false, present);
        const auto opened = hall.ask(ask::OpenSitting{Hall::delegate(1)});
        CHECK(opened.has_value() == (present == 20));
        if (!opened) {
            CHECK(refused_as(opened, Why::no_quorum));
            CHECK(opened.error().fact("required") == "20");
            hall.must(ask::InterruptSitting{Interruption::want_of_quorum, same_text("We wait until ten.")});
            CHECK_FALSE(hall.congress.quorums.back().met);
            CHECK(refused_as(hall.ask(ask::OpenSitting{Hall::delegate(1)}), Why::no_quorum));
            hall.must(ask::CheckIn{Hall::delegate(20), CheckInMethod::card});
            hall.must(ask::OpenSitting{Hall::delegate(1)});
        }
    }
}

TEST_CASE("after a night those present are established anew, and the sitting is taken up by those who came") {
    Hall hall;
    hall.up_to_ballots();
    REQUIRE(hall.congress.sitting.present.size() == 25);
    const auto enrolled = hall.congress.enrolled.size();
    const auto interrupt = [&](Interruption reason) {
        hall.must(ask::InterruptSitting{reason, same_text("We go on in the morning.")});
    };
    SUBCASE("at the end of a day the hall is empty") {
        interrupt(Interruption::end_of_day);
        CHECK(hall.congress.sitting.present.empty());
    }
    SUBCASE("and so it is where a pause has lasted over night") {
        hall.now = {1'790'002'800'000};  // 23:00 on 21 September at the place, eight hours east
        interrupt(Interruption::pause);
        CHECK(hall.congress.sitting.present.size() == 25);
        CHECK_FALSE(hall.congress.presence_is_of_yesterday(hall.now + 58 * 60'000));
        CHECK(hall.congress.presence_is_of_yesterday(hall.now + 60 * 60'000));
    }
    hall.now = hall.now + 10 * 3'600'000;
    CHECK(refused_as(hall.ask(ask::ResumeSitting{}), Why::not_present));
    hall.must(ask::CheckIn{Hall::delegate(1), CheckInMethod::card});
    CHECK(hall.congress.sitting.present.size() == 1);
    const auto refused = hall.ask(ask::ResumeSitting{});
    REQUIRE(refused_as(refused, Why::no_quorum));
    CHECK(refused.error().fact("present") == "1");
    CHECK(refused_as(hall.ask(ask::CheckIn{Hall::delegate(1), CheckInMethod::card}), Why::already_checked_in));
    for (int i = 7; i <= 25; ++i) hall.must(ask::CheckIn{Hall::delegate(i), CheckInMethod::card});
    hall.must(ask::ResumeSitting{});
    CHECK(hall.congress.quorums.back().present == 20);
    CHECK(hall.congress.enrolled.size() == enrolled);
}

TEST_CASE("want of a quorum is not announced where there is one") {
    Hall hall;
    hall.up_to_ballots();
    const ask::InterruptSitting wanting{Interruption::want_of_quorum, same_text("We wait until ten.")};
    const auto refused = hall.ask(wanting);
    REQUIRE(refused_as(refused, Why::quorum_is_there));
    CHECK(refused.error().fact("present") == "25");
    CHECK(refused.error().fact("required") == "20");
    CHECK(refused.error().place.field == "reason");
    for (int i = 20; i <= 24; ++i) hall.must(ask::Leave{Hall::delegate(i)});  // 20 of 30 stay
    CHECK(refused_as(hall.ask(wanting), Why::quorum_is_there));
    hall.must(ask::Leave{Hall::delegate(25)});
    hall.must(wanting);
    CHECK_FALSE(hall.congress.quorums.back().met);

    Hall doors;  // that wait are no reason either, once enough have come
    doors.prepare();
    doors.doors(SittingKind::preparatory, false, 20);
    CHECK(refused_as(doors.ask(wanting), Why::quorum_is_there));
}

TEST_CASE("a sitting that waited for its quorum is opened by a chair, and is not simply taken up") {
    Hall hall;
    hall.prepare();
    hall.doors(SittingKind::preparatory, false, 5);
    hall.must(ask::InterruptSitting{Interruption::want_of_quorum, same_text("We wait until ten.")});
    for (int i = 6; i <= 27; ++i) hall.must(ask::CheckIn{Hall::delegate(i), CheckInMethod::card});
    const auto resumed = hall.ask(ask::ResumeSitting{});
    CHECK(refused_as(resumed, Why::sitting_awaits_opening));
    CHECK(resumed.error().fact("sitting") == "s1");
    CHECK(refused_as(hall.ask(ask::HandOverChair{Hall::delegate(1)}), Why::sitting_awaits_opening));
    CHECK(refused_as(hall.ask(Hall::question("voting", Hall::voting_rules())), Why::sitting_awaits_opening));
    hall.must(ask::OpenSitting{Hall::delegate(4)});
    CHECK(hall.congress.sitting.chair == Hall::delegate(4));
    CHECK(hall.congress.quorums.back().occasion == QuorumOccasion::opening);
    CHECK(hall.congress.sittings.back().chair == Hall::delegate(4));
    CHECK(hall.congress.sittings.back().opened_at);
    CHECK(refused_as(hall.ask(ask::OpenSitting{Hall::delegate(1)}), Why::sitting_already_open));
    hall.must(ask::InterruptSitting{Interruption::pause, same_text("Pause")});
    CHECK(refused_as(hall.ask(ask::OpenSitting{Hall::delegate(1)}), Why::sitting_already_open));
    hall.must(ask::ResumeSitting{});
}

TEST_CASE("the credentials report is adopted before presidium and agenda, which a pack may want in this order") {
    Hall hall;
    hall.prepare();
    hall.doors(SittingKind::preparatory, false, 27);
    hall.must(ask::OpenSitting{Hall::delegate(1)});
    hall.adopt("voting", Hall::voting_rules());
    const ElectPresidium presidium{{Hall::delegate(1), Hall::delegate(2), Hall::delegate(18)}, Hall::delegate(2)};
    CHECK(refused_as(hall.ask(Hall::question("presidium", presidium)), Why::credentials_not_adopted));
    CHECK(refused_as(hall.ask(Hall::question("agenda", AdoptAgenda{Hall::agenda()})), Why::credentials_not_adopted));
    hall.must(Hall::question("credentials", AdoptCredentialsReport{}));
    hall.must(ask::DeclareVote{{"credentials"}, 3, 20, 4});  // lost
    CHECK(refused_as(hall.ask(Hall::question("presidium", presidium)), Why::credentials_not_adopted));
    hall.adopt("credentials again", AdoptCredentialsReport{});
    hall.must(Hall::question("agenda", AdoptAgenda{Hall::agenda()}));  // this pack can do without a presidium
    hall.must(ask::WithdrawQuestion{{"agenda"}});
    hall.adopt("presidium", presidium);
    hall.adopt("agenda again", AdoptAgenda{Hall::agenda()});
}

TEST_CASE("a mandate found invalid later leaves the base of quorum and majority") {
    Hall hall;
    hall.up_to_ballots();
    hall.must(ask::ReviewCredentials{{{Hall::delegate(25), Finding::invalid, "recalled by the unit"}}});
    CHECK(hall.congress.entitled == 29);
    CHECK(hall.congress.supplements == 1);
    CHECK_FALSE(hall.congress.sitting.present.contains(Hall::delegate(25)));
    hall.must(ask::ReviewCredentials{{{Hall::delegate(25), Finding::valid, ""}}});
    CHECK(hall.congress.supplements == 2);
    CHECK(hall.congress.entitled == 30);
}

TEST_CASE("before the rules on voting are adopted no other question can be put") {
    Hall hall;
    hall.prepare();
    hall.doors(SittingKind::preparatory, false, 27);
    hall.must(ask::OpenSitting{Hall::delegate(1)});
    const auto refused = hall.ask(Hall::question("credentials", AdoptCredentialsReport{}));
    CHECK(refused_as(refused, rules::Why::undecided));
    hall.adopt("voting", Hall::voting_rules());
    hall.adopt("credentials", AdoptCredentialsReport{});
    CHECK(hall.congress.credentials_adopted);
}

TEST_CASE("a question is adopted by more than half of the base that the measure states") {
    struct Row {
        const char* base;
        std::int64_t in_favour, against, abstaining, required;
        bool adopted;
    };
    for (const auto& [base, in_favour, against, abstaining, required, adopted] : {
             Row{"entitled", 16, 4, 7, 16, true},
             Row{"entitled", 15, 5, 7, 16, false},  // half of 30 is not more than half
             Row{"present", 14, 6, 7, 14, true},
             Row{"present", 13, 0, 14, 14, false},
         }) {
        Hall hall;
        hall.prepare();
        hall.doors(SittingKind::preparatory, false, 27);
        hall.must(ask::OpenSitting{Hall::delegate(1)});
        hall.adopt("voting", Hall::voting_rules(base));
        hall.must(Hall::question("motion", AdoptMotion{}));
        CHECK(refused_as(hall.ask(Hall::question("other", AdoptMotion{})), Why::question_already_open));
        CHECK(refused_as(hall.ask(ask::DeclareVote{{"motion"}, 20, 5, 3}), Why::votes_exceed_present));
        CHECK(refused_as(hall.ask(ask::DeclareVote{{"motion"}, 20, -1, 3}), Why::votes_impossible));
        CHECK(refused_as(hall.ask(ask::DeclareVote{{"motion"}, 20, 5, std::nullopt}), Why::votes_impossible));
        CHECK(refused_as(hall.ask(ask::DeclareVote{{"other"}, 20, 5, 2}), Why::question_unknown));
        hall.must(ask::DeclareVote{{"motion"}, in_favour, against, abstaining});
        const auto& decided = *hall.congress.questions.at({"motion"}).decided;
        CHECK(decided.required == required);
        CHECK(decided.adopted == adopted);
        CHECK(
            refused_as(hall.ask(ask::DeclareVote{{"motion"}, in_favour, against, abstaining}), Why::question_not_open));
        CHECK(refused_as(hall.ask(Hall::question("motion", AdoptMotion{})), Why::question_id_used));
    }
}

TEST_CASE("a measure may not loosen what stands") {
    Hall hall;
    hall.prepare();
    hall.doors(SittingKind::preparatory, false, 27);
    hall.must(ask::OpenSitting{Hall::delegate(1)});
    hall.adopt("voting", Hall::voting_rules());
    const AdoptMeasure loose{same_text("loose"), "[threshold.election]\nbase = \"present\"\n"};
    const auto refused = hall.ask(Hall::question("loose", loose));
    CHECK(refused_as(refused, rules::Why::measure_loosens));
    CHECK(hall.congress.open_question.empty());
}

TEST_CASE("a report is heard, deliberated and only then voted on") {
    Hall hall;
    hall.prepare();
    hall.preparatory();
    hall.doors(SittingKind::plenary, false, 25);
    CHECK(refused_as(hall.ask(ask::OpenSitting{Hall::delegate(3)}), Why::chair_not_in_presidium));
    hall.must(ask::OpenSitting{Hall::delegate(1)});
    const ItemId item{"report"};
    const auto put = Hall::question("report", AdoptReport{}, item);
    CHECK(refused_as(hall.ask(put), Why::item_not_called));
    hall.must(ask::CallItem{item});
    CHECK(refused_as(hall.ask(put), Why::report_not_heard));
    CHECK(refused_as(hall.ask(ask::RecordDeliberation{item, {"east"}, 3, same_text("agreed"), {}}),
                     Why::report_not_heard));
    CHECK(
        refused_as(hall.ask(ask::HearReport{item, "Person 1", Delivery::read_out, "nothing"}), Why::document_unknown));
    hall.must(ask::LayDocument{item, same_text("Work report"), "en", "# Report\n"});
    const auto hash = hall.congress.documents.begin()->first;
    CHECK(refused_as(hall.ask(ask::LayDocument{item, same_text("Work report"), "en", "# Report\n"}),
                     Why::document_already_laid));
    hall.must(ask::HearReport{item, "Person 1", Delivery::read_out, hash});
    CHECK(refused_as(hall.ask(put), Why::report_not_deliberated));
    hall.must(ask::ReviewCredentials{{{Hall::delegate(30), Finding::invalid, "left the union"}}});
    const auto speaking = [&](const char* unit, int speakers) {
        return hall.ask(ask::RecordDeliberation{item, {unit}, speakers, same_text("agreed"), {}});
    };
    const auto too_many = speaking("west", 13);  // one of its thirteen has no mandate any more
    REQUIRE(refused_as(too_many, Why::speakers_exceed_delegation));
    CHECK(too_many.error().fact("delegates") == "12");
    CHECK(too_many.error().place.field == "speakers");
    CHECK(refused_as(speaking("east", 18), Why::speakers_exceed_delegation));
    CHECK(refused_as(speaking("east", -1), Why::plan_impossible));
    REQUIRE(speaking("west", 12));
    hall.must(ask::ReviewCredentials{{{Hall::delegate(30), Finding::valid, ""}}});
    hall.must(ask::RecordDeliberation{
        item, {"east"}, 3, same_text("agreed"), {{same_text("say how many"), Disposition::taken}}});
    hall.must(put);
    hall.must(ask::DeclareVote{{"report"}, 15, 6, 4});
    CHECK_FALSE(hall.congress.find_item(item)->done);  // lost: 16 of 30 are needed
    hall.must(Hall::question("again", AdoptReport{}, item));
    hall.must(ask::DeclareVote{{"again"}, 16, 5, 4});
    CHECK(hall.congress.find_item(item)->done);
    CHECK(refused_as(hall.ask(ask::CallItem{item}), Why::item_already_decided));
}

TEST_CASE("candidates cannot be scrutineers") {
    Hall hall;
    hall.up_to_ballots();
    CHECK(refused_as(hall.ask(Hall::question("more", ElectScrutineers{Hall::delegate(3), {Hall::delegate(3)}})),
                     Why::scrutineer_is_candidate));
}

TEST_CASE("ballots are issued only after those present were counted again") {
    Hall hall;
    hall.up_to_ballots();
    CHECK(refused_as(hall.ask(ask::DeclareResult{hall.result()}), Why::ballots_not_authorised));
    for (int i = 20; i <= 25; ++i) hall.must(ask::Leave{Hall::delegate(i)});  // 19 of 30 stay
    hall.must(ask::MeasureQuorum{QuorumOccasion::ballot_issue, "committee", 1});
    CHECK_FALSE(hall.congress.quorums.back().met);
    CHECK(refused_as(hall.ask(ask::DeclareResult{hall.result()}), Why::ballots_not_authorised));
    hall.must(ask::CheckIn{Hall::delegate(20), CheckInMethod::card});
    hall.must(ask::MeasureQuorum{QuorumOccasion::ballot_issue, "committee", 1});
    CHECK(hall.congress.quorums.back().met);
    CHECK(hall.congress.quorums.back().required == 20);
    hall.must(ask::DeclareResult{hall.result()});
}

TEST_CASE("a result that does not add up is not declared") {
    for (const auto& [change, field] : std::vector<std::pair<std::function<void(DeclaredResult&)>, std::string>>{
             {[](auto& result) { result.seats = 4; }, "result.seats"},
             {[](auto& result) { result.entitled = 31; }, "result.entitled"},
             {[](auto& result) { result.issued = 26; }, "result.issued"},
             {[](auto& result) { result.returned = 26; }, "result.returned"},
             {[](auto& result) { result.valid = 23; }, "result.returned"},
             {[](auto& result) { result.rows[0].elected = false; }, "result.rows"},
             {[](auto& result) { result.open = 1; }, "result.rows"},
         }) {
        Hall hall;
        hall.up_to_ballots();
        hall.must(ask::MeasureQuorum{QuorumOccasion::ballot_issue, "committee", 1});
        auto result = hall.result();
        change(result);
        const auto refused = hall.ask(ask::DeclareResult{result});
        REQUIRE(refused_as(refused, Why::result_does_not_add_up));
        CHECK(refused.error().place.field == field);
    }
}

TEST_CASE("results are pending until the union above has approved them") {
    Hall hall;
    hall.up_to_ballots();
    CHECK(refused_as(hall.ask(ask::SendRequest{Matter::results, "higher_union", "committee", "No. 7"}),
                     Why::result_not_declared));
    hall.must(ask::MeasureQuorum{QuorumOccasion::ballot_issue, "committee", 1});
    hall.must(ask::DeclareResult{hall.result()});
    const auto& body = [&]() -> const BodyRecord& { return *hall.congress.find_body("committee"); };
    CHECK(body().state == BodyState::pending_approval);
    CHECK(hall.congress.find_item({"election"})->done);
    CHECK(body_state_name(hall.congress, body()).en == "elected, pending approval by the Invented City Federation");
    hall.must(ask::SendRequest{Matter::results, "higher_union", "committee", "No. 7"});
    hall.must(ask::RecordReply{Matter::results, "higher_union", "committee", true, "No. 8"});
    CHECK(body().state == BodyState::approved);
    CHECK(refused_as(hall.ask(ask::DeclareResult{hall.result()}), Why::item_not_called) == false);
    CHECK_FALSE(hall.ask(ask::DeclareResult{hall.result()}));
}

TEST_CASE("a request and its reply are documents, whatever they are about") {
    Hall hall;
    hall.must(Hall::plan());
    hall.confirm();
    const auto without_number = [&](Matter matter, const std::string& body) {
        CHECK(refused_as(hall.ask(ask::SendRequest{matter, "higher_union", body, ""}), Why::document_number_missing));
        hall.must(ask::SendRequest{matter, "higher_union", body, "No. 7"});
        for (const bool granted : {true, false}) {
            const auto refused = hall.ask(ask::RecordReply{matter, "higher_union", body, granted, ""});
            CHECK(refused_as(refused, Why::document_number_missing));
            CHECK(refused.error().place.field == "document");
        }
        CHECK_FALSE(hall.congress.requests.at({matter, body, "higher_union"}).answered);
        hall.must(ask::RecordReply{matter, "higher_union", body, true, "No. 8"});
    };
    without_number(Matter::holding, "");
    without_number(Matter::candidates, "committee");
    Hall elected;
    elected.up_to_ballots();
    elected.must(ask::MeasureQuorum{QuorumOccasion::ballot_issue, "committee", 1});
    elected.must(ask::DeclareResult{elected.result()});
    std::swap(hall, elected);
    without_number(Matter::results, "committee");
}

TEST_CASE("who has the chair leaves when another took it, one of the presidium") {
    Hall hall;
    hall.up_to_ballots();
    CHECK(hall.congress.sitting.chair == Hall::delegate(1));
    CHECK(refused_as(hall.ask(ask::Leave{Hall::delegate(1)}), Why::chair_presides));
    CHECK(refused_as(hall.ask(ask::HandOverChair{Hall::delegate(1)}), Why::chair_presides));
    CHECK(refused_as(hall.ask(ask::HandOverChair{Hall::delegate(3)}), Why::chair_not_in_presidium));
    hall.must(ask::Leave{Hall::delegate(18)});
    CHECK(refused_as(hall.ask(ask::HandOverChair{Hall::delegate(18)}), Why::not_present));
    hall.must(ask::HandOverChair{Hall::delegate(2)});
    hall.must(ask::Leave{Hall::delegate(1)});
    CHECK(hall.congress.sitting.chair == Hall::delegate(2));
    CHECK(refused_as(hall.ask(ask::Leave{Hall::delegate(2)}), Why::chair_presides));
    hall.must(ask::InterruptSitting{Interruption::pause, same_text("Pause")});
    hall.must(ask::Leave{Hall::delegate(2)});  // nothing is presided over
    hall.must(ask::CheckIn{Hall::delegate(1), CheckInMethod::card});
    CHECK(refused_as(hall.ask(ask::ResumeSitting{}), Why::not_present));
    hall.must(ask::HandOverChair{Hall::delegate(1)});
    hall.must(ask::ResumeSitting{});
}

TEST_CASE("a presidium is elected once, with the chair of the plenary sitting among its members") {
    Hall hall;
    hall.up_to_ballots();
    const auto one = [](int member) {
        return Hall::question("another", ElectPresidium{{Hall::delegate(member)}, Hall::delegate(10)});
    };
    CHECK(refused_as(hall.ask(one(5)), Why::presidium_already_elected));
    CHECK(refused_as(hall.ask(one(1)), Why::presidium_already_elected));
    // Anew only where no member has a mandate any more.
    hall.must(ask::InterruptSitting{Interruption::pause, same_text("Pause")});
    const auto recalled = [&](std::initializer_list<int> members) {
        ask::ReviewCredentials out;
        for (const int member : members) out.findings.push_back({Hall::delegate(member), Finding::invalid, "left"});
        hall.must(out);
    };
    recalled({1, 2});
    CHECK(refused_as(hall.ask(ask::HandOverChair{Hall::delegate(3)}), Why::chair_not_in_presidium));
    recalled({18});
    hall.must(ask::HandOverChair{Hall::delegate(3)});
    hall.must(ask::ResumeSitting{});
    CHECK(refused_as(hall.ask(one(5)), Why::chair_not_in_presidium));
    hall.adopt("another", ElectPresidium{{Hall::delegate(3), Hall::delegate(5)}, Hall::delegate(10)});
    CHECK(refused_as(hall.ask(Hall::question("a third", ElectPresidium{{Hall::delegate(3)}, Hall::delegate(10)})),
                     Why::presidium_already_elected));

    Hall late;  // a congress may elect its presidium in its first plenary sitting
    late.prepare();
    late.doors(SittingKind::preparatory, false, 27);
    late.must(ask::OpenSitting{Hall::delegate(1)});
    late.adopt("voting", Hall::voting_rules());
    late.adopt("credentials", AdoptCredentialsReport{});
    late.adopt("agenda", AdoptAgenda{Hall::agenda()});
    late.must(ask::CloseSitting{});
    late.doors(SittingKind::plenary, false, 25);
    late.must(ask::OpenSitting{Hall::delegate(3)});
    const auto refused = late.ask(one(5));
    REQUIRE(refused_as(refused, Why::chair_not_in_presidium));
    CHECK(refused.error().fact("delegate") == "d3");
    late.adopt("presidium", ElectPresidium{{Hall::delegate(3), Hall::delegate(5)}, Hall::delegate(10)});
}

TEST_CASE(
    "who has the chair loses the mandate when another took it, and a seat in the presidium ends with the mandate") {
    Hall hall;
    hall.up_to_ballots();
    const auto recalled = [](int number, Finding finding = Finding::invalid) {
        return ask::ReviewCredentials{{{Hall::delegate(number), finding, "recalled by the unit"}}};
    };
    const auto entitled = hall.congress.entitled;
    for (const auto finding : {Finding::invalid, Finding::pending}) {
        const auto refused = hall.ask(recalled(1, finding));
        REQUIRE(refused_as(refused, Why::chair_presides));
        CHECK(refused.error().place.field == "findings[0].delegate");
    }
    CHECK(hall.congress.entitled == entitled);
    hall.must(ask::HandOverChair{Hall::delegate(2)});
    hall.must(recalled(1));
    CHECK(refused_as(hall.ask(ask::HandOverChair{Hall::delegate(1)}), Why::not_entitled));
    CHECK(refused_as(hall.ask(ask::MeetPresidium{{Hall::delegate(1)}, {}}), Why::not_entitled));
    hall.must(ask::MeetPresidium{{Hall::delegate(2)}, {}});
    // While nothing is presided over the finding stands, and the sitting goes on under another.
    hall.must(ask::InterruptSitting{Interruption::pause, same_text("Pause")});
    hall.must(recalled(2));
    CHECK(refused_as(hall.ask(ask::ResumeSitting{}), Why::not_present));
    hall.must(ask::HandOverChair{Hall::delegate(18)});
    hall.must(ask::ResumeSitting{});
}

TEST_CASE("the women's committee is produced by nomination after consultation") {
    Hall hall;
    hall.up_to_ballots();
    hall.must(ask::CallItem{{"women"}});
    auto ask = Hall::nomination();
    auto wrong = ask;
    wrong.body = "committee";
    CHECK(refused_as(hall.ask(wrong), Why::body_not_nominated));
    // As many as the plan has seats, one of them in the chair.
    for (const std::size_t members : {0, 2, 4}) {
        wrong = ask;
        wrong.members.resize(members, {"Person 25", "West Shop", "member"});
        const auto refused = hall.ask(wrong);
        CHECK(refused_as(refused, Why::nomination_numbers_impossible));
        CHECK(refused.error().fact("seats") == "3");
    }
    wrong = ask;
    wrong.members[0].role = "vice_chair";
    CHECK(refused_as(hall.ask(wrong), Why::head_missing));
    const auto tried = [&](const std::function<void(ask::Nominate&)>& change, Why why, std::string_view field) {
        wrong = ask;
        change(wrong);
        const auto refused = hall.ask(wrong);
        CAPTURE(field);
        CHECK(refused_as(refused, why));
        if (!refused) CHECK(refused.error().place.field == field);
    };
    tried([](auto& it) { it.consulted_on = {2030, 1, 1}; }, Why::plan_impossible, "consulted_on");
    // A year before the day of the act, which comes before the congress was to begin.
    tried([](auto& it) { it.consulted_on = {2025, 9, 20}; }, Why::consulted_too_early, "consulted_on");
    tried([](auto& it) { it.consulted_on = {1, 1, 1}; }, Why::consulted_too_early, "consulted_on");
    tried([](auto& it) { it.members[0].id = "nobody"; }, Why::person_unknown, "members[0].id");
    wrong = ask;
    wrong.members[1] = wrong.members[0];
    wrong.members[1].role = "member";
    CHECK(refused_as(hall.ask(wrong), Why::member_named_twice));
    wrong = ask;
    wrong.members[1].role = "chair";
    CHECK(refused_as(hall.ask(wrong), Why::head_named_twice));
    wrong = ask;
    wrong.document.clear();
    CHECK(refused_as(hall.ask(wrong), Why::document_number_missing));
    hall.must(ask);
    CHECK(hall.congress.find_body("womens_committee")->state == BodyState::pending_approval);
    CHECK(hall.congress.find_item({"women"})->done);
}

TEST_CASE("a body is nominated when its item was called, and the agenda has one") {
    auto ask = Hall::nomination();
    Hall hall;
    hall.prepare();
    hall.doors(SittingKind::preparatory, false, 27);
    hall.must(ask::OpenSitting{Hall::delegate(1)});
    CHECK(refused_as(hall.ask(ask), Why::agenda_not_adopted));
    hall.adopt("voting", Hall::voting_rules());
    hall.adopt("credentials", AdoptCredentialsReport{});
    hall.adopt("agenda", AdoptAgenda{{Hall::agenda()[0]}});
    CHECK(refused_as(hall.ask(ask), Why::item_unknown));

    Hall called;
    called.up_to_ballots();
    const auto refused = called.ask(ask);
    REQUIRE(refused_as(refused, Why::item_not_called));
    CHECK(refused.error().fact("item") == "women");
    called.must(ask::CallItem{{"women"}});
    called.must(ask);
}

TEST_CASE("with fewer women than the line of the rules one member is named, and no chair") {
    auto plan = Hall::plan();
    plan.women_members = 9;
    Hall hall;
    hall.up_to_ballots(plan);
    hall.must(ask::CallItem{{"women"}});
    ask::Nominate ask;
    ask.body = "womens_committee";
    ask.proposed_by = ask.consulted = same_text("the committee");
    ask.consulted_on = {2026, 9, 1};
    ask.document = "No. 9";
    ask.members = {{"Person 21", "West Shop", "member"}, {"Person 23", "West Shop", "member"}};
    CHECK(refused_as(hall.ask(ask), Why::nomination_numbers_impossible));
    ask.members.pop_back();
    hall.must(ask);
}

TEST_CASE("a pack that leaves open who chairs the women's committee blocks its nomination by name") {
    auto plan = Hall::plan();
    auto& pack = plan.pack_texts.at("cn-grassroots-2016");
    const std::string head = "\"woman_chair_or_vice_chair_or_agreed\"";
    const auto at = pack.find(head);
    REQUIRE(at != std::string::npos);
    pack.replace(at, head.size(), "\"unset\"");
    Hall hall;
    hall.up_to_ballots(plan);
    hall.must(ask::CallItem{{"women"}});
    ask::Nominate ask;
    ask.body = "womens_committee";
    ask.proposed_by = ask.consulted = same_text("the committee");
    ask.consulted_on = {2026, 9, 1};
    ask.document = "No. 9";
    for (const int person : {20, 21, 23})
        ask.members.push_back({"Person " + std::to_string(person), "West Shop", person == 20 ? "chair" : "member"});
    const auto refused = hall.ask(ask);
    CHECK(refused_as(refused, rules::Why::undecided));
    CHECK(refused.error().fact("field") == "bodies.womens_committee.head");
}

TEST_CASE("who was elected and then refused by the union above is not replaced by nomination") {
    Hall hall;
    hall.prepare();
    hall.consent(Matter::candidates, "womens_committee");
    hall.doors(SittingKind::preparatory, false, 27);
    hall.must(ask::OpenSitting{Hall::delegate(1)});
    hall.adopt("voting", Hall::voting_rules());
    hall.adopt("credentials", AdoptCredentialsReport{});
    hall.adopt("agenda",
               AdoptAgenda{{{{"women"}, ItemType::election, same_text("Women's committee"), "", "womens_committee"}}});
    hall.must(ask::CloseSitting{});
    hall.doors(SittingKind::plenary, true, 25);
    hall.must(ask::OpenSitting{Hall::delegate(1)});
    hall.must(ask::CallItem{{"women"}});
    hall.adopt("list", Hall::list_of("womens_committee", 3, {3, 5, 7}), ItemId{"women"});
    hall.adopt("scrutineers", ElectScrutineers{Hall::delegate(11), {Hall::delegate(11)}});
    hall.elect("womens_committee");
    hall.must(ask::SendRequest{Matter::results, "higher_union", "womens_committee", "No. 7"});
    hall.must(ask::RecordReply{Matter::results, "higher_union", "womens_committee", false, "No. 8"});
    REQUIRE(hall.congress.find_body("womens_committee")->state == BodyState::refused);
    ask::Nominate ask;
    ask.body = "womens_committee";
    ask.proposed_by = ask.consulted = same_text("the committee");
    ask.consulted_on = {2026, 9, 1};
    ask.members = {{"Person 17", "East Shop", "member"}};
    CHECK(refused_as(hall.ask(ask), Why::body_already_filled));
}

TEST_CASE("a measure ends no election and no report, whatever item it is put under") {
    Hall hall;
    hall.up_to_ballots();
    const auto put = [&](const char* id, const char* item) {
        return hall.ask(Hall::question(id, Hall::election_measure(), ItemId{item}));
    };
    CHECK(refused_as(put("m1", "election"), Why::item_wrong_type));
    hall.must(ask::CallItem{{"report"}});
    CHECK(refused_as(put("m2", "report"), Why::item_wrong_type));
    CHECK_FALSE(hall.congress.find_item({"election"})->done);
}

TEST_CASE("an item holds several resolutions, each by its own vote, and is concluded when the chair moves on") {
    Hall hall;
    hall.up_to_ballots();
    const auto resolution = [](const std::string& title) {
        return AdoptResolution{same_text(title), same_text("It is resolved.")};
    };
    const auto done = [&] { return hall.congress.find_item({"resolution"})->done; };
    hall.must(ask::CallItem{{"resolution"}});
    hall.adopt("on the work report", resolution("On the work report"), ItemId{"resolution"});
    CHECK(!done());
    hall.adopt("on the audit report", resolution("On the audit report"), ItemId{"resolution"});
    hall.must(Hall::question("on the fee", resolution("On the fee"), ItemId{"resolution"}));
    hall.must(ask::DeclareVote{{"on the fee"}, 4, 19, 2});  // lost, which takes nothing from the two
    CHECK(!done());
    CHECK(hall.congress.find_item({"resolution"})->resolutions == 2);
    CHECK(refused_as(hall.ask(ask::CallItem{{"resolution"}}), Why::item_already_called));  // and not left
    CHECK(!done());
    SUBCASE("to the next item") {
        hall.must(ask::CallItem{{"report"}});
        REQUIRE(hall.history.size() > 2);
        const auto* concluded = std::get_if<ItemConcluded>(&hall.history[hall.history.size() - 2].event);
        REQUIRE(concluded);
        CHECK(concluded->item == ItemId{"resolution"});
        CHECK(done());
        CHECK(refused_as(hall.ask(Hall::question("late", resolution("Late"), ItemId{"resolution"})),
                         Why::item_already_decided));
    }
    SUBCASE("by his word") {
        hall.must(ask::ConcludeItem{{"resolution"}});
        CHECK(done());
        hall.must(ask::CallItem{{"report"}});
        const auto times = std::ranges::count_if(
            hall.history, [](const auto& each) { return std::holds_alternative<ItemConcluded>(each.event); });
        CHECK(times == 1);
    }
}

TEST_CASE("the item that is under way is called once, and may be taken up again after another") {
    Hall hall;
    hall.up_to_ballots();
    REQUIRE(hall.congress.current_item == ItemId{"election"});
    const auto told = hall.history.size();
    CHECK(refused_as(hall.ask(ask::CallItem{{"election"}}), Why::item_already_called));
    hall.must(ask::InterruptSitting{Interruption::pause, same_text("Pause")});
    hall.must(ask::ResumeSitting{});
    CHECK(refused_as(hall.ask(ask::CallItem{{"election"}}), Why::item_already_called));
    CHECK(hall.history.size() == told + 3);  // interrupted; counted and resumed
    hall.must(ask::CallItem{{"report"}});
    CHECK(hall.congress.focus_subject == "report");
    hall.must(ask::CallItem{{"election"}});
    CHECK(hall.congress.focus_subject == "election");
    hall.must(ask::CloseSitting{});
    hall.doors(SittingKind::plenary, true, 25);
    hall.must(ask::OpenSitting{Hall::delegate(1)});
    hall.must(ask::CallItem{{"election"}});  // whose minutes begin anew
}

TEST_CASE("an item without an adopted resolution stays open when the chair moves on") {
    Hall hall;
    hall.up_to_ballots();
    hall.must(ask::CallItem{{"resolution"}});
    hall.must(
        Hall::question("fee", AdoptResolution{same_text("Fee"), same_text("It is resolved.")}, ItemId{"resolution"}));
    hall.must(ask::DeclareVote{{"fee"}, 4, 19, 2});
    hall.must(ask::CallItem{{"report"}});
    CHECK(!hall.congress.find_item({"resolution"})->done);
}

TEST_CASE("the members just elected meet while the congress is interrupted, under the rules of the pack") {
    Hall hall;
    hall.up_to_ballots();
    CHECK(refused_as(hall.ask(Hall::first_plenary()), Why::sitting_already_open));
    hall.must(ask::InterruptSitting{Interruption::pause, same_text("wait")});
    CHECK(refused_as(hall.ask(Hall::first_plenary()), Why::body_not_elected));
    CHECK(refused_as(hall.ask(Hall::first_plenary("poets")), Why::body_unknown));
    hall.must(ask::ResumeSitting{});
    hall.must(ask::MeasureQuorum{QuorumOccasion::ballot_issue, "committee", 1});
    hall.must(ask::DeclareResult{hall.result()});
    hall.must(ask::InterruptSitting{Interruption::pause, same_text("wait")});
    const auto hall_present = hall.congress.sitting.present;

    hall.must(Hall::first_plenary());
    CHECK(hall.congress.electors() == 5);
    CHECK(hall.congress.entitled == 30);
    for (const int stranger : {1, 8})  // a delegate, and a candidate who was not elected
        CHECK(refused_as(hall.ask(ask::CheckIn{Hall::delegate(stranger), CheckInMethod::card}), Why::not_a_member));
    for (int i = 3; i <= 5; ++i) hall.must(ask::CheckIn{Hall::delegate(i), CheckInMethod::card});
    CHECK(refused_as(hall.ask(ask::OpenSitting{Hall::delegate(1)}), Why::not_a_member));
    const auto missed = hall.ask(ask::OpenSitting{Hall::delegate(4)});
    CHECK(refused_as(missed, Why::no_quorum));
    CHECK(missed.error().fact("required") == "4");  // two thirds of five
    CHECK(missed.error().fact("entitled") == "5");
    hall.must(ask::CheckIn{Hall::delegate(6), CheckInMethod::card});
    hall.must(ask::OpenSitting{Hall::delegate(4)});  // no member of the presidium, but newly elected

    for (const ask::Command& act : std::initializer_list<ask::Command>{
             ask::CallItem{{"report"}}, ask::ConcludeItem{{"resolution"}}, ask::CloseCongress{},
             ask::AnnouncePlenary{"committee"}, Hall::question("r", AdoptResolution{same_text("x"), same_text("x")}),
             Hall::question("p", ElectPresidium{{Hall::delegate(3)}, Hall::delegate(3)})})
        CHECK(refused_as(hall.ask(act), Why::assembly_adjourned));
    CHECK(refused_as(hall.ask(Hall::first_plenary("audit_committee")), Why::sitting_already_open));
    hall.must(ask::CloseSitting{});
    CHECK(hall.congress.sitting.state == SittingState::interrupted);
    CHECK(hall.congress.sitting.present == hall_present);
    CHECK(refused_as(hall.ask(Hall::first_plenary()), Why::plenary_already_held));
    hall.must(ask::ResumeSitting{});
    CHECK(refused_as(hall.ask(ask::AnnouncePlenary{"committee"}), Why::plenary_not_held));  // it elected nobody
}

TEST_CASE("chair and vice chairs come from among the members, and nobody is both") {
    Hall hall;
    hall.up_to_plenary();
    hall.plenary();
    const auto refused = [&](const AdoptCandidates& list, Why why) {
        return refused_as(hall.ask(Hall::question("tried", list)), why);
    };
    CHECK(refused(Hall::list_of("chair", 1, {8}), Why::candidate_not_a_member));
    CHECK(refused(Hall::list_of("chair", 1, {4}), Why::scrutineer_is_candidate));
    CHECK(refused(Hall::list_of("audit_committee", 3, {3, 5, 6}), Why::candidates_not_approved));
    hall.consent(Matter::candidates, "audit_committee");
    CHECK(refused(Hall::list_of("audit_committee", 3, {3, 5, 6}), Why::body_elected_elsewhere));
    hall.adopt_in_plenary("chair", Hall::list_of("chair", 1, {3}));
    const auto decided = hall.congress.questions.at({"chair"}).decided;
    CHECK(decided->entitled == 5);
    CHECK(decided->required == 3);
    CHECK(
        refused_as(hall.ask(ask::MeasureQuorum{QuorumOccasion::ballot_issue, "vice_chair", 1}), Why::list_not_adopted));
    hall.elect("chair");
    CHECK(hall.congress.quorums.back().rule == "plenary");
    CHECK(hall.congress.quorums.back().entitled == 5);
    CHECK(refused(Hall::list_of("vice_chair", 2, {3, 5}), Why::candidate_holds_office));
    hall.adopt_in_plenary("vice", Hall::list_of("vice_chair", 2, {5, 6}));
    SUBCASE("the ballot of a plenary is not held in the congress") {
        hall.must(ask::CloseSitting{});
        hall.must(ask::ResumeSitting{});
        CHECK(refused_as(hall.ask(ask::MeasureQuorum{QuorumOccasion::ballot_issue, "vice_chair", 1}),
                         Why::body_elected_elsewhere));
        CHECK(refused_as(hall.ask(ask::DeclareResult{hall.result_of("vice_chair")}), Why::body_elected_elsewhere));
    }
    SUBCASE("the congress is told, and closes only then") {
        hall.elect("vice_chair");
        CHECK(hall.congress.find_body("vice_chair")->state == BodyState::pending_approval);
        hall.must(ask::CloseSitting{});
        hall.must(ask::ResumeSitting{});
        hall.must(ask::CallItem{{"report"}});
        hall.must(ask::LayDocument{ItemId{"report"}, same_text("Work report"), "en", "text"});
        hall.must(
            ask::HearReport{{"report"}, "Person 1", Delivery::in_writing, hall.congress.documents.begin()->first});
        hall.must(ask::ConcludeItem{{"report"}});
        hall.must(ask::CallItem{{"resolution"}});
        hall.must(ask::ConcludeItem{{"resolution"}});
        hall.must(ask::CallItem{{"women"}});
        // Person 5 is a woman and vice chair, Person 6 a vice chair, Person 7 a woman without an office.
        const auto nominated = [](const char* name, std::optional<std::string> person,
                                  std::optional<Text> agreed = {}) {
            return ask::Nominate{"womens_committee",
                                 same_text("the committee"),
                                 same_text("women"),
                                 {2026, 9, 1},
                                 "No. 9",
                                 {{name, "East Shop", "chair", std::move(person)},
                                  {"Person 21", "West Shop", "member"},
                                  {"Person 23", "West Shop", "member"}},
                                 std::move(agreed)};
        };
        for (const auto& [name, person] : {std::pair<const char*, std::optional<std::string>>{"Person 6", "d6"},
                                           {"Person 7", "d7"},
                                           {"Person 5", std::nullopt}})
            CHECK(refused_as(hall.ask(nominated(name, person)), Why::womens_head_not_agreed));
        CHECK(refused_as(hall.ask(nominated("Person 99", "d99")), Why::person_unknown));
        SUBCASE("a woman vice chair") { hall.must(nominated("Person 5", "d5")); }
        SUBCASE("agreed on") { hall.must(nominated("Person 7", "d7", same_text("the women of both shops"))); }
        CHECK(refused_as(hall.ask(ask::CloseCongress{}), Why::plenary_not_announced));
        hall.must(ask::AnnouncePlenary{"committee"});
        const auto told = sentence_of(hall.congress, hall.history.back().event).en;
        CHECK(told.find("Chair: Person 3") != std::string::npos);
        CHECK(told.find("Vice Chairs: Person 5, Person 6") != std::string::npos);
        CHECK(refused_as(hall.ask(ask::AnnouncePlenary{"committee"}), Why::plenary_already_announced));
        hall.must(ask::CloseCongress{});

        for (const auto language : all_languages) {
            const auto minutes_text = markdown_from(minutes(hall.history, {}, "h", language)),
                       communique_text = markdown_from(communique(hall.history, "h", language));
            for (const auto* paper : {&minutes_text, &communique_text})
                for (const auto* name : {"Person 3", "Person 5", "Person 6"})
                    CHECK(paper->find(name) != std::string::npos);
            CHECK(minutes_text.find(language == Language::en ? "## First plenary of committee"
                                                             : "## first plenary of committee") != std::string::npos);
        }
        // The interrupted sitting goes on under its own heading.
        CHECK(markdown_from(minutes(hall.history, {}, "h", Language::en)).find("Sitting 2, continued") !=
              std::string::npos);
        Congress replayed;
        for (const auto& each : hall.history) replayed = evolve(std::move(replayed), each.event, each.at);
        CHECK(replayed.elected_in("committee").size() == 2);
        CHECK(!replayed.adjourned);
    }
}

TEST_CASE("what the pack leaves open about a plenary blocks it by name") {
    const auto plan_without = [](const std::string& field, const std::string& instead) {
        auto plan = Hall::plan();
        auto& text = plan.pack_texts.at("cn-grassroots-2016");
        const auto found = text.find(field);
        REQUIRE(found != std::string::npos);
        text.replace(found, field.size(), instead);
        return plan;
    };
    SUBCASE("its quorum") {
        Hall hall;
        hall.up_to_plenary(
            plan_without("[quorum.plenary]\nfraction    = [2, 3]", "[quorum.plenary]\nfraction = \"unset\""));
        hall.must(Hall::first_plenary());
        for (int i = 3; i <= 7; ++i) hall.must(ask::CheckIn{Hall::delegate(i), CheckInMethod::card});
        const auto refused = hall.ask(ask::OpenSitting{Hall::delegate(3)});
        CHECK(refused_as(refused, rules::Why::undecided));
        CHECK(refused.error().fact("field") == "quorum.plenary.fraction");
    }
    SUBCASE("who presides") {
        Hall hall;
        hall.up_to_plenary(
            plan_without("presides_plenary           = \"newly_elected_member\"", "presides_plenary = \"unset\""));
        hall.must(Hall::first_plenary());
        for (int i = 3; i <= 7; ++i) hall.must(ask::CheckIn{Hall::delegate(i), CheckInMethod::card});
        const auto refused = hall.ask(ask::OpenSitting{Hall::delegate(3)});
        CHECK(refused_as(refused, rules::Why::undecided));
        CHECK(refused.error().fact("field") == "officers.presides_plenary");
    }
    SUBCASE("who elects") {
        Hall hall;
        hall.up_to_plenary(plan_without("[bodies.chair]\nelected_by           = [\"assembly\", \"committee\"]",
                                        "[bodies.chair]\nelected_by = [\"assembly\"]"));
        hall.plenary();
        CHECK(
            refused_as(hall.ask(Hall::question("tried", Hall::list_of("chair", 1, {3}))), Why::body_elected_elsewhere));
    }
}

namespace {
/// A first ballot for the five seats of the committee in which only so many pass.
void elect_only(Hall& hall, int elected, std::vector<std::string> next = {"further_election", "reduce_seats"}) {
    hall.up_to_ballots();
    hall.must(ask::MeasureQuorum{QuorumOccasion::ballot_issue, "committee", 1});
    auto result = hall.result();
    for (std::size_t i = 0; i < result.rows.size(); ++i) result.rows[i].elected = static_cast<int>(i) < elected;
    result.open = 5 - elected;
    result.next = std::move(next);
    hall.must(ask::DeclareResult{result});
}
ask::SendRequest submitted() { return {Matter::results, "higher_union", "committee", "No. 21"}; }
}  // namespace

TEST_CASE("where too few are elected the congress may reduce the seats to those who were") {
    Hall hall;
    elect_only(hall, 4);
    CHECK(body_state_name(hall.congress, *hall.congress.find_body("committee")).in(Language::en) == "not yet complete");
    const auto refused = hall.ask(submitted());
    CHECK(refused_as(refused, Why::seats_open));
    CHECK(refused.error().fact("open") == "1");
    const auto three = hall.ask(Hall::question("fewer", ReduceSeats{"committee", 3}, ItemId{"election"}));
    CHECK(refused_as(three, Why::reduction_not_to_elected));
    CHECK(three.error().fact("elected") == "4");

    SUBCASE("with the consent of more than half, and then the result is whole and submitted") {
        hall.adopt("fewer", ReduceSeats{"committee", 4}, ItemId{"election"});
        const auto& body = *hall.congress.find_body("committee");
        CHECK(body.body.seats == 4);
        CHECK(body.reduced_from == 5);
        CHECK(body.state == BodyState::pending_approval);
        CHECK(hall.congress.find_item({"election"})->done);
        CHECK(refused_as(hall.ask(ask::MeasureQuorum{QuorumOccasion::ballot_issue, "committee", 2}),
                         Why::body_already_filled));
        hall.must(submitted());
        const auto told = markdown_from(minutes(hall.history, {}, "h", Language::en)),
                   news = markdown_from(communique(hall.history, "h", Language::en));
        CHECK(told.find("the reduction of the seats of the Second Committee from 5 to 4") != std::string::npos);
        CHECK(news.find("Of 5 seats planned") != std::string::npos);
        CHECK(news.find("seats open") == std::string::npos);
    }
    SUBCASE("not with fewer, and then the seat stays open") {
        hall.must(Hall::question("fewer", ReduceSeats{"committee", 4}, ItemId{"election"}));
        hall.must(ask::DeclareVote{{"fewer"}, 15, 2, 8});  // of 30 entitled
        CHECK_FALSE(hall.congress.questions.at({"fewer"}).decided->adopted);
        CHECK(hall.congress.find_body("committee")->body.seats == 5);
        CHECK(hall.congress.find_body("committee")->state == BodyState::incomplete);
    }
    SUBCASE("or leave them open by concluding the item, and then those elected are submitted as they are") {
        hall.must(ask::ConcludeItem{{"election"}});
        const auto& body = *hall.congress.find_body("committee");
        CHECK(body.state == BodyState::pending_approval);
        CHECK(body_state_name(hall.congress, body).in(Language::en) ==
              "elected, pending approval by the Invented City Federation; seats open: 1");
        hall.must(submitted());
        hall.must(ask::RecordReply{Matter::results, "higher_union", "committee", true, "No. 22"});
        CHECK(hall.congress.find_body("committee")->state == BodyState::approved);
        CHECK(refused_as(hall.ask(submitted()), Why::request_already_granted));
    }
    SUBCASE("but not while ballots for the open seats may be issued") {
        hall.must(ask::MeasureQuorum{QuorumOccasion::ballot_issue, "committee", 2});
        CHECK(refused_as(hall.ask(Hall::question("fewer", ReduceSeats{"committee", 4})), Why::ballots_under_way));
    }
}

TEST_CASE("seats are reduced only as far as the rules go") {
    struct Row {
        int elected;
        std::vector<std::string> next;
        Why why;
    };
    const std::vector<std::string> both{"further_election", "reduce_seats"};
    for (const auto& [elected, next, why] : {Row{2, both, Why::reduction_too_small},  // 120 members: 3 to 7
                                             Row{0, both, Why::nobody_elected}, Row{5, {}, Why::body_already_filled},
                                             Row{4, {"revote_among_tied"}, Why::reduction_not_foreseen}}) {
        CAPTURE(elected);
        Hall hall;
        elect_only(hall, elected, next);
        const auto refused = hall.ask(Hall::question("fewer", ReduceSeats{"committee", elected}));
        CHECK(refused_as(refused, why));
        if (why == Why::reduction_too_small) CHECK(refused.error().fact("least") == "3");
    }
    Hall hall;
    elect_only(hall, 0);
    CHECK(refused_as(hall.ask(submitted()), Why::nobody_elected));
    CHECK(refused_as(hall.ask(ask::SendRequest{Matter::results, "higher_union", "audit_committee", "x"}),
                     Why::result_not_declared));
}

TEST_CASE("a body formed by nomination is submitted as nominated, not as elected") {
    Hall hall;
    hall.up_to_ballots();
    hall.must(ask::CallItem{{"women"}});
    hall.must(Hall::nomination());
    hall.must(ask::SendRequest{Matter::results, "higher_union", "womens_committee", "No. 21"});
    hall.must(ask::RecordReply{Matter::results, "higher_union", "womens_committee", true, "No. 22"});
    for (const auto& each : {hall.history.back(), hall.history[hall.history.size() - 2]}) {
        const auto told = sentence_of(hall.congress, each.event);
        CHECK(told.in(Language::en).find("formed by nomination") != std::string::npos);
        CHECK(told.in(Language::zh_hans).find("选举结果") == std::string::npos);
    }
}

TEST_CASE("a congress closes once every item has been dealt with, and then takes no more acts") {
    Hall hall;
    hall.up_to_ballots();
    CHECK(refused_as(hall.ask(ask::CloseCongress{}), Why::items_open));
    hall.must(ask::MeasureQuorum{QuorumOccasion::ballot_issue, "committee", 1});
    hall.must(ask::DeclareResult{hall.result()});
    for (const auto* item : {"report", "women", "resolution"}) hall.must(ask::CallItem{{item}});
    hall.must(ask::LayDocument{ItemId{"report"}, same_text("Work report"), "en", "text"});
    hall.must(ask::HearReport{{"report"}, "Person 1", Delivery::in_writing, hall.congress.documents.begin()->first});
    hall.must(ask::RecordDeliberation{
        {"report"}, {"east"}, 2, same_text("agreed"), {{same_text("Say more of wages."), Disposition::taken_in_part}}});
    hall.must(ask::ConcludeItem{{"report"}});
    CHECK(refused_as(hall.ask(ask::ConcludeItem{{"women"}}), Why::result_not_declared));
    hall.must(Hall::nomination());
    hall.adopt("resolution", AdoptResolution{same_text("Resolution"), same_text("It is <resolved> | so.")},
               ItemId{"resolution"});
    CHECK(!hall.congress.find_item({"resolution"})->done);
    hall.must(ask::CloseCongress{});  // which is moving on, too
    CHECK(hall.congress.find_item({"resolution"})->done);
    CHECK(phase_of(hall.congress) == "closed");
    CHECK(refused_as(hall.ask(ask::CloseCongress{}), Why::already_closed));
    CHECK(refused_as(hall.ask(ask::CheckIn{Hall::delegate(1), CheckInMethod::card}), Why::already_closed));

    SUBCASE("replaying what was written gives the same congress") {
        Congress replayed;
        for (const auto& each : hall.history) {
            const auto written = write_kind(each.event);
            const auto text = canonical_json(written.body),
                       personal = written.personal ? canonical_json(*written.personal) : std::string("{}");
            const auto event =
                read_kind<Event>(written.kind, join_parts(*json_from_text(text), *json_from_text(personal)));
            REQUIRE(event);
            replayed = evolve(std::move(replayed), *event, each.at);
        }
        CHECK(replayed.entitled == hall.congress.entitled);
        CHECK(replayed.rules == hall.congress.rules);
        CHECK(phase_of(replayed) == phase_of(hall.congress));
        CHECK(replayed.presidium == hall.congress.presidium);
        CHECK(replayed.scrutineers == hall.congress.scrutineers);
        for (std::size_t i = 0; i < replayed.bodies.size(); ++i)
            CHECK(replayed.bodies[i].state == hall.congress.bodies[i].state);
    }
    SUBCASE("after the erasure of personal parts the congress can still be replayed") {
        Congress replayed;
        for (const auto& each : hall.history) {
            const auto written = write_kind(each.event);
            const auto event = read_kind<Event>(written.kind, written.body, Reading::personal_may_be_erased);
            REQUIRE(event);
            replayed = evolve(std::move(replayed), *event, each.at);
        }
        CHECK(replayed.entitled == 30);
        CHECK(replayed.name_of_delegate(Hall::delegate(5)) == "d5");
    }
    SUBCASE("the minutes are such that a secretary can file them") {
        const auto last = hall.history.back();
        const std::vector<AtBallots> ballots{{last.seq - 1, last.at, same_text("The box is empty.")},
                                             {last.seq + 1, last.at, same_text("What nobody has told yet.")}};
        const auto told = markdown_from(minutes(hall.history, ballots, std::string(64, 'a'), Language::zh_hans));
        CHECK(told.find("主席团成员（3 名）：Person 1、Person 2、Person 18") != std::string::npos);
        CHECK(told.find("| 2 | Election |") != std::string::npos);              // of the agenda
        CHECK(told.find("| 6 | Person 8 | East Shop |") != std::string::npos);  // of the list of candidates
        CHECK(told.find("总监票人：Person 11") != std::string::npos);
        CHECK(told.find("\n监票人：Person 10\n") != std::string::npos);
        CHECK(told.find("修改意见：Say more of wages.（部分采纳）") != std::string::npos);
        CHECK(told.find("Person 20（主任）、Person 21") != std::string::npos);
        CHECK(told.find("| Person 21 | West Shop | 委员 |") != std::string::npos);
        const auto box = told.find("The box is empty.");
        REQUIRE(box != std::string::npos);
        CHECK(box < told.find("闭幕。"));
        CHECK(told.find("nobody has told") == std::string::npos);
        CHECK(markdown_from(communique(hall.history, "", Language::zh_hans)).find("Person 20（主任）、Person 21") !=
              std::string::npos);
    }
    SUBCASE("the minutes and the communique tell it in three languages") {
        for (const auto language : all_languages) {
            const auto protocol = minutes(hall.history, {}, std::string(64, 'a'), language);
            const auto told = markdown_from(protocol), page = html_from(protocol);
            CHECK(told.find("Person 3") != std::string::npos);
            CHECK(told.find("| 23 |") != std::string::npos);  // the votes of the first elected
            CHECK(told.find(std::string(64, 'a')) != std::string::npos);
            CHECK(told.find('{') == std::string::npos);  // every fact found its sentence
            CHECK(told.find("congress.") == std::string::npos);
            CHECK(told.find("\\<resolved\\> \\| so.") != std::string::npos);
            CHECK(page.find("&lt;resolved&gt; | so.") != std::string::npos);
            CHECK(page.find("href=\"/paper.css\"") != std::string::npos);
            const auto alone = standalone_html_from(protocol);
            CHECK(alone.find("paper.css") == std::string::npos);
            CHECK(alone.find("<style>") < alone.find("max-width: 50rem"));
            CHECK(alone.find("max-width: 50rem") < alone.find("</style>"));
            CHECK(alone.substr(alone.find("</style>") + 9) == page.substr(page.find("</head>")));
            CHECK(page.find("lang=\"" + std::string(tag_of(language)) + "\"") != std::string::npos);
            const auto news = markdown_from(communique(hall.history, std::string(64, 'a'), language));
            CHECK(news.find("Person 7") != std::string::npos);
            CHECK(news.find("Person 8") == std::string::npos);  // not elected
            CHECK(news.find('{') == std::string::npos);
        }
        CHECK(markdown_from(communique(hall.history, "", Language::zh_hans)).find("待Invented City Federation批准") !=
              std::string::npos);
    }
}

TEST_CASE("a congress is approved once every body and office of its plan was elected and approved") {
    struct Row {
        std::size_t bodies;  ///< of the plan: committee, audit committee, women's committee, chair, vice chairs
        bool granted;
        std::string_view phase;
    };
    for (const auto& [bodies, granted, phase] : {Row{1, true, "approved"}, Row{1, false, "closed"},
                                                 Row{2, true, "closed"},     // nobody elected the audit committee
                                                 Row{5, true, "closed"}}) {  // nor a chair
        CAPTURE(bodies);
        auto plan = Hall::plan();
        plan.bodies.resize(bodies);
        Hall hall;
        hall.prepare(plan);
        hall.consent(Matter::candidates, "committee");
        hall.doors(SittingKind::preparatory, false, 27);
        hall.must(ask::OpenSitting{Hall::delegate(1)});
        hall.adopt("voting", Hall::voting_rules());
        hall.adopt("credentials", AdoptCredentialsReport{});
        hall.adopt("agenda", AdoptAgenda{{Hall::agenda()[1]}});
        hall.must(ask::CloseSitting{});
        hall.doors(SittingKind::plenary, true, 25);
        hall.must(ask::OpenSitting{Hall::delegate(1)});
        hall.adopt("measure", Hall::election_measure());
        hall.must(ask::CallItem{{"election"}});
        hall.adopt("list", AdoptCandidates{"committee", 5, Hall::candidates()}, ItemId{"election"});
        hall.adopt("scrutineers", ElectScrutineers{Hall::delegate(11), {Hall::delegate(11)}});
        hall.elect("committee");
        hall.must(ask::CloseCongress{});
        CHECK(phase_of(hall.congress) == "closed");
        hall.must(ask::SendRequest{Matter::results, "higher_union", "committee", "No. 7"});
        hall.must(ask::RecordReply{Matter::results, "higher_union", "committee", granted, "No. 8"});
        CHECK(phase_of(hall.congress) == phase);
    }
    auto plan = Hall::plan();
    plan.bodies.clear();
    Hall none;
    none.prepare(plan);
    none.doors(SittingKind::preparatory, false, 27);
    none.must(ask::OpenSitting{Hall::delegate(1)});
    none.adopt("voting", Hall::voting_rules());
    none.adopt("credentials", AdoptCredentialsReport{});
    none.adopt("agenda", AdoptAgenda{{Hall::agenda()[3]}});
    none.must(ask::CallItem{{"resolution"}});
    none.must(ask::ConcludeItem{{"resolution"}});
    none.must(ask::CloseCongress{});
    CHECK(phase_of(none.congress) == "closed");  // there was nothing to approve
}

TEST_CASE("at every moment every act is accepted or refused by name, and a refusal leaves the state as it was") {
    Hall whole;
    whole.up_to_ballots();
    whole.must(ask::MeasureQuorum{QuorumOccasion::ballot_issue, "committee", 1});
    whole.must(ask::DeclareResult{whole.result()});
    const std::vector<ask::Command> everything{
        Hall::plan(),
        ask::ConfirmValues{{"threshold.election.base"}},
        ask::SendRequest{Matter::candidates, "higher_union", "committee", "x"},
        ask::RecordReply{Matter::candidates, "higher_union", "nobody", true, "x"},
        ask::Allocate{AllocationMethod::stated, 1, Hall::units()},
        Hall::unit_election(Hall::units()[1], 18),
        ask::ReviewCredentials{{{Hall::delegate(1), Finding::valid, ""}}},
        ask::EndMandate{Hall::delegate(2), MandateEnd::recalled},
        ask::OpenCheckIn{{"x"}, SittingKind::plenary, same_text("x"), true},
        ask::CheckIn{Hall::delegate(29), CheckInMethod::card},
        ask::Leave{Hall::delegate(4)},
        ask::OpenSitting{Hall::delegate(1)},
        ask::InterruptSitting{Interruption::pause, same_text("x")},
        ask::ResumeSitting{},
        ask::CloseSitting{},
        ask::MeasureQuorum{QuorumOccasion::on_request, "", 0},
        ask::MeasureQuorum{QuorumOccasion::opening, "", 0},
        Hall::question("x", AdoptMotion{}),
        Hall::question("y", AdoptReport{}, ItemId{"report"}),
        Hall::question("z", AdoptCandidates{"audit_committee", 3, {}}),
        ask::DeclareVote{{"list"}, 1, 2, 3},
        ask::WithdrawQuestion{{"list"}},
        ask::MeetPresidium{{Hall::delegate(1)}, {}},
        ask::CallItem{{"report"}},
        ask::LayDocument{{}, same_text("x"), "en", "x"},
        ask::HearReport{{"report"}, "x", Delivery::read_out, "x"},
        ask::RecordDeliberation{{"report"}, {"east"}, 1, same_text("x"), {}},
        ask::ConcludeItem{{"report"}},
        ask::NoteFact{same_text("x")},
        ask::DeclareResult{whole.result()},
        ask::Nominate{"womens_committee",
                      same_text("x"),
                      same_text("x"),
                      {2026, 1, 1},
                      "x",
                      {{"x", "x", "chair"}, {"y", "y", "member"}, {"z", "z", "member"}}},
        ask::CallNewElection{"committee"},
        ask::AnnouncePlenary{"committee"},
        ask::CloseCongress{}};
    Congress congress;
    std::size_t accepted = 0, refused = 0;
    for (std::size_t i = 0; i <= whole.history.size(); ++i) {
        for (const auto& command : everything) {
            const auto events = decide(congress, command, whole.now);
            ++(events ? accepted : refused);
            if (!events) {
                CHECK(has_text(Language::en, "refusal." + std::string(events.error().name())));
                continue;
            }
            CHECK_FALSE(events->empty());
            Congress next = congress;
            for (const auto& event : *events) {
                next = evolve(std::move(next), event, whole.now);
                for (const auto language : all_languages)
                    CHECK(sentence_of(next, event).in(language).find('{') == std::string::npos);
            }
        }
        if (i < whole.history.size())
            congress = evolve(std::move(congress), whole.history[i].event, whole.history[i].at);
    }
    CHECK(accepted > 500);
    CHECK(refused > 500);
}
