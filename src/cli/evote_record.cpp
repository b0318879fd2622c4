// SPDX-License-Identifier: Apache-2.0
// The life of a record: ballots, close, tally, decryptions, result.
#include <sys/stat.h>

#include <iostream>

#include "base/file.h"
#include "base/json.h"
#include "cli/evote_commands.h"
#include "cli/evote_files.h"
#include "cli/evote_group.h"
#include "cli/refusals.h"
#include "evote/ballot/members.h"
#include "evote/record/steps.h"
#include "evote/trustees/pedersen.h"

namespace plenum::cli {
namespace {

using namespace evote;

/// Verifies, makes the next events of a record and puts them behind it.
template <class Make>
Result<Done> grow(const RecordOptions& options, Language language, const std::string& done, const Make& make) {
    auto record = TRY(GrowingRecord::open(options.record));
    std::string bytes;
    {
        ProgressBar bar(say(language, "cli.verify.working"));
        VerifyOptions verifying;
        verifying.jobs = options.jobs;
        verifying.progress = bar.callback();
        bytes = TRY(make(record.source(), verifying));
    }
    TRY(record.append(bytes));
    const auto grown = TRY(FileSource::open(options.record));
    const auto writer = TRY(ChainWriter::resume(grown));
    std::cout << say(language, done, {{"head", writer.head()}, {"events", writer.height() + 1}}) << "\n";
    return Done{};
}

/// The record of a step that leaves it as it is.
Result<VerifiedRecord> verified(const RecordOptions& options, Language language, RecordState until) {
    const auto source = TRY(FileSource::open(options.record));
    ProgressBar bar(say(language, "cli.verify.working"));
    VerifyOptions verifying;
    verifying.until = until;
    verifying.jobs = options.jobs;
    verifying.progress = bar.callback();
    return evote::verify(source, verifying);
}

/// What trustees hand in: a text and whose it is, one after the other.
Result<std::vector<std::string>> pairs_of_lines(const RecordOptions& options) {
    auto lines = TRY(read_lines(options.files));
    if (lines.empty() || lines.size() % 2 != 0)
        return refuse(cli::Why::texts_wanted, {{"wanted", 2 * options.files.size()}, {"found", lines.size()}});
    return lines;
}

/// The private key of a single trustee, or that of a threshold trustee out of its sealed file.
template <class G>
Result<HiddenText> trustee_key(const G& group, const RecordOptions& options) {
    auto own = TRY(read_secret(options.key));
    if (options.sealed_key.empty()) return own;
    return private_key_text(group, TRY(open_decryption_key(group, own, TRY(read_text(options.sealed_key)))));
}

/// The note that keeps a trustee from decrypting two tallies of one election, beside its key.
Result<Done> note_decryption(const RecordOptions& options, const VerifiedRecord& record) {
    const auto path = (options.key == "-" ? options.out : options.key) + "." +
                      sha256_hex(record.fingerprint).substr(0, 16) + ".decrypted";
    // What is decrypted, as last shuffled: of two shuffles by different hands each might be known to somebody.
    const auto tally = sha256_hex(record.ciphertexts);
    struct stat there {};
    if (::lstat(path.c_str(), &there) == 0) {
        const auto json = TRY(json_from_text(TRY(read_file(path))));
        auto members = TRY(Members::of(json));
        if (TRY(members.text("tally")) != tally) return refuse(cli::Why::other_tally_decrypted, {}, {path, 0, 0, ""});
        return Done{};
    }
    NewFiles files;
    TRY(files.write(
        path,
        canonical_json(JsonObject{{"uuid", record.election.uuid}, {"tally", tally}, {"head", record.head}}) + "\n",
        Privacy::hidden));
    files.keep();
    return Done{};
}

}  // namespace

Result<Done> add_ballots(const RecordOptions& options, Language language) {
    const auto ballots = TRY(read_lines(options.files));
    if (ballots.empty()) return refuse(cli::Why::texts_wanted, {{"wanted", 1}, {"found", 0}});
    return grow(options, language, "cli.evote.ballots_added", [&](const ByteSource& source, const VerifyOptions& how) {
        return append_ballots(source, ballots, how);
    });
}

Result<Done> close_election(const RecordOptions& options, Language language) {
    return grow(options, language, "cli.evote.closed", close_record);
}

Result<Done> tally_election(const RecordOptions& options, Language language) {
    return grow(options, language, "cli.evote.tallied", append_tally);
}

Result<Done> shuffle_rankings(const RecordOptions& options, Language language) {
    const auto record = TRY(verified(options, language, RecordState::tallied));
    SystemRandomness randomness;
    const auto handed = TRY(shuffle_lists(record, options.trustee, randomness));
    NewFiles files;
    TRY(files.write(options.out, handed.shuffle + "\n" + handed.owned + "\n", Privacy::open));
    files.keep();
    std::cout << say(language, "cli.evote.made", {{"file", options.out}}) << "\n"
              << say(language, "cli.evote.shuffle_hash", {{"hash", sha256_hex(handed.shuffle)}}) << "\n"
              << say(language, "cli.evote.compare_head", {{"head", record.head}, {"ballots", record.ballots}}) << "\n";
    return Done{};
}

Result<Done> add_shuffles(const RecordOptions& options, Language language) {
    const auto lines = TRY(pairs_of_lines(options));
    for (std::size_t i = 0; i < lines.size(); i += 2)
        TRY(grow(options, language, "cli.evote.shuffle_added", [&](const ByteSource& source, const VerifyOptions& how) {
            return append_handed_shuffle(source, {lines[i], lines[i + 1]}, how);
        }));
    return Done{};
}

Result<Done> end_shuffling(const RecordOptions& options, Language language) {
    return grow(options, language, "cli.evote.shuffles_closed", close_shuffles);
}

Result<Done> decrypt_tally(const RecordOptions& options, Language language) {
    const auto record = TRY(verified(options, language, RecordState::shuffled));
    return in_group(record.election.group, [&](const auto& group) -> Result<Done> {
        const auto key = TRY(trustee_key(group, options));
        SystemRandomness randomness;
        const auto handed = TRY(make_decryption(record, key, randomness));
        TRY(note_decryption(options, record));
        for (const auto& each : record.shuffles)
            std::cout << say(language, "cli.verify.shuffle", {{"trustee", each.trustee}, {"hash", each.hash}}) << "\n";
        NewFiles files;
        TRY(files.write(options.out, handed.decryption + "\n" + handed.owned + "\n", Privacy::open));
        files.keep();
        std::cout << say(language, "cli.evote.made", {{"file", options.out}}) << "\n"
                  << say(language, "cli.evote.compare_head", {{"head", record.head}, {"ballots", record.ballots}})
                  << "\n";
        return Done{};
    });
}

Result<Done> add_decryptions(const RecordOptions& options, Language language) {
    const auto lines = TRY(pairs_of_lines(options));
    for (std::size_t i = 0; i < lines.size(); i += 2)
        TRY(grow(options, language, "cli.evote.decryption_added",
                 [&](const ByteSource& source, const VerifyOptions& how) {
                     return append_handed_decryption(source, {lines[i], lines[i + 1]}, how);
                 }));
    return Done{};
}

Result<Done> find_result(const RecordOptions& options, Language language) {
    return grow(options, language, "cli.evote.result_found", append_result);
}

Result<Done> check_continues(const std::string& earlier, const std::string& later, Language language) {
    TRY(check_continuation(TRY(FileSource::open(earlier)), TRY(FileSource::open(later))));
    std::cout << say(language, "cli.evote.continues") << "\n";
    return Done{};
}

}  // namespace plenum::cli
