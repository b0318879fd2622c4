// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "app/office.h"
#include "http/routes.h"

namespace plenum::http {

/// What is asked for in POST /api/acts and POST /api/acts/try.
struct ActBody {
    std::string act, congress;
    Json with;
    std::optional<std::int64_t> seen;
    static constexpr auto fields() {
        return fields_of(field("act", &ActBody::act, "room and act, as in congress.check_in"),
                         field("congress", &ActBody::congress, "congress, or empty for an act of the register"),
                         field("with", &ActBody::with, "fields of the act"),
                         field("seen", &ActBody::seen, "last event that the sender knew of what the act changes"));
    }
};

/// The routes of docs/formats/desk.md, but for POST /api/acts. `office` must outlive the table.
std::vector<Route> desk_routes(app::Office& office);

}  // namespace plenum::http
