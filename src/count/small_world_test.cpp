// SPDX-License-Identifier: Apache-2.0
// Every method over every profile of 3 candidates and 5 voters, against the plain words of its rule: single voters,
// exact fractions cut off where the rule says, everything summed afresh at each step, sets found by trying all of them.
#include <doctest/doctest.h>
#include <gmpxx.h>

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <set>

#include "count/methods.h"

using namespace plenum;
using namespace plenum::count;

namespace {

using Exact = mpq_class;
using Order = std::vector<int>;
constexpr int everyone = 3, voters_each = 5;

Exact cut(const Exact& number, int places, bool up = false) {
    mpz_class scale, whole;
    mpz_ui_pow_ui(scale.get_mpz_t(), 10, static_cast<unsigned long>(places));
    const Exact scaled = number * scale;
    if (up)
        mpz_cdiv_q(whole.get_mpz_t(), scaled.get_num_mpz_t(), scaled.get_den_mpz_t());
    else
        mpz_fdiv_q(whole.get_mpz_t(), scaled.get_num_mpz_t(), scaled.get_den_mpz_t());
    Exact out(whole, scale);
    out.canonicalize();
    return out;
}
Exact unit(int places) {
    mpz_class scale;
    mpz_ui_pow_ui(scale.get_mpz_t(), 10, static_cast<unsigned long>(places));
    return Exact(1, scale);
}

/// All orders in which one voter can name one to three of three candidates.
std::vector<Order> orders() {
    std::vector<Order> out;
    for (int a = 0; a < everyone; ++a) {
        out.push_back({a});
        for (int b = 0; b < everyone; ++b) {
            if (b == a) continue;
            out.push_back({a, b});
            out.push_back({a, b, everyone - a - b});
        }
    }
    return out;
}

Profile profile_of(const std::vector<Order>& voters, std::int64_t seats) {
    Profile out;
    out.names = {"A", "B", "C"};
    out.withdrawn.assign(everyone, false);
    out.seats = seats;
    for (const auto& order : voters) {
        for (const int who : order) out.preferences.push_back(static_cast<Candidate>(who));
        out.close_ballot(1);
    }
    return out;
}

/// Calls visit with each choice of five out of `kinds`, with repetition and without regard to order.
void each_profile(int kinds, const std::function<void(const std::vector<int>&)>& visit) {
    std::vector<int> pick(voters_each, 0);
    for (;;) {
        visit(pick);
        int at = voters_each - 1;
        while (at >= 0 && pick[static_cast<std::size_t>(at)] == kinds - 1) --at;
        if (at < 0) return;
        const int next = pick[static_cast<std::size_t>(at)] + 1;
        for (; at < voters_each; ++at) pick[static_cast<std::size_t>(at)] = next;
    }
}

enum class At { hopeful, pending, elected, out };

/// Single voters with the value and the holder of their paper.
struct Plain {
    std::vector<Order> voters;
    int seats;
    std::vector<Exact> value;
    std::vector<int> holder;
    std::vector<At> at{everyone, At::hopeful};
    std::vector<int> winners;
    Exact quota;

    Plain(std::vector<Order> of, int seats_wanted)
        : voters(std::move(of)), seats(seats_wanted), value(voters.size(), 1), holder(voters.size()) {
        at.assign(everyone, At::hopeful);
        for (std::size_t i = 0; i < voters.size(); ++i) holder[i] = next(i);
    }
    int next(std::size_t voter) const {
        for (const int who : voters[voter])
            if (at[static_cast<std::size_t>(who)] == At::hopeful) return who;
        return -1;
    }
    Exact votes(int who) const {
        if (at[static_cast<std::size_t>(who)] == At::elected) return quota;
        Exact sum;
        for (std::size_t i = 0; i < voters.size(); ++i)
            if (holder[i] == who) sum += value[i];
        return sum;
    }
    std::vector<int> are(At wanted) const {
        std::vector<int> out;
        for (int who = 0; who < everyone; ++who)
            if (at[static_cast<std::size_t>(who)] == wanted) out.push_back(who);
        return out;
    }
    int in() const { return static_cast<int>(winners.size()); }
    bool full() const { return in() >= seats; }
    bool fills() const { return in() + static_cast<int>(are(At::hopeful).size()) <= seats; }
    void elect(int who, At as) {
        at[static_cast<std::size_t>(who)] = as;
        winners.push_back(who);
    }
    void elect_over(bool must_pass) {
        auto all = are(At::hopeful);
        std::stable_sort(all.begin(), all.end(), [&](int a, int b) { return votes(a) < votes(b); });
        std::reverse(all.begin(), all.end());
        std::vector<int> over;
        for (const int who : all)
            if (must_pass ? votes(who) > quota : votes(who) >= quota) over.push_back(who);
        for (const int who : over) elect(who, At::pending);
    }
    void pass_on(int who, const std::function<Exact(const Exact&)>& worth) {
        for (std::size_t i = 0; i < voters.size(); ++i)
            if (holder[i] == who) {
                value[i] = worth(value[i]);
                holder[i] = next(i);
            }
    }
    Exact surplus() const {
        Exact sum;
        for (const int who : are(At::pending)) sum += votes(who) - quota;
        return sum;
    }
    void transfer_surplus(int who, int places) {
        const Exact have = votes(who), extra = have - quota;
        at[static_cast<std::size_t>(who)] = At::elected;
        pass_on(who, [&](const Exact& was) {
            return places < 0 ? Exact(was * extra / have) : cut(was * extra / have, places);
        });
    }
    void exclude(std::vector<int> these, bool pass = true) {
        for (const int who : these) at[static_cast<std::size_t>(who)] = At::out;
        if (pass)
            for (const int who : these) pass_on(who, [](const Exact& was) { return was; });
    }
    int lowest() const {
        const auto all = are(At::hopeful);
        return *std::min_element(all.begin(), all.end(), [&](int a, int b) { return votes(a) < votes(b); });
    }
    int largest_pending() const {
        const auto all = are(At::pending);
        return *std::max_element(all.begin(), all.end(), [&](int a, int b) { return votes(a) < votes(b); });
    }
    /// By trying every set.
    std::vector<int> certain_losers(const Exact& extra, bool cfer = false) const {
        const auto all = are(At::hopeful);
        std::vector<int> best;
        for (unsigned set = 1; set < 1u << all.size(); ++set) {
            std::vector<int> these, others;
            for (std::size_t i = 0; i < all.size(); ++i) (set >> i & 1 ? these : others).push_back(all[i]);
            if (others.empty() || static_cast<int>(others.size()) + in() < seats || these.size() <= best.size())
                continue;
            Exact sum, most_inside, least = votes(others[0]), most = votes(others[0]);
            for (const int who : these) {
                sum += votes(who);
                most_inside = std::max(most_inside, votes(who));
            }
            for (const int who : others) {
                least = std::min(least, votes(who));
                most = std::max(most, votes(who));
            }
            if (sum + extra >= least) continue;
            if (cfer && !(in() + 1 == seats || static_cast<int>(others.size()) + in() == seats ||
                          sum + extra < quota - most || (extra == 0 && sum - most_inside < quota - most)))
                continue;
            best = these;
        }
        return best;
    }
    std::vector<int> finish() {
        if (!full())
            for (const int who : are(At::hopeful)) winners.push_back(who);
        return winners;
    }
};

std::vector<int> plain_wigm(Plain w, int places, bool exact, bool batch) {
    w.quota = Exact(static_cast<long>(w.voters.size()), w.seats + 1);
    w.quota.canonicalize();
    if (!exact) w.quota = cut(w.quota, places) + unit(places);
    while (!w.full() && !w.fills()) {
        w.elect_over(exact);
        if (batch && !w.full())
            if (const auto losers = w.certain_losers(w.surplus()); !losers.empty()) {
                w.exclude(losers, static_cast<int>(w.are(At::hopeful).size() - losers.size()) + w.in() > w.seats);
                continue;
            }
        if (!w.are(At::pending).empty())
            w.transfer_surplus(w.largest_pending(), exact ? -1 : places);
        else
            w.exclude({w.lowest()});
    }
    return w.finish();
}

std::vector<int> plain_scottish(Plain w) {
    w.quota = static_cast<long>(w.voters.size()) / (w.seats + 1) + 1;
    w.elect_over(false);
    std::vector<std::vector<Exact>> seen;
    const auto note = [&] {
        seen.emplace_back();
        for (int who = 0; who < everyone; ++who) seen.back().push_back(w.votes(who));
    };
    note();
    const auto by_history = [&](std::vector<int> among, bool lowest) {
        for (auto stage = seen.rbegin(); stage != seen.rend() && among.size() > 1; ++stage) {
            Exact best = (*stage)[static_cast<std::size_t>(among[0])];
            for (const int who : among)
                best = lowest ? std::min(best, (*stage)[static_cast<std::size_t>(who)])
                              : std::max(best, (*stage)[static_cast<std::size_t>(who)]);
            std::erase_if(among, [&](int who) { return (*stage)[static_cast<std::size_t>(who)] != best; });
        }
        return among[0];
    };
    while (!w.full() && !w.fills()) {
        if (!w.are(At::pending).empty())
            w.transfer_surplus(by_history(w.are(At::pending), false), 5);
        else
            w.exclude({by_history(w.are(At::hopeful), true)});
        if (!w.fills()) w.elect_over(false);
        note();
    }
    return w.finish();
}

std::vector<int> plain_cfer(Plain w, bool batch) {
    w.quota = cut(Exact(static_cast<long>(w.voters.size())) / (w.seats + 1), 5) + unit(5);
    if (w.fills()) return w.finish();
    for (;;) {
        w.elect_over(false);
        if (w.full()) break;
        auto losers = batch ? w.certain_losers(w.surplus(), true) : std::vector<int>();
        if (losers.empty()) {
            if (const auto pending = w.are(At::pending); !pending.empty()) {
                for (const int who : pending) w.transfer_surplus(who, 5);
                continue;
            }
            losers = {w.lowest()};
        }
        for (const int who : losers) w.at[static_cast<std::size_t>(who)] = At::out;
        if (w.fills()) break;
        for (const int who : losers) w.pass_on(who, [](const Exact& was) { return was; });
    }
    return w.finish();
}

std::vector<int> plain_minneapolis(Plain w) {
    w.quota = static_cast<long>(w.voters.size()) / (w.seats + 1) + 1;
    for (;;) {
        std::vector<int> over;
        Exact extra;
        for (const int who : w.are(At::hopeful))
            if (w.votes(who) >= w.quota) {
                over.push_back(who);
                extra += w.votes(who) - w.quota;
            }
        if (static_cast<int>(over.size()) + w.in() >= w.seats) {
            for (const int who : over) w.winners.push_back(who);
            return w.winners;
        }
        if (const auto losers = w.certain_losers(extra); !losers.empty()) {
            w.exclude(losers);
        } else if (!over.empty()) {
            const int who =
                *std::max_element(over.begin(), over.end(), [&](int a, int b) { return w.votes(a) < w.votes(b); });
            const Exact fraction = cut((w.votes(who) - w.quota) / w.votes(who), 4);
            w.elect(who, At::elected);
            w.pass_on(who, [&](const Exact& was) { return cut(was * fraction, 4); });
        } else if (w.fills()) {
            return w.finish();
        } else {
            w.exclude({w.lowest()});
            if (w.fills()) return w.finish();
        }
    }
}

/// Every paper is counted from its top each time: what a candidate leaves of it goes on.
struct PlainMeek : Plain {
    std::vector<Exact> keep{everyone, Exact(1)};
    std::vector<Exact> have{everyone};
    using Plain::Plain;
    enum class Kind { reference, meek, warren };
    void hand_out(Kind kind) {
        have.assign(everyone, 0);
        for (const auto& order : voters) {
            Exact left = 1;
            for (const int who : order) {
                const auto i = static_cast<std::size_t>(who);
                if (at[i] == At::out) continue;
                Exact taken = kind == Kind::warren ? Exact(std::min(left, keep[i])) : Exact(left * keep[i]);
                taken = kind == Kind::reference ? cut(taken, 9, true) : cut(taken, 40);
                have[i] += taken;
                left -= taken;
                if (left <= 0) break;
            }
        }
    }
};

std::vector<int> plain_meek(PlainMeek w, PlainMeek::Kind kind) {
    using Kind = PlainMeek::Kind;
    const bool reference = kind == Kind::reference;
    w.keep.assign(everyone, 1);
    const Exact omega = unit(reference ? 6 : 9);
    while (!w.full() && !w.fills()) {
        Exact last, extra;
        bool elected = false;
        std::vector<int> losers;
        for (bool first = true;; first = false) {
            w.hand_out(kind);
            Exact all;
            for (const auto& each : w.have) all += each;
            w.quota = all / (w.seats + 1);
            if (reference) w.quota = cut(w.quota, 9) + unit(9);
            for (const int who : w.are(At::hopeful))
                // Guarded arithmetic calls equal what differs only behind the digits that count.
                if (reference ? w.have[static_cast<std::size_t>(who)] >= w.quota
                              : w.have[static_cast<std::size_t>(who)] > w.quota + unit(18) / 2) {
                    w.elect(who, At::elected);
                    elected = true;
                }
            extra = 0;
            for (const int who : w.are(At::elected)) {
                const Exact over = w.have[static_cast<std::size_t>(who)] - w.quota;
                if (!reference || over > 0) extra += over;
            }
            if (elected || extra < omega || (!first && extra >= last)) break;
            if (!reference) {
                const auto all_hopeful = w.are(At::hopeful);
                for (unsigned set = 1; set < 1u << all_hopeful.size(); ++set) {
                    std::vector<int> these;
                    Exact sum, least = 100;
                    int others = 0;
                    for (std::size_t i = 0; i < all_hopeful.size(); ++i) {
                        const Exact& votes = w.have[static_cast<std::size_t>(all_hopeful[i])];
                        if (set >> i & 1) {
                            these.push_back(all_hopeful[i]);
                            sum += votes;
                        } else {
                            least = std::min(least, votes);
                            ++others;
                        }
                    }
                    if (others > 0 && others + w.in() >= w.seats && these.size() > losers.size() &&
                        sum + extra < least - unit(18) / 2)
                        losers = these;
                }
                if (!losers.empty()) break;
            }
            last = extra;
            for (const int who : w.are(At::elected)) {
                auto& keep = w.keep[static_cast<std::size_t>(who)];
                const auto& have = w.have[static_cast<std::size_t>(who)];
                keep = reference ? cut(cut(keep * w.quota, 9, true) / have, 9, true) : cut(keep * w.quota / have, 40);
            }
        }
        if (elected) continue;
        if (losers.empty()) {
            Exact low = 100;
            for (const int who : w.are(At::hopeful)) low = std::min(low, w.have[static_cast<std::size_t>(who)]);
            for (const int who : w.are(At::hopeful))
                if (losers.empty() &&
                    w.have[static_cast<std::size_t>(who)] <= low + extra + (reference ? Exact(0) : Exact(unit(18) / 2)))
                    losers = {who};
        }
        for (const int who : losers) w.at[static_cast<std::size_t>(who)] = At::out;
    }
    return w.finish();
}

std::vector<int> plain_quotient(Plain w) {
    std::set<int> gone;
    for (;;) {  // from the start without those excluded
        std::vector<Exact> part(w.voters.size());
        std::vector<int> in;
        for (;;) {
            std::vector<int> left;
            for (int who = 0; who < everyone; ++who)
                if (!gone.contains(who) && std::find(in.begin(), in.end(), who) == in.end()) left.push_back(who);
            const auto top = [&](std::size_t voter) {
                for (const int who : w.voters[voter])
                    if (std::find(left.begin(), left.end(), who) != left.end()) return who;
                return -1;
            };
            if (static_cast<int>(in.size()) == w.seats) return in;
            if (static_cast<int>(in.size() + left.size()) <= w.seats) {
                in.insert(in.end(), left.begin(), left.end());
                return in;
            }
            Exact active, idle;
            std::vector<Exact> votes(everyone), parts(everyone), quotient(everyone);
            for (std::size_t i = 0; i < w.voters.size(); ++i) {
                if (const int who = top(i); who < 0) {
                    idle += part[i];
                } else {
                    active += 1;
                    votes[static_cast<std::size_t>(who)] += 1;
                    parts[static_cast<std::size_t>(who)] += part[i];
                }
            }
            const Exact quota = active / (1 + w.seats - idle);
            for (const int who : left)
                quotient[static_cast<std::size_t>(who)] =
                    votes[static_cast<std::size_t>(who)] / (1 + parts[static_cast<std::size_t>(who)]);
            int high = left[0], low = left[0];
            for (const int who : left) {
                if (quotient[static_cast<std::size_t>(who)] > quotient[static_cast<std::size_t>(high)]) high = who;
                if (quotient[static_cast<std::size_t>(who)] < quotient[static_cast<std::size_t>(low)]) low = who;
            }
            if (quotient[static_cast<std::size_t>(high)] > quota) {
                for (std::size_t i = 0; i < w.voters.size(); ++i)
                    if (top(i) == high) part[i] = 1 / quotient[static_cast<std::size_t>(high)];
                in.push_back(high);
                continue;
            }
            gone.insert(low);
            if (static_cast<int>(in.size() + left.size()) - 1 <= w.seats) {
                for (const int who : left)
                    if (who != low) in.push_back(who);
                return in;
            }
            break;
        }
    }
}

std::vector<int> plain_alternative(Plain w) {
    for (;;) {
        Exact all;
        for (const int who : w.are(At::hopeful)) all += w.votes(who);
        for (const int who : w.are(At::hopeful))
            if (2 * w.votes(who) > all || w.are(At::hopeful).size() == 1) return {who};
        w.exclude({w.lowest()});
    }
}

std::vector<int> plain_belenios(Plain w) {
    w.quota = static_cast<long>(w.voters.size()) / (w.seats + 1) + 1;
    std::set<int> named;
    for (const auto& order : w.voters) named.insert(order.begin(), order.end());
    for (int who = 0; who < everyone; ++who)
        if (!named.contains(who)) w.at[static_cast<std::size_t>(who)] = At::out;
    while (!w.full()) {
        auto left = w.are(At::hopeful);
        if (left.empty()) break;
        if (w.fills()) return w.finish();
        std::stable_sort(left.begin(), left.end(), [&](int a, int b) { return w.votes(a) > w.votes(b); });
        if (w.votes(left[0]) >= w.quota) {
            w.elect(left[0], At::pending);
            w.transfer_surplus(left[0], -1);
        } else {
            w.exclude({left.back()});
        }
    }
    return w.winners;
}

}  // namespace

TEST_CASE("every transferable rule agrees with its plain words over all profiles of three candidates and five voters") {
    const auto kinds = orders();
    REQUIRE(kinds.size() == 15);
    using Rule = std::pair<std::string_view, std::function<std::vector<int>(const Plain&)>>;
    const auto meek = [](PlainMeek::Kind kind) {
        return [kind](const Plain& w) { return plain_meek(PlainMeek(w.voters, w.seats), kind); };
    };
    const std::vector<Rule> rules{{"scotland", plain_scottish},
                                  {"wigm-prf", [](const Plain& w) { return plain_wigm(w, 4, false, false); }},
                                  {"wigm-prf-batch", [](const Plain& w) { return plain_wigm(w, 4, false, true); }},
                                  {"wigm-rational", [](const Plain& w) { return plain_wigm(w, 0, true, false); }},
                                  {"wigm", [](const Plain& w) { return plain_wigm(w, 0, true, false); }},
                                  {"cfer", [](const Plain& w) { return plain_cfer(w, false); }},
                                  {"cfer-batch", [](const Plain& w) { return plain_cfer(w, true); }},
                                  {"mpls", plain_minneapolis},
                                  {"meek-prf", meek(PlainMeek::Kind::reference)},
                                  {"meek", meek(PlainMeek::Kind::meek)},
                                  {"warren", meek(PlainMeek::Kind::warren)},
                                  {"qpq", plain_quotient},
                                  {"belenios-stv", plain_belenios},
                                  {"alternative-vote", plain_alternative}};
    int counts = 0, left_out = 0, failures = 0;
    each_profile(static_cast<int>(kinds.size()), [&](const std::vector<int>& pick) {
        std::vector<Order> voters;
        for (const int kind : pick) voters.push_back(kinds[static_cast<std::size_t>(kind)]);
        for (const int seats : {1, 2}) {
            const auto profile = profile_of(voters, seats);
            const Plain plain(voters, seats);
            for (const auto& [name, by_words] : rules) {
                // Iterations in long arithmetic take a hundred times as long as the rest: one profile in thirteen meets
                // them here, and all of them do in the long tests (PLENUM_LONG=1).
                if (!std::getenv("PLENUM_LONG") && (name == "meek" || name == "warren") &&
                    (counts + left_out) % 13 != 0) {
                    ++left_out;
                    continue;
                }
                if (name == "alternative-vote" && seats > 1) continue;
                CountOptions options;
                options.record = false;
                const auto count = count_votes(profile, **method_named(name), options);
                REQUIRE(count);
                ++counts;
                if (count->winners == by_words(plain) || ++failures > 5) continue;
                std::string ballots;
                for (const auto& order : voters) {
                    for (const int who : order) ballots += static_cast<char>('A' + who);
                    ballots += " ";
                }
                std::string ours, words;
                for (const int who : count->winners) ours += static_cast<char>('A' + who);
                for (const int who : by_words(plain)) words += static_cast<char>('A' + who);
                FAIL_CHECK(name << " " << seats << " seats, ballots " << ballots << ": " << ours << ", by its words "
                                << words);
            }
        }
    });
    CHECK(failures == 0);
    MESSAGE(counts << " counts, " << left_out << " left to the long tests");
}

TEST_CASE("Schulze and the Condorcet winner agree with all paths tried, over all profiles") {
    const auto kinds = orders();
    int failures = 0;
    each_profile(static_cast<int>(kinds.size()), [&](const std::vector<int>& pick) {
        std::vector<Order> voters;
        for (const int kind : pick) voters.push_back(kinds[static_cast<std::size_t>(kind)]);
        int prefer[everyone][everyone] = {};
        for (const auto& order : voters)
            for (int a = 0; a < everyone; ++a)
                for (int b = 0; b < everyone; ++b) {
                    const auto at_a = std::find(order.begin(), order.end(), a),
                               at_b = std::find(order.begin(), order.end(), b);
                    prefer[a][b] += at_a < at_b;
                }
        // Strength of a way: the weakest step by votes for, then by few against; of all ways the best.
        using Strength = std::pair<int, int>;
        const auto step = [&](int a, int b) {
            return prefer[a][b] > prefer[b][a] ? Strength{prefer[a][b], -prefer[b][a]} : Strength{0, 0};
        };
        const auto best = [&](int a, int b) {
            const int via = everyone - a - b;
            const auto first = step(a, via), second = step(via, b);
            const auto way = first.first == 0 || second.first == 0 ? Strength{0, 0} : std::min(first, second);
            return std::max(step(a, b), way);
        };
        std::vector<std::vector<int>> ranking;
        std::set<int> left{0, 1, 2};
        while (!left.empty()) {
            std::vector<int> top;
            for (const int a : left)
                if (std::none_of(left.begin(), left.end(), [&](int b) { return a != b && best(b, a) > best(a, b); }))
                    top.push_back(a);
            for (const int who : top) left.erase(who);
            ranking.push_back(top);
        }
        const auto count = count_votes(profile_of(voters, 1), **method_named("schulze"));
        REQUIRE(count);
        failures += count->ranking != ranking;
        std::optional<int> beats_all;
        for (int a = 0; a < everyone; ++a) {
            bool all = true;
            for (int b = 0; b < everyone; ++b) all &= a == b || prefer[a][b] > prefer[b][a];
            if (all) beats_all = a;
        }
        failures += count->condorcet_winner != beats_all;
    });
    CHECK(failures == 0);
}

TEST_CASE("marks and grades agree with plain sums and medians over all profiles") {
    int failures = 0;
    each_profile(8, [&](const std::vector<int>& pick) {
        Profile profile;
        profile.names = {"A", "B", "C"};
        profile.withdrawn.assign(everyone, false);
        profile.asked = Asked::marks;
        Profile graded = profile;
        graded.asked = Asked::grades;
        graded.best_to_worst = 2;
        for (const int set : pick) {
            for (int who = 0; who < everyone; ++who) {
                if (set >> who & 1) {
                    profile.preferences.push_back(static_cast<Candidate>(who));
                    profile.votes.push_back(1);
                }
                graded.grades.push_back(set >> who & 1 ? 1 : 2);
            }
            profile.close_ballot(1);
            graded.close_ballot(1);
        }
        for (const auto* name : {"approval", "plurality", "block-vote", "cumulative"})
            for (const int seats : {1, 2}) {
                const auto most = std::string_view(name) == "approval"    ? 3
                                  : std::string_view(name) == "plurality" ? 1
                                                                          : seats;
                int totals[everyone] = {}, valid = 0;
                for (const int set : pick) {
                    const int marks = (set & 1) + (set >> 1 & 1) + (set >> 2 & 1);
                    if (marks > most) continue;
                    valid += marks > 0 || std::string_view(name) == "approval";
                    for (int who = 0; who < everyone; ++who) totals[who] += set >> who & 1;
                }
                CountOptions options;
                options.seats = seats;
                const auto count = count_votes(profile, **method_named(name), options);
                if (valid == 0) {
                    failures += count.has_value();
                    continue;
                }
                REQUIRE(count);
                for (int who = 0; who < everyone; ++who)
                    failures += count->stages[0].votes[static_cast<std::size_t>(who)] != std::to_string(totals[who]);
                // Elected for certain: those with fewer than `seats` at least as strong besides them.
                for (int who = 0; who < everyone; ++who) {
                    int as_strong = 0;
                    for (int other = 0; other < everyone; ++other)
                        as_strong += other != who && totals[other] >= totals[who];
                    const bool in =
                        std::find(count->winners.begin(), count->winners.end(), who) != count->winners.end();
                    failures += in != (as_strong < seats);
                }
            }
        // With two grades the better share decides, and nothing else.
        const auto count = count_votes(graded, **method_named("majority-judgment"));
        REQUIRE(count);
        std::vector<int> good(everyone);
        for (const int set : pick)
            for (int who = 0; who < everyone; ++who) good[static_cast<std::size_t>(who)] += set >> who & 1;
        for (std::size_t place = 0; place < count->ranking.size(); ++place)
            for (const int who : count->ranking[place]) {
                failures +=
                    good[static_cast<std::size_t>(who)] != good[static_cast<std::size_t>(count->ranking[place][0])];
                if (place > 0)
                    failures += good[static_cast<std::size_t>(who)] >=
                                good[static_cast<std::size_t>(count->ranking[place - 1][0])];
            }
    });
    CHECK(failures == 0);
}
