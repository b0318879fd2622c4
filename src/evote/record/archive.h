// SPDX-License-Identifier: Apache-2.0
// The .bel archive: a tar without end blocks, each of whose bytes follows from the chain of events. Nothing is read
// that would not be written the same.
#pragma once
#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "evote/ballot/long_text.h"
#include "evote/ballot/reader.h"
#include "evote/refusals.h"

namespace plenum::evote {

/// Where a record's bytes come from; read in pieces, so that a record may be larger than memory.
class ByteSource {
  public:
    virtual ~ByteSource() = default;
    virtual std::uint64_t size() const = 0;
    /// The bytes [offset, offset + count), which lie inside; refuses file_unreadable.
    virtual Result<std::string> read(std::uint64_t offset, std::size_t count) const = 0;
};
/// Bytes in memory, which must outlive it.
class MemorySource final : public ByteSource {
  public:
    explicit MemorySource(std::string_view bytes) : bytes_(bytes) {}
    std::uint64_t size() const override { return bytes_.size(); }
    Result<std::string> read(std::uint64_t offset, std::size_t count) const override;

  private:
    std::string_view bytes_;
};
/// Bytes of several sources, one after the other, as one.
class JoinedSource final : public ByteSource {
  public:
    void add(std::string bytes);
    /// The bytes [offset, offset + size) of another, which stay as they are and lie inside.
    void add(std::shared_ptr<const ByteSource> source, std::uint64_t offset, std::uint64_t size);
    /// All of another, which must outlive this one.
    void add(const ByteSource& source);
    std::uint64_t size() const override;
    Result<std::string> read(std::uint64_t offset, std::size_t count) const override;
    /// In one piece, for who has room for it.
    Result<std::string> whole() const { return read(0, static_cast<std::size_t>(size())); }

  private:
    struct Part {
        std::uint64_t begin, size, offset;  // begin: in the whole; offset: in its source
        std::shared_ptr<const ByteSource> source;
        std::string bytes;  // where there is no source
    };
    std::vector<Part> parts_;
};
/// A file, as long as it was when it was opened.
class FileSource final : public ByteSource {
  public:
    /// path  a .bel file, or a folder that holds exactly one
    /// refuses  file_missing, file_unreadable (of a pipe or device at once), no_archive, several_archives
    static Result<FileSource> open(const std::string& path);
    FileSource(FileSource&& other) noexcept;
    FileSource& operator=(FileSource&&) = delete;
    ~FileSource() override;
    std::uint64_t size() const override { return size_; }
    Result<std::string> read(std::uint64_t offset, std::size_t count) const override;
    const std::string& path() const { return path_; }
    /// The bytes [offset, offset + count) of an open file; refuses file_unreadable, at `path`.
    static Result<std::string> read_at(int descriptor, std::uint64_t offset, std::size_t count,
                                       const std::string& path);

  private:
    FileSource(std::string path, int descriptor, std::uint64_t size)
        : path_(std::move(path)), descriptor_(descriptor), size_(size) {}
    std::string path_;
    int descriptor_;
    std::uint64_t size_;
};

/// One step of the record's life.
enum class EventType { setup, ballot, end_ballots, encrypted_tally, shuffle, end_shuffles, partial_decryption, result };
/// "Setup", "Ballot", …
std::string_view name_of(EventType type);

/// A data record: its text and where its body lies in the archive. Of a shuffle longer than ChainReader::kept_whole
/// the text is left there, for reader_of.
struct DataRecord {
    std::string text;
    Digest hash{};
    std::uint64_t offset = 0, size = 0;
};
/// Reads a record's text, in pieces where it was left in the archive; refuses member_hash_wrong if it has changed since
/// its hash was checked. Both must outlive it.
Reader reader_of(const ByteSource& source, const DataRecord& record);
/// An event with the data records that it brings, in the order of the format (belenios-record.md 2.3).
struct Step {
    EventType type = EventType::setup;
    std::int64_t height = 0;
    std::vector<DataRecord> records;
    std::uint64_t end = 0;  // offset of the first byte behind it: a record may be cut here
};

/// Where in the header of a member its numbers stand.
inline constexpr std::size_t size_in_header = 124, time_in_header = 136;
/// A number of a member's header (512 bytes), eleven octal digits at `at`; none where other bytes stand there.
std::optional<std::uint64_t> octal_in_header(std::string_view header, std::size_t at);

/// A text that is handed in for a record: whole, or as it lies somewhere, being too long to be kept.
struct HandedText {
    std::string text;
    std::shared_ptr<const ByteSource> lies_in;  // none where the text is whole; else these bytes of it stay as they are
    std::uint64_t offset = 0, size = 0;
    Digest hash{};

    HandedText() = default;
    HandedText(std::string whole);
};

/// Walks an archive from its first byte and checks everything but the meaning of the data: every header byte, names,
/// hashes, padding, parents, heights, the number and order of data records, and the order of event types.
class ChainReader {
  public:
    /// Bytes of one event's data records together: as much as is ever kept of an archive.
    static constexpr std::uint64_t largest_member = std::uint64_t{1} << 30;
    /// Bytes of a data record that may be kept before it is known whose it is.
    static constexpr std::uint64_t kept_whole = std::uint64_t{1} << 16;

    explicit ChainReader(const ByteSource& source) : source_(source) {}
    /// From here on an event's data records have `most` bytes together: known once the questions are, so that a record
    /// cannot fill the memory of who verifies it.
    void limit_records(std::uint64_t most) { largest_member_ = std::min(most, largest_member); }
    /// The next event; nothing at the end of the archive.
    Result<std::optional<Step>> next();
    /// Seconds since 1970; known after the first call of next().
    std::uint64_t timestamp() const { return timestamp_; }
    /// The hash of the last event that was read, 64 hex digits; empty before the first.
    const std::string& head() const { return parent_; }
    std::int64_t height() const { return height_; }
    std::optional<EventType> last() const { return last_; }
    std::uint64_t offset() const { return offset_; }

  private:
    struct Member {
        std::string name, body;  // a body longer than kept_whole is left in the archive
        Digest hash{};           // of the body
        std::uint64_t offset = 0, size = 0;
    };
    Result<Done> look_at_body(Member& member);
    Result<std::optional<Member>> next_member();
    Result<Step> step_of(const Member& member);

    const ByteSource& source_;
    std::uint64_t offset_ = 0, timestamp_ = 0, largest_member_ = largest_member;
    std::string parent_;
    std::int64_t height_ = -1;
    std::optional<EventType> last_;
    std::vector<DataRecord> pending_;
};

/// Writes a record event by event; the caller stores the bytes behind those it has.
class ChainWriter {
  public:
    /// A new record. timestamp: seconds since 1970.
    explicit ChainWriter(std::uint64_t timestamp);
    /// Goes on where a record stops.
    /// refuses  what ChainReader refuses
    static Result<ChainWriter> resume(const ByteSource& source);
    /// The same where a reader has come to the end of the record already.
    static ChainWriter behind(const ChainReader& reader);

    /// The bytes of the next event. records: the texts of the format's data records without those that the writer makes
    /// itself (setup_data, sized tally and owned are `records`' last and given by the caller).
    /// refuses  record_goes_on where this type may not follow
    Result<std::string> append(EventType type, const std::vector<std::string>& records);
    /// The same of data records of which only hash and size are known here: what stands around them.
    struct RecordName {
        Digest hash{};
        std::uint64_t size = 0;
    };
    struct Around {
        std::vector<std::string> before;  // each record
        std::string behind;               // the last one
    };
    Result<Around> append_around(EventType type, const std::vector<RecordName>& records);
    /// The member that begins a new record; empty after resume().
    const std::string& beginning() const { return beginning_; }
    const std::string& head() const { return parent_; }
    std::int64_t height() const { return height_; }
    std::optional<EventType> last() const { return last_; }

  private:
    std::string member(std::string_view name, std::string_view body) const;

    std::uint64_t timestamp_;
    std::string beginning_, parent_;
    std::int64_t height_ = -1;
    std::optional<EventType> last_;
};

/// Where each event of a record ends; the record may be cut at any of these offsets.
Result<std::vector<std::pair<EventType, std::uint64_t>>> cut_points(const ByteSource& source);

/// Refuses not_a_continuation unless `later` begins with all of `earlier`, and what ChainReader refuses in either.
Result<Done> check_continuation(const ByteSource& earlier, const ByteSource& later);

}  // namespace plenum::evote
