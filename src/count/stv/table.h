// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <algorithm>
#include <map>
#include <vector>

#include "count/course/course.h"
#include "count/stv/papers.h"
#include "count/stv/ties.h"

namespace plenum::count {

enum class CandidateState { hopeful, pending, elected, defeated, withdrawn };

/// Figures that the tables of a course may hold: some hundred bytes each until it is written.
inline constexpr std::size_t most_figures = 4'000'000;
/// What a count throws whose course would be longer.
struct CourseTooLong {};

/// What every rule of transferable votes keeps: how candidates stand, their votes, and the record of the steps.
template <class Value>
class Table {
  public:
    Table(Count& course, Ties& ties, bool record)
        : standing(course.names.size(), CandidateState::hopeful),
          votes(course.names.size()),
          out(course),
          ties_(ties),
          record_(record) {
        for (std::size_t i = 0; i < standing.size(); ++i)
            if (course.withdrawn[i]) standing[i] = CandidateState::withdrawn;
    }

    int candidates() const { return static_cast<int>(standing.size()); }
    std::vector<int> those(CandidateState wanted) const {
        std::vector<int> found;
        for (int who = 0; who < candidates(); ++who)
            if (standing[who] == wanted) found.push_back(who);
        return found;
    }
    std::int64_t number(CandidateState wanted) const { return std::count(standing.begin(), standing.end(), wanted); }
    std::int64_t elected() const { return number(CandidateState::pending) + number(CandidateState::elected); }
    bool seats_full() const { return elected() >= out.seats; }
    bool hopefuls_fill_seats() const { return elected() + number(CandidateState::hopeful) <= out.seats; }

    /// Hopefuls from fewest votes to most; equal ones in the order of the paper.
    std::vector<int> ascending() const {
        auto found = those(CandidateState::hopeful);
        std::stable_sort(found.begin(), found.end(), [&](int a, int b) { return votes[a] < votes[b]; });
        return found;
    }
    Value lowest() const {
        const auto hopeful = those(CandidateState::hopeful);
        auto low = votes[hopeful[0]];
        for (const int who : hopeful)
            if (votes[who] < low) low = votes[who];
        return low;
    }

    /// The largest set of hopefuls that cannot overtake even the next one above with all their votes and all surpluses
    /// together, and without whom there are still enough; in the order of the paper. `also` may ask for more.
    template <class Also>
    std::vector<int> certain_losers(const Value& surplus, Also&& also) const {
        const auto order = ascending();
        std::size_t largest = 0;
        Value sum;
        for (std::size_t i = 0; i + 1 < order.size(); ++i) {
            sum += votes[order[i]];
            const auto left = static_cast<std::int64_t>(order.size() - i - 1);
            if (left + elected() < out.seats) break;
            if (sum + surplus < votes[order[i + 1]] && also(order, i + 1, sum)) largest = i + 1;
        }
        std::vector<int> losers(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(largest));
        std::sort(losers.begin(), losers.end());
        return losers;
    }
    std::vector<int> certain_losers(const Value& surplus) const {
        return certain_losers(surplus, [](const auto&, std::size_t, const Value&) { return true; });
    }

    void elect(int who, CandidateState as, Reason reason, std::string amount = {}) {
        standing[who] = as;
        out.winners.push_back(who);
        step(Event::elect, reason, {who}, std::move(amount));
    }
    void defeat(int who, Reason reason, std::string amount = {}) {
        standing[who] = CandidateState::defeated;
        step(Event::defeat, reason, {who}, std::move(amount));
    }

    void step(Event event, Reason reason, std::vector<int> who = {}, std::string amount = {}) {
        if (!record_) {
            flows_.clear();
            return;
        }
        if (out.stages.size() * votes.size() > most_figures) throw CourseTooLong();
        Stage stage;
        stage.round = round;
        stage.event = event;
        stage.reason = reason;
        stage.who = std::move(who);
        stage.amount = std::move(amount);
        stage.votes.reserve(votes.size());
        for (int i = 0; i < candidates(); ++i)
            stage.votes.push_back(standing[i] == CandidateState::withdrawn ? std::string() : votes[i].text());
        if (keeps_nontransferable) stage.nontransferable = nontransferable.text();
        stage.quota = quota.text();
        for (const auto& [ends, amount_moved] : flows_)
            if (!amount_moved.is_zero()) stage.flows.push_back({ends.first, ends.second, amount_moved.text()});
        flows_.clear();
        out.stages.push_back(std::move(stage));
    }
    void flow(int from, int to, const Value& amount) {
        if (record_) flows_[{from, to}] += amount;
    }

    /// One of several equals; the step is written down.
    int one_of(const std::vector<int>& equals, Reason purpose) {
        if (equals.size() == 1) return equals[0];
        const int chosen = ties_.choose(out, round, purpose, equals);
        step(Event::tie, purpose, equals);
        return chosen;
    }
    int one_of(const std::vector<int>& equals, Reason purpose, bool lowest,
               const std::vector<std::vector<Value>>& history) {
        if (equals.size() == 1) return equals[0];
        const int chosen = ties_.choose(out, round, purpose, equals, lowest, history);
        step(Event::tie, purpose, equals);
        return chosen;
    }

    /// Whoever is left is elected if seats are, and the count is complete.
    void finish() {
        const bool fill = !seats_full();
        for (const int who : those(CandidateState::hopeful))
            if (fill)
                elect(who, CandidateState::elected, Reason::seats_left_for_all);
            else
                defeat(who, Reason::no_seat_left);
        complete();
    }

    void complete() {
        step(Event::end, Reason::count_complete, out.winners);
        out.open_seats = out.seats - static_cast<std::int64_t>(out.winners.size());
    }

    int round = 0;
    std::vector<CandidateState> standing;
    std::vector<Value> votes;
    Value nontransferable, quota;
    bool keeps_nontransferable = true;
    Count& out;

  private:
    Ties& ties_;
    bool record_;
    std::map<std::pair<int, int>, Value> flows_;
};

}  // namespace plenum::count
