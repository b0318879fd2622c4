// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "base/refusals.h"

namespace plenum {

/// Why the system would not, as the fact `reason` of a refusal: the name of its error ("ENOSPC"), which sentence_of
/// tells in the reader's language (texts: reason.system.<name>). Of 0, where a library kept the cause to itself, "EIO".
std::string system_reason(int error);

/// Refuses file_missing where there is nothing of that name, file_is_folder, and file_unreadable of a pipe or a device,
/// which might never come to an end.
Result<Done> must_be_file(const std::string& path);

/// A descriptor of a regular file, for reading; the caller closes it. Never waits, whatever stands there. Refuses what
/// must_be_file refuses, and file_unreadable.
Result<int> open_file(const std::string& path);

/// True where the reason of a refusal is that the machine failed (disk full, input or output error, no more
/// descriptors), not that a path was wrong or not allowed: the program then ends with another status.
bool is_machine_failure(const Refusal& why);

/// The bytes of a file. Refuses what must_be_file refuses, file_unreadable, and file_too_large above `most` bytes
/// without reading it.
Result<std::string> read_file(const std::string& path, std::size_t most = 64u << 20);

/// Writes a new file or replaces one, whole: beside it first, then renamed. Refuses file_not_written.
Result<Done> write_file(const std::string& path, std::string_view content);

}  // namespace plenum
