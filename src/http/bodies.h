// SPDX-License-Identifier: Apache-2.0
// What goes over the wire and has no struct of its own below: for the description of the interface. A test holds every
// answer to it.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/fields.h"

namespace plenum::http::body {

struct Health {
    std::string status;
    static constexpr auto fields() { return fields_of(field("status", &Health::status, "ok")); }
};
struct WhoAmI {
    std::string role;
    static constexpr auto fields() { return fields_of(field("role", &WhoAmI::role, "administrator | screen")); }
};
struct SignIn {
    std::string link;
    static constexpr auto fields() {
        return fields_of(field("link", &SignIn::link, "secret of the link, 64 hex digits"));
    }
};
struct Listing {
    std::string id;
    Text organisation, title;
    std::string phase;
    bool rehearsal = false;
    bool on_screen = false;
    static constexpr auto fields() {
        using Me = Listing;
        return fields_of(field("id", &Me::id, "id"), field("organisation", &Me::organisation, "who holds it"),
                         field("title", &Me::title, "title"), field("phase", &Me::phase, "planning to approved"),
                         field("rehearsal", &Me::rehearsal, "a rehearsal"),
                         field("on_screen", &Me::on_screen, "shown by a hall screen whose link names no congress"));
    }
};
struct Receipt {
    std::int64_t first = 0, last = 0;
    std::string head;
    bool repeated = false;
    static constexpr auto fields() {
        using Me = Receipt;
        return fields_of(field("first", &Me::first, "first event of the act"),
                         field("last", &Me::last, "last event of the act"),
                         field("head", &Me::head, "hash of the last"),
                         field("repeated", &Me::repeated, "the key was known: the receipt of the first time"));
    }
};
struct Tried {
    std::int64_t seq = 0;
    std::vector<Text> sentences;
    static constexpr auto fields() {
        return fields_of(field("seq", &Tried::seq, "last event it was tried on"),
                         field("sentences", &Tried::sentences, "as they would stand in the minutes"));
    }
};
struct Event {
    std::int64_t seq = 0;
    std::string kind;
    UtcTime at;
    std::string actor;
    Text sentence;
    static constexpr auto fields() {
        using Me = Event;
        return fields_of(field("seq", &Me::seq, "number"), field("kind", &Me::kind, "what happened"),
                         field("at", &Me::at, "when"), field("actor", &Me::actor, "who"),
                         field("sentence", &Me::sentence, "in words; empty for what goes without saying"));
    }
};
struct Events {
    std::vector<Event> events;
    std::optional<std::int64_t> next;
    static constexpr auto fields() {
        return fields_of(field("events", &Events::events, "oldest first"),
                         field("next", &Events::next, "give it as `after` for the next page"));
    }
};
struct ScreenControl {
    std::optional<int> page;
    std::optional<Text> notice;
    static constexpr auto fields() {
        return fields_of(field("page", &ScreenControl::page, "page of a result"),
                         prose("notice", &ScreenControl::notice, "text, or null to remove it").at_most(200));
    }
};

// ---- The screen view, docs/formats/screen-view.md

struct Figures {
    std::optional<std::int64_t> entitled, present, issued, returned, valid;
    static constexpr auto fields() {
        using Me = Figures;
        return fields_of(field("entitled", &Me::entitled, "entitled"), field("present", &Me::present, "present"),
                         field("issued", &Me::issued, "ballots issued"),
                         field("returned", &Me::returned, "ballots returned"),
                         field("valid", &Me::valid, "valid ballots"));
    }
};
struct Delegation {
    Text name;
    std::int64_t entitled = 0, present = 0;
    static constexpr auto fields() {
        using Me = Delegation;
        return fields_of(field("name", &Me::name, "name"), field("entitled", &Me::entitled, "entitled"),
                         field("present", &Me::present, "present"));
    }
};
struct Gathering {
    Text sitting, welcome;
    std::optional<std::int64_t> quorum_required;
    bool quorum_met = false;
    Text rule;
    std::vector<Delegation> delegations;
    static constexpr auto fields() {
        using Me = Gathering;
        return fields_of(field("sitting", &Me::sitting, "title"), field("welcome", &Me::welcome, "welcome"),
                         field("quorum_required", &Me::quorum_required, "needed"),
                         field("quorum_met", &Me::quorum_met, "there"),
                         field("rule", &Me::rule, "the rule as a sentence"),
                         field("delegations", &Me::delegations, "attendance by unit"));
    }
};
struct ShownDocument {
    Text title;
    std::string path;
    static constexpr auto fields() {
        return fields_of(field("title", &ShownDocument::title, "title"),
                         field("path", &ShownDocument::path, "where it can be read"));
    }
};
struct NextItem {
    std::int64_t number = 0;
    Text title;
    static constexpr auto fields() {
        return fields_of(field("number", &NextItem::number, "place in the agenda"),
                         field("title", &NextItem::title, "title"));
    }
};
struct ShownItem {
    std::int64_t number = 0;
    Text title;
    std::string kind;
    std::optional<std::string> presenter;
    std::vector<ShownDocument> documents;
    std::vector<NextItem> next;
    static constexpr auto fields() {
        using Me = ShownItem;
        return fields_of(field("number", &Me::number, "place in the agenda"), field("title", &Me::title, "title"),
                         field("kind", &Me::kind, "type"), field("presenter", &Me::presenter, "who presents it"),
                         field("documents", &Me::documents, "documents"), field("next", &Me::next, "next items"));
    }
};
struct VoteOpen {
    std::optional<std::int64_t> number;
    Text question, mode;
    std::optional<UtcTime> closes_at;
    std::optional<std::int64_t> voted;
    std::int64_t electorate = 0;
    Text rule;
    bool secret = false;
    std::optional<std::int64_t> seats, candidates;
    static constexpr auto fields() {
        using Me = VoteOpen;
        return fields_of(
            field("number", &Me::number, "item"), field("question", &Me::question, "in full"),
            field("mode", &Me::mode, "how"), field("closes_at", &Me::closes_at, "until when"),
            field("voted", &Me::voted, "how many have voted"), field("electorate", &Me::electorate, "of how many"),
            field("rule", &Me::rule, "what counts as adopted"), field("secret", &Me::secret, "secret vote"),
            field("seats", &Me::seats, "seats"), field("candidates", &Me::candidates, "candidates"));
    }
};
struct Verdict {
    std::optional<std::int64_t> number;
    Text question;
    bool adopted = false;
    std::int64_t in_favour = 0, against = 0, abstain = 0;
    std::string base;
    Text base_name;
    std::int64_t base_count = 0, required = 0;
    Text rule;
    static constexpr auto fields() {
        using Me = Verdict;
        return fields_of(
            field("number", &Me::number, "item"), field("question", &Me::question, "in full"),
            field("adopted", &Me::adopted, "adopted"), field("for", &Me::in_favour, "votes for"),
            field("against", &Me::against, "votes against"), field("abstain", &Me::abstain, "abstentions"),
            field("base", &Me::base, "base of the majority"), field("base_name", &Me::base_name, "in words"),
            field("base_count", &Me::base_count, "its number"), field("required", &Me::required, "votes needed"),
            field("rule", &Me::rule, "the rule as a sentence"));
    }
};
struct ShownRow {
    std::int64_t rank = 0;
    std::string name, unit;
    std::int64_t in_favour = 0, against = 0, abstain = 0;
    bool elected = false, write_in = false, ineligible = false;
    static constexpr auto fields() {
        using Me = ShownRow;
        return fields_of(field("rank", &Me::rank, "place"), field("name", &Me::name, "name"),
                         field("unit", &Me::unit, "unit"), field("for", &Me::in_favour, "votes for"),
                         field("against", &Me::against, "votes against"), field("abstain", &Me::abstain, "abstentions"),
                         field("elected", &Me::elected, "elected"),
                         field("write_in", &Me::write_in, "was not on the list"),
                         field("ineligible", &Me::ineligible, "cannot be elected"));
    }
};
struct ElectionResult {
    Text body;
    bool valid_election = true;
    std::int64_t round = 1, seats = 0;
    std::optional<std::int64_t> threshold;
    std::string base;
    Text base_name;
    std::int64_t base_count = 0, scale_max = 0;
    std::vector<ShownRow> rows;
    std::int64_t elected = 0, open = 0;
    std::vector<std::string> tied;
    std::optional<Text> next;
    Text rule, state;
    std::int64_t page = 1, pages = 1;
    std::string record;
    static constexpr auto fields() {
        using Me = ElectionResult;
        return fields_of(
            field("body", &Me::body, "body"), field("valid_election", &Me::valid_election, "false if void"),
            field("round", &Me::round, "round"), field("seats", &Me::seats, "seats"),
            field("threshold", &Me::threshold, "votes needed"), field("base", &Me::base, "base of the threshold"),
            field("base_name", &Me::base_name, "in words"), field("base_count", &Me::base_count, "its number"),
            field("scale_max", &Me::scale_max, "right end of the bars"), field("rows", &Me::rows, "by rank"),
            field("elected", &Me::elected, "how many"), field("open", &Me::open, "seats left"),
            field("tied", &Me::tied, "names tied"), field("next", &Me::next, "what may follow"),
            field("rule", &Me::rule, "the rule as a sentence"), field("state", &Me::state, "in words"),
            field("page", &Me::page, "page shown"), field("pages", &Me::pages, "pages"),
            field("record", &Me::record, "hash of the certificate"));
    }
};
struct Pause {
    std::string kind;
    Text sentence;
    std::optional<Text> next;
    static constexpr auto fields() {
        return fields_of(field("kind", &Pause::kind, "why"), field("sentence", &Pause::sentence, "one sentence"),
                         field("next", &Pause::next, "what happens next"));
    }
};
struct ScreenView {
    std::int64_t seq = 0;
    UtcTime at;
    std::int64_t utc_offset_minutes = 0;
    bool rehearsal = false;
    Text organisation, congress;
    std::string state;
    Figures figures;
    std::string fingerprint;
    std::vector<std::string> scrutineers;
    std::optional<Gathering> gathering;
    std::optional<ShownItem> item;
    std::optional<VoteOpen> vote_open;
    std::optional<Verdict> verdict;
    std::optional<ElectionResult> election_result;
    std::optional<Pause> pause;
    static constexpr auto fields() {
        using Me = ScreenView;
        return fields_of(
            field("seq", &Me::seq, "last event"), field("at", &Me::at, "its instant"),
            field("utc_offset_minutes", &Me::utc_offset_minutes, "local time of the congress, minutes east of UTC"),
            field("rehearsal", &Me::rehearsal, "a rehearsal"), field("organisation", &Me::organisation, "who holds it"),
            field("congress", &Me::congress, "title"), field("state", &Me::state, "which of the six states"),
            field("figures", &Me::figures, "figures"), field("fingerprint", &Me::fingerprint, "head of the journal"),
            field("scrutineers", &Me::scrutineers, "names"), field("gathering", &Me::gathering, "doors are open"),
            field("item", &Me::item, "an item"), field("vote_open", &Me::vote_open, "a vote is open"),
            field("verdict", &Me::verdict, "a vote was declared"),
            field("election_result", &Me::election_result, "a result"),
            field("pause", &Me::pause, "a pause or notice"));
    }
};

}  // namespace plenum::http::body
