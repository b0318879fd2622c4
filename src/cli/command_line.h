// SPDX-License-Identifier: Apache-2.0
// What can be said on the command line. What it means to people stands in texts/ and is printed by cli/help.h.
#pragma once
#include <CLI/CLI.hpp>
#include <functional>
#include <string>

#include "base/texts.h"

namespace plenum::cli {

/// The commands of the program with their options and, once the command line is read, what was said.
struct CommandLine {
    /// With every command. Costs some 200 small allocations.
    CommandLine();
    CommandLine(const CommandLine&) = delete;
    CommandLine& operator=(const CommandLine&) = delete;

    CLI::App program;
    std::string own_packs;                 // --packs
    std::function<Result<Done>()> chosen;  // what the command does that was named
    bool unreadable_is_usage = false;      // verify and evote: what cannot be read has not been judged

    /// --language as far as the command line was read, else the language of the terminal.
    Language language() const;
    /// The command that was named, as far as the command line was read; else the program itself.
    const CLI::App& named() const;

    /// Has `command` do `what` once it is named.
    void choose(CLI::App* command, std::function<Result<Done>()> what);

  private:
    CLI::Option* language_ = nullptr;
};

}  // namespace plenum::cli
