// SPDX-License-Identifier: Apache-2.0
// Text set in lines for a terminal, on which a Chinese character is two columns wide.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace plenum::cli {

/// Columns that a UTF-8 text takes: two for each Chinese character and full-width sign, else one.
int columns_of(std::string_view text);

/// What COLUMNS says, else the terminal itself, from 40 to 300; 100 where there is no terminal.
int width_of_terminal();

/// Writes lines to standard output. They end between words and around Chinese characters; none begins with a sign that
/// closes or ends with one that opens. Control characters are shown as "?".
class TerminalPage {
  public:
    /// width  columns that a line may take; a single word that is wider keeps its line for itself
    explicit TerminalPage(int width) : width_(width) {}

    /// Behind an empty line, underlined.
    void heading(const std::string& text) const;
    /// The text with `indent` blanks before its first line and `hang` before the others.
    void line(const std::string& text, int indent, int hang) const;
    /// Words with a blank between them, each of them whole on one line; `hang` blanks before the lines after the first.
    void words(const std::vector<std::string>& words, int hang) const;
    /// `left` two columns in, and `right` from column `at` on, below `left` where that reaches so far.
    void row(const std::string& left, const std::string& right, int at) const;

  private:
    void set(std::string begun, const std::vector<std::string>& pieces, int hang) const;
    int width_;
};

}  // namespace plenum::cli
