// SPDX-License-Identifier: Apache-2.0
// Records made by belenios-tool, where they lie beside the source: in $PLENUM_SHARED/data/belenios, or ../shared.
#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>

#include "base/file.h"
#include "base/json.h"
#include "base/texts.h"
#include "evote/ballot/credential.h"
#include "evote/group/every_group.h"
#include "evote/record/steps.h"
#include "evote/record/verify.h"
#include "evote/trustees/pedersen.h"

using namespace plenum;
using namespace plenum::evote;
namespace fs = std::filesystem;

namespace {

fs::path shared_folder() {
    const char* set = std::getenv("PLENUM_SHARED");
    return set ? fs::path(set) : fs::path("../shared");
}

/// The folders of belenios-tool's records; empty, with a message, where they are not at hand.
std::vector<fs::path> fixtures() {
    std::vector<fs::path> out;
    const auto folder = shared_folder() / "data" / "belenios";
    if (!fs::is_directory(folder)) {
        MESSAGE("SKIPPED: no records of belenios-tool in " << folder.string() << " (set PLENUM_SHARED)");
        return out;
    }
    for (const auto& entry : fs::directory_iterator(folder))
        if (fs::is_directory(entry.path() / "record")) out.push_back(entry.path());
    std::sort(out.begin(), out.end());
    return out;
}

}  // namespace

TEST_CASE("every record of belenios-tool verifies, and its result is the expected one: counts, and rankings in order") {
    int homomorphic = 0, ranked = 0;
    for (const auto& folder : fixtures()) {
        CAPTURE(folder.string());
        const auto source = FileSource::open((folder / "record").string());
        REQUIRE(source);
        VerifyOptions options;
        options.jobs = 2;
        const auto record = verify(*source, options);
        if (!record) MESSAGE(sentence_of(Language::en, record.error()));
        REQUIRE(record);
        ++(record->election.has_rankings() ? ranked : homomorphic);
        CHECK(record->state == RecordState::result);
        // election.json is written as it was read.
        ChainReader chain(*source);
        CHECK(text_of(record->election) == (*chain.next())->records[0].text);
        if (!fs::exists(folder / "expected.json")) continue;
        const auto expected = json_from_text(*read_file((folder / "expected.json").string()));
        REQUIRE(expected);
        const auto& object = expected->get_object();
        CHECK(record->election.uuid == std::string_view(object.at("uuid").get_string()));
        CHECK(record->fingerprint == std::string_view(object.at("election_fingerprint").get_string()));
        CHECK(record->credentials_fingerprint ==
              std::string_view(object.at("public_credentials_fingerprint").get_string()));
        CHECK(static_cast<std::int64_t>(record->credentials) == object.at("n_voters").get_int64());
        CHECK(static_cast<std::int64_t>(record->counted) == object.at("n_tallied").get_int64());
        CHECK(static_cast<std::int64_t>(record->ballots) == object.at("n_ballots_cast").get_int64());
        CHECK(result_text(record->result, record->rankings) ==
              "{\"result\":" + canonical_json(object.at("result")) + "}");
    }
    if (homomorphic != 0) CHECK(homomorphic == 7);
    if (ranked != 0) CHECK(ranked == 2);
}

TEST_CASE("a shuffled record of belenios-tool can be closed and opened by us from its tally on") {
    for (const auto& folder : fixtures()) {
        if (folder.filename() != "c-ed25519-ranking") continue;
        const auto path = FileSource::open((folder / "record").string());
        const auto archive = *read_file(path->path());
        std::uint64_t shuffled = 0;
        const auto points = cut_points(MemorySource(archive));
        for (const auto& [type, end] : *points)
            if (type == EventType::shuffle && shuffled == 0) shuffled = end;
        REQUIRE(shuffled > 0);
        auto ours = archive.substr(0, shuffled);  // the first shuffle is theirs, the second ours
        SystemRandomness randomness;
        const auto more = append_shuffle(MemorySource(ours), 2, randomness);
        REQUIRE(more);
        ours += *more;
        ours += *close_shuffles(MemorySource(ours));
        const auto theirs = verify(MemorySource(archive));
        for (const auto& each : fs::directory_iterator(folder / "secret"))
            if (each.path().extension() == ".privkey")
                ours +=
                    *append_decryption(MemorySource(ours), HiddenText(*read_file(each.path().string())), randomness);
        ours += *append_result(MemorySource(ours));
        const auto record = verify(MemorySource(ours));
        REQUIRE(record);
        CHECK(record->rankings[0].sorted() == theirs->rankings[0].sorted());
        CHECK(record->rankings != theirs->rankings);
    }
}

TEST_CASE("belenios-tool's fifty rankings to measure with verify, each of them once") {
    const auto folder = shared_folder() / "data" / "belenios-bench" / "rfc-ranking50";
    if (!fs::is_directory(folder)) {
        MESSAGE("SKIPPED: no " << folder.string() << " (set PLENUM_SHARED)");
        return;
    }
    VerifyOptions options;
    options.jobs = 2;
    const auto record = verify(*FileSource::open(folder.string()), options);
    if (!record) MESSAGE(sentence_of(Language::en, record.error()));
    REQUIRE(record);
    CHECK(record->counted == 50);
    CHECK(record->rankings[0].ballots() == 50);
    for (std::size_t i = 0; i < 50; ++i) {
        std::vector<std::uint8_t> ranks(record->rankings[0].ballot(i).begin(), record->rankings[0].ballot(i).end());
        std::sort(ranks.begin(), ranks.end());
        CHECK(ranks == std::vector<std::uint8_t>{1, 2, 3, 4, 5});
    }
}

TEST_CASE("every private credential of belenios-tool's records gives a listed public one") {
    for (const auto& folder : fixtures()) {
        CAPTURE(folder.string());
        const auto text = read_file((folder / "secret" / "private_creds.txt").string());
        if (!text) continue;
        // Either "id credential" per line, or a JSON object.
        std::vector<std::string> credentials;
        if (text->starts_with("{")) {
            const auto object = json_from_text(*text);
            for (const auto& member : object->get_object()) credentials.emplace_back(member.value().get_string());
        } else {
            for (std::size_t at = 0; at < text->size();) {
                const auto end = std::min(text->find('\n', at), text->size());
                const auto line = text->substr(at, end - at);
                if (!line.empty()) credentials.push_back(line.substr(line.rfind(' ') + 1));
                at = end + 1;
            }
        }
        CHECK(credentials.size() > 2);
        const auto source = FileSource::open((folder / "record").string());
        ChainReader chain(*source);
        const auto setup = chain.next();
        REQUIRE(setup);
        const auto json = json_from_text((*setup)->records[0].text);
        const auto group = group_from_name(std::string_view(json->get_object().at("group").get_string()));
        REQUIRE(group);
        std::visit(
            [&](const auto* known) {
                const auto list = CredentialList::from_text(*known, (*setup)->records[2].text);
                REQUIRE(list);
                std::size_t checked = 0;
                for (const auto& each : credentials) {
                    if (++checked > 5) break;
                    const auto credential = credential_from_text(each);
                    REQUIRE(credential);
                    CHECK(list->find(public_credential(*known, *credential,
                                                       std::string_view(json->get_object().at("uuid").get_string()))));
                }
            },
            *group);
    }
}

TEST_CASE("threshold trustees' sealed decryption keys open with their seeds and fit the verification keys") {
    int opened = 0;
    for (const auto& folder : fixtures()) {
        CAPTURE(folder.string());
        const auto source = FileSource::open((folder / "record").string());
        ChainReader chain(*source);
        const auto setup = chain.next();
        REQUIRE(setup);
        const auto json = json_from_text((*setup)->records[0].text);
        const auto group = group_from_name(std::string_view(json->get_object().at("group").get_string()));
        std::visit(
            [&](const auto* known) {
                const auto trustees = trustees_from_text(*known, (*setup)->records[1].text);
                REQUIRE(trustees);
                for (const auto& entry : fs::directory_iterator(folder / "secret")) {
                    const bool single = entry.path().extension() == ".privkey";
                    if (!single && entry.path().extension() != ".dkey") continue;
                    const auto text = *read_file(entry.path().string());
                    auto seed_path = entry.path();
                    auto seed_text = single ? std::string() : *read_file(seed_path.replace_extension(".key").string());
                    while (!seed_text.empty() && seed_text.back() == '\n') seed_text.pop_back();
                    const HiddenText seed(std::move(seed_text));
                    const auto key =
                        single ? private_key_from_text(*known, text) : open_decryption_key(*known, seed, text);
                    CAPTURE(entry.path().string());
                    REQUIRE(key);
                    const auto g = known->generator();
                    const SecretPower<std::remove_cvref_t<decltype(*known)>> own{&g, &key->value};
                    const auto found = known->product_of_powers({&own, 1});
                    CHECK(std::count(trustees->keys.begin(), trustees->keys.end(), found) == 1);
                    if (single) continue;
                    ++opened;
                    auto altered = text;
                    altered[altered.size() - 5] = altered[altered.size() - 5] == '1' ? '2' : '1';
                    CHECK_FALSE(open_decryption_key(*known, seed, altered));
                }
            },
            *group);
    }
    CHECK((opened == 0 || opened > 4));
}
