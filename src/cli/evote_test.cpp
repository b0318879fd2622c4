// SPDX-License-Identifier: Apache-2.0
// The commands of the verifiable election, as docs/formats/evote-files.md fixes them.
#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <optional>

#include "base/file.h"
#include "base/json.h"
#include "cli/evote_commands.h"
#include "cli/evote_files.h"
#include "cli/refusals.h"
#include "cli/run_for_tests.h"
#include "evote/ballot/ballot.h"
#include "evote/record/belenios_tool_for_tests.h"
#include "evote/record/verify.h"
#include "store/fixture.h"

using namespace plenum;
using namespace plenum::cli;
namespace fs = std::filesystem;
using evote::has_belenios_tool;
using store::fixture::content_of;
using store::fixture::Folder;

namespace {

using Words = std::vector<std::string>;

bool says(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

/// The program did what it was asked.
std::string must(const Words& arguments) {
    const auto ran = run(arguments);
    CAPTURE(arguments.at(0) + " " + arguments.at(1));
    CAPTURE(ran.err);
    REQUIRE(ran.status == 0);
    return ran.out;
}
/// The program refused by this name, with this status.
void refused(const Words& arguments, const std::string& name, int status = 1) {
    const auto ran = run(arguments);
    std::string line;
    for (const auto& each : arguments) line += each + " ";
    CAPTURE(line);
    CAPTURE(ran.err);
    CHECK(ran.status == status);
    CHECK(says(ran.err, "[" + name + "]"));
    CHECK_FALSE(says(ran.err, "{"));
}

Json json_of(const std::string& text) {
    const auto json = json_from_text(text);
    REQUIRE(json);
    return *json;
}

/// Whoever may read or write the file, as in 0600.
unsigned mode_of(const std::string& path) {
    struct stat found {};
    REQUIRE(::stat(path.c_str(), &found) == 0);
    return found.st_mode & 07777;
}

std::string only(const std::string& folder, const std::string& ending) {
    std::vector<std::string> found;
    for (const auto& entry : fs::directory_iterator(folder))
        if (entry.path().string().ends_with(ending)) found.push_back(entry.path().string());
    REQUIRE(found.size() == 1);
    return found.front();
}
std::vector<std::string> all(const std::string& folder, const std::string& ending) {
    std::vector<std::string> found;
    for (const auto& entry : fs::directory_iterator(folder))
        if (entry.path().string().ends_with(ending)) found.push_back(entry.path().string());
    std::sort(found.begin(), found.end());
    return found;
}

std::string first_line(const std::string& path) {
    const auto text = content_of(path);
    return text.substr(0, text.find('\n'));
}

std::string belenios_must(const Words& arguments, const std::string& folder, const std::string& input = "/dev/null") {
    const auto ran = evote::belenios_tool(arguments, folder, input);
    CAPTURE(arguments.at(0) + " " + arguments.at(1));
    CAPTURE(ran.err);
    REQUIRE(ran.status == 0);
    return ran.out;
}
void belenios_accepts(const std::string& folder) {
    const auto ran = evote::belenios_tool({"election", "verify"}, folder);
    CAPTURE(ran.err);
    CHECK(ran.status == 0);
    CHECK(says(ran.err + ran.out, "all checks passed"));
}

void write(const std::string& path, const std::string& text) { REQUIRE(write_file(path, text)); }

/// A record as it was after the first event of a state; a folder of its own.
std::string cut(const std::string& record, evote::EventType last, const std::string& folder) {
    const auto source = evote::FileSource::open(record);
    REQUIRE(source);
    std::uint64_t end = 0;
    const auto points = evote::cut_points(*source);
    REQUIRE(points);
    for (const auto& [type, offset] : *points)
        if (type == last) end = offset;
    REQUIRE(end > 0);
    fs::create_directories(folder);
    write(folder + "/cut.bel", content_of(source->path()).substr(0, end));
    return folder;
}

/// The words of a small simulation; options in `more` stand instead of ours.
Words simulation(const std::string& out, const Words& more = {}) {
    Words words{"evote", "simulate", "--out", out};
    words.insert(words.end(), more.begin(), more.end());
    for (const Words& ours : {Words{"--group", "Ed25519"}, Words{"--voters", "5"}, Words{"--seed", "17"},
                              Words{"--trustees", "2"}, Words{"--question", "3:0:2:blank", "--question", "2:1:1"}})
        if (std::find(more.begin(), more.end(), ours[0]) == more.end())
            words.insert(words.end(), ours.begin(), ours.end());
    return words;
}

/// What `plenum verify --json` says beside the facts of expected.json.
void verifies_as_expected(const std::string& record, const std::string& expected_path) {
    CAPTURE(record);
    const auto said = json_of(must({"verify", "--json", "--jobs", "2", record}));
    CHECK(said.at("outcome") == "verified");
    if (!fs::exists(expected_path)) return;
    const auto expected = json_of(content_of(expected_path));
    for (const auto& [ours, theirs] : {std::pair{"uuid", "uuid"},
                                       {"fingerprint", "election_fingerprint"},
                                       {"credentials_fingerprint", "public_credentials_fingerprint"},
                                       {"credentials", "n_voters"},
                                       {"ballots", "n_ballots_cast"},
                                       {"counted", "n_tallied"},
                                       {"group", "group"},
                                       {"result", "result"}}) {
        CAPTURE(ours);
        CHECK(said.at(ours) == expected.at(theirs));
    }
}

}  // namespace

TEST_CASE("every refusal of the commands has its sentence in three languages") {
    for (const auto& each : cli::all_refusals)
        for (const auto language : all_languages) {
            CAPTURE(each.name);
            CHECK(has_text(language, "refusal." + std::string(each.name)));
        }
}

TEST_CASE("wrong usage of verify and evote gives 2 and does nothing") {
    const Folder folder;
    const auto out = folder / "out";
    for (const auto& arguments : std::vector<Words>{
             {"verify"},
             {"verify", "x.bel", "--until", "soon"},
             {"verify", "x.bel", "--issued", "many"},
             {"verify", "x.bel", "--issued", "-1"},
             {"verify", "x.bel", "--jobs", "0"},
             {"verify", "x.bel", "y.bel"},
             {"evote"},
             {"evote", "juggle"},
             {"evote", "credentials", "--group", "Ed25519", "--uuid", "ah4C1FFjetWB24", "--out", out},
             {"evote", "credentials", "--group", "Ed448", "--uuid", "ah4C1FFjetWB24", "--count", "3", "--out", out},
             {"evote", "credentials", "--group", "Ed25519", "--uuid", "ah4C1FFjetWB24", "--count", "3", "--voters",
              "x"},
             {"evote", "trustee-key", "--out", out},
             {"evote", "vote", "x.bel", "--credential", "c", "--choices", "v"},
             {"evote", "decrypt", "x.bel", "--out", out},
             {"evote", "add-ballots", "x.bel"},
             {"evote", "continues", "x.bel"},
             simulation(out, {"--trustees", "4of3"}),
             simulation(out, {"--trustees", "0"}),
             simulation(out, {"--trustees", "2of"}),
             simulation(out, {"--question", "3:2:1"}),
             simulation(out, {"--question", "3"}),
             simulation(out, {"--question", "rank:"}),
             simulation(out, {"--question", "rank:3:1"}),
             simulation(out, {"--shuffles", "0"}),
             {"evote", "shuffle", "x.bel", "--out", out},
             {"evote", "add-shuffle", "x.bel"},
             {"evote", "shuffle", "x.bel", "--trustee", "-1", "--out", out},
             {"evote", "shuffle", "x.bel", "--trustee", "", "--out", out},
             {"evote", "shuffle", "x.bel", "--trustee", "010", "--out", out},
             {"evote", "shuffle", "x.bel", "--trustee", "0x2", "--out", out},
             {"evote", "shuffle", "x.bel", "--trustee", "+2", "--out", out},
             {"evote", "shuffle", "x.bel", "--trustee", " 2", "--out", out},
             {"verify", "x.bel", "--issued", "010"},
             {"verify", "x.bel", "--jobs", "0x2"},
             {"count", "x.bel", "--method", "schulze", "--seats", "010"},
             {"count", "x.bel", "--method", "schulze", "--question", "+1"},
             {"apportion", "x.csv", "--method", "hare", "--seats", "0x10"},
             {"evote", "repair"},
             {"count", "x.bel", "--method", "schulze", "--question", "0"},
             simulation(out, {"--voters", "0"}),
             simulation(out, {"--until", "never"}),
         }) {
        std::string line;
        for (const auto& each : arguments) line += each + " ";
        CAPTURE(line);
        const auto ran = run(arguments);
        CHECK(ran.status == 2);
        CHECK_FALSE(ran.err.empty());
        CHECK_FALSE(fs::exists(out));
    }
    CHECK(run({"verify", "--help"}).status == 0);
    CHECK(run({"evote", "simulate", "--help"}).status == 0);
}

TEST_CASE("what can't be read gives 2; what is read and wrong gives 1") {
    const Folder folder;
    fs::create_directories(folder / "none");
    fs::create_directories(folder / "two");
    write(folder / "two/a.bel", "");
    write(folder / "two/b.bel", "");
    write(folder / "empty.bel", "");
    write(folder / "text.bel", std::string(700, 'x'));
    refused({"verify", folder / "nothing"}, "base.file_missing", 2);
    refused({"verify", folder / "none"}, "evote.no_archive", 2);
    refused({"verify", folder / "two"}, "evote.several_archives", 2);
    refused({"verify", folder / "empty.bel"}, "evote.archive_empty", 1);
    refused({"verify", folder / "text.bel"}, "evote.archive_header_wrong", 1);
    refused({"evote", "close", folder / "nothing"}, "base.file_missing", 2);
    refused({"evote", "public-credential", "--group", "Ed25519", "--uuid", "ah4C1FFjetWB24", "--credential",
             folder / "nothing"},
            "base.file_missing", 2);
    const auto said = json_of(run({"verify", "--json", folder / "empty.bel"}).out);
    CHECK(said.at("outcome") == "refused");
    CHECK(said.at("refusal").at("name") == "evote.archive_empty");
    // The journal's commands keep to the status they gave before.
    refused({"journal", "verify", folder / "nothing"}, "base.file_missing", 1);
}

TEST_CASE("records of our own making and of belenios-tool verify, with the results that are known") {
    for (const auto* name : {"ed25519", "belenios-2048", "by-belenios-tool"}) {
        const auto folder = "tests/fixtures/evote/" + std::string(name);
        verifies_as_expected(folder, folder + "/expected.json");
    }
    const char* set = std::getenv("PLENUM_SHARED");
    const auto shared = (set ? fs::path(set) : fs::path("../shared")) / "data";
    if (!fs::is_directory(shared / "belenios")) {
        MESSAGE("SKIPPED: no records of belenios-tool in " << shared.string() << " (set PLENUM_SHARED)");
        return;
    }
    int verified = 0;
    for (const auto& entry : fs::directory_iterator(shared / "belenios")) {
        if (!fs::is_directory(entry.path() / "record")) continue;
        const auto record = (entry.path() / "record").string();
        verifies_as_expected(record, (entry.path() / "expected.json").string());
        ++verified;
    }
    CHECK(verified == 9);
}

TEST_CASE("the summary says what is sure and what is not, in three languages, and the counts with their answers") {
    const auto said = must({"verify", "tests/fixtures/evote/ed25519"});
    CHECK(said.starts_with("Verified: "));
    for (const auto* part :
         {"7, of which 5 count and 2 were superseded", "Credentials listed: 5; without a ballot: 0",
          "Weight of the counted ballots: 100008; of all credentials: 100008",
          "Trustees: 4; needed to decrypt: each of 1 + any 2 of 3; have decrypted: 3",
          "         0  (blank)\n    100000  Answer 1\n         4  Answer 2\n    100003  Answer 3\n", "2 earlier ones",
          "What is now sure:", "What no record can show", "run again with --issued"})
        CHECK(says(said, part));
    CHECK_FALSE(says(must({"verify", "tests/fixtures/evote/ed25519", "--issued", "5"}), "run again"));
    CHECK(says(must({"verify", "tests/fixtures/evote/by-belenios-tool", "--single-vote"}),
               "No credential has more than one ballot"));
    CHECK(run({"verify", "tests/fixtures/evote/ed25519"}, "zh-Hans").out.starts_with("核验通过："));
    CHECK(run({"verify", "tests/fixtures/evote/ed25519"}, "zh-Hant").out.starts_with("核驗通過："));
    refused({"verify", "tests/fixtures/evote/ed25519", "--issued", "6"}, "evote.credentials_issued_wrong");
    refused({"verify", "tests/fixtures/evote/ed25519", "--single-vote"}, "evote.credential_voted_twice");
}

TEST_CASE("a voter finds the own ballot by its code or tracker, and learns whether a later one replaced it") {
    const auto source = evote::FileSource::open("tests/fixtures/evote/ed25519");
    REQUIRE(source);
    evote::ChainReader chain(*source);
    std::vector<std::string> codes, trackers;
    for (auto step = *chain.next(); step; step = *chain.next()) {
        if (step->type != evote::EventType::ballot) continue;
        const auto& text = step->records[0].text;
        codes.push_back(std::string(json_of(text).at("signature").at("hash").as_string()));
        trackers.push_back(evote::tracker_of(text));
    }
    REQUIRE(codes.size() == 7);  // of five voters, the first two of whom voted again
    for (std::size_t i = 0; i < codes.size(); ++i)
        for (const auto& code : {codes[i], trackers[i]}) {
            CAPTURE(i);
            const Words words{"verify", "tests/fixtures/evote/ed25519", "--code", code};
            auto with_json = words;
            with_json.push_back("--json");
            const auto found = json_of(must(with_json)).at("found");
            CHECK(found.at("ballot") == i + 1);
            CHECK(found.at("event") == i + 1);
            if (i < 2)
                CHECK(found.at("superseded_by") == i + 6);
            else
                CHECK(found.at("superseded_by").is_null());
            CHECK(says(must(words), i < 2 ? "it was replaced by number " : "no later ballot has replaced it"));
        }
    refused({"verify", "tests/fixtures/evote/ed25519", "--code", codes[0].substr(1)}, "cli.code_not_in_record");
}

TEST_CASE("a shorter state never says verified") {
    using evote::EventType;
    const Folder folder;
    must(simulation(folder / "whole"));
    struct Row {
        const char* state;
        EventType last;
    };
    const Row states[] = {{"open", EventType::ballot},
                          {"closed", EventType::end_ballots},
                          {"tallied", EventType::encrypted_tally},
                          {"result", EventType::result}};
    for (std::size_t has = 0; has < 4; ++has) {
        const auto record = cut(folder / "whole", states[has].last, folder / states[has].state);
        for (std::size_t asked = 0; asked < 4; ++asked) {
            CAPTURE(states[has].state);
            CAPTURE(states[asked].state);
            const Words words{"verify", record, "--until", states[asked].state};
            if (asked > has) {
                refused(words, "evote.record_incomplete");
                continue;
            }
            for (const auto& [language, word] :
                 {std::pair{"en", "erified"}, std::pair{"zh-Hans", "核验通过"}, std::pair{"zh-Hant", "核驗通過"}}) {
                const auto ran = run(words, language);
                CHECK(ran.status == 0);
                CHECK(says(ran.out, word) == (asked == 3));
                CHECK(says(ran.out, "Answer 2") == (asked == 3));  // nor is a result shown
            }
            auto with_json = words;
            with_json.push_back("--json");
            const auto said = json_of(must(with_json));
            CHECK(said.at("outcome") == (asked == 3 ? "verified" : "holds_so_far"));
            CHECK(said.at("state") == states[has].state);
            CHECK(said.as_object().contains("result") == (has == 3));
            CHECK(said.as_object().contains("tally_hash") == (has >= 1));
        }
        if (has < 3) refused({"verify", record}, "evote.record_incomplete");
    }
}

TEST_CASE("more threads change nothing: not the answer, and not which refusal comes first") {
    const Folder folder;
    must(simulation(folder / "a", {"--voters", "90", "--revotes", "7", "--jobs", "1"}));
    must(simulation(folder / "b", {"--voters", "90", "--revotes", "7", "--jobs", "3"}));
    const auto record = content_of(only(folder / "a", ".bel"));
    CHECK(record == content_of(only(folder / "b", ".bel")));
    const auto answer = must({"verify", folder / "a", "--jobs", "1"});
    for (const auto* jobs : {"2", "3", "8"}) CHECK(must({"verify", folder / "a", "--jobs", jobs}) == answer);
    // Two ballots altered, the chain made anew: the earlier one is named, whoever finds it first.
    const evote::MemorySource source(record);
    evote::ChainReader reader(source);
    evote::ChainWriter writer(1'800'000'000);
    auto altered = writer.beginning();
    for (int number = 0;; ++number) {
        const auto step = reader.next();
        REQUIRE(step);
        if (!*step) break;
        std::vector<std::string> texts;
        for (const auto& each : (*step)->records) texts.push_back(each.text);
        if (number == 71 || number == 40) {
            auto& digit = texts[0][texts[0].rfind("\"response\":\"") + 13];
            digit = digit == '5' ? '6' : '5';
        }
        altered += *writer.append((*step)->type, texts);
    }
    write(folder / "altered.bel", altered);
    for (const auto* jobs : {"1", "2", "3", "8"}) {
        const auto said = json_of(run({"verify", folder / "altered.bel", "--json", "--jobs", jobs}).out);
        CHECK(said.at("refusal").at("name") == "evote.signature_fails");
        CHECK(said.at("refusal").at("facts").at("ballot") == "40");
    }
}

TEST_CASE("a simulated election is complete and private, and is the same again from the same seed") {
    const Folder folder;
    write(folder / "weights", "1\n3\n100000\n");
    const Words more{"--revotes", "2", "--weights", folder / "weights", "--trustees", "1+2of3"};
    must(simulation(folder / "a", more));
    must(simulation(folder / "b", more));
    const auto name = fs::path(only(folder / "a", ".bel")).filename().string();
    CHECK(content_of(folder / ("a/" + name)) == content_of(folder / ("b/" + name)));
    verifies_as_expected(folder / "a", folder / "a/expected.json");
    const auto expected = json_of(content_of(folder / "a/expected.json"));
    CHECK(expected.at("n_ballots_cast") == 7);
    CHECK(expected.at("n_tallied") == 5);
    std::int64_t sum = 0;  // one of two, from everybody
    for (const auto& count : expected.at("result").at(1).as_array()) sum += count.to_number<std::int64_t>();
    CHECK(sum == 100008);
    const auto secrets = fs::directory_iterator(folder / "a/secret");
    int files = 0;
    for (const auto& entry : secrets) {
        CHECK(mode_of(entry.path().string()) == 0600);
        ++files;
    }
    CHECK(files == 5);
    auto other = more;
    other.insert(other.end(), {"--seed", "18"});
    must(simulation(folder / "c", other));
    CHECK_FALSE(fs::exists(folder / ("c/" + name)));

    refused(simulation(folder / "a"), "cli.folder_not_empty");
    refused(simulation(folder / "d", {"--revotes", "6"}), "evote.simulation_impossible");
    CHECK_FALSE(fs::exists(folder / "d"));
    write(folder / "weights", "1\n0\n");
    refused(simulation(folder / "d", {"--weights", folder / "weights"}), "cli.weights_malformed");
    write(folder / "weights", "");
    refused(simulation(folder / "d", {"--weights", folder / "weights"}), "cli.weights_malformed");
    must(simulation(folder / "e", {"--until", "closed"}));
    CHECK(json_of(must({"verify", folder / "e", "--json", "--until", "closed"})).at("state") == "closed");
}

TEST_CASE(
    "belenios-tool verifies simulated records of both field groups: single trustees, thresholds, revotes, weights") {
    if (!has_belenios_tool()) return;
    const Folder folder;
    write(folder / "weights", "1\n5\n2000000000\n");
    int number = 0;
    for (const std::string group : {"BELENIOS-2048", "RFC-3526-2048"})
        for (const std::string trustees : {"1", "3", "2of3", "1+2of3"}) {
            CAPTURE(group);
            CAPTURE(trustees);
            const bool weighted = trustees != "1";
            const auto out = folder / std::to_string(number++);
            // An exponentiation costs eight times as much in the second group.
            const bool small = group == "RFC-3526-2048";
            if (small && (trustees == "1" || trustees == "1+2of3")) continue;
            Words words =
                simulation(out, {"--group", group, "--voters", small ? "2" : "3", "--revotes", "1", "--question",
                                 small ? "1:0:1:blank" : "3:1:2:blank", "--trustees", trustees});
            if (weighted) words.insert(words.end(), {"--weights", folder / "weights"});
            must(words);
            verifies_as_expected(out, out + "/expected.json");
            belenios_accepts(out);
        }
}

namespace {

/// One election made step by step in a folder; each step by plenum or by belenios-tool, as `by_us` says in turn.
struct Steps {
    std::string folder, group = "BELENIOS-2048", uuid = "ah4C1FFjetWB24";
    std::function<bool()> by_us;
    std::string voters = "ann,ann,2\nbo,bo,7\ncy,cy,30\ndi,di,100\n";
    std::string questions = R"({"answers":["a","b","c"],"blank":true,"min":0,"max":2,"question":"Q1?"},)"
                            R"({"answers":["yes","no"],"min":1,"max":1,"question":"Q2?"})";
    std::string record() const { return folder + "/" + uuid + ".bel"; }
    std::string in(const std::string& name) const { return folder + "/" + name; }

    void credentials() const {
        write(in("voters"), voters);
        if (by_us()) {
            must({"evote", "credentials", "--group", group, "--uuid", uuid, "--voters", in("voters"), "--out", folder});
        } else {
            belenios_must({"setup", "generate-credentials", "--uuid", uuid, "--group", group, "--file", "voters"},
                          folder);
        }
        fs::copy_file(only(folder, ".pubcreds"), in("public_creds.json"));
        const auto lines = content_of(only(folder, ".privcreds"));
        int voter = 1;
        for (std::size_t at = 0; at < lines.size(); ++voter) {
            const auto end = lines.find('\n', at);
            const auto line = lines.substr(at, end - at);
            write(in("credential-" + std::to_string(voter)), line.substr(line.rfind(' ') + 1));
            at = end + 1;
        }
        CHECK(voter == 5);
    }
    void trustee_keys() const {
        for (int i = 0; i < 2; ++i) {
            if (by_us())
                must({"evote", "trustee-key", "--group", group, "--out", folder});
            else
                belenios_must({"setup", "generate-trustee-key", "--group", group}, folder);
        }
    }
    void trustees() const {
        Words keys{"evote", "trustees", "--group", group, "--out", in("trustees.json"), "--keys"};
        std::string lines;
        for (const auto& each : all(folder, ".pubkey")) {
            keys.push_back(each);
            lines += content_of(each);
        }
        write(in("public_keys.jsons"), lines);
        if (by_us())
            must(keys);
        else
            belenios_must({"setup", "make-trustees"}, folder);
    }
    void election() const {
        write(in("template.json"), R"({"description":"","name":"Wahl 选举 \"x\"","questions":[)" + questions + "]}");
        if (by_us())
            must({"evote", "election", "--group", group, "--uuid", uuid, "--template", in("template.json"),
                  "--trustees", in("trustees.json"), "--out", in("election.json")});
        else
            belenios_must({"setup", "make-election", "--uuid", uuid, "--group", group, "--template", "template.json"},
                          folder);
    }
    void setup() const {
        if (by_us())
            must({"evote", "setup", "--election", in("election.json"), "--trustees", in("trustees.json"),
                  "--credentials", in("public_creds.json"), "--out", folder});
        else
            belenios_must({"archive", "init"}, folder);
    }
    void ballot(int voter, const std::string& choices) const {
        const auto credential = "credential-" + std::to_string(voter);
        write(in("choices"), choices);
        fs::remove(in("ballot"));
        if (by_us())
            must({"evote", "vote", record(), "--credential", in(credential), "--choices", in("choices"), "--out",
                  in("ballot")});
        else
            write(in("ballot"),
                  belenios_must({"election", "generate-ballot", "--privcred", credential, "--ballot", "choices"},
                                folder));
        add("Ballot", "ballot", "add-ballots");
    }
    void add(const std::string& type, const std::string& file, const std::string& command) const {
        if (by_us())
            must({"evote", command, record(), in(file)});
        else
            belenios_must({"archive", "add-event", "--type", type}, folder, in(file));
    }
    void close() const {
        if (by_us())
            must({"evote", "close", record()});
        else
            belenios_must({"archive", "add-event", "--type", "EndBallots"}, folder);
    }
    void tally() const {
        if (by_us()) {
            must({"evote", "tally", record()});
        } else {
            write(in("tally"), belenios_must({"election", "compute-encrypted-tally"}, folder));
            belenios_must({"archive", "add-event", "--type", "EncryptedTally"}, folder, in("tally"));
        }
    }
    void shuffle(int trustee) const {
        const auto file = "shuffle-" + std::to_string(trustee);
        if (by_us())
            must({"evote", "shuffle", record(), "--trustee", std::to_string(trustee), "--out", in(file)});
        else
            write(in(file), belenios_must({"election", "shuffle", "--trustee-id", std::to_string(trustee)}, folder));
        add("Shuffle", file, "add-shuffle");
    }
    void close_shuffles() const {
        if (by_us())
            must({"evote", "close-shuffles", record()});
        else
            belenios_must({"archive", "add-event", "--type", "EndShuffles"}, folder);
    }
    void decryption(int trustee, const std::string& key) const {
        const auto file = "decryption-" + std::to_string(trustee);
        if (by_us())
            must({"evote", "decrypt", record(), "--key", key, "--out", in(file)});
        else
            write(in(file),
                  belenios_must({"election", "decrypt", "--privkey", key, "--trustee-id", std::to_string(trustee)},
                                folder));
        add("PartialDecryption", file, "add-decryption");
    }
    void result() const {
        if (by_us()) {
            must({"evote", "result", record()});
        } else {
            write(in("result"), belenios_must({"election", "compute-result"}, folder));
            belenios_must({"archive", "add-event", "--type", "Result"}, folder, in("result"));
        }
    }
    /// Ann votes twice, Cy stays at home.
    void votes_to_tally() const {
        ballot(1, "[[1,0,0,0],[0,1]]");
        ballot(4, "[[0,1,0,1],[1,0]]");
        ballot(1, "[[0,0,1,1],[1,0]]");
        ballot(2, "[[1,0,0,0],[0,1]]");
        close();
        tally();
    }
    void all_of_them() const {
        credentials();
        trustee_keys();
        trustees();
        election();
        setup();
        votes_to_tally();
        int trustee = 1;
        for (const auto& key : all(folder, ".privkey")) decryption(trustee++, key);
        result();
        is_as_voted();
    }
    void is_as_voted() const {
        const auto said = json_of(must({"verify", record(), "--json", "--issued", "4"}));
        CHECK(said.at("result") == json_of("[[7,100,2,102],[102,7]]"));
        CHECK(said.at("superseded") == 1);
        CHECK(said.at("counted_weight") == 109);
        if (fs::exists("/usr/bin/belenios-tool") && group != "Ed25519") belenios_accepts(folder);
    }
};

}  // namespace

TEST_CASE("an election step by step, half of the steps by belenios-tool and half by us, each way round") {
    if (!has_belenios_tool()) return;
    // Alternating both ways, then in another mixture: who does a step is bit number `step` of the pattern.
    for (const std::uint64_t pattern : {0x555555u, 0xaaaaaau, 0xc3c3c3u}) {
        CAPTURE(pattern);
        const Folder folder;
        std::uint64_t step = 0;
        Steps steps{folder.path(), "BELENIOS-2048", "ah4C1FFjetWB24", [&] { return (pattern >> step++ & 1) != 0; }};
        steps.all_of_them();
        CHECK(step == 21);
    }
}

TEST_CASE("the other group of belenios-tool, step by step") {
    if (!has_belenios_tool()) return;
    const Folder folder;
    std::uint64_t step = 0;
    Steps steps{folder.path(), "RFC-3526-2048", "ah4C1FFjetWB24", [&] { return step++ % 2 == 0; }};
    steps.all_of_them();
}

TEST_CASE("an election with rankings step by step, half of the steps by belenios-tool and half by us, each way round") {
    if (!has_belenios_tool()) return;
    for (const std::uint64_t pattern : {0x5555555u, 0xaaaaaaau}) {
        CAPTURE(pattern);
        const Folder folder;
        std::uint64_t step = 0;
        Steps steps{folder.path(), "RFC-3526-2048", "ah4C1FFjetWB24", [&] { return (pattern >> step++ & 1) != 0; }};
        steps.voters = "ann\nbo\ncy\ndi\n";
        steps.questions = R"({"type":"NonHomomorphic","value":{"answers":["a","b \"c\"","赵"],"question":"Order?"}},)"
                          R"({"answers":["yes"],"min":0,"max":1,"question":"Q2?"},)"
                          R"({"type":"NonHomomorphic","value":{"answers":["x"],"question":"Grade?"},)"
                          R"("extra":{"method":"MajorityJudgment","blank":true,"grades":["good","bad"]}})";
        steps.credentials();
        steps.trustee_keys();
        steps.trustees();
        steps.election();
        steps.setup();
        steps.ballot(1, "[[3,2,1],[0],[1]]");
        steps.ballot(2, "[[1,2,3],[1],[2]]");
        steps.ballot(1, "[[2,0,255],[1],[7]]");
        steps.close();
        steps.tally();
        for (const int trustee : {1, 2}) steps.shuffle(trustee);
        steps.close_shuffles();
        int trustee = 1;
        for (const auto& key : all(steps.folder, ".privkey")) steps.decryption(trustee++, key);
        steps.result();
        const auto said = json_of(must({"verify", steps.record(), "--json", "--issued", "4"}));
        auto result = said.at("result").as_array();
        for (const std::size_t question : {0u, 2u}) {
            auto& opened = result[question].as_array();
            std::vector<std::string> texts;
            for (const auto& each : opened) texts.push_back(canonical_json(each));
            std::sort(texts.begin(), texts.end());
            CHECK(texts == (question == 0 ? std::vector<std::string>{"[1,2,3]", "[2,0,255]"}
                                          : std::vector<std::string>{"[2]", "[7]"}));
        }
        CHECK(canonical_json(result[1]) == "[2]");
        REQUIRE(said.at("shuffles").as_array().size() == 2);
        CHECK(said.at("shuffles").as_array()[1].at("trustee") == 2);
        CHECK(said.at("superseded") == 1);
        // The election says that two grades were offered: the seventh is none.
        const auto graded =
            json_of(must({"count", steps.record(), "--question", "3", "--method", "majority-judgment", "--json"}));
        CHECK(graded.at("ballots") == 1);
        CHECK(graded.at("invalid") == 1);
        belenios_accepts(steps.folder);
    }
}

TEST_CASE("rankings by our commands alone: what the summary says of the shuffles, and what each step refuses") {
    const Folder place;
    Steps steps{place.path(), "Ed25519", "ah4C1FFjetWB24", [] { return true; }};
    steps.voters = "ann\nbo\ncy\ndi\n";
    steps.questions = R"({"answers":["yes"],"min":0,"max":1,"question":"Q1?"},)"
                      R"({"type":"NonHomomorphic","value":{"answers":["Li","Wang","Zhao"],"question":"Order?"}})";
    steps.credentials();
    steps.trustee_keys();
    steps.trustees();
    steps.election();
    steps.setup();
    const auto vote = [&](const std::string& choices) {
        write(steps.in("choices"), choices);
        return Words{"evote",
                     "vote",
                     steps.record(),
                     "--credential",
                     steps.in("credential-1"),
                     "--choices",
                     steps.in("choices"),
                     "--out",
                     steps.in("b")};
    };
    refused(vote("[[1],[1,2]]"), "cli.choices_length_wrong");
    for (const auto* broken :
         {"[[2],[1,2,3]]", "[[1],[1,2,256]]", "[[1],[1,2,03]]", "[[1],[1,2,-3]]", "[[1],[1,2,1000]]"})
        refused(vote(broken), "cli.choices_malformed");
    // A sealed ranking, opened and tested, shows its numbers beside the answers.
    write(steps.in("choices"), "[[1],[12,0,255]]");
    must({"evote", "seal", steps.record(), "--credential", steps.in("credential-1"), "--choices", steps.in("choices"),
          "--out", steps.in("sealed")});
    must({"evote", "open", "--sealed", steps.in("sealed"), "--out", steps.in("opened")});
    CHECK(says(must({"evote", "test", steps.record(), "--opened", steps.in("opened")}),
               "  Order?\n     12  Li\n      0  Wang\n    255  Zhao\n"));
    steps.ballot(1, "[[1],[1,2,3]]");
    steps.ballot(2, "[[0],[ 1, 3, 2 ]]");
    steps.ballot(3, "[[1],[2,1,3]]");
    steps.close();
    const Words shuffling{"evote", "shuffle", steps.record(), "--trustee"};
    const auto by = [&](const std::string& trustee, const std::string& file) {
        auto words = shuffling;
        words.insert(words.end(), {trustee, "--out", steps.in(file)});
        return words;
    };
    refused(by("1", "s"), "evote.record_incomplete");
    steps.tally();
    const auto key = all(steps.folder, ".privkey")[0];
    refused({"evote", "decrypt", steps.record(), "--key", key, "--out", steps.in("d")}, "evote.record_incomplete");
    refused({"evote", "close-shuffles", steps.record()}, "evote.shuffles_missing");
    refused(by("0", "s"), "evote.shuffle_owner_unknown");
    refused(by("3", "s"), "evote.shuffle_owner_unknown");
    CHECK_FALSE(fs::exists(steps.in("s")));
    must(by("1", "late"));
    const auto made = must(by("2", "s"));
    refused(by("2", "s"), "base.file_exists");
    must({"evote", "add-shuffle", steps.record(), steps.in("s")});
    refused({"evote", "add-shuffle", steps.record(), steps.in("s")}, "evote.shuffle_owner_repeated");
    refused({"evote", "add-shuffle", steps.record(), steps.in("late")}, "evote.shuffle_proof_fails");
    // The question's number in the election, and where in the record it is.
    CHECK(says(run({"evote", "add-shuffle", steps.record(), steps.in("late")}).err,
               "The proof that question 2 was only re-encrypted and reordered fails"));
    CHECK(says(run({"evote", "add-shuffle", steps.record(), steps.in("late")}).err,
               "(event 7, trustee 1, file " + steps.in("late") + ", line 1, field "));
    refused({"evote", "add-shuffle", steps.record(), steps.in("choices")}, "cli.texts_wanted");
    refused(by("2", "again"), "evote.shuffle_owner_repeated");
    const auto half = must({"verify", steps.record(), "--until", "tallied"});
    CHECK(says(half, "Shuffles of the rankings: 1; by the trustees: 2"));
    CHECK(says(half, "have not been shuffled to the end"));
    // Who shuffled knows the own shuffle again by its hash.
    const auto at = half.find("Shuffle by trustee 2: ") + 22;
    CHECK(says(made, "Hash of this shuffle: " + half.substr(at, 64)));
    refused({"verify", steps.record(), "--until", "shuffled"}, "evote.record_incomplete");
    steps.shuffle(1);
    fs::create_directories(steps.in("other"));
    fs::copy_file(steps.record(), steps.in("other/x.bel"));
    steps.close_shuffles();
    CHECK(says(must({"verify", steps.record(), "--until", "shuffled"}), "shuffled, not yet decrypted"));
    int trustee = 1;
    for (const auto& each : all(steps.folder, ".privkey")) steps.decryption(trustee++, each);
    // The same tally, shuffled otherwise: no key opens it a second time.
    const auto cut_at_tally = cut(steps.record(), evote::EventType::encrypted_tally, steps.in("fork")) + "/cut.bel";
    must({"evote", "shuffle", cut_at_tally, "--trustee", "1", "--out", steps.in("fork/s")});
    must({"evote", "add-shuffle", cut_at_tally, steps.in("fork/s")});
    must({"evote", "close-shuffles", cut_at_tally});
    refused({"evote", "decrypt", cut_at_tally, "--key", key, "--out", steps.in("fork/d")}, "cli.other_tally_decrypted");
    steps.result();
    for (const auto& [language, parts] :
         {std::pair{"en", Words{"Verified: ", "Shuffles of the rankings: 2; by the trustees: 2, 1",
                                "3 ballots, opened in shuffled order", "--question 2", "keeps the order secret",
                                "the shuffles are not signed"}},
          std::pair{"zh-Hans", Words{"核验通过：", "2 次", "混洗没有签名"}},
          std::pair{"zh-Hant", Words{"核驗通過：", "2 次", "混洗沒有簽名"}}}) {
        const auto said = run({"verify", steps.record()}, language);
        CHECK(said.status == 0);
        for (const auto& part : parts) CHECK(says(said.out, part));
    }
    // The opened ballots are counted out of the record, which is verified first.
    for (const auto* method : {"schulze", "majority-judgment", "belenios-stv"}) {
        CAPTURE(method);
        const auto counted = json_of(must({"count", steps.record(), "--method", method, "--seats", "1", "--json"}));
        CHECK(counted.at("title") == "Order?");
        CHECK(canonical_json(counted.at("candidates")) == R"(["Li","Wang","Zhao"])");
        CHECK(counted.at("read") == 3);
        CHECK(canonical_json(counted.at("winner_names")) == R"(["Li"])");
    }
    CHECK(must({"count", steps.record(), "--method", "schulze"}) ==
          must({"count", steps.folder + "/" + steps.uuid + ".bel", "--method", "schulze", "--question", "2"}));
    refused({"count", steps.record(), "--method", "schulze", "--question", "1"}, "count.question_not_ranked");
    refused({"count", steps.record(), "--method", "schulze", "--question", "3"}, "count.question_unknown");
    refused({"count", steps.in("other/x.bel"), "--method", "schulze"}, "evote.record_incomplete");
    refused({"count", "tests/fixtures/evote/ed25519", "--method", "schulze"}, "count.question_not_ranked");
}

TEST_CASE("simulated rankings: several questions, several shuffles, counted out of the record") {
    const Folder folder;
    must(simulation(folder / "a", {"--question", "rank:5", "--question", "3:0:2:blank", "--question", "rank:3",
                                   "--trustees", "1+2of3", "--shuffles", "3", "--revotes", "2"}));
    verifies_as_expected(folder / "a", folder / "a/expected.json");
    const auto said = json_of(must({"verify", folder / "a", "--json"}));
    REQUIRE(said.at("shuffles").as_array().size() == 3);
    CHECK(said.at("shuffles").as_array()[2].at("trustee") == 3);
    CHECK(said.at("result").at(0).as_array().size() == 5);
    CHECK(said.at("result").at(2).at(4).as_array().size() == 3);
    CHECK(json_of(must({"count", folder / "a", "--method", "schulze", "--question", "3", "--json"})).at("read") == 5);
    must(simulation(folder / "b", {"--question", "rank:2", "--until", "shuffled"}));
    CHECK(json_of(must({"verify", folder / "b", "--json", "--until", "shuffled"})).at("state") == "shuffled");
    refused(simulation(folder / "c", {"--group", "BELENIOS-2048", "--question", "rank:2"}), "evote.group_unsuitable");
    write(folder / "weights", "1\n3\n");
    refused(simulation(folder / "c", {"--question", "rank:2", "--weights", folder / "weights"}),
            "evote.simulation_impossible");
    CHECK_FALSE(fs::exists(folder / "c"));
}

TEST_CASE("a threshold group's rounds, some by belenios-tool and some by us, each way round") {
    if (!has_belenios_tool()) return;
    for (const std::uint64_t pattern : {0x5555u, 0xaaaau, 0x3333u}) {
        CAPTURE(pattern);
        const Folder place;
        std::uint64_t step = 0;
        Steps steps{place.path(), "BELENIOS-2048", "ah4C1FFjetWB24", [&] { return (pattern >> step++ & 1) != 0; }};
        const auto& folder = steps.folder;
        const auto tool_round = [&](const std::string& number, const Words& more,
                                    const std::string& input = "/dev/null") {
            Words words{"setup", "generate-trustee-key-threshold", "--group", steps.group, "--step", number};
            words.insert(words.end(), more.begin(), more.end());
            return belenios_must(words, folder, input);
        };
        const auto our_round = [&](const std::string& name, const Words& more) {
            Words words{"evote", name, "--group", steps.group, "--threshold", "2"};
            words.insert(words.end(), more.begin(), more.end());
            must(words);
        };
        for (const auto* index : {"1", "2", "3"}) {
            if (steps.by_us())
                our_round("threshold-certificate",
                          {"--trustees", "3", "--index", index, "--older-form", "--out", folder});
            else
                tool_round("1", {});
        }
        const auto certificates = all(folder, ".cert");
        REQUIRE(certificates.size() == 3);
        std::string lines;
        for (const auto& each : certificates) lines += content_of(each);
        write(steps.in("certs"), lines);
        const auto stem = [&](int i) { return certificates[i].substr(0, certificates[i].size() - 5); };
        lines.clear();
        for (int i = 0; i < 3; ++i) {
            const auto file = stem(i) + ".polynomial";
            if (steps.by_us())
                our_round("threshold-polynomial",
                          {"--certificates", steps.in("certs"), "--key", stem(i) + ".key", "--out", file});
            else
                write(file, tool_round("3", {"--certs", "certs", "--threshold", "2", "--key", stem(i) + ".key"}));
            lines += content_of(file);
        }
        write(steps.in("polynomials"), lines);
        if (steps.by_us())
            our_round("threshold-inputs",
                      {"--certificates", steps.in("certs"), "--polynomials", steps.in("polynomials"), "--out", folder});
        else
            tool_round("4", {"--certs", "certs", "--threshold", "2", "--polynomials", "polynomials"});
        lines.clear();
        for (int i = 0; i < 3; ++i) {
            const auto file = stem(i) + ".voutput";
            if (steps.by_us())
                our_round("threshold-output", {"--certificates", steps.in("certs"), "--key", stem(i) + ".key",
                                               "--input", stem(i) + ".vinput", "--out", file});
            else
                write(file, tool_round("5", {"--certs", "certs", "--threshold", "2", "--key", stem(i) + ".key"},
                                       stem(i) + ".vinput"));
            lines += content_of(file);
        }
        write(steps.in("outputs"), lines);
        if (steps.by_us())
            our_round("threshold-group", {"--certificates", steps.in("certs"), "--polynomials", steps.in("polynomials"),
                                          "--outputs", steps.in("outputs"), "--out", folder});
        else
            write(steps.in("threshold.json"),
                  tool_round("6", {"--certs", "certs", "--threshold", "2", "--polynomials", "polynomials"},
                             steps.in("outputs")));
        write(steps.in("public_keys.jsons"), "");  // belenios-tool wants a list of single trustees, be it empty
        if (steps.by_us())
            must({"evote", "trustees", "--group", steps.group, "--threshold-group", steps.in("threshold.json"), "--out",
                  steps.in("trustees.json")});
        else
            belenios_must({"setup", "make-trustees"}, folder);
        steps.credentials();
        steps.election();
        steps.setup();
        steps.by_us = [] { return true; };
        steps.votes_to_tally();
        // The first and the last trustee suffice; one decrypts with either program.
        must({"evote", "decrypt", steps.record(), "--key", stem(0) + ".key", "--sealed-key", stem(0) + ".dkey", "--out",
              steps.in("decryption-1")});
        must({"evote", "add-decryption", steps.record(), steps.in("decryption-1")});
        refused({"evote", "result", steps.record()}, "evote.decryptions_missing");
        write(steps.in("decryption-3"), belenios_must({"election", "decrypt-threshold", "--key", stem(2) + ".key",
                                                       "--decryption-key", stem(2) + ".dkey", "--trustee-id", "3"},
                                                      folder));
        must({"evote", "add-decryption", steps.record(), steps.in("decryption-3")});
        steps.result();
        steps.is_as_voted();
    }
}

TEST_CASE("the newer threshold form, step by step by us; certificates of another number or order are refused") {
    const Folder place;
    Steps steps{place.path(), "Ed25519", "ah4C1FFjetWB24", [] { return true; }};
    const auto& folder = steps.folder;
    Words certificates, polynomials, outputs, keys;
    const auto round = [&](const std::string& name, const Words& more) {
        Words words{"evote", name, "--group", "Ed25519", "--threshold", "2"};
        words.insert(words.end(), more.begin(), more.end());
        return words;
    };
    const auto joined = [](Words left, const std::string& name, const Words& right) {
        left.push_back(name);
        left.insert(left.end(), right.begin(), right.end());
        return left;
    };
    for (const auto* index : {"1", "2", "3"}) {
        fs::create_directories(steps.in(index));
        must(round("threshold-certificate", {"--trustees", "3", "--index", index, "--out", steps.in(index)}));
        certificates.push_back(only(steps.in(index), ".cert"));
        keys.push_back(only(steps.in(index), ".key"));
        CHECK(mode_of(keys.back()) == 0600);
        CHECK(first_line(certificates.back()).find("context") != std::string::npos);
    }
    refused(round("threshold-certificate", {"--trustees", "3", "--index", "4", "--out", folder}),
            "evote.owner_out_of_range");
    refused(round("threshold-certificate", {"--trustees", "1", "--index", "1", "--out", folder}),
            "evote.threshold_out_of_range");
    const Words swapped{certificates[1], certificates[0], certificates[2]};
    refused(
        joined(round("threshold-polynomial", {"--key", keys[0], "--out", steps.in("p")}), "--certificates", swapped),
        "evote.threshold_context_wrong");
    refused(joined(round("threshold-polynomial", {"--key", keys[0], "--out", steps.in("p")}), "--certificates",
                   {certificates[0], certificates[1]}),
            "evote.threshold_context_wrong");
    CHECK_FALSE(fs::exists(steps.in("p")));
    for (int i = 0; i < 3; ++i) {
        polynomials.push_back(steps.in("polynomial-" + std::to_string(i)));
        must(joined(round("threshold-polynomial", {"--key", keys[i], "--out", polynomials[i]}), "--certificates",
                    certificates));
    }
    auto dealing = joined(round("threshold-inputs", {"--out", folder}), "--certificates", certificates);
    refused(joined(dealing, "--polynomials", {polynomials[0], polynomials[1]}), "cli.texts_wanted");
    must(joined(dealing, "--polynomials", polynomials));
    const auto id = [&](int i) { return fs::path(keys[i]).stem().string(); };
    for (int i = 0; i < 3; ++i) {
        outputs.push_back(steps.in("output-" + std::to_string(i)));
        const auto wrong = round("threshold-output", {"--key", keys[i], "--input",
                                                      steps.in(id((i + 1) % 3) + ".vinput"), "--out", outputs[i]});
        refused(joined(wrong, "--certificates", certificates), "evote.message_not_opened");
        must(joined(
            round("threshold-output", {"--key", keys[i], "--input", steps.in(id(i) + ".vinput"), "--out", outputs[i]}),
            "--certificates", certificates));
    }
    auto whole = joined(round("threshold-group", {"--out", folder}), "--certificates", certificates);
    must(joined(joined(whole, "--polynomials", polynomials), "--outputs", outputs));
    CHECK(mode_of(steps.in(id(1) + ".dkey")) == 0600);
    must({"evote", "trustee-key", "--group", "Ed25519", "--out", folder});
    must({"evote", "trustees", "--group", "Ed25519", "--keys", only(folder, ".pubkey"), "--threshold-group",
          steps.in("threshold.json"), "--out", steps.in("trustees.json")});
    steps.credentials();
    steps.election();
    steps.setup();
    steps.votes_to_tally();
    refused({"evote", "decrypt", steps.record(), "--key", keys[1], "--out", steps.in("d")}, "evote.private_key_wrong");
    refused({"evote", "decrypt", steps.record(), "--key", keys[1], "--sealed-key", steps.in(id(2) + ".dkey"), "--out",
             steps.in("d")},
            "evote.message_not_opened");
    for (const int i : {2, 1}) {
        must({"evote", "decrypt", steps.record(), "--key", keys[i], "--sealed-key", steps.in(id(i) + ".dkey"), "--out",
              steps.in("d" + id(i))});
        must({"evote", "add-decryption", steps.record(), steps.in("d" + id(i))});
    }
    steps.decryption(1, only(folder, ".privkey"));
    steps.result();
    steps.is_as_voted();
    CHECK(json_of(must({"verify", steps.record(), "--json"})).at("decryptions") == 3);
    // The group's own numbers come behind the single trustee's.
    const auto numbers = must({"evote", "trustees", "--group", "Ed25519", "--keys", only(folder, ".pubkey"),
                               "--threshold-group", steps.in("threshold.json"), "--out", steps.in("again.json")});
    for (int i = 0; i < 3; ++i)
        CHECK(says(numbers, "  " + std::to_string(i + 2) + ": certificate " + id(i) + ", any 2 of 3 ("));
}

TEST_CASE("private files have mode 0600, and no file is ever written over") {
    const Folder place;
    Steps steps{place.path(), "Ed25519", "ah4C1FFjetWB24", [] { return true; }};
    const auto mask = ::umask(0);  // even where everything would be allowed
    steps.credentials();
    steps.trustee_keys();
    steps.trustees();
    steps.election();
    steps.setup();
    for (const auto* ending : {".privcreds", ".privkey"})
        for (const auto& each : all(steps.folder, ending)) CHECK(mode_of(each) == 0600);
    for (const auto* ending : {".pubcreds", ".pubkey", ".bel"})
        for (const auto& each : all(steps.folder, ending)) CHECK(mode_of(each) == 0644);
    write(steps.in("choices"), "[ [0, 1, 0, 0],\n [1, 0] ]\n");
    const auto credential = steps.in("credential-1");
    must({"evote", "seal", steps.record(), "--credential", credential, "--choices", steps.in("choices"), "--out",
          steps.in("sealed")});
    ::umask(mask);
    CHECK(mode_of(steps.in("sealed")) == 0600);

    const auto before = content_of(steps.in("election.json"));
    const auto there = [&](const Words& words) { refused(words, "base.file_exists"); };
    there({"evote", "credentials", "--group", "Ed25519", "--uuid", steps.uuid, "--count", "3", "--out", steps.folder});
    there({"evote", "setup", "--election", steps.in("election.json"), "--trustees", steps.in("trustees.json"),
           "--credentials", steps.in("public_creds.json"), "--out", steps.folder});
    there({"evote", "vote", steps.record(), "--credential", credential, "--choices", steps.in("choices"), "--out",
           steps.in("election.json")});
    there({"evote", "seal", steps.record(), "--credential", credential, "--choices", steps.in("choices"), "--out",
           steps.in("sealed")});
    // Nor through a link, not even one that leads nowhere.
    fs::create_symlink(steps.in("nowhere"), steps.in("link"));
    there({"evote", "vote", steps.record(), "--credential", credential, "--choices", steps.in("choices"), "--out",
           steps.in("link")});
    CHECK_FALSE(fs::exists(steps.in("nowhere")));
    CHECK(content_of(steps.in("election.json")) == before);
    // What was half done is taken back: the public list is there, so the private one goes away again.
    fs::remove(only(steps.folder, ".privcreds"));
    there({"evote", "credentials", "--group", "Ed25519", "--uuid", steps.uuid, "--count", "3", "--out", steps.folder});
    CHECK(all(steps.folder, ".privcreds").empty());
    refused({"evote", "trustee-key", "--group", "Ed25519", "--out", steps.in("no/such/folder")},
            "base.file_not_written");
}

TEST_CASE("a sealed ballot is either cast or opened and tested") {
    const Folder place;
    Steps steps{place.path(), "Ed25519", "ah4C1FFjetWB24", [] { return true; }};
    steps.credentials();
    steps.trustee_keys();
    steps.trustees();
    steps.election();
    steps.setup();
    write(steps.in("choices"), "[[0,1,0,1],[1,0]]");
    const auto credential = steps.in("credential-1");
    const auto seal = [&](const std::string& name) {
        const auto said = must({"evote", "seal", steps.record(), "--credential", credential, "--choices",
                                steps.in("choices"), "--out", steps.in(name)});
        const auto at = said.find("Code of the ballot: ") + 20;
        return said.substr(at, 43);
    };
    const auto code = seal("sealed");
    CHECK_FALSE(says(content_of(steps.in("sealed")), "signature"));

    // Opened: it is tested on any machine, and can't be cast.
    must({"evote", "open", "--sealed", steps.in("sealed"), "--out", steps.in("opened")});
    CHECK_FALSE(fs::exists(steps.in("sealed")));
    const auto tested = must({"evote", "test", steps.record(), "--opened", steps.in("opened"), "--code", code});
    CHECK(says(tested, "  Q1?\n    a\n    c\n  Q2?\n    yes\n"));
    refused({"evote", "cast", steps.record(), "--sealed", steps.in("opened"), "--credential", credential, "--out",
             steps.in("b")},
            "cli.sealed_malformed");
    refused({"evote", "test", steps.record(), "--opened", steps.in("opened"), "--code", "another"}, "cli.code_differs");
    // A device that sealed something else than it says is found out.
    const auto opened = content_of(steps.in("opened"));
    const auto altered = [&](const std::string& from, const std::string& to) {
        auto text = opened;
        const auto at = text.find(from);
        REQUIRE(at != std::string::npos);
        write(steps.in("altered"), text.replace(at, from.size(), to));
        return Words{"evote", "test", steps.record(), "--opened", steps.in("altered")};
    };
    refused(altered("[0,1,0,1]", "[0,1,1,0]"), "evote.ballot_not_as_opened");
    refused(altered("[0,1,0,1]", "[0,1,1,1]"), "evote.vote_not_allowed");
    refused(altered("\"seed\":\"", "\"seed\":\"0"), "cli.sealed_malformed");
    const auto first_digit = opened[opened.find("\"seed\":\"") + 8];
    refused(altered(std::string("\"seed\":\"") + first_digit,
                    std::string("\"seed\":\"") + (first_digit == '0' ? '1' : '0')),
            "evote.ballot_not_as_opened");
    refused(altered("election_hash", "election_hasH"), "cli.sealed_malformed");
    refused(altered("\"uuid\":\"ah4", "\"uuid\":\"bh4"), "evote.ballot_of_other_election");

    // Cast: it is signed, the seed goes away, and the ballot has the code that was shown.
    const auto second = seal("sealed");
    CHECK(second != code);
    refused({"evote", "cast", steps.record(), "--sealed", steps.in("sealed"), "--credential", steps.in("credential-2"),
             "--out", steps.in("b")},
            "cli.other_credential_sealed");
    CHECK(fs::exists(steps.in("sealed")));
    const auto said = must({"evote", "cast", steps.record(), "--sealed", steps.in("sealed"), "--credential", credential,
                            "--out", steps.in("ballot")});
    CHECK(says(said, second));
    CHECK_FALSE(fs::exists(steps.in("sealed")));
    CHECK(says(content_of(steps.in("ballot")), "\"hash\":\"" + second + "\""));
    must({"evote", "add-ballots", steps.record(), steps.in("ballot")});
    refused({"evote", "add-ballots", steps.record(), steps.in("ballot")}, "evote.ballot_repeated");

    // What may not be chosen, and who may not vote.
    const auto vote = [&](const std::string& choices, const std::string& with) {
        write(steps.in("choices"), choices);
        return Words{"evote", "vote",       steps.record(), "--credential", with, "--choices", steps.in("choices"),
                     "--out", steps.in("b")};
    };
    const auto said_of = [&](const std::string& choices, const std::string& name, const std::string& sentence) {
        const auto words = vote(choices, credential);
        refused(words, name);
        const auto err = run(words).err;
        CAPTURE(err);
        CHECK(says(err, sentence));
        for (const auto* language : {"zh-Hans", "zh-Hant"}) CHECK_FALSE(says(run(words, language).err, "{"));
    };
    said_of("[[0,1,1,1],[1,0]]", "cli.choices_sum_wrong", "Question 1 allows 0 to 2 answers, and 3 were chosen.");
    said_of("[[0,1,1,0],[0,0]]", "cli.choices_sum_wrong", "Question 2 allows 1 to 1 answers, and 0 were chosen.");
    said_of("[[1,1,0,0],[1,0]]", "cli.choices_beside_blank", "For question 1 blank was chosen together");
    said_of("[[0,1,0,0]]", "cli.choices_lists_wrong",
            "has 2 questions, and each wants one list of choices; lists found: 1.");
    said_of("[[0,1,0,0],[1,0],[9],[0],[1]]", "cli.choices_lists_wrong",
            "has 2 questions, and each wants one list of choices; lists found: 5.");
    said_of("[[0,1,0],[1,0]]", "cli.choices_length_wrong", "Question 1 wants 4 numbers");
    said_of("[[0,1,0,1],[1,0,0,1,1]]", "cli.choices_length_wrong", "Question 2 wants 2 numbers");
    CHECK(says(run(vote("[[0,1,0,1],[1,0,0,1,1]]", credential)).err, "5 were found"));
    for (const auto* broken : {"", "[", "[]", "[[]]", "[[2]]", "[[0,1,0,0],[1,0]]x", "[[0,1,0,0][1,0]]", "{}"})
        refused(vote(broken, credential), "cli.choices_malformed");
    write(steps.in("stranger"), "11111-111111-11111-111111\n");
    refused(vote("[[0,1,0,0],[1,0]]", steps.in("stranger")), "evote.credential_unknown");
    write(steps.in("stranger"), "hello");
    refused(vote("[[0,1,0,0],[1,0]]", steps.in("stranger")), "evote.private_credential_malformed");
    CHECK_FALSE(fs::exists(steps.in("b")));
}

TEST_CASE("a secret can come from standard input") {
    const Folder folder;
    write(folder / "credential", "abcde-fghijk-mnopq-rstuvw\n");
    const Words words{"evote", "public-credential", "--group", "Ed25519", "--uuid", "ah4C1FFjetWB24", "--credential"};
    auto from_file = words, from_input = words;
    from_file.push_back(folder / "credential");
    from_input.push_back("-");
    int ends[2];
    REQUIRE(::pipe(ends) == 0);
    const std::string text = "  abcdefghijkmnopqrstuvw\r\n";  // dashes or not, spaces around
    REQUIRE(::write(ends[1], text.data(), text.size()) == static_cast<ssize_t>(text.size()));
    ::close(ends[1]);
    const int kept = ::dup(STDIN_FILENO);
    ::dup2(ends[0], STDIN_FILENO);
    const auto ran = run(from_input);
    ::dup2(kept, STDIN_FILENO);
    ::close(kept);
    ::close(ends[0]);
    CHECK(ran.status == 0);
    CHECK(ran.out == must(from_file));
    CHECK(ran.out.size() == 65);
}

TEST_CASE("a trustee's key opens one tally of an election and no other") {
    const Folder place;
    Steps steps{place.path(), "Ed25519", "ah4C1FFjetWB24", [] { return true; }};
    steps.credentials();
    steps.trustee_keys();
    steps.trustees();
    steps.election();
    steps.setup();
    steps.ballot(1, "[[1,0,0,0],[0,1]]");
    const auto shorter = steps.in("shorter.bel");
    fs::create_directories(steps.in("other"));
    fs::copy_file(steps.record(), steps.in("other/x.bel"));
    steps.ballot(2, "[[1,0,0,0],[0,1]]");
    steps.close();
    refused({"evote", "add-ballots", steps.record(), steps.in("ballot")}, "evote.record_goes_on");
    refused({"evote", "close", steps.record()}, "evote.record_goes_on");
    refused({"evote", "decrypt", steps.record(), "--key", all(steps.folder, ".privkey")[0], "--out", steps.in("d")},
            "evote.record_incomplete");
    steps.tally();
    for (const auto* step : {"close", "tally"}) must({"evote", step, steps.in("other/x.bel")});
    const auto key = all(steps.folder, ".privkey")[0];
    const auto said = must({"evote", "decrypt", steps.record(), "--key", key, "--out", steps.in("d")});
    CHECK(says(said, "2 ballots, head "));
    must({"evote", "decrypt", steps.record(), "--key", key, "--out", steps.in("again")});
    refused({"evote", "decrypt", steps.in("other"), "--key", key, "--out", steps.in("e")}, "cli.other_tally_decrypted");
    CHECK_FALSE(fs::exists(steps.in("e")));
    CHECK(mode_of(only(steps.folder, ".decrypted")) == 0600);

    must({"evote", "add-decryption", steps.record(), steps.in("d")});
    refused({"evote", "add-decryption", steps.record(), steps.in("again")}, "evote.owner_repeated");
    refused({"evote", "add-decryption", steps.in("other"), steps.in("d")}, "evote.decryption_proof_fails");
    refused({"evote", "add-decryption", steps.record(), steps.in("choices")}, "cli.texts_wanted");
    refused({"evote", "decrypt", steps.record(), "--key", key, "--out", steps.in("e")}, "evote.owner_repeated");
    refused({"evote", "result", steps.record()}, "evote.decryptions_missing");
}

TEST_CASE("a record goes on where another stops, and stays as it was where a step is refused") {
    using evote::EventType;
    const Folder folder;
    must(simulation(folder / "whole"));
    const auto whole = only(folder / "whole", ".bel");
    const auto open = cut(whole, EventType::ballot, folder / "open");
    CHECK(says(must({"evote", "continues", open, whole}), "begins with all"));
    must({"evote", "continues", whole, whole});
    refused({"evote", "continues", whole, open}, "evote.not_a_continuation");
    refused({"evote", "continues", "tests/fixtures/evote/ed25519", whole}, "evote.not_a_continuation");

    const auto record = open + "/cut.bel";
    const auto before = content_of(record);
    write(folder / "bad", "{}\n");
    refused({"evote", "add-ballots", record, folder / "bad"}, "evote.text_not_canonical");
    refused({"evote", "result", record}, "evote.record_incomplete");
    CHECK(content_of(record) == before);
    // Somebody else is writing.
    const int other = ::open(record.c_str(), O_WRONLY);
    REQUIRE(::flock(other, LOCK_EX) == 0);
    refused({"evote", "close", record}, "cli.record_busy");
    ::close(other);
    CHECK(content_of(record) == before);
    must({"evote", "close", record});
    must({"evote", "tally", record});
    // The same bytes as the simulation's: nothing in these two steps is chance.
    CHECK(content_of(whole).starts_with(content_of(record)));
}

TEST_CASE("setting up refuses what does not fit together, with file and field") {
    const Folder place;
    Steps steps{place.path(), "Ed25519", "ah4C1FFjetWB24", [] { return true; }};
    steps.credentials();
    steps.trustee_keys();
    steps.trustees();
    steps.election();
    const auto election = [&](const std::string& text) {
        write(steps.in("t"), text);
        return Words{"evote",    "election",   "--group",     "Ed25519",    "--uuid",
                     steps.uuid, "--template", steps.in("t"), "--trustees", steps.in("trustees.json"),
                     "--out",    steps.in("e")};
    };
    refused(election(R"({"name":"n","description":"d"})"), "base.field_missing");
    refused(election(R"({"name":"n","description":"d","questions":[]})"), "evote.question_malformed");
    refused(election(R"({"name":"n","description":"d","questions":[],"group":"Ed25519"})"), "base.field_unknown");
    refused(
        election(R"({"name":"n","description":"d","questions":[{"answers":["a"],"min":1,"max":0,"question":"q"}]})"),
        "evote.question_malformed");
    refused(election("["), "base.json_malformed");
    refused({"evote", "trustees", "--group", "Ed25519", "--out", steps.in("e")}, "evote.no_trustees");
    const auto keys = all(steps.folder, ".pubkey");
    refused({"evote", "trustees", "--group", "Ed25519", "--keys", keys[0], keys[0], "--out", steps.in("e")},
            "evote.trustee_key_repeated");
    refused({"evote", "trustees", "--group", "BELENIOS-2048", "--keys", keys[0], "--out", steps.in("e")},
            "evote.element_malformed");
    // The trustees of another election.
    must({"evote", "trustees", "--group", "Ed25519", "--keys", keys[0], "--out", steps.in("fewer.json")});
    refused({"evote", "setup", "--election", steps.in("election.json"), "--trustees", steps.in("fewer.json"),
             "--credentials", steps.in("public_creds.json"), "--out", steps.folder},
            "evote.election_key_wrong");
    write(steps.in("list"), R"(["xyz"])");
    refused({"evote", "setup", "--election", steps.in("election.json"), "--trustees", steps.in("trustees.json"),
             "--credentials", steps.in("list"), "--out", steps.folder},
            "evote.element_malformed");
    write(steps.in("voters"), "ann,ann,0\n");
    const Words credentials{"evote",          "credentials", "--group",          "Ed25519", "--uuid",
                            "bh4C1FFjetWB24", "--voters",    steps.in("voters"), "--out",   steps.folder};
    refused(credentials, "cli.voter_malformed");
    write(steps.in("voters"), "ann\nbo\nann,x\n");
    refused(credentials, "cli.voter_repeated");
    auto uuid = credentials;
    uuid[5] = "short";
    refused(uuid, "evote.uuid_malformed");
    CHECK_FALSE(fs::exists(steps.in("e")));
    // Long credentials are read as well; an identifier is new each time.
    must({"evote", "credentials", "--group", "Ed25519", "--uuid", "ch4C1FFjetWB24", "--count", "2", "--form", "long",
          "--out", steps.folder});
    CHECK(first_line(steps.in("ch4C1FFjetWB24.privcreds")).size() == 2 + 25);
    CHECK(must({"evote", "uuid"}) != must({"evote", "uuid"}));
    CHECK(must({"evote", "uuid"}).size() == 15);
}

namespace {

/// Three trustees, one ranking, three ballots, a tally: where several shuffles and decryptions are handed in.
struct Ranked {
    Folder place;
    Steps steps{place.path(), "Ed25519", "ah4C1FFjetWB24", [] { return true; }};
    explicit Ranked(bool tallied = true) {
        steps.voters = "ann\nbo\ncy\ndi\n";
        steps.questions = R"({"type":"NonHomomorphic","value":{"answers":["Li","Wang"],"question":"Order?"}})";
        steps.credentials();
        steps.trustee_keys();
        steps.trustees();
        steps.election();
        steps.setup();
        if (!tallied) return;
        steps.ballot(1, "[[1,2]]");
        steps.ballot(2, "[[2,1]]");
        steps.close();
        steps.tally();
    }
    std::string shuffle(const std::string& record, const std::string& trustee, const std::string& file) const {
        must({"evote", "shuffle", record, "--trustee", trustee, "--out", steps.in(file)});
        return steps.in(file);
    }
};

/// The refusal, and that the record is as it was, and that the sentence names the place.
void refused_whole(const std::string& record, const Words& words, const std::string& name, const std::string& place) {
    const auto before = content_of(record);
    refused(words, name);
    const auto said = run(words).err;
    CAPTURE(said);
    CAPTURE(place);
    CHECK(says(said, place));
    CHECK(content_of(record) == before);
}

/// Files may grow to so many bytes only while it lives, as if the disk were full.
class FullDisk {
  public:
    explicit FullDisk(rlim_t bytes) {
        REQUIRE(::getrlimit(RLIMIT_FSIZE, &before_) == 0);
        const rlimit now{bytes, before_.rlim_max};
        REQUIRE(::setrlimit(RLIMIT_FSIZE, &now) == 0);
    }
    ~FullDisk() { ::setrlimit(RLIMIT_FSIZE, &before_); }

  private:
    rlimit before_{};
};

}  // namespace

TEST_CASE("several files are handed in all or none, and a refusal names the file and line at fault") {
    const Ranked ranked;
    const auto& steps = ranked.steps;
    const auto record = steps.record(), ahead = steps.in("ahead.bel");
    fs::copy_file(record, ahead);
    const auto first = ranked.shuffle(ahead, "1", "first");
    must({"evote", "add-shuffle", ahead, first});
    const auto second = ranked.shuffle(ahead, "2", "second"), wrong = ranked.shuffle(record, "2", "wrong");
    // The second was made of a record without the first: nothing of both goes in.
    refused_whole(record, {"evote", "add-shuffle", record, first, wrong}, "evote.shuffle_proof_fails",
                  "file " + wrong + ", line 1");
    refused_whole(record, {"evote", "add-shuffle", record, first, first}, "evote.shuffle_owner_repeated",
                  "file " + first + ", line 2");
    // Each file is whole in itself, and its second line fits the first.
    const auto lines = content_of(second);
    const auto feed = lines.find('\n');
    write(steps.in("half"), lines.substr(0, feed + 1));
    refused_whole(record, {"evote", "add-shuffle", record, first, steps.in("half")}, "cli.texts_wanted",
                  "file " + steps.in("half"));
    write(steps.in("empty"), "\n");
    refused_whole(record, {"evote", "add-shuffle", record, first, steps.in("empty")}, "cli.texts_wanted",
                  "file " + steps.in("empty"));
    write(steps.in("cut"), lines.substr(0, lines.size() - 9));
    refused_whole(record, {"evote", "add-shuffle", record, first, steps.in("cut")}, "cli.owner_line_malformed",
                  "file " + steps.in("cut") + ", line 2");
    auto altered = lines;
    altered[altered.size() - 4] = altered[altered.size() - 4] == 'a' ? 'b' : 'a';
    write(steps.in("altered"), altered);
    refused_whole(record, {"evote", "add-shuffle", record, first, steps.in("altered")}, "cli.owner_line_of_other",
                  "file " + steps.in("altered") + ", line 2");
    write(steps.in("both"), "\n" + content_of(first) + "\n" + lines);
    must({"evote", "add-shuffle", record, steps.in("both")});
    // As ahead of it, one file after the other; and what is said last is how far the record has come.
    const auto said = must({"evote", "add-shuffle", ahead, second});
    CHECK(content_of(record) == content_of(ahead));
    CHECK(says(said, "7 events"));

    must({"evote", "close-shuffles", record});
    const auto keys = all(steps.folder, ".privkey");
    for (std::size_t i = 0; i < 2; ++i)
        must({"evote", "decrypt", record, "--key", keys[i], "--out", steps.in("d" + std::to_string(i))});
    refused_whole(record, {"evote", "add-decryption", record, steps.in("d0"), steps.in("d1"), steps.in("d0")},
                  "evote.owner_repeated", "file " + steps.in("d0"));
    must({"evote", "add-decryption", record, steps.in("d1"), steps.in("d0")});
    must({"evote", "result", record});
    must({"verify", record});
}

TEST_CASE("a long shuffle that is handed in stands in no memory, and is appended whole or not at all") {
    const Folder folder;
    must(simulation(folder / "made", {"--question", "rank:2", "--voters", "150", "--until", "tallied"}));
    const auto record = only(folder / "made", ".bel"), shuffled = folder / "s", file = folder / "file";
    must({"evote", "shuffle", record, "--trustee", "2", "--out", shuffled});
    const auto lines = content_of(shuffled);
    const auto feed = lines.find('\n');
    REQUIRE(feed > evote::ChainReader::kept_whole);
    const auto payload = lines.substr(0, feed), owned = lines.substr(feed + 1, lines.size() - feed - 2);
    const auto before = content_of(record);
    const auto files = std::distance(fs::directory_iterator(folder / "made"), fs::directory_iterator());
    // One digit of the text, the first and the last byte that are not kept in memory among them.
    for (const std::size_t at : {std::size_t{30}, feed / 2, feed - 70}) {
        auto altered = lines;
        altered[at] = altered[at] == '1' ? '2' : '1';
        write(file, altered);
        refused_whole(record, {"evote", "add-shuffle", record, file}, "cli.owner_line_of_other",
                      "file " + file + ", line 2");
    }
    // Named rightly, but not what it must be; and a second line as long as the first.
    auto altered = payload;
    auto& digit = altered[feed - 20];
    digit = digit == '1' ? '2' : '1';
    write(file, "\n" + altered + "\n{\"owner\":2,\"payload\":\"" + sha256_hex(altered) + "\"}\n");
    CHECK(run({"evote", "add-shuffle", record, file}).status == 1);
    CHECK(says(run({"evote", "add-shuffle", record, file}).err, "file " + file + ", line 2"));
    write(file, payload + "\n" + payload);
    refused_whole(record, {"evote", "add-shuffle", record, file}, "cli.owner_line_malformed",
                  "file " + file + ", line 2");
    {
        const FullDisk full(feed - 100);  // no room for the text beside the record
        refused({"evote", "add-shuffle", record, shuffled}, "base.file_not_written", 3);
    }
    {
        const FullDisk full(before.size() + feed - 100);  // room for it there, none for all of it behind the record
        refused({"evote", "add-shuffle", record, shuffled}, "base.file_not_written", 3);
    }
    CHECK(content_of(record) == before);
    CHECK(std::distance(fs::directory_iterator(folder / "made"), fs::directory_iterator()) == files);
    // What lies in a file is appended as it was made, whatever the ends of its lines are.
    const auto other = folder / "other.bel";
    fs::copy_file(record, other);
    must({"evote", "add-shuffle", record, shuffled});
    write(file, payload + "\r\n" + owned + "\r\n");
    must({"evote", "add-shuffle", other, file});
    CHECK(content_of(record) == content_of(other));
    must({"verify", record, "--until", "tallied"});
    const auto points = evote::cut_points(evote::MemorySource(content_of(other)));
    REQUIRE(points);
    CHECK(points->back().first == evote::EventType::shuffle);
    // Two long ones in one file.
    must({"evote", "shuffle", other, "--trustee", "1", "--out", folder / "t"});
    write(file, lines + content_of(folder / "t"));
    const auto both = folder / "both.bel";
    write(both, before);
    must({"evote", "add-shuffle", both, file});
    must({"evote", "close-shuffles", both});
    must({"verify", both, "--until", "shuffled"});
}

TEST_CASE("a ballot that is refused is named by its file and line") {
    const Ranked ranked(false);
    const auto& steps = ranked.steps;
    const auto record = steps.record();
    write(steps.in("choices"), "[[1,2]]");
    std::vector<std::string> ballots;
    for (const auto* voter : {"credential-1", "credential-2", "credential-3"}) {
        must({"evote", "vote", record, "--credential", steps.in(voter), "--choices", steps.in("choices"), "--out",
              steps.in(voter) + ".ballot"});
        ballots.push_back(content_of(steps.in(voter) + ".ballot"));
    }
    auto broken = ballots[2];
    auto& digit = broken[broken.rfind("\"response\":\"") + 13];
    digit = digit == '5' ? '6' : '5';
    write(steps.in("one"), ballots[0]);
    write(steps.in("more"), "\n" + ballots[1] + "\r\n" + broken);
    refused_whole(record, {"evote", "add-ballots", record, steps.in("one"), steps.in("more")}, "evote.signature_fails",
                  "file " + steps.in("more") + ", line 4");
    write(steps.in("more"), ballots[1] + ballots[0]);
    refused_whole(record, {"evote", "add-ballots", record, steps.in("one"), steps.in("more")}, "evote.ballot_repeated",
                  "file " + steps.in("more") + ", line 2");
}

TEST_CASE("what is handed in is read no further than it may go, and after the record was asked") {
    const Ranked ranked;
    const auto& steps = ranked.steps;
    const auto record = steps.record(), many = steps.in("many"), long_line = steps.in("long");
    std::string text;
    for (int i = 0; i < 30'000; ++i) text += "y\n";
    write(many, text);
    refused_whole(record, {"evote", "add-shuffle", record, many}, "cli.lines_too_many", "file " + many + ", line 2001");
    write(long_line, std::string(std::size_t{4} << 20, 'y'));
    refused_whole(record, {"evote", "add-shuffle", record, long_line}, "cli.line_too_long",
                  "file " + long_line + ", line 1");
    // Nothing of the kind may follow: the file is not even looked for.
    refused_whole(record, {"evote", "add-ballots", record, steps.in("nowhere")}, "evote.record_goes_on",
                  "no ballot can follow");
    refused_whole(record, {"evote", "add-decryption", record, many, steps.in("nowhere")}, "cli.lines_too_many", many);
    const Ranked open(false);
    refused_whole(open.steps.record(), {"evote", "add-ballots", open.steps.record(), many}, "evote.text_not_canonical",
                  "file " + many + ", line 1");
    refused_whole(open.steps.record(), {"evote", "add-ballots", open.steps.record(), long_line}, "cli.line_too_long",
                  "file " + long_line + ", line 1");
    refused_whole(open.steps.record(), {"evote", "add-shuffle", open.steps.record(), steps.in("nowhere")},
                  "evote.record_goes_on", "no shuffle can follow");
    refused({"evote", "trustees", "--group", "Ed25519", "--keys", many, "--out", steps.in("t")}, "cli.lines_too_many");
}

TEST_CASE("a pipe or a device instead of a file is refused at once") {
    const Folder folder;
    const auto pipe = folder / "pipe.bel";
    REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
    fs::create_directories(folder / "in");
    REQUIRE(::mkfifo((folder / "in/pipe.bel").c_str(), 0600) == 0);
    for (const Words& words : std::vector<Words>{
             {"verify", pipe},
             {"verify", folder / "in"},
             {"verify", "/dev/zero"},
             {"evote", "close", pipe},
             {"evote", "repair", pipe},
             {"evote", "continues", "tests/fixtures/evote/ed25519", pipe},
             {"evote", "vote", pipe, "--credential", "x", "--choices", "x", "--out", folder / "b"},
             {"evote", "trustees", "--group", "Ed25519", "--keys", pipe, "--out", folder / "t"},
             {"evote", "public-credential", "--group", "Ed25519", "--uuid", "ah4C1FFjetWB24", "--credential", pipe},
         })
        refused(words, "base.file_unreadable", 2);
    refused({"count", pipe, "--method", "schulze"}, "base.file_unreadable");
    refused({"journal", "verify", pipe}, "base.file_unreadable");
    refused({"certificate", "verify", pipe}, "base.file_unreadable");
    // A pipe beside the place of a new file is no file of ours.
    REQUIRE(::mkfifo((folder / "t.part").c_str(), 0600) == 0);
    refused({"evote", "trustees", "--group", "Ed25519", "--out", folder / "t"}, "evote.no_trustees");
    must({"evote", "trustee-key", "--group", "Ed25519", "--out", folder.path()});
    must({"evote", "trustees", "--group", "Ed25519", "--keys", only(folder.path(), ".pubkey"), "--out", folder / "t"});
    CHECK_FALSE(fs::exists(folder / "t.part"));
}

TEST_CASE("a refused decryption leaves no note; a damaged note is named") {
    const Ranked ranked;
    const auto& steps = ranked.steps;
    const auto record = steps.record();
    steps.shuffle(1);
    const auto fork = steps.in("fork.bel");
    fs::copy_file(record, fork);
    must({"evote", "close-shuffles", record});
    const auto key = all(steps.folder, ".privkey")[0];
    write(steps.in("there"), "");
    refused({"evote", "decrypt", record, "--key", key, "--out", steps.in("there")}, "base.file_exists");
    refused({"evote", "decrypt", record, "--key", key, "--out", steps.in("no/folder/d")}, "base.file_not_written");
    {
        const FullDisk full(64);
        refused({"evote", "decrypt", record, "--key", key, "--out", steps.in("d")}, "base.file_not_written", 3);
    }
    CHECK(all(steps.folder, ".decrypted").empty());
    CHECK(all(steps.folder, ".part").empty());
    // So another shuffle may still be the one that is decrypted.
    must({"evote", "add-shuffle", fork, ranked.shuffle(fork, "2", "s")});
    must({"evote", "close-shuffles", fork});
    CHECK(says(must({"evote", "decrypt", fork, "--key", key, "--out", steps.in("d")}), "as trustee "));
    refused({"evote", "decrypt", record, "--key", key, "--out", steps.in("e")}, "cli.other_tally_decrypted");
    const auto note = only(steps.folder, ".decrypted");
    for (const auto* damaged : {"", "{", "{}", "[]"}) {
        write(note, damaged);
        const Words words{"evote", "decrypt", fork, "--key", key, "--out", steps.in("e")};
        const auto ran = run(words);
        CHECK(ran.status == 1);
        CHECK(says(ran.err, "file " + note));
        CHECK(content_of(note) == damaged);
    }
    CHECK_FALSE(fs::exists(steps.in("e")));
}

TEST_CASE("of two who decrypt with one key at once one is refused, and the note of the other stays") {
    const Ranked ranked;
    const auto& steps = ranked.steps;
    const auto record = steps.record();
    steps.shuffle(1);
    must({"evote", "close-shuffles", record});
    const auto key = all(steps.folder, ".privkey")[0];
    const auto decrypt = [&](const std::string& out) {
        return Words{"evote", "decrypt", record, "--key", key, "--out", steps.in(out)};
    };
    must(decrypt("d"));
    const auto note = only(steps.folder, ".decrypted");
    const auto noted = content_of(note);
    {
        // Somebody with the same key has made the note and not yet handed out, or taken it back.
        const int theirs = ::open(note.c_str(), O_RDONLY | O_CLOEXEC);
        REQUIRE(::flock(theirs, LOCK_EX | LOCK_NB) == 0);
        refused(decrypt("e"), "cli.file_being_made");
        CHECK_FALSE(fs::exists(steps.in("e")));
        CHECK(content_of(note) == noted);
        ::close(theirs);
    }
    must(decrypt("e"));
    // The lock is there as long as the note may still go: from before it has its name until the file has its own.
    auto file = NewFile::make(steps.in("note"), Privacy::hidden);
    REQUIRE(file);
    const int held = file->hold();
    REQUIRE(file->finish());
    const int other = ::open(steps.in("note").c_str(), O_RDONLY | O_CLOEXEC);
    CHECK(::flock(other, LOCK_EX | LOCK_NB) != 0);
    ::close(held);
    CHECK(::flock(other, LOCK_EX | LOCK_NB) == 0);
    ::close(other);
}

TEST_CASE("a failure of the machine gives 3, a wrong path 1, and neither leaves anything half done") {
    const Ranked ranked;
    const auto& steps = ranked.steps;
    const auto record = steps.record();
    const auto before = content_of(record);
    const auto shuffle = ranked.shuffle(record, "1", "s");
    const Words making{"evote", "shuffle", record, "--trustee", "1", "--out", steps.in("f")};
    {
        const FullDisk full(before.size() + 100);
        refused({"evote", "add-shuffle", record, shuffle}, "base.file_not_written", 3);
    }
    CHECK(content_of(record) == before);
    {
        const FullDisk full(100);
        refused(making, "base.file_not_written", 3);
        refused(simulation(steps.in("sim")), "base.file_not_written", 3);
        refused({"count", "examples/count/committee.blt", "--method", "scotland", "--html", steps.in("page")},
                "base.file_not_written", 3);
    }
    for (const auto* name : {"f", "sim", "page"}) CHECK_FALSE(fs::exists(steps.in(name)));
    CHECK(all(steps.folder, ".part").empty());
    refused({"count", "examples/count/committee.blt", "--method", "scotland", "--html", steps.in("no/folder/page")},
            "base.file_not_written", 1);
    auto nowhere = making;
    nowhere.back() = steps.in("no/folder/f");
    refused(nowhere, "base.file_not_written", 1);
    nowhere.back() = shuffle;
    refused(nowhere, "base.file_exists", 1);
    must(making);
}

TEST_CASE("a new file has its name only when it is whole, and a leftover is replaced unless somebody is writing it") {
    const Folder folder;
    write(folder / "f.part", "left behind");
    write(folder / "theirs", "theirs");
    {
        auto file = NewFile::make(folder / "f", Privacy::hidden);
        REQUIRE(file);
        CHECK(file->write("half"));
        CHECK_FALSE(fs::exists(folder / "f"));
        CHECK(content_of(folder / "f.part") == "half");
        CHECK(refused_as(NewFile::make(folder / "f", Privacy::open), cli::Why::file_being_made));
        // Somebody else was faster: theirs stays.
        fs::copy_file(folder / "theirs", folder / "f");
        CHECK(refused_as(file->finish(), base::Why::file_exists));
    }
    CHECK(content_of(folder / "f") == "theirs");
    CHECK_FALSE(fs::exists(folder / "f.part"));
    // Killed half-way.
    const auto child = ::fork();
    if (child == 0) {
        auto file = NewFile::make(folder / "g", Privacy::hidden);
        if (file && file->write("half")) ::raise(SIGKILL);
        ::_exit(1);
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    REQUIRE(WIFSIGNALED(status));
    CHECK_FALSE(fs::exists(folder / "g"));
    CHECK(content_of(folder / "g.part") == "half");
    auto again = NewFile::make(folder / "g", Privacy::hidden);
    REQUIRE(again);
    CHECK(again->write("whole"));
    CHECK(again->finish());
    CHECK(content_of(folder / "g") == "whole");
    CHECK(mode_of(folder / "g") == 0600);
    CHECK_FALSE(fs::exists(folder / "g.part"));
}

TEST_CASE(
    "a half-written end is told with the bytes and events that are whole, and repaired; nothing else is cut off") {
    using evote::EventType;
    const Folder folder;
    must(simulation(folder / "whole"));
    const auto whole = content_of(only(folder / "whole", ".bel"));
    const evote::MemorySource source(whole);
    const auto points = evote::cut_points(source);
    REQUIRE(points);
    REQUIRE(points->size() > 6);
    const auto record = folder / "r.bel";
    const auto put = [&](const std::string& text) {
        fs::remove(record);
        write(record, text);
    };
    // Broken off at every block of the third ballot and the close behind it, and at odd bytes between.
    const auto from = (*points)[2].second, to = (*points)[3].second;
    for (auto at = from + 1; at < to; at += at % 512 == 0 ? 1 : at % 512 == 1 ? 510 : 1) {
        CAPTURE(at - from);
        put(whole.substr(0, at));
        refused({"verify", record, "--until", "open"}, "cli.record_half_written");
        const auto said = run({"verify", record, "--json", "--until", "open"});
        const auto facts = json_of(said.out).at("refusal").at("facts");
        CHECK(std::string(facts.at("whole").as_string()) == std::to_string(from));
        CHECK(facts.at("events") == "3");
        const auto repaired = must({"evote", "repair", record});
        CHECK(says(repaired, std::to_string(at - from) + " bytes"));
        CHECK(content_of(record) == whole.substr(0, from));
    }
    for (const auto* step : {"close", "tally", "result"}) {
        put(whole.substr(0, from + 700));
        refused({"evote", step, record}, "cli.record_half_written");
        CHECK(content_of(record).size() == from + 700);
    }
    // Repaired, it goes on.
    must({"evote", "repair", record});
    must({"evote", "close", record});
    refused({"evote", "repair", record}, "cli.record_whole");
    // Broken otherwise: no byte is cut off.
    const auto stays = [&](const std::string& text) {
        put(text);
        refused({"evote", "repair", record}, "cli.record_not_repaired");
        CHECK(content_of(record) == text);
    };
    auto altered = whole;
    altered[from + 600] ^= 1;
    stays(altered);
    stays(altered.substr(0, altered.size() - 700));
    stays(whole.substr(0, 700));  // not even set up
    stays("x");
    put("");
    refused({"evote", "repair", record}, "cli.record_not_repaired");
    // A member that claims to be longer than what is there, its header's sum made right, has whole events behind it.
    auto longer = whole;
    for (std::size_t i = 0; i < 11; ++i) longer[from + 124 + i] = "00077777777"[i];
    longer.replace(from + 148, 8, "        ");
    unsigned sum = 0;
    for (std::size_t i = 0; i < 512; ++i) sum += static_cast<unsigned char>(longer[from + i]);
    char digits[8];
    std::snprintf(digits, sizeof digits, "%06o", sum);
    longer.replace(from + 148, 6, digits);
    longer[from + 154] = '\0';
    stays(longer);
    // Somebody else is writing.
    put(whole.substr(0, from + 700));
    const int other = ::open(record.c_str(), O_WRONLY);
    REQUIRE(::flock(other, LOCK_EX) == 0);
    refused({"evote", "repair", record}, "cli.record_busy");
    ::close(other);
    must({"evote", "repair", record});
}

TEST_CASE("trustees learn their numbers") {
    const Ranked ranked(false);
    const auto& steps = ranked.steps;
    const auto keys = all(steps.folder, ".pubkey");
    const auto id = [](const std::string& path) { return fs::path(path).stem().string(); };
    // Given the other way round, so that the numbers follow the arguments and not the names.
    const auto said =
        must({"evote", "trustees", "--group", "Ed25519", "--keys", keys[1], keys[0], "--out", steps.in("other.json")});
    CHECK(says(said, "  1: key " + id(keys[1]) + ", needed in any case (" + keys[1] + ")\n"));
    CHECK(says(said, "  2: key " + id(keys[0]) + ", needed in any case (" + keys[0] + ")\n"));
    const Ranked tallied;
    CHECK(says(must({"evote", "shuffle", tallied.steps.record(), "--trustee", "2", "--out", tallied.steps.in("s")}),
               "as trustee 2: "));
}

TEST_CASE("a path is one word of a shell's command line") {
    CHECK(shell_word("a/b-1.bel") == "a/b-1.bel");
    CHECK(shell_word("") == "''");
    CHECK(shell_word("my record.bel") == "'my record.bel'");
    CHECK(shell_word("it's; rm $HOME") == "'it'\\''s; rm $HOME'");
    CHECK(shell_word("-x") == "./-x");
    CHECK(shell_word("选举.bel") == "'选举.bel'");
    const Folder folder;
    must(simulation(folder / "my records", {"--question", "rank:2"}));
    const auto said = must({"verify", folder / "my records"});
    CHECK(says(said, "plenum count '" + (folder / "my records") + "' --question 1 --method schulze"));
    must({"count", folder / "my records", "--question", "1", "--method", "schulze"});
}

TEST_CASE("a name from outside can't rewrite the terminal") {
    CHECK(printable("a\033[2K\rVerified\nb\x7f") == "a?[2K?Verified?b?");
    CHECK(printable("选举 é\xC2\x9B"
                    "2Kx") == "选举 é?2Kx");
    CHECK(printable("\xC2") == "\xC2");
}

TEST_CASE("the bar shows on a terminal only") {
    const int terminal = ::posix_openpt(O_RDWR | O_NOCTTY);
    REQUIRE(terminal >= 0);
    REQUIRE(::grantpt(terminal) == 0);
    REQUIRE(::unlockpt(terminal) == 0);
    const int line = ::open(::ptsname(terminal), O_RDWR | O_NOCTTY), none = ::open("/dev/null", O_WRONLY);
    REQUIRE(line >= 0);
    const int kept = ::dup(STDERR_FILENO);
    std::ostringstream drawn;
    auto* const cerr = std::cerr.rdbuf(drawn.rdbuf());
    ::dup2(line, STDERR_FILENO);
    {
        ProgressBar bar("Working", 0);
        bar.callback()(30, 120);
        ::dup2(none, STDERR_FILENO);
        CHECK_FALSE(ProgressBar("Working", 0).callback());
    }
    ::dup2(kept, STDERR_FILENO);
    std::cerr.rdbuf(cerr);
    for (const int each : {terminal, line, none, kept}) ::close(each);
    CHECK(says(drawn.str(), "Working [##########..............................] 25 %"));
    CHECK(drawn.str().ends_with("\r\033[K"));
}
