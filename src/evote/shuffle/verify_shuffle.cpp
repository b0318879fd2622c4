// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <atomic>
#include <memory>
#include <mutex>
#include <optional>

#include "evote/ballot/ballot.h"
#include "evote/group/every_group.h"
#include "evote/group/shares.h"
#include "evote/shuffle/proof_of_shuffle.h"

namespace plenum::evote {

namespace {

/// [each,each,…]
template <class Read>
void read_array(Reader& reader, const Read& each) {
    reader.expect("[");
    if (reader.skip("]")) return;
    do each();
    while (reader.skip(","));
    reader.expect("]");
}

std::string numbered(std::string_view name, std::size_t index) {
    return std::string(name) + "[" + std::to_string(index) + "]";
}
std::string proof_field(std::size_t question, std::string_view part) {
    return numbered("proofs", question) + (part.empty() ? "" : ".") + std::string(part);
}

/// Reads a payload, decodes its elements and scalars and asks for membership. Of the text no more is kept than a batch
/// of elements, so that it may be longer than what it says; of each list no more than is wanted, though all is counted.
template <PrimeOrderGroup G>
class ShuffleReading {
    using Element = typename G::Element;
    using Scalar = typename G::Scalar;

  public:
    enum Part { after, t_hat, c, c_hat, s_hat, s_prime, parts };
    static constexpr std::array<std::string_view, parts> names{"", "t_hat", "c", "c_hat", "s_hat", "s_prime"};
    struct List {
        std::vector<Ciphertext<G>> after;
        ProofOfShuffle<G> proof;
        std::array<std::size_t, parts> found{};
        // The first of its kind, where there is one.
        std::optional<Place> malformed, stranger, bad_scalar;
    };

    ShuffleReading(const G& group, const typename G::Tables& tables, const Lists<G>& input, Randomness& verifiers,
                   unsigned jobs)
        : group_(group), tables_(tables), verifiers_(verifiers), jobs_(jobs), lists_(input.size()) {
        for (std::size_t k = 0; k < input.size(); ++k) {
            const auto n = input[k].size();
            lists_[k].after.resize(n);
            auto& proof = lists_[k].proof;
            for (auto* elements : {&proof.t_hat, &proof.c, &proof.c_hat}) elements->resize(n);
            for (auto* scalars : {&proof.s_hat, &proof.s_prime}) scalars->resize(n);
        }
    }

    /// As many lists as are wanted. Only the form of the whole text has been judged then, and how many lists there are.
    /// refuses  text_not_canonical, shuffle_lists_wrong
    Result<std::vector<List>> read(Reader& reader) {
        const auto found = read_text(reader);
        if (!reader.ok()) return refuse(reader.refusal());
        look_at_waiting();
        if (found != lists_.size())
            return refuse(Why::shuffle_lists_wrong, {{"wanted", lists_.size()}, {"found", found}},
                          {"", 0, 0, "ciphertexts"});
        return std::move(lists_);
    }

  private:
    /// Where an element goes to; its text is in texts_.
    struct Waiting {
        Element* to;
        std::size_t question;
        Part part;
        std::size_t index;  // of after: 2i and 2i + 1; t1 to t42: part `parts`, from 0
        std::size_t from, size;
    };

    /// How many lists there are.
    std::size_t read_text(Reader& reader) {
        std::size_t found = 0, proofs = 0;
        reader.expect("{\"ciphertexts\":");
        read_array(reader, [&] {
            const auto k = found++;
            std::size_t count = 0;
            read_array(reader, [&] {
                const auto i = count++;
                auto* to = k < lists_.size() && i < lists_[k].after.size() ? &lists_[k].after[i] : nullptr;
                reader.expect("{\"alpha\":");
                take(reader.plain_string(), to ? &to->alpha : nullptr, k, after, 2 * i);
                reader.expect(",\"beta\":");
                take(reader.plain_string(), to ? &to->beta : nullptr, k, after, 2 * i + 1);
                reader.expect("}");
            });
            if (k < lists_.size()) lists_[k].found[after] = count;
        });
        reader.expect(",\"proofs\":");
        read_array(reader, [&] {
            if (proofs == found) return reader.fail(Why::text_not_canonical, reader.position());
            read_proof(reader, proofs++);
        });
        if (proofs != found) reader.fail(Why::text_not_canonical, reader.position());
        reader.expect("}");
        reader.end();
        return found;
    }

    void read_proof(Reader& reader, std::size_t k) {
        ProofOfShuffle<G> unwanted;
        auto& proof = k < lists_.size() ? lists_[k].proof : unwanted;
        const auto element = [&](Element& to, std::size_t index) {
            take(reader.plain_string(), k < lists_.size() ? &to : nullptr, k, parts, index);
        };
        const auto list_of = [&](auto& to, Part part) {
            std::size_t count = 0;
            read_array(reader, [&] {
                const auto i = count++;
                take(reader.plain_string(), i < to.size() ? &to[i] : nullptr, k, part, i);
            });
            if (k < lists_.size()) lists_[k].found[part] = count;
        };
        reader.expect("[[");
        std::size_t index = 0;
        for (auto* t : {&proof.t1, &proof.t2, &proof.t3}) {
            element(*t, index++);
            reader.expect(",");
        }
        reader.expect("[");
        element(proof.t41, index++);
        reader.expect(",");
        element(proof.t42, index++);
        reader.expect("],");
        list_of(proof.t_hat, t_hat);
        reader.expect("],[");
        index = 0;
        for (auto* s : {&proof.s1, &proof.s2, &proof.s3, &proof.s4}) {
            take(reader.plain_string(), k < lists_.size() ? s : nullptr, k, parts, index++);
            reader.expect(",");
        }
        list_of(proof.s_hat, s_hat);
        reader.expect(",");
        list_of(proof.s_prime, s_prime);
        reader.expect("],");
        list_of(proof.c, c);
        reader.expect(",");
        list_of(proof.c_hat, c_hat);
        reader.expect("]");
    }

    /// to  nothing where it is not wanted
    void take(std::string_view text, Scalar* to, std::size_t question, Part part, std::size_t index) {
        if (!to) return;
        if (const auto scalar = group_.scalars().from_decimal(text)) {
            *to = *scalar;
        } else if (auto& bad = lists_[question].bad_scalar; !bad) {
            const auto name = part == parts ? "s" + std::to_string(index + 1) : numbered(names[part], index);
            bad = Place{"", 0, 0, proof_field(question, name)};
        }
    }
    void take(std::string_view text, Element* to, std::size_t question, Part part, std::size_t index) {
        if (!to) return;
        waiting_.push_back({to, question, part, index, texts_.size(), text.size()});
        texts_ += text;
        if (waiting_.size() == 32'768 || texts_.size() >= std::size_t{8} << 20) look_at_waiting();
    }

    Place place_of(const Waiting& element) const {
        constexpr std::string_view t[] = {"t1", "t2", "t3", "t41", "t42"};
        const auto at = [](std::string field) { return Place{"", 0, 0, std::move(field)}; };
        if (element.part == after)
            return at(numbered(numbered("ciphertexts", element.question), element.index / 2) +
                      (element.index % 2 == 0 ? ".alpha" : ".beta"));
        return at(proof_field(element.question, element.part == parts ? std::string(t[element.index])
                                                                      : numbered(names[element.part], element.index)));
    }

    /// Decodes the batch and asks for membership.
    void look_at_waiting() {
        std::vector<std::uint8_t> good(waiting_.size());
        in_shares(
            jobs_, waiting_.size(),
            [&](std::size_t, std::size_t first, std::size_t end) {
                std::vector<std::string_view> some;
                for (std::size_t from = first; from < end; from += 2048) {
                    some.clear();
                    for (std::size_t i = from; i < std::min(end, from + 2048); ++i)
                        some.push_back(std::string_view(texts_).substr(waiting_[i].from, waiting_[i].size));
                    const auto decoded = group_.elements_from_texts(some);
                    for (std::size_t i = 0; i < decoded.size(); ++i)
                        if (decoded[i]) {
                            *waiting_[from + i].to = *decoded[i];
                            good[from + i] = 1;
                        }
                }
            },
            256);
        std::vector<Waiting> decoded;
        for (std::size_t i = 0; i < waiting_.size(); ++i)
            if (good[i])
                decoded.push_back(waiting_[i]);
            else if (auto& malformed = lists_[waiting_[i].question].malformed; !malformed)
                malformed = place_of(waiting_[i]);
        waiting_ = std::move(decoded);
        look_for_strangers();
        waiting_.clear();
        texts_.clear();
    }
    void look_for_strangers() {
        std::vector<Element> all;
        all.reserve(waiting_.size());
        for (const auto& each : waiting_) all.push_back(*each.to);
        if (all.size() >= least_batch_of_elements) {
            // Each share has random bits of its own, drawn from the verifier's.
            std::vector<std::string> seeds;
            for (unsigned i = 0; i < std::max(jobs_, 1u); ++i) seeds.push_back(verifiers_.salt());
            std::atomic<std::size_t> next = 0;
            std::atomic<bool> good = true;
            in_shares(
                jobs_, all.size(),
                [&](std::size_t, std::size_t from, std::size_t to) {
                    SeededRandomness randomness(seeds[next++]);
                    if (!group_.are_members_vartime(std::span<const Element>(all).subspan(from, to - from), randomness))
                        good = false;
                },
                2 * least_batch_of_elements);
            if (good) return;
        }
        std::vector<CommitmentJob<G>> jobs;
        const std::unique_ptr<bool[]> members(new bool[512]());
        for (std::size_t from = 0; from < all.size(); from += 512) {
            jobs.clear();
            for (std::size_t i = from; i < std::min(all.size(), from + 512); ++i) jobs.push_back({all[i], {}, true});
            tables_.evaluate_vartime(jobs, {members.get(), jobs.size()});
            for (std::size_t i = 0; i < jobs.size(); ++i)
                if (auto& stranger = lists_[waiting_[from + i].question].stranger; !members[i] && !stranger)
                    stranger = place_of(waiting_[from + i]);
        }
    }

    const G& group_;
    const typename G::Tables& tables_;
    Randomness& verifiers_;
    unsigned jobs_;
    std::vector<List> lists_;
    std::vector<Waiting> waiting_;
    std::string texts_;
};

/// The verification of one list that has been read; gives its output.
template <PrimeOrderGroup G>
Result<std::vector<Ciphertext<G>>> output_of_vartime(const G& group, std::string_view fingerprint,
                                                     const typename G::Element& y,
                                                     std::span<const Ciphertext<G>> before,
                                                     typename ShuffleReading<G>::List list, std::size_t question,
                                                     const IndependentGenerators<G>& generators, Randomness& verifiers,
                                                     unsigned jobs) {
    using Reading = ShuffleReading<G>;
    for (const auto part :
         {Reading::after, Reading::t_hat, Reading::s_hat, Reading::s_prime, Reading::c, Reading::c_hat})
        if (list.found[part] != before.size())
            return refuse(Why::shuffle_length_wrong,
                          {{"question", question + 1}, {"wanted", before.size()}, {"found", list.found[part]}},
                          {"", 0, 0,
                           part == Reading::after ? numbered("ciphertexts", question)
                                                  : proof_field(question, Reading::names[part])});
    for (const auto& [place, why] : {std::pair{&list.malformed, Why::element_malformed},
                                     {&list.stranger, Why::element_not_in_group},
                                     {&list.bad_scalar, Why::scalar_malformed}})
        if (*place) return refuse(why, {}, **place);
    const ShuffleStatement<G> statement{fingerprint, &y, before, list.after};
    const auto [u, ch] = challenges_of_shuffle(group, statement, list.proof);
    if (equations_hold_vartime(group, statement, list.proof, generators, std::span(u), ch, verifiers, jobs))
        return std::move(list.after);
    const auto failing =
        failing_equation_vartime(group, statement, list.proof, generators, std::span(u), ch, verifiers);
    invariant(failing.has_value());  // a combination of equations that all hold holds
    return refuse(Why::shuffle_proof_fails, {{"question", question + 1}, {"equation", *failing}},
                  {"", 0, 0, proof_field(question, "")});
}

}  // namespace

namespace {

/// Of an order below 2^128, where a random combination would say little: the toy.
template <PrimeOrderGroup G>
inline constexpr bool is_tiny = sizeof(typename G::Scalar) <= 16;

/// A random number of 128 bits.
template <PrimeOrderGroup G>
typename G::Scalar coefficient_from(std::uint64_t low, std::uint64_t high) {
    typename G::Scalar out;
    out.limb[0] = low;
    out.limb[1] = high;
    return out;
}

/// Whether t_hat_i = c_hat_i^-ch · g^s_hat_i · c_hat_(i-1)^s'_i for all i from `from` to before `to`, tried as one.
template <PrimeOrderGroup G>
bool chain_holds_vartime(const G& group, const ProofOfShuffle<G>& proof, const typename G::Element& h,
                         const typename G::Scalar& ch, std::size_t from, std::size_t to, Randomness& verifiers) {
    const auto& scalars = group.scalars();
    std::vector<std::uint64_t> random(2 * (to - from));
    verifiers.fill({reinterpret_cast<std::uint8_t*>(random.data()), 8 * random.size()});
    std::vector<PublicPower<G>> links, images;  // apart: the latter have short exponents
    typename G::Scalar on_g;
    for (std::size_t i = from; i < to; ++i) {
        const auto rho = coefficient_from<G>(random[2 * (i - from)], random[2 * (i - from) + 1]);
        links.push_back({&proof.t_hat[i], rho});
        links.push_back(
            {i == 0 ? &h : &proof.c_hat[i - 1], scalars.negate(scalars.multiply_vartime(rho, proof.s_prime[i]))});
        images.push_back({&proof.c_hat[i], rho});
        on_g = scalars.add(on_g, scalars.multiply_vartime(rho, proof.s_hat[i]));
    }
    links.push_back({&group.generator(), scalars.negate(on_g)});
    return group.multiply_vartime(group.product_of_powers_vartime(links),
                                  group.power_vartime(group.product_of_powers_vartime(images), ch)) == group.identity();
}

}  // namespace

// All equations as one. Written with everything on one side, an equation says that a product of powers is the identity;
// to random powers a_1, a_2, a_3, a_41, a_42 and rho_i, and multiplied together, they are
//
//   t1^a_1 · t2^a_2 · t3^a_3 · t41^a_41 · t42^a_42 · Π t_hat_i^rho_i · X^ch · Π h_i^-(ch·a_1 + a_3·s'_i)
//   · Π beta'_i^-(a_41·s'_i) · Π alpha'_i^-(a_42·s'_i) · Π c_hat_(i-1)^-(rho_i·s'_i)
//   · g^-(a_1·s1 + a_2·s2 + a_3·s3 - a_42·s4 + Σ rho_i·s_hat_i) · y^(a_41·s4) · h^-(ch·a_2·Π u_i) = 1
//   with X = Π c_i^(a_1 + a_3·u_i) · Π beta_i^(a_41·u_i) · Π alpha_i^(a_42·u_i) · Π c_hat_i^rho_i · c_hat_N^a_2
//
// where c_hat_0 = h. If an equation does not hold, its side is not the identity, and in a group of prime order above
// 2^128 at most one value of its coefficient makes the whole product the identity, whatever the others are: 2^-128. In
// RFC-3526-2048 the exponents in X have 384 bits at most, those of the rest 2047, so that X is found apart and raised
// to ch once; in Ed25519 all exponents are about as long as q, and ch is multiplied in.

template <PrimeOrderGroup G>
bool equations_hold_vartime(const G& group, const ShuffleStatement<G>& statement, const ProofOfShuffle<G>& proof,
                            const IndependentGenerators<G>& generators, std::span<const typename G::Scalar> u,
                            const typename G::Scalar& ch, Randomness& verifiers, unsigned jobs) {
    using Element = typename G::Element;
    using Scalar = typename G::Scalar;
    const auto& scalars = group.scalars();
    if constexpr (is_tiny<G>) {
        return !failing_equation_vartime(group, statement, proof, generators, u, ch, verifiers);
    } else {
        constexpr bool x_apart = sizeof(Scalar) > 64;
        const std::size_t n = u.size();
        std::vector<std::uint64_t> random(2 * (n + 5));
        verifiers.fill({reinterpret_cast<std::uint8_t*>(random.data()), 8 * random.size()});
        const auto coefficient = [&](std::size_t i) { return coefficient_from<G>(random[2 * i], random[2 * i + 1]); };
        const auto times = [&](const Scalar& a, const Scalar& b) { return scalars.multiply_vartime(a, b); };
        const auto plus = [&](const Scalar& a, const Scalar& b) { return scalars.add(a, b); };
        const auto minus = [&](const Scalar& a) { return scalars.negate(a); };
        const auto rho = [&](std::size_t i) { return coefficient(5 + i); };
        const Scalar a1 = coefficient(0), a2 = coefficient(1), a3 = coefficient(2), a41 = coefficient(3),
                     a42 = coefficient(4);
        // What stands in X, to the power of ch at once or later.
        const auto in_x = [&](const Scalar& a) { return x_apart ? a : times(ch, a); };
        const Scalar x1 = in_x(a1), x2 = in_x(a2), x3 = in_x(a3), x41 = in_x(a41), x42 = in_x(a42),
                     ch_a1 = times(ch, a1);

        std::mutex mutex;
        Element x = group.identity(), all = group.identity();
        Scalar on_g, product_of_u = scalars.from_number(1);
        in_shares(
            jobs, n,
            [&](std::size_t, std::size_t first, std::size_t end) {
                std::vector<PublicPower<G>> long_terms, x_terms, t_terms;
                for (std::size_t from = first; from < end; from += 8192) {
                    Scalar sum, product = scalars.from_number(1);
                    long_terms.clear();
                    x_terms.clear();
                    t_terms.clear();
                    auto& of_x = x_apart ? x_terms : long_terms;
                    auto& of_t = x_apart ? t_terms : long_terms;
                    for (std::size_t i = from; i < std::min(end, from + 8192); ++i) {
                        const auto& s_prime = proof.s_prime[i];
                        of_t.push_back({&proof.t_hat[i], rho(i)});
                        of_x.push_back({&proof.c[i], plus(x1, times(x3, u[i]))});
                        of_x.push_back({&statement.before[i].beta, times(x41, u[i])});
                        of_x.push_back({&statement.before[i].alpha, times(x42, u[i])});
                        // c_hat_i stands in its own equation and in the next.
                        const Scalar own = i + 1 == n ? plus(in_x(rho(i)), x2) : in_x(rho(i));
                        const Scalar next = i + 1 == n ? Scalar{} : minus(times(rho(i + 1), proof.s_prime[i + 1]));
                        if constexpr (x_apart) {
                            x_terms.push_back({&proof.c_hat[i], own});
                            long_terms.push_back({&proof.c_hat[i], next});
                        } else {
                            long_terms.push_back({&proof.c_hat[i], plus(own, next)});
                        }
                        long_terms.push_back({&generators.each[i], minus(plus(ch_a1, times(a3, s_prime)))});
                        long_terms.push_back({&statement.after[i].beta, minus(times(a41, s_prime))});
                        long_terms.push_back({&statement.after[i].alpha, minus(times(a42, s_prime))});
                        sum = plus(sum, times(rho(i), proof.s_hat[i]));
                        product = times(product, u[i]);
                    }
                    auto here = group.product_of_powers_vartime(long_terms), x_here = group.identity();
                    if constexpr (x_apart) {
                        here = group.multiply_vartime(here, group.product_of_powers_vartime(t_terms));
                        x_here = group.product_of_powers_vartime(x_terms);
                    }
                    const std::lock_guard lock(mutex);
                    all = group.multiply_vartime(all, here);
                    x = group.multiply_vartime(x, x_here);
                    on_g = plus(on_g, sum);
                    product_of_u = times(product_of_u, product);
                }
            },
            256);
        on_g = plus(on_g, plus(times(a1, proof.s1), plus(times(a2, proof.s2), times(a3, proof.s3))));
        on_g = scalars.subtract(on_g, times(a42, proof.s4));
        const auto ch_a2 = times(ch, a2);
        auto on_h = minus(times(ch_a2, product_of_u));
        on_h = n == 0 ? plus(on_h, ch_a2) : scalars.subtract(on_h, times(rho(0), proof.s_prime[0]));  // c_hat_0 is h
        const std::vector<PublicPower<G>> rest{{&group.generator(), minus(on_g)},
                                               {statement.y, times(a41, proof.s4)},
                                               {&generators.h, on_h},
                                               {&proof.t1, a1},
                                               {&proof.t2, a2},
                                               {&proof.t3, a3},
                                               {&proof.t41, a41},
                                               {&proof.t42, a42}};
        all = group.multiply_vartime(all, group.product_of_powers_vartime(rest));
        if constexpr (x_apart) all = group.multiply_vartime(all, group.power_vartime(x, ch));
        return all == group.identity();
    }
}

template <PrimeOrderGroup G>
std::optional<std::string> failing_equation_vartime(const G& group, const ShuffleStatement<G>& statement,
                                                    const ProofOfShuffle<G>& proof,
                                                    const IndependentGenerators<G>& generators,
                                                    std::span<const typename G::Scalar> u, const typename G::Scalar& ch,
                                                    Randomness& verifiers) {
    using Element = typename G::Element;
    using Scalar = typename G::Scalar;
    const auto& scalars = group.scalars();
    const auto& g = group.generator();
    const auto& y = *statement.y;
    const auto& h = generators.h;
    const std::size_t n = u.size();
    const auto times = [&](const Element& left, const Element& right) { return group.multiply_vartime(left, right); };
    const auto power = [&](const Element& base, const Scalar& exponent) { return group.power_vartime(base, exponent); };
    /// Π base_of(i)^exponents[i]
    const auto product = [&](const auto& base_of, std::span<const Scalar> exponents) {
        auto out = group.identity();
        std::vector<PublicPower<G>> terms;
        for (std::size_t from = 0; from < n; from += 8192) {
            terms.clear();
            for (std::size_t i = from; i < std::min(n, from + 8192); ++i) terms.push_back({&base_of(i), exponents[i]});
            out = times(out, group.product_of_powers_vartime(terms));
        }
        return out;
    };
    const auto minus_ch = scalars.negate(ch);
    const auto holds = [&](const Element& t, const Element& image, const Element& rest) {
        return t == times(power(image, minus_ch), rest);
    };
    // c_bar = Π c_i / Π h_i
    auto of_c = group.identity(), of_h = group.identity();
    for (std::size_t i = 0; i < n; ++i) {
        of_c = times(of_c, proof.c[i]);
        of_h = times(of_h, generators.each[i]);
    }
    if (!holds(proof.t1, times(of_c, group.invert_vartime(of_h)), power(g, proof.s1))) return "t1";
    // c_hat = c_hat_N / h^(Π u_i)
    auto product_of_u = scalars.from_number(1);
    for (const auto& each : u) product_of_u = scalars.multiply_vartime(product_of_u, each);
    const auto c_hat = times(n == 0 ? h : proof.c_hat[n - 1], power(h, scalars.negate(product_of_u)));
    if (!holds(proof.t2, c_hat, power(g, proof.s2))) return "t2";
    // c_tilde = Π c_i^u_i, and Π h_i^s'_i
    const auto c_tilde = product([&](std::size_t i) -> const Element& { return proof.c[i]; }, u);
    const auto on_h = product([&](std::size_t i) -> const Element& { return generators.each[i]; }, proof.s_prime);
    if (!holds(proof.t3, c_tilde, times(power(g, proof.s3), on_h))) return "t3";
    // B = Π beta_i^u_i, and Π beta'_i^s'_i; A, the same of alpha
    const auto minus_s4 = scalars.negate(proof.s4);
    const auto half_holds = [&](auto half, const Element& t, const Element& base) {
        const auto image = product([&](std::size_t i) -> const Element& { return statement.before[i].*half; }, u);
        const auto rest =
            product([&](std::size_t i) -> const Element& { return statement.after[i].*half; }, proof.s_prime);
        return holds(t, image, times(power(base, minus_s4), rest));
    };
    if (!half_holds(&Ciphertext<G>::beta, proof.t41, y)) return "t41";
    if (!half_holds(&Ciphertext<G>::alpha, proof.t42, g)) return "t42";
    // The links of the chain: runs of them as one, those of a run that fails one by one.
    constexpr std::size_t run = 64;
    for (std::size_t from = 0; from < n; from += run) {
        const std::size_t to = std::min(n, from + run);
        if constexpr (!is_tiny<G>)
            if (to - from == run && chain_holds_vartime(group, proof, h, ch, from, to, verifiers)) continue;
        for (std::size_t i = from; i < to; ++i)
            if (!holds(proof.t_hat[i], proof.c_hat[i],
                       times(power(g, proof.s_hat[i]), power(i == 0 ? h : proof.c_hat[i - 1], proof.s_prime[i]))))
                return numbered("t_hat", i + 1);
    }
    return std::nullopt;
}

template <PrimeOrderGroup G>
Result<Lists<G>> shuffle_from_text_vartime(const G& group, const typename G::Tables& tables,
                                           std::string_view fingerprint, const typename G::Element& y,
                                           const Lists<G>& input, Reader&& text, Randomness& verifiers, unsigned jobs) {
    auto lists = TRY(ShuffleReading<G>(group, tables, input, verifiers, jobs).read(text));
    std::size_t longest = 0;
    for (const auto& list : input) longest = std::max(longest, list.size());
    const auto generators = independent_generators(group, longest, jobs);
    Lists<G> out;
    for (std::size_t k = 0; k < input.size(); ++k)
        out.push_back(TRY(output_of_vartime<G>(group, fingerprint, y, input[k], std::move(lists[k]), k, generators,
                                               verifiers, jobs)));
    return out;
}

#define PLENUM_INSTANTIATE(G)                                                                                      \
    template std::optional<std::string> failing_equation_vartime(                                                  \
        const G&, const ShuffleStatement<G>&, const ProofOfShuffle<G>&, const IndependentGenerators<G>&,           \
        std::span<const G::Scalar>, const G::Scalar&, Randomness&);                                                \
    template Result<Lists<G>> shuffle_from_text_vartime(const G&, const G::Tables&, std::string_view,              \
                                                        const G::Element&, const Lists<G>&, Reader&&, Randomness&, \
                                                        unsigned);
PLENUM_INSTANTIATE(Belenios2048)
PLENUM_INSTANTIATE(Rfc3526)
PLENUM_INSTANTIATE(Ed25519)
PLENUM_INSTANTIATE(ToyGroup)

}  // namespace plenum::evote
