// SPDX-License-Identifier: Apache-2.0
// A body lists its fields once; reading, writing and the schema all come from that list, so they cannot differ:
//
//   struct CheckIn {
//       static constexpr std::string_view kind = "check_in";
//       DelegateId delegate; std::string method;
//       static constexpr auto fields() {
//           return std::tuple{field("delegate", &CheckIn::delegate, "delegate id"), field("method", &CheckIn::method,
//           "card | manual")};
//       }
//   };
//
// A field marked personal() is data about a person: the journal keeps it apart, where it can be erased. Texts are one
// line each, names, titles and numbers of documents, but for those marked prose().
#pragma once
#include <boost/describe/enum.hpp>
#include <boost/describe/enum_from_string.hpp>
#include <boost/describe/enum_to_string.hpp>
#include <boost/describe/enumerators.hpp>
#include <concepts>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <variant>
#include <vector>

#include "base/characters.h"
#include "base/ids.h"
#include "base/json.h"
#include "base/texts.h"
#include "base/time.h"

namespace plenum {

template <class Owner, class Member>
struct Field {
    std::string_view name;
    Member Owner::*member;
    std::string_view about;
    bool is_personal = false;
    Lines lines = Lines::one;  ///< of the texts it holds
};
template <class Owner, class Member>
constexpr Field<Owner, Member> field(std::string_view name, Member Owner::*member, std::string_view about) {
    return {name, member, about};
}
/// A field about a person (name, birth, telephone): kept erasable.
template <class Owner, class Member>
constexpr Field<Owner, Member> personal(std::string_view name, Member Owner::*member, std::string_view about) {
    return {name, member, about, true};
}
/// A field whose texts may run over several lines.
template <class Owner, class Member>
constexpr Field<Owner, Member> prose(std::string_view name, Member Owner::*member, std::string_view about) {
    return {name, member, about, false, Lines::many};
}

template <class T>
concept Fielded = requires {
    T::fields();
};
template <class E>
concept DescribedEnum = std::is_enum_v<E> && boost::describe::has_describe_enumerators<E>::value;

/// Which fields to write: all, those about no person, those about a person.
enum class Part { all, impersonal, personal };

/// The name of an enumerator as it stands in JSON.
template <DescribedEnum E>
std::string_view name_of(E value) {
    return boost::describe::enum_to_string(value, "");
}
template <DescribedEnum E>
std::optional<E> enum_from_name(std::string_view name) {
    E value{};
    if (!boost::describe::enum_from_string(std::string(name).c_str(), value)) return std::nullopt;
    return value;
}

namespace fields_detail {

inline tl::unexpected<Refusal> wrong_type(std::string_view wanted) {
    return refuse(base::Why::field_wrong_type, {{"wanted", wanted}});
}

template <class T>
struct IsId : std::false_type {};
template <class Tag>
struct IsId<Id<Tag>> : std::true_type {};
template <class T>
struct IsOptional : std::false_type {};
template <class T>
struct IsOptional<std::optional<T>> : std::true_type {};
template <class T>
struct IsVector : std::false_type {};
template <class T>
struct IsVector<std::vector<T>> : std::true_type {};
template <class T>
struct IsMap : std::false_type {};
template <class T>
struct IsMap<std::map<std::string, T>> : std::true_type {};
template <class T>
struct IsVariant : std::false_type {};
template <class... Kinds>
struct IsVariant<std::variant<Kinds...>> : std::true_type {};
template <class T>
struct AnyPersonal;

}  // namespace fields_detail

/// How strictly to take what is there and what is not. What somebody asks is complete (lists, maps and optionals may be
/// left out) and its texts are held to check_written; what we kept ourselves is read as it was once taken in; and of an
/// event whose personal part was erased, the personal fields may be missing and stay empty.
enum class Reading { complete, kept, personal_may_be_erased };

namespace fields_detail {
/// A text of at most 1,000,000 bytes. Refuses wrong types, text_too_long, and what check_written refuses.
Result<std::string> text_from(const Json& json, Reading reading, Lines lines);
}  // namespace fields_detail

template <class T>
Json to_json(const T& value, Part part = Part::all);
/// Refuses what is not a T: wrong types, unknown or missing members, impossible dates, unknown enumerators, numbers out
/// of range; the place names the member ("candidates[3].name").
/// lines  of the texts in a T that is no record: each field of a record says it of itself
template <class T>
Result<T> from_json(const Json& json, Reading reading = Reading::complete, Lines lines = Lines::many);

/// True if a T holds a personal field at any depth.
template <class T>
constexpr bool has_personal() {
    using namespace fields_detail;
    if constexpr (Fielded<T>) {
        return std::apply(
            [](const auto&... each) {
                return ((each.is_personal ||
                         has_personal<std::remove_cvref_t<decltype(std::declval<T&>().*(each.member))>>()) ||
                        ...);
            },
            T::fields());
    } else if constexpr (IsOptional<T>::value || IsVector<T>::value) {
        return has_personal<typename T::value_type>();
    } else if constexpr (IsMap<T>::value) {
        return has_personal<typename T::mapped_type>();
    } else if constexpr (IsVariant<T>::value) {
        return AnyPersonal<T>::value;
    } else {
        return false;
    }
}
namespace fields_detail {
template <class... Kinds>
struct AnyPersonal<std::variant<Kinds...>> {
    static constexpr bool value = (has_personal<Kinds>() || ...);
};
template <class Variant, std::size_t index = 0>
Result<Variant> read_kind_from(std::string_view kind, const Json& body, Reading reading);
}  // namespace fields_detail

namespace fields_detail {

template <Fielded T>
Result<Done> read_members(T& out, const Json& json, Reading reading) {
    using namespace fields_detail;
    if (!json.is_object()) return wrong_type("object");
    const auto& object = json.get_object();
    std::size_t known = 0;
    std::optional<Refusal> refused;
    std::apply(
        [&](const auto&... each) {
            [[maybe_unused]] const auto read = [&](const auto& f) {
                if (refused) return;
                using Member = std::remove_cvref_t<decltype(out.*(f.member))>;
                const auto* found = object.if_contains(f.name);
                if (!found) {
                    const bool may_miss = IsOptional<Member>::value || IsVector<Member>::value ||
                                          IsMap<Member>::value ||
                                          (f.is_personal && reading == Reading::personal_may_be_erased);
                    if (!may_miss) refused = refusal(base::Why::field_missing, {}, {"", 0, 0, std::string(f.name)});
                    return;
                }
                ++known;
                auto value = from_json<Member>(*found, reading, f.lines);
                if (value)
                    out.*(f.member) = std::move(*value);
                else
                    refused = std::move(value.error()).within({"", 0, 0, std::string(f.name)});
            };
            (read(each), ...);
        },
        T::fields());
    if (refused) return refuse(std::move(*refused));
    if (known != object.size()) {
        for (const auto& member : object) {
            const bool is_known =
                std::apply([&](const auto&... each) { return ((each.name == std::string_view(member.key())) || ...); },
                           T::fields());
            if (!is_known) return refuse(base::Why::field_unknown, {}, {"", 0, 0, std::string(shown(member.key()))});
        }
    }
    return Done{};
}

}  // namespace fields_detail

/// Writes a value as JSON; of a Fielded struct only the given part, at every depth: a nested struct appears in a part
/// only if it has fields there, and lists keep their length so that the parts can be joined again.
template <class T>
Json to_json(const T& value, Part part) {
    using namespace fields_detail;
    if constexpr (std::is_same_v<T, bool> || std::is_same_v<T, std::string> || std::is_integral_v<T>) {
        return Json(value);
    } else if constexpr (IsId<T>::value) {
        return Json(value.value);
    } else if constexpr (std::is_same_v<T, UtcTime>) {
        return Json(text_from_time(value));
    } else if constexpr (std::is_same_v<T, Date>) {
        return Json(text_from_date(value));
    } else if constexpr (std::is_same_v<T, Text>) {
        return json_from(value);
    } else if constexpr (std::is_same_v<T, Json>) {
        return value;
    } else if constexpr (DescribedEnum<T>) {
        return Json(name_of(value));
    } else if constexpr (IsOptional<T>::value) {
        return value ? to_json(*value, part) : Json(nullptr);
    } else if constexpr (IsVector<T>::value) {
        JsonArray out;
        for (const auto& item : value) out.push_back(to_json(item, part));
        return out;
    } else if constexpr (IsMap<T>::value) {
        JsonObject out;
        for (const auto& [key, item] : value) out[key] = to_json(item, part);
        return out;
    } else if constexpr (IsVariant<T>::value) {  // one of several kinds: {"kind": {…}}
        return std::visit(
            [&](const auto& each) -> Json {
                return JsonObject{{std::remove_cvref_t<decltype(each)>::kind, to_json(each, part)}};
            },
            value);
    } else {
        static_assert(Fielded<T>, "a type without fields() cannot be written as JSON");
        JsonObject out;
        std::apply(
            [&](const auto&... each) {
                [[maybe_unused]] const auto put = [&](const auto& f) {
                    using Member = std::remove_cvref_t<decltype(value.*(f.member))>;
                    if (f.is_personal) {
                        if (part != Part::impersonal) out[f.name] = to_json(value.*(f.member));
                    } else if (part != Part::personal || has_personal<Member>()) {
                        out[f.name] = to_json(value.*(f.member), part);
                    }
                };
                (put(each), ...);
            },
            T::fields());
        return out;
    }
}

template <class T>
Result<T> from_json(const Json& json, Reading reading, [[maybe_unused]] Lines lines) {
    using namespace fields_detail;
    if constexpr (std::is_same_v<T, bool>) {
        if (!json.is_bool()) return wrong_type("true or false");
        return json.get_bool();
    } else if constexpr (std::is_integral_v<T>) {
        if (json.is_double()) return refuse(base::Why::json_not_integer);
        if (!json.is_int64() && !json.is_uint64()) return wrong_type("integer");
        const bool fits = json.is_int64() ? std::in_range<T>(json.get_int64()) : std::in_range<T>(json.get_uint64());
        if (!fits) return refuse(base::Why::field_wrong_value, {{"value", canonical_json(json)}});
        return json.is_int64() ? static_cast<T>(json.get_int64()) : static_cast<T>(json.get_uint64());
    } else if constexpr (std::is_same_v<T, std::string>) {
        return text_from(json, reading, lines);
    } else if constexpr (IsId<T>::value) {
        auto value = TRY(text_from(json, reading, Lines::one));
        if (value.empty()) return refuse(base::Why::text_empty);
        if (value.size() > 200) return refuse(base::Why::text_too_long, {{"most", 200}});
        return T{std::move(value)};
    } else if constexpr (std::is_same_v<T, UtcTime>) {
        return time_from_text(TRY(text_from(json, reading, Lines::one)));
    } else if constexpr (std::is_same_v<T, Date>) {
        return date_from_text(TRY(text_from(json, reading, Lines::one)));
    } else if constexpr (std::is_same_v<T, Text>) {
        if (!json.is_object()) return wrong_type("text in three languages");
        Text out;
        for (const auto& [name, value] : json.get_object()) {
            const auto language = language_from_tag(name);
            if (!language) return refuse(base::Why::field_unknown, {}, {"", 0, 0, std::string(shown(name))});
            auto words = text_from(value, reading, lines);
            if (!words) return refuse(std::move(words).error().within({"", 0, 0, std::string(name)}));
            out.in(*language) = std::move(*words);
        }
        for (const auto language : all_languages)
            if (out.in(language).empty())
                return refuse(base::Why::field_missing, {}, {"", 0, 0, std::string(tag_of(language))});
        return out;
    } else if constexpr (std::is_same_v<T, Json>) {
        return json;
    } else if constexpr (DescribedEnum<T>) {
        const auto name = TRY(text_from(json, reading, Lines::one));
        const auto value = enum_from_name<T>(name);
        if (!value) return refuse(base::Why::field_wrong_value, {{"value", shown(name)}});
        return *value;
    } else if constexpr (IsOptional<T>::value) {
        if (json.is_null()) return T{};
        return T { TRY(from_json<typename T::value_type>(json, reading, lines)) };
    } else if constexpr (IsVector<T>::value) {
        if (!json.is_array()) return wrong_type("list");
        T out;
        for (const auto& item : json.get_array()) {
            auto value = from_json<typename T::value_type>(item, reading, lines);
            if (!value)
                return refuse(std::move(value).error().within({"", 0, 0, "[" + std::to_string(out.size()) + "]"}));
            out.push_back(std::move(*value));
        }
        return out;
    } else if constexpr (IsMap<T>::value) {
        if (!json.is_object()) return wrong_type("object");
        T out;
        for (const auto& [name, item] : json.get_object()) {
            if (reading == Reading::complete) TRY(check_written(std::string_view(name), Lines::one));
            auto value = from_json<typename T::mapped_type>(item, reading, lines);
            if (!value) return refuse(std::move(value).error().within({"", 0, 0, std::string(shown(name))}));
            out.emplace(name, std::move(*value));
        }
        return out;
    } else if constexpr (IsVariant<T>::value) {
        if (!json.is_object() || json.get_object().size() != 1) return wrong_type("object with one member, its kind");
        const auto& only = *json.get_object().begin();
        auto value = read_kind_from<T>(only.key(), only.value(), reading);
        if (!value && !value.error().name().ends_with("kind_unknown"))
            return refuse(std::move(value).error().within({"", 0, 0, std::string(only.key())}));
        return value;
    } else {
        static_assert(Fielded<T>, "a type without fields() cannot be read from JSON");
        T out{};
        TRY(read_members(out, json, reading));
        return out;
    }
}

/// The personal part written by to_json(…, Part::personal) laid over the impersonal part: objects member by member,
/// lists item by item.
Json join_parts(Json impersonal, const Json& personal);

/// One alternative of a variant of Fielded structs, as it stands in the journal or in a request.
struct Written {
    std::string kind;
    Json body;
    std::optional<Json> personal;  ///< only where the struct has personal fields
};

/// Splits one of several kinds of struct, each with `kind` and fields(), into its parts.
template <class... Kinds>
Written write_kind(const std::variant<Kinds...>& value) {
    return std::visit(
        [](const auto& each) {
            using T = std::remove_cvref_t<decltype(each)>;
            Written out{std::string(T::kind), to_json(each, Part::impersonal), std::nullopt};
            if constexpr (has_personal<T>()) out.personal = to_json(each, Part::personal);
            return out;
        },
        value);
}

namespace fields_detail {
template <class Variant, std::size_t index>
Result<Variant> read_kind_from(std::string_view kind, const Json& body, Reading reading) {
    if constexpr (index == std::variant_size_v<Variant>) {
        return refuse(base::Why::kind_unknown, {{"kind", shown(kind)}});
    } else {
        using T = std::variant_alternative_t<index, Variant>;
        if (T::kind == kind) return Variant {
                TRY(from_json<T>(body, reading))
            };
        return read_kind_from<Variant, index + 1>(kind, body, reading);
    }
}
}  // namespace fields_detail

/// Reads the alternative of `Variant` that is called `kind`. Refuses kind_unknown and what from_json refuses.
template <class Variant>
Result<Variant> read_kind(std::string_view kind, const Json& body, Reading reading = Reading::complete) {
    return fields_detail::read_kind_from<Variant>(kind, body, reading);
}

/// The kind of the alternative that the variant holds.
template <class... Kinds>
std::string_view kind_of(const std::variant<Kinds...>& value) {
    return std::visit([](const auto& each) -> std::string_view { return std::remove_cvref_t<decltype(each)>::kind; },
                      value);
}

/// Calls visitor(name) for every kind of the variant.
template <class Variant, class Visitor, std::size_t index = 0>
void for_each_kind(Visitor&& visit) {
    if constexpr (index < std::variant_size_v<Variant>) {
        visit(std::variant_alternative_t<index, Variant>::kind);
        for_each_kind<Variant, Visitor, index + 1>(std::forward<Visitor>(visit));
    }
}

}  // namespace plenum
