// SPDX-License-Identifier: Apache-2.0
// Lists as belenios-tool takes them ([[1,2,0],…]) and results of questions that were shuffled ({"result":[…]}).
#include <algorithm>
#include <utility>

#include "base/json.h"
#include "count/ballots/read.h"
#include "count/ballots/text.h"
#include "count/fraction.h"

namespace plenum::count {
namespace {

class ListReader {
  public:
    ListReader(std::string_view name, Asked wanted, const ResultQuestion& question = {})
        : name_(name), wanted_(wanted) {
        out_.asked = wanted;
        out_.title = name_from_bytes(question.title);
        for (const auto& each : question.names) out_.names.push_back(name_from_bytes(each));
        out_.withdrawn.assign(out_.names.size(), false);
    }

    /// Room for about so many ballots like the first.
    void expect(std::size_t ballots) {
        out_.ends.reserve(ballots + 1);
        out_.weights.reserve(ballots);
        out_.preferences.reserve(ballots * out_.preferences.size());
    }
    /// where  called for the place of what is refused
    template <class Where>
    Result<Done> ballot(const std::vector<std::int64_t>& numbers, Where&& where) {
        if (out_.names.empty()) {
            TRY(check_candidates(static_cast<std::int64_t>(numbers.size()), where()));
            for (std::size_t i = 0; i < numbers.size(); ++i) out_.names.push_back(std::to_string(i + 1));
            out_.withdrawn.assign(numbers.size(), false);
        }
        if (numbers.size() != out_.names.size())
            return refuse(Why::ballots_malformed,
                          {{"wanted", std::to_string(out_.names.size())}, {"found", numbers.size()}}, where());
        if (out_.ballots() >= static_cast<std::size_t>(most_counted))
            return refuse(Why::too_many_ballots, {{"most", most_counted}}, where());
        switch (wanted_) {
            case Asked::orders: order(numbers); break;
            case Asked::marks:
                for (std::size_t i = 0; i < numbers.size(); ++i) {
                    if (numbers[i] == 0) continue;
                    out_.preferences.push_back(static_cast<Candidate>(i));
                    out_.votes.push_back(numbers[i]);
                }
                break;
            case Asked::grades:
            case Asked::pairs:
                for (const auto grade : numbers) {
                    if (grade > 255)
                        return refuse(Why::ballots_malformed, {{"wanted", "1-255"}, {"found", grade}}, where());
                    out_.best_to_worst = std::max(out_.best_to_worst, static_cast<int>(grade));
                    out_.grades.push_back(static_cast<std::uint8_t>(grade));
                }
                break;
        }
        out_.close_ballot(1);
        return Done{};
    }

    Result<Profile> done() {
        if (out_.names.empty()) return refuse(Why::no_candidates, {}, {name_, 0, 0, ""});
        return std::move(out_);
    }

  private:
    void order(const std::vector<std::int64_t>& ranks) {
        by_rank_.clear();
        for (std::size_t i = 0; i < ranks.size(); ++i)
            if (ranks[i] > 0) by_rank_.push_back(ranks[i] * one_rank + static_cast<std::int64_t>(i));
        std::sort(by_rank_.begin(), by_rank_.end());
        std::int64_t last = 0;
        bool gap = false;
        for (const auto each : by_rank_) {
            const auto rank = each / one_rank;
            const bool equal = rank == last;
            gap |= rank > last + 1;
            last = rank;
            const auto who = static_cast<Candidate>(each % one_rank);
            out_.preferences.push_back(static_cast<Candidate>(who | (equal ? Profile::equal_bit : 0)));
        }
        if (gap) out_.gapped.push_back(out_.ballots());
    }

    std::string name_;
    Asked wanted_;
    Profile out_;
    static constexpr std::int64_t one_rank = 1 << 16;  // rank and candidate as one number, to be sorted as such
    static_assert(most_candidates < one_rank);
    std::vector<std::int64_t> by_rank_;
};

/// A list of lists of numbers, without building a tree of it: such files are large.
Result<Profile> read_lists(std::string_view name, std::string_view content, Asked wanted) {
    Scanner in(name, content);
    ListReader lists(name, wanted);
    std::vector<std::int64_t> numbers;
    const auto wants = [&](char c) -> Result<Done> {
        in.skip_space_and_comments();
        if (!in.accept(c)) return in.malformed(std::string_view(&c, 1));
        in.skip_space_and_comments();
        return Done{};
    };
    TRY(wants('['));
    bool first = true;
    if (!in.accept(']')) {
        do {
            TRY(wants('['));
            numbers.clear();
            if (!in.accept(']')) {
                do {
                    in.skip_space_and_comments();
                    const auto number = in.digits();
                    if (number < 0 || number > most_counted) return in.malformed("a whole number");
                    numbers.push_back(number);
                    in.skip_space_and_comments();
                    if (numbers.size() > most_candidates) TRY(check_candidates(most_candidates + 1, in.here()));
                } while (in.accept(','));
                TRY(wants(']'));
            }
            TRY(lists.ballot(numbers, [&] { return in.here(); }));
            if (std::exchange(first, false)) lists.expect(content.size() / in.position() + 1);
            in.skip_space_and_comments();
        } while (in.accept(','));
        TRY(wants(']'));
    }
    in.skip_space_and_comments();
    if (!in.at_end()) return in.malformed("the end of the file");
    return lists.done();
}

}  // namespace

Result<Profile> read_belenios(std::string_view name, std::string_view content, Asked wanted,
                              const ResultQuestion& asked) {
    content = without_mark(content);
    const Place place{std::string(name), 0, 0, ""};
    if (!trimmed(content.substr(0, 100)).starts_with('{')) {
        if (asked.number > 1)
            return refuse(Why::question_unknown, {{"question", asked.number}, {"questions", 1}}, place);
        return read_lists(name, content, wanted);
    }
    auto json = json_from_text(content);
    if (!json) return refuse(std::move(json).error().within(place));
    const auto* result = json->get_object().if_contains("result");
    if (!result || !result->is_array())
        return refuse(Why::ballots_malformed, {{"wanted", "result"}, {"found", "{}"}}, place);
    const auto& questions = result->get_array();
    if (asked.number > questions.size())
        return refuse(Why::question_unknown, {{"question", asked.number}, {"questions", questions.size()}}, place);
    for (std::size_t number = 1; number <= questions.size(); ++number) {
        const auto& question = questions[number - 1];
        if (asked.number != 0 && asked.number != number) continue;
        // Where nobody voted only who knows the candidates can tell that it is a ranking.
        const bool empty = question.is_array() && question.get_array().empty();
        const bool opened = empty ? !asked.names.empty() && asked.number != 0
                                  : question.is_array() && question.get_array()[0].is_array();
        if (!opened && asked.number != 0) return refuse(Why::question_not_ranked, {{"question", number}}, place);
        if (!opened) continue;
        ListReader lists(name, wanted, asked);
        if (!asked.names.empty()) TRY(check_candidates(static_cast<std::int64_t>(asked.names.size()), place));
        std::vector<std::int64_t> numbers;
        for (const auto& each : question.get_array()) {
            numbers.clear();
            if (each.is_array())
                for (const auto& rank : each.get_array()) {
                    const auto value = rank.is_int64() ? rank.get_int64() : -1;
                    if (value < 0 || value > most_counted)
                        return refuse(Why::ballots_malformed,
                                      {{"wanted", "a whole number"}, {"found", canonical_json(rank)}}, place);
                    numbers.push_back(value);
                }
            TRY(lists.ballot(numbers, [&] { return place; }));
        }
        return lists.done();
    }
    return refuse(Why::ballots_malformed, {{"wanted", "[[…]]"}, {"found", "result"}}, place);
}

Result<Profile> read_pairs(std::string_view name, std::string_view content) {
    const Place place{std::string(name), 0, 0, ""};
    auto json = json_from_text(without_mark(content));
    if (!json) return refuse(std::move(json).error().within(place));
    Profile out;
    out.asked = Asked::pairs;
    if (!json->is_object()) return refuse(Why::ballots_malformed, {{"wanted", "pairs"}, {"found", "[]"}}, place);
    if (const auto* title = json->get_object().if_contains("title"); title && title->is_string())
        out.title = name_from_bytes(title->get_string());
    const auto* names = json->get_object().if_contains("candidates");
    const auto* pairs = json->get_object().if_contains("pairs");
    if (!names || !names->is_array() || !pairs || !pairs->is_array())
        return refuse(Why::ballots_malformed, {{"wanted", "candidates, pairs"}, {"found", "{}"}}, place);
    TRY(check_candidates(static_cast<std::int64_t>(names->get_array().size()), place));
    for (const auto& each : names->get_array())
        out.names.push_back(each.is_string() ? name_from_bytes(each.get_string()) : canonical_json(each));
    out.withdrawn.assign(out.names.size(), false);
    for (const auto& row : pairs->get_array()) {
        auto& to = out.pairs.emplace_back();
        if (row.is_array())
            for (const auto& number : row.get_array()) to.push_back(number.is_int64() ? number.get_int64() : -1);
        const bool good = to.size() == out.names.size() &&
                          std::all_of(to.begin(), to.end(), [](auto n) { return n >= 0 && n <= most_counted; });
        if (!good)
            return refuse(Why::ballots_malformed,
                          {{"wanted", std::to_string(out.names.size())}, {"found", shown(canonical_json(row))}},
                          {std::string(name), 0, 0, "pairs[" + std::to_string(out.pairs.size() - 1) + "]"});
    }
    if (out.pairs.size() != out.names.size())
        return refuse(Why::ballots_malformed,
                      {{"wanted", std::to_string(out.names.size())}, {"found", out.pairs.size()}}, place);
    return out;
}

}  // namespace plenum::count
