// SPDX-License-Identifier: Apache-2.0
// Minutes and communique, written from the events: no number in them was ever typed twice.
#pragma once
#include "congress/congress.h"

namespace plenum::congress {

/// An event with its number in the journal and its instant.
struct Recorded {
    std::int64_t seq = 0;
    UtcTime at;
    Event event;
};

/// A paper as blocks of plain text; markdown_from and html_from escape everything. In a paragraph and in an item of a
/// list a line feed begins a new line; elsewhere it is a space.
struct Heading {
    int level = 2;
    std::string text;
};
/// A paragraph of running text.
struct Paragraph {
    std::string text;
};
/// A list without numbers.
struct BulletList {
    std::vector<std::string> items;
};
/// A table; every row has as many cells as the head.
struct Table {
    std::vector<std::string> head;
    std::vector<std::vector<std::string>> rows;
    std::vector<bool> numbers;  ///< columns that are set flush right
};
/// What a paper is made of.
using Block = std::variant<Heading, Paragraph, BulletList, Table>;
/// A paper in one language.
struct Paper {
    Language language = Language::zh_hans;
    std::string title;
    std::string notice;  ///< "Rehearsal" or empty; stands above the title
    std::vector<Block> blocks;
};

/// What happened at the ballots of an election, told by those who know elections, with its place among the events.
struct AtBallots {
    std::int64_t seq = 0;
    UtcTime at;
    Text sentence;
};

/// The minutes (会议纪要): every fact in order with its local time, grouped by sitting, results as tables; whom and
/// what was adopted is written out (presidium, agenda, lists of candidates, scrutineers, amendments, members
/// nominated).
///
/// history  all events of one congress in order
/// ballots  in order; what comes behind the last event of the congress is left to the minutes that tell what follows
/// head     hash of the last event in the journal: whoever holds both can check them against each other
Paper minutes(const std::vector<Recorded>& history, const std::vector<AtBallots>& ballots, std::string_view head,
              Language language);

/// The communique (公报): what the public is told, after the close; results carry "pending approval" until the reply.
Paper communique(const std::vector<Recorded>& history, std::string_view head, Language language);

/// The paper as Markdown (CommonMark with tables), with every sign escaped that would mean something.
std::string markdown_from(const Paper& paper);
/// A whole page without scripts, readable under the strict content security policy, printable: its style is a link to
/// the server's `/paper.css`.
std::string html_from(const Paper& paper);
/// The same as a file that is read without a server: the style stands in it.
std::string standalone_html_from(const Paper& paper);

}  // namespace plenum::congress
