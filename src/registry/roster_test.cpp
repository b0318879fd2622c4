// SPDX-License-Identifier: Apache-2.0
#include "registry/roster.h"

#include <doctest/doctest.h>

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

TEST_CASE("what is open in a roster of delegates is refused with its line and in its words") {
    struct Row {
        int column;
        std::string cell, words;
    };
    for (const auto& [column, cell, words] : std::vector<Row>{{1, "", "number not understood"},
                                                              {1, "5", "number repeated"},
                                                              {3, "?多吉", "rare character lost"},
                                                              {4, "x", "sex not understood"},
                                                              {6, "1979.1", "month may be January or October"},
                                                              {6, "", "cell missing"},
                                                              {10, "", "cell missing"},
                                                              {11, "12000000074", "phone not understood"},
                                                              {11, "", "phone missing"}}) {
        CAPTURE(words);
        const auto rows = delegates_from_csv(with_cell(column, cell), options());
        CHECK(refused_as(rows, Why::import_not_ready));
        if (!rows) CHECK(rows.error().place == Place{"roster.csv", 3, 0, words});
    }
    // A second head of one delegation.
    const auto twice =
        delegates_from_csv(header + first + "6,北厂,样例多吉,男,藏族,1979-03-28,,,,职工,13800000041,团长\n", options());
    CHECK(refused_as(twice, Why::import_not_ready));
    if (!twice) CHECK(twice.error().place.field == "second head of a delegation");
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
