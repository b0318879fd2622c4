// SPDX-License-Identifier: Apache-2.0
#include "election/certificate.h"

#include "base/bytes.h"

namespace plenum::election {

constexpr std::string_view format_1 = "plenum-election-certificate-1";

Certificate certificate_of(const Election& election, const ResultCertified& result) {
    Certificate out;
    out.format = format_1;
    out.election = election.id;
    out.congress = election.congress;
    out.body = election.body;
    out.title = election.title;
    out.round = election.round;
    out.round_kind = election.round_kind;
    out.follows = election.follows;
    out.method = result.method;
    out.pack_id = result.pack_id;
    out.pack_hash = result.pack_hash;
    out.measure_hash = result.measure_hash;
    out.rules = result.rules;
    out.ballots = election.ballots;
    out.votes = result.votes;
    out.course = result.course;
    out.state = result.state;
    for (const auto& entry : election.entries) out.tellers.push_back(entry.teller);
    out.scrutineers = result.scrutineers;
    out.collected_at = election.collected_at;
    out.agreed_at = election.agreed_at;
    out.certified_at = result.at;
    out.names_digest = result.names_digest;
    return out;
}

std::string hash_of(const Certificate& certificate) { return sha256_hex(canonical_json(to_json(certificate))); }

Json names_of(const Election& election) {
    JsonArray out;
    for (const auto& each : election.candidates)
        out.push_back(JsonObject{{"id", each.id.value}, {"name", each.name}, {"unit", each.unit}});
    for (const auto& each : election.write_ins)
        out.push_back(JsonObject{{"id", each.id.value}, {"name", each.name}, {"unit", ""}});
    return out;
}

Json certificate_document(const Election& election) {
    invariant(election.result);
    Json names = names_of(election);
    // After an erasure the names no longer fit their digest, and are left out.
    if (sha256_hex(canonical_json(names)) != election.result->names_digest) names = JsonArray{};
    return JsonObject{{"certificate", to_json(certificate_of(election, *election.result))},
                      {"hash", election.result->certificate},
                      {"names", std::move(names)}};
}

namespace {

struct Document {
    Certificate certificate;
    std::string hash;
    Json names;
    static constexpr auto fields() {
        return fields_of(field("certificate", &Document::certificate, "the hashed part"),
                         field("hash", &Document::hash, "SHA-256 of its canonical JSON"),
                         field("names", &Document::names, "names by id"));
    }
};

}  // namespace

Result<Certificate> verify_certificate(const Json& json) {
    const auto differs = [](std::string_view part) { return refuse(Why::certificate_differs, {{"part", part}}); };
    if (!holds_integers_only(json)) return refuse(base::Why::json_not_integer);
    auto document = TRY(from_json<Document>(json));
    const auto& certificate = document.certificate;
    if (certificate.format != format_1) return differs("format");
    if (hash_of(certificate) != document.hash) return differs("hash");
    const bool erased = document.names.is_array() && document.names.get_array().empty();
    if (!erased && sha256_hex(canonical_json(document.names)) != certificate.names_digest) return differs("names");
    if (certificate.method == Method::ballot) {
        const auto course = TRY(count::approval(certificate.votes, certificate.rules));
        if (course != certificate.course) return differs("course");
    } else {
        std::vector<std::string> all;
        for (const auto& name : certificate.votes.names) all.push_back(name.id);
        if (certificate.course.elected != all || static_cast<std::int64_t>(all.size()) > certificate.votes.seats)
            return differs("course");
    }
    return std::move(document.certificate);
}

}  // namespace plenum::election
