# shellcheck shell=sh
# SPDX-License-Identifier: Apache-2.0
# TAP for tests that are shell scripts: source it, call ok, not_ok, skip, or check, then finish.
# Knows no test.

tap_count=0
tap_failed=0

# ok NAME: one passed test.
ok()
{
    tap_count=$((tap_count + 1))
    echo "ok $tap_count - $1"
}

# not_ok NAME [TEXT]: one failed test; each line of TEXT becomes a comment.
not_ok()
{
    tap_count=$((tap_count + 1))
    tap_failed=$((tap_failed + 1))
    echo "not ok $tap_count - $1"
    if [ -n "${2-}" ]; then
        printf '%s\n' "$2" | sed 's/^/# /'
    fi
}

# skip NAME REASON
skip()
{
    tap_count=$((tap_count + 1))
    echo "ok $tap_count - $1 # SKIP $2"
}

# skip_all REASON: for a script none of whose tests can run here.
skip_all()
{
    echo "1..0 # SKIP $1"
    exit 0
}

# check NAME COMMAND...: passes if the command succeeds; its output is shown if it does not.
check()
{
    tap_name=$1
    shift
    if tap_output=$("$@" 2>&1); then
        ok "$tap_name"
    else
        not_ok "$tap_name" "$tap_output"
    fi
}

# none NAME TEXT: passes if TEXT, a list of findings, is empty.
none()
{
    if [ -z "$2" ]; then
        ok "$1"
    else
        not_ok "$1" "$2"
    fi
}

finish()
{
    echo "1..$tap_count"
    if [ "$tap_failed" -gt 0 ] && [ -z "${HARNESS_ACTIVE-}" ]; then
        exit 1
    fi
    exit 0
}
