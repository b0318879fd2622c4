// SPDX-License-Identifier: Apache-2.0
#include "registry/sheet.h"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <unordered_set>

#include "base/bytes.h"
#include "base/characters.h"
#include "base/working_age.h"
#include "registry/csv.h"
#include "registry/encoding.h"

namespace plenum::registry {
namespace {

constexpr std::size_t header_within = 40;  // lines
constexpr std::size_t shown_line = 300;    // bytes of a line that was left out

struct KnownHeadings {
    SheetColumn column;
    std::vector<std::string_view> words;
};
/// Simplified as the forms of unions have them, Traditional, English.
const std::vector<KnownHeadings>& known_headings() {
    static const std::vector<KnownHeadings> known{
        {SheetColumn::number, {"序号", "序號", "编号", "編號", "number", "no"}},
        {SheetColumn::unit,
         {"工会名称", "工會名稱", "所属工会", "所屬工會", "单位", "單位", "部门", "部門", "代表团", "代表團", "unit",
          "delegation", "branch"}},
        {SheetColumn::name, {"姓名", "name"}},
        {SheetColumn::sex, {"性别", "性別", "sex"}},
        {SheetColumn::ethnicity, {"民族", "ethnicity"}},
        {SheetColumn::birth, {"出生日期", "出生年月", "birth", "dateofbirth"}},
        {SheetColumn::id,
         {"身份证号", "身份证号码", "身份證號", "身份證號碼", "公民身份号码", "公民身份號碼", "证件号码", "證件號碼",
          "id", "identitynumber"}},
        {SheetColumn::education, {"文化程度", "学历", "學歷", "education"}},
        {SheetColumn::party, {"政治面貌", "party", "politicalaffiliation"}},
        {SheetColumn::join, {"入会时间", "入会日期", "入會時間", "入會日期", "joined", "dateofjoining"}},
        {SheetColumn::phone,
         {"联系电话", "联系方式", "手机", "手机号码", "电话", "聯絡電話", "手機", "手機號碼", "電話", "phone",
          "telephone"}},
        {SheetColumn::employment, {"用工形式", "employment"}},
        {SheetColumn::post,
         {"单位及职务", "單位及職務", "职务", "職務", "工种", "工種", "岗位", "post", "unitandpost"}},
        {SheetColumn::category, {"代表类别", "代表類別", "category"}},
        {SheetColumn::remark, {"备注", "備註", "remark", "remarks"}}};
    return known;
}

/// A heading without what printers put into it: spaces, line breaks, a bracketed hint, the star of what must be filled.
std::string plain_heading(std::string_view cell) {
    std::u32string out;
    for (char32_t c : characters_from_utf8(cell)) {
        if (c == '(' || c == 0xff08 || c == '[' || c == 0x3010) break;
        if (is_space(c) || is_never_seen(c) || c == '\n' || c == '*' || c == ':' || c == 0xff1a) continue;
        if (c >= 'A' && c <= 'Z') c = c - 'A' + 'a';
        out += c;
    }
    return utf8_from_characters(out);
}
SheetColumn column_of(std::string_view heading) {
    const auto words = plain_heading(heading);
    for (const auto& known : known_headings())
        if (std::find(known.words.begin(), known.words.end(), words) != known.words.end()) return known.column;
    return SheetColumn::unmapped;
}

/// The first heading under which a column is known.
std::string_view heading_of(SheetColumn column) {
    for (const auto& known : known_headings())
        if (known.column == column) return known.words.front();
    return name_of(column);
}

bool is_ditto(const std::string& words) {
    constexpr std::array<std::string_view, 11> dittos{"同上", "〃",   "″",     "\"",  "''", "”",
                                                      "“",    "同左", "ditto", "do.", "--"};
    return std::find(dittos.begin(), dittos.end(), words) != dittos.end();
}

/// 小计, 合计:120, Total …
bool begins_total(const std::string& words) {
    constexpr std::array<std::string_view, 10> totals{"小计", "小計", "合计", "合計",  "总计",
                                                      "總計", "共计", "共計", "total", "subtotal"};
    const auto plain = plain_heading(words);
    return std::any_of(totals.begin(), totals.end(), [&](std::string_view each) { return plain.starts_with(each); });
}
bool begins_note(const std::string& words) {
    constexpr std::array<std::string_view, 7> notes{"注", "备注", "備註", "说明", "說明", "note", "填表"};
    const auto plain = plain_heading(words);
    return std::any_of(notes.begin(), notes.end(), [&](std::string_view each) { return plain.starts_with(each); });
}

std::string delegation_from(const std::string& text) {
    for (const std::string_view word : {"代表团", "代表團"})
        if (text.ends_with(word) && text.size() > word.size()) return bare(text.substr(0, text.size() - word.size()));
    return text;
}

std::string joined(const std::vector<SheetCell>& cells) {
    std::string out;
    for (const auto& cell : cells) {
        if (&cell != &cells.front()) out += ',';
        out += cell.text;
        if (out.size() > shown_line) break;
    }
    while (out.ends_with(',')) out.pop_back();
    if (out.size() > shown_line) {
        out.resize(shown(out, shown_line).size());
        out += "…";
    }
    return out;
}

/// {"number": "1985.1"}: a cell that the spreadsheet kept as a number with a fraction, or beyond whole numbers' reach.
const boost::json::string* number_in(const Json& cell) {
    if (!cell.is_object() || cell.get_object().size() != 1) return nullptr;
    const auto* number = cell.get_object().if_contains("number");
    return number ? number->if_string() : nullptr;
}

/// The identity number can be compared: it was not lost on the way.
bool is_whole_identity(const SheetRow& row) {
    if (row.id.empty()) return false;
    return std::none_of(row.found.begin(), row.found.end(), [](const Found& each) {
        return each.finding == Finding::identity_rounded || each.finding == Finding::identity_scientific ||
               each.finding == Finding::identity_missing || each.finding == Finding::identity_short ||
               each.finding == Finding::identity_malformed;
    });
}

}  // namespace

bool SheetRow::has_open_problem() const {
    return std::any_of(found.begin(), found.end(), [](const Found& each) { return each.open(); });
}
std::string& SheetRow::cell(SheetColumn column) { return const_cast<std::string&>(std::as_const(*this).cell(column)); }
const std::string& SheetRow::cell(SheetColumn column) const {
    switch (column) {
        case SheetColumn::unit: return unit;
        case SheetColumn::name: return name;
        case SheetColumn::sex: return sex;
        case SheetColumn::ethnicity: return ethnicity;
        case SheetColumn::birth: return birth;
        case SheetColumn::id: return id;
        case SheetColumn::education: return education;
        case SheetColumn::party: return party;
        case SheetColumn::join: return join;
        case SheetColumn::phone: return phone;
        case SheetColumn::employment: return employment;
        case SheetColumn::post: return post;
        case SheetColumn::category: return category;
        case SheetColumn::remark: return remark;
        case SheetColumn::unmapped:
        case SheetColumn::left_out:
        case SheetColumn::number: break;
    }
    bug("a column that holds text", __FILE__, __LINE__);
}

struct SheetReader::State {
    explicit State(SheetOptions wanted) : options(std::move(wanted)) {
        for (const auto& each : options.decisions.corrections) corrections[{each.line, each.column}] = each.text;
        left_out.insert(options.decisions.left_out.begin(), options.decisions.left_out.end());
        std::set<std::string> units;
        for (const auto& each : options.units) units.insert(delegation_from(bare(each)));
        options.units = std::move(units);
    }

    // --- the table in the sheet ---------------------------------------------------------------------------------

    /// Takes the line for the header if it is one.
    Result<bool> take_header(std::int64_t line, const std::vector<SheetCell>& cells) {
        std::vector<Heading> headings;
        int known = 0;
        bool has_name = false;
        for (std::size_t i = 0; i < cells.size(); ++i) {
            Heading heading{static_cast<int>(i) + 1, bare(cells[i].text), SheetColumn::unmapped, MappedBy::none, false};
            const auto given = options.decisions.columns.find(std::to_string(i + 1));
            if (const auto column = column_of(heading.words); column != SheetColumn::unmapped) {
                heading.column = column;
                heading.by = MappedBy::heading;
                ++known;
                has_name = has_name || column == SheetColumn::name;
            }
            if (const auto found = options.remembered.find(heading.words); found != options.remembered.end()) {
                heading.column = found->second;
                heading.by = MappedBy::remembered;
                has_name = has_name || heading.column == SheetColumn::name;
                ++known;
            }
            if (given != options.decisions.columns.end()) {
                heading.column = given->second;
                heading.by = MappedBy::given;
                has_name = has_name || (heading.column == SheetColumn::name && !heading.words.empty());
            }
            headings.push_back(std::move(heading));
        }
        if (!has_name || known < 2) return false;
        for (const auto& [number, column] : options.decisions.columns)
            if (!all_digits(number) || number.size() > 3 || std::stoi(number) < 1 ||
                std::stoi(number) > static_cast<int>(cells.size()))
                return refuse(Why::decision_unknown, {{"decision", shown(number)}});
        at.fill(-1);
        for (auto& heading : headings) {
            if (heading.column == SheetColumn::unmapped || heading.column == SheetColumn::left_out) continue;
            auto& place = at[static_cast<std::size_t>(heading.column)];
            if (place >= 0 && heading.by == MappedBy::given)
                return refuse(Why::column_repeated, {{"column", name_of(heading.column)}},
                              {options.file, line, heading.at, heading.words});
            if (place >= 0) {  // a second of its kind waits for a person
                heading.column = SheetColumn::unmapped;
                heading.by = MappedBy::none;
                continue;
            }
            place = heading.at - 1;
        }
        for (const auto column : needed())
            if (at[static_cast<std::size_t>(column)] < 0)
                return refuse(Why::column_missing, {{"column", heading_of(column)}}, {options.file, line, 0, ""});
        out.headings = std::move(headings);
        out.header_line = line;
        for (const auto& heading : out.headings) heading_words.push_back(plain_heading(heading.words));
        return true;
    }

    std::vector<SheetColumn> needed() const {
        if (options.purpose == Purpose::members) return {SheetColumn::name};
        return {SheetColumn::number, SheetColumn::unit,  SheetColumn::name,    SheetColumn::sex,
                SheetColumn::birth,  SheetColumn::phone, SheetColumn::category};
    }

    bool has(SheetColumn column) const { return at[static_cast<std::size_t>(column)] >= 0; }

    /// What a person said, else what the sheet says; nothing where there is no such column.
    std::string_view words(const std::vector<SheetCell>& cells, std::int64_t line, SheetColumn column) {
        if (!corrections.empty())
            if (const auto found = corrections.find({line, column}); found != corrections.end()) {
                used_corrections.insert(found->first);
                return found->second;
            }
        const auto place = at[static_cast<std::size_t>(column)];
        if (place < 0 || static_cast<std::size_t>(place) >= cells.size()) return {};
        return cells[static_cast<std::size_t>(place)].text;
    }

    std::optional<LineKind> kind_of_line(const std::vector<SheetCell>& cells, std::int64_t line) {
        std::size_t filled = 0, same = 0;
        std::string first;
        for (std::size_t i = 0; i < cells.size(); ++i) {
            const auto& text = cells[i].text;
            if (text.empty()) continue;
            if (++filled == 1) first = bare(text);
            same += i < heading_words.size() && !heading_words[i].empty() && plain_heading(text) == heading_words[i];
        }
        if (filled == 0) return LineKind::blank;
        if (same >= 2 && same * 2 >= filled) return LineKind::header;
        const auto name = bare(words(cells, line, SheetColumn::name));
        const bool no_name = name.empty() || all_digits(name);
        if (begins_total(first) && (no_name || name == first)) return LineKind::total;
        if (filled == 1 && (name.empty() || begins_note(first))) return LineKind::note;
        return std::nullopt;
    }

    // --- a row --------------------------------------------------------------------------------------------------

    void take_row(std::int64_t line, const std::vector<SheetCell>& cells) {
        SheetRow row;
        row.line = line;
        row.row = static_cast<std::int64_t>(out.rows.size()) + 1;
        row.left_out = left_out.contains(line);
        const auto put = [&](SheetColumn column, CellReading read) {
            row.cell(column) = std::move(read.text);
            for (const auto finding : read.found) row.find(column, finding);
        };
        take_number(row, words(cells, line, SheetColumn::number));
        take_unit(row, words(cells, line, SheetColumn::unit));
        put(SheetColumn::name, read_name(words(cells, line, SheetColumn::name)));
        if (has(SheetColumn::id))
            put(SheetColumn::id, read_identity(words(cells, line, SheetColumn::id), options.decisions.synthetic_ids));
        const bool is_whole = is_whole_identity(row);
        const auto facts = facts_of_identity(row.id);
        if (has(SheetColumn::sex)) {
            put(SheetColumn::sex, read_sex(words(cells, line, SheetColumn::sex)));
        } else if (is_whole && facts) {
            row.sex = facts->sex == Sex::female ? "女" : "男";
        } else {
            row.find(SheetColumn::sex, Finding::sex_missing_or_against);
        }
        if (facts && (row.sex == "女" || row.sex == "男") && (row.sex == "女") != (facts->sex == Sex::female))
            row.find(SheetColumn::sex, Finding::sex_missing_or_against);
        put(SheetColumn::ethnicity, read_ethnicity(words(cells, line, SheetColumn::ethnicity)));
        put(SheetColumn::phone, read_phone(words(cells, line, SheetColumn::phone), options.decisions.synthetic_ids));
        for (const auto column : {SheetColumn::education, SheetColumn::party, SheetColumn::employment,
                                  SheetColumn::post, SheetColumn::category, SheetColumn::remark})
            take_text(row, column, words(cells, line, column));
        // Days are read at the end, when the whole column is known.
        for (const auto column : {SheetColumn::birth, SheetColumn::join}) {
            row.cell(column) = words(cells, line, column);
            const auto place = at[static_cast<std::size_t>(column)];
            if (place < 0 || static_cast<std::size_t>(place) >= cells.size() || corrections.contains({line, column}))
                continue;
            if (cells[static_cast<std::size_t>(place)].is_number)
                number_cells.insert({line, column});
            else if (!zeros_kept[column == SheetColumn::join] && shows_kept_zero(row.cell(column)))
                zeros_kept[column == SheetColumn::join] = true;
        }
        if (options.purpose == Purpose::delegates) need_cells(row);
        for (std::size_t i = 0; i < cells.size(); ++i) {
            const auto& text = cells[i].text;
            if (text.empty()) continue;
            if (i >= out.headings.size()) {
                row.find(SheetColumn::unmapped, Finding::beyond_header, 0, static_cast<int>(i) + 1);
                break;
            }
            out.headings[i].has_content = true;
            if (text[0] == '=' || text[0] == '@')
                row.find(out.headings[i].column, Finding::formula, 0, static_cast<int>(i) + 1);
        }
        out.rows.push_back(std::move(row));
    }

    void take_number(SheetRow& row, std::string_view cell) {
        const auto read = bare(cell);
        if (all_digits(read) && read.size() <= 7 && read.front() != '0')
            row.number = std::stoi(read);
        else if (options.purpose == Purpose::delegates)
            row.find(SheetColumn::number, Finding::number_malformed);
    }

    void take_unit(SheetRow& row, std::string_view cell) {
        if (!has(SheetColumn::unit)) return;
        take_text(row, SheetColumn::unit, cell);
        if (row.unit.empty() || is_ditto(row.unit)) {
            if (carried.empty()) {
                row.unit.clear();
                row.find(SheetColumn::unit, Finding::unit_missing);
                return;
            }
            row.unit = carried;
            row.find(SheetColumn::unit, Finding::unit_carried);
            return;
        }
        if (options.purpose == Purpose::delegates) row.unit = delegation_from(row.unit);
        carried = row.unit;
    }

    static void take_text(SheetRow& row, SheetColumn column, std::string_view cell) {
        auto& text = row.cell(column);
        text = bare(cell);
        if (text.find('\n') != std::string::npos) row.find(column, Finding::line_break);
        if (unseen_in(text)) row.find(column, Finding::invisible_character);
    }

    void need_cells(SheetRow& row) {
        if (row.category.empty())
            row.find(SheetColumn::category, Finding::cell_missing);
        else if (!options.categories.empty() && !options.categories.contains(row.category))
            row.find(SheetColumn::category, Finding::category_unknown);
        if (!row.unit.empty() && !options.units.empty() && !options.units.contains(row.unit))
            row.find(SheetColumn::unit, Finding::unit_unknown);
        if (bare(row.birth).empty()) row.find(SheetColumn::birth, Finding::cell_missing);
        if (row.phone.empty()) row.find(SheetColumn::phone, Finding::phone_missing);
    }

    // --- the whole ----------------------------------------------------------------------------------------------

    void read_days(SheetRow& row) {
        for (const auto column : {SheetColumn::birth, SheetColumn::join}) {
            const bool kept = zeros_kept[column == SheetColumn::join] && !number_cells.contains({row.line, column});
            auto read = read_date(row.cell(column), kept || corrections.contains({row.line, column}), options.today);
            const bool sound = read.sound();
            row.cell(column) = std::move(read.text);
            for (const auto finding : read.found) row.find(column, finding);
            if (column == SheetColumn::birth) {
                const auto facts = facts_of_identity(row.id);
                if (row.birth.empty() && !has(SheetColumn::birth) && facts && is_whole_identity(row))
                    row.birth = facts->birth;
                if (sound && options.today && is_birth(row.birth) &&
                    day_of_age(row.birth, working_age) > *options.today)
                    row.find(SheetColumn::birth, Finding::under_age);
                // A number of 15 digits does not say the century.
                if (sound && !row.birth.empty() && facts && !facts->birth.substr(2).starts_with(row.birth.substr(2)))
                    row.find(SheetColumn::birth, Finding::birth_against);
            } else if (sound && !row.join.empty() && is_birth(row.birth) &&
                       row.join.substr(0, 7) < row.birth.substr(0, 7)) {
                row.find(SheetColumn::join, Finding::date_impossible);
            }
        }
    }

    void pair(SheetRow& one, SheetRow& other) {
        const auto mark = [](SheetRow& row, const SheetRow& twin) {
            for (const auto& each : row.found)
                if (each.finding == Finding::person_repeated) return;
            row.find(twin.id.empty() || row.id.empty() ? SheetColumn::name : SheetColumn::id, Finding::person_repeated,
                     twin.line);
        };
        mark(one, other);
        mark(other, one);
    }

    void find_pairs() {
        std::unordered_map<std::string_view, SheetRow*> by_id, by_name;
        std::unordered_map<std::string, SheetRow*> by_phone;
        std::unordered_set<std::string> lost;  // name and telephone of rows without a whole number
        std::unordered_map<int, SheetRow*> numbers;
        std::unordered_map<std::string, SheetRow*> heads;
        const auto phone_key = [](const SheetRow& row) { return row.name + '\n' + row.phone; };
        by_id.reserve(out.rows.size());
        by_name.reserve(out.rows.size());
        for (auto& row : out.rows) {
            if (row.left_out) continue;
            if (!is_whole_identity(row)) {
                if (!row.name.empty() && !row.phone.empty()) lost.insert(phone_key(row));
            } else if (const auto [first, added] = by_id.emplace(row.id, &row); !added) {
                pair(*first->second, row);
            }
            if (options.purpose == Purpose::delegates) find_in_delegation(row, numbers, heads);
        }
        if (!lost.empty())
            for (auto& row : out.rows) {
                if (row.left_out) continue;
                const auto key = phone_key(row);
                if (!lost.contains(key)) continue;
                if (const auto [first, added] = by_phone.emplace(key, &row); !added) pair(*first->second, row);
            }
        for (auto& row : out.rows) {
            if (row.left_out || row.name.empty()) continue;
            const auto [first, added] = by_name.emplace(row.name, &row);
            if (added) continue;
            const bool is_pair = std::any_of(row.found.begin(), row.found.end(), [](const Found& each) {
                return each.finding == Finding::person_repeated;
            });
            if (!is_pair) row.find(SheetColumn::name, Finding::same_name, first->second->line);
        }
    }

    void find_in_delegation(SheetRow& row, std::unordered_map<int, SheetRow*>& numbers,
                            std::unordered_map<std::string, SheetRow*>& heads);

    Result<Done> apply_decisions() {
        for (const auto& each : options.decisions.corrections)
            if (!used_corrections.contains({each.line, each.column}))
                return refuse(Why::decision_unknown, {{"decision", name_of(each.column)}},
                              {options.file, each.line, 0, ""});
        std::unordered_map<std::int64_t, SheetRow*> by_line;
        if (!left_out.empty() || !options.decisions.accepted.empty())
            for (auto& row : out.rows) by_line[row.line] = &row;
        for (const auto line : left_out)
            if (!by_line.contains(line))
                return refuse(Why::decision_unknown, {{"decision", "left_out"}}, {options.file, line, 0, ""});
        for (const auto& each : options.decisions.accepted) {
            const auto row = by_line.find(each.line);
            const auto finding = finding_from_words(each.finding);
            bool was_found = false;
            if (row != by_line.end() && finding && kind_of(*finding).weight == Weight::acceptable)
                for (auto& found : row->second->found)
                    if (found.finding == *finding) was_found = found.accepted = true;
            if (!was_found)
                return refuse(Why::decision_unknown, {{"decision", shown(each.finding)}},
                              {options.file, each.line, 0, ""});
        }
        return Done{};
    }

    SheetOptions options;
    Sheet out;
    bool has_header = false;
    std::array<int, 17> at{};  // place of each column among the cells, or -1
    std::vector<std::string> heading_words;
    std::string carried;                  // the unit of the row above
    bool zeros_kept[2] = {false, false};  // of birth and join
    std::map<std::pair<std::int64_t, SheetColumn>, std::string> corrections;
    std::set<std::pair<std::int64_t, SheetColumn>> used_corrections, number_cells;
    std::set<std::int64_t> left_out;
    std::int64_t last_line = 0;
};

namespace {

/// Only the whole word: 副团长 is not the head.
bool names_head(const std::string& words) {
    std::u32string word;
    const auto is_head = [&] {
        auto plain = bare(utf8_from_characters(word));
        for (auto& c : plain)
            if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
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

void count_again(Sheet& sheet) {
    sheet.summary = {};
    auto& summary = sheet.summary;
    for (const auto& row : sheet.rows) {
        ++summary.rows;
        std::set<Finding> kinds;
        bool is_repaired = false;
        for (const auto& each : row.found) {
            kinds.insert(each.finding);
            is_repaired = is_repaired || kind_of(each.finding).weight == Weight::repaired;
        }
        for (const auto kind : kinds) ++summary.kinds[kind];
        if (row.left_out)
            ++summary.left_out;
        else if (row.has_open_problem())
            ++summary.open_problems;
        summary.repaired += is_repaired;
        summary.clean += row.found.empty();
    }
}

}  // namespace

bool is_head_of_delegation(const SheetRow& row) { return names_head(row.remark); }

void SheetReader::State::find_in_delegation(SheetRow& row, std::unordered_map<int, SheetRow*>& numbers,
                                            std::unordered_map<std::string, SheetRow*>& heads) {
    if (row.number > 0)
        if (const auto [first, added] = numbers.emplace(row.number, &row); !added)
            row.find(SheetColumn::number, Finding::number_repeated, first->second->line);
    if (is_head_of_delegation(row))
        if (const auto [first, added] = heads.emplace(row.unit, &row); !added)
            row.find(SheetColumn::remark, Finding::second_head, first->second->line);
}

SheetReader::SheetReader(SheetOptions options) : state_(std::make_unique<State>(std::move(options))) {}
SheetReader::~SheetReader() = default;

Result<Done> SheetReader::take(std::int64_t line, std::vector<SheetCell>& cells) {
    auto& state = *state_;
    while (!cells.empty() && cells.back().text.empty()) cells.pop_back();
    state.last_line = line;
    if (!state.has_header) {
        if (state.out.above.size() >= header_within)
            return refuse(Why::header_missing, {}, {state.options.file, line, 0, ""});
        state.has_header = TRY(state.take_header(line, cells));
        if (!state.has_header) state.out.above.push_back(joined(cells));
        return Done{};
    }
    if (const auto kind = state.kind_of_line(cells, line)) {
        state.out.lines_left_out.push_back({line, *kind, joined(cells)});
        return Done{};
    }
    if (state.out.rows.size() == state.options.rows)
        return refuse(Why::csv_too_many_rows, {{"most", state.options.rows}}, {state.options.file, line, 0, ""});
    state.take_row(line, cells);
    return Done{};
}

Result<Sheet> SheetReader::finish() {
    auto& state = *state_;
    if (!state.has_header) return refuse(Why::header_missing, {}, {state.options.file, state.last_line, 0, ""});
    if (state.out.rows.empty()) return refuse(Why::sheet_empty, {}, {state.options.file, 0, 0, ""});
    for (auto& row : state.out.rows) {
        state.read_days(row);
        if (row.left_out) continue;
        if (!row.unit.empty()) ++state.out.units[row.unit];
        if (!row.category.empty()) ++state.out.categories[row.category];
    }
    state.find_pairs();
    TRY(state.apply_decisions());
    count_again(state.out);
    return std::move(state.out);
}

Result<Sheet> read_csv_sheet(std::string bytes, SheetOptions options) {
    const Place file{options.file, 0, 0, ""};
    const auto in_file = [&](Refusal why) { return refuse(std::move(why).within(file)); };
    auto text = text_of_file(std::move(bytes));
    if (!text) return in_file(std::move(text).error());
    CsvLimits limits;
    limits.rows = options.rows + header_within;
    SheetReader reader(std::move(options));
    std::vector<SheetCell> cells;
    auto read = for_each_csv_row(
        *text,
        [&](CsvRow& row) {
            cells.resize(row.cells.size());
            for (std::size_t i = 0; i < cells.size(); ++i) cells[i].text = std::move(row.cells[i]);
            return reader.take(row.line, cells);
        },
        limits);
    if (!read) return in_file(std::move(read).error());
    return reader.finish();
}

Result<Sheet> read_sheet(const Json& sheet, SheetOptions options) {
    const auto malformed = [&](std::int64_t line) {
        return refuse(Why::sheet_malformed, {}, {options.file, line, 0, ""});
    };
    if (!sheet.is_object() || sheet.get_object().size() != 1) return malformed(0);
    if (const auto* bytes = sheet.get_object().if_contains("bytes")) {
        if (!bytes->is_string()) return malformed(0);
        return read_csv_sheet(TRY(bytes_from_base64(bytes->get_string())), std::move(options));
    }
    const auto* rows = sheet.get_object().if_contains("rows");
    if (!rows || !rows->is_array()) return malformed(0);
    const CsvLimits limits;
    SheetReader reader(options);
    std::int64_t line = 0;
    for (const auto& row : rows->get_array()) {
        ++line;
        if (!row.is_array() || row.get_array().size() > limits.columns) return malformed(line);
        std::vector<SheetCell> cells;
        for (const auto& cell : row.get_array()) {
            if (cell.is_null())
                cells.push_back({});
            else if (cell.is_string())
                cells.push_back({std::string(cell.get_string()), false});
            else if (cell.is_int64())
                cells.push_back({std::to_string(cell.get_int64()), false});
            else if (const auto* number = number_in(cell))
                cells.push_back({std::string(*number), true});
            else
                return malformed(line);
            const auto& text = cells.back().text;
            if (text.size() > limits.cell_bytes)
                return refuse(Why::csv_cell_too_long, {{"most", limits.cell_bytes}},
                              {options.file, line, static_cast<std::int64_t>(cells.size()), ""});
            if (std::any_of(text.begin(), text.end(), [](char c) {
                    return (static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7f;
                }))
                return refuse(Why::csv_control_character, {},
                              {options.file, line, static_cast<std::int64_t>(cells.size()), ""});
        }
        TRY(reader.take(line, cells));
    }
    return reader.finish();
}

Place Sheet::place_of(const SheetRow& row, const Found& found, const std::string& file) const {
    const auto heading = std::find_if(headings.begin(), headings.end(), [&](const Heading& each) {
        return found.at > 0 ? each.at == found.at : each.column == found.column;
    });
    if (heading != headings.end()) return {file, row.line, heading->at, heading->words};
    if (found.at > 0) return {file, row.line, found.at, ""};
    return {file, row.line, 0, std::string(heading_of(found.column))};
}

Why why_of(Finding finding) {
    switch (finding) {
        case Finding::name_missing: return Why::roster_name_missing;
        case Finding::name_note: return Why::roster_name_note;
        case Finding::name_lost: return Why::roster_name_lost;
        case Finding::name_long_space: return Why::roster_name_long_space;
        case Finding::unit_missing: return Why::roster_unit_missing;
        case Finding::sex_missing_or_against: return Why::roster_sex_missing_or_against;
        case Finding::sex_unknown: return Why::roster_sex_unknown;
        case Finding::ethnicity_unknown: return Why::roster_ethnicity_unknown;
        case Finding::date_impossible: return Why::roster_date_impossible;
        case Finding::date_ambiguous: return Why::roster_date_ambiguous;
        case Finding::date_in_future: return Why::roster_date_in_future;
        case Finding::under_age: return Why::roster_under_age;
        case Finding::birth_against: return Why::roster_birth_against;
        case Finding::identity_missing: return Why::roster_identity_missing;
        case Finding::identity_short: return Why::roster_identity_short;
        case Finding::identity_malformed: return Why::roster_identity_malformed;
        case Finding::identity_check_digit: return Why::roster_identity_check_digit;
        case Finding::identity_region: return Why::roster_identity_region;
        case Finding::identity_rounded: return Why::roster_identity_rounded;
        case Finding::identity_scientific: return Why::roster_identity_scientific;
        case Finding::phone_two: return Why::roster_phone_two;
        case Finding::phone_malformed: return Why::roster_phone_malformed;
        case Finding::phone_missing: return Why::roster_phone_missing;
        case Finding::person_repeated: return Why::roster_person_repeated;
        case Finding::person_registered: return Why::roster_person_registered;
        case Finding::number_malformed: return Why::roster_number_malformed;
        case Finding::number_repeated: return Why::roster_number_repeated;
        case Finding::second_head: return Why::roster_second_head;
        case Finding::cell_missing: return Why::roster_cell_missing;
        case Finding::unit_unknown: return Why::roster_unit_unknown;
        case Finding::category_unknown: return Why::roster_category_unknown;
        case Finding::invisible_character: return Why::roster_invisible_character;
        case Finding::line_break: return Why::roster_line_break;
        case Finding::beyond_header: return Why::roster_beyond_header;
        case Finding::formula: return Why::roster_formula;
        default: break;  // repairs and notes hinder nothing
    }
    bug("a finding that can be open", __FILE__, __LINE__);
}

Result<Done> Sheet::ready(const std::string& file) const {
    for (const auto& heading : headings)
        if (heading.column == SheetColumn::unmapped && heading.has_content)
            return refuse(Why::column_unmapped, {{"column", shown(heading.words)}},
                          {file, header_line, heading.at, heading.words});
    for (const auto& row : rows)
        if (!row.left_out)
            for (const auto& each : row.found)
                if (each.open())
                    return refuse(why_of(each.finding), {{"open", summary.open_problems}}, place_of(row, each, file));
    if (summary.left_out == summary.rows) return refuse(Why::sheet_empty, {}, {file, 0, 0, ""});
    return Done{};
}

void mark_registered(Sheet& sheet, const std::function<bool(const SheetRow&)>& is_known) {
    for (auto& row : sheet.rows)
        if (!row.left_out && is_known(row))
            row.find(row.id.empty() ? SheetColumn::name : SheetColumn::id, Finding::person_registered);
    count_again(sheet);
}

Json json_from(const SheetRow& row) {
    JsonObject out{{"row", row.row}, {"line", row.line}, {"number", row.number}};
    for (const auto column :
         {SheetColumn::unit, SheetColumn::name, SheetColumn::sex, SheetColumn::ethnicity, SheetColumn::birth,
          SheetColumn::id, SheetColumn::education, SheetColumn::party, SheetColumn::join, SheetColumn::phone,
          SheetColumn::employment, SheetColumn::post, SheetColumn::category, SheetColumn::remark})
        out[name_of(column)] = row.cell(column);
    out["left_out"] = row.left_out;
    JsonArray repaired, problems, notes;
    for (const auto& each : row.found) {
        const auto kind = kind_of(each.finding);
        JsonObject one{{"column", name_of(each.column)}, {"kind", kind.words}};
        if (kind.weight == Weight::repaired) {
            repaired.push_back(std::move(one));
            continue;
        }
        one["other"] = each.other;
        if (kind.weight == Weight::note) {
            notes.push_back(std::move(one));
            continue;
        }
        one["acceptable"] = kind.weight == Weight::acceptable;
        one["accepted"] = each.accepted;
        problems.push_back(std::move(one));
    }
    out["repaired"] = std::move(repaired);
    out["problems"] = std::move(problems);
    out["notes"] = std::move(notes);
    return out;
}

Json json_from(const SheetSummary& summary) {
    JsonArray kinds;
    for (const auto& [finding, rows] : summary.kinds)
        kinds.push_back(JsonObject{{"kind", kind_of(finding).words},
                                   {"what", name_of(kind_of(finding).weight)},
                                   {"rows", rows},
                                   {"sentence", plenum::json_from(sentence_of(finding))}});
    return JsonObject{{"rows", summary.rows},         {"clean", summary.clean},
                      {"repaired", summary.repaired}, {"open_problems", summary.open_problems},
                      {"left_out", summary.left_out}, {"kinds", std::move(kinds)}};
}

Text sentence_of(Finding finding) {
    Text out;
    for (const auto language : all_languages)
        out.in(language) = say(language, "finding." + std::string(key_of(finding)));
    return out;
}

}  // namespace plenum::registry
