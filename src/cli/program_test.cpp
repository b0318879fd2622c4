// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>
#include <sys/stat.h>

#include <filesystem>

#include "base/file.h"
#include "base/json.h"
#include "cli/run_for_tests.h"
#include "registry/cells.h"
#include "rules/own_packs.h"
#include "store/db.h"
#include "store/fixture.h"

using namespace plenum;
using namespace plenum::cli;

TEST_CASE("wrong usage gives 2 and does nothing") {
    const std::vector<std::vector<std::string>> wrong = {{},
                                                         {"juggle"},
                                                         {"serve"},
                                                         {"serve", "--data"},
                                                         {"serve", "--data", "x.sqlite", "--threads", "0"},
                                                         {"rehearse"},
                                                         {"rehearse", "examples", "--pace", "slow"},
                                                         {"journal"},
                                                         {"journal", "verify"},
                                                         {"certificate"},
                                                         {"certificate", "verify"},
                                                         {"rules"},
                                                         {"rules", "check"},
                                                         {"rules", "show"},
                                                         {"paper", "poem", "--data", "x.sqlite"},
                                                         {"import", "roster", "examples/group-congress/roster.csv"},
                                                         {"import", "roster", "x.csv", "--data", "x.sqlite"},
                                                         {"act", "congress.plan"},
                                                         {"congresses"},
                                                         {"congresses", "--data", "x.sqlite", "--no-such-option"},
                                                         {"--language", "fr", "rules", "list"}};
    for (const auto& arguments : wrong) {
        std::string line;
        for (const auto& each : arguments) line += each + " ";
        CAPTURE(line);
        const auto ran = run(arguments);
        CHECK(ran.status == 2);
        CHECK(!ran.err.empty());
    }
    CHECK(!std::filesystem::exists("x.sqlite"));
}

TEST_CASE("what is wrong with the command line is said in the reader's language") {
    const auto said = [](std::vector<std::string> arguments) { return run(std::move(arguments), "zh-Hans").err; };
    CHECK(said({"rehearse", "x", "--pace", "slow"}) == "plenum: --pace 不能是“slow”，可用：{fast,real}。\n");
    CHECK(said({"serve"}) == "plenum: 缺少 --data。\n");
    CHECK(said({}) == "plenum: 还要写明一个命令；plenum --help 列出全部命令。\n");
    CHECK(said({"rehearse", "x", "--seed", "1", "--seed", "2"}).find("--seed 给的值") != std::string::npos);
    CHECK(said({"journal", "verify"}) == "plenum: 缺少 文件。\n");
    CHECK(said({"serve", "--data"}).starts_with("plenum: --data 给的值太多或太少"));
    CHECK(said({"paper", "poem", "--data", "x.sqlite"}).starts_with("plenum: minutes|communique 不能是“poem”"));
    CHECK(said({"import", "roster", "r.csv"}) == "plenum: 缺少 --dry-run|--data。\n");
    CHECK(said({"import", "roster", "r.csv", "--data", "x.sqlite"}).starts_with("plenum: --data 要与 --o"));
    for (const auto& voters : std::vector<std::vector<std::string>>{{}, {"--count", "3", "--voters", "v.txt"}}) {
        std::vector<std::string> arguments{"evote", "credentials", "--group", "Ed25519", "--uuid", "4w2TPp63qp5qRb"};
        arguments.insert(arguments.end(), voters.begin(), voters.end());
        CHECK(said(arguments) == "plenum: 须用 --count|--voters 之一，且只用一个。\n");
    }
    CHECK(said({"serve", "--data", "x.sqlite", "--threads", "0"}) == "plenum: --threads 不能是 0，最小 1，最大 64。\n");
    CHECK(said({"serve", "--data", "x.sqlite", "--seed", "7"}).find("7 --seed") != std::string::npos);
    CHECK(said({"serve", "--data", "x.sqlite", "extra", "words"}).find("words extra") != std::string::npos);
    CHECK(said({"import", "roster", "r.csv", "--json"}) == "plenum: --json 要与 --dry-run 一起用。\n");
    for (const auto& arguments :
         std::vector<std::vector<std::string>>{{"congresses", "--data", "x.sqlite", "--no-such-option"},
                                               {"serve", "--data", "x.sqlite", "--threads", "0"}}) {
        const auto err = said(arguments);
        CAPTURE(err);
        CHECK(err.find(" not ") == std::string::npos);
        CHECK(err.find("expected") == std::string::npos);
    }
}

TEST_CASE("an address where nobody can listen leaves no database behind") {
    store::fixture::Folder folder;
    const auto data = folder / "x.sqlite";
    for (const auto* address : {"nowhere", "127.0.0.1:99999", "203.0.113.5:8080", "127.0.0.1:1:2"}) {
        CAPTURE(address);
        const auto ran = run({"serve", "--data", data, "--listen", address});
        CHECK(ran.status == 1);
        CHECK(ran.err.find("[http.address_") != std::string::npos);
        CHECK_FALSE(std::filesystem::exists(data));
        CHECK_FALSE(std::filesystem::exists(data + ".lock"));
    }
}

TEST_CASE("an act whose fields are no JSON is refused with the file") {
    store::fixture::Folder folder;
    const auto with = folder / "with.json";
    REQUIRE(write_file(with, "{\"delegate\": }"));
    const auto ran =
        run({"act", "congress.check_in", "--data", folder / "d.sqlite", "--congress", "c", "--with", with});
    CHECK(ran.status == 1);
    CHECK(ran.err.find("[base.json_malformed]") != std::string::npos);
    CHECK(ran.err.find(with) != std::string::npos);
}

TEST_CASE("packs of one's own lie in a folder beside those the program carries, and are checked at start") {
    store::fixture::Folder folder;
    const std::string head =
        "[pack]\nid = \"my-union\"\nschema = 1\ninherits = \"cn-grassroots-2016\"\nstatus = \"draft\"\n"
        "title = { zh-Hans = \"我会\", zh-Hant = \"我會\", en = \"My union\" }\n";
    REQUIRE(write_file(folder / "my-union.toml", head + "[term]\nyears_allowed = [3]\n"));
    CHECK(run({"rules", "show", "my-union"}).err.find("[rules.pack_unknown]") != std::string::npos);
    const auto shown = run({"rules", "show", "my-union", "--packs", folder / ""});
    CHECK(shown.status == 0);
    CHECK(shown.out.find("My union") != std::string::npos);
    CHECK(run({"rules", "list", "--packs", folder / ""}).out.find("My union") != std::string::npos);
    REQUIRE(write_file(folder / "bad.toml", "[pack]\nid = \"bad\"\nschema = 1\n"));
    const auto bad = run({"serve", "--data", folder / "d.sqlite", "--packs", folder / ""});
    CHECK(bad.status == 1);
    CHECK(bad.err.find("bad.toml") != std::string::npos);
    CHECK(!std::filesystem::exists(folder / "d.sqlite"));
    REQUIRE(rules::use_own_packs(""));
    CHECK(run({"rules", "show", "my-union"}).status == 1);
}

TEST_CASE("the check of rule cases closes with the same line in every language") {
    for (const auto* language : {"zh-Hans", "zh-Hant", "en"})
        CHECK(run({"rules", "check", "docs/formats/rule-cases.md"}, language).out.ends_with("\n1 passed, 0 failed\n"));
}

TEST_CASE("the version gives 0") {
    const auto ran = run({"--version"});
    CHECK(ran.status == 0);
    CHECK(ran.out.starts_with("plenum "));
}

TEST_CASE("a refusal gives 1 and its name on standard error") {
    store::fixture::Folder folder;
    const auto data = folder / "none.sqlite", books = folder / "books.sqlite";
    {
        SystemClock clock;
        SystemRandomness randomness;
        REQUIRE(store::Journal::open(books, clock, randomness));
    }
    REQUIRE(write_file(folder / "empty", ""));
    REQUIRE(write_file(folder / "note.txt", "no database at all"));
    REQUIRE(write_file(folder / "with.json", R"({"sitting":"s1"})"));
    REQUIRE(write_file(folder / "broken.json", "{"));
    struct Row {
        std::vector<std::string> arguments;
        const char* name;
    };
    for (const auto& [arguments, name] : {
             Row{{"rehearse", folder / "nothing"}, "base.file_missing"},
             Row{{"rehearse", "examples/group-congress", "--data", folder / "note.txt"}, "cli.data_exists"},
             Row{{"journal", "verify", folder / "nothing"}, "base.file_missing"},
             Row{{"certificate", "verify", folder / "nothing"}, "base.file_missing"},
             Row{{"certificate", "export", "--data", folder / "nothing"}, "base.file_missing"},
             Row{{"journal", "export", "--data", folder / "nothing"}, "base.file_missing"},
             Row{{"congresses", "--data", folder / "nothing"}, "base.file_missing"},
             Row{{"congresses", "--data", folder / "note.txt"}, "store.not_a_database"},
             Row{{"paper", "minutes", "--data", folder / "nothing"}, "base.file_missing"},
             Row{{"import", "roster", folder / "nothing", "--dry-run"}, "base.file_missing"},
             Row{{"rules", "check", folder / "nothing"}, "base.file_missing"},
             Row{{"rules", "show", folder / "nothing"}, "base.file_missing"},
             Row{{"rules", "show", "nothing"}, "rules.pack_unknown"},
             Row{{"rules", "show", folder / "note.txt"}, "rules.toml_malformed"},
             Row{{"act", "congress.close_sitting", "--data", data, "--congress", "c5", "--with",
                  folder / "broken.json"},
                 "base.json_malformed"},
             Row{{"act", "congress.close_sitting", "--data", data, "--congress", "c5", "--with", folder / "with.json"},
                 "app.congress_unknown"},
             Row{{"act", "", "--data", data, "--congress", "c5", "--with", folder / "with.json"}, "app.act_unknown"},
             Row{{"act", "congress.close_sittng", "--data", data, "--congress", "c5", "--with", folder / "with.json"},
                 "app.act_unknown"},
             Row{{"congresses", "--data", folder / "empty"}, "store.journal_absent"},
             Row{{"paper", "minutes", "--data", folder / "empty"}, "store.journal_absent"},
             Row{{"journal", "export", "--data", folder / ""}, "base.file_is_folder"},
             Row{{"congresses", "--data", folder / ""}, "base.file_is_folder"},
             Row{{"serve", "--data", data, "--pages", folder / "nothing"}, "cli.pages_missing"},
             Row{{"serve", "--data", data, "--pages", folder / ""}, "cli.pages_missing"},
             Row{{"rehearse", "examples/group-congress", "--serve", "127.0.0.1:0", "--pages", folder / "nothing"},
                 "cli.pages_missing"},
             Row{{"paper", "minutes", "--data", books}, "app.congress_unknown"},
             Row{{"journal", "verify", books, "--head", std::string(64, 'a')}, "store.head_absent"},
         }) {
        CAPTURE(name);
        CAPTURE(arguments.at(0));
        const auto ran = run(arguments);
        CAPTURE(ran.err);
        CHECK(ran.status == 1);
        CHECK(ran.err.find("[" + std::string(name) + "]") != std::string::npos);
        CHECK(ran.err.starts_with("plenum: "));
        CHECK(ran.err.find('{') == std::string::npos);
    }
    // Looking makes no file, and what is refused makes none either.
    CHECK(!std::filesystem::exists(folder / "nothing"));
    CHECK(!std::filesystem::exists(data));
    CHECK(!std::filesystem::exists(data + ".lock"));
    CHECK(std::filesystem::file_size(folder / "empty") == 0);
}

TEST_CASE("a pack is explained in words, by its name or from a file that builds on one") {
    for (const auto* pack : {"cn-collective", "cn-congress-level", "cn-grassroots-2016", "de-bundeskongress",
                             "robert-convention", "uk-tulrca"})
        for (const auto* language : {"zh-Hans", "zh-Hant", "en"}) {
            CAPTURE(pack);
            CAPTURE(language);
            const auto ran = run({"rules", "show", pack}, language);
            CHECK(ran.status == 0);
            CHECK(ran.err.empty());
            CHECK(ran.out.find('{') == std::string::npos);
            for (const auto* key :
                 {"rules.field", "rules.page", "rules.show", "rules.blocks", "rules.say", "rules.table"})
                CHECK(ran.out.find(key) == std::string::npos);
            CHECK(ran.out.find(pack) != std::string::npos);
        }
    const auto shown = run({"rules", "show", "cn-congress-level"}).out;
    CHECK(shown.find("“Basic-level trade union, China” [cn-grassroots-2016]") != std::string::npos);
    CHECK(shown.find("    A term lasts 5 years.\n") != std::string::npos);
    CHECK(shown.find("      Source: TUL Art. 16\n") != std::string::npos);
    store::fixture::Folder folder;
    REQUIRE(write_file(folder / "bylaws.toml",
                       "[pack]\nid = \"bylaws\"\nschema = 1\nstatus = \"confirmed\"\ninherits = \"robert-convention\"\n"
                       "title = { zh-Hans = \"甲\", zh-Hant = \"乙\", en = \"Bylaws of five words\" }\n"
                       "[term]\nyears_allowed = [3]\n"));
    const auto own = run({"rules", "show", folder / "bylaws.toml"});
    CHECK(own.status == 0);
    CHECK(own.out.starts_with("Bylaws of five words\n"));
    CHECK(own.out.find("A term lasts 3 years.") != std::string::npos);
    CHECK(own.out.find("[robert-convention]") != std::string::npos);
    for (auto line = own.out; !line.empty();) {
        const auto end = line.find('\n');
        CHECK(end <= 120);  // bytes of a row of 100 columns, with a few signs of three bytes
        line.erase(0, end + 1);
    }
}

TEST_CASE("an act that is accepted makes the database, and only one process has it at a time") {
    store::fixture::Folder folder;
    const auto data = folder / "books.sqlite";
    REQUIRE(write_file(
        folder / "with.json",
        R"({"organisation":"city","name":{"zh-Hans":"虚构市总工会","zh-Hant":"虛構市總工會","en":"Invented City Union"},)"
        R"("level":"city","form":"federation","territory_code":"","industry_code":"","credit_code":"","on":"1950-05-01"})"));
    const std::vector<std::string> found = {"act",    "registry.found_organisation", "--data", data, "--congress", "",
                                            "--with", folder / "with.json"};
    const auto first = run(found);
    CAPTURE(first.err);
    REQUIRE(first.status == 0);
    CHECK(json_from_text(first.out)->at("last") == 1);
    CHECK(run({"journal", "verify", data}).status == 0);

    const auto held = store::open_sqlite(data, store::Access::own);
    REQUIRE(held);
    const auto second = run(found);
    CHECK(second.status == 1);
    CHECK(second.err.find("[store.owned_elsewhere]") != std::string::npos);
    CHECK(second.err.find("process") != std::string::npos);
}

TEST_CASE("a rehearsal is written out, and the terminal reads it again") {
    store::fixture::Folder folder;
    const auto data = folder / "books.sqlite", out = folder / "out";
    const auto held =
        run({"rehearse", "examples/group-congress", "--seed", "7", "--json", "--data", data, "--out", out});
    REQUIRE(held.status == 0);
    const auto summary = json_from_text(held.out);
    REQUIRE(summary);
    CHECK(held.out == store::fixture::content_of(out + "/summary.json"));
    const std::string head(summary->at("journal_head").as_string());
    for (const auto& file : {data, out + "/journal.jsonl"}) {
        const auto verified = run({"journal", "verify", file, "--json", "--head", head});
        CHECK(verified.status == 0);
        REQUIRE(json_from_text(verified.out));
        CHECK(json_from_text(verified.out)->at("head").as_string() == std::string_view(head));
        CHECK(json_from_text(verified.out)->at("events") == summary->at("events"));
    }
    CHECK(run({"journal", "export", "--data", data}).out == store::fixture::content_of(out + "/journal.jsonl"));
    const auto handed_out = run({"certificate", "export", "--data", data, "--out", folder / "certificates"});
    REQUIRE(handed_out.status == 0);
    int certificates = 0;
    std::istringstream paths(handed_out.out);
    for (std::string path; std::getline(paths, path); ++certificates) {
        const auto name = path.substr(path.rfind('/'));
        CHECK(store::fixture::content_of(path) == store::fixture::content_of(out + name));
        const auto checked = run({"certificate", "verify", path});
        CHECK(checked.status == 0);
        CHECK(checked.out.starts_with("The certificate holds: "));
        // The votes of somebody altered: the count made again is another, and so is the hash.
        auto text = store::fixture::content_of(path);
        const auto at = text.find("\"in_favour\":") + 12;
        text[at] = text[at] == '9' ? '8' : static_cast<char>(text[at] + 1);
        REQUIRE(write_file(folder / "altered.json", text));
        const auto altered = run({"certificate", "verify", folder / "altered.json"});
        CHECK(altered.status == 1);
        CHECK(altered.err.find("[election.certificate_differs]") != std::string::npos);
    }
    CHECK(certificates == 5);  // both committees, chair, vice-chairs, chair of the audit committee
    for (const auto* paper : {"minutes", "communique"}) {
        CHECK(run({"paper", paper, "--data", data}).out == store::fixture::content_of(out + "/" + paper + ".en.md"));
        CHECK(run({"paper", paper, "--data", data, "--format", "html"}).out ==
              store::fixture::content_of(out + "/" + paper + ".en.html"));
    }
    const auto listed = run({"congresses", "--data", data}).out;
    CHECK(listed.starts_with("group-2-1  Invented Group Company Union"));
    CHECK(listed.ends_with("  closed\n"));

    // One act under one key from the terminal is done once. What a seed wrote bears hours of its own; this congress was
    // held by the clock of the machine, as the act is.
    const auto by_the_clock = folder / "now.sqlite";
    REQUIRE(run({"rehearse", "examples/group-congress", "--data", by_the_clock}).status == 0);
    REQUIRE(write_file(folder / "reply.json",
                       R"({"matter":"results","party":"higher_union","body":"womens_committee","granted":true,)"
                       R"("document":"No. 32"})"));
    const std::vector<std::string> act = {
        "act",    "congress.record_reply", "--data", by_the_clock, "--congress", "group-2-1",
        "--with", folder / "reply.json",   "--key",  "reply-32"};
    const auto first = run(act), again = run(act);
    CHECK(first.status == 0);
    CHECK(json_from_text(first.out)->at("repeated") == false);
    CHECK(json_from_text(again.out)->at("repeated") == true);
    CHECK(json_from_text(again.out)->at("head") == json_from_text(first.out)->at("head"));
    CHECK(run({"rehearse", "examples/group-congress", "--data", data}).err.find("[cli.data_exists]") !=
          std::string::npos);
}

TEST_CASE("the program lists its rule packs and checks their cases") {
    const auto listed = run({"rules", "list"});
    CHECK(listed.status == 0);
    CHECK(listed.out.find("“Basic-level trade union, China” [cn-grassroots-2016]  ") != std::string::npos);
    const auto sound = run({"rules", "check", "docs/formats/rule-cases.md", "--json"});
    CHECK(sound.status == 0);
    REQUIRE(json_from_text(sound.out));
    CHECK(json_from_text(sound.out)->at("failed") == 0);
    // Six of these are wrong on purpose.
    const auto checked = run({"rules", "check", "tests/rules/cases.md", "--json"});
    CHECK(checked.status == 1);
    CHECK(checked.err.find("[cli.cases_failed]") != std::string::npos);
    REQUIRE(json_from_text(checked.out));
    CHECK(json_from_text(checked.out)->at("failed") == 6);
    CHECK(json_from_text(checked.out)->at("passed") == 29);
    const auto roster = run({"import", "roster", "examples/group-congress/roster.csv", "--dry-run", "--purpose",
                             "delegates", "--synthetic-ids", "--json"});
    CHECK(roster.status == 0);
    CHECK(json_from_text(roster.out)->at("rows").as_array().size() == 170);
}

TEST_CASE("a roster that was read without problems becomes members of its organisations, once") {
    store::fixture::Folder folder;
    const auto data = folder / "books.sqlite", roster = folder / "members.csv";
    const auto person = [](int row, const std::string& unit, const std::string& name, const std::string& seventeen) {
        return std::to_string(row) + "," + unit + "," + name + ",男," + seventeen +
               registry::identity_check_digit(seventeen) + "\n";
    };
    REQUIRE(write_file(roster, "序号,工会名称,姓名,性别,身份证号\n" + person(1, "南厂", "虚构甲", "99000019651022005") +
                                   person(2, "北厂", "虚构乙", "99000019700101013") +
                                   person(3, "北厂", "虚构丙", "99000019880229015")));
    const std::vector<std::string> import = {"import",         "roster",     roster,   "--data",     data,
                                             "--organisation", "south",      "--on",   "2026-05-20", "--synthetic-ids",
                                             "--unit",         "南厂=south", "--unit", "北厂=north"};
    const auto nowhere = run(import);
    CHECK(nowhere.status == 1);
    CHECK(nowhere.err.find("[base.file_missing]") != std::string::npos);
    CHECK_FALSE(std::filesystem::exists(data));

    for (const std::string id : {"south", "north"}) {
        REQUIRE(write_file(folder / "with.json",
                           R"({"organisation":")" + id +
                               R"(","name":{"zh-Hans":"虚构","zh-Hant":"虛構","en":"Invented"},"level":"basic",)"
                               R"("form":"committee","territory_code":"","industry_code":"","credit_code":"",)"
                               R"("on":"1950-05-01"})"));
        REQUIRE(run({"act", "registry.found_organisation", "--data", data, "--congress", "", "--with",
                     folder / "with.json"})
                    .status == 0);
    }
    const auto imported = run(import);
    CAPTURE(imported.err);
    REQUIRE(imported.status == 0);
    CHECK(imported.out == "3 members were registered.\n");
    const auto again = run(import);
    CAPTURE(again.err);
    CHECK(again.status == 1);
    CHECK(again.err.find("in the register already") != std::string::npos);
    CHECK(run({"journal", "verify", data}).status == 0);
}

TEST_CASE("what a library says in its own words is a line behind the sentence, whose words are ours") {
    const store::fixture::Folder folder;
    store::fixture::write(folder / "bad.toml", "a = 1\nb = = 2\n");
    for (const auto& [language, label] :
         {std::pair{"zh-Hans", "技术细节："}, {"zh-Hant", "技術細節："}, {"en", "Technical detail: "}}) {
        const auto ran = run({"rules", "show", folder / "bad.toml"}, language);
        CHECK(ran.status == 1);
        const auto line = ran.err.find('\n');
        CHECK(ran.err.substr(0, line).find("[rules.toml_malformed]") != std::string::npos);
        CHECK(ran.err.substr(0, line).find("rror while") == std::string::npos);
        CHECK(ran.err.substr(line + 1).starts_with(label));
    }
}

TEST_CASE("a pipe, a device or a folder as --data is refused at once, and nothing is made beside it") {
    const store::fixture::Folder folder;
    REQUIRE(::mkfifo((folder / "pipe").c_str(), 0600) == 0);
    std::filesystem::create_directory(folder / "folder");
    std::filesystem::create_symlink("/dev/null", folder / "device");
    store::fixture::write(folder / "with", "{}");
    for (const auto* name : {"pipe", "folder", "device"}) {
        CAPTURE(name);
        const auto before =
            std::distance(std::filesystem::directory_iterator(folder / ""), std::filesystem::directory_iterator());
        const auto acted =
            run({"act", "congress.note_fact", "--congress", "c", "--data", folder / name, "--with", folder / "with"});
        CHECK(acted.status == 1);
        CHECK(acted.err.find("[store.cannot_open]") != std::string::npos);
        CHECK(run({"congresses", "--data", folder / name}).status == 1);
        CHECK(run({"paper", "minutes", "--data", folder / name}).status == 1);
        CHECK(std::distance(std::filesystem::directory_iterator(folder / ""), std::filesystem::directory_iterator()) ==
              before);
    }
    CHECK_FALSE(std::filesystem::exists("/dev/null.lock"));
}
