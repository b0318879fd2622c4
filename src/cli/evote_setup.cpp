// SPDX-License-Identifier: Apache-2.0
// Before voting: credentials, trustees' keys and rounds, the election's parameters, the new record.
#include <array>
#include <boost/json/serialize.hpp>
#include <iostream>
#include <set>

#include "base/json.h"
#include "base/time.h"
#include "cli/evote_commands.h"
#include "cli/evote_files.h"
#include "cli/evote_group.h"
#include "cli/refusals.h"
#include "evote/ballot/hash.h"
#include "evote/ballot/text.h"
#include "evote/record/steps.h"
#include "evote/trustees/pedersen.h"

namespace plenum::cli {
namespace {

using namespace evote;

/// Says of each file that it was made.
void print_made(Language language, const std::string& path, bool hidden = false) {
    std::cout << say(language, hidden ? "cli.evote.made_private" : "cli.evote.made", {{"file", path}}) << "\n";
}

std::string inside(const std::string& folder, const std::string& name) {
    return folder.empty() || folder == "." ? name : folder + "/" + name;
}

/// "name", "name,login" or "name,login,weight"; the same line twice would be two credentials for one voter.
Result<std::uint64_t> weight_of_voter(const std::string& line, std::size_t number, const std::string& file) {
    const Place place{file, static_cast<std::int64_t>(number), 0, ""};
    const auto first = line.find(','), second = first == std::string::npos ? first : line.find(',', first + 1);
    if (line.find_first_not_of(" \t") == std::string::npos || first == 0)
        return refuse(cli::Why::voter_malformed, {}, place);
    if (second == std::string::npos || second + 1 == line.size()) return 1;
    Reader reader(std::string_view(line).substr(second + 1));
    const auto weight = reader.number(largest_count);
    reader.end();
    if (!reader.ok() || weight == 0) return refuse(cli::Why::voter_malformed, {}, place);
    return weight;
}

/// Every file of a threshold group is one text per trustee, in the trustees' order.
Result<std::vector<std::string>> texts_of_all(const std::vector<std::string>& paths, std::size_t wanted) {
    auto out = TRY(read_lines(paths));
    if (out.empty() || (wanted != 0 && out.size() != wanted))
        return refuse(cli::Why::texts_wanted, {{"wanted", wanted}, {"found", out.size()}},
                      {paths.empty() ? "" : paths.front(), 0, 0, ""});
    return out;
}

/// A file without the line feeds at its end.
Result<std::string> whole_text(const std::string& path) {
    auto out = TRY(read_text(path));
    while (out.ends_with('\n') || out.ends_with('\r')) out.pop_back();
    return out;
}

struct Certificates {
    std::vector<std::string> texts, ids;
    ThresholdContext context;
};
Result<Certificates> read_certificates(const TrusteeOptions& options) {
    Certificates out;
    out.texts = TRY(texts_of_all(options.certificates, 0));
    out.context = {out.texts.size(), options.threshold};
    TRY(in_group(options.group, [&](const auto& group) { return check_certificates(group, out.texts, out.context); }));
    for (const auto& text : out.texts) out.ids.push_back(TRY(certificate_id(text)));
    return out;
}

/// One public file, made of a text and a line feed.
Result<Done> write_one(const std::string& path, const std::string& text, Language language) {
    NewFiles files;
    TRY(files.write(path, text + "\n", Privacy::open));
    files.keep();
    print_made(language, path);
    return Done{};
}

}  // namespace

Result<Done> print_uuid() {
    SystemRandomness randomness;
    std::string out;
    for (int i = 0; i < 14; ++i) out += base58_digits[randomness.below(58)];
    std::cout << out << "\n";
    return Done{};
}

Result<Done> make_credentials(const CredentialOptions& options, Language language) {
    if (!is_uuid(options.uuid)) return refuse(evote::Why::uuid_malformed);
    std::vector<std::string> names;
    std::vector<std::uint64_t> weights;
    if (!options.voters.empty()) {
        names = TRY(read_lines({options.voters}, {.lines = 10'000'000}));
        if (names.empty()) return refuse(cli::Why::voter_malformed, {}, {options.voters, 1, 0, ""});
        std::set<std::string> seen;
        for (std::size_t i = 0; i < names.size(); ++i) {
            weights.push_back(TRY(weight_of_voter(names[i], i + 1, options.voters)));
            if (!seen.insert(names[i].substr(0, names[i].find(','))).second)
                return refuse(cli::Why::voter_repeated, {}, {options.voters, static_cast<std::int64_t>(i + 1), 0, ""});
        }
    } else {
        for (std::uint64_t i = 1; i <= options.count; ++i) names.push_back(std::to_string(i));
        weights.assign(names.size(), 1);
    }
    const auto derivation = options.form == "short" ? Derivation::pbkdf2 : Derivation::hashed;
    SystemRandomness randomness;
    return in_group(options.group, [&](const auto& group) -> Result<Done> {
        std::vector<VoterKey> keys;
        std::string hidden;
        std::size_t size = 0;
        for (const auto& name : names) size += name.size() + 32;
        hidden.reserve(size);  // never grows: nothing of it is left behind
        ProgressBar bar(say(language, "cli.evote.drawing"));
        const auto progress = bar.callback();
        for (std::size_t i = 0; i < names.size(); ++i) {
            const auto credential = draw_credential(derivation, randomness);
            keys.push_back({public_credential(group, credential, options.uuid), weights[i]});
            hidden += names[i];
            hidden += ' ';
            hidden += credential.text.reveal();
            hidden += '\n';
            if (progress) progress(i + 1, names.size());
        }
        const HiddenText lines(std::move(hidden));
        const auto list = credentials_text(group, std::move(keys));
        const auto private_path = inside(options.out, options.uuid + ".privcreds"),
                   public_path = inside(options.out, options.uuid + ".pubcreds");
        NewFiles files;
        TRY(files.write(private_path, lines.reveal(), Privacy::hidden));
        TRY(files.write(public_path, list + "\n", Privacy::open));
        files.keep();
        print_made(language, private_path, true);
        print_made(language, public_path);
        std::cout << say(language, "cli.evote.credentials_made",
                         {{"count", names.size()}, {"fingerprint", base64_of_sha256(list)}})
                  << "\n";
        return Done{};
    });
}

Result<Done> print_public_credential(const CredentialOptions& options) {
    if (!is_uuid(options.uuid)) return refuse(evote::Why::uuid_malformed);
    const auto credential = TRY(credential_from_text(TRY(read_secret(options.credential)).reveal()));
    return in_group(options.group, [&](const auto& group) -> Result<Done> {
        std::cout << public_credential(group, credential, options.uuid) << "\n";
        return Done{};
    });
}

Result<Done> make_trustee_key(const TrusteeOptions& options, Language language) {
    SystemRandomness randomness;
    return in_group(options.group, [&](const auto& group) -> Result<Done> {
        const auto key = draw_private_key(group, randomness);
        const auto published = publish_key(group, key, randomness);
        const auto name = inside(options.out, key_id(group.text_of(published.public_key)));
        NewFiles files;
        TRY(files.write(name + ".privkey", private_key_text(group, key).reveal(), Privacy::hidden));
        TRY(files.write(name + ".pubkey", text_of(group, published) + "\n", Privacy::open));
        files.keep();
        print_made(language, name + ".privkey", true);
        print_made(language, name + ".pubkey");
        return Done{};
    });
}

Result<Done> make_threshold_certificate(const TrusteeOptions& options, Language language) {
    if (options.threshold < 1 || options.threshold > options.trustees)
        return refuse(evote::Why::threshold_out_of_range,
                      {{"threshold", options.threshold}, {"trustees", options.trustees}});
    if (options.index < 1 || options.index > options.trustees)
        return refuse(evote::Why::owner_out_of_range, {{"trustee", options.index}});
    SystemRandomness randomness;
    return in_group(options.group, [&](const auto& group) -> Result<Done> {
        const auto seed = draw_trustee_seed(randomness);
        const auto certificate = threshold_certificate(
            group, seed, {options.trustees, options.threshold, options.older_form}, options.index, randomness);
        const auto name = inside(options.out, TRY(certificate_id(certificate)));
        NewFiles files;
        TRY(files.write(name + ".key", seed.reveal(), Privacy::hidden));
        TRY(files.write(name + ".cert", certificate + "\n", Privacy::open));
        files.keep();
        print_made(language, name + ".key", true);
        print_made(language, name + ".cert");
        return Done{};
    });
}

Result<Done> make_threshold_polynomial(const TrusteeOptions& options, Language language) {
    const auto certificates = TRY(read_certificates(options));
    const auto seed = TRY(read_secret(options.key));
    SystemRandomness randomness;
    const auto polynomial = TRY(in_group(options.group, [&](const auto& group) {
        return threshold_polynomial(group, seed, certificates.texts, certificates.context, randomness);
    }));
    return write_one(options.out, polynomial, language);
}

Result<Done> make_threshold_inputs(const TrusteeOptions& options, Language language) {
    const auto certificates = TRY(read_certificates(options));
    const auto polynomials = TRY(texts_of_all(options.polynomials, certificates.texts.size()));
    const auto inputs = TRY(in_group(options.group, [&](const auto& group) {
        return threshold_inputs(group, certificates.texts, certificates.context, polynomials);
    }));
    NewFiles files;
    const auto path = [&](std::size_t i) { return inside(options.out, certificates.ids[i] + ".vinput"); };
    for (std::size_t i = 0; i < inputs.size(); ++i) TRY(files.write(path(i), inputs[i] + "\n", Privacy::open));
    files.keep();
    for (std::size_t i = 0; i < inputs.size(); ++i) print_made(language, path(i));
    return Done{};
}

Result<Done> make_threshold_output(const TrusteeOptions& options, Language language) {
    const auto certificates = TRY(read_certificates(options));
    const auto seed = TRY(read_secret(options.key));
    const auto input = TRY(whole_text(options.input));
    SystemRandomness randomness;
    const auto output = TRY(in_group(options.group, [&](const auto& group) {
        return threshold_output(group, seed, certificates.texts, certificates.context, input, randomness);
    }));
    return write_one(options.out, output, language);
}

Result<Done> make_threshold_group(const TrusteeOptions& options, Language language) {
    const auto certificates = TRY(read_certificates(options));
    const auto polynomials = TRY(texts_of_all(options.polynomials, certificates.texts.size()));
    const auto outputs = TRY(texts_of_all(options.outputs, certificates.texts.size()));
    const auto entry = TRY(in_group(options.group, [&](const auto& group) -> Result<std::string> {
        auto text = TRY(threshold_group_text(group, certificates.texts, certificates.context, polynomials, outputs));
        TRY(trustees_from_text(group, trustees_text({}, {text})));
        return text;
    }));
    NewFiles files;
    const auto group_path = inside(options.out, "threshold.json");
    const auto path = [&](std::size_t i) { return inside(options.out, certificates.ids[i] + ".dkey"); };
    TRY(files.write(group_path, entry + "\n", Privacy::open));
    for (std::size_t i = 0; i < outputs.size(); ++i)
        TRY(files.write(path(i), TRY(sealed_decryption_key(outputs[i])) + "\n", Privacy::hidden));
    files.keep();
    print_made(language, group_path);
    for (std::size_t i = 0; i < outputs.size(); ++i) {
        print_made(language, path(i), true);
        std::cout << "  "
                  << say(language, "cli.evote.number_in_group",
                         {{"number", i + 1}, {"count", outputs.size()}, {"id", certificates.ids[i]}})
                  << "\n";
    }
    return Done{};
}

namespace {

/// Which number each trustee has: by the id of the key or certificate, as their own files are called, and the file.
/// The texts have been verified.
Result<Done> print_numbers(Language language, const TrusteeOptions& options, const std::vector<FileLine>& keys,
                           const std::vector<FileLine>& groups) {
    std::uint64_t number = 0;
    for (const auto& each : keys) {
        const auto json = TRY(json_from_text(each.text));
        std::cout << "  "
                  << say(language, "cli.evote.trustee_single",
                         {{"number", ++number},
                          {"id", key_id(std::string_view(json.at("public_key").as_string()))},
                          {"file", printable(options.keys[each.file])}})
                  << "\n";
    }
    for (const auto& each : groups) {
        const auto json = TRY(json_from_text(each.text));
        const auto& certificates = json.at("certs").as_array();
        for (const auto& certificate : certificates)
            std::cout << "  "
                      << say(language, "cli.evote.trustee_of_group",
                             {{"number", ++number},
                              {"id", sha256_hex(std::string_view(certificate.at("message").as_string()))},
                              {"threshold", json.at("threshold").to_number<std::uint64_t>()},
                              {"count", certificates.size()},
                              {"file", printable(options.threshold_groups[each.file])}})
                      << "\n";
    }
    return Done{};
}

}  // namespace

Result<Done> make_trustees(const TrusteeOptions& options, Language language) {
    const auto key_lines = TRY(read_file_lines(options.keys, {}));
    const auto group_lines = TRY(read_file_lines(options.threshold_groups, {}));
    const auto texts = [](const std::vector<FileLine>& lines) {
        std::vector<std::string> out;
        for (const auto& each : lines) out.push_back(each.text);
        return out;
    };
    const auto text = trustees_text(texts(key_lines), texts(group_lines));
    TRY(election_key(options.group, text));  // every key and proof holds
    TRY(write_one(options.out, text, language));
    std::cout << say(language, "cli.evote.numbers") << "\n";
    return print_numbers(language, options, key_lines, group_lines);
}

Result<Done> make_election(const SetupOptions& options, Language language) {
    auto json = TRY(json_from_text(TRY(read_text(options.questions))));
    if (!json.is_object())
        return refuse(base::Why::field_wrong_type, {{"wanted", "object"}}, {options.questions, 0, 0, ""});
    auto& object = json.get_object();
    // What is not the template's to say.
    for (const auto* name : {"version", "group", "public_key", "uuid"})
        if (object.contains(name)) return refuse(base::Why::field_unknown, {}, {options.questions, 0, 0, name});
    if (!is_uuid(options.uuid)) return refuse(evote::Why::uuid_malformed);
    object["version"] = 1;
    object["group"] = options.group;
    object["public_key"] = TRY(election_key(options.group, TRY(whole_text(options.trustees))));
    object["uuid"] = options.uuid;
    auto election = election_from_text(boost::json::serialize(json));  // members of "extra" in the template's order
    if (!election) return refuse(std::move(election.error()).within({options.questions, 0, 0, ""}));
    const auto text = text_of(*election);
    TRY(write_one(options.out, text, language));
    std::cout << say(language, "cli.evote.election_made", {{"fingerprint", fingerprint(text)}}) << "\n";
    return Done{};
}

namespace {

/// "key", "key,weight" or belenios-tool's "key,weight,login", where an empty weight is 1.
Result<VoterKey> voter_key_from(std::string_view entry) {
    std::array<std::string_view, 3> parts{};
    std::size_t count = 0;
    for (std::size_t at = 0; at <= entry.size() && count < 3; ++count) {
        const auto end = count == 2 ? entry.size() : std::min(entry.find(',', at), entry.size());
        parts[count] = entry.substr(at, end - at);
        at = end + 1;
    }
    VoterKey out{std::string(parts[0]), 1};
    if (parts[1].empty()) return out;
    Reader reader(parts[1]);
    out.weight = reader.number(largest_count);
    reader.end();
    if (!reader.ok()) return refuse(evote::Why::weight_malformed);
    return out;
}

/// The list as the record stores it: sorted, without logins.
Result<std::string> stored_credentials(const std::string& group_name, const std::string& path) {
    const auto json = TRY(json_from_text(TRY(whole_text(path))));
    if (!json.is_array()) return refuse(base::Why::field_wrong_type, {{"wanted", "list"}}, {path, 0, 0, ""});
    return in_group(group_name, [&](const auto& group) -> Result<std::string> {
        std::vector<VoterKey> keys;
        for (const auto& each : json.get_array()) {
            const Place place{path, 0, 0, "credentials[" + std::to_string(keys.size()) + "]"};
            if (!each.is_string()) return refuse(base::Why::field_wrong_type, {{"wanted", "text"}}, place);
            auto key = voter_key_from(std::string_view(each.get_string()));
            if (!key) return refuse(std::move(key.error()).within(place));
            if (!group.element_from_text(key->public_credential))
                return refuse(evote::Why::element_malformed, {}, place);
            keys.push_back(std::move(*key));
        }
        return credentials_text(group, std::move(keys));
    });
}

}  // namespace

Result<Done> make_record(const SetupOptions& options, Language language) {
    // What is stored and hashed is the text as it stands, without the line feed behind it.
    const auto election_text = TRY(whole_text(options.election));
    auto election = election_from_text(election_text);
    if (!election) return refuse(std::move(election.error()).within({options.election, 0, 0, ""}));
    const auto trustees = TRY(whole_text(options.trustees));
    const auto credentials = TRY(stored_credentials(election->group, options.credentials));
    const auto archive = TRY(set_up_record_from_texts(election_text, trustees, credentials,
                                                      static_cast<std::uint64_t>(SystemClock().now().ms / 1000)));
    const auto path = inside(options.out, election->uuid + ".bel");
    NewFiles files;
    TRY(files.write(path, archive, Privacy::open));
    files.keep();
    print_made(language, path);
    std::cout << say(language, "cli.evote.record_made", {{"fingerprint", fingerprint(election_text)}}) << "\n";
    return Done{};
}

}  // namespace plenum::cli
