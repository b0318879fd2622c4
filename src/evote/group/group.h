// SPDX-License-Identifier: Apache-2.0
// What the ballot, the trustees and the record ask of a group, and nothing else: everything above this folder is
// written once, for any PrimeOrderGroup, and runs over all elements and scalars of the toy of order 11 in its tests.
#pragma once
#include <concepts>
#include <vector>

#include "evote/group/scalars.h"

namespace plenum::evote {

/// One factor base^exponent whose exponent is secret. Where it is known to be 0 or 1 that is said, and the power costs
/// a choice between two values, both of which are read.
template <class G>
struct SecretPower {
    const typename G::Element* base;
    const typename G::Scalar* exponent;
    bool is_bit = false;
};

/// One factor base^exponent that everybody may see.
template <class G>
struct PublicPower {
    const typename G::Element* base;
    typename G::Scalar exponent;
};

/// One commitment of a proof, recomputed by a verifier: g^on_generator · y^on_key · base^on_base.
template <class G>
struct CommitmentTerm {
    typename G::Scalar on_generator, on_key, on_base;
};
/// All commitments on one base, which share its squarings; and whether the base's membership is asked too.
template <class G>
struct CommitmentJob {
    typename G::Element base;
    std::vector<CommitmentTerm<G>> terms;
    bool check_membership = false;
};

/// A group of prime order q in the encodings of the election record; written multiplicatively.
///
/// element_from_text accepts exactly the texts that text_of writes, of members or not: who takes an element from
/// outside asks is_member_vartime, or sets check_membership, before anything else is done with it.
/// are_members_vartime is for many elements at once and misses a stranger with a probability of at most 2^-64, whatever
/// the stranger's order: 64 products over random subsets are raised to q; a stranger is in each subset or not with
/// equal chances, whatever the others are, and at most one of the two products is a member. `randomness` must be drawn
/// by the verifier after the elements are fixed. False says only that some element is no member; the exact test finds
/// it.
/// embed finds the element that holds up to most_numbers secret numbers of 8 bits (belenios-record.md 3.3): above a
/// fixed count of padding bits stands their number, below them the least e that makes it an element. Whether a
/// candidate is one depends on what is secret; so always the same count of candidates is tried, each at the same cost,
/// and the first good one is taken by masks (decision 0011). Nothing is found with a probability of at most 2^-64.
/// product_text with an embedded element multiplies by it; numbers_vartime takes the numbers out of any element again.
/// product_of_powers_vartime is for many public powers at once, a thousand and more, by buckets (Pippenger): an
/// exponent costs a product for each of its windows of some ten bits, short ones less; the squarings are done once for
/// all.
/// `_vartime` functions take public values only; product_of_powers, product_text (its text) and hidden_product_text run
/// in constant time.
/// So do the functions on SecretElement, a member as the constant-time library takes it, for provers who multiply many
/// powers: secret_elements writes public members so, secret_power, secret_power_of_generator and secret_multiply
/// compute, `published` gives back what may be seen by all. A SecretElement is made of whole 64-bit words, so that it
/// can be moved about without being looked at; who computes with one keeps it in a Hidden or a HiddenArray unless it
/// will be published. elements_of_hashes_vartime makes members of whose logarithms nobody knows anything out of hashes
/// (belenios-record.md 9.1).
template <class G>
concept PrimeOrderGroup = requires(const G& group, const typename G::Element& element, const typename G::Scalar& scalar,
                                   std::string_view text, std::span<const SecretPower<G>> secret) {
    { group.name() } -> std::convertible_to<std::string_view>;
    group.scalars();
    { group.generator() } -> std::convertible_to<typename G::Element>;
    { group.identity() } -> std::convertible_to<typename G::Element>;
    { group.element_from_text(text) } -> std::same_as<std::optional<typename G::Element>>;
    {
        group.elements_from_texts(std::span<const std::string_view>{})
        } -> std::same_as<std::vector<std::optional<typename G::Element>>>;
    { group.text_of(element) } -> std::same_as<std::string>;
    { group.texts_of(std::span<const typename G::Element>{}) } -> std::same_as<std::vector<std::string>>;
    { group.is_member_vartime(element) } -> std::same_as<bool>;
    {
        group.are_members_vartime(std::span<const typename G::Element>{}, std::declval<Randomness&>())
        } -> std::same_as<bool>;
    { group.less(element, element) } -> std::same_as<bool>;
    { group.multiply_vartime(element, element) } -> std::same_as<typename G::Element>;
    { group.invert_vartime(element) } -> std::same_as<typename G::Element>;
    { group.power_vartime(element, scalar) } -> std::same_as<typename G::Element>;
    { group.product_of_powers_vartime(std::span<const PublicPower<G>>{}) } -> std::same_as<typename G::Element>;
    { group.product_of_powers(secret) } -> std::same_as<typename G::Element>;
    { group.product_text(secret) } -> std::same_as<std::string>;
    { group.hidden_product_text(secret) } -> std::same_as<HiddenText>;
    typename G::Embedded;
    { G::most_numbers } -> std::convertible_to<std::size_t>;
    { group.embed(std::span<const std::uint8_t>{}) } -> std::same_as<std::optional<Hidden<typename G::Embedded>>>;
    { group.product_text(secret, std::declval<const Hidden<typename G::Embedded>&>()) } -> std::same_as<std::string>;
    { group.numbers_vartime(element, std::size_t{}) } -> std::same_as<std::vector<std::uint8_t>>;
    typename G::SecretElement;
    {
        group.secret_elements(std::span<const typename G::Element>{})
        } -> std::same_as<std::vector<typename G::SecretElement>>;
    { group.published(std::span<const typename G::SecretElement>{}) } -> std::same_as<std::vector<typename G::Element>>;
    { group.elements_of_hashes_vartime(std::span<const Digest>{}) } -> std::same_as<std::vector<typename G::Element>>;
    typename G::Tables;
    { element == element } -> std::convertible_to<bool>;
};

/// Independent random subsets in are_members_vartime, and the elements whose subset products are tabulated together.
inline constexpr std::size_t member_subsets = 64, member_run = 5;

/// Reads an element and checks its membership exactly; nothing if either fails.
template <PrimeOrderGroup G>
std::optional<typename G::Element> member_from_text(const G& group, std::string_view text) {
    auto element = group.element_from_text(text);
    if (element && !group.is_member_vartime(*element)) element.reset();
    return element;
}

}  // namespace plenum::evote
