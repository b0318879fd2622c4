// SPDX-License-Identifier: Apache-2.0
#include "evote/ballot/election.h"

#include <doctest/doctest.h>

#include "evote/ballot/reader.h"
#include "evote/ballot/text.h"

using namespace plenum;
using namespace plenum::evote;

TEST_CASE("an election is written in the order of the format and read back, white space or not") {
    const Election election{"5wBdpLcGQAQcMm",
                            "换届选举",
                            "A \"quoted\"\nline",
                            "Board",
                            std::nullopt,
                            "Ed25519",
                            "66",
                            {{"Chair", {"Li", "Wáng"}, false, 1, 1}, {"Yes?", {"Yes", "No"}, true, 1, 1}}};
    const std::string text =
        R"({"version":1,"description":"A \"quoted\"\nline","name":"换届选举","group":"Ed25519","public_key":"66",)"
        R"("questions":[{"answers":["Li","Wáng"],"min":1,"max":1,"question":"Chair"},)"
        R"({"answers":["Yes","No"],"blank":true,"min":1,"max":1,"question":"Yes?"}],)"
        R"("uuid":"5wBdpLcGQAQcMm","administrator":"Board"})";
    CHECK(text_of(election) == text);
    CHECK(*election_from_text(text) == election);
    CHECK(*election_from_text("\n { " + text.substr(1)) == election);
    CHECK(fingerprint(text) != fingerprint(text + "\n"));
    CHECK(base64_of_sha256("abc") == "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0");
}

TEST_CASE("elections that cannot be are refused by name") {
    const std::string good =
        R"({"version":1,"description":"","name":"","group":"Ed25519","public_key":"66","questions":)"
        R"([{"answers":["A"],"min":0,"max":1,"question":"Q"}],"uuid":"5wBdpLcGQAQcMm"})";
    REQUIRE(election_from_text(good));
    struct Row {
        std::string_view from, to, name;
    };
    for (const auto& [from, to, name] :
         {Row{"\"version\":1", "\"version\":2", "evote.version_unsupported"},
          Row{"\"version\":1", "\"version\":\"1\"", "evote.number_out_of_range"},
          Row{"\"version\":1,", "", "base.field_missing"},
          Row{"5wBdpLcGQAQcMm", "5wBdpLcGQAQcM", "evote.uuid_malformed"},
          Row{"5wBdpLcGQAQcMm", "5wBdpLcGQAQc/m", "evote.uuid_malformed"},
          Row{"\"min\":0", "\"min\":2", "evote.question_malformed"},
          Row{"\"min\":0", "\"min\":-1", "evote.number_out_of_range"},
          Row{"\"max\":1", "\"max\":1000000000000", "evote.number_out_of_range"},
          Row{"\"max\":1", "\"max\":1.5", "evote.number_out_of_range"},
          Row{"[\"A\"]", "[]", "evote.question_malformed"}, Row{"[\"A\"]", "[1]", "base.field_wrong_type"},
          Row{"\"question\":\"Q\"", "\"question\":\"Q\",\"type\":\"NonHomomorphic\"", "evote.question_not_supported"},
          Row{"\"name\":\"\"", "\"name\":\"\",\"name\":\"\"", "base.json_duplicate_key"},
          Row{"\"name\":\"\"", "\"name\":\"\",\"nome\":\"\"", "base.field_unknown"},
          Row{"\"name\":\"\"", "\"name\":null", "base.field_wrong_type"}}) {
        CAPTURE(to);
        auto altered = good;
        altered.replace(altered.find(from), from.size(), to);
        const auto read = election_from_text(altered);
        REQUIRE_FALSE(read);
        CHECK(read.error().name() == name);
    }
    CHECK(election_from_text(std::string(100'000, '[')).error().name() == "base.json_too_deep");
}

TEST_CASE("numbers and counts have one written form") {
    const auto number = [](std::string_view text, std::uint64_t most) {
        Reader reader(text);
        const auto out = reader.number(most);
        reader.end();
        return reader.ok() ? std::to_string(out) : std::string(reader.refusal().name());
    };
    CHECK(number("0", 9) == "0");
    CHECK(number("117", 117) == "117");
    CHECK(number("118", 117) == "evote.number_out_of_range");
    CHECK(number("18446744073709551615", UINT64_MAX) == "18446744073709551615");
    CHECK(number("18446744073709551616", UINT64_MAX) == "evote.number_out_of_range");
    for (const auto* text : {"", "00", "01", "-1", "+1", "1 ", "1.0", "1e1"}) {
        CAPTURE(text);
        CHECK(number(text, 100) == "evote.text_not_canonical");
    }
    const auto count = [](std::string_view text) {
        Reader reader(text);
        const auto out = reader.count(largest_count);
        reader.end();
        return reader.ok() ? count_text(out) : std::string(reader.refusal().name());
    };
    for (const auto* text : {"0", "17", "1073741823", "\"1073741824\"", "\"1000000000000000\""})
        CHECK(count(text) == text);
    for (const auto* text : {"1073741824", "\"1073741823\"", "\"0\"", "\"17", "17\""})
        CHECK(count(text) == "evote.text_not_canonical");
    CHECK(count("\"1000000000000001\"") == "evote.number_out_of_range");
}
