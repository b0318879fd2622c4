// SPDX-License-Identifier: Apache-2.0
#include "cli/evote_files.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <filesystem>
#include <iostream>

#include "base/file.h"
#include "cli/refusals.h"
#include "evote/ballot/hash.h"

namespace plenum::cli {
namespace {

constexpr std::size_t most_text = std::size_t{1} << 30;

Place in_file(const std::string& path) { return {path, 0, 0, ""}; }

/// A descriptor that is closed at the end, unless it is standard input's. Opening it never waits, though reading may:
/// a pipe that somebody writes into is read to its end, as shells give one for a secret that stands in no file.
class Input {
  public:
    explicit Input(const std::string& path)
        : descriptor_(path == "-" ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {
        if (descriptor_ <= STDIN_FILENO) return;
        const int flags = ::fcntl(descriptor_, F_GETFL);
        if (flags != -1) ::fcntl(descriptor_, F_SETFL, flags & ~O_NONBLOCK);
    }
    ~Input() {
        if (descriptor_ > STDIN_FILENO) ::close(descriptor_);
    }
    Input(const Input&) = delete;
    Input& operator=(const Input&) = delete;
    bool good() const { return descriptor_ >= 0; }
    bool is_pipe() const {
        struct stat found {};
        return ::fstat(descriptor_, &found) == 0 && S_ISFIFO(found.st_mode);
    }
    bool is_regular() const {
        struct stat found {};
        return ::fstat(descriptor_, &found) == 0 && S_ISREG(found.st_mode);
    }
    /// Reads until `room` is full or the end; -1 on failure.
    ssize_t fill(char* room, std::size_t size) const {
        std::size_t done = 0;
        while (done < size) {
            const auto count = ::read(descriptor_, room + done, size - done);
            if (count < 0 && errno == EINTR) continue;
            if (count < 0) return -1;
            if (count == 0) break;
            done += static_cast<std::size_t>(count);
        }
        return static_cast<ssize_t>(done);
    }

  private:
    int descriptor_;
};

tl::unexpected<Refusal> no_file(const std::string& path) {
    return refuse(base::Why::file_unreadable, {{"reason", "not_a_file"}}, in_file(path));
}

tl::unexpected<Refusal> unreadable(const std::string& path) {
    const std::string reason = system_reason(errno);
    if (path != "-") TRY(must_be_file(path));
    return refuse(base::Why::file_unreadable, {{"reason", reason}}, in_file(path));
}

bool write_all(int descriptor, std::string_view bytes) {
    while (!bytes.empty()) {
        const auto count = ::write(descriptor, bytes.data(), bytes.size());
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
}

std::int64_t steady_ms() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

}  // namespace

Result<evote::HiddenText> read_secret(const std::string& path) {
    constexpr std::size_t most = 64u << 10;
    const Input input(path);
    if (!input.good()) return unreadable(path);
    evote::Hidden<std::array<char, most + 1>> room;
    const auto size = input.fill(room.value.data(), room.value.size());
    if (size < 0) return unreadable(path);
    // A pipe into which nobody writes.
    if (size == 0 && path != "-" && input.is_pipe()) return no_file(path);
    if (static_cast<std::size_t>(size) > most)
        return refuse(base::Why::file_too_large, {{"bytes", size}, {"most", most}}, in_file(path));
    std::string_view text(room.value.data(), static_cast<std::size_t>(size));
    constexpr std::string_view blank = " \t\r\n";
    const auto first = std::min(text.find_first_not_of(blank), text.size());
    text = text.substr(first, text.find_last_not_of(blank) + 1 - first);
    return evote::HiddenText(std::string(text));
}

Result<std::string> read_text(const std::string& path) {
    if (path != "-") return read_file(path, most_text);
    const Input input(path);
    std::string out;
    for (std::array<char, 1u << 16> room{};;) {
        const auto size = input.fill(room.data(), room.size());
        if (size < 0) return unreadable(path);
        if (size == 0) return out;
        out.append(room.data(), static_cast<std::size_t>(size));
        if (out.size() > most_text)
            return refuse(base::Why::file_too_large, {{"bytes", out.size()}, {"most", most_text}}, in_file(path));
    }
}

Result<std::shared_ptr<NamelessFile>> NamelessFile::make(const std::string& folder) {
    int descriptor = ::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (descriptor < 0 && (errno == EOPNOTSUPP || errno == EISDIR || errno == EINVAL)) {
        // Where the file system knows no nameless ones it has a name for a moment.
        auto name = folder + "/.plenum-XXXXXX";
        descriptor = ::mkostemp(name.data(), O_CLOEXEC);
        if (descriptor >= 0) ::unlink(name.c_str());
    }
    if (descriptor < 0) return refuse(base::Why::file_not_written, {{"reason", system_reason(errno)}}, in_file(folder));
    return std::shared_ptr<NamelessFile>(new NamelessFile(folder, descriptor));
}
NamelessFile::~NamelessFile() { ::close(descriptor_); }
Result<Done> NamelessFile::write(std::string_view bytes) {
    if (!write_all(descriptor_, bytes))
        return refuse(base::Why::file_not_written, {{"reason", system_reason(errno)}}, in_file(folder_));
    size_ += bytes.size();
    return Done{};
}
Result<std::string> NamelessFile::read(std::uint64_t offset, std::size_t count) const {
    return evote::FileSource::read_at(descriptor_, offset, count, folder_);
}

namespace {

/// The line that is being read: all of it in memory.
class KeptLine {
  public:
    std::uint64_t size() const { return text_.size(); }
    Result<Done> add(std::string_view more) {
        text_ += more;
        return Done{};
    }
    /// The whole line without its end; after it the next one begins.
    Result<std::string> take() {
        if (text_.ends_with('\r')) text_.pop_back();
        return std::exchange(text_, {});
    }

  private:
    std::string text_;
};

/// The same where the line is left in a nameless file once it gets long.
class HandedLineSoFar {
  public:
    explicit HandedLineSoFar(std::string folder) : folder_(std::move(folder)) {}
    std::uint64_t size() const { return left_ + text_.size(); }
    Result<Done> add(std::string_view more) {
        text_ += more;
        // The last byte stays, which may belong to the end of the line.
        if (size() > evote::ChainReader::kept_whole) TRY(leave(text_.size() - 1));
        return Done{};
    }
    Result<evote::HandedText> take() {
        if (text_.ends_with('\r')) text_.pop_back();
        if (left_ == 0) return evote::HandedText(std::exchange(text_, {}));
        TRY(leave(text_.size()));
        evote::HandedText out;
        out.lies_in = file_;
        out.offset = file_->size() - left_;
        out.size = std::exchange(left_, 0);
        out.hash = std::exchange(hash_, evote::Sha256()).finish();
        return out;
    }

  private:
    Result<Done> leave(std::size_t count) {
        if (!file_) file_ = TRY(NamelessFile::make(folder_));
        const auto first = std::string_view(text_).substr(0, count);
        TRY(file_->write(first));
        hash_.add(first);
        left_ += count;
        text_.erase(0, count);
        return Done{};
    }

    std::string folder_;
    std::shared_ptr<NamelessFile> file_;
    std::string text_;
    std::uint64_t left_ = 0;  // bytes of the line that lie in the file
    evote::Sha256 hash_;      // of them
};

std::uint64_t size_of(const std::string& text) { return text.size(); }
std::uint64_t size_of(const evote::HandedText& text) { return text.size; }

/// Lines, one file after the other. now: a KeptLine or a HandedLineSoFar
template <class Line, class Now>
Result<std::vector<Line>> lines_of(const std::vector<std::string>& paths, const LineLimits& limits, Now now) {
    std::vector<Line> out;
    std::uint64_t bytes = 0;
    for (std::size_t file = 0; file < paths.size(); ++file) {
        const auto& path = paths[file];
        if (path != "-") TRY(must_be_file(path));
        const Input input(path);
        if (!input.good()) return unreadable(path);
        if (path != "-" && !input.is_regular()) return no_file(path);
        std::int64_t number = 1;
        const auto here = [&] { return Place{path, number, 0, ""}; };
        const auto take = [&]() -> Result<Done> {
            auto text = TRY(now.take());
            if (size_of(text) == 0) return Done{};
            if (size_of(text) < limits.least) return refuse(evote::Why::text_not_canonical, {}, here());
            if (out.size() == limits.lines) return refuse(Why::lines_too_many, {{"most", limits.lines}}, here());
            out.push_back({std::move(text), file, number});
            return Done{};
        };
        for (std::array<char, 1u << 16> room{};;) {
            const auto size = input.fill(room.data(), room.size());
            if (size < 0) return unreadable(path);
            bytes += static_cast<std::uint64_t>(size);
            if (bytes > limits.bytes)
                return refuse(base::Why::file_too_large, {{"bytes", bytes}, {"most", limits.bytes}}, in_file(path));
            for (std::string_view piece(room.data(), static_cast<std::size_t>(size)); !piece.empty();) {
                const auto end = piece.find('\n');
                TRY(now.add(piece.substr(0, end)));
                if (now.size() > limits.line_bytes)
                    return refuse(Why::line_too_long, {{"most", limits.line_bytes}}, here());
                if (end == std::string_view::npos) break;
                TRY(take());
                ++number;
                piece.remove_prefix(end + 1);
            }
            if (static_cast<std::size_t>(size) < room.size()) break;
        }
        TRY(take());
    }
    return out;
}

}  // namespace

Result<std::vector<FileLine>> read_file_lines(const std::vector<std::string>& paths, const LineLimits& limits) {
    return lines_of<FileLine>(paths, limits, KeptLine());
}

Result<std::vector<HandedLine>> read_handed_lines(const std::vector<std::string>& paths, const LineLimits& limits,
                                                  const std::string& folder) {
    return lines_of<HandedLine>(paths, limits, HandedLineSoFar(folder));
}

Result<std::vector<std::string>> read_lines(const std::vector<std::string>& paths, const LineLimits& limits) {
    std::vector<std::string> out;
    for (auto& each : TRY(read_file_lines(paths, limits))) out.push_back(std::move(each.text));
    return out;
}

std::string printable(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        // U+0080 to U+009F are control characters too: C2 80 to C2 9F.
        const bool second_set = byte == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0;
        out += byte < 0x20 || byte == 0x7F || second_set ? '?' : text[i];
        if (second_set) ++i;
    }
    return out;
}

std::string shell_word(std::string_view text) {
    constexpr std::string_view plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-./,:+@%=";
    const std::string before = text.starts_with('-') ? "./" : "";  // else an option
    if (!text.empty() && text.find_first_not_of(plain) == std::string_view::npos) return before + std::string(text);
    std::string out = "'" + before;
    for (const char c : text) out += c == '\'' ? "'\\''" : std::string(1, c);
    return out + "'";
}

namespace {

/// Gives a file a name that nothing has yet; as link(2) where the file system cannot rename so.
bool name_new(const std::string& from, const std::string& to) {
    if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return true;
    if (errno != EINVAL && errno != ENOSYS && errno != EOPNOTSUPP) return false;
    if (::link(from.c_str(), to.c_str()) != 0) return false;
    ::unlink(from.c_str());
    return true;
}

/// Removes what stands at PATH.part, unless somebody is just writing it.
Result<Done> remove_leftover(const std::string& beside) {
    const int left = ::open(beside.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    const bool busy = left >= 0 && ::flock(left, LOCK_EX | LOCK_NB) != 0;
    const bool gone = !busy && (::unlink(beside.c_str()) == 0 || errno == ENOENT);
    const int reason = errno;
    if (left >= 0) ::close(left);
    if (busy) return refuse(Why::file_being_made, {}, in_file(beside));
    if (!gone) return refuse(base::Why::file_not_written, {{"reason", system_reason(reason)}}, in_file(beside));
    return Done{};
}

}  // namespace

Result<NewFile> NewFile::make(const std::string& path, Privacy privacy) {
    struct stat there {};
    if (::lstat(path.c_str(), &there) == 0) return refuse(base::Why::file_exists, {}, in_file(path));
    const auto open_beside = [&] {
        return ::open((path + ".part").c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
                      privacy == Privacy::hidden ? 0600 : 0644);
    };
    int descriptor = open_beside();
    if (descriptor < 0 && errno == EEXIST) {
        TRY(remove_leftover(path + ".part"));
        descriptor = open_beside();
        if (descriptor < 0 && errno == EEXIST) return refuse(Why::file_being_made, {}, in_file(path));
    }
    if (descriptor < 0) return refuse(base::Why::file_not_written, {{"reason", system_reason(errno)}}, in_file(path));
    // Locked while it is written, which tells it from a leftover. Where files have no locks it goes without.
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
        ::close(descriptor);
        return refuse(Why::file_being_made, {}, in_file(path));
    }
    return NewFile(path, descriptor);
}

NewFile::NewFile(NewFile&& other) noexcept
    : path_(std::move(other.path_)), descriptor_(std::exchange(other.descriptor_, -1)) {}

NewFile::~NewFile() {
    if (descriptor_ < 0) return;
    if (is_ours()) ::unlink(beside().c_str());
    ::close(descriptor_);
}

bool NewFile::is_ours() const {
    struct stat here {
    }, there{};
    return ::fstat(descriptor_, &here) == 0 && ::lstat(beside().c_str(), &there) == 0 && here.st_dev == there.st_dev &&
           here.st_ino == there.st_ino;
}

tl::unexpected<Refusal> NewFile::not_written() const {
    return refuse(base::Why::file_not_written, {{"reason", system_reason(errno)}}, in_file(path_));
}

Result<Done> NewFile::write(std::string_view bytes) {
    if (!write_all(descriptor_, bytes)) return not_written();
    return Done{};
}

int NewFile::hold() const { return ::fcntl(descriptor_, F_DUPFD_CLOEXEC, 0); }

Result<Done> NewFile::finish() { return finish_as(path_); }

Result<Done> NewFile::finish_as(const std::string& path) {
    if (::fsync(descriptor_) != 0) return not_written();
    if (!is_ours()) return refuse(Why::file_being_made, {}, in_file(path));
    if (!name_new(beside(), path)) {
        if (errno == EEXIST) return refuse(base::Why::file_exists, {}, in_file(path));
        return refuse(base::Why::file_not_written, {{"reason", system_reason(errno)}}, in_file(path));
    }
    ::close(std::exchange(descriptor_, -1));
    return Done{};
}

JsonArray result_json(const std::vector<std::vector<std::uint64_t>>& counts,
                      const std::vector<evote::Rankings>& rankings) {
    JsonArray rows;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        JsonArray row(counts[i].begin(), counts[i].end());
        for (std::size_t k = 0; k < rankings[i].ballots(); ++k) {
            const auto ballot = rankings[i].ballot(k);
            row.push_back(JsonArray(ballot.begin(), ballot.end()));
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

NewFiles::~NewFiles() {
    for (auto each = made_.rbegin(); each != made_.rend(); ++each) ::remove(each->c_str());
}

Result<Done> NewFiles::write(const std::string& path, std::string_view content, Privacy privacy) {
    auto file = TRY(NewFile::make(path, privacy));
    TRY(file.write(content));
    TRY(file.finish());
    made_.push_back(path);
    return Done{};
}

Result<Done> NewFiles::folder(const std::string& path) {
    if (::mkdir(path.c_str(), 0755) == 0) {
        made_.push_back(path);
        return Done{};
    }
    const int reason = errno;
    std::error_code error;
    if (std::filesystem::is_directory(path, error)) return Done{};
    return refuse(base::Why::file_not_written, {{"reason", system_reason(reason)}}, in_file(path));
}

Result<GrowingRecord> GrowingRecord::open(const std::string& path) {
    // The folder is searched first, then the file is locked and measured under its lock.
    const auto file = TRY(evote::FileSource::open(path))
    .path();
    const int descriptor = ::open(file.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0) return refuse(base::Why::file_not_written, {{"reason", system_reason(errno)}}, in_file(file));
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        ::close(descriptor);
        return refuse(Why::record_busy, {}, in_file(file));
    }
    auto source = evote::FileSource::open(file);
    if (!source) {
        ::close(descriptor);
        return refuse(std::move(source.error()));
    }
    return GrowingRecord(std::move(*source), descriptor);
}

GrowingRecord::GrowingRecord(GrowingRecord&& other) noexcept
    : source_(std::move(other.source_)), descriptor_(std::exchange(other.descriptor_, -1)) {}

GrowingRecord::~GrowingRecord() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

Result<Done> GrowingRecord::append(const evote::ByteSource& bytes) {
    const auto not_written = [&] {
        return refuse(base::Why::file_not_written, {{"reason", system_reason(errno)}}, in_file(source_.path()));
    };
    auto done = [&]() -> Result<Done> {
        constexpr std::uint64_t most = 1u << 20;
        for (std::uint64_t from = 0; from < bytes.size(); from += most) {
            const auto piece = TRY(bytes.read(from, static_cast<std::size_t>(std::min(most, bytes.size() - from))));
            if (!write_all(descriptor_, piece)) return not_written();
        }
        if (::fsync(descriptor_) != 0) return not_written();
        return Done{};
    }();
    // A record that ends in half an event would be refused by everybody.
    if (!done && ::ftruncate(descriptor_, static_cast<off_t>(source_.size())) == 0) ::fsync(descriptor_);
    return done;
}

Result<Done> GrowingRecord::cut(std::uint64_t size) {
    if (::ftruncate(descriptor_, static_cast<off_t>(size)) == 0 && ::fsync(descriptor_) == 0) return Done{};
    return refuse(base::Why::file_not_written, {{"reason", system_reason(errno)}}, in_file(source_.path()));
}

ProgressBar::ProgressBar(std::string what, std::int64_t delay_ms)
    : what_(std::move(what)), terminal_(::isatty(STDERR_FILENO) == 1), next_ms_(steady_ms() + delay_ms) {}

ProgressBar::~ProgressBar() {
    if (drawn_) std::cerr << "\r\033[K" << std::flush;
}

std::function<void(std::uint64_t, std::uint64_t)> ProgressBar::callback() {
    if (!terminal_) return {};
    return [this](std::uint64_t done, std::uint64_t all) { draw(done, all); };
}

void ProgressBar::draw(std::uint64_t done, std::uint64_t all) {
    const auto now = steady_ms();
    if (now < next_ms_ || all == 0) return;
    next_ms_ = now + 100;
    drawn_ = true;
    constexpr std::size_t width = 40;
    const auto part = static_cast<double>(done) / static_cast<double>(all);
    const auto filled = std::min(width, static_cast<std::size_t>(part * width));
    std::cerr << "\r" << what_ << " [" << std::string(filled, '#') << std::string(width - filled, '.') << "] "
              << static_cast<int>(part * 100) << " %\033[K" << std::flush;
}

}  // namespace plenum::cli
