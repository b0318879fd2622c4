// SPDX-License-Identifier: Apache-2.0
// A shuffle of two lists; first byte: 0 Ed25519, 1 the toy group, whose proofs a fuzzer can guess.
#include "evote/group/every_group.h"
#include "fuzz/fuzz.h"
#include "fuzz/shuffle_sample.h"

using namespace plenum;
using namespace plenum::evote;

namespace {

template <class G>
void read(const fuzz::ShuffleSample<G>& sample, std::string_view text, bool is_guessed) {
    SystemRandomness verifiers;
    const auto output = shuffle_from_text_vartime(sample.group, sample.tables, sample.phi, sample.y, sample.input,
                                                  Reader(text), verifiers, 1);
    if (!output) return;
    HOLDS(output->size() == 2);
    for (std::size_t k = 0; k < 2; ++k) {
        HOLDS((*output)[k].size() == sample.input[k].size());
        for (const auto& each : (*output)[k])
            HOLDS(sample.group.is_member_vartime(each.alpha) && sample.group.is_member_vartime(each.beta));
        HOLDS(is_guessed || sample.opened((*output)[k]) == sample.opened(sample.input[k]));
    }
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    static const ToyGroup toy;
    static const fuzz::ShuffleSample<Ed25519> in_ed25519(ed25519());
    static const fuzz::ShuffleSample<ToyGroup> in_toy(toy);
    auto text = fuzz::text_of(bytes, size);
    if (fuzz::choice(text, 2) == 0)
        read(in_ed25519, text, false);
    else
        read(in_toy, text, true);
    return 0;
}
