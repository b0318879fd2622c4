// SPDX-License-Identifier: Apache-2.0
#include "store/canonical.h"

#include <charconv>

#include "base/json.h"

namespace plenum::store {
namespace {

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return -1;
}

/// The text between the quotes, which is known to be canonical.
std::string unescaped(std::string_view raw) {
    std::string out;
    out.reserve(raw.size());
    for (std::size_t i = 0; i < raw.size(); ++i) {
        if (raw[i] != '\\') {
            out += raw[i];
            continue;
        }
        switch (raw[++i]) {
            case 'b': out += '\b'; break;
            case 'f': out += '\f'; break;
            case 'n': out += '\n'; break;
            case 'r': out += '\r'; break;
            case 't': out += '\t'; break;
            case 'u':
                out += static_cast<char>(hex_digit(raw[i + 3]) * 16 + hex_digit(raw[i + 4]));
                i += 4;
                break;
            default: out += raw[i];
        }
    }
    return out;
}

/// Each function stands at the first byte of its thing, and behind it if it returns true; else at the offending byte.
class Scanner {
  public:
    Scanner(std::string_view text, int max_depth) : text_(text), max_depth_(max_depth) {}
    std::size_t at() const { return at_; }

    bool object(int depth, std::vector<RawMember>* members) {
        if (depth > max_depth_ || !take('{')) return false;
        if (take('}')) return true;
        std::string_view last;
        for (bool first = true;; first = false) {
            const auto name_at = at_;
            if (!string()) return false;
            const auto name = text_.substr(name_at + 1, at_ - name_at - 2);
            if (!first && !ascends(last, name)) {
                at_ = name_at;
                return false;
            }
            last = name;
            if (!take(':')) return false;
            const auto value_at = at_;
            if (!value(depth)) return false;
            if (members) members->push_back({name, text_.substr(value_at, at_ - value_at)});
            if (take('}')) return true;
            if (!take(',')) return false;
        }
    }

  private:
    bool take(char c) {
        if (at_ >= text_.size() || text_[at_] != c) return false;
        ++at_;
        return true;
    }
    bool word(std::string_view expected) {
        if (!text_.substr(at_).starts_with(expected)) return false;
        at_ += expected.size();
        return true;
    }
    bool value(int depth) {
        if (at_ >= text_.size()) return false;
        switch (text_[at_]) {
            case '{': return object(depth + 1, nullptr);
            case '[': return array(depth + 1);
            case '"': return string();
            case 't': return word("true");
            case 'f': return word("false");
            case 'n': return word("null");
            default: return number();
        }
    }
    bool array(int depth) {
        if (depth > max_depth_ || !take('[')) return false;
        if (take(']')) return true;
        while (true) {
            if (!value(depth)) return false;
            if (take(']')) return true;
            if (!take(',')) return false;
        }
    }
    /// -9223372036854775808 to 18446744073709551615, without leading zeros; no -0.
    bool number() {
        const auto start = at_;
        const bool negative = take('-');
        const auto digits_at = at_;
        while (at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9') ++at_;
        const auto digits = text_.substr(digits_at, at_ - digits_at);
        bool good = !digits.empty() && (digits[0] != '0' || (digits.size() == 1 && !negative));
        if (good) {
            std::int64_t with_sign = 0;
            std::uint64_t without = 0;
            const auto* end = text_.data() + at_;
            good = (negative ? std::from_chars(text_.data() + start, end, with_sign).ec
                             : std::from_chars(text_.data() + start, end, without).ec) == std::errc();
        }
        if (!good) at_ = start;
        return good;
    }
    bool string() {
        if (!take('"')) return false;
        const auto start = at_;
        bool ascii = true;
        while (at_ < text_.size()) {
            const auto c = static_cast<unsigned char>(text_[at_]);
            if (c == '"') {
                if (!ascii && !is_utf8(text_.substr(start, at_ - start))) {
                    at_ = start;
                    return false;
                }
                ++at_;
                return true;
            }
            if (c < 0x20) return false;
            if (c == '\\') {
                if (!escape()) return false;
                continue;
            }
            ascii = ascii && c < 0x80;
            ++at_;
        }
        return false;
    }
    bool escape() {
        const auto rest = text_.substr(at_);
        if (rest.size() < 2) return false;
        constexpr std::string_view short_ones = "\"\\bfnrt";
        if (short_ones.find(rest[1]) != std::string_view::npos) {
            at_ += 2;
            return true;
        }
        if (rest.size() < 6 || !rest.starts_with("\\u00")) return false;
        const int high = hex_digit(rest[4]), low = hex_digit(rest[5]);
        if (high < 0 || low < 0) return false;
        const int code = high * 16 + low;
        const bool has_short = code == '\b' || code == '\f' || code == '\n' || code == '\r' || code == '\t';
        if (code >= 0x20 || has_short) return false;
        at_ += 6;
        return true;
    }
    /// Members stand in the order of the bytes of their names, which an escape hides.
    static bool ascends(std::string_view left, std::string_view right) {
        const bool plain = left.find('\\') == std::string_view::npos && right.find('\\') == std::string_view::npos;
        return plain ? left < right : unescaped(left) < unescaped(right);
    }

    std::string_view text_;
    int max_depth_;
    std::size_t at_ = 0;
};

}  // namespace

std::optional<std::size_t> canonical_until(std::string_view text, int max_depth, std::vector<RawMember>* members) {
    Scanner scanner(text, max_depth);
    if (scanner.object(1, members) && scanner.at() == text.size()) return std::nullopt;
    return scanner.at();
}

std::optional<std::string> text_of(std::string_view canonical_value) {
    if (!canonical_value.starts_with('"')) return std::nullopt;
    return unescaped(canonical_value.substr(1, canonical_value.size() - 2));
}

std::optional<std::int64_t> integer_of(std::string_view canonical_value) {
    std::int64_t out = 0;
    const auto* end = canonical_value.data() + canonical_value.size();
    const auto read = std::from_chars(canonical_value.data(), end, out);
    if (read.ec != std::errc() || read.ptr != end) return std::nullopt;
    return out;
}

}  // namespace plenum::store
