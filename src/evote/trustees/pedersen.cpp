// SPDX-License-Identifier: Apache-2.0
#include "evote/trustees/pedersen.h"

#include "evote/ballot/members.h"
#include "evote/ballot/text.h"
#include "evote/group/every_group.h"
#include "evote/trustees/messages.h"

namespace plenum::evote {

namespace {

constexpr std::size_t most_trustees = 1000;

template <class G>
using HiddenScalar = Hidden<typename G::Scalar>;

template <class G>
HiddenScalar<G> key_from_seed(const G& group, std::string_view prefix, const HiddenText& seed) {
    std::string text(prefix);
    text.reserve(prefix.size() + seed.reveal().size());
    text += seed.reveal();
    auto digest = sha256(text);
    HiddenScalar<G> out(group.scalars().from_bytes(digest));
    explicit_bzero(text.data(), text.size());
    explicit_bzero(digest.data(), digest.size());
    return out;
}
template <class G>
HiddenScalar<G> signing_key(const G& group, const HiddenText& seed) {
    return key_from_seed(group, "sk|", seed);
}
template <class G>
HiddenScalar<G> opening_key(const G& group, const HiddenText& seed) {
    return key_from_seed(group, "dk|", seed);
}
template <class G>
typename G::Element public_of(const G& group, const HiddenScalar<G>& key) {
    const auto g = group.generator();
    const SecretPower<G> term{&g, &key.value};
    return group.product_of_powers({&term, 1});
}

template <class G>
std::string signed_text(const G& group, std::string_view message, const HiddenScalar<G>& key, Randomness& randomness) {
    return "{\"message\":" + in_quotes(message) +
           ",\"signature\":" + text_of(group, sign_message(group, message, key, randomness)) + "}";
}

template <class G>
struct Certificate {
    typename G::Element verification, encryption;
    bool has_context = false;
};

template <class G>
Result<typename G::Element> member_of(const G& group, const std::string& text) {
    const auto element = group.element_from_text(text);
    if (!element) return refuse(Why::element_malformed);
    if (!group.is_member_vartime(*element)) return refuse(Why::element_not_in_group);
    if (*element == group.identity()) return refuse(Why::element_is_identity);
    return *element;
}

template <class G>
Result<std::pair<std::string, Proof<G>>> signed_from_json(const G& group, const Json& json) {
    auto members = TRY(Members::of(json));
    std::pair<std::string, Proof<G>> out;
    out.first = TRY(members.text("message"));
    auto signature = TRY(Members::of(*TRY(members.any("signature"))));
    const auto challenge = group.scalars().from_decimal(TRY(signature.text("challenge")));
    const auto response = group.scalars().from_decimal(TRY(signature.text("response")));
    if (!challenge || !response) return refuse(Why::scalar_malformed);
    TRY(signature.nothing_else());
    TRY(members.nothing_else());
    out.second = {*challenge, *response};
    return out;
}

template <class G>
Result<std::vector<Certificate<G>>> read_certificates(const G& group, const std::vector<std::string>& texts,
                                                      const ThresholdContext& context) {
    if (context.threshold < 1 || context.threshold > context.size || context.size > most_trustees)
        return refuse(Why::threshold_out_of_range, {{"threshold", context.threshold}, {"trustees", context.size}});
    if (texts.size() != context.size) return refuse(Why::threshold_shape_wrong);
    std::vector<Certificate<G>> out;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        const Facts trustee{{"trustee", i + 1}};
        const auto json = TRY(json_from_text(texts[i]));
        const auto signed_part = TRY(signed_from_json(group, json));
        const auto message = TRY(json_from_text(signed_part.first));
        auto members = TRY(Members::of(message));
        const auto* stated_json = members.take("context");
        if (!out.empty() && out.front().has_context != (stated_json != nullptr))
            return refuse(Why::threshold_context_wrong, trustee);
        if (stated_json) {
            auto stated = TRY(Members::of(*stated_json));
            if (TRY(stated.text("group")) != group.name() ||
                TRY(stated.number("size", most_trustees)) != context.size ||
                TRY(stated.number("threshold", most_trustees)) != context.threshold ||
                TRY(stated.number("index", most_trustees)) != i + 1)
                return refuse(Why::threshold_context_wrong, trustee);
            TRY(stated.nothing_else());
        }
        Certificate<G> certificate;
        certificate.verification = TRY(member_of(group, TRY(members.text("verification"))));
        certificate.encryption = TRY(member_of(group, TRY(members.text("encryption"))));
        certificate.has_context = stated_json != nullptr;
        TRY(members.nothing_else());
        if (!message_is_signed_vartime(group, signed_part.first, certificate.verification, signed_part.second))
            return refuse(Why::threshold_signature_fails, trustee);
        for (const auto& other : out)
            if (other.verification == certificate.verification) return refuse(Why::trustee_key_repeated, trustee);
        out.push_back(certificate);
    }
    return out;
}

template <class G>
Result<std::size_t> own_index(const G& group, const HiddenText& seed, const std::vector<Certificate<G>>& certificates) {
    const auto own = public_of(group, signing_key(group, seed));
    for (std::size_t i = 0; i < certificates.size(); ++i)
        if (certificates[i].verification == own) return i;
    return refuse(Why::private_key_wrong);
}

std::string joined(const std::vector<std::string>& parts) {
    std::string out = "[";
    for (const auto& part : parts) out += (out.size() == 1 ? "" : ",") + part;
    return out + "]";
}

/// What a trustee signs of the certificates that it saw, with its coefficients.
std::string certificates_statement(const std::vector<std::string>& certificates, const std::string& coefficients) {
    return "certs_sig|{\"certs\":" + joined(certificates) + ",\"coefexps\":" + coefficients + "}";
}

/// ,"signatures":[…] under the certificates; nothing in the older form.
std::string signatures_member(const std::vector<std::string>& signatures) {
    return signatures.empty() || signatures.front().empty() ? "" : ",\"signatures\":" + joined(signatures);
}

/// The public part of one polynomial, checked.
template <class G>
struct PublicPolynomial {
    std::string polynomial, coefexps, signature;  // texts, as they are passed on; no signature in the older form
    std::vector<std::string> secrets;
    std::vector<typename G::Element> coefficients;
};
template <class G>
Result<PublicPolynomial<G>> read_coefficients(const G& group, const Json& coefexps, const Json* signature,
                                              const std::vector<std::string>& certificates,
                                              const Certificate<G>& certificate, const ThresholdContext& context,
                                              std::size_t number) {
    PublicPolynomial<G> out;
    const auto message = TRY(signed_from_json(group, coefexps));
    // The newer form demands a signature under the certificates; the older knows none.
    if (certificate.has_context != (signature != nullptr)) return refuse(Why::threshold_shape_wrong);
    const auto json = TRY(json_from_text(message.first));
    auto members = TRY(Members::of(json));
    std::vector<std::string> texts;
    for (const auto& each : *TRY(members.array("coefexps"))) {
        if (!each.is_string()) return refuse(Why::element_malformed);
        out.coefficients.push_back(TRY(member_of(group, std::string(each.get_string()))));
        texts.push_back(in_quotes(std::string_view(each.get_string())));
    }
    TRY(members.nothing_else());
    if (out.coefficients.size() != context.threshold) return refuse(Why::threshold_shape_wrong);
    if (!message_is_signed_vartime(group, message.first, certificate.verification, message.second))
        return refuse(Why::threshold_signature_fails, {{"trustee", number}});
    out.coefexps =
        "{\"message\":" + in_quotes(message.first) + ",\"signature\":" + text_of(group, message.second) + "}";
    if (!signature) return out;
    const auto proof = TRY(signed_from_json(group, JsonObject{{"message", ""}, {"signature", *signature}}))
    .second;
    if (!message_is_signed_vartime(group, certificates_statement(certificates, joined(texts)), certificate.verification,
                                   proof))
        return refuse(Why::threshold_signature_fails, {{"trustee", number}});
    out.signature = text_of(group, proof);
    return out;
}

template <class G>
Result<std::vector<PublicPolynomial<G>>> read_polynomials(const G& group, const std::vector<std::string>& certificates,
                                                          const ThresholdContext& context,
                                                          const std::vector<std::string>& polynomials) {
    const auto known = TRY(read_certificates(group, certificates, context));
    if (polynomials.size() != context.size) return refuse(Why::threshold_shape_wrong);
    std::vector<PublicPolynomial<G>> out;
    for (std::size_t i = 0; i < polynomials.size(); ++i) {
        const auto json = TRY(json_from_text(polynomials[i]));
        auto members = TRY(Members::of(json));
        const auto* coefexps = TRY(members.any("coefexps"));
        const auto* signature = members.take("signature");
        auto each = TRY(read_coefficients(group, *coefexps, signature, certificates, known[i], context, i + 1));
        each.polynomial = TRY(members.text("polynomial"));
        for (const auto& secret : *TRY(members.array("secrets"))) {
            if (!secret.is_string()) return refuse(Why::message_malformed);
            each.secrets.emplace_back(secret.get_string());
        }
        TRY(members.nothing_else());
        if (each.secrets.size() != context.size) return refuse(Why::threshold_shape_wrong);
        out.push_back(std::move(each));
    }
    return out;
}

/// {"name":"decimal"} with a secret decimal.
template <class G>
HiddenText scalar_message(const G& group, std::string_view name, const HiddenScalar<G>& scalar) {
    const HiddenText digits(group.scalars().decimal(scalar.value));
    std::string out;
    out.reserve(digits.reveal().size() + name.size() + 8);
    out += "{\"";
    out += name;
    out += "\":\"";
    out += digits.reveal();
    out += "\"}";
    return HiddenText(std::move(out));
}
template <class G>
Result<HiddenScalar<G>> scalar_from_message(const G& group, std::string_view name, const HiddenText& message) {
    Reader reader(message.reveal());
    reader.expect("{\"" + std::string(name) + "\":");
    const auto digits = reader.plain_string();
    reader.expect("}");
    reader.end();
    auto scalar = reader.ok() ? group.scalars().from_decimal_reduced(digits) : std::nullopt;
    if (!scalar) return refuse(Why::message_malformed);
    HiddenScalar<G> out(*scalar);
    explicit_bzero(&*scalar, sizeof *scalar);
    return out;
}

}  // namespace

HiddenText draw_trustee_seed(Randomness& randomness) {
    std::string digits(22, '1');
    for (auto& digit : digits) digit = base58_digits[randomness.below(58)];
    return HiddenText(std::move(digits));
}

template <PrimeOrderGroup G>
std::string threshold_certificate(const G& group, const HiddenText& seed, const ThresholdContext& context,
                                  std::size_t index, Randomness& randomness) {
    const auto key = signing_key(group, seed);
    const auto stated =
        "\"context\":{\"group\":\"" + std::string(group.name()) + "\",\"size\":" + std::to_string(context.size) +
        ",\"threshold\":" + std::to_string(context.threshold) + ",\"index\":" + std::to_string(index) + "},";
    const auto message = "{" + (context.older_form ? "" : stated) + "\"verification\":\"" +
                         group.text_of(public_of(group, key)) + "\",\"encryption\":\"" +
                         group.text_of(public_of(group, opening_key(group, seed))) + "\"}";
    return signed_text(group, message, key, randomness);
}

Result<std::string> certificate_id(std::string_view certificate) {
    const auto json = TRY(json_from_text(certificate));
    auto members = TRY(Members::of(json));
    return sha256_hex(TRY(members.text("message")));
}

template <PrimeOrderGroup G>
Result<Done> check_certificates(const G& group, const std::vector<std::string>& certificates,
                                const ThresholdContext& context) {
    TRY(read_certificates(group, certificates, context));
    return Done{};
}

template <PrimeOrderGroup G>
Result<std::string> threshold_polynomial(const G& group, const HiddenText& seed,
                                         const std::vector<std::string>& certificates, const ThresholdContext& context,
                                         Randomness& randomness) {
    const auto& scalars = group.scalars();
    const auto known = TRY(read_certificates(group, certificates, context));
    const auto own = TRY(own_index(group, seed, known));
    const auto key = signing_key(group, seed);
    std::vector<HiddenScalar<G>> coefficients(context.threshold);
    std::string plain = "{\"polynomial\":[";
    plain.reserve(context.threshold * 640 + 32);  // never grows: nothing of it is left behind
    std::vector<std::string> powers;
    for (std::size_t k = 0; k < context.threshold; ++k) {
        coefficients[k].value = scalars.random(randomness);
        const HiddenText digits(scalars.decimal(coefficients[k].value));
        plain += k ? ",\"" : "\"";
        plain += digits.reveal();
        plain += "\"";
        powers.push_back("\"" + group.text_of(public_of(group, coefficients[k])) + "\"");
    }
    plain += "]}";
    const auto polynomial = seal_message(group, key, known[own].encryption, HiddenText(std::move(plain)), randomness);
    std::vector<std::string> secrets;
    for (std::size_t j = 1; j <= context.size; ++j) {
        HiddenScalar<G> value;  // f(j), by Horner
        for (std::size_t k = context.threshold; k-- > 0;)
            value.value = scalars.add(scalars.multiply(value.value, scalars.from_number(j)), coefficients[k].value);
        secrets.push_back(in_quotes(
            seal_message(group, key, known[j - 1].encryption, scalar_message(group, "secret", value), randomness)));
    }
    const auto coefexps = signed_text(group, "{\"coefexps\":" + joined(powers) + "}", key, randomness);
    const auto out =
        "{\"polynomial\":" + in_quotes(polynomial) + ",\"secrets\":" + joined(secrets) + ",\"coefexps\":" + coefexps;
    if (!known[own].has_context) return out + "}";
    const auto signature = sign_message(group, certificates_statement(certificates, joined(powers)), key, randomness);
    return out + ",\"signature\":" + text_of(group, signature) + "}";
}

template <PrimeOrderGroup G>
Result<std::vector<std::string>> threshold_inputs(const G& group, const std::vector<std::string>& certificates,
                                                  const ThresholdContext& context,
                                                  const std::vector<std::string>& polynomials) {
    const auto all = TRY(read_polynomials(group, certificates, context, polynomials));
    std::vector<std::string> coefexps, signatures, out;
    for (const auto& each : all) {
        coefexps.push_back(each.coefexps);
        signatures.push_back(each.signature);
    }
    for (std::size_t j = 0; j < context.size; ++j) {
        std::vector<std::string> secrets;
        for (const auto& each : all) secrets.push_back(in_quotes(each.secrets[j]));
        out.push_back("{\"polynomial\":" + in_quotes(all[j].polynomial) + ",\"secrets\":" + joined(secrets) +
                      ",\"coefexps\":" + joined(coefexps) + signatures_member(signatures) + "}");
    }
    return out;
}

template <PrimeOrderGroup G>
Result<std::string> threshold_output(const G& group, const HiddenText& seed,
                                     const std::vector<std::string>& certificates, const ThresholdContext& context,
                                     std::string_view input, Randomness& randomness) {
    const auto& scalars = group.scalars();
    const auto known = TRY(read_certificates(group, certificates, context));
    const auto own = TRY(own_index(group, seed, known));
    const auto json = TRY(json_from_text(input));
    auto members = TRY(Members::of(json));
    const auto polynomial = TRY(members.text("polynomial"));
    const auto& secrets = *TRY(members.array("secrets"));
    const auto& coefexps = *TRY(members.array("coefexps"));
    const auto* signatures = members.take("signatures");
    TRY(members.nothing_else());
    if (secrets.size() != context.size || coefexps.size() != context.size ||
        (signatures && (!signatures->is_array() || signatures->get_array().size() != context.size)))
        return refuse(Why::threshold_shape_wrong);
    // Our own polynomial came back to us: it is the one that we made.
    TRY(open_message(group, opening_key(group, seed), known[own].verification, own + 1, polynomial));
    std::vector<std::vector<typename G::Element>> coefficients;
    HiddenScalar<G> sum;
    for (std::size_t i = 0; i < context.size; ++i) {
        auto each = TRY(read_coefficients(group, coefexps[i], signatures ? &signatures->get_array()[i] : nullptr,
                                          certificates, known[i], context, i + 1));
        coefficients.push_back(std::move(each.coefficients));
        if (!secrets[i].is_string()) return refuse(Why::message_malformed);
        const auto message = TRY(open_message(group, opening_key(group, seed), known[i].verification, i + 1,
                                              std::string_view(secrets[i].get_string())));
        const auto share = TRY(scalar_from_message(group, "secret", message));
        if (!(public_of(group, share) == verification_key_vartime<G>(group, {coefficients.back()}, own + 1)))
            return refuse(Why::share_wrong, {{"trustee", i + 1}});
        sum.value = scalars.add(sum.value, share.value);
    }
    const auto key = publish_key(group, sum, randomness);
    invariant(key.public_key == verification_key_vartime<G>(group, coefficients, own + 1));
    const auto sealed = seal_message(group, signing_key(group, seed), known[own].encryption,
                                     scalar_message(group, "decryption_key", sum), randomness);
    return "{\"private_key\":" + in_quotes(sealed) + ",\"public_key\":" + text_of(group, key) + "}";
}

Result<std::string> sealed_decryption_key(std::string_view output) {
    const auto json = TRY(json_from_text(output));
    auto members = TRY(Members::of(json));
    return TRY(members.text("private_key"));
}

template <PrimeOrderGroup G>
Result<std::string> threshold_group_text(const G& group, const std::vector<std::string>& certificates,
                                         const ThresholdContext& context, const std::vector<std::string>& polynomials,
                                         const std::vector<std::string>& outputs) {
    const auto all = TRY(read_polynomials(group, certificates, context, polynomials));
    if (outputs.size() != context.size) return refuse(Why::threshold_shape_wrong);
    std::vector<std::string> certificate_texts, coefexps, signatures, keys;
    for (std::size_t i = 0; i < context.size; ++i) {
        const auto certificate_json = TRY(json_from_text(certificates[i]));
        const auto certificate = TRY(signed_from_json(group, certificate_json));
        certificate_texts.push_back("{\"message\":" + in_quotes(certificate.first) +
                                    ",\"signature\":" + text_of(group, certificate.second) + "}");
        coefexps.push_back(all[i].coefexps);
        signatures.push_back(all[i].signature);
        const auto json = TRY(json_from_text(outputs[i]));
        auto members = TRY(Members::of(json));
        auto key_members = TRY(Members::of(*TRY(members.any("public_key"))));
        const auto& pok = *TRY(key_members.any("pok"));
        const auto proof = TRY(signed_from_json(group, JsonObject{{"message", ""}, {"signature", pok}}))
        .second;
        const auto element = TRY(member_of(group, TRY(key_members.text("public_key"))));
        keys.push_back(text_of(group, TrusteeKey<G>{element, proof, std::nullopt}));
    }
    return "{\"threshold\":" + std::to_string(context.threshold) + ",\"certs\":" + joined(certificate_texts) +
           ",\"coefexps\":" + joined(coefexps) + signatures_member(signatures) +
           ",\"verification_keys\":" + joined(keys) + "}";
}

template <PrimeOrderGroup G>
Result<Hidden<typename G::Scalar>> open_decryption_key(const G& group, const HiddenText& seed,
                                                       std::string_view sealed) {
    while (!sealed.empty() && (sealed.back() == '\n' || sealed.back() == '\r')) sealed.remove_suffix(1);
    const auto own = public_of(group, signing_key(group, seed));
    const auto message = TRY(open_message(group, opening_key(group, seed), own, 1, sealed));
    return scalar_from_message(group, "decryption_key", message);
}

#define PLENUM_INSTANTIATE(G)                                                                                       \
    template std::string threshold_certificate(const G&, const HiddenText&, const ThresholdContext&, std::size_t,   \
                                               Randomness&);                                                        \
    template Result<Done> check_certificates(const G&, const std::vector<std::string>&, const ThresholdContext&);   \
    template Result<std::string> threshold_polynomial(const G&, const HiddenText&, const std::vector<std::string>&, \
                                                      const ThresholdContext&, Randomness&);                        \
    template Result<std::vector<std::string>> threshold_inputs(                                                     \
        const G&, const std::vector<std::string>&, const ThresholdContext&, const std::vector<std::string>&);       \
    template Result<std::string> threshold_output(const G&, const HiddenText&, const std::vector<std::string>&,     \
                                                  const ThresholdContext&, std::string_view, Randomness&);          \
    template Result<std::string> threshold_group_text(const G&, const std::vector<std::string>&,                    \
                                                      const ThresholdContext&, const std::vector<std::string>&,     \
                                                      const std::vector<std::string>&);                             \
    template Result<Hidden<G::Scalar>> open_decryption_key(const G&, const HiddenText&, std::string_view);
PLENUM_INSTANTIATE(Belenios2048)
PLENUM_INSTANTIATE(Rfc3526)
PLENUM_INSTANTIATE(Ed25519)

}  // namespace plenum::evote
