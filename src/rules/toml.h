// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <string>
#include <string_view>

#include "base/json.h"
#include "rules/refusals.h"

namespace plenum::rules {

/// A TOML text as values with their places. Keys keep their order of the file.
struct TomlDocument {
    std::string file;
    Json root;                            ///< tables are objects, local dates are text ("2026-03-04")
    std::map<std::string, Place> places;  ///< by keys joined with "." and items as "[0]": "in.candidates[1].name"

    /// Place of a path, or of the nearest table that holds it.
    Place at(std::string_view path) const;
};

/// The most bytes of a text.
inline constexpr std::size_t most_toml_bytes = 256 * 1024;

/// Reads TOML 1.0.
/// file_name   for places only
/// line        number of the first line of `text` in that file
/// refuses     text_too_large (256 KiB), text_too_deep (16 levels of values, 40 dots in a line), base.text_not_utf8,
///             toml_malformed with line and column, wrong_type for floats and times of day
Result<TomlDocument> read_toml(std::string_view text, std::string_view file_name, std::int64_t line = 1);

}  // namespace plenum::rules
