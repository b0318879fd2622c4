// SPDX-License-Identifier: Apache-2.0
// What belenios-tool 2.0 lets through and we refuse, each shown on a record that is right in everything else: hashes,
// proofs and, wherever the tool would publish one, the result. In BELENIOS-2048, which Debian's tool can read.
#include "evote/record/forgery_for_tests.h"

using namespace plenum;
using namespace plenum::evote;

namespace {

using G = Belenios2048;
using E = EventType;
using Forged = Forgery<G>;

G::Scalar number(std::uint64_t value) { return belenios_2048().scalars().from_number(value); }

/// A question of two answers, none or one of them; two trustees; three voters.
Forged election(std::vector<G::Scalar> trustees = {number(1'000'003), number(1'000'033)},
                std::vector<G::Scalar> voters = {number(500'009), number(500'029), number(500'041)},
                std::string uuid = "5wBdpLcGQAQcMm") {
    return Forged(belenios_2048(), std::move(trustees), std::move(voters), *question_from_shape("2:0:1", 1),
                  std::move(uuid));
}

/// The same election for all rows, with ballots that are made once: voter 0 first for answer 1, then for answer 2;
/// voter 1 for answer 1; voter 2 for none.
struct Common {
    Forged forged = election();
    std::string a1 = forged.ballot(0, {{1, 0}}, "a1"), a2 = forged.ballot(0, {{0, 1}}, "a2"),
                b = forged.ballot(1, {{1, 0}}, "b"), c = forged.ballot(2, {{0, 0}}, "c");
};
const Common& common() {
    static const Common out;
    return out;
}
Forged honest() {
    auto f = common().forged;
    for (const auto& each : {common().a1, common().b, common().a2, common().c}) f.cast(each);
    f.complete({common().b, common().a2, common().c});
    return f;
}
void erase(Parts& parts, E type) {
    parts.events.erase(parts.events.begin() + static_cast<std::ptrdiff_t>(parts.first(type)));
}
void insert(Parts& parts, std::size_t at, std::pair<E, std::vector<std::string>> event) {
    parts.events.insert(parts.events.begin() + static_cast<std::ptrdiff_t>(at), std::move(event));
}
/// Voter 1's ballot with its text changed before it was signed, alone in a complete record.
Forged with_ballot(std::string_view from, std::string_view to) {
    auto f = common().forged;
    const auto text = f.signed_by(1, replaced(f.sealed(1, {{1, 0}}, "b"), from, to));
    f.cast(text);
    f.complete({common().b});  // what it encrypts is the same
    return f;
}

struct Row {
    std::string what;
    std::function<Forged()> forge;
    const char* refused_as;
    const char *event, *ballot, *field;
    bool tool_accepts;
};
void check(const Row& row) {
    CAPTURE(row.what);
    const auto forged = row.forge();
    const auto archive = forged.parts.archive();
    if (const auto judgement = belenios_verifies(forged.election.uuid, archive)) {
        CAPTURE(judgement->err);
        CHECK(accepted(*judgement) == row.tool_accepts);
    }
    for (const unsigned jobs : {1u, 3u}) {
        VerifyOptions options;
        options.jobs = jobs;
        const auto record = verify(MemorySource(archive), options);
        REQUIRE_FALSE(record);
        CHECK(record.error().name() == row.refused_as);
        CHECK(record.error().fact("event") == row.event);
        CHECK(record.error().fact("ballot") == row.ballot);
        CHECK(record.error().place.field == row.field);
    }
}

}  // namespace

TEST_CASE("the honest record, from which the others differ, is accepted by both") {
    const auto forged = honest();
    const auto archive = forged.parts.archive();
    const auto record = verify(MemorySource(archive));
    if (!record) MESSAGE(sentence_of(Language::en, record.error()));
    REQUIRE(record);
    CHECK(record->result == std::vector<std::vector<std::uint64_t>>{{1, 1}});
    CHECK(record->superseded == 1);
    if (const auto judgement = belenios_verifies(forged.election.uuid, archive)) CHECK(accepted(*judgement));
}

TEST_CASE("an encrypted tally that is not the ballots' is refused") {
    check({"beta of answer 1",
           [] {
               auto f = honest();
               auto& records = f.records(E::encrypted_tally);
               const auto other = f.group.text_of(f.group.multiply_vartime(f.tally_of_last[0][0].beta, f.y));
               records[0] = replaced(records[0], f.group.text_of(f.tally_of_last[0][0].beta), other);
               seal_payload(records);
               return f;
           },
           "evote.tally_wrong", "6", "", "encrypted_tally[0][0].beta", true});
    check({"white space",
           [] {
               auto f = honest();
               auto& records = f.records(E::encrypted_tally);
               records[0] = replaced(records[0], "},{", "}, {");
               seal_payload(records);
               return f;
           },
           "evote.tally_wrong", "6", "", "encrypted_tally[0][1]", true});
}

TEST_CASE("a number of ballots that is not the ballots' is refused") {
    check({"num_tallied",
           [] {
               auto f = honest();
               auto& records = f.records(E::encrypted_tally);
               records[1] = replaced(records[1], "\"num_tallied\":3", "\"num_tallied\":4");
               return f;
           },
           "evote.tallied_number_wrong", "6", "", "num_tallied", true});
}

TEST_CASE("a total weight that is not the ballots' is refused") {
    check({"total_weight",
           [] {
               auto f = honest();
               auto& records = f.records(E::encrypted_tally);
               records[1] = replaced(records[1], "\"total_weight\":3", "\"total_weight\":4");
               return f;
           },
           "evote.tallied_number_wrong", "6", "", "total_weight", true});
}

TEST_CASE("a ballot repeated byte for byte is refused") {
    check({"at once",
           [] {
               auto f = common().forged;
               for (const auto& each : {common().b, common().b, common().c}) f.cast(each);
               f.complete({common().b, common().c});
               return f;
           },
           "evote.ballot_repeated", "2", "2", "ballot", true});
}

TEST_CASE("a superseded ballot that is replayed, which would change the vote, is refused") {
    auto changed = common().forged;
    for (const auto& each : {common().a1, common().b, common().a2, common().a1}) changed.cast(each);
    changed.complete({common().b, common().a1});
    auto meant = common().forged;
    for (const auto& each : {common().a1, common().b, common().a2}) meant.cast(each);
    meant.complete({common().b, common().a2});
    CHECK(changed.stated_result() == "{\"result\":[[2,0]]}");
    CHECK(meant.stated_result() == "{\"result\":[[1,1]]}");
    CHECK(verdict(meant.parts.archive()) == "verified");
    check({"voter 0's first ballot again", [&] { return changed; }, "evote.ballot_repeated", "4", "4", "ballot", true});
    const auto record = verify(MemorySource(changed.parts.archive()));
    CHECK(record.error().fact("first") == "1");
}

TEST_CASE("a ballot behind the close is refused; the tool counts that one only") {
    check({"complete, result included",
           [] {
               auto f = common().forged;
               f.cast(common().b);
               f.close();
               f.cast(common().a2);
               f.tally({common().a2});
               f.decrypt();
               f.result();
               CHECK(f.stated_result() == "{\"result\":[[0,1]]}");
               return f;
           },
           "evote.ballot_after_close", "3", "", "", true});
    check({"nothing behind it",
           [] {
               auto f = common().forged;
               f.cast(common().b);
               f.close();
               f.cast(common().a2);
               return f;
           },
           "evote.ballot_after_close", "3", "", "", true});
}

TEST_CASE("a close in mid-voting is refused; the tool drops the ballots before it") {
    check({"complete, result included",
           [] {
               auto f = common().forged;
               f.cast(common().b);
               f.close();
               f.cast(common().a2);
               f.cast(common().c);
               f.complete({common().a2, common().c});
               return f;
           },
           "evote.ballot_after_close", "3", "", "", true});
    check({"two closes in a row",
           [] {
               auto f = common().forged;
               f.cast(common().b);
               f.close();
               f.complete({common().b});
               return f;
           },
           "evote.close_repeated", "3", "", "", true});
}

TEST_CASE("two results are refused: the first false, or both right") {
    check({"the first false",
           [] {
               auto f = honest();
               auto wrong = f.parts.events.back();
               wrong.second[0] = "{\"result\":[[2,0]]}";
               insert(f.parts, f.parts.events.size() - 1, wrong);
               return f;
           },
           "evote.result_wrong", "9", "", "result[0][0]", true});
    check({"both right",
           [] {
               auto f = honest();
               insert(f.parts, f.parts.events.size(), f.parts.events.back());
               return f;
           },
           "evote.result_repeated", "10", "", "", true});
}

TEST_CASE("a second setup is refused; the tool takes the last one") {
    check({"another election's setup first",
           [] {
               auto f = honest();
               auto other = election({number(7)}, {number(11)}, "9wBdpLcGQAQcMm");
               insert(f.parts, 0, other.parts.events[0]);
               return f;
           },
           "evote.setup_repeated", "1", "", "", true});
    check({"the same twice",
           [] {
               auto f = honest();
               insert(f.parts, 0, f.parts.events[0]);
               return f;
           },
           "evote.setup_repeated", "1", "", "", true});
}

TEST_CASE("a record that was never closed is refused") {
    check({"EndBallots missing",
           [] {
               auto f = honest();
               erase(f.parts, E::end_ballots);
               return f;
           },
           "evote.close_missing", "5", "", "", true});
}

TEST_CASE("a record without an encrypted tally is refused") {
    check({"EncryptedTally missing, complete otherwise",
           [] {
               auto f = honest();
               erase(f.parts, E::encrypted_tally);
               return f;
           },
           "evote.tally_missing", "6", "", "", true});
    check({"two tallies, both right",
           [] {
               auto f = honest();
               const auto at = f.parts.first(E::encrypted_tally);
               insert(f.parts, at, f.parts.events[at]);
               return f;
           },
           "evote.tally_repeated", "7", "", "", true});
}

TEST_CASE("a partial decryption without a tally is refused") {
    check({"neither tally nor result",
           [] {
               auto f = honest();
               erase(f.parts, E::encrypted_tally);
               erase(f.parts, E::result);
               return f;
           },
           "evote.tally_missing", "6", "", "", true});
}

TEST_CASE("a shuffle in a record that has nothing to shuffle is refused") {
    check(
        {"a shuffle of nothing",
         [] {
             auto f = honest();
             const auto at = f.parts.first(E::partial_decryption);
             const std::string shuffle = "{\"ciphertexts\":[],\"proofs\":[]}";
             insert(f.parts, at, {E::end_shuffles, {}});
             insert(f.parts, at, {E::shuffle, {shuffle, "{\"owner\":1,\"payload\":\"" + sha256_hex(shuffle) + "\"}"}});
             return f;
         },
         "evote.event_out_of_order", "7", "", "", true});
}

TEST_CASE("a record without its result is not complete") {
    check({"result absent",
           [] {
               auto f = honest();
               erase(f.parts, E::result);
               return f;
           },
           "evote.record_incomplete", "", "", "", true});
}

TEST_CASE("an owner that there is not, or twice, or another's decryption, is refused") {
    const auto decrypted = [](std::initializer_list<std::pair<std::size_t, std::size_t>> owners) {
        auto f = common().forged;
        f.cast(common().b);
        f.close();
        f.tally({common().b});
        for (const auto& [trustee, owner] : owners) f.decrypt(trustee, owner);
        f.result();
        return f;
    };
    check({"owner 0",
           [&] {
               return decrypted({{1, 1}, {2, 2}, {2, 0}});
           },
           "evote.owner_out_of_range", "6", "", "owner", false});
    check({"owner 3 of 2",
           [&] {
               return decrypted({{1, 1}, {2, 2}, {2, 3}});
           },
           "evote.owner_out_of_range", "6", "", "owner", false});
    check({"one trustee twice",
           [&] {
               return decrypted({{1, 1}, {2, 2}, {2, 2}});
           },
           "evote.owner_repeated", "6", "", "owner", true});
    check({"another's",
           [&] {
               return decrypted({{1, 2}, {2, 1}});
           },
           "evote.decryption_proof_fails", "4", "", "decryption_proofs[0][0]", false});
}

TEST_CASE("a ballot has one written form: the order of fields, decimals without zeros, signs or separators") {
    const auto& f = common().forged;
    const auto sealed = f.sealed(1, {{1, 0}}, "b");
    const auto alpha = f.group.text_of(f.choices_in(common().b)[0][0].alpha),
               beta = f.group.text_of(f.choices_in(common().b)[0][0].beta);
    const std::string choice = "{\"alpha\":\"" + alpha + "\",\"beta\":\"" + beta + "\"}";
    const std::string proofs = "\"individual_proofs\":[[{\"challenge\":\"";
    check({"alpha behind beta",
           [&] { return with_ballot(choice, "{\"beta\":\"" + beta + "\",\"alpha\":\"" + alpha + "\"}"); },
           "evote.text_not_canonical", "1", "1", "answers[0].choices[0].alpha", true});
    check({"alpha with a leading zero", [&] { return with_ballot(alpha, "0" + alpha); }, "evote.element_malformed", "1",
           "1", "answers[0].choices[0].alpha", true});
    check({"a challenge with a leading zero", [&] { return with_ballot(proofs, proofs + "0"); },
           "evote.scalar_malformed", "1", "1", "answers[0].individual_proofs[0]", true});
    check({"a challenge with a sign", [&] { return with_ballot(proofs, proofs + "+"); }, "evote.scalar_malformed", "1",
           "1", "answers[0].individual_proofs[0]", true});
    check({"a challenge with a separator",
           [&] {
               const auto at = sealed.find(proofs) + proofs.size();
               return with_ballot(sealed.substr(at - proofs.size(), proofs.size() + 4),
                                  proofs + sealed.substr(at, 3) + "_" + sealed.substr(at + 3, 1));
           },
           "evote.scalar_malformed", "1", "1", "answers[0].individual_proofs[0]", true});
    check({"a field too many", [&] { return with_ballot("{\"choices\":[", "{\"name\":\"b\",\"choices\":["); },
           "evote.text_not_canonical", "1", "1", "answers[0].choices", true});
    check({"white space", [&] { return with_ballot("{\"choices\":[", "{\"choices\": ["); }, "evote.text_not_canonical",
           "1", "1", "answers[0].choices", false});
}

TEST_CASE("decryptions and results have one written form") {
    const auto altered = [](E type, std::string_view from, std::string_view to) {
        auto f = honest();
        auto& records = f.records(type);
        records[0] = replaced(records[0], from, to);
        if (records.size() == 2) seal_payload(records);
        return f;
    };
    check({"a challenge with a leading zero",
           [&] { return altered(E::partial_decryption, "\"challenge\":\"", "\"challenge\":\"0"); },
           "evote.scalar_malformed", "7", "", "decryption_proofs[0][0]", true});
    check({"white space in a decryption",
           [&] { return altered(E::partial_decryption, "]],\"decryption_proofs\"", "]], \"decryption_proofs\""); },
           "evote.decryption_shape_wrong", "7", "", "decryption_factors[1]", true});
    check({"white space in the result", [&] { return altered(E::result, "[[1,1]]", "[[1, 1]]"); },
           "evote.result_shape_wrong", "9", "", "result", true});
}

TEST_CASE("an identity as credential, under which anybody may vote, is refused") {
    check({"secret 0",
           [] {
               auto f = election({number(1'000'003)}, {number(0), number(500'029)});
               const auto ballot = f.ballot(0, {{1, 0}}, "x");
               f.cast(ballot);
               f.complete({ballot});
               return f;
           },
           "evote.element_is_identity", "0", "", "credentials[0]", true});
}

TEST_CASE("a credential listed twice, or out of the order of the list, is refused") {
    check({"twice",
           [] {
               auto f = election({number(1'000'003)}, {number(500'029), number(500'029)});
               const auto ballot = f.ballot(0, {{1, 0}}, "x");
               f.cast(ballot);
               f.complete({ballot});
               return f;
           },
           "evote.credential_repeated", "0", "", "credentials[1]", false});
    check({"out of order",
           [] {
               auto f = election({number(1'000'003)}, {number(500'029), number(500'009)});
               auto& list = f.parts.events[0].second[2];
               const auto middle = list.find("\",\"");
               list = "[" + list.substr(middle + 2, list.size() - middle - 3) + "," + list.substr(1, middle) + "]";
               f.set_up();
               const auto ballot = f.ballot(0, {{1, 0}}, "x");
               f.cast(ballot);
               f.complete({ballot});
               return f;
           },
           "evote.credentials_not_sorted", "0", "", "credentials[1]", true});
}

TEST_CASE("an identity as trustee, and a key that two trustees share, are refused") {
    const auto of_trustees = [](std::vector<G::Scalar> keys) {
        auto f = election(std::move(keys));
        const auto ballot = f.ballot(0, {{1, 0}}, "x");
        f.cast(ballot);
        f.complete({ballot});
        return f;
    };
    check({"a trustee without a secret",
           [&] {
               return of_trustees({number(1'000'003), number(0)});
           },
           "evote.element_is_identity", "0", "", "trustees[1].public_key", true});
    check({"one person as two trustees",
           [&] {
               return of_trustees({number(1'000'003), number(1'000'003)});
           },
           "evote.trustee_key_repeated", "0", "", "trustees", true});
    const auto minus = belenios_2048().scalars().negate(number(1'000'003));
    check({"keys that cancel each other",
           [&] {
               return of_trustees({number(1'000'003), minus});
           },
           "evote.element_is_identity", "0", "", "election_key", true});
}

TEST_CASE("fields that the format does not know are refused in the setup") {
    const auto altered = [](std::size_t record, std::string_view from, std::string_view to) {
        auto f = common().forged;
        f.parts.events[0].second[record] = replaced(f.parts.events[0].second[record], from, to);
        f.set_up();
        const auto ballot = f.ballot(1, {{1, 0}}, "b");
        f.cast(ballot);
        f.complete({ballot});
        return f;
    };
    check({"in the election", [&] { return altered(0, "{\"version\":1", "{\"note\":1,\"version\":1"); },
           "base.field_unknown", "0", "", "election.note", true});
    check({"in a trustee", [&] { return altered(1, "{\"pok\"", "{\"note\":1,\"pok\""); }, "base.field_unknown", "0", "",
           "trustees[0].note", true});
    check({"a member twice in the election",
           [&] { return altered(0, "{\"version\":1", "{\"version\":1,\"version\":1"); }, "base.json_duplicate_key", "0",
           "", "election", true});
}

TEST_CASE("a question of lists, or a ranking that the group cannot hold, is refused, not passed over") {
    check({"a ranking beside",
           [] {
               auto f = common().forged;
               auto& text = f.parts.events[0].second[0];
               text = replaced(text, "\"questions\":[",
                               "\"questions\":[{\"type\":\"NonHomomorphic\",\"value\":{\"answers\":[\"A\"],"
                               "\"question\":\"Rank\"}},");
               f.set_up();
               return f;
           },
           "evote.group_unsuitable", "0", "", "election.questions[0]", true});
}
