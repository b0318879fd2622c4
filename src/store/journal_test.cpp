// SPDX-License-Identifier: Apache-2.0
#include "store/journal.h"

#include <doctest/doctest.h>

#include <future>
#include <latch>

#include "store/fixture.h"

using namespace plenum;
using namespace plenum::store;
using namespace plenum::store::fixture;

namespace {

struct Desk {
    explicit Desk(std::string where = ":memory:", JournalLimits limits = {}) : path(std::move(where)) { open(limits); }
    void open(JournalLimits limits = {}) {
        journal.reset();
        journal = Journal::open(path, clock, randomness, limits).value();
    }
    std::vector<StoredEvent> events(std::int64_t after = 0) const {
        std::vector<StoredEvent> out;
        journal->read(after, [&](const StoredEvent& event) {
            out.push_back(event);
            return true;
        });
        return out;
    }
    Verified verified() const {
        std::optional<Result<Verified>> out;
        journal->with_reader([&](Db& db) { out = verify_rows(db); });
        REQUIRE(*out);
        return **out;
    }
    std::string path;
    SetClock clock{opening};
    SeededRandomness randomness{"desk"};
    std::unique_ptr<Journal> journal;
};

/// Keeps the writer inside a first act, so that all that is submitted meanwhile becomes one group.
class Gate {
  public:
    explicit Gate(Journal& journal) : journal_(journal) {
        journal.submit(
            act("gate"),
            [this](Transaction&) -> Result<std::vector<NewEvent>> {
                entered_.count_down();
                open_.wait();
                return refuse(Why::event_unknown, {{"seq", 0}});
            },
            [](const Answer&) {});
        entered_.wait();
    }
    void submit(Act what, Decide decide) {
        auto promise = std::make_shared<std::promise<Answer>>();
        answers_.push_back(promise->get_future());
        journal_.submit(std::move(what), std::move(decide),
                        [promise](const Answer& answer) { promise->set_value(answer); });
    }
    std::vector<Answer> open() {
        open_.count_down();
        std::vector<Answer> out;
        for (auto& each : answers_) out.push_back(each.get());
        return out;
    }

  private:
    Journal& journal_;
    std::latch entered_{1}, open_{1};
    std::vector<std::future<Answer>> answers_;
};

/// A room that keeps its state in memory: the sum of the numbers noted, and what it was told in which order.
struct Sum final : Listener {
    static std::int64_t number(const StoredEvent& event) {
        return event.kind == "noted" ? std::stoll(event.body.substr(10)) : 0;
    }
    void appended(std::span<const StoredEvent> events) override {
        for (const auto& event : events) speculative += number(event);
        heard.push_back("appended " + std::to_string(events.size()));
    }
    void committed(std::span<const StoredEvent> events) override {
        for (const auto& event : events) durable += number(event);
        heard.push_back("committed " + std::to_string(events.size()));
    }
    void rolled_back() override {
        speculative = durable;
        heard.push_back("rolled back");
    }
    std::int64_t speculative = 0, durable = 0;
    std::vector<std::string> heard;
};

Result<std::vector<NewEvent>> no(Transaction&) { return refuse(Why::event_unknown, {{"seq", 5}}); }

bool failed(const Answer& answer) {
    try {
        (void)answer.get();
    } catch (const Fault&) { return true; }
    return false;
}

std::int64_t rows_of_scratch(const Journal& journal) {
    std::int64_t out = -1;
    journal.with_reader([&](Db& db) {
        const auto rows = db.prepare("select count(*) from scratch");
        REQUIRE(rows->step());
        out = rows->integer(0);
    });
    return out;
}

}  // namespace

TEST_CASE("an act is kept with who, when, what and the link to the act before") {
    Folder folder;
    for (const auto& path : {std::string(":memory:"), folder / "a"}) {
        CAPTURE(path);
        Desk desk(path);
        CHECK(desk.journal->last() == 0);
        CHECK(desk.journal->head() == genesis_of(desk.journal->id()));
        const auto first = desk.journal->append(act("k1"), note(17));
        REQUIRE(first);
        desk.clock.set(opening + 6);
        const auto second = desk.journal->append(act("k2", "", "delegate-9"), note(5));
        REQUIRE(second);
        const auto events = desk.events();
        REQUIRE(events.size() == 2);
        CHECK(events[0].prev == genesis_of(desk.journal->id()));
        CHECK(events[1].prev == events[0].hash);
        CHECK(events[1].hash == hash_of(events[1]));
        CHECK(events[1].actor == "delegate-9");
        CHECK(events[1].act == "congress.note");
        CHECK(events[1].body == R"({"number":5})");
        CHECK(events[1].at == opening + 6);
        CHECK(*second == Receipt{2, 2, events[1].hash, opening + 6, false});
        CHECK(desk.journal->last() == 2);
        CHECK(desk.journal->head() == events[1].hash);
        CHECK(desk.events(1) == std::vector{events[1]});
        CHECK(desk.verified().events == 2);
    }
}

TEST_CASE("two journals have different names, and the same acts give different chains") {
    Folder folder;
    SystemRandomness random;
    SetClock clock{opening};
    auto one = Journal::open(folder / "a", clock, random).value(),
         two = Journal::open(folder / "b", clock, random).value();
    CHECK(one->id() != two->id());
    CHECK(one->append(act("k1"), note(17))->head != two->append(act("k1"), note(17))->head);
}

TEST_CASE("time never runs backwards in the chain, whatever the clock does") {
    Folder folder;
    Desk desk(folder / "a");
    CHECK(desk.journal->append(act("k1"), note(5))->at == opening);
    desk.clock.set(opening + -60'000);
    CHECK(desk.journal->append(act("k2"), note(6))->at == opening);
    desk.open();
    CHECK(desk.journal
              ->append(act("k3"),
                       [](Transaction& transaction) {
                           CHECK(transaction.now() == opening);
                           CHECK(transaction.next_seq() == 3);
                           return note(9)(transaction);
                       })
              ->at == opening);
}

TEST_CASE("with a clock far behind the journal nothing is written, and what was answered stays answered") {
    Folder folder;
    Desk desk(folder / "a");
    const auto first = desk.journal->append(act("k1"), note(5));
    REQUIRE(first);
    desk.clock.set(opening + -most_clock_behind_ms);
    CHECK(desk.journal->clock_behind_ms() == most_clock_behind_ms);
    CHECK(desk.journal->append(act("k2"), note(6))->at == opening);
    desk.clock.set(opening + (-most_clock_behind_ms - 1));
    const auto refused = desk.journal->append(act("k3"), note(7));
    REQUIRE(refused_as(refused, Why::clock_behind));
    CHECK(refused.error().fact("last") == text_from_time(opening));
    CHECK(desk.journal->append(act("k1"), note(5))->last == first->last);
    desk.open();
    CHECK(refused_as(desk.journal->append(act("k3"), note(7)), Why::clock_behind));
    desk.clock.set(opening + 1);
    CHECK(desk.journal->clock_behind_ms() == 0);
    CHECK(desk.journal->append(act("k3"), note(7))->at == opening + 1);
}

TEST_CASE("a repeated act acts once and is answered with its first receipt, also after a restart") {
    Folder folder;
    Desk desk(folder / "a");
    int decided = 0;
    const Decide twice = [&](Transaction&) -> Result<std::vector<NewEvent>> {
        ++decided;
        return std::vector{NewEvent{"congress/8", "opened", "{}", std::nullopt},
                           NewEvent{"congress/8", "closed", "{}", std::nullopt}};
    };
    REQUIRE(desk.journal->append(act("k0"), note(17)));
    auto first = desk.journal->append(act("k1"), twice);
    REQUIRE(first);
    CHECK(first->first == 2);
    CHECK(first->last == 3);
    REQUIRE(desk.journal->append(act("k2"), note(5)));
    desk.clock.set(opening + 1000);
    for (int round = 0; round < 2; ++round) {
        auto again = desk.journal->append(act("k1"), twice);
        REQUIRE(again);
        CHECK(again->repeated);
        again->repeated = false;
        CHECK(*again == *first);
        desk.open();
    }
    CHECK(decided == 1);
    CHECK(desk.journal->last() == 4);
}

TEST_CASE("a key that was used for another request, by another actor or for another act is refused") {
    Desk desk;
    REQUIRE(desk.journal->append(act("k1", "motion 5"), note(5)));
    CHECK(refused_as(desk.journal->append(act("k1", "motion 6"), note(6)), Why::key_reused));
    CHECK(refused_as(desk.journal->append(act("k1", "motion 5", "delegate-9"), note(5)), Why::key_reused));
    auto other = act("k1", "motion 5");
    other.name = "congress.other";
    CHECK(refused_as(desk.journal->append(other, note(5)), Why::key_reused));
    CHECK(desk.journal->last() == 1);
}

TEST_CASE("the same key twice in one group acts once") {
    Desk desk;
    Gate gate(*desk.journal);
    for (int i = 0; i < 3; ++i) gate.submit(act("k1"), note(17));
    gate.submit(act("k1", "other"), note(6));
    const auto answers = gate.open();
    CHECK_FALSE(answers[0].get()->repeated);
    CHECK(answers[1].get()->repeated);
    CHECK(answers[2].get()->head == answers[0].get()->head);
    CHECK(refused_as(answers[3].get(), Why::key_reused));
    CHECK(desk.events().size() == 1);
}

TEST_CASE("a refused act leaves nothing, and its neighbours in the group stand") {
    Folder folder;
    for (const auto& path : {std::string(":memory:"), folder / "a"}) {
        CAPTURE(path);
        Desk desk(path);
        REQUIRE(desk.journal->append(act("table"), [](Transaction& transaction) {
            transaction.db().exec("create table scratch (\n    a integer\n);\n");
            return note(1)(transaction);
        }));
        const auto before = desk.journal->figures();
        Gate gate(*desk.journal);
        const auto insert = [](bool refuse_it) {
            return [=](Transaction& transaction) -> Result<std::vector<NewEvent>> {
                transaction.db().exec("insert into scratch values (1)");
                if (refuse_it) return no(transaction);
                return note(5)(transaction);
            };
        };
        gate.submit(act("k1"), insert(false));
        gate.submit(act("k2"), insert(true));
        gate.submit(act("k3"), insert(false));
        gate.submit(act("k2"), insert(false));  // a refused key was not used up
        const auto answers = gate.open();
        CHECK(answers[0].get()->last == 2);
        CHECK(refused_as(answers[1].get(), Why::event_unknown));
        CHECK(answers[2].get()->last == 3);
        CHECK(answers[3].get()->last == 4);
        CHECK(rows_of_scratch(*desk.journal) == 3);
        CHECK(desk.verified().events == 4);
        const auto after = desk.journal->figures();
        CHECK(after.groups - before.groups == 1);
        CHECK(after.acts - before.acts == 3);
        CHECK(after.refused - before.refused == 2);  // with the gate
    }
}

TEST_CASE("one sync serves all who wait") {
    Folder folder;
    Desk desk(folder / "a");
    Gate gate(*desk.journal);
    for (int i = 0; i < 64; ++i) gate.submit(act("k" + std::to_string(i)), note(i));
    const auto before = desk.journal->figures();
    for (const auto& answer : gate.open()) CHECK(answer.get());
    const auto after = desk.journal->figures();
    CHECK(after.acts - before.acts == 64);
    CHECK(after.groups - before.groups == 1);
    CHECK(after.syncs - before.syncs == 1);
}

TEST_CASE("when a group fails, nobody is acknowledged and nothing of it stays") {
    Folder folder;
    for (const auto& path : {std::string(":memory:"), folder / "a"}) {
        CAPTURE(path);
        Desk desk(path);
        Sum sum;
        desk.journal->listen(&sum);
        REQUIRE(desk.journal->append(act("k0"), note(17)));
        const auto head = desk.journal->head();
        {
            Gate gate(*desk.journal);
            gate.submit(act("k1"), note(5));
            gate.submit(act("k2"), [](Transaction&) -> Result<std::vector<NewEvent>> {
                throw Fault(Fault::Kind::disk, "pulled out");
            });
            gate.submit(act("k3"), note(6));
            for (const auto& answer : gate.open()) CHECK(failed(answer));
        }
        CHECK(desk.journal->head() == head);
        CHECK(desk.events().size() == 1);
        CHECK(sum.speculative == 17);
        CHECK(sum.durable == 17);
        CHECK(desk.journal->figures().faults == 1);
        const auto again = desk.journal->append(act("k1"), note(5));
        REQUIRE(again);
        CHECK_FALSE(again->repeated);
        CHECK(again->last == 2);
        CHECK(desk.verified().events == 2);
        desk.journal->listen(nullptr);
        CHECK(sum.heard == std::vector<std::string>{"appended 1", "committed 1", "appended 1", "rolled back",
                                                    "appended 1", "committed 1"});
    }
}

TEST_CASE("on a full disk the acts fail, and go through once there is room") {
    Folder folder;
    Desk desk(folder / "a");
    REQUIRE(desk.journal->append(act("k0"), note(17)));
    REQUIRE(desk.journal->append(act("limit"), [](Transaction& transaction) {
        transaction.db().prepare("pragma max_page_count = 40")->step();
        return note(1)(transaction);
    }));
    const std::string large = "{\"text\":\"" + std::string(30'000, 'x') + "\"}";
    const Decide big = [&](Transaction&) -> Result<std::vector<NewEvent>> {
        return std::vector{NewEvent{"congress/8", "said", large, std::nullopt}};
    };
    struct Hears final : Listener {
        void committed(std::span<const StoredEvent>) override {}
        void rolled_back() override {}
        void failed(const Fault& fault) override { heard.emplace_back(fault.reason()); }
        std::vector<std::string> heard;
    } listener;
    desk.journal->listen(&listener);
    std::vector<Answer> answers;
    {
        Gate gate(*desk.journal);
        for (int i = 0; i < 9; ++i) gate.submit(act("big" + std::to_string(i)), big);
        answers = gate.open();
    }
    for (const auto& answer : answers) CHECK(failed(answer));
    CHECK(listener.heard == std::vector<std::string>{"full"});  // once, for all nine
    desk.journal->listen(nullptr);
    CHECK(desk.journal->last() == 2);
    CHECK(desk.verified().events == 2);
    // Smaller acts still find room: the journal is not stuck.
    CHECK(desk.journal->append(act("small"), note(5)));
    desk.open();  // without the limit
    CHECK(desk.journal->last() == 3);
    for (int i = 0; i < 9; ++i) {
        const auto receipt = desk.journal->append(act("big" + std::to_string(i)), big);
        REQUIRE(receipt);
        CHECK_FALSE(receipt->repeated);
    }
    CHECK(desk.verified().events == 12);
}

TEST_CASE("a decision that loses the transaction fails the group instead of writing outside of it") {
    Folder folder;
    Desk desk(folder / "a");
    CHECK_THROWS_AS((void)desk.journal->append(act("k1"),
                                               [](Transaction& transaction) {
                                                   transaction.db().exec("rollback");
                                                   return note(5)(transaction);
                                               }),
                    Fault);
    CHECK(desk.events().empty());
    CHECK(desk.journal->append(act("k1"), note(5)));
}

TEST_CASE("a fork of the chain is refused by the schema") {
    Desk desk;
    const auto first = desk.journal->append(act("k1"), note(17)).value();
    const auto fork = [&](std::int64_t seq, const std::string& key) {
        return [=](Transaction& transaction) {
            transaction.db().run("journal.append",
                                 {seq, "congress/8", "noted", "thief", "congress.note", key, 0, first.head,
                                  text_from_time(opening), "{}", nullptr, nullptr, nullptr, first.head, first.head});
            return note(6)(transaction);
        };
    };
    CHECK_THROWS_AS((void)desk.journal->append(act("k2"), fork(1, "x")), Fault);    // beside an event
    CHECK_THROWS_AS((void)desk.journal->append(act("k2"), fork(2, "x")), Fault);    // in its place
    CHECK_THROWS_AS((void)desk.journal->append(act("k2"), fork(17, "k2")), Fault);  // with its key
    CHECK(desk.journal->last() == 1);
    CHECK(desk.verified().head == first.head);
    CHECK(desk.journal->append(act("k2"), note(6)));
}

TEST_CASE("more acts than the queue holds are refused as busy, at once") {
    JournalLimits limits;
    limits.queue = 5;
    Desk desk(":memory:", limits);
    Gate gate(*desk.journal);
    for (int i = 0; i < 7; ++i) gate.submit(act("k" + std::to_string(i)), note(i));
    CHECK(desk.journal->figures().waiting == 5);
    const auto answers = gate.open();
    for (int i = 0; i < 7; ++i) {
        CAPTURE(i);
        CHECK(answers[static_cast<std::size_t>(i)].get().has_value() == (i < 5));
    }
    CHECK(refused_as(answers[5].get(), Why::busy));
    CHECK(desk.journal->append(act("k5"), note(5)));
}

TEST_CASE("keys that cannot be kept are refused") {
    Desk desk;
    for (const auto& key : {std::string(), std::string("two words"), std::string(201, 'k'), std::string("é"),
                            std::string("a\n"), std::string("a\0b", 3)}) {
        CAPTURE(key);
        CHECK(refused_as(desk.journal->append(act(key, "x"), note(5)), Why::key_malformed));
    }
    CHECK(desk.journal->append(act(std::string(200, 'k')), note(5)));
}

TEST_CASE("an event beyond its size is refused, one at its size is kept and can be verified") {
    Desk desk;
    const auto sized = [](std::size_t bytes) {
        return [=](Transaction&) -> Result<std::vector<NewEvent>> {
            const std::string text = "{\"t\":\"" + std::string(bytes - 8, 'x') + "\"}";
            return std::vector{NewEvent{"congress/8", "said", text, text}};
        };
    };
    CHECK(refused_as(desk.journal->append(act("k1"), sized(JournalLimits::event_bytes + 1)), Why::event_too_large));
    CHECK(desk.journal->last() == 0);
    REQUIRE(desk.journal->append(act("k1"), sized(JournalLimits::event_bytes)));
    std::stringstream file;
    REQUIRE(export_journal(*desk.journal, file));
    CHECK(verify_export(file, "export"));
}

TEST_CASE("a personal part is kept apart, salted, and can be erased without breaking the chain") {
    Folder folder;
    Desk desk(folder / "a");
    fill(*desk.journal);
    const auto events = desk.events();
    REQUIRE(events.size() == 6);
    CHECK(events[3].personal == R"({"name":"乙"})");
    CHECK(events[3].digest == digest_of(*events[3].salt, *events[3].personal));
    CHECK_FALSE(events[3].erased());
    CHECK(events[3].salt != events[4].salt);
    CHECK(events[4].erased());
    CHECK_FALSE(events[4].personal);
    CHECK_FALSE(events[4].salt);
    CHECK(events[4].digest);
    CHECK_FALSE(events[0].digest);
    CHECK(events[5].kind == "personal_erased");
    CHECK(events[5].stream == "member/41");
    CHECK(events[5].actor == "registrar");
    CHECK(events[5].body == R"({"erased":5,"reason":"asked by 丙's family"})");
    const auto verified = desk.verified();
    CHECK(verified.events == 6);
    CHECK(verified.erased == 1);
    CHECK(refused_as(desk.journal->erase_personal(5, "registrar", "again"), Why::already_erased));
    CHECK(refused_as(desk.journal->erase_personal(1, "registrar", "x"), Why::nothing_personal));
    CHECK(refused_as(desk.journal->erase_personal(7, "registrar", "x"), Why::event_unknown));
    CHECK(refused_as(desk.journal->erase_personal(4, "registrar", "\xff"), base::Why::text_not_utf8));
    CHECK(refused_as(desk.journal->erase_personal(4, "registrar", "asked\u200b"), base::Why::text_has_invisible));
    desk.open();
    CHECK(desk.journal->last() == 6);
    CHECK(desk.events() == events);
}

TEST_CASE("an act may erase among other things, and a refused one erases nothing") {
    Desk desk;
    REQUIRE(desk.journal->append(act("k1"), note_about(R"({"name":"乙"})")));
    REQUIRE(desk.journal->append(act("k2"), note_about(R"({"name":"丙"})")));
    const auto forget = [&](bool refused) {
        return [=](Transaction& transaction) -> Result<std::vector<NewEvent>> {
            std::vector<NewEvent> out{{"member/41", "forgotten", "{}", std::nullopt}};
            for (const std::int64_t seq : {1, 2}) out.push_back(TRY(transaction.erase_personal(seq, "asked")));
            if (refused) return refuse(Why::busy);
            return out;
        };
    };
    CHECK(refused_as(desk.journal->append(act("k3"), forget(true)), Why::busy));
    CHECK(desk.events()[0].personal);
    REQUIRE(desk.journal->append(act("k4"), forget(false)));
    const auto events = desk.events();
    REQUIRE(events.size() == 5);
    CHECK(events[0].erased());
    CHECK(events[1].erased());
    CHECK(events[4].kind == "personal_erased");
    CHECK(events[4].key == "k4");
    CHECK(desk.verified().erased == 2);
}

TEST_CASE("the erased text is gone from the files of a running server") {
    Folder folder;
    const std::string name = "NAME-TO-BE-FORGOTTEN";
    const auto found = [&] {
        return content_of(folder / "a").find(name) != std::string::npos ||
               content_of(folder / "a-wal").find(name) != std::string::npos;
    };
    Desk desk(folder / "a");
    REQUIRE(desk.journal->append(act("k1"), note_about("{\"name\":\"" + name + "\"}")));
    REQUIRE(desk.journal->append(act("k2"), note(5)));
    CHECK(found());
    REQUIRE(desk.journal->erase_personal(1, "registrar", "asked"));
    CHECK_FALSE(found());
    CHECK(desk.journal->append(act("k3"), note(6)));
}

TEST_CASE("an act is heard as appended, then as durable, before its caller is answered") {
    Desk desk;
    Sum sum;
    desk.journal->listen(&sum);
    std::promise<std::vector<std::string>> promise;
    desk.journal->submit(act("k1"), note(5), [&](const Answer&) { promise.set_value(sum.heard); });
    CHECK(promise.get_future().get() == std::vector<std::string>{"appended 1", "committed 1"});
    {
        Gate gate(*desk.journal);
        gate.submit(act("k2"), note(6));
        gate.submit(act("k3"), [&](Transaction& transaction) {
            CHECK(sum.speculative == 11);  // the neighbour's act is already counted
            CHECK(sum.durable == 5);
            return note(9)(transaction);
        });
        gate.submit(act("k2"), note(6));
        gate.open();
    }
    desk.journal->listen(nullptr);
    CHECK(sum.heard.back() == "committed 2");
    CHECK(sum.durable == 20);
}

TEST_CASE("replaying the journal gives the state that was served") {
    Folder folder;
    Desk desk(folder / "a");
    Sum sum;
    desk.journal->listen(&sum);
    std::vector<std::thread> clients;
    for (int client = 0; client < 5; ++client)
        clients.emplace_back([&, client] {
            for (int i = 0; i < 60; ++i) {
                const auto name = std::to_string(client) + "-" + std::to_string(i);
                const auto receipt = desk.journal->append(act(name), i % 6 == 0 ? Decide(no) : note(client * 60 + i));
                CHECK(receipt.has_value() == (i % 6 != 0));
            }
        });
    for (auto& client : clients) client.join();
    desk.journal->listen(nullptr);
    Sum replayed;
    desk.open();
    desk.journal->read(0, [&](const StoredEvent& event) {
        replayed.committed(std::span(&event, 1));
        return true;
    });
    CHECK(replayed.durable == sum.durable);
    CHECK(sum.durable == sum.speculative);
    CHECK(desk.journal->last() == 250);
}

TEST_CASE("a reader may stop, and may act while it reads") {
    Folder folder;
    for (const auto& path : {std::string(":memory:"), folder / "a"}) {
        CAPTURE(path);
        Desk desk(path);
        for (int i = 0; i < 9; ++i) REQUIRE(desk.journal->append(act("k" + std::to_string(i)), note(i)));
        std::int64_t seen = 0;
        desk.journal->read(2, [&](const StoredEvent& event) {
            seen = event.seq;
            return event.seq < 6;
        });
        CHECK(seen == 6);
        desk.journal->read(0, [&](const StoredEvent& event) {
            return desk.journal->append(act("r" + std::to_string(event.seq)), note(1)).has_value();
        });
        CHECK(desk.journal->last() == 18);
    }
}

TEST_CASE("a long journal is read whole, in order") {
    Desk desk;
    Gate gate(*desk.journal);
    for (int i = 0; i < 600; ++i) gate.submit(act("k" + std::to_string(i)), note(i));
    gate.open();
    std::int64_t expected = 0;
    for (const auto& event : desk.events()) CHECK(event.seq == ++expected);
    CHECK(expected == 600);
}

TEST_CASE("what is queued when the journal closes is still answered") {
    Folder folder;
    Desk desk(folder / "a");
    std::atomic<int> answered = 0;
    for (int i = 0; i < 50; ++i)
        desk.journal->submit(act("k" + std::to_string(i)), note(i),
                             [&](const Answer& answer) { answered += answer.get().has_value() ? 1 : 0; });
    desk.journal.reset();
    CHECK(answered == 50);
    desk.open();
    CHECK(desk.journal->last() == 50);
}

TEST_CASE("a journal that another server owns is refused, and one that was tampered with") {
    Folder folder;
    SystemRandomness random;
    SetClock clock{opening};
    {
        Desk desk(folder / "a");
        fill(*desk.journal);
        CHECK(refused_as(Journal::open(folder / "a", clock, random), Why::owned_elsewhere));
    }
    open_sqlite(folder / "a", Access::own).value()->exec("update event set actor = 'nobody' where seq = 2");
    const auto refused = Journal::open(folder / "a", clock, random);
    REQUIRE(refused_as(refused, Why::hash_wrong));
    CHECK(refused.error().fact("seq") == "2");
    CHECK(refused.error().place.file == folder / "a");
}
