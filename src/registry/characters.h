// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace plenum::registry {

/// The code points of a text that is UTF-8 (bug otherwise; every input was checked when it was read).
std::u32string characters_from_utf8(std::string_view text);
std::string utf8_from_characters(std::u32string_view text);

/// Space, no-break space or the ideographic space U+3000, with which short names are padded; and tab.
bool is_space(char32_t c);
/// A Chinese character of any plane, and 〇.
bool is_han(char32_t c);
/// A character that nobody sees: zero width, direction marks, a byte order mark inside a text.
bool is_invisible(char32_t c);
/// A character that stands for one that was lost: "?", U+FFFD, private use.
bool is_lost(char32_t c);

/// The text without spaces at either end.
std::string trimmed(std::string_view text);

}  // namespace plenum::registry
