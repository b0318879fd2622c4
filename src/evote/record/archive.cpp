// SPDX-License-Identifier: Apache-2.0
#include "evote/record/archive.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "base/file.h"
#include "evote/ballot/hash.h"

namespace plenum::evote {

namespace {

constexpr std::size_t block = 512;
constexpr std::uint64_t largest_octal = 077777777777;  // eleven digits

constexpr std::string_view type_names[] = {"Setup",   "Ballot",      "EndBallots",        "EncryptedTally",
                                           "Shuffle", "EndShuffles", "PartialDecryption", "Result"};
constexpr std::size_t records_of[] = {4, 1, 0, 2, 2, 0, 2, 1};

std::string octal(std::uint64_t value, std::size_t digits) {
    std::string out(digits, '0');
    for (std::size_t i = digits; i-- > 0; value >>= 3) out[i] = static_cast<char>('0' + (value & 7));
    return out;
}

/// The header block of a member, by belenios-record.md 2.1.
std::string header(std::string_view name, std::uint64_t length, std::uint64_t timestamp) {
    std::string out(block, '\0');
    const auto put = [&](std::size_t at, std::string_view text) {
        std::copy(text.begin(), text.end(), out.begin() + static_cast<std::ptrdiff_t>(at));
    };
    put(0, name);
    put(100, "0000644");
    put(108, "0000000");
    put(116, "0000000");
    put(size_in_header, octal(length, 11));
    put(time_in_header, octal(timestamp, 11));
    put(148, "        ");
    put(156, "0");
    std::uint64_t sum = 0;
    for (const char c : out) sum += static_cast<unsigned char>(c);
    put(148, octal(sum, 6));
    out[154] = '\0';
    return out;
}

std::string padding_behind(std::uint64_t length) {
    return std::string(static_cast<std::size_t>((block - length % block) % block), '\0');
}

std::string version_text(std::uint64_t timestamp) {
    return "{\"version\":1,\"timestamp\":\"" + std::to_string(timestamp) + "\"}";
}

std::string event_text(std::string_view parent, std::int64_t height, EventType type, std::string_view payload) {
    std::string out = "{";
    if (!parent.empty()) out += "\"parent\":\"" + std::string(parent) + "\",";
    out += "\"height\":" + std::to_string(height) + ",\"type\":\"" + std::string(name_of(type)) + "\"";
    if (!payload.empty()) out += ",\"payload\":\"" + std::string(payload) + "\"";
    return out + "}";
}

/// Which types may follow: the life of a record, one way only.
bool may_follow(std::optional<EventType> before, EventType type) {
    using T = EventType;
    if (!before) return type == T::setup;
    switch (*before) {
        case T::setup:
        case T::ballot: return type == T::ballot || type == T::end_ballots;
        case T::end_ballots: return type == T::encrypted_tally;
        case T::encrypted_tally: return type == T::shuffle || type == T::partial_decryption;
        case T::shuffle: return type == T::shuffle || type == T::end_shuffles;
        case T::end_shuffles: return type == T::partial_decryption;
        case T::partial_decryption: return type == T::partial_decryption || type == T::result;
        case T::result: return false;
    }
    return false;
}

/// The name of what is wrong where a type may not follow: each of the ways in which votes are dropped or added behind
/// the back of whoever looks at one kind of event only has its own.
Why misplaced(std::optional<EventType> before, EventType type) {
    using T = EventType;
    if (!before) return Why::event_out_of_order;
    const bool voting = *before == T::setup || *before == T::ballot;
    const bool untallied = *before == T::end_ballots;
    switch (type) {
        case T::setup: return Why::setup_repeated;
        case T::ballot: return Why::ballot_after_close;
        case T::end_ballots: return Why::close_repeated;
        case T::encrypted_tally: return voting ? Why::close_missing : Why::tally_repeated;
        case T::result:
            if (*before == T::result) return Why::result_repeated;
            [[fallthrough]];
        case T::partial_decryption:
            if (*before == T::shuffle) return Why::shuffles_not_closed;
            [[fallthrough]];
        case T::shuffle:
        case T::end_shuffles:
            return voting ? Why::close_missing : untallied ? Why::tally_missing : Why::event_out_of_order;
    }
    return Why::event_out_of_order;
}

/// The next bytes of a body of which `done` have been read; none at its end.
Result<std::string> piece_of(const ByteSource& source, std::uint64_t offset, std::uint64_t size, std::uint64_t done) {
    constexpr std::uint64_t piece = 1u << 20;
    return source.read(offset + done, static_cast<std::size_t>(std::min(piece, size - done)));
}

/// What is shown of a foreign name is kept printable.
std::string printable(std::string_view name) {
    std::string out;
    for (const char c : name) out += c >= ' ' && c <= '~' ? c : '?';
    return out;
}

}  // namespace

std::optional<std::uint64_t> octal_in_header(std::string_view header, std::size_t at) {
    std::uint64_t value = 0;
    for (const char c : header.substr(at, 11)) {
        if (c < '0' || c > '7') return std::nullopt;
        value = value << 3 | static_cast<std::uint64_t>(c - '0');
    }
    return value;
}

std::string_view name_of(EventType type) { return type_names[static_cast<std::size_t>(type)]; }

Result<std::string> MemorySource::read(std::uint64_t offset, std::size_t count) const {
    invariant(offset <= bytes_.size() && count <= bytes_.size() - offset);
    return std::string(bytes_.substr(offset, count));
}

void JoinedSource::add(std::string bytes) {
    if (parts_.empty() || parts_.back().source) parts_.push_back({size(), 0, 0, nullptr, {}});
    auto& last = parts_.back();
    last.size += bytes.size();
    last.bytes = last.bytes.empty() ? std::move(bytes) : std::move(last.bytes) + bytes;
}
void JoinedSource::add(std::shared_ptr<const ByteSource> source, std::uint64_t offset, std::uint64_t size_of_part) {
    parts_.push_back({size(), size_of_part, offset, std::move(source), {}});
}
void JoinedSource::add(const ByteSource& source) {
    add(std::shared_ptr<const ByteSource>(std::shared_ptr<const ByteSource>(), &source), 0, source.size());
}
std::uint64_t JoinedSource::size() const { return parts_.empty() ? 0 : parts_.back().begin + parts_.back().size; }
Result<std::string> JoinedSource::read(std::uint64_t offset, std::size_t count) const {
    invariant(offset <= size() && count <= size() - offset);
    auto part = std::partition_point(parts_.begin(), parts_.end(),
                                     [&](const Part& each) { return each.begin + each.size <= offset; });
    std::string out;
    for (; out.size() < count; ++part) {
        const auto from = offset + out.size() - part->begin;
        const auto size_here = static_cast<std::size_t>(std::min<std::uint64_t>(count - out.size(), part->size - from));
        if (!part->source)
            out.append(part->bytes, static_cast<std::size_t>(from), size_here);
        else if (auto here = TRY(part->source->read(part->offset + from, size_here)); out.empty())
            out = std::move(here);
        else
            out += here;
    }
    return out;
}

Result<FileSource> FileSource::open(const std::string& path) {
    namespace fs = std::filesystem;
    std::error_code error;
    auto file = path;
    if (fs::is_directory(path, error)) {
        std::vector<std::string> found;
        for (const auto& entry : fs::directory_iterator(path, error))
            if (entry.path().extension() == ".bel") found.push_back(entry.path().string());
        if (found.empty()) return refuse(Why::no_archive, {}, {path, 0, 0, ""});
        if (found.size() > 1) return refuse(Why::several_archives, {}, {path, 0, 0, ""});
        file = found[0];
    }
    const int descriptor = TRY(open_file(file));
    struct stat status {};
    if (::fstat(descriptor, &status) != 0) {
        const std::string reason = system_reason(errno);
        ::close(descriptor);
        return refuse(base::Why::file_unreadable, {{"reason", reason}}, {file, 0, 0, ""});
    }
    return FileSource(file, descriptor, static_cast<std::uint64_t>(status.st_size));
}
FileSource::FileSource(FileSource&& other) noexcept
    : path_(std::move(other.path_)), descriptor_(std::exchange(other.descriptor_, -1)), size_(other.size_) {}
FileSource::~FileSource() {
    if (descriptor_ >= 0) ::close(descriptor_);
}
Result<std::string> FileSource::read(std::uint64_t offset, std::size_t count) const {
    return read_at(descriptor_, offset, count, path_);
}
Result<std::string> FileSource::read_at(int descriptor, std::uint64_t offset, std::size_t count,
                                        const std::string& path) {
    std::string out(count, '\0');
    for (std::size_t done = 0; done < count;) {
        const auto got = ::pread(descriptor, out.data() + done, count - done, static_cast<off_t>(offset + done));
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0)
            return refuse(base::Why::file_unreadable,
                          {{"reason", got < 0 ? system_reason(errno) : std::string("cut_meanwhile")}},
                          {path, 0, 0, ""});
        done += static_cast<std::size_t>(got);
    }
    return out;
}

Result<std::optional<ChainReader::Member>> ChainReader::next_member() {
    const std::uint64_t size = source_.size();
    if (offset_ == size) {
        if (size == 0) return refuse(Why::archive_empty);
        return std::optional<Member>();
    }
    if (size - offset_ < block) return refuse(Why::archive_cut, {{"offset", offset_}});
    const auto stored = TRY(source_.read(offset_, block));
    const auto wrong = [&] { return refuse(Why::archive_header_wrong, {{"offset", offset_}}); };
    Member out;
    out.name = stored.substr(0, std::min<std::size_t>(stored.find('\0'), 100));
    const auto length = octal_in_header(stored, size_in_header), time = octal_in_header(stored, time_in_header);
    if (!length || !time) return wrong();
    const bool first = offset_ == 0;
    if (first) timestamp_ = *time;
    // Everything else in the header follows from name, length and time.
    if (stored != header(out.name, *length, timestamp_)) return wrong();
    std::uint64_t most = largest_member_;
    for (const auto& record : pending_) most -= std::min<std::uint64_t>(most, record.size);
    if (*length > most)
        return refuse(Why::member_too_large,
                      {{"member", printable(out.name)}, {"bytes", *length}, {"most", most}, {"event", height_ + 1}});
    const std::uint64_t whole = block + (*length + block - 1) / block * block;
    if (size - offset_ < whole) return refuse(Why::archive_cut, {{"offset", size}});
    out.offset = offset_ + block;
    out.size = *length;
    TRY(look_at_body(out));
    offset_ += whole;
    return std::optional<Member>(std::move(out));
}

/// Its hash, its padding, and the body itself where it is short.
Result<Done> ChainReader::look_at_body(Member& member) {
    const auto end = member.offset + member.size, padding = (block - end % block) % block;
    std::string behind;
    if (member.size <= kept_whole) {
        member.body = TRY(source_.read(member.offset, static_cast<std::size_t>(member.size + padding)));
        behind = member.body.substr(static_cast<std::size_t>(member.size));
        member.body.resize(static_cast<std::size_t>(member.size));
        member.hash = sha256_of_public(member.body);
    } else {
        Sha256 hash;
        for (std::uint64_t done = 0; done < member.size;) {
            const auto piece = TRY(piece_of(source_, member.offset, member.size, done));
            hash.add(piece);
            done += piece.size();
        }
        member.hash = hash.finish();
        behind = TRY(source_.read(end, static_cast<std::size_t>(padding)));
    }
    if (behind.find_first_not_of('\0') != std::string::npos)
        return refuse(Why::archive_padding_not_zero, {{"offset", offset_}});
    return Done{};
}

HandedText::HandedText(std::string whole) : text(std::move(whole)), size(text.size()), hash(sha256_of_public(text)) {}

Reader reader_of(const ByteSource& source, const DataRecord& record) {
    if (record.text.size() == record.size) return Reader(record.text);
    return Reader([&source, &record, done = std::uint64_t{0},
                   hash = std::make_shared<Sha256>()]() mutable -> Result<std::string> {
        auto piece = TRY(piece_of(source, record.offset, record.size, done));
        hash->add(piece);
        done += piece.size();
        if (done == record.size && !piece.empty() && hash->finish() != record.hash)
            return refuse(Why::member_hash_wrong, {{"member", hex_from_bytes(record.hash)}});
        return piece;
    });
}

Result<std::optional<Step>> ChainReader::next() {
    if (offset_ == 0) {
        const auto first = TRY(next_member());
        if (first->name != "BELENIOS" || first->body != version_text(timestamp_))
            return refuse(Why::archive_first_member_wrong);
    }
    while (true) {
        auto member = TRY(next_member());
        if (!member) {
            if (!pending_.empty()) return refuse(Why::record_without_event);
            if (!last_) return refuse(Why::record_incomplete, {{"wanted", "Setup"}, {"state", "-"}});
            return std::optional<Step>();
        }
        const std::string_view name = member->name;
        const bool event = name.ends_with(".event.json"), data = name.ends_with(".data.json");
        if ((!event && !data) || !is_sha256_hex(name.substr(0, name.find('.'))) ||
            name.size() != 64 + (event ? std::strlen(".event.json") : std::strlen(".data.json"))) {
            return refuse(Why::member_name_wrong, {{"member", printable(name)}});
        }
        if (hex_from_bytes(member->hash) != name.substr(0, 64))
            return refuse(Why::member_hash_wrong, {{"member", name}});
        if (event) return std::optional<Step>(TRY(step_of(*member)));
        if (pending_.size() == 4)
            return refuse(Why::event_records_wrong, {{"event", height_ + 1}, {"wanted", 4}, {"found", 5}});
        pending_.push_back({std::move(member->body), member->hash, member->offset, member->size});
    }
}

Result<Step> ChainReader::step_of(const Member& member) {
    const std::int64_t height = height_ + 1;
    const Facts here{{"event", height}};
    Reader reader(member.body);
    std::string_view parent;
    reader.expect("{");
    if (reader.skip("\"parent\":")) {
        parent = reader.plain_string();
        reader.expect(",");
    }
    reader.expect("\"height\":");
    const auto stated = reader.number(INT64_MAX);
    reader.expect(",\"type\":");
    const auto type_name = reader.plain_string();
    std::string_view payload;
    if (reader.skip(",\"payload\":")) payload = reader.plain_string();
    reader.expect("}");
    reader.end();
    if (!reader.ok()) return refuse(Why::event_malformed, here, reader.refusal().place);
    if (parent != parent_) return refuse(Why::event_parent_wrong, here);
    if (stated != static_cast<std::uint64_t>(height))
        return refuse(Why::event_height_wrong, {{"event", height}, {"stated", stated}});
    const auto found = std::find(std::begin(type_names), std::end(type_names), type_name);
    if (found == std::end(type_names))
        return refuse(Why::event_type_unknown, {{"event", height}, {"type", type_name.substr(0, 40)}});
    const auto type = static_cast<EventType>(found - std::begin(type_names));
    if (!may_follow(last_, type))
        return refuse(misplaced(last_, type),
                      {{"event", height}, {"type", type_name}, {"before", last_ ? name_of(*last_) : "-"}});
    const auto wanted = records_of[static_cast<std::size_t>(type)];
    if (pending_.size() != wanted)
        return refuse(Why::event_records_wrong, {{"event", height}, {"wanted", wanted}, {"found", pending_.size()}});
    if (payload != (wanted == 0 ? std::string() : hex_from_bytes(pending_.back().hash)))
        return refuse(Why::event_payload_wrong, here);
    if (type != EventType::shuffle)
        for (auto& record : pending_) {
            if (record.text.size() == record.size) continue;
            record.text = TRY(source_.read(record.offset, static_cast<std::size_t>(record.size)));
            if (sha256_of_public(record.text) != record.hash)
                return refuse(Why::member_hash_wrong, {{"member", hex_from_bytes(record.hash)}});
        }
    parent_ = member.name.substr(0, 64);
    height_ = height;
    last_ = type;
    return Step{type, height, std::exchange(pending_, {}), offset_};
}

ChainWriter::ChainWriter(std::uint64_t timestamp) : timestamp_(timestamp) {
    invariant(timestamp <= largest_octal);
    beginning_ = member("BELENIOS", version_text(timestamp));
}

Result<ChainWriter> ChainWriter::resume(const ByteSource& source) {
    ChainReader reader(source);
    while (TRY(reader.next())) {}
    return behind(reader);
}

ChainWriter ChainWriter::behind(const ChainReader& reader) {
    ChainWriter out(reader.timestamp());
    out.beginning_.clear();
    out.parent_ = reader.head();
    out.height_ = reader.height();
    out.last_ = reader.last();
    return out;
}

std::string ChainWriter::member(std::string_view name, std::string_view body) const {
    return header(name, body.size(), timestamp_).append(body) + padding_behind(body.size());
}

Result<ChainWriter::Around> ChainWriter::append_around(EventType type, const std::vector<RecordName>& records) {
    if (!may_follow(last_, type))
        return refuse(Why::record_goes_on, {{"state", last_ ? name_of(*last_) : "-"}, {"type", name_of(type)}});
    invariant(records.size() == records_of[static_cast<std::size_t>(type)]);
    Around out;
    std::string payload;
    for (const auto& record : records) {
        invariant(record.size <= ChainReader::largest_member);
        payload = hex_from_bytes(record.hash);
        out.before.push_back(out.behind + header(payload + ".data.json", record.size, timestamp_));
        out.behind = padding_behind(record.size);
    }
    const auto event = event_text(parent_, height_ + 1, type, payload);
    parent_ = sha256_hex(event);
    out.behind += member(parent_ + ".event.json", event);
    ++height_;
    last_ = type;
    return out;
}

Result<std::string> ChainWriter::append(EventType type, const std::vector<std::string>& records) {
    std::vector<RecordName> names;
    for (const auto& record : records) names.push_back({sha256_of_public(record), record.size()});
    const auto around = TRY(append_around(type, names));
    std::string out;
    for (std::size_t i = 0; i < records.size(); ++i) (out += around.before[i]) += records[i];
    return out += around.behind;
}

Result<std::vector<std::pair<EventType, std::uint64_t>>> cut_points(const ByteSource& source) {
    ChainReader reader(source);
    std::vector<std::pair<EventType, std::uint64_t>> out;
    while (const auto step = TRY(reader.next())) out.emplace_back(step->type, step->end);
    return out;
}

Result<Done> check_continuation(const ByteSource& earlier, const ByteSource& later) {
    for (const auto* source : {&earlier, &later}) {
        ChainReader reader(*source);
        while (TRY(reader.next())) {}
    }
    constexpr std::size_t piece = 1u << 20;
    for (std::uint64_t at = 0; at < earlier.size(); at += piece) {
        const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(piece, earlier.size() - at));
        const auto left = TRY(earlier.read(at, count));
        const auto right =
            at >= later.size()
                ? std::string()
                : TRY(later.read(at, static_cast<std::size_t>(std::min<std::uint64_t>(count, later.size() - at))));
        if (left == right) continue;
        const auto [a, b] =
            std::mismatch(left.begin(), left.begin() + static_cast<std::ptrdiff_t>(std::min(left.size(), right.size())),
                          right.begin());
        return refuse(Why::not_a_continuation, {{"offset", at + static_cast<std::uint64_t>(a - left.begin())}});
    }
    return Done{};
}

}  // namespace plenum::evote
