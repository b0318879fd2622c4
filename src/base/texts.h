// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "base/json.h"

namespace plenum {

enum class Language { zh_hans, zh_hant, en };
inline constexpr std::array all_languages{Language::zh_hans, Language::zh_hant, Language::en};

/// "zh-Hans", "zh-Hant", "en".
std::string_view tag_of(Language language);
/// Refuses language_unknown.
Result<Language> language_from_tag(std::string_view tag);
/// The first of our languages that an Accept-Language header names; zh-Hans where it names none.
Language language_from_header(std::string_view header);

/// One text in the three languages. An organisation that has not translated a name gives the same text three times.
struct Text {
    std::string zh_hans, zh_hant, en;
    bool operator==(const Text&) const = default;
    const std::string& in(Language language) const;
    std::string& in(Language language);
    bool empty() const { return zh_hans.empty() && zh_hant.empty() && en.empty(); }
};
/// The same words in all three languages (names of persons, document numbers).
Text same_text(std::string_view words);
Json json_from(const Text& text);

/// The sentence kept under `key` in texts/<language>/*.json, with "{name}" replaced by the fact of that name.
/// A key or fact that does not exist is a bug, found by the tests that read every key; the key itself is shown then.
std::string say(Language language, std::string_view key, const Facts& facts = {});
/// The same in all three languages; a fact given as Text enters in each language's own words.
struct TextFact {
    std::string key;
    Text text;
};
Text say_all(std::string_view key, const Facts& facts = {}, const std::vector<TextFact>& texts = {});

/// True if texts/ holds the key in this language.
bool has_text(Language language, std::string_view key);
/// All texts of a language by key, for the tests that compare the languages; made when first asked for.
const std::map<std::string, std::string, std::less<>>& catalogue(Language language);

/// The sentence of a refusal ("refusal." + name), with its facts and, behind it, its place.
std::string sentence_of(Language language, const Refusal& why);
/// The body of application/problem+json: status, name, detail, place, facts.
Json problem_json(Language language, const Refusal& why);

/// A counting number as Chinese writes it in titles: 二, 十, 十二, 二十, 一百零五. 0 to 9999.
std::string chinese_number(int number);
/// "1st", "2nd", "3rd", "11th".
std::string english_ordinal(int number);

}  // namespace plenum
