// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "base/bytes.h"
#include "base/working_age.h"
#include "congress/congress.h"
#include "count/apportion.h"

namespace plenum::congress {
namespace {

using Events = plenum::Result<std::vector<Event>>;

/// The one event that most acts are.
template <class E>
std::vector<Event> only(E event) {
    std::vector<Event> out;
    out.emplace_back(std::move(event));
    return out;
}

Place at_field(std::string name) { return {"", 0, 0, std::move(name)}; }
Place at_field(std::string_view list, std::size_t index, std::string_view member = {}) {
    std::string name = std::string(list) + "[" + std::to_string(index) + "]";
    if (!member.empty()) name += "." + std::string(member);
    return at_field(std::move(name));
}

// ---- Preconditions, each named as the chair would say it ------------------------------------------------------------

plenum::Result<Done> must_be_planned(const Congress& congress) {
    if (!congress.plan) return refuse(Why::not_planned);
    return Done{};
}

plenum::Result<Done> must_not_be_closed(const Congress& congress) {
    TRY(must_be_planned(congress));
    if (congress.closed) return refuse(Why::already_closed);
    return Done{};
}

/// The adopter has taken responsibility for every value that nobody could verify (domain sheet 42).
plenum::Result<Done> pack_must_be_confirmed(const Congress& congress) {
    TRY(must_not_be_closed(congress));
    if (!congress.unconfirmed.empty())
        return refuse(Why::pack_not_confirmed,
                      {{"count", congress.unconfirmed.size()}, {"field", *congress.unconfirmed.begin()}});
    return Done{};
}

/// The first of those who must consent and has not, or "".
std::string party_missing(const Congress& congress, Matter matter, const std::string& body) {
    for (const auto& party : parties_to_ask(*congress.rules, matter))
        if (const auto found = congress.requests.find({matter, body, party});
            found == congress.requests.end() || !found->second.granted)
            return party;
    return {};
}

plenum::Result<Done> must_be_approved_to_hold(const Congress& congress) {
    TRY(pack_must_be_confirmed(congress));
    if (const auto party = party_missing(congress, Matter::holding, ""); !party.empty())
        return refuse(Why::holding_not_approved, {{"party", party}});
    return Done{};
}

plenum::Result<Done> doors_must_be_open(const Congress& congress) {
    TRY(must_not_be_closed(congress));
    if (congress.sitting.state == SittingState::none) return refuse(Why::check_in_not_open);
    return Done{};
}

/// Doors that wait for a quorum have had neither a chair nor a quorum: nothing there is resumed or handed over.
plenum::Result<Done> must_have_been_opened(const Congress& congress) {
    if (congress.sitting.state == SittingState::interrupted && !congress.sitting.opened)
        return refuse(Why::sitting_awaits_opening, {{"sitting", congress.sitting.id.value}});
    return Done{};
}

plenum::Result<Done> sitting_must_be_open(const Congress& congress) {
    TRY(must_not_be_closed(congress));
    TRY(must_have_been_opened(congress));
    if (congress.sitting.state == SittingState::interrupted) return refuse(Why::sitting_interrupted);
    if (congress.sitting.state != SittingState::open) return refuse(Why::sitting_not_open);
    return Done{};
}

/// What belongs to the whole congress waits while the members of a body hold their first plenary.
plenum::Result<Done> assembly_must_sit(const Congress& congress) {
    TRY(must_not_be_closed(congress));
    if (congress.in_first_plenary()) return refuse(Why::assembly_adjourned, {{"body", congress.sitting.body}});
    return sitting_must_be_open(congress);
}

plenum::Result<Done> must_be_a_delegate(const Congress& congress, const DelegateId& delegate, Place place = {}) {
    if (!congress.mandates.contains(delegate))
        return refuse(Why::not_a_delegate, {{"delegate", delegate.value}}, std::move(place));
    return Done{};
}

plenum::Result<Done> mandate_must_last(const Congress& congress, const DelegateId& delegate, Place place) {
    const auto found = congress.mandates.find(delegate);
    if (found != congress.mandates.end() && found->second.ended)
        return refuse(Why::mandate_ended, {{"delegate", delegate.value}, {"status", name_of(*found->second.ended)}},
                      std::move(place));
    return Done{};
}

plenum::Result<Done> must_be_entitled(const Congress& congress, const DelegateId& delegate, Place place = {}) {
    TRY(must_be_a_delegate(congress, delegate, place));
    TRY(mandate_must_last(congress, delegate, place));
    if (congress.mandates.at(delegate).finding != Finding::valid)
        return refuse(Why::not_entitled, {{"delegate", delegate.value}}, std::move(place));
    return Done{};
}

/// Has a vote in the sitting whose doors are open: a valid mandate, or a seat in the body that meets.
plenum::Result<Done> must_be_an_elector(const Congress& congress, const DelegateId& person, Place place) {
    if (!congress.in_first_plenary()) return must_be_entitled(congress, person, std::move(place));
    if (!congress.is_elector(person))
        return refuse(Why::not_a_member, {{"delegate", person.value}, {"body", congress.sitting.body}},
                      std::move(place));
    // Who lost the mandate may still have a seat in the body; who died has none.
    if (const auto found = congress.mandates.find(person);
        found != congress.mandates.end() && found->second.ended == MandateEnd::died)
        return mandate_must_last(congress, person, std::move(place));
    return Done{};
}

plenum::Result<const Item*> called_item(const Congress& congress, const ItemId& id) {
    const auto* item = congress.find_item(id);
    if (!item) return refuse(Why::item_unknown, {{"item", id.value}}, at_field("item"));
    if (!item->called) return refuse(Why::item_not_called, {{"item", id.value}}, at_field("item"));
    if (item->done) return refuse(Why::item_already_decided, {{"item", id.value}}, at_field("item"));
    return item;
}

/// The item of the agenda under which the congress elects a body, or announces one that was nominated; or nullptr.
const Item* item_of_body(const Congress& congress, ItemType type, std::string_view body) {
    const auto found = std::ranges::find_if(
        congress.agenda, [&](const Item& each) { return each.item.type == type && each.item.body == body; });
    return found == congress.agenda.end() ? nullptr : &*found;
}
const Item* item_electing(const Congress& congress, std::string_view body) {
    return item_of_body(congress, ItemType::election, body);
}
/// The chair has called that item.
plenum::Result<Done> item_of_body_must_be_called(const Congress& congress, ItemType type, std::string_view body) {
    const auto* item = item_of_body(congress, type, body);
    if (!item) return refuse(Why::item_unknown, {{"item", body}});
    if (!item->called) return refuse(Why::item_not_called, {{"item", item->item.id.value}});
    return Done{};
}

plenum::Result<const BodyRecord*> known_body(const Congress& congress, std::string_view name) {
    const auto* body = congress.find_body(name);
    if (!body) return refuse(Why::body_unknown, {{"body", name}}, at_field("body"));
    return body;
}

/// One question at a time, and nothing else while it is open.
plenum::Result<Done> no_question_may_be_open(const Congress& congress) {
    if (!congress.open_question.empty())
        return refuse(Why::question_already_open, {{"question", congress.open_question.value}});
    return Done{};
}

rules::Votes votes(std::int64_t entitled, std::int64_t present, std::int64_t in_favour, std::int64_t against,
                   std::int64_t abstaining) {
    rules::Votes out;
    out.entitled = entitled;
    out.present = present;
    out.in_favour = in_favour;
    out.against = against;
    out.abstain = abstaining;
    return out;
}

rules::Attendance attendance(const Congress& congress) {
    const auto present = static_cast<std::int64_t>(congress.sitting.present.size());
    const auto enrolled = congress.in_first_plenary() ? congress.electors() : std::ssize(congress.enrolled);
    return {.entitled = congress.electors(), .enrolled = enrolled, .participating = present};
}

std::int64_t present_now(const Congress& congress) {
    return static_cast<std::int64_t>(congress.sitting.present.size());
}

/// The quorum that the sitting wants, as the pack names it.
std::string_view quorum_name(const Congress& congress) {
    return congress.in_first_plenary() ? "plenary" : congress.sitting.elects ? "election" : "ordinary";
}

/// The quorum by which a body's ballot may be held: where its own members elect it, and where the congress does.
std::string_view ballot_quorum(const BodyRecord& body) { return body.elected_in.empty() ? "election" : "plenary"; }

bool votes_by_post(const Congress& congress, const BodyRecord& body) {
    return rules::quorum_by_post(*congress.rules, ballot_quorum(body));
}

QuorumMeasured measured(const Congress& congress, QuorumOccasion occasion, const rules::Quorum& quorum,
                        std::string body = {}, int round = 0) {
    return {{occasion, std::move(body), round},
            std::string(quorum_name(congress)),
            congress.electors(),
            present_now(congress),
            quorum.required,
            quorum.met};
}

plenum::Result<rules::Quorum> quorum_must_be_met(const Congress& congress) {
    auto quorum = TRY(quorum_now(congress));
    if (!quorum.met)
        return refuse(
            Why::no_quorum,
            {{"required", quorum.required}, {"present", present_now(congress)}, {"entitled", congress.electors()}});
    return quorum;
}

/// Where the pack names the moments at which the quorum is measured, it binds at those; where it names none, all the
/// time.
plenum::Result<Done> quorum_must_still_bind(const Congress& congress) {
    if (TRY(quorum_now(congress)).measured_at.empty()) TRY(quorum_must_be_met(congress));
    return Done{};
}

// ---- Preparing ------------------------------------------------------------------------------------------------------

Events on(const Congress& congress, const ask::Plan& plan, UtcTime) {
    if (congress.plan) return refuse(Why::already_planned);
    const auto impossible = [](std::string field) {
        return refuse(Why::plan_impossible, {}, at_field(std::move(field)));
    };
    if (plan.numbering.term < 1 || plan.numbering.term > 9999) return impossible("numbering.term");
    if (plan.numbering.session < 1 || plan.numbering.session > 9999) return impossible("numbering.session");
    if (plan.numbering.style == NumberingStyle::congress_number && plan.numbering.session != 1)
        return impossible("numbering.session");
    if (plan.members < 1 || plan.members > 1'000'000'000) return impossible("members");
    if (plan.women_members < 0 || plan.women_members > plan.members) return impossible("women_members");
    if (plan.delegates < 1 || plan.delegates > 10'000 || plan.delegates > plan.members) return impossible("delegates");
    if (plan.begins_on > plan.ends_on) return impossible("ends_on");
    constexpr std::int64_t longest_days = 60;
    if (const auto days = days_from_date(plan.ends_on) - days_from_date(plan.begins_on) + 1; days > longest_days)
        return refuse(Why::congress_too_long, {{"days", days}, {"most", longest_days}}, at_field("ends_on"));
    // -12:00 to +14:00, in quarters of an hour as every place on earth keeps its time.
    if (plan.utc_offset_minutes < -12 * 60 || plan.utc_offset_minutes > most_offset_minutes ||
        plan.utc_offset_minutes % 15 != 0)
        return impossible("utc_offset_minutes");
    const auto pack = TRY(rules::Rules::from_pack(plan.pack, {plan.pack_texts.begin(), plan.pack_texts.end()}));
    if (auto term = rules::check_term(pack, plan.term_years); !term)
        return refuse(std::move(term).error().within(at_field("term_years")));
    // A size that the pack leaves to the measure is checked when candidates are nominated: there is no measure yet.
    const auto check_size = [&](plenum::Result<rules::Size> size, std::string field) -> plenum::Result<Done> {
        if (refused_as(size, rules::Why::undecided)) return Done{};
        if (!size) return refuse(std::move(size).error().within(at_field(std::move(field))));
        if (!size->accepted)
            return refuse(Why::size_not_allowed,
                          {{"wanted", size->seats},
                           {"least", size->allowed_min},
                           {"most", size->allowed_max},
                           {"members", plan.members}},
                          at_field(std::move(field)));
        return Done{};
    };
    TRY(check_size(rules::delegates_size(pack, plan.members, plan.delegates), "delegates"));
    std::set<std::string> names;
    for (std::size_t i = 0; i < plan.bodies.size(); ++i) {
        const auto& body = plan.bodies[i];
        if (!names.insert(body.name).second)
            return refuse(Why::body_named_twice, {{"body", body.name}}, at_field("bodies", i));
        if (body.seats < 1 || body.seats > most::seats) return impossible("bodies[" + std::to_string(i) + "].seats");
        const auto eligible = body.name == "womens_committee" ? plan.women_members : plan.members;
        if (body.seats > eligible)
            return refuse(Why::seats_exceed_eligible, {{"seats", body.seats}, {"eligible", eligible}},
                          at_field("bodies", i, "seats"));
        TRY(check_size(rules::size(pack, body.name, plan.members, body.seats),
                       "bodies[" + std::to_string(i) + "].seats"));
    }
    return only(Planned{plan});
}

Events on(const Congress& congress, const ask::ConfirmValues& ask, UtcTime) {
    TRY(must_not_be_closed(congress));
    std::set<std::string> known;
    for (const auto& value : congress.rules->unverified()) known.insert(value.field);
    for (std::size_t i = 0; i < ask.fields_confirmed.size(); ++i) {
        const auto& name = ask.fields_confirmed[i];
        if (!known.contains(name)) return refuse(Why::value_not_unverified, {{"field", name}}, at_field("fields", i));
        if (!congress.unconfirmed.contains(name))
            return refuse(Why::value_already_confirmed, {{"field", name}}, at_field("fields", i));
        for (std::size_t k = 0; k < i; ++k)
            if (ask.fields_confirmed[k] == name)
                return refuse(Why::value_already_confirmed, {{"field", name}}, at_field("fields", i));
    }
    if (ask.fields_confirmed.empty()) return refuse(Why::value_not_unverified, {{"field", ""}}, at_field("fields"));
    return only(ValuesConfirmed{ask});
}

/// Once the union above has refused a result nothing is built on it: a new election is called first.
plenum::Result<Done> must_not_be_refused(const BodyRecord& body) {
    if (body.state == BodyState::refused) return refuse(Why::result_refused, {{"body", body.body.name}});
    return Done{};
}

/// A body's result is submitted once its election is over: every seat is filled, or the congress has left some open.
plenum::Result<Done> result_must_stand(const BodyRecord& body) {
    const Facts facts{{"body", body.body.name}, {"open", body.body.seats - body.filled}};
    switch (body.state) {
        case BodyState::vacant: return refuse(Why::result_not_declared, facts);
        case BodyState::incomplete: return refuse(body.filled == 0 ? Why::nobody_elected : Why::seats_open, facts);
        case BodyState::refused: return refuse(must_not_be_refused(body).error());
        case BodyState::pending_approval:
        case BodyState::approved: break;
    }
    return Done{};
}

Events on(const Congress& congress, const ask::SendRequest& ask, UtcTime) {
    // Results are submitted after the congress has closed too.
    TRY(must_be_planned(congress));
    if (ask.matter != Matter::results) TRY(pack_must_be_confirmed(congress));
    if (ask.matter != Matter::holding) TRY(known_body(congress, ask.body));
    const auto parties = parties_to_ask(*congress.rules, ask.matter);
    if (std::ranges::find(parties, ask.party) == parties.end())
        return refuse(Why::nobody_to_ask, {{"party", ask.party}}, at_field("party"));
    if (ask.matter == Matter::results) TRY(result_must_stand(*congress.find_body(ask.body)));
    const auto found = congress.requests.find({ask.matter, ask.matter == Matter::holding ? "" : ask.body, ask.party});
    if (found != congress.requests.end() && found->second.granted)
        return refuse(Why::request_already_granted, {{"party", ask.party}});
    if (found != congress.requests.end() && !found->second.answered)
        return refuse(Why::request_already_sent, {{"party", ask.party}});
    if (ask.document.empty()) return refuse(Why::document_number_missing, {}, at_field("document"));
    RequestSent event{ask};
    if (ask.matter == Matter::holding) event.body.clear();
    return only(std::move(event));
}

Events on(const Congress& congress, const ask::RecordReply& ask, UtcTime) {
    TRY(must_be_planned(congress));
    const std::string body = ask.matter == Matter::holding ? "" : ask.body;
    const auto found = congress.requests.find({ask.matter, body, ask.party});
    if (found == congress.requests.end())
        return refuse(Why::party_not_asked, {{"party", ask.party}}, at_field("party"));
    if (found->second.answered)
        return refuse(found->second.granted ? Why::request_already_granted : Why::request_already_refused,
                      {{"party", ask.party}});
    // A reply (批复) is a document as the request is (domain sheet 19), whatever it answers.
    if (ask.document.empty()) return refuse(Why::document_number_missing, {}, at_field("document"));
    ReplyRecorded event{ask};
    event.body = body;
    return only(std::move(event));
}

Events on(const Congress& congress, const ask::Allocate& ask, UtcTime) {
    TRY(must_be_approved_to_hold(congress));
    if (!congress.units.empty()) return refuse(Why::allocation_already_made);
    auto units = ask.units;
    std::set<UnitId> names;
    std::int64_t members = 0;
    for (std::size_t i = 0; i < units.size(); ++i) {
        if (!names.insert(units[i].id).second)
            return refuse(Why::unit_named_twice, {{"unit", units[i].id.value}}, at_field("units", i));
        if (units[i].members < 1 || units[i].members > congress.plan->members)
            return refuse(Why::unit_numbers_impossible, {{"unit", units[i].id.value}}, at_field("units", i, "members"));
        members += units[i].members;
    }
    if (members > congress.plan->members)
        return refuse(Why::allocation_does_not_add_up, {{"sum", members}, {"total", congress.plan->members}},
                      at_field("units"));
    if (ask.method == AllocationMethod::largest_remainder) {
        std::vector<count::Unit> weights;
        for (const auto& unit : units) weights.push_back({unit.id.value, unit.members});
        const auto shared = TRY(count::largest_remainder(congress.plan->delegates, weights, ask.minimum));
        if (shared.open > 0)
            return refuse(Why::allocation_tied, {{"unit", shared.tied.front()}, {"open", shared.open}},
                          at_field("units"));
        for (std::size_t i = 0; i < units.size(); ++i) units[i].seats = static_cast<int>(shared.shares[i].seats);
    }
    std::int64_t seats = 0;
    for (std::size_t i = 0; i < units.size(); ++i) {
        if (units[i].seats < std::max(1, ask.minimum) || units[i].seats > units[i].members)
            return refuse(Why::unit_numbers_impossible, {{"unit", units[i].id.value}}, at_field("units", i, "seats"));
        seats += units[i].seats;
    }
    if (seats != congress.plan->delegates)
        return refuse(Why::allocation_does_not_add_up, {{"sum", seats}, {"total", congress.plan->delegates}},
                      at_field("units"));
    return only(DelegatesAllocated{{ask.method, ask.minimum, std::move(units)}});
}

/// A pack that says nothing of how units elect leaves it to them, and then nothing is asked of their numbers. What it
/// leaves to be stated is undecided and refused.
plenum::Result<Done> units_rules_must_hold(const rules::Rules& rules, std::int64_t seats,
                                           const ask::ReportUnitElection& ask) {
    const auto says = [&](std::string_view field) { return rules.value(field) || rules.left_open(field); };
    if (says("delegates.unit_quorum")) {
        const auto quorum = TRY(rules::quorum(
            rules, "unit", {.entitled = ask.electors, .enrolled = {}, .participating = ask.participating}));
        if (!quorum.met)
            return refuse(Why::unit_quorum_missed,
                          {{"unit", ask.unit.value}, {"required", quorum.required}, {"present", ask.participating}},
                          at_field("participating"));
    }
    if (says("delegates.unit_threshold")) {
        const auto fewest =
            TRY(rules::motion(rules, "unit", votes(ask.electors, ask.participating, ask.least_votes, 0, 0)));
        if (!fewest.passed)
            return refuse(Why::unit_votes_too_few,
                          {{"unit", ask.unit.value}, {"required", fewest.required}, {"votes", ask.least_votes}},
                          at_field("least_votes"));
    }
    if (says("surplus.delegate")) {
        const auto surplus = TRY(rules::surplus(rules, "delegate", seats, ask.candidates));
        if (!surplus.accepted)
            return refuse(Why::unit_list_too_short,
                          {{"unit", ask.unit.value}, {"least", surplus.min_candidates}, {"candidates", ask.candidates}},
                          at_field("candidates"));
    }
    return Done{};
}

Events on(const Congress& congress, const ask::ReportUnitElection& ask, UtcTime) {
    TRY(must_be_approved_to_hold(congress));
    if (congress.units.empty()) return refuse(Why::allocation_missing);
    const auto* unit = congress.find_unit(ask.unit);
    if (!unit) return refuse(Why::unit_unknown, {{"unit", ask.unit.value}}, at_field("unit"));
    const bool again = congress.unit_elections.contains(ask.unit);
    const bool by_election = again && congress.credentials_adopted;
    const std::int64_t seats = by_election ? congress.vacant_seats(*unit) : unit->seats;
    if (again && (by_election ? seats < 1 : congress.sitting.state != SittingState::none))
        return refuse(Why::unit_already_reported, {{"unit", ask.unit.value}}, at_field("unit"));
    if (ask.electors < 1 || ask.electors > unit->members)
        return refuse(Why::unit_numbers_impossible, {{"unit", ask.unit.value}}, at_field("electors"));
    if (ask.participating < 0 || ask.participating > ask.electors)
        return refuse(Why::unit_numbers_impossible, {{"unit", ask.unit.value}}, at_field("participating"));
    if (ask.least_votes < 0 || ask.least_votes > ask.participating)
        return refuse(Why::unit_numbers_impossible, {{"unit", ask.unit.value}}, at_field("least_votes"));
    const auto elected = std::ssize(ask.delegates);
    if (by_election ? elected < 1 || elected > seats : elected != seats)
        return refuse(Why::unit_quota_not_met, {{"unit", ask.unit.value}, {"seats", seats}, {"elected", elected}},
                      at_field("delegates"));
    if (ask.candidates > ask.electors)
        return refuse(Why::unit_numbers_impossible, {{"unit", ask.unit.value}}, at_field("candidates"));
    TRY(units_rules_must_hold(*congress.rules, by_election ? elected : seats, ask));
    std::set<DelegateId> names;
    for (std::size_t i = 0; i < ask.delegates.size(); ++i) {
        const auto& delegate = ask.delegates[i];
        if (delegate.unit != ask.unit)
            return refuse(Why::unit_unknown, {{"unit", delegate.unit.value}}, at_field("delegates", i, "unit"));
        if (delegate.name.empty()) return refuse(Why::person_missing, {}, at_field("delegates", i, "name"));
        if (!delegate.birth.empty() && is_birth(delegate.birth) &&
            day_of_age(delegate.birth, working_age) > congress.plan->begins_on)
            return refuse(Why::delegate_too_young,
                          {{"delegate", delegate.id.value}, {"birth", delegate.birth}, {"least", working_age}},
                          at_field("delegates", i, "birth"));
        const auto known = congress.mandates.find(delegate.id);
        const bool replaced =
            again && !by_election && known != congress.mandates.end() && known->second.delegate.unit == ask.unit;
        if ((known != congress.mandates.end() && !replaced) || !names.insert(delegate.id).second)
            return refuse(Why::delegate_named_twice, {{"delegate", delegate.id.value}}, at_field("delegates", i, "id"));
    }
    return only(UnitElectionReported{ask});
}

/// Who presides over an open sitting stays until another has taken the chair.
plenum::Result<Done> must_not_preside(const Congress& congress, const DelegateId& person, Place place) {
    if (congress.sitting.state == SittingState::open && congress.sitting.chair == person)
        return refuse(Why::chair_presides, {{"delegate", person.value}}, std::move(place));
    return Done{};
}

Events on(const Congress& congress, const ask::EndMandate& ask, UtcTime) {
    TRY(must_be_approved_to_hold(congress));
    TRY(must_be_a_delegate(congress, ask.delegate, at_field("delegate")));
    TRY(mandate_must_last(congress, ask.delegate, at_field("delegate")));
    TRY(must_not_preside(congress, ask.delegate, at_field("delegate")));
    const bool valid = congress.mandates.at(ask.delegate).finding == Finding::valid;
    return only(DelegateMandateEnded{ask, congress.entitled - valid});
}

Events on(const Congress& congress, const ask::ReviewCredentials& ask, UtcTime) {
    TRY(must_be_approved_to_hold(congress));
    std::map<DelegateId, Finding> after;
    for (const auto& [id, mandate] : congress.mandates) after[id] = mandate.finding;
    std::set<DelegateId> named;
    for (std::size_t i = 0; i < ask.findings.size(); ++i) {
        const auto& finding = ask.findings[i];
        TRY(must_be_a_delegate(congress, finding.delegate, at_field("findings", i, "delegate")));
        if (!named.insert(finding.delegate).second)
            return refuse(Why::delegate_named_twice, {{"delegate", finding.delegate.value}},
                          at_field("findings", i, "delegate"));
        TRY(mandate_must_last(congress, finding.delegate, at_field("findings", i, "delegate")));
        if (finding.finding != Finding::valid && finding.reason.empty())
            return refuse(Why::person_missing, {}, at_field("findings", i, "reason"));
        // The members of a body preside over their plenary by election, not by mandate.
        if (finding.finding != Finding::valid && !congress.in_first_plenary())
            TRY(must_not_preside(congress, finding.delegate, at_field("findings", i, "delegate")));
        after[finding.delegate] = finding.finding;
    }
    if (ask.findings.empty()) return refuse(Why::person_missing, {}, at_field("findings"));
    int entitled = 0, managers = 0;
    std::map<UnitId, std::int64_t> sent;
    for (const auto& [id, finding] : after) {
        if (finding != Finding::invalid) ++sent[congress.mandates.at(id).delegate.unit];
        if (finding == Finding::valid) {
            ++entitled;
            managers += congress.mandates.at(id).delegate.manager;
        }
    }
    // A seat that was filled by a by-election is not given back.
    for (const auto& unit : congress.units)
        if (const auto found = sent.find(unit.id); found != sent.end() && found->second > unit.seats)
            return refuse(Why::unit_quota_not_met,
                          {{"unit", unit.id.value}, {"seats", unit.seats}, {"elected", found->second}},
                          at_field("findings"));
    // The ceiling for managers is a property of the whole body of delegates, so it is held once all units have
    // reported.
    if (congress.unit_elections.size() == congress.units.size())
        if (const auto allowed = rules::managers_allowed(*congress.rules, managers, entitled); allowed && !*allowed)
            return refuse(Why::too_many_managers, {{"managers", managers}, {"entitled", entitled}});
    return only(CredentialsReviewed{ask, congress.credentials_adopted ? congress.supplements + 1 : 0, entitled});
}

// ---- Sittings -------------------------------------------------------------------------------------------------------

/// Every sitting has its own record, which is found by its id.
plenum::Result<Done> sitting_id_must_be_new(const Congress& congress, const SittingId& id) {
    if (std::ranges::find(congress.sittings, id, &SittingRecord::id) != congress.sittings.end())
        return refuse(Why::sitting_id_used, {{"sitting", id.value}}, at_field("sitting"));
    return Done{};
}

/// The members just elected meet while the congress is interrupted or between two sittings, their approval pending or
/// not (domain sheet 18). Each body meets so once, and again only where an office is to be elected anew; it numbers its
/// plenaries itself.
Events open_first_plenary(const Congress& congress, const ask::OpenCheckIn& ask) {
    if (congress.in_first_plenary() || congress.sitting.state == SittingState::open)
        return refuse(Why::sitting_already_open, {{"sitting", congress.sitting.id.value}});
    const auto* body = TRY(known_body(congress, ask.body.value_or("")));
    if (!body->may_meet()) return refuse(Why::plenary_already_held, {{"body", body->body.name}}, at_field("body"));
    const bool ended = std::ranges::any_of(congress.agenda, [&](const Item& each) {
        return each.item.type == ItemType::election && each.item.body == body->body.name && each.done;
    });
    const bool in_full = body->state == BodyState::pending_approval || body->state == BodyState::approved;
    if (body->results.empty() || body->filled == 0 || !(in_full || (body->state == BodyState::incomplete && ended)))
        return refuse(Why::body_not_elected, {{"body", body->body.name}}, at_field("body"));
    TRY(sitting_id_must_be_new(congress, ask.sitting));
    return only(CheckInOpened{ask, static_cast<int>(body->plenaries.size()) + 1});
}

Events on(const Congress& congress, const ask::OpenCheckIn& ask, UtcTime) {
    TRY(must_be_approved_to_hold(congress));
    if (congress.sitting.state == SittingState::checking_in)
        return refuse(Why::check_in_already_open, {{"sitting", congress.sitting.id.value}});
    if (ask.sitting_kind == SittingKind::first_plenary) return open_first_plenary(congress, ask);
    if (ask.body) return refuse(Why::plan_impossible, {}, at_field("body"));
    if (congress.sitting.state != SittingState::none)
        return refuse(Why::sitting_already_open, {{"sitting", congress.sitting.id.value}});
    if (congress.units.empty()) return refuse(Why::allocation_missing);
    const auto unreviewed =
        std::ranges::count_if(congress.mandates, [](const auto& each) { return each.second.awaits_finding(); });
    const auto missing_units = congress.units.size() - congress.unit_elections.size();
    if (unreviewed > 0 || missing_units > 0)
        return refuse(Why::credentials_not_reviewed, {{"delegates", unreviewed}, {"units", missing_units}});
    if (ask.sitting_kind == SittingKind::preparatory && congress.preparatory_held)
        return refuse(Why::preparatory_already_held);
    if (ask.sitting_kind == SittingKind::plenary && !congress.preparatory_held)
        return refuse(Why::preparatory_sitting_first);
    TRY(sitting_id_must_be_new(congress, ask.sitting));
    return only(CheckInOpened{ask, congress.sitting.number + 1});
}

Events on(const Congress& congress, const ask::CheckIn& ask, UtcTime) {
    TRY(doors_must_be_open(congress));
    TRY(must_be_an_elector(congress, ask.delegate, at_field("delegate")));
    if (congress.sitting.present.contains(ask.delegate))
        return refuse(Why::already_checked_in, {{"delegate", ask.delegate.value}}, at_field("delegate"));
    return only(DelegateCheckedIn{ask, static_cast<int>(congress.sitting.present.size()) + 1});
}

Events on(const Congress& congress, const ask::Leave& ask, UtcTime) {
    TRY(doors_must_be_open(congress));
    if (!congress.in_first_plenary()) TRY(must_be_a_delegate(congress, ask.delegate, at_field("delegate")));
    if (!congress.sitting.present.contains(ask.delegate))
        return refuse(Why::not_present, {{"delegate", ask.delegate.value}}, at_field("delegate"));
    TRY(must_not_preside(congress, ask.delegate, at_field("delegate")));
    return only(DelegateLeft{ask, static_cast<int>(congress.sitting.present.size()) - 1});
}

/// A presidium was elected, and somebody of it still has a mandate.
bool has_presidium(const Congress& congress) {
    return std::ranges::any_of(congress.presidium, [&](const DelegateId& each) {
        const auto mandate = congress.mandates.find(each);
        return mandate != congress.mandates.end() && mandate->second.finding == Finding::valid;
    });
}

plenum::Result<Done> may_take_the_chair(const Congress& congress, const DelegateId& chair) {
    TRY(must_be_an_elector(congress, chair, at_field("chair")));
    // Of a first plenary one newly elected member takes the chair, as every elector is one: the rules must say so.
    if (congress.in_first_plenary()) TRY(congress.rules->word("officers.presides_plenary"));
    if (!congress.sitting.present.contains(chair))
        return refuse(Why::not_present, {{"delegate", chair.value}}, at_field("chair"));
    // The outgoing committee runs the preparatory sitting; after it the presidium does (domain sheets 7 and 8).
    if (congress.sitting.kind == SittingKind::plenary && has_presidium(congress) &&
        std::ranges::find(congress.presidium, chair) == congress.presidium.end())
        return refuse(Why::chair_not_in_presidium, {{"delegate", chair.value}}, at_field("chair"));
    return Done{};
}

Events on(const Congress& congress, const ask::OpenSitting& ask, UtcTime) {
    TRY(doors_must_be_open(congress));
    if (congress.sitting.opened) return refuse(Why::sitting_already_open, {{"sitting", congress.sitting.id.value}});
    TRY(may_take_the_chair(congress, ask.chair));
    const auto quorum = TRY(quorum_must_be_met(congress));
    return std::vector<Event>{measured(congress, QuorumOccasion::opening, quorum), SittingOpened{ask}};
}

Events on(const Congress& congress, const ask::HandOverChair& ask, UtcTime) {
    TRY(must_not_be_closed(congress));
    TRY(must_have_been_opened(congress));
    if (congress.sitting.state != SittingState::interrupted) TRY(sitting_must_be_open(congress));
    if (congress.sitting.chair == ask.chair)
        return refuse(Why::chair_presides, {{"delegate", ask.chair.value}}, at_field("chair"));
    TRY(may_take_the_chair(congress, ask.chair));
    return only(ChairHandedOver{ask});
}

Events on(const Congress& congress, const ask::InterruptSitting& ask, UtcTime) {
    TRY(must_not_be_closed(congress));
    // Doors that never gathered a quorum end in an interruption too: adjourned for want of quorum.
    const bool waiting =
        congress.sitting.state == SittingState::checking_in && ask.reason == Interruption::want_of_quorum;
    if (!waiting) TRY(sitting_must_be_open(congress));
    TRY(no_question_may_be_open(congress));
    if (ask.reason == Interruption::want_of_quorum) {
        const auto quorum = TRY(quorum_now(congress));
        if (quorum.met)
            return refuse(
                Why::quorum_is_there,
                {{"required", quorum.required}, {"present", present_now(congress)}, {"entitled", congress.electors()}},
                at_field("reason"));
        return std::vector<Event>{measured(congress, QuorumOccasion::on_request, quorum), SittingInterrupted{ask}};
    }
    return only(SittingInterrupted{ask});
}

Events on(const Congress& congress, const ask::ResumeSitting& ask, UtcTime) {
    TRY(must_not_be_closed(congress));
    if (congress.sitting.state != SittingState::interrupted) return refuse(Why::sitting_not_interrupted);
    // A sitting that waited for its quorum is opened, with its chair, once the quorum is there.
    TRY(must_have_been_opened(congress));
    if (!congress.sitting.present.contains(congress.sitting.chair))
        return refuse(Why::not_present, {{"delegate", congress.sitting.chair.value}}, at_field("chair"));
    const auto quorum = TRY(quorum_must_be_met(congress));
    return std::vector<Event>{measured(congress, QuorumOccasion::resumption, quorum), SittingResumed{ask}};
}

Events on(const Congress& congress, const ask::CloseSitting& ask, UtcTime) {
    TRY(must_not_be_closed(congress));
    if (congress.sitting.state == SittingState::none || congress.sitting.state == SittingState::checking_in)
        return refuse(Why::sitting_not_open);
    TRY(no_question_may_be_open(congress));
    return only(SittingClosed{ask});
}

/// A body is elected where its list was adopted: by the congress, or by the members of the body that met.
Refusal elected_elsewhere(const BodyRecord& body) {
    return refusal(Why::body_elected_elsewhere,
                   {{"body", body.body.name}, {"by", body.elected_in.empty() ? "assembly" : body.elected_in}},
                   at_field("body"));
}

Events on(const Congress& congress, const ask::MeasureQuorum& ask, UtcTime) {
    TRY(sitting_must_be_open(congress));
    if (ask.occasion == QuorumOccasion::ballot_issue) {
        const auto* body = TRY(known_body(congress, ask.body));
        TRY(must_not_be_refused(*body));
        if (!body->list) return refuse(Why::list_not_adopted, {{"body", ask.body}});
        if (body->reduced_from > 0) return refuse(Why::body_already_filled, {{"body", ask.body}});
        if (ask.round != static_cast<int>(body->results.size()) + 1)
            return refuse(Why::result_not_due, {{"body", ask.body}}, at_field("round"));
        if (body->elected_in != congress.sitting.body) return refuse(elected_elsewhere(*body));
        if (congress.scrutineers_now().empty() && assembly_elects_scrutineers(*congress.rules))
            return refuse(Why::scrutineers_not_elected);
        auto taking_part = attendance(congress);
        const bool by_post = votes_by_post(congress, *body);
        if (by_post) taking_part.participating = taking_part.entitled;
        const auto quorum = TRY(rules::quorum(*congress.rules, ballot_quorum(*body), taking_part));
        auto event = measured(congress, ask.occasion, quorum, ask.body, ask.round);
        if (by_post) event.present = taking_part.participating;
        event.rule = ballot_quorum(*body);
        return only(std::move(event));
    }
    if (ask.occasion != QuorumOccasion::on_request) return refuse(Why::result_not_due, {}, at_field("occasion"));
    return only(measured(congress, ask.occasion, TRY(quorum_now(congress))));
}

// ---- Questions ------------------------------------------------------------------------------------------------------

plenum::Result<Done> persons_must_be_entitled(const Congress& congress, const std::vector<DelegateId>& persons,
                                              std::string_view field) {
    if (persons.empty()) return refuse(Why::person_missing, {}, at_field(std::string(field)));
    std::set<DelegateId> named;
    for (std::size_t i = 0; i < persons.size(); ++i) {
        TRY(must_be_an_elector(congress, persons[i], at_field(field, i)));
        if (!named.insert(persons[i]).second)
            return refuse(Why::delegate_named_twice, {{"delegate", persons[i].value}}, at_field(field, i));
    }
    return Done{};
}

/// Candidates may supervise neither their own election nor that of another body (R2016 Art. 21).
plenum::Result<Done> scrutineers_must_not_stand(const Congress& congress, const std::vector<DelegateId>& scrutineers,
                                                const std::vector<ListedCandidate>& candidates) {
    if (!TRY(rules::gates(*congress.rules)).scrutineers_not_candidates.value_or(false)) return Done{};
    for (const auto& person : scrutineers)
        for (const auto& candidate : candidates)
            if (candidate.id == person.value) return refuse(Why::scrutineer_is_candidate, {{"delegate", person.value}});
    return Done{};
}

/// Who elects a body is for the rules to say. Of what the congress elects itself a pack may say nothing.
plenum::Result<Done> may_be_elected_here(const Congress& congress, const BodyRecord& body) {
    const auto here = congress.in_first_plenary() ? congress.sitting.body : std::string("assembly");
    const auto electors = rules::electors(*congress.rules, body.body.name);
    if (!electors && !congress.in_first_plenary()) return Done{};
    if (!electors) return refuse(electors.error());
    if (std::ranges::find(electors->elected_by, here) == electors->elected_by.end())
        return refuse(Why::body_elected_elsewhere, {{"body", body.body.name}, {"by", electors->elected_by.front()}},
                      at_field("subject.candidates.body"));
    // A further round is held where the first one was.
    if (!body.results.empty() && body.elected_in != congress.sitting.body) return refuse(elected_elsewhere(body));
    return Done{};
}

/// Chair and vice chairs come from among the members just elected (R2016 Art. 18), and nobody is both.
plenum::Result<Done> must_come_from_their_body(const Congress& congress, const AdoptCandidates& list) {
    const auto electors = rules::electors(*congress.rules, list.body);
    if (!electors || electors->from.empty()) return Done{};
    const auto holds = [&](std::string_view body, const ListedCandidate& candidate) {
        const auto* record = congress.find_body(body);
        return record && record->has_member(candidate.id);
    };
    for (std::size_t i = 0; i < list.candidates.size(); ++i) {
        const auto& candidate = list.candidates[i];
        const auto place = at_field("subject.candidates.candidates", i);
        if (!holds(electors->from, candidate))
            return refuse(Why::candidate_not_a_member, {{"candidate", candidate.id}, {"body", electors->from}}, place);
        for (const auto* office : {"chair", "vice_chair"})
            if (list.body != office && list.body.ends_with("chair") && holds(office, candidate))
                return refuse(Why::candidate_holds_office, {{"candidate", candidate.id}, {"office", office}}, place);
    }
    return Done{};
}

plenum::Result<Done> may_put(const Congress& congress, const ask::PutQuestion& ask, const AdoptCredentialsReport&) {
    if (congress.credentials_adopted) return refuse(Why::question_id_used, {{"question", ask.question.value}});
    return Done{};
}
/// Who is entitled is established before anything is decided by them: credentials report, presidium, secretary-general,
/// agenda, in this order (domain sheet 7; RR1915 § 71: credentials, rules, program).
plenum::Result<Done> credentials_must_be_adopted(const Congress& congress) {
    if (!congress.credentials_adopted) return refuse(Why::credentials_not_adopted);
    return Done{};
}

plenum::Result<Done> may_put(const Congress& congress, const ask::PutQuestion&, const ElectPresidium& list) {
    TRY(credentials_must_be_adopted(congress));
    // It is elected once and directs the congress until it closes; anew only where nobody of it is left.
    if (has_presidium(congress)) return refuse(Why::presidium_already_elected);
    TRY(persons_must_be_entitled(congress, list.members, "subject.presidium.members"));
    // Who presides over a plenary sitting comes from it, also over the one that elects it.
    if (congress.sitting.kind == SittingKind::plenary &&
        std::ranges::find(list.members, congress.sitting.chair) == list.members.end())
        return refuse(Why::chair_not_in_presidium, {{"delegate", congress.sitting.chair.value}},
                      at_field("subject.presidium.members"));
    return must_be_entitled(congress, list.secretary_general, at_field("subject.presidium.secretary_general"));
}
plenum::Result<Done> may_put(const Congress& congress, const ask::PutQuestion&, const AdoptAgenda& agenda) {
    if (!congress.agenda.empty()) return refuse(Why::agenda_already_adopted);
    TRY(credentials_must_be_adopted(congress));
    // Only a pack that says so has a presidium elected in every congress.
    if (const auto elected = congress.rules->flag("assembly.presidium_elected");
        elected && *elected && congress.presidium.empty())
        return refuse(Why::presidium_not_elected);
    if (agenda.items.empty()) return refuse(Why::agenda_empty, {}, at_field("subject.agenda.items"));
    std::set<ItemId> named;
    for (std::size_t i = 0; i < agenda.items.size(); ++i) {
        const auto& item = agenda.items[i];
        if (!named.insert(item.id).second)
            return refuse(Why::item_named_twice, {{"item", item.id.value}}, at_field("subject.agenda.items", i));
        if (item.type == ItemType::election || item.type == ItemType::nomination) TRY(known_body(congress, item.body));
    }
    return Done{};
}
/// What it may state is asked of the rules it would make. Its adoption concludes the item: no election or report ends
/// so. Once a list of candidates is adopted the rules of that
/// election stand until its result does: nobody votes by one rule and is counted by another.
plenum::Result<Done> may_put(const Congress& congress, const ask::PutQuestion& ask, const AdoptMeasure&) {
    if (ask.item) {
        const auto* item = TRY(called_item(congress, *ask.item));
        if (item->item.type != ItemType::measure && item->item.type != ItemType::other)
            return refuse(Why::item_wrong_type, {{"item", ask.item->value}}, at_field("item"));
    }
    for (const auto& body : congress.bodies) {
        const auto* item = item_electing(congress, body.body.name);
        const bool concluded = item && item->done;
        const bool awaits_result = body.list && body.results.size() < static_cast<std::size_t>(body.list_round);
        if (awaits_result || (body.state == BodyState::incomplete && !concluded))
            return refuse(Why::election_under_way, {{"body", body.body.name}}, at_field("subject.measure"));
    }
    return Done{};
}
plenum::Result<Done> may_put(const Congress& congress, const ask::PutQuestion& ask, const AdoptReport&) {
    if (!ask.item) return refuse(Why::item_not_called, {{"item", ""}}, at_field("item"));
    const auto* item = TRY(called_item(congress, *ask.item));
    if (item->item.type != ItemType::report)
        return refuse(Why::item_wrong_type, {{"item", ask.item->value}}, at_field("item"));
    if (!item->heard) return refuse(Why::report_not_heard, {{"item", ask.item->value}});
    if (!item->deliberated) return refuse(Why::report_not_deliberated, {{"item", ask.item->value}});
    return Done{};
}
plenum::Result<Done> may_put(const Congress& congress, const ask::PutQuestion&, const AdoptCandidates& list) {
    const auto* body = TRY(known_body(congress, list.body));
    TRY(must_not_be_refused(*body));
    if (body->filled >= body->body.seats) return refuse(Why::body_already_filled, {{"body", list.body}});
    if (body->list && body->results.size() < static_cast<std::size_t>(body->list_round))
        return refuse(Why::list_already_adopted, {{"body", list.body}});
    if (const auto party = party_missing(congress, Matter::candidates, list.body); !party.empty())
        return refuse(Why::candidates_not_approved, {{"body", list.body}, {"party", party}});
    TRY(may_be_elected_here(congress, *body));
    TRY(must_come_from_their_body(congress, list));
    return scrutineers_must_not_stand(congress, congress.scrutineers_now(), list.candidates);
}
plenum::Result<Done> may_put(const Congress& congress, const ask::PutQuestion&, const ElectScrutineers& list) {
    TRY(persons_must_be_entitled(congress, list.members, "subject.scrutineers.members"));
    if (std::ranges::find(list.members, list.head) == list.members.end())
        return refuse(Why::person_missing, {}, at_field("subject.scrutineers.head"));
    for (const auto* at_stake : congress.lists_at_stake())
        TRY(scrutineers_must_not_stand(congress, list.members, at_stake->candidates));
    return Done{};
}
plenum::Result<Done> may_put(const Congress& congress, const ask::PutQuestion& ask, const AdoptResolution& resolution) {
    if (resolution.title.empty() || resolution.text.empty())
        return refuse(Why::document_empty, {}, at_field("subject.resolution"));
    if (ask.item) TRY(called_item(congress, *ask.item));
    return Done{};
}
plenum::Result<Done> may_put(const Congress&, const ask::PutQuestion&, const AdoptMotion&) { return Done{}; }

/// What the rules say of reducing the seats to those elected, with so many for it.
plenum::Result<rules::Reduction> reduction(const Congress& congress, const BodyRecord& body, std::int64_t in_favour,
                                           std::int64_t base) {
    return rules::reduce_seats(*congress.rules, {body.body.name, congress.plan->members, body.body.seats, body.filled,
                                                 in_favour, std::max(in_favour, base)});
}

/// Where too few are elected the electors may consent to fewer seats instead of voting again, inside the table of sizes
/// (R2016 Art. 26 with Art. 8).
plenum::Result<Done> may_put(const Congress& congress, const ask::PutQuestion&, const ReduceSeats& ask) {
    const auto* body = TRY(known_body(congress, ask.body));
    TRY(must_not_be_refused(*body));
    if (body->results.empty()) return refuse(Why::result_not_declared, {{"body", ask.body}});
    if (body->filled >= body->body.seats) return refuse(Why::body_already_filled, {{"body", ask.body}});
    if (body->elected_in != congress.sitting.body) return refuse(elected_elsewhere(*body));
    if (body->filled == 0) return refuse(Why::nobody_elected, {{"body", ask.body}});
    if (!body->may_be_reduced()) return refuse(Why::reduction_not_foreseen, {{"body", ask.body}});
    if (body->may_issue(static_cast<int>(body->results.size()) + 1))
        return refuse(Why::ballots_under_way, {{"body", ask.body}});
    if (ask.seats != body->filled)
        return refuse(Why::reduction_not_to_elected,
                      {{"body", ask.body}, {"elected", body->filled}, {"seats", ask.seats}},
                      at_field("subject.reduce_seats.seats"));
    const auto answer = TRY(reduction(congress, *body, 0, 0));
    if (!answer.fits)
        return refuse(Why::reduction_too_small,
                      {{"body", ask.body}, {"seats", ask.seats}, {"least", answer.allowed_min.value_or(1)}},
                      at_field("subject.reduce_seats.seats"));
    return Done{};
}

/// So many votes as the subject itself asks for, whatever the majority of motions: fewer seats need more than half.
plenum::Result<std::int64_t> consent_required(const Congress& congress, const Subject& subject, std::int64_t base) {
    const auto* fewer = std::get_if<ReduceSeats>(&subject);
    if (!fewer) return 0;
    return TRY(reduction(congress, *congress.find_body(fewer->body), 0, base))
    .consent_required;
}

bool belongs_to_a_plenary(const Subject& subject) {
    return std::holds_alternative<AdoptCandidates>(subject) || std::holds_alternative<ElectScrutineers>(subject) ||
           std::holds_alternative<AdoptMotion>(subject) || std::holds_alternative<ReduceSeats>(subject);
}

Events on(const Congress& congress, const ask::PutQuestion& ask, UtcTime now) {
    TRY(sitting_must_be_open(congress));
    TRY(quorum_must_still_bind(congress));
    TRY(no_question_may_be_open(congress));
    if (congress.questions.contains(ask.question))
        return refuse(Why::question_id_used, {{"question", ask.question.value}}, at_field("question"));
    if (ask.item) TRY(called_item(congress, *ask.item));
    if (ask.closes_at && *ask.closes_at <= now) return refuse(Why::plan_impossible, {}, at_field("closes_at"));
    if (congress.in_first_plenary() && !belongs_to_a_plenary(ask.subject)) TRY(assembly_must_sit(congress));
    TRY(std::visit([&](const auto& subject) { return may_put(congress, ask, subject); }, ask.subject));
    // The chair must be able to say what counts as adopted before anybody votes.
    const auto rules = TRY(rules_of_vote(congress, ask.subject));
    TRY(rules::motion(rules, "motion", votes(congress.electors(), present_now(congress), 0, 0, 0)));
    if (const auto modes = TRY(rules::voting_modes(rules, "motion"));
        std::ranges::find(modes, name_of(ask.mode)) == modes.end())
        return refuse(Why::mode_not_allowed, {{"mode", name_of(ask.mode)}}, at_field("mode"));
    return only(QuestionPut{ask});
}

plenum::Result<const Question*> the_open_question(const Congress& congress, const QuestionId& id) {
    TRY(sitting_must_be_open(congress));
    const auto found = congress.questions.find(id);
    if (found == congress.questions.end())
        return refuse(Why::question_unknown, {{"question", id.value}}, at_field("question"));
    if (congress.open_question != id)
        return refuse(Why::question_not_open, {{"question", id.value}}, at_field("question"));
    return &found->second;
}

Events on(const Congress& congress, const ask::DeclareVote& ask, UtcTime) {
    const auto* question = TRY(the_open_question(congress, ask.question));
    const auto present = present_now(congress);
    std::int64_t in_favour = present, against = 0, abstaining = 0;
    if (question->put.mode == VoteMode::acclamation) {
        if (ask.in_favour || ask.against || ask.abstaining) return refuse(Why::votes_impossible, {}, at_field("for"));
    } else {
        if (!ask.in_favour || !ask.against || !ask.abstaining)
            return refuse(Why::votes_impossible, {},
                          at_field(!ask.in_favour ? "for"
                                   : !ask.against ? "against"
                                                  : "abstain"));
        in_favour = *ask.in_favour, against = *ask.against, abstaining = *ask.abstaining;
        for (const auto& [field, votes] :
             {std::pair{"for", in_favour}, std::pair{"against", against}, std::pair{"abstain", abstaining}})
            if (votes < 0 || votes > 1'000'000'000) return refuse(Why::votes_impossible, {}, at_field(field));
        if (in_favour + against + abstaining > present)
            return refuse(Why::votes_exceed_present,
                          {{"votes", in_favour + against + abstaining}, {"present", present}});
    }
    const auto rules = TRY(rules_of_vote(congress, question->put.subject));
    const auto answer =
        TRY(rules::motion(rules, "motion", votes(congress.electors(), present, in_favour, against, abstaining)));
    const auto consent = TRY(consent_required(congress, question->put.subject,
                                              answer.base == count::Base::none ? present : answer.base_count));
    return only(QuestionDecided{ask.question, in_favour, against, abstaining,
                                present - in_favour - against - abstaining, congress.electors(), present,
                                std::string(name_of(answer.base)), answer.base_count,
                                std::max(answer.required, consent), answer.passed && in_favour >= consent});
}

Events on(const Congress& congress, const ask::WithdrawQuestion& ask, UtcTime) {
    TRY(the_open_question(congress, ask.question));
    return only(QuestionWithdrawn{ask});
}

// ---- Presidium, agenda, reports
// ---------------------------------------------------------------------------------------

Events on(const Congress& congress, const ask::MeetPresidium& ask, UtcTime) {
    TRY(must_not_be_closed(congress));
    if (congress.presidium.empty()) return refuse(Why::presidium_not_elected);
    for (std::size_t i = 0; i < ask.executive_chairs.size(); ++i) {
        const auto& chair = ask.executive_chairs[i];
        if (std::ranges::find(congress.presidium, chair) == congress.presidium.end())
            return refuse(Why::chair_not_in_presidium, {{"delegate", chair.value}}, at_field("executive_chairs", i));
        // A seat in the presidium ends with the mandate.
        TRY(must_be_entitled(congress, chair, at_field("executive_chairs", i)));
    }
    return only(PresidiumMet{ask, congress.presidium_meetings + 1});
}

/// An item holds any number of resolutions, each adopted by its own vote; it is concluded when the chair goes on to the
/// next item or closes the congress. An item without one is concluded by the chair's word only.
void move_on(const Congress& congress, std::vector<Event>& out) {
    const auto* item = congress.find_item(congress.current_item);
    if (item && !item->done && item->item.type == ItemType::resolution && item->resolutions > 0)
        out.emplace_back(ItemConcluded{{congress.current_item}});
}

Events on(const Congress& congress, const ask::CallItem& ask, UtcTime) {
    TRY(assembly_must_sit(congress));
    if (congress.agenda.empty()) return refuse(Why::agenda_not_adopted);
    TRY(no_question_may_be_open(congress));
    const auto* item = congress.find_item(ask.item);
    if (!item) return refuse(Why::item_unknown, {{"item", ask.item.value}}, at_field("item"));
    if (item->done) return refuse(Why::item_already_decided, {{"item", ask.item.value}}, at_field("item"));
    // An item may be taken up again after another, or in another sitting; the one that is under way is called once.
    const bool current = congress.current_item == ask.item;
    if (current && congress.item_called_in == congress.sitting.number)
        return refuse(Why::item_already_called, {{"item", ask.item.value}}, at_field("item"));
    std::vector<Event> out;
    if (!current) move_on(congress, out);
    out.emplace_back(ItemCalled{ask});
    return out;
}

Events on(const Congress& congress, const ask::LayDocument& ask, UtcTime) {
    TRY(pack_must_be_confirmed(congress));
    if (ask.item && !congress.find_item(*ask.item))
        return refuse(Why::item_unknown, {{"item", ask.item->value}}, at_field("item"));
    TRY(language_from_tag(ask.language));
    if (ask.markdown.empty()) return refuse(Why::document_empty, {}, at_field("markdown"));
    auto hash = sha256_hex(ask.markdown);
    if (congress.documents.contains(hash)) return refuse(Why::document_already_laid, {{"hash", hash}});
    return only(DocumentLaid{ask, std::move(hash)});
}

Events on(const Congress& congress, const ask::HearReport& ask, UtcTime) {
    TRY(assembly_must_sit(congress));
    const auto* item = TRY(called_item(congress, ask.item));
    if (item->item.type != ItemType::report)
        return refuse(Why::item_wrong_type, {{"item", ask.item.value}}, at_field("item"));
    if (item->heard) return refuse(Why::report_already_heard, {{"item", ask.item.value}});
    if (!congress.documents.contains(ask.document))
        return refuse(Why::document_unknown, {{"hash", ask.document}}, at_field("document"));
    return only(ReportHeard{ask});
}

Events on(const Congress& congress, const ask::RecordDeliberation& ask, UtcTime) {
    // Delegations deliberate while the plenary is interrupted or between sittings, so no open sitting is asked for.
    TRY(must_not_be_closed(congress));
    const auto* item = TRY(called_item(congress, ask.item));
    if (item->item.type == ItemType::report && !item->heard)
        return refuse(Why::report_not_heard, {{"item", ask.item.value}});
    if (!congress.find_unit(ask.unit)) return refuse(Why::unit_unknown, {{"unit", ask.unit.value}}, at_field("unit"));
    if (ask.speakers < 0) return refuse(Why::plan_impossible, {}, at_field("speakers"));
    // Delegations meet outside the hall, so who was there is not known; it is nobody without a mandate.
    const auto delegates = std::ranges::count_if(congress.mandates, [&](const auto& each) {
        return each.second.delegate.unit == ask.unit && each.second.finding == Finding::valid;
    });
    if (ask.speakers > delegates)
        return refuse(Why::speakers_exceed_delegation,
                      {{"unit", ask.unit.value}, {"speakers", ask.speakers}, {"delegates", delegates}},
                      at_field("speakers"));
    return only(ItemDeliberated{ask});
}

Events on(const Congress& congress, const ask::ConcludeItem& ask, UtcTime) {
    TRY(assembly_must_sit(congress));
    const auto* item = TRY(called_item(congress, ask.item));
    // Elections and nominations end with their result; a report may only be heard, if the agenda wants no vote on it.
    if (item->item.type == ItemType::election || item->item.type == ItemType::nomination) {
        const auto* body = TRY(known_body(congress, item->item.body));
        if (body->state == BodyState::vacant) return refuse(Why::result_not_declared, {{"body", item->item.body}});
    }
    if (item->item.type == ItemType::report && !item->heard)
        return refuse(Why::report_not_heard, {{"item", ask.item.value}});
    return only(ItemConcluded{ask});
}

Events on(const Congress& congress, const ask::NoteFact& ask, UtcTime) {
    TRY(must_not_be_closed(congress));
    return only(FactNoted{ask});
}

// ---- Results --------------------------------------------------------------------------------------------------------

Events on(const Congress& congress, const ask::DeclareResult& ask, UtcTime) {
    const auto& result = ask.result;
    TRY(sitting_must_be_open(congress));
    const auto* body = TRY(known_body(congress, result.body));
    TRY(must_not_be_refused(*body));
    if (!body->list && congress.in_first_plenary()) return refuse(Why::list_not_adopted, {{"body", result.body}});
    if (body->list && body->elected_in != congress.sitting.body) return refuse(elected_elsewhere(*body));
    // A first plenary has no agenda of the congress to follow.
    if (!congress.in_first_plenary()) TRY(item_of_body_must_be_called(congress, ItemType::election, result.body));
    if (!body->list) return refuse(Why::list_not_adopted, {{"body", result.body}});
    if (!body->may_issue(result.round)) return refuse(Why::ballots_not_authorised, {{"body", result.body}});
    if (static_cast<int>(body->results.size()) + 1 != result.round)
        return refuse(Why::result_not_due, {{"body", result.body}});
    const auto wrong = [&](std::string field) {
        return refuse(Why::result_does_not_add_up, {{"body", result.body}}, at_field("result." + field));
    };
    if (result.seats != body->body.seats - body->filled) return wrong("seats");
    if (result.entitled != body->authorised->entitled) return wrong("entitled");
    if (result.issued < 0 || result.issued > body->authorised->present) return wrong("issued");
    const auto elected = std::ranges::count_if(result.rows, [](const ResultRow& row) { return row.elected; });
    if (result.valid_election && (result.returned > result.issued || result.valid + result.invalid != result.returned))
        return wrong("returned");
    if (result.valid_election ? elected + result.open != result.seats : elected != 0) return wrong("rows");
    const bool pending = !parties_to_ask(*congress.rules, Matter::results).empty();
    return only(ResultDeclared{ask, pending});
}

/// The women's committee is chaired by a woman chair or vice chair of the union, or by whom it was agreed on (R2016
/// Art. 39): a pack that says who it is wants one, and one that leaves it open blocks the nomination by that name.
plenum::Result<Done> head_must_be_fit(const Congress& congress, const ask::Nominate& ask) {
    const auto rule = TRY(congress.rules->word("bodies.womens_committee.head"));
    if (std::ranges::find(ask.members, "chair", &NominatedMember::role) == ask.members.end())
        return refuse(Why::head_missing, {{"body", ask.body}}, at_field("members"));
    for (std::size_t i = 0; i < ask.members.size(); ++i) {
        const auto& member = ask.members[i];
        if (member.role != "chair") continue;
        if (rule != "woman_chair_or_vice_chair_or_agreed") return Done{};
        if (ask.head_agreed && !ask.head_agreed->empty()) continue;
        const auto found = member.id ? congress.mandates.find({*member.id}) : congress.mandates.end();
        const bool woman = found != congress.mandates.end() && found->second.delegate.sex == "female";
        const bool in_office = std::ranges::any_of(congress.bodies, [&](const BodyRecord& body) {
            return (body.body.name == "chair" || body.body.name == "vice_chair") && member.id &&
                   body.has_member(*member.id);
        });
        if (!woman || !in_office)
            return refuse(Why::womens_head_not_agreed, {{"name", member.name}}, at_field("members", i));
    }
    return Done{};
}

/// The chair has called the item under which the body is announced; whom a higher union refused is nominated anew under
/// the same item.
plenum::Result<Done> nomination_must_be_called(const Congress& congress, const std::string& body) {
    if (congress.agenda.empty()) return refuse(Why::agenda_not_adopted);
    return item_of_body_must_be_called(congress, ItemType::nomination, body);
}

/// Somebody who is a delegate, stands on an adopted list, or was elected.
bool knows_person(const Congress& congress, const std::string& id) {
    return congress.mandates.contains({id}) || std::ranges::any_of(congress.bodies, [&](const BodyRecord& body) {
               return body.has_member(id) ||
                      (body.list && std::ranges::find(body.list->candidates, id, &ListedCandidate::id) !=
                                        body.list->candidates.end());
           });
}

plenum::Result<Done> must_be_a_nominee(const Congress& congress, const NominatedMember& member, std::size_t index) {
    if (member.name.empty()) return refuse(Why::person_missing, {}, at_field("members", index, "name"));
    if (member.id && !knows_person(congress, *member.id))
        return refuse(Why::person_unknown, {{"id", shown(*member.id)}}, at_field("members", index, "id"));
    return Done{};
}

/// Consultation is part of the preparation, which begins a year ahead at most (domain sheet 4), and has taken place.
plenum::Result<Done> consultation_must_be_of_this_congress(const Congress& congress, const Date& on, UtcTime now) {
    const auto latest = date_at(now, congress.plan->utc_offset_minutes);
    if (on > latest) return refuse(Why::plan_impossible, {}, at_field("consulted_on"));
    auto earliest = std::min(congress.plan->begins_on, latest);
    --earliest.year;
    if (on < earliest)
        return refuse(Why::consulted_too_early, {{"from", text_from_date(earliest)}}, at_field("consulted_on"));
    return Done{};
}

Events on(const Congress& congress, const ask::Nominate& ask, UtcTime now) {
    TRY(assembly_must_sit(congress));
    const auto* body = TRY(known_body(congress, ask.body));
    // Whom a higher union refused may be nominated anew; who was elected has been elected.
    if ((body->state != BodyState::vacant && body->state != BodyState::refused) || !body->results.empty() ||
        body->was_elected_before())
        return refuse(Why::body_already_filled, {{"body", ask.body}});
    const auto answer = TRY(rules::womens_committee(*congress.rules, congress.plan->women_members));
    const bool may_nominate =
        ask.body == "womens_committee" &&
        std::ranges::find(answer.formation, "nominated_after_consultation") != answer.formation.end();
    if (!may_nominate) return refuse(Why::body_not_nominated, {{"body", ask.body}}, at_field("body"));
    TRY(nomination_must_be_called(congress, ask.body));
    // A nomination fills the seats of the plan: no rule known leaves some of them open, as an election may. Below the
    // line of the rules there is one women's member and no committee.
    const bool committee = answer.form == "womens_committee";
    const int seats = committee ? body->body.seats : 1;
    if (static_cast<int>(ask.members.size()) != seats)
        return refuse(Why::nomination_numbers_impossible, {{"members", ask.members.size()}, {"seats", seats}},
                      at_field("members"));
    int heads = 0;
    for (std::size_t i = 0; i < ask.members.size(); ++i) {
        const auto& member = ask.members[i];
        TRY(must_be_a_nominee(congress, member, i));
        if (member.role == "chair" && ++heads > 1)
            return refuse(Why::head_named_twice, {{"name", member.name}}, at_field("members", i, "role"));
        for (std::size_t k = 0; k < i; ++k)
            if ((member.id && member.id == ask.members[k].id) ||
                (member.name == ask.members[k].name && member.unit == ask.members[k].unit))
                return refuse(Why::member_named_twice, {{"name", member.name}}, at_field("members", i));
    }
    if (ask.document.empty()) return refuse(Why::document_number_missing, {}, at_field("document"));
    if (committee) TRY(head_must_be_fit(congress, ask));
    TRY(consultation_must_be_of_this_congress(congress, ask.consulted_on, now));
    const bool pending = !parties_to_ask(*congress.rules, Matter::results).empty();
    return only(BodyNominated{ask, pending});
}

/// What falls with a body that is elected anew: whom its members elected, and the offices that are filled from among
/// them (R2016 Art. 18); and what falls with these.
std::vector<std::string> falling_with(const Congress& congress, const BodyRecord& body) {
    std::vector<std::string> all{body.body.name};
    for (std::size_t i = 0; i < all.size(); ++i)
        for (const auto& each : congress.bodies) {
            if (!each.list || std::ranges::find(all, each.body.name) != all.end()) continue;
            const auto electors = rules::electors(*congress.rules, each.body.name);
            if (each.elected_in == all[i] || (electors && electors->from == all[i])) all.push_back(each.body.name);
        }
    all.erase(all.begin());
    return all;
}

/// A result that the union above did not approve is no result: there is a new election (R2016 Art. 28), in this
/// congress while it lasts. The rules know no congress that is opened again.
Events on(const Congress& congress, const ask::CallNewElection& ask, UtcTime) {
    TRY(must_be_planned(congress));
    const auto* body = TRY(known_body(congress, ask.body));
    const auto* refused = congress.refusal_of(ask.body);
    if (body->state != BodyState::refused || !refused) return refuse(Why::result_not_refused, {{"body", ask.body}});
    if (congress.closed) return refuse(Why::new_election_after_close, {{"body", ask.body}});
    if (body->nominated) return refuse(Why::new_election_by_nomination, {{"body", ask.body}});
    if (congress.in_first_plenary()) return refuse(Why::assembly_adjourned, {{"body", congress.sitting.body}});
    TRY(no_question_may_be_open(congress));
    return only(NewElectionCalled{ask, refused->first.party, refused->second.reply, falling_with(congress, *body)});
}

Events on(const Congress& congress, const ask::AnnouncePlenary& ask, UtcTime) {
    TRY(assembly_must_sit(congress));
    const auto* body = TRY(known_body(congress, ask.body));
    if (body->plenaries.empty() || !body->plenaries.back().closed || congress.elected_in(ask.body).empty())
        return refuse(Why::plenary_not_held, {{"body", ask.body}}, at_field("body"));
    if (body->plenaries.back().announced)
        return refuse(Why::plenary_already_announced, {{"body", ask.body}}, at_field("body"));
    return only(PlenaryAnnounced{ask});
}

Events on(const Congress& congress, const ask::CloseCongress& ask, UtcTime) {
    TRY(assembly_must_sit(congress));
    TRY(no_question_may_be_open(congress));
    if (congress.agenda.empty()) return refuse(Why::agenda_not_adopted);
    std::vector<Event> out;
    move_on(congress, out);
    for (const auto& item : congress.agenda)
        if (!item.done && (out.empty() || item.item.id != congress.current_item))
            return refuse(Why::items_open, {{"item", item.item.id.value}});
    for (const auto& body : congress.bodies)
        if (!body.plenaries.empty() && body.plenaries.back().closed && !body.plenaries.back().announced &&
            !congress.elected_in(body.body.name).empty())
            return refuse(Why::plenary_not_announced, {{"body", body.body.name}});
    out.emplace_back(CongressClosed{ask});
    return out;
}

}  // namespace

std::vector<std::string> parties_to_ask(const rules::Rules& rules, Matter matter) {
    const auto gates = rules::gates(rules);
    if (!gates) return {};
    switch (matter) {
        case Matter::holding: return gates->prior_report_to;
        case Matter::candidates: return gates->list_approved_by;
        case Matter::results: break;
    }
    if (!gates->approval_by || *gates->approval_by == "none") return {};
    return {*gates->approval_by};
}

plenum::Result<rules::Rules> rules_of_vote(const Congress& congress, const Subject& subject) {
    const auto* measure = std::get_if<AdoptMeasure>(&subject);
    if (!measure) return *congress.rules;
    return congress.rules->with_measure(measure->toml, "subject.measure.toml");
}

bool assembly_elects_scrutineers(const rules::Rules& rules) {
    const auto officers = rules.word("officers.scrutineers");
    return officers && *officers == "elected_by_assembly";
}

bool is_by_post(const Congress& congress, std::string_view body) {
    const auto* record = congress.find_body(body);
    return record && votes_by_post(congress, *record);
}

plenum::Result<Done> box_may_be_handled(const Congress& congress, std::string_view name) {
    const auto* body = TRY(known_body(congress, name));
    if (votes_by_post(congress, *body)) return must_not_be_closed(congress);
    TRY(sitting_must_be_open(congress));
    if (body->elected_in != congress.sitting.body) return refuse(elected_elsewhere(*body));
    return Done{};
}

plenum::Result<Done> must_be_in_the_hall(const Congress& congress, std::string_view body, const DelegateId& person,
                                         Place place) {
    const auto* record = congress.find_body(body);
    const bool in_this_sitting = record && !votes_by_post(congress, *record) &&
                                 congress.sitting.state != SittingState::none &&
                                 record->elected_in == congress.sitting.body;
    const bool comes_by_right =
        congress.is_elector(person) || (!congress.in_first_plenary() && congress.mandates.contains(person));
    if (in_this_sitting && comes_by_right && !congress.sitting.present.contains(person))
        return refuse(Why::not_present, {{"delegate", person.value}}, std::move(place));
    return Done{};
}

plenum::Result<Done> ballots_may_be_issued(const Congress& congress, std::string_view name, int round) {
    TRY(box_may_be_handled(congress, name));
    const auto* body = congress.find_body(name);
    if (!body->list) return refuse(Why::list_not_adopted, {{"body", name}});
    if (!body->authorised || body->authorised->round != round)
        return refuse(Why::ballots_not_authorised, {{"body", name}});
    if (votes_by_post(congress, *body)) return Done{};
    if (body->authorised_in_stretch != congress.stretch) return refuse(Why::ballots_not_authorised, {{"body", name}});
    if (body->authorised->entitled != congress.electors())
        return refuse(Why::entitled_changed,
                      {{"counted", body->authorised->entitled}, {"entitled", congress.electors()}});
    if (present_now(congress) < body->authorised->present)
        return refuse(Why::presence_fell, {{"counted", body->authorised->present}, {"present", present_now(congress)}});
    return Done{};
}

plenum::Result<rules::Quorum> quorum_now(const Congress& congress) {
    return rules::quorum(*congress.rules, quorum_name(congress), attendance(congress));
}

plenum::Result<std::vector<Event>> decide(const Congress& congress, const ask::Command& command, UtcTime now) {
    if (congress.presence_is_of_yesterday(now)) return decide(seen_at(congress, now), command, now);
    return std::visit([&](const auto& ask) { return on(congress, ask, now); }, command);
}

}  // namespace plenum::congress
