// SPDX-License-Identifier: Apache-2.0
#include "http/desk_routes.h"

#include "app/forms.h"
#include "app/register_view.h"
#include "app/steps.h"
#include "http/bodies.h"

namespace plenum::http {
namespace {

namespace desk = app::desk;

/// `make` is called only if the reader has not got this version already.
Result<Response> versioned(const Request& request, const std::string& version,
                           const std::function<Result<Json>()>& make) {
    const auto tag = "\"" + version + "\"";
    if (request.header("if-none-match") == tag) {
        Response same;
        same.status = 304;
        return std::move(same).with("ETag", tag);
    }
    return json_response(TRY(make())).with("ETag", tag);
}

/// The version of what a congress's pages say: its last event, and the language where a sentence of a refusal is in it.
std::string version_of(const app::Office& office, const std::string& id) {
    return std::to_string(office.last_event_of(id));
}

Result<Response> desk_page(app::Office& office, const Request& request) {
    const auto& id = request.parameters.at("id");
    const auto language = request.language();
    TRY(office.must_know(id));
    return versioned(request, version_of(office, id) + "-" + std::string(tag_of(language)), [&]() -> Result<Json> {
        std::optional<desk::Congress> page;
        TRY(office.read(id, [&](const app::Books& books, const congress::Congress& congress) {
            page = desk::congress_of(books, congress, language);
        }));
        return to_json(*page);
    });
}

Result<Response> delegates_page(app::Office& office, const Request& request) {
    const auto& id = request.parameters.at("id");
    const auto since = TRY(request.number_asked("since"))
    .value_or(0);
    std::int64_t registered = 0;
    TRY(office.read(id, [&](const app::Books& books, const congress::Congress&) { registered = books.registered; }));
    return versioned(request, version_of(office, id) + "-" + std::to_string(registered) + "-" + std::to_string(since),
                     [&]() -> Result<Json> {
                         std::optional<desk::Delegates> page;
                         // The rows of the register are read before the page's number, and are no older than it.
                         while (!page) {
                             std::map<int, desk::RegisterRow> known;
                             std::int64_t before = 0;
                             TRY(office.read(id, [&](const app::Books& books, const congress::Congress&) {
                                 before = books.registered;
                             }));
                             office.journal().with_reader([&](store::Db& db) { known = desk::registered_in(db, id); });
                             TRY(office.read(id, [&](const app::Books& books, const congress::Congress& congress) {
                                 if (books.registered == before)
                                     page = desk::delegates_of(books, congress, since, known);
                             }));
                         }
                         return to_json(*page);
                     });
}

Result<Response> steps_page(app::Office& office, const Request& request) {
    const auto& id = request.parameters.at("id");
    const auto language = request.language();
    TRY(office.must_know(id));
    return versioned(request, version_of(office, id) + "-" + std::string(tag_of(language)),
                     [&]() -> Result<Json> { return to_json(TRY(office.steps(id, language))); });
}

Result<Response> rules_page(app::Office& office, const Request& request) {
    const auto& id = request.parameters.at("id");
    TRY(office.must_know(id));
    return versioned(request, version_of(office, id), [&]() -> Result<Json> {
        std::optional<desk::Rules> page;
        TRY(office.read(
            id, [&](const app::Books&, const congress::Congress& congress) { page = desk::rules_of(congress); }));
        return to_json(*page);
    });
}

Result<Response> try_act(app::Office& office, const Request& request) {
    auto asked = TRY(from_json<ActBody>(TRY(json_from_text(request.body))));
    const auto tried = TRY(office.attempt(
        request.actor(), {std::move(asked.act), std::move(asked.congress), std::move(asked.with), "", asked.seen}));
    return json_response(to_json(body::Tried{tried.seq, tried.sentences}));
}

Result<Response> organisations_page(app::Office& office, const Request& request) {
    const auto asked = request.asked("on");
    Date day = office.today();
    if (!asked.empty()) {
        auto date = date_from_text(asked);
        if (!date) return refuse(std::move(date).error().within({"", 0, 0, "on"}));
        day = *date;
    }
    Json page;
    office.journal().with_reader([&](store::Db& db) { page = to_json(desk::organisations_on(db, day)); });
    return json_response(page);
}

Result<Response> members_page(app::Office& office, const Request& request) {
    desk::MembersAsked asked{request.parameters.at("id"), std::string(request.asked("text")),
                             std::string(request.asked("after"))};
    if (const auto limit = TRY(request.number_asked("limit"))) asked.limit = *limit;
    std::optional<Result<desk::MembersPage>> page;
    office.journal().with_reader([&](store::Db& db) { page = desk::members_page(db, asked); });
    return json_response(to_json(TRY(std::move(*page))));
}

Result<Response> member_page(app::Office& office, const Request& request) {
    std::optional<Result<desk::MemberPage>> page;
    office.journal().with_reader([&](store::Db& db) { page = desk::member_page(db, request.parameters.at("member")); });
    return json_response(to_json(TRY(std::move(*page))));
}

Result<Response> packs_page() { return json_response(to_json(desk::packs())); }

Result<Response> pack_page(const Request& request) {
    return json_response(to_json(TRY(desk::rules_of_pack(request.parameters.at("pack")))));
}

}  // namespace

std::vector<Route> desk_routes(app::Office& office) {
    std::vector<Route> out;
    const auto add = [&](Method method, std::string path, std::string request, std::string response, std::string about,
                         auto work) -> Route& {
        out.push_back({method, std::move(path), Permission::administrator, method == Method::post ? 2u << 20 : 0,
                       std::move(request), std::move(response), std::move(about),
                       [work](const Request& asked, Responder respond) { respond.either(work(asked)); }});
        return out.back();
    };
    add(Method::get, "/api/acts", "", "Forms", "the forms of all acts", [](const Request& request) {
        static const auto version = sha256_hex(canonical_json(app::act_forms())).substr(0, 16);
        return versioned(request, version, []() -> Result<Json> { return app::act_forms(); });
    });
    add(Method::post, "/api/acts/try", "Act", "Tried", "what an act would do, without doing it",
        [&office](const Request& request) -> Result<Response> {
            try {
                return try_act(office, request);
            } catch (const store::GroupFault&) {  // the writer has said why
                return refuse(Why::not_written);
            }
        });
    add(Method::get, "/api/congresses/{id}/desk", "", "app.desk.Congress", "the congress but for its long tables",
        [&office](const Request& request) { return desk_page(office, request); });
    add(Method::get, "/api/congresses/{id}/delegates", "", "app.desk.Delegates", "the table of delegates",
        [&office](const Request& request) { return delegates_page(office, request); })
        .query = {{"since", "integer", "only the rows that changed after this event"}};
    add(Method::get, "/api/congresses/{id}/steps", "", "app.desk.Steps", "the chair's bar",
        [&office](const Request& request) { return steps_page(office, request); });
    add(Method::get, "/api/congresses/{id}/rules", "", "app.desk.Rules", "the rules in force",
        [&office](const Request& request) { return rules_page(office, request); });
    add(Method::get, "/api/packs", "", "PackListings", "the rule packs that the program ships",
        [](const Request&) { return packs_page(); });
    add(Method::get, "/api/packs/{pack}", "", "app.desk.Rules", "one rule pack with its fields",
        [](const Request& request) { return pack_page(request); });
    add(Method::get, "/api/organisations", "", "app.desk.Organisations", "the tree of organisations on a day",
        [&office](const Request& request) { return organisations_page(office, request); })
        .query = {{"on", "date", "day; without, today where the newest congress is held"}};
    add(Method::get, "/api/organisations/{id}/members", "", "app.desk.MembersPage", "members of one organisation",
        [&office](const Request& request) { return members_page(office, request); })
        .query = {{"text", "string", "looked for in name, telephone and post"},
                  {"after", "string", "member after which to begin"},
                  {"limit", "integer", "1 to 500"}};
    add(Method::get, "/api/members/{member}", "", "app.desk.MemberPage", "one member with mandates and history",
        [&office](const Request& request) { return member_page(office, request); });
    return out;
}

}  // namespace plenum::http
