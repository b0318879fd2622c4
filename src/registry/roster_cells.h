// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "base/result.h"

namespace plenum::registry {

/// A name as it is printed: padding inside a name of two characters is left out; any other space inside a Chinese name
/// may be two names run together, and a sign may be a note. Refuses cell_empty, name_unreadable, name_has_sign,
/// name_has_space.
Result<std::string> name_from(const std::string& text);

/// True for a month or a day as the register keeps it: "1985-06", "1985-06-03", from 1900 on.
bool is_birth(const std::string& text);

}  // namespace plenum::registry
