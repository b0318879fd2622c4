// SPDX-License-Identifier: Apache-2.0
// Records with rankings: their life from the tally over the shuffles to the opened ballots, and what of it is refused.
#include <algorithm>

#include "evote/record/forgery_for_tests.h"

using namespace plenum;
using namespace plenum::evote;

namespace {

using E = EventType;

/// A ranking, a homomorphic question, another ranking.
Simulation ranked(std::string group) {
    auto out = small(std::move(group));
    out.questions = {*question_from_shape("rank:4", 1), *question_from_shape("2:1:1:blank", 2),
                     *question_from_shape("rank:2", 3)};
    return out;
}

std::vector<std::vector<std::uint8_t>> sorted(const Rankings& rankings) {
    std::vector<std::vector<std::uint8_t>> out;
    for (std::size_t i = 0; i < rankings.ballots(); ++i)
        out.emplace_back(rankings.ballot(i).begin(), rankings.ballot(i).end());
    std::sort(out.begin(), out.end());
    return out;
}

/// From a closed record to the result, with a shuffle by each of these trustees and all decryptions.
std::string completed(std::string archive, const SimulatedElection& election,
                      const std::vector<std::uint64_t>& shufflers) {
    SystemRandomness randomness;
    archive += *append_tally(MemorySource(archive));
    for (const auto trustee : shufflers) archive += *append_shuffle(MemorySource(archive), trustee, randomness);
    archive += *close_shuffles(MemorySource(archive));
    for (const auto& key : election.trustee_private_keys)
        archive += *append_decryption(MemorySource(archive), HiddenText(std::string(key)), randomness);
    archive += *append_result(MemorySource(archive));
    return archive;
}

}  // namespace

TEST_CASE("a mixed election with rankings verifies and opens to its plain votes, in a shuffled order") {
    const auto election = simulated(ranked("Ed25519"));
    const auto record = verify(MemorySource(election.archive));
    if (!record) MESSAGE(sentence_of(Language::en, record.error()));
    REQUIRE(record);
    CHECK(record->result == election.expected);
    CHECK(record->rankings == election.expected_rankings);
    CHECK(record->rankings[0].ballots() == 5);
    CHECK(record->rankings[1].ballots() == 0);
    CHECK(record->rankings[2].answers == 2);
    REQUIRE(record->shuffles.size() == 2);
    CHECK(record->shuffles[0].trustee == 1);
    CHECK(record->shuffles[1].trustee == 2);
    // The hash by which a trustee knows the own shuffle is that of its data record.
    for (const auto& each : record->shuffles)
        CHECK(election.archive.find(each.hash + ".data.json") != std::string::npos);
    CHECK(record->superseded == 2);
    CHECK(Parts(election.archive).archive() == election.archive);
    CHECK(simulated(ranked("Ed25519")).archive == election.archive);
    // Shuffled again by others' chance: the same ballots, in another order.
    const auto points = *cut_points(MemorySource(election.archive));
    std::uint64_t close = 0;
    for (const auto& [type, end] : points)
        if (type == E::end_ballots) close = end;
    const auto again = completed(election.archive.substr(0, close), election, {2, 1});
    const auto other = verify(MemorySource(again));
    REQUIRE(other);
    REQUIRE(other->shuffles.size() == 2);
    CHECK(other->shuffles[0].trustee == 2);
    CHECK(other->shuffles[0].hash != record->shuffles[0].hash);
    CHECK(other->result == record->result);
    for (const std::size_t question : {0u, 2u})
        CHECK(sorted(other->rankings[question]) == sorted(record->rankings[question]));
}

TEST_CASE("a shuffle too long to be kept is read from the archive again, and must be what was read at first") {
    /// A record of which one byte is another one when it is read for the second time.
    class Changing final : public ByteSource {
      public:
        Changing(const std::string& bytes, std::size_t at) : bytes_(bytes), at_(at) {}
        std::uint64_t size() const override { return bytes_.size(); }
        Result<std::string> read(std::uint64_t offset, std::size_t count) const override {
            auto out = bytes_.substr(offset, count);
            if (at_ >= offset && at_ - offset < count && times_read++ != 0) out[at_ - offset] ^= 1;
            return out;
        }
        mutable int times_read = 0;

      private:
        const std::string& bytes_;
        std::size_t at_;
    };
    auto wanted = ranked("RFC-3526-2048");
    wanted.voters = 16;
    wanted.revotes = 0;
    wanted.questions = {*question_from_shape("rank:3", 1)};
    const auto election = simulated(wanted);
    const auto& archive = election.archive;
    const auto shuffle = archive.find("{\"ciphertexts\":[["), end = archive.find(std::string(1, '\0'), shuffle);
    REQUIRE(end - shuffle > ChainReader::kept_whole);
    CHECK(verdict(archive) == "verified");
    for (const auto at : {shuffle, shuffle + 40, end - 700, end - 1}) {
        const Changing source(archive, at);
        const auto record = verify(source);
        REQUIRE_FALSE(record);
        CHECK(source.times_read == 2);
        CAPTURE(record.error().name());
        // Inside a number another digit may be as good as the first, until the hash is asked.
        CHECK((record.error().name() == "evote.member_hash_wrong" || at < end - 700));
    }
    const Changing honest(archive, archive.size() - 1);
    CHECK(verify(honest));
}

TEST_CASE("every cut of a ranked record holds as far as it goes, and is taken up again there") {
    auto wanted = ranked("Ed25519");
    wanted.voters = 3;
    wanted.revotes = 1;
    const auto election = simulated(wanted);
    const auto points = *cut_points(MemorySource(election.archive));
    for (const auto& [type, end] : points) {
        const auto cut = election.archive.substr(0, end);
        const auto state = type == E::result                                          ? RecordState::result
                           : type == E::end_shuffles || type == E::partial_decryption ? RecordState::shuffled
                           : type == E::encrypted_tally || type == E::shuffle         ? RecordState::tallied
                           : type == E::end_ballots                                   ? RecordState::closed
                                                                                      : RecordState::open;
        for (const auto until : {RecordState::open, RecordState::closed, RecordState::tallied, RecordState::shuffled,
                                 RecordState::result}) {
            VerifyOptions options;
            options.until = until;
            CHECK(verdict(cut, options) == (state >= until ? "verified" : "evote.record_incomplete"));
        }
    }
    // Where nothing is to be shuffled, a tallied record has come as far as a shuffled one.
    auto plain = small("Ed25519");
    plain.until = RecordState::tallied;
    VerifyOptions options;
    options.until = RecordState::shuffled;
    CHECK(verdict(simulated(plain).archive, options) == "verified");
    plain.until = RecordState::closed;
    const auto closed = verify(MemorySource(simulated(plain).archive), options);
    REQUIRE_FALSE(closed);
    CHECK(closed.error().fact("wanted") == "tallied");
}

TEST_CASE("the steps are refused where they do not belong: who shuffles, when, and what nobody may open") {
    auto wanted = ranked("Ed25519");
    wanted.voters = 2;
    wanted.revotes = 0;
    wanted.until = RecordState::tallied;
    const auto election = simulated(wanted);
    const HiddenText key(std::string(election.trustee_private_keys[0]));
    SystemRandomness randomness;
    auto archive = election.archive;
    const auto shuffled_by = [&](std::uint64_t trustee) {
        return append_shuffle(MemorySource(archive), trustee, randomness);
    };
    for (const std::uint64_t nobody : {0u, 3u}) CHECK(refused_as(shuffled_by(nobody), Why::shuffle_owner_unknown));
    CHECK(refused_as(append_decryption(MemorySource(archive), key, randomness), Why::record_incomplete));
    CHECK(refused_as(append_result(MemorySource(archive)), Why::record_incomplete));
    CHECK(refused_as(close_shuffles(MemorySource(archive)), Why::shuffles_missing));
    const auto before = *verify(MemorySource(archive), [] {
        VerifyOptions out;
        out.until = RecordState::tallied;
        return out;
    }());
    const auto handed = *shuffle_lists(before, 1, randomness);
    archive += *shuffled_by(2);
    CHECK(refused_as(shuffled_by(2), Why::shuffle_owner_repeated));
    // A shuffle of what was to be shuffled before: made too late.
    CHECK(refused_as(append_handed(MemorySource(archive), E::shuffle, {{handed.shuffle.whole(), handed.owned}}),
                     Why::shuffle_proof_fails));
    CHECK(refused_as(append_decryption(MemorySource(archive), key, randomness), Why::record_incomplete));
    archive += *close_shuffles(MemorySource(archive));
    CHECK(refused_as(close_shuffles(MemorySource(archive)), Why::record_goes_on));
    CHECK(refused_as(shuffled_by(1), Why::record_goes_on));
    archive += *append_decryption(MemorySource(archive), key, randomness);
    CHECK(refused_as(append_result(MemorySource(archive)), Why::decryptions_missing));

    const auto plain = simulated(small("Ed25519"));
    const auto record = *verify(MemorySource(plain.archive));
    CHECK(refused_as(shuffle_lists(record, 1, randomness), Why::nothing_to_shuffle));
    CHECK(refused_as(close_shuffles(MemorySource(plain.archive)), Why::nothing_to_shuffle));
}

TEST_CASE("no ballot and one ballot are legal, from the setup to the result") {
    for (const auto* group : {"Ed25519", "RFC-3526-2048"})
        for (const std::uint64_t ballots : {0u, 1u}) {
            CAPTURE(group);
            CAPTURE(ballots);
            auto wanted = ranked(group);
            wanted.questions.erase(wanted.questions.begin() + 1);
            wanted.voters = 1;
            wanted.revotes = 0;
            wanted.until = RecordState::open;
            const auto election = simulated(wanted);
            auto archive = election.archive.substr(0, cut_points(MemorySource(election.archive))->at(ballots).second);
            archive += *close_record(MemorySource(archive));
            archive = completed(std::move(archive), election, {1, 2});
            const auto record = verify(MemorySource(archive));
            REQUIRE(record);
            CHECK(record->counted == ballots);
            CHECK(record->rankings[0].ballots() == ballots);
            if (ballots == 1) CHECK(record->rankings == election.expected_rankings);
            if (std::string_view(group) == "Ed25519") continue;
            const auto judgement = belenios_verifies(election.uuid, archive);
            if (!judgement) continue;
            CAPTURE(judgement->err);
            CHECK(accepted(*judgement));
        }
}

TEST_CASE("belenios-tool accepts our mixed record in RFC-3526-2048, shuffled by two trustees") {
    auto wanted = ranked("RFC-3526-2048");
    wanted.voters = 2;
    wanted.revotes = 1;
    wanted.questions[1] = *question_from_shape("1:0:1", 2);
    const auto election = simulated(wanted);
    const auto record = verify(MemorySource(election.archive));
    REQUIRE(record);
    CHECK(record->rankings == election.expected_rankings);
    CHECK(record->result == election.expected);
    CHECK(record->shuffles.size() == 2);
    const auto judgement = belenios_verifies(election.uuid, election.archive);
    if (!judgement) return;
    CAPTURE(judgement->err);
    CHECK(accepted(*judgement));
}

TEST_CASE("rankings beside weights, in BELENIOS-2048 or with too many answers cannot be simulated") {
    auto wanted = ranked("Ed25519");
    wanted.weights = {1, 2};
    CHECK(refused_as(simulate(wanted), Why::simulation_impossible));
    CHECK(refused_as(simulate(ranked("BELENIOS-2048")), Why::group_unsuitable));
    wanted = ranked("Ed25519");
    wanted.questions[0] = *question_from_shape("rank:31", 1);
    CHECK(refused_as(simulate(wanted), Why::answers_too_many));
    for (const auto* shape : {"rank:", "rank:0", "rank:256", "rank:5:blank", "rank:05", "rang:5"})
        CHECK(refused_as(question_from_shape(shape, 1), Why::question_malformed));
}

namespace {

using G = Rfc3526;
using Forged = Forgery<G>;

G::Scalar number(std::uint64_t value) { return rfc_3526_2048().scalars().from_number(value); }

/// Two trustees, two voters; a ranking of two answers and a plain question.
struct Common {
    Forged forged{rfc_3526_2048(),
                  {number(1'000'003), number(1'000'033)},
                  {number(500'009), number(500'029)},
                  std::vector{*question_from_shape("rank:2", 1), *question_from_shape("1:0:1", 2)}};
    std::string a = forged.ballot(0, {{2, 1}, {1}}, "a"), b = forged.ballot(1, {{1, 2}, {0}}, "b");
    Forged cast = [this] {
        auto f = forged;
        f.cast(a);
        f.cast(b);
        return f;
    }();
    Forged honest = [this] {
        auto f = cast;
        f.complete({a, b});
        return f;
    }();
};
const Common& common() {
    static const Common out;
    return out;
}
Forged tallied() {
    auto f = common().cast;
    f.close();
    f.tally({common().a, common().b});
    return f;
}
Forged finished(Forged f) {
    f.decrypt();
    f.result();
    return f;
}
/// The number of the second shuffle's event.
constexpr std::size_t second_shuffle = 6;

struct Row {
    std::string what;
    std::function<Forged()> forge;
    const char* refused_as;
    const char *event, *field;
    bool tool_accepts;
};

}  // namespace

TEST_CASE("the honest ranked record is accepted by both") {
    const auto& forged = common().honest;
    const auto archive = forged.parts.archive();
    const auto record = verify(MemorySource(archive));
    if (!record) MESSAGE(sentence_of(Language::en, record.error()));
    REQUIRE(record);
    CHECK(sorted(record->rankings[0]) == std::vector<std::vector<std::uint8_t>>{{1, 2}, {2, 1}});
    CHECK(record->result == std::vector<std::vector<std::uint64_t>>{{}, {1}});
    if (const auto judgement = belenios_verifies(forged.election.uuid, archive)) CHECK(accepted(*judgement));
}

TEST_CASE(
    "shuffles out of their order, by nobody, of other lists, or none are refused by name; lists, factors, results") {
    const auto swapped_in_tally = [](std::string text) {
        // The first two ciphertexts of the list exchanged.
        const auto from = text.find("[[{") + 2, middle = text.find("},{", from) + 1, end = text.find("]", middle);
        const auto first = text.substr(from, middle - from), second = text.substr(middle + 1, end - middle - 1);
        return text.replace(from, end - from, second + "," + first);
    };
    const auto in_tally = [](const auto& change) {
        auto f = common().honest;
        auto& records = f.records(E::encrypted_tally);
        records[0] = change(records[0]);
        seal_payload(records);
        return f;
    };
    const auto in_result = [](std::string_view from, std::string_view to) {
        auto f = common().honest;
        auto& text = f.parts.events.back().second[0];
        text = replaced(text, from, to);
        return f;
    };
    const auto owner = [](std::size_t event, std::string_view from, std::string_view to) {
        auto f = common().honest;
        auto& text = f.parts.events[event].second[1];
        text = replaced(text, from, to);
        return f;
    };
    const std::vector<Row> rows{
        {"no shuffle at all", [] { return finished(tallied()); }, "evote.shuffles_missing", "5", "", true},
        {"shuffles that are not closed",
         [] {
             auto f = tallied();
             f.shuffle(1);
             return finished(std::move(f));
         },
         "evote.shuffles_not_closed", "6", "", true},
        {"the close without a shuffle",
         [] {
             auto f = tallied();
             f.end_shuffles();
             return finished(std::move(f));
         },
         "evote.event_out_of_order", "5", "", true},
        {"two closes",
         [] {
             auto f = tallied();
             f.shuffle(1);
             f.end_shuffles();
             f.end_shuffles();
             return finished(std::move(f));
         },
         "evote.event_out_of_order", "7", "", true},
        {"a shuffle behind the close",
         [] {
             auto f = tallied();
             f.shuffle(1);
             f.end_shuffles();
             f.shuffle(2);
             return finished(std::move(f));
         },
         "evote.event_out_of_order", "7", "", false},
        {"a shuffle by trustee 3 of 2", [&] { return owner(second_shuffle, ":2,", ":3,"); },
         "evote.shuffle_owner_unknown", "6", "owner", true},
        {"a shuffle by trustee 0", [&] { return owner(second_shuffle - 1, ":1,", ":0,"); },
         "evote.shuffle_owner_unknown", "5", "owner", true},
        {"two shuffles by one", [&] { return owner(second_shuffle, ":2,", ":1,"); }, "evote.shuffle_owner_repeated",
         "6", "owner", true},
        {"another's payload in the owner's text",
         [&] {
             auto f = common().honest;
             f.parts.events[second_shuffle].second[1] = f.parts.events[second_shuffle - 1].second[1];
             return f;
         },
         "evote.text_not_canonical", "6", "owned", false},
        {"the second shuffle takes the tally, not the first one's output",
         [] {
             auto f = tallied();
             const auto lists = f.tally_of_last;
             f.shuffle(1);
             f.tally_of_last = lists;
             f.shuffle(2);
             f.end_shuffles();
             return finished(std::move(f));
         },
         "evote.shuffle_proof_fails", "6", "proofs[0]", false},
        {"a ciphertext of the shuffle is left out",
         [] {
             auto f = common().honest;
             auto& records = f.parts.events[second_shuffle].second;
             const auto from = records[0].find("{\"alpha\""), to = records[0].find("{\"alpha\"", from + 1);
             records[0].erase(from, to - from);
             seal_payload(records);
             return f;
         },
         "evote.shuffle_length_wrong", "6", "ciphertexts[0]", false},
        {"the decryptions open the tally, not the shuffled lists",
         [] {
             auto f = tallied();
             const auto lists = f.tally_of_last;
             f.shuffle(1);
             f.end_shuffles();
             f.tally_of_last = lists;
             return finished(std::move(f));
         },
         "evote.decryption_proof_fails", "7", "decryption_proofs[0][0]", false},
        {"the list of the tally in another order", [&] { return in_tally(swapped_in_tally); }, "evote.tally_wrong", "4",
         "encrypted_tally[0][0].alpha", true},
        {"a ciphertext of the tally is left out",
         [&] {
             return in_tally([](std::string text) {
                 const auto from = text.find("{\"alpha\""), to = text.find("{\"alpha\"", from + 1);
                 return text.erase(from, to - from);
             });
         },
         "evote.tally_wrong", "4", "encrypted_tally[0][0].alpha", true},
        {"a ciphertext of the tally twice",
         [&] {
             return in_tally([](std::string text) {
                 const auto from = text.find("{\"alpha\""), to = text.find("{\"alpha\"", from + 1);
                 return text.insert(from, text.substr(from, to - from));
             });
         },
         "evote.tally_wrong", "4", "encrypted_tally[0][1].alpha", true},
        {"an opened ballot changed",
         [&] {
             return common().honest.stated_result().find("[[[1,2]") == std::string::npos
                        ? in_result("[[[2,1]", "[[[1,1]")
                        : in_result("[[[1,2]", "[[[1,1]");
         },
         "evote.result_ballot_wrong", "10", "result[0][0]", false},
        {"the opened ballots in another order",
         [&] {
             auto f = common().honest;
             auto& text = f.parts.events.back().second[0];
             const bool first = text.find("[[1,2],[2,1]]") != std::string::npos;
             text = first ? replaced(text, "[[1,2],[2,1]]", "[[2,1],[1,2]]")
                          : replaced(text, "[[2,1],[1,2]]", "[[1,2],[2,1]]");
             return f;
         },
         "evote.result_ballot_wrong", "10", "result[0][0]", false},
        {"an opened ballot with white space", [&] { return in_result("],[", "], ["); }, "evote.result_shape_wrong",
         "10", "result", true},
        {"a rank with a leading zero", [&] { return in_result("[[[", "[[[0"); }, "evote.result_shape_wrong", "10",
         "result", false},
        {"an opened ballot too many", [&] { return in_result("]],[", "],[1,2]],["); }, "evote.result_shape_wrong", "10",
         "result", false},
    };
    for (const auto& row : rows) {
        CAPTURE(row.what);
        const auto forged = row.forge();
        const auto archive = forged.parts.archive();
        // What the tool refuses too is shown in the long run only: an exponentiation here costs some milliseconds.
        if (row.tool_accepts || std::getenv("PLENUM_LONG") != nullptr) {
            const auto judgement = belenios_verifies(forged.election.uuid, archive);
            if (judgement) CHECK(accepted(*judgement) == row.tool_accepts);
        }
        const auto record = verify(MemorySource(archive));
        REQUIRE_FALSE(record);
        CHECK(record.error().name() == row.refused_as);
        CHECK(record.error().fact("event") == row.event);
        CHECK(record.error().place.field == row.field);
    }
}

TEST_CASE("a ranking's ballot with a scalar or an element that is written otherwise is refused with its field") {
    struct Written {
        const char *from, *to, *refused_as, *field;
        bool tool_accepts;
    };
    const auto& f = common().forged;
    const auto sealed = f.sealed(1, {{1, 2}, {0}}, "b");
    for (const auto& row : {Written{"\"choices\":{\"alpha\":\"", "\"choices\":{\"alpha\":\"0",
                                    "evote.element_malformed", "answers[0].choices.alpha", true},
                            Written{"\"proof\":{\"challenge\":\"", "\"proof\":{\"challenge\":\"0",
                                    "evote.scalar_malformed", "answers[0].proof", true}}) {
        auto forged = common().forged;
        const auto text = f.signed_by(1, replaced(sealed, row.from, row.to));
        forged.cast(text);
        forged.complete({common().b});  // what it encrypts is the same
        const auto archive = forged.parts.archive();
        if (const auto judgement = belenios_verifies(forged.election.uuid, archive)) {
            CAPTURE(judgement->err);
            CHECK(accepted(*judgement) == row.tool_accepts);
        }
        const auto record = verify(MemorySource(archive));
        REQUIRE_FALSE(record);
        CHECK(record.error().name() == row.refused_as);
        CHECK(record.error().fact("ballot") == "1");
        CHECK(record.error().place.field == row.field);
    }
}

TEST_CASE("weights beside a ranking are refused with the credential") {
    auto forged = common().forged;
    auto& list = forged.parts.events[0].second[2];
    list = replaced(list, "\"]", ",7\"]");
    list.insert(list.find("\",\""), ",1");
    forged.set_up();
    const auto record = verify(MemorySource(forged.parts.archive()));
    REQUIRE(refused_as(record, Why::weights_with_rankings));
    CHECK(record.error().fact("weight") == "7");
    CHECK(record.error().place.field == "credentials[1]");
}

TEST_CASE("in Ed25519 the list may be sorted in any of the ways in use, but must be the same list") {
    const auto& scalars = ed25519().scalars();
    Forgery<Ed25519> forged(ed25519(), {scalars.from_number(1'000'003)},
                            {scalars.from_number(500'009), scalars.from_number(500'029), scalars.from_number(500'041)},
                            std::vector{*question_from_shape("rank:3", 1)});
    std::vector<std::string> ballots;
    for (std::size_t voter = 0; voter < 3; ++voter) {
        ballots.push_back(forged.ballot(voter, {{1, static_cast<std::uint8_t>(voter), 3}}, std::to_string(voter)));
        forged.cast(ballots.back());
    }
    forged.close();
    forged.tally(ballots);
    const auto complete = [&](const std::function<void(Tally<Ed25519>&)>& change) {
        auto f = forged;
        change(f.tally_of_last);
        auto& records = f.records(E::encrypted_tally);
        records[0] = tally_text(ed25519(), f.tally_of_last);
        seal_payload(records);
        f.shuffle(1);
        f.end_shuffles();
        f.decrypt();
        f.result();
        return f.parts.archive();
    };
    CHECK(verdict(complete([](auto&) {})) == "verified");
    CHECK(verdict(complete([](auto& tally) { std::reverse(tally[0].begin(), tally[0].end()); })) == "verified");
    CHECK(verdict(complete([](auto& tally) { tally[0][0] = tally[0][1]; })) == "evote.tally_wrong");
    CHECK(verdict(complete([](auto& tally) { tally[0].pop_back(); })) == "evote.tally_wrong");
    CHECK(verdict(complete([](auto& tally) { tally[0].push_back(tally[0][0]); })) == "evote.tally_wrong");
    CHECK(verdict(complete([](auto& tally) { std::swap(tally[0][0].beta, tally[0][1].beta); })) == "evote.tally_wrong");
}
