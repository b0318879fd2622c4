// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "count/course/course.h"
#include "count/stv/papers.h"
#include "count/stv/ties.h"

namespace plenum::count {

/// Quota preferential by quotient, with a fresh start after each exclusion.
/// In the stages `votes` are the ballots that contribute to a candidate; quotients stand in `amount`.
/// source  D. R. Woodall: QPQ, a quota-preferential STV-like election rule, Voting matters 17 (2003)
template <class Value>
void count_quotient(Count& course, const Papers& papers, Ties& ties, bool record = true);

}  // namespace plenum::count
