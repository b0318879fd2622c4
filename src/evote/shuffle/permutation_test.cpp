// SPDX-License-Identifier: Apache-2.0
#include "evote/shuffle/permutation.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <numeric>

using namespace plenum;
using namespace plenum::evote;

namespace {

std::vector<std::uint64_t> numbers(std::size_t count) {
    std::vector<std::uint64_t> out(count);
    std::iota(out.begin(), out.end(), std::uint64_t{0});
    return out;
}

/// Pearson's chi-square of counts that should be alike.
double chi_square(const std::vector<std::size_t>& counts) {
    double all = 0, out = 0;
    for (const auto count : counts) all += static_cast<double>(count);
    const double expected = all / static_cast<double>(counts.size());
    for (const auto count : counts)
        out += (static_cast<double>(count) - expected) * (static_cast<double>(count) - expected) / expected;
    return out;
}

/// Gives what it was told, then what another gives.
class ToldRandomness final : public Randomness {
  public:
    ToldRandomness(std::vector<std::vector<std::uint64_t>> told, Randomness& then)
        : told_(std::move(told)), then_(then) {}
    void fill(std::span<std::uint8_t> out) override {
        if (at_ == told_.size()) return then_.fill(out);
        const auto& words = told_[at_++];
        REQUIRE(out.size() == 8 * words.size());
        std::memcpy(out.data(), words.data(), out.size());
    }
    std::size_t used() const { return at_; }

  private:
    std::vector<std::vector<std::uint64_t>> told_;
    Randomness& then_;
    std::size_t at_ = 0;
};

}  // namespace

TEST_CASE("a secret permutation of any number of rows has each row once, and is undone") {
    SeededRandomness randomness("rows");
    for (const std::size_t count :
         {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 15, 16, 17, 31, 33, 63, 64, 65, 100, 127, 128, 129, 1000}) {
        CAPTURE(count);
        const SecretPermutation psi(count, randomness);  // ends only if its network sorts
        auto rows = numbers(count);
        psi.apply(std::span(rows));
        auto sorted = rows;
        std::sort(sorted.begin(), sorted.end());
        CHECK(sorted == numbers(count));
        if (count > 9) CHECK_FALSE(rows == numbers(count));
        // Row i of `rows` is what row psi(i) was; undo puts row i where psi(i) is.
        auto back = numbers(count);
        psi.undo(std::span(back));
        for (std::size_t i = 0; i < count; ++i) CHECK(back[rows[i]] == i);
        psi.undo(std::span(rows));
        CHECK(rows == numbers(count));
    }
}

TEST_CASE("the network of a secret permutation sorts every order of up to seven keys") {
    SeededRandomness never("never");
    for (std::size_t count = 2; count <= 7; ++count) {
        auto order = numbers(count);
        do {
            std::vector<std::uint64_t> keys;  // low word, high word: the high one decides
            for (const auto place : order) {
                keys.push_back(1000 - place);
                keys.push_back(place);
            }
            ToldRandomness told({keys}, never);
            const SecretPermutation psi(count, told);
            auto rows = order;
            psi.apply(std::span(rows));
            CHECK(rows == numbers(count));
            CHECK(told.used() == 1);
        } while (std::next_permutation(order.begin(), order.end()));
    }
}

TEST_CASE("keys of which two are equal are thrown away, and those that differ in one bit are not") {
    SeededRandomness then("then");
    const std::uint64_t top = std::uint64_t{1} << 63;
    ToldRandomness told({{5, 7, 9, 2, 5, 7}, {5, 7, 5, 7 | top, 5 | top, 7}}, then);
    const SecretPermutation psi(3, told);
    CHECK(told.used() == 2);
    auto rows = numbers(3);
    psi.apply(std::span(rows));
    CHECK(rows == std::vector<std::uint64_t>{0, 2, 1});  // low words first compared below the high ones
}

TEST_CASE("every permutation of few rows is equally likely") {
    // Limits: the chi-square that an even choice exceeds once in a thousand, for cells - 1 degrees of freedom. The seed
    // is fixed, so that the outcome is too.
    struct Row {
        std::size_t count, cells, draws;
        double limit;
    };
    SeededRandomness randomness("uniform");
    for (const auto& [count, cells, draws, limit] :
         {Row{2, 2, 2000, 10.83}, Row{3, 6, 6000, 20.52}, Row{4, 24, 12000, 49.73}, Row{5, 120, 24000, 172.7}}) {
        CAPTURE(count);
        std::map<std::vector<std::uint64_t>, std::size_t> seen;
        for (std::size_t i = 0; i < draws; ++i) {
            auto rows = numbers(count);
            SecretPermutation(count, randomness).apply(std::span(rows));
            ++seen[rows];
        }
        std::vector<std::size_t> counts;
        for (const auto& each : seen) counts.push_back(each.second);
        CHECK(counts.size() == cells);
        CHECK(chi_square(counts) < limit);
        CHECK(chi_square(counts) > 0.0);
    }
}

TEST_CASE("among many rows each goes to each place equally often") {
    SeededRandomness randomness("places");
    constexpr std::size_t count = 23, draws = 4600;
    std::vector<std::vector<std::size_t>> seen(count, std::vector<std::size_t>(count));
    for (std::size_t i = 0; i < draws; ++i) {
        auto rows = numbers(count);
        SecretPermutation(count, randomness).apply(std::span(rows));
        for (std::size_t place = 0; place < count; ++place) ++seen[rows[place]][place];
    }
    // 22 degrees of freedom a row; each exceeds 58.4 once in 23,000 times, so that one of all 23 does once in a
    // thousand.
    for (const auto& row : seen) CHECK(chi_square(row) < 58.4);
}
