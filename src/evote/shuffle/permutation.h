// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <algorithm>
#include <cstring>
#include <memory>
#include <span>
#include <vector>

#include "base/bytes.h"

namespace plenum::evote {

/// A fixed number of values that must not be seen; wiped at the end, never copied.
template <class T>
class HiddenArray {
    static_assert(std::is_trivially_copyable_v<T>);

  public:
    explicit HiddenArray(std::size_t size) : values_(new T[size]()), size_(size) {}
    explicit HiddenArray(std::span<const T> values) : HiddenArray(values.size()) {
        std::copy(values.begin(), values.end(), values_.get());
    }
    HiddenArray(const HiddenArray&) = delete;
    HiddenArray& operator=(const HiddenArray&) = delete;
    ~HiddenArray() { clear(); }
    /// Wipes the values and gives their memory back before the end.
    void clear() {
        if (values_) explicit_bzero(static_cast<void*>(values_.get()), size_ * sizeof(T));
        values_.reset();
        size_ = 0;
    }
    T& operator[](std::size_t i) { return values_[i]; }
    const T& operator[](std::size_t i) const { return values_[i]; }
    std::size_t size() const { return size_; }
    std::span<T> span() { return {values_.get(), size_}; }

  private:
    std::unique_ptr<T[]> values_;
    std::size_t size_;
};

/// A permutation that nobody sees: drawn uniformly, and applied by exchanges whose places depend on the number of rows
/// only. Each exchange happens or not under a mask; both rows are read and written in either case.
///
/// Rows are given random keys of 128 bits, which Batcher's network (Knuth, The Art of Computer Programming 5.2.2,
/// algorithm M) sorts; the exchanges that were made are the permutation. Keys of which two are equal are thrown away,
/// all of them, so that every order is equally likely. cost     some log2(count)^2/4 exchanges a row to draw, and to
/// apply; a byte for each exchange
class SecretPermutation {
  public:
    SecretPermutation(std::size_t count, Randomness& randomness);

    /// Row i becomes what row psi(i) was.
    template <class Row>
    void apply(std::span<Row> rows) const {
        check<Row>(rows.size());
        for (const auto& pass : passes_) run(pass, rows);
    }
    /// Row psi(i) becomes what row i was.
    template <class Row>
    void undo(std::span<Row> rows) const {
        check<Row>(rows.size());
        for (std::size_t k = passes_.size(); k-- > 0;) run(passes_[k], rows);
    }

  private:
    /// One pass of the network: rows i and i + distance for all i whose bit `bit` is `value`; no row is in two pairs.
    struct Pass {
        std::size_t bit, value, distance, first;  // first: number of its first exchange
    };
    void check_size(std::size_t count) const;
    template <class Row>
    void check(std::size_t count) const {
        static_assert(std::is_trivially_copyable_v<Row> && sizeof(Row) % 8 == 0);
        check_size(count);
    }
    template <class Row>
    void run(const Pass& pass, std::span<Row> rows) const {
        std::size_t exchange = pass.first;
        for (std::size_t i = 0; i + pass.distance < count_; ++i)
            if ((i & pass.bit) == pass.value)
                exchange_if(exchanges_[exchange++], &rows[i], &rows[i + pass.distance], sizeof(Row) / 8);
    }
    /// Exchanges the words of two rows if `yes` is 1, not if it is 0.
    static void exchange_if(std::uint8_t yes, void* left, void* right, std::size_t words) {
        volatile std::uint64_t hidden = 0 - std::uint64_t{yes};  // so that no jump can be made of the mask
        const std::uint64_t mask = hidden;
        auto* a = static_cast<unsigned char*>(left);
        auto* b = static_cast<unsigned char*>(right);
        for (std::size_t i = 0; i < words; ++i) {
            std::uint64_t x, y;
            std::memcpy(&x, a + 8 * i, 8);
            std::memcpy(&y, b + 8 * i, 8);
            const std::uint64_t difference = (x ^ y) & mask;
            x ^= difference;
            y ^= difference;
            std::memcpy(a + 8 * i, &x, 8);
            std::memcpy(b + 8 * i, &y, 8);
        }
    }

    std::size_t count_;
    std::vector<Pass> passes_;
    HiddenArray<std::uint8_t> exchanges_;
};

}  // namespace plenum::evote
