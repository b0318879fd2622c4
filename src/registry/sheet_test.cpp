// SPDX-License-Identifier: Apache-2.0
#include "registry/sheet.h"

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <sstream>

#include "base/file.h"
#include "registry/refusals.h"

using namespace plenum;
using namespace plenum::registry;

namespace {

using F = Finding;

SheetOptions options() {
    SheetOptions out;
    out.file = "roster.csv";
    out.today = Date{2026, 11, 21};
    return out;
}

/// Words of the findings of a row, with their columns: "id: wrong check digit".
std::vector<std::string> findings(const SheetRow& row) {
    std::vector<std::string> out;
    for (const auto& each : row.found)
        out.push_back(std::string(name_of(each.column)) + ": " + std::string(kind_of(each.finding).words));
    return out;
}

/// A sheet of our own with every line that is no row, and carried units.
const std::string ledger =
    "北方集团工会会员花名册,,,,,\n"
    "填报单位（盖章）：,,,,填表日期：,2026-05-20\n"
    "序号,工会名称,姓 名,性别(男/女),*出生日期,身份证号码,入会时间,联系电话,特长\n"
    "1,北厂,何　样,女,1985.6.3,110101198506030025,2010.10,13900000017,\n"
    "2,同上,试编,男,,110101197001010037,2011.1,139-0000-0025,\n"
    "\n"
    "序号,工会名称,姓名,性别,出生日期,身份证号码,入会时间,联系电话,特长\n"
    "3,,拟造,M,1990年2月,,199903,13900000033,\n"
    "小计,,3\n"
    "4,南厂,试编,男,1991-07-08,110101199107080014,,13900000041,\n"
    "合计,,4,,,\n"
    "注：本表一式两份,,\n";

std::string with_check(std::string text, const std::string& first17_and_digit) {
    // The numbers of the ledger get their right check digits here, so that nobody has to believe them.
    const auto first = first17_and_digit.substr(0, 17);
    const auto at = text.find(first17_and_digit);
    REQUIRE(at != std::string::npos);
    return text.replace(at, 18, first + identity_check_digit(first));
}
std::string sound_ledger() {
    auto out = ledger;
    for (const char* number : {"110101198506030025", "110101197001010037", "110101199107080014"})
        out = with_check(std::move(out), number);
    return out;
}

std::string shared(const std::string& path) {
    const char* folder = std::getenv("PLENUM_SHARED");
    return (folder ? std::string(folder) : std::string("../shared")) + "/data/rosters/" + path;
}

}  // namespace

TEST_CASE("the table is found among title lines, and every line that is no row is told") {
    const auto sheet = read_csv_sheet(sound_ledger(), options());
    REQUIRE(sheet);
    CHECK(sheet->above ==
          std::vector<std::string>{"北方集团工会会员花名册", "填报单位（盖章）：,,,,填表日期：,2026-05-20"});
    REQUIRE(sheet->lines_left_out.size() == 5);
    const std::vector<std::pair<std::int64_t, LineKind>> expected{
        {6, LineKind::blank}, {7, LineKind::header}, {9, LineKind::total}, {11, LineKind::total}, {12, LineKind::note}};
    for (std::size_t i = 0; i < expected.size(); ++i) {
        CHECK(sheet->lines_left_out[i].line == expected[i].first);
        CHECK(sheet->lines_left_out[i].kind == expected[i].second);
    }
    CHECK(sheet->lines_left_out[4].text == "注：本表一式两份");
    REQUIRE(sheet->rows.size() == 4);
    const auto& rows = sheet->rows;
    CHECK(rows[0].line == 4);
    CHECK(rows[0].name == "何样");
    CHECK(rows[0].birth == "1985-06-03");
    CHECK(rows[0].join == "2010-10");
    CHECK(findings(rows[0]) == std::vector<std::string>{"name: space inside name"});
    CHECK(rows[1].unit == "北厂");
    CHECK(rows[1].birth.empty());      // the number would tell it, but the cell is empty: nothing is invented
    CHECK(rows[1].join == "2011-01");  // the column has a .10, so its zeros are kept
    CHECK(findings(rows[1]) ==
          std::vector<std::string>{"unit: unit left empty: merged or ditto", "phone: phone with separators"});
    CHECK(rows[2].row == 3);
    CHECK(rows[2].line == 8);
    CHECK(rows[2].unit == "北厂");
    CHECK(rows[2].sex == "男");
    CHECK(rows[2].birth == "1990-02");
    CHECK(rows[2].join == "1999-03");
    CHECK(findings(rows[2]) == std::vector<std::string>{"unit: unit left empty: merged or ditto",
                                                        "id: identity number missing", "sex: sex as other word"});
    CHECK(findings(rows[3]) == std::vector<std::string>{"name: same name, other person"});
    CHECK(rows[3].found[0].other == 5);
    CHECK(sheet->units == std::map<std::string, std::int64_t>{{"北厂", 3}, {"南厂", 1}});
    // 特长 is unknown, and empty: nothing is lost, so nobody is asked.
    CHECK(sheet->headings[8].column == SheetColumn::unmapped);
    CHECK(!sheet->headings[8].has_content);
    CHECK(sheet->summary.rows == 4);
    CHECK(sheet->summary.open_problems == 1);
    CHECK(sheet->summary.kinds.at(F::unit_carried) == 2);
}

TEST_CASE("a sheet is ready when every problem was decided and every column with something in it is mapped") {
    auto text = sound_ledger();
    const auto at = text.find("13900000041,") + 12;
    text.insert(at, "钳工");
    auto wanted = options();
    CHECK(read_csv_sheet(text, wanted)->ready("roster.csv").error().place == Place{"roster.csv", 3, 9, "特长"});
    wanted.decisions.columns = {{"9", SheetColumn::post}};
    auto sheet = read_csv_sheet(text, wanted);
    REQUIRE(sheet);
    CHECK(sheet->rows[3].post == "钳工");
    CHECK(sheet->headings[8].by == MappedBy::given);
    CHECK(sheet->ready("roster.csv").error().place == Place{"roster.csv", 8, 6, "身份证号码"});

    auto accepted = wanted;
    accepted.decisions.accepted = {{8, "identity number missing"}};
    CHECK(read_csv_sheet(text, accepted)->ready("roster.csv"));
    auto corrected = wanted;
    corrected.decisions.corrections = {
        {8, SheetColumn::id, "11010119900203001" + std::string(1, identity_check_digit("11010119900203001"))}};
    CHECK(read_csv_sheet(text, corrected)->ready("roster.csv"));
    auto left_out = wanted;
    left_out.decisions.left_out = {8};
    sheet = read_csv_sheet(text, left_out);
    CHECK(sheet->ready("roster.csv"));
    CHECK(sheet->summary.left_out == 1);
    left_out.decisions.left_out = {4, 5, 8, 10};
    CHECK(refused_as(read_csv_sheet(text, left_out)->ready("roster.csv"), Why::sheet_empty));
}

TEST_CASE("a decision that fits nothing in the sheet is refused with its line") {
    const auto refused = [](auto change, std::int64_t line) {
        auto wanted = options();
        change(wanted.decisions);
        const auto sheet = read_csv_sheet(sound_ledger(), wanted);
        CHECK(refused_as(sheet, Why::decision_unknown));
        if (!sheet) CHECK(sheet.error().place.line == line);
    };
    refused([](Decisions& d) { d.left_out = {9}; }, 9);  // a total
    refused([](Decisions& d) { d.corrections = {{77, SheetColumn::id, "1"}}; }, 77);
    refused([](Decisions& d) { d.accepted = {{4, "identity number missing"}}; }, 4);
    refused([](Decisions& d) { d.accepted = {{8, "wrong check digit"}}; }, 8);
    refused([](Decisions& d) { d.columns = {{"10", SheetColumn::post}}; }, 0);
    refused([](Decisions& d) { d.columns = {{"0", SheetColumn::post}}; }, 0);
    auto wanted = options();
    wanted.decisions.columns = {{"9", SheetColumn::name}};
    CHECK(refused_as(read_csv_sheet(sound_ledger(), wanted), Why::column_repeated));
}

TEST_CASE(
    "the same person is found by number, or by name and telephone where the number is lost, and both rows are told") {
    const std::string first = "11010119850603002", other = "11010119700101003";
    const auto number = first + identity_check_digit(first), second = other + identity_check_digit(other);
    const auto sheet = read_csv_sheet("姓名,性别,身份证号,电话\n何样,女," + number + ",13900000017\n试编,男," + second +
                                          ",13900000025\n何样,女," + number + ",13900000099\n试编,男," +
                                          second.substr(0, 15) + "000,13900000025\n试编,男,,13900000033\n",
                                      options());
    REQUIRE(sheet);
    CHECK(findings(sheet->rows[0]) == std::vector<std::string>{"id: duplicate person"});
    CHECK(sheet->rows[0].found[0].other == 4);
    CHECK(findings(sheet->rows[2]) == std::vector<std::string>{"id: duplicate person"});
    CHECK(sheet->rows[2].found[0].other == 2);
    CHECK(findings(sheet->rows[1]) == std::vector<std::string>{"id: duplicate person"});
    CHECK(
        findings(sheet->rows[3]) ==
        std::vector<std::string>{"id: identity number rounded to 15 digits by a spreadsheet", "id: duplicate person"});
    CHECK(findings(sheet->rows[4]) ==
          std::vector<std::string>{"id: identity number missing", "name: same name, other person"});
    // Leaving one of a pair out settles it.
    auto wanted = options();
    wanted.decisions.left_out = {4, 5, 6};
    CHECK(read_csv_sheet("姓名,性别,身份证号,电话\n何样,女," + number + ",13900000017\n试编,男," + second +
                             ",13900000025\n何样,女," + number + ",13900000099\n试编,男," + second.substr(0, 15) +
                             "000,13900000025\n试编,男,,13900000033\n",
                         wanted)
              ->ready(""));
}

TEST_CASE(
    "sex and birth are held against the identity number, and taken from it only where the sheet has no such column") {
    const std::string woman = "11010119850603002", man = "11010119850603001";
    const auto w = woman + identity_check_digit(woman), m = man + identity_check_digit(man);
    const auto told = read_csv_sheet("姓名,性别,出生日期,身份证号\n何样,男,1985-06-03," + w + "\n试编,,1985-07," + m +
                                         "\n拟造,男,1985.6,110101850603002\n",
                                     options());
    REQUIRE(told);
    CHECK(findings(told->rows[0]) == std::vector<std::string>{"sex: sex missing or against the identity number"});
    CHECK(told->rows[0].sex == "男");  // as written, not corrected
    CHECK(findings(told->rows[1]) == std::vector<std::string>{"sex: sex missing or against the identity number",
                                                              "birth: birth against the identity number"});
    CHECK(findings(told->rows[2]) ==
          std::vector<std::string>{"id: 15-digit identity number", "sex: sex missing or against the identity number"});
    const auto card = read_csv_sheet("姓名,身份证号,手机\n何样," + w + ",13900000017\n", options());
    REQUIRE(card);
    CHECK(card->rows[0].sex == "女");
    CHECK(card->rows[0].birth == "1985-06-03");
    CHECK(card->ready(""));
}

TEST_CASE("cells of a spreadsheet come as rows, and its numbers are no identity numbers") {
    const auto sheet = read_sheet(JsonObject{{"rows",
                                              {{"姓名", "性别", "身份证号", "出生日期", "备注"},
                                               {"何样", "女", 990000196510220000, 31201, nullptr},
                                               {"试编", "男", JsonObject{{"number", "9.9E+17"}},
                                                JsonObject{{"number", "1985.1"}}, "=cmd|' /C calc'!A0"},
                                               {"拟造", "男", nullptr, "1985.10", "a\nb", nullptr, "x"}}}},
                                  options());
    REQUIRE(sheet);
    CHECK(findings(sheet->rows[0]) ==
          std::vector<std::string>{"id: identity number rounded to 15 digits by a spreadsheet"});
    CHECK(sheet->rows[0].birth == "1985-06-03");
    // A number cell shows 1985.1 for October too, whatever other cells of the column keep.
    CHECK(findings(sheet->rows[1]) == std::vector<std::string>{"id: identity number in scientific notation",
                                                               "remark: formula",
                                                               "birth: month may be January or October"});
    CHECK(sheet->rows[1].remark == "=cmd|' /C calc'!A0");
    CHECK(findings(sheet->rows[2]) == std::vector<std::string>{"id: identity number missing",
                                                               "remark: line break in a cell",
                                                               "unmapped: cells beyond the header"});
}

TEST_CASE("what is no sheet is refused by name, with its row") {
    const auto refused = [](Json sheet, Why why, std::int64_t line) {
        const auto read = read_sheet(sheet, options());
        CHECK(refused_as(read, why));
        if (!read) CHECK(read.error().place.line == line);
    };
    refused(nullptr, Why::sheet_malformed, 0);
    refused(JsonObject{}, Why::sheet_malformed, 0);
    refused(JsonObject{{"rows", 3}}, Why::sheet_malformed, 0);
    const auto rows = [](const std::string& more) {
        return *json_from_text("{\"rows\":[[\"姓名\",\"性别\"]" + more + "]}");
    };
    refused(rows(",3"), Why::sheet_malformed, 2);
    refused(rows(",[\"a\",1.5]"), Why::sheet_malformed, 2);
    refused(rows(",[\"a\",true]"), Why::sheet_malformed, 2);
    refused(rows(",[\"a\",\"" + std::string(5000, 'x') + "\"]"), Why::csv_cell_too_long, 2);
    refused(rows(",[\"a\\u0001\"]"), Why::csv_control_character, 2);
    refused(rows(""), Why::sheet_empty, 0);
    refused(JsonObject{{"rows", JsonArray{}}}, Why::header_missing, 0);
    refused(JsonObject{{"bytes", "UEsDBA=="}}, Why::sheet_is_archive, 0);
    CHECK(!read_sheet(JsonObject{{"bytes", "!"}}, options()));
    CHECK(refused_as(read_csv_sheet("a,b\nc,d\n", options()), Why::header_missing));
    std::string titles;
    for (int line = 0; line < 60; ++line) titles += "title\n";
    CHECK(refused_as(read_csv_sheet(titles + "姓名,性别\n何样,女\n", options()), Why::header_missing));
    auto few = options();
    few.rows = 1;
    CHECK(refused_as(read_csv_sheet("姓名,性别\n何样,女\n试编,男\n", few), Why::csv_too_many_rows));
    auto delegates = options();
    delegates.purpose = Purpose::delegates;
    CHECK(refused_as(read_csv_sheet("姓名,性别\n何样,女\n", delegates), Why::column_missing));
}

TEST_CASE("headings that were mapped before are remembered") {
    auto wanted = options();
    wanted.remembered = {{"特长", SheetColumn::remark}};
    const auto sheet = read_csv_sheet("姓名,性别,特长\n何样,女,歌唱\n", wanted);
    REQUIRE(sheet);
    CHECK(sheet->rows[0].remark == "歌唱");
    CHECK(sheet->headings[2].by == MappedBy::remembered);
}

TEST_CASE("the five thousand dirty rows are read as the truth has them, or their problem is told, in both encodings") {
    if (!std::filesystem::exists(shared("members-5000-dirty.truth.jsonl"))) {
        std::cout << "plenum: SKIPPED: there are no dirty rosters under PLENUM_SHARED\n";
        return;
    }
    std::vector<Json> truth;
    std::istringstream lines(*read_file(shared("members-5000-dirty.truth.jsonl"), 16u << 20));
    for (std::string line; std::getline(lines, line);) truth.push_back(*json_from_text(line));
    for (const char* file : {"members-5000-dirty.csv", "members-5000-dirty.gb18030.csv"}) {
        CAPTURE(file);
        auto wanted = options();
        wanted.decisions.synthetic_ids = true;
        const auto sheet = read_csv_sheet(*read_file(shared(file), 16u << 20), wanted);
        REQUIRE(sheet);
        REQUIRE(sheet->rows.size() == 5000);
        REQUIRE(truth.size() == 5001);
        std::int64_t equal = 0, told = 0, silent = 0, not_told = 0, false_alarms = 0;
        for (std::size_t i = 0; i < sheet->rows.size(); ++i) {
            const auto& row = sheet->rows[i];
            const auto& expected = truth[i + 1].as_object();
            CHECK(row.row == expected.at("row").as_int64());
            const auto has_problem = [&](SheetColumn column) {
                return std::any_of(row.found.begin(), row.found.end(), [&](const Found& each) {
                    return each.column == column && kind_of(each.finding).weight != Weight::repaired &&
                           kind_of(each.finding).weight != Weight::note;
                });
            };
            for (const auto column : {SheetColumn::unit, SheetColumn::name, SheetColumn::sex, SheetColumn::ethnicity,
                                      SheetColumn::birth, SheetColumn::id, SheetColumn::join, SheetColumn::phone}) {
                const std::string wanted_text(expected.at(name_of(column)).as_string());
                const auto& text = row.cell(column);
                const bool is_day = column == SheetColumn::birth || column == SheetColumn::join;
                if (text == wanted_text || (is_day && text.size() == 7 && wanted_text.starts_with(text)))
                    ++equal;
                else if (has_problem(column))
                    ++told;
                else {
                    ++silent;
                    MESSAGE("row " << row.row << " " << name_of(column) << ": " << text << " is " << wanted_text);
                }
            }
            // Every kind of dirt that was put in is found under its own words.
            std::set<std::string> dirt;
            for (const auto& each : expected.at("dirt").as_array()) dirt.insert(std::string(each.as_string()));
            std::set<std::string> found;
            for (const auto& each : row.found) found.insert(std::string(kind_of(each.finding).words));
            for (const auto& each : dirt)
                if (!found.contains(each) && each != "same name, other person") {
                    ++not_told;
                    MESSAGE("row " << row.row << " dirt not found: " << each);
                }
            for (const auto& each : found) {
                const auto weight = kind_of(*finding_from_words(each)).weight;
                if (!dirt.contains(each) && weight != Weight::note && each != "duplicate person") {
                    ++false_alarms;
                    MESSAGE("row " << row.row << " found without dirt: " << each);
                }
            }
        }
        std::cout << "plenum: " << file << ": " << equal << " fields equal, " << told << " told, " << silent
                  << " silent; " << not_told << " kinds not found, " << false_alarms << " found without dirt\n";
        CHECK(equal + told == 40'000);
        CHECK(silent == 0);
    }
}
