// SPDX-License-Identifier: Apache-2.0
// Scenarios: read, and held from the first act to the last or to the one that is refused.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "base/fields.h"
#include "cli/rehearsal.h"
#include "fuzz/fuzz.h"
#include "fuzz/rehearsal_sample.h"

using namespace plenum;
using namespace plenum::cli;

namespace {

void write(const std::filesystem::path& file, std::string_view text) { std::ofstream(file, std::ios::binary) << text; }

/// A folder of this process, with what a scenario names beside it.
const std::filesystem::path& folder() {
    static const auto path = [] {
        auto name = (std::filesystem::temp_directory_path() / "plenum-rehearsal-XXXXXX").string();
        invariant(mkdtemp(name.data()));
        std::atexit([] { std::filesystem::remove_all(folder()); });
        write(std::filesystem::path(name) / "roster.csv", fuzz::sample_roster);
        write(std::filesystem::path(name) / "bylaws.toml", fuzz::sample_bylaws);
        return std::filesystem::path(name);
    }();
    return path;
}

struct Held {
    Result<Done> done;
    std::string summary;
    int acts = 0;
};

Held hold(const Scenario& scenario) {
    SetClock clock{{(days_from_date(scenario.first_day) - 4001) * 86'400'000}};
    SeededRandomness people("people"), books("books");
    auto office = app::Office::open(":memory:", clock, books);
    invariant(office);
    Held out;
    RehearsalOptions options;
    options.clock = &clock;
    options.first_day = scenario.first_day;
    options.tell = [&](UtcTime, const std::string&, const std::vector<Text>& sentences, const Refusal*) {
        ++out.acts;
        for (const auto& sentence : sentences) HOLDS(is_utf8(sentence.zh_hans) && is_utf8(sentence.en));
    };
    out.done = rehearse(**office, scenario, people, options);
    if (const auto summary = summary_of(**office, scenario.id)) out.summary = canonical_json(*summary);
    return out;
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    static const bool aloud = std::getenv("PLENUM_FUZZ_ALOUD") != nullptr;
    const auto text = fuzz::text_of(bytes, size);
    write(folder() / "scenario.toml", text);
    const auto scenario = read_scenario(folder().string());
    if (!scenario) {
        if (aloud) std::fprintf(stderr, "%s\n", sentence_of(Language::en, scenario.error()).c_str());
        HOLDS(is_utf8(sentence_of(Language::zh_hans, scenario.error())));
        return 0;
    }
    int day = -4001;
    for (const auto& step : scenario->steps) {
        HOLDS(step.day >= day && step.minute < 24 * 60 && step.line > 0);
        day = step.day;
    }
    const auto held = hold(*scenario);
    if (aloud && !held.done) std::fprintf(stderr, "%s\n", sentence_of(Language::en, held.done.error()).c_str());
    if (!held.done) HOLDS(is_utf8(sentence_of(Language::zh_hant, held.done.error())));
    // The same seed, the same congress.
    if (held.done) HOLDS(hold(*scenario).summary == held.summary);
    return 0;
}
