// SPDX-License-Identifier: Apache-2.0
// Rule packs, measures over the packs that are shipped, and files of worked cases.
#include <algorithm>

#include "fuzz/fuzz.h"
#include "rules/cases.h"
#include "rules/explain.h"
#include "rules/questions.h"
#include "rules/schema.h"
#include "rules/toml.h"

using namespace plenum;
using namespace plenum::rules;

namespace {

/// Every question, with numbers that fit and numbers that do not: each is answered or refused by name.
void ask_everything(const Rules& rules) {
    constexpr std::int64_t numbers[] = {0, 17, 24'000, count::most_counted + 1};
    const auto told = [](const auto& answer) {
        if (!answer) HOLDS(!sentence_of(Language::zh_hant, answer.error()).empty());
        return answer.has_value();
    };
    for (const auto n : numbers) {
        for (const auto* which : {"election", "ordinary", "plenary", "unit", "none"}) {
            const auto answer = quorum(rules, which, {n, n, n - n / 3});
            if (!told(answer)) continue;
            HOLDS(answer->met == (answer->counted >= answer->required));
            HOLDS(is_utf8(rule_sentence(*answer).zh_hans));
        }
        for (const auto* question : {"motion", "election", "unit", "removal", "statute_change"}) {
            Votes votes;
            votes.entitled = votes.present = votes.issued = votes.returned = n;
            votes.invalid = 0;
            votes.in_favour = n / 2 + 1;
            votes.against = n / 5;
            votes.abstain = 0;
            const auto answer = motion(rules, question, votes);
            if (!told(answer)) continue;
            HOLDS(answer->required >= 1 && answer->passed == (answer->in_favour >= answer->required));
            HOLDS(is_utf8(rule_sentence(*answer).en));
            told(voting_modes(rules, question));
        }
        for (const auto body : bodies) {
            if (const auto answer = size(rules, body, n, 9); told(answer)) HOLDS(!rule_sentence(*answer).en.empty());
            if (const auto answer = surplus(rules, body, 9, n); told(answer)) HOLDS(answer->min_candidates >= 9);
            told(eligibility(rules, body, {{"p", {"finance_staff"}}, {"q", {}}}, 5, n));
            told(electors(rules, body));
        }
        told(delegates_size(rules, 24'000, n));
        told(uncontested(rules, 5, n));
        told(womens_committee(rules, n));
        told(managers_allowed(rules, n / 4, n));
        told(check_term(rules, n));
        told(reduce_seats(rules, {.body = "committee", .members = 24'000, .seats = 9, .elected = n}));
    }
    for (const auto round : {count::Round::first, count::Round::further, count::Round::tie})
        for (const bool runoff : {false, true}) told(approval_rules(rules, "committee", round, runoff));
    told(ballot_rules(rules));
    told(state_after_election(rules));
    for (const bool delegates : {false, true}) told(gates(rules, delegates));
    told(rules.ready_for_ballots());
    for (const auto* region : {"base", "zhejiang", "nowhere"})
        told(deadline(rules, {{2026, 2, 10}, Date{2026, 3, 4}, region, {{2026, 2, 17}}}));
}

/// `thoroughly`: in words and by every question too, which takes longer than to read.
void check(const Rules& rules, bool thoroughly) {
    const auto effective = rules.effective();
    const auto again = Rules::from_effective(effective);
    HOLDS(again && canonical_json(again->effective()) == canonical_json(effective));
    for (const auto& [path, value] : effective.at("values").as_object()) {
        const auto* rule = field_rule(std::string_view(path));
        HOLDS(rule && check_value(*rule, value, {}));
    }
    for (const auto& path : rules.undecided_fields()) HOLDS(!rules.decided(path) || !rules.left_open(path));
    if (!thoroughly) return;
    const auto explained = explain(rules);
    for (const auto& table : explained.tables)
        for (const auto& value : table.values)
            for (const auto& line : value.lines) HOLDS(is_utf8(line.zh_hans) && is_utf8(line.zh_hant));
    ask_everything(rules);
}

void read_pack(std::string_view text) {
    auto packs = packs_in_use();
    packs.insert_or_assign("x", std::string(text));
    const auto rules = Rules::from_pack("x", packs);
    if (!rules) {
        HOLDS(!sentence_of(Language::zh_hans, rules.error()).empty());
        return;
    }
    HOLDS(*rules == *Rules::from_pack("x", packs));
    check(*rules, std::hash<std::string_view>()(text) % 4 == 0);
}

/// No question that was decided asks for less once a measure was adopted.
void check_no_looser(const Rules& before, const Rules& after) {
    const auto least = [](const Rules& rules, const std::string& table,
                          std::int64_t of) -> std::optional<std::int64_t> {
        const auto fraction = rules.fraction(table + ".fraction");
        const auto comparison = rules.word(table + ".comparison");
        if (!fraction || !comparison) return std::nullopt;
        return count::smallest_that_meets(*fraction, *enum_from_name<count::Comparison>(*comparison), of);
    };
    const auto effective = before.effective();
    for (const auto& [path, value] : effective.at("values").as_object()) {
        const std::string name(path), table = name.substr(0, name.rfind('.'));
        const auto* now = after.value(name);
        HOLDS(now);
        if (*now == value) continue;
        const auto* rule = field_rule(name);
        // What the pack leaves to the measure is the congress's own to state, and to state anew.
        if (before.left_open(name) || before.stated(name)) continue;
        const auto moved = change(rule->tighter, value, *now, true);
        if (rule->tighter != Tighter::comparison) HOLDS(moved == Change::tighter);
    }
    for (const auto* table : {"quorum.election", "quorum.ordinary", "quorum.plenary", "threshold.election",
                              "threshold.motion", "threshold.removal"})
        for (std::int64_t of = 0; of < 40; ++of) {
            const std::string name(table);
            if (before.stated(name + ".fraction") || before.stated(name + ".comparison")) continue;
            const auto was = least(before, name, of), is = least(after, name, of);
            if (was && is) HOLDS(*is >= *was);
        }
}

/// The digit of a shipped pack, then parts of a measure with a line of "===" between them.
void read_measure(std::string_view text) {
    static const auto packs = [] {
        std::vector<Rules> out;
        for (const auto& [id, pack] : packs_in_use()) out.push_back(*Rules::from_pack(id, packs_in_use()));
        return out;
    }();
    auto rules = packs[fuzz::choice(text, packs.size())];
    const bool thoroughly = std::hash<std::string_view>()(text) % 4 == 0;
    for (int part = 0; part < 4 && !text.empty(); ++part) {
        const auto end = std::min(text.find("===\n"), text.size());
        const auto after = rules.with_measure(text.substr(0, end), "measure");
        text.remove_prefix(std::min(end + 4, text.size()));
        if (!after) {
            HOLDS(!sentence_of(Language::en, after.error()).empty());
            continue;
        }
        check_no_looser(rules, *after);
        rules = *after;
    }
    check(rules, thoroughly);
}

void read_cases(std::string_view name, std::string_view text) {
    const auto report = check_cases(name, text, packs_in_use());
    HOLDS(!report.cases.empty() && report.passed() + report.failed() == std::ssize(report.cases));
    for (const auto& each : report.cases) {
        HOLDS(each.passed == each.differences.empty());
        for (const auto& difference : each.differences)
            for (const auto language : all_languages) HOLDS(is_utf8(sentence(language, difference)));
    }
    HOLDS(json_from_text(canonical_json(to_json(report))));
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    auto text = fuzz::text_of(bytes, size);
    switch (fuzz::choice(text, 5)) {
        case 0: read_pack(text); break;
        case 1: read_measure(text); break;
        case 2: read_cases("cases.md", text); break;
        case 3: read_cases("case.toml", text); break;
        case 4:
            if (const auto document = read_toml(text, "x.toml"))
                for (const auto& [path, place] : document->places)
                    HOLDS(place.line >= 0 && document->at(path).line >= 0);
            break;
    }
    return 0;
}
