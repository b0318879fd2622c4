// SPDX-License-Identifier: Apache-2.0
// What the tests of this room and of those above it share: a small congress, held through the acts of the office.
#pragma once
#include <doctest/doctest.h>

#include "app/office.h"
#include "congress/hall_for_tests.h"

namespace plenum::app {

/// What founds a basic-level union with a committee.
inline JsonObject founding(const std::string& organisation, const std::string& name, const std::string& on) {
    return {{"organisation", organisation},
            {"level", "basic"},
            {"form", "committee"},
            {"name", json_from(same_text(name))},
            {"territory_code", ""},
            {"industry_code", ""},
            {"credit_code", ""},
            {"on", on}};
}

/// The congress of congress::Hall (30 delegates, 5 seats), but every number comes by the way that it has in the house.
struct SmallCongress {
    using Hall = congress::Hall;
    SetClock clock{{1'789'960'000'000}};  // a morning at the place
    SeededRandomness randomness{"small"};
    Actor chair{"chair", Role::administrator};
    std::string id = "c5", election = "c5-committee";
    std::unique_ptr<Office> office;
    int keys = 0;

    explicit SmallCongress(const std::string& path = ":memory:") { open(path); }
    void open(const std::string& path) {
        office.reset();
        auto opened = Office::open(path, clock, randomness);
        REQUIRE(opened);
        office = std::move(*opened);
    }

    Ask asked(std::string act, Json with) {
        return {std::move(act), id, std::move(with), "key-" + std::to_string(++keys)};
    }
    Result<store::Receipt> act(std::string name, Json with) {
        clock.set(clock.now() + 60'000);
        return office->act(chair, asked(std::move(name), std::move(with)));
    }
    template <class Command>
    Result<store::Receipt> act(const Command& command) {
        return act("congress." + std::string(Command::kind), to_json(command));
    }
    store::Receipt must(const std::string& name, Json with) {
        const auto done = act(name, std::move(with));
        if (!done) {
            const std::string told = name + " refused as " + std::string(done.error().name()) + ": " +
                                     sentence_of(Language::en, done.error());
            FAIL(told);
        }
        return *done;
    }
    template <class Command>
    store::Receipt must(const Command& command) {
        return must("congress." + std::string(Command::kind), to_json(command));
    }
    template <class Reading>
    auto of_congress(Reading&& reading) const {
        std::invoke_result_t<Reading, const congress::Congress&> out{};
        REQUIRE(office->read(id, [&](const Books&, const congress::Congress& congress) { out = reading(congress); }));
        return out;
    }
    JsonObject view() const {
        const auto seen = office->screen_view(id);
        REQUIRE(seen);
        return seen->as_object();
    }

    void plan() {
        auto with = to_json(Hall::plan());
        with.as_object().erase("pack_texts");  // from the packs that the program ships
        must("congress.plan", with);
        congress::ask::ConfirmValues all;
        for (const auto& name : of_congress([](const auto& congress) { return congress.unconfirmed; }))
            all.fields_confirmed.push_back(name);
        must(all);
    }
    void consent(congress::Matter matter, const std::string& body = {}) {
        for (const auto* party : {"party_same_level", "higher_union"}) {
            must(congress::ask::SendRequest{matter, party, body, "No. 5"});
            must(congress::ask::RecordReply{matter, party, body, true, "No. 6"});
        }
    }
    void prepare() {
        plan();
        consent(congress::Matter::holding);
        must(congress::ask::Allocate{congress::AllocationMethod::stated, 1, Hall::units()});
        must(Hall::unit_election(Hall::units()[0], 1));
        must(Hall::unit_election(Hall::units()[1], 18));
        congress::ask::ReviewCredentials all;
        for (int i = 1; i <= 30; ++i) all.findings.push_back({Hall::delegate(i), congress::Finding::valid, ""});
        must(all);
    }
    void doors(congress::SittingKind kind, bool elects, int arriving) {
        const auto number = of_congress([](const auto& congress) { return congress.sitting.number; }) + 1;
        must(congress::ask::OpenCheckIn{{"s" + std::to_string(number)}, kind, same_text("sitting"), elects});
        for (int i = 1; i <= arriving; ++i)
            must(congress::ask::CheckIn{Hall::delegate(i), congress::CheckInMethod::card});
    }
    void declare(const std::string& question) {
        const auto present = of_congress([](const auto& congress) { return congress.sitting.present.size(); });
        must(congress::ask::DeclareVote{{question}, static_cast<std::int64_t>(present) - 3, 1, 2});
    }
    void adopt(const std::string& question, congress::Subject subject, std::optional<congress::ItemId> item = {}) {
        must(Hall::question(question, std::move(subject), std::move(item)));
        declare(question);
    }
    void preparatory() {
        doors(congress::SittingKind::preparatory, false, 27);
        must(congress::ask::OpenSitting{Hall::delegate(1)});
        adopt("voting", Hall::voting_rules());
        adopt("credentials", congress::AdoptCredentialsReport{});
        adopt("presidium",
              congress::ElectPresidium{{Hall::delegate(1), Hall::delegate(2), Hall::delegate(18)}, Hall::delegate(2)});
        adopt("agenda", congress::AdoptAgenda{Hall::agenda()});
        must(congress::ask::CloseSitting{});
    }
    /// "candidates" as the election wants them: d3 to d8.
    JsonArray candidates() const {
        JsonArray out;
        for (const auto& each : Hall::candidates())
            out.push_back(
                JsonObject{{"id", each.id}, {"name", each.name}, {"unit", each.unit}, {"roles", JsonArray{"member"}}});
        return out;
    }
    Json list_question() const {
        return JsonObject{{"question", "list"},
                          {"item", "election"},
                          {"text", json_from(same_text("Shall the list be adopted?"))},
                          {"mode", "show_of_hands"},
                          {"subject", JsonObject{{"candidates", JsonObject{{"body", "committee"}}}}}};
    }
    /// Up to the sitting that elects, with the item of the election called and the election prepared.
    void up_to_nomination() {
        prepare();
        consent(congress::Matter::candidates, "committee");
        preparatory();
        doors(congress::SittingKind::plenary, true, 25);
        must(congress::ask::OpenSitting{Hall::delegate(1)});
        adopt("measure", Hall::election_measure());
        must(congress::ask::CallItem{{"election"}});
        must("election.prepare", JsonObject{{"election", election}, {"body", "committee"}});
    }
    Json with_election(JsonObject more = {}) const {
        more["election"] = election;
        return more;
    }
    /// Up to the moment when ballots may be issued.
    void up_to_ballots() {
        up_to_nomination();
        must("election.nominate", with_election({{"candidates", candidates()}}));
        must("congress.put_question", list_question());
        declare("list");
        adopt("scrutineers", congress::ElectScrutineers{Hall::delegate(11), {Hall::delegate(10), Hall::delegate(11)}});
        must("election.appoint_tellers",
             with_election({{"scrutineers", JsonArray{JsonObject{{"id", "d10"}, {"name", "Person 10"}},
                                                      JsonObject{{"id", "d11"}, {"name", "Person 11"}}}},
                            {"tellers", JsonArray{JsonObject{{"id", "t1"}, {"name", "Teller 1"}},
                                                  JsonObject{{"id", "t2"}, {"name", "Teller 2"}}}}}));
    }
    void issue() {
        must("congress.measure_quorum", JsonObject{{"occasion", "ballot_issue"}, {"body", "committee"}, {"round", 1}});
        must("election.show_box_empty", with_election({{"witnesses", JsonArray{"d11"}}}));
        must("election.issue_ballots", with_election({{"printed", 34}, {"issued", 25}, {"spoilt", 2}, {"unused", 7}}));
    }
    /// 25 issued, 24 back, 1 of them invalid; d3 to d7 have 22 down to 18 of the 23, d8 has 9.
    Json sheet(const std::string& teller) const {
        JsonArray votes;
        for (int i = 3; i <= 8; ++i) {
            const std::int64_t in_favour = i == 8 ? 9 : 25 - i;
            votes.push_back(JsonObject{{"candidate", "d" + std::to_string(i)},
                                       {"in_favour", in_favour},
                                       {"against", 23 - in_favour},
                                       {"abstain", 0}});
        }
        return with_election({{"teller", teller},
                              {"sheet", JsonObject{{"returned", 24},
                                                   {"invalid", 1},
                                                   {"illegal", 0},
                                                   {"ignored", 0},
                                                   {"votes", std::move(votes)},
                                                   {"write_ins", JsonArray{}}}}});
    }
    void count() {
        must("election.collect_ballots", with_election({{"returned", 24}}));
        must("election.enter_count", sheet("t1"));
        must("election.enter_count", sheet("t2"));
        must("election.compare_counts", with_election());
    }
    void up_to_certificate() {
        up_to_ballots();
        issue();
        count();
        must("election.certify", with_election({{"scrutineers", JsonArray{"d11"}}}));
    }
};

}  // namespace plenum::app
