// SPDX-License-Identifier: Apache-2.0
#include "app/register_view.h"

#include <algorithm>
#include <functional>

#include "app/forms.h"
#include "base/refusals.h"
#include "registry/refusals.h"

namespace plenum::app::desk {
namespace {

std::int64_t last_event_about(store::Db& db, const std::string& stream) {
    auto rows = db.query("journal.last_of_stream", {stream});
    return rows.next() ? rows.integer(0) : 0;
}

Json member_json(store::Db& db, const registry::Member& member) {
    auto out = to_json(member);
    out.as_object()["seen"] = last_event_about(db, "member/" + member.id.value);
    return out;
}

/// `text` anywhere, taken as it is written.
std::string pattern_of(std::string_view text) {
    std::string out = "%";
    for (const char c : text) {
        if (c == '%' || c == '_' || c == '!') out += '!';
        out += c;
    }
    return text.empty() ? out : out + "%";
}

/// The damage of a row that the schema lets through is a fault, as in the room of the register.
Date date_in(const std::string& text) {
    const auto date = date_from_text(text);
    if (!date) throw store::Fault(store::Fault::Kind::damaged, "a date in the register cannot be read");
    return *date;
}

OrganisationRow row_of(const registry::Organisation& from) {
    OrganisationRow out;
    out.id = from.id.value;
    out.name = from.name;
    out.level = from.level;
    out.level_name = label_of_choice("level", name_of(from.level));
    out.form = from.form;
    out.form_name = label_of_choice("form", name_of(from.form));
    out.status = from.status;
    out.founded_on = from.founded_on;
    out.ended_on = from.ended_on;
    out.territory_code = from.territory_code;
    out.industry_code = from.industry_code;
    out.credit_code = from.credit_code;
    for (const auto& each : from.parents) {
        if (each.relation == registry::Relation::leads) out.above = each.parent.value;
        out.parents.push_back({each.relation, label_of_choice("relation", name_of(each.relation)), each.parent.value,
                               each.from, each.to});
    }
    return out;
}

}  // namespace

Shape member_shape() {
    auto out = shape_of<registry::Member>();
    out.members.push_back({"seen", "last event about the member, for Ask::seen", false, shape_of<std::int64_t>()});
    return out;
}

std::map<int, RegisterRow> registered_in(store::Db& db, const std::string& congress) {
    std::map<int, RegisterRow> out;
    for (const auto& each : registry::delegates_of(db, {congress}))
        if (each.status == registry::MandateStatus::standing)
            out[each.number] = {each.mandate.value, each.member.value, each.name};
    return out;
}

Organisations organisations_on(store::Db& db, Date day) {
    Organisations out{day, {}};
    std::map<std::string, OrganisationRow> rows;
    for (const auto& each : registry::organisations_at(db, day)) rows.emplace(each.id.value, row_of(each));
    for (const auto& [id, counted] : registry::counts(db))
        if (const auto found = rows.find(id.value); found != rows.end()) {
            found->second.members = counted.members;
            found->second.women = counted.women;
        }
    {
        auto seen = db.query("journal.last_of_organisations");
        constexpr std::size_t prefix = std::string_view("organisation/").size();
        while (seen.next())
            if (const auto found = rows.find(seen.text(0).substr(prefix)); found != rows.end())
                found->second.seen = seen.integer(1);
    }
    std::map<std::string, std::vector<std::string>> below;
    for (auto& [id, row] : rows) {
        if (row.above && !rows.contains(*row.above)) row.above.reset();  // the one above had ended by that day
        below[row.above.value_or("")].push_back(id);
    }
    // The register refuses a circle of parents, so that every row is reached once.
    const std::function<void(const std::string&, std::int64_t)> enter = [&](const std::string& id, std::int64_t depth) {
        auto& row = rows.at(id);
        row.depth = depth;
        row.members_below = row.members;
        row.women_below = row.women;
        const auto place = out.organisations.size();
        out.organisations.push_back(row);
        for (const auto& child : below[id]) {
            enter(child, depth + 1);
            row.members_below += rows.at(child).members_below;
            row.women_below += rows.at(child).women_below;
        }
        out.organisations[place] = row;
    };
    for (const auto& root : below[""]) enter(root, 0);
    return out;
}

Result<MembersPage> members_page(store::Db& db, const MembersAsked& asked) {
    constexpr std::int64_t most = 500;
    if (asked.limit < 1 || asked.limit > most)
        return refuse(base::Why::field_wrong_value, {{"value", asked.limit}}, {"", 0, 0, "limit"});
    if (!db.query("registry.organisation", {asked.organisation}).next())
        return refuse(registry::Why::organisation_unknown, {{"organisation", shown(asked.organisation)}});
    std::string after_name;
    if (!asked.after.empty()) {
        const auto last = registry::member(db, {asked.after});
        if (!last) return refuse(registry::Why::member_unknown, {{"member", shown(asked.after)}}, {"", 0, 0, "after"});
        after_name = last->name;
    }
    MembersPage out;
    const auto pattern = pattern_of(asked.text);
    std::vector<std::string> ids;
    {
        auto rows = db.query("reading.members_matching",
                             {asked.organisation, pattern, after_name, asked.after, asked.limit + 1});
        while (rows.next()) ids.push_back(rows.text(0));
    }
    {
        auto rows = db.query("reading.count_matching", {asked.organisation, pattern});
        if (rows.next()) out.total = rows.integer(0);
    }
    if (static_cast<std::int64_t>(ids.size()) > asked.limit) {
        ids.pop_back();
        out.next = ids.back();
    }
    for (const auto& id : ids)
        if (const auto found = registry::member(db, {id})) out.members.push_back(member_json(db, *found));
    return out;
}

Result<MemberPage> member_page(store::Db& db, const std::string& id) {
    const auto found = registry::member(db, {id});
    if (!found) return refuse(registry::Why::member_unknown, {{"member", shown(id)}});
    MemberPage out;
    out.member = member_json(db, *found);
    {
        auto rows = db.query("reading.mandates_of_member", {id});
        while (rows.next()) {
            MandateRow row;
            row.mandate = rows.text(0);
            row.congress = rows.text(1);
            row.number = rows.integer(2);
            row.delegation = rows.text(3);
            row.category = rows.text(4);
            row.head = rows.integer(5) != 0;
            row.from = date_in(rows.text(6));
            if (const auto to = rows.text_or_null(7)) row.to = date_in(*to);
            row.status = enum_from_name<registry::MandateStatus>(rows.text(8)).value_or(row.status);
            out.mandates.push_back(std::move(row));
        }
    }
    auto rows = db.query("reading.history", {"member/" + id});
    while (rows.next()) {
        HistoryRow row;
        row.seq = rows.integer(0);
        row.at = time_from_text(rows.text(1)).value_or(UtcTime{});
        row.actor = rows.text(2);
        row.kind = rows.text(3);
        const auto key = "history." + row.kind;
        row.sentence = has_text(Language::en, key) ? say_all(key) : same_text(row.kind);
        row.erased = rows.integer(4) != 0;
        out.history.push_back(std::move(row));
    }
    return out;
}

}  // namespace plenum::app::desk
