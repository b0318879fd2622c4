// SPDX-License-Identifier: Apache-2.0
// The verifiable ballot: whole verification of a record, the arithmetic under it, and making a ballot. Records are
// simulated, or read from the folders named by PLENUM_RECORDS (separated by ':', each with one .bel file).
// PLENUM_PORTABLE=1 measures the code for processors without AVX-512 IFMA. Time is processor time of the one thread,
// but by the clock where there are several; `cores` is the processor time of all of them divided by the clock.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <ctime>
#include <map>
#include <sstream>

#include "evote/ballot/ballot.h"
#include "evote/group/every_group.h"
#include "evote/record/simulate.h"
#include "evote/record/verify.h"

namespace {

using namespace plenum;
using namespace plenum::evote;

/// One question of 30 answers, 0 to 15 of them: the shape that the promises are made for.
std::vector<Question> question_30() { return {*question_from_shape("30:0:15", 1)}; }

const std::string& simulated(const std::string& group, std::size_t voters) {
    static std::map<std::pair<std::string, std::size_t>, std::string> made;
    auto& archive = made[{group, voters}];
    if (archive.empty()) {
        Simulation wanted;
        wanted.group = group;
        wanted.voters = voters;
        wanted.questions = question_30();
        archive = simulate(wanted)->archive;
    }
    return archive;
}

double seconds_of(clockid_t clock) {
    timespec now{};
    invariant(::clock_gettime(clock, &now) == 0);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

void verify_archive(benchmark::State& state, const ByteSource& source, unsigned jobs) {
    std::uint64_t ballots = 0;
    const double clock = seconds_of(CLOCK_MONOTONIC), processors = seconds_of(CLOCK_PROCESS_CPUTIME_ID);
    for (auto _ : state) {
        VerifyOptions options;
        options.jobs = jobs;
        const auto verified = verify(source, options);
        invariant(verified.has_value());
        ballots = verified->ballots;
    }
    state.counters["cores"] =
        (seconds_of(CLOCK_PROCESS_CPUTIME_ID) - processors) / (seconds_of(CLOCK_MONOTONIC) - clock);
    state.counters["ballots"] =
        benchmark::Counter(static_cast<double>(ballots), benchmark::Counter::kIsIterationInvariantRate);
}

/// Commitments g^a · y^b · x^c with two on each base x, as the proofs of single choices ask for them; memberships too
/// where `check`.
template <class G>
void commitments(benchmark::State& state, const G& group, bool check) {
    SeededRandomness randomness("commitments");
    const auto& scalars = group.scalars();
    const auto y = group.power_vartime(group.generator(), scalars.random(randomness));
    const typename G::Tables tables(group, y);
    std::vector<CommitmentJob<G>> jobs;
    for (std::size_t i = 0; i < 512; ++i) {
        CommitmentJob<G> job{group.power_vartime(y, scalars.random(randomness)), {}, check};
        for (int t = 0; t < 2; ++t) {
            CommitmentTerm<G> term{{}, {}, scalars.random(randomness)};
            (i % 2 == 0 ? term.on_generator : term.on_key) = scalars.random(randomness);
            job.terms.push_back(term);
        }
        jobs.push_back(std::move(job));
    }
    const std::unique_ptr<bool[]> members(new bool[jobs.size()]());
    for (auto _ : state) benchmark::DoNotOptimize(tables.evaluate_vartime(jobs, {members.get(), jobs.size()}).size());
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(2 * jobs.size()));
}

/// A ballot from the plain vote to the text that is cast.
template <class G>
void make_ballot(benchmark::State& state, const G& group) {
    SeededRandomness randomness("ballot");
    const Hidden<typename G::Scalar> secret(group.scalars().random(randomness));
    const auto y = group.power_vartime(group.generator(), group.scalars().random(randomness));
    const SecretPower<G> term{&group.generator(), &secret.value};
    const auto credential = group.text_of(group.product_of_powers({&term, 1}));
    Election election;
    election.uuid = "11111111111111";
    election.questions = question_30();
    Vote vote{std::vector<std::uint8_t>(30)};
    for (const std::size_t answer : {2, 3, 5, 17}) vote[0][answer] = 1;
    for (auto _ : state) {
        const auto sealed =
            seal(group, election, std::string(43, 'x'), y, credential, vote, draw_seal_seed(randomness));
        benchmark::DoNotOptimize(sign(group, *sealed, secret, randomness).size());
    }
}

}  // namespace

int main(int argc, char** argv) {
    benchmark::Initialize(&argc, argv);
    const auto add = [](const std::string& name, auto function) {
        auto* added = benchmark::RegisterBenchmark(name.c_str(), function)->Unit(benchmark::kMillisecond);
        if (name.ends_with("jobs:2")) added->UseRealTime();
    };
    for (const auto& [group, voters] : {std::pair<std::string, std::size_t>{"BELENIOS-2048", 64}, {"Ed25519", 256}})
        for (const unsigned jobs : {1u, 2u})
            add("verify/" + group + "/jobs:" + std::to_string(jobs),
                [group = group, voters = voters, jobs](benchmark::State& state) {
                    verify_archive(state, MemorySource(simulated(group, voters)), jobs);
                });
    if (const char* folders = std::getenv("PLENUM_RECORDS")) {
        std::istringstream all(folders);
        for (std::string folder; std::getline(all, folder, ':');)
            for (const unsigned jobs : {1u, 2u})
                add("verify" + folder.substr(folder.find_last_of('/')) + "/jobs:" + std::to_string(jobs),
                    [folder, jobs](benchmark::State& state) {
                        const auto source = FileSource::open(folder);
                        invariant(source.has_value());
                        verify_archive(state, *source, jobs);
                    });
    }
    for (const bool check : {false, true}) {
        const std::string name = check ? "commitments_and_membership/" : "commitments/";
        add(name + "BELENIOS-2048", [check](auto& state) { commitments(state, belenios_2048(), check); });
        add(name + "Ed25519", [check](auto& state) { commitments(state, ed25519(), check); });
    }
    add("make_ballot/BELENIOS-2048", [](auto& state) { make_ballot(state, belenios_2048()); });
    add("make_ballot/Ed25519", [](auto& state) { make_ballot(state, ed25519()); });
    benchmark::RunSpecifiedBenchmarks();
}
