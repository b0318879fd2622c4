// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string_view>

namespace plenum {

/// The strokes of a Chinese character as the mainland's standard form is written: Unicode's kTotalStrokes (Unihan, UAX
/// #38), first value. Nothing for what is no such character.
std::optional<int> strokes_of(char32_t character);

/// The order of names by the strokes of the surname (姓氏笔画为序), in which lists of candidates stand: True if `one`
/// stands before `other`. Character by character, fewer strokes first, and among equal ones by code point, which within
/// Unicode's blocks is the order of the Kangxi radicals: so all of one surname stand together. Names in other scripts
/// stand behind, by code point. Every list of a congress has this one order; browsers' collations differ.
/// cost  a binary search a character
bool before_by_strokes(std::string_view one, std::string_view other);

}  // namespace plenum
