// SPDX-License-Identifier: Apache-2.0
#include "http/site.h"

#include <cmark.h>

#include <algorithm>
#include <mutex>
#include <sstream>

#include "base/html.h"
#include "http/bodies.h"
#include "http/desk_routes.h"
#include "http/import_routes.h"
#include "store/verify.h"

namespace plenum::http {
namespace {

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
    office.submit(request.actor(), std::move(ask), [respond](const store::Answer& answer) {
        try {
            const auto receipt = answer.get();
            if (receipt)
                respond(json_response(
                    to_json(body::Receipt{receipt->first, receipt->last, receipt->head, receipt->repeated})));
            else
                respond.refuse(receipt.error());
        } catch (const store::GroupFault&) {
            // Nothing was acknowledged, and the same key may be sent again. The writer has said why, once for all whose
            // acts failed together (Site::open).
            respond.refuse(refusal(Why::not_written));
        } catch (const std::exception& thrown) {  // on the writer's thread, above which nobody catches
            respond.fault(thrown.what());
        }
    });
}

Result<Response> control_screen(app::Office& office, const Request& request) {
    const auto json = TRY(json_from_text(request.body));
    const auto asked = TRY(from_json<body::ScreenControl>(json));
    const auto& id = request.parameters.at("id");
    const bool names_notice = json.get_object().contains("notice");
    TRY(office.control_screen(id, asked.page,
                              names_notice ? std::optional<std::optional<Text>>(asked.notice) : std::nullopt));
    return json_response(TRY(office.screen_view(id)));
}

Result<Response> paper(app::Office& office, const Request& request) {
    const auto asked = request.asked("language");
    const auto language = TRY(language_from_tag(asked.empty() ? tag_of(request.language()) : asked));
    const auto written = TRY(office.paper(request.parameters.at("id"), request.parameters.at("name"), language));
    const auto format = request.asked("format");
    if (format.empty() || format == "html")
        return text_response("text/html; charset=utf-8", congress::html_from(written));
    if (format == "markdown") return text_response("text/markdown; charset=utf-8", congress::markdown_from(written));
    return refuse(base::Why::field_wrong_value, {{"value", shown(format)}}, {"", 0, 0, "format"});
}

Result<Response> events(app::Office& office, const Request& request) {
    constexpr std::int64_t most = 1000;
    const auto after = TRY(request.number_asked("after"))
    .value_or(0);
    const auto limit = TRY(request.number_asked("limit"))
    .value_or(most);
    if (limit < 1 || limit > most) return refuse(base::Why::field_wrong_value, {{"value", limit}}, {"", 0, 0, "limit"});
    const auto page = TRY(office.told(request.parameters.at("id"), after, static_cast<std::size_t>(limit)));
    body::Events out{{}, page.next};
    for (const auto& each : page.events)
        out.events.push_back({each.seq, each.kind, each.at, each.actor, each.sentence});
    return json_response(to_json(out));
}

}  // namespace

std::string act_json(const store::StoredEvent& event) {
    // What a teller counted is nobody's business before the result is certified, nor is it after: the certificate says
    // it. And what is certified is nobody's in the hall before the chair declares it; `result_declared` carries it
    // then.
    constexpr std::string_view withheld[] = {"count_entered", "write_in_checked", "candidates_nominated",
                                             "result_certified", "election_voided"};
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

std::string document_page(const congress::Document& document) {
    const auto language = language_from_tag(document.language).value_or(Language::zh_hans);
    char* html = cmark_markdown_to_html(document.markdown.data(), document.markdown.size(), CMARK_OPT_DEFAULT);
    const std::string body(html);
    free(html);
    return "<!doctype html>\n<html lang=\"" + std::string(tag_of(language)) +
           "\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, "
           "initial-scale=1\">\n<title>" +
           html_escape(document.title.in(language)) +
           "</title>\n<link rel=\"stylesheet\" href=\"/paper.css\">\n</head>\n<body>\n<main>\n" + body +
           "</main>\n</body>\n</html>\n";
}

std::vector<Route> office_routes(app::Office& office, Live& live) {
    const auto reading = [](auto work) {
        return [work](const Request& request, Responder respond) { respond.either(work(request)); };
    };
    std::vector<Route> out;
    out.push_back(
        {Method::get, "/api/congresses", Permission::signed_in, 0, "", "Listings", "all congresses, the newest first",
         reading([&office](const Request&) -> Result<Response> {
             std::vector<body::Listing> all;
             for (const auto& each : office.congresses())
                 all.push_back({each.id, each.organisation, each.title, each.phase, each.rehearsal, each.on_screen});
             return json_response(to_json(all));
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
                       TRY(office.must_know(id));
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
                   reading([&office](const Request& request) -> Result<Response> {
                       return text_response("text/html; charset=utf-8",
                                            document_page(TRY(office.document(request.parameters.at("hash")))));
                   }),
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
                try {
                    office_.read_events_of(stream, after, [&](const store::StoredEvent& event) {
                        if (event.seq > up_to || out.size() >= most) return false;
                        out.push_back({event.seq, act_json(event)});
                        return true;
                    });
                } catch (const store::Fault& fault) {
                    office_.failed(fault);  // on a thread that answers nobody: the log has it from here
                    throw;
                }
                return out;
            }) {}

Site::~Site() {
    office_.on_committed({});
    office_.on_fault({});
    stop();
}

Result<std::unique_ptr<Site>> Site::open(app::Office& office, Clock& clock, Randomness& randomness,
                                         SiteOptions options) {
    std::unique_ptr<Site> site(new Site(office, clock, randomness, TRY(StaticFiles::load(options.pages))));
    site->routes_ = std::make_unique<Routes>(all_routes(site->sessions_, office, site->live_, clock), site->sessions_,
                                             &site->pages_);
    office.on_committed([raw = site.get()](std::span<const store::StoredEvent> events) { raw->publish(events); });
    office.on_fault([log = options.server.log](const std::string& what) {
        if (log) log("fault: journal: " + what);
    });
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
