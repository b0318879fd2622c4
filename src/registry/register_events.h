// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <variant>

#include "registry/register.h"

namespace plenum::registry {

// Acts whose event says no more than what was asked.
struct OrganisationFounded : FoundOrganisation {
    static constexpr std::string_view kind = "organisation_founded";
};
struct OrganisationRenamed : RenameOrganisation {
    static constexpr std::string_view kind = "organisation_renamed";
};
struct OrganisationEnded : EndOrganisation {
    static constexpr std::string_view kind = "organisation_ended";
};
struct ParentAdded : AddParent {
    static constexpr std::string_view kind = "parent_added";
};
struct ParentEnded : EndParent {
    static constexpr std::string_view kind = "parent_ended";
};
struct MemberMoved : MoveMember {
    static constexpr std::string_view kind = "member_moved";
};
struct MemberCorrected : CorrectMember {
    static constexpr std::string_view kind = "member_corrected";
};
struct MemberErased : EraseMember {
    static constexpr std::string_view kind = "member_erased";
};

struct RosterRegistered {
    static constexpr std::string_view kind = "roster_registered";
    CongressKey congress;
    Date on;
    std::int64_t delegates = 0, women = 0, new_members = 0;
    static constexpr auto fields() {
        using Me = RosterRegistered;
        return fields_of(field("congress", &Me::congress, "congress"), field("on", &Me::on, "first day"),
                         field("delegates", &Me::delegates, "mandates given"), field("women", &Me::women, "of these"),
                         field("new_members", &Me::new_members, "not in the register before"));
    }
};
struct MembersImported {
    static constexpr std::string_view kind = "members_imported";
    ImportId import;
    OrganisationId organisation;
    Date on;
    std::string file, digest;
    std::int64_t members = 0, women = 0, repaired = 0, left_out = 0, accepted = 0;
    static constexpr auto fields() {
        using Me = MembersImported;
        return fields_of(field("import", &Me::import, "import"),
                         field("organisation", &Me::organisation, "organisation"),
                         field("on", &Me::on, "first day as members"), field("file", &Me::file, "name of the file"),
                         field("digest", &Me::digest, "SHA-256 of the sheet as it was sent"),
                         field("members", &Me::members, "members made"), field("women", &Me::women, "of these"),
                         field("repaired", &Me::repaired, "rows in which something was put right"),
                         field("left_out", &Me::left_out, "rows that a person left out"),
                         field("accepted", &Me::accepted, "findings that a person took as they are"));
    }
};
struct ImportUndone {
    static constexpr std::string_view kind = "import_undone";
    ImportId import;
    OrganisationId organisation;
    std::int64_t members = 0;
    static constexpr auto fields() {
        using Me = ImportUndone;
        return fields_of(field("import", &Me::import, "import"),
                         field("organisation", &Me::organisation, "organisation"),
                         field("members", &Me::members, "members taken back"));
    }
};
struct MemberRegistered {
    static constexpr std::string_view kind = "member_registered";
    MemberId member;
    OrganisationId organisation;
    Date on;
    std::string name;
    Sex sex = Sex::female;
    std::string birth, ethnicity, party, education, post, phone, identity, joined_union, employment, remark;
    static constexpr auto fields() {
        using Me = MemberRegistered;
        return fields_of(
            field("member", &Me::member, "member"), field("organisation", &Me::organisation, "organisation"),
            field("on", &Me::on, "day"), personal("name", &Me::name, "name"), personal("sex", &Me::sex, "sex"),
            personal("birth", &Me::birth, "birth"), personal("ethnicity", &Me::ethnicity, "ethnicity"),
            personal("party", &Me::party, "party"), personal("education", &Me::education, "education"),
            personal("post", &Me::post, "post"), personal("phone", &Me::phone, "telephone"),
            personal("identity", &Me::identity, "identity number"),
            personal("joined_union", &Me::joined_union, "month or day of joining the union"),
            personal("employment", &Me::employment, "form of employment"), personal("remark", &Me::remark, "remark"));
    }
};
struct MandateGiven {
    static constexpr std::string_view kind = "mandate_given";
    MandateId mandate;
    MemberId member;
    CongressKey congress;
    OrganisationId unit;
    int number = 0;
    std::string delegation, category;
    bool head = false;
    Date from;
    static constexpr auto fields() {
        using Me = MandateGiven;
        return fields_of(field("mandate", &Me::mandate, "mandate"), field("member", &Me::member, "member"),
                         field("congress", &Me::congress, "congress"), field("unit", &Me::unit, "electing unit"),
                         field("number", &Me::number, "number"), field("delegation", &Me::delegation, "delegation"),
                         field("category", &Me::category, "category"),
                         field("head", &Me::head, "head of the delegation"), field("from", &Me::from, "first day"));
    }
};
struct MandateEnded {
    static constexpr std::string_view kind = "mandate_ended";
    MandateId mandate;
    MandateStatus status = MandateStatus::resigned;
    Date on;
    std::optional<MandateId> replaced_by;
    static constexpr auto fields() {
        using Me = MandateEnded;
        return fields_of(field("mandate", &Me::mandate, "mandate"), field("status", &Me::status, "why"),
                         field("on", &Me::on, "first day without it"),
                         field("replaced_by", &Me::replaced_by, "mandate that follows"));
    }
};

/// What the journal says of the register. Streams: "organisation/ID", "member/ID", "roster/KEY".
using Event = std::variant<OrganisationFounded, OrganisationRenamed, OrganisationEnded, ParentAdded, ParentEnded,
                           RosterRegistered, MembersImported, ImportUndone, MemberRegistered, MandateGiven,
                           MandateEnded, MemberMoved, MemberCorrected, MemberErased>;

}  // namespace plenum::registry
