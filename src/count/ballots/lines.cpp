// SPDX-License-Identifier: Apache-2.0
// Ballots as a table (CSV), and the key=value files of older programs.
#include <algorithm>
#include <map>

#include "count/ballots/read.h"
#include "count/ballots/text.h"
#include "count/fraction.h"

namespace plenum::count {
namespace {

/// The fields of one line of CSV (RFC 4180; separator , ; or tab). A quoted field may hold the separator, not a line
/// end.
std::vector<std::string> fields_of(std::string_view line, char separator) {
    std::vector<std::string> out(1);
    bool quoted = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const char c = line[i];
        if (quoted) {
            if (c == '"' && i + 1 < line.size() && line[i + 1] == '"')
                out.back() += line[++i];
            else if (c == '"')
                quoted = false;
            else
                out.back() += c;
        } else if (c == '"' && trimmed(out.back()).empty()) {
            out.back().clear();
            quoted = true;
        } else if (c == separator) {
            out.emplace_back();
        } else {
            out.back() += c;
        }
    }
    for (auto& field : out) field = std::string(trimmed(field));
    return out;
}

/// How many votes a cell gives; -1 if it cannot be read. The signs for and against are those of Chinese paper ballots.
std::int64_t votes_of(std::string cell) {
    std::transform(cell.begin(), cell.end(), cell.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    for (const auto* no : {"", "0", "-", "no", "n", "false", "×", "否"})
        if (cell == no) return 0;
    for (const auto* yes : {"1", "x", "yes", "y", "true", "v", "○", "〇", "√", "✓", "✔", "是"})
        if (cell == yes) return 1;
    Scanner number("", cell);
    const auto out = number.digits();
    return number.at_end() ? out : -1;
}

}  // namespace

Result<Profile> read_csv_ballots(std::string_view name, std::string_view content) {
    Scanner in(name, content);
    Profile out;
    out.asked = Asked::marks;
    while (!in.at_end() && (in.peek() == '\n' || in.peek() == '\r')) in.take();
    const auto heading = in.rest_of_line();
    char separator = ',';
    for (const char each : {';', '\t'})
        if (std::count(heading.begin(), heading.end(), each) > std::count(heading.begin(), heading.end(), separator))
            separator = each;
    auto names = fields_of(heading, separator);
    const bool weighted = !names.empty() && (names[0] == "weight" || names[0] == "count" || names[0] == "ballots" ||
                                             names[0] == "票数" || names[0] == "票數");
    if (weighted) names.erase(names.begin());
    if (names.size() == 1 && names[0].empty()) names.clear();
    TRY(check_candidates(static_cast<std::int64_t>(names.size()), in.here()));
    for (const auto& each : names) out.names.push_back(name_from_bytes(each));
    for (std::size_t i = 0; i < out.names.size(); ++i)
        if (std::count(out.names.begin(), out.names.end(), out.names[i]) > 1)
            return refuse(Why::name_twice, {{"id", shown(out.names[i])}}, {std::string(name), 1, 0, ""});
    out.withdrawn.assign(out.names.size(), false);
    std::int64_t voters = 0;
    while (!in.at_end()) {
        const auto here = in.here();
        const auto line = in.rest_of_line();
        if (trimmed(line).empty() && (in.at_end() || out.names.size() > 1)) continue;
        auto cells = fields_of(line, separator);
        std::int64_t weight = 1;
        if (weighted) {
            Scanner number("", cells[0]);
            const bool negative = number.accept('-');
            weight = number.digits();
            if (weight < 0 || !number.at_end())
                return refuse(Why::ballots_malformed, {{"wanted", "a whole number"}, {"found", shown(cells[0])}}, here);
            if (negative) weight = -weight;
            cells.erase(cells.begin());
        }
        if (cells.size() != out.names.size())
            return refuse(Why::ballots_malformed,
                          {{"wanted", std::to_string(out.names.size())}, {"found", cells.size()}}, here);
        TRY(add_weight(voters, weight, here));
        for (std::size_t i = 0; i < cells.size(); ++i) {
            const auto votes = votes_of(cells[i]);
            if (votes < 0 || votes > most_counted)
                return refuse(Why::ballots_malformed, {{"wanted", "1, 0"}, {"found", shown(name_from_bytes(cells[i]))}},
                              {here.file, here.line, static_cast<std::int64_t>(i + 1), ""});
            if (votes == 0) continue;
            out.preferences.push_back(static_cast<Candidate>(i));
            out.votes.push_back(votes);
        }
        out.close_ballot(weight);
    }
    return out;
}

Result<Profile> read_stv_file(std::string_view name, std::string_view content) {
    Scanner in(name, content);
    Profile out;
    std::map<std::string, Candidate, std::less<>> codes;
    std::int64_t voters = 0;
    bool ended = false;
    std::optional<Named> named;
    while (!in.at_end()) {
        const auto here = in.here();
        const auto line = trimmed(in.rest_of_line());
        if (line.empty() || line[0] == '#') continue;
        if (line == "end") {
            ended = true;
            break;
        }
        if (const auto equals = line.find('='); equals != std::string_view::npos && (line[0] < '0' || line[0] > '9')) {
            const auto key = trimmed(line.substr(0, equals)), value = trimmed(line.substr(equals + 1));
            if (key == "title") out.title = name_from_bytes(value);
            if (key == "seats") {
                Scanner number("", value);
                const auto seats = number.digits();
                if (seats < 0 || seats > most_counted || !number.at_end())
                    return refuse(Why::ballots_malformed,
                                  {{"wanted", "seats"}, {"found", shown(name_from_bytes(value))}}, here);
                out.seats = seats;
            }
            if (key == "candidate") {
                if (named)
                    return refuse(Why::ballots_malformed,
                                  {{"wanted", "candidates before ballots"}, {"found", shown(name_from_bytes(line))}},
                                  here);
                Scanner words("", value);
                const auto code = std::string(words.word());
                if (code.empty())
                    return refuse(Why::ballots_malformed, {{"wanted", "candidate=code name"}, {"found", ""}}, here);
                if (!codes.emplace(code, static_cast<Candidate>(out.names.size())).second)
                    return refuse(Why::name_twice, {{"id", shown(name_from_bytes(code))}}, here);
                words.skip_blanks();
                const auto rest = name_from_line(words.rest_of_line());
                out.names.push_back(rest.empty() ? name_from_bytes(code) : rest);
                TRY(check_candidates(static_cast<std::int64_t>(out.names.size()), here));
            }
            continue;
        }
        if (!named) named.emplace(out.names.size());
        Scanner words(name, line);
        const bool negative = words.accept('-');
        auto weight = words.digits();
        if (weight >= 0 && (words.accept('X') || words.accept('x'))) {
        } else if (weight < 0 || negative) {
            return refuse(Why::ballots_malformed, {{"wanted", "31X a b"}, {"found", shown(name_from_bytes(line))}},
                          here);
        }
        TRY(add_weight(voters, negative ? -weight : weight, here));
        named->next_ballot();
        for (words.skip_blanks(); !words.at_end(); words.skip_blanks()) {
            const auto word = words.word();
            if (word.empty()) break;
            const auto found = codes.find(word);
            if (found == codes.end())
                return refuse(Why::candidate_unknown,
                              {{"candidate", shown(name_from_bytes(word))}, {"candidates", codes.size()}}, here);
            if (!named->note(found->second))
                return refuse(Why::preference_twice, {{"candidate", found->second + 1}}, here);
            out.preferences.push_back(found->second);
        }
        out.close_ballot(weight);
    }
    if (out.names.empty()) return refuse(Why::no_candidates, {}, in.here());
    if (!ended) return in.malformed("end");
    out.withdrawn.assign(out.names.size(), false);
    return out;
}

BallotFile kind_of_file(std::string_view name, std::string_view content) {
    const auto dot = name.rfind('.');
    std::string ending(dot == std::string_view::npos ? "" : name.substr(dot + 1));
    std::transform(ending.begin(), ending.end(), ending.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    if (ending == "blt") return BallotFile::blt;
    if (ending == "soi" || ending == "soc" || ending == "toi" || ending == "toc") return BallotFile::preflib;
    if (ending == "cat") return BallotFile::categories;
    if (ending == "csv" || ending == "tsv") return BallotFile::csv;
    if (ending == "stv") return BallotFile::stv;
    const auto start = trimmed(without_mark(content).substr(0, 4096));
    if (start.starts_with('[')) return BallotFile::belenios;
    if (start.starts_with('{'))
        return start.find("\"pairs\"") != std::string_view::npos ||
                       (start.find("\"candidates\"") != std::string_view::npos &&
                        start.find("\"result\"") == std::string_view::npos)
                   ? BallotFile::pairs
                   : BallotFile::belenios;
    if (start.starts_with("# ") && start.find("NUMBER CATEGORIES") != std::string_view::npos)
        return BallotFile::categories;
    if (start.starts_with("# ") && start.find("NUMBER ALTERNATIVES") != std::string_view::npos)
        return BallotFile::preflib;
    if (start.find("candidate=") != std::string_view::npos) return BallotFile::stv;
    return BallotFile::blt;
}

Result<Profile> read_ballots(std::string_view name, std::string_view content, Asked wanted,
                             const ResultQuestion& question) {
    auto out = [&]() -> Result<Profile> {
        const auto kind = kind_of_file(name, content);
        if (question.number > 1 && kind != BallotFile::belenios)
            return refuse(Why::question_unknown, {{"question", question.number}, {"questions", 1}},
                          {std::string(name), 0, 0, ""});
        switch (kind) {
            case BallotFile::blt: return read_blt(name, content);
            case BallotFile::preflib: return read_preflib(name, content);
            case BallotFile::categories: return read_categories(name, content);
            case BallotFile::belenios: return read_belenios(name, content, wanted, question);
            case BallotFile::csv: return read_csv_ballots(name, content);
            case BallotFile::stv: return read_stv_file(name, content);
            case BallotFile::pairs: return read_pairs(name, content);
        }
        invariant(false);
    }();
    return out;
}

}  // namespace plenum::count
