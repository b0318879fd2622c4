// SPDX-License-Identifier: Apache-2.0
#include "evote/trustees/messages.h"

#include <openssl/evp.h>

#include <memory>

#include "evote/group/every_group.h"
#include "evote/trustees/trustees.h"

namespace plenum::evote {

namespace {

constexpr int tag_bytes = 8;

/// AES-256-CCM by OpenSSL, tag of 8 bytes behind the ciphertext; the key comes from a secret element, the nonce from
/// alpha.
class Cipher {
  public:
    Cipher(std::string_view alpha, const HiddenText& shared, std::size_t plain_bytes) {
        std::string text = "key|";
        text.reserve(4 + shared.reveal().size());
        text += shared.reveal();
        key_ = sha256(text);
        explicit_bzero(text.data(), text.size());
        nonce_ = sha256("iv|" + std::string(alpha));
        nonce_bytes_ = plain_bytes < 65536 ? 13 : 12;
    }
    ~Cipher() { explicit_bzero(key_.data(), key_.size()); }
    Cipher(const Cipher&) = delete;
    Cipher& operator=(const Cipher&) = delete;

    std::string encrypt(std::string_view plain) const {
        std::string out(plain.size() + tag_bytes, '\0');
        const auto context = begin(true, nullptr);
        int written = 0;
        const int size = static_cast<int>(plain.size());
        auto* bytes = reinterpret_cast<unsigned char*>(out.data());
        invariant(EVP_EncryptUpdate(context.get(), nullptr, &written, nullptr, size) == 1);
        invariant(EVP_EncryptUpdate(context.get(), bytes, &written,
                                    reinterpret_cast<const unsigned char*>(plain.data()), size) == 1);
        invariant(EVP_EncryptFinal_ex(context.get(), bytes + written, &written) == 1);
        invariant(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_CCM_GET_TAG, tag_bytes, bytes + plain.size()) == 1);
        return out;
    }
    /// Nothing unless the tag is right.
    std::optional<HiddenText> decrypt(std::string_view sealed) const {
        const auto size = sealed.size() - tag_bytes;
        std::string tag(sealed.substr(size));
        const auto context = begin(false, tag.data());
        std::string out(size, '\0');
        int written = 0;
        const bool good =
            EVP_DecryptUpdate(context.get(), nullptr, &written, nullptr, static_cast<int>(size)) == 1 &&
            EVP_DecryptUpdate(context.get(), reinterpret_cast<unsigned char*>(out.data()), &written,
                              reinterpret_cast<const unsigned char*>(sealed.data()), static_cast<int>(size)) == 1;
        HiddenText text(std::move(out));
        if (!good) return std::nullopt;
        return text;
    }

  private:
    using Context = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;
    Context begin(bool encrypting, char* tag) const {
        Context context(EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free);
        invariant(context != nullptr);
        const int direction = encrypting ? 1 : 0;
        invariant(EVP_CipherInit_ex(context.get(), EVP_aes_256_ccm(), nullptr, nullptr, nullptr, direction) == 1);
        invariant(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_CCM_SET_IVLEN, nonce_bytes_, nullptr) == 1);
        invariant(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_CCM_SET_TAG, tag_bytes, tag) == 1);
        invariant(EVP_CipherInit_ex(context.get(), nullptr, nullptr, key_.data(), nonce_.data(), direction) == 1);
        return context;
    }
    Digest key_, nonce_;
    int nonce_bytes_;
};

/// A JSON string with its quotes.
void append_quoted(HiddenText& out, std::string_view text) {
    out += "\"";
    for (const char c : text) {
        invariant(static_cast<unsigned char>(c) >= 0x20);  // decimals, elements and the JSON around them
        if (c == '"' || c == '\\') out += "\\";
        out += {&c, 1};
    }
    out += "\"";
}
/// Reads a JSON string from the front of `rest` and takes it off; nothing unless it is one, with no escapes but those
/// that compact JSON of plain text needs.
std::optional<HiddenText> take_quoted(std::string_view& rest) {
    if (rest.empty() || rest.front() != '"') return std::nullopt;
    std::string out;
    out.reserve(rest.size());  // never grows: nothing of it is left behind
    std::size_t at = 1;
    for (; at < rest.size() && rest[at] != '"'; ++at) {
        if (rest[at] == '\\' && (++at == rest.size() || (rest[at] != '"' && rest[at] != '\\'))) break;
        if (static_cast<unsigned char>(rest[at]) < 0x20) break;
        out += rest[at];
    }
    HiddenText text(std::move(out));
    if (at >= rest.size() || rest[at] != '"') return std::nullopt;
    rest.remove_prefix(at + 1);
    return text;
}

}  // namespace

template <PrimeOrderGroup G>
std::string seal_message(const G& group, const Hidden<typename G::Scalar>& sender, const typename G::Element& recipient,
                         const HiddenText& message, Randomness& randomness) {
    const auto& scalars = group.scalars();
    HiddenText inner, text;
    inner += "{\"recipient\":\"";
    inner += group.text_of(recipient);
    inner += "\",\"message\":";
    append_quoted(inner, message.reveal());
    inner += "}";
    text += "{\"message\":";
    append_quoted(text, inner.reveal());
    text += ",\"signature\":";
    text += text_of(group, sign_message(group, inner.reveal(), sender, randomness));
    text += "}";
    const Hidden<typename G::Scalar> r(scalars.random(randomness)), s(scalars.random(randomness));
    const auto g = group.generator();
    const SecretPower<G> of_alpha{&g, &r.value};
    const SecretPower<G> of_beta[]{{&recipient, &r.value}, {&g, &s.value}};
    const auto alpha = group.text_of(group.product_of_powers({&of_alpha, 1}));
    const auto beta = group.text_of(group.product_of_powers(of_beta));
    const SecretPower<G> of_shared{&g, &s.value};
    const Cipher cipher(alpha, group.hidden_product_text({&of_shared, 1}), text.reveal().size());
    const auto sealed = cipher.encrypt(text.reveal());
    return "{\"alpha\":\"" + alpha + "\",\"beta\":\"" + beta + "\",\"data\":\"" +
           hex_from_bytes({reinterpret_cast<const std::uint8_t*>(sealed.data()), sealed.size()}) + "\"}";
}

template <PrimeOrderGroup G>
Result<HiddenText> open_message(const G& group, const Hidden<typename G::Scalar>& key,
                                const typename G::Element& sender, std::size_t number, std::string_view sealed) {
    Reader reader(sealed);
    reader.expect("{\"alpha\":");
    const auto alpha_at = reader.position();
    const auto alpha = reader.element(group);
    if (!reader.ok()) return refuse(Why::message_malformed);
    const auto alpha_text = sealed.substr(alpha_at + 1, reader.position() - alpha_at - 2);
    reader.expect(",\"beta\":");
    const auto beta = reader.element(group);
    reader.expect(",\"data\":");
    const auto hex = reader.plain_string();
    reader.expect("}");
    reader.end();
    if (!reader.ok() || hex.size() % 2 != 0 || hex.size() / 2 <= tag_bytes) return refuse(Why::message_malformed);
    // Our key goes to a power of alpha: a stranger to the group would leak it modulo a small order.
    if (!group.is_member_vartime(alpha) || !group.is_member_vartime(beta)) return refuse(Why::element_not_in_group);
    std::string data;
    for (std::size_t i = 0; i < hex.size(); i += 2) {
        const auto digit = [](char c) {
            return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
        };
        if (digit(hex[i]) < 0 || digit(hex[i + 1]) < 0) return refuse(Why::message_malformed);
        data += static_cast<char>(digit(hex[i]) << 4 | digit(hex[i + 1]));
    }
    const Hidden<typename G::Scalar> minus(group.scalars().negate(key.value)), one(group.scalars().from_number(1));
    const SecretPower<G> terms[]{{&alpha, &minus.value}, {&beta, &one.value}};
    // g^s is the session's secret; it is known to whoever can open the message, and to nobody else.
    const auto shared = group.hidden_product_text(terms);
    const Cipher cipher(alpha_text, shared, data.size() - tag_bytes);
    const auto text = cipher.decrypt(data);
    if (!text) return refuse(Why::message_not_opened);
    const auto g = group.generator();
    const SecretPower<G> of_own{&g, &key.value};
    return message_from_plain<G>(group, text->reveal(), sender, group.product_of_powers({&of_own, 1}), number);
}

template <PrimeOrderGroup G>
Result<HiddenText> message_from_plain(const G& group, std::string_view plain, const typename G::Element& sender,
                                      const typename G::Element& recipient, std::size_t number) {
    // {"message":"…","signature":{…}} around {"recipient":"…","message":"…"}.
    constexpr std::string_view outer = "{\"message\":", middle = ",\"message\":";
    std::string_view rest = plain;
    if (!rest.starts_with(outer)) return refuse(Why::message_malformed);
    rest.remove_prefix(outer.size());
    const auto inner = take_quoted(rest);
    if (!inner) return refuse(Why::message_malformed);
    Reader signature_reader(rest);
    signature_reader.expect(",\"signature\":");
    const auto signature = read_proof(group, signature_reader);
    signature_reader.expect("}");
    signature_reader.end();
    Reader inner_reader(inner->reveal());
    inner_reader.expect("{\"recipient\":");
    const auto stated = inner_reader.plain_string();
    inner_reader.expect(middle);
    if (!signature_reader.ok() || !inner_reader.ok()) return refuse(Why::message_malformed);
    rest = std::string_view(inner->reveal()).substr(inner_reader.position());
    auto message = take_quoted(rest);
    if (!message || rest != "}") return refuse(Why::message_malformed);
    if (!message_is_signed_vartime(group, inner->reveal(), sender, signature) || stated != group.text_of(recipient))
        return refuse(Why::message_of_other, {{"trustee", number}});
    return std::move(*message);
}

#define PLENUM_INSTANTIATE(G)                                                                                        \
    template std::string seal_message(const G&, const Hidden<G::Scalar>&, const G::Element&, const HiddenText&,      \
                                      Randomness&);                                                                  \
    template Result<HiddenText> open_message(const G&, const Hidden<G::Scalar>&, const G::Element&, std::size_t,     \
                                             std::string_view);                                                      \
    template Result<HiddenText> message_from_plain(const G&, std::string_view, const G::Element&, const G::Element&, \
                                                   std::size_t);
PLENUM_INSTANTIATE(Belenios2048)
PLENUM_INSTANTIATE(Rfc3526)
PLENUM_INSTANTIATE(Ed25519)

}  // namespace plenum::evote
