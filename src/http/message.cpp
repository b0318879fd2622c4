// SPDX-License-Identifier: Apache-2.0
#include "http/message.h"

#include <atomic>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>
#include <charconv>

namespace plenum::http {
namespace {

constexpr std::size_t most_segments = 64, most_parameters = 64;

bool is_plain(std::string_view text) {
    for (const char c : text)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) return false;
    return is_utf8(text);
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

}  // namespace

std::string_view Request::header(std::string_view name) const {
    for (const auto& [key, value] : headers)
        if (key == name) return value;
    return {};
}

std::string Request::path_text() const {
    std::string out;
    for (const auto& segment : path) out.append("/").append(segment);
    return out.empty() || folder ? out + "/" : out;
}

std::string_view Request::asked(std::string_view name) const {
    const auto found = query.find(name);
    return found == query.end() ? std::string_view() : found->second;
}

Result<std::int64_t> number_from_text(std::string_view text) {
    std::int64_t value = -1;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || value < 0) return refuse(Why::sequence_malformed);
    return value;
}

Result<std::optional<std::int64_t>> Request::number_asked(std::string_view name) const {
    const auto text = asked(name);
    if (text.empty()) return std::optional<std::int64_t>();
    auto value = number_from_text(text);
    if (!value) return plenum::refuse(std::move(value).error().within({"", 0, 0, std::string(name)}));
    return std::optional(*value);
}

app::Actor Request::actor() const {
    const auto role = session ? session->role : Role::screen;
    return {std::string(app::name_of_role(role)), role};
}

Result<Done> read_target(Request& request, std::string_view target) {
    const auto no = [] { return refuse(Why::target_malformed); };
    const auto parsed = boost::urls::parse_origin_form(boost::core::string_view(target.data(), target.size()));
    if (!parsed) return no();
    request.path.clear();
    request.query.clear();
    request.folder = parsed->encoded_path().ends_with('/');
    for (std::string segment : parsed->segments()) {
        if (segment.empty()) continue;
        if (!is_plain(segment) || segment == "." || segment == ".." ||
            segment.find_first_of("/\\") != std::string::npos || request.path.size() == most_segments)
            return no();
        request.path.push_back(std::move(segment));
    }
    if (!parsed->has_query() || parsed->encoded_query().empty()) return Done{};
    for (const auto& parameter : parsed->params()) {
        std::string name(parameter.key), value(parameter.value);
        if (!is_plain(name) || !is_plain(value) || request.query.size() == most_parameters) return no();
        if (!request.query.emplace(std::move(name), std::move(value)).second) return no();
    }
    return Done{};
}

Parameters cookies_from_header(std::string_view header) {
    Parameters out;
    while (!header.empty() && out.size() < most_parameters) {
        const auto end = header.find(';');
        const auto pair = header.substr(0, end);
        if (const auto equals = pair.find('='); equals != std::string_view::npos)
            out.emplace(trimmed(pair.substr(0, equals)), trimmed(pair.substr(equals + 1)));
        if (end == std::string_view::npos) break;
        header.remove_prefix(end + 1);
    }
    return out;
}

Response&& Response::with(std::string name, std::string value) && {
    headers.emplace_back(std::move(name), std::move(value));
    return std::move(*this);
}

Response text_response(std::string content_type, std::string body, int status) {
    Response out;
    out.status = status;
    out.content_type = std::move(content_type);
    out.body = std::make_shared<const std::string>(std::move(body));
    return out;
}
Response json_response(const Json& body, int status) {
    return text_response("application/json", canonical_json(body), status);
}
Response no_content() {
    Response out;
    out.status = 204;
    return out;
}
Response redirect(std::string path) {
    Response out;
    out.status = 302;
    return std::move(out).with("Location", std::move(path));
}
Response problem_response(Language language, const Refusal& why) {
    auto out =
        text_response("application/problem+json", canonical_json(problem_json(language, why)), why.problem.status);
    out.headers.emplace_back("Content-Language", tag_of(language));
    if (const auto seconds = why.fact("seconds"); !seconds.empty()) out.headers.emplace_back("Retry-After", seconds);
    if (const auto allowed = why.fact("allowed"); !allowed.empty()) out.headers.emplace_back("Allow", allowed);
    return out;
}
Response stream_response(std::function<void(std::shared_ptr<Subscriber>)> begin) {
    Response out;
    out.content_type = "text/event-stream";
    out.stream = std::move(begin);
    // A reverse proxy that gathers answers would hold every message back.
    return std::move(out).with("X-Accel-Buffering", "no");
}

struct Responder::Once {
    Language language;
    std::function<void(Response)> deliver;
    std::function<void(std::string_view)> log;
    std::atomic_flag answered;

    bool give(Response response) {
        if (answered.test_and_set()) return false;
        deliver(std::move(response));
        return true;
    }
    ~Once() {
        if (!answered.test()) give(problem_response(language, refusal(Why::no_answer)));
    }
};

Responder::Responder(Language language, std::function<void(Response)> deliver,
                     std::function<void(std::string_view what)> log)
    : once_(std::make_shared<Once>()) {
    once_->language = language;
    once_->deliver = std::move(deliver);
    once_->log = std::move(log);
}
bool Responder::operator()(Response response) const { return once_->give(std::move(response)); }
bool Responder::refuse(const Refusal& why) const { return (*this)(problem_response(once_->language, why)); }
bool Responder::fault(std::string_view what) const {
    if (once_->log) once_->log(what);
    return refuse(refusal(Why::fault));
}
bool Responder::either(Result<Response> answer) const {
    return answer ? (*this)(std::move(*answer)) : refuse(answer.error());
}
Language Responder::language() const { return once_->language; }

}  // namespace plenum::http
