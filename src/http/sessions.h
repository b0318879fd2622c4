// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/time.h"
#include "http/message.h"

namespace plenum::http {

struct SessionRules {
    std::int64_t administrator_idle_ms = 12LL * 3600 * 1000;    // ends so long after the last request
    std::int64_t screen_lifetime_ms = 30LL * 24 * 3600 * 1000;  // ends so long after it began
    std::size_t administrators = 100, screens = 10'000;         // most sessions at one time
    std::size_t links = 1'000;                                  // most links kept, used ones included
    int wrong_links = 10;                                       // of one peer in wrong_links_ms, answered plainly
    std::int64_t wrong_links_ms = 60'000;
    bool secure_cookie = false;  // only where every browser comes by HTTPS
};

/// What exchanging a link gives: the value of Set-Cookie, which is the one place where the session's secret stands.
struct SignedIn {
    Session session;
    std::string set_cookie;
};

/// Links and sessions. All secrets are 256 bits from `randomness`; only their SHA-256 is kept, and compared in constant
/// time. Safe from any thread; kept in memory only, so a restart ends every session and voids every link.
class Sessions {
  public:
    /// `clock` and `randomness` must outlive it and be used by nobody else at the same time.
    Sessions(SessionRules rules, Clock& clock, Randomness& randomness);

    /// The secret of a new link, 64 hex digits. An administrator's works once; a screen's any number of times.
    std::string new_link(Role role);
    /// Exchanges a link for a session. A browser that shows a live session of the same role (`cookie`) leaves it.
    /// refuses  link_unknown; link_used; too_many_attempts (wrong links only: the right one always works), with
    ///          `seconds`; too_many_sessions
    Result<SignedIn> exchange(std::string_view link, std::string_view peer, std::string_view cookie = "");
    /// The session of a cookie's value, if it lives. Puts off the end of an administrator's.
    std::optional<Session> find(std::string_view cookie);
    /// Ends the session of this cookie.
    void end(std::string_view cookie);
    std::size_t count() const;

    /// "plenum".
    static constexpr std::string_view cookie_name = "plenum";
    /// The Set-Cookie that takes the cookie away.
    std::string clearing_cookie() const;

  private:
    struct Link {
        Digest hash;
        Role role;
        bool used;
    };
    struct Kept {
        Session session;
        UtcTime ends;
    };
    struct Wrong {
        int count = 0;
        UtcTime since;
    };
    void drop_expired();
    Result<Done> count_wrong(std::string_view peer);
    std::map<Digest, Kept>::iterator find_locked(std::string_view cookie);
    std::string cookie_of(std::string_view secret, Role role) const;

    SessionRules rules_;
    Clock& clock_;
    Randomness& randomness_;
    mutable std::mutex mutex_;
    std::vector<Link> links_;
    std::map<Digest, Kept> sessions_;
    std::map<std::string, Wrong, std::less<>> wrong_;
    std::uint64_t next_number_ = 1;
};

}  // namespace plenum::http
