// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>

#include "http/message.h"

namespace plenum::http {

/// What Live may hand over at one time fits into every queue.
inline constexpr std::size_t least_stream_queue = 64;

struct ServerOptions {
    std::string listen = "127.0.0.1:8080";  // "[::1]:0": port 0 takes any free one
    unsigned threads = 2;
    std::size_t header_limit = 8 * 1024;      // bytes of request line and headers
    std::size_t connections = 10'000;         // all kinds together; the next one is told too_many_connections
    std::size_t stream_queue_messages = 256;  // of one live reader, not yet on the wire
    std::size_t stream_queue_bytes = 4u << 20;
    std::chrono::milliseconds request_timeout{60'000};     // from its first byte to its last, and then for the answer
    std::chrono::milliseconds idle_timeout{60'000};        // between two requests of one connection
    std::chrono::milliseconds write_timeout{30'000};       // for the other end to take an answer, or a live message
    std::chrono::milliseconds heartbeat{15'000};           // a comment line on each live stream
    std::chrono::milliseconds stream_lifetime{3'600'000};  // then closed, so that a reader shows its session again
    std::chrono::milliseconds stop_limit{15'000};
    /// One line per fault: method, path, what. Never a header, a body or a query. From any thread.
    std::function<void(const std::string& line)> log;
};

struct ServerFigures {
    std::size_t connections = 0, streams = 0;
    std::uint64_t accepted = 0, requests = 0, refused_connections = 0, slow_streams = 0;
};

/// Whether a server could listen there, asked before anything else is made; nothing stays open. Port 0 can always.
/// refuses  address_malformed, address_in_use, address_unavailable
Result<Done> check_address(const std::string& listen);

/// The transport: HTTP/1.1 over TCP. One event loop per thread, each with its own listening socket (SO_REUSEPORT).
/// Adds to every answer: Date, Content-Length, the security headers, and Cache-Control: no-store where none is set.
class Server {
  public:
    /// Listens and serves until stop(). `application` must outlive the server.
    /// refuses  address_malformed, address_in_use, address_unavailable
    static Result<Server> open(ServerOptions options, Application& application);
    Server(Server&&) noexcept;
    Server& operator=(Server&&) = delete;
    /// stop().
    ~Server();

    /// "127.0.0.1:43017": the address with the port that was chosen.
    std::string address() const;
    std::uint16_t port() const;
    /// Takes no more connections, lets requests finish (answered with Connection: close), ends live streams and idle
    /// connections, and returns when all is done or after stop_limit. From any thread but the server's own.
    void stop();
    ServerFigures figures() const;

  private:
    class House;
    explicit Server(std::unique_ptr<House> house);
    std::unique_ptr<House> house_;
};

}  // namespace plenum::http
