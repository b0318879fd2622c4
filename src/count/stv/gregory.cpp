// SPDX-License-Identifier: Apache-2.0
#include "count/stv/gregory.h"

#include "count/number/enclosed.h"
#include "count/number/fixed.h"
#include "count/number/guarded.h"
#include "count/number/rational.h"
#include "count/stv/piles.h"

namespace plenum::count {
namespace {

template <class Value>
class Gregory {
  public:
    Gregory(Count& course, const Papers& papers, Ties& ties, bool record)
        : papers_(papers), table_(course, ties, record), piles_(papers, table_) {}

    /// PR Foundation, and the plain form: elect; exclude certain losers; else one surplus; else one exclusion.
    void weighted_inclusive(bool exact, bool batch) {
        auto& t = table_;
        t.quota = Value::of(papers_.valid).divided_down(t.out.seats + 1);
        if (!exact) t.quota += Value::smallest();
        t.step(Event::begin, Reason::count_begins);
        while (!t.seats_full() && !t.hopefuls_fill_seats()) {  // B.1
            ++t.round;
            elect_those_over(exact);  // B.2
            if (batch && !t.seats_full()) {
                const auto losers = t.certain_losers(surplus_pending());  // B.3
                if (!losers.empty()) {
                    for (const int who : losers) t.defeat(who, Reason::certain_loser);
                    if (t.hopefuls_fill_seats()) break;
                    move_ballots_of(losers);
                    continue;
                }
            }
            if (t.number(CandidateState::pending) > 0) {
                transfer_largest_surplus(false);  // B.4
                continue;
            }
            const int loser = t.one_of(with_fewest(), Reason::tie_fewest);  // B.5
            t.defeat(loser, Reason::fewest_votes);
            move_ballots_of({loser});
        }
        t.finish();
    }

    void scottish() {
        auto& t = table_;
        t.quota = Value::of(papers_.valid / (t.out.seats + 1) + 1);  // rule 46
        t.step(Event::begin, Reason::count_begins);
        elect_those_over(false);  // rule 47
        history_.push_back(t.votes);
        while (!t.seats_full() && !t.hopefuls_fill_seats()) {
            ++t.round;
            if (t.number(CandidateState::pending) > 0) {
                transfer_largest_surplus(true);  // rules 48 and 49
            } else {
                const int loser = t.one_of(with_fewest(), Reason::tie_fewest, true, history_);  // rule 51
                t.defeat(loser, Reason::fewest_votes);
                move_ballots_of({loser});
            }
            if (!t.hopefuls_fill_seats()) elect_those_over(false);
            history_.push_back(t.votes);
        }
        t.finish();  // rule 52
    }

    void cfer(bool batch) {
        auto& t = table_;
        t.quota = Value::of(papers_.valid).divided_down(t.out.seats + 1) + Value::smallest();
        t.step(Event::begin, Reason::count_begins);
        if (t.hopefuls_fill_seats()) return t.finish();  // (c)
        for (;;) {
            ++t.round;
            elect_those_over(false);    // (d)
            if (t.seats_full()) break;  // (e)
            std::vector<int> losers;
            if (batch) losers = losers_by_k();  // (f)
            const auto reason = losers.empty() ? Reason::fewest_votes : Reason::certain_loser;
            if (losers.empty()) {
                if (const auto pending = t.those(CandidateState::pending); !pending.empty()) {  // (g)
                    for (const int who : pending) {
                        t.step(Event::unpend, Reason::largest_surplus, {who}, (t.votes[who] - t.quota).text());
                        transfer_surplus(who);
                    }
                    continue;
                }
                losers = {t.one_of(with_fewest(), Reason::tie_fewest)};  // (h)
            }
            for (const int who : losers) t.defeat(who, reason);
            if (t.hopefuls_fill_seats()) {  // (i)(1)
                for (const int who : t.those(CandidateState::pending))
                    t.step(Event::elect, Reason::quota_stands, {who});
                break;
            }
            move_ballots_of(losers);  // (i)(2)
        }
        t.finish();
    }

    void minneapolis() {
        auto& t = table_;
        t.quota = Value::of(papers_.valid / (t.out.seats + 1) + 1);
        t.round = 1;
        t.step(Event::count, Reason::votes_counted);
        for (;;) {
            std::vector<int> over;
            for (const int who : t.those(CandidateState::hopeful))
                if (t.votes[who] >= t.quota) over.push_back(who);
            if (static_cast<std::int64_t>(over.size()) + t.elected() >= t.out.seats) {
                // With votes equal to the threshold for more than the seats left, those with most votes come first.
                std::stable_sort(over.begin(), over.end(), [&](int a, int b) { return t.votes[a] > t.votes[b]; });
                over.resize(static_cast<std::size_t>(t.out.seats - t.elected()));
                std::sort(over.begin(), over.end());
                for (const int who : over) t.elect(who, CandidateState::elected, Reason::reached_quota_now);
                break;
            }
            ++t.round;
            Value surplus;
            for (const int who : over) surplus += t.votes[who] - t.quota;
            if (const auto losers = t.certain_losers(surplus); !losers.empty()) {
                for (const int who : losers) t.defeat(who, Reason::certain_loser);
                move_ballots_of(losers, false);
            } else if (!over.empty()) {
                auto best = over;
                for (const int who : over)
                    if (t.votes[who] > t.votes[best[0]]) best[0] = who;
                const auto most = t.votes[best[0]];
                best.clear();
                for (const int who : over)
                    if (t.votes[who] == most) best.push_back(who);
                const int who = t.one_of(best, Reason::tie_largest_surplus);
                t.elect(who, CandidateState::elected, Reason::reached_quota);
                transfer_by_fraction(who);
            } else if (t.hopefuls_fill_seats()) {
                break;
            } else {
                const int loser = t.one_of(with_fewest(), Reason::tie_fewest);
                t.defeat(loser, Reason::fewest_votes);
                if (t.hopefuls_fill_seats()) break;
                move_ballots_of({loser});
            }
            t.step(Event::count, Reason::votes_counted);
        }
        t.finish();
    }

  private:
    void elect_those_over(bool exact) {
        auto order = table_.ascending();
        std::reverse(order.begin(), order.end());
        for (const int who : order)
            if (exact ? table_.votes[who] > table_.quota : table_.votes[who] >= table_.quota)
                table_.elect(who, CandidateState::pending, Reason::reached_quota,
                             (table_.votes[who] - table_.quota).text());
    }

    Value surplus_pending() const {
        Value sum;
        for (const int who : table_.those(CandidateState::pending)) sum += table_.votes[who] - table_.quota;
        return sum;
    }

    std::vector<int> with_fewest() const {
        const auto low = table_.lowest();
        std::vector<int> found;
        for (const int who : table_.those(CandidateState::hopeful))
            if (table_.votes[who] == low) found.push_back(who);
        return found;
    }

    /// Section 10059 (k), condition (3): no set so large that it could hide an election in between.
    std::vector<int> losers_by_k() const {
        const auto& t = table_;
        const auto surplus = surplus_pending();
        return t.certain_losers(surplus, [&](const std::vector<int>& order, std::size_t size, const Value& sum) {
            const auto most = t.votes[order.back()];
            if (t.elected() + 1 == t.out.seats) return true;                                               // (A)
            if (static_cast<std::int64_t>(order.size() - size) + t.elected() == t.out.seats) return true;  // (B)
            if (sum + surplus < t.quota - most) return true;                                               // (C)
            return surplus.is_zero() && sum - t.votes[order[size - 1]] < t.quota - most;                   // (D)
        });
    }

    void transfer_largest_surplus(bool by_history) {
        const auto pending = table_.those(CandidateState::pending);
        auto most = table_.votes[pending[0]];
        for (const int who : pending)
            if (table_.votes[who] > most) most = table_.votes[who];
        std::vector<int> largest;
        for (const int who : pending)
            if (table_.votes[who] == most) largest.push_back(who);
        const int who = by_history ? table_.one_of(largest, Reason::tie_largest_surplus, false, history_)
                                   : table_.one_of(largest, Reason::tie_largest_surplus);
        table_.step(Event::unpend, Reason::largest_surplus, {who}, (table_.votes[who] - table_.quota).text());
        transfer_surplus(who);
    }

    /// Every ballot goes on at its value times surplus over votes, cut off once.
    void transfer_surplus(int who) {
        const auto votes = table_.votes[who], surplus = votes - table_.quota;
        table_.standing[who] = CandidateState::elected;
        piles_.move_all(who, [&](const Value& value) { return value.share_down(surplus, votes); });
        settle(who, surplus);
    }
    /// Minneapolis cuts the fraction off first, then each value.
    void transfer_by_fraction(int who) {
        const auto surplus = table_.votes[who] - table_.quota;
        const auto one = Value::of(1), fraction = one.share_down(surplus, table_.votes[who]);
        piles_.move_all(who, [&](const Value& value) { return value.share_down(fraction, one); });
        settle(who, surplus);
    }
    void settle(int who, const Value& surplus) {
        table_.votes[who] = table_.quota;
        table_.step(Event::transfer, Reason::surplus_transferred, {who}, surplus.text());
    }

    /// Listed from fewest votes to most, as they are excluded; `by_votes` false lists them as on the paper.
    void move_ballots_of(std::vector<int> losers, bool by_votes = true) {
        if (by_votes)
            std::stable_sort(losers.begin(), losers.end(),
                             [&](int a, int b) { return table_.votes[a] < table_.votes[b]; });
        Value sum;
        for (const int who : losers) {
            sum += table_.votes[who];
            piles_.move_all(who);
        }
        table_.step(Event::transfer, Reason::ballots_transferred, losers, sum.text());
    }

    const Papers& papers_;
    Table<Value> table_;
    Piles<Value> piles_;
    std::vector<std::vector<Value>> history_;
};

}  // namespace

template <class Value>
void count_gregory(Count& course, const Papers& papers, GregoryRule rule, bool batch, Ties& ties, bool record) {
    course.arithmetic = Value::arithmetic();
    Gregory<Value> gregory(course, papers, ties, record);
    switch (rule) {
        case GregoryRule::wigm_exact: return gregory.weighted_inclusive(true, batch);
        case GregoryRule::wigm_reference: return gregory.weighted_inclusive(false, batch);
        case GregoryRule::scottish: return gregory.scottish();
        case GregoryRule::cfer: return gregory.cfer(batch);
        case GregoryRule::minneapolis: return gregory.minneapolis();
    }
}
template void count_gregory<Fixed<4>>(Count&, const Papers&, GregoryRule, bool, Ties&, bool);
template void count_gregory<Fixed<5>>(Count&, const Papers&, GregoryRule, bool, Ties&, bool);
template void count_gregory<Guarded<18, 9>>(Count&, const Papers&, GregoryRule, bool, Ties&, bool);
template void count_gregory<Enclosed>(Count&, const Papers&, GregoryRule, bool, Ties&, bool);
template void count_gregory<Rational>(Count&, const Papers&, GregoryRule, bool, Ties&, bool);

}  // namespace plenum::count
