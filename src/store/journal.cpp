// SPDX-License-Identifier: Apache-2.0
#include "store/journal.h"

#include <algorithm>
#include <future>

#include "base/characters.h"
#include "base/json.h"
#include "base/texts.h"
#include "store/canonical.h"
#include "store/rows.h"
#include "store/verify.h"

namespace plenum::store {
namespace {

constexpr std::int64_t rows_at_once = 256;  // a reader holds no transaction open while its caller works

std::string erasure_body(std::int64_t seq, const std::string& reason) {
    return canonical_json(JsonObject{{"erased", seq}, {"reason", reason}});
}

}  // namespace

Result<NewEvent> Transaction::erase_personal(std::int64_t seq, const std::string& reason) {
    std::string stream;
    {
        auto rows = db_.query("journal.one", {seq});
        if (!rows.next()) return refuse(Why::event_unknown, {{"seq", seq}});
        stream = rows.text(1);
        const bool there = !rows.is_null(10), had_one = !rows.is_null(12);
        if (!had_one) return refuse(Why::nothing_personal, {{"seq", seq}});
        if (!there) return refuse(Why::already_erased, {{"seq", seq}});
    }
    db_.run("journal.erase", {seq});
    ++erased_;
    return NewEvent{std::move(stream), std::string(erasure_kind), erasure_body(seq, reason), std::nullopt};
}

Result<std::unique_ptr<Journal>> Journal::open(const std::string& path, Clock& clock, Randomness& randomness,
                                               JournalLimits limits, const EachEvent& each) {
    try {
        return open_sound(path, clock, randomness, limits, each);
    } catch (const Fault& fault) {
        if (fault.kind() != Fault::Kind::damaged) throw;
        return refuse(Why::database_damaged, facts_of(fault), {path, 0, 0, ""});
    }
}

Result<std::unique_ptr<Journal>> Journal::open_sound(const std::string& path, Clock& clock, Randomness& randomness,
                                                     JournalLimits limits, const EachEvent& each) {
    auto db = TRY(open_database(path, Access::own, clock.now()));
    {
        Atomic whole(*db);
        bool founded = false;
        {
            auto rows = db->query("journal.founding");
            founded = rows.next();
        }
        bool empty = false;
        {
            auto rows = db->query("journal.last");
            empty = !rows.next();
        }
        if (!founded && empty) {
            const auto id = randomness.id();
            db->run("journal.found", {id, genesis_of(id)});
            whole.commit();
        }
    }
    db->begin_read();
    auto verified = verify_rows(*db, "", each);
    db->rollback();
    if (!verified) return refuse(std::move(verified).error().within({path, 0, 0, ""}));
    std::unique_ptr<Journal> out(new Journal(std::move(db), path, clock, randomness, limits));
    out->id_ = verified->journal;
    out->genesis_ = genesis_of(out->id_);
    out->end_ = out->read_end();
    out->writer_ = std::thread([journal = out.get()] { journal->write_groups(); });
    return out;
}

Journal::Journal(std::unique_ptr<Db> db, std::string path, Clock& clock, Randomness& randomness, JournalLimits limits)
    : db_(std::move(db)),
      path_(std::move(path)),
      lives_in_memory_(path_ == ":memory:"),
      clock_(clock),
      randomness_(randomness),
      limits_(limits) {}

Journal::~Journal() {
    {
        const std::lock_guard hold(mutex_);
        stopping_ = true;
    }
    wake_.notify_all();
    if (writer_.joinable()) writer_.join();
}

void Journal::listen(Listener* listener) { listener_ = listener; }

void Journal::submit(Act act, Decide decide, Answered answered) {
    invariant(is_short_text(act.actor) && is_short_text(act.name) && is_sha256_hex(act.request));
    if (!is_key(act.key)) {
        answered(Answer(refuse(Why::key_malformed, {{"most", JournalLimits::text_bytes}})));
        return;
    }
    bool full = false;
    {
        const std::lock_guard hold(mutex_);
        invariant(!stopping_);
        full = queue_.size() >= limits_.queue;
        if (!full) queue_.push_back({std::move(act), std::move(decide), std::move(answered)});
    }
    if (full)
        answered(Answer(refuse(Why::busy, {{"most", limits_.queue}})));
    else
        wake_.notify_one();
}

Result<Receipt> Journal::append(Act act, Decide decide) {
    invariant(std::this_thread::get_id() != writer_.get_id());
    std::promise<Answer> promise;
    auto future = promise.get_future();
    submit(std::move(act), std::move(decide), [&promise](const Answer& answer) { promise.set_value(answer); });
    return future.get().get();
}

void Journal::write_groups() {
    std::vector<Job> group;
    while (true) {
        {
            std::unique_lock hold(mutex_);
            wake_.wait(hold, [this] { return stopping_ || !queue_.empty(); });
            if (queue_.empty()) return;
            group.swap(queue_);
        }
        write_group(group);
        group.clear();
    }
}

namespace {

/// What is being handled, whatever was thrown.
GroupFault current_fault() {
    try {
        throw;
    } catch (const Fault& fault) { return {fault.kind(), fault.what()}; } catch (const std::exception& thrown) {
        return {Fault::Kind::other, thrown.what()};
    } catch (...) { return {Fault::Kind::other, "not a std::exception"}; }
}

}  // namespace

/// Nothing that is in memory moves before the commit; the callers hear last.
void Journal::write_group(const std::vector<Job>& group) {
    std::vector<Answer> answers;
    std::vector<StoredEvent> events;
    Link end;
    std::optional<GroupFault> fault;
    try {
        std::unique_lock<std::mutex> sharing;
        if (lives_in_memory_) sharing = std::unique_lock(sharing_);
        db_->begin();
        try {
            end = read_end();
            if (end.seq != end_.seq || end.hash != end_.hash)
                throw Fault(Fault::Kind::other, "the journal was changed beneath its owner");
            answers.reserve(group.size());
            for (const auto& job : group) answers.emplace_back(write_act(job, end, events));
            if (events.empty())
                db_->rollback();  // all refused or repeated: nothing to make durable
            else
                db_->commit();
        } catch (...) {
            fault = current_fault();
            db_->rollback();
        }
    } catch (...) {
        if (!fault) fault = current_fault();
    }
    auto* listener = listener_.load();
    if (fault) {
        {
            const std::lock_guard hold(mutex_);
            ++figures_.faults;
        }
        if (listener) {
            listener->failed(*fault);
            listener->rolled_back();
        }
        for (const auto& job : group) job.answered(Answer(std::make_exception_ptr(*fault)));
        return;
    }
    {
        const std::lock_guard hold(mutex_);
        end_ = end;
        figures_.groups += events.empty() ? 0 : 1;
        figures_.events += events.size();
        for (const auto& answer : answers) {
            const auto result = answer.get();
            ++(!result ? figures_.refused : result->repeated ? figures_.repeated : figures_.acts);
        }
    }
    const auto erases = [](const StoredEvent& event) { return event.kind == erasure_kind; };
    if (std::any_of(events.begin(), events.end(), erases)) empty_log();
    if (listener && !events.empty()) listener->committed(events);
    for (std::size_t i = 0; i < group.size(); ++i) group[i].answered(answers[i]);
}

/// The erasure itself is durable already: should this fail, the log is emptied by a later checkpoint.
void Journal::empty_log() {
    try {
        std::unique_lock<std::mutex> sharing;
        if (lives_in_memory_) sharing = std::unique_lock(sharing_);
        db_->empty_log();
    } catch (const Fault& fault) {
        {
            const std::lock_guard hold(mutex_);
            ++figures_.faults;
        }
        if (auto* listener = listener_.load()) listener->failed(fault);
    }
}

namespace {
/// How far `now` stands behind `last`, in milliseconds; 0 where it does not. The last instant of an empty journal lies
/// before every other, so that the difference must not be taken first.
std::int64_t behind_ms(UtcTime now, UtcTime last) { return now < last ? last.ms - now.ms : 0; }
}  // namespace

Result<Receipt> Journal::write_act(const Job& job, Link& end, std::vector<StoredEvent>& events) {
    if (auto before = known(job.act)) return *std::move(before);
    Savepoint part(*db_);
    // Events follow one another in time. A clock that was set right by a little leaves the last instant standing for
    // that while; one that is far behind would date everything falsely.
    const auto now = clock_.now();
    if (behind_ms(now, end.at) > most_clock_behind_ms)
        return refuse(Why::clock_behind, {{"now", text_from_time(now)}, {"last", text_from_time(end.at)}});
    const UtcTime at = std::max(now, end.at);
    Transaction transaction(*db_, randomness_, at, end.seq + 1);
    auto happened = job.decide(transaction);
    // The engine may have undone the whole transaction while the decision swallowed the fault: going on would write
    // outside any transaction.
    if (!db_->in_transaction()) throw Fault(Fault::Kind::other, "the transaction ended inside a decision");
    if (!happened) {
        part.undo();
        return refuse(std::move(happened).error());
    }
    // Whatever was erased says so, and nothing else does.
    invariant(std::ranges::count(*happened, erasure_kind, &NewEvent::kind) == transaction.erased_);
    const auto before = events.size();
    auto receipt = write_events(job.act, at, *std::move(happened), end, events);
    if (!receipt) {
        part.undo();
        return receipt;
    }
    part.keep();
    if (auto* listener = listener_.load()) listener->appended(std::span(events).subspan(before));
    return receipt;
}

std::optional<Result<Receipt>> Journal::known(const Act& act) {
    auto rows = db_->query("journal.of_key", {act.key});
    if (!rows.next()) return std::nullopt;
    if (rows.text(1) != act.actor || rows.text(2) != act.name || rows.text(3) != act.request)
        return refuse(Why::key_reused, {{"key", act.key}});
    Receipt receipt;
    receipt.repeated = true;
    receipt.first = rows.integer(0);
    receipt.at = time_from_text(rows.text(4)).value();
    do {
        receipt.last = rows.integer(0);
        receipt.head = rows.text(5);
    } while (rows.next());
    return receipt;
}

Result<Receipt> Journal::write_events(const Act& act, UtcTime at, std::vector<NewEvent> happened, Link& end,
                                      std::vector<StoredEvent>& events) {
    invariant(!happened.empty());
    for (const auto& each : happened)
        for (const auto bytes : {each.body.size(), each.personal ? each.personal->size() : 0})
            if (bytes > JournalLimits::event_bytes)
                return refuse(Why::event_too_large, {{"bytes", bytes}, {"most", JournalLimits::event_bytes}});
    const auto at_text = text_from_time(at);
    Receipt receipt{end.seq + 1, 0, "", at, false};
    std::int64_t ordinal = 0;
    for (auto& each : happened) {
        invariant(is_short_text(each.stream) && is_short_text(each.kind));
        invariant(!canonical_until(each.body, max_body_depth));
        StoredEvent event;
        event.seq = end.seq + 1;
        event.stream = std::move(each.stream);
        event.kind = std::move(each.kind);
        event.actor = act.actor;
        event.act = act.name;
        event.key = act.key;
        event.ordinal = ordinal++;
        event.request = act.request;
        event.at = at;
        event.body = std::move(each.body);
        if (each.personal) {
            invariant(!canonical_until(*each.personal, max_body_depth));
            event.salt = randomness_.salt();
            event.digest = digest_of(*event.salt, *each.personal);
            event.personal = std::move(each.personal);
        }
        event.prev = end.hash;
        event.hash = hash_of(event);
        db_->run("journal.append",
                 {event.seq, event.stream, event.kind, event.actor, event.act, event.key, event.ordinal, event.request,
                  at_text, event.body, event.personal, event.salt, event.digest, event.prev, event.hash});
        end = {event.seq, event.hash, at};
        events.push_back(std::move(event));
    }
    receipt.last = end.seq;
    receipt.head = end.hash;
    return receipt;
}

Journal::Link Journal::read_end() {
    auto rows = db_->query("journal.last");
    if (!rows.next()) return {0, genesis_, {INT64_MIN}};
    return {rows.integer(0), rows.text(1), time_from_text(rows.text(2)).value()};
}

Result<Receipt> Journal::erase_personal(std::int64_t seq, const std::string& actor, const std::string& reason) {
    if (!is_utf8(reason)) return refuse(base::Why::text_not_utf8, {}, {"", 0, 0, "reason"});
    if (auto written = check_written(reason); !written)
        return refuse(std::move(written).error().within({"", 0, 0, "reason"}));
    const auto body = erasure_body(seq, reason);
    SystemRandomness random;  // randomness_ belongs to the writer's thread
    Act act{actor, std::string(erasure_act), random.id(), sha256_hex(body)};
    return append(std::move(act), [&](Transaction& transaction) -> Result<std::vector<NewEvent>> {
        return std::vector { TRY(transaction.erase_personal(seq, reason)) };
    });
}

void Journal::read(std::int64_t after, const std::function<bool(const StoredEvent&)>& each) const {
    while (true) {
        std::vector<StoredEvent> some;
        with_reader([&](Db& db) {
            auto rows = db.query("journal.after", {after, rows_at_once});
            while (rows.next()) {
                auto event = event_from_row(rows);
                if (!event) throw Fault(Fault::Kind::damaged, "an event has no instant");
                some.push_back(*std::move(event));
            }
        });
        for (const auto& event : some)
            if (!each(event)) return;
        if (static_cast<std::int64_t>(some.size()) < rows_at_once) return;
        after = some.back().seq;
    }
}

void Journal::with_reader(const std::function<void(Db&)>& use) const {
    const auto use_at_one_moment = [&use](Db& db) {
        db.begin_read();
        try {
            use(db);
        } catch (...) {
            try {
                db.rollback();
            } catch (const Fault&) {  // what was thrown first tells more
            }
            throw;
        }
        db.rollback();
    };
    if (lives_in_memory_) {
        const std::lock_guard hold(sharing_);
        use_at_one_moment(*db_);
        return;
    }
    std::unique_ptr<Db> reader;
    {
        const std::lock_guard hold(reading_);
        if (!readers_.empty()) {
            reader = std::move(readers_.back());
            readers_.pop_back();
        }
    }
    if (!reader) {
        auto opened = open_sqlite(path_, Access::read);
        if (!opened) throw Fault(Fault::Kind::disk, sentence_of(Language::en, opened.error()));
        reader = *std::move(opened);
    }
    use_at_one_moment(*reader);
    const std::lock_guard hold(reading_);
    readers_.push_back(std::move(reader));
}

std::int64_t Journal::last() const {
    const std::lock_guard hold(mutex_);
    return end_.seq;
}

std::int64_t Journal::clock_behind_ms() const {
    const std::lock_guard hold(mutex_);
    return behind_ms(clock_.now(), end_.at);
}

std::string Journal::head() const {
    const std::lock_guard hold(mutex_);
    return end_.hash;
}

JournalFigures Journal::figures() const {
    const std::lock_guard hold(mutex_);
    auto out = figures_;
    out.waiting = queue_.size();
    out.syncs = db_->syncs();
    return out;
}

}  // namespace plenum::store
