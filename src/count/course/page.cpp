// SPDX-License-Identifier: Apache-2.0
// The page stands alone: no scripts, no other files. All three languages are in it; buttons without scripts choose one.
#include <algorithm>
#include <set>
#include <utility>

#include "base/html.h"
#include "count/course/course.h"
#include "count/course/picture.h"

namespace plenum::count {

std::string in_all_languages(std::string_view element, const Text& text) {
    if (text.zh_hans == text.zh_hant && text.zh_hant == text.en) return html_escape(text.en);
    std::string out;
    const std::string name(element);
    for (const auto language : all_languages)
        out += "<" + name + " lang=\"" + std::string(tag_of(language)) + "\">" + html_escape(text.in(language)) + "</" +
               name + ">";
    return out;
}

namespace {

template <class Sentence>
std::string in_all(Sentence&& sentence) {
    Text text;
    for (const auto language : all_languages) text.in(language) = sentence(language);
    return in_all_languages("span", text);
}
std::string label(std::string_view key, const Facts& facts = {}) {
    return in_all([&](Language language) { return say(language, "count.label." + std::string(key), facts); });
}

constexpr std::string_view style = R"css(
:root{--page:#F6F7F9;--card:#FFF;--text:#14181F;--muted:#56606D;--line:#DDE2E8;--accent:#A61B1B;--good:#0B5A31;--good-on:#E3F5EA;--bad:#56606D;--focus:#1D5FD1}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--text);font:16px/1.5 system-ui,"Noto Sans","Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif;font-variant-numeric:tabular-nums}
main{max-width:1200px;margin:0 auto;padding:24px 16px}
h1{font-size:28px;line-height:1.25;margin:0 0 4px;border-bottom:3px solid var(--accent);padding-bottom:8px}
h2{font-size:22px;margin:32px 0 8px}
.card{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:16px;overflow-x:auto}
dl{display:grid;grid-template-columns:max-content 1fr;gap:4px 16px;margin:16px 0}dt{color:var(--muted)}dd{margin:0}
.elected{font-size:22px;margin:16px 0;padding:12px 16px;background:var(--good-on);color:var(--good);border-radius:12px}
table{border-collapse:collapse;font-size:14px}th,td{padding:4px 10px;border-bottom:1px solid var(--line);text-align:end;white-space:nowrap}
th[scope=row],thead th:first-child{text-align:start;position:sticky;inset-inline-start:0;background:var(--card)}
td.in{color:var(--good);font-weight:600}td.out{color:var(--muted)}
ol li{margin:6px 0}.steps{list-style:none;padding:0}.steps li{display:grid;grid-template-columns:5.5em 1fr}.steps li>*{grid-column:2}.steps li>.round{grid-column:1;color:var(--muted)}.steps .new{border-top:1px solid var(--line);padding-top:6px}
svg text{font-size:12px;fill:var(--text);paint-order:stroke;stroke:#FFF;stroke-opacity:.75;stroke-width:3px;stroke-linejoin:round}svg .band:hover{opacity:.9}
input[name=language]{position:absolute;opacity:0}
nav{display:flex;gap:8px;justify-content:flex-end;max-width:1200px;margin:0 auto;padding:8px 16px 0}
nav label{min-height:48px;display:inline-flex;align-items:center;padding:0 12px;border:1px solid #8792A0;border-radius:8px;cursor:pointer;background:var(--card)}
input:focus-visible~nav{outline:3px solid var(--focus);outline-offset:2px}
main [lang]{display:none}
#in-zh-Hans:checked~main [lang=zh-Hans],#in-zh-Hant:checked~main [lang=zh-Hant],#in-en:checked~main [lang=en]{display:inline}
#in-zh-Hans:checked~nav label[for=in-zh-Hans],#in-zh-Hant:checked~nav label[for=in-zh-Hant],#in-en:checked~nav label[for=in-en]{border-color:var(--accent);color:var(--accent);font-weight:600}
@media print{nav{display:none}body{background:#FFF}.card{border:0;padding:0}}
)css";

std::string row(const std::string& name, const std::string& value) {
    return value.empty() ? std::string() : "<dt>" + name + "</dt><dd>" + value + "</dd>";
}

std::string names(const Count& count, const std::vector<int>& who) {
    return in_all([&](Language language) {
        std::string out;
        for (const int each : who)
            out +=
                (out.empty() ? "" : say(language, "count.list.between")) + count.names[static_cast<std::size_t>(each)];
        return out.empty() ? say(language, "count.label.nobody") : out;
    });
}

std::string square(const Count& count, const std::vector<std::vector<std::int64_t>>& table) {
    std::string out = "<div class=\"card\"><table><thead><tr><th></th>";
    for (std::size_t i = 0; i < table.size(); ++i) out += "<th scope=\"col\">" + std::to_string(i + 1) + "</th>";
    out += "</tr></thead><tbody>";
    for (std::size_t a = 0; a < table.size(); ++a) {
        out += "<tr><th scope=\"row\">" + std::to_string(a + 1) + " " + html_escape(count.names[a]) + "</th>";
        for (std::size_t b = 0; b < table.size(); ++b)
            out += a == b ? "<td>–</td>"
                          : "<td" + std::string(table[a][b] > table[b][a] ? " class=\"in\"" : "") + ">" +
                                std::to_string(table[a][b]) + "</td>";
        out += "</tr>";
    }
    return out + "</tbody></table></div>";
}

/// The last stage of each round, and the state of every candidate by then.
struct Column {
    const Stage* stage;
    std::set<int> in, out;
};
std::vector<Column> columns_of(const Count& count) {
    std::vector<Column> out;
    std::set<int> in, gone;
    for (std::size_t i = 0; i < count.stages.size(); ++i) {
        const auto& stage = count.stages[i];
        if (stage.event == Event::elect) in.insert(stage.who.begin(), stage.who.end());
        if (stage.event == Event::defeat) gone.insert(stage.who.begin(), stage.who.end());
        const bool last = i + 1 == count.stages.size() || count.stages[i + 1].round != stage.round;
        if (last) out.push_back({&stage, in, gone});
    }
    return out;
}

std::string rounds(const Count& count) {
    const auto columns = columns_of(count);
    std::string out = "<div class=\"card\"><table><thead><tr><th>" + label("candidate") + "</th>";
    for (const auto& each : columns) out += "<th scope=\"col\">" + std::to_string(each.stage->round) + "</th>";
    out += "</tr></thead><tbody>";
    for (std::size_t who = 0; who < count.names.size(); ++who) {
        out += "<tr><th scope=\"row\">" + std::to_string(who + 1) + " " + html_escape(count.names[who]) + "</th>";
        for (const auto& each : columns) {
            const bool in = each.in.contains(static_cast<int>(who)), gone = each.out.contains(static_cast<int>(who));
            const auto& figure = each.stage->votes[who];
            out += std::string("<td") +
                   (in     ? " class=\"in\">✓ "
                    : gone ? " class=\"out\">× "
                           : ">") +
                   (figure.empty() ? label("withdrawn") : html_escape(figure)) + "</td>";
        }
        out += "</tr>";
    }
    const auto last = [&](const std::string& name, auto member) {
        if ((count.stages.front().*member).empty()) return;
        out += "<tr><th scope=\"row\">" + name + "</th>";
        for (const auto& each : columns) out += "<td>" + html_escape(each.stage->*member) + "</td>";
        out += "</tr>";
    };
    last(label("nontransferable"), &Stage::nontransferable);
    last(label("quota"), &Stage::quota);
    return out + "</tbody></table></div>";
}

std::string steps(const Count& count) {
    std::string out = "<ol class=\"steps\">";
    int round = -1;
    for (const auto& stage : count.stages) {
        const bool is_new = std::exchange(round, stage.round) != stage.round;
        out += std::string(is_new ? "<li class=\"new\"><div class=\"round\">" : "<li><div class=\"round\">") +
               (is_new ? label("round_number", {{"round", stage.round}}) : "") + "</div><div>" +
               in_all([&](Language language) { return sentence_of(language, count, stage); }) + "</div>";
        if (!stage.flows.empty()) {
            out += "<details><summary>" + label("transfers") + "</summary><table><thead><tr><th>" + label("from") +
                   "</th><th>" + label("to") + "</th><th>" + label("votes") + "</th></tr></thead><tbody>";
            for (const auto& flow : stage.flows)
                out += "<tr><th scope=\"row\">" + html_escape(count.names[static_cast<std::size_t>(flow.from)]) +
                       "</th><td>" +
                       (flow.to < 0 ? label("nontransferable")
                                    : html_escape(count.names[static_cast<std::size_t>(flow.to)])) +
                       "</td><td>" + html_escape(flow.votes) + "</td></tr>";
            out += "</tbody></table></details>";
        }
        out += "</li>";
    }
    for (const auto& tie : count.tie_breaks)
        out += "<li class=\"new\"><div>" +
               in_all([&](Language language) { return sentence_of(language, count, tie); }) + "</div></li>";
    return out + "</ol>";
}

}  // namespace

std::string page_of(const Count& count, Language first) {
    std::string out =
        "<!doctype html>\n<html lang=\"" + std::string(tag_of(first)) +
        "\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
        "content=\"width=device-width,initial-scale=1\"><title>" +
        html_escape((count.title.empty() ? "" : count.title + " · ") + say(first, "count.label.page_title")) +
        "</title><style>" + std::string(style) + "</style></head><body>\n";
    for (const auto language : all_languages) {
        const auto tag = std::string(tag_of(language));
        out += "<input type=\"radio\" name=\"language\" id=\"in-" + tag + "\"" + (language == first ? " checked" : "") +
               ">";
    }
    out += "<nav>";
    for (const auto language : all_languages) {
        const auto tag = std::string(tag_of(language));
        out += "<label for=\"in-" + tag + "\" lang=\"" + tag + "\">" +
               (language == Language::zh_hans   ? "简体中文"
                : language == Language::zh_hant ? "繁體中文"
                                                : "English") +
               "</label>";
    }
    out += "</nav><main><h1>" + (count.title.empty() ? label("page_title") : html_escape(count.title)) + "</h1>";
    out += "<p class=\"elected\">" + label("elected") + " <strong>" + names(count, count.winners) + "</strong></p>";
    const auto margin = in_all([&](Language language) { return margin_sentence(count, language); });
    if (count.margin.least || count.margin.enough) out += "<p>" + margin + "</p>";
    if (const auto besides = beside_sentences(count, first).size(); besides > 0) {
        out += "<ul>";
        for (std::size_t i = 0; i < besides; ++i)
            out += "<li>" + in_all([&](Language language) { return beside_sentences(count, language)[i]; }) + "</li>";
        out += "</ul>";
    }
    out +=
        "<dl>" + row(label("method"), html_escape(count.method)) + row(label("source"), html_escape(count.rule)) +
        row(label("arithmetic"), in_all([&](Language language) { return sentence_of(language, count.arithmetic); })) +
        row(label("seats"), std::to_string(count.seats)) +
        row(label("ballots"), label("ballots_split", {{"read", count.ballots},
                                                      {"valid", count.valid},
                                                      {"blank", count.blank},
                                                      {"invalid", count.invalid},
                                                      {"cut", count.cut_at_equal}})) +
        row(label("quota"), html_escape(count.quota)) +
        row(label("ties"), in_all([&](Language language) { return sentence_of(language, count.tie_rule); }));
    if (!count.tied_at_cut.empty()) out += row(label("tied"), names(count, count.tied_at_cut));
    if (count.open_seats > 0) out += row(label("open_seats"), std::to_string(count.open_seats));
    if (count.condorcet_winner) out += row(label("condorcet_winner"), names(count, {*count.condorcet_winner}));
    out += "</dl>";
    if (!count.stages.empty()) {
        out += "<h2>" + label("picture") + "</h2><p>" + label("picture_about") + "</p><div class=\"card\">" +
               picture_of(count, first) + "</div>";
        out += "<h2>" + label("figures") + "</h2>" + rounds(count);
    }
    if (!count.ranking.empty()) {
        out += "<h2>" + label("ranking") + "</h2><ol>";
        for (const auto& equals : count.ranking) out += "<li>" + names(count, equals) + "</li>";
        out += "</ol>";
    }
    if (!count.pairs.empty()) out += "<h2>" + label("pairs") + "</h2>" + square(count, count.pairs);
    if (!count.paths.empty()) out += "<h2>" + label("paths") + "</h2>" + square(count, count.paths);
    if (!count.grades.empty()) {
        out +=
            "<h2>" + label("grades") + "</h2><div class=\"card\"><table><thead><tr><th>" + label("candidate") + "</th>";
        for (std::size_t grade = 0; grade < count.grades[0].size(); ++grade)
            out += "<th scope=\"col\">" + std::to_string(grade + 1) + "</th>";
        out += "<th>" + label("median") + "</th></tr></thead><tbody>";
        for (std::size_t who = 0; who < count.names.size(); ++who) {
            out += "<tr><th scope=\"row\">" + html_escape(count.names[who]) + "</th>";
            for (const auto each : count.grades[who]) out += "<td>" + std::to_string(each) + "</td>";
            out += "<td class=\"in\">" + (who < count.medians.size() ? std::to_string(count.medians[who]) : "") +
                   "</td></tr>";
        }
        out += "</tbody></table></div>";
    }
    if (!count.stages.empty()) out += "<h2>" + label("steps") + "</h2>" + steps(count);
    return out + "</main></body></html>\n";
}

}  // namespace plenum::count
