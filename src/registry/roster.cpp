// SPDX-License-Identifier: Apache-2.0
#include "registry/roster.h"

namespace plenum::registry {

Result<std::vector<RosterRow>> delegates_in(const Sheet& sheet, const std::string& file) {
    TRY(sheet.ready(file));
    std::vector<RosterRow> out;
    for (const auto& row : sheet.rows) {
        if (row.left_out) continue;
        out.push_back({row.line, row.number, row.unit, row.name, row.sex == "女" ? Sex::female : Sex::male,
                       row.ethnicity, row.birth, row.party, row.education, row.post, row.category, row.phone,
                       row.remark, is_head_of_delegation(row)});
    }
    return out;
}

Result<std::vector<RosterRow>> delegates_from_csv(std::string bytes, SheetOptions options) {
    const auto file = options.file;
    options.purpose = Purpose::delegates;
    return delegates_in(TRY(read_csv_sheet(std::move(bytes), std::move(options))), file);
}

}  // namespace plenum::registry
