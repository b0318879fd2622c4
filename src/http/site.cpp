// SPDX-License-Identifier: Apache-2.0
#include "http/site.h"

#include <cmark.h>

#include <algorithm>
#include <charconv>
#include <mutex>
#include <sstream>

#include "http/desk_routes.h"
#include "http/import_routes.h"
#include "store/verify.h"

namespace plenum::http {
namespace {

/// Answers with what `work` gives, or with its refusal as a problem.
template <class Work>
void answer_with(const Responder& respond, Work&& work) {
    Result<Response> result = work();
    if (result)
        respond(std::move(*result));
    else
        respond.refuse(result.error());
}

app::Actor actor_of(const Request& request) {
    // One name for every administrator's session: a retry after signing in again is still the same act. Accounts will
    // name persons.
    const auto role = request.session ? request.session->role : Role::screen;
    return {std::string(name_of_role(role)), role};
}

Result<std::int64_t> number_in_query(const Request& request, std::string_view name, std::int64_t otherwise) {
    const auto found = request.query.find(name);
    if (found == request.query.end()) return otherwise;
    std::int64_t value = 0;
    const auto& text = found->second;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || value < 0)
        return refuse(Why::sequence_malformed, {}, {"", 0, 0, std::string(name)});
    return value;
}

std::string in_query(const Request& request, std::string_view name, std::string_view otherwise) {
    const auto found = request.query.find(name);
    return found == request.query.end() ? std::string(otherwise) : found->second;
}

struct ScreenBody {
    std::optional<int> page;
    std::optional<Text> notice;
    static constexpr auto fields() {
        return std::tuple{field("page", &ScreenBody::page, "page of a result"),
                          prose("notice", &ScreenBody::notice, "text, or null to remove it")};
    }
};

Json listing_json(const app::Listing& each) {
    return JsonObject{{"id", each.id},
                      {"organisation", json_from(each.organisation)},
                      {"title", json_from(each.title)},
                      {"phase", each.phase},
                      {"rehearsal", each.rehearsal}};
}

void act(app::Office& office, const Request& request, const Responder& respond) {
    const auto body = json_from_text(request.body);
    if (!body) {
        respond.refuse(body.error());
        return;
    }
    auto asked = from_json<ActBody>(*body);
    if (!asked) {
        respond.refuse(asked.error());
        return;
    }
    app::Ask ask{std::move(asked->act), std::move(asked->congress), std::move(asked->with),
                 std::string(request.header("idempotency-key")), asked->seen};
    office.submit(actor_of(request), std::move(ask), [respond](const store::Answer& answer) {
        try {
            const auto receipt = answer.get();
            if (receipt)
                respond(json_response(JsonObject{{"first", receipt->first},
                                                 {"last", receipt->last},
                                                 {"head", receipt->head},
                                                 {"repeated", receipt->repeated}}));
            else
                respond.refuse(receipt.error());
        } catch (const std::exception&) {
            // On the writer's thread, above which nobody catches. Nothing was acknowledged; the same key may be sent
            // again.
            respond.refuse(refusal(Why::fault));
        }
    });
}

Result<Response> control_screen(app::Office& office, const Request& request) {
    const auto json = TRY(json_from_text(request.body));
    const auto body = TRY(from_json<ScreenBody>(json));
    const auto& id = request.parameters.at("id");
    const bool names_notice = json.get_object().contains("notice");
    TRY(office.control_screen(id, body.page,
                              names_notice ? std::optional<std::optional<Text>>(body.notice) : std::nullopt));
    return json_response(TRY(office.screen_view(id)));
}

Result<Response> paper(app::Office& office, const Request& request) {
    const auto language = TRY(language_from_tag(in_query(request, "language", tag_of(request.language()))));
    const auto written = TRY(office.paper(request.parameters.at("id"), request.parameters.at("name"), language));
    const auto format = in_query(request, "format", "html");
    if (format == "html") return text_response("text/html; charset=utf-8", congress::html_from(written));
    if (format == "markdown") return text_response("text/markdown; charset=utf-8", congress::markdown_from(written));
    return refuse(base::Why::field_wrong_value, {{"value", shown(format)}}, {"", 0, 0, "format"});
}

/// Markdown of a document as a page of its own; raw HTML in it stays out (cmark's default).
Result<Response> document(app::Office& office, const Request& request) {
    const auto found = TRY(office.document(request.parameters.at("hash")));
    const auto language = language_from_tag(found.language).value_or(Language::zh_hans);
    char* html = cmark_markdown_to_html(found.markdown.data(), found.markdown.size(), CMARK_OPT_DEFAULT);
    const std::string body(html);
    free(html);
    return text_response("text/html; charset=utf-8",
                         "<!doctype html>\n<html lang=\"" + found.language +
                             "\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
                             "content=\"width=device-width, initial-scale=1\">\n<title>" +
                             congress::html_escape(found.title.in(language)) +
                             "</title>\n<link rel=\"stylesheet\" href=\"/paper.css\">\n</head>\n<body>\n<main>\n" +
                             body + "</main>\n</body>\n</html>\n");
}

Result<Response> events(app::Office& office, const Request& request) {
    constexpr std::int64_t most = 1000;
    const auto after = TRY(number_in_query(request, "after", 0));
    const auto limit = TRY(number_in_query(request, "limit", most));
    if (limit < 1 || limit > most) return refuse(base::Why::field_wrong_value, {{"value", limit}}, {"", 0, 0, "limit"});
    const auto page = TRY(office.told(request.parameters.at("id"), after, static_cast<std::size_t>(limit)));
    JsonArray events;
    for (const auto& each : page.events)
        events.push_back(JsonObject{{"seq", each.seq},
                                    {"kind", each.kind},
                                    {"at", text_from_time(each.at)},
                                    {"actor", each.actor},
                                    {"sentence", json_from(each.sentence)}});
    return json_response(
        JsonObject{{"events", std::move(events)}, {"next", page.next ? Json(*page.next) : Json(nullptr)}});
}

}  // namespace

std::string act_json(const store::StoredEvent& event) {
    // What a teller counted is nobody's business before the result is certified, nor is it after: the certificate says
    // it.
    constexpr std::string_view withheld[] = {"count_entered", "write_in_checked", "candidates_nominated"};
    JsonObject out{{"seq", event.seq},
                   {"stream", event.stream},
                   {"kind", event.kind},
                   {"at", text_from_time(event.at)},
                   {"body", nullptr}};
    if (std::ranges::find(withheld, event.kind) == std::end(withheld)) {
        auto body = json_from_text(event.body);
        invariant(body);
        out["body"] = std::move(*body);
    }
    return canonical_json(out);
}

std::vector<Route> office_routes(app::Office& office, Live& live) {
    const auto reading = [](auto work) {
        return [work](const Request& request, Responder respond) {
            answer_with(respond, [&]() -> Result<Response> { return work(request); });
        };
    };
    std::vector<Route> out;
    out.push_back({Method::get, "/api/congresses", Permission::signed_in, 0, "", "Listings",
                   "all congresses, the newest first", reading([&office](const Request&) -> Result<Response> {
                       JsonArray all;
                       for (const auto& each : office.congresses()) all.push_back(listing_json(each));
                       return json_response(std::move(all));
                   })});
    out.push_back({Method::get, "/api/congresses/{id}/screen", Permission::signed_in, 0, "", "ScreenView",
                   "what the hall screen shows now", reading([&office](const Request& request) -> Result<Response> {
                       return json_response(TRY(office.screen_view(request.parameters.at("id"))));
                   })});
    out.push_back({Method::post, "/api/congresses/{id}/screen", Permission::administrator, 16u << 10, "ScreenBody",
                   "ScreenView", "turns the page of a result, or shows a notice",
                   reading([&office](const Request& request) { return control_screen(office, request); })});
    out.push_back({Method::get,
                   "/api/congresses/{id}/live",
                   Permission::signed_in,
                   0,
                   "",
                   "",
                   "the live stream",
                   reading([&office, &live](const Request& request) -> Result<Response> {
                       const auto& id = request.parameters.at("id");
                       TRY(office.read(id, [](const app::Books&, const congress::Congress&) {}));
                       return live.response(request, id);
                   }),
                   {{"after", "integer", "last event seen, where no Last-Event-ID is sent"}},
                   "text/event-stream"});
    out.push_back({Method::get,
                   "/api/congresses/{id}/papers/{name}",
                   Permission::administrator,
                   0,
                   "",
                   "",
                   "minutes or communique",
                   reading([&office](const Request& request) { return paper(office, request); }),
                   {{"language", "string", "zh-Hans | zh-Hant | en"}, {"format", "string", "html | markdown"}},
                   "text/html"});
    out.push_back({Method::get,
                   "/api/congresses/{id}/events",
                   Permission::administrator,
                   0,
                   "",
                   "Events",
                   "the acts of a congress as sentences",
                   reading([&office](const Request& request) { return events(office, request); }),
                   {{"after", "integer", "number after which to begin"}, {"limit", "integer", "1 to 1000"}}});
    out.push_back({Method::post, "/api/acts", Permission::administrator, 2u << 20, "Act", "Receipt", "performs one act",
                   [&office](const Request& request, Responder respond) { act(office, request, respond); }});
    out.push_back({Method::post, "/api/imports", Permission::administrator, sheet_bytes, "act.registry.import_members",
                   "Receipt", "performs one act that carries a sheet",
                   [&office](const Request& request, Responder respond) { act(office, request, respond); }});
    out.push_back({Method::get,
                   "/api/journal",
                   Permission::administrator,
                   0,
                   "",
                   "",
                   "the journal, exported",
                   reading([&office](const Request&) -> Result<Response> {
                       std::ostringstream text;
                       TRY(store::export_journal(office.journal(), text));
                       return text_response("application/jsonl", std::move(text).str())
                           .with("Content-Disposition", "attachment; filename=\"journal.jsonl\"");
                   }),
                   {},
                   "application/jsonl"});
    out.push_back({Method::get,
                   "/documents/{hash}",
                   Permission::anyone,
                   0,
                   "",
                   "",
                   "a document laid before a congress",
                   reading([&office](const Request& request) { return document(office, request); }),
                   {},
                   "text/html"});
    return out;
}

std::vector<Route> all_routes(Sessions& sessions, app::Office& office, Live& live, Clock& clock) {
    auto out = session_routes(sessions);
    for (auto& route : office_routes(office, live)) out.push_back(std::move(route));
    for (auto& route : desk_routes(office)) out.push_back(std::move(route));
    for (auto& route : import_routes(office, clock)) out.push_back(std::move(route));
    return out;
}

Site::Site(app::Office& office, Clock& clock, Randomness& randomness, StaticFiles pages)
    : office_(office),
      sessions_({}, clock, randomness),
      pages_(std::move(pages)),
      live_({},
            [this](const std::string& stream, std::int64_t after, std::int64_t up_to,
                   std::size_t most) -> Result<std::vector<Act>> {
                std::vector<Act> out;
                office_.read_events_of(stream, after, [&](const store::StoredEvent& event) {
                    if (event.seq > up_to || out.size() >= most) return false;
                    out.push_back({event.seq, act_json(event)});
                    return true;
                });
                return out;
            }) {}

Site::~Site() {
    office_.on_committed({});
    stop();
}

Result<std::unique_ptr<Site>> Site::open(app::Office& office, Clock& clock, Randomness& randomness,
                                         SiteOptions options) {
    std::unique_ptr<Site> site(new Site(office, clock, randomness, TRY(StaticFiles::load(options.pages))));
    site->routes_ = std::make_unique<Routes>(all_routes(site->sessions_, office, site->live_, clock), site->sessions_,
                                             &site->pages_);
    office.on_committed([raw = site.get()](std::span<const store::StoredEvent> events) { raw->publish(events); });
    for (const auto& each : office.congresses()) {
        const auto view = office.screen_view(each.id);
        site->live_.open(each.id, office.last_event_of(each.id), view ? canonical_json(*view) : std::string());
    }
    site->server_.emplace(TRY(Server::open(std::move(options.server), *site->routes_)));
    return site;
}

void Site::publish(std::span<const store::StoredEvent> events) {
    const std::lock_guard lock(publishing_);
    std::map<std::string, std::vector<Act>> acts;
    for (const auto& event : events)
        if (const auto id = office_.congress_of(event); !id.empty()) acts[id].push_back({event.seq, act_json(event)});
    if (events.empty())
        for (const auto& each : office_.congresses()) acts[each.id];
    for (auto& [id, list] : acts) {
        const auto view = office_.screen_view(id);
        live_.publish(id, std::move(list), view ? canonical_json(*view) : std::string());
    }
}

std::string Site::administrator_link() {
    return "http://" + address() + "/console/#" + sessions_.new_link(Role::administrator);
}
std::string Site::screen_link() { return "http://" + address() + "/screen/#" + sessions_.new_link(Role::screen); }
void Site::stop() {
    if (server_) server_->stop();
}

}  // namespace plenum::http
