// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace plenum {

/// Lower-case hexadecimal.
std::string hex_from_bytes(std::span<const std::uint8_t> bytes);

/// SHA-256 (FIPS 180-4, by libsodium).
using Digest = std::array<std::uint8_t, 32>;
Digest sha256(std::string_view bytes);
/// sha256 as 64 hex digits.
std::string sha256_hex(std::string_view bytes);

/// True of 64 lower-case hex digits.
bool is_sha256_hex(std::string_view text);

/// The bytes of base64 (RFC 4648, with padding); refuses base64_malformed.
Result<std::string> bytes_from_base64(std::string_view text);

/// Where chance comes from: ids, salts, lots. `serve` uses the system's; a rehearsal with a seed draws from the seed.
class Randomness {
  public:
    virtual ~Randomness() = default;
    virtual void fill(std::span<std::uint8_t> out) = 0;
    /// Uniform in [0, bound), without bias; bound > 0.
    std::uint64_t below(std::uint64_t bound);
    /// 16 random bytes as 32 hex digits.
    std::string id();
    /// 32 random bytes as 64 hex digits.
    std::string salt();
};
class SystemRandomness final : public Randomness {
  public:
    void fill(std::span<std::uint8_t> out) override;
};
/// ChaCha20 keyed by SHA-256 of the seed: the same seed gives the same draws on every machine. Never for secrets.
class SeededRandomness final : public Randomness {
  public:
    explicit SeededRandomness(std::string_view seed) : key_(sha256(seed)) {}
    void fill(std::span<std::uint8_t> out) override;

  private:
    Digest key_;
    std::uint64_t drawn_ = 0;
};

}  // namespace plenum
