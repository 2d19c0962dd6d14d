# SPDX-License-Identifier: Apache-2.0
# Use of an installation by others. Not part of `make check`: it installs.

EXTRA_DIST += tests/install/install.sh tests/install/consumer.c

.PHONY: install-test
install-test: all
	$(MAKE) check-TESTS TESTS=tests/install/install.sh
