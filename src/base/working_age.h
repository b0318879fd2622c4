// SPDX-License-Identifier: Apache-2.0
#pragma once
namespace plenum {

/// Nobody is a member of a union who may not yet work: at sixteen in China (劳动法 Art. 15), nowhere much earlier.
inline constexpr int working_age = 16;

}  // namespace plenum
