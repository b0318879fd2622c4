// SPDX-License-Identifier: Apache-2.0
#include "count/course/course.h"

#include <algorithm>
#include <set>

namespace plenum::count {
namespace {

std::string between(Language language) { return say(language, "count.list.between"); }

std::string names_of(Language language, const Count& count, const std::vector<int>& who) {
    std::string out;
    for (const int each : who)
        out += (out.empty() ? "" : between(language)) + count.names[static_cast<std::size_t>(each)];
    return out;
}

JsonArray from_one(const std::vector<int>& who) {
    JsonArray out;
    for (const int each : who) out.push_back(each + 1);
    return out;
}
Json table(const std::vector<std::vector<std::int64_t>>& rows) {
    JsonArray out;
    for (const auto& row : rows) {
        JsonArray cells;
        for (const auto each : row) cells.push_back(each);
        out.push_back(std::move(cells));
    }
    return out;
}

/// The committees that the rules elect, each once, whatever the order of election.
std::set<std::set<int>> committees_of(const Count& count) {
    std::set<std::set<int>> out{{count.winners.begin(), count.winners.end()}};
    for (const auto& each : count.beside) out.emplace(each.winners.begin(), each.winners.end());
    return out;
}

Json tie_rule_json(const Count& count) {
    JsonObject out{{"last", name_of(count.tie_rule.last)}, {"earlier_stages", count.tie_rule.earlier_stages}};
    if (count.tie_rule.last != TieDecider::undecided) out["order"] = from_one(count.tie_rule.order);
    if (count.tie_rule.last == TieDecider::lot) out["seed"] = count.tie_rule.seed;
    return out;
}

}  // namespace

std::string sentence_of(Language language, const Count& count, const Stage& stage) {
    return say(language, "count.reason." + std::string(name_of(stage.reason)),
               {{"names", names_of(language, count, stage.who)},
                {"amount", stage.amount},
                {"quota", stage.quota},
                {"seats", count.seats},
                {"ballots", count.valid}});
}

std::string sentence_of(Language language, const Count& count, const TieBreak& tie) {
    return say(language, "count.tie." + std::string(name_of(tie.by)),
               {{"names", names_of(language, count, tie.among)},
                {"chosen", count.names[static_cast<std::size_t>(tie.chosen)]},
                {"purpose", say(language, "count.reason." + std::string(name_of(tie.purpose)),
                                {{"names", names_of(language, count, tie.among)}})},
                {"stage", tie.stage},
                {"seed", count.tie_rule.seed}});
}

std::string sentence_of(Language language, const Arithmetic& arithmetic) {
    return say(language, "count.arithmetic." + std::string(name_of(arithmetic.kind)),
               {{"places", arithmetic.places}, {"guard", arithmetic.guard}});
}

std::string sentence_of(Language language, const TieRule& rule) {
    const auto last = say(language, "count.tie_rule." + std::string(name_of(rule.last)), {{"seed", rule.seed}});
    return rule.earlier_stages ? say(language, "count.tie_rule.earlier_stage", {{"last", last}}) : last;
}

std::string labelled(Language language, std::string_view key, std::string_view value) {
    if (value.empty()) return {};
    const auto label = say(language, "count.label." + std::string(key));
    return say(language, "count.list.labelled", {{"label", label}, {"value", value}}) + "\n";
}

Json json_of(const Count& count, Language language) {
    JsonObject out;
    out["method"] = count.method;
    out["source"] = count.rule;
    out["arithmetic"] = sentence_of(Language::en, count.arithmetic);
    out["title"] = count.title;
    JsonArray names, winner_names;
    std::vector<int> withdrawn;
    for (std::size_t i = 0; i < count.names.size(); ++i) {
        names.push_back(Json(count.names[i]));
        if (count.withdrawn[i]) withdrawn.push_back(static_cast<int>(i));
    }
    for (const int who : count.winners) winner_names.push_back(Json(count.names[static_cast<std::size_t>(who)]));
    out["candidates"] = std::move(names);
    out["withdrawn"] = from_one(withdrawn);
    out["seats"] = count.seats;
    out["read"] = count.ballots;
    out["ballots"] = count.valid;
    out["blank"] = count.blank;
    out["invalid"] = count.invalid;
    out["cut_at_equal_rank"] = count.cut_at_equal;
    if (!count.quota.empty()) out["quota"] = count.quota;
    out["winners"] = from_one(count.winners);
    out["winner_names"] = std::move(winner_names);
    out["open_seats"] = count.open_seats;
    out["tied_at_cut"] = from_one(count.tied_at_cut);
    out["tie_rule"] = tie_rule_json(count);
    JsonArray ties;
    for (const auto& each : count.tie_breaks) {
        JsonObject tie{{"round", each.round},           {"purpose", name_of(each.purpose)},
                       {"among", from_one(each.among)}, {"chosen", each.chosen + 1},
                       {"by", name_of(each.by)},        {"what", sentence_of(language, count, each)}};
        if (each.stage >= 0) tie["stage"] = each.stage;
        ties.push_back(std::move(tie));
    }
    out["tie_breaks"] = std::move(ties);
    JsonArray stages;
    for (const auto& each : count.stages) {
        JsonObject stage{{"round", each.round},
                         {"event", name_of(each.event)},
                         {"reason", name_of(each.reason)},
                         {"who", from_one(each.who)},
                         {"what", sentence_of(language, count, each)}};
        JsonArray votes;
        for (const auto& figure : each.votes) votes.push_back(figure.empty() ? Json(nullptr) : Json(figure));
        stage["votes"] = std::move(votes);
        if (!each.amount.empty()) stage["amount"] = each.amount;
        if (!each.quota.empty()) stage["quota"] = each.quota;
        if (!each.nontransferable.empty()) stage["nontransferable"] = each.nontransferable;
        if (!each.flows.empty()) {
            JsonArray transfers;
            for (const auto& flow : each.flows)
                transfers.push_back(JsonObject{{"from", flow.from + 1},
                                               {"to", flow.to < 0 ? Json(nullptr) : Json(flow.to + 1)},
                                               {"votes", flow.votes}});
            stage["transfers"] = std::move(transfers);
        }
        stages.push_back(std::move(stage));
    }
    out["stages"] = std::move(stages);
    if (!count.ranking.empty()) {
        JsonArray ranking;
        for (const auto& equals : count.ranking) ranking.push_back(from_one(equals));
        out["ranking"] = std::move(ranking);
    }
    if (!count.pairs.empty()) {
        out["pairwise_first_over_second"] = table(count.pairs);
        out["condorcet_winner"] = count.condorcet_winner ? Json(*count.condorcet_winner + 1) : Json(nullptr);
    }
    if (!count.paths.empty()) out["paths_first_to_second"] = table(count.paths);
    if (!count.grades.empty()) out["voters_by_grade"] = table(count.grades);
    if (!count.medians.empty()) {
        JsonArray medians;
        for (const int each : count.medians) medians.push_back(each);
        out["median_grades"] = std::move(medians);
    }
    if (!count.events.empty()) {
        JsonArray events;
        for (const auto& each : count.events) events.push_back(*json_from_text(each));
        out["events"] = std::move(events);
    }
    if (count.margin.least || count.margin.enough) {
        JsonObject margin;
        if (count.margin.least) margin["least"] = *count.margin.least;
        if (count.margin.enough) margin["enough"] = *count.margin.enough;
        if (count.margin.instead_of >= 0) margin["instead_of"] = count.margin.instead_of + 1;
        if (count.margin.instead >= 0) margin["instead"] = count.margin.instead + 1;
        out["margin"] = std::move(margin);
    }
    if (!count.beside.empty()) {
        JsonArray beside;
        for (const auto& each : count.beside)
            beside.push_back(JsonObject{{"method", each.method}, {"winners", from_one(each.winners)}});
        out["beside"] = std::move(beside);
        out["committees"] = committees_of(count).size();
    }
    if (!count.beside_left_out.empty())
        out["beside_left_out"] = JsonArray(count.beside_left_out.begin(), count.beside_left_out.end());
    return out;
}

std::string margin_sentence(const Count& count, Language language) {
    const auto& margin = count.margin;
    const auto name = [&](int who) { return who < 0 ? std::string() : count.names[static_cast<std::size_t>(who)]; };
    if (margin.instead_of >= 0 &&
        std::find(count.winners.begin(), count.winners.end(), margin.instead_of) == count.winners.end())
        return say(language, "count.margin.level",
                   {{"first", name(margin.instead_of)}, {"second", name(margin.instead)}});
    const Facts facts{{"least", margin.least.value_or(0)},
                      {"enough", margin.enough.value_or(0)},
                      {"instead_of", name(margin.instead_of)},
                      {"instead", name(margin.instead)}};
    if (margin.least && margin.enough && *margin.least == *margin.enough)
        return say(language, "count.margin.exact", facts);
    if (margin.least && margin.enough) return say(language, "count.margin.between", facts);
    if (margin.enough) return say(language, "count.margin.enough", facts);
    if (margin.least) return say(language, "count.margin.least", facts);
    return {};
}

std::vector<std::string> beside_sentences(const Count& count, Language language) {
    std::vector<std::string> out;
    for (const auto& each : count.beside_left_out)
        out.push_back(say(language, "count.beside.one_seat", {{"method", each}, {"seats", count.seats}}));
    if (count.beside.empty()) return out;
    const auto names = [&](const std::vector<int>& who) {
        return who.empty() ? say(language, "count.label.nobody") : names_of(language, count, who);
    };
    for (const auto& each : count.beside)
        out.push_back(say(language, "count.beside.rule", {{"method", each.method}, {"names", names(each.winners)}}));
    const auto committees = committees_of(count);
    std::vector<int> by_all;
    for (const int who : count.winners)
        if (std::all_of(committees.begin(), committees.end(), [&](const auto& each) { return each.contains(who); }))
            by_all.push_back(who);
    out.push_back(
        say(language, committees.size() == 1 ? "count.beside.same" : "count.beside.differ",
            {{"rules", count.beside.size() + 1}, {"committees", committees.size()}, {"names", names(by_all)}}));
    return out;
}

std::string text_of(const Count& count, Language language) {
    std::string out;
    const auto line = [&](std::string_view key, const std::string& value) { out += labelled(language, key, value); };
    if (!count.title.empty()) out += count.title + "\n";
    line("method", count.method);
    line("source", count.rule);
    line("arithmetic", sentence_of(language, count.arithmetic));
    line("seats", std::to_string(count.seats));
    line("ballots", say(language, "count.label.ballots_split",
                        {{"read", count.ballots},
                         {"valid", count.valid},
                         {"blank", count.blank},
                         {"invalid", count.invalid},
                         {"cut", count.cut_at_equal}}));
    line("quota", count.quota);
    line("ties", sentence_of(language, count.tie_rule));
    out += "\n";
    for (const auto& stage : count.stages) {
        out += std::to_string(stage.round) + "  " + sentence_of(language, count, stage) + "\n";
        if (stage.event != Event::transfer && stage.event != Event::begin && stage.event != Event::count &&
            stage.event != Event::end)
            continue;
        for (std::size_t i = 0; i < stage.votes.size(); ++i)
            if (!stage.votes[i].empty())
                out += "      " + std::to_string(i + 1) + " " + count.names[i] + "  " + stage.votes[i] + "\n";
        if (!stage.nontransferable.empty())
            out += "      " + say(language, "count.label.nontransferable") + "  " + stage.nontransferable + "\n";
    }
    for (const auto& tie : count.tie_breaks) out += sentence_of(language, count, tie) + "\n";
    if (!count.ranking.empty()) {
        std::string ranking;
        for (const auto& equals : count.ranking) {
            std::string together;
            for (const int who : equals)
                together += (together.empty() ? "" : " = ") + count.names[static_cast<std::size_t>(who)];
            ranking += (ranking.empty() ? "" : " > ") + together;
        }
        line("ranking", ranking);
    }
    if (!count.pairs.empty())
        line("condorcet_winner", count.condorcet_winner ? count.names[static_cast<std::size_t>(*count.condorcet_winner)]
                                                        : say(language, "count.label.nobody"));
    line("elected",
         count.winners.empty() ? say(language, "count.label.nobody") : names_of(language, count, count.winners));
    if (!count.tied_at_cut.empty()) line("tied", names_of(language, count, count.tied_at_cut));
    if (count.open_seats > 0) line("open_seats", std::to_string(count.open_seats));
    line("margin", margin_sentence(count, language));
    for (const auto& each : beside_sentences(count, language)) out += each + "\n";
    return out;
}

}  // namespace plenum::count
