// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "count/course/course.h"
#include "count/stv/papers.h"
#include "count/stv/ties.h"

namespace plenum::count {

/// The rules that move every ballot of an elected candidate at a reduced value (weighted inclusive Gregory).
/// wigm_exact      plain form: quota v/(s+1), to be passed; exact arithmetic
/// wigm_reference  PR Foundation, reference WIGM rule: 4 decimals, quota v/(s+1) + 0.0001
/// scottish        Scottish Local Government Elections Order 2007 (SSI 2007/42), rules 45 to 52: whole quota, 5
/// decimals cfer            Californians for Electoral Reform, bill text v4c, section 10059: 5 decimals, all surpluses
/// of a round minneapolis     Minneapolis Code of Ordinances, chapter 167.70: whole threshold, 4 decimals, certain
/// losers first
enum class GregoryRule { wigm_exact, wigm_reference, scottish, cfer, minneapolis };

/// Counts by one of these rules in the arithmetic `Value`.
/// batch   candidates who cannot win any more are excluded together
/// record  keep the course; without it only the winners are of use
/// cost    one pass over the ballots that move at each step
template <class Value>
void count_gregory(Count& course, const Papers& papers, GregoryRule rule, bool batch, Ties& ties, bool record = true);

}  // namespace plenum::count
