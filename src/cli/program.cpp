// SPDX-License-Identifier: Apache-2.0
#include "cli/program.h"

#include <algorithm>
#include <csignal>
#include <iostream>

#include "base/file.h"
#include "cli/command_line.h"
#include "cli/evote_files.h"
#include "cli/evote_program.h"
#include "cli/help.h"
#include "rules/own_packs.h"
#include "store/db.h"

namespace plenum::cli {
namespace {

/// What is wrong with the command line, by the kind of error. The library tells kinds by name and gives no other data
/// than its English sentence, in which the option comes first.
std::string usage_error(const CLI::ParseError& error, const CLI::App& command, Language language) {
    const std::string told = error.what(), kind = error.get_name();
    const auto colon = told.find(": ");
    const auto rest = colon == std::string::npos ? std::string() : told.substr(colon + 2);
    // Of words too many the library gives the command as the kind.
    if (dynamic_cast<const CLI::ExtrasError*>(&error)) return say(language, "cli.usage.unexpected", {{"value", rest}});
    if (kind == "RequiredError") {
        const auto missing = told.substr(0, told.find(" is required"));
        if (missing.starts_with("A ")) return say(language, "cli.usage.command_missing");
        if (const auto open = missing.find('['); open != std::string::npos) {
            auto options = missing.substr(open + 1, missing.find(']') - open - 1);
            std::ranges::replace(options, ',', '|');
            return say(language, "cli.usage.one_of", {{"options", options}});
        }
        return say(language, "cli.usage.missing", {{"option", shown_name(command, missing, language)}});
    }
    const auto option = shown_name(command, told.substr(0, std::min(told.find(' '), colon)), language);
    std::string other;
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
    const auto key = kind == "RequiresError"      ? "cli.usage.needs"
                     : kind == "ExcludesError"    ? "cli.usage.excludes"
                     : kind == "ArgumentMismatch" ? "cli.usage.number_of_values"
                                                  : "cli.usage.wrong_value";
    return say(language, key, {{"option", option}, {"other", other}, {"value", rest}});
}

/// What a library said of it in its own words, which nobody translates: a line of its own behind the sentence.
void print_technical(Language language, std::string_view words) {
    if (words.empty()) return;
    std::cerr << printable(say(language, "cli.technical", {{"words", words}})) << "\n";
}

/// What was asked for is what stands on standard output: if it could not be written, nothing was done. Gives the exit
/// status.
int printed(Language language) {
    if (std::cout.flush()) return 0;
    std::cerr << "plenum: " << say(language, "cli.output_lost") << "\n";
    return 3;
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
    CommandLine line;
    try {
        line.program.parse(argc, argv);
    } catch (const CLI::CallForHelp&) {
        print_help(line.named(), line.language());
        return printed(line.language());
    } catch (const CLI::CallForVersion& version) {
        std::cout << version.what() << "\n";
        return printed(line.language());
    } catch (const CLI::ParseError& error) {
        // The sentences of the library are English; what it found wrong is said again in the reader's language.
        std::cerr << "plenum: " << printable(usage_error(error, line.named(), line.language())) << "\n";
        return 2;
    }
    const auto language = line.language();
    try {
        const auto done = [&]() -> Result<Done> {
            if (!line.own_packs.empty()) TRY(rules::use_own_packs(line.own_packs));
            return line.chosen();
        }();
        if (done) return printed(language);
        std::cerr << "plenum: " << printable(sentence_of(language, done.error())) << " [" << done.error().name()
                  << "]\n";
        print_technical(language, done.error().fact("technical"));
        if (is_machine_failure(done.error())) return 3;
        return line.unreadable_is_usage && is_unreadable(done.error()) ? 2 : 1;
    } catch (const store::Fault& fault) {
        return failed(language, "store." + std::string(fault.reason()), store::technical(fault.what()).value);
    } catch (const std::bad_alloc&) {
        return failed(language, "system.ENOMEM", "");
    } catch (const std::exception& fault) {
        return failed(language, "cli.unforeseen", store::technical(fault.what()).value);
    }
}

}  // namespace plenum::cli
