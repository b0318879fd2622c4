// SPDX-License-Identifier: Apache-2.0
#include "store/verify.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "base/json.h"
#include "store/fixture.h"
#include "store/rows.h"

using namespace plenum;
using namespace plenum::store;
using namespace plenum::store::fixture;

namespace {

std::string small_export() {
    SetClock clock{opening};
    SeededRandomness random("verify");
    auto journal = Journal::open(":memory:", clock, random).value();
    fill(*journal);
    std::ostringstream out;
    REQUIRE(export_journal(*journal, out));
    return out.str();
}

Result<Verified> verify_text(const std::string& text, const std::string& known_head = "") {
    std::istringstream in(text);
    return verify_export(in, "export", known_head);
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> out;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) out.push_back(line);
    return out;
}

std::string joined(const std::vector<std::string>& lines) {
    std::string out;
    for (const auto& line : lines) out += line + "\n";
    return out;
}

std::string replaced(std::string text, std::string_view what, std::string_view by) {
    const auto at = text.find(what);
    REQUIRE(at != std::string::npos);
    return text.replace(at, what.size(), by);
}

/// A small journal in a file, closed.
void write_small_database(const std::string& path) {
    SetClock clock{opening};
    SeededRandomness random("verify");
    fill(*Journal::open(path, clock, random).value());
}

std::string head_of(const std::string& path) { return verify_database(path).value().head; }

}  // namespace

TEST_CASE("the hash of an event is that of the bytes in docs/formats/journal.md") {
    CHECK(genesis_of("00112233445566778899aabbccddeeff") ==
          "69aec939fc0c043cfb389fcd96148ca62e795b5a224ce28caedf780dadf69fd3");
    StoredEvent event;
    event.seq = 1;
    event.stream = "congress/8";
    event.kind = "report_heard";
    event.actor = "secretariat";
    event.act = "congress.hear_report";
    event.key = "k1";
    event.request = sha256_hex("k1");
    event.at = opening;
    event.body =
        R"({"delivery":"read_out","document":"e9e571e8cab5806b1e8342ad07169db46656895ee65e34366071c71a6b995a36","item":"work-report"})";
    event.personal = R"({"presenter":"乙示例"})";
    event.salt = std::string(64, '0');
    event.digest = digest_of(*event.salt, *event.personal);
    event.prev = genesis_of("00112233445566778899aabbccddeeff");
    CHECK(*event.digest == "569486a4ebab71790e91b9e70899dee8f2ccb27146a65bd3170bd4a04d8e95f2");
    CHECK(hash_of(event) == "62a8a135db510765c27fedfed4c88847e7a41b9a10dc55b3ec248dec9dfe7693");
    event.digest.reset();
    CHECK(hash_of(event) == "2235b4f305089b7e17b520246b44da5a371b89f49165009810345dd6d8f2a3f2");
}

TEST_CASE("moving a byte from one column to its neighbour changes the hash") {
    StoredEvent one, other;
    one.kind = "ab";
    one.actor = "c";
    other.kind = "a";
    other.actor = "bc";
    CHECK(hash_of(one) != hash_of(other));
    other = one;
    other.digest = "";  // an empty text is not null
    CHECK(hash_of(one) != hash_of(other));
}

TEST_CASE("an intact export and its database verify to the same, with counts, head and instants") {
    Folder folder;
    write_small_database(folder / "a");
    {
        std::ofstream out(folder / "export", std::ios::binary);
        REQUIRE(export_journal(folder / "a", out));
    }
    const auto of_database = verify_journal(folder / "a"), of_export = verify_journal(folder / "export");
    REQUIRE(of_database);
    REQUIRE(of_export);
    CHECK(*of_database == *of_export);
    CHECK(of_export->events == 6);
    CHECK(of_export->erased == 1);
    CHECK(of_export->first_at == opening);
    CHECK(of_export->last_at == opening);
    CHECK(of_export->journal.size() == 32);
    const auto text = content_of(folder / "export");
    CHECK(lines_of(text).size() == 8);
    for (const auto& line : lines_of(text)) CHECK(canonical_json(*json_from_text(line)) == line);
    CHECK(lines_of(text).back() == "{\"count\":6,\"head\":\"" + of_export->head + "\"}");
}

TEST_CASE("an empty journal is exported and verified too") {
    SetClock clock{opening};
    SeededRandomness random("verify");
    auto journal = Journal::open(":memory:", clock, random).value();
    std::ostringstream out;
    REQUIRE(export_journal(*journal, out));
    const auto verified = verify_text(out.str());
    REQUIRE(verified);
    CHECK(verified->events == 0);
    CHECK(verified->head == genesis_of(journal->id()));
    CHECK(verify_text(out.str(), genesis_of(journal->id())));
}

TEST_CASE("every byte of an export that is changed is found, with its place") {
    const auto text = small_export();
    REQUIRE(verify_text(text));
    CHECK(text.size() > 3000);
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto original = static_cast<unsigned char>(text[i]);
        for (const int value :
             {original ^ 1, original ^ 0x20, original ^ 0x80, 0, int{'\n'}, int{'"'}, int{'0'}, int{'}'}}) {
            if (value == original) continue;
            auto changed = text;
            changed[i] = static_cast<char>(value);
            const auto result = verify_text(changed);
            if (!result && (result.error().place.line > 0 || result.error().name() == "store.personal_missing"))
                continue;
            CAPTURE(i);
            CAPTURE(value);
            FAIL_CHECK("the change was not found");
        }
    }
}

TEST_CASE("every byte of an export that is lost or added is found") {
    const auto text = small_export();
    for (std::size_t i = 0; i <= text.size(); ++i) {
        CAPTURE(i);
        if (i < text.size()) {
            auto shorter = text;
            shorter.erase(i, 1);
            CHECK_FALSE(verify_text(shorter));
            CHECK_FALSE(verify_text(text.substr(0, i)));
        }
        for (const char c : {'0', ' ', '\n'}) {
            auto longer = text;
            longer.insert(i, 1, c);
            CHECK_FALSE(verify_text(longer));
        }
    }
}

TEST_CASE("what is wrong with an export is named, with the event and the line") {
    const auto text = small_export();
    const auto lines = lines_of(text);
    const auto without = [&](std::size_t line) {
        auto out = lines;
        out.erase(out.begin() + static_cast<std::ptrdiff_t>(line));
        return joined(out);
    };
    const auto with = [&](std::size_t line, std::string_view what, std::string_view by) {
        auto out = lines;
        out[line] = replaced(out[line], what, by);
        return joined(out);
    };
    auto swapped = lines;
    std::swap(swapped[1], swapped[2]);
    auto twice = lines;
    twice.insert(twice.begin() + 3, lines[3]);
    struct Row {
        std::string text;
        Why why;
        std::int64_t line;
        std::string_view seq, field;
    };
    for (const auto& [changed, why, line, seq, field] : {
             Row{"", Why::closing_missing, 1, "0", ""},
             Row{"hello\n", Why::line_not_canonical, 1, "0", ""},
             Row{"{}\n", Why::header_wrong, 1, "", ""},
             Row{with(0, "\"version\":1", "\"version\":2"), Why::format_unknown, 1, "", "version"},
             Row{with(0, "plenum-journal", "plenum_journal"), Why::header_wrong, 1, "", ""},
             Row{with(0, "\"genesis\":\"", "\"genesis\":\"0"), Why::genesis_wrong, 1, "", "genesis"},
             Row{without(1), Why::seq_wrong, 2, "2", "seq"},
             Row{without(3), Why::seq_wrong, 4, "4", "seq"},
             Row{joined(swapped), Why::seq_wrong, 2, "2", "seq"},
             Row{joined(twice), Why::seq_wrong, 5, "3", "seq"},
             Row{with(1, "17", "18"), Why::hash_wrong, 2, "1", ""},
             Row{with(1, "\"hash\":\"", "\"hash\":\"0"), Why::value_wrong, 2, "1", "hash"},
             Row{with(2, "\"actor\":\"chair\"", "\"actor\":\"\""), Why::value_wrong, 3, "2", "actor"},
             Row{with(3, "\"ordinal\":1", "\"ordinal\":2"), Why::hash_wrong, 4, "3", ""},
             Row{with(4, "乙", "甲"), Why::digest_wrong, 5, "4", "personal"},
             Row{with(4, R"({"name":"乙"})", "null"), Why::value_wrong, 5, "4", "salt"},
             Row{with(4, "\"stream\":", "\"streak\":\"\",\"stream\":"), Why::column_unknown, 5, "4", "streak"},
             Row{with(4, "\"body\":{\"unit\":5},", ""), Why::column_missing, 5, "4", "body"},
             Row{with(4, "\"ordinal\":0", "\"ordinal\":\"0\""), Why::value_wrong, 5, "4", "ordinal"},
             Row{with(4, "09:14:03.017Z", "09:14:03.017z"), Why::value_wrong, 5, "4", "at"},
             Row{with(4, "\"key\":", "\"key\": "), Why::line_not_canonical, 5, "4", ""},
             Row{with(7, "\"count\":6", "\"count\":7"), Why::closing_wrong, 8, "", ""},
             Row{without(7), Why::closing_missing, 8, "7", ""},
             Row{text.substr(0, text.size() - 1), Why::closing_missing, 8, "7", ""},
             Row{text + "\n", Why::bytes_after_end, 9, "", ""},
             Row{text + text, Why::bytes_after_end, 9, "", ""},
         }) {
        CAPTURE(changed);
        const auto result = verify_text(changed);
        REQUIRE(!result);
        CHECK(result.error().name() == problem(why).name);
        CHECK(result.error().place.file == "export");
        CHECK(result.error().place.line == line);
        CHECK(result.error().place.field == field);
        CHECK(result.error().fact("seq") == seq);
    }
}

TEST_CASE("a personal part that vanished without an erasure is found, and an erasure of nothing") {
    // The chain is made anew, so that only the rule about erasures can find it.
    const auto chained = [](std::vector<StoredEvent> events) {
        const std::string id(32, '5');
        std::string out = canonical_json(JsonObject{
                              {"format", format_name}, {"genesis", genesis_of(id)}, {"journal", id}, {"version", 1}}) +
                          "\n";
        std::string head = genesis_of(id);
        std::int64_t seq = 0;
        for (auto& event : events) {
            event.seq = ++seq;
            event.stream = "member/41";
            event.actor = event.act = "a";
            if (event.key.empty()) event.key = "k" + std::to_string(seq);
            event.request = sha256_hex("x");
            event.prev = head;
            event.hash = head = hash_of(event);
            out += export_line(event) + "\n";
        }
        return out + "{\"count\":" + std::to_string(seq) + ",\"head\":\"" + head + "\"}\n";
    };
    const auto event = [](std::string kind, std::string body) {
        StoredEvent out;
        out.kind = std::move(kind);
        out.body = std::move(body);
        out.at = opening;
        return out;
    };
    auto gone = event("entered", "{}");
    gone.digest = digest_of("salt", "personal");
    auto whole = event("entered", "{}");
    whole.personal = "{}";
    whole.salt = std::string(64, '7');
    whole.digest = digest_of(*whole.salt, "{}");
    const auto plain = event("noted", "{}");
    const auto erasing = [&](const std::string& what) {
        return event("personal_erased", "{\"erased\":" + what + ",\"reason\":\"\"}");
    };
    CHECK(verify_text(chained({gone, plain, erasing("1")})).value().erased == 1);
    const auto missing = verify_text(chained({plain, gone, plain}));
    REQUIRE(refused_as(missing, Why::personal_missing));
    CHECK(missing.error().fact("seq") == "2");
    for (const auto& [events, erased] : std::vector<std::pair<std::vector<StoredEvent>, std::string_view>>{
             {{gone, erasing("1"), erasing("1")}, "1"},  // twice
             {{whole, erasing("1")}, "1"},               // it is still there
             {{plain, erasing("1")}, "1"},               // there never was one
             {{erasing("2"), gone}, "2"},                // before it happened
             {{plain, erasing("-5")}, "-5"}}) {
        const auto result = verify_text(chained(events));
        REQUIRE(refused_as(result, Why::erasure_unfounded));
        CHECK(result.error().fact("erased") == erased);
    }
    for (const auto* body : {"{}", R"({"erased":1})", R"({"erased":"1","reason":""})", R"({"erased":1,"reason":1})",
                             R"({"erased":1,"more":1,"reason":""})"})
        CHECK(refused_as(verify_text(chained({gone, event("personal_erased", body)})), Why::value_wrong));

    SUBCASE("time that runs backwards, and torn acts, are found too") {
        auto early = plain;
        early.at = opening + -1;
        CHECK(refused_as(verify_text(chained({plain, early})), Why::time_backwards));
        auto second = plain;
        second.ordinal = 1;
        CHECK(refused_as(verify_text(chained({second})), Why::act_torn));
        CHECK(refused_as(verify_text(chained({plain, second})), Why::act_torn));
        auto first = plain;
        first.key = second.key = "same";
        CHECK(verify_text(chained({first, second})));
        CHECK(refused_as(verify_text(chained({first, first})), Why::act_torn));
        second.ordinal = 2;
        CHECK(refused_as(verify_text(chained({first, second})), Why::act_torn));
    }
}

TEST_CASE("a hash known from elsewhere must occur in the chain") {
    const auto text = small_export();
    const auto head = verify_text(text).value().head;
    CHECK(verify_text(text, head));
    const auto lines = lines_of(text);
    const auto at = lines[3].find("\"hash\":\"") + 8;
    CHECK(verify_text(text, lines[3].substr(at, 64)));
    const auto absent = verify_text(text, sha256_hex("other"));
    REQUIRE(refused_as(absent, Why::head_absent));
    CHECK(absent.error().fact("found") == head);
    CHECK(refused_as(verify_text(text, "x"), Why::head_absent));
}

TEST_CASE("every value of every column of every row that is altered in the database is found") {
    Folder folder;
    write_small_database(folder / "a");
    auto db = open_sqlite(folder / "a", Access::own).value();
    REQUIRE(verify_rows(*db));
    db->prepare("pragma ignore_check_constraints = on")->step();
    int altered = 0;
    for (const auto& [table, columns] : {std::pair{"journal", founding_columns()}, std::pair{"event", event_columns()}})
        for (const auto& column : columns)
            for (int row = 1; row <= (table == std::string("event") ? 6 : 1); ++row)
                for (const auto& value : std::vector<std::string>{
                         "null", "'x'", "''", column + " || 'x'", column + " || ' '", "substr(" + column + ", 2)",
                         "substr(" + column + ", 1, length(" + column + ") - 1)",
                         "replace(" + column + ", substr(" + column + ", 5, 1), 'f')", "upper(" + column + ")",
                         column + " + 1", column + " - 1", "0", "-1", "7", "9223372036854775807", "'{}'",
                         "'" + std::string(64, '0') + "'", "'2026-11-20T09:14:03.018Z'"}) {
                    const auto where = std::string(" where rowid = ") + std::to_string(row);
                    CAPTURE(table);
                    CAPTURE(column);
                    CAPTURE(row);
                    CAPTURE(value);
                    Atomic whole(*db);
                    try {
                        const auto before =
                            db->prepare("select " + column + " is (" + value + ") from " + table + where);
                        REQUIRE(before->step());
                        if (before->integer(0) == 1) continue;  // not a change
                        db->exec("update " + std::string(table) + " set " + column + " = " + value + where);
                    } catch (const Fault&) {
                        continue;  // the schema itself does not take it
                    }
                    ++altered;
                    const auto result = verify_rows(*db);
                    REQUIRE(!result);
                    CHECK(!result.error().place.field.empty());
                }
    CHECK(altered > 500);
    CHECK(verify_rows(*db));
}

TEST_CASE("rows that are lost, added, moved or joined by columns and tables are found") {
    Folder folder;
    write_small_database(folder / "a");
    auto db = open_sqlite(folder / "a", Access::own).value();
    const auto head = verify_rows(*db).value().head;
    struct Row {
        const char* tamper;
        Why why;
    };
    for (const auto& [tamper, why] : {
             Row{"delete from event where seq = 1", Why::seq_wrong},
             Row{"delete from event where seq = 3", Why::seq_wrong},
             Row{"update event set seq = 7 where seq = 6", Why::seq_wrong},
             Row{"delete from journal", Why::journal_absent},
             Row{"drop table event", Why::journal_absent},
             Row{"drop table journal", Why::journal_absent},
             Row{"alter table event add column note text", Why::column_unknown},
             Row{"alter table journal add column note text", Why::column_unknown},
             Row{"alter table event rename column actor to person", Why::column_missing},
             Row{"update event set personal = null, salt = null where seq = 4", Why::personal_missing},
         }) {
        CAPTURE(tamper);
        Atomic whole(*db);
        db->exec(tamper);
        CHECK(refused_as(verify_rows(*db), why));
    }
    SUBCASE("the loss of the last events is found only by whoever knows the head") {
        Atomic whole(*db);
        db->exec("delete from event where seq = 6");
        CHECK(refused_as(verify_rows(*db), Why::personal_missing));  // here the erasure itself was lost
        db->exec("delete from event where seq >= 4");
        CHECK(verify_rows(*db));
        CHECK(refused_as(verify_rows(*db, head), Why::head_absent));
    }
}

TEST_CASE("a database is verified beside a running server, and says what it cannot be") {
    Folder folder;
    SetClock clock{opening};
    SystemRandomness random;
    {
        auto journal = Journal::open(folder / "a", clock, random).value();
        fill(*journal);
        CHECK(verify_database(folder / "a", journal->head()).value().events == 6);
        CHECK(verify_journal(folder / "a").value().events == 6);
    }
    CHECK(head_of(folder / "a").size() == 64);
    CHECK(refused_as(verify_journal(folder / "absent"), base::Why::file_missing));
    CHECK(refused_as(verify_journal(folder / ""), base::Why::file_is_folder));
    write(folder / "empty", "");
    CHECK(refused_as(verify_journal(folder / "empty"), Why::closing_missing));
    CHECK(refused_as(verify_database(folder / "empty"), Why::journal_absent));
    { open_sqlite(folder / "other", Access::own).value()->exec("create table recipe (name text)"); }
    CHECK(refused_as(verify_journal(folder / "other"), Why::foreign_database));
    std::ostringstream out;
    CHECK(refused_as(export_journal(folder / "other", out), Why::foreign_database));
    std::ofstream full("/dev/full");
    CHECK(refused_as(export_journal(folder / "a", full), base::Why::file_not_written));
}

TEST_CASE("a database file with damaged pages is refused or intact, never a crash") {
    Folder folder;
    write_small_database(folder / "a");
    const auto intact = content_of(folder / "a");
    const auto expected = verify_database(folder / "a").value();
    SeededRandomness random("pages"), randomness("journal");
    SetClock clock{opening};
    int refused = 0;
    for (int round = 0; round < 300; ++round) {
        auto damaged = intact;
        for (auto changes = random.below(6) + 1; changes > 0; --changes)
            damaged[random.below(damaged.size())] = static_cast<char>(random.below(256));
        if (round % 5 == 0) damaged.resize(random.below(damaged.size()));
        write(folder / "b", damaged);
        const auto result = verify_database(folder / "b");
        if (result)
            CHECK(*result == expected);
        else
            ++refused;
        const auto opened = Journal::open(folder / "b", clock, randomness);
        if (opened) CHECK((*opened)->id() == expected.journal);
    }
    CHECK(refused > 100);
}

TEST_CASE("malformed exports are refused, never a crash, and long lines are not taken into memory") {
    const auto text = small_export();
    SeededRandomness random("exports");
    for (int round = 0; round < 3000; ++round) {
        auto changed = text;
        switch (random.below(4)) {
            case 0: changed.resize(random.below(changed.size())); break;
            case 1: changed.erase(random.below(changed.size()), random.below(90) + 1); break;
            case 2: {
                const auto piece = text.substr(random.below(text.size()), random.below(300) + 1);
                changed.insert(random.below(changed.size()), piece);
                break;
            }
            default: {
                std::string noise(random.below(50) + 1, '\0');
                for (auto& c : noise) c = static_cast<char>(random.below(256));
                changed.replace(random.below(changed.size()), noise.size(), noise);
            }
        }
        if (changed != text) CHECK_FALSE(verify_text(changed));
    }
    struct Endless final : std::streambuf {
        int underflow() override {
            handed_out += sizeof block;
            setg(block, block, block + sizeof block);
            return block[0];
        }
        Endless() { std::fill(std::begin(block), std::end(block), '['); }
        char block[4096];
        std::size_t handed_out = 0;
    } endless;
    std::istream in(&endless);
    CHECK(refused_as(verify_export(in, "export"), Why::line_too_long));
    CHECK(endless.handed_out < (16u << 20));
}
