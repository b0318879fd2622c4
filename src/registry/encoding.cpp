// SPDX-License-Identifier: Apache-2.0
#include "registry/encoding.h"

#include <iconv.h>

#include <algorithm>
#include <cerrno>

#include "base/json.h"
#include "registry/csv.h"
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

std::size_t utf8_prefix(std::string_view text) {
    std::size_t at = 0;
    for (auto end = text.find('\n'); end != std::string_view::npos && is_utf8(text.substr(at, end + 1 - at));
         end = text.find('\n', at))
        at = end + 1;
    while (at < text.size()) {
        const auto first = static_cast<unsigned char>(text[at]);
        const std::size_t length = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
        if (!is_utf8(text.substr(at, length))) break;
        at += length;
    }
    return std::min(at, text.size());
}

Result<std::string> text_of_file(std::string bytes) {
    if (bytes.starts_with("PK\x03\x04") || bytes.starts_with("PK\x05\x06")) return refuse(Why::sheet_is_archive);
    if (bytes.starts_with("\xd0\xcf\x11\xe0")) return refuse(Why::sheet_is_old_workbook);
    const bool marked = bytes.starts_with("\xef\xbb\xbf");
    if (marked) bytes.erase(0, 3);
    const auto utf8 = utf8_prefix(bytes);
    if (utf8 == bytes.size()) return bytes;
    if (marked) return refuse(Why::csv_not_utf8, {}, csv_place_of(bytes, utf8));
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
        if (converted == static_cast<std::size_t>(-1) && errno != E2BIG) {
            // One bad byte in a file of UTF-8 is told where it is: GB18030 has failed long before.
            const auto gb18030 = bytes.size() - left;
            if (utf8 > gb18030) return refuse(Why::csv_not_utf8, {}, csv_place_of(bytes, utf8));
            return refuse(Why::csv_encoding_unknown, {}, csv_place_of(bytes, gb18030));
        }
    }
    return out;
}

}  // namespace plenum::registry
