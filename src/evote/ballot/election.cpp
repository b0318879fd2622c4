// SPDX-License-Identifier: Apache-2.0
#include "evote/ballot/election.h"

#include <algorithm>

#include "evote/ballot/text.h"

namespace plenum::evote {

namespace {

constexpr std::uint64_t most_choices = 1u << 20;

/// The members of a JSON object, taken one by one; what is left at the end is unknown.
class Members {
  public:
    explicit Members(const JsonObject& object) : object_(object) {}
    const Json* take(std::string_view name) {
        const auto* found = object_.if_contains({name.data(), name.size()});
        if (found) taken_.emplace_back(name);
        return found;
    }
    Result<std::string> text(std::string_view name) {
        const auto* found = take(name);
        if (!found) return refuse(base_missing(name));
        if (!found->is_string()) return refuse(wrong_type(name, "text"));
        return std::string(found->get_string());
    }
    Result<std::uint32_t> number(std::string_view name) {
        const auto* found = take(name);
        if (!found) return refuse(base_missing(name));
        const bool good = found->is_int64() && found->get_int64() >= 0 &&
                          static_cast<std::uint64_t>(found->get_int64()) <= most_choices;
        if (!good) return refuse(Why::number_out_of_range, {}, {"", 0, 0, std::string(name)});
        return static_cast<std::uint32_t>(found->get_int64());
    }
    Result<const JsonArray*> array(std::string_view name) {
        const auto* found = take(name);
        if (!found) return refuse(base_missing(name));
        if (!found->is_array()) return refuse(wrong_type(name, "array"));
        return &found->get_array();
    }
    Result<Done> nothing_else() const {
        for (const auto& member : object_)
            if (std::find(taken_.begin(), taken_.end(), std::string_view(member.key())) == taken_.end())
                return refuse(base::Why::field_unknown, {}, {"", 0, 0, std::string(member.key())});
        return Done{};
    }
    static Refusal wrong_type(std::string_view name, std::string_view wanted) {
        return refusal(base::Why::field_wrong_type, {{"wanted", wanted}}, {"", 0, 0, std::string(name)});
    }

  private:
    static Refusal base_missing(std::string_view name) {
        return refusal(base::Why::field_missing, {}, {"", 0, 0, std::string(name)});
    }
    const JsonObject& object_;
    std::vector<std::string> taken_;
};

Result<Question> question_from_json(const Json& json) {
    if (!json.is_object()) return refuse(Members::wrong_type("", "object"));
    // "type" marks the questions that need shuffles or lists: there is none on a homomorphic one.
    if (json.get_object().contains("type")) return refuse(Why::question_not_supported);
    Members members(json.get_object());
    Question out;
    out.question = TRY(members.text("question"));
    for (const auto& answer : *TRY(members.array("answers"))) {
        if (!answer.is_string()) return refuse(Members::wrong_type("answers", "text"));
        out.answers.emplace_back(answer.get_string());
    }
    out.min = TRY(members.number("min"));
    out.max = TRY(members.number("max"));
    if (const auto* blank = members.take("blank")) {
        if (!blank->is_bool()) return refuse(Members::wrong_type("blank", "true or false"));
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

Result<Election> election_from_text(std::string_view text) {
    const auto json = TRY(json_from_text(text));
    if (!json.is_object()) return refuse(Members::wrong_type("", "object"));
    Members members(json.get_object());
    Election out;
    if (TRY(members.number("version")) != 1) return refuse(Why::version_unsupported, {}, {"", 0, 0, "version"});
    out.description = TRY(members.text("description"));
    out.name = TRY(members.text("name"));
    out.group = TRY(members.text("group"));
    out.public_key = TRY(members.text("public_key"));
    std::size_t index = 0;
    for (const auto& each : *TRY(members.array("questions"))) {
        auto question = question_from_json(each);
        if (!question)
            return refuse(std::move(question.error()).within({"", 0, 0, "questions[" + std::to_string(index) + "]"}));
        out.questions.push_back(std::move(*question));
        ++index;
    }
    if (out.questions.empty()) return refuse(Why::question_malformed, {}, {"", 0, 0, "questions"});
    out.uuid = TRY(members.text("uuid"));
    if (!is_uuid(out.uuid)) return refuse(Why::uuid_malformed, {}, {"", 0, 0, "uuid"});
    for (const auto& [name, member] :
         {std::pair{"administrator", &out.administrator}, std::pair{"credential_authority", &out.credential_authority}})
        if (const auto* found = members.take(name)) {
            if (!found->is_string()) return refuse(Members::wrong_type(name, "text"));
            *member = std::string(found->get_string());
        }
    TRY(members.nothing_else());
    return out;
}

std::string text_of(const Election& election) {
    std::string out = "{\"version\":1,\"description\":" + quoted(election.description) +
                      ",\"name\":" + quoted(election.name) + ",\"group\":" + quoted(election.group) +
                      ",\"public_key\":" + quoted(election.public_key) + ",\"questions\":[";
    for (std::size_t i = 0; i < election.questions.size(); ++i) {
        const auto& question = election.questions[i];
        out += i == 0 ? "{\"answers\":[" : ",{\"answers\":[";
        for (std::size_t k = 0; k < question.answers.size(); ++k)
            out += (k == 0 ? "" : ",") + quoted(question.answers[k]);
        out += question.blank ? "],\"blank\":true," : "],";
        out += "\"min\":" + std::to_string(question.min) + ",\"max\":" + std::to_string(question.max) +
               ",\"question\":" + quoted(question.question) + "}";
    }
    out += "],\"uuid\":" + quoted(election.uuid);
    if (election.administrator) out += ",\"administrator\":" + quoted(*election.administrator);
    if (election.credential_authority) out += ",\"credential_authority\":" + quoted(*election.credential_authority);
    return out + "}";
}

std::string fingerprint(std::string_view election_text) { return base64_of_sha256(election_text); }

}  // namespace plenum::evote
