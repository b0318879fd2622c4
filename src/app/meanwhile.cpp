// SPDX-License-Identifier: Apache-2.0
#include "app/meanwhile.h"

#include <algorithm>
#include <set>

#include "store/db.h"

namespace plenum::app {
namespace {

/// A text member of what was asked or happened, or "".
std::string text_in(const Json& json, std::string_view name) {
    const auto* object = json.if_object();
    const auto* found = object ? object->if_contains(name) : nullptr;
    const auto* text = found ? found->if_string() : nullptr;
    return text ? std::string(*text) : std::string();
}

/// What in a congress or election an act changes, as words that name it; empty where it changes the whole.
std::set<std::string> subjects(std::string_view act, const Json& with) {
    const auto of = [&](std::initializer_list<std::string_view> names) {
        std::string all;
        for (const auto name : names) all += text_in(with, name) + "\n";
        return std::set<std::string>{all};
    };
    if (act == "congress.review_credentials") {
        std::set<std::string> out;
        const auto* object = with.if_object();
        const auto* findings = object ? object->if_contains("findings") : nullptr;
        if (findings && findings->is_array())
            for (const auto& each : findings->get_array()) out.insert(text_in(each, "delegate"));
        return out;
    }
    if (act == "congress.record_deliberation") return of({"item", "unit"});
    if (act == "congress.report_unit_election") return of({"unit"});
    if (act == "congress.lay_document") return of({"item"});
    if (act == "congress.send_request" || act == "congress.record_reply")
        return text_in(with, "matter") == "holding" ? of({"matter", "party"}) : of({"matter", "body", "party"});
    if (act == "congress.call_new_election") return of({"body"});
    if (act == "congress.check_in" || act == "congress.leave") return of({"delegate"});
    if (act == "election.enter_count") return of({"teller"});
    return {};
}

bool share(const std::set<std::string>& one, const std::set<std::string>& other) {
    return one.empty() || other.empty() ||
           std::ranges::any_of(one, [&](const std::string& each) { return other.contains(each); });
}

/// The stream of the journal that tells what the act changes; "" where nothing can be said.
std::string stream_of(const Ask& ask, store::Db& db) {
    if (ask.act.starts_with("congress.")) return "congress/" + ask.congress;
    if (ask.act.starts_with("election.")) return "election/" + text_in(ask.with, "election");
    if (const auto member = text_in(ask.with, "member"); !member.empty()) return "member/" + member;
    if (const auto mandate = text_in(ask.with, "mandate"); !mandate.empty()) {
        auto rows = db.query("registry.mandate", {mandate});
        return rows.next() ? "member/" + rows.text(1) : std::string();
    }
    const auto organisation = text_in(ask.with, "organisation");
    return organisation.empty() ? std::string() : "organisation/" + organisation;
}

}  // namespace

Result<Done> must_be_unchanged(const Ask& ask, store::Db& db) {
    if (!ask.seen) return Done{};
    const auto stream = stream_of(ask, db);
    if (stream.empty()) return Done{};
    const bool of_register = ask.act.starts_with("registry.");
    const auto mine = subjects(ask.act, ask.with);
    auto rows = db.query("journal.of_stream_after", {stream, *ask.seen});
    while (rows.next()) {
        if (!of_register) {
            if (rows.text(3) != ask.act) continue;
            const auto body = json_from_text(rows.text(4));
            invariant(body);
            if (!share(mine, subjects(ask.act, *body))) continue;
        }
        return refuse(Why::changed_meanwhile,
                      {{"actor", rows.text(1)}, {"at", rows.text(2)}, {"seq", rows.integer(0)}});
    }
    return Done{};
}

}  // namespace plenum::app
