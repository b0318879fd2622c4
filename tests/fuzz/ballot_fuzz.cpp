// SPDX-License-Identifier: Apache-2.0
// Ballots; first byte: 0 Ed25519, 1 the toy group, whose proofs a fuzzer can guess. A bad ballot between two good ones
// changes no verdict, and on the real group what is accepted opens to a vote that is allowed.
#include "fuzz/ballot_sample.h"
#include "fuzz/fuzz.h"

using namespace plenum;
using namespace plenum::evote;

namespace {

template <class G>
void read(const fuzz::BallotSample<G>& sample, std::string_view text, bool sound) {
    static const auto good = sample.ballot(1, {{1, 0}, {4}, {0, 0, 1}});
    const std::string_view batch[]{good, text, good};
    const auto verdicts = sample.verifier->check_vartime(batch);
    HOLDS(verdicts[0] && verdicts[2]);
    const auto choices = sample.verifier->choices_of(text);
    if (!verdicts[1]) {
        HOLDS(!verdicts[1].error().name().empty() && !verdicts[1].error().place.field.empty());
        return;
    }
    HOLDS(choices);
    Vote vote;
    for (const auto& question : verdicts[1]->choices) {
        const auto& asked = sample.election.questions[vote.size()];
        auto& row = vote.emplace_back();
        for (const auto& each : question) {
            HOLDS(sample.group.is_member_vartime(each.alpha) && sample.group.is_member_vartime(each.beta));
            const auto opened = sample.group.multiply_vartime(
                each.beta, sample.group.invert_vartime(sample.group.power_vartime(each.alpha, sample.key)));
            if (asked.is_ranking)
                row = sample.group.numbers_vartime(opened, asked.answers.size());
            else
                row.push_back(opened == sample.group.identity() ? 0 : opened == sample.group.generator() ? 1 : 2);
        }
    }
    if (sound) HOLDS(vote_is_allowed(sample.election, vote));
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    static const ToyGroup toy;
    static const fuzz::BallotSample<ToyGroup> in_toy(toy);
    static const fuzz::BallotSample<Ed25519> in_ed25519(ed25519());
    auto text = fuzz::text_of(bytes, size);
    if (fuzz::choice(text, 2) == 0)
        read(in_ed25519, text, true);
    else
        read(in_toy, text, false);
    return 0;
}
