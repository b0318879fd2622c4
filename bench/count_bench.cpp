// SPDX-License-Identifier: Apache-2.0
// count_bench make FILE [ballots] [candidates] [seats]   writes ballots that hardly repeat, the same each time
// count_bench count FILE METHOD…                         reads and counts; prints seconds of processor time and memory
// count_bench often FILE METHOD SEATS                    the same again and again for a second; prints the medians
// count_bench processes TIMES INPUT COMMAND…             runs a command so often; prints the median of the processor
//                                                        time of one process in milliseconds
// count_bench lists FILE OUT                             the ballots as Belenios lists them, for belenios-tool method
#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <iostream>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/file.h"
#include "count/ballots/read.h"
#include "count/methods.h"

using namespace plenum;
using namespace plenum::count;

namespace {

double processor_seconds() {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

double median(std::vector<double> of) {
    std::nth_element(of.begin(), of.begin() + static_cast<std::ptrdiff_t>(of.size() / 2), of.end());
    return of.at(of.size() / 2);
}

int make(const std::string& file, std::uint64_t ballots, std::uint64_t candidates, int seats) {
    SeededRandomness chance("count bench");
    std::string out = std::to_string(candidates) + " " + std::to_string(seats) + "\n";
    std::vector<std::uint64_t> order(candidates);
    for (std::uint64_t i = 0; i < ballots; ++i) {
        for (std::uint64_t who = 0; who < candidates; ++who) order[who] = who + 1;
        // Earlier candidates are more popular, so that there are surpluses; lengths from 1 to all.
        const auto length = 1 + chance.below(candidates);
        out += "1";
        for (std::uint64_t place = 0; place < length; ++place) {
            const auto left = candidates - place;
            const auto pick = place + std::min(chance.below(left), chance.below(left));
            std::swap(order[place], order[pick]);
            out += " " + std::to_string(order[place]);
        }
        out += " 0\n";
    }
    out += "0\n";
    for (std::uint64_t who = 0; who < candidates; ++who) out += "\"Candidate " + std::to_string(who + 1) + "\"\n";
    return write_file(file, out + "\"Bench\"\n") ? 0 : 1;
}

int lists(const std::string& file, const std::string& to) {
    const auto profile = read_ballots(file, *read_file(file, std::size_t{1} << 30));
    if (!profile) return 1;
    std::string out = "[";
    for (std::size_t i = 0; i < profile->ballots(); ++i) {
        std::vector<int> ranks(profile->candidates(), 0);
        int rank = 0;
        for (auto at = profile->ends[i]; at < profile->ends[i + 1]; ++at) {
            rank += (profile->preferences[at] & Profile::equal_bit) == 0;
            ranks[profile->preferences[at] & ~Profile::equal_bit] = rank;
        }
        std::string one = "[";
        for (const int each : ranks) one += (one.size() > 1 ? "," : "") + std::to_string(each);
        one += "]";
        for (std::int64_t copy = 0; copy < profile->weights[i]; ++copy) out += (out.size() > 1 ? "," : "") + one;
    }
    return write_file(to, out + "]\n") ? 0 : 1;
}

int often(const std::string& file, const Method& method, int seats) {
    const auto content = read_file(file, std::size_t{1} << 30);
    if (!content) return 1;
    std::vector<double> read, counted;
    for (const auto begun = processor_seconds(); processor_seconds() < begun + 1;) {
        const auto start = processor_seconds();
        const auto profile = read_ballots(file, *content, method.asked);
        const auto between = processor_seconds();
        if (!profile) return 1;
        CountOptions options;
        options.seats = seats;
        if (!count_votes(*profile, method, options)) return 1;
        read.push_back(between - start);
        counted.push_back(processor_seconds() - between);
    }
    std::printf("%.6f %.6f\n", median(read), median(counted));
    return 0;
}

int processes(int times, const char* input, char** command) {
    std::vector<double> spent;
    for (int i = 0; i < times; ++i) {
        posix_spawn_file_actions_t files;
        posix_spawn_file_actions_init(&files);
        posix_spawn_file_actions_addopen(&files, 0, input, O_RDONLY, 0);
        posix_spawn_file_actions_addopen(&files, 1, "/dev/null", O_WRONLY, 0);
        pid_t process = 0;
        int status = posix_spawnp(&process, command[0], &files, nullptr, command, environ);
        posix_spawn_file_actions_destroy(&files);
        rusage used{};
        if (status != 0 || wait4(process, &status, 0, &used) != process || status != 0) {
            std::cerr << "count_bench: " << command[0] << " fails\n";
            return 1;
        }
        const auto milliseconds = [](const timeval& time) {
            return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_usec) / 1e3;
        };
        spent.push_back(milliseconds(used.ru_utime) + milliseconds(used.ru_stime));
    }
    std::printf("%.3f\n", median(spent));
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    const std::string what = argc > 2 ? argv[1] : "", file = argc > 2 ? argv[2] : "";
    const auto number = [&](int at, std::uint64_t usual) {
        return argc > at ? std::strtoull(argv[at], nullptr, 10) : usual;
    };
    if (what == "make") return make(file, number(3, 1'000'000), number(4, 20), static_cast<int>(number(5, 5)));
    if (what == "lists" && argc > 3) return lists(file, argv[3]);
    if (what == "often" && argc > 4) {
        const auto method = method_named(argv[3]);
        return method ? often(file, **method, std::atoi(argv[4])) : 1;
    }
    if (what == "processes" && argc > 4) return processes(std::max(1, std::atoi(argv[2])), argv[3], argv + 4);
    if (what != "count") {
        std::cerr << "count_bench make|count|often|lists FILE … or processes TIMES INPUT COMMAND…\n";
        return 2;
    }
    for (int i = 3; i < argc; ++i) {
        const auto method = method_named(argv[i]);
        if (!method) return 1;
        const auto start = processor_seconds();
        const auto wall = std::chrono::steady_clock::now();
        const auto profile = [&] {
            const auto content = read_file(file, std::size_t{1} << 30);
            return read_ballots(file, *content, (*method)->asked);
        }();
        const auto read = processor_seconds();
        if (!profile) return 1;
        const auto count = count_votes(*profile, **method);
        const auto done = processor_seconds();
        if (!count) return 1;
        const std::chrono::duration<double> waited = std::chrono::steady_clock::now() - wall;
        rusage used{};
        getrusage(RUSAGE_SELF, &used);
        std::printf(
            "%s: read %.3f s, count %.3f s, together %.3f s of processor time (%.3f s by the clock), %ld MB at most; "
            "%zu steps, elected",
            argv[i], read - start, done - read, done - start, waited.count(), used.ru_maxrss / 1024,
            count->stages.size());
        for (const int who : count->winners) std::printf(" %d", who + 1);
        std::printf("\n");
    }
    return 0;
}
