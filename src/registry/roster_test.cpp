// SPDX-License-Identifier: Apache-2.0
#include "registry/roster.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <iostream>

#include "base/file.h"
#include "registry/csv.h"
#include "registry/refusals.h"

using namespace plenum;
using namespace plenum::registry;

namespace {

const std::string header = "序号,代表团,姓名,性别,民族,出生年月,政治面貌,学历,单位及职务,代表类别,手机号码,备注\n";
const std::string first = "5,北厂代表团,何　样,女,汉族,1985.06,群众,本科,北厂技师,一线职工,13900000017,团长\n";

SheetOptions options() {
    SheetOptions out;
    out.file = "roster.csv";
    out.today = Date{2026, 11, 21};
    return out;
}

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

TEST_CASE("a roster of delegates is read whole, month precision kept, padding left out") {
    const auto rows = delegates_from_csv(with_cell(12, "副团长"), options());
    REQUIRE(rows);
    CHECK(*rows == std::vector<RosterRow>{{2, 5, "北厂", "何样", Sex::female, "汉族", "1985-06", "群众", "本科",
                                           "北厂技师", "一线职工", "13900000017", "团长", true},
                                          {3, 6, "南厂", "样例多吉", Sex::male, "藏族", "1979-03-28", "党员", "大专",
                                           "南厂主席", "工会工作者", "13800000041", "副团长", false}});
}

TEST_CASE("the columns may stand in any order, under Traditional or English headings") {
    const auto rows = delegates_from_csv(
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

TEST_CASE("what is open in a roster of delegates is refused by name with its line and column") {
    struct Row {
        int column;
        std::string cell, heading;
        Why why;
    };
    auto known = options();
    known.units = {"北厂代表团", "南厂"};
    known.categories = {"一线职工", "工会工作者"};
    for (const auto& [column, cell, heading, why] :
         std::vector<Row>{{1, "", "序号", Why::roster_number_malformed},
                          {1, "5", "序号", Why::roster_number_repeated},
                          {2, "西厂代表团", "代表团", Why::roster_unit_unknown},
                          {3, "?多吉", "姓名", Why::roster_name_lost},
                          {4, "x", "性别", Why::roster_sex_unknown},
                          {6, "1979.1", "出生年月", Why::roster_date_ambiguous},
                          {6, "1979-02-30", "出生年月", Why::roster_date_impossible},
                          {6, "", "出生年月", Why::roster_cell_missing},
                          {8, "大\u200b专", "学历", Why::roster_invisible_character},
                          {9, "=1+1", "单位及职务", Why::roster_formula},
                          {10, "", "代表类别", Why::roster_cell_missing},
                          {10, "随便", "代表类别", Why::roster_category_unknown},
                          {11, "12000000074", "手机号码", Why::roster_phone_malformed},
                          {11, "", "手机号码", Why::roster_phone_missing}}) {
        CAPTURE(heading);
        CAPTURE(cell);
        const auto rows = delegates_from_csv(with_cell(column, cell), known);
        CHECK(refused_as(rows, why));
        if (!rows) CHECK(rows.error().place == Place{"roster.csv", 3, column, heading});
        // No word of ours stands in a Chinese sentence.
        if (!rows) {
            auto said = sentence_of(Language::zh_hans, rows.error());
            const auto file = said.find("roster.csv");
            REQUIRE(file != std::string::npos);
            said.erase(file, 10);
            CHECK(std::none_of(said.begin(), said.end(), [](unsigned char c) { return std::isalpha(c); }));
        }
    }
    CHECK(delegates_from_csv(with_cell(10, "随便"), options()));
    const auto longer = delegates_from_csv(header + first.substr(0, first.size() - 1) + ",外\n", options());
    CHECK(refused_as(longer, Why::roster_beyond_header));
    if (!longer) CHECK(longer.error().place == Place{"roster.csv", 2, 13, ""});
    // A second head of one delegation.
    const auto twice =
        delegates_from_csv(header + first + "6,北厂,样例多吉,男,藏族,1979-03-28,,,,职工,13800000041,团长\n", options());
    CHECK(refused_as(twice, Why::roster_second_head));
    if (!twice) CHECK(twice.error().place == Place{"roster.csv", 3, 12, "备注"});
}

TEST_CASE("every finding that hinders an import is a refusal of its own") {
    std::set<std::string_view> names;
    for (const auto finding : all_findings) {
        const auto weight = kind_of(finding).weight;
        if (weight != Weight::problem && weight != Weight::acceptable) continue;
        CHECK(problem(why_of(finding)).name == "registry.roster_" + std::string(key_of(finding)));
        names.insert(problem(why_of(finding)).name);
    }
    CHECK(names.size() > 25);
}

TEST_CASE("one bad byte, and a quote never closed, are told in the line and cell where they stand") {
    const auto place_in = [](std::string row, std::string_view from, std::string_view to) {
        row.replace(row.find(from), from.size(), to);
        auto bytes = header + first + row;
        for (int number = 7; number < 300; ++number)
            bytes += std::to_string(number) + ",北厂,拟" + std::to_string(number) +
                     ",女,汉族,1985.06,,,,职工,13900000017,\n";
        const auto rows = delegates_from_csv(bytes, options());
        REQUIRE(!rows);
        return std::pair(std::string(rows.error().name()), rows.error().place);
    };
    const std::string row = "6,南厂,样例多吉,男,藏族,1979-03-28,,,,职工,13800000041,\n";
    CHECK(place_in(row, "多吉", "\xff\xfe") ==
          std::pair(std::string("registry.csv_not_utf8"), Place{"roster.csv", 3, 3, ""}));
    CHECK(place_in(row, "多吉", "\xe5\xa4") ==
          std::pair(std::string("registry.csv_not_utf8"), Place{"roster.csv", 3, 3, ""}));
    CHECK(place_in(row, "男", "\"男") ==
          std::pair(std::string("registry.csv_quote_open"), Place{"roster.csv", 3, 4, ""}));
}

TEST_CASE("the handed-over roster of 170 delegates is read as its truth has it") {
    const char* folder = std::getenv("PLENUM_SHARED");
    const auto path = (folder ? std::string(folder) : std::string("../shared")) + "/data/rosters/delegates-170";
    if (!std::filesystem::exists(path + ".csv")) {
        std::cout << "plenum: SKIPPED: there is no roster of 170 delegates under PLENUM_SHARED\n";
        return;
    }
    auto wanted = options();
    wanted.decisions.synthetic_ids = true;
    const auto rows = delegates_from_csv(*read_file(path + ".csv", 1u << 20), wanted);
    if (!rows) FAIL(sentence_of(Language::en, rows.error()));
    const auto truth = *json_from_text(*read_file(path + ".truth.json", 1u << 20));
    const auto& delegates = truth.at("delegates").as_array();
    REQUIRE(rows->size() == 170);
    REQUIRE(delegates.size() == 170);
    std::int64_t women = 0;
    for (std::size_t i = 0; i < delegates.size(); ++i) {
        const auto& row = rows->at(i);
        const auto& expected = delegates[i].as_object();
        CHECK(row.number == expected.at("no").as_int64());
        CHECK(row.delegation == expected.at("delegation").as_string());
        CHECK(row.name == expected.at("name").as_string());
        CHECK(std::string(row.sex == Sex::female ? "女" : "男") == expected.at("sex").as_string());
        CHECK(row.ethnicity == expected.at("ethnicity").as_string());
        CHECK(row.birth == expected.at("birth").as_string());
        CHECK(row.party == expected.at("party").as_string());
        CHECK(row.education == expected.at("education").as_string());
        CHECK(row.post == expected.at("post").as_string());
        CHECK(row.category == expected.at("category").as_string());
        CHECK(row.phone == expected.at("phone").as_string());
        CHECK(row.head == expected.at("head").as_bool());
        women += row.sex == Sex::female;
    }
    CHECK(women == truth.at("women").as_int64());
}
