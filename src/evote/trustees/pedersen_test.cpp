// SPDX-License-Identifier: Apache-2.0
#include "evote/trustees/pedersen.h"

#include <doctest/doctest.h>

#include "base/json.h"
#include "evote/group/every_group.h"

using namespace plenum;
using namespace plenum::evote;

namespace {

/// Three trustees of whom two suffice, all rounds done.
struct Rounds {
    const Ed25519& group = ed25519();
    ThresholdContext context{3, 2};
    SeededRandomness randomness{"rounds"};
    std::vector<HiddenText> seeds;
    std::vector<std::string> certificates, polynomials, inputs, outputs;

    explicit Rounds(bool older_form = false) {
        context.older_form = older_form;
        for (std::size_t j = 1; j <= 3; ++j) {
            seeds.push_back(draw_trustee_seed(randomness));
            certificates.push_back(threshold_certificate(group, seeds.back(), context, j, randomness));
        }
        for (const auto& seed : seeds)
            polynomials.push_back(*threshold_polynomial(group, seed, certificates, context, randomness));
        inputs = *threshold_inputs(group, certificates, context, polynomials);
        for (std::size_t j = 0; j < 3; ++j)
            outputs.push_back(*threshold_output(group, seeds[j], certificates, context, inputs[j], randomness));
    }
};

std::string exchanged(std::string text, std::string_view from, std::string_view to) {
    const auto at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("the rounds give keys of which any two recover the secret behind the group's key") {
    Rounds rounds;
    const auto& group = rounds.group;
    const auto& scalars = group.scalars();
    const auto entry =
        threshold_group_text(group, rounds.certificates, rounds.context, rounds.polynomials, rounds.outputs);
    REQUIRE(entry);
    const auto trustees = trustees_from_text(group, trustees_text({}, {*entry}));
    REQUIRE(trustees);
    CHECK(trustees->items.size() == 1);
    CHECK(trustees->items[0].threshold == 2);
    std::vector<Ed25519::Scalar> keys;
    for (std::size_t j = 0; j < 3; ++j) {
        const auto key = open_decryption_key(group, rounds.seeds[j], *sealed_decryption_key(rounds.outputs[j]));
        REQUIRE(key);
        keys.push_back(key->value);
        CHECK(group.power_vartime(group.generator(), key->value) == trustees->keys[j]);
        CHECK(
            refused_as(open_decryption_key(group, rounds.seeds[(j + 1) % 3], *sealed_decryption_key(rounds.outputs[j])),
                       Why::message_not_opened));
    }
    for (const auto& [i, j] : {std::pair{1u, 2u}, {1u, 3u}, {2u, 3u}}) {
        // f(0) = (j·f(i) - i·f(j)) / (j - i)
        const auto above = scalars.subtract(scalars.multiply(scalars.from_number(j), keys[i - 1]),
                                            scalars.multiply(scalars.from_number(i), keys[j - 1]));
        const auto secret = scalars.multiply(above, scalars.invert_vartime(scalars.from_number(j - i)));
        CHECK(group.power_vartime(group.generator(), secret) == trustees->election_key);
    }
}

TEST_CASE("a trustee refuses what another did not send, or sent wrong") {
    Rounds rounds;
    const auto& group = rounds.group;
    const auto output = [&](std::size_t who, std::string_view input) {
        return threshold_output(group, rounds.seeds[who], rounds.certificates, rounds.context, input,
                                rounds.randomness);
    };
    // Another's input; another's polynomial; two senders' shares exchanged; a share of the same sender for another.
    CHECK(refused_as(output(0, rounds.inputs[1]), Why::message_not_opened));
    const auto secret_of_sender = [&](std::size_t input, std::size_t sender) {
        const auto json = json_from_text(rounds.inputs[input]);
        return std::string(json->get_object().at("secrets").get_array()[sender].get_string());
    };
    const auto quoted_inside = [](const std::string& text) {
        std::string out;
        for (const char c : text) out += c == '"' ? std::string("\\\"") : std::string(1, c);
        return out;
    };
    const auto first = quoted_inside(secret_of_sender(0, 0)), second = quoted_inside(secret_of_sender(0, 1)),
               foreign = quoted_inside(secret_of_sender(1, 1));
    const auto wrong_sender = output(0, exchanged(rounds.inputs[0], second, first));
    REQUIRE(refused_as(wrong_sender, Why::message_of_other));
    CHECK(wrong_sender.error().fact("trustee") == "2");
    CHECK(refused_as(output(0, exchanged(rounds.inputs[0], second, foreign)), Why::message_not_opened));
    // A share that does not lie on the published polynomial: sender 2 has made a second polynomial.
    const auto other =
        *threshold_polynomial(group, rounds.seeds[1], rounds.certificates, rounds.context, rounds.randomness);
    const auto json = json_from_text(other);
    const auto stray = quoted_inside(std::string(json->get_object().at("secrets").get_array()[0].get_string()));
    const auto wrong_share = output(0, exchanged(rounds.inputs[0], second, stray));
    REQUIRE(refused_as(wrong_share, Why::share_wrong));
    CHECK(wrong_share.error().fact("trustee") == "2");
    CHECK(refused_as(output(0, "{}"), base::Why::field_missing));
    CHECK(refused_as(output(0, "x"), base::Why::json_malformed));
}

TEST_CASE("certificates in another order, number or context are refused") {
    Rounds rounds;
    const auto& group = rounds.group;
    auto swapped = rounds.certificates;
    std::swap(swapped[0], swapped[1]);
    CHECK(check_certificates(group, rounds.certificates, rounds.context));
    CHECK(refused_as(check_certificates(group, swapped, rounds.context), Why::threshold_context_wrong));
    CHECK(refused_as(check_certificates(group, rounds.certificates, {3, 3}), Why::threshold_context_wrong));
    CHECK(refused_as(check_certificates(group, rounds.certificates, {2, 2}), Why::threshold_shape_wrong));
    CHECK(refused_as(check_certificates(group, rounds.certificates, {3, 0}), Why::threshold_out_of_range));
    auto twice = rounds.certificates;
    twice[1] = threshold_certificate(group, rounds.seeds[0], rounds.context, 2, rounds.randomness);
    CHECK(refused_as(check_certificates(group, twice, rounds.context), Why::trustee_key_repeated));
    CHECK(refused_as(threshold_polynomial(group, draw_trustee_seed(rounds.randomness), rounds.certificates,
                                          rounds.context, rounds.randomness),
                     Why::private_key_wrong));
    auto forged = rounds.certificates;
    forged[2] = exchanged(forged[2], "\\\"index\\\":3", "\\\"index\\\":03");
    CHECK_FALSE(check_certificates(group, forged, rounds.context));
}

TEST_CASE("where all certificates are in the older form, so is the group; the two forms do not mix") {
    Rounds older(true), newer;
    const auto& group = older.group;
    const auto entry = threshold_group_text(group, older.certificates, older.context, older.polynomials, older.outputs);
    REQUIRE(entry);
    CHECK(trustees_from_text(group, trustees_text({}, {*entry})));
    for (const auto* texts : {&older.certificates, &older.polynomials, &older.inputs})
        for (const auto& text : *texts) {
            CHECK(text.find("context") == std::string::npos);
            CHECK(text.find("certs_sig") == std::string::npos);
            CHECK(text.find("\"signatures\"") == std::string::npos);
        }
    auto mixed = newer.certificates;
    mixed[2] = older.certificates[2];
    CHECK(refused_as(check_certificates(group, mixed, newer.context), Why::threshold_context_wrong));
    // A signature under the certificates may be left out of no polynomial or input of the newer form.
    auto polynomials = newer.polynomials;
    const auto at = polynomials[1].rfind(",\"signature\":{");
    polynomials[1] = polynomials[1].substr(0, at) + "}";
    CHECK(refused_as(threshold_inputs(group, newer.certificates, newer.context, polynomials),
                     Why::threshold_shape_wrong));
    const auto input = newer.inputs[0].substr(0, newer.inputs[0].find(",\"signatures\":[")) + "}";
    CHECK(
        refused_as(threshold_output(group, newer.seeds[0], newer.certificates, newer.context, input, newer.randomness),
                   Why::threshold_shape_wrong));
}

TEST_CASE("a logarithm is found up to its bound and not beyond") {
    const auto& group = ed25519();
    for (const std::uint64_t count : {0u, 1u, 7u, 1000u, 1001u, 999'983u}) {
        const auto power = group.power_vartime(group.generator(), group.scalars().from_number(count));
        CHECK(logarithm_vartime<Ed25519>(group, power, 1'000'000) == count);
        CHECK(logarithm_vartime<Ed25519>(group, power, count) == count);
        if (count > 0) CHECK_FALSE(logarithm_vartime<Ed25519>(group, power, count - 1));
    }
}

TEST_CASE("private keys are written and read as belenios-tool does") {
    SeededRandomness randomness("keys");
    const auto key = draw_private_key(belenios_2048(), randomness);
    const auto text = private_key_text(belenios_2048(), key);
    CHECK(private_key_from_text(belenios_2048(), text.reveal() + "\n")->value == key.value);
    for (const auto* bad : {"", "\"\"", "12", "\"012\"", "\"x\"", "\"12"})
        CHECK(refused_as(private_key_from_text(belenios_2048(), bad), Why::private_key_wrong));
    const auto published =
        text_of(ed25519(), publish_key(ed25519(), draw_private_key(ed25519(), randomness), randomness));
    CHECK(trustee_key_from_text(ed25519(), published));
    const auto at = published.find("\"public_key\":\"") + 14;
    const auto other = exchanged(published, published.substr(at, 64), ed25519().text_of(ed25519().generator()));
    CHECK(refused_as(trustee_key_from_text(ed25519(), other), Why::trustee_proof_fails));
    CHECK(key_id("abc") == "BA7816BF");
}
