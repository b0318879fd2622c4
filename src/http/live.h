// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "http/message.h"

namespace plenum::http {

/// One committed event as readers get it: `json` is the text of its `data:` line.
struct Act {
    std::int64_t seq = 0;
    std::string json;
};

struct LiveOptions {
    std::size_t recent_acts = 2'048;          // of one stream, kept for those who reconnect or lag
    std::size_t recent_bytes = 8u << 20;      // of one stream
    std::size_t streams_of_one_session = 16;  // live connections
    std::size_t replay_batch = 256;           // acts asked of `older` at a time
};

struct LiveFigures {
    std::size_t readers = 0;
    std::uint64_t published = 0, sent = 0, replayed = 0, cut_off = 0;
};

/// The live streams of all congresses. Each stream is a sequence of acts by rising `seq` (with gaps: the journal
/// numbers the acts of all streams together) and one view, of which only the newest matters. Every reader has a cursor
/// into that sequence and draws from it when its connection has taken what it had: replay and live are one movement of
/// one cursor, so nothing can be missed between them nor come twice. A message is written out once for all readers.
class Live {
  public:
    /// Reads acts of `stream` with after < seq <= up_to, in order, the first `most` of them; fewer only where there are
    /// no more. Called on the hub's own thread; may read the disk. A refusal or exception ends that reader's
    /// connection, which comes back.
    using Older = std::function<Result<std::vector<Act>>(const std::string& stream, std::int64_t after,
                                                         std::int64_t up_to, std::size_t most)>;
    Live(LiveOptions options, Older older);
    ~Live();
    Live(const Live&) = delete;
    Live& operator=(const Live&) = delete;

    /// Makes a stream known whose last act is `last` (0: none yet); its acts so far come from `older`. A stream that is
    /// known already keeps its acts. `view_json` may be empty: there is none yet.
    void open(const std::string& stream, std::int64_t last, std::string view_json);
    /// The acts of one group commit, in order, all later than those before (else a bug), and the view after them (may
    /// be empty: it has not changed). Readers get the acts, then the view. Never blocks on a reader; from one thread at
    /// a time for one stream. Opens the stream if it is not known.
    void publish(const std::string& stream, std::vector<Act> acts, std::string view_json);

    /// The answer to a request for a stream: begins after `Last-Event-ID`, else after `?after=`, else with the present.
    /// refuses  stream_unknown, sequence_malformed, sequence_ahead (the reader has seen more than there is: it must
    ///          begin anew), too_many_streams of this session
    Result<Response> response(const Request& request, const std::string& stream);
    LiveFigures figures() const;

  private:
    class Hub;
    std::shared_ptr<Hub> hub_;
};

}  // namespace plenum::http
