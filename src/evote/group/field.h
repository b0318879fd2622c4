// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>
#include <mutex>
#include <vector>

#include "evote/group/field_lanes.h"
#include "evote/group/group.h"

namespace plenum::evote {

/// The subgroup of prime order q of the integers modulo a prime p of 2048 bits, as the record format names it.
///
/// scalar_limbs  4 for BELENIOS-2048 (q of 256 bits), 32 for RFC-3526-2048 (p = 2q + 1)
/// Elements are kept in Montgomery form, x·2^2048 mod p; only the functions of this class look inside.
template <std::size_t scalar_limbs>
class FieldGroup {
  public:
    static constexpr std::size_t limbs = 32;
    struct Element {
        std::array<std::uint64_t, limbs> montgomery{};
        bool operator==(const Element&) const = default;
    };
    using Scalar = evote::Scalar<scalar_limbs>;

    std::string_view name() const { return name_; }
    const ScalarField<scalar_limbs>& scalars() const { return scalars_; }
    const Element& generator() const { return generator_; }
    const Element& identity() const { return one_; }

    /// Canonical decimal in [0, p); says nothing about membership.
    std::optional<Element> element_from_text(std::string_view text) const;
    /// The same of many.
    std::vector<std::optional<Element>> elements_from_texts(std::span<const std::string_view> texts) const;
    std::string text_of(const Element& element) const;
    /// The texts of many elements.
    std::vector<std::string> texts_of(std::span<const Element> elements) const;
    /// Exact: x^q = 1 and x is not 0; by the Jacobi symbol where p = 2q + 1.
    bool is_member_vartime(const Element& element) const;
    /// See PrimeOrderGroup; exact where p = 2q + 1.
    bool are_members_vartime(std::span<const Element> elements, Randomness& randomness) const;
    /// The order of credentials and of shuffled lists: numeric.
    bool less(const Element& left, const Element& right) const;

    Element multiply_vartime(const Element& left, const Element& right) const;
    Element invert_vartime(const Element& element) const;
    Element power_vartime(const Element& base, const Scalar& exponent) const;

    /// The product of many public powers; see PrimeOrderGroup.
    Element product_of_powers_vartime(std::span<const PublicPower<FieldGroup>> terms) const;

    /// The product of base^exponent over the terms, in constant time (GMP's mpn_sec functions); the product is public.
    /// Powers of the generator, which are most that a voter needs, cost a third of others where q has 256 bits.
    Element product_of_powers(std::span<const SecretPower<FieldGroup>> terms) const;
    std::string product_text(std::span<const SecretPower<FieldGroup>> terms) const;
    /// The text of such a product where that too is secret.
    HiddenText hidden_product_text(std::span<const SecretPower<FieldGroup>> terms) const;

    /// Where p = 2q + 1; the format knows no embedding into BELENIOS-2048. 8 bits of padding.
    static constexpr std::size_t most_numbers = scalar_limbs == limbs ? 253 : 0;
    struct Embedded {
        std::array<std::uint64_t, limbs> plain{};
    };
    std::optional<Hidden<Embedded>> embed(std::span<const std::uint8_t> numbers) const;
    std::string product_text(std::span<const SecretPower<FieldGroup>> terms, const Hidden<Embedded>& factor) const;
    std::vector<std::uint8_t> numbers_vartime(const Element& element, std::size_t count) const;

    /// Not in Montgomery form: what mpn_sec_powm takes and gives.
    struct SecretElement {
        std::array<std::uint64_t, limbs> value{1};
    };
    std::vector<SecretElement> secret_elements(std::span<const Element> elements) const;
    std::vector<Element> published(std::span<const SecretElement> elements) const;
    void secret_power(SecretElement& out, const SecretElement& base, const Scalar& exponent) const;
    void secret_power_of_generator(SecretElement& out, const Scalar& exponent) const;
    void secret_multiply(SecretElement& out, const SecretElement& left, const SecretElement& right) const;
    /// x^((p-1)/q) of each hash x.
    std::vector<Element> elements_of_hashes_vartime(std::span<const Digest> hashes) const;

    /// Tables for g and y and the evaluation of many commitments; see `Commitments` in group.h.
    class Tables {
      public:
        Tables(const FieldGroup& group, const Element& key);
        std::vector<Element> evaluate_vartime(std::span<const CommitmentJob<FieldGroup>> jobs,
                                              std::span<bool> members) const;

      private:
        friend class FieldGroup;
        /// The multiples of one base: for the lanes where there are any, else for the portable code.
        struct FixedBase {
            std::vector<Element> portable;
            std::vector<ResidueRow> lanes;
        };
        std::shared_ptr<const FixedBase> fixed_base(const Element& base) const;
        void evaluate_portable(std::span<const CommitmentJob<FieldGroup>> jobs, std::span<const std::size_t> which,
                               std::span<const std::size_t> places, std::span<bool> members,
                               std::span<Element> out) const;
        void evaluate_in_lanes(std::span<const CommitmentJob<FieldGroup>> jobs, std::span<const std::size_t> which,
                               std::span<const std::size_t> places, std::span<bool> members,
                               std::span<Element> out) const;
        std::vector<ResidueRow> lane_table(const Element& base) const;
        std::vector<Element> fixed_base_table(const Element& base) const;
        void fixed_base_power(Element& out, const std::vector<Element>& table, const Scalar& exponent) const;

        const FieldGroup& group_;
        std::shared_ptr<const FixedBase> of_generator_, of_key_;
    };

    FieldGroup(std::string_view name, std::string_view modulus, std::string_view order, std::string_view generator);

  private:
    using Residue = std::array<std::uint64_t, limbs>;
    /// generator^(digit · 2^(secret_window · position)) as plain residues: row after row, a row for each position.
    const std::vector<Residue>& secret_rows() const;
    void secret_power_of_generator(Residue& out, const Scalar& exponent, std::span<std::uint64_t> scratch) const;
    Hidden<Residue> secret_product(std::span<const SecretPower<FieldGroup>> terms) const;
    void multiply(Element& out, const Element& left, const Element& right) const;
    void square(Element& out, const Element& in) const;
    /// The products over the digits of all windows, by window.
    std::vector<Element> window_products_portable(std::span<const PublicPower<FieldGroup>> terms, std::size_t window,
                                                  std::size_t windows) const;
    std::vector<Element> window_products_in_lanes(std::span<const PublicPower<FieldGroup>> terms, std::size_t window,
                                                  std::size_t windows) const;
    void reduce(Element& out, std::array<std::uint64_t, 2 * limbs>& wide) const;
    EightResidues in_all_lanes(const Element& element) const;
    void to_lanes(EightResidues& out, std::span<const Element* const> elements) const;
    void from_lanes(std::span<Element* const> out, const EightResidues& in) const;
    bool are_members_portable(std::span<const Element> elements, std::span<const std::uint8_t> bits) const;
    bool are_members_in_lanes(std::span<const Element> elements, std::span<const std::uint8_t> bits) const;
    std::array<std::uint64_t, limbs> plain(const Element& element) const;
    Element montgomery(const std::array<std::uint64_t, limbs>& value) const;

    std::string name_;
    ScalarField<scalar_limbs> scalars_;
    std::array<std::uint64_t, limbs> modulus_{};
    std::uint64_t minus_inverse_ = 0;  // -1/p mod 2^64
    Element one_, square_of_radix_, generator_;
    LaneModulus lane_modulus_;
    EightResidues lane_one_, into_lanes_, out_of_lanes_;  // 2^2080; and what turns R = 2^2048 into 2^2080 and back
    mutable std::once_flag generator_once_;
    mutable std::shared_ptr<const typename Tables::FixedBase> of_generator_;  // the same for all elections
    mutable std::once_flag secret_rows_once_;
    mutable std::vector<Residue> secret_rows_;
};

using Belenios2048 = FieldGroup<4>;
using Rfc3526 = FieldGroup<32>;
extern template class FieldGroup<4>;
extern template class FieldGroup<32>;

/// BELENIOS-2048: for homomorphic questions; read by every belenios-tool since 2.0.
const Belenios2048& belenios_2048();
/// RFC-3526-2048: the MODP group 14 of RFC 3526, needed for rankings in a finite field.
const Rfc3526& rfc_3526_2048();

}  // namespace plenum::evote
