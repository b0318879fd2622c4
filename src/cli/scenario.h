// SPDX-License-Identifier: Apache-2.0
// A scenario: a folder with scenario.toml, a roster and the texts it names. See docs/formats/scenario.md.
#pragma once
#include <string>
#include <vector>

#include "base/json.h"
#include "base/time.h"
#include "cli/refusals.h"
#include "congress/parts.h"
#include "registry/roster.h"

namespace plenum::cli {

/// One step: an act of the office, or "rehearsal.…", which the rehearsal turns into many acts.
struct Step {
    std::string act;
    std::string by;   ///< who acts
    int day = 0;      ///< days from the first day of the congress
    int minute = -1;  ///< local minute of that day; -1: right after the step before
    JsonObject with;
    std::string expect;         ///< "" for done, else the name of the refusal that must come
    std::int64_t hold_ms = -1;  ///< how long to stay at the pace "real"; -1: as long as the act deserves
    std::int64_t line = 0;      ///< in scenario.toml
};

struct Scenario {
    std::string folder, id;
    Date first_day;  ///< with a seed; without, the congress begins today
    int utc_offset_minutes = 480;
    std::vector<congress::Unit> units;
    std::vector<registry::RosterRow> roster;
    std::vector<Step> steps;
};

/// Reads `folder`/scenario.toml and the roster that it names.
/// refuses  scenario_malformed with line and column; what the roster refuses; base.file_unreadable
Result<Scenario> read_scenario(const std::string& folder);

/// "@day-20" and "@day" in texts of `with` become dates counted from `first_day`; "@file:NAME" the content of a file of
/// the folder, "@hash:NAME" its SHA-256. Refuses base.file_unreadable.
Result<Json> fill_in(const Scenario& scenario, Date first_day, const Json& with);

}  // namespace plenum::cli
