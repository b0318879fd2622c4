// SPDX-License-Identifier: Apache-2.0
// What the console reads of the register, as docs/formats/desk.md says it.
#pragma once
#include "app/desk.h"
#include "base/shape.h"
#include "registry/register.h"

namespace plenum::app::desk {

/// Whom an organisation stands under, in which relation, from when to when.
struct OrganisationParent {
    registry::Relation relation = registry::Relation::leads;
    Text relation_name;
    std::string parent;
    Date from;
    std::optional<Date> to;
    static constexpr auto fields() {
        using Me = OrganisationParent;
        return fields_of(field("relation", &Me::relation, "relation"),
                         field("relation_name", &Me::relation_name, "in words"),
                         field("parent", &Me::parent, "organisation above"), field("from", &Me::from, "first day"),
                         field("to", &Me::to, "first day without it"));
    }
};
/// An organisation in the tree of a day, with its members counted today.
struct OrganisationRow {
    std::string id;
    Text name;
    registry::Level level = registry::Level::basic;
    Text level_name;
    registry::Kind form = registry::Kind::committee;
    Text form_name;
    registry::OrganisationStatus status = registry::OrganisationStatus::active;
    Date founded_on;
    std::optional<Date> ended_on;
    std::string territory_code, industry_code, credit_code;
    std::optional<std::string> above;
    std::int64_t depth = 0;
    std::vector<OrganisationParent> parents;
    std::int64_t members = 0, women = 0, members_below = 0, women_below = 0;
    std::int64_t seen = 0;
    static constexpr auto fields() {
        using Me = OrganisationRow;
        return fields_of(field("id", &Me::id, "id"), field("name", &Me::name, "name on that day"),
                         field("level", &Me::level, "level"), field("level_name", &Me::level_name, "in words"),
                         field("form", &Me::form, "form"), field("form_name", &Me::form_name, "in words"),
                         field("status", &Me::status, "as known today"),
                         field("founded_on", &Me::founded_on, "day of founding"),
                         field("ended_on", &Me::ended_on, "first day without it"),
                         field("territory_code", &Me::territory_code, "territory, or empty"),
                         field("industry_code", &Me::industry_code, "industry, or empty"),
                         field("credit_code", &Me::credit_code, "credit code, or empty"),
                         field("above", &Me::above, "the organisation that leads it"),
                         field("depth", &Me::depth, "0 for a root"), field("parents", &Me::parents, "on that day"),
                         field("members", &Me::members, "registered today"), field("women", &Me::women, "of these"),
                         field("members_below", &Me::members_below, "with all that it leads"),
                         field("women_below", &Me::women_below, "of these"),
                         field("seen", &Me::seen, "last event about it, for Ask::seen"));
    }
};
/// GET /api/organisations: the tree of organisations on a day.
struct Organisations {
    Date on;
    std::vector<OrganisationRow> organisations;
    static constexpr auto fields() {
        return fields_of(field("on", &Organisations::on, "day"),
                         field("organisations", &Organisations::organisations, "in the order of the tree"));
    }
};
/// A page of the members of an organisation, by name.
struct MembersPage {
    std::vector<Json> members;  ///< see member_shape
    std::int64_t total = 0;
    std::optional<std::string> next;
    static constexpr auto fields() {
        return fields_of(field("members", &MembersPage::members, "by name"),
                         field("total", &MembersPage::total, "all that match"),
                         field("next", &MembersPage::next, "give it as `after` for the next page"));
    }
};
/// A mandate of a member in a congress.
struct MandateRow {
    std::string mandate, congress;
    std::int64_t number = 0;
    std::string delegation, category;
    bool head = false;
    Date from;
    std::optional<Date> to;
    registry::MandateStatus status = registry::MandateStatus::standing;
    static constexpr auto fields() {
        using Me = MandateRow;
        return fields_of(field("mandate", &Me::mandate, "id"), field("congress", &Me::congress, "congress"),
                         field("number", &Me::number, "number"), field("delegation", &Me::delegation, "delegation"),
                         field("category", &Me::category, "category"),
                         field("head", &Me::head, "head of the delegation"), field("from", &Me::from, "first day"),
                         field("to", &Me::to, "first day without it"),
                         field("status", &Me::status, "standing, or why it ended"));
    }
};
/// What happened to a member, as a sentence.
struct HistoryRow {
    std::int64_t seq = 0;
    UtcTime at;
    std::string actor, kind;
    Text sentence;
    bool erased = false;
    static constexpr auto fields() {
        using Me = HistoryRow;
        return fields_of(field("seq", &Me::seq, "number of the event"), field("at", &Me::at, "when"),
                         field("actor", &Me::actor, "who"), field("kind", &Me::kind, "what happened"),
                         field("sentence", &Me::sentence, "in words"),
                         field("erased", &Me::erased, "its personal part is gone"));
    }
};
/// GET /api/members/{member}: a member with mandates and history.
struct MemberPage {
    Json member;  ///< see member_shape
    std::vector<MandateRow> mandates;
    std::vector<HistoryRow> history;
    static constexpr auto fields() {
        return fields_of(field("member", &MemberPage::member, "the member"),
                         field("mandates", &MemberPage::mandates, "in congresses"),
                         field("history", &MemberPage::history, "oldest first"));
    }
};

/// A member as it is read: what registry::Member holds, with `seen`.
Shape member_shape();

/// The standing mandates that the register knows in a congress, by number.
std::map<int, RegisterRow> registered_in(store::Db& db, const std::string& congress);

/// All organisations that existed on a day, in the order of the tree that `leads` makes; by id among equals.
/// cost  a pass over organisations and over the counts of members
Organisations organisations_on(store::Db& db, Date day);

/// Which page of whose members: after this member, at most `limit` of them (1 to 500).
struct MembersAsked {
    std::string organisation, text, after;
    std::int64_t limit = 100;
};
/// A page of an organisation's members whose name, telephone or post holds `text`.
/// refuses  registry.organisation_unknown; registry.member_unknown (after); base.field_wrong_value (limit not 1 to 500)
/// cost     a pass over the organisation's members
Result<MembersPage> members_page(store::Db& db, const MembersAsked& asked);

/// One member with mandates and history. refuses  registry.member_unknown
Result<MemberPage> member_page(store::Db& db, const std::string& id);

}  // namespace plenum::app::desk
