// SPDX-License-Identifier: Apache-2.0
#include "count/stv/ties.h"

#include <numeric>

#include "base/bytes.h"
#include "count/refusals.h"

namespace plenum::count {

Result<TieRule> tie_rule_from(std::string_view text, const Profile& profile, bool usually_earlier_stages) {
    TieRule out;
    const auto candidates = static_cast<int>(profile.candidates());
    const auto given = std::string(shown(text));
    const auto paper = [&] {
        out.order.resize(static_cast<std::size_t>(candidates));
        std::iota(out.order.begin(), out.order.end(), 0);
        out.last = TieDecider::paper_order;
        if (profile.drawn_order.empty()) return;
        out.order.assign(profile.drawn_order.begin(), profile.drawn_order.end());
        out.last = TieDecider::drawn_order;
    };
    paper();
    out.earlier_stages = usually_earlier_stages;
    if (text.empty()) return out;
    out.earlier_stages = text == "earlier" || text.starts_with("earlier,");
    if (text == "earlier") return out;
    if (out.earlier_stages) text.remove_prefix(std::string_view("earlier,").size());
    if (text == "order") return out;
    if (text == "stop") {
        out.last = TieDecider::undecided;
        return out;
    }
    if (text.starts_with("lot=") && text.size() > 4) {
        out.last = TieDecider::lot;
        out.seed = std::string(text.substr(4));
        std::iota(out.order.begin(), out.order.end(), 0);
        SeededRandomness lots("plenum count lot " + out.seed);
        for (std::size_t left = out.order.size(); left > 1; --left)
            std::swap(out.order[left - 1], out.order[static_cast<std::size_t>(lots.below(left))]);
        return out;
    }
    if (!text.starts_with("order=")) return refuse(Why::tie_rule_unknown, {{"given", given}});
    text.remove_prefix(6);
    out.last = TieDecider::drawn_order;
    out.order.clear();
    std::vector<bool> seen(static_cast<std::size_t>(candidates));
    int number = 0;
    bool good = true;
    for (std::size_t i = 0; i <= text.size(); ++i) {
        if (i == text.size() || text[i] == ',') {
            good = good && number >= 1 && number <= candidates && !seen[static_cast<std::size_t>(number - 1)];
            if (!good) break;
            seen[static_cast<std::size_t>(number - 1)] = true;
            out.order.push_back(number - 1);
            number = 0;
        } else if (text[i] >= '0' && text[i] <= '9' && number <= candidates) {
            number = number * 10 + (text[i] - '0');
        } else {
            good = false;
        }
    }
    if (!good || static_cast<int>(out.order.size()) != candidates)
        return refuse(Why::tie_order_wrong, {{"named", out.order.size()}, {"candidates", candidates}});
    return out;
}

Ties::Ties(const TieRule& rule, std::size_t candidates) : rule_(rule), place_(candidates) {
    std::iota(place_.begin(), place_.end(), std::size_t{0});
    for (std::size_t i = 0; i < rule.order.size(); ++i) place_[static_cast<std::size_t>(rule.order[i])] = i;
}

int Ties::choose(Count& course, int round, Reason purpose, const std::vector<int>& among) {
    return by_order(course, round, purpose, among, among);
}

int Ties::by_order(Count& course, int round, Reason purpose, const std::vector<int>& among,
                   const std::vector<int>& left) {
    int chosen = left[0];
    for (const int who : left)
        if (place_[static_cast<std::size_t>(who)] < place_[static_cast<std::size_t>(chosen)]) chosen = who;
    if (rule_.last == TieDecider::undecided && undecided_.empty()) undecided_ = left;
    course.tie_breaks.push_back({round, purpose, among, chosen, rule_.last, -1});
    return chosen;
}

}  // namespace plenum::count
