// SPDX-License-Identifier: Apache-2.0
#include "app/refusals.h"

#include "base/refusals.h"
#include "congress/refusals.h"
#include "count/refusals.h"
#include "election/refusals.h"
#include "evote/refusals.h"
#include "registry/refusals.h"
#include "rules/refusals.h"
#include "store/refusals.h"

namespace plenum::app {

std::vector<Problem> all_refusals_of_all_rooms() {
    std::vector<Problem> out;
    const auto add = [&](const auto& list) { out.insert(out.end(), std::begin(list), std::end(list)); };
    add(base::all_refusals);
    add(count::all_refusals);
    add(store::all_refusals);
    add(rules::all_refusals);
    add(registry::all_refusals);
    add(congress::all_refusals);
    add(election::all_refusals);
    add(evote::all_refusals);
    add(app::all_refusals);
    return out;
}

}  // namespace plenum::app
