// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "base/refusals.h"

namespace plenum {

/// Why the system would not, as the fact `reason` of a refusal: the name of its error ("ENOSPC"), which sentence_of
/// tells in the reader's language (texts: reason.system.<name>). Of 0, where a library kept the cause to itself, "EIO".
std::string system_reason(int error);

/// Refuses file_missing where there is nothing of that name, and file_is_folder.
Result<Done> must_be_file(const std::string& path);

/// The bytes of a file. Refuses what must_be_file refuses, file_unreadable, and file_too_large above `most` bytes
/// without reading it.
Result<std::string> read_file(const std::string& path, std::size_t most = 64u << 20);

/// Writes a new file or replaces one, whole: beside it first, then renamed. Refuses file_not_written.
Result<Done> write_file(const std::string& path, std::string_view content);

}  // namespace plenum
