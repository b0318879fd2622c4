// SPDX-License-Identifier: Apache-2.0
#include "http/server.h"

#include <sys/resource.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <charconv>
#include <condition_variable>
#include <ctime>
#include <mutex>
#include <thread>
#include <unordered_set>

#include "base/file.h"

namespace plenum::http {
namespace {

namespace asio = boost::asio;
namespace beast_http = boost::beast::http;
using boost::system::error_code;
using std::chrono::milliseconds;
using std::chrono::steady_clock;
using Instant = steady_clock::time_point;

// One concrete executor throughout: mixing it with any_io_executor does not compile, and would cost an allocation.
using tcp = asio::ip::tcp;
using Loop = asio::io_context;
using Executor = Loop::executor_type;
using Socket = asio::basic_stream_socket<tcp, Executor>;
using Acceptor = asio::basic_socket_acceptor<tcp, Executor>;
using Timer = asio::basic_waitable_timer<steady_clock, asio::wait_traits<steady_clock>, Executor>;
template <class T>
using Task = asio::awaitable<T, Executor>;
// A closed socket is a value, not an exception.
constexpr asio::as_tuple_t<asio::use_awaitable_t<Executor>> completion;

using Parser = beast_http::request_parser<beast_http::string_body>;

constexpr std::size_t largest_body = 256u << 20;  // above every route's own limit
constexpr std::size_t answer_slice = 64u << 10;   // write_timeout is for so many bytes
constexpr std::size_t linger_bytes = 1u << 20;    // what a refused sender may still send before it is cut off
constexpr milliseconds linger_time{1'000};
constexpr int stream_send_buffer = 64 << 10;  // else the system holds megabytes for a reader that has stopped
constexpr std::size_t stream_gather = 16;     // messages in one write

constexpr std::string_view security_headers =
    "Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'\r\n"
    "X-Content-Type-Options: nosniff\r\n"
    "Referrer-Policy: no-referrer\r\n";

std::string_view reason_of(int status) { return beast_http::obsolete_reason(static_cast<beast_http::status>(status)); }

bool has_header(const Response& response, std::string_view name) {
    return std::any_of(response.headers.begin(), response.headers.end(), [&](const auto& header) {
        return beast_http::string_to_field(header.first) == beast_http::string_to_field(name);
    });
}

/// What is wrong with a request: reason.http in texts/.
std::string_view word_of(beast_http::error error) {
    using Error = beast_http::error;
    switch (error) {
        case Error::bad_line_ending: return "bad_line_ending";
        case Error::bad_method: return "bad_method";
        case Error::bad_target: return "bad_target";
        case Error::bad_field: return "bad_field";
        case Error::bad_value: return "bad_value";
        case Error::bad_content_length: return "bad_content_length";
        case Error::multiple_content_length: return "multiple_content_length";
        case Error::bad_transfer_encoding: return "bad_transfer_encoding";
        case Error::bad_chunk: return "bad_chunk";
        case Error::bad_chunk_extension: return "bad_chunk_extension";
        case Error::bad_obs_fold: return "bad_obs_fold";
        default: return "unreadable";
    }
}

std::string address_text(const asio::ip::address& address) {
    if (address.is_v6() && address.to_v6().is_v4_mapped())
        return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6()).to_string();
    return address.to_string();
}

// Made in a function of its own: g++ 12 rejects a braced list of buffers inside a coroutine.
std::vector<asio::const_buffer> two_buffers(std::string_view first, std::string_view second) {
    return {asio::buffer(first.data(), first.size()), asio::buffer(second.data(), second.size())};
}

class LoopThread final : public Thread {
  public:
    explicit LoopThread(Loop& loop) : loop_(&loop) {}
    bool post(std::function<void()> task) override {
        const std::lock_guard lock(mutex_);
        if (!loop_) return false;
        asio::post(*loop_, std::move(task));
        return true;
    }
    void forget() {
        const std::lock_guard lock(mutex_);
        loop_ = nullptr;
    }
    void begin() { id_ = std::this_thread::get_id(); }
    bool is_current() const { return id_.load() == std::this_thread::get_id(); }

  private:
    std::mutex mutex_;
    Loop* loop_;  // null once the server has gone: answers may come later than that
    std::atomic<std::thread::id> id_;
};

struct Counters {
    std::atomic<std::size_t> connections = 0, streams = 0;
    std::atomic<std::uint64_t> accepted = 0, requests = 0, refused_connections = 0, slow_streams = 0;
    std::mutex mutex;
    std::condition_variable none_left;
};

/// One of the places that `connections` bounds, taken as long as it lives.
class Seat {
  public:
    explicit Seat(Counters& counters) : counters_(&counters) { ++counters.connections; }
    Seat(Seat&& other) noexcept : counters_(std::exchange(other.counters_, nullptr)) {}
    Seat& operator=(Seat&&) = delete;
    ~Seat() {
        if (!counters_ || --counters_->connections > 0) return;
        const std::lock_guard lock(counters_->mutex);
        counters_->none_left.notify_all();
    }

  private:
    Counters* counters_;
};

class Connection;
class Stream;

struct Worker {
    Worker(const ServerOptions& given, Application& answers, Counters& counted)
        : options(given), application(answers), counters(counted) {}
    const ServerOptions& options;
    Application& application;
    Counters& counters;
    // The sets outlive the loop, whose end destroys what still stands in them.
    std::unordered_set<Connection*> connections;
    std::unordered_set<Stream*> streams;
    bool draining = false;
    std::uint64_t streams_begun = 0;
    std::time_t date_at = 0;
    std::string date;
    Loop loop{1};
    std::shared_ptr<LoopThread> thread = std::make_shared<LoopThread>(loop);
    Acceptor acceptor{loop};
    Timer tick{loop};
    asio::executor_work_guard<Executor> work{loop.get_executor()};
    std::thread runner;

    std::string_view date_now() {
        const std::time_t now = std::time(nullptr);
        if (now != date_at) {
            std::tm parts{};
            gmtime_r(&now, &parts);
            char text[40];
            date.assign(text, std::strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &parts));
            date_at = now;
        }
        return date;
    }
};

std::string head_of(Worker& worker, const Response& response, bool keep, std::string_view length) {
    std::string out;
    out.reserve(768);
    out.append("HTTP/1.1 ").append(std::to_string(response.status)).append(" ").append(reason_of(response.status));
    out.append("\r\nDate: ").append(worker.date_now()).append("\r\n");
    if (!response.content_type.empty()) out.append("Content-Type: ").append(response.content_type).append("\r\n");
    if (!length.empty()) out.append("Content-Length: ").append(length).append("\r\n");
    if (!has_header(response, "Cache-Control")) out.append("Cache-Control: no-store\r\n");
    for (const auto& [name, value] : response.headers) {
        invariant(value.find_first_of("\r\n") == std::string::npos);
        out.append(name).append(": ").append(value).append("\r\n");
    }
    out.append(security_headers);
    if (!keep) out.append("Connection: close\r\n");
    return out.append("\r\n");
}

/// A live connection. It owns two pending operations, a read that notices the other end's going, and at times a write;
/// each keeps the object alive. The socket goes with the last of them, so that whoever still holds the subscriber
/// holds nothing of the loop.
class Stream final : public Subscriber, public std::enable_shared_from_this<Stream> {
  public:
    Stream(Worker& worker, Socket socket, Seat seat)
        : worker_(worker), thread_(worker.thread), seat_(std::move(seat)), socket_(std::move(socket)) {
        worker_.streams.insert(this);
        ++worker_.counters.streams;
        last_written_ = steady_clock::now();
        const auto spread = worker.options.stream_lifetime / 1'000 * (worker.streams_begun++ % 101);
        ends_ = last_written_ + worker.options.stream_lifetime - spread;
        error_code ignored;
        socket_->set_option(asio::socket_base::send_buffer_size(stream_send_buffer), ignored);
    }
    ~Stream() override { leave(); }

    void begin(std::string head) {
        queue_.push_back(std::make_shared<const std::string>(std::move(head)));
        read();
        write();
    }

    bool send(std::shared_ptr<const std::string> message) override {
        if (closed_) return false;
        queued_bytes_ += message->size();
        queue_.push_back(std::move(message));
        // One message alone is always taken, however large.
        if (queued() > 1 && (queue_.size() > worker_.options.stream_queue_messages ||
                             queued_bytes_ > worker_.options.stream_queue_bytes)) {
            ++worker_.counters.slow_streams;
            close();
            return false;
        }
        write();
        return true;
    }
    std::size_t queued() const override { return queue_.size() + writing_.size(); }
    void close() override {
        if (closed_) return;
        closed_ = true;
        queue_ = {};
        error_code ignored;
        if (socket_) {
            socket_->shutdown(tcp::socket::shutdown_both, ignored);
            socket_->close(ignored);
        }
        // Later, not here: the caller may be walking the list from which `ended_` takes this stream.
        if (ended_) thread_->post(std::exchange(ended_, nullptr));
        drained_ = nullptr;
    }
    bool closed() const override { return closed_; }
    void on_events(std::function<void()> drained, std::function<void()> ended) override {
        if (closed_) {
            thread_->post(std::move(ended));
            return;
        }
        drained_ = std::move(drained);
        ended_ = std::move(ended);
    }
    const std::shared_ptr<Thread>& thread() const override { return thread_; }

    void look_after(Instant now) {
        if (closed_) return;
        if (now >= ends_) {
            close();
        } else if (!writing_.empty()) {
            if (now - last_written_ < worker_.options.write_timeout) return;
            ++worker_.counters.slow_streams;
            close();
        } else if (now - last_written_ >= worker_.options.heartbeat) {
            static const auto comment = std::make_shared<const std::string>(": \n\n");
            send(comment);
        }
    }
    /// For the end of the server: nothing runs any more that could use the socket.
    void abandon() {
        closed_ = true;
        drained_ = ended_ = nullptr;
        leave();
    }

  private:
    void leave() {
        if (!socket_) return;
        worker_.streams.erase(this);
        --worker_.counters.streams;
        socket_.reset();
        seat_.reset();
    }
    void finished_one() {
        if (--pending_ == 0 && closed_) leave();
    }
    void read() {
        ++pending_;
        socket_->async_read_some(asio::buffer(&byte_, 1), [self = shared_from_this()](error_code, std::size_t) {
            self->close();  // the end, an error, or a reader that speaks: there is nothing to say on a live stream
            self->finished_one();
        });
    }
    void write() {
        if (closed_ || !writing_.empty() || queue_.empty()) return;
        const auto count = std::min(queue_.size(), stream_gather);
        std::vector<asio::const_buffer> buffers;
        for (std::size_t i = 0; i < count; ++i) {
            buffers.push_back(asio::buffer(*queue_[i]));
            writing_.push_back(std::move(queue_[i]));
        }
        queue_.erase(queue_.begin(), queue_.begin() + static_cast<std::ptrdiff_t>(count));
        last_written_ = steady_clock::now();
        ++pending_;
        asio::async_write(
            *socket_, std::move(buffers),
            [self = shared_from_this()](error_code error, std::size_t sent) { self->written(error, sent); });
    }
    void written(error_code error, std::size_t sent) {
        queued_bytes_ -= std::min(queued_bytes_, sent);
        writing_.clear();
        last_written_ = steady_clock::now();
        if (error) {
            close();
        } else if (!closed_) {
            write();
            if (queued() == 0) {
                queue_.shrink_to_fit();
                writing_.shrink_to_fit();
                if (drained_) {
                    const auto drained = drained_;  // it may close this stream, which lets go of it
                    drained();
                }
            }
        }
        finished_one();
    }

    Worker& worker_;
    std::shared_ptr<Thread> thread_;
    std::optional<Seat> seat_;
    std::optional<Socket> socket_;
    std::vector<std::shared_ptr<const std::string>> queue_, writing_;
    std::size_t queued_bytes_ = 0;
    std::function<void()> drained_, ended_;
    Instant last_written_, ends_;
    int pending_ = 0;
    bool closed_ = false;
    char byte_ = 0;
};

/// A connection that asks and is answered, one request after another. Its deadline is looked at by the worker's tick.
class Connection : public std::enable_shared_from_this<Connection> {
  public:
    Connection(Worker& worker, Socket socket)
        : worker_(worker), seat_(worker.counters), socket_(std::move(socket)), answered_(worker.loop) {
        worker_.connections.insert(this);
        error_code error;
        const auto end = socket_.remote_endpoint(error);
        if (!error) peer_ = address_text(end.address());
        socket_.set_option(tcp::no_delay(true), error);
    }
    ~Connection() { worker_.connections.erase(this); }

    /// Until one side ends it. Whoever runs this keeps the object alive.
    Task<void> converse() {
        bool more = true;
        while (more) {
            // Not in the condition: g++ 12 then misplaces `this` in the coroutine's frame.
            const bool next = co_await next_request();
            more = next;
        }
        if (seat_) co_await linger();
    }

    void look_after(Instant now) {
        if (now < deadline_) return;
        late_ = true;
        error_code ignored;
        if (phase_ == Phase::answering)
            take(number_, problem_response(language_, refusal(Why::answer_too_slow)));
        else if (phase_ == Phase::reading)
            socket_.cancel(
                ignored);  // asked again at each tick: an operation may just have gone from one read to the next
        else
            socket_.close(ignored);
    }
    void drain() {
        error_code ignored;
        if (phase_ == Phase::idle) socket_.close(ignored);
    }
    /// The answer to request `number`; of several the first counts, and none that comes after its request is over.
    void take(std::uint64_t number, Response response) {
        if (number != number_ || response_) return;
        response_ = std::move(response);
        answered_.cancel();
    }

  private:
    enum class Phase { idle, reading, answering, writing, lingering };

    void enter(Phase phase, milliseconds most) {
        phase_ = phase;
        late_ = false;
        deadline_ = steady_clock::now() + most;
    }

    /// False when the conversation is over.
    Task<bool> next_request() {
        const auto& options = worker_.options;
        if (buffer_.size() == 0) {
            buffer_ = boost::beast::flat_buffer();  // an idle connection holds no buffer
            enter(Phase::idle, options.idle_timeout);
            if (worker_.draining) co_return false;
            const auto [error] = co_await socket_.async_wait(Socket::wait_read, completion);
            if (error) co_return gone();
        }
        buffer_.max_size(options.header_limit + (64u << 10));
        enter(Phase::reading, options.request_timeout);
        language_ = Language::zh_hans;
        wants_body_ = true;
        // On the heap: a parser is large, and the frame of this coroutine lives as long as the request.
        auto parser = std::make_unique<Parser>();
        parser->header_limit(static_cast<std::uint32_t>(options.header_limit));
        parser->body_limit(largest_body);
        const auto [error, size] = co_await beast_http::async_read_header(socket_, buffer_, *parser, completion);
        static_cast<void>(size);
        if (error) co_return co_await refuse_reading(reading_refusal(error, *parser, largest_body));

        Request request;
        auto body_limit = read_head(request, *parser);
        if (!body_limit) co_return co_await refuse_unread(body_limit.error(), parser->is_done() && keeps(*parser));
        parser->body_limit(*body_limit);
        if (const auto length = parser->content_length(); length && *length > *body_limit)
            co_return co_await refuse_unread(too_large(*body_limit), false);
        if (!parser->is_done()) {
            if (request.header("expect") == "100-continue") {
                static const std::string go_on = "HTTP/1.1 100 Continue\r\n\r\n";
                const auto [failed, sent] = co_await asio::async_write(socket_, asio::buffer(go_on), completion);
                static_cast<void>(sent);
                if (failed) co_return gone();
            }
            const auto [failed, read] = co_await beast_http::async_read(socket_, buffer_, *parser, completion);
            static_cast<void>(read);
            if (failed) co_return co_await refuse_reading(reading_refusal(failed, *parser, *body_limit));
        }
        request.body = std::move(parser->get().body());
        const bool keep = keeps(*parser);
        parser.reset();

        enter(Phase::answering, options.request_timeout);
        response_.reset();
        ask(std::move(request), ++number_);
        while (!response_) {
            answered_.expires_at(Instant::max());
            const auto [woken] = co_await answered_.async_wait(completion);
            static_cast<void>(woken);
        }
        if (response_->stream) co_return co_await begin_stream();
        co_return co_await write_answer(keep && !worker_.draining);
    }

    /// Method, path, headers and cookies; then what the application says of them: the most bytes of the body.
    Result<std::size_t> read_head(Request& request, const Parser& parser) {
        const auto& message = parser.get();
        request.peer = peer_;
        int hosts = 0;
        for (const auto& field : message) {
            std::string name(field.name_string());
            std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return std::tolower(c); });
            if (name == "host") ++hosts;
            request.headers.emplace_back(std::move(name), std::string(field.value()));
        }
        language_ = request.language();
        switch (message.method()) {
            case beast_http::verb::get: request.method = Method::get; break;
            case beast_http::verb::head: request.method = Method::head; break;
            case beast_http::verb::post: request.method = Method::post; break;
            default: request.method = Method::other; break;
        }
        wants_body_ = request.method != Method::head;
        // RFC 9112, 3.2: one Host, from HTTP/1.1 on.
        if (hosts > 1 || (hosts == 0 && message.version() >= 11)) return refuse(Why::host_malformed);
        request.cookies = cookies_from_header(request.header("cookie"));
        const auto target = message.target();
        // OPTIONS * and CONNECT name no path; what is wrong with them is the method.
        if (request.method != Method::other || target.starts_with('/'))
            TRY(read_target(request, {target.data(), target.size()}));
        return worker_.application.admit(request);
    }

    void ask(Request request, std::uint64_t number) {
        ++worker_.counters.requests;
        const Responder responder(
            language_,
            [weak = weak_from_this(), thread = worker_.thread, number](Response response) {
                if (thread->is_current()) {
                    if (const auto self = weak.lock()) self->take(number, std::move(response));
                    return;
                }
                auto moved = std::make_shared<Response>(std::move(response));
                thread->post([weak, number, moved] {
                    if (const auto self = weak.lock()) self->take(number, std::move(*moved));
                });
            },
            [log = worker_.options.log, path = request.path_text()](std::string_view what) {
                if (log) log("fault: " + path + ": " + std::string(what));
            });
        try {
            worker_.application.answer(std::move(request), responder);
        } catch (const std::exception& thrown) { responder.fault(thrown.what()); } catch (...) {
            responder.fault("not a std::exception");
        }
    }

    Task<bool> write_answer(bool keep) {
        static const auto nothing = std::make_shared<const std::string>();
        const auto response = std::move(*response_);
        const auto body = response.body ? response.body : nothing;
        const bool may_have_body = response.status != 204 && response.status != 304;
        const auto head = head_of(worker_, response, keep, may_have_body ? std::to_string(body->size()) : "");
        const std::string_view rest = may_have_body && wants_body_ ? std::string_view(*body) : std::string_view();
        std::size_t done = std::min(rest.size(), answer_slice);
        enter(Phase::writing, worker_.options.write_timeout);
        const std::vector<asio::const_buffer> both = two_buffers(head, rest.substr(0, done));
        const auto [error, sent] = co_await asio::async_write(socket_, both, completion);
        static_cast<void>(sent);
        if (error) co_return gone();
        while (done < rest.size()) {
            const auto slice = std::min(rest.size() - done, answer_slice);
            enter(Phase::writing, worker_.options.write_timeout);
            const auto [failed, more] =
                co_await asio::async_write(socket_, asio::buffer(rest.data() + done, slice), completion);
            static_cast<void>(more);
            if (failed) co_return gone();
            done += slice;
        }
        co_return keep;
    }

    Task<bool> begin_stream() {
        const auto response = std::move(*response_);
        const auto head = head_of(worker_, response, false, "");
        if (!wants_body_ || worker_.draining) {
            enter(Phase::writing, worker_.options.write_timeout);
            const auto [error, sent] = co_await asio::async_write(socket_, asio::buffer(head), completion);
            static_cast<void>(sent);
            co_return error ? gone() : false;
        }
        const auto stream = std::make_shared<Stream>(worker_, std::move(socket_), std::move(*seat_));
        seat_.reset();
        stream->begin(head);
        response.stream(stream);
        co_return false;
    }

    static bool keeps(const Parser& parser) { return parser.keep_alive() && parser.get().version() >= 11; }

    /// Why a request could not be read; nothing where the other end simply went.
    std::optional<Refusal> reading_refusal(error_code error, const Parser& parser, std::size_t most) {
        using Error = beast_http::error;
        const auto language = parser.get()["Accept-Language"];
        language_ = language_from_header({language.data(), language.size()});
        if (late_) return refusal(Why::request_too_slow);
        if (error == Error::header_limit || error == Error::buffer_overflow)
            return refusal(Why::header_too_large, {{"most", worker_.options.header_limit}});
        if (error == Error::body_limit) return too_large(parser.is_header_done() ? most : largest_body);
        if (error == Error::bad_version) return refusal(Why::version_unsupported);
        if (error == Error::end_of_stream || error == Error::partial_message ||
            error.category() != beast_http::make_error_code(Error::bad_method).category())
            return std::nullopt;
        return refusal(Why::request_malformed,
                       {{"reason", word_of(static_cast<Error>(error.value()))}, {"technical", error.message()}});
    }
    static Refusal too_large(std::size_t most) { return refusal(Why::body_too_large, {{"most", most}}); }

    Task<bool> refuse_reading(std::optional<Refusal> why) {
        if (!why) co_return gone();
        co_return co_await refuse_unread(std::move(*why), false);
    }

    /// Answers before the request was read to its end, so that nothing can follow it on this connection. A request
    /// without a body was read to its end.
    Task<bool> refuse_unread(Refusal why, bool read_whole) {
        response_ = problem_response(language_, why);
        co_return co_await write_answer(read_whole && !worker_.draining);
    }

    /// Says that no more comes, and hears the other end out for a while: closing at once would make the system throw
    /// away an answer that is still on its way.
    Task<void> linger() {
        error_code ignored;
        if (!socket_.is_open()) co_return;
        socket_.shutdown(tcp::socket::shutdown_send, ignored);
        enter(Phase::lingering, linger_time);
        auto waste = std::make_unique<std::array<char, 4096>>();
        for (std::size_t heard = 0; heard < linger_bytes;) {
            const auto [error, size] = co_await socket_.async_read_some(asio::buffer(*waste), completion);
            if (error) co_return;
            heard += size;
        }
    }
    bool gone() {
        error_code ignored;
        socket_.close(ignored);
        return false;
    }

    Worker& worker_;
    std::optional<Seat> seat_;
    Socket socket_;
    Timer answered_;
    boost::beast::flat_buffer buffer_;
    std::string peer_;
    Instant deadline_ = Instant::max();
    Phase phase_ = Phase::idle;
    Language language_ = Language::zh_hans;
    bool late_ = false, wants_body_ = true;
    std::uint64_t number_ = 0;
    std::optional<Response> response_;
};

Task<void> converse(std::shared_ptr<Connection> connection) { co_await connection->converse(); }

Task<void> accept(Worker& worker) {
    while (!worker.draining) {
        auto [error, socket] = co_await worker.acceptor.async_accept(completion);
        if (worker.draining) co_return;
        if (error) {
            // Out of descriptors, or the other end went: neither may end the loop nor spin it.
            Timer pause(worker.loop, milliseconds(50));
            const auto [waited] = co_await pause.async_wait(completion);
            static_cast<void>(waited);
            continue;
        }
        ++worker.counters.accepted;
        if (worker.counters.connections >= worker.options.connections) {
            ++worker.counters.refused_connections;
            const auto response = problem_response(
                Language::zh_hans, refusal(Why::too_many_connections, {{"most", worker.options.connections}}));
            const auto text = head_of(worker, response, false, std::to_string(response.body->size())) + *response.body;
            error_code ignored;
            socket.non_blocking(true, ignored);
            socket.write_some(asio::buffer(text), ignored);
            socket.shutdown(tcp::socket::shutdown_send, ignored);
            continue;
        }
        auto connection = std::make_shared<Connection>(worker, std::move(socket));
        asio::co_spawn(worker.loop.get_executor(), converse(std::move(connection)), asio::detached);
    }
}

Task<void> look_after(Worker& worker) {
    const auto& options = worker.options;
    const auto shortest = std::min({options.request_timeout, options.idle_timeout, options.write_timeout,
                                    options.heartbeat, options.stream_lifetime});
    const auto every = std::clamp(shortest / 4, milliseconds(5), milliseconds(250));
    while (true) {
        worker.tick.expires_after(every);
        const auto [error] = co_await worker.tick.async_wait(completion);
        if (error) co_return;
        const auto now = steady_clock::now();
        for (auto* connection : worker.connections) connection->look_after(now);
        const std::vector<Stream*> streams(worker.streams.begin(), worker.streams.end());
        for (auto* stream : streams) stream->look_after(now);
    }
}

void drain(Worker& worker) {
    if (std::exchange(worker.draining, true)) return;
    error_code ignored;
    worker.acceptor.close(ignored);
    for (auto* connection : worker.connections) connection->drain();
    const std::vector<Stream*> streams(worker.streams.begin(), worker.streams.end());
    for (auto* stream : streams) stream->close();
}

/// "127.0.0.1:8080", "[::1]:0", "localhost:8080".
Result<tcp::endpoint> endpoint_from_text(const std::string& text) {
    const auto no = [&] { return plenum::refuse(Why::address_malformed, {{"address", shown(text)}}); };
    const auto colon = text.rfind(':');
    if (colon == std::string::npos) return no();
    auto host = text.substr(0, colon);
    const auto digits = std::string_view(text).substr(colon + 1);
    std::uint16_t port = 0;
    const auto [end, failed] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
    if (failed != std::errc() || end != digits.data() + digits.size()) return no();
    const bool bracketed = host.size() > 2 && host.front() == '[' && host.back() == ']';
    if (bracketed) host = host.substr(1, host.size() - 2);
    if (host == "localhost") host = "127.0.0.1";
    error_code error;
    const auto address = asio::ip::make_address(host, error);
    if (error || address.is_v6() != bracketed) return no();
    return tcp::endpoint(address, port);
}

Result<Done> listen_at(Acceptor& acceptor, const tcp::endpoint& where, bool shared) {
    error_code error;
    const auto step = [&](auto&& act) {
        if (!error) act();
    };
    step([&] { acceptor.open(where.protocol(), error); });
    step([&] { acceptor.set_option(asio::socket_base::reuse_address(true), error); });
    step([&] {
        const int on = shared ? 1 : 0;
        if (::setsockopt(acceptor.native_handle(), SOL_SOCKET, SO_REUSEPORT, &on, sizeof on) != 0)
            error.assign(errno, boost::system::system_category());
    });
    step([&] { acceptor.bind(where, error); });
    step([&] { acceptor.listen(asio::socket_base::max_listen_connections, error); });
    if (!error) return Done{};
    const std::string address =
        (where.address().is_v6() ? "[" + where.address().to_string() + "]" : where.address().to_string()) + ":" +
        std::to_string(where.port());
    if (error == boost::system::errc::address_in_use)
        return plenum::refuse(Why::address_in_use, {{"address", address}});
    return plenum::refuse(Why::address_unavailable, {{"address", address}, {"reason", system_reason(error.value())}});
}

/// Two servers of one user that both share the port would share its connections too, in silence.
Result<Done> may_listen(const tcp::endpoint& where) {
    Loop loop;
    Acceptor probe(loop);
    return listen_at(probe, where, false);
}

void raise_open_files(std::size_t wanted) {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    const auto enough = std::min<rlim_t>(limit.rlim_max, wanted + 256);
    if (limit.rlim_cur >= enough) return;
    limit.rlim_cur = enough;
    ::setrlimit(RLIMIT_NOFILE, &limit);
}

}  // namespace

Result<Done> check_address(const std::string& listen) { return may_listen(TRY(endpoint_from_text(listen))); }

class Server::House {
  public:
    House(ServerOptions options, Application& application) : options_(std::move(options)), application_(application) {
        options_.threads = std::clamp(options_.threads, 1u, 64u);
        options_.stream_queue_messages = std::max<std::size_t>(options_.stream_queue_messages, least_stream_queue);
    }
    ~House() {
        stop();
        for (const auto& worker : workers_) {
            worker->thread->forget();
            const std::vector<Stream*> streams(worker->streams.begin(), worker->streams.end());
            for (auto* stream : streams) stream->abandon();
        }
        workers_.clear();
    }

    Result<Done> begin() {
        auto where = TRY(endpoint_from_text(options_.listen));
        raise_open_files(options_.connections);
        TRY(may_listen(where));
        for (unsigned i = 0; i < options_.threads; ++i) {
            auto& worker = *workers_.emplace_back(std::make_unique<Worker>(options_, application_, counters_));
            TRY(listen_at(worker.acceptor, where, true));
            if (where.port() == 0) where = worker.acceptor.local_endpoint();
        }
        endpoint_ = where;
        for (const auto& each : workers_) {
            auto& worker = *each;
            asio::co_spawn(worker.loop.get_executor(), accept(worker), asio::detached);
            asio::co_spawn(worker.loop.get_executor(), look_after(worker), asio::detached);
            worker.runner = std::thread([&worker] {
                worker.thread->begin();
                worker.loop.run();
            });
        }
        return Done{};
    }

    void stop() {
        const std::lock_guard once(stopping_);
        if (stopped_) return;
        stopped_ = true;
        std::atomic<std::size_t> left = 0;
        for (const auto& worker : workers_) {
            if (!worker->runner.joinable()) continue;
            ++left;
            worker->thread->post([&counters = counters_, &left, &each = *worker] {
                drain(each);
                const std::lock_guard lock(counters.mutex);
                --left;
                counters.none_left.notify_all();
            });
        }
        {
            std::unique_lock lock(counters_.mutex);
            // All threads have heard of it before this function may end: they hold a reference to `left`.
            counters_.none_left.wait(lock, [&] { return left == 0; });
            counters_.none_left.wait_for(lock, options_.stop_limit, [&] { return counters_.connections == 0; });
        }
        for (const auto& worker : workers_) {
            if (!worker->runner.joinable()) continue;
            // Behind what is posted already: subscribers still have to hear that they have ended.
            worker->thread->post([&loop = worker->loop] { loop.stop(); });
            worker->runner.join();
        }
    }

    std::string address() const {
        const auto address = endpoint_.address();
        return (address.is_v6() ? "[" + address.to_string() + "]" : address.to_string()) + ":" +
               std::to_string(endpoint_.port());
    }
    std::uint16_t port() const { return endpoint_.port(); }
    ServerFigures figures() const {
        const auto& c = counters_;
        return {c.connections, c.streams, c.accepted, c.requests, c.refused_connections, c.slow_streams};
    }

  private:
    ServerOptions options_;
    Application& application_;
    Counters counters_;
    tcp::endpoint endpoint_;
    std::vector<std::unique_ptr<Worker>> workers_;
    std::mutex stopping_;
    bool stopped_ = false;
};

Server::Server(std::unique_ptr<House> house) : house_(std::move(house)) {}
Server::Server(Server&&) noexcept = default;
Server::~Server() = default;

Result<Server> Server::open(ServerOptions options, Application& application) {
    auto house = std::make_unique<House>(std::move(options), application);
    TRY(house->begin());
    return Server(std::move(house));
}
std::string Server::address() const { return house_->address(); }
std::uint16_t Server::port() const { return house_->port(); }
void Server::stop() { house_->stop(); }
ServerFigures Server::figures() const { return house_->figures(); }

}  // namespace plenum::http
