// SPDX-License-Identifier: Apache-2.0
// Shuffles: verification from text to output, making one, and the products of powers under it. PLENUM_PORTABLE=1
// measures the code for processors without AVX-512 IFMA. Time is processor time of one thread; a rate is ciphertexts a
// second.
#include <benchmark/benchmark.h>
#include <sys/resource.h>

#include <ctime>
#include <fstream>
#include <iostream>
#include <map>
#include <sstream>

#include "evote/group/every_group.h"
#include "evote/record/archive.h"
#include "evote/shuffle/permutation.h"
#include "evote/shuffle/proof_of_shuffle.h"

namespace {

using namespace plenum;
using namespace plenum::evote;

constexpr std::string_view phi = "5Cq2mBN0rHL1J5KAUrD2fA2ZVTHfgIIFNrdvWxnQWd8";

template <class G>
struct Sample {
    const G& group;
    typename G::Element y;
    typename G::Tables tables;
    Lists<G> input{1};
    std::string text;

    Sample(const G& in, std::size_t count, bool shuffled)
        : group(in), y(in.power_vartime(in.generator(), in.scalars().from_number(314159))), tables(in, y) {
        // Members by multiplication: to draw an exponent for each would take longer than to shuffle.
        const auto step = group.multiply_vartime(y, group.power_vartime(y, group.scalars().from_number(271828)));
        auto last = step;
        while (input[0].size() < count) {  // in blocks, so that what is measured takes more memory than they do
            std::vector<typename G::Element> chain{last};
            while (chain.size() < 2 * std::min<std::size_t>(1024, count - input[0].size()))
                chain.push_back(group.multiply_vartime(chain.back(), step));
            last = group.multiply_vartime(chain.back(), step);
            const auto texts = group.texts_of(std::span<const typename G::Element>(chain));
            const auto read = group.elements_from_texts(std::vector<std::string_view>(texts.begin(), texts.end()));
            for (std::size_t i = 0; i < read.size(); i += 2) input[0].push_back({*read[i], *read[i + 1]});
        }
        SystemRandomness randomness;
        if (shuffled) text = shuffle_text(group, make_shuffle(group, phi, y, input, randomness)).whole();
    }
};

template <class G>
const Sample<G>& sample(const G& group, std::size_t count, bool shuffled) {
    static std::map<std::pair<std::size_t, bool>, std::unique_ptr<Sample<G>>> made;
    auto& each = made[{count, shuffled}];
    if (!each) each = std::make_unique<Sample<G>>(group, count, shuffled);
    return *each;
}

void count_items(benchmark::State& state) { state.SetItemsProcessed(state.iterations() * state.range(0)); }

template <class G>
void verify(benchmark::State& state, const G& group) {
    const auto& of = sample(group, static_cast<std::size_t>(state.range(0)), true);
    SystemRandomness verifiers;
    for (auto _ : state)
        invariant(shuffle_from_text_vartime(group, of.tables, phi, of.y, of.input, Reader(of.text), verifiers, 1)
                      .has_value());
    count_items(state);
}

template <class G>
void prove(benchmark::State& state, const G& group) {
    const auto& of = sample(group, static_cast<std::size_t>(state.range(0)), false);
    SystemRandomness randomness;
    for (auto _ : state)
        benchmark::DoNotOptimize(shuffle_text(group, make_shuffle(group, phi, of.y, of.input, randomness)).size());
    count_items(state);
}

/// A product of powers with exponents of `bits` bits.
template <class G>
void powers(benchmark::State& state, const G& group) {
    const auto count = static_cast<std::size_t>(state.range(0)), bits = static_cast<std::size_t>(state.range(1));
    const auto& of = sample(group, (count + 1) / 2, false);
    SeededRandomness randomness("powers");
    std::vector<PublicPower<G>> terms;
    for (std::size_t i = 0; i < count; ++i) {
        auto exponent = group.scalars().random(randomness);
        for (std::size_t k = bits; k < 64 * exponent.limb.size(); ++k)
            exponent.limb[k / 64] &= ~(std::uint64_t{1} << (k % 64));
        const auto& each = of.input[0][i / 2];
        terms.push_back({i % 2 == 0 ? &each.alpha : &each.beta, exponent});
    }
    for (auto _ : state) benchmark::DoNotOptimize(group.product_of_powers_vartime(terms));
    count_items(state);
}

template <class G>
void membership(benchmark::State& state, const G& group) {
    const auto& of = sample(group, static_cast<std::size_t>(state.range(0) + 1) / 2, false);
    std::vector<typename G::Element> elements;
    for (const auto& each : of.input[0]) {
        elements.push_back(each.alpha);
        elements.push_back(each.beta);
    }
    SystemRandomness verifiers;
    for (auto _ : state) invariant(group.are_members_vartime(elements, verifiers));
    count_items(state);
}

template <class G>
void decoding(benchmark::State& state, const G& group) {
    const auto& of = sample(group, static_cast<std::size_t>(state.range(0) + 1) / 2, false);
    std::vector<typename G::Element> elements;
    for (const auto& each : of.input[0]) {
        elements.push_back(each.alpha);
        elements.push_back(each.beta);
    }
    const auto texts = group.texts_of(std::span<const typename G::Element>(elements));
    const std::vector<std::string_view> views(texts.begin(), texts.end());
    for (auto _ : state) benchmark::DoNotOptimize(group.elements_from_texts(views).size());
    count_items(state);
}

template <class G>
void generators(benchmark::State& state, const G& group) {
    for (auto _ : state)
        benchmark::DoNotOptimize(independent_generators(group, static_cast<std::size_t>(state.range(0))).each.size());
    count_items(state);
}

void permutation(benchmark::State& state) {
    struct Row {
        std::uint64_t word[8];
    };
    std::vector<Row> rows(static_cast<std::size_t>(state.range(0)));
    SystemRandomness randomness;
    for (auto _ : state) SecretPermutation(rows.size(), randomness).apply(std::span(rows));
    count_items(state);
}

BENCHMARK_CAPTURE(verify, Ed25519, ed25519())->Arg(100)->Arg(1000)->Arg(10000)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(verify, RFC_3526_2048, rfc_3526_2048())->Arg(100)->Arg(500)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(prove, Ed25519, ed25519())->Arg(1000)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(prove, RFC_3526_2048, rfc_3526_2048())->Arg(20)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(powers, Ed25519, ed25519())
    ->Args({1000, 253})
    ->Args({65536, 253})
    ->Args({65536, 128})
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(powers, RFC_3526_2048, rfc_3526_2048())
    ->Args({2000, 2047})
    ->Args({2000, 384})
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(membership, Ed25519, ed25519())->Arg(50000)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(membership, RFC_3526_2048, rfc_3526_2048())->Arg(2000)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(decoding, Ed25519, ed25519())->Arg(50000)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(decoding, RFC_3526_2048, rfc_3526_2048())->Arg(2000)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(generators, Ed25519, ed25519())->Arg(10000)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(generators, RFC_3526_2048, rfc_3526_2048())->Arg(1000)->Unit(benchmark::kMillisecond);
BENCHMARK(permutation)->Arg(1000)->Arg(100000)->Unit(benchmark::kMillisecond);

double processor_seconds() {
    timespec now{};
    invariant(::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now) == 0);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

long most_megabytes() {
    rusage usage{};
    invariant(::getrusage(RUSAGE_SELF, &usage) == 0);
    return usage.ru_maxrss / 1000;
}

/// A file of one line, group and number, and the payload.
template <class G>
int make_file(const G& group, std::string_view name, std::size_t count, const std::string& path) {
    const Sample<G> of(group, count, false);
    const double start = processor_seconds();
    SystemRandomness randomness;
    const auto text = shuffle_text(group, make_shuffle(group, phi, of.y, of.input, randomness));
    std::ofstream file(path, std::ios::binary);
    file << name << " " << count << "\n";
    const auto written = text.write_to([&](std::string_view piece) -> Result<Done> {
        file << piece;
        return Done{};
    });
    invariant(written.has_value() && file.flush().good());
    const double took = processor_seconds() - start;
    std::cout << count << " ciphertexts shuffled in " << took << " s of processor time, "
              << static_cast<double>(count) / took << " a second; at most " << most_megabytes() << " MB\n";
    return 0;
}

template <class G>
int verify_file(const G& group, std::size_t count, const ByteSource& source, std::uint64_t from) {
    const Sample<G> of(group, count, false);
    const double start = processor_seconds();
    SystemRandomness verifiers;
    const auto pieces = [&]() -> Result<std::string> {
        const auto size = std::min<std::uint64_t>(1u << 20, source.size() - from);
        from += size;
        return source.read(from - size, size);
    };
    const auto output = shuffle_from_text_vartime(group, of.tables, phi, of.y, of.input, Reader(pieces), verifiers, 1);
    invariant(output.has_value());
    const double took = processor_seconds() - start;
    std::cout << count << " ciphertexts verified in " << took << " s of processor time, "
              << static_cast<double>(count) / took << " a second; at most " << most_megabytes() << " MB\n";
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    const std::vector<std::string> words(argv, argv + argc);
    const auto with_group = [](std::string_view name, const auto& act) {
        const auto group = group_from_name(name);
        invariant(group.has_value());
        return std::visit([&](const auto* known) { return act(*known); }, *group);
    };
    // shuffle_bench make GROUP COUNT FILE; shuffle_bench verify FILE
    if (argc == 5 && words[1] == "make")
        return with_group(
            words[2], [&](const auto& group) { return make_file(group, words[2], std::stoul(words[3]), words[4]); });
    if (argc == 3 && words[1] == "verify") {
        const auto source = FileSource::open(words[2]);
        invariant(source.has_value());
        const auto start = source->read(0, std::min<std::size_t>(100, source->size()));
        std::istringstream line(start->substr(0, start->find('\n')));
        std::string name;
        std::size_t count = 0;
        line >> name >> count;
        return with_group(name,
                          [&](const auto& group) { return verify_file(group, count, *source, start->find('\n') + 1); });
    }
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}
