// SPDX-License-Identifier: Apache-2.0
// What holds for whatever a generator thinks of, on the real groups.
#include <rapidcheck.h>

#include <regex>

#include "evote/record/forgery_for_tests.h"

using namespace plenum;
using namespace plenum::evote;

namespace {

template <class G>
typename G::Scalar some_scalar(const G& group) {
    const auto bytes = *rc::gen::container<std::vector<std::uint8_t>>(40, rc::gen::arbitrary<std::uint8_t>());
    return group.scalars().from_bytes(bytes);
}

template <class G>
bool group_laws_hold(const G& group) {
    return rc::check("powers add and multiply, texts are read back", [&] {
        const auto& scalars = group.scalars();
        const auto a = some_scalar(group), b = some_scalar(group);
        const auto g = group.generator(), A = group.power_vartime(g, a);
        RC_ASSERT(group.multiply_vartime(A, group.power_vartime(g, b)) == group.power_vartime(g, scalars.add(a, b)));
        RC_ASSERT(group.power_vartime(A, b) == group.power_vartime(g, scalars.multiply(a, b)));
        RC_ASSERT(group.multiply_vartime(A, group.invert_vartime(A)) == group.identity());
        RC_ASSERT(group.power_vartime(g, scalars.negate(a)) == group.invert_vartime(A));
        RC_ASSERT(group.is_member_vartime(A));
        RC_ASSERT(group.element_from_text(group.text_of(A)) == A);
        RC_ASSERT(scalars.from_decimal(scalars.decimal(a)) == a);
        const SecretPower<G> secret{&A, &b};
        RC_ASSERT(group.product_of_powers({&secret, 1}) == group.power_vartime(A, b));
    });
}

}  // namespace

TEST_CASE("the laws of a group hold for random elements of Ed25519 and BELENIOS-2048") {
    CHECK(group_laws_hold(ed25519()));
    CHECK(group_laws_hold(belenios_2048()));
}

TEST_CASE("whatever is asked and voted, the ballot passes and opens to the vote") {
    CHECK(rc::check("ballots", [] {
        const auto& group = ed25519();
        const auto answers = *rc::gen::inRange<std::size_t>(1, 7);
        const auto min = *rc::gen::inRange<std::size_t>(0, answers + 1);
        const auto max = *rc::gen::inRange<std::size_t>(min, answers + 1);
        const bool with_blank = *rc::gen::arbitrary<bool>();
        const auto question = question_from_shape(std::to_string(answers) + ":" + std::to_string(min) + ":" +
                                                      std::to_string(max) + (with_blank ? ":blank" : ""),
                                                  1);
        RC_ASSERT(question.has_value());
        const Forgery<Ed25519> forged(group, {group.scalars().from_number(1'000'003)},
                                      {group.scalars().from_number(500'009)}, *question);
        std::vector<std::uint8_t> choices(question->choices());
        if (with_blank && *rc::gen::arbitrary<bool>()) {
            choices[0] = 1;
        } else {
            auto wanted = *rc::gen::inRange<std::size_t>(min, max + 1);
            for (std::size_t k = with_blank ? 1 : 0; k < choices.size(); ++k) {
                const auto rest = choices.size() - k;
                if (wanted == rest || (wanted > 0 && *rc::gen::arbitrary<bool>())) {
                    choices[k] = 1;
                    --wanted;
                }
            }
        }
        const auto ballot = forged.ballot(0, {choices}, "seed");
        const auto list = CredentialList::from_text(group, forged.parts.events[0].second[2]);
        const BallotVerifier<Ed25519> verifier(group, forged.election, forged.phi, forged.y, *list);
        const auto checked = verifier.check_vartime(ballot);
        RC_ASSERT(checked.has_value());
        for (std::size_t k = 0; k < choices.size(); ++k) {
            const auto& each = checked->choices[0][k];
            const auto power = group.multiply_vartime(
                each.beta, group.invert_vartime(group.power_vartime(each.alpha, forged.trustee_keys[0])));
            RC_ASSERT(power == (choices[k] ? group.generator() : group.identity()));
        }
    }));
}

TEST_CASE("a bad ballot in any lane changes no other's verdict") {
    const auto run = [](const auto& group, int most) {
        using G = std::remove_cvref_t<decltype(group)>;
        const auto& scalars = group.scalars();
        const Forgery<G> forged(group, {scalars.from_number(1'000'003)}, {scalars.from_number(500'009)},
                                *question_from_shape("1:0:1", 1));
        const auto list = CredentialList::from_text(group, forged.parts.events[0].second[2]);
        const BallotVerifier<G> verifier(group, forged.election, forged.phi, forged.y, *list);
        const auto good = forged.ballot(0, {{1}}, "good"), sealed = forged.sealed(0, {{1}}, "good");
        const auto alpha = group.text_of(forged.choices_in(good)[0][0].alpha);
        // What could poison a shared inversion or a table: 0, the identity, p - 1 or a point of small order, the
        // generator, the election's key; and texts that are not read at all.
        std::vector<std::string> bad{good.substr(0, good.size() / 2),
                                     forged.signed_by(0, replaced(sealed, alpha, "x"))};
        std::vector<std::string> elements{group.text_of(group.identity()), group.text_of(group.generator()),
                                          group.text_of(forged.y)};
        if constexpr (std::is_same_v<G, Ed25519>) {
            elements.push_back("7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffec");
            elements.push_back(std::string(64, '0'));
            elements.push_back("7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffee");
        } else {
            elements.push_back("0");
            elements.push_back("2");
        }
        for (const auto& element : elements) bad.push_back(forged.signed_by(0, replaced(sealed, alpha, element)));
        bad.push_back(replaced(good, "\"response\":\"", "\"response\":\"1"));
        bad.push_back(replaced(good, "\"signature\":{\"hash\":\"", "\"signature\":{\"hash\":\"x"));
        return rc::check("lanes", [&] {
            const auto size = *rc::gen::inRange(1, most);
            std::vector<std::string_view> batch;
            std::vector<bool> expected;
            for (int i = 0; i < size; ++i) {
                const bool is_good = *rc::gen::weightedElement<bool>({{3, true}, {1, false}});
                expected.push_back(is_good);
                batch.push_back(is_good ? good : bad[*rc::gen::inRange<std::size_t>(0, bad.size())]);
            }
            const auto verdicts = verifier.check_vartime(batch);
            for (std::size_t i = 0; i < batch.size(); ++i) RC_ASSERT(verdicts[i].has_value() == expected[i]);
        });
    };
    CHECK(run(ed25519(), 40));
    CHECK(run(belenios_2048(), 12));
}

TEST_CASE("a chain of events is read exactly if they come in the order of a record's life") {
    // S setup, B ballot, E end of ballots, T tally, H shuffle, N end of shuffles, D decryption, R result
    constexpr std::string_view letters = "SBETHNDR";
    const std::regex life("S(B*(E(T(H+(ND*)?|D*)|TH+ND+R|TD+R)?)?)");
    constexpr std::size_t records_of[] = {4, 1, 0, 2, 2, 0, 2, 1};
    int held = 0;
    CHECK(rc::check("orders", [&] {
        // Mostly lawful lives with one thing changed.
        std::string events = *rc::gen::element<std::string>("SBBETDDR", "SBETHHNDR", "SETDR", "SBB", "SBETH", "S");
        if (*rc::gen::arbitrary<bool>()) {
            const auto at = *rc::gen::inRange<std::size_t>(0, events.size());
            const auto how = *rc::gen::inRange(0, 3);
            const char other = letters[*rc::gen::inRange<std::size_t>(0, letters.size())];
            if (how == 0) events.erase(at, 1);
            if (how == 1) events.insert(at, 1, other);
            if (how == 2) events[at] = other;
        }
        Parts parts;
        parts.timestamp = 7;
        for (const char letter : events) {
            const auto type = letters.find(letter);
            std::vector<std::string> records;
            for (std::size_t i = 0; i < records_of[type]; ++i) records.push_back("x" + std::to_string(i));
            parts.events.emplace_back(static_cast<EventType>(type), records);
        }
        const auto archive = parts.archive();
        const auto read = cut_points(MemorySource(archive));
        RC_ASSERT(read.has_value() == std::regex_match(events, life));
        held += read.has_value();
    }));
    CHECK(held > 20);
}

TEST_CASE("counts, numbers and credentials are read back as they are written") {
    CHECK(rc::check("counts", [] {
        const auto count = *rc::gen::inRange<std::uint64_t>(0, largest_count + 1);
        const auto text = count_text(count);
        Reader reader(text);
        RC_ASSERT(reader.count(largest_count) == count);
        reader.end();
        RC_ASSERT(reader.ok());
        Reader small(text);
        if (count > 0) RC_ASSERT((small.count(count - 1), !small.ok()));
    }));
    CHECK(rc::check("credentials", [](const std::string& seed, bool hashed) {
        SeededRandomness randomness(seed);
        const auto drawn = draw_credential(hashed ? Derivation::hashed : Derivation::pbkdf2, randomness);
        const auto read = credential_from_text(drawn.text.reveal());
        RC_ASSERT(read.has_value());
        RC_ASSERT(read->text.reveal() == drawn.text.reveal());
    }));
}
