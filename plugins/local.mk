# SPDX-License-Identifier: Apache-2.0
# Plugins: one folder each. A module's fragment adds to `modules` and `module_ids`.

include plugins/gsl/local.mk
include plugins/classmean/local.mk
include plugins/handling/local.mk
include plugins/swap/local.mk
include plugins/template/local.mk
