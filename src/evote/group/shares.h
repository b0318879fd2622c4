// SPDX-License-Identifier: Apache-2.0
// Work on public values, shared out among threads.
#pragma once
#include <algorithm>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

#include "evote/group/group.h"

namespace plenum::evote {

/// Calls work(share, from, to) for consecutive runs [from, to) of `count` things, one run a thread and the first in the
/// asking one; comes back when all are done. No more threads than have `least` things each, and always the asking one.
template <class Work>
void in_shares(unsigned threads, std::size_t count, const Work& work, std::size_t least = 1) {
    const std::size_t shares = std::clamp<std::size_t>(threads, 1, std::max<std::size_t>(count / least, 1));
    const auto take = [&](std::size_t share) { work(share, count * share / shares, count * (share + 1) / shares); };
    std::vector<std::jthread> others;
    for (std::size_t share = 1; share < shares; ++share) others.emplace_back(take, share);
    take(0);
}

/// Threads that do what they are given, begun in the order in which it was given. What has not been begun when they go
/// is left undone.
class Workers {
  public:
    explicit Workers(unsigned threads) {
        for (unsigned i = 0; i < threads; ++i) threads_.emplace_back([this](std::stop_token end) { work(end); });
    }
    void give(std::function<void()> task) {
        {
            const std::lock_guard lock(mutex_);
            tasks_.push_back(std::move(task));
        }
        given_.notify_one();
    }

  private:
    void work(std::stop_token end) {
        while (true) {
            std::unique_lock lock(mutex_);
            if (!given_.wait(lock, end, [&] { return !tasks_.empty(); }) || end.stop_requested()) return;
            const auto task = std::move(tasks_.front());
            tasks_.pop_front();
            lock.unlock();
            task();
        }
    }

    std::mutex mutex_;
    std::condition_variable_any given_;
    std::deque<std::function<void()>> tasks_;
    std::vector<std::jthread> threads_;  // last, since they use the others
};

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
