// SPDX-License-Identifier: Apache-2.0
// The life of a record: ballots, close, tally, decryptions, result.
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <iostream>
#include <utility>

#include "base/file.h"
#include "base/json.h"
#include "cli/evote_commands.h"
#include "cli/evote_files.h"
#include "cli/evote_group.h"
#include "cli/refusals.h"
#include "evote/ballot/hash.h"
#include "evote/ballot/members.h"
#include "evote/ballot/reader.h"
#include "evote/record/steps.h"
#include "evote/trustees/pedersen.h"

namespace plenum::cli {
namespace {

using namespace evote;

/// Where the record stands now.
Result<Done> print_grown(const RecordOptions& options, Language language, const std::string& done) {
    const auto grown = TRY(FileSource::open(options.record));
    const auto writer = TRY(ChainWriter::resume(grown));
    std::cout << say(language, done, {{"head", writer.head()}, {"events", writer.height() + 1}}) << "\n";
    return Done{};
}

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
        bytes = TRY(told(record.source(), make(record.source(), verifying)));
    }
    TRY(record.append(MemorySource(bytes)));
    return print_grown(options, language, done);
}

/// The record of a step that leaves it as it is.
Result<VerifiedRecord> verified(const RecordOptions& options, Language language, RecordState until) {
    const auto source = TRY(FileSource::open(options.record));
    ProgressBar bar(say(language, "cli.verify.working"));
    VerifyOptions verifying;
    verifying.until = until;
    verifying.jobs = options.jobs;
    verifying.progress = bar.callback();
    return told(source, evote::verify(source, verifying));
}

/// What is handed in for one event, and where it stands.
struct Handed {
    HandedIn records;
    Place place;
};
using Files = std::vector<std::string>;

/// How far a record has come, by its chain alone.
struct Chain {
    ChainWriter writer;
    std::uint64_t tally_bytes = 0;  // of the encrypted tally; 0 before there is one
};
Result<Chain> chain_of(const ByteSource& source) {
    std::uint64_t tally = 0;
    ChainReader reader(source);
    while (const auto step = TRY(reader.next()))
        if (step->type == EventType::encrypted_tally) tally = step->records[0].size;
    return Chain{ChainWriter::behind(reader), tally};
}

std::string folder_of(const std::string& path) {
    const auto folder = std::filesystem::path(path).parent_path().string();
    return folder.empty() ? "." : folder;
}

/// What one trustee handed in may have as its first line: its elements and proofs are a few for each ciphertext of the
/// tally, and some more that do not grow with it.
std::uint64_t longest_handed(std::uint64_t tally_bytes) {
    return std::min(8 * tally_bytes + (std::uint64_t{1} << 20), ChainReader::largest_member);
}

/// Line 2 names line 1 by its hash, and whose it is: a cut or an altered file is told here, by its line.
Result<Done> names_its_owner(const HandedText& payload, const HandedText& owned, const Place& place) {
    Reader reader(owned.text);  // empty where it is much too long
    reader.expect("{\"owner\":");
    reader.number(UINT32_MAX);
    reader.expect(",\"payload\":");
    const auto stated = reader.plain_string();
    reader.expect("}");
    reader.end();
    if (!reader.ok())
        return refuse(cli::Why::owner_line_malformed, {},
                      {place.file, place.line, static_cast<std::int64_t>(reader.refusal().place.column), ""});
    const auto found = hex_from_bytes(payload.hash);
    if (stated != found)
        return refuse(cli::Why::owner_line_of_other, {{"stated", shown(stated)}, {"found", found}}, place);
    return Done{};
}

/// What trustees hand in: in each file a text and whose it is, one after the other.
Result<std::vector<Handed>> handed_by_trustees(const Files& files, const GrowingRecord& record,
                                               std::uint64_t tally_bytes) {
    constexpr std::uint64_t most_trustees = 1000;
    auto lines = TRY(read_handed_lines(files, {.lines = 2 * most_trustees, .line_bytes = longest_handed(tally_bytes)},
                                       folder_of(record.path())));
    std::vector<std::size_t> found(files.size());
    for (const auto& each : lines) ++found[each.file];
    for (std::size_t i = 0; i < files.size(); ++i)
        if (found[i] == 0 || found[i] % 2 != 0)
            return refuse(cli::Why::texts_wanted,
                          {{"wanted", found[i] + found[i] % 2 + (found[i] == 0 ? 2 : 0)}, {"found", found[i]}},
                          {files[i], 0, 0, ""});
    std::vector<Handed> out;
    for (std::size_t i = 0; i < lines.size(); i += 2) {
        const auto& path = files[lines[i].file];
        TRY(names_its_owner(lines[i].text, lines[i + 1].text, {path, lines[i + 1].line, 0, ""}));
        auto& handed = out.emplace_back();
        handed.place = {path, lines[i].line, 0, ""};
        handed.records.push_back(std::move(lines[i].text));
        handed.records.push_back(std::move(lines[i + 1].text));
    }
    return out;
}

/// No ballot of an election is longer: for each number and each number of answers that is allowed a few elements and
/// scalars of at most 617 digits.
std::uint64_t longest_ballot(const Election& election) {
    std::uint64_t out = std::uint64_t{1} << 16;
    for (const auto& each : election.questions)
        out += 4096 * (each.entries() + (each.is_ranking ? 1 : std::uint64_t{each.max} - each.min + 3));
    return std::min(out, ChainReader::largest_member);
}

Result<std::vector<Handed>> handed_by_voters(const Files& files, const GrowingRecord& record, std::uint64_t) {
    // A ballot holds two hashes, a credential, a proof for each question and a signature.
    constexpr std::uint64_t least = 200;
    const auto most = longest_ballot(TRY(setup_of(record.source())).election);
    auto lines = TRY(read_file_lines(files, {.lines = UINT64_MAX, .line_bytes = most, .least = least}));
    if (lines.empty()) return refuse(cli::Why::texts_wanted, {{"wanted", 1}, {"found", 0}}, {files[0], 0, 0, ""});
    std::vector<Handed> out;
    for (auto& each : lines) {
        auto& handed = out.emplace_back();
        handed.place = {files[each.file], each.line, 0, ""};
        handed.records.push_back(std::move(each.text));
    }
    return out;
}

/// Appends all that is handed in or nothing of it: the record is verified once, with everything behind it that is to be
/// stored there, none of which can change meanwhile.
/// The record is asked first whether anything of the kind may follow; then the files are read.
Result<Done> add_handed(const RecordOptions& options, Language language, const std::string& done, EventType type,
                        Result<std::vector<Handed>> (*read)(const Files&, const GrowingRecord&,
                                                            std::uint64_t tally_bytes)) {
    auto record = TRY(GrowingRecord::open(options.record));
    auto chain = TRY(told(record.source(), chain_of(record.source())));
    const auto before = chain.writer.height();
    TRY(chain.writer.append(type, std::vector<std::string>(type == EventType::ballot ? 1 : 2)));
    std::vector<HandedIn> handed;
    std::vector<Place> places;
    for (auto& each : TRY(read(options.files, record, chain.tally_bytes))) {
        handed.push_back(std::move(each.records));
        places.push_back(std::move(each.place));
    }
    auto bytes = [&] {
        ProgressBar bar(say(language, "cli.verify.working"));
        VerifyOptions verifying;
        verifying.jobs = options.jobs;
        verifying.progress = bar.callback();
        return append_handed(record.source(), type, handed, verifying);
    }();
    if (!bytes) {
        Reader reader(bytes.error().fact("event"));
        const auto event = static_cast<std::int64_t>(reader.number(INT64_MAX));
        if (!reader.ok() || event <= before) return refuse(std::move(bytes.error()));
        auto place = places.at(static_cast<std::size_t>(event - before - 1));
        // Who it is by stands in the second line.
        if (bytes.error().place.field == "owner") ++place.line;
        return refuse(std::move(bytes.error()).within(place));
    }
    TRY(record.append(*bytes));
    return print_grown(options, language, done);
}

/// Whose a handed-in text is, by its second line.
std::uint64_t owner_of(const std::string& owned) {
    Reader reader(owned);
    reader.expect("{\"owner\":");
    return reader.number(UINT32_MAX);
}

/// A handed-in text and its owner, in a new file.
/// write  gives the text to a TextSink
template <class Write>
Result<NewFile> handed_file(const std::string& path, const Write& write, const std::string& owned) {
    auto out = TRY(NewFile::make(path, Privacy::open));
    TRY(write([&](std::string_view piece) { return out.write(piece); }));
    TRY(out.write("\n" + owned + "\n"));
    return out;
}

/// What a trustee compares with others: on which record it has worked.
struct Worked {
    std::string head;
    std::uint64_t ballots = 0;
    explicit Worked(const VerifiedRecord& record) : head(record.head), ballots(record.ballots) {}
};

/// between  a line of its own, or none
void print_handed(Language language, const std::string& path, const std::string& owned, const Worked& on,
                  const std::string& between = "") {
    std::cout << say(language, "cli.evote.made_as_trustee", {{"file", path}, {"trustee", owner_of(owned)}}) << "\n"
              << between << say(language, "cli.evote.compare_head", {{"head", on.head}, {"ballots", on.ballots}})
              << "\n";
}

/// The private key of a single trustee, or that of a threshold trustee out of its sealed file.
template <class G>
Result<HiddenText> trustee_key(const G& group, const RecordOptions& options) {
    auto own = TRY(read_secret(options.key));
    if (options.sealed_key.empty()) return own;
    return private_key_text(group, TRY(open_decryption_key(group, own, TRY(read_text(options.sealed_key)))));
}

/// The note that keeps a trustee from decrypting two tallies of one election, beside its key; goes away again where
/// nothing was handed out. Locked to the end: of two who decrypt with one key at once the second is refused, else the
/// note of the one who hands out might go with the other who fails.
class DecryptionNote {
  public:
    /// refuses  cli.other_tally_decrypted, cli.file_being_made, what is wrong with a note that is there
    static Result<DecryptionNote> make(const RecordOptions& options, const VerifiedRecord& record);
    DecryptionNote(DecryptionNote&& other) noexcept
        : path_(std::move(other.path_)),
          lock_(std::exchange(other.lock_, -1)),
          made_(std::exchange(other.made_, false)) {}
    DecryptionNote& operator=(DecryptionNote&&) = delete;
    ~DecryptionNote() {
        if (made_) ::unlink(path_.c_str());
        if (lock_ >= 0) ::close(lock_);
    }
    void keep() { made_ = false; }

  private:
    explicit DecryptionNote(std::string path) : path_(std::move(path)) {}
    Result<Done> write(const std::string& content);
    Result<Done> lock_found();
    std::string path_;
    int lock_ = -1;
    bool made_ = false;
};

Result<Done> DecryptionNote::write(const std::string& content) {
    auto file = TRY(NewFile::make(path_, Privacy::hidden));
    TRY(file.write(content));
    lock_ = file.hold();
    TRY(file.finish());
    made_ = true;
    return Done{};
}

/// Where files have no locks it goes without.
Result<Done> DecryptionNote::lock_found() {
    lock_ = ::open(path_.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (lock_ < 0) return Done{};
    const bool busy = ::flock(lock_, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK;
    struct stat here {
    }, there{};
    const bool gone = ::fstat(lock_, &here) != 0 || ::stat(path_.c_str(), &there) != 0 || here.st_ino != there.st_ino;
    if (busy || gone) return refuse(cli::Why::file_being_made, {}, {path_, 0, 0, ""});
    return Done{};
}

Result<DecryptionNote> DecryptionNote::make(const RecordOptions& options, const VerifiedRecord& record) {
    DecryptionNote out((options.key == "-" ? options.out : options.key) + "." +
                       sha256_hex(record.fingerprint).substr(0, 16) + ".decrypted");
    // What is decrypted, as last shuffled: of two shuffles by different hands each might be known to somebody.
    const auto tally = sha256_hex(record.ciphertexts);
    struct stat there {};
    if (::lstat(out.path_.c_str(), &there) != 0) {
        const auto note = JsonObject{{"uuid", record.election.uuid}, {"tally", tally}, {"head", record.head}};
        TRY(out.write(canonical_json(note) + "\n"));
        return out;
    }
    TRY(out.lock_found());
    const auto noted = [&]() -> Result<std::string> {
        const auto json = TRY(json_from_text(TRY(read_file(out.path_))));
        auto members = TRY(Members::of(json));
        return members.text("tally");
    }();
    if (!noted) return refuse(Refusal(noted.error()).within({out.path_, 0, 0, ""}));
    if (*noted != tally) return refuse(cli::Why::other_tally_decrypted, {}, {out.path_, 0, 0, ""});
    return out;
}

}  // namespace

Result<Done> add_ballots(const RecordOptions& options, Language language) {
    return add_handed(options, language, "cli.evote.ballots_added", EventType::ballot, handed_by_voters);
}

Result<Done> close_election(const RecordOptions& options, Language language) {
    return grow(options, language, "cli.evote.closed", close_record);
}

Result<Done> tally_election(const RecordOptions& options, Language language) {
    return grow(options, language, "cli.evote.tallied", append_tally);
}

Result<Done> shuffle_rankings(const RecordOptions& options, Language language) {
    auto record = TRY(verified(options, language, RecordState::tallied));
    const Worked on(record);
    SystemRandomness randomness;
    const auto handed = TRY(shuffle_lists(std::move(record), options.trustee, randomness));
    const auto write = [&](const TextSink& sink) { return handed.shuffle.write_to(sink); };
    TRY(TRY(handed_file(options.out, write, handed.owned)).finish());
    print_handed(language, options.out, handed.owned, on,
                 say(language, "cli.evote.shuffle_hash", {{"hash", hex_from_bytes(handed.shuffle.hash())}}) + "\n");
    return Done{};
}

Result<Done> add_shuffles(const RecordOptions& options, Language language) {
    return add_handed(options, language, "cli.evote.shuffle_added", EventType::shuffle, handed_by_trustees);
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
        for (const auto& each : record.shuffles)
            std::cout << say(language, "cli.verify.shuffle", {{"trustee", each.trustee}, {"hash", each.hash}}) << "\n";
        // The note is there before the file has its name: nothing leaves without one.
        const auto write = [&](const TextSink& sink) { return sink(handed.decryption); };
        auto out = TRY(handed_file(options.out, write, handed.owned));
        auto note = TRY(DecryptionNote::make(options, record));
        TRY(out.finish());
        note.keep();
        print_handed(language, options.out, handed.owned, Worked(record));
        return Done{};
    });
}

Result<Done> add_decryptions(const RecordOptions& options, Language language) {
    return add_handed(options, language, "cli.evote.decryption_added", EventType::partial_decryption,
                      handed_by_trustees);
}

Result<Done> find_result(const RecordOptions& options, Language language) {
    return grow(options, language, "cli.evote.result_found", append_result);
}

Result<Done> check_continues(const std::string& earlier, const std::string& later, Language language) {
    const auto first = TRY(FileSource::open(earlier))
    , second = TRY(FileSource::open(later));
    for (const auto* each : {&first, &second}) TRY(told(*each, chain_of(*each)));
    TRY(check_continuation(first, second));
    std::cout << say(language, "cli.evote.continues") << "\n";
    return Done{};
}

}  // namespace plenum::cli
