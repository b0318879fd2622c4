// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <vector>

#include "count/course/course.h"

namespace plenum::count {

/// What a ballot may say where names are marked.
/// plurality   one name; of a ranking the first
/// block       as many names as there are seats, at most
/// cumulative  as many votes as there are seats, at most, several for one name if wished
/// approval    any number of names
enum class MarksRule { plurality, block, cumulative, approval };

/// Counts votes by name; ballots against the rule are set aside and counted as invalid. Fills totals into one stage,
/// the ranking, and the margin, which is exact here: the fewest ballots that another mark would have to stand on.
/// refuses  method_wants_other_ballots
Result<Done> count_marks(Count& course, const Profile& profile, MarksRule rule);

/// Majority judgment: by the median grade, of an even number the better of the two in the middle; equal ones by taking
/// the medians away one after another. A ballot without a grade for somebody is invalid. source  Balinski, Laraki: A
/// theory of measuring, electing, and ranking, PNAS 104 (2007); as Belenios 2.0
Result<Done> count_grades(Count& course, const Profile& profile);

}  // namespace plenum::count
