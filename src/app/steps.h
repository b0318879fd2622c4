// SPDX-License-Identifier: Apache-2.0
// The chair's bar: what comes next, and of every other act whether it is lawful now and if not why.
#pragma once
#include "app/desk.h"

namespace plenum::app::desk {

/// One act as it may be asked for now, or why it may not.
struct Step {
    std::string act;
    Text label;
    std::optional<Text> about;
    Json with;
    std::vector<std::string> needs;
    bool lawful = false;
    std::optional<Json> why;  ///< as problem_json writes it
    std::optional<Text> sentence;
    static constexpr auto fields() {
        using Me = Step;
        return fields_of(field("act", &Me::act, "as in POST /api/acts"),
                         field("label", &Me::label, "what it is called"),
                         field("about", &Me::about, "which item, body, party, question …"),
                         field("with", &Me::with, "fields of the act as far as the books tell"),
                         field("needs", &Me::needs, "fields a person must give or look at"),
                         field("lawful", &Me::lawful, "nothing but the input named stands in the way"),
                         field("why", &Me::why, "why it is not lawful"),
                         field("sentence", &Me::sentence, "what will be announced; of the next act only"));
    }
};
/// The quorum of the open doors or the open sitting.
struct Standing {
    std::int64_t entitled = 0, present = 0, required = 0;
    bool met = false;
    Text rule;
    static constexpr auto fields() {
        using Me = Standing;
        return fields_of(field("entitled", &Me::entitled, "entitled"), field("present", &Me::present, "present"),
                         field("required", &Me::required, "needed"), field("met", &Me::met, "a quorum is there"),
                         field("rule", &Me::rule, "the rule as a sentence"));
    }
};
/// The item that was called last and is not done.
struct CurrentItem {
    std::string id;
    std::int64_t number = 0;
    Text title;
    static constexpr auto fields() {
        using Me = CurrentItem;
        return fields_of(field("id", &Me::id, "id"), field("number", &Me::number, "place in the agenda"),
                         field("title", &Me::title, "title"));
    }
};
/// GET /api/congresses/{id}/steps: the chair's bar.
struct Steps {
    std::int64_t seq = 0;
    std::optional<Standing> quorum;
    std::optional<CurrentItem> item;
    std::optional<Step> next;
    std::vector<Step> steps;
    static constexpr auto fields() {
        using Me = Steps;
        return fields_of(field("seq", &Me::seq, "last event of the congress and its elections"),
                         field("quorum", &Me::quorum, "while doors are open"),
                         field("item", &Me::item, "called last and not done"),
                         field("next", &Me::next, "none once everything is done"),
                         field("steps", &Me::steps, "every act, the next one first"));
    }
};

/// The steps of a congress. Whether an act is lawful is asked of the same deciding that performs it (decide_on), with
/// stand-ins where a person must still give something; there are no second rules. What comes next is the first lawful
/// act in the order in which a congress goes.
///
/// cost  one deciding for each act and each thing it may be about; and, where the next act wants no input, a copy of
/// the
///       congress to tell its sentence
Steps steps_of(const Books& books, const congress::Congress& congress, UtcTime now, Language language);

}  // namespace plenum::app::desk
