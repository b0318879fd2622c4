// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <boost/describe/enum.hpp>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/texts.h"
#include "count/fraction.h"

namespace plenum::count {

/// How seats are shared by figures (members of units, votes of lists).
enum class ShareMethod {
    hare,                        ///< largest remainder, quota votes / seats
    droop,                       ///< largest remainder, quota floor(votes / (seats + 1)) + 1
    hagenbach_bischoff,          ///< largest remainder, quota votes / (seats + 1)
    hagenbach_bischoff_rounded,  ///< the same, quota rounded to a whole number (Slovakia, Act 180/2014, section 68)
    dhondt,                      ///< highest averages, divisors 1, 2, 3 … (Jefferson)
    sainte_lague,                ///< divisors 1, 3, 5 … (Webster)
    modified_sainte_lague,       ///< divisors 1.4, 3, 5 …
    adams,                       ///< divisors 0, 1, 2 …
    dean,                        ///< harmonic means of 0 and 1, 1 and 2 …
    huntington_hill,             ///< geometric means of 0 and 1, 1 and 2 … (2 U.S.C. 2a)
    balinski_young  ///< D'Hondt, but nobody above the next whole number over the exact share at any house size
};
BOOST_DESCRIBE_ENUM(ShareMethod, hare, droop, hagenbach_bischoff, hagenbach_bischoff_rounded, dhondt, sainte_lague,
                    modified_sainte_lague, adams, dean, huntington_hill, balinski_young)

/// A name under which a method can be asked for, and its source.
struct ShareName {
    std::string_view name, aliases, source;
    ShareMethod method;
};
std::span<const ShareName> all_share_methods();
/// Refuses method_unknown.
Result<ShareMethod> share_method_named(std::string_view name);

/// The figures of a contest as read.
struct Figures {
    std::string title;
    std::vector<std::string> names;
    std::vector<std::int64_t> votes;                   ///< per name, all regions together
    std::vector<std::string> regions;                  ///< empty if there are none
    std::vector<std::vector<std::int64_t>> by_region;  ///< by_region[name][region]
    std::vector<std::int64_t> partners;                ///< parties behind a list: 1, or 2 and more for a coalition
    std::int64_t seats = 0;
};
/// JSON {"names":[…],"votes":[…] or [[by region]…],"regions":[…],"is_coalition":[…] or "partners":[…],"seats":n}, or
/// CSV with a heading: name, votes (or members), optionally partners. refuses  figures_malformed, name_twice,
/// number_out_of_range, nobody_to_share, with line or field
Result<Figures> read_figures(std::string_view name, std::string_view content);

/// A share below which a list gets nothing; `partners` and more parties behind it.
struct Threshold {
    std::int64_t partners = 1;
    Fraction share;
};

struct ShareOptions {
    ShareMethod method = ShareMethod::hare;
    std::int64_t seats = 0;             ///< 0: as the file says
    std::int64_t minimum = 0;           ///< seats for each that takes part, at least
    std::vector<Threshold> thresholds;  ///< the one with most partners that applies counts
    std::int64_t votes_cast = 0;        ///< what thresholds are shares of; 0: the sum of the figures
    std::vector<std::vector<std::string>>
        agreements;                      ///< lists whose votes are shared as one, then among them (Bader-Ofer)
    std::optional<ShareMethod> regions;  ///< seats go to regions first, by all votes there and this method
    std::string tie_break;               ///< "", "order", "lot=SEED"; "" leaves equal claims open
};

/// One seat given by highest averages: the how manieth, to whom, that one's how manieth, by what average.
struct Award {
    std::int64_t seat = 0;
    int to = 0;
    std::int64_t of_its = 0;
    std::string average;
};
/// What one list or unit gets, and why.
struct Claim {
    bool takes_part = true;  ///< not below the threshold
    std::int64_t seats = 0;
    std::int64_t whole = 0;  ///< largest remainder: whole quotas
    std::string remainder;   ///< largest remainder: as a fraction of the quota, 6 places
    bool by_minimum = false;
};
struct Sharing {
    ShareMethod method = ShareMethod::hare;
    std::string title;
    std::vector<std::string> names;
    std::vector<std::int64_t> votes;
    std::vector<Claim> claims;
    std::int64_t seats = 0, votes_cast = 0;
    std::string quota;          ///< largest remainder; six places
    std::vector<Award> awards;  ///< highest averages, beyond the minimum, in order
    std::vector<int> tied;      ///< with equal claims to the last seats
    std::int64_t open = 0;      ///< seats the tie leaves open
    std::string tie_broken_by;  ///< "order" or "lot=SEED", if that was needed
    std::vector<std::string> regions;
    std::vector<Sharing> in_regions;  ///< one for each region
};

/// Shares seats. Whole numbers and fractions only.
/// refuses  number_out_of_range, seats_missing, minimum_exceeds_seats, nobody_to_share, nobody_over_threshold,
///          share_impossible (threshold), group_unknown (agreement), tie_rule_unknown
/// cost     seats times log of names
Result<Sharing> share_seats(const Figures& figures, const ShareOptions& options);

/// "4%", "0.0325", "3.25 %", "1/25" as a fraction. Refuses share_impossible.
Result<Fraction> share_from(std::string_view text);

Json json_of(const Sharing& sharing);
std::string text_of(const Sharing& sharing, Language language);

}  // namespace plenum::count
