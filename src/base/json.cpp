// SPDX-License-Identifier: Apache-2.0
#include "base/json.h"

#include <algorithm>
#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/parse.hpp>
#include <set>
#include <vector>

namespace plenum {
namespace {

constexpr std::size_t max_depth = 32;

/// Sees every member name once and remembers those of the objects that are open: Boost.JSON's own parser would silently
/// keep the last of two members of one name.
struct DuplicateFinder {
    static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_key_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);
    using error_code = boost::json::error_code;
    using string_view = boost::json::string_view;

    std::vector<std::set<std::string>> open;
    std::string key;
    bool duplicate = false;

    bool on_document_begin(error_code&) { return true; }
    bool on_document_end(error_code&) { return true; }
    bool on_object_begin(error_code&) {
        open.emplace_back();
        return true;
    }
    bool on_object_end(std::size_t, error_code&) {
        open.pop_back();
        return true;
    }
    bool on_array_begin(error_code&) { return true; }
    bool on_array_end(std::size_t, error_code&) { return true; }
    bool on_key_part(string_view part, std::size_t, error_code&) {
        key.append(part.data(), part.size());
        return true;
    }
    bool on_key(string_view part, std::size_t, error_code& ec) {
        key.append(part.data(), part.size());
        if (!open.back().insert(std::move(key)).second) {
            duplicate = true;
            ec = boost::json::error::syntax;
            return false;
        }
        key.clear();
        return true;
    }
    bool on_string_part(string_view, std::size_t, error_code&) { return true; }
    bool on_string(string_view, std::size_t, error_code&) { return true; }
    bool on_number_part(string_view, error_code&) { return true; }
    bool on_int64(std::int64_t, string_view, error_code&) { return true; }
    bool on_uint64(std::uint64_t, string_view, error_code&) { return true; }
    bool on_double(double, string_view, error_code&) { return true; }
    bool on_bool(bool, error_code&) { return true; }
    bool on_null(error_code&) { return true; }
    bool on_comment_part(string_view, error_code&) { return true; }
    bool on_comment(string_view, error_code&) { return true; }
};

Place place_of(std::string_view text, std::size_t offset) {
    const auto before = text.substr(0, std::min(offset, text.size()));
    const auto line = 1 + std::count(before.begin(), before.end(), '\n');
    const auto last = before.rfind('\n');
    const auto column = before.size() - (last == std::string_view::npos ? 0 : last + 1) + 1;
    return {"", line, static_cast<std::int64_t>(column), ""};
}

void write_string(std::string& out, std::string_view text) {
    constexpr char digits[] = "0123456789abcdef";
    out += '"';
    for (const char c : text) {
        switch (c) {
            case '"': out += "\\\""; break;
            case '\\': out += "\\\\"; break;
            case '\b': out += "\\b"; break;
            case '\f': out += "\\f"; break;
            case '\n': out += "\\n"; break;
            case '\r': out += "\\r"; break;
            case '\t': out += "\\t"; break;
            default:
                if (static_cast<unsigned char>(c) < 0x20) {
                    out += "\\u00";
                    out += digits[(c >> 4) & 15];
                    out += digits[c & 15];
                } else {
                    out += c;
                }
        }
    }
    out += '"';
}

void write(std::string& out, const Json& value) {
    switch (value.kind()) {
        case boost::json::kind::null: out += "null"; break;
        case boost::json::kind::bool_: out += value.get_bool() ? "true" : "false"; break;
        case boost::json::kind::int64: out += std::to_string(value.get_int64()); break;
        case boost::json::kind::uint64: out += std::to_string(value.get_uint64()); break;
        case boost::json::kind::double_: invariant(!"a float has no canonical form here"); break;
        case boost::json::kind::string:
            write_string(out, {value.get_string().data(), value.get_string().size()});
            break;
        case boost::json::kind::array: {
            out += '[';
            bool first = true;
            for (const auto& item : value.get_array()) {
                if (!std::exchange(first, false)) out += ',';
                write(out, item);
            }
            out += ']';
            break;
        }
        case boost::json::kind::object: {
            std::vector<const JsonObject::value_type*> members;
            for (const auto& member : value.get_object()) members.push_back(&member);
            std::sort(members.begin(), members.end(),
                      [](const auto* left, const auto* right) { return left->key() < right->key(); });
            out += '{';
            bool first = true;
            for (const auto* member : members) {
                if (!std::exchange(first, false)) out += ',';
                write_string(out, {member->key().data(), member->key().size()});
                out += ':';
                write(out, member->value());
            }
            out += '}';
            break;
        }
    }
}

}  // namespace

bool is_utf8(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(at < text.size() ? text[at] : 0); };
        const unsigned first = byte(i);
        const std::size_t length = first < 0x80       ? 1
                                   : first >> 5 == 6  ? 2
                                   : first >> 4 == 14 ? 3
                                   : first >> 3 == 30 ? 4
                                                      : 0;
        if (length == 0) return false;
        unsigned code = length == 1 ? first : first & (0xFFu >> (length + 1));
        for (std::size_t k = 1; k < length; ++k) {
            if (byte(i + k) >> 6 != 2) return false;
            code = code << 6 | (byte(i + k) & 0x3F);
        }
        constexpr unsigned least[] = {0, 0, 0x80, 0x800, 0x10000};
        if (code < least[length] || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) return false;
        i += length;
    }
    return true;
}

Result<Json> json_from_text(std::string_view text) {
    if (!is_utf8(text)) return refuse(base::Why::text_not_utf8);
    boost::json::parse_options options;
    options.max_depth = max_depth;
    boost::json::error_code error;
    boost::json::basic_parser<DuplicateFinder> finder{options};
    const std::size_t read = finder.write_some(false, text.data(), text.size(), error);
    if (finder.handler().duplicate) return refuse(base::Why::json_duplicate_key, {}, place_of(text, read));
    if (error == boost::json::error::too_deep)
        return refuse(base::Why::json_too_deep, {{"most", max_depth}}, place_of(text, read));
    if (error || read != text.size()) return refuse(base::Why::json_malformed, {}, place_of(text, read));
    return boost::json::parse({text.data(), text.size()}, {}, options);
}

Result<Done> must_hold_integers_only(const Json& value) {
    // Every act and event passes here, so the place is put into words only where there is something to refuse.
    if (const auto* object = value.if_object()) {
        for (const auto& member : *object)
            if (auto held = must_hold_integers_only(member.value()); !held)
                return refuse(std::move(held).error().within({"", 0, 0, std::string(shown(member.key()))}));
    } else if (const auto* array = value.if_array()) {
        for (std::size_t i = 0; i < array->size(); ++i)
            if (auto held = must_hold_integers_only((*array)[i]); !held)
                return refuse(std::move(held).error().within({"", 0, 0, "[" + std::to_string(i) + "]"}));
    } else if (const auto* large = value.if_uint64();
               value.is_double() || (large && *large > std::uint64_t{INT64_MAX})) {
        return refuse(base::Why::json_not_integer);
    }
    return Done{};
}

bool holds_integers_only(const Json& value) { return must_hold_integers_only(value).has_value(); }

std::string canonical_json(const Json& value) {
    std::string out;
    write(out, value);
    return out;
}

}  // namespace plenum
