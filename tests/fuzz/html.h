// SPDX-License-Identifier: Apache-2.0
// What a page made of other people's words may hold: the tags that the templates write, and no other.
#pragma once
#include <algorithm>
#include <set>
#include <string>
#include <string_view>

#include "fuzz/fuzz.h"

namespace plenum::fuzz {

/// Every tag of a page, from "<" to ">", quotes respected.
template <class Each>
void for_each_tag(std::string_view page, Each each) {
    for (auto at = page.find('<'); at != std::string_view::npos; at = page.find('<', at + 1)) {
        char quote = 0;
        auto end = at + 1;
        for (; end < page.size() && (quote || page[end] != '>'); ++end) {
            if (quote ? page[end] == quote : page[end] == '"') quote = quote ? 0 : page[end];
        }
        HOLDS(end < page.size());
        each(page.substr(at, end - at + 1));
    }
}

/// Minutes and communique: exactly the tags of congress::html_from.
inline void check_paper(std::string_view page) {
    static const std::set<std::string_view> known{
        "<!doctype html>",
        "<html lang=\"zh-Hans\">",
        "<html lang=\"zh-Hant\">",
        "<html lang=\"en\">",
        "</html>",
        "<head>",
        "</head>",
        "<meta charset=\"utf-8\">",
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">",
        "<title>",
        "</title>",
        "<link rel=\"stylesheet\" href=\"/paper.css\">",
        "<body>",
        "</body>",
        "<main>",
        "</main>",
        "<p class=\"notice\">",
        "<strong>",
        "</strong>",
        "<p>",
        "</p>",
        "<h1>",
        "</h1>",
        "<h2>",
        "</h2>",
        "<h3>",
        "</h3>",
        "<ul>",
        "</ul>",
        "<li>",
        "</li>",
        "<div class=\"table\" tabindex=\"0\">",
        "</div>",
        "<table>",
        "</table>",
        "<thead>",
        "</thead>",
        "<tbody>",
        "</tbody>",
        "<tr>",
        "</tr>",
        "<th scope=\"col\">",
        "<th scope=\"col\" class=\"number\">",
        "</th>",
        "<td>",
        "<td class=\"number\">",
        "</td>"};
    for_each_tag(page, [&](std::string_view tag) { HOLDS(known.contains(tag)); });
}

/// A document that was laid before a congress: Markdown as HTML, without raw HTML, scripts or active addresses.
inline void check_document(std::string_view page) {
    static const std::set<std::string_view> known{
        "html", "head", "meta", "title", "link",       "body", "main", "p",  "h1", "h2", "h3",     "h4", "h5",
        "h6",   "ul",   "ol",   "li",    "blockquote", "pre",  "code", "hr", "br", "em", "strong", "a",  "img"};
    static const std::set<std::string_view> attributes{"lang",  "charset", "name", "content", "rel",  "href",
                                                       "class", "src",     "alt",  "title",   "start"};
    for_each_tag(page, [&](std::string_view tag) {
        if (tag == "<!doctype html>" || tag == "<!-- raw HTML omitted -->") return;
        tag.remove_prefix(tag.starts_with("</") ? 2 : 1);
        tag.remove_suffix(tag.ends_with("/>") ? 2 : 1);
        HOLDS(known.contains(tag.substr(0, tag.find(' '))));
        for (auto at = tag.find(' '); at != std::string_view::npos;) {
            while (at < tag.size() && tag[at] == ' ') ++at;
            if (at == tag.size()) break;
            const auto equals = tag.find("=\"", at);
            HOLDS(equals != std::string_view::npos);
            const auto name = tag.substr(at, equals - at);
            HOLDS(attributes.contains(name));
            const auto end = tag.find('"', equals + 2);
            HOLDS(end != std::string_view::npos);
            std::string value(tag.substr(equals + 2, end - equals - 2));
            std::ranges::transform(value, value.begin(), [](unsigned char c) { return std::tolower(c); });
            if (name == "href" || name == "src")
                HOLDS(!value.starts_with("javascript:") && !value.starts_with("vbscript:") &&
                      !value.starts_with("file:") &&
                      !(value.starts_with("data:") && !value.starts_with("data:image/")));
            at = end + 1;
        }
    });
}

}  // namespace plenum::fuzz
