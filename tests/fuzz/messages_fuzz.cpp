// SPDX-License-Identifier: Apache-2.0
// What the trustees of a threshold group hand each other; the first byte says which of the texts is altered.
#include "fuzz/fuzz.h"
#include "fuzz/threshold_sample.h"

using namespace plenum;
using namespace plenum::evote;

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    static fuzz::ThresholdSample sample;
    const auto& group = sample.group;
    auto text = fuzz::text_of(bytes, size);
    const auto which = fuzz::choice(text, 7);
    const std::string given(text);
    switch (which) {
        case 0: {
            auto certificates = sample.certificates;
            certificates[1] = given;
            (void)check_certificates(group, certificates, sample.context).has_value();
            break;
        }
        case 1: {
            auto polynomials = sample.polynomials;
            polynomials[1] = given;
            (void)threshold_inputs(group, sample.certificates, sample.context, polynomials).has_value();
            break;
        }
        case 2:
            (void)threshold_output(group, sample.seeds[0], sample.certificates, sample.context, given,
                                   sample.randomness)
                .has_value();
            break;
        case 3: (void)open_decryption_key(group, sample.seeds[0], given).has_value(); break;
        case 4: (void)sealed_decryption_key(given).has_value(); break;
        case 5: {
            auto outputs = sample.outputs;
            outputs[1] = given;
            (void)threshold_group_text(group, sample.certificates, sample.context, sample.polynomials, outputs)
                .has_value();
            break;
        }
        default:
            // Nobody but `own` can sign: one message only is his.
            if (const auto message = message_from_plain(group, given, sample.own_public, sample.own_public, 1))
                HOLDS(message->reveal() == "12");
    }
    return 0;
}
