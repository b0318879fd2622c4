// SPDX-License-Identifier: Apache-2.0
// A rule pack explained on the terminal.
#include <iostream>

#include "cli/commands.h"
#include "cli/terminal.h"
#include "rules/explain.h"

namespace plenum::cli {
namespace {

/// A pack that the program carries by its name, or a file, whose parents the program may carry.
Result<rules::Rules> pack_called(const std::string& name) {
    auto packs = rules::packs_in_use();
    if (packs.contains(name) || (name.find('/') == std::string::npos && !name.ends_with(".toml")))
        return rules::Rules::from_pack(name, packs);
    auto own = TRY(rules::packs_from(name));
    if (own.size() != 1) return refuse(base::Why::file_is_folder, {}, {name, 0, 0, ""});
    const auto id = own.begin()->first;
    own.merge(packs);
    return rules::Rules::from_pack(id, own);
}

void print_value(const TerminalPage& page, const rules::ExplainedValue& value, const std::string& pack,
                 Language language) {
    const auto term = value.term.in(language) + (language == Language::en ? ": " : "：");
    if (value.lines.size() == 1) {
        page.line(term + value.lines.front().in(language), 2, 6);
    } else {
        page.line(term, 2, 6);
        for (const auto& each : value.lines) page.line(each.in(language), 6, 8);
    }
    std::vector<std::string> marks;
    if (!value.source)
        marks.push_back(say(language, "rules.page.no_source"));
    else if (value.source->pack == pack)
        marks.push_back(say(language, "rules.page.source", {{"source", value.source->text}}));
    else
        marks.push_back(
            say(language, "rules.page.source_of", {{"source", value.source->text}, {"pack", value.source->pack}}));
    if (value.unverified)
        marks.push_back(say(language, value.inherited ? "rules.page.unverified_level" : "rules.page.unverified"));
    if (value.must_state) marks.push_back(say(language, "rules.page.must_state"));
    if (value.may_tighten) marks.push_back(say(language, "rules.page.may_tighten"));
    std::string line;
    for (const auto& mark : marks) line += (line.empty() ? "" : " · ") + mark;
    page.line(line, 6, 8);
}

/// What a pack is and for whom; title, id and the version of the format stand in the heading or mean nothing to people.
bool is_for_people(std::string_view field) {
    return field != "pack.id" && field != "pack.schema" && !field.starts_with("pack.title");
}

}  // namespace

Result<Done> show_pack(const std::string& name, Language language) {
    const auto pack = TRY(pack_called(name));
    const auto explained = rules::explain(pack);
    const TerminalPage page(width_of_terminal());
    page.line(pack.title().in(language), 0, 0);
    page.line(say(language, "rules.page.id", {{"id", pack.pack_id()}, {"hash", pack.pack_hash()}}), 0, 0);
    if (explained.unverified > 0)
        page.line(say(language, "rules.page.unverified_count", {{"count", explained.unverified}}), 0, 0);
    for (const auto& table : explained.tables) {
        if (table.name != "pack") continue;
        page.heading(table.heading.in(language));
        for (const auto& value : table.values) {
            if (!is_for_people(value.field)) continue;
            const auto term = value.term.in(language) + (language == Language::en ? ": " : "：");
            page.line(term + (value.lines.size() == 1 ? value.lines.front().in(language) : ""), 2, 6);
            if (value.lines.size() > 1)
                for (const auto& each : value.lines) page.line(each.in(language), 6, 8);
        }
    }
    if (pack.pack_texts().size() > 1) {
        page.heading(say(language, "rules.page.inherits"));
        for (auto at = pack; const auto* parent = at.value("pack.inherits");) {
            at = TRY(rules::Rules::from_pack(std::string_view(parent->as_string()), pack.pack_texts()));
            page.line(at.name().in(language), 2, 6);
        }
    }
    page.heading(say(language, "rules.page.in_brief"));
    for (const auto& subject : explained.brief) {
        page.line(subject.heading.in(language), 2, 4);
        for (const auto& sentence : subject.sentences) page.line(sentence.in(language), 4, 6);
    }
    page.heading(say(language, "rules.page.open"));
    if (explained.open.empty()) page.line(say(language, "rules.page.open_none"), 2, 4);
    for (const auto& point : explained.open) {
        page.line(point.term.in(language), 2, 6);
        page.line(point.blocks.in(language), 6, 8);
        for (const auto& each : point.suggested)
            page.line(say(language, "rules.page.suggests", {{"value", each.in(language)}}), 6, 8);
    }
    page.heading(say(language, "rules.page.values"));
    for (const auto& table : explained.tables) {
        if (table.name == "pack") continue;
        std::cout << "\n";
        page.line(table.heading.in(language), 0, 2);
        for (const auto& value : table.values) print_value(page, value, pack.pack_id(), language);
    }
    std::cout.flush();
    return Done{};
}

}  // namespace plenum::cli
