// SPDX-License-Identifier: Apache-2.0
#include "app/steps.h"

#include <algorithm>

#include "app/compose.h"
#include "app/forms.h"
#include "app/teller.h"
#include "congress/sentences.h"

namespace plenum::app::desk {
namespace {

using State = plenum::congress::Congress;
using congress::ItemType;
using congress::Matter;
using congress::SittingKind;
using congress::SittingState;
using election::Phase;

/// One act as it might be asked for now.
struct Proposal {
    std::string act;
    JsonObject with;                 ///< as far as the books tell
    std::vector<std::string> needs;  ///< what a person must give or look at
    std::optional<Text> about{};
    std::optional<JsonObject> trial{};      ///< `with` with stand-ins for what a person gives
    std::vector<std::string_view> input{};  ///< names of refusals, or their beginnings, that only speak of that input
};

/// A stand-in that no id of the books equals.
constexpr std::string_view nobody = "nobody:";

/// A value of this shape and within its bounds, to see whether anything but the values stands in the way.
Json stand_in(const Shape& shape, const Bounds& bounds = unbounded) {
    using Is = Shape::Is;
    switch (shape.is) {
        case Is::text: return bounds.is_birth ? "" : bounds.words.empty() ? "…" : Json(bounds.words.front());
        case Is::id: return Json(nobody);
        case Is::texts: return json_from(same_text("…"));
        case Is::date: return "2000-01-01";
        case Is::time: return "9999-01-01T00:00:00Z";
        case Is::number: return bounds.range ? std::clamp<std::int64_t>(1, bounds.range->least, bounds.range->most) : 1;
        case Is::yes_no: return true;
        case Is::choice: return Json(shape.choices.front());
        case Is::list: return JsonArray{};
        case Is::map: return JsonObject{};
        case Is::json: return nullptr;
        case Is::one_of: return JsonObject{{shape.members.front().name, stand_in(shape.members.front().shape)}};
        case Is::record: break;
    }
    JsonObject out;
    for (const auto& each : shape.members)
        if (!each.optional()) out[each.name] = stand_in(each.shape, each.bounds);
    return out;
}

class Proposals {
  public:
    Proposals(const Books& books, const State& state) : books_(books), state_(state) {
        for (const auto& each : state.agenda)
            if (state.current_item == each.item.id && !each.done) current_ = &each;
        preparing();
        delegates();
        sitting();
        questions();
        agenda();
        results();
        for (const auto& body : state.bodies) elections(body);
        others();
    }

    std::vector<Proposal> all;

    /// The acts that would go on with the congress, the first lawful of which is the next one; indices of `all`.
    std::vector<std::size_t> preference() {
        order_.clear();
        if (state_.closed) {
            prefer_consents(Matter::results);
            return order_;
        }
        prefer("congress.confirm_values");
        prefer_consents(Matter::holding);
        prefer("congress.call_new_election");
        prefer("congress.allocate");
        // One who reported may correct it, but nobody is asked to.
        if (std::ranges::any_of(state_.units,
                                [&](const auto& each) { return !state_.unit_elections.contains(each.id); }))
            prefer("congress.report_unit_election");
        if (std::ranges::any_of(state_.mandates, [](const auto& each) { return each.second.awaits_finding(); }))
            prefer("congress.review_credentials");
        switch (state_.sitting.state) {
            case SittingState::none:
                prefer_consents(Matter::candidates);
                prefer_plenary();
                if (state_.preparatory_held && state_.presidium_met.empty()) prefer("congress.meet_presidium");
                prefer("congress.open_check_in");
                break;
            case SittingState::checking_in:
                prefer("congress.open_sitting");
                prefer("congress.check_in");
                break;
            case SittingState::interrupted:
                prefer_work_of_interruption();
                prefer_plenary();
                prefer(state_.sitting.opened ? "congress.resume_sitting" : "congress.open_sitting");
                prefer("congress.check_in");
                break;
            case SittingState::open: prefer_sitting(); break;
        }
        return order_;
    }

  private:
    std::size_t add(Proposal proposal) {
        all.push_back(std::move(proposal));
        return all.size() - 1;
    }
    /// All proposals of this act that name this word anywhere; with "" all of the act.
    void prefer(std::string_view act, std::string_view word = {}) {
        for (std::size_t i = 0; i < all.size(); ++i)
            if (all[i].act == act && (word.empty() || words_[i] == word)) order_.push_back(i);
    }
    std::size_t add(Proposal proposal, std::string word) {
        const auto index = add(std::move(proposal));
        words_[index] = std::move(word);
        return index;
    }

    // ---- Preparing

    void preparing() {
        JsonArray values;
        for (const auto& name : state_.unconfirmed) values.push_back(Json(name));
        add({"congress.confirm_values", {{"fields", std::move(values)}}, {"fields"}});
        bool sent = false, replied = false;
        for (const auto matter : {Matter::holding, Matter::candidates, Matter::results})
            for (const auto& party : congress::parties_to_ask(*state_.rules, matter)) {
                if (matter == Matter::holding) {
                    consent(matter, party, "", sent, replied);
                } else {
                    for (const auto& body : state_.bodies)
                        if (matter == Matter::results || !state_.is_nominated(body.body.name))
                            consent(matter, party, body.body.name, sent, replied);
                }
            }
        const JsonObject none{{"matter", "holding"}, {"party", nobody}, {"body", ""}, {"document", ""}};
        if (!sent) {
            auto trial = none;
            trial["document"] = "…";
            add({"congress.send_request", none, {"matter", "party", "document"}, {}, std::move(trial)});
        }
        if (!replied) {
            auto with = none;
            with["granted"] = true;
            auto trial = with;
            trial["document"] = "…";
            add({"congress.record_reply",
                 std::move(with),
                 {"matter", "party", "granted", "document"},
                 {},
                 std::move(trial)});
        }
        const auto total = state_.plan->delegates;
        JsonObject trial{
            {"method", "stated"},
            {"minimum", 1},
            {"units", JsonArray{to_json(congress::Unit{{"u1"}, same_text("…"), state_.plan->members, total})}}};
        add({"congress.allocate",
             {{"method", "largest_remainder"}, {"minimum", 1}, {"units", JsonArray{}}},
             {"method", "units"},
             {},
             std::move(trial)});
    }

    void consent(Matter matter, const std::string& party, const std::string& body, bool& sent, bool& replied) {
        const auto found = state_.requests.find({matter, body, party});
        const bool waits = found != state_.requests.end() && !found->second.answered;
        JsonObject with{{"matter", name_of(matter)}, {"party", party}, {"body", body}, {"document", ""}};
        auto about = say_all("steps.consent", {},
                             {{"matter", label_of_choice("matter", name_of(matter))},
                              {"party", congress::party_name(state_, party)},
                              {"body", body.empty() ? Text{} : congress::body_title(state_, body)}});
        if (waits) {
            with["granted"] = true;
            auto trial = with;
            trial["document"] = "…";
            add({"congress.record_reply", std::move(with), {"granted", "document"}, std::move(about), std::move(trial)},
                std::string(name_of(matter)));
            replied = true;
        } else {
            auto trial = with;
            trial["document"] = "…";
            add({"congress.send_request", std::move(with), {"document"}, std::move(about), std::move(trial)},
                std::string(name_of(matter)));
            sent = true;
        }
    }

    void prefer_consents(Matter matter) {
        prefer("congress.send_request", name_of(matter));
        prefer("congress.record_reply", name_of(matter));
    }
    void prefer_consents_of(const std::string& body, Matter matter) {
        const auto before = static_cast<std::ptrdiff_t>(order_.size());
        prefer_consents(matter);
        order_.erase(std::remove_if(order_.begin() + before, order_.end(),
                                    [&](std::size_t i) { return all[i].with.at("body") != Json(body); }),
                     order_.end());
    }

    // ---- Delegates

    void delegates() {
        const congress::Unit* next = nullptr;
        for (const auto& unit : state_.units)
            if (!next && !state_.unit_elections.contains(unit.id)) next = &unit;
        if (!next && !state_.units.empty()) next = &state_.units.back();
        Proposal report{"congress.report_unit_election",
                        {{"unit", next ? next->id.value : std::string()}},
                        {"electors", "participating", "candidates", "least_votes", "delegates"}};
        congress::ask::ReportUnitElection trial;
        trial.unit = next ? next->id : congress::UnitId{std::string(nobody)};
        if (next) {
            report.about = next->name;
            trial.electors = trial.participating = trial.least_votes = next->members;
            trial.candidates = 2 * next->seats + 1;
            for (int i = 0; i < next->seats; ++i) {
                congress::Delegate stand;
                stand.id = {std::string(nobody) + std::to_string(i)};
                stand.unit = next->id;
                stand.name = "…";
                trial.delegates.push_back(std::move(stand));
            }
        }
        report.trial = to_json(trial).as_object();
        add(std::move(report));

        congress::DelegateId review{std::string(nobody)}, away{std::string(nobody)}, here{std::string(nobody)};
        for (const auto& [id, mandate] : state_.mandates) {
            // The first that awaits a finding, else the first of all.
            if (review.value == nobody || (mandate.awaits_finding() && !state_.mandates.at(review).awaits_finding()))
                review = id;
            if (!state_.is_elector(id)) continue;
            const bool present = state_.sitting.present.contains(id);
            if (!present && away.value == nobody) away = id;
            if (present && here.value == nobody) here = id;
        }
        add({"congress.review_credentials",
             {{"findings", JsonArray{}}},
             {"findings"},
             {},
             JsonObject{{"findings",
                         JsonArray{JsonObject{{"delegate", review.value}, {"finding", "valid"}, {"reason", ""}}}}}});
        add({"congress.check_in",
             {{"delegate", ""}, {"method", "manual"}},
             {"delegate"},
             {},
             JsonObject{{"delegate", away.value == nobody ? here.value : away.value}, {"method", "manual"}}});
        add({"congress.leave", {{"delegate", ""}}, {"delegate"}, {}, JsonObject{{"delegate", here.value}}});
        first_present_ = here;
    }

    // ---- The sitting

    /// An id that no sitting has had: doors that never saw a quorum have one too.
    std::string new_sitting(const std::string& stem) const {
        const auto used = [&](const std::string& id) {
            return std::ranges::find(state_.sittings, congress::SittingId{id}, &congress::SittingRecord::id) !=
                   state_.sittings.end();
        };
        auto id = stem;
        for (int number = 2; used(id); ++number) id = stem + "-" + std::to_string(number);
        return id;
    }

    static Text counted(int number) {
        Text out;
        for (const auto language : all_languages)
            out.in(language) = language == Language::en ? std::to_string(number) : chinese_number(number);
        return out;
    }

    void sitting() {
        const auto id = new_sitting("s" + std::to_string(state_.sitting.number + 1));
        if (!state_.preparatory_held)
            add({"congress.open_check_in",
                 {{"sitting", id},
                  {"sitting_kind", "preparatory"},
                  {"title", json_from(say_all("steps.title.preparatory"))},
                  {"elects", false}},
                 {}});
        if (state_.preparatory_held || state_.sitting.kind == SittingKind::plenary) {
            const auto held = std::ranges::count(state_.sittings, SittingKind::plenary, &congress::SittingRecord::kind);
            const bool elects = std::ranges::any_of(
                state_.agenda, [](const auto& each) { return each.item.type == ItemType::election && !each.done; });
            add({"congress.open_check_in",
                 {{"sitting", id},
                  {"sitting_kind", "plenary"},
                  {"title",
                   json_from(say_all("steps.title.plenary", {}, {{"number", counted(static_cast<int>(held) + 1)}}))},
                  {"elects", elects}},
                 {"elects"}});
        }
        for (const auto& body : state_.bodies) {
            if (!body.may_meet() || body.results.empty() || offices_of(body).empty()) continue;
            const auto plenary = static_cast<int>(body.plenaries.size()) + 1;
            add({"congress.open_check_in",
                 {{"sitting", new_sitting("first-" + body.body.name)},
                  {"sitting_kind", "first_plenary"},
                  {"body", body.body.name},
                  {"title", json_from(say_all(plenary == 1 ? "steps.title.first_plenary" : "steps.title.later_plenary",
                                              {}, {{"body", body.body.title}, {"number", counted(plenary)}}))},
                  {"elects", true}},
                 {},
                 body.body.title},
                "first_plenary");
        }
        auto chair = first_present_;
        for (const auto& each : state_.presidium)
            if (state_.sitting.present.contains(each)) {
                chair = each;
                break;
            }
        add({"congress.open_sitting",
             {{"chair", chair.value == nobody ? std::string() : chair.value}},
             {"chair"},
             {},
             JsonObject{{"chair", chair.value}}});
        auto successor = std::string(nobody);
        for (const auto& each : state_.presidium.empty()
                                    ? std::vector(state_.sitting.present.begin(), state_.sitting.present.end())
                                    : state_.presidium)
            if (each != state_.sitting.chair && state_.sitting.present.contains(each)) {
                successor = each.value;
                break;
            }
        add({"congress.hand_over_chair", {{"chair", ""}}, {"chair"}, {}, JsonObject{{"chair", successor}}});
        const auto quorum = state_.sitting.state == SittingState::none ? std::nullopt : there_is_quorum();
        JsonObject interrupt{{"reason", quorum == std::optional(false) ? "want_of_quorum" : "pause"}};
        auto trial = interrupt;
        trial["announcement"] = json_from(same_text("…"));
        add({"congress.interrupt_sitting", std::move(interrupt), {"reason", "announcement"}, {}, std::move(trial)});
        add({"congress.resume_sitting", {}, {}});
        add({"congress.close_sitting", {}, {}});
        add({"congress.measure_quorum", {{"occasion", "on_request"}, {"body", ""}, {"round", 0}}, {}}, "on_request");
        for (const auto& body : state_.bodies)
            if (body.list && body.filled < body.body.seats)
                add({"congress.measure_quorum",
                     {{"occasion", "ballot_issue"},
                      {"body", body.body.name},
                      {"round", static_cast<std::int64_t>(body.results.size()) + 1}},
                     {},
                     body.body.title},
                    body.body.name);
        add({"congress.meet_presidium",
             {{"executive_chairs", JsonArray{}}, {"decisions", JsonArray{}}},
             {"executive_chairs", "decisions"}});
    }

    /// The bodies and offices of the plan that the members of this body may elect, and that nobody has elected yet.
    std::vector<const congress::BodyRecord*> offices_of(const congress::BodyRecord& body) const {
        std::vector<const congress::BodyRecord*> out;
        for (const auto& each : state_.bodies) {
            const auto electors = rules::electors(*state_.rules, each.body.name);
            const bool by_them =
                electors && std::ranges::find(electors->elected_by, body.body.name) != electors->elected_by.end();
            const bool on_agenda =
                std::ranges::any_of(state_.agenda, [&](const auto& item) { return item.item.body == each.body.name; });
            if (by_them && !on_agenda && each.filled < each.body.seats) out.push_back(&each);
        }
        return out;
    }

    /// Who is elected by the congress comes first; then the members of what it elected meet.
    void prefer_plenary() {
        if (state_.in_first_plenary()) return;
        for (const auto& each : state_.agenda)
            if (each.item.type == ItemType::election && !each.done) return;
        prefer("congress.open_check_in", "first_plenary");
    }

    std::optional<bool> there_is_quorum() const {
        const auto quorum = congress::quorum_now(state_);
        if (!quorum) return std::nullopt;
        return quorum->met;
    }

    // ---- Questions

    std::string new_question() const {
        auto number = state_.questions.size() + 1;
        while (state_.questions.contains({"q" + std::to_string(number)})) ++number;
        return "q" + std::to_string(number);
    }
    /// The item that is called, or the first of this type that is not done.
    const congress::Item* item_for(ItemType type) const {
        if (current_ && current_->item.type == type) return current_;
        for (const auto& each : state_.agenda)
            if (each.item.type == type && !each.done) return &each;
        return nullptr;
    }

    void question(congress::Subject subject, JsonObject shown, std::vector<std::string> needs,
                  const congress::Item* item, std::vector<std::string_view> input = {}) {
        congress::QuestionPut put;
        if (item) put.item = item->item.id;
        put.subject = subject;
        const std::string kind(kind_of(put.subject));
        const bool names_itself = kind == "motion" || kind == "measure" || kind == "resolution";
        auto about = names_itself ? say_all("act.kind.subject." + kind) : congress::subject_name(state_, put);
        const auto text = say_all("steps.question", {}, {{"subject", about}});
        std::string mode = "show_of_hands";
        if (const auto modes = rules::voting_modes(*state_.rules, "motion");
            modes && !modes->empty() && std::ranges::find(*modes, mode) == modes->end())
            mode = modes->front();
        JsonObject with{{"question", new_question()}, {"item", item ? Json(item->item.id.value) : Json(nullptr)},
                        {"text", json_from(text)},    {"mode", mode},
                        {"closes_at", nullptr},       {"subject", JsonObject{{kind, std::move(shown)}}}};
        auto trial = with;
        if (kind != "candidates") trial["subject"] = to_json(subject);
        if (names_itself) needs.insert(needs.begin(), "text");
        add({"congress.put_question", std::move(with), std::move(needs), std::move(about), std::move(trial),
             std::move(input)},
            kind == "candidates"     ? std::get<congress::AdoptCandidates>(subject).body
            : kind == "reduce_seats" ? kind + "/" + std::get<congress::ReduceSeats>(subject).body
                                     : kind);
    }

    void questions() {
        const auto* measure_item = current_ && current_->item.type == ItemType::measure ? current_ : nullptr;
        const auto* other = current_ && current_->item.type == ItemType::other ? current_ : nullptr;
        question(congress::AdoptCredentialsReport{}, {}, {}, nullptr);
        const auto somebody = first_entitled();
        question(congress::ElectPresidium{{somebody}, somebody}, {{"members", JsonArray{}}, {"secretary_general", ""}},
                 {"subject.presidium.members", "subject.presidium.secretary_general"}, nullptr);
        congress::AgendaItem item;
        item.id = {"i1"};
        item.title = same_text("…");
        question(congress::AdoptAgenda{{item}}, {{"items", JsonArray{}}}, {"subject.agenda.items"}, nullptr);
        question(congress::AdoptMeasure{same_text("…"), ""}, {{"toml", ""}},
                 {"subject.measure.title", "subject.measure.toml"}, measure_item, {"rules."});
        question(congress::AdoptReport{}, {}, {}, item_for(ItemType::report));
        bool listed = false;
        for (const auto& body : state_.bodies) {
            if (state_.is_nominated(body.body.name)) continue;
            question(congress::AdoptCandidates{body.body.name, 0, {}}, {{"body", body.body.name}}, {},
                     current_ && current_->item.body == body.body.name ? current_ : nullptr);
            listed = true;
        }
        if (!listed)
            question(congress::AdoptCandidates{std::string(nobody), 0, {}}, {{"body", ""}}, {"subject.candidates.body"},
                     nullptr);
        const auto watcher = first_without_candidacy();
        question(congress::ElectScrutineers{watcher, {watcher}}, {{"head", ""}, {"members", JsonArray{}}},
                 {"subject.scrutineers.head", "subject.scrutineers.members"}, other);
        question(congress::AdoptResolution{same_text("…"), same_text("…")}, {},
                 {"subject.resolution.title", "subject.resolution.text"}, item_for(ItemType::resolution));
        question(congress::AdoptMotion{}, {}, {}, current_);
        for (const auto& body : state_.bodies)
            if (body.may_be_reduced())
                question(congress::ReduceSeats{body.body.name, body.filled},
                         {{"body", body.body.name}, {"seats", body.filled}}, {},
                         current_ && current_->item.body == body.body.name ? current_ : nullptr);

        const auto open = state_.open_question;
        const auto present = static_cast<std::int64_t>(state_.sitting.present.size());
        const auto found = state_.questions.find(open);
        const bool by_voice =
            found != state_.questions.end() && found->second.put.mode == congress::VoteMode::acclamation;
        JsonObject vote{{"question", open.empty() ? std::string(nobody) : open.value}};
        if (!by_voice) {
            vote["for"] = present;
            vote["against"] = 0;
            vote["abstain"] = 0;
        }
        const auto about = found == state_.questions.end() ? std::optional<Text>() : found->second.put.text;
        JsonObject withdraw{{"question", vote["question"]}};
        add({"congress.declare_vote", std::move(vote),
             by_voice ? std::vector<std::string>{} : std::vector<std::string>{"for", "against", "abstain"}, about});
        add({"congress.withdraw_question", std::move(withdraw), {}, about});
    }

    congress::DelegateId first_entitled() const {
        for (const auto& [id, mandate] : state_.mandates)
            if (state_.is_elector(id)) return id;
        return {std::string(nobody)};
    }
    congress::DelegateId first_without_candidacy() const {
        std::set<std::string> standing;
        for (const auto* list : state_.lists_at_stake())
            for (const auto& each : list->candidates) standing.insert(each.id);
        for (const auto& [id, mandate] : state_.mandates)
            if (state_.is_elector(id) && !standing.contains(id.value)) return id;
        return {std::string(nobody)};
    }

    // ---- Agenda

    void agenda() {
        bool any = false;
        for (const auto& each : state_.agenda) {
            if (each.done) continue;
            add({"congress.call_item", {{"item", each.item.id.value}}, {}, each.item.title}, each.item.id.value);
            any = true;
        }
        if (!any)
            add({"congress.call_item",
                 {{"item", state_.agenda.empty() ? std::string(nobody) : state_.agenda.back().item.id.value}},
                 {"item"}});
        const auto about = current_ ? std::optional(current_->item.title) : std::nullopt;
        const Json item = current_ ? Json(current_->item.id.value) : Json(nullptr);
        const std::string item_or_nobody = current_ ? current_->item.id.value : std::string(nobody);
        JsonObject lay{{"item", item}, {"language", "zh-Hans"}};
        auto lay_trial = lay;
        lay_trial["title"] = json_from(same_text("…"));
        lay_trial["markdown"] = "… " + std::to_string(state_.documents.size());
        add({"congress.lay_document", std::move(lay), {"title", "language", "markdown"}, about, std::move(lay_trial)});
        const auto document = current_ && !current_->documents.empty() ? current_->documents.back() : std::string();
        const auto presenter = current_ ? current_->item.presenter : std::string();
        std::vector<std::string> needs;
        if (presenter.empty()) needs.emplace_back("presenter");
        if (document.empty()) needs.emplace_back("document");
        add({"congress.hear_report",
             {{"item", item_or_nobody}, {"presenter", presenter}, {"delivery", "read_out"}, {"document", document}},
             std::move(needs),
             about});
        const congress::Unit* unit = nullptr;
        for (const auto& each : state_.units)
            if (!unit && !has_deliberated(each.id)) unit = &each;
        if (!unit && !state_.units.empty()) unit = &state_.units.front();
        JsonObject deliberation{{"item", item_or_nobody},
                                {"unit", unit ? unit->id.value : std::string(nobody)},
                                {"speakers", 0},
                                {"amendments", JsonArray{}}};
        auto deliberation_trial = deliberation;
        deliberation_trial["summary"] = json_from(same_text("…"));
        add({"congress.record_deliberation",
             std::move(deliberation),
             {"unit", "speakers", "summary", "amendments"},
             unit ? std::optional(unit->name) : std::nullopt,
             std::move(deliberation_trial)});
        add({"congress.conclude_item", {{"item", item_or_nobody}}, {}, about});
        add({"congress.note_fact", {}, {"text"}, {}, JsonObject{{"text", json_from(same_text("…"))}}});
        bool told = true;
        for (const auto& body : state_.bodies)
            if (!body.plenaries.empty() && body.plenaries.back().closed && !body.plenaries.back().announced) {
                add({"congress.announce_plenary", {{"body", body.body.name}}, {}, body.body.title});
                told = false;
            }
        if (told) add_fallback("congress.announce_plenary");
        add({"congress.close_congress", {}, {}});
    }

    bool has_deliberated(const congress::UnitId& unit) const {
        return current_ && std::ranges::find(current_->deliberations, unit, &congress::ItemDeliberated::unit) !=
                               current_->deliberations.end();
    }
    bool all_have_deliberated() const {
        return std::ranges::all_of(state_.units, [&](const auto& each) { return has_deliberated(each.id); });
    }

    void results() {
        bool any = false;
        for (const auto& body : state_.bodies) {
            const auto* latest = books_.election_of(state_.id, body.body.name);
            if (!latest || !latest->result || body.has_declared(latest->result->certificate)) continue;
            add({"congress.declare_result", {{"election", latest->id.value}}, {}, body.body.title}, body.body.name);
            any = true;
        }
        if (!any) add({"congress.declare_result", {{"election", nobody}}, {"election"}});
        any = false;
        for (const auto& body : state_.bodies) {
            const bool refused = body.state == congress::BodyState::refused;
            if (!state_.is_nominated(body.body.name) || (body.nominated && !refused)) continue;
            JsonObject with{{"body", body.body.name},
                            {"proposed_by", json_from(state_.plan->organisation)},
                            {"document", ""},
                            {"members", JsonArray{}}};
            auto trial = with;
            trial["document"] = "…";
            trial["consulted"] = json_from(same_text("…"));
            trial["consulted_on"] = text_from_date(date_at(state_.last_at, state_.plan->utc_offset_minutes));
            trial["head_agreed"] = json_from(same_text("…"));
            trial["members"] = stand_in_nominees(body.body.seats);
            add({"congress.nominate",
                 std::move(with),
                 {"proposed_by", "consulted", "consulted_on", "document", "members"},
                 body.body.title,
                 std::move(trial)},
                body.body.name);
            any = true;
        }
        if (!any) add_fallback("congress.nominate");
        any = false;
        for (const auto& body : state_.bodies) {
            if (body.state != congress::BodyState::refused) continue;
            add({"congress.call_new_election", {{"body", body.body.name}}, {}, body.body.title});
            any = true;
        }
        if (!any) add_fallback("congress.call_new_election");
    }

    /// As many as there are to be, the first in the chair; below the line of the rules one women's member.
    JsonArray stand_in_nominees(int seats) const {
        const auto answer = rules::womens_committee(*state_.rules, state_.plan->women_members);
        const bool committee = !answer || answer->form == "womens_committee";
        JsonArray out;
        for (int i = 0; i < (committee ? seats : 1); ++i)
            out.push_back(JsonObject{
                {"name", "…" + std::to_string(i)}, {"unit", "…"}, {"role", committee && i == 0 ? "chair" : "member"}});
        return out;
    }

    // ---- Elections

    std::string new_election(const std::string& body) const {
        std::string stem = state_.id + "-" + body;
        std::ranges::replace(stem, '_', '-');
        stem = stem.substr(0, 60);
        auto id = stem;
        for (int number = 2; books_.elections.contains(id); ++number) id = stem + "-" + std::to_string(number);
        return id;
    }

    void elections(const congress::BodyRecord& body) {
        const auto& name = body.body.name;
        if (state_.is_nominated(name)) return;
        const auto* latest = books_.election_of(state_.id, name);
        if (!latest) {
            add({"election.prepare", {{"election", new_election(name)}, {"body", name}}, {}, body.body.title}, name);
            return;
        }
        const auto& election = *latest;
        const auto& id = election.id.value;
        const auto step = [&](std::string act, JsonObject more, std::vector<std::string> needs,
                              std::optional<JsonObject> trial = {}, std::vector<std::string_view> input = {},
                              std::string word = {}) {
            more["election"] = id;
            if (trial) (*trial)["election"] = id;
            add({"election." + act, std::move(more), std::move(needs), body.body.title, std::move(trial),
                 std::move(input)},
                word.empty() ? name : word);
        };
        // The list: of a later round those who may stand.
        JsonArray may_stand, stand_ins;
        for (const auto& each : election.may_stand) may_stand.push_back(to_json(each));
        const auto names = std::min<std::int64_t>(2 * election.seats + 1, election::most_candidates);
        for (std::int64_t i = 0; i < names && election.may_stand.empty(); ++i)
            stand_ins.push_back(to_json(
                election::Candidate{{std::string(nobody) + std::to_string(i)}, "…" + std::to_string(i), "…", {}}));
        step("nominate", {{"candidates", may_stand}}, {"candidates"},
             JsonObject{{"candidates", election.may_stand.empty() ? stand_ins : may_stand}},
             {"election.surplus_too_small", "election.candidate"});
        JsonArray scrutineers, witnesses;
        const auto here = [&](const std::string& person) {
            return congress::must_be_in_the_hall(state_, name, {person}, {}).has_value();
        };
        for (const auto& each : state_.scrutineers_now())
            if (here(each.value))
                scrutineers.push_back(JsonObject{{"id", each.value}, {"name", state_.name_of_delegate(each)}});
        for (const auto& each : election.scrutineers)
            if (here(each.id.value)) witnesses.push_back(Json(each.id.value));
        const JsonObject somebody{{"id", nobody}, {"name", "…"}};
        step("appoint_tellers", {{"scrutineers", scrutineers}, {"tellers", JsonArray{}}}, {"scrutineers", "tellers"},
             JsonObject{{"scrutineers", scrutineers.empty() ? JsonArray{somebody} : scrutineers},
                        {"tellers", JsonArray{JsonObject{{"id", "nobody:t1"}, {"name", "…1"}},
                                              JsonObject{{"id", "nobody:t2"}, {"name", "…2"}}}}});
        step("show_box_empty", {{"witnesses", witnesses}}, {"witnesses"});
        const auto present = body.authorised ? body.authorised->present : 0;
        step("issue_ballots", {{"printed", present}, {"issued", present}, {"spoilt", 0}, {"unused", 0}},
             {"printed", "issued", "spoilt", "unused"});
        const auto issued = election.ballots ? election.ballots->issued : 0;
        step("collect_ballots", {{"returned", issued}}, {"returned"});
        counts(election, step);
        step("compare_counts", {}, {});
        bool unchecked = false;
        for (const auto& each : election.write_ins)
            if (!each.eligible) {
                step("check_write_in", {{"name", each.name}, {"eligible", true}, {"reason", ""}},
                     {"eligible", "reason"}, JsonObject{{"name", each.name}, {"eligible", true}, {"reason", "…"}},
                     {"app.write_in_"});
                unchecked = true;
            }
        if (!unchecked)
            step("check_write_in", {}, {"name", "eligible", "reason"},
                 JsonObject{{"name", nobody}, {"eligible", true}, {"reason", "…"}});
        step("certify", {{"scrutineers", witnesses}, {"lot", JsonArray{}}}, {"scrutineers", "lot"});
        step("declare_uncontested", {{"scrutineers", witnesses}}, {"scrutineers"});
        const auto* kind = "for_open_seats";
        if (election.phase == Phase::voided) kind = "repeat";
        if (election.result && !election.result->course.tied.empty()) kind = "among_tied";
        add({"election.prepare_next_round",
             {{"election", new_election(name)}, {"after", id}, {"next", kind}},
             {"next"},
             body.body.title},
            name);
    }

    template <class Add>
    void counts(const election::Election& election, const Add& step) {
        JsonArray votes;
        for (const auto& each : election.candidates)
            votes.push_back(JsonObject{{"candidate", each.id.value}, {"in_favour", 0}});
        const auto sheet = [&] {
            return JsonObject{{"returned", election.returned.value_or(0)},
                              {"invalid", 0},
                              {"illegal", 0},
                              {"ignored", 0},
                              {"votes", votes},
                              {"write_ins", JsonArray{}}};
        };
        const auto enter = [&](const std::string& teller, std::string word) {
            step("enter_count", {{"teller", teller}, {"sheet", sheet()}}, {"teller", "sheet"},
                 JsonObject{{"teller", teller}, {"sheet", sheet()}}, {"election.sheet_"}, std::move(word));
        };
        bool any = false;
        for (const auto& teller : election.tellers) {
            const bool entered =
                std::ranges::find(election.entries, teller.id, &election::Entry::teller) != election.entries.end();
            enter(teller.id.value, election.body + (entered ? "/again" : ""));
            any = true;
        }
        if (!any) enter(std::string(nobody), election.body);
    }

    /// Acts that nobody above proposed: whether their state is right can still be asked.
    void others() {
        std::set<std::string> proposed;
        for (const auto& each : all) proposed.insert(each.act);
        for (const auto& each : act_shapes())
            if (each.of != "register" && each.name != "congress.plan" && !proposed.contains(each.name))
                add_fallback(each.name);
    }
    void add_fallback(const std::string& act) {
        const auto shape = std::ranges::find(act_shapes(), act, &ActShape::name);
        invariant(shape != act_shapes().end());
        std::vector<std::string> needs;
        for (const auto& each : shape->with.members)
            if (!each.optional()) needs.push_back(each.name);
        add({act, {}, std::move(needs), {}, stand_in(shape->with).as_object(), {"base."}});
    }

    // ---- What comes next

    void prefer_work_of_interruption() {
        if (state_.in_first_plenary()) {
            for (const auto* office : offices_of(*state_.find_body(state_.sitting.body)))
                prefer_election(office->body.name, true);
            return;
        }
        if (!current_) return;
        if (current_->item.type == ItemType::report && current_->heard && !all_have_deliberated())
            prefer("congress.record_deliberation");
        if (current_->item.type == ItemType::election) prefer_election(current_->item.body, true);
    }

    void prefer_sitting() {
        prefer("congress.declare_vote");
        if (state_.sitting.kind == SittingKind::preparatory) {
            const bool done = state_.credentials_adopted && !state_.presidium.empty() && !state_.agenda.empty();
            if (!state_.credentials_adopted) prefer("congress.put_question", "credentials_report");
            if (state_.presidium.empty()) prefer("congress.put_question", "presidium");
            if (state_.agenda.empty()) prefer("congress.put_question", "agenda");
            // Where nothing can be put because the measure must say how votes are counted, it comes first.
            if (!done) prefer("congress.put_question", "measure");
            prefer("congress.close_sitting");
            return;
        }
        if (state_.in_first_plenary()) {
            if (state_.scrutineers_now().empty()) prefer("congress.put_question", "scrutineers");
            for (const auto* office : offices_of(*state_.find_body(state_.sitting.body)))
                prefer_election(office->body.name, false);
            prefer("congress.close_sitting");
            return;
        }
        prefer("congress.announce_plenary");
        if (!current_) {
            for (const auto& each : state_.agenda)
                if (!each.done) prefer("congress.call_item", each.item.id.value);
            prefer("congress.close_congress");
            return;
        }
        switch (current_->item.type) {
            case ItemType::report:
                if (!current_->heard && current_->documents.empty()) prefer("congress.lay_document");
                if (!current_->heard) prefer("congress.hear_report");
                if (!all_have_deliberated()) prefer("congress.record_deliberation");
                prefer("congress.put_question", "report");
                break;
            case ItemType::measure: prefer("congress.put_question", "measure"); break;
            case ItemType::election: prefer_election(current_->item.body, false); break;
            case ItemType::nomination: prefer("congress.nominate", current_->item.body); break;
            case ItemType::resolution: prefer("congress.put_question", "resolution"); break;
            case ItemType::ceremony: break;
            case ItemType::other:
                if (state_.scrutineers.empty()) prefer("congress.put_question", "scrutineers");
                break;
        }
        prefer("congress.conclude_item");
        prefer("congress.interrupt_sitting");
    }

    /// The acts of the election of a body. `counting`: only those that need no open sitting.
    void prefer_election(const std::string& body, bool counting) {
        const auto* record = state_.find_body(body);
        const auto* election = books_.election_of(state_.id, body);
        if (!record) return;
        if (!election) {
            prefer("election.prepare", body);
            return;
        }
        const bool authorised = record->may_issue(election->round);
        switch (election->phase) {
            case Phase::absent:
            case Phase::prepared: prefer("election.nominate", body); break;
            case Phase::nominated:
                if (!counting) prefer("congress.put_question", body);
                // Held anew, it has candidates whom nobody outside has been asked about yet.
                if (!record->former.empty()) prefer_consents_of(body, Matter::candidates);
                break;
            case Phase::listed:
                if (!counting && state_.scrutineers_now().empty()) prefer("congress.put_question", "scrutineers");
                prefer("election.declare_uncontested", body);
                prefer("election.appoint_tellers", body);
                break;
            case Phase::staffed:
                if (!authorised && !counting) prefer("congress.measure_quorum", body);
                prefer("election.show_box_empty", body);
                break;
            case Phase::box_shown:
                if (!authorised && !counting) prefer("congress.measure_quorum", body);
                prefer("election.issue_ballots", body);
                break;
            case Phase::issued: prefer("election.collect_ballots", body); break;
            case Phase::collected:
                if (election->entries.size() < 2) prefer("election.enter_count", body);
                prefer("election.compare_counts", body);
                prefer("election.enter_count", body + "/again");
                break;
            case Phase::agreed:
                prefer("election.check_write_in", body);
                prefer("election.certify", body);
                break;
            case Phase::certified:
            case Phase::voided:
                if (!record->has_declared(election->result->certificate)) {
                    if (!counting) prefer("congress.declare_result", body);
                } else if (record->filled < record->body.seats) {
                    prefer("election.prepare_next_round", body);
                    if (!counting) prefer("congress.put_question", "reduce_seats/" + body);
                }
                break;
        }
    }

    const Books& books_;
    const State& state_;
    const congress::Item* current_ = nullptr;
    congress::DelegateId first_present_{std::string(nobody)};
    std::map<std::size_t, std::string> words_;  ///< what tells proposals of one act apart
    std::vector<std::size_t> order_;
};

bool speaks_of_input(const Proposal& proposal, const Refusal& why) {
    return std::ranges::any_of(proposal.input, [&](std::string_view name) { return why.name().starts_with(name); });
}

}  // namespace

Steps steps_of(const Books& books, const State& state, UtcTime now, Language language) {
    if (state.presence_is_of_yesterday(now)) return steps_of(books, congress::seen_at(state, now), now, language);
    Steps out;
    if (const auto found = books.last.find(state.id); found != books.last.end()) out.seq = found->second;
    if (state.sitting.state != congress::SittingState::none)
        if (const auto quorum = congress::quorum_now(state))
            out.quorum = Standing{state.electors(), static_cast<std::int64_t>(state.sitting.present.size()),
                                  quorum->required, quorum->met, rules::rule_sentence(*quorum)};
    for (std::size_t i = 0; i < state.agenda.size(); ++i)
        if (const auto& each = state.agenda[i]; each.item.id == state.current_item && !each.done)
            out.item = CurrentItem{each.item.id.value, static_cast<std::int64_t>(i) + 1, each.item.title};
    Proposals proposals(books, state);
    std::vector<Step> steps;
    for (const auto& proposal : proposals.all) {
        Step step;
        step.act = proposal.act;
        step.label = label_of_act(proposal.act);
        step.about = proposal.about;
        step.with = proposal.with;
        step.needs = proposal.needs;
        const auto decided =
            decide_on(books, {proposal.act, state.id, proposal.trial ? *proposal.trial : proposal.with, ""}, now);
        step.lawful = decided || speaks_of_input(proposal, decided.error());
        if (!step.lawful) step.why = problem_json(language, decided.error());
        steps.push_back(std::move(step));
    }
    for (const auto index : proposals.preference()) {
        if (!steps[index].lawful) continue;
        auto next = std::move(steps[index]);
        steps.erase(steps.begin() + static_cast<std::ptrdiff_t>(index));
        if (next.needs.empty())
            if (const auto decided = decide_on(books, {next.act, state.id, next.with, ""}, now))
                if (const auto sentences = sentences_of(books, state.id, *decided, now); !sentences.empty())
                    next.sentence = sentences.back();
        out.next = next;
        out.steps.push_back(std::move(next));
        break;
    }
    std::ranges::move(steps, std::back_inserter(out.steps));
    return out;
}

}  // namespace plenum::app::desk
