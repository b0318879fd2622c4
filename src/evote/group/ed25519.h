// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>
#include <mutex>
#include "evote/group/ed25519_lanes.h"
#include "evote/group/group.h"

namespace plenum::evote {

/// An element of GF(2^255 - 19): five limbs of 51 bits and a little more; any limbs below 2^54 are legal input.
struct FieldElement25519 {
    std::array<std::uint64_t, 5> limb{};
};

/// The subgroup of prime order of edwards25519, in the record's encoding: 64 lower-case hex digits, most significant
/// first, the byte-reversed form of RFC 8032.
class Ed25519 {
  public:
    /// A point in extended coordinates x = X/Z, y = Y/Z, T = XY/Z; Z is never 0. By default the identity.
    struct Element {
        FieldElement25519 X, Y{{1}}, Z{{1}}, T;
        bool operator==(const Element& other) const;
    };
    using Scalar = evote::Scalar<4>;

    Ed25519();
    std::string_view name() const { return "Ed25519"; }
    const ScalarField<4>& scalars() const { return scalars_; }
    const Element& generator() const { return generator_; }
    const Element& identity() const { return identity_; }

    /// A point of the curve in canonical form (y < p, no sign on x = 0); says nothing about its order.
    std::optional<Element> element_from_text(std::string_view text) const;
    /// The same of many; a text that is none gives nothing and changes no other.
    std::vector<std::optional<Element>> elements_from_texts(std::span<const std::string_view> texts) const;
    std::string text_of(const Element& element) const;
    /// One shared inversion for all.
    std::vector<std::string> texts_of(std::span<const Element> elements) const;
    /// Exact: q·P is the identity.
    bool is_member_vartime(const Element& element) const;
    /// See PrimeOrderGroup.
    bool are_members_vartime(std::span<const Element> elements, Randomness& randomness) const;
    /// The order of credentials: lexicographic on the 32 little-endian bytes.
    bool less(const Element& left, const Element& right) const;

    Element multiply_vartime(const Element& left, const Element& right) const;
    Element invert_vartime(const Element& element) const;
    Element power_vartime(const Element& base, const Scalar& exponent) const;

    /// The sum of many public multiples; see PrimeOrderGroup. The bases may be any points of the curve.
    Element product_of_powers_vartime(std::span<const PublicPower<Ed25519>> terms) const;

    /// In constant time, by libsodium; every base must be a member.
    Element product_of_powers(std::span<const SecretPower<Ed25519>> terms) const;
    std::string product_text(std::span<const SecretPower<Ed25519>> terms) const;
    /// The text of such a product where that too is secret.
    HiddenText hidden_product_text(std::span<const SecretPower<Ed25519>> terms) const;

    /// 14 bits of padding; the bytes of a point whose x is even.
    static constexpr std::size_t most_numbers = 30;
    struct Embedded {
        std::array<std::uint8_t, 32> bytes{};
    };
    std::optional<Hidden<Embedded>> embed(std::span<const std::uint8_t> numbers) const;
    std::string product_text(std::span<const SecretPower<Ed25519>> terms, const Hidden<Embedded>& factor) const;
    std::vector<std::uint8_t> numbers_vartime(const Element& element, std::size_t count) const;

    /// In the encoding of ristretto255 (RFC 9496), whose functions in libsodium take half the time of those of Ed25519,
    /// since they need not ask for the subgroup. It stands for a member times any point of order 1, 2 or 4; `published`
    /// gives the member.
    struct alignas(8) SecretElement {
        std::array<std::uint8_t, 32> bytes{};  // the identity
    };
    std::vector<SecretElement> secret_elements(std::span<const Element> elements) const;
    std::vector<Element> published(std::span<const SecretElement> elements) const;
    void secret_power(SecretElement& out, const SecretElement& base, const Scalar& exponent) const;
    void secret_power_of_generator(SecretElement& out, const Scalar& exponent) const;
    void secret_multiply(SecretElement& out, const SecretElement& left, const SecretElement& right) const;
    /// From the first 254 bits of each hash, the next number that is the y of a point, with the even x; times 8.
    std::vector<Element> elements_of_hashes_vartime(std::span<const Digest> hashes) const;

    /// A point made ready for being added: y + x, y - x, z, 2dt.
    struct Cached {
        FieldElement25519 sum, difference, z, t2d;
    };
    /// Tables for g and y and the evaluation of many commitments; see CommitmentJob.
    class Tables {
      public:
        Tables(const Ed25519& group, const Element& key);
        std::vector<Element> evaluate_vartime(std::span<const CommitmentJob<Ed25519>> jobs,
                                              std::span<bool> members) const;

      private:
        friend class Ed25519;
        /// The multiples of one base: for the lanes where there are any, else for the portable code.
        struct FixedBase {
            std::vector<Cached> portable;
            std::vector<AffineRow> lanes;
        };
        std::shared_ptr<const FixedBase> fixed_base(const Element& base) const;
        std::vector<Cached> fixed_base_table(const Element& base) const;
        std::vector<AffineRow> lane_table(const Element& base) const;
        void add_fixed_base_power(Element& out, const std::vector<Cached>& table, const Scalar& exponent) const;
        void evaluate_portable(std::span<const CommitmentJob<Ed25519>> jobs, std::span<const std::size_t> which,
                               std::span<const std::size_t> places, std::span<bool> members,
                               std::span<Element> out) const;
        void evaluate_in_lanes(std::span<const CommitmentJob<Ed25519>> jobs, std::span<const std::size_t> which,
                               std::span<const std::size_t> places, std::span<bool> members,
                               std::span<Element> out) const;

        const Ed25519& group_;
        std::shared_ptr<const FixedBase> of_generator_, of_key_;
    };

  private:
    Hidden<std::array<std::uint8_t, 32>> secret_product(std::span<const SecretPower<Ed25519>> terms) const;
    std::array<std::uint8_t, 32> bytes_of(const Element& element) const;
    std::optional<Element> element_from_bytes(const std::array<std::uint8_t, 32>& bytes) const;
    Cached cached(const Element& element) const;
    /// The sums over the digits of all windows, by window.
    std::vector<Element> window_sums_portable(std::span<const PublicPower<Ed25519>> terms, std::size_t window,
                                              std::size_t windows) const;
    std::vector<Element> window_sums_in_lanes(std::span<const PublicPower<Ed25519>> terms, std::size_t window,
                                              std::size_t windows) const;
    bool are_members_portable(std::span<const Element> elements, std::span<const std::uint8_t> bits) const;
    bool are_members_in_lanes(std::span<const Element> elements, std::span<const std::uint8_t> bits) const;

    ScalarField<4> scalars_;
    FieldElement25519 d_, d2_, root_of_minus_one_, root_of_a_minus_d_;  // of the last the inverse
    Scalar quarter_;                                                    // 1/4
    Element identity_, generator_;
    std::array<std::uint8_t, 32> bytes_of_generator_{};
    mutable std::once_flag generator_once_;
    mutable std::shared_ptr<const Tables::FixedBase> of_generator_;  // the same for all elections
};

/// Ed25519: for large electorates; read by belenios-tool from 2.1.
const Ed25519& ed25519();

}  // namespace plenum::evote
