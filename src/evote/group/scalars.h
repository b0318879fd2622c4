// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/bytes.h"

namespace plenum::evote {

/// A value that must not be seen: wiped at the end, never copied. Work on `value` only through the functions of a
/// group that are said to run in constant time; no function with `_vartime` in its name takes a Hidden.
template <class T>
struct Hidden {
    T value{};
    Hidden() = default;
    explicit Hidden(const T& from) : value(from) {}
    Hidden(Hidden&& other) noexcept : value(other.value) { other.wipe(); }
    Hidden& operator=(Hidden&& other) noexcept {
        if (this != &other) {
            value = other.value;
            other.wipe();
        }
        return *this;
    }
    Hidden(const Hidden&) = delete;
    Hidden& operator=(const Hidden&) = delete;
    ~Hidden() { wipe(); }

  private:
    void wipe() { explicit_bzero(static_cast<void*>(&value), sizeof value); }
    static_assert(std::is_trivially_copyable_v<T>);
};

/// A secret text (private key, credential, seed): its buffer is wiped at the end, and wherever it must grow.
class HiddenText {
  public:
    HiddenText() = default;
    /// Nothing of the text stays in `from`, not even in the bytes that a short string keeps in itself.
    explicit HiddenText(std::string&& from) : text_(from) { wipe(from); }
    HiddenText(HiddenText&& other) noexcept : HiddenText(std::move(other.text_)) {}
    HiddenText& operator=(HiddenText&& other) noexcept {
        if (this != &other) {
            wipe(text_);
            text_.assign(other.text_);
            wipe(other.text_);
        }
        return *this;
    }
    HiddenText(const HiddenText&) = delete;
    HiddenText& operator=(const HiddenText&) = delete;
    ~HiddenText() { wipe(text_); }
    HiddenText& operator+=(std::string_view more) {
        if (text_.size() + more.size() > text_.capacity()) {
            std::string wider;
            wider.reserve(2 * (text_.size() + more.size()));
            wider.append(text_);
            wipe(text_);
            text_.swap(wider);
        }
        text_.append(more);
        return *this;
    }
    /// Searching for reveal() finds every use.
    const std::string& reveal() const { return text_; }

  private:
    static void wipe(std::string& text) {
        text.resize(text.capacity());  // what once stood behind the end goes too
        explicit_bzero(text.data(), text.size());
        text.clear();
    }
    std::string text_;
};

/// An integer in [0, q), least significant limb first; made only by a ScalarField.
template <std::size_t limbs>
struct Scalar {
    std::array<std::uint64_t, limbs> limb{};
    /// For public scalars: stops at the first difference.
    bool operator==(const Scalar&) const = default;
};

/// The integers modulo the prime q of a group. Everything here runs in a time that depends on the sizes only (GMP's
/// mpn_sec functions), so that the same functions serve provers and verifiers; the exceptions say `_vartime`.
template <std::size_t limbs>
class ScalarField {
  public:
    /// order  q in decimal; its highest limb is not zero
    explicit ScalarField(std::string_view order);

    Scalar<limbs> from_number(std::uint64_t number) const;
    /// Any number of bytes, most significant first, reduced modulo q.
    Scalar<limbs> from_bytes(std::span<const std::uint8_t> bytes) const;
    /// Uniform but for a bias below 2^-127: 128 bits more than q's limbs hold are drawn and reduced modulo q, so that
    /// the statistical distance from uniform is at most q / 2^(64·limbs + 128). That holds for each group alike, for
    /// the 2047 bits of RFC-3526-2048 as for the 4 of the toy; no draw is thrown away, so that time tells nothing.
    Scalar<limbs> random(Randomness& randomness) const;
    /// Nothing unless `text` is a decimal without leading zeros, below q.
    std::optional<Scalar<limbs>> from_decimal(std::string_view text) const;
    /// A decimal of any size up to twice that of q, reduced modulo q: decryption keys are written unreduced.
    std::optional<Scalar<limbs>> from_decimal_reduced(std::string_view text) const;
    std::string decimal(const Scalar<limbs>& scalar) const;

    Scalar<limbs> add(const Scalar<limbs>& left, const Scalar<limbs>& right) const;
    Scalar<limbs> subtract(const Scalar<limbs>& left, const Scalar<limbs>& right) const;
    Scalar<limbs> multiply(const Scalar<limbs>& left, const Scalar<limbs>& right) const;
    /// The same of public scalars, in less time where one of them is short.
    Scalar<limbs> multiply_vartime(const Scalar<limbs>& left, const Scalar<limbs>& right) const;
    Scalar<limbs> negate(const Scalar<limbs>& scalar) const { return subtract({}, scalar); }
    /// 1/scalar; zero has none (bug).
    Scalar<limbs> invert_vartime(const Scalar<limbs>& scalar) const;
    /// `yes` if the condition holds, else `no`; both are read in either case.
    static Scalar<limbs> select(bool condition, const Scalar<limbs>& yes, const Scalar<limbs>& no);

    const Scalar<limbs>& order() const { return order_; }
    /// Number of bits of q.
    std::size_t bits() const { return bits_; }

  private:
    template <std::size_t wide>
    Scalar<limbs> reduce(std::array<std::uint64_t, wide>& value) const;

    Scalar<limbs> order_;
    std::size_t bits_ = 0;
};

extern template class ScalarField<1>;
extern template class ScalarField<4>;
extern template class ScalarField<32>;

/// Decimal text of a big integer, most significant digit first, in a time that depends on its size only.
std::string decimal_from_limbs(std::span<const std::uint64_t> limbs);
/// Reads decimal digits into limbs; false unless `text` is a decimal without leading zeros that fits. Depends on the
/// length of the text only, as long as it is well-formed.
bool limbs_from_decimal(std::string_view text, std::span<std::uint64_t> limbs);

}  // namespace plenum::evote
