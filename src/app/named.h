// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "app/office.h"

namespace plenum::app {

/// The refusal with what its keys are called in this congress: a body by its title, the higher union and persons by
/// their names. The facts stay as they were; a fact "body" gets its words beside it as "body.zh-Hans", "body.zh-Hant",
/// "body.en", which sentence_of prefers. What has no name here is said in general words (texts "fact.<kind>.<key>").
Refusal named(Refusal why, const Books& books, const std::string& congress);

}  // namespace plenum::app
