// SPDX-License-Identifier: Apache-2.0
#include "count/stv/papers.h"

#include <algorithm>

#include "count/refusals.h"

namespace plenum::count {
namespace {

constexpr std::size_t most_orders = 720, most_preferences = std::size_t{1} << 31,
                      most_made_orders = 2'000'000;  // of ballots with equal ranks together

using Groups = std::vector<std::vector<Candidate>>;

void add_orders(Papers& out, const Groups& groups, std::int64_t weight, std::uint32_t orders) {
    auto sorted = groups;
    for (auto& group : sorted) std::sort(group.begin(), group.end());
    for (std::uint32_t each = 0; each < orders; ++each) {
        for (const auto& group : sorted) out.preferences.insert(out.preferences.end(), group.begin(), group.end());
        out.ends.push_back(static_cast<std::uint32_t>(out.preferences.size()));
        out.weights.push_back(weight);
        out.parts.push_back(orders);
        for (auto& group : sorted)  // the next combination of permutations, as an odometer
            if (std::next_permutation(group.begin(), group.end())) break;
    }
}

}  // namespace

Result<Papers> papers_of(const Profile& profile, EqualRanks equal, bool keep_blank, bool gaps_invalid) {
    Papers out;
    std::size_t made_orders = 0;
    out.preferences.reserve(profile.preferences.size());
    out.ends.reserve(profile.ballots() + 1);
    out.weights.reserve(profile.ballots());
    const bool may_withdraw =
        std::find(profile.withdrawn.begin(), profile.withdrawn.end(), true) != profile.withdrawn.end();
    auto gap = profile.gapped.begin();
    bool any_split = false;
    Groups groups;
    for (std::size_t i = 0; i < profile.ballots(); ++i) {
        const auto weight = profile.weights[i];
        const bool gapped = gap != profile.gapped.end() && *gap == i;
        if (gapped) ++gap;
        groups.clear();
        bool has_equal = false;
        const auto* first = profile.preferences.data() + profile.ends[i];
        const auto* last = profile.preferences.data() + profile.ends[i + 1];
        if (!may_withdraw && std::none_of(first, last, [](auto p) { return p & Profile::equal_bit; })) {
            if (gaps_invalid && gapped) {
                out.invalid += weight;
            } else if (first == last && !keep_blank) {
                out.blank += weight;
            } else {
                out.preferences.insert(out.preferences.end(), first, last);
                out.ends.push_back(static_cast<std::uint32_t>(out.preferences.size()));
                out.weights.push_back(weight);
                if (any_split) out.parts.push_back(1);
                out.valid += weight;
            }
            continue;
        }
        for (const auto* at = first; at != last; ++at) {
            const auto who = static_cast<Candidate>(*at & ~Profile::equal_bit);
            if (!(*at & Profile::equal_bit)) groups.emplace_back();
            if (!profile.withdrawn[who]) groups.back().push_back(who);
        }
        std::erase_if(groups, [](const auto& group) { return group.empty(); });
        for (const auto& group : groups) has_equal |= group.size() > 1;
        if ((gaps_invalid && gapped) || (has_equal && equal == EqualRanks::invalid)) {
            out.invalid += weight;
            continue;
        }
        if (has_equal && equal == EqualRanks::cut) {
            groups.erase(std::find_if(groups.begin(), groups.end(), [](const auto& group) { return group.size() > 1; }),
                         groups.end());
            has_equal = false;
            if (!groups.empty()) out.cut_at_equal += weight;
            if (groups.empty()) {
                out.invalid += weight;
                continue;
            }
        }
        if (groups.empty() && !keep_blank) {
            out.blank += weight;
            continue;
        }
        std::size_t orders = 1;
        for (const auto& group : groups)
            for (std::size_t n = 2; n <= group.size() && orders <= most_orders; ++n) orders *= n;
        made_orders += orders - 1;
        if (orders > most_orders || made_orders > most_made_orders ||
            out.preferences.size() + orders * groups.size() > most_preferences)
            return refuse(Why::equal_ranks_too_many, {{"most", most_orders}, {"ballot", profile.number_in_file(i)}});
        if (orders > 1 && !any_split) {
            any_split = true;
            out.parts.assign(out.size(), 1);
        }
        if (any_split) {
            add_orders(out, groups, weight, static_cast<std::uint32_t>(orders));
        } else {
            for (const auto& group : groups) out.preferences.insert(out.preferences.end(), group.begin(), group.end());
            out.ends.push_back(static_cast<std::uint32_t>(out.preferences.size()));
            out.weights.push_back(weight);
        }
        out.valid += weight;
    }
    return out;
}

}  // namespace plenum::count
