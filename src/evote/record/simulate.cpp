// SPDX-License-Identifier: Apache-2.0
#include "evote/record/simulate.h"

#include <algorithm>

#include "evote/ballot/ballot.h"
#include "evote/ballot/text.h"
#include "evote/group/every_group.h"

namespace plenum::evote {

namespace {

/// Some vote that is allowed: the blank one time in five where there is one, else a random number of random answers.
Vote draw_vote(const std::vector<Question>& questions, Randomness& randomness) {
    Vote out;
    for (const auto& question : questions) {
        auto& choices = out.emplace_back(question.choices());
        if (question.blank && randomness.below(5) == 0) {
            choices[0] = 1;
            continue;
        }
        const std::size_t from = question.blank ? 1 : 0;
        const auto most = std::min<std::uint64_t>(question.max, question.answers.size());
        for (auto wanted = question.min + randomness.below(most - question.min + 1); wanted > 0;) {
            auto& choice = choices[from + randomness.below(question.answers.size())];
            wanted -= choice == 0 ? 1 : 0;
            choice = 1;
        }
    }
    return out;
}

tl::unexpected<Refusal> impossible(std::string_view reason) {
    return refuse(Why::simulation_impossible, {{"reason", reason}});
}

template <class G>
Result<SimulatedElection> simulate_in(const G& group, const Simulation& wanted) {
    SeededRandomness randomness("plenum simulation " + wanted.seed);
    SimulatedElection out;
    for (int i = 0; i < 14; ++i) out.uuid += base58_digits[randomness.below(58)];

    std::vector<std::string> singles, threshold_groups;
    std::vector<Hidden<typename G::Scalar>> keys;
    for (std::size_t i = 0; i < wanted.single_trustees; ++i) {
        keys.push_back(draw_private_key(group, randomness));
        singles.push_back(text_of(group, publish_key(group, keys.back(), randomness)));
    }
    if (wanted.threshold) {
        const auto& context = *wanted.threshold;
        std::vector<HiddenText> seeds;
        std::vector<std::string> certificates, polynomials, outputs;
        for (std::size_t j = 1; j <= context.size; ++j) {
            seeds.push_back(draw_trustee_seed(randomness));
            out.trustee_seeds.push_back(seeds.back().reveal());
            certificates.push_back(threshold_certificate(group, seeds.back(), context, j, randomness));
        }
        TRY(check_certificates(group, certificates, context));
        for (const auto& seed : seeds)
            polynomials.push_back(TRY(threshold_polynomial(group, seed, certificates, context, randomness)));
        const auto inputs = TRY(threshold_inputs(group, certificates, context, polynomials));
        for (std::size_t j = 0; j < seeds.size(); ++j) {
            outputs.push_back(TRY(threshold_output(group, seeds[j], certificates, context, inputs[j], randomness)));
            keys.push_back(TRY(open_decryption_key(group, seeds[j], TRY(sealed_decryption_key(outputs[j])))));
        }
        threshold_groups.push_back(TRY(threshold_group_text(group, certificates, context, polynomials, outputs)));
    }
    for (const auto& key : keys) out.trustee_private_keys.push_back(private_key_text(group, key).reveal());

    std::vector<PrivateCredential> credentials;
    std::vector<VoterKey> voters;
    for (std::size_t i = 0; i < wanted.voters; ++i) {
        credentials.push_back(draw_credential(i % 2 ? Derivation::pbkdf2 : Derivation::hashed, randomness));
        out.credentials.push_back(credentials.back().text.reveal());
        voters.push_back({public_credential(group, credentials.back(), out.uuid),
                          wanted.weights.empty() ? 1 : wanted.weights[i % wanted.weights.size()]});
    }
    Election election{out.uuid,     "Simulated election", "Made by plenum evote simulate",
                      std::nullopt, std::nullopt,         wanted.group,
                      "",           wanted.questions};
    out.archive = TRY(set_up_record(election, trustees_text(singles, threshold_groups), credentials_text(group, voters),
                                    wanted.timestamp));
    MemorySource stored(out.archive);
    ChainReader chain(stored);
    const auto setup = TRY(chain.next());
    election = TRY(election_from_text(setup->records[0].text));
    const auto phi = fingerprint(setup->records[0].text);
    const auto y = *group.element_from_text(election.public_key);

    auto writer = TRY(ChainWriter::resume(stored));
    std::vector<Vote> last(wanted.voters);
    for (std::size_t i = 0; i < wanted.voters + wanted.revotes; ++i) {
        const auto voter = i % wanted.voters;
        last[voter] = draw_vote(wanted.questions, randomness);
        const auto sealed = TRY(
            seal(group, election, phi, y, voters[voter].public_credential, last[voter], draw_seal_seed(randomness)));
        const auto ballot = sign(group, sealed, secret_of(group, credentials[voter], out.uuid), randomness);
        out.archive += TRY(writer.append(EventType::ballot, {ballot}));
    }
    for (const auto& question : wanted.questions) out.expected.emplace_back(question.choices());
    for (std::size_t voter = 0; voter < wanted.voters; ++voter)
        for (std::size_t i = 0; i < wanted.questions.size(); ++i)
            for (std::size_t k = 0; k < last[voter][i].size(); ++k)
                out.expected[i][k] += last[voter][i][k] * voters[voter].weight;

    if (wanted.until >= RecordState::closed) out.archive += TRY(close_record(MemorySource(out.archive)));
    if (wanted.until >= RecordState::tallied) out.archive += TRY(append_tally(MemorySource(out.archive)));
    if (wanted.until == RecordState::result) {
        // All single trustees, and of the threshold group the last ones that suffice: the first are on leave.
        for (std::size_t i = 0; i < keys.size(); ++i) {
            if (wanted.threshold && i >= wanted.single_trustees && i < keys.size() - wanted.threshold->threshold)
                continue;
            out.archive +=
                TRY(append_decryption(MemorySource(out.archive), private_key_text(group, keys[i]), randomness));
        }
        out.archive += TRY(append_result(MemorySource(out.archive)));
    }
    return out;
}

}  // namespace

Result<SimulatedElection> simulate(const Simulation& wanted) {
    const auto group = group_from_name(wanted.group);
    if (!group) return refuse(Why::group_unknown, {{"group", wanted.group.substr(0, 40)}});
    if (wanted.voters == 0) return impossible("no voters");
    if (wanted.revotes > wanted.voters) return impossible("more revotes than voters");
    if (wanted.questions.empty()) return impossible("no questions");
    for (const auto& question : wanted.questions)
        if (question.answers.empty() || question.min > question.max || question.min > question.answers.size())
            return refuse(Why::question_malformed);
    if (wanted.single_trustees == 0 && !wanted.threshold) return impossible("no trustees");
    return std::visit([&](const auto* known) { return simulate_in(*known, wanted); }, *group);
}

Result<Question> question_from_shape(std::string_view shape, std::size_t number) {
    Question out;
    out.question = "Question " + std::to_string(number);
    if (shape.ends_with(":blank")) {
        out.blank = true;
        shape.remove_suffix(std::string_view(":blank").size());
    }
    Reader reader(shape);
    const auto answers = reader.number(10'000);
    reader.expect(":");
    out.min = static_cast<std::uint32_t>(reader.number(10'000));
    reader.expect(":");
    out.max = static_cast<std::uint32_t>(reader.number(10'000));
    reader.end();
    if (!reader.ok() || answers == 0 || out.min > out.max || out.max > answers) return refuse(Why::question_malformed);
    for (std::uint64_t i = 1; i <= answers; ++i) out.answers.push_back("Answer " + std::to_string(i));
    return out;
}

}  // namespace plenum::evote
