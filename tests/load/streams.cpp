// SPDX-License-Identifier: Apache-2.0
// load_streams [readers = 2000] [broadcasts = 50]
//
// Holds so many live readers on one server in this process, over the loopback, and says what one costs in memory and
// how long a broadcast takes to reach them all. Ends with 1 if a reader missed a message, had one twice, or if it took
// longer than two minutes. Readers are at most 8,000 and broadcasts at most 1,000.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <thread>
#include <vector>

#include "base/bytes.h"
#include "base/time.h"
#include "http/live.h"
#include "http/routes.h"
#include "http/server.h"

namespace {

using namespace plenum;
using namespace plenum::http;
using std::chrono::steady_clock;

constexpr auto longest = std::chrono::seconds(120);
constexpr std::size_t view_bytes = 8'000;  // a result page of 33 candidates

std::size_t resident_bytes() {
    std::ifstream in("/proc/self/statm");
    std::size_t all = 0, resident = 0;
    in >> all >> resident;
    return resident * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

/// What one reader has heard; it keeps no text but the piece of a message that is not whole yet.
struct Reader {
    int socket = -1;
    std::int64_t last = 0;
    std::uint64_t views = 0;
    std::string piece;
};

int connect_to(std::uint16_t port) {
    const int out = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in where{};
    where.sin_family = AF_INET;
    where.sin_port = htons(port);
    where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    constexpr std::string_view ask = "GET /live HTTP/1.1\r\nHost: load\r\n\r\n";
    if (out < 0 || ::connect(out, reinterpret_cast<sockaddr*>(&where), sizeof where) != 0 ||
        ::send(out, ask.data(), ask.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(ask.size())) {
        std::perror("connect");
        return -1;
    }
    return out;
}

/// Takes what has come for a reader. False if it missed an act or had one twice.
bool hear(Reader& reader, std::string_view bytes, std::uint64_t& views) {
    reader.piece.append(bytes);
    while (true) {
        const auto end = reader.piece.find("\n\n");
        if (end == std::string::npos) break;
        const std::string_view message(reader.piece.data(), end);
        if (const auto act = message.find("event: act"); act != std::string_view::npos) {
            std::int64_t seq = 0;
            std::from_chars(message.data() + 4, message.data() + message.size(), seq);
            if (seq != reader.last + 1) return false;
            reader.last = seq;
        } else if (message.starts_with("event: view")) {
            ++reader.views;
            ++views;
        }
        reader.piece.erase(0, end + 2);
    }
    if (reader.piece.empty()) reader.piece.shrink_to_fit();
    return true;
}

std::uint64_t number_of(const char* text, std::uint64_t most) {
    std::uint64_t out = 0;
    const auto [end, failed] = std::from_chars(text, text + std::strlen(text), out);
    return failed == std::errc() && *end == '\0' && out > 0 ? std::min(out, most) : 0;
}

}  // namespace

int main(int count, char** words) {
    const auto readers = count > 1 ? number_of(words[1], 8'000) : 2'000;
    const auto broadcasts = count > 2 ? number_of(words[2], 1'000) : 50;
    if (readers == 0 || broadcasts == 0) {
        std::fprintf(stderr, "load_streams [readers] [broadcasts]\n");
        return 2;
    }
    const auto deadline = steady_clock::now() + longest;

    SystemClock clock;
    SystemRandomness randomness;
    Sessions sessions({}, clock, randomness);
    Live live({}, [](const std::string&, std::int64_t, std::int64_t, std::size_t) -> Result<std::vector<Act>> {
        return std::vector<Act>();
    });
    live.open("load", 0, "");
    std::vector<Route> table;
    table.push_back(
        {Method::get, "/live", Permission::anyone, 0, "", "", "", [&](const Request& request, Responder respond) {
             auto response = live.response(request, "load");
             if (response) respond(std::move(*response));
         }});
    Routes routes(std::move(table), sessions);
    ServerOptions options;
    options.listen = "127.0.0.1:0";
    options.connections = readers + 100;
    auto server = Server::open(options, routes);
    if (!server) {
        std::fprintf(stderr, "%s\n", sentence_of(Language::en, server.error()).c_str());
        return 2;
    }
    std::printf("idle server: %.1f MiB resident\n", static_cast<double>(resident_bytes()) / (1 << 20));

    const int poll = ::epoll_create1(0);
    std::vector<Reader> all(readers);
    std::vector<epoll_event> ready(1'024);
    std::vector<char> bytes(1 << 16);
    std::vector<double> last_ms;
    last_ms.reserve(broadcasts);
    std::vector<float> latencies_ms;
    latencies_ms.reserve(readers * broadcasts);
    const auto before = resident_bytes();
    for (std::size_t i = 0; i < readers; ++i) {
        all[i].socket = connect_to(server->port());
        if (all[i].socket < 0) return 2;
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.u64 = i;
        ::epoll_ctl(poll, EPOLL_CTL_ADD, all[i].socket, &event);
    }
    while (live.figures().readers < readers && steady_clock::now() < deadline) std::this_thread::yield();

    bool sound = live.figures().readers == readers;
    const std::string view = "{\"view\":\"" + std::string(view_bytes, 'v') + "\"}";
    for (std::uint64_t round = 1; sound && round <= broadcasts; ++round) {
        const auto published = steady_clock::now();
        live.publish("load", {{static_cast<std::int64_t>(round), R"({"seq":1,"kind":"delegate_checked_in"})"}}, view);
        std::uint64_t views = 0;
        while (sound && views < readers) {
            const int some = ::epoll_wait(poll, ready.data(), static_cast<int>(ready.size()), 1'000);
            for (int i = 0; i < some && sound; ++i) {
                auto& reader = all[ready[static_cast<std::size_t>(i)].data.u64];
                const auto size = ::recv(reader.socket, bytes.data(), bytes.size(), MSG_DONTWAIT);
                const auto had = views;
                sound = size > 0 && hear(reader, {bytes.data(), static_cast<std::size_t>(size)}, views);
                if (views > had)
                    latencies_ms.push_back(
                        std::chrono::duration<float, std::milli>(steady_clock::now() - published).count());
            }
            if (steady_clock::now() > deadline) sound = false;
        }
        last_ms.push_back(latencies_ms.empty() ? 0 : latencies_ms.back());
    }
    const auto held = resident_bytes();
    for (const auto& reader : all) sound = sound && reader.last == static_cast<std::int64_t>(broadcasts);
    for (const auto& reader : all) ::close(reader.socket);
    server->stop();
    if (!sound) {
        std::fprintf(stderr, "FAILED: a reader missed a message, had one twice, or it took too long\n");
        return 1;
    }
    std::sort(latencies_ms.begin(), latencies_ms.end());
    std::sort(last_ms.begin(), last_ms.end());
    const auto at = [](const auto& sorted, double part) {
        return static_cast<double>(sorted[static_cast<std::size_t>(part * static_cast<double>(sorted.size() - 1))]);
    };
    std::printf("%llu readers, %llu broadcasts of an act and a view of %zu bytes, none missed\n",
                static_cast<unsigned long long>(readers), static_cast<unsigned long long>(broadcasts), view_bytes);
    std::printf("to a reader: p50 %.1f ms, p99 %.1f ms, most %.1f ms; to all of them: p50 %.1f ms, most %.1f ms\n",
                at(latencies_ms, 0.5), at(latencies_ms, 0.99), at(latencies_ms, 1), at(last_ms, 0.5), at(last_ms, 1));
    std::printf("memory: %.1f KiB a reader (both ends, without the system's socket buffers)\n",
                static_cast<double>(held - std::min(held, before)) / 1'024 / static_cast<double>(readers));
    return 0;
}
