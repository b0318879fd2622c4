// SPDX-License-Identifier: Apache-2.0
#include "rules/toml.h"

// As Debian builds its library: malformed text gets past some of its assertions, and the parser refuses it behind them.
#define TOML_ASSERT(expression) static_assert(true)
#include <toml++/toml.h>

#include "base/time.h"

namespace plenum::rules {
namespace {

constexpr int most_levels = 16;
constexpr int most_dots = 40;

/// Bounds what the parser may recurse into: brackets inside brackets, and dotted keys of one line. Strings and comments
/// are stepped over; where this scan and the parser disagree on a malformed text, the parser's own limit of 256 stands.
Result<Done> check_depth(std::string_view text, std::string_view file, std::int64_t first_line) {
    int levels = 0, dots = 0;
    std::int64_t line = first_line;
    const auto starts = [&](std::size_t at, std::string_view what) { return text.substr(at).starts_with(what); };
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '\n') {
            ++line;
            dots = 0;
        } else if (c == '#') {
            while (i + 1 < text.size() && text[i + 1] != '\n') ++i;
        } else if (starts(i, "\"\"\"") || starts(i, "'''")) {
            const auto quote = text.substr(i, 3);
            for (i += 3; i < text.size() && !starts(i, quote); ++i) {
                line += text[i] == '\n';
                if (c == '"' && text[i] == '\\') ++i;
            }
            i += 2;
        } else if (c == '"' || c == '\'') {
            for (++i; i < text.size() && text[i] != c && text[i] != '\n'; ++i)
                if (c == '"' && text[i] == '\\') ++i;
            if (i < text.size() && text[i] == '\n') --i;
        } else if (c == '[' || c == '{') {
            ++levels;
        } else if (c == ']' || c == '}') {
            --levels;
        } else if (c == '.') {
            ++dots;
        }
        if (levels > most_levels || dots > most_dots)
            return refuse(Why::text_too_deep, {{"most", levels > most_levels ? most_levels : most_dots}},
                          {std::string(file), line, 0, ""});
    }
    return Done{};
}

class Reader {
  public:
    Reader(TomlDocument& document, std::int64_t line) : document_(document), line_(line) {}

    Result<Json> value(const toml::node& node, const std::string& path) {
        const Place place = place_of(node, path);
        document_.places.insert_or_assign(path, place);
        if (const auto* table = node.as_table()) {
            JsonObject out;
            for (const auto& [key, child] : *table) {
                const std::string name(key.str());
                auto read = value(child, path.empty() ? name : path + "." + name);
                if (!read) return read;
                // The key is where people look, not the value behind it.
                auto& at = document_.places[path.empty() ? name : path + "." + name];
                if (key.source().begin.line > 0) {
                    at.line = static_cast<std::int64_t>(key.source().begin.line) + line_ - 1;
                    at.column = static_cast<std::int64_t>(key.source().begin.column);
                }
                out[name] = std::move(*read);
            }
            return Json(std::move(out));
        }
        if (const auto* array = node.as_array()) {
            JsonArray out;
            for (std::size_t i = 0; i < array->size(); ++i)
                out.push_back(TRY(value((*array)[i], path + "[" + std::to_string(i) + "]")));
            return Json(std::move(out));
        }
        if (const auto* text = node.as_string()) return Json(text->get());
        if (const auto* number = node.as_integer()) return Json(number->get());
        if (const auto* flag = node.as_boolean()) return Json(flag->get());
        if (const auto* date = node.as_date()) {
            const auto& day = date->get();
            return Json(text_from_date({day.year, day.month, day.day}));
        }
        return refuse(Why::wrong_type, {{"wanted", "a value of a rule"}}, place);
    }

  private:
    Place place_of(const toml::node& node, const std::string& path) const {
        const auto& begin = node.source().begin;
        return {document_.file, begin.line > 0 ? static_cast<std::int64_t>(begin.line) + line_ - 1 : line_,
                static_cast<std::int64_t>(begin.column), path};
    }
    TomlDocument& document_;
    std::int64_t line_;
};

}  // namespace

Place TomlDocument::at(std::string_view path) const {
    for (std::string_view rest = path; !rest.empty(); rest = rest.substr(0, rest.find_last_of(".[")))
        if (const auto found = places.find(std::string(rest)); found != places.end()) {
            Place place = found->second;
            place.field = std::string(path);
            return place;
        } else if (rest.find_last_of(".[") == std::string_view::npos) {
            break;
        }
    return {file, 0, 0, std::string(path)};
}

Result<TomlDocument> read_toml(std::string_view text, std::string_view file_name, std::int64_t line) {
    const Place whole{std::string(file_name), 0, 0, ""};
    if (text.size() > most_toml_bytes)
        return refuse(Why::text_too_large, {{"bytes", text.size()}, {"most", most_toml_bytes}}, whole);
    if (!is_utf8(text)) return refuse(base::Why::text_not_utf8, {}, whole);
    TRY(check_depth(text, file_name, line));
    TomlDocument document;
    document.file = std::string(file_name);
    toml::table table;
    try {
        table = toml::parse(text);
    } catch (const toml::parse_error& error) {
        const auto& at = error.source().begin;
        return refuse(
            Why::toml_malformed, {{"technical", shown(error.description(), 200)}},
            {document.file, static_cast<std::int64_t>(at.line) + line - 1, static_cast<std::int64_t>(at.column), ""});
    }
    document.root = TRY(Reader(document, line).value(table, ""));
    return document;
}

}  // namespace plenum::rules
