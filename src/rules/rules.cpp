// SPDX-License-Identifier: Apache-2.0
#include "rules/rules.h"

#include <algorithm>

#include "base/bytes.h"
#include "rules/schema.h"

namespace plenum::rules {
namespace {

template <class Set>
JsonArray list_of(const Set& set) {
    JsonArray out;
    for (const auto& each : set) out.emplace_back(each);
    return out;
}

struct WrittenSource {
    std::string text;
    bool verified = true;
    std::string pack;
    static constexpr auto fields() {
        return fields_of(prose("text", &WrittenSource::text, "article or page"),
                         field("verified", &WrittenSource::verified, "checked against that text"),
                         field("pack", &WrittenSource::pack, "pack that says so"));
    }
};

/// The form of effective(); values are checked against the schema after reading.
struct Written {
    std::string pack, pack_hash, measure_hash;
    std::map<std::string, Json> values;
    std::map<std::string, WrittenSource> sources;
    std::vector<std::string> emptied, must_set, may_tighten, inherited, stated;
    static constexpr auto fields() {
        return fields_of(field("pack", &Written::pack, "pack id"),
                         field("pack_hash", &Written::pack_hash, "SHA-256 of the pack's texts"),
                         field("measure_hash", &Written::measure_hash, "SHA-256 of the measure, or empty"),
                         field("values", &Written::values, "effective values by dotted path"),
                         field("sources", &Written::sources, "sources by dotted path"),
                         field("emptied", &Written::emptied, "fields the pack leaves unset by name"),
                         field("must_set", &Written::must_set, "fields the measure must state"),
                         field("may_tighten", &Written::may_tighten, "fields the measure may tighten"),
                         field("inherited", &Written::inherited, "fields taken over from another level"),
                         field("stated", &Written::stated, "fields the measure stated"));
    }
};

std::set<std::string, std::less<>> set_of(const std::vector<std::string>& list) { return {list.begin(), list.end()}; }

}  // namespace

Rules Rules::with_suggestions() const {
    Rules out = *this;
    for (const auto& path : must_set_)
        if (values_.contains(path)) out.stated_.insert(path);
    return out;
}

Text Rules::title() const {
    Text out;
    for (const auto language : all_languages)
        if (const auto* words = value("pack.title." + std::string(tag_of(language))))
            out.in(language) = std::string(words->get_string());
    return out;
}

Text Rules::name() const { return say_all("rules.pack_name", {{"id", pack_id_}}, {{"title", title()}}); }

std::vector<UnverifiedValue> Rules::unverified() const {
    std::vector<UnverifiedValue> out;
    std::set<std::string> paths(inherited_.begin(), inherited_.end());
    for (const auto& [path, source] : sources_)
        if (!source.verified) paths.insert(path);
    for (const auto& path : paths) {
        if (stated_.contains(path)) continue;
        UnverifiedValue each;
        each.field = path;
        if (const auto* known = value(path)) each.value = canonical_json(*known);
        if (emptied_.contains(path)) each.value = "unset";
        if (const auto* known = source(path)) {
            each.source = known->text;
            each.pack = known->pack;
        }
        each.inherited = inherited_.contains(path);
        out.push_back(std::move(each));
    }
    return out;
}

std::vector<std::string> Rules::undecided_fields() const {
    std::set<std::string> out;
    for (const auto& path : must_set_)
        if (!stated_.contains(path)) out.insert(path);
    for (const auto& path : emptied_)
        if (!stated_.contains(path)) out.insert(path);
    return {out.begin(), out.end()};
}

bool Rules::left_open(std::string_view path) const {
    return !stated_.contains(path) && (must_set_.contains(path) || emptied_.contains(path));
}

Result<Done> Rules::ready_for_ballots(std::string_view body) const {
    for (const auto& path : undecided_fields()) {
        const bool of_a_body = path.starts_with("surplus.") || path.starts_with("bodies.");
        const auto name = of_a_body ? path.substr(path.find('.') + 1) : "";
        if (!body.empty() && of_a_body && name.substr(0, name.find('.')) != body) continue;
        return refuse(Why::undecided, {{"field", path}}, {"", 0, 0, path});
    }
    return Done{};
}

Json Rules::effective() const {
    JsonObject values, sources;
    for (const auto& [path, each] : values_) values[path] = each;
    for (const auto& [path, each] : sources_)
        sources[path] = JsonObject{{"text", each.text}, {"verified", each.verified}, {"pack", each.pack}};
    return JsonObject{{"pack", pack_id_},
                      {"pack_hash", pack_hash_},
                      {"measure_hash", measure_hash_},
                      {"values", std::move(values)},
                      {"sources", std::move(sources)},
                      {"emptied", list_of(emptied_)},
                      {"must_set", list_of(must_set_)},
                      {"may_tighten", list_of(may_tighten_)},
                      {"inherited", list_of(inherited_)},
                      {"stated", list_of(stated_)}};
}

Result<Rules> Rules::from_effective(const Json& json) {
    const auto written = TRY(from_json<Written>(json));
    if (!is_sha256_hex(written.pack_hash) || (!written.measure_hash.empty() && !is_sha256_hex(written.measure_hash)))
        return refuse(Why::effective_malformed, {{"reason", "hash"}});
    Rules out;
    out.pack_id_ = written.pack;
    out.pack_hash_ = written.pack_hash;
    out.measure_hash_ = written.measure_hash;
    for (const auto& [path, each] : written.values) {
        const Place place{"", 0, 0, path};
        const auto* rule = field_rule(path);
        if (!rule) return refuse(Why::field_unknown, {{"field", path}}, place);
        TRY(check_value(*rule, each, place));
        out.values_.emplace(path, each);
    }
    for (const auto& [path, each] : written.sources) out.sources_[path] = {each.text, each.verified, each.pack};
    for (const auto* list : {&written.emptied, &written.must_set, &written.may_tighten, &written.stated})
        for (const auto& path : *list)
            if (!field_rule(path)) return refuse(Why::field_unknown, {{"field", path}}, {"", 0, 0, path});
    out.emptied_ = set_of(written.emptied);
    out.must_set_ = set_of(written.must_set);
    out.may_tighten_ = set_of(written.may_tighten);
    out.inherited_ = set_of(written.inherited);
    out.stated_ = set_of(written.stated);
    return out;
}

const Json* Rules::value(std::string_view path) const {
    const auto found = values_.find(path);
    return found == values_.end() ? nullptr : &found->second;
}

const Rules::Source* Rules::source(std::string_view path) const {
    const auto found = sources_.find(path);
    return found == sources_.end() ? nullptr : &found->second;
}

Result<Json> Rules::decided(std::string_view path) const {
    const auto* known = value(path);
    const bool suggested_only = must_set_.contains(path) && !stated_.contains(path);
    if (!known || suggested_only) return refuse(Why::undecided, {{"field", path}}, {"", 0, 0, std::string(path)});
    return *known;
}

// The schema was checked when the value came in, so a value of another type than its field's is a bug.
Result<count::Fraction> Rules::fraction(std::string_view path) const {
    const auto known = TRY(decided(path));
    const auto& parts = known.as_array();
    return count::Fraction{parts.at(0).as_int64(), parts.at(1).as_int64()};
}
Result<std::int64_t> Rules::number(std::string_view path) const {
    return TRY(decided(path))
    .as_int64();
}
Result<bool> Rules::flag(std::string_view path) const {
    return TRY(decided(path))
    .as_bool();
}
Result<std::string> Rules::word(std::string_view path) const { return std::string(TRY(decided(path)).as_string()); }
Result<std::vector<std::string>> Rules::words(std::string_view path) const {
    const auto known = TRY(decided(path));
    if (known.is_string()) return std::vector{std::string(known.get_string())};
    std::vector<std::string> out;
    for (const auto& each : known.as_array()) out.emplace_back(each.as_string());
    return out;
}

bool Rules::operator==(const Rules& other) const {
    return canonical_json(effective()) == canonical_json(other.effective());
}

}  // namespace plenum::rules
