// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <atomic>
#include <memory>
#include <mutex>

#include "evote/ballot/ballot.h"
#include "evote/group/every_group.h"
#include "evote/shuffle/proof_of_shuffle.h"

namespace plenum::evote {

namespace {

using Views = std::vector<std::string_view>;

/// The strings of a list. No more than are wanted are kept, so that a text takes no more memory than an honest one;
/// all are counted.
struct ListOfTexts {
    Views kept;
    std::size_t found = 0;
};
/// A payload taken apart; nothing in it has been looked at but its form.
struct ShuffleAsText {
    struct List {
        ListOfTexts after;  // alpha and beta in turn
        ListOfTexts t_hat, s_hat, s_prime, c, c_hat;
        Views t, s;
    };
    std::vector<List> lists;  // as many as are wanted at most
    std::size_t found = 0;
};

/// [each,each,…]
template <class Read>
void read_array(Reader& reader, const Read& each) {
    reader.expect("[");
    if (reader.skip("]")) return;
    do each();
    while (reader.skip(","));
    reader.expect("]");
}
ListOfTexts read_texts(Reader& reader, std::size_t wanted) {
    ListOfTexts out;
    read_array(reader, [&] {
        const auto text = reader.plain_string();
        if (++out.found <= wanted) out.kept.push_back(text);
    });
    return out;
}

/// wanted  the length of each list
Result<ShuffleAsText> take_apart(std::string_view text, std::span<const std::size_t> wanted) {
    ShuffleAsText out;
    ShuffleAsText::List unwanted;
    Reader reader(text);
    const auto list_of = [&](std::size_t number) -> ShuffleAsText::List& {
        if (number < wanted.size() && number == out.lists.size()) out.lists.emplace_back();
        if (number < out.lists.size()) return out.lists[number];
        unwanted = {};
        return unwanted;
    };
    const auto length_of = [&](std::size_t number) { return number < wanted.size() ? wanted[number] : 0; };
    reader.expect("{\"ciphertexts\":");
    read_array(reader, [&] {
        const auto number = out.found++;
        auto& after = list_of(number).after;
        read_array(reader, [&] {
            reader.expect("{\"alpha\":");
            const auto alpha = reader.plain_string();
            reader.expect(",\"beta\":");
            const auto beta = reader.plain_string();
            reader.expect("}");
            if (++after.found > length_of(number)) return;
            after.kept.push_back(alpha);
            after.kept.push_back(beta);
        });
    });
    reader.expect(",\"proofs\":");
    std::size_t proofs = 0;
    read_array(reader, [&] {
        if (proofs == out.found) return reader.fail(Why::text_not_canonical, reader.position());
        const auto number = proofs++;
        auto& list = list_of(number);
        const auto read = [&] { return read_texts(reader, length_of(number)); };
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
        list.t_hat = read();
        reader.expect("],[");
        for (int i = 0; i < 4; ++i) {
            list.s.push_back(reader.plain_string());
            reader.expect(",");
        }
        list.s_hat = read();
        reader.expect(",");
        list.s_prime = read();
        reader.expect("],");
        list.c = read();
        reader.expect(",");
        list.c_hat = read();
        reader.expect("]");
    });
    if (proofs != out.found) reader.fail(Why::text_not_canonical, reader.position());
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
    ListVerification(const G& group, const typename G::Tables& tables, std::string_view fingerprint, const Element& y,
                     std::span<const Ciphertext<G>> before, const ShuffleAsText::List& text, std::size_t question,
                     Randomness& verifiers, unsigned jobs)
        : group_(group),
          tables_(tables),
          fingerprint_(fingerprint),
          y_(y),
          before_(before),
          text_(text),
          question_(question),
          verifiers_(verifiers),
          jobs_(jobs) {}

    Result<std::vector<Ciphertext<G>>> run(const IndependentGenerators<G>& generators) {
        TRY(check_lengths());
        TRY(read_elements());
        TRY(read_scalars());
        ShuffleTexts texts;
        texts.before = listed_texts(group_, before_);
        texts.after = text_.after.kept;
        texts.c = text_.c.kept;
        texts.t = text_.t;
        texts.t_hat = text_.t_hat.kept;
        texts.c_hat = text_.c_hat.kept;
        texts.y = group_.text_of(y_);
        const auto u = challenges_u(group_, fingerprint_, texts);
        const auto ch = challenge_of_shuffle(group_, fingerprint_, texts);
        const ShuffleStatement<G> statement{fingerprint_, &y_, before_, after_};
        if (equations_hold_vartime(group_, statement, proof_, generators, std::span<const Scalar>(u), ch, verifiers_,
                                   jobs_))
            return std::move(after_);
        const auto failing =
            failing_equation_vartime(group_, statement, proof_, generators, std::span<const Scalar>(u), ch, verifiers_);
        invariant(failing.has_value());  // a combination of equations that all hold holds
        return refuse(Why::shuffle_proof_fails, {{"question", question_ + 1}, {"equation", *failing}},
                      {"", 0, 0, proof_field("")});
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
        TRY(check(after_field(), text_.after.found));
        for (const auto& [part, list] : {std::pair{"t_hat", &text_.t_hat},
                                         {"s_hat", &text_.s_hat},
                                         {"s_prime", &text_.s_prime},
                                         {"c", &text_.c},
                                         {"c_hat", &text_.c_hat}})
            TRY(check(proof_field(part), list->found));
        return Done{};
    }

    /// All elements, decoded and checked as one batch: e', t, t_hat, c, c_hat.
    Result<Done> read_elements() {
        const Views* const lists[] = {&text_.after.kept, &text_.t, &text_.t_hat.kept, &text_.c.kept, &text_.c_hat.kept};
        Views texts;
        for (const auto* list : lists) texts.insert(texts.end(), list->begin(), list->end());
        std::vector<Element> all(texts.size());
        std::vector<std::uint8_t> good(texts.size());
        in_shares(jobs_, texts.size(), 256, [&](std::size_t first, std::size_t end) {
            for (std::size_t from = first; from < end; from += 2048) {
                const auto part =
                    std::span<const std::string_view>(texts).subspan(from, std::min<std::size_t>(2048, end - from));
                const auto decoded = group_.elements_from_texts(part);
                for (std::size_t i = 0; i < decoded.size(); ++i)
                    if (decoded[i]) {
                        all[from + i] = *decoded[i];
                        good[from + i] = 1;
                    }
            }
        });
        if (const auto bad = std::find(good.begin(), good.end(), 0); bad != good.end())
            return refuse(Why::element_malformed, {}, place_of(static_cast<std::size_t>(bad - good.begin())));
        TRY(check_membership(all));
        const std::size_t n = before_.size();
        auto at = all.begin();
        const auto take = [&](std::size_t count) {
            const auto from = at;
            at += static_cast<std::ptrdiff_t>(count);
            return std::vector<Element>(from, at);
        };
        after_.reserve(n);
        for (; after_.size() < n; at += 2) after_.push_back({at[0], at[1]});
        const auto t = take(5);
        proof_.t1 = t[0];
        proof_.t2 = t[1];
        proof_.t3 = t[2];
        proof_.t41 = t[3];
        proof_.t42 = t[4];
        proof_.t_hat = take(n);
        proof_.c = take(n);
        proof_.c_hat = take(n);
        return Done{};
    }
    Result<Done> check_membership(std::span<const Element> all) const {
        if (all.size() >= least_batch_of_elements) {
            // Each share has random bits of its own, drawn from the verifier's.
            std::vector<std::string> seeds;
            for (unsigned i = 0; i < std::max(jobs_, 1u); ++i) seeds.push_back(verifiers_.salt());
            std::atomic<std::size_t> next = 0;
            std::atomic<bool> good = true;
            in_shares(jobs_, all.size(), 2 * least_batch_of_elements, [&](std::size_t from, std::size_t to) {
                SeededRandomness randomness(seeds[next++]);
                if (!group_.are_members_vartime(all.subspan(from, to - from), randomness)) good = false;
            });
            if (good) return Done{};
        }
        std::vector<CommitmentJob<G>> jobs;
        const std::unique_ptr<bool[]> members(new bool[512]());
        for (std::size_t from = 0; from < all.size(); from += 512) {
            jobs.clear();
            for (const auto& each : all.subspan(from, std::min<std::size_t>(512, all.size() - from)))
                jobs.push_back({each, {}, true});
            tables_.evaluate_vartime(jobs, {members.get(), jobs.size()});
            for (std::size_t i = 0; i < jobs.size(); ++i)
                if (!members[i]) return refuse(Why::element_not_in_group, {}, place_of(from + i));
        }
        invariant(all.size() < least_batch_of_elements);  // a batch of members passes
        return Done{};
    }
    /// Where an element stands, from its number in read_elements.
    Place place_of(std::size_t index) const {
        constexpr std::string_view names[] = {"t1", "t2", "t3", "t41", "t42"};
        const std::size_t n = before_.size();
        if (index < 2 * n)
            return {"", 0, 0, numbered(after_field(), index / 2) + (index % 2 == 0 ? ".alpha" : ".beta")};
        index -= 2 * n;
        if (index < 5) return {"", 0, 0, proof_field(names[index])};
        index -= 5;
        const auto* list = index < n ? "t_hat" : index < 2 * n ? "c" : "c_hat";
        return {"", 0, 0, numbered(proof_field(list), index % n)};
    }

    Result<Done> read_scalars() {
        const auto read = [&](std::string_view text, const auto& field) -> Result<Scalar> {
            if (const auto out = group_.scalars().from_decimal(text)) return *out;
            return refuse(Why::scalar_malformed, {}, {"", 0, 0, field()});
        };
        Scalar* const first[] = {&proof_.s1, &proof_.s2, &proof_.s3, &proof_.s4};
        for (std::size_t i = 0; i < 4; ++i)
            *first[i] = TRY(read(text_.s[i], [&] { return proof_field("s" + std::to_string(i + 1)); }));
        proof_.s_hat.reserve(before_.size());
        proof_.s_prime.reserve(before_.size());
        for (std::size_t i = 0; i < before_.size(); ++i) {
            proof_.s_hat.push_back(TRY(read(text_.s_hat.kept[i], [&] { return numbered(proof_field("s_hat"), i); })));
            proof_.s_prime.push_back(
                TRY(read(text_.s_prime.kept[i], [&] { return numbered(proof_field("s_prime"), i); })));
        }
        return Done{};
    }

    const G& group_;
    const typename G::Tables& tables_;
    std::string_view fingerprint_;
    const Element& y_;
    std::span<const Ciphertext<G>> before_;
    const ShuffleAsText::List& text_;
    std::size_t question_;
    Randomness& verifiers_;
    unsigned jobs_;
    std::vector<Ciphertext<G>> after_;
    ProofOfShuffle<G> proof_;
};

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
        in_shares(jobs, n, 256, [&](std::size_t first, std::size_t end) {
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
        });
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
                                           const Lists<G>& input, std::string_view text, Randomness& verifiers,
                                           unsigned jobs) {
    std::vector<std::size_t> lengths;
    for (const auto& list : input) lengths.push_back(list.size());
    const auto parts = TRY(take_apart(text, lengths));
    if (parts.found != input.size())
        return refuse(Why::shuffle_lists_wrong, {{"wanted", input.size()}, {"found", parts.found}},
                      {"", 0, 0, "ciphertexts"});
    const auto longest = lengths.empty() ? 0 : *std::max_element(lengths.begin(), lengths.end());
    const auto generators = independent_generators(group, longest, jobs);
    Lists<G> out;
    for (std::size_t k = 0; k < input.size(); ++k)
        out.push_back(TRY(ListVerification<G>(group, tables, fingerprint, y, std::span<const Ciphertext<G>>(input[k]),
                                              parts.lists[k], k, verifiers, jobs)
                              .run(generators)));
    return out;
}

#define PLENUM_INSTANTIATE(G)                                                                                 \
    template std::optional<std::string> failing_equation_vartime(                                             \
        const G&, const ShuffleStatement<G>&, const ProofOfShuffle<G>&, const IndependentGenerators<G>&,      \
        std::span<const G::Scalar>, const G::Scalar&, Randomness&);                                           \
    template Result<Lists<G>> shuffle_from_text_vartime(const G&, const G::Tables&, std::string_view,         \
                                                        const G::Element&, const Lists<G>&, std::string_view, \
                                                        Randomness&, unsigned);
PLENUM_INSTANTIATE(Belenios2048)
PLENUM_INSTANTIATE(Rfc3526)
PLENUM_INSTANTIATE(Ed25519)
PLENUM_INSTANTIATE(ToyGroup)

}  // namespace plenum::evote
