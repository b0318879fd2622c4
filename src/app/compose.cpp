// SPDX-License-Identifier: Apache-2.0
#include "app/compose.h"

#include "app/named.h"

#include <algorithm>
#include <set>
#include <utility>

#include "app/desk.h"
#include "app/meanwhile.h"
#include "election/sheet.h"
#include "election/views.h"
#include "registry/register.h"

namespace plenum::app {
namespace {

using NewEvents = std::vector<store::NewEvent>;

template <class Event>
store::NewEvent new_event(std::string stream, const Event& event) {
    auto written = write_kind(event);
    store::NewEvent out{std::move(stream), std::move(written.kind), canonical_json(written.body), std::nullopt};
    if (written.personal) out.personal = canonical_json(*written.personal);
    return out;
}

template <class Event>
void append(NewEvents& to, const std::string& stream, const std::vector<Event>& events) {
    for (const auto& event : events) to.push_back(new_event(stream, event));
}

/// Takes a text member out of what was asked.
Result<std::string> take_text(JsonObject& with, std::string_view name) {
    const auto* found = with.if_contains(name);
    const auto place = [&] { return Place{"", 0, 0, std::string(name)}; };
    if (!found) return refuse(base::Why::field_missing, {}, place());
    auto text = from_json<std::string>(*found, Reading::complete, Bounds{});
    if (!text) return refuse(std::move(text).error().within(place()));
    with.erase(name);
    return text;
}

/// Everything that was asked was taken out.
Result<Done> must_be_all(const JsonObject& rest) {
    if (rest.empty()) return Done{};
    return refuse(base::Why::field_unknown, {}, {"", 0, 0, std::string(shown(rest.begin()->key()))});
}

Result<Done> must_be_an_id(std::string_view id) {
    const bool sound = !id.empty() && id.size() <= 64 && std::ranges::all_of(id, [](unsigned char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    });
    if (!sound) return refuse(Why::congress_id_malformed, {{"id", shown(id)}});
    return Done{};
}

/// What the congress knows about the people in the hall when an act of an election happens.
election::Circumstances circumstances(const congress::Congress& congress, const election::Election& election,
                                      UtcTime now) {
    election::Circumstances out;
    out.now = now;
    const auto* body = congress.find_body(election.body);
    if (body && body->authorised && body->authorised->round == election.round) {
        out.entitled = body->authorised->entitled;
        out.present = body->authorised->present;
        out.quorum_met = body->authorised->met;
    }
    return out;
}

// ---- Acts of a congress
// -----------------------------------------------------------------------------------------------

/// A plan names its pack. Its text, and those of the packs it builds on, come from the packs in use;
/// an organisation may give its own, and only what it does not give is filled in.
Result<JsonObject> with_pack_texts(JsonObject with) {
    const auto* pack = with.if_contains("pack");
    if (!pack || !pack->is_string()) return with;
    const auto given = with.contains("pack_texts");
    rules::PackTexts packs;
    if (given)
        for (auto& [name, text] : TRY((from_json<std::map<std::string, std::string>>(with.at("pack_texts")))))
            packs.emplace(name, text);
    packs.insert(rules::packs_in_use().begin(), rules::packs_in_use().end());
    const std::string id(pack->get_string());
    if (!packs.contains(id)) return refuse(Why::pack_unknown, {{"pack", shown(id)}}, {"", 0, 0, "pack"});
    const auto loaded = TRY(rules::Rules::from_pack(id, packs));
    JsonObject texts;
    for (const auto& [name, text] : loaded.pack_texts()) texts[name] = text;
    with["pack_texts"] = std::move(texts);
    return with;
}

/// A list of candidates is put to the congress as the election checked it, not as somebody typed it.
Result<JsonObject> with_nominated(const Books& books, const congress::Congress& congress, JsonObject with) {
    auto* subject = with.if_contains("subject");
    if (!subject || !subject->is_object()) return with;
    auto* list = subject->get_object().if_contains("candidates");
    if (!list || !list->is_object()) return with;
    if (list->get_object().contains("candidates") || list->get_object().contains("seats"))
        return refuse(Why::act_not_direct, {{"act", "candidates"}}, {"", 0, 0, "subject.candidates"});
    const auto body = TRY(take_text(list->get_object(), "body"));
    const auto* election = books.election_of(congress.id, body);
    if (!election || election->phase != election::Phase::nominated)
        return refuse(Why::election_not_nominated, {{"body", body}});
    TRY(election::list_must_fit(*election, congress.rules->effective()));
    congress::AdoptCandidates filled{body, static_cast<int>(election->seats), {}};
    for (const auto& each : election->candidates) filled.candidates.push_back({each.id.value, each.name, each.unit});
    *list = to_json(filled);
    return with;
}

/// A delegate goes by the name and the post that stand on the delegate's card; of anybody else nothing is changed.
void call_as_on_card(const congress::Congress& congress, const std::string& id, std::string& name, std::string& unit) {
    const auto mandate = congress.mandates.find({id});
    if (mandate == congress.mandates.end() || mandate->second.delegate.name.empty()) return;
    name = mandate->second.delegate.name;
    unit = mandate->second.delegate.post;
}

/// Who was written in and may be elected is declared as the person who was meant, not as a line of the count.
void name_persons(const congress::Congress& congress, const election::Election& election,
                  std::vector<congress::ResultRow>& rows) {
    for (auto& row : rows) {
        const auto found = std::ranges::find_if(
            election.write_ins, [&](const auto& each) { return row.write_in && each.id.value == row.id; });
        if (found == election.write_ins.end() || found->eligible != std::optional(true)) continue;
        row.id = election::person_of(election, *found);
        call_as_on_card(congress, row.id, row.name, row.unit);
    }
}

congress::DeclaredResult result_of(const congress::Congress& congress, const election::Election& election) {
    const auto& certified = *election.result;
    const auto outcome = election::outcome(election);
    congress::DeclaredResult out;
    out.body = election.body;
    out.round = election.round;
    out.seats = static_cast<int>(election.seats);
    out.valid_election = outcome.valid_election;
    out.entitled = certified.votes.entitled;
    out.present = certified.votes.present;
    out.issued = certified.votes.issued;
    out.returned = certified.votes.returned;
    out.valid = outcome.valid;
    out.invalid = outcome.invalid;
    out.threshold = outcome.threshold;
    out.base = outcome.base;
    out.base_count = outcome.base_count;
    for (const auto& row : election::result_rows(election))
        out.rows.push_back({static_cast<int>(row.rank), row.id.value, row.name, row.unit, row.in_favour,
                            row.against.value_or(0), row.abstain.value_or(0), row.elected, row.tied, row.write_in,
                            row.ineligible});
    name_persons(congress, election, out.rows);
    out.open = static_cast<int>(outcome.open);
    out.next = certified.course.next;
    out.certificate = certified.certificate;
    return out;
}

/// Once a new election was called, the rounds of the one before are over, whatever they had come to.
Result<Done> must_be_held_now(const congress::Congress& congress, const election::Election& election) {
    const auto* body = congress.find_body(election.body);
    if (body && election.anew != std::ssize(body->former))
        return refuse(Why::election_held_anew, {{"body", election.body}, {"election", election.id.value}});
    return Done{};
}

/// The numbers of a result come from the certificate and nowhere else.
Result<JsonObject> with_certificate(const Books& books, const congress::Congress& congress, JsonObject with) {
    const auto id = TRY(take_text(with, "election"));
    if (!with.empty())
        return refuse(Why::act_not_direct, {{"act", "congress.declare_result"}},
                      {"", 0, 0, std::string(shown(with.begin()->key()))});
    const auto found = books.elections.find(id);
    if (found == books.elections.end() || found->second.congress != congress.id)
        return refuse(Why::election_unknown, {{"election", shown(id)}});
    TRY(must_be_held_now(congress, found->second));
    if (!found->second.result) return refuse(Why::election_not_certified, {{"election", id}});
    return JsonObject{{"result", to_json(result_of(congress, found->second))}};
}

/// Adopting a list of candidates is a fact for the election too.
Result<Done> tell_election_of_list(const Books& books, const congress::Congress& congress,
                                   const std::vector<congress::Event>& events, UtcTime now, NewEvents& out) {
    for (const auto& event : events) {
        const auto* decided = std::get_if<congress::QuestionDecided>(&event);
        if (!decided || !decided->adopted) continue;
        const auto* list =
            std::get_if<congress::AdoptCandidates>(&congress.questions.at(decided->question).put.subject);
        if (!list) continue;
        const auto* election = books.election_of(congress.id, list->body);
        if (!election) continue;
        // A measure may have been adopted since the election was prepared: the rules at this moment are its rules.
        election::AdoptList adopted{decided->question.value};
        if (auto rules = congress.rules->effective(); rules != election->rules) adopted.rules = std::move(rules);
        append(out, "election/" + election->id.value,
               TRY(election::decide(*election, adopted, circumstances(congress, *election, now))));
    }
    return Done{};
}

/// Somebody whom the congress knows goes by the name that it knows.
Result<Done> must_be_named_so(const congress::Congress& congress, const std::string& id, const std::string& name,
                              const char* list, std::size_t index) {
    const auto found = congress.mandates.find({id});
    if (found == congress.mandates.end() || found->second.delegate.name.empty()) return Done{};
    const auto& known = found->second.delegate.name;
    if (election::without_spaces(known) != election::without_spaces(name))
        return refuse(Why::person_named_otherwise, {{"id", id}, {"name", shown(name)}, {"known", known}},
                      {"", 0, 0, std::string(list) + "[" + std::to_string(index) + "].name"});
    return Done{};
}

/// Who watches or counts a ballot of the congress keeps his mandate until another was appointed or the count is over.
Result<Done> officers_keep_their_mandates(const Books& books, const congress::Congress& congress,
                                          const std::vector<congress::Event>& events) {
    for (const auto& event : events) {
        const auto* reviewed = std::get_if<congress::CredentialsReviewed>(&event);
        if (!reviewed) continue;
        for (std::size_t i = 0; i < reviewed->findings.size(); ++i) {
            const auto& finding = reviewed->findings[i];
            if (finding.finding == congress::Finding::valid) continue;
            for (const auto& [id, election] : books.elections) {
                const auto* body = congress.find_body(election.body);
                const bool of_the_assembly = election.congress == congress.id && body && body->elected_in.empty();
                const bool under_way =
                    election.phase >= election::Phase::staffed && election.phase < election::Phase::certified;
                if (!of_the_assembly || !under_way || !must_be_held_now(congress, election)) continue;
                for (const auto* officers : {&election.scrutineers, &election.tellers})
                    for (const auto& each : *officers)
                        if (each.id.value == finding.delegate.value)
                            return refuse(Why::officer_in_function,
                                          {{"delegate", each.id.value}, {"body", election.body}},
                                          {"", 0, 0, "findings[" + std::to_string(i) + "].delegate"});
            }
        }
    }
    return Done{};
}

/// Ballots that are out come back in the sitting that issued them; and where the pack has them counted on the spot
/// (当场清点、计票, R2016 Art. 25), neither the sitting nor the day ends before they are.
Result<Done> ballots_must_be_in(const Books& books, const congress::Congress& congress,
                                const congress::ask::Command& command) {
    const auto* interrupted = std::get_if<congress::ask::InterruptSitting>(&command);
    const bool ends = std::holds_alternative<congress::ask::CloseSitting>(command) ||
                      std::holds_alternative<congress::ask::CloseCongress>(command) ||
                      (interrupted && interrupted->reason == congress::Interruption::end_of_day);
    if (!ends) return Done{};
    const auto place = congress.rules->word("ballot.count_place");
    for (const auto& [id, election] : books.elections) {
        const auto* body = congress.find_body(election.body);
        if (election.congress != congress.id || !body || body->elected_in != congress.sitting.body ||
            congress::is_by_post(congress, election.body) || !must_be_held_now(congress, election))
            continue;
        if (election.phase == election::Phase::issued) return refuse(Why::ballots_out, {{"body", election.body}});
        const bool counting = election.phase == election::Phase::collected || election.phase == election::Phase::agreed;
        if (counting && place && *place == "on_the_spot")
            return refuse(Why::ballots_uncounted, {{"body", election.body}});
    }
    return Done{};
}

Result<NewEvents> act_of_congress(const Books& books, const Ask& ask, std::string_view kind, JsonObject with,
                                  UtcTime now) {
    const auto found = books.congresses.find(ask.congress);
    congress::Congress fresh;
    if (kind == congress::ask::Plan::kind) {
        TRY(must_be_an_id(ask.congress));
        if (found != books.congresses.end()) return refuse(Why::congress_id_used, {{"congress", ask.congress}});
        with = TRY(with_pack_texts(std::move(with)));
    } else if (found == books.congresses.end()) {
        return refuse(Why::congress_unknown, {{"congress", shown(ask.congress)}});
    }
    const auto& congress = found == books.congresses.end() ? fresh : found->second;
    if (kind == congress::ask::PutQuestion::kind) with = TRY(with_nominated(books, congress, std::move(with)));
    if (kind == congress::ask::DeclareResult::kind) with = TRY(with_certificate(books, congress, std::move(with)));
    const auto command = TRY(read_kind<congress::ask::Command>(kind, std::move(with)));
    const auto events = TRY(congress::decide(congress, command, now));
    if (const auto* nominees = std::get_if<congress::ask::Nominate>(&command))
        for (std::size_t i = 0; i < nominees->members.size(); ++i)
            if (const auto& member = nominees->members[i]; member.id)
                TRY(must_be_named_so(congress, *member.id, member.name, "members", i));
    TRY(officers_keep_their_mandates(books, congress, events));
    TRY(ballots_must_be_in(books, congress, command));
    NewEvents out;
    append(out, "congress/" + ask.congress, events);
    TRY(tell_election_of_list(books, congress, events, now, out));
    return out;
}

// ---- Acts of an election
// ----------------------------------------------------------------------------------------------

constexpr std::string_view prepare_next_round = "prepare_next_round";

/// An election's rules, seats and membership are those of its congress; each body has one, with its rounds.
Result<election::Command> first_round(const Books& books, const congress::Congress& congress, const std::string& id,
                                      JsonObject with) {
    const auto name = TRY(take_text(with, "body"));
    TRY(must_be_all(with));
    const auto* body = congress.find_body(name);
    if (!body) return refuse(congress::Why::body_unknown, {{"body", shown(name)}}, {"", 0, 0, "body"});
    if (const auto* other = books.election_of(congress.id, name))
        return refuse(Why::body_has_election, {{"body", name}, {"election", other->id.value}}, {"", 0, 0, "body"});
    election::Prepare out;
    out.election = {id};
    out.congress = congress.id;
    out.body = name;
    out.seats = body->body.seats;
    out.members = congress.plan->members;
    out.title = body->body.title;
    out.rules = congress.rules->effective();
    if (!body->former.empty()) out.anew = static_cast<int>(body->former.size());
    return out;
}

/// A further round, from the election before it: among those tied, for the seats left open, or a void one again.
Result<election::Command> next_round(const Books& books, const congress::Congress& congress, const std::string& id,
                                     JsonObject with) {
    const auto after = TRY(take_text(with, "after"));
    const auto way = TRY(take_text(with, "next"));
    TRY(must_be_all(with));
    const auto found = books.elections.find(after);
    if (found == books.elections.end() || found->second.congress != congress.id)
        return refuse(Why::election_unknown, {{"election", shown(after)}}, {"", 0, 0, "after"});
    TRY(must_be_held_now(congress, found->second));
    if (const auto* body = congress.find_body(found->second.body)) {
        if (body->state == congress::BodyState::refused)
            return refuse(congress::Why::result_refused, {{"body", body->body.name}});
        if (body->reduced_from > 0) return refuse(congress::Why::body_already_filled, {{"body", body->body.name}});
    }
    const auto next = enum_from_name<election::NextRound>(way);
    if (!next) return refuse(base::Why::field_wrong_value, {{"value", shown(way)}}, {"", 0, 0, "next"});
    auto prepared = TRY(election::prepare_next_round(found->second, *next, {id}));
    for (auto& each : prepared.candidates) {  // who was written in is printed as any delegate
        const bool listed = std::ranges::find(found->second.candidates, each.id, &election::Candidate::id) !=
                            found->second.candidates.end();
        if (!listed) call_as_on_card(congress, each.id.value, each.name, each.unit);
    }
    // Every round follows one other and is followed by one: none is dropped, none held twice.
    for (const auto& [other, each] : books.elections)
        if (each.congress == congress.id && each.body == prepared.body && each.follows == prepared.follows)
            return refuse(Why::round_has_successor, {{"election", after}, {"next", other}}, {"", 0, 0, "after"});
    return prepared;
}

using Mandates = std::vector<const congress::Delegate*>;

/// The delegates who are called as was written: exactly so, else those with whose name the writing begins, as
/// "(East Shop)" behind a name tells one person from another.
Mandates delegates_called(const congress::Congress& congress, std::string_view written) {
    Mandates exactly, alike;
    for (const auto& [id, mandate] : congress.mandates) {
        const auto on_card = election::without_spaces(mandate.delegate.name);
        if (on_card.empty() || !written.starts_with(on_card)) continue;
        (written == on_card ? exactly : alike).push_back(&mandate.delegate);
    }
    return exactly.empty() ? alike : exactly;
}

/// Which delegate was written in, where one was: the scrutineers say so as they check the name, and a name that stands
/// on one card and no other says it for them. Anything else that looks like a delegate's name is asked about.
Result<election::CheckWriteIn> with_person(const congress::Congress& congress, const election::Election& election,
                                           election::CheckWriteIn ask) {
    const auto name = election::without_spaces(ask.name);
    const auto written = std::ranges::find_if(
        election.write_ins, [&](const auto& each) { return election::without_spaces(each.name) == name; });
    if (election.phase != election::Phase::agreed || written == election.write_ins.end()) return ask;
    if (!ask.eligible) {  // nobody is elected by it
        ask.person.reset();
        return ask;
    }
    const Place place{"", 0, 0, "person"};
    const auto ambiguous = [&](const Mandates& among) {
        std::string list;
        for (const auto* each : among)
            list += (list.empty() ? "" : " | ") + each->id.value + " " + each->name + " " + each->post;
        return refuse(Why::write_in_ambiguous, {{"name", shown(ask.name)}, {"names", shown(list)}}, place);
    };
    const auto called = delegates_called(congress, name);
    const bool none = ask.no_delegate.value_or(false);
    if (ask.person && ask.person->empty()) ask.person.reset();
    if (none && ask.person) return ambiguous(called);
    if (!ask.person && !none && !called.empty()) {
        if (called.size() > 1 || election::without_spaces(called.front()->name) != name) return ambiguous(called);
        ask.person = called.front()->id.value;
    }
    if (!ask.person) return ask;
    const auto found = congress.mandates.find({*ask.person});
    if (found == congress.mandates.end())
        return refuse(congress::Why::not_a_delegate, {{"delegate", shown(*ask.person)}}, place);
    if (std::ranges::find(called, &found->second.delegate) == called.end())
        return refuse(Why::person_named_otherwise,
                      {{"id", *ask.person}, {"name", shown(ask.name)}, {"known", found->second.delegate.name}}, place);
    const auto* body = congress.find_body(election.body);
    const bool taken =
        std::ranges::any_of(election.candidates, [&](const auto& each) { return each.id.value == *ask.person; }) ||
        std::ranges::any_of(election.write_ins,
                            [&](const auto& each) { return each.id != written->id && each.person == *ask.person; }) ||
        (body && body->has_member(*ask.person));
    if (taken) return refuse(Why::write_in_person_taken, {{"name", shown(ask.name)}, {"person", *ask.person}}, place);
    return ask;
}

// What an election can't know by itself: who sits in the hall, and whom the congress elected.

template <class Command>
Result<Done> hall_permits(const congress::Congress&, const election::Election&, const Command&) {
    return Done{};
}
Result<Done> hall_permits(const congress::Congress& congress, const election::Election&,
                          const election::Nominate& ask) {
    for (std::size_t i = 0; i < ask.candidates.size(); ++i)
        TRY(must_be_named_so(congress, ask.candidates[i].id.value, ask.candidates[i].name, "candidates", i));
    return Done{};
}
// Each is asked where its act comes next; before that the election says what does.

/// Where the congress elects its scrutineers, those it elected watch and nobody else.
Result<Done> hall_permits(const congress::Congress& congress, const election::Election& election,
                          const election::AppointTellers& ask) {
    if (election.phase != election::Phase::listed && election.phase != election::Phase::staffed) return Done{};
    const auto& elected = congress.scrutineers_now();
    const bool by_assembly = congress::assembly_elects_scrutineers(*congress.rules) || !elected.empty();
    for (std::size_t i = 0; i < ask.scrutineers.size(); ++i) {
        const auto& each = ask.scrutineers[i];
        if (by_assembly && std::ranges::find(elected, each.id.value, &congress::DelegateId::value) == elected.end())
            return refuse(Why::scrutineer_not_elected, {{"name", shown(each.name)}},
                          {"", 0, 0, "scrutineers[" + std::to_string(i) + "]"});
        TRY(must_be_named_so(congress, each.id.value, each.name, "scrutineers", i));
        TRY(congress::must_be_in_the_hall(congress, election.body, {each.id.value},
                                          {"", 0, 0, "scrutineers[" + std::to_string(i) + "]"}));
    }
    for (std::size_t i = 0; i < ask.tellers.size(); ++i) {
        TRY(must_be_named_so(congress, ask.tellers[i].id.value, ask.tellers[i].name, "tellers", i));
        TRY(congress::must_be_in_the_hall(congress, election.body, {ask.tellers[i].id.value},
                                          {"", 0, 0, "tellers[" + std::to_string(i) + "]"}));
    }
    return Done{};
}
/// Whoever saw it, or signs it, did not leave before.
Result<Done> were_there(const congress::Congress& congress, const election::Election& election,
                        const std::vector<election::PersonId>& persons, std::string_view list) {
    for (std::size_t i = 0; i < persons.size(); ++i)
        TRY(congress::must_be_in_the_hall(congress, election.body, {persons[i].value},
                                          {"", 0, 0, std::string(list) + "[" + std::to_string(i) + "]"}));
    return Done{};
}
Result<Done> hall_permits(const congress::Congress& congress, const election::Election& election,
                          const election::ShowBoxEmpty& ask) {
    if (election.phase != election::Phase::staffed) return Done{};
    TRY(congress::box_may_be_handled(congress, election.body));
    return were_there(congress, election, ask.witnesses, "witnesses");
}
Result<Done> hall_permits(const congress::Congress& congress, const election::Election& election,
                          const election::Certify& ask) {
    if (election.phase != election::Phase::agreed) return Done{};
    return were_there(congress, election, ask.scrutineers, "scrutineers");
}
Result<Done> hall_permits(const congress::Congress& congress, const election::Election& election,
                          const election::IssueBallots&) {
    if (election.phase != election::Phase::box_shown) return Done{};
    return congress::ballots_may_be_issued(congress, election.body, election.round);
}
Result<Done> hall_permits(const congress::Congress& congress, const election::Election& election,
                          const election::CollectBallots&) {
    if (election.phase != election::Phase::issued) return Done{};
    return congress::box_may_be_handled(congress, election.body);
}

/// The congress votes on a list as it was put: nobody changes it meanwhile.
Result<Done> list_may_change(const congress::Congress& congress, std::string_view body) {
    const auto found = congress.questions.find(congress.open_question);
    if (found == congress.questions.end()) return Done{};
    const auto* list = std::get_if<congress::AdoptCandidates>(&found->second.put.subject);
    if (list && list->body == body)
        return refuse(congress::Why::question_already_open, {{"question", congress.open_question.value}});
    return Done{};
}

Result<NewEvents> act_of_election(const Books& books, const Ask& ask, std::string_view kind, JsonObject with,
                                  UtcTime now) {
    const auto found = books.congresses.find(ask.congress);
    if (found == books.congresses.end()) return refuse(Why::congress_unknown, {{"congress", shown(ask.congress)}});
    const auto& congress = found->second;
    const auto id = TRY(take_text(with, "election"));
    TRY(must_be_an_id(id));
    const auto known = books.elections.find(id);
    // The list is adopted by the congress's vote only.
    if (kind == election::AdoptList::kind) return refuse(Why::act_not_direct, {{"act", ask.act}});
    if (kind == election::Prepare::kind || kind == prepare_next_round) {
        if (known != books.elections.end()) return refuse(Why::election_id_used, {{"election", id}});
        const auto prepared = TRY(kind == prepare_next_round ? next_round(books, congress, id, std::move(with))
                                                             : first_round(books, congress, id, std::move(with)));
        NewEvents out;
        append(out, "election/" + id, TRY(election::decide({}, prepared, circumstances(congress, {}, now))));
        return out;
    }
    if (known == books.elections.end() || known->second.congress != ask.congress)
        return refuse(Why::election_unknown, {{"election", shown(id)}});
    const auto& election = known->second;
    TRY(must_be_held_now(congress, election));
    auto command = TRY(read_kind<election::Command>(kind, std::move(with)));
    if (auto* check = std::get_if<election::CheckWriteIn>(&command))
        *check = TRY(with_person(congress, election, std::move(*check)));
    if (std::holds_alternative<election::Nominate>(command)) TRY(list_may_change(congress, election.body));
    TRY(std::visit([&](const auto& asked) { return hall_permits(congress, election, asked); }, command));
    NewEvents out;
    append(out, "election/" + id, TRY(election::decide(election, command, circumstances(congress, election, now))));
    return out;
}

/// How many characters must be put in, left out or changed to come from one word to the other (Levenshtein).
std::size_t distance(std::string_view one, std::string_view other) {
    std::vector<std::size_t> row(other.size() + 1);
    for (std::size_t k = 0; k < row.size(); ++k) row[k] = k;
    for (std::size_t i = 0; i < one.size(); ++i) {
        auto diagonal = std::exchange(row[0], i + 1);
        for (std::size_t k = 0; k < other.size(); ++k) {
            const auto changed = diagonal + (one[i] != other[k]);
            diagonal = row[k + 1];
            row[k + 1] = std::min({changed, row[k] + 1, diagonal + 1});
        }
    }
    return row.back();
}

}  // namespace

Refusal unknown_act(std::string_view act) {
    constexpr std::size_t shown_most = 3;
    std::vector<std::pair<std::size_t, std::string>> nearest;
    for (auto& each : act_names()) {
        const auto far = distance(act, each);
        nearest.emplace_back(far, std::move(each));
    }
    std::ranges::sort(nearest);
    std::string list;
    for (std::size_t i = 0; i < shown_most && i < nearest.size(); ++i)
        list += (list.empty() ? "" : " | ") + nearest[i].second;
    return refusal(Why::act_unknown, {{"act", shown(act)}, {"nearest", list}});
}

namespace {

/// "congress.check_in" -> "congress", "check_in".
std::pair<std::string_view, std::string_view> parts_of(std::string_view act) {
    const auto dot = act.find('.');
    return {act.substr(0, dot), dot == std::string_view::npos ? std::string_view() : act.substr(dot + 1)};
}

Result<Done> must_be_known(std::string_view act) {
    static const auto known = [] {
        const auto names = act_names();
        return std::set<std::string, std::less<>>(names.begin(), names.end());
    }();
    if (!known.contains(act)) return refuse(unknown_act(act));
    return Done{};
}

}  // namespace

namespace {

Result<NewEvents> decided_on(const Books& books, const Ask& ask, UtcTime now) {
    TRY(must_be_known(ask.act));
    if (!ask.with.is_object()) return refuse(base::Why::field_wrong_type, {{"wanted", "object"}}, {"", 0, 0, "with"});
    const auto [room, kind] = parts_of(ask.act);
    if (room == "congress") return act_of_congress(books, ask, kind, ask.with.get_object(), now);
    if (room == "election") return act_of_election(books, ask, kind, ask.with.get_object(), now);
    return refuse(unknown_act(ask.act));
}

}  // namespace

Result<NewEvents> decide_on(const Books& books, const Ask& ask, UtcTime now) {
    auto decided = decided_on(books, ask, now);
    if (!decided) return refuse(named(std::move(decided).error(), books, ask.congress));
    return decided;
}

namespace {

/// The congress and delegate that a mandate of the register stands for, where the congress still sits.
struct Seat {
    std::string congress;
    congress::DelegateId delegate;
};
std::optional<Seat> seat_of_mandate(const Books& books, store::Db& db, const std::string& mandate) {
    registry::CongressKey key;
    {
        auto rows = db.query("registry.mandate", {mandate});
        if (!rows.next()) return std::nullopt;
        key = {rows.text(2)};
    }
    const auto held = books.congresses.find(key.value);
    if (held == books.congresses.end() || held->second.closed) return std::nullopt;
    for (const auto& each : registry::delegates_of(db, key)) {
        if (each.mandate.value != mandate || each.status != registry::MandateStatus::standing) continue;
        for (const auto& [id, known] : held->second.mandates)
            if (desk::number_of_delegate(id.value) == each.number && known.delegate.name == each.name && !known.ended)
                return Seat{key.value, id};
    }
    return std::nullopt;
}

/// A mandate that ends in the register ends in the congress that sits: one act, and both know it.
Result<NewEvents> act_of_register(const Books& books, const Ask& ask, std::string_view kind,
                                  store::Transaction& transaction) {
    const auto command = TRY(read_kind<registry::Command>(kind, ask.with));
    const auto* ends = std::get_if<registry::EndMandate>(&command);
    const auto seat = ends ? seat_of_mandate(books, transaction.db(), ends->mandate.value) : std::nullopt;
    auto out = TRY(registry::decide(transaction, command));
    if (!seat) return out;
    const auto& congress = books.congresses.at(seat->congress);
    const auto today = date_at(transaction.now(), congress.plan->utc_offset_minutes);
    if (ends->on > today)
        return refuse(Why::mandate_ends_later, {{"on", text_from_date(ends->on)}, {"today", text_from_date(today)}},
                      {"", 0, 0, "on"});
    const auto why = enum_from_name<congress::MandateEnd>(name_of(ends->status));
    invariant(why);  // the register refuses an end that is none
    auto told = congress::decide(congress, congress::ask::EndMandate{seat->delegate, *why}, transaction.now());
    if (!told) return refuse(named(std::move(told).error(), books, seat->congress));
    append(out, "congress/" + seat->congress, *told);
    return out;
}

}  // namespace

Result<NewEvents> compose(const Books& books, const Ask& ask, store::Transaction& transaction) {
    TRY(must_be_known(ask.act));
    TRY(must_be_unchanged(ask, transaction.db()));
    const auto [room, kind] = parts_of(ask.act);
    if (room != "registry") return decide_on(books, ask, transaction.now());
    if (!ask.with.is_object()) return refuse(base::Why::field_wrong_type, {{"wanted", "object"}}, {"", 0, 0, "with"});
    return act_of_register(books, ask, kind, transaction);
}

std::vector<std::string> act_names() {
    std::vector<std::string> out;
    for_each_kind<congress::ask::Command>(
        [&](std::string_view kind) { out.push_back("congress." + std::string(kind)); });
    for_each_kind<election::Command>([&](std::string_view kind) { out.push_back("election." + std::string(kind)); });
    out.push_back("election." + std::string(prepare_next_round));
    for_each_kind<registry::Command>([&](std::string_view kind) { out.push_back("registry." + std::string(kind)); });
    return out;
}

}  // namespace plenum::app
