// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <ranges>

#include "congress/congress.h"

namespace plenum::congress {
namespace {

Item& item_of(Congress& congress, const ItemId& id) {
    const auto found = std::ranges::find_if(congress.agenda, [&](const Item& each) { return each.item.id == id; });
    invariant(found != congress.agenda.end());
    return *found;
}

BodyRecord& body_of(Congress& congress, std::string_view name) {
    const auto found =
        std::ranges::find_if(congress.bodies, [&](const BodyRecord& each) { return each.body.name == name; });
    invariant(found != congress.bodies.end());
    return *found;
}

PlenaryHeld& last_plenary_of(Congress& congress, std::string_view name) {
    auto& body = body_of(congress, name);
    invariant(!body.plenaries.empty());
    return body.plenaries.back();
}

/// The election of a body is over, with every seat filled or some left open; its result stands, or is to be approved.
void end_election(Congress& congress, BodyRecord& body) {
    body.state = body.results.back().pending ? BodyState::pending_approval : BodyState::approved;
    for (auto& item : congress.agenda)
        if (item.item.type == ItemType::election && item.item.body == body.body.name) item.done = true;
}

void on(Congress& congress, const Planned& event) {
    congress.plan = event;
    auto rules = rules::Rules::from_pack(event.pack, {event.pack_texts.begin(), event.pack_texts.end()});
    invariant(rules);
    congress.rules = std::move(*rules);
    for (const auto& value : congress.rules->unverified()) congress.unconfirmed.insert(value.field);
    for (const auto& body : event.bodies)
        congress.bodies.push_back({.body = body,
                                   .state = {},
                                   .list = {},
                                   .list_round = 1,
                                   .authorised = {},
                                   .authorised_in_stretch = 0,
                                   .results = {},
                                   .nominated = {},
                                   .filled = 0});
}

void on(Congress& congress, const ValuesConfirmed& event) {
    for (const auto& name : event.fields_confirmed) congress.unconfirmed.erase(name);
}

void on(Congress& congress, const RequestSent& event) {
    congress.requests[{event.matter, event.body, event.party}] = {event.document, false, false, congress.last_at};
}

void on(Congress& congress, const ReplyRecorded& event) {
    auto& request = congress.requests[{event.matter, event.body, event.party}];
    request.answered = true;
    request.granted = event.granted;
    request.reply = event.document;
    request.replied_at = congress.last_at;
    if (event.matter != Matter::results) return;
    auto& body = body_of(congress, event.body);
    if (!event.granted)
        body.state = BodyState::refused;
    else if (congress.granted(Matter::results, event.body))
        body.state = BodyState::approved;
}

/// What a body has does not stand: it goes on record as a former result, and the body begins again from the plan. Its
/// candidates want consent anew; and so does its result, unless it was refused: that reply stays to be seen until the
/// next result is submitted.
void begin_anew(Congress& congress, BodyRecord& body, FormerResult former) {
    if (const auto* plenary = congress.plenary_of(body)) former.plenary = *plenary;
    if (!body.elected_in.empty()) body_of(congress, body.elected_in).meets_again = true;
    former.elected_in = std::exchange(body.elected_in, {});
    former.results = std::exchange(body.results, {});
    former.nominated = std::exchange(body.nominated, std::nullopt);
    body.former.push_back(std::move(former));
    if (body.reduced_from > 0) body.body.seats = std::exchange(body.reduced_from, 0);
    body.state = BodyState::vacant;
    body.list.reset();
    body.list_round = 1;
    body.authorised.reset();
    body.authorised_in_stretch = 0;
    body.filled = 0;
    body.in_plenary = 0;
    body.plenaries.clear();  // of members who are none any more
    body.meets_again = false;
    std::erase_if(congress.requests, [&](const auto& each) {
        const bool refused = each.second.answered && !each.second.granted;
        return each.first.body == body.body.name && !(each.first.matter == Matter::results && refused);
    });
    for (auto& item : congress.agenda)
        if (item.item.type == ItemType::election && item.item.body == body.body.name) {
            item.done = item.called = false;
            if (congress.current_item == item.item.id) congress.current_item = {};
        }
}

void on(Congress& congress, const NewElectionCalled& event) {
    for (const auto& name : std::views::reverse(event.falls))  // what was elected by others that fall goes before them
        begin_anew(congress, body_of(congress, name), {.party = {}, .reply = {}, .fell_with = event.body});
    begin_anew(congress, body_of(congress, event.body), {event.party, event.document, {}});
    congress.focus = Focus::new_election;
    congress.focus_subject = event.body;
}

void on(Congress& congress, const DelegatesAllocated& event) {
    congress.units = event.units;
    congress.allocation = event.method;
}

void on(Congress& congress, const UnitElectionReported& event) {
    congress.last_report = !congress.unit_elections.contains(event.unit) ? UnitReport::first
                           : congress.credentials_adopted                ? UnitReport::by_election
                                                                         : UnitReport::correction;
    if (congress.last_report == UnitReport::by_election) {
        congress.by_elections.push_back(event);
    } else {
        congress.unit_elections[event.unit] = event;
        // What a corrected report says is examined anew.
        std::erase_if(congress.mandates, [&](const auto& each) {
            if (each.second.delegate.unit != event.unit) return false;
            congress.entitled -= each.second.finding == Finding::valid;
            congress.enrolled.erase(each.first);
            return true;
        });
    }
    for (const auto& delegate : event.delegates) congress.mandates[delegate.id] = {delegate, Finding::pending, false};
}

/// The delegate sits no more; of a first plenary members are electors by election, not by mandate.
void leaves_the_congress(Congress& congress, const DelegateId& delegate) {
    auto& sitting = congress.adjourned ? *congress.adjourned : congress.sitting;
    sitting.present.erase(delegate);
    congress.enrolled.erase(delegate);
}

void on(Congress& congress, const DelegateMandateEnded& event) {
    auto& mandate = congress.mandates[event.delegate];
    mandate.finding = Finding::invalid;
    mandate.reviewed = true;
    mandate.ended = event.status;
    leaves_the_congress(congress, event.delegate);
    if (event.status == MandateEnd::died) congress.sitting.present.erase(event.delegate);
    congress.entitled = event.entitled;
}

void on(Congress& congress, const CredentialsReviewed& event) {
    for (const auto& finding : event.findings) {
        auto& mandate = congress.mandates[finding.delegate];
        mandate.finding = finding.finding;
        mandate.reviewed = true;
        mandate.reason = finding.reason;
        if (finding.finding != Finding::valid) leaves_the_congress(congress, finding.delegate);
    }
    congress.entitled = event.entitled;
    congress.supplements = std::max(congress.supplements, event.supplement);
}

void on(Congress& congress, const CheckInOpened& event) {
    if (event.sitting_kind == SittingKind::first_plenary) congress.adjourned = std::move(congress.sitting);
    congress.sitting = {};
    congress.sitting.id = event.sitting;
    congress.sitting.number = event.number;
    congress.sitting.body = event.body.value_or("");
    congress.sitting.kind = event.sitting_kind;
    congress.sitting.title = event.title;
    congress.sitting.elects = event.elects;
    congress.sitting.state = SittingState::checking_in;
    if (congress.in_first_plenary())
        for (const auto& each : body_of(congress, congress.sitting.body).members())
            congress.sitting.members.insert({each.id});
    congress.sittings.push_back({.id = event.sitting,
                                 .number = event.number,
                                 .kind = event.sitting_kind,
                                 .title = event.title,
                                 .elects = event.elects,
                                 .chair = {},
                                 .check_in_at = congress.last_at,
                                 .opened_at = {},
                                 .closed_at = {},
                                 .measured = {}});
    congress.focus = Focus::gathering;
}

/// The record of the sitting whose doors are open, or nullptr where none are.
SittingRecord* record_of(Congress& congress) {
    const auto found = std::ranges::find(congress.sittings, congress.sitting.id, &SittingRecord::id);
    return congress.sitting.state == SittingState::none || found == congress.sittings.end() ? nullptr : &*found;
}

/// The date at the place of the congress.
Date today(const Congress& congress, UtcTime now) {
    return date_at(now, congress.plan ? congress.plan->utc_offset_minutes : 0);
}

/// The doors shut: what is left of the sitting is its record.
void end_sitting(Congress& congress) {
    auto* record = record_of(congress);
    invariant(record);
    record->entitled = static_cast<int>(congress.electors());
    record->present = static_cast<int>(congress.sitting.present.size());
    record->closed_at = congress.last_at;
    congress.sitting.state = SittingState::none;
    congress.sitting.present.clear();
}

void on(Congress& congress, const DelegateCheckedIn& event) {
    congress.sitting.present.insert(event.delegate);
    if (!congress.in_first_plenary()) congress.enrolled.insert(event.delegate);
}
void on(Congress& congress, const DelegateLeft& event) { congress.sitting.present.erase(event.delegate); }

/// A sitting is held from the first time that a quorum was there as it opened; in journals of earlier versions also as
/// it was taken up after doors that had waited for one.
bool begins_a_sitting(const QuorumMeasured& event) {
    return event.met && (event.occasion == QuorumOccasion::opening || event.occasion == QuorumOccasion::resumption);
}

void on(Congress& congress, const QuorumMeasured& event) {
    congress.quorums.push_back(event);
    if (congress.in_first_plenary() && begins_a_sitting(event))
        if (auto& body = body_of(congress, congress.sitting.body); body.may_meet()) {
            body.plenaries.push_back({static_cast<int>(body.plenaries.size()) + 1, event});
            body.meets_again = false;
        }
    if (auto* record = record_of(congress)) record->measured.push_back({event, congress.last_at});
    if (event.occasion != QuorumOccasion::ballot_issue) return;
    auto& body = body_of(congress, event.body);
    body.authorised = event;
    body.authorised_in_stretch = congress.stretch;
    if (event.met) {
        congress.focus = Focus::result;
        congress.focus_subject = event.body;
    }
}

void on(Congress& congress, const SittingOpened& event) {
    congress.sitting.state = SittingState::open;
    congress.sitting.opened = true;
    ++congress.stretch;
    congress.sitting.chair = event.chair;
    if (congress.in_first_plenary()) last_plenary_of(congress, congress.sitting.body).presided = event.chair;
    auto* record = record_of(congress);
    invariant(record);
    record->chair = event.chair;
    record->opened_at = congress.last_at;
}

void on(Congress& congress, const ChairHandedOver& event) { congress.sitting.chair = event.chair; }

void on(Congress& congress, const SittingInterrupted& event) {
    congress.sitting.state = SittingState::interrupted;
    congress.sitting.reason = event.reason;
    congress.sitting.announcement = event.announcement;
    congress.sitting.interrupted_at = congress.last_at;
    congress.sitting.present_on = today(congress, congress.last_at);
    if (event.reason == Interruption::end_of_day) congress.sitting.present.clear();  // everybody goes home
}

void on(Congress& congress, const SittingResumed&) {
    congress.sitting.state = SittingState::open;
    congress.sitting.opened = true;
    ++congress.stretch;
}

void on(Congress& congress, const SittingClosed&) {
    congress.focus = Focus::interruption;
    congress.last_closed = congress.sitting.title;
    if (congress.in_first_plenary()) {  // and the congress goes on from where it was interrupted
        if (auto& held = body_of(congress, congress.sitting.body).plenaries; !held.empty()) held.back().closed = true;
        // It has no agenda whose items end its elections.
        for (auto& office : congress.bodies)
            if (office.elected_in == congress.sitting.body && office.state == BodyState::incomplete &&
                office.filled > 0)
                end_election(congress, office);
        end_sitting(congress);
        congress.sitting = std::move(*congress.adjourned);
        congress.adjourned.reset();
        return;
    }
    // A preparatory sitting that adopted less is followed by another.
    if (congress.sitting.kind == SittingKind::preparatory && congress.credentials_adopted && !congress.agenda.empty())
        congress.preparatory_held = true;
    end_sitting(congress);
}

void on(Congress& congress, const QuestionPut& event) {
    const auto number = static_cast<int>(congress.questions.size()) + 1;
    congress.questions[event.question] = {event, std::nullopt, false, number, congress.last_at};
    congress.open_question = event.question;
    congress.focus = Focus::vote;
    congress.focus_subject = event.question.value;
}

// What follows from adoption.
void adopted(Congress& congress, const QuestionPut&, const AdoptCredentialsReport&) {
    congress.credentials_adopted = true;
}
void adopted(Congress& congress, const QuestionPut&, const ElectPresidium& list) {
    congress.presidium = list.members;
    congress.secretary_general = list.secretary_general;
}
void adopted(Congress& congress, const QuestionPut&, const AdoptAgenda& agenda) {
    for (const auto& item : agenda.items) congress.agenda.push_back({.item = item, .documents = {}});
}
void adopted(Congress& congress, const QuestionPut& put, const AdoptMeasure& measure) {
    auto rules = congress.rules->with_measure(measure.toml, "measure");
    invariant(rules);
    congress.rules = std::move(*rules);
    if (put.item && item_of(congress, *put.item).item.type == ItemType::measure)
        item_of(congress, *put.item).done = true;
}
void adopted(Congress& congress, const QuestionPut& put, const AdoptReport&) {
    item_of(congress, *put.item).done = true;
}
void adopted(Congress& congress, const QuestionPut&, const AdoptCandidates& list) {
    auto& body = body_of(congress, list.body);
    body.list = list;
    body.elected_in = congress.sitting.body;
    body.list_round = static_cast<int>(body.results.size()) + 1;
    body.authorised.reset();
}
void adopted(Congress& congress, const QuestionPut& put, const ElectScrutineers& list) {
    auto& scrutineers = congress.in_first_plenary() ? congress.sitting.scrutineers : congress.scrutineers;
    scrutineers = list.members;
    const auto head = std::ranges::find(scrutineers, list.head);
    std::rotate(scrutineers.begin(), head, head + 1);
    if (put.item && item_of(congress, *put.item).item.type == ItemType::other) item_of(congress, *put.item).done = true;
}
void adopted(Congress& congress, const QuestionPut& put, const AdoptResolution&) {
    if (put.item) ++item_of(congress, *put.item).resolutions;
}
void adopted(Congress&, const QuestionPut&, const AdoptMotion&) {}
void adopted(Congress& congress, const QuestionPut&, const ReduceSeats& fewer) {
    auto& body = body_of(congress, fewer.body);
    body.reduced_from = std::exchange(body.body.seats, body.filled);
    end_election(congress, body);
}

void on(Congress& congress, const QuestionDecided& event) {
    auto& question = congress.questions.at(event.question);
    question.decided = event;
    question.decided_at = congress.last_at;
    congress.open_question = {};
    congress.focus = Focus::verdict;
    congress.focus_subject = event.question.value;
    if (event.adopted)
        std::visit([&](const auto& subject) { adopted(congress, question.put, subject); }, question.put.subject);
}

void on(Congress& congress, const QuestionWithdrawn& event) {
    congress.questions.at(event.question).withdrawn = true;
    congress.open_question = {};
    congress.focus = Focus::none;
}

void on(Congress& congress, const PresidiumMet& event) {
    congress.presidium_meetings = event.number;
    congress.presidium_met.push_back({event, congress.last_at});
}

void on(Congress& congress, const ItemCalled& event) {
    item_of(congress, event.item).called = true;
    congress.current_item = event.item;
    congress.item_called_in = congress.sitting.number;
    congress.focus = Focus::item;
    congress.focus_subject = event.item.value;
}

void on(Congress& congress, const DocumentLaid& event) {
    congress.documents[event.hash] = {event.hash,  event.language, event.markdown,
                                      event.title, event.item,     congress.last_at};
    if (event.item) item_of(congress, *event.item).documents.push_back(event.hash);
}

void on(Congress& congress, const ReportHeard& event) {
    auto& item = item_of(congress, event.item);
    item.heard = true;
    if (std::ranges::find(item.documents, event.document) == item.documents.end())
        item.documents.push_back(event.document);
}

void on(Congress& congress, const ItemDeliberated& event) {
    auto& item = item_of(congress, event.item);
    item.deliberated = true;
    item.deliberations.push_back(event);
}
void on(Congress& congress, const ItemConcluded& event) {
    auto& item = item_of(congress, event.item);
    item.done = true;
    if (item.item.type != ItemType::election) return;
    auto& body = body_of(congress, item.item.body);
    if (body.state == BodyState::incomplete && body.filled > 0) end_election(congress, body);
}
void on(Congress&, const FactNoted&) {}

void on(Congress& congress, const ResultDeclared& event) {
    auto& body = body_of(congress, event.result.body);
    body.results.push_back(event);
    if (congress.in_first_plenary())
        body.in_plenary = static_cast<int>(body_of(congress, congress.sitting.body).plenaries.size());
    body.filled +=
        static_cast<int>(std::ranges::count_if(event.result.rows, [](const ResultRow& row) { return row.elected; }));
    if (body.filled < body.body.seats)
        body.state = BodyState::incomplete;
    else
        end_election(congress, body);
    congress.focus = Focus::result;
    congress.focus_subject = event.result.body;
}

void on(Congress& congress, const BodyNominated& event) {
    auto& body = body_of(congress, event.body);
    if (const auto* refused = congress.refusal_of(event.body); refused && body.state == BodyState::refused)
        begin_anew(congress, body, {refused->first.party, refused->second.reply, {}});
    body.nominated = event;
    body.filled = static_cast<int>(event.members.size());
    body.state = event.pending ? BodyState::pending_approval : BodyState::approved;
    for (auto& item : congress.agenda)
        if (item.item.type == ItemType::nomination && item.item.body == event.body) item.done = true;
    congress.focus = Focus::result;
    congress.focus_subject = event.body;
}

void on(Congress& congress, const PlenaryAnnounced& event) {
    last_plenary_of(congress, event.body).announced = true;
    congress.focus = Focus::announcement;
    congress.focus_subject = event.body;
}

void on(Congress& congress, const CongressClosed&) {
    congress.closed = true;
    congress.closed_at = congress.last_at;
    if (congress.sitting.state != SittingState::none) end_sitting(congress);
    congress.focus = Focus::closed;
}

}  // namespace

const Item* Congress::find_item(const ItemId& item) const {
    const auto found = std::ranges::find_if(agenda, [&](const Item& each) { return each.item.id == item; });
    return found == agenda.end() ? nullptr : &*found;
}

const BodyRecord* Congress::find_body(std::string_view name) const {
    const auto found = std::ranges::find_if(bodies, [&](const BodyRecord& each) { return each.body.name == name; });
    return found == bodies.end() ? nullptr : &*found;
}

const Unit* Congress::find_unit(const UnitId& unit) const {
    const auto found = std::ranges::find_if(units, [&](const Unit& each) { return each.id == unit; });
    return found == units.end() ? nullptr : &*found;
}

std::int64_t Congress::vacant_seats(const Unit& unit) const {
    return unit.seats - std::ranges::count_if(mandates, [&](const auto& each) {
               return each.second.delegate.unit == unit.id && each.second.finding != Finding::invalid;
           });
}

std::string Congress::name_of_delegate(const DelegateId& delegate) const {
    const auto found = mandates.find(delegate);
    if (found != mandates.end())
        return found->second.delegate.name.empty() ? delegate.value : found->second.delegate.name;
    // A body may have members who are no delegates.
    const auto named = [&](const std::vector<ResultRow>& members) {
        const auto member = std::ranges::find_if(
            members, [&](const ResultRow& each) { return each.id == delegate.value && !each.name.empty(); });
        return member == members.end() ? std::string() : member->name;
    };
    for (const auto& body : bodies) {
        if (auto name = named(body.members()); !name.empty()) return name;
        for (const auto& former : body.former)
            if (auto name = named(former.members()); !name.empty()) return name;
    }
    return delegate.value;
}

bool Congress::in_first_plenary() const { return sitting.kind == SittingKind::first_plenary; }

std::int64_t Congress::electors() const {
    return in_first_plenary() ? static_cast<std::int64_t>(sitting.members.size()) : entitled;
}

bool Congress::is_elector(const DelegateId& person) const {
    if (in_first_plenary()) return sitting.members.contains(person);
    const auto found = mandates.find(person);
    return found != mandates.end() && found->second.finding == Finding::valid;
}

const std::vector<DelegateId>& Congress::scrutineers_now() const {
    return in_first_plenary() ? sitting.scrutineers : scrutineers;
}

std::vector<const AdoptCandidates*> Congress::lists_at_stake() const {
    std::vector<const AdoptCandidates*> out;
    for (const auto& body : bodies)
        if (body.list && (!in_first_plenary() || body.elected_in == sitting.body)) out.push_back(&*body.list);
    return out;
}

std::vector<const BodyRecord*> Congress::elected_in(std::string_view body) const {
    std::vector<const BodyRecord*> out;
    const auto* met = find_body(body);
    const auto last = met ? static_cast<int>(met->plenaries.size()) : 0;
    for (const auto& each : bodies)
        if (each.elected_in == body && !each.results.empty() && each.in_plenary == last) out.push_back(&each);
    return out;
}

const PlenaryHeld* Congress::plenary_of(const BodyRecord& body) const {
    const auto* met = body.elected_in.empty() ? nullptr : find_body(body.elected_in);
    const bool held = met && body.in_plenary > 0 && body.in_plenary <= static_cast<int>(met->plenaries.size());
    return held ? &met->plenaries[static_cast<std::size_t>(body.in_plenary) - 1] : nullptr;
}

const std::pair<const RequestKey, Request>* Congress::refusal_of(std::string_view body) const {
    for (const auto& each : requests)
        if (each.first.matter == Matter::results && each.first.body == body && each.second.answered &&
            !each.second.granted)
            return &each;
    return nullptr;
}

const SittingRecord::Measured* SittingRecord::begun() const {
    const auto found = std::ranges::find_if(measured, [](const auto& each) { return begins_a_sitting(each.quorum); });
    return found == measured.end() ? nullptr : &*found;
}

namespace {
std::vector<ResultRow> elected_by(const std::vector<ResultDeclared>& rounds) {
    std::vector<ResultRow> out;
    for (const auto& declared : rounds)
        for (const auto& row : declared.result.rows)
            if (row.elected) out.push_back(row);
    return out;
}
}  // namespace

std::vector<ResultRow> FormerResult::members() const { return elected_by(results); }

std::vector<ResultRow> BodyRecord::members() const { return elected_by(results); }

bool BodyRecord::was_elected_before() const {
    return std::ranges::any_of(former, [](const FormerResult& each) { return !each.nominated; });
}

bool BodyRecord::has_member(std::string_view id) const {
    return std::ranges::any_of(results, [&](const auto& declared) {
        return std::ranges::any_of(declared.result.rows,
                                   [&](const ResultRow& row) { return row.elected && row.id == id; });
    });
}

bool BodyRecord::may_be_reduced() const {
    if (results.empty() || filled == 0 || filled >= body.seats) return false;
    const auto& next = results.back().result.next;
    return std::ranges::find(next, name_of(count::Shortfall::reduce_seats)) != next.end();
}

bool BodyRecord::has_declared(std::string_view certificate) const {
    const auto among = [&](const std::vector<ResultDeclared>& rounds) {
        return std::ranges::any_of(rounds, [&](const auto& each) { return each.result.certificate == certificate; });
    };
    return among(results) || std::ranges::any_of(former, [&](const FormerResult& each) { return among(each.results); });
}

bool Congress::is_nominated(std::string_view body) const {
    for (const auto& each : agenda)
        if (each.item.body == body) return each.item.type == ItemType::nomination;
    if (body != "womens_committee") return false;
    const auto answer = rules::womens_committee(*rules, plan->women_members);
    return answer && !answer->formation.empty() && answer->formation.front() == "nominated_after_consultation";
}

bool Congress::granted(Matter matter, std::string_view body) const {
    return std::ranges::all_of(parties_to_ask(*rules, matter), [&](const std::string& party) {
        const auto found = requests.find({matter, std::string(body), party});
        return found != requests.end() && found->second.granted;
    });
}

bool Congress::presence_is_of_yesterday(UtcTime now) const {
    return sitting.state == SittingState::interrupted && !sitting.present.empty() &&
           sitting.present_on < today(*this, now);
}

Congress seen_at(Congress congress, UtcTime now) {
    if (!congress.presence_is_of_yesterday(now)) return congress;
    congress.sitting.present.clear();
    congress.sitting.present_on = today(congress, now);
    return congress;
}

Congress evolve(Congress congress, const Event& event, UtcTime at) {
    if (congress.presence_is_of_yesterday(at)) congress = seen_at(std::move(congress), at);
    congress.last_at = at;
    std::visit([&](const auto& each) { on(congress, each); }, event);
    return congress;
}

std::string_view phase_of(const Congress& congress) {
    if (!congress.plan) return "planning";
    if (congress.closed) {
        // Nothing was approved where nothing was to be elected.
        const bool approved =
            !congress.bodies.empty() && std::ranges::all_of(congress.bodies, [](const BodyRecord& each) {
                return each.state == BodyState::approved;
            });
        return approved ? "approved" : "closed";
    }
    if (congress.sitting.number == 0) return "preparing";
    switch (congress.sitting.state) {
        case SittingState::none: return "between_sittings";
        case SittingState::checking_in: return "gathering";
        case SittingState::open: return "in_session";
        case SittingState::interrupted: return "interrupted";
    }
    return "planning";
}

plenum::Result<Done> check_rules_carried(const Congress& congress, const Event& event) {
    if (const auto* planned = std::get_if<Planned>(&event))
        TRY(rules::Rules::from_pack(planned->pack, {planned->pack_texts.begin(), planned->pack_texts.end()}));
    const auto* decided = std::get_if<QuestionDecided>(&event);
    if (!decided || !decided->adopted) return Done{};
    const auto question = congress.questions.find(decided->question);
    if (question == congress.questions.end() || !congress.rules) return Done{};
    if (const auto* measure = std::get_if<AdoptMeasure>(&question->second.put.subject))
        TRY(congress.rules->with_measure(measure->toml, "measure"));
    return Done{};
}

}  // namespace plenum::congress
