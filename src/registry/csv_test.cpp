// SPDX-License-Identifier: Apache-2.0
#include "registry/csv.h"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "registry/encoding.h"
#include "registry/refusals.h"

using namespace plenum;
using namespace plenum::registry;

namespace {

Result<std::vector<CsvRow>> rows_of(std::string_view text, CsvLimits limits = {}) {
    std::vector<CsvRow> out;
    TRY(for_each_csv_row(
        text,
        [&](CsvRow& row) {
            out.push_back(std::move(row));
            return Result<Done>{Done{}};
        },
        limits));
    return out;
}

}  // namespace

TEST_CASE("comma-separated values are read as RFC 4180 writes them, rows of any length") {
    const auto rows =
        rows_of("\xef\xbb\xbfname,post\r\n\"Lin, \"\"the elder\"\"\",\"fitter\r\nand joiner\"\n,x\nalone\n\n");
    REQUIRE(rows);
    CHECK(*rows == std::vector<CsvRow>{{1, {"name", "post"}},
                                       {2, {"Lin, \"the elder\"", "fitter\nand joiner"}},
                                       {4, {"", "x"}},
                                       {5, {"alone"}},
                                       {6, {""}}});
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
             Row{"a,b\nc,\xff\xfe\n", Why::csv_not_utf8, 2, 2},
             Row{"a,\"b\n,\",\xff\xfe\n", Why::csv_not_utf8, 2, 3},
             Row{"a,b\nc,d\ne,\"f\ng", Why::csv_quote_open, 3, 2},
             Row{"a,b\nc,d\"e\n", Why::csv_quote_inside, 2, 2},
             Row{"a,b\n\"c\"d,e\n", Why::csv_after_quote, 2, 1},
             Row{"a,b\rc,d\n", Why::csv_bare_return, 1, 2},
             Row{"a,b\n\"c\rd\",e\n", Why::csv_bare_return, 2, 1},
             Row{"a,b\nc,d\x01\n", Why::csv_control_character, 2, 2},
             Row{"a,b\n\"c\nd\x7f\"\n", Why::csv_control_character, 3, 1},
         }) {
        CAPTURE(text);
        const auto rows = rows_of(text);
        CHECK(refused_as(rows, why));
        if (!rows) CHECK(rows.error().place == Place{"", line, column, ""});
    }
    CHECK(refused_as(rows_of(std::string_view("a,\0\n", 4)), Why::csv_control_character));
}

TEST_CASE("a text beyond the bounds is refused, at the bound it is read") {
    const CsvLimits small{40, 3, 2, 5};
    CHECK(rows_of("a,b\nc,d\n12345,\"12345\"\n", small));
    CHECK(refused_as(rows_of("a,b\nc,d\n123456,f\n", small), Why::csv_cell_too_long));
    CHECK(refused_as(rows_of("a,b\nc,d\n\"123\"\"456\",f\n", small), Why::csv_cell_too_long));
    CHECK(refused_as(rows_of("a,b\nc,d\ne,f\ng,h\n", small), Why::csv_too_many_rows));
    CHECK(refused_as(rows_of("a,b,c\n", small), Why::csv_too_many_columns));
    CHECK(refused_as(rows_of(std::string(41, 'a'), small), Why::csv_too_large));
    // Where another quote follows, the cell may have been meant so long; where none does, the quote was never closed.
    const auto opened = rows_of("a,b\n\"c\n1234567\n8", small);
    CHECK(refused_as(opened, Why::csv_quote_open));
    CHECK(opened.error().place == Place{"", 2, 1, ""});
    const auto long_cell = rows_of("a,b\nc,\"1\n2345\n67\"\n", small);
    CHECK(refused_as(long_cell, Why::csv_cell_too_long));
    CHECK(long_cell.error().place == Place{"", 2, 2, ""});
    const auto later = rows_of("a,b\nc,\"1\n2\"3\n", small);
    CHECK(refused_as(later, Why::csv_after_quote));
    CHECK(later.error().fact("opened") == "2");
    // A cell of 100 MB costs no more than the file: it is refused before it is copied.
    CHECK(refused_as(rows_of("a,\"" + std::string(50'000'000, 'x') + "\"\n"), Why::csv_cell_too_long));
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
        const auto rows = rows_of(text + "\r\n");
        RC_ASSERT(rows);
        RC_ASSERT(rows->size() == 1u);
        RC_ASSERT(rows->front().cells == cells);
    }));
}

TEST_CASE("whatever the bytes are, they are read or refused by name") {
    CHECK(rc::check([](const std::vector<std::uint8_t>& bytes) {
        const auto text = text_of_file({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
        if (text) {
            const auto rows = rows_of(*text);
            const bool is_named = rows || rows.error().name().starts_with("registry.csv_");
            RC_ASSERT(is_named);
        } else {
            RC_ASSERT(text.error().name().starts_with("registry."));
        }
    }));
}

TEST_CASE("a file is read as UTF-8 with or without its mark, else as GB18030, else refused with its line") {
    CHECK(text_of_file("\xef\xbb\xbf"
                       "姓名")
              .value() == "姓名");
    CHECK(text_of_file("姓名").value() == "姓名");
    // 姓名 in GBK; 𠮷 (outside the BMP) and 㛃 in the four bytes of GB18030.
    CHECK(text_of_file("\xd0\xd5\xc3\xfb").value() == "姓名");
    CHECK(text_of_file("\xd0\xd5\x95\x34\xb2\x35\x82\x30\xb7\x31").value() == "姓𠮷㛃");
    const auto neither = text_of_file("\xd0\xd5\n\xc3\xfb\n\xff\xff\n");
    CHECK(refused_as(neither, Why::csv_encoding_unknown));
    CHECK(neither.error().place == Place{"", 3, 1, ""});
    const auto marked = text_of_file(
        "\xef\xbb\xbf"
        "name\n\xd0\xd5\xc3\xfb\n");
    CHECK(refused_as(marked, Why::csv_not_utf8));
    CHECK(marked.error().place == Place{"", 2, 1, ""});
    CHECK(refused_as(text_of_file("ab\xd0"), Why::csv_encoding_unknown));
    CHECK(refused_as(text_of_file("PK\x03\x04 an xlsx"), Why::sheet_is_archive));
    CHECK(refused_as(text_of_file("\xd0\xcf\x11\xe0 an xls"), Why::sheet_is_old_workbook));
}
