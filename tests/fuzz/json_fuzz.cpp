// SPDX-License-Identifier: Apache-2.0
#include "base/json.h"
#include "fuzz/fuzz.h"

using namespace plenum;

namespace {

/// Fractions are read and have no canonical form: whoever reads them refuses them.
bool has_fraction(const Json& json) {
    if (json.is_double()) return true;
    if (json.is_array())
        for (const auto& each : json.get_array())
            if (has_fraction(each)) return true;
    if (json.is_object())
        for (const auto& each : json.get_object())
            if (has_fraction(each.value())) return true;
    return false;
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const auto text = fuzz::text_of(bytes, size);
    const auto json = json_from_text(text);
    if (!json) return 0;
    HOLDS(is_utf8(text));
    if (has_fraction(*json)) return 0;
    const auto canonical = canonical_json(*json);
    const auto again = json_from_text(canonical);
    HOLDS(again && *again == *json);
    HOLDS(canonical_json(*again) == canonical);
    return 0;
}
