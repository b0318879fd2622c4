// SPDX-License-Identifier: Apache-2.0
#include "base/shape.h"

#include <doctest/doctest.h>

namespace plenum {
namespace {

BOOST_DEFINE_ENUM_CLASS(Door, north, south, both)

struct Guest {
    std::string name;
    std::optional<Date> since;
    static constexpr auto fields() {
        return fields_of(personal("name", &Guest::name, "as on the card"), field("since", &Guest::since, "first day"));
    }
};
struct Shut {
    static constexpr std::string_view kind = "shut";
    static constexpr auto fields() { return fields_of(); }
};
struct Admit {
    static constexpr std::string_view kind = "admit";
    Door door = Door::both;
    std::vector<Guest> guests;
    std::map<std::string, int> seats;
    static constexpr auto fields() {
        return fields_of(field("door", &Admit::door, "which"), field("guests", &Admit::guests, "who"),
                         field("seats", &Admit::seats, "by row").between(0, 17));
    }
};
using Asked = std::variant<Shut, Admit>;
using Is = Shape::Is;

}  // namespace

TEST_CASE("a shape says what reading accepts, from the same list") {
    std::vector<std::string> kinds;
    for_each_shape<Asked>([&](const std::string& kind, const Shape&) { kinds.push_back(kind); });
    CHECK(kinds == std::vector<std::string>{"shut", "admit"});
    const auto admit = shape_of<Admit>();
    CHECK(admit.is == Is::record);
    CHECK(admit.name == "Admit");
    REQUIRE(admit.members.size() == 3);
    CHECK(admit.members[0].shape.choices == std::vector<std::string>{"north", "south", "both"});
    CHECK_FALSE(admit.members[0].optional());
    const auto& guests = admit.members[1];
    CHECK(guests.optional());  // a list may be left out
    CHECK(guests.shape.is == Is::list);
    REQUIRE(guests.shape.one.size() == 1);
    const auto& guest = guests.shape.one[0];
    CHECK(guest.members[0].personal);
    CHECK(guest.members[0].about == "as on the card");
    CHECK(guest.members[1].shape.is == Is::date);
    CHECK(guest.members[1].shape.nullable);
    CHECK(admit.members[2].shape.is == Is::map);
    CHECK(admit.members[2].shape.one[0].is == Is::number);
    REQUIRE(admit.members[2].bounds.range);
    CHECK(admit.members[2].bounds.range->most == 17);
    CHECK(guest.members[0].bounds.most() == most_in_a_line);
}

TEST_CASE("one of several kinds has a record for each") {
    const auto asked = shape_of<Asked>();
    CHECK(asked.is == Is::one_of);
    REQUIRE(asked.members.size() == 2);
    CHECK(asked.members[1].name == "admit");
    CHECK(asked.members[1].shape.members.size() == 3);
    CHECK(shape_of<std::optional<UtcTime>>().nullable);
}

}  // namespace plenum
