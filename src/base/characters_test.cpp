// SPDX-License-Identifier: Apache-2.0
#include "base/characters.h"

#include <doctest/doctest.h>

using namespace plenum;

TEST_CASE("a character that nobody sees is found, wherever it stands") {
    struct Row {
        char32_t first, last;
    };
    for (const auto& [first, last] :
         {Row{0x00, 0x08}, Row{0x0b, 0x1f}, Row{0x7f, 0x9f}, Row{0xad, 0xad}, Row{0x61c, 0x61c}, Row{0x180e, 0x180e},
          Row{0x200b, 0x200f}, Row{0x2028, 0x202e}, Row{0x2060, 0x206f}, Row{0x3164, 0x3164}, Row{0xfe00, 0xfe0f},
          Row{0xfeff, 0xfeff}, Row{0xfff9, 0xfffb}, Row{0xfffe, 0xffff}, Row{0xe0000, 0xe007f}, Row{0xe0100, 0xe01ef},
          Row{0x10fffe, 0x10ffff}})
        for (char32_t c = first; c <= last; ++c) {
            const auto name = Unseen{c, 0}.name();
            CAPTURE(name);
            const auto unseen = unseen_in("Li" + utf8_from_characters(std::u32string(1, c)) + "Na");
            REQUIRE(unseen);
            CHECK(unseen->character == c);
            CHECK(unseen->position == 3);
        }
}

TEST_CASE("what people write in Chinese, English and the scripts of the minorities is seen") {
    for (const auto* text :
         {"", "甲", "阿依古丽·买买提", "第八届代表大会（草案）", "中\u3000华", "été–“quoted” 100 % ○×–", "ئايگۈل",
          "བོད་ཡིག", "𠮷野家", "〇", "ᠮᠣᠩᠭᠣᠯ", "ᠠ\u180b", "葛\U000e0100", "☎\ufe0f", "\u00a0", "?", "a\u0301"}) {
        CAPTURE(text);
        CHECK_FALSE(unseen_in(text));
    }
    SUBCASE("a selector of a form stands behind what has forms, once") {
        CHECK(unseen_in("葛\U000e0100\U000e0101")->position == 3);
        CHECK(unseen_in(" \ufe0f")->position == 2);
        CHECK(unseen_in("\ufe0f")->position == 1);
    }
}

TEST_CASE("line feeds and tabs stand only where a text may have lines") {
    CHECK_FALSE(unseen_in("one\n\ttwo"));
    CHECK(unseen_in("one\n\ttwo", Lines::one)->position == 4);
    CHECK(unseen_in("one\ttwo", Lines::one)->is_control());
    CHECK(unseen_in("one\r\ntwo")->name() == "U+000D");
}

TEST_CASE("a text that is blank throughout is no text") {
    for (const auto* text : {" ", "\t\n", "\u3000\u3000", "\u00a0", "\u2003\u2800"}) {
        CAPTURE(text);
        CHECK(refused_as(check_written(text), base::Why::text_blank));
    }
    CHECK(check_written(""));
    CHECK(check_written(" 甲 "));
    const auto why = check_written("甲\u200d乙");
    REQUIRE(refused_as(why, base::Why::text_has_invisible));
    CHECK(why.error().fact("character") == "U+200D");
    CHECK(why.error().fact("position") == "2");
}
