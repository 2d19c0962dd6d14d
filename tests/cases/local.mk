# SPDX-License-Identifier: Apache-2.0
# Tests of the tool from outside: one script a subject.

test_scripts += \
    tests/cases/bad_input.sh \
    tests/cases/bench.sh \
    tests/cases/bench_60x13.sh \
    tests/cases/bench_instructions.sh \
    tests/cases/bench_peers.sh \
    tests/cases/bench_pictures.sh \
    tests/cases/bench_reproduce.sh \
    tests/cases/bench_verify.sh \
    tests/cases/check.sh \
    tests/cases/completion.sh \
    tests/cases/convert.sh \
    tests/cases/diff.sh \
    tests/cases/explain.sh \
    tests/cases/errors.sh \
    tests/cases/examples.sh \
    tests/cases/exit_codes.sh \
    tests/cases/generate.sh \
    tests/cases/help.sh \
    tests/cases/help_examples.sh \
    tests/cases/hosts.sh \
    tests/cases/interrupt.sh \
    tests/cases/json_schema.sh \
    tests/cases/manual.sh \
    tests/cases/plan.sh \
    tests/cases/plugin.sh \
    tests/cases/readme.sh \
    tests/cases/report.sh \
    tests/cases/scenarios.sh \
    tests/cases/sweep.sh \
    tests/cases/sweep_mpi.sh \
    tests/cases/sweep_slurm.sh \
    tests/cases/verify.sh tests/cases/records.sh
EXTRA_DIST += tests/cases/lib.sh
