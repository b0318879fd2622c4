// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string_view>

namespace plenum::count {

/// Whether something goes by `name`: its own name, or one of the aliases, which have spaces between.
inline bool goes_by(std::string_view name, std::string_view own, std::string_view aliases) {
    if (name.empty() || name.find(' ') != std::string_view::npos) return false;
    if (name == own) return true;
    while (!aliases.empty()) {
        const auto end = aliases.find(' ');
        if (aliases.substr(0, end) == name) return true;
        aliases.remove_prefix(end == std::string_view::npos ? aliases.size() : end + 1);
    }
    return false;
}

}  // namespace plenum::count
