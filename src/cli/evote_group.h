// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "evote/group/every_group.h"

namespace plenum::cli {

/// Calls task(group) with the group of that name, which is known: from a record that was verified, or checked before.
/// Refuses group_unknown.
template <class Task>
auto in_group(std::string_view name, const Task& task) -> decltype(task(evote::ed25519())) {
    const auto group = evote::group_from_name(name);
    if (!group) return refuse(evote::Why::group_unknown, {{"group", shown(name)}});
    return std::visit([&](const auto* known) { return task(*known); }, *group);
}

}  // namespace plenum::cli
