// SPDX-License-Identifier: Apache-2.0
#include "count/course/course.h"
#include "count/share/share.h"

namespace plenum::count {

Json json_of(const Sharing& sharing) {
    JsonObject out{{"method", name_of(sharing.method)},
                   {"title", sharing.title},
                   {"seats_shared", sharing.seats},
                   {"votes_cast", sharing.votes_cast},
                   {"open", sharing.open}};
    if (!sharing.quota.empty()) out["quota"] = sharing.quota;
    if (!sharing.tie_broken_by.empty()) out["tie_broken_by"] = sharing.tie_broken_by;
    JsonArray names, votes, seats, tied, claims, awards;
    for (std::size_t i = 0; i < sharing.names.size(); ++i) {
        const auto& claim = sharing.claims[i];
        names.push_back(Json(sharing.names[i]));
        votes.push_back(sharing.votes[i]);
        seats.push_back(claim.seats);
        JsonObject one{{"name", sharing.names[i]},
                       {"votes", sharing.votes[i]},
                       {"seats", claim.seats},
                       {"takes_part", claim.takes_part}};
        if (!claim.remainder.empty()) {
            one["whole"] = claim.whole;
            one["remainder"] = claim.remainder;
        }
        if (claim.by_minimum) one["by_minimum"] = true;
        claims.push_back(std::move(one));
    }
    for (const int who : sharing.tied) tied.push_back(who + 1);
    for (const auto& each : sharing.awards)
        awards.push_back(
            JsonObject{{"seat", each.seat}, {"to", each.to + 1}, {"of_its", each.of_its}, {"average", each.average}});
    out["names"] = std::move(names);
    out["votes"] = std::move(votes);
    out["seats"] = std::move(seats);
    out["tied"] = std::move(tied);
    out["claims"] = std::move(claims);
    if (!awards.empty()) out["awards"] = std::move(awards);
    if (!sharing.in_regions.empty()) {
        JsonArray regions;
        for (const auto& each : sharing.in_regions) regions.push_back(json_of(each));
        out["regions"] = std::move(regions);
    }
    return out;
}

std::string text_of(const Sharing& sharing, Language language) {
    std::string out;
    const auto line = [&](std::string_view key, const std::string& value) { out += labelled(language, key, value); };
    if (!sharing.title.empty()) out += sharing.title + "\n";
    line("method", say(language, "count.share." + std::string(name_of(sharing.method))));
    line("seats", std::to_string(sharing.seats));
    line("quota", sharing.quota);
    for (std::size_t i = 0; i < sharing.names.size(); ++i) {
        const auto& claim = sharing.claims[i];
        out += std::to_string(claim.seats) + "\t" + sharing.names[i] + "\t" + std::to_string(sharing.votes[i]);
        if (!claim.takes_part) out += "\t" + say(language, "count.label.below_threshold");
        if (claim.by_minimum) out += "\t" + say(language, "count.label.by_minimum");
        if (!claim.remainder.empty()) out += "\t" + std::to_string(claim.whole) + " + " + claim.remainder;
        out += "\n";
    }
    if (!sharing.tied.empty()) {
        std::string tied;
        for (const int who : sharing.tied)
            tied += (tied.empty() ? "" : say(language, "count.list.between")) +
                    sharing.names[static_cast<std::size_t>(who)];
        line("tied", tied);
    }
    if (sharing.open > 0) line("open_seats", std::to_string(sharing.open));
    if (!sharing.tie_broken_by.empty()) {
        TieRule rule;
        if (sharing.tie_broken_by.starts_with("lot=")) {
            rule.last = TieDecider::lot;
            rule.seed = sharing.tie_broken_by.substr(4);
        }
        line("ties", sentence_of(language, rule));
    }
    for (const auto& each : sharing.in_regions) out += "\n" + text_of(each, language);
    return out;
}

}  // namespace plenum::count
