// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <variant>

#include "evote/group/ed25519.h"
#include "evote/group/field.h"
#include "evote/group/toy.h"

namespace plenum::evote {

/// The groups that an election may use.
using AnyGroup = std::variant<const Belenios2048*, const Rfc3526*, const Ed25519*>;

/// BELENIOS-2048, RFC-3526-2048 or Ed25519; nothing for any other name.
inline std::optional<AnyGroup> group_from_name(std::string_view name) {
    if (name == "BELENIOS-2048") return &belenios_2048();
    if (name == "RFC-3526-2048") return &rfc_3526_2048();
    if (name == "Ed25519") return &ed25519();
    return std::nullopt;
}

/// True where every program sorts lists of elements in one way; for Ed25519 there are several in use, so that no record
/// is refused for that order.
template <class G>
inline constexpr bool has_one_order = !std::is_same_v<G, Ed25519>;

}  // namespace plenum::evote
