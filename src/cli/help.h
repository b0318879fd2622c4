// SPDX-License-Identifier: Apache-2.0
// What `--help` prints, in the reader's language. The library's own pages would be English; only its knowledge of the
// commands is used. What commands and options mean stands in texts/ under `cli.help`:
//
//   cli.help.journal.export.what    what `plenum journal export` does
//   cli.help.journal.export.--out   what its option means; of an argument without dashes, its word in the code
//   cli.help.--json                 what `--json` means wherever nothing is said below
#pragma once
#include <string>

#include "base/texts.h"

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace plenum::cli {

/// The key of what a command does.
std::string help_key(const CLI::App& command);
/// The key of what an option or argument of the command means: the command's own, else that of the nearest command
/// above it which has one; empty if none has.
std::string help_key(const CLI::App& command, const CLI::Option& option);

/// The key of the word for what an option takes, "cli.help_page.value.file"; empty for one that takes nothing or one of
/// certain words.
std::string value_key(const CLI::Option& option);

/// How help and refusals name an option or argument of the command that the library names `name`: options as they are
/// written, arguments by the word for what they are. Any other name as it is.
std::string shown_name(const CLI::App& command, const std::string& name, Language language);

/// Writes the help page of a command to standard output, at most 100 columns wide.
void print_help(const CLI::App& command, Language language);

}  // namespace plenum::cli
