// SPDX-License-Identifier: Apache-2.0
// Rosters of delegates. They are read as any roster is (registry/sheet.h); here the rows become delegates.
#pragma once
#include "registry/sheet.h"

namespace plenum::registry {

/// One delegate of a roster.
struct RosterRow {
    std::int64_t line = 0;   // of the file, for later refusals
    int number = 0;          // as the roster numbers it, from 1
    std::string delegation;  // without the word 代表团 at its end
    std::string name;
    Sex sex = Sex::female;
    std::string ethnicity;
    std::string birth;  // "1985-06", or "1985-06-03" where the roster knows the day
    std::string party, education, post, category;
    std::string phone;
    std::string remark;  // as written: 团长, 特邀, 列席 …
    bool head = false;   // the remark names the head of the delegation
    bool operator==(const RosterRow&) const = default;
    static constexpr auto fields() {
        return fields_of(field("line", &RosterRow::line, "line of the file"),
                         field("number", &RosterRow::number, "number in the roster"),
                         field("delegation", &RosterRow::delegation, "delegation"),
                         personal("name", &RosterRow::name, "name"), field("sex", &RosterRow::sex, "female | male"),
                         personal("ethnicity", &RosterRow::ethnicity, "ethnicity"),
                         personal("birth", &RosterRow::birth, "year and month, and day where known"),
                         personal("party", &RosterRow::party, "political affiliation"),
                         personal("education", &RosterRow::education, "education"),
                         personal("post", &RosterRow::post, "unit and post").at_most(1'000),
                         field("category", &RosterRow::category, "category of delegate"),
                         personal("phone", &RosterRow::phone, "telephone"),
                         personal("remark", &RosterRow::remark, "remark").at_most(4'000),
                         field("head", &RosterRow::head, "head of the delegation"));
    }
};

/// The delegates of a sheet that was read for the purpose `delegates`. Refuses what Sheet::ready refuses.
Result<std::vector<RosterRow>> delegates_in(const Sheet& sheet, const std::string& file);

/// The delegates of a CSV file in which nothing is open.
/// refuses  what read_csv_sheet and delegates_in refuse
Result<std::vector<RosterRow>> delegates_from_csv(std::string bytes, SheetOptions options);

}  // namespace plenum::registry
