// SPDX-License-Identifier: Apache-2.0
#include "evote/record/steps.h"

#include <algorithm>
#include <utility>

#include "evote/ballot/text.h"
#include "evote/group/every_group.h"
#include "evote/shuffle/shuffle.h"

namespace plenum::evote {

namespace {

VerifyOptions until(const VerifyOptions& options, RecordState state) {
    auto out = options;
    out.until = state;
    return out;
}

}  // namespace

std::string sized_tally_text(std::uint64_t counted, std::uint64_t weight, std::string_view tally) {
    return "{\"num_tallied\":" + count_text(counted) + ",\"total_weight\":" + count_text(weight) +
           ",\"encrypted_tally\":\"" + sha256_hex(tally) + "\"}";
}

std::string owned_text(std::size_t owner, std::string_view payload) {
    return owned_text(owner, sha256_of_public(payload));
}
std::string owned_text(std::size_t owner, const Digest& hash) {
    return "{\"owner\":" + std::to_string(owner) + ",\"payload\":\"" + hex_from_bytes(hash) + "\"}";
}

std::string result_text(const std::vector<std::vector<std::uint64_t>>& counts, const std::vector<Rankings>& rankings) {
    std::string rows;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        rows += rows.empty() ? "[" : ",[";
        for (std::size_t k = 0; k < counts[i].size(); ++k) rows += (k ? "," : "") + count_text(counts[i][k]);
        for (std::size_t k = 0; k < rankings[i].ballots(); ++k) {
            char before = '[';
            if (k != 0) rows += ',';
            for (const auto number : rankings[i].ballot(k)) {
                rows += std::exchange(before, ',');
                rows += std::to_string(number);
            }
            rows += ']';
        }
        rows += "]";
    }
    return "{\"result\":[" + rows + "]}";
}

Result<std::string> election_key(std::string_view name, std::string_view trustees) {
    const auto group = group_from_name(name);
    if (!group) return refuse(Why::group_unknown, {{"group", name.substr(0, 40)}}, {"", 0, 0, "group"});
    return std::visit(
        [&](const auto* known) -> Result<std::string> {
            return known->text_of(TRY(trustees_from_text(*known, trustees)).election_key);
        },
        *group);
}

Result<std::string> set_up_record(Election election, std::string_view trustees, std::string_view credentials,
                                  std::uint64_t timestamp) {
    election.public_key = TRY(election_key(election.group, trustees));
    return set_up_record_from_texts(text_of(election), trustees, credentials, timestamp);
}

Result<std::string> set_up_record_from_texts(std::string_view election_text, std::string_view trustees,
                                             std::string_view credentials, std::uint64_t timestamp) {
    const auto setup = "{\"election\":\"" + sha256_hex(election_text) + "\",\"trustees\":\"" + sha256_hex(trustees) +
                       "\",\"credentials\":\"" + sha256_hex(credentials) + "\"}";
    ChainWriter writer(timestamp);
    auto out = writer.beginning() +
               TRY(writer.append(EventType::setup,
                                 {std::string(election_text), std::string(trustees), std::string(credentials), setup}));
    TRY(verify(MemorySource(out), until({}, RecordState::open)));
    return out;
}

Result<JoinedSource> append_handed(const ByteSource& source, EventType type, const std::vector<HandedIn>& handed,
                                   const VerifyOptions& options) {
    auto writer = TRY(ChainWriter::resume(source));
    JoinedSource out;
    for (const auto& each : handed) {
        std::vector<ChainWriter::RecordName> names;
        for (const auto& text : each) names.push_back({text.hash, text.size});
        const auto around = TRY(writer.append_around(type, names));
        for (std::size_t i = 0; i < each.size(); ++i) {
            out.add(around.before[i]);
            if (each[i].lies_in)
                out.add(each[i].lies_in, each[i].offset, each[i].size);
            else
                out.add(each[i].text);
        }
        out.add(around.behind);
    }
    auto exactly = until(options, type == EventType::ballot    ? RecordState::open
                                  : type == EventType::shuffle ? RecordState::tallied
                                                               : RecordState::shuffled);
    if (type == EventType::ballot) exactly.membership = Membership::exact;
    JoinedSource extended;
    extended.add(source);
    extended.add(out);
    TRY(verify(extended, exactly));
    return out;
}

Result<std::string> close_record(const ByteSource& source, const VerifyOptions& options) {
    TRY(verify(source, until(options, RecordState::open)));
    auto writer = TRY(ChainWriter::resume(source));
    return writer.append(EventType::end_ballots, {});
}

Result<std::string> append_tally(const ByteSource& source, const VerifyOptions& options) {
    const auto record = TRY(verify(source, until(options, RecordState::closed)));
    auto writer = TRY(ChainWriter::resume(source));
    return writer.append(
        EventType::encrypted_tally,
        {record.ciphertexts, sized_tally_text(record.counted, record.counted_weight, record.ciphertexts)});
}

Result<HandedShuffle> shuffle_lists(VerifiedRecord record, std::uint64_t trustee, Randomness& randomness) {
    if (!record.election.has_rankings()) return refuse(Why::nothing_to_shuffle);
    if (record.state != RecordState::tallied)
        return refuse(Why::record_goes_on, {{"state", name_of(record.state)}, {"type", name_of(EventType::shuffle)}});
    if (trustee < 1 || trustee > record.trustees) return refuse(Why::shuffle_owner_unknown, {{"trustee", trustee}});
    if (has_shuffled(record, trustee)) return refuse(Why::shuffle_owner_repeated, {{"trustee", trustee}});
    return std::visit(
        [&](const auto* known) -> Result<HandedShuffle> {
            using G = std::remove_cvref_t<decltype(*known)>;
            auto tally = TRY(tally_from_text(*known, record.election, record.counted, record.ciphertexts));
            Lists<G> lists;
            record.ciphertexts = std::string();
            for (std::size_t i = 0; i < tally.size(); ++i)
                if (record.election.questions[i].is_ranking) lists.push_back(std::move(tally[i]));
            const auto y = known->element_from_text(record.election.public_key);
            invariant(y.has_value());  // verify() has compared it with the trustees'
            auto text = shuffle_text(*known, make_shuffle(*known, record.fingerprint, *y, lists, randomness));
            auto owned = owned_text(trustee, text.hash());
            return HandedShuffle{std::move(text), std::move(owned)};
        },
        *group_from_name(record.election.group));
}

Result<std::string> append_shuffle(const ByteSource& source, std::uint64_t trustee, Randomness& randomness,
                                   const VerifyOptions& options) {
    auto record = TRY(verify(source, until(options, RecordState::tallied)));
    const auto made = TRY(shuffle_lists(std::move(record), trustee, randomness));
    return TRY(append_handed(source, EventType::shuffle, {{made.shuffle.whole(), made.owned}}, options))
    .whole();
}

Result<std::string> close_shuffles(const ByteSource& source, const VerifyOptions& options) {
    const auto record = TRY(verify(source, until(options, RecordState::tallied)));
    if (!record.election.has_rankings()) return refuse(Why::nothing_to_shuffle);
    if (record.shuffles.empty()) return refuse(Why::shuffles_missing, {{"event", record.events}});
    auto writer = TRY(ChainWriter::resume(source));
    return writer.append(EventType::end_shuffles, {});
}

Result<HandedDecryption> make_decryption(const VerifiedRecord& record, const HiddenText& key_text,
                                         Randomness& randomness) {
    return std::visit(
        [&](const auto* known) -> Result<HandedDecryption> {
            using G = std::remove_cvref_t<decltype(*known)>;
            const auto key = TRY(private_key_from_text(*known, key_text.reveal()));
            const auto g = known->generator();
            const SecretPower<G> own{&g, &key.value};
            const auto public_text = known->text_of(known->product_of_powers({&own, 1}));
            const auto found = std::find(record.trustee_keys.begin(), record.trustee_keys.end(), public_text);
            if (found == record.trustee_keys.end()) return refuse(Why::private_key_wrong);
            const auto owner = static_cast<std::size_t>(found - record.trustee_keys.begin()) + 1;
            if (record.has_decrypted[owner - 1]) return refuse(Why::owner_repeated, {{"trustee", owner}});
            // verify() has found every alpha in it to be a member.
            const auto tally = TRY(tally_from_text(*known, record.election, record.counted, record.ciphertexts));
            const auto text = text_of(*known, decrypt_partially(*known, record.fingerprint, tally, key, randomness));
            return HandedDecryption{text, owned_text(owner, text)};
        },
        *group_from_name(record.election.group));
}

Result<std::string> append_decryption(const ByteSource& source, const HiddenText& key_text, Randomness& randomness,
                                      const VerifyOptions& options) {
    const auto record = TRY(verify(source, until(options, RecordState::shuffled)));
    auto writer = TRY(ChainWriter::resume(source));
    const auto handed = TRY(make_decryption(record, key_text, randomness));
    return writer.append(EventType::partial_decryption, {handed.decryption, handed.owned});
}

Result<std::string> append_result(const ByteSource& source, const VerifyOptions& options) {
    auto wanted = until(options, RecordState::shuffled);
    wanted.decrypt = true;
    const auto record = TRY(verify(source, wanted));
    auto writer = TRY(ChainWriter::resume(source));
    return writer.append(EventType::result, {result_text(record.result, record.rankings)});
}

}  // namespace plenum::evote
