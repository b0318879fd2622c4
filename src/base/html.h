// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>

namespace plenum {

/// The text as it may stand between the tags of HTML and in quoted attributes.
std::string html_escape(std::string_view text);

}  // namespace plenum
