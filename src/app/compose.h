// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "app/office.h"

namespace plenum::app {

/// Decides an act of a congress or of an election on the books: reads what was asked strictly, fills in what one room
/// must hear from another (an election the rules of its congress, the congress the certificate of its election), and
/// lets the room decide. Changes nothing, so that an act can be tried as well.
///
/// refuses  act_unknown, act_not_direct (an act whose numbers may only come from another room), congress_unknown, …,
/// and
///          what the room refuses
Result<std::vector<store::NewEvent>> decide_on(const Books& books, const Ask& ask, UtcTime now);

/// The same for every act; those of the register change the rows of `transaction`.
/// refuses  changed_meanwhile first (see Ask::seen); then as decide_on, and what the register refuses
Result<std::vector<store::NewEvent>> compose(const Books& books, const Ask& ask, store::Transaction& transaction);

/// act_unknown with the act as typed and, as "nearest", the three names that differ in the fewest characters.
Refusal unknown_act(std::string_view act);

}  // namespace plenum::app
