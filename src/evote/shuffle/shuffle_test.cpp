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
#include "evote/shuffle/shuffle_for_tests.h"

using namespace plenum;
using namespace plenum::evote;
namespace fs = std::filesystem;

namespace {

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
        auto output = shuffle_from_text_vartime(group, tables, fingerprint, y, lists,
                                                reader_of(source, (*step)->records[0]), verifiers, 1);
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

TEST_CASE("every shuffle of up to six ciphertexts of the toy group verifies") {
    const ToyGroup toy;
    for (std::size_t count = 0; count <= 6; ++count)
        for (int seed = 0; seed < 20; ++seed) {
            const Sample<ToyGroup> sample(toy, {count}, std::to_string(seed));
            const auto output = sample.verify(sample.shuffle(std::to_string(seed)));
            CHECK(verdict_of(output) == "verified");
            CHECK(sample.opened((*output)[0]) == sample.opened(sample.input[0]));
        }
}

TEST_CASE("the equations tried as one and one by one agree, and the failing one is named") {
    const auto check = [](const auto& group, std::size_t n) {
        using G = std::remove_cvref_t<decltype(group)>;
        const Sample<G> sample(group, {n}, "127");
        const std::span<const Ciphertext<G>> before(sample.input[0]);
        const auto generators = independent_generators(group, n);
        SeededRandomness randomness("131");
        const auto made = shuffle_list(group, phi, sample.y, before, generators, randomness);
        // Challenges of their own: the equations are asked, not the hashes.
        const auto& p = made.proof;
        const ShuffleStatement<G> statement{phi, &sample.y, before, made.after};
        const auto [u, ch] = challenges_of_shuffle(group, statement, p);
        CHECK(challenges_u(group, statement, std::span<const typename G::Element>(p.c)) == u);
        CHECK(challenge_of_shuffle(group, statement, p) == ch);
        const auto verdicts = [&](const ProofOfShuffle<G>& proof) {
            SeededRandomness verifiers("137");
            const auto failing = failing_equation_vartime(group, statement, proof, generators, u, ch, verifiers);
            for (const unsigned jobs : {1, 3})
                CHECK(equations_hold_vartime(group, statement, proof, generators, u, ch, verifiers, jobs) == !failing);
            return failing.value_or("");
        };
        CHECK(verdicts(p).empty());
        const auto with = [&](auto&& alter) {
            auto proof = p;
            alter(proof);
            return verdicts(proof);
        };
        const auto times_g = [&](auto& element) { element = group.multiply_vartime(element, group.generator()); };
        const auto plus_1 = [&](auto& scalar) { scalar = group.scalars().add(scalar, group.scalars().from_number(1)); };
        CHECK(with([&](auto& proof) { times_g(proof.t1); }) == "t1");
        CHECK(with([&](auto& proof) { times_g(proof.t2); }) == "t2");
        CHECK(with([&](auto& proof) { times_g(proof.t3); }) == "t3");
        CHECK(with([&](auto& proof) { times_g(proof.t41); }) == "t41");
        CHECK(with([&](auto& proof) { times_g(proof.t42); }) == "t42");
        CHECK(with([&](auto& proof) { plus_1(proof.s1); }) == "t1");
        CHECK(with([&](auto& proof) { plus_1(proof.s2); }) == "t2");
        CHECK(with([&](auto& proof) { plus_1(proof.s3); }) == "t3");
        CHECK(with([&](auto& proof) { plus_1(proof.s4); }) == "t41");
        for (const std::size_t i : {std::size_t{0}, n / 2, n - 1}) {
            const auto number = "t_hat[" + std::to_string(i + 1) + "]";
            CHECK(with([&](auto& proof) { times_g(proof.t_hat[i]); }) == number);
            CHECK(with([&](auto& proof) { plus_1(proof.s_hat[i]); }) == number);
            CHECK(with([&](auto& proof) { plus_1(proof.s_prime[i]); }) == "t3");
            CHECK(with([&](auto& proof) { times_g(proof.c[i]); }) == "t1");
            CHECK(with([&](auto& proof) { times_g(proof.c_hat[i]); }) == (i + 1 == n ? "t2" : number));
        }
    };
    check(ed25519(), 5);
    check(ed25519(), 70);  // links are tried in runs
    check(rfc_3526_2048(), 2);
}

TEST_CASE("a long shuffle verifies whatever the number of threads, and its one false value is found") {
    const Sample sample(ed25519(), {600}, "139");
    const auto text = sample.shuffle("149");
    for (const unsigned jobs : {1, 2, 5}) CHECK(verdict_of(sample.verify(text, jobs)) == "verified");
    // The last c_hat's last digit but seven: another point or none.
    auto altered = text;
    auto& digit = altered[altered.size() - 13];
    digit = digit == 'a' ? 'b' : 'a';
    for (const unsigned jobs : {1, 3}) CHECK_FALSE(sample.verify(altered, jobs));
}

TEST_CASE("a shuffle longer than the blocks in which it is made verifies, and is written in small pieces") {
    const Sample sample(ed25519(), {1027, 3}, "151");
    SeededRandomness randomness("157");
    const auto text = shuffle_text(sample.group, make_shuffle(sample.group, phi, sample.y, sample.input, randomness));
    std::string joined;
    std::size_t longest = 0;
    const auto written = text.write_to([&](std::string_view piece) -> Result<Done> {
        joined += piece;
        longest = std::max(longest, piece.size());
        return Done{};
    });
    REQUIRE(written);
    CHECK(joined == sample.shuffle("157"));
    CHECK(joined.size() == text.size());
    CHECK(sha256(joined) == text.hash());
    CHECK(longest < text.size() / 5);
    const auto output = sample.verify(joined);
    REQUIRE(verdict_of(output) == "verified");
    for (std::size_t k = 0; k < 2; ++k) CHECK(sample.opened((*output)[k]) == sample.opened(sample.input[k]));
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
