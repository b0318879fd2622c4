// SPDX-License-Identifier: Apache-2.0
// Recognising canonical JSON (base/json.h) in place: what the writer's thread does to every body, and `verify` to every
// line, without building a tree.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace plenum::store {

/// A member of an object as it stands in the text: `name` without its quotes, `value` with all its bytes.
struct RawMember {
    std::string_view name, value;
};

/// The first byte (from 0) at which `text` stops being one canonical JSON object, or nothing if it is one.
///
/// max_depth  objects and arrays inside each other, the outermost counted
/// members    if given, receives the members of the outermost object, in order; views of `text`
/// cost       linear in the text; memory for the names of open objects
std::optional<std::size_t> canonical_until(std::string_view text, int max_depth,
                                           std::vector<RawMember>* members = nullptr);

/// The text of a canonical string value with its quotes, or nothing if the value is no string.
std::optional<std::string> text_of(std::string_view canonical_value);
/// The number of a canonical value, or nothing if it is no whole number of 64 bits with sign.
std::optional<std::int64_t> integer_of(std::string_view canonical_value);

/// How deep a body may be: what json_from_text takes.
inline constexpr int max_body_depth = 32;

}  // namespace plenum::store
