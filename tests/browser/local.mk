# SPDX-License-Identifier: Apache-2.0
# The report in a browser. The script skips where chromium, chromedriver or python3 is missing.

test_scripts += tests/browser/report.py
EXTRA_DIST += tests/browser/browser.py
