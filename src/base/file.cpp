// SPDX-License-Identifier: Apache-2.0
#include "base/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

namespace plenum {
namespace {

tl::unexpected<Refusal> unreadable(const std::string& path, std::string reason) {
    return refuse(base::Why::file_unreadable, {{"reason", std::move(reason)}}, {path, 0, 0, ""});
}

/// A descriptor that is closed at the end.
struct Opened {
    int descriptor;
    ~Opened() { ::close(descriptor); }
};

}  // namespace

std::string system_reason(int error) {
    const char* name = ::strerrorname_np(error == 0 ? EIO : error);
    return name ? name : "E" + std::to_string(error);
}

Result<Done> must_be_file(const std::string& path) {
    std::error_code error;
    const auto there = std::filesystem::status(path, error);
    if (there.type() == std::filesystem::file_type::not_found)
        return refuse(base::Why::file_missing, {}, {path, 0, 0, ""});
    if (std::filesystem::is_directory(there)) return refuse(base::Why::file_is_folder, {}, {path, 0, 0, ""});
    if (std::filesystem::is_other(there)) return unreadable(path, "not_a_file");
    return Done{};
}

Result<int> open_file(const std::string& path) {
    TRY(must_be_file(path));
    // What stands there may have changed since: a pipe is opened without waiting for its writer.
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0) return unreadable(path, system_reason(errno));
    struct stat found {};
    const bool known = ::fstat(descriptor, &found) == 0;
    if (known && S_ISREG(found.st_mode)) return descriptor;
    const auto reason = known ? "not_a_file" : system_reason(errno);
    ::close(descriptor);
    return unreadable(path, reason);
}

bool is_machine_failure(const Refusal& why) {
    // The names of errors are written in capitals; words of ours are not.
    const auto reason = why.fact("reason");
    if (reason.size() < 3 || reason.front() != 'E' ||
        !std::ranges::all_of(reason, [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }))
        return false;
    // A wrong path, or one that is not allowed, is for whoever gave it to mend. What is not known to be so is graver.
    constexpr std::array asked_wrongly{"EACCES", "EPERM",        "ENOENT", "ENOTDIR",    "EISDIR",       "EEXIST",
                                       "EROFS",  "ENAMETOOLONG", "ELOOP",  "ENOTEMPTY",  "EINVAL",       "EXDEV",
                                       "EBUSY",  "ETXTBSY",      "ENXIO",  "EADDRINUSE", "EADDRNOTAVAIL"};
    return std::ranges::find(asked_wrongly, reason) == asked_wrongly.end();
}

Result<std::string> read_file(const std::string& path, std::size_t most) {
    const Opened opened { TRY(open_file(path)) };
    struct stat found {};
    if (::fstat(opened.descriptor, &found) != 0) return unreadable(path, system_reason(errno));
    const auto too_large = [&](std::uint64_t size) {
        return refuse(base::Why::file_too_large, {{"bytes", size}, {"most", most}}, {path, 0, 0, ""});
    };
    const auto size = static_cast<std::uint64_t>(found.st_size);
    if (size > most) return too_large(size);
    // A byte more than there were is asked for, so that the end is seen at once; the file may have grown meanwhile.
    std::string out(static_cast<std::size_t>(size) + 1, '\0');
    for (std::size_t done = 0;;) {
        if (done == out.size()) out.resize(done + (1u << 16));
        const auto count = ::read(opened.descriptor, out.data() + done, out.size() - done);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return unreadable(path, system_reason(errno));
        done += static_cast<std::size_t>(count);
        if (done > most) return too_large(done);
        if (count > 0) continue;
        out.resize(done);
        return out;
    }
}

Result<Done> write_file(const std::string& path, std::string_view content) {
    const auto no = [&](int error_number) {
        return refuse(base::Why::file_not_written, {{"reason", system_reason(error_number)}}, {path, 0, 0, ""});
    };
    const std::string beside = path + ".part";
    ::unlink(beside.c_str());  // left behind by somebody who was interrupted, or no file at all
    {
        std::ofstream out(beside, std::ios::binary | std::ios::trunc);
        if (!out || !out.write(content.data(), static_cast<std::streamsize>(content.size())) || !out.flush()) {
            const int reason = errno;
            ::unlink(beside.c_str());
            return no(reason);
        }
    }
    std::error_code error;
    std::filesystem::rename(beside, path, error);
    if (error) {
        ::unlink(beside.c_str());
        return no(error.value());
    }
    return Done{};
}

}  // namespace plenum
