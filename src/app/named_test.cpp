// SPDX-License-Identifier: Apache-2.0
#include "app/named.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <boost/mp11/algorithm.hpp>
#include <set>

#include "app/office_for_tests.h"
#include "app/refusals.h"
#include "congress/refusals.h"
#include "election/refusals.h"
#include "registry/register.h"
#include "rules/refusals.h"
#include "rules/schema.h"

using namespace plenum;
using namespace plenum::app;

namespace {

bool holds_key(const std::string& sentence, std::string_view key) { return sentence.find(key) != std::string::npos; }

/// Facts whose values are keys of ours, with every key that they may have. Those of bodies go by "by" and "office" too.
std::map<std::string, std::vector<std::string>> keys_of_facts() {
    std::map<std::string, std::vector<std::string>> out;
    std::vector<std::string> bodies(std::begin(rules::bodies), std::end(rules::bodies));
    bodies.emplace_back("assembly");
    for (const auto* fact : {"body", "by", "office"}) out[fact] = bodies;
    out["party"] = {"party_same_level", "higher_union"};
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<congress::VoteMode>>(
        [&](auto each) { out["mode"].emplace_back(each.name); });
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<registry::Relation>>(
        [&](auto each) { out["relation"].emplace_back(each.name); });
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<congress::MandateEnd>>(
        [&](auto each) { out["status"].emplace_back(each.name); });
    out["next"] = {"revote_among_tied",
                   "reballot_for_open_seats",
                   "further_election",
                   "reduce_seats",
                   "repeat_election",
                   "repeat",
                   "lot",
                   "second_round",
                   "runoff_top_two",
                   "runoff_among_tied",
                   "rule_book",
                   "fill_later_by_rule_book"};
    out["part"] = {"format", "hash", "names", "votes", "course"};
    return out;
}
/// Facts that are said as they are: numbers, what somebody typed, and names and ids that named() puts words to.
const std::set<std::string> said_as_they_are{
    "counted", "kind",      "known",      "accounted", "act",      "actor",     "against",  "allowed",   "at",
    "bytes",   "candidate", "candidates", "choices",   "congress", "count",     "delegate", "delegates", "election",
    "elected", "entered",   "entitled",   "field",     "found",    "from",      "hash",     "id",        "issued",
    "item",    "least",     "managers",   "members",   "most",     "name",      "names",    "nearest",   "number",
    "open",    "pack",      "page",       "pages",     "paper",    "person",    "present",  "printed",   "question",
    "region",  "required",  "returned",   "role",      "round",    "schema",    "seats",    "seq",       "set_aside",
    "sheet",   "sitting",   "speakers",   "sum",       "tellers",  "tied",      "to",       "total",     "unit",
    "units",   "valid",     "value",      "votes",     "wanted",   "write_ins", "years",    "numerator", "denominator",
    "birth",   "days",      "eligible",   "on",        "today"};
/// Those that sentence_of says in words by their room, and "of", of which rules say what is more than all.
const std::set<std::string> said_elsewhere{"reason", "of"};

}  // namespace

TEST_CASE("no sentence of a refusal holds a fact whose kind nobody has thought of") {
    const auto keyed = keys_of_facts();
    const auto look = [&](const auto& refusals) {
        for (const auto& refusal : refusals) {
            const auto& sentence = catalogue(Language::en).find("refusal." + std::string(refusal.name))->second;
            for (auto at = sentence.find('{'); at != sentence.npos; at = sentence.find('{', at + 1)) {
                const auto fact = sentence.substr(at + 1, sentence.find('}', at) - at - 1);
                CAPTURE(refusal.name);
                CAPTURE(fact);
                const bool is_known =
                    keyed.contains(fact) || said_as_they_are.contains(fact) || said_elsewhere.contains(fact);
                CHECK(is_known);
            }
        }
    };
    look(congress::all_refusals);
    look(election::all_refusals);
    look(app::all_refusals);
    look(rules::all_refusals);
}

TEST_CASE("no refusal says a key of ours, in any language") {
    const auto keyed = keys_of_facts();
    const auto look = [&](const auto& refusals) {
        for (const auto& each : refusals) {
            const auto& sentence = catalogue(Language::en).find("refusal." + std::string(each.name))->second;
            for (const auto& [fact, keys] : keyed) {
                if (sentence.find("{" + fact + "}") == sentence.npos) continue;
                // A body that nobody knows is said as it was typed, and so is what names no kind of vote.
                for (const auto& key : keys)
                    for (const auto language : {Language::zh_hans, Language::zh_hant}) {
                        const auto said = sentence_of(language, Refusal{each, {{fact, key}, {"delegate", "d7"}}, {}});
                        CAPTURE(said);
                        CHECK(!holds_key(said, key));
                    }
                for (const auto& key : keys)
                    if (key.find('_') != key.npos)
                        CHECK(!holds_key(
                            sentence_of(Language::en, Refusal{each, {{fact, key}, {"delegate", "d7"}}, {}}), key));
            }
        }
    };
    look(congress::all_refusals);
    look(election::all_refusals);
    look(app::all_refusals);
    look(rules::all_refusals);
}

TEST_CASE("a refusal calls bodies, unions and persons as the congress does, and keeps the keys for programs") {
    SmallCongress house;
    house.prepare();
    house.doors(congress::SittingKind::preparatory, false, 5);
    const auto refused = house.act(congress::ask::CheckIn{{"d3"}, congress::CheckInMethod::card});
    REQUIRE(!refused);
    CHECK(refused.error().fact("delegate") == "d3");
    const auto said = sentence_of(Language::zh_hans, refused.error());
    CAPTURE(said);
    CHECK(said.find("（d3）") != std::string::npos);
    const auto problem = problem_json(Language::zh_hans, refused.error());
    CHECK(problem.at("facts").as_object() == JsonObject{{"delegate", "d3"}});
    REQUIRE(house.office->read(house.id, [&](const Books& books, const congress::Congress& congress) {
        const auto body = named(refusal(congress::Why::body_already_filled, {{"body", "committee"}}), books, house.id);
        CHECK(body.fact("body") == "committee");
        for (const auto language : all_languages)
            CHECK(sentence_of(language, body).find(congress.find_body("committee")->body.title.in(language)) !=
                  std::string::npos);
        const auto party = named(refusal(congress::Why::party_not_asked, {{"party", "higher_union"}}), books, house.id);
        CHECK(sentence_of(Language::en, party).find(congress.plan->higher_union.en) != std::string::npos);
    }));
}
