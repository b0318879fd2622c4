// SPDX-License-Identifier: Apache-2.0
// The office behind HTTP: routes, live streams, pages and links, put together.
#pragma once
#include <memory>
#include <string>

#include "app/office.h"
#include "http/live.h"
#include "http/routes.h"
#include "http/server.h"
#include "http/sessions.h"
#include "http/static_files.h"

namespace plenum::http {

/// The routes of docs/formats/live-stream.md that concern congresses. `office`, `live` and `publish_view` (shows
/// readers of a congress its view anew) must outlive the table.
std::vector<Route> office_routes(app::Office& office, Live& live);

/// The one table of the program: signing in, congresses, the desk, imports.
std::vector<Route> all_routes(Sessions& sessions, app::Office& office, Live& live, Clock& clock);

/// One act of the journal as the live stream tells it: never with a personal field.
std::string act_json(const store::StoredEvent& event);

/// A document laid before a congress as a page of its own; raw HTML in its Markdown stays out (cmark's default).
std::string document_page(const congress::Document& document);

struct SiteOptions {
    ServerOptions server;
    std::string pages;  ///< folder of the built front end
};

class Site {
  public:
    /// Serves `office` until stop(). clock, randomness  for sessions and links; used by nobody else at the same time.
    /// refuses  what Server::open and StaticFiles::load refuse
    static Result<std::unique_ptr<Site>> open(app::Office& office, Clock& clock, Randomness& randomness,
                                              SiteOptions options);
    ~Site();
    Site(const Site&) = delete;
    Site& operator=(const Site&) = delete;

    std::string address() const { return server_->address(); }
    /// "http://127.0.0.1:8080/console/#…": works once.
    std::string administrator_link();
    /// "http://127.0.0.1:8080/screen/#…": reads only, any number of screens.
    std::string screen_link();
    void stop();

  private:
    Site(app::Office& office, Clock& clock, Randomness& randomness, StaticFiles pages);
    void publish(std::span<const store::StoredEvent> events);

    app::Office& office_;
    Sessions sessions_;
    StaticFiles pages_;
    std::mutex publishing_;  ///< views are told in the order in which they were made
    Live live_;
    std::unique_ptr<Routes> routes_;
    std::optional<Server> server_;
};

}  // namespace plenum::http
