// SPDX-License-Identifier: Apache-2.0
#include "evote/shuffle/proof_of_shuffle.h"

#include <algorithm>
#include <thread>

#include "evote/ballot/hash.h"
#include "evote/group/every_group.h"

namespace plenum::evote {

namespace {

/// SHA-256 of many short texts, gathered before they are hashed.
class ListHash {
  public:
    void add(std::string_view text) {
        buffer_ += text;
        if (buffer_.size() > 16000) flush();
    }
    void add_listed(std::span<const std::string_view> texts) {
        for (const auto& text : texts) {
            add(text);
            buffer_ += ',';
        }
    }
    Digest finish() {
        flush();
        return hash_.finish();
    }

  private:
    void flush() {
        hash_.add(buffer_);
        buffer_.clear();
    }
    std::string buffer_;
    Sha256 hash_;
};

void add_statement(ListHash& hash, const ShuffleTexts& texts) {
    hash.add(texts.before);
    hash.add_listed(texts.after);
    hash.add_listed(texts.c);
}

}  // namespace

void in_shares(unsigned jobs, std::size_t count, std::size_t least,
               const std::function<void(std::size_t, std::size_t)>& work) {
    const std::size_t shares = std::clamp<std::size_t>(count / least, 1, std::max(jobs, 1u));
    std::vector<std::jthread> threads;
    for (std::size_t share = 1; share < shares; ++share)
        threads.emplace_back(work, count * share / shares, count * (share + 1) / shares);
    work(0, count / shares);
}

template <PrimeOrderGroup G>
IndependentGenerators<G> independent_generators(const G& group, std::size_t count, unsigned jobs) {
    std::vector<typename G::Element> elements(count + 1);
    std::vector<Digest> seen(count + 1);  // hashes: the texts of a hundred thousand would be large
    in_shares(jobs, count + 1, 256, [&](std::size_t first, std::size_t end) {
        for (std::size_t from = first; from < end; from += 2048) {
            const std::size_t to = std::min(end, from + 2048);
            std::vector<Digest> digests;
            for (std::size_t i = from; i < to; ++i)
                digests.push_back(sha256_of_public("ggen|" + (i == 0 ? "-1" : std::to_string(i - 1))));
            const auto part = group.elements_of_hashes_vartime(digests);
            std::copy(part.begin(), part.end(), elements.begin() + static_cast<std::ptrdiff_t>(from));
            const auto texts = group.texts_of(std::span<const typename G::Element>(part));
            for (std::size_t i = from; i < to; ++i) seen[i] = sha256_of_public(texts[i - from]);
        }
    });
    if constexpr (!std::is_same_v<G, ToyGroup>) {
        seen.push_back(sha256_of_public(group.text_of(group.identity())));
        seen.push_back(sha256_of_public(group.text_of(group.generator())));
        std::sort(seen.begin(), seen.end());
        invariant(std::adjacent_find(seen.begin(), seen.end()) == seen.end());
    }
    IndependentGenerators<G> out;
    out.h = elements.front();
    elements.erase(elements.begin());
    out.each = std::move(elements);
    return out;
}

template <PrimeOrderGroup G>
std::string listed_texts(const G& group, std::span<const Ciphertext<G>> ciphertexts) {
    std::string out;
    std::vector<typename G::Element> elements;
    for (std::size_t from = 0; from < ciphertexts.size(); from += 2048) {
        const auto part = ciphertexts.subspan(from, std::min<std::size_t>(2048, ciphertexts.size() - from));
        elements.clear();
        for (const auto& each : part) {
            elements.push_back(each.alpha);
            elements.push_back(each.beta);
        }
        for (const auto& text : group.texts_of(std::span<const typename G::Element>(elements))) (out += text) += ',';
    }
    return out;
}

template <PrimeOrderGroup G>
std::vector<typename G::Scalar> challenges_u(const G& group, std::string_view fingerprint, const ShuffleTexts& texts) {
    ListHash hash;
    hash.add("shuffle-challenges|");
    hash.add(fingerprint);
    hash.add("|");
    add_statement(hash, texts);
    const auto k = hex_from_bytes(hash.finish());
    std::vector<typename G::Scalar> out;
    out.reserve(texts.c.size());
    for (std::size_t i = 0; i < texts.c.size(); ++i)
        out.push_back(
            group.scalars().from_bytes(sha256_of_public(k + hex_from_bytes(sha256_of_public(std::to_string(i))))));
    return out;
}

template <PrimeOrderGroup G>
typename G::Scalar challenge_of_shuffle(const G& group, std::string_view fingerprint, const ShuffleTexts& texts) {
    ListHash hash;
    hash.add("shuffle-challenge|");
    hash.add(fingerprint);
    hash.add("|");
    hash.add_listed(texts.t);
    hash.add_listed(texts.t_hat);
    add_statement(hash, texts);
    hash.add_listed(texts.c_hat);
    hash.add(texts.y);
    return group.scalars().from_bytes(hash.finish());
}

template <PrimeOrderGroup G>
std::string shuffle_text(const G& group, std::span<const ShuffledList<G>> lists) {
    using Element = typename G::Element;
    const auto& scalars = group.scalars();
    std::string out = "{\"ciphertexts\":[";
    for (std::size_t k = 0; k < lists.size(); ++k) {
        out += k == 0 ? "[" : ",[";
        for (std::size_t i = 0; i < lists[k].after.size(); ++i) {
            if (i != 0) out += ',';
            out += text_of(group, lists[k].after[i]);
        }
        out += "]";
    }
    out += "],\"proofs\":[";
    const auto add = [&](std::string_view text) { ((out += '"') += text) += '"'; };
    const auto add_elements = [&](std::span<const Element> elements) {
        out += "[";
        for (std::size_t i = 0; i < elements.size(); ++i) {
            if (i != 0) out += ',';
            add(group.text_of(elements[i]));
        }
        out += "]";
    };
    const auto add_scalars = [&](std::span<const typename G::Scalar> all) {
        out += "[";
        for (std::size_t i = 0; i < all.size(); ++i) {
            if (i != 0) out += ',';
            add(scalars.decimal(all[i]));
        }
        out += "]";
    };
    for (std::size_t k = 0; k < lists.size(); ++k) {
        const auto& p = lists[k].proof;
        out += k == 0 ? "[[" : ",[[";
        for (const auto* t : {&p.t1, &p.t2, &p.t3}) {
            add(group.text_of(*t));
            out += ',';
        }
        add_elements(std::array{p.t41, p.t42});
        out += ',';
        add_elements(p.t_hat);
        out += "],[";
        for (const auto* s : {&p.s1, &p.s2, &p.s3, &p.s4}) {
            add(scalars.decimal(*s));
            out += ',';
        }
        add_scalars(p.s_hat);
        out += ',';
        add_scalars(p.s_prime);
        out += "],";
        add_elements(p.c);
        out += ',';
        add_elements(p.c_hat);
        out += "]";
    }
    out += "]}";
    return out;
}

#define PLENUM_INSTANTIATE(G)                                                                      \
    template IndependentGenerators<G> independent_generators(const G&, std::size_t, unsigned);     \
    template std::string listed_texts(const G&, std::span<const Ciphertext<G>>);                   \
    template std::vector<G::Scalar> challenges_u(const G&, std::string_view, const ShuffleTexts&); \
    template G::Scalar challenge_of_shuffle(const G&, std::string_view, const ShuffleTexts&);      \
    template std::string shuffle_text(const G&, std::span<const ShuffledList<G>>);
PLENUM_INSTANTIATE(Belenios2048)
PLENUM_INSTANTIATE(Rfc3526)
PLENUM_INSTANTIATE(Ed25519)
PLENUM_INSTANTIATE(ToyGroup)

}  // namespace plenum::evote
