// SPDX-License-Identifier: Apache-2.0
#include "app/desk.h"

#include <algorithm>

#include "app/forms.h"
#include "congress/sentences.h"
#include "election/sheet.h"
#include "election/views.h"

namespace plenum::app::desk {
namespace {

using State = plenum::congress::Congress;

Text words(std::string_view group, std::string_view name) {
    return say_all("desk." + std::string(group) + "." + std::string(name));
}

Person person(const State& state, const congress::DelegateId& id) { return {id.value, state.name_of_delegate(id)}; }

std::vector<Person> persons(const State& state, const std::vector<congress::DelegateId>& ids) {
    std::vector<Person> out;
    for (const auto& id : ids) out.push_back(person(state, id));
    return out;
}

std::vector<Person> persons(const std::vector<election::Person>& from) {
    std::vector<Person> out;
    for (const auto& each : from) out.push_back({each.id.value, each.name});
    return out;
}

template <class Tag>
std::vector<std::string> values(const std::vector<Id<Tag>>& ids) {
    std::vector<std::string> out;
    for (const auto& id : ids) out.push_back(id.value);
    return out;
}

std::vector<Choice> next_steps(const std::vector<std::string>& steps) {
    std::vector<Choice> out;
    for (const auto& each : steps) out.push_back({each, congress::next_step_name(each)});
    return out;
}

// ---- Preparing
// -------------------------------------------------------------------------------------------------------

Request request_of(const State& state, congress::Matter matter, const std::string& body, const std::string& party) {
    Request out;
    out.matter = matter;
    out.matter_name = label_of_choice("matter", name_of(matter));
    out.body = body;
    if (!body.empty()) out.body_name = congress::body_title(state, body);
    out.party = party;
    out.party_name = congress::party_name(state, party);
    const auto found = state.requests.find({matter, body, party});
    if (found == state.requests.end()) {
        out.state = RequestState::not_sent;
        return out;
    }
    const auto& sent = found->second;
    out.state = !sent.answered ? RequestState::sent : sent.granted ? RequestState::granted : RequestState::refused;
    out.document = sent.document;
    out.sent_at = sent.sent_at;
    out.reply = sent.reply;
    out.replied_at = sent.replied_at;
    return out;
}

std::vector<Request> requests(const State& state) {
    std::vector<Request> out;
    for (const auto matter : {congress::Matter::holding, congress::Matter::candidates, congress::Matter::results})
        for (const auto& party : congress::parties_to_ask(*state.rules, matter)) {
            if (matter == congress::Matter::holding) {
                out.push_back(request_of(state, matter, "", party));
                continue;
            }
            for (const auto& body : state.bodies) {
                // A body that is formed by nomination has no list of candidates to consent to.
                const bool asked = state.requests.contains({matter, body.body.name, party});
                if (matter == congress::Matter::candidates && state.is_nominated(body.body.name) && !asked) continue;
                out.push_back(request_of(state, matter, body.body.name, party));
            }
        }
    return out;
}

/// Units and mandates in figures, in one pass over the delegates.
void count_delegates(const State& state, std::vector<Unit>& units, Credentials& credentials) {
    std::map<std::string, Unit*> by_id;
    for (const auto& unit : state.units) {
        Unit out;
        out.id = unit.id.value;
        out.name = unit.name;
        out.members = unit.members;
        out.seats = unit.seats;
        if (const auto found = state.unit_elections.find(unit.id); found != state.unit_elections.end()) {
            const auto& report = found->second;
            out.reported = true;
            out.electors = report.electors;
            out.participating = report.participating;
            out.candidates = report.candidates;
            out.least_votes = report.least_votes;
        }
        units.push_back(std::move(out));
    }
    for (auto& unit : units) by_id[unit.id] = &unit;
    for (const auto& [id, mandate] : state.mandates) {
        auto* unit = by_id[mandate.delegate.unit.value];
        const bool valid = mandate.finding == congress::Finding::valid;
        ++credentials.delegates;
        credentials.valid += valid;
        credentials.women += valid && mandate.delegate.sex == "female";
        credentials.managers += valid && mandate.delegate.manager;
        credentials.invalid += mandate.finding == congress::Finding::invalid;
        credentials.unreviewed += !mandate.reviewed;
        credentials.pending += mandate.reviewed && mandate.finding == congress::Finding::pending;
        if (!unit) continue;
        ++unit->delegates;
        unit->valid += valid;
        unit->present += state.sitting.present.contains(id);
    }
    credentials.entitled = state.entitled;
    credentials.adopted = state.credentials_adopted;
    credentials.supplements = state.supplements;
}

// ---- Bodies
// ----------------------------------------------------------------------------------------------------------

Row row_of(const congress::ResultRow& row) {
    return {row.rank,       row.id,      row.name, row.unit,     row.in_favour, row.against,
            row.abstaining, row.elected, row.tied, row.write_in, row.ineligible};
}

DeclaredResult declared(const congress::ResultDeclared& event) {
    const auto& result = event.result;
    DeclaredResult out;
    out.round = result.round;
    out.seats = result.seats;
    out.valid_election = result.valid_election;
    out.entitled = result.entitled;
    out.present = result.present;
    out.issued = result.issued;
    out.returned = result.returned;
    out.invalid = result.invalid;
    out.valid = result.valid;
    out.threshold = result.threshold;
    out.base = result.base;
    out.base_name = congress::base_name(result.base);
    out.base_count = result.base_count;
    out.open = result.open;
    out.next = next_steps(result.next);
    out.certificate = result.certificate;
    out.pending = event.pending;
    for (const auto& row : result.rows) out.rows.push_back(row_of(row));
    return out;
}

Body body_of(const State& state, const congress::BodyRecord& record) {
    Body out;
    out.name = record.body.name;
    out.title = record.body.title;
    out.seats = record.body.seats;
    out.filled = record.filled;
    if (record.reduced_from > 0) out.reduced_from = record.reduced_from;
    out.state = record.state;
    out.state_name = congress::body_state_name(state, record);
    if (record.list) {
        BodyList list{record.list_round, {}};
        for (const auto& each : record.list->candidates) list.candidates.push_back({each.id, each.name, each.unit});
        out.list = std::move(list);
    }
    for (const auto& event : record.results) out.results.push_back(declared(event));
    for (const auto& row : record.members()) out.members.push_back({row.called(), row.unit});
    if (record.nominated) {
        const auto& event = *record.nominated;
        Nominated nominated{event.proposed_by, event.consulted, event.consulted_on, event.document, {}};
        for (const auto& each : event.members) {
            nominated.members.push_back({each.name, each.unit, each.role});
            out.members.push_back({each.name, each.unit});
        }
        out.nominated = std::move(nominated);
    }
    return out;
}

// ---- Sittings
// --------------------------------------------------------------------------------------------------------

Measured measured(const State& state, const congress::SittingRecord::Measured& each) {
    const auto& quorum = each.quorum;
    Measured out;
    out.occasion = quorum.occasion;
    out.occasion_name = congress::occasion_name(state, quorum);
    out.body = quorum.body;
    out.round = quorum.round;
    out.entitled = quorum.entitled;
    out.present = quorum.present;
    out.required = quorum.required;
    out.met = quorum.met;
    out.at = each.at;
    return out;
}

Sitting sitting_of(const State& state, const congress::SittingRecord& record) {
    Sitting out;
    out.id = record.id.value;
    out.number = record.number;
    out.kind = record.kind;
    out.kind_name = label_of_choice("sitting_kind", name_of(record.kind));
    out.title = record.title;
    out.elects = record.elects;
    if (!record.chair.empty()) out.chair = person(state, record.chair);
    out.entitled = record.entitled;
    out.present = record.present;
    out.check_in_at = record.check_in_at;
    out.opened_at = record.opened_at;
    out.closed_at = record.closed_at;
    for (const auto& each : record.measured) out.measured.push_back(measured(state, each));
    if (record.closed_at) return out;
    // While a first plenary meets, the congress's own sitting waits.
    const bool acts = record.id == state.sitting.id;
    invariant(acts || state.adjourned);
    const auto& now = acts ? state.sitting : *state.adjourned;
    out.entitled = acts ? state.electors() : state.entitled;
    out.present = static_cast<std::int64_t>(now.present.size());
    using Now = congress::SittingState;
    out.state = now.state == Now::interrupted   ? SittingState::interrupted
                : now.state == Now::checking_in ? SittingState::checking_in
                                                : SittingState::open;
    if (!acts) return out;
    if (const auto quorum = congress::quorum_now(state))
        out.quorum = Quorum{quorum->required, quorum->met, rules::rule_sentence(*quorum)};
    if (now.state == congress::SittingState::interrupted)
        out.interruption = Interruption{now.reason, congress::words_for("interruption", name_of(now.reason)),
                                        now.announcement, now.interrupted_at};
    return out;
}

Presidium presidium_of(const State& state) {
    Presidium out;
    out.members = persons(state, state.presidium);
    if (!state.secretary_general.empty()) out.secretary_general = person(state, state.secretary_general);
    for (const auto& each : state.presidium_met)
        out.meetings.push_back(
            {each.met.number, each.at, persons(state, each.met.executive_chairs), each.met.decisions});
    return out;
}

// ---- Agenda, questions, documents
// ------------------------------------------------------------------------------------

Item item_of(const State& state, const congress::Item& item, std::int64_t number) {
    Item out;
    out.id = item.item.id.value;
    out.number = number;
    out.type = item.item.type;
    out.type_name = congress::words_for("item_type", name_of(item.item.type));
    out.title = item.item.title;
    out.presenter = item.item.presenter;
    out.body = item.item.body;
    out.state = item.done          ? ItemState::done
                : item.deliberated ? ItemState::deliberated
                : item.heard       ? ItemState::heard
                : item.called      ? ItemState::called
                                   : ItemState::waiting;
    out.state_name = words("item_state", name_of(out.state));
    out.current = state.current_item == item.item.id && !item.done;
    out.documents = item.documents;
    for (const auto& each : item.deliberations) {
        const auto* unit = state.find_unit(each.unit);
        Deliberation heard{
            each.unit.value, unit ? unit->name : same_text(each.unit.value), each.speakers, each.summary, {}};
        for (const auto& amendment : each.amendments)
            heard.amendments.push_back({amendment.text, amendment.disposition});
        out.deliberations.push_back(std::move(heard));
    }
    return out;
}

Question question_of(const State& state, const congress::Question& question) {
    Question out;
    out.id = question.put.question.value;
    if (question.put.item) out.item = question.put.item->value;
    out.kind = kind_of(question.put.subject);
    out.subject = congress::subject_name(state, question.put);
    out.text = question.put.text;
    out.mode = question.put.mode;
    out.mode_name = congress::words_for("mode", name_of(question.put.mode));
    out.state = question.withdrawn          ? QuestionState::withdrawn
                : !question.decided         ? QuestionState::open
                : question.decided->adopted ? QuestionState::adopted
                                            : QuestionState::lost;
    // Under the rules of today; what was needed then stands in the result.
    if (out.state == QuestionState::open)
        if (auto rule = congress::majority_rule(state, question.put)) out.rule = std::move(*rule);
    out.put_at = question.put_at;
    out.closes_at = question.put.closes_at;
    if (question.decided) {
        const auto& decided = *question.decided;
        Votes votes;
        votes.in_favour = decided.in_favour;
        votes.against = decided.against;
        votes.abstain = decided.abstaining;
        votes.not_voting = decided.not_voting;
        votes.entitled = decided.entitled;
        votes.present = decided.present;
        votes.base = decided.base;
        votes.base_name = congress::base_name(decided.base);
        votes.base_count = decided.base_count;
        votes.required = decided.required;
        votes.at = question.decided_at.value_or(question.put_at);
        out.result = std::move(votes);
    }
    return out;
}

std::vector<Question> questions(const State& state) {
    std::vector<const congress::Question*> order;
    for (const auto& [id, each] : state.questions) order.push_back(&each);
    std::ranges::stable_sort(order, {}, [](const auto* each) { return each->put_at; });
    std::vector<Question> out;
    for (const auto* each : order) out.push_back(question_of(state, *each));
    return out;
}

std::vector<Document> documents(const State& state) {
    std::vector<Document> out;
    for (const auto& [hash, each] : state.documents)
        out.push_back({hash, "/documents/" + hash, each.title, each.language,
                       each.item ? std::optional(each.item->value) : std::nullopt,
                       static_cast<std::int64_t>(each.markdown.size()), each.laid_at});
    std::ranges::stable_sort(out, {}, &Document::at);
    return out;
}

// ---- Elections
// -------------------------------------------------------------------------------------------------------

Columns columns_of(const election::Election& from) {
    const auto rules = rules::Rules::from_effective(from.rules);
    if (!rules) return {};
    const auto ballot = rules::ballot_rules(*rules);
    if (!ballot) return {};
    const auto offered = election::columns_of(*ballot, from.round_kind);
    return {offered.against, offered.abstain, offered.write_in, offered.illegal, offered.ignored};
}

Certified certified(const election::Election& from) {
    const auto& result = *from.result;
    const auto outcome = election::outcome(from);
    Certified out;
    out.state = result.state;
    out.method = result.method;
    out.valid_election = outcome.valid_election;
    out.valid = outcome.valid;
    out.invalid = outcome.invalid;
    out.threshold = outcome.threshold;
    out.base = outcome.base;
    out.base_name = congress::base_name(out.base);
    out.base_count = outcome.base_count;
    out.open = outcome.open;
    out.tied = result.course.tied;
    out.next = next_steps(result.course.next);
    out.certificate = result.certificate;
    out.at = result.at;
    for (const auto& row : election::result_rows(from))
        out.rows.push_back({row.rank, row.id.value, row.name, row.unit, row.in_favour, row.against, row.abstain,
                            row.elected, row.tied, row.write_in, row.ineligible});
    return out;
}

/// Whether the two counts agree, found by the act that compares them; the numbers stay with the tellers.
void compare(Election& out, const election::Election& from, Language language) {
    if (from.phase > election::Phase::collected) {
        out.counts = from.entries.empty() ? CountsState::none : CountsState::agreed;
        return;
    }
    out.counts = from.entries.empty() ? CountsState::none : CountsState::one;
    if (from.entries.size() < 2) return;
    const auto compared = election::decide(from, election::CompareCounts{}, {});
    out.counts = compared ? CountsState::agree : CountsState::differ;
    if (!compared) out.differs = problem_json(language, compared.error());
}

Election election_of(const Books& books, const State& state, const election::Election& from, Language language) {
    Election out;
    out.id = from.id.value;
    out.body = from.body;
    out.title = from.title;
    out.seats = from.seats;
    out.round = from.round;
    out.round_kind = name_of(from.round_kind);
    out.phase = from.phase;
    out.phase_name = words("election_phase", name_of(from.phase));
    out.latest = books.election_of(state.id, from.body) == &from;
    for (const auto& each : from.candidates)
        out.candidates.push_back({each.id.value, each.name, each.unit, each.roles});
    out.scrutineers = persons(from.scrutineers);
    out.tellers = persons(from.tellers);
    out.witnesses = values(from.witnesses);
    out.columns = columns_of(from);
    if (from.ballots)
        out.ballots = Ballots{from.ballots->printed,  from.ballots->issued,  from.ballots->spoilt, from.ballots->unused,
                              from.ballots->entitled, from.ballots->present, from.ballots->at};
    const auto turnout = election::turnout(from);
    out.returned = turnout.returned;
    out.missing = turnout.missing;
    for (const auto& entry : from.entries) {
        const auto teller = std::ranges::find(from.tellers, entry.teller, &election::Person::id);
        out.entries.push_back({entry.teller.value, teller == from.tellers.end() ? entry.teller.value : teller->name});
    }
    compare(out, from, language);
    for (const auto& each : from.write_ins)
        out.write_ins.push_back({each.id.value, each.name, each.votes, each.eligible, each.reason, each.person});
    if (from.result) {
        out.result = certified(from);
        if (const auto* body = state.find_body(from.body)) out.declared = body->has_declared(from.result->certificate);
    }
    return out;
}

std::vector<Election> elections(const Books& books, const State& state, Language language) {
    std::vector<Election> out;
    for (const auto& body : state.bodies) {
        const auto first = out.size();
        for (const auto& [id, each] : books.elections)
            if (each.congress == state.id && each.body == body.body.name)
                out.push_back(election_of(books, state, each, language));
        std::ranges::stable_sort(out.begin() + static_cast<std::ptrdiff_t>(first), out.end(), {}, &Election::round);
    }
    return out;
}

std::vector<std::string> chain_of(const rules::Rules& rules) {
    std::vector<std::string> out;
    for (const auto& [id, text] : rules.pack_texts())
        if (id != rules.pack_id()) out.push_back(id);
    out.push_back(rules.pack_id());
    return out;
}

Rules described(const rules::Rules& rules) {
    Rules out{rules.pack_id(), rules.title(), rules.pack_hash(), chain_of(rules), {}};
    const auto effective = rules.effective();
    const auto& object = effective.as_object();
    std::set<std::string> names;
    for (const auto& value : object.at("values").as_object()) names.emplace(value.key());
    for (const auto* list : {"emptied", "must_set"})
        for (const auto& name : object.at(list).as_array()) names.emplace(name.as_string());
    std::map<std::string, bool> unverified;  // with whether it was taken over from another level
    for (const auto& each : rules.unverified()) {
        unverified[each.field] = each.inherited;
        names.insert(each.field);
    }
    for (const auto& name : names) {
        RuleField field;
        field.field_name = name;
        if (const auto* value = rules.value(name)) field.value = *value;
        if (const auto* source = rules.source(name)) {
            field.source = source->text;
            field.pack = source->pack;
        }
        const auto mark = unverified.find(name);
        field.verified = mark == unverified.end();
        field.inherited = mark != unverified.end() && mark->second;
        field.left_open = rules.left_open(name);
        field.stated = rules.stated(name);
        out.list.push_back(std::move(field));
    }
    return out;
}

}  // namespace

Congress congress_of(const Books& books, const State& state, Language language) {
    const auto& plan = *state.plan;
    Congress out;
    out.id = state.id;
    if (const auto found = books.done.find(state.id); found != books.done.end()) {
        out.seq = found->second.seq;
        out.at = found->second.at;
        out.last = LastAct{found->second.seq, found->second.kind, found->second.at, found->second.actor};
    }
    out.rehearsal = plan.rehearsal;
    out.phase = congress::phase_of(state);
    out.phase_name = words("phase", out.phase);
    out.organisation = plan.organisation;
    out.higher_union = plan.higher_union;
    out.title = congress::title_of(plan.numbering);
    out.numbering = plan.numbering;
    out.congress_kind = plan.congress_kind;
    out.members = plan.members;
    out.women_members = plan.women_members;
    out.delegates_planned = plan.delegates;
    out.term_years = plan.term_years;
    out.begins_on = plan.begins_on;
    out.ends_on = plan.ends_on;
    out.place = plan.place;
    out.utc_offset_minutes = plan.utc_offset_minutes;
    out.pack = {state.rules->pack_id(),
                state.rules->title(),
                state.rules->pack_hash(),
                {state.unconfirmed.begin(), state.unconfirmed.end()}};
    out.measure.hash = state.rules->measure_hash();
    for (const auto& [file, text] : state.rules->measure_parts()) out.measure.parts.push_back({text});
    out.measure.left_open = state.rules->undecided_fields();
    out.requests = requests(state);
    if (!state.units.empty())
        out.allocation =
            Allocation{state.allocation, label_of_choice("method", name_of(state.allocation)), plan.delegates};
    count_delegates(state, out.units, out.credentials);
    for (const auto& body : state.bodies) out.bodies.push_back(body_of(state, body));
    for (const auto& each : state.sittings) out.sittings.push_back(sitting_of(state, each));
    // While a first plenary meets, the congress's own sitting is open too: the one that acts is the one that is shown.
    for (const auto& each : out.sittings)
        if (each.id == state.sitting.id.value && !each.closed_at) out.sitting = each;
    out.presidium = presidium_of(state);
    out.scrutineers = persons(state, state.scrutineers_now());
    for (const auto& item : state.agenda)
        out.agenda.push_back(item_of(state, item, static_cast<std::int64_t>(out.agenda.size()) + 1));
    out.questions = questions(state);
    if (!state.open_question.empty()) out.open_question = state.open_question.value;
    out.documents = documents(state);
    out.elections = elections(books, state, language);
    out.focus = name_of(state.focus);
    out.closed_at = state.closed_at;
    return out;
}

Delegates delegates_of(const Books& books, const State& state, std::int64_t since,
                       const std::map<int, RegisterRow>& registered) {
    Delegates out;
    const auto done = books.done.find(state.id);
    if (done == books.done.end()) return out;
    const auto& changes = done->second;
    // Numbers, members and mandates of any row are the register's.
    out.seq = std::max(changes.seq, books.registered);
    out.all = since <= 0 || since < std::max(changes.all_delegates, books.registered);
    std::set<std::string> presidium, scrutineers;
    for (const auto& id : state.presidium) presidium.insert(id.value);
    for (const auto& id : state.scrutineers_now()) scrutineers.insert(id.value);
    std::set<std::string> meeting;  // of the body whose first plenary meets
    if (state.in_first_plenary())
        for (const auto& each : state.find_body(state.sitting.body)->members()) meeting.insert(each.id);
    std::multimap<std::string, std::string> candidates;
    for (const auto& body : state.bodies)
        if (body.list)
            for (const auto& each : body.list->candidates) candidates.emplace(each.id, body.body.name);
    const auto row_of = [&](const congress::DelegateId& id, const congress::Mandate& mandate) {
        const auto& delegate = mandate.delegate;
        Delegate row;
        row.id = id.value;
        row.name = delegate.name;
        row.sex = delegate.sex;
        row.birth = delegate.birth;
        row.post = delegate.post;
        row.unit = delegate.unit.value;
        row.category = delegate.category;
        row.manager = delegate.manager;
        row.head = delegate.head;
        row.finding = mandate.finding;
        row.reviewed = mandate.reviewed;
        row.reason = mandate.reason;
        row.ended = mandate.ended;
        row.elector = state.in_first_plenary() ? meeting.contains(row.id) : state.is_elector(id);
        row.present = state.sitting.present.contains(id);
        row.presidium = presidium.contains(row.id);
        row.scrutineer = scrutineers.contains(row.id);
        for (auto [each, end] = candidates.equal_range(row.id); each != end; ++each)
            row.candidate_for.push_back(each->second);
        if (const auto number = number_of_delegate(row.id)) {
            const auto found = registered.find(*number);
            if (found != registered.end() && found->second.name == row.name) {
                row.number = *number;
                row.mandate = found->second.mandate;
                row.member = found->second.member;
            }
        }
        return row;
    };
    // Written in and elected without being a delegate: at the desk of the body that meets, and nowhere else.
    const auto row_of_member = [&](const congress::DelegateId& id) {
        Delegate row;
        row.id = id.value;
        row.name = state.name_of_delegate(id);
        row.elector = true;
        row.delegate = false;
        row.present = state.sitting.present.contains(id);
        row.scrutineer = scrutineers.contains(row.id);
        return row;
    };
    if (out.all) {
        out.rows.reserve(state.mandates.size());
        for (const auto& [id, mandate] : state.mandates) out.rows.push_back(row_of(id, mandate));
        if (state.in_first_plenary())
            for (const auto& id : state.sitting.members)
                if (!state.mandates.contains(id)) out.rows.push_back(row_of_member(id));
        return out;
    }
    for (const auto& [id, seq] : changes.delegates) {
        if (seq <= since) continue;
        if (const auto found = state.mandates.find(id); found != state.mandates.end())
            out.rows.push_back(row_of(id, found->second));
        else if (state.in_first_plenary() && state.sitting.members.contains(id))
            out.rows.push_back(row_of_member(id));
    }
    return out;
}

std::optional<int> number_of_delegate(std::string_view id) {
    if (id.size() < 2 || id.size() > 7 || id.front() != 'd') return std::nullopt;
    int number = 0;
    for (const char c : id.substr(1)) {
        if (c < '0' || c > '9') return std::nullopt;
        number = number * 10 + (c - '0');
    }
    return number > 0 ? std::optional(number) : std::nullopt;
}

Rules rules_of(const State& state) {
    auto out = described(*state.rules);
    const auto pack =
        rules::Rules::from_pack(state.plan->pack, {state.plan->pack_texts.begin(), state.plan->pack_texts.end()});
    invariant(pack);
    std::set<std::string> to_confirm;
    for (const auto& each : pack->unverified()) to_confirm.insert(each.field);
    for (auto& field : out.list)
        if (to_confirm.contains(field.field_name)) field.confirmed = !state.unconfirmed.contains(field.field_name);
    return out;
}

Result<Rules> rules_of_pack(const std::string& id) {
    const auto& in_use = rules::packs_in_use();
    if (!in_use.contains(id)) return refuse(Why::pack_unknown, {{"pack", shown(id)}}, {"", 0, 0, "pack"});
    return described(TRY(rules::Rules::from_pack(id, in_use)));
}

std::vector<PackListing> packs() {
    std::vector<PackListing> out;
    const auto& in_use = rules::packs_in_use();
    for (const auto& [id, text] : in_use) {
        const auto rules = rules::Rules::from_pack(id, in_use);
        invariant(rules);
        out.push_back({id, rules->title(), rules->pack_hash(), chain_of(*rules),
                       static_cast<std::int64_t>(rules->unverified().size()),
                       static_cast<std::int64_t>(rules->undecided_fields().size()),
                       rules->value("threshold.motion.fraction") != nullptr});
    }
    return out;
}

}  // namespace plenum::app::desk
