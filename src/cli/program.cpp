// SPDX-License-Identifier: Apache-2.0
#include "cli/program.h"

#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdlib>
#include <iostream>

#include "base/file.h"
#include "cli/commands.h"
#include "cli/count_commands.h"
#include "cli/evote_files.h"
#include "cli/evote_program.h"
#include "rules/own_packs.h"
#include "store/db.h"

namespace plenum::cli {
namespace {

/// --language, else the language of the terminal, else Chinese in simplified script.
Language language_of(const std::string& wanted) {
    if (const auto named = language_from_tag(wanted)) return *named;
    for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
        const char* value = std::getenv(name);
        if (!value || !*value) continue;
        std::string tag(value);
        for (auto& c : tag) c = c == '_' ? '-' : c;
        tag = tag.substr(0, tag.find('.'));
        return tag == "C" || tag == "POSIX" ? Language::en
               : tag.starts_with("zh")      ? language_from_header(tag)
                                            : Language::en;
    }
    return Language::en;
}

/// What is wrong with the command line, by the kind of error. The library tells kinds by name and gives no other data
/// than its English sentence, in which the option comes first.
std::string usage_error(const CLI::ParseError& error, Language language) {
    const std::string told = error.what(), kind = error.get_name();
    const auto colon = told.find(": ");
    auto option = told.substr(0, std::min(told.find(' '), colon));
    auto rest = colon == std::string::npos ? std::string() : told.substr(colon + 2);
    std::string other;
    if (kind == "RequiredError" && !option.starts_with("-") && colon == std::string::npos && option == "A")
        return say(language, "cli.usage.command_missing");
    // Of words too many the library gives the command as the kind.
    if (dynamic_cast<const CLI::ExtrasError*>(&error)) return say(language, "cli.usage.unexpected", {{"value", rest}});
    for (const std::string_view word : {" requires ", " excludes "})
        if (const auto at = told.find(word); at != std::string::npos) other = told.substr(at + word.size());
    // "Value 0 not in range 1 to 64"
    constexpr std::string_view before = "Value ", range = " not in range ", to = " to ";
    if (const auto in = rest.find(range); rest.starts_with(before) && in != std::string::npos) {
        const auto ends = rest.substr(in + range.size());
        const auto middle = std::min(ends.find(to), ends.size());
        return say(language, "cli.usage.not_in_range",
                   {{"option", option},
                    {"value", rest.substr(before.size(), in - before.size())},
                    {"least", ends.substr(0, middle)},
                    {"most", ends.substr(std::min(middle + to.size(), ends.size()))}});
    }
    if (const auto in = rest.find(" not in "); in != std::string::npos)
        return say(language, "cli.usage.not_among",
                   {{"option", option}, {"value", rest.substr(0, in)}, {"allowed", rest.substr(in + 8)}});
    const auto key = kind == "RequiredError"      ? "cli.usage.missing"
                     : kind == "RequiresError"    ? "cli.usage.needs"
                     : kind == "ExcludesError"    ? "cli.usage.excludes"
                     : kind == "ArgumentMismatch" ? "cli.usage.number_of_values"
                                                  : "cli.usage.wrong_value";
    if (kind == "RequiredError") option = told.substr(0, told.find(" is required"));
    return say(language, key, {{"option", option}, {"other", other}, {"value", rest}});
}

/// What a library said of it in its own words, which nobody translates: a line of its own behind the sentence.
void print_technical(Language language, std::string_view words) {
    if (words.empty()) return;
    std::cerr << printable(say(language, "cli.technical", {{"words", words}})) << "\n";
}

/// Says that the machine failed, and why. Gives the exit status.
int failed(Language language, const std::string& reason, std::string_view technical) {
    std::cerr << "plenum: " << say(language, "cli.fault", {{"reason", say(language, "reason." + reason)}}) << "\n";
    print_technical(language, technical);
    return 3;
}

}  // namespace

int run_program(int argc, char** argv) {
    std::signal(SIGXFSZ, SIG_IGN);  // a file that may not grow further is a fault with a sentence, not a death
    CLI::App program{"Plenum: the congress of a trade union, from roster to communique"};
    program.name("plenum");
    program.require_subcommand(1);
    program.fallthrough();
    program.set_version_flag("--version", "plenum 0.1.0");
    std::string wanted_language;
    program.add_option("--language", wanted_language, "language of what is said")
        ->check(CLI::IsMember({"zh-Hans", "zh-Hant", "en"}));

    std::string own_packs;
    const auto add_own_packs = [&](CLI::App* command) {
        command->add_option("--packs", own_packs,
                            "folder of rule packs of one's own, beside those the program carries");
    };

    std::function<Result<Done>()> chosen;
    const auto language = [&] { return language_of(wanted_language); };
    const auto choose = [&](CLI::App* command, std::function<Result<Done>()> what) {
        command->callback([&chosen, what] { chosen = what; });
    };

    // What cannot be read has not been judged: verify and evote tell it from what was found wrong.
    bool unreadable_is_usage = false;
    add_evote_commands(
        program,
        [&](CLI::App* command, std::function<Result<Done>()> what) {
            choose(command, [&unreadable_is_usage, what] {
                unreadable_is_usage = true;
                return what();
            });
        },
        language);

    ServeOptions serving;
    auto* serve_command = program.add_subcommand("serve", "serve one's own data to browsers");
    serve_command->add_option("--data", serving.data, "SQLite file; made if it is not there")->required();
    serve_command->add_option("--listen", serving.listen, "address and port")->capture_default_str();
    serve_command->add_option("--threads", serving.threads, "event loops")
        ->capture_default_str()
        ->check(CLI::Range(1u, 64u));
    serve_command->add_option("--pages", serving.pages, "folder of the built front end");
    add_own_packs(serve_command);
    choose(serve_command, [&] { return serve(serving, language()); });

    RehearseOptions rehearsal;
    std::string pace = "fast", seed;
    auto* rehearse_command = program.add_subcommand("rehearse", "hold the congress of a scenario");
    rehearse_command->add_option("scenario", rehearsal.scenario, "folder with scenario.toml")->required();
    rehearse_command->add_flag("--json", rehearsal.json, "one JSON object at the end instead of sentences");
    auto* seed_option = rehearse_command->add_option(
        "--seed", seed, "clock, ids, salts and lots come from it: the same output every time");
    rehearse_command->add_option("--pace", pace, "fast | real")
        ->check(CLI::IsMember({"fast", "real"}))
        ->capture_default_str();
    rehearse_command->add_option("--out", rehearsal.out,
                                 "folder for the journal, the minutes, the communique and the certificates");
    rehearse_command->add_option("--data", rehearsal.data, "new SQLite file to hold it in; else in memory");
    rehearse_command->add_option("--serve", rehearsal.listen, "address and port: show it in browsers, and stay up");
    rehearse_command->add_option("--pages", rehearsal.pages, "folder of the built front end");
    add_own_packs(rehearse_command);
    choose(rehearse_command, [&] {
        rehearsal.real_pace = pace == "real";
        if (seed_option->count() > 0) rehearsal.seed = seed;
        return rehearse_scenario(rehearsal, language());
    });

    auto* journal_command = program.add_subcommand("journal", "the journal of a database");
    journal_command->require_subcommand(1);
    std::string journal_data, journal_out, journal_file, journal_head;
    bool journal_json = false;
    auto* export_command = journal_command->add_subcommand("export", "write it out as JSON lines");
    export_command->add_option("--data", journal_data, "SQLite file")->required();
    export_command->add_option("--out", journal_out, "file; else standard output");
    choose(export_command, [&] { return export_journal_to(journal_data, journal_out); });
    auto* verify_command =
        journal_command->add_subcommand("verify", "check its hash chain, in a database or an export");
    verify_command->add_option("file", journal_file, "database or export")->required();
    verify_command->add_option("--head", journal_head, "hash of the last event, as known from elsewhere");
    verify_command->add_flag("--json", journal_json, "answer as JSON");
    choose(verify_command, [&] { return verify_journal_file(journal_file, journal_head, journal_json, language()); });

    auto* certificate_command = program.add_subcommand("certificate", "certificates of a congress's elections");
    certificate_command->require_subcommand(1);
    std::string certificate_data, certificate_congress, certificate_out = ".", certificate_file;
    bool certificate_json = false;
    auto* hand_out_command = certificate_command->add_subcommand("export", "write them out as JSON files");
    hand_out_command->add_option("--data", certificate_data, "SQLite file")->required();
    hand_out_command->add_option("--congress", certificate_congress, "id; else the latest");
    hand_out_command->add_option("--out", certificate_out, "folder; else the one you are in");
    choose(hand_out_command,
           [&] { return export_certificates(certificate_data, certificate_congress, certificate_out); });
    auto* certified_command = certificate_command->add_subcommand(
        "verify", "check a certificate: its hash, its names, and the count made again");
    certified_command->add_option("file", certificate_file, "certificate; - for standard input")->required();
    certified_command->add_flag("--json", certificate_json, "answer as JSON");
    choose(certified_command, [&] { return verify_certificate_file(certificate_file, certificate_json, language()); });

    auto* rules_command = program.add_subcommand("rules", "rule packs");
    rules_command->require_subcommand(1);
    std::vector<std::string> case_files;
    std::string pack_folder;
    bool cases_json = false;
    auto* check_command = rules_command->add_subcommand("check", "run the TOML case blocks of the files");
    check_command->add_option("files", case_files, "Markdown or TOML files")->required();
    check_command->add_option("--packs", pack_folder, "folder of rule packs; else those the program carries");
    check_command->add_flag("--json", cases_json, "answer as JSON");
    choose(check_command, [&] { return check_rule_cases(case_files, pack_folder, cases_json, language()); });
    auto* list_command = rules_command->add_subcommand("list", "the packs, and what in them wants confirming");
    add_own_packs(list_command);
    choose(list_command, [&] { return list_packs(language()); });
    std::string pack_name;
    auto* show_command = rules_command->add_subcommand("show", "explain a pack in words");
    show_command->add_option("pack", pack_name, "name of a pack that the program carries, or a file")->required();
    add_own_packs(show_command);
    choose(show_command, [&] { return show_pack(pack_name, language()); });

    PaperOptions paper;
    auto* paper_command = program.add_subcommand("paper", "minutes or communique of a congress");
    paper_command->add_option("paper", paper.paper, "minutes | communique")
        ->check(CLI::IsMember({"minutes", "communique"}))
        ->required();
    paper_command->add_option("--data", paper.data, "SQLite file")->required();
    paper_command->add_option("--congress", paper.congress, "id; else the newest");
    paper_command->add_option("--format", paper.format, "markdown | html")
        ->check(CLI::IsMember({"markdown", "html"}))
        ->capture_default_str();
    choose(paper_command, [&] { return print_paper(paper, language()); });

    ImportOptions roster;
    auto* import_command = program.add_subcommand("import", "bring in what the union has");
    import_command->require_subcommand(1);
    auto* import_roster_command = import_command->add_subcommand("roster", "a roster (CSV) of members or delegates");
    import_roster_command->add_option("file", roster.file, "CSV file, UTF-8 or GB18030")->required();
    auto* dry_run =
        import_roster_command->add_flag("--dry-run", roster.dry_run, "read it, say what was found, store nothing");
    import_roster_command->add_flag("--json", roster.json, "answer as JSON")->needs(dry_run);
    import_roster_command->add_option("--purpose", roster.purpose, "members | delegates (only to read)")
        ->check(CLI::IsMember({"members", "delegates"}))
        ->capture_default_str()
        ->needs(dry_run);
    import_roster_command
        ->add_option("--delegations", roster.delegations, "with delegates: those there are, as in A,B; others are told")
        ->delimiter(',')
        ->needs(dry_run);
    import_roster_command
        ->add_option("--categories", roster.categories, "with delegates: those there are, as in A,B; others are told")
        ->delimiter(',')
        ->needs(dry_run);
    import_roster_command->add_flag("--synthetic-ids", roster.synthetic_ids,
                                    "admit the region codes 99xxxx and the telephone prefix 120 of test rosters");
    auto* import_data = import_roster_command->add_option("--data", roster.data, "SQLite file with the organisation");
    import_roster_command->add_option("--organisation", roster.organisation, "id of the organisation");
    import_roster_command->add_option("--on", roster.on, "first day as members, as in 2026-05-20");
    import_roster_command
        ->add_option("--unit", roster.units, "WORDS=ID: which organisation the words of the unit column mean")
        ->check(CLI::Validator(
            [](std::string& text) {
                return text.find('=') == std::string::npos ? std::string("WORDS=ID is wanted") : std::string();
            },
            "WORDS=ID"));
    import_roster_command->add_option("--key", roster.key, "idempotency key; else a new one");
    dry_run->excludes(import_data);
    import_roster_command->final_callback([&] {
        if (!roster.dry_run && (roster.data.empty() || roster.organisation.empty() || roster.on.empty()))
            throw CLI::RequiredError("--dry-run, or --data, --organisation and --on");
    });
    choose(import_roster_command, [&] { return import_roster(roster, language()); });

    ActOptions act;
    auto* act_command = program.add_subcommand("act", "perform one act on a database that no server holds");
    act_command->add_option("act", act.act, "as in congress.check_in")->required();
    act_command->add_option("--data", act.data, "SQLite file; made if it is not there")->required();
    act_command->add_option("--congress", act.congress, "id")->required();
    act_command->add_option("--with", act.with, "file with the fields of the act as JSON; - for standard input")
        ->required();
    act_command->add_option("--key", act.key, "idempotency key; else a new one");
    add_own_packs(act_command);
    choose(act_command, [&] { return perform_act(act, language()); });
    std::string list_data;
    auto* congresses_command = program.add_subcommand("congresses", "list the congresses of a database");
    congresses_command->add_option("--data", list_data, "SQLite file")->required();
    choose(congresses_command, [&] { return list_congresses(list_data, language()); });

    add_count_commands(
        program, [&chosen](std::function<Result<Done>()> what) { chosen = std::move(what); }, language);

    auto* openapi_command =
        program.add_subcommand("openapi", "print the description of the HTTP interface (OpenAPI 3.1)");
    choose(openapi_command, [] { return print_openapi(); });

    try {
        program.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        if (error.get_exit_code() == 0) return program.exit(error);
        // The sentences of the library are English; what it found wrong is said again in the reader's language.
        std::cerr << "plenum: " << printable(usage_error(error, language())) << "\n";
        return 2;
    }
    try {
        const auto done = [&]() -> Result<Done> {
            if (!own_packs.empty()) TRY(rules::use_own_packs(own_packs));
            return chosen();
        }();
        if (done) {
            // What was asked for is what stands on standard output: if it could not be written, nothing was done.
            if (std::cout.flush()) return 0;
            std::cerr << "plenum: " << say(language(), "cli.output_lost") << "\n";
            return 3;
        }
        std::cerr << "plenum: " << printable(sentence_of(language(), done.error())) << " [" << done.error().name()
                  << "]\n";
        print_technical(language(), done.error().fact("technical"));
        if (is_machine_failure(done.error())) return 3;
        return unreadable_is_usage && is_unreadable(done.error()) ? 2 : 1;
    } catch (const store::Fault& fault) {
        return failed(language(), "store." + std::string(fault.reason()), store::technical(fault.what()).value);
    } catch (const std::bad_alloc&) {
        return failed(language(), "system.ENOMEM", "");
    } catch (const std::exception& fault) {
        return failed(language(), "cli.unforeseen", store::technical(fault.what()).value);
    }
}

}  // namespace plenum::cli
