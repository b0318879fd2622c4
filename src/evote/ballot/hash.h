// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>
#include <string_view>

#include "base/bytes.h"

namespace plenum::evote {

/// SHA-256 piece by piece, by libcrypto: with the processor's own instructions for it some five times as fast as base's
/// sha256, and a verifier hashes every ballot twice and more. For public texts: the state is not wiped.
class Sha256 {
  public:
    Sha256();
    Sha256(Sha256&&) noexcept;
    Sha256& operator=(Sha256&&) noexcept;
    ~Sha256();
    Sha256& add(std::string_view text);
    /// The hash of all that was added; nothing can be added after it.
    Digest finish();

  private:
    struct State;
    std::unique_ptr<State> state_;
};
/// The same of one text.
Digest sha256_of_public(std::string_view text);

}  // namespace plenum::evote
