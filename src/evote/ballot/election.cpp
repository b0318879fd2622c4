// SPDX-License-Identifier: Apache-2.0
#include "evote/ballot/election.h"

#include <algorithm>
#include <boost/json/serialize.hpp>

#include "evote/ballot/members.h"
#include "evote/ballot/text.h"
#include "evote/group/every_group.h"

namespace plenum::evote {

namespace {

constexpr std::uint64_t most_choices = 1u << 20;

/// As it was written but for white space: members in their own order.
std::string text_in_order(const Json& json) {
    std::string out;
    if (json.is_array()) {
        for (const auto& each : json.get_array()) out += (out.empty() ? "[" : ",") + text_in_order(each);
        return out.empty() ? "[]" : out + "]";
    }
    if (json.is_object()) {
        for (const auto& each : json.get_object())
            out += (out.empty() ? "{" : ",") + in_quotes(each.key()) + ":" + text_in_order(each.value());
        return out.empty() ? "{}" : out + "}";
    }
    return json.is_double() ? boost::json::serialize(json) : canonical_json(json);
}

Result<Done> read_wording(Members& members, Question& out) {
    out.question = TRY(members.text("question"));
    for (const auto& answer : *TRY(members.array("answers"))) {
        if (!answer.is_string())
            return refuse(base::Why::field_wrong_type, {{"wanted", "text"}}, {"", 0, 0, "answers"});
        out.answers.emplace_back(answer.get_string());
    }
    return Done{};
}

Result<Question> ranking_from_json(Members& members) {
    if (TRY(members.text("type")) != "NonHomomorphic") return refuse(Why::question_not_supported);
    Question out;
    out.is_ranking = true;
    auto value = TRY(Members::of(*TRY(members.any("value"))));
    TRY(read_wording(value, out));
    TRY(value.nothing_else());
    if (const auto* extra = members.take("extra")) {
        if (!extra->is_object())
            return refuse(base::Why::field_wrong_type, {{"wanted", "object"}}, {"", 0, 0, "extra"});
        out.extra = text_in_order(*extra);
    }
    TRY(members.nothing_else());
    if (out.answers.empty()) return refuse(Why::question_malformed);
    return out;
}

Result<Question> question_from_json(const Json& json) {
    auto members = TRY(Members::of(json));
    // A homomorphic question has no "type".
    if (json.get_object().contains("type")) return ranking_from_json(members);
    Question out;
    TRY(read_wording(members, out));
    out.min = TRY(members.number("min", most_choices));
    out.max = TRY(members.number("max", most_choices));
    if (const auto* blank = members.take("blank")) {
        if (!blank->is_bool())
            return refuse(base::Why::field_wrong_type, {{"wanted", "true or false"}}, {"", 0, 0, "blank"});
        out.blank = blank->get_bool();
    }
    TRY(members.nothing_else());
    if (out.answers.empty() || out.min > out.max) return refuse(Why::question_malformed);
    return out;
}

}  // namespace

bool is_uuid(std::string_view text) {
    return text.size() >= 14 && text.size() <= 200 &&
           std::all_of(text.begin(), text.end(), [](char c) { return base58_value(c) >= 0; });
}

Result<Done> fits_group(const Question& question, std::string_view name) {
    const auto group = group_from_name(name);
    if (!question.is_ranking || !group) return Done{};
    const auto most =
        std::visit([](const auto* known) { return std::remove_cvref_t<decltype(*known)>::most_numbers; }, *group);
    if (most == 0) return refuse(Why::group_unsuitable, {{"group", name}});
    if (question.answers.size() > most)
        return refuse(Why::answers_too_many, {{"answers", question.answers.size()}, {"most", most}, {"group", name}});
    return Done{};
}

Result<Election> election_from_text(std::string_view text) {
    const auto json = TRY(json_from_text(text));
    auto members = TRY(Members::of(json));
    Election out;
    if (TRY(members.number("version", most_choices)) != 1)
        return refuse(Why::version_unsupported, {}, {"", 0, 0, "version"});
    out.description = TRY(members.text("description"));
    out.name = TRY(members.text("name"));
    out.group = TRY(members.text("group"));
    out.public_key = TRY(members.text("public_key"));
    std::size_t index = 0;
    for (const auto& each : *TRY(members.array("questions"))) {
        const Place place{"", 0, 0, "questions[" + std::to_string(index) + "]"};
        auto question = question_from_json(each);
        if (!question) return refuse(std::move(question.error()).within(place));
        if (auto fitting = fits_group(*question, out.group); !fitting)
            return refuse(std::move(fitting.error()).within(place));
        out.questions.push_back(std::move(*question));
        ++index;
    }
    if (out.questions.empty()) return refuse(Why::question_malformed, {}, {"", 0, 0, "questions"});
    out.uuid = TRY(members.text("uuid"));
    if (!is_uuid(out.uuid)) return refuse(Why::uuid_malformed, {}, {"", 0, 0, "uuid"});
    if (members.take("administrator")) out.administrator = TRY(members.text("administrator"));
    if (members.take("credential_authority")) out.credential_authority = TRY(members.text("credential_authority"));
    TRY(members.nothing_else());
    return out;
}

std::string text_of(const Election& election) {
    std::string out = "{\"version\":1,\"description\":" + in_quotes(election.description) +
                      ",\"name\":" + in_quotes(election.name) + ",\"group\":" + in_quotes(election.group) +
                      ",\"public_key\":" + in_quotes(election.public_key) + ",\"questions\":[";
    for (std::size_t i = 0; i < election.questions.size(); ++i) {
        const auto& question = election.questions[i];
        if (i != 0) out += ",";
        out += question.is_ranking ? "{\"type\":\"NonHomomorphic\",\"value\":{\"answers\":[" : "{\"answers\":[";
        for (std::size_t k = 0; k < question.answers.size(); ++k)
            out += (k == 0 ? "" : ",") + in_quotes(question.answers[k]);
        if (question.is_ranking) {
            out += "],\"question\":" + in_quotes(question.question) + "}";
            if (!question.extra.empty()) out += ",\"extra\":" + question.extra;
            out += "}";
            continue;
        }
        out += question.blank ? "],\"blank\":true," : "],";
        out += "\"min\":" + std::to_string(question.min) + ",\"max\":" + std::to_string(question.max) +
               ",\"question\":" + in_quotes(question.question) + "}";
    }
    out += "],\"uuid\":" + in_quotes(election.uuid);
    if (election.administrator) out += ",\"administrator\":" + in_quotes(*election.administrator);
    if (election.credential_authority) out += ",\"credential_authority\":" + in_quotes(*election.credential_authority);
    return out + "}";
}

std::string fingerprint(std::string_view election_text) { return base64_of_sha256(election_text); }

}  // namespace plenum::evote
