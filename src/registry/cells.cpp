// SPDX-License-Identifier: Apache-2.0
#include "registry/cells.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/characters.h"
#include "registry/refusals.h"

namespace plenum::registry {
namespace {

/// What stands around a cell and means nothing: spaces, and marks that nobody sees.
bool is_around(char32_t c) { return is_space(c) || is_never_seen(c) || c == '\n'; }

bool is_digit(char32_t c) { return c >= '0' && c <= '9'; }
bool is_latin(char32_t c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= 0xc0 && c < 0x250); }
bool is_apostrophe(char32_t c) { return c == '\'' || c == '`' || c == 0x2018 || c == 0x2019 || c == 0xff07; }

/// The signs that stand for the middle dot of a name.
bool is_dot(char32_t c) {
    constexpr std::u32string_view dots = U".-\u2022\u30fb\uff0e\u2027\u2013\u2014\uff65\u2219\u22c5\uff0d";
    return dots.find(c) != std::u32string_view::npos;
}

/// Full-width letters, digits and signs as their plain twins; true if there were any.
bool narrow(std::u32string& text) {
    bool changed = false;
    for (auto& c : text)
        if (c >= 0xff01 && c <= 0xff5e) {
            c -= 0xfee0;
            changed = true;
        }
    return changed;
}

std::u32string bare_characters(std::string_view cell) {
    auto all = characters_from_utf8(cell);
    const auto first = std::find_if_not(all.begin(), all.end(), is_around);
    const auto last = std::find_if_not(all.rbegin(), std::make_reverse_iterator(first), is_around).base();
    return {first, last};
}

int number_of(std::string_view digits) {
    int value = 0;
    for (const char c : digits) value = value * 10 + (c - '0');
    return value;
}

std::string two_digits(int number) { return (number < 10 ? "0" : "") + std::to_string(number); }

/// GB/T 2260: the first two digits of the region codes in use; 81, 82 and 83 since the residence permits of 2018.
bool is_province(int code) {
    constexpr std::array codes{11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43,
                               44, 45, 46, 50, 51, 52, 53, 54, 61, 62, 63, 64, 65, 71, 81, 82, 83};
    return std::find(codes.begin(), codes.end(), code) != codes.end();
}

const std::set<std::string, std::less<>>& nationalities() {
    static const std::set<std::string, std::less<>> names = [] {
        std::set<std::string, std::less<>> out;
        // GB/T 3304, and where it differs the Traditional form.
        for (const char* name :
             {"汉",     "蒙古",     "回",   "藏",     "维吾尔",   "苗",     "彝",       "壮",     "布依",
              "朝鲜",   "满",       "侗",   "瑶",     "白",       "土家",   "哈尼",     "哈萨克", "傣",
              "黎",     "傈僳",     "佤",   "畲",     "高山",     "拉祜",   "水",       "东乡",   "纳西",
              "景颇",   "柯尔克孜", "土",   "达斡尔", "仫佬",     "羌",     "布朗",     "撒拉",   "毛南",
              "仡佬",   "锡伯",     "阿昌", "普米",   "塔吉克",   "怒",     "乌孜别克", "俄罗斯", "鄂温克",
              "德昂",   "保安",     "裕固", "京",     "塔塔尔",   "独龙",   "鄂伦春",   "赫哲",   "门巴",
              "珞巴",   "基诺",     "漢",   "維吾爾", "壯",       "朝鮮",   "滿",       "瑤",     "土家",
              "哈薩克", "東鄉",     "納西", "景頗",   "柯爾克孜", "達斡爾", "錫伯",     "毛難",   "烏孜別克",
              "俄羅斯", "鄂溫克",   "德昂", "鄂倫春", "門巴",     "珞巴",   "基諾",     "獨龍",   "塔塔爾",
              "仫佬"})
            out.insert(std::string(name) + "族");
        for (const char* name : {"其他", "外国血统中国籍人士", "未识别民族", "穿青人", "外國血統中國籍人士"})
            out.insert(name);
        return out;
    }();
    return names;
}

/// The parts of a written day, or nothing: year, month and perhaps day, as digits.
struct WrittenDay {
    std::vector<std::string> parts;
    bool is_decimal = false;  // "1985.1": a spreadsheet may have taken it for a number
};
std::optional<WrittenDay> day_in(const std::u32string& text) {
    WrittenDay out{std::vector<std::string>(1), false};
    std::string signs;
    for (const char32_t c : text) {
        if (is_digit(c)) {
            out.parts.back() += static_cast<char>(c);
            continue;
        }
        signs += c == U'年'                               ? 'Y'
                 : c == U'月'                             ? 'M'
                 : c == U'日' || c == U'号' || c == U'號' ? 'D'
                 : c < 0x80                               ? static_cast<char>(c)
                                                          : '?';
        out.parts.emplace_back();
    }
    const auto& first = out.parts.front();
    if (signs.empty()) {
        if (first.size() == 8)
            out.parts = {first.substr(0, 4), first.substr(4, 2), first.substr(6, 2)};
        else if (first.size() == 6)
            out.parts = {first.substr(0, 4), first.substr(4, 2)};
        else
            return std::nullopt;
    } else if (signs == "YM" || signs == "YMD") {
        out.parts.pop_back();
    } else if (signs == ".") {
        out.is_decimal = true;
    } else if (signs != "-" && signs != "/" && signs != ".." && signs != "--" && signs != "//" && signs != "Y" &&
               signs != "YM?") {
        return std::nullopt;
    }
    if (out.parts.size() < 2 || out.parts.size() > 3 || out.parts[0].size() != 4) return std::nullopt;
    for (std::size_t i = 1; i < out.parts.size(); ++i)
        if (out.parts[i].empty() || out.parts[i].size() > 2) return std::nullopt;
    return out;
}

/// "1985-06-03 00:00:00" and "1985-06-03T00:00:00.000Z" are days that a spreadsheet wrote with their midnight.
void drop_midnight(std::u32string& text) {
    for (const std::u32string_view end : {U" 00:00:00", U"T00:00:00.000Z", U"T00:00:00Z", U" 0:00:00", U" 0:00"})
        if (text.size() > end.size() && std::u32string_view(text).substr(text.size() - end.size()) == end) {
            text.resize(text.size() - end.size());
            return;
        }
}

}  // namespace

bool CellReading::has(Finding finding) const { return std::find(found.begin(), found.end(), finding) != found.end(); }
bool CellReading::sound() const {
    return std::all_of(found.begin(), found.end(), [](Finding each) {
        const auto weight = kind_of(each).weight;
        return weight == Weight::repaired || weight == Weight::note;
    });
}

std::string bare(std::string_view cell) { return utf8_from_characters(bare_characters(cell)); }

bool all_digits(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

CellReading read_name(std::string_view cell) {
    CellReading out;
    const auto inner = bare_characters(cell);
    if (inner.empty()) return {"", {Finding::name_missing}};
    auto words = utf8_from_characters(inner);
    if (words != cell) out.found.push_back(Finding::name_outer_space);

    std::u32string name;
    std::size_t spaces = 0;
    bool is_chinese = false, has_dot = false, has_note = false, has_lost = false, is_seen = true;
    for (const char32_t c : inner) is_chinese = is_chinese || is_han(c);
    for (std::size_t i = 0; i < inner.size(); ++i) {
        auto c = inner[i];
        const bool between_han = i > 0 && i + 1 < inner.size() && is_han(inner[i - 1]) && is_han(inner[i + 1]);
        if (is_space(c)) {
            ++spaces;
            if (is_chinese) continue;
            if (!name.empty() && name.back() == ' ') continue;
            c = ' ';
        } else if (between_han && is_dot(c)) {
            c = 0xb7;
            has_dot = true;
        } else if (is_lost(c)) {
            has_lost = true;
        } else if (is_never_seen(c) || c == '\n') {
            is_seen = false;
        } else {
            const bool latin_sign = !is_chinese && (c == '-' || c == '.' || is_apostrophe(c));
            has_note = has_note || !(is_han(c) || is_latin(c) || c == 0xb7 || latin_sign || (!is_chinese && c > 0x250));
        }
        name += c;
    }
    if (has_dot) out.found.push_back(Finding::name_middle_dot);
    if (has_lost) out.found.push_back(Finding::name_lost);
    if (!is_seen) out.found.push_back(Finding::invisible_character);
    if (has_note) out.found.push_back(Finding::name_note);
    if (spaces > 0) {
        if (is_chinese && name.size() != 2 && !has_note && !has_lost)
            out.found.push_back(Finding::name_long_space);
        else if (is_chinese || utf8_from_characters(name) != words)
            out.found.push_back(Finding::name_inner_space);
    }
    out.text = out.sound() ? utf8_from_characters(name) : std::move(words);
    return out;
}

char identity_check_digit(std::string_view digits) {
    constexpr std::array weights{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    invariant(digits.size() >= weights.size());
    int sum = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) sum += (digits[i] - '0') * weights[i];
    return "10X98765432"[sum % 11];
}

std::optional<IdentityFacts> facts_of_identity(std::string_view number) {
    const bool is_long = number.size() == 18 && all_digits(number.substr(0, 17)) && !number.ends_with("000");
    const bool is_short = number.size() == 15 && all_digits(number);
    if (!is_long && !is_short) return std::nullopt;
    const auto day = is_long ? std::string(number.substr(6, 8)) : "19" + std::string(number.substr(6, 6));
    const auto birth = day.substr(0, 4) + "-" + day.substr(4, 2) + "-" + day.substr(6, 2);
    if (!is_birth(birth)) return std::nullopt;
    const int order = number[is_long ? 16 : 14] - '0';
    return IdentityFacts{order % 2 == 1 ? Sex::male : Sex::female, birth};
}

CellReading read_identity(std::string_view cell, bool synthetic) {
    CellReading out;
    auto all = bare_characters(cell);
    if (all.empty()) return {"", {Finding::identity_missing}};
    if (narrow(all)) out.found.push_back(Finding::full_width_digits);
    std::string number;
    bool spaced = false, marked = false;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const auto c = all[i];
        if (is_around(c) || (c == '-' && all.size() > 18)) {
            spaced = true;
        } else if (is_apostrophe(c) && (i == 0 || i + 1 == all.size())) {
            marked = true;
        } else if (c == 'x' && i + 1 == all.size()) {
            number += 'X';
            marked = true;
        } else {
            number += utf8_from_characters({&all[i], 1});
        }
    }
    if (spaced) out.found.push_back(Finding::identity_spaced);
    if (marked) out.found.push_back(Finding::identity_marked);
    const auto problem = [&](Finding finding) {
        out.found.push_back(finding);
        return out;
    };
    out.text = number;
    const bool decimal =
        number.find('.') != std::string::npos && number.find_first_not_of("0123456789.eE+") == std::string::npos;
    if (decimal || (number.find_first_of("eE") != std::string::npos && number.find('+') != std::string::npos))
        return problem(Finding::identity_scientific);
    if (number.size() == 15 && all_digits(number)) return problem(Finding::identity_short);
    if (number.size() != 18 || !all_digits(std::string_view(number).substr(0, 17)) ||
        (number[17] != 'X' && !is_digit(static_cast<unsigned char>(number[17]))))
        return problem(Finding::identity_malformed);
    // A spreadsheet keeps 15 digits and writes noughts for the rest. One number in some thousand ends so by right: a
    // person has to look at those.
    if (number.ends_with("000")) return problem(Finding::identity_rounded);
    if (!facts_of_identity(number)) return problem(Finding::identity_malformed);
    if (number[17] != identity_check_digit(number)) return problem(Finding::identity_check_digit);
    const int province = number_of(std::string_view(number).substr(0, 2));
    if (!is_province(province) && !(synthetic && province == 99)) return problem(Finding::identity_region);
    return out;
}

bool shows_kept_zero(std::string_view cell) {
    const auto text = bare(cell);
    return text.size() == 7 && text.ends_with(".10") && all_digits(std::string_view(text).substr(0, 4));
}

CellReading read_date(std::string_view cell, bool zeros_kept, const std::optional<Date>& today) {
    CellReading out;
    auto all = bare_characters(cell);
    if (all.empty()) return out;
    out.text = utf8_from_characters(all);
    if (narrow(all)) out.found.push_back(Finding::full_width_digits);
    drop_midnight(all);
    const auto problem = [&](Finding finding) {
        out.found.push_back(finding);
        return out;
    };
    std::string day;
    const auto plain = utf8_from_characters(all);
    if (plain.size() == 5 && all_digits(plain)) {
        // Days since 30 December 1899, as spreadsheets number them from March 1900 on.
        constexpr std::int64_t epoch = -25569;
        day = text_from_date(date_from_days(epoch + number_of(plain)));
    } else {
        const auto written = day_in(all);
        if (!written) return problem(Finding::date_impossible);
        const auto& parts = written->parts;
        const int month = number_of(parts[1]);
        if (number_of(parts[0]) < 1900 || number_of(parts[0]) > 2100 || month < 1 || month > 12)
            return problem(Finding::date_impossible);
        if (written->is_decimal && parts[1] == "1" && !zeros_kept) return problem(Finding::date_ambiguous);
        day = parts[0] + "-" + two_digits(month);
        if (parts.size() == 3) {
            day += "-" + two_digits(number_of(parts[2]));
            if (!date_from_text(day)) return problem(Finding::date_impossible);
        }
    }
    if (today && day > text_from_date(*today).substr(0, day.size())) return problem(Finding::date_in_future);
    out.text = day;
    return out;
}

CellReading read_sex(std::string_view cell) {
    auto all = bare_characters(cell);
    if (all.empty()) return {"", {Finding::sex_missing_or_against}};
    narrow(all);
    auto word = utf8_from_characters(all);
    if (word == "男" || word == "女") return {word, {}};
    for (auto& c : word)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (word == "男性" || word == "m" || word == "1" || word == "male" || word == "man")
        return {"男", {Finding::sex_other_word}};
    if (word == "女性" || word == "f" || word == "2" || word == "female" || word == "woman")
        return {"女", {Finding::sex_other_word}};
    return {bare(cell), {Finding::sex_unknown}};
}

CellReading read_ethnicity(std::string_view cell) {
    auto word = bare(cell);
    if (word.empty() || nationalities().contains(word)) return {std::move(word), {}};
    if (auto whole = word + "族"; nationalities().contains(whole))
        return {std::move(whole), {Finding::ethnicity_short}};
    return {std::move(word), {Finding::ethnicity_unknown}};
}

CellReading read_phone(std::string_view cell, bool synthetic) {
    CellReading out;
    auto all = bare_characters(cell);
    if (all.empty()) return out;
    out.text = utf8_from_characters(all);
    const auto problem = [&](Finding finding) {
        out.found.push_back(finding);
        return out;
    };
    if (narrow(all)) out.found.push_back(Finding::phone_full_width);
    // Two numbers: a sign that parts them, with enough digits on each side.
    std::string digits;
    bool separated = false, is_number = true;
    std::size_t run = 0, numbers = 0;
    const auto end_run = [&] {
        numbers += run >= 7;
        run = 0;
    };
    for (const char32_t c : all) {
        constexpr std::u32string_view parting = U"/、,;|\\；，";
        if (is_digit(c)) {
            digits += static_cast<char>(c);
            ++run;
        } else if (parting.find(c) != std::u32string_view::npos) {
            end_run();
            numbers += 1;  // whatever stands behind it, one cell was to hold one number
        } else if (c == '-' || is_space(c) || c == '.' || c == '(' || c == ')' || (c == '+' && digits.empty()) ||
                   is_apostrophe(c)) {
            separated = true;
        } else {
            is_number = false;
        }
    }
    end_run();
    if (numbers > 1) return problem(Finding::phone_two);
    if (!is_number) return problem(Finding::phone_malformed);
    const auto shortened = [&](std::string_view prefix) {
        if (digits.size() != prefix.size() + 11 || !digits.starts_with(prefix)) return;
        digits.erase(0, prefix.size());
        separated = true;
    };
    shortened("0086");
    shortened("86");
    const bool is_mobile =
        digits.size() == 11 && digits[0] == '1' && (digits[1] >= '3' || (synthetic && digits.starts_with("120")));
    const bool is_landline = digits.size() >= 10 && digits.size() <= 12 && digits[0] == '0' && digits[1] != '0';
    if (!is_mobile && !is_landline) return problem(Finding::phone_malformed);
    if (is_landline) return out;  // its area code stays parted as it was written
    if (separated) out.found.push_back(Finding::phone_separated);
    out.text = digits;
    return out;
}

Result<std::string> name_from(const std::string& text) {
    if (text.empty()) return refuse(Why::cell_empty);
    const auto read = read_name(text);
    const auto name = [&] { return Fact("name", shown(text)); };
    if (read.has(Finding::name_missing)) return refuse(Why::cell_empty);
    if (read.has(Finding::name_lost)) return refuse(Why::name_unreadable, {name()});
    if (read.has(Finding::name_note) || read.has(Finding::invisible_character) || read.has(Finding::name_middle_dot))
        return refuse(Why::name_has_sign, {name()});
    if (read.has(Finding::name_long_space) || read.has(Finding::name_outer_space))
        return refuse(Why::name_has_space, {name()});
    return read.text;
}

}  // namespace plenum::registry
