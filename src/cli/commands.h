// SPDX-License-Identifier: Apache-2.0
// One function per command of the program. Each writes what it is asked for to standard output.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/texts.h"

namespace plenum::app {
class Office;
}
namespace plenum::cli {

struct ServeOptions {
    std::string data, listen = "127.0.0.1:8080", pages;
    unsigned threads = 2;
};
/// Serves one's own data until the process is asked to stop (SIGINT, SIGTERM). Always the system's clock and chance.
Result<Done> serve(const ServeOptions& options, Language language);

struct RehearseOptions {
    std::string scenario, data, out, listen, pages;
    bool json = false, real_pace = false;
    std::optional<std::string> seed;
};
/// Holds the congress of a scenario. With `listen`, shows it to browsers meanwhile and stays up afterwards.
Result<Done> rehearse_scenario(const RehearseOptions& options, Language language);

/// Makes a folder where there is none.
Result<Done> make_folder(const std::string& folder);
/// certificate-ELECTION.json for each election of the congress that has a result; gives the paths.
Result<std::vector<std::string>> write_certificates(const app::Office& office, const std::string& congress,
                                                    const std::string& folder);

Result<Done> export_journal_to(const std::string& data, const std::string& out);
Result<Done> verify_journal_file(const std::string& file, const std::string& head, bool json, Language language);

/// Runs the case blocks of the files; refuses cases_failed if one failed.
Result<Done> check_rule_cases(const std::vector<std::string>& files, const std::string& packs, bool json,
                              Language language);
/// Lists the shipped packs with what wants confirming.
Result<Done> list_packs(Language language);
/// Explains a pack in words: in brief, what is undecided, every value with its source.
/// name      id of a shipped pack, or a file (with "/" or ending in .toml), whose parents may be shipped ones
/// refuses   what rules::packs_from and Rules::from_pack refuse
Result<Done> show_pack(const std::string& name, Language language);

/// Writes the certificates of a congress's elections into a folder, made if it is not there; of the latest congress
/// where none is named.
Result<Done> export_certificates(const std::string& data, const std::string& congress, const std::string& folder);
/// Checks a certificate, counting again from its numbers and rules, and says who is elected by it.
Result<Done> verify_certificate_file(const std::string& file, bool json, Language language);

struct PaperOptions {
    std::string data, congress, paper = "minutes", format = "markdown";
};
Result<Done> print_paper(const PaperOptions& options, Language language);

struct ImportOptions {
    std::string file, purpose = "members";
    bool dry_run = false, json = false, synthetic_ids = false;
    std::string data, organisation, on, key;           // without dry_run
    std::vector<std::string> units;                    // "words=organisation"
    std::vector<std::string> delegations, categories;  // those there are, with dry_run and delegates; empty: any
};
/// Reads a roster and prints what it holds, what was repaired and what a person has to look at; without dry_run its
/// persons become members. Refuses what registry::read_csv_sheet, Sheet::ready and the act refuse.
Result<Done> import_roster(const ImportOptions& options, Language language);

struct ActOptions {
    std::string data, congress, act, with, key;
};
/// One act from the terminal, on a database that no server holds.
Result<Done> perform_act(const ActOptions& options, Language language);
Result<Done> list_congresses(const std::string& data, Language language);

/// Prints the description of the HTTP interface, as it is committed.
Result<Done> print_openapi();

/// Where the built front end lies: beside the program, as build/web.
std::string default_pages();

}  // namespace plenum::cli
