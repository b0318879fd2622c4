// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "evote/group/group.h"

namespace plenum::evote {

/// The squares modulo 23, of order 11: small enough that tests go through every element and every scalar. Its
/// challenges are guessed one time in eleven, so no election may use it: group_from_name does not know it.
class ToyGroup {
  public:
    struct Element {
        std::uint64_t value = 1;
        bool operator==(const Element&) const = default;
    };
    using Scalar = evote::Scalar<1>;

    std::string_view name() const { return "toy"; }
    const ScalarField<1>& scalars() const { return scalars_; }
    Element generator() const { return {2}; }
    Element identity() const { return {1}; }
    /// Canonical decimal below 23; 0 is read too, and is no member.
    std::optional<Element> element_from_text(std::string_view text) const;
    /// The same of many.
    std::vector<std::optional<Element>> elements_from_texts(std::span<const std::string_view> texts) const;
    std::string text_of(const Element& element) const { return std::to_string(element.value); }
    std::vector<std::string> texts_of(std::span<const Element> elements) const;
    bool is_member_vartime(const Element& element) const { return power_vartime(element, scalars_.order()).value == 1; }
    /// Exact.
    bool are_members_vartime(std::span<const Element> elements, Randomness&) const {
        for (const auto& element : elements)
            if (!is_member_vartime(element)) return false;
        return true;
    }
    bool less(const Element& left, const Element& right) const { return left.value < right.value; }
    Element multiply_vartime(const Element& left, const Element& right) const {
        return {left.value * right.value % 23};
    }
    Element invert_vartime(const Element& element) const;
    Element power_vartime(const Element& base, const Scalar& exponent) const;
    Element product_of_powers_vartime(std::span<const PublicPower<ToyGroup>> terms) const;
    Element product_of_powers(std::span<const SecretPower<ToyGroup>> terms) const;
    std::string product_text(std::span<const SecretPower<ToyGroup>> terms) const {
        return text_of(product_of_powers(terms));
    }
    HiddenText hidden_product_text(std::span<const SecretPower<ToyGroup>> terms) const {
        return HiddenText(text_of(product_of_powers(terms)));
    }

    /// One number below ten at most, above one bit of padding. Some have no element: 5 and 7.
    static constexpr std::size_t most_numbers = 1;
    using Embedded = Element;
    std::optional<Hidden<Embedded>> embed(std::span<const std::uint8_t> numbers) const;
    std::string product_text(std::span<const SecretPower<ToyGroup>> terms, const Hidden<Embedded>& factor) const {
        return text_of(multiply_vartime(product_of_powers(terms), factor.value));
    }
    std::vector<std::uint8_t> numbers_vartime(const Element& element, std::size_t count) const;

    struct SecretElement {
        std::uint64_t value = 1;
    };
    std::vector<SecretElement> secret_elements(std::span<const Element> elements) const;
    std::vector<Element> published(std::span<const SecretElement> elements) const;
    void secret_power(SecretElement& out, const SecretElement& base, const Scalar& exponent) const {
        out.value = power_vartime({base.value}, exponent).value;
    }
    void secret_power_of_generator(SecretElement& out, const Scalar& exponent) const {
        secret_power(out, {2}, exponent);
    }
    void secret_multiply(SecretElement& out, const SecretElement& left, const SecretElement& right) const {
        out.value = left.value * right.value % 23;
    }
    /// The squares of the hashes; 1 in the place of 0.
    std::vector<Element> elements_of_hashes_vartime(std::span<const Digest> hashes) const;

    class Tables {
      public:
        Tables(const ToyGroup& group, const Element& key) : group_(group), key_(key) {}
        std::vector<Element> evaluate_vartime(std::span<const CommitmentJob<ToyGroup>> jobs,
                                              std::span<bool> members) const;

      private:
        const ToyGroup& group_;
        Element key_;
    };

  private:
    ScalarField<1> scalars_{"11"};
};

}  // namespace plenum::evote
