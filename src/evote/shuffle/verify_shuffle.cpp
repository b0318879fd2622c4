// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "evote/group/every_group.h"
#include "evote/shuffle/proof_of_shuffle.h"

namespace plenum::evote {

namespace {

using Views = std::vector<std::string_view>;

/// A payload taken apart; nothing in it has been looked at but its form.
struct ShuffleAsText {
    struct List {
        Views after;  // alpha and beta in turn
        Views t, t_hat, s, s_hat, s_prime, c, c_hat;
    };
    std::vector<List> lists;
};

Views read_texts(Reader& reader) {
    Views out;
    reader.expect("[");
    if (reader.skip("]")) return out;
    do out.push_back(reader.plain_string());
    while (reader.skip(","));
    reader.expect("]");
    return out;
}

Result<ShuffleAsText> take_apart(std::string_view text) {
    ShuffleAsText out;
    Reader reader(text);
    const auto each = [&](const auto& read) {
        reader.expect("[");
        if (reader.skip("]")) return;
        do read();
        while (reader.skip(","));
        reader.expect("]");
    };
    reader.expect("{\"ciphertexts\":");
    each([&] {
        auto& list = out.lists.emplace_back();
        each([&] {
            reader.expect("{\"alpha\":");
            list.after.push_back(reader.plain_string());
            reader.expect(",\"beta\":");
            list.after.push_back(reader.plain_string());
            reader.expect("}");
        });
    });
    reader.expect(",\"proofs\":");
    std::size_t proofs = 0;
    each([&] {
        if (proofs == out.lists.size()) return reader.fail(Why::text_not_canonical, reader.position());
        auto& list = out.lists[proofs++];
        reader.expect("[[");
        for (int i = 0; i < 3; ++i) {
            list.t.push_back(reader.plain_string());
            reader.expect(",");
        }
        reader.expect("[");
        list.t.push_back(reader.plain_string());
        reader.expect(",");
        list.t.push_back(reader.plain_string());
        reader.expect("],");
        list.t_hat = read_texts(reader);
        reader.expect("],[");
        for (int i = 0; i < 4; ++i) {
            list.s.push_back(reader.plain_string());
            reader.expect(",");
        }
        list.s_hat = read_texts(reader);
        reader.expect(",");
        list.s_prime = read_texts(reader);
        reader.expect("],");
        list.c = read_texts(reader);
        reader.expect(",");
        list.c_hat = read_texts(reader);
        reader.expect("]");
    });
    if (proofs != out.lists.size()) reader.fail(Why::text_not_canonical, reader.position());
    reader.expect("}");
    reader.end();
    if (!reader.ok()) return refuse(reader.refusal());
    return out;
}

std::string numbered(std::string_view name, std::size_t index) {
    return std::string(name) + "[" + std::to_string(index) + "]";
}

/// The verification of one list.
template <PrimeOrderGroup G>
class ListVerification {
    using Element = typename G::Element;
    using Scalar = typename G::Scalar;

  public:
    ListVerification(const G& group, std::string_view fingerprint, const Element& y,
                     std::span<const Ciphertext<G>> before, const ShuffleAsText::List& text, std::size_t question,
                     Randomness& verifiers)
        : group_(group),
          fingerprint_(fingerprint),
          y_(y),
          before_(before),
          text_(text),
          question_(question),
          verifiers_(verifiers) {}

    Result<std::vector<Ciphertext<G>>> run(const IndependentGenerators<G>& generators) {
        TRY(check_lengths());
        const auto after = TRY(read_members(after_field(), text_.after));
        for (std::size_t i = 0; i < after.size(); i += 2) after_.push_back({after[i], after[i + 1]});
        TRY(read_proof());
        ShuffleTexts texts;
        texts.before = listed_texts(group_, before_);
        texts.after = text_.after;
        texts.c = text_.c;
        texts.t = text_.t;
        texts.t_hat = text_.t_hat;
        texts.c_hat = text_.c_hat;
        texts.y = group_.text_of(y_);
        const auto u = challenges_u(group_, fingerprint_, texts);
        const auto ch = challenge_of_shuffle(group_, fingerprint_, texts);
        const ShuffleStatement<G> statement{fingerprint_, &y_, before_, after_};
        if (const auto failing =
                failing_equation_vartime(group_, statement, proof_, generators, std::span<const Scalar>(u), ch))
            return refuse(Why::shuffle_proof_fails, {{"question", question_ + 1}, {"equation", *failing}},
                          {"", 0, 0, proof_field("")});
        return std::move(after_);
    }

  private:
    std::string after_field() const { return numbered("ciphertexts", question_); }
    std::string proof_field(std::string_view part) const {
        return numbered("proofs", question_) + (part.empty() ? "" : ".") + std::string(part);
    }

    Result<Done> check_lengths() const {
        const auto check = [&](std::string field, std::size_t found) -> Result<Done> {
            if (found == before_.size()) return Done{};
            return refuse(Why::shuffle_length_wrong,
                          {{"question", question_ + 1}, {"wanted", before_.size()}, {"found", found}},
                          {"", 0, 0, std::move(field)});
        };
        TRY(check(after_field(), text_.after.size() / 2));
        for (const auto& [part, list] : {std::pair{"t_hat", &text_.t_hat},
                                         {"s_hat", &text_.s_hat},
                                         {"s_prime", &text_.s_prime},
                                         {"c", &text_.c},
                                         {"c_hat", &text_.c_hat}})
            TRY(check(proof_field(part), list->size()));
        return Done{};
    }

    Result<std::vector<Element>> read_members(const std::string& field, const Views& texts) {
        const auto decoded = group_.elements_from_texts(texts);
        std::vector<Element> out;
        out.reserve(decoded.size());
        const auto place = [&](std::size_t i) { return Place{"", 0, 0, place_of(field, i)}; };
        for (std::size_t i = 0; i < decoded.size(); ++i) {
            if (!decoded[i]) return refuse(Why::element_malformed, {}, place(i));
            out.push_back(*decoded[i]);
        }
        if (!group_.are_members_vartime(out, verifiers_))
            for (std::size_t i = 0; i < out.size(); ++i)
                if (!group_.is_member_vartime(out[i])) return refuse(Why::element_not_in_group, {}, place(i));
        return out;
    }
    /// Field and index of an element in one of the lists.
    std::string place_of(const std::string& field, std::size_t index) const {
        if (field == after_field()) return numbered(field, index / 2) + (index % 2 == 0 ? ".alpha" : ".beta");
        constexpr std::string_view names[] = {"t1", "t2", "t3", "t41", "t42"};
        if (field == proof_field("t")) return proof_field(names[index]);
        return numbered(field, index);
    }
    Result<std::vector<Scalar>> read_scalars(const std::string& field, const Views& texts) const {
        std::vector<Scalar> out;
        out.reserve(texts.size());
        for (std::size_t i = 0; i < texts.size(); ++i) {
            const auto scalar = group_.scalars().from_decimal(texts[i]);
            if (!scalar)
                return refuse(
                    Why::scalar_malformed, {},
                    {"", 0, 0, field == proof_field("s") ? field + std::to_string(i + 1) : numbered(field, i)});
            out.push_back(*scalar);
        }
        return out;
    }
    Result<Done> read_proof() {
        const auto t = TRY(read_members(proof_field("t"), text_.t));
        proof_.t1 = t[0];
        proof_.t2 = t[1];
        proof_.t3 = t[2];
        proof_.t41 = t[3];
        proof_.t42 = t[4];
        proof_.t_hat = TRY(read_members(proof_field("t_hat"), text_.t_hat));
        const auto s = TRY(read_scalars(proof_field("s"), text_.s));
        proof_.s1 = s[0];
        proof_.s2 = s[1];
        proof_.s3 = s[2];
        proof_.s4 = s[3];
        proof_.s_hat = TRY(read_scalars(proof_field("s_hat"), text_.s_hat));
        proof_.s_prime = TRY(read_scalars(proof_field("s_prime"), text_.s_prime));
        proof_.c = TRY(read_members(proof_field("c"), text_.c));
        proof_.c_hat = TRY(read_members(proof_field("c_hat"), text_.c_hat));
        return Done{};
    }

    const G& group_;
    std::string_view fingerprint_;
    const Element& y_;
    std::span<const Ciphertext<G>> before_;
    const ShuffleAsText::List& text_;
    std::size_t question_;
    Randomness& verifiers_;
    std::vector<Ciphertext<G>> after_;
    ProofOfShuffle<G> proof_;
};

}  // namespace

template <PrimeOrderGroup G>
std::optional<std::string> failing_equation_vartime(const G& group, const ShuffleStatement<G>& statement,
                                                    const ProofOfShuffle<G>& proof,
                                                    const IndependentGenerators<G>& generators,
                                                    std::span<const typename G::Scalar> u,
                                                    const typename G::Scalar& ch) {
    using Element = typename G::Element;
    const auto& scalars = group.scalars();
    const auto& g = group.generator();
    const auto& y = *statement.y;
    const auto& h = generators.h;
    const std::size_t n = u.size();
    const auto times = [&](const Element& left, const Element& right) { return group.multiply_vartime(left, right); };
    const auto power = [&](const Element& base, const auto& exponent) { return group.power_vartime(base, exponent); };
    const auto minus_ch = scalars.negate(ch);
    const auto holds = [&](const Element& t, const Element& image, const Element& rest) {
        return t == times(power(image, minus_ch), rest);
    };
    // c_bar = Π c_i / Π h_i
    auto c_bar = group.identity();
    for (std::size_t i = 0; i < n; ++i)
        c_bar = times(c_bar, times(proof.c[i], group.invert_vartime(generators.each[i])));
    if (!holds(proof.t1, c_bar, power(g, proof.s1))) return "t1";
    // c_hat = c_hat_N / h^(Π u_i)
    auto product = scalars.from_number(1);
    for (const auto& each : u) product = scalars.multiply(product, each);
    const auto c_hat = times(n == 0 ? h : proof.c_hat[n - 1], power(h, scalars.negate(product)));
    if (!holds(proof.t2, c_hat, power(g, proof.s2))) return "t2";
    // c_tilde = Π c_i^u_i, and Π h_i^s'_i
    auto c_tilde = group.identity(), rest = power(g, proof.s3);
    for (std::size_t i = 0; i < n; ++i) {
        c_tilde = times(c_tilde, power(proof.c[i], u[i]));
        rest = times(rest, power(generators.each[i], proof.s_prime[i]));
    }
    if (!holds(proof.t3, c_tilde, rest)) return "t3";
    // B = Π beta_i^u_i, and Π beta'_i^s'_i; the same of alpha
    const auto minus_s4 = scalars.negate(proof.s4);
    for (const auto half : {&Ciphertext<G>::beta, &Ciphertext<G>::alpha}) {
        const bool is_beta = half == &Ciphertext<G>::beta;
        auto image = group.identity();
        rest = power(is_beta ? y : g, minus_s4);
        for (std::size_t i = 0; i < n; ++i) {
            image = times(image, power(statement.before[i].*half, u[i]));
            rest = times(rest, power(statement.after[i].*half, proof.s_prime[i]));
        }
        if (!holds(is_beta ? proof.t41 : proof.t42, image, rest)) return is_beta ? "t41" : "t42";
    }
    for (std::size_t i = 0; i < n; ++i)
        if (!holds(proof.t_hat[i], proof.c_hat[i],
                   times(power(g, proof.s_hat[i]), power(i == 0 ? h : proof.c_hat[i - 1], proof.s_prime[i]))))
            return numbered("t_hat", i + 1);
    return std::nullopt;
}

template <PrimeOrderGroup G>
Result<Lists<G>> shuffle_from_text_vartime(const G& group, const typename G::Tables&, std::string_view fingerprint,
                                           const typename G::Element& y, const Lists<G>& input, std::string_view text,
                                           Randomness& verifiers, unsigned) {
    const auto parts = TRY(take_apart(text));
    if (parts.lists.size() != input.size())
        return refuse(Why::shuffle_lists_wrong, {{"wanted", input.size()}, {"found", parts.lists.size()}},
                      {"", 0, 0, "ciphertexts"});
    std::size_t longest = 0;
    for (const auto& list : input) longest = std::max(longest, list.size());
    const auto generators = independent_generators(group, longest);
    Lists<G> out;
    for (std::size_t k = 0; k < input.size(); ++k)
        out.push_back(TRY(ListVerification<G>(group, fingerprint, y, std::span<const Ciphertext<G>>(input[k]),
                                              parts.lists[k], k, verifiers)
                              .run(generators)));
    return out;
}

#define PLENUM_INSTANTIATE(G)                                                                                 \
    template std::optional<std::string> failing_equation_vartime(                                             \
        const G&, const ShuffleStatement<G>&, const ProofOfShuffle<G>&, const IndependentGenerators<G>&,      \
        std::span<const G::Scalar>, const G::Scalar&);                                                        \
    template Result<Lists<G>> shuffle_from_text_vartime(const G&, const G::Tables&, std::string_view,         \
                                                        const G::Element&, const Lists<G>&, std::string_view, \
                                                        Randomness&, unsigned);
PLENUM_INSTANTIATE(Belenios2048)
PLENUM_INSTANTIATE(Rfc3526)
PLENUM_INSTANTIATE(Ed25519)
PLENUM_INSTANTIATE(ToyGroup)

}  // namespace plenum::evote
