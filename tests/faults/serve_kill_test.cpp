// SPDX-License-Identifier: Apache-2.0
// Kills the program itself while it serves: `serve_kill_test PROGRAM ROUNDS [SEED]`.
//
// A congress has its doors open. Desks, each on a connection of its own, check delegates in and out as fast as the
// server answers, until it is killed with SIGKILL at a random moment. What is on disk is then held to what the desks
// were told: every acknowledged act is there once, with its receipt; none is there in part. The server starts again,
// and the desks send again, under their old keys, what they had no answer to: each acts once, or answers with the
// receipt of the act that had become durable before the kill, or is refused by name because it cannot happen any more.
// What the hall screen says must be what the journal adds up to. Everything stays on the loopback.
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <map>
#include <random>
#include <set>
#include <thread>

#include "fixtures/gathering.h"
#include "store/verify.h"

extern char** environ;

namespace {

using namespace plenum;
using fixtures::delegate;
using std::chrono::steady_clock;

constexpr auto congress_id = "faults";
constexpr int delegates = 170, desks = 6;
// Against a server that hangs; nothing is measured by it.
constexpr int patience_s = 60;

pid_t serving = 0;

[[noreturn]] void fail(const std::string& what) {
    std::fprintf(stderr, "serve_kill_test: %s\n", what.c_str());
    if (serving > 0) ::kill(serving, SIGKILL);
    std::exit(1);
}
void demand(bool holds, const std::string& what) {
    if (!holds) fail(what);
}

// --- talking to the server -------------------------------------------------------------------------------------------

struct Answer {
    int status = 0;  // 0: the connection ended before the answer was whole
    std::string head, body;
};

class Connection {
  public:
    explicit Connection(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        const timeval patience{patience_s, 0};
        ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        sockaddr_in where{};
        where.sin_family = AF_INET;
        where.sin_port = htons(port);
        where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        connected_ = ::connect(socket_, reinterpret_cast<sockaddr*>(&where), sizeof where) == 0;
    }
    ~Connection() { ::close(socket_); }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    Answer ask(const std::string& request) {
        std::string_view left = request;
        while (connected_ && !left.empty()) {
            const auto sent = ::send(socket_, left.data(), left.size(), MSG_NOSIGNAL);
            if (sent <= 0) return {};
            left.remove_prefix(static_cast<std::size_t>(sent));
        }
        Answer out;
        std::size_t end = 0;
        while ((end = read_.find("\r\n\r\n")) == std::string::npos)
            if (!read_more()) return {};
        out.head = read_.substr(0, end + 2);
        read_.erase(0, end + 4);
        int status = 0;
        if (!out.head.starts_with("HTTP/1.1 ")) return {};
        std::from_chars(out.head.data() + 9, out.head.data() + 12, status);
        const auto length = header(out.head, "Content-Length");
        std::size_t size = 0;
        std::from_chars(length.data(), length.data() + length.size(), size);
        while (read_.size() < size)
            if (!read_more()) return {};
        out.body = read_.substr(0, size);
        read_.erase(0, size);
        out.status = status;
        return out;
    }
    static std::string header(const std::string& head, const std::string& name) {
        const auto at = head.find("\r\n" + name + ": ");
        if (at == std::string::npos) return {};
        const auto from = at + name.size() + 4;
        return head.substr(from, head.find("\r\n", from) - from);
    }

  private:
    bool read_more() {
        if (!connected_) return false;
        char bytes[16384];
        const auto size = ::recv(socket_, bytes, sizeof bytes, 0);
        if (size < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) fail("the server did not answer");
        if (size <= 0) return false;
        read_.append(bytes, static_cast<std::size_t>(size));
        return true;
    }
    int socket_;
    bool connected_ = false;
    std::string read_;
};

std::string get(const std::string& target, const std::string& cookie) {
    return "GET " + target + " HTTP/1.1\r\nHost: faults\r\nCookie: " + cookie + "\r\n\r\n";
}
std::string post(const std::string& target, const Json& body, const std::string& headers) {
    const auto text = canonical_json(body);
    return "POST " + target + " HTTP/1.1\r\nHost: faults\r\nContent-Type: application/json\r\nContent-Length: " +
           std::to_string(text.size()) + "\r\n" + headers + "\r\n" + text;
}

// --- the acts --------------------------------------------------------------------------------------------------------

/// One act of a desk; what it does follows from its fields, so that it can be sent again.
struct Asked {
    std::string key;
    int delegate = 0;
    bool arrives = true;
};
struct Acked {
    std::int64_t first = 0;
    std::string head;
    bool operator==(const Acked&) const = default;
};
struct Tried {
    Asked asked;
    std::optional<Acked> acked;
};

std::string request_of(const Asked& asked, const std::string& cookie) {
    JsonObject with{{"delegate", delegate(asked.delegate)}};
    if (asked.arrives) with["method"] = "card";
    return post("/api/acts",
                JsonObject{{"act", asked.arrives ? "congress.check_in" : "congress.leave"},
                           {"congress", congress_id},
                           {"with", std::move(with)}},
                "Cookie: " + cookie + "\r\nIdempotency-Key: " + asked.key + "\r\n");
}

Json json_of(const Answer& answer) {
    auto json = json_from_text(answer.body);
    demand(json.has_value() && json->is_object(), "no JSON: " + answer.body.substr(0, 200));
    return std::move(*json);
}

Acked receipt_of(const Answer& answer) {
    const auto json = json_of(answer);
    const auto& fields = json.as_object();
    demand(fields.at("first") == fields.at("last"), "one act of more than one event");
    return {fields.at("first").as_int64(), std::string(fields.at("head").as_string())};
}

// --- the server ------------------------------------------------------------------------------------------------------

class Server {
  public:
    Server(const std::string& program, const std::string& data, const std::string& pages) {
        int ends[2];
        demand(::pipe2(ends, O_CLOEXEC) == 0, "no pipe");
        out_ = ends[0];
        posix_spawn_file_actions_t actions;
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_adddup2(&actions, ends[1], 1);
        std::vector<std::string> words{program, "--language", "en",          "serve",   "--data",
                                       data,    "--listen",   "127.0.0.1:0", "--pages", pages};
        std::vector<char*> arguments;
        for (auto& word : words) arguments.push_back(word.data());
        arguments.push_back(nullptr);
        demand(::posix_spawn(&serving, program.c_str(), &actions, nullptr, arguments.data(), environ) == 0,
               "cannot start " + program);
        posix_spawn_file_actions_destroy(&actions);
        ::close(ends[1]);
    }
    ~Server() {
        ::close(out_);
        if (serving > 0) kill();
    }
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    /// Waits for the administrator link and exchanges it.
    void sign_in() {
        constexpr std::string_view before = "/console/#", scheme = "http://127.0.0.1:";
        std::string text;
        std::size_t at = 0;
        const auto until = steady_clock::now() + std::chrono::seconds(patience_s);
        while ((at = text.find(before)) == std::string::npos || text.size() < at + before.size() + 64) {
            pollfd waiting{out_, POLLIN, 0};
            demand(steady_clock::now() < until, "the server did not start");
            if (::poll(&waiting, 1, 1'000) == 0) continue;
            char bytes[4096];
            const auto got = ::read(out_, bytes, sizeof bytes);
            demand(got > 0, "the server ended by itself before it listened");
            text.append(bytes, static_cast<std::size_t>(got));
        }
        const auto link = text.substr(at + before.size(), 64);
        const auto host = text.rfind(scheme, at);
        demand(host != std::string::npos, "no address: " + text);
        std::from_chars(text.data() + host + scheme.size(), text.data() + at, port_);
        Connection connection(port_);
        const auto answer = connection.ask(post("/api/session", JsonObject{{"link", link}}, ""));
        demand(answer.status == 204, "no session: " + std::to_string(answer.status) + " " + answer.body);
        const auto cookie = Connection::header(answer.head, "Set-Cookie");
        cookie_ = cookie.substr(0, cookie.find(';'));
    }
    void kill() {
        int status = 0;
        ::kill(serving, SIGKILL);
        demand(::waitpid(serving, &status, 0) == serving, "the server is lost");
        serving = 0;
        demand(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL,
               "the server ended by itself: " + std::to_string(status));
    }
    std::uint16_t port() const { return port_; }
    const std::string& cookie() const { return cookie_; }

  private:
    int out_ = -1;
    std::uint16_t port_ = 0;
    std::string cookie_;
};

// --- what is on disk -------------------------------------------------------------------------------------------------

struct OnDisk {
    std::map<std::string, Acked> acts;  // of the desks, by key
    std::set<int> present;
    std::int64_t events = 0;
};

/// Reads a database that nobody serves; the fold is written here anew, so that it can contradict the program's.
OnDisk read_all(const std::string& data) {
    OnDisk out;
    SystemClock clock;
    SystemRandomness randomness;
    const auto journal = store::Journal::open(data, clock, randomness);
    demand(journal.has_value(), journal ? "" : "not opened: " + std::string(journal.error().name()));
    (*journal)->read(0, [&](const store::StoredEvent& event) {
        ++out.events;
        if (event.act != "congress.check_in" && event.act != "congress.leave") return true;
        demand(event.ordinal == 0, event.key + " has more than one event");
        demand(out.acts.emplace(event.key, Acked{event.seq, event.hash}).second, event.key + " is there twice");
        const auto body = json_from_text(event.body);
        demand(body.has_value(), event.key + " is no JSON");
        const std::string id(body->as_object().at("delegate").as_string());
        int number = 0;
        std::from_chars(id.data() + 1, id.data() + id.size(), number);
        if (event.kind == "delegate_checked_in")
            demand(out.present.insert(number).second, id + " came in twice");
        else
            demand(out.present.erase(number) == 1, id + " left without being there");
        return true;
    });
    return out;
}

// --- a round ---------------------------------------------------------------------------------------------------------

struct Figures {
    std::size_t acked = 0, unacked = 0, durable = 0, impossible = 0, while_starting = 0;
};

/// One desk: its own delegates, in and out, each act under a new key, until the server is gone.
void work(const Server& server, int desk, const std::string& prefix, std::map<int, bool> here, std::uint64_t seed,
          std::vector<Tried>& done) {
    std::mt19937_64 random(seed);
    std::vector<int> own;
    for (int number = desk + 1; number <= delegates; number += desks) own.push_back(number);
    Connection connection(server.port());
    for (int i = 0;; ++i) {
        Asked asked;
        asked.delegate = own[random() % own.size()];
        asked.arrives = !here[asked.delegate];
        asked.key = prefix + "-" + std::to_string(desk) + "-" + std::to_string(i);
        done.push_back({asked, std::nullopt});
        const auto answer = connection.ask(request_of(asked, server.cookie()));
        if (answer.status == 0) return;
        demand(answer.status == 200, asked.key + " was refused: " + answer.body);
        demand(!json_of(answer).as_object().at("repeated").as_bool(), asked.key + " was taken for known");
        done.back().acked = receipt_of(answer);
        here[asked.delegate] = asked.arrives;
    }
}

struct Stage {
    std::string program, data, pages;
};

void check(const OnDisk& disk, const std::map<std::string, Acked>& acked) {
    for (const auto& [key, receipt] : acked) {
        const auto found = disk.acts.find(key);
        demand(found != disk.acts.end(), key + " was acknowledged and is lost");
        demand(found->second == receipt, key + " has another receipt");
    }
}

/// The clients' second try, and what the screen says after it.
void send_again(const Server& server, const std::vector<Asked>& unanswered, const OnDisk& before,
                std::map<std::string, Acked>& acked, Figures& figures) {
    Connection connection(server.port());
    for (const auto& asked : unanswered) {
        const bool known = before.acts.contains(asked.key);
        const auto answer = connection.ask(request_of(asked, server.cookie()));
        if (answer.status != 200) {
            // Its delegate came or left by another act meanwhile.
            const std::string name(json_of(answer).as_object().at("name").as_string());
            demand(!known, asked.key + " is durable and was refused as " + name);
            demand(name == "congress.already_checked_in" || name == "congress.not_present",
                   asked.key + " was refused as " + name);
            ++figures.impossible;
            continue;
        }
        const auto receipt = receipt_of(answer);
        demand(json_of(answer).as_object().at("repeated").as_bool() == known,
               asked.key + (known ? " acted again" : " was taken for known"));
        if (known) {
            demand(receipt == before.acts.at(asked.key), asked.key + " was answered with another receipt");
            ++figures.durable;
        }
        acked[asked.key] = receipt;
        const auto again = connection.ask(request_of(asked, server.cookie()));
        demand(again.status == 200 && receipt_of(again) == receipt, asked.key + " acted twice");
    }
}

std::int64_t present_on_screen(const Server& server) {
    Connection connection(server.port());
    const auto answer = connection.ask(get("/api/congresses/" + std::string(congress_id) + "/screen", server.cookie()));
    demand(answer.status == 200, "no screen: " + answer.body);
    const auto view = json_of(answer);
    return view.as_object().at("figures").as_object().at("present").as_int64();
}

void run_round(const Stage& stage, const std::string& prefix, std::mt19937_64& random,
               std::map<std::string, Acked>& acked, Figures& figures) {
    const auto found = read_all(stage.data);
    std::vector<std::vector<Tried>> done(desks);
    if (random() % 10 == 0) {  // also its start is interrupted
        Server server(stage.program, stage.data, stage.pages);
        std::this_thread::sleep_for(std::chrono::milliseconds(random() % 60));
        server.kill();
        ++figures.while_starting;
    } else {
        Server server(stage.program, stage.data, stage.pages);
        server.sign_in();
        demand(present_on_screen(server) == static_cast<std::int64_t>(found.present.size()),
               "the screen is not what the journal adds up to");
        std::map<int, bool> here;
        for (const auto number : found.present) here[number] = true;
        std::vector<std::thread> all;
        for (int desk = 0; desk < desks; ++desk)
            all.emplace_back([&, desk, seed = random()] {
                work(server, desk, prefix, here, seed, done[static_cast<std::size_t>(desk)]);
            });
        std::this_thread::sleep_for(std::chrono::microseconds(random() % 250'000));
        server.kill();
        for (auto& each : all) each.join();
    }

    std::vector<Asked> unanswered;
    for (const auto& desk : done)
        for (const auto& each : desk)
            if (each.acked) {
                demand(acked.emplace(each.asked.key, *each.acked).second, each.asked.key + " was asked twice");
                ++figures.acked;
            } else {
                unanswered.push_back(each.asked);
                ++figures.unacked;
            }
    const auto last = std::ranges::max_element(acked, {}, [](const auto& each) { return each.second.first; });
    const auto verified = store::verify_database(stage.data, last == acked.end() ? "" : last->second.head);
    demand(verified.has_value(), verified ? "" : "the chain is broken: " + std::string(verified.error().name()));
    const auto before = read_all(stage.data);
    check(before, acked);

    // A crowd at the doors does not wait: some of those whose act was not answered go through another desk first, so
    // that sending the act again meets a changed hall.
    Server server(stage.program, stage.data, stage.pages);
    server.sign_in();
    demand(present_on_screen(server) == static_cast<std::int64_t>(before.present.size()),
           "the screen is not what the journal adds up to");
    {
        Connection connection(server.port());
        for (const auto& asked : unanswered)
            if (!before.acts.contains(asked.key) && random() % 3 == 0) {
                Asked other{"other-" + asked.key, asked.delegate, asked.arrives};
                const auto answer = connection.ask(request_of(other, server.cookie()));
                demand(answer.status == 200, other.key + " was refused: " + answer.body);
                acked[other.key] = receipt_of(answer);
            }
    }
    send_again(server, unanswered, before, acked, figures);
    const auto shown = present_on_screen(server);
    server.kill();
    const auto after = read_all(stage.data);
    check(after, acked);
    demand(after.acts.size() == acked.size(), "there are acts that nobody was told of");
    demand(shown == static_cast<std::int64_t>(after.present.size()), "the screen is not what the journal adds up to");
}

std::uint64_t number_from(const char* text) {
    std::uint64_t out = 0;
    const auto* end = text + std::char_traits<char>::length(text);
    demand(*text && std::from_chars(text, end, out).ptr == end, std::string("not a number: ") + text);
    return out;
}

}  // namespace

int main(int count, char** words) {
    if (count != 3 && count != 4) fail("usage: serve_kill_test PROGRAM ROUNDS [SEED]");
    const auto rounds = static_cast<int>(number_from(words[2]));
    const auto seed = count == 4 ? number_from(words[3]) : std::random_device{}();
    std::printf("serve_kill_test: %d rounds, seed %llu\n", rounds, static_cast<unsigned long long>(seed));
    std::fflush(stdout);
    std::mt19937_64 random(seed);
    std::string folder = (std::filesystem::temp_directory_path() / "plenum-faults-XXXXXX").string();
    demand(::mkdtemp(folder.data()) != nullptr, "no folder");
    const Stage stage{words[1], folder + "/books", folder + "/pages"};
    std::filesystem::create_directory(stage.pages);
    std::ofstream(stage.pages + "/index.html") << "<!doctype html><title>faults</title>\n";
    const auto prepared = folder + "/prepared";
    {
        SystemClock clock;
        SystemRandomness randomness;
        const auto office = app::Office::open(prepared, clock, randomness);
        demand(office.has_value(), "no office");
        fixtures::open_doors(**office, congress_id, delegates);
    }
    Figures figures;
    std::map<std::string, Acked> acked;
    for (int round = 0; round < rounds; ++round) {
        if (round % 10 == 0) {  // a young journal again, so that a round does not cost more and more
            for (const auto* rest : {"", "-wal", "-shm"}) std::filesystem::remove(stage.data + rest);
            std::filesystem::copy_file(prepared, stage.data);
            acked.clear();
        }
        run_round(stage, "r" + std::to_string(round), random, acked, figures);
    }
    std::filesystem::remove_all(folder);
    std::printf(
        "acknowledged %zu, all there once; not acknowledged %zu, of which %zu were durable already and %zu could not "
        "happen any more; killed while starting %zu times\n",
        figures.acked, figures.unacked, figures.durable, figures.impossible, figures.while_starting);
    return 0;
}
