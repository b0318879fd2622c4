// SPDX-License-Identifier: Apache-2.0
#include "evote/ballot/reader.h"

#include <doctest/doctest.h>

#include "base/refusals.h"

using namespace plenum;
using namespace plenum::evote;

namespace {

Reader::Pieces pieces_of(std::string text, std::size_t size) {
    return [text = std::move(text), size, at = std::size_t{0}]() mutable -> Result<std::string> {
        auto out = text.substr(at, size);
        at += out.size();
        return out;
    };
}

/// Everything that is read of a list of strings and numbers, and where it stops.
std::string told_of(Reader&& reader) {
    std::string out;
    reader.expect("[");
    if (!reader.skip("]")) {
        do {
            if (reader.skip("{\"n\":")) {
                out += std::to_string(reader.number(999)) + " ";
                reader.expect("}");
            } else if (reader.skip("c")) {
                out += std::to_string(reader.count(std::uint64_t{1} << 40)) + " ";
            } else {
                (out += reader.plain_string()) += " ";
            }
            out += "@" + std::to_string(reader.position()) + " ";
        } while (reader.skip(","));
        reader.expect("]");
    }
    reader.end();
    if (reader.ok()) return out + "whole";
    const auto refusal = reader.refusal();
    return out + std::string(refusal.name()) + " " + std::to_string(refusal.place.column);
}

}  // namespace

TEST_CASE("a text in pieces of any size is read, and refused, as the whole text is") {
    const std::string honest =
        R"(["one",{"n":17},"","a longer one of some forty characters, ok",c5,c"1073741824",{"n":0}])";
    REQUIRE(told_of(Reader(honest)).ends_with("whole"));
    std::vector<std::string> texts{honest,
                                   "[]",
                                   "",
                                   "[",
                                   "[\"",
                                   honest + " ",
                                   R"(["a\n"])",
                                   R"([{"n":007}])",
                                   R"([{"n":1000}])",
                                   R"([c"5"])",
                                   R"([c1073741824])",
                                   R"(["one")"};
    for (std::size_t cut = 0; cut < honest.size(); ++cut) texts.push_back(honest.substr(0, cut));
    for (std::size_t at = 0; at < honest.size(); ++at) {
        texts.push_back(honest);
        texts.back()[at] = '\x01';
    }
    for (const auto& text : texts) {
        CAPTURE(text);
        const auto whole = told_of(Reader(text));
        for (const std::size_t size : {1, 2, 3, 7, 20, 1000}) CHECK(told_of(Reader(pieces_of(text, size))) == whole);
    }
}

TEST_CASE("a piece that cannot be had is what is refused") {
    Reader reader([first = true]() mutable -> Result<std::string> {
        if (std::exchange(first, false)) return "[\"one\",\"tw";
        return refuse(base::Why::file_unreadable, {{"reason", "cut_meanwhile"}});
    });
    reader.expect("[");
    CHECK(reader.plain_string() == "one");
    reader.expect(",");
    CHECK(reader.plain_string().empty());
    CHECK_FALSE(reader.ok());
    CHECK(reader.refusal().name() == "base.file_unreadable");
    CHECK_FALSE(reader.skip("x"));
    CHECK(reader.number(9) == 0);
}
