// SPDX-License-Identifier: Apache-2.0
#include "registry/roster.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <map>

#include "base/characters.h"
#include "registry/refusals.h"
#include "registry/roster_cells.h"

namespace plenum::registry {
namespace {

enum Column { number, delegation, name, sex, ethnicity, birth, party, education, post, category, phone, remark, count };

/// The headings of each column: Simplified as in the forms of unions, Traditional, English.
constexpr std::array<std::array<std::string_view, 4>, count> headings{{
    {"序号", "序號", "number", "no"},
    {"代表团", "代表團", "delegation", ""},
    {"姓名", "name", "", ""},
    {"性别", "性別", "sex", ""},
    {"民族", "ethnicity", "", ""},
    {"出生年月", "出生日期", "birth", "date of birth"},
    {"政治面貌", "party", "political affiliation", ""},
    {"学历", "學歷", "education", ""},
    {"单位及职务", "單位及職務", "post", "unit and post"},
    {"代表类别", "代表類別", "category", ""},
    {"手机号码", "手機號碼", "phone", "telephone"},
    {"备注", "備註", "remark", "remarks"},
}};

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

/// Where each column stands, and its heading as written.
struct Header {
    std::array<std::size_t, count> at{};
    std::array<std::string, count> words;
};

Result<Header> header_from(const CsvRow& row) {
    Header header;
    header.at.fill(row.cells.size());
    for (std::size_t cell = 0; cell < row.cells.size(); ++cell) {
        const auto words = trimmed(row.cells[cell]);
        const Place place{"", row.line, static_cast<std::int64_t>(cell) + 1, ""};
        const auto found = std::find_if(headings.begin(), headings.end(), [&](const auto& each) {
            return !words.empty() && std::find(each.begin(), each.end(), lower(words)) != each.end();
        });
        if (found == headings.end()) return refuse(Why::column_unknown, {{"column", words.substr(0, 120)}}, place);
        const auto column = static_cast<std::size_t>(found - headings.begin());
        if (header.at[column] != row.cells.size()) return refuse(Why::column_repeated, {{"column", words}}, place);
        header.at[column] = cell;
        header.words[column] = words;
    }
    for (std::size_t column = 0; column < count; ++column)
        if (header.at[column] == row.cells.size())
            return refuse(Why::column_missing, {{"column", headings[column][0]}}, {"", row.line, 0, ""});
    return header;
}

bool is_digits(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

Result<int> number_from(const std::string& text) {
    if (!is_digits(text) || text.size() > 7 || text.front() == '0')
        return refuse(Why::number_malformed, {{"text", shown(text)}});
    return std::stoi(text);
}

Result<Sex> sex_from(const std::string& text) {
    const auto word = lower(text);
    if (word == "女" || word == "female") return Sex::female;
    if (word == "男" || word == "male") return Sex::male;
    return refuse(Why::sex_unknown, {{"text", shown(text)}});
}

/// "1985.06", "1985-6", "1985/06/03", "1985年6月", "1985年6月3日", "19850603": the precision that is there is kept.
Result<std::string> birth_from(const std::string& text, const RosterOptions& options) {
    const auto malformed = [&] { return refuse(Why::birth_malformed, {{"text", shown(text)}}); };
    const auto impossible = [&] { return refuse(Why::birth_impossible, {{"text", shown(text)}}); };
    std::vector<std::string> parts(1);
    std::string signs;  // what separates and ends the parts
    for (const char32_t c : characters_from_utf8(text)) {
        if (c >= '0' && c <= '9') {
            parts.back() += static_cast<char>(c);
            continue;
        }
        signs += c == U'年' ? 'Y' : c == U'月' ? 'M' : c == U'日' ? 'D' : c < 0x80 ? static_cast<char>(c) : '?';
        parts.emplace_back();
    }
    if (signs.empty() && text.size() == 8) {
        parts = {text.substr(0, 4), text.substr(4, 2), text.substr(6, 2)};
    } else if (signs == "YM" || signs == "YMD") {
        parts.pop_back();
    } else if (signs != "." && signs != "-" && signs != "/" && signs != ".." && signs != "--" && signs != "//") {
        return malformed();
    }
    if (parts[0].size() != 4 || parts.size() < 2 || parts.size() > 3) return malformed();
    for (const auto& part : parts)
        if (part.empty() || (&part != &parts[0] && part.size() > 2)) return malformed();
    // A spreadsheet that takes 1985.10 for a number shows 1985.1, and 1985.1 may be January as well.
    if (signs == "." && parts[1] == "1") return refuse(Why::birth_ambiguous, {{"text", text}});
    const int year = std::stoi(parts[0]), month = std::stoi(parts[1]);
    if (year < 1900 || month < 1 || month > 12) return impossible();
    const auto padded = [](const std::string& part) { return part.size() == 1 ? "0" + part : part; };
    std::string out = parts[0] + "-" + padded(parts[1]);
    if (parts.size() == 3) {
        out += "-" + padded(parts[2]);
        if (!date_from_text(out)) return impossible();
    }
    if (options.today && out > text_from_date(*options.today).substr(0, out.size()))
        return refuse(Why::birth_in_future, {{"text", text}});
    return out;
}

Result<std::string> phone_from(const std::string& text, const RosterOptions& options) {
    if (text.size() != 11 || !is_digits(text)) return refuse(Why::phone_wrong, {{"text", shown(text)}});
    if (text.starts_with("120")) {
        if (!options.synthetic_phones) return refuse(Why::phone_synthetic, {{"text", text}});
        return text;
    }
    if (text[0] != '1' || text[1] < '3') return refuse(Why::phone_wrong, {{"text", text}});
    return text;
}

std::string delegation_from(const std::string& text) {
    for (const std::string_view word : {"代表团", "代表團"})
        if (text.ends_with(word) && text.size() > word.size())
            return trimmed(text.substr(0, text.size() - word.size()));
    return text;
}

/// Only the whole word: 副团长 is not the head.
bool names_head(const std::string& words) {
    std::u32string word;
    const auto is_head = [&] {
        const auto plain = lower(utf8_from_characters(word));
        return plain == "团长" || plain == "團長" || plain == "head" || plain == "head of delegation";
    };
    for (const char32_t c : characters_from_utf8(words)) {
        if (c == U'、' || c == U'，' || c == U'；' || c == ',' || c == ';') {
            if (is_head()) return true;
            word.clear();
        } else {
            word += c;
        }
    }
    return is_head();
}

/// Reads the rows one by one and keeps what was seen, for the duplicates.
class RosterReader {
  public:
    RosterReader(const Header& header, const RosterOptions& options) : header_(header), options_(options) {}

    void read(const CsvRow& csv) {
        const auto problems_before = out_.problems.size();
        csv_ = &csv;
        for (std::size_t column = 0; column < count; ++column) check_cell(static_cast<Column>(column));
        RosterRow row;
        row.line = csv.line;
        take(row.number, number, number_from(cell(number)));
        row.delegation = delegation_from(cell(delegation));
        take(row.name, name, name_from(cell(name)));
        take(row.sex, sex, sex_from(cell(sex)));
        row.ethnicity = cell(ethnicity);
        take(row.birth, birth, birth_from(cell(birth), options_));
        row.party = cell(party);
        row.education = cell(education);
        row.post = cell(post);
        row.category = cell(category);
        take(row.phone, phone, phone_from(cell(phone), options_));
        row.remark = cell(remark);
        row.head = names_head(row.remark);
        if (row.number != 0 && !numbers_.emplace(row.number, csv.line).second)
            problem(number, refusal(Why::number_repeated, {{"number", row.number}, {"line", numbers_[row.number]}}));
        const auto person = std::pair(row.name, row.phone);
        if (!row.name.empty() && !row.phone.empty() && !persons_.emplace(person, csv.line).second)
            problem(name, refusal(Why::person_repeated, {{"name", row.name}, {"line", persons_[person]}}));
        if (row.head && !heads_.emplace(row.delegation, csv.line).second)
            problem(remark,
                    refusal(Why::second_head, {{"delegation", row.delegation}, {"line", heads_[row.delegation]}}));
        if (out_.problems.size() == problems_before) out_.rows.push_back(std::move(row));
    }
    Roster finish() { return std::move(out_); }

  private:
    std::string cell(Column column) const { return trimmed(csv_->cells[header_.at[column]]); }

    void problem(Column column, Refusal why) {
        const auto at = static_cast<std::int64_t>(header_.at[column]) + 1;
        why.place = {options_.file, csv_->line, at, header_.words[column]};
        out_.problems.push_back(std::move(why));
    }
    template <class T>
    void take(T& into, Column column, Result<T> value) {
        if (value)
            into = std::move(*value);
        else if (!cell(column).empty())  // an empty cell was reported as that
            problem(column, std::move(value).error());
    }
    void check_cell(Column column) {
        const auto words = cell(column);
        if (words.empty() && column != remark) problem(column, refusal(Why::cell_empty));
        if (words.find('\n') != std::string::npos) problem(column, refusal(Why::cell_has_break));
        if (const auto unseen = unseen_in(words))
            problem(column,
                    refusal(Why::cell_has_invisible, {{"character", unseen->name()}, {"position", unseen->position}}));
    }

    const Header& header_;
    const RosterOptions& options_;
    const CsvRow* csv_ = nullptr;
    std::map<int, std::int64_t> numbers_;                                  // first line of each number
    std::map<std::pair<std::string, std::string>, std::int64_t> persons_;  // of each name and telephone
    std::map<std::string, std::int64_t> heads_;                            // of each delegation's head
    Roster out_;
};

Result<Roster> read_roster(std::string_view text, const RosterOptions& options) {
    CsvLimits limits;
    limits.rows = options.rows + 1;
    const auto rows = TRY(csv_from_text(text, limits));
    const auto header = TRY(header_from(rows.front()));
    if (rows.size() == 1) return refuse(Why::roster_empty);
    RosterReader reader(header, options);
    for (std::size_t i = 1; i < rows.size(); ++i) reader.read(rows[i]);
    return reader.finish();
}

}  // namespace

Result<std::string> name_from(const std::string& text) {
    if (text.empty()) return refuse(Why::cell_empty);
    const auto all = characters_from_utf8(text);
    std::u32string without;
    std::size_t spaces = 0;
    bool is_chinese = false;
    for (const char32_t c : all) {
        if (is_lost(c)) return refuse(Why::name_unreadable, {{"name", text.substr(0, 120)}});
        is_chinese = is_chinese || is_han(c);
        if (is_space(c))
            ++spaces;
        else
            without += c;
    }
    for (const char32_t c : without) {
        constexpr std::u32string_view latin_signs = U"-'’.";
        const bool letter = c >= 0xc0 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        const bool fits = is_chinese ? is_han(c) || c == 0xb7
                                     : (letter && !(c >= 0x3000 && c <= 0x303f) && c < 0xff00) || c == 0xb7 ||
                                           latin_signs.find(c) != std::u32string_view::npos;
        if (!fits)
            return refuse(Why::name_has_sign,
                          {{"name", text.substr(0, 120)}, {"sign", utf8_from_characters(std::u32string(1, c))}});
    }
    if (spaces == 0 || (is_chinese && without.size() == 2)) return utf8_from_characters(without);
    if (is_chinese) return refuse(Why::name_has_space, {{"name", text.substr(0, 120)}});
    for (std::size_t i = 0; i < all.size(); ++i)
        if (is_space(all[i]) && (all[i] != ' ' || i == 0 || i + 1 == all.size() || all[i + 1] == ' '))
            return refuse(Why::name_has_space, {{"name", text.substr(0, 120)}});
    return text;
}

bool is_birth(const std::string& text) {
    if (text.size() != 7 && text.size() != 10) return false;
    return text >= "1900" && date_from_text(text.size() == 7 ? text + "-01" : text).has_value();
}

Result<Roster> roster_from_text(std::string_view text, const RosterOptions& options) {
    auto roster = read_roster(text, options);
    if (!roster) return refuse(std::move(roster).error().within({options.file, 0, 0, ""}));
    return roster;
}

Result<std::vector<RosterRow>> clean_roster_from_text(std::string_view text, const RosterOptions& options) {
    auto roster = TRY(roster_from_text(text, options));
    if (roster.problems.size() == 1) return refuse(std::move(roster.problems.front()));
    if (!roster.problems.empty())
        return refuse(Why::roster_has_problems,
                      {{"problems", roster.problems.size()}, {"first", roster.problems.front().name()}},
                      roster.problems.front().place);
    return std::move(roster.rows);
}

}  // namespace plenum::registry
