// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "base/bytes.h"

namespace plenum::evote {

/// SHA-256 in standard Base64 without the trailing '=': 43 characters. Fingerprints, trackers, ballot hashes.
std::string base64_of_sha256(std::string_view text);
std::string base64_of_digest(const Digest& digest);
/// A JSON string with its quotes, as the record format writes it.
std::string in_quotes(std::string_view text);
/// A count: a number up to 2^30 - 1, a decimal string above.
std::string count_text(std::uint64_t count);
inline constexpr std::uint64_t largest_count = 1'000'000'000'000'000;

/// The digits of Base58 in the order of their values.
inline constexpr std::string_view base58_digits = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
/// The value of a Base58 digit, or -1.
int base58_value(char digit);

}  // namespace plenum::evote
