// SPDX-License-Identifier: Apache-2.0
// The SQLite driver; nobody else includes sqlite3.h.
#include <fcntl.h>
#include <sqlite3.h>
#include <sys/file.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <charconv>
#include <filesystem>
#include <mutex>
#include <new>

#include "base/file.h"
#include "store/db.h"

namespace plenum::store {
namespace {

namespace fs = std::filesystem;

// --- counting fsyncs: the system's file layer with one function replaced -------------------------------------------

std::atomic<std::uint64_t> syncs_asked = 0;
int (*system_sync)(sqlite3_file*, int) = nullptr;

int counting_sync(sqlite3_file* file, int flags) {
    syncs_asked.fetch_add(1, std::memory_order_relaxed);
    return system_sync(file, flags);
}

/// A copy of the system's methods for a file, with our sync. The system has a handful of such tables, one a locking
/// style.
const sqlite3_io_methods* counting_methods(const sqlite3_io_methods* system) {
    static std::mutex mutex;
    static std::map<const sqlite3_io_methods*, std::unique_ptr<sqlite3_io_methods>> copies;
    const std::lock_guard hold(mutex);
    auto& copy = copies[system];
    if (!copy) {
        invariant(!system_sync || system_sync == system->xSync);
        system_sync = system->xSync;
        copy = std::make_unique<sqlite3_io_methods>(*system);
        copy->xSync = counting_sync;
    }
    return copy.get();
}

int counting_open(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* out_flags) {
    auto* system = sqlite3_vfs_find(nullptr);
    const int code = system->xOpen(system, name, file, flags, out_flags);
    if (code == SQLITE_OK && file->pMethods) file->pMethods = counting_methods(file->pMethods);
    return code;
}

constexpr const char* vfs_name = "plenum-counting";

void register_vfs() {
    static const bool done = [] {
        static sqlite3_vfs counting = *sqlite3_vfs_find(nullptr);
        counting.zName = vfs_name;
        counting.pNext = nullptr;
        counting.xOpen = counting_open;
        return sqlite3_vfs_register(&counting, 0) == SQLITE_OK;
    }();
    invariant(done);
}

// --- the connection ------------------------------------------------------------------------------------------------

Fault::Kind kind_of(int code) {
    switch (code & 0xff) {
        case SQLITE_FULL: return Fault::Kind::full;
        case SQLITE_IOERR:
        case SQLITE_CANTOPEN:
        case SQLITE_READONLY: return Fault::Kind::disk;
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB: return Fault::Kind::damaged;
        case SQLITE_BUSY:
        case SQLITE_LOCKED: return Fault::Kind::busy;
        case SQLITE_CONSTRAINT: return Fault::Kind::constraint;
        default: return Fault::Kind::other;
    }
}

constexpr int patience_ms = 5000;

[[noreturn]] void fail(sqlite3* connection, int code, std::string_view doing) {
    if ((code & 0xff) == SQLITE_NOMEM) throw std::bad_alloc();
    throw Fault(kind_of(code), std::string(doing.substr(0, 200)) + ": " + sqlite3_errmsg(connection) + " (" +
                                   std::to_string(sqlite3_extended_errcode(connection)) + ")");
}

class SqliteStatement final : public Statement {
  public:
    SqliteStatement(sqlite3* connection, std::string_view sql) : connection_(connection) {
        const char* rest = nullptr;
        const int code = sqlite3_prepare_v3(connection, sql.data(), static_cast<int>(sql.size()),
                                            SQLITE_PREPARE_PERSISTENT, &statement_, &rest);
        if (code != SQLITE_OK) fail(connection, code, sql);
        invariant(statement_);
        // SQLite numbers named parameters as they appear; we mean the number in the name.
        for (int i = 1; i <= sqlite3_bind_parameter_count(statement_); ++i) {
            const std::string_view name = sqlite3_bind_parameter_name(statement_, i);
            int number = 0;
            const auto read = std::from_chars(name.data() + 1, name.data() + name.size(), number);
            invariant(name.starts_with('$') && read.ptr == name.data() + name.size() && number >= 1);
            numbers_.push_back(number);
            most_ = std::max(most_, number);
        }
    }
    ~SqliteStatement() override { sqlite3_finalize(statement_); }

    void bind(Bindings values) override {
        invariant(static_cast<int>(values.size()) == most_);
        reset();
        for (std::size_t i = 0; i < numbers_.size(); ++i) {
            const int code = bind_one(static_cast<int>(i) + 1, (values.begin() + (numbers_[i] - 1))->value());
            if (code != SQLITE_OK) fail(connection_, code, "bind");
        }
    }
    bool step() override {
        const int code = sqlite3_step(statement_);
        if (code == SQLITE_ROW) return true;
        if (code != SQLITE_DONE) fail(connection_, code, sqlite3_sql(statement_));
        return false;
    }
    void reset() override {
        sqlite3_reset(statement_);  // repeats the error of the last step, which was thrown there
        sqlite3_clear_bindings(statement_);
    }
    bool is_null(int column) const override { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }
    std::int64_t integer(int column) const override { return sqlite3_column_int64(statement_, column); }
    std::string_view text(int column) const override {
        const auto* start = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
        return start ? std::string_view(start, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column)))
                     : std::string_view();
    }
    std::span<const std::uint8_t> bytes(int column) const override {
        const auto* start = static_cast<const std::uint8_t*>(sqlite3_column_blob(statement_, column));
        return {start, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
    }

  private:
    int bind_one(int index, const Bound::Value& value) {
        if (const auto* number = std::get_if<std::int64_t>(&value))
            return sqlite3_bind_int64(statement_, index, *number);
        if (const auto* text = std::get_if<std::string_view>(&value))
            return sqlite3_bind_text64(statement_, index, text->data() ? text->data() : "", text->size(),
                                       SQLITE_TRANSIENT, SQLITE_UTF8);
        if (const auto* bytes = std::get_if<std::span<const std::uint8_t>>(&value))
            return bytes->empty()
                       ? sqlite3_bind_zeroblob(statement_, index, 0)
                       : sqlite3_bind_blob64(statement_, index, bytes->data(), bytes->size(), SQLITE_TRANSIENT);
        return sqlite3_bind_null(statement_, index);
    }

    sqlite3* connection_;
    sqlite3_stmt* statement_ = nullptr;
    std::vector<int> numbers_;  // of the i-th parameter as SQLite counts
    int most_ = 0;
};

/// SQLite checks column types only in tables that say `strict`, which PostgreSQL does not know.
std::string with_strict(std::string_view sql) {
    std::string out;
    while (!sql.empty()) {
        const auto end = std::min(sql.find('\n'), sql.size() - 1) + 1;
        const auto line = sql.substr(0, end);
        out += line == ");\n" || line == ");" ? ") strict;\n" : std::string(line);
        sql.remove_prefix(end);
    }
    return out;
}

/// Holds an open file of its own beside the database: the lock ends with the process, whatever kills it.
class FileLock {
  public:
    FileLock() = default;
    FileLock(FileLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
    FileLock& operator=(FileLock&&) = delete;
    ~FileLock() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    static Result<FileLock> take(const std::string& path) {
        FileLock out;
        out.descriptor_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
        if (out.descriptor_ < 0) return refuse(Why::cannot_open, {{"reason", system_reason(errno)}}, {path, 0, 0, ""});
        if (::flock(out.descriptor_, LOCK_EX | LOCK_NB) != 0) {
            if (errno == EWOULDBLOCK) return refuse(Why::owned_elsewhere, {}, {path, 0, 0, ""});
            return refuse(Why::cannot_open, {{"reason", system_reason(errno)}}, {path, 0, 0, ""});
        }
        return out;
    }

  private:
    int descriptor_ = -1;
};

class SqliteDb final : public Db {
  public:
    SqliteDb(sqlite3* connection, FileLock lock) : lock_(std::move(lock)), connection_(connection) {}
    ~SqliteDb() override {
        forget_statements();
        sqlite3_close(connection_);
    }

    void exec(std::string_view sql) override {
        const auto text = with_strict(sql);
        const int code = sqlite3_exec(connection_, text.c_str(), nullptr, nullptr, nullptr);
        if (code != SQLITE_OK) fail(connection_, code, text);
    }
    std::unique_ptr<Statement> prepare(std::string_view sql) override {
        return std::make_unique<SqliteStatement>(connection_, sql);
    }
    void begin() override {
        rollback();
        exec("begin immediate");
    }
    void begin_read() override {
        rollback();
        exec("begin deferred");
    }
    void commit() override { exec("commit"); }
    void rollback() override {
        if (in_transaction()) exec("rollback");
    }
    bool in_transaction() const override { return !sqlite3_get_autocommit(connection_); }
    std::int64_t changed() const override { return sqlite3_changes64(connection_); }
    std::vector<std::string> columns(std::string_view table) override {
        std::string quoted = "\"";
        for (const char c : table) quoted += c == '"' ? "\"\"" : std::string(1, c);
        return listed("pragma table_xinfo(" + quoted + "\")", {});
    }
    std::vector<std::string> tables() override { return listed("pragma table_list", "sqlite_"); }
    std::vector<SchemaObject> objects() override {
        std::vector<SchemaObject> out;
        auto rows = query("sqlite.objects");
        while (rows.next()) out.push_back({rows.text(0), rows.text(1), rows.text(2), rows.text(3)});
        return out;
    }
    std::optional<std::string> damage() override {
        const auto rows = prepare("pragma integrity_check(1)");
        if (!rows->step()) return "no answer";
        std::string out(rows->text(0));
        if (out == "ok") return std::nullopt;
        return out;
    }
    void empty_log() override {
        sqlite3_busy_timeout(connection_, 0);  // writers do not wait for a reader to go
        const int code = sqlite3_wal_checkpoint_v2(connection_, nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
        sqlite3_busy_timeout(connection_, patience_ms);
        if (code != SQLITE_OK && code != SQLITE_BUSY) fail(connection_, code, "checkpoint");
    }
    std::uint64_t syncs() const override { return syncs_asked.load(std::memory_order_relaxed); }

    std::string pragma(const std::string& text) {
        const auto rows = prepare("pragma " + text);
        return rows->step() ? std::string(rows->text(0)) : std::string();
    }

  private:
    std::vector<std::string> listed(const std::string& pragma_text, std::string_view without) {
        std::vector<std::string> out;
        const auto rows = prepare(pragma_text);
        while (rows->step())
            if (without.empty() || !rows->text(1).starts_with(without)) out.emplace_back(rows->text(1));
        return out;
    }

    FileLock lock_;  // released after the connection is closed
    sqlite3* connection_;
};

tl::unexpected<Refusal> not_opened(const std::string& path, const Fault& fault) {
    if (fault.kind() == Fault::Kind::damaged) return refuse(Why::not_a_database, {}, {path, 0, 0, ""});
    return refuse(Why::cannot_open, facts_of(fault), {path, 0, 0, ""});
}

Result<std::unique_ptr<SqliteDb>> connect(const std::string& name, const std::string& path, int flags, FileLock lock) {
    register_vfs();
    sqlite3* connection = nullptr;
    const int code =
        sqlite3_open_v2(name.c_str(), &connection, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, vfs_name);
    auto db = std::make_unique<SqliteDb>(connection, std::move(lock));
    if (code != SQLITE_OK) {
        auto facts = facts_of(Fault(kind_of(code), sqlite3_errmsg(connection)));
        if (const int number = sqlite3_system_errno(connection)) facts[0].value = system_reason(number);
        return refuse(Why::cannot_open, std::move(facts), {path, 0, 0, ""});
    }
    sqlite3_busy_timeout(connection, patience_ms);
    db->pragma("foreign_keys = on");
    db->pragma("trusted_schema = off");
    db->pragma("cell_size_check = on");
    db->pragma("secure_delete = on");  // what is erased is overwritten
    return db;
}

/// A file that nobody writes, in a folder where nothing may be created: SQLite must be told that it will not change.
std::string immutable_name(const std::string& path) {
    std::string out = "file:";
    constexpr char digits[] = "0123456789ABCDEF";
    for (const char c : path) {
        const auto byte = static_cast<unsigned char>(c);
        if (std::isalnum(byte) || c == '/' || c == '.' || c == '-' || c == '_') {
            out += c;
        } else {
            out += '%';
            out += digits[byte >> 4];
            out += digits[byte & 15];
        }
    }
    return out + "?immutable=1";
}

Result<std::unique_ptr<Db>> open_to_read(const std::string& path) {
    std::error_code error;
    if (!fs::is_regular_file(path, error))
        return refuse(Why::cannot_open, {{"reason", error ? system_reason(error.value()) : "not_a_file"}},
                      {path, 0, 0, ""});
    try {
        auto db = TRY(connect(path, path, SQLITE_OPEN_READONLY, {}));
        try {
            db->pragma("schema_version");
        } catch (const Fault& fault) {
            if (fault.kind() != Fault::Kind::disk || fs::exists(path + "-wal", error)) throw;
            db = TRY(connect(immutable_name(path), path, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, {}));
            db->pragma("schema_version");
        }
        return std::unique_ptr<Db>(std::move(db));
    } catch (const Fault& fault) { return not_opened(path, fault); }
}

/// Creates the file so that only its owner can read it; SQLite gives the files beside it the same mode.
void create_privately(const std::string& path) {
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor >= 0) ::close(descriptor);
}

Result<std::unique_ptr<Db>> open_to_own(const std::string& path) {
    const bool in_memory = path == ":memory:";
    FileLock lock;
    std::string real = path;
    if (!in_memory) {
        std::error_code error;
        real = fs::weakly_canonical(path, error).string();  // two names of one file are one lock
        if (error) return refuse(Why::cannot_open, {{"reason", system_reason(error.value())}}, {path, 0, 0, ""});
        // Before anything is made beside it: a pipe or a device would take what is written, and keep nothing.
        const auto there = fs::status(real, error);
        if (fs::exists(there) && !fs::is_regular_file(there))
            return refuse(Why::cannot_open,
                          {{"reason", fs::is_directory(there) ? system_reason(EISDIR) : std::string("not_a_file")}},
                          {path, 0, 0, ""});
        auto taken = FileLock::take(real + ".lock");
        if (!taken) {
            taken.error().place.file = path;
            return refuse(std::move(taken).error());
        }
        create_privately(real);
        try {
            auto db = TRY(connect(real, path, SQLITE_OPEN_READWRITE, std::move(taken).value()));
            db->pragma("schema_version");
            const auto tables = db->tables();
            if (!tables.empty() && db->columns("migration").empty())
                return refuse(Why::foreign_database, {}, {path, 0, 0, ""});  // before a byte of it is changed
            if (db->pragma("journal_mode = wal") != "wal")
                return refuse(Why::cannot_open, {{"reason", "no_write_ahead_log"}}, {path, 0, 0, ""});
            db->pragma("synchronous = full");
            return std::unique_ptr<Db>(std::move(db));
        } catch (const Fault& fault) { return not_opened(path, fault); }
    }
    auto db = TRY(connect(real, path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, std::move(lock)));
    return std::unique_ptr<Db>(std::move(db));
}

}  // namespace

Result<std::unique_ptr<Db>> open_sqlite(const std::string& path, Access access) {
    return access == Access::own ? open_to_own(path) : open_to_read(path);
}

}  // namespace plenum::store
