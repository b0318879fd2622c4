// SPDX-License-Identifier: Apache-2.0
// Reading packs and measures into Rules.
#include <algorithm>
#include <filesystem>

#include "base/bytes.h"
#include "base/embedded.h"
#include "base/file.h"
#include "rules/contradictions.h"
#include "rules/own_packs.h"
#include "rules/rules.h"
#include "rules/schema.h"
#include "rules/toml.h"

namespace plenum::rules {

std::span<const EmbeddedFile> embedded_files();  // written at build time from rulepacks/

namespace {

constexpr std::size_t most_in_chain = 8;

struct Leaf {
    std::string path;
    Json value;
    Place place;
};

struct WrittenMark {
    std::string text;
    bool verified = false;
    static constexpr auto fields() {
        return fields_of(prose("text", &WrittenMark::text, "article or page"),
                         field("verified", &WrittenMark::verified, "somebody has checked the value against that text"));
    }
};

bool is_name(std::string_view text) {
    return !text.empty() && text.size() <= 80 && std::all_of(text.begin(), text.end(), [](unsigned char c) {
        return std::isalnum(c) || c == '_' || c == '-';
    });
}

/// Tables down to their leaves. A quoted key with a dot inside would pass for another path, so it is no name.
Result<Done> flatten(const TomlDocument& document, const JsonObject& table, const std::string& prefix,
                     std::vector<Leaf>& into) {
    for (const auto& [key, value] : table) {
        const std::string name(key);
        const auto path = prefix.empty() ? name : prefix + "." + name;
        const auto place = document.at(path);
        if (!is_name(name)) return refuse(Why::field_unknown, {{"field", shown(path)}}, place);
        if (prefix.empty() && name == "source") continue;
        if (value.is_object())
            TRY(flatten(document, value.get_object(), path, into));
        else
            into.push_back({path, value, place});
    }
    return Done{};
}

bool is_unset(const Json& value) { return value.is_string() && value.get_string() == "unset"; }

bool holds(std::string_view table, std::string_view path) {
    return path.size() > table.size() && path.starts_with(table) && path[table.size()] == '.';
}

tl::unexpected<Refusal> contradiction(Contradiction what, const TomlDocument& document, std::string_view path) {
    return refuse(Why::pack_contradicts, {{"reason", name_of(what)}, {"field", path}}, document.at(path));
}

}  // namespace

/// Builds Rules from TOML. The one friend, so that nothing else can write into Rules.
class PackReader {
  public:
    static Result<Rules> read(std::string_view id, const PackTexts& packs);
    static Result<Rules> overlay(const Rules& rules, std::string_view text, std::string_view file_name);

  private:
    /// The chain of documents, the pack asked for first.
    static Result<std::vector<TomlDocument>> chain(std::string_view id, const PackTexts& packs);
    static Result<Done> merge(Rules& rules, const TomlDocument& document, bool is_child);
    static Result<Done> merge_sources(Rules& rules, const TomlDocument& document, const std::vector<Leaf>& own);
    static Result<Done> resolve_measure_fields(Rules& rules, const TomlDocument& document);
    static Result<Done> check_together(const Rules& rules, const TomlDocument& document);
    static Result<Done> check_step(const Rules& rules, const std::vector<Leaf>& all, const Leaf& leaf);
};

Result<std::vector<TomlDocument>> PackReader::chain(std::string_view id, const PackTexts& packs) {
    std::vector<TomlDocument> out;
    std::string wanted(id);
    Place from;
    while (true) {
        const auto found = packs.find(wanted);
        if (found == packs.end())
            return out.empty() ? refuse(Why::pack_unknown, {{"pack", shown(wanted)}})
                               : refuse(Why::parent_unknown, {{"pack", shown(wanted)}}, from);
        for (const auto& earlier : out)
            if (earlier.file == wanted + ".toml") return refuse(Why::inheritance_cycle, {{"pack", wanted}}, from);
        if (out.size() == most_in_chain) return refuse(Why::inheritance_cycle, {{"pack", wanted}}, from);
        out.push_back(TRY(read_toml(found->second, wanted + ".toml")));
        const auto& document = out.back();
        const auto* pack = document.root.get_object().if_contains("pack");
        if (!pack || !pack->is_object())
            return refuse(Why::field_missing, {{"field", "pack"}}, {document.file, 0, 0, "pack"});
        const auto& table = pack->get_object();
        const auto* stated_id = table.if_contains("id");
        if (!stated_id) return refuse(Why::field_missing, {{"field", "pack.id"}}, document.at("pack.id"));
        if (*stated_id != Json(wanted)) return contradiction(Contradiction::id_not_of_the_file, document, "pack.id");
        const auto* schema = table.if_contains("schema");
        if (!schema) return refuse(Why::field_missing, {{"field", "pack.schema"}}, document.at("pack.schema"));
        if (*schema != Json(1))
            return refuse(Why::schema_unknown, {{"schema", canonical_json(*schema)}}, document.at("pack.schema"));
        const auto* parent = table.if_contains("inherits");
        if (!parent) return out;
        if (!parent->is_string()) return refuse(Why::wrong_type, {{"wanted", "a word"}}, document.at("pack.inherits"));
        from = document.at("pack.inherits");
        wanted = std::string(parent->get_string());
    }
}

Result<Done> PackReader::merge(Rules& rules, const TomlDocument& document, bool is_child) {
    std::vector<Leaf> leaves;
    TRY(flatten(document, document.root.get_object(), "", leaves));
    const auto inherited_mark = [](const Leaf& leaf) {
        return leaf.path == "pack.inherited_unverified" && leaf.value == Json(true);
    };
    // The pack's own identity is never inherited; what it says of its measure replaces the parent's.
    std::erase_if(rules.values_, [](const auto& each) {
        return each.first.starts_with("pack.") && !each.first.starts_with("pack.measure_");
    });
    if (is_child && std::any_of(leaves.begin(), leaves.end(), inherited_mark))
        for (const auto& [path, value] : rules.values_)
            if (!path.starts_with("pack.")) rules.inherited_.insert(path);
    for (auto& leaf : leaves) {
        const auto drop = [&](auto& container, const auto& key_of) {
            std::erase_if(container, [&](const auto& each) {
                return key_of(each) == leaf.path || holds(leaf.path, key_of(each));
            });
        };
        const auto key = [](const auto& each) -> const std::string& { return each.first; };
        const auto itself = [](const std::string& each) -> const std::string& { return each; };
        const auto* rule = field_rule(leaf.path);
        if (is_unset(leaf.value) && !leaf.path.starts_with("pack.")) {
            const bool is_table = std::any_of(rules.values_.begin(), rules.values_.end(),
                                              [&](const auto& each) { return holds(leaf.path, each.first); });
            if (!rule && !is_table) return refuse(Why::field_unknown, {{"field", leaf.path}}, leaf.place);
            drop(rules.values_, key);
            drop(rules.sources_, key);
            drop(rules.inherited_, itself);
            rules.emptied_.insert(leaf.path);
            continue;
        }
        if (!rule) return refuse(Why::field_unknown, {{"field", shown(leaf.path)}}, leaf.place);
        TRY(check_value(*rule, leaf.value, leaf.place));
        drop(rules.sources_, key);
        drop(rules.inherited_, itself);
        rules.emptied_.erase(leaf.path);
        rules.values_.insert_or_assign(leaf.path, leaf.value);
    }
    for (const auto* needed : {"pack.title.zh-Hans", "pack.title.zh-Hant", "pack.title.en", "pack.status"})
        if (!rules.values_.contains(needed))
            return refuse(Why::field_missing, {{"field", needed}}, document.at(needed));
    return merge_sources(rules, document, leaves);
}

Result<Done> PackReader::merge_sources(Rules& rules, const TomlDocument& document, const std::vector<Leaf>& own) {
    const auto* table = document.root.get_object().if_contains("source");
    if (!table) return Done{};
    if (!table->is_object()) return refuse(Why::wrong_type, {{"wanted", "a table"}}, document.at("source"));
    const std::string pack(document.root.at("pack").at("id").as_string());
    for (const auto& [key, value] : table->get_object()) {
        const std::string path(key);
        const auto place = document.at("source." + path);
        const bool exists = std::any_of(own.begin(), own.end(),
                                        [&](const Leaf& leaf) { return leaf.path == path || holds(path, leaf.path); });
        if (!exists) return refuse(Why::source_of_nothing, {{"field", shown(path)}}, place);
        auto read = from_json<WrittenMark>(value);
        if (!read) return refuse(std::move(read).error().within(place));
        rules.sources_[path] = {read->text, read->verified, pack};
    }
    return Done{};
}

Result<Done> PackReader::resolve_measure_fields(Rules& rules, const TomlDocument& document) {
    const auto resolve = [&](std::string_view list, Purpose purpose, auto& into) -> Result<Done> {
        const auto* names = rules.value(list);
        if (!names) return Done{};
        for (const auto& each : names->get_array()) {
            const std::string name(each.get_string());
            const auto fields = fields_of(name, purpose);
            // Questions are named by the packs themselves, so a misspelt one shows only by having no rules.
            const bool named_by_pack = name.starts_with("quorum.") || name.starts_with("threshold.");
            const auto table = name.substr(0, name.find('.', name.find('.') + 1));
            const auto of_table = [&](const auto& path) { return holds(table, path); };
            const bool known = !named_by_pack || std::any_of(rules.emptied_.begin(), rules.emptied_.end(), of_table) ||
                               std::any_of(rules.values_.begin(), rules.values_.end(),
                                           [&](const auto& value) { return of_table(value.first); });
            if (fields.empty() || !known) return refuse(Why::field_unknown, {{"field", name}}, document.at(list));
            for (const auto& path : fields) {
                if (purpose == Purpose::may_tighten && field_rule(path)->tighter == Tighter::never)
                    return refuse(Why::pack_contradicts,
                                  {{"reason", name_of(Contradiction::nothing_is_tighter)}, {"field", path}},
                                  document.at(list));
                into.insert(path);
            }
        }
        return Done{};
    };
    TRY(resolve("pack.measure_must_set", Purpose::must_set, rules.must_set_));
    TRY(resolve("pack.measure_may_tighten", Purpose::may_tighten, rules.may_tighten_));
    return Done{};
}

/// What no single field shows: rules that cannot both be followed.
Result<Done> PackReader::check_together(const Rules& rules, const TomlDocument& document) {
    for (const auto& [path, value] : rules.values_) {
        if (!path.starts_with("region.")) continue;
        const auto base = "base" + path.substr(path.find('.', 7));
        const auto* usual = rules.value(base);
        if (usual && usual->kind() != value.kind())
            return refuse(Why::wrong_type, {{"wanted", "the type of another field"}, {"other", base}},
                          document.at(path));
    }
    if (const auto found = contradiction_in(rules)) return contradiction(found->what, document, found->field);
    return Done{};
}

Result<Rules> PackReader::read(std::string_view id, const PackTexts& packs) {
    const auto documents = TRY(chain(id, packs));
    Rules rules;
    std::string hashed;
    for (auto document = documents.rbegin(); document != documents.rend(); ++document) {
        TRY(merge(rules, *document, document != documents.rbegin()));
        const auto file_id = document->file.substr(0, document->file.size() - 5);
        const auto& text = packs.find(file_id)->second;
        hashed += std::to_string(text.size()) + "\n" + text;
        rules.texts_.emplace(file_id, text);
    }
    rules.pack_id_ = std::string(id);
    rules.pack_hash_ = sha256_hex(hashed);
    TRY(resolve_measure_fields(rules, documents.front()));
    TRY(check_together(rules, documents.front()));
    return rules;
}

Result<Done> PackReader::check_step(const Rules& rules, const std::vector<Leaf>& all, const Leaf& leaf) {
    const auto& path = leaf.path;
    const auto* from = rules.value(path);
    // What an earlier part of the measure stated stands like the pack's own word: a later part may tighten it.
    const bool stated = rules.stated_.contains(path);
    const bool may_tighten = stated || rules.may_tighten_.contains(path);
    if (!from || (rules.must_set_.contains(path) && !may_tighten)) return Done{};
    const auto* rule = field_rule(path);
    const auto* excess = rules.value("ballot.returned_gt_issued");
    auto moved = change(rule->tighter, *from, leaf.value, excess && *excess == Json("void_election"));
    if (moved == Change::same) return Done{};
    const Facts facts{{"field", path}, {"from", canonical_json(*from)}, {"to", canonical_json(leaf.value)}};
    if (!may_tighten) return refuse(Why::measure_field_fixed, facts, leaf.place);
    // "At least 2/3" asks for no less than "more than 1/2": with a higher share either comparison is tighter.
    if (moved == Change::looser && rule->tighter == Tighter::comparison) {
        const auto fraction = path.substr(0, path.rfind('.')) + ".fraction";
        const auto higher =
            std::find_if(all.begin(), all.end(), [&](const Leaf& each) { return each.path == fraction; });
        const auto* before = rules.value(fraction);
        if (higher != all.end() && before && change(Tighter::fraction, *before, higher->value, true) == Change::tighter)
            moved = Change::tighter;
    }
    if (moved == Change::looser) return refuse(Why::measure_loosens, facts, leaf.place);
    if (moved == Change::incomparable) return refuse(Why::measure_incomparable, facts, leaf.place);
    return Done{};
}

Result<Rules> PackReader::overlay(const Rules& rules, std::string_view text, std::string_view file_name) {
    const auto document = TRY(read_toml(text, file_name));
    std::vector<Leaf> leaves;
    if (document.root.get_object().contains("source"))
        return refuse(Why::measure_field_fixed, {{"field", "source"}, {"from", ""}, {"to", ""}}, document.at("source"));
    TRY(flatten(document, document.root.get_object(), "", leaves));
    if (leaves.empty()) return refuse(Why::measure_empty, {}, {document.file, 0, 0, ""});
    for (const auto& leaf : leaves) {
        if (is_unset(leaf.value)) return refuse(Why::measure_unsets, {{"field", leaf.path}}, leaf.place);
        const auto* rule = field_rule(leaf.path);
        if (!rule) return refuse(Why::field_unknown, {{"field", shown(leaf.path)}}, leaf.place);
        TRY(check_value(*rule, leaf.value, leaf.place));
        // Who the pack is, and the law of a region, is not the congress's to say.
        if (leaf.path.starts_with("pack.") || leaf.path.starts_with("region.")) {
            const auto* from = rules.value(leaf.path);
            return refuse(
                Why::measure_field_fixed,
                {{"field", leaf.path}, {"from", from ? canonical_json(*from) : ""}, {"to", canonical_json(leaf.value)}},
                leaf.place);
        }
        TRY(check_step(rules, leaves, leaf));
    }
    Rules out = rules;
    for (const auto& leaf : leaves) {
        out.stated_.insert(leaf.path);
        out.inherited_.erase(leaf.path);
        out.values_.insert_or_assign(leaf.path, leaf.value);
    }
    out.measures_.emplace_back(document.file, std::string(text));
    out.measure_hash_ = sha256_hex(rules.measure_hash_ + "\n" + std::string(text));
    TRY(check_together(out, document));
    return out;
}

Result<Rules> Rules::from_pack(std::string_view id, const PackTexts& packs) { return PackReader::read(id, packs); }
Result<Rules> Rules::with_measure(std::string_view text, std::string_view file_name) const {
    return PackReader::overlay(*this, text, file_name);
}

namespace {

PackTexts carried_packs() {
    PackTexts out;
    for (const auto& file : embedded_files())
        out.emplace(file.name.substr(0, file.name.rfind('.')), std::string(file.content));
    return out;
}
PackTexts& kept_packs() {
    static PackTexts packs = carried_packs();
    return packs;
}

}  // namespace

const PackTexts& packs_in_use() { return kept_packs(); }

Result<Done> use_own_packs(const std::string& path) {
    auto all = carried_packs();
    if (!path.empty()) {
        const auto own = TRY(packs_from(path));
        all = TRY(joined(std::move(all), own));
        for (const auto& [id, text] : own) {
            auto loaded = Rules::from_pack(id, all);
            if (!loaded) return refuse(std::move(loaded).error().within({path, 0, 0, ""}));
        }
    }
    kept_packs() = std::move(all);
    return Done{};
}

namespace {

/// The id that a pack gives itself.
Result<std::string> id_of(std::string_view text, std::string_view file_name) {
    const auto document = TRY(read_toml(text, file_name));
    const auto* pack = document.root.get_object().if_contains("pack");
    const auto* id = pack && pack->is_object() ? pack->get_object().if_contains("id") : nullptr;
    if (!id || !id->is_string()) return refuse(Why::field_missing, {{"field", "pack.id"}}, document.at("pack.id"));
    return std::string(id->get_string());
}

}  // namespace

Result<PackTexts> packs_from(const std::string& path) {
    namespace files = std::filesystem;
    std::vector<std::string> names;
    std::error_code failed;
    if (files::is_directory(path, failed)) {
        for (const auto& entry : files::directory_iterator(path, failed))
            if (entry.path().extension() == ".toml") names.push_back(entry.path().string());
        if (failed)
            return refuse(Why::folder_unreadable, {{"reason", system_reason(failed.value())}}, {path, 0, 0, ""});
        std::sort(names.begin(), names.end());
    } else {
        names = {path};
    }
    PackTexts out;
    for (const auto& name : names) {
        const auto text = TRY(read_file(name, most_toml_bytes));
        const auto id = TRY(id_of(text, name));
        if (!out.emplace(id, text).second) return refuse(Why::pack_twice, {{"pack", id}}, {name, 0, 0, "pack.id"});
    }
    return out;
}

Result<PackTexts> joined(PackTexts packs, const PackTexts& more) {
    for (const auto& [id, text] : more)
        if (const auto [at, is_new] = packs.emplace(id, text); !is_new && at->second != text)
            return refuse(Why::pack_twice, {{"pack", id}});
    return packs;
}

}  // namespace plenum::rules
