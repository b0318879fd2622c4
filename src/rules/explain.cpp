// SPDX-License-Identifier: Apache-2.0
#include "rules/explain.h"

#include <algorithm>
#include <functional>
#include <set>

#include "rules/questions.h"

namespace plenum::rules {
namespace {

constexpr std::string_view key_of_fields = "rules.field.";

/// The name that stands first in a dotted path.
std::string_view head_of(std::string_view path) { return path.substr(0, path.find('.')); }

bool names_its_second(std::string_view table) {
    return table == "quorum" || table == "threshold" || table == "bodies" || table == "region";
}

/// The table under which a field is listed: "quorum.election" of "quorum.election.fraction", "tie" of "tie.method".
std::string_view table_of(std::string_view path) {
    const auto head = head_of(path);
    if (!names_its_second(head)) return head;
    return path.substr(0, path.find('.', head.size() + 1));
}

Text text_or(const std::string& key, std::string_view otherwise) {
    return has_text(Language::en, key) ? say_all(key) : same_text(otherwise);
}

/// "Quorum for elections", "Bodies: chair", "Ties". Names that packs invent themselves stand as they are.
Text heading_of(std::string_view table) {
    const auto head = head_of(table);
    const auto of_all = text_or("rules.table." + std::string(head), head);
    if (head == table) return of_all;
    const auto name = std::string(table.substr(head.size() + 1));
    if (const auto key = "rules.kind." + std::string(table); has_text(Language::en, key) && head != "region")
        return say_all(key);
    const auto own = text_or((head == "bodies" ? "rules.body." : "rules.kind." + std::string(head) + ".") + name, name);
    return say_all("rules.show.term", {}, {{"of", of_all}, {"term", own}});
}

/// What the field is called under its heading.
Text term_of(const FieldRule& rule) { return say_all(std::string(key_of_fields) + std::string(rule.path)); }

Text joined(const std::vector<Text>& parts, std::string_view between) {
    Text out;
    for (const auto language : all_languages)
        for (std::size_t i = 0; i < parts.size(); ++i)
            out.in(language) += (i > 0 ? say(language, between) : std::string()) + parts[i].in(language);
    return out;
}
Text listed(const std::vector<Text>& parts) { return joined(parts, "count.list.between"); }

/// A name of measure_must_set or measure_may_tighten: a field, or a group of them.
Text text_of_group(std::string_view name) {
    if (field_rule(name)) return text_of_field(name);
    if (const auto key = "rules.group." + std::string(name); has_text(Language::en, key)) return say_all(key);
    return heading_of(name);
}

Text number_text(const Json& value) { return same_text(std::to_string(value.as_int64())); }

Text row_text(const Json& row) {
    const auto at = [&](std::size_t i) { return row.get_array()[i].get_int64(); };
    return say_all(at(1) == -1 ? "rules.show.size_row_last" : "rules.show.size_row",
                   {{"from", at(0)}, {"to", at(1)}, {"least", at(2)}, {"most", at(3)}});
}

/// Paragraphs of a long text: the ends of its lines are those of the file.
std::vector<Text> paragraphs_of(std::string text) {
    std::vector<Text> out;
    while (!text.empty()) {
        const auto end = std::min(text.find("\n\n"), text.size());
        auto paragraph = text.substr(0, end);
        std::replace(paragraph.begin(), paragraph.end(), '\n', ' ');
        if (paragraph.find_first_not_of(' ') != paragraph.npos) out.push_back(same_text(paragraph));
        text.erase(0, end + 2);
    }
    return out;
}

std::vector<Text> value_lines(const FieldRule& rule, const Json& value) {
    const auto each = [&](const auto& text_of_item) {
        std::vector<Text> out;
        if (!value.is_array()) return std::vector{text_of_item(value)};
        for (const auto& item : value.get_array()) out.push_back(text_of_item(item));
        return out;
    };
    if (value.is_array() && value.get_array().empty()) return {say_all("rules.show.empty")};
    const auto word = [&](const Json& item) { return text_of_word(rule, std::string_view(item.as_string())); };
    const auto as_written = [](const Json& item) { return same_text(std::string_view(item.as_string())); };
    switch (rule.type) {
        case Type::fraction: {
            const auto& parts = value.as_array();
            return {words_of({parts.at(0).as_int64(), parts.at(1).as_int64()})};
        }
        case Type::number: return {number_text(value)};
        case Type::flag: return {say_all(value.as_bool() ? "rules.show.yes" : "rules.show.no")};
        case Type::flag_or_word:
            if (value.is_bool()) return {say_all(value.as_bool() ? "rules.show.yes" : "rules.show.no")};
            return {word(value)};
        case Type::word: return {word(value)};
        case Type::words: return {listed(each(word))};
        case Type::fields:
            return each([](const Json& item) { return text_of_group(std::string_view(item.as_string())); });
        case Type::text: return {as_written(value)};
        case Type::texts: return each(word);
        case Type::long_text: return paragraphs_of(std::string(value.as_string()));
        case Type::integers: return {listed(each(number_text))};
        case Type::range:
            return {say_all("rules.show.range", {{"least", value.as_array().at(0).as_int64()},
                                                 {"most", value.as_array().at(1).as_int64()}})};
        case Type::size_table: return each(row_text);
    }
    invariant(false);
}

/// A pack as it is read here: values by path in their order, and the lists that say what the measure does to them.
class Reading {
  public:
    explicit Reading(const Rules& pack) : rules(pack), effective(pack.effective()) {
        for (const auto& [path, value] : effective.at("values").as_object()) paths.emplace_back(path);
        for (const auto& each : effective.at("may_tighten").as_array()) may_tighten.emplace(each.as_string());
        for (const auto& each : pack.unverified()) unverified.emplace(each.field, each.inherited);
    }

    const Json* value(const std::string& path) const { return rules.value(path); }
    std::string word(const std::string& path) const {
        const auto* found = value(path);
        return found && found->is_string() ? std::string(found->get_string()) : std::string();
    }
    /// The names in the second place of a table's paths: the kinds of quorum, the questions, the bodies.
    std::vector<std::string> names_in(std::string_view table) const {
        std::vector<std::string> out;
        for (const auto& path : paths) {
            if (head_of(path) != table) continue;
            const auto rest = path.substr(table.size() + 1);
            const std::string name(rest.substr(0, rest.find('.')));
            if (std::find(out.begin(), out.end(), name) == out.end()) out.push_back(name);
        }
        return out;
    }
    /// The nearest of the path and the tables above it for which `known` finds something.
    template <class Known>
    static auto nearest(std::string path, Known known) -> decltype(known(path)) {
        while (true) {
            if (auto found = known(path)) return found;
            const auto dot = path.rfind('.');
            if (dot == std::string::npos) return {};
            path.resize(dot);
        }
    }

    const Rules& rules;
    Json effective;
    std::vector<std::string> paths;
    std::set<std::string, std::less<>> may_tighten;
    std::map<std::string, bool, std::less<>> unverified;  ///< field or table; true if inherited
};

ExplainedValue explained(const Reading& pack, const std::string& path, const FieldRule& rule, const Json& value) {
    ExplainedValue out;
    out.field = path;
    out.term = term_of(rule);
    out.lines = value_lines(rule, value);
    if (const auto* source = Reading::nearest(path, [&](const auto& at) { return pack.rules.source(at); }))
        out.source = *source;
    const auto* mark = Reading::nearest(path, [&](const auto& at) -> const bool* {
        const auto found = pack.unverified.find(at);
        return found == pack.unverified.end() ? nullptr : &found->second;
    });
    out.unverified = mark != nullptr && !pack.rules.stated(path);
    out.inherited = out.unverified && *mark;
    out.must_state = pack.rules.left_open(path);
    out.may_tighten = pack.may_tighten.contains(path);
    return out;
}

// ---- In brief
// ---------------------------------------------------------------------------------------------------------

/// A sentence; behind it, where it rests on what the pack only suggests, that it does.
Text with_suggestion(const Reading& pack, Text sentence, std::initializer_list<std::string> rests_on) {
    if (std::any_of(rests_on.begin(), rests_on.end(), [&](const auto& path) { return pack.rules.left_open(path); }))
        for (const auto language : all_languages)
            sentence.in(language) += (language == Language::en ? " " : "") + say(language, "rules.show.suggested");
    return sentence;
}

/// Values that say a sentence by themselves: texts rules.say.<field>.<word | yes | no>.
void say_values(const Reading& pack, std::string_view table, std::vector<Text>& into) {
    for (const auto& path : pack.paths) {
        if (head_of(path) != table) continue;
        const auto& known = *pack.value(path);
        const auto word = known.is_bool()     ? std::string(known.get_bool() ? "yes" : "no")
                          : known.is_string() ? std::string(known.get_string())
                                              : std::string();
        if (const auto key = "rules.say." + path + "." + word; !word.empty() && has_text(Language::en, key))
            into.push_back(with_suggestion(pack, say_all(key), {path}));
    }
}

std::vector<Text> words_at(const Reading& pack, const std::string& path) {
    const auto* known = pack.value(path);
    if (!known) return {};
    const auto& rule = *field_rule(path);
    if (known->is_string()) return {text_of_word(rule, std::string_view(known->get_string()))};
    std::vector<Text> out;
    for (const auto& each : known->as_array()) out.push_back(text_of_word(rule, std::string_view(each.as_string())));
    return out;
}

std::vector<Text> term_sentences(const Reading& pack) {
    std::vector<Text> out;
    if (const auto* years = pack.value("term.years_allowed")) {
        std::vector<Text> each;
        for (const auto& one : years->as_array()) each.push_back(number_text(one));
        out.push_back(with_suggestion(pack,
                                      say_all("rules.show.term_years", {}, {{"years", joined(each, "rules.show.or")}}),
                                      {"term.years_allowed"}));
    }
    for (const auto* most : {"years_max", "years_max_national", "years_max_intermediate", "years_max_local"})
        if (const auto* years = pack.value("term." + std::string(most)))
            out.push_back(say_all("rules.show.term_" + std::string(most), {{"years", years->as_int64()}}));
    return out;
}

std::vector<Text> quorum_sentences(const Reading& pack) {
    std::vector<Text> out;
    for (const auto& name : pack.names_in("quorum")) {
        const auto table = "quorum." + name;
        const auto* share = pack.value(table + ".fraction");
        if (!share) continue;
        const count::Fraction fraction{share->as_array().at(0).as_int64(), share->as_array().at(1).as_int64()};
        const auto kind = heading_of(table);
        const auto of = words_at(pack, table + ".of"), counts = words_at(pack, table + ".counts");
        if (fraction.numerator == 0) {
            out.push_back(say_all("rules.show.quorum_none", {}, {{"kind", kind}}));
            continue;
        }
        out.push_back(with_suggestion(
            pack,
            say_all("rules.show.quorum_" + pack.word(table + ".comparison"), {},
                    {{"kind", kind}, {"fraction", words_of(fraction)}, {"of", listed(of)}, {"counts", listed(counts)}}),
            {table + ".fraction", table + ".comparison"}));
        const auto moments = words_at(pack, table + ".measured_at");
        out.push_back(moments.empty() ? say_all("rules.show.quorum_always")
                                      : say_all("rules.show.quorum_at", {}, {{"moments", listed(moments)}}));
    }
    return out;
}

std::vector<Text> threshold_sentences(const Reading& pack) {
    std::vector<Text> out;
    for (const auto& name : pack.names_in("threshold")) {
        const auto table = "threshold." + name;
        const auto base = pack.word(table + ".base");
        const auto kind = heading_of(table);
        if (const auto* share = pack.value(table + ".fraction")) {
            const auto fraction = words_of({share->as_array().at(0).as_int64(), share->as_array().at(1).as_int64()});
            const auto key = base == "none" ? "none" : base.empty() ? "open" : pack.word(table + ".comparison");
            out.push_back(with_suggestion(
                pack,
                say_all("rules.show.threshold_" + key, {},
                        {{"kind", kind}, {"fraction", fraction}, {"base", listed(words_at(pack, table + ".base"))}}),
                {table + ".fraction", table + ".comparison", base.empty() ? table + ".fraction" : table + ".base"}));
        }
        if (base != "none" && pack.word(table + ".rank_by") == "for") out.push_back(say_all("rules.show.rank_by_for"));
        if (const auto modes = voting_modes(pack.rules, name)) {
            std::vector<Text> each;
            const auto* rule = field_rule(table + ".mode");
            for (const auto& mode : *modes) each.push_back(text_of_word(*rule, mode));
            out.push_back(say_all("rules.show.mode", {}, {{"modes", joined(each, "rules.show.or")}}));
        }
    }
    return out;
}

std::vector<Text> surplus_sentences(const Reading& pack) {
    std::vector<Text> out;
    for (const auto& body : pack.names_in("surplus")) {
        const auto& share = pack.value("surplus." + body)->as_array();
        const count::Fraction fraction{share.at(0).as_int64(), share.at(1).as_int64()};
        out.push_back(
            with_suggestion(pack,
                            say_all(fraction.numerator == 0 ? "rules.show.surplus_none" : "rules.show.surplus_some", {},
                                    {{"body", say_all("rules.body." + body)}, {"fraction", words_of(fraction)}}),
                            {"surplus." + body}));
    }
    return out;
}

std::vector<ExplainedSubject> in_brief(const Reading& pack) {
    std::vector<ExplainedSubject> out;
    const auto add = [&](std::string_view table, std::vector<Text> sentences) {
        say_values(pack, table, sentences);
        if (!sentences.empty()) out.push_back({heading_of(table), std::move(sentences)});
    };
    const auto choices = [&](const std::string& path, const std::string& key, const std::string& fact) {
        const auto words = words_at(pack, path);
        return words.empty() ? std::vector<Text>{} : std::vector{say_all(key, {}, {{fact, listed(words)}})};
    };
    add("term", term_sentences(pack));
    add("quorum", quorum_sentences(pack));
    add("threshold", threshold_sentences(pack));
    add("surplus", surplus_sentences(pack));
    add("preselection", {});
    add("ballot", choices("ballot.marks", "rules.show.marks", "marks"));
    add("tie", {});
    add("shortfall", choices("shortfall.options", "rules.show.shortfall", "options"));
    add("uncontested", {});
    return out;
}

// ---- What is undecided
// ------------------------------------------------------------------------------------------------

/// The act that a field decides (texts rules.blocks.<act>). What is not asked for earlier is asked when ballots are
/// issued.
std::string act_that_asks(std::string_view field) {
    struct Row {
        std::string_view prefix, act;
    };
    static constexpr Row rows[] = {{"term.", "plan"},
                                   {"delegates.unit_", "report_unit"},
                                   {"surplus.delegate", "report_unit"},
                                   {"quorum.ordinary", "open_sitting"},
                                   {"quorum.election", "open_electing"},
                                   {"quorum.plenary", "open_plenary"},
                                   {"threshold.motion", "put_question"},
                                   {"surplus.", "nominate"},
                                   {"bodies.", "nominate"},
                                   {"base.", "bargaining"},
                                   {"region.", "bargaining"}};
    for (const auto& [prefix, act] : rows)
        if (field.starts_with(prefix)) return std::string(act);
    return "issue_ballots";
}

/// A field that an act needs and that the pack does not hold at all is in no list: the act is tried. Every question is
/// asked of the rules with what they suggest taken as stated, and whatever it still finds undecided is open.
std::vector<std::string> found_missing(const Reading& pack) {
    const auto rules = pack.rules.with_suggestions();
    std::vector<std::string> out;
    const auto ask = [&](const auto& answer) {
        if (refused_as(answer, Why::undecided)) out.push_back(answer.error().place.field);
    };
    const auto holds = [&](std::string_view table) {
        return std::any_of(pack.paths.begin(), pack.paths.end(),
                           [&](const auto& path) { return head_of(path) == table; });
    };
    if (holds("base")) ask(deadline(rules, {Date{2026, 1, 5}, Date{2026, 1, 5}, "base", {}}));
    if (!holds("ballot") && !holds("quorum") && !holds("threshold")) return out;
    ask(term_years_allowed(rules));
    for (const auto* which : {"ordinary", "election", "plenary"}) ask(quorum(rules, which, {5, 5, 5}));
    Votes votes;
    votes.entitled = votes.present = votes.issued = votes.returned = 5;
    votes.invalid = votes.against = votes.abstain = 0;
    ask(motion(rules, "motion", votes));
    ask(voting_modes(rules, "motion"));
    std::vector<std::string> bodies{"committee"};
    for (const auto* table : {"surplus", "bodies"})
        for (const auto& body : pack.names_in(table))
            if (body != "delegate" && body != "womens_committee" &&
                std::find(bodies.begin(), bodies.end(), body) == bodies.end())
                bodies.push_back(body);
    for (const auto& body : bodies) {
        ask(surplus(rules, body, 1, 2));
        ask(eligibility(rules, body, {}, 1, 1000));
    }
    ask(ballot_rules(rules));
    ask(approval_rules(rules, "committee", count::Round::first));
    ask(state_after_election(rules));
    return out;
}

std::vector<OpenPoint> open_points(const Reading& pack) {
    auto fields = pack.rules.undecided_fields();
    for (auto& field : found_missing(pack))
        if (std::find(fields.begin(), fields.end(), field) == fields.end()) fields.push_back(std::move(field));
    std::vector<OpenPoint> out;
    for (const auto& field : fields) {
        OpenPoint point{field, text_of_group(field), say_all("rules.blocks." + act_that_asks(field)), {}};
        if (const auto* value = pack.value(field)) point.suggested = value_lines(*field_rule(field), *value);
        out.push_back(std::move(point));
    }
    return out;
}

}  // namespace

Text text_of_word(const FieldRule& rule, std::string_view word) {
    const std::string path(rule.path), name(word);
    std::vector<std::string> keys{"rules.word_of." + path + "." + name, "rules.word." + name, "rules.role." + name,
                                  "rules.body." + name};
    // What counting says of itself is said the same here.
    if (path.ends_with(".base")) keys.push_back("count.base." + name);
    if (path.ends_with(".of")) keys.push_back("rules.of." + name);
    if (path.ends_with(".counts")) keys.push_back("rules.counts." + name);
    if (path.starts_with("tie.") || path.starts_with("shortfall.")) keys.push_back("count.next." + name);
    for (const auto& key : keys)
        if (has_text(Language::en, key)) return say_all(key);
    return same_text(word);
}

Text text_of_field(std::string_view path) {
    const auto* rule = field_rule(path);
    if (!rule) return same_text(path);
    return say_all("rules.show.term", {}, {{"of", heading_of(table_of(path))}, {"term", term_of(*rule)}});
}

Explanation explain(const Rules& rules) {
    const Reading pack(rules);
    Explanation out;
    out.brief = in_brief(pack);
    out.open = open_points(pack);
    out.unverified = rules.unverified().size();
    for (const bool identity : {true, false})
        for (const auto& path : pack.paths) {
            if (path.starts_with("pack.") != identity) continue;
            const std::string table(table_of(path));
            if (out.tables.empty() || out.tables.back().name != table)
                out.tables.push_back({table, heading_of(table), {}});
            out.tables.back().values.push_back(explained(pack, path, *field_rule(path), *pack.value(path)));
        }
    return out;
}

}  // namespace plenum::rules
