// SPDX-License-Identifier: Apache-2.0
// Code points, and which of them may stand in a text that people write and others read.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/refusals.h"

namespace plenum {

/// The code points of a text that is UTF-8 (bug otherwise; every input was checked when it was read).
std::u32string characters_from_utf8(std::string_view text);
std::string utf8_from_characters(std::u32string_view text);

/// Space, no-break space or the ideographic space U+3000, with which short names are padded; any other blank of a width
/// (U+1680, U+2000 to U+200A, U+202F, U+205F, U+2800); and tab.
bool is_space(char32_t c);
/// A Chinese character of any plane, and 〇.
bool is_han(char32_t c);
/// A character that nobody sees wherever it stands: see unseen_in.
bool is_never_seen(char32_t c);
/// A character that stands for one that was lost: "?", U+FFFD, private use.
bool is_lost(char32_t c);

/// How many code points a text has that is UTF-8.
std::int64_t characters_in_utf8(std::string_view text);

/// What may name a thing for machines: Latin letters and digits, Chinese characters, and - _ . : between them; the
/// first is a letter, digit or Chinese character. It may stand in an address, a file's name or a page and mean nothing
/// there.
bool is_id(std::string_view text);

/// The text without spaces at either end.
std::string trimmed(std::string_view text);

/// A character that nobody sees, and which in the text it is, counted from 1.
struct Unseen {
    char32_t character = 0;
    std::int64_t position = 0;
    bool is_control() const { return character < 0x20 || (character >= 0x7f && character <= 0x9f); }
    /// "U+200B"
    std::string name() const;
};

/// Whether a text may run over several lines: only then line feeds and tabs may stand in it.
enum class Lines { one, many };

/// The first character of a UTF-8 text that nobody sees: controls (C0, C1), what Unicode calls default-ignorable (zero
/// width, soft hyphen, fillers, tags), marks that turn the direction of writing, separators of lines and paragraphs,
/// and code points that are no characters. Two texts that look alike are thereby alike: a name that differs from
/// another by such a character would pass a comparison that the eye makes.
///
/// The joiners U+200C and U+200D are among them: neither Chinese nor English is written with them, they change nothing
/// that stands in a name, a title or a report here, and one that was pasted in with a name would make it another name.
/// A variation selector, which chooses a form of the character before it, may stand behind a Chinese character or a
/// sign, and nowhere else. Cost: one pass.
std::optional<Unseen> unseen_in(std::string_view text, Lines lines = Lines::many);

/// What somebody writes: refuses text_has_control and text_has_invisible {character, position}; text_blank where there
/// is something and all of it is blanks. An empty text is for the caller to judge.
Result<Done> check_written(std::string_view text, Lines lines = Lines::many);

}  // namespace plenum
