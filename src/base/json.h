// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <string>
#include <string_view>

#include "base/refusals.h"

namespace plenum {

using Json = boost::json::value;
using JsonObject = boost::json::object;
using JsonArray = boost::json::array;

/// Reads one JSON text (RFC 8259).
/// refuses  json_malformed with line and column, json_duplicate_key, json_too_deep (more than 32 levels), text_not_utf8
/// cost     linear in the text; memory a small multiple of it
Result<Json> json_from_text(std::string_view text);

/// The one way to write a value for hashing: no white space, members ordered by the bytes of their names, integers only
/// (no float may occur: bug), strings in UTF-8 with the escapes \" \\ \b \f \n \r \t \u00xx and no others.
std::string canonical_json(const Json& value);

/// True if every number of a value is whole and of 63 bits at most: what may be hashed and kept.
bool holds_integers_only(const Json& value);

/// Refuses json_not_integer where a value is none of those, with the place of the first that is not ("votes[3].for").
Result<Done> must_hold_integers_only(const Json& value);

/// True if `text` is well-formed UTF-8 (no surrogates, no overlong forms, at most U+10FFFF).
bool is_utf8(std::string_view text);

}  // namespace plenum
