// SPDX-License-Identifier: Apache-2.0
#include "app/teller.h"

#include <algorithm>

#include "congress/sentences.h"

namespace plenum::app {
namespace {

Text names_of(const std::vector<election::Person>& persons) {
    std::vector<std::string> names;
    for (const auto& each : persons) names.push_back(each.name.empty() ? each.id.value : each.name);
    return congress::list_of(names);
}
Text names_of(const election::Election& election, const std::vector<election::PersonId>& ids) {
    std::vector<election::Person> persons;
    for (const auto& id : ids)
        if (const auto found = std::ranges::find(election.scrutineers, id, &election::Person::id);
            found != election.scrutineers.end())
            persons.push_back(*found);
    return names_of(persons);
}

/// What an event of an election may say before the result is certified: never a mark, never a teller's number.
Text of_election(const election::Election& election, const std::string& kind) {
    Facts facts{{"candidates", election.candidates.size()}, {"seats", election.seats}, {"round", election.round}};
    const auto number = [&](std::string name, std::int64_t value) { facts.emplace_back(std::move(name), value); };
    number("issued", election.ballots ? election.ballots->issued : 0);
    number("printed", election.ballots ? election.ballots->printed : 0);
    number("spoilt", election.ballots ? election.ballots->spoilt : 0);
    number("unused", election.ballots ? election.ballots->unused : 0);
    number("returned", election.returned.value_or(0));
    number("entries", static_cast<std::int64_t>(election.entries.size()));
    facts.emplace_back("certificate", election.result ? election.result->certificate.substr(0, 16) : std::string());
    const bool anew = kind == election::ElectionPrepared::kind && election.anew > 0;
    return say_all("event.election." + kind + (anew ? "_anew" : ""), facts,
                   {{"title", election.title},
                    {"scrutineers", names_of(election.scrutineers)},
                    {"tellers", names_of(election.tellers)},
                    {"witnesses", names_of(election, election.witnesses)},
                    {"signed", election.result ? names_of(election, election.result->scrutineers) : Text{}}});
}

/// An act of the register names what its event names: ids, days, and the name of an organisation.
Text of_register(const std::string& key, const store::StoredEvent& event) {
    const auto body = json_from_text(event.body);
    invariant(body && body->is_object());
    Facts facts;
    std::vector<TextFact> texts;
    for (const auto& [name, value] : body->get_object()) {
        if (value.is_string()) facts.emplace_back(std::string(name), std::string_view(value.get_string()));
        if (value.is_int64()) facts.emplace_back(std::string(name), value.get_int64());
        if (auto text = value.is_object() ? from_json<Text>(value) : Result<Text>(refuse(base::Why::field_missing));
            text)
            texts.push_back({std::string(name), std::move(*text)});
    }
    return say_all(key, facts, texts);
}

}  // namespace

Text Teller::tell(const store::StoredEvent& event) {
    if (event.kind == "personal_erased") {
        const auto body = json_from_text(event.body);
        invariant(body);
        return say_all("event.personal_erased", {{"seq", body->at("erased").as_int64()}});
    }
    books_.evolve(event);
    const auto id = congress_of(books_, event);
    if (event.stream.starts_with("election/"))
        return of_election(books_.elections.at(event.stream.substr(9)), event.kind);
    if (!id.empty()) return congress::sentence_of(books_.congresses.at(id), event_of_congress(event));
    // The members and mandates of a roster go without saying: the roster was told.
    const std::string key = "event.registry." + event.kind;
    return has_text(Language::en, key) ? of_register(key, event) : Text{};
}

std::vector<Text> sentences_of(const Books& books, const std::string& id, std::span<const store::NewEvent> events,
                               UtcTime at) {
    Books copy;
    const auto take = [&](const std::string& each) {
        if (const auto found = books.congresses.find(each); found != books.congresses.end())
            copy.congresses.emplace(each, found->second);
    };
    take(id);
    // An act of the register may be a fact for a congress too.
    constexpr std::string_view prefix = "congress/";
    for (const auto& event : events)
        if (event.stream.starts_with(prefix)) take(event.stream.substr(prefix.size()));
    for (const auto& [name, election] : books.elections)
        if (election.congress == id) copy.elections.emplace(name, election);
    Teller teller(std::move(copy));
    std::vector<Text> out;
    for (const auto& event : events) {
        store::StoredEvent stored;
        stored.stream = event.stream;
        stored.kind = event.kind;
        stored.body = event.body;
        stored.personal = event.personal;
        stored.at = at;
        if (auto sentence = teller.tell(stored); !sentence.empty()) out.push_back(std::move(sentence));
    }
    return out;
}

}  // namespace plenum::app
