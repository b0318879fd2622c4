// SPDX-License-Identifier: Apache-2.0
// How the commands of the verifiable election read and write files (docs/formats/evote-files.md).
#pragma once
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/texts.h"
#include "evote/record/verify.h"

namespace plenum::cli {

/// A secret (key, credential, choices) from a file, or from standard input where the path is "-". Line feeds and spaces
/// around it are left out; no copy of it stays in memory but the one given.
/// refuses  file_unreadable, file_too_large above 64 KiB
Result<evote::HiddenText> read_secret(const std::string& path);
/// A text that ends in a line feed or does not; "-" as above. Refuses what read_file refuses.
Result<std::string> read_text(const std::string& path);

/// What files may hold that somebody hands in.
struct LineLimits {
    std::uint64_t lines = 1000;                         // in all of them
    std::uint64_t line_bytes = std::uint64_t{1} << 30;  // of one line
    std::uint64_t bytes = std::uint64_t{1} << 30;       // of all files, empty lines too
    std::uint64_t least = 1;                            // bytes of a line, below which it cannot be what is wanted
};
/// A line of a file, and where it stands.
struct FileLine {
    std::string text;
    std::size_t file = 0;  // among the paths
    std::int64_t line = 0;
};
/// A file that has no name and is gone with who holds it, killed or not: for what is too long to be kept in memory, and
/// must stay as it was read.
class NamelessFile final : public evote::ByteSource {
  public:
    /// folder  where there is room for it; refuses file_not_written
    static Result<std::shared_ptr<NamelessFile>> make(const std::string& folder);
    NamelessFile(const NamelessFile&) = delete;
    NamelessFile& operator=(const NamelessFile&) = delete;
    ~NamelessFile() override;
    /// Puts bytes behind those that are there; refuses file_not_written.
    Result<Done> write(std::string_view bytes);
    std::uint64_t size() const override { return size_; }
    Result<std::string> read(std::uint64_t offset, std::size_t count) const override;

  private:
    NamelessFile(std::string folder, int descriptor) : folder_(std::move(folder)), descriptor_(descriptor) {}
    std::string folder_;
    int descriptor_;
    std::uint64_t size_ = 0;
};

/// The lines of several files, one after the other; empty ones are left out. Read in pieces: what goes beyond the
/// limits is refused where it stands, and never kept.
/// refuses  what read_file refuses, cli.lines_too_many, cli.line_too_long, evote.text_not_canonical below `least`
Result<std::vector<FileLine>> read_file_lines(const std::vector<std::string>& paths, const LineLimits& limits);
/// The same of lines that may be too long to be kept: one of more than ChainReader::kept_whole bytes is left in a
/// nameless file.
/// folder   where that file is made
/// refuses  the same, and file_not_written
struct HandedLine {
    evote::HandedText text;
    std::size_t file = 0;   // among the paths
    std::int64_t line = 0;  // where it stands in it
};
Result<std::vector<HandedLine>> read_handed_lines(const std::vector<std::string>& paths, const LineLimits& limits,
                                                  const std::string& folder);
/// Their texts alone.
Result<std::vector<std::string>> read_lines(const std::vector<std::string>& paths, const LineLimits& limits = {});

/// A text from outside as one line for a terminal: control characters, which could rewrite what stands there, become
/// "?".
std::string printable(std::string_view text);

/// A text as one word of a shell's command line: quoted where it holds more than letters, digits and "_-./,:+@%=",
/// which no shell reads otherwise.
std::string shell_word(std::string_view text);

/// Where the text of a refusal says only that a record breaks off (evote.archive_cut, evote.record_without_event): how
/// far it is whole, as cli.record_half_written. Any other is given back as it is.
Refusal telling_half_written(const evote::ByteSource& source, Refusal why);
/// The same of what was found in a record, or was not.
template <class T>
Result<T> told(const evote::ByteSource& source, Result<T> result) {
    if (!result) return refuse(telling_half_written(source, std::move(result.error())));
    return result;
}

/// The result of a record as its Result event has it: counts, and of rankings the opened ballots.
JsonArray result_json(const std::vector<std::vector<std::uint64_t>>& counts,
                      const std::vector<evote::Rankings>& rankings);

enum class Privacy {
    open,   // mode 0644, less the umask
    hidden  // mode 0600
};

/// Files that are made new, all of them or none: what was written goes away again unless keep() is called.
class NewFiles {
  public:
    NewFiles() = default;
    NewFiles(const NewFiles&) = delete;
    NewFiles& operator=(const NewFiles&) = delete;
    ~NewFiles();
    /// Makes the file and syncs it. Refuses what NewFile refuses.
    Result<Done> write(const std::string& path, std::string_view content, Privacy privacy);
    /// Makes the folder if it is not there; it goes away again with the files.
    Result<Done> folder(const std::string& path);
    void keep() { made_.clear(); }

  private:
    std::vector<std::string> made_;
};

/// One new file, written in pieces: beside its place, as PATH.part, and given its name once it is whole. Goes away
/// again unless finish() succeeds; what somebody who was interrupted left there is replaced.
class NewFile {
  public:
    /// Refuses file_exists, never following a link; file_not_written; cli.file_being_made.
    static Result<NewFile> make(const std::string& path, Privacy privacy);
    NewFile(NewFile&& other) noexcept;
    NewFile& operator=(NewFile&&) = delete;
    ~NewFile();
    Result<Done> write(std::string_view bytes);
    /// A descriptor of its own, which keeps the file locked after finish() until it is closed; -1 where none is left.
    int hold() const;
    /// Syncs it and gives it its name. Refuses file_exists, where somebody else has made one meanwhile.
    Result<Done> finish();
    /// The same under another name than was known at first.
    Result<Done> finish_as(const std::string& path);

  private:
    NewFile(std::string path, int descriptor) : path_(std::move(path)), descriptor_(descriptor) {}
    std::string beside() const { return path_ + ".part"; }
    /// Whether what stands beside is still what is written here.
    bool is_ours() const;
    tl::unexpected<Refusal> not_written() const;
    std::string path_;
    int descriptor_;
};

/// A record that is being added to: locked against other processes from open() to the end.
class GrowingRecord {
  public:
    /// path  a .bel file, or a folder that holds exactly one
    /// refuses  what FileSource::open refuses, cli.record_busy, file_not_written where it may not be written
    static Result<GrowingRecord> open(const std::string& path);
    GrowingRecord(GrowingRecord&& other) noexcept;
    GrowingRecord& operator=(GrowingRecord&&) = delete;
    ~GrowingRecord();
    const evote::ByteSource& source() const { return source_; }
    const std::string& path() const { return source_.path(); }
    /// Puts bytes behind those that are there, in pieces, and syncs them; if that fails the record is as long as
    /// before. refuses  file_not_written, what `bytes` refuses
    Result<Done> append(const evote::ByteSource& bytes);
    /// Takes away what stands behind the first `size` bytes, and syncs it.
    Result<Done> cut(std::uint64_t size);

  private:
    GrowingRecord(evote::FileSource source, int descriptor) : source_(std::move(source)), descriptor_(descriptor) {}
    evote::FileSource source_;
    int descriptor_;
};

/// A bar on standard error while a long work goes on; nothing where that is no terminal.
class ProgressBar {
  public:
    /// what      a few words before the bar
    /// delay_ms  what is done sooner shows none
    explicit ProgressBar(std::string what, std::int64_t delay_ms = 300);
    ProgressBar(const ProgressBar&) = delete;
    ProgressBar& operator=(const ProgressBar&) = delete;
    /// Wipes the bar away.
    ~ProgressBar();
    /// To be called with what is done and all there is to do; lives no longer than the bar.
    std::function<void(std::uint64_t, std::uint64_t)> callback();

  private:
    void draw(std::uint64_t done, std::uint64_t all);
    std::string what_;
    bool terminal_, drawn_ = false;
    std::int64_t next_ms_;  // when to draw again, on the steady clock
};

}  // namespace plenum::cli
