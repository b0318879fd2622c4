// SPDX-License-Identifier: Apache-2.0
// A small congress (congress::Hall: 30 delegates of two units, 5 committee seats) as lines of acts, so that a fuzzer
// can alter them: a letter for the act and a digit or letter for each thing it wants, or the act itself as JSON. What a
// line does not say is 0.
#pragma once
#define DOCTEST_CONFIG_DISABLE  // of the hall only its fixtures are used
#include "app/compose.h"
#include "congress/hall_for_tests.h"

namespace plenum::fuzz {

/// Texts that would do harm where they are not escaped, cut short or held apart.
inline const std::vector<std::string>& hostile_texts() {
    static const std::vector<std::string> all{"Person",
                                              "<script>alert(1)</script>",
                                              "\" onload=\"alert(1)",
                                              "</title></main><h1>",
                                              "{name} {organisation} {",
                                              "& &lt; &#60; '",
                                              "| a | b |\n|---|---|\n| c | d |",
                                              "# heading\n> quote\n- list\n~~~",
                                              "![x](javascript:alert(1)) [y](data:text/html,x) <https://x>",
                                              "中華全國總工會 ﷽ 𠮷",
                                              std::string(3000, 'x'),
                                              "\\*_`",
                                              "=1+1,\"\n",
                                              ""};
    return all;
}

/// Reads the digits and letters of a line: 0 to 9, then a to z.
class Choices {
  public:
    explicit Choices(std::string_view line) : rest_(line) {}
    int next(int count = 36) {
        if (rest_.empty()) return 0;
        const auto c = static_cast<unsigned char>(rest_.front());
        rest_.remove_prefix(1);
        const int value = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'z' ? c - 'a' + 10 : c;
        return value % count;
    }
    template <class T, std::size_t N>
    const T& of(const T (&all)[N]) {
        return all[static_cast<std::size_t>(next(static_cast<int>(N)))];
    }
    const std::string& hostile() {
        const auto& all = hostile_texts();
        return all[static_cast<std::size_t>(next(static_cast<int>(all.size())))];
    }

  private:
    std::string_view rest_;
};

/// What happens to a congress and its elections when lines are asked of them, without a journal.
class World {
  public:
    static constexpr const char* id = "c5";
    app::Books books;
    std::vector<store::StoredEvent> events;
    std::vector<std::pair<std::string, Json>> acts;  ///< those that were not refused
    UtcTime now{1'789'960'000'000};                  // a morning at the place

    const congress::Congress* congress() const {
        const auto found = books.congresses.find(id);
        return found == books.congresses.end() ? nullptr : &found->second;
    }

    Result<Done> act(std::string name, Json with) {
        now = now + 60'000;
        const app::Ask ask{std::move(name), id, std::move(with), "key", {}};
        auto happened = app::decide_on(books, ask, now);
        if (!happened) return refuse(std::move(happened).error());
        invariant(!happened->empty());
        for (auto& event : *happened) {
            store::StoredEvent stored;
            stored.seq = static_cast<std::int64_t>(events.size()) + 1;
            stored.stream = std::move(event.stream);
            stored.kind = std::move(event.kind);
            stored.actor = "chair";
            stored.at = now;
            stored.body = std::move(event.body);
            stored.personal = std::move(event.personal);
            if (stored.personal) stored.digest = std::string(64, '0');
            books.evolve(stored);
            events.push_back(std::move(stored));
        }
        acts.emplace_back(ask.act, ask.with);
        return Done{};
    }
    template <class Command>
    Result<Done> act(const Command& command) {
        return act("congress." + std::string(Command::kind), to_json(command));
    }

    /// One line; nothing where it asks for nothing.
    std::optional<Result<Done>> line(std::string_view text);

  private:
    using Hall = congress::Hall;
    using Delegate = congress::DelegateId;
    static constexpr const char* bodies[] = {"committee", "audit_committee", "womens_committee", "chair", "vice_chair"};
    static constexpr const char* items[] = {"report", "election", "women", "resolution", "none", "other"};
    static constexpr const char* parties[] = {"party_same_level", "higher_union", "nobody"};

    static Text words(const std::string& text) { return {text, text, text}; }
    static std::string election_id(int number) { return "e" + std::to_string(number); }
    static std::optional<congress::ItemId> item_of(Choices& from) {
        const int number = from.next(7);
        if (number == 0) return std::nullopt;
        return congress::ItemId{items[number - 1]};
    }
    std::vector<Delegate> delegates(Choices& from, int count) const {
        std::vector<Delegate> out;
        for (int i = 0; i < count; ++i) out.push_back(Hall::delegate(from.next()));
        return out;
    }
    JsonArray candidates(Choices& from) const {
        const int first = from.next(), count = from.next(), name = from.next(3);
        JsonArray out;
        for (int i = 0; i < count; ++i) {
            const auto number = std::to_string(first + i);
            JsonArray roles{Json(i == 3 && name == 2 ? "finance_staff" : "member")};
            out.push_back(JsonObject{{"id", "d" + number},
                                     {"name", (name ? hostile_texts()[1] : std::string("Person ")) + number},
                                     {"unit", "East Shop"},
                                     {"roles", std::move(roles)}});
        }
        return out;
    }
    congress::Subject subject(Choices& from);
    Json sheet(const election::Election& of, const std::string& teller, Choices& from) const;
    std::optional<Result<Done>> act_of_congress(char kind, Choices& from);
    std::optional<Result<Done>> act_of_election(char kind, Choices& from);
};

inline congress::Subject World::subject(Choices& from) {
    switch (from.next(11)) {
        case 0: return congress::AdoptMotion{};
        case 1: return congress::AdoptCredentialsReport{};
        case 2: {
            const int count = from.next(6);
            auto members = delegates(from, count);
            return congress::ElectPresidium{std::move(members), Hall::delegate(from.next())};
        }
        case 3: {
            auto agenda = Hall::agenda();
            const int kept = from.next(6), twist = from.next(4);
            agenda.resize(std::min<std::size_t>(agenda.size(), static_cast<std::size_t>(kept)));
            if (twist == 1)
                agenda.push_back({{"other"}, congress::ItemType::other, words(from.hostile()), from.hostile(), ""});
            if (twist == 2)
                agenda.push_back({{"audit"}, congress::ItemType::election, words("Audit"), "", "audit_committee"});
            if (twist == 3) agenda.push_back({{"report"}, congress::ItemType::report, words("again"), "", ""});
            return congress::AdoptAgenda{std::move(agenda)};
        }
        case 4: {
            static constexpr const char* measures[] = {
                "[threshold.motion]\nbase = \"entitled\"\n",
                "[ballot]\nblank_means = \"abstain\"\n[tie]\nsecond_tie = \"repeat\"\n",
                "[threshold.motion]\nbase = \"present\"\n",
                "[tie]\nsecond_tie = \"lot\"\n",
                "[quorum.election]\nfraction = [4, 5]\n",
                "[surplus]\ncommittee = [1, 5]\n",
                "[ballot]\nblank_means = \"ignored\"\n",
                "[ballot]\nblank_means = \"for\"\n[tie]\nsecond_tie = \"lot\"\n"};
            return congress::AdoptMeasure{words(from.hostile()), from.of(measures)};
        }
        case 5: return congress::AdoptReport{};
        case 6: {
            const int count = from.next(4);
            auto members = delegates(from, count);
            const auto head = members.empty() ? Hall::delegate(1) : members.back();
            return congress::ElectScrutineers{head, std::move(members)};
        }
        case 7: {
            const auto title = from.hostile();
            return congress::AdoptResolution{words(title), words(from.hostile())};
        }
        case 8: return congress::AdoptMeasure{words("as given"), from.hostile()};
        case 9: {
            const auto* body = from.of(bodies);
            return congress::ReduceSeats{body, from.next(8)};
        }
        default: break;
    }
    return congress::AdoptCandidates{from.of(bodies), 0, {}};
}

/// Those first on the list have the most votes; what is left of the ballots is against or abstains.
inline Json World::sheet(const election::Election& of, const std::string& teller, Choices& from) const {
    const auto returned = of.returned.value_or(0);
    const int invalid = from.next(4), step = from.next(6), fault = from.next(8), write_ins = from.next(4);
    const auto valid = std::max<std::int64_t>(0, returned - invalid);
    JsonArray votes, written;
    std::int64_t rank = 0;
    for (const auto& each : of.candidates) {
        const auto in_favour = std::clamp<std::int64_t>(valid - 2 - rank++ * step, 0, valid);
        JsonObject marks{{"candidate", each.id.value},
                         {"in_favour", in_favour + (fault == 1)},
                         {"against", valid - in_favour - (fault == 2)},
                         {"abstain", fault == 3 ? 1 : 0}};
        if (fault == 4) marks.erase("against");
        votes.push_back(std::move(marks));
    }
    if (fault == 5) votes.push_back(JsonObject{{"candidate", "d1"}, {"in_favour", -1}, {"against", 0}, {"abstain", 0}});
    if (fault == 6 && !votes.empty()) votes.pop_back();
    for (int i = 0; i < write_ins; ++i)
        written.push_back(JsonObject{{"name", hostile_texts()[static_cast<std::size_t>(i + 1)]}, {"votes", i * 7 + 1}});
    return JsonObject{{"election", of.id.value},
                      {"teller", teller},
                      {"sheet", JsonObject{{"returned", fault == 7 ? returned + 1 : returned},
                                           {"invalid", invalid},
                                           {"illegal", 0},
                                           {"ignored", 0},
                                           {"votes", std::move(votes)},
                                           {"write_ins", std::move(written)}}}};
}

inline std::optional<Result<Done>> World::act_of_congress(char kind, Choices& from) {
    namespace ask = congress::ask;
    using namespace plenum::congress;
    const auto present = congress() ? static_cast<std::int64_t>(congress()->sitting.present.size()) : 0;
    switch (kind) {
        case 'p': {
            auto plan = Hall::plan();
            plan.bodies[0].seats = 5 + from.next(3);
            plan.rehearsal = from.next(2) == 1;
            plan.organisation = words("Union " + from.hostile());
            plan.utc_offset_minutes = 480 - from.next() * 60;
            auto with = to_json(plan);
            with.as_object().erase("pack_texts");
            return act("congress.plan", std::move(with));
        }
        case 'v': {
            ask::ConfirmValues all;
            if (congress())
                for (const auto& name : congress()->unconfirmed) all.fields_confirmed.push_back(name);
            for (int drop = from.next(3); drop > 0 && !all.fields_confirmed.empty(); --drop)
                all.fields_confirmed.pop_back();
            return act(all);
        }
        case 'r': {
            const auto matter = static_cast<Matter>(from.next(3));
            const auto* party = from.of(parties);
            return act(ask::SendRequest{matter, party, from.of(bodies), from.hostile()});
        }
        case 'R': {
            const auto matter = static_cast<Matter>(from.next(3));
            const auto* party = from.of(parties);
            const auto* body = from.of(bodies);
            return act(ask::RecordReply{matter, party, body, from.next(2) == 0, from.hostile()});
        }
        case 'A': {
            auto units = Hall::units();
            const int method = from.next(2), minimum = from.next(4), twist = from.next(4);
            if (twist == 1) units[1].members = 70;
            if (twist == 2) units[1].id = units[0].id;
            if (twist == 3) units[0].name = words(hostile_texts()[1]);
            return act(ask::Allocate{static_cast<AllocationMethod>(method), minimum, units});
        }
        case 'U': {
            const auto units = Hall::units();
            const int which = from.next(2), twist = from.next(5);
            auto report = Hall::unit_election(units[static_cast<std::size_t>(which)], which ? 18 : 1);
            if (twist == 1) report.delegates[0].name = hostile_texts()[1];
            if (twist == 2) report.delegates[1].id = report.delegates[0].id;
            if (twist == 3) report.participating = 3;
            if (twist == 4) report.delegates[2].post = from.hostile();
            return act(report);
        }
        case 'C': {
            ask::ReviewCredentials review;
            const int first = from.next(), count = from.next(), finding = from.next(3);
            const auto reason = from.hostile();
            for (int i = 0; i < count; ++i)
                review.findings.push_back(
                    {Hall::delegate(first + i), static_cast<Finding>(finding), finding ? reason : ""});
            return act(review);
        }
        case 'D': {
            const int sitting_kind = from.next(3), elects = from.next(2), name = from.next(6);
            const auto title = from.hostile();
            ask::OpenCheckIn open{
                {"s" + std::to_string(name)}, static_cast<SittingKind>(sitting_kind), words(title), elects == 1};
            if (sitting_kind == 2) open.body = from.of(bodies);
            return act(open);
        }
        case 'k': {
            const int first = from.next(), more = from.next();
            Result<Done> done = act(ask::CheckIn{Hall::delegate(first), CheckInMethod::card});
            for (int i = 1; i <= more && done; ++i)
                done = act(ask::CheckIn{Hall::delegate(first + i), CheckInMethod::manual});
            return done;
        }
        case 'l': return act(ask::Leave{Hall::delegate(from.next())});
        case 'o': return act(ask::OpenSitting{Hall::delegate(from.next())});
        case 'H': return act(ask::HandOverChair{Hall::delegate(from.next())});
        case 'i': {
            const auto reason = static_cast<Interruption>(from.next(4));
            return act(ask::InterruptSitting{reason, words(from.hostile())});
        }
        case 'e': return act(ask::ResumeSitting{});
        case 'c': return act(ask::CloseSitting{});
        case 'q': {
            const auto* body = from.of(bodies);
            const int round = from.next(4), occasion = from.next(4);
            return act(ask::MeasureQuorum{occasion == 1   ? QuorumOccasion::on_request
                                          : occasion == 2 ? QuorumOccasion::opening
                                                          : QuorumOccasion::ballot_issue,
                                          occasion == 1 ? "" : body, occasion == 1 ? 0 : round + 1});
        }
        case 'P': {
            const int question = from.next(), mode = from.next(3);
            const auto item = item_of(from);
            ask::PutQuestion put{{"q" + std::to_string(question)}, item,         words("Shall it be adopted?"),
                                 static_cast<VoteMode>(mode),      std::nullopt, subject(from)};
            auto with = to_json(put);
            if (const auto* list = std::get_if<AdoptCandidates>(&put.subject))
                with.as_object()["subject"] = JsonObject{{"candidates", JsonObject{{"body", list->body}}}};
            return act("congress.put_question", std::move(with));
        }
        case 'V': {
            // The open question, unless another is named.
            const int way = from.next(6), named = from.next();
            QuestionId question{named ? "q" + std::to_string(named) : "q0"};
            if (!named && congress() && !congress()->open_question.empty()) question = congress()->open_question;
            switch (way) {
                case 0: return act(ask::DeclareVote{question, present, 0, 0});
                case 1: return act(ask::DeclareVote{question, std::max<std::int64_t>(0, present - 3), 1, 2});
                case 2: return act(ask::DeclareVote{question, 0, present, 0});
                case 3: return act(ask::DeclareVote{question, {}, {}, {}});
                case 4: return act(ask::DeclareVote{question, present, 1, 0});
                default: return act(ask::DeclareVote{question, -1, 1, 0});
            }
        }
        case 'W': {
            if (congress() && from.next(2) == 0) return act(ask::WithdrawQuestion{congress()->open_question});
            return act(ask::WithdrawQuestion{{"q" + std::to_string(from.next())}});
        }
        case 'm': {
            const int count = from.next(4);
            return act(ask::MeetPresidium{delegates(from, count), {words(from.hostile())}});
        }
        case 'I': return act(ask::CallItem{{from.of(items)}});
        case 'L': {
            const auto item = item_of(from);
            const auto title = from.hostile();
            return act(ask::LayDocument{item, words(title), from.next(4) == 3 ? "fr" : "en", from.hostile()});
        }
        case 'h': {
            const auto* item = from.of(items);
            const auto presenter = from.hostile();
            std::string document = "none";
            if (congress() && !congress()->documents.empty()) document = congress()->documents.begin()->first;
            return act(ask::HearReport{{item}, presenter, static_cast<Delivery>(from.next(2)), document});
        }
        case 'd': {
            const auto* item = from.of(items);
            const int speakers = from.next();
            return act(ask::RecordDeliberation{{item},
                                               {from.next(3) == 2 ? "south" : "east"},
                                               speakers,
                                               words(from.hostile()),
                                               {{words(from.hostile()), Disposition::taken}}});
        }
        case 'x': return act(ask::ConcludeItem{{from.of(items)}});
        case 'n': return act(ask::NoteFact{words(from.hostile())});
        case 'Y': return act("congress.declare_result", JsonObject{{"election", election_id(from.next())}});
        case 'N': {
            const auto* body = from.of(bodies);
            const int count = from.next(5), head = from.next(3), who = from.next();
            ask::Nominate out;
            out.body = body;
            out.proposed_by = words(from.hostile());
            out.consulted = words("units");
            out.consulted_on = date_at(now, 480);
            out.document = "No. 9";
            for (int i = 0; i < count; ++i) {
                NominatedMember member{from.hostile(), "East Shop", i == 0 && head ? "chair" : "member"};
                if (who) member.id = Hall::delegate(who + i).value;
                out.members.push_back(std::move(member));
            }
            if (head == 1) out.head_agreed = words("the committee");
            return act(out);
        }
        case 'a': return act(ask::AnnouncePlenary{from.of(bodies)});
        case 'B': return act(ask::CallNewElection{from.of(bodies)});
        case 'X': return act(ask::CloseCongress{});
        default: return std::nullopt;
    }
}

inline std::optional<Result<Done>> World::act_of_election(char kind, Choices& from) {
    const auto name = election_id(from.next());
    const auto found = books.elections.find(name);
    const election::Election absent;
    const auto& of = found == books.elections.end() ? absent : found->second;
    const auto about = [&](std::string_view what, JsonObject with = {}) {
        with["election"] = name;
        return act("election." + std::string(what), std::move(with));
    };
    const auto persons = [](const char* prefix, int first, int count) {
        JsonArray out;
        for (int i = 0; i < count; ++i) {
            const auto number = std::to_string(first + i);
            const bool known = std::string_view(prefix) == "d";
            out.push_back(
                JsonObject{{"id", prefix + number}, {"name", (known ? "Person " : hostile_texts()[1]) + number}});
        }
        return out;
    };
    switch (kind) {
        case '1': return about("prepare", {{"body", from.of(bodies)}});
        case '2': {
            static constexpr const char* ways[] = {"for_open_seats", "among_tied", "repeat", "never"};
            const auto after = election_id(from.next());
            return about("prepare_next_round", {{"after", after}, {"next", from.of(ways)}});
        }
        case '3': return about("nominate", {{"candidates", candidates(from)}});
        case '4': {
            const int first = from.next(), count = from.next(4), tellers = from.next(4), twist = from.next(3);
            return about("appoint_tellers", {{"scrutineers", persons("d", first, count)},
                                             {"tellers", persons(twist == 1 ? "d" : "t", 1, tellers)}});
        }
        case '5': return about("show_box_empty", {{"witnesses", JsonArray{Json("d" + std::to_string(from.next()))}}});
        case '6': {
            const int issued = from.next(), spoilt = from.next(), unused = from.next(), off = from.next(2);
            return about("issue_ballots", {{"printed", issued + spoilt + unused + off},
                                           {"issued", issued},
                                           {"spoilt", spoilt},
                                           {"unused", unused}});
        }
        case '7': return about("collect_ballots", {{"returned", from.next()}});
        case '8': {
            const auto teller = "t" + std::to_string(from.next(4));
            return act("election.enter_count", sheet(of, teller, from));
        }
        case '9': return about("compare_counts");
        case 'w': {
            const auto written = from.hostile();
            const bool eligible = from.next(2) == 0;
            return about("check_write_in", {{"name", written}, {"eligible", eligible}, {"reason", from.hostile()}});
        }
        case 'z': {
            JsonArray signers{Json("d" + std::to_string(from.next()))}, lot;
            for (int more = from.next(4); more > 0; --more) lot.push_back(Json("d" + std::to_string(from.next())));
            return about("certify", {{"scrutineers", std::move(signers)}, {"lot", std::move(lot)}});
        }
        case 'u': return about("declare_uncontested", {{"scrutineers", JsonArray{}}});
        default: return std::nullopt;
    }
}

inline std::optional<Result<Done>> World::line(std::string_view text) {
    if (text.empty()) return std::nullopt;
    if (text.front() == '{') {
        const auto json = json_from_text(text);
        if (!json || !json->is_object()) return std::nullopt;
        const auto* act_name = json->get_object().if_contains("act");
        const auto* with = json->get_object().if_contains("with");
        if (!act_name || !act_name->is_string() || !with || !holds_integers_only(*with)) return std::nullopt;
        return act(std::string(act_name->get_string()), *with);
    }
    Choices from(text.substr(1));
    auto done = act_of_congress(text.front(), from);
    if (!done) done = act_of_election(text.front(), from);
    return done;
}

/// A whole congress in parts, each of which ends where something else may be asked.
inline const std::vector<std::vector<std::string_view>>& course_of_a_congress() {
    static const std::vector<std::vector<std::string_view>> all{
        // planned, consented to, delegates elected and reviewed
        {"p", "v", "r00", "R000", "r01", "R010", "A01", "U0", "U1", "C1u0"},
        // the preparatory sitting: rules on voting, credentials, presidium, agenda
        {"r100", "R1000", "r110", "R1100", "D001", "k1q", "o1", "P100400", "V1", "P2001", "V1", "P3002312i2", "V1",
         "P400340", "V1", "c"},
        // the plenary that elects: measure, list, scrutineers, tellers
        {"D112", "k1o", "o1", "P500401", "V1", "I1", "100", "3036", "P602a0", "V1", "P70062ab", "V1", "40a22"},
        // ballots, two counts, the certificate, the declaration
        {"q00", "50b", "60p27", "70o", "80111", "80211", "90", "z0b", "Y0"},
        // the first plenary of the committee elects the chair
        {"r103", "R1030", "r113",    "R1130", "r104",  "R1040", "r114",   "R1140", "i0",    "D21300",
         "k33",  "o6",    "P800614", "V0",    "113",   "3131",  "P900a3", "V0",    "41412", "q30",
         "514",  "61400", "714",     "81100", "81200", "91",    "z14",    "Y1",    "c"},
        // the congress goes on: report, women's committee, resolution, close
        {"e", "a0", "I0", "L100", "h00", "d050", "Pa015", "V1", "I2", "N23100012", "I3", "Pb04700", "V1", "X"}};
    return all;
}

}  // namespace plenum::fuzz
