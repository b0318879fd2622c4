// SPDX-License-Identifier: Apache-2.0
// The column list of table event, for the writer, the readers and the export: one order everywhere.
#pragma once
#include "store/journal.h"

namespace plenum::store {

/// The kind that the journal itself appends when it erases; its body is {"erased":SEQ,"reason":TEXT}.
inline constexpr std::string_view erasure_kind = "personal_erased";
inline constexpr std::string_view erasure_act = "store.erase_personal";

inline constexpr std::string_view format_name = "plenum-journal";
inline constexpr int format_version = 1;

/// The columns as the queries of journal.sql name them.
const std::vector<std::string>& event_columns();
const std::vector<std::string>& founding_columns();

/// The row under the cursor of journal.all, journal.after or journal.one. An `at` that is no instant becomes nothing.
std::optional<StoredEvent> event_from_row(const Cursor& row);

/// 1 to JournalLimits::text_bytes bytes of UTF-8.
bool is_short_text(std::string_view text);
/// 1 to JournalLimits::text_bytes bytes of printable ASCII.
bool is_key(std::string_view text);

}  // namespace plenum::store
