// SPDX-License-Identifier: Apache-2.0
#include "count/pairwise/pairwise.h"

#include <algorithm>

#include "count/fraction.h"

namespace plenum::count {

namespace {

/// Adds the weight in the columns of all that stand behind the place. The compiler makes vectors of it.
void prefer(std::int32_t* __restrict row, const std::int32_t* __restrict places, std::size_t columns,
            std::int32_t place, std::int32_t weight) {
    for (std::size_t i = 0; i < columns; ++i) row[i] += -std::int32_t{places[i] > place} & weight;
}

}  // namespace

Pairs pairs_of(const Profile& profile) {
    const std::size_t n = profile.candidates();
    if (profile.asked == Asked::pairs) return profile.pairs;
    // 32 bits hold all voters together. A loop over all columns is faster than one over those behind, whose end the
    // processor does not expect.
    static_assert(most_counted <= INT32_MAX);
    const std::size_t columns = (n + 3) / 4 * 4;
    std::vector<std::int32_t> table(n * columns, 0), places(columns);
    for (std::size_t i = 0; i < profile.ballots(); ++i) {
        const auto *from = profile.preferences.data() + profile.ends[i],
                   *to = profile.preferences.data() + profile.ends[i + 1];
        std::fill(places.begin(), places.end(), INT32_MAX);
        std::int32_t place = 0;
        for (const auto* each = from; each != to; ++each)
            places[*each & ~Profile::equal_bit] = place += (*each & Profile::equal_bit) == 0;
        for (const auto* each = from; each != to; ++each) {
            const std::size_t who = *each & ~Profile::equal_bit;
            prefer(table.data() + who * columns, places.data(), columns, places[who],
                   static_cast<std::int32_t>(profile.weights[i]));
        }
    }
    Pairs out(n, std::vector<std::int64_t>(n, 0));
    for (std::size_t a = 0; a < n; ++a)
        for (std::size_t b = 0; b < n; ++b)
            if (a != b && !profile.withdrawn[a] && !profile.withdrawn[b]) out[a][b] = table[a * columns + b];
    return out;
}

Paths strongest_paths(const Pairs& pairs) {
    const std::size_t n = pairs.size();
    Paths out{Pairs(n, std::vector<std::int64_t>(n, 0)), Pairs(n, std::vector<std::int64_t>(n, 0))};
    for (std::size_t a = 0; a < n; ++a)
        for (std::size_t b = 0; b < n; ++b)
            if (pairs[a][b] > pairs[b][a]) {
                out.strength[a][b] = pairs[a][b];
                out.against[a][b] = pairs[b][a];
            }
    const auto weaker = [](std::int64_t s1, std::int64_t a1, std::int64_t s2, std::int64_t a2) {
        return s1 != s2 ? s1 < s2 : a1 > a2;
    };
    for (std::size_t middle = 0; middle < n; ++middle)
        for (std::size_t a = 0; a < n; ++a) {
            if (a == middle || out.strength[a][middle] == 0) continue;
            for (std::size_t b = 0; b < n; ++b) {
                if (b == a || b == middle || out.strength[middle][b] == 0) continue;
                const bool first_is_weaker = weaker(out.strength[a][middle], out.against[a][middle],
                                                    out.strength[middle][b], out.against[middle][b]);
                const auto strength = first_is_weaker ? out.strength[a][middle] : out.strength[middle][b];
                const auto against = first_is_weaker ? out.against[a][middle] : out.against[middle][b];
                if (weaker(out.strength[a][b], out.against[a][b], strength, against)) {
                    out.strength[a][b] = strength;
                    out.against[a][b] = against;
                }
            }
        }
    return out;
}

std::vector<std::vector<int>> schulze_ranking(const Paths& paths, const std::vector<bool>& withdrawn) {
    std::vector<int> left;
    for (std::size_t i = 0; i < withdrawn.size(); ++i)
        if (!withdrawn[i]) left.push_back(static_cast<int>(i));
    std::vector<std::vector<int>> out;
    while (!left.empty()) {
        std::vector<int> best;
        for (const int a : left)
            if (std::none_of(left.begin(), left.end(), [&](int b) {
                    return a != b && paths.stronger(static_cast<std::size_t>(b), static_cast<std::size_t>(a));
                }))
                best.push_back(a);
        for (const int who : best) std::erase(left, who);
        out.push_back(std::move(best));
    }
    return out;
}

std::optional<int> condorcet_winner(const Pairs& pairs, const std::vector<bool>& withdrawn) {
    for (std::size_t a = 0; a < pairs.size(); ++a) {
        bool beats_all = !withdrawn[a];
        for (std::size_t b = 0; b < pairs.size() && beats_all; ++b)
            if (b != a && !withdrawn[b]) beats_all = pairs[a][b] > pairs[b][a];
        if (beats_all) return static_cast<int>(a);
    }
    return std::nullopt;
}

}  // namespace plenum::count
