// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "app/office.h"

namespace plenum::app {

/// What the hall screen shows now, as docs/formats/screen-view.md says. Pure.
Json screen_view(const Books& books, const congress::Congress& congress, const ScreenControl& control,
                 std::string_view head);

/// Pages of the result that is on the screen, 12 rows each; 1 where none is.
int result_pages(const congress::Congress& congress);

}  // namespace plenum::app
