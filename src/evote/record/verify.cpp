// SPDX-License-Identifier: Apache-2.0
#include "evote/record/verify.h"

#include <algorithm>
#include <deque>
#include <latch>
#include <optional>
#include <unordered_map>

#include "evote/ballot/ballot.h"
#include "evote/ballot/text.h"
#include "evote/group/every_group.h"
#include "evote/group/shares.h"
#include "evote/shuffle/shuffle.h"
#include "evote/trustees/trustees.h"

namespace plenum::evote {

namespace {

struct FirstBytes {
    std::size_t operator()(const Digest& digest) const {
        std::size_t out = 0;
        std::memcpy(&out, digest.data(), sizeof out);
        return out;
    }
};

Refusal in_event(Refusal why, std::int64_t height, std::string_view part) {
    if (why.fact("event").empty()) why.facts.emplace_back("event", height);
    return std::move(why).within({"", 0, 0, std::string(part)});
}

/// Where a stored tally is not the recomputed one: the first part of a ciphertext that differs, or the place where it
/// is not written as it must be.
template <class G>
Place first_difference(const G& group, const Tally<G>& found, std::string_view stored) {
    Reader reader(stored);
    reader.expect("[");
    for (std::size_t i = 0; i < found.size(); ++i) {
        reader.expect(i == 0 ? "[" : ",[");
        for (std::size_t k = 0; k < found[i].size(); ++k) {
            if (k != 0) reader.expect(",");
            const auto stated = read_ciphertext(group, reader);
            const auto name = "encrypted_tally[" + std::to_string(i) + "][" + std::to_string(k) + "]";
            if (!reader.ok()) return reader.refusal().within({"", 0, 0, name}).place;
            if (!(stated.alpha == found[i][k].alpha)) return {"", 0, 0, name + ".alpha"};
            if (!(stated.beta == found[i][k].beta)) return {"", 0, 0, name + ".beta"};
        }
        reader.expect("]");
    }
    return {"", 0, 0, "encrypted_tally"};
}

/// Nothing that follows the setup is longer: ballots, the tally, shuffles, a partial decryption, the result. From the
/// longest texts of an element and a scalar, and twice the braces and names around them.
/// listed  ciphertexts in the list of each ranking; 0 before the close
template <class G>
std::uint64_t longest_record(const G& group, const Election& election, std::uint64_t listed) {
    const std::uint64_t scalar = group.scalars().decimal(group.scalars().order()).size();
    const std::uint64_t element = std::max<std::uint64_t>(group.text_of(group.generator()).size(), 617);
    std::uint64_t out = 2000 + 2 * element + 2 * scalar;
    for (const auto& question : election.questions) {
        out += (2 * element + 6 * scalar + 600) * question.choices() +
               (2 * scalar + 100) * (question.max - question.min + 4);
        if (question.is_ranking)
            out += (5 * element + 2 * scalar + 200 + 8 * question.answers.size()) * listed + 5 * element + 4 * scalar;
    }
    return out;
}

/// The trustees of a Setup event, whose keys combine to the election's.
template <class G>
Result<Trustees<G>> trustees_of(const G& group, const Step& step, const Election& election) {
    auto trustees = trustees_from_text(group, step.records[1].text);
    if (!trustees) return refuse(in_event(std::move(trustees.error()), step.height, ""));
    const auto key = member_from_text(group, election.public_key);
    if (!key || !(*key == trustees->election_key))
        return refuse(in_event(refusal(Why::election_key_wrong), step.height, "public_key"));
    return trustees;
}

/// The verification behind the Setup event, in one group.
template <class G>
class Verification {
  public:
    Verification(const G& group, ChainReader& chain, const ByteSource& source, const VerifyOptions& options,
                 VerifiedRecord& out)
        : group_(group), chain_(chain), source_(source), options_(options), out_(out) {}

    Result<Done> run(const Step& setup);

  private:
    struct Waiting {
        std::string text;
        std::uint64_t offset;
        std::int64_t height;
    };
    /// Ballots that are being checked, in a share for each thread, while the next are read.
    struct Batch {
        Batch(std::vector<Waiting> taken, unsigned shares, const Tally<G>& empty)
            : ballots(std::move(taken)), verdicts(shares), tallies(shares, empty), unchecked(shares) {}
        std::vector<Waiting> ballots;
        std::vector<std::vector<Result<CheckedBallot<G>>>> verdicts;  // by share, in the order of the record
        std::vector<Tally<G>> tallies;                                // by share
        std::latch unchecked;                                         // shares
    };
    static constexpr std::size_t batches_at_once = 2;
    struct Cast {
        std::uint64_t offset = 0;
        std::uint32_t length = 0;
        std::uint32_t place = 0;  // in the lists of rankings
    };

    Result<Done> set_up(const Step& step);
    Result<Done> take_ballot(Step& step);
    Result<Done> start_checking();
    void check_share(Batch& batch, std::size_t share);
    Result<Done> judge_oldest();
    /// All ballots that have been taken are judged.
    Result<Done> check_waiting() {
        TRY(start_checking());
        while (!checking_.empty()) TRY(judge_oldest());
        return Done{};
    }
    void look_at(const Waiting& ballot, std::uint32_t credential);
    unsigned jobs() const { return std::max(1u, options_.jobs); }
    Result<Done> sum_up();
    Result<Done> check_tally(const Step& step);
    bool take_order_of(std::string_view stored);
    Result<std::uint64_t> owner_of(const Step& step) const;
    Result<Done> check_shuffle(const Step& step);
    Result<Done> end_shuffles(const Step& step);
    Result<Done> must_be_members(const char* what) const;
    Result<Done> finish();
    Result<Done> find_result();
    Result<Done> check_decryption(const Step& step);
    Result<Done> check_result(const Step& step);
    bool may_be_decrypted() const {
        return out_.state == (out_.election.has_rankings() ? RecordState::shuffled : RecordState::tallied);
    }

    const G& group_;
    ChainReader& chain_;
    const ByteSource& source_;
    const VerifyOptions& options_;
    VerifiedRecord& out_;

    std::optional<Trustees<G>> trustees_;
    CredentialList credentials_;
    std::unique_ptr<BallotVerifier<G>> ballots_;
    std::unordered_map<Digest, std::uint32_t, FirstBytes> seen_;  // every ballot's number, from 1
    std::unordered_map<std::uint32_t, Cast> last_of_;             // by credential
    std::uint32_t taken_ = 0;                                     // ballots, judged or not
    std::vector<Waiting> waiting_;
    std::size_t waiting_bytes_ = 0;
    std::uint32_t found_credential_ = 0;
    Tally<G> all_, superseded_, tally_;
    Lists<G> lists_;  // of the rankings: as cast, by Cast::place; then as tallied, then as last shuffled
    std::vector<std::optional<PartialDecryption<G>>> decryptions_;
    std::deque<std::shared_ptr<Batch>> checking_;
    std::optional<Workers> workers_;  // last, since they use the others
};

template <class G>
Result<Done> Verification<G>::set_up(const Step& step) {
    const auto refused = [&](Refusal why, std::string_view part) {
        return refuse(in_event(std::move(why), step.height, part));
    };
    trustees_ = TRY(trustees_of(group_, step, out_.election));
    const auto& key = trustees_->election_key;
    std::optional<Result<CredentialList>> read;
    in_shares(jobs(), 2, [&](std::size_t, std::size_t from, std::size_t to) {
        for (; from < to; ++from)
            if (from == 0)
                read = CredentialList::from_text(group_, step.records[2].text, jobs());
            else
                ballots_ =
                    std::make_unique<BallotVerifier<G>>(group_, out_.election, out_.fingerprint, key, credentials_);
    });
    auto& credentials = *read;
    if (!credentials) return refused(std::move(credentials.error()), "");
    credentials_ = std::move(*credentials);
    if (options_.issued && *options_.issued != credentials_.size())
        return refused(
            refusal(Why::credentials_issued_wrong, {{"issued", *options_.issued}, {"listed", credentials_.size()}}),
            "credentials");
    out_.trustees = trustees_->keys.size();
    out_.trustee_keys = group_.texts_of(trustees_->keys);
    out_.has_decrypted.resize(trustees_->keys.size());
    for (const auto& item : trustees_->items) out_.needed.push_back({item.size, item.threshold});
    out_.credentials = credentials_.size();
    out_.total_credential_weight = credentials_.total_weight();
    out_.credentials_fingerprint = base64_of_sha256(step.records[2].text);
    if (out_.election.has_rankings())
        for (std::uint32_t i = 0; i < credentials_.size(); ++i)
            if (credentials_.weight(i) != 1)
                return refused(
                    refusal(Why::weights_with_rankings, {{"credential", i + 1}, {"weight", credentials_.weight(i)}}),
                    "credentials[" + std::to_string(i) + "]");
    decryptions_.resize(trustees_->keys.size());
    chain_.limit_records(longest_record(group_, out_.election, 0));
    for (const auto& question : out_.election.questions)
        if (question.is_ranking) lists_.emplace_back();
    all_ = superseded_ = empty_tally(group_, out_.election);
    return Done{};
}

template <class G>
Result<Done> Verification<G>::take_ballot(Step& step) {
    auto& record = step.records[0];
    const auto number = ++taken_;
    if (const auto [first, is_new] = seen_.emplace(record.hash, number); !is_new) {
        // What came before it is judged first, so that the first thing wrong is the one that is named.
        TRY(check_waiting());
        return refuse(Why::ballot_repeated, {{"event", step.height}, {"ballot", number}, {"first", first->second}},
                      {"", 0, 0, "ballot"});
    }
    waiting_bytes_ += record.text.size();
    waiting_.push_back({std::move(record.text), record.offset, step.height});
    // Enough ballots for all lanes and for the membership of a batch to cost little.
    if (waiting_.size() >= std::size_t{64} * jobs() || waiting_bytes_ > (std::size_t{4} << 20) * jobs())
        TRY(start_checking());
    return Done{};
}

template <class G>
Result<Done> Verification<G>::start_checking() {
    if (waiting_.empty()) return Done{};
    if (checking_.size() == batches_at_once) TRY(judge_oldest());
    const auto batch = checking_.emplace_back(
        std::make_shared<Batch>(std::exchange(waiting_, {}), jobs(), empty_tally(group_, out_.election)));
    waiting_bytes_ = 0;
    if (jobs() == 1) {
        check_share(*batch, 0);
        return judge_oldest();
    }
    if (!workers_) workers_.emplace(jobs());
    for (std::size_t share = 0; share < jobs(); ++share)
        workers_->give([this, batch, share] { check_share(*batch, share); });
    return Done{};
}

/// Consecutive ballots: the verdicts stay in the order of the record.
template <class G>
void Verification<G>::check_share(Batch& batch, std::size_t share) {
    const auto begin = [&](std::size_t of) { return batch.ballots.size() * of / batch.verdicts.size(); };
    std::vector<std::string_view> texts;
    for (std::size_t i = begin(share); i < begin(share + 1); ++i) texts.push_back(batch.ballots[i].text);
    batch.verdicts[share] = ballots_->check_vartime(texts, options_.membership);
    for (const auto& verdict : batch.verdicts[share])
        if (verdict)
            add_to_tally_vartime(group_, batch.tallies[share], verdict->choices,
                                 credentials_.weight(verdict->credential));
    batch.unchecked.count_down();
}

template <class G>
Result<Done> Verification<G>::judge_oldest() {
    checking_.front()->unchecked.wait();
    const auto batch = std::move(checking_.front());
    checking_.pop_front();
    std::size_t index = 0;
    for (auto& share : batch->verdicts)
        for (auto& verdict : share) {
            const auto& ballot = batch->ballots[index++];
            const auto refused = [&](Refusal why) {
                why.facts.emplace_back("event", ballot.height);
                why.facts.emplace_back("ballot", out_.ballots + 1);
                return refuse(std::move(why));
            };
            if (!verdict) return refused(std::move(verdict.error()));
            const auto weight = credentials_.weight(verdict->credential);
            auto& cast = last_of_[verdict->credential];
            const bool again = cast.length != 0;
            if (!again) cast.place = static_cast<std::uint32_t>(out_.counted);
            std::size_t list = 0;
            for (std::size_t i = 0; i < verdict->choices.size(); ++i) {
                if (!out_.election.questions[i].is_ranking) continue;
                auto& casts = lists_[list++];
                if (!again) casts.emplace_back();
                casts[cast.place] = verdict->choices[i][0];
            }
            if (again) {
                if (options_.single_vote)
                    return refused(refusal(Why::credential_voted_twice, {}, {"", 0, 0, "credential"}));
                // The earlier ballot is read again rather than kept: revotes are few, ballots are many.
                const auto earlier = TRY(source_.read(cast.offset, cast.length));
                add_to_tally_vartime(group_, superseded_, TRY(ballots_->choices_of(earlier)), weight);
                ++out_.superseded;
            } else {
                ++out_.counted;
                out_.counted_weight += weight;
            }
            cast.offset = ballot.offset;
            cast.length = static_cast<std::uint32_t>(ballot.text.size());
            ++out_.ballots;
            if (!options_.code.empty()) look_at(ballot, verdict->credential);
        }
    for (const auto& tally : batch->tallies) add_to_tally_vartime(group_, all_, tally, 1);
    return Done{};
}

/// Is this the ballot whose code was asked for, or one that replaces it?
template <class G>
void Verification<G>::look_at(const Waiting& ballot, std::uint32_t credential) {
    // The ballot's form has been checked: these are its last members.
    constexpr std::string_view before = "\"signature\":{\"hash\":\"";
    const auto at = ballot.text.rfind(before);
    invariant(at != std::string::npos);
    const bool is_it = std::string_view(ballot.text).substr(at + before.size(), 43) == options_.code ||
                       tracker_of(ballot.text) == options_.code;
    if (is_it) {
        out_.found = FoundBallot{out_.ballots, ballot.height, 0};
        found_credential_ = credential;
    } else if (out_.found && found_credential_ == credential) {
        out_.found->superseded_by = out_.ballots;
    }
}

template <class G>
Result<Done> Verification<G>::sum_up() {
    tally_ = all_;
    for (std::size_t i = 0; i < tally_.size(); ++i)
        for (std::size_t k = 0; k < tally_[i].size(); ++k) {
            auto& sum = tally_[i][k];
            if (out_.superseded != 0) {
                sum.alpha = group_.multiply_vartime(sum.alpha, group_.invert_vartime(superseded_[i][k].alpha));
                sum.beta = group_.multiply_vartime(sum.beta, group_.invert_vartime(superseded_[i][k].beta));
            }
        }
    if (lists_.empty()) TRY(must_be_members("encrypted_tally"));
    std::size_t list = 0;
    for (std::size_t i = 0; i < tally_.size(); ++i) {
        if (!out_.election.questions[i].is_ranking) continue;
        sort_list_vartime(group_, lists_[list]);
        tally_[i] = std::move(lists_[list++]);
    }
    chain_.limit_records(longest_record(group_, out_.election, out_.counted));
    out_.tally_hash = sha256_hex(tally_text(group_, tally_));
    return Done{};
}

/// What trustees raise to their keys must be a member for certain, not only but for 2^-64.
template <class G>
Result<Done> Verification<G>::must_be_members(const char* what) const {
    constexpr std::size_t at_once = 4096;
    std::vector<CommitmentJob<G>> alphas;
    const std::unique_ptr<bool[]> members(new bool[at_once]());
    for (std::size_t i = 0; i < tally_.size(); ++i)
        for (std::size_t from = 0; from < tally_[i].size(); from += at_once) {
            alphas.clear();
            const auto to = std::min(from + at_once, tally_[i].size());
            for (std::size_t k = from; k < to; ++k) alphas.push_back({tally_[i][k].alpha, {}, true});
            std::fill_n(members.get(), alphas.size(), false);
            evaluate_in_shares_vartime<G>(ballots_->tables(), alphas, {members.get(), alphas.size()}, jobs());
            for (std::size_t k = from; k < to; ++k)
                if (!members[k - from])
                    return refuse(
                        Why::element_not_in_group, {},
                        {"", 0, 0, std::string(what) + "[" + std::to_string(i) + "][" + std::to_string(k) + "].alpha"});
        }
    return Done{};
}

/// Where programs sort in more than one way the stored order of a ranking's list is taken, if it is the same list.
template <class G>
bool Verification<G>::take_order_of(std::string_view stored) {
    if (has_one_order<G>) return false;
    auto tally = tally_from_text(group_, out_.election, out_.counted, stored);
    if (!tally) return false;
    for (std::size_t i = 0; i < tally_.size(); ++i) {
        auto row = (*tally)[i];
        if (out_.election.questions[i].is_ranking) sort_list_vartime(group_, row);
        if (row != tally_[i]) return false;
    }
    tally_ = std::move(*tally);
    return true;
}

template <class G>
Result<Done> Verification<G>::check_tally(const Step& step) {
    const auto stored = hex_from_bytes(step.records[0].hash);
    if (stored != out_.tally_hash && !take_order_of(step.records[0].text))
        return refuse(Why::tally_wrong, {{"event", step.height}},
                      first_difference(group_, tally_, step.records[0].text));
    out_.tally_hash = stored;
    Reader reader(step.records[1].text);
    reader.expect("{\"num_tallied\":");
    const auto number = reader.count(largest_count);
    reader.expect(",\"total_weight\":");
    const auto weight = reader.count(largest_count);
    reader.expect(",\"encrypted_tally\":\"" + hex_from_bytes(step.records[0].hash) + "\"}");
    reader.end();
    if (!reader.ok()) return refuse(in_event(reader.refusal(), step.height, "sized_tally"));
    for (const auto& [name, stated, found] :
         {std::tuple{"num_tallied", number, out_.counted}, std::tuple{"total_weight", weight, out_.counted_weight}})
        if (stated != found)
            return refuse(Why::tallied_number_wrong, {{"event", step.height}, {"stated", stated}, {"found", found}},
                          {"", 0, 0, name});
    return Done{};
}

/// Whose shuffle or decryption it says it is.
template <class G>
Result<std::uint64_t> Verification<G>::owner_of(const Step& step) const {
    Reader reader(step.records[1].text);
    reader.expect("{\"owner\":");
    const auto owner = reader.number(UINT32_MAX);
    reader.expect(",\"payload\":\"" + hex_from_bytes(step.records[0].hash) + "\"}");
    reader.end();
    if (!reader.ok()) return refuse(in_event(reader.refusal(), step.height, "owned"));
    return owner;
}

template <class G>
Result<Done> Verification<G>::check_shuffle(const Step& step) {
    if (lists_.empty())  // nothing to shuffle where all questions are homomorphic
        return refuse(
            Why::event_out_of_order,
            {{"event", step.height}, {"type", name_of(step.type)}, {"before", name_of(EventType::encrypted_tally)}});
    const auto owner = TRY(owner_of(step));
    const Facts facts{{"trustee", owner}, {"event", step.height}};
    if (owner < 1 || owner > decryptions_.size()) return refuse(Why::shuffle_owner_unknown, facts, {"", 0, 0, "owner"});
    if (has_shuffled(out_, owner)) return refuse(Why::shuffle_owner_repeated, facts, {"", 0, 0, "owner"});
    if (out_.shuffles.empty()) {
        std::size_t list = 0;
        for (std::size_t i = 0; i < tally_.size(); ++i)
            if (out_.election.questions[i].is_ranking) lists_[list++] = std::move(tally_[i]);
    }
    SystemRandomness randomness;
    auto output = shuffle_from_text_vartime(group_, ballots_->tables(), out_.fingerprint, trustees_->election_key,
                                            lists_, reader_of(source_, step.records[0]), randomness, jobs());
    if (!output) {
        auto why = std::move(output.error());
        // Lists are numbered among themselves; people number all questions of the election.
        std::vector<std::size_t> numbers;
        for (std::size_t i = 0; i < out_.election.questions.size(); ++i)
            if (out_.election.questions[i].is_ranking) numbers.push_back(i + 1);
        for (auto& fact : why.facts)
            if (fact.key == "question") fact.value = std::to_string(numbers[std::stoul(fact.value) - 1]);
        why.facts.emplace_back("trustee", owner);
        return refuse(in_event(std::move(why), step.height, ""));
    }
    lists_ = std::move(*output);
    out_.shuffles.push_back({owner, hex_from_bytes(step.records[0].hash)});
    return Done{};
}

template <class G>
Result<Done> Verification<G>::end_shuffles(const Step& step) {
    std::size_t list = 0;
    for (std::size_t i = 0; i < tally_.size(); ++i)
        if (out_.election.questions[i].is_ranking) tally_[i] = std::move(lists_[list++]);
    if (auto members = must_be_members("shuffled"); !members)
        return refuse(in_event(std::move(members.error()), step.height, ""));
    out_.state = RecordState::shuffled;
    return Done{};
}

template <class G>
Result<Done> Verification<G>::check_decryption(const Step& step) {
    if (!may_be_decrypted()) return refuse(Why::shuffles_missing, {{"event", step.height}});
    const auto owner = TRY(owner_of(step));
    const Facts facts{{"trustee", owner}, {"event", step.height}};
    if (owner < 1 || owner > decryptions_.size()) return refuse(Why::owner_out_of_range, facts, {"", 0, 0, "owner"});
    if (decryptions_[owner - 1]) return refuse(Why::owner_repeated, facts, {"", 0, 0, "owner"});
    auto decryption = decryption_from_text_vartime(group_, ballots_->tables(), out_.fingerprint, tally_, *trustees_,
                                                   owner - 1, step.records[0].text, jobs());
    if (!decryption) return refuse(in_event(std::move(decryption.error()), step.height, ""));
    decryptions_[owner - 1] = std::move(*decryption);
    out_.has_decrypted[owner - 1] = true;
    ++out_.decryptions;
    return Done{};
}

template <class G>
Result<Done> Verification<G>::check_result(const Step& step) {
    const auto powers = combine_vartime(group_, tally_, *trustees_, decryptions_);
    if (!powers) return refuse(in_event(powers.error(), step.height, ""));
    const auto& questions = out_.election.questions;
    Reader reader(step.records[0].text);
    reader.expect("{\"result\":[");
    for (std::size_t i = 0; i < powers->size() && reader.ok(); ++i) {
        reader.expect(i == 0 ? "[" : ",[");
        auto& row = out_.result.emplace_back();
        auto& rankings = out_.rankings.emplace_back();
        if (questions[i].is_ranking) rankings.answers = questions[i].answers.size();
        for (std::size_t k = 0; k < (*powers)[i].size() && reader.ok(); ++k) {
            if (k != 0) reader.expect(",");
            if (!questions[i].is_ranking) {
                row.push_back(reader.count(largest_count));
                continue;
            }
            for (std::size_t answer = 0; answer < rankings.answers; ++answer) {
                reader.expect(answer == 0 ? "[" : ",");
                rankings.numbers.push_back(static_cast<std::uint8_t>(reader.number(UINT8_MAX)));
            }
            reader.expect("]");
        }
        reader.expect("]");
    }
    reader.expect("]}");
    reader.end();
    if (!reader.ok())
        return refuse(Why::result_shape_wrong, {{"event", step.height}},
                      reader.refusal().within({"", 0, 0, "result"}).place);
    for (std::size_t i = 0; i < powers->size(); ++i)
        for (std::size_t k = 0; k < (*powers)[i].size(); ++k) {
            const Place place{"", 0, 0, "result[" + std::to_string(i) + "][" + std::to_string(k) + "]"};
            if (questions[i].is_ranking) {
                const auto& rankings = out_.rankings[i];
                const auto found = group_.numbers_vartime((*powers)[i][k], rankings.answers);
                if (!std::equal(found.begin(), found.end(), rankings.ballot(k).begin()))
                    return refuse(Why::result_ballot_wrong,
                                  {{"question", i + 1}, {"opened", k + 1}, {"event", step.height}}, place);
                continue;
            }
            const auto stated = out_.result[i][k];
            if (stated > out_.counted_weight ||
                !(group_.power_vartime(group_.generator(), group_.scalars().from_number(stated)) == (*powers)[i][k]))
                return refuse(Why::result_wrong,
                              {{"question", i + 1}, {"choice", k + 1}, {"stated", stated}, {"event", step.height}},
                              place);
        }
    return Done{};
}

template <class G>
Result<Done> Verification<G>::find_result() {
    const auto powers = TRY(combine_vartime(group_, tally_, *trustees_, decryptions_));
    for (std::size_t i = 0; i < powers.size(); ++i) {
        auto& row = out_.result.emplace_back();
        auto& rankings = out_.rankings.emplace_back();
        if (out_.election.questions[i].is_ranking) {
            rankings.answers = out_.election.questions[i].answers.size();
            for (const auto& power : powers[i]) {
                const auto numbers = group_.numbers_vartime(power, rankings.answers);
                rankings.numbers.insert(rankings.numbers.end(), numbers.begin(), numbers.end());
            }
            continue;
        }
        for (std::size_t k = 0; k < powers[i].size(); ++k) {
            const auto count = logarithm_vartime<G>(group_, powers[i][k], out_.counted_weight);
            if (!count)
                return refuse(Why::count_not_found,
                              {{"question", i + 1}, {"choice", k + 1}, {"most", out_.counted_weight}});
            row.push_back(*count);
        }
    }
    return Done{};
}

/// At the end of the record, wherever that is.
template <class G>
Result<Done> Verification<G>::finish() {
    if (out_.state != RecordState::open && out_.state != RecordState::result) {
        if (out_.state == RecordState::tallied && !out_.shuffles.empty()) {
            std::size_t list = 0;
            for (std::size_t i = 0; i < tally_.size(); ++i)
                if (out_.election.questions[i].is_ranking) tally_[i] = std::move(lists_[list++]);
        }
        out_.ciphertexts = tally_text(group_, tally_);
    }
    return options_.decrypt && may_be_decrypted() ? find_result() : Result<Done>(Done{});
}

template <class G>
Result<Done> Verification<G>::run(const Step& setup) {
    TRY(set_up(setup));
    while (true) {
        auto next = chain_.next();
        // A broken chain behind good ballots: the ballots before it are judged first.
        if (!next || !*next || (*next)->type != EventType::ballot) TRY(check_waiting());
        if (!next) return refuse(std::move(next.error()));
        if (!*next) return finish();
        auto& step = **next;
        switch (step.type) {
            case EventType::ballot: TRY(take_ballot(step)); break;
            case EventType::end_ballots:
                TRY(sum_up());
                out_.state = RecordState::closed;
                break;
            case EventType::encrypted_tally:
                TRY(check_tally(step));
                out_.state = RecordState::tallied;
                break;
            case EventType::partial_decryption: TRY(check_decryption(step)); break;
            case EventType::result:
                TRY(check_result(step));
                out_.state = RecordState::result;
                break;
            case EventType::shuffle: TRY(check_shuffle(step)); break;
            case EventType::end_shuffles: TRY(end_shuffles(step)); break;
            case EventType::setup: invariant(!"ChainReader lets none follow");
        }
        if (options_.progress) options_.progress(step.end, source_.size());
    }
}

}  // namespace

std::vector<std::vector<std::uint8_t>> Rankings::sorted() const {
    std::vector<std::vector<std::uint8_t>> out;
    for (std::size_t i = 0; i < ballots(); ++i) out.emplace_back(ballot(i).begin(), ballot(i).end());
    std::sort(out.begin(), out.end());
    return out;
}

bool has_shuffled(const VerifiedRecord& record, std::uint64_t trustee) {
    return std::any_of(record.shuffles.begin(), record.shuffles.end(),
                       [&](const auto& each) { return each.trustee == trustee; });
}

std::string_view name_of(RecordState state) {
    constexpr std::string_view names[] = {"open", "closed", "tallied", "shuffled", "result"};
    return names[static_cast<std::size_t>(state)];
}

namespace {

/// The election of a Setup event, whose parts are those that stand before it.
Result<Setup> setup_from_step(const Step& step) {
    const auto& records = step.records;
    // The setup names its three parts, which stand before it in this order.
    const auto parts = "{\"election\":\"" + hex_from_bytes(records[0].hash) + "\",\"trustees\":\"" +
                       hex_from_bytes(records[1].hash) + "\",\"credentials\":\"" + hex_from_bytes(records[2].hash) +
                       "\"}";
    // Both are taken apart as JSON, whose memory is many times its text; the longest that tools write has some
    // megabytes.
    constexpr std::uint64_t longest[] = {std::uint64_t{16} << 20, std::uint64_t{64} << 20};
    for (const std::size_t i : {0, 1})
        if (records[i].text.size() > longest[i])
            return refuse(Why::member_too_large,
                          {{"member", i == 0 ? "election" : "trustees"},
                           {"bytes", records[i].text.size()},
                           {"most", longest[i]},
                           {"event", 0}},
                          {"", 0, 0, i == 0 ? "election" : "trustees"});
    if (records[3].text != parts) return refuse(Why::event_payload_wrong, {{"event", 0}}, {"", 0, 0, "setup_data"});
    auto election = election_from_text(records[0].text);
    if (!election) return refuse(in_event(std::move(election.error()), 0, "election"));
    if (!group_from_name(election->group))
        return refuse(Why::group_unknown, {{"group", election->group.substr(0, 40)}, {"event", 0}},
                      {"", 0, 0, "election.group"});
    return Setup{std::move(*election), fingerprint(records[0].text), ""};
}

}  // namespace

Result<VerifiedRecord> verify(const ByteSource& source, const VerifyOptions& options) {
    ChainReader chain(source);
    const auto step = TRY(chain.next());
    invariant(step && step->type == EventType::setup);  // ChainReader lets nothing else come first
    auto setup = TRY(setup_from_step(*step));
    VerifiedRecord out;
    out.election = std::move(setup.election);
    out.fingerprint = std::move(setup.fingerprint);
    TRY(std::visit(
        [&](const auto* known) {
            return Verification<std::remove_cvref_t<decltype(*known)>>(*known, chain, source, options, out).run(*step);
        },
        *group_from_name(out.election.group)));
    out.timestamp = chain.timestamp();
    out.events = chain.height() + 1;
    out.head = chain.head();
    const bool unshuffled = options.until == RecordState::shuffled && !out.election.has_rankings();
    const auto wanted = unshuffled ? RecordState::tallied : options.until;
    if (out.state < wanted)
        return refuse(Why::record_incomplete, {{"wanted", name_of(wanted)}, {"state", name_of(out.state)}});
    return out;
}

Result<Setup> setup_of(const ByteSource& source) {
    ChainReader chain(source);
    auto step = TRY(chain.next());
    invariant(step && step->type == EventType::setup);
    auto setup = TRY(setup_from_step(*step));
    TRY(std::visit(
        [&](const auto* known) {
            const auto trustees = trustees_of(*known, *step, setup.election);
            return trustees ? Result<Done>(Done{}) : Result<Done>(tl::unexpect, trustees.error());
        },
        *group_from_name(setup.election.group)));
    setup.credentials = std::move(step->records[2].text);
    return setup;
}

}  // namespace plenum::evote
