// SPDX-License-Identifier: Apache-2.0
// A body lists its fields once; reading, writing and the schema all come from that list, so they cannot differ:
//
//   struct CheckIn {
//       static constexpr std::string_view kind = "check_in";
//       DelegateId delegate; std::string method;
//       static constexpr auto fields() {
//           return fields_of(field("delegate", &CheckIn::delegate, "delegate id"), field("method", &CheckIn::method,
//           "card | manual"));
//       }
//   };
//
// A field marked personal() is data about a person: the journal keeps it apart, where it can be erased. Texts are one
// line each, names, titles and numbers of documents, but for those marked prose(). Every text is bounded, and a field
// says where its bounds are others than the usual ones:
//
//   field("candidates", &Report::candidates, "names on the list").between(0, 10'000)
#pragma once
#include <boost/describe/enum.hpp>
#include <boost/describe/enum_from_string.hpp>
#include <boost/describe/enum_to_string.hpp>
#include <boost/describe/enumerators.hpp>
#include <concepts>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "base/characters.h"
#include "base/ids.h"
#include "base/json.h"
#include "base/texts.h"
#include "base/time.h"

namespace plenum {

/// Characters that a text of one line, and one of several, may have where its field does not say.
inline constexpr std::int64_t most_in_a_line = 200;
inline constexpr std::int64_t most_in_prose = 20'000;

/// The years that a day may lie in which somebody asks for: no union is older, and nothing is planned so far ahead.
inline constexpr int first_year = 1800, last_year = 2200;

/// A whole number at least and at most.
struct NumberRange {
    std::int64_t least = 0, most = 0;
};

/// What is held to of a field beyond its type when somebody asks for it (Reading::complete): of every text and number
/// in it, at any depth of lists and maps. A record says it of its own fields.
struct Bounds {
    Lines lines = Lines::one;
    std::int64_t most_characters = 0;              ///< of a text; 0: most_in_a_line, or most_in_prose
    std::span<const std::string_view> words = {};  ///< where a text is one of a few words; "" among them: or none
    bool is_birth = false;                         ///< a text is "", a month or a day: see is_birth
    std::optional<NumberRange> range = {};         ///< of a whole number; none: all that its type holds
    constexpr std::int64_t most() const {
        return most_characters > 0 ? most_characters : lines == Lines::one ? most_in_a_line : most_in_prose;
    }
};

template <class Owner, class Member>
struct Field {
    std::string_view name;
    Member Owner::*member;
    std::string_view about;
    bool is_personal = false;
    Bounds bounds = {};
    /// Texts of so many characters.
    constexpr Field at_most(std::int64_t characters) const {
        auto out = *this;
        out.bounds.most_characters = characters;
        return out;
    }
    /// Whole numbers of a range, both ends included.
    constexpr Field between(std::int64_t least, std::int64_t most) const {
        auto out = *this;
        out.bounds.range = NumberRange{least, most};
        return out;
    }
    /// Texts that are one of these, which live as long as the program.
    constexpr Field one_of(std::span<const std::string_view> words) const {
        auto out = *this;
        out.bounds.words = words;
        return out;
    }
    /// Texts that are a month or a day of birth, or empty.
    constexpr Field birth() const {
        auto out = *this;
        out.bounds.is_birth = true;
        return out;
    }
};
template <class Owner, class Member>
constexpr Field<Owner, Member> field(std::string_view name, Member Owner::*member, std::string_view about) {
    return {name, member, about, false, {}};
}
/// A field about a person (name, birth, telephone): kept erasable.
template <class Owner, class Member>
constexpr Field<Owner, Member> personal(std::string_view name, Member Owner::*member, std::string_view about) {
    return {name, member, about, true, {}};
}
/// A field whose texts may run over several lines.
template <class Owner, class Member>
constexpr Field<Owner, Member> prose(std::string_view name, Member Owner::*member, std::string_view about) {
    return {name, member, about, false, {.lines = Lines::many}};
}

/// The fields of a struct, to be handed all at once to whoever asks: T::fields()(visit) calls visit(field, field, …).
/// (A std::tuple of them would cost the compiler more than all the rest of a header of structs.)
template <class... Each>
constexpr auto fields_of(Each... each) {
    return [=](auto&& visit) -> decltype(auto) { return visit(each...); };
}
/// The fields of a base, and more behind them.
template <class Inherited, class... Each>
constexpr auto more_fields(Inherited inherited, Each... each) {
    return [=](auto&& visit) -> decltype(auto) {
        return inherited([&](const auto&... before) -> decltype(auto) { return visit(before..., each...); });
    };
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
/// left out), its texts are held to check_written, and all of it to the bounds of its fields; what we kept ourselves is
/// read as it was once taken in; and of an event whose personal part was erased, the personal fields may be missing and
/// stay empty.
enum class Reading { complete, kept, personal_may_be_erased };

namespace fields_detail {
/// A text of at most 1,000,000 bytes. Refuses wrong types, text_too_long; of what is asked also what check_written
/// refuses, text_over_length, and field_wrong_value or birth_impossible by its bounds.
Result<std::string> text_from(const Json& json, Reading reading, const Bounds& bounds);
/// One line of 1 to 200 bytes; what is asked is held to is_id. Refuses text_empty, text_too_long, id_malformed.
Result<std::string> id_from(const Json& json, Reading reading);
/// A day; what is asked lies between first_year and last_year. Refuses date_impossible, year_out_of_range.
Result<Date> date_from(const Json& json, Reading reading);
/// A text in all three languages.
Result<Text> texts_from(const Json& json, Reading reading, const Bounds& bounds);
/// Of what is asked: one line of 1 to most_in_a_line characters.
Result<Done> check_name_of_member(std::string_view name);
/// Refuses number_out_of_range {number, least, most}.
Result<Done> check_range(std::int64_t number, const Bounds& bounds);
Place place_of_item(std::size_t number);
Place place_of_member(std::string_view name);
}  // namespace fields_detail

template <class T>
Json to_json(const T& value, Part part = Part::all);
/// The bounds of what stands alone: several lines, and no fewer characters than text_from takes.
inline constexpr Bounds unbounded{.lines = Lines::many, .most_characters = 1'000'000};
/// Refuses what is not a T: wrong types, unknown or missing members, impossible dates, unknown enumerators, numbers out
/// of range, texts over their length; the place names the member ("candidates[3].name").
/// bounds  of a T that is no record: each field of a record says them of itself
template <class T>
Result<T> from_json(const Json& json, Reading reading = Reading::complete, const Bounds& bounds = unbounded);

/// True if a T holds a personal field at any depth.
template <class T>
constexpr bool has_personal() {
    using namespace fields_detail;
    if constexpr (Fielded<T>) {
        return T::fields()([](const auto&... each) {
            return ((each.is_personal ||
                     has_personal<std::remove_cvref_t<decltype(std::declval<T&>().*(each.member))>>()) ||
                    ...);
        });
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
template <class... Kinds>
Result<Done> read_kind_into(std::variant<Kinds...>& out, std::string_view kind, const Json& body, Reading reading);
}  // namespace fields_detail

namespace fields_detail {

// What is the same for every struct is compiled once, over places that say where each field lies and how its type is
// read and written; a template for each field of each struct would be a third of the whole house's compilation.
struct PlaceToRead {
    std::string_view name;
    bool may_miss = false, is_personal = false;
    Bounds bounds = {};
    void* to = nullptr;
    Result<Done> (*read)(void* to, const Json& json, Reading reading, const Bounds& bounds) = nullptr;
};
Result<Done> read_places(std::span<const PlaceToRead> places, const Json& json, Reading reading);

struct PlaceToWrite {
    std::string_view name;
    bool is_personal = false, holds_personal = false;
    const void* from = nullptr;
    Json (*write)(const void* from, Part part) = nullptr;
};
Json write_places(std::span<const PlaceToWrite> places, Part part);

template <class T>
Result<Done> read_value(T& out, const Json& json, Reading reading, const Bounds& bounds);
template <class Member>
Result<Done> read_into(void* to, const Json& json, Reading reading, const Bounds& bounds) {
    return read_value(*static_cast<Member*>(to), json, reading, bounds);
}
template <class Member>
Json write_from(const void* from, Part part) {
    return to_json(*static_cast<const Member*>(from), part);
}

template <class Owner, class Member>
PlaceToRead place_to_read(std::type_identity_t<Owner>& out, const Field<Owner, Member>& field) {
    constexpr bool may_miss = IsOptional<Member>::value || IsVector<Member>::value || IsMap<Member>::value;
    return {field.name, may_miss, field.is_personal, field.bounds, &(out.*(field.member)), &read_into<Member>};
}
template <class Owner, class Member>
PlaceToWrite place_to_write(const std::type_identity_t<Owner>& value, const Field<Owner, Member>& field) {
    return {field.name, field.is_personal, has_personal<Member>(), &(value.*(field.member)), &write_from<Member>};
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
        return T::fields()([&](const auto&... each) {
            return write_places(std::initializer_list<PlaceToWrite>{place_to_write(value, each)...}, part);
        });
    }
}

namespace fields_detail {

/// Reads into `out`, which is T{} before; after a refusal it may hold anything. In place, since the compiler pays for
/// every Result<T> of another T.
template <class T>
Result<Done> read_value(T& out, const Json& json, Reading reading, [[maybe_unused]] const Bounds& bounds) {
    if constexpr (std::is_same_v<T, bool>) {
        if (!json.is_bool()) return wrong_type("true or false");
        out = json.get_bool();
    } else if constexpr (std::is_integral_v<T>) {
        if (json.is_double()) return refuse(base::Why::json_not_integer);
        if (!json.is_int64() && !json.is_uint64()) return wrong_type("integer");
        const bool fits = json.is_int64() ? std::in_range<T>(json.get_int64()) : std::in_range<T>(json.get_uint64());
        if (!fits) return refuse(base::Why::field_wrong_value, {{"value", canonical_json(json)}});
        out = json.is_int64() ? static_cast<T>(json.get_int64()) : static_cast<T>(json.get_uint64());
        if constexpr (sizeof(T) <= 4 || std::is_signed_v<T>)
            if (reading == Reading::complete) TRY(check_range(static_cast<std::int64_t>(out), bounds));
    } else if constexpr (std::is_same_v<T, std::string>) {
        out = TRY(text_from(json, reading, bounds));
    } else if constexpr (IsId<T>::value) {
        out.value = TRY(id_from(json, reading));
    } else if constexpr (std::is_same_v<T, UtcTime>) {
        out = TRY(time_from_text(TRY(text_from(json, reading, {}))));
    } else if constexpr (std::is_same_v<T, Date>) {
        out = TRY(date_from(json, reading));
    } else if constexpr (std::is_same_v<T, Text>) {
        out = TRY(texts_from(json, reading, bounds));
    } else if constexpr (std::is_same_v<T, Json>) {
        out = json;
    } else if constexpr (DescribedEnum<T>) {
        const auto name = TRY(text_from(json, reading, {}));
        const auto value = enum_from_name<T>(name);
        if (!value) return refuse(base::Why::field_wrong_value, {{"value", shown(name)}});
        out = *value;
    } else if constexpr (IsOptional<T>::value) {
        if (!json.is_null()) TRY(read_value(out.emplace(), json, reading, bounds));
    } else if constexpr (IsVector<T>::value) {
        if (!json.is_array()) return wrong_type("list");
        out.reserve(json.get_array().size());
        for (const auto& item : json.get_array()) {
            typename T::value_type value{};
            if (auto done = read_value(value, item, reading, bounds); !done)
                return refuse(std::move(done).error().within(place_of_item(out.size())));
            out.push_back(std::move(value));
        }
    } else if constexpr (IsMap<T>::value) {
        if (!json.is_object()) return wrong_type("object");
        for (const auto& [name, item] : json.get_object()) {
            if (reading == Reading::complete) TRY(check_name_of_member(std::string_view(name)));
            if (auto done = read_value(out[name], item, reading, bounds); !done)
                return refuse(std::move(done).error().within(place_of_member(shown(name))));
        }
    } else if constexpr (IsVariant<T>::value) {
        if (!json.is_object() || json.get_object().size() != 1) return wrong_type("object with one member, its kind");
        const auto& only = *json.get_object().begin();
        auto done = read_kind_into(out, only.key(), only.value(), reading);
        if (!done && !done.error().name().ends_with("kind_unknown"))
            return refuse(std::move(done).error().within(place_of_member(only.key())));
        return done;
    } else {
        static_assert(Fielded<T>, "a type without fields() cannot be read from JSON");
        return T::fields()([&](const auto&... each) {
            return read_places(std::initializer_list<PlaceToRead>{place_to_read(out, each)...}, json, reading);
        });
    }
    return Done{};
}

template <class Kind, class Variant>
Result<Done> read_as(Variant& out, const Json& body, Reading reading) {
    return read_value(out.template emplace<Kind>(), body, reading, unbounded);
}
template <class... Kinds>
Result<Done> read_kind_into(std::variant<Kinds...>& out, std::string_view kind, const Json& body, Reading reading) {
    using Variant = std::variant<Kinds...>;
    Result<Done> (*found)(Variant&, const Json&, Reading) = nullptr;
    ((Kinds::kind == kind ? void(found = &read_as<Kinds, Variant>) : void()), ...);
    if (!found) return refuse(base::Why::kind_unknown, {{"kind", shown(kind)}});
    return found(out, body, reading);
}

}  // namespace fields_detail

template <class T>
Result<T> from_json(const Json& json, Reading reading, const Bounds& bounds) {
    T out{};
    TRY(fields_detail::read_value(out, json, reading, bounds));
    return out;
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

/// Reads the alternative of `Variant` that is called `kind`. Refuses kind_unknown and what from_json refuses.
template <class Variant>
Result<Variant> read_kind(std::string_view kind, const Json& body, Reading reading = Reading::complete) {
    Variant out;
    TRY(fields_detail::read_kind_into(out, kind, body, reading));
    return out;
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
