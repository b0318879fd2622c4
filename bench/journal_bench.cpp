// SPDX-License-Identifier: Apache-2.0
// The journal under load. The disk's own rate of fdatasync is measured in the same run: without it a rate of commits
// says nothing. Files are made in TMPDIR, or /tmp.
#include <benchmark/benchmark.h>
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <latch>
#include <sstream>
#include <thread>

#include "store/verify.h"

namespace {

using namespace plenum;
using namespace plenum::store;
using Ticks = std::chrono::steady_clock;

class Folder {
  public:
    Folder() {
        name_ = (std::filesystem::temp_directory_path() / "plenum-bench-XXXXXX").string();
        invariant(::mkdtemp(name_.data()));
    }
    ~Folder() {
        std::error_code error;
        std::filesystem::remove_all(name_, error);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    std::string operator/(const std::string& file) const { return name_ + "/" + file; }

  private:
    std::string name_;
};

Act act_of(const std::string& key) { return {"delegate-017", "congress.check_in", key, sha256_hex(key)}; }

Result<std::vector<NewEvent>> check_in(Transaction&) {
    return std::vector{
        NewEvent{"congress/8", "checked_in",
                 R"({"delegate":"6f1c0f6a6d0d4b0f9d0d5a3b7c2e1f00","method":"card","present":117,"sitting":"8-3"})",
                 std::nullopt}};
}

double seconds_since(Ticks::time_point start) { return std::chrono::duration<double>(Ticks::now() - start).count(); }

/// What one sync of one changed page costs here.
void disk_fdatasync(benchmark::State& state) {
    Folder folder;
    const int file = ::open((folder / "page").c_str(), O_RDWR | O_CREAT, 0600);
    std::string page(4096, 'x');
    for (int i = 0; i < 256; ++i) invariant(::write(file, page.data(), page.size()) == 4096);
    invariant(::fsync(file) == 0);
    off_t at = 0;
    for (auto _ : state) {
        page[0] = static_cast<char>(at);
        invariant(::pwrite(file, page.data(), page.size(), at) == 4096);
        invariant(::fdatasync(file) == 0);
        at = (at + 4096) % (256 * 4096);
    }
    state.SetItemsProcessed(state.iterations());
    ::close(file);
}
BENCHMARK(disk_fdatasync)->UseRealTime()->MinTime(2);

/// Clients that each wait for their act before they send the next, for three seconds.
void append(benchmark::State& state) {
    const auto clients = static_cast<std::size_t>(state.range(0));
    for (auto _ : state) {
        Folder folder;
        SystemClock clock;
        SystemRandomness randomness;
        const auto journal = Journal::open(folder / "journal", clock, randomness).value();
        std::vector<std::vector<double>> latencies(clients);
        std::latch ready(static_cast<std::ptrdiff_t>(clients) + 1);
        std::atomic<bool> stop = false;
        std::vector<std::thread> threads;
        for (std::size_t client = 0; client < clients; ++client)
            threads.emplace_back([&, client] {
                ready.arrive_and_wait();
                for (int i = 0; !stop; ++i) {
                    const auto start = Ticks::now();
                    invariant(journal->append(act_of(std::to_string(client) + "-" + std::to_string(i)), check_in));
                    latencies[client].push_back(seconds_since(start));
                }
            });
        const auto before = journal->figures();
        ready.arrive_and_wait();
        const auto start = Ticks::now();
        std::this_thread::sleep_for(std::chrono::seconds(3));
        stop = true;
        for (auto& thread : threads) thread.join();
        const double took = seconds_since(start);
        state.SetIterationTime(took);
        const auto after = journal->figures();
        std::vector<double> all;
        for (const auto& some : latencies) all.insert(all.end(), some.begin(), some.end());
        std::sort(all.begin(), all.end());
        const auto acts = static_cast<double>(after.acts - before.acts);
        const auto syncs = static_cast<double>(after.syncs - before.syncs);
        state.counters["acts_per_s"] = acts / took;
        state.counters["syncs_per_s"] = syncs / took;
        state.counters["acts_per_sync"] = acts / syncs;
        state.counters["acts_per_group"] = acts / static_cast<double>(after.groups - before.groups);
        state.counters["p50_ms"] = 1000 * all[all.size() / 2];
        state.counters["p99_ms"] = 1000 * all[all.size() * 99 / 100];
    }
}
BENCHMARK(append)->Arg(1)->Arg(64)->Arg(512)->Iterations(1)->UseManualTime();

/// A journal of 100,000 events, one in ten with a personal part.
class LongJournal {
  public:
    static constexpr int events = 100'000;
    LongJournal() : journal_(Journal::open(path(), clock_, randomness_).value()) {
        std::latch done(events);
        for (int i = 0; i < events; ++i) {
            const Decide decide = [i](Transaction& transaction) {
                auto out = check_in(transaction);
                if (i % 10 == 0) out->at(0).personal = R"({"name":"甲","telephone":"0531-17"})";
                return out;
            };
            while (journal_->figures().waiting > 10'000) std::this_thread::yield();
            journal_->submit(act_of("k" + std::to_string(i)), decide, [&](const Answer& answer) {
                invariant(answer.get());
                done.count_down();
            });
        }
        done.wait();
    }
    static LongJournal& one() {
        static LongJournal journal;
        return journal;
    }
    std::string path() const { return folder_ / "journal"; }
    Journal& journal() { return *journal_; }
    Folder& folder() { return folder_; }

  private:
    Folder folder_;
    SystemClock clock_;
    SystemRandomness randomness_;
    std::unique_ptr<Journal> journal_;
};

void read_100000(benchmark::State& state) {
    auto& journal = LongJournal::one().journal();
    for (auto _ : state) {
        std::int64_t seen = 0;
        journal.read(0, [&](const StoredEvent& event) {
            benchmark::DoNotOptimize(event.seq);
            ++seen;
            return true;
        });
        invariant(seen == LongJournal::events);
    }
    state.SetItemsProcessed(state.iterations() * LongJournal::events);
}
BENCHMARK(read_100000)->Unit(benchmark::kMillisecond)->UseRealTime();

void verify_100000_in_the_database(benchmark::State& state) {
    auto& journal = LongJournal::one().journal();
    for (auto _ : state) journal.with_reader([](Db& db) { invariant(verify_rows(db)); });
    state.SetItemsProcessed(state.iterations() * LongJournal::events);
}
BENCHMARK(verify_100000_in_the_database)->Unit(benchmark::kMillisecond)->UseRealTime();

/// With the engine's own check of its pages and indexes, as `verify` does.
void verify_100000_as_a_file(benchmark::State& state) {
    const auto path = LongJournal::one().path();
    for (auto _ : state) invariant(verify_database(path));
    state.SetItemsProcessed(state.iterations() * LongJournal::events);
}
BENCHMARK(verify_100000_as_a_file)->Unit(benchmark::kMillisecond)->UseRealTime();

void export_100000(benchmark::State& state) {
    auto& journal = LongJournal::one().journal();
    std::size_t bytes = 0;
    for (auto _ : state) {
        std::ostringstream out;
        invariant(export_journal(journal, out));
        bytes = out.str().size();
    }
    state.SetItemsProcessed(state.iterations() * LongJournal::events);
    state.counters["bytes"] = static_cast<double>(bytes);
}
BENCHMARK(export_100000)->Unit(benchmark::kMillisecond)->UseRealTime();

void verify_100000_exported(benchmark::State& state) {
    std::ostringstream out;
    invariant(export_journal(LongJournal::one().journal(), out));
    const auto text = out.str();
    for (auto _ : state) {
        std::istringstream in(text);
        invariant(verify_export(in, "export"));
    }
    state.SetItemsProcessed(state.iterations() * LongJournal::events);
}
BENCHMARK(verify_100000_exported)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace

BENCHMARK_MAIN();
