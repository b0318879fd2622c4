// SPDX-License-Identifier: Apache-2.0
#include "registry/csv.h"

#include <algorithm>

#include "base/json.h"
#include "registry/refusals.h"

namespace plenum::registry {
namespace {

/// The reading point in the text and the cells read so far. Each step consumes what it names or refuses it.
class Reader {
  public:
    Reader(std::string_view text, CsvLimits limits) : rest_(text), limits_(limits) {}

    Result<std::vector<CsvRow>> read() {
        std::vector<CsvRow> out;
        while (!rest_.empty()) {
            if (out.size() == limits_.rows) return refuse(Why::csv_too_many_rows, {{"most", limits_.rows}}, here());
            auto row = TRY(read_row());
            if (!out.empty() && row.cells.size() != out.front().cells.size())
                return refuse(Why::csv_row_uneven, {{"cells", row.cells.size()}, {"wanted", out.front().cells.size()}},
                              {"", row.line, 0, ""});
            out.push_back(std::move(row));
        }
        if (out.empty()) return refuse(Why::csv_empty);
        return out;
    }

  private:
    Place here() const { return {"", line_, column_, ""}; }

    Result<CsvRow> read_row() {
        CsvRow row{line_, {}};
        for (column_ = 1;; ++column_) {
            if (static_cast<std::size_t>(column_) > limits_.columns)
                return refuse(Why::csv_too_many_columns, {{"most", limits_.columns}}, here());
            row.cells.push_back(TRY(!rest_.empty() && rest_.front() == '"' ? read_quoted() : read_plain()));
            if (!rest_.empty() && rest_.front() == ',') {
                rest_.remove_prefix(1);
                continue;
            }
            if (rest_.starts_with("\r\n")) rest_.remove_prefix(1);
            if (!rest_.empty()) rest_.remove_prefix(1);  // the line feed: the cells stop at nothing else
            ++line_;
            return row;
        }
    }

    Result<std::string> read_plain() {
        std::string cell;
        while (!rest_.empty() && rest_.front() != ',' && rest_.front() != '\n' && !rest_.starts_with("\r\n")) {
            const char c = rest_.front();
            if (c == '"') return refuse(Why::csv_quote_inside, {}, here());
            if (c == '\r') return refuse(Why::csv_bare_return, {}, here());
            TRY(take(cell, c));
        }
        return cell;
    }

    Result<std::string> read_quoted() {
        const auto opened = here();
        rest_.remove_prefix(1);
        std::string cell;
        while (true) {
            if (rest_.empty()) return refuse(Why::csv_quote_open, {}, opened);
            const char c = rest_.front();
            if (c == '"') {
                rest_.remove_prefix(1);
                if (rest_.empty() || rest_.front() == ',' || rest_.front() == '\n' || rest_.starts_with("\r\n"))
                    return cell;
                if (rest_.front() != '"') return refuse(Why::csv_after_quote, {}, here());
            } else if (c == '\r') {
                if (!rest_.starts_with("\r\n")) return refuse(Why::csv_bare_return, {}, here());
                rest_.remove_prefix(1);  // a line break inside a cell is kept as LF
            }
            TRY(take(cell, rest_.front()));
        }
    }

    Result<Done> take(std::string& cell, char c) {
        const auto byte = static_cast<unsigned char>(c);
        if ((byte < 0x20 && c != '\t' && c != '\n') || byte == 0x7f)
            return refuse(Why::csv_control_character, {}, here());
        if (cell.size() == limits_.cell_bytes)
            return refuse(Why::csv_cell_too_long, {{"most", limits_.cell_bytes}}, here());
        if (c == '\n') ++line_;
        cell += c;
        rest_.remove_prefix(1);
        return Done{};
    }

    std::string_view rest_;
    CsvLimits limits_;
    std::int64_t line_ = 1, column_ = 1;
};

/// The first line that is not UTF-8, so that the person knows where to look.
std::int64_t line_not_utf8(std::string_view text) {
    for (std::int64_t line = 1;; ++line) {
        const auto end = text.find('\n');
        if (end == std::string_view::npos || !is_utf8(text.substr(0, end))) return line;
        text.remove_prefix(end + 1);
    }
}

}  // namespace

Result<std::vector<CsvRow>> csv_from_text(std::string_view text, CsvLimits limits) {
    if (text.size() > limits.bytes) return refuse(Why::csv_too_large, {{"bytes", text.size()}, {"most", limits.bytes}});
    if (!is_utf8(text)) return refuse(Why::csv_not_utf8, {}, {"", line_not_utf8(text), 0, ""});
    if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
    return Reader(text, limits).read();
}

std::string csv_cell(std::string_view text) {
    if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"') out += '"';
        out += c;
    }
    return out + '"';
}

}  // namespace plenum::registry
