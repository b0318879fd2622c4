// SPDX-License-Identifier: Apache-2.0
// A threshold group's keys are made by its trustees in rounds, with files alone, in the steps and files of
// belenios-tool (belenios-record.md 11), in the newer form, which every version reads:
//   1  each trustee: draws a seed, gives a certificate        2  all certificates are gathered, their order is fixed
//   3  each trustee: from its seed and all certificates, a polynomial
//   4  the polynomials are dealt out: one input for each       5  each trustee: from seed and input, an output
//   6  certificates, polynomials and outputs give the group's entry in the record
// Where all certificates are in the older form, without a context, so is what follows from them: belenios-tool before
// 2.5 can then take part. Certificates of both forms together are refused as threshold_context_wrong.
#pragma once
#include "evote/trustees/trustees.h"

namespace plenum::evote {

/// Which group is being made; signed in every certificate.
struct ThresholdContext {
    std::size_t size = 3, threshold = 2;
    /// Make certificates without a context. What is read tells its own form.
    bool older_form = false;
};

/// 22 Base58 digits: the whole secret of a trustee until its decryption key is made.
HiddenText draw_trustee_seed(Randomness& randomness);

/// Step 1. index: the trustee's place, from 1.
template <PrimeOrderGroup G>
std::string threshold_certificate(const G& group, const HiddenText& seed, const ThresholdContext& context,
                                  std::size_t index, Randomness& randomness);
/// 64 hex digits that name the files of a certificate's trustee: the SHA-256 of its message. Refuses what is no signed
/// message.
Result<std::string> certificate_id(std::string_view certificate);
/// Step 2. Refuses what trustees_from_text refuses of certificates.
template <PrimeOrderGroup G>
Result<Done> check_certificates(const G& group, const std::vector<std::string>& certificates,
                                const ThresholdContext& context);
/// Step 3. Refuses private_key_wrong where the seed belongs to none of the certificates.
template <PrimeOrderGroup G>
Result<std::string> threshold_polynomial(const G& group, const HiddenText& seed,
                                         const std::vector<std::string>& certificates, const ThresholdContext& context,
                                         Randomness& randomness);
/// Step 4. One text per trustee. Refuses polynomials that are not in the format or of another number, and
/// threshold_signature_fails.
template <PrimeOrderGroup G>
Result<std::vector<std::string>> threshold_inputs(const G& group, const std::vector<std::string>& certificates,
                                                  const ThresholdContext& context,
                                                  const std::vector<std::string>& polynomials);
/// Step 5. The output's "private_key" is the decryption key, sealed for the trustee's own seed: the .dkey file.
/// refuses  message_malformed, message_not_opened, message_of_other, share_wrong with the sender's number
template <PrimeOrderGroup G>
Result<std::string> threshold_output(const G& group, const HiddenText& seed,
                                     const std::vector<std::string>& certificates, const ThresholdContext& context,
                                     std::string_view input, Randomness& randomness);
/// The sealed decryption key of an output.
Result<std::string> sealed_decryption_key(std::string_view output);
/// Step 6. The entry for trustees_text. What it says is verified by trustees_from_text.
template <PrimeOrderGroup G>
Result<std::string> threshold_group_text(const G& group, const std::vector<std::string>& certificates,
                                         const ThresholdContext& context, const std::vector<std::string>& polynomials,
                                         const std::vector<std::string>& outputs);
/// The decryption key from the .dkey file and the trustee's seed; messages of both forms are read.
template <PrimeOrderGroup G>
Result<Hidden<typename G::Scalar>> open_decryption_key(const G& group, const HiddenText& seed, std::string_view sealed);

}  // namespace plenum::evote
