// SPDX-License-Identifier: Apache-2.0
#include "evote/refusals.h"

#include <doctest/doctest.h>

#include "base/texts.h"

using namespace plenum;

TEST_CASE("every refusal of the verifiable election has a sentence in three languages") {
    for (const auto& each : evote::all_refusals)
        for (const auto language : all_languages) {
            CAPTURE(each.name);
            CHECK(has_text(language, "refusal." + std::string(each.name)));
        }
}
