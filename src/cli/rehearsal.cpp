// SPDX-License-Identifier: Apache-2.0
#include "cli/rehearsal.h"

#include <algorithm>
#include <chrono>
#include <numeric>
#include <thread>

#include "app/screen_view.h"
#include "app/teller.h"
#include "congress/sentences.h"
#include "election/election.h"
#include "rules/questions.h"

namespace plenum::cli {
namespace {

constexpr std::int64_t ms_per_minute = 60'000;
constexpr std::int64_t arrival_hold_ms = 45, act_hold_ms = 2'200;

enum class Kind { number, flag, text, texts, numbers_by_id, other };

/// What a step of the rehearsal may say; an ordinary act is read by its own room.
const std::map<std::string_view, std::map<std::string_view, Kind>>& known_fields() {
    using K = Kind;
    static const std::map<std::string_view, std::map<std::string_view, K>> all{
        {"rehearsal.confirm_values", {}},
        {"rehearsal.unit_elections", {}},
        {"rehearsal.review_credentials", {}},
        {"rehearsal.register_roster", {}},
        {"rehearsal.turn_pages", {}},
        {"rehearsal.arrive",
         {{"absent", K::number},
          {"absent_more", K::number},
          {"minutes", K::number},
          {"at_most", K::number},
          {"enrolled", K::flag},
          {"surely", K::texts}}},
        {"rehearsal.leave", {{"count", K::number}, {"until", K::number}}},
        {"rehearsal.deliberate",
         {{"item", K::text}, {"summary", K::other}, {"amendment", K::other}, {"amendment_by", K::text}}},
        {"rehearsal.show_of_hands", {{"question", K::text}, {"against", K::number}, {"abstain", K::number}}},
        {"rehearsal.ballot",
         {{"body", K::text},
          {"election", K::text},
          {"round", K::number},
          {"first_teller", K::text},
          {"second_teller", K::text},
          {"scrutineer", K::text},
          {"support", K::number},
          {"weaker", K::numbers_by_id},
          {"votes", K::numbers_by_id},
          {"abstaining", K::numbers_by_id},
          {"blank", K::number},
          {"illegal", K::number},
          {"lot", K::texts},
          {"spoilt", K::number},
          {"spare", K::number},
          {"missing", K::number},
          {"invalid", K::number},
          {"write_in", K::text},
          {"write_in_chance", K::number}}}};
    return all;
}

Result<Done> check_number(const Json& value) {
    constexpr std::int64_t most = 100'000;
    if (!value.is_int64()) return refuse(base::Why::field_wrong_type, {{"wanted", "integer"}});
    if (value.get_int64() < 0 || value.get_int64() > most)
        return refuse(base::Why::field_wrong_value, {{"value", value.get_int64()}});
    return Done{};
}

Result<Done> check_kind(Kind kind, const Json& value) {
    const auto all = [&](const auto& items, auto check) -> Result<Done> {
        for (const auto& item : items) TRY(check(item));
        return Done{};
    };
    const auto is_text = [](const Json& item) -> Result<Done> {
        if (!item.is_string()) return refuse(base::Why::field_wrong_type, {{"wanted", "text"}});
        return Done{};
    };
    switch (kind) {
        case Kind::number: return check_number(value);
        case Kind::flag:
            if (!value.is_bool()) return refuse(base::Why::field_wrong_type, {{"wanted", "true or false"}});
            return Done{};
        case Kind::text: return is_text(value);
        case Kind::texts:
            if (!value.is_array()) return refuse(base::Why::field_wrong_type, {{"wanted", "list"}});
            return all(value.get_array(), is_text);
        case Kind::numbers_by_id:
            if (!value.is_object()) return refuse(base::Why::field_wrong_type, {{"wanted", "object"}});
            return all(value.get_object(), [](const auto& member) { return check_number(member.value()); });
        case Kind::other: break;
    }
    return Done{};
}

Result<Done> check_fields(const std::string& act, const JsonObject& fields) {
    const auto known = known_fields().find(act);
    if (known == known_fields().end()) return Done{};
    for (const auto& member : fields) {
        const Place place{"", 0, 0, "with." + std::string(member.key())};
        const auto found = known->second.find(std::string_view(member.key()));
        if (found == known->second.end()) return refuse(base::Why::field_unknown, {}, place);
        if (auto right = check_kind(found->second, member.value()); !right)
            return refuse(std::move(right).error().within(place));
    }
    return Done{};
}

class Rehearsal {
  public:
    Rehearsal(app::Office& office, const Scenario& scenario, Randomness& randomness, const RehearsalOptions& options)
        : office_(office), scenario_(scenario), randomness_(randomness), options_(options) {}

    Result<Done> hold() {
        for (const auto& step : scenario_.steps) {
            if (options_.stop && *options_.stop) return Done{};
            auto done = take(step);
            if (!done)
                return refuse(std::move(done).error().within({scenario_.folder + "/scenario.toml", step.line, 0, ""}));
        }
        return Done{};
    }

  private:
    Result<Done> take(const Step& step) {
        if (step.minute >= 0) now_ = local_minute(step.day, step.minute);
        const auto with = TRY(fill_in(scenario_, options_.first_day, step.with));
        const auto& fields = with.get_object();
        TRY(check_fields(step.act, fields));
        if (!step.act.starts_with("rehearsal.")) return perform(step, step.act, fields, step.expect, step.hold_ms);
        static const std::map<std::string, Result<Done> (Rehearsal::*)(const Step&, const JsonObject&), std::less<>>
            people_do{{"confirm_values", &Rehearsal::confirm_values},
                      {"unit_elections", &Rehearsal::unit_elections},
                      {"review_credentials", &Rehearsal::review_credentials},
                      {"arrive", &Rehearsal::arrive},
                      {"leave", &Rehearsal::leave},
                      {"deliberate", &Rehearsal::deliberate},
                      {"show_of_hands", &Rehearsal::show_of_hands},
                      {"ballot", &Rehearsal::ballot},
                      {"turn_pages", &Rehearsal::turn_pages},
                      {"register_roster", &Rehearsal::register_roster}};
        const auto found = people_do.find(std::string_view(step.act).substr(10));
        if (found == people_do.end()) return refuse(Why::scenario_act_unknown, {{"act", step.act}});
        // What people do depends on the congress, so there must be one.
        TRY(office_.must_know(scenario_.id));
        return (this->*found->second)(step, fields);
    }

    UtcTime local_minute(int day, int minute) const {
        return {(days_from_date(options_.first_day) + day) * 86'400'000 +
                (minute - scenario_.utc_offset_minutes) * ms_per_minute};
    }

    /// One act of the office, told and timed. `expect` names the refusal that must come, if one must.
    Result<Done> perform(const Step& step, const std::string& act, JsonObject with, const std::string& expect = {},
                         std::int64_t hold_ms = -1) {
        now_ = now_ + 1000 + static_cast<std::int64_t>(randomness_.below(7000));
        // A step may be written at an hour before that of the one above it; no clock runs backwards.
        if (options_.clock) options_.clock->set(std::max(options_.clock->now(), now_));
        const auto receipt =
            office_.act({step.by, app::Role::administrator}, {act, scenario_.id, std::move(with), randomness_.id()});
        if (receipt) {
            if (!expect.empty())
                return refuse(Why::scenario_went_otherwise, {{"act", act}, {"expected", expect}, {"came", "ok"}});
            tell(act, *receipt);
        } else {
            if (receipt.error().name() != expect) {
                if (expect.empty()) return refuse(receipt.error());
                return refuse(Why::scenario_went_otherwise,
                              {{"act", act}, {"expected", expect}, {"came", receipt.error().name()}});
            }
            if (options_.tell) options_.tell(options_.clock ? now_ : SystemClock().now(), act, {}, &receipt.error());
        }
        pause(hold_ms >= 0 ? hold_ms : act_hold_ms);
        return Done{};
    }

    void tell(const std::string& act, const store::Receipt& receipt) {
        std::vector<Text> sentences;
        office_.journal().read(receipt.first - 1, [&](const store::StoredEvent& event) {
            if (event.seq > receipt.last) return false;
            auto sentence = books_.tell(event);
            if (!sentence.empty()) sentences.push_back(std::move(sentence));
            return true;
        });
        if (options_.tell) options_.tell(receipt.at, act, sentences, nullptr);
    }

    void pause(std::int64_t ms) const {
        if (options_.pace == Pace::fast) return;
        // In short pieces, so that a stop is heard.
        for (std::int64_t left = ms; left > 0 && !(options_.stop && *options_.stop); left -= 100)
            std::this_thread::sleep_for(std::chrono::milliseconds(std::min<std::int64_t>(left, 100)));
    }

    std::int64_t draw(std::int64_t bound) {
        return bound <= 0 ? 0 : static_cast<std::int64_t>(randomness_.below(static_cast<std::uint64_t>(bound)));
    }

    template <class T>
    void shuffle(std::vector<T>& items) {
        for (std::size_t i = items.size(); i > 1; --i)
            std::swap(items[i - 1], items[static_cast<std::size_t>(draw(static_cast<std::int64_t>(i)))]);
    }

    static std::int64_t number(const JsonObject& fields, std::string_view name, std::int64_t otherwise) {
        const auto* found = fields.if_contains(name);
        return found && found->is_int64() ? found->get_int64() : otherwise;
    }
    static std::string text(const JsonObject& fields, std::string_view name) {
        const auto* found = fields.if_contains(name);
        return found && found->is_string() ? std::string(found->get_string()) : std::string();
    }

    /// A copy of something of the congress as it stands now.
    template <class Reading>
    auto of_congress(Reading&& reading) const {
        std::invoke_result_t<Reading, const congress::Congress&> out{};
        const auto read = office_.read(
            scenario_.id, [&](const app::Books&, const congress::Congress& congress) { out = reading(congress); });
        invariant(read);
        return out;
    }

    /// A copy of something of an election as it stands now.
    template <class Reading>
    auto of_election(const std::string& id, Reading&& reading) const {
        std::invoke_result_t<Reading, const election::Election&> out{};
        const auto read = office_.read(scenario_.id, [&](const app::Books& books, const congress::Congress&) {
            if (const auto found = books.elections.find(id); found != books.elections.end())
                out = reading(found->second);
        });
        invariant(read);
        return out;
    }

    /// The adopter confirms every unverified value of the pack, each by its name (here all in one sitting of the
    /// committee).
    Result<Done> confirm_values(const Step& step, const JsonObject&) {
        const auto names = of_congress([](const congress::Congress& congress) { return congress.unconfirmed; });
        JsonArray fields;
        for (const auto& name : names) fields.push_back(Json(name));
        return perform(step, "congress.confirm_values", {{"fields", std::move(fields)}}, step.expect, step.hold_ms);
    }

    /// Every unit reports the delegates of the roster, with a plausible meeting.
    Result<Done> unit_elections(const Step& step, const JsonObject&) {
        for (const auto& unit : scenario_.units) {
            JsonArray delegates;
            for (const auto& row : scenario_.roster) {
                if (row.delegation != unit.name.zh_hans) continue;
                delegates.push_back(to_json(delegate_of(unit.id, row)));
            }
            if (delegates.empty()) return refuse(Why::scenario_unit_unknown, {{"unit", unit.id.value}});
            const std::int64_t participating = unit.members * (88 + draw(10)) / 100;
            const std::int64_t fewest = participating * (78 + draw(12)) / 100;
            const auto elected = static_cast<std::int64_t>(delegates.size());
            TRY(perform(step, "congress.report_unit_election",
                        {{"unit", unit.id.value},
                         {"electors", unit.members},
                         {"participating", participating},
                         {"candidates", elected + std::max<std::int64_t>(1, (elected * 15 + 99) / 100)},
                         {"least_votes", fewest},
                         {"delegates", std::move(delegates)}},
                        {}, act_hold_ms / 4));
        }
        return Done{};
    }

    static congress::Delegate delegate_of(const congress::UnitId& unit, const registry::RosterRow& row) {
        char id[16];
        std::snprintf(id, sizeof id, "d%03lld", static_cast<long long>(row.number));
        congress::Delegate out;
        out.id = {id};
        out.unit = unit;
        out.category = row.category;
        out.manager = row.category == "管理人员" || row.category == "管理人員";
        out.head = row.head;
        out.name = row.name;
        out.sex = name_of(row.sex);
        out.birth = row.birth;
        out.post = row.post;
        return out;
    }

    Result<Done> review_credentials(const Step& step, const JsonObject&) {
        const auto delegates = of_congress([](const congress::Congress& congress) {
            std::vector<std::string> out;
            for (const auto& [id, mandate] : congress.mandates) out.push_back(id.value);
            return out;
        });
        JsonArray findings;
        for (const auto& id : delegates)
            findings.push_back(JsonObject{{"delegate", id}, {"finding", "valid"}, {"reason", ""}});
        return perform(step, "congress.review_credentials", {{"findings", std::move(findings)}}, step.expect,
                       step.hold_ms);
    }

    /// Delegates arrive in an order of chance over `minutes`; `absent` of them stay away, never the ones in `surely`.
    Result<Done> arrive(const Step& step, const JsonObject& fields) {
        const auto* enrolled = fields.if_contains("enrolled");
        const bool only_enrolled = enrolled && enrolled->get_bool();
        auto waiting = of_congress([&](const congress::Congress& congress) {
            std::vector<std::string> out;
            const auto add = [&](const congress::DelegateId& id) {
                if (only_enrolled && !congress.enrolled.contains(id)) return;
                if (congress.is_elector(id) && !congress.sitting.present.contains(id)) out.push_back(id.value);
            };
            // Those of a body meet who were in the hall when its plenary was called.
            if (congress.in_first_plenary() && congress.adjourned->state != congress::SittingState::none)
                std::ranges::for_each(congress.adjourned->present, add);
            else if (congress.in_first_plenary())
                for (const auto& member : congress.find_body(congress.sitting.body)->members()) add({member.id});
            else
                for (const auto& [id, mandate] : congress.mandates) add(id);
            return out;
        });
        shuffle(waiting);
        std::vector<std::string> surely;
        if (const auto* list = fields.if_contains("surely"); list && list->is_array())
            for (const auto& each : list->get_array())
                if (each.is_string()) surely.emplace_back(each.get_string());
        const auto come = std::ranges::stable_partition(
            waiting, [&](const std::string& id) { return std::ranges::find(surely, id) != surely.end(); });
        const auto absent = std::min<std::int64_t>(
            number(fields, "absent", 0) + draw(number(fields, "absent_more", 0) + 1), std::ssize(come));
        const auto expected = std::ssize(waiting) - std::max<std::int64_t>(0, absent);
        waiting.resize(
            static_cast<std::size_t>(std::clamp<std::int64_t>(number(fields, "at_most", expected), 0, expected)));
        shuffle(waiting);
        const std::int64_t span = number(fields, "minutes", 30) * ms_per_minute;
        const auto begin = now_;
        for (std::size_t i = 0; i < waiting.size(); ++i) {
            const auto due = begin + span * static_cast<std::int64_t>(i) / static_cast<std::int64_t>(waiting.size());
            if (due > now_) now_ = due;
            TRY(perform(step, "congress.check_in",
                        {{"delegate", waiting[i]}, {"method", draw(20) == 0 ? "manual" : "card"}}, {},
                        arrival_hold_ms));
        }
        pause(act_hold_ms);
        return Done{};
    }

    Result<Done> leave(const Step& step, const JsonObject& fields) {
        auto present = of_congress([](const congress::Congress& congress) {
            std::vector<std::string> out;
            for (const auto& id : congress.sitting.present)
                if (id != congress.sitting.chair &&
                    std::ranges::find(congress.scrutineers_now(), id) == congress.scrutineers_now().end() &&
                    std::ranges::find(congress.presidium, id) == congress.presidium.end())
                    out.push_back(id.value);
            return out;
        });
        const auto in_the_hall = of_congress([](const congress::Congress& congress) {
            return static_cast<std::int64_t>(congress.sitting.present.size());
        });
        shuffle(present);
        const auto count =
            fields.contains("until") ? in_the_hall - number(fields, "until", 0) : number(fields, "count", 0);
        present.resize(static_cast<std::size_t>(std::clamp<std::int64_t>(count, 0, std::ssize(present))));
        for (const auto& id : present) TRY(perform(step, "congress.leave", {{"delegate", id}}, {}, arrival_hold_ms));
        return Done{};
    }

    /// Each delegation deliberates an item.
    Result<Done> deliberate(const Step& step, const JsonObject& fields) {
        const auto* summary = fields.if_contains("summary");
        for (const auto& unit : scenario_.units) {
            const auto speakers = 1 + draw(std::max(1, unit.seats / 3));
            JsonObject with{{"item", text(fields, "item")},
                            {"unit", unit.id.value},
                            {"speakers", speakers},
                            {"amendments", JsonArray{}}};
            if (summary) with["summary"] = *summary;
            if (const auto* amendment = fields.if_contains("amendment");
                amendment && text(fields, "amendment_by") == unit.id.value)
                with["amendments"] = JsonArray{*amendment};
            TRY(perform(step, "congress.record_deliberation", std::move(with), {}, act_hold_ms / 8));
        }
        return Done{};
    }

    /// A show of hands: up to `against` and `abstain` voices, the rest of those present in favour.
    Result<Done> show_of_hands(const Step& step, const JsonObject& fields) {
        const auto present = of_congress([](const congress::Congress& congress) {
            return static_cast<std::int64_t>(congress.sitting.present.size());
        });
        const auto against = draw(number(fields, "against", 2) + 1),
                   abstaining = draw(number(fields, "abstain", 3) + 1);
        return perform(step, "congress.declare_vote",
                       {{"question", text(fields, "question")},
                        {"for", std::max<std::int64_t>(0, present - against - abstaining)},
                        {"against", against},
                        {"abstain", abstaining}},
                       step.expect, step.hold_ms);
    }

    /// The delegates become members and mandates of the register, units by the names of their delegations.
    Result<Done> register_roster(const Step& step, const JsonObject&) {
        JsonArray rows;
        JsonObject organisations;
        for (const auto& row : scenario_.roster) rows.push_back(to_json(row));
        for (const auto& unit : scenario_.units) organisations[unit.name.zh_hans] = unit.id.value;
        return perform(step, "registry.register_roster",
                       {{"congress", scenario_.id},
                        {"units", std::move(organisations)},
                        {"rows", std::move(rows)},
                        {"on", text_from_date(options_.first_day)}},
                       step.expect, step.hold_ms);
    }

    /// The chair turns through the pages of the result.
    Result<Done> turn_pages(const Step& step, const JsonObject&) {
        const auto pages = of_congress([](const congress::Congress& congress) { return app::result_pages(congress); });
        for (int page = 2; page <= pages; ++page) {
            TRY(office_.control_screen(scenario_.id, page, std::nullopt));
            pause(step.hold_ms >= 0 ? step.hold_ms : act_hold_ms);
        }
        return Done{};
    }

    struct Marks {
        std::vector<std::int64_t> in_favour, against, abstaining;
        std::map<std::string, std::int64_t> write_ins;
        std::int64_t blank = 0;  ///< papers without any mark, where the paper offers "for" only
    };
    /// The papers in the box as the tellers class them.
    struct Box {
        std::int64_t returned = 0, invalid = 0, illegal = 0;
    };

    /// Everybody present marks a paper; the papers are counted twice, once with a slip of the pen, and certified. What
    /// the election has behind it already is not done again.
    Result<Done> ballot(const Step& step, const JsonObject& fields) {
        const auto body = text(fields, "body"), election = text(fields, "election");
        // The list as it stands on the paper: that of a revote among those tied follows from the round before.
        const auto list = of_election(election, [](const election::Election& at) {
            congress::AdoptCandidates out{at.body, static_cast<int>(at.seats), {}};
            for (const auto& each : at.candidates) out.candidates.push_back({each.id.value, each.name, each.unit});
            return out;
        });
        if (list.candidates.empty()) return refuse(app::Why::election_not_nominated, {{"body", body}});
        const auto rules = TRY(of_congress([](const congress::Congress& congress) {
                                   return std::optional(rules::ballot_rules(*congress.rules));
                               }).value());
        const auto with = [&](JsonObject more) {
            more["election"] = election;
            return more;
        };
        // Where it stands: an act that the scenario has had performed by itself is behind it.
        const auto phase = of_election(election, [](const election::Election& at) { return at.phase; });
        const bool has_papers =
            of_election(election, [](const election::Election& at) { return at.ballots.has_value(); });
        if (phase > election::Phase::issued && !has_papers)  // elected without a ballot
            return refuse(election::Why::is_certified, {{"phase", name_of(phase)}});
        const auto watchers = scrutineers(text(fields, "scrutineer"));
        JsonArray witnesses, officers, tellers;
        for (const auto& [id, name] : watchers) {
            witnesses.push_back(Json(id));
            officers.push_back(JsonObject{{"id", id}, {"name", name}});
        }
        const std::string first = "teller-1", second = "teller-2";
        tellers.push_back(JsonObject{{"id", first}, {"name", text(fields, "first_teller")}});
        tellers.push_back(JsonObject{{"id", second}, {"name", text(fields, "second_teller")}});
        if (phase < election::Phase::staffed)
            TRY(perform(step, "election.appoint_tellers", with({{"scrutineers", officers}, {"tellers", tellers}})));
        if (phase < election::Phase::issued) {
            TRY(perform(step, "congress.measure_quorum",
                        {{"occasion", "ballot_issue"}, {"body", body}, {"round", number(fields, "round", 1)}}));
            // Those in the hall, or by post everybody on the roll.
            const auto issued = of_congress(
                [&](const congress::Congress& congress) { return congress.find_body(body)->authorised->present; });
            const auto spoilt = number(fields, "spoilt", 0), printed = issued + spoilt + number(fields, "spare", 10);
            if (phase < election::Phase::box_shown)
                TRY(perform(step, "election.show_box_empty", with({{"witnesses", witnesses}})));
            TRY(perform(step, "election.issue_ballots",
                        with({{"printed", printed},
                              {"issued", issued},
                              {"spoilt", spoilt},
                              {"unused", printed - issued - spoilt}}),
                        {}, act_hold_ms * 3));
            now_ = now_ + 15 * ms_per_minute;
        }
        Box box;
        box.returned = of_election(election, [](const election::Election& at) { return at.ballots->issued; }) -
                       number(fields, "missing", 0);
        box.illegal = number(fields, "illegal", 0);
        // Votes that are given are given exactly; else chance draws them, and the invalid papers too.
        const bool exact = fields.contains("votes");
        box.invalid = exact ? number(fields, "invalid", 0) : draw(number(fields, "invalid", 2) + 1);
        TRY(perform(step, "election.collect_ballots", with({{"returned", box.returned}}), {}, act_hold_ms * 2));

        const auto papers = box.returned - box.invalid - box.illegal;
        const auto marks = exact ? marks_given(list.candidates, papers, fields)
                                 : mark_papers(list.candidates, list.seats, papers, rules, fields);
        now_ = now_ + 20 * ms_per_minute;
        auto slip = marks;
        // One vote too few for the drawn candidate, or for the next one who has any.
        auto where = static_cast<std::size_t>(draw(std::ssize(list.candidates)));
        for (std::size_t i = 0; i < slip.in_favour.size() && slip.in_favour[where] == 0; ++i)
            where = (where + 1) % slip.in_favour.size();
        if (slip.in_favour[where] > 0) --slip.in_favour[where], ++slip.against[where];
        const auto sheet = [&](const std::string& teller, const Marks& counted) {
            return with(count_sheet(teller, list.candidates, counted, box, rules));
        };
        TRY(perform(step, "election.enter_count", sheet(first, marks)));
        TRY(perform(step, "election.enter_count", sheet(second, slip)));
        TRY(perform(step, "election.compare_counts", with({}), "election.counts_differ_in_favour"));
        TRY(perform(step, "election.enter_count", sheet(second, marks)));
        TRY(perform(step, "election.compare_counts", with({})));
        JsonObject signing{{"scrutineers", witnesses}};
        // Where the rules resolve a tie by lot, the scrutineers draw before they sign.
        if (const auto* lot = fields.if_contains("lot")) {
            TRY(perform(step, "election.certify", with(signing), "election.lot_needed"));
            signing["lot"] = *lot;
        }
        TRY(perform(step, "election.certify", with(std::move(signing))));
        return perform(step, "congress.declare_result", {{"election", election}}, step.expect, step.hold_ms);
    }

    /// Who watches a ballot, id and name: those whom the congress elected, or the one from outside who is named.
    std::vector<std::pair<std::string, std::string>> scrutineers(const std::string& from_outside) const {
        if (!from_outside.empty()) return {{"scrutineer", from_outside}};
        return of_congress([](const congress::Congress& congress) {
            std::vector<std::pair<std::string, std::string>> out;
            for (const auto& each : congress.scrutineers_now())
                out.emplace_back(each.value, congress.name_of_delegate(each));
            return out;
        });
    }

    /// Votes as the scenario gives them: `votes` for, `abstaining`, the other papers against; `blank` papers beside.
    static Marks marks_given(const std::vector<congress::ListedCandidate>& candidates, std::int64_t papers,
                             const JsonObject& fields) {
        const auto given = [&](std::string_view list, const std::string& id) {
            const auto* found = fields.if_contains(list);
            return found && found->is_object() ? number(found->get_object(), id, 0) : 0;
        };
        Marks out{{}, {}, {}, {}, number(fields, "blank", 0)};
        for (const auto& candidate : candidates) {
            out.in_favour.push_back(given("votes", candidate.id));
            out.abstaining.push_back(given("abstaining", candidate.id));
            out.against.push_back(std::max<std::int64_t>(0, papers - out.in_favour.back() - out.abstaining.back()));
        }
        return out;
    }

    /// Chances are per mille: `support` for most, `weaker` for some candidates by id.
    Marks mark_papers(const std::vector<congress::ListedCandidate>& candidates, std::int64_t seats, std::int64_t papers,
                      const count::BallotRules& rules, const JsonObject& fields) {
        Marks out{std::vector<std::int64_t>(candidates.size()),
                  std::vector<std::int64_t>(candidates.size()),
                  std::vector<std::int64_t>(candidates.size()),
                  {},
                  0};
        std::vector<std::int64_t> support(candidates.size(), number(fields, "support", 970));
        if (const auto* weaker = fields.if_contains("weaker"); weaker && weaker->is_object())
            for (std::size_t i = 0; i < candidates.size(); ++i)
                support[i] = number(weaker->get_object(), candidates[i].id, support[i]);
        const auto write_in = text(fields, "write_in");
        for (std::int64_t paper = 0; paper < papers; ++paper) {
            std::vector<char> mark(candidates.size());
            std::int64_t chosen = 0;
            for (std::size_t i = 0; i < candidates.size(); ++i) {
                mark[i] = draw(1000) < support[i] ? 'f' : draw(3) == 0 ? 'n' : 'a';
                chosen += mark[i] == 'f';
            }
            // A voter with more names than seats strikes the ones liked least.
            while (chosen > seats) {
                std::size_t least = candidates.size();
                std::int64_t liked = 0;
                for (std::size_t i = 0; i < candidates.size(); ++i) {
                    const auto like = support[i] + draw(400);
                    if (mark[i] == 'f' && (least == candidates.size() || like < liked)) least = i, liked = like;
                }
                mark[least] = draw(3) == 0 ? 'n' : 'a';
                --chosen;
            }
            if (chosen == 0 && !rules.against_offered && !rules.abstain_offered) {
                ++out.blank;
                continue;
            }
            const bool against_any = std::ranges::find(mark, 'a') != mark.end();
            if (!write_in.empty() && against_any && chosen < seats &&
                draw(1000) < number(fields, "write_in_chance", 30))
                ++out.write_ins[write_in];
            for (std::size_t i = 0; i < candidates.size(); ++i)
                ++(mark[i] == 'f' ? out.in_favour : mark[i] == 'a' ? out.against : out.abstaining)[i];
        }
        return out;
    }

    /// A teller's sheet: only the columns that the paper offers, and blank papers where the rules put them.
    static JsonObject count_sheet(const std::string& teller, const std::vector<congress::ListedCandidate>& candidates,
                                  const Marks& marks, const Box& box, const count::BallotRules& rules) {
        JsonArray rows, write_ins;
        for (std::size_t i = 0; i < candidates.size(); ++i) {
            JsonObject row{{"candidate", candidates[i].id}, {"in_favour", marks.in_favour[i]}};
            if (rules.against_offered) row["against"] = marks.against[i];
            if (rules.abstain_offered) row["abstain"] = marks.abstaining[i];
            rows.push_back(std::move(row));
        }
        for (const auto& [name, votes] : marks.write_ins)
            write_ins.push_back(JsonObject{{"name", name}, {"votes", votes}});
        const bool ignored = rules.blank_means == count::BlankMeans::ignored;
        const bool invalid = rules.blank_means == count::BlankMeans::invalid;
        return {{"teller", teller},
                {"sheet", JsonObject{{"returned", box.returned},
                                     {"invalid", box.invalid + (invalid ? marks.blank : 0)},
                                     {"illegal", box.illegal},
                                     {"ignored", ignored ? marks.blank : 0},
                                     {"votes", std::move(rows)},
                                     {"write_ins", std::move(write_ins)}}}};
    }

    app::Office& office_;
    const Scenario& scenario_;
    Randomness& randomness_;
    const RehearsalOptions& options_;
    app::Teller books_;  ///< tells events as sentences
    UtcTime now_;
};

}  // namespace

Result<Done> rehearse(app::Office& office, const Scenario& scenario, Randomness& randomness,
                      const RehearsalOptions& options) {
    return Rehearsal(office, scenario, randomness, options).hold();
}

Result<Json> summary_of(const app::Office& office, const std::string& id) {
    JsonObject out;
    TRY(office.read(id, [&](const app::Books&, const congress::Congress& congress) {
        out["congress"] = json_from(congress::title_of(congress.plan->numbering));
        out["organisation"] = json_from(congress.plan->organisation);
        out["rehearsal"] = congress.plan->rehearsal;
        out["entitled"] = congress.entitled;
        JsonArray quorum, reports, resolutions, bodies;
        for (const auto& each : congress.quorums)
            quorum.push_back(JsonObject{{"occasion", name_of(each.occasion)},
                                        {"body", each.body},
                                        {"entitled", each.entitled},
                                        {"present", each.present},
                                        {"required", each.required},
                                        {"met", each.met}});
        const auto votes = [](const congress::QuestionDecided& decided) {
            return JsonObject{{"for", decided.in_favour},      {"against", decided.against},
                              {"abstain", decided.abstaining}, {"required", decided.required},
                              {"base", decided.base},          {"adopted", decided.adopted}};
        };
        std::vector<const congress::Question*> questions;
        for (const auto& [question, each] : congress.questions)
            if (each.decided) questions.push_back(&each);
        std::ranges::sort(questions, {}, &congress::Question::number);
        for (const auto* each : questions) {
            auto row = votes(*each->decided);
            row["title"] = json_from(congress::subject_name(congress, each->put));
            if (std::holds_alternative<congress::AdoptReport>(each->put.subject))
                reports.push_back(std::move(row));
            else if (std::holds_alternative<congress::AdoptResolution>(each->put.subject))
                resolutions.push_back(std::move(row));
        }
        for (const auto& body : congress.bodies) {
            JsonArray members, rounds;
            for (const auto& declared : body.results) {
                rounds.push_back(JsonObject{
                    {"round", declared.result.round},
                    {"issued", declared.result.issued},
                    {"returned", declared.result.returned},
                    {"valid", declared.result.valid},
                    {"invalid", declared.result.invalid},
                    {"threshold", declared.result.threshold ? Json(*declared.result.threshold) : Json(nullptr)},
                    {"open", declared.result.open},
                    {"certificate", declared.result.certificate}});
                for (const auto& row : declared.result.rows)
                    if (row.elected) members.push_back(JsonObject{{"name", row.name}, {"votes", row.in_favour}});
            }
            if (body.nominated)
                for (const auto& member : body.nominated->members)
                    members.push_back(JsonObject{{"name", member.name}, {"role", member.role}});
            bodies.push_back(JsonObject{{"body", body.body.name},
                                        {"title", json_from(body.body.title)},
                                        {"seats", body.body.seats},
                                        {"state", json_from(congress::body_state_name(congress, body))},
                                        {"outcome", body.nominated    ? "nominated"
                                                    : body.filled > 0 ? "elected"
                                                                      : "vacant"},
                                        {"rounds", std::move(rounds)},
                                        {"members", std::move(members)}});
        }
        out["quorum"] = std::move(quorum);
        out["reports"] = std::move(reports);
        out["resolutions"] = std::move(resolutions);
        out["bodies"] = std::move(bodies);
        out["phase"] = congress::phase_of(congress);
    }));
    out["events"] = office.journal().last();
    out["journal_head"] = office.journal().head();
    return out;
}

}  // namespace plenum::cli
