// SPDX-License-Identifier: Apache-2.0
// Hill, Wichmann, Woodall: Algorithm 123, Computer Journal 30 (1987), with what later programs added.
#include <map>

#include "count/ballots/read.h"
#include "count/ballots/text.h"
#include "count/fraction.h"

namespace plenum::count {
namespace {

class BltReader {
  public:
    BltReader(std::string_view name, std::string_view content) : in_(name, content) {}

    Result<Profile> read() {
        TRY(head());
        TRY(withdrawals_and_options());
        TRY(ballots());
        TRY(names());
        return std::move(out_);
    }

  private:
    Result<Done> head() {
        in_.skip_space_and_comments();
        const auto candidates = in_.digits();
        if (candidates < 0) return in_.malformed("number of candidates");
        TRY(check_candidates(candidates, in_.here()));
        candidates_ = static_cast<std::size_t>(candidates);
        out_.withdrawn.assign(candidates_, false);
        in_.skip_space_and_comments();
        const auto seats = in_.digits();
        if (seats < 0) return in_.malformed("number of seats");
        if (seats > most_counted)
            return refuse(Why::number_out_of_range, {{"number", seats}, {"least", 0}, {"most", most_counted}},
                          in_.here());
        out_.seats = seats;
        return Done{};
    }

    Result<Done> withdrawals_and_options() {
        for (;;) {
            in_.skip_space_and_comments();
            if (in_.accept('-')) {
                const auto line = in_.line();
                const auto number = in_.digits();
                if (number < 1) return in_.malformed("number of a withdrawn candidate");
                out_.withdrawn[TRY(candidate(number))] = true;
                in_.skip_blanks();
                // "-3 1 2 0" is a ballot of negative weight, not a withdrawal followed by a ballot.
                if (!in_.at_end() && in_.line() == line && in_.peek() >= '0' && in_.peek() <= '9')
                    return refuse(Why::weight_impossible, {{"weight", -number}, {"most", most_counted}}, in_.here());
            } else if (in_.accept('[')) {
                TRY(option());
            } else {
                return Done{};
            }
        }
    }

    Result<Done> option() {
        in_.skip_space_and_comments();
        const auto what = std::string(in_.word("]"));
        std::vector<std::string_view> words;
        for (;;) {
            in_.skip_space_and_comments();
            if (in_.at_end()) return in_.malformed("]");
            if (in_.accept(']')) break;
            words.push_back(in_.word("]"));
        }
        if (what == "nick") {
            for (std::size_t i = 0; i < words.size() && i < candidates_; ++i)
                nicknames_[words[i]] = static_cast<Candidate>(i);
        } else if (what == "tie") {
            std::vector<bool> seen(candidates_);
            for (const auto word : words) {
                const auto who = TRY(by_word(word));
                if (seen[who]) return refuse(Why::preference_twice, {{"candidate", who + 1}}, in_.here());
                seen[who] = true;
                out_.drawn_order.push_back(who);
            }
            if (out_.drawn_order.size() != candidates_)
                return refuse(Why::tie_order_wrong, {{"named", words.size()}, {"candidates", candidates_}}, in_.here());
        }
        return Done{};  // options of other programs say nothing about the ballots
    }

    Result<Candidate> candidate(std::int64_t number) const {
        if (number < 1 || number > static_cast<std::int64_t>(candidates_))
            return refuse(Why::candidate_unknown, {{"candidate", number}, {"candidates", candidates_}}, in_.here());
        return static_cast<Candidate>(number - 1);
    }
    Result<Candidate> by_word(std::string_view word) const {
        if (const auto found = nicknames_.find(word); found != nicknames_.end()) return found->second;
        std::int64_t number = 0;
        for (const char c : word) {
            if (c < '0' || c > '9' || number > most_counted)
                return refuse(Why::candidate_unknown,
                              {{"candidate", shown(name_from_bytes(word))}, {"candidates", candidates_}}, in_.here());
            number = number * 10 + (c - '0');
        }
        return candidate(number);
    }

    Result<Done> ballots() {
        Named named(candidates_);
        std::int64_t voters = 0;
        for (;;) {
            in_.skip_space_and_comments();
            if (in_.at_end()) return in_.malformed("zero after the last ballot");
            if (in_.accept('(')) {  // an id, as OpenSTV writes it
                while (!in_.at_end() && in_.peek() != ')' && in_.peek() != '\n') in_.take();
                if (!in_.accept(')')) return in_.malformed(")");
                in_.skip_space_and_comments();
            }
            const bool negative = in_.accept('-');
            const auto weight = in_.digits();
            if (weight < 0) return in_.malformed("weight of a ballot or zero");
            if (!in_.at_end() && in_.peek() > ' ' && in_.peek() != '#') return in_.malformed("a whole number");
            if (weight == 0 && !negative) return no_ballots_behind();
            TRY(add_weight(voters, negative ? -weight : weight, in_));
            named.next_ballot();
            TRY(ballot(named));
            out_.close_ballot(weight);
        }
    }

    /// A zero ends the ballots. Where a line of numbers that ends in zero comes next it was not meant to, and the
    /// ballots behind it would be read as names.
    Result<Done> no_ballots_behind() const {
        auto rest = in_.rest();
        const auto this_line = trimmed(without_comment(rest.substr(0, rest.find('\n'))));
        if (!this_line.empty() && this_line[0] >= '0' && this_line[0] <= '9')
            return refuse(Why::weight_impossible, {{"weight", 0}, {"most", most_counted}}, in_.here());
        for (auto end = rest.find('\n'); end != std::string_view::npos; end = rest.find('\n')) {
            rest.remove_prefix(end + 1);
            const auto line = trimmed(without_comment(rest.substr(0, rest.find('\n'))));
            if (line.empty()) continue;
            if (line.find_first_not_of("0123456789=-() \t") == std::string_view::npos &&
                (line == "0" || line.ends_with(" 0") || line.ends_with("\t0")))
                return refuse(Why::ballots_go_on, {{"line", shown(line)}}, in_.here());
            break;
        }
        return Done{};
    }

    Result<Done> ballot(Named& named) {
        bool equal_to_last = false, in_group = false, first_of_group = false;
        for (;;) {
            in_.skip_space_and_comments();
            if (in_.at_end()) return in_.malformed("zero at the end of a ballot");
            const char next = in_.peek();
            if (next == '(') {
                if (in_group) return in_.malformed("a candidate");
                in_.take();
                in_group = first_of_group = true;
                continue;
            }
            if (next == ')') {
                if (!in_group) return in_.malformed("a candidate");
                in_.take();
                in_group = false;
                continue;
            }
            if (next == '=') {
                in_.take();
                equal_to_last = true;
                continue;
            }
            if (next == '-') {  // a rank left out, as OpenSTV writes it: the next preference moves up
                in_.take();
                if (in_.digits() >= 0) return in_.malformed("a candidate");
                if (out_.gapped.empty() || out_.gapped.back() != out_.ballots()) out_.gapped.push_back(out_.ballots());
                continue;
            }
            Candidate who = 0;
            if (next >= '0' && next <= '9' && nicknames_.empty()) {
                const auto number = in_.digits();
                if (number == 0) break;
                if (!in_.at_end() && in_.peek() > ' ' && in_.peek() != '=' && in_.peek() != ')' && in_.peek() != '#')
                    return in_.malformed("a candidate");
                who = TRY(candidate(number));
            } else {
                const auto word = in_.word("=()");
                if (word == "0") break;
                who = TRY(by_word(word));
            }
            if (!named.note(who)) return refuse(Why::preference_twice, {{"candidate", who + 1}}, in_.here());
            const bool equal = equal_to_last || (in_group && !first_of_group);
            if (equal && out_.preferences.size() == out_.ends.back())
                return in_.malformed("a candidate before the equals sign");
            out_.preferences.push_back(static_cast<Candidate>(who | (equal ? Profile::equal_bit : 0)));
            equal_to_last = first_of_group = false;
        }
        if (in_group || equal_to_last) return in_.malformed(in_group ? ")" : "a candidate after the equals sign");
        return Done{};
    }

    Result<Done> names() {
        std::vector<std::string> lines;
        while (!in_.at_end() && lines.size() <= candidates_) {
            const auto line = trimmed(without_comment(in_.rest_of_line()));
            if (!line.empty()) lines.emplace_back(line);
        }
        if (lines.size() < candidates_) {  // several on one line
            std::vector<std::string> each;
            for (const auto& line : lines)
                for (std::size_t at = line.find('"'); at != std::string::npos;) {
                    const auto end = line.find('"', at + 1);
                    if (end == std::string::npos) break;
                    each.push_back(line.substr(at, end - at + 1));
                    at = line.find('"', end + 1);
                }
            lines = std::move(each);
        }
        if (lines.size() < candidates_)
            return refuse(Why::names_missing, {{"names", lines.size()}, {"candidates", candidates_}}, in_.here());
        for (std::size_t i = 0; i < candidates_; ++i) out_.names.push_back(name_from_line(lines[i]));
        if (lines.size() > candidates_) out_.title = name_from_line(lines[candidates_]);
        return Done{};
    }

    static std::string_view without_comment(std::string_view line) {
        bool quoted = false;
        for (std::size_t i = 0; i < line.size(); ++i) {
            if (line[i] == '"') quoted = !quoted;
            if (!quoted && line[i] == '#' && (i == 0 || line[i - 1] == ' ' || line[i - 1] == '\t'))
                return line.substr(0, i);
        }
        return line;
    }

    Scanner in_;
    Profile out_;
    std::size_t candidates_ = 0;
    std::map<std::string_view, Candidate, std::less<>> nicknames_;
};

}  // namespace

Result<Profile> read_blt(std::string_view name, std::string_view content) { return BltReader(name, content).read(); }

}  // namespace plenum::count
