// SPDX-License-Identifier: Apache-2.0
#include "evote/ballot/hash.h"

#include <openssl/evp.h>

#include "base/result.h"

namespace plenum::evote {

namespace {

const EVP_MD* algorithm() {
    static EVP_MD* const found = EVP_MD_fetch(nullptr, "SHA256", nullptr);  // looked up once, not at each hash
    invariant(found != nullptr);
    return found;
}

}  // namespace

struct Sha256::State {
    EVP_MD_CTX* context = EVP_MD_CTX_new();
    State() = default;
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State() { EVP_MD_CTX_free(context); }
};

Sha256::Sha256() : state_(std::make_unique<State>()) {
    invariant(state_->context != nullptr && EVP_DigestInit_ex2(state_->context, algorithm(), nullptr) == 1);
}
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;
Sha256::~Sha256() = default;

Sha256& Sha256::add(std::string_view text) {
    const int done = EVP_DigestUpdate(state_->context, text.data(), text.size());
    invariant(done == 1);
    return *this;
}

Digest Sha256::finish() {
    Digest out;
    unsigned size = 0;
    const int done = EVP_DigestFinal_ex(state_->context, out.data(), &size);
    invariant(done == 1 && size == out.size());
    return out;
}

Digest sha256_of_public(std::string_view text) { return Sha256().add(text).finish(); }

}  // namespace plenum::evote
