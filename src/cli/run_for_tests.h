// SPDX-License-Identifier: Apache-2.0
// The program as tests run it.
#pragma once
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

#include "cli/program.h"

namespace plenum::cli {

struct Ran {
    int status = -1;
    std::string out, err;
};

/// The program with these arguments and no others; what it writes is caught.
inline Ran run_as_written(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "plenum");
    std::vector<char*> argv;
    for (auto& each : arguments) argv.push_back(each.data());
    argv.push_back(nullptr);
    std::ostringstream out, err;
    auto* const cout = std::cout.rdbuf(out.rdbuf());
    auto* const cerr = std::cerr.rdbuf(err.rdbuf());
    Ran ran;
    ran.status = run_program(static_cast<int>(arguments.size()), argv.data());
    std::cout.rdbuf(cout);
    std::cerr.rdbuf(cerr);
    ran.out = out.str();
    ran.err = err.str();
    return ran;
}

/// The same in English unless the arguments name another language.
inline Ran run(std::vector<std::string> arguments, const std::string& language = "en") {
    arguments.insert(arguments.begin(), {"--language", language});
    return run_as_written(std::move(arguments));
}

}  // namespace plenum::cli
