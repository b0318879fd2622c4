// SPDX-License-Identifier: Apache-2.0
#include "count/stv/simple.h"

#include "count/number/fixed.h"
#include "count/number/rational.h"
#include "count/stv/table.h"

namespace plenum::count {
namespace {

template <class Value>
class Piles {
  public:
    Piles(const Papers& papers, Table<Value>& table)
        : papers_(papers),
          table_(table),
          piles_(table.standing.size()),
          value_(papers.size(), Value::of(1)),
          at_(papers.ends.begin(), papers.ends.end() - 1) {}

    void deal() {
        for (std::uint32_t ballot = 0; ballot < papers_.size(); ++ballot) move(ballot, -1);
    }
    void move_all(int from) {
        const auto pile = std::move(piles_[from]);
        piles_[from].clear();
        table_.votes[from] = Value();
        for (const auto ballot : pile) move(ballot, from);
    }
    void scale(int who, const Value& part, const Value& whole) {
        for (const auto ballot : piles_[who]) value_[ballot] = value_[ballot].share_down(part, whole);
    }

  private:
    void move(std::uint32_t ballot, int from) {
        auto& at = at_[ballot];
        const auto amount = value_[ballot].times(papers_.weights[ballot]);
        for (; at < papers_.ends[ballot + 1]; ++at) {
            const int who = papers_.preferences[at];
            if (table_.standing[who] != CandidateState::hopeful) continue;
            piles_[who].push_back(ballot);
            table_.votes[who] += amount;
            if (from >= 0) table_.flow(from, who, amount);
            return;
        }
        table_.nontransferable += amount;
        if (from >= 0) table_.flow(from, -1, amount);
    }

    const Papers& papers_;
    Table<Value>& table_;
    std::vector<std::vector<std::uint32_t>> piles_;
    std::vector<Value> value_;
    std::vector<std::uint32_t> at_;
};

}  // namespace

void count_alternative(Count& course, const Papers& papers, Ties& ties, bool record) {
    using Value = Fixed<0>;
    course.arithmetic = "whole numbers";
    Table<Value> t(course, ties, record);
    Piles<Value> piles(papers, t);
    piles.deal();
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
    piles.deal();
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
            piles.scale(top, surplus, votes);
            piles.move_all(top);
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
template void count_belenios<Rational>(Count&, const Papers&, bool);

}  // namespace plenum::count
