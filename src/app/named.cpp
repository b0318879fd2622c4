// SPDX-License-Identifier: Apache-2.0
#include "app/named.h"

#include <algorithm>
#include <array>
#include <optional>

#include "congress/sentences.h"

namespace plenum::app {
namespace {

/// The name of a person whom the congress or one of its elections knows.
std::string name_of_person(const Books& books, const congress::Congress& congress, const std::string& id) {
    if (congress.mandates.contains({id})) return congress.name_of_delegate({id});
    for (const auto& [name, election] : books.elections) {
        if (election.congress != congress.id) continue;
        for (const auto& each : election.candidates)
            if (each.id.value == id) return each.name;
        for (const auto* officers : {&election.scrutineers, &election.tellers})
            for (const auto& each : *officers)
                if (each.id.value == id) return each.name;
    }
    return congress.name_of_delegate({id});  // of a member of a body who is no delegate
}

std::optional<Text> words_of(const Fact& fact, const Books& books, const congress::Congress& congress) {
    constexpr std::array bodies{"body", "by", "office"}, persons{"delegate", "candidate", "person"};
    const auto is_one_of = [&](const auto& keys) { return std::ranges::find(keys, fact.key) != keys.end(); };
    if (fact.key == "party" && fact.value == "higher_union") return congress.plan->higher_union;
    if (is_one_of(bodies) && congress.find_body(fact.value)) return congress::body_title(congress, fact.value);
    if (fact.key == "item")
        if (const auto* item = congress.find_item({fact.value})) return item->item.title;
    if (fact.key == "unit")
        if (const auto* unit = congress.find_unit({fact.value}); unit && !unit->name.empty()) return unit->name;
    if (is_one_of(persons))
        if (auto name = name_of_person(books, congress, fact.value); !name.empty() && name != fact.value)
            return say_all("fact_of_person", {{"name", std::move(name)}, {"id", fact.value}});
    return std::nullopt;
}

}  // namespace

Refusal named(Refusal why, const Books& books, const std::string& id) {
    const auto found = books.congresses.find(id);
    if (found == books.congresses.end() || !found->second.plan) return why;
    Facts words;
    for (const auto& fact : why.facts)
        if (const auto text = words_of(fact, books, found->second); text && !text->empty())
            for (const auto language : all_languages)
                words.emplace_back(fact.key + "." + std::string(tag_of(language)), text->in(language));
    why.facts.insert(why.facts.end(), words.begin(), words.end());
    return why;
}

}  // namespace plenum::app
