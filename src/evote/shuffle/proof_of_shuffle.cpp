// SPDX-License-Identifier: Apache-2.0
#include "evote/shuffle/proof_of_shuffle.h"

#include <algorithm>
#include <array>
#include <memory>

#include "evote/ballot/hash.h"
#include "evote/group/every_group.h"
#include "evote/group/shares.h"

namespace plenum::evote {

namespace {

/// The hashes that the challenges are. A comma stands behind each text of a list.
template <PrimeOrderGroup G>
class ChallengeHash {
    using Element = typename G::Element;

  public:
    ChallengeHash(const G& group, std::string_view what, std::string_view fingerprint) : group_(group) {
        hash_.add(what).add("|").add(fingerprint).add("|");
    }
    void add(std::string_view text) { hash_.add(text); }
    Digest finish() { return hash_.finish(); }

    /// The same elements to each of several hashes; element_of(i) for all i below `count`.
    template <class ElementOf>
    static void add_listed(const G& group, std::span<ChallengeHash* const> hashes, std::size_t count,
                           const ElementOf& element_of) {
        std::vector<Element> elements;
        std::string listed;
        for (std::size_t from = 0; from < count; from += 2048) {
            elements.clear();
            listed.clear();
            for (std::size_t i = from; i < std::min(count, from + 2048); ++i) elements.push_back(element_of(i));
            for (const auto& text : group.texts_of(std::span<const Element>(elements))) (listed += text) += ',';
            for (auto* each : hashes) each->hash_.add(listed);
        }
    }
    static void add_statement(const G& group, std::span<ChallengeHash* const> hashes,
                              const ShuffleStatement<G>& statement, std::span<const Element> c) {
        for (const auto& list : {statement.before, statement.after})
            add_listed(group, hashes, 2 * list.size(), [&](std::size_t i) -> const Element& {
                return i % 2 == 0 ? list[i / 2].alpha : list[i / 2].beta;
            });
        add_listed(group, hashes, c.size(), [&](std::size_t i) -> const Element& { return c[i]; });
    }
    void add_commitments(const ProofOfShuffle<G>& proof) {
        const Element* const t[] = {&proof.t1, &proof.t2, &proof.t3, &proof.t41, &proof.t42};
        add_listed(group_, std::array{this}, 5, [&](std::size_t i) -> const Element& { return *t[i]; });
        add_listed(group_, std::array{this}, proof.t_hat.size(),
                   [&](std::size_t i) -> const Element& { return proof.t_hat[i]; });
    }
    typename G::Scalar finish_of_shuffle(const ShuffleStatement<G>& statement, const ProofOfShuffle<G>& proof) {
        add_listed(group_, std::array{this}, proof.c_hat.size(),
                   [&](std::size_t i) -> const Element& { return proof.c_hat[i]; });
        add(group_.text_of(*statement.y));
        return group_.scalars().from_bytes(finish());
    }
    std::vector<typename G::Scalar> finish_of_each(std::size_t count) {
        const auto k = hex_from_bytes(finish());
        std::vector<typename G::Scalar> out;
        out.reserve(count);
        for (std::size_t i = 0; i < count; ++i)
            out.push_back(
                group_.scalars().from_bytes(sha256_of_public(k + hex_from_bytes(sha256_of_public(std::to_string(i))))));
        return out;
    }

  private:
    const G& group_;
    Sha256 hash_;
};
constexpr std::string_view of_each = "shuffle-challenges", of_shuffle = "shuffle-challenge";

}  // namespace

template <PrimeOrderGroup G>
IndependentGenerators<G> independent_generators(const G& group, std::size_t count, unsigned jobs) {
    std::vector<typename G::Element> elements(count + 1);
    std::vector<Digest> seen(count + 1);  // hashes: the texts of a hundred thousand would be large
    in_shares(
        jobs, count + 1,
        [&](std::size_t, std::size_t first, std::size_t end) {
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
        },
        256);
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
std::vector<typename G::Scalar> challenges_u(const G& group, const ShuffleStatement<G>& statement,
                                             std::span<const typename G::Element> c) {
    using Hash = ChallengeHash<G>;
    Hash hash(group, of_each, statement.fingerprint);
    Hash::add_statement(group, std::array{&hash}, statement, c);
    return hash.finish_of_each(c.size());
}

template <PrimeOrderGroup G>
typename G::Scalar challenge_of_shuffle(const G& group, const ShuffleStatement<G>& statement,
                                        const ProofOfShuffle<G>& proof) {
    using Hash = ChallengeHash<G>;
    Hash hash(group, of_shuffle, statement.fingerprint);
    hash.add_commitments(proof);
    Hash::add_statement(group, std::array{&hash}, statement, proof.c);
    return hash.finish_of_shuffle(statement, proof);
}

template <PrimeOrderGroup G>
ChallengesOfShuffle<G> challenges_of_shuffle(const G& group, const ShuffleStatement<G>& statement,
                                             const ProofOfShuffle<G>& proof) {
    using Hash = ChallengeHash<G>;
    Hash each(group, of_each, statement.fingerprint), last(group, of_shuffle, statement.fingerprint);
    last.add_commitments(proof);
    Hash::add_statement(group, std::array{&each, &last}, statement, proof.c);
    return {each.finish_of_each(proof.c.size()), last.finish_of_shuffle(statement, proof)};
}

namespace {

/// Writes a payload, and keeps no more of it than a piece.
template <PrimeOrderGroup G>
class ShuffleWriting {
    using Element = typename G::Element;
    using Scalar = typename G::Scalar;

  public:
    ShuffleWriting(const G& group, const TextSink& sink) : group_(group), sink_(sink) {}

    Result<Done> write(std::span<const ShuffledList<G>> lists) {
        text_ = "{\"ciphertexts\":[";
        for (std::size_t k = 0; k < lists.size(); ++k) {
            text_ += k == 0 ? "[" : ",[";
            TRY(ciphertexts(lists[k].after));
            text_ += "]";
        }
        text_ += "],\"proofs\":[";
        for (std::size_t k = 0; k < lists.size(); ++k) {
            text_ += k == 0 ? "[" : ",[";
            TRY(proof(lists[k].proof));
            text_ += "]";
        }
        text_ += "]}";
        return sink_(text_);
    }

  private:
    static constexpr std::size_t block = 512;  // elements or scalars whose texts are written together

    /// write(from, to) for one block of `count` after the other.
    template <class Write>
    Result<Done> in_blocks(std::size_t count, const Write& write) {
        for (std::size_t from = 0; from < count; from += block) {
            write(from, std::min(count, from + block));
            TRY(sink_(text_));
            text_.clear();
        }
        return Done{};
    }
    void put(std::string_view text) { ((text_ += '"') += text) += '"'; }

    Result<Done> ciphertexts(std::span<const Ciphertext<G>> list) {
        std::vector<Element> halves;
        return in_blocks(list.size(), [&](std::size_t from, std::size_t to) {
            halves.clear();
            for (const auto& each : list.subspan(from, to - from)) {
                halves.push_back(each.alpha);
                halves.push_back(each.beta);
            }
            const auto texts = group_.texts_of(std::span<const Element>(halves));
            for (std::size_t i = from; i < to; ++i) {
                text_ += i == 0 ? "{\"alpha\":" : ",{\"alpha\":";
                put(texts[2 * (i - from)]);
                text_ += ",\"beta\":";
                put(texts[2 * (i - from) + 1]);
                text_ += "}";
            }
        });
    }
    Result<Done> elements(std::span<const Element> all) {
        text_ += "[";
        TRY(in_blocks(all.size(), [&](std::size_t from, std::size_t to) {
            const auto texts = group_.texts_of(all.subspan(from, to - from));
            for (std::size_t i = from; i < to; ++i) {
                if (i != 0) text_ += ',';
                put(texts[i - from]);
            }
        }));
        text_ += "]";
        return Done{};
    }
    Result<Done> scalars(std::span<const Scalar> all) {
        text_ += "[";
        TRY(in_blocks(all.size(), [&](std::size_t from, std::size_t to) {
            for (std::size_t i = from; i < to; ++i) {
                if (i != 0) text_ += ',';
                put(group_.scalars().decimal(all[i]));
            }
        }));
        text_ += "]";
        return Done{};
    }
    Result<Done> proof(const ProofOfShuffle<G>& p) {
        text_ += "[";
        for (const auto* t : {&p.t1, &p.t2, &p.t3}) {
            put(group_.text_of(*t));
            text_ += ',';
        }
        TRY(elements(std::array{p.t41, p.t42}));
        text_ += ',';
        TRY(elements(p.t_hat));
        text_ += "],[";
        for (const auto* s : {&p.s1, &p.s2, &p.s3, &p.s4}) {
            put(group_.scalars().decimal(*s));
            text_ += ',';
        }
        TRY(scalars(p.s_hat));
        text_ += ',';
        TRY(scalars(p.s_prime));
        text_ += "],";
        TRY(elements(p.c));
        text_ += ',';
        return elements(p.c_hat);
    }

    const G& group_;
    const TextSink& sink_;
    std::string text_;
};

}  // namespace

template <PrimeOrderGroup G>
LongText shuffle_text(const G& group, std::vector<ShuffledList<G>> lists) {
    return LongText([&group, kept = std::make_shared<const std::vector<ShuffledList<G>>>(std::move(lists))](
                        const TextSink& sink) { return ShuffleWriting<G>(group, sink).write(*kept); });
}

#define PLENUM_INSTANTIATE(G)                                                                                        \
    template IndependentGenerators<G> independent_generators(const G&, std::size_t, unsigned);                       \
    template std::vector<G::Scalar> challenges_u(const G&, const ShuffleStatement<G>&, std::span<const G::Element>); \
    template G::Scalar challenge_of_shuffle(const G&, const ShuffleStatement<G>&, const ProofOfShuffle<G>&);         \
    template ChallengesOfShuffle<G> challenges_of_shuffle(const G&, const ShuffleStatement<G>&,                      \
                                                          const ProofOfShuffle<G>&);                                 \
    template LongText shuffle_text(const G&, std::vector<ShuffledList<G>>);
PLENUM_INSTANTIATE(Belenios2048)
PLENUM_INSTANTIATE(Rfc3526)
PLENUM_INSTANTIATE(Ed25519)
PLENUM_INSTANTIATE(ToyGroup)

}  // namespace plenum::evote
