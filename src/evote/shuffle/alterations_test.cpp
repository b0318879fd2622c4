// SPDX-License-Identifier: Apache-2.0
// Every field of a proof of shuffle altered, as a value and as text; elements from outside the group; what is not in
// the form. All of it where PLENUM_LONG is set (tests/long/alterations.sh), else a sample.
#include <cstdlib>

#include "base/texts.h"
#include "evote/group/torsion_for_tests.h"
#include "evote/record/records_for_tests.h"
#include "evote/shuffle/shuffle_for_tests.h"

using namespace plenum;
using namespace plenum::evote;

namespace {

bool all_of_it() { return std::getenv("PLENUM_LONG") != nullptr; }

/// Where each string of the payload begins and how long it is, without its quotes; names of members left out.
std::vector<std::pair<std::size_t, std::size_t>> values_in(std::string_view text) {
    std::vector<std::pair<std::size_t, std::size_t>> out;
    for (std::size_t at = text.find('"'); at != text.npos; at = text.find('"', at)) {
        const auto end = text.find('"', at + 1);
        if (text[end + 1] != ':') out.emplace_back(at + 1, end - at - 1);
        at = end + 1;
    }
    return out;
}

std::string with(std::string text, std::pair<std::size_t, std::size_t> where, std::string_view value) {
    return text.replace(where.first, where.second, value);
}

template <class G>
void check_altered_values(const G& group, std::size_t count, std::size_t every) {
    const Sample<G> sample(group, {count}, "31");
    const auto text = sample.shuffle("37");
    REQUIRE(sample.verify(text));
    const auto values = values_in(text);
    REQUIRE(values.size() == 2 * count + 5 + count + 4 + 2 * count + 2 * count);
    const std::size_t first_scalar = 2 * count + 5 + count, after_scalars = first_scalar + 4 + 2 * count;
    std::size_t done = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (done++ % every != 0) continue;
        const auto old = text.substr(values[i].first, values[i].second);
        const bool is_scalar = i >= first_scalar && i < after_scalars;
        std::vector<std::string> others;
        if (is_scalar) {
            const auto& scalars = group.scalars();
            const auto value = *scalars.from_decimal(old);
            others = {"0", scalars.decimal(scalars.add(value, scalars.from_number(1))),
                      scalars.decimal(scalars.negate(value))};
        } else {
            const auto value = *group.element_from_text(old);
            others = {group.text_of(group.identity()), group.text_of(group.multiply_vartime(value, group.generator())),
                      group.text_of(group.invert_vartime(value)), group.text_of(sample.input[0][0].alpha)};
            const auto next = values[(i + 1) % values.size()];
            if (i + 1 != first_scalar) others.push_back(text.substr(next.first, next.second));
        }
        for (const auto& other : others) {
            CAPTURE(i);
            CAPTURE(other);
            if (other == old) continue;
            const auto verdict = verdict_of(sample.verify(with(text, values[i], other)));
            CHECK(verdict.starts_with("evote.shuffle_proof_fails "));
        }
        // Not below q, not in the one written form, not there at all.
        std::vector<std::string> malformed{"", " " + old, old + " ", "-" + old, "+" + old, old + "0", "x"};
        if (is_scalar) {
            malformed.push_back("0" + old);
            malformed.push_back(group.scalars().decimal(group.scalars().order()));
        }
        for (const auto& other : malformed) {
            CAPTURE(i);
            CAPTURE(other);
            const auto verdict = verdict_of(sample.verify(with(text, values[i], other)));
            if (is_scalar)
                CHECK(verdict == "evote.scalar_malformed");
            else
                CHECK(verdict != "verified");
        }
    }
}

template <class G>
void check_strangers(const Sample<G>& sample, const std::string& text, const typename G::Element& defect,
                     std::size_t every) {
    const auto& group = sample.group;
    const std::size_t count = sample.input[0].size(), first_scalar = 3 * count + 5;
    const auto values = values_in(text);
    const auto planted = [&](const std::string& in, std::size_t i, const typename G::Element& by) {
        const auto element = *group.element_from_text(in.substr(values[i].first, values[i].second));
        return with(in, values[i], group.text_of(group.multiply_vartime(element, by)));
    };
    for (std::size_t i = 0; i < values.size(); i += every) {
        if (i >= first_scalar && i < first_scalar + 4 + 2 * count) continue;
        CAPTURE(i);
        const auto alone = planted(text, i, defect);
        if (alone.size() == text.size()) {  // else the places of the values are others
            const auto output = sample.verify(alone);
            CHECK(refused_as(output, Why::element_not_in_group));
            if (i < 2 * count)
                CHECK(output.error().place.field ==
                      "ciphertexts[0][" + std::to_string(i / 2) + (i % 2 == 0 ? "].alpha" : "].beta"));
            // Two that cancel each other.
            const auto other = i == 0 ? std::size_t{2} : i - 1;
            if (other >= first_scalar && other < first_scalar + 4 + 2 * count) continue;
            CHECK(refused_as(sample.verify(planted(alone, other, group.invert_vartime(defect))),
                             Why::element_not_in_group));
        }
    }
}

}  // namespace

TEST_CASE("every value of a proof of shuffle, altered, is refused") {
    check_altered_values(ed25519(), 2, 1);
    check_altered_values(rfc_3526_2048(), 2, all_of_it() ? 1 : 9);
}

TEST_CASE("a shuffle with any one character altered is refused") {
    const Sample sample(ed25519(), {2}, "41");
    const auto text = sample.shuffle("43");
    REQUIRE(sample.verify(text));
    const std::size_t step = all_of_it() ? 1 : 11;
    for (std::size_t at = 0; at < text.size(); at += step) {
        auto altered = text;
        altered[at] = altered[at] == '1' ? '2' : '1';
        CAPTURE(at);
        CHECK_FALSE(sample.verify(altered));
        altered = text;
        CHECK_FALSE(sample.verify(altered.erase(at, 1)));
        altered = text;
        CHECK_FALSE(sample.verify(altered.insert(at, 1, text[at])));
    }
    CHECK_FALSE(sample.verify(text + " "));
    CHECK_FALSE(sample.verify(text + "\n"));
    CHECK_FALSE(sample.verify(""));
}

TEST_CASE("elements outside the group are refused in every place, alone and cancelling, few and many") {
    for (const std::size_t count : {3, 60}) {  // checked one by one, and by random subsets
        CAPTURE(count);
        const Sample sample(ed25519(), {count}, "47");
        const auto text = sample.shuffle("53");
        REQUIRE(sample.verify(text));
        for (const unsigned order : {2, 4, 8})
            check_strangers(sample, text, ed25519_point_of_order(order), all_of_it() ? 1 : count == 3 ? 4 : 97);
    }
    const auto& group = rfc_3526_2048();
    const Sample sample(group, {2}, "59");
    const auto text = sample.shuffle("61");
    // -1 is no square where p = 2q + 1: p - x is outside wherever x is inside.
    const auto one = group.scalars().from_number(1);
    auto minus_one = group.generator();
    for (std::uint64_t x = 3;; ++x) {
        const auto candidate = *group.element_from_text(std::to_string(x));
        if (group.is_member_vartime(candidate)) continue;
        minus_one = group.multiply_vartime(group.power_vartime(candidate, group.scalars().negate(one)), candidate);
        break;  // candidate^q
    }
    CHECK_FALSE(minus_one == group.identity());
    CHECK(group.multiply_vartime(minus_one, minus_one) == group.identity());
    check_strangers(sample, text, minus_one, 1);
}

TEST_CASE("a shuffle with lists of other lengths, or as many as of other questions, is refused by name") {
    const auto& group = ed25519();
    const Sample both(group, {3, 2}, "67");
    const auto text = both.shuffle("71");
    REQUIRE(both.verify(text));
    auto fewer = both.input, exchanged = both.input, longer = both.input, none = both.input;
    fewer.pop_back();
    std::swap(exchanged[0], exchanged[1]);
    longer[1].push_back(longer[1][0]);
    none[0].clear();
    const auto verdict = [&](const Lists<Ed25519>& input) {
        SeededRandomness verifiers("v");
        return shuffle_from_text_vartime(group, both.tables, phi, both.y, input, Reader(text), verifiers, 1);
    };
    CHECK(refused_as(verdict(fewer), Why::shuffle_lists_wrong));
    for (const auto* input : {&exchanged, &longer, &none})
        CHECK(refused_as(verdict(*input), Why::shuffle_length_wrong));
    CHECK(verdict(longer).error().fact("question") == "2");
    CHECK(verdict(longer).error().fact("wanted") == "3");
    CHECK(verdict(longer).error().fact("found") == "2");

    // An entry taken out of each list of the proof, or put in a second time.
    const Sample one(group, {3}, "73");
    const auto whole = one.shuffle("79");
    const auto values = values_in(whole);
    for (const auto& [first, part] :
         {std::pair{11, "t_hat"}, {18, "s_hat"}, {21, "s_prime"}, {24, "c"}, {27, "c_hat"}}) {
        CAPTURE(part);
        const auto [at, size] = values[static_cast<std::size_t>(first)];
        auto shorter = whole, with_more = whole;
        shorter.erase(at - 1, size + 3);
        with_more.insert(at - 1, whole.substr(at - 1, size + 3));
        for (const auto& each : {shorter, with_more}) {
            const auto output = one.verify(each);
            CHECK(refused_as(output, Why::shuffle_length_wrong));
            CHECK(output.error().place.field == "proofs[0]." + std::string(part));
        }
    }
}

TEST_CASE("a shuffle proves nothing about another input, key, election or output") {
    const auto& group = ed25519();
    const Sample sample(group, {4, 3}, "83");
    const auto text = sample.shuffle("89");
    const auto verdict = [&](std::string_view fingerprint, const Ed25519::Element& y, const Lists<Ed25519>& input,
                             std::string_view of) {
        SeededRandomness verifiers("v");
        return verdict_of(
            shuffle_from_text_vartime(group, sample.tables, fingerprint, y, input, Reader(of), verifiers, 2));
    };
    REQUIRE(verdict(phi, sample.y, sample.input, text) == "verified");
    CHECK(verdict("another", sample.y, sample.input, text).starts_with("evote.shuffle_proof_fails"));
    CHECK(verdict(phi, group.generator(), sample.input, text).starts_with("evote.shuffle_proof_fails"));
    auto input = sample.input;
    input[1][2].beta = group.multiply_vartime(input[1][2].beta, group.generator());
    const auto refused = verdict(phi, sample.y, input, text);
    CHECK(refused.starts_with("evote.shuffle_proof_fails"));
    input = sample.input;
    std::swap(input[0][0], input[0][1]);
    CHECK(verdict(phi, sample.y, input, text).starts_with("evote.shuffle_proof_fails"));
    // A second shuffle of the same input, with the first one's ciphertexts.
    const auto other = sample.shuffle("97");
    const auto split = text.find(",\"proofs\""), other_split = other.find(",\"proofs\"");
    CHECK(verdict(phi, sample.y, sample.input, text.substr(0, split) + other.substr(other_split))
              .starts_with("evote.shuffle_proof_fails"));
    // The lists in another order.
    const Sample equal(group, {2, 2}, "101");
    const auto of_equal = equal.shuffle("103");
    auto swapped = equal.input;
    std::swap(swapped[0], swapped[1]);
    SeededRandomness verifiers("v");
    CHECK(verdict_of(
              shuffle_from_text_vartime(group, equal.tables, phi, equal.y, swapped, Reader(of_equal), verifiers, 1))
              .starts_with("evote.shuffle_proof_fails"));
}

TEST_CASE("what is not a shuffle's text is refused, and read in no more memory than it has bytes") {
    const Sample sample(ed25519(), {1}, "107");
    const std::string deep(100'000, '[');
    for (const std::string& text :
         {std::string("{}"), std::string("[]"), std::string("{\"ciphertexts\":[],\"proofs\":[]}"),
          std::string("{\"ciphertexts\":[[]],\"proofs\":[]}"), std::string("{\"ciphertexts\":[],\"proofs\":[[]]}"),
          deep, "{\"ciphertexts\":" + deep, std::string("\xff\x00\x80", 3)})
        CHECK_FALSE(sample.verify(text));
    const Sample nothing(ed25519(), {}, "109");
    CHECK(nothing.shuffle("113") == "{\"ciphertexts\":[],\"proofs\":[]}");
    CHECK(nothing.verify("{\"ciphertexts\":[],\"proofs\":[]}"));
}
