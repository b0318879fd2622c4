// SPDX-License-Identifier: Apache-2.0
// The strongest dishonest provers: those who follow the protocol in all but one thing. They commit to a matrix that
// need not be a permutation, u'_i = Σ_j M_ij·u_j, and hand out any list, with every other equation right. An honest
// prover is one of them, so that this is the protocol written a second time, with other arithmetic.
#include "evote/shuffle/shuffle_for_tests.h"

using namespace plenum;
using namespace plenum::evote;

namespace {

template <class G>
struct Prover {
    using Scalar = typename G::Scalar;
    using Element = typename G::Element;
    using Matrix = std::vector<std::vector<Scalar>>;

    const Sample<G>& sample;
    Matrix committed;                  // by c
    Matrix used;                       // u' follows from it
    std::vector<Ciphertext<G>> after;  // e'
    std::vector<Scalar> r_prime;       // with which it claims to have re-encrypted
    bool false_chain = false;          // makes the last c_hat fit t2

    Scalar s(std::int64_t number) const {
        const auto& scalars = sample.group.scalars();
        return number < 0 ? scalars.negate(scalars.from_number(static_cast<std::uint64_t>(-number)))
                          : scalars.from_number(static_cast<std::uint64_t>(number));
    }
    Prover(const Sample<G>& of, const std::vector<std::size_t>& psi) : sample(of) {
        const std::size_t n = psi.size();
        committed.assign(n, std::vector<Scalar>(n));
        for (std::size_t i = 0; i < n; ++i) committed[i][psi[i]] = s(1);
        used = committed;
        for (std::size_t i = 0; i < n; ++i) {
            r_prime.push_back(s(static_cast<std::int64_t>(1000 + 77 * i)));
            after.push_back(encrypted_again(sample.input[0][psi[i]], r_prime[i]));
        }
    }
    Ciphertext<G> encrypted_again(const Ciphertext<G>& from, const Scalar& r) const {
        const auto& group = sample.group;
        return {group.multiply_vartime(from.alpha, group.power_vartime(group.generator(), r)),
                group.multiply_vartime(from.beta, group.power_vartime(sample.y, r))};
    }
    Ciphertext<G> power(const Ciphertext<G>& from, const Scalar& exponent) const {
        return {sample.group.power_vartime(from.alpha, exponent), sample.group.power_vartime(from.beta, exponent)};
    }

    std::string text() const {
        const auto& group = sample.group;
        const auto& scalars = group.scalars();
        const auto& before = sample.input[0];
        const std::size_t n = before.size();
        const auto generators = independent_generators(group, n);
        const auto times = [&](const Element& a, const Element& b) { return group.multiply_vartime(a, b); };
        const auto raised = [&](const Element& a, const Scalar& b) { return group.power_vartime(a, b); };
        const auto& g = group.generator();
        SeededRandomness randomness("dishonest");
        const auto draw = [&](std::size_t count) {
            std::vector<Scalar> out;
            for (std::size_t i = 0; i < count; ++i) out.push_back(scalars.random(randomness));
            return out;
        };
        ShuffledList<G> list;
        list.after = after;
        auto& p = list.proof;
        const auto r = draw(n), r_hat = draw(n), w = draw(4), w_hat = draw(n), w_prime = draw(n);
        for (std::size_t j = 0; j < n; ++j) {
            auto c = raised(g, r[j]);
            for (std::size_t i = 0; i < n; ++i) c = times(c, raised(generators.each[i], committed[i][j]));
            p.c.push_back(c);
        }
        const ShuffleStatement<G> statement{phi, &sample.y, before, after};
        const auto u = challenges_u(group, statement, std::span<const Element>(p.c));
        std::vector<Scalar> u_prime(n);
        auto product = s(1), product_prime = s(1);
        for (std::size_t i = 0; i < n; ++i) {
            for (std::size_t j = 0; j < n; ++j)
                u_prime[i] = scalars.add(u_prime[i], scalars.multiply(used[i][j], u[j]));
            product = scalars.multiply(product, u[i]);
            product_prime = scalars.multiply(product_prime, u_prime[i]);
        }
        auto last = generators.h;
        Scalar on_g;
        for (std::size_t i = 0; i < n; ++i) {
            p.t_hat.push_back(times(raised(g, w_hat[i]), raised(last, w_prime[i])));
            on_g = scalars.add(r_hat[i], scalars.multiply(u_prime[i], on_g));
            last = times(raised(g, r_hat[i]), raised(last, u_prime[i]));
            if (false_chain && i + 1 == n)
                last = times(last, raised(generators.h, scalars.subtract(product, product_prime)));
            p.c_hat.push_back(last);
        }
        p.t1 = raised(g, w[0]);
        p.t2 = raised(g, w[1]);
        p.t3 = raised(g, w[2]);
        p.t41 = raised(sample.y, scalars.negate(w[3]));
        p.t42 = raised(g, scalars.negate(w[3]));
        for (std::size_t i = 0; i < n; ++i) {
            p.t3 = times(p.t3, raised(generators.each[i], w_prime[i]));
            p.t41 = times(p.t41, raised(after[i].beta, w_prime[i]));
            p.t42 = times(p.t42, raised(after[i].alpha, w_prime[i]));
        }
        const auto ch = challenge_of_shuffle(group, statement, p);
        const auto response = [&](const Scalar& commitment, const Scalar& witness) {
            return scalars.add(commitment, scalars.multiply(ch, witness));
        };
        Scalar sum_r, sum_ru, sum_r_prime;
        for (std::size_t i = 0; i < n; ++i) {
            sum_r = scalars.add(sum_r, r[i]);
            sum_ru = scalars.add(sum_ru, scalars.multiply(r[i], u[i]));
            sum_r_prime = scalars.add(sum_r_prime, scalars.multiply(r_prime[i], u_prime[i]));
            p.s_hat.push_back(response(w_hat[i], r_hat[i]));
            p.s_prime.push_back(response(w_prime[i], u_prime[i]));
        }
        p.s1 = response(w[0], sum_r);
        p.s2 = response(w[1], on_g);
        p.s3 = response(w[2], sum_ru);
        p.s4 = response(w[3], sum_r_prime);
        return shuffle_text(group, std::vector{list}).whole();
    }
    std::string verdict() const { return verdict_of(sample.verify(text())); }
};

template <class G>
void check_dishonest_provers(const G& group) {
    const Sample<G> sample(group, {3}, "29");
    const auto& scalars = group.scalars();
    const std::vector<std::size_t> psi{2, 0, 1};
    const Prover<G> honest(sample, psi);
    const auto half = scalars.invert_vartime(scalars.from_number(2));
    CHECK(honest.verdict() == "verified");
    {
        // One ciphertext replaced by one of the prover's own, with the same first half: another vote.
        auto prover = honest;
        prover.after[1].beta = group.multiply_vartime(prover.after[1].beta, group.generator());
        CHECK(prover.verdict() == "evote.shuffle_proof_fails t41");
    }
    {
        // The other half.
        auto prover = honest;
        prover.after[0].alpha = group.multiply_vartime(prover.after[0].alpha, group.generator());
        CHECK(prover.verdict() == "evote.shuffle_proof_fails t42");
    }
    {
        // A fresh encryption of a vote of the prover's choice, in the place of one.
        auto prover = honest;
        prover.after[2] = prover.encrypted_again(
            {group.identity(), group.power_vartime(group.generator(), prover.s(10))}, prover.r_prime[2]);
        CHECK(prover.verdict() == "evote.shuffle_proof_fails t41");
    }
    {
        // Two ciphertexts exchanged behind the proof's back: the order that is committed to is another.
        auto prover = honest;
        std::swap(prover.after[0], prover.after[1]);
        CHECK(prover.verdict() == "evote.shuffle_proof_fails t41");
    }
    {
        // One dropped and another taken twice, committed to as it is: each place has one ciphertext, so that t1 and t3
        // hold, but the product of the u' is another; where the chain is made to fit, what has been dropped is missing.
        auto prover = Prover<G>(sample, {2, 0, 0});
        CHECK(prover.verdict() == "evote.shuffle_proof_fails t2");
        prover.false_chain = true;
        CHECK(prover.verdict() == "evote.shuffle_proof_fails t41");
    }
    {
        // The same, committed to as if nothing had been dropped.
        auto prover = honest;
        prover.after[2] = prover.encrypted_again(sample.input[0][0], prover.r_prime[2]);
        CHECK(prover.verdict() == "evote.shuffle_proof_fails t41");
    }
    {
        // Votes weighed: e'_1 = e_1^(1/2), and e'_2 = e_2·e'_1, with u'_1 = 2u_1 - u_2. Rows add up to one and the
        // lists fit: only the product of the u' is not that of the u.
        auto prover = Prover<G>(sample, {0, 1, 2});
        prover.committed[0] = {prover.s(2), prover.s(-1), prover.s(0)};
        prover.used = prover.committed;
        const auto root = prover.power(sample.input[0][0], half);
        prover.after[0] = prover.encrypted_again(root, prover.r_prime[0]);
        const Ciphertext<G> both{group.multiply_vartime(sample.input[0][1].alpha, root.alpha),
                                 group.multiply_vartime(sample.input[0][1].beta, root.beta)};
        prover.after[1] = prover.encrypted_again(both, prover.r_prime[1]);
        CHECK(prover.verdict() == "evote.shuffle_proof_fails t2");
        prover.false_chain = true;
        CHECK(prover.verdict() == "evote.shuffle_proof_fails t_hat[3]");
    }
    {
        // u' = (2u_1, u_2/2, u_3): the product is right and the lists fit, but no row of two adds up to one.
        auto prover = Prover<G>(sample, {0, 1, 2});
        prover.committed[0][0] = prover.s(2);
        prover.committed[1][1] = half;
        prover.used = prover.committed;
        prover.after[0] = prover.encrypted_again(prover.power(sample.input[0][0], half), prover.r_prime[0]);
        prover.after[1] = prover.encrypted_again(prover.power(sample.input[0][1], prover.s(2)), prover.r_prime[1]);
        CHECK(prover.verdict() == "evote.shuffle_proof_fails t1");
    }
    {
        // Committed to one order, shuffled in another.
        auto prover = honest;
        prover.committed = Prover<G>(sample, {0, 1, 2}).committed;
        CHECK(prover.verdict() == "evote.shuffle_proof_fails t3");
    }
}

}  // namespace

TEST_CASE("a prover who follows the protocol in all but one thing is refused, by the equation that is there for it") {
    check_dishonest_provers(ed25519());
    check_dishonest_provers(rfc_3526_2048());
}
