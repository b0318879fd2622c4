// SPDX-License-Identifier: Apache-2.0
// The voter's side: vote, or seal first and then decide between casting and testing.
#include <unistd.h>

#include <iostream>
#include <numeric>

#include "base/json.h"
#include "cli/evote_commands.h"
#include "cli/evote_files.h"
#include "cli/evote_group.h"
#include "cli/refusals.h"
#include "evote/ballot/ballot.h"
#include "evote/ballot/members.h"
#include "evote/ballot/text.h"
#include "evote/record/verify.h"

namespace plenum::cli {
namespace {

using namespace evote;

constexpr std::string_view sealed_format = "plenum-sealed-ballot-1", opened_format = "plenum-opened-ballot-1";

/// What was chosen: wiped at the end.
struct HiddenVote {
    Vote choices;
    HiddenVote() = default;
    HiddenVote(HiddenVote&&) = default;
    HiddenVote& operator=(HiddenVote&&) = delete;
    HiddenVote(const HiddenVote&) = delete;
    ~HiddenVote() {
        for (auto& question : choices) explicit_bzero(question.data(), question.size());
    }
};

/// Whether a question allows what was chosen for it, said in its own figures.
Result<Done> choice_is_allowed(const Question& question, std::size_t number, const std::vector<std::uint8_t>& choices,
                               std::size_t found, const Place& place) {
    if (found != question.entries())
        return refuse(cli::Why::choices_length_wrong,
                      {{"question", number}, {"wanted", question.entries()}, {"found", found}}, place);
    if (question.is_ranking) return Done{};
    const auto sum = std::accumulate(choices.begin(), choices.end(), std::uint64_t{0});
    if (question.blank && choices[0] == 1) {
        if (sum > 1) return refuse(cli::Why::choices_beside_blank, {{"question", number}}, place);
        return Done{};
    }
    if (sum < question.min || sum > question.max)
        return refuse(cli::Why::choices_sum_wrong,
                      {{"question", number}, {"least", question.min}, {"most", question.max}, {"found", sum}}, place);
    return Done{};
}

/// [[0,1,1],[3,0,1]], white space allowed; in a ranking numbers from 0 to 255, else 0 and 1. What the questions have no
/// room for is counted and not kept.
Result<HiddenVote> choices_from(std::string_view text, const Election& election, const Place& place) {
    const auto& questions = election.questions;
    HiddenVote out;
    std::vector<std::size_t> found;  // numbers, by question
    std::size_t lists = 0, at = 0;
    const auto next = [&]() -> char {
        while (at < text.size() && std::string_view(" \t\r\n").find(text[at]) != std::string_view::npos) ++at;
        return at < text.size() ? text[at++] : '\0';
    };
    const auto malformed = [&] { return refuse(cli::Why::choices_malformed, {{"byte", at}}, place); };
    if (next() != '[') return malformed();
    for (char c = ','; c != ']';) {
        if (c != ',' || next() != '[') return malformed();
        const auto* question = lists < questions.size() ? &questions[lists] : nullptr;
        ++lists;
        const int most = question && !question->is_ranking ? 1 : UINT8_MAX;
        if (question) {
            out.choices.emplace_back().reserve(question->entries());  // never grows: nothing of it is left behind
            found.push_back(0);
        }
        for (char d = ','; d != ']';) {
            if (d != ',') return malformed();
            const char digit = next();
            if (digit < '0' || digit > '9') return malformed();
            int value = digit - '0';
            while (value != 0 && at < text.size() && text[at] >= '0' && text[at] <= '9' && value <= most)
                value = 10 * value + (text[at++] - '0');
            if (value > most) return malformed();
            if (question && found.back()++ < question->entries())
                out.choices.back().push_back(static_cast<std::uint8_t>(value));
            d = next();
        }
        c = next();
    }
    if (next() != '\0') return malformed();
    if (lists != questions.size())
        return refuse(cli::Why::choices_lists_wrong, {{"wanted", questions.size()}, {"found", lists}}, place);
    for (std::size_t i = 0; i < lists; ++i)
        TRY(choice_is_allowed(questions[i], i + 1, out.choices[i], found[i], place));
    return out;
}

/// The election of a record, its setup verified, and one of its voters.
struct Voter {
    Setup setup;
    PrivateCredential credential;
    std::string public_text;
};

Result<Setup> setup_of_record(const std::string& record) { return setup_of(TRY(FileSource::open(record))); }

template <class G>
Result<std::string> listed_credential(const G& group, const Setup& setup, const PrivateCredential& credential) {
    auto out = public_credential(group, credential, setup.election.uuid);
    const auto entry = "\"" + out;
    const auto at = setup.credentials.find(entry);
    const auto behind = at == std::string::npos ? '\0' : setup.credentials[at + entry.size()];
    if (behind != '"' && behind != ',') return refuse(evote::Why::credential_unknown);
    return out;
}

template <class G>
typename G::Element key_of(const G& group, const Setup& setup) {
    const auto key = group.element_from_text(setup.election.public_key);
    invariant(key.has_value());  // setup_of has compared it with the trustees'
    return *key;
}

void print_code(Language language, const std::string& code) {
    std::cout << say(language, "cli.evote.code", {{"code", code}}) << "\n";
}

/// A ballot before it is signed, with all that opens it.
struct Sealed {
    std::string uuid, fingerprint;
    SealedBallot ballot;
    HiddenVote vote;
    SealSeed seed;
};

HiddenText text_of(const Sealed& sealed, std::string_view format) {
    std::string out;
    std::size_t choices = 0;
    for (const auto& question : sealed.vote.choices) choices += 4 * question.size() + 3;
    out.reserve(2 * sealed.ballot.text.size() + choices + 1000);  // never grows: nothing of it is left behind
    out += "{\"format\":\"";
    out += format;
    out += "\",\"uuid\":" + in_quotes(sealed.uuid) + ",\"fingerprint\":" + in_quotes(sealed.fingerprint) +
           ",\"code\":" + in_quotes(sealed.ballot.code) + ",\"choices\":[";
    for (const auto& question : sealed.vote.choices) {
        out += out.ends_with('[') ? "[" : ",[";
        for (const auto choice : question) {
            if (!out.ends_with('[')) out += ',';
            if (choice > 99) out += static_cast<char>('0' + choice / 100);
            if (choice > 9) out += static_cast<char>('0' + choice / 10 % 10);
            out += static_cast<char>('0' + choice % 10);
        }
        out += ']';
    }
    out += "],\"seed\":\"";
    for (const auto byte : sealed.seed.value)
        for (const int digit : {byte >> 4, byte & 15}) out += "0123456789abcdef"[digit];
    out += "\",\"ballot\":" + in_quotes(sealed.ballot.text) + "}\n";
    return HiddenText(std::move(out));
}

Result<Sealed> sealed_from(const std::string& path, std::string_view format) {
    const auto malformed = [&] { return refuse(cli::Why::sealed_malformed, {{"format", format}}, {path, 0, 0, ""}); };
    const HiddenText text(TRY(read_text(path)));
    const auto json = json_from_text(text.reveal());
    if (!json) return malformed();
    auto read = [&]() -> Result<Sealed> {
        auto members = TRY(Members::of(*json));
        if (TRY(members.text("format")) != format) return malformed();
        Sealed out;
        out.uuid = TRY(members.text("uuid"));
        out.fingerprint = TRY(members.text("fingerprint"));
        out.ballot.code = TRY(members.text("code"));
        for (const auto& question : *TRY(members.array("choices"))) {
            auto& row = out.vote.choices.emplace_back();
            if (!question.is_array()) return malformed();
            for (const auto& choice : question.get_array()) {
                const auto value = choice.is_int64() ? choice.get_int64() : -1;
                if (value < 0 || value > UINT8_MAX) return malformed();
                row.push_back(static_cast<std::uint8_t>(value));
            }
        }
        const HiddenText seed(TRY(members.text("seed")));
        if (seed.reveal().size() != 64) return malformed();
        for (std::size_t i = 0; i < 64; ++i) {
            const auto digit = std::string_view("0123456789abcdef").find(seed.reveal()[i]);
            if (digit == std::string_view::npos) return malformed();
            auto& byte = out.seed.value[i / 2];
            byte = static_cast<std::uint8_t>(byte << 4 | digit);
        }
        out.ballot.text = TRY(members.text("ballot"));
        TRY(members.nothing_else());
        return out;
    }();
    if (!read || base64_of_sha256(read->ballot.text) != read->ballot.code) return malformed();
    return read;
}

/// The credential that an unsigned ballot names.
std::string credential_in(const std::string& ballot) {
    const auto json = json_from_text(ballot);
    if (!json || !json->is_object()) return "";
    const auto* found = json->get_object().if_contains("credential");
    return found && found->is_string() ? std::string(found->get_string()) : "";
}

Result<Done> belongs_to(const Sealed& sealed, const Setup& setup) {
    if (sealed.uuid != setup.election.uuid || sealed.fingerprint != setup.fingerprint)
        return refuse(evote::Why::ballot_of_other_election);
    return Done{};
}

/// Seals for the election of a record; the two commands differ in what follows.
template <class G>
Result<Sealed> seal_for(const G& group, const Setup& setup, const PrivateCredential& credential,
                        const std::string& choices_path) {
    Sealed out;
    const auto choices = TRY(read_secret(choices_path));
    auto vote = TRY(choices_from(choices.reveal(), setup.election, {choices_path, 0, 0, ""}));
    out.vote.choices.swap(vote.choices);
    out.uuid = setup.election.uuid;
    out.fingerprint = setup.fingerprint;
    SystemRandomness randomness;
    out.seed = draw_seal_seed(randomness);
    out.ballot = TRY(seal(group, setup.election, setup.fingerprint, key_of(group, setup),
                          TRY(listed_credential(group, setup, credential)), out.vote.choices, out.seed));
    return out;
}

template <class G>
std::string signed_text(const G& group, const Sealed& sealed, const PrivateCredential& credential) {
    SystemRandomness randomness;
    return sign(group, sealed.ballot, secret_of(group, credential, sealed.uuid), randomness);
}

void print_cast(Language language, const std::string& ballot, const std::string& code, const std::string& path) {
    print_code(language, code);
    std::cout << say(language, "cli.evote.tracker", {{"tracker", tracker_of(ballot)}}) << "\n"
              << say(language, "cli.evote.made", {{"file", path}}) << "\n";
}

}  // namespace

Result<Done> vote(const BallotOptions& options, Language language) {
    const auto setup = TRY(setup_of_record(options.record));
    const auto credential = TRY(credential_from_text(TRY(read_secret(options.credential)).reveal()));
    return in_group(setup.election.group, [&](const auto& group) -> Result<Done> {
        const auto sealed = TRY(seal_for(group, setup, credential, options.choices));
        const auto ballot = signed_text(group, sealed, credential);
        NewFiles files;
        TRY(files.write(options.out, ballot + "\n", Privacy::open));
        files.keep();
        print_cast(language, ballot, sealed.ballot.code, options.out);
        return Done{};
    });
}

Result<Done> seal_ballot(const BallotOptions& options, Language language) {
    const auto setup = TRY(setup_of_record(options.record));
    const auto credential = TRY(credential_from_text(TRY(read_secret(options.credential)).reveal()));
    return in_group(setup.election.group, [&](const auto& group) -> Result<Done> {
        const auto sealed = TRY(seal_for(group, setup, credential, options.choices));
        NewFiles files;
        TRY(files.write(options.out, text_of(sealed, sealed_format).reveal(), Privacy::hidden));
        files.keep();
        print_code(language, sealed.ballot.code);
        std::cout << say(language, "cli.evote.made_private", {{"file", options.out}}) << "\n";
        return Done{};
    });
}

Result<Done> cast_ballot(const BallotOptions& options, Language language) {
    const auto setup = TRY(setup_of_record(options.record));
    const auto sealed = TRY(sealed_from(options.sealed, sealed_format));
    TRY(belongs_to(sealed, setup));
    const auto credential = TRY(credential_from_text(TRY(read_secret(options.credential)).reveal()));
    return in_group(setup.election.group, [&](const auto& group) -> Result<Done> {
        if (credential_in(sealed.ballot.text) != TRY(listed_credential(group, setup, credential)))
            return refuse(cli::Why::other_credential_sealed);
        const auto ballot = signed_text(group, sealed, credential);
        NewFiles files;
        TRY(files.write(options.out, ballot + "\n", Privacy::open));
        files.keep();
        // With the seed anybody could say how this ballot was cast.
        ::unlink(options.sealed.c_str());
        print_cast(language, ballot, sealed.ballot.code, options.out);
        return Done{};
    });
}

Result<Done> open_ballot(const BallotOptions& options, Language language) {
    const auto sealed = TRY(sealed_from(options.sealed, sealed_format));
    NewFiles files;
    TRY(files.write(options.out, text_of(sealed, opened_format).reveal(), Privacy::open));
    files.keep();
    ::unlink(options.sealed.c_str());
    print_code(language, sealed.ballot.code);
    std::cout << say(language, "cli.evote.made", {{"file", options.out}}) << "\n";
    return Done{};
}

Result<Done> test_ballot(const BallotOptions& options, Language language) {
    const auto setup = TRY(setup_of_record(options.record));
    const auto opened = TRY(sealed_from(options.opened, opened_format));
    TRY(belongs_to(opened, setup));
    if (!options.code.empty() && options.code != opened.ballot.code)
        return refuse(cli::Why::code_differs, {{"wanted", shown(options.code)}, {"found", opened.ballot.code}});
    TRY(in_group(setup.election.group, [&](const auto& group) {
        return check_opening(group, setup.election, setup.fingerprint, key_of(group, setup),
                             credential_in(opened.ballot.text), opened.vote.choices, opened.seed, opened.ballot.text);
    }));
    print_code(language, opened.ballot.code);
    std::cout << say(language, "cli.evote.tested") << "\n";
    for (std::size_t i = 0; i < setup.election.questions.size(); ++i) {
        const auto& question = setup.election.questions[i];
        std::cout << "  " << printable(question.question) << "\n";
        if (question.is_ranking) {
            for (std::size_t k = 0; k < question.answers.size(); ++k) {
                const auto number = std::to_string(opened.vote.choices[i][k]);
                std::cout << "    " << std::string(3 - number.size(), ' ') << number << "  "
                          << printable(question.answers[k]) << "\n";
            }
            continue;
        }
        bool none = true;
        for (std::size_t k = 0; k < opened.vote.choices[i].size(); ++k) {
            if (opened.vote.choices[i][k] == 0) continue;
            none = false;
            const std::size_t answer = question.blank ? k - 1 : k;
            std::cout << "    "
                      << (question.blank && k == 0 ? say(language, "cli.verify.blank")
                                                   : printable(question.answers[answer]))
                      << "\n";
        }
        if (none) std::cout << "    " << say(language, "cli.evote.nothing_chosen") << "\n";
    }
    if (options.code.empty()) std::cout << say(language, "cli.evote.compare_code") << "\n";
    return Done{};
}

}  // namespace plenum::cli
