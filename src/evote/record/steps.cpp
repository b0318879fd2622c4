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

Result<std::string> set_up_record(Election election, std::string_view trustees, std::string_view credentials,
                                  std::uint64_t timestamp) {
    const auto group = group_from_name(election.group);
    if (!group) return refuse(Why::group_unknown, {{"group", election.group.substr(0, 40)}}, {"", 0, 0, "group"});
    election.public_key = TRY(std::visit(
        [&](const auto* known) -> Result<std::string> {
            return known->text_of(TRY(trustees_from_text(*known, trustees)).election_key);
        },
        *group));
    const auto text = text_of(election);
    const auto setup = "{\"election\":\"" + sha256_hex(text) + "\",\"trustees\":\"" + sha256_hex(trustees) +
                       "\",\"credentials\":\"" + sha256_hex(credentials) + "\"}";
    ChainWriter writer(timestamp);
    auto out = writer.beginning() +
               TRY(writer.append(EventType::setup, {text, std::string(trustees), std::string(credentials), setup}));
    TRY(verify(MemorySource(out), until({}, RecordState::open)));
    return out;
}

Result<std::string> append_ballots(const ByteSource& source, const std::vector<std::string>& ballots,
                                   const VerifyOptions& options) {
    auto writer = TRY(ChainWriter::resume(source));
    std::string out;
    for (const auto& ballot : ballots) out += TRY(writer.append(EventType::ballot, {ballot}));
    TRY(verify(Extended(source, out), until(options, RecordState::open)));
    return out;
}

Result<std::string> close_record(const ByteSource& source, const VerifyOptions& options) {
    TRY(verify(source, until(options, RecordState::open)));
    return TRY(ChainWriter::resume(source))
    .append(EventType::end_ballots, {});
}

Result<std::string> append_tally(const ByteSource& source, const VerifyOptions& options) {
    const auto record = TRY(verify(source, until(options, RecordState::closed)));
    const auto sized = "{\"num_tallied\":" + count_text(record.counted) +
                       ",\"total_weight\":" + count_text(record.counted_weight) + ",\"encrypted_tally\":\"" +
                       sha256_hex(record.tally) + "\"}";
    return TRY(ChainWriter::resume(source))
    .append(EventType::encrypted_tally, {record.tally, sized});
}

Result<std::string> append_decryption(const ByteSource& source, const HiddenText& key_text, Randomness& randomness,
                                      const VerifyOptions& options) {
    const auto record = TRY(verify(source, until(options, RecordState::tallied)));
    auto writer = TRY(ChainWriter::resume(source));
    return std::visit(
        [&](const auto* known) -> Result<std::string> {
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
            const auto owned = "{\"owner\":" + std::to_string(owner) + ",\"payload\":\"" + sha256_hex(text) + "\"}";
            return writer.append(EventType::partial_decryption, {text, owned});
        },
        *group_from_name(record.election.group));
}

Result<std::string> append_result(const ByteSource& source, const VerifyOptions& options) {
    auto wanted = until(options, RecordState::tallied);
    wanted.decrypt = true;
    const auto record = TRY(verify(source, wanted));
    auto writer = TRY(ChainWriter::resume(source));
    std::string rows;
    for (const auto& question : record.result) {
        rows += rows.empty() ? "[" : ",[";
        for (std::size_t k = 0; k < question.size(); ++k) rows += (k ? "," : "") + count_text(question[k]);
        rows += "]";
    }
    return writer.append(EventType::result, {"{\"result\":[" + rows + "]}"});
}

}  // namespace plenum::evote
