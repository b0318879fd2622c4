// SPDX-License-Identifier: Apache-2.0
#include "evote/group/toy.h"

#include "base/result.h"

namespace plenum::evote {

std::optional<ToyGroup::Element> ToyGroup::element_from_text(std::string_view text) const {
    std::array<std::uint64_t, 1> value;
    if (!limbs_from_decimal(text, value) || value[0] >= 23) return std::nullopt;
    return Element{value[0]};
}

std::vector<std::optional<ToyGroup::Element>> ToyGroup::elements_from_texts(
    std::span<const std::string_view> texts) const {
    std::vector<std::optional<Element>> out;
    for (const auto& text : texts) out.push_back(element_from_text(text));
    return out;
}

std::vector<std::string> ToyGroup::texts_of(std::span<const Element> elements) const {
    std::vector<std::string> out;
    for (const auto& element : elements) out.push_back(text_of(element));
    return out;
}

ToyGroup::Element ToyGroup::invert_vartime(const Element& element) const {
    return power_vartime(element, Scalar{{21}});
}

ToyGroup::Element ToyGroup::power_vartime(const Element& base, const Scalar& exponent) const {
    Element out;
    for (std::uint64_t i = 0; i < exponent.limb[0]; ++i) out = multiply_vartime(out, base);
    return out;
}

ToyGroup::Element ToyGroup::product_of_powers_vartime(std::span<const PublicPower<ToyGroup>> terms) const {
    Element out;
    for (const auto& term : terms) out = multiply_vartime(out, power_vartime(*term.base, term.exponent));
    return out;
}

ToyGroup::Element ToyGroup::product_of_powers(std::span<const SecretPower<ToyGroup>> terms) const {
    Element out;
    for (const auto& term : terms) out = multiply_vartime(out, power_vartime(*term.base, *term.exponent));
    return out;
}

std::optional<Hidden<ToyGroup::Embedded>> ToyGroup::embed(std::span<const std::uint8_t> numbers) const {
    invariant(numbers.size() <= most_numbers);
    const std::uint64_t first = numbers.empty() ? 0 : std::uint64_t{2} * numbers[0];
    for (const std::uint64_t candidate : {first, first + 1})
        if (candidate < 23 && is_member_vartime({candidate})) return Hidden<Embedded>(Element{candidate});
    return std::nullopt;
}

std::vector<std::uint8_t> ToyGroup::numbers_vartime(const Element& element, std::size_t count) const {
    std::vector<std::uint8_t> out(count);
    if (count > 0) out.back() = static_cast<std::uint8_t>(element.value >> 1);
    return out;
}

std::vector<ToyGroup::SecretElement> ToyGroup::secret_elements(std::span<const Element> elements) const {
    std::vector<SecretElement> out;
    for (const auto& element : elements) out.push_back({element.value});
    return out;
}

std::vector<ToyGroup::Element> ToyGroup::published(std::span<const SecretElement> elements) const {
    std::vector<Element> out;
    for (const auto& element : elements) out.push_back({element.value});
    return out;
}

std::vector<ToyGroup::Element> ToyGroup::elements_of_hashes_vartime(std::span<const Digest> hashes) const {
    std::vector<Element> out;
    for (const auto& hash : hashes) {
        std::uint64_t value = 0;
        for (const auto byte : hash) value = (value * 256 + byte) % 23;
        out.push_back({value == 0 ? 1 : value * value % 23});
    }
    return out;
}

std::vector<ToyGroup::Element> ToyGroup::Tables::evaluate_vartime(std::span<const CommitmentJob<ToyGroup>> jobs,
                                                                  std::span<bool> members) const {
    std::vector<Element> out;
    for (std::size_t j = 0; j < jobs.size(); ++j) {
        if (jobs[j].check_membership) members[j] = group_.is_member_vartime(jobs[j].base);
        for (const auto& term : jobs[j].terms) {
            auto result = group_.power_vartime(jobs[j].base, term.on_base);
            result = group_.multiply_vartime(result, group_.power_vartime(group_.generator(), term.on_generator));
            out.push_back(group_.multiply_vartime(result, group_.power_vartime(key_, term.on_key)));
        }
    }
    return out;
}

}  // namespace plenum::evote
