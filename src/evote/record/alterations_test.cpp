// SPDX-License-Identifier: Apache-2.0
// One bit or one character of a record differs. Exhaustive over a small ballot of Ed25519 and of the toy group; of the
// fields of 2048 bits a sample, and all of it where PLENUM_LONG is set (tests/long/alterations.sh).
#include "evote/record/forgery_for_tests.h"

using namespace plenum;
using namespace plenum::evote;

namespace {

bool all_of_it() { return std::getenv("PLENUM_LONG") != nullptr; }

/// A record with one voter, one answer and one trustee.
template <class G>
Forgery<G> smallest(const G& group) {
    const auto& scalars = group.scalars();
    return Forgery<G>(group, {scalars.from_number(7)}, {scalars.from_number(5)}, *question_from_shape("1:0:1", 1));
}

/// Over the toy group an altered signature may be another good one: whether it is, by the equation alone.
template <class G>
bool is_signed(const G& group, std::string_view text, const typename G::Element& credential) {
    const auto mark = text.find(",\"signature\":{\"hash\":\"");
    Reader reader(text.substr(std::min(mark, text.size())));
    reader.expect(",\"signature\":{\"hash\":");
    const auto hash = reader.plain_string();
    reader.expect(",\"proof\":");
    const auto proof = read_proof(group, reader);
    reader.expect("}}");
    reader.end();
    if (!reader.ok() || hash != base64_of_sha256(std::string(text.substr(0, mark)) + "}")) return false;
    const std::string commitment = group.text_of(group.multiply_vartime(
        group.power_vartime(group.generator(), proof.response), group.power_vartime(credential, proof.challenge)));
    return challenge_of(group, "sig|" + std::string(hash) + "|", {&commitment, 1}) == proof.challenge;
}

/// Alters every `stride`-th bit of a ballot; in each batch a good ballot stands among the altered ones.
template <class G>
void check_bits(const G& group, std::size_t stride) {
    const auto forged = smallest(group);
    const auto text = forged.ballot(0, {{1}}, "a");
    const auto list = CredentialList::from_text(group, forged.parts.events[0].second[2]);
    REQUIRE(list);
    const BallotVerifier<G> verifier(group, forged.election, forged.phi, forged.y, *list);
    REQUIRE(verifier.check_vartime(text));
    const auto credential = *group.element_from_text(forged.credentials[0]);
    std::size_t others = 0, judged = 0;
    std::vector<std::string> altered;
    const auto judge = [&] {
        const auto good = altered.size() / 3;
        std::vector<std::string_view> batch(altered.begin(), altered.end());
        batch.insert(batch.begin() + static_cast<std::ptrdiff_t>(good), text);
        const auto verdicts = verifier.check_vartime(batch);
        for (std::size_t i = 0; i < batch.size(); ++i) {
            if (i == good) {
                CHECK(verdicts[i]);
                continue;
            }
            ++judged;
            if constexpr (std::is_same_v<G, ToyGroup>) {
                const bool expected = is_signed(group, batch[i], credential);
                CHECK(verdicts[i].has_value() == expected);
                others += expected;
            } else {
                CHECK_FALSE(verdicts[i]);
            }
        }
        altered.clear();
    };
    for (std::size_t bit = stride / 2; bit < text.size() * 8; bit += stride) {
        altered.push_back(text);
        auto& byte = altered.back()[bit / 8];
        byte = static_cast<char>(byte ^ (1 << bit % 8));
        if (altered.size() == 61) judge();
    }
    judge();
    CHECK(judged == (text.size() * 8 - stride / 2 + stride - 1) / stride);
    CHECK(others < 20);
}

/// Alters the texts of a record, one at a time, makes all hashes anew and expects a refusal.
template <class G>
void check_texts(const Forgery<G>& forged, std::size_t stride) {
    REQUIRE(verdict(forged.parts.archive()) == "verified");
    std::size_t count = 0, judged = 0;
    for (std::size_t event = 0; event < forged.parts.events.size(); ++event)
        for (std::size_t record = 0; record < forged.parts.events[event].second.size(); ++record) {
            const auto& honest = forged.parts.events[event].second[record];
            for (std::size_t at = 0; at < honest.size(); ++at)
                for (std::size_t how = 0; how < 11; ++how) {  // eight bits; left out, doubled, put before its neighbour
                    if (++count % stride != 0) continue;
                    auto parts = forged.parts;
                    auto& text = parts.events[event].second[record];
                    if (how < 8)
                        text[at] = static_cast<char>(text[at] ^ (1 << how));
                    else if (how == 8)
                        text.erase(at, 1);
                    else if (how == 9)
                        text.insert(at, 1, text[at]);
                    else if (at + 1 < text.size())
                        std::swap(text[at], text[at + 1]);
                    if (text == honest) continue;
                    if (event == 0 && record < 3) seal_setup(parts);
                    if (event != 0 && record == 0 && parts.events[event].second.size() == 2)
                        seal_payload(parts.events[event].second);
                    ++judged;
                    const auto found = verify(MemorySource(parts.archive()));
                    CAPTURE(event);
                    CAPTURE(record);
                    CAPTURE(at);
                    CAPTURE(how);
                    REQUIRE_FALSE(found);
                    CHECK_FALSE(found.error().name().empty());
                }
        }
    CHECK(judged > 5);
}

template <class G>
Forgery<G> complete(const G& group) {
    auto forged = smallest(group);
    const auto ballot = forged.ballot(0, {{1}}, "a");
    forged.cast(ballot);
    forged.complete({ballot});
    return forged;
}

/// The same with a ranking of one answer, shuffled once.
template <class G>
Forgery<G> complete_ranking(const G& group) {
    const auto& scalars = group.scalars();
    Forgery<G> forged(group, {scalars.from_number(7)}, {scalars.from_number(5)}, *question_from_shape("rank:1", 1));
    const auto ballot = forged.ballot(0, {{3}}, "a");
    forged.cast(ballot);
    forged.complete({ballot});
    return forged;
}

/// Whether the chain alone holds, whatever its data mean.
bool chain_holds(std::string_view archive) {
    const MemorySource source(archive);
    ChainReader reader(source);
    while (true) {
        const auto step = reader.next();
        if (!step) return false;
        if (!*step) return true;
    }
}

}  // namespace

TEST_CASE("every bit of a ballot counts: Ed25519 and the toy group") {
    check_bits(ed25519(), 1);
    const ToyGroup toy;
    check_bits(toy, 1);
}
TEST_CASE("every bit of a ballot counts: BELENIOS-2048") { check_bits(belenios_2048(), all_of_it() ? 1 : 61); }
TEST_CASE("every bit of a ballot counts: RFC-3526-2048") { check_bits(rfc_3526_2048(), all_of_it() ? 1 : 1009); }

TEST_CASE("every character of every text of a record counts, hashes made anew") {
    check_texts(complete(ed25519()), all_of_it() ? 1 : 131);
    check_texts(complete(belenios_2048()), all_of_it() ? 37 : 3001);
    check_texts(complete(rfc_3526_2048()), all_of_it() ? 701 : 15013);
}

TEST_CASE("every character of every text of a record with a ranking counts, its shuffle's too, hashes made anew") {
    check_texts(complete_ranking(ed25519()), all_of_it() ? 1 : 239);
    check_texts(complete_ranking(rfc_3526_2048()), all_of_it() ? 701 : 30011);
}

TEST_CASE("every bit of an archive counts for the chain alone, and every cut is seen") {
    const auto archive = complete(ed25519()).parts.archive();
    REQUIRE(chain_holds(archive));
    for (std::size_t bit = 0; bit < archive.size() * 8; bit += all_of_it() ? 1 : 19) {
        auto altered = archive;
        altered[bit / 8] = static_cast<char>(altered[bit / 8] ^ (1 << bit % 8));
        CAPTURE(bit);
        CHECK_FALSE(chain_holds(altered));
    }
    const auto ends = cut_points(MemorySource(archive));
    REQUIRE(ends);
    std::size_t good = 0;
    for (std::size_t size = 0; size <= archive.size(); size += size % 512 == 511 || all_of_it() ? 1 : 7) {
        const bool end = std::any_of(ends->begin(), ends->end(), [&](const auto& each) { return each.second == size; });
        CHECK(chain_holds(std::string_view(archive).substr(0, size)) == end);
        good += end;
    }
    CHECK(good > 0);
}

TEST_CASE("an archive cannot fill the memory of who reads it") {
    // A member that says how large it is, and is not: refused before anything of it is read.
    auto forged = smallest(ed25519());
    const auto archive = forged.parts.archive();
    class Endless final : public ByteSource {
      public:
        explicit Endless(std::string_view start) : start_(start) {}
        std::uint64_t size() const override { return std::uint64_t{1} << 40; }
        Result<std::string> read(std::uint64_t offset, std::size_t count) const override {
            most_ = std::max(most_, count);
            std::string out(count, '\0');
            if (offset < start_.size()) {
                const auto part = start_.substr(static_cast<std::size_t>(offset), count);
                std::copy(part.begin(), part.end(), out.begin());
            }
            return out;
        }
        std::size_t most() const { return most_; }

      private:
        std::string_view start_;
        mutable std::size_t most_ = 0;
    };
    for (const std::size_t ballot_bytes : {std::size_t{3000}, std::size_t{1} << 20, std::size_t{1} << 29}) {
        auto parts = forged.parts;
        parts.events.push_back({EventType::ballot, {std::string(std::min<std::size_t>(ballot_bytes, 1 << 20), 'x')}});
        auto large = parts.archive();
        if (ballot_bytes > (1 << 20)) large = replaced(large, "00004000000", "04000000000");
        // The checksum of the header that now says 2^29.
        if (ballot_bytes > (1 << 20)) {
            const auto at = archive.size();
            std::uint64_t sum = 0;
            for (std::size_t i = 0; i < 512; ++i)
                sum += i >= 148 && i < 156 ? ' ' : static_cast<unsigned char>(large[at + i]);
            for (std::size_t i = 6; i-- > 0; sum /= 8) large[at + 148 + i] = static_cast<char>('0' + sum % 8);
        }
        const Endless source(large);
        const auto record = verify(source);
        REQUIRE_FALSE(record);
        CHECK(record.error().name() == (ballot_bytes == 3000 ? "evote.text_not_canonical" : "evote.member_too_large"));
        CHECK(source.most() < (1 << 16));
    }
}
