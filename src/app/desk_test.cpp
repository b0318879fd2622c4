// SPDX-License-Identifier: Apache-2.0
#include "app/desk.h"

#include "app/office_for_tests.h"

namespace plenum::app {
namespace {

desk::Congress desk_of(const SmallCongress& house, Language language = Language::en) {
    std::optional<desk::Congress> out;
    REQUIRE(house.office->read(house.id, [&](const Books& books, const congress::Congress& congress) {
        out = desk::congress_of(books, congress, language);
    }));
    // What is sent is what the struct lists, so that it reads back.
    const auto json = to_json(*out);
    const auto again = from_json<desk::Congress>(json);
    REQUIRE(again);
    CHECK(canonical_json(to_json(*again)) == canonical_json(json));
    return std::move(*out);
}

desk::Delegates delegates_of(const SmallCongress& house, std::int64_t since) {
    std::optional<desk::Delegates> out;
    REQUIRE(house.office->read(house.id, [&](const Books& books, const congress::Congress& congress) {
        out =
            desk::delegates_of(books, congress, since, {{7, {"m7", "p7", "Person 7"}}, {8, {"m8", "p8", "Somebody"}}});
    }));
    return std::move(*out);
}

const desk::Request& request(const desk::Congress& desk, std::string_view matter, std::string_view party) {
    for (const auto& each : desk.requests)
        if (name_of(each.matter) == matter && each.party == party) return each;
    FAIL("no such request");
    return desk.requests.front();
}

}  // namespace

TEST_CASE("the desk says what the rules want asked, before and after it was") {
    SmallCongress house;
    house.plan();
    auto desk = desk_of(house);
    CHECK(desk.phase == "preparing");
    CHECK(desk.pack.unconfirmed.empty());
    CHECK(request(desk, "holding", "higher_union").state == desk::RequestState::not_sent);
    house.must(congress::ask::SendRequest{congress::Matter::holding, "higher_union", "", "No. 5"});
    const auto sent_at = house.clock.now();
    house.must(congress::ask::RecordReply{congress::Matter::holding, "higher_union", "", false, "No. 6"});
    desk = desk_of(house);
    const auto& refused = request(desk, "holding", "higher_union");
    CHECK(refused.state == desk::RequestState::refused);
    CHECK(refused.document == "No. 5");
    CHECK(refused.reply == "No. 6");
    CHECK(refused.sent_at == sent_at);
    CHECK(request(desk, "candidates", "higher_union").body == "committee");
    // The rules put nomination first for the women's committee, so nobody consents to candidates, also before the
    // agenda.
    CHECK(std::ranges::none_of(desk.requests, [](const auto& each) {
        return each.matter == congress::Matter::candidates && each.body == "womens_committee";
    }));
    REQUIRE(desk.last);
    CHECK(desk.last->actor == "chair");
    CHECK(desk.seq == house.office->last_event_of(house.id));
}

TEST_CASE("the desk keeps every sitting with its measured quorums, and the open one beside") {
    SmallCongress house;
    house.up_to_nomination();
    const auto desk = desk_of(house);
    REQUIRE(desk.sittings.size() == 2);
    CHECK(desk.sittings[0].state == desk::SittingState::closed);
    CHECK(desk.sittings[0].present == 27);
    CHECK(desk.sittings[0].entitled == 30);
    CHECK_FALSE(desk.sittings[0].quorum);
    REQUIRE(desk.sittings[0].measured.size() == 1);
    CHECK(desk.sittings[0].measured[0].present == 27);
    REQUIRE(desk.sitting);
    CHECK(desk.sitting->present == 25);
    CHECK(desk.sitting->elects);
    REQUIRE(desk.sitting->quorum);
    CHECK(desk.sitting->quorum->met);
    REQUIRE(desk.sitting->chair);
    CHECK(desk.sitting->chair->name == "Person 1");
    CHECK(desk.units[0].present + desk.units[1].present == 25);
    CHECK(desk.credentials.valid == 30);
    CHECK(desk.presidium.members.size() == 3);
    CHECK(desk.measure.parts.size() == 2);
    CHECK(desk.questions.front().state == desk::QuestionState::adopted);
    CHECK(desk.questions.front().kind == "measure");
    REQUIRE(desk.questions.front().result);
    CHECK(desk.questions.front().result->abstain == 2);
}

TEST_CASE("the desk tells that a teller has entered a count and whether both agree, never what") {
    SmallCongress house;
    house.up_to_ballots();
    house.issue();
    house.must("election.collect_ballots", house.with_election({{"returned", 24}}));
    house.must("election.enter_count", house.sheet("t1"));
    auto desk = desk_of(house);
    REQUIRE(desk.elections.size() == 1);
    CHECK(desk.elections[0].counts == desk::CountsState::one);
    CHECK(desk.elections[0].entries[0].name == "Teller 1");
    CHECK(desk.elections[0].missing == 1);
    auto slip = house.sheet("t2");
    slip.as_object()["sheet"].as_object()["votes"].as_array()[5].as_object()["in_favour"] = 8;
    slip.as_object()["sheet"].as_object()["votes"].as_array()[5].as_object()["against"] = 15;
    house.must("election.enter_count", slip);
    desk = desk_of(house);
    CHECK(desk.elections[0].counts == desk::CountsState::differ);
    REQUIRE(desk.elections[0].differs);
    CHECK(desk.elections[0].differs->at("name").as_string() == "election.counts_differ_in_favour");
    const auto text = canonical_json(to_json(desk.elections[0]));
    CHECK(text.find("in_favour\":") == std::string::npos);
    CHECK(text.find("sheet") == std::string::npos);
    house.must("election.enter_count", house.sheet("t2"));
    CHECK(desk_of(house).elections[0].counts == desk::CountsState::agree);
    house.must("election.compare_counts", house.with_election());
    house.must("election.certify", house.with_election({{"scrutineers", JsonArray{"d11"}}}));
    desk = desk_of(house);
    CHECK(desk.elections[0].counts == desk::CountsState::agreed);
    REQUIRE(desk.elections[0].result);
    CHECK(desk.elections[0].result->valid == 23);
    CHECK(desk.elections[0].result->invalid == 1);
    CHECK(desk.elections[0].result->rows.size() == 6);
    CHECK_FALSE(desk.elections[0].declared);
    house.must("congress.declare_result", house.with_election());
    desk = desk_of(house);
    CHECK(desk.elections[0].declared);
    CHECK(desk.bodies[0].members.size() == 5);
    CHECK(desk.bodies[0].results[0].rows[0].in_favour == 22);
}

TEST_CASE("only the delegates' rows that changed are sent again") {
    SmallCongress house;
    house.up_to_nomination();
    const auto all = delegates_of(house, 0);
    CHECK(all.all);
    REQUIRE(all.rows.size() == 30);
    CHECK(delegates_of(house, all.seq).rows.empty());
    house.must(congress::ask::CheckIn{congress::Hall::delegate(29), congress::CheckInMethod::manual});
    const auto came = delegates_of(house, all.seq);
    CHECK_FALSE(came.all);
    REQUIRE(came.rows.size() == 1);
    CHECK(came.rows[0].id == congress::Hall::delegate(29).value);
    CHECK(came.rows[0].present);
    CHECK(delegates_of(house, came.seq).rows.empty());
    house.must(congress::ask::CloseSitting{});
    const auto closed = delegates_of(house, came.seq);
    CHECK(closed.all);  // everybody left
    CHECK(std::ranges::none_of(closed.rows, &desk::Delegate::present));
}

TEST_CASE("what the register says of a delegate is sent again once the register has changed") {
    SmallCongress house;
    house.up_to_nomination();
    const auto before = delegates_of(house, 0);
    CHECK(delegates_of(house, before.seq).rows.empty());
    const auto shop = founding("shop", "Shop", "2026-01-01");
    REQUIRE(house.office->act(house.chair, {"registry.found_organisation", "", shop, "found"}));
    const auto after = delegates_of(house, before.seq);
    CHECK(after.all);
    CHECK(after.rows.size() == 30);
    CHECK(delegates_of(house, after.seq).rows.empty());
    house.must(congress::ask::CheckIn{congress::Hall::delegate(29), congress::CheckInMethod::manual});
    CHECK(delegates_of(house, after.seq).rows.size() == 1);
}

TEST_CASE("while a first plenary meets, the members of the body are the electors") {
    SmallCongress house;
    house.up_to_certificate();
    house.must("congress.declare_result", JsonObject{{"election", house.election}});
    const auto electors = [&] {
        std::vector<std::string> out;
        for (const auto& row : delegates_of(house, 0).rows)
            if (row.elector) out.push_back(row.id);
        return out;
    };
    CHECK(electors().size() == 30);
    house.must(congress::ask::InterruptSitting{congress::Interruption::pause, same_text("The committee meets.")});
    house.must(congress::Hall::first_plenary());
    CHECK(electors() == std::vector<std::string>{"d3", "d4", "d5", "d6", "d7"});
}

TEST_CASE("a delegate has the register's number where number and name agree") {
    CHECK(desk::number_of_delegate("d017") == 17);
    CHECK_FALSE(desk::number_of_delegate("d"));
    CHECK_FALSE(desk::number_of_delegate("x17"));
    CHECK_FALSE(desk::number_of_delegate("d1x"));
    CHECK_FALSE(desk::number_of_delegate("d000"));
    SmallCongress house;
    house.prepare();
    for (const auto& row : delegates_of(house, 0).rows) {
        if (row.id == "d7") CHECK(row.mandate == "m7");
        if (row.id == "d8") CHECK_FALSE(row.mandate);  // another person's number
    }
}

TEST_CASE("a pack shows what nobody has verified and what a measure must state, a congress what became of it") {
    const auto packs = desk::packs();
    CHECK(packs.size() >= 5);
    const auto pack = desk::rules_of_pack("cn-grassroots-2016");
    REQUIRE(pack);
    std::int64_t unverified = 0, open = 0;
    for (const auto& field : pack->list) {
        unverified += !field.verified;
        open += field.left_open;
        CHECK_FALSE(field.confirmed);
    }
    for (const auto& listing : packs) {
        if (listing.id == "cn-grassroots-2016") {
            CHECK(listing.unverified == unverified);
            CHECK(listing.left_open == open);
            CHECK(listing.for_congress);
        }
        if (listing.id == "cn-collective") CHECK_FALSE(listing.for_congress);
    }
    CHECK(unverified > 3);
    CHECK(refused_as(desk::rules_of_pack("none"), Why::pack_unknown));
    SmallCongress house;
    house.up_to_nomination();
    std::optional<desk::Rules> rules;
    REQUIRE(house.office->read(
        house.id, [&](const Books&, const congress::Congress& congress) { rules = desk::rules_of(congress); }));
    std::int64_t confirmed = 0, stated = 0;
    for (const auto& field : rules->list) {
        confirmed += field.confirmed == std::optional(true);
        stated += field.stated;
    }
    CHECK(confirmed == unverified);
    CHECK(stated > 0);
}

TEST_CASE("an act can be tried: it says its sentence, or the refusal, and nothing happens") {
    SmallCongress house;
    house.up_to_nomination();
    const auto before = house.office->journal().last();
    const auto noted = house.office->attempt(
        house.chair, house.asked("congress.note_fact", JsonObject{{"text", json_from(same_text("The anthem."))}}));
    REQUIRE(noted);
    REQUIRE(noted->sentences.size() == 1);
    CHECK(noted->sentences[0].en == "The anthem.");
    CHECK(noted->seq == before);
    CHECK(house.office->attempt(house.chair, house.asked("congress.resume_sitting", JsonObject{})).error().name() ==
          "congress.sitting_not_interrupted");
    const auto found = founding("hq", "HQ", "2026-01-01");
    const auto unknown = house.office->attempt(house.chair, house.asked("congress.resume_siting", JsonObject{}));
    REQUIRE(refused_as(unknown, Why::act_unknown));
    CHECK(unknown.error().fact("nearest").starts_with("congress.resume_sitting"));
    REQUIRE(house.office->attempt(house.chair, {"registry.found_organisation", "", found, ""}));
    REQUIRE(house.office->attempt(house.chair, {"registry.found_organisation", "", found, ""}));
    CHECK(house.office->journal().last() == before);
    REQUIRE(house.office->act(house.chair, {"registry.found_organisation", "", found, "real"}));
    CHECK(house.office->attempt(house.chair, {"registry.found_organisation", "", found, ""}).error().name() ==
          "registry.organisation_known");
}

TEST_CASE("whoever changes what somebody else changed meanwhile is told, and nothing happens") {
    SmallCongress house;
    house.prepare();
    const auto seen = house.office->last_event_of(house.id);
    const auto review = [&](const char* delegate, std::int64_t known, const char* actor) {
        congress::ask::ReviewCredentials asked{{{{delegate}, congress::Finding::invalid, "moved away"}}};
        auto ask = house.asked("congress.review_credentials", to_json(asked));
        ask.seen = known;
        return house.office->act({actor, Role::administrator}, ask);
    };
    REQUIRE(review("d3", seen, "Li"));
    const auto late = review("d3", seen, "Wang");
    REQUIRE_FALSE(late);
    CHECK(late.error().name() == "app.changed_meanwhile");
    CHECK(late.error().fact("actor") == "Li");
    CHECK(late.error().fact("seq") == std::to_string(seen + 1));
    REQUIRE(review("d4", seen, "Wang"));                                   // another delegate
    REQUIRE(review("d3", house.office->last_event_of(house.id), "Wang"));  // he has looked again
}

TEST_CASE("a member or organisation that somebody changed since it was read is not changed again unseen") {
    SmallCongress house;
    const auto act = [&](const char* name, JsonObject with, std::optional<std::int64_t> seen) {
        return house.office->act(house.chair, {name, "", with, "k" + std::to_string(++house.keys), seen});
    };
    const auto founded = act("registry.found_organisation", founding("hq", "HQ", "2020-01-01"), std::nullopt);
    REQUIRE(founded);
    const auto rename = [&](const char* name, const char* on, std::int64_t seen) {
        return act("registry.rename_organisation",
                   {{"organisation", "hq"}, {"name", json_from(same_text(name))}, {"on", on}}, seen);
    };
    REQUIRE(rename("Head office", "2021-01-01", founded->last));
    CHECK(refused_as(rename("Main office", "2022-01-01", founded->last), Why::changed_meanwhile));
    REQUIRE(rename("Main office", "2022-01-01", founded->last + 1));
}

}  // namespace plenum::app
