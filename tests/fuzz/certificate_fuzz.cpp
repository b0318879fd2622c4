// SPDX-License-Identifier: Apache-2.0
// Certificates of elections that come from anybody: the text as it is, and with its hashes made anew, so that what it
// says is reached.
#include <algorithm>
#include <set>

#include "base/bytes.h"
#include "election/certificate.h"
#include "fuzz/fuzz.h"

using namespace plenum;
using namespace plenum::election;

namespace {

/// The document with the hashes that its own parts have.
Json with_hashes(Json json) {
    if (!json.is_object()) return json;
    auto& document = json.get_object();
    auto* certificate = document.if_contains("certificate");
    if (!certificate || !certificate->is_object() || !holds_integers_only(json)) return json;
    if (const auto* names = document.if_contains("names"))
        certificate->get_object()["names_digest"] = sha256_hex(canonical_json(*names));
    // The hash is of the certificate as it is read, where what may be left out is written.
    if (const auto read = from_json<Certificate>(*certificate)) document["hash"] = hash_of(*read);
    return json;
}

void check(const Certificate& certificate) {
    const auto& votes = certificate.votes;
    const auto& course = certificate.course;
    std::set<std::string> names, elected;
    for (const auto& name : votes.names) HOLDS(names.insert(name.id).second || course.void_election);
    for (const auto& id : course.elected) {
        HOLDS(elected.insert(id).second);
        HOLDS(names.contains(id));
    }
    HOLDS(std::ssize(course.elected) <= votes.seats);
    if (course.void_election) {
        HOLDS(course.elected.empty() && course.standings.empty());
        return;
    }
    HOLDS(course.open == votes.seats - std::ssize(course.elected));
    HOLDS(course.standings.size() == votes.names.size());
    for (const auto& standing : course.standings) {
        HOLDS(standing.elected == elected.contains(standing.id));
        HOLDS(!standing.elected || (standing.passed && !standing.ineligible));
    }
    for (const auto& id : course.tied) HOLDS(!elected.contains(id));
    if (certificate.method == Method::ballot) {
        HOLDS(certificate.ballots);
        HOLDS(course.valid + votes.invalid + votes.illegal + votes.ignored == votes.returned);
        const auto& stock = *certificate.ballots;
        HOLDS(stock.printed == stock.issued + stock.spoilt + stock.unused);
        HOLDS(stock.issued == votes.issued && stock.present == votes.present && stock.entitled == votes.entitled);
    } else {
        HOLDS(votes.issued == 0 && votes.returned == 0 && !certificate.ballots);
    }
    HOLDS(votes.issued <= votes.present && votes.present <= votes.entitled);
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    auto text = fuzz::text_of(bytes, size);
    const bool anew = fuzz::choice(text, 2) == 1;
    auto json = json_from_text(text);
    if (!json) return 0;
    if (anew) *json = with_hashes(std::move(*json));
    const auto verified = verify_certificate(*json);
    if (verified)
        check(*verified);
    else
        HOLDS(!sentence_of(Language::zh_hans, verified.error()).empty());
    return 0;
}
