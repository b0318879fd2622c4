// SPDX-License-Identifier: Apache-2.0
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

    // witness: the order psi, and r' with which each ciphertext is encrypted again
    const SecretPermutation psi(n, randomness);
    HiddenArray<Scalar> r_prime(n);
    draw(r_prime);

    // statement: e'_i = (alpha·g^r'_i, beta·y^r'_i) of ciphertext psi(i)
    std::vector<SecretElement> e_prime(2 * n);
    {
        HiddenArray<SecretRow<G>> rows(n);
        std::vector<Element> halves;
        for (const auto& each : before) {
            halves.push_back(each.alpha);
            halves.push_back(each.beta);
        }
        const auto all = secret_form(halves);
        for (std::size_t i = 0; i < n; ++i) rows[i] = {all[2 * i], all[2 * i + 1]};
        psi.apply(rows.span());
        Hidden<SecretElement> power;
        for (std::size_t i = 0; i < n; ++i) {
            group.secret_power_of_generator(power.value, r_prime[i]);
            group.secret_multiply(e_prime[2 * i], rows[i].alpha, power.value);
            group.secret_power(power.value, secret_y, r_prime[i]);
            group.secret_multiply(e_prime[2 * i + 1], rows[i].beta, power.value);
        }
    }
    const auto halves_after = group.published(e_prime);
    for (std::size_t i = 0; i < n; ++i) out.after.push_back({halves_after[2 * i], halves_after[2 * i + 1]});
    const ShuffleStatement<G> statement{fingerprint, &y, before, out.after};

    // commitment to psi: c_psi(i) = g^r_psi(i) · h_i
    HiddenArray<Scalar> r(n);
    draw(r);
    const auto secret_h_i = secret_form(std::span(generators.each).first(n));
    std::vector<SecretElement> c(n);
    {
        HiddenArray<SecretElement> placed(n);
        for (std::size_t i = 0; i < n; ++i) placed[i] = secret_h_i[i];
        psi.undo(placed.span());
        Hidden<SecretElement> power;
        for (std::size_t j = 0; j < n; ++j) {
            group.secret_power_of_generator(power.value, r[j]);
            group.secret_multiply(c[j], placed[j], power.value);
        }
    }
    out.proof.c = group.published(c);

    // challenge, one for each ciphertext; u'_i = u_psi(i)
    const auto u = challenges_u(group, statement, std::span<const Element>(out.proof.c));
    HiddenArray<Scalar> u_prime(n);
    for (std::size_t i = 0; i < n; ++i) u_prime[i] = u[i];
    psi.apply(u_prime.span());

    // commitment to the product of the u': c_hat_i = g^r_hat_i · c_hat_(i-1)^u'_i, which is g^R · h^U with R and U
    // carried along; and t_hat_i = g^w_hat_i · c_hat_(i-1)^w'_i in the same way
    HiddenArray<Scalar> r_hat(n), w_hat(n), w_prime(n);
    draw(r_hat);
    draw(w_hat);
    draw(w_prime);
    Hidden<Scalar> on_g, on_h, product;
    on_h.value = scalars.from_number(1);
    std::vector<SecretElement> chain(n), t_hat(n);
    {
        Hidden<SecretElement> left, right;
        const auto commit = [&](SecretElement& to, const Scalar& of_g, const Scalar& of_h) {
            group.secret_power_of_generator(left.value, of_g);
            group.secret_power(right.value, secret_h, of_h);
            group.secret_multiply(to, left.value, right.value);
        };
        Hidden<Scalar> of_g, of_h;
        for (std::size_t i = 0; i < n; ++i) {
            product.value = scalars.multiply(w_prime[i], on_g.value);
            of_g.value = scalars.add(w_hat[i], product.value);
            of_h.value = scalars.multiply(w_prime[i], on_h.value);
            commit(t_hat[i], of_g.value, of_h.value);
            product.value = scalars.multiply(u_prime[i], on_g.value);
            on_g.value = scalars.add(r_hat[i], product.value);
            on_h.value = scalars.multiply(u_prime[i], on_h.value);
            commit(chain[i], on_g.value, on_h.value);
        }
    }
    out.proof.c_hat = group.published(chain);
    out.proof.t_hat = group.published(t_hat);

    // commitment: t1 = g^w1, t2 = g^w2, t3 = g^w3 · Π h_i^w'_i, t41 = y^-w4 · Π beta'_i^w'_i,
    // t42 = g^-w4 · Π alpha'_i^w'_i
    HiddenArray<Scalar> w(4);
    draw(w);
    Hidden<Scalar> minus_w4(scalars.negate(w[3]));
    std::array<SecretElement, 5> t;
    group.secret_power_of_generator(t[0], w[0]);
    group.secret_power_of_generator(t[1], w[1]);
    {
        HiddenArray<SecretElement> sum(3);
        group.secret_power_of_generator(sum[0], w[2]);
        group.secret_power(sum[1], secret_y, minus_w4.value);
        group.secret_power_of_generator(sum[2], minus_w4.value);
        Hidden<SecretElement> power;
        for (std::size_t i = 0; i < n; ++i) {
            const SecretElement* const bases[] = {&secret_h_i[i], &e_prime[2 * i + 1], &e_prime[2 * i]};
            for (std::size_t k = 0; k < 3; ++k) {
                group.secret_power(power.value, *bases[k], w_prime[i]);
                group.secret_multiply(sum[k], sum[k], power.value);
            }
        }
        for (std::size_t k = 0; k < 3; ++k) t[2 + k] = sum[k];
    }
    const auto t_published = group.published(t);
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
    Hidden<Scalar> sum;
    for (std::size_t i = 0; i < n; ++i) sum.value = scalars.add(sum.value, r[i]);
    out.proof.s1 = response(w[0], sum.value);
    out.proof.s2 = response(w[1], on_g.value);  // R_N = Σ r_hat_i · Π_(k>i) u'_k
    const auto inner_product = [&](const HiddenArray<Scalar>& left, const auto& right) {
        sum.value = Scalar{};
        for (std::size_t i = 0; i < n; ++i) {
            product.value = scalars.multiply(left[i], right[i]);
            sum.value = scalars.add(sum.value, product.value);
        }
    };
    inner_product(r, u);
    out.proof.s3 = response(w[2], sum.value);
    inner_product(r_prime, u_prime);
    out.proof.s4 = response(w[3], sum.value);
    for (std::size_t i = 0; i < n; ++i) {
        out.proof.s_hat.push_back(response(w_hat[i], r_hat[i]));
        out.proof.s_prime.push_back(response(w_prime[i], u_prime[i]));
    }
    return out;
}

template <PrimeOrderGroup G>
std::string make_shuffle(const G& group, std::string_view fingerprint, const typename G::Element& y,
                         const Lists<G>& input, Randomness& randomness) {
    std::size_t longest = 0;
    for (const auto& list : input) longest = std::max(longest, list.size());
    const auto generators = independent_generators(group, longest);
    std::vector<ShuffledList<G>> lists;
    for (const auto& list : input)
        lists.push_back(
            shuffle_list(group, fingerprint, y, std::span<const Ciphertext<G>>(list), generators, randomness));
    return shuffle_text(group, std::span<const ShuffledList<G>>(lists));
}

#define PLENUM_INSTANTIATE(G)                                                                              \
    template ShuffledList<G> shuffle_list(const G&, std::string_view, const G::Element&,                   \
                                          std::span<const Ciphertext<G>>, const IndependentGenerators<G>&, \
                                          Randomness&);                                                    \
    template std::string make_shuffle(const G&, std::string_view, const G::Element&, const Lists<G>&, Randomness&);
PLENUM_INSTANTIATE(Belenios2048)
PLENUM_INSTANTIATE(Rfc3526)
PLENUM_INSTANTIATE(Ed25519)
PLENUM_INSTANTIATE(ToyGroup)

}  // namespace plenum::evote
