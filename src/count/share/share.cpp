// SPDX-License-Identifier: Apache-2.0
#include "count/share/share.h"

#include <gmpxx.h>

#include <algorithm>
#include <numeric>
#include <queue>
#include <set>

#include "base/bytes.h"
#include "count/named.h"
#include "count/number/wide.h"
#include "count/refusals.h"

namespace plenum::count {
namespace {

constexpr std::int64_t most_shared = 1'000'000;

bool is_remainder(ShareMethod method) {
    switch (method) {
        case ShareMethod::hare:
        case ShareMethod::droop:
        case ShareMethod::hagenbach_bischoff:
        case ShareMethod::hagenbach_bischoff_rounded: return true;
        case ShareMethod::dhondt:
        case ShareMethod::sainte_lague:
        case ShareMethod::modified_sainte_lague:
        case ShareMethod::adams:
        case ShareMethod::dean:
        case ShareMethod::huntington_hill:
        case ShareMethod::balinski_young: return false;
    }
    invariant(false);
}

/// votes / divisor of the next seat as over / under, so that averages are compared without rounding. For
/// Huntington-Hill both are squared; under = 0 is above every number, and those are compared by their votes.
struct Average {
    Wide over, under;
    std::int64_t votes;
};
Average average(ShareMethod method, std::int64_t votes, std::int64_t seats) {
    const Wide v = votes, s = seats;
    switch (method) {
        case ShareMethod::sainte_lague: return {v, 2 * s + 1, votes};
        case ShareMethod::modified_sainte_lague:
            return s == 0 ? Average{5 * v, 7, votes} : Average{v, 2 * s + 1, votes};
        case ShareMethod::adams: return {v, s, votes};
        case ShareMethod::dean: return {v * (2 * s + 1), 2 * s * (s + 1), votes};
        case ShareMethod::huntington_hill: return {v * v, s * (s + 1), votes};
        default: return {v, s + 1, votes};
    }
}
int compare(const Average& a, const Average& b) {
    if (a.votes == 0 || b.votes == 0) return (a.votes > 0) - (b.votes > 0);
    if (a.under == 0 || b.under == 0)
        return a.under == b.under ? (a.votes > b.votes) - (a.votes < b.votes) : (a.under == 0 ? 1 : -1);
    const Wide left = a.over * b.under, right = b.over * a.under;
    return (left > right) - (left < right);
}

std::string wide_text(Wide number) {
    std::string out;
    do {
        out.insert(out.begin(), static_cast<char>('0' + static_cast<int>(number % 10)));
        number /= 10;
    } while (number > 0);
    return out;
}
/// over / under with so many places, cut off.
std::string ratio_text(Wide over, Wide under, int places) {
    mpz_class size = mpz_class(wide_text(over)) * mpz_class(power_of_ten(places)) / mpz_class(wide_text(under));
    return decimal_text(size.get_str(), false, places);
}
std::string average_text(ShareMethod method, const Average& a) {
    if (a.under == 0) return "";
    if (method != ShareMethod::huntington_hill) return ratio_text(a.over, a.under, 3);
    // The Census Bureau prints whole priority values, rounded: the root of (2a)² / n(n-1), plus one, halved.
    const mpz_class inside = mpz_class(wide_text(a.over)) * 4 / mpz_class(wide_text(a.under));
    return mpz_class((sqrt(inside) + 1) / 2).get_str();
}

/// Breaks ties by the order of the figures or by lot; an empty rule leaves them open.
class Lots {
  public:
    static Result<Lots> from(std::string_view rule, std::size_t names) {
        Lots out;
        out.place_.resize(names);
        std::iota(out.place_.begin(), out.place_.end(), std::size_t{0});
        if (rule.empty()) return out;
        out.decides_ = true;
        if (rule == "order") return out;
        if (!rule.starts_with("lot=") || rule.size() == 4)
            return refuse(Why::tie_rule_unknown, {{"given", shown(rule)}});
        SeededRandomness lots("plenum apportion lot " + std::string(rule.substr(4)));
        for (std::size_t left = names; left > 1; --left)
            std::swap(out.place_[left - 1], out.place_[static_cast<std::size_t>(lots.below(left))]);
        return out;
    }
    bool decides() const { return decides_; }
    std::size_t place(int who) const { return place_[static_cast<std::size_t>(who)]; }

  private:
    bool decides_ = false;
    std::vector<std::size_t> place_;
};

/// Gives the last seats: to those surely in, and among `equals` by lot or not at all.
void give_last(Sharing& out, std::vector<int> equals, std::int64_t seats, const Lots& lots, const std::string& rule) {
    if (!lots.decides()) {
        out.tied = std::move(equals);
        out.open = seats;
        return;
    }
    std::sort(equals.begin(), equals.end(), [&](int a, int b) { return lots.place(a) < lots.place(b); });
    out.tie_broken_by = rule;
    for (std::int64_t i = 0; i < seats; ++i)
        ++out.claims[static_cast<std::size_t>(equals[static_cast<std::size_t>(i)])].seats;
}

void by_remainder(Sharing& out, std::vector<int> who, std::int64_t seats, std::int64_t minimum, const Lots& lots,
                  const std::string& rule) {
    // Those below the minimum leave the sharing; what is left may push others below it, so repeat until none falls.
    for (bool fell = minimum > 0; fell;) {
        fell = false;
        Wide votes = 0;
        for (const int each : who) votes += out.votes[static_cast<std::size_t>(each)];
        const auto seats_now = seats;
        std::erase_if(who, [&](int each) {
            auto& claim = out.claims[static_cast<std::size_t>(each)];
            if (Wide(out.votes[static_cast<std::size_t>(each)]) * seats_now >= minimum * votes) return false;
            claim.by_minimum = fell = true;
            claim.seats = claim.whole = minimum;
            seats -= minimum;
            return true;
        });
    }
    std::int64_t votes = 0;
    for (const int each : who) votes += out.votes[static_cast<std::size_t>(each)];
    // The quota is over / under.
    std::int64_t over = votes, under = seats;
    switch (out.method) {
        case ShareMethod::droop:
            over = votes / (seats + 1) + 1;
            under = 1;
            break;
        case ShareMethod::hagenbach_bischoff: under = seats + 1; break;
        case ShareMethod::hagenbach_bischoff_rounded:
            over = std::max<std::int64_t>(1, (2 * votes + seats + 1) / (2 * (seats + 1)));
            under = 1;
            break;
        default: break;
    }
    if (votes == 0 || seats <= 0) return;
    out.quota = ratio_text(over, under, 6);
    std::vector<Wide> remainder(out.claims.size());
    std::int64_t given = 0;
    for (const int each : who) {
        auto& claim = out.claims[static_cast<std::size_t>(each)];
        const Wide size = Wide(out.votes[static_cast<std::size_t>(each)]) * under;
        claim.whole = claim.seats = static_cast<std::int64_t>(size / over);
        remainder[static_cast<std::size_t>(each)] = size % over;
        claim.remainder = ratio_text(size % over, over, 6);
        given += claim.whole;
    }
    auto order = who;
    std::stable_sort(order.begin(), order.end(), [&](int a, int b) {
        return remainder[static_cast<std::size_t>(a)] > remainder[static_cast<std::size_t>(b)];
    });
    // A quota below the exact one may give more seats than there are: the smallest remainders give them back.
    while (given > seats) {
        std::vector<int> holders;
        for (auto at = order.rbegin(); at != order.rend(); ++at)
            if (out.claims[static_cast<std::size_t>(*at)].seats > 0) holders.push_back(*at);
        const auto excess = static_cast<std::size_t>(given - seats);
        const auto give_back = [&](int each) {
            --out.claims[static_cast<std::size_t>(each)].seats;
            --given;
        };
        if (excess >= holders.size()) {
            for (const int each : holders) give_back(each);
            continue;
        }
        const auto cut = remainder[static_cast<std::size_t>(holders[excess - 1])];
        std::vector<int> equals;
        for (const int each : holders) {
            if (remainder[static_cast<std::size_t>(each)] == cut) equals.push_back(each);
            if (remainder[static_cast<std::size_t>(each)] <= cut) give_back(each);
        }
        if (given < seats) give_last(out, std::move(equals), seats - given, lots, rule);
        return;
    }
    auto left = seats - given;
    // With a small quota every remainder may be served and seats be left: go round again.
    for (; left > static_cast<std::int64_t>(order.size()); left -= static_cast<std::int64_t>(order.size()))
        for (const int each : order) ++out.claims[static_cast<std::size_t>(each)].seats;
    if (left <= 0) return;
    const auto cut = static_cast<std::size_t>(left);
    if (cut == order.size() ||
        remainder[static_cast<std::size_t>(order[cut - 1])] != remainder[static_cast<std::size_t>(order[cut])]) {
        for (std::size_t i = 0; i < cut; ++i) ++out.claims[static_cast<std::size_t>(order[i])].seats;
        return;
    }
    std::vector<int> equals;
    for (const int each : order) {
        if (remainder[static_cast<std::size_t>(each)] > remainder[static_cast<std::size_t>(order[cut])]) {
            ++out.claims[static_cast<std::size_t>(each)].seats;
            --left;
        } else if (remainder[static_cast<std::size_t>(each)] == remainder[static_cast<std::size_t>(order[cut])]) {
            equals.push_back(each);
        }
    }
    give_last(out, std::move(equals), left, lots, rule);
}

void by_average(Sharing& out, const std::vector<int>& who, std::int64_t seats, std::int64_t minimum, const Lots& lots,
                const std::string& rule) {
    Wide votes = 0;
    for (const int each : who) {
        out.claims[static_cast<std::size_t>(each)].seats = minimum;
        out.claims[static_cast<std::size_t>(each)].by_minimum = minimum > 0;
        votes += out.votes[static_cast<std::size_t>(each)];
    }
    const auto claim = [&](int each) -> Claim& { return out.claims[static_cast<std::size_t>(each)]; };
    const auto next = [&](int each) {
        return average(out.method, out.votes[static_cast<std::size_t>(each)], claim(each).seats);
    };
    auto given = minimum * static_cast<std::int64_t>(who.size());
    const auto give = [&](int each) {
        ++given;
        const auto by = next(each);
        ++claim(each).seats;
        claim(each).by_minimum = false;
        if (out.awards.size() < 10'000)
            out.awards.push_back({given, each, claim(each).seats, average_text(out.method, by)});
    };
    const bool capped = out.method == ShareMethod::balinski_young;
    // Equal averages are given out together where there are seats for all of them; at the last seats they are a tie.
    using Entry = std::pair<Average, int>;
    const auto below = [](const Entry& a, const Entry& b) {
        const int order = compare(a.first, b.first);
        return order != 0 ? order < 0 : a.second > b.second;
    };
    std::priority_queue<Entry, std::vector<Entry>, decltype(below)> queue(below);
    if (!capped)
        for (const int each : who) queue.push({next(each), each});
    while (given < seats) {
        std::vector<int> equals;
        if (capped) {
            const Wide house = given + 1;
            for (const int each : who) {
                // Not above the exact share at this house size, rounded up.
                if (Wide(claim(each).seats) * votes >= house * out.votes[static_cast<std::size_t>(each)]) continue;
                if (!equals.empty()) {
                    const int order = compare(next(each), next(equals[0]));
                    if (order < 0) continue;
                    if (order > 0) equals.clear();
                }
                equals.push_back(each);
            }
            if (equals.empty()) break;
            // One at a time: the cap moves with the house.
            if (equals.size() == 1 || given + static_cast<std::int64_t>(equals.size()) <= seats) {
                give(equals[0]);
                continue;
            }
            return give_last(out, std::move(equals), seats - given, lots, rule);
        }
        const auto top = queue.top().first;
        if (top.votes == 0) break;
        while (!queue.empty() && compare(queue.top().first, top) == 0) {
            equals.push_back(queue.top().second);
            queue.pop();
        }
        if (given + static_cast<std::int64_t>(equals.size()) > seats)
            return give_last(out, std::move(equals), seats - given, lots, rule);
        for (const int each : equals) {
            give(each);
            queue.push({next(each), each});
        }
    }
    out.open = seats - given;
}

Result<Done> share_among(Sharing& out, const std::vector<int>& who, std::int64_t minimum, const std::string& rule) {
    const auto lots = TRY(Lots::from(rule, out.names.size()));
    if (minimum > 0 && static_cast<std::int64_t>(who.size()) > out.seats / minimum)
        return refuse(Why::minimum_exceeds_seats, {{"minimum", minimum}, {"units", who.size()}, {"seats", out.seats}});
    if (is_remainder(out.method))
        by_remainder(out, who, out.seats, minimum, lots, rule);
    else
        by_average(out, who, out.seats, minimum, lots, rule);
    return Done{};
}

Sharing blank_sharing(const Figures& figures, ShareMethod method, std::int64_t seats) {
    Sharing out;
    out.method = method;
    out.title = figures.title;
    out.names = figures.names;
    out.votes = figures.votes;
    out.claims.resize(figures.names.size());
    out.seats = seats;
    return out;
}

Result<Done> check(std::string_view field, std::int64_t number, std::int64_t least, std::int64_t most) {
    if (number < least || number > most)
        return refuse(Why::number_out_of_range, {{"number", number}, {"least", least}, {"most", most}},
                      {"", 0, 0, std::string(field)});
    return Done{};
}

/// Lists with an agreement first share as one, then their seats among themselves by the same method.
Result<Sharing> with_agreements(const Figures& figures, const ShareOptions& options,
                                const std::vector<bool>& takes_part, std::int64_t seats) {
    const auto n = figures.names.size();
    std::vector<int> group(n);
    std::iota(group.begin(), group.end(), 0);
    for (const auto& agreement : options.agreements) {
        int first = -1;
        for (const auto& name : agreement) {
            const auto found = std::find(figures.names.begin(), figures.names.end(), name);
            if (found == figures.names.end()) return refuse(Why::group_unknown, {{"name", shown(name)}});
            const auto at = static_cast<std::size_t>(found - figures.names.begin());
            if (group[at] != static_cast<int>(at)) return refuse(Why::name_twice, {{"id", shown(name)}});
            if (!takes_part[at]) continue;  // below the threshold an agreement does not help
            if (first < 0) first = static_cast<int>(at);
            group[at] = first;
        }
    }
    auto out = blank_sharing(figures, options.method, seats);
    auto together = out;
    std::fill(together.votes.begin(), together.votes.end(), 0);
    std::vector<int> who;
    for (std::size_t i = 0; i < n; ++i) {
        out.claims[i].takes_part = together.claims[i].takes_part = takes_part[i];
        if (!takes_part[i]) continue;
        if (group[i] == static_cast<int>(i)) who.push_back(static_cast<int>(i));
        together.votes[static_cast<std::size_t>(group[i])] += figures.votes[i];
    }
    TRY(share_among(together, who, options.minimum, options.tie_break));
    if (options.agreements.empty()) {
        together.votes = figures.votes;
        return together;
    }
    out.quota = together.quota;
    out.awards = together.awards;
    out.tied = together.tied;
    out.open = together.open;
    out.tie_broken_by = together.tie_broken_by;
    for (const int first : who) {
        std::vector<int> members;
        for (std::size_t i = 0; i < n; ++i)
            if (takes_part[i] && group[i] == first) members.push_back(static_cast<int>(i));
        if (members.size() == 1) {
            out.claims[static_cast<std::size_t>(first)] = together.claims[static_cast<std::size_t>(first)];
            continue;
        }
        auto inside = blank_sharing(figures, options.method, together.claims[static_cast<std::size_t>(first)].seats);
        TRY(share_among(inside, members, 0, options.tie_break));
        for (const int each : members)
            out.claims[static_cast<std::size_t>(each)] = inside.claims[static_cast<std::size_t>(each)];
        out.tied.insert(out.tied.end(), inside.tied.begin(), inside.tied.end());
        out.open += inside.open;
    }
    return out;
}

constexpr ShareName names[] = {
    {"hare", "largest-remainder largest_remainder hamilton hare-niemeyer",
     "largest remainder; Hamilton 1792, Hare 1859", ShareMethod::hare},
    {"droop", "largest-remainder-droop", "largest remainder with the quota of Droop (1868)", ShareMethod::droop},
    {"hagenbach-bischoff", "largest-remainder-hagenbach-bischoff",
     "largest remainder with the quota of Hagenbach-Bischoff (1888)", ShareMethod::hagenbach_bischoff},
    {"hagenbach-bischoff-rounded", "largest-remainder-hagenbach-bischoff-rounded slovakia",
     "Slovakia, Act 180/2014 on the exercise of the right to vote, section 68",
     ShareMethod::hagenbach_bischoff_rounded},
    {"dhondt", "d'hondt d-hondt jefferson bader-ofer", "D'Hondt 1878; Jefferson 1792; Bader-Ofer with agreements",
     ShareMethod::dhondt},
    {"sainte-lague", "saintelague webster sainte_lague", "Sainte-Laguë 1910; Webster 1832", ShareMethod::sainte_lague},
    {"modified-sainte-lague", "modified_saintelague modified-saintelague", "Sainte-Laguë with the first divisor 1.4",
     ShareMethod::modified_sainte_lague},
    {"adams", "smallest-divisors", "J. Q. Adams 1832", ShareMethod::adams},
    {"dean", "harmonic-mean", "Dean 1832", ShareMethod::dean},
    {"huntington-hill", "huntington huntington_hill equal-proportions", "Huntington 1928; 2 U.S.C. 2a",
     ShareMethod::huntington_hill},
    {"balinski-young", "quota quota-method",
     "Balinski, Young: The quota method of apportionment, Am. Math. Monthly 82 (1975)", ShareMethod::balinski_young},
};

}  // namespace

std::span<const ShareName> all_share_methods() { return names; }

Result<ShareMethod> share_method_named(std::string_view name) {
    for (const auto& each : names)
        if (goes_by(name, each.name, each.aliases)) return each.method;
    return refuse(Why::method_unknown, {{"method", shown(name)}});
}

Result<Fraction> share_from(std::string_view text) {
    const auto given = shown(text);
    const auto impossible = [&] { return refuse(Why::share_impossible, {{"given", given}}); };
    while (text.ends_with(' ')) text.remove_suffix(1);
    std::int64_t under = 1, over = 0;
    if (text.ends_with('%')) {
        under = 100;
        text.remove_suffix(1);
        while (text.ends_with(' ')) text.remove_suffix(1);
    }
    bool behind_point = false, any = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c >= '0' && c <= '9') {
            any = true;
            over = over * 10 + (c - '0');
            if (behind_point) under *= 10;
        } else if ((c == '.' || c == ',') && !behind_point) {
            behind_point = true;
        } else if (c == '/' && any && under == 1 && !behind_point) {
            under = 0;
            for (++i; i < text.size(); ++i) {
                if (text[i] < '0' || text[i] > '9' || under > most_denominator) return impossible();
                under = under * 10 + (text[i] - '0');
            }
        } else {
            return impossible();
        }
        if (over > most_denominator * 100 || under > most_denominator * 100) return impossible();
    }
    if (!any || under == 0) return impossible();
    const auto divisor = std::gcd(over, under);
    const Fraction out{over / divisor, under / divisor};
    if (!check(out)) return impossible();
    return out;
}

Result<Sharing> share_seats(const Figures& figures, const ShareOptions& options) {
    const auto seats = options.seats != 0 ? options.seats : figures.seats;
    if (seats == 0) return refuse(Why::seats_missing, {{"method", name_of(options.method)}});
    TRY(check("seats", seats, 1, most_shared));
    TRY(check("minimum", options.minimum, 0, most_shared));
    const auto sum = std::accumulate(figures.votes.begin(), figures.votes.end(), std::int64_t{0});
    if (sum == 0) return refuse(Why::nobody_to_share);
    const auto cast = options.votes_cast != 0 ? options.votes_cast : sum;
    TRY(check("votes_cast", cast, sum, most_counted));
    std::vector<bool> takes_part(figures.names.size(), true);
    for (std::size_t i = 0; i < figures.names.size(); ++i) {
        const Threshold* applies = nullptr;
        const auto partners = figures.partners.empty() ? 1 : figures.partners[i];
        for (const auto& each : options.thresholds)
            if (each.partners <= partners && (!applies || each.partners >= applies->partners)) applies = &each;
        if (applies)
            takes_part[i] =
                Wide(figures.votes[i]) * applies->share.denominator >= Wide(cast) * applies->share.numerator;
    }
    if (std::find(takes_part.begin(), takes_part.end(), true) == takes_part.end())
        return refuse(Why::nobody_over_threshold);
    if (!options.regions) {
        auto out = TRY(with_agreements(figures, options, takes_part, seats));
        out.votes_cast = cast;
        return out;
    }
    if (figures.regions.empty()) return refuse(Why::figures_malformed, {{"wanted", "regions"}, {"found", "0"}});
    Figures regions;
    regions.names = figures.regions;
    regions.votes.assign(figures.regions.size(), 0);
    for (const auto& row : figures.by_region)
        for (std::size_t region = 0; region < row.size(); ++region) regions.votes[region] += row[region];
    ShareOptions first;
    first.method = *options.regions;
    first.seats = seats;
    first.tie_break = options.tie_break;
    const auto of_regions = TRY(share_seats(regions, first));
    auto out = blank_sharing(figures, options.method, seats);
    out.votes_cast = cast;
    out.regions = figures.regions;
    out.open = of_regions.open;
    for (std::size_t i = 0; i < takes_part.size(); ++i) out.claims[i].takes_part = takes_part[i];
    for (std::size_t region = 0; region < figures.regions.size(); ++region) {
        Figures inside;
        inside.title = figures.regions[region];
        inside.names = figures.names;
        for (const auto& row : figures.by_region) inside.votes.push_back(row[region]);
        auto shared = TRY(with_agreements(inside, options, takes_part, of_regions.claims[region].seats));
        shared.votes_cast = regions.votes[region];
        for (std::size_t i = 0; i < takes_part.size(); ++i) out.claims[i].seats += shared.claims[i].seats;
        out.open += shared.open;
        out.in_regions.push_back(std::move(shared));
    }
    return out;
}

}  // namespace plenum::count
