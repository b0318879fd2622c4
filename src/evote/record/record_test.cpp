// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>

#include "base/file.h"
#include "base/texts.h"
#include "evote/ballot/ballot.h"
#include "evote/ballot/text.h"
#include "evote/group/every_group.h"
#include "evote/record/simulate.h"

using namespace plenum;
using namespace plenum::evote;
namespace fs = std::filesystem;

namespace {

SimulatedElection simulated(Simulation wanted) {
    auto out = simulate(wanted);
    if (!out) MESSAGE(sentence_of(Language::en, out.error()));
    REQUIRE(out);
    return std::move(*out);
}
Simulation small(std::string group) {
    Simulation out;
    out.group = std::move(group);
    out.voters = 5;
    out.revotes = 2;
    out.questions = {*question_from_shape("3:0:2", 1), *question_from_shape("2:1:1:blank", 2)};
    out.single_trustees = 2;
    out.seed = "17";
    return out;
}
std::string verdict(std::string_view archive, const VerifyOptions& options = {}) {
    const auto record = verify(MemorySource(archive), options);
    return record ? "verified" : std::string(record.error().name());
}

/// A folder of its own, removed at the end.
class Folder {
  public:
    Folder() : path_(fs::temp_directory_path() / ("plenum-evote-" + SystemRandomness().id())) {
        fs::create_directories(path_);
    }
    ~Folder() {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }
    const fs::path& path() const { return path_; }

  private:
    fs::path path_;
};

/// belenios-tool, the independent judge of the field groups; nothing where it is not installed.
struct Judgement {
    int status = -1;
    std::string said;
};
std::optional<Judgement> belenios_tool(const std::vector<std::string>& arguments, const fs::path& folder) {
    if (!fs::exists("/usr/bin/belenios-tool")) {
        MESSAGE("SKIPPED: belenios-tool is not installed");
        return std::nullopt;
    }
    const auto output = (folder / "said").string();
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        const int said = ::open(output.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
        if (said < 0 || ::dup2(said, 1) < 0 || ::dup2(said, 2) < 0 || ::chdir(folder.c_str()) != 0) ::_exit(99);
        std::vector<char*> raw;
        std::string name = "belenios-tool";
        raw.push_back(name.data());
        auto copy = arguments;
        for (auto& each : copy) raw.push_back(each.data());
        raw.push_back(nullptr);
        ::execv("/usr/bin/belenios-tool", raw.data());
        ::_exit(99);
    }
    Judgement out;
    int status = 0;
    ::waitpid(child, &status, 0);
    out.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    out.said = *read_file(output);
    return out;
}
std::optional<Judgement> belenios_verifies(const std::string& uuid, std::string_view archive) {
    const Folder folder;
    std::ofstream(folder.path() / (uuid + ".bel"), std::ios::binary) << archive;
    return belenios_tool({"election", "verify", "--dir", "."}, folder.path());
}
bool accepted(const Judgement& judgement) {
    return judgement.status == 0 && judgement.said.find("all checks passed") != std::string::npos;
}

/// A record taken apart into its events, to be put together otherwise with all hashes made anew.
struct Parts {
    std::uint64_t timestamp = 0;
    std::vector<std::pair<EventType, std::vector<std::string>>> events;

    explicit Parts(std::string_view archive) {
        MemorySource source(archive);
        ChainReader chain(source);
        while (true) {
            auto step = chain.next();
            REQUIRE(step);
            if (!*step) break;
            auto& event = events.emplace_back((*step)->type, std::vector<std::string>());
            for (auto& record : (*step)->records) event.second.push_back(std::move(record.text));
        }
        timestamp = chain.timestamp();
    }
    std::size_t first(EventType type) const {
        for (std::size_t i = 0; i < events.size(); ++i)
            if (events[i].first == type) return i;
        FAIL("no such event");
        return 0;
    }
    /// The archive of these events, whatever their order: the writer's own refusals are gone around.
    std::string archive() const {
        std::string out = ChainWriter(timestamp).beginning(), parent;
        const auto member = [&](std::string_view name, std::string_view body) {
            // The header comes from a record of one ballot event, with the name and length put in.
            std::string block(512, '\0');
            const auto put = [&](std::size_t at, std::string_view text) { block.replace(at, text.size(), text); };
            const auto octal = [](std::uint64_t value, int digits) {
                std::string text(static_cast<std::size_t>(digits), '0');
                for (int i = digits; i-- > 0; value /= 8)
                    text[static_cast<std::size_t>(i)] = static_cast<char>('0' + value % 8);
                return text;
            };
            put(0, name);
            put(100, "0000644");
            put(108, "0000000");
            put(116, "0000000");
            put(124, octal(body.size(), 11));
            put(136, octal(timestamp, 11));
            put(148, "        ");
            put(156, "0");
            std::uint64_t sum = 0;
            for (const char c : block) sum += static_cast<unsigned char>(c);
            put(148, octal(sum, 6));
            block[154] = '\0';
            out += block;
            out += body;
            out.resize((out.size() + 511) / 512 * 512, '\0');
        };
        for (std::size_t height = 0; height < events.size(); ++height) {
            std::string payload;
            for (const auto& record : events[height].second) {
                payload = sha256_hex(record);
                member(payload + ".data.json", record);
            }
            std::string event = parent.empty() ? "{" : "{\"parent\":\"" + parent + "\",";
            event += "\"height\":" + std::to_string(height) + ",\"type\":\"" +
                     std::string(name_of(events[height].first)) + "\"";
            if (!payload.empty()) event += ",\"payload\":\"" + payload + "\"";
            event += "}";
            parent = sha256_hex(event);
            member(parent + ".event.json", event);
        }
        return out;
    }
};

std::string replaced(std::string text, std::string_view from, std::string_view to) {
    const auto at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}
/// With the setup data's hashes made anew.
void seal_setup(Parts& parts) {
    auto& records = parts.events[0].second;
    records[3] = "{\"election\":\"" + sha256_hex(records[0]) + "\",\"trustees\":\"" + sha256_hex(records[1]) +
                 "\",\"credentials\":\"" + sha256_hex(records[2]) + "\"}";
}
/// With the sized tally's or owned payload's hash made anew.
void seal_payload(std::vector<std::string>& records) {
    const auto at = records[1].rfind(":\"");
    records[1] = records[1].substr(0, at + 2) + sha256_hex(records[0]) + "\"}";
}

}  // namespace

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
        CAPTURE(judgement->said);
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

TEST_CASE("everything that belenios-tool 2.0 lets through is refused by name") {
    const auto election = simulated([] {
        auto wanted = small("BELENIOS-2048");
        wanted.questions = {*question_from_shape("2:0:1", 1)};
        wanted.single_trustees = 1;
        wanted.voters = 3;
        wanted.revotes = 1;
        return wanted;
    }());
    const Parts honest(election.archive);
    using E = EventType;
    struct Row {
        const char* what;
        std::function<void(Parts&)> alter;
        const char* refused_as;
        bool accepted_by_tool;
    };
    const auto insert = [](Parts& parts, std::size_t at, std::pair<E, std::vector<std::string>> event) {
        parts.events.insert(parts.events.begin() + static_cast<std::ptrdiff_t>(at), std::move(event));
    };
    const auto erase = [](Parts& parts, std::size_t at) {
        parts.events.erase(parts.events.begin() + static_cast<std::ptrdiff_t>(at));
    };
    const Row rows[] = {
        {"stored encrypted tally altered",
         [](Parts& parts) {
             auto& records = parts.events[parts.first(E::encrypted_tally)].second;
             const auto at = records[0].find("\"beta\":\"") + 8;
             records[0][at] = records[0][at] == '1' ? '2' : '1';
             seal_payload(records);
         },
         "evote.tally_wrong", true},
        {"num_tallied altered",
         [](Parts& parts) {
             auto& records = parts.events[parts.first(E::encrypted_tally)].second;
             records[1] = replaced(records[1], "\"num_tallied\":3", "\"num_tallied\":4");
         },
         "evote.tallied_number_wrong", true},
        {"total_weight altered",
         [](Parts& parts) {
             auto& records = parts.events[parts.first(E::encrypted_tally)].second;
             records[1] = replaced(records[1], "\"total_weight\":3", "\"total_weight\":4");
         },
         "evote.tallied_number_wrong", true},
        {"a ballot repeated byte for byte", [&](Parts& parts) { insert(parts, 4, parts.events[3]); },
         "evote.ballot_repeated", true},
        {"a ballot after EndBallots",
         [&](Parts& parts) {
             auto last = parts.events[parts.first(E::end_ballots) - 1];
             erase(parts, parts.first(E::end_ballots) - 1);
             insert(parts, parts.first(E::end_ballots) + 1, last);
             parts.events.resize(parts.first(E::encrypted_tally));
         },
         "evote.event_out_of_order", true},
        {"a second EndBallots in mid-voting",
         [&](Parts& parts) {
             insert(parts, 3, {E::end_ballots, {}});
         },
         "evote.event_out_of_order", false},
        {"two results, the first false",
         [&](Parts& parts) {
             const auto at = parts.first(E::result);
             auto wrong = parts.events[at];
             const auto digit = wrong.second[0].find_first_of("0123456789");
             wrong.second[0][digit] = wrong.second[0][digit] == '1' ? '2' : '1';
             insert(parts, at, wrong);
         },
         "evote.result_wrong", true},
        {"two results, both right",
         [&](Parts& parts) { insert(parts, parts.first(E::result), parts.events[parts.first(E::result)]); },
         "evote.event_out_of_order", true},
        {"a decryption without a tally",
         [&](Parts& parts) {
             erase(parts, parts.first(E::result));
             erase(parts, parts.first(E::encrypted_tally));
         },
         "evote.event_out_of_order", true},
        {"a second Setup", [&](Parts& parts) { insert(parts, 1, parts.events[0]); }, "evote.event_out_of_order", true},
        {"EndBallots missing", [&](Parts& parts) { erase(parts, parts.first(E::end_ballots)); },
         "evote.event_out_of_order", true},
        {"EncryptedTally missing", [&](Parts& parts) { erase(parts, parts.first(E::encrypted_tally)); },
         "evote.event_out_of_order", true},
        {"result absent", [&](Parts& parts) { erase(parts, parts.first(E::result)); }, "evote.record_incomplete", true},
    };
    for (const auto& row : rows) {
        CAPTURE(row.what);
        auto parts = honest;
        row.alter(parts);
        const auto archive = parts.archive();
        CHECK(verdict(archive) == row.refused_as);
        const auto judgement = belenios_verifies(election.uuid, archive);
        if (!judgement) continue;
        CAPTURE(judgement->said);
        CHECK(accepted(*judgement) == row.accepted_by_tool);
    }
}

TEST_CASE("a superseded ballot that is replayed is refused") {
    const auto election = simulated(small("Ed25519"));
    Parts parts(election.archive);
    parts.events.insert(parts.events.begin() + static_cast<std::ptrdiff_t>(parts.first(EventType::end_ballots)),
                        parts.events[1]);
    const auto record = verify(MemorySource(parts.archive()));
    REQUIRE(refused_as(record, Why::ballot_repeated));
    CHECK(record.error().fact("ballot") == "8");
    CHECK(record.error().fact("event") == "8");
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
        const char* what;
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
         "evote.trustee_key_repeated", ""},
        {"no trustees",
         [&](Parts& p) {
             p.events[0].second[1] = "[]";
             seal_setup(p);
         },
         "evote.no_trustees", ""},
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
         "evote.result_wrong", ""},
        {"a longer result",
         [&](Parts& p) { p.events.back().second[0] = replaced(p.events.back().second[0], "[[", "[[0,"); },
         "evote.result_shape_wrong", ""},
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
    std::vector<std::string> ballots;
    const Parts parts(complete.archive);
    for (std::size_t i = 4; parts.events[i].first == EventType::ballot; ++i)
        ballots.push_back(parts.events[i].second[0]);
    auto repeated = ballots;
    repeated.push_back(ballots[0]);
    CHECK(refused_as(append_ballots(MemorySource(archive), repeated), Why::ballot_repeated));
    archive += *append_ballots(MemorySource(archive), ballots);
    archive += *close_record(MemorySource(archive));
    CHECK(refused_as(close_record(MemorySource(archive)), Why::record_goes_on));
    CHECK(refused_as(append_ballots(MemorySource(archive), {ballots[0]}), Why::record_goes_on));
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

TEST_CASE("simulations that cannot be are refused") {
    auto wanted = small("Ed25519");
    wanted.revotes = 6;
    CHECK(refused_as(simulate(wanted), Why::simulation_impossible));
    wanted = small("Ed25519");
    wanted.voters = 0;
    CHECK(refused_as(simulate(wanted), Why::simulation_impossible));
    wanted = small("Ed25519");
    wanted.single_trustees = 0;
    CHECK(refused_as(simulate(wanted), Why::simulation_impossible));
    wanted.threshold = ThresholdContext{3, 4};
    CHECK(refused_as(simulate(wanted), Why::threshold_out_of_range));
    CHECK(refused_as(simulate(small("toy")), Why::group_unknown));
    CHECK(question_from_shape("30:0:15:blank", 1)->choices() == 31);
    for (const auto* shape : {"", "0:0:0", "3:2:1", "3:0:4", "3:0", "3:0:1:blanc", "03:0:1", "-3:0:1"})
        CHECK(refused_as(question_from_shape(shape, 1), Why::question_malformed));
}
