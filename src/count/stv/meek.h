// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "count/course/course.h"
#include "count/stv/papers.h"
#include "count/stv/ties.h"

namespace plenum::count {

/// The rules that count all ballots anew with keep factors until the surplus is gone.
/// meek            Hill, Wichmann, Woodall: Algorithm 123; each candidate keeps a share of what reaches it
/// meek_reference  PR Foundation, reference Meek rule: 9 decimals, omega 0.000001, rounding as prescribed
/// warren          Warren: each candidate keeps a price, not a share
enum class MeekRule { meek, meek_reference, warren };

/// omega_places  the iteration ends when the surplus is below 10 to the power of minus this
/// refuses       arithmetic_outgrown, where exact fractions have grown beyond a million bits
/// cost          one pass over the ballots for each round; an iteration costs only as much as there are different ways
///               through the elected candidates
template <class Value>
Result<Done> count_meek(Count& course, const Papers& papers, MeekRule rule, int omega_places, Ties& ties,
                        bool record = true);

}  // namespace plenum::count
