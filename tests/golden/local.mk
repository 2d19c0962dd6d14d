# SPDX-License-Identifier: Apache-2.0
# Output compared with kept files. `make golden-update` keeps it anew; say why in the commit.

test_scripts += tests/golden/golden.sh
EXTRA_DIST += tests/golden/help.txt tests/golden/check.json tests/golden/small-day.json

.PHONY: golden-update
golden-update: all
	QWR_GOLDEN_UPDATE=yes; export QWR_GOLDEN_UPDATE; \
	$(MAKE) check-TESTS TESTS=tests/golden/golden.sh
