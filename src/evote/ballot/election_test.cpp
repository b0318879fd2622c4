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
          Row{"\"question\":\"Q\"", "\"question\":\"Q\",\"type\":\"Lists\"", "evote.question_not_supported"},
          Row{"\"question\":\"Q\"", "\"question\":\"Q\",\"type\":\"NonHomomorphic\"", "base.field_missing"},
          Row{"\"question\":\"Q\"", "\"question\":\"Q\",\"type\":7", "base.field_wrong_type"},
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

TEST_CASE("rankings stand between other questions, and are written as they were read, byte for byte") {
    const std::string text =
        R"({"version":1,"description":"","name":"n","group":"Ed25519","public_key":"66","questions":[)"
        R"({"type":"NonHomomorphic","value":{"answers":["赵","Ng \"x\""],"question":"Order?"}},)"
        R"({"answers":["Yes","No"],"blank":true,"min":1,"max":1,"question":"Yes?"},)"
        R"({"type":"NonHomomorphic","value":{"answers":["A","B","C"],"question":"Grades?"},)"
        R"("extra":{"method":"MajorityJudgment","blank":true,"grades":["good","bad"]}}],"uuid":"5wBdpLcGQAQcMm"})";
    const auto election = election_from_text(text);
    REQUIRE(election);
    CHECK(text_of(*election) == text);
    CHECK(election->has_rankings());
    const auto& questions = election->questions;
    CHECK(questions[0].is_ranking);
    CHECK(questions[0].answers == std::vector<std::string>{"赵", "Ng \"x\""});
    CHECK(questions[0].choices() == 1);
    CHECK(questions[0].entries() == 2);
    CHECK_FALSE(questions[1].is_ranking);
    CHECK(questions[1].choices() == 3);
    CHECK(questions[1].entries() == 3);
    CHECK(questions[2].extra == R"({"method":"MajorityJudgment","blank":true,"grades":["good","bad"]})");
    // A hint may hold anything.
    auto odd = std::string(text);
    odd.replace(odd.rfind(R"("blank":true)"), 12, R"("blank":[1.5,18446744073709551616,-1,null])");
    CHECK(election_from_text(odd));
    struct Row {
        std::string_view from, to, name;
    };
    for (const auto& [from, to, name] :
         {Row{"Ed25519", "BELENIOS-2048", "evote.group_unsuitable"},
          Row{"\"type\":\"NonHomomorphic\",\"value\":{", "\"type\":\"NonHomomorphic\",\"value\":{\"min\":1,",
              "base.field_unknown"},
          Row{"\"question\":\"Order?\"}}", "\"question\":\"Order?\"},\"more\":1}", "base.field_unknown"},
          Row{"[\"A\",\"B\",\"C\"]", "[]", "evote.question_malformed"},
          Row{"{\"method\":\"MajorityJudgment\",\"blank\":true,\"grades\":[\"good\",\"bad\"]}", "7",
              "base.field_wrong_type"}}) {
        CAPTURE(to);
        auto altered = text;
        altered.replace(altered.find(from), from.size(), to);
        const auto read = election_from_text(altered);
        REQUIRE_FALSE(read);
        CHECK(read.error().name() == name);
        CHECK(read.error().place.field.starts_with("questions["));
    }
}

TEST_CASE("a ranking has as many answers as one element holds, and no more") {
    for (const auto& [group, most] : {std::pair{"Ed25519", 30u}, {"RFC-3526-2048", 253u}})
        for (const auto answers : {most, most + 1}) {
            Election election{"5wBdpLcGQAQcMm", "", "", std::nullopt, std::nullopt, group, "66", {Question{}}};
            election.questions[0].is_ranking = true;
            election.questions[0].answers.assign(answers, "A");
            const auto read = election_from_text(text_of(election));
            CHECK(read.has_value() == (answers == most));
            if (read) continue;
            CHECK(read.error().name() == "evote.answers_too_many");
            CHECK(read.error().fact("most") == std::to_string(most));
            CHECK(read.error().place.field == "questions[0]");
        }
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
