// SPDX-License-Identifier: Apache-2.0
#include "app/screen_view.h"

#include <algorithm>

#include "congress/sentences.h"
#include "election/views.h"

namespace plenum::app {
namespace {

using congress::Congress;
using congress::Focus;

constexpr int rows_per_page = 12;

Text screen_text(std::string_view name, const Facts& facts = {}, const std::vector<TextFact>& texts = {}) {
    return say_all("screen." + std::string(name), facts, texts);
}

Json text_or_null(const Text& text) { return text.empty() ? Json(nullptr) : json_from(text); }

/// 1-based place of an item in the agenda, or null.
Json number_of(const Congress& congress, const std::optional<congress::ItemId>& id) {
    if (!id) return nullptr;
    for (std::size_t i = 0; i < congress.agenda.size(); ++i)
        if (congress.agenda[i].item.id == *id) return static_cast<std::int64_t>(i + 1);
    return nullptr;
}

const congress::BodyRecord* body_in_focus(const Congress& congress) {
    return congress.focus == Focus::result ? congress.find_body(congress.focus_subject) : nullptr;
}

/// Ballots of this round are out, or coming back, and nothing has been declared for it.
bool ballots_are_out(const congress::BodyRecord& body, const election::Election* election) {
    return election && body.may_issue(election->round) && static_cast<int>(body.results.size()) < election->round;
}

/// The box is closed and opened: nobody votes any more, and the tellers count until the result is declared.
bool ballots_are_back(const election::Election& election) { return election.collected_at.has_value(); }

/// The round that a declared result came from.
const election::Election* round_of(const Books& books, const Congress& congress,
                                   const congress::DeclaredResult& result) {
    for (const auto& [id, each] : books.elections)
        if (each.congress == congress.id && each.result && each.result->certificate == result.certificate) return &each;
    return nullptr;
}

/// "Elected is who has more than half of …", by the rules of the round itself: a vote among the tied or a runoff has
/// others than the first ballot, and a measure adopted since has no part in it.
Text election_rule(const election::Election* election, std::optional<std::int64_t> base_count) {
    if (!election) return {};
    const auto rules = election::rules_of_round(*election);
    return rules ? rules::rule_sentence(*rules, base_count) : Text{};
}

JsonObject gathering(const Congress& congress) {
    const auto quorum = congress::quorum_now(congress);
    struct Attendance {
        std::int64_t entitled = 0, present = 0;
    };
    std::map<congress::UnitId, Attendance> by_unit;
    for (const auto& [id, mandate] : congress.mandates) {
        if (!congress.is_elector(id)) continue;
        auto& attendance = by_unit[mandate.delegate.unit];
        ++attendance.entitled;
        attendance.present += congress.sitting.present.contains(id);
    }
    JsonArray delegations;
    for (const auto& unit : congress.units) {
        // Of a body that meets, only the delegations that have members in it.
        if (congress.in_first_plenary() && !by_unit.contains(unit.id)) continue;
        const auto& [entitled, present] = by_unit[unit.id];
        delegations.push_back(JsonObject{{"name", json_from(unit.name)}, {"entitled", entitled}, {"present", present}});
    }
    if (congress.in_first_plenary()) {  // members who are no delegates have no delegation
        Attendance others;
        for (const auto& id : congress.sitting.members) {
            if (congress.mandates.contains(id)) continue;
            ++others.entitled;
            others.present += congress.sitting.present.contains(id);
        }
        if (others.entitled > 0)
            delegations.push_back(JsonObject{{"name", json_from(screen_text("no_delegates"))},
                                             {"entitled", others.entitled},
                                             {"present", others.present}});
    }
    return {{"sitting", json_from(congress.sitting.title)},
            {"welcome", json_from(screen_text("welcome"))},
            {"quorum_required", quorum ? Json(quorum->required) : Json(nullptr)},
            {"quorum_met", quorum && quorum->met},
            {"rule", quorum ? json_from(rules::rule_sentence(*quorum)) : json_from(Text{})},
            {"delegations", std::move(delegations)}};
}

JsonObject item_view(const Congress& congress, const congress::Item& item) {
    JsonArray documents, next;
    for (const auto& hash : item.documents)
        documents.push_back(
            JsonObject{{"title", json_from(congress.documents.at(hash).title)}, {"path", "/documents/" + hash}});
    const Json number = number_of(congress, item.item.id);
    for (std::size_t i = static_cast<std::size_t>(number.as_int64()); i < congress.agenda.size() && next.size() < 3;
         ++i)
        if (!congress.agenda[i].done)
            next.push_back(JsonObject{{"number", static_cast<std::int64_t>(i + 1)},
                                      {"title", json_from(congress.agenda[i].item.title)}});
    return {{"number", number},
            {"title", json_from(item.item.title)},
            {"kind", name_of(item.item.type)},
            {"presenter", item.item.presenter.empty() ? Json(nullptr) : Json(item.item.presenter)},
            {"documents", std::move(documents)},
            {"next", std::move(next)}};
}

JsonObject question_view(const Congress& congress, const congress::QuestionPut& put) {
    const auto rule = congress::majority_rule(congress, put);
    return {{"number", number_of(congress, put.item)},
            {"question", json_from(congress::question_named(congress, put))},
            {"mode", json_from(congress::words_for("mode", name_of(put.mode)))},
            {"closes_at", put.closes_at ? Json(text_from_time(*put.closes_at)) : Json(nullptr)},
            {"voted", nullptr},
            {"electorate", static_cast<std::int64_t>(congress.sitting.present.size())},
            {"rule", json_from(rule ? *rule : Text{})},
            {"secret", put.mode == congress::VoteMode::secret},
            {"seats", nullptr},
            {"candidates", nullptr}};
}

JsonObject ballots_view(const congress::BodyRecord& body, const election::Election& election) {
    // Of the other bases the number is known when the ballots are back.
    const auto rules = election::rules_of_round(election);
    const auto base_count = rules && rules->base == count::Base::entitled ? std::optional(body.authorised->entitled)
                                                                          : std::optional<std::int64_t>();
    return {{"number", nullptr},
            {"question", json_from(screen_text("elect", {}, {{"body", body.body.title}}))},
            {"mode", json_from(congress::words_for("mode", "secret"))},
            {"closes_at", nullptr},
            {"voted", nullptr},
            {"electorate", election.ballots ? election.ballots->issued : body.authorised->present},
            {"rule", json_from(election_rule(&election, base_count))},
            {"secret", true},
            {"seats", election.seats},
            {"candidates", static_cast<std::int64_t>(election.candidates.size())}};
}

JsonObject verdict(const Congress& congress, const congress::Question& question) {
    const auto& decided = *question.decided;
    const auto rule = congress::majority_rule(congress, question.put);
    return {{"number", number_of(congress, question.put.item)},
            {"question", json_from(congress::question_named(congress, question.put))},
            {"adopted", decided.adopted},
            {"for", decided.in_favour},
            {"against", decided.against},
            {"abstain", decided.abstaining},
            {"base", decided.base},
            {"base_name", json_from(congress::base_name(decided.base))},
            {"base_count", decided.base_count},
            {"required", decided.required},
            {"rule", json_from(rule ? *rule : Text{})}};
}

JsonObject result_view(const Books& books, const Congress& congress, const congress::BodyRecord& body, int page) {
    const auto& result = body.results.back().result;
    // Where most votes win there is no line that a name must reach.
    const auto threshold = result.base == name_of(count::Base::none) ? std::nullopt : result.threshold;
    JsonArray rows, tied;
    std::int64_t elected = 0;
    for (const auto& row : result.rows) {
        const auto& name = row.called();
        elected += row.elected;
        if (row.tied) tied.push_back(Json(name));
        rows.push_back(JsonObject{{"rank", row.rank},
                                  {"name", name},
                                  {"unit", row.unit},
                                  {"for", row.in_favour},
                                  {"against", row.against},
                                  {"abstain", row.abstaining},
                                  {"elected", row.elected},
                                  {"write_in", row.write_in},
                                  {"ineligible", row.ineligible}});
    }
    const auto next = congress::next_steps(congress, body, result);
    const bool without_ballot = result.valid_election && result.issued == 0;
    const auto rule =
        without_ballot ? say_all("congress.paper.uncontested", {{"seats", result.seats}}, {{"body", body.body.title}})
                       : election_rule(round_of(books, congress, result),
                                       threshold ? std::optional(result.base_count) : std::nullopt);
    return {{"body", json_from(body.body.title)},
            {"valid_election", result.valid_election},
            {"round", result.round},
            {"seats", result.seats},
            {"threshold", threshold ? Json(*threshold) : Json(nullptr)},
            {"base", result.base},
            {"base_name", json_from(congress::base_name(result.base))},
            {"base_count", result.base_count},
            {"scale_max", result.valid},
            {"rows", std::move(rows)},
            {"elected", elected},
            {"open", result.open},
            {"tied", std::move(tied)},
            {"next", text_or_null(congress::joined(next, "", " "))},
            {"rule", json_from(rule)},
            {"state", json_from(congress::body_state_name(congress, body))},
            {"page", page},
            {"pages", result_pages(congress)},
            {"record", result.certificate}};
}

JsonObject pause(std::string_view kind, const Text& sentence, const Text& next) {
    return {{"kind", kind}, {"sentence", json_from(sentence)}, {"next", text_or_null(next)}};
}

JsonObject interruption(const Congress& congress) {
    const bool no_quorum = congress.sitting.reason == congress::Interruption::want_of_quorum;
    const bool plain = congress.sitting.reason == congress::Interruption::pause;
    const auto reason = congress::words_for("interruption", name_of(congress.sitting.reason));
    return pause(no_quorum ? "no_quorum" : "pause",
                 no_quorum ? screen_text("no_quorum")
                 : plain   ? screen_text("paused")
                           : screen_text("interrupted", {}, {{"reason", reason}}),
                 congress.sitting.announcement);
}

/// While the ballots are counted the hall sees that they are, how many came back (among the figures), and no mark.
JsonObject counting_view(const Congress& congress, const congress::BodyRecord& body,
                         const election::Election& election) {
    const bool counted = election.result.has_value();
    const bool announced = congress.sitting.state == congress::SittingState::interrupted;
    const auto sentence = counted ? screen_text("counted", {}, {{"body", body.body.title}})
                                  : screen_text("counting", {}, {{"body", body.body.title}});
    return pause("counting", sentence,
                 announced ? congress.sitting.announcement
                 : counted ? screen_text("after_count")
                           : screen_text("during_count"));
}

Text nominated_sentence(const Congress& congress, const congress::BodyRecord& body) {
    return screen_text("nominated", {{"members", body.nominated->members.size()}},
                       {{"body", body.body.title},
                        {"names", congress::nominated_names(*body.nominated)},
                        {"state", congress::body_state_name(congress, body)}});
}

/// Whom the plenary of the body in focus has elected.
Text announced_sentence(const Congress& congress) {
    const auto* body = congress.find_body(congress.focus_subject);
    const std::vector<TextFact> facts{{"body", congress::body_title(congress, congress.focus_subject)},
                                      {"offices", congress::offices_of(congress, congress.focus_subject)}};
    return body && body->plenaries.size() > 1 ? screen_text("plenary_announced_again", {}, facts)
                                              : screen_text("plenary_announced", {}, facts);
}

/// That the body in focus is elected anew, and who did not approve what it was elected with.
Text new_election_sentence(const Congress& congress) {
    const auto* body = congress.find_body(congress.focus_subject);
    const auto party = body && !body->former.empty() ? body->former.back().party : std::string();
    return screen_text("new_election", {},
                       {{"body", congress::body_title(congress, congress.focus_subject)},
                        {"party", congress::party_name(congress, party)}});
}

}  // namespace

int result_pages(const Congress& congress) {
    const auto* body = body_in_focus(congress);
    if (!body || body->results.empty()) return 1;
    const auto rows = static_cast<int>(body->results.back().result.rows.size());
    return std::max(1, (rows + rows_per_page - 1) / rows_per_page);
}

Json screen_view(const Books& books, const Congress& congress, const ScreenControl& control, std::string_view head) {
    JsonObject states{{"gathering", nullptr},       {"item", nullptr}, {"vote_open", nullptr}, {"verdict", nullptr},
                      {"election_result", nullptr}, {"pause", nullptr}};
    std::string_view state;
    const auto show = [&](std::string_view name, JsonObject view) {
        state = name;
        states[name] = std::move(view);
    };
    const auto* body = body_in_focus(congress);
    const auto* election = body ? books.election_of(congress.id, body->body.name) : nullptr;
    const auto* item = congress.find_item(congress.current_item);
    const auto sitting = congress.sitting.state;

    // The order is that of what the hall must know first.
    if (control.notice)
        show("pause", pause("notice", *control.notice, {}));
    else if (congress.closed)
        show("pause",
             pause("closed", screen_text("closed", {}, {{"congress", congress::title_of(congress.plan->numbering)}}),
                   {}));
    else if (sitting == congress::SittingState::interrupted &&
             congress.sitting.reason != congress::Interruption::count_of_ballots)
        show("pause", interruption(congress));
    else if (sitting == congress::SittingState::none && congress.sitting.number == 0)
        show("pause",
             pause("soon", screen_text("soon", {}, {{"congress", congress::title_of(congress.plan->numbering)}}),
                   screen_text(
                       "begins", {},
                       {{"date", congress::written_date(congress.plan->begins_on)}, {"place", congress.plan->place}})));
    else if (sitting == congress::SittingState::none)
        show("pause", pause("between_sittings", screen_text("sitting_over", {}, {{"title", congress.sitting.title}}),
                            screen_text("wait")));
    else if (sitting == congress::SittingState::checking_in)
        show("gathering", gathering(congress));
    else if (!congress.open_question.empty())
        show("vote_open", question_view(congress, congress.questions.at(congress.open_question).put));
    else if (congress.focus == Focus::verdict && congress.questions.at({congress.focus_subject}).decided)
        show("verdict", verdict(congress, congress.questions.at({congress.focus_subject})));
    else if (body && ballots_are_out(*body, election) && ballots_are_back(*election))
        show("pause", counting_view(congress, *body, *election));
    else if (body && ballots_are_out(*body, election))
        show("vote_open", ballots_view(*body, *election));
    else if (body && !body->results.empty())
        show("election_result", result_view(books, congress, *body, std::min(control.page, result_pages(congress))));
    else if (congress.focus == Focus::announcement)
        show("pause", pause("notice", announced_sentence(congress), {}));
    else if (congress.focus == Focus::new_election)
        show("pause", pause("notice", new_election_sentence(congress), {}));
    else if (body && body->nominated)
        show("pause", pause("notice", nominated_sentence(congress, *body), {}));
    else if (sitting == congress::SittingState::interrupted)
        show("pause", interruption(congress));
    else if (congress.focus != Focus::gathering && item)
        show("item", item_view(congress, *item));
    else
        show("gathering", gathering(congress));

    const bool is_counting = state == "pause" && states["pause"].at("kind") == Json("counting");
    const bool gathered = sitting != congress::SittingState::none;
    JsonObject figures{
        {"entitled", congress.electors() > 0 ? Json(congress.electors()) : Json(nullptr)},
        {"present", gathered ? Json(static_cast<std::int64_t>(congress.sitting.present.size())) : Json(nullptr)},
        {"issued", nullptr},
        {"returned", nullptr},
        {"valid", nullptr}};
    if (state == "election_result") {
        const auto& result = body->results.back().result;
        figures["present"] = result.present;
        figures["issued"] = result.issued;
        figures["returned"] = result.returned;
        figures["valid"] = result.valid_election ? Json(result.valid) : Json(nullptr);
    } else if (body && ballots_are_out(*body, election) && (state == "vote_open" || is_counting)) {
        if (election->ballots) figures["issued"] = election->ballots->issued;
        if (election->returned) figures["returned"] = *election->returned;
    }
    JsonArray scrutineers;
    for (const auto& each : congress.scrutineers_now()) scrutineers.push_back(Json(congress.name_of_delegate(each)));
    const auto last = books.last.find(congress.id);
    JsonObject out{{"seq", last == books.last.end() ? 0 : last->second},
                   {"at", text_from_time(congress.last_at)},
                   {"utc_offset_minutes", congress.plan->utc_offset_minutes},
                   {"rehearsal", congress.plan->rehearsal},
                   {"organisation", json_from(congress.plan->organisation)},
                   {"congress", json_from(congress::title_of(congress.plan->numbering))},
                   {"state", state},
                   {"figures", std::move(figures)},
                   {"fingerprint", head},
                   {"scrutineers", std::move(scrutineers)}};
    for (auto& member : states) out[member.key()] = std::move(member.value());
    return out;
}

}  // namespace plenum::app
