// SPDX-License-Identifier: Apache-2.0
#include "election/certificate.h"

#include <algorithm>
#include <cstdint>
#include <set>

#include "base/bytes.h"
#include "election/sheet.h"

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

count::Course course_without_ballot(const count::VotesCounted& votes, const count::ApprovalRules& rules) {
    count::Course course;
    const auto elected = std::ssize(votes.names);
    course.open = votes.seats - elected;
    for (const auto& name : votes.names) {
        course.elected.push_back(name.id);
        count::Standing standing;
        standing.id = name.id;
        standing.rank = 1;
        standing.passed = standing.elected = true;
        course.standings.push_back(standing);
    }
    course.steps.push_back({"elected", {{"elected", elected}, {"seats", votes.seats}}, course.elected, {}});
    if (course.open > 0) {
        for (const auto option : rules.shortfall) course.next.emplace_back(name_of(option));
        course.steps.push_back({"open", {{"open", course.open}}, {}, {}});
        if (!course.next.empty()) course.steps.push_back({"next", {}, {}, course.next});
    }
    return course;
}

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

/// What must agree in a certificate besides the count: docs/formats/certificate.md says of each field what it is.
Result<Done> must_balance(const Certificate& certificate) {
    const auto unbalanced = [](std::string_view field, std::string found, std::string wanted) {
        return refuse(Why::certificate_unbalanced,
                      {{"field", field}, {"found", std::move(found)}, {"wanted", std::move(wanted)}},
                      {"", 0, 0, "certificate." + std::string(field)});
    };
    const auto same = [&](std::string_view field, std::int64_t found, std::int64_t wanted) -> Result<Done> {
        if (found != wanted) return unbalanced(field, std::to_string(found), std::to_string(wanted));
        return Done{};
    };
    const auto within = [&](std::string_view field, std::int64_t found, std::int64_t least,
                            std::int64_t most) -> Result<Done> {
        if (found < least) return unbalanced(field, std::to_string(found), "≥ " + std::to_string(least));
        if (found > most) return unbalanced(field, std::to_string(found), "≤ " + std::to_string(most));
        return Done{};
    };
    const auto whether = [&](std::string_view field, bool is_there, bool wanted) -> Result<Done> {
        if (is_there != wanted) return unbalanced(field, is_there ? "≠ null" : "null", wanted ? "≠ null" : "null");
        return Done{};
    };
    const auto distinct = [&](std::string_view field, const std::vector<PersonId>& persons) -> Result<Done> {
        const std::set<PersonId> all(persons.begin(), persons.end());
        return same(field, static_cast<std::int64_t>(all.size()), static_cast<std::int64_t>(persons.size()));
    };
    const auto& votes = certificate.votes;
    TRY(within("round", certificate.round, 1, INT32_MAX));
    TRY(whether("follows", certificate.follows.has_value(), certificate.round > 1));
    if (certificate.round == 1 && certificate.round_kind != count::Round::first)
        return unbalanced("round_kind", std::string(name_of(certificate.round_kind)),
                          std::string(name_of(count::Round::first)));
    if (certificate.state != "pending_approval" && certificate.state != "final")
        return unbalanced("state", std::string(shown(certificate.state)), "pending_approval | final");
    TRY(distinct("scrutineers", certificate.scrutineers));
    TRY(distinct("tellers", certificate.tellers));
    const bool by_ballot = certificate.method == Method::ballot;
    TRY(whether("ballots", certificate.ballots.has_value(), by_ballot));
    if (!by_ballot) {
        TRY(same("votes.issued", votes.issued, 0));
        TRY(same("votes.returned", votes.returned, 0));
        TRY(within("votes.present", votes.present, 0, votes.entitled));
        TRY(same("tellers", static_cast<std::int64_t>(certificate.tellers.size()), 0));
        TRY(whether("collected_at", certificate.collected_at.has_value(), false));
        return whether("agreed_at", certificate.agreed_at.has_value(), false);
    }
    const auto& ballots = *certificate.ballots;
    for (const auto& [field, number] :
         {std::pair("ballots.printed", ballots.printed), std::pair("ballots.issued", ballots.issued),
          std::pair("ballots.spoilt", ballots.spoilt), std::pair("ballots.unused", ballots.unused)})
        TRY(within(field, number, 0, count::most_counted));
    TRY(same("ballots.printed", ballots.printed, ballots.issued + ballots.spoilt + ballots.unused));
    TRY(within("ballots.present", ballots.present, 0, ballots.entitled));
    TRY(within("ballots.issued", ballots.issued, 1, ballots.present));
    TRY(same("votes.entitled", votes.entitled, ballots.entitled));
    TRY(same("votes.present", votes.present, ballots.present));
    TRY(same("votes.issued", votes.issued, ballots.issued));
    TRY(whether("collected_at", certificate.collected_at.has_value(), true));
    const auto in_order = [&](std::string_view field, const std::optional<UtcTime>& earlier,
                              const std::optional<UtcTime>& later) -> Result<Done> {
        if (earlier && later && *later < *earlier)
            return unbalanced(field, text_from_time(*later), "≥ " + text_from_time(*earlier));
        return Done{};
    };
    TRY(in_order("collected_at", ballots.at, certificate.collected_at));
    TRY(in_order("agreed_at", certificate.collected_at, certificate.agreed_at));
    TRY(in_order("certified_at", certificate.collected_at, certificate.certified_at));
    TRY(in_order("certified_at", certificate.agreed_at, certificate.certified_at));
    if (certificate.course.void_election) return Done{};  // more ballots came back than were issued: nobody counted
    TRY(whether("agreed_at", certificate.agreed_at.has_value(), true));
    TRY(same("tellers", static_cast<std::int64_t>(certificate.tellers.size()), 2));
    return within("scrutineers", static_cast<std::int64_t>(certificate.scrutineers.size()), 1, most_candidates);
}

/// Of persons elected without a ballot: nobody voted, each of the list stands once, and there is a seat for each.
bool no_votes_in(const count::VotesCounted& votes) {
    std::set<std::string_view> ids;
    for (const auto& name : votes.names) {
        count::NameCount without_votes;
        without_votes.id = name.id;
        if (name != without_votes || !ids.insert(name.id).second) return false;
    }
    return is_count(votes.entitled) && is_count(votes.present) && is_count(votes.seats) && votes.issued == 0 &&
           votes.returned == 0 && votes.invalid == 0 && votes.illegal == 0 && votes.ignored == 0 && votes.lot.empty() &&
           std::ssize(votes.names) <= votes.seats;
}

}  // namespace

Result<Certificate> verify_certificate(const Json& json) {
    const auto differs = [](std::string_view part) { return refuse(Why::certificate_differs, {{"part", part}}); };
    TRY(must_hold_integers_only(json));
    auto document = TRY(from_json<Document>(json, Reading::kept));
    const auto& certificate = document.certificate;
    if (certificate.format != format_1) return differs("format");
    if (hash_of(certificate) != document.hash) return differs("hash");
    const bool erased = document.names.is_array() && document.names.get_array().empty();
    if (!erased && sha256_hex(canonical_json(document.names)) != certificate.names_digest) return differs("names");
    TRY(must_balance(certificate));
    const bool by_ballot = certificate.method == Method::ballot;
    if (!by_ballot && !no_votes_in(certificate.votes)) return differs("votes");
    const auto course = by_ballot ? count::approval(certificate.votes, certificate.rules)
                                  : Result<count::Course>(course_without_ballot(certificate.votes, certificate.rules));
    if (!course) return refuse(course.error());
    if (*course != certificate.course) return differs("course");
    return std::move(document.certificate);
}

}  // namespace plenum::election
