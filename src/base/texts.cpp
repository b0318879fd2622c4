// SPDX-License-Identifier: Apache-2.0
#include "base/texts.h"

#include <algorithm>
#include <optional>

#include "base/sentences.h"

namespace plenum {

namespace {

using Catalogue = std::map<std::string, std::string, std::less<>>;

/// The sentence of a key; nothing where there is none.
std::optional<std::string_view> sentence_kept(Language language, std::string_view key) {
    const auto kept = texts::sentences_in(language);
    const auto found =
        std::lower_bound(kept.all.begin(), kept.all.end(), key,
                         [&](const auto& each, std::string_view wanted) { return kept.key(each) < wanted; });
    if (found == kept.all.end() || kept.key(*found) != key) return std::nullopt;
    return kept.sentence(*found);
}

Catalogue catalogue_of(Language language) {
    Catalogue out;
    const auto kept = texts::sentences_in(language);
    for (const auto& each : kept.all) out.emplace_hint(out.end(), kept.key(each), kept.sentence(each));
    return out;
}

}  // namespace

std::string_view tag_of(Language language) {
    switch (language) {
        case Language::zh_hans: return "zh-Hans";
        case Language::zh_hant: return "zh-Hant";
        case Language::en: return "en";
    }
    return "";
}

Result<Language> language_from_tag(std::string_view tag) {
    for (const auto language : all_languages)
        if (tag_of(language) == tag) return language;
    return refuse(base::Why::language_unknown, {{"language", shown(tag)}});
}

Language language_from_header(std::string_view header) {
    while (!header.empty()) {
        const auto comma = header.find(',');
        auto range = header.substr(0, comma);
        range = range.substr(0, range.find(';'));
        while (!range.empty() && range.front() == ' ') range.remove_prefix(1);
        std::string tag(range);
        std::transform(tag.begin(), tag.end(), tag.begin(), [](unsigned char c) { return std::tolower(c); });
        if (tag == "en" || tag.starts_with("en-")) return Language::en;
        if (tag.starts_with("zh-hant") || tag.starts_with("zh-tw") || tag.starts_with("zh-hk") ||
            tag.starts_with("zh-mo"))
            return Language::zh_hant;
        if (tag == "zh" || tag.starts_with("zh-")) return Language::zh_hans;
        if (comma == std::string_view::npos) break;
        header.remove_prefix(comma + 1);
    }
    return Language::zh_hans;
}

const std::string& Text::in(Language language) const {
    switch (language) {
        case Language::zh_hant: return zh_hant;
        case Language::en: return en;
        case Language::zh_hans: break;
    }
    return zh_hans;
}
std::string& Text::in(Language language) { return const_cast<std::string&>(std::as_const(*this).in(language)); }

Text same_text(std::string_view words) { return {std::string(words), std::string(words), std::string(words)}; }

Json json_from(const Text& text) {
    return JsonObject{{"zh-Hans", text.zh_hans}, {"zh-Hant", text.zh_hant}, {"en", text.en}};
}

const Catalogue& catalogue(Language language) {
    static const std::array<Catalogue, all_languages.size()> all{
        catalogue_of(Language::zh_hans), catalogue_of(Language::zh_hant), catalogue_of(Language::en)};
    return all[static_cast<std::size_t>(language)];
}

bool has_text(Language language, std::string_view key) { return sentence_kept(language, key).has_value(); }

std::string say(Language language, std::string_view key, const Facts& facts) {
    const auto found = sentence_kept(language, key);
    if (!found) return std::string(key);
    std::string out;
    std::string_view rest = *found;
    while (true) {
        const auto open = rest.find('{');
        const auto close = open == std::string_view::npos ? open : rest.find('}', open);
        out += rest.substr(0, open == std::string_view::npos || close == std::string_view::npos ? rest.size() : open);
        if (close == std::string_view::npos) break;
        const auto name = rest.substr(open + 1, close - open - 1);
        const auto fact = std::find_if(facts.begin(), facts.end(), [&](const Fact& each) { return each.key == name; });
        if (fact == facts.end())
            out += rest.substr(open, close - open + 1);
        else
            out += fact->value;
        rest.remove_prefix(close + 1);
    }
    return out;
}

Text say_all(std::string_view key, const Facts& facts, const std::vector<TextFact>& texts) {
    Text out;
    for (const auto language : all_languages) {
        Facts all = facts;
        for (const auto& [name, text] : texts) all.emplace_back(name, text.in(language));
        out.in(language) = say(language, key, all);
    }
    return out;
}

namespace {

/// Facts of several names whose keys are of one kind: "by" and "office" are bodies too.
std::string kind_of_fact(std::string_view key) {
    return std::string(key == "by" || key == "office" ? std::string_view("body") : key);
}

}  // namespace

std::string sentence_of(Language language, const Refusal& why) {
    // What type was wanted, and why, are words of ours ("text", "no_mark_for") or the name of an error, "ENOSPC": they
    // are said in the reader's language.
    Facts facts = why.facts;
    const auto room = why.name().substr(0, why.name().find('.'));
    for (std::size_t i = 0; i < facts.size(); ++i) {
        auto& fact = facts[i];
        // A reason may be the name of another refusal, whose facts are the others.
        if (fact.key == "reason" && has_text(language, "refusal." + fact.value)) {
            Refusal other{{0, why.facts[i].value}, why.facts, {}};
            other.facts.erase(other.facts.begin() + static_cast<std::ptrdiff_t>(i));
            fact.value = sentence_of(language, other);
            continue;
        }
        // What a congress calls it stands beside the key (app/named.h); else our own words for the key, if it is one.
        if (const auto own = why.fact(fact.key + "." + std::string(tag_of(language))); !own.empty()) {
            fact.value = own;
            continue;
        }
        if (const auto word = "fact." + kind_of_fact(fact.key) + "." + fact.value; has_text(language, word)) {
            fact.value = say(language, word);
            continue;
        }
        std::string key = fact.key == "wanted"   ? "type." + fact.value
                          : fact.key == "reason" ? "reason." + std::string(room) + "." + fact.value
                                                 : std::string();
        std::ranges::replace(key, ' ', '_');
        if (fact.key == "reason" && !has_text(language, key)) key = "reason.system." + fact.value;
        // What a record holds and how far it has come have names in its format, and words.
        if (fact.key == "type" || fact.key == "state" || fact.key == "before" ||
            (fact.key == "wanted" && !has_text(language, key)))
            key = "step." + std::string(room) + "." + fact.value;
        if (!key.empty() && has_text(language, key)) fact.value = say(language, key, why.facts);
    }
    std::string out = say(language, "refusal." + std::string(why.name()), facts);
    std::string place;
    const auto add = [&](std::string_view key, std::string value) {
        if (!place.empty()) place += say(language, "place.between");
        place += say(language, key, {{"value", std::move(value)}});
    };
    // Where in a record it is, unless the sentence has said so.
    const auto sentence = sentence_kept(language, "refusal." + std::string(why.name())).value_or("");
    for (const auto* key : {"event", "ballot", "trustee"})
        if (const auto value = why.fact(key);
            !value.empty() && sentence.find("{" + std::string(key) + "}") == std::string_view::npos)
            add("place." + std::string(key), std::string(value));
    if (!why.place.file.empty()) add("place.file", why.place.file);
    if (why.place.line > 0) add("place.line", std::to_string(why.place.line));
    if (why.place.column > 0) add("place.column", std::to_string(why.place.column));
    if (!why.place.field.empty()) add("place.field", why.place.field);
    if (!place.empty()) out += say(language, "place.around", {{"place", place}});
    return out;
}

Json problem_json(Language language, const Refusal& why) {
    JsonObject place, facts;
    if (!why.place.file.empty()) place["file"] = why.place.file;
    if (why.place.line > 0) place["line"] = why.place.line;
    if (why.place.column > 0) place["column"] = why.place.column;
    if (!why.place.field.empty()) place["field"] = why.place.field;
    for (const auto& fact : why.facts)
        if (fact.key.find('.') == std::string::npos) facts[fact.key] = fact.value;  // keys, not their words
    return JsonObject{{"status", why.problem.status},
                      {"name", why.name()},
                      {"detail", sentence_of(language, why)},
                      {"place", std::move(place)},
                      {"facts", std::move(facts)}};
}

std::string chinese_number(int number) {
    constexpr std::string_view digits[] = {"零", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
    constexpr std::string_view units[] = {"", "十", "百", "千"};
    if (number == 0) return std::string(digits[0]);
    std::string out;
    bool zero_pending = false;
    for (int place = 3, power = 1000; place >= 0; --place, power /= 10) {
        const int digit = number / power % 10;
        if (digit == 0) {
            zero_pending = !out.empty();
            continue;
        }
        if (zero_pending) out += digits[0];
        zero_pending = false;
        if (!(place == 1 && digit == 1 && out.empty())) out += digits[digit];  // 十二, not 一十二
        out += units[place];
    }
    return out;
}

std::string english_ordinal(int number) {
    const int last_two = number % 100, last = number % 10;
    const char* ending = last_two >= 11 && last_two <= 13 ? "th"
                         : last == 1                      ? "st"
                         : last == 2                      ? "nd"
                         : last == 3                      ? "rd"
                                                          : "th";
    return std::to_string(number) + ending;
}

}  // namespace plenum
