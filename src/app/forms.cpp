// SPDX-License-Identifier: Apache-2.0
#include "app/forms.h"

#include <algorithm>

#include "congress/commands.h"
#include "registry/register.h"
#include "rules/schema.h"

namespace plenum::app {
namespace {

using Is = Shape::Is;

ShapeMember& member_called(Shape& record, std::string_view name) {
    const auto found = std::ranges::find(record.members, name, &ShapeMember::name);
    invariant(found != record.members.end());
    return *found;
}

/// What may be asked of the congress, with what the office fills in left out.
void add_congress(std::vector<ActShape>& to) {
    for_each_shape<congress::ask::Command>([&](const std::string& kind, Shape shape) {
        if (kind == congress::ask::DeclareResult::kind) shape = shape_of<asked::DeclareResult>();
        if (kind == congress::ask::PutQuestion::kind)
            member_called(member_called(shape, "subject").shape, asked::Candidates::kind).shape =
                shape_of<asked::Candidates>();
        to.push_back({"congress." + kind, "congress", "congress", std::move(shape)});
    });
}

void add_election(std::vector<ActShape>& to) {
    const ShapeMember which{"election", "election", false, shape_of<election::ElectionId>(), {}};
    const auto add = [&](std::string kind, Shape shape) {
        to.push_back({"election." + std::move(kind), "election", "election", std::move(shape)});
    };
    for_each_shape<election::Command>([&](const std::string& kind, Shape shape) {
        if (kind == election::AdoptList::kind) return;  // the congress's vote does it
        if (kind == election::Prepare::kind) {
            shape = shape_of<asked::Prepare>();
        } else {
            shape.members.insert(shape.members.begin(), which);
        }
        add(kind, std::move(shape));
    });
    add("prepare_next_round", shape_of<asked::PrepareNextRound>());
}

void add_register(std::vector<ActShape>& to) {
    for_each_shape<registry::Command>([&](const std::string& kind, Shape shape) {
        to.push_back({"registry." + kind, "registry", "register", std::move(shape)});
    });
}

// ---- Where values come from
// -------------------------------------------------------------------------------------------

/// By "act path", else by the field's own name.
const std::map<std::string, std::string_view, std::less<>>& sources() {
    static const std::map<std::string, std::string_view, std::less<>> all{
        {"delegate", "delegates"},
        {"unit", "units"},
        {"item", "items"},
        {"question", "questions"},
        {"election", "elections"},
        {"after", "elections"},
        {"body", "bodies"},
        {"party", "parties"},
        {"teller", "tellers"},
        {"witnesses", "scrutineers"},
        {"candidate", "candidates"},
        {"lot", "candidates"},
        {"pack", "packs"},
        {"language", "languages"},
        {"congress", "congresses"},
        {"organisation", "organisations"},
        {"parent", "organisations"},
        {"into", "organisations"},
        {"to", "organisations"},
        {"member", "members"},
        {"successor", "members"},
        {"mandate", "mandates"},
        {"import", "imports"},
        {"chair", "present"},
        {"executive_chairs", "delegates"},
        {"secretary_general", "delegates"},
        {"head", "delegates"},
        {"sitting", "new"},
        {"congress.confirm_values fields", "unconfirmed"},
        {"congress.allocate units/id", "new"},
        {"congress.report_unit_election delegates/id", "new"},
        {"congress.put_question question", "new"},
        {"congress.put_question subject/presidium/members", "delegates"},
        {"congress.put_question subject/scrutineers/members", "delegates"},
        {"congress.put_question subject/agenda/items/id", "new"},
        {"congress.hear_report document", "documents"},
        {"election.prepare election", "new"},
        {"election.prepare_next_round election", "new"},
        {"congress.nominate members/unit", ""},
        {"congress.nominate members/id", "delegates"},
        {"election.nominate candidates/id", "delegates"},
        {"election.nominate candidates/unit", ""},
        {"election.appoint_tellers scrutineers/id", "delegates"},
        {"election.appoint_tellers tellers/id", "new"},
        {"election.check_write_in name", "write_ins"},
        {"election.check_write_in person", "delegates"},
        {"election.certify scrutineers", "scrutineers"},
        {"election.declare_uncontested scrutineers", "scrutineers"},
        {"registry.found_organisation organisation", "new"},
        {"registry.register_roster units", "organisations"},
        {"registry.register_roster rows/party", ""},
        {"registry.correct_member party", ""}};
    return all;
}

/// Texts that take one of a few words, which neither the type nor the field says.
std::vector<std::string> words_of(std::string_view act, std::string_view path) {
    if (act == "congress.plan" && path == "bodies/name")
        return {std::begin(rules::bodies), std::prev(std::end(rules::bodies))};  // but for the delegates
    return {};
}

// ---- Labels
// ----------------------------------------------------------------------------------------------------------

Json form_of(std::string_view act, const std::string& path, const Shape& shape, const Bounds& bounds);

Json field_json(std::string_view act, const std::string& path, const ShapeMember& member) {
    return JsonObject{{"name", member.name},
                      {"label", json_from(label_of_field(act, path))},
                      {"type", form_of(act, path, member.shape, member.bounds)},
                      {"optional", member.optional()},
                      {"personal", member.personal}};
}

JsonArray fields_json(std::string_view act, const std::string& path, const Shape& record) {
    JsonArray out;
    for (const auto& each : record.members)
        out.push_back(field_json(act, path.empty() ? each.name : path + "/" + each.name, each));
    return out;
}

Json choice_json(std::string_view path, const std::vector<std::string>& values) {
    JsonArray choices;
    const auto name = path.substr(path.rfind('/') + 1);
    for (const auto& each : values)
        choices.push_back(JsonObject{{"value", each}, {"label", json_from(label_of_choice(name, each))}});
    return JsonObject{{"is", "choice"}, {"choices", std::move(choices)}};
}

Json form_of(std::string_view act, const std::string& path, const Shape& shape, const Bounds& bounds) {
    const bool is_long = bounds.lines == Lines::many;
    const auto from = [&]() -> Json {
        const auto source = source_of_field(act, path);
        return source.empty() ? Json(nullptr) : Json(source);
    };
    switch (shape.is) {
        case Is::text:
            if (auto words = words_of(act, path); !words.empty()) return choice_json(path, words);
            if (!bounds.words.empty()) return choice_json(path, {bounds.words.begin(), bounds.words.end()});
            return JsonObject{{"is", "text"}, {"long", is_long}, {"most", bounds.most()}, {"from", from()}};
        case Is::id: return JsonObject{{"is", "id"}, {"from", from()}};
        case Is::texts: return JsonObject{{"is", "texts"}, {"long", is_long}, {"most", bounds.most()}};
        case Is::date: return JsonObject{{"is", "date"}};
        case Is::time: return JsonObject{{"is", "time"}};
        case Is::number:
            return JsonObject{{"is", "number"},
                              {"least", bounds.range ? Json(bounds.range->least) : Json(nullptr)},
                              {"most", bounds.range ? Json(bounds.range->most) : Json(nullptr)}};
        case Is::yes_no: return JsonObject{{"is", "yes_no"}};
        case Is::choice: return choice_json(path, shape.choices);
        case Is::list: return JsonObject{{"is", "list"}, {"of", form_of(act, path, shape.one.front(), bounds)}};
        case Is::map: return JsonObject{{"is", "map"}, {"of", form_of(act, path, shape.one.front(), bounds)}};
        case Is::record: return JsonObject{{"is", "record"}, {"fields", fields_json(act, path, shape)}};
        case Is::one_of: {
            JsonArray kinds;
            for (const auto& each : shape.members)
                kinds.push_back(JsonObject{{"value", each.name},
                                           {"label", json_from(say_all("act.kind." + path + "." + each.name))},
                                           {"fields", fields_json(act, path + "/" + each.name, each.shape)}});
            return JsonObject{{"is", "one_of"}, {"kinds", std::move(kinds)}};
        }
        case Is::json: break;  // no act asks for it
    }
    invariant(!"a type that a form can show");
    return nullptr;
}

}  // namespace

const std::vector<ActShape>& act_shapes() {
    static const std::vector<ActShape> all = [] {
        std::vector<ActShape> out;
        add_congress(out);
        add_election(out);
        add_register(out);
        return out;
    }();
    return all;
}

std::string_view source_of_field(std::string_view act, std::string_view path) {
    const auto& all = sources();
    if (const auto special = all.find(std::string(act) + " " + std::string(path)); special != all.end())
        return special->second;
    const auto found = all.find(path.substr(path.rfind('/') + 1));
    return found == all.end() ? std::string_view() : found->second;
}

Text label_of_act(std::string_view act) { return say_all("act.name." + std::string(act)); }

Text label_of_field(std::string_view act, std::string_view path) {
    const auto special = "act.field_of." + std::string(act) + "." + std::string(path);
    if (has_text(Language::en, special)) return say_all(special);
    return say_all("act.field." + std::string(path.substr(path.rfind('/') + 1)));
}

Text label_of_choice(std::string_view field, std::string_view value) {
    return say_all("act.choice." + std::string(field) + "." + (value.empty() ? "none" : std::string(value)));
}

bool carries_a_sheet(const ActShape& act) {
    return std::ranges::any_of(act.with.members, [](const auto& each) { return each.shape.is == Is::json; });
}

const Json& act_forms() {
    static const Json all = [] {
        JsonArray rooms, acts;
        for (const auto& each : act_shapes()) {
            if (carries_a_sheet(each)) continue;
            if (rooms.empty() || rooms.back().at("name").as_string() != each.room)
                rooms.push_back(
                    JsonObject{{"name", each.room}, {"label", json_from(say_all("act.room." + each.room))}});
            acts.push_back(JsonObject{{"name", each.name},
                                      {"room", each.room},
                                      {"label", json_from(label_of_act(each.name))},
                                      {"about", json_from(say_all("act.about." + each.name))},
                                      {"of", each.of},
                                      {"fields", fields_json(each.name, "", each.with)}});
        }
        return Json(JsonObject{{"rooms", std::move(rooms)}, {"acts", std::move(acts)}});
    }();
    return all;
}

}  // namespace plenum::app
