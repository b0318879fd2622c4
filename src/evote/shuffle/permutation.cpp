// SPDX-License-Identifier: Apache-2.0
#include "evote/shuffle/permutation.h"

#include <bit>

#include "base/result.h"

namespace plenum::evote {

namespace {

struct Key {
    std::uint64_t low, high;
};

/// 1 if left > right, else 0, without a branch: the borrow of right - left.
std::uint8_t is_above(const Key& left, const Key& right) {
    const auto borrow = [](std::uint64_t a, std::uint64_t b, std::uint64_t difference) {
        return ((~a & b) | (~(a ^ b) & difference)) >> 63;
    };
    const std::uint64_t low = borrow(right.low, left.low, right.low - left.low);
    return static_cast<std::uint8_t>(borrow(right.high, left.high, right.high - left.high - low));
}

/// Number of i below `count` - `distance` whose bit is as wanted.
std::size_t pairs(std::size_t count, std::size_t bit, std::size_t value, std::size_t distance) {
    if (distance >= count) return 0;
    const std::size_t end = count - distance, period = 2 * bit;
    const std::size_t whole = end / period * bit, rest = end % period;
    return whole + (value == 0 ? std::min(rest, bit) : rest - std::min(rest, bit));
}

}  // namespace

SecretPermutation::SecretPermutation(std::size_t count, Randomness& randomness)
    : count_(count), exchanges_([&] {
          std::size_t all = 0;
          const auto add = [&](std::size_t bit, std::size_t value, std::size_t distance) {
              passes_.push_back({bit, value, distance, all});
              all += pairs(count, bit, value, distance);
          };
          const std::size_t top = count < 2 ? 0 : std::bit_ceil(count) / 2;
          for (std::size_t p = top; p > 0; p /= 2) {
              add(p, 0, p);
              for (std::size_t q = top; q != p; q /= 2) add(p, p, q - p);
          }
          return all;
      }()) {
    HiddenArray<Key> keys(count);
    for (bool distinct = false; !distinct;) {
        const auto all = keys.span();
        randomness.fill({reinterpret_cast<std::uint8_t*>(all.data()), all.size_bytes()});
        for (const auto& pass : passes_) {
            std::size_t exchange = pass.first;
            for (std::size_t i = 0; i + pass.distance < count; ++i)
                if ((i & pass.bit) == pass.value) {
                    const std::uint8_t yes = is_above(keys[i], keys[i + pass.distance]);
                    exchanges_[exchange++] = yes;
                    exchange_if(yes, &keys[i], &keys[i + pass.distance], sizeof(Key) / 8);
                }
        }
        std::uint64_t ascending = 1;
        for (std::size_t i = 1; i < count; ++i) ascending &= is_above(keys[i], keys[i - 1]);
        distinct = ascending != 0;
    }
}

void SecretPermutation::check_size(std::size_t count) const { invariant(count == count_); }

}  // namespace plenum::evote
