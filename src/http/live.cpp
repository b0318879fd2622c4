// SPDX-License-Identifier: Apache-2.0
#include "http/live.h"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <thread>
#include <unordered_map>
#include <unordered_set>

#include "http/server.h"

namespace plenum::http {
namespace {

// What one turn of a reader hands to its connection; it fits into every connection's queue.
constexpr std::size_t turn_messages = 32;
constexpr std::size_t turn_bytes = 256u << 10;
static_assert(turn_messages + 2 < least_stream_queue);

using Shared = std::shared_ptr<const std::string>;

struct Message {
    std::int64_t seq = 0;
    Shared text;
};

Shared message_text(std::string_view head, std::string_view json) {
    invariant(json.find_first_of("\r\n") == std::string_view::npos);
    std::string out;
    out.reserve(head.size() + json.size() + 8);
    out.append(head).append("data: ").append(json).append("\n\n");
    return std::make_shared<const std::string>(std::move(out));
}
Message message_of(const Act& act) {
    return {act.seq, message_text("id: " + std::to_string(act.seq) + "\nevent: act\n", act.json)};
}

struct Group;

/// One stream. Under `mutex`: `recent` holds every act with floor < seq <= last.
struct Stream {
    explicit Stream(std::string given) : name(std::move(given)) {}
    const std::string name;
    std::mutex mutex;
    std::deque<Message> recent;
    std::size_t bytes = 0;
    std::int64_t floor = 0, last = 0;
    Shared view;
    std::uint64_t view_number = 0;
    std::vector<std::shared_ptr<Group>> groups;  // one for each thread that has had readers
};

/// One reader; touched on the thread of its connection only.
struct Reader {
    std::shared_ptr<Subscriber> subscriber;
    std::shared_ptr<Stream> stream;
    std::shared_ptr<void> place;    // among the connections of its session
    std::int64_t cursor = 0;        // it was handed everything up to here
    std::uint64_t view_number = 0;  // and this view
    std::deque<Message> older;      // read from the journal, to be handed over
    std::int64_t older_up_to = 0;   // where the cursor stands when `older` has been handed over
    bool reading_older = false;
    bool was_live = false;  // it had caught up once
};

/// The readers of one stream on one thread.
struct Group {
    std::shared_ptr<Thread> thread;
    std::atomic<bool> called = false;                     // a turn is on its way to the thread
    std::unordered_set<std::shared_ptr<Reader>> readers;  // on the thread only
};

}  // namespace

class Live::Hub : public std::enable_shared_from_this<Live::Hub> {
  public:
    Hub(LiveOptions options, Older older) : options_(options), older_(std::move(older)) {
        replayer_ = std::thread([this] { replay(); });
    }
    void stop() {
        {
            const std::lock_guard lock(jobs_mutex_);
            stopping_ = true;
        }
        jobs_ready_.notify_all();
        if (replayer_.joinable()) replayer_.join();
        const std::lock_guard lock(mutex_);
        for (const auto& [name, stream] : streams_) {
            const std::lock_guard inner(stream->mutex);
            stream->groups.clear();  // a reader knows its stream, and its stream would know it
        }
    }

    void open(const std::string& name, std::int64_t last, std::string view_json) {
        find_or_make(name, last);
        if (!view_json.empty()) publish(name, {}, std::move(view_json));
    }

    void publish(const std::string& name, std::vector<Act> acts, std::string view_json) {
        const auto stream = find_or_make(name, acts.empty() ? 0 : acts.front().seq - 1);
        std::vector<Message> messages;
        messages.reserve(acts.size());
        for (const auto& act : acts) messages.push_back(message_of(act));
        const Shared view = view_json.empty() ? nullptr : message_text("event: view\n", view_json);
        std::vector<std::shared_ptr<Group>> groups;
        {
            const std::lock_guard lock(stream->mutex);
            for (auto& message : messages) {
                invariant(message.seq > stream->last);
                stream->last = message.seq;
                stream->bytes += message.text->size();
                stream->recent.push_back(std::move(message));
            }
            while (stream->recent.size() > options_.recent_acts ||
                   (stream->bytes > options_.recent_bytes && stream->recent.size() > 1)) {
                stream->floor = stream->recent.front().seq;
                stream->bytes -= stream->recent.front().text->size();
                stream->recent.pop_front();
            }
            if (view) {
                stream->view = view;
                ++stream->view_number;
            }
            groups = stream->groups;
        }
        published_ += acts.size();
        for (const auto& group : groups) call(group);
    }

    Result<Response> response(const Request& request, const std::string& name) {
        std::shared_ptr<Stream> stream;
        {
            const std::lock_guard lock(mutex_);
            const auto found = streams_.find(name);
            if (found == streams_.end()) return plenum::refuse(Why::stream_unknown);
            stream = found->second;
        }
        const auto after = TRY(sequence_of(request));
        if (after) {
            const std::lock_guard lock(stream->mutex);
            if (*after > stream->last) return plenum::refuse(Why::sequence_ahead, {{"last", stream->last}});
        }
        auto place = TRY(take_place(request.session));
        return stream_response([hub = weak_from_this(), stream, after, place](std::shared_ptr<Subscriber> subscriber) {
            if (const auto self = hub.lock()) self->begin(std::move(subscriber), stream, after, place);
        });
    }

    LiveFigures figures() const { return {readers_, published_, sent_, replayed_, cut_off_}; }

  private:
    struct Job {
        std::weak_ptr<Reader> reader;
        std::shared_ptr<Thread> thread;
        std::string stream;
        std::int64_t after = 0, up_to = 0;
    };

    std::shared_ptr<Stream> find_or_make(const std::string& name, std::int64_t last) {
        const std::lock_guard lock(mutex_);
        auto& stream = streams_[name];
        if (!stream) {
            stream = std::make_shared<Stream>(name);
            stream->floor = stream->last = last;
        }
        return stream;
    }

    static Result<std::optional<std::int64_t>> sequence_of(const Request& request) {
        const auto last_seen = request.header("last-event-id");
        if (last_seen.empty()) return request.number_asked("after");
        return std::optional(TRY(number_from_text(last_seen)));
    }

    /// A place among the live connections of a session, given back when the last copy goes.
    Result<std::shared_ptr<void>> take_place(const std::optional<Session>& session) {
        if (!session) return std::shared_ptr<void>();
        const auto number = session->number;
        const std::lock_guard lock(mutex_);
        auto& taken = places_[number];
        if (taken >= options_.streams_of_one_session)
            return plenum::refuse(Why::too_many_streams, {{"most", options_.streams_of_one_session}});
        ++taken;
        return std::shared_ptr<void>(this, [hub = weak_from_this(), number](void*) {
            const auto self = hub.lock();
            if (!self) return;
            const std::lock_guard again(self->mutex_);
            const auto found = self->places_.find(number);
            if (--found->second == 0) self->places_.erase(found);
        });
    }

    void begin(std::shared_ptr<Subscriber> subscriber, const std::shared_ptr<Stream>& stream,
               std::optional<std::int64_t> after, std::shared_ptr<void> place) {
        const auto reader = std::make_shared<Reader>();
        reader->subscriber = std::move(subscriber);
        reader->stream = stream;
        reader->place = std::move(place);
        std::shared_ptr<Group> group;
        {
            const std::lock_guard lock(stream->mutex);
            reader->cursor = after.value_or(stream->last);
            for (const auto& each : stream->groups)
                if (each->thread == reader->subscriber->thread()) group = each;
            if (!group) {
                group = stream->groups.emplace_back(std::make_shared<Group>());
                group->thread = reader->subscriber->thread();
            }
        }
        group->readers.insert(reader);
        ++readers_;
        reader->subscriber->on_events(
            [hub = weak_from_this(), reader] {
                if (const auto self = hub.lock()) self->turn(reader);
            },
            [hub = weak_from_this(), reader, group] {
                group->readers.erase(reader);
                reader->place.reset();
                if (const auto self = hub.lock()) --self->readers_;
            });
        // Says where this reader begins, so that it can come back to this place even if it goes before its first act.
        if (!after)
            reader->subscriber->send(
                std::make_shared<const std::string>("id: " + std::to_string(reader->cursor) + "\n\n"));
        turn(reader);
    }

    void call(const std::shared_ptr<Group>& group) {
        if (group->called.exchange(true)) return;
        group->thread->post([hub = weak_from_this(), group] {
            // Before the readers look: what is published from here on calls again.
            group->called = false;
            const auto self = hub.lock();
            if (!self) return;
            const std::vector<std::shared_ptr<Reader>> readers(group->readers.begin(), group->readers.end());
            for (const auto& reader : readers) self->turn(reader);
        });
    }

    /// Hands a reader whose connection has taken everything what follows its cursor: acts of the journal if it is far
    /// behind, else recent acts, and when there are none left the view. One movement of one cursor.
    void turn(const std::shared_ptr<Reader>& reader) {
        auto& subscriber = *reader->subscriber;
        if (subscriber.closed() || reader->reading_older || subscriber.queued() > 0) return;
        std::vector<Shared> messages;
        if (!reader->older.empty()) {
            std::size_t bytes = 0;
            while (!reader->older.empty() && messages.size() < turn_messages && bytes < turn_bytes) {
                bytes += reader->older.front().text->size();
                reader->cursor = reader->older.front().seq;
                messages.push_back(std::move(reader->older.front().text));
                reader->older.pop_front();
            }
            if (reader->older.empty()) reader->cursor = reader->older_up_to;
        } else {
            auto& stream = *reader->stream;
            const std::lock_guard lock(stream.mutex);
            if (reader->cursor < stream.floor) {
                if (reader->was_live) {
                    ++cut_off_;
                    subscriber.close();
                    return;
                }
                reader->reading_older = true;
                ask({reader, subscriber.thread(), stream.name, reader->cursor, stream.floor});
                return;
            }
            auto next = std::upper_bound(stream.recent.begin(), stream.recent.end(), reader->cursor,
                                         [](std::int64_t seq, const Message& message) { return seq < message.seq; });
            std::size_t bytes = 0;
            for (; next != stream.recent.end() && messages.size() < turn_messages && bytes < turn_bytes; ++next) {
                bytes += next->text->size();
                reader->cursor = next->seq;
                messages.push_back(next->text);
            }
            if (next == stream.recent.end()) {
                reader->was_live = true;
                if (stream.view && reader->view_number != stream.view_number) {
                    reader->view_number = stream.view_number;
                    messages.push_back(stream.view);
                }
            }
        }
        for (auto& message : messages) {
            if (!subscriber.send(std::move(message))) return;
            ++sent_;
        }
    }

    void ask(Job job) {
        {
            const std::lock_guard lock(jobs_mutex_);
            jobs_.push_back(std::move(job));
        }
        jobs_ready_.notify_one();
    }

    /// The thread that reads the journal for those who come back from far behind.
    void replay() {
        while (true) {
            Job job;
            {
                std::unique_lock lock(jobs_mutex_);
                jobs_ready_.wait(lock, [&] { return stopping_ || !jobs_.empty(); });
                if (stopping_) return;
                job = std::move(jobs_.front());
                jobs_.pop_front();
            }
            if (job.reader.expired()) continue;
            auto messages = std::make_shared<std::deque<Message>>();
            bool complete = false, read = false;
            try {
                if (const auto acts = older_(job.stream, job.after, job.up_to, options_.replay_batch)) {
                    std::int64_t last = job.after;
                    for (const auto& act : *acts) {
                        invariant(act.seq > last && act.seq <= job.up_to);
                        last = act.seq;
                        messages->push_back(message_of(act));
                    }
                    complete = acts->size() < options_.replay_batch;
                    read = true;
                }
            } catch (const std::exception&) {
                // The reader comes back and asks again; whoever gave `older` has told of the fault (Site).
            }
            replayed_ += messages->size();
            const auto up_to = complete || messages->empty() ? job.up_to : messages->back().seq;
            job.thread->post([hub = weak_from_this(), weak = job.reader, messages, up_to, read] {
                const auto self = hub.lock();
                const auto reader = weak.lock();
                if (!self || !reader) return;
                reader->reading_older = false;
                if (!read) {
                    reader->subscriber->close();
                    return;
                }
                reader->older = std::move(*messages);
                reader->older_up_to = up_to;
                if (reader->older.empty()) reader->cursor = up_to;
                self->turn(reader);
            });
        }
    }

    const LiveOptions options_;
    const Older older_;
    mutable std::mutex mutex_;
    std::map<std::string, std::shared_ptr<Stream>, std::less<>> streams_;
    std::unordered_map<std::uint64_t, std::size_t> places_;
    std::mutex jobs_mutex_;
    std::condition_variable jobs_ready_;
    std::deque<Job> jobs_;
    bool stopping_ = false;
    std::thread replayer_;
    std::atomic<std::size_t> readers_ = 0;
    std::atomic<std::uint64_t> published_ = 0, sent_ = 0, replayed_ = 0, cut_off_ = 0;
};

Live::Live(LiveOptions options, Older older) : hub_(std::make_shared<Hub>(options, std::move(older))) {}
Live::~Live() { hub_->stop(); }
void Live::open(const std::string& stream, std::int64_t last, std::string view_json) {
    hub_->open(stream, last, std::move(view_json));
}
void Live::publish(const std::string& stream, std::vector<Act> acts, std::string view_json) {
    hub_->publish(stream, std::move(acts), std::move(view_json));
}
Result<Response> Live::response(const Request& request, const std::string& stream) {
    return hub_->response(request, stream);
}
LiveFigures Live::figures() const { return hub_->figures(); }

}  // namespace plenum::http
