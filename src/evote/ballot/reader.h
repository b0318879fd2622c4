// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string_view>

#include "evote/group/group.h"
#include "evote/refusals.h"

namespace plenum::evote {

/// Reads a text that has one legal form only, token by token, without allocating: compact JSON with its fields in the
/// documented order. After the first thing that is not as it must be, every further call gives an empty value and
/// changes nothing; refusal() then tells that first thing, with its column.
class Reader {
  public:
    explicit Reader(std::string_view text) : text_(text) {}

    /// Exactly these bytes.
    void expect(std::string_view literal);
    /// True, and past it, if these bytes come next.
    bool skip(std::string_view literal);
    /// A JSON string without escapes or control characters (hashes, elements, decimals): what is between the quotes.
    std::string_view plain_string();
    /// A decimal without leading zeros, at most `most`.
    std::uint64_t number(std::uint64_t most);
    /// Counts as the format writes them: a number up to 2^30 - 1, a decimal string above, at most `most`.
    std::uint64_t count(std::uint64_t most);
    /// The whole text must have been read.
    void end();

    template <PrimeOrderGroup G>
    typename G::Scalar scalar(const G& group) {
        const auto at = at_;
        auto out = group.scalars().from_decimal(plain_string());
        if (!out) fail(Why::scalar_malformed, at);
        return out.value_or(typename G::Scalar{});
    }
    /// In canonical form; membership is left to the caller.
    template <PrimeOrderGroup G>
    typename G::Element element(const G& group) {
        const auto at = at_;
        auto out = group.element_from_text(plain_string());
        if (!out) fail(Why::element_malformed, at);
        return out.value_or(group.identity());
    }

    bool ok() const { return ok_; }
    std::size_t position() const { return at_; }
    Refusal refusal() const;
    /// The first refusal wins.
    void fail(Why why, std::size_t at);

  private:
    std::string_view text_;
    std::size_t at_ = 0;
    bool ok_ = true;
    Why why_ = Why::text_not_canonical;
    std::size_t failed_at_ = 0;
};

}  // namespace plenum::evote
