// SPDX-License-Identifier: Apache-2.0
// A small congress for tests: 120 members, 30 delegates of two units, 5 committee seats, under the basic-level pack.
#pragma once
#include <doctest/doctest.h>

#include "congress/congress.h"
#include "congress/papers.h"

namespace plenum::congress {

struct Hall {
    Congress congress;
    std::vector<Recorded> history;
    UtcTime now{1'789'960'000'000};  // a morning at the place: no test lasts over night unless it says so

    plenum::Result<Done> ask(const ask::Command& command) {
        now = now + 60'000;
        auto events = decide(congress, command, now);
        if (!events) return refuse(std::move(events).error());
        for (auto& event : *events) {
            congress = evolve(std::move(congress), event, now);
            history.push_back({static_cast<std::int64_t>(history.size()) + 1, now, std::move(event)});
        }
        return Done{};
    }
    void must(const ask::Command& command) {
        const auto done = ask(command);
        if (!done) {
            const std::string told = std::string(kind_of(command)) + " refused as " + std::string(done.error().name()) +
                                     " " + done.error().place.field + " " + sentence_of(Language::en, done.error());
            FAIL(told);
        }
    }

    static ask::Plan plan() {
        ask::Plan out;
        out.organisation = same_text("Invented Works Union");
        out.higher_union = same_text("Invented City Federation");
        out.numbering = {NumberingStyle::term_and_session, 2, 1};
        out.congress_kind = Kind::electing;
        out.members = 120;
        out.women_members = 41;
        out.delegates = 30;
        out.term_years = 5;
        out.begins_on = {2026, 11, 18};
        out.ends_on = {2026, 11, 19};
        out.place = same_text("the Invented Hall");
        out.utc_offset_minutes = 480;
        out.bodies = {{"committee", same_text("Second Committee"), 5},
                      {"audit_committee", same_text("Second Audit Committee"), 3},
                      {"womens_committee", same_text("Women's Committee"), 3},
                      {"chair", same_text("Chair"), 1},
                      {"vice_chair", same_text("Vice Chairs"), 2}};
        out.pack = "cn-grassroots-2016";
        out.pack_texts = {rules::packs_in_use().begin(), rules::packs_in_use().end()};
        return out;
    }
    void confirm() {
        ask::ConfirmValues all;
        for (const auto& name : congress.unconfirmed) all.fields_confirmed.push_back(name);
        must(all);
    }
    void consent(Matter matter, const std::string& body = {}) {
        for (const auto* party : {"party_same_level", "higher_union"}) {
            must(ask::SendRequest{matter, party, body, "No. 5"});
            must(ask::RecordReply{matter, party, body, true, "No. 6"});
        }
    }
    static std::vector<Unit> units() {
        return {{{"east"}, same_text("East Shop"), 70, 17}, {{"west"}, same_text("West Shop"), 50, 13}};
    }
    static DelegateId delegate(int number) { return {"d" + std::to_string(number)}; }
    static ask::ReportUnitElection unit_election(const Unit& unit, int first) {
        ask::ReportUnitElection out{unit.id, unit.members, unit.members - 5, unit.seats + 3, unit.members / 2 + 6, {}};
        for (int i = 0; i < unit.seats; ++i) {
            Delegate each;
            each.id = delegate(first + i);
            each.unit = unit.id;
            each.category = "worker";
            each.name = "Person " + std::to_string(first + i);
            each.sex = (first + i) % 2 == 1 ? "female" : "male";
            out.delegates.push_back(each);
        }
        return out;
    }
    /// The women's committee of the plan: three members, Person 20 in the chair.
    static ask::Nominate nomination() {
        return {"womens_committee",
                same_text("the committee"),
                same_text("women of both shops"),
                {2026, 9, 1},
                "No. 9",
                {{"Person 20", "West Shop", "chair"},
                 {"Person 21", "West Shop", "member"},
                 {"Person 23", "West Shop", "member"}},
                same_text("women of both shops")};
    }
    void review_all() {
        ask::ReviewCredentials all;
        for (const auto& [id, mandate] : congress.mandates) all.findings.push_back({id, Finding::valid, ""});
        must(all);
    }
    void prepare(const ask::Plan& planned = plan()) {
        must(planned);
        confirm();
        consent(Matter::holding);
        must(ask::Allocate{AllocationMethod::stated, 1, units()});
        must(unit_election(units()[0], 1));
        must(unit_election(units()[1], 18));
        review_all();
    }
    void doors(SittingKind kind, bool elects, int arriving) {
        must(ask::OpenCheckIn{{"s" + std::to_string(congress.sitting.number + 1)}, kind, same_text("sitting"), elects});
        for (int i = 1; i <= arriving; ++i) must(ask::CheckIn{delegate(i), CheckInMethod::card});
    }
    static ask::PutQuestion question(const std::string& id, Subject subject, std::optional<ItemId> item = {}) {
        return {{id},         std::move(item),   same_text("Shall it be adopted?"), VoteMode::show_of_hands,
                std::nullopt, std::move(subject)};
    }
    void adopt(const std::string& id, Subject subject, std::optional<ItemId> item = {}) {
        must(question(id, std::move(subject), std::move(item)));
        must(ask::DeclareVote{{id}, static_cast<std::int64_t>(congress.sitting.present.size()) - 3, 1, 2});
    }
    static AdoptMeasure voting_rules(const std::string& base = "entitled") {
        return {same_text("Rules on voting"), "[threshold.motion]\nbase = \"" + base + "\"\n"};
    }
    static AdoptMeasure election_measure() {
        return {same_text("Election measure"),
                "[ballot]\nblank_means = \"abstain\"\n[tie]\nsecond_tie = "
                "\"repeat\"\n"};
    }
    static std::vector<AgendaItem> agenda() {
        return {{{"report"}, ItemType::report, same_text("Work report"), "Person 1", ""},
                {{"election"}, ItemType::election, same_text("Election"), "", "committee"},
                {{"women"}, ItemType::nomination, same_text("Women's committee"), "", "womens_committee"},
                {{"resolution"}, ItemType::resolution, same_text("Resolution"), "", ""}};
    }
    void preparatory() {
        doors(SittingKind::preparatory, false, 27);
        must(ask::OpenSitting{delegate(1)});
        adopt("voting", voting_rules());
        adopt("credentials", AdoptCredentialsReport{});
        adopt("presidium", ElectPresidium{{delegate(1), delegate(2), delegate(18)}, delegate(2)});
        adopt("agenda", AdoptAgenda{agenda()});
        must(ask::CloseSitting{});
    }
    static std::vector<ListedCandidate> candidates() {
        std::vector<ListedCandidate> out;
        for (int i = 3; i <= 8; ++i) out.push_back({delegate(i).value, "Person " + std::to_string(i), "East Shop"});
        return out;
    }
    /// Up to the moment when ballots for the committee may be issued.
    void up_to_ballots(const ask::Plan& planned = plan()) {
        prepare(planned);
        consent(Matter::candidates, "committee");
        preparatory();
        doors(SittingKind::plenary, true, 25);
        must(ask::OpenSitting{delegate(1)});
        adopt("measure", election_measure());
        must(ask::CallItem{{"election"}});
        adopt("list", AdoptCandidates{"committee", 5, candidates()}, ItemId{"election"});
        adopt("scrutineers", ElectScrutineers{delegate(11), {delegate(10), delegate(11)}});
    }
    /// d3 to d7 are elected, the lists of chair and vice chairs agreed on, and the congress is interrupted.
    void up_to_plenary(const ask::Plan& planned = plan()) {
        up_to_ballots(planned);
        must(ask::MeasureQuorum{QuorumOccasion::ballot_issue, "committee", 1});
        must(ask::DeclareResult{result()});
        for (const auto* office : {"chair", "vice_chair"}) consent(Matter::candidates, office);
        must(ask::InterruptSitting{Interruption::pause, same_text("The Second Committee meets.")});
    }
    static ask::OpenCheckIn first_plenary(const std::string& body = "committee") {
        return {{"first-" + body}, SittingKind::first_plenary, same_text("first plenary of " + body), true, body};
    }
    static AdoptCandidates list_of(const std::string& office, int seats, std::initializer_list<int> numbers) {
        AdoptCandidates out{office, seats, {}};
        for (const int number : numbers)
            out.candidates.push_back({delegate(number).value, "Person " + std::to_string(number), "East Shop"});
        return out;
    }
    /// Everybody in the room votes for the first on the list, as many as there are seats.
    DeclaredResult result_of(const std::string& office) const {
        const auto& list = *congress.find_body(office)->list;
        DeclaredResult out;
        out.body = office;
        out.seats = list.seats;
        out.entitled = congress.electors();
        out.present = out.issued = out.returned = out.valid =
            static_cast<std::int64_t>(congress.sitting.present.size());
        out.threshold = congress.electors() / 2 + 1;
        out.base = "entitled";
        out.base_count = congress.electors();
        for (const auto& each : list.candidates) {
            const int rank = static_cast<int>(out.rows.size()) + 1;
            out.rows.push_back({rank, each.id, each.name, each.unit, rank <= list.seats ? out.valid : 0, 0, 0,
                                rank <= list.seats, false, false, false});
        }
        out.certificate = std::string(64, 'e');
        return out;
    }
    void elect(const std::string& office) {
        must(ask::MeasureQuorum{QuorumOccasion::ballot_issue, office, 1});
        must(ask::DeclareResult{result_of(office)});
    }
    /// The committee's first plenary, up to the moment when lists may be put to the four of its five members who came.
    void plenary() {
        must(first_plenary());
        for (int i = 3; i <= 6; ++i) must(ask::CheckIn{delegate(i), CheckInMethod::card});
        must(ask::OpenSitting{delegate(6)});
        must(question("watch", ElectScrutineers{delegate(4), {delegate(4)}}));
        must(ask::DeclareVote{{"watch"}, 4, 0, 0});
    }
    void adopt_in_plenary(const std::string& id, Subject subject) {
        must(question(id, std::move(subject)));
        must(ask::DeclareVote{{id}, 3, 1, 0});
    }

    DeclaredResult result() const {
        DeclaredResult out;
        out.body = "committee";
        out.seats = 5;
        out.entitled = congress.entitled;
        out.present = out.issued = out.returned = static_cast<std::int64_t>(congress.sitting.present.size());
        out.invalid = 1;
        out.valid = out.returned - 1;
        out.threshold = 16;
        out.base = "entitled";
        out.base_count = congress.entitled;
        int rank = 0;
        for (const auto& each : candidates()) {
            ++rank;
            out.rows.push_back(
                {rank, each.id, each.name, each.unit, 24 - rank, rank, 0, rank <= 5, false, false, false});
        }
        out.certificate = std::string(64, 'c');
        return out;
    }
};

}  // namespace plenum::congress
