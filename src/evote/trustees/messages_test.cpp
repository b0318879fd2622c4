// SPDX-License-Identifier: Apache-2.0
#include "evote/trustees/messages.h"

#include <doctest/doctest.h>

#include "evote/group/every_group.h"
#include "evote/trustees/trustees.h"

using namespace plenum;
using namespace plenum::evote;

namespace {

using G = Ed25519;

struct Pair {
    const G& group = ed25519();
    SeededRandomness randomness{"messages"};
    Hidden<G::Scalar> sender{group.scalars().from_number(1'000'003)}, key{group.scalars().from_number(500'009)};
    G::Element from = group.power_vartime(group.generator(), sender.value),
               to = group.power_vartime(group.generator(), key.value);

    std::string sealed(std::string_view message) {
        return seal_message(group, sender, to, HiddenText(std::string(message)), randomness);
    }
    Result<HiddenText> opened(std::string_view text) const { return open_message(group, key, from, 17, text); }
};

}  // namespace

TEST_CASE("a sealed message is opened by whom it is for, whatever its length and characters") {
    Pair pair;
    for (const auto& message :
         {std::string(), std::string("{\"secret\":\"12\"}"), std::string("\"\\\"\\\\"), std::string(70'000, '7')}) {
        const auto text = pair.opened(pair.sealed(message));
        REQUIRE(text);
        CHECK(text->reveal() == message);
    }
    const auto text = pair.sealed("x");
    CHECK(refused_as(open_message(pair.group, pair.sender, pair.from, 1, text), Why::message_not_opened));
    const auto other = open_message(pair.group, pair.key, pair.to, 17, text);
    REQUIRE(refused_as(other, Why::message_of_other));
    CHECK(other.error().fact("trustee") == "17");
}

TEST_CASE("no bit of a sealed message may differ, and none be missing") {
    Pair pair;
    const auto text = pair.sealed("{\"secret\":\"12\"}");
    for (std::size_t at = 0; at < text.size(); ++at) {
        for (int bit = 0; bit < 8; ++bit) {
            auto altered = text;
            altered[at] = static_cast<char>(altered[at] ^ (1 << bit));
            CHECK_FALSE(pair.opened(altered));
        }
        CHECK_FALSE(pair.opened(text.substr(0, at)));
    }
}

TEST_CASE("what a sender has sealed is read strictly, and believed only if he signed it for this recipient") {
    Pair pair;
    const auto inner = [&](std::string_view recipient, std::string_view message) {
        return "{\"recipient\":\"" + std::string(recipient) + "\",\"message\":\"" + std::string(message) + "\"}";
    };
    const auto plain = [&](const std::string& text, std::string_view signed_text) {
        std::string quoted;
        for (const char c : text) quoted += (c == '"' || c == '\\' ? "\\" : "") + std::string(1, c);
        return "{\"message\":\"" + quoted + "\",\"signature\":" +
               text_of(pair.group, sign_message(pair.group, signed_text, pair.sender, pair.randomness)) + "}";
    };
    const auto read = [&](std::string_view text) {
        const auto message = message_from_plain(pair.group, text, pair.from, pair.to, 5);
        return message ? message->reveal() : std::string(message.error().name());
    };
    const auto mine = inner(pair.group.text_of(pair.to), "12"), yours = inner(pair.group.text_of(pair.from), "12");
    CHECK(read(plain(mine, mine)) == "12");
    CHECK(read(plain(mine, yours)) == "evote.message_of_other");
    CHECK(read(plain(yours, yours)) == "evote.message_of_other");
    const auto whole = plain(mine, mine);
    for (std::size_t at = 0; at < whole.size(); ++at) CHECK(read(whole.substr(0, at)) == "evote.message_malformed");
    CHECK(read(whole + " ") == "evote.message_malformed");
    for (const auto& text : {mine + "}", mine + " ", "{" + mine, inner("", "") + "x", std::string("{}"), std::string()})
        CHECK(read(plain(text, text)) == "evote.message_malformed");
    for (const auto* text :
         {"{\"message\":\"\\", "{\"message\":\"\\n\"}", "{\"message\":\"\n\"}", "{\"message\":", "\""})
        CHECK(read(text) == "evote.message_malformed");
}
