// SPDX-License-Identifier: Apache-2.0
#include "evote/ballot/reader.h"

#include <algorithm>

namespace plenum::evote {

void Reader::fail(Why why, std::size_t at) {
    if (!ok_) return;
    ok_ = false;
    why_ = why;
    failed_at_ = at;
}

Refusal Reader::refusal() const {
    invariant(!ok_);
    if (piece_refused_) return *piece_refused_;
    return plenum::refusal(why_, {}, {"", 0, static_cast<std::int64_t>(failed_at_) + 1, ""});
}

bool Reader::fetch(std::size_t count, std::size_t& from) {
    if (!ok_) return false;
    window_.erase(0, from);
    before_ += from;
    at_ -= from;
    from = 0;
    while (pieces_ && window_.size() - at_ < count) {
        auto piece = pieces_();
        if (!piece) {
            fail(Why::text_not_canonical, position());
            piece_refused_ = std::move(piece.error());
        }
        if (!piece || piece->empty())
            pieces_ = nullptr;
        else
            window_ += *piece;
    }
    text_ = window_;
    return ok_ && text_.size() - at_ >= count;
}

void Reader::expect(std::string_view literal) {
    if (!skip(literal)) fail(Why::text_not_canonical, position());
}

bool Reader::skip(std::string_view literal) {
    if (!ok_ || !has(literal.size()) || text_.substr(at_, literal.size()) != literal) return false;
    at_ += literal.size();
    return true;
}

std::string_view Reader::plain_string() {
    expect("\"");
    if (!ok_) return {};
    auto start = at_;
    while (has(1, start) && text_[at_] != '"') {
        const auto byte = static_cast<unsigned char>(text_[at_]);
        if (byte < 0x20 || byte > 0x7e || byte == '\\') {
            fail(Why::text_not_canonical, position());
            return {};
        }
        ++at_;
    }
    if (!ok_ || at_ == text_.size()) {
        fail(Why::text_not_canonical, position());
        return {};
    }
    return text_.substr(start, at_++ - start);
}

std::uint64_t Reader::number(std::uint64_t most) {
    if (!ok_) return 0;
    auto start = at_;
    const auto first = position();
    std::uint64_t value = 0;
    while (has(1, start) && text_[at_] >= '0' && text_[at_] <= '9') {
        const auto digit = static_cast<std::uint64_t>(text_[at_] - '0');
        if (value > (most - std::min(most, digit)) / 10 || (at_ > start && text_[start] == '0')) {
            fail(text_[start] == '0' ? Why::text_not_canonical : Why::number_out_of_range, first);
            return 0;
        }
        value = value * 10 + digit;
        ++at_;
    }
    if (at_ == start) fail(Why::text_not_canonical, first);
    if (value > most) fail(Why::number_out_of_range, first);
    return ok_ ? value : 0;
}

std::uint64_t Reader::count(std::uint64_t most) {
    constexpr std::uint64_t largest_number = (1u << 30) - 1;
    const auto start = position();
    const bool quoted = skip("\"");
    const auto value = number(most);
    if (quoted) expect("\"");
    if (ok_ && quoted != (value > largest_number)) fail(Why::text_not_canonical, start);
    return ok_ ? value : 0;
}

void Reader::end() {
    if (ok_ && has(1)) fail(Why::text_not_canonical, position());
}

}  // namespace plenum::evote
