// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <span>
#include <string_view>

namespace plenum {

/// A file of the source tree that the program carries inside itself; `name` is relative to the folder it was embedded
/// from.
struct EmbeddedFile {
    std::string_view name;
    std::string_view content;
};

}  // namespace plenum
