// SPDX-License-Identifier: Apache-2.0
#include "registry/cells.h"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "registry/refusals.h"

using namespace plenum;
using namespace plenum::registry;

namespace {

using F = Finding;
const std::optional<Date> today = Date{2026, 11, 21};

struct Expected {
    std::string cell, text;
    std::vector<Finding> found;
};

template <class Read>
void check_all(const std::vector<Expected>& rows, Read read) {
    for (const auto& [cell, text, found] : rows) {
        CAPTURE(cell);
        const CellReading reading = read(cell);
        CHECK(reading.text == text);
        CHECK(reading.found == found);
    }
}

}  // namespace

TEST_CASE("a name is repaired where nothing is guessed, and told where something would be") {
    check_all({{"何样", "何样", {}},
               {"何　样", "何样", {F::name_inner_space}},
               {"何\xc2\xa0 样", "何样", {F::name_inner_space}},
               {" \xe2\x80\x8b何样\t", "何样", {F::name_outer_space}},
               {"\xef\xbb\xbf何 样 ", "何样", {F::name_outer_space, F::name_inner_space}},
               {"李𠮷", "李𠮷", {}},
               {"李 𠮷", "李𠮷", {F::name_inner_space}},
               {"维吾•样例买", "维吾·样例买", {F::name_middle_dot}},
               {"维吾-样例", "维吾·样例", {F::name_middle_dot}},
               {"维吾·样例", "维吾·样例", {}},
               {"Anna O'Lee", "Anna O'Lee", {}},
               {"Anna  Lee", "Anna Lee", {F::name_inner_space}},
               {"", "", {F::name_missing}},
               {" 　", "", {F::name_missing}},
               {"王编（小）", "王编（小）", {F::name_note}},
               {"王编*", "王编*", {F::name_note}},
               {"王 编(退休)", "王 编(退休)", {F::name_note, F::name_inner_space}},
               {"李?", "李?", {F::name_lost}},
               {"李\xee\xa1\xa3", "李\xee\xa1\xa3", {F::name_lost}},
               {"王编 李样", "王编 李样", {F::name_long_space}},
               {"欧阳 百", "欧阳 百", {F::name_long_space}},
               {"何\xe2\x80\xae样", "何\xe2\x80\xae样", {F::invisible_character}}},
              [](const auto& cell) { return read_name(cell); });
}

TEST_CASE("an identity number is made plain, held to its check digit, and refused where its digits are lost") {
    // 110101198506030017: order 001 (man), check digit by hand from ISO 7064: sum 213, 213 mod 11 = 4, so 8.
    CHECK(identity_check_digit("11010119850603001") ==
          "10X98765432"[(1 * 7 + 1 * 9 + 0 * 10 + 1 * 5 + 0 * 8 + 1 * 4 + 1 * 2 + 9 * 1 + 8 * 6 + 5 * 3 + 0 * 7 +
                         6 * 9 + 0 * 10 + 3 * 5 + 0 * 8 + 0 * 4 + 1 * 2) %
                        11]);
    const std::string digits = "11010119850603001";
    const auto number = digits + identity_check_digit(digits);
    const std::string with_x = [] {
        for (int order = 1;; ++order) {
            const auto first = "110101198506030" + std::string(order < 10 ? "0" : "") + std::to_string(order);
            if (identity_check_digit(first) == 'X') return first + "X";
        }
    }();
    const auto lower_x = with_x.substr(0, 17) + "x";
    const char other = number.back() == '1' ? '2' : '1';
    check_all({{number, number, {}},
               {"１１０１０１" + number.substr(6), number, {F::full_width_digits}},
               {number.substr(0, 6) + " " + number.substr(6, 8) + "\xc2\xa0" + number.substr(14),
                number,
                {F::identity_spaced}},
               {"'" + number, number, {F::identity_marked}},
               {lower_x, with_x, {F::identity_marked}},
               {"", "", {F::identity_missing}},
               {number.substr(0, 15) + "000", number.substr(0, 15) + "000", {F::identity_rounded}},
               {"1.10101E+17", "1.10101E+17", {F::identity_scientific}},
               {"9.9e+17", "9.9e+17", {F::identity_scientific}},
               {"110101850603001", "110101850603001", {F::identity_short}},
               {digits + other, digits + other, {F::identity_check_digit}},
               {"E12345678", "E12345678", {F::identity_malformed}},
               {"110101198513030018", "110101198513030018", {F::identity_malformed}},
               {"11010119850230001X", "11010119850230001X", {F::identity_malformed}}},
              [](const auto& cell) { return read_identity(cell, false); });
    const std::string invented = "99000019651022005";
    const auto synthetic = invented + identity_check_digit(invented);
    CHECK(read_identity(synthetic, true).found.empty());
    CHECK(read_identity(synthetic, false).found == std::vector{F::identity_region});
    // The option admits region codes and weakens nothing else.
    const char wrong = synthetic.back() == '1' ? '2' : '1';
    CHECK(read_identity(invented + wrong, true).found == std::vector{F::identity_check_digit});
}

TEST_CASE("no single wrong digit and no exchange of neighbours in an identity number goes unseen") {
    CHECK(rc::check([](std::uint32_t order, std::uint32_t place, std::uint32_t shift) {
        const auto seq = std::to_string(1000 + order % 1000).substr(1);
        const std::string first = "11010119850603" + seq;
        const auto number = first + identity_check_digit(first);
        RC_PRE(!number.ends_with("000"));
        RC_ASSERT(read_identity(number, false).found.empty());
        auto wrong = number;
        auto& digit = wrong[place % 17];
        digit = static_cast<char>('0' + (digit - '0' + 1 + shift % 9) % 10);
        RC_ASSERT(!read_identity(wrong, false).found.empty());
        auto swapped = number;
        std::swap(swapped[place % 16], swapped[place % 16 + 1]);
        if (swapped != number) RC_ASSERT(!read_identity(swapped, false).found.empty());
    }));
}

TEST_CASE("a number tells sex and birth, a rounded one nothing") {
    CHECK(facts_of_identity("110101198506030017")->sex == Sex::male);
    CHECK(facts_of_identity("110101198506030027")->sex == Sex::female);
    CHECK(facts_of_identity("110101198506030017")->birth == "1985-06-03");
    CHECK(facts_of_identity("110101850603001")->birth == "1985-06-03");
    CHECK(!facts_of_identity("110101198506030000"));
    CHECK(!facts_of_identity("1.1E+17"));
    CHECK(!facts_of_identity("110101198513030017"));
}

TEST_CASE("a day keeps the precision it was written with") {
    check_all({{"1985-06-03", "1985-06-03", {}},
               {"19850603", "1985-06-03", {}},
               {"198506", "1985-06", {}},
               {"1985.6", "1985-06", {}},
               {"1985.06", "1985-06", {}},
               {"1985.10", "1985-10", {}},
               {"1985.6.3", "1985-06-03", {}},
               {"1985/6/3", "1985-06-03", {}},
               {"1985年6月", "1985-06", {}},
               {"1985年6月3日", "1985-06-03", {}},
               {" 1985-6 ", "1985-06", {}},
               {"１９８５.６", "1985-06", {F::full_width_digits}},
               {"31201", "1985-06-03", {}},  // days since 1899-12-30
               {"1985-06-03 00:00:00", "1985-06-03", {}},
               {"", "", {}},
               {"1985.1", "1985.1", {F::date_ambiguous}},
               {"1985.2.30", "1985.2.30", {F::date_impossible}},
               {"0000-00-00", "0000-00-00", {F::date_impossible}},
               {"1900/1/0", "1900/1/0", {F::date_impossible}},
               {"不详", "不详", {F::date_impossible}},
               {"1985", "1985", {F::date_impossible}},
               {"850603", "850603", {F::date_impossible}},
               {"1985.13", "1985.13", {F::date_impossible}},
               {"2026-11-22", "2026-11-22", {F::date_in_future}},
               {"2026-12", "2026-12", {F::date_in_future}},
               {"2026-11", "2026-11", {}}},
              [](const auto& cell) { return read_date(cell, false, today); });
    CHECK(read_date("1985.1", true, today).text == "1985-01");
    CHECK(shows_kept_zero("1985.10"));
    CHECK(!shows_kept_zero("1985.1"));
    CHECK(!shows_kept_zero("1985-10"));
}

TEST_CASE("sex, ethnicity and telephone are read in the words people use") {
    check_all({{"男", "男", {}},
               {"女", "女", {}},
               {"男性", "男", {F::sex_other_word}},
               {"F", "女", {F::sex_other_word}},
               {"２", "女", {F::sex_other_word}},
               {"1", "男", {F::sex_other_word}},
               {"", "", {F::sex_missing_or_against}},
               {"3", "3", {F::sex_unknown}}},
              [](const auto& cell) { return read_sex(cell); });
    check_all({{"汉族", "汉族", {}},
               {"汉", "汉族", {F::ethnicity_short}},
               {"維吾爾族", "維吾爾族", {}},
               {"", "", {}},
               {"汗族", "汗族", {F::ethnicity_unknown}}},
              [](const auto& cell) { return read_ethnicity(cell); });
    check_all({{"13900000017", "13900000017", {}},
               {"139-0000-0017", "13900000017", {F::phone_separated}},
               {"+86 139 0000 0017", "13900000017", {F::phone_separated}},
               {"１３９００００００１７", "13900000017", {F::phone_full_width}},
               {"010-12345678", "010-12345678", {}},
               {"13900000017/0000-5550000", "13900000017/0000-5550000", {F::phone_two}},
               {"13900000017、13900000018", "13900000017、13900000018", {F::phone_two}},
               {"1390000001", "1390000001", {F::phone_malformed}},
               {"12000000074", "12000000074", {F::phone_malformed}},
               {"139OOOOOO17", "139OOOOOO17", {F::phone_malformed}},
               {"", "", {}}},
              [](const auto& cell) { return read_phone(cell, false); });
    CHECK(read_phone("12000000074", true).found.empty());
    CHECK(read_phone("12100000074", true).found == std::vector{F::phone_malformed});
}

TEST_CASE("every finding has its own words and a sentence in three languages") {
    std::set<std::string_view> words;
    for (const auto each : all_findings) {
        CAPTURE(key_of(each));
        CHECK(words.insert(kind_of(each).words).second);
        CHECK(finding_from_words(kind_of(each).words) == each);
        for (const auto language : all_languages) CHECK(has_text(language, "finding." + std::string(key_of(each))));
    }
    CHECK(!finding_from_words("something else"));
}

TEST_CASE("a refusal shows the beginning of a long name in whole characters") {
    std::string name = "a";
    for (int i = 0; i < 60; ++i) name += "甲";
    const auto refused = name_from(name + "☆");
    REQUIRE(refused_as(refused, Why::name_has_sign));
    CHECK(refused.error().fact("name") == name.substr(0, 1 + 26 * 3));
}
