// SPDX-License-Identifier: Apache-2.0
// For tests: belenios-tool, the independent judge of the two field groups.
#pragma once
#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <string>
#include <vector>

#include "base/file.h"

namespace plenum::evote {

/// False, and said aloud, where it is not installed.
inline bool has_belenios_tool() {
    const bool there = std::filesystem::exists("/usr/bin/belenios-tool");
    if (!there) MESSAGE("SKIPPED: belenios-tool is not installed");
    return there;
}

struct Judgement {
    int status = -1;
    std::string out, err;
};

/// Runs it in `folder` with these arguments; `input` is the file that it reads as its standard input.
inline Judgement belenios_tool(const std::vector<std::string>& arguments, const std::string& folder,
                               const std::string& input = "/dev/null") {
    const auto out = folder + "/tool.out", err = folder + "/tool.err";
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        const int from = ::open(input.c_str(), O_RDONLY);
        const int to = ::open(out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
        const int said = ::open(err.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
        if (from < 0 || to < 0 || said < 0 || ::dup2(from, 0) < 0 || ::dup2(to, 1) < 0 || ::dup2(said, 2) < 0 ||
            ::chdir(folder.c_str()) != 0)
            ::_exit(99);
        std::vector<char*> raw;
        std::string name = "belenios-tool";
        raw.push_back(name.data());
        auto copy = arguments;
        for (auto& each : copy) raw.push_back(each.data());
        raw.push_back(nullptr);
        ::execv("/usr/bin/belenios-tool", raw.data());
        ::_exit(99);
    }
    Judgement judgement;
    int status = 0;
    ::waitpid(child, &status, 0);
    judgement.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    judgement.out = *read_file(out);
    judgement.err = *read_file(err);
    std::filesystem::remove(out);
    std::filesystem::remove(err);
    return judgement;
}

}  // namespace plenum::evote
