// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <span>
#include <string>
#include <vector>

#include "http/message.h"
#include "http/sessions.h"

namespace plenum::http {

class StaticFiles;

enum class Permission { anyone, signed_in, administrator };

using Handler = std::function<void(const Request&, Responder)>;

/// A parameter behind the "?" of a path, for the description of the interface.
struct QueryField {
    std::string name, type;  ///< "integer", "string" or "date"
    std::string about;
};

/// One row of the one table of routes. The router, the permission check and the description of the interface are made
/// from it. A GET route answers HEAD too.
struct Route {
    Method method = Method::get;  // get or post
    std::string path;             // "/api/congresses/{id}/screen"
    Permission permission = Permission::administrator;
    std::size_t body_limit = 1u << 20;            // bytes; of POST
    std::string request_schema, response_schema;  // names, "" for none
    std::string about;                            // one line
    Handler handle;
    std::vector<QueryField> query{};
    std::string produces{};  ///< media type, where the answer is no JSON
};

/// Finds the route of a request and checks, in this order: the path is known (not_found), the method
/// (method_not_allowed), who asks (not_signed_in, not_permitted), the page it comes from (cross_site), the content type
/// of what is posted (content_type_wrong). A literal segment is preferred to a {parameter}. A path whose first segment
/// no route has goes to the static files.
class Routes final : public Application {
  public:
    /// A template that is malformed or that stands in the table twice is a bug.
    Routes(std::vector<Route> table, Sessions& sessions, const StaticFiles* files = nullptr);
    Result<std::size_t> admit(Request& head) override;
    void answer(Request request, Responder respond) override;
    std::span<const Route> table() const { return table_; }

  private:
    bool is_static(const Request& request) const;
    Result<const Route*> find(Request& request) const;
    std::vector<Route> table_;
    std::vector<std::vector<std::string>> templates_;  // segments of table_[i].path
    Sessions& sessions_;
    const StaticFiles* files_;
};

/// Signing in and out (POST /api/session, POST /api/session/end), GET /api/me, GET /api/health. `sessions` must outlive
/// the table.
std::vector<Route> session_routes(Sessions& sessions);

}  // namespace plenum::http
