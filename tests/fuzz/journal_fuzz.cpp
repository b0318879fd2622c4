// SPDX-License-Identifier: Apache-2.0
// Exports of a journal: their bytes, and, with the chain made anew, their meaning; and the text that bodies must be.
#include <algorithm>
#include <sstream>

#include "base/json.h"
#include "base/texts.h"
#include "fuzz/fuzz.h"
#include "store/canonical.h"
#include "store/verify.h"

using namespace plenum;
using namespace plenum::store;

namespace {

constexpr const char* journal_id = "0123456789abcdef0123456789abcdef";

std::string text_in(const JsonObject& object, std::string_view name, std::string_view otherwise) {
    const auto* found = object.if_contains(name);
    return found && found->is_string() ? std::string(found->get_string()) : std::string(otherwise);
}
std::optional<std::string> part_in(const JsonObject& object, std::string_view name) {
    const auto* found = object.if_contains(name);
    if (!found || !found->is_object()) return std::nullopt;
    return canonical_json(*found);
}

/// An export that was found sound: every line is an event, written again it has the same bytes, and the hashes are as
/// computed here.
void check_export(const std::string& text, const Verified& verified) {
    std::istringstream in(text);
    std::string line;
    HOLDS(static_cast<bool>(std::getline(in, line)));
    auto head = genesis_of(verified.journal);
    std::int64_t events = 0, erased = 0;
    while (std::getline(in, line)) {
        const auto json = json_from_text(line);
        HOLDS(json && canonical_json(*json) == line);
        const auto& members = json->get_object();
        if (members.contains("count")) {
            HOLDS(members.at("count") == Json(events) && members.at("head") == Json(head));
            continue;
        }
        StoredEvent event;
        event.seq = members.at("seq").as_int64();
        event.ordinal = members.at("ordinal").as_int64();
        for (const auto& [name, into] :
             {std::pair{"stream", &event.stream}, std::pair{"kind", &event.kind}, std::pair{"actor", &event.actor},
              std::pair{"act", &event.act}, std::pair{"key", &event.key}, std::pair{"request", &event.request},
              std::pair{"prev", &event.prev}, std::pair{"hash", &event.hash}})
            *into = std::string(members.at(name).as_string());
        const auto at = time_from_text(members.at("at").as_string());
        HOLDS(at);
        event.at = *at;
        event.body = canonical_json(members.at("body"));
        event.personal = part_in(members, "personal");
        if (members.at("salt").is_string()) event.salt = std::string(members.at("salt").as_string());
        if (members.at("digest").is_string()) event.digest = std::string(members.at("digest").as_string());
        HOLDS(export_line(event) == line);
        HOLDS(event.prev == head && event.hash == hash_of(event) && event.seq == ++events);
        if (event.personal) HOLDS(event.digest == digest_of(*event.salt, *event.personal));
        erased += event.kind == "personal_erased";
        head = event.hash;
    }
    HOLDS(events == verified.events && erased == verified.erased && head == verified.head);
}

void verify(const std::string& text) {
    std::istringstream in(text);
    const auto verified = verify_export(in, "x.jsonl");
    if (verified)
        check_export(text, *verified);
    else
        HOLDS(!sentence_of(Language::en, verified.error()).empty());
}

/// Each line is an event without what follows from the others: numbers, digests and hashes are put in.
std::string chained(std::string_view text) {
    auto head = genesis_of(journal_id);
    std::string out =
        R"({"format":"plenum-journal","genesis":")" + head + R"(","journal":")" + journal_id + "\",\"version\":1}\n";
    StoredEvent before;
    std::int64_t seq = 0;
    while (!text.empty() && seq < 200) {
        const auto end = std::min(text.find('\n'), text.size());
        const auto json = json_from_text(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
        if (!json || !json->is_object()) continue;
        const auto& asked = json->get_object();
        StoredEvent event;
        event.seq = ++seq;
        event.stream = text_in(asked, "stream", "congress/8");
        event.kind = text_in(asked, "kind", "fact_noted");
        event.actor = text_in(asked, "actor", "chair");
        event.act = text_in(asked, "act", "congress.note_fact");
        event.key = text_in(asked, "key", "key-" + std::to_string(seq));
        event.ordinal =
            asked.contains("ordinal") && asked.at("ordinal").is_int64() ? asked.at("ordinal").get_int64() : 0;
        event.request = text_in(asked, "request", std::string(64, '0'));
        event.at = time_from_text(text_in(asked, "at", "2026-11-21T00:00:00.000Z")).value_or(before.at);
        event.body = part_in(asked, "body").value_or("{}");
        event.personal = part_in(asked, "personal");
        if (event.personal) event.salt = text_in(asked, "salt", std::string(64, '5'));
        if (event.personal) event.digest = digest_of(*event.salt, *event.personal);
        if (asked.contains("digest")) event.digest = text_in(asked, "digest", std::string(64, '7'));
        event.prev = head;
        event.hash = head = hash_of(event);
        out += export_line(event) + "\n";
        before = std::move(event);
    }
    return out + canonical_json(JsonObject{{"count", seq}, {"head", head}}) + "\n";
}

/// A number that is no integer of 64 bits: canonical JSON has none.
bool holds_fraction(const Json& value) {
    if (value.is_array()) return std::ranges::any_of(value.get_array(), holds_fraction);
    if (value.is_object())
        return std::ranges::any_of(value.get_object(), [](const auto& each) { return holds_fraction(each.value()); });
    return value.is_double();
}

/// The scanner of the writer's thread and the reader of bodies agree about what is canonical.
void compare(std::string_view text) {
    std::vector<RawMember> members;
    const auto until = canonical_until(text, max_body_depth, &members);
    const auto json = json_from_text(text);
    const bool canonical = json && json->is_object() && !holds_fraction(*json) && canonical_json(*json) == text;
    HOLDS(until.has_value() != canonical);
    if (until) HOLDS(*until <= text.size());
    if (!canonical) return;
    HOLDS(members.size() == json->get_object().size());
    for (const auto& member : members) {
        const auto name = text_of("\"" + std::string(member.name) + "\"");
        HOLDS(name && json->get_object().contains(*name));
        const auto& value = json->get_object().at(*name);
        HOLDS(canonical_json(value) == member.value);
        HOLDS(text_of(member.value).has_value() == value.is_string());
        if (value.is_string()) HOLDS(*text_of(member.value) == std::string_view(value.get_string()));
        HOLDS(integer_of(member.value).has_value() == value.is_int64());
    }
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    auto text = fuzz::text_of(bytes, size);
    switch (fuzz::choice(text, 3)) {
        case 0: verify(std::string(text)); break;
        case 1: verify(chained(text)); break;
        case 2: compare(text); break;
    }
    return 0;
}
