// SPDX-License-Identifier: Apache-2.0
// Debian's belenios-tool as an independent judge of the three methods that it counts.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <numeric>

#include "base/bytes.h"
#include "base/file.h"
#include "base/json.h"
#include "count/ballots/read.h"
#include "count/methods.h"
#include "evote/record/belenios_tool_for_tests.h"

using namespace plenum;
using namespace plenum::count;

namespace {

/// What it says of the ballots; nothing where it fails.
std::optional<JsonObject> belenios(const std::vector<std::string>& words, const std::string& ballots) {
    const auto folder = (std::filesystem::temp_directory_path() / "plenum-count-belenios").string();
    std::filesystem::create_directories(folder);
    REQUIRE(write_file(folder + "/ballots.json", ballots));
    const auto answer = evote::belenios_tool(words, folder, folder + "/ballots.json");
    std::filesystem::remove_all(folder);
    if (answer.status != 0) return std::nullopt;
    return json_from_text(answer.out)->get_object();
}

Result<Count> ours(const std::string& method, const std::string& ballots, std::int64_t seats) {
    const auto* named = *method_named(method);
    const auto profile = read_ballots("ballots", ballots, named->asked);
    REQUIRE(profile);
    CountOptions options;
    options.seats = seats;
    return count_votes(*profile, *named, options);
}

std::string list_of(const std::vector<std::vector<int>>& ballots) {
    std::string out;
    for (const auto& ballot : ballots) {
        out += out.empty() ? "[[" : ",[";
        for (std::size_t i = 0; i < ballot.size(); ++i) out += (i ? "," : "") + std::to_string(ballot[i]);
        out += "]";
    }
    return out + "]";
}

/// Ranks by voters who agree somewhat: complete or not, now and then with an equal rank or with one left out.
std::vector<std::vector<int>> random_ranks(SeededRandomness& chance, std::size_t candidates, std::uint64_t voters) {
    std::vector<std::vector<int>> out;
    for (std::uint64_t voter = 0; voter < voters; ++voter) {
        std::vector<std::size_t> order(candidates);
        std::iota(order.begin(), order.end(), std::size_t{0});
        for (std::size_t place = 0; place + 1 < candidates; ++place) {
            const auto left = candidates - place;
            std::swap(order[place], order[place + std::min(chance.below(left), chance.below(left))]);
        }
        std::vector<int> ranks(candidates, 0);
        const auto named = chance.below(candidates + 1);
        for (std::size_t place = 0; place < named; ++place) ranks[order[place]] = static_cast<int>(place) + 1;
        if (chance.below(6) == 0) ranks[chance.below(candidates)] = static_cast<int>(chance.below(candidates + 1));
        out.push_back(std::move(ranks));
    }
    return out;
}

std::vector<int> numbers(const Json& from) {
    std::vector<int> out;
    for (const auto& each : from.as_array()) out.push_back(static_cast<int>(each.as_int64()));
    return out;
}
std::vector<std::vector<int>> sorted_groups(const Json& from) {
    std::vector<std::vector<int>> out;
    for (const auto& each : from.as_array()) {
        out.push_back(numbers(each));
        std::sort(out.back().begin(), out.back().end());
    }
    return out;
}
/// ["Win",[0]] and ["Lose",2] number from 0; the record of ours from 1.
std::string event_from_one(const Json& event) {
    const auto& parts = event.as_array();
    std::string out = "[\"" + std::string(parts[0].as_string()) + "\",";
    if (parts[1].is_int64()) return out + std::to_string(parts[1].get_int64() + 1) + "]";
    std::string all;
    for (const int who : numbers(parts[1])) all += (all.empty() ? "" : ",") + std::to_string(who + 1);
    return out + "[" + all + "]]";
}

}  // namespace

TEST_CASE("belenios-tool counts random ballots as we do: transferable votes step by step, pairs, and grades") {
    if (!evote::has_belenios_tool()) return;
    SeededRandomness chance("count beside belenios");
    int compared = 0;
    for (int round = 0; round < 60; ++round) {
        const std::size_t candidates = 2 + chance.below(6);
        const auto voters = 1 + chance.below(round % 3 == 0 ? 6 : 60);
        const auto ranks = random_ranks(chance, candidates, voters);
        const auto ballots = list_of(ranks);
        CAPTURE(ballots);

        const auto seats = 1 + chance.below(std::min<std::uint64_t>(candidates, 4));
        CAPTURE(seats);
        const auto transferred = ours("belenios-stv", ballots, static_cast<std::int64_t>(seats));
        const auto wanted = belenios({"method", "stv", "--nseats=" + std::to_string(seats)}, ballots);
        if (!transferred) {  // not one valid ballot: it elects nobody, we refuse to count
            CHECK(transferred.error().name() == "count.no_valid_ballots");
            CHECK((!wanted || wanted->at("winners").as_array().empty()));
        } else if (wanted) {
            CHECK(numbers(wanted->at("winners")) == transferred->winners);
            CHECK(static_cast<std::int64_t>(wanted->at("invalid").as_array().size()) == transferred->invalid);
            std::vector<std::string> events;
            for (const auto& each : wanted->at("events").as_array()) events.push_back(event_from_one(each));
            CHECK(events == transferred->events);
            ++compared;
        } else {  // its own assertion failed, where ballots name fewer candidates than there are seats
            std::vector<bool> named(candidates);
            for (const auto& ballot : ranks)
                for (std::size_t i = 0; i < candidates; ++i) named[i] = named[i] || ballot[i] > 0;
            CHECK(static_cast<std::uint64_t>(std::count(named.begin(), named.end(), true)) < seats);
        }

        const auto paired = ours("schulze", ballots, 1);
        const auto pairs = belenios({"method", "schulze", "--blank-allowed=false"}, ballots);
        REQUIRE((paired && pairs));
        CHECK(sorted_groups(pairs->at("winners")) == paired->ranking);

        const auto best_to_worst = 2 + chance.below(5);
        auto grades = ranks;
        for (auto& ballot : grades)
            for (auto& grade : ballot) grade = 1 + static_cast<int>(chance.below(best_to_worst));
        const auto graded = list_of(grades);
        CAPTURE(graded);
        const auto judged = belenios(
            {"method", "majority-judgment", "--blank-allowed=false", "--ngrades=" + std::to_string(best_to_worst)},
            graded);
        const auto weighed = ours("majority-judgment", graded, 1);
        REQUIRE((weighed && judged));
        CHECK(sorted_groups(judged->at("winners")) == weighed->ranking);
    }
    CHECK(compared > 40);
    MESSAGE(compared << " transferable counts, 60 by pairs and 60 by grades");
}
