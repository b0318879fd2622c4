// SPDX-License-Identifier: Apache-2.0
#include "registry/csv.h"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "registry/refusals.h"

using namespace plenum;
using namespace plenum::registry;

TEST_CASE("comma-separated values are read as RFC 4180 writes them") {
    const auto rows = csv_from_text("\xef\xbb\xbfname,post\r\n\"Lin, \"\"the elder\"\"\",\"fitter\r\nand joiner\"\n,x");
    REQUIRE(rows);
    CHECK(*rows == std::vector<CsvRow>{
                       {1, {"name", "post"}}, {2, {"Lin, \"the elder\"", "fitter\nand joiner"}}, {4, {"", "x"}}});
}

TEST_CASE("what is not comma-separated values is refused with line and cell") {
    struct Row {
        std::string_view text;
        Why why;
        int line, column;
    };
    for (const auto& [text, why, line, column] : {
             Row{"", Why::csv_empty, 0, 0},
             Row{"\xef\xbb\xbf", Why::csv_empty, 0, 0},
             Row{"a,b\nc,\xff\xfe\n", Why::csv_not_utf8, 2, 0},
             Row{"a,b\nc,d\ne,\"f\ng", Why::csv_quote_open, 3, 2},
             Row{"a,b\nc,d\"e\n", Why::csv_quote_inside, 2, 2},
             Row{"a,b\n\"c\"d,e\n", Why::csv_after_quote, 2, 1},
             Row{"a,b\rc,d\n", Why::csv_bare_return, 1, 2},
             Row{"a,b\n\"c\rd\",e\n", Why::csv_bare_return, 2, 1},
             Row{"a,b\nc,d\x01\n", Why::csv_control_character, 2, 2},
             Row{"a,b\nc,d,e\n", Why::csv_row_uneven, 2, 0},
             Row{"a,b\n\nc,d\n", Why::csv_row_uneven, 2, 0},
             Row{"a,b\n\"c\nc\",d\ne\n", Why::csv_row_uneven, 4, 0},
         }) {
        CAPTURE(text);
        const auto rows = csv_from_text(text);
        CHECK(refused_as(rows, why));
        if (!rows) CHECK(rows.error().place == Place{"", line, column, ""});
    }
    CHECK(refused_as(csv_from_text(std::string_view("a,\0\n", 4)), Why::csv_control_character));
}

TEST_CASE("a text beyond the bounds is refused, at the bound it is read") {
    const CsvLimits small{40, 3, 2, 5};
    CHECK(csv_from_text("a,b\nc,d\n12345,f\n", small));
    CHECK(refused_as(csv_from_text("a,b\nc,d\n123456,f\n", small), Why::csv_cell_too_long));
    CHECK(refused_as(csv_from_text("a,b\nc,d\ne,f\ng,h\n", small), Why::csv_too_many_rows));
    CHECK(refused_as(csv_from_text("a,b,c\n", small), Why::csv_too_many_columns));
    CHECK(refused_as(csv_from_text(std::string(41, 'a'), small), Why::csv_too_large));
}

TEST_CASE("what is written as cells is read back") {
    CHECK(rc::check([](const std::vector<std::string>& raw) {
        std::vector<std::string> cells{"first"};
        for (auto cell : raw) {
            std::erase_if(cell, [](char c) {
                return static_cast<unsigned char>(c) >= 0x7f ||
                       (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t');
            });
            cells.push_back(cell);
        }
        RC_PRE(cells.size() <= 64);
        std::string text;
        for (const auto& cell : cells) text += (text.empty() ? "" : ",") + csv_cell(cell);
        const auto rows = csv_from_text(text + "\r\n");
        RC_ASSERT(rows);
        RC_ASSERT(rows->size() == 1u);
        RC_ASSERT(rows->front().cells == cells);
    }));
}

TEST_CASE("whatever the bytes are, they are read or refused by name") {
    CHECK(rc::check([](const std::vector<std::uint8_t>& bytes) {
        const auto rows = csv_from_text({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
        const bool is_named = rows || rows.error().name().starts_with("registry.csv_");
        RC_ASSERT(is_named);
    }));
}
