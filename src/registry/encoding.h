// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>

#include "base/result.h"

namespace plenum::registry {

/// How many bytes from the beginning are UTF-8: all of them where the text is.
std::size_t utf8_prefix(std::string_view text);

/// The text of a file in UTF-8, without a byte order mark: UTF-8 as it is, else GB18030 (of which GBK and GB2312 are
/// parts) where every byte of it is that and no byte order mark says UTF-8. By iconv of the C library.
///
/// refuses  sheet_is_archive (XLSX, ZIP), sheet_is_old_workbook (.xls), of bytes that are neither, by where each
/// encoding
///          breaks off: csv_not_utf8 with line and cell where UTF-8 goes further, else csv_encoding_unknown with line
///          and cell where GB18030 does
/// cost     one pass; memory for a copy where the bytes are GB18030
Result<std::string> text_of_file(std::string bytes);

}  // namespace plenum::registry
