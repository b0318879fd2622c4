// SPDX-License-Identifier: Apache-2.0
#include "cli/help.h"

#include <doctest/doctest.h>

#include <cstdlib>
#include <set>

#include "base/characters.h"
#include "cli/command_line.h"
#include "cli/run_for_tests.h"
#include "cli/terminal.h"

using namespace plenum;
using namespace plenum::cli;

namespace {

/// Every command of the program, the program first; a group of options is one without a name.
void each_command(const CLI::App& command, const std::function<void(const CLI::App&)>& what) {
    what(command);
    for (const auto* each : command.get_subcommands({})) each_command(*each, what);
}

/// The words that lead to a command, as they are typed.
std::vector<std::string> typed(const CLI::App& command) {
    std::vector<std::string> out;
    for (const auto* at = &command; at->get_parent(); at = at->get_parent()) out.insert(out.begin(), at->get_name());
    return out;
}

/// The lines of the help page of a command, which the real program prints.
std::vector<std::string> help_of(std::vector<std::string> arguments, std::string_view language) {
    arguments.push_back("--help");
    const auto ran = run(arguments, std::string(language));
    CHECK(ran.status == 0);
    CHECK(ran.err.empty());
    std::vector<std::string> out;
    std::istringstream in(ran.out);
    for (std::string line; std::getline(in, line);) out.push_back(line);
    return out;
}

/// What stands in a line between Chinese and other signs, as far as it holds Latin letters.
std::vector<std::string> latin_words(std::string_view line) {
    std::vector<std::string> out(1);
    for (const char c : line)
        if (std::isalnum(static_cast<unsigned char>(c)) || std::string_view("-_.=+").find(c) != std::string_view::npos)
            out.back() += c;
        else if (!out.back().empty())
            out.emplace_back();
    std::erase_if(out, [](const std::string& word) {
        return std::none_of(word.begin(), word.end(), [](unsigned char c) { return std::isalpha(c); });
    });
    return out;
}

}  // namespace

TEST_CASE("every command and option says in three languages what it means, and nothing is said of others") {
    const CommandLine line;
    std::set<std::string> used;
    const auto use = [&](const std::string& key) {
        CAPTURE(key);
        CHECK(!key.empty());
        for (const auto language : all_languages) CHECK(has_text(language, key));
        used.insert(key);
    };
    each_command(line.program, [&](const CLI::App& command) {
        CAPTURE(CLI::detail::join(typed(command), " "));
        if (!command.get_name().empty()) {
            use(help_key(command));
        } else {  // the heading of a group of options says that one of them is needed, and only one
            CHECK(command.get_require_option_min() == 1);
            CHECK(command.get_require_option_max() == 1);
        }
        for (const auto* option : command.get_options()) {
            CAPTURE(option->get_name());
            use(help_key(command, *option));
            const bool takes_words = option->get_type_name().find(":{") != std::string::npos;
            if (option->get_items_expected_max() == 0 || takes_words)
                CHECK(value_key(*option).empty());
            else
                use(value_key(*option));
        }
    });
    for (const auto& [key, text] : catalogue(Language::en)) {
        CAPTURE(key);
        if (key.starts_with("cli.help.") || key.starts_with("cli.help_page.value.")) CHECK(used.contains(key));
    }
}

TEST_CASE("help in Chinese holds no English, but for what is typed and for names of formats") {
    const CommandLine line;
    std::set<std::string> known{"Plenum", "plenum",        "JSON",          "CSV",           "SQLite",
                                "TOML",   "HTTP",          "OpenAPI",       "UTF-8",         "GB18030",
                                "BLT",    "PrefLib",       "Belenios",      "belenios-tool", "Markdown",
                                ".bel",   "scenario.toml", "election.json", "trustees.json", "threshold.json",
                                "lot=",   "order",         "order=3",       "earlier",       "stop",
                                "rank",   "blank",         "2of3",          "1+2of3",        "congress.check_in",
                                "99xxxx", "names",         "votes",         "schulze",       "majority-judgment",
                                "true",   "false"};
    each_command(line.program, [&](const CLI::App& command) {
        known.insert(command.get_name());
        for (const auto* option : command.get_options())
            if (const auto told = option->get_type_name(); told.find(":{") != std::string::npos)
                for (const auto& word : latin_words(told.substr(told.find(":{")))) known.insert(word);
    });
    for (const auto language : {Language::zh_hans, Language::zh_hant})
        each_command(line.program, [&](const CLI::App& command) {
            if (command.get_name().empty()) return;
            for (const auto& shown : help_of(typed(command), tag_of(language)))
                for (const auto& word : latin_words(shown)) {
                    CAPTURE(shown);
                    CHECK_MESSAGE((word.starts_with("-") || known.contains(word)), word);
                }
        });
}

TEST_CASE("help in English holds no Chinese, and no page shows a key or is wider than 100 columns") {
    const CommandLine line;
    for (const auto language : all_languages)
        each_command(line.program, [&](const CLI::App& command) {
            if (command.get_name().empty()) return;
            const auto page = help_of(typed(command), tag_of(language));
            CHECK(page.size() > 4);
            for (const auto& shown : page) {
                CAPTURE(shown);
                CHECK(columns_of(shown) <= 100);
                CHECK(shown.find("cli.help") == std::string::npos);
                if (language == Language::en) CHECK(columns_of(shown) == int(characters_from_utf8(shown).size()));
            }
        });
}

TEST_CASE("the two columns of help line up, also where Chinese is two columns wide") {
    CHECK(help_of({"certificate", "export"}, "zh-Hans") ==
          std::vector<std::string>{
              "导出证书，每项选举一个 JSON 文件",
              "",
              "用法：plenum certificate export --data 文件 [选项]",
              "",
              "选项：",
              "  --data 文件                    SQLite 数据库（必填）",
              "  --congress 编号                大会编号；省略时为最近一次大会",
              "  --out 文件夹                   写入的文件夹（默认 .）",
              "  --language zh-Hans|zh-Hant|en  显示文字和帮助的语言；省略时随终端",
              "  -h, --help                     显示本帮助后结束",
          });
    const auto usage = help_of({"evote", "simulate"}, "zh-Hant");
    CHECK(usage.at(2) == "用法：plenum evote simulate --group BELENIOS-2048|RFC-3526-2048|Ed25519 --voters 數字");
    CHECK(usage.at(3) == "    --question 題型... --trustees 受託人 --seed 文字 --out 資料夾 [選項]");
}

TEST_CASE("help says what is needed, how often, from where to where, and what cannot stand together") {
    const auto without_blanks = [](std::string text) {
        std::erase_if(text, [](char c) { return c == ' ' || c == '\n'; });
        return text;
    };
    const auto says = [&](std::vector<std::string> arguments, const std::string& language, const std::string& part) {
        std::string page;
        for (const auto& line : help_of(std::move(arguments), language)) page += line;
        CAPTURE(part);
        CHECK(without_blanks(page).find(without_blanks(part)) != std::string::npos);
    };
    says({"serve"}, "en", "Usage: plenum serve --data FILE [OPTIONS]");
    says({"serve"}, "en", "event loops (1 to 64; default: 2)");
    says({"import", "roster"}, "zh-Hant", "結果寫成 JSON（須與 --dry-run 一起用）");
    says({"import", "roster"}, "zh-Hant", "（須與 --on、--organisation 一起用；不能與 --dry-run 一起用）");
    says({"evote", "credentials"}, "zh-Hans", "(--count 数字 | --voters 文件)");
    says({"evote", "credentials"}, "zh-Hans", "以下选项须用一个，且只用一个：--count 数字");
    says({"count"}, "en", "Usage: plenum count [FILE] [OPTIONS] [COMMAND]");
    says({"count"}, "en", "from the same ballots (may be repeated)");
    says({"rules", "check"}, "zh-Hans", "用法：plenum rules check 文件... [选项]");
    says({"journal"}, "en", "Usage: plenum journal [OPTIONS] COMMAND");
    says({"journal"}, "en", "“plenum journal COMMAND --help” explains a command.");
}

TEST_CASE("help follows --language wherever it stands, and else the terminal") {
    const auto page = run_as_written({"--language", "zh-Hant", "serve", "--help"});
    CHECK(page.status == 0);
    CHECK(page.err.empty());
    CHECK(page.out.find("用法：plenum serve --data 檔案 [選項]") != std::string::npos);
    for (const std::vector<std::string>& arguments :
         std::vector<std::vector<std::string>>{{"serve", "--language", "zh-Hant", "--help"},
                                               {"serve", "--help", "--language", "zh-Hant"},
                                               {"serve", "--help", "--language=zh-Hant"},
                                               {"--help", "serve", "--language", "zh-Hant"},
                                               {"--help", "--language", "zh-Hant", "serve"},
                                               {"serve", "-h", "--language", "zh-Hant"}})
        CHECK(run_as_written(arguments).out == page.out);

    const char* before = std::getenv("LC_ALL");
    const std::string kept = before ? before : "";
    for (const auto& [locale, usage] : {std::pair{"zh_CN.UTF-8", "用法：plenum [选项] 命令\n"},
                                        std::pair{"zh_TW.UTF-8", "用法：plenum [選項] 命令\n"},
                                        std::pair{"en_GB.UTF-8", "Usage: plenum [OPTIONS] COMMAND\n"},
                                        std::pair{"C", "Usage: plenum [OPTIONS] COMMAND\n"}}) {
        ::setenv("LC_ALL", locale, 1);
        CHECK(run_as_written({"--help"}).out.find(usage) != std::string::npos);
        CHECK(run_as_written({"--help", "--language", "zh-Hant"}).out.find("[選項]") != std::string::npos);
    }
    ::setenv("LC_ALL", "zh_CN.UTF-8", 1);
    for (const std::vector<std::string>& wrong : std::vector<std::vector<std::string>>{
             {"--language", "fr", "--help"}, {"--help", "--language", "fr"}, {"serve", "--help", "--language", "fr"}}) {
        const auto ran = run_as_written(wrong);
        CHECK(ran.status == 2);
        CHECK(ran.out.empty());
        CHECK(ran.err == "plenum: --language 不能是“fr”，可用：{zh-Hans,zh-Hant,en}。\n");
    }
    if (before)
        ::setenv("LC_ALL", kept.c_str(), 1);
    else
        ::unsetenv("LC_ALL");
}

TEST_CASE("lines end around Chinese characters, but no sign that closes begins one and none that opens ends one") {
    std::ostringstream out;
    auto* const cout = std::cout.rdbuf(out.rdbuf());
    const TerminalPage page(12);
    page.line("代表大会“好”（甲）。用 --data 文件", 2, 4);
    page.row("--a", "从代表名册到大会", 7);
    page.row("--longer", "到大会", 7);
    page.words({"plenum", "--data 文件", "[选项]"}, 2);
    std::cout.rdbuf(cout);
    CHECK(out.str() ==
          "  代表大会\n"
          "    “好”\n"
          "    （甲）。\n"
          "    用\n"
          "    --data\n"
          "    文件\n"
          "  --a  从代\n"
          "       表名\n"
          "       册到\n"
          "       大会\n"
          "  --longer\n"
          "       到大\n"
          "       会\n"
          "plenum\n"
          "  --data 文件\n"
          "  [选项]\n");
}
