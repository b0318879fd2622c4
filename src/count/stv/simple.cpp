// SPDX-License-Identifier: Apache-2.0
#include "count/stv/simple.h"

#include "count/number/enclosed.h"
#include "count/number/fixed.h"
#include "count/number/rational.h"
#include "count/stv/piles.h"

namespace plenum::count {
void count_alternative(Count& course, const Papers& papers, Ties& ties, bool record) {
    using Value = Fixed<0>;
    Table<Value> t(course, ties, record);
    Piles<Value> piles(papers, t);
    const auto still_counting = [&] {
        Value sum;
        for (const int who : t.those(CandidateState::hopeful)) sum += t.votes[who];
        return sum;
    };
    std::vector<std::vector<Value>> history;
    for (bool first = true;; first = false) {
        t.quota = still_counting().divided_down(2) + Value::of(1);
        if (first) t.step(Event::begin, Reason::count_begins);
        history.push_back(t.votes);
        const auto order = t.ascending();
        if (order.empty()) break;
        if (const int top = order.back(); t.votes[top] >= t.quota || order.size() == 1) {
            t.elect(top, CandidateState::elected,
                    order.size() == 1 && t.votes[top] < t.quota ? Reason::seats_left_for_all : Reason::majority,
                    t.votes[top].text());
            break;
        }
        ++t.round;
        std::vector<int> equals;
        for (const int who : order)
            if (t.votes[who] == t.votes[order[0]]) equals.push_back(who);
        std::sort(equals.begin(), equals.end());
        const int loser = t.one_of(equals, Reason::tie_fewest, true, history);
        t.defeat(loser, Reason::fewest_votes);
        const auto moved = t.votes[loser].text();
        piles.move_all(loser);
        t.step(Event::transfer, Reason::ballots_transferred, {loser}, moved);
    }
    for (const int who : t.those(CandidateState::hopeful)) t.standing[who] = CandidateState::defeated;
    t.complete();
}

template <class Value>
void count_belenios(Count& course, const Papers& papers, bool record) {
    course.arithmetic = Value::arithmetic();
    TieRule rule;
    Ties ties(rule, course.names.size());
    Table<Value> t(course, ties, record);
    // Who stands on no ballot does not exist for Belenios; one may drop out of all ballots only by winning or losing.
    std::vector<bool> named(course.names.size());
    for (const auto who : papers.preferences) named[who] = true;
    Piles<Value> piles(papers, t);
    t.quota = Value::of(papers.valid / (t.out.seats + 1) + 1);
    t.step(Event::begin, Reason::count_begins);
    for (int who = 0; who < t.candidates(); ++who)
        if (!named[static_cast<std::size_t>(who)] && t.standing[who] == CandidateState::hopeful)
            t.defeat(who, Reason::no_seat_left);
    const auto number = [](int who) { return std::to_string(who + 1); };
    const auto tie = [&](Reason purpose, int first, int second) {
        course.events.push_back(std::string(purpose == Reason::tie_most_votes ? "[\"TieWin\",[" : "[\"TieLose\",[") +
                                number(first) + "," + number(second) + "]]");
        std::vector<int> equals;
        for (const int who : t.those(CandidateState::hopeful))
            if (t.votes[who] == t.votes[first]) equals.push_back(who);
        course.tie_breaks.push_back({t.round, purpose, equals, first, TieDecider::paper_order, -1});
        t.step(Event::tie, purpose, equals);
    };
    while (!t.seats_full()) {
        auto order = t.ascending();
        if (order.empty()) break;
        if (static_cast<std::int64_t>(order.size()) <= t.out.seats - t.elected()) {
            std::sort(order.begin(), order.end());
            std::string all;
            for (const int who : order) {
                t.elect(who, CandidateState::elected, Reason::seats_left_for_all);
                all += (all.empty() ? "" : ",") + number(who);
            }
            course.events.push_back("[\"Win\",[" + all + "]]");
            break;
        }
        ++t.round;
        // Most votes first, equal ones in the order of the paper.
        std::stable_sort(order.begin(), order.end(),
                         [&](int a, int b) { return t.votes[a] == t.votes[b] ? a < b : t.votes[a] > t.votes[b]; });
        if (const int top = order.front(); t.votes[top] >= t.quota) {
            if (order.size() > 1 && t.votes[order[1]] == t.votes[top]) tie(Reason::tie_most_votes, top, order[1]);
            const auto votes = t.votes[top], surplus = votes - t.quota;
            t.elect(top, CandidateState::elected, Reason::reached_quota, surplus.text());
            course.events.push_back("[\"Win\",[" + number(top) + "]]");
            piles.move_all(top, [&](const Value& value) { return value.share_down(surplus, votes); });
            t.votes[top] = t.quota;
            t.step(Event::transfer, Reason::surplus_transferred, {top}, surplus.text());
        } else {
            const int last = order.back(), next = order[order.size() - 2];
            if (t.votes[last] == t.votes[next]) tie(Reason::tie_fewest, last, next);
            t.defeat(last, Reason::fewest_votes);
            course.events.push_back("[\"Lose\"," + number(last) + "]");
            const auto moved = t.votes[last].text();
            piles.move_all(last);
            t.step(Event::transfer, Reason::ballots_transferred, {last}, moved);
        }
    }
    for (const int who : t.those(CandidateState::hopeful)) t.defeat(who, Reason::no_seat_left);
    t.complete();
}
template void count_belenios<Enclosed>(Count&, const Papers&, bool);
template void count_belenios<Rational>(Count&, const Papers&, bool);

}  // namespace plenum::count
