// SPDX-License-Identifier: Apache-2.0
// The meaning of a record: its texts are altered, its hashes made anew.
#include "evote/record/steps.h"
#include "fuzz/fuzz.h"
#include "fuzz/record_text.h"

using namespace plenum;
using namespace plenum::evote;

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const auto archive = fuzz::archive_of(fuzz::text_of(bytes, size));
    if (archive.empty()) return 0;
    const MemorySource source(archive);
    VerifyOptions options;
    options.until = RecordState::open;
    options.decrypt = true;
    const auto record = verify(source, options);
    if (!record) {
        HOLDS(!record.error().name().empty());
        return 0;
    }
    HOLDS(record->counted + record->superseded == record->ballots);
    HOLDS(record->counted <= record->credentials);
    HOLDS(record->counted_weight <= record->total_credential_weight);
    HOLDS(record->decryptions <= record->trustees);
    for (const auto& question : record->result)
        for (const auto count : question) HOLDS(count <= record->counted_weight);
    // The record's own next step is accepted where there is one.
    if (record->state == RecordState::open) HOLDS(close_record(source));
    if (record->state == RecordState::closed) HOLDS(append_tally(source));
    return 0;
}
