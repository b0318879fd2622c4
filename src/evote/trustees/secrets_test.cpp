// SPDX-License-Identifier: Apache-2.0
// Nothing that is given back to the heap still holds a secret. Every block that this program frees is looked through
// while a test watches for a text.
#include <doctest/doctest.h>
#include <malloc.h>

#include <cstdlib>
#include <new>

#include "evote/ballot/credential.h"
#include "evote/group/every_group.h"
#include "evote/trustees/pedersen.h"

namespace {

std::string_view watched;  // empty: nothing is looked for
int left_behind = 0;

void look_through_and_free(void* block) {
    if (block != nullptr && !watched.empty()) {
        const std::string_view bytes(static_cast<const char*>(block), malloc_usable_size(block));
        if (bytes.find(watched) != std::string_view::npos) ++left_behind;
    }
    std::free(block);
}
void* allocate_or_null(std::size_t size) noexcept {
    void* const out = std::malloc(size == 0 ? 1 : size);
    // Not what an earlier owner left there.
    if (out != nullptr && !watched.empty()) std::memset(out, 0, malloc_usable_size(out));
    return out;
}
void* allocate(std::size_t size) {
    void* const out = allocate_or_null(size);
    if (out == nullptr) throw std::bad_alloc();
    return out;
}

}  // namespace

void* operator new(std::size_t size) { return allocate(size); }
void* operator new[](std::size_t size) { return allocate(size); }
void* operator new(std::size_t size, const std::nothrow_t&) noexcept { return allocate_or_null(size); }
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept { return allocate_or_null(size); }
void operator delete(void* block) noexcept { look_through_and_free(block); }
void operator delete[](void* block) noexcept { look_through_and_free(block); }
void operator delete(void* block, std::size_t) noexcept { look_through_and_free(block); }
void operator delete[](void* block, std::size_t) noexcept { look_through_and_free(block); }

using namespace plenum;
using namespace plenum::evote;

namespace {

/// How many freed blocks hold 16 characters out of the middle of `secret` while `act` runs and its result is thrown
/// away.
template <class Act>
int left_behind_of(std::string_view secret, Act act) {
    const std::string middle(secret.substr(secret.size() > 20 ? 3 : 0, 16));
    left_behind = 0;
    watched = middle;
    act();
    watched = {};
    return left_behind;
}

template <class G>
void check_threshold(const G& group) {
    SeededRandomness randomness("secrets");
    const ThresholdContext context{2, 2};
    std::vector<HiddenText> seeds;
    std::vector<std::string> certificates, polynomials;
    for (std::size_t j = 1; j <= 2; ++j) {
        seeds.push_back(draw_trustee_seed(randomness));
        certificates.push_back(threshold_certificate(group, seeds.back(), context, j, randomness));
    }
    for (const auto& seed : seeds)
        polynomials.push_back(*threshold_polynomial(group, seed, certificates, context, randomness));
    const auto inputs = *threshold_inputs(group, certificates, context, polynomials);
    const auto output = [&] {
        return *threshold_output(group, seeds[0], certificates, context, inputs[0], randomness);
    };
    const auto sealed = *sealed_decryption_key(output());
    const auto key = open_decryption_key(group, seeds[0], sealed);
    REQUIRE(key);
    const auto digits = group.scalars().decimal(key->value);
    CHECK(left_behind_of(digits, [&] { CHECK(open_decryption_key(group, seeds[0], sealed)); }) == 0);
    CHECK(left_behind_of(digits, [&] { CHECK(output().size() > 100); }) == 0);
    CHECK(left_behind_of(digits, [&] { CHECK(private_key_text(group, *key).reveal().size() > digits.size()); }) == 0);
    const std::string seed = seeds[0].reveal();
    CHECK(left_behind_of(
              seed, [&] { CHECK(threshold_polynomial(group, seeds[0], certificates, context, randomness)); }) == 0);
    CHECK(left_behind_of(seed, [&] {
              HiddenText moved{std::string(seed)};
              std::vector<HiddenText> list;
              for (int i = 0; i < 9; ++i) list.push_back(HiddenText(std::string(seed)));
              list[3] = std::move(moved);
          }) == 0);
}

}  // namespace

TEST_CASE("the watch finds a secret that is left behind") {
    const std::string secret = "7-digits-and-more-of-them-than-a-short-string-holds";
    CHECK(left_behind_of(secret, [&] { const std::string copy(secret); }) == 1);
    CHECK(left_behind_of(secret, [&] { const HiddenText kept{std::string(secret)}; }) == 0);
    std::string thrice = secret + secret + secret;
    CHECK(left_behind_of(secret, [&] {
              HiddenText grown;
              for (const char& c : thrice) grown += {&c, 1};
          }) == 0);
}

TEST_CASE("short secrets do not stay in the string that they came in") {
    std::string digits = "SDTEUDkinWCjPfY";  // as long as a string keeps in itself
    const char* const at = digits.data();
    const HiddenText hidden(std::move(digits));
    CHECK(hidden.reveal() == "SDTEUDkinWCjPfY");
    CHECK(std::string(at, 15) == std::string(15, '\0'));
}

TEST_CASE("keys, shares and seeds of trustees are wiped before their memory is given back") {
    check_threshold(ed25519());
    check_threshold(belenios_2048());
}

TEST_CASE("a credential is wiped before its memory is given back") {
    for (const std::string text : {"SDT-EUD-kin-WCj-PfY", "WEPdM-bm8FSq-mxiVx-zuMRnS"}) {
        CHECK(left_behind_of(text, [&] {
                  const auto credential = credential_from_text(text);
                  REQUIRE(credential);
                  CHECK(public_credential(ed25519(), *credential, "5wBdpLcGQAQcMm").size() == 64);
              }) == 0);
    }
    SeededRandomness randomness("credential");
    const auto secret = draw_private_key(ed25519(), randomness);
    const auto digits = ed25519().scalars().decimal(secret.value);
    CHECK(left_behind_of(digits, [&] {
              const auto key = private_key_text(ed25519(), secret);
              CHECK(private_key_from_text(ed25519(), key.reveal()));
          }) == 0);
}
