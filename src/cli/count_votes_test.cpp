// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <filesystem>

#include "base/file.h"
#include "base/json.h"
#include "cli/run_for_tests.h"

using namespace plenum;
using namespace plenum::cli;

namespace {

JsonObject json_of(const Ran& ran) {
    auto read = json_from_text(ran.out);
    REQUIRE(read);
    return read->as_object();
}
const std::string ballots = "tests/fixtures/ballots/";

}  // namespace

TEST_CASE("the terminal counts a file by a named rule and says all that the record must hold") {
    const auto ran = run({"count", ballots + "harbour.blt", "--method", "scotland", "--json"});
    REQUIRE(ran.status == 0);
    const auto json = json_of(ran);
    CHECK(json.at("method") == "scotland-fixed-p5-d5");
    CHECK(json.at("arithmetic") == "fixed-point decimal, 5 places");
    CHECK(json.at("read") == 35);
    CHECK(json.at("ballots") == 32);
    CHECK(json.at("quota") == "11.00000");
    CHECK(json.at("winners").as_array().size() == 2);
    CHECK(json.at("tie_rule").at("last") == "drawn_order");
    CHECK(json.at("stages").as_array().size() > 3);
    CHECK(json.contains("tie_breaks"));
    CHECK(json.at("candidates").at(1) == "Bo Baker, Dockers");
    const auto words = run({"count", ballots + "harbour.blt", "--method", "meek-prf", "--seats", "1"});
    CHECK(words.status == 0);
    CHECK(words.out.find("Elected: ") != std::string::npos);
    CHECK(words.out.find("count.") == std::string::npos);
    for (const auto* language : {"zh-Hans", "zh-Hant"})
        CHECK(run({"count", ballots + "harbour.blt", "--method", "qpq"}, language).out.find("當選") !=
              run({"count", ballots + "harbour.blt", "--method", "qpq"}, language).out.find("当选"));
}

TEST_CASE("every method that is listed counts the kind of ballots it is for") {
    const auto listed = run({"count", "methods", "--json"});
    REQUIRE(listed.status == 0);
    const auto methods = json_from_text(listed.out);  // named: the loop would outlive it
    REQUIRE(methods);
    int counted = 0;
    for (const auto& each : methods->as_array()) {
        const std::string name(each.at("name").as_string());
        CAPTURE(name);
        if (each.at("command") == "apportion") {
            const auto ran = run(
                {"apportion", ballots + "units.csv", "--method", name, "--seats", "10", "--minimum", "1", "--json"});
            REQUIRE(ran.status == 0);
            const auto sharing = json_of(ran);
            std::int64_t sum = 0;
            for (const auto& seats : sharing.at("seats").as_array()) sum += seats.as_int64();
            CHECK(sum == 10);
            ++counted;
            continue;
        }
        int read = 0;
        for (const std::string file : {"harbour.blt", "marks.csv", "grades.json"}) {
            CAPTURE(file);
            const auto ran = run({"count", ballots + file, "--method", name, "--seats", "1", "--json"});
            read += ran.status == 0;
            if (ran.status == 0) continue;
            // A list of numbers does not say what was asked for: grades read as marks are too many on each ballot.
            const auto kind =
                ran.err.find(file == "grades.json" ? "[count.no_valid_ballots]" : "[count.method_wants_other_ballots]");
            CHECK(kind != std::string::npos);
        }
        CHECK(read >= 1);
        ++counted;
    }
    CHECK(counted == 34);
    CHECK(run({"count", "methods"}).out.find("SSI 2007/42") != std::string::npos);
}

TEST_CASE("what the terminal cannot count it refuses by name, and wrong usage gives 2") {
    CHECK(run({"count", ballots + "harbour.blt", "--method", "coin"}).err.find("[count.method_unknown]") !=
          std::string::npos);
    CHECK(run({"count", "no/such.blt", "--method", "scotland"}).err.find("[base.file_missing]") != std::string::npos);
    CHECK(run({"count", ballots + "harbour.blt", "--method", "scotland", "--seats", "0"})
              .err.find("[count.number_out_of_range]") != std::string::npos);
    CHECK(run({"count", ballots + "harbour.blt", "--method", "scotland", "--tie-break", "coin"})
              .err.find("[count.tie_rule_unknown]") != std::string::npos);
    CHECK(run({"apportion", ballots + "units.csv", "--method", "hare"}).err.find("[count.seats_missing]") !=
          std::string::npos);
    CHECK(run({"apportion", ballots + "units.csv", "--method", "hare", "--seats", "10", "--threshold", "x"})
              .err.find("[count.share_impossible]") != std::string::npos);
    for (const std::vector<std::string>& wrong :
         std::vector<std::vector<std::string>>{{"count"},
                                               {"count", ballots + "harbour.blt"},
                                               {"count", "--method", "scotland"},
                                               {"apportion"},
                                               {"count", "a", "b", "--method", "x"}})
        CHECK(run(wrong).status == 2);
}

TEST_CASE("the example is counted as its page in the documents says: the rule decides") {
    const auto ran =
        run({"count", "examples/count/committee.blt", "--method", "scotland", "--beside", "meek", "--beside", "wigm"});
    REQUIRE(ran.status == 0);
    const auto documents = *read_file("docs/formats/count.md");
    const auto from = documents.find("Elected: "), to = documents.find("```", from);
    REQUIRE(to != std::string::npos);
    CHECK(ran.out.ends_with(documents.substr(from, to - from)));
}

TEST_CASE("the course is written as a page") {
    const auto page = (std::filesystem::temp_directory_path() / "plenum-count-page.html").string();
    REQUIRE(run({"count", "--method", "scotland", "--beside", "meek", "--beside", "qpq", ballots + "harbour.blt",
                 "--html", page, "--margin"})
                .status == 0);
    const auto written = *read_file(page);
    CHECK(written.find("<svg") != std::string::npos);
    CHECK(written.find("赵家渡") != std::string::npos);
    std::filesystem::remove(page);
}
