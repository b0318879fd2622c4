// SPDX-License-Identifier: Apache-2.0
// Lists as belenios-tool takes them ([[1,2,0],…]) and results of questions that were shuffled ({"result":[…]}).
#include <algorithm>
#include <bit>
#include <cstring>
#include <span>
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
        out_.best_to_worst = grades_offered_ = question.grades;
        out_.blank_allowed = question.blank_allowed;
        for (const auto& each : question.names) out_.names.push_back(name_from_bytes(each));
        out_.withdrawn.assign(out_.names.size(), false);
    }

    /// where  called for the place of what is refused
    template <class Where>
    Result<Done> ballot(std::span<const std::int64_t> numbers, Where&& where) {
        if (out_.names.empty()) {
            TRY(check_candidates(static_cast<std::int64_t>(numbers.size()), where()));
            for (std::size_t i = 0; i < numbers.size(); ++i) out_.names.push_back(std::to_string(i + 1));
            out_.withdrawn.assign(numbers.size(), false);
        }
        if (numbers.size() != out_.names.size())
            return refuse(Why::ballots_malformed,
                          {{"wanted", std::to_string(out_.names.size())}, {"found", numbers.size()}}, where());
        TRY(voter(where));
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
                    if (grades_offered_ == 0)
                        out_.best_to_worst = std::max(out_.best_to_worst, static_cast<int>(grade));
                    out_.grades.push_back(static_cast<std::uint8_t>(grade));
                }
                break;
        }
        out_.close_ballot(1);
        out_.numbers.push_back(static_cast<std::uint32_t>(voters_));
        return Done{};
    }

    /// The ballot of that number, from 0, once more.
    template <class Where>
    Result<Done> again(std::size_t ballot, Where&& where) {
        TRY(voter(where));
        ++out_.weights[ballot];
        return Done{};
    }
    std::size_t ballots() const { return out_.ballots(); }

    Result<Profile> done() {
        if (out_.names.empty()) return refuse(Why::no_candidates, {}, {name_, 0, 0, ""});
        return std::move(out_);
    }

  private:
    template <class Where>
    Result<Done> voter(Where&& where) {
        if (voters_ >= most_counted) return refuse(Why::too_many_ballots, {{"most", most_counted}}, where());
        ++voters_;
        return Done{};
    }

    /// Candidates are dealt into a place for each rank, those of one rank in a chain: first none, then 1 to as many as
    /// there are candidates, and in the last place all ranks beyond, which leave a gap and are few. Nothing is asked of
    /// each rank alone, since what the next one is can't be foreseen, by a processor either.
    void order(std::span<const std::int64_t> ranks) {
        const auto most = ranks.size();
        first_.assign(most + 2, nobody);
        after_.resize(most);
        std::size_t left = most;
        for (std::size_t i = most; i-- > 0;) {
            const auto rank = std::min(static_cast<std::size_t>(ranks[i]), most + 1);
            after_[i] = std::exchange(first_[rank], static_cast<Candidate>(i));
            left -= rank == 0;
        }
        // As many candidates as ranks from 1, and no rank left out: one each, as on nearly every ballot.
        const auto ranked = std::span(first_).subspan(1, left);
        if (std::find(ranked.begin(), ranked.end(), nobody) == ranked.end()) {
            out_.preferences.insert(out_.preferences.end(), ranked.begin(), ranked.end());
            return;
        }
        const auto before = out_.preferences.size();
        out_.preferences.resize(before + left);
        auto* to = out_.preferences.data() + before;
        beyond_.clear();
        for (auto who = first_[most + 1]; who != nobody; who = after_[who])
            beyond_.push_back(ranks[who] * one_rank + who);
        left -= beyond_.size();
        bool gap = !beyond_.empty();
        for (std::size_t rank = 1; left > 0; ++rank) {
            gap |= first_[rank] == nobody;
            Candidate equal = 0;
            for (auto who = first_[rank]; who != nobody; who = after_[who], equal = Profile::equal_bit, --left)
                *to++ = static_cast<Candidate>(who | equal);
        }
        std::sort(beyond_.begin(), beyond_.end());
        std::int64_t last = 0;
        for (const auto each : beyond_) {
            const bool equal = each / one_rank == std::exchange(last, each / one_rank);
            *to++ = static_cast<Candidate>(each % one_rank | (equal ? std::int64_t{Profile::equal_bit} : 0));
        }
        if (gap) out_.gapped.push_back(out_.ballots());
    }

    std::string name_;
    Asked wanted_;
    int grades_offered_ = 0;
    Profile out_;
    static constexpr std::int64_t one_rank = 1 << 16;  // rank and candidate as one number, to be sorted as such
    static_assert(most_candidates < one_rank);
    static constexpr Candidate nobody = most_candidates;
    std::int64_t voters_ = 0;
    std::vector<Candidate> first_, after_;  // by rank; by candidate
    std::vector<std::int64_t> beyond_;
};

/// Finds ballots that were read before by their text, so that each is taken apart once. A place remembers the last text
/// that fell on it, no more: memory is bounded, whatever is in the file, and a repetition that is missed is read again.
class Repetitions {
  public:
    struct Place {
        const char* text = nullptr;
        std::size_t ballot = 0;
    };
    /// The place of a text that ends with its first `]`.
    Place& of(std::string_view text) { return places_[mixed(text) >> (64 - place_bits)]; }
    /// Is it the same text? Both end with their first `]`, so that neither can go on where the other ends.
    static bool holds(const Place& place, std::string_view text) {
        return place.text != nullptr && !text.empty() && std::memcmp(place.text, text.data(), text.size()) == 0;
    }

  private:
    static std::uint64_t mixed(std::string_view text) {
        constexpr std::uint64_t odd = 0x9E3779B97F4A7C15;  // 2^64 divided by the golden ratio
        std::uint64_t odd_words = 0, even_words = text.size(), word = 0;
        for (; text.size() >= 2 * sizeof word; text.remove_prefix(2 * sizeof word)) {
            std::memcpy(&word, text.data(), sizeof word);
            even_words = (std::rotl(even_words, 29) ^ word) * odd;
            std::memcpy(&word, text.data() + sizeof word, sizeof word);
            odd_words = (std::rotl(odd_words, 31) ^ word) * odd;
        }
        for (; text.size() >= sizeof word; text.remove_prefix(sizeof word)) {
            std::memcpy(&word, text.data(), sizeof word);
            even_words = (std::rotl(even_words, 29) ^ word) * odd;
        }
        word = 0;
        std::memcpy(&word, text.data(), text.size());
        return ((even_words ^ std::rotl(odd_words, 17)) * odd ^ word) * odd;
    }

    static constexpr int place_bits = 12;
    std::vector<Place> places_ = std::vector<Place>(std::size_t{1} << place_bits);
};

/// A list of lists of numbers, without building a tree of it: such files are large.
Result<Profile> read_lists(std::string_view name, std::string_view content, Asked wanted, const ResultQuestion& asked) {
    Scanner in(name, content);
    ListReader lists(name, wanted, asked);
    Repetitions repetitions;
    std::vector<std::int64_t> numbers(most_candidates + 1);
    const auto where = [&] { return in.here(); };
    const auto wants = [&](char c) -> Result<Done> {
        in.skip_space_and_comments();
        if (!in.accept(c)) return in.malformed(std::string_view(&c, 1));
        in.skip_space_and_comments();
        return Done{};
    };
    const auto ballot = [&]() -> Result<Done> {
        TRY(wants('['));
        std::size_t read = 0;
        if (!in.accept(']')) {
            do {
                in.skip_space_and_comments();
                const auto found = in.numbers(std::span(numbers).subspan(read));
                read += found;
                if (found == 0 || numbers[read - 1] > most_counted) return in.malformed("a whole number");
                in.skip_space_and_comments();
                if (read > most_candidates) TRY(check_candidates(most_candidates + 1, in.here()));
            } while (in.accept(','));
            if (!in.accept(']')) return in.malformed("]");
        }
        return lists.ballot(std::span(numbers).first(read), where);
    };
    TRY(wants('['));
    if (!in.accept(']')) {
        do {
            in.skip_space_and_comments();
            const auto rest = in.rest();
            const auto text = rest.substr(0, rest.find(']') + 1);
            auto& place = repetitions.of(text);
            if (Repetitions::holds(place, text)) {
                in.pass(text.size());
                TRY(lists.again(place.ballot, where));
            } else {
                TRY(ballot());
                // Where a comment holds a bracket the ballot ends behind its first one: nothing to know it by.
                if (in.rest().data() == text.data() + text.size()) place = {text.data(), lists.ballots() - 1};
            }
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
        return read_lists(name, content, wanted, asked);
    }
    auto json = json_from_text(content);
    if (!json) return refuse(std::move(json).error().within(place));
    if (!holds_integers_only(*json)) return refuse(base::Why::json_not_integer, {}, place);
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
    if (!holds_integers_only(*json)) return refuse(base::Why::json_not_integer, {}, place);
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
