// SPDX-License-Identifier: Apache-2.0
// Numbers held in one element: what belenios-record.md 3.3 says, against a search that knows nothing of masks.
#include <doctest/doctest.h>

#include "base/bytes.h"
#include "evote/group/every_group.h"

using namespace plenum;
using namespace plenum::evote;

namespace {

/// The element, by the plain text of the format: the number and `padding_bits` zeros behind it, then one more and one
/// more until it is an element.
std::string first_element(const Ed25519& group, const std::vector<std::uint8_t>& numbers) {
    for (unsigned padding = 0;; ++padding) {
        std::array<std::uint8_t, 32> bytes{};  // most significant first
        unsigned carry = padding;
        const auto set = [&](std::size_t bit, bool on) {
            if (on) bytes[31 - bit / 8] = static_cast<std::uint8_t>(bytes[31 - bit / 8] | 1 << bit % 8);
        };
        for (std::size_t bit = 0; bit < 14; ++bit, carry >>= 1) set(bit, carry & 1);
        for (std::size_t i = 0; i < 8 * numbers.size(); ++i)
            set(14 + i, numbers[numbers.size() - 1 - i / 8] >> i % 8 & 1);
        const auto text = hex_from_bytes(bytes);
        if (member_from_text(group, text)) return text;
    }
}
std::string first_element(const Rfc3526& group, const std::vector<std::uint8_t>& numbers) {
    const auto& scalars = group.scalars();
    auto value = numbers;
    value.push_back(0);
    for (unsigned padding = 0;; ++padding) {
        value.back() = static_cast<std::uint8_t>(padding);
        const auto text = scalars.decimal(scalars.from_bytes(value));  // below q: 2032 bits at most
        if (member_from_text(group, text)) return text;
    }
}

template <class G>
std::string text_of_embedded(const G& group, const std::optional<Hidden<typename G::Embedded>>& found) {
    REQUIRE(found);
    // Times g^0.
    const typename G::Element g = group.generator();
    const typename G::Scalar zero{};
    const SecretPower<G> one{&g, &zero};
    return group.product_text({&one, 1}, *found);
}

template <class G>
void check(const G& group, const std::vector<std::vector<std::uint8_t>>& all) {
    for (const auto& numbers : all) {
        CAPTURE(hex_from_bytes(numbers));
        const auto embedded = group.embed(numbers);
        const auto text = text_of_embedded(group, embedded);
        CHECK(text == first_element(group, numbers));
        const auto element = member_from_text(group, text);
        REQUIRE(element);
        CHECK(group.numbers_vartime(*element, numbers.size()) == numbers);
        // A factor beside it.
        SeededRandomness randomness("factor");
        const auto r = group.scalars().random(randomness);
        const typename G::Element y = group.power_vartime(group.generator(), group.scalars().from_number(7));
        const SecretPower<G> power{&y, &r};
        CHECK(group.product_text({&power, 1}, *embedded) ==
              group.text_of(group.multiply_vartime(group.power_vartime(y, r), *element)));
    }
}

std::vector<std::vector<std::uint8_t>> some_numbers(std::size_t most, std::size_t count) {
    std::vector<std::vector<std::uint8_t>> out{{},
                                               {0},
                                               {255},
                                               {0, 0, 0},
                                               {1, 2, 3, 4, 5},
                                               std::vector<std::uint8_t>(most, 0),
                                               std::vector<std::uint8_t>(most, 255)};
    SeededRandomness randomness("numbers");
    while (out.size() < count) {
        auto& numbers = out.emplace_back(randomness.below(most + 1));
        randomness.fill(numbers);
    }
    return out;
}

}  // namespace

TEST_CASE("numbers come back out of the first element that holds them: Ed25519") {
    check(ed25519(), some_numbers(30, 25));
}
TEST_CASE("numbers come back out of the first element that holds them: RFC-3526-2048") {
    check(rfc_3526_2048(), some_numbers(253, 20));
}

TEST_CASE("a vote of zeros is held by the identity: the first number that is an element is 1") {
    const std::uint8_t zeros[2]{};
    CHECK(text_of_embedded(ed25519(), ed25519().embed(zeros)) == std::string(63, '0') + "1");
    CHECK(text_of_embedded(rfc_3526_2048(), rfc_3526_2048().embed(zeros)) == "1");
}

TEST_CASE("in the toy group two numbers have no element, and none is invented; BELENIOS-2048 holds none at all") {
    const ToyGroup toy;
    std::vector<int> found;
    for (int number = 0; number < 256; ++number) {
        const std::uint8_t numbers[]{static_cast<std::uint8_t>(number)};
        const auto embedded = toy.embed(numbers);
        if (!embedded) continue;
        found.push_back(number);
        CHECK(toy.is_member_vartime(embedded->value));
        CHECK(toy.numbers_vartime(embedded->value, 1) == std::vector<std::uint8_t>{numbers[0]});
    }
    CHECK(found == std::vector<int>{0, 1, 2, 3, 4, 6, 8, 9});
    CHECK(Belenios2048::most_numbers == 0);
    CHECK_FALSE(belenios_2048().embed({}));
}
