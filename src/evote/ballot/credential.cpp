// SPDX-License-Identifier: Apache-2.0
#include "evote/ballot/credential.h"

#include <sodium.h>

#include <algorithm>

#include "evote/ballot/hash.h"
#include "evote/ballot/text.h"
#include "evote/group/every_group.h"
#include "evote/group/shares.h"

namespace plenum::evote {

namespace {

/// The digits with dashes after the given counts.
HiddenText dashed(std::string_view digits, std::initializer_list<std::size_t> groups) {
    std::string out;
    out.reserve(digits.size() + groups.size());
    std::size_t at = 0;
    for (const auto count : groups) {
        if (at != 0) out += '-';
        out += digits.substr(at, count);
        at += count;
    }
    return HiddenText(std::move(out));
}

PrivateCredential credential_of(std::string_view digits) {
    if (digits.size() == 15) return {dashed(digits, {3, 3, 3, 3, 3}), Derivation::pbkdf2};
    return {dashed(digits, {5, 6, 5, 6}), Derivation::hashed};
}

/// The digits before the last as a base-58 number, modulo 53.
int modulo_53(std::string_view digits) {
    int out = 0;
    for (const char digit : digits) out = (out * 58 + base58_value(digit)) % 53;
    return out;
}

/// PBKDF2-HMAC-SHA-256 (RFC 8018) with one block of output.
void pbkdf2(std::string_view password, std::string_view salt, int rounds, std::array<std::uint8_t, 32>& out) {
    crypto_auth_hmacsha256_state keyed, state;
    crypto_auth_hmacsha256_init(&keyed, reinterpret_cast<const unsigned char*>(password.data()), password.size());
    const std::array<std::uint8_t, 4> block_number{0, 0, 0, 1};
    std::array<std::uint8_t, 32> round;
    state = keyed;
    crypto_auth_hmacsha256_update(&state, reinterpret_cast<const unsigned char*>(salt.data()), salt.size());
    crypto_auth_hmacsha256_update(&state, block_number.data(), block_number.size());
    crypto_auth_hmacsha256_final(&state, round.data());
    out = round;
    for (int i = 1; i < rounds; ++i) {
        state = keyed;
        crypto_auth_hmacsha256_update(&state, round.data(), round.size());
        crypto_auth_hmacsha256_final(&state, round.data());
        for (std::size_t k = 0; k < out.size(); ++k) out[k] ^= round[k];
    }
    explicit_bzero(&keyed, sizeof keyed);
    explicit_bzero(&state, sizeof state);
    explicit_bzero(round.data(), round.size());
}

}  // namespace

PrivateCredential draw_credential(Derivation derivation, Randomness& randomness) {
    std::string digits(derivation == Derivation::pbkdf2 ? 14 : 22, '1');
    for (auto& digit : digits) digit = base58_digits[randomness.below(58)];
    if (derivation == Derivation::pbkdf2) digits += base58_digits[static_cast<std::size_t>(53 - modulo_53(digits))];
    auto out = credential_of(digits);
    explicit_bzero(digits.data(), digits.size());
    return out;
}

Result<PrivateCredential> credential_from_text(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return refuse(Why::private_credential_malformed);
    text = text.substr(first, text.find_last_not_of(" \t\r\n") + 1 - first);
    if (text.size() > 100) return refuse(Why::private_credential_malformed);
    std::string plain;
    plain.reserve(text.size());
    for (const char c : text)
        if (c != '-') plain += c;
    const HiddenText digits(std::move(plain));
    const auto& all = digits.reveal();
    const bool known = std::all_of(all.begin(), all.end(), [](char c) { return base58_value(c) >= 0; });
    if (!known || (all.size() != 15 && all.size() != 22)) return refuse(Why::private_credential_malformed);
    // Any check digit congruent modulo 53 is read, as belenios-tool does.
    if (all.size() == 15 && (modulo_53(std::string_view(all).substr(0, 14)) + base58_value(all[14])) % 53 != 0)
        return refuse(Why::private_credential_mistyped);
    return credential_of(all);
}

template <PrimeOrderGroup G>
Hidden<typename G::Scalar> secret_of(const G& group, const PrivateCredential& credential, std::string_view uuid) {
    if (credential.derivation == Derivation::pbkdf2) {
        std::array<std::uint8_t, 32> bytes;
        pbkdf2(credential.text.reveal(), uuid, 1000, bytes);
        Hidden<typename G::Scalar> out(group.scalars().from_bytes(bytes));
        explicit_bzero(bytes.data(), bytes.size());
        return out;
    }
    std::array<std::uint8_t, 64> bytes;
    for (std::size_t i = 0; i < 2; ++i) {
        std::string text = "derive_credential|";
        text.reserve(text.size() + uuid.size() + credential.text.reveal().size() + 3);
        text += uuid;
        text += i == 0 ? "|0|" : "|1|";
        text += credential.text.reveal();
        auto digest = sha256(text);
        std::copy(digest.begin(), digest.end(), bytes.begin() + static_cast<std::ptrdiff_t>(32 * i));
        explicit_bzero(text.data(), text.size());
        explicit_bzero(digest.data(), digest.size());
    }
    Hidden<typename G::Scalar> out(group.scalars().from_bytes(bytes));
    explicit_bzero(bytes.data(), bytes.size());
    return out;
}

template <PrimeOrderGroup G>
std::string public_credential(const G& group, const PrivateCredential& credential, std::string_view uuid) {
    const auto secret = secret_of(group, credential, uuid);
    const auto g = group.generator();
    const SecretPower<G> term{&g, &secret.value};
    return group.text_of(group.product_of_powers({&term, 1}));
}

template <PrimeOrderGroup G>
std::string credentials_text(const G& group, std::vector<VoterKey> keys) {
    std::vector<std::pair<typename G::Element, const VoterKey*>> sorted;
    bool weighted = false;
    for (const auto& key : keys) {
        const auto element = group.element_from_text(key.public_credential);
        invariant(element.has_value());
        sorted.emplace_back(*element, &key);
        weighted = weighted || key.weight != 1;
    }
    std::sort(sorted.begin(), sorted.end(),
              [&](const auto& left, const auto& right) { return group.less(left.first, right.first); });
    std::string out = "[";
    for (const auto& [element, key] : sorted) {
        out += out.size() == 1 ? "\"" : ",\"";
        out += key->public_credential;
        if (weighted) out += "," + std::to_string(key->weight);
        out += "\"";
    }
    return out + "]";
}

template <PrimeOrderGroup G>
Result<CredentialList> CredentialList::from_text(const G& group, std::string_view text, unsigned threads) {
    CredentialList out;
    const typename G::Tables tables(group, group.generator());
    std::vector<std::string_view> batch;  // keys whose elements have not been looked at yet
    std::size_t entries = 0;
    const auto entry = [](std::size_t number) {
        return Place{"", 0, 0, "credentials[" + std::to_string(number) + "]"};
    };
    const auto check_batch = [&]() -> Result<Done> {
        std::vector<std::optional<Refusal>> refusals(std::max(1u, threads));
        const auto first = entries - batch.size();
        in_shares(threads, batch.size(), [&](std::size_t share, std::size_t from, std::size_t to) {
            const auto elements = group.elements_from_texts(std::span(batch).subspan(from, to - from));
            std::vector<CommitmentJob<G>> jobs;
            std::optional<Refusal>& refused = refusals[share];
            for (const auto& element : elements) {
                if (element && !(*element == group.identity())) {
                    jobs.push_back({*element, {}, true});
                    continue;
                }
                refused = refusal(element ? Why::element_is_identity : Why::element_malformed, {},
                                  entry(first + from + jobs.size()));
                break;
            }
            const std::unique_ptr<bool[]> members(new bool[jobs.size()]());
            tables.evaluate_vartime(jobs, {members.get(), jobs.size()});
            for (std::size_t i = jobs.size(); i-- > 0;)
                if (!members[i]) refused = refusal(Why::element_not_in_group, {}, entry(first + from + i));
        });
        batch.clear();
        for (auto& refused : refusals)
            if (refused) return refuse(std::move(*refused));
        return Done{};
    };
    // The first entry that is wrong is named: those before it, and its own element, are looked at first.
    const auto refused_here = [&](Refusal why) -> tl::unexpected<Refusal> {
        auto before = check_batch();
        return refuse(before ? std::move(why) : std::move(before.error()));
    };
    Reader reader(text);
    reader.expect("[");
    std::string_view previous;
    while (reader.ok() && !reader.skip("]")) {
        const auto number = entries;
        if (number != 0) reader.expect(",");
        const auto both = reader.plain_string();
        if (!reader.ok()) return refused_here(reader.refusal().within(entry(number)));
        const auto comma = both.find(',');
        const auto key = both.substr(0, comma);
        batch.push_back(key);
        ++entries;
        std::uint64_t weight = 1;
        if (comma != std::string_view::npos) {
            Reader digits(both.substr(comma + 1));
            weight = digits.number(largest_count);
            digits.end();
            if (!digits.ok()) return refused_here(refusal(Why::weight_malformed, {}, entry(number)));
        }
        if (!out.numbers_.emplace(sha256_of_public(key), static_cast<std::uint32_t>(number)).second)
            return refused_here(refusal(Why::credential_repeated, {}, entry(number)));
        // Decimals without leading zeros: the longer is the larger.
        if (has_one_order<G> && std::pair(key.size(), key) < std::pair(previous.size(), previous))
            return refused_here(refusal(Why::credentials_not_sorted, {}, entry(number)));
        previous = key;
        out.total_weight_ += weight;
        if (out.total_weight_ > largest_count) return refused_here(refusal(Why::weight_malformed, {}, entry(number)));
        out.weights_.push_back(weight);
        if (batch.size() >= std::size_t{256} * std::max(1u, threads)) TRY(check_batch());
    }
    reader.end();
    if (!reader.ok()) return refused_here(reader.refusal().within(entry(entries)));
    TRY(check_batch());
    return out;
}

std::optional<std::uint32_t> CredentialList::find(std::string_view public_credential) const {
    const auto found = numbers_.find(sha256_of_public(public_credential));
    if (found == numbers_.end()) return std::nullopt;
    return found->second;
}

#define PLENUM_INSTANTIATE(G)                                                                     \
    template Hidden<G::Scalar> secret_of(const G&, const PrivateCredential&, std::string_view);   \
    template std::string public_credential(const G&, const PrivateCredential&, std::string_view); \
    template std::string credentials_text(const G&, std::vector<VoterKey>);                       \
    template Result<CredentialList> CredentialList::from_text(const G&, std::string_view, unsigned);
PLENUM_INSTANTIATE(Belenios2048)
PLENUM_INSTANTIATE(Rfc3526)
PLENUM_INSTANTIATE(Ed25519)
PLENUM_INSTANTIATE(ToyGroup)

}  // namespace plenum::evote
