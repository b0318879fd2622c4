// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>

#include "base/bytes.h"
#include "evote/group/ed25519.h"

namespace plenum::evote {

/// A point of exact order 2, 4 or 8.
inline Ed25519::Element ed25519_point_of_order(unsigned order) {
    const auto& group = ed25519();
    for (unsigned y = 3;; ++y) {
        const auto point =
            group.element_from_text(std::string(62, '0') + hex_from_bytes(std::array{static_cast<std::uint8_t>(y)}));
        if (!point) continue;
        const auto torsion = group.power_vartime(*point, group.scalars().order());
        if (group.power_vartime(torsion, group.scalars().from_number(4)) == group.identity()) continue;
        return group.power_vartime(torsion, group.scalars().from_number(8 / order));
    }
}

}  // namespace plenum::evote
