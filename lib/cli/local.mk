# SPDX-License-Identifier: Apache-2.0
# The tool: public headers and the shared library only.

quaywright_SOURCES += \
    lib/cli/args.c \
    lib/cli/args.h \
    lib/cli/bench.h \
    lib/cli/bench_files.c \
    lib/cli/bench_gap.c \
    lib/cli/bench_gap.h \
    lib/cli/bench_gap_show.c \
    lib/cli/bench_groups.c \
    lib/cli/bench_kernel.c \
    lib/cli/bench_list.c \
    lib/cli/bench_profile.c \
    lib/cli/bench_results.c \
    lib/cli/bench_results.h \
    lib/cli/bench_rows.c \
    lib/cli/bench_run.c \
    lib/cli/bench_verify.c \
    lib/cli/bench_verify.h \
    lib/cli/bench_verify_rows.c \
    lib/cli/best_known.c \
    lib/cli/best_known.h \
    lib/cli/chart.c \
    lib/cli/chart.h \
    lib/cli/cli.c \
    lib/cli/cli.h \
    lib/cli/cmd_bench.c \
    lib/cli/cmd_check.c \
    lib/cli/cmd_convert.c \
    lib/cli/cmd_diff.c \
    lib/cli/cmd_explain.c \
    lib/cli/cmd_generate.c \
    lib/cli/cmd_help.c \
    lib/cli/cmd_plan.c \
    lib/cli/cmd_plugin.c \
    lib/cli/cmd_report.c \
    lib/cli/cmd_solver.c \
    lib/cli/cmd_sweep.c \
    lib/cli/cmd_validate.c \
    lib/cli/cmd_verify.c \
    lib/cli/cmd_version.c \
    lib/cli/complete.c \
    lib/cli/complete.h \
    lib/cli/complete_bash.c \
    lib/cli/complete_words.c \
    lib/cli/complete_zsh.c \
    lib/cli/csv_in.c \
    lib/cli/csv_in.h \
    lib/cli/failure.c \
    lib/cli/failure.h \
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
    lib/cli/sweep.h \
    lib/cli/sweep_chart.h \
    lib/cli/sweep_compare.h \
    lib/cli/sweep_help.c \
    lib/cli/sweep_help.h \
    lib/cli/sweep_kpi.c \
    lib/cli/sweep_stats.h \
    lib/cli/sweep_workers.h \
    lib/cli/table.c \
    lib/cli/table.h \
    lib/cli/textbuf.c \
    lib/cli/textbuf.h

# The tool alone links SQLite, and only for these.
sweep_sources = \
    lib/cli/sweep_chart.c \
    lib/cli/sweep_compare.c \
    lib/cli/sweep_design.c \
    lib/cli/sweep_html.c \
    lib/cli/sweep_merge.c \
    lib/cli/sweep_plan.c \
    lib/cli/sweep_report.c \
    lib/cli/sweep_run.c \
    lib/cli/sweep_show.c \
    lib/cli/sweep_stats.c \
    lib/cli/sweep_store.c \
    lib/cli/sweep_store_design.c \
    lib/cli/sweep_store_private.h \
    lib/cli/sweep_store_runs.c \
    lib/cli/sweep_workers.c
if QWR_SQLITE
quaywright_SOURCES += $(sweep_sources)
quaywright_CPPFLAGS += $(SQLITE_CFLAGS)
quaywright_LDADD += $(SQLITE_LIBS)
EXTRA_DIST += lib/cli/sweep_missing.c
else
quaywright_SOURCES += lib/cli/sweep_missing.c
EXTRA_DIST += $(sweep_sources)
endif
