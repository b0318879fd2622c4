// SPDX-License-Identifier: Apache-2.0
// Any bytes as an archive. What is read is written again: there is one archive for one chain.
#include "evote/record/verify.h"
#include "fuzz/fuzz.h"

using namespace plenum;
using namespace plenum::evote;

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const auto archive = fuzz::text_of(bytes, size);
    const MemorySource source(archive);
    ChainReader reader(source);
    std::vector<Step> steps;
    while (true) {
        auto step = reader.next();
        if (!step) {
            VerifyOptions options;
            options.until = RecordState::open;
            HOLDS(!verify(source, options));
            return 0;
        }
        if (!*step) break;
        steps.push_back(std::move(**step));
    }
    ChainWriter writer(reader.timestamp());
    std::string again = writer.beginning();
    for (const auto& step : steps) {
        std::vector<std::string> records;
        for (const auto& record : step.records) {
            HOLDS(archive.substr(record.offset, record.text.size()) == record.text);
            records.push_back(record.text);
        }
        const auto more = writer.append(step.type, records);
        HOLDS(more);
        again += *more;
        HOLDS(again.size() == step.end);
    }
    HOLDS(again == archive);
    HOLDS(writer.head() == reader.head());
    HOLDS(check_continuation(source, source));
    VerifyOptions options;
    options.until = RecordState::open;
    (void)verify(source, options).has_value();
    return 0;
}
