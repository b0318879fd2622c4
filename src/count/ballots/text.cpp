// SPDX-License-Identifier: Apache-2.0
#include "count/ballots/text.h"

#include "base/json.h"
#include "count/fraction.h"

namespace plenum::count {

std::string_view without_mark(std::string_view text) {
    return text.starts_with("\xEF\xBB\xBF") ? text.substr(3) : text;
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view blanks = " \t\r\n\f\v";
    const auto first = text.find_first_not_of(blanks);
    return first == std::string_view::npos ? "" : text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::string name_from_bytes(std::string_view bytes) {
    std::string out;
    const bool as_it_is = is_utf8(bytes);
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        if (out.size() >= 1000 && (byte & 0xC0) != 0x80) break;  // between characters
        if (byte < 0x20 || byte == 0x7f) {
            out += ' ';
        } else if (byte < 0x80 || as_it_is) {
            out += c;
        } else {
            out += static_cast<char>(0xC0 | byte >> 6);
            out += static_cast<char>(0x80 | (byte & 0x3f));
        }
    }
    return out;
}

std::string name_from_line(std::string_view line) {
    line = trimmed(line);
    if (!line.starts_with('"')) return name_from_bytes(line);
    std::vector<std::string> parts;
    for (std::size_t at = 0; at < line.size();) {
        if (line[at] != '"') {
            ++at;
            continue;
        }
        std::string part;
        for (++at; at < line.size(); ++at) {
            if (line[at] == '\\' && at + 1 < line.size() && line[at + 1] == '"') {
                part += line[++at];
            } else if (line[at] != '"') {
                part += line[at];
            } else if (at + 1 < line.size() && line[at + 1] == '"') {
                part += line[++at];
            } else {
                ++at;
                break;
            }
        }
        parts.push_back(std::move(part));
    }
    std::string out;
    for (std::string_view part : parts) {
        part = trimmed(part);
        // Name and party in one field: Jo Mowat "Scottish Conservative".
        std::string plain(part);
        if (const auto quote = plain.find('"'); quote != std::string::npos && plain.ends_with('"') && quote > 0) {
            plain = std::string(trimmed(part.substr(0, quote))) + ", " +
                    std::string(trimmed(part.substr(quote + 1, part.size() - quote - 2)));
        }
        if (plain.empty()) continue;
        out += (out.empty() ? "" : ", ") + plain;
    }
    return name_from_bytes(out);
}

Scanner::Scanner(std::string_view name, std::string_view content) : name_(name), text_(without_mark(content)) {}

void Scanner::skip_them() {
    while (!at_end()) {
        const char c = peek();
        if (c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f' || c == '\v') {
            take();
        } else if (c == '#') {
            while (!at_end() && peek() != '\n') ++at_;
        } else if (c == '/' && at_ + 1 < text_.size() && text_[at_ + 1] == '*') {
            at_ += 2;
            while (!at_end() && !(peek() == '*' && at_ + 1 < text_.size() && text_[at_ + 1] == '/')) take();
            at_ = std::min(text_.size(), at_ + 2);
        } else {
            return;
        }
    }
}

std::string_view Scanner::rest_of_line() {
    const auto from = at_;
    while (!at_end() && peek() != '\n') ++at_;
    const auto out = text_.substr(from, at_ - from);
    if (!at_end()) take();
    return out;
}

std::string_view Scanner::word(std::string_view stops) {
    const auto from = at_;
    while (!at_end()) {
        const char c = peek();
        if (c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f' || c == '\v' || c == '#' ||
            stops.find(c) != std::string_view::npos)
            break;
        ++at_;
    }
    return text_.substr(from, at_ - from);
}

tl::unexpected<Refusal> Scanner::malformed(std::string_view wanted) const {
    auto next = text_.substr(at_, 40);
    next = next.substr(0, next.find('\n'));
    return refuse(Why::ballots_malformed, {{"wanted", wanted}, {"found", shown(name_from_bytes(trimmed(next)))}},
                  here());
}

Result<Done> check_candidates(std::int64_t candidates, const Place& place) {
    if (candidates < 1) return refuse(Why::no_candidates, {}, place);
    if (candidates > static_cast<std::int64_t>(most_candidates))
        return refuse(Why::too_many_candidates, {{"candidates", candidates}, {"most", most_candidates}}, place);
    return Done{};
}

Result<Done> add_weight(std::int64_t& sum, std::int64_t weight, const Place& place) {
    if (weight < 1 || weight > most_counted)
        return refuse(Why::weight_impossible, {{"weight", weight}, {"most", most_counted}}, place);
    sum += weight;
    if (sum > most_counted) return refuse(Why::too_many_ballots, {{"most", most_counted}}, place);
    return Done{};
}

std::int64_t Profile::voters() const {
    std::int64_t out = 0;
    for (const auto weight : weights) out += weight;
    return out;
}

}  // namespace plenum::count
