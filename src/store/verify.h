// SPDX-License-Identifier: Apache-2.0
// Checking a journal, in its database or as an export, and writing the export. The format, and what each check can and
// cannot find, is in docs/formats/journal.md.
#pragma once
#include <istream>
#include <ostream>
#include <string>

#include "store/journal.h"

namespace plenum::store {

/// What an intact journal comes to.
struct Verified {
    std::string journal;      // its id
    std::int64_t events = 0;  // count, and the number of the last
    std::int64_t erased = 0;  // events whose personal part was erased
    std::string head;         // hash of the last event; the genesis value if there is none
    UtcTime first_at, last_at;
    bool operator==(const Verified&) const = default;
};

/// Verifies an export or a database, whichever the file is.
///
/// known_head  the hash of any event as it is known from elsewhere (a receipt, the minutes, an earlier export), or "".
///             It must occur in the chain: only so can the loss of the last events of a database be noticed, or the
///             rewriting of a whole journal.
/// refuses     the first thing found wrong, with the event's number as fact `seq` and the place: file, line and column
///             of an export; `event.<column>` of a database. base.file_missing for a file that is not there.
/// cost        one pass; memory for one event and for the numbers of erased ones
Result<Verified> verify_journal(const std::string& path, const std::string& known_head = "");
Result<Verified> verify_export(const std::string& path, const std::string& known_head = "");
/// The same from a stream; `name` stands as the file in places.
Result<Verified> verify_export(std::istream& in, const std::string& name, const std::string& known_head = "");
/// Opens for reading only, also beside a running server.
Result<Verified> verify_database(const std::string& path, const std::string& known_head = "");
/// The same over an open connection, inside the caller's transaction. `each` is called for every event as soon as it is
/// found sound; what it makes of them is to be thrown away if a later one is not.
Result<Verified> verify_rows(Db& db, const std::string& known_head = "", const EachEvent& each = {});

/// Writes the export: a header line, one line an event, a closing line; every line canonical JSON.
/// refuses  base.file_not_written if `out` fails, journal_absent, and of a path what open_database refuses
Result<Done> export_journal(const Journal& journal, std::ostream& out);
Result<Done> export_journal(const std::string& database_path, std::ostream& out);

/// The hash of an event: SHA-256 over prev and every column but personal and salt, 64 hex digits.
std::string hash_of(const StoredEvent& event);
/// The digest of a personal part: SHA-256 over salt and text.
std::string digest_of(std::string_view salt, std::string_view personal);
/// What stands as `prev` of the first event.
std::string genesis_of(std::string_view journal_id);
/// One line of the export, without its line feed.
std::string export_line(const StoredEvent& event);

}  // namespace plenum::store
