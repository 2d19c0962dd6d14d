# SPDX-License-Identifier: Apache-2.0
# Solver backends: one folder each. A module's fragment adds to `modules` and `module_ids`.

include solvers/null/local.mk
include solvers/enum/local.mk
include solvers/glpk/local.mk
include solvers/cbc/local.mk
EXTRA_DIST += solvers/apart.h
