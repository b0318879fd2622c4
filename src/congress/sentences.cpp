// SPDX-License-Identifier: Apache-2.0
#include "congress/sentences.h"

#include <algorithm>

namespace plenum::congress {
namespace {

/// The sentence `congress.event.<name>`.
Text tell(std::string_view name, const Facts& facts = {}, const std::vector<TextFact>& texts = {}) {
    return say_all("congress.event." + std::string(name), facts, texts);
}

Text title_of_item(const Congress& congress, const ItemId& id) {
    const auto* item = congress.find_item(id);
    return item ? item->item.title : same_text(id.value);
}

Text unit_name(const Congress& congress, const UnitId& id) {
    const auto* unit = congress.find_unit(id);
    return unit ? unit->name : same_text(id.value);
}

Text names_of(const Congress& congress, const std::vector<DelegateId>& delegates) {
    std::vector<std::string> names;
    for (const auto& each : delegates) names.push_back(congress.name_of_delegate(each));
    return list_of(names);
}

Text on(const Congress& congress, const Planned& event) {
    return tell("congress_planned", {{"delegates", event.delegates}, {"members", event.members}},
                {{"organisation", event.organisation},
                 {"congress", title_of(event.numbering)},
                 {"place", event.place},
                 {"begins", written_date(event.begins_on)},
                 {"ends", written_date(event.ends_on)},
                 {"pack", congress.rules->name()}});
}
Text on(const Congress& congress, const ValuesConfirmed& event) {
    return tell("pack_values_confirmed",
                {{"count", event.fields_confirmed.size()}, {"left", congress.unconfirmed.size()}});
}
/// What consent is asked for; of results whether they were elected or nominated.
std::string matter_of(const Congress& congress, Matter matter, std::string_view body) {
    const auto* record = congress.find_body(body);
    return std::string(name_of(matter)) +
           (matter == Matter::results && record && record->nominated ? "_nominated" : "");
}
Text on(const Congress& congress, const RequestSent& event) {
    return tell("request_sent." + matter_of(congress, event.matter, event.body), {{"document", event.document}},
                {{"party", party_name(congress, event.party)}, {"body", body_title(congress, event.body)}});
}
Text on(const Congress& congress, const ReplyRecorded& event) {
    return tell(
        "reply_recorded." + matter_of(congress, event.matter, event.body) + (event.granted ? ".granted" : ".refused"),
        {{"document", event.document}},
        {{"party", party_name(congress, event.party)}, {"body", body_title(congress, event.body)}});
}
Text on(const Congress& congress, const DelegatesAllocated& event) {
    return tell("delegates_allocated", {{"units", event.units.size()}, {"delegates", congress.plan->delegates}},
                {{"method", words_for("allocation", name_of(event.method))}});
}
Text on(const Congress& congress, const UnitElectionReported& event) {
    const auto what = congress.last_report == UnitReport::first        ? "unit_election_reported"
                      : congress.last_report == UnitReport::correction ? "unit_election_corrected"
                                                                       : "unit_by_election_reported";
    return tell(what,
                {{"electors", event.electors},
                 {"participating", event.participating},
                 {"candidates", event.candidates},
                 {"elected", event.delegates.size()},
                 {"votes", event.least_votes}},
                {{"unit", unit_name(congress, event.unit)}});
}
Text on(const Congress&, const CredentialsReviewed& event) {
    const auto count = [&](Finding finding) {
        return std::ranges::count_if(event.findings, [&](const auto& each) { return each.finding == finding; });
    };
    return tell(event.supplement == 0 ? "credentials_reviewed" : "credentials_supplemented",
                {{"supplement", event.supplement},
                 {"valid", count(Finding::valid)},
                 {"invalid", count(Finding::invalid)},
                 {"pending", count(Finding::pending)},
                 {"entitled", event.entitled}});
}
Text on(const Congress& congress, const DelegateMandateEnded& event) {
    return tell("delegate_mandate_ended",
                {{"name", congress.name_of_delegate(event.delegate)}, {"entitled", event.entitled}},
                {{"status", words_for("mandate_end", name_of(event.status))}});
}
Text on(const Congress&, const CheckInOpened& event) {
    return tell("check_in_opened", {{"number", event.number}}, {{"title", event.title}});
}
Text on(const Congress& congress, const DelegateCheckedIn& event) {
    return tell("delegate_checked_in",
                {{"name", congress.name_of_delegate(event.delegate)}, {"present", event.present}},
                {{"method", words_for("method", name_of(event.method))}});
}
Text on(const Congress& congress, const DelegateLeft& event) {
    return tell("delegate_left", {{"name", congress.name_of_delegate(event.delegate)}, {"present", event.present}});
}
Text on(const Congress& congress, const QuorumMeasured& event) {
    if (event.occasion == QuorumOccasion::ballot_issue && rules::quorum_by_post(*congress.rules, event.rule))
        return tell("quorum_measured.by_post", {{"entitled", event.entitled}},
                    {{"body", body_title(congress, event.body)}});
    return tell(event.met ? "quorum_measured.met" : "quorum_measured.missed",
                {{"entitled", event.entitled},
                 {"present", event.present},
                 {"required", event.required},
                 {"round", event.round}},
                {{"occasion", occasion_name(congress, event)}});
}
Text on(const Congress& congress, const SittingOpened& event) {
    return tell("sitting_opened",
                {{"chair", congress.name_of_delegate(event.chair)}, {"present", congress.sitting.present.size()}},
                {{"title", congress.sitting.title}});
}
Text on(const Congress& congress, const ChairHandedOver& event) {
    return tell("chair_handed_over", {{"chair", congress.name_of_delegate(event.chair)}});
}
Text on(const Congress&, const SittingInterrupted& event) {
    return tell("sitting_interrupted", {},
                {{"reason", words_for("interruption", name_of(event.reason))}, {"announcement", event.announcement}});
}
Text on(const Congress& congress, const SittingResumed&) {
    return tell("sitting_resumed", {{"present", congress.sitting.present.size()}});
}
Text on(const Congress& congress, const SittingClosed&) {
    return tell("sitting_closed", {}, {{"title", congress.last_closed}});
}
Text on(const Congress& congress, const QuestionPut& event) {
    const auto rule = majority_rule(congress, event);
    return tell("question_put", {},
                {{"text", question_named(congress, event)},
                 {"mode", words_for("mode", name_of(event.mode))},
                 {"rule", rule ? *rule : Text{}}});
}
Text on(const Congress& congress, const QuestionDecided& event) {
    const auto& put = congress.questions.at(event.question).put;
    const std::string way = put.mode == VoteMode::acclamation ? ".by_acclamation" : ".by_count";
    return tell(std::string("question_decided") + (event.adopted ? ".adopted" : ".lost") + way,
                {{"for", event.in_favour},
                 {"against", event.against},
                 {"abstain", event.abstaining},
                 {"not_voting", event.not_voting},
                 {"required", event.required},
                 {"base_count", event.base_count}},
                {{"subject", subject_name(congress, put)}, {"base", base_name(event.base)}});
}
Text on(const Congress& congress, const QuestionWithdrawn& event) {
    return tell("question_withdrawn", {},
                {{"text", question_named(congress, congress.questions.at(event.question).put)}});
}
Text on(const Congress& congress, const PresidiumMet& event) {
    return tell(
        event.executive_chairs.empty() ? "presidium_met.plain" : "presidium_met.with_chairs",
        {{"number", event.number}},
        {{"chairs", names_of(congress, event.executive_chairs)}, {"decisions", joined(event.decisions, "", " ")}});
}
Text on(const Congress& congress, const ItemCalled& event) {
    return tell("item_called", {}, {{"item", title_of_item(congress, event.item)}});
}
Text on(const Congress&, const DocumentLaid& event) {
    return tell("document_laid", {{"hash", event.hash.substr(0, 12)}}, {{"title", event.title}});
}
Text on(const Congress& congress, const ReportHeard& event) {
    return tell(std::string("report_heard.") + std::string(name_of(event.delivery)), {{"presenter", event.presenter}},
                {{"item", title_of_item(congress, event.item)}});
}
Text on(const Congress& congress, const ItemDeliberated& event) {
    return tell("item_deliberated", {{"speakers", event.speakers}, {"amendments", event.amendments.size()}},
                {{"unit", unit_name(congress, event.unit)},
                 {"item", title_of_item(congress, event.item)},
                 {"summary", event.summary}});
}
Text on(const Congress& congress, const ItemConcluded& event) {
    return tell("item_concluded", {}, {{"item", title_of_item(congress, event.item)}});
}
Text on(const Congress&, const FactNoted& event) { return event.text; }
Text on(const Congress& congress, const ResultDeclared& event) {
    const auto& result = event.result;
    std::vector<std::string> names;
    for (const auto& row : result.rows)
        if (row.elected) names.push_back(row.called());
    const std::string_view name = !result.valid_election ? "result_declared.void"
                                  : result.issued == 0   ? "result_declared.uncontested"
                                  : names.empty()        ? "result_declared.nobody"
                                  : result.open > 0      ? "result_declared.open"
                                                         : "result_declared.full";
    return tell(name,
                {{"issued", result.issued},
                 {"returned", result.returned},
                 {"invalid", result.invalid},
                 {"valid", result.valid},
                 {"elected", names.size()},
                 {"open", result.open},
                 {"round", result.round}},
                {{"body", body_title(congress, result.body)}, {"names", list_of(names)}});
}
Text on(const Congress& congress, const BodyNominated& event) {
    return tell("body_nominated", {{"members", event.members.size()}, {"document", event.document}},
                {{"body", body_title(congress, event.body)},
                 {"by", event.proposed_by},
                 {"date", written_date(event.consulted_on)},
                 {"consulted", event.consulted},
                 {"names", nominated_names(event)}});
}
Text on(const Congress& congress, const NewElectionCalled& event) {
    std::vector<Text> falls;
    for (const auto& each : event.falls) falls.push_back(body_title(congress, each));
    return tell(falls.empty() ? "new_election_called.alone" : "new_election_called.with_others",
                {{"document", event.document}},
                {{"body", body_title(congress, event.body)},
                 {"party", party_name(congress, event.party)},
                 {"falls", joined(falls, "、", ", ")}});
}
Text on(const Congress& congress, const PlenaryAnnounced& event) {
    const auto* body = congress.find_body(event.body);
    return tell(body && body->plenaries.size() > 1 ? "plenary_announced_again" : "plenary_announced", {},
                {{"body", body_title(congress, event.body)}, {"offices", offices_of(congress, event.body)}});
}
Text on(const Congress& congress, const CongressClosed&) {
    return tell("congress_closed", {},
                {{"organisation", congress.plan->organisation}, {"congress", title_of(congress.plan->numbering)}});
}

}  // namespace

Text sentence_of(const Congress& after, const Event& event) {
    return std::visit([&](const auto& each) { return on(after, each); }, event);
}

Text body_title(const Congress& congress, std::string_view body) {
    const auto* found = congress.find_body(body);
    return found ? found->body.title : same_text(body);
}

Text offices_of(const Congress& congress, std::string_view body) {
    std::vector<Text> offices;
    for (const auto* office : congress.elected_in(body)) {
        std::vector<std::string> names;
        for (const auto& member : office->members()) names.push_back(member.called());
        offices.push_back(say_all("congress.office", {}, {{"office", office->body.title}, {"names", list_of(names)}}));
    }
    return joined(offices, "；", "; ");
}

Text party_name(const Congress& congress, std::string_view party) {
    return party == "higher_union" ? congress.plan->higher_union : words_for("party", party);
}

Text subject_name(const Congress& congress, const QuestionPut& put) {
    Text item = put.item ? title_of_item(congress, *put.item) : Text{};
    const auto name = kind_of(put.subject);
    std::vector<TextFact> texts{{"item", item}, {"text", put.text}};
    if (const auto* measure = std::get_if<AdoptMeasure>(&put.subject)) texts.push_back({"title", measure->title});
    if (const auto* resolution = std::get_if<AdoptResolution>(&put.subject))
        texts.push_back({"title", resolution->title});
    if (const auto* list = std::get_if<AdoptCandidates>(&put.subject))
        texts.push_back({"body", body_title(congress, list->body)});
    Facts facts;
    if (const auto* fewer = std::get_if<ReduceSeats>(&put.subject)) {
        texts.push_back({"body", body_title(congress, fewer->body)});
        for (const auto& planned : congress.plan->bodies)
            if (planned.name == fewer->body) facts.emplace_back("from", planned.seats);
        facts.emplace_back("seats", fewer->seats);
    }
    return say_all("congress.subject." + std::string(name), facts, texts);
}

namespace {
constexpr std::string_view title_signs[] = {"《", "》", "“", "”", "「", "」", "\""};

/// Without case and without the signs around a title: "《选举办法》", "“Rules on voting”".
std::string as_compared(std::string_view words) {
    std::string out;
    while (!words.empty()) {
        const auto sign = std::ranges::find_if(title_signs, [&](auto each) { return words.starts_with(each); });
        if (sign != std::end(title_signs)) {
            words.remove_prefix(sign->size());
            continue;
        }
        const char c = words.front();
        out += c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
        words.remove_prefix(1);
    }
    return out;
}
}  // namespace

Text question_named(const Congress& congress, const QuestionPut& put) {
    if (std::holds_alternative<AdoptMotion>(put.subject)) return put.text;
    const auto subject = subject_name(congress, put);
    const auto with_subject = say_all("congress.question_of", {}, {{"text", put.text}, {"subject", subject}});
    Text out;
    for (const auto language : all_languages) {
        const bool names_it =
            as_compared(put.text.in(language)).find(as_compared(subject.in(language))) != std::string::npos;
        out.in(language) = names_it ? put.text.in(language) : with_subject.in(language);
    }
    return out;
}

plenum::Result<Text> majority_rule(const Congress& congress, const QuestionPut& put) {
    // Once it was decided, a measure is in force or is not.
    const auto found = congress.questions.find(put.question);
    const bool decided = found != congress.questions.end() && found->second.decided;
    const auto rules =
        TRY(decided ? plenum::Result<rules::Rules>(*congress.rules) : rules_of_vote(congress, put.subject));
    rules::Votes nobody_yet;
    nobody_yet.entitled = congress.electors();
    nobody_yet.present = static_cast<std::int64_t>(congress.sitting.present.size());
    nobody_yet.against = nobody_yet.abstain = 0;
    return rule_sentence(TRY(rules::motion(rules, "motion", nobody_yet)));
}

Text body_state_name(const Congress& congress, const BodyRecord& body) {
    std::string name = "vacant";
    const int open = body.nominated ? 0 : body.body.seats - body.filled;
    switch (body.state) {
        case BodyState::vacant: name = body.former.empty() ? "vacant" : "anew"; break;
        case BodyState::incomplete: name = "incomplete"; break;
        case BodyState::pending_approval: name = body.nominated ? "nominated_pending" : "pending_approval"; break;
        case BodyState::approved: {
            const bool by_higher = !parties_to_ask(*congress.rules, Matter::results).empty();
            name = body.nominated ? (by_higher ? "nominated_approved" : "nominated")
                                  : (by_higher ? "approved" : "elected");
            break;
        }
        case BodyState::refused: name = "refused"; break;
    }
    if (open > 0 && (body.state == BodyState::pending_approval || body.state == BodyState::approved)) name += "_open";
    return say_all("congress.body_state." + name, {{"open", open}}, {{"party", congress.plan->higher_union}});
}

Text occasion_name(const Congress& congress, const QuorumMeasured& event) {
    if (event.body.empty()) return words_for("occasion", name_of(event.occasion));
    return say_all("congress.occasion.ballot_issue_of", {}, {{"body", body_title(congress, event.body)}});
}

Text base_name(std::string_view base) {
    const auto known = enum_from_name<count::Base>(base);
    return known ? count::text_of(*known) : same_text(base);
}

Text next_step_name(std::string_view step) { return words_for("next", step); }

namespace {
bool reduction_would_fit(const Congress& congress, const BodyRecord& body) {
    if (body.filled == 0) return false;
    const auto answer = rules::reduce_seats(
        *congress.rules, {body.body.name, congress.plan->members, body.body.seats, body.filled, 0, 0});
    return answer && answer->fits;
}
}  // namespace

std::vector<Text> next_steps(const Congress& congress, const BodyRecord& body, const DeclaredResult& result) {
    std::vector<Text> out;
    if ((result.open == 0 && result.valid_election) || body.reduced_from > 0) return out;
    for (const auto& step : result.next)
        if (step != name_of(count::Shortfall::reduce_seats) || reduction_would_fit(congress, body))
            out.push_back(next_step_name(step));
    return out;
}

std::vector<Text> steps_still_open(const Congress& congress, const BodyRecord& body) {
    if (body.results.empty() || body.filled >= body.body.seats) return {};
    const auto& last = body.results.back().result;
    if (body.state == BodyState::incomplete && !congress.closed) return next_steps(congress, body, last);
    const auto later = name_of(count::Shortfall::fill_later_by_rule_book);
    if (std::ranges::find(last.next, later) == last.next.end()) return {};
    return {next_step_name(later)};
}

Text words_for(std::string_view group, std::string_view name) {
    return say_all("congress." + std::string(group) + "." + std::string(name));
}

namespace {
Text month_name(int month) { return say_all("congress.paper.month." + std::to_string(month)); }
}  // namespace

Text written_date(Date date) {
    return say_all("congress.paper.date", {{"year", date.year}, {"day", date.day}},
                   {{"month", month_name(date.month)}});
}

Text written_days(Date first, Date last) {
    // What the two have in common is written once.
    const std::string_view name = first == last               ? "one"
                                  : first.year != last.year   ? "of_two_years"
                                  : first.month != last.month ? "of_a_year"
                                                              : "of_a_month";
    return say_all("congress.paper.days." + std::string(name),
                   {{"year", first.year}, {"day", first.day}, {"last_day", last.day}},
                   {{"first", written_date(first)},
                    {"last", written_date(last)},
                    {"month", month_name(first.month)},
                    {"last_month", month_name(last.month)}});
}

Text written_days(const std::set<Date>& days) {
    std::vector<Text> stretches;
    for (auto first = days.begin(), next = first; first != days.end(); first = next) {
        auto last = first;
        for (next = std::next(first); next != days.end() && days_from_date(*next) == days_from_date(*last) + 1; ++next)
            last = next;
        stretches.push_back(written_days(*first, *last));
    }
    if (stretches.size() < 2) return stretches.empty() ? Text{} : stretches.front();
    const Text last = std::move(stretches.back());
    stretches.pop_back();
    return joined({joined(stretches, "、", ", "), last}, "、", " and ");
}

Text joined(const std::vector<Text>& texts, std::string_view chinese, std::string_view english) {
    Text out;
    for (const auto language : all_languages) {
        auto& words = out.in(language);
        for (const auto& each : texts) {
            if (!words.empty()) words += language == Language::en ? english : chinese;
            words += each.in(language);
        }
    }
    return out;
}

Text role_name(std::string_view role) {
    const bool known = role == "chair" || role == "vice_chair" || role == "member";
    return known ? words_for("role", role) : same_text(role);
}

Text nominated_names(const BodyNominated& body) {
    std::vector<Text> names;
    for (const auto& member : body.members) {
        const auto name = member.name.empty() ? member.id.value_or("") : member.name;
        names.push_back(member.role == "member"
                            ? same_text(name)
                            : say_all("congress.named_in_role", {{"name", name}}, {{"role", role_name(member.role)}}));
    }
    return joined(names, "、", ", ");
}

Text list_of(const std::vector<std::string>& names) {
    std::vector<Text> texts;
    for (const auto& name : names) texts.push_back(same_text(name));
    return joined(texts, "、", ", ");
}

}  // namespace plenum::congress
