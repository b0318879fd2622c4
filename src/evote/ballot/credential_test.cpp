// SPDX-License-Identifier: Apache-2.0
#include "evote/ballot/credential.h"

#include <doctest/doctest.h>

#include "evote/ballot/text.h"
#include "evote/group/every_group.h"

using namespace plenum;
using namespace plenum::evote;

TEST_CASE("a private credential gives the public one in both derivations, dashes or not") {
    // Vectors: computed by an independent program (Python's hashlib and pow) from the statement of the format.
    struct Row {
        const char *dashed, *plain, *sha256_of_public;
    };
    for (const auto& [dashed, plain, expected] :
         {Row{"SDT-EUD-kin-WCj-PfY", "SDTEUDkinWCjPfY",
              "bef5c17a2d80d79ab4b58bc1bc905629273271044c079d4c24c24344a852a007"},
          Row{"WEPdM-bm8FSq-mxiVx-zuMRnS", "WEPdMbm8FSqmxiVxzuMRnS",
              "eab2e6cfff1ef06d2e614554e0061112c6ddf32105760c872cca3a4d9228a689"}})
        for (const auto* text : {dashed, plain}) {
            const auto credential = credential_from_text(text);
            REQUIRE(credential);
            CHECK(credential->text.reveal() == dashed);
            CHECK(sha256_hex(public_credential(belenios_2048(), *credential, "5wBdpLcGQAQcMm")) == expected);
        }
}

TEST_CASE("a drawn credential is read back; one wrong digit of the short form is found") {
    SeededRandomness randomness("drawn");
    for (const auto derivation : {Derivation::hashed, Derivation::pbkdf2})
        for (int i = 0; i < 40; ++i) {
            const auto credential = draw_credential(derivation, randomness);
            const auto again = credential_from_text("  " + credential.text.reveal() + "\n");
            REQUIRE(again);
            CHECK(again->text.reveal() == credential.text.reveal());
            CHECK(again->derivation == derivation);
        }
    const std::string good = "SDT-EUD-kin-WCj-PfY";
    int missed = 0;
    for (std::size_t at = 0; at < good.size(); ++at)
        for (const char digit : base58_digits) {
            if (good[at] == '-' || good[at] == digit) continue;
            auto typed = good;
            typed[at] = digit;
            const auto read = credential_from_text(typed);
            // 58 digits modulo 53: five pairs of digits cannot be told apart.
            if (read)
                ++missed;
            else
                CHECK(refused_as(read, Why::private_credential_mistyped));
        }
    CHECK(missed < 15 * 58 / 20);
    for (const auto* text : {"", "-", "SDT-EUD-kin-WCj-Pf", "SDT-EUD-kin-WCj-PfYY", "SDT-EUD-kin-WCj-PfO", "凭证"})
        CHECK(refused_as(credential_from_text(text), Why::private_credential_malformed));
}

TEST_CASE("the list of credentials is read strictly") {
    const auto& group = belenios_2048();
    SeededRandomness randomness("list");
    std::vector<VoterKey> keys;
    for (int i = 0; i < 5; ++i)
        keys.push_back({group.text_of(group.power_vartime(group.generator(), group.scalars().random(randomness))),
                        static_cast<std::uint64_t>(i == 3 ? 17 : 1)});
    const auto text = credentials_text(group, keys);
    const auto list = CredentialList::from_text(group, text);
    REQUIRE(list);
    CHECK(list->size() == 5);
    CHECK(list->total_weight() == 21);
    CHECK(list->weight(*list->find(keys[3].public_credential)) == 17);
    CHECK(list->weight(*list->find(keys[0].public_credential)) == 1);
    CHECK_FALSE(list->find("2"));
    const auto refused = [&](const std::string& altered) {
        const auto read = CredentialList::from_text(group, altered);
        return read ? std::string("accepted") : std::string(read.error().name());
    };
    const auto first_end = text.find("\",\"");
    const auto first = text.substr(1, first_end);
    CHECK(refused("[" + first + "," + text.substr(1)) == "evote.credential_repeated");
    CHECK(refused("[" + text.substr(first_end + 2, text.size() - first_end - 3) + "," + first + "]") ==
          "evote.credentials_not_sorted");
    CHECK(refused("[\"1,1\"," + text.substr(1)) == "evote.element_is_identity");
    CHECK(refused("[\"2\"," + text.substr(1)) == "evote.element_not_in_group");
    CHECK(refused("[\"02\"," + text.substr(1)) == "evote.element_malformed");
    CHECK(refused("[\"x\"," + text.substr(1)) == "evote.element_malformed");
    CHECK(refused("[ " + text.substr(1)) == "evote.text_not_canonical");
    CHECK(refused(text + "\n") == "evote.text_not_canonical");
    CHECK(refused(text.substr(0, text.size() - 1)) == "evote.text_not_canonical");
    for (const auto* weight : {",017\"", ",-1\"", ",\"", ",1.5\"", ",1e3\"", ",99999999999999999999\"", ",1,1\""}) {
        CAPTURE(weight);
        auto altered = text;
        altered.replace(altered.find(",17\""), 4, weight);
        CHECK(refused(altered) == "evote.weight_malformed");
    }
    CHECK(refused("[]") == "accepted");
    CHECK(CredentialList::from_text(ed25519(), "[]"));
}
