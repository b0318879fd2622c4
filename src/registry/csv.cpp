// SPDX-License-Identifier: Apache-2.0
#include "registry/csv.h"

#include <algorithm>

#include "base/json.h"
#include "registry/encoding.h"
#include "registry/refusals.h"

namespace plenum::registry {
namespace {

/// The reading point in the text and the cells read so far. Each step consumes what it names or refuses it.
class Reader {
  public:
    Reader(std::string_view text, CsvLimits limits) : rest_(text), limits_(limits) {}

    Result<Done> read(const std::function<Result<Done>(CsvRow&)>& each) {
        if (rest_.empty()) return refuse(Why::csv_empty);
        for (std::size_t rows = 0; !rest_.empty(); ++rows) {
            if (rows == limits_.rows) return refuse(Why::csv_too_many_rows, {{"most", limits_.rows}}, here());
            auto row = TRY(read_row());
            TRY(each(row));
        }
        return Done{};
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
        const auto end = std::min(rest_.find_first_of(",\n\r\""), rest_.size());
        if (end < rest_.size() && rest_[end] == '"') return refuse(Why::csv_quote_inside, {}, here());
        if (end < rest_.size() && rest_[end] == '\r' && !rest_.substr(end).starts_with("\r\n"))
            return refuse(Why::csv_bare_return, {}, here());
        std::string cell;
        TRY(take(cell, end));
        return cell;
    }

    Result<std::string> read_quoted() {
        const auto opened = here();
        rest_.remove_prefix(1);
        std::string cell;
        while (true) {
            if (auto taken = take(cell, std::min(rest_.find_first_of("\"\r\n"), rest_.size())); !taken)
                return refuse(within_quotes(std::move(taken).error(), opened));
            if (rest_.empty()) return refuse(Why::csv_quote_open, {}, opened);
            if (rest_.front() == '"') {
                rest_.remove_prefix(1);
                if (rest_.empty() || rest_.front() == ',' || rest_.front() == '\n' || rest_.starts_with("\r\n"))
                    return cell;
                if (rest_.front() != '"') return refuse(Why::csv_after_quote, {{"opened", opened.line}}, here());
            } else if (rest_.front() == '\r') {
                if (!rest_.starts_with("\r\n")) return refuse(Why::csv_bare_return, {}, here());
                rest_.remove_prefix(1);  // a line break inside a cell is kept as LF
            }
            line_ += rest_.front() == '\n';
            if (auto taken = take(cell, 1); !taken) return refuse(within_quotes(std::move(taken).error(), opened));
        }
    }

    /// A quoted cell that grows too long is told where it begins; where no quote follows, it was never meant to go on.
    Refusal within_quotes(Refusal why, const Place& opened) const {
        if (why.name() != problem(Why::csv_cell_too_long).name) return why;
        if (rest_.find('"') == std::string_view::npos) return refusal(Why::csv_quote_open, {}, opened);
        why.place = opened;
        return why;
    }

    /// Moves the next `length` bytes to the cell.
    Result<Done> take(std::string& cell, std::size_t length) {
        const auto part = rest_.substr(0, length);
        for (const char c : part) {
            const auto byte = static_cast<unsigned char>(c);
            if ((byte < 0x20 && c != '\t' && c != '\n') || byte == 0x7f)
                return refuse(Why::csv_control_character, {}, here());
        }
        if (cell.size() + length > limits_.cell_bytes)
            return refuse(Why::csv_cell_too_long, {{"most", limits_.cell_bytes}}, here());
        cell += part;
        rest_.remove_prefix(length);
        return Done{};
    }

    std::string_view rest_;
    CsvLimits limits_;
    std::int64_t line_ = 1, column_ = 1;
};

}  // namespace

Result<Done> for_each_csv_row(std::string_view text, const std::function<Result<Done>(CsvRow&)>& each,
                              CsvLimits limits) {
    if (text.size() > limits.bytes) return refuse(Why::csv_too_large, {{"bytes", text.size()}, {"most", limits.bytes}});
    if (!is_utf8(text)) return refuse(Why::csv_not_utf8, {}, csv_place_of(text, utf8_prefix(text)));
    if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
    return Reader(text, limits).read(each);
}

Place csv_place_of(std::string_view text, std::size_t at) {
    Place out{"", 1, 1, ""};
    bool quoted = false;
    for (const char c : text.substr(0, at)) {
        if (c == '"') quoted = !quoted;
        if (c == '\n') ++out.line;
        if (quoted) continue;
        if (c == ',') ++out.column;
        if (c == '\n') out.column = 1;
    }
    return out;
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
