// SPDX-License-Identifier: Apache-2.0
// The description of the interface (OpenAPI 3.1), made from the table of routes and the fields of what is read and
// written. `plenum openapi` prints it.
#pragma once
#include <span>

#include "http/routes.h"

namespace plenum::http {

/// The document. A route that names a schema which is not known is a bug.
Json openapi(std::span<const Route> table);

/// The same for the table of the program, as it is committed: indented, one line an entry, a line feed at the end.
std::string openapi_text();

}  // namespace plenum::http
