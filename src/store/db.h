// SPDX-License-Identifier: Apache-2.0
// A thin layer over one database connection. The query text stands in queries/*.sql, in the SQL that SQLite and
// PostgreSQL share: parameters are $1, $2, …; types are text and integer (64 bits: a PostgreSQL driver reads it as
// bigint); instants are RFC 3339 text. A driver translates what differs, and nobody else knows which engine runs.
#pragma once
#include <cstdint>
#include <initializer_list>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/time.h"
#include "store/refusals.h"

namespace plenum::store {

/// The machine failed (disk full, file gone, damaged pages) or a constraint of the schema was hit. Thrown by every
/// function of this layer; caught once per request and once in main. What was asked did not happen.
class Fault : public std::runtime_error {
  public:
    enum class Kind { disk, full, damaged, busy, constraint, other };
    Fault(Kind kind, const std::string& what) : std::runtime_error(what), kind_(kind) {}
    Kind kind() const { return kind_; }
    /// "disk", "full", …: reason.store in texts/.
    std::string_view reason() const;

  private:
    Kind kind_;
};
/// What a refusal says of a fault: its reason as a word, and the engine's own words as the technical detail behind it.
Facts facts_of(const Fault& fault);
/// A text of the engine on one line, its beginning: the fact "technical".
Fact technical(std::string_view words);

/// A value bound to a parameter: a whole number, a text, bytes, or null. It is a view: what it was made from must live
/// until the call returns.
class Bound {
  public:
    using Value = std::variant<std::monostate, std::int64_t, std::string_view, std::span<const std::uint8_t>>;
    Bound(std::nullptr_t) {}
    template <class Integer>
    requires std::is_integral_v<Integer> Bound(Integer number) : value_(static_cast<std::int64_t>(number)) {}
    Bound(std::string_view text) : value_(text) {}
    Bound(const std::string& text) : value_(std::string_view(text)) {}
    Bound(const char* text) : value_(std::string_view(text)) {}
    Bound(std::span<const std::uint8_t> bytes) : value_(bytes) {}
    template <class T>
    Bound(const std::optional<T>& maybe) {
        if (maybe) value_ = Bound(*maybe).value_;
    }
    const Value& value() const { return value_; }

  private:
    Value value_;
};
using Bindings = std::initializer_list<Bound>;

/// One prepared statement of a driver. Columns count from 0. Used through Db::query and Db::run.
class Statement {
  public:
    virtual ~Statement() = default;
    /// Starts anew with these values for $1, $2, …; their number must be that of the statement (bug).
    virtual void bind(Bindings values) = 0;
    /// True when a row stands ready, false at the end.
    virtual bool step() = 0;
    /// Forgets the rows and values.
    virtual void reset() = 0;
    virtual bool is_null(int column) const = 0;
    virtual std::int64_t integer(int column) const = 0;
    /// Valid until the next step.
    virtual std::string_view text(int column) const = 0;
    virtual std::span<const std::uint8_t> bytes(int column) const = 0;
};

class Db;

/// The rows of one query, one at a time; gives its statement back at the end.
///
///   auto rows = db.query("registry.members_of", {organisation.value});
///   while (rows.next()) names.push_back(rows.text(0));
class Cursor {
  public:
    Cursor(Db& db, std::string name, std::unique_ptr<Statement> statement)
        : db_(&db), name_(std::move(name)), statement_(std::move(statement)) {}
    Cursor(Cursor&&) = default;
    Cursor& operator=(Cursor&&) = delete;
    ~Cursor();

    bool next() { return statement_->step(); }
    bool is_null(int column) const { return statement_->is_null(column); }
    std::int64_t integer(int column) const { return statement_->integer(column); }
    std::string text(int column) const { return std::string(statement_->text(column)); }
    std::optional<std::string> text_or_null(int column) const {
        if (is_null(column)) return std::nullopt;
        return text(column);
    }
    std::vector<std::uint8_t> bytes(int column) const {
        const auto view = statement_->bytes(column);
        return {view.begin(), view.end()};
    }

  private:
    friend class Db;
    Db* db_;
    std::string name_;
    std::unique_ptr<Statement> statement_;
};

/// A table, an index, a trigger or a view.
struct SchemaObject {
    std::string type;  // "table", "index", "trigger", "view"
    std::string name;
    std::string table;       // the table it belongs to; of a table or view its own name
    std::string definition;  // the text it was made from
    bool operator==(const SchemaObject&) const = default;
};

/// One connection. Not for two threads at once. Every function throws Fault.
class Db {
  public:
    virtual ~Db() = default;
    Db(const Db&) = delete;
    Db& operator=(const Db&) = delete;

    /// The rows of the query `-- name: x` of queries/f.sql, called "f.x". A name that does not exist is a bug.
    Cursor query(std::string_view name, Bindings values = {});
    /// Runs a query that gives no rows; returns how many rows it changed.
    std::int64_t run(std::string_view name, Bindings values = {});

    /// Runs statements without parameters: schema files, and tests.
    virtual void exec(std::string_view sql) = 0;
    /// Prepares text that is not in queries/*.sql: schema checks and tests.
    virtual std::unique_ptr<Statement> prepare(std::string_view sql) = 0;
    /// Starts a transaction that may write: waits for another writer up to five seconds.
    virtual void begin() = 0;
    /// Starts a transaction that only reads: everything it reads is of one moment.
    virtual void begin_read() = 0;
    /// Returns when the transaction is durable.
    virtual void commit() = 0;
    /// Ends a transaction that left nothing; without one it does nothing.
    virtual void rollback() = 0;
    /// False outside a transaction, and after the engine undid one by itself (disk full).
    virtual bool in_transaction() const = 0;
    /// Rows changed by the last statement.
    virtual std::int64_t changed() const = 0;
    /// The columns of a table in order, none where there is no such table.
    virtual std::vector<std::string> columns(std::string_view table) = 0;
    /// All tables, by name.
    virtual std::vector<std::string> tables() = 0;
    /// Everything that the schema is made of, by name, without what the engine makes for itself.
    virtual std::vector<SchemaObject> objects() = 0;
    /// The engine's own check of its pages and constraints: what it found, or nothing. Cost: reads the whole file.
    virtual std::optional<std::string> damage() = 0;
    /// Moves what was committed out of the write-ahead log and empties it, if no reader stands in the way: so that what
    /// was erased is gone from the disk's files. Not inside a transaction.
    virtual void empty_log() = 0;
    /// How often the engine asked the disk to make something durable, in this process since its start.
    virtual std::uint64_t syncs() const = 0;

  protected:
    Db() = default;
    /// A driver's destructor calls it first: statements must go before their connection.
    void forget_statements() { idle_.clear(); }

  private:
    friend class Cursor;
    std::map<std::string, std::vector<std::unique_ptr<Statement>>, std::less<>> idle_;
};

/// All or nothing: begins a transaction, and rolls it back unless commit() was called.
class Atomic {
  public:
    explicit Atomic(Db& db) : db_(db) { db_.begin(); }
    ~Atomic();
    Atomic(const Atomic&) = delete;
    Atomic& operator=(const Atomic&) = delete;
    void commit();

  private:
    Db& db_;
    bool open_ = true;
};

/// A part of a transaction that can be undone alone: undone unless keep() was called.
class Savepoint {
  public:
    explicit Savepoint(Db& db);
    ~Savepoint();
    Savepoint(const Savepoint&) = delete;
    Savepoint& operator=(const Savepoint&) = delete;
    void keep();
    /// Undoes now; throws Fault, which a destructor cannot.
    void undo();

  private:
    Db& db_;
    bool open_ = true;
};

/// own   reads and writes; creates the file; one process at a time, held by a lock on FILE.lock
/// read  reads only, beside an owner or alone
enum class Access { own, read };

/// Opens an SQLite file, or ":memory:", without looking at its schema.
/// refuses  cannot_open, not_a_database, owned_elsewhere; to own, foreign_database (tables, but not ours)
/// Settings: WAL, synchronous=FULL, foreign keys on, 5 s of patience with a lock; writers begin with BEGIN IMMEDIATE.
Result<std::unique_ptr<Db>> open_sqlite(const std::string& path, Access access);

/// Opens a database and brings it to this program's schema (own), or holds it to that schema (read).
/// refuses  what open_sqlite refuses; foreign_database, schema_newer, schema_older (read only), schema_changed (a step
///          was applied from another text), schema_gap, and what check_objects refuses
Result<std::unique_ptr<Db>> open_database(const std::string& path, Access access, UtcTime now);

/// One step of the schema, from schema/NNNN_name.sql.
struct Migration {
    int number;
    std::string_view name;     // "0001_journal.sql"
    std::string_view content;  // in the common SQL
};
/// The steps of this program, by number, without gaps (bug).
std::span<const Migration> migrations();

/// Applies the missing ones of `steps`, each in one transaction. Refuses as open_database.
Result<Done> migrate(Db& db, std::span<const Migration> steps, UtcTime now);
/// Refuses foreign_database, schema_newer, schema_changed, schema_gap; and schema_older unless `older_is_fine`.
Result<Done> check_schema(Db& db, std::span<const Migration> steps, bool older_is_fine);

/// Holds the tables and indexes to those that the steps on record make: a copy of the schema is made in memory and
/// compared. What a database of ours may hold besides is tables and views that no step of this program names.
/// refuses  object_missing, object_altered (a column more, less or of another kind), object_unrecorded (made by a step
///          that is not on record), object_foreign (a trigger or an index on one of our tables that no step makes)
Result<Done> check_objects(Db& db, std::span<const Migration> steps);

/// The text of a query by "file.name"; a name that does not exist is a bug.
std::string_view query_text(std::string_view name);
/// All names, for the test that prepares each.
std::vector<std::string_view> query_names();

}  // namespace plenum::store
