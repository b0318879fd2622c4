// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "congress/congress.h"

namespace plenum::congress {

/// A fact as one sentence in three languages, as a chair would say it or the minutes would put it; the same sentence
/// stands in the minutes, in the terminal and in the list of events.
///
/// after  the state after the event (names of delegates and bodies are looked up in it)
Text sentence_of(const Congress& after, const Event& event);

/// "the committee" as this congress calls it; the pack's name where the body is unknown.
Text body_title(const Congress& congress, std::string_view body);
/// "chair: A; vice chairs: B, C": whom the first plenary of a body has elected.
Text offices_of(const Congress& congress, std::string_view body);
/// "higher union" -> its name in this congress; other parties in general words.
Text party_name(const Congress& congress, std::string_view party);
/// What is voted on, in a few words ("the work report", "the presidium").
Text subject_name(const Congress& congress, const QuestionPut& put);
/// The wording of a question, and behind it in brackets what is voted on where the wording does not name that: whatever
/// the chair calls it, what is adopted is the subject under the item. A motion is its own wording.
Text question_named(const Congress& congress, const QuestionPut& put);
/// The majority that a question needs, as a sentence ("Adopted by more than half of those entitled (170): at least
/// 86"). Under the question's own measure if it is one.
plenum::Result<Text> majority_rule(const Congress& congress, const QuestionPut& put);
/// "elected, pending approval by …" and the other states of a body.
Text body_state_name(const Congress& congress, const BodyRecord& body);
/// At which occasion those present were counted, in words: of ballots with the body.
Text occasion_name(const Congress& congress, const QuorumMeasured& event);
/// What a base is called ("those entitled"), by its name in the rule pack.
Text base_name(std::string_view base);
/// One of the lawful next steps of a result ("further_election") as a sentence.
Text next_step_name(std::string_view step);
/// The lawful next steps of the last result of a body as sentences: none where every seat is filled, and no reduction
/// of the seats where nobody is elected or the rules do not let a body have so few.
std::vector<Text> next_steps(const Congress& congress, const BodyRecord& body, const DeclaredResult& result);
/// Those that are open now: while the election goes on all of them, and after it what the rule book provides for seats
/// that were left open.
std::vector<Text> steps_still_open(const Congress& congress, const BodyRecord& body);
/// The words for an enumerator: key `congress.<group>.<name>`.
Text words_for(std::string_view group, std::string_view name);
/// "2026年11月20日" / "20 November 2026".
Text written_date(Date date);
/// "2026年11月18日至19日、2026年11月21日" / "from 18 to 19 November 2026 and on 21 November 2026": days that follow
/// each other are told by the first and the last of them.
///
/// days  at least one
Text written_days(const std::set<Date>& days);
/// The same of all days from the first to the last.
Text written_days(Date first, Date last);
/// Texts one after the other, with what stands between them in Chinese and in English.
Text joined(const std::vector<Text>& texts, std::string_view chinese, std::string_view english);
/// "chair" of a body formed by nomination, in words.
Text role_name(std::string_view role);
/// "A (chair), B (vice chair), C": the members of a body formed by nomination, with whatever is more than a member.
Text nominated_names(const BodyNominated& body);
/// "A, B, C" / "A、B、C".
Text list_of(const std::vector<std::string>& names);

}  // namespace plenum::congress
