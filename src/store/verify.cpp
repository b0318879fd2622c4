// SPDX-License-Identifier: Apache-2.0
#include "store/verify.h"

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <set>

#include "base/file.h"
#include "base/json.h"
#include "store/canonical.h"
#include "store/rows.h"

namespace plenum::store {
namespace {

// --- the bytes that are hashed -------------------------------------------------------------------------------------

/// Collects values so that no two lists of values give the same bytes: a tag, then a fixed size or a length.
class Preimage {
  public:
    explicit Preimage(std::string_view domain) : bytes_(domain) {}
    Preimage& add(std::int64_t number) {
        bytes_ += '\1';
        big_endian(static_cast<std::uint64_t>(number));
        return *this;
    }
    Preimage& add(std::string_view text) {
        bytes_ += '\2';
        big_endian(text.size());
        bytes_ += text;
        return *this;
    }
    Preimage& add(const std::optional<std::string>& maybe) {
        if (maybe) return add(std::string_view(*maybe));
        bytes_ += '\0';
        return *this;
    }
    std::string sha256_of_all() const { return sha256_hex(bytes_); }

  private:
    void big_endian(std::uint64_t value) {
        for (int shift = 56; shift >= 0; shift -= 8) bytes_ += static_cast<char>(value >> shift & 0xff);
    }
    std::string bytes_;
};

// --- the checks that database and export share ---------------------------------------------------------------------

/// Follows a chain from its genesis, event by event. Holds one event and the numbers of those whose personal part is
/// missing and whose erasure has not come yet.
class Follower {
  public:
    Follower(const std::string& journal_id, const std::string& known_head) : known_head_(known_head) {
        found_.journal = journal_id;
        found_.head = genesis_of(journal_id);
        met_ = known_head.empty() || known_head == found_.head;
    }

    /// place_of(column) gives the place of a column of this event; "" is the event as a whole.
    template <class PlaceOf>
    Result<Done> follow(StoredEvent event, const PlaceOf& place_of) {
        const Fact seq("seq", event.seq);
        const auto wrong = [&](Why why, std::string_view column, Facts more = {}) {
            more.insert(more.begin(), seq);
            return refuse(why, std::move(more), place_of(column));
        };
        if (event.seq != found_.events + 1) return wrong(Why::seq_wrong, "seq", {{"expected", found_.events + 1}});
        if (const auto column = column_out_of_form(event); !column.empty()) return wrong(Why::value_wrong, column);
        if (event.prev != found_.head) return wrong(Why::prev_wrong, "prev");
        if (event.hash != hash_of(event)) return wrong(Why::hash_wrong, "");
        if (event.personal && *event.digest != digest_of(*event.salt, *event.personal))
            return wrong(Why::digest_wrong, "personal");
        if (found_.events > 0 && event.at < found_.last_at) return wrong(Why::time_backwards, "at");
        if (!continues_act(event)) return wrong(Why::act_torn, "ordinal");
        if (event.kind == erasure_kind) {
            const auto erased = erased_by(event.body);
            if (!erased) return wrong(Why::value_wrong, "body");
            if (awaited_.erase(*erased) == 0) return wrong(Why::erasure_unfounded, "body", {{"erased", *erased}});
            ++found_.erased;
        }
        if (event.erased()) awaited_.insert(event.seq);
        if (found_.events == 0) found_.first_at = event.at;
        found_.last_at = event.at;
        found_.head = event.hash;
        met_ = met_ || event.hash == known_head_;
        found_.events = event.seq;
        before_ = std::move(event);
        return Done{};
    }

    const Verified& found() const { return found_; }
    /// The event that was followed last; there must be one.
    const StoredEvent& last() const { return *before_; }

    Result<Verified> end(const Place& place) const {
        if (!awaited_.empty()) return refuse(Why::personal_missing, {{"seq", *awaited_.begin()}}, place);
        if (!met_) return refuse(Why::head_absent, {{"known", shown(known_head_)}, {"found", found_.head}}, place);
        return found_;
    }

  private:
    /// The first column whose value no writer makes, or "".
    static std::string_view column_out_of_form(const StoredEvent& event) {
        if (!is_short_text(event.stream)) return "stream";
        if (!is_short_text(event.kind)) return "kind";
        if (!is_short_text(event.actor)) return "actor";
        if (!is_short_text(event.act)) return "act";
        if (!is_key(event.key)) return "key";
        if (!is_sha256_hex(event.request)) return "request";
        if (!is_body(event.body)) return "body";
        if (event.personal.has_value() != event.salt.has_value()) return "salt";
        if (event.personal && !is_body(*event.personal)) return "personal";
        if (event.salt && !is_sha256_hex(*event.salt)) return "salt";
        if (event.digest && !is_sha256_hex(*event.digest)) return "digest";
        if (event.personal && !event.digest) return "digest";
        if (!is_sha256_hex(event.prev)) return "prev";
        if (!is_sha256_hex(event.hash)) return "hash";
        return "";
    }
    static bool is_body(std::string_view text) {
        return text.size() <= JournalLimits::event_bytes && !canonical_until(text, max_body_depth);
    }
    bool continues_act(const StoredEvent& event) const {
        if (event.ordinal == 0) return !before_ || before_->key != event.key;
        return before_ && event.ordinal == before_->ordinal + 1 && event.key == before_->key &&
               event.actor == before_->actor && event.act == before_->act && event.request == before_->request &&
               event.at == before_->at;
    }
    static std::optional<std::int64_t> erased_by(std::string_view body) {
        std::vector<RawMember> members;
        if (canonical_until(body, max_body_depth, &members) || members.size() != 2 || members[0].name != "erased" ||
            members[1].name != "reason" || !text_of(members[1].value))
            return std::nullopt;
        return integer_of(members[0].value);
    }

    std::string known_head_;
    bool met_ = false;
    Verified found_;
    std::optional<StoredEvent> before_;
    std::set<std::int64_t> awaited_;
};

// --- the export ----------------------------------------------------------------------------------------------------

/// Longer lines are refused before they are read into memory: every column at its limit, each byte escaped as \u00xx
/// (bodies are embedded as they are).
constexpr std::size_t max_line_bytes = 2 * JournalLimits::event_bytes + 6 * 5 * JournalLimits::text_bytes + 1024;

void add_text(std::string& line, std::string_view name, std::string_view text) {
    line += '"';
    line += name;
    line += "\":";
    line += canonical_json(Json(boost::json::string_view(text.data(), text.size())));
    line += ',';
}
void add_maybe(std::string& line, std::string_view name, const std::optional<std::string>& text) {
    if (text) return add_text(line, name, *text);
    line.append("\"").append(name).append("\":null,");
}
void add_raw(std::string& line, std::string_view name, std::string_view value) {
    line.append("\"").append(name).append("\":").append(value).append(",");
}

std::string header_line(const std::string& id, const std::string& genesis) {
    return canonical_json(
        JsonObject{{"format", format_name}, {"genesis", genesis}, {"journal", id}, {"version", format_version}});
}

std::string closing_line(std::int64_t count, const std::string& head) {
    return canonical_json(JsonObject{{"count", count}, {"head", head}});
}

/// Lines of a file, never more of one in memory than max_line_bytes.
class Lines {
  public:
    explicit Lines(std::istream& in) : in_(in) {}
    enum class Got { line, unended, nothing, too_long };
    /// `unended`: what stands after the last line feed, at least one byte.
    Got next(std::string& line) {
        line.clear();
        ++number_;
        while (true) {
            if (from_ == until_) {
                in_.read(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
                from_ = 0;
                until_ = static_cast<std::size_t>(in_.gcount());
                if (until_ == 0) return line.empty() ? Got::nothing : Got::unended;
            }
            const auto rest = std::string_view(buffer_.data() + from_, until_ - from_);
            const auto feed = rest.find('\n');
            const auto taken = std::min(feed, rest.size());
            if (line.size() + taken > max_line_bytes) return Got::too_long;
            line += rest.substr(0, taken);
            from_ += taken;
            if (feed != std::string_view::npos) {
                ++from_;
                return Got::line;
            }
        }
    }
    std::int64_t number() const { return number_; }

  private:
    std::istream& in_;
    std::vector<char> buffer_ = std::vector<char>(1 << 16);
    std::size_t from_ = 0, until_ = 0;
    std::int64_t number_ = 0;
};

/// Reads the members of one line by name; remembers the first that is missing or has a wrong type.
class LineReader {
  public:
    explicit LineReader(const std::vector<RawMember>& members) : members_(members) {}
    std::string_view raw(std::string_view name) {
        ++asked_;
        const auto found = std::find_if(members_.begin(), members_.end(),
                                        [&](const RawMember& member) { return member.name == name; });
        if (found != members_.end()) return found->value;
        if (missing_.empty()) missing_ = name;
        return "null";
    }
    std::string text(std::string_view name) { return or_wrong(name, text_of(raw(name))); }
    std::int64_t integer(std::string_view name) { return or_wrong(name, integer_of(raw(name))); }
    std::string object(std::string_view name) {
        const auto value = raw(name);
        return or_wrong(name, value.starts_with('{') ? std::optional(std::string(value)) : std::nullopt);
    }
    std::optional<std::string> text_or_null(std::string_view name) {
        if (raw(name) == "null") return std::nullopt;
        --asked_;
        return text(name);
    }
    std::optional<std::string> object_or_null(std::string_view name) {
        if (raw(name) == "null") return std::nullopt;
        --asked_;
        return object(name);
    }
    UtcTime time(std::string_view name) {
        const auto value = text(name);
        const auto at = time_from_text(value);
        return or_wrong(name, at && text_from_time(*at) == value ? std::optional(*at) : std::nullopt);
    }
    /// Once every member was asked for: refuses a missing one, one of a wrong type, and those not asked for.
    Result<Done> end(const std::vector<std::string>& names, Facts facts, const Place& place) const {
        const auto no = [&](Why why, std::string_view name) {
            auto where = place;
            where.field = shown(name);
            return refuse(why, std::move(facts), std::move(where));
        };
        if (!missing_.empty()) return no(Why::column_missing, missing_);
        if (!wrong_.empty()) return no(Why::value_wrong, wrong_);
        if (asked_ != members_.size())
            for (const auto& member : members_)
                if (std::find(names.begin(), names.end(), member.name) == names.end())
                    return no(Why::column_unknown, member.name);
        return Done{};
    }

  private:
    template <class T>
    T or_wrong(std::string_view name, std::optional<T> value) {
        if (value) return *std::move(value);
        if (wrong_.empty()) wrong_ = name;
        return T{};
    }
    const std::vector<RawMember>& members_;
    std::string missing_, wrong_;
    std::size_t asked_ = 0;
};

StoredEvent event_from_line(LineReader& line) {
    StoredEvent out;
    out.seq = line.integer("seq");
    out.stream = line.text("stream");
    out.kind = line.text("kind");
    out.actor = line.text("actor");
    out.act = line.text("act");
    out.key = line.text("key");
    out.ordinal = line.integer("ordinal");
    out.request = line.text("request");
    out.at = line.time("at");
    out.body = line.object("body");
    out.personal = line.object_or_null("personal");
    out.salt = line.text_or_null("salt");
    out.digest = line.text_or_null("digest");
    out.prev = line.text("prev");
    out.hash = line.text("hash");
    return out;
}

struct Founding {
    std::string id, genesis;
};

/// The one row of table journal; refuses journal_absent, column_unknown, value_wrong, genesis_wrong.
Result<Founding> founding_of(Db& db) {
    for (const auto& [table, wanted] :
         {std::pair{"journal", founding_columns()}, std::pair{"event", event_columns()}}) {
        const auto have = db.columns(table);
        if (have.empty()) return refuse(Why::journal_absent);
        for (const auto& column : wanted)
            if (std::find(have.begin(), have.end(), column) == have.end())
                return refuse(Why::column_missing, {{"seq", 0}}, {"", 0, 0, std::string(table) + "." + column});
        for (const auto& column : have)
            if (std::find(wanted.begin(), wanted.end(), column) == wanted.end())
                return refuse(Why::column_unknown, {{"seq", 0}}, {"", 0, 0, std::string(table) + "." + column});
    }
    auto rows = db.query("journal.founding");
    if (!rows.next()) return refuse(Why::journal_absent);
    Founding out{rows.text(1), rows.text(2)};
    if (rows.integer(0) != 1 || rows.next()) return refuse(Why::value_wrong, {{"seq", 0}}, {"", 0, 0, "journal.one"});
    if (out.genesis != genesis_of(out.id)) return refuse(Why::genesis_wrong, {}, {"", 0, 0, "journal.genesis"});
    return out;
}

Result<Done> write_export(Db& db, std::ostream& out) {
    const auto founding = TRY(founding_of(db));
    out << header_line(founding.id, founding.genesis) << '\n';
    std::int64_t count = 0;
    std::string head = founding.genesis;
    auto rows = db.query("journal.all");
    while (out && rows.next()) {
        const auto event = event_from_row(rows);
        if (!event) return refuse(Why::value_wrong, {{"seq", rows.integer(0)}}, {"", 0, 0, "event.at"});
        out << export_line(*event) << '\n';
        ++count;
        head = event->hash;
    }
    out << closing_line(count, head) << '\n' << std::flush;
    if (!out) return refuse(base::Why::file_not_written, {{"reason", system_reason(errno)}});
    return Done{};
}

}  // namespace

std::string hash_of(const StoredEvent& event) {
    return Preimage("plenum-journal-event-1\n")
        .add(std::string_view(event.prev))
        .add(event.seq)
        .add(std::string_view(event.stream))
        .add(std::string_view(event.kind))
        .add(std::string_view(event.actor))
        .add(std::string_view(event.act))
        .add(std::string_view(event.key))
        .add(event.ordinal)
        .add(std::string_view(event.request))
        .add(std::string_view(text_from_time(event.at)))
        .add(std::string_view(event.body))
        .add(event.digest)
        .sha256_of_all();
}

std::string digest_of(std::string_view salt, std::string_view personal) {
    return Preimage("plenum-journal-personal-1\n").add(salt).add(personal).sha256_of_all();
}

std::string genesis_of(std::string_view journal_id) {
    return Preimage("plenum-journal-genesis-1\n").add(journal_id).sha256_of_all();
}

std::string export_line(const StoredEvent& event) {
    std::string line = "{";
    line.reserve(event.body.size() + (event.personal ? event.personal->size() : 0) + 700);
    add_text(line, "act", event.act);
    add_text(line, "actor", event.actor);
    add_text(line, "at", text_from_time(event.at));
    add_raw(line, "body", event.body);
    add_maybe(line, "digest", event.digest);
    add_text(line, "hash", event.hash);
    add_text(line, "key", event.key);
    add_text(line, "kind", event.kind);
    add_raw(line, "ordinal", std::to_string(event.ordinal));
    add_raw(line, "personal", event.personal ? *event.personal : "null");
    add_text(line, "prev", event.prev);
    add_text(line, "request", event.request);
    add_maybe(line, "salt", event.salt);
    add_raw(line, "seq", std::to_string(event.seq));
    add_text(line, "stream", event.stream);
    line.back() = '}';
    return line;
}

Result<Verified> verify_rows(Db& db, const std::string& known_head, const EachEvent& each) {
    const auto founding = TRY(founding_of(db));
    Follower follower(founding.id, known_head);
    auto rows = db.query("journal.all");
    const auto place_of = [](std::string_view column) {
        return Place{"", 0, 0, column.empty() ? "event" : "event." + std::string(column)};
    };
    while (rows.next()) {
        auto event = event_from_row(rows);
        if (!event) return refuse(Why::value_wrong, {{"seq", rows.integer(0)}}, place_of("at"));
        TRY(follower.follow(*std::move(event), place_of));
        if (each) each(follower.last());
    }
    return follower.end(place_of(""));
}

Result<Verified> verify_database(const std::string& path, const std::string& known_head) {
    const Place file{path, 0, 0, ""};
    try {
        auto db = TRY(open_sqlite(path, Access::read));
        db->begin_read();
        auto result = [&]() -> Result<Verified> {
            TRY(check_schema(*db, migrations(), true));
            auto verified = TRY(verify_rows(*db, known_head));
            if (const auto what = db->damage())
                return refuse(Why::database_damaged, facts_of(Fault(Fault::Kind::damaged, *what)));
            return verified;
        }();
        if (!result) return refuse(std::move(result).error().within(file));
        return result;
    } catch (const Fault& fault) {
        // A file that others may have altered is input: what is wrong with it is told, not thrown.
        if (fault.kind() == Fault::Kind::busy || fault.kind() == Fault::Kind::full) throw;
        return refuse(Why::database_damaged, facts_of(fault), file);
    }
}

Result<Verified> verify_export(const std::string& path, const std::string& known_head) {
    TRY(must_be_file(path));
    std::ifstream in(path, std::ios::binary);
    if (!in) return refuse(base::Why::file_unreadable, {{"reason", system_reason(errno)}}, {path, 0, 0, ""});
    return verify_export(in, path, known_head);
}

Result<Verified> verify_export(std::istream& in, const std::string& name, const std::string& known_head) {
    Lines lines(in);
    std::string line;
    const auto place = [&](std::int64_t column = 0, std::string_view field = "") {
        return Place{name, lines.number(), column, std::string(field)};
    };
    std::vector<RawMember> members;
    std::int64_t seq = 0;  // of the event that stands, or should stand, in this line
    const auto next = [&]() -> Result<Done> {
        switch (lines.next(line)) {
            case Lines::Got::line: break;
            case Lines::Got::too_long:
                return refuse(Why::line_too_long, {{"seq", seq}, {"most", max_line_bytes}}, place());
            case Lines::Got::unended:
            case Lines::Got::nothing: return refuse(Why::closing_missing, {{"seq", seq}}, place());
        }
        members.clear();
        if (const auto until = canonical_until(line, max_body_depth + 1, &members))
            return refuse(Why::line_not_canonical, {{"seq", seq}}, place(static_cast<std::int64_t>(*until) + 1));
        return Done{};
    };

    TRY(next());
    LineReader header(members);
    const auto format = header.text("format"), genesis = header.text("genesis"), id = header.text("journal");
    const auto version = header.integer("version");
    if (!header.end({"format", "genesis", "journal", "version"}, {}, place()) || format != format_name)
        return refuse(Why::header_wrong, {}, place());
    if (version != format_version)
        return refuse(Why::format_unknown, {{"version", version}, {"known", format_version}}, place(0, "version"));
    if (genesis != genesis_of(id)) return refuse(Why::genesis_wrong, {}, place(0, "genesis"));

    Follower follower(id, known_head);
    const auto place_of = [&](std::string_view column) { return place(0, column); };
    while (true) {
        ++seq;
        TRY(next());
        LineReader reader(members);
        if (line.starts_with("{\"count\":")) break;
        auto event = event_from_line(reader);
        TRY(reader.end(event_columns(), {{"seq", seq}}, place()));
        TRY(follower.follow(std::move(event), place_of));
    }
    if (line != closing_line(follower.found().events, follower.found().head))
        return refuse(Why::closing_wrong, {{"count", follower.found().events}, {"head", follower.found().head}},
                      place());
    std::string rest;
    if (lines.next(rest) != Lines::Got::nothing) return refuse(Why::bytes_after_end, {}, place());
    return follower.end({name, 0, 0, ""});
}

Result<Verified> verify_journal(const std::string& path, const std::string& known_head) {
    constexpr std::string_view sqlite_begins("SQLite format 3\0", 16);
    std::string begin(sqlite_begins.size(), '\0');
    std::ifstream in(path, std::ios::binary);
    in.read(begin.data(), static_cast<std::streamsize>(begin.size()));
    return begin == sqlite_begins ? verify_database(path, known_head) : verify_export(path, known_head);
}

Result<Done> export_journal(const Journal& journal, std::ostream& out) {
    Result<Done> result;
    journal.with_reader([&](Db& db) { result = write_export(db, out); });
    return result;
}

Result<Done> export_journal(const std::string& database_path, std::ostream& out) {
    auto db = TRY(open_sqlite(database_path, Access::read));
    db->begin_read();
    auto result = [&]() -> Result<Done> {
        TRY(check_schema(*db, migrations(), true));
        return write_export(*db, out);
    }();
    if (!result) return refuse(std::move(result).error().within({database_path, 0, 0, ""}));
    return result;
}

}  // namespace plenum::store
