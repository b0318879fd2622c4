// SPDX-License-Identifier: Apache-2.0
#include "count/methods.h"

#include <algorithm>
#include <compare>
#include <iterator>
#include <numeric>
#include <set>
#include <tuple>
#include <type_traits>

#include "count/fraction.h"
#include "count/marks/marks.h"
#include "count/named.h"
#include "count/number/enclosed.h"
#include "count/number/fixed.h"
#include "count/number/guarded.h"
#include "count/number/rational.h"
#include "count/pairwise/pairwise.h"
#include "count/refusals.h"
#include "count/stv/gregory.h"
#include "count/stv/meek.h"
#include "count/stv/quotient.h"
#include "count/stv/simple.h"
#include "count/stv/table.h"

namespace plenum::count {
namespace {

constexpr Method methods[] = {
    {"approval", "approval-with-seats", "approval", Asked::marks, false, false,
     "Brams, Fishburn: Approval Voting, Am. Pol. Sci. Rev. 72 (1978)"},
    {"plurality", "first-past-the-post", "marks", Asked::orders, false, false, "29 CFR 452.114; most votes"},
    {"block-vote", "block", "marks", Asked::marks, false, false, "as many marks as seats, most votes"},
    {"cumulative", "cumulative-vote", "marks", Asked::marks, false, false, "as many votes as seats, at will on few"},
    {"alternative-vote", "av irv instant-runoff", "transferable", Asked::orders, true, false,
     "Robert's Rules of Order (12th ed.) 45:62; Burlington, Vermont, charter 2005"},
    {"scotland-fixed-p5-d5", "scotland scottish", "transferable", Asked::orders, false, true,
     "Scottish Local Government Elections Order 2007, SSI 2007/42, rules 45-52"},
    {"wigm-guarded-p18-g9-d18", "wigm", "transferable", Asked::orders, false, false,
     "weighted inclusive Gregory; Farrell, McAllister: The Australian Electoral System (2006)"},
    {"wigm-rational-d12", "wigm-rational", "transferable", Asked::orders, false, false,
     "weighted inclusive Gregory, exact fractions"},
    {"wigm-prf-fixed-p4-d4", "wigm-prf", "transferable", Asked::orders, false, false,
     "Proportional Representation Foundation, Reference WIGM Rule"},
    {"wigm-prf-batch-fixed-p4-d4", "wigm-prf-batch", "transferable", Asked::orders, false, false,
     "Proportional Representation Foundation, Reference WIGM Rule, with exclusion of certain losers together"},
    {"meek-prf-o6-fixed-p9-d9", "meek-prf", "transferable", Asked::orders, false, false,
     "Proportional Representation Foundation, Reference Meek Rule"},
    {"meek-o9-guarded-p18-g9-d18", "meek", "transferable", Asked::orders, false, false,
     "Hill, Wichmann, Woodall: Algorithm 123, Computer Journal 30 (1987); omega 1e-9"},
    {"meek-o10-rational-d12", "meek-rational", "transferable", Asked::orders, false, false,
     "Hill, Wichmann, Woodall: Algorithm 123, exact fractions; omega 1e-10"},
    {"warren-o9-guarded-p18-g9-d18", "warren", "transferable", Asked::orders, false, false,
     "Warren: Counting in STV elections, Voting matters 1 (1994); omega 1e-9"},
    {"warren-o10-rational-d12", "warren-rational", "transferable", Asked::orders, false, false,
     "Warren: Counting in STV elections, exact fractions; omega 1e-10"},
    {"qpq-guarded-p9-g9-d9", "qpq", "transferable", Asked::orders, false, false,
     "Woodall: QPQ, a quota-preferential STV-like election rule, Voting matters 17 (2003)"},
    {"cfer-fixed-p5-d5", "cfer", "transferable", Asked::orders, false, false,
     "Californians for Electoral Reform, choice voting bill, section 10059"},
    {"cfer-batch-fixed-p5-d5", "cfer-batch", "transferable", Asked::orders, false, false,
     "Californians for Electoral Reform, choice voting bill, section 10059 (k)"},
    {"mpls-fixed-p4-d4", "mpls minneapolis", "transferable", Asked::orders, false, false,
     "Minneapolis Code of Ordinances, 167.70 (2009)"},
    {"belenios-stv", "stv-belenios", "transferable", Asked::orders, false, false,
     "Belenios 2.0, belenios-tool method stv"},
    {"schulze", "schulze-winning-votes", "pairwise", Asked::orders, false, false,
     "Schulze, Social Choice and Welfare 36 (2011); belenios-tool method schulze"},
    {"condorcet", "condorcet-winner", "pairwise", Asked::orders, true, false, "who beats everyone one to one"},
    {"majority-judgment", "majority-judgement mj", "grades", Asked::grades, false, false,
     "Balinski, Laraki, PNAS 104 (2007); belenios-tool method majority-judgment"},
};

bool ranks(const Method& method) { return method.family != "transferable"; }

/// Fills the seats from the ranking; equals at the last seat are elected only if the tie rule was asked for.
void elect_from_ranking(Count& course, Ties* ties) {
    auto left = course.seats;
    for (const auto& equals : course.ranking) {
        if (left <= 0) break;
        if (static_cast<std::int64_t>(equals.size()) <= left) {
            course.winners.insert(course.winners.end(), equals.begin(), equals.end());
            left -= static_cast<std::int64_t>(equals.size());
            continue;
        }
        if (!ties) {
            course.tied_at_cut = equals;
            break;
        }
        auto among = equals;
        for (; left > 0; --left) {
            const int chosen = among.size() == 1 ? among[0] : ties->choose(course, 0, Reason::tie_most_votes, among);
            course.winners.push_back(chosen);
            std::erase(among, chosen);
        }
    }
    course.open_seats = course.seats - static_cast<std::int64_t>(course.winners.size());
}

/// Counts exactly: with bounds first, and again with fractions where the bounds leave something open.
/// refuses  arithmetic_outgrown
template <class Counting>
Result<Done> count_exactly(Count& course, Ties& ties, Counting&& counting) {
    const auto clean_course = course;
    const auto clean_ties = ties;
    try {
        counting(std::type_identity<Enclosed>());
    } catch (const BoundsTooWide&) {
        course = clean_course;
        ties = clean_ties;
        try {
            counting(std::type_identity<Rational>());
        } catch (const FractionsTooLong& too_long) {
            return refuse(Why::arithmetic_outgrown, {{"bits", too_long.bits}});
        }
    }
    return Done{};
}

Result<Done> run(Count& course, const Profile& profile, const Method& method, Ties& ties, bool record) {
    const auto name = method.name;
    if (method.family == "approval" || method.family == "marks")
        return count_marks(course, profile,
                           name == "approval"     ? MarksRule::approval
                           : name == "plurality"  ? MarksRule::plurality
                           : name == "block-vote" ? MarksRule::block
                                                  : MarksRule::cumulative);
    if (method.family == "grades") return count_grades(course, profile);
    if (profile.asked != Asked::orders && !(method.family == "pairwise" && profile.asked == Asked::pairs))
        return refuse(Why::method_wants_other_ballots, {{"method", name}});
    if (method.family == "pairwise") {
        course.valid = course.ballots;
        if (profile.blank_allowed.value_or(false))
            for (std::size_t i = 0; i < profile.ballots(); ++i)
                if (profile.ends[i] == profile.ends[i + 1]) course.blank += profile.weights[i];
        course.valid -= course.blank;
        course.pairs = pairs_of(profile);
        course.condorcet_winner = condorcet_winner(course.pairs, course.withdrawn);
        if (name == "condorcet") {
            if (course.condorcet_winner) course.winners = {*course.condorcet_winner};
            course.open_seats = course.seats - static_cast<std::int64_t>(course.winners.size());
        } else {
            auto paths = strongest_paths(course.pairs);
            course.ranking = schulze_ranking(paths, course.withdrawn);
            course.paths = std::move(paths.strength);
        }
        if (course.condorcet_winner && course.seats == 1) {
            // A changed ballot moves each comparison by two at most: the winner goes on beating everyone below that.
            const auto top = static_cast<std::size_t>(*course.condorcet_winner);
            for (std::size_t other = 0; other < course.pairs.size(); ++other)
                if (other != top && !course.withdrawn[other]) {
                    const auto bound = (course.pairs[top][other] - course.pairs[other][top] + 1) / 2;
                    if (!course.margin.least || bound < *course.margin.least) {
                        course.margin.least = bound;
                        course.margin.instead_of = static_cast<int>(top);
                        course.margin.instead = static_cast<int>(other);
                    }
                }
        }
        return Done{};
    }
    const bool belenios = name == "belenios-stv",
               meek = name == "meek-o9-guarded-p18-g9-d18" || name == "meek-o10-rational-d12",
               warren = name.starts_with("warren");
    const auto papers = TRY(papers_of(profile,
                                      belenios         ? EqualRanks::invalid
                                      : meek || warren ? EqualRanks::split
                                                       : EqualRanks::cut,
                                      belenios, belenios));
    course.valid = papers.valid;
    course.blank = papers.blank;
    course.invalid += papers.invalid;
    course.cut_at_equal = papers.cut_at_equal;
    if (papers.valid == 0) return refuse(Why::no_valid_ballots);
    if (belenios) {
        TRY(count_exactly(course, ties, [&]<class Value>(std::type_identity<Value>) {
            count_belenios<Value>(course, papers, record);
        }));
    } else if (name == "alternative-vote") {
        count_alternative(course, papers, ties, record);
    } else if (name == "scotland-fixed-p5-d5") {
        count_gregory<Fixed<5>>(course, papers, GregoryRule::scottish, false, ties, record);
    } else if (name == "wigm-guarded-p18-g9-d18") {
        count_gregory<Guarded<18, 9>>(course, papers, GregoryRule::wigm_exact, false, ties, record);
    } else if (name == "wigm-rational-d12") {
        TRY(count_exactly(course, ties, [&]<class Value>(std::type_identity<Value>) {
            count_gregory<Value>(course, papers, GregoryRule::wigm_exact, false, ties, record);
        }));
    } else if (name.starts_with("wigm-prf")) {
        count_gregory<Fixed<4>>(course, papers, GregoryRule::wigm_reference, name.starts_with("wigm-prf-batch"), ties,
                                record);
    } else if (name.starts_with("cfer")) {
        count_gregory<Fixed<5>>(course, papers, GregoryRule::cfer, name.starts_with("cfer-batch"), ties, record);
    } else if (name.starts_with("mpls")) {
        count_gregory<Fixed<4>>(course, papers, GregoryRule::minneapolis, false, ties, record);
    } else if (name == "meek-prf-o6-fixed-p9-d9") {
        TRY(count_meek<Fixed<9>>(course, papers, MeekRule::meek_reference, 6, ties, record));
    } else if (name == "meek-o9-guarded-p18-g9-d18") {
        TRY((count_meek<Guarded<18, 9>>(course, papers, MeekRule::meek, 9, ties, record)));
    } else if (name == "meek-o10-rational-d12") {
        TRY(count_meek<Rational>(course, papers, MeekRule::meek, 10, ties, record));
    } else if (name == "warren-o9-guarded-p18-g9-d18") {
        TRY((count_meek<Guarded<18, 9>>(course, papers, MeekRule::warren, 9, ties, record)));
    } else if (name == "warren-o10-rational-d12") {
        TRY(count_meek<Rational>(course, papers, MeekRule::warren, 10, ties, record));
    } else {
        invariant(name.starts_with("qpq"));
        count_quotient<Guarded<9, 9>>(course, papers, ties, record);
    }
    return Done{};
}

/// A contest as that of `profile` in which nobody has voted yet.
Profile without_ballots(const Profile& profile) {
    Profile out;
    out.title = profile.title;
    out.names = profile.names;
    out.withdrawn = profile.withdrawn;
    out.seats = profile.seats;
    out.drawn_order = profile.drawn_order;
    out.blank_allowed = profile.blank_allowed;
    return out;
}

/// The same ballots, equal ones as one, in an order that does not depend on how the file has them.
Profile in_one_order(const Profile& profile) {
    std::vector<std::size_t> order(profile.ballots());
    std::iota(order.begin(), order.end(), std::size_t{0});
    const auto preferences = [&](std::size_t i) {
        return std::span(profile.preferences).subspan(profile.ends[i], profile.ends[i + 1] - profile.ends[i]);
    };
    std::vector<bool> gapped(profile.ballots());
    for (const auto i : profile.gapped) gapped[i] = true;
    const auto compared = [&](std::size_t i, std::size_t k) {
        const auto left = preferences(i), right = preferences(k);
        const auto out = std::lexicographical_compare_three_way(left.begin(), left.end(), right.begin(), right.end());
        return out != 0 ? out : gapped[i] <=> gapped[k];
    };
    std::sort(order.begin(), order.end(), [&](std::size_t i, std::size_t k) { return compared(i, k) < 0; });
    auto out = without_ballots(profile);
    for (std::size_t at = 0; at < order.size(); ++at) {
        const auto i = order[at];
        if (at != 0 && compared(order[at - 1], i) == 0) {
            out.weights.back() += profile.weights[i];
            continue;
        }
        const auto of = preferences(i);
        out.preferences.insert(out.preferences.end(), of.begin(), of.end());
        if (gapped[i]) out.gapped.push_back(out.ballots());
        out.close_ballot(profile.weights[i]);
    }
    return out;
}

/// With how few changed ballots the outcome becomes another: ballots that name one elected before one not elected are
/// changed to name the latter first and the former not at all, and all is counted again. What is found is a proof that
/// so many are enough; fewer might be.
void search_margin(Count& course, const Profile& as_read, const Method& method, const CountOptions& options) {
    if (as_read.asked != Asked::orders || course.winners.empty() || course.margin.enough) return;
    const auto profile = in_one_order(as_read);
    std::vector<int> losers;
    for (int who = 0; who < static_cast<int>(profile.candidates()); ++who)
        if (!profile.withdrawn[static_cast<std::size_t>(who)] &&
            std::find(course.winners.begin(), course.winners.end(), who) == course.winners.end())
            losers.push_back(who);
    if (losers.empty()) return;
    // The last to be excluded are the nearest to a seat.
    std::vector<int> nearest;
    for (auto stage = course.stages.rbegin(); stage != course.stages.rend() && nearest.size() < 2; ++stage)
        if (stage->event == Event::defeat)
            for (const int who : stage->who)
                if (nearest.size() < 2) nearest.push_back(who);
    for (const auto& equals : course.ranking)
        for (const int who : equals)
            if (nearest.size() < 2 && std::find(losers.begin(), losers.end(), who) != losers.end())
                nearest.push_back(who);
    if (nearest.size() < 2 && !course.stages.empty()) {  // nobody was excluded: those with most votes besides
        const auto& last = course.stages.front().votes;
        std::stable_sort(losers.begin(), losers.end(), [&](int x, int y) {
            const auto &a = last[static_cast<std::size_t>(x)], &b = last[static_cast<std::size_t>(y)];
            return a.size() != b.size() ? a.size() > b.size() : a > b;  // decimals of as many places each
        });
        for (const int who : losers)
            if (nearest.size() < 2 && std::find(nearest.begin(), nearest.end(), who) == nearest.end())
                nearest.push_back(who);
    }
    const std::set<int> seated(course.winners.begin(), course.winners.end());
    CountOptions again = options;
    again.record = again.search_margin = false;
    again.beside.clear();
    again.seats = course.seats;
    for (const int loser : nearest)
        for (const int winner : course.winners) {
            std::int64_t can_change = 0;
            const auto changed = [&](std::int64_t most) {
                auto out = without_ballots(profile);
                for (std::size_t i = 0; i < profile.ballots(); ++i) {
                    const auto from = profile.preferences.begin() + static_cast<std::ptrdiff_t>(profile.ends[i]);
                    const auto to = profile.preferences.begin() + static_cast<std::ptrdiff_t>(profile.ends[i + 1]);
                    const auto place = [&](int who) {
                        return std::find_if(from, to, [&](auto p) { return (p & ~Profile::equal_bit) == who; });
                    };
                    const bool ahead = place(winner) < place(loser);
                    const auto take = ahead ? std::min(most, profile.weights[i]) : 0;
                    can_change += ahead ? profile.weights[i] : 0;
                    most -= take;
                    if (take > 0) {
                        out.preferences.push_back(static_cast<Candidate>(loser));
                        out.close_ballot(take);
                    }
                    if (take == profile.weights[i]) continue;
                    out.preferences.insert(out.preferences.end(), from, to);
                    if (std::binary_search(profile.gapped.begin(), profile.gapped.end(), i))
                        out.gapped.push_back(out.ballots());
                    out.close_ballot(profile.weights[i] - take);
                }
                return out;
            };
            /// Who loses a seat to whom if so many ballots are changed; nobody if the same are elected.
            const auto swap = [&](std::int64_t ballots) -> std::optional<std::pair<int, int>> {
                const auto other = count_votes(changed(ballots), method, again);
                if (!other) return std::nullopt;
                const std::set<int> instead(other->winners.begin(), other->winners.end());
                std::vector<int> out, in;
                std::set_difference(seated.begin(), seated.end(), instead.begin(), instead.end(),
                                    std::back_inserter(out));
                std::set_difference(instead.begin(), instead.end(), seated.begin(), seated.end(),
                                    std::back_inserter(in));
                if (out.empty() || in.empty()) return std::nullopt;
                return std::pair{out[0], in[0]};
            };
            changed(0);
            std::int64_t high = std::min(can_change, course.margin.enough.value_or(can_change + 1) - 1), low = 0;
            if (high <= 0) continue;
            auto swapped = swap(high);
            if (!swapped) continue;
            while (low + 1 < high) {
                const auto middle = low + (high - low) / 2;
                if (const auto found = swap(middle)) {
                    swapped = found;
                    high = middle;
                } else {
                    low = middle;
                }
            }
            course.margin.enough = high;
            if (high == 1) course.margin.least = 1;  // no change is no other outcome
            std::tie(course.margin.instead_of, course.margin.instead) = *swapped;
        }
}

/// Alternative vote: as long as no exclusion could go otherwise, nothing changes. Each changed ballot moves the
/// distance of two candidates by two at most.
void bound_alternative(Count& course) {
    std::optional<std::int64_t> least;
    for (std::size_t i = 0; i < course.stages.size(); ++i) {
        const auto& stage = course.stages[i];
        if (stage.event != Event::defeat && stage.event != Event::elect) continue;
        std::vector<std::int64_t> votes;
        std::int64_t sum = 0;
        std::set<int> gone;
        for (std::size_t before = 0; before < i; ++before)
            if (course.stages[before].event == Event::defeat) gone.insert(course.stages[before].who[0]);
        for (std::size_t who = 0; who < stage.votes.size(); ++who)
            if (!stage.votes[who].empty() && !gone.contains(static_cast<int>(who))) {
                votes.push_back(std::stoll(stage.votes[who]));
                sum += votes.back();
            }
        std::sort(votes.begin(), votes.end());
        if (stage.event == Event::elect && stage.reason != Reason::majority) continue;
        if (votes.size() < 2) continue;
        const auto gap = stage.event == Event::defeat ? votes[1] - votes[0] : 2 * votes.back() - sum;
        const auto bound = std::max<std::int64_t>(1, (gap + 1) / 2);
        if (!least || bound < *least) least = bound;
    }
    course.margin.least = least;
}

}  // namespace

std::span<const Method> all_methods() { return methods; }

Result<const Method*> method_named(std::string_view name) {
    for (const auto& each : methods)
        if (goes_by(name, each.name, each.aliases)) return &each;
    return refuse(Why::method_unknown, {{"method", shown(name)}});
}

Result<Count> count_votes(const Profile& profile, const Method& method, const CountOptions& options) {
    Count course;
    course.method = method.name;
    course.rule = method.source;
    course.title = profile.title;
    course.names = profile.names;
    course.withdrawn = profile.withdrawn;
    course.seats = options.seats != 0 ? options.seats : method.one_seat ? 1 : profile.seats;
    if (course.seats == 0) {
        if (!ranks(method)) return refuse(Why::seats_missing, {{"method", method.name}});
        course.seats = 1;
    }
    const auto most_seats = method.one_seat ? 1 : static_cast<std::int64_t>(most_candidates);
    if (course.seats < 1 || course.seats > most_seats)
        return refuse(Why::number_out_of_range, {{"number", course.seats}, {"least", 1}, {"most", most_seats}},
                      {"", 0, 0, "seats"});
    course.ballots = profile.voters();
    course.tie_rule = TRY(tie_rule_from(options.tie_break, profile, method.earlier_stages));
    if (ranks(method) && options.tie_break.empty()) course.tie_rule.last = TieDecider::undecided;  // equals are named
    if (std::all_of(profile.withdrawn.begin(), profile.withdrawn.end(), [](bool gone) { return gone; }))
        return refuse(Why::no_candidates);
    Ties ties(course.tie_rule, profile.candidates());
    if (method.name == "belenios-stv" && !options.tie_break.empty() && options.tie_break != "order")
        return refuse(Why::tie_rule_fixed, {{"method", method.name}});
    try {
        TRY(run(course, profile, method, ties, options.record));
    } catch (const CourseTooLong&) { return refuse(Why::course_outgrown, {{"most", most_figures}}); }
    if (profile.asked != Asked::pairs && course.valid == 0) return refuse(Why::no_valid_ballots);
    if (!course.ranking.empty()) elect_from_ranking(course, options.tie_break.empty() ? nullptr : &ties);
    if (!ties.undecided().empty()) {
        std::string names;
        for (const int who : ties.undecided())
            names += (names.empty() ? "" : ", ") + profile.names[static_cast<std::size_t>(who)];
        return refuse(Why::tie_undecided, {{"names", shown(names)}});
    }
    if (!course.stages.empty() && course.quota.empty()) course.quota = course.stages.front().quota;
    if (method.name == "alternative-vote" && options.record) bound_alternative(course);
    if (options.search_margin && options.record) search_margin(course, profile, method, options);
    for (const auto* other : options.beside) {
        if (other->one_seat && course.seats > 1) {  // it has no answer to the same question
            course.beside_left_out.emplace_back(other->name);
            continue;
        }
        CountOptions plain;
        plain.seats = course.seats;
        if (other->name != "belenios-stv") plain.tie_break = options.tie_break;  // it has its own
        plain.record = false;
        course.beside.push_back({
            std::string(other->name), TRY(count_votes(profile, *other, plain))
            .winners
        });
    }
    return course;
}

}  // namespace plenum::count
