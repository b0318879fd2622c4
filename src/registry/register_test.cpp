// SPDX-License-Identifier: Apache-2.0
#include "registry/register.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "registry/refusals.h"

using namespace plenum;
using namespace plenum::registry;

namespace {

Date day(std::string_view text) { return *date_from_text(text); }

/// A register in memory, with its journal; each act is one act of the journal.
struct Register {
    SetClock clock{*time_from_text("2026-11-21T01:00:00Z")};
    SeededRandomness randomness{"register"};
    std::unique_ptr<store::Journal> journal = *store::Journal::open(":memory:", clock, randomness);
    int acts = 0;

    Result<store::Receipt> act(const Command& command) {
        const auto number = std::to_string(++acts);
        return journal->append({"clerk", "registry.act", "key-" + number, sha256_hex(number)},
                               [&](store::Transaction& transaction) { return decide(transaction, command); });
    }
    void must(const Command& command) {
        const auto receipt = act(command);
        if (!receipt) FAIL(sentence_of(Language::en, receipt.error()));
    }
    template <class Query>
    auto read(const Query& query) {
        decltype(query(std::declval<store::Db&>())) out{};
        journal->with_reader([&](store::Db& db) { out = query(db); });
        return out;
    }
    std::vector<Delegate> delegates(std::string congress = "8") {
        return read([&](store::Db& db) { return delegates_of(db, {congress}); });
    }
    std::vector<store::StoredEvent> events() {
        std::vector<store::StoredEvent> out;
        journal->read(0, [&](const auto& event) {
            out.push_back(event);
            return true;
        });
        return out;
    }
};

FoundOrganisation found(std::string id, std::string name, std::string_view on = "2001-05-17") {
    return {{id}, Level::basic, Kind::committee, {name, name, id}, "", "", "", day(on)};
}
AddParent parent(std::string child, std::string above, std::string_view from, Relation relation = Relation::leads,
                 std::optional<Date> to = {}) {
    return {{child}, {above}, relation, day(from), to};
}
RosterRow row(int number, std::string delegation, std::string name, std::string phone, Sex sex = Sex::female) {
    return {number + 1, number, delegation, name,   sex,   "汉族", "1985-06",
            "群众",     "本科", "技师",     "职工", phone, "",     false};
}
/// A group with two works below it, and the city's federation.
void found_group(Register& at) {
    at.must(found("group", "示例集团"));
    at.must(found("north", "北厂"));
    at.must(found("south", "南厂"));
    at.must(found("city", "示例市总工会", "1950-02-03"));
    at.must(parent("north", "group", "2001-06-01"));
    at.must(parent("south", "group", "2003-06-01"));
    at.must(parent("north", "city", "2002-01-01", Relation::statistics));
}
RegisterRoster roster(std::vector<RosterRow> rows, std::string congress = "8") {
    return {{congress}, {{"北厂", {"north"}}, {"南厂", {"south"}}}, std::move(rows), day("2026-11-01")};
}

const Organisation* find(const std::vector<Organisation>& all, std::string_view id) {
    const auto found = std::find_if(all.begin(), all.end(), [&](const auto& each) { return each.id.value == id; });
    return found == all.end() ? nullptr : &*found;
}

}  // namespace

TEST_CASE("an organisation keeps its former names and parents, and the tree is read as it was on a day") {
    Register at;
    found_group(at);
    at.must(RenameOrganisation{{"north"}, {"北方厂", "北方廠", "North Works"}, day("2010-03-01")});
    at.must(EndParent{{"north"}, Relation::leads, day("2012-01-01")});
    at.must(parent("north", "south", "2015-07-09"));
    const auto tree_on = [&](std::string_view on) {
        return at.read([&](store::Db& db) { return organisations_at(db, day(on)); });
    };
    CHECK(find(tree_on("1999-01-01"), "north") == nullptr);
    CHECK(find(tree_on("1999-01-01"), "city") != nullptr);
    struct Row {
        std::string_view on, name, led_by;
        std::size_t parents;
    };
    for (const auto& [on, name, led_by, parents] :
         {Row{"2001-05-31", "北厂", "", 0}, Row{"2001-06-01", "北厂", "group", 1},
          Row{"2002-01-01", "北厂", "group", 2}, Row{"2010-02-28", "北厂", "group", 2},
          Row{"2010-03-01", "北方厂", "group", 2}, Row{"2011-12-31", "北方厂", "group", 2},
          Row{"2012-01-01", "北方厂", "", 1}, Row{"2015-07-09", "北方厂", "south", 2}}) {
        CAPTURE(on);
        const auto tree = tree_on(on);
        const auto* north = find(tree, "north");
        REQUIRE(north);
        CHECK(north->name.zh_hans == name);
        CHECK(north->parents.size() == parents);
        std::string leads;
        for (const auto& each : north->parents)
            if (each.relation == Relation::leads) leads = each.parent.value;
        CHECK(leads == led_by);
    }
}

TEST_CASE("an organisation has one parent of each relation at a time, and none below itself") {
    Register at;
    found_group(at);
    struct Row {
        Command ask;
        Why why;
    };
    const Row rows[] = {
        {parent("east", "group", "2004-01-01"), Why::organisation_unknown},
        {parent("north", "east", "2004-01-01"), Why::parent_unknown},
        {parent("north", "north", "2004-01-01", Relation::collects_dues), Why::own_parent},
        {parent("north", "city", "2004-01-02", Relation::collects_dues, day("2004-01-02")), Why::dates_out_of_order},
        {parent("north", "city", "2000-01-01", Relation::collects_dues), Why::before_founding},
        {parent("north", "city", "2004-01-01"), Why::second_parent},
        {parent("south", "city", "2002-01-01"), Why::second_parent},  // open, so it meets the one from 2003
        {parent("group", "north", "2004-01-01"), Why::parent_cycle},
        {parent("group", "south", "2002-01-01"), Why::parent_cycle},
        {EndParent{{"north"}, Relation::collects_dues, day("2004-01-01")}, Why::parent_not_open},
        {EndParent{{"north"}, Relation::leads, day("2001-06-01")}, Why::dates_out_of_order},
        {found("north", "北厂"), Why::organisation_known},
        {found("North works", "北厂"), Why::id_malformed},
        {RenameOrganisation{{"north"}, {"北", "北", "N"}, day("2001-05-17")}, Why::dates_out_of_order},
        {EndOrganisation{{"group"}, std::nullopt, day("2020-01-01")}, Why::organisation_has_children},
        {EndOrganisation{{"north"}, std::nullopt, day("2001-05-17")}, Why::dates_out_of_order},
        {EndOrganisation{{"north"}, std::nullopt, day("2001-12-31")}, Why::organisation_has_later_relations},
    };
    const auto before = at.journal->last();
    for (const auto& [ask, why] : rows) {
        const auto receipt = at.act(ask);
        CAPTURE(problem(why).name);
        CHECK(refused_as(receipt, why));
    }
    CHECK(at.journal->last() == before);
    // Another time, or another relation, is free.
    at.must(parent("south", "city", "2002-01-01", Relation::leads, day("2003-06-01")));
    at.must(parent("group", "south", "2002-01-01", Relation::leads, day("2003-06-01")));
    at.must(parent("group", "north", "2004-01-01", Relation::collects_dues));
}

TEST_CASE("an organisation that merged is there until that day") {
    Register at;
    found_group(at);
    at.must(EndOrganisation{{"north"}, OrganisationId{"south"}, day("2020-01-01")});
    CHECK(refused_as(at.act(RenameOrganisation{{"north"}, {"北", "北", "N"}, day("2021-01-01")}),
                     Why::organisation_ended));
    CHECK(refused_as(at.act(parent("south", "north", "2019-01-01", Relation::statistics)), Why::organisation_ended));
    const auto before = at.read([&](store::Db& db) { return organisations_at(db, day("2019-12-31")); });
    REQUIRE(find(before, "north"));
    CHECK(find(before, "north")->parents.size() == 2);
    CHECK(find(before, "north")->status == OrganisationStatus::merged);
    CHECK_FALSE(find(at.read([&](store::Db& db) { return organisations_at(db, day("2020-01-01")); }), "north"));
}

TEST_CASE("a roster is registered whole or not at all") {
    Register at;
    found_group(at);
    const std::vector<RosterRow> good{row(5, "北厂", "何样", "13900000017"),
                                      row(6, "北厂", "王演", "13900000018", Sex::male),
                                      row(17, "南厂", "何样", "13900000019")};
    auto bad = good;
    bad.push_back(row(9, "东厂", "李一", "13900000020"));
    const auto refused = at.act(roster(bad));
    CHECK(refused_as(refused, Why::delegation_unknown));
    CHECK(refused.error().place.line == 10);
    auto repeated = good;
    repeated.push_back(row(17, "南厂", "李一", "13900000020"));
    CHECK(refused_as(at.act(roster(repeated)), Why::number_repeated));
    auto twice = good;
    twice.push_back(row(18, "南厂", "王演", "13900000018"));
    CHECK(refused_as(at.act(roster(twice)), Why::person_repeated));
    CHECK(at.delegates().empty());
    CHECK(at.read([](store::Db& db) { return counts(db); }).empty());

    at.must(roster(good));
    const auto delegates = at.delegates();
    REQUIRE(delegates.size() == 3);
    CHECK(delegates[0].number == 5);
    CHECK(delegates[2].name == "何样");
    CHECK(delegates[2].unit.value == "south");
    CHECK(at.read([](store::Db& db) { return counts(db); }) ==
          std::map<OrganisationId, Counts>{{{"north"}, {2, 1}}, {{"south"}, {1, 1}}});
    CHECK(at.read([](store::Db& db) { return counts_below(db, {"group"}, day("2026-11-21")); }) == Counts{3, 2});
    CHECK(at.read([](store::Db& db) { return counts_below(db, {"group"}, day("2002-11-21")); }) == Counts{2, 1});
    CHECK(at.read([](store::Db& db) { return members_of(db, {"north"}); }).size() == 2);

    SUBCASE("a second roster of the same congress meets the mandates that are given") {
        CHECK(refused_as(at.act(roster({row(5, "北厂", "赵范", "13900000021")})), Why::number_taken));
        CHECK(refused_as(at.act(roster({row(21, "北厂", "何样", "13900000017")})), Why::mandate_known));
    }
    SUBCASE("the next congress finds the members again, unless sex or birth differ") {
        at.must(roster({row(1, "北厂", "何样", "13900000017"), row(2, "北厂", "赵范", "13900000021")}, "9"));
        CHECK(at.delegates("9")[0].member == at.delegates("8")[0].member);
        CHECK(at.read([](store::Db& db) { return counts(db); })[{"north"}] == Counts{3, 2});
        CHECK(
            refused_as(at.act(roster({row(3, "北厂", "何样", "13900000017", Sex::male)}, "10")), Why::member_differs));
    }
    SUBCASE("the journal holds one event for the roster, and each person in a stream of their own") {
        const auto events = at.events();
        const auto whole = std::find_if(events.begin(), events.end(),
                                        [](const auto& event) { return event.kind == "roster_registered"; });
        REQUIRE(whole != events.end());
        CHECK(whole->body == R"({"congress":"8","delegates":3,"new_members":3,"on":"2026-11-01","women":2})");
        CHECK_FALSE(whole->personal);
        for (const auto& event : events) CHECK(event.body.find("何样") == std::string::npos);
    }
}

TEST_CASE("the delegations of a roster are found among the organisations below, by name") {
    Register at;
    found_group(at);
    at.must(found("west", "南厂"));  // bears a name that another bears
    at.must(parent("west", "group", "2005-01-01"));
    const auto units = at.read([](store::Db& db) { return units_by_name(db, {"group"}, day("2026-11-21")); });
    CHECK(units == std::map<std::string, OrganisationId>{
                       {"北厂", {"north"}}, {"north", {"north"}}, {"south", {"south"}}, {"west", {"west"}}});
}

TEST_CASE("a member can be moved and put right, and erased when no mandate stands") {
    Register at;
    found_group(at);
    at.must(roster({row(5, "北厂", "何样", "13900000017"), row(6, "北厂", "王演", "13900000018")}));
    const auto he = at.delegates()[0];
    const auto wang = at.delegates()[1];
    CHECK(refused_as(at.act(MoveMember{he.member, {"north"}, day("2026-11-20")}), Why::already_there));
    CHECK(refused_as(at.act(MoveMember{he.member, {"south"}, day("2026-10-31")}), Why::dates_out_of_order));
    CHECK(refused_as(at.act(MoveMember{{"nobody"}, {"south"}, day("2026-11-20")}), Why::member_unknown));
    at.must(MoveMember{he.member, {"south"}, day("2026-11-20")});
    CorrectMember correct;
    correct.member = he.member;
    CHECK(refused_as(at.act(correct), Why::nothing_to_correct));
    correct.birth = "1985-13";
    CHECK(refused_as(at.act(correct), Why::birth_impossible));
    correct.birth = "1986-07";
    correct.name = "何　样";
    CHECK(refused_as(at.act(correct), Why::name_has_space));
    correct.name = "何祥";
    at.must(correct);
    const auto now = at.read([&](store::Db& db) { return member(db, he.member); });
    REQUIRE(now);
    CHECK(now->name == "何祥");
    CHECK(now->birth == "1986-07");
    CHECK(now->phone == "13900000017");
    CHECK(now->organisation.value == "south");

    CHECK(refused_as(at.act(EraseMember{he.member, "request"}), Why::mandate_standing));
    CHECK(refused_as(at.act(EndMandate{he.mandate, MandateStatus::resigned, day("2026-11-25"), wang.member, 31}),
                     Why::mandate_known));
    CHECK(at.delegates()[0].status == MandateStatus::standing);  // nothing of the refused act remained
    CHECK(refused_as(at.act(EndMandate{he.mandate, MandateStatus::standing, day("2026-11-25"), {}, {}}),
                     Why::successor_incomplete));
    at.must(roster({row(1, "南厂", "赵范", "13900000021")}, "7"));
    const auto zhao = at.delegates("7")[0].member;
    at.must(EndMandate{he.mandate, MandateStatus::resigned, day("2026-11-25"), zhao, 31});
    CHECK(refused_as(at.act(EndMandate{he.mandate, MandateStatus::recalled, day("2026-11-26"), {}, {}}),
                     Why::mandate_ended));
    const auto delegates = at.delegates();
    REQUIRE(delegates.size() == 3);
    CHECK(delegates[0].status == MandateStatus::resigned);
    CHECK(delegates[0].replaced_by == delegates[2].mandate);
    CHECK(delegates[2].number == 31);
    CHECK(delegates[2].delegation == "北厂");
    CHECK(delegates[2].member == zhao);

    const auto erasable = [&] { return at.read([&](store::Db& db) { return erasable_events(db, he.member); }); };
    CHECK(erasable().size() == 2);  // the registration and the correction; the refused acts erased nothing
    at.must(EraseMember{he.member, "request"});
    CHECK(erasable().empty());
    CHECK(std::ranges::count(at.events(), "personal_erased", &store::StoredEvent::kind) == 2);
    const auto gone = at.read([&](store::Db& db) { return member(db, he.member); });
    REQUIRE(gone);
    CHECK(gone->erased);
    CHECK(gone->name.empty());
    CHECK_FALSE(gone->sex);
    CHECK(at.delegates()[0].name.empty());
    CHECK(at.delegates()[1].name == "王演");
    for (const auto& event : at.events()) {
        const auto all = event.body + event.personal.value_or("");
        CHECK(all.find("13900000017") == std::string::npos);
        CHECK(all.find("何") == std::string::npos);
    }
    CHECK(refused_as(at.act(EraseMember{he.member, "request"}), Why::member_erased));
    CHECK(refused_as(at.act(correct), Why::member_erased));
}

namespace {

/// A ledger of three in two works, one of them named by other words.
ImportMembers ledger(const std::string& extra = "") {
    const auto number = [](std::string first) { return first + identity_check_digit(first); };
    ImportMembers out;
    out.organisation = {"group"};
    out.on = day("2026-05-20");
    out.file = "ledger.csv";
    out.sheet = *json_from_text(
        "{\"rows\":[[\"序号\",\"部门\",\"姓名\",\"性别\",\"身份证号\",\"入会时间\",\"电话\",\"特长\"],"
        "[1,\"北厂\",\"何样\",\"女\",\"" +
        number("11010119850603002") +
        "\",\"2010.10\",\"13900000017\",\"歌唱\"],"
        "[2,null,\"试编\",\"男\",\"" +
        number("11010119700101003") +
        "\",\"1999-03-02\",\"13900000025\",\"\"],"
        "[3,\"南边\",\"拟造\",\"男\",\"" +
        number("11010119910708001") + "\",\"\",\"13900000033\",\"\"]" + extra + "]}");
    out.columns = {{"8", SheetColumn::remark}};
    out.units = {{"南边", {"south"}}};
    return out;
}

}  // namespace

TEST_CASE("an import makes members of a whole sheet, each in the organisation that the unit's words mean") {
    Register at;
    found_group(at);
    at.must(ledger());
    const auto north = at.read([](store::Db& db) { return members_of(db, {"north"}); });
    REQUIRE(north.size() == 2);
    CHECK(north[0].name == "何样");
    CHECK(north[0].identity.starts_with("11010119850603002"));
    CHECK(north[0].joined_union == "2010-10");
    CHECK(north[0].remark == "歌唱");
    CHECK(north[0].version == 1);
    CHECK(north[1].name == "试编");
    const auto south = at.read([](store::Db& db) { return members_of(db, {"south"}); });
    REQUIRE(south.size() == 1);
    CHECK(south[0].birth.empty() == false);  // no such column: taken from the number
    const auto imports = at.read([](store::Db& db) { return imports_of(db, {"group"}); });
    REQUIRE(imports.size() == 1);
    CHECK(imports[0].members == 3);
    CHECK(!imports[0].undone_at);
    // The heading that a person explained is known from now on.
    CHECK(at.read([](store::Db& db) { return remembered_headings(db, {"group"}); }) ==
          std::map<std::string, SheetColumn>{{"特长", SheetColumn::remark}});
    const auto events = at.events();
    const auto& first = events[events.size() - 4];
    CHECK(first.kind == "members_imported");
    CHECK(json_from_text(first.body)->at("women").as_int64() == 1);
    CHECK(events.back().personal);
}

TEST_CASE("an import that is not ready, or names no organisation, leaves the register as it was") {
    Register at;
    found_group(at);
    const auto nothing_was_done = [&] {
        CHECK(at.read([](store::Db& db) { return members_of(db, {"north"}); }).empty());
        CHECK(at.read([](store::Db& db) { return imports_of(db, {"group"}); }).empty());
        CHECK(at.read([](store::Db& db) { return remembered_headings(db, {"group"}); }).empty());
    };
    auto unmapped = ledger();
    unmapped.columns.clear();
    const auto no_column = at.act(unmapped);
    CHECK(refused_as(no_column, Why::column_unmapped));
    CHECK(no_column.error().place.line == 1);
    CHECK(no_column.error().place.column > 0);
    nothing_was_done();
    auto unit = ledger();
    unit.units.clear();
    const auto refused = at.act(unit);
    CHECK(refused_as(refused, Why::unit_unknown));
    CHECK(refused.error().place == Place{"ledger.csv", 4, 0, ""});
    nothing_was_done();
    CHECK(
        refused_as(at.act(ledger(",[4,\"北厂\",\"甲乙\",\"男\",\"\",\"\",\"\",\"\"]")), Why::roster_identity_missing));
    nothing_was_done();
    auto nowhere = ledger();
    nowhere.organisation = {"nowhere"};
    CHECK(refused_as(at.act(nowhere), Why::organisation_unknown));
    auto early = ledger();
    early.on = day("1999-01-01");
    CHECK(refused_as(at.act(early), Why::before_founding));
    nothing_was_done();
}

TEST_CASE("persons who are in the register are told, and the rest can be imported without them") {
    Register at;
    found_group(at);
    at.must(ledger());
    CHECK(refused_as(at.act(ledger()), Why::roster_person_registered));
    auto again = ledger(",[4,\"北厂\",\"甲乙\",\"男\",\"" + std::string("11010119900203001") +
                        identity_check_digit("11010119900203001") + "\",\"\",\"\",\"\"]");
    again.left_out = {2, 3, 4};
    at.must(again);
    CHECK(at.read([](store::Db& db) { return members_of(db, {"north"}); }).size() == 3);
}

TEST_CASE("an import is taken back whole, as long as nothing was done with its members") {
    Register at;
    found_group(at);
    at.must(ledger());
    const auto import = at.read([](store::Db& db) { return imports_of(db, {"group"}); }).at(0).id;
    CHECK(refused_as(at.act(UndoImport{{"ffffffffffffffffffffffffffffffff"}}), Why::import_unknown));
    at.must(UndoImport{import});
    CHECK(at.read([](store::Db& db) { return members_of(db, {"north"}); }).empty());
    CHECK(at.read([](store::Db& db) { return imports_of(db, {"group"}); }).at(0).undone_at);
    CHECK(refused_as(at.act(UndoImport{import}), Why::import_undone));
    at.must(ledger());  // the same sheet may come again
    const auto second = at.read([](store::Db& db) { return imports_of(db, {"group"}); });
    REQUIRE(second.size() == 2);
    const auto open = second[0].undone_at ? second[1].id : second[0].id;
    const auto person = at.read([](store::Db& db) { return members_of(db, {"south"}); }).at(0).id;
    at.must(CorrectMember{person, std::nullopt, std::nullopt, "1991-07-09", {}, {}, {}, {}, {}, {}, {}, {}, {}});
    const auto used = at.act(UndoImport{open});
    CHECK(refused_as(used, Why::import_used));
    CHECK(used.error().fact("member") == person.value);
    CHECK(at.read([](store::Db& db) { return members_of(db, {"north"}); }).size() == 2);
}
