// SPDX-License-Identifier: Apache-2.0
// The texts of elements, scalars, keys and numbers, in every group: one value, one text.
#include <sodium.h>

#include "evote/ballot/reader.h"
#include "evote/ballot/text.h"
#include "evote/group/every_group.h"
#include "evote/trustees/trustees.h"
#include "fuzz/fuzz.h"

using namespace plenum;
using namespace plenum::evote;

namespace {

/// libsodium's verdict on an Ed25519 text of the record: a member of the group in canonical form.
bool sodium_takes(std::string_view text) {
    std::array<std::uint8_t, 32> bytes;
    if (text.size() != 64) return false;
    for (std::size_t i = 0; i < 32; ++i) {
        const auto digit = [](char c) {
            return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
        };
        const int high = digit(text[2 * i]), low = digit(text[2 * i + 1]);
        if (high < 0 || low < 0) return false;
        bytes[31 - i] = static_cast<std::uint8_t>(high << 4 | low);
    }
    return crypto_core_ed25519_is_valid_point(bytes.data()) == 1;
}

template <class G>
void read(const G& group, std::string_view text) {
    const auto& scalars = group.scalars();
    if (const auto scalar = scalars.from_decimal(text)) {
        HOLDS(scalars.decimal(*scalar) == text);
        HOLDS(scalars.from_decimal_reduced(text) == scalar);
    }
    (void)scalars.from_decimal_reduced(text).has_value();
    const auto key = private_key_from_text(group, text);
    if (key) HOLDS(private_key_from_text(group, private_key_text(group, *key).reveal())->value == key->value);
    const auto element = group.element_from_text(text);
    const bool member = element && group.is_member_vartime(*element);
    if constexpr (std::is_same_v<G, Ed25519>) HOLDS((member && !(*element == group.identity())) == sodium_takes(text));
    if (!element) return;
    HOLDS(group.text_of(*element) == text);
    HOLDS(group.texts_of(std::span(&*element, 1))[0] == text);
    HOLDS(member == member_from_text(group, text).has_value());
    if (member) HOLDS(group.multiply_vartime(*element, group.invert_vartime(*element)) == group.identity());
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    static const ToyGroup toy;
    auto text = fuzz::text_of(bytes, size);
    switch (fuzz::choice(text, 5)) {
        case 0: read(ed25519(), text); break;
        case 1: read(belenios_2048(), text); break;
        case 2: read(rfc_3526_2048(), text); break;
        case 3: read(toy, text); break;
        default: {
            Reader number(text);
            const auto value = number.number(UINT64_MAX);
            number.end();
            if (number.ok()) HOLDS(std::to_string(value) == text);
            Reader count(text);
            const auto many = count.count(largest_count);
            count.end();
            if (count.ok()) HOLDS(count_text(many) == text);
            Reader plain(text);
            const auto inside = plain.plain_string();
            plain.end();
            if (plain.ok()) HOLDS(in_quotes(inside) == text);
        }
    }
    return 0;
}
