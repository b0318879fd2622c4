// SPDX-License-Identifier: Apache-2.0
// What the tests of this room share: rules, a list, and an election that is led from act to act.
#pragma once
#include <doctest/doctest.h>

#include "election/certificate.h"
#include "election/refusals.h"
#include "election/views.h"
#include "rules/rules.h"

namespace plenum::election::fixture {

inline const std::string measure = R"([ballot]
blank_means = "abstain"
[tie]
second_tie = "repeat"
[threshold.motion]
base = "entitled"
)";

inline rules::Rules grassroots() { return *rules::Rules::from_pack("cn-grassroots-2016", rules::packs_in_use()); }
inline rules::Rules adopted() { return *grassroots().with_measure(measure, "measure.toml"); }

inline Circumstances hall(std::int64_t present = 150, std::int64_t entitled = 170, bool quorum_met = true) {
    return {*time_from_text("2026-11-21T02:03:04Z"), entitled, present, quorum_met};
}

inline Candidate candidate(int number) {
    const auto text = std::to_string(number);
    return {{"c" + text}, "Candidate " + text, "Works " + text, {"member"}};
}
inline std::vector<Candidate> list(int candidates) {
    std::vector<Candidate> out;
    for (int i = 1; i <= candidates; ++i) out.push_back(candidate(i));
    return out;
}

/// The events so far, and the state that they make.
struct Course {
    Election election;
    std::vector<Event> events;

    Result<std::vector<Event>> act(const Command& command, const Circumstances& circumstances = hall()) {
        auto more = decide(election, command, circumstances);
        if (more)
            for (const auto& event : *more) {
                election = evolve(std::move(election), event);
                events.push_back(event);
            }
        return more;
    }
    void must(const Command& command, const Circumstances& circumstances = hall()) {
        const auto done = act(command, circumstances);
        if (!done) FAIL(std::string(done.error().name()) << ": " << sentence_of(Language::en, done.error()));
    }
};

inline Prepare prepare(std::int64_t seats, const rules::Rules& rules, std::string body = "committee",
                       std::optional<std::int64_t> members = 800) {
    Prepare ask;
    ask.election = {"committee-8"};
    ask.congress = "8";
    ask.body = std::move(body);
    ask.seats = seats;
    ask.members = members;
    ask.title = {"第八届工会委员会委员选举", "第八屆工會委員會委員選舉", "Election of the 8th union committee"};
    ask.rules = rules.effective();
    return ask;
}

inline AppointTellers officers() {
    return {{{{"s1"}, "Scrutineer 1"}, {{"s2"}, "Scrutineer 2"}},
            {{{"t1"}, "Teller 1"}, {{"t2"}, "Teller 2"}, {{"t3"}, "Teller 3"}}};
}

/// Prepared, nominated and adopted.
inline Course listed(std::int64_t seats, int candidates, const rules::Rules& rules = adopted()) {
    Course out;
    out.must(prepare(seats, rules));
    out.must(Nominate{list(candidates)});
    out.must(AdoptList{"decision of the 3rd sitting"});
    return out;
}
/// … and the box empty, ballots issued and back.
inline void vote(Course& course, std::int64_t issued, std::int64_t returned,
                 const Circumstances& circumstances = hall()) {
    course.must(officers());
    course.must(ShowBoxEmpty{{{"s1"}}});
    course.must(IssueBallots{issued + 9, issued, 2, 7}, circumstances);
    course.must(CollectBallots{returned}, circumstances);
}

/// A sheet in which whoever is not for a candidate is against.
inline Sheet sheet_of(const Election& election, const std::vector<std::int64_t>& in_favour, std::int64_t invalid = 0) {
    Sheet out;
    out.returned = *election.returned;
    out.invalid = invalid;
    for (std::size_t i = 0; i < in_favour.size(); ++i)
        out.votes.push_back({election.candidates.at(i).id, in_favour[i], out.returned - invalid - in_favour[i], 0});
    return out;
}
/// Both tellers enter the same sheet.
inline void count_alike(Course& course, const Sheet& sheet) {
    course.must(EnterCount{{"t1"}, sheet});
    course.must(EnterCount{{"t2"}, sheet});
    course.must(CompareCounts{});
}

}  // namespace plenum::election::fixture
