// SPDX-License-Identifier: Apache-2.0
// Files of votes and of figures, and the rules that can count what was read.
#include <algorithm>
#include <set>

#include "count/ballots/read.h"
#include "count/methods.h"
#include "count/share/share.h"
#include "fuzz/fuzz.h"

using namespace plenum;
using namespace plenum::count;

namespace {

/// By some of the rules, which ones the text decides: all of them for every text leave time for few texts.
void count_by_some_rules(const Profile& profile, std::size_t text) {
    // Larger contests take their time without reaching anything else.
    if (profile.candidates() > 12 || profile.preferences.size() > 300 || profile.pairs.size() > 12) return;
    const auto methods = all_methods();
    for (std::size_t i = 0; i < 3; ++i) {
        const auto& method = methods[(text + i * 7) % methods.size()];
        CountOptions options;
        options.seats = method.one_seat ? 1 : std::clamp<std::int64_t>(profile.seats, 1, 5);
        const auto count = count_votes(profile, method, options);
        if (!count) continue;
        const std::set<int> elected(count->winners.begin(), count->winners.end());
        HOLDS(elected.size() == count->winners.size());
        HOLDS(static_cast<std::int64_t>(elected.size()) + count->open_seats == options.seats);
        for (const int who : elected)
            HOLDS(who >= 0 && who < static_cast<int>(profile.candidates()) &&
                  !profile.withdrawn[static_cast<std::size_t>(who)]);
        HOLDS(count->valid + count->blank + count->invalid == count->ballots || profile.asked == Asked::pairs);
        HOLDS(json_from_text(canonical_json(json_of(*count, Language::en))));
        HOLDS(is_utf8(page_of(*count, Language::zh_hans)));
    }
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    auto text = fuzz::text_of(bytes, size);
    constexpr const char* names[] = {"x.blt",  "x.toi", "x.cat",       "x.csv",       "x.stv",
                                     "x.json", "x",     "figures.csv", "figures.json"};
    const auto chosen = fuzz::choice(text, std::size(names));
    if (chosen >= 7) {
        const auto figures = read_figures(names[chosen], text);
        if (!figures || figures->names.size() > 50) return 0;
        for (const auto& each : all_share_methods()) {
            ShareOptions options;
            options.method = each.method;
            options.seats = 17;
            const auto sharing = share_seats(*figures, options);
            if (!sharing) continue;
            std::int64_t seats = sharing->open;
            for (const auto& claim : sharing->claims) seats += claim.seats;
            HOLDS(seats == 17);
        }
        return 0;
    }
    for (const auto wanted : {Asked::orders, Asked::marks, Asked::grades})
        if (const auto profile = read_ballots(names[chosen], text, wanted))
            count_by_some_rules(*profile, std::hash<std::string_view>()(text));
    return 0;
}
