// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <iostream>

#include "base/json.h"
#include "base/time.h"
#include "cli/evote_commands.h"
#include "cli/evote_files.h"
#include "cli/refusals.h"
#include "evote/record/verify.h"

namespace plenum::cli {
namespace {

using evote::RecordState;
using evote::VerifiedRecord;

RecordState state_from(const std::string& name) {
    for (const auto state : {RecordState::open, RecordState::closed, RecordState::tallied, RecordState::shuffled})
        if (name == evote::name_of(state)) return state;
    return RecordState::result;
}

JsonObject json_of(const VerifiedRecord& record, bool verified) {
    JsonObject out{{"outcome", verified ? "verified" : "holds_so_far"},
                   {"state", evote::name_of(record.state)},
                   {"uuid", record.election.uuid},
                   {"name", record.election.name},
                   {"group", record.election.group},
                   {"fingerprint", record.fingerprint},
                   {"credentials_fingerprint", record.credentials_fingerprint},
                   {"events", record.events},
                   {"head", record.head},
                   {"timestamp", record.timestamp},
                   {"credentials", record.credentials},
                   {"credentials_weight", record.total_credential_weight},
                   {"ballots", record.ballots},
                   {"counted", record.counted},
                   {"superseded", record.superseded},
                   {"counted_weight", record.counted_weight},
                   {"trustees", record.trustees},
                   {"decryptions", record.decryptions}};
    JsonArray needed;
    for (const auto& each : record.needed)
        needed.push_back(JsonObject{{"trustees", each.trustees}, {"threshold", each.threshold}});
    out["needed"] = std::move(needed);
    if (record.found)
        out["found"] = JsonObject{
            {"ballot", record.found->ballot},
            {"event", record.found->event},
            {"superseded_by", record.found->superseded_by == 0 ? Json(nullptr) : Json(record.found->superseded_by)}};
    if (!record.tally_hash.empty()) out["tally_hash"] = record.tally_hash;
    JsonArray shuffles;
    for (const auto& each : record.shuffles)
        shuffles.push_back(JsonObject{{"trustee", each.trustee}, {"hash", each.hash}});
    out["shuffles"] = std::move(shuffles);
    if (!record.result.empty()) out["result"] = result_json(record.result, record.rankings);
    return out;
}

/// The counts, as wide as the widest, each before its answer; of a ranking, how many ballots were opened and what
/// counts them.
void print_result(const VerifiedRecord& record, const std::string& path, Language language) {
    std::size_t width = 1;
    for (const auto& question : record.result)
        for (const auto count : question) width = std::max(width, std::to_string(count).size());
    std::cout << "\n" << say(language, "cli.verify.result") << "\n";
    for (std::size_t i = 0; i < record.result.size(); ++i) {
        const auto& question = record.election.questions[i];
        std::cout << "  " << printable(question.question) << "\n";
        if (question.is_ranking)
            std::cout << "    "
                      << say(language, "cli.verify.opened",
                             {{"ballots", record.rankings[i].ballots()},
                              {"record", shell_word(printable(path))},
                              {"question", i + 1}})
                      << "\n";
        for (std::size_t k = 0; k < record.result[i].size(); ++k) {
            const auto count = std::to_string(record.result[i][k]);
            const std::size_t answer = question.blank ? k - 1 : k;
            std::cout << "    " << std::string(width - count.size(), ' ') << count << "  "
                      << (question.blank && k == 0 ? say(language, "cli.verify.blank")
                                                   : printable(question.answers[answer]))
                      << "\n";
        }
    }
}

/// "each of 1 + any 2 of 3".
std::string needed_of(const VerifiedRecord& record, Language language) {
    std::string out;
    std::size_t singles = 0;
    const auto add = [&](const std::string& words) { out += (out.empty() ? "" : " + ") + words; };
    for (const auto& each : record.needed) singles += each.trustees == 1 ? 1 : 0;
    if (singles > 0) add(say(language, "cli.verify.needed_each", {{"count", singles}}));
    for (const auto& each : record.needed)
        if (each.trustees > 1)
            add(say(language, "cli.verify.needed_any", {{"threshold", each.threshold}, {"count", each.trustees}}));
    return out;
}

/// Who shuffled, by number, in order: "1, 3"; "-" of none.
std::string shufflers_of(const VerifiedRecord& record) {
    std::string out;
    for (const auto& each : record.shuffles) out += (out.empty() ? "" : ", ") + std::to_string(each.trustee);
    return out.empty() ? "-" : out;
}

void print_record(const VerifiedRecord& record, Language language) {
    const auto line = [&](const std::string& key, const Facts& facts) {
        std::cout << "  " << say(language, "cli.verify." + key, facts) << "\n";
    };
    line("election", {{"uuid", record.election.uuid}, {"group", record.election.group}});
    line("state", {{"state", say(language, "cli.verify.states." + std::string(evote::name_of(record.state)))},
                   {"events", record.events},
                   {"at", text_from_time(UtcTime{static_cast<std::int64_t>(record.timestamp) * 1000})}});
    line("fingerprint", {{"fingerprint", record.fingerprint}});
    line("head", {{"head", record.head}});
    line("ballots", {{"ballots", record.ballots}, {"counted", record.counted}, {"superseded", record.superseded}});
    line("credentials", {{"credentials", record.credentials}, {"without", record.credentials - record.counted}});
    if (record.total_credential_weight != record.credentials)
        line("weights", {{"counted", record.counted_weight}, {"all", record.total_credential_weight}});
    if (record.election.has_rankings())
        line("shuffles", {{"shuffles", record.shuffles.size()}, {"trustees", shufflers_of(record)}});
    for (const auto& each : record.shuffles) line("shuffle", {{"trustee", each.trustee}, {"hash", each.hash}});
    line("trustees",
         {{"trustees", record.trustees}, {"needed", needed_of(record, language)}, {"decryptions", record.decryptions}});
}

void print_statements(const VerifiedRecord& record, const VerifyElectionOptions& options, Language language) {
    const auto line = [&](const std::string& key, const Facts& facts = {}) {
        std::cout << "  - " << say(language, "cli.verify." + key, facts) << "\n";
    };
    std::cout << "\n" << say(language, "cli.verify.sure_title") << "\n";
    line("sure.chain");
    line("sure.key", {{"trustees", record.trustees}});
    if (options.issued) line("sure.issued", {{"issued", *options.issued}});
    const bool ranked = record.election.has_rankings();
    if (record.ballots > 0) line(ranked ? "sure.ballots_ranked" : "sure.ballots", {{"ballots", record.ballots}});
    if (record.superseded > 0) line("sure.last", {{"superseded", record.superseded}});
    if (options.single_vote) line("sure.single");
    if (record.state >= RecordState::tallied)
        line(ranked ? "sure.tally_ranked" : "sure.tally", {{"counted", record.counted}});
    if (!record.shuffles.empty())
        line("sure.shuffles", {{"shuffles", record.shuffles.size()}, {"trustees", shufflers_of(record)}});
    if (record.state == RecordState::result) line("sure.result", {{"decryptions", record.decryptions}});

    std::cout << "\n" << say(language, "cli.verify.open_title") << "\n";
    if (record.state < RecordState::closed) line("open.ballots");
    if (record.state < RecordState::tallied) line("open.tally");
    if (ranked && record.state < RecordState::shuffled) line("open.shuffles");
    if (record.state < RecordState::result) line("open.result");
    line("open.same");
    line("open.persons");
    if (!options.issued) line("open.issued", {{"credentials", record.credentials}});
    line("open.dropped");
    line("open.devices");
    if (!record.shuffles.empty()) line("open.shufflers");
    line("open.secrecy");
}

}  // namespace

Result<Done> verify_election(const VerifyElectionOptions& options, Language language) {
    evote::VerifyOptions wanted;
    wanted.until = state_from(options.until);
    wanted.issued = options.issued;
    wanted.single_vote = options.single_vote;
    wanted.code = options.code;
    wanted.jobs = options.jobs;
    const auto record = [&]() -> Result<VerifiedRecord> {
        const auto source = TRY(evote::FileSource::open(options.record));
        ProgressBar bar(say(language, "cli.verify.working"));
        wanted.progress = bar.callback();
        auto found = TRY(told(source, evote::verify(source, wanted)));
        if (!options.code.empty() && !found.found)
            return refuse(cli::Why::code_not_in_record, {{"code", shown(options.code)}, {"ballots", found.ballots}});
        return found;
    }();
    if (!record) {
        if (options.json)
            std::cout << canonical_json(
                             JsonObject{{"outcome", "refused"}, {"refusal", problem_json(language, record.error())}})
                      << "\n";
        return refuse(record.error());
    }
    // Of a record that was only asked about half-way nobody may say that it was verified.
    const bool verified = wanted.until == RecordState::result;
    if (options.json) {
        std::cout << canonical_json(json_of(*record, verified)) << "\n";
        return Done{};
    }
    const auto* sentence = verified                               ? "cli.verify.verified"
                           : record->state == RecordState::result ? "cli.verify.holds_complete"
                                                                  : "cli.verify.holds_so_far";
    std::cout << say(language, sentence,
                     {{"name", printable(record->election.name)},
                      {"state", say(language, "cli.verify.states." + std::string(evote::name_of(record->state)))},
                      {"until", options.until}})
              << "\n\n";
    print_record(*record, language);
    if (record->found) {
        const auto& ballot = *record->found;
        std::cout << "\n"
                  << say(language, ballot.superseded_by == 0 ? "cli.verify.found" : "cli.verify.found_superseded",
                         {{"ballot", ballot.ballot}, {"event", ballot.event}, {"later", ballot.superseded_by}})
                  << "\n";
    }
    if (verified) print_result(*record, options.record, language);
    print_statements(*record, options, language);
    return Done{};
}

}  // namespace plenum::cli
