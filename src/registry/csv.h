// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace plenum::registry {

/// What a CSV text may hold at most.
struct CsvLimits {
    std::size_t bytes = 64u << 20;
    std::size_t rows = 200'000;  // with the header
    std::size_t columns = 64;
    std::size_t cell_bytes = 4096;
};

/// One record. `line` is the line of the text on which it begins, from 1; a quoted cell may hold line breaks.
struct CsvRow {
    std::int64_t line = 0;
    std::vector<std::string> cells;
    bool operator==(const CsvRow&) const = default;
};

/// Reads comma-separated values as RFC 4180 writes them: quotes doubled inside quotes, lines ended by CRLF or LF, the
/// last end optional; UTF-8 (text_of_file makes it so), a byte order mark in front is left out. Records may have any
/// number of cells. Each goes to `each`, which may take its cells, and whose refusal ends the reading.
///
/// refuses  csv_too_large, csv_not_utf8, csv_empty, csv_control_character (other than tab, and line breaks in quotes),
///          csv_quote_open (the text ends inside quotes, or no quote follows in a cell that grows too long; the place
///          is where the quote stands), csv_quote_inside (a quote in a cell that did not begin with one),
///          csv_after_quote (with the line on which the quote was opened), csv_bare_return (CR without LF),
///          csv_cell_too_long, csv_too_many_rows, csv_too_many_columns. The place has the line, and as column the
///          number of the cell, from 1.
/// cost     one pass; memory for one record
Result<Done> for_each_csv_row(std::string_view text, const std::function<Result<Done>(CsvRow&)>& each,
                              CsvLimits limits = {});

/// Line of the byte `at` of a CSV text, and as column the number of its cell.
Place csv_place_of(std::string_view text, std::size_t at);

/// One cell as it must be written to be read back: in quotes where it holds a comma, a quote or a line break.
std::string csv_cell(std::string_view text);

}  // namespace plenum::registry
