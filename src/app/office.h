// SPDX-License-Identifier: Apache-2.0
// The office: the one place where deciding meets storing. Browser, terminal and tests reach every act through it.
#pragma once
#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <tuple>

#include "app/actor.h"
#include "app/refusals.h"
#include "congress/congress.h"
#include "congress/papers.h"
#include "election/election.h"
#include "store/journal.h"

namespace plenum::app {

namespace desk {
struct Steps;
}

/// An act as it is asked for: "congress.check_in" of the congress "…" with its fields. The key makes a repeated asking
/// act once.
struct Ask {
    std::string act;
    std::string congress;
    Json with;
    std::string key;
    /// The last event that the sender knew of what the act changes; refused as changed_meanwhile if somebody changed it
    /// since (docs/formats/desk.md). None: not asked.
    std::optional<std::int64_t> seen{};
};

/// What an act would do.
struct Tried {
    std::int64_t seq = 0;         ///< the last event it was tried on
    std::vector<Text> sentences;  ///< as they would stand in the minutes
};

/// What the chair turns by hand on the hall screen; no fact, so not in the journal.
struct ScreenControl {
    int page = 1;
    std::optional<Text> notice;
};

/// What was done last in a congress, and when its table of delegates changed.
struct Doings {
    std::int64_t seq = 0;
    UtcTime at;
    std::string kind, actor;
    std::map<congress::DelegateId, std::int64_t> delegates;  ///< the last event that changed the delegate's row
    std::int64_t all_delegates = 0;                          ///< the last that changed every row
};

/// The state of everything, rebuilt from the journal.
struct Books {
    std::map<std::string, congress::Congress> congresses;
    std::map<std::string, election::Election> elections;
    std::vector<std::string> order;            ///< ids of congresses, oldest first
    std::map<std::string, std::int64_t> last;  ///< last event of each congress, its elections included
    std::map<std::string, Doings> done;        ///< by congress
    std::int64_t registered = 0;               ///< last event of the register
    /// Moves on by an event out of a journal; refuses event_not_taken, and is to be thrown away then.
    Result<Done> take(const store::StoredEvent& event);
    /// The same of an event that this program wrote (bug where it is not taken).
    void evolve(const store::StoredEvent& event);
    /// The latest round of the election of a body that is being held or was held last, or nullptr: also where a new
    /// election was called and is not prepared yet.
    const election::Election* election_of(const std::string& congress, std::string_view body) const;

  private:
    Result<Done> take_of_congress(const store::StoredEvent& event);
    Result<Done> take_of_election(const store::StoredEvent& event);
};

/// A congress in the list of congresses; `phase` as congress::phase_of says it.
struct Listing {
    std::string id;
    Text organisation, title;
    std::string phase;
    bool rehearsal = false;
    /// A hall screen whose link names no congress shows this one: of those that sit, else of all, the one whose days
    /// are nearest, and of these the newest.
    bool on_screen = false;
};

/// One event of a congress or of its elections, as people read it.
struct Told {
    std::int64_t seq = 0;
    UtcTime at;
    std::string kind, actor;
    Text sentence;  ///< empty for what goes without saying
};
/// A page of the history of a congress.
struct ToldPage {
    std::vector<Told> events;          ///< oldest first
    std::optional<std::int64_t> next;  ///< the number after which to go on; none where nothing is left
};
class Chronicle;

/// Owns the books and the journal of one database. Safe to use from any thread; acts are done by the journal's writer,
/// one after another, and are served once they are durable.
class Office final : public store::Listener {
  public:
    /// Opens the books at `path` (":memory:" for none) and replays the journal.
    /// clock, randomness  must outlive the office
    /// refuses            what store::Journal::open refuses; event_not_taken: the journal is sound, but another version
    ///                    of the program wrote an event that this one does not read, or rules that it does not take
    /// cost               a pass over the journal: about a second for 100,000 events
    static Result<std::unique_ptr<Office>> open(const std::string& path, Clock& clock, Randomness& randomness);
    ~Office() override;

    /// Authorises, decides and stores one act; `answered` is called on the writer's thread once it is durable or
    /// refused. refuses  not_permitted first; then what the act's room refuses
    void submit(const Actor& actor, Ask ask, store::Answered answered);
    /// The same, waiting. Throws store::Fault if the machine failed: then the act may be sent again under the same key.
    Result<store::Receipt> act(const Actor& actor, Ask ask);
    /// Says what an act would do, without doing it; waits for the writer where the act is one of the register, so not
    /// from its thread. Throws store::Fault. refuses  what act() refuses, but for the key
    Result<Tried> attempt(const Actor& actor, Ask ask);

    /// The day it is now where the newest congress is held; before the first, the latest that it is anywhere, as the
    /// register reckons it (latest_date).
    Date today() const;
    /// The chair's bar of a congress as it is served now. Refuses congress_unknown.
    Result<desk::Steps> steps(const std::string& id, Language language) const;

    std::vector<Listing> congresses() const;              ///< newest first
    Result<Done> must_know(const std::string& id) const;  ///< refuses congress_unknown
    /// Reads one congress under the lock; refuses congress_unknown.
    Result<Done> read(const std::string& id,
                      const std::function<void(const Books&, const congress::Congress&)>& use) const;
    /// The view of docs/formats/screen-view.md.
    Result<Json> screen_view(const std::string& id) const;
    /// Turns the page of a result or shows a notice; refuses page_unknown.
    Result<Done> control_screen(const std::string& id, std::optional<int> page,
                                std::optional<std::optional<Text>> notice);
    /// "minutes" or "communique". Written anew after an event of the congress or of its elections only.
    /// cost  the first time after an event a pass over the congress's own events; else a copy
    Result<congress::Paper> paper(const std::string& id, std::string_view name, Language language) const;
    /// A document laid before any congress, by its hash.
    Result<congress::Document> document(const std::string& hash) const;
    /// The events of one congress, in order, without those of its elections.
    std::vector<congress::Recorded> history(const std::string& id) const;
    /// What the minutes tell of the ballots of a congress: never a mark, never who counted what.
    std::vector<congress::AtBallots> at_ballots(const std::string& id) const;

    /// The congress that an event belongs to, an election's event too; "" for none.
    std::string congress_of(const store::StoredEvent& event) const;
    /// Number of the last event of a congress or its elections; 0 for none.
    std::int64_t last_event_of(const std::string& id) const;
    /// Events of a congress and its elections after number `after`, in order, until `each` returns false.
    /// cost  those events, found by their numbers; of what else the journal holds at most what lies close between them
    void read_events_of(const std::string& id, std::int64_t after,
                        const std::function<bool(const store::StoredEvent&)>& each) const;
    /// The same as sentences, at most `limit` of them. Refuses congress_unknown.
    /// cost  the page; what happened since the last asking is told first (the whole history at the first asking)
    Result<ToldPage> told(const std::string& id, std::int64_t after, std::size_t limit) const;
    /// The certificates of a congress's elections by the elections' ids, canonical JSON. Refuses congress_unknown.
    Result<std::map<std::string, std::string>> certificates(const std::string& id) const;

    /// The journal that the books are rebuilt from; it lives as long as the office.
    store::Journal& journal() { return *journal_; }
    const store::Journal& journal() const { return *journal_; }
    /// Called after each commit, on the writer's thread, with the events in order, and after control_screen with none.
    void on_committed(std::function<void(std::span<const store::StoredEvent>)> listener);

    /// Called for each fault of the journal's writer, on its thread: in English, for the log.
    void on_fault(std::function<void(const std::string& what)> listener);

    // store::Listener
    void appended(std::span<const store::StoredEvent> events) override;
    void committed(std::span<const store::StoredEvent> events) override;
    void rolled_back() override;
    void failed(const store::Fault& fault) override;

  private:
    Office();
    /// Numbers of a congress's events after `after`, the first of them.
    std::vector<std::int64_t> numbers_after(const std::string& id, std::int64_t after) const;
    void take_number(const store::StoredEvent& event);
    void tell_listener(std::span<const store::StoredEvent> events);
    Result<std::vector<store::NewEvent>> decide(const Ask& ask, store::Transaction& transaction) const;

    Clock* clock_ = nullptr;
    std::atomic<std::uint64_t> tries_ = 0;
    Books working_;  ///< the writer's own: what has been appended, durable or not yet
    Books served_;   ///< what is durable; guarded by mutex_
    /// The numbers of the durable events of each congress, its elections' and erasures included; guarded by mutex_.
    std::map<std::string, std::vector<std::int64_t>> numbers_;
    std::map<std::string, ScreenControl> screens_;
    std::unique_ptr<Chronicle> chronicle_;
    struct Written {
        std::int64_t upto = 0;  ///< number of the last event that the paper knows of
        congress::Paper paper;
    };
    mutable std::mutex writing_;
    mutable std::map<std::tuple<std::string, std::string, Language>, Written> papers_;  ///< guarded by writing_
    std::mutex listening_;
    std::function<void(std::span<const store::StoredEvent>)> listener_;  ///< guarded by listening_
    std::function<void(const std::string&)> fault_listener_;             ///< guarded by listening_
    mutable std::shared_mutex mutex_;
    std::unique_ptr<store::Journal> journal_;  // last: its writer's thread ends before the books do
};

/// The congress that an event of the journal belongs to, or "".
std::string congress_of(const Books& books, const store::StoredEvent& event);

/// An event of a congress as its room wrote it. Only for streams "congress/…" (bug otherwise).
congress::Event event_of_congress(const store::StoredEvent& event);

/// The names of all acts, as they stand in Ask::act.
std::vector<std::string> act_names();

}  // namespace plenum::app
