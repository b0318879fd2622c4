// SPDX-License-Identifier: Apache-2.0
#include <filesystem>
#include <iostream>

#include "base/file.h"
#include "cli/commands.h"
#include "rules/cases.h"
#include "rules/rules.h"

namespace plenum::cli {
