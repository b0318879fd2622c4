// SPDX-License-Identifier: Apache-2.0
#include "app/office.h"

#include <algorithm>
#include <limits>
#include <mutex>

#include "app/compose.h"
#include "app/meanwhile.h"
#include "app/screen_view.h"
#include "app/steps.h"
#include "app/teller.h"
#include "app/told.h"
#include "base/bytes.h"
#include "base/refusals.h"
#include "election/certificate.h"

namespace plenum::app {
namespace {

constexpr std::string_view congress_stream = "congress/";
constexpr std::string_view election_stream = "election/";

/// An event as its room wrote it. Refuses what another version of the program may have written.
template <class Event>
Result<Event> read_event(const store::StoredEvent& stored) {
    auto body = TRY(json_from_text(stored.body));
    if (stored.personal) body = join_parts(std::move(body), TRY(json_from_text(*stored.personal)));
    return read_kind<Event>(stored.kind, body, stored.erased() ? Reading::personal_may_be_erased : Reading::kept);
}

/// The same of what was read when the journal was opened, or written since (bug where it does not read).
template <class Event>
Event event_of(const store::StoredEvent& stored) {
    auto event = read_event<Event>(stored);
    invariant(event);
    return std::move(*event);
}

bool of_congress(const store::StoredEvent& event) {
    return event.stream.starts_with(congress_stream) && event.kind != "personal_erased";
}
bool of_election(const store::StoredEvent& event) {
    return event.stream.starts_with(election_stream) && event.kind != "personal_erased";
}

void note(Doings& doings, const store::StoredEvent& event) {
    doings.seq = event.seq;
    doings.at = event.at;
    doings.kind = event.kind;
    doings.actor = event.actor;
}

/// Which rows of the delegates' table an event changed.
void note_delegates(Doings& doings, const congress::Congress& after, const congress::Event& event) {
    const auto one = [&](const congress::DelegateId& id) { doings.delegates[id] = doings.seq; };
    const auto all = [&] { doings.all_delegates = doings.seq; };
    if (const auto* report = std::get_if<congress::UnitElectionReported>(&event)) {
        if (after.last_report == congress::UnitReport::correction) return all();  // rows may have gone
        for (const auto& each : report->delegates) one(each.id);
    } else if (const auto* ended = std::get_if<congress::DelegateMandateEnded>(&event)) {
        one(ended->delegate);
    } else if (const auto* review = std::get_if<congress::CredentialsReviewed>(&event)) {
        for (const auto& each : review->findings) one(each.delegate);
    } else if (const auto* came = std::get_if<congress::DelegateCheckedIn>(&event)) {
        // The first who comes after a night is the only one who is there.
        after.sitting.present.size() == 1 ? all() : one(came->delegate);
    } else if (const auto* left = std::get_if<congress::DelegateLeft>(&event)) {
        one(left->delegate);
    } else if (std::holds_alternative<congress::CheckInOpened>(event) ||
               std::holds_alternative<congress::SittingClosed>(event) ||
               std::holds_alternative<congress::SittingInterrupted>(event) ||
               std::holds_alternative<congress::CongressClosed>(event)) {
        all();
    } else if (const auto* decided = std::get_if<congress::QuestionDecided>(&event); decided && decided->adopted) {
        // Presidium, scrutineers and candidates are marked in the table.
        const auto& subject = after.questions.at(decided->question).put.subject;
        if (std::holds_alternative<congress::ElectPresidium>(subject) ||
            std::holds_alternative<congress::ElectScrutineers>(subject) ||
            std::holds_alternative<congress::AdoptCandidates>(subject))
            all();
    }
}

}  // namespace

Result<Done> Books::take(const store::StoredEvent& event) {
    const auto taken = of_congress(event)   ? take_of_congress(event)
                       : of_election(event) ? take_of_election(event)
                                            : Done{};
    if (taken) {
        if (!of_congress(event) && !of_election(event)) registered = event.seq;
        return taken;
    }
    auto facts = taken.error().facts;  // of the sentence that `reason` names
    facts.insert(facts.begin(), {{"seq", event.seq}, {"kind", event.kind}, {"reason", taken.error().name()}});
    return refuse(Why::event_not_taken, std::move(facts), taken.error().place);
}

Result<Done> Books::take_of_congress(const store::StoredEvent& event) {
    const auto happened = TRY(read_event<congress::Event>(event));
    const std::string id = event.stream.substr(congress_stream.size());
    auto& congress = congresses[id];
    TRY(congress::check_rules_carried(congress, happened));
    if (congress.id.empty()) {
        congress.id = id;
        order.push_back(id);
    }
    congress = congress::evolve(std::move(congress), happened, event.at);
    last[id] = event.seq;
    note(done[id], event);
    note_delegates(done[id], congress, happened);
    return Done{};
}

Result<Done> Books::take_of_election(const store::StoredEvent& event) {
    const auto happened = TRY(read_event<election::Event>(event));
    auto& election = elections[event.stream.substr(election_stream.size())];
    election = election::evolve(std::move(election), happened);
    last[election.congress] = event.seq;
    note(done[election.congress], event);
    return Done{};
}

void Books::evolve(const store::StoredEvent& event) {
    const auto taken = take(event);
    if (!taken) std::fprintf(stderr, "%s\n", sentence_of(Language::en, taken.error()).c_str());
    invariant(taken);
}

const election::Election* Books::election_of(const std::string& congress, std::string_view body) const {
    const auto held = congresses.find(congress);
    const auto* record = held == congresses.end() ? nullptr : held->second.find_body(body);
    const auto anew = record ? std::ssize(record->former) : 0;
    const election::Election* found = nullptr;
    for (const auto& [id, each] : elections)
        if (each.congress == congress && each.body == body && each.anew == anew &&
            (!found || each.round > found->round))
            found = &each;
    return found;
}

congress::Event event_of_congress(const store::StoredEvent& event) { return event_of<congress::Event>(event); }

std::string congress_of(const Books& books, const store::StoredEvent& event) {
    if (event.stream.starts_with(congress_stream)) return event.stream.substr(congress_stream.size());
    if (!event.stream.starts_with(election_stream)) return {};
    const auto found = books.elections.find(event.stream.substr(election_stream.size()));
    return found == books.elections.end() ? std::string() : found->second.congress;
}

Office::Office() : chronicle_(std::make_unique<Chronicle>()) {}

/// Enters an event that moved the served books in the numbers of its congress.
void Office::take_number(const store::StoredEvent& event) {
    if (auto id = app::congress_of(served_, event); !id.empty()) numbers_[std::move(id)].push_back(event.seq);
}

Result<std::unique_ptr<Office>> Office::open(const std::string& path, Clock& clock, Randomness& randomness) {
    std::unique_ptr<Office> office(new Office);
    Result<Done> taken = Done{};
    office->journal_ = TRY(store::Journal::open(path, clock, randomness, {}, [&](const store::StoredEvent& event) {
        if (taken) taken = office->served_.take(event);
        if (taken) office->take_number(event);
    }));
    if (!taken) return refuse(std::move(taken).error());
    office->clock_ = &clock;
    office->working_ = office->served_;
    office->journal_->listen(office.get());
    return office;
}

Office::~Office() {
    if (journal_) journal_->listen(nullptr);
}

namespace {

/// The act as the journal keeps it, if it may be asked for at all.
Result<store::Act> permitted(const Actor& actor, const Ask& ask) {
    constexpr std::size_t most_bytes = 80;  // longer than any name of an act
    if (actor.role != Role::administrator) return refuse(Why::not_permitted, {{"act", shown(ask.act)}});
    if (ask.act.empty() || ask.act.size() > most_bytes) return refuse(unknown_act(shown(ask.act)));
    TRY(must_hold_integers_only(ask.with));
    JsonObject request{{"act", ask.act}, {"congress", ask.congress}, {"with", ask.with}};
    if (ask.seen) request["seen"] = *ask.seen;
    return store::Act{actor.name, ask.act, ask.key, sha256_hex(canonical_json(request))};
}

}  // namespace

void Office::submit(const Actor& actor, Ask ask, store::Answered answered) {
    auto act = permitted(actor, ask);
    if (!act) {
        answered(store::Answer(Result<store::Receipt>(refuse(std::move(act).error()))));
        return;
    }
    journal_->submit(
        std::move(*act),
        [this, ask = std::move(ask)](store::Transaction& transaction) { return decide(ask, transaction); },
        std::move(answered));
}

Result<store::Receipt> Office::act(const Actor& actor, Ask ask) {
    return journal_->append(TRY(permitted(actor, ask)),
                            [&](store::Transaction& transaction) { return decide(ask, transaction); });
}

Result<Tried> Office::attempt(const Actor& actor, Ask ask) {
    auto act = TRY(permitted(actor, ask));
    if (!ask.act.starts_with("registry.")) {
        if (ask.seen) {
            Result<Done> unchanged = Done{};
            journal_->with_reader([&](store::Db& db) { unchanged = must_be_unchanged(ask, db); });
            TRY(std::move(unchanged));
        }
        const std::shared_lock lock(mutex_);
        const auto now = clock_->now();
        const auto events = TRY(decide_on(served_, ask, now));
        return Tried{journal_->last(), sentences_of(served_, ask.congress, events, now)};
    }
    // The register's rows can only be tried where they are changed; a refusal undoes what was tried.
    Tried tried;
    bool would = false;
    act.key = "try-" + std::to_string(++tries_) + "-" + sha256_hex(act.request + ask.key).substr(0, 32);
    const auto refused =
        journal_->append(std::move(act), [&](store::Transaction& transaction) -> Result<std::vector<store::NewEvent>> {
            const auto events = TRY(compose(working_, ask, transaction));
            tried.seq = transaction.next_seq() - 1;
            tried.sentences = sentences_of(working_, ask.congress, events, transaction.now());
            would = true;
            return refuse(Why::act_unknown, {{"act", ""}});
        });
    if (would) return tried;
    return refuse(refused.error());
}

Date Office::today() const {
    const auto now = clock_->now();
    const std::shared_lock lock(mutex_);
    if (served_.order.empty()) return latest_date(now);
    return date_at(now, served_.congresses.at(served_.order.back()).plan->utc_offset_minutes);
}

Result<desk::Steps> Office::steps(const std::string& id, Language language) const {
    std::optional<desk::Steps> out;
    TRY(read(id, [&](const Books& books, const congress::Congress& congress) {
        out = desk::steps_of(books, congress, clock_->now(), language);
    }));
    return std::move(*out);
}

Result<std::vector<store::NewEvent>> Office::decide(const Ask& ask, store::Transaction& transaction) const {
    return compose(working_, ask, transaction);
}

void Office::appended(std::span<const store::StoredEvent> events) {
    for (const auto& event : events) working_.evolve(event);
}

void Office::committed(std::span<const store::StoredEvent> events) {
    {
        const std::unique_lock lock(mutex_);
        for (const auto& event : events) {
            served_.evolve(event);
            take_number(event);
            // What the chair turned to belongs to what was on the screen then.
            if (const auto id = app::congress_of(served_, event);
                !id.empty() && event.kind != "delegate_checked_in" && event.kind != "delegate_left")
                screens_[id].page = 1;
        }
    }
    for (const auto& event : events)
        if (event.kind == "personal_erased") chronicle_->forget(congress_of(event));
    tell_listener(events);
}

void Office::rolled_back() {
    const std::shared_lock lock(mutex_);
    working_ = served_;
}

void Office::on_committed(std::function<void(std::span<const store::StoredEvent>)> listener) {
    const std::lock_guard lock(listening_);
    listener_ = std::move(listener);
}

void Office::on_fault(std::function<void(const std::string&)> listener) {
    const std::lock_guard lock(listening_);
    fault_listener_ = std::move(listener);
}

void Office::failed(const store::Fault& fault) {
    const std::lock_guard lock(listening_);
    if (fault_listener_) fault_listener_(fault.what());
}

void Office::tell_listener(std::span<const store::StoredEvent> events) {
    const std::lock_guard lock(listening_);
    if (listener_) listener_(events);
}

std::string Office::congress_of(const store::StoredEvent& event) const {
    const std::shared_lock lock(mutex_);
    return app::congress_of(served_, event);
}

std::int64_t Office::last_event_of(const std::string& id) const {
    const std::shared_lock lock(mutex_);
    const auto found = served_.last.find(id);
    return found == served_.last.end() ? 0 : found->second;
}

void Office::read_events_of(const std::string& id, std::int64_t after,
                            const std::function<bool(const store::StoredEvent&)>& each) const {
    constexpr std::int64_t far = 256;  // so many events of others are passed over rather than sought past
    for (bool more = true; more;) {
        const auto wanted = numbers_after(id, after);
        if (wanted.empty()) return;
        for (auto next = wanted.begin(); more && next != wanted.end();)
            journal_->read(*next - 1, [&](const store::StoredEvent& event) {
                if (event.seq != *next) return *next - event.seq < far;
                after = *next++;
                more = each(event);
                return more && next != wanted.end();
            });
    }
}

std::vector<std::int64_t> Office::numbers_after(const std::string& id, std::int64_t after) const {
    constexpr std::ptrdiff_t at_once = 4096;
    const std::shared_lock lock(mutex_);
    const auto found = numbers_.find(id);
    if (found == numbers_.end()) return {};
    const auto first = std::ranges::upper_bound(found->second, after);
    return {first, first + std::min(at_once, std::distance(first, found->second.end()))};
}

Result<ToldPage> Office::told(const std::string& id, std::int64_t after, std::size_t limit) const {
    TRY(must_know(id));
    return chronicle_->page(id, after, limit,
                            [&](std::int64_t from, const auto& each) { read_events_of(id, from, each); });
}

Result<std::map<std::string, std::string>> Office::certificates(const std::string& id) const {
    TRY(must_know(id));
    const std::shared_lock lock(mutex_);
    std::map<std::string, std::string> out;
    for (const auto& [name, election] : served_.elections)
        if (election.congress == id && election.result)
            out[name] = canonical_json(election::certificate_document(election));
    return out;
}

namespace {

/// Smaller is nearer to what happens in a hall now.
std::pair<int, std::int64_t> distance_of(const congress::Congress& congress, UtcTime now) {
    const bool sits =
        !congress.closed && (congress.sitting.state != congress::SittingState::none || congress.adjourned);
    const auto today = days_from_date(date_at(now, congress.plan->utc_offset_minutes));
    const auto first = days_from_date(congress.plan->begins_on), last = days_from_date(congress.plan->ends_on);
    return {sits ? 0 : 1, std::max({first - today, today - last, std::int64_t{0}})};
}

}  // namespace

std::vector<Listing> Office::congresses() const {
    const auto now = clock_->now();
    const std::shared_lock lock(mutex_);
    std::vector<Listing> out;
    for (auto id = served_.order.rbegin(); id != served_.order.rend(); ++id) {
        const auto& congress = served_.congresses.at(*id);
        out.push_back({*id, congress.plan->organisation, congress::title_of(congress.plan->numbering),
                       std::string(congress::phase_of(congress)), congress.plan->rehearsal});
    }
    const auto nearest = std::ranges::min_element(
        out, {}, [&](const Listing& each) { return distance_of(served_.congresses.at(each.id), now); });
    if (nearest != out.end()) nearest->on_screen = true;
    return out;
}

Result<Done> Office::must_know(const std::string& id) const {
    return read(id, [](const Books&, const congress::Congress&) {});
}

Result<Done> Office::read(const std::string& id,
                          const std::function<void(const Books&, const congress::Congress&)>& use) const {
    const std::shared_lock lock(mutex_);
    const auto found = served_.congresses.find(id);
    if (found == served_.congresses.end()) return refuse(Why::congress_unknown, {{"congress", shown(id)}});
    use(served_, found->second);
    return Done{};
}

Result<Json> Office::screen_view(const std::string& id) const {
    Json out;
    TRY(read(id, [&](const Books& books, const congress::Congress& congress) {
        const auto control = screens_.find(id);
        out = app::screen_view(books, congress, control == screens_.end() ? ScreenControl{} : control->second,
                               journal_->head());
    }));
    return out;
}

Result<Done> Office::control_screen(const std::string& id, std::optional<int> page,
                                    std::optional<std::optional<Text>> notice) {
    {
        const std::unique_lock lock(mutex_);
        const auto found = served_.congresses.find(id);
        if (found == served_.congresses.end()) return refuse(Why::congress_unknown, {{"congress", shown(id)}});
        auto& control = screens_[id];
        if (page) {
            const int pages = result_pages(found->second);
            if (*page < 1 || *page > pages)
                return refuse(Why::page_unknown, {{"page", *page}, {"pages", pages}}, {"", 0, 0, "page"});
            control.page = *page;
        }
        if (notice) control.notice = *notice;
    }
    tell_listener({});
    return Done{};
}

std::vector<congress::Recorded> Office::history(const std::string& id) const {
    std::vector<congress::Recorded> out;
    read_events_of(id, 0, [&](const store::StoredEvent& event) {
        if (of_congress(event)) out.push_back({event.seq, event.at, event_of<congress::Event>(event)});
        return true;
    });
    return out;
}

std::vector<congress::AtBallots> Office::at_ballots(const std::string& id) const {
    constexpr std::string_view told_there[] = {"election_prepared", "tellers_appointed", "box_shown_empty",
                                               "ballots_issued",    "ballots_collected", "counts_agreed",
                                               "write_in_checked",  "result_certified",  "election_voided"};
    const auto page = told(id, 0, std::numeric_limits<std::int32_t>::max());
    invariant(page);
    std::vector<congress::AtBallots> out;
    for (const auto& each : page->events)
        if (std::ranges::find(told_there, each.kind) != std::end(told_there))
            out.push_back({each.seq, each.at, each.sentence});
    return out;
}

Result<congress::Paper> Office::paper(const std::string& id, std::string_view name, Language language) const {
    constexpr std::size_t most_kept = 64;  // some 30 KB each
    TRY(must_know(id));
    if (name != "minutes" && name != "communique") return refuse(Why::paper_unknown, {{"paper", shown(name)}});
    const auto last = [&] {
        const std::shared_lock lock(mutex_);
        return numbers_.at(id).back();
    }();
    const std::tuple key(id, std::string(name), language);
    {
        const std::lock_guard lock(writing_);
        if (const auto kept = papers_.find(key); kept != papers_.end() && kept->second.upto == last)
            return kept->second.paper;
    }
    const auto events = history(id);
    // The fingerprint is that of the congress's own last event, so that the paper stays the same while others act.
    std::string head;
    journal_->read(events.back().seq - 1, [&](const store::StoredEvent& event) {
        head = event.hash;
        return false;
    });
    auto paper = name == "minutes" ? congress::minutes(events, at_ballots(id), head, language)
                                   : congress::communique(events, head, language);
    const std::lock_guard lock(writing_);
    if (papers_.size() >= most_kept) papers_.clear();
    // What happened while it was written may stand in it already; then it is written once more.
    papers_[key] = {last, paper};
    return paper;
}

Result<congress::Document> Office::document(const std::string& hash) const {
    const std::shared_lock lock(mutex_);
    for (const auto& [id, congress] : served_.congresses)
        if (const auto found = congress.documents.find(hash); found != congress.documents.end()) return found->second;
    return refuse(Why::document_unknown, {{"hash", shown(hash)}});
}

}  // namespace plenum::app
