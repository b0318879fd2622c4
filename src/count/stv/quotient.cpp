// SPDX-License-Identifier: Apache-2.0
#include "count/stv/quotient.h"

#include "count/number/guarded.h"
#include "count/stv/table.h"

namespace plenum::count {
namespace {

template <class Value>
class Quotient {
  public:
    Quotient(Count& course, const Papers& papers, Ties& ties, bool record)
        : papers_(papers),
          table_(course, ties, record),
          quotient_(course.names.size()),
          part_of_(papers.size(), 0),
          at_(papers.ends.begin(), papers.ends.end() - 1) {
        table_.keeps_nontransferable = false;
    }

    void run() {
        auto& t = table_;
        t.quota = Value::of(papers_.valid).divided_down(t.out.seats + 1);
        t.step(Event::begin, Reason::count_begins);
        begin_afresh();
        while (!t.seats_full() && !t.hopefuls_fill_seats()) {
            ++t.round;
            find_quotients();
            const auto hopeful = t.those(CandidateState::hopeful);
            auto high = quotient_[hopeful[0]], low = high;
            for (const int who : hopeful) {
                if (quotient_[who] > high) high = quotient_[who];
                if (quotient_[who] < low) low = quotient_[who];
            }
            if (high > t.quota) {
                const int who = t.one_of(with(high), Reason::tie_largest_quotient);
                const auto text = quotient_[who].text();
                t.elect(who, CandidateState::elected, Reason::highest_quotient, text);
                parts_.push_back(Value::of(1).divided_down(quotient_[who]));
                for (std::uint32_t ballot = 0; ballot < papers_.size(); ++ballot)
                    if (next_hopeful_or(ballot, who) == who)
                        part_of_[ballot] = static_cast<std::uint32_t>(parts_.size() - 1);
                t.step(Event::transfer, Reason::contribution_recorded, {who}, text);
                continue;
            }
            const int who = t.one_of(with(low), Reason::tie_smallest_quotient);
            t.defeat(who, Reason::lowest_quotient, quotient_[who].text());
            t.step(Event::transfer, Reason::ballots_transferred, {who}, t.votes[who].text());
            if (t.hopefuls_fill_seats()) break;
            // The elections so far rested on ballots that this candidate held up: they are repeated without it.
            for (auto& standing : t.standing)
                if (standing == CandidateState::elected) standing = CandidateState::hopeful;
            t.out.winners.clear();
            begin_afresh();
        }
        t.finish();
    }

  private:
    void begin_afresh() {
        std::copy(papers_.ends.begin(), papers_.ends.end() - 1, at_.begin());
        std::fill(part_of_.begin(), part_of_.end(), 0u);
        parts_.assign(1, Value());
    }
    int next_hopeful_or(std::uint32_t ballot, int also) {
        auto& at = at_[ballot];
        for (; at < papers_.ends[ballot + 1]; ++at) {
            const int who = papers_.preferences[at];
            if (table_.standing[who] == CandidateState::hopeful || who == also) return who;
        }
        return -1;
    }

    /// Ballots that have elected the same part of a candidate are counted together; `inactive` have nobody left.
    void find_quotients() {
        auto& t = table_;
        const std::size_t columns = parts_.size();
        std::vector<std::int64_t> ballots((quotient_.size() + 1) * columns, 0);
        for (std::uint32_t ballot = 0; ballot < papers_.size(); ++ballot) {
            const int who = next_hopeful_or(ballot, -1);
            ballots[static_cast<std::size_t>(who + 1) * columns + part_of_[ballot]] += papers_.weights[ballot];
        }
        std::int64_t active = 0;
        Value inactive_parts;
        for (std::size_t part = 0; part < columns; ++part) inactive_parts += parts_[part].times(ballots[part]);
        for (std::size_t who = 0; who < quotient_.size(); ++who) {
            if (t.standing[who] != CandidateState::hopeful) continue;
            std::int64_t contributing = 0;
            Value elected_so_far;
            for (std::size_t part = 0; part < columns; ++part) {
                const auto count = ballots[(who + 1) * columns + part];
                contributing += count;
                elected_so_far += parts_[part].times(count);
            }
            active += contributing;
            t.votes[who] = Value::of(contributing);
            quotient_[who] = t.votes[who].divided_down(Value::of(1) + elected_so_far);
        }
        t.quota = Value::of(active).divided_down(Value::of(1 + t.out.seats) - inactive_parts);
    }
    std::vector<int> with(const Value& quotient) const {
        std::vector<int> found;
        for (const int who : table_.those(CandidateState::hopeful))
            if (quotient_[who] == quotient) found.push_back(who);
        return found;
    }

    const Papers& papers_;
    Table<Value> table_;
    std::vector<Value> quotient_;
    std::vector<Value> parts_;            ///< 1 / quotient of each election since the last start; parts_[0] is none
    std::vector<std::uint32_t> part_of_;  ///< of a ballot: what it has elected, as an index into parts_
    std::vector<std::uint32_t> at_;
};

}  // namespace

template <class Value>
void count_quotient(Count& course, const Papers& papers, Ties& ties, bool record) {
    course.arithmetic = Value::arithmetic();
    Quotient<Value>(course, papers, ties, record).run();
}
template void count_quotient<Guarded<9, 9>>(Count&, const Papers&, Ties&, bool);

}  // namespace plenum::count
