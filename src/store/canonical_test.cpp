// SPDX-License-Identifier: Apache-2.0
#include "store/canonical.h"

#include <doctest/doctest.h>

#include "base/bytes.h"
#include "base/json.h"

using namespace plenum;
using namespace plenum::store;

namespace {

bool has_float(const Json& json) {
    if (json.is_double()) return true;
    if (json.is_array())
        for (const auto& item : json.get_array())
            if (has_float(item)) return true;
    if (json.is_object())
        for (const auto& member : json.get_object())
            if (has_float(member.value())) return true;
    return false;
}

/// The definition: an object that the reader takes, and that is written back byte for byte.
bool is_canonical_by_definition(std::string_view text) {
    const auto json = json_from_text(text);
    return json && json->is_object() && !has_float(*json) && canonical_json(*json) == text;
}

bool agrees(std::string_view text) {
    return is_canonical_by_definition(text) == !canonical_until(text, max_body_depth);
}

std::string nested(int depth) {
    std::string out = "{\"a\":";
    for (int i = 1; i < depth; ++i) out += i % 2 ? "[" : "{\"b\":";
    out += "0";
    for (int i = depth - 1; i >= 1; --i) out += i % 2 ? "]" : "}";
    return out + "}";
}

}  // namespace

TEST_CASE("canonical objects are recognised, others up to the first byte that departs") {
    constexpr auto whole = std::string_view::npos;
    struct Row {
        std::string_view text;
        std::size_t until;
    };
    for (const auto& [text, until] : {
             Row{"{}", whole},
             Row{R"({"a":-9223372036854775808,"b":18446744073709551615,"c":[true,false,null,"",{}]})", whole},
             Row{R"({"B":0,"a":"\u0001\b\f\n\r\t\"\\/é中"})", whole},
             Row{"", 0},
             Row{"[]", 0},
             Row{"{} ", 2},
             Row{"{ }", 1},
             Row{R"({"a": 1})", 5},
             Row{R"({"b":1,"a":2})", 7},
             Row{R"({"a":1,"a":2})", 7},
             Row{R"({"a":01})", 5},
             Row{R"({"a":-0})", 5},
             Row{R"({"a":1.0})", 6},
             Row{R"({"a":1e3})", 6},
             Row{R"({"a":18446744073709551616})", 5},
             Row{R"({"a":-9223372036854775809})", 5},
             Row{R"({"a":"\u0041"})", 6},
             Row{R"({"a":"\u000a"})", 6},
             Row{R"({"a":"\u001F"})", 6},
             Row{R"({"a":"\/"})", 6},
             Row{"{\"a\":\"\n\"}", 6},
             Row{"{\"a\":\"\xc0\xaf\"}", 6},
             Row{R"({"a":"b)", 7},
             Row{R"({"a")", 4},
             Row{R"({"a":tru})", 5},
         }) {
        CAPTURE(text);
        CHECK(canonical_until(text, max_body_depth).value_or(whole) == until);
        CHECK(agrees(text));
    }
}

TEST_CASE("members are ordered by their bytes, also behind an escape") {
    for (const auto* text : {R"({"\n":1,"!":2})", R"({"!":1,"\n":2})", R"({"\"":1,"#":2})", R"({"\\":1,"a":2})",
                             R"({"\u0001":1,"\t":2})", R"({"a":1,"aa":2})", R"({"é":1,"z":2})", R"({"z":1,"é":2})"}) {
        CAPTURE(text);
        CHECK(agrees(text));
    }
}

TEST_CASE("the depth of a body is the reader's") {
    for (const int depth : {1, 2, 31, 32, 33, 34, 1000}) {
        CAPTURE(depth);
        CHECK(agrees(nested(depth)));
        CHECK(!canonical_until(nested(depth), max_body_depth) == (depth <= 32));
    }
    CHECK(canonical_until(std::string(1'000'000, '['), max_body_depth));
    CHECK(canonical_until("{\"a\":" + std::string(1'000'000, '['), max_body_depth));
}

TEST_CASE("whatever is done to a canonical text, recogniser and definition agree") {
    SeededRandomness random("canonical");
    constexpr std::string_view bytes = "{}[]\",:\\u0019abfnrt-.e \n\x01\x7f\xc3\xa9\xff";
    const std::string start = R"({"a":[1,-2,{"x":"\u0001é\n"}],"b":{},"c":"\\","d":null,"e":18446744073709551615})";
    REQUIRE(agrees(start));
    REQUIRE(!canonical_until(start, max_body_depth));
    for (int round = 0; round < 20'000; ++round) {
        auto text = start;
        for (auto changes = random.below(3) + 1; changes > 0; --changes) {
            const auto at = random.below(text.size());
            const char c = bytes[random.below(bytes.size())];
            switch (random.below(3)) {
                case 0: text[at] = c; break;
                case 1: text.erase(at, 1); break;
                default: text.insert(at, 1, c);
            }
        }
        if (agrees(text)) continue;
        CAPTURE(text);
        FAIL_CHECK("they differ");
    }
}

TEST_CASE("members and values are read from the text") {
    std::vector<RawMember> members;
    REQUIRE(!canonical_until(R"({"a":{"b":1},"c":"\u0001\"\n中","d":-17})", max_body_depth, &members));
    REQUIRE(members.size() == 3);
    CHECK(members[0].name == "a");
    CHECK(members[0].value == R"({"b":1})");
    CHECK(text_of(members[1].value) == "\x01\"\n中");
    CHECK_FALSE(text_of(members[2].value));
    CHECK(integer_of(members[2].value) == -17);
    CHECK_FALSE(integer_of(members[1].value));
    CHECK_FALSE(integer_of("18446744073709551615"));
}
