// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <vector>

#include "count/number/rational.h"
#include "count/stv/table.h"

namespace plenum::count {

/// The papers as they lie before the candidates, in parcels of one value each, as counting officers keep them. Papers
/// of a parcel have the same value, so a figure rounded for each paper is the parcel's figure times its papers.
template <class Value>
class Piles {
  public:
    /// Deals every paper to its first hopeful candidate, at the value 1.
    Piles(const Papers& papers, Table<Value>& table)
        : papers_(papers),
          table_(table),
          piles_(table.standing.size()),
          values_{Value::of(1)},
          at_(papers.ends.begin(), papers.ends.end() - 1),
          arriving_(table.standing.size() + 1) {
        std::vector<std::uint32_t> all(papers.size());
        for (std::uint32_t paper = 0; paper < papers.size(); ++paper) all[paper] = paper;
        pass_on(all, 0);
        settle(nobody);
    }

    /// All papers go on to their next hopeful candidates at the values they have.
    void move_all(int from) {
        table_.votes[from] = Value();
        for (const auto& [value, papers] : taken_from(from)) pass_on(papers, value);
        settle(from);
    }
    /// The same, each value being replaced by what `revalued` makes of it.
    /// throws  FractionsTooLong; each surplus doubles the digits of exact fractions
    template <class Revalued>
    void move_all(int from, Revalued&& revalued) {
        for (const auto& [value, papers] : taken_from(from)) {
            values_.push_back(revalued(values_[value]));
            if constexpr (requires(const Value& any) { any.bits(); })
                if (const auto bits = values_.back().bits(); bits > 100'000) throw FractionsTooLong{bits};
            pass_on(papers, values_.size() - 1);
        }
        settle(from);
    }

  private:
    using Pile = std::map<std::size_t, std::vector<std::uint32_t>>;  // papers by the number of their value
    static constexpr int nobody = -1;
    struct Arriving {
        std::vector<std::uint32_t>* parcel = nullptr;
        std::int64_t ballots = 0;  ///< of the parcel that is passed on
        bool in_this_move = false;
        Value amount;  ///< of all parcels of this move
    };

    Pile taken_from(int who) { return std::exchange(piles_[who], {}); }

    void pass_on(const std::vector<std::uint32_t>& papers, std::size_t value) {
        for (const auto paper : papers) {
            const int to = next_hopeful(paper);
            auto& there = arriving_[to + 1];
            if (there.ballots == 0) {
                reached_.push_back(to);
                if (to != nobody) there.parcel = &piles_[to][value];
            }
            there.ballots += papers_.weights[paper];
            if (to != nobody) there.parcel->push_back(paper);
        }
        for (const int to : reached_) {
            auto& there = arriving_[to + 1];
            there.amount += values_[value].times(std::exchange(there.ballots, 0));
            if (!std::exchange(there.in_this_move, true)) reached_by_move_.push_back(to);
        }
        reached_.clear();
    }
    void settle(int from) {
        for (const int to : reached_by_move_) {
            auto& there = arriving_[to + 1];
            (to == nobody ? table_.nontransferable : table_.votes[to]) += there.amount;
            if (from != nobody) table_.flow(from, to, there.amount);
            there.amount = Value();
            there.in_this_move = false;
        }
        reached_by_move_.clear();
    }

    int next_hopeful(std::uint32_t paper) {
        auto& at = at_[paper];
        for (; at < papers_.ends[paper + 1]; ++at)
            if (table_.standing[papers_.preferences[at]] == CandidateState::hopeful) return papers_.preferences[at];
        return nobody;
    }

    const Papers& papers_;
    Table<Value>& table_;
    std::vector<Pile> piles_;
    std::vector<Value> values_;
    std::vector<std::uint32_t> at_;   ///< of each paper, the preference that it has come to
    std::vector<Arriving> arriving_;  ///< by candidate + 1, while a parcel is passed on
    std::vector<int> reached_, reached_by_move_;
};

}  // namespace plenum::count
