// SPDX-License-Identifier: Apache-2.0
// Three trustees of whom two suffice, all rounds done: what messages_fuzz alters.
#pragma once
#include "evote/group/every_group.h"
#include "evote/trustees/messages.h"
#include "evote/trustees/pedersen.h"

namespace plenum::fuzz {

struct ThresholdSample {
    const evote::Ed25519& group = evote::ed25519();
    evote::ThresholdContext context{3, 2};
    SeededRandomness randomness{"threshold"};
    std::vector<evote::HiddenText> seeds;
    std::vector<std::string> certificates, polynomials, inputs, outputs;
    std::string sealed, group_text;
    evote::Hidden<evote::Ed25519::Scalar> own{group.scalars().from_number(7)};
    evote::Ed25519::Element own_public = group.power_vartime(group.generator(), own.value);

    ThresholdSample() {
        for (std::size_t j = 1; j <= context.size; ++j) {
            seeds.push_back(evote::draw_trustee_seed(randomness));
            certificates.push_back(evote::threshold_certificate(group, seeds.back(), context, j, randomness));
        }
        for (const auto& seed : seeds)
            polynomials.push_back(*evote::threshold_polynomial(group, seed, certificates, context, randomness));
        inputs = *evote::threshold_inputs(group, certificates, context, polynomials);
        for (std::size_t j = 0; j < context.size; ++j)
            outputs.push_back(*evote::threshold_output(group, seeds[j], certificates, context, inputs[j], randomness));
        sealed = *evote::sealed_decryption_key(outputs[0]);
        group_text = *evote::threshold_group_text(group, certificates, context, polynomials, outputs);
    }
    /// What lies in a sealed message, signed by `own` for itself.
    std::string plain() {
        const auto inner = "{\"recipient\":\"" + group.text_of(own_public) + "\",\"message\":\"12\"}";
        std::string quoted;
        for (const char c : inner) quoted += (c == '"' ? "\\" : "") + std::string(1, c);
        return "{\"message\":\"" + quoted +
               "\",\"signature\":" + evote::text_of(group, evote::sign_message(group, inner, own, randomness)) + "}";
    }
};

}  // namespace plenum::fuzz
