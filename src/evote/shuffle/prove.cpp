// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <optional>

#include "evote/group/every_group.h"
#include "evote/shuffle/permutation.h"
#include "evote/shuffle/proof_of_shuffle.h"

namespace plenum::evote {

namespace {

/// The two halves of a ciphertext whose place is secret.
template <PrimeOrderGroup G>
struct SecretRow {
    typename G::SecretElement alpha, beta;
};

/// act(from, to) for one block of numbers below `count` after the other: what is brought from one form into another is
/// brought there in blocks, so that of no list both forms are kept.
template <class Act>
void in_blocks(std::size_t count, const Act& act) {
    constexpr std::size_t block = 1024;
    for (std::size_t from = 0; from < count; from += block) act(from, std::min(count, from + block));
}

/// alpha, beta, alpha, beta, …
template <PrimeOrderGroup G>
std::vector<typename G::Element> halves_of(std::span<const Ciphertext<G>> list) {
    std::vector<typename G::Element> out;
    out.reserve(2 * list.size());
    for (const auto& each : list) {
        out.push_back(each.alpha);
        out.push_back(each.beta);
    }
    return out;
}

}  // namespace

template <PrimeOrderGroup G>
ShuffledList<G> shuffle_list(const G& group, std::string_view fingerprint, const typename G::Element& y,
                             std::span<const Ciphertext<G>> before, const IndependentGenerators<G>& generators,
                             Randomness& randomness) {
    using Element = typename G::Element;
    using Scalar = typename G::Scalar;
    using SecretElement = typename G::SecretElement;
    const auto& scalars = group.scalars();
    const std::size_t n = before.size();
    invariant(generators.each.size() >= n);
    const auto secret_form = [&](std::span<const Element> elements) { return group.secret_elements(elements); };
    const auto draw = [&](HiddenArray<Scalar>& out) {
        for (std::size_t i = 0; i < out.size(); ++i) out[i] = scalars.random(randomness);
    };
    const auto& h = generators.h;
    const auto y_and_h = secret_form(std::array{y, h});
    const auto &secret_y = y_and_h[0], &secret_h = y_and_h[1];
    ShuffledList<G> out;
    Hidden<SecretElement> power;
    Hidden<Scalar> product;

    // witness: the order psi, and r' with which each ciphertext is encrypted again
    std::optional<SecretPermutation> psi(std::in_place, n, randomness);
    HiddenArray<Scalar> r_prime(n);
    draw(r_prime);
    // commitment: what hides psi, the chain of the u', and the commitments t
    HiddenArray<Scalar> r(n), r_hat(n), w_hat(n), w_prime(n), w(4);
    for (auto* each : {&r, &r_hat, &w_hat, &w_prime, &w}) draw(*each);

    // commitment: t1 = g^w1, t2 = g^w2, t3 = g^w3 · Π h_i^w'_i, t41 = y^-w4 · Π beta'_i^w'_i,
    // t42 = g^-w4 · Π alpha'_i^w'_i; the factors follow where h_i, beta'_i and alpha'_i are at hand
    HiddenArray<SecretElement> t(5);
    auto &t3 = t[2], &t41 = t[3], &t42 = t[4];
    {
        const Hidden<Scalar> minus_w4(scalars.negate(w[3]));
        for (std::size_t k = 0; k < 3; ++k) group.secret_power_of_generator(t[k], w[k]);
        group.secret_power(t41, secret_y, minus_w4.value);
        group.secret_power_of_generator(t42, minus_w4.value);
    }
    const auto times_power = [&](SecretElement& to, const SecretElement& base, const Scalar& exponent) {
        group.secret_power(power.value, base, exponent);
        group.secret_multiply(to, to, power.value);
    };

    // statement: e'_i = (alpha·g^r'_i, beta·y^r'_i) of ciphertext psi(i)
    out.after.reserve(n);
    {
        HiddenArray<SecretRow<G>> rows(n);
        in_blocks(n, [&](std::size_t from, std::size_t to) {
            const auto all = secret_form(halves_of<G>(before.subspan(from, to - from)));
            for (std::size_t i = from; i < to; ++i) rows[i] = {all[2 * (i - from)], all[2 * (i - from) + 1]};
        });
        psi->apply(rows.span());
        in_blocks(n, [&](std::size_t from, std::size_t to) {
            std::vector<SecretElement> e_prime(2 * (to - from));
            for (std::size_t i = from; i < to; ++i) {
                auto &alpha = e_prime[2 * (i - from)], &beta = e_prime[2 * (i - from) + 1];
                group.secret_power_of_generator(power.value, r_prime[i]);
                group.secret_multiply(alpha, rows[i].alpha, power.value);
                group.secret_power(power.value, secret_y, r_prime[i]);
                group.secret_multiply(beta, rows[i].beta, power.value);
                times_power(t41, beta, w_prime[i]);
                times_power(t42, alpha, w_prime[i]);
            }
            const auto halves = group.published(e_prime);
            for (std::size_t i = 0; i < halves.size(); i += 2) out.after.push_back({halves[i], halves[i + 1]});
        });
    }
    const ShuffleStatement<G> statement{fingerprint, &y, before, out.after};
    const auto publish = [&](std::vector<Element>& to, std::span<const SecretElement> some) {
        const auto elements = group.published(some);
        to.insert(to.end(), elements.begin(), elements.end());
    };

    // commitment to psi: c_psi(i) = g^r_psi(i) · h_i
    out.proof.c.reserve(n);
    {
        HiddenArray<SecretElement> placed(n);
        in_blocks(n, [&](std::size_t from, std::size_t to) {
            const auto secret_h_i = secret_form(std::span(generators.each).subspan(from, to - from));
            for (std::size_t i = from; i < to; ++i) {
                placed[i] = secret_h_i[i - from];
                times_power(t3, placed[i], w_prime[i]);
            }
        });
        psi->undo(placed.span());
        in_blocks(n, [&](std::size_t from, std::size_t to) {
            std::vector<SecretElement> c(to - from);
            for (std::size_t j = from; j < to; ++j) {
                group.secret_power_of_generator(power.value, r[j]);
                group.secret_multiply(c[j - from], placed[j], power.value);
            }
            publish(out.proof.c, c);
        });
    }

    // challenge, one for each ciphertext; u'_i = u_psi(i). The sums that s1, s3 and s4 answer for are made here, so
    // that r and r' need be kept no longer.
    Hidden<Scalar> sum_of_r, r_and_u, r_prime_and_u_prime;
    const auto add_to = [&](Hidden<Scalar>& sum, const Scalar& left, const Scalar& right) {
        product.value = scalars.multiply(left, right);
        sum.value = scalars.add(sum.value, product.value);
    };
    auto u = challenges_u(group, statement, std::span<const Element>(out.proof.c));
    for (std::size_t i = 0; i < n; ++i) {
        sum_of_r.value = scalars.add(sum_of_r.value, r[i]);
        add_to(r_and_u, r[i], u[i]);
    }
    r.clear();
    HiddenArray<Scalar> u_prime{std::span<const Scalar>(u)};
    u = std::vector<Scalar>();
    psi->apply(u_prime.span());
    psi.reset();
    for (std::size_t i = 0; i < n; ++i) add_to(r_prime_and_u_prime, r_prime[i], u_prime[i]);
    r_prime.clear();

    // commitment to the product of the u': c_hat_i = g^r_hat_i · c_hat_(i-1)^u'_i, which is g^R · h^U with R and U
    // carried along; and t_hat_i = g^w_hat_i · c_hat_(i-1)^w'_i in the same way
    Hidden<Scalar> on_g, on_h;
    on_h.value = scalars.from_number(1);
    out.proof.c_hat.reserve(n);
    out.proof.t_hat.reserve(n);
    {
        Hidden<SecretElement> left, right;
        const auto commit = [&](SecretElement& to, const Scalar& of_g, const Scalar& of_h) {
            group.secret_power_of_generator(left.value, of_g);
            group.secret_power(right.value, secret_h, of_h);
            group.secret_multiply(to, left.value, right.value);
        };
        Hidden<Scalar> of_g, of_h;
        in_blocks(n, [&](std::size_t from, std::size_t to) {
            std::vector<SecretElement> chain(to - from), t_hat(to - from);
            for (std::size_t i = from; i < to; ++i) {
                product.value = scalars.multiply(w_prime[i], on_g.value);
                of_g.value = scalars.add(w_hat[i], product.value);
                of_h.value = scalars.multiply(w_prime[i], on_h.value);
                commit(t_hat[i - from], of_g.value, of_h.value);
                product.value = scalars.multiply(u_prime[i], on_g.value);
                on_g.value = scalars.add(r_hat[i], product.value);
                on_h.value = scalars.multiply(u_prime[i], on_h.value);
                commit(chain[i - from], on_g.value, on_h.value);
            }
            publish(out.proof.c_hat, chain);
            publish(out.proof.t_hat, t_hat);
        });
    }

    const auto t_published = group.published(t.span());
    out.proof.t1 = t_published[0];
    out.proof.t2 = t_published[1];
    out.proof.t3 = t_published[2];
    out.proof.t41 = t_published[3];
    out.proof.t42 = t_published[4];

    // challenge
    const auto ch = challenge_of_shuffle(group, statement, out.proof);

    // response: each s is w + ch · the sum that it answers for
    const auto response = [&](const Scalar& commitment, const Scalar& witness) {
        product.value = scalars.multiply(ch, witness);
        return scalars.add(commitment, product.value);
    };
    out.proof.s1 = response(w[0], sum_of_r.value);
    out.proof.s2 = response(w[1], on_g.value);  // R_N = Σ r_hat_i · Π_(k>i) u'_k
    out.proof.s3 = response(w[2], r_and_u.value);
    out.proof.s4 = response(w[3], r_prime_and_u_prime.value);
    const auto respond = [&](std::vector<Scalar>& to, HiddenArray<Scalar>& commitments, HiddenArray<Scalar>& witness) {
        to.reserve(n);
        for (std::size_t i = 0; i < n; ++i) to.push_back(response(commitments[i], witness[i]));
        commitments.clear();
        witness.clear();
    };
    respond(out.proof.s_hat, w_hat, r_hat);
    respond(out.proof.s_prime, w_prime, u_prime);
    return out;
}

template <PrimeOrderGroup G>
std::vector<ShuffledList<G>> make_shuffle(const G& group, std::string_view fingerprint, const typename G::Element& y,
                                          const Lists<G>& input, Randomness& randomness) {
    std::size_t longest = 0;
    for (const auto& list : input) longest = std::max(longest, list.size());
    const auto generators = independent_generators(group, longest);
    std::vector<ShuffledList<G>> out;
    for (const auto& list : input)
        out.push_back(
            shuffle_list(group, fingerprint, y, std::span<const Ciphertext<G>>(list), generators, randomness));
    return out;
}

#define PLENUM_INSTANTIATE(G)                                                                                          \
    template ShuffledList<G> shuffle_list(const G&, std::string_view, const G::Element&,                               \
                                          std::span<const Ciphertext<G>>, const IndependentGenerators<G>&,             \
                                          Randomness&);                                                                \
    template std::vector<ShuffledList<G>> make_shuffle(const G&, std::string_view, const G::Element&, const Lists<G>&, \
                                                       Randomness&);
PLENUM_INSTANTIATE(Belenios2048)
PLENUM_INSTANTIATE(Rfc3526)
PLENUM_INSTANTIATE(Ed25519)
PLENUM_INSTANTIATE(ToyGroup)

}  // namespace plenum::evote
