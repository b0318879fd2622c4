// SPDX-License-Identifier: Apache-2.0
// A client that sends exactly the bytes it is told to, for this room's tests: over a real socket on the loopback.
#pragma once
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <string>
#include <utility>

#include "base/json.h"

namespace plenum::http {

struct RawAnswer {
    int status = 0;  // 0: the connection ended before an answer was whole
    std::map<std::string, std::string> headers;
    std::string body;
    /// The member of the problem or object in the body, "" where there is none.
    std::string member(std::string_view name) const {
        const auto json = json_from_text(body);
        if (!json || !json->is_object()) return "";
        const auto* found = json->get_object().if_contains(name);
        if (!found) return "";
        return found->is_string() ? std::string(found->get_string()) : canonical_json(*found);
    }
    std::string name() const { return member("name"); }
    std::string header(const std::string& name) const {
        const auto found = headers.find(name);
        return found == headers.end() ? "" : found->second;
    }
};

class RawClient {
  public:
    /// `receive_buffer` > 0 keeps the system from reading ahead for a reader that has stopped.
    explicit RawClient(std::uint16_t port, int receive_buffer = 0) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
        if (receive_buffer > 0) ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
        const timeval patience{20, 0};  // against a test that would hang; nothing is measured by it
        ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        sockaddr_in where{};
        where.sin_family = AF_INET;
        where.sin_port = htons(port);
        where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        connected_ = ::connect(socket_, reinterpret_cast<sockaddr*>(&where), sizeof where) == 0;
    }
    RawClient(RawClient&& other) noexcept
        : socket_(std::exchange(other.socket_, -1)), connected_(other.connected_), read_(std::move(other.read_)) {}
    ~RawClient() {
        if (socket_ >= 0) ::close(socket_);
    }
    bool connected() const { return connected_; }

    bool send(std::string_view bytes) {
        while (!bytes.empty()) {
            const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
        return true;
    }
    void finish_sending() { ::shutdown(socket_, SHUT_WR); }

    /// Everything up to and with `marker`, or "" when the connection ends before.
    std::string read_to(std::string_view marker) {
        while (true) {
            if (const auto found = read_.find(marker); found != std::string::npos) {
                auto out = read_.substr(0, found + marker.size());
                read_.erase(0, out.size());
                return out;
            }
            if (!read_more()) return "";
        }
    }
    /// True once the other end has closed; what it sent before is thrown away.
    bool is_closed_by_server() {
        while (read_more()) read_.clear();
        return !timed_out_;
    }

    RawAnswer answer(bool to_head = false) {
        RawAnswer out;
        auto head = read_to("\r\n\r\n");
        if (!head.starts_with("HTTP/1.1 ")) return out;
        std::from_chars(head.data() + 9, head.data() + 12, out.status);
        for (auto line = head.find("\r\n") + 2; line + 2 < head.size();) {
            const auto end = head.find("\r\n", line);
            const auto colon = head.find(": ", line);
            auto name = head.substr(line, colon - line);
            std::transform(name.begin(), name.end(), name.begin(), ::tolower);
            out.headers[name] = head.substr(colon + 2, end - colon - 2);
            line = end + 2;
        }
        const auto length = out.header("content-length");
        if (length.empty() || to_head) return out;
        const auto size = std::stoul(length);
        while (read_.size() < size)
            if (!read_more()) return {};
        out.body = read_.substr(0, size);
        read_.erase(0, size);
        return out;
    }
    RawAnswer ask(std::string_view bytes, bool to_head = false) {
        send(bytes);
        return answer(to_head);
    }

  private:
    bool read_more() {
        char bytes[16384];
        const auto size = ::recv(socket_, bytes, sizeof bytes, 0);
        timed_out_ = size < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
        if (size <= 0) return false;
        read_.append(bytes, static_cast<std::size_t>(size));
        return true;
    }
    int socket_;
    bool connected_ = false, timed_out_ = false;
    std::string read_;
};

inline std::string get(std::string_view target, std::string_view headers = "") {
    return "GET " + std::string(target) + " HTTP/1.1\r\nHost: plenum.test\r\n" + std::string(headers) + "\r\n";
}
inline std::string post(std::string_view target, std::string_view body, std::string_view headers = "") {
    return "POST " + std::string(target) + " HTTP/1.1\r\nHost: plenum.test\r\nContent-Type: application/json\r\n" +
           "Content-Length: " + std::to_string(body.size()) + "\r\n" + std::string(headers) + "\r\n" +
           std::string(body);
}

}  // namespace plenum::http
