// SPDX-License-Identifier: Apache-2.0
#include "evote/group/every_group.h"
#include "evote/record/records_for_tests.h"

using namespace plenum;
using namespace plenum::evote;

TEST_CASE("a simulated election verifies and has the result of its plain votes, in every group") {
    for (const auto* group : {"Ed25519", "BELENIOS-2048", "RFC-3526-2048"}) {
        CAPTURE(group);
        auto wanted = small(group);
        if (wanted.group == "RFC-3526-2048") {
            wanted.voters = 2;
            wanted.revotes = 1;
            wanted.questions = {*question_from_shape("1:0:1", 1)};
            wanted.single_trustees = 1;
        }
        wanted.weights = {1, 5, 100'000};
        const auto election = simulated(wanted);
        const auto record = verify(MemorySource(election.archive));
        if (!record) MESSAGE(sentence_of(Language::en, record.error()));
        REQUIRE(record);
        CHECK(record->result == election.expected);
        CHECK(record->ballots == wanted.voters + wanted.revotes);
        CHECK(record->superseded == wanted.revotes);
        CHECK(record->counted == wanted.voters);
        CHECK(record->state == RecordState::result);
        CHECK(Parts(election.archive).archive() == election.archive);
        // The same seed, the same bytes; two threads, the same verdict.
        VerifyOptions two;
        two.jobs = 2;
        CHECK(verdict(election.archive, two) == "verified");
        if (wanted.group == "Ed25519") CHECK(simulated(wanted).archive == election.archive);
    }
}

TEST_CASE("belenios-tool accepts our records: single trustees, threshold, revotes, weights") {
    for (const bool threshold : {false, true}) {
        CAPTURE(threshold);
        auto wanted = small("BELENIOS-2048");
        wanted.weights = {1, 17, 5};
        if (threshold) {
            wanted.single_trustees = 0;
            wanted.threshold = ThresholdContext{3, 2};
        }
        const auto election = simulated(wanted);
        CHECK(verdict(election.archive) == "verified");
        const auto judgement = belenios_verifies(election.uuid, election.archive);
        if (!judgement) return;
        CAPTURE(judgement->err);
        CHECK(accepted(*judgement));
    }
}

TEST_CASE("a single trustee and a threshold group together decrypt with any two of the three") {
    auto wanted = small("Ed25519");
    wanted.single_trustees = 1;
    wanted.threshold = ThresholdContext{3, 2};
    wanted.until = RecordState::tallied;
    const auto election = simulated(wanted);
    SeededRandomness randomness("decrypt");
    for (const auto& who : {std::vector<std::size_t>{0, 1, 2}, {3, 0, 1}, {2, 3, 0}, {0, 1, 2, 3}, {0, 3}, {1, 2, 3}}) {
        auto archive = election.archive;
        for (const auto trustee : who) {
            const HiddenText key(std::string(election.trustee_private_keys[trustee]));
            auto more = append_decryption(MemorySource(archive), key, randomness);
            REQUIRE(more);
            archive += *more;
            CHECK(refused_as(append_decryption(MemorySource(archive), key, randomness), Why::owner_repeated));
        }
        const auto result = append_result(MemorySource(archive));
        const bool enough = std::count(who.begin(), who.end(), 0u) == 1 && who.size() >= 3;
        CHECK(result.has_value() == enough);
        if (!enough) {
            CHECK(refused_as(result, Why::decryptions_missing));
            continue;
        }
        archive += *result;
        const auto record = verify(MemorySource(archive));
        REQUIRE(record);
        CHECK(record->result == election.expected);
        CHECK(record->decryptions == who.size());
    }
    const HiddenText stranger(std::string("\"12345\""));
    CHECK(refused_as(append_decryption(MemorySource(election.archive), stranger, randomness), Why::private_key_wrong));
}

TEST_CASE("what the setup, decryptions and result may not say is refused by name, with event and field") {
    auto wanted = small("Ed25519");
    wanted.threshold = ThresholdContext{3, 2};
    const auto election = simulated(wanted);
    const Parts honest(election.archive);
    using E = EventType;
    const auto g = ed25519().text_of(ed25519().generator()), one = ed25519().text_of(ed25519().identity());
    const std::string order2 = "7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffec";
    const auto after = [](const std::string& text, std::string_view mark, std::size_t count) {
        return text.substr(text.find(mark) + mark.size(), count);
    };
    const auto set = [&](Parts& parts, std::size_t record, std::string_view mark, std::string_view to) {
        auto& text = parts.events[0].second[record];
        text.replace(text.find(mark) + mark.size(), to.size(), to);
        seal_setup(parts);
    };
    struct Row {
        std::string what;
        std::function<void(Parts&)> alter;
        const char* refused_as;
        const char* field;
    };
    const Row rows[] = {
        {"another group",
         [&](Parts& p) {
             p.events[0].second[0] = replaced(p.events[0].second[0], "Ed25519", "Ed25518");
             seal_setup(p);
         },
         "evote.group_unknown", "election.group"},
        {"another election key", [&](Parts& p) { set(p, 0, "\"public_key\":\"", g); }, "evote.election_key_wrong",
         "public_key"},
        {"an identity as trustee", [&](Parts& p) { set(p, 1, "\"public_key\":\"", one); }, "evote.element_is_identity",
         "trustees[0].public_key"},
        {"a trustee outside the group", [&](Parts& p) { set(p, 1, "\"public_key\":\"", order2); },
         "evote.element_not_in_group", "trustees[0].public_key"},
        {"a trustee's key exchanged", [&](Parts& p) { set(p, 1, "\"public_key\":\"", g); }, "evote.trustee_proof_fails",
         "trustees[0]"},
        {"a trustee twice",
         [&](Parts& p) {
             auto& text = p.events[0].second[1];
             const auto end = text.find("],[\"Single\"") + 1;
             text = "[" + text.substr(1, end - 1) + "," + text.substr(1);
             seal_setup(p);
         },
         "evote.trustee_key_repeated", "trustees"},
        {"no trustees",
         [&](Parts& p) {
             p.events[0].second[1] = "[]";
             seal_setup(p);
         },
         "evote.no_trustees", "trustees"},
        {"a threshold above the trustees",
         [&](Parts& p) {
             p.events[0].second[1] =
                 replaced(p.events[0].second[1], "\"threshold\":2,\"certs\"", "\"threshold\":4,\"certs\"");
             seal_setup(p);
         },
         "evote.threshold_out_of_range", "trustees[2]"},
        {"a threshold other than the certified",
         [&](Parts& p) {
             p.events[0].second[1] =
                 replaced(p.events[0].second[1], "\"threshold\":2,\"certs\"", "\"threshold\":1,\"certs\"");
             seal_setup(p);
         },
         "evote.threshold_context_wrong", "trustees[2].certs[0]"},
        {"a certificate altered",
         [&](Parts& p) {
             p.events[0].second[1] = replaced(p.events[0].second[1], "\\\"size\\\":3", "\\\"size\\\":4");
             seal_setup(p);
         },
         "evote.threshold_context_wrong", "trustees[2].certs[0]"},
        {"a coefficient altered", [&](Parts& p) { set(p, 1, "{\\\"coefexps\\\":[\\\"", g); },
         "evote.threshold_signature_fails", "trustees[2].coefexps[0]"},
        {"the signatures over the certificates left out",
         [&](Parts& p) {
             auto& text = p.events[0].second[1];
             const auto from = text.find(",\"signatures\":[");
             text.erase(from, text.find("]", from) + 1 - from);
             seal_setup(p);
         },
         "evote.threshold_shape_wrong", "trustees[2].certs[0]"},
        {"the signatures over the certificates exchanged",
         [&](Parts& p) {
             auto& text = p.events[0].second[1];
             const auto from = text.find("\"signatures\":[") + 14, middle = text.find("},{", from) + 1;
             const auto first = text.substr(from, middle - from), rest = text.substr(middle + 1);
             const auto second = rest.substr(0, rest.find("},{") + 1);
             text.replace(from, first.size() + 1 + second.size(), second + "," + first);
             seal_setup(p);
         },
         "evote.threshold_signature_fails", "trustees[2].signatures[0]"},
        {"a credential taken out of the group", [&](Parts& p) { set(p, 2, "[\"", order2); },
         "evote.element_not_in_group", "credentials[0]"},
        {"an identity as credential", [&](Parts& p) { set(p, 2, "[\"", one); }, "evote.element_is_identity",
         "credentials[0]"},
        {"a credential twice", [&](Parts& p) { set(p, 2, "[\"", after(p.events[0].second[2], "\",\"", 64)); },
         "evote.credential_repeated", "credentials[1]"},
        {"setup data of other parts",
         [&](Parts& p) { p.events[0].second[3] = replaced(p.events[0].second[3], "trustees", "trustess"); },
         "evote.event_payload_wrong", "setup_data"},
        {"an owner that there is not",
         [&](Parts& p) {
             auto& r = p.events[p.first(E::partial_decryption)].second;
             r[1] = replaced(r[1], "\"owner\":1", "\"owner\":6");
         },
         "evote.owner_out_of_range", "owner"},
        {"owner 0",
         [&](Parts& p) {
             auto& r = p.events[p.first(E::partial_decryption)].second;
             r[1] = replaced(r[1], "\"owner\":1", "\"owner\":0");
         },
         "evote.owner_out_of_range", "owner"},
        {"another's decryption",
         [&](Parts& p) {
             auto& r = p.events[p.first(E::partial_decryption)].second;
             r[1] = replaced(r[1], "\"owner\":1", "\"owner\":2");
         },
         "evote.decryption_proof_fails", "decryption_proofs[0][0]"},
        {"a decryption twice",
         [&](Parts& p) {
             const auto at = p.first(E::partial_decryption);
             p.events[at + 1] = p.events[at];
         },
         "evote.owner_repeated", "owner"},
        {"a decryption too few",
         [&](Parts& p) { p.events.erase(p.events.begin() + static_cast<std::ptrdiff_t>(p.first(E::result)) - 1); },
         "evote.decryptions_missing", ""},
        {"a factor outside the group",
         [&](Parts& p) {
             auto& r = p.events[p.first(E::partial_decryption)].second;
             r[0].replace(r[0].find("[[\"") + 3, 64, order2);
             seal_payload(r);
         },
         "evote.element_not_in_group", "decryption_factors[0][0]"},
        {"a factor less",
         [&](Parts& p) {
             auto& r = p.events[p.first(E::partial_decryption)].second;
             r[0].erase(r[0].find("[[\"") + 2, 67);
             seal_payload(r);
         },
         "evote.decryption_shape_wrong", "decryption_factors[0]"},
        {"a shuffle",
         [&](Parts& p) {
             p.events.insert(p.events.begin() + static_cast<std::ptrdiff_t>(p.first(E::partial_decryption)),
                             {E::shuffle, {"a", "b"}});
         },
         "evote.event_out_of_order", ""},
        {"a count less in the result",
         [&](Parts& p) { p.events.back().second[0] = replaced(p.events.back().second[0], "[[", "[[9"); },
         "evote.result_wrong", "result[0][0]"},
        {"a longer result",
         [&](Parts& p) { p.events.back().second[0] = replaced(p.events.back().second[0], "[[", "[[0,"); },
         "evote.result_shape_wrong", "result"},
    };
    for (const auto& row : rows) {
        CAPTURE(row.what);
        auto parts = honest;
        row.alter(parts);
        const auto record = verify(MemorySource(parts.archive()));
        REQUIRE_FALSE(record);
        CHECK(record.error().name() == row.refused_as);
        CHECK(record.error().place.field == row.field);
        CHECK_FALSE(record.error().fact("event").empty());
    }
}

TEST_CASE("an altered ballot is refused with its event, number and field") {
    const auto election = simulated(small("Ed25519"));
    Parts parts(election.archive);
    auto& ballot = parts.events[4].second[0];
    const auto at = ballot.find("\"overall_proof\":[{\"challenge\":\"") + 31;
    ballot[at] = ballot[at] == '1' ? '2' : '1';
    for (const unsigned jobs : {1u, 3u}) {
        VerifyOptions options;
        options.jobs = jobs;
        const auto record = verify(MemorySource(parts.archive()), options);
        REQUIRE_FALSE(record);
        CHECK(record.error().name() == "evote.proof_fails");
        CHECK(record.error().fact("event") == "4");
        CHECK(record.error().fact("ballot") == "4");
        CHECK(record.error().place.field == "answers[0].overall_proof");
    }
}

TEST_CASE("options: issued credentials, one vote each, the state that must be reached") {
    const auto election = simulated(small("Ed25519"));
    VerifyOptions options;
    options.issued = 5;
    CHECK(verdict(election.archive, options) == "verified");
    options.issued = 6;
    CHECK(verdict(election.archive, options) == "evote.credentials_issued_wrong");
    options = {};
    options.single_vote = true;
    CHECK(verdict(election.archive, options) == "evote.credential_voted_twice");
    const auto points = cut_points(MemorySource(election.archive));
    REQUIRE(points);
    CHECK(points->size() == 13);
    // Every cut at an event holds as far as it goes.
    for (const auto& [type, end] : *points) {
        const auto cut = election.archive.substr(0, end);
        const auto state = type == EventType::result ? RecordState::result
                           : type == EventType::partial_decryption || type == EventType::encrypted_tally
                               ? RecordState::tallied
                           : type == EventType::end_ballots ? RecordState::closed
                                                            : RecordState::open;
        for (const auto until : {RecordState::open, RecordState::closed, RecordState::tallied, RecordState::result}) {
            options = {};
            options.until = until;
            CHECK(verdict(cut, options) == (state >= until ? "verified" : "evote.record_incomplete"));
        }
        CHECK(check_continuation(MemorySource(cut), MemorySource(election.archive)));
        auto writer = ChainWriter::resume(MemorySource(cut));
        REQUIRE(writer);
        CHECK(writer->last() == type);
    }
    auto other = small("Ed25519");
    other.seed = "18";
    CHECK(refused_as(check_continuation(MemorySource(simulated(other).archive), MemorySource(election.archive)),
                     Why::not_a_continuation));
    const auto shorter = election.archive.substr(0, points->at(3).second);
    CHECK(
        refused_as(check_continuation(MemorySource(election.archive), MemorySource(shorter)), Why::not_a_continuation));
}

TEST_CASE("a record is resumed where it stops: ballots, close, tally") {
    auto wanted = small("Ed25519");
    const auto complete = simulated(wanted);
    const auto points = cut_points(MemorySource(complete.archive));
    auto archive = complete.archive.substr(0, points->at(3).second);
    std::vector<HandedIn> ballots;
    const Parts parts(complete.archive);
    for (std::size_t i = 4; parts.events[i].first == EventType::ballot; ++i)
        ballots.push_back({parts.events[i].second[0]});
    auto repeated = ballots;
    repeated.push_back(ballots[0]);
    CHECK(refused_as(append_handed(MemorySource(archive), EventType::ballot, repeated), Why::ballot_repeated));
    archive += *append_handed(MemorySource(archive), EventType::ballot, ballots)->whole();
    archive += *close_record(MemorySource(archive));
    CHECK(refused_as(close_record(MemorySource(archive)), Why::record_goes_on));
    CHECK(refused_as(append_handed(MemorySource(archive), EventType::ballot, {ballots[0]}), Why::record_goes_on));
    archive += *append_tally(MemorySource(archive));
    CHECK(complete.archive.starts_with(archive));
}

TEST_CASE("no byte of an archive may differ, and none be missing or too many") {
    auto wanted = small("Ed25519");
    wanted.voters = 1;
    wanted.revotes = 0;
    wanted.questions = {*question_from_shape("1:0:1", 1)};
    wanted.single_trustees = 1;
    const auto election = simulated(wanted);
    const auto& archive = election.archive;
    REQUIRE(verdict(archive) == "verified");
    const bool every = std::getenv("PLENUM_LONG") != nullptr;
    SeededRandomness randomness("bytes");
    const auto count = every ? archive.size() * 8 : 700;
    for (std::size_t i = 0; i < count; ++i) {
        const auto at = every ? i / 8 : randomness.below(archive.size());
        const auto bit = every ? i % 8 : randomness.below(8);
        auto altered = archive;
        altered[at] = static_cast<char>(altered[at] ^ (1 << bit));
        CAPTURE(at);
        CHECK(verdict(altered) != "verified");
    }
    // The same with the hashes made anew is the work of the other tests; here every cut, which is no state "result".
    for (std::size_t size = 0; size < archive.size(); size += every ? 1 : 211)
        CHECK(verdict(archive.substr(0, size)) != "verified");
    for (const auto* more : {"\0", "x"}) CHECK(verdict(archive + std::string(more, 1)) == "evote.archive_cut");
    CHECK(verdict(archive + std::string(1024, '\0')) == "evote.archive_header_wrong");
    CHECK(verdict("") == "evote.archive_empty");
    CHECK(verdict(std::string(5000, 'a')) == "evote.archive_header_wrong");
    CHECK(verdict(std::string(5000, '\0')) == "evote.archive_header_wrong");
}

TEST_CASE("events repeated, dropped or exchanged, all hashes made anew, are refused") {
    const auto election = simulated(small("Ed25519"));
    const Parts honest(election.archive);
    int refused = 0;
    for (std::size_t i = 0; i < honest.events.size(); ++i) {
        auto repeated = honest, dropped = honest;
        repeated.events.insert(repeated.events.begin() + static_cast<std::ptrdiff_t>(i), honest.events[i]);
        CHECK(verdict(repeated.archive()) != "verified");
        dropped.events.erase(dropped.events.begin() + static_cast<std::ptrdiff_t>(i));
        // Everything is needed but the first ballots of the two who voted again: without them it is another good
        // record.
        CHECK((verdict(dropped.archive()) == "verified") == (i == 1 || i == 2));
        for (std::size_t k = i + 1; k < honest.events.size(); ++k) {
            if (honest.events[i].first == honest.events[k].first)
                continue;  // an order of ballots is as good as another
            auto exchanged = honest;
            std::swap(exchanged.events[i], exchanged.events[k]);
            CHECK(verdict(exchanged.archive()) != "verified");
            ++refused;
        }
    }
    CHECK(refused > 30);
}

TEST_CASE("a folder holds one record; a file is read in pieces") {
    const auto election = simulated([] {
        auto wanted = small("Ed25519");
        wanted.voters = 2;
        wanted.revotes = 0;
        return wanted;
    }());
    const Folder folder;
    CHECK(refused_as(FileSource::open(folder.path().string()), Why::no_archive));
    std::ofstream(folder.path() / "a.bel", std::ios::binary) << election.archive;
    const auto source = FileSource::open(folder.path().string());
    REQUIRE(source);
    CHECK(verify(*source));
    CHECK(verify(*FileSource::open((folder.path() / "a.bel").string())));
    std::ofstream(folder.path() / "b.bel", std::ios::binary) << election.archive;
    CHECK(refused_as(FileSource::open(folder.path().string()), Why::several_archives));
    CHECK(refused_as(FileSource::open((folder.path() / "none.bel").string()), base::Why::file_missing));
}

TEST_CASE("several sources are read as one, from any byte to any other") {
    const std::string letters = "abcdefghij";
    const MemorySource first("ABC");
    JoinedSource joined;
    CHECK(joined.size() == 0);
    CHECK(*joined.whole() == "");
    joined.add(first);
    joined.add("");
    joined.add(std::make_shared<MemorySource>(letters), 2, 5);
    joined.add("x");
    joined.add("yz");
    joined.add(std::make_shared<MemorySource>(letters), 9, 1);
    const std::string all = "ABCcdefgxyzj";
    REQUIRE(joined.size() == all.size());
    for (std::size_t from = 0; from <= all.size(); ++from)
        for (std::size_t count = 0; count <= all.size() - from; ++count)
            CHECK(*joined.read(from, count) == all.substr(from, count));
    JoinedSource twice;
    twice.add(joined);
    twice.add("-");
    twice.add(joined);
    CHECK(*twice.whole() == all + "-" + all);
}

TEST_CASE("simulations that cannot be are refused, with a reason in the reader's language") {
    const auto impossible = [](const Simulation& wanted) {
        const auto election = simulate(wanted);
        REQUIRE(refused_as(election, Why::simulation_impossible));
        const std::string reason(election.error().fact("reason"));
        for (const auto language : {Language::zh_hans, Language::zh_hant})
            CHECK(sentence_of(language, election.error()).find(reason) == std::string::npos);
    };
    auto wanted = small("Ed25519");
    wanted.revotes = 6;
    impossible(wanted);
    wanted = small("Ed25519");
    wanted.voters = 0;
    impossible(wanted);
    wanted = small("Ed25519");
    wanted.questions.clear();
    impossible(wanted);
    wanted = small("Ed25519");
    wanted.single_trustees = 0;
    impossible(wanted);
    wanted.threshold = ThresholdContext{3, 4};
    CHECK(refused_as(simulate(wanted), Why::threshold_out_of_range));
    CHECK(refused_as(simulate(small("toy")), Why::group_unknown));
    CHECK(question_from_shape("30:0:15:blank", 1)->choices() == 31);
    for (const auto* shape : {"", "0:0:0", "3:2:1", "3:0:4", "3:0", "3:0:1:blanc", "03:0:1", "-3:0:1"})
        CHECK(refused_as(question_from_shape(shape, 1), Why::question_malformed));
}
