// SPDX-License-Identifier: Apache-2.0
// Work on public values, shared out among threads.
#pragma once
#include <algorithm>
#include <thread>

#include "evote/group/group.h"

namespace plenum::evote {

/// Calls work(share, from, to) for consecutive runs [from, to) of `count` things, one run a thread and the first in the
/// asking one; comes back when all are done. No more threads than things, and always at least the asking one.
template <class Work>
void in_shares(unsigned threads, std::size_t count, const Work& work) {
    const std::size_t shares = std::clamp<std::size_t>(threads, 1, std::max<std::size_t>(count, 1));
    const auto take = [&](std::size_t share) { work(share, count * share / shares, count * (share + 1) / shares); };
    std::vector<std::jthread> others;
    for (std::size_t share = 1; share < shares; ++share) others.emplace_back(take, share);
    take(0);
}

/// Tables::evaluate_vartime of all jobs, in so many threads.
template <PrimeOrderGroup G>
std::vector<typename G::Element> evaluate_in_shares_vartime(const typename G::Tables& tables,
                                                            std::span<const CommitmentJob<G>> jobs,
                                                            std::span<bool> members, unsigned threads) {
    std::vector<std::vector<typename G::Element>> found(std::max(1u, threads));
    in_shares(threads, jobs.size(), [&](std::size_t share, std::size_t from, std::size_t to) {
        found[share] = tables.evaluate_vartime(jobs.subspan(from, to - from), members.subspan(from, to - from));
    });
    for (std::size_t share = 1; share < found.size(); ++share)
        found[0].insert(found[0].end(), found[share].begin(), found[share].end());
    return std::move(found[0]);
}

}  // namespace plenum::evote
