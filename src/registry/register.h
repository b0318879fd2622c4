// SPDX-License-Identifier: Apache-2.0
// The register of organisations, members and mandates. Here the rows are the truth: an act changes them inside the
// journal's transaction and gives the events that tell it. What an event says about a person stands in an event of that
// person's own stream ("member/ID"), so that one person's data can be erased from the journal without another's.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/fields.h"
#include "registry/roster.h"
#include "store/journal.h"

namespace plenum::registry {

using OrganisationId = Id<struct OrganisationTag>;  // chosen by whoever founds it: a-z, 0-9 and "-", at most 60
using MemberId = Id<struct MemberTag>;              // made at random
using MandateId = Id<struct MandateTag>;            // made at random
using ImportId = Id<struct ImportTag>;              // made at random
using CongressKey = Id<struct CongressTag>;         // of the congress room; here only a name

BOOST_DEFINE_ENUM_CLASS(Level, nation, province, city, county, township, basic, branch, small_group)
BOOST_DEFINE_ENUM_CLASS(Kind, committee, federation, industrial, single_organiser, agency)
/// An organisation may have several parents, of each relation one at a time: a company's union may be led by an
/// industrial union and counted in its city's statistics.
BOOST_DEFINE_ENUM_CLASS(Relation, leads, approves_elections, collects_dues, statistics)
BOOST_DEFINE_ENUM_CLASS(OrganisationStatus, active, merged, dissolved)
BOOST_DEFINE_ENUM_CLASS(MandateStatus, standing, resigned, moved_away, recalled, died, term_ended)

// --- acts ---------------------------------------------------------------------------------------------------------

struct FoundOrganisation {
    static constexpr std::string_view kind = "found_organisation";
    OrganisationId organisation;
    Level level = Level::basic;
    Kind form = Kind::committee;
    Text name;
    std::string territory_code, industry_code, credit_code;  // "" where there is none
    Date on;
    static constexpr auto fields() {
        using Me = FoundOrganisation;
        return fields_of(field("organisation", &Me::organisation, "id: a-z, 0-9, -"),
                         field("level", &Me::level, "level"), field("form", &Me::form, "committee | federation | …"),
                         field("name", &Me::name, "name in three languages"),
                         field("territory_code", &Me::territory_code, "code of the territory, or empty"),
                         field("industry_code", &Me::industry_code, "code of the industry, or empty"),
                         field("credit_code", &Me::credit_code, "unified social credit code, or empty"),
                         field("on", &Me::on, "day of founding"));
    }
};
struct RenameOrganisation {
    static constexpr std::string_view kind = "rename_organisation";
    OrganisationId organisation;
    Text name;
    Date on;  // first day of the new name
    static constexpr auto fields() {
        using Me = RenameOrganisation;
        return fields_of(field("organisation", &Me::organisation, "id"), field("name", &Me::name, "new name"),
                         field("on", &Me::on, "first day of the new name"));
    }
};
/// Merged where `into` is given, else dissolved. Its open relations to parents end with it.
struct EndOrganisation {
    static constexpr std::string_view kind = "end_organisation";
    OrganisationId organisation;
    std::optional<OrganisationId> into;
    Date on;  // first day without it
    static constexpr auto fields() {
        using Me = EndOrganisation;
        return fields_of(field("organisation", &Me::organisation, "id"), field("into", &Me::into, "successor, or none"),
                         field("on", &Me::on, "first day without it"));
    }
};
struct AddParent {
    static constexpr std::string_view kind = "add_parent";
    OrganisationId organisation, parent;
    Relation relation = Relation::leads;
    Date from;
    std::optional<Date> to;  // first day without it
    static constexpr auto fields() {
        using Me = AddParent;
        return fields_of(field("organisation", &Me::organisation, "the one below"),
                         field("parent", &Me::parent, "the one above"),
                         field("relation", &Me::relation, "leads | approves_elections | collects_dues | statistics"),
                         field("from", &Me::from, "first day"), field("to", &Me::to, "first day without it, or open"));
    }
};
struct EndParent {
    static constexpr std::string_view kind = "end_parent";
    OrganisationId organisation;
    Relation relation = Relation::leads;
    Date on;  // first day without it
    static constexpr auto fields() {
        using Me = EndParent;
        return fields_of(field("organisation", &Me::organisation, "the one below"),
                         field("relation", &Me::relation, "which relation"),
                         field("on", &Me::on, "first day without it"));
    }
};
/// Registers the delegates of a roster, all or none: a member where none of this name and telephone is known in the
/// unit, and a mandate for each.
struct RegisterRoster {
    static constexpr std::string_view kind = "register_roster";
    CongressKey congress;
    std::map<std::string, OrganisationId> units;  // by the name of the delegation; see units_by_name
    std::vector<RosterRow> rows;
    Date on;  // when the mandates begin
    static constexpr auto fields() {
        using Me = RegisterRoster;
        return fields_of(field("congress", &Me::congress, "congress"),
                         field("units", &Me::units, "electing unit of each delegation"),
                         field("rows", &Me::rows, "the rows of the roster"),
                         field("on", &Me::on, "first day of the mandates"));
    }
};
/// Makes the persons of a sheet members, all or none (docs/formats/roster-import.md). A unit's words stand for the
/// organisation that `units` names, else for the one below `organisation` that bears that name.
struct ImportMembers {
    static constexpr std::string_view kind = "import_members";
    OrganisationId organisation;
    Date on;           // registered since
    std::string file;  // its name
    Json sheet;        // as registry::read_sheet takes it
    std::map<std::string, SheetColumn> columns;
    std::vector<Correction> corrections;
    std::vector<std::int64_t> left_out;
    std::vector<Accepted> accepted;
    std::optional<bool> synthetic_ids;
    std::map<std::string, OrganisationId> units;
    static constexpr auto fields() {
        using Me = ImportMembers;
        return fields_of(field("organisation", &Me::organisation, "organisation"),
                         field("on", &Me::on, "first day as members"),
                         field("file", &Me::file, "name of the file").at_most(255),
                         field("sheet", &Me::sheet, "bytes of a CSV file, or rows of cells"),
                         field("columns", &Me::columns, "what columns hold, by their numbers"),
                         field("corrections", &Me::corrections, "cells that a person corrected"),
                         field("left_out", &Me::left_out, "lines that are not wanted"),
                         field("accepted", &Me::accepted, "findings that are taken as they are"),
                         field("synthetic_ids", &Me::synthetic_ids, "admits numbers that exist nowhere"),
                         field("units", &Me::units, "organisations by the words of the unit column"));
    }
};
/// Takes an import back as long as nothing was done with any of its members.
struct UndoImport {
    static constexpr std::string_view kind = "undo_import";
    ImportId import;
    static constexpr auto fields() { return fields_of(field("import", &UndoImport::import, "import")); }
};
struct MoveMember {
    static constexpr std::string_view kind = "move_member";
    MemberId member;
    OrganisationId to;
    Date on;
    static constexpr auto fields() {
        using Me = MoveMember;
        return fields_of(field("member", &Me::member, "member"), field("to", &Me::to, "organisation"),
                         field("on", &Me::on, "day"));
    }
};
/// Puts right what is wrong; fields that are not given stay.
struct CorrectMember {
    static constexpr std::string_view kind = "correct_member";
    MemberId member;
    std::optional<std::string> name;
    std::optional<Sex> sex;
    std::optional<std::string> birth, ethnicity, party, education, post, phone, identity, joined_union, employment,
        remark;
    static constexpr auto fields() {
        using Me = CorrectMember;
        return fields_of(
            field("member", &Me::member, "member"), personal("name", &Me::name, "name"),
            personal("sex", &Me::sex, "female | male"), personal("birth", &Me::birth, "1985-06, 1985-06-03"),
            personal("ethnicity", &Me::ethnicity, "ethnicity"), personal("party", &Me::party, "party"),
            personal("education", &Me::education, "education"), personal("post", &Me::post, "post").at_most(1'000),
            personal("phone", &Me::phone, "telephone"), personal("identity", &Me::identity, "identity number"),
            personal("joined_union", &Me::joined_union, "month or day of joining the union"),
            personal("employment", &Me::employment, "form of employment"),
            personal("remark", &Me::remark, "remark").at_most(4'000));
    }
};
/// Erases what is known about a person: from the rows, and from the events of the member's stream. What a congress was
/// told of a delegate is the congress's own record.
struct EraseMember {
    static constexpr std::string_view kind = "erase_member";
    MemberId member;
    std::string reason;
    static constexpr auto fields() {
        using Me = EraseMember;
        return fields_of(field("member", &Me::member, "member"),
                         field("reason", &Me::reason, "why, naming nobody").at_most(500));
    }
};
/// Ends a mandate; where `successor` is given, that member holds one of the same unit, delegation and category from
/// that day, under a new number.
struct EndMandate {
    static constexpr std::string_view kind = "end_mandate";
    MandateId mandate;
    MandateStatus status = MandateStatus::resigned;
    Date on;
    std::optional<MemberId> successor;
    std::optional<int> successor_number;
    static constexpr auto fields() {
        using Me = EndMandate;
        return fields_of(field("mandate", &Me::mandate, "mandate"),
                         field("status", &Me::status, "resigned | moved_away | recalled | died | term_ended"),
                         field("on", &Me::on, "first day without it"),
                         field("successor", &Me::successor, "member who follows, or none"),
                         field("successor_number", &Me::successor_number, "number of the new mandate"));
    }
};
using Command =
    std::variant<FoundOrganisation, RenameOrganisation, EndOrganisation, AddParent, EndParent, RegisterRoster,
                 ImportMembers, UndoImport, MoveMember, CorrectMember, EraseMember, EndMandate>;

/// Does an act: changes the rows of `transaction` and gives its events, or refuses and leaves them as they were.
///
/// refuses, in this order  id_malformed, organisation_known, organisation_name_wrong, organisation_unknown,
/// organisation_ended, parent_unknown;
///          own_parent, dates_out_of_order, before_founding, second_parent, parent_cycle, parent_not_open;
///          organisation_has_children, organisation_has_members, organisation_has_later_relations;
///          roster_empty, number_repeated, person_repeated, what name_from refuses, birth_impossible,
///          delegation_unknown, member_differs, number_taken, mandate_known; member_unknown, member_erased,
///          already_there, nothing_to_correct, mandate_standing; mandate_unknown, mandate_ended, successor_incomplete;
///          what read_sheet and Sheet::ready refuse, unit_unknown; import_unknown, import_undone, import_used
/// cost     a few queries; register_roster five per row, import_members two, and an event per row
Result<std::vector<store::NewEvent>> decide(store::Transaction& transaction, const Command& command);

// --- queries ------------------------------------------------------------------------------------------------------

struct Parent {
    Relation relation = Relation::leads;
    OrganisationId parent;
    Date from;
    std::optional<Date> to;
    static constexpr auto fields() {
        return fields_of(field("relation", &Parent::relation, "relation"), field("parent", &Parent::parent, "id"),
                         field("from", &Parent::from, "first day"), field("to", &Parent::to, "first day without it"));
    }
};
struct Organisation {
    OrganisationId id;
    Level level = Level::basic;
    Kind form = Kind::committee;
    std::string territory_code, industry_code, credit_code;
    Date founded_on;
    std::optional<Date> ended_on;
    OrganisationStatus status = OrganisationStatus::active;  // as known today, whatever day was asked for
    Text name;                                               // on that day
    std::vector<Parent> parents;                             // on that day, by relation
    static constexpr auto fields() {
        using Me = Organisation;
        return fields_of(field("id", &Me::id, "id"), field("level", &Me::level, "level"),
                         field("form", &Me::form, "form"), field("territory_code", &Me::territory_code, "territory"),
                         field("industry_code", &Me::industry_code, "industry"),
                         field("credit_code", &Me::credit_code, "credit code"),
                         field("founded_on", &Me::founded_on, "day of founding"),
                         field("ended_on", &Me::ended_on, "first day without it"),
                         field("status", &Me::status, "active | merged | dissolved"),
                         field("name", &Me::name, "name on that day"),
                         field("parents", &Me::parents, "parents on that day"));
    }
};
/// All organisations that existed on a day, with the names and parents of that day, by id.
std::vector<Organisation> organisations_at(store::Db& db, Date day);

struct Member {
    MemberId id;
    OrganisationId organisation;
    std::string name;  // the rest is empty once erased
    std::optional<Sex> sex;
    std::string birth, ethnicity, party, education, post, phone, identity, joined_union, employment, remark;
    Date joined_on;
    bool erased = false;
    std::int64_t version = 1;  // counts the changes of the row
    static constexpr auto fields() {
        using Me = Member;
        return fields_of(
            field("id", &Me::id, "id"), field("organisation", &Me::organisation, "organisation"),
            personal("name", &Me::name, "name"), personal("sex", &Me::sex, "sex"),
            personal("birth", &Me::birth, "birth"), personal("ethnicity", &Me::ethnicity, "ethnicity"),
            personal("party", &Me::party, "party"), personal("education", &Me::education, "education"),
            personal("post", &Me::post, "post"), personal("phone", &Me::phone, "telephone"),
            personal("identity", &Me::identity, "identity number"),
            personal("joined_union", &Me::joined_union, "month or day of joining the union"),
            personal("employment", &Me::employment, "form of employment"), personal("remark", &Me::remark, "remark"),
            field("joined_on", &Me::joined_on, "registered since"), field("erased", &Me::erased, "true once erased"),
            field("version", &Me::version, "counts the changes of the row"));
    }
};
std::optional<Member> member(store::Db& db, const MemberId& id);
/// Of one organisation alone, without those below it; by name.
std::vector<Member> members_of(store::Db& db, const OrganisationId& organisation);

struct Counts {
    std::int64_t members = 0, women = 0;
    bool operator==(const Counts&) const = default;
};
/// Members registered today in each organisation that has any, without those below it.
std::map<OrganisationId, Counts> counts(store::Db& db);
/// Members of an organisation and of all that it leads, at any depth, on a day.
Counts counts_below(store::Db& db, const OrganisationId& organisation, Date day);

struct Delegate {
    MandateId mandate;
    MemberId member;
    OrganisationId unit;
    int number = 0;
    std::string delegation, category, name;
    std::optional<Sex> sex;
    bool head = false;
    Date from;
    std::optional<Date> to;
    MandateStatus status = MandateStatus::standing;
    std::optional<MandateId> replaced_by;
    static constexpr auto fields() {
        using Me = Delegate;
        return fields_of(field("mandate", &Me::mandate, "mandate"), field("member", &Me::member, "member"),
                         field("unit", &Me::unit, "electing unit"), field("number", &Me::number, "number"),
                         field("delegation", &Me::delegation, "delegation"),
                         field("category", &Me::category, "category"), personal("name", &Me::name, "name"),
                         personal("sex", &Me::sex, "sex"), field("head", &Me::head, "head of the delegation"),
                         field("from", &Me::from, "first day"), field("to", &Me::to, "first day without it"),
                         field("status", &Me::status, "standing | resigned | …"),
                         field("replaced_by", &Me::replaced_by, "mandate that follows"));
    }
};
/// Every mandate in a congress, ended ones too, by number.
std::vector<Delegate> delegates_of(store::Db& db, const CongressKey& congress);

struct Import {
    ImportId id;
    OrganisationId organisation;
    std::string file, digest;  // SHA-256 of the sheet as it was sent
    Date on;
    std::int64_t members = 0;
    std::optional<UtcTime> undone_at;
    static constexpr auto fields() {
        using Me = Import;
        return fields_of(field("id", &Me::id, "id"), field("organisation", &Me::organisation, "organisation"),
                         field("file", &Me::file, "name of the file"),
                         field("digest", &Me::digest, "SHA-256 of the sheet"),
                         field("on", &Me::on, "first day as members"), field("members", &Me::members, "how many"),
                         field("undone_at", &Me::undone_at, "when it was taken back, or not"));
    }
};
/// The imports of an organisation, the newest first.
std::vector<Import> imports_of(store::Db& db, const OrganisationId& organisation);
/// What headings meant in earlier imports of an organisation.
std::map<std::string, SheetColumn> remembered_headings(store::Db& db, const OrganisationId& organisation);

/// A sheet read for an organisation: with its remembered headings, rows of persons in the register marked, and the
/// organisation of each unit's words.
struct ReadSheet {
    Sheet sheet;
    std::map<std::string, OrganisationId> units;  // words without an organisation are not there
};
/// Reads and judges a sheet as import_members does, and changes nothing.
/// refuses  organisation_unknown, organisation_ended, and what read_sheet refuses
Result<ReadSheet> preview(store::Db& db, const ImportMembers& ask, Purpose purpose, Date today);

/// The organisations that `organisation` leads on a day, by their names in all three languages; a name that two of them
/// bear is left out.
std::map<std::string, OrganisationId> units_by_name(store::Db& db, const OrganisationId& organisation, Date day);

/// The numbers of the journal's events that still hold something about a member.
std::vector<std::int64_t> erasable_events(store::Db& db, const MemberId& member);

}  // namespace plenum::registry
