// SPDX-License-Identifier: Apache-2.0
#include "rules/rules.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <boost/mp11/algorithm.hpp>
#include <filesystem>
#include <regex>
#include <set>

#include "base/bytes.h"
#include "base/characters.h"
#include "base/file.h"
#include "rules/cases.h"
#include "rules/questions.h"
#include "rules/schema.h"
#include "rules/toml.h"

using namespace plenum;
using namespace plenum::rules;

namespace {

Rules shipped(std::string_view id) {
    auto rules = Rules::from_pack(id, packs_in_use());
    REQUIRE(rules);
    return *rules;
}

/// A small pack, `more` behind its identity.
std::string pack_text(std::string_view id, std::string_view in_pack, std::string_view more) {
    return "[pack]\nid = \"" + std::string(id) +
           "\"\nschema = 1\ntitle = { zh-Hans = \"甲\", zh-Hant = \"乙\", en = \"c\" }\n" + "status = \"draft\"\n" +
           std::string(in_pack) + "\n" + std::string(more);
}
Result<Rules> load(std::string_view in_pack, std::string_view more) {
    return Rules::from_pack("p", {{"p", pack_text("p", in_pack, more)}});
}
constexpr std::string_view sound =
    "[quorum.election]\nfraction = [2, 3]\ncomparison = \"ge\"\nof = \"entitled\"\ncounts = \"present\"\n"
    "[threshold.election]\nfraction = [1, 2]\ncomparison = \"gt\"\nbase = \"present\"\n"
    "[ballot]\nreturned_gt_issued = \"void_election\"\n";

}  // namespace

TEST_CASE("every pack that is shipped loads, has its title in three languages and answers for its hash") {
    CHECK(packs_in_use().size() == 6);
    for (const auto& [id, text] : packs_in_use()) {
        INFO(id);
        const auto rules = Rules::from_pack(id, packs_in_use());
        if (!rules) MESSAGE(sentence_of(Language::en, rules.error()));
        REQUIRE(rules);
        CHECK(rules->pack_id() == id);
        CHECK(rules->pack_hash().size() == 64);
        CHECK(rules->measure_hash().empty());
        for (const auto language : all_languages) CHECK(!rules->title().in(language).empty());
        CHECK(rules->pack_texts().at(id) == text);
        CHECK(Rules::from_pack(id, rules->pack_texts()) == *rules);
    }
    CHECK(shipped("cn-grassroots-2016").pack_texts().size() == 1);
    CHECK(shipped("cn-congress-level").pack_texts().size() == 2);
    const auto& text = packs_in_use().find("cn-collective")->second;
    CHECK(shipped("cn-collective").pack_hash() == sha256_hex(std::to_string(text.size()) + "\n" + text));
}

TEST_CASE("packs are read from a folder and from a file, and an id may not stand twice") {
    const auto folder = packs_from("rulepacks");
    REQUIRE(folder);
    CHECK(*folder == packs_in_use());
    const auto file = packs_from("rulepacks/uk-tulrca.toml");
    REQUIRE(file);
    CHECK(file->size() == 1);
    CHECK(file->contains("uk-tulrca"));
    CHECK(!packs_from("rulepacks/none.toml"));
    CHECK(joined(*file, packs_in_use())->size() == 6);
    CHECK(refused_as(joined({{"uk-tulrca", "x"}}, packs_in_use()), rules::Why::pack_twice));
}

TEST_CASE("every mark of the drafts that a value is unverified is still there") {
    struct Row {
        const char* pack;
        std::size_t own;
    };
    // Counted in the drafts from which the packs were made; the basic level has three more, of the first plenary.
    for (const auto& [id, own] : {Row{"cn-collective", 8}, Row{"cn-congress-level", 18}, Row{"cn-grassroots-2016", 83},
                                  Row{"de-bundeskongress", 15}, Row{"robert-convention", 9}, Row{"uk-tulrca", 21}}) {
        INFO(id);
        const auto all = shipped(id).unverified();
        CHECK(static_cast<std::size_t>(std::count_if(all.begin(), all.end(), [id = id](const UnverifiedValue& each) {
                  return each.pack == id && !each.inherited;
              })) == own);
    }
    const auto all = shipped("cn-grassroots-2016").unverified();
    const auto find = [](const auto& list, std::string_view field) {
        return std::find_if(list.begin(), list.end(), [&](const auto& each) { return each.field == field; });
    };
    const auto base = find(all, "threshold.election.base");
    REQUIRE(base != all.end());
    CHECK(base->value == "\"entitled\"");
    CHECK(base->source.find("R2016 Art. 26") != std::string::npos);
    CHECK(find(all, "threshold.motion.base")->value == "unset");
    CHECK(find(all, "surplus")->value.empty());
    CHECK(find(all, "quorum.ordinary.of") == all.end());

    // One level up everything taken over is unverified for that level, read or not below.
    const auto above = shipped("cn-congress-level");
    const auto taken = above.unverified();
    const auto removal = find(taken, "threshold.removal.base");
    REQUIRE(removal != taken.end());
    CHECK(removal->inherited);
    CHECK(removal->pack == "cn-grassroots-2016");
    CHECK(find(taken, "quorum.election.comparison") == taken.end());  // stated anew, without a mark
    CHECK(find(taken, "pack.id") == taken.end());

    const auto stated = above.with_measure("[quorum.election]\nfraction = [3, 4]\n", "m.toml");
    REQUIRE(stated);
    const auto left = stated->unverified();
    CHECK(find(taken, "quorum.election.fraction") != taken.end());
    CHECK(find(left, "quorum.election.fraction") == left.end());
}

TEST_CASE("a child inherits table by table, wins field by field, and can empty what it inherits") {
    const auto rules = shipped("cn-congress-level");
    CHECK(*rules.value("term.years_allowed") == JsonArray{5});
    CHECK(*rules.value("term.extension_max_months") == Json(6));
    CHECK(rules.value("bodies.committee.size") == nullptr);
    CHECK(*rules.value("bodies.committee.must_exist_from_members") == Json(25));
    CHECK(refused_as(size(rules, "committee", 310000, 41), rules::Why::undecided));
    CHECK(rules.source("surplus.committee")->pack == "cn-congress-level");
    CHECK(rules.value("pack.measure_may_tighten")->as_array().size() == 3);
    const PackTexts two{{"p", pack_text("p", "inherits = \"q\"", "ballot = \"unset\"\n")},
                        {"q", pack_text("q", "level = [\"office\"]", sound)}};
    const auto swapped =
        PackTexts{{"p", pack_text("p", "inherits = \"q\"", "[quorum]\nelection = \"unset\"\n")}, {"q", two.at("q")}};
    const auto emptied = Rules::from_pack("p", swapped);
    REQUIRE(emptied);
    CHECK(emptied->value("quorum.election.fraction") == nullptr);
    CHECK(emptied->value("threshold.election.base") != nullptr);
    CHECK(emptied->value("pack.level") == nullptr);
}

TEST_CASE("a pack that contradicts itself does not load, and the refusal says where") {
    struct Row {
        const char* in_pack;
        std::string more;
        rules::Why why;
        const char* field;
        int line;
    };
    const std::string ok(sound);
    for (const auto& [in_pack, more, why, field, line] :
         {Row{"", ok + "[ballot.x]\ny = 1", rules::Why::field_unknown, "ballot.x.y", 0},
          Row{"", "[quorum.election]\nfraction = [3, 2]", rules::Why::fraction_impossible, "quorum.election.fraction",
              8},
          Row{"", "[quorum.election]\nfraction = [0, 0]", rules::Why::fraction_impossible, "quorum.election.fraction",
              8},
          Row{"", "[quorum.election]\nfraction = 0.66", rules::Why::wrong_type, "quorum.election.fraction", 8},
          Row{"", "[quorum.election]\nfraction = [1, 2, 3]", rules::Why::wrong_type, "quorum.election.fraction", 8},
          Row{"", "[quorum.election]\nfraction = [1, 2]\nof = \"entitled\"", rules::Why::pack_contradicts,
              "quorum.election.fraction", 8},
          Row{"", "[threshold.election]\nbase = \"presnt\"", rules::Why::word_unknown, "threshold.election.base", 8},
          Row{"", "[threshold.election]\nbase = \"present\"", rules::Why::pack_contradicts, "threshold.election.base",
              8},
          Row{"", "[threshold.election]\nbase = \"none\"\nfraction = [1, 2]\ncomparison = \"gt\"",
              rules::Why::pack_contradicts, "threshold.election.base", 8},
          Row{"", "[bodies.audit_committee]\nseats = [11, 3]", rules::Why::range_impossible,
              "bodies.audit_committee.seats", 8},
          Row{"", "[bodies.comittee]\nseats = [3, 11]", rules::Why::field_unknown, "bodies.comittee.seats", 8},
          Row{"", "[delegates]\nsize = [[1, 200, 3, 7], [200, 900, 7, 15]]", rules::Why::table_overlaps,
              "delegates.size", 8},
          Row{"", "[delegates]\nsize = [[1, -1, 3, 7], [200, 900, 7, 15]]", rules::Why::table_overlaps,
              "delegates.size", 8},
          Row{"", "[delegates]\nsize = [[9, 1, 3, 7]]", rules::Why::range_impossible, "delegates.size", 8},
          Row{"", "[term]\nyears_allowed = [5, 3]", rules::Why::range_impossible, "term.years_allowed", 8},
          Row{"", "[term]\nyears_allowed = [\"five\"]", rules::Why::wrong_type, "term.years_allowed", 8},
          Row{"", "[assembly]\nnotice_workdays = -1", rules::Why::number_out_of_range, "assembly.notice_workdays", 8},
          Row{"", "[ballot]\nsecret = \"yes\"", rules::Why::wrong_type, "ballot.secret", 8},
          Row{"", "[ballot]\nmarks = [\"against\"]", rules::Why::pack_contradicts, "ballot.marks", 8},
          Row{"", "[ballot]\nmarks = [\"for\", \"for\"]", rules::Why::pack_contradicts, "ballot.marks", 8},
          Row{"", "[ballot]\nmarks = [\"for\"]\nwrite_in_needs_against = true", rules::Why::pack_contradicts,
              "ballot.write_in_needs_against", 9},
          Row{"", "[tie]\nmethod = \"revote_among_tied\"", rules::Why::pack_contradicts, "tie.method", 8},
          Row{"measure_must_set = [\"quorum.elections\"]", "", rules::Why::field_unknown, "pack.measure_must_set", 6},
          Row{"measure_may_tighten = [\"ballot.secret\"]", "", rules::Why::pack_contradicts, "pack.measure_may_tighten",
              6},
          Row{"inherits = \"q\"", "", rules::Why::parent_unknown, "pack.inherits", 6},
          Row{"inherits = \"p\"", "", rules::Why::inheritance_cycle, "pack.inherits", 6},
          Row{"", "[source]\n\"ballot.secret\" = { text = \"x\", verified = true }", rules::Why::source_of_nothing,
              "source.ballot.secret", 8},
          Row{"", "\"ballot.secret\" = true", rules::Why::field_unknown, "pack.ballot.secret", 7}}) {
        INFO(more);
        INFO(std::string(in_pack));
        const auto rules = load(in_pack, more);
        REQUIRE(!rules);
        CHECK(rules.error().name() == problem(why).name);
        CHECK(rules.error().place.file == "p.toml");
        CHECK(rules.error().place.field == field);
        if (line > 0) CHECK(rules.error().place.line == line);
        // A Chinese sentence holds names of fields, never an English phrase.
        for (const auto language : {Language::zh_hans, Language::zh_hant}) {
            const auto said = sentence_of(language, rules.error());
            INFO(said);
            CHECK_FALSE(std::regex_search(said, std::regex("[A-Za-z]{2,} [A-Za-z]{2,}")));
            CHECK(said.find(" of ") == std::string::npos);
        }
    }
    CHECK(load("", ok));
    CHECK(refused_as(Rules::from_pack("p", {{"p", "x = 1"}}), rules::Why::field_missing));
    CHECK(refused_as(Rules::from_pack("p", {{"p", "[pack]\nid = \"q\"\nschema = 1"}}), rules::Why::pack_contradicts));
    CHECK(refused_as(Rules::from_pack("p", {{"p", "[pack]\nid = \"p\"\nschema = 2"}}), rules::Why::schema_unknown));
    CHECK(refused_as(Rules::from_pack("q", {{"p", "x = 1"}}), rules::Why::pack_unknown));
    const PackTexts ring{{"p", pack_text("p", "inherits = \"q\"", "")}, {"q", pack_text("q", "inherits = \"p\"", "")}};
    CHECK(refused_as(Rules::from_pack("p", ring), rules::Why::inheritance_cycle));
}

TEST_CASE("text that is not TOML, too large or too deep is refused with its place and never crashes") {
    const auto malformed = read_toml("a = 1\nb = = 2\n", "m.toml", 41);
    REQUIRE(refused_as(malformed, rules::Why::toml_malformed));
    CHECK(malformed.error().place.line == 42);
    CHECK(malformed.error().place.column > 1);
    // The parser's own words are kept as a detail behind the sentence.
    CHECK_FALSE(malformed.error().fact("technical").empty());
    CHECK(malformed.error().fact("reason").empty());
    CHECK(sentence_of(Language::zh_hant, malformed.error()).starts_with("這不是正確的 TOML 文字。"));
    CHECK(refused_as(read_toml(std::string(300'000, '#'), "m"), rules::Why::text_too_large));
    CHECK(refused_as(read_toml("a = " + std::string(100'000, '['), "m"), rules::Why::text_too_deep));
    std::string dotted = "a";
    for (int i = 0; i < 50'000; ++i) dotted += ".a";
    CHECK(refused_as(read_toml(dotted + " = 1", "m"), rules::Why::text_too_deep));
    CHECK(refused_as(read_toml("[" + dotted + "]", "m"), rules::Why::text_too_deep));
    CHECK(refused_as(read_toml("a = \"\xff\"", "m"), base::Why::text_not_utf8));
    CHECK(refused_as(read_toml("a = 12:00:00", "m"), rules::Why::wrong_type));
    // Letters beyond ASCII stand in texts and comments only, and none of them is white space.
    std::size_t taken = 0;
    for (const char32_t block : {0xa0, 0x400, 0x1500, 0x2000, 0x2040, 0x3000, 0x3040, 0x4e00, 0xfe80, 0xfec0})
        for (char32_t letter = block; letter < block + 0x40; ++letter) {
            const auto text = utf8_from_characters(std::u32string(1, letter));
            taken += read_toml(text + " = 1", "m").has_value() || read_toml("a = 1 " + text, "m").has_value();
        }
    CHECK(taken == 0);
    for (const auto* word : {"é", "中", "ß"}) {
        const auto folded = read_toml(std::string("a = \"\"\"x\\\n   ") + word + "\"\"\"", "m");
        REQUIRE(folded);
        CHECK(std::string_view(folded->root.at("a").as_string()) == std::string("x") + word);
    }
    CHECK(read_toml("a = \"[[[[[[[[[[[[[[[[[[[[\" # [[[[[[[[[[[[[[[[[[[[[\n", "m"));
    CHECK(read_toml("a = \"\"\"\n[[[[[[[[[[[[[[[[[[[[\n\"\"\"\nb = '''[[[[[[[[[[[[[[[[[[[[['''\n", "m"));

    // A pack with any one byte changed is read or refused by name.
    const auto& text = packs_in_use().find("cn-collective")->second;
    SeededRandomness chance("mutations");
    for (int i = 0; i < 3000; ++i) {
        auto changed = text;
        for (std::uint64_t edits = 1 + chance.below(3); edits > 0; --edits) {
            const auto at = chance.below(changed.size());
            switch (chance.below(3)) {
                case 0: changed[at] = static_cast<char>(chance.below(256)); break;
                case 1: changed.erase(at, 1 + chance.below(20)); break;
                default: changed.insert(at, std::string_view("[]{}\".=\n'#").substr(chance.below(10), 1));
            }
        }
        const auto rules = Rules::from_pack("cn-collective", {{"cn-collective", changed}});
        if (!rules) CHECK(has_text(Language::en, "refusal." + std::string(rules.error().name())));
    }
}

TEST_CASE("the measure states what it must, tightens what it may, fills in what is unset, and nothing else") {
    const auto basic = shipped("cn-grassroots-2016");
    CHECK(basic.undecided_fields() ==
          std::vector<std::string>{"ballot.blank_means", "threshold.motion.base", "tie.second_tie"});
    CHECK(refused_as(ballot_rules(basic), rules::Why::undecided));  // though the pack suggests an answer
    CHECK(refused_as(basic.ready_for_ballots(), rules::Why::undecided));
    struct Row {
        const char* text;
        const char* refusal;
        const char* field;
    };
    for (const auto& [text, refusal, field] :
         {Row{"[ballot]\nblank_means = \"for\"", "", ""},
          Row{"[ballot]\nblank_means = \"perhaps\"", "rules.word_unknown", "ballot.blank_means"},
          Row{"[quorum.election]\nfraction = [3, 4]", "", ""},
          Row{"[quorum.election]\nfraction = [4, 6]", "", ""},
          Row{"[quorum.election]\nfraction = [1, 2]", "rules.measure_loosens", "quorum.election.fraction"},
          Row{"[quorum.election]\nfraction = [1, 2]\ncomparison = \"gt\"", "rules.measure_loosens",
              "quorum.election.fraction"},
          Row{"[quorum.election]\nof = \"enrolled\"", "rules.measure_field_fixed", "quorum.election.of"},
          Row{"[quorum.election]\nmeasured_at = [\"opening\"]", "rules.measure_loosens", "quorum.election.measured_at"},
          Row{"[quorum.ordinary]\nfraction = [3, 4]", "rules.measure_field_fixed", "quorum.ordinary.fraction"},
          Row{"[threshold.election]\nbase = \"present\"", "rules.measure_loosens", "threshold.election.base"},
          Row{"[threshold.election]\nfraction = [2, 3]\ncomparison = \"ge\"", "", ""},
          Row{"[threshold.election]\ncomparison = \"ge\"", "rules.measure_loosens", "threshold.election.comparison"},
          Row{"[surplus]\naudit_committee = [5, 100]", "", ""},
          Row{"[surplus]\ncommittee = [4, 100]", "rules.measure_loosens", "surplus.committee"},
          Row{"[candidates]\npublic_notice_workdays = 7", "", ""},
          Row{"[candidates]\npublic_notice_workdays = 4", "rules.measure_loosens", "candidates.public_notice_workdays"},
          Row{"[ballot]\nsecret = false", "rules.measure_field_fixed", "ballot.secret"},
          Row{"[ballot]\nsecret = true", "", ""},
          Row{"[ballot]\nblank_means = \"unset\"", "rules.measure_unsets", "ballot.blank_means"},
          Row{"[bodies.committee]\nplenary_min_per_year = 2", "", ""},  // unset in the pack: filled in
          Row{"[pack]\nid = \"mine\"", "rules.measure_field_fixed", "pack.id"},
          Row{"[source]\nx = 1", "rules.measure_field_fixed", "source"},
          Row{"[balot]\nsecret = true", "rules.field_unknown", "balot.secret"},
          Row{"[tie]\nsecond_tie = ", "rules.toml_malformed", ""},
          Row{"# nothing", "rules.measure_empty", ""}}) {
        INFO(text);
        const auto adopted = basic.with_measure(text, "measure.toml");
        CHECK((adopted ? "" : std::string(adopted.error().name())) == refusal);
        if (adopted) continue;
        CHECK(adopted.error().place.file == "measure.toml");
        CHECK(adopted.error().place.field == field);
    }
    const auto loosened = basic.with_measure("[surplus]\ncommittee = [4, 100]", "measure.toml");
    CHECK(loosened.error().fact("from") == "[5,100]");
    CHECK(loosened.error().fact("to") == "[4,100]");
    CHECK(loosened.error().place.line == 2);
}

TEST_CASE("a measure that contradicts the pack is refused as the pack would be") {
    const auto british =
        shipped("uk-tulrca").with_measure("[ballot]\nwrite_in = true\nwrite_in_needs_against = true\n", "m");
    CHECK(refused_as(british, rules::Why::pack_contradicts));
    const PackTexts packs{
        {"p", pack_text("p", "measure_must_set = [\"ballot.blank_means\"]", "[ballot]\nmarks = [\"for\"]\n")}};
    const auto rules = Rules::from_pack("p", packs);
    REQUIRE(rules);
    CHECK(refused_as(rules->with_measure("[ballot]\nblank_means = \"abstain\"", "m"), rules::Why::pack_contradicts));
    CHECK(rules->with_measure("[ballot]\nblank_means = \"ignored\"", "m"));
}

TEST_CASE("a measure adopted in parts is laid part over part, and no part loosens an earlier one") {
    const auto basic = shipped("cn-grassroots-2016");
    const auto one =
        basic.with_measure("[quorum.election]\nfraction = [3, 4]\n[ballot]\nblank_means = \"abstain\"\n", "a.toml");
    REQUIRE(one);
    const auto two =
        one->with_measure("[tie]\nsecond_tie = \"lot\"\n[threshold.motion]\nbase = \"present\"\n", "b.toml");
    REQUIRE(two);
    CHECK(two->undecided_fields().empty());
    CHECK(two->ready_for_ballots());
    CHECK(two->measure_parts().size() == 2);
    CHECK(one->measure_hash() == sha256_hex("\n" + one->measure_parts()[0].second));
    CHECK(two->measure_hash() == sha256_hex(one->measure_hash() + "\n" + two->measure_parts()[1].second));
    CHECK(two->pack_hash() == basic.pack_hash());
    CHECK(refused_as(two->with_measure("[quorum.election]\nfraction = [2, 3]", "c.toml"), rules::Why::measure_loosens));
    // What an earlier part stated stands, where the pack left it to the measure too.
    CHECK(refused_as(two->with_measure("[ballot]\nblank_means = \"for\"", "c.toml"), rules::Why::measure_incomparable));
    CHECK(two->with_measure("[ballot]\nblank_means = \"abstain\"", "c.toml"));
    CHECK(refused_as(two->with_measure("[threshold.motion]\nbase = \"for_plus_against\"", "c.toml"),
                     rules::Why::measure_loosens));
    CHECK(two->with_measure("[threshold.motion]\nbase = \"entitled\"", "c.toml"));
    CHECK(two->stated("tie.second_tie"));
    CHECK(!basic.stated("tie.second_tie"));
    CHECK(*two != *one);
    CHECK(quorum(*two, "election", {170, std::nullopt, 127})->required == 128);
}

TEST_CASE("a field that must be stated and may only be tightened is both") {
    const auto above = shipped("cn-congress-level");
    CHECK(refused_as(quorum(above, "election", {170, std::nullopt, 150}), rules::Why::undecided));
    CHECK(refused_as(above.with_measure("[quorum.election]\nfraction = [1, 2]", "m"), rules::Why::measure_loosens));
    const auto stated = above.with_measure("[quorum.election]\nfraction = [2, 3]\ncomparison = \"gt\"", "m");
    REQUIRE(stated);
    CHECK(quorum(*stated, "election", {171, std::nullopt, 114})->required == 115);
    CHECK(above.with_measure("[threshold.election]\nbase = \"present\"", "m"));  // must be stated, and freely
    const auto list = above.with_measure(
        "[quorum.election]\nfraction = [2, 3]\ncomparison = \"ge\"\n[threshold.election]\nbase = \"entitled\"\n"
        "[threshold.motion]\nbase = \"present\"\n[surplus]\ncommittee = [5, 100]\n[ballot]\nblank_means = \"abstain\"\n"
        "[tie]\nsecond_tie = \"repeat\"\n[bodies.committee]\nsize = [[1, -1, 51, 61]]\n",
        "m");
    REQUIRE(list);
    CHECK(list->ready_for_ballots("committee"));
    CHECK(refused_as(list->ready_for_ballots("audit_committee"), rules::Why::undecided));
    CHECK(refused_as(list->ready_for_ballots(), rules::Why::undecided));
}

TEST_CASE("what is tighter is a partial order: never both ways, and chains hold") {
    const std::vector<Json> bases{"none",
                                  "for_plus_against",
                                  "valid_votes_without_abstentions",
                                  "valid_ballots",
                                  "votes_cast_incl_illegal",
                                  "returned",
                                  "issued",
                                  "present",
                                  "entitled"};
    for (const bool bounded : {true, false})
        for (const auto& a : bases)
            for (const auto& b : bases) {
                const auto there = change(Tighter::base, a, b, bounded), back = change(Tighter::base, b, a, bounded);
                CHECK((there == Change::same) == (a == b));
                CHECK((there == Change::tighter) == (back == Change::looser));
                CHECK((there == Change::incomparable) == (back == Change::incomparable));
                if (bounded) CHECK(there != Change::incomparable);
                for (const auto& c : bases)
                    if (there == Change::tighter && change(Tighter::base, b, c, bounded) == Change::tighter)
                        CHECK(change(Tighter::base, a, c, bounded) == Change::tighter);
            }
    CHECK(change(Tighter::base, "returned", "issued", false) == Change::incomparable);
    CHECK(change(Tighter::base, "present", "entitled", false) == Change::tighter);
    CHECK(change(Tighter::within, JsonArray{3, 11}, JsonArray{5, 9}, true) == Change::tighter);
    CHECK(change(Tighter::within, JsonArray{3, 11}, JsonArray{2, 9}, true) == Change::incomparable);
    CHECK(change(Tighter::within, JsonArray{3, 11}, JsonArray{3, 13}, true) == Change::looser);
    CHECK(change(Tighter::fraction, JsonArray{1, 2}, JsonArray{3, 6}, true) == Change::same);
}

TEST_CASE("rules carried as data answer as the rules they were, without the packs") {
    for (const auto& [id, text] : packs_in_use()) {
        INFO(id);
        const auto rules = shipped(id);
        const auto carried = Rules::from_effective(rules.effective());
        REQUIRE(carried);
        CHECK(*carried == rules);
        CHECK(canonical_json(carried->effective()) == canonical_json(rules.effective()));
        CHECK(carried->undecided_fields() == rules.undecided_fields());
        CHECK(carried->unverified() == rules.unverified());
        CHECK(carried->pack_texts().empty());
    }
    const auto measured = *shipped("cn-grassroots-2016").with_measure("[ballot]\nblank_means = \"for\"", "m");
    const auto carried = *Rules::from_effective(measured.effective());
    CHECK(ballot_rules(carried)->blank_means == count::BlankMeans::approve);
    CHECK(refused_as(carried.with_measure("[ballot]\nsecret = false", "n"), rules::Why::measure_field_fixed));

    auto broken = measured.effective();
    broken.as_object()["values"].as_object()["quorum.election.fraction"] = JsonArray{3, 2};
    CHECK(refused_as(Rules::from_effective(broken), rules::Why::fraction_impossible));
    broken = measured.effective();
    broken.as_object()["pack_hash"] = "x";
    CHECK(refused_as(Rules::from_effective(broken), rules::Why::effective_malformed));
    broken = measured.effective();
    broken.as_object()["values"].as_object()["a.b"] = 1;
    CHECK(refused_as(Rules::from_effective(broken), rules::Why::field_unknown));
    CHECK(!Rules::from_effective(JsonObject{}));
}

TEST_CASE("why a pack contradicts itself, and what type was wanted, is said in three languages") {
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<Contradiction>>([](auto each) {
        for (const auto language : all_languages) CHECK(has_text(language, "reason.rules." + std::string(each.name)));
    });
    // Every word for a type that the program's source can put into a refusal.
    const std::regex wanted(
        R"#((?:wrong_type\((?:name, |"", )?|wrong_type, \{\{"wanted", |std::string_view wanted = )"([^"]+)")#");
    std::set<std::string> words;
    for (const auto& entry : std::filesystem::recursive_directory_iterator("src")) {
        const auto path = entry.path().string();
        if (!path.ends_with(".cpp") && !path.ends_with(".h")) continue;
        if (path.ends_with("_test.cpp")) continue;
        const auto text = read_file(path);
        REQUIRE(text);
        for (std::sregex_iterator found(text->begin(), text->end(), wanted), end; found != end; ++found)
            words.insert((*found)[1]);
    }
    for (const auto* more : {"a list of whole numbers", "[numerator, denominator]", "[least, most]"})
        words.insert(more);
    words.erase("application/json");
    CHECK(words.size() >= 17);
    for (auto word : words) {
        CAPTURE(word);
        std::ranges::replace(word, ' ', '_');
        for (const auto language : all_languages) CHECK(has_text(language, "type." + word));
    }
}

TEST_CASE("every refusal of the rules has its sentence in three languages with the same facts") {
    const auto facts = [](const std::string& text) {
        std::vector<std::string> out;
        for (auto at = text.find('{'); at != text.npos; at = text.find('{', at + 1))
            out.push_back(text.substr(at, text.find('}', at) - at));
        std::sort(out.begin(), out.end());
        out.erase(std::unique(out.begin(), out.end()), out.end());
        return out;
    };
    for (const auto& refusal : rules::all_refusals)
        for (const auto language : all_languages) CHECK(has_text(language, "refusal." + std::string(refusal.name)));
    for (const auto& [key, text] : catalogue(Language::en)) {
        if (!key.starts_with("rules.") && !key.starts_with("refusal.rules.") && !key.starts_with("count.") &&
            !key.starts_with("refusal.count."))
            continue;
        INFO(key);
        for (const auto language : all_languages) {
            REQUIRE(has_text(language, key));
            CHECK(facts(catalogue(language).find(key)->second) == facts(text));
        }
    }
}

TEST_CASE("the example on the page about packs loads, and its measure is adopted") {
    const auto page = read_file("docs/formats/rule-pack.md");
    REQUIRE(page);
    const auto block = [&](int number) {
        auto at = std::string::npos;
        for (int i = 0; i < number; ++i) at = page->find("```toml\n", at + 1);
        return page->substr(at + 8, page->find("```\n", at + 8) - at - 8);
    };
    auto packs = packs_in_use();
    packs["example"] = block(1);
    const auto rules = Rules::from_pack("example", packs);
    if (!rules) MESSAGE(sentence_of(Language::en, rules.error()));
    REQUIRE(rules);
    CHECK(rules->undecided_fields().front() == "ballot.blank_means");
    const auto adopted = rules->with_measure(block(2), "measure.toml");
    REQUIRE(adopted);
    CHECK(ballot_rules(*adopted));
    CHECK(quorum(*adopted, "election", {170, std::nullopt, 128})->met);
    // And the example of a case is one that passes.
    const auto cases = read_file("docs/formats/rule-cases.md");
    REQUIRE(cases);
    CHECK(check_cases("rule-cases.md", *cases, packs_in_use()).passed() == 1);
    CHECK(check_cases("rule-cases.md", *cases, packs_in_use()).failed() == 0);
}
