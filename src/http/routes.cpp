// SPDX-License-Identifier: Apache-2.0
#include "http/routes.h"

#include <algorithm>

#include "base/fields.h"
#include "http/bodies.h"
#include "http/static_files.h"

namespace plenum::http {
namespace {

std::vector<std::string> segments_of(std::string_view path) {
    invariant(path.starts_with('/'));
    std::vector<std::string> out;
    while (!path.empty()) {
        path.remove_prefix(1);
        const auto end = std::min(path.find('/'), path.size());
        out.emplace_back(path.substr(0, end));
        invariant(!out.back().empty());
        path.remove_prefix(end);
    }
    return out;
}

bool is_parameter(std::string_view segment) { return segment.starts_with('{') && segment.ends_with('}'); }

/// "lpl": literal, parameter, literal. Literals come first in the order of letters.
std::string shape_of(const std::vector<std::string>& segments) {
    std::string out;
    for (const auto& segment : segments) out += is_parameter(segment) ? 'p' : 'l';
    return out;
}

bool fits(const std::vector<std::string>& segments, const std::vector<std::string>& path) {
    if (segments.size() != path.size()) return false;
    for (std::size_t i = 0; i < path.size(); ++i)
        if (!is_parameter(segments[i]) && segments[i] != path[i]) return false;
    return true;
}

bool asks(Method route, Method request) {
    return route == request || (route == Method::get && request == Method::head);
}

bool same_letters(std::string_view one, std::string_view other) {
    return std::equal(one.begin(), one.end(), other.begin(), other.end(),
                      [](unsigned char a, unsigned char b) { return std::tolower(a) == std::tolower(b); });
}

/// True if no page of another origin can have caused this request. Browsers send Origin with every POST; what sends
/// none and no Sec-Fetch-Site either is no browser.
bool is_own_page(const Request& request) {
    const auto site = request.header("sec-fetch-site");
    if (!site.empty() && site != "same-origin" && site != "none") return false;
    const auto origin = request.header("origin");
    if (origin.empty()) return true;
    const auto authority = origin.find("://");
    return authority != std::string_view::npos && same_letters(origin.substr(authority + 3), request.header("host"));
}

bool is_json(std::string_view content_type) {
    auto kind = content_type.substr(0, content_type.find(';'));
    while (kind.ends_with(' ')) kind.remove_suffix(1);
    return same_letters(kind, "application/json");
}

}  // namespace

Routes::Routes(std::vector<Route> table, Sessions& sessions, const StaticFiles* files)
    : table_(std::move(table)), sessions_(sessions), files_(files) {
    for (const auto& route : table_) {
        invariant(route.handle && (route.method == Method::get || route.method == Method::post));
        auto segments = segments_of(route.path);
        invariant(!is_parameter(segments.front()));
        for (std::size_t i = 0; i < templates_.size(); ++i)
            invariant(table_[i].method != route.method || shape_of(templates_[i]) != shape_of(segments) ||
                      !fits(templates_[i], segments));
        templates_.push_back(std::move(segments));
    }
}

bool Routes::is_static(const Request& request) const {
    return files_ && (request.path.empty() || std::none_of(templates_.begin(), templates_.end(), [&](const auto& each) {
                          return each.front() == request.path.front();
                      }));
}

Result<const Route*> Routes::find(Request& request) const {
    std::string best;
    for (const auto& segments : templates_)
        if (fits(segments, request.path) && (best.empty() || shape_of(segments) < best)) best = shape_of(segments);
    if (best.empty()) return plenum::refuse(Why::not_found);
    std::string allowed;
    for (std::size_t i = 0; i < table_.size(); ++i) {
        const auto& segments = templates_[i];
        if (!fits(segments, request.path) || shape_of(segments) != best) continue;
        if (!asks(table_[i].method, request.method)) {
            allowed +=
                (allowed.empty() ? "" : ", ") + std::string(table_[i].method == Method::get ? "GET, HEAD" : "POST");
            continue;
        }
        for (std::size_t part = 0; part < segments.size(); ++part)
            if (is_parameter(segments[part]))
                request.parameters[segments[part].substr(1, segments[part].size() - 2)] = request.path[part];
        return &table_[i];
    }
    return plenum::refuse(Why::method_not_allowed, {{"allowed", allowed}});
}

Result<std::size_t> Routes::admit(Request& head) {
    if (const auto cookie = head.cookies.find(Sessions::cookie_name); cookie != head.cookies.end())
        head.session = sessions_.find(cookie->second);
    if (is_static(head)) {
        if (head.method != Method::get && head.method != Method::head)
            return plenum::refuse(Why::method_not_allowed, {{"allowed", "GET, HEAD"}});
        return 0;
    }
    const auto* route = TRY(find(head));
    if (route->permission != Permission::anyone && !head.session) return plenum::refuse(Why::not_signed_in);
    if (route->permission == Permission::administrator && head.session->role != Role::administrator)
        return plenum::refuse(Why::not_permitted);
    if (head.method != Method::post) return 0;
    if (!is_own_page(head)) return plenum::refuse(Why::cross_site);
    if (!is_json(head.header("content-type")))
        return plenum::refuse(Why::content_type_wrong, {{"wanted", "application/json"}});
    return route->body_limit;
}

void Routes::answer(Request request, Responder respond) {
    if (is_static(request)) {
        respond(files_->answer(request));
        return;
    }
    const auto route = find(request);
    if (route)
        (*route)->handle(request, std::move(respond));
    else
        respond.refuse(route.error());
}

std::vector<Route> session_routes(Sessions& sessions) {
    const auto cookie_of = [](const Request& request) {
        const auto found = request.cookies.find(Sessions::cookie_name);
        return found == request.cookies.end() ? std::string() : found->second;
    };
    std::vector<Route> out;
    out.push_back({Method::get, "/api/health", Permission::anyone, 0, "", "Health", "says that the server lives",
                   [](const Request&, Responder respond) {
                       respond(json_response(JsonObject{{"status", "ok"}}));
                   }});
    out.push_back({Method::get, "/api/me", Permission::signed_in, 0, "", "Me", "what this session may do",
                   [](const Request& request, Responder respond) {
                       respond(json_response(JsonObject{{"role", name_of_role(request.session->role)}}));
                   }});
    out.push_back({Method::post, "/api/session", Permission::anyone, 1024, "SignIn", "",
                   "exchanges the secret of a link for a session cookie",
                   [&sessions, cookie_of](const Request& request, Responder respond) {
                       respond.either([&]() -> Result<Response> {
                           const auto ask = TRY(from_json<body::SignIn>(TRY(json_from_text(request.body))));
                           const auto signed_in = TRY(sessions.exchange(ask.link, request.peer, cookie_of(request)));
                           return no_content().with("Set-Cookie", signed_in.set_cookie);
                       }());
                   }});
    out.push_back({Method::post, "/api/session/end", Permission::signed_in, 1024, "", "", "ends this session",
                   [&sessions, cookie_of](const Request& request, Responder respond) {
                       sessions.end(cookie_of(request));
                       respond(no_content().with("Set-Cookie", sessions.clearing_cookie()));
                   }});
    return out;
}

}  // namespace plenum::http
