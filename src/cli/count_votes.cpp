// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <filesystem>
#include <iostream>
#include <memory>
#include <thread>

#include "base/file.h"
#include "cli/command_line.h"
#include "cli/count_commands.h"
#include "cli/decimal.h"
#include "cli/evote_files.h"
#include "count/ballots/read.h"
#include "count/methods.h"
#include "count/refusals.h"
#include "count/share/share.h"
#include "evote/record/steps.h"

namespace plenum::cli {
namespace {

constexpr std::size_t most_bytes = std::size_t{1} << 30;

struct CountFile {
    std::string file, method, tie_break, html;
    std::vector<std::string> beside;
    std::int64_t seats = 0;
    std::size_t question = 0;
    int grades = 0;
    std::optional<bool> blank_allowed;
    bool json = false, margin = false, seats_given = false;
};

/// What the election itself says of how its ballots are read, where its hint is for the method that is wanted.
void take_hint(count::ResultQuestion& into, const std::string& extra, count::Asked wanted) {
    const auto json = json_from_text(extra.empty() ? "{}" : extra);
    if (!json || !json->is_object()) return;
    const auto& hint = json->get_object();
    const auto* method = hint.if_contains("method");
    const auto is = [&](std::string_view name) {
        return method && method->is_string() && method->get_string() == name;
    };
    if (!(wanted == count::Asked::grades ? is("MajorityJudgment") : is("Schulze"))) return;
    if (const auto* blank = hint.if_contains("blank"); blank && blank->is_bool())
        into.blank_allowed = blank->get_bool();
    if (const auto* grades = hint.if_contains("grades");
        grades && grades->is_array() && grades->get_array().size() <= UINT8_MAX && wanted == count::Asked::grades)
        into.grades = static_cast<int>(grades->get_array().size());
}

/// The opened ballots of a ranking in the record of an election, which is verified first: by the one reader of results.
Result<count::Profile> read_record(const CountFile& asked, count::Asked wanted, Language language) {
    const auto source = TRY(evote::FileSource::open(asked.file));
    evote::VerifyOptions verifying;
    verifying.jobs = std::max(1u, std::thread::hardware_concurrency());
    const auto record = TRY([&] {
        ProgressBar bar(say(language, "cli.verify.working"));
        verifying.progress = bar.callback();
        return told(source, evote::verify(source, verifying));
    }());
    const auto& questions = record.election.questions;
    count::ResultQuestion question{asked.question, "", {}, asked.grades, asked.blank_allowed};
    if (question.number == 0) {
        const auto first = std::find_if(questions.begin(), questions.end(), [](auto& each) { return each.is_ranking; });
        question.number = static_cast<std::size_t>(first - questions.begin()) + 1;
        if (first == questions.end()) return refuse(count::Why::question_not_ranked, {{"question", 1}});
    }
    if (question.number <= questions.size() && questions[question.number - 1].is_ranking) {
        question.title = questions[question.number - 1].question;
        question.names = questions[question.number - 1].answers;
        take_hint(question, questions[question.number - 1].extra, wanted);
    }
    return count::read_belenios(asked.file, evote::result_text(record.result, record.rankings), wanted, question);
}

Result<count::Profile> read_ballots(const CountFile& asked, count::Asked wanted, Language language) {
    std::error_code ignored;
    if (asked.file.ends_with(".bel") || std::filesystem::is_directory(asked.file, ignored))
        return read_record(asked, wanted, language);
    return count::read_ballots(asked.file, TRY(read_file(asked.file, most_bytes)), wanted,
                               {asked.question, "", {}, asked.grades, asked.blank_allowed});
}

Result<Done> count_file(const CountFile& asked, Language language) {
    const auto* method = TRY(count::method_named(asked.method));
    if (asked.seats_given && asked.seats < 1)
        return refuse(count::Why::number_out_of_range,
                      {{"number", asked.seats}, {"least", 1}, {"most", count::most_candidates}}, {"", 0, 0, "seats"});
    const auto profile = TRY(read_ballots(asked, method->asked, language));
    count::CountOptions options;
    options.seats = asked.seats;
    options.tie_break = asked.tie_break;
    options.search_margin = asked.margin;
    for (const auto& each : asked.beside) options.beside.push_back(TRY(count::method_named(each)));
    const auto count = TRY(count::count_votes(profile, *method, options));
    if (!asked.html.empty()) TRY(write_file(asked.html, count::page_of(count, language)));
    if (asked.json)
        std::cout << canonical_json(count::json_of(count, language)) << "\n";
    else
        std::cout << count::text_of(count, language);
    return Done{};
}

Result<Done> list_methods(bool json, Language language) {
    JsonArray all;
    const auto put = [&](std::string_view use, std::string_view name, std::string_view aliases, std::string_view kind,
                         std::string_view source) {
        if (json)
            all.push_back(
                JsonObject{{"command", use}, {"name", name}, {"aliases", aliases}, {"kind", kind}, {"source", source}});
        else
            std::cout << use << "  " << name << (aliases.empty() ? "" : "  (" + std::string(aliases) + ")") << "\n    "
                      << kind << " · " << source << "\n";
    };
    for (const auto& each : count::all_methods())
        put("count", each.name, each.aliases, say(language, "count.family." + std::string(each.family)), each.source);
    for (const auto& each : count::all_share_methods())
        put("apportion", each.name, each.aliases, say(language, "count.share." + std::string(name_of(each.method))),
            each.source);
    if (json) std::cout << canonical_json(all) << "\n";
    return Done{};
}

struct ApportionFile {
    std::string file, method = "hare", threshold, regions, tie_break;
    std::vector<std::string> coalition_thresholds, agreements;
    std::int64_t seats = 0, minimum = 0, votes_cast = 0;
    bool json = false, seats_given = false;
};

std::vector<std::string> parts_of(const std::string& text, char separator) {
    std::vector<std::string> out(1);
    for (const char c : text)
        if (c == separator)
            out.emplace_back();
        else
            out.back() += c;
    return out;
}

Result<Done> apportion_file(const ApportionFile& asked, Language language) {
    count::ShareOptions options;
    options.method = TRY(count::share_method_named(asked.method));
    if (!asked.regions.empty()) options.regions = TRY(count::share_method_named(asked.regions));
    if (asked.seats_given && asked.seats < 1)
        return refuse(count::Why::number_out_of_range, {{"number", asked.seats}, {"least", 1}, {"most", 1'000'000}},
                      {"", 0, 0, "seats"});
    options.seats = asked.seats;
    options.minimum = asked.minimum;
    options.votes_cast = asked.votes_cast;
    options.tie_break = asked.tie_break;
    if (!asked.threshold.empty()) options.thresholds.push_back({ 1, TRY(count::share_from(asked.threshold)) });
    for (const auto& each : asked.coalition_thresholds) {
        const auto parts = parts_of(each, ':');
        if (parts.size() != 2 || parts[0].empty() || parts[0].size() > 3 ||
            parts[0].find_first_not_of("0123456789") != std::string::npos)
            return refuse(count::Why::share_impossible, {{"given", shown(each)}});
        options.thresholds.push_back({ std::stoll(parts[0]), TRY(count::share_from(parts[1])) });
    }
    for (const auto& each : asked.agreements) options.agreements.push_back(parts_of(each, '+'));
    const auto figures = TRY(count::read_figures(asked.file, TRY(read_file(asked.file, most_bytes))));
    const auto sharing = TRY(count::share_seats(figures, options));
    if (asked.json)
        std::cout << canonical_json(count::json_of(sharing)) << "\n";
    else
        std::cout << count::text_of(sharing, language);
    return Done{};
}

}  // namespace

void add_count_commands(CommandLine& line) {
    const auto counting = std::make_shared<CountFile>();
    auto* count_command = line.program.add_subcommand("count");
    count_command->require_subcommand(0, 1);
    count_command->add_option("file", counting->file)->type_name("FILE");
    count_command->add_option("--question", counting->question)->check(decimal())->check(CLI::Range(1u, 1u << 20));
    count_command->add_option("--grades", counting->grades)->check(CLI::Range(1, 255));
    count_command->add_option("--blank-allowed", counting->blank_allowed);
    count_command->add_option("--method", counting->method)->type_name("METHOD");
    auto* seats = count_command->add_option("--seats", counting->seats)->check(decimal());
    count_command->add_option("--tie-break", counting->tie_break)->type_name("RULE");
    count_command->add_option("--beside", counting->beside)->type_name("METHOD")->allow_extra_args(false);
    count_command->add_option("--html", counting->html)->type_name("FILE");
    count_command->add_flag("--json", counting->json);
    count_command->add_flag("--margin", counting->margin);
    auto* methods_command = count_command->add_subcommand("methods");
    const auto methods_json = std::make_shared<bool>(false);
    methods_command->add_flag("--json", *methods_json);
    count_command->callback([=, &line] {
        if (count_command->got_subcommand(methods_command)) {
            line.chosen = [=, &line] { return list_methods(*methods_json || counting->json, line.language()); };
            return;
        }
        if (counting->file.empty()) throw CLI::RequiredError("file");
        if (counting->method.empty()) throw CLI::RequiredError("--method");
        counting->seats_given = seats->count() > 0;
        line.chosen = [=, &line] { return count_file(*counting, line.language()); };
    });

    const auto sharing = std::make_shared<ApportionFile>();
    auto* apportion_command = line.program.add_subcommand("apportion");
    apportion_command->add_option("file", sharing->file)->type_name("FILE")->required();
    apportion_command->add_option("--method", sharing->method)->type_name("METHOD")->required();
    auto* shared_seats = apportion_command->add_option("--seats", sharing->seats)->check(decimal());
    apportion_command->add_option("--minimum", sharing->minimum)->check(decimal());
    apportion_command->add_option("--threshold", sharing->threshold)->type_name("SHARE");
    apportion_command->add_option("--coalition-threshold", sharing->coalition_thresholds)
        ->type_name("PARTIES")
        ->allow_extra_args(false);
    apportion_command->add_option("--votes-cast", sharing->votes_cast)->check(decimal());
    apportion_command->add_option("--agreement", sharing->agreements)->type_name("PARTNERS")->allow_extra_args(false);
    apportion_command->add_option("--regions", sharing->regions)->type_name("METHOD");
    apportion_command->add_option("--tie-break", sharing->tie_break)->type_name("RULE");
    apportion_command->add_flag("--json", sharing->json);
    line.choose(apportion_command, [=, &line] {
        sharing->seats_given = shared_seats->count() > 0;
        return apportion_file(*sharing, line.language());
    });
}

}  // namespace plenum::cli
