// SPDX-License-Identifier: Apache-2.0
#include "rules/explain.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "rules/questions.h"

using namespace plenum;
using namespace plenum::rules;

namespace {

Rules shipped(std::string_view id) {
    auto rules = Rules::from_pack(id, packs_in_use());
    REQUIRE(rules);
    return *rules;
}

void check_words(const Text& text) {
    for (const auto language : all_languages) {
        const auto& words = text.in(language);
        CAPTURE(words);
        CHECK(!words.empty());
        CHECK(words.find('{') == std::string::npos);
        CHECK(!words.starts_with("rules."));
    }
}

std::vector<std::string> split(std::string_view words) {
    std::vector<std::string> out;
    while (!words.empty()) {
        const auto bar = std::min(words.find('|'), words.size());
        out.emplace_back(words.substr(0, bar));
        words.remove_prefix(std::min(bar + 1, words.size()));
    }
    return out;
}

/// True if texts are kept for the word: without them it would stand there in all languages as the pack writes it.
bool has_words(const FieldRule& rule, std::string_view word) { return text_of_word(rule, word) != same_text(word); }

bool is_name_of_a_pack(std::string_view path) { return path == "pack.id" || path == "pack.inherits"; }

std::string without(std::string_view key, std::string_view prefix) { return std::string(key.substr(prefix.size())); }

}  // namespace

TEST_CASE("every field that a pack may hold has its words in three languages") {
    REQUIRE(all_field_rules().size() > 200);
    for (const auto& rule : all_field_rules()) {
        CAPTURE(rule.path);
        for (const auto language : all_languages) {
            CHECK(has_text(language, "rules.field." + std::string(rule.path)));
            CHECK(has_text(language, "rules.table." + std::string(rule.path.substr(0, rule.path.find('.')))));
        }
        for (const auto& word : split(rule.allowed)) {
            CAPTURE(word);
            CHECK(has_words(rule, word));
            check_words(text_of_word(rule, word));
        }
    }
    // And there are no words for a field that is gone.
    for (const auto& [key, text] : catalogue(Language::en)) {
        CAPTURE(key);
        if (!key.starts_with("rules.field.")) continue;
        CHECK(std::any_of(all_field_rules().begin(), all_field_rules().end(),
                          [&](const auto& rule) { return rule.path == without(key, "rules.field."); }));
    }
}

TEST_CASE("a value that speaks for itself does so whatever it is") {
    std::set<std::string> speaking;
    for (const auto& [key, text] : catalogue(Language::en))
        if (key.starts_with("rules.say.")) speaking.insert(without(key.substr(0, key.rfind('.')), "rules.say."));
    CHECK(speaking.size() >= 18);
    for (const auto& path : speaking) {
        CAPTURE(path);
        const auto* rule = field_rule(path);
        REQUIRE(rule);
        auto words = split(rule->allowed);
        if (rule->type == Type::flag || rule->type == Type::flag_or_word) words.insert(words.end(), {"yes", "no"});
        for (const auto& word : words) {
            CAPTURE(word);
            CHECK(has_text(Language::en, "rules.say." + path + "." + word));
        }
    }
}

TEST_CASE("every word of the packs that are shipped is said in three languages") {
    for (const auto& [id, toml] : packs_in_use()) {
        CAPTURE(id);
        const auto effective = shipped(id).effective();
        for (const auto& [path, value] : effective.at("values").as_object()) {
            const auto* rule = field_rule(path);
            REQUIRE(rule);
            const bool worded =
                rule->type == Type::word || rule->type == Type::words || rule->type == Type::flag_or_word;
            if (!worded || is_name_of_a_pack(path) || value.is_bool()) continue;
            CAPTURE(rule->path);
            for (const auto& word : value.is_string() ? JsonArray{value} : value.as_array()) {
                const std::string_view text(word.as_string());
                CAPTURE(text);
                CHECK(has_words(*rule, text));
            }
        }
    }
}

TEST_CASE("an explanation holds every value of the pack, in words without a gap") {
    for (const auto& [id, toml] : packs_in_use()) {
        CAPTURE(id);
        const auto pack = shipped(id);
        const auto told = explain(pack);
        std::set<std::string> fields;
        std::set<std::string> tables;
        for (const auto& table : told.tables) {
            CHECK(tables.insert(table.name).second);
            check_words(table.heading);
            for (const auto& value : table.values) {
                CAPTURE(value.field);
                CHECK(fields.insert(value.field).second);
                check_words(value.term);
                REQUIRE(!value.lines.empty());
                for (const auto& line : value.lines) check_words(line);
                CHECK(value.must_state == pack.left_open(value.field));
            }
        }
        CHECK(told.tables.front().name == "pack");
        CHECK(fields.size() == pack.effective().at("values").as_object().size());
        CHECK(told.unverified == pack.unverified().size());
        for (const auto& subject : told.brief) {
            check_words(subject.heading);
            CHECK(!subject.sentences.empty());
            for (const auto& sentence : subject.sentences) check_words(sentence);
        }
        for (const auto& point : told.open) {
            CAPTURE(point.field);
            check_words(point.term);
            check_words(point.blocks);
        }
    }
}

TEST_CASE("the sentences say what the pack says, and what is only suggested says so") {
    const auto brief = [](const Rules& rules) {
        std::string out;
        for (const auto& subject : explain(rules).brief)
            for (const auto& sentence : subject.sentences) out += sentence.en + "\n" + sentence.zh_hans + "\n";
        return out;
    };
    const auto holds = [](const std::string& text, std::string_view words) {
        CAPTURE(words);
        CHECK(text.find(words) != std::string::npos);
    };
    const auto basic = brief(shipped("cn-grassroots-2016"));
    holds(basic, "A term lasts 3 or 5 years.");
    holds(basic, "Majority that elects: more than one half of those entitled.\n");
    holds(basic, "选举会议的法定人数：参加人数须达到应到会人数的三分之二以上。\n");
    holds(basic,
          "For members of the union committee the list has at least 5 per cent more names than there are seats.");
    holds(basic, "Majority that adopts a motion: one half; of what, the measure has to state.\n");
    holds(basic, "A name without a mark is an abstention. (A suggestion: the measure has to state it.)\n");
    const auto german = brief(shipped("de-bundeskongress"));
    holds(german, "Quorum for elections: more than one half of those entitled; counted are those present.\n");
    holds(german, "It has to be there all the time.");
    const auto british = brief(shipped("uk-tulrca"));
    holds(british, "Quorum for elections: none is required.");
    holds(british, "most votes win; no share is asked for.");
    const auto convention = brief(shipped("robert-convention"));
    holds(convention, "of those enrolled");
    holds(convention, "A blank ballot is left out of the base.");

    const auto stated = shipped("cn-grassroots-2016").with_measure("[ballot]\nblank_means = \"for\"", "m");
    REQUIRE(stated);
    holds(brief(*stated), "A name without a mark is a vote for.\n");
}

TEST_CASE("whatever is undecided is named with the act that waits for it, until it is decided") {
    const auto blocks = [](const Rules& rules, std::string_view field) {
        for (const auto& point : explain(rules).open)
            if (point.field == field) return point.blocks.en;
        return std::string();
    };
    const auto waits_for = [](const std::string& sentence, std::string_view act) {
        CAPTURE(sentence);
        CHECK(sentence.ends_with("(" + std::string(act) + ")."));
    };
    const auto above = shipped("cn-congress-level");
    // Each field below is the one that the question of that act refuses for.
    const auto field_of = [](const auto& answer) {
        REQUIRE(refused_as(answer, rules::Why::undecided));
        return answer.error().place.field;
    };
    Votes votes;
    votes.entitled = votes.present = 5;
    votes.against = votes.abstain = 0;
    waits_for(blocks(above, field_of(quorum(above, "election", {5, 5, 5}))), "congress.open_sitting");
    waits_for(blocks(above, field_of(motion(above, "motion", votes))), "congress.put_question");
    waits_for(blocks(above, field_of(size(above, "committee", 310000, 41))), "election.nominate");
    waits_for(blocks(above, field_of(surplus(above, "committee", 41, 45))), "election.nominate");
    waits_for(blocks(above, field_of(ballot_rules(above))), "election.issue_ballots");
    waits_for(blocks(above, field_of(approval_rules(above, "committee", count::Round::tie))), "election.issue_ballots");
    // Fields that a pack does not hold at all are found by trying.
    waits_for(blocks(shipped("robert-convention"), field_of(check_term(shipped("robert-convention"), 3))),
              "congress.plan");
    waits_for(blocks(shipped("uk-tulrca"), field_of(quorum(shipped("uk-tulrca"), "ordinary", {5, 5, 5}))),
              "congress.open_sitting");
    waits_for(blocks(shipped("de-bundeskongress"), field_of(voting_modes(shipped("de-bundeskongress"), "motion"))),
              "congress.put_question");
    CHECK(explain(shipped("cn-collective")).open.empty());

    for (const auto& [id, toml] : packs_in_use()) {
        CAPTURE(id);
        const auto pack = shipped(id);
        std::set<std::string> open;
        for (const auto& point : explain(pack).open) CHECK(open.insert(point.field).second);
        for (const auto& field : pack.undecided_fields()) CHECK(open.contains(field));
    }
    const auto decided = above.with_measure("[threshold.motion]\nbase = \"entitled\"", "m");
    REQUIRE(decided);
    CHECK(blocks(*decided, "threshold.motion.base").empty());
    CHECK(explain(*decided).open.size() + 1 == explain(above).open.size());
}

TEST_CASE("where a value stands is told from the nearest source, and what nobody checked is marked") {
    const auto told = explain(shipped("cn-congress-level"));
    const auto find = [&](std::string_view field) {
        for (const auto& table : told.tables)
            for (const auto& value : table.values)
                if (value.field == field) return value;
        FAIL("no such value");
        return ExplainedValue{};
    };
    CHECK(find("quorum.plenary.fraction").source->text.find("R2016 Art. 17 with 19") != std::string::npos);
    CHECK(find("quorum.plenary.fraction").inherited);
    CHECK(find("surplus.committee").unverified);
    CHECK(!find("surplus.committee").inherited);
    CHECK(find("surplus.committee").may_tighten);
    CHECK(find("surplus.committee").must_state);
    CHECK(!find("term.years_allowed").unverified);
    CHECK(find("term.years_allowed").source->pack == "cn-congress-level");
    CHECK(find("vacancy.chair_acting_max_months").source->pack == "cn-grassroots-2016");
    CHECK(find("delegates.size").lines.size() == 7);
    CHECK(find("delegates.size").lines.back().en == "4000001 members and more: 800 to 1200");
    CHECK(text_of_field("quorum.election.fraction").zh_hans == "选举会议的法定人数：须到多少");
    CHECK(text_of_field("region.zhejiang.reply_days").zh_hant == "地方規定：浙江省：要約後幾日內答覆");
    CHECK(text_of_field("threshold.honours.base").en == "Majorities: honours: What the share is taken of");
    CHECK(text_of_field("no.such.field") == same_text("no.such.field"));
}
