// SPDX-License-Identifier: Apache-2.0
// Holds a whole congress through the acts of the office: what the rehearsal adds are the people, drawn by chance.
#pragma once
#include <atomic>
#include <functional>

#include "app/office.h"
#include "cli/scenario.h"

namespace plenum::cli {

enum class Pace { fast, real };

struct RehearsalOptions {
    Pace pace = Pace::fast;
    SetClock* clock = nullptr;  ///< moved along with the scenario; null: the system's clock, nobody moves it
    Date first_day;             ///< day 0 of the scenario
    const std::atomic<bool>* stop = nullptr;  ///< ends the rehearsal between two acts
    /// Told each act: what was asked, and the sentences of what happened, or the refusal that the scenario wants to
    /// show.
    std::function<void(UtcTime, const std::string& act, const std::vector<Text>&, const Refusal*)> tell;
};

/// Performs every step of the scenario.
///
/// randomness  draws people's choices, arrivals and keys; with a seed the same each time
/// refuses     scenario_went_otherwise with the line of the step, if an act is refused that should not be, or the
/// reverse
Result<Done> rehearse(app::Office& office, const Scenario& scenario, Randomness& randomness,
                      const RehearsalOptions& options);

/// What came of it, as JSON: entitled, the quorum at each measured point, reports and resolutions with their votes,
/// everyone elected with their votes, bodies nominated, number of acts, and the journal's head.
Result<Json> summary_of(const app::Office& office, const std::string& congress);

}  // namespace plenum::cli
