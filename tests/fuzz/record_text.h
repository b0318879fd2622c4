// SPDX-License-Identifier: Apache-2.0
// A record as a text that a fuzzer can alter without a hash standing in its way: one event after the other, each the
// digit of its type and its data records, with 0x1f before every record and 0x1e behind every event. @0 to @3 stand for
// the hashes of the event's own records.
#pragma once
#include "base/bytes.h"
#include "evote/record/archive.h"

namespace plenum::fuzz {

constexpr char before_record = '\x1f', behind_event = '\x1e';

/// The text of an archive that holds.
inline std::string record_text(std::string_view archive) {
    using namespace plenum::evote;
    const MemorySource source(archive);
    ChainReader reader(source);
    std::string out;
    while (true) {
        const auto step = reader.next();
        invariant(step.has_value());
        if (!*step) return out;
        out += static_cast<char>('0' + static_cast<int>((*step)->type));
        for (const auto& record : (*step)->records) {
            auto text = record.text;
            for (std::size_t i = 0; i < (*step)->records.size(); ++i) {
                const auto hash = hex_from_bytes((*step)->records[i].hash);
                for (auto at = text.find(hash); at != std::string::npos; at = text.find(hash, at))
                    text.replace(at, hash.size(), "@" + std::to_string(i));
            }
            out += before_record + text;
        }
        out += behind_event;
    }
}

/// The archive of a text, with all hashes right; empty where the types may not follow one another or have another
/// number of records.
inline std::string archive_of(std::string_view text) {
    using namespace plenum::evote;
    constexpr std::size_t records_of[] = {4, 1, 0, 2, 2, 0, 2, 1};
    ChainWriter writer(1'800'000'000);
    std::string out = writer.beginning();
    while (!text.empty()) {
        const auto end = std::min(text.find(behind_event), text.size());
        auto event = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (event.empty() || event[0] < '0' || event[0] > '7') return {};
        const auto type = static_cast<EventType>(event[0] - '0');
        event.remove_prefix(1);
        std::vector<std::string> records;
        while (!event.empty()) {
            event.remove_prefix(1);
            const auto stop = std::min(event.find(before_record), event.size());
            std::string record;
            for (std::size_t at = 0; at < stop; ++at) {
                if (event[at] == '@' && at + 1 < stop && event[at + 1] >= '0' &&
                    static_cast<std::size_t>(event[at + 1] - '0') < records.size())
                    record += sha256_hex(records[static_cast<std::size_t>(event[++at] - '0')]);
                else
                    record += event[at];
            }
            records.push_back(std::move(record));
            event.remove_prefix(stop);
        }
        if (records.size() != records_of[static_cast<std::size_t>(type)]) return {};
        const auto more = writer.append(type, records);
        if (!more) return {};
        out += *more;
    }
    return out;
}

}  // namespace plenum::fuzz
