// SPDX-License-Identifier: Apache-2.0
#include "count/marks/marks.h"

#include <algorithm>
#include <numeric>

#include "count/refusals.h"

namespace plenum::count {
namespace {

/// Of one ballot as this rule reads it: who has how many votes. False if it is against the rule.
bool read_ballot(const Profile& profile, std::size_t ballot, MarksRule rule, std::int64_t seats,
                 std::vector<std::pair<int, std::int64_t>>& out) {
    out.clear();
    std::int64_t sum = 0;
    for (auto at = profile.ends[ballot]; at < profile.ends[ballot + 1]; ++at) {
        const int who = profile.preferences[at] & ~Profile::equal_bit;
        if (profile.withdrawn[static_cast<std::size_t>(who)]) continue;
        const auto votes = profile.votes.empty() ? 1 : profile.votes[at];
        if (rule == MarksRule::plurality && profile.asked == Asked::orders && !out.empty()) {
            if (profile.preferences[at] & Profile::equal_bit) return false;  // two first preferences
            break;
        }
        if (rule != MarksRule::cumulative && votes != 1) return false;
        sum += votes;
        out.emplace_back(who, votes);
    }
    switch (rule) {
        case MarksRule::plurality: return out.size() <= 1;
        case MarksRule::block: return static_cast<std::int64_t>(out.size()) <= seats;
        case MarksRule::cumulative: return sum <= seats;
        case MarksRule::approval: return true;
    }
    invariant(false);
}

/// The fewest ballots that must change until a lead of `gap` is gone: first those that swing the difference most. -1
/// where all together are not enough.
std::int64_t ballots_to_swap(std::int64_t gap, const std::vector<std::int64_t>& by_swing) {
    std::int64_t changed = 0;
    for (std::size_t swing = by_swing.size(); swing-- > 1 && gap > 0;) {
        const auto size = static_cast<std::int64_t>(swing);
        const auto taken = std::min((gap + size - 1) / size, by_swing[swing]);
        changed += taken;
        gap -= taken * size;
    }
    return gap <= 0 ? changed : -1;
}

}  // namespace

Result<Done> count_marks(Count& course, const Profile& profile, MarksRule rule) {
    const bool orders_will_do = rule == MarksRule::plurality;
    if (profile.asked != Asked::marks && !(orders_will_do && profile.asked == Asked::orders))
        return refuse(Why::method_wants_other_ballots, {{"method", course.method}});
    const auto n = profile.candidates();
    std::vector<std::int64_t> totals(n, 0);
    std::vector<std::pair<int, std::int64_t>> ballot;
    for (std::size_t i = 0; i < profile.ballots(); ++i) {
        const auto weight = profile.weights[i];
        if (!read_ballot(profile, i, rule, course.seats, ballot)) {
            course.invalid += weight;
        } else if (ballot.empty()) {
            course.blank += weight;
            if (rule == MarksRule::approval) course.valid += weight;
        } else {
            course.valid += weight;
            for (const auto& [who, votes] : ballot) totals[static_cast<std::size_t>(who)] += votes * weight;
        }
    }
    if (rule == MarksRule::approval) course.blank = 0;
    std::vector<int> order;
    for (std::size_t i = 0; i < n; ++i)
        if (!profile.withdrawn[i]) order.push_back(static_cast<int>(i));
    const auto total = [&](int who) { return totals[static_cast<std::size_t>(who)]; };
    std::stable_sort(order.begin(), order.end(), [&](int a, int b) { return total(a) > total(b); });
    for (const int who : order)
        if (course.ranking.empty() || total(course.ranking.back()[0]) != total(who))
            course.ranking.push_back({who});
        else
            course.ranking.back().push_back(who);
    Stage stage;
    stage.event = Event::count;
    stage.reason = Reason::votes_counted;
    for (std::size_t i = 0; i < n; ++i) stage.votes.push_back(profile.withdrawn[i] ? "" : std::to_string(totals[i]));
    course.stages.push_back(stage);

    // Margin: over every pair that stands next to the line. A vote taken from one and given to the other swings by two
    // votes (or by twice what a cumulative ballot may give); only the last elected and the first not elected matter
    // when ballots swing alike, but ballots differ, so every pair with the smallest possible gaps is looked at.
    const auto seats =
        static_cast<std::size_t>(std::min<std::int64_t>(course.seats, static_cast<std::int64_t>(order.size())));
    if (seats == 0 || seats >= order.size()) return Done{};
    if (total(order[seats - 1]) == total(order[seats])) {
        course.margin.least = course.margin.enough = 1;  // equal: any one ballot decides, whoever has the seat now
        course.margin.instead_of = order[seats - 1];
        course.margin.instead = order[seats];
        return Done{};
    }
    const auto most_votes = rule == MarksRule::cumulative ? course.seats : 1;
    const auto near_line = [&](std::size_t from, std::size_t to) {
        return std::vector<int>(order.begin() + static_cast<std::ptrdiff_t>(from),
                                order.begin() + static_cast<std::ptrdiff_t>(to));
    };
    const auto best_gap = total(order[seats - 1]) - total(order[seats]);
    for (const int winner : near_line(0, seats))
        for (const int loser : near_line(seats, order.size())) {
            const auto gap = total(winner) - total(loser);
            // At best every ballot swings by twice the most votes, at worst the nearest pair swings one by one.
            if (course.margin.enough && (gap + 2 * most_votes - 1) / (2 * most_votes) >= *course.margin.least) continue;
            if (gap > 2 * most_votes * (best_gap + 1)) continue;
            std::vector<std::int64_t> by_swing(static_cast<std::size_t>(2 * most_votes + 1), 0);
            for (std::size_t i = 0; i < profile.ballots(); ++i) {
                if (!read_ballot(profile, i, rule, course.seats, ballot)) continue;
                std::int64_t for_winner = 0, for_loser = 0;
                for (const auto& [who, votes] : ballot) {
                    if (who == winner) for_winner = votes;
                    if (who == loser) for_loser = votes;
                }
                const auto swing = for_winner + (most_votes - for_loser);
                if (swing > 0) by_swing[static_cast<std::size_t>(swing)] += profile.weights[i];
            }
            // Level is another outcome already: the seat goes by the tie rule, or to nobody.
            const auto level = ballots_to_swap(gap, by_swing), needed = ballots_to_swap(gap + 1, by_swing);
            if (level >= 0 && (!course.margin.least || level < *course.margin.least)) course.margin.least = level;
            if (needed >= 0 && (!course.margin.enough || needed < *course.margin.enough)) {
                course.margin.enough = needed;
                course.margin.instead_of = winner;
                course.margin.instead = loser;
            }
        }
    return Done{};
}

Result<Done> count_grades(Count& course, const Profile& profile) {
    if (profile.asked != Asked::grades) return refuse(Why::method_wants_other_ballots, {{"method", course.method}});
    const auto n = profile.candidates();
    const auto scale = static_cast<std::size_t>(profile.best_to_worst);
    course.grades.assign(n, std::vector<std::int64_t>(scale, 0));
    for (std::size_t i = 0; i < profile.ballots(); ++i) {
        const auto* grades = profile.grades.data() + i * n;
        if (std::any_of(grades, grades + n, [&](auto grade) { return grade == 0 || grade > scale; })) {
            const bool is_blank = profile.blank_allowed.value_or(true) &&
                                  std::all_of(grades, grades + n, [](auto grade) { return grade == 0; });
            (is_blank ? course.blank : course.invalid) += profile.weights[i];
            continue;
        }
        course.valid += profile.weights[i];
        for (std::size_t who = 0; who < n; ++who) course.grades[who][grades[who] - 1u] += profile.weights[i];
    }
    if (course.valid == 0) return Done{};
    const auto median = [&](const std::vector<std::int64_t>& counts, std::int64_t left) {
        const auto position = (left - 1) / 2;
        std::int64_t so_far = 0;
        for (std::size_t grade = 0; grade < counts.size(); ++grade)
            if ((so_far += counts[grade]) > position) return static_cast<int>(grade);
        invariant(false);
    };
    const auto better = [&](int a, int b) {
        auto left = course.grades[static_cast<std::size_t>(a)], right = course.grades[static_cast<std::size_t>(b)];
        if (left == right) return false;
        for (auto voters = course.valid; voters > 0; --voters) {
            const int x = median(left, voters), y = median(right, voters);
            if (x != y) return x < y;
            --left[static_cast<std::size_t>(x)];
            --right[static_cast<std::size_t>(y)];
        }
        return false;
    };
    std::vector<int> order(n);
    std::iota(order.begin(), order.end(), 0);
    for (std::size_t who = 0; who < n; ++who) course.medians.push_back(median(course.grades[who], course.valid) + 1);
    std::stable_sort(order.begin(), order.end(), better);
    for (const int who : order)
        if (course.ranking.empty() || better(course.ranking.back()[0], who))
            course.ranking.push_back({who});
        else
            course.ranking.back().push_back(who);
    return Done{};
}

}  // namespace plenum::count
