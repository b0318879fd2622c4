// SPDX-License-Identifier: Apache-2.0
// A rule pack and the measure that a congress adopted on it. What neither sets is undecided and blocks the act that
// needs it; nothing is guessed. Format: docs/formats/rule-pack.md. The questions that packs answer: rules/questions.h.
#pragma once
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/fields.h"
#include "count/fraction.h"
#include "rules/refusals.h"

namespace plenum::rules {

/// Rule packs by id: the TOML text of each, byte for byte.
using PackTexts = std::map<std::string, std::string, std::less<>>;

/// The packs that a congress may be planned on: those of rulepacks/, which the program carries, and since use_own_packs
/// an organisation's own.
const PackTexts& packs_in_use();
/// Reads every *.toml of a folder, or one file; the id is the one in [pack].
/// refuses   folder_unreadable, base.file_unreadable, base.file_too_large, pack_twice, toml_malformed, field_missing
Result<PackTexts> packs_from(const std::string& path);
/// `more` beside `packs`. Refuses pack_twice where both have an id with different texts.
Result<PackTexts> joined(PackTexts packs, const PackTexts& more);

/// A value of a pack that nobody has checked against the text of the law.
struct UnverifiedValue {
    std::string field;   ///< dotted path: "threshold.election.base"; a table's own name where the mark is on the table
    std::string value;   ///< as canonical JSON; "unset" where the pack empties the field; "" for a table
    std::string source;  ///< article or page as the pack names it
    std::string pack;    ///< the pack that says so
    bool inherited = false;  ///< unverified because taken over from a pack of another level
    bool operator==(const UnverifiedValue&) const = default;
    static constexpr auto fields() {
        return fields_of(
            plenum::field("field", &UnverifiedValue::field, "dotted path"),
            plenum::field("value", &UnverifiedValue::value, "the value, as text"),
            plenum::field("source", &UnverifiedValue::source, "article or page"),
            plenum::field("pack", &UnverifiedValue::pack, "pack that says so"),
            plenum::field("inherited", &UnverifiedValue::inherited, "taken over from a pack of another level"));
    }
};

/// A pack with its parents merged in, and the measure over it. A value: copyable, comparable, and the same on every
/// machine. Two are equal if their effective values, sources and hashes are.
class Rules {
  public:
    /// Loads a pack and its parents (deep merge, the child wins).
    /// refuses   pack_unknown, parent_unknown, inheritance_cycle, and everything malformed or contradictory in a pack,
    /// by
    ///           name with file ("<id>.toml"), line, column and field
    /// cost      one parse of each text (at most 256 KiB each, at most 8 packs in a chain)
    static Result<Rules> from_pack(std::string_view id, const PackTexts& packs);

    /// The rules after the congress adopted one more part of its measure. It may set what the pack lists under
    /// measure_must_set, tighten what it lists under measure_may_tighten (compared with the rules so far), and fill in
    /// what the pack leaves unset. What an earlier part stated a later one may only tighten.
    /// refuses   measure_loosens (field, from, to), measure_incomparable, measure_field_fixed, measure_unsets,
    /// measure_empty,
    ///           and what is malformed; the place names file, line, column and field
    Result<Rules> with_measure(std::string_view toml_text, std::string_view file_name) const;

    /// The same rules with every field of measure_must_set taken as stated with the value the pack suggests. For worked
    /// cases and dry calculations only: an act of a congress must not use it.
    Rules with_suggestions() const;

    const std::string& pack_id() const { return pack_id_; }
    /// SHA-256 over the texts of the chain, parent first, each preceded by its length; 64 hex digits.
    const std::string& pack_hash() const { return pack_hash_; }
    /// SHA-256 over the hash so far and the text, for each part adopted; "" if none.
    const std::string& measure_hash() const { return measure_hash_; }
    /// Exactly the texts of the inheritance chain, so that an event can carry them; empty after from_effective.
    const PackTexts& pack_texts() const { return texts_; }
    /// The parts of the measure as adopted: file name, text. Empty after from_effective.
    const std::vector<std::pair<std::string, std::string>>& measure_parts() const { return measures_; }
    Text title() const;
    /// How the pack is called wherever people read it: its title with its id.
    Text name() const;

    /// Every value that carries an unverified mark, by field; what the measure has stated since is the congress's own
    /// and no longer listed.
    std::vector<UnverifiedValue> unverified() const;
    /// Fields that the measure has still to state, by name.
    std::vector<std::string> undecided_fields() const;
    /// True if the measure has still to state this field.
    bool left_open(std::string_view field) const;
    /// Refuses undecided with the first field of undecided_fields(): no ballot is issued before they are stated.
    /// body   if not empty, the surplus and size of other bodies need not be stated for it
    Result<Done> ready_for_ballots(std::string_view body = "") const;

    /// Everything that decides: pack, hashes, values by dotted path, sources, what the measure stated. Canonical: the
    /// same rules give the same bytes under canonical_json.
    Json effective() const;
    /// Reads what effective() wrote, so that an election can be replayed without the packs. Takes the values on trust
    /// of the event that carries them, but checks each against the schema.
    /// refuses   effective_malformed and what the schema refuses
    static Result<Rules> from_effective(const Json& json);

    /// One effective value by dotted path, decided or not; for the page that shows the pack. None where unset.
    const Json* value(std::string_view field) const;
    /// True if the adopted measure stated this field.
    bool stated(std::string_view field) const { return stated_.contains(std::string(field)); }
    /// The source as the pack names it, with its mark; none where it names none.
    struct Source {
        std::string text;
        bool verified = true;
        std::string pack;
        bool operator==(const Source&) const = default;
    };
    const Source* source(std::string_view field) const;

    /// A value that a question needs. Refuses undecided where it is unset, or where the measure must state it and has
    /// not.
    Result<Json> decided(std::string_view field) const;
    Result<count::Fraction> fraction(std::string_view field) const;
    Result<std::int64_t> number(std::string_view field) const;
    Result<bool> flag(std::string_view field) const;
    Result<std::string> word(std::string_view field) const;
    /// One word is taken as a list of one.
    Result<std::vector<std::string>> words(std::string_view field) const;

    bool operator==(const Rules& other) const;

  private:
    friend class PackReader;
    std::string pack_id_, pack_hash_, measure_hash_;
    PackTexts texts_;
    std::vector<std::pair<std::string, std::string>> measures_;
    std::map<std::string, Json, std::less<>> values_;     ///< leaves by dotted path
    std::map<std::string, Source, std::less<>> sources_;  ///< by dotted path of a leaf or a table
    std::set<std::string, std::less<>> emptied_;          ///< paths that the pack explicitly leaves unset
    std::set<std::string, std::less<>> must_set_;         ///< leaves, groups resolved
    std::set<std::string, std::less<>> may_tighten_;      ///< leaves, groups resolved
    std::set<std::string, std::less<>> inherited_;        ///< paths unverified because of another level
    std::set<std::string, std::less<>> stated_;           ///< set by the measure
};

}  // namespace plenum::rules
