// SPDX-License-Identifier: Apache-2.0
// The acts as forms: what each wants, from the same lists of fields that read it, with labels for people. With it one
// generic form can perform every act, and the description of the interface is written.
#pragma once
#include <string>
#include <vector>

#include "base/fields.h"
#include "base/shape.h"
#include "congress/parts.h"
#include "election/election.h"

namespace plenum::app {

/// What is asked for where the office fills in the rest from its books (see compose.h).
namespace asked {
/// congress.declare_result: the numbers come from the certificate.
struct DeclareResult {
    election::ElectionId election;
    static constexpr auto fields() {
        return fields_of(field("election", &DeclareResult::election, "certified election"));
    }
};
/// The subject "candidates" of congress.put_question: the list is the one that the election nominated.
struct Candidates {
    static constexpr std::string_view kind = "candidates";
    std::string body;
    static constexpr auto fields() { return fields_of(field("body", &Candidates::body, "body")); }
};
/// election.prepare: rules, seats and title are those of the congress.
struct Prepare {
    election::ElectionId election;
    std::string body;
    static constexpr auto fields() {
        return fields_of(field("election", &Prepare::election, "new id"), field("body", &Prepare::body, "body"));
    }
};
/// election.prepare_next_round: everything else follows from the round before.
struct PrepareNextRound {
    election::ElectionId election, after;
    election::NextRound next = election::NextRound::for_open_seats;
    static constexpr auto fields() {
        return fields_of(field("election", &PrepareNextRound::election, "new id"),
                         field("after", &PrepareNextRound::after, "the election before it"),
                         field("next", &PrepareNextRound::next, "among_tied | for_open_seats | repeat"));
    }
};
}  // namespace asked

/// One act as it is asked for.
struct ActShape {
    std::string name;  ///< "congress.check_in"
    std::string room;  ///< "congress"
    std::string of;    ///< what Ask::congress must be: "congress" | "election" (a congress's id) | "register" ("")
    Shape with;
};
/// Every act that may be asked for directly, in the order in which a congress goes. Made once.
const std::vector<ActShape>& act_shapes();

/// A field of a form: where its values come from. "" for none.
std::string_view source_of_field(std::string_view act, std::string_view path);

/// "Check in" / "签到".
Text label_of_act(std::string_view act);
/// The label of a field by the act and the path of the names to it ("subject/presidium/members").
Text label_of_field(std::string_view act, std::string_view path);
/// The label of a value of a choice; `field` is the field's own name.
Text label_of_choice(std::string_view field, std::string_view value);

/// True of an act that carries a sheet: it has a page of its own and no form (docs/formats/roster-import.md).
bool carries_a_sheet(const ActShape& act);

/// The body of GET /api/acts (docs/formats/desk.md). Made once.
const Json& act_forms();

}  // namespace plenum::app
