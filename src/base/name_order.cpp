// SPDX-License-Identifier: Apache-2.0
#include "base/name_order.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <tuple>

namespace plenum {
namespace {

/// Code point << 8 | strokes, in order; made by cmake/strokes.sh.
constexpr std::uint32_t table[] = {
#include <strokes.inc>
};

/// The next character of a text, which may be broken: a byte that begins none stands for itself.
char32_t take(std::string_view& text) {
    const auto lead = static_cast<unsigned char>(text.front());
    const std::size_t length = lead < 0xc0 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    if (length == 1 || length > text.size()) {
        text.remove_prefix(1);
        return lead;
    }
    char32_t out = lead & (0x7f >> length);
    for (std::size_t i = 1; i < length; ++i) out = out << 6 | (static_cast<unsigned char>(text[i]) & 0x3f);
    text.remove_prefix(length);
    return out;
}

}  // namespace

std::optional<int> strokes_of(char32_t character) {
    if (character > 0x10ffff) return std::nullopt;
    const auto wanted = static_cast<std::uint32_t>(character) << 8;
    const auto* found = std::lower_bound(std::begin(table), std::end(table), wanted);
    if (found == std::end(table) || *found >> 8 != wanted >> 8) return std::nullopt;
    return static_cast<int>(*found & 0xff);
}

bool before_by_strokes(std::string_view one, std::string_view other) {
    constexpr int behind_all = 1000;
    while (!one.empty() && !other.empty()) {
        const auto a = take(one), b = take(other);
        if (a == b) continue;
        return std::tuple(strokes_of(a).value_or(behind_all), a) < std::tuple(strokes_of(b).value_or(behind_all), b);
    }
    return one.size() < other.size();
}

}  // namespace plenum
