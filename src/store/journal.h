// SPDX-License-Identifier: Apache-2.0
// The journal: one hash-chained, append-only table of events, written by one thread in groups. The bytes that are
// hashed are in docs/formats/journal.md.
#pragma once
#include <atomic>
#include <condition_variable>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "base/bytes.h"
#include "base/time.h"
#include "store/db.h"

namespace plenum::store {

/// What an act says happened. `body` and `personal` are canonical JSON objects (bug otherwise; write_kind makes them).
struct NewEvent {
    std::string stream;                   // what it belongs to: "congress/8", "member/41"; 1 to 200 bytes
    std::string kind;                     // "question_decided"; 1 to 200 bytes; "personal_erased" is the journal's own
    std::string body;                     // what may be kept for ever
    std::optional<std::string> personal;  // about persons; can be erased later
};

/// Who does what. The same key with the same actor, name and request acts once, however often it is sent.
struct Act {
    std::string actor;    // 1 to 200 bytes
    std::string name;     // "congress.declare_vote"; 1 to 200 bytes
    std::string key;      // idempotency key, made by the client: 1 to 200 bytes of printable ASCII
    std::string request;  // SHA-256 of the canonical request, 64 hex digits
};

/// What the caller of an act is told: its events are `first` to `last` and durable.
struct Receipt {
    std::int64_t first = 0, last = 0;
    std::string head;       // hash of `last`
    UtcTime at;             // when it was decided
    bool repeated = false;  // the key was known: this is the receipt of the first time
    bool operator==(const Receipt&) const = default;
};

/// One row of the journal, every column.
struct StoredEvent {
    std::int64_t seq = 0;
    std::string stream, kind, actor, act, key;
    std::int64_t ordinal = 0;
    std::string request;
    UtcTime at;
    std::string body;
    std::optional<std::string> personal, salt;  // both null if never there, or erased
    std::optional<std::string> digest;          // null if it never had a personal part
    std::string prev, hash;
    bool erased() const { return digest && !personal; }
    bool operator==(const StoredEvent&) const = default;
};

using EachEvent = std::function<void(const StoredEvent&)>;

/// What a decision may use; valid only inside it, on the writer's thread.
class Transaction {
  public:
    Transaction(Db& db, Randomness& randomness, UtcTime now, std::int64_t next_seq)
        : db_(db), randomness_(randomness), now_(now), next_seq_(next_seq) {}
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    /// The instant of this act: never before that of the event before it.
    UtcTime now() const { return now_; }
    /// The connection inside the open transaction: rooms with row tables read and write them here. What is written is
    /// undone if the act is refused or the group fails.
    Db& db() { return db_; }
    Randomness& randomness() { return randomness_; }
    /// The number that the act's first event will have.
    std::int64_t next_seq() const { return next_seq_; }
    /// Erases the personal part of an event, and gives the event `personal_erased` of its stream, which names it and
    /// the reason and which the act must tell with its others (bug). The chain still verifies. refuses  event_unknown,
    /// nothing_personal, already_erased
    Result<NewEvent> erase_personal(std::int64_t seq, const std::string& reason);

  private:
    friend class Journal;
    Db& db_;
    Randomness& randomness_;
    UtcTime now_;
    std::int64_t next_seq_;
    std::ptrdiff_t erased_ = 0;  ///< parts, each of which wants its event
};

/// Decides an act: at least one event (bug otherwise), or a refusal. Runs on the writer's thread, one at a time, in the
/// order of submission; must not wait for the journal. An exception fails the whole group.
using Decide = std::function<Result<std::vector<NewEvent>>(Transaction&)>;

/// Thrown to whoever waits for an act whose group failed. The listener has heard of it: it need not be told again.
class GroupFault : public Fault {
    using Fault::Fault;
};

/// Hears of every group, on the writer's thread. May not throw, nor wait for the journal.
class Listener {
  public:
    virtual ~Listener() = default;
    /// One act was written inside the open transaction, not yet durable: a room that keeps its state in memory moves it
    /// on here, so that the next act of the same group is decided on it. Tell nobody yet.
    virtual void appended(std::span<const StoredEvent> events) { (void)events; }
    /// All events of a group, in order, now durable. Called before their callers are answered.
    virtual void committed(std::span<const StoredEvent> events) = 0;
    /// Nothing of the group happened: go back to the state after the last committed().
    virtual void rolled_back() = 0;
    /// The machine failed, once for each group that it failed, before anybody is answered; and where what was erased
    /// could not be taken out of the log at once. `fault` says why.
    virtual void failed(const Fault& fault) { (void)fault; }
};

/// What a submitted act came to.
class Answer {
  public:
    explicit Answer(Result<Receipt> result) : result_(std::move(result)) {}
    explicit Answer(std::exception_ptr fault) : result_(Receipt{}), fault_(std::move(fault)) {}
    /// The receipt or the refusal; throws the GroupFault if the group failed: then nothing of it happened as far as
    /// anybody was told, and the act may be sent again under the same key.
    Result<Receipt> get() const {
        if (fault_) std::rethrow_exception(fault_);
        return result_;
    }

  private:
    Result<Receipt> result_;
    std::exception_ptr fault_;
};
using Answered = std::function<void(const Answer&)>;

/// How far the clock may stand behind the last event of a journal: so much it may be set back in running. Acts of that
/// while bear the last event's instant; with a clock further behind nothing is written.
inline constexpr std::int64_t most_clock_behind_ms = 5 * 60'000;

struct JournalLimits {
    std::size_t queue = 20'000;                          // acts waiting; more are refused as busy
    static constexpr std::size_t event_bytes = 4 << 20;  // body, and personal, of one event
    static constexpr std::size_t text_bytes = 200;       // stream, kind, actor, name, key
};

/// Counted since opening.
struct JournalFigures {
    std::uint64_t groups = 0;    // transactions committed
    std::uint64_t acts = 0;      // acknowledged, without repeated ones
    std::uint64_t events = 0;    // of those acts
    std::uint64_t repeated = 0;  // answered with their first receipt
    std::uint64_t refused = 0;
    std::uint64_t faults = 0;  // groups that failed, and checkpoints after an erasure
    std::uint64_t syncs = 0;   // fsyncs of the process, see Db::syncs
    std::size_t waiting = 0;   // acts in the queue now
};

class Journal {
  public:
    /// Opens or creates the database at `path` (or ":memory:") and owns it until destroyed. The whole chain is verified
    /// first (see verify.h). Cost: about 4 s per million events. Throws Fault if the disk fails.
    ///
    /// clock, randomness  must outlive the journal; used on its writer's thread only
    /// each               called for every event while the chain is verified, so that state is rebuilt in the same
    ///                    pass; if open() refuses or throws, that state is to be thrown away
    /// refuses            what open_database and verify_database refuse
    static Result<std::unique_ptr<Journal>> open(const std::string& path, Clock& clock, Randomness& randomness,
                                                 JournalLimits limits = {}, const EachEvent& each = {});
    /// Answers what is queued, then ends. Nobody may submit any more.
    ~Journal();
    Journal(const Journal&) = delete;
    Journal& operator=(const Journal&) = delete;

    /// One listener, or nullptr. To be set before the first act, or from the writer's thread.
    void listen(Listener* listener);

    /// Queues an act and returns. `answered` is called on the writer's thread once the act is durable, refused or
    /// failed; for `busy` and `key_malformed` at once, on the caller's. It may not throw, nor wait for the journal.
    ///
    /// refuses  busy, key_malformed, key_reused, clock_behind, event_too_large, and whatever `decide` refuses
    void submit(Act act, Decide decide, Answered answered);
    /// The same, waiting for the answer. Throws Fault. Not from the writer's thread (bug).
    Result<Receipt> append(Act act, Decide decide);

    /// Transaction::erase_personal as an act of its own. refuses  what that and append refuse
    Result<Receipt> erase_personal(std::int64_t seq, const std::string& actor, const std::string& reason);

    /// Calls `each` for every durable event after number `after`, in order, until it returns false. `each` may append.
    void read(std::int64_t after, const std::function<bool(const StoredEvent&)>& each) const;
    /// Lends a reading connection, inside a transaction that sees one moment. `use` must not append.
    void with_reader(const std::function<void(Db&)>& use) const;

    /// Number and hash of the last durable event; 0 and the genesis value before the first.
    std::int64_t last() const;
    std::string head() const;
    /// How far the clock stands behind the last event, in milliseconds; 0 where it does not.
    std::int64_t clock_behind_ms() const;
    /// The journal's random name, 32 hex digits.
    const std::string& id() const { return id_; }
    JournalFigures figures() const;

  private:
    struct Job {
        Act act;
        Decide decide;
        Answered answered;
    };
    struct Link {  // where the chain ends
        std::int64_t seq = 0;
        std::string hash;
        UtcTime at;
    };

    Journal(std::unique_ptr<Db> db, std::string path, Clock& clock, Randomness& randomness, JournalLimits limits);
    /// open(), but damaged pages are still a Fault.
    static Result<std::unique_ptr<Journal>> open_sound(const std::string& path, Clock& clock, Randomness& randomness,
                                                       JournalLimits limits, const EachEvent& each);
    void write_groups();
    void write_group(const std::vector<Job>& group);
    Result<Receipt> write_act(const Job& job, Link& end, std::vector<StoredEvent>& events);
    Result<Receipt> write_events(const Act& act, UtcTime at, std::vector<NewEvent> happened, Link& end,
                                 std::vector<StoredEvent>& events);
    /// The receipt of an act whose key is known; a refusal if the key was used for something else; else nothing.
    std::optional<Result<Receipt>> known(const Act& act);
    Link read_end();
    void empty_log();

    std::unique_ptr<Db> db_;  // the writer's; for ":memory:" also the readers', under sharing_
    const std::string path_;
    const bool lives_in_memory_;
    Clock& clock_;
    Randomness& randomness_;
    const JournalLimits limits_;
    std::string id_, genesis_;
    std::atomic<Listener*> listener_ = nullptr;

    mutable std::mutex sharing_;  // held by whoever uses db_ of a ":memory:" journal
    mutable std::mutex reading_;
    mutable std::vector<std::unique_ptr<Db>> readers_;  // idle ones

    mutable std::mutex mutex_;  // guards what follows
    std::condition_variable wake_;
    std::vector<Job> queue_;
    bool stopping_ = false;
    Link end_;
    JournalFigures figures_;

    std::thread writer_;
};

}  // namespace plenum::store
