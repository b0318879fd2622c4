// SPDX-License-Identifier: Apache-2.0
#include "cli/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>

#include "cli/evote_files.h"

namespace plenum::cli {
namespace {

std::string_view next_character(std::string_view text) {
    std::size_t size = 1;
    while (size < text.size() && (static_cast<unsigned char>(text[size]) & 0xc0) == 0x80) ++size;
    return text.substr(0, size);
}

bool is_wide(std::string_view character) {
    const auto first = static_cast<unsigned char>(character.front());
    return (first >= 0xe3 && first <= 0xef && character.size() == 3) || (first >= 0xf0 && character.size() == 4);
}

bool is_among(std::string_view character, std::string_view signs) {
    return signs.find(character) != std::string_view::npos;  // both are UTF-8, so whole characters only
}
bool opens(std::string_view character) { return is_among(character, "（「『《〈【〔“‘("); }
bool closes(std::string_view character) { return is_among(character, "，。、；：？！）」』》〉】〕”’…—"); }

/// What stays together on a line: words with the blanks behind them, and each Chinese character with its signs.
std::vector<std::string> pieces_of(std::string_view text) {
    std::vector<std::string> out;
    bool may_end = true, opened = false;
    while (!text.empty()) {
        const auto character = next_character(text);
        text.remove_prefix(character.size());
        const bool wide = is_wide(character), begins = (may_end || wide) && !opened;
        if (out.empty() || (begins && character != " " && !closes(character))) out.emplace_back();
        out.back() += character;
        may_end = character == " " || wide;
        opened = opens(character);
    }
    return out;
}

void write(std::string row) {
    row.erase(row.find_last_not_of(' ') + 1);
    std::cout << row << "\n";
}

std::string blanks(int count) { return std::string(static_cast<std::size_t>(std::max(count, 0)), ' '); }

}  // namespace

int columns_of(std::string_view text) {
    int out = 0;
    while (!text.empty()) {
        const auto character = next_character(text);
        text.remove_prefix(character.size());
        out += is_wide(character) ? 2 : 1;
    }
    return out;
}

int width_of_terminal() {
    winsize size{};
    const char* columns = std::getenv("COLUMNS");
    const int wanted = columns ? std::atoi(columns) : ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
    return wanted >= 40 && wanted <= 300 ? wanted : 100;
}

void TerminalPage::heading(const std::string& text) const {
    std::cout << "\n" << text << "\n" << std::string(static_cast<std::size_t>(columns_of(text)), '-') << "\n";
}

void TerminalPage::line(const std::string& text, int indent, int hang) const {
    set(blanks(indent), pieces_of(printable(text)), hang);
}

void TerminalPage::words(const std::vector<std::string>& words, int hang) const {
    std::vector<std::string> pieces;
    for (const auto& each : words) pieces.push_back(printable(each) + " ");
    set("", pieces, hang);
}

void TerminalPage::row(const std::string& left, const std::string& right, int at) const {
    const int used = 2 + columns_of(left);
    if (used + 2 <= at) return set("  " + left + blanks(at - used), pieces_of(printable(right)), at);
    line(left, 2, 4);
    line(right, at, at);
}

/// The pieces behind what a line has begun with; the lines after it begin with `hang` blanks.
void TerminalPage::set(std::string begun, const std::vector<std::string>& pieces, int hang) const {
    int used = columns_of(begun);
    bool empty = true;
    for (const auto& piece : pieces) {
        const auto shown = piece.substr(0, piece.find_last_not_of(' ') + 1);
        if (used + columns_of(shown) > width_ && !empty) {
            write(begun);
            begun = blanks(hang);
            used = hang;
        }
        begun += piece;
        used += columns_of(piece);
        empty = false;
    }
    write(begun);
}

}  // namespace plenum::cli
