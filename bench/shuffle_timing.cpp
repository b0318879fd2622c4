// SPDX-License-Identifier: Apache-2.0
// Does the time that a shuffle takes depend on the permutation? Two classes of runs, taken in random order: the
// permutation that changes nothing, and a random one; the times of each are compared by Welch's t-test, as dudect does
// (Reparaz, Balasch, Verbauwhede 2017), on all times and on those below several quantiles, where interruptions are
// gone. Above 4.5 a dependence is as good as certain; below, none was found with so many runs. A third comparison, in
// which the exchanges are made by a jump, shows that a dependence would have been seen. Ends with 1 if any of it is not
// as it should be.
//
//   shuffle_timing [runs]    40,000 where nothing is said; the whole prover takes a fortieth of them (RFC-3526-2048: a
//   four hundredth)
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <vector>

#include "evote/group/every_group.h"
#include "evote/shuffle/permutation.h"
#include "evote/shuffle/proof_of_shuffle.h"

namespace {

using namespace plenum;
using namespace plenum::evote;

constexpr double limit = 4.5;

/// Keys in ascending or in random order, then what the system gives. Everything is done for both orders alike, and the
/// keys lie in one place, so that nothing but their order tells the classes apart.
class KeysFirst final : public Randomness {
  public:
    explicit KeysFirst(std::size_t count) : order_(count), sorted_(count), keys_(2 * count) {
        for (std::size_t i = 0; i < count; ++i) sorted_[i] = i;
    }
    void set(bool random) {
        order_ = sorted_;
        for (std::size_t i = order_.size(); i > 1; --i) std::swap(order_[i - 1], order_[system_.below(i)]);
        volatile std::uint64_t hidden = 0 - static_cast<std::uint64_t>(random);
        const std::uint64_t mask = hidden;
        for (std::size_t i = 0; i < order_.size(); ++i) {
            const std::uint64_t each = (order_[i] & mask) | (sorted_[i] & ~mask);
            keys_[2 * i] = each * 0x9e3779b97f4a7c15u;
            keys_[2 * i + 1] = each << 40 | 77;
        }
        used_ = false;
    }
    void fill(std::span<std::uint8_t> out) override {
        if (used_) return system_.fill(out);
        used_ = true;
        invariant(out.size() == 8 * keys_.size());
        std::memcpy(out.data(), keys_.data(), out.size());
    }
    std::vector<std::uint64_t>& keys() { return keys_; }

  private:
    std::vector<std::uint64_t> order_, sorted_, keys_;
    SystemRandomness system_;
    bool used_ = true;
};

double t_of(const std::vector<double>& left, const std::vector<double>& right) {
    const auto mean_and_square = [](const std::vector<double>& all) {
        double mean = 0, squares = 0;
        for (const double each : all) mean += each;
        mean /= static_cast<double>(all.size());
        for (const double each : all) squares += (each - mean) * (each - mean);
        return std::pair{mean, squares / static_cast<double>(all.size() - 1) / static_cast<double>(all.size())};
    };
    const auto [m1, v1] = mean_and_square(left);
    const auto [m2, v2] = mean_and_square(right);
    return (m1 - m2) / std::sqrt(v1 + v2);
}

/// The largest |t| over the cuts.
double compare(const char* name, std::size_t runs, const std::function<void(bool)>& prepare,
               const std::function<void()>& measured) {
    SystemRandomness randomness;
    std::vector<double> times[2];
    for (std::size_t i = 0; i < runs + runs / 20; ++i) {
        const bool random = randomness.below(2) == 1;
        prepare(random);
        const auto start = std::chrono::steady_clock::now();
        measured();
        const std::chrono::duration<double, std::micro> took = std::chrono::steady_clock::now() - start;
        if (i >= runs / 20) times[random ? 1 : 0].push_back(took.count());  // the first ones warm up
    }
    auto all = times[0];
    all.insert(all.end(), times[1].begin(), times[1].end());
    std::sort(all.begin(), all.end());
    double largest = 0;
    std::printf("%-44s %zu runs, median %.2f us, t", name, all.size(), all[all.size() / 2]);
    for (const double quantile : {1.0, 0.99, 0.9, 0.7, 0.5, 0.3}) {
        const double most =
            all[std::min(all.size() - 1, static_cast<std::size_t>(quantile * static_cast<double>(all.size())))];
        std::vector<double> below[2];
        for (int k = 0; k < 2; ++k)
            std::copy_if(times[k].begin(), times[k].end(), std::back_inserter(below[k]),
                         [&](double each) { return each <= most; });
        if (below[0].size() < 3 || below[1].size() < 3) continue;
        const double t = t_of(below[0], below[1]);
        std::printf(" %+.2f", t);
        largest = std::max(largest, std::abs(t));
    }
    std::printf("\n");
    return largest;
}

template <class G>
double compare_prover(const char* name, const G& group, std::size_t count, std::size_t runs) {
    const auto y = group.power_vartime(group.generator(), group.scalars().from_number(314159));
    std::vector<Ciphertext<G>> before;
    for (std::size_t i = 0; i < count; ++i)
        before.push_back({group.power_vartime(y, group.scalars().from_number(1000 + i)),
                          group.power_vartime(y, group.scalars().from_number(7000 + i))});
    const auto generators = independent_generators(group, count);
    KeysFirst randomness(count);
    return compare(
        name, runs, [&](bool random) { randomness.set(random); },
        [&] { shuffle_list(group, "phi", y, std::span<const Ciphertext<G>>(before), generators, randomness); });
}

}  // namespace

int main(int argc, char** argv) {
    const std::size_t runs = argc > 1 ? static_cast<std::size_t>(std::atoll(argv[1])) : 40'000;
    constexpr std::size_t count = 200;
    struct Row {
        std::uint64_t word[8];
    };
    KeysFirst randomness(count);
    std::vector<Row> rows(count);
    const auto prepare = [&](bool random) { randomness.set(random); };
    const double permutation = compare("a permutation of 200, drawn and applied", runs, prepare, [&] {
        const SecretPermutation psi(count, randomness);
        psi.apply(std::span(rows));
        psi.undo(std::span(rows));
    });
    // The same network with jumps in the place of masks.
    auto& control = randomness.keys();
    const double jumps = compare("the same with jumps, which must be seen", runs / 4, prepare, [&] {
        for (std::size_t p = 128; p > 0; p /= 2)
            for (std::size_t q = 128, r = 0, d = p;; d = q - p, q /= 2, r = p) {
                for (std::size_t i = 0; i + d < count; ++i)
                    if ((i & p) == r && control[2 * i + 1] > control[2 * (i + d) + 1]) {
                        std::swap(control[2 * i], control[2 * (i + d)]);
                        std::swap(control[2 * i + 1], control[2 * (i + d) + 1]);
                        std::swap(rows[i], rows[i + d]);
                    }
                if (q == p) break;
            }
    });
    const double curve = compare_prover("the whole prover, Ed25519, 16 ciphertexts", ed25519(), 16, runs / 40);
    const double field =
        compare_prover("the whole prover, RFC-3526-2048, 2 ciphertexts", rfc_3526_2048(), 2, runs / 400);
    const bool good = permutation < limit && curve < limit && field < limit && jumps > limit;
    std::printf("%s\n", good ? "no dependence on the permutation was found" : "NOT AS IT SHOULD BE");
    return good ? 0 : 1;
}
