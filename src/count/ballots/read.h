// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>

#include "base/result.h"
#include "count/ballots/profile.h"

namespace plenum::count {

/// The kinds of files that hold ballots.
/// blt         Hill, Wichmann, Woodall (Algorithm 123) as found in the wild: names with or without quotes, parties
/// behind
///             them, comments # and /* */, a byte-order mark, withdrawn candidates, [nick …] [tie …], equal ranks by =
///             or (), ids and gaps of OpenSTV, text after the title
/// preflib     .soi .soc .toi .toc: "count: 1,{2,3},4" under a head of # lines
/// categories  .cat: the first category is approved
/// belenios    [[1,2,0],…] one list a ballot, or a result {"result":[…]}; ranks, grades or marks by the method
/// csv         a heading of names, then a line a ballot: empty or 0 no, 1 x yes ○ √ yes, a number its votes
/// stv         key=value lines, then "31X a e c" and "end"
/// pairs       {"candidates":[…],"pairs":[[…]]}
enum class BallotFile { blt, preflib, categories, belenios, csv, stv, pairs };

/// What kind a file is, by the end of its name, else by how it begins.
BallotFile kind_of_file(std::string_view name, std::string_view content);

/// Which question of a result of Belenios is meant, and what is known of it from elsewhere.
struct ResultQuestion {
    std::size_t number = 0;                            // from 1; 0: the first whose ballots were opened
    std::string title;                                 // as the election says
    std::vector<std::string> names;                    // of the candidates; empty: they have numbers
    int grades = 0;                                    // how many were offered; 0: as many as are found
    std::optional<bool> blank_allowed = std::nullopt;  // see Profile
};

/// Reads ballots.
/// name      as the refusals shall show it, and for its ending
/// wanted    what the method asks for: lists of Belenios hold ranks, marks or grades, and do not say which
/// question  of a result; files of other kinds hold one
/// refuses   question_unknown, question_not_ranked;
///           with file and line: ballots_malformed, candidate_unknown, preference_twice, weight_impossible,
///           too_many_candidates, too_many_ballots (most_counted together), no_candidates, names_missing, text_not_utf8
/// cost      one pass; memory about 2 bytes for each preference beside the text
Result<Profile> read_ballots(std::string_view name, std::string_view content, Asked wanted = Asked::orders,
                             const ResultQuestion& question = {});

Result<Profile> read_blt(std::string_view name, std::string_view content);
Result<Profile> read_preflib(std::string_view name, std::string_view content);
Result<Profile> read_categories(std::string_view name, std::string_view content);
Result<Profile> read_belenios(std::string_view name, std::string_view content, Asked wanted,
                              const ResultQuestion& question = {});
Result<Profile> read_csv_ballots(std::string_view name, std::string_view content);
Result<Profile> read_stv_file(std::string_view name, std::string_view content);
Result<Profile> read_pairs(std::string_view name, std::string_view content);

}  // namespace plenum::count
