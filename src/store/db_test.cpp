// SPDX-License-Identifier: Apache-2.0
#include "store/db.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <algorithm>

#include "base/bytes.h"
#include "base/texts.h"
#include "store/fixture.h"

using namespace plenum;
using namespace plenum::store;
using fixture::Folder;

namespace {

std::unique_ptr<Db> in_memory() { return open_sqlite(":memory:", Access::own).value(); }

std::int64_t count_of(Db& db, std::string_view table) {
    const auto rows = db.prepare("select count(*) from " + std::string(table));
    REQUIRE(rows->step());
    return rows->integer(0);
}

constexpr Migration first{1, "0001_hall.sql", "create table hall (\n    seat integer not null primary key\n);\n"};
constexpr Migration second{2, "0002_row.sql", "create table bench (\n    name text not null primary key\n);\n"};
constexpr Migration broken{3, "0003_broken.sql",
                           "create table gate (\n    name text\n);\ninsert into nowhere values (1);\n"};

}  // namespace

TEST_CASE("every refusal of this room has a sentence in three languages") {
    for (const auto& each : store::all_refusals)
        for (const auto language : all_languages) {
            CAPTURE(each.name);
            CHECK(has_text(language, "refusal." + std::string(each.name)));
        }
}

TEST_CASE("every query can be prepared on this program's schema") {
    auto db = open_database(":memory:", Access::own, fixture::opening).value();
    CHECK(query_names().size() >= 14);
    for (const auto name : query_names()) {
        CAPTURE(name);
        CHECK_NOTHROW(db->prepare(query_text(name)));
    }
}

TEST_CASE("every table holds its columns to their types") {
    auto db = open_database(":memory:", Access::own, fixture::opening).value();
    const auto rows = db->prepare("pragma table_list");
    int seen = 0;
    while (rows->step()) {
        if (rows->text(1).starts_with("sqlite_")) continue;
        CAPTURE(std::string(rows->text(1)));
        CHECK(rows->integer(5) == 1);  // strict
        ++seen;
    }
    CHECK(seen >= 3);
}

TEST_CASE("values come back as they were bound, by the number of their parameter") {
    auto db = in_memory();
    db->exec("create table t (\n    a integer,\n    b text,\n    c blob\n);\n");
    const std::uint8_t bytes[] = {0, 255, 17};
    const std::string text("甲\0乙", 7);
    const auto insert = db->prepare("insert into t (b, a, c) values ($2, $1, $3)");
    insert->bind({std::int64_t{-5}, text, std::span<const std::uint8_t>(bytes)});
    CHECK_FALSE(insert->step());
    insert->bind({std::optional<std::int64_t>(), std::string_view(), std::span<const std::uint8_t>()});
    CHECK_FALSE(insert->step());
    const auto rows = db->prepare("select a, b, c from t order by rowid");
    REQUIRE(rows->step());
    CHECK(rows->integer(0) == -5);
    CHECK(rows->text(1) == text);
    CHECK(std::ranges::equal(rows->bytes(2), bytes));
    REQUIRE(rows->step());
    CHECK(rows->is_null(0));
    CHECK_FALSE(rows->is_null(1));
    CHECK(rows->text(1).empty());
    CHECK_FALSE(rows->is_null(2));
    CHECK(rows->bytes(2).empty());
    CHECK_FALSE(rows->step());
}

TEST_CASE("one query may be open twice at a time") {
    auto db = open_database(":memory:", Access::own, fixture::opening).value();
    auto outer = db->query("db.migrations");
    REQUIRE(outer.next());
    {
        auto inner = db->query("db.migrations");
        REQUIRE(inner.next());
        CHECK(inner.text(1) == outer.text(1));
    }
    CHECK(outer.integer(0) == 1);
}

TEST_CASE("what is not committed did not happen, and a savepoint is undone alone") {
    auto db = in_memory();
    db->exec("create table t (\n    a integer not null\n);\n");
    {
        Atomic whole(*db);
        db->exec("insert into t values (5)");
    }
    CHECK(count_of(*db, "t") == 0);
    Atomic whole(*db);
    db->exec("insert into t values (6)");
    {
        Savepoint part(*db);
        db->exec("insert into t values (17)");
    }
    {
        Savepoint part(*db);
        db->exec("insert into t values (9)");
        part.keep();
    }
    whole.commit();
    CHECK(count_of(*db, "t") == 2);
    CHECK_FALSE(db->in_transaction());
}

TEST_CASE("a broken constraint is a fault of its kind") {
    auto db = in_memory();
    db->exec("create table t (\n    a integer not null primary key\n);\n");
    db->exec("insert into t values (5)");
    try {
        db->exec("insert into t values (5)");
        FAIL("the key was taken twice");
    } catch (const Fault& fault) { CHECK(fault.kind() == Fault::Kind::constraint); }
    CHECK_THROWS_AS(db->exec("insert into t values ('five')"), Fault);  // strict
}

TEST_CASE("schema steps are applied once each, in order, and remembered") {
    Folder folder;
    const std::vector<Migration> both{first, second};
    {
        auto db = open_sqlite(folder / "a", Access::own).value();
        REQUIRE(migrate(*db, std::span(both).first(1), fixture::opening));
        REQUIRE(migrate(*db, std::span(both).first(1), fixture::opening));
        CHECK(db->columns("bench").empty());
    }
    auto db = open_sqlite(folder / "a", Access::own).value();
    const auto older = check_schema(*db, both, false);
    REQUIRE(refused_as(older, Why::schema_older));
    CHECK(older.error().fact("number") == "1");
    CHECK(check_schema(*db, both, true));
    REQUIRE(migrate(*db, both, fixture::opening));
    CHECK(db->columns("bench") == std::vector<std::string>{"name"});
    const auto rows = db->prepare("select number, name, hash, at from migration order by number");
    REQUIRE(rows->step());
    CHECK(rows->text(2) == sha256_hex(first.content));
    REQUIRE(rows->step());
    CHECK(rows->text(1) == "0002_row.sql");
    CHECK(rows->text(3) == "2026-11-20T09:14:03.017Z");
    CHECK_FALSE(rows->step());
}

TEST_CASE("a schema step that fails leaves nothing of itself") {
    auto db = in_memory();
    const std::vector<Migration> all{first, second, broken};
    CHECK_THROWS_AS((void)migrate(*db, all, fixture::opening), Fault);
    CHECK(db->columns("gate").empty());
    CHECK(count_of(*db, "migration") == 2);
}

TEST_CASE("a schema from another text, of a newer program or with a gap is refused") {
    struct Row {
        const char* tamper;
        Why why;
    };
    for (const auto& [tamper, why] :
         {Row{"update migration set hash = replace(hash, substr(hash, 1, 1), 'z') where number = 2",
              Why::schema_changed},
          Row{"update migration set name = '0002_other.sql' where number = 2", Why::schema_changed},
          Row{"insert into migration select 3, 'x', hash, at from migration where number = 1", Why::schema_newer},
          Row{"delete from migration where number = 1", Why::schema_gap},
          Row{"drop table migration", Why::foreign_database},
          Row{"alter table migration add column more text", Why::foreign_database}}) {
        CAPTURE(tamper);
        auto db = in_memory();
        const std::vector<Migration> both{first, second};
        REQUIRE(migrate(*db, both, fixture::opening));
        db->exec(tamper);
        CHECK(refused_as(migrate(*db, both, fixture::opening), why));
        CHECK(refused_as(check_schema(*db, both, true), why));
    }
}

TEST_CASE("a database whose tables are not what its steps made is refused at start, in words") {
    struct Row {
        const char* tamper;
        Why why;
        const char* object;
    };
    for (const auto& [tamper, why, object] : {
             Row{"drop table mandate", Why::object_missing, "mandate"},
             Row{"drop index mandate_standing", Why::object_missing, "mandate_standing"},
             Row{"alter table mandate drop column category", Why::object_altered, "mandate"},
             Row{"alter table organisation add column motto text", Why::object_altered, "organisation"},
             Row{"drop index member_by_organisation; create index member_by_organisation on member (name)",
                 Why::object_altered, "member_by_organisation"},
             Row{"delete from migration", Why::object_unrecorded, "event"},
             Row{"delete from migration where number = 4", Why::object_unrecorded, "event_by_stream"},
             Row{"create trigger forget after insert on event begin delete from member; end", Why::object_foreign,
                 "forget"},
             Row{"create unique index one_name on member (name)", Why::object_foreign, "one_name"},
         }) {
        CAPTURE(tamper);
        Folder folder;
        { REQUIRE(open_database(folder / "a", Access::own, fixture::opening)); }
        { open_sqlite(folder / "a", Access::own).value()->exec(tamper); }
        const auto before = fixture::content_of(folder / "a");
        const auto opened = open_database(folder / "a", Access::own, fixture::opening);
        REQUIRE(refused_as(opened, why));
        CHECK(opened.error().fact("object") == object);
        CHECK(opened.error().place.file == folder / "a");
        CHECK(sentence_of(Language::en, opened.error()).find("create") == std::string::npos);
        CHECK(fixture::content_of(folder / "a") == before);
    }
    SUBCASE("tables and views that are nobody's business are left alone") {
        Folder folder;
        { REQUIRE(open_database(folder / "a", Access::own, fixture::opening)); }
        {
            auto db = open_sqlite(folder / "a", Access::own).value();
            db->exec("create table notes (\n    text text\n);\n");
            db->exec("create view names as select name from member");
        }
        CHECK(open_database(folder / "a", Access::own, fixture::opening));
        CHECK(open_database(folder / "a", Access::read, fixture::opening));
    }
}

TEST_CASE("a fault has a reason in three languages; the engine's own words stand behind it") {
    for (const auto kind : {Fault::Kind::disk, Fault::Kind::full, Fault::Kind::damaged, Fault::Kind::busy,
                            Fault::Kind::constraint, Fault::Kind::other}) {
        const auto why = refusal(Why::cannot_open, facts_of(Fault(kind, "select\n    1: malformed (17)")),
                                 {"congress.db", 0, 0, ""});
        for (const auto language : all_languages) {
            const auto said = sentence_of(language, why);
            const auto reason = say(language, "reason.store." + std::string(why.fact("reason")));
            CHECK(reason.find("reason.store") == std::string::npos);
            CHECK(said.find(reason) != std::string::npos);
            CHECK(said.find("malformed") == std::string::npos);
        }
        CHECK(why.fact("technical") == "select 1: malformed (17)");  // on one line
    }
    CHECK(sentence_of(Language::en, refusal(Why::cannot_open, facts_of(Fault(Fault::Kind::full, "FULL 13")))) ==
          "The database cannot be opened (the disk is full).");
}

TEST_CASE("what cannot be opened is refused with its reason and left as it was") {
    Folder folder;
    fixture::write(folder / "text",
                   "This is not a database at all, but long enough to have a header of a hundred bytes.\n"
                   "This is not a database at all, but long enough to have a header.\n");
    const auto before = fixture::content_of(folder / "text");
    for (const auto access : {Access::own, Access::read})
        CHECK(refused_as(open_database(folder / "text", access, fixture::opening), Why::not_a_database));
    CHECK(fixture::content_of(folder / "text") == before);

    CHECK(refused_as(open_database(folder / "absent", Access::read, fixture::opening), Why::cannot_open));
    CHECK(refused_as(open_database(folder / "no/where", Access::own, fixture::opening), Why::cannot_open));
    CHECK(refused_as(open_database(folder / "", Access::own, fixture::opening), Why::cannot_open));
    CHECK(refused_as(open_database(folder / "", Access::read, fixture::opening), Why::cannot_open));

    // What is no file keeps nothing: refused before anything is made beside it.
    REQUIRE(::mkfifo((folder / "pipe").c_str(), 0600) == 0);
    std::filesystem::create_symlink("/dev/null", folder / "device");
    for (const auto& [name, reason] : {std::pair{"pipe", "not_a_file"}, {"device", "not_a_file"}, {"", "EISDIR"}}) {
        CAPTURE(name);
        const auto refused = open_database(folder / name, Access::own, fixture::opening);
        REQUIRE(refused_as(refused, Why::cannot_open));
        CHECK(refused.error().fact("reason") == reason);
        CHECK_FALSE(std::filesystem::exists(folder / (std::string(name) + ".lock")));
        CHECK(refused_as(open_database(folder / name, Access::read, fixture::opening), Why::cannot_open));
    }
    CHECK_FALSE(std::filesystem::exists("/dev/null.lock"));

    {
        auto other = open_sqlite(folder / "other", Access::own).value();
        other->exec("create table recipe (name text)");
        other->exec("pragma journal_mode = delete");
    }
    const auto recipe = fixture::content_of(folder / "other");
    for (const auto access : {Access::own, Access::read})
        CHECK(refused_as(open_database(folder / "other", access, fixture::opening), Why::foreign_database));
    CHECK(fixture::content_of(folder / "other") == recipe);
}

TEST_CASE("only one owner at a time, by whatever name, and readers beside it") {
    Folder folder;
    auto owner = open_database(folder / "a", Access::own, fixture::opening);
    REQUIRE(owner);
    CHECK(refused_as(open_database(folder / "a", Access::own, fixture::opening), Why::owned_elsewhere));
    std::filesystem::create_symlink(folder / "a", folder / "alias");
    CHECK(refused_as(open_database(folder / "alias", Access::own, fixture::opening), Why::owned_elsewhere));
    auto reader = open_database(folder / "a", Access::read, fixture::opening);
    REQUIRE(reader);
    CHECK_THROWS_AS((*reader)->exec("delete from migration"), Fault);
    owner->reset();
    CHECK(open_database(folder / "alias", Access::own, fixture::opening));
}

TEST_CASE("a new database can be read by its owner alone") {
    Folder folder;
    auto owner = open_database(folder / "a", Access::own, fixture::opening).value();
    for (const auto* name : {"a", "a-wal", "a-shm", "a.lock"}) {
        CAPTURE(name);
        CHECK((std::filesystem::status(folder / name).permissions() & std::filesystem::perms(0077)) ==
              std::filesystem::perms::none);
    }
}

TEST_CASE("every commit asks the disk once") {
    Folder folder;
    auto db = open_database(folder / "a", Access::own, fixture::opening).value();
    db->exec("create table t (\n    a integer\n);\n");
    const auto before = db->syncs();
    for (int i = 0; i < 7; ++i) {
        Atomic whole(*db);
        db->exec("insert into t values (1)");
        db->exec("insert into t values (2)");
        whole.commit();
    }
    CHECK(db->syncs() - before == 7);
}
