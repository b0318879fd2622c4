// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>

#include "base/result.h"

namespace plenum::registry {

/// The text of a file in UTF-8, without a byte order mark: UTF-8 as it is, else GB18030 (of which GBK and GB2312 are
/// parts) where every byte of it is that. By iconv of the C library.
///
/// refuses  sheet_is_archive (XLSX, ZIP), sheet_is_old_workbook (.xls), csv_encoding_unknown with the line of the first
///          bytes that are neither
/// cost     one pass; memory for a copy where the bytes are GB18030
Result<std::string> text_of_file(std::string bytes);

}  // namespace plenum::registry
