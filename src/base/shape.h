// SPDX-License-Identifier: Apache-2.0
// What a type looks like as JSON, as a value: made from the same list of fields that reads and writes it, so that a
// form or a schema cannot differ from what is accepted. Heavy to include; meant for few sources.
#pragma once
#include <boost/mp11/algorithm.hpp>
#include <span>
#include <string>
#include <string_view>
#include <typeinfo>
#include <vector>

#include "base/fields.h"

namespace plenum {

struct ShapeMember;

/// One type. `one` holds the element of a list or a map; `members` the fields of a record, or the kinds of a one_of
/// (each a record). `name` is that of the C++ type without "plenum::", with dots: "congress.Unit".
struct Shape {
    enum class Is { text, texts, id, date, time, number, yes_no, choice, list, map, record, one_of, json };
    Is is = Is::json;
    bool nullable = false;             ///< may be null, and as a field left out
    std::vector<std::string> choices;  ///< of a choice, in the order of the enumeration
    std::vector<Shape> one;
    std::vector<ShapeMember> members;
    std::string name;
};
struct ShapeMember {
    std::string name, about;
    bool personal = false;
    Shape shape;
    Bounds bounds = {};  ///< of the texts and numbers it holds
    /// May be left out of what is asked.
    bool optional() const { return shape.nullable || shape.is == Shape::Is::list || shape.is == Shape::Is::map; }
};

namespace fields_detail {
/// "plenum::congress::ask::CheckIn" -> "congress.ask.CheckIn"; namespaces without a name leave no trace.
std::string shape_name(const std::type_info& type);

/// One field before its shape is asked for.
struct FieldShape {
    std::string_view name, about;
    bool personal = false;
    Shape (*shape)() = nullptr;
    Bounds bounds = {};
};
std::vector<ShapeMember> members_of(std::span<const FieldShape> fields);

template <class Variant>
struct ShapeOfKinds;
}  // namespace fields_detail

/// The shape of everything that to_json writes and from_json reads.
template <class T>
Shape shape_of();

namespace fields_detail {
template <class Owner, class Member>
FieldShape field_shape(const Field<Owner, Member>& field) {
    return {field.name, field.about, field.is_personal, &shape_of<Member>, field.bounds};
}
}  // namespace fields_detail

template <class T>
Shape shape_of() {
    using namespace fields_detail;
    Shape out;
    if constexpr (std::is_same_v<T, bool>) {
        out.is = Shape::Is::yes_no;
    } else if constexpr (std::is_integral_v<T>) {
        out.is = Shape::Is::number;
    } else if constexpr (std::is_same_v<T, std::string>) {
        out.is = Shape::Is::text;
    } else if constexpr (IsId<T>::value) {
        out.is = Shape::Is::id;
    } else if constexpr (std::is_same_v<T, UtcTime>) {
        out.is = Shape::Is::time;
    } else if constexpr (std::is_same_v<T, Date>) {
        out.is = Shape::Is::date;
    } else if constexpr (std::is_same_v<T, Text>) {
        out.is = Shape::Is::texts;
    } else if constexpr (std::is_same_v<T, Json>) {
        out.is = Shape::Is::json;
    } else if constexpr (DescribedEnum<T>) {
        out.is = Shape::Is::choice;
        boost::mp11::mp_for_each<boost::describe::describe_enumerators<T>>(
            [&](auto each) { out.choices.emplace_back(each.name); });
    } else if constexpr (IsOptional<T>::value) {
        out = shape_of<typename T::value_type>();
        out.nullable = true;
    } else if constexpr (IsVector<T>::value) {
        out.is = Shape::Is::list;
        out.one.push_back(shape_of<typename T::value_type>());
    } else if constexpr (IsMap<T>::value) {
        out.is = Shape::Is::map;
        out.one.push_back(shape_of<typename T::mapped_type>());
    } else if constexpr (IsVariant<T>::value) {
        out.is = Shape::Is::one_of;
        out.members = ShapeOfKinds<T>::members();
    } else {
        static_assert(Fielded<T>, "a type without fields() has no shape");
        out.is = Shape::Is::record;
        out.name = shape_name(typeid(T));
        T::fields()([&](const auto&... each) {
            out.members = members_of(std::initializer_list<FieldShape>{field_shape(each)...});
        });
    }
    return out;
}

namespace fields_detail {
template <class... Kinds>
struct ShapeOfKinds<std::variant<Kinds...>> {
    static std::vector<ShapeMember> members() {
        return members_of(std::initializer_list<FieldShape>{{Kinds::kind, {}, false, &shape_of<Kinds>, {}}...});
    }
};
}  // namespace fields_detail

/// Calls visit(kind, shape) for every alternative of a variant of commands.
template <class Variant, class Visitor>
void for_each_shape(Visitor&& visit) {
    for (auto& each : fields_detail::ShapeOfKinds<Variant>::members()) visit(each.name, std::move(each.shape));
}

}  // namespace plenum
