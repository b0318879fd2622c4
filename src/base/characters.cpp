// SPDX-License-Identifier: Apache-2.0
#include "base/characters.h"

#include <algorithm>
#include <cstdio>

namespace plenum {
namespace {

struct Range {
    char32_t first, last;
};

/// Default_Ignorable_Code_Point without the variation selectors, Bidi_Control, Zl, Zp, Cc and the annotation marks, of
/// Unicode 15 (DerivedCoreProperties.txt, PropList.txt); tab and line feed are judged apart.
constexpr Range never_seen[] = {
    {0x0000, 0x0008},   {0x000b, 0x001f},   {0x007f, 0x009f},   {0x00ad, 0x00ad}, {0x034f, 0x034f}, {0x061c, 0x061c},
    {0x115f, 0x1160},   {0x17b4, 0x17b5},   {0x180e, 0x180e},   {0x200b, 0x200f}, {0x2028, 0x202e}, {0x2060, 0x206f},
    {0x3164, 0x3164},   {0xfdd0, 0xfdef},   {0xfeff, 0xfeff},   {0xffa0, 0xffa0}, {0xfff0, 0xfffb}, {0x1bca0, 0x1bca3},
    {0x1d173, 0x1d17a}, {0xe0000, 0xe00ff}, {0xe01f0, 0xe0fff},
};

bool is_variation_selector(char32_t c) {
    return (c >= 0x180b && c <= 0x180d) || c == 0x180f || (c >= 0xfe00 && c <= 0xfe0f) ||
           (c >= 0xe0100 && c <= 0xe01ef);
}

/// What a variation selector can choose a form of: Mongolian letters, signs and Chinese characters.
bool has_forms(char32_t c) {
    return ((c >= 0x1800 && c <= 0x18af) || c >= 0x2000) && !is_variation_selector(c) && !is_space(c);
}

}  // namespace

bool is_never_seen(char32_t c) {
    if ((c & 0xfffe) == 0xfffe) return true;  // the last two of every plane are no characters
    const auto* found = std::ranges::find_if(never_seen, [c](const Range& each) { return c <= each.last; });
    return found != std::end(never_seen) && c >= found->first;
}

std::u32string characters_from_utf8(std::string_view text) {
    std::u32string out;
    for (std::size_t at = 0; at < text.size();) {
        const auto lead = static_cast<unsigned char>(text[at]);
        const std::size_t length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
        invariant(at + length <= text.size());
        char32_t c = length == 1 ? lead : lead & (0x7f >> length);
        for (std::size_t i = 1; i < length; ++i) c = c << 6 | (static_cast<unsigned char>(text[at + i]) & 0x3f);
        out += c;
        at += length;
    }
    return out;
}

std::string utf8_from_characters(std::u32string_view text) {
    std::string out;
    for (const char32_t c : text) {
        if (c < 0x80) {
            out += static_cast<char>(c);
        } else if (c < 0x800) {
            out += static_cast<char>(0xc0 | c >> 6);
            out += static_cast<char>(0x80 | (c & 0x3f));
        } else if (c < 0x10000) {
            out += static_cast<char>(0xe0 | c >> 12);
            out += static_cast<char>(0x80 | (c >> 6 & 0x3f));
            out += static_cast<char>(0x80 | (c & 0x3f));
        } else {
            out += static_cast<char>(0xf0 | c >> 18);
            out += static_cast<char>(0x80 | (c >> 12 & 0x3f));
            out += static_cast<char>(0x80 | (c >> 6 & 0x3f));
            out += static_cast<char>(0x80 | (c & 0x3f));
        }
    }
    return out;
}

bool is_space(char32_t c) {
    return c == ' ' || c == '\t' || c == 0xa0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200a) || c == 0x202f ||
           c == 0x205f || c == 0x2800 || c == 0x3000;
}

bool is_han(char32_t c) {
    return c == 0x3007 || (c >= 0x3400 && c <= 0x4dbf) || (c >= 0x4e00 && c <= 0x9fff) ||
           (c >= 0xf900 && c <= 0xfaff) || (c >= 0x20000 && c <= 0x323af);
}

bool is_lost(char32_t c) {
    return c == '?' || c == 0xff1f || c == 0xfffd || c == 0x25a1 || c == 0x3013 || (c >= 0xe000 && c <= 0xf8ff) ||
           c >= 0xf0000;
}

std::int64_t characters_in_utf8(std::string_view text) {
    return std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; });
}

bool is_id(std::string_view text) {
    bool first = true;
    for (const auto c : characters_from_utf8(text)) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || is_han(c);
        const bool between = c == '-' || c == '_' || c == '.' || c == ':';
        if (!plain && (first || !between)) return false;
        first = false;
    }
    return !first;
}

std::string trimmed(std::string_view text) {
    const auto all = characters_from_utf8(text);
    std::size_t first = 0, last = all.size();
    while (first < last && is_space(all[first])) ++first;
    while (last > first && is_space(all[last - 1])) --last;
    return utf8_from_characters(std::u32string_view(all).substr(first, last - first));
}

std::string Unseen::name() const {
    char out[16];
    std::snprintf(out, sizeof out, "U+%04X", static_cast<unsigned>(character));
    return out;
}

std::optional<Unseen> unseen_in(std::string_view text, Lines lines) {
    std::int64_t position = 0;
    char32_t before = 0;
    for (const char32_t c : characters_from_utf8(text)) {
        ++position;
        const bool breaks = c == '\n' || c == '\t';
        if (breaks ? lines == Lines::one : is_never_seen(c) || (is_variation_selector(c) && !has_forms(before)))
            return Unseen{c, position};
        before = c;
    }
    return std::nullopt;
}

Result<Done> check_written(std::string_view text, Lines lines) {
    if (const auto unseen = unseen_in(text, lines))
        return refuse(unseen->is_control() ? base::Why::text_has_control : base::Why::text_has_invisible,
                      {{"character", unseen->name()}, {"position", unseen->position}});
    const auto all = characters_from_utf8(text);
    if (!all.empty() && std::ranges::all_of(all, [](char32_t c) { return c == '\n' || is_space(c); }))
        return refuse(base::Why::text_blank);
    return Done{};
}

}  // namespace plenum
