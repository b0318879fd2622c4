// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "count/ballots/profile.h"
#include "count/fraction.h"
#include "count/refusals.h"

namespace plenum::count {

/// Goes through a text of tokens and knows the number of its line.
class Scanner {
  public:
    Scanner(std::string_view name, std::string_view content);

    bool at_end() const { return at_ == text_.size(); }
    char peek() const { return text_[at_]; }
    char take() { return text_[at_++]; }
    /// Takes the byte if it is next.
    bool accept(char wanted) {
        if (at_end() || peek() != wanted) return false;
        take();
        return true;
    }
    /// White space and the comments of BLT files.
    void skip_space_and_comments() {
        if (!at_end() && (peek() <= ' ' || peek() == '#' || peek() == '/')) skip_them();
    }
    void skip_blanks() {
        while (!at_end() && (peek() == ' ' || peek() == '\t' || peek() == '\r')) ++at_;
    }
    /// The rest of the line without its end; the line after it is next.
    std::string_view rest_of_line();
    /// Bytes up to white space or one of `stops`.
    std::string_view word(std::string_view stops = {});
    /// A run of digits as a number; -1 if none is next, most_counted + 1 if it is larger than most_counted.
    std::int64_t digits() {
        if (at_end() || !is_digit(peek())) return -1;
        std::int64_t out = 0;
        do out = std::min(out * 10 + (peek() - '0'), most_counted + 1);
        while (++at_ < text_.size() && is_digit(peek()));
        return out;
    }
    /// Numbers with one comma and nothing else between two, up to as many as `out` has room for; gives back how many.
    /// None if no digit is next. One larger than most_counted is the last, as digits() gives it.
    std::size_t numbers(std::span<std::int64_t> out) {
        std::size_t found = 0;
        const char *at = text_.data() + at_, *const end = text_.data() + text_.size();
        while (found < out.size() && at != end && is_digit(*at)) {
            std::int64_t number = *at - '0';
            while (++at != end && is_digit(*at)) number = std::min(number * 10 + (*at - '0'), most_counted + 1);
            out[found++] = number;
            if (number > most_counted || found == out.size() || end - at < 2 || *at != ',' || !is_digit(at[1])) break;
            ++at;
        }
        at_ = static_cast<std::size_t>(at - text_.data());
        return found;
    }
    /// What has not been taken yet.
    std::string_view rest() const { return text_.substr(at_); }
    /// Passes over so many bytes of the rest.
    void pass(std::size_t bytes) { at_ += bytes; }
    /// Of the next byte, from 1. Lines are counted when one is asked for: files hold millions of tokens.
    std::int64_t line() const {
        const auto* text = text_.data();
        line_ += std::count(text + std::exchange(counted_, at_), text + at_, '\n');
        return line_;
    }
    Place here() const { return {name_, line(), 0, ""}; }
    tl::unexpected<Refusal> malformed(std::string_view wanted) const;

  private:
    static bool is_digit(char c) { return c >= '0' && c <= '9'; }
    void skip_them();

    std::string name_;
    std::string_view text_;
    std::size_t at_ = 0;
    mutable std::size_t counted_ = 0;  ///< line_ is the line of the byte here
    mutable std::int64_t line_ = 1;
};

/// The text without a byte-order mark.
std::string_view without_mark(std::string_view text);
std::string_view trimmed(std::string_view text);
/// UTF-8 as it is; anything else read as Latin-1, so that names of old files survive. Control characters become spaces.
std::string name_from_bytes(std::string_view bytes);
/// A name as files write it: "A ""B""" or "A" "B" or A. A party behind it follows after a comma.
std::string name_from_line(std::string_view line);

/// Notes which candidates a ballot names, to find one named twice.
class Named {
  public:
    explicit Named(std::size_t candidates) : at_(candidates, 0) {}
    void next_ballot() { ++ballot_; }
    /// False if this ballot named the candidate before.
    bool note(Candidate candidate) { return std::exchange(at_[candidate], ballot_) != ballot_; }

  private:
    std::vector<std::size_t> at_;
    std::size_t ballot_ = 0;
};

/// Refuses no_candidates and too_many_candidates.
Result<Done> check_candidates(std::int64_t candidates, const Place& place);
/// Refuses weight_impossible, and too_many_ballots when the sum passes most_counted.
Result<Done> add_weight(std::int64_t& sum, std::int64_t weight, const Place& place);
/// The same; the place is written down only where it is refused, since files hold a million ballots.
inline Result<Done> add_weight(std::int64_t& sum, std::int64_t weight, const Scanner& in) {
    if (weight < 1 || weight > most_counted || sum + weight > most_counted) return add_weight(sum, weight, in.here());
    sum += weight;
    return Done{};
}

}  // namespace plenum::count
