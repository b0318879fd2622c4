// SPDX-License-Identifier: Apache-2.0
// What a request, an answer and a live reader are to the rest of the house. No other header of this room, and none
// above it, knows which library moves the bytes.
#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/actor.h"
#include "base/texts.h"
#include "http/refusals.h"

namespace plenum::http {

enum class Method { get, head, post, other };

using app::Role;

/// Who is asking. `number` tells sessions apart in streams and in logs; it is no secret and gives no access.
struct Session {
    Role role = Role::screen;
    std::uint64_t number = 0;
    bool operator==(const Session&) const = default;
};

using Parameters = std::map<std::string, std::string, std::less<>>;

/// One request, read whole and decoded once. Always true: every segment of `path` is UTF-8 without control characters,
/// '/' or '\', and none is "." or ".."; so are the values of `query`.
struct Request {
    Method method = Method::get;
    std::vector<std::string> path;  // decoded segments, without empty ones: "/api/me" and "/api/me/" give {"api", "me"}
    bool folder = false;            // the path ends in '/'
    Parameters query;
    std::vector<std::pair<std::string, std::string>> headers;  // names in lower case, in the order they came
    Parameters cookies;
    std::string body;
    std::string peer;  // address of the other end, without its port

    // Filled in by Routes before a handler sees the request.
    Parameters parameters;           // of the path template: {"id": "…"}
    std::optional<Session> session;  // who is signed in, if anyone

    /// The first header of this name (lower case), or "".
    std::string_view header(std::string_view name) const;
    Language language() const { return language_from_header(header("accept-language")); }
    /// "/api/congresses/…", decoded, without the query: for log lines.
    std::string path_text() const;
    /// A parameter behind the "?", or "".
    std::string_view asked(std::string_view name) const;
    /// The same as a number of 0 or more; none where it is missing or empty. Refuses sequence_malformed.
    Result<std::optional<std::int64_t>> number_asked(std::string_view name) const;
    /// Who acts. One name for every administrator's session: a retry after signing in again is still the same act.
    /// Accounts will name persons.
    app::Actor actor() const;
};
/// What a number in a request says, 0 or more. Refuses sequence_malformed.
Result<std::int64_t> number_from_text(std::string_view text);

/// Path and query of an origin-form target ("/api/x?after=7"), decoded into `request`.
/// refuses  target_malformed: another form, wrong %-escapes, not UTF-8, control characters, '/' or '\' in a segment,
///          "." and "..", more than 64 segments or parameters, a parameter twice
Result<Done> read_target(Request& request, std::string_view target);
/// "a=1; b=2"; pairs that are no pairs are left out, of two with one name the first counts.
Parameters cookies_from_header(std::string_view header);

/// The thread on which a connection lives.
class Thread {
  public:
    virtual ~Thread() = default;
    /// Runs `task` on the thread, later; from any thread. False (and the task is dropped) once the server has gone.
    virtual bool post(std::function<void()> task) = 0;
};

/// The server's end of one live connection (text/event-stream). All members are called on its own thread only.
class Subscriber {
  public:
    virtual ~Subscriber() = default;
    /// Queues one message, as it goes over the wire. The queue is bounded; a message too many closes the connection.
    /// False once it is closed.
    virtual bool send(std::shared_ptr<const std::string> message) = 0;
    /// Messages queued or being written.
    virtual std::size_t queued() const = 0;
    /// Ends the connection; what is queued is dropped.
    virtual void close() = 0;
    virtual bool closed() const = 0;
    /// Called each time the queue falls empty, and once when the connection has ended, for whatever reason.
    virtual void on_events(std::function<void()> drained, std::function<void()> ended) = 0;
    virtual const std::shared_ptr<Thread>& thread() const = 0;
};

/// An answer. Built by the functions below.
struct Response {
    int status = 200;
    std::string content_type;                                  // "" for none
    std::vector<std::pair<std::string, std::string>> headers;  // beyond what the server adds; never CR or LF
    std::shared_ptr<const std::string> body;                   // may be shared by many answers; null is empty
    std::function<void(std::shared_ptr<Subscriber>)> stream;   // set: the answer is a live stream, begun by this call
    Response&& with(std::string name, std::string value) &&;
};
Response json_response(const Json& body, int status = 200);
Response text_response(std::string content_type, std::string body, int status = 200);
Response no_content();
Response redirect(std::string path);
/// application/problem+json; a refusal with the fact `seconds` also says Retry-After, one with `allowed` says Allow.
Response problem_response(Language language, const Refusal& why);
/// A stream of server-sent events; `begin` is called on the thread of the connection once the headers are on their way.
Response stream_response(std::function<void(std::shared_ptr<Subscriber>)> begin);

/// Answers one request, once, from any thread, at once or later; copies answer the same request. If the last copy goes
/// without an answer, the answer is `no_answer`.
class Responder {
  public:
    /// deliver  is called exactly once
    /// log      takes what fault() is told, from any thread; none: nowhere
    Responder(Language language, std::function<void(Response)> deliver,
              std::function<void(std::string_view what)> log = {});
    /// False if the request was answered already; this answer is dropped then.
    bool operator()(Response response) const;
    /// The problem, in the language of the request.
    bool refuse(const Refusal& why) const;
    /// The machine failed: what happened goes into the log, and the answer is `fault`. For work on threads above which
    /// nobody catches; on the connection's own thread throwing does the same.
    bool fault(std::string_view what) const;
    /// The answer, or the problem that keeps it from being one.
    bool either(Result<Response> answer) const;
    Language language() const;

  private:
    struct Once;
    std::shared_ptr<Once> once_;
};

/// What the server asks for each request. Both are called on the thread of the connection and must not block on disk.
class Application {
  public:
    virtual ~Application() = default;
    /// Before the body is read. Gives the most bytes that the body may have, or refuses; may fill in `head`.
    virtual Result<std::size_t> admit(Request& head) = 0;
    /// With the body. An exception is a fault: answered as such and logged.
    virtual void answer(Request request, Responder respond) = 0;
};

}  // namespace plenum::http
