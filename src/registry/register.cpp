// SPDX-License-Identifier: Apache-2.0
#include "registry/register.h"

#include <algorithm>
#include <set>

#include "base/refusals.h"
#include "registry/refusals.h"
#include "registry/register_events.h"

namespace plenum::registry {
namespace {

using Events = std::vector<store::NewEvent>;

store::NewEvent event_in(std::string stream, const Event& event) {
    auto written = write_kind(event);
    std::optional<std::string> personal;
    if (written.personal) personal = canonical_json(*written.personal);
    return {std::move(stream), std::move(written.kind), canonical_json(written.body), std::move(personal)};
}
std::string stream_of(const OrganisationId& id) { return "organisation/" + id.value; }
std::string stream_of(const MemberId& id) { return "member/" + id.value; }

std::optional<std::string> or_null(const std::string& text) {
    if (text.empty()) return std::nullopt;
    return text;
}

/// Days from `from` up to, and without, `to`.
struct Period {
    std::string from;
    std::optional<std::string> to;
    bool empty() const { return to && *to <= from; }
    Period within(const Period& other) const {
        Period out{std::max(from, other.from), to};
        if (other.to && (!out.to || *other.to < *out.to)) out.to = other.to;
        return out;
    }
};
struct ParentRow {
    Period period;
    std::string parent;
};

std::vector<ParentRow> parents_of(store::Db& db, const std::string& organisation, Relation relation) {
    std::vector<ParentRow> out;
    auto rows = db.query("registry.parents_of", {organisation, name_of(relation)});
    while (rows.next()) out.push_back({{rows.text(1), rows.text_or_null(2)}, rows.text(3)});
    return out;
}

/// True if, on some day of `period`, going up from `from` reaches `sought`. Ends: what is in the rows has no cycle.
bool reaches(store::Db& db, const std::string& from, const std::string& sought, Relation relation,
             const Period& period) {
    if (from == sought) return true;
    for (const auto& row : parents_of(db, from, relation)) {
        const auto both = row.period.within(period);
        if (!both.empty() && reaches(db, row.parent, sought, relation, both)) return true;
    }
    return false;
}

struct OrganisationDates {
    std::string founded_on;
    std::optional<std::string> ended_on;
};
std::optional<OrganisationDates> dates_of(store::Db& db, const OrganisationId& id) {
    auto rows = db.query("registry.organisation", {id.value});
    if (!rows.next()) return std::nullopt;
    return OrganisationDates{rows.text(6), rows.text_or_null(7)};
}
/// Refuses organisation_unknown, organisation_ended.
Result<OrganisationDates> active(store::Db& db, const OrganisationId& id) {
    const auto dates = dates_of(db, id);
    if (!dates) return refuse(Why::organisation_unknown, {{"organisation", id.value}});
    if (dates->ended_on) return refuse(Why::organisation_ended, {{"organisation", id.value}, {"on", *dates->ended_on}});
    return *dates;
}
Result<Member> present_member(store::Db& db, const MemberId& id) {
    auto found = member(db, id);
    if (!found) return refuse(Why::member_unknown, {{"member", id.value}});
    if (found->erased) return refuse(Why::member_erased, {{"member", id.value}});
    return std::move(*found);
}
Result<Done> after_founding(const std::string& on, const OrganisationId& id, const OrganisationDates& dates) {
    if (on < dates.founded_on)
        return refuse(Why::before_founding, {{"organisation", id.value}, {"founded_on", dates.founded_on}, {"on", on}});
    return Done{};
}

Result<Done> text_given(const Text& name) {
    for (const auto language : all_languages)
        if (name.in(language).empty() || name.in(language).size() > 300)
            return refuse(Why::organisation_name_wrong, {{"most", 300}});
    return Done{};
}

Result<Events> act(store::Transaction& transaction, const FoundOrganisation& ask) {
    const auto& id = ask.organisation.value;
    const bool well_formed = !id.empty() && id.size() <= 60 && std::all_of(id.begin(), id.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    });
    if (!well_formed) return refuse(Why::id_malformed, {{"id", shown(id)}});
    auto& db = transaction.db();
    if (dates_of(db, ask.organisation)) return refuse(Why::organisation_known, {{"organisation", id}});
    TRY(text_given(ask.name));
    const auto on = text_from_date(ask.on);
    const auto territory = or_null(ask.territory_code), industry = or_null(ask.industry_code),
               credit = or_null(ask.credit_code);
    db.run("registry.add_organisation", {id, name_of(ask.level), name_of(ask.form), territory, industry, credit, on});
    db.run("registry.add_name", {id, on, ask.name.zh_hans, ask.name.zh_hant, ask.name.en});
    return Events{event_in(stream_of(ask.organisation), OrganisationFounded{ask})};
}

Result<Events> act(store::Transaction& transaction, const RenameOrganisation& ask) {
    auto& db = transaction.db();
    TRY(active(db, ask.organisation));
    TRY(text_given(ask.name));
    const auto on = text_from_date(ask.on);
    std::string last_from;
    auto names = db.query("registry.names_of", {ask.organisation.value});
    while (names.next()) last_from = names.text(0);
    if (on <= last_from) return refuse(Why::dates_out_of_order, {{"earlier", last_from}, {"later", on}});
    db.run("registry.end_name", {ask.organisation.value, on});
    db.run("registry.add_name", {ask.organisation.value, on, ask.name.zh_hans, ask.name.zh_hant, ask.name.en});
    return Events{event_in(stream_of(ask.organisation), OrganisationRenamed{ask})};
}

Result<Events> act(store::Transaction& transaction, const EndOrganisation& ask) {
    auto& db = transaction.db();
    const auto& id = ask.organisation.value;
    const auto dates = TRY(active(db, ask.organisation));
    if (ask.into) {
        TRY(active(db, *ask.into));
        if (*ask.into == ask.organisation) return refuse(Why::own_parent, {{"organisation", id}});
    }
    const auto on = text_from_date(ask.on);
    if (on <= dates.founded_on) return refuse(Why::dates_out_of_order, {{"earlier", dates.founded_on}, {"later", on}});
    const auto count = [&](std::string_view query, store::Bindings values) {
        auto rows = db.query(query, values);
        rows.next();
        return rows.integer(0);
    };
    if (const auto children = count("registry.open_children", {id}); children > 0)
        return refuse(Why::organisation_has_children, {{"organisation", id}, {"children", children}});
    if (const auto members = count("registry.count_members", {id}); members > 0)
        return refuse(Why::organisation_has_members, {{"organisation", id}, {"members", members}});
    if (count("registry.later_parents", {id, on}) > 0)
        return refuse(Why::organisation_has_later_relations, {{"organisation", id}, {"on", on}});
    db.run("registry.end_parents", {id, on});
    db.run("registry.end_organisation",
           {id, on, name_of(ask.into ? OrganisationStatus::merged : OrganisationStatus::dissolved)});
    return Events{event_in(stream_of(ask.organisation), OrganisationEnded{ask})};
}

Result<Events> act(store::Transaction& transaction, const AddParent& ask) {
    auto& db = transaction.db();
    const auto dates = TRY(active(db, ask.organisation));
    const auto parent_dates = dates_of(db, ask.parent);
    if (!parent_dates) return refuse(Why::parent_unknown, {{"parent", ask.parent.value}});
    if (ask.parent == ask.organisation) return refuse(Why::own_parent, {{"organisation", ask.organisation.value}});
    Period period{text_from_date(ask.from), std::nullopt};
    if (ask.to) period.to = text_from_date(*ask.to);
    if (period.empty()) return refuse(Why::dates_out_of_order, {{"earlier", period.from}, {"later", *period.to}});
    TRY(after_founding(period.from, ask.organisation, dates));
    TRY(after_founding(period.from, ask.parent, *parent_dates));
    if (parent_dates->ended_on && (!period.to || *period.to > *parent_dates->ended_on))
        return refuse(Why::organisation_ended, {{"organisation", ask.parent.value}, {"on", *parent_dates->ended_on}});
    for (const auto& row : parents_of(db, ask.organisation.value, ask.relation))
        if (!row.period.within(period).empty())
            return refuse(Why::second_parent, {{"organisation", ask.organisation.value},
                                               {"relation", name_of(ask.relation)},
                                               {"parent", row.parent},
                                               {"from", row.period.from}});
    if (reaches(db, ask.parent.value, ask.organisation.value, ask.relation, period))
        return refuse(Why::parent_cycle, {{"organisation", ask.organisation.value}, {"parent", ask.parent.value}});
    db.run("registry.add_parent",
           {ask.organisation.value, name_of(ask.relation), period.from, period.to, ask.parent.value});
    return Events{event_in(stream_of(ask.organisation), ParentAdded{ask})};
}

Result<Events> act(store::Transaction& transaction, const EndParent& ask) {
    auto& db = transaction.db();
    TRY(active(db, ask.organisation));
    const auto on = text_from_date(ask.on);
    const auto rows = parents_of(db, ask.organisation.value, ask.relation);
    const auto open = std::find_if(rows.begin(), rows.end(), [](const auto& row) { return !row.period.to; });
    if (open == rows.end())
        return refuse(Why::parent_not_open,
                      {{"organisation", ask.organisation.value}, {"relation", name_of(ask.relation)}});
    if (on <= open->period.from)
        return refuse(Why::dates_out_of_order, {{"earlier", open->period.from}, {"later", on}});
    db.run("registry.end_parent", {ask.organisation.value, name_of(ask.relation), on});
    return Events{event_in(stream_of(ask.organisation), ParentEnded{ask})};
}

/// What can be wrong with the rows by themselves; they may come from a browser and not from delegates_in.
Result<Done> check_rows(const std::vector<RosterRow>& rows) {
    if (rows.empty()) return refuse(Why::roster_empty);
    std::map<int, std::int64_t> numbers;
    std::map<std::pair<std::string, std::string>, std::int64_t> persons;
    for (const auto& row : rows) {
        const Place place{"", row.line, 0, ""};
        if (row.number < 1) return refuse(Why::number_malformed, {{"text", row.number}}, place);
        if (const auto [first, added] = numbers.emplace(row.number, row.line); !added)
            return refuse(Why::number_repeated, {{"number", row.number}, {"line", first->second}}, place);
        auto name = name_from(row.name);
        if (!name) return refuse(std::move(name).error().within(place));
        if (*name != row.name) return refuse(Why::name_has_space, {{"name", shown(row.name)}}, place);
        if (!is_birth(row.birth)) return refuse(Why::birth_impossible, {{"text", shown(row.birth)}}, place);
        if (row.delegation.empty()) return refuse(Why::cell_empty, {}, place);
        if (const auto [first, added] = persons.emplace(std::pair(row.name, row.phone), row.line); !added)
            return refuse(Why::person_repeated, {{"name", row.name}, {"line", first->second}}, place);
    }
    return Done{};
}

/// The member of a row, known or new. A known one must agree in sex and birth: else it may be another person.
Result<MemberId> member_of(store::Transaction& transaction, const RosterRow& row, const OrganisationId& unit,
                           const std::string& on, bool& is_new) {
    auto& db = transaction.db();
    {
        auto rows = db.query("registry.members_called", {unit.value, row.name, row.phone});
        if (rows.next()) {
            if (rows.text(1) != name_of(row.sex) || rows.text(2) != row.birth)
                return refuse(Why::member_differs, {{"name", row.name}, {"member", rows.text(0)}},
                              {"", row.line, 0, ""});
            is_new = false;
            return MemberId{rows.text(0)};
        }
    }
    const MemberId id{transaction.randomness().id()};
    db.run("registry.add_member",
           {id.value, unit.value, row.name, name_of(row.sex), row.birth, row.ethnicity, row.party, row.education,
            row.post, row.phone, on, nullptr, nullptr, nullptr, nullptr, nullptr});
    is_new = true;
    return id;
}

/// Gives one mandate. Refuses number_taken, mandate_known.
Result<Done> give_mandate(store::Db& db, const MandateGiven& mandate, const Place& place) {
    if (db.query("registry.mandate_numbered", {mandate.congress.value, mandate.number}).next())
        return refuse(Why::number_taken, {{"number", mandate.number}}, place);
    if (db.query("registry.standing_mandate_in", {mandate.member.value, mandate.congress.value}).next())
        return refuse(Why::mandate_known, {{"member", mandate.member.value}}, place);
    const auto from = text_from_date(mandate.from);
    db.run("registry.add_mandate",
           {mandate.mandate.value, mandate.member.value, mandate.congress.value, mandate.unit.value, mandate.number,
            mandate.delegation, mandate.category, mandate.head ? 1 : 0, from});
    return Done{};
}

Result<Events> act(store::Transaction& transaction, const RegisterRoster& ask) {
    auto& db = transaction.db();
    TRY(check_rows(ask.rows));
    const auto on = text_from_date(ask.on);
    for (const auto& [delegation, unit] : ask.units) TRY(after_founding(on, unit, TRY(active(db, unit))));
    for (const auto& row : ask.rows)
        if (!ask.units.contains(row.delegation))
            return refuse(Why::delegation_unknown, {{"delegation", row.delegation}}, {"", row.line, 0, ""});
    RosterRegistered whole{ask.congress, ask.on, 0, 0, 0};
    Events events(1);
    for (const auto& row : ask.rows) {
        const auto& unit = ask.units.at(row.delegation);
        bool is_new = false;
        const auto id = TRY(member_of(transaction, row, unit, on, is_new));
        const MandateGiven mandate{MandateId{transaction.randomness().id()},
                                   id,
                                   ask.congress,
                                   unit,
                                   row.number,
                                   row.delegation,
                                   row.category,
                                   row.head,
                                   ask.on};
        TRY(give_mandate(db, mandate, {"", row.line, 0, ""}));
        if (is_new)
            events.push_back(event_in(stream_of(id),
                                      MemberRegistered{id, unit, ask.on, row.name, row.sex, row.birth, row.ethnicity,
                                                       row.party, row.education, row.post, row.phone, "", "", "", ""}));
        events.push_back(event_in(stream_of(id), mandate));
        ++whole.delegates;
        whole.women += row.sex == Sex::female;
        whole.new_members += is_new;
    }
    events.front() = event_in("roster/" + ask.congress.value, whole);
    return events;
}

Result<Events> act(store::Transaction& transaction, const ImportMembers& ask) {
    auto& db = transaction.db();
    const auto read = TRY(preview(db, ask, Purpose::members, latest_date(transaction.now())));
    TRY(read.sheet.ready(ask.file));
    const auto on = text_from_date(ask.on);
    for (const auto& [words, unit] : read.units) TRY(after_founding(on, unit, TRY(active(db, unit))));
    TRY(after_founding(on, ask.organisation, TRY(active(db, ask.organisation))));

    const ImportId import{transaction.randomness().id()};
    MembersImported whole{import,
                          ask.organisation,
                          ask.on,
                          ask.file,
                          sha256_hex(canonical_json(ask.sheet)),
                          0,
                          0,
                          read.sheet.summary.repaired,
                          read.sheet.summary.left_out,
                          static_cast<std::int64_t>(ask.accepted.size())};
    Events events(1);
    events.reserve(read.sheet.rows.size() + 1);
    for (const auto& row : read.sheet.rows) {
        if (row.left_out) continue;
        auto unit = ask.organisation;
        if (!row.unit.empty()) {
            const auto found = read.units.find(row.unit);
            if (found == read.units.end())
                return refuse(Why::unit_unknown, {{"unit", shown(row.unit)}}, {ask.file, row.line, 0, ""});
            unit = found->second;
        }
        const MemberId id{transaction.randomness().id()};
        const auto sex = row.sex == "女" ? Sex::female : Sex::male;
        db.run("registry.add_member", {id.value, unit.value, row.name, name_of(sex), or_null(row.birth), row.ethnicity,
                                       row.party, row.education, row.post, row.phone, on, or_null(row.id),
                                       or_null(row.join), row.employment, row.remark, import.value});
        events.push_back(event_in(
            stream_of(id),
            MemberRegistered{id, unit, ask.on, row.name, sex, row.birth, row.ethnicity, row.party, row.education,
                             row.post, row.phone, row.id, row.join, row.employment, row.remark}));
        ++whole.members;
        whole.women += sex == Sex::female;
    }
    db.run("registry.add_import", {import.value, ask.organisation.value, ask.file, whole.digest, on, whole.members});
    for (const auto& heading : read.sheet.headings)
        if (heading.by == MappedBy::given && !heading.words.empty())
            db.run("registry.remember_heading", {ask.organisation.value, heading.words, name_of(heading.column)});
    events.front() = event_in(stream_of(ask.organisation), whole);
    return events;
}

Result<Events> act(store::Transaction& transaction, const UndoImport& ask) {
    auto& db = transaction.db();
    ImportUndone undone{ask.import, {}, 0};
    {
        auto rows = db.query("registry.import", {ask.import.value});
        if (!rows.next()) return refuse(Why::import_unknown, {{"import", shown(ask.import.value)}});
        if (const auto at = rows.text_or_null(6)) return refuse(Why::import_undone, {{"at", *at}});
        undone.organisation = {rows.text(1)};
    }
    {
        auto used = db.query("registry.used_import", {ask.import.value});
        if (used.next()) return refuse(Why::import_used, {{"member", used.text(0)}});
    }
    undone.members = db.run("registry.remove_imported", {ask.import.value});
    db.run("registry.undo_import", {ask.import.value, text_from_time(transaction.now())});
    return Events{event_in(stream_of(undone.organisation), undone)};
}

Result<Events> act(store::Transaction& transaction, const MoveMember& ask) {
    auto& db = transaction.db();
    const auto person = TRY(present_member(db, ask.member));
    const auto dates = TRY(active(db, ask.to));
    if (person.organisation == ask.to)
        return refuse(Why::already_there, {{"member", ask.member.value}, {"organisation", ask.to.value}});
    const auto on = text_from_date(ask.on), joined = text_from_date(person.joined_on);
    if (on < joined) return refuse(Why::dates_out_of_order, {{"earlier", joined}, {"later", on}});
    TRY(after_founding(on, ask.to, dates));
    db.run("registry.move_member", {ask.member.value, ask.to.value});
    return Events{event_in(stream_of(ask.member), MemberMoved{ask})};
}

Result<Events> act(store::Transaction& transaction, const CorrectMember& ask) {
    auto& db = transaction.db();
    auto person = TRY(present_member(db, ask.member));
    const auto before = to_json(person);
    if (ask.name && (ask.name->empty() || TRY(name_from(*ask.name)) != *ask.name))
        return refuse(Why::name_has_space, {{"name", shown(*ask.name)}});
    if (ask.identity && !ask.identity->empty() && *ask.identity != person.identity) {
        // Other papers than the resident's card have other numbers; what looks like one must be one.
        const auto read = read_identity(*ask.identity, true);
        const bool is_whole = read.sound() && read.found.empty();
        if (ask.identity->size() > 40 ||
            (!is_whole && !read.has(Finding::identity_malformed) && !read.has(Finding::identity_short)))
            return refuse(Why::identity_wrong);
        if (db.query("registry.member_with_identity", {*ask.identity}).next())
            return refuse(Why::person_registered, {{"name", person.name}});
    }
    if (ask.joined_union && !ask.joined_union->empty() && !is_birth(*ask.joined_union))
        return refuse(base::Why::date_impossible, {{"text", shown(*ask.joined_union)}}, {"", 0, 0, "joined_union"});
    if (ask.birth && !is_birth(*ask.birth)) return refuse(Why::birth_impossible, {{"text", shown(*ask.birth)}});
    const auto take = [](auto& into, const auto& from) {
        if (from) into = *from;
    };
    take(person.name, ask.name);
    take(person.sex, ask.sex);
    take(person.birth, ask.birth);
    take(person.ethnicity, ask.ethnicity);
    take(person.party, ask.party);
    take(person.education, ask.education);
    take(person.post, ask.post);
    take(person.phone, ask.phone);
    take(person.identity, ask.identity);
    take(person.joined_union, ask.joined_union);
    take(person.employment, ask.employment);
    take(person.remark, ask.remark);
    if (to_json(person) == before) return refuse(Why::nothing_to_correct, {{"member", ask.member.value}});
    db.run("registry.correct_member",
           {ask.member.value, person.name, name_of(*person.sex), or_null(person.birth), person.ethnicity, person.party,
            person.education, person.post, person.phone, or_null(person.identity), or_null(person.joined_union),
            person.employment, person.remark});
    return Events{event_in(stream_of(ask.member), MemberCorrected{ask})};
}

Result<Events> act(store::Transaction& transaction, const EraseMember& ask) {
    auto& db = transaction.db();
    TRY(present_member(db, ask.member));
    // Who sits in a congress is on its list; the right to be forgotten begins when the mandate has ended.
    if (db.query("registry.standing_mandates_of", {ask.member.value}).next())
        return refuse(Why::mandate_standing, {{"member", ask.member.value}});
    db.run("registry.erase_member", {ask.member.value});
    Events events{event_in(stream_of(ask.member), MemberErased{ask})};
    for (const auto seq : erasable_events(db, ask.member))
        events.push_back(TRY(transaction.erase_personal(seq, ask.reason)));
    return events;
}

Result<Events> act(store::Transaction& transaction, const EndMandate& ask) {
    auto& db = transaction.db();
    MandateGiven next;
    MemberId holder;
    std::string from;
    {
        auto rows = db.query("registry.mandate", {ask.mandate.value});
        if (!rows.next()) return refuse(Why::mandate_unknown, {{"mandate", ask.mandate.value}});
        if (rows.text(10) != name_of(MandateStatus::standing))
            return refuse(Why::mandate_ended, {{"mandate", ask.mandate.value}, {"on", rows.text(9)}});
        holder = {rows.text(1)};
        next.congress = {rows.text(2)};
        next.unit = {rows.text(3)};
        next.delegation = rows.text(5);
        next.category = rows.text(6);
        from = rows.text(8);
    }
    const auto on = text_from_date(ask.on);
    if (ask.status == MandateStatus::standing || ask.successor.has_value() != ask.successor_number.has_value())
        return refuse(Why::successor_incomplete, {{"mandate", ask.mandate.value}});
    if (on < from) return refuse(Why::dates_out_of_order, {{"earlier", from}, {"later", on}});
    if (ask.successor_number && *ask.successor_number < 1)
        return refuse(Why::number_malformed, {{"text", *ask.successor_number}});
    if (ask.successor) TRY(present_member(db, *ask.successor));
    db.run("registry.end_mandate", {ask.mandate.value, on, name_of(ask.status)});
    MandateEnded ended{ask.mandate, ask.status, ask.on, std::nullopt};
    Events events;
    if (ask.successor) {
        next.mandate = {transaction.randomness().id()};
        next.member = *ask.successor;
        next.number = *ask.successor_number;
        next.from = ask.on;
        TRY(give_mandate(db, next, {}));
        db.run("registry.replace_mandate", {ask.mandate.value, next.mandate.value});
        ended.replaced_by = next.mandate;
        events.push_back(event_in(stream_of(next.member), next));
    }
    events.insert(events.begin(), event_in(stream_of(holder), ended));
    return events;
}

}  // namespace

Result<ReadSheet> preview(store::Db& db, const ImportMembers& ask, Purpose purpose, Date today) {
    TRY(active(db, ask.organisation));
    SheetOptions options;
    options.file = ask.file;
    options.purpose = purpose;
    options.decisions = {ask.columns, ask.corrections, ask.left_out, ask.accepted, ask.synthetic_ids.value_or(false)};
    options.remembered = remembered_headings(db, ask.organisation);
    options.today = today;
    ReadSheet out {
        TRY(read_sheet(ask.sheet, std::move(options)))
        , ask.units
    };
    for (const auto& [words, unit] : ask.units) TRY(active(db, unit));
    const auto below = units_by_name(db, ask.organisation, ask.on);
    auto names = db.query("registry.names_of", {ask.organisation.value});
    std::set<std::string> own;
    while (names.next())
        for (int language = 2; language <= 4; ++language) own.insert(names.text(language));
    for (const auto& [words, rows] : out.sheet.units) {
        if (out.units.contains(words)) continue;
        if (const auto found = below.find(words); found != below.end())
            out.units[words] = found->second;
        else if (own.contains(words))
            out.units[words] = ask.organisation;
    }
    // A delegate is a member; a member must not be one already.
    if (purpose == Purpose::members)
        mark_registered(out.sheet, [&](const SheetRow& row) {
            if (!row.id.empty() && db.query("registry.member_with_identity", {row.id}).next()) return true;
            return !row.phone.empty() && db.query("registry.member_named", {row.name, row.phone}).next();
        });
    return out;
}

Result<Events> decide(store::Transaction& transaction, const Command& command) {
    store::Savepoint part(transaction.db());
    auto events = std::visit([&](const auto& ask) { return act(transaction, ask); }, command);
    // A refusal leaves the rows as they were, also where the caller goes on in the same transaction.
    if (events)
        part.keep();
    else
        part.undo();
    return events;
}

}  // namespace plenum::registry
