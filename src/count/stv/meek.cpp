// SPDX-License-Identifier: Apache-2.0
#include "count/stv/meek.h"

#include "count/number/fixed.h"
#include "count/number/guarded.h"
#include "count/number/rational.h"
#include "count/refusals.h"
#include "count/stv/table.h"

namespace plenum::count {
namespace {

/// All ballots of a round as a tree of the elected candidates that they pass, down to the first hopeful one.
class Ways {
  public:
    struct Edge {
        int who;
        std::int64_t ballots;
        std::int32_t node;  ///< -1: a hopeful candidate keeps everything
    };
    std::vector<std::vector<Edge>> nodes;

    void clear() {
        nodes.clear();
        nodes.emplace_back();
    }
    /// Passes `ballots` on to `who`; the node behind, or -1.
    std::int32_t pass(std::int32_t node, int who, std::int64_t ballots, bool goes_on) {
        for (auto& edge : nodes[static_cast<std::size_t>(node)])
            if (edge.who == who) return edge.ballots += ballots, edge.node;
        const auto behind = goes_on ? static_cast<std::int32_t>(nodes.size()) : -1;
        nodes[static_cast<std::size_t>(node)].push_back({who, ballots, behind});
        if (goes_on) nodes.emplace_back();
        return behind;
    }
};

template <class Value>
class Meek {
  public:
    Meek(Count& course, const Papers& papers, MeekRule rule, int omega_places, Ties& ties, bool record)
        : papers_(papers),
          rule_(rule),
          table_(course, ties, record),
          keep_(course.names.size(), Value::of(1)),
          omega_(Value::of(1)) {
        for (int i = 0; i < omega_places; ++i) omega_ = omega_.divided_down(10);
        table_.keeps_nontransferable = false;
    }

    Result<Done> reference() {
        auto& t = table_;
        start();
        while (!t.seats_full() && !t.hopefuls_fill_seats()) {
            ++t.round;
            bool elected = false, stable = false;
            Value surplus, last;
            sort_ballots();
            for (bool first = true;; first = false) {  // B.2
                distribute();
                t.quota = total().divided_down(t.out.seats + 1) + Value::smallest();
                for (const int who : t.those(CandidateState::hopeful))
                    if (t.votes[who] >= t.quota) {
                        t.elect(who, CandidateState::elected, Reason::reached_quota_now);
                        elected = true;
                    }
                surplus = surplus_now();
                if (elected || surplus < omega_) break;
                stable = !first && surplus >= last;
                if (stable) break;
                last = surplus;
                update_keep_factors();
            }
            if (elected) continue;
            defeat_lowest(surplus, stable ? Reason::surplus_stable : Reason::surplus_below_omega);  // B.3
        }
        finish();
        return Done{};
    }

    Result<Done> parametric() {
        auto& t = table_;
        start();
        while (!t.seats_full() && !t.hopefuls_fill_seats()) {
            ++t.round;
            Value surplus, last;
            Reason why = Reason::iterated_to_omega;
            std::vector<int> losers;
            sort_ballots();
            for (bool first = true;; first = false) {
                distribute();
                t.quota = total().divided_down(t.out.seats + 1);
                bool elected = false;
                for (const int who : t.those(CandidateState::hopeful))
                    if (t.votes[who] > t.quota) {
                        t.elect(who, CandidateState::elected, Reason::reached_quota_now);
                        elected = true;
                    }
                surplus = surplus_now();
                if (elected) {
                    why = Reason::iterated_to_election;
                    break;
                }
                if (surplus < omega_) {
                    why = Reason::iterated_to_omega;
                    break;
                }
                if (!first && !(surplus < last)) {
                    why = Reason::iterated_to_stable;
                    break;
                }
                losers = t.certain_losers(surplus);
                if (!losers.empty()) {
                    why = Reason::iterated_to_batch;
                    break;
                }
                last = surplus;
                update_keep_factors();
                TRY(check_size());
            }
            t.step(Event::iterate, why);
            if (why == Reason::iterated_to_election) continue;
            if (why == Reason::iterated_to_batch) {
                for (const int who : losers) defeat(who, Reason::certain_loser, {});
                continue;
            }
            defeat_lowest(surplus,
                          why == Reason::iterated_to_omega ? Reason::surplus_below_omega : Reason::surplus_stable);
        }
        finish();
        return Done{};
    }

  private:
    void start() {
        sort_ballots();
        distribute();
        table_.quota = total().divided_down(table_.out.seats + 1);
        if (rule_ == MeekRule::meek_reference) table_.quota += Value::smallest();
        table_.step(Event::begin, Reason::count_begins);
    }

    void sort_ballots() {
        for (auto& [parts, ways] : ways_) ways.clear();
        for (std::size_t ballot = 0; ballot < papers_.size(); ++ballot) {
            const auto parts = papers_.parts.empty() ? 1 : papers_.parts[ballot];
            if (parts != last_parts_ || !last_ways_) {
                auto [found, is_new] = ways_.try_emplace(parts);
                if (is_new) found->second.clear();
                last_parts_ = parts;
                last_ways_ = &found->second;
            }
            std::int32_t node = 0;
            for (auto at = papers_.ends[ballot]; at < papers_.ends[ballot + 1] && node >= 0; ++at) {
                const int who = papers_.preferences[at];
                const auto standing = table_.standing[who];
                if (standing == CandidateState::defeated || standing == CandidateState::withdrawn) continue;
                node = last_ways_->pass(node, who, papers_.weights[ballot], standing != CandidateState::hopeful);
            }
        }
    }

    /// Hopefuls elected since the ballots were sorted keep everything that reaches them until their factor changes,
    /// which happens only in the next round, when the ballots are sorted again.
    void distribute() {
        for (auto& votes : table_.votes) votes = Value();
        for (const auto& [parts, ways] : ways_) {
            const auto whole = parts == 1 ? Value::of(1) : Value::of(1).divided_down(static_cast<std::int64_t>(parts));
            descend(ways, 0, whole);
        }
    }
    void descend(const Ways& ways, std::int32_t node, const Value& arriving) {
        for (const auto& edge : ways.nodes[static_cast<std::size_t>(node)]) {
            if (edge.node < 0) {
                table_.votes[edge.who] += arriving.times(edge.ballots);
                continue;
            }
            const auto& factor = keep_[edge.who];
            const auto kept = rule_ == MeekRule::warren           ? (factor < arriving ? factor : arriving)
                              : rule_ == MeekRule::meek_reference ? arriving.times_up(factor)
                                                                  : arriving.times_down(factor);
            table_.votes[edge.who] += kept.times(edge.ballots);
            const auto left = arriving - kept;
            if (!left.is_zero()) descend(ways, edge.node, left);
        }
    }

    Value total() const {
        Value sum;
        for (const auto& votes : table_.votes) sum += votes;
        return sum;
    }
    Value surplus_now() const {
        Value sum;
        for (const int who : table_.those(CandidateState::elected))
            if (rule_ != MeekRule::meek_reference || table_.votes[who] > table_.quota)
                sum += table_.votes[who] - table_.quota;
        return sum < Value() ? Value() : sum;
    }
    void update_keep_factors() {
        for (const int who : table_.those(CandidateState::elected)) {
            if (rule_ == MeekRule::meek_reference)
                keep_[who] = keep_[who].times_up(table_.quota).divided_up(table_.votes[who]);
            else
                keep_[who] = keep_[who].share_down(table_.quota, table_.votes[who]);
        }
    }
    Result<Done> check_size() const {
        if constexpr (requires(const Value& value) { value.bits(); })
            for (const auto& factor : keep_)
                if (factor.bits() > 1'000'000) return refuse(Why::arithmetic_outgrown, {{"bits", factor.bits()}});
        return Done{};
    }

    void defeat_lowest(const Value& surplus, Reason why) {
        const auto low = table_.lowest() + surplus;
        std::vector<int> equals;
        for (const int who : table_.those(CandidateState::hopeful))
            if (table_.votes[who] <= low) equals.push_back(who);
        defeat(table_.one_of(equals, Reason::tie_fewest), why, surplus.text());
    }
    void defeat(int who, Reason why, std::string amount) {
        table_.defeat(who, why, std::move(amount));
        keep_[who] = Value();
        table_.votes[who] = Value();
        if (rule_ == MeekRule::meek_reference) return;
        sort_ballots();
        distribute();
    }

    void finish() {
        const bool fill = !table_.seats_full();
        for (const int who : table_.those(CandidateState::hopeful))
            if (fill)
                table_.elect(who, CandidateState::elected, Reason::seats_left_for_all);
            else
                defeat(who, Reason::no_seat_left, {});
        table_.complete();
    }

    const Papers& papers_;
    MeekRule rule_;
    Table<Value> table_;
    std::vector<Value> keep_;
    Value omega_;
    std::map<std::uint32_t, Ways> ways_;
    std::uint32_t last_parts_ = 0;
    Ways* last_ways_ = nullptr;
};

}  // namespace

template <class Value>
Result<Done> count_meek(Count& course, const Papers& papers, MeekRule rule, int omega_places, Ties& ties, bool record) {
    course.arithmetic = Value::arithmetic();
    Meek<Value> meek(course, papers, rule, omega_places, ties, record);
    return rule == MeekRule::meek_reference ? meek.reference() : meek.parametric();
}
template Result<Done> count_meek<Fixed<9>>(Count&, const Papers&, MeekRule, int, Ties&, bool);
template Result<Done> count_meek<Guarded<18, 9>>(Count&, const Papers&, MeekRule, int, Ties&, bool);
template Result<Done> count_meek<Rational>(Count&, const Papers&, MeekRule, int, Ties&, bool);

}  // namespace plenum::count
