# SPDX-License-Identifier: Apache-2.0
# The tool: public headers and the shared library only.

quaywright_SOURCES += \
    lib/cli/args.c \
    lib/cli/args.h \
    lib/cli/bench.h \
    lib/cli/bench_kernel.c \
    lib/cli/bench_list.c \
    lib/cli/bench_rows.c \
    lib/cli/best_known.c \
    lib/cli/best_known.h \
    lib/cli/cli.c \
    lib/cli/cli.h \
    lib/cli/cmd_bench.c \
    lib/cli/cmd_check.c \
    lib/cli/cmd_convert.c \
    lib/cli/cmd_diff.c \
    lib/cli/cmd_generate.c \
    lib/cli/cmd_help.c \
    lib/cli/cmd_plan.c \
    lib/cli/cmd_plugin.c \
    lib/cli/cmd_report.c \
    lib/cli/cmd_solver.c \
    lib/cli/cmd_validate.c \
    lib/cli/cmd_version.c \
    lib/cli/complete.c \
    lib/cli/complete_words.c \
    lib/cli/files.c \
    lib/cli/files.h \
    lib/cli/help.h \
    lib/cli/help_formats.c \
    lib/cli/help_json.c \
    lib/cli/help_man.c \
    lib/cli/help_text.c \
    lib/cli/help_topics.c \
    lib/cli/help_topics.h \
    lib/cli/json_out.c \
    lib/cli/json_out.h \
    lib/cli/load.c \
    lib/cli/machine.c \
    lib/cli/machine.h \
    lib/cli/main.c \
    lib/cli/message.c \
    lib/cli/number.c \
    lib/cli/number.h \
    lib/cli/plan_json.c \
    lib/cli/plan_json.h \
    lib/cli/plugin_child.c \
    lib/cli/plugin_child.h \
    lib/cli/progress.c \
    lib/cli/progress.h \
    lib/cli/schema_table.c \
    lib/cli/schema_table.h \
    lib/cli/table.c \
    lib/cli/table.h \
    lib/cli/textbuf.c \
    lib/cli/textbuf.h
