// SPDX-License-Identifier: Apache-2.0
// What a browser asks before it imports a roster (docs/formats/roster-import.md). The import itself is the act
// registry.import_members.
#pragma once
#include "app/office.h"
#include "base/shape.h"

namespace plenum::app {

/// Reads a sheet as the act would and tells what was found; nothing is stored.
///
/// body     {"purpose", "organisation", "file", "sheet", "columns"?, "corrections"?, "left_out"?, "accepted"?,
///          "synthetic_ids"?, "units"?, "on"?, "after"?, "limit"?, "only"?}
/// today    days after it are reported
/// refuses  what reading the body refuses, organisation_unknown, and what registry::read_sheet refuses
/// cost     as registry::read_sheet, and two queries a row; the answer has at most `limit` rows (1 to 20,000)
Result<Json> preview_import(Office& office, const Json& body, Date today);

/// The imports of an organisation, the newest first.
Json imports_of(Office& office, const std::string& organisation);

/// What preview_import takes, and what imports_of gives, for the description of the interface.
Shape preview_shape();
/// What imports_of gives.
Shape imports_shape();
/// The words in what preview_import gives: of columns, of who said what one holds, of lines left out, of findings.
struct PreviewWords {
    Shape column, from, line, weight;
};
/// Those words as shapes.
PreviewWords preview_words();

}  // namespace plenum::app
