// SPDX-License-Identifier: Apache-2.0
// PrefLib, https://preflib.github.io/PrefLib-Jekyll/format: a head of lines "# KEY: value", then "count: order".
#include <array>
#include <map>
#include <optional>

#include "count/ballots/read.h"
#include "count/ballots/text.h"
#include "count/fraction.h"

namespace plenum::count {
namespace {

/// Reads head and lines; of a line each item between commas is a candidate or a list of them in braces.
class PreflibReader {
  public:
    PreflibReader(std::string_view name, std::string_view content) : in_(name, content) {}

    Result<Profile> read(bool categories) {
        out_.asked = categories ? Asked::marks : Asked::orders;
        while (!in_.at_end()) {
            in_.skip_blanks();
            if (in_.at_end()) break;
            if (in_.accept('\n')) continue;
            if (in_.accept('#')) {
                const auto here = in_.here();
                TRY(head(in_.rest_of_line(), here));
                continue;
            }
            if (out_.names.empty()) {
                TRY(check_candidates(candidates_, in_.here()));
                out_.names.resize(static_cast<std::size_t>(candidates_));
                for (std::size_t i = 0; i < out_.names.size(); ++i)
                    if (const auto found = names_.find(static_cast<std::int64_t>(i + 1)); found != names_.end())
                        out_.names[i] = found->second;
                    else
                        out_.names[i] = std::to_string(i + 1);
                named_.emplace(out_.names.size());
            }
            TRY(ballot(categories));
        }
        if (out_.names.empty()) return refuse(Why::no_candidates, {}, in_.here());
        if (stated_voters_ >= 0 && stated_voters_ != voters_)
            return refuse(Why::voters_differ, {{"stated", stated_voters_}, {"found", voters_}}, in_.here());
        out_.withdrawn.assign(out_.names.size(), false);
        return std::move(out_);
    }

  private:
    Result<Done> head(std::string_view line, const Place& here) {
        const auto colon = line.find(':');
        if (colon == std::string_view::npos) return Done{};
        const auto key = trimmed(line.substr(0, colon)), value = trimmed(line.substr(colon + 1));
        if (named_ && (key == "NUMBER ALTERNATIVES" || key.starts_with("ALTERNATIVE NAME ")))
            return refuse(Why::ballots_malformed,
                          {{"wanted", "candidates before ballots"}, {"found", shown(name_from_bytes(trimmed(line)))}},
                          here);
        if (key == "TITLE") out_.title = name_from_bytes(value);
        if (key == "NUMBER VOTERS") {
            Scanner number("", value);
            stated_voters_ = number.digits();
        }
        if (key == "NUMBER ALTERNATIVES") {
            Scanner number("", value);
            candidates_ = number.digits();
        }
        if (key.starts_with("ALTERNATIVE NAME ")) {
            Scanner number("", key.substr(17));
            names_[number.digits()] = name_from_line(value);
        }
        return Done{};
    }

    Result<Done> ballot(bool categories) {
        const bool negative = in_.accept('-');
        const auto weight = in_.digits();
        if (weight < 0) return in_.malformed("count: order");
        in_.skip_blanks();
        if (!in_.accept(':')) return in_.malformed(":");
        TRY(add_weight(voters_, negative ? -weight : weight, in_));
        named_->next_ballot();
        for (bool first = true;; first = false) {
            in_.skip_blanks();
            if (in_.at_end() || in_.peek() == '\n') {
                if (!first) return in_.malformed("a candidate");
                break;
            }
            TRY(item(categories, first));
            in_.skip_blanks();
            if (!in_.accept(',')) break;
        }
        in_.skip_blanks();
        if (!in_.at_end() && !in_.accept('\n')) return in_.malformed("end of the line");
        out_.close_ballot(weight);
        return Done{};
    }

    Result<Done> item(bool categories, bool first) {
        const bool braces = in_.accept('{');
        bool equal = false;
        do {
            in_.skip_blanks();
            if (braces && !equal && in_.accept('}')) return Done{};
            const auto found = in_.numbers(numbers_);
            if (found == 0) return in_.malformed("a candidate");
            for (const auto number : std::span(numbers_).first(found)) {
                if (number < 1 || number > candidates_)
                    return refuse(Why::candidate_unknown, {{"candidate", number}, {"candidates", candidates_}},
                                  in_.here());
                const auto who = static_cast<Candidate>(number - 1);
                if (!named_->note(who)) return refuse(Why::preference_twice, {{"candidate", number}}, in_.here());
                // Categories beyond the first are not approved; they are read so that what is wrong in them is found.
                if (!categories || first)
                    out_.preferences.push_back(
                        static_cast<Candidate>(who | (equal && !categories ? Profile::equal_bit : 0)));
                equal = braces;
                first = first && braces;
            }
            in_.skip_blanks();
        } while (braces && in_.accept(','));
        if (braces && !in_.accept('}')) return in_.malformed("}");
        return Done{};
    }

    Scanner in_;
    Profile out_;
    std::int64_t candidates_ = 0, voters_ = 0, stated_voters_ = -1;
    std::map<std::int64_t, std::string> names_;
    std::optional<Named> named_;
    std::array<std::int64_t, 64> numbers_{};
};

}  // namespace

Result<Profile> read_preflib(std::string_view name, std::string_view content) {
    return PreflibReader(name, content).read(false);
}
Result<Profile> read_categories(std::string_view name, std::string_view content) {
    return PreflibReader(name, content).read(true);
}

}  // namespace plenum::count
