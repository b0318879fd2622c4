// SPDX-License-Identifier: Apache-2.0
// A record whose last append was interrupted: how far it is whole, and how what stands behind is cut off.
#include <algorithm>
#include <iostream>
#include <optional>

#include "cli/evote_commands.h"
#include "cli/evote_files.h"
#include "cli/refusals.h"

namespace plenum::cli {
namespace {

using namespace evote;

constexpr std::uint64_t block = 512;  // of the archive

/// The part of a record that is whole: its first bytes, up to the end of an event.
struct Whole {
    std::uint64_t bytes = 0;
    std::int64_t events = 0;
    std::optional<Refusal> behind;  // why it does not go on; none at the end of the record
};
Whole whole_part(const ByteSource& source) {
    Whole out;
    ChainReader reader(source);
    for (;;) {
        const auto step = reader.next();
        if (!step) {
            out.behind = step.error();
            return out;
        }
        if (!*step) return out;
        out.bytes = (*step)->end;
        ++out.events;
    }
}

bool says_cut(const Refusal& why) {
    return why.name() == problem(evote::Why::archive_cut).name ||
           why.name() == problem(evote::Why::record_without_event).name;
}

/// The size that a member's header states; none where these are other bytes. Its name: 64 hex digits and the ending.
std::optional<std::uint64_t> event_size(std::string_view header) {
    constexpr std::string_view ending = ".event.json";
    const auto name = header.substr(0, 64);
    if (!is_sha256_hex(name) || header.substr(64, ending.size()) != ending) return std::nullopt;
    return octal_in_header(header, size_in_header);
}

/// True where a whole event still stands behind `from`: then nothing was interrupted, but something altered before it.
Result<bool> holds_event_behind(const ByteSource& source, std::uint64_t from) {
    constexpr std::uint64_t piece = 2048 * block;
    const auto size = source.size();
    for (auto at = from; at + block <= size; at += piece) {
        const auto bytes = TRY(source.read(at, static_cast<std::size_t>(std::min(piece, size - at))));
        for (std::uint64_t k = 0; k + block <= bytes.size(); k += block) {
            const auto body = event_size(std::string_view(bytes).substr(static_cast<std::size_t>(k), block));
            // Its padding too: without all of it the event was not written to its end.
            if (body && (*body + block - 1) / block * block <= size - at - k - block) return true;
        }
    }
    return false;
}

}  // namespace

Refusal telling_half_written(const ByteSource& source, Refusal why) {
    if (!says_cut(why)) return why;
    const auto whole = whole_part(source);
    if (!whole.behind || !says_cut(*whole.behind) || whole.events == 0) return why;
    return refusal(cli::Why::record_half_written,
                   {{"whole", whole.bytes}, {"events", whole.events}, {"bytes", source.size()}}, why.place);
}

Result<Done> repair_record(const RecordOptions& options, Language language) {
    auto record = TRY(GrowingRecord::open(options.record));
    const auto whole = whole_part(record.source());
    const Place place{record.path(), 0, 0, ""};
    if (!whole.behind) return refuse(cli::Why::record_whole, {{"events", whole.events}}, place);
    if (!says_cut(*whole.behind) || whole.events == 0 || TRY(holds_event_behind(record.source(), whole.bytes)))
        return refuse(cli::Why::record_not_repaired, {{"whole", whole.bytes}, {"events", whole.events}}, place);
    const auto bytes = record.source().size() - whole.bytes;
    TRY(record.cut(whole.bytes));
    std::cout << say(language, "cli.evote.repaired",
                     {{"bytes", bytes}, {"whole", whole.bytes}, {"events", whole.events}, {"file", place.file}})
              << "\n";
    return Done{};
}

}  // namespace plenum::cli
