// SPDX-License-Identifier: Apache-2.0
#include <filesystem>
#include <iostream>

#include "base/json.h"
#include "cli/evote_commands.h"
#include "cli/evote_files.h"
#include "cli/refusals.h"
#include "evote/ballot/reader.h"
#include "evote/ballot/text.h"

namespace plenum::cli {
namespace {

Result<std::vector<std::uint64_t>> weights_from(const std::string& path) {
    std::vector<std::uint64_t> out;
    for (const auto& line : TRY(read_lines({path}, {.lines = 10'000'000}))) {
        evote::Reader reader(line);
        out.push_back(reader.number(evote::largest_count));
        reader.end();
        if (!reader.ok() || out.back() == 0)
            return refuse(Why::weights_malformed, {}, {path, static_cast<std::int64_t>(out.size()), 0, ""});
    }
    if (out.empty()) return refuse(Why::weights_malformed, {}, {path, 1, 0, ""});
    return out;
}

std::string expected_json(const evote::SimulatedElection& made, const std::string& group) {
    return canonical_json(JsonObject{{"uuid", made.uuid},
                                     {"group", group},
                                     {"election_fingerprint", made.fingerprint},
                                     {"public_credentials_fingerprint", made.credentials_fingerprint},
                                     {"n_voters", made.credentials.size()},
                                     {"n_ballots_cast", made.ballots},
                                     {"n_tallied", made.counted},
                                     {"result", result_json(made.expected, made.expected_rankings)}}) +
           "\n";
}

}  // namespace

bool read_trustees(const std::string& text, evote::Simulation& into) {
    constexpr std::uint64_t most = 1000;
    evote::Reader reader(text);
    const auto first = reader.number(most);
    into.single_trustees = 0;
    into.threshold.reset();
    if (reader.skip("of")) {
        into.threshold = evote::ThresholdContext{reader.number(most), first};
    } else {
        into.single_trustees = first;
        if (reader.skip("+")) {
            const auto threshold = reader.number(most);
            reader.expect("of");
            into.threshold = evote::ThresholdContext{reader.number(most), threshold};
        }
    }
    reader.end();
    return reader.ok() && (into.single_trustees > 0 || into.threshold) &&
           (!into.threshold || (into.threshold->threshold >= 1 && into.threshold->threshold <= into.threshold->size));
}

Result<Done> simulate_election(const SimulateOptions& options, Language language) {
    auto wanted = options.simulation;
    invariant(read_trustees(options.trustees, wanted));  // its form is checked with the arguments
    for (const auto& shape : options.shapes)
        wanted.questions.push_back(TRY(evote::question_from_shape(shape, wanted.questions.size() + 1)));
    if (!options.weights.empty()) wanted.weights = TRY(weights_from(options.weights));
    for (const auto state : {evote::RecordState::open, evote::RecordState::closed, evote::RecordState::tallied,
                             evote::RecordState::shuffled})
        if (options.until == evote::name_of(state)) wanted.until = state;

    std::error_code error;
    if (std::filesystem::is_directory(options.out, error) && !std::filesystem::is_empty(options.out, error))
        return refuse(Why::folder_not_empty, {}, {options.out, 0, 0, ""});
    NewFiles files;
    TRY(files.folder(options.out));
    TRY(files.folder(options.out + "/secret"));
    // The record has its name only when it is whole.
    auto record = TRY(NewFile::make(options.out + "/record", Privacy::open));
    evote::SimulatedElection made;
    {
        ProgressBar bar(say(language, "cli.evote.simulating"));
        wanted.progress = bar.callback();
        made = TRY(evote::simulate(wanted, [&](std::string_view bytes) { return record.write(bytes); }));
    }
    std::string credentials;
    for (std::size_t i = 0; i < made.credentials.size(); ++i)
        credentials += std::to_string(i + 1) + " " + made.credentials[i] + "\n";
    TRY(files.write(options.out + "/secret/private_creds.txt", credentials, Privacy::hidden));
    for (std::size_t i = 0; i < made.trustee_private_keys.size(); ++i)
        TRY(files.write(options.out + "/secret/trustee-" + std::to_string(i + 1) + ".privkey",
                        made.trustee_private_keys[i], Privacy::hidden));
    TRY(files.write(options.out + "/expected.json", expected_json(made, wanted.group), Privacy::open));
    const auto path = options.out + "/" + made.uuid + ".bel";
    TRY(record.finish_as(path));
    files.keep();
    std::cout << say(language, "cli.evote.simulated",
                     {{"file", path}, {"ballots", made.ballots}, {"counted", made.counted}})
              << "\n";
    return Done{};
}

}  // namespace plenum::cli
