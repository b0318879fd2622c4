// SPDX-License-Identifier: Apache-2.0
// For this room's tests: small elections, records taken apart and put together with all hashes made anew, and the
// independent judge.
#pragma once
#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "base/file.h"
#include "base/texts.h"
#include "evote/ballot/text.h"
#include "evote/record/belenios_tool_for_tests.h"
#include "evote/record/simulate.h"

namespace plenum::evote {

inline SimulatedElection simulated(Simulation wanted) {
    auto out = simulate(wanted);
    if (!out) MESSAGE(sentence_of(Language::en, out.error()));
    REQUIRE(out);
    return std::move(*out);
}
inline Simulation small(std::string group) {
    Simulation out;
    out.group = std::move(group);
    out.voters = 5;
    out.revotes = 2;
    out.questions = {*question_from_shape("3:0:2", 1), *question_from_shape("2:1:1:blank", 2)};
    out.single_trustees = 2;
    out.seed = "17";
    return out;
}
inline std::string verdict(std::string_view archive, const VerifyOptions& options = {}) {
    const auto record = verify(MemorySource(archive), options);
    return record ? "verified" : std::string(record.error().name());
}

/// A folder of its own, removed at the end.
class Folder {
  public:
    Folder() : path_(std::filesystem::temp_directory_path() / ("plenum-evote-" + SystemRandomness().id())) {
        std::filesystem::create_directories(path_);
    }
    ~Folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

/// What belenios-tool says of the record; nothing where it is not installed.
inline std::optional<Judgement> belenios_verifies(const std::string& uuid, std::string_view archive) {
    if (!has_belenios_tool()) return std::nullopt;
    const Folder folder;
    std::ofstream(folder.path() / (uuid + ".bel"), std::ios::binary) << archive;
    return belenios_tool({"election", "verify", "--dir", "."}, folder.path());
}
inline bool accepted(const Judgement& judgement) {
    return judgement.status == 0 && (judgement.out + judgement.err).find("all checks passed") != std::string::npos;
}

/// A record taken apart into its events, to be put together otherwise with all hashes made anew.
struct Parts {
    std::uint64_t timestamp = 0;
    std::vector<std::pair<EventType, std::vector<std::string>>> events;

    Parts() = default;
    explicit Parts(std::string_view archive) {
        MemorySource source(archive);
        ChainReader chain(source);
        while (true) {
            auto step = chain.next();
            REQUIRE(step);
            if (!*step) break;
            auto& event = events.emplace_back((*step)->type, std::vector<std::string>());
            for (auto& record : (*step)->records) event.second.push_back(std::move(record.text));
        }
        timestamp = chain.timestamp();
    }
    std::size_t first(EventType type) const {
        for (std::size_t i = 0; i < events.size(); ++i)
            if (events[i].first == type) return i;
        FAIL("no such event");
        return 0;
    }
    /// The archive of these events, whatever their order: the writer's own refusals are gone around.
    std::string archive() const {
        std::string out = ChainWriter(timestamp).beginning(), parent;
        const auto member = [&](std::string_view name, std::string_view body) {
            // The header comes from a record of one ballot event, with the name and length put in.
            std::string block(512, '\0');
            const auto put = [&](std::size_t at, std::string_view text) { block.replace(at, text.size(), text); };
            const auto octal = [](std::uint64_t value, int digits) {
                std::string text(static_cast<std::size_t>(digits), '0');
                for (int i = digits; i-- > 0; value /= 8)
                    text[static_cast<std::size_t>(i)] = static_cast<char>('0' + value % 8);
                return text;
            };
            put(0, name);
            put(100, "0000644");
            put(108, "0000000");
            put(116, "0000000");
            put(124, octal(body.size(), 11));
            put(136, octal(timestamp, 11));
            put(148, "        ");
            put(156, "0");
            std::uint64_t sum = 0;
            for (const char c : block) sum += static_cast<unsigned char>(c);
            put(148, octal(sum, 6));
            block[154] = '\0';
            out += block;
            out += body;
            out.resize((out.size() + 511) / 512 * 512, '\0');
        };
        for (std::size_t height = 0; height < events.size(); ++height) {
            std::string payload;
            for (const auto& record : events[height].second) {
                payload = sha256_hex(record);
                member(payload + ".data.json", record);
            }
            std::string event = parent.empty() ? "{" : "{\"parent\":\"" + parent + "\",";
            event += "\"height\":" + std::to_string(height) + ",\"type\":\"" +
                     std::string(name_of(events[height].first)) + "\"";
            if (!payload.empty()) event += ",\"payload\":\"" + payload + "\"";
            event += "}";
            parent = sha256_hex(event);
            member(parent + ".event.json", event);
        }
        return out;
    }
};

inline std::string replaced(std::string text, std::string_view from, std::string_view to) {
    const auto at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}
/// With the setup data's hashes made anew.
inline void seal_setup(Parts& parts) {
    auto& records = parts.events[0].second;
    records[3] = "{\"election\":\"" + sha256_hex(records[0]) + "\",\"trustees\":\"" + sha256_hex(records[1]) +
                 "\",\"credentials\":\"" + sha256_hex(records[2]) + "\"}";
}
/// With the sized tally's or owned payload's hash made anew.
inline void seal_payload(std::vector<std::string>& records) {
    const auto at = records[1].rfind(":\"");
    records[1] = records[1].substr(0, at + 2) + sha256_hex(records[0]) + "\"}";
}

}  // namespace plenum::evote
