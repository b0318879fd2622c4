// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "base/bytes.h"

namespace plenum::evote {

/// Takes a text in order, in pieces; refuses where they can't be kept, and is given no more of them then.
using TextSink = std::function<Result<Done>(std::string_view)>;

/// A text that would take more room than what it is made of: it is kept as the function that writes it, and written
/// anew each time, always the same.
class LongText {
  public:
    /// write  gives the whole text to a sink, piece by piece; refuses only what the sink refuses. Called once at once.
    explicit LongText(std::function<Result<Done>(const TextSink&)> write);
    Result<Done> write_to(const TextSink& sink) const { return write_(sink); }
    /// Bytes.
    std::uint64_t size() const { return size_; }
    /// SHA-256 of the whole.
    const Digest& hash() const { return hash_; }
    /// In one piece, for who has room for it.
    std::string whole() const;

  private:
    std::function<Result<Done>(const TextSink&)> write_;
    std::uint64_t size_ = 0;
    Digest hash_{};
};

}  // namespace plenum::evote
