// SPDX-License-Identifier: Apache-2.0
#include "congress/parts.h"

namespace plenum::congress {
namespace {

/// "First" … "Twentieth", then "21st": titles of congresses are written out as far as people do.
std::string english_title_ordinal(int number) {
    constexpr std::string_view words[] = {
        "",           "First",     "Second",    "Third",       "Fourth",     "Fifth",      "Sixth",
        "Seventh",    "Eighth",    "Ninth",     "Tenth",       "Eleventh",   "Twelfth",    "Thirteenth",
        "Fourteenth", "Fifteenth", "Sixteenth", "Seventeenth", "Eighteenth", "Nineteenth", "Twentieth"};
    return number >= 1 && number <= 20 ? std::string(words[number]) : english_ordinal(number);
}

Text with_numbers(std::string_view key, const Numbering& numbering) {
    Text out;
    for (const auto language : all_languages) {
        const auto word = [&](int number) {
            return language == Language::en ? english_title_ordinal(number) : chinese_number(number);
        };
        out.in(language) = say(language, key, {{"term", word(numbering.term)}, {"session", word(numbering.session)}});
    }
    return out;
}

}  // namespace

Text title_of(const Numbering& numbering) {
    return with_numbers(numbering.style == NumberingStyle::term_and_session ? "congress.title.term_and_session"
                                                                            : "congress.title.congress_number",
                        numbering);
}

Text term_of(const Numbering& numbering) { return with_numbers("congress.title.term", numbering); }

}  // namespace plenum::congress
