// SPDX-License-Identifier: Apache-2.0
#include "registry/encoding.h"

#include <iconv.h>

#include <algorithm>
#include <cerrno>

#include "base/json.h"
#include "registry/refusals.h"

namespace plenum::registry {
namespace {

/// Closes the conversion with its scope.
class Conversion {
  public:
    Conversion() : handle_(iconv_open("UTF-8", "GB18030")) { invariant(handle_ != reinterpret_cast<iconv_t>(-1)); }
    ~Conversion() { iconv_close(handle_); }
    Conversion(const Conversion&) = delete;
    Conversion& operator=(const Conversion&) = delete;
    iconv_t get() const { return handle_; }

  private:
    iconv_t handle_;
};

}  // namespace

Result<std::string> text_of_file(std::string bytes) {
    if (bytes.starts_with("PK\x03\x04") || bytes.starts_with("PK\x05\x06")) return refuse(Why::sheet_is_archive);
    if (bytes.starts_with("\xd0\xcf\x11\xe0")) return refuse(Why::sheet_is_old_workbook);
    if (bytes.starts_with("\xef\xbb\xbf")) bytes.erase(0, 3);
    if (is_utf8(bytes)) return bytes;
    const Conversion conversion;
    std::string out;
    out.reserve(bytes.size() + bytes.size() / 2);
    char* from = bytes.data();
    std::size_t left = bytes.size();
    char block[1 << 14];
    while (left > 0) {
        char* to = block;
        std::size_t room = sizeof block;
        const auto converted = iconv(conversion.get(), &from, &left, &to, &room);
        out.append(block, static_cast<std::size_t>(to - block));
        if (converted == static_cast<std::size_t>(-1) && errno != E2BIG)
            return refuse(Why::csv_encoding_unknown, {}, {"", 1 + std::count(bytes.data(), from, '\n'), 0, ""});
    }
    return out;
}

}  // namespace plenum::registry
