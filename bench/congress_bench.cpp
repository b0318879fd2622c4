// SPDX-License-Identifier: Apache-2.0
// A congress with a crowd at its doors: how long a start takes, one act, one view, one paper. Files are made in TMPDIR,
// or /tmp.
#include <benchmark/benchmark.h>

#include <atomic>
#include <filesystem>
#include <future>
#include <map>
#include <thread>

#include "cli/rehearsal.h"
#include "fixtures/gathering.h"
#include "http/site.h"

namespace {

using namespace plenum;
using fixtures::delegate;

constexpr auto id = "bench";
constexpr std::int64_t events_of_a_start = 100'000;

JsonObject arrives(int number) { return {{"delegate", delegate(number)}, {"method", "card"}}; }

/// Sends an act on without waiting for it, at most so many at once; the program ends if it is refused.
class Sender {
  public:
    explicit Sender(app::Office& office) : office_(office) {}
    ~Sender() { wait_until_fewer_than(1); }
    Sender(const Sender&) = delete;
    Sender& operator=(const Sender&) = delete;
    void send(const std::string& act, JsonObject with) {
        wait_until_fewer_than(5'000);
        ++waiting_;
        office_.submit(fixtures::secretariat, {act, id, std::move(with), std::to_string(++number_)},
                       [this](const store::Answer& answer) {
                           invariant(answer.get());
                           --waiting_;
                       });
    }

  private:
    void wait_until_fewer_than(int count) const {
        while (waiting_ >= count) std::this_thread::yield();
    }
    app::Office& office_;
    std::int64_t number_ = 0;
    std::atomic<int> waiting_ = 0;
};

/// A file of 100,000 events: the acts up to the open doors, then delegates who come and go, one after the other.
class Crowd {
  public:
    static const std::string& of(int delegates) {
        static std::map<int, Crowd> all;
        return all.try_emplace(delegates, delegates).first->second.path_;
    }
    explicit Crowd(int delegates) {
        folder_ = (std::filesystem::temp_directory_path() / "plenum-bench-XXXXXX").string();
        invariant(::mkdtemp(folder_.data()));
        path_ = folder_ + "/books";
        SystemClock clock;
        SystemRandomness randomness;
        const auto office = app::Office::open(path_, clock, randomness).value();
        fixtures::open_doors(*office, id, delegates);
        const auto left = events_of_a_start - office->journal().last();
        Sender sender(*office);
        for (std::int64_t i = 0; i < left; ++i) {
            const int number = static_cast<int>(i % delegates) + 1;
            if (i / delegates % 2 == 0)
                sender.send("congress.check_in", arrives(number));
            else
                sender.send("congress.leave", {{"delegate", delegate(number)}});
        }
    }
    ~Crowd() {
        std::error_code error;
        std::filesystem::remove_all(folder_, error);
    }
    Crowd(const Crowd&) = delete;
    Crowd& operator=(const Crowd&) = delete;

  private:
    std::string folder_, path_;
};

/// What a start costs: the chain verified and the books rebuilt.
void open_100000(benchmark::State& state) {
    const auto& path = Crowd::of(static_cast<int>(state.range(0)));
    SystemClock clock;
    SystemRandomness randomness;
    for (auto _ : state) {
        const auto office = app::Office::open(path, clock, randomness).value();
        invariant(office->journal().last() == events_of_a_start);
        state.PauseTiming();
        const_cast<std::unique_ptr<app::Office>&>(office).reset();
        state.ResumeTiming();
    }
    state.SetItemsProcessed(state.iterations() * events_of_a_start);
}
BENCHMARK(open_100000)->Arg(170)->Arg(5'000)->Unit(benchmark::kMillisecond)->UseRealTime()->MinTime(2);

/// The part of it that the journal takes: verification alone.
void open_100000_journal_only(benchmark::State& state) {
    const auto& path = Crowd::of(static_cast<int>(state.range(0)));
    SystemClock clock;
    SystemRandomness randomness;
    for (auto _ : state) benchmark::DoNotOptimize(store::Journal::open(path, clock, randomness).value());
    state.SetItemsProcessed(state.iterations() * events_of_a_start);
}
BENCHMARK(open_100000_journal_only)->Arg(170)->Unit(benchmark::kMillisecond)->UseRealTime()->MinTime(2);

struct Hall {
    explicit Hall(int delegates) : office(app::Office::open(":memory:", clock, randomness).value()) {
        fixtures::open_doors(*office, id, delegates);
    }
    SystemClock clock;
    SystemRandomness randomness;
    std::unique_ptr<app::Office> office;
};

/// One delegate at the doors, in memory: everything but the disk. Every second act lets the same delegate leave.
void one_act_waited_for(benchmark::State& state) {
    Hall hall(static_cast<int>(state.range(0)));
    std::int64_t number = 0;
    for (auto _ : state) {
        const bool arriving = number % 2 == 0;
        JsonObject with{{"delegate", delegate(17)}};
        if (arriving) with = arrives(17);
        invariant(hall.office->act(fixtures::secretariat, {arriving ? "congress.check_in" : "congress.leave", id,
                                                           std::move(with), std::to_string(number++)}));
    }
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(one_act_waited_for)->Arg(170)->Arg(5'000)->Unit(benchmark::kMicrosecond)->UseRealTime();

/// The same when many wait in the queue, so that no thread sleeps between two acts.
void acts_queued(benchmark::State& state) {
    Hall hall(static_cast<int>(state.range(0)));
    {
        Sender sender(*hall.office);
        std::int64_t number = 0;
        for (auto _ : state) {
            const bool arriving = number++ % 2 == 0;
            JsonObject with{{"delegate", delegate(17)}};
            if (arriving) with = arrives(17);
            sender.send(arriving ? "congress.check_in" : "congress.leave", std::move(with));
        }
    }
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(acts_queued)->Arg(170)->Arg(5'000)->Unit(benchmark::kMicrosecond)->UseRealTime();

/// What every reader gets after every act, made once for all of them, with half of the delegates in the hall.
void screen_view(benchmark::State& state) {
    const int delegates = static_cast<int>(state.range(0));
    Hall hall(delegates);
    {
        Sender sender(*hall.office);
        for (int number = 1; number <= delegates / 2; ++number) sender.send("congress.check_in", arrives(number));
    }
    std::size_t bytes = 0;
    for (auto _ : state) bytes = canonical_json(hall.office->screen_view(id).value()).size();
    state.counters["bytes"] = static_cast<double>(bytes);
}
BENCHMARK(screen_view)->Arg(170)->Arg(5'000)->Unit(benchmark::kMicrosecond);

/// What the console reads and does, through the routes and as the bytes that go over the wire, with half of the
/// delegates in an open hall of 50 units.
struct Desk {
    explicit Desk(int delegates) : hall(delegates) {
        Sender sender(*hall.office);
        for (int number = 1; number <= delegates / 2; ++number) sender.send("congress.check_in", arrives(number));
    }
    std::size_t read(std::string_view path, std::string_view body = {}) {
        http::Request request;
        request.parameters = {{"id", id}};
        request.session = http::Session{app::Role::administrator, 1};
        request.body = body;
        std::size_t bytes = 0;
        for (const auto& route : table)
            if (route.path == path && (route.method == http::Method::post) == !body.empty())
                route.handle(request, http::Responder(Language::en, [&](http::Response answer) {
                                 invariant(answer.status == 200);
                                 bytes = answer.body->size();
                             }));
        return bytes;
    }
    Hall hall;
    http::Sessions sessions{{}, hall.clock, hall.randomness};
    http::Live live{{},
                    [](const std::string&, std::int64_t, std::int64_t, std::size_t) -> Result<std::vector<http::Act>> {
                        return std::vector<http::Act>{};
                    }};
    std::vector<http::Route> table = http::all_routes(sessions, *hall.office, live, hall.clock);
};

void desk_page(benchmark::State& state, const char* path) {
    Desk desk(static_cast<int>(state.range(0)));
    std::size_t bytes = 0;
    for (auto _ : state) bytes = desk.read(path);
    state.counters["bytes"] = static_cast<double>(bytes);
}
BENCHMARK_CAPTURE(desk_page, desk, "/api/congresses/{id}/desk")->Arg(170)->Arg(5'000)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(desk_page, delegates, "/api/congresses/{id}/delegates")
    ->Arg(170)
    ->Arg(5'000)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(desk_page, steps, "/api/congresses/{id}/steps")->Arg(170)->Arg(5'000)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(desk_page, rules, "/api/congresses/{id}/rules")->Arg(5'000)->Unit(benchmark::kMillisecond);

/// An act tried, with the copy of the congress on which its sentence is told.
void act_tried(benchmark::State& state) {
    Desk desk(static_cast<int>(state.range(0)));
    const auto body = canonical_json(JsonObject{
        {"act", "congress.check_in"}, {"congress", id}, {"with", arrives(static_cast<int>(state.range(0)))}});
    for (auto _ : state) benchmark::DoNotOptimize(desk.read("/api/acts/try", body));
}
BENCHMARK(act_tried)->Arg(170)->Arg(5'000)->Unit(benchmark::kMillisecond);

/// The history of a congress of 100,000 events: what the first page costs after a start, when all is told, and what a
/// page costs then.
void history_first_asked(benchmark::State& state) {
    SystemClock clock;
    SystemRandomness randomness;
    for (auto _ : state) {
        state.PauseTiming();
        auto office = app::Office::open(Crowd::of(170), clock, randomness).value();
        state.ResumeTiming();
        invariant(office->told(id, 0, 1'000).value().events.size() == 1'000);
        state.PauseTiming();
        office.reset();
        state.ResumeTiming();
    }
}
BENCHMARK(history_first_asked)->Unit(benchmark::kMillisecond)->UseRealTime();

void history_page(benchmark::State& state) {
    SystemClock clock;
    SystemRandomness randomness;
    const auto office = app::Office::open(Crowd::of(170), clock, randomness).value();
    invariant(office->told(id, 0, 1'000));
    for (auto _ : state) benchmark::DoNotOptimize(office->told(id, events_of_a_start - 1'001, 1'000).value());
}
BENCHMARK(history_page)->Unit(benchmark::kMicrosecond);

/// The minutes of the same: written after an event, and asked for again.
void minutes_of_100000(benchmark::State& state) {
    SystemClock clock;
    SystemRandomness randomness;
    for (auto _ : state) {
        state.PauseTiming();
        auto office = app::Office::open(Crowd::of(170), clock, randomness).value();
        state.ResumeTiming();
        benchmark::DoNotOptimize(office->paper(id, "minutes", Language::zh_hans).value());
        state.PauseTiming();
        office.reset();
        state.ResumeTiming();
    }
}
BENCHMARK(minutes_of_100000)->Unit(benchmark::kMillisecond)->UseRealTime();

void minutes_again(benchmark::State& state) {
    SystemClock clock;
    SystemRandomness randomness;
    const auto office = app::Office::open(Crowd::of(170), clock, randomness).value();
    for (auto _ : state) benchmark::DoNotOptimize(office->paper(id, "minutes", Language::zh_hans).value());
}
BENCHMARK(minutes_again)->Unit(benchmark::kMicrosecond);

/// The whole congress of examples/group-congress, held once in memory.
struct Held {
    Held() : scenario(cli::read_scenario(PLENUM_EXAMPLES "/group-congress").value()), clock({}), books("books bench") {
        office = app::Office::open(":memory:", clock, books).value();
        SeededRandomness people("people bench");
        cli::RehearsalOptions options;
        options.clock = &clock;
        options.first_day = scenario.first_day;
        const auto done = cli::rehearse(*office, scenario, people, options);
        invariant(done);
    }
    cli::Scenario scenario;
    SetClock clock;
    SeededRandomness books;
    std::unique_ptr<app::Office> office;
};

void rehearsal_whole(benchmark::State& state) {
    std::int64_t events = 0;
    for (auto _ : state) events = Held().office->journal().last();
    state.counters["events"] = static_cast<double>(events);
}
BENCHMARK(rehearsal_whole)->Unit(benchmark::kMillisecond)->UseRealTime();

void rehearsal_minutes(benchmark::State& state) {
    const Held held;
    std::size_t bytes = 0;
    for (auto _ : state)
        bytes =
            congress::html_from(congress::minutes(held.office->history(held.scenario.id), "head", Language::zh_hans))
                .size();
    state.counters["bytes"] = static_cast<double>(bytes);
}
BENCHMARK(rehearsal_minutes)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
