// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <regex>

#include "base/file.h"
#include "rules/cases.h"

using namespace plenum;
using namespace plenum::rules;

namespace {

std::string told(const CheckReport& report) {
    std::string out;
    for (const auto& each : report.cases)
        for (const auto& difference : each.differences)
            out += each.id + " line " + std::to_string(each.line) + ": " + sentence(Language::en, difference) + "\n";
    return out;
}

}  // namespace

TEST_CASE("the cases handed to the project come out as they say") {
    const char* folder = std::getenv("PLENUM_SHARED");
    const std::string path = std::string(folder ? folder : "../shared") + "/design/rule-cases.md";
    const auto text = read_file(path);
    if (!text) {
        MESSAGE("SKIPPED: there is no " << path);
        return;
    }
    const auto report = check_cases(path, *text, packs_in_use());
    INFO(told(report));
    CHECK(report.failed() == 0);
    CHECK(report.passed() == 40);
}

TEST_CASE("our own cases come out as they say, and what is wrong with a case is told") {
    const auto text = read_file("tests/rules/cases.md");
    REQUIRE(text);
    const auto report = check_cases("tests/rules/cases.md", *text, packs_in_use());
    const std::map<std::string, std::string> wrong{{"misspelt", "input_unknown"}, {"unknown-kind", "kind_unknown"},
                                                   {"unknown-pack", "refused"},   {"nothing-to-compare", "out_missing"},
                                                   {"wrong-answer", "differs"},   {"?", "unreadable"}};
    std::map<std::string, std::string> failed;
    for (const auto& each : report.cases) {
        if (each.passed) continue;
        INFO(told(report));
        CHECK(each.differences.size() == 1);
        failed[each.id] = each.differences.at(0).kind;
        for (const auto language : all_languages)
            CHECK(sentence(language, each.differences[0]).find('{') == std::string::npos);
        const auto said = sentence(Language::zh_hans, each.differences[0]);
        CAPTURE(said);
        CHECK_FALSE(std::regex_search(said, std::regex("[A-Za-z]{2,} [A-Za-z]{2,}")));
    }
    INFO(told(report));
    CHECK(failed == wrong);
    CHECK(report.passed() == 29);
    const auto& last = report.cases.back();
    CHECK(last.id == "?");
    CHECK(text->substr(0, 40).find("Worked") != std::string::npos);
    CHECK(std::count(text->begin(), text->begin() + static_cast<std::ptrdiff_t>(text->find("id = \"malformed")), '\n') +
              1 ==
          last.line);
}

TEST_CASE("a wrong answer names the field, what was wanted and what came") {
    const auto report =
        check_cases("x.toml",
                    "[[case]]\nid = \"a\"\npack = \"cn-grassroots-2016\"\nkind = \"quorum\"\n"
                    "in = { which = \"election\", entitled = 170, participating = 113 }\n"
                    "out = { required = 113, met = false }\n\n"
                    "[[case]]\nid = \"b\"\npack = \"cn-grassroots-2016\"\nkind = \"quorum\"\n"
                    "in = { which = \"ordinary\", entitled = 6, participating = 4 }\nout = { met = true }\n",
                    packs_in_use());
    REQUIRE(report.cases.size() == 2);
    CHECK(report.cases[0].line == 1);
    REQUIRE(report.cases[0].differences.size() == 1);
    CHECK(report.cases[0].differences[0] == Difference{"differs", "required", "113", "114"});
    CHECK(sentence(Language::en, report.cases[0].differences[0]) == "required: wanted 113, got 114");
    CHECK(report.cases[1].line == 8);
    CHECK(report.cases[1].passed);
}

TEST_CASE("a case that the rules refuse is told in the reader's own sentence, with the name of the refusal") {
    const auto report = check_cases(
        "x.toml",
        "id = \"a\"\npack = \"cn-grassroots-2016\"\nkind = \"quorum\"\n"
        "in = { which = \"election\", entitled = \"many\", participating = 113 }\nout = { required = 113 }\n",
        packs_in_use());
    REQUIRE(report.cases.size() == 1);
    REQUIRE(report.cases[0].differences.size() == 1);
    const auto& difference = report.cases[0].differences[0];
    CHECK(difference.got == "base.field_wrong_type wanted=integer");
    CHECK(sentence(Language::zh_hans, difference) ==
          "字段“entitled”有误：" +
              sentence_of(Language::zh_hans, refusal(base::Why::field_wrong_type, {{"wanted", "integer"}})) +
              " [base.field_wrong_type]");
    CHECK(sentence(Language::zh_hans, difference).find("整数") != std::string::npos);
    const auto unread = check_cases("x.toml", "id = \n", packs_in_use()).cases.at(0).differences.at(0);
    CHECK(unread.kind == "unreadable");
    CHECK(sentence(Language::zh_hant, unread).find("TOML") != std::string::npos);
    CHECK_FALSE(std::regex_search(sentence(Language::zh_hant, unread), std::regex("[A-Za-z]{2,} [A-Za-z]{2,}")));
}

TEST_CASE("numbers too large to be counted are wrong inputs, whatever sums they stand in") {
    for (const auto* field : {"seats", "blank", "ineligible_choice", "over_voted"}) {
        CAPTURE(field);
        const auto report = check_cases("x.toml",
                                        "id = \"a\"\npack = \"robert-convention\"\nkind = \"convention_count\"\n"
                                        "in.enrolled = 31\nin.ballots = 30\nin.for = { a = 13 }\n" +
                                            std::string(std::string_view(field) == "seats" ? "" : "in.seats = 1\n") +
                                            "in." + field + " = 9223372036854775807\nout = { elected = [\"a\"] }\n",
                                        packs_in_use());
        const auto& difference = report.cases.at(0).differences.at(0);
        CHECK(difference.kind == "input_wrong");
        CHECK(difference.field == field);
    }
}

TEST_CASE("a file without a case, or with a block that is never closed, does not pass") {
    const auto nothing = check_cases("x.md", "# nothing\n\n```\nid = 1\n```\n", packs_in_use());
    CHECK(nothing.failed() == 1);
    CHECK(nothing.cases[0].differences.at(0).kind == "no_cases");
    const auto open = check_cases("x.md", "```toml\nid = \"a\"\n", packs_in_use());
    CHECK(open.failed() == 1);
    CHECK(open.cases[0].differences.at(0).kind == "unreadable");
}

TEST_CASE("every kind of difference has its sentence") {
    for (const auto* kind : {"differs", "refused", "unreadable", "kind_unknown", "input_unknown", "input_missing",
                             "input_wrong", "out_missing", "no_cases"})
        for (const auto language : all_languages) CHECK(has_text(language, std::string("rules.case.") + kind));
}

TEST_CASE("two cases of one id are told, with the line of the first") {
    const std::string one =
        "```toml\nid = \"q\"\npack = \"cn-grassroots-2016\"\nkind = \"quorum\"\n[in]\nwhich = \"election\"\nentitled = "
        "170\nparticipating = 150\n[out]\nrequired = 114\n```\n";
    const auto twice = check_cases("twice.md", one + one, packs_in_use());
    CHECK(twice.passed() == 1);
    REQUIRE(twice.failed() == 1);
    CHECK(twice.cases[1].differences.front() == Difference{"id_twice", "id", "2", "q"});
    CHECK(sentence(Language::en, twice.cases[1].differences.front()).find("line 2") != std::string::npos);
}
