// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "count/course/course.h"

namespace plenum::count {

/// Reads what --tie-break says: "order" (the order of the file, else of the paper), "order=3,1,2", "lot=SEED", "stop",
/// each alone or after "earlier,". An empty text leaves `usual`. refuses  tie_rule_unknown, tie_order_wrong (not every
/// candidate once)
Result<TieRule> tie_rule_from(std::string_view text, const Profile& profile, bool usually_earlier_stages);

/// Chooses among equals by the rule and writes down how. Where the rule leaves it undecided it goes on by the order of
/// the paper, and `undecided` names the first such tie, so that the caller refuses the outcome.
class Ties {
  public:
    Ties(const TieRule& rule, std::size_t candidates);

    int choose(Count& course, int round, Reason purpose, const std::vector<int>& among);
    /// history[s][c] is the figure of candidate c at the end of stage s; the last is the present one.
    template <class Value>
    int choose(Count& course, int round, Reason purpose, const std::vector<int>& among, bool lowest,
               const std::vector<std::vector<Value>>& history) {
        auto left = among;
        if (rule_.earlier_stages) {
            for (std::size_t stage = history.size(); stage-- > 0 && left.size() > 1;) {
                const auto& figures = history[stage];
                auto best = figures[left[0]];
                for (const int who : left)
                    if (lowest ? figures[who] < best : figures[who] > best) best = figures[who];
                std::erase_if(left, [&](int who) { return !(figures[who] == best); });
                if (left.size() == 1) {
                    course.tie_breaks.push_back(
                        {round, purpose, among, left[0], TieDecider::earlier_stage, static_cast<int>(stage)});
                    return left[0];
                }
            }
        }
        return by_order(course, round, purpose, among, left);
    }
    const std::vector<int>& undecided() const { return undecided_; }

  private:
    int by_order(Count& course, int round, Reason purpose, const std::vector<int>& among, const std::vector<int>& left);
    TieRule rule_;
    std::vector<std::size_t> place_;
    std::vector<int> undecided_;
};

}  // namespace plenum::count
