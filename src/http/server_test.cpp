// SPDX-License-Identifier: Apache-2.0
#include "http/server.h"

#include <doctest/doctest.h>

#include <future>
#include <thread>

#include "http/raw_client_test.h"
#include "http/routes.h"
#include "http/sessions.h"

using namespace plenum;
using namespace plenum::http;
using namespace std::chrono_literals;

namespace {

/// A small house of routes behind a real server on a free port.
struct House {
    explicit House(std::vector<Route> more = {}, ServerOptions options = {})
        : routes(with_echo(std::move(more)), sessions), server(open(std::move(options), routes)) {}

    static std::vector<Route> with_echo(std::vector<Route> table) {
        table.push_back({Method::post, "/api/echo", Permission::anyone, 1'000, "", "", "gives back what it was sent",
                         [](const Request& request, Responder respond) {
                             respond(text_response("application/json", request.body));
                         }});
        table.push_back(
            {Method::get, "/api/path/{id}", Permission::anyone, 0, "", "", "gives back the path",
             [](const Request& request, Responder respond) {
                 respond(json_response(JsonObject{
                     {"id", request.parameters.at("id")},
                     {"after", request.query.contains("after") ? request.query.at("after") : std::string("none")}}));
             }});
        return table;
    }
    static Server open(ServerOptions options, Application& application) {
        options.listen = "127.0.0.1:0";
        auto server = Server::open(std::move(options), application);
        REQUIRE(server);
        return std::move(*server);
    }
    RawAnswer ask(std::string_view bytes) { return RawClient(server.port()).ask(bytes); }

    SystemClock clock;
    SystemRandomness randomness;
    Sessions sessions{{}, clock, randomness};
    Routes routes;
    Server server;
};

Route get_route(std::string path, Handler handle) {
    return {Method::get, std::move(path), Permission::anyone, 0, "", "", "for this test", std::move(handle)};
}

}  // namespace

TEST_CASE("a server that is asked for port 0 says which one it took") {
    House house;
    CHECK(house.server.port() > 0);
    CHECK(house.server.address() == "127.0.0.1:" + std::to_string(house.server.port()));
    CHECK(house.ask(get("/api/path/17")).status == 200);
}

TEST_CASE("an address that cannot be served is refused by name") {
    House house;
    struct Row {
        std::string listen;
        Why why;
    };
    for (const auto& [listen, why] :
         {Row{"", Why::address_malformed}, Row{"127.0.0.1", Why::address_malformed},
          Row{"127.0.0.1:", Why::address_malformed}, Row{"127.0.0.1:65536", Why::address_malformed},
          Row{"127.0.0.1:80x", Why::address_malformed}, Row{"plenum.example:80", Why::address_malformed},
          Row{"::1:80", Why::address_malformed}, Row{"[127.0.0.1]:80", Why::address_malformed},
          Row{"203.0.113.5:0", Why::address_unavailable}, Row{house.server.address(), Why::address_in_use}}) {
        CAPTURE(listen);
        ServerOptions options;
        options.listen = listen;
        const auto server = Server::open(options, house.routes);
        CHECK(refused_as(server, why));
    }
}

TEST_CASE("an IPv6 address is served") {
    House house;
    ServerOptions options;
    options.listen = "[::1]:0";
    const auto server = Server::open(options, house.routes);
    if (!server) {
        CHECK(refused_as(server, Why::address_unavailable));
        MESSAGE("this machine has no IPv6");
    } else {
        CHECK(server->address().starts_with("[::1]:"));
    }
}

TEST_CASE("several requests on one connection are answered one after another") {
    House house;
    RawClient client(house.server.port());
    CHECK(client.ask(get("/api/path/5?after=6")).body == R"({"after":"6","id":"5"})");
    CHECK(client.ask(get("/api/path/%E5%A4%A7%E4%BC%9A")).member("id") == "大会");
    CHECK(client.ask(post("/api/echo", "[17]")).body == "[17]");
    SUBCASE("also when they come all at once") {
        std::string all;
        for (int i = 0; i < 40; ++i) all += get("/api/path/" + std::to_string(i)) + post("/api/echo", "[9]");
        client.send(all);
        for (int i = 0; i < 40; ++i) {
            CHECK(client.answer().member("id") == std::to_string(i));
            CHECK(client.answer().body == "[9]");
        }
    }
    SUBCASE("also when they come byte by byte") {
        for (const char c : get("/api/path/9")) client.send({&c, 1});
        CHECK(client.answer().member("id") == "9");
    }
    SUBCASE("until one of the two sides says that it closes") {
        CHECK(client.ask(get("/api/path/9", "Connection: close\r\n")).header("connection") == "close");
        CHECK(client.is_closed_by_server());
    }
}

TEST_CASE("HEAD is answered like GET, without the body") {
    House house;
    RawClient client(house.server.port());
    const auto head = client.ask("HEAD /api/path/17 HTTP/1.1\r\nHost: x\r\n\r\n", true);
    CHECK(head.status == 200);
    CHECK(head.header("content-length") == "26");
    CHECK(client.ask(get("/api/path/17")).body.size() == 26);  // and nothing of a body came in between
}

TEST_CASE("a body in pieces is put together; one announced with Expect is called for") {
    House house;
    CHECK(house
              .ask("POST /api/echo HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: "
                   "chunked\r\n\r\n3\r\n[17\r\n4\r\n,18]\r\n0\r\n\r\n")
              .body == "[17,18]");
    RawClient client(house.server.port());
    client.send(
        "POST /api/echo HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nExpect: "
        "100-continue\r\nContent-Length: 3\r\n\r\n");
    CHECK(client.read_to("\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n");
    CHECK(client.ask("[5]").body == "[5]");
}

TEST_CASE("every answer carries the security headers, and answers of the interface are not kept") {
    House house;
    for (const auto& bytes : {get("/api/path/1"), get("/nothing"), std::string("nonsense\r\n\r\n")}) {
        const auto answer = house.ask(bytes);
        CAPTURE(answer.status);
        CHECK(answer.header("content-security-policy") ==
              "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
              "connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; "
              "frame-ancestors 'none'");
        CHECK(answer.header("x-content-type-options") == "nosniff");
        CHECK(answer.header("referrer-policy") == "no-referrer");
        CHECK(answer.header("cache-control") == "no-store");
        CHECK(answer.header("date").ends_with(" GMT"));
    }
}

TEST_CASE("what is wrong with a request is said in three languages; the parser's own words stand behind it") {
    House house;
    struct Row {
        std::string bytes, word;
    };
    for (const auto& [bytes, word] : {
             Row{"(nonsense) / HTTP/1.1\r\n\r\n", "bad_method"},
             Row{"GET /\x01 HTTP/1.1\r\nHost: x\r\n\r\n", "bad_target"},
             Row{"GET / HTTP/1.1\r\nHost x\r\n\r\n", "bad_field"},
             Row{"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", "bad_content_length"},
             Row{"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n",
                 "multiple_content_length"},
         }) {
        CAPTURE(word);
        const auto answer = house.ask(bytes);
        REQUIRE(answer.name() == "http.request_malformed");
        const auto facts = *json_from_text(answer.member("facts"));
        CHECK(facts.at("reason").as_string() == word);
        CHECK_FALSE(facts.at("technical").as_string().empty());
        for (const auto language : all_languages) REQUIRE(has_text(language, "reason.http." + word));
        // Nobody has named a language before it went wrong.
        const auto detail = answer.member("detail");
        CHECK(detail.find(say(Language::zh_hans, "reason.http." + word)) != std::string::npos);
        CHECK(detail.find(std::string(facts.at("technical").as_string())) == std::string::npos);
    }
}

TEST_CASE("what is not HTTP, or asks what cannot be, is refused by name and harms nobody") {
    House house;
    struct Row {
        std::string bytes;
        int status;
        std::string name;
    };
    const std::string host = "Host: x\r\n";
    const std::string json = "Content-Type: application/json\r\n";
    for (const auto& [bytes, status, name] : {
             Row{"nonsense\r\n\r\n", 400, "http.request_malformed"},
             Row{std::string("GET / HTTP/1.1\r\nHost: x\r\nA: ") + '\0' + "b\r\n\r\n", 400, "http.request_malformed"},
             Row{"GET /api/path/1 HTTP/1.1\nHost: x\n\n", 505, "http.version_unsupported"},
             Row{"GET  /api/path/1 HTTP/1.1\r\n" + host + "\r\n", 400, "http.request_malformed"},
             Row{"GET /api/path/1 HTTP/1.1\r\nHost x\r\n\r\n", 400, "http.request_malformed"},
             Row{"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 400, "http.request_malformed"},
             Row{"GET /api/path/1 HTTP/2.0\r\n" + host + "\r\n", 505, "http.version_unsupported"},
             Row{"GET /api/path/1 HTTP/1.1\r\n\r\n", 400, "http.host_malformed"},
             Row{"GET /api/path/1 HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", 400, "http.host_malformed"},
             Row{"POST /api/echo HTTP/1.1\r\n" + host + json + "Content-Length: 5\r\nContent-Length: 6\r\n\r\n[1234]",
                 400, "http.request_malformed"},
             Row{"POST /api/echo HTTP/1.1\r\n" + host + json + "Content-Length: -1\r\n\r\n", 400,
                 "http.request_malformed"},
             Row{"POST /api/echo HTTP/1.1\r\n" + host + json +
                     "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                 400, "http.request_malformed"},
             Row{"POST /api/echo HTTP/1.1\r\n" + host + json + "Transfer-Encoding: chunked\r\n\r\nzz\r\n", 400,
                 "http.request_malformed"},
             Row{get("http://other.example/api/path/1"), 400, "http.target_malformed"},
             Row{get("/api/path/%00"), 400, "http.target_malformed"},
             Row{get("/api/path/%0a"), 400, "http.target_malformed"},
             Row{get("/api/path/%zz"), 400, "http.target_malformed"},
             Row{get("/api/path/%ff%fe"), 400, "http.target_malformed"},
             Row{get("/api/path/%c0%ae%c0%ae"), 400, "http.target_malformed"},
             Row{get("/api/path/../../etc/passwd"), 400, "http.target_malformed"},
             Row{get("/api/path/%2e%2e"), 400, "http.target_malformed"},
             Row{get("/api/path/..%2f..%2fetc%2fpasswd"), 400, "http.target_malformed"},
             Row{get("/api/path/..%5cboot.ini"), 400, "http.target_malformed"},
             Row{get("/api/path/1?after=%00"), 400, "http.target_malformed"},
             Row{get("/api/path/1?after=5&after=6"), 400, "http.target_malformed"},
             Row{get("/api/path"), 404, "http.not_found"},
             Row{get("/api/path/1/2"), 404, "http.not_found"},
             Row{get("/api/echo"), 405, "http.method_not_allowed"},
             Row{post("/api/path/1", "[]"), 405, "http.method_not_allowed"},
             Row{"DELETE /api/path/1 HTTP/1.1\r\n" + host + "\r\n", 405, "http.method_not_allowed"},
             Row{"BREW /api/path/1 HTTP/1.1\r\n" + host + "\r\n", 405, "http.method_not_allowed"},
             Row{"OPTIONS * HTTP/1.1\r\n" + host + "\r\n", 404, "http.not_found"},
             Row{"POST /api/echo HTTP/1.1\r\n" + host + "Content-Type: text/plain\r\nContent-Length: 2\r\n\r\n[]", 415,
                 "http.content_type_wrong"},
             Row{"POST /api/echo HTTP/1.1\r\n" + host + "Content-Length: 2\r\n\r\n[]", 415, "http.content_type_wrong"},
             Row{post("/api/echo", std::string(1'001, ' ')), 413, "http.body_too_large"},
             Row{"POST /api/echo HTTP/1.1\r\n" + host + json + "Content-Length: 99999999999\r\n\r\n", 413,
                 "http.body_too_large"},
             Row{"POST /api/echo HTTP/1.1\r\n" + host + json + "Transfer-Encoding: chunked\r\n\r\n3e9\r\n" +
                     std::string(1'001, ' ') + "\r\n0\r\n\r\n",
                 413, "http.body_too_large"},
             Row{"GET /api/path/1 HTTP/1.1\r\n" + host + "Content-Length: 6\r\n\r\n[1234]", 413, "http.body_too_large"},
             Row{get("/api/path/1", "A: " + std::string(8'200, 'a') + "\r\n"), 431, "http.header_too_large"},
             Row{get("/api/path/" + std::string(9'000, 'a')), 431, "http.header_too_large"},
             Row{"GET " + std::string(200'000, 'a'), 431, "http.header_too_large"},
         }) {
        CAPTURE(bytes.substr(0, 120));
        const auto answer = house.ask(bytes);
        CHECK(answer.status == status);
        CHECK(answer.name() == name);
        CHECK(answer.header("content-type") == "application/problem+json");
    }
    CHECK(house.ask(post("/api/echo", std::string(1'000, ' '))).status == 200);  // just not too large
    CHECK(house.ask(get("/api/echo")).header("allow") == "POST");
}

TEST_CASE("a refusal speaks the language of the browser and names its numbers") {
    House house;
    const auto answer = house.ask(post("/api/echo", std::string(1'001, ' '), "Accept-Language: en-GB\r\n"));
    CHECK(answer.member("detail") == "What was sent is too large; at most 1000 bytes are taken.");
    CHECK(answer.member("facts") == R"({"most":"1000"})");
    CHECK(answer.header("content-language") == "en");
    CHECK(house.ask(get("/x")).member("detail") == "这里没有您要找的内容。");
    CHECK(house.ask(get("/x", "Accept-Language: zh-TW\r\n")).member("detail") == "這裡沒有您要找的內容。");
}

TEST_CASE("random bytes never stop the server") {
    House house;
    SeededRandomness draws("bytes");
    const std::string start = post("/api/echo", "[5,6,17]", "Accept-Language: en\r\nCookie: plenum=x\r\n");
    for (int i = 0; i < 300; ++i) {
        auto bytes = start;
        for (auto changes = 1 + draws.below(6); changes > 0; --changes)
            bytes[draws.below(bytes.size())] = static_cast<char>(draws.below(256));
        RawClient client(house.server.port());
        client.send(bytes.substr(0, draws.below(bytes.size() + 1)));
        client.finish_sending();
        CHECK(client.is_closed_by_server());
    }
    CHECK(house.ask(get("/api/path/1")).status == 200);
}

TEST_CASE("a client that never finishes its request is told so and let go") {
    ServerOptions options;
    options.request_timeout = 60ms;
    options.idle_timeout = 600ms;
    House house({}, options);
    for (const auto* bytes : {"GET /api/pa", "GET /api/path/1 HTTP/1.1\r\nHost: x\r\nA: b\r\n",
                              "POST /api/echo HTTP/1.1\r\nHost: x\r\nContent-Type: "
                              "application/json\r\nContent-Length: 9\r\n\r\n[1"}) {
        RawClient client(house.server.port());
        const auto answer = client.ask(bytes);
        CHECK(answer.status == 408);
        CHECK(answer.name() == "http.request_too_slow");
        CHECK(client.is_closed_by_server());
    }
    RawClient silent(house.server.port());
    CHECK(silent.is_closed_by_server());
    RawClient dripping(house.server.port());
    bool taken = true;
    for (const char c : "GET /api/path/" + std::string(5'000, 'a')) {
        taken = dripping.send({&c, 1});
        if (!taken) break;
        std::this_thread::sleep_for(1ms);
    }
    CHECK_FALSE(taken);  // each byte came in time, the request did not
}

TEST_CASE("a handler may answer later and from another thread, once") {
    std::promise<Responder> asked;
    House house({get_route("/api/later", [&](const Request&, Responder respond) { asked.set_value(respond); })});
    RawClient client(house.server.port());
    client.send(get("/api/later"));
    {
        auto respond = asked.get_future().get();
        std::thread writer([&] {
            CHECK(respond(json_response(JsonObject{{"seq", 412}})));
            CHECK_FALSE(respond(no_content()));
        });
        writer.join();
    }
    CHECK(client.answer().member("seq") == "412");
    CHECK(client.ask(get("/api/path/5")).member("id") == "5");
}

TEST_CASE("a handler that throws, forgets to answer or takes too long gives a named problem, and the fault is logged") {
    std::vector<std::string> lines;
    std::mutex mutex;
    ServerOptions options;
    options.request_timeout = 100ms;
    options.log = [&](const std::string& line) {
        const std::lock_guard lock(mutex);
        lines.push_back(line);
    };
    std::optional<Responder> kept;
    House house({get_route("/api/throws", [](const Request&, Responder) { throw std::runtime_error("disk full"); }),
                 get_route("/api/forgets", [](const Request&, Responder) {}),
                 get_route("/api/keeps", [&](const Request&, Responder respond) { kept = respond; })},
                options);
    RawClient client(house.server.port());
    CHECK(client.ask(get("/api/throws?secret=17", "Cookie: plenum=abcdef\r\n")).name() == "http.fault");
    CHECK(client.ask(get("/api/forgets")).name() == "http.no_answer");
    CHECK(client.ask(get("/api/keeps")).name() == "http.answer_too_slow");
    (*kept)(json_response(JsonObject{{"late", true}}));  // must not be taken for the answer to the next request
    CHECK(client.ask(get("/api/path/6")).member("id") == "6");
    kept.reset();
    CHECK(lines == std::vector<std::string>{"fault: /api/throws: disk full"});
}

TEST_CASE("an answer given after the server has gone does no harm") {
    std::promise<Responder> asked;
    std::optional<Responder> kept;
    {
        ServerOptions options;
        options.stop_limit = 50ms;
        House house({get_route("/api/later", [&](const Request&, Responder respond) { asked.set_value(respond); })},
                    options);
        RawClient client(house.server.port());
        client.send(get("/api/later"));
        kept = asked.get_future().get();
    }
    (*kept)(no_content());
}

TEST_CASE("a large answer reaches a client whole, and many clients share it") {
    std::string large(5'000'017, 'x');
    for (std::size_t i = 0; i < large.size(); i += 1'000) large[i] = static_cast<char>('a' + i / 1'000 % 26);
    const auto shared = std::make_shared<const std::string>(large);
    House house({get_route("/api/large", [&](const Request&, Responder respond) {
        Response response;
        response.content_type = "text/plain";
        response.body = shared;
        respond(std::move(response));
    })});
    for (int i = 0; i < 3; ++i) CHECK((house.ask(get("/api/large")).body == large));
}

TEST_CASE("more connections than are allowed are told so") {
    ServerOptions options;
    options.connections = 3;
    options.threads = 1;
    House house({}, options);
    std::vector<RawClient> clients;
    for (int i = 0; i < 3; ++i) {
        clients.emplace_back(house.server.port());
        CHECK(clients.back().ask(get("/api/path/1")).status == 200);
    }
    RawClient fourth(house.server.port());
    CHECK(fourth.answer().name() == "http.too_many_connections");
    clients.clear();
    while (house.server.figures().connections > 0) std::this_thread::yield();
    CHECK(house.ask(get("/api/path/1")).status == 200);
    CHECK(house.server.figures().refused_connections == 1);
}

TEST_CASE("a server that stops lets a running request finish and ends idle connections and streams") {
    std::promise<void> asked;
    std::thread answering;
    House house({get_route("/api/slow",
                           [&](const Request&, Responder respond) {
                               answering = std::thread([respond] {
                                   std::this_thread::sleep_for(1s);
                                   respond(json_response(JsonObject{{"done", true}}));
                               });
                               asked.set_value();
                           }),
                 get_route("/api/stream", [&](const Request&, Responder respond) {
                     respond(stream_response([](const std::shared_ptr<Subscriber>& subscriber) {
                         subscriber->send(std::make_shared<const std::string>("data: 5\n\n"));
                     }));
                 })});
    RawClient slow(house.server.port()), idle(house.server.port()), live(house.server.port());
    CHECK(idle.ask(get("/api/path/1")).status == 200);
    live.send(get("/api/stream"));
    CHECK(live.read_to("data: 5\n\n").find("text/event-stream") != std::string::npos);
    slow.send(get("/api/slow"));
    asked.get_future().get();
    house.server.stop();
    const auto answer = slow.answer();
    CHECK(answer.status == 200);
    CHECK(answer.member("done") == "true");
    CHECK(answer.header("connection") == "close");
    CHECK(idle.is_closed_by_server());
    CHECK(live.is_closed_by_server());
    CHECK_FALSE(RawClient(house.server.port()).connected());
    CHECK(house.server.figures().connections == 0);
    answering.join();
}

TEST_CASE("a live stream beats while nothing happens, and ends at its lifetime") {
    ServerOptions options;
    options.heartbeat = 20ms;
    options.stream_lifetime = 1'500ms;
    std::promise<void> ended;
    House house({get_route("/api/stream",
                           [&](const Request&, Responder respond) {
                               respond(stream_response([&](const std::shared_ptr<Subscriber>& subscriber) {
                                   subscriber->on_events([] {}, [&] { ended.set_value(); });
                               }));
                           })},
                options);
    RawClient client(house.server.port());
    client.send(get("/api/stream"));
    const auto head = client.read_to("\r\n\r\n");
    CHECK(head.find("Content-Type: text/event-stream\r\n") != std::string::npos);
    CHECK(head.find("Content-Length") == std::string::npos);
    for (int i = 0; i < 3; ++i) CHECK(client.read_to(": \n\n") == ": \n\n");
    CHECK(client.is_closed_by_server());
    ended.get_future().get();
}

TEST_CASE("a live reader whose queue overflows is cut off, and one that goes is noticed") {
    std::promise<std::shared_ptr<Subscriber>> begun;
    std::promise<void> ended;
    House house({get_route("/api/stream", [&](const Request&, Responder respond) {
        respond(stream_response([&](std::shared_ptr<Subscriber> subscriber) {
            subscriber->on_events([] {}, [&] { ended.set_value(); });
            begun.set_value(std::move(subscriber));
        }));
    })});
    std::optional<RawClient> client(std::in_place, house.server.port(), 4'096);
    client->send(get("/api/stream"));
    const auto subscriber = begun.get_future().get();
    SUBCASE("overflow") {
        std::promise<std::size_t> taken;
        subscriber->thread()->post([&] {
            const auto message = std::make_shared<const std::string>(std::string(100'000, 'x'));
            std::size_t count = 0;
            while (subscriber->send(message) && count < 100'000) ++count;
            taken.set_value(count);
        });
        CHECK(taken.get_future().get() < 300);
        CHECK(client->is_closed_by_server());
    }
    SUBCASE("gone") { client.reset(); }
    ended.get_future().get();
    CHECK(subscriber->closed());
}
