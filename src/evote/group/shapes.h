// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <algorithm>
#include <numeric>
#include <tuple>
#include <vector>

#include "evote/group/group.h"

namespace plenum::evote {

/// Jobs in an order in which those of one shape stand together, so that they can be computed side by side.
struct JobsByShape {
    std::vector<std::size_t> all;                           // numbers of jobs
    std::vector<std::pair<std::size_t, std::size_t>> runs;  // of one shape each: [first, second) in `all`
};

/// The shape of a job: how many terms, whether membership is asked, which fixed bases are used.
template <class G>
JobsByShape jobs_by_shape(std::span<const CommitmentJob<G>> jobs) {
    using Shape = std::tuple<std::size_t, bool, bool, bool>;
    std::vector<Shape> shapes;
    shapes.reserve(jobs.size());
    for (const auto& job : jobs) {
        bool generator = false, key = false;
        for (const auto& term : job.terms) {
            generator = generator || !(term.on_generator == typename G::Scalar{});
            key = key || !(term.on_key == typename G::Scalar{});
        }
        shapes.emplace_back(job.terms.size(), job.check_membership, generator, key);
    }
    JobsByShape out;
    out.all.resize(jobs.size());
    std::iota(out.all.begin(), out.all.end(), std::size_t{0});
    std::stable_sort(out.all.begin(), out.all.end(),
                     [&](std::size_t left, std::size_t right) { return shapes[left] < shapes[right]; });
    for (std::size_t from = 0; from < out.all.size();) {
        std::size_t to = from + 1;
        while (to < out.all.size() && shapes[out.all[to]] == shapes[out.all[from]]) ++to;
        out.runs.emplace_back(from, to);
        from = to;
    }
    return out;
}

}  // namespace plenum::evote
