// SPDX-License-Identifier: Apache-2.0
#include "evote/shuffle/shuffle.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "base/json.h"
#include "base/texts.h"
#include "evote/ballot/election.h"
#include "evote/group/every_group.h"
#include "evote/record/archive.h"
#include "evote/shuffle/proof_of_shuffle.h"

using namespace plenum;
using namespace plenum::evote;
namespace fs = std::filesystem;

namespace {

constexpr std::string_view phi = "5Cq2mBN0rHL1J5KAUrD2fA2ZVTHfgIIFNrdvWxnQWd8";

template <class G>
struct Sample {
    const G& group;
    typename G::Scalar key;
    typename G::Element y;
    typename G::Tables tables;
    Lists<G> input;

    Sample(const G& in, const std::vector<std::size_t>& lengths, std::string_view seed)
        : Sample(in, lengths, SeededRandomness(seed)) {}

    Result<Lists<G>> verify(std::string_view text, unsigned jobs = 1) const {
        SeededRandomness verifiers("verifiers");
        return shuffle_from_text_vartime(group, tables, phi, y, input, text, verifiers, jobs);
    }
    std::string shuffle(std::string_view seed) const {
        SeededRandomness randomness(seed);
        return make_shuffle(group, phi, y, input, randomness);
    }
    /// What a ciphertext holds.
    typename G::Element opened(const Ciphertext<G>& each) const {
        return group.multiply_vartime(each.beta, group.invert_vartime(group.power_vartime(each.alpha, key)));
    }
    std::vector<std::string> opened(const std::vector<Ciphertext<G>>& list) const {
        std::vector<std::string> out;
        for (const auto& each : list) out.push_back(group.text_of(opened(each)));
        std::sort(out.begin(), out.end());
        return out;
    }

  private:
    Sample(const G& in, const std::vector<std::size_t>& lengths, SeededRandomness randomness)
        : group(in), key(in.scalars().random(randomness)), y(in.power_vartime(in.generator(), key)), tables(in, y) {
        const auto& scalars = group.scalars();
        for (const auto length : lengths) {
            auto& list = input.emplace_back();
            for (std::size_t i = 0; i < length; ++i) {
                const auto r = scalars.random(randomness);
                const auto vote = group.power_vartime(group.generator(), scalars.from_number(3 + 7 * i));
                list.push_back({group.power_vartime(group.generator(), r),
                                group.multiply_vartime(vote, group.power_vartime(y, r))});
            }
        }
    }
};

template <class G>
void check_shuffles(const G& group, const std::vector<std::size_t>& lengths) {
    const Sample<G> sample(group, lengths, "17");
    const auto text = sample.shuffle("23");
    const auto output = sample.verify(text);
    if (!output) MESSAGE(sentence_of(Language::en, output.error()));
    REQUIRE(output);
    REQUIRE(output->size() == lengths.size());
    for (std::size_t k = 0; k < lengths.size(); ++k) {
        CHECK(sample.opened((*output)[k]) == sample.opened(sample.input[k]));
        for (const auto& each : (*output)[k])
            CHECK(std::find(sample.input[k].begin(), sample.input[k].end(), each) == sample.input[k].end());
    }
}

fs::path shared_folder() {
    const char* set = std::getenv("PLENUM_SHARED");
    return set ? fs::path(set) : fs::path("../shared");
}

/// The ciphertexts of an encrypted tally.
template <class G>
Lists<G> lists_from_tally(const G& group, std::string_view text) {
    Lists<G> out;
    Reader reader(text);
    reader.expect("[");
    do {
        reader.expect("[");
        auto& list = out.emplace_back();
        do list.push_back(read_ciphertext(group, reader));
        while (reader.skip(","));
        reader.expect("]");
    } while (reader.skip(","));
    reader.expect("]");
    reader.end();
    REQUIRE(reader.ok());
    return out;
}

/// Verifies the shuffles of a record of one ranking; gives their number.
template <class G>
std::size_t check_record(const G& group, const ByteSource& source, const std::string& key,
                         const std::string& fingerprint) {
    const auto y = *group.element_from_text(key);
    const typename G::Tables tables(group, y);
    SystemRandomness verifiers;
    Lists<G> lists;
    std::size_t shuffles = 0;
    ChainReader chain(source);
    while (true) {
        const auto step = chain.next();
        REQUIRE(step);
        if (!*step) return shuffles;
        if ((*step)->type == EventType::encrypted_tally) lists = lists_from_tally(group, (*step)->records[0].text);
        if ((*step)->type != EventType::shuffle) continue;
        auto output =
            shuffle_from_text_vartime(group, tables, fingerprint, y, lists, (*step)->records[0].text, verifiers, 1);
        if (!output) MESSAGE(sentence_of(Language::en, output.error()));
        REQUIRE(output);
        lists = std::move(*output);
        ++shuffles;
    }
}

}  // namespace

TEST_CASE("a shuffle of any length verifies, and holds the same votes in new ciphertexts") {
    check_shuffles(ed25519(), {5, 0, 1, 17});
    check_shuffles(rfc_3526_2048(), {3, 1, 0});
}

TEST_CASE("every shuffle in the records of belenios-tool verifies") {
    std::size_t found = 0;
    const auto folder = shared_folder() / "data";
    for (const auto* name :
         {"belenios/c-ed25519-ranking/record", "belenios/c-rfc3526-ranking/record", "belenios-bench/rfc-ranking50"}) {
        const auto path = folder / name;
        if (!fs::is_directory(path)) {
            MESSAGE("SKIPPED: no record in " << path.string() << " (set PLENUM_SHARED)");
            continue;
        }
        CAPTURE(path.string());
        const auto source = FileSource::open(path.string());
        REQUIRE(source);
        ChainReader chain(*source);
        const auto setup = chain.next();
        const auto election = json_from_text((*setup)->records[0].text);
        REQUIRE(election);
        const auto member = [&](std::string_view key) {
            return std::string(std::string_view(election->get_object().at({key.data(), key.size()}).get_string()));
        };
        const auto phi_of_record = fingerprint((*setup)->records[0].text);
        std::visit(
            [&](const auto* group) { found += check_record(*group, *source, member("public_key"), phi_of_record); },
            *group_from_name(member("group")));
    }
    CHECK((found == 0 || found == 5));
}
