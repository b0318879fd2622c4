// SPDX-License-Identifier: Apache-2.0
// A congress and its elections under long odd sequences of acts (hall_acts.h), lawful and not. After each act the
// figures are added up again, and at the end everything that people read is written.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <set>

#include "app/desk.h"
#include "app/screen_view.h"
#include "app/steps.h"
#include "app/teller.h"
#include "election/certificate.h"
#include "fuzz/fuzz.h"
#include "fuzz/hall_acts.h"
#include "fuzz/html.h"

using namespace plenum;
using namespace plenum::fuzz;

namespace {

void check_sitting(const congress::Congress& congress) {
    std::int64_t valid = 0;
    for (const auto& [id, mandate] : congress.mandates) valid += mandate.finding == congress::Finding::valid;
    HOLDS(congress.entitled == valid);
    const auto& sitting = congress.sitting;
    for (const auto& id : sitting.present) HOLDS(congress.is_elector(id));
    for (const auto& id : congress.enrolled) HOLDS(congress.mandates.at(id).finding == congress::Finding::valid);
    HOLDS(std::ssize(sitting.present) <= congress.electors());
    HOLDS(sitting.state != congress::SittingState::none || sitting.present.empty());
    HOLDS(congress.in_first_plenary() == congress.adjourned.has_value());
    // Each sitting has its own record; those that are over say when they ended.
    std::set<congress::SittingId> ids;
    int still_open = 0;
    for (const auto& record : congress.sittings) {
        HOLDS(ids.insert(record.id).second);
        HOLDS(!record.closed_at || *record.closed_at >= record.check_in_at);
        HOLDS(!record.opened_at || *record.opened_at >= record.check_in_at);
        still_open += !record.closed_at;
        for (const auto& [quorum, at] : record.measured) {
            HOLDS(quorum.met == (quorum.present >= quorum.required));
            HOLDS(quorum.present <= quorum.entitled);
        }
    }
    const auto is_open = [](const congress::Sitting& each) { return each.state != congress::SittingState::none; };
    HOLDS(still_open == is_open(sitting) + (congress.adjourned && is_open(*congress.adjourned)));
}

void check_questions(const congress::Congress& congress) {
    if (!congress.open_question.empty()) {
        const auto& question = congress.questions.at(congress.open_question);
        HOLDS(!question.decided && !question.withdrawn);
    }
    for (const auto& [id, question] : congress.questions) {
        if (!question.decided) {
            HOLDS(question.withdrawn || congress.open_question == id);
            continue;
        }
        const auto& told = *question.decided;
        HOLDS(!question.withdrawn);
        HOLDS(told.in_favour >= 0 && told.against >= 0 && told.abstaining >= 0 && told.not_voting >= 0);
        HOLDS(told.in_favour + told.against + told.abstaining + told.not_voting == told.present);
        HOLDS(told.present <= told.entitled && told.required >= 1);
        HOLDS(told.adopted == (told.in_favour >= told.required));
    }
}

void check_bodies(const congress::Congress& congress) {
    for (const auto& body : congress.bodies) {
        std::set<std::string> elected;
        for (const auto& row : body.members()) HOLDS(elected.insert(row.id).second);
        HOLDS(body.filled <= body.body.seats && body.filled >= 0);
        HOLDS(body.filled == (body.nominated ? std::ssize(body.nominated->members) : std::ssize(elected)));
        HOLDS(!body.nominated || elected.empty());
        if (body.list) {
            std::set<std::string> listed;
            for (const auto& each : body.list->candidates) HOLDS(listed.insert(each.id).second);
        }
        int round = 0;
        std::set<std::string> certificates;
        for (const auto& declared : body.results) {
            const auto& result = declared.result;
            HOLDS(result.round == ++round && certificates.insert(result.certificate).second);
            HOLDS(result.issued <= result.present && result.present <= result.entitled);
            std::int64_t winners = 0;
            for (const auto& row : result.rows) winners += row.elected;
            if (!result.valid_election) {
                HOLDS(winners == 0);
                continue;
            }
            HOLDS(winners + result.open == result.seats);
            HOLDS(result.issued == 0 || result.valid + result.invalid <= result.returned);
        }
    }
}

/// certificates  those that were looked at before: they do not change
void check_elections(const World& world, const congress::Congress& congress, std::set<std::string>& certificates) {
    std::set<std::pair<std::string, int>> voted_on;
    for (const auto& [id, election] : world.books.elections) {
        HOLDS(election.congress == World::id && election.id.value == id);
        if (election.ballots) {
            const auto& stock = *election.ballots;
            HOLDS(stock.printed == stock.issued + stock.spoilt + stock.unused);
            HOLDS(stock.issued <= stock.present && stock.present <= stock.entitled);
            // Ballots are cast once for a round.
            HOLDS(voted_on.emplace(election.body, election.round).second);
        }
        if (!election.decision.empty()) {
            // The list on the ballot is the list that the congress adopted.
            const auto& question = congress.questions.at({election.decision});
            HOLDS(question.decided && question.decided->adopted);
            const auto& list = std::get<congress::AdoptCandidates>(question.put.subject);
            HOLDS(list.body == election.body && list.candidates.size() == election.candidates.size());
            for (std::size_t i = 0; i < list.candidates.size(); ++i) {
                HOLDS(list.candidates[i].id == election.candidates[i].id.value);
                HOLDS(list.candidates[i].name == election.candidates[i].name);
            }
        }
        if (!election.result || !certificates.insert(election.result->certificate).second) continue;
        const auto verified = election::verify_certificate(election::certificate_document(election));
        HOLDS(verified && election::hash_of(*verified) == election.result->certificate);
        for (const auto& winner : election.result->course.elected)
            HOLDS(std::ranges::any_of(election.candidates, [&](const auto& each) { return each.id.value == winner; }) ||
                  std::ranges::any_of(election.write_ins, [&](const auto& each) {
                      return each.id.value == winner && each.eligible == std::optional(true);
                  }));
    }
    for (const auto& body : congress.bodies)
        for (const auto& declared : body.results)
            HOLDS(std::ranges::any_of(world.books.elections, [&](const auto& each) {
                return each.second.result && each.second.result->certificate == declared.result.certificate &&
                       each.second.body == body.body.name && each.second.round == declared.result.round;
            }));
}

void check(const World& world, std::set<std::string>& certificates) {
    const auto* congress = world.congress();
    if (!congress) return;
    check_sitting(*congress);
    check_questions(*congress);
    check_bodies(*congress);
    check_elections(world, *congress, certificates);
}

/// Minutes, communique, the hall screen, the desk and the chair's bar: at any moment, in every language.
void write_everything(const World& world, bool erased) {
    const auto* congress = world.congress();
    if (!congress) return;
    std::vector<congress::Recorded> history;
    std::vector<congress::AtBallots> ballots;
    app::Books anew;
    app::Teller teller;
    for (auto event : world.events) {
        if (erased) event.personal.reset();
        anew.evolve(event);
        const auto sentence = teller.tell(event);
        if (event.stream.starts_with("congress/"))
            history.push_back({event.seq, event.at, app::event_of_congress(event)});
        else
            ballots.push_back({event.seq, event.at, sentence});
    }
    const auto& read = anew.congresses.at(World::id);
    for (const auto language : all_languages) {
        const std::string head(64, 'a');
        for (const auto& paper :
             {congress::minutes(history, ballots, head, language), congress::communique(history, head, language)}) {
            const auto page = congress::html_from(paper);
            HOLDS(is_utf8(page));
            check_paper(page);
            HOLDS(is_utf8(congress::markdown_from(paper)));
        }
        HOLDS(json_from_text(canonical_json(to_json(app::desk::congress_of(anew, read, language)))));
        HOLDS(json_from_text(canonical_json(to_json(app::desk::steps_of(anew, read, world.now, language)))));
    }
    HOLDS(json_from_text(canonical_json(to_json(app::desk::delegates_of(anew, read, 0, {})))));
    HOLDS(json_from_text(canonical_json(to_json(app::desk::rules_of(read)))));
    for (int page = 1; page <= app::result_pages(read); ++page)
        HOLDS(json_from_text(canonical_json(app::screen_view(anew, read, {page, {}}, std::string(64, 'a')))));
}

/// The world as it stands after so many parts of a congress.
const std::vector<World>& stages() {
    static const auto all = [] {
        std::vector<World> out(1);
        World world;
        bool sound = true;
        std::set<std::string> certificates;
        for (const auto& part : course_of_a_congress()) {
            for (const auto line : part) {
                const auto done = world.line(line);
                if (!done || !*done)
                    std::fprintf(stderr, "%s: %s\n", std::string(line).c_str(),
                                 done ? sentence_of(Language::en, done->error()).c_str() : "no act");
                sound = sound && done && *done;
                check(world, certificates);
            }
            out.push_back(world);
        }
        HOLDS(sound);
        return out;
    }();
    return all;
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    constexpr int most_acts = 150;
    static const bool aloud = std::getenv("PLENUM_FUZZ_ALOUD") != nullptr;
    auto text = fuzz::text_of(bytes, size);
    auto world = stages()[fuzz::choice(text, stages().size())];
    const auto looked_at = std::hash<std::string_view>()(text) % 32;
    int acts = 0;
    std::set<std::string> certificates;
    while (!text.empty() && acts < most_acts) {
        const auto end = std::min(text.find('\n'), text.size());
        const auto line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        const auto before = world.events.size();
        const auto done = world.line(line);
        if (!done) continue;
        ++acts;
        if (aloud)
            std::fprintf(stderr, "%s: %s\n", std::string(line).c_str(),
                         *done ? "done" : sentence_of(Language::en, done->error()).c_str());
        if (!*done) {
            HOLDS(!done->error().name().empty());
            HOLDS(is_utf8(sentence_of(Language::zh_hans, done->error())));
        }
        // A line may ask for several arrivals, of which the last was refused; else a refusal has changed nothing.
        if (world.events.size() != before) check(world, certificates);
    }
    // Writing it all takes longer than the acts do, so not every course is read.
    if (acts > 0 && looked_at < 2) write_everything(world, looked_at == 0);
    return 0;
}
