// SPDX-License-Identifier: Apache-2.0
#include "store/db.h"

#include <algorithm>

#include "base/bytes.h"
#include "base/embedded.h"

namespace plenum::store {

namespace sources {
std::span<const EmbeddedFile> embedded_files();  // written at build time from schema/ and queries/
}

std::string_view Fault::reason() const {
    switch (kind_) {
        case Kind::disk: return "disk";
        case Kind::full: return "full";
        case Kind::damaged: return "damaged";
        case Kind::busy: return "busy";
        case Kind::constraint: return "constraint";
        case Kind::other: break;
    }
    return "other";
}

Fact technical(std::string_view words) {
    std::string line;
    for (const char c : words) {
        const bool blank = static_cast<unsigned char>(c) <= ' ';
        if (!blank) line += c;
        if (blank && !line.empty() && line.back() != ' ') line += ' ';
    }
    return {"technical", shown(line, 300)};
}

Facts facts_of(const Fault& fault) { return {{"reason", fault.reason()}, technical(fault.what())}; }

namespace {

using Queries = std::map<std::string, std::string_view, std::less<>>;

constexpr std::string_view mark = "-- name: ";

/// The next "-- name: " that stands at the start of a line.
std::size_t next_mark(std::string_view content, std::size_t from) {
    const auto at = content.find(mark, from);
    invariant(at == std::string_view::npos || at == 0 || content[at - 1] == '\n');
    return at;
}

Queries read_queries() {
    Queries out;
    for (const auto& file : sources::embedded_files()) {
        if (!file.name.starts_with("queries/")) continue;
        const auto stem = file.name.substr(8, file.name.size() - 8 - 4);
        for (auto at = next_mark(file.content, 0); at != std::string_view::npos;) {
            const auto line_end = file.content.find('\n', at);
            invariant(line_end != std::string_view::npos);
            const auto name = file.content.substr(at + mark.size(), line_end - at - mark.size());
            const auto next = next_mark(file.content, line_end);
            const auto text =
                file.content.substr(line_end + 1, next == std::string_view::npos ? next : next - line_end - 1);
            invariant(out.emplace(std::string(stem) + "." + std::string(name), text).second);
            at = next;
        }
    }
    return out;
}

const Queries& queries() {
    static const Queries all = read_queries();
    return all;
}

std::string_view bootstrap() {
    for (const auto& file : sources::embedded_files())
        if (file.name == "schema/bootstrap.sql") return file.content;
    bug("schema/bootstrap.sql is embedded", __FILE__, __LINE__);
}

std::vector<Migration> read_migrations() {
    std::vector<Migration> out;
    for (const auto& file : sources::embedded_files()) {
        if (!file.name.starts_with("schema/") || file.name == "schema/bootstrap.sql") continue;
        const auto name = file.name.substr(7);
        invariant(name.size() > 9 && name[4] == '_' && name.ends_with(".sql"));
        int number = 0;
        for (const char c : name.substr(0, 4)) {
            invariant(c >= '0' && c <= '9');
            number = number * 10 + (c - '0');
        }
        out.push_back({number, name, file.content});
    }
    std::sort(out.begin(), out.end(), [](const auto& left, const auto& right) { return left.number < right.number; });
    for (std::size_t i = 0; i < out.size(); ++i) invariant(out[i].number == static_cast<int>(i) + 1);
    return out;
}

/// How many of `steps` the database has; refuses one that has others.
Result<std::size_t> applied(Db& db, std::span<const Migration> steps) {
    const auto tables = db.tables();
    if (tables.empty()) return std::size_t{0};
    if (db.columns("migration") != std::vector<std::string>{"number", "name", "hash", "at"})
        return refuse(Why::foreign_database);
    std::size_t count = 0;
    auto rows = db.query("db.migrations");
    while (rows.next()) {
        const auto number = rows.integer(0);
        if (number > static_cast<std::int64_t>(steps.size()))
            return refuse(Why::schema_newer, {{"number", number}, {"known", steps.size()}});
        if (number != static_cast<std::int64_t>(count) + 1) return refuse(Why::schema_gap, {{"number", count + 1}});
        if (rows.text(1) != steps[count].name || rows.text(2) != sha256_hex(steps[count].content))
            return refuse(Why::schema_changed, {{"number", number}, {"name", rows.text(1)}});
        ++count;
    }
    return count;
}

/// The objects that a new database has after these steps.
std::vector<SchemaObject> objects_after(std::span<const Migration> steps) {
    auto made = open_sqlite(":memory:", Access::own);
    if (!made) throw Fault(Fault::Kind::other, "no database in memory");
    auto& db = **made;
    db.exec(bootstrap());
    for (const auto& step : steps) db.exec(step.content);
    return db.objects();
}

const SchemaObject* find(const std::vector<SchemaObject>& objects, std::string_view name) {
    const auto found = std::ranges::find(objects, name, &SchemaObject::name);
    return found == objects.end() ? nullptr : &*found;
}

}  // namespace

Cursor::~Cursor() {
    if (!statement_) return;
    statement_->reset();
    db_->idle_[name_].push_back(std::move(statement_));
}

Cursor Db::query(std::string_view name, Bindings values) {
    std::unique_ptr<Statement> statement;
    const auto found = idle_.find(name);
    if (found != idle_.end() && !found->second.empty()) {
        statement = std::move(found->second.back());
        found->second.pop_back();
    } else {
        statement = prepare(query_text(name));
    }
    Cursor out(*this, std::string(name), std::move(statement));
    out.statement_->bind(values);
    return out;
}

std::int64_t Db::run(std::string_view name, Bindings values) {
    auto rows = query(name, values);
    while (rows.next()) continue;
    return changed();
}

Atomic::~Atomic() {
    if (!open_) return;
    try {
        db_.rollback();
    } catch (const Fault&) {  // the next begin() ends what is left
    }
}

void Atomic::commit() {
    db_.commit();
    open_ = false;
}

Savepoint::Savepoint(Db& db) : db_(db) { db_.run("db.savepoint"); }

Savepoint::~Savepoint() {
    if (!open_) return;
    try {
        undo();
    } catch (const Fault&) {  // the engine undid the whole transaction: nothing is left to undo
    }
}

void Savepoint::keep() {
    db_.run("db.keep_savepoint");
    open_ = false;
}

void Savepoint::undo() {
    open_ = false;
    db_.run("db.undo_savepoint");
    db_.run("db.keep_savepoint");
}

std::span<const Migration> migrations() {
    static const std::vector<Migration> all = read_migrations();
    return all;
}

Result<Done> migrate(Db& db, std::span<const Migration> steps, UtcTime now) {
    const auto have = TRY(applied(db, steps));
    if (have == 0 && db.tables().empty()) db.exec(bootstrap());
    for (const auto& step : steps.subspan(have)) {
        Atomic whole(db);
        db.exec(step.content);
        db.run("db.record_migration", {step.number, step.name, sha256_hex(step.content), text_from_time(now)});
        whole.commit();
    }
    return Done{};
}

Result<Done> check_schema(Db& db, std::span<const Migration> steps, bool older_is_fine) {
    const auto have = TRY(applied(db, steps));
    if (have < steps.size() && !older_is_fine)
        return refuse(Why::schema_older, {{"number", have}, {"known", steps.size()}});
    return Done{};
}

Result<Done> check_objects(Db& db, std::span<const Migration> steps) {
    const auto have = TRY(applied(db, steps));
    if (db.tables().empty()) return Done{};
    const auto there = db.objects(), recorded = objects_after(steps.first(have)), all = objects_after(steps);
    for (const auto& each : recorded) {
        const auto* found = find(there, each.name);
        if (!found) return refuse(Why::object_missing, {{"object", each.name}});
        if (*found != each) return refuse(Why::object_altered, {{"object", each.name}});
    }
    for (const auto& each : there) {
        if (find(recorded, each.name)) continue;
        if (find(all, each.name)) return refuse(Why::object_unrecorded, {{"object", each.name}});
        if (each.name != each.table && find(recorded, each.table))
            return refuse(Why::object_foreign, {{"object", each.name}, {"table", each.table}});
    }
    return Done{};
}

Result<std::unique_ptr<Db>> open_database(const std::string& path, Access access, UtcTime now) {
    auto db = TRY(open_sqlite(path, access));
    auto fits = access == Access::own ? check_objects(*db, migrations()) : check_schema(*db, migrations(), false);
    if (fits) fits = access == Access::own ? migrate(*db, migrations(), now) : check_objects(*db, migrations());
    if (!fits) return refuse(std::move(fits).error().within({path, 0, 0, ""}));
    return db;
}

std::string_view query_text(std::string_view name) {
    const auto found = queries().find(name);
    if (found == queries().end()) bug(("there is a query " + std::string(name)).c_str(), __FILE__, __LINE__);
    return found->second;
}

std::vector<std::string_view> query_names() {
    std::vector<std::string_view> out;
    for (const auto& [name, text] : queries()) out.push_back(name);
    return out;
}

}  // namespace plenum::store
