// SPDX-License-Identifier: Apache-2.0
#include "base/file.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace plenum {

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
    return Done{};
}

Result<std::string> read_file(const std::string& path, std::size_t most) {
    TRY(must_be_file(path));
    std::error_code error;
    const auto no = [&](int error_number) {
        return refuse(base::Why::file_unreadable, {{"reason", system_reason(error_number)}}, {path, 0, 0, ""});
    };
    const auto size = std::filesystem::file_size(path, error);
    if (error) return no(error.value());
    if (size > most) return refuse(base::Why::file_too_large, {{"bytes", size}, {"most", most}}, {path, 0, 0, ""});
    std::ifstream in(path, std::ios::binary);
    if (!in) return no(errno);
    std::ostringstream out;
    out << in.rdbuf();
    if (in.bad()) return no(errno);
    return std::move(out).str();
}

Result<Done> write_file(const std::string& path, std::string_view content) {
    const auto no = [&](int error_number) {
        return refuse(base::Why::file_not_written, {{"reason", system_reason(error_number)}}, {path, 0, 0, ""});
    };
    const std::string beside = path + ".part";
    {
        std::ofstream out(beside, std::ios::binary | std::ios::trunc);
        if (!out || !out.write(content.data(), static_cast<std::streamsize>(content.size())) || !out.flush())
            return no(errno);
    }
    std::error_code error;
    std::filesystem::rename(beside, path, error);
    if (error) return no(error.value());
    return Done{};
}

}  // namespace plenum
