// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "count/course/course.h"
#include "count/stv/papers.h"
#include "count/stv/ties.h"

namespace plenum::count {

/// Alternative vote for one seat: exclude the last, until one has more than half of the votes that still count.
/// source  Robert's Rules (12th ed.) 45:62, preferential voting; whole numbers
void count_alternative(Count& course, const Papers& papers, Ties& ties, bool record = true);

/// Transferable vote as belenios-tool counts it: quota floor(v/(s+1)) + 1, one winner or loser at a time; of equal ones
/// the first of the paper wins and the last loses; exact fractions where Belenios has binary ones.
/// papers  made with blank ballots kept and impossible ranks set aside
/// source  Belenios 2.0, whose tool src/cli/count_belenios_test.cpp asks
template <class Value>
void count_belenios(Count& course, const Papers& papers, bool record = true);

}  // namespace plenum::count
