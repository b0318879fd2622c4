// SPDX-License-Identifier: Apache-2.0
#include "base/name_order.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

using namespace plenum;

TEST_CASE("surnames stand by the number of their strokes") {
    // Strokes as the standard forms have them (Unihan kTotalStrokes), counted by hand.
    const std::vector<std::pair<int, std::string>> surnames{
        {2, "丁"},  {2, "刁"},  {3, "万"},  {3, "马"},  {3, "于"}, {4, "王"},  {4, "方"},  {4, "孔"},
        {5, "田"},  {5, "白"},  {6, "刘"},  {6, "朱"},  {7, "李"}, {7, "张"},  {7, "陈"},  {7, "杨"},
        {8, "林"},  {8, "周"},  {8, "欧"},  {9, "赵"},  {9, "胡"}, {10, "徐"}, {10, "高"}, {11, "黄"},
        {10, "郭"}, {12, "谢"}, {13, "蒙"}, {14, "蔡"}, {17, "魏"}};
    CHECK(strokes_of(U'丁') == 2);
    CHECK(strokes_of(U'陈') == 7);
    CHECK(strokes_of(U'黄') == 11);
    CHECK(strokes_of(U'魏') == 17);
    CHECK(strokes_of(0x20bb7) == 6);  // 𠮷
    CHECK(!strokes_of(U'A'));
    CHECK(!strokes_of(0x110000));
    for (const auto& [strokes, name] : surnames)
        for (const auto& [others, other] : surnames)
            if (strokes < others) {
                CAPTURE(name);
                CAPTURE(other);
                CHECK(before_by_strokes(name, other));
                CHECK(!before_by_strokes(other, name));
            }
}

TEST_CASE("names of one surname stand by their next characters, whatever order they came in") {
    const std::vector<std::string> ordered{"丁一", "马三", "王一", "王二", "王二一", "王三", "李百", "欧阳百", "赵千"};
    std::mt19937 shuffle(5);
    for (int round = 0; round < 20; ++round) {
        auto names = ordered;
        std::shuffle(names.begin(), names.end(), shuffle);
        std::stable_sort(names.begin(), names.end(), before_by_strokes);
        CHECK(names == ordered);
    }
}

TEST_CASE("characters outside the basic plane, other scripts and broken bytes have a place, and nothing fails") {
    CHECK(before_by_strokes("丁一", "𠮷一"));  // 𠮷 has six strokes
    CHECK(before_by_strokes("𠮷一", "魏一"));
    CHECK(before_by_strokes("王一", "Anna"));
    CHECK(!before_by_strokes("王一", "王一"));
    CHECK(!before_by_strokes("", ""));
    CHECK((before_by_strokes("\xff\xfe", "王") || before_by_strokes("王", "\xff\xfe")));
}
