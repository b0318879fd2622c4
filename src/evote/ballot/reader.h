// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "evote/group/group.h"
#include "evote/refusals.h"

namespace plenum::evote {

/// Reads a text that has one legal form only, token by token, without allocating: compact JSON with its fields in the
/// documented order. After the first thing that is not as it must be, every further call gives an empty value and
/// changes nothing; refusal() then tells that first thing, with its column.
class Reader {
  public:
    /// Gives the next piece of a text that is too long to be kept; an empty one at its end.
    using Pieces = std::function<Result<std::string>()>;

    explicit Reader(std::string_view text) : text_(text) {}
    /// The same text, piece by piece. What plain_string() gives then lasts until the next call only; a piece that is
    /// refused is the first thing that is not as it must be.
    explicit Reader(Pieces pieces) : pieces_(std::move(pieces)) {}
    Reader(const Reader&) = delete;
    Reader& operator=(const Reader&) = delete;

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
        const auto at = position();
        auto out = group.scalars().from_decimal(plain_string());
        if (!out) fail(Why::scalar_malformed, at);
        return out.value_or(typename G::Scalar{});
    }
    /// In canonical form; membership is left to the caller.
    template <PrimeOrderGroup G>
    typename G::Element element(const G& group) {
        const auto at = position();
        auto out = group.element_from_text(plain_string());
        if (!out) fail(Why::element_malformed, at);
        return out.value_or(group.identity());
    }

    bool ok() const { return ok_; }
    std::size_t position() const { return before_ + at_; }
    Refusal refusal() const;
    /// The first refusal wins.
    /// at  as position() gives it
    void fail(Why why, std::size_t at);

  private:
    /// Whether so many bytes lie ahead, after more pieces have been fetched where there are any. `from`: what lies
    /// before it is needed no more; moves along with the text.
    bool has(std::size_t count, std::size_t& from) {
        return text_.size() - at_ >= count || (pieces_ && fetch(count, from));
    }
    bool has(std::size_t count) {
        auto from = at_;
        return has(count, from);
    }
    bool fetch(std::size_t count, std::size_t& from);

    Pieces pieces_;       // none at the end, or where the text is whole
    std::string window_;  // of the pieces: text_ points there
    std::string_view text_;
    std::size_t before_ = 0;  // bytes of the text before text_
    std::size_t at_ = 0;      // in text_
    bool ok_ = true;
    Why why_ = Why::text_not_canonical;
    std::size_t failed_at_ = 0;
    std::optional<Refusal> piece_refused_;
};

}  // namespace plenum::evote
