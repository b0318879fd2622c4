// SPDX-License-Identifier: Apache-2.0
// Reads the real elections beside the house, counts each by every rule named there, and compares winners and stages.
#include <doctest/doctest.h>

#include <filesystem>
#include <map>
#include <set>

#include "base/bytes.h"
#include "base/file.h"
#include "count/ballots/read.h"
#include "count/methods.h"

using namespace plenum;
using namespace plenum::count;

namespace {

const std::string folder = "../shared/data/elections/";

const JsonArray* elections() {
    static const auto all = [] {
        if (!std::filesystem::exists(folder + "expected.json")) {
            MESSAGE("SKIPPED: no elections beside the house, at " << folder);
            return Json();
        }
        auto json = json_from_text(*read_file(folder + "expected.json"));
        REQUIRE(json);
        return json->at("elections");
    }();
    return all.is_array() ? &all.get_array() : nullptr;
}
std::string text(const JsonObject& from, std::string_view key) {
    const auto* found = from.if_contains(key);
    return found && found->is_string() ? std::string(found->get_string()) : std::string();
}
std::vector<int> numbers(const Json& from) {
    std::vector<int> out;
    for (const auto& each : from.get_array()) out.push_back(static_cast<int>(each.get_int64()));
    return out;
}
std::vector<int> from_one(std::vector<int> candidates) {
    for (auto& each : candidates) ++each;
    return candidates;
}
std::vector<int> sorted(std::vector<int> these) {
    std::sort(these.begin(), these.end());
    return these;
}

/// The first stage in which ours differs from what is expected, in words; empty if none does. Steps that choose or announce
/// ("tie", "unpend") are left out of some of the expected lists.
std::string difference(const Count& count, const JsonArray& expected) {
    std::size_t at = 0;
    for (const auto& each : expected) {
        const auto& want = each.get_object();
        const auto event = text(want, "event");
        while (at < count.stages.size() && name_of(count.stages[at].event) != event &&
               (count.stages[at].event == Event::tie || count.stages[at].event == Event::unpend))
            ++at;
        const auto label = "round " + std::to_string(want.at("round").get_int64()) + " " + text(want, "what");
        if (at == count.stages.size()) return label + ": missing";
        const auto& have = count.stages[at++];
        if (name_of(have.event) != event) return label + ": we have " + std::string(name_of(have.event)) + " " + std::string(name_of(have.reason));
        if (have.round != want.at("round").get_int64()) return label + ": our round is " + std::to_string(have.round);
        const auto& votes = want.at("votes").get_array();
        if (votes.size() != have.votes.size()) return label + ": " + std::to_string(have.votes.size()) + " figures";
        for (std::size_t i = 0; i < votes.size(); ++i) {
            const std::string wanted = votes[i].is_null() ? "" : std::string(votes[i].get_string());
            if (wanted != have.votes[i]) return label + ": candidate " + std::to_string(i + 1) + " has " + have.votes[i] + ", not " + wanted;
        }
        if (have.quota != text(want, "quota")) return label + ": quota " + have.quota + ", not " + text(want, "quota");
        if (have.nontransferable != text(want, "nontransferable"))
            return label + ": not transferable " + have.nontransferable + ", not " + text(want, "nontransferable");
    }
    for (; at < count.stages.size(); ++at)
        if (count.stages[at].event != Event::tie && count.stages[at].event != Event::unpend)
            return "we have more: " + std::string(name_of(count.stages[at].event));
    return {};
}

Result<Count> counted(const JsonObject& election, std::string_view method_name, std::int64_t seats) {
    const auto file = folder + text(election, "file");
    const auto* method = TRY(method_named(method_name));
    const auto profile = TRY(read_ballots(file, TRY(read_file(file)), method->asked));
    CountOptions options;
    options.seats = seats;
    return count_votes(profile, *method, options);
}

}  // namespace

TEST_CASE("every real election gives the published winners and stages under every rule that is named for it") {
    if (!elections()) return;
    std::map<std::string, int> results;
    int stages = 0;
    for (const auto& each : *elections()) {
        const auto& election = each.get_object();
        const auto id = text(election, "id");
        for (const auto& one : election.at("results").get_array()) {
            const auto& result = one.get_object();
            const auto variant = text(result, "rule_variant");
            if (variant.empty()) continue;
            CAPTURE(id);
            CAPTURE(variant);
            const auto count = counted(election, variant, result.at("seats").get_int64());
            if (!count) {
                CHECK_MESSAGE(false, std::string(count.error().name()));
                continue;
            }
            CHECK(sorted(from_one(count->winners)) == numbers(result.at("winners")));
            if (const auto* order = result.if_contains("order_of_election"); order && order->is_array())
                CHECK(from_one(count->winners) == numbers(*order));
            CHECK(count->quota == text(result, "quota"));
            CHECK(count->valid == result.at("ballots").get_int64());
            CHECK(difference(*count, result.at("stages").get_array()) == "");
            ++results[variant];
            stages += static_cast<int>(result.at("stages").get_array().size());
        }
    }
    int all = 0;
    for (const auto& [variant, number] : results) {
        MESSAGE(variant << ": " << number << " counts");
        all += number;
    }
    MESSAGE("all: " << all << " counts with " << stages << " stages by " << results.size() << " names of rules");
    CHECK(all == 188);
}
