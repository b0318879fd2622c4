// SPDX-License-Identifier: Apache-2.0
// Commands that look at files and databases, and the one act from the terminal.
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>

#include "app/office.h"
#include "base/file.h"
#include "cli/commands.h"
#include "election/certificate.h"
#include "rules/cases.h"
#include "rules/rules.h"
#include "store/verify.h"

namespace plenum::cli {
namespace {

/// True where a database is still to be made: there is no file, or one without a byte.
bool is_to_be_made(const std::string& path) {
    std::error_code error;
    const auto there = std::filesystem::status(path, error);
    return there.type() == std::filesystem::file_type::not_found ||
           (std::filesystem::is_regular_file(there) && std::filesystem::file_size(path, error) == 0 && !error);
}

/// An office on a database, with the system's clock and chance.
struct OpenOffice {
    SystemClock clock;
    SystemRandomness randomness;
    std::unique_ptr<app::Office> office;
};
Result<std::unique_ptr<OpenOffice>> open_office(const std::string& path) {
    auto out = std::make_unique<OpenOffice>();
    out->office = TRY(app::Office::open(path, out->clock, out->randomness));
    return out;
}

/// To look at: makes no database where there is none.
Result<std::unique_ptr<OpenOffice>> open_to_look(const std::string& path) {
    TRY(must_be_file(path));
    if (is_to_be_made(path)) return refuse(store::Why::journal_absent, {}, {path, 0, 0, ""});
    return open_office(path);
}

/// The id of a congress: the latest where none is named.
std::string named_or_latest(const app::Office& office, const std::string& congress) {
    const auto all = office.congresses();
    return congress.empty() && !all.empty() ? all.front().id : congress;
}

Result<std::string> read_input(const std::string& path) {
    constexpr std::size_t most = 64u << 20;
    if (path != "-") return read_file(path, most);
    std::string out;
    for (char block[1 << 16]; std::cin.read(block, sizeof block) || std::cin.gcount() > 0;) {
        out.append(block, static_cast<std::size_t>(std::cin.gcount()));
        if (out.size() > most)
            return refuse(base::Why::file_too_large, {{"bytes", out.size()}, {"most", most}}, {"-", 0, 0, ""});
    }
    return out;
}

}  // namespace

Result<Done> export_journal_to(const std::string& data, const std::string& out) {
    TRY(must_be_file(data));
    if (out.empty()) return store::export_journal(data, std::cout);
    // Beside it first: an earlier export is replaced by a whole one or not at all.
    const std::string beside = out + ".part";
    const auto not_written = [&] {
        std::error_code ignored;
        std::filesystem::remove(beside, ignored);
        return refuse(base::Why::file_not_written, {{"reason", system_reason(errno)}}, {out, 0, 0, ""});
    };
    std::error_code none;
    std::filesystem::remove(beside, none);  // left behind by somebody who was interrupted, or no file at all
    std::ofstream file(beside, std::ios::binary | std::ios::trunc);
    if (!file) return not_written();
    const auto exported = store::export_journal(data, file);
    file.close();
    if (!file) return not_written();
    if (!exported) {
        std::filesystem::remove(beside);
        return exported;
    }
    std::error_code error;
    std::filesystem::rename(beside, out, error);
    if (error) return refuse(base::Why::file_not_written, {{"reason", system_reason(error.value())}}, {out, 0, 0, ""});
    return Done{};
}

Result<Done> verify_journal_file(const std::string& file, const std::string& head, bool json, Language language) {
    const auto verified = [&]() -> Result<store::Verified> {
        TRY(must_be_file(file));  // a pipe would be waited for
        return store::verify_journal(file, head);
    }();
    if (!verified) {
        if (json) std::cout << canonical_json(problem_json(language, verified.error())) << "\n";
        return refuse(verified.error());
    }
    if (json)
        std::cout << canonical_json(JsonObject{{"journal", verified->journal},
                                               {"events", verified->events},
                                               {"erased", verified->erased},
                                               {"head", verified->head},
                                               {"first_at", text_from_time(verified->first_at)},
                                               {"last_at", text_from_time(verified->last_at)}})
                  << "\n";
    else
        std::cout << say(language, "cli.journal_verified",
                         {{"events", verified->events}, {"erased", verified->erased}, {"head", verified->head}})
                  << "\n";
    return Done{};
}

Result<Done> make_folder(const std::string& folder) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error)
        return refuse(base::Why::file_not_written, {{"reason", system_reason(error.value())}}, {folder, 0, 0, ""});
    return Done{};
}

Result<std::vector<std::string>> write_certificates(const app::Office& office, const std::string& congress,
                                                    const std::string& folder) {
    std::vector<std::string> paths;
    for (const auto& [name, certificate] : TRY(office.certificates(congress))) {
        paths.push_back(folder + "/certificate-" + name + ".json");
        TRY(write_file(paths.back(), certificate));
    }
    return paths;
}

Result<Done> export_certificates(const std::string& data, const std::string& congress, const std::string& folder) {
    auto open = TRY(open_to_look(data));
    TRY(make_folder(folder));
    for (const auto& path : TRY(write_certificates(*open->office, named_or_latest(*open->office, congress), folder)))
        std::cout << path << "\n";
    return Done{};
}

Result<Done> verify_certificate_file(const std::string& file, bool json, Language language) {
    const auto document = json_from_text(TRY(read_input(file)));
    if (!document) return refuse(Refusal(document.error()).within({file, 0, 0, ""}));
    auto certificate = election::verify_certificate(*document);
    if (!certificate) return refuse(std::move(certificate.error()).within({file, 0, 0, ""}));
    // The names are those that the digest fits; after an erasure there are none.
    std::map<std::string, std::string> names;
    for (const auto& each : document->at("names").as_array())
        names.emplace(each.at("id").as_string(), each.at("name").as_string());
    const auto hash = election::hash_of(*certificate);
    JsonArray elected;
    std::string listed;
    for (const auto& id : certificate->course.elected) {
        elected.push_back(Json(id));
        listed += "  " + (names.contains(id) ? names[id] : id) + "\n";
    }
    if (json)
        std::cout << canonical_json(JsonObject{{"outcome", "verified"},
                                               {"election", certificate->election.value},
                                               {"hash", hash},
                                               {"elected", std::move(elected)}})
                  << "\n";
    else
        std::cout << say(language, "cli.certificate_verified",
                         {{"title", certificate->title.in(language)},
                          {"seats", certificate->votes.seats},
                          {"elected", certificate->course.elected.size()},
                          {"hash", hash}})
                  << "\n"
                  << listed;
    return Done{};
}

Result<Done> print_paper(const PaperOptions& options, Language language) {
    auto open = TRY(open_to_look(options.data));
    const auto paper =
        TRY(open->office->paper(named_or_latest(*open->office, options.congress), options.paper, language));
    std::cout << (options.format == "html" ? congress::standalone_html_from(paper) : congress::markdown_from(paper));
    return Done{};
}

Result<Done> perform_act(const ActOptions& options, Language) {
    const auto read = json_from_text(TRY(read_input(options.with)));
    if (!read) return refuse(Refusal(read.error()).within({options.with, 0, 0, ""}));
    const auto& with = *read;
    const app::Actor actor{"terminal", app::Role::administrator};
    const app::Ask ask{options.act, options.congress, with,
                       options.key.empty() ? SystemRandomness().id() : options.key};
    // Where there is no database yet, the act is tried in memory first: what is refused leaves no file behind.
    if (is_to_be_made(options.data)) {
        auto trial = TRY(open_office(":memory:"));
        TRY(trial->office->act(actor, ask));
    }
    auto open = TRY(open_office(options.data));
    const auto receipt = TRY(open->office->act(actor, ask));
    std::cout << canonical_json(JsonObject{{"first", receipt.first},
                                           {"last", receipt.last},
                                           {"head", receipt.head},
                                           {"repeated", receipt.repeated}})
              << "\n";
    return Done{};
}

Result<Done> list_congresses(const std::string& data, Language language) {
    auto open = TRY(open_to_look(data));
    for (const auto& each : open->office->congresses())
        std::cout << each.id << "  " << each.organisation.in(language) << "  " << each.title.in(language) << "  "
                  << each.phase << "\n";
    return Done{};
}

}  // namespace plenum::cli
