// SPDX-License-Identifier: Apache-2.0
#include "evote/ballot/text.h"

#include <sodium.h>

#include "base/bytes.h"
#include "base/json.h"
#include "evote/ballot/hash.h"

namespace plenum::evote {

std::string base64_of_digest(const Digest& digest) {
    char out[sodium_base64_ENCODED_LEN(32, sodium_base64_VARIANT_ORIGINAL_NO_PADDING)];
    sodium_bin2base64(out, sizeof out, digest.data(), digest.size(), sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
    return out;
}

std::string base64_of_sha256(std::string_view text) { return base64_of_digest(sha256_of_public(text)); }

std::string in_quotes(std::string_view text) {
    return canonical_json(Json(boost::json::string_view(text.data(), text.size())));
}

std::string count_text(std::uint64_t count) {
    const auto digits = std::to_string(count);
    return count < (1u << 30) ? digits : "\"" + digits + "\"";
}

int base58_value(char digit) {
    const auto at = base58_digits.find(digit);
    return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

}  // namespace plenum::evote
