// SPDX-License-Identifier: Apache-2.0
// The scenarios of examples/ beside the group congress: what each of them is there to show.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <map>

#include "app/compose.h"
#include "base/file.h"
#include "cli/rehearsed_for_tests.h"
#include "election/refusals.h"
#include "rules/rules.h"
#include "store/fixture.h"

using namespace plenum;
using namespace plenum::cli;

namespace {

const std::string city = "examples/city-congress";
constexpr std::int64_t ms_per_day = 86'400'000;

/// Held once, with what stood in the congress at the moment when it closed.
struct Held {
    explicit Held(const std::string& folder)
        : rehearsed(
              "7",
              [&](const app::Office& office) {
                  if (at_close || office.congresses().empty()) return;
                  REQUIRE(office.read(office.congresses().front().id,
                                      [&](const app::Books&, const congress::Congress& state) {
                                          if (state.closed) at_close = state;
                                      }));
              },
              folder) {
        if (!rehearsed.done) {
            const auto why = sentence_of(Language::en, rehearsed.done.error());
            FAIL(why);
        }
        REQUIRE(rehearsed.office->read(rehearsed.scenario.id,
                                       [&](const app::Books& books, const congress::Congress& state) {
                                           now = state;
                                           elections = books.elections;
                                       }));
    }
    const congress::BodyRecord& body(std::string_view name) const { return *now.find_body(name); }
    const congress::DeclaredResult& result(std::string_view name, std::size_t round) const {
        return body(name).results.at(round - 1).result;
    }
    /// Votes for a candidate in a round.
    static std::vector<std::int64_t> votes(const congress::DeclaredResult& result) {
        std::vector<std::int64_t> out;
        for (const auto& row : result.rows) out.push_back(row.in_favour);
        return out;
    }
    const election::Election& election(const std::string& id) const { return elections.at(id); }
    congress::Congress now;
    std::optional<congress::Congress> at_close;
    std::map<std::string, election::Election> elections;
    Rehearsed rehearsed;
};

const Held& held_city() {
    static const Held once(city);
    return once;
}
const Held& held_german() {
    static const Held once("examples/de-congress");
    return once;
}
const Held& held_british() {
    static const Held once("examples/gb-postal-ballot");
    return once;
}
const Held& held_convention() {
    static const Held once("examples/robert-convention");
    return once;
}

const congress::Request& request(const Held& held, congress::Matter matter, const std::string& body,
                                 const std::string& party) {
    const auto found = held.now.requests.find({matter, body, party});
    REQUIRE(found != held.now.requests.end());
    REQUIRE(found->second.replied_at);
    return found->second;
}
std::int64_t days_of_reply(const congress::Request& request) {
    return (request.replied_at->ms - request.sent_at.ms) / ms_per_day;
}

void papers_hold_everyone(const Held& held) {
    const auto& office = *held.rehearsed.office;
    for (const auto language : all_languages)
        for (const auto* name : {"minutes", "communique"}) {
            CAPTURE(name);
            CAPTURE(tag_of(language));
            const auto paper = office.paper(held.rehearsed.scenario.id, name, language);
            REQUIRE(paper);
            const auto text = congress::markdown_from(*paper);
            for (const auto& body : held.now.bodies)
                for (const auto& member : body.members()) {
                    CAPTURE(member.name);
                    CHECK(text.find(member.name) != std::string::npos);
                }
            CHECK(text.find('{') == std::string::npos);
            CHECK(key_in(text) == "");
        }
    for (const auto& sentence : held.rehearsed.told)
        for (const auto language : all_languages) {
            const auto& text = sentence.in(language);
            CAPTURE(text);
            CHECK(!text.empty());
            CHECK(text.find('{') == std::string::npos);
            CHECK(key_in(text) == "");
        }
}

bool told(const Held& held, std::string_view words) {
    return std::ranges::any_of(held.rehearsed.told,
                               [&](const Text& each) { return each.en.find(words) != std::string::npos; });
}

}  // namespace

TEST_CASE("every scenario of the examples is rehearsed to its end, whatever the seed, and the same each time") {
    for (const auto* held : {&held_city(), &held_german(), &held_british(), &held_convention()}) {
        const auto folder = held->rehearsed.scenario.folder;
        CAPTURE(folder);
        const Rehearsed one("8", {}, folder), again("8", {}, folder);
        const auto& other = held->rehearsed;  // with another seed
        for (const auto* each : {&one, &again, &other}) {
            if (!each->done) MESSAGE(sentence_of(Language::en, each->done.error()));
            REQUIRE(each->done);
            CHECK((each->summary().at("phase") == "approved" || each->summary().at("phase") == "closed"));
        }
        CHECK(canonical_json(one.summary()) == canonical_json(again.summary()));
        CHECK(one.told == again.told);
        CHECK(one.summary().at("journal_head") != other.summary().at("journal_head"));
        CHECK(one.refused == other.refused);
    }
}

TEST_CASE("the city's seats go to districts and industrial unions by largest remainder, four at least") {
    const auto& held = held_city();
    CHECK(held.now.plan->pack == "cn-congress-level");
    CHECK(held.now.plan->numbering.style == congress::NumberingStyle::congress_number);
    CHECK(held.now.plan->numbering.term == 8);
    CHECK(held.now.allocation == congress::AllocationMethod::largest_remainder);
    REQUIRE(held.now.units.size() == 16);
    std::int64_t seats = 0, members = 0;
    for (std::size_t i = 0; i < held.now.units.size(); ++i) {
        const auto& unit = held.now.units[i];
        CAPTURE(unit.id.value);
        CHECK(unit.seats >= 4);
        CHECK(unit.seats == held.rehearsed.scenario.units[i].seats);  // as many as its delegation in the roster
        CHECK(held.now.unit_elections.at(unit.id).delegates.size() == static_cast<std::size_t>(unit.seats));
        seats += unit.seats;
        members += unit.members;
    }
    CHECK(seats == 208);
    CHECK(members == held.now.plan->members);
    CHECK(held.now.find_unit({"jg"})->seats == 4);  // 640 of 235,050 members would not make one seat
    CHECK(held.now.entitled == 207);                // one mandate is not valid
}

TEST_CASE("the city's committee is filled in a second round, for the seats left open") {
    const auto& held = held_city();
    REQUIRE(held.body("committee").results.size() == 2);
    const auto &first = held.result("committee", 1), &second = held.result("committee", 2);
    CHECK(first.seats == 45);
    CHECK(first.rows.size() >= 48);
    CHECK(first.open == 2);
    CHECK(first.threshold == 104);  // more than half of the 207 who should attend
    CHECK(first.next.front() == "further_election");
    CHECK(second.seats == 2);
    CHECK(second.rows.size() == 3);
    CHECK(second.open == 0);
    CHECK(second.threshold == 104);
    CHECK(held.body("committee").members().size() == 45);
    for (const auto& member : held.body("committee").members()) CHECK(member.in_favour >= 104);
    for (const auto* other : {"standing_committee", "chair", "vice_chair", "audit_committee", "audit_chair"})
        CHECK(held.body(other).results.size() == 1);
    CHECK(held.body("standing_committee").members().size() == 11);
    CHECK(held.body("chair").elected_in == "committee");
    CHECK(held.body("womens_committee").nominated);
}

TEST_CASE("the city's second sitting loses its quorum before the second round, and resumes when it is there again") {
    const auto& held = held_city();
    const auto& quorums = held.now.quorums;
    const auto lost = std::ranges::find_if(quorums, [](const auto& each) { return !each.met; });
    REQUIRE(lost != quorums.end());
    CHECK(lost->occasion == congress::QuorumOccasion::ballot_issue);
    CHECK(lost->round == 2);
    CHECK(lost->present == 129);
    CHECK(lost->required == 138);
    REQUIRE(quorums.end() - lost > 3);
    CHECK((lost + 1)->occasion == congress::QuorumOccasion::on_request);
    CHECK(!(lost + 1)->met);
    CHECK((lost + 2)->occasion == congress::QuorumOccasion::resumption);
    CHECK((lost + 2)->met);
    CHECK((lost + 3)->occasion == congress::QuorumOccasion::ballot_issue);
    CHECK((lost + 3)->round == 2);
    CHECK((lost + 3)->met);
    CHECK(std::ranges::count_if(quorums, [](const auto& each) { return !each.met; }) == 2);
    const std::vector<std::string> named{"congress.holding_not_approved", "congress.candidates_not_approved",
                                         "election.no_quorum", "congress.no_quorum"};
    auto refused = held.rehearsed.refused;
    std::erase(refused, "election.counts_differ_in_favour");
    CHECK(refused == named);
}

TEST_CASE("in the city some approvals come early and some late, and until they come the result is pending") {
    const auto& held = held_city();
    using congress::Matter;
    CHECK(days_of_reply(request(held, Matter::holding, "", "party_same_level")) == 2);
    CHECK(days_of_reply(request(held, Matter::holding, "", "higher_union")) > 15);
    CHECK(days_of_reply(request(held, Matter::candidates, "committee", "party_same_level")) == 1);
    const auto& audit_list = request(held, Matter::candidates, "audit_committee", "higher_union");
    CHECK(days_of_reply(audit_list) > 15);
    CHECK(*audit_list.replied_at > UtcTime{days_from_date(held.now.plan->begins_on) * ms_per_day});
    // The committee is approved before the congress closes, everybody else after it, the auditors after the 15 days.
    REQUIRE(held.at_close);
    using State = congress::BodyState;
    const auto at_close = [&](const char* body) { return held.at_close->find_body(body)->state; };
    CHECK(at_close("committee") == State::approved);
    for (const auto* body :
         {"standing_committee", "chair", "vice_chair", "audit_committee", "audit_chair", "womens_committee"})
        CHECK(at_close(body) == State::pending_approval);
    CHECK(*request(held, Matter::results, "committee", "higher_union").replied_at < *held.now.closed_at);
    CHECK(days_of_reply(request(held, Matter::results, "chair", "higher_union")) <= 15);
    CHECK(days_of_reply(request(held, Matter::results, "audit_committee", "higher_union")) > 15);
    for (const auto& body : held.now.bodies) CHECK(body.state == State::approved);
    CHECK(congress::phase_of(held.now) == "approved");
}

TEST_CASE("minutes and communique of every scenario name everyone elected, in three languages") {
    for (const auto* held : {&held_city(), &held_german(), &held_british(), &held_convention()}) {
        CAPTURE(held->rehearsed.scenario.id);
        papers_hold_everyone(*held);
    }
}

TEST_CASE("a German congress: more than half at all times, votes for and against, a run-off, a lot") {
    const auto& held = held_german();
    CHECK(held.now.plan->pack == "de-bundeskongress");
    // Three numbers that are kept apart: mandates possible, filled, present.
    CHECK(held.now.plan->delegates == 41);
    CHECK(held.now.entitled == 39);
    CHECK(held.now.quorums.front().present == 31);
    CHECK(held.now.quorums.front().required == 20);
    // Nobody above is asked, and the quorum binds all the time.
    auto refused = held.rehearsed.refused;
    std::erase(refused, "election.counts_differ_in_favour");
    CHECK(refused == std::vector<std::string>{"congress.nobody_to_ask", "congress.no_quorum", "election.lot_needed"});
    const auto& motion = *held.now.questions.at({"motion-a7"}).decided;
    CHECK(motion.adopted);
    CHECK(motion.in_favour == 14);
    CHECK(motion.present == 31);
    CHECK(motion.base_count == 26);  // the five abstentions are not in it
    CHECK(motion.required == 14);
    CHECK(told(held, "The rule: Adopted by more than one half of the votes for and against."));
    // Of 29 who said yes or no, 14 are no majority; in the run-off between the first two, most votes win.
    CHECK(held.result("chair", 1).rows.size() == 3);
    CHECK(held.result("chair", 1).open == 1);
    CHECK(held.votes(held.result("chair", 1)) == std::vector<std::int64_t>{14, 11, 5});
    CHECK(held.result("chair", 2).rows.size() == 2);
    CHECK(held.result("chair", 2).threshold == 1);  // no share is asked for
    CHECK(held.result("chair", 2).rows.front().in_favour == 15);
    CHECK(held.result("chair", 2).rows.front().elected);
    // A tie for the last seat, a run-off among the tied, and the lot.
    CHECK(held.result("committee", 1).next == std::vector<std::string>{"runoff_among_tied"});
    CHECK(held.result("committee", 1).open == 1);
    const auto& drawn = held.election("de-6-executive-2");
    CHECK(drawn.result->votes.lot.size() == 2);
    CHECK(drawn.result->course.elected == std::vector<std::string>{drawn.result->votes.lot.front()});
    for (const auto& body : held.now.bodies) CHECK(body.state == congress::BodyState::approved);  // final at once
}

TEST_CASE("a British election: all members by post, no quorum, most votes, a lot, and nobody ballots for one name") {
    const auto& held = held_british();
    CHECK(held.now.plan->pack == "uk-tulrca");
    CHECK(held.now.entitled == 61);
    CHECK(held.now.quorums.front().present == 4);
    CHECK(held.now.quorums.front().required == 0);
    CHECK(held.now.quorums.front().met);
    // The general secretary is unopposed.
    const auto& unopposed = held.election("gb-1-secretary");
    CHECK(unopposed.result->method == election::Method::uncontested);
    CHECK(held.result("chair", 1).issued == 0);
    CHECK(held.body("chair").members().size() == 1);
    // Papers go to everybody on the roll, not to the four in the room; the scrutineer is none of them.
    const auto& ballot = held.election("gb-1-executive");
    CHECK(ballot.ballots->issued == 61);
    CHECK(ballot.result->votes.returned == 44);
    CHECK(ballot.result->votes.invalid == 3);  // two blank, one with too many names
    CHECK(ballot.scrutineers.size() == 1);
    CHECK(!held.now.mandates.contains({ballot.scrutineers.front().id.value}));
    CHECK(told(held, "papers go by post to the 61 on the roll"));
    CHECK(told(held, "so no ballot was held. Elected (1): Cath Placeholder"));
    const auto communique = held.rehearsed.office->paper("gb-1", "communique", Language::en);
    REQUIRE(communique);
    const auto paper = congress::markdown_from(*communique);
    CHECK(paper.find("Seats: 5. Most votes win.") != std::string::npos);
    CHECK(paper.find("General Secretary: no more candidates than seats (1); elected without a ballot") !=
          std::string::npos);
    const auto& result = held.result("committee", 1);
    CHECK(result.threshold == 1);
    CHECK(held.votes(result) == std::vector<std::int64_t>{33, 31, 28, 24, 19, 19, 11});
    CHECK(2 * result.rows.at(3).in_favour < result.entitled);  // elected with far less than half
    CHECK(result.open == 0);
    CHECK(ballot.result->votes.lot.size() == 2);
    const auto winner = ballot.result->votes.lot.front();
    CHECK(std::ranges::count_if(result.rows, [&](const auto& row) { return row.id == winner && row.elected; }) == 1);
}

TEST_CASE(
    "a convention under Robert's Rules: a quorum of those enrolled, blanks out, illegal votes in, nobody dropped") {
    const auto& held = held_convention();
    CHECK(held.now.plan->pack == "invented-bylaws");
    CHECK(held.now.plan->pack_texts.contains("robert-convention"));  // filled in from the packs of the program
    CHECK(held.now.plan->pack_texts.at("robert-convention") == rules::packs_in_use().at("robert-convention"));
    CHECK(held.now.entitled == 43);
    CHECK(held.now.enrolled.size() == 31);
    CHECK(held.now.quorums.front().required == 16);  // of 31 enrolled; of 43 elected it would be 22
    const auto& resolution = *held.now.questions.at({"resolution"}).decided;
    CHECK(resolution.present == 17);
    CHECK(resolution.in_favour == 8);
    CHECK(resolution.adopted);
    CHECK(std::ranges::count(held.rehearsed.refused, "congress.no_quorum") == 1);
    // Four blanks leave the base, two illegal votes stay in it: 13 of 26 are no majority.
    const auto& first = held.result("chair", 1);
    CHECK(first.returned == 30);
    CHECK(first.base_count == 26);
    CHECK(first.threshold == 14);
    CHECK(first.open == 1);
    CHECK(held.result("chair", 2).rows.size() == 3);  // nobody is dropped
    CHECK(held.result("chair", 2).open == 0);
    // Three tie for two places: those above are elected, and the places are balloted anew among all who remain.
    const auto& board = held.result("committee", 1);
    CHECK(board.open == 2);
    CHECK(std::ranges::count_if(board.rows, [](const auto& row) { return row.tied; }) == 3);
    CHECK(board.next.front() == "reballot_for_open_seats");
    CHECK(held.result("committee", 2).rows.size() == 5);
    CHECK(held.body("committee").members().size() == 4);
}

TEST_CASE("who was elected without a ballot has no papers to be marked afterwards") {
    store::fixture::Folder folder;
    std::filesystem::copy("examples/gb-postal-ballot", folder / "");
    auto text = read_file(folder / "scenario.toml");
    REQUIRE(text);
    // Behind the declaration of the one name for the one seat.
    const auto behind = text->find("[[step]]", text->find("act = \"election.declare_uncontested\""));
    text->insert(behind,
                 "[[step]]\nact = \"rehearsal.ballot\"\nby = \"secretariat\"\nwith.body = \"chair\"\n"
                 "with.election = \"gb-1-secretary\"\nwith.scrutineer = \"Observer\"\n\n");
    REQUIRE(write_file(folder / "scenario.toml", *text));
    const Rehearsed held("7", {}, folder / "");
    CHECK(refused_as(held.done, election::Why::is_certified));
}

TEST_CASE("an organisation's own pack builds on one that the program carries, and nothing else is filled in") {
    const auto plan = [&](JsonObject texts) {
        SetClock clock({1'790'000'000'000});
        SeededRandomness books("books");
        auto office = app::Office::open(":memory:", clock, books);
        REQUIRE(office);
        const auto& held = held_convention();
        auto with = to_json(static_cast<const congress::ask::Plan&>(*held.now.plan)).as_object();
        with["pack_texts"] = std::move(texts);
        const auto receipt =
            (*office)->act({"t", app::Role::administrator}, {"congress.plan", "own-1", std::move(with), "key"});
        return receipt ? std::string() : std::string(receipt.error().name());
    };
    const auto bylaws = Json(held_convention().now.plan->pack_texts.at("invented-bylaws"));
    CHECK(plan({{"invented-bylaws", bylaws}}).empty());
    CHECK(plan({}) == "app.pack_unknown");
    CHECK(plan({{"other", bylaws}}) == "app.pack_unknown");
    CHECK(plan({{"invented-bylaws", 5}}) == "base.field_wrong_type");
    // Its own reading of the parent stands before the program's.
    CHECK(plan({{"invented-bylaws", bylaws}, {"robert-convention", "[pack]\n"}}) == "rules.field_missing");
}
