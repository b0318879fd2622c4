// SPDX-License-Identifier: Apache-2.0
// Who acts. A header of its own, so that the rooms above know a role without knowing the office.
#pragma once
#include <string>
#include <string_view>

namespace plenum::app {

/// What somebody may do: an administrator everything, a screen only reads.
enum class Role { administrator, screen };
/// The role as it stands in answers; for an administrator also the actor in the journal.
constexpr std::string_view name_of_role(Role role) { return role == Role::administrator ? "administrator" : "screen"; }
/// The name stands in the journal, the role decides what is permitted.
struct Actor {
    std::string name;
    Role role = Role::screen;
};

}  // namespace plenum::app
