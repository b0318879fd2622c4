// SPDX-License-Identifier: Apache-2.0
#include "http/import_routes.h"

#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>

#include "app/imports.h"
#include "base/fields.h"

namespace plenum::http {
std::vector<Route> import_routes(app::Office& office, Clock& clock) {
    const auto reader = std::make_shared<boost::asio::thread_pool>(1);
    std::vector<Route> out;
    out.push_back({Method::post, "/api/imports/preview", Permission::administrator, sheet_bytes, "ImportPreviewBody",
                   "ImportPreview", "reads a roster and tells what was found; stores nothing",
                   [&office, &clock, reader](const Request& request, Responder respond) {
                       boost::asio::post(*reader, [&office, &clock, body = request.body, respond] {
                           try {
                               respond.either([&]() -> Result<Response> {
                                   return json_response(TRY(app::preview_import(office, TRY(json_from_text(body)),
                                                                                latest_date(clock.now()))));
                               }());
                           } catch (const std::exception& thrown) {  // nobody above this thread would catch it
                               respond.fault(thrown.what());
                           } catch (...) { respond.fault("not a std::exception"); }
                       });
                   }});
    out.push_back({Method::get,
                   "/api/imports",
                   Permission::administrator,
                   0,
                   "",
                   "Imports",
                   "the imports of an organisation, the newest first",
                   [&office](const Request& request, Responder respond) {
                       respond(json_response(app::imports_of(office, std::string(request.asked("organisation")))));
                   },
                   {{"organisation", "string", "whose imports"}}});
    return out;
}

}  // namespace plenum::http
