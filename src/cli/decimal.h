// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <CLI/CLI.hpp>
#include <algorithm>
#include <string>

namespace plenum::cli {

/// What numbers among the arguments must look like: decimal digits without a sign or leading zeros. The library alone
/// would read "010" as eight, and "0x2" and "+2" as two.
inline CLI::Validator decimal() {
    return CLI::Validator(
        [](const std::string& text) -> std::string {
            const bool digits = std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
            if (digits && !text.empty() && (text.size() == 1 || text.front() != '0')) return "";
            return "not a decimal number without sign or leading zeros: " + text;
        },
        "");
}

}  // namespace plenum::cli
