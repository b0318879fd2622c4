// SPDX-License-Identifier: Apache-2.0
// For this room's tests: someone who holds every key of an election and writes whatever record he likes, step by step,
// with all hashes, proofs and decryptions right and none of our own checks in his way.
#pragma once
#include "evote/ballot/ballot.h"
#include "evote/group/every_group.h"
#include "evote/record/records_for_tests.h"
#include "evote/shuffle/shuffle.h"
#include "evote/trustees/trustees.h"

namespace plenum::evote {

template <class G>
struct Forgery {
    using Scalar = typename G::Scalar;
    const G& group;
    std::vector<Scalar> trustee_keys, voter_secrets;
    std::vector<std::string> credentials;  // by voter
    Election election;
    std::string election_text, phi;
    typename G::Element y;
    Tally<G> tally_of_last;
    Parts parts;

    /// Sets an election up: single trustees. uuid: 14 Base58 digits.
    Forgery(const G& in, std::vector<Scalar> trustees, std::vector<Scalar> voters, Question question,
            std::string uuid = "5wBdpLcGQAQcMm")
        : Forgery(in, std::move(trustees), std::move(voters), std::vector{std::move(question)}, std::move(uuid)) {}
    Forgery(const G& in, std::vector<Scalar> trustees, std::vector<Scalar> voters, std::vector<Question> questions,
            std::string uuid = "5wBdpLcGQAQcMm")
        : group(in), trustee_keys(std::move(trustees)), voter_secrets(std::move(voters)), y(in.identity()) {
        SeededRandomness randomness("forgery");
        std::vector<std::string> keys;
        for (const auto& key : trustee_keys) {
            const auto published = publish_key(group, Hidden<Scalar>(key), randomness);
            keys.push_back(text_of(group, published));
            y = group.multiply_vartime(y, published.public_key);
        }
        std::vector<VoterKey> list;
        for (const auto& secret : voter_secrets) {
            credentials.push_back(group.text_of(group.power_vartime(group.generator(), secret)));
            list.push_back({credentials.back(), 1});
        }
        election = {std::move(uuid),           "Chair",          "Election of the chair", std::nullopt, std::nullopt,
                    std::string(group.name()), group.text_of(y), std::move(questions)};
        election_text = evote::text_of(election);
        parts.timestamp = 1'800'000'000;
        parts.events = {
            {EventType::setup, {election_text, trustees_text(keys, {}), credentials_text(group, std::move(list)), ""}}};
        set_up();
    }
    /// After the texts of the Setup event were changed: its hashes and φ anew.
    void set_up() {
        election_text = parts.events[0].second[0];
        phi = fingerprint(election_text);
        seal_setup(parts);
    }

    std::string sealed(std::size_t voter, const Vote& vote, std::string_view seed) const {
        auto out = seal(group, election, phi, y, credentials[voter], vote, SealSeed(sha256(seed)));
        REQUIRE(out);
        return out->text;
    }
    std::string signed_by(std::size_t voter, std::string text) const {
        SeededRandomness randomness("signature");
        auto code = base64_of_sha256(text);
        return sign(group, {std::move(text), std::move(code)}, Hidden<Scalar>(voter_secrets[voter]), randomness);
    }
    std::string ballot(std::size_t voter, const Vote& vote, std::string_view seed) const {
        return signed_by(voter, sealed(voter, vote, seed));
    }
    /// Per question.
    std::vector<std::vector<Ciphertext<G>>> choices_in(std::string_view text) const {
        constexpr std::string_view mark = "\"choices\":";
        std::vector<std::vector<Ciphertext<G>>> out;
        for (auto at = text.find(mark); at != std::string_view::npos; at = text.find(mark, at + 1)) {
            Reader reader(text.substr(at + mark.size()));
            auto& row = out.emplace_back();
            reader.skip("[");
            do row.push_back(read_ciphertext(group, reader));
            while (reader.skip(","));
            row.resize(election.questions[out.size() - 1].choices());  // behind a ranking stands its proof
        }
        return out;
    }

    void cast(std::string text) { parts.events.push_back({EventType::ballot, {std::move(text)}}); }
    void close() { parts.events.push_back({EventType::end_ballots, {}}); }
    /// The tally of these ballots, whichever stand in the record.
    void tally(const std::vector<std::string>& counted) {
        tally_of_last = empty_tally(group, election);
        for (const auto& text : counted) add_to_tally_vartime(group, tally_of_last, choices_in(text), 1);
        for (const auto& text : counted) {
            const auto choices = choices_in(text);
            for (std::size_t i = 0; i < choices.size(); ++i)
                if (election.questions[i].is_ranking) tally_of_last[i].push_back(choices[i][0]);
        }
        for (std::size_t i = 0; i < tally_of_last.size(); ++i)
            if (election.questions[i].is_ranking) sort_list_vartime(group, tally_of_last[i]);
        const auto text = tally_text(group, tally_of_last), number = std::to_string(counted.size());
        parts.events.push_back({EventType::encrypted_tally,
                                {text, "{\"num_tallied\":" + number + ",\"total_weight\":" + number +
                                           ",\"encrypted_tally\":\"" + sha256_hex(text) + "\"}"}});
    }
    /// Somebody shuffles the lists as they are now, and calls himself `owner`.
    void shuffle(std::size_t owner) {
        SeededRandomness randomness("shuffle by " + std::to_string(owner));
        Lists<G> lists;
        for (std::size_t i = 0; i < tally_of_last.size(); ++i)
            if (election.questions[i].is_ranking) lists.push_back(tally_of_last[i]);
        auto made = make_shuffle(group, phi, y, lists, randomness);
        std::size_t list = 0;
        for (std::size_t i = 0; i < tally_of_last.size(); ++i)
            if (election.questions[i].is_ranking) tally_of_last[i] = made[list++].after;
        const auto text = shuffle_text(group, std::move(made)).whole();
        parts.events.push_back({EventType::shuffle, {text, owned(owner, text)}});
    }
    void end_shuffles() { parts.events.push_back({EventType::end_shuffles, {}}); }
    static std::string owned(std::size_t owner, std::string_view text) {
        return "{\"owner\":" + std::to_string(owner) + ",\"payload\":\"" + sha256_hex(text) + "\"}";
    }
    /// Trustee `number`, from 1, decrypts the last tally, and calls himself `owner`.
    void decrypt(std::size_t number, std::size_t owner) {
        SeededRandomness randomness("decryption");
        const auto text = evote::text_of(
            group, decrypt_partially(group, phi, tally_of_last, Hidden<Scalar>(trustee_keys[number - 1]), randomness));
        parts.events.push_back({EventType::partial_decryption, {text, owned(owner, text)}});
    }
    void decrypt() {
        for (std::size_t i = 1; i <= trustee_keys.size(); ++i) decrypt(i, i);
    }
    /// What the last tally holds.
    void result() {
        auto key = Scalar{};
        for (const auto& each : trustee_keys) key = group.scalars().add(key, each);
        std::string rows;
        for (std::size_t i = 0; i < tally_of_last.size(); ++i) {
            const auto& question = election.questions[i];
            std::string row;
            for (const auto& each : tally_of_last[i]) {
                const auto power =
                    group.multiply_vartime(each.beta, group.invert_vartime(group.power_vartime(each.alpha, key)));
                if (!row.empty()) row += ",";
                if (!question.is_ranking) {
                    row += std::to_string(*logarithm_vartime<G>(group, power, 100));
                    continue;
                }
                std::string numbers;
                for (const auto number : group.numbers_vartime(power, question.answers.size()))
                    numbers += (numbers.empty() ? "[" : ",") + std::to_string(number);
                row += numbers + "]";
            }
            rows += (i == 0 ? "[" : ",[") + row + "]";
        }
        parts.events.push_back({EventType::result, {"{\"result\":[" + rows + "]}"}});
    }
    /// close, tally, where there are rankings a shuffle by each trustee, decryptions, result.
    void complete(const std::vector<std::string>& counted) {
        close();
        tally(counted);
        if (election.has_rankings()) {
            for (std::size_t i = 1; i <= trustee_keys.size(); ++i) shuffle(i);
            end_shuffles();
        }
        decrypt();
        result();
    }
    std::vector<std::string>& records(EventType type) { return parts.events[parts.first(type)].second; }
    const std::string& stated_result() const { return parts.events.back().second[0]; }
};

}  // namespace plenum::evote
