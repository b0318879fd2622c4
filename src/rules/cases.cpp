// SPDX-License-Identifier: Apache-2.0
#include "rules/cases.h"

#include <algorithm>
#include <map>

#include "base/time.h"
#include "rules/questions.h"
#include "rules/toml.h"

namespace plenum::rules {
namespace {

/// Inputs of one run of a case: [in], overlaid by one of its variants.
class Inputs {
  public:
    explicit Inputs(JsonObject values) : values_(std::move(values)) {}

    const Json* find(std::string_view name) const { return values_.if_contains(name); }
    template <class T>
    Result<T> get(std::string_view name) const {
        const auto* value = find(name);
        if (!value) return refuse(base::Why::field_missing, {}, {"", 0, 0, std::string(name)});
        auto read = from_json<T>(*value);
        if (!read) return refuse(std::move(read).error().within({"", 0, 0, std::string(name)}));
        return read;
    }
    template <class T>
    Result<T> get(std::string_view name, T otherwise) const {
        return find(name) ? get<T>(name) : Result<T>(std::move(otherwise));
    }
    template <class T>
    Result<std::optional<T>> maybe(std::string_view name) const {
        if (!find(name)) return std::optional<T>();
        return std::optional<T>(TRY(get<T>(name)));
    }
    /// Refuses a member that this kind of case does not know, so that a misspelt one cannot pass unseen.
    Result<Done> allow(std::initializer_list<std::string_view> names) const {
        for (const auto& each : values_)
            if (each.key() != "measure" && std::find(names.begin(), names.end(), each.key()) == names.end())
                return refuse(base::Why::field_unknown, {}, {"", 0, 0, std::string(each.key())});
        return Done{};
    }

  private:
    JsonObject values_;
};

using Answer = Result<JsonObject>;

/// A value of the case as the measure that states it.
Result<Rules> stating(const Rules& rules, std::string_view table, std::string_view name, const Json* value) {
    if (!value) return rules;
    if (!value->is_string()) return refuse(base::Why::field_wrong_type, {{"wanted", "text"}});
    const auto text = "[" + std::string(table) + "]\n" + std::string(name) + " = " + canonical_json(*value) + "\n";
    return rules.with_measure(text, "measure");
}

Answer run_quorum(const Rules& rules, const Inputs& in) {
    // Observers and guests are part of the story, not of the numbers.
    TRY(in.allow({"which", "entitled", "enrolled", "participating", "observers_present", "guests_present",
                  "participating_at_opening", "measured"}));
    const Attendance attendance {
        TRY(in.get<std::int64_t>("entitled"))
        , TRY(in.maybe<std::int64_t>("enrolled"))
        , TRY(in.get<std::int64_t>("participating"))
    };
    const auto answer = TRY(quorum(rules, TRY(in.get<std::string>("which")), attendance));
    if (const auto* moment = in.find("measured"))
        if (std::none_of(answer.measured_at.begin(), answer.measured_at.end(),
                         [&](const std::string& each) { return Json(each) == *moment; }))
            return refuse(base::Why::field_wrong_value, {{"value", canonical_json(*moment)}}, {"", 0, 0, "measured"});
    return to_json(answer).as_object();
}

Answer run_surplus(const Rules& rules, const Inputs& in) {
    TRY(in.allow({"body", "seats", "candidates"}));
    return to_json(TRY(surplus(rules, TRY(in.get<std::string>("body")), TRY(in.get<std::int64_t>("seats")),
                               TRY(in.get<std::int64_t>("candidates")))))
        .as_object();
}

Answer run_size(const Rules& rules, const Inputs& in) {
    TRY(in.allow({"body", "members", "seats"}));
    return to_json(TRY(size(rules, TRY(in.get<std::string>("body")), TRY(in.maybe<std::int64_t>("members")),
                            TRY(in.get<std::int64_t>("seats")))))
        .as_object();
}

struct NamedPerson {
    std::string name;
    std::vector<std::string> roles;
    static constexpr auto fields() {
        return fields_of(field("name", &NamedPerson::name, "id"), field("roles", &NamedPerson::roles, "roles"));
    }
};

Answer run_eligibility(const Rules& rules, const Inputs& in) {
    TRY(in.allow({"body", "members", "seats", "candidates"}));
    std::vector<Person> people;
    for (auto& each : TRY(in.get<std::vector<NamedPerson>>("candidates"))) people.push_back({each.name, each.roles});
    return to_json(TRY(eligibility(rules, TRY(in.get<std::string>("body")), people, TRY(in.get<std::int64_t>("seats")),
                                   TRY(in.maybe<std::int64_t>("members")))))
        .as_object();
}

/// By convention of the format a name of "w" and digits was written in, unless `write_ins` lists them.
bool is_write_in(const std::string& id, const std::optional<std::vector<std::string>>& listed) {
    if (listed) return std::find(listed->begin(), listed->end(), id) != listed->end();
    return id.size() > 1 && id[0] == 'w' && id.find_first_not_of("0123456789", 1) == id.npos;
}

Result<std::vector<count::NameCount>> names_of(const Inputs& in) {
    const auto votes = TRY(in.get<Json>("for"));
    if (!votes.is_object()) return refuse(base::Why::field_wrong_type, {{"wanted", "object"}}, {"", 0, 0, "for"});
    const auto against = TRY(in.get("against", std::map<std::string, std::int64_t>{}));
    const auto abstain = TRY(in.get("abstain", std::map<std::string, std::int64_t>{}));
    const auto ineligible = TRY(in.get("ineligible", std::vector<std::string>{}));
    const auto checked = TRY(in.get("eligibility_checked", std::vector<std::string>{}));
    const auto write_ins = TRY(in.maybe<std::vector<std::string>>("write_ins"));
    const auto listed = [](const auto& list, const std::string& id) {
        return std::find(list.begin(), list.end(), id) != list.end();
    };
    std::vector<count::NameCount> out;
    for (const auto& [key, number] : votes.get_object()) {
        count::NameCount name;
        name.id = std::string(key);
        name.in_favour = TRY(from_json<std::int64_t>(number));
        if (const auto found = against.find(name.id); found != against.end()) name.against = found->second;
        if (const auto found = abstain.find(name.id); found != abstain.end()) name.abstain = found->second;
        name.write_in = is_write_in(name.id, write_ins);
        name.ineligible = listed(ineligible, name.id);
        name.eligibility_checked = listed(checked, name.id);
        out.push_back(std::move(name));
    }
    return out;
}

Result<count::Round> round_of(const Inputs& in) {
    const auto* round = in.find("round");
    if (!round) return count::Round::first;
    if (round->is_int64() && round->get_int64() >= 1)
        return round->get_int64() == 1 ? count::Round::first : count::Round::further;
    if (*round == Json("tie")) return count::Round::tie;
    return refuse(base::Why::field_wrong_value, {{"value", canonical_json(*round)}}, {"", 0, 0, "round"});
}

Answer counted(const Rules& rules, const Inputs& in, const count::VotesCounted& votes) {
    const auto body = TRY(in.get<std::string>("body", "committee"));
    const auto with = TRY(approval_rules(rules, body, TRY(round_of(in)), TRY(in.get("runoff", false))));
    const auto course = TRY(count::approval(votes, with));
    auto out = to_json(course).as_object();
    out["tie"] = out["tied"];
    out["check"] = out["checks"];
    out["base"] = out["base_count"];
    if (const auto state = state_after_election(rules); state && !course.void_election) out["state"] = *state;
    JsonObject ranks;
    for (const auto& standing : course.standings) ranks[standing.id] = standing.rank;
    out["ranks"] = std::move(ranks);
    return out;
}

Answer run_count(const Rules& given, const Inputs& in) {
    TRY(in.allow({"entitled", "present", "issued", "returned", "invalid", "illegal", "ignored", "seats", "for",
                  "against", "abstain", "ineligible", "eligibility_checked", "write_ins", "round", "runoff", "body",
                  "measure_base", "lot"}));
    const auto rules = TRY(stating(given, "threshold.election", "base", in.find("measure_base")))
    .with_suggestions();
    count::VotesCounted votes;
    votes.entitled = TRY(in.get<std::int64_t>("entitled"));
    votes.present = TRY(in.get<std::int64_t>("present"));
    votes.issued = TRY(in.get<std::int64_t>("issued"));
    votes.returned = TRY(in.get<std::int64_t>("returned"));
    votes.invalid = TRY(in.get<std::int64_t>("invalid"));
    votes.illegal = TRY(in.get<std::int64_t>("illegal", 0));
    votes.ignored = TRY(in.get<std::int64_t>("ignored", 0));
    votes.seats = TRY(in.get<std::int64_t>("seats"));
    votes.names = TRY(names_of(in));
    votes.lot = TRY(in.get("lot", std::vector<std::string>{}));
    return counted(rules, in, votes);
}

/// A number that is added to others before anybody looks at the sum.
Result<std::int64_t> counted_number(const Inputs& in, std::string_view name,
                                    std::optional<std::int64_t> otherwise = {}) {
    const auto number = otherwise ? TRY(in.get<std::int64_t>(name, *otherwise)) : TRY(in.get<std::int64_t>(name));
    if (number < 0 || number > count::most_counted)
        return refuse(base::Why::field_wrong_value, {{"value", number}}, {"", 0, 0, std::string(name)});
    return number;
}

Answer run_convention_count(const Rules& rules, const Inputs& in) {
    TRY(in.allow({"enrolled", "ballots", "blank", "ineligible_choice", "over_voted", "seats", "for", "against",
                  "abstain", "ineligible", "eligibility_checked", "write_ins", "round", "body", "lot"}));
    const auto ballots = TRY(ballot_rules(rules));
    count::VotesCounted votes;
    votes.entitled = TRY(in.get<std::int64_t>("enrolled"));
    votes.present = votes.issued = votes.returned = TRY(in.get<std::int64_t>("ballots"));
    votes.seats = TRY(counted_number(in, "seats"));
    votes.names = TRY(names_of(in));
    votes.lot = TRY(in.get("lot", std::vector<std::string>{}));
    // What the ballots are worth is for the pack to say: each kind is classified as a single ballot would be.
    const auto set_aside = [&](count::Marks marks, std::int64_t number) -> Result<Done> {
        marks.seats = votes.seats;
        marks.candidates = votes.seats + 1;
        switch (TRY(count::classify(marks, ballots)).kind) {
            case count::BallotClass::valid: break;
            case count::BallotClass::invalid: votes.invalid += number; break;
            case count::BallotClass::illegal_counts_in_base: votes.illegal += number; break;
            case count::BallotClass::ignored: votes.ignored += number; break;
        }
        return Done{};
    };
    count::Marks blank, for_nobody, too_many;
    for_nobody.in_favour = for_nobody.ineligible_choices = 1;
    too_many.in_favour = votes.seats + 1;
    TRY(set_aside(blank, TRY(counted_number(in, "blank", 0))));
    TRY(set_aside(for_nobody, TRY(counted_number(in, "ineligible_choice", 0))));
    TRY(set_aside(too_many, TRY(counted_number(in, "over_voted", 0))));
    return counted(rules, in, votes);
}

Answer run_ballot(const Rules& given, const Inputs& in) {
    TRY(in.allow({"seats", "candidates", "for", "against", "abstain", "unmarked", "write_ins", "ineligible_choices",
                  "unreadable", "blank_means"}));
    const auto rules = TRY(stating(given, "ballot", "blank_means", in.find("blank_means")))
    .with_suggestions();
    count::Marks marks;
    marks.seats = TRY(in.get<std::int64_t>("seats"));
    marks.candidates = TRY(in.get<std::int64_t>("candidates"));
    marks.in_favour = TRY(in.get<std::int64_t>("for", 0));
    marks.against = TRY(in.get<std::int64_t>("against", 0));
    marks.abstain = TRY(in.get<std::int64_t>("abstain", 0));
    marks.unmarked = TRY(in.maybe<std::int64_t>("unmarked"));
    marks.write_ins = TRY(in.get<std::int64_t>("write_ins", 0));
    marks.ineligible_choices = TRY(in.get<std::int64_t>("ineligible_choices", 0));
    marks.unreadable = TRY(in.get("unreadable", false));
    return to_json(TRY(count::classify(marks, TRY(ballot_rules(rules))))).as_object();
}

Answer run_question(const Rules& given, const Inputs& in, std::string_view otherwise) {
    TRY(in.allow(
        {"question", "entitled", "present", "issued", "returned", "invalid", "for", "against", "abstain", "base"}));
    const auto question = TRY(in.get<std::string>("question", std::string(otherwise)));
    const auto rules = TRY(stating(given, "threshold." + question, "base", in.find("base")))
    .with_suggestions();
    Votes votes;
    votes.entitled = TRY(in.maybe<std::int64_t>("entitled"));
    votes.present = TRY(in.maybe<std::int64_t>("present"));
    votes.issued = TRY(in.maybe<std::int64_t>("issued"));
    votes.returned = TRY(in.maybe<std::int64_t>("returned"));
    votes.invalid = TRY(in.maybe<std::int64_t>("invalid"));
    votes.in_favour = TRY(in.get<std::int64_t>("for"));
    votes.against = TRY(in.maybe<std::int64_t>("against"));
    votes.abstain = TRY(in.maybe<std::int64_t>("abstain"));
    return to_json(TRY(motion(rules, question, votes))).as_object();
}
Answer run_motion(const Rules& rules, const Inputs& in) { return run_question(rules, in, "motion"); }
Answer run_removal(const Rules& rules, const Inputs& in) { return run_question(rules, in, "removal"); }

Answer run_womens_committee(const Rules& rules, const Inputs& in) {
    TRY(in.allow({"women_members"}));
    return to_json(TRY(womens_committee(rules, TRY(in.get<std::int64_t>("women_members"))))).as_object();
}

Answer run_reduce_seats(const Rules& rules, const Inputs& in) {
    TRY(in.allow({"body", "members", "seats", "elected", "consent_for", "consent_base"}));
    ReduceSeats ask;
    ask.body = TRY(in.get<std::string>("body", "committee"));
    ask.members = TRY(in.get<std::int64_t>("members"));
    ask.seats = TRY(in.get<std::int64_t>("seats"));
    ask.elected = TRY(in.get<std::int64_t>("elected"));
    ask.consent_for = TRY(in.get<std::int64_t>("consent_for"));
    ask.consent_base = TRY(in.get<std::int64_t>("consent_base"));
    return to_json(TRY(reduce_seats(rules, ask))).as_object();
}

Answer run_uncontested(const Rules& rules, const Inputs& in) {
    TRY(in.allow({"seats", "candidates", "papers_distributed", "papers_returned", "spoiled", "for", "against",
                  "abstain", "ineligible", "eligibility_checked", "write_ins", "round", "body", "lot"}));
    const auto seats = TRY(in.get<std::int64_t>("seats"));
    const auto answer = TRY(uncontested(rules, seats, TRY(in.get<std::int64_t>("candidates"))));
    auto out = to_json(answer).as_object();
    if (!answer.ballot_required) {
        out["elected"] = JsonArray{"all"};
        return out;
    }
    if (!in.find("for")) return out;
    count::VotesCounted votes;
    votes.entitled = votes.present = votes.issued = TRY(in.get<std::int64_t>("papers_distributed"));
    votes.returned = TRY(in.get<std::int64_t>("papers_returned"));
    votes.invalid = TRY(in.get<std::int64_t>("spoiled"));
    votes.seats = seats;
    votes.names = TRY(names_of(in));
    votes.lot = TRY(in.get("lot", std::vector<std::string>{}));
    for (const auto& member : TRY(counted(rules, in, votes))) out[member.key()] = member.value();
    return out;
}

Answer run_deadline(const Rules& rules, const Inputs& in) {
    TRY(in.allow({"offer_received", "labour_office_received", "region", "holidays"}));
    BargainingDates dates;
    dates.offer_received = TRY(in.get<Date>("offer_received"));
    dates.filed = TRY(in.maybe<Date>("labour_office_received"));
    dates.region = TRY(in.get<std::string>("region", "base"));
    dates.holidays = TRY(in.get("holidays", std::vector<Date>{}));
    return to_json(TRY(deadline(rules, dates))).as_object();
}

struct Kind {
    std::string_view name;
    Answer (*run)(const Rules&, const Inputs&);
};
constexpr Kind kinds[] = {{"quorum", run_quorum},
                          {"surplus", run_surplus},
                          {"size", run_size},
                          {"eligibility", run_eligibility},
                          {"count", run_count},
                          {"ballot", run_ballot},
                          {"removal", run_removal},
                          {"motion", run_motion},
                          {"womens_committee", run_womens_committee},
                          {"reduce_seats", run_reduce_seats},
                          {"convention_count", run_convention_count},
                          {"uncontested", run_uncontested},
                          {"deadline", run_deadline}};

/// The packs that cases name, each read once: a file may hold thousands of cases and of variants.
class Packs {
  public:
    explicit Packs(const PackTexts& texts) : texts_(texts) {}
    const Result<Rules>& read(const std::string& id) {
        const auto found = read_.find(id);
        return found != read_.end() ? found->second : read_.emplace(id, Rules::from_pack(id, texts_)).first->second;
    }

  private:
    const PackTexts& texts_;
    std::map<std::string, Result<Rules>> read_;
};

/// Runs one variant. Kinds that let the case state part of the measure take the suggestions after it; for the others
/// they are taken before.
Answer run(const Kind& kind, const std::string& pack, Packs& packs, const Inputs& in) {
    const auto& read = packs.read(pack);
    if (!read) return refuse(read.error());
    const auto rules = in.find("measure") ? TRY(read->with_measure(TRY(in.get<std::string>("measure")), "measure")) : *read;
    return kind.run(kind.run == run_count || kind.run == run_ballot || kind.run == run_motion || kind.run == run_removal
                        ? rules
                        : rules.with_suggestions(),
                    in);
}

/// A list of one and its only item are the same answer.
bool same(const Json& wanted, const Json& got) {
    if (wanted == got) return true;
    const auto is_only = [](const Json& list, const Json& item) {
        return list.is_array() && list.get_array().size() == 1 && list.get_array()[0] == item;
    };
    return is_only(wanted, got) || is_only(got, wanted);
}

std::string shown(const Json* value) { return value ? canonical_json(*value) : "-"; }

/// With variants a field of [out] is either one answer for all, or the list of the answers ("" where a variant has
/// none); "classes" is such a list of "class".
void compare(const JsonObject& wanted, const std::vector<JsonObject>& got, bool has_variants, CaseResult& into) {
    for (const auto& [key, want] : wanted) {
        std::string_view name(key);
        if (has_variants && name == "classes") name = "class";
        JsonArray each;
        bool all_same = true;
        for (const auto& answer : got) {
            const auto* value = answer.if_contains(name);
            all_same = all_same && value && same(want, *value);
            each.push_back(value ? *value : Json(""));
        }
        bool listed = has_variants && want.is_array() && want.get_array().size() == each.size();
        for (std::size_t i = 0; listed && i < each.size(); ++i) listed = same(want.get_array()[i], each[i]);
        if (all_same || listed) continue;
        const Json all(each);
        into.differences.push_back(
            {"differs", std::string(key), shown(&want), shown(has_variants ? &all : &all.get_array()[0])});
    }
}

std::string place_text(const Refusal& why) {
    std::string out(why.name());
    if (!why.place.file.empty()) out += " " + why.place.file;
    if (why.place.line > 0) out += ":" + std::to_string(why.place.line) + ":" + std::to_string(why.place.column);
    for (const auto& fact : why.facts)
        if (why.name() != problem(Why::toml_malformed).name) out += " " + fact.key + "=" + fact.value;
    return out;
}

/// What a case is wrong with before any rule is asked.
std::optional<Difference> difference_of(const Refusal& why) {
    if (!why.name().starts_with("base.")) return std::nullopt;
    if (why.name() == problem(base::Why::field_missing).name)
        return Difference{"input_missing", why.place.field, "", ""};
    if (why.name() == problem(base::Why::field_unknown).name)
        return Difference{"input_unknown", why.place.field, "", ""};
    return Difference{"input_wrong", why.place.field, "", place_text(why), why};
}

CaseResult check_case(const JsonObject& table, std::int64_t line, Packs& packs) {
    CaseResult out;
    out.line = line;
    const auto text = [&](std::string_view name) {
        const auto* value = table.if_contains(name);
        return value && value->is_string() ? std::string(value->get_string()) : std::string();
    };
    out.id = text("id");
    for (const auto* needed : {"id", "pack", "kind"})
        if (text(needed).empty()) out.differences.push_back({"input_missing", needed, "", ""});
    for (const auto& member : table)
        if (std::string_view name(member.key());
            name != "id" && name != "pack" && name != "kind" && name != "in" && name != "out")
            out.differences.push_back({"input_unknown", std::string(name), "", ""});
    const auto* in = table.if_contains("in");
    const auto* wanted = table.if_contains("out");
    if (!in || !in->is_object()) out.differences.push_back({"input_missing", "in", "", ""});
    if (!wanted || !wanted->is_object() || wanted->get_object().empty())
        out.differences.push_back({"out_missing", "out", "", ""});
    if (!out.differences.empty()) return out;
    const auto kind =
        std::find_if(std::begin(kinds), std::end(kinds), [&](const Kind& each) { return each.name == text("kind"); });
    if (kind == std::end(kinds)) {
        out.differences.push_back({"kind_unknown", "kind", "", text("kind")});
        return out;
    }

    auto common = in->get_object();
    std::vector<JsonObject> variants;
    bool has_variants = false;
    if (const auto* list = common.if_contains("variants")) {
        has_variants = true;
        if (list->is_array())
            for (const auto& each : list->get_array())
                if (each.is_object()) variants.push_back(each.get_object());
        if (!list->is_array() || variants.empty() || variants.size() != list->get_array().size()) {
            out.differences.push_back({"input_wrong", "variants", "", shown(list)});
            return out;
        }
        common.erase("variants");
    } else {
        variants.emplace_back();
    }
    std::vector<JsonObject> answers;
    const bool refusal_wanted = wanted->get_object().contains("refused");
    for (const auto& variant : variants) {
        auto inputs = common;
        for (const auto& member : variant) inputs[member.key()] = member.value();
        auto answer = run(*kind, text("pack"), packs, Inputs(std::move(inputs)));
        if (answer) {
            (*answer)["refused"] = "";
            answers.push_back(std::move(*answer));
            continue;
        }
        const auto& why = answer.error();
        if (const auto wrong = difference_of(why))
            out.differences.push_back(*wrong);
        else if (!refusal_wanted)
            out.differences.push_back({"refused", why.place.field, "", place_text(why), why});
        answers.push_back({{"refused", why.name()}, {"field", why.place.field}});
    }
    if (out.differences.empty()) compare(wanted->get_object(), answers, has_variants, out);
    out.passed = out.differences.empty();
    return out;
}

CaseResult unreadable(std::int64_t line, std::string got, std::optional<Refusal> why = {}) {
    CaseResult out;
    out.id = "?";
    out.line = line;
    out.differences.push_back({"unreadable", "", "", std::move(got), std::move(why)});
    return out;
}

/// One block of TOML: a case, several under [[case]], or, in a Markdown file, something else that is passed over.
void check_block(CheckReport& report, std::string_view text, std::int64_t line, bool may_be_other, Packs& packs) {
    const auto document = read_toml(text, report.file, line);
    if (!document) {
        const auto& why = document.error();
        report.cases.push_back(unreadable(why.place.line > 0 ? why.place.line : line, place_text(why), why));
        return;
    }
    const auto& root = document->root.get_object();
    if (const auto* list = root.if_contains("case"); list && list->is_array() && root.size() == 1) {
        for (std::size_t i = 0; i < list->get_array().size(); ++i) {
            const auto& each = list->get_array()[i];
            const auto at = document->at("case[" + std::to_string(i) + "]").line;
            report.cases.push_back(each.is_object() ? check_case(each.get_object(), at, packs)
                                                    : unreadable(at, canonical_json(each)));
        }
        return;
    }
    if (may_be_other && !root.contains("id") && !root.contains("kind")) return;
    report.cases.push_back(check_case(root, line, packs));
}

}  // namespace

std::int64_t CheckReport::passed() const {
    return std::count_if(cases.begin(), cases.end(), [](const CaseResult& each) { return each.passed; });
}
std::int64_t CheckReport::failed() const { return static_cast<std::int64_t>(cases.size()) - passed(); }

std::string sentence(Language language, const Difference& difference) {
    std::string got = difference.got;
    if (auto why = difference.why) {
        if (why->place.field == difference.field && difference.kind == "input_wrong") why->place.field.clear();
        got = sentence_of(language, *why) + " [" + std::string(why->name()) + "]";
    }
    return say(language, "rules.case." + difference.kind,
               {{"field", difference.field}, {"wanted", difference.wanted}, {"got", std::move(got)}});
}

CheckReport check_cases(std::string_view file_name, std::string_view content, const PackTexts& texts) {
    Packs packs(texts);
    CheckReport report;
    report.file = std::string(file_name);
    if (file_name.ends_with(".toml")) {
        check_block(report, content, 1, false, packs);
    } else {
        std::int64_t line = 0, begins = 0;
        std::string block, fence;
        std::string_view rest = content;
        while (!rest.empty()) {
            const auto end = rest.find('\n');
            auto text = rest.substr(0, end);
            rest = end == rest.npos ? std::string_view() : rest.substr(end + 1);
            ++line;
            if (text.ends_with('\r')) text.remove_suffix(1);
            const bool is_fence = text.starts_with("```");
            if (fence.empty() && is_fence) {
                fence = text.substr(3);
                if (fence.empty()) fence = "text";
                begins = line + 1;
                block.clear();
            } else if (!fence.empty() && text == "```") {
                if (fence == "toml") check_block(report, block, begins, true, packs);
                fence.clear();
            } else if (fence == "toml") {
                block.append(text).push_back('\n');
            }
        }
        if (fence == "toml") report.cases.push_back(unreadable(begins, "```"));
    }
    std::map<std::string, std::int64_t> lines;
    for (auto& each : report.cases) {
        if (each.id.empty() || each.id == "?") continue;
        const auto [first, is_new] = lines.emplace(each.id, each.line);
        if (is_new) continue;
        each.passed = false;
        each.differences.push_back({"id_twice", "id", std::to_string(first->second), each.id});
    }
    if (report.cases.empty()) {
        CaseResult none;
        none.id = "?";
        none.differences.push_back({"no_cases", "", "", ""});
        report.cases.push_back(std::move(none));
    }
    return report;
}

}  // namespace plenum::rules
