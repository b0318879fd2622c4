// SPDX-License-Identifier: Apache-2.0
#include "base/result.h"

#include <cstdio>
#include <cstdlib>

namespace plenum {

std::string_view Refusal::fact(std::string_view key) const {
    for (const auto& entry : facts)
        if (entry.key == key) return entry.value;
    return {};
}

Refusal Refusal::within(const Place& outer) && {
    if (place.file.empty()) place.file = outer.file;
    if (place.line == 0) place.line = outer.line;
    if (place.column == 0) place.column = outer.column;
    if (!outer.field.empty()) {
        const bool joined = place.field.empty() || place.field.front() == '[';
        place.field = outer.field + (joined ? "" : ".") + place.field;
    }
    return std::move(*this);
}

std::string_view shown(std::string_view given, std::size_t most) {
    if (given.size() <= most) return given;
    auto end = most;
    while (end > 0 && (static_cast<unsigned char>(given[end]) & 0xC0) == 0x80) --end;
    return given.substr(0, end);
}

void bug(const char* condition, const char* file, int line) {
    std::fprintf(stderr, "plenum: a thing that must hold does not: %s (%s:%d)\n", condition, file, line);
    std::abort();
}

}  // namespace plenum
