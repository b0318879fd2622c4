// SPDX-License-Identifier: Apache-2.0
// A rule pack explained on the terminal.
#include <algorithm>
#include <cstdlib>
#include <iostream>

#include "cli/commands.h"
#include "cli/evote_files.h"
#include "rules/explain.h"

namespace plenum::cli {
namespace {

/// Columns that one character takes on a terminal: two for Chinese and full-width signs, else one.
int columns_of(std::string_view character) {
    const auto first = static_cast<unsigned char>(character.front());
    const bool wide = first >= 0xe3 && first <= 0xef && character.size() == 3;
    return wide ? 2 : 1;
}
/// Signs that do not begin a line.
bool closes(std::string_view character) {
    static constexpr std::string_view signs[] = {"，", "。", "、", "；", "：", "）", "」", "”", "〕"};
    return std::find(std::begin(signs), std::end(signs), character) != std::end(signs);
}
std::string_view next_character(std::string_view text) {
    std::size_t size = 1;
    while (size < text.size() && (static_cast<unsigned char>(text[size]) & 0xc0) == 0x80) ++size;
    return text.substr(0, size);
}
int columns_of_text(std::string_view text) {
    int out = 0;
    for (; !text.empty(); text.remove_prefix(next_character(text).size())) out += columns_of(next_character(text));
    return out;
}

/// Words between which a line may end: between blanks, and around every Chinese character.
std::vector<std::string> pieces_of(std::string_view text) {
    std::vector<std::string> out;
    bool may_end = true;
    while (!text.empty()) {
        const auto character = next_character(text);
        text.remove_prefix(character.size());
        const bool wide = columns_of(character) == 2;
        if (out.empty() || ((may_end || wide) && character != " " && !closes(character))) out.emplace_back();
        out.back() += character;
        may_end = character == " " || wide;
    }
    return out;
}

class Page {
  public:
    explicit Page(int width) : width_(width) {}

    void heading(const std::string& text) {
        std::cout << "\n" << text << "\n";
        for (int i = 0; i < columns_of_text(text); ++i) std::cout << "-";
        std::cout << "\n";
    }
    /// The text with `indent` blanks before its first line and `hang` before the others.
    void line(const std::string& text, int indent, int hang) {
        std::string row(static_cast<std::size_t>(indent), ' ');
        int used = indent;
        for (const auto& piece : pieces_of(printable(text))) {
            auto end = piece.find_last_not_of(' ');
            const auto shown = piece.substr(0, end == std::string::npos ? 0 : end + 1);
            if (used + columns_of_text(shown) > width_ && used > hang) {
                write(row);
                row.assign(static_cast<std::size_t>(hang), ' ');
                used = hang;
            }
            row += piece;
            used += columns_of_text(piece);
        }
        write(row);
    }

  private:
    static void write(std::string row) {
        row.erase(row.find_last_not_of(' ') + 1);
        std::cout << row << "\n";
    }
    int width_;
};

int width_of_terminal() {
    const char* columns = std::getenv("COLUMNS");
    const int wanted = columns ? std::atoi(columns) : 0;
    return wanted >= 40 && wanted <= 300 ? wanted : 100;
}

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

void print_value(Page& page, const rules::ExplainedValue& value, const std::string& pack, Language language) {
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
    Page page(width_of_terminal());
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
