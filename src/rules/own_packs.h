// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "rules/rules.h"

namespace plenum::rules {

/// From now on packs_in_use() also holds the packs of a folder (or of one file); with "" those that the program
/// carries and no others. To be called at start, before anybody else reads the packs.
/// refuses  what packs_from refuses; pack_twice where an id is one that the program carries with another text; and by
///          name, with file, line and field, whatever keeps one of them from loading. Then nothing is changed.
Result<Done> use_own_packs(const std::string& path);

}  // namespace plenum::rules
