// SPDX-License-Identifier: Apache-2.0
// What the fuzzers share. A fuzzer feeds one reader of what others send; it fails on a crash, a hang, a sanitizer's
// report, or where what was accepted is not what it says.
#pragma once
#include <cstdint>
#include <string_view>

#include "base/result.h"

/// Stops the fuzzer: something that was accepted does not hold.
#define HOLDS(condition) invariant(condition)

namespace plenum::fuzz {

inline std::string_view text_of(const std::uint8_t* bytes, std::size_t size) {
    return {reinterpret_cast<const char*>(bytes), size};
}
/// Takes the first byte off, as a choice among `count`; the printable digits first, so that seeds can be read.
inline std::size_t choice(std::string_view& text, std::size_t count) {
    if (text.empty()) return 0;
    const auto byte = static_cast<unsigned char>(text.front());
    text.remove_prefix(1);
    return (byte >= '0' ? static_cast<std::size_t>(byte - '0') : byte) % count;
}

}  // namespace plenum::fuzz

/// Called by libFuzzer with every input.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size);
