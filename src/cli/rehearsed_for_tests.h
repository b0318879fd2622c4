// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <doctest/doctest.h>

#include <regex>

#include "cli/rehearsal.h"

namespace plenum::cli {

/// A scenario held in memory with a seed; `seen` is called after every act.
struct Rehearsed {
    explicit Rehearsed(const std::string& seed, const std::function<void(const app::Office&)>& seen = {},
                       const std::string& folder = "examples/group-congress")
        : people("people " + seed), books("books " + seed) {
        auto read = read_scenario(folder);
        REQUIRE(read);
        scenario = std::move(*read);
        clock.set({(days_from_date(scenario.first_day) - 400) * 86'400'000});
        auto opened = app::Office::open(":memory:", clock, books);
        REQUIRE(opened);
        office = std::move(*opened);
        RehearsalOptions options;
        options.clock = &clock;
        options.first_day = scenario.first_day;
        options.tell = [&](UtcTime, const std::string&, const std::vector<Text>& sentences, const Refusal* why) {
            for (const auto& sentence : sentences) told.push_back(sentence);
            if (why) refused.emplace_back(why->name());
            if (seen) seen(*office);
        };
        done = rehearse(*office, scenario, people, options);
    }
    Json summary() const {
        const auto made = summary_of(*office, scenario.id);
        REQUIRE(made);
        return *made;
    }
    Scenario scenario;
    SetClock clock{{0}};
    SeededRandomness people, books;
    std::unique_ptr<app::Office> office;
    Result<Done> done;
    std::vector<Text> told;
    std::vector<std::string> refused;
};

/// A key of texts/ that stands in a text instead of its words, or "". A word at the end of a sentence is none: a key
/// goes on with a small letter.
inline std::string key_in(const std::string& text) {
    static const std::regex key("(congress|election|event|paper|refusal|rules|screen)\\.[a-z_][a-z_.]*");
    std::smatch found;
    return std::regex_search(text, found, key) ? found.str() : "";
}

}  // namespace plenum::cli
