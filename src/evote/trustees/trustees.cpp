// SPDX-License-Identifier: Apache-2.0
#include "evote/trustees/trustees.h"

#include <sodium.h>

#include <algorithm>
#include <set>
#include <unordered_map>

#include "evote/ballot/members.h"
#include "evote/ballot/text.h"
#include "evote/group/every_group.h"
#include "evote/group/shares.h"

namespace plenum::evote {

namespace {

constexpr std::size_t most_trustees = 1000;

Place at_trustee(std::size_t number) { return {"", 0, 0, "trustees[" + std::to_string(number) + "]"}; }

template <class G>
Result<typename G::Element> key_from_json(const G& group, const Json& json) {
    if (!json.is_string()) return refuse(Why::element_malformed);
    const auto element = group.element_from_text(std::string_view(json.get_string()));
    if (!element) return refuse(Why::element_malformed);
    if (!group.is_member_vartime(*element)) return refuse(Why::element_not_in_group);
    if (*element == group.identity()) return refuse(Why::element_is_identity);
    return *element;
}

template <class G>
Result<Proof<G>> proof_from_json(const G& group, const Json& json) {
    auto members = TRY(Members::of(json));
    Proof<G> out;
    for (auto [name, scalar] : {std::pair{"challenge", &out.challenge}, std::pair{"response", &out.response}}) {
        const auto read = group.scalars().from_decimal(TRY(members.text(name)));
        if (!read) return refuse(Why::scalar_malformed, {}, {"", 0, 0, name});
        *scalar = *read;
    }
    TRY(members.nothing_else());
    return out;
}

std::string pok_prefix(std::string_view group, std::string_view key) {
    return "pok|" + std::string(group) + "|" + std::string(key) + "|";
}

template <class G>
Result<TrusteeKey<G>> trustee_key_from_json(const G& group, const Json& json, std::size_t number) {
    auto members = TRY(Members::of(json));
    TrusteeKey<G> out;
    out.proof = TRY(proof_from_json(group, *TRY(members.any("pok"))));
    auto key = key_from_json(group, *TRY(members.any("public_key")));
    if (!key) return refuse(std::move(key.error()).within({"", 0, 0, "public_key"}));
    out.public_key = *key;
    if (members.take("name")) out.name = TRY(members.text("name"));
    TRY(members.nothing_else());
    const auto g = group.generator();
    if (!knowledge_is_proved_vartime<G>(group, pok_prefix(group.name(), group.text_of(out.public_key)), {&g, 1},
                                        {&out.public_key, 1}, out.proof))
        return refuse(Why::trustee_proof_fails, {{"trustee", number}});
    return out;
}

template <class G>
struct SignedMessage {
    std::string message;
    Proof<G> signature;
};
template <class G>
Result<SignedMessage<G>> signed_from_json(const G& group, const Json& json) {
    auto members = TRY(Members::of(json));
    SignedMessage<G> out;
    out.message = TRY(members.text("message"));
    out.signature = TRY(proof_from_json(group, *TRY(members.any("signature"))));
    TRY(members.nothing_else());
    return out;
}
template <class G>
std::string text_of(const G& group, const SignedMessage<G>& message) {
    return "{\"message\":" + in_quotes(message.message) + ",\"signature\":" + evote::text_of(group, message.signature) +
           "}";
}

/// The pieces of a threshold group that the newer form signs together.
template <class G>
std::string certificates_statement(const G& group, const std::vector<SignedMessage<G>>& certificates,
                                   const std::vector<typename G::Element>& coefficients) {
    std::string out = "{\"certs\":[";
    for (std::size_t i = 0; i < certificates.size(); ++i) out += (i ? "," : "") + text_of(group, certificates[i]);
    out += "],\"coefexps\":[";
    for (std::size_t k = 0; k < coefficients.size(); ++k)
        out += std::string(k ? "," : "") + "\"" + group.text_of(coefficients[k]) + "\"";
    return out + "]}";
}

/// Verifies one threshold group and appends it.
template <class G>
Result<Done> read_threshold_group(const G& group, const Json& json, Trustees<G>& out) {
    using Element = typename G::Element;
    auto members = TRY(Members::of(json));
    const std::size_t first = out.keys.size();
    const std::size_t threshold = TRY(members.number("threshold", most_trustees));
    const auto& certs = *TRY(members.array("certs"));
    const auto& coefexps = *TRY(members.array("coefexps"));
    const auto* signatures = members.take("signatures");
    const auto& keys = *TRY(members.array("verification_keys"));
    TRY(members.nothing_else());
    const std::size_t size = certs.size();
    if (threshold < 1 || threshold > size)
        return refuse(Why::threshold_out_of_range, {{"threshold", threshold}, {"trustees", size}});
    if (size > most_trustees || coefexps.size() != size || keys.size() != size ||
        (signatures && (!signatures->is_array() || signatures->get_array().size() != size)))
        return refuse(Why::threshold_shape_wrong);

    const auto within = [&](Refusal why, std::size_t i, std::string_view part) {
        return refuse(std::move(why).within({"", 0, 0, std::string(part) + "[" + std::to_string(i) + "]"}));
    };
    std::vector<SignedMessage<G>> certificates;
    std::vector<Element> signing_keys;
    std::set<std::string> seen;
    for (std::size_t i = 0; i < size; ++i) {
        const auto read = [&]() -> Result<Done> {
            certificates.push_back(TRY(signed_from_json(group, certs[i])));
            const auto message = TRY(json_from_text(certificates[i].message));
            auto inner = TRY(Members::of(message));
            const auto* context = inner.take("context");
            // The newer form is whole or not at all: without the signatures nothing would say that all trustees saw the
            // same certificates.
            if ((context != nullptr) != (signatures != nullptr)) return refuse(Why::threshold_shape_wrong);
            if (context) {
                auto stated = TRY(Members::of(*context));
                const auto name = TRY(stated.text("group"));
                const auto of = TRY(stated.number("size", most_trustees));
                const auto needed = TRY(stated.number("threshold", most_trustees));
                const auto index = TRY(stated.number("index", most_trustees));
                const bool same = name == group.name() && of == size && needed == threshold && index == i + 1;
                TRY(stated.nothing_else());
                if (!same) return refuse(Why::threshold_context_wrong, {{"trustee", first + i + 1}});
            }
            signing_keys.push_back(TRY(key_from_json(group, *TRY(inner.any("verification")))));
            TRY(key_from_json(group, *TRY(inner.any("encryption"))));
            TRY(inner.nothing_else());
            if (!seen.insert(group.text_of(signing_keys[i])).second)
                return refuse(Why::trustee_key_repeated, {{"trustee", first + i + 1}});
            if (!message_is_signed_vartime(group, certificates[i].message, signing_keys[i], certificates[i].signature))
                return refuse(Why::threshold_signature_fails, {{"trustee", first + i + 1}});
            return Done{};
        }();
        if (!read) return within(read.error(), i, "certs");
    }
    std::vector<std::vector<Element>> coefficients(size);
    for (std::size_t i = 0; i < size; ++i) {
        const auto read = [&]() -> Result<Done> {
            const auto message = TRY(signed_from_json(group, coefexps[i]));
            const auto json_message = TRY(json_from_text(message.message));
            auto inner = TRY(Members::of(json_message));
            for (const auto& each : *TRY(inner.array("coefexps")))
                coefficients[i].push_back(TRY(key_from_json(group, each)));
            TRY(inner.nothing_else());
            if (coefficients[i].size() != threshold) return refuse(Why::threshold_shape_wrong);
            if (!message_is_signed_vartime(group, message.message, signing_keys[i], message.signature))
                return refuse(Why::threshold_signature_fails, {{"trustee", first + i + 1}});
            return Done{};
        }();
        if (!read) return within(read.error(), i, "coefexps");
    }
    for (std::size_t i = 0; signatures && i < size; ++i) {
        auto signature = proof_from_json(group, signatures->get_array()[i]);
        if (!signature) return within(std::move(signature.error()), i, "signatures");
        if (!message_is_signed_vartime(group,
                                       "certs_sig|" + certificates_statement(group, certificates, coefficients[i]),
                                       signing_keys[i], *signature))
            return within(refusal(Why::threshold_signature_fails, {{"trustee", first + i + 1}}), i, "signatures");
    }
    // Π_i Π_k A_ik^(j^k) = Π_k (Π_i A_ik)^(j^k): the products over i are made once for all j.
    std::vector<std::vector<Element>> products{coefficients[0]};
    for (std::size_t i = 1; i < size; ++i)
        for (std::size_t k = 0; k < threshold; ++k)
            products[0][k] = group.multiply_vartime(products[0][k], coefficients[i][k]);
    for (std::size_t j = 0; j < size; ++j) {
        auto key = trustee_key_from_json(group, keys[j], first + j + 1);
        if (!key) return within(std::move(key.error()), j, "verification_keys");
        if (!(key->public_key == verification_key_vartime<G>(group, products, j + 1)))
            return within(refusal(Why::verification_key_wrong, {{"trustee", first + j + 1}}), j, "verification_keys");
        out.keys.push_back(key->public_key);
    }
    for (const auto& each : coefficients) out.election_key = group.multiply_vartime(out.election_key, each[0]);
    out.items.push_back({first, size, threshold});
    return Done{};
}

/// H(sigmsg|message|; commitment), piece by piece: a message between trustees is secret, and nothing of it is copied.
template <class G>
typename G::Scalar message_challenge(const G& group, std::string_view message, std::string_view commitment) {
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    for (const std::string_view part : {std::string_view("sigmsg|"), message, std::string_view("|"), commitment})
        crypto_hash_sha256_update(&state, reinterpret_cast<const unsigned char*>(part.data()), part.size());
    Digest digest;
    crypto_hash_sha256_final(&state, digest.data());
    explicit_bzero(&state, sizeof state);
    return group.scalars().from_bytes(digest);
}

std::string decryption_prefix(std::string_view fingerprint, std::string_view key) {
    return "decrypt|" + std::string(fingerprint) + "|" + std::string(key) + "|";
}

}  // namespace

template <PrimeOrderGroup G>
Result<Trustees<G>> trustees_from_text(const G& group, std::string_view text) {
    const auto json = TRY(json_from_text(text));
    if (!json.is_array()) return refuse(Why::trustee_malformed);
    Trustees<G> out;
    out.election_key = group.identity();
    std::size_t index = 0;
    for (const auto& item : json.get_array()) {
        const auto read = [&]() -> Result<Done> {
            if (!item.is_array() || item.get_array().size() != 2 || !item.get_array()[0].is_string())
                return refuse(Why::trustee_malformed);
            const auto kind = std::string_view(item.get_array()[0].get_string());
            if (kind == "Pedersen") return read_threshold_group(group, item.get_array()[1], out);
            if (kind != "Single") return refuse(Why::trustee_malformed);
            const auto key = TRY(trustee_key_from_json(group, item.get_array()[1], out.keys.size() + 1));
            out.items.push_back({out.keys.size(), 1, 1});
            out.keys.push_back(key.public_key);
            out.election_key = group.multiply_vartime(out.election_key, key.public_key);
            return Done{};
        }();
        if (!read) return refuse(Refusal(read.error()).within(at_trustee(index)));
        ++index;
    }
    if (out.items.empty()) return refuse(Why::no_trustees, {}, {"", 0, 0, "trustees"});
    std::set<std::string> seen;
    for (std::size_t i = 0; i < out.keys.size(); ++i)
        if (!seen.insert(group.text_of(out.keys[i])).second)
            return refuse(Why::trustee_key_repeated, {{"trustee", i + 1}}, {"", 0, 0, "trustees"});
    if (out.election_key == group.identity()) return refuse(Why::element_is_identity, {}, {"", 0, 0, "election_key"});
    return out;
}

template <PrimeOrderGroup G>
Hidden<typename G::Scalar> draw_private_key(const G& group, Randomness& randomness) {
    return Hidden<typename G::Scalar>(group.scalars().random(randomness));
}

template <PrimeOrderGroup G>
TrusteeKey<G> publish_key(const G& group, const Hidden<typename G::Scalar>& private_key, Randomness& randomness) {
    const auto g = group.generator();
    const SecretPower<G> term{&g, &private_key.value};
    TrusteeKey<G> out;
    out.public_key = group.product_of_powers({&term, 1});
    out.proof = prove_knowledge<G>(group, pok_prefix(group.name(), group.text_of(out.public_key)), {&g, 1}, private_key,
                                   randomness);
    return out;
}

template <PrimeOrderGroup G>
std::string text_of(const G& group, const TrusteeKey<G>& key) {
    return "{\"pok\":" + text_of(group, key.proof) + ",\"public_key\":\"" + group.text_of(key.public_key) + "\"" +
           (key.name ? ",\"name\":" + in_quotes(*key.name) : "") + "}";
}

template <PrimeOrderGroup G>
Result<TrusteeKey<G>> trustee_key_from_text(const G& group, std::string_view text) {
    const auto json = TRY(json_from_text(text));
    return trustee_key_from_json(group, json, 1);
}

std::string trustees_text(const std::vector<std::string>& single_keys,
                          const std::vector<std::string>& threshold_groups) {
    std::string out = "[";
    for (const auto& [kind, list] : {std::pair{"Single", &single_keys}, std::pair{"Pedersen", &threshold_groups}})
        for (const auto& each : *list)
            out += (out.size() == 1 ? "[\"" : ",[\"") + std::string(kind) + "\"," + each + "]";
    return out + "]";
}

template <PrimeOrderGroup G>
HiddenText private_key_text(const G& group, const Hidden<typename G::Scalar>& key) {
    HiddenText digits(group.scalars().decimal(key.value));
    std::string out;
    out.reserve(digits.reveal().size() + 2);
    out += '"';
    out += digits.reveal();
    out += '"';
    return HiddenText(std::move(out));
}

template <PrimeOrderGroup G>
Result<Hidden<typename G::Scalar>> private_key_from_text(const G& group, std::string_view text) {
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.remove_suffix(1);
    if (text.size() < 3 || text.front() != '"' || text.back() != '"') return refuse(Why::private_key_wrong);
    auto scalar = group.scalars().from_decimal_reduced(text.substr(1, text.size() - 2));
    if (!scalar) return refuse(Why::private_key_wrong);
    Hidden<typename G::Scalar> out(*scalar);
    explicit_bzero(&*scalar, sizeof *scalar);
    return out;
}

std::string key_id(std::string_view key_text) {
    auto out = sha256_hex(key_text).substr(0, 8);
    for (auto& c : out)
        if (c >= 'a') c = static_cast<char>(c - 'a' + 'A');
    return out;
}

template <PrimeOrderGroup G>
Proof<G> sign_message(const G& group, std::string_view message, const Hidden<typename G::Scalar>& key,
                      Randomness& randomness) {
    const auto& scalars = group.scalars();
    const auto g = group.generator();
    const Hidden<typename G::Scalar> w(scalars.random(randomness));
    const SecretPower<G> term{&g, &w.value};
    Proof<G> proof;
    proof.challenge = message_challenge(group, message, group.text_of(group.product_of_powers({&term, 1})));
    const Hidden<typename G::Scalar> product(scalars.multiply(key.value, proof.challenge));
    proof.response = scalars.subtract(w.value, product.value);
    return proof;
}

template <PrimeOrderGroup G>
bool message_is_signed_vartime(const G& group, std::string_view message, const typename G::Element& key,
                               const Proof<G>& signature) {
    const auto commitment = group.multiply_vartime(group.power_vartime(group.generator(), signature.response),
                                                   group.power_vartime(key, signature.challenge));
    return message_challenge(group, message, group.text_of(commitment)) == signature.challenge;
}

template <PrimeOrderGroup G>
typename G::Element verification_key_vartime(const G& group,
                                             const std::vector<std::vector<typename G::Element>>& coefficients,
                                             std::size_t j) {
    const auto& scalars = group.scalars();
    const auto x = scalars.from_number(j);
    typename G::Element out = group.identity();
    for (const auto& polynomial : coefficients) {
        auto power = scalars.from_number(1);
        for (const auto& coefficient : polynomial) {
            out = group.multiply_vartime(out, group.power_vartime(coefficient, power));
            power = scalars.multiply(power, x);
        }
    }
    return out;
}

template <PrimeOrderGroup G>
PartialDecryption<G> decrypt_partially(const G& group, std::string_view fingerprint, const Tally<G>& tally,
                                       const Hidden<typename G::Scalar>& private_key, Randomness& randomness) {
    const auto g = group.generator();
    const SecretPower<G> own{&g, &private_key.value};
    const auto prefix = decryption_prefix(fingerprint, group.text_of(group.product_of_powers({&own, 1})));
    PartialDecryption<G> out;
    for (const auto& question : tally) {
        auto& factors = out.factors.emplace_back();
        auto& proofs = out.proofs.emplace_back();
        for (const auto& ciphertext : question) {
            const SecretPower<G> term{&ciphertext.alpha, &private_key.value};
            factors.push_back(group.product_of_powers({&term, 1}));
            const typename G::Element bases[]{g, ciphertext.alpha};
            proofs.push_back(prove_knowledge<G>(group, prefix, bases, private_key, randomness));
        }
    }
    return out;
}

template <PrimeOrderGroup G>
std::string text_of(const G& group, const PartialDecryption<G>& decryption) {
    std::string factors, proofs;
    for (std::size_t i = 0; i < decryption.factors.size(); ++i) {
        factors += i ? ",[" : "[";
        proofs += i ? ",[" : "[";
        for (std::size_t k = 0; k < decryption.factors[i].size(); ++k) {
            factors += std::string(k ? "," : "") + "\"" + group.text_of(decryption.factors[i][k]) + "\"";
            proofs += (k ? "," : "") + text_of(group, decryption.proofs[i][k]);
        }
        factors += "]";
        proofs += "]";
    }
    return "{\"decryption_factors\":[" + factors + "],\"decryption_proofs\":[" + proofs + "]}";
}

template <PrimeOrderGroup G>
Result<PartialDecryption<G>> decryption_from_text_vartime(const G& group, const typename G::Tables& tables,
                                                          std::string_view fingerprint, const Tally<G>& tally,
                                                          const Trustees<G>& trustees, std::size_t trustee,
                                                          std::string_view text, unsigned threads) {
    PartialDecryption<G> out;
    Reader reader(text);
    const auto place = [](std::string_view part, std::size_t i, std::size_t k) {
        return Place{"", 0, 0, std::string(part) + "[" + std::to_string(i) + "][" + std::to_string(k) + "]"};
    };
    const auto shape = [&](std::string_view part, std::size_t i) {
        return refuse(Why::decryption_shape_wrong, {{"trustee", trustee + 1}},
                      {"", 0, 0, std::string(part) + "[" + std::to_string(i) + "]"});
    };
    reader.expect("{\"decryption_factors\":[");
    for (std::size_t i = 0; i < tally.size(); ++i) {
        auto& factors = out.factors.emplace_back();
        if (!reader.skip(i ? ",[" : "[")) return shape("decryption_factors", i);
        for (std::size_t k = 0; k < tally[i].size(); ++k) {
            if (k != 0 && !reader.skip(",")) return shape("decryption_factors", i);
            factors.push_back(reader.element(group));
            if (!reader.ok()) return refuse(reader.refusal().within(place("decryption_factors", i, k)));
        }
        if (!reader.skip("]")) return shape("decryption_factors", i);
    }
    reader.expect("],\"decryption_proofs\":[");
    if (!reader.ok()) return shape("decryption_factors", tally.size());
    for (std::size_t i = 0; i < tally.size(); ++i) {
        auto& proofs = out.proofs.emplace_back();
        if (!reader.skip(i ? ",[" : "[")) return shape("decryption_proofs", i);
        for (std::size_t k = 0; k < tally[i].size(); ++k) {
            if (k != 0 && !reader.skip(",")) return shape("decryption_proofs", i);
            proofs.push_back(read_proof(group, reader));
            if (!reader.ok()) return refuse(reader.refusal().within(place("decryption_proofs", i, k)));
        }
        if (!reader.skip("]")) return shape("decryption_proofs", i);
    }
    reader.expect("]}");
    reader.end();
    if (!reader.ok()) return refuse(reader.refusal().within({"", 0, 0, "decryption_proofs"}));
    // Per ciphertext: g^response·X^challenge, alpha^response, factor^challenge, and whether the factor is a member.
    // Some thousands at once: of a long list of a ranking no more than that stands in memory.
    constexpr std::size_t at_once = 2048;
    const auto& key = trustees.keys[trustee];
    const auto prefix = decryption_prefix(fingerprint, group.text_of(key));
    const std::unique_ptr<bool[]> members(new bool[3 * at_once]());
    std::vector<CommitmentJob<G>> jobs;
    std::vector<typename G::Element> commitments;
    for (std::size_t i = 0; i < tally.size(); ++i)
        for (std::size_t from = 0; from < tally[i].size(); from += at_once) {
            const auto to = std::min(from + at_once, tally[i].size());
            jobs.clear();
            commitments.clear();
            for (std::size_t k = from; k < to; ++k) {
                const auto& proof = out.proofs[i][k];
                jobs.push_back({key, {{proof.response, {}, proof.challenge}}, false});
                jobs.push_back({tally[i][k].alpha, {{{}, {}, proof.response}}, false});
                jobs.push_back({out.factors[i][k], {{{}, {}, proof.challenge}}, true});
            }
            const auto powers = evaluate_in_shares_vartime<G>(tables, jobs, {members.get(), jobs.size()}, threads);
            for (std::size_t at = 0; at < powers.size(); at += 3) {
                commitments.push_back(powers[at]);
                commitments.push_back(group.multiply_vartime(powers[at + 1], powers[at + 2]));
            }
            const auto texts = group.texts_of(commitments);
            for (std::size_t k = from; k < to; ++k) {
                if (!members[3 * (k - from) + 2])
                    return refuse(Why::element_not_in_group, {}, place("decryption_factors", i, k));
                if (challenge_of(group, prefix, std::span(texts).subspan(2 * (k - from), 2)) !=
                    out.proofs[i][k].challenge)
                    return refuse(Why::decryption_proof_fails, {{"trustee", trustee + 1}},
                                  place("decryption_proofs", i, k));
            }
        }
    return out;
}

template <PrimeOrderGroup G>
Result<std::vector<std::vector<typename G::Element>>> combine_vartime(
    const G& group, const Tally<G>& tally, const Trustees<G>& trustees,
    const std::vector<std::optional<PartialDecryption<G>>>& decryptions) {
    const auto& scalars = group.scalars();
    // Who takes part, and with which exponent: 1 for a single trustee, Lagrange's coefficient at 0 in a threshold
    // group.
    std::vector<std::pair<std::size_t, typename G::Scalar>> used;
    for (const auto& item : trustees.items) {
        std::vector<std::size_t> indices;  // from 1 inside the item
        for (std::size_t j = 0; j < item.size && indices.size() < item.threshold; ++j)
            if (decryptions[item.first + j]) indices.push_back(j + 1);
        if (indices.size() < item.threshold)
            return refuse(Why::decryptions_missing,
                          {{"trustee", item.first + 1}, {"missing", item.threshold - indices.size()}});
        for (const auto j : indices) {
            auto above = scalars.from_number(1), below = scalars.from_number(1);
            for (const auto k : indices)
                if (k != j) {
                    above = scalars.multiply(above, scalars.from_number(k));
                    below = scalars.multiply(below, scalars.subtract(scalars.from_number(k), scalars.from_number(j)));
                }
            used.emplace_back(item.first + j - 1, scalars.multiply(above, scalars.invert_vartime(below)));
        }
    }
    std::vector<std::vector<typename G::Element>> out;
    for (std::size_t i = 0; i < tally.size(); ++i) {
        auto& row = out.emplace_back();
        for (std::size_t k = 0; k < tally[i].size(); ++k) {
            typename G::Element product = group.identity();
            for (const auto& [trustee, exponent] : used)
                product =
                    group.multiply_vartime(product, group.power_vartime(decryptions[trustee]->factors[i][k], exponent));
            row.push_back(group.multiply_vartime(tally[i][k].beta, group.invert_vartime(product)));
        }
    }
    return out;
}

template <PrimeOrderGroup G>
std::optional<std::uint64_t> logarithm_vartime(const G& group, const typename G::Element& element, std::uint64_t most) {
    std::uint64_t steps = 1;
    while (steps * steps <= most && steps < (1u << 22)) steps *= 2;
    // Baby steps g^0 … g^(steps-1), found again by a hash of their texts; a hit is checked, so that a clash does no
    // harm.
    std::unordered_multimap<std::size_t, std::uint32_t> baby;
    baby.reserve(steps);
    const std::hash<std::string> hash;
    typename G::Element power = group.identity();
    for (std::uint64_t done = 0; done < steps;) {
        std::vector<typename G::Element> batch;
        for (; batch.size() < 1024 && done + batch.size() < steps;) {
            batch.push_back(power);
            power = group.multiply_vartime(power, group.generator());
        }
        for (const auto& text : group.texts_of(std::span<const typename G::Element>(batch)))
            baby.emplace(hash(text), static_cast<std::uint32_t>(done++));
    }
    const auto giant = group.invert_vartime(power);  // g^-steps
    auto rest = element;
    for (std::uint64_t start = 0; start <= most; start += steps) {
        const auto [from, to] = baby.equal_range(hash(group.text_of(rest)));
        for (auto found = from; found != to; ++found) {
            const std::uint64_t count = start + found->second;
            if (count <= most && group.power_vartime(group.generator(), group.scalars().from_number(count)) == element)
                return count;
        }
        rest = group.multiply_vartime(rest, giant);
    }
    return std::nullopt;
}

#define PLENUM_INSTANTIATE(G)                                                                                         \
    template Result<Trustees<G>> trustees_from_text(const G&, std::string_view);                                      \
    template Hidden<G::Scalar> draw_private_key(const G&, Randomness&);                                               \
    template TrusteeKey<G> publish_key(const G&, const Hidden<G::Scalar>&, Randomness&);                              \
    template std::string text_of(const G&, const TrusteeKey<G>&);                                                     \
    template Result<TrusteeKey<G>> trustee_key_from_text(const G&, std::string_view);                                 \
    template HiddenText private_key_text(const G&, const Hidden<G::Scalar>&);                                         \
    template Result<Hidden<G::Scalar>> private_key_from_text(const G&, std::string_view);                             \
    template Proof<G> sign_message(const G&, std::string_view, const Hidden<G::Scalar>&, Randomness&);                \
    template bool message_is_signed_vartime(const G&, std::string_view, const G::Element&, const Proof<G>&);          \
    template G::Element verification_key_vartime(const G&, const std::vector<std::vector<G::Element>>&, std::size_t); \
    template PartialDecryption<G> decrypt_partially(const G&, std::string_view, const Tally<G>&,                      \
                                                    const Hidden<G::Scalar>&, Randomness&);                           \
    template std::string text_of(const G&, const PartialDecryption<G>&);                                              \
    template Result<PartialDecryption<G>> decryption_from_text_vartime(const G&, const G::Tables&, std::string_view,  \
                                                                       const Tally<G>&, const Trustees<G>&,           \
                                                                       std::size_t, std::string_view, unsigned);      \
    template Result<std::vector<std::vector<G::Element>>> combine_vartime(                                            \
        const G&, const Tally<G>&, const Trustees<G>&, const std::vector<std::optional<PartialDecryption<G>>>&);      \
    template std::optional<std::uint64_t> logarithm_vartime(const G&, const G::Element&, std::uint64_t);
PLENUM_INSTANTIATE(Belenios2048)
PLENUM_INSTANTIATE(Rfc3526)
PLENUM_INSTANTIATE(Ed25519)
PLENUM_INSTANTIATE(ToyGroup)

}  // namespace plenum::evote
