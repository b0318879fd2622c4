// SPDX-License-Identifier: Apache-2.0
#include "evote/group/scalars.h"

#include <gmp.h>

#include <bit>
#include <vector>

#include "base/result.h"

namespace plenum::evote {

static_assert(sizeof(mp_limb_t) == sizeof(std::uint64_t) && GMP_NUMB_BITS == 64);

namespace {

/// Memory for GMP's mpn_sec functions, wiped after use.
class Scratch {
  public:
    explicit Scratch(mp_size_t limbs) : limbs_(static_cast<std::size_t>(limbs) + 1) {}  // never a null pointer
    ~Scratch() { explicit_bzero(limbs_.data(), limbs_.size() * sizeof(mp_limb_t)); }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    mp_limb_t* data() { return limbs_.data(); }

  private:
    std::vector<mp_limb_t> limbs_;
};

/// The same on the stack, where the size is known.
template <std::size_t most>
class FixedScratch {
  public:
    explicit FixedScratch(mp_size_t limbs) { invariant(static_cast<std::size_t>(limbs) <= most); }
    ~FixedScratch() { explicit_bzero(limbs_, sizeof limbs_); }
    FixedScratch(const FixedScratch&) = delete;
    FixedScratch& operator=(const FixedScratch&) = delete;
    mp_limb_t* data() { return limbs_; }

  private:
    mp_limb_t limbs_[most];
};

template <class Limbs>
mp_limb_t* limbs_of(Limbs& limbs) {
    return reinterpret_cast<mp_limb_t*>(limbs.data());
}
template <class Limbs>
const mp_limb_t* limbs_of(const Limbs& limbs) {
    return reinterpret_cast<const mp_limb_t*>(limbs.data());
}

}  // namespace

std::string decimal_from_limbs(std::span<const std::uint64_t> limbs) {
    // Digits are peeled off from the low end in blocks of 18; leading zeros are dropped at the end, which tells the
    // length of the number and nothing else.
    constexpr std::uint64_t block = 1'000'000'000'000'000'000u;
    const auto size = static_cast<mp_size_t>(limbs.size());
    const std::size_t blocks = (limbs.size() * 64 * 302 / 1000 + 2) / 18 + 1;
    Scratch rest(size), quotient(size), scratch(mpn_sec_div_qr_itch(size, 1));
    std::memcpy(rest.data(), limbs.data(), limbs.size_bytes());
    std::string out(blocks * 18, '0');
    for (std::size_t i = 0; i < blocks; ++i) {
        const mp_limb_t divisor = block;
        const mp_limb_t high = mpn_sec_div_qr(quotient.data(), rest.data(), size, &divisor, 1, scratch.data());
        mp_limb_t low = rest.data()[0];
        for (std::size_t digit = 0; digit < 18; ++digit) {
            out[out.size() - 1 - (i * 18 + digit)] = static_cast<char>('0' + low % 10);  // a constant divisor: a
            low /= 10;                                                                   // multiplication
        }
        std::memcpy(rest.data(), quotient.data(), limbs.size_bytes() - sizeof(mp_limb_t));
        rest.data()[size - 1] = high;  // mpn_sec_div_qr gives the highest limb of the quotient apart
    }
    const auto first = out.find_first_not_of('0');
    if (first == std::string::npos) return "0";
    std::string text = out.substr(first);
    explicit_bzero(out.data(), out.size());
    return text;
}

bool limbs_from_decimal(std::string_view text, std::span<std::uint64_t> limbs) {
    if (text.empty() || (text.size() > 1 && text[0] == '0')) return false;
    if (text.size() > limbs.size() * 64 * 302 / 1000 + 1) return false;
    std::fill(limbs.begin(), limbs.end(), 0);
    std::size_t chunks = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t count = at == 0 && text.size() % 19 != 0 ? text.size() % 19 : 19;
        std::uint64_t chunk = 0;
        for (std::size_t i = 0; i < count; ++i) {
            const unsigned digit = static_cast<unsigned char>(text[at + i]) - unsigned{'0'};
            if (digit > 9) return false;
            chunk = chunk * 10 + digit;
        }
        at += count;
        // 19 digits have less than 64 bits: after so many chunks no higher limb is in use.
        auto used = limbs.first(std::min(limbs.size(), ++chunks));
        constexpr std::uint64_t scale = 10'000'000'000'000'000'000u;
        const mp_limb_t carry = mpn_mul_1(limbs_of(used), limbs_of(used), static_cast<mp_size_t>(used.size()), scale);
        for (auto& limb : used) {  // not mpn_add_1, which stops at the first limb without a carry
            limb += chunk;
            chunk = limb < chunk;
        }
        if (carry != 0 || chunk != 0) return false;
    }
    return true;
}

template <std::size_t limbs>
template <std::size_t wide>
Scalar<limbs> ScalarField<limbs>::reduce(std::array<std::uint64_t, wide>& value) const {
    static_assert(wide >= limbs);
    FixedScratch<wide + 2 * limbs + 2> scratch(mpn_sec_div_r_itch(wide, limbs));
    mpn_sec_div_r(limbs_of(value), wide, limbs_of(order_.limb), limbs, scratch.data());
    Scalar<limbs> out;
    std::memcpy(out.limb.data(), value.data(), sizeof out.limb);
    explicit_bzero(value.data(), sizeof value);
    return out;
}

template <std::size_t limbs>
ScalarField<limbs>::ScalarField(std::string_view order) {
    invariant(limbs_from_decimal(order, order_.limb));
    invariant(order_.limb[limbs - 1] != 0);
    bits_ = limbs * 64 - static_cast<std::size_t>(std::countl_zero(order_.limb[limbs - 1]));
}

template <std::size_t limbs>
Scalar<limbs> ScalarField<limbs>::from_number(std::uint64_t number) const {
    std::array<std::uint64_t, limbs> value{number};
    return reduce(value);
}

template <std::size_t limbs>
Scalar<limbs> ScalarField<limbs>::from_bytes(std::span<const std::uint8_t> bytes) const {
    // Horner over the most bytes that are reduced at once, most significant first.
    constexpr std::size_t most = limbs + 2;
    Scalar<limbs> out;
    for (std::size_t at = 0; at < bytes.size();) {
        const std::size_t room = at == 0 ? 8 * most : 16;  // behind the first, 128 bits more each time
        const std::size_t rest = bytes.size() - at;
        // Such that whole pieces of 16 remain.
        const std::size_t count = rest <= room ? rest : at == 0 ? room - (16 - (rest - room) % 16) % 16 : room;
        std::array<std::uint64_t, most> value{};
        if (at != 0) std::memcpy(value.data() + 2, out.limb.data(), sizeof out.limb);
        for (std::size_t i = 0; i < count; ++i)
            value[i / 8] |= std::uint64_t{bytes[at + count - 1 - i]} << (8 * (i % 8));
        at += count;
        out = reduce(value);
    }
    return out;
}

template <std::size_t limbs>
Scalar<limbs> ScalarField<limbs>::random(Randomness& randomness) const {
    std::array<std::uint8_t, limbs * 8 + 16> bytes;
    randomness.fill(bytes);
    const auto out = from_bytes(bytes);
    explicit_bzero(bytes.data(), bytes.size());
    return out;
}

template <std::size_t limbs>
std::optional<Scalar<limbs>> ScalarField<limbs>::from_decimal(std::string_view text) const {
    Scalar<limbs> out, difference;
    if (!limbs_from_decimal(text, out.limb)) return std::nullopt;
    if (mpn_sub_n(limbs_of(difference.limb), limbs_of(out.limb), limbs_of(order_.limb), limbs) == 0)
        return std::nullopt;  // no borrow: not below q
    return out;
}

template <std::size_t limbs>
std::optional<Scalar<limbs>> ScalarField<limbs>::from_decimal_reduced(std::string_view text) const {
    std::array<std::uint64_t, 2 * limbs> value;
    if (!limbs_from_decimal(text, value)) return std::nullopt;
    const auto out = reduce(value);
    explicit_bzero(value.data(), sizeof value);
    return out;
}

template <std::size_t limbs>
std::string ScalarField<limbs>::decimal(const Scalar<limbs>& scalar) const {
    return decimal_from_limbs(scalar.limb);
}

template <std::size_t limbs>
Scalar<limbs> ScalarField<limbs>::add(const Scalar<limbs>& left, const Scalar<limbs>& right) const {
    Scalar<limbs> out, reduced;
    const mp_limb_t carry = mpn_add_n(limbs_of(out.limb), limbs_of(left.limb), limbs_of(right.limb), limbs);
    const mp_limb_t borrow = mpn_sub_n(limbs_of(reduced.limb), limbs_of(out.limb), limbs_of(order_.limb), limbs);
    return select(carry >= borrow, reduced, out);
}

template <std::size_t limbs>
Scalar<limbs> ScalarField<limbs>::subtract(const Scalar<limbs>& left, const Scalar<limbs>& right) const {
    Scalar<limbs> out;
    const mp_limb_t borrow = mpn_sub_n(limbs_of(out.limb), limbs_of(left.limb), limbs_of(right.limb), limbs);
    mpn_cnd_add_n(borrow, limbs_of(out.limb), limbs_of(out.limb), limbs_of(order_.limb), limbs);
    return out;
}

template <std::size_t limbs>
Scalar<limbs> ScalarField<limbs>::multiply(const Scalar<limbs>& left, const Scalar<limbs>& right) const {
    std::array<std::uint64_t, 2 * limbs> product;
    FixedScratch<4 * limbs + 64> scratch(mpn_sec_mul_itch(limbs, limbs));
    mpn_sec_mul(limbs_of(product), limbs_of(left.limb), limbs, limbs_of(right.limb), limbs, scratch.data());
    const auto out = reduce(product);
    explicit_bzero(product.data(), sizeof product);
    return out;
}

template <std::size_t limbs>
Scalar<limbs> ScalarField<limbs>::multiply_vartime(const Scalar<limbs>& left, const Scalar<limbs>& right) const {
    const auto used = [](const auto& all) {
        std::size_t size = all.size();
        while (size > 0 && all[size - 1] == 0) --size;
        return size;
    };
    const auto *longer = &left.limb, *shorter = &right.limb;
    if (used(*longer) < used(*shorter)) std::swap(longer, shorter);
    Scalar<limbs> out;
    if (used(*shorter) == 0) return out;
    std::array<std::uint64_t, 2 * limbs> product{};
    mpn_mul(limbs_of(product), limbs_of(*longer), static_cast<mp_size_t>(used(*longer)), limbs_of(*shorter),
            static_cast<mp_size_t>(used(*shorter)));
    const std::size_t size = used(product);
    if (size < limbs) {
        std::memcpy(out.limb.data(), product.data(), sizeof out.limb);
        return out;
    }
    std::array<std::uint64_t, limbs + 1> quotient;
    mpn_tdiv_qr(limbs_of(quotient), limbs_of(out.limb), 0, limbs_of(product), static_cast<mp_size_t>(size),
                limbs_of(order_.limb), limbs);
    return out;
}

template <std::size_t limbs>
Scalar<limbs> ScalarField<limbs>::invert_vartime(const Scalar<limbs>& scalar) const {
    mpz_t value, modulus;
    mpz_init(value);
    mpz_init(modulus);
    mpz_import(value, limbs, -1, 8, 0, 0, scalar.limb.data());
    mpz_import(modulus, limbs, -1, 8, 0, 0, order_.limb.data());
    const int found = mpz_invert(value, value, modulus);
    invariant(found != 0);
    Scalar<limbs> out;
    mpz_export(out.limb.data(), nullptr, -1, 8, 0, 0, value);
    mpz_clear(value);
    mpz_clear(modulus);
    return out;
}

template <std::size_t limbs>
Scalar<limbs> ScalarField<limbs>::select(bool condition, const Scalar<limbs>& yes, const Scalar<limbs>& no) {
    // The mask goes through a volatile, so that the compiler cannot make a jump of it.
    volatile std::uint64_t hidden = 0 - static_cast<std::uint64_t>(condition);
    const std::uint64_t mask = hidden;
    Scalar<limbs> out;
    for (std::size_t i = 0; i < limbs; ++i) out.limb[i] = (yes.limb[i] & mask) | (no.limb[i] & ~mask);
    return out;
}

template class ScalarField<1>;
template class ScalarField<4>;
template class ScalarField<32>;

}  // namespace plenum::evote
