// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>

#include "base/bytes.h"
#include "base/file.h"
#include "base/texts.h"
#include "base/time.h"

using namespace plenum;

TEST_CASE("dates that do not exist are refused") {
    for (const auto* text : {"2023-02-29", "2024-13-01", "2024-00-10", "2024-04-31", "24-01-01", "2024-1-01",
                             "2024-01-01 ", "", "2100-02-29"})
        CHECK(refused_as(date_from_text(text), base::Why::date_impossible));
    for (const auto* text : {"2024-02-29", "2000-02-29", "0001-01-01", "9999-12-31"})
        CHECK(text_from_date(*date_from_text(text)) == text);
    CHECK(days_from_date({1970, 1, 1}) == 0);
    CHECK(weekday({2026, 11, 21}) == 6);
}

TEST_CASE("instants are written and read in UTC") {
    CHECK(text_from_time({0}) == "1970-01-01T00:00:00.000Z");
    CHECK(text_from_time({-1}) == "1969-12-31T23:59:59.999Z");
    CHECK(time_from_text("2026-11-20T09:14:03.017Z")->ms == time_from_text("2026-11-20T09:14:03Z")->ms + 17);
    for (const auto* text : {"2026-11-20T24:00:00Z", "2026-11-20T09:60:00Z", "2026-11-20 09:14:03Z",
                             "2026-11-20T09:14:03+08:00", "2026-02-30T00:00:00Z", "x"})
        CHECK(refused_as(time_from_text(text), base::Why::time_impossible));
    CHECK(clock_at(*time_from_text("2026-11-20T16:14:03Z"), 480) == "00:14");
    CHECK(date_at(*time_from_text("2026-11-20T16:14:03Z"), 480) == Date{2026, 11, 21});
}

TEST_CASE("a seed fixes every draw, another seed gives others") {
    SeededRandomness one("7"), same("7"), other("8");
    const auto first = one.id();
    CHECK(first == same.id());
    CHECK(first != other.id());
    CHECK(first != one.id());
    int seen[5] = {};
    for (int i = 0; i < 5000; ++i) ++seen[one.below(5)];
    for (const int count : seen) CHECK(count > 800);
}

TEST_CASE("sha256 gives the vector of FIPS 180-4") {
    CHECK(sha256_hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST_CASE("numbers are written as titles of congresses write them") {
    struct Row {
        int number;
        const char* chinese;
        const char* english;
    };
    for (const auto& [number, chinese, english] :
         {Row{2, "二", "2nd"}, Row{8, "八", "8th"}, Row{10, "十", "10th"}, Row{11, "十一", "11th"},
          Row{21, "二十一", "21st"}, Row{100, "一百", "100th"}, Row{105, "一百零五", "105th"},
          Row{110, "一百一十", "110th"}, Row{1003, "一千零三", "1003rd"}}) {
        CHECK(chinese_number(number) == chinese);
        CHECK(english_ordinal(number) == english);
    }
}

TEST_CASE("the three languages have the same texts with the same facts") {
    const auto facts_of = [](const std::string& text) {
        std::vector<std::string> out;
        for (auto open = text.find('{'); open != std::string::npos; open = text.find('{', open + 1))
            out.push_back(text.substr(open, text.find('}', open) - open));
        std::sort(out.begin(), out.end());
        out.erase(std::unique(out.begin(), out.end()), out.end());
        return out;
    };
    const auto& reference = catalogue(Language::zh_hans);
    CHECK(reference.size() > 20);
    for (const auto language : {Language::zh_hant, Language::en}) {
        for (const auto& [key, text] : reference) {
            CAPTURE(key);
            REQUIRE(has_text(language, key));
            CHECK(facts_of(text) == facts_of(catalogue(language).find(key)->second));
        }
        for (const auto& [key, text] : catalogue(language)) {
            CAPTURE(key);
            CHECK(reference.contains(key));
        }
    }
}

TEST_CASE("every refusal of this room has a sentence in three languages") {
    for (const auto& each : base::all_refusals)
        for (const auto language : all_languages) {
            CAPTURE(each.name);
            CHECK(has_text(language, "refusal." + std::string(each.name)));
        }
}

TEST_CASE("a refusal is told as a sentence with its place") {
    const auto why = refusal(base::Why::date_impossible, {{"text", "2023-02-29"}}, {"roster.csv", 7, 0, "birth"});
    CHECK(sentence_of(Language::en, why) ==
          "“2023-02-29” is not a date that exists. (file roster.csv, line 7, field birth)");
    CHECK(sentence_of(Language::zh_hans, why) ==
          "“2023-02-29”不是一个存在的日期。（文件 roster.csv，第 7 行，字段 birth）");
}

TEST_CASE("a refusal whose reason is another refusal tells that one's sentence, with its own reason in it") {
    const auto told = [](Facts facts) {
        return sentence_of(Language::en, refusal(base::Why::file_unreadable, std::move(facts)));
    };
    CHECK(told({{"reason", "base.json_too_deep"}, {"most", 17}}) ==
          "The file cannot be read (The JSON is nested more than 17 levels deep.).");
    CHECK(told({{"reason", "base.file_not_written"}, {"reason", "ENOSPC"}}) ==
          "The file cannot be read (The file cannot be written (the disk is full).).");
}

TEST_CASE("what the system says of a file is told in the reader's language, and by name to programs") {
    const auto refused = write_file("/dev/full/x", "a device is no folder");
    REQUIRE(refused_as(refused, base::Why::file_not_written));
    CHECK(refused.error().fact("reason") == "ENOTDIR");
    CHECK(sentence_of(Language::zh_hans, refused.error()) ==
          "文件写不进去（路径中有一段不是文件夹）。（文件 /dev/full/x）");
    CHECK(sentence_of(Language::en, refused.error()) ==
          "The file cannot be written (a part of the path is no folder). (file /dev/full/x)");
    CHECK(system_reason(0) == "EIO");
    for (const int error :
         {EACCES,       EPERM, ENOENT,  EISDIR, ENOSPC, EDQUOT, EFBIG,  EROFS,      EMFILE,        ENFILE,
          ENAMETOOLONG, ELOOP, ETXTBSY, EBUSY,  EXDEV,  EINVAL, ENOMEM, EOPNOTSUPP, EADDRNOTAVAIL, EAFNOSUPPORT}) {
        CAPTURE(error);
        for (const auto language : all_languages) CHECK(has_text(language, "reason.system." + system_reason(error)));
    }
}

TEST_CASE("the language of a browser is found in its header") {
    CHECK(language_from_header("de, en-GB;q=0.8") == Language::en);
    CHECK(language_from_header("zh-TW,zh;q=0.9") == Language::zh_hant);
    CHECK(language_from_header("zh-CN,en") == Language::zh_hans);
    CHECK(language_from_header("fr") == Language::zh_hans);
    CHECK(language_from_header("") == Language::zh_hans);
}

TEST_CASE("a pipe is no file: it is refused without waiting for whoever may write into it") {
    char folder[] = "/tmp/plenum-pipe-XXXXXX";
    REQUIRE(::mkdtemp(folder));
    const auto pipe = std::string(folder) + "/pipe";
    REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
    CHECK(refused_as(must_be_file(pipe), base::Why::file_unreadable));
    CHECK(refused_as(read_file(pipe), base::Why::file_unreadable));
    CHECK(refused_as(open_file(pipe), base::Why::file_unreadable));
    REQUIRE(::mkfifo((pipe + "2.part").c_str(), 0600) == 0);
    CHECK(write_file(pipe + "2", "text"));
    CHECK(*read_file(pipe + "2") == "text");
    CHECK(refused_as(read_file(pipe + "2", 3), base::Why::file_too_large));
    CHECK_FALSE(read_file("/proc/self/status")->empty());  // states no size
    std::filesystem::remove_all(folder);
}

TEST_CASE("a full disk is the machine's failure, a wrong path is not") {
    const auto with = [](std::string reason) {
        return refusal(base::Why::file_not_written, {{"reason", std::move(reason)}});
    };
    for (const int error : {EIO, ENOSPC, EDQUOT, EFBIG, EMFILE, ENOMEM})
        CHECK(is_machine_failure(with(system_reason(error))));
    for (const int error : {ENOENT, EACCES, ENOTDIR, EISDIR, EEXIST, EROFS, EPERM})
        CHECK_FALSE(is_machine_failure(with(system_reason(error))));
    for (const auto* word : {"", "not_a_file", "no_voters", "E", "Everything", "EX IO"})
        CHECK_FALSE(is_machine_failure(with(word)));
    CHECK_FALSE(is_machine_failure(refusal(base::Why::file_exists)));
}

TEST_CASE("somebody is of age on the day that the years are full, of a month on its first day") {
    struct Row {
        std::string_view birth;
        Date of_age;
    };
    for (const auto& [birth, of_age] :
         {Row{"2010-11-18", {2026, 11, 18}}, Row{"2010-11", {2026, 11, 1}}, Row{"2008-02-29", {2024, 2, 29}},
          Row{"2012-02-29", {2028, 2, 29}}, Row{"1984-02-29", {2000, 2, 29}}, Row{"2004-02-29", {2020, 2, 29}}})
        CHECK(day_of_age(birth, 16) == of_age);
    CHECK(day_of_age("2008-02-29", 17) == Date{2025, 3, 1});
    CHECK(is_birth("1985-06"));
    CHECK_FALSE(is_birth("1899-06"));
    CHECK_FALSE(is_birth("1985-13"));
    CHECK_FALSE(is_birth("1985"));
}
