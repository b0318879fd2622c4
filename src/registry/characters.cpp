// SPDX-License-Identifier: Apache-2.0
#include "registry/characters.h"

#include "base/result.h"

namespace plenum::registry {

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

bool is_space(char32_t c) { return c == ' ' || c == '\t' || c == 0xa0 || c == 0x3000 || (c >= 0x2000 && c <= 0x200a); }

bool is_han(char32_t c) {
    return c == 0x3007 || (c >= 0x3400 && c <= 0x4dbf) || (c >= 0x4e00 && c <= 0x9fff) ||
           (c >= 0xf900 && c <= 0xfaff) || (c >= 0x20000 && c <= 0x323af);
}

bool is_invisible(char32_t c) {
    return c == 0xad || (c >= 0x80 && c <= 0x9f) || (c >= 0x200b && c <= 0x200f) || (c >= 0x2028 && c <= 0x202e) ||
           (c >= 0x2060 && c <= 0x206f) || c == 0xfeff || (c >= 0xfff9 && c <= 0xfffb);
}

bool is_lost(char32_t c) {
    return c == '?' || c == 0xff1f || c == 0xfffd || c == 0x25a1 || c == 0x3013 || (c >= 0xe000 && c <= 0xf8ff) ||
           c >= 0xf0000;
}

std::string trimmed(std::string_view text) {
    const auto all = characters_from_utf8(text);
    std::size_t first = 0, last = all.size();
    while (first < last && is_space(all[first])) ++first;
    while (last > first && is_space(all[last - 1])) --last;
    return utf8_from_characters(std::u32string_view(all).substr(first, last - first));
}

}  // namespace plenum::registry
