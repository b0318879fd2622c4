// SPDX-License-Identifier: Apache-2.0
// Rules that cannot all be followed: what can never be met, and what makes an act impossible whatever anybody does.
// The table of them is in docs/formats/rule-pack.md.
#pragma once
#include <optional>
#include <string>

#include "rules/rules.h"
#include "rules/schema.h"

namespace plenum::rules {

struct Contradicts {
    Contradiction what;
    std::string field;  ///< dotted path of a field at fault
    bool operator==(const Contradicts&) const = default;
};

/// The first contradiction in a pack, or in a pack with its measure; none if all the rules can be followed together. A
/// field that is missing and that the measure has still to state contradicts nothing; one that has a value does.
/// cost   one pass over the fields
std::optional<Contradicts> contradiction_in(const Rules& rules);

}  // namespace plenum::rules
