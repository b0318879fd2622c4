// SPDX-License-Identifier: Apache-2.0
#include "congress/papers.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/embedded.h"
#include "base/html.h"
#include "congress/sentences.h"

namespace plenum::congress {
namespace style {
std::span<const EmbeddedFile> embedded_files();  // paper.css, written at build time
}
namespace {

/// The lines of a text without the white space around them; those between paragraphs are empty.
std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> out;
    for (std::size_t begin = 0; begin <= text.size();) {
        const auto end = std::min(text.find('\n', begin), text.size());
        auto line = text.substr(begin, end - begin);
        while (!line.empty() && std::string_view(" \t\r").find(line.front()) != std::string_view::npos)
            line.remove_prefix(1);
        while (!line.empty() && std::string_view(" \t\r").find(line.back()) != std::string_view::npos)
            line.remove_suffix(1);
        out.push_back(line);
        begin = end + 1;
    }
    return out;
}

/// What stands behind the sign of a list, or "" where the line begins with none.
std::string_view item_of_list(std::string_view line) {
    for (const std::string_view sign : {"- ", "* ", "• ", "· ", "– "})
        if (line.starts_with(sign)) return line.substr(sign.size());
    return {};
}

/// Writes one paper in one language; knows the congress as it stands after the event at hand.
class Writer {
  public:
    Writer(Language language, std::string_view key) : paper_{language, {}, {}, {}}, key_(key) {}

    std::string words(std::string_view name, const Facts& facts = {}) const {
        return say(paper_.language, std::string(key_) + "." + std::string(name), facts);
    }
    std::string in(const Text& text) const { return text.in(paper_.language); }
    /// Words that were entered for the middle of a sentence ("first plenary sitting"), at the beginning of one.
    std::string as_opening(std::string words) const {
        if (paper_.language == Language::en && !words.empty() && words[0] >= 'a' && words[0] <= 'z')
            words[0] -= 'a' - 'A';
        return words;
    }
    void heading(std::string text, int level = 2) { paper_.blocks.emplace_back(Heading{level, std::move(text)}); }
    void paragraph(std::string text) { paper_.blocks.emplace_back(Paragraph{std::move(text)}); }
    /// A text as it was entered: each line a paragraph, and lines that begin with a dash, an asterisk or a dot a list.
    void prose(std::string_view text) {
        std::vector<std::string> items;
        const auto end_list = [&] {
            if (!items.empty()) bullets(std::exchange(items, {}));
        };
        for (const auto line : lines_of(text)) {
            if (const auto item = item_of_list(line); !item.empty()) {
                items.emplace_back(item);
                continue;
            }
            end_list();
            if (!line.empty()) paragraph(std::string(line));
        }
        end_list();
    }
    void bullets(std::vector<std::string> items) { paper_.blocks.emplace_back(BulletList{std::move(items)}); }
    void table(Table table) { paper_.blocks.emplace_back(std::move(table)); }
    Language language() const { return paper_.language; }

    Paper finish(const Congress& congress) && {
        if (congress.plan) {
            paper_.title = words("title", {{"organisation", in(congress.plan->organisation)},
                                           {"congress", in(title_of(congress.plan->numbering))}});
            if (congress.plan->rehearsal) paper_.notice = say(paper_.language, "congress.paper.rehearsal");
        }
        return std::move(paper_);
    }

    void result_table(const DeclaredResult& result) {
        Table table{{column("rank"), column("name"), column("unit"), column("for"), column("against"),
                     column("abstain"), column("outcome")},
                    {},
                    {true, false, false, true, true, true, false}};
        for (const auto& row : result.rows) {
            std::string outcome =
                say(paper_.language, std::string("congress.paper.outcome.") + (row.elected      ? "elected"
                                                                               : row.ineligible ? "ineligible"
                                                                               : row.tied       ? "tied"
                                                                                                : "not_elected"));
            if (row.write_in) outcome += say(paper_.language, "congress.paper.outcome.write_in");
            table.rows.push_back({row.rank > 0 ? std::to_string(row.rank) : "", row.called(), row.unit,
                                  std::to_string(row.in_favour), std::to_string(row.against),
                                  std::to_string(row.abstaining), std::move(outcome)});
        }
        this->table(std::move(table));
    }

    /// The ballots of one round, and by what they elected.
    ///
    /// of_several  tells which round it was and how many it elected
    void ballot_numbers(const Congress& congress, const DeclaredResult& result, bool of_several = false) {
        const auto title = in(body_title(congress, result.body));
        const auto elected = std::ranges::count_if(result.rows, &ResultRow::elected);
        Facts facts{{"body", title},
                    {"round", result.round},
                    {"seats", result.seats},
                    {"entitled", result.entitled},
                    {"present", result.present},
                    {"issued", result.issued},
                    {"returned", result.returned},
                    {"valid", result.valid},
                    {"invalid", result.invalid}};
        if (!result.valid_election) return paragraph(of_papers("invalid_election", facts));
        // Ballots are issued in every election but an uncontested one.
        if (result.issued == 0) return paragraph(of_papers("uncontested", facts));
        facts.emplace_back("outcome",
                           of_papers(elected > 0 ? "elected_in_round" : "nobody_in_round", {{"elected", elected}}));
        paragraph(of_papers(of_several ? "ballots_of_round" : "ballots", facts));
        if (result.threshold && result.base == "none")
            paragraph(of_papers("most_votes", facts));
        else if (result.threshold)
            paragraph(of_papers("threshold", {{"threshold", *result.threshold},
                                              {"base", in(base_name(result.base))},
                                              {"base_count", result.base_count},
                                              {"seats", result.seats}}));
    }
    void certificate(const DeclaredResult& result) {
        paragraph(of_papers("certificate", {{"hash", result.certificate}}));
    }
    void sentences(const std::vector<Text>& each) {
        for (const auto& sentence : each) paragraph(in(sentence));
    }

    /// What the sentence of an event only counts or names, in full.
    void details(const Congress& congress, const Event& event) {
        if (const auto* decided = std::get_if<QuestionDecided>(&event); decided && decided->adopted)
            std::visit([&](const auto& subject) { adopted(congress, subject); },
                       congress.questions.at(decided->question).put.subject);
        if (const auto* deliberated = std::get_if<ItemDeliberated>(&event); deliberated) amendments(*deliberated);
        if (const auto* nominated = std::get_if<BodyNominated>(&event); nominated) members(*nominated);
        if (const auto* declared = std::get_if<ResultDeclared>(&event); declared) {
            const auto& result = declared->result;
            ballot_numbers(congress, result);
            sentences(next_steps(congress, *congress.find_body(result.body), result));
            certificate(result);
            result_table(result);
        }
    }
    /// Those who are there of each delegation, and those of it who are entitled: it may have fewer valid mandates than
    /// seats, and they add up to those who were counted.
    void attendance(const Congress& congress) {
        std::map<UnitId, std::int64_t> entitled, present;
        for (const auto& [id, mandate] : congress.mandates)
            if (congress.is_elector(id)) {
                ++entitled[mandate.delegate.unit];
                present[mandate.delegate.unit] += congress.sitting.present.contains(id);
            }
        std::vector<std::string> lines;
        for (const auto& unit : congress.units)
            lines.push_back(
                words("attendance",
                      {{"unit", in(unit.name)}, {"entitled", entitled[unit.id]}, {"present", present[unit.id]}}));
        bullets(std::move(lines));
    }
    void scrutineers(const Congress& congress, const std::vector<DelegateId>& head_first) {
        std::vector<std::string> others;
        for (std::size_t i = 1; i < head_first.size(); ++i) others.push_back(congress.name_of_delegate(head_first[i]));
        paragraph(words("head_scrutineer", {{"name", congress.name_of_delegate(head_first.front())}}));
        if (!others.empty())
            paragraph(words(others.size() == 1 ? "scrutineer" : "scrutineers", {{"names", in(list_of(others))}}));
    }

  private:
    std::string of_papers(std::string_view name, const Facts& facts = {}) const {
        return say(paper_.language, "congress.paper." + std::string(name), facts);
    }
    std::string column(std::string_view name) const { return of_papers("column." + std::string(name)); }
    void adopted(const Congress& congress, const ElectPresidium& list) {
        std::vector<std::string> names;
        for (const auto& each : list.members) names.push_back(congress.name_of_delegate(each));
        paragraph(words("presidium", {{"count", names.size()}, {"names", in(list_of(names))}}));
        paragraph(words("secretary_general", {{"name", congress.name_of_delegate(list.secretary_general)}}));
    }
    void adopted(const Congress&, const AdoptAgenda& agenda) {
        Table out{{column("number"), column("item"), column("presenter")}, {}, {true, false, false}};
        for (const auto& item : agenda.items)
            out.rows.push_back({std::to_string(out.rows.size() + 1), in(item.title), item.presenter});
        table(std::move(out));
    }
    void adopted(const Congress&, const AdoptCandidates& list) {
        Table out{{column("number"), column("name"), column("unit")}, {}, {true, false, false}};
        for (const auto& each : list.candidates)
            out.rows.push_back(
                {std::to_string(out.rows.size() + 1), each.name.empty() ? each.id : each.name, each.unit});
        table(std::move(out));
    }
    void adopted(const Congress& congress, const ElectScrutineers&) {
        scrutineers(congress, congress.scrutineers_now());
    }
    void adopted(const Congress&, const AdoptResolution& resolution) { prose(in(resolution.text)); }
    template <class Other>
    void adopted(const Congress&, const Other&) {}

    void amendments(const ItemDeliberated& event) {
        std::vector<std::string> asked;
        for (const auto& each : event.amendments)
            asked.push_back(words(
                "amendment",
                {{"text", in(each.text)}, {"disposition", in(words_for("disposition", name_of(each.disposition)))}}));
        if (!asked.empty()) bullets(std::move(asked));
    }
    void members(const BodyNominated& event) {
        Table out{{column("name"), column("unit"), column("role")}, {}, {false, false, false}};
        for (const auto& each : event.members)
            out.rows.push_back(
                {each.name.empty() ? each.id.value_or("") : each.name, each.unit, in(role_name(each.role))});
        table(std::move(out));
    }

    Paper paper_;
    std::string_view key_;
};

/// Facts of one second's length that the minutes sum up rather than list: they would bury the rest.
bool is_summed_up(const Event& event) {
    return std::holds_alternative<DelegateCheckedIn>(event) || std::holds_alternative<DelegateLeft>(event);
}

/// Those present are counted before an interrupted sitting goes on.
bool takes_up_a_sitting(const Event& event) {
    const auto* quorum = std::get_if<QuorumMeasured>(&event);
    return std::holds_alternative<SittingResumed>(event) || (quorum && quorum->occasion == QuorumOccasion::resumption);
}

bool opens_a_section(const Event& event) { return std::holds_alternative<CheckInOpened>(event); }

std::string local_time(const Congress& congress, UtcTime at) {
    const int offset = congress.plan ? congress.plan->utc_offset_minutes : 0;
    return clock_at(at, offset);
}

Date local_day(const Congress& congress, UtcTime at) {
    return date_at(at, congress.plan ? congress.plan->utc_offset_minutes : 0);
}

std::string local_date(const Congress& congress, UtcTime at, Language language) {
    return written_date(local_day(congress, at)).in(language);
}

Text names_of(const std::vector<ResultRow>& members) {
    std::vector<std::string> names;
    for (const auto& each : members) names.push_back(each.called());
    return list_of(names);
}

/// What the congress made of a report that it has heard. Only a vote says whether it was adopted: its item is concluded
/// after a vote that was lost, and without any vote, too.
std::string_view outcome_of_report(const Congress& congress, const Item& item) {
    bool put = false;
    for (const auto& [id, question] : congress.questions) {
        if (!question.decided || question.put.item != item.item.id) continue;
        if (!std::holds_alternative<AdoptReport>(question.put.subject)) continue;
        if (question.decided->adopted) return "adopted";
        put = true;
    }
    return put ? "not_adopted" : item.deliberated ? "deliberated" : "heard";
}

/// "&lt;" would be read as the sign "<" and not as what was written.
bool begins_an_entity(std::string_view text) {
    const auto end = text.find_first_not_of("#ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", 1);
    return end != std::string_view::npos && end > 1 && text[end] == ';';
}

std::string markdown_escape(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (std::string_view("\\`*_[]<>#|~").find(c) != std::string_view::npos) out += '\\';
        if (c == '&' && begins_an_entity(text.substr(i))) out += '\\';
        out += c == '\n' ? ' ' : c;
    }
    return out;
}

/// A line that begins as an item of a list, a rule or the line under a heading does stays the text that it is.
std::string markdown_line(std::string_view line) {
    const auto escaped = markdown_escape(line);
    const auto number = std::min(line.find_first_not_of("0123456789"), line.size());
    const auto sign = number < line.size() ? line[number] : '\0';
    const bool ends = number + 1 >= line.size() || line[number + 1] == ' ';
    if (number > 0 && (sign == '.' || sign == ')') && ends)
        return escaped.substr(0, number) + "\\" + escaped.substr(number);
    return (number == 0 && std::string_view("-+=").find(sign) != std::string_view::npos ? "\\" : "") + escaped;
}

/// The lines of a text that are not empty, one below the other.
template <class Escape>
std::string with_breaks(std::string_view text, std::string_view line_break, Escape escape) {
    std::string out;
    for (const auto line : lines_of(text)) {
        if (line.empty()) continue;
        if (!out.empty()) out += line_break;
        out += escape(line);
    }
    return out;
}

}  // namespace

Paper minutes(const std::vector<Recorded>& history, const std::vector<AtBallots>& ballots, std::string_view head,
              Language language) {
    Writer writer(language, "congress.minutes");
    Congress congress;
    Date day{}, section{};  // of what was told last, and under which heading
    bool prepared = false, after = false, back_in_sitting = false;
    SittingId begun;  // whose attendance has been told
    auto at_ballots = ballots.begin();
    const auto timed = [&](UtcTime at, const Text& sentence) {
        const auto today = local_day(congress, at);
        const bool dated = std::exchange(day, today) != today;
        writer.paragraph((dated ? local_date(congress, at, language) + " " : "") + local_time(congress, at) + "  " +
                         writer.in(sentence));
    };
    for (const auto& [seq, at, event] : history) {
        for (; at_ballots != ballots.end() && at_ballots->seq < seq; ++at_ballots)
            timed(at_ballots->at, at_ballots->sentence);
        const bool was_closed = congress.closed, was_in_plenary = congress.in_first_plenary();
        congress = evolve(std::move(congress), event, at);
        if (!std::exchange(prepared, true)) writer.heading(writer.words("preparation"));
        const auto sitting_heading = [&](std::string_view continued) {
            section = day = local_day(congress, at);
            const auto title = writer.in(congress.sitting.title);
            writer.heading(
                writer.words(std::string(congress.in_first_plenary() ? "first_plenary" : "sitting").append(continued),
                             {{"number", congress.sitting.number},
                              {"title", congress.in_first_plenary() ? writer.as_opening(title) : title},
                              {"date", local_date(congress, at, language)}}));
        };
        // What follows a first plenary belongs to the sitting of the congress that was interrupted for it.
        const bool over = was_in_plenary && !congress.in_first_plenary();
        const bool back = std::exchange(back_in_sitting, over && congress.sitting.state != SittingState::none);
        if (opens_a_section(event))
            sitting_heading("");
        else if (!over && (back || (takes_up_a_sitting(event) && local_day(congress, at) != section)))
            sitting_heading("_continued");
        if (was_closed && !std::exchange(after, true)) writer.heading(writer.words("after"));
        if (is_summed_up(event)) continue;
        timed(at, sentence_of(congress, event));
        writer.details(congress, event);
        const bool begins =
            std::holds_alternative<SittingOpened>(event) || std::holds_alternative<SittingResumed>(event);
        if (begins && !congress.in_first_plenary() && std::exchange(begun, congress.sitting.id) != congress.sitting.id)
            writer.attendance(congress);
    }
    writer.heading(writer.words("signatures"));
    if (!congress.secretary_general.empty())
        writer.paragraph(
            writer.words("secretary_general", {{"name", congress.name_of_delegate(congress.secretary_general)}}));
    if (!congress.scrutineers.empty()) writer.scrutineers(congress, congress.scrutineers);
    writer.paragraph(writer.words("fingerprint", {{"seq", history.empty() ? 0 : history.back().seq}, {"hash", head}}));
    return std::move(writer).finish(congress);
}

namespace {
/// Who came forth from an election or a nomination, and how.
void tell_outcome(Writer& writer, const Congress& congress, const Text& names, const PlenaryHeld* plenary,
                  const std::string& elected_in, const std::vector<ResultDeclared>& rounds) {
    if (!names.empty()) writer.paragraph(writer.in(names));
    if (plenary)
        writer.paragraph(writer.words(plenary->number == 1 ? "first_plenary" : "later_plenary",
                                      {{"body", writer.in(body_title(congress, elected_in))},
                                       {"entitled", plenary->opened.entitled},
                                       {"present", plenary->opened.present},
                                       {"required", plenary->opened.required},
                                       {"chair", congress.name_of_delegate(plenary->presided)}}));
    for (const auto& declared : rounds) {
        writer.ballot_numbers(congress, declared.result, rounds.size() > 1);
        writer.certificate(declared.result);
    }
}

/// How far the seats of a body are filled: the key of the sentence that says so.
std::string_view state_key(const BodyRecord& body) {
    if (body.state == BodyState::vacant) return "body_vacant";
    if (body.filled > 0) return "body";
    const bool void_all =
        std::ranges::none_of(body.results, [](const auto& each) { return each.result.valid_election; });
    return void_all ? "body_invalid" : "body_nobody";
}

void tell_body(Writer& writer, const Congress& congress, const BodyRecord& body) {
    writer.heading(writer.in(body.body.title), 3);
    writer.paragraph(writer.words(
        state_key(body),
        {{"state", writer.in(body_state_name(congress, body))}, {"count", body.filled}, {"seats", body.body.seats}}));
    if (body.reduced_from > 0)
        writer.paragraph(writer.words("reduced", {{"from", body.reduced_from}, {"seats", body.body.seats}}));
    tell_outcome(writer, congress, body.nominated ? nominated_names(*body.nominated) : names_of(body.members()),
                 congress.plenary_of(body), body.elected_in, body.results);
    writer.sentences(steps_still_open(congress, body));
    for (const auto& former : body.former) {
        if (former.results.empty() && !former.nominated) continue;
        writer.paragraph(writer.words(former.fell_with.empty() ? "former_refused" : "former_fell",
                                      {{"party", writer.in(party_name(congress, former.party))},
                                       {"document", former.reply},
                                       {"body", writer.in(body_title(congress, former.fell_with))}}));
        tell_outcome(writer, congress,
                     former.nominated ? nominated_names(*former.nominated) : names_of(former.members()),
                     former.plenary ? &*former.plenary : nullptr, former.elected_in, former.results);
    }
}
}  // namespace

Paper communique(const std::vector<Recorded>& history, std::string_view head, Language language) {
    Writer writer(language, "congress.communique");
    Congress congress;
    std::map<ItemId, Delivery> delivery;  // of each report that was heard or laid in writing
    std::set<Date> held_on;               // the days on which a sitting was open
    for (const auto& [seq, at, event] : history) {
        const bool was_open = congress.sitting.state == SittingState::open;
        congress = evolve(std::move(congress), event, at);
        if (was_open || congress.sitting.state == SittingState::open) held_on.insert(local_day(congress, at));
        if (const auto* report = std::get_if<ReportHeard>(&event)) delivery[report->item] = report->delivery;
    }
    if (!congress.plan) return std::move(writer).finish(congress);
    const auto& plan = *congress.plan;
    const auto days = held_on.empty() ? written_days(plan.begins_on, plan.ends_on) : written_days(held_on);
    writer.paragraph(writer.words(held_on.empty()   ? "planned"
                                  : congress.closed ? "held"
                                                    : "under_way",
                                  {{"organisation", writer.in(plan.organisation)},
                                   {"congress", writer.in(title_of(plan.numbering))},
                                   {"days", writer.in(days)},
                                   {"place", writer.in(plan.place)}}));
    writer.paragraph(writer.words(
        "delegates", {{"members", plan.members}, {"units", congress.units.size()}, {"entitled", congress.entitled}}));
    for (const auto& sitting : congress.sittings) {
        const auto* begun = sitting.kind == SittingKind::plenary ? sitting.begun() : nullptr;
        if (!begun) continue;
        const auto& quorum = begun->quorum;
        writer.paragraph(writer.words(quorum.required > 0 ? "attendance" : "attendance_without_quorum",
                                      {{"title", writer.as_opening(writer.in(sitting.title))},
                                       {"date", local_date(congress, begun->at, language)},
                                       {"entitled", quorum.entitled},
                                       {"present", quorum.present},
                                       {"required", quorum.required}}));
    }

    std::vector<std::string> heard;
    for (const auto& item : congress.agenda)
        if (const auto delivered = delivery.find(item.item.id); delivered != delivery.end())
            heard.push_back(writer.words("report." + std::string(name_of(delivered->second)) + "." +
                                             std::string(outcome_of_report(congress, item)),
                                         {{"item", writer.in(item.item.title)}}));
    if (!heard.empty()) {
        writer.heading(writer.words("reports"));
        writer.bullets(std::move(heard));
    }
    bool results = false;
    for (const auto& body : congress.bodies) {
        if (body.results.empty() && !body.nominated && body.former.empty()) continue;
        if (!std::exchange(results, true)) writer.heading(writer.words("results"));
        tell_body(writer, congress, body);
    }
    bool resolutions = false;
    for (const auto& [seq, at, event] : history) {
        const auto* decided = std::get_if<QuestionDecided>(&event);
        if (!decided) continue;
        const auto& question = congress.questions.at(decided->question);
        const auto* resolution = std::get_if<AdoptResolution>(&question.put.subject);
        if (!resolution || !question.decided || !question.decided->adopted) continue;
        if (!std::exchange(resolutions, true)) writer.heading(writer.words("resolutions"));
        writer.heading(writer.in(resolution->title), 3);
        writer.prose(writer.in(resolution->text));
    }
    writer.heading(writer.words("record"));
    writer.paragraph(writer.words("fingerprint", {{"seq", history.back().seq}, {"hash", head}}));
    return std::move(writer).finish(congress);
}

std::string markdown_from(const Paper& paper) {
    std::string out;
    if (!paper.notice.empty()) out += "> **" + markdown_escape(paper.notice) + "**\n\n";
    out += "# " + markdown_escape(paper.title) + "\n";
    for (const auto& block : paper.blocks) {
        out += '\n';
        if (const auto* heading = std::get_if<Heading>(&block)) {
            out += std::string(static_cast<std::size_t>(heading->level), '#') + " " + markdown_escape(heading->text) +
                   "\n";
        } else if (const auto* paragraph = std::get_if<Paragraph>(&block)) {
            out += with_breaks(paragraph->text, "\\\n", markdown_line) + "\n";
        } else if (const auto* list = std::get_if<BulletList>(&block)) {
            for (const auto& item : list->items) out += "- " + with_breaks(item, "\\\n  ", markdown_line) + "\n";
        } else if (const auto* table = std::get_if<Table>(&block)) {
            const auto row = [&](const std::vector<std::string>& cells) {
                out += '|';
                for (const auto& cell : cells) out += " " + markdown_escape(cell) + " |";
                out += '\n';
            };
            row(table->head);
            out += '|';
            for (const bool number : table->numbers) out += number ? " ---: |" : " --- |";
            out += '\n';
            for (const auto& cells : table->rows) row(cells);
        }
    }
    return out;
}

namespace {
/// style  what stands in the head and gives the page its looks
std::string page_from(const Paper& paper, std::string_view style) {
    const auto element = [](std::string_view name, const std::string& text) {
        return "<" + std::string(name) + ">" + html_escape(text) + "</" + std::string(name) + ">\n";
    };
    const auto element_of_lines = [](std::string_view name, const std::string& text) {
        return "<" + std::string(name) + ">" + with_breaks(text, "<br>\n", html_escape) + "</" + std::string(name) +
               ">\n";
    };
    std::string out = "<!doctype html>\n<html lang=\"" + std::string(tag_of(paper.language)) +
                      "\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, "
                      "initial-scale=1\">\n" +
                      element("title", paper.title);
    out.append(style).append("</head>\n<body>\n<main>\n");
    if (!paper.notice.empty()) out += "<p class=\"notice\"><strong>" + html_escape(paper.notice) + "</strong></p>\n";
    out += element("h1", paper.title);
    for (const auto& block : paper.blocks) {
        if (const auto* heading = std::get_if<Heading>(&block)) {
            out += element("h" + std::to_string(heading->level), heading->text);
        } else if (const auto* paragraph = std::get_if<Paragraph>(&block)) {
            out += element_of_lines("p", paragraph->text);
        } else if (const auto* list = std::get_if<BulletList>(&block)) {
            out += "<ul>\n";
            for (const auto& item : list->items) out += element_of_lines("li", item);
            out += "</ul>\n";
        } else if (const auto* table = std::get_if<Table>(&block)) {
            const auto cell = [&](std::string_view name, std::size_t column, const std::string& text) {
                const bool number = column < table->numbers.size() && table->numbers[column];
                return "<" + std::string(name) + (name == "th" ? " scope=\"col\"" : "") +
                       (number ? " class=\"number\"" : "") + ">" + html_escape(text) + "</" + std::string(name) + ">";
            };
            out += "<div class=\"table\" tabindex=\"0\">\n<table>\n<thead><tr>";
            for (std::size_t i = 0; i < table->head.size(); ++i) out += cell("th", i, table->head[i]);
            out += "</tr></thead>\n<tbody>\n";
            for (const auto& row : table->rows) {
                out += "<tr>";
                for (std::size_t i = 0; i < row.size(); ++i) out += cell("td", i, row[i]);
                out += "</tr>\n";
            }
            out += "</tbody>\n</table>\n</div>\n";
        }
    }
    return out + "</main>\n</body>\n</html>\n";
}
}  // namespace

std::string html_from(const Paper& paper) {
    return page_from(paper, "<link rel=\"stylesheet\" href=\"/paper.css\">\n");
}

std::string standalone_html_from(const Paper& paper) {
    return page_from(paper, "<style>\n" + std::string(style::embedded_files().front().content) + "</style>\n");
}

}  // namespace plenum::congress
