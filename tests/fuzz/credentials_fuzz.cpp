// SPDX-License-Identifier: Apache-2.0
// First byte: 0 a private credential as typed; 1 to 4 the public list in a group.
#include "evote/ballot/credential.h"
#include "evote/group/every_group.h"
#include "fuzz/fuzz.h"

using namespace plenum;
using namespace plenum::evote;

namespace {

template <class G>
void read(const G& group, std::string_view text) {
    const auto list = CredentialList::from_text(group, text);
    if (!list) return;
    std::uint64_t total = 0;
    for (std::uint32_t i = 0; i < list->size(); ++i) total += list->weight(i);
    HOLDS(total == list->total_weight());
    HOLDS(!list->find(group.text_of(group.identity())));
    // One written form: what stands between the quotes is found again under its number.
    std::uint32_t number = 0;
    for (auto at = text.find('"'); at != std::string_view::npos; at = text.find('"', at + 1)) {
        const auto end = text.find('"', at + 1);
        const auto both = text.substr(at + 1, end - at - 1);
        HOLDS(list->find(both.substr(0, both.find(','))) == number++);
        at = end;
    }
    HOLDS(number == list->size());
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    static const ToyGroup toy;
    auto text = fuzz::text_of(bytes, size);
    switch (fuzz::choice(text, 5)) {
        case 0:
            if (const auto credential = credential_from_text(text)) {
                const auto again = credential_from_text(credential->text.reveal());
                HOLDS(again && again->text.reveal() == credential->text.reveal());
                HOLDS(again->derivation == credential->derivation);
            }
            break;
        case 1: read(ed25519(), text); break;
        case 2: read(belenios_2048(), text); break;
        case 3: read(rfc_3526_2048(), text); break;
        default: read(toy, text);
    }
    return 0;
}
