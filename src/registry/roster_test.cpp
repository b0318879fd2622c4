// SPDX-License-Identifier: Apache-2.0
#include "registry/roster.h"

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <map>

#include "base/file.h"
#include "registry/refusals.h"

using namespace plenum;
using namespace plenum::registry;

namespace {

const std::string header = "序号,代表团,姓名,性别,民族,出生年月,政治面貌,学历,单位及职务,代表类别,手机号码,备注\n";
const std::string first = "5,北厂代表团,何　样,女,汉族,1985.06,群众,本科,北厂技师,一线职工,13900000017,团长\n";

RosterOptions options() { return {"roster.csv", 20'000, false, Date{2026, 11, 21}}; }

/// A roster of `first` and of a second row with one cell put in.
std::string with_cell(int column, const std::string& cell) {
    std::vector<std::string> cells{"6",    "南厂代表团", "样例多吉", "男",         "藏族",        "1979-03-28",
                                   "党员", "大专",       "南厂主席", "工会工作者", "13800000041", ""};
    cells.at(static_cast<std::size_t>(column) - 1) = cell;
    std::string row = csv_cell(cells[0]);
    for (std::size_t i = 1; i < cells.size(); ++i) row += "," + csv_cell(cells[i]);
    return header + first + row + "\n";
}

}  // namespace

TEST_CASE("a clean roster is read whole, month precision kept, padding left out") {
    const auto rows = clean_roster_from_text(with_cell(12, "副团长"), options());
    REQUIRE(rows);
    CHECK(*rows == std::vector<RosterRow>{{2, 5, "北厂", "何样", Sex::female, "汉族", "1985-06", "群众", "本科",
                                           "北厂技师", "一线职工", "13900000017", "团长", true},
                                          {3, 6, "南厂", "样例多吉", Sex::male, "藏族", "1979-03-28", "党员", "大专",
                                           "南厂主席", "工会工作者", "13800000041", "副团长", false}});
}

TEST_CASE("the columns may stand in any order, under Traditional or English headings") {
    const auto rows = clean_roster_from_text(
        "備註,Name,性別,民族,birth,政治面貌,學歷,單位及職務,代表類別,手機號碼,代表團,NO\n"
        "團長,Anna Lee,female,漢族,1985年6月,群眾,碩士,北廠,職工,13900000017,北廠代表團,5\n",
        options());
    REQUIRE(rows);
    CHECK(rows->at(0).name == "Anna Lee");
    CHECK(rows->at(0).number == 5);
    CHECK(rows->at(0).delegation == "北廠");
    CHECK(rows->at(0).birth == "1985-06");
    CHECK(rows->at(0).head);
}

TEST_CASE("a file with other columns is no roster") {
    struct Row {
        std::string text;
        Why why;
        std::string column;
    };
    for (const auto& [text, why, column] : {
             Row{"序号,姓名\n1,何样\n", Why::column_missing, "代表团"},
             Row{"序号,身份证号\n1,2\n", Why::column_unknown, "身份证号"},
             Row{"序号,姓名,姓名\n1,何样,何样\n", Why::column_repeated, "姓名"},
             Row{"序号,\n1,\n", Why::column_unknown, ""},
         }) {
        const auto roster = roster_from_text(text, options());
        CHECK(refused_as(roster, why));
        if (!roster) {
            CHECK(roster.error().fact("column") == column);
            CHECK(roster.error().place.file == "roster.csv");
            CHECK(roster.error().place.line == 1);
        }
    }
    CHECK(refused_as(roster_from_text(header, options()), Why::roster_empty));
    auto small = options();
    small.rows = 1;
    CHECK(refused_as(roster_from_text(with_cell(12, ""), small), Why::csv_too_many_rows));
}

TEST_CASE("what cannot be read for certain is reported with its place and not guessed") {
    struct Row {
        int column;
        std::string cell;
        Why why;
    };
    for (const auto& [column, cell, why] : {
             Row{1, "", Why::cell_empty},
             Row{1, "六", Why::number_malformed},
             Row{1, "０６", Why::number_malformed},
             Row{1, "06", Why::number_malformed},
             Row{1, "99999999", Why::number_malformed},
             Row{1, "5", Why::number_repeated},
             Row{2, "　", Why::cell_empty},
             Row{3, "", Why::cell_empty},
             Row{3, "何?", Why::name_unreadable},
             Row{3, "何\ue123", Why::name_unreadable},
             Row{3, "何样（调出）", Why::name_has_sign},
             Row{3, "何样1", Why::name_has_sign},
             Row{3, "古丽•示范", Why::name_has_sign},
             Row{3, "何样 王演", Why::name_has_space},
             Row{3, "Anna  Lee", Why::name_has_space},
             Row{3, "何\n样", Why::cell_has_break},
             Row{3, "何\u200b样", Why::cell_has_invisible},
             Row{4, "无", Why::sex_unknown},
             Row{4, "M", Why::sex_unknown},
             Row{5, "", Why::cell_empty},
             Row{6, "1985.13", Why::birth_impossible},
             Row{6, "1985.00", Why::birth_impossible},
             Row{6, "1885.06", Why::birth_impossible},
             Row{6, "2023-02-29", Why::birth_impossible},
             Row{6, "1985.1", Why::birth_ambiguous},
             Row{6, "85.06", Why::birth_malformed},
             Row{6, "31203", Why::birth_malformed},
             Row{6, "1985.06-03", Why::birth_malformed},
             Row{6, "1985.006", Why::birth_malformed},
             Row{6, "1985年", Why::birth_malformed},
             Row{6, "1985.06.", Why::birth_malformed},
             Row{6, "2026.12", Why::birth_in_future},
             Row{6, "2026-11-22", Why::birth_in_future},
             Row{11, "1380000004", Why::phone_wrong},
             Row{11, "138-0000-0041", Why::phone_wrong},
             Row{11, "23800000041", Why::phone_wrong},
             Row{11, "12800000041", Why::phone_wrong},
             Row{11, "1.38E+10", Why::phone_wrong},
             Row{11, "12000000037", Why::phone_synthetic},
         }) {
        CAPTURE(cell);
        const auto roster = roster_from_text(with_cell(column, cell), options());
        REQUIRE(roster);
        CHECK(roster->rows.size() == 1);
        REQUIRE(!roster->problems.empty());
        const auto& told = roster->problems.front();
        CHECK(told.name() == problem(why).name);
        CHECK(told.place.file == "roster.csv");
        CHECK(told.place.line == 3);
        CHECK(told.place.column == column);
        CHECK_FALSE(told.place.field.empty());
        CHECK_FALSE(clean_roster_from_text(with_cell(column, cell), options()));
    }
}

TEST_CASE("dates of birth keep the precision they were written with") {
    struct Row {
        std::string cell, birth;
    };
    for (const auto& [cell, birth] :
         {Row{"1985.10", "1985-10"}, Row{"1985.6", "1985-06"}, Row{"1985/6/3", "1985-06-03"},
          Row{"19850603", "1985-06-03"}, Row{"1985年6月3日", "1985-06-03"}, Row{"1985-06", "1985-06"},
          Row{"2026.11", "2026-11"}, Row{"2024-02-29", "2024-02-29"}}) {
        CAPTURE(cell);
        const auto rows = clean_roster_from_text(with_cell(6, cell), options());
        REQUIRE(rows);
        CHECK(rows->at(1).birth == birth);
    }
}

TEST_CASE("a person may stand in the roster once; another of the same name has another telephone") {
    const std::string again = "7,东厂代表团,何样,女,汉族,1985.06,群众,本科,东厂技师,一线职工,13900000017,\n";
    const auto roster = roster_from_text(header + first + again, options());
    REQUIRE(roster);
    REQUIRE(roster->problems.size() == 1);
    CHECK(roster->problems[0].name() == problem(Why::person_repeated).name);
    CHECK(roster->problems[0].fact("line") == "2");
    CHECK(clean_roster_from_text(with_cell(3, "何样"), options()));
}

TEST_CASE("a delegation has one head") {
    const std::string second = "7,北厂代表团,王演,男,汉族,1985.06,群众,本科,北厂技师,一线职工,13900000018,团长\n";
    CHECK(refused_as(clean_roster_from_text(header + first + second, options()), Why::second_head));
}

TEST_CASE("several problems are told at once") {
    const auto text = header + "x,,何?,无,汉族,1985.13,群众,本科,北厂,职工,1,\n";
    const auto roster = roster_from_text(text, options());
    REQUIRE(roster);
    CHECK(roster->problems.size() == 6);
    const auto refused = clean_roster_from_text(text, options());
    CHECK(refused_as(refused, Why::roster_has_problems));
    CHECK(refused.error().fact("problems") == "6");
    CHECK(refused.error().place.line == 2);
}

TEST_CASE("the shared roster of 170 delegates is read as its truth says") {
    const char* named = std::getenv("PLENUM_SHARED");
    const std::filesystem::path folder = std::filesystem::path(named ? named : "../shared") / "data/rosters";
    if (!std::filesystem::exists(folder / "delegates-170.csv")) {
        MESSAGE("skipped: no shared rosters at " << folder.string() << " (set PLENUM_SHARED)");
        return;
    }
    const auto text = read_file((folder / "delegates-170.csv").string());
    const auto truth_text = read_file((folder / "delegates-170.truth.json").string());
    REQUIRE(text);
    REQUIRE(truth_text);
    const auto truth = json_from_text(*truth_text);
    REQUIRE(truth);
    CHECK(clean_roster_from_text(*text, options()).error().fact("first") == problem(Why::phone_synthetic).name);
    auto synthetic = options();
    synthetic.synthetic_phones = true;
    const auto rows = clean_roster_from_text(*text, synthetic);
    REQUIRE(rows);
    const auto& delegates = truth->at("delegates").as_array();
    REQUIRE(rows->size() == delegates.size());
    std::map<std::string, std::int64_t> delegations;
    for (std::size_t i = 0; i < rows->size(); ++i) {
        const auto& row = rows->at(i);
        const auto& wanted = delegates[i].as_object();
        CAPTURE(row.line);
        const auto word = [&](const char* key) { return std::string(wanted.at(key).as_string()); };
        CHECK(row.number == wanted.at("no").as_int64());
        CHECK(row.delegation == word("delegation"));
        CHECK(row.name == word("name"));
        CHECK((row.sex == Sex::female ? "女" : "男") == word("sex"));
        CHECK(row.ethnicity == word("ethnicity"));
        CHECK(row.birth == word("birth"));
        CHECK(row.party == word("party"));
        CHECK(row.education == word("education"));
        CHECK(row.post == word("post"));
        CHECK(row.category == word("category"));
        CHECK(row.phone == word("phone"));
        CHECK(row.head == wanted.at("head").as_bool());
        ++delegations[row.delegation];
    }
    for (const auto& [name, size] : truth->at("delegations").as_object())
        CHECK(delegations[std::string(name)] == size.as_int64());
}

TEST_CASE("every refusal of this room has a sentence in three languages") {
    for (const auto& each : registry::all_refusals)
        for (const auto language : all_languages) {
            CAPTURE(each.name);
            CHECK(has_text(language, "refusal." + std::string(each.name)));
        }
}
