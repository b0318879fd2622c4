// SPDX-License-Identifier: Apache-2.0
#include "http/live.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <fstream>
#include <mutex>
#include <thread>

#include "base/bytes.h"
#include "http/raw_client_test.h"
#include "http/routes.h"
#include "http/server.h"

using namespace plenum;
using namespace plenum::http;

namespace {

/// A journal of committed acts, as the store would hold it, and a hub that is fed from it.
struct Hall {
    explicit Hall(LiveOptions live_options = {}, ServerOptions options = {})
        : live(live_options, [this](const std::string&, std::int64_t after, std::int64_t up_to,
                                    std::size_t most) { return older(after, up_to, most); }),
          routes(table(), sessions),
          server(open(std::move(options), routes)) {}
    ~Hall() { server.stop(); }

    static Server open(ServerOptions options, Application& application) {
        options.listen = "127.0.0.1:0";
        auto server = Server::open(std::move(options), application);
        REQUIRE(server);
        return std::move(*server);
    }
    std::vector<Route> table() {
        auto out = session_routes(sessions);
        out.push_back({Method::get, "/live/{id}", Permission::anyone, 0, "", "", "",
                       [this](const Request& request, Responder respond) {
                           auto response = live.response(request, request.parameters.at("id"));
                           if (response)
                               respond(std::move(*response));
                           else
                               respond.refuse(response.error());
                       }});
        return out;
    }

    Result<std::vector<Act>> older(std::int64_t after, std::int64_t up_to, std::size_t most) {
        const std::lock_guard lock(mutex);
        if (journal_is_broken) return plenum::refuse(base::Why::file_unreadable, {{"reason", "broken"}});
        std::vector<Act> out;
        auto next = std::upper_bound(journal.begin(), journal.end(), after,
                                     [](std::int64_t seq, const Act& act) { return seq < act.seq; });
        for (; next != journal.end() && next->seq <= up_to && out.size() < most; ++next) out.push_back(*next);
        return out;
    }
    /// Commits a group, then tells the hub.
    void commit(std::vector<std::int64_t> numbers, const std::string& view = R"({"view":1})", std::size_t size = 0) {
        std::vector<Act> acts;
        for (const auto seq : numbers)
            acts.push_back({seq, "{\"seq\":" + std::to_string(seq) + ",\"x\":\"" + std::string(size, 'x') + "\"}"});
        {
            const std::lock_guard lock(mutex);
            journal.insert(journal.end(), acts.begin(), acts.end());
        }
        live.publish("c5", std::move(acts), view);
    }
    RawClient reader(const std::string& headers = "", const std::string& query = "") {
        RawClient client(server.port());
        client.send(get("/live/c5" + query, headers));
        return client;
    }

    std::mutex mutex;
    std::vector<Act> journal;
    std::atomic<bool> journal_is_broken = false;
    SystemClock clock;
    SystemRandomness randomness;
    Sessions sessions{{}, clock, randomness};
    Live live;
    Routes routes;
    Server server;
};

std::string begun(RawClient& client) {
    const auto head = client.read_to("\r\n\r\n");
    CHECK(head.starts_with("HTTP/1.1 200 OK\r\n"));
    CHECK(head.find("Content-Type: text/event-stream\r\n") != std::string::npos);
    return head;
}

std::string act_text(std::int64_t seq) {
    const auto number = std::to_string(seq);
    return "id: " + number + "\nevent: act\ndata: {\"seq\":" + number + ",\"x\":\"\"}\n\n";
}

std::size_t resident_bytes() {
    std::ifstream in("/proc/self/statm");
    std::size_t all = 0, resident = 0;
    in >> all >> resident;
    return resident * 4'096;
}

}  // namespace

TEST_CASE("a reader without a past begins with the present view, then gets every group of acts and its view") {
    Hall hall;
    hall.live.open("c5", 17, R"({"view":0})");
    auto client = hall.reader();
    begun(client);
    CHECK(client.read_to("\n\n") == "id: 17\n\n");  // where to come back to, even if it goes before the first act
    CHECK(client.read_to("\n\n") == "event: view\ndata: {\"view\":0}\n\n");
    hall.commit({18, 20}, R"({"view":1})");
    CHECK(client.read_to("\n\n") == act_text(18));
    CHECK(client.read_to("\n\n") == act_text(20));
    CHECK(client.read_to("\n\n") == "event: view\ndata: {\"view\":1}\n\n");
    hall.commit({23}, "");
    CHECK(client.read_to("\n\n") == act_text(23));
    hall.live.publish("c5", {}, R"({"view":2})");
    CHECK(client.read_to("\n\n") == "event: view\ndata: {\"view\":2}\n\n");
}

TEST_CASE("a reader that comes back continues after the last act it saw") {
    Hall hall;
    hall.live.open("c5", 0, "");
    hall.commit({5, 6, 9, 17}, R"({"view":4})");
    for (auto& client : std::array{hall.reader("Last-Event-ID: 6\r\n"), hall.reader("", "?after=6"),
                                   hall.reader("Last-Event-ID: 6\r\n", "?after=5"), hall.reader("", "?after=7")}) {
        begun(client);
        CHECK(client.read_to("\n\n") == act_text(9));
        CHECK(client.read_to("\n\n") == act_text(17));
        CHECK(client.read_to("\n\n") == "event: view\ndata: {\"view\":4}\n\n");
    }
    auto up_to_date = hall.reader("Last-Event-ID: 17\r\n");
    begun(up_to_date);
    CHECK(up_to_date.read_to("\n\n") == "event: view\ndata: {\"view\":4}\n\n");
}

TEST_CASE("a stream that cannot be begun is refused by name") {
    Hall hall({.streams_of_one_session = 3});
    hall.live.open("c5", 17, "");
    CHECK(hall.reader("Last-Event-ID: x\r\n").answer().name() == "http.sequence_malformed");
    CHECK(hall.reader("Last-Event-ID: -5\r\n").answer().name() == "http.sequence_malformed");
    CHECK(hall.reader("", "?after=99999999999999999999").answer().name() == "http.sequence_malformed");
    const auto ahead = hall.reader("Last-Event-ID: 18\r\n").answer();
    CHECK(ahead.name() == "http.sequence_ahead");
    CHECK(ahead.member("facts") == R"({"last":"17"})");
    CHECK(RawClient(hall.server.port()).ask(get("/live/c6")).name() == "http.stream_unknown");

    const auto cookie = hall.sessions.exchange(hall.sessions.new_link(Role::screen), "")->set_cookie;
    const auto header = "Cookie: " + cookie.substr(0, cookie.find(';')) + "\r\n";
    {
        std::vector<RawClient> three;
        for (int i = 0; i < 3; ++i) {
            three.push_back(hall.reader(header));
            begun(three.back());
        }
        CHECK(hall.reader(header).answer().name() == "http.too_many_streams");
    }
    while (hall.live.figures().readers > 0) std::this_thread::yield();  // their places are given back
    auto again = hall.reader(header);
    begun(again);
}

TEST_CASE("what is no longer kept in memory is read from the journal, in batches") {
    Hall hall({.recent_acts = 5, .replay_batch = 7});
    std::vector<std::int64_t> all;
    for (std::int64_t i = 1; i <= 100; ++i) all.push_back(3 * i);
    hall.commit(all);
    auto client = hall.reader("", "?after=0");
    begun(client);
    for (const auto seq : all) CHECK(client.read_to("\n\n") == act_text(seq));
    CHECK(client.read_to("\n\n").starts_with("event: view"));
    CHECK(hall.live.figures().replayed == 95);
    SUBCASE("a journal that cannot be read ends the connection, and the reader comes back") {
        hall.journal_is_broken = true;
        auto other = hall.reader("", "?after=6");
        begun(other);
        CHECK(other.is_closed_by_server());
        hall.journal_is_broken = false;
        auto back = hall.reader("", "?after=6");
        begun(back);
        CHECK(back.read_to("\n\n") == act_text(9));
    }
}

TEST_CASE("readers that reconnect at random while acts are committed see each act once and in order") {
    Hall hall({.recent_acts = 40, .replay_batch = 16});
    constexpr std::int64_t last = 6'000;
    hall.live.open("c5", 0, "");
    std::thread writer([&] {
        SeededRandomness draws("writer");
        for (std::int64_t seq = 0; seq < last;) {
            std::vector<std::int64_t> group;
            for (auto count = 1 + draws.below(9); count > 0 && seq < last; --count)
                group.push_back(seq =
                                    std::min<std::int64_t>(last, seq + 1 + static_cast<std::int64_t>(draws.below(3))));
            hall.commit(std::move(group));
            if (draws.below(4) == 0) std::this_thread::sleep_for(std::chrono::microseconds(draws.below(400)));
        }
    });
    std::vector<std::vector<std::int64_t>> seen(6);
    std::vector<std::thread> readers;
    std::atomic<int> connections = 0;
    for (std::size_t i = 0; i < seen.size(); ++i)
        readers.emplace_back([&, i] {
            SeededRandomness draws("reader " + std::to_string(i));
            while (seen[i].empty() || seen[i].back() < last) {
                auto client =
                    hall.reader("Last-Event-ID: " + std::to_string(seen[i].empty() ? 0 : seen[i].back()) + "\r\n");
                ++connections;
                client.read_to("\r\n\r\n");
                const auto most = draws.below(200);
                for (std::uint64_t taken = 0; taken < most; ++taken) {
                    const auto message = client.read_to("\n\n");
                    if (message.empty()) break;  // cut off: too slow
                    if (!message.starts_with("id: ")) continue;
                    seen[i].push_back(std::stoll(message.substr(4)));
                    if (seen[i].back() == last) break;
                }
            }
        });
    writer.join();
    for (auto& reader : readers) reader.join();
    std::vector<std::int64_t> committed;
    for (const auto& act : hall.journal) committed.push_back(act.seq);
    CHECK(committed.back() == last);
    for (const auto& each : seen) CHECK((each == committed));
    CHECK(connections > 100);
    CHECK(hall.live.figures().replayed > 0);
}

TEST_CASE("a reader that takes nothing is cut off, and memory does not grow with what it was owed") {
    Hall hall({.recent_acts = 50, .recent_bytes = 1u << 20});
    hall.live.open("c5", 0, "");
    RawClient stuck(hall.server.port(), 4'096);
    stuck.send(get("/live/c5"));
    begun(stuck);
    auto healthy = hall.reader();
    begun(healthy);
    while (hall.live.figures().readers < 2) std::this_thread::yield();
    const auto before = resident_bytes();
    std::int64_t heard = 0;
    constexpr std::int64_t acts = 400;
    for (std::int64_t seq = 1; seq <= acts; ++seq) {
        hall.live.publish("c5", {{seq, "\"" + std::string(100'000, 'x') + "\""}}, R"({"view":1})");
        while (heard < seq) {
            const auto message = healthy.read_to("\n\n");
            REQUIRE_FALSE(message.empty());
            if (message.find("event: act") != std::string::npos) ++heard;
        }
    }
    CHECK(heard == acts);  // 40 MB went by
    CHECK(stuck.is_closed_by_server());
    CHECK(hall.live.figures().cut_off == 1);
    while (hall.live.figures().readers > 1) std::this_thread::yield();
#ifndef __SANITIZE_ADDRESS__  // which keeps freed memory back
    CHECK(resident_bytes() < before + (12u << 20));
#else
    CHECK(before > 0);
#endif
}
