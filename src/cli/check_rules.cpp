// SPDX-License-Identifier: Apache-2.0
#include <iostream>

#include "base/file.h"
#include "cli/commands.h"
#include "cli/refusals.h"
#include "rules/cases.h"
#include "rules/rules.h"

namespace plenum::cli {

Result<Done> check_rule_cases(const std::vector<std::string>& files, const std::string& folder, bool json,
                              Language language) {
    const auto packs = folder.empty() ? rules::packs_in_use() : TRY(rules::packs_from(folder));
    std::vector<rules::CheckReport> reports;
    for (const auto& file : files) reports.push_back(rules::check_cases(file, TRY(read_file(file)), packs));
    std::int64_t passed = 0, failed = 0;
    for (const auto& report : reports) {
        passed += report.passed();
        failed += report.failed();
        if (json) continue;
        for (const auto& each : report.cases) {
            std::cout << say(language, each.passed ? "cli.case_passed" : "cli.case_failed") << "  "
                      << (each.id.empty() ? report.file + ":" + std::to_string(each.line) : each.id) << "\n";
            for (const auto& difference : each.differences)
                std::cout << "        " << report.file << ":" << each.line << "  "
                          << rules::sentence(language, difference) << "\n";
        }
    }
    if (json)
        std::cout << canonical_json(JsonObject{{"reports", to_json(reports)}, {"passed", passed}, {"failed", failed}})
                  << "\n";
    else
        // The last line is the same in every language, for whoever reads it by program.
        for (const auto* line : {"cli.cases_told", "cli.cases_counted"})
            std::cout << say(language, line, {{"cases", passed + failed}, {"passed", passed}, {"failed", failed}})
                      << "\n";
    std::cout.flush();
    if (failed > 0) return refuse(Why::cases_failed, {{"failed", failed}});
    return Done{};
}

Result<Done> list_packs(Language language) {
    for (const auto& [id, text] : rules::packs_in_use()) {
        const auto pack = TRY(rules::Rules::from_pack(id, rules::packs_in_use()));
        const auto unverified = pack.unverified();
        std::cout << pack.name().in(language) << "  " << pack.pack_hash() << "\n";
        for (const auto& field : pack.undecided_fields())
            std::cout << "    " << say(language, "cli.pack_undecided", {{"field", field}}) << "\n";
        for (const auto& value : unverified)
            std::cout << "    "
                      << say(language, "cli.pack_unverified",
                             {{"field", value.field}, {"value", value.value}, {"source", value.source}})
                      << "\n";
    }
    return Done{};
}

}  // namespace plenum::cli
