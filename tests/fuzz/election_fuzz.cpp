// SPDX-License-Identifier: Apache-2.0
#include "evote/ballot/election.h"
#include "evote/record/simulate.h"
#include "fuzz/fuzz.h"

using namespace plenum;
using namespace plenum::evote;

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const auto text = fuzz::text_of(bytes, size);
    if (const auto question = question_from_shape(text, 1)) HOLDS(question->max <= question->answers.size());
    const auto election = election_from_text(text);
    if (!election) return 0;
    const auto again = election_from_text(text_of(*election));
    HOLDS(again && *again == *election);
    HOLDS(is_uuid(election->uuid));
    for (const auto& question : election->questions) HOLDS(question.min <= question.max && question.choices() > 0);
    return 0;
}
