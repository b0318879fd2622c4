// SPDX-License-Identifier: Apache-2.0
#include "evote/record/simulate.h"

#include <algorithm>
#include <atomic>
#include <thread>

#include "evote/ballot/ballot.h"
#include "evote/ballot/text.h"
#include "evote/group/every_group.h"
#include "evote/shuffle/shuffle.h"

namespace plenum::evote {

namespace {

/// Some vote that is allowed: the blank one time in five where there is one, else a random number of random answers. Of
/// a ranking the ranks 1, 2, … of all answers, or in one ballot of four of some, and 0 for the others.
Vote draw_vote(const std::vector<Question>& questions, Randomness& randomness) {
    Vote out;
    for (const auto& question : questions) {
        auto& choices = out.emplace_back(question.entries());
        if (question.is_ranking) {
            const auto count = choices.size();
            const auto ranked = randomness.below(4) == 0 ? randomness.below(count + 1) : count;
            for (std::size_t rank = 1; rank <= ranked;) {
                auto& answer = choices[randomness.below(count)];
                if (answer == 0) answer = static_cast<std::uint8_t>(rank++);
            }
            continue;
        }
        if (question.blank && randomness.below(5) == 0) {
            choices[0] = 1;
            continue;
        }
        const std::size_t from = question.blank ? 1 : 0;
        const auto most = std::min<std::uint64_t>(question.max, question.answers.size());
        for (auto wanted = question.min + randomness.below(most - question.min + 1); wanted > 0;) {
            auto& choice = choices[from + randomness.below(question.answers.size())];
            wanted -= choice == 0 ? 1 : 0;
            choice = 1;
        }
    }
    return out;
}

tl::unexpected<Refusal> impossible(std::string_view reason) {
    return refuse(Why::simulation_impossible, {{"reason", reason}});
}

/// Calls task(0) to task(count - 1), each once, on `jobs` threads.
template <class Task>
void for_each_number(std::size_t count, unsigned jobs, const Task& task) {
    std::atomic<std::size_t> next = 0;
    const auto work = [&] {
        for (auto i = next++; i < count; i = next++) task(i);
    };
    std::vector<std::jthread> threads;
    for (unsigned i = 1; i < std::min<std::size_t>(jobs, count); ++i) threads.emplace_back(work);
    work();
}

/// Brings the plain votes into the order in which they were opened; they are the same, or something is wrong here.
template <class G>
void put_as_opened(const G& group, const std::vector<typename G::Element>& opened, Rankings& plain) {
    Rankings found{plain.answers, {}};
    for (const auto& each : opened) {
        const auto numbers = group.numbers_vartime(each, found.answers);
        found.numbers.insert(found.numbers.end(), numbers.begin(), numbers.end());
    }
    invariant(found.sorted() == plain.sorted());
    plain = std::move(found);
}

template <class G>
Result<SimulatedElection> simulate_in(const G& group, const Simulation& wanted, const TextSink& sink) {
    const auto name = "plenum simulation " + wanted.seed;
    SeededRandomness randomness(name);
    SimulatedElection out;
    for (int i = 0; i < 14; ++i) out.uuid += base58_digits[randomness.below(58)];

    std::vector<std::string> singles, threshold_groups;
    std::vector<Hidden<typename G::Scalar>> keys;
    for (std::size_t i = 0; i < wanted.single_trustees; ++i) {
        keys.push_back(draw_private_key(group, randomness));
        singles.push_back(text_of(group, publish_key(group, keys.back(), randomness)));
    }
    if (wanted.threshold) {
        const auto& context = *wanted.threshold;
        std::vector<HiddenText> seeds;
        std::vector<std::string> certificates, polynomials, outputs;
        for (std::size_t j = 1; j <= context.size; ++j) {
            seeds.push_back(draw_trustee_seed(randomness));
            out.trustee_seeds.push_back(seeds.back().reveal());
            certificates.push_back(threshold_certificate(group, seeds.back(), context, j, randomness));
        }
        TRY(check_certificates(group, certificates, context));
        for (const auto& seed : seeds)
            polynomials.push_back(TRY(threshold_polynomial(group, seed, certificates, context, randomness)));
        const auto inputs = TRY(threshold_inputs(group, certificates, context, polynomials));
        for (std::size_t j = 0; j < seeds.size(); ++j) {
            outputs.push_back(TRY(threshold_output(group, seeds[j], certificates, context, inputs[j], randomness)));
            keys.push_back(TRY(open_decryption_key(group, seeds[j], TRY(sealed_decryption_key(outputs[j])))));
        }
        threshold_groups.push_back(TRY(threshold_group_text(group, certificates, context, polynomials, outputs)));
    }
    for (const auto& key : keys) out.trustee_private_keys.push_back(private_key_text(group, key).reveal());

    // Each voter and each ballot has chance of its own, so that the threads' order changes nothing.
    std::vector<PrivateCredential> credentials(wanted.voters);
    std::vector<VoterKey> voters(wanted.voters);
    for_each_number(wanted.voters, wanted.jobs, [&](std::size_t i) {
        SeededRandomness own(name + " voter " + std::to_string(i));
        credentials[i] = draw_credential(i % 2 ? Derivation::pbkdf2 : Derivation::hashed, own);
        voters[i] = {public_credential(group, credentials[i], out.uuid),
                     wanted.weights.empty() ? 1 : wanted.weights[i % wanted.weights.size()]};
    });
    for (const auto& each : credentials) out.credentials.push_back(each.text.reveal());

    const auto trustees_list = trustees_text(singles, threshold_groups);
    const auto trustees = TRY(trustees_from_text(group, trustees_list));
    const auto& y = trustees.election_key;
    const Election election{out.uuid,         "Simulated election", "Made by plenum evote simulate",
                            std::nullopt,     std::nullopt,         wanted.group,
                            group.text_of(y), wanted.questions};
    const auto election_text = text_of(election);
    const auto credentials_list = credentials_text(group, voters);
    const auto listed = TRY(CredentialList::from_text(group, credentials_list));
    const auto phi = fingerprint(election_text);
    out.fingerprint = phi;
    out.credentials_fingerprint = base64_of_sha256(credentials_list);
    ChainWriter writer(wanted.timestamp);
    TRY(sink(writer.beginning()));
    const auto append = [&](EventType type, const std::vector<std::string>& records) -> Result<Done> {
        return sink(TRY(writer.append(type, records)));
    };
    TRY(append(EventType::setup,
               {election_text, trustees_list, credentials_list,
                "{\"election\":\"" + sha256_hex(election_text) + "\",\"trustees\":\"" + sha256_hex(trustees_list) +
                    "\",\"credentials\":\"" + sha256_hex(credentials_list) + "\"}"}));

    const BallotVerifier<G> reader(group, election, phi, y, listed);
    auto tally = empty_tally(group, election);
    std::uint64_t weight = 0;
    Lists<G> lists;
    for (const auto& question : wanted.questions) {
        out.expected.emplace_back(question.is_ranking ? 0 : question.choices());
        out.expected_rankings.push_back({question.is_ranking ? question.answers.size() : 0, {}});
        if (question.is_ranking) lists.emplace_back();
    }
    const auto all = wanted.voters + wanted.revotes, batch = std::size_t{32} * std::max(1u, wanted.jobs);
    for (std::size_t from = 0; from < all; from += batch) {
        std::vector<std::string> ballots(std::min(batch, all - from));
        std::vector<Vote> votes(ballots.size());
        for_each_number(ballots.size(), wanted.jobs, [&](std::size_t i) {
            const auto voter = (from + i) % wanted.voters;
            SeededRandomness own(name + " ballot " + std::to_string(from + i));
            votes[i] = draw_vote(wanted.questions, own);
            const auto sealed =
                seal(group, election, phi, y, voters[voter].public_credential, votes[i], draw_seal_seed(own));
            invariant(sealed.has_value());  // draw_vote keeps to the questions
            ballots[i] = sign(group, *sealed, secret_of(group, credentials[voter], out.uuid), own);
        });
        for (std::size_t i = 0; i < ballots.size(); ++i) {
            TRY(append(EventType::ballot, {ballots[i]}));
            ++out.ballots;
            if (from + i < wanted.revotes) continue;  // superseded later by the same voter
            const auto& voter = voters[(from + i) % wanted.voters];
            const auto choices = TRY(reader.choices_of(ballots[i]));
            add_to_tally_vartime(group, tally, choices, voter.weight);
            ++out.counted;
            weight += voter.weight;
            std::size_t list = 0;
            for (std::size_t question = 0; question < votes[i].size(); ++question) {
                const auto& vote = votes[i][question];
                if (wanted.questions[question].is_ranking) {
                    auto& plain = out.expected_rankings[question].numbers;
                    plain.insert(plain.end(), vote.begin(), vote.end());
                    lists[list++].push_back(choices[question][0]);
                    continue;
                }
                for (std::size_t k = 0; k < vote.size(); ++k) out.expected[question][k] += vote[k] * voter.weight;
            }
        }
        if (wanted.progress) wanted.progress(from + ballots.size(), all);
    }

    if (wanted.until >= RecordState::closed) TRY(append(EventType::end_ballots, {}));
    const auto put_lists = [&] {
        std::size_t list = 0;
        for (std::size_t question = 0; question < tally.size(); ++question)
            if (wanted.questions[question].is_ranking) tally[question] = lists[list++];
    };
    for (auto& list : lists) sort_list_vartime(group, list);
    put_lists();
    if (wanted.until >= RecordState::tallied) {
        const auto text = tally_text(group, tally);
        TRY(append(EventType::encrypted_tally, {text, sized_tally_text(out.counted, weight, text)}));
    }
    if (wanted.until >= RecordState::shuffled && !lists.empty()) {
        const auto shuffles = std::clamp<std::size_t>(wanted.shuffles, 1, keys.size());
        for (std::size_t trustee = 1; trustee <= shuffles; ++trustee) {
            auto made = make_shuffle(group, phi, y, lists, randomness);
            for (std::size_t k = 0; k < lists.size(); ++k) lists[k] = made[k].after;
            const auto text = shuffle_text(group, std::move(made));
            const HandedText owned(owned_text(trustee, text.hash()));
            const auto around =
                TRY(writer.append_around(EventType::shuffle, {{text.hash(), text.size()}, {owned.hash, owned.size}}));
            TRY(sink(around.before[0]));
            TRY(text.write_to(sink));
            TRY(sink(around.before[1] + owned.text + around.behind));
        }
        put_lists();
        TRY(append(EventType::end_shuffles, {}));
    }
    if (wanted.until == RecordState::result) {
        std::vector<std::optional<PartialDecryption<G>>> decryptions(keys.size());
        // All single trustees, and of the threshold group the last ones that suffice: the first are on leave.
        for (std::size_t i = 0; i < keys.size(); ++i) {
            if (wanted.threshold && i >= wanted.single_trustees && i < keys.size() - wanted.threshold->threshold)
                continue;
            auto decryption = decrypt_partially(group, phi, tally, keys[i], randomness);
            const auto text = text_of(group, decryption);
            if (!lists.empty()) decryptions[i] = std::move(decryption);
            TRY(append(EventType::partial_decryption, {text, owned_text(i + 1, text)}));
        }
        if (!lists.empty()) {
            const auto opened = TRY(combine_vartime(group, tally, trustees, decryptions));
            for (std::size_t question = 0; question < opened.size(); ++question)
                if (wanted.questions[question].is_ranking)
                    put_as_opened(group, opened[question], out.expected_rankings[question]);
        }
        TRY(append(EventType::result, {result_text(out.expected, out.expected_rankings)}));
    }
    return out;
}

}  // namespace

Result<SimulatedElection> simulate(const Simulation& wanted) {
    std::string archive;
    auto out = TRY(simulate(wanted, [&](std::string_view bytes) -> Result<Done> {
        archive += bytes;
        return Done{};
    }));
    out.archive = std::move(archive);
    return out;
}

Result<SimulatedElection> simulate(const Simulation& wanted, const TextSink& sink) {
    const auto group = group_from_name(wanted.group);
    if (!group) return refuse(Why::group_unknown, {{"group", wanted.group.substr(0, 40)}});
    if (wanted.voters == 0) return impossible("no voters");
    if (wanted.revotes > wanted.voters) return impossible("more revotes than voters");
    if (wanted.questions.empty()) return impossible("no questions");
    bool rankings = false;
    for (const auto& question : wanted.questions) {
        rankings = rankings || question.is_ranking;
        if (question.answers.empty() || question.min > question.max || question.min > question.answers.size())
            return refuse(Why::question_malformed);
    }
    if (rankings && std::any_of(wanted.weights.begin(), wanted.weights.end(), [](auto each) { return each != 1; }))
        return impossible("weights beside rankings");
    if (wanted.single_trustees == 0 && !wanted.threshold) return impossible("no trustees");
    for (const auto& question : wanted.questions) TRY(fits_group(question, wanted.group));
    return std::visit([&](const auto* known) { return simulate_in(*known, wanted, sink); }, *group);
}

Result<Question> question_from_shape(std::string_view shape, std::size_t number) {
    Question out;
    out.question = "Question " + std::to_string(number);
    if (shape.starts_with("rank:")) {
        Reader reader(shape.substr(std::string_view("rank:").size()));
        const auto answers = reader.number(255);  // ranks are numbers up to 255
        reader.end();
        if (!reader.ok() || answers == 0) return refuse(Why::question_malformed);
        out.is_ranking = true;
        for (std::uint64_t i = 1; i <= answers; ++i) out.answers.push_back("Answer " + std::to_string(i));
        return out;
    }
    if (shape.ends_with(":blank")) {
        out.blank = true;
        shape.remove_suffix(std::string_view(":blank").size());
    }
    Reader reader(shape);
    const auto answers = reader.number(10'000);
    reader.expect(":");
    out.min = static_cast<std::uint32_t>(reader.number(10'000));
    reader.expect(":");
    out.max = static_cast<std::uint32_t>(reader.number(10'000));
    reader.end();
    if (!reader.ok() || answers == 0 || out.min > out.max || out.max > answers) return refuse(Why::question_malformed);
    for (std::uint64_t i = 1; i <= answers; ++i) out.answers.push_back("Answer " + std::to_string(i));
    return out;
}

}  // namespace plenum::evote
