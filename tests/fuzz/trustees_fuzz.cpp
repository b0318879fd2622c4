// SPDX-License-Identifier: Apache-2.0
// The trustees of a record; first byte: 0 Ed25519, 1 the toy group, whose proofs a fuzzer can guess.
#include "evote/group/every_group.h"
#include "evote/trustees/trustees.h"
#include "fuzz/fuzz.h"

using namespace plenum;
using namespace plenum::evote;

namespace {

template <class G>
void read(const G& group, std::string_view text) {
    if (const auto key = trustee_key_from_text(group, text)) {
        const auto again = trustee_key_from_text(group, text_of(group, *key));
        HOLDS(again && again->public_key == key->public_key && again->name == key->name);
    }
    const auto trustees = trustees_from_text(group, text);
    if (!trustees) return;
    HOLDS(!(trustees->election_key == group.identity()));
    std::size_t next = 0;
    for (const auto& item : trustees->items) {
        HOLDS(item.first == next && item.threshold >= 1 && item.threshold <= item.size);
        next += item.size;
    }
    HOLDS(next == trustees->keys.size());
    for (std::size_t i = 0; i < trustees->keys.size(); ++i) {
        HOLDS(group.is_member_vartime(trustees->keys[i]) && !(trustees->keys[i] == group.identity()));
        for (std::size_t k = 0; k < i; ++k) HOLDS(!(trustees->keys[i] == trustees->keys[k]));
    }
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    static const ToyGroup toy;
    auto text = fuzz::text_of(bytes, size);
    if (fuzz::choice(text, 2) == 0)
        read(ed25519(), text);
    else
        read(toy, text);
    return 0;
}
