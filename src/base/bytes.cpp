// SPDX-License-Identifier: Apache-2.0
#include "base/bytes.h"

#include <sodium.h>

#include "base/refusals.h"

namespace plenum {

std::string hex_from_bytes(std::span<const std::uint8_t> bytes) {
    constexpr char digits[] = "0123456789abcdef";
    std::string out;
    out.reserve(bytes.size() * 2);
    for (const auto byte : bytes) {
        out += digits[byte >> 4];
        out += digits[byte & 15];
    }
    return out;
}

Digest sha256(std::string_view bytes) {
    Digest out;
    crypto_hash_sha256(out.data(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
    return out;
}

std::string sha256_hex(std::string_view bytes) { return hex_from_bytes(sha256(bytes)); }

bool is_sha256_hex(std::string_view text) {
    return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == text.npos;
}

Result<std::string> bytes_from_base64(std::string_view text) {
    std::string out(text.size() / 4 * 3, '\0');
    std::size_t length = 0;
    const char* end = nullptr;
    const bool read = sodium_base642bin(reinterpret_cast<unsigned char*>(out.data()), out.size(), text.data(),
                                        text.size(), nullptr, &length, &end, sodium_base64_VARIANT_ORIGINAL) == 0;
    if (!read || end != text.data() + text.size()) return refuse(base::Why::base64_malformed);
    out.resize(length);
    return out;
}

std::uint64_t Randomness::below(std::uint64_t bound) {
    invariant(bound > 0);
    const std::uint64_t limit = UINT64_MAX - UINT64_MAX % bound;  // draws at or above it would favour small values
    while (true) {
        std::array<std::uint8_t, 8> bytes;
        fill(bytes);
        std::uint64_t value = 0;
        for (const auto byte : bytes) value = value << 8 | byte;
        if (value < limit) return value % bound;
    }
}

std::string Randomness::id() {
    std::array<std::uint8_t, 16> bytes;
    fill(bytes);
    return hex_from_bytes(bytes);
}

std::string Randomness::salt() {
    std::array<std::uint8_t, 32> bytes;
    fill(bytes);
    return hex_from_bytes(bytes);
}

void SystemRandomness::fill(std::span<std::uint8_t> out) {
    static const bool ready = sodium_init() >= 0;
    invariant(ready);
    if (!out.empty()) randombytes_buf(out.data(), out.size());
}

void SeededRandomness::fill(std::span<std::uint8_t> out) {
    // One nonce per draw: 64 bits of counter in the first 8 bytes of the 12-byte IETF nonce.
    std::array<std::uint8_t, crypto_stream_chacha20_ietf_NONCEBYTES> nonce{};
    for (std::size_t i = 0; i < 8; ++i) nonce[i] = static_cast<std::uint8_t>(drawn_ >> (8 * i));
    ++drawn_;
    if (!out.empty()) crypto_stream_chacha20_ietf(out.data(), out.size(), nonce.data(), key_.data());
}

}  // namespace plenum
