// SPDX-License-Identifier: Apache-2.0
// What trustees of a threshold group send each other: signed by the sender, sealed for one recipient
// (belenios-record.md 11.1). Written and read here and not by the JSON library, whose buffers nobody wipes.
#pragma once
#include "evote/group/group.h"
#include "evote/refusals.h"

namespace plenum::evote {

/// PROVER. Signs `message` and seals it for one recipient: {"alpha":…,"beta":…,"data":"<hex>"}, AES-256-CCM under a key
/// that follows from a secret element.
/// sender     the sender's signing key
/// recipient  the recipient's encryption key, a member
template <PrimeOrderGroup G>
std::string seal_message(const G& group, const Hidden<typename G::Scalar>& sender, const typename G::Element& recipient,
                         const HiddenText& message, Randomness& randomness);

/// Opens what seal_message made.
/// key      the recipient's opening key
/// sender   the key that must have signed it; number: the sender's, for the refusal
/// refuses  message_malformed, element_not_in_group, message_not_opened, message_of_other
template <PrimeOrderGroup G>
Result<HiddenText> open_message(const G& group, const Hidden<typename G::Scalar>& key,
                                const typename G::Element& sender, std::size_t number, std::string_view sealed);

/// The message in what was sealed, {"message":"{\"recipient\":…,\"message\":…}","signature":{…}}: whoever sealed it is
/// not trusted more than his signature.
/// refuses  message_malformed, message_of_other
template <PrimeOrderGroup G>
Result<HiddenText> message_from_plain(const G& group, std::string_view plain, const typename G::Element& sender,
                                      const typename G::Element& recipient, std::size_t number);

}  // namespace plenum::evote
