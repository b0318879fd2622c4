// SPDX-License-Identifier: Apache-2.0
// Kills a server in the middle of its work, again and again: `kill_test ROUNDS [SEED]`.
//
// A child opens the journal and acts from several threads as fast as it can; it tells through a pipe which acts it
// began and which were acknowledged. The parent kills it with SIGKILL at a random moment and holds what is on disk to
// what was acknowledged: every acknowledged act is there once, with its receipt; no act is there in part; an act that
// was begun but not acknowledged acts once when it is sent again.
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <random>
#include <set>
#include <sstream>
#include <thread>

#include "store/verify.h"

extern char** environ;

namespace {

using namespace plenum;
using namespace plenum::store;

constexpr int threads = 5;

[[noreturn]] void fail(const std::string& what) {
    std::fprintf(stderr, "kill_test: %s\n", what.c_str());
    std::exit(1);
}
void demand(bool holds, const std::string& what) {
    if (!holds) fail(what);
}

// --- the acts, which child and parent make alike from their key
// -------------------------------------------------------

std::size_t events_of(const std::string& key) { return sha256(key)[0] % 3 + 1; }

Act act_of(const std::string& key) { return {"delegate-17", "faults.act", key, sha256_hex("request of " + key)}; }

Decide decide_of(const std::string& key) {
    return [key](Transaction& transaction) -> Result<std::vector<NewEvent>> {
        transaction.db().exec("create table if not exists acted (\n    key text not null primary key\n);\n");
        transaction.db().exec("insert into acted values ('" + key + "')");
        std::vector<NewEvent> out;
        for (std::size_t i = 0; i < events_of(key); ++i)
            out.push_back({"faults", "acted", R"({"text":")" + std::string(200 * i, 'x') + "\"}",
                           i == 1 ? std::optional<std::string>(R"({"name":"乙"})") : std::nullopt});
        return out;
    };
}

// --- the child
// ----------------------------------------------------------------------------------------------------------

/// One write, short enough that the pipe takes it whole or not at all.
void tell(int pipe, const std::string& line) {
    if (::write(pipe, line.data(), line.size()) != static_cast<ssize_t>(line.size())) std::_Exit(3);
}

int run_child(const std::string& path, const std::string& prefix, int pipe) {
    SystemClock clock;
    SystemRandomness randomness;
    auto journal = Journal::open(path, clock, randomness);
    if (!journal) {
        std::fprintf(stderr, "child: %s\n", std::string(journal.error().name()).c_str());
        return 2;
    }
    std::vector<std::thread> all;
    for (int thread = 0; thread < threads; ++thread)
        all.emplace_back([&, thread] {
            for (int i = 0;; ++i) {
                const auto key = prefix + "-" + std::to_string(thread) + "-" + std::to_string(i);
                tell(pipe, "began " + key + "\n");
                const auto receipt = (*journal)->append(act_of(key), decide_of(key));
                if (!receipt) std::_Exit(4);
                tell(pipe, "acked " + key + " " + std::to_string(receipt->last) + " " + receipt->head + "\n");
            }
        });
    for (auto& each : all) each.join();
    return 0;
}

// --- the parent
// ---------------------------------------------------------------------------------------------------------

struct Acked {
    std::int64_t seq = 0;
    std::string hash;
};
struct Told {
    std::set<std::string> began;
    std::map<std::string, Acked> acked;
};

struct Figures {
    std::size_t acked = 0, unacked = 0, unacked_but_durable = 0, before_opening = 0;
};

/// Runs a child until it has acknowledged `after_acks` acts, or `after_ms` have passed, and kills it.
Told run_and_kill(const std::string& path, const std::string& prefix, std::size_t after_acks, int after_ms) {
    int ends[2];
    demand(::pipe(ends) == 0, "no pipe");
    ::fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    const auto pipe_number = std::to_string(ends[1]);
    std::string program = std::filesystem::read_symlink("/proc/self/exe").string(), mode = "child", path_copy = path,
                prefix_copy = prefix, pipe_copy = pipe_number;
    char* arguments[] = {program.data(), mode.data(), path_copy.data(), prefix_copy.data(), pipe_copy.data(), nullptr};
    pid_t child = 0;
    demand(::posix_spawn(&child, program.c_str(), nullptr, nullptr, arguments, environ) == 0, "no child");
    ::close(ends[1]);

    std::string text;
    std::size_t acks = 0;
    bool killed = false;
    const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(after_ms);
    while (true) {
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(until - std::chrono::steady_clock::now()).count();
        if (!killed && (acks >= after_acks || left <= 0)) {
            ::kill(child, SIGKILL);
            killed = true;
        }
        pollfd waiting{ends[0], POLLIN, 0};
        if (!killed && ::poll(&waiting, 1, static_cast<int>(left)) == 0) continue;
        char buffer[4096];
        const auto got = ::read(ends[0], buffer, sizeof buffer);
        if (got <= 0) break;
        const std::string_view part(buffer, static_cast<std::size_t>(got));
        for (auto at = part.find("acked"); at != std::string_view::npos; at = part.find("acked", at + 1)) ++acks;
        text += part;
    }
    ::close(ends[0]);
    int status = 0;
    demand(::waitpid(child, &status, 0) == child, "the child is lost");
    demand(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL, "the child ended by itself: " + std::to_string(status));

    Told out;
    std::istringstream in(text);
    for (std::string word, key; in >> word >> key;) {
        if (word == "began") {
            out.began.insert(key);
        } else {
            Acked acked;
            in >> acked.seq >> acked.hash;
            out.acked[key] = acked;
        }
    }
    return out;
}

struct OnDisk {
    std::map<std::string, std::vector<StoredEvent>> acts;
    std::size_t rows = 0;
};

OnDisk read_all(const Journal& journal) {
    OnDisk out;
    journal.read(0, [&](const StoredEvent& event) {
        out.acts[event.key].push_back(event);
        return true;
    });
    journal.with_reader([&](Db& db) {
        if (db.columns("acted").empty()) return;
        const auto rows = db.prepare("select count(*) from acted");
        rows->step();
        out.rows = static_cast<std::size_t>(rows->integer(0));
    });
    return out;
}

/// What holds whenever the journal is opened: all acknowledged acts, none in part, rows and events together.
void check(const OnDisk& disk, const std::map<std::string, Acked>& acked) {
    for (const auto& [key, events] : disk.acts) {
        demand(events.size() == events_of(key), key + " is there in part");
        for (std::size_t i = 0; i < events.size(); ++i)
            demand(events[i].seq == events[0].seq + static_cast<std::int64_t>(i), key + " is there twice");
    }
    for (const auto& [key, receipt] : acked) {
        const auto found = disk.acts.find(key);
        demand(found != disk.acts.end(), key + " was acknowledged and is lost");
        demand(found->second.back().seq == receipt.seq && found->second.back().hash == receipt.hash,
               key + " has another receipt");
    }
    demand(disk.rows == disk.acts.size(), "rows and events differ");
}

void run_round(const std::string& path, const std::string& prefix, std::mt19937_64& random,
               std::map<std::string, Acked>& acked, Figures& figures) {
    const bool by_time = random() % 3 == 0;
    const auto told = run_and_kill(path, prefix, by_time ? SIZE_MAX : random() % 400,
                                   by_time ? static_cast<int>(random() % 60) : 20'000);
    acked.insert(told.acked.begin(), told.acked.end());
    figures.acked += told.acked.size();
    if (told.began.empty()) ++figures.before_opening;

    if (!acked.empty()) {
        const auto verified = verify_database(path, acked.rbegin()->second.hash);
        demand(verified.has_value(), verified ? "" : "the chain is broken: " + std::string(verified.error().name()));
    }
    SystemClock clock;
    SystemRandomness randomness;
    auto opened = Journal::open(path, clock, randomness);
    demand(opened.has_value(), opened ? "" : "not opened: " + std::string(opened.error().name()));
    auto& journal = **opened;
    const auto before = read_all(journal);
    check(before, acked);

    // The clients send again what they had no answer to, and one of those answered.
    for (const auto& key : told.began) {
        const bool known = before.acts.contains(key);
        if (told.acked.contains(key) && random() % 50 != 0) continue;
        const auto receipt = journal.append(act_of(key), decide_of(key));
        demand(receipt.has_value(), key + " was refused when sent again");
        demand(receipt->repeated == known, key + (known ? " acted again" : " was taken for known"));
        if (told.acked.contains(key)) {
            demand(receipt->last == told.acked.at(key).seq && receipt->head == told.acked.at(key).hash,
                   key + " was answered with another receipt");
        } else {
            ++figures.unacked;
            if (known) ++figures.unacked_but_durable;
            acked[key] = {receipt->last, receipt->head};
        }
    }
    const auto after = read_all(journal);
    check(after, acked);
    demand(after.acts.size() == acked.size(), "there are acts that nobody asked for");
}

int run_parent(int rounds, std::uint64_t seed) {
    std::printf("kill_test: %d rounds, seed %llu\n", rounds, static_cast<unsigned long long>(seed));
    std::fflush(stdout);
    std::string folder = (std::filesystem::temp_directory_path() / "plenum-faults-XXXXXX").string();
    demand(::mkdtemp(folder.data()) != nullptr, "no folder");
    std::mt19937_64 random(seed);
    Figures figures;
    std::map<std::string, Acked> acked;
    std::string path;
    for (int round = 0; round < rounds; ++round) {
        if (round % 7 == 0) {  // a new journal: also its making is interrupted
            path = folder + "/journal-" + std::to_string(round);
            acked.clear();
        }
        run_round(path, "r" + std::to_string(round), random, acked, figures);
    }
    std::filesystem::remove_all(folder);
    std::printf(
        "acknowledged %zu, all there; not acknowledged %zu, of which %zu were durable already; killed before the first "
        "act "
        "%zu times\n",
        figures.acked, figures.unacked, figures.unacked_but_durable, figures.before_opening);
    return 0;
}

std::uint64_t number_from(const char* text) {
    std::uint64_t out = 0;
    const auto* end = text + std::char_traits<char>::length(text);
    demand(std::from_chars(text, end, out).ptr == end && *text, std::string("not a number: ") + text);
    return out;
}

}  // namespace

int main(int count, char** arguments) {
    if (count == 5 && std::string_view(arguments[1]) == "child")
        return run_child(arguments[2], arguments[3], static_cast<int>(number_from(arguments[4])));
    if (count != 2 && count != 3) fail("usage: kill_test ROUNDS [SEED]");
    return run_parent(static_cast<int>(number_from(arguments[1])),
                      count == 3 ? number_from(arguments[2]) : std::random_device{}());
}
