// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/result.h"

namespace plenum::http {

#define PLENUM_HTTP_REFUSALS(X)        \
    X(http, request_malformed, 400)    \
    X(http, target_malformed, 400)     \
    X(http, host_malformed, 400)       \
    X(http, sequence_malformed, 400)   \
    X(http, not_signed_in, 401)        \
    X(http, link_unknown, 401)         \
    X(http, not_permitted, 403)        \
    X(http, cross_site, 403)           \
    X(http, not_found, 404)            \
    X(http, stream_unknown, 404)       \
    X(http, method_not_allowed, 405)   \
    X(http, request_too_slow, 408)     \
    X(http, sequence_ahead, 409)       \
    X(http, address_in_use, 409)       \
    X(http, address_unavailable, 409)  \
    X(http, address_malformed, 400)    \
    X(http, link_used, 410)            \
    X(http, body_too_large, 413)       \
    X(http, folder_too_large, 413)     \
    X(http, content_type_wrong, 415)   \
    X(http, too_many_attempts, 429)    \
    X(http, too_many_streams, 429)     \
    X(http, header_too_large, 431)     \
    X(http, fault, 500)                \
    X(http, no_answer, 500)            \
    X(http, not_written, 503)          \
    X(http, answer_too_slow, 503)      \
    X(http, too_many_sessions, 503)    \
    X(http, too_many_connections, 503) \
    X(http, version_unsupported, 505)
PLENUM_REFUSALS(PLENUM_HTTP_REFUSALS)

}  // namespace plenum::http
