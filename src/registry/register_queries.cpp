// SPDX-License-Identifier: Apache-2.0
#include <set>

#include "registry/register.h"

namespace plenum::registry {
namespace {

/// The schema holds what these read (its checks); anything else is a damaged file, and a fault.
Date date_in(const std::string& text) {
    const auto date = date_from_text(text);
    if (!date) throw store::Fault(store::Fault::Kind::damaged, "a date in the register cannot be read");
    return *date;
}
std::optional<Date> date_in(const std::optional<std::string>& text) {
    if (!text) return std::nullopt;
    return date_in(*text);
}
template <class E>
E word_in(const std::string& text) {
    const auto word = enum_from_name<E>(text);
    if (!word) throw store::Fault(store::Fault::Kind::damaged, "a word in the register cannot be read");
    return *word;
}
std::optional<Sex> sex_in(const std::optional<std::string>& text) {
    if (!text) return std::nullopt;
    return word_in<Sex>(*text);
}
std::string text_in(store::Cursor& rows, int column) { return rows.text_or_null(column).value_or(""); }

Member member_in(store::Cursor& rows) {
    Member out;
    out.id = {rows.text(0)};
    out.organisation = {rows.text(1)};
    out.name = text_in(rows, 2);
    out.sex = sex_in(rows.text_or_null(3));
    out.birth = text_in(rows, 4);
    out.ethnicity = text_in(rows, 5);
    out.party = text_in(rows, 6);
    out.education = text_in(rows, 7);
    out.post = text_in(rows, 8);
    out.phone = text_in(rows, 9);
    out.joined_on = date_in(rows.text(10));
    out.erased = rows.text(11) == "erased";
    out.identity = text_in(rows, 12);
    out.joined_union = text_in(rows, 13);
    out.employment = text_in(rows, 14);
    out.remark = text_in(rows, 15);
    out.version = rows.integer(16);
    return out;
}

}  // namespace

std::vector<Organisation> organisations_at(store::Db& db, Date day) {
    const auto on = text_from_date(day);
    std::map<std::string, std::vector<Parent>> parents;
    {
        auto rows = db.query("registry.parents_at", {on});
        while (rows.next())
            parents[rows.text(0)].push_back({word_in<Relation>(rows.text(1)),
                                             {rows.text(2)},
                                             date_in(rows.text(3)),
                                             date_in(rows.text_or_null(4))});
    }
    std::vector<Organisation> out;
    auto rows = db.query("registry.organisations_at", {on});
    while (rows.next())
        out.push_back({{rows.text(0)},
                       word_in<Level>(rows.text(1)),
                       word_in<Kind>(rows.text(2)),
                       text_in(rows, 3),
                       text_in(rows, 4),
                       text_in(rows, 5),
                       date_in(rows.text(6)),
                       date_in(rows.text_or_null(7)),
                       word_in<OrganisationStatus>(rows.text(8)),
                       {rows.text(9), rows.text(10), rows.text(11)},
                       parents[rows.text(0)]});
    return out;
}

std::optional<Member> member(store::Db& db, const MemberId& id) {
    auto rows = db.query("registry.member", {id.value});
    if (!rows.next()) return std::nullopt;
    return member_in(rows);
}

std::vector<Member> members_of(store::Db& db, const OrganisationId& organisation) {
    std::vector<Member> out;
    auto rows = db.query("registry.members_of", {organisation.value});
    while (rows.next()) out.push_back(member_in(rows));
    return out;
}

std::map<OrganisationId, Counts> counts(store::Db& db) {
    std::map<OrganisationId, Counts> out;
    auto rows = db.query("registry.counts");
    while (rows.next()) out[{rows.text(0)}] = {rows.integer(1), rows.integer(2)};
    return out;
}

Counts counts_below(store::Db& db, const OrganisationId& organisation, Date day) {
    const auto each = counts(db);
    std::map<OrganisationId, std::vector<OrganisationId>> children;
    auto rows = db.query("registry.parents_at", {text_from_date(day)});
    while (rows.next())
        if (rows.text(1) == name_of(Relation::leads)) children[{rows.text(2)}].push_back({rows.text(0)});
    Counts out;
    std::vector<OrganisationId> open{organisation};
    while (!open.empty()) {
        const auto id = open.back();
        open.pop_back();
        if (const auto found = each.find(id); found != each.end()) {
            out.members += found->second.members;
            out.women += found->second.women;
        }
        open.insert(open.end(), children[id].begin(), children[id].end());
    }
    return out;
}

std::vector<Delegate> delegates_of(store::Db& db, const CongressKey& congress) {
    std::vector<Delegate> out;
    auto rows = db.query("registry.delegates_of", {congress.value});
    while (rows.next()) {
        Delegate each;
        each.mandate = {rows.text(0)};
        each.member = {rows.text(1)};
        each.unit = {rows.text(3)};
        each.number = static_cast<int>(rows.integer(4));
        each.delegation = rows.text(5);
        each.category = rows.text(6);
        each.head = rows.integer(7) != 0;
        each.from = date_in(rows.text(8));
        each.to = date_in(rows.text_or_null(9));
        each.status = word_in<MandateStatus>(rows.text(10));
        if (const auto next = rows.text_or_null(11)) each.replaced_by = MandateId{*next};
        each.name = text_in(rows, 12);
        each.sex = sex_in(rows.text_or_null(13));
        out.push_back(std::move(each));
    }
    return out;
}

std::vector<Import> imports_of(store::Db& db, const OrganisationId& organisation) {
    std::vector<Import> out;
    auto rows = db.query("registry.imports_of", {organisation.value});
    while (rows.next()) {
        Import each{
            {rows.text(0)}, {rows.text(1)}, rows.text(2), rows.text(3), date_in(rows.text(4)), rows.integer(5), {}};
        if (const auto undone = rows.text_or_null(6)) {
            const auto at = time_from_text(*undone);
            if (!at) throw store::Fault(store::Fault::Kind::damaged, "a time in the register cannot be read");
            each.undone_at = *at;
        }
        out.push_back(std::move(each));
    }
    return out;
}

std::map<std::string, SheetColumn> remembered_headings(store::Db& db, const OrganisationId& organisation) {
    std::map<std::string, SheetColumn> out;
    auto rows = db.query("registry.remembered_headings", {organisation.value});
    while (rows.next()) out[rows.text(0)] = word_in<SheetColumn>(rows.text(1));
    return out;
}

std::map<std::string, OrganisationId> units_by_name(store::Db& db, const OrganisationId& organisation, Date day) {
    std::map<std::string, std::set<std::string>> found;
    auto rows = db.query("registry.children_named_at", {organisation.value, text_from_date(day)});
    while (rows.next())
        for (int language = 1; language <= 3; ++language) found[rows.text(language)].insert(rows.text(0));
    std::map<std::string, OrganisationId> out;
    for (const auto& [name, ids] : found)
        if (ids.size() == 1) out[name] = {*ids.begin()};
    return out;
}

std::vector<std::int64_t> erasable_events(store::Db& db, const MemberId& id) {
    std::vector<std::int64_t> out;
    auto rows = db.query("registry.erasable_events", {"member/" + id.value});
    while (rows.next()) out.push_back(rows.integer(0));
    return out;
}

}  // namespace plenum::registry
