// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "app/office.h"
#include "http/routes.h"

namespace plenum::http {

/// A sheet of 64 MiB in base64, and the decisions about it.
inline constexpr std::size_t sheet_bytes = 96u << 20;

/// The routes of docs/formats/roster-import.md. Reading a large sheet takes seconds, so it is done on a thread of its
/// own, one sheet after the other, and never holds up the event loops. The import itself is an act, with the others.
/// office  must outlive the table
std::vector<Route> import_routes(app::Office& office, Clock& clock);

}  // namespace plenum::http
