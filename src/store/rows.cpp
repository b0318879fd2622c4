// SPDX-License-Identifier: Apache-2.0
#include "store/rows.h"

#include <algorithm>

#include "base/json.h"

namespace plenum::store {

const std::vector<std::string>& event_columns() {
    static const std::vector<std::string> all{"seq",      "stream",  "kind",    "actor", "act",
                                              "key",      "ordinal", "request", "at",    "body",
                                              "personal", "salt",    "digest",  "prev",  "hash"};
    return all;
}

const std::vector<std::string>& founding_columns() {
    static const std::vector<std::string> all{"one", "id", "genesis"};
    return all;
}

std::optional<StoredEvent> event_from_row(const Cursor& row) {
    StoredEvent out;
    out.seq = row.integer(0);
    out.stream = row.text(1);
    out.kind = row.text(2);
    out.actor = row.text(3);
    out.act = row.text(4);
    out.key = row.text(5);
    out.ordinal = row.integer(6);
    out.request = row.text(7);
    const auto text = row.text(8);
    const auto at = time_from_text(text);
    if (!at || text_from_time(*at) != text) return std::nullopt;
    out.at = *at;
    out.body = row.text(9);
    out.personal = row.text_or_null(10);
    out.salt = row.text_or_null(11);
    out.digest = row.text_or_null(12);
    out.prev = row.text(13);
    out.hash = row.text(14);
    return out;
}

bool is_short_text(std::string_view text) {
    return !text.empty() && text.size() <= JournalLimits::text_bytes && is_utf8(text);
}

bool is_key(std::string_view text) {
    return !text.empty() && text.size() <= JournalLimits::text_bytes &&
           std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

}  // namespace plenum::store
