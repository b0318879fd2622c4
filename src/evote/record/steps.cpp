// SPDX-License-Identifier: Apache-2.0
#include "evote/record/steps.h"

#include <algorithm>

#include "evote/ballot/text.h"
#include "evote/group/every_group.h"

namespace plenum::evote {

namespace {

VerifyOptions until(const VerifyOptions& options, RecordState state) {
    auto out = options;
    out.until = state;
    return out;
}

/// The stored bytes and, behind them, new ones.
class Extended final : public ByteSource {
  public:
    Extended(const ByteSource& stored, std::string_view more) : stored_(stored), more_(more) {}
    std::uint64_t size() const override { return stored_.size() + more_.size(); }
    Result<std::string> read(std::uint64_t offset, std::size_t count) const override {
        const auto size = stored_.size();
        std::string out;
        if (offset < size)
            out = TRY(stored_.read(offset, static_cast<std::size_t>(std::min<std::uint64_t>(count, size - offset))));
        if (out.size() < count)
            out += more_.substr(static_cast<std::size_t>(offset + out.size() - size), count - out.size());
        return out;
    }

  private:
    const ByteSource& stored_;
    std::string_view more_;
};

/// The data that the verified record holds for the trustees: the setup's and the tally's, parsed in one group.
template <class G>
Result<Tally<G>> tally_from_text(const G& group, const Election& election, std::string_view text) {
    Tally<G> out;
    Reader reader(text);
    reader.expect("[");
    for (std::size_t i = 0; i < election.questions.size(); ++i) {
        reader.expect(i == 0 ? "[" : ",[");
        auto& row = out.emplace_back();
        for (std::size_t k = 0; k < election.questions[i].choices(); ++k) {
            if (k != 0) reader.expect(",");
            row.push_back(read_ciphertext(group, reader));
        }
        reader.expect("]");
    }
    reader.expect("]");
    reader.end();
    if (!reader.ok()) return refuse(reader.refusal());
    return out;
}

}  // namespace

std::string sized_tally_text(std::uint64_t counted, std::uint64_t weight, std::string_view tally) {
    return "{\"num_tallied\":" + count_text(counted) + ",\"total_weight\":" + count_text(weight) +
           ",\"encrypted_tally\":\"" + sha256_hex(tally) + "\"}";
}

std::string owned_text(std::size_t owner, std::string_view decryption) {
    return "{\"owner\":" + std::to_string(owner) + ",\"payload\":\"" + sha256_hex(decryption) + "\"}";
}

std::string result_text(const std::vector<std::vector<std::uint64_t>>& counts) {
    std::string rows;
    for (const auto& question : counts) {
        rows += rows.empty() ? "[" : ",[";
        for (std::size_t k = 0; k < question.size(); ++k) rows += (k ? "," : "") + count_text(question[k]);
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

Result<std::string> append_ballots(const ByteSource& source, const std::vector<std::string>& ballots,
                                   const VerifyOptions& options) {
    auto writer = TRY(ChainWriter::resume(source));
    std::string out;
    for (const auto& ballot : ballots) out += TRY(writer.append(EventType::ballot, {ballot}));
    auto exactly = until(options, RecordState::open);
    exactly.membership = Membership::exact;
    TRY(verify(Extended(source, out), exactly));
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
    return writer.append(EventType::encrypted_tally,
                         {record.tally, sized_tally_text(record.counted, record.counted_weight, record.tally)});
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
            // Every alpha of the tally is a product of checked ones, hence a member.
            const auto tally = TRY(tally_from_text(*known, record.election, record.tally));
            const auto text = text_of(*known, decrypt_partially(*known, record.fingerprint, tally, key, randomness));
            return HandedDecryption{text, owned_text(owner, text)};
        },
        *group_from_name(record.election.group));
}

Result<std::string> append_handed_decryption(const ByteSource& source, const HandedDecryption& handed,
                                             const VerifyOptions& options) {
    auto writer = TRY(ChainWriter::resume(source));
    auto out = TRY(writer.append(EventType::partial_decryption, {handed.decryption, handed.owned}));
    TRY(verify(Extended(source, out), until(options, RecordState::tallied)));
    return out;
}

Result<std::string> append_decryption(const ByteSource& source, const HiddenText& key_text, Randomness& randomness,
                                      const VerifyOptions& options) {
    const auto record = TRY(verify(source, until(options, RecordState::tallied)));
    auto writer = TRY(ChainWriter::resume(source));
    const auto handed = TRY(make_decryption(record, key_text, randomness));
    return writer.append(EventType::partial_decryption, {handed.decryption, handed.owned});
}

Result<std::string> append_result(const ByteSource& source, const VerifyOptions& options) {
    auto wanted = until(options, RecordState::tallied);
    wanted.decrypt = true;
    const auto record = TRY(verify(source, wanted));
    auto writer = TRY(ChainWriter::resume(source));
    return writer.append(EventType::result, {result_text(record.result)});
}

}  // namespace plenum::evote
