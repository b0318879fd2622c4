// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "base/result.h"

namespace plenum::app {

#define PLENUM_APP_REFUSALS(X)          \
    X(app, not_permitted, 403)          \
    X(app, act_unknown, 404)            \
    X(app, act_not_direct, 422)         \
    X(app, changed_meanwhile, 409)      \
    X(app, event_not_taken, 409)        \
    X(app, congress_unknown, 404)       \
    X(app, congress_id_malformed, 422)  \
    X(app, congress_id_used, 409)       \
    X(app, pack_unknown, 404)           \
    X(app, election_unknown, 404)       \
    X(app, election_id_used, 409)       \
    X(app, election_not_nominated, 409) \
    X(app, election_not_certified, 409) \
    X(app, body_has_election, 409)      \
    X(app, election_held_anew, 409)     \
    X(app, round_has_successor, 409)    \
    X(app, ballots_out, 409)            \
    X(app, ballots_uncounted, 409)      \
    X(app, scrutineer_not_elected, 403) \
    X(app, officer_in_function, 409)    \
    X(app, person_named_otherwise, 422) \
    X(app, write_in_ambiguous, 422)     \
    X(app, write_in_person_taken, 422)  \
    X(app, mandate_ends_later, 422)     \
    X(app, document_unknown, 404)       \
    X(app, paper_unknown, 404)          \
    X(app, page_unknown, 422)
PLENUM_REFUSALS(PLENUM_APP_REFUSALS)

/// Every kind of refusal of every room, for the contract and for the tests of the languages.
std::vector<Problem> all_refusals_of_all_rooms();

}  // namespace plenum::app
