// SPDX-License-Identifier: Apache-2.0
// One election in any group, with its key and three voters: what ballot_fuzz reads ballots for, and its seeds come
// from.
#pragma once
#include <memory>

#include "evote/ballot/ballot.h"
#include "evote/ballot/text.h"
#include "evote/group/every_group.h"

namespace plenum::fuzz {

template <class G>
struct BallotSample {
    const G& group;
    typename G::Scalar key;
    typename G::Element y;
    evote::Election election;
    std::string phi;
    std::vector<std::string> credentials;
    evote::CredentialList list;
    std::unique_ptr<evote::BallotVerifier<G>> verifier;

    explicit BallotSample(const G& in)
        : group(in), key(in.scalars().from_number(7)), y(in.power_vartime(in.generator(), key)) {
        evote::Question plain{"Who?", {"A", "B"}, false, 0, 1}, with_blank{"Yes?", {"Yes", "No"}, true, 1, 1};
        evote::Question ranking{"Grade?", {"A"}};  // the toy group holds one small number
        ranking.is_ranking = true;
        election = {"5wBdpLcGQAQcMm",
                    "",
                    "",
                    std::nullopt,
                    std::nullopt,
                    std::string(group.name()),
                    group.text_of(y),
                    {plain, ranking, with_blank}};
        phi = evote::fingerprint(evote::text_of(election));
        std::vector<evote::VoterKey> keys;
        for (const auto secret : {3, 4, 5}) {
            credentials.push_back(group.text_of(group.power_vartime(
                group.generator(), group.scalars().from_number(static_cast<std::uint64_t>(secret)))));
            keys.push_back({credentials.back(), 1});
        }
        list = *evote::CredentialList::from_text(group, evote::credentials_text(group, keys));
        verifier = std::make_unique<evote::BallotVerifier<G>>(group, election, phi, y, list);
    }
    std::string ballot(std::size_t voter, const evote::Vote& vote) const {
        SeededRandomness randomness("ballot");
        const auto sealed = evote::seal(group, election, phi, y, credentials[voter], vote,
                                        evote::SealSeed(sha256("seed " + std::to_string(voter))));
        invariant(sealed.has_value());
        return evote::sign(group, *sealed, evote::Hidden<typename G::Scalar>(group.scalars().from_number(3 + voter)),
                           randomness);
    }
};

}  // namespace plenum::fuzz
