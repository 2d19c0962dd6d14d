# SPDX-License-Identifier: Apache-2.0
# What make derives for help: tables from the schemas, and what the tool prints of itself, manual
# pages and completion scripts.

# --- help from the schemas -----------------------------------------------------------------------

schema_tables = lib/cli/schema_scenario.c lib/cli/schema_plan.c lib/cli/schema_certificate.c
nodist_quaywright_SOURCES = $(schema_tables)
EXTRA_DIST += lib/cli/schema_table.awk
CLEANFILES += $(schema_tables)

lib/cli/schema_scenario.c: data/schema/scenario.xsd lib/cli/schema_table.awk
	$(AM_V_GEN)$(MKDIR_P) lib/cli && $(AWK) -v name=scenario \
	    -f $(srcdir)/lib/cli/schema_table.awk $(srcdir)/data/schema/scenario.xsd >$@-tmp && mv $@-tmp $@
lib/cli/schema_plan.c: data/schema/plan.xsd lib/cli/schema_table.awk
	$(AM_V_GEN)$(MKDIR_P) lib/cli && $(AWK) -v name=plan \
	    -f $(srcdir)/lib/cli/schema_table.awk $(srcdir)/data/schema/plan.xsd >$@-tmp && mv $@-tmp $@
lib/cli/schema_certificate.c: data/schema/certificate.xsd lib/cli/schema_table.awk
	$(AM_V_GEN)$(MKDIR_P) lib/cli && $(AWK) -v name=certificate \
	    -f $(srcdir)/lib/cli/schema_table.awk $(srcdir)/data/schema/certificate.xsd >$@-tmp && mv $@-tmp $@

# --- what the tool says of itself ------------------------------------------------------------------
# Manual pages and completion scripts are printed by the tool that was just built, so nothing of
# them is kept in the tree. The list of pages is that of 'quaywright help --words pages'
# (tests/cases/manual.sh compares them). A build for another machine cannot run the tool and installs none.

man_pages = \
    lib/cli/man/quaywright.1 \
    lib/cli/man/quaywright-bench.1 \
    lib/cli/man/quaywright-certificate-xml.5 \
    lib/cli/man/quaywright-check.1 \
    lib/cli/man/quaywright-completion.7 \
    lib/cli/man/quaywright-convert.1 \
    lib/cli/man/quaywright-csbap-text.5 \
    lib/cli/man/quaywright-tidal-csv.5 \
    lib/cli/man/quaywright-dbap-text.5 \
    lib/cli/man/quaywright-diff.1 \
    lib/cli/man/quaywright-exit-codes.7 \
    lib/cli/man/quaywright-explain.1 \
    lib/cli/man/quaywright-formats.5 \
    lib/cli/man/quaywright-generate.1 \
    lib/cli/man/quaywright-help.1 \
    lib/cli/man/quaywright-history-csv.5 \
    lib/cli/man/quaywright-hybrid-json.5 \
    lib/cli/man/quaywright-json.5 \
    lib/cli/man/quaywright-milp.5 \
    lib/cli/man/quaywright-plan.1 \
    lib/cli/man/quaywright-plan-csv.5 \
    lib/cli/man/quaywright-plan-json.5 \
    lib/cli/man/quaywright-plan-xml.5 \
    lib/cli/man/quaywright-plugin.1 \
    lib/cli/man/quaywright-plugins.7 \
    lib/cli/man/quaywright-report.1 \
    lib/cli/man/quaywright-rules.7 \
    lib/cli/man/quaywright-scenario-xml.5 \
    lib/cli/man/quaywright-solution-csv.5 \
    lib/cli/man/quaywright-solver.1 \
    lib/cli/man/quaywright-sweep.1 \
    lib/cli/man/quaywright-sweep-store.5 \
    lib/cli/man/quaywright-validate.1 \
    lib/cli/man/quaywright-variables.7 \
    lib/cli/man/quaywright-verify.1 \
    lib/cli/man/quaywright-version.1
completion_scripts = \
    lib/cli/completion/bash/quaywright \
    lib/cli/completion/zsh/_quaywright \
    lib/cli/completion/fish/quaywright.fish

if QWR_RUNS
nodist_man_MANS = $(man_pages)
bashcompletiondir = $(datadir)/bash-completion/completions
nodist_bashcompletion_DATA = lib/cli/completion/bash/quaywright
zshcompletiondir = $(datadir)/zsh/site-functions
nodist_zshcompletion_DATA = lib/cli/completion/zsh/_quaywright
fishcompletiondir = $(datadir)/fish/vendor_completions.d
nodist_fishcompletion_DATA = lib/cli/completion/fish/quaywright.fish
endif
CLEANFILES += $(man_pages) $(completion_scripts) lib/cli/printed.stamp

lib/cli/printed.stamp: quaywright$(EXEEXT)
	$(AM_V_GEN)$(MKDIR_P) lib/cli/man lib/cli/completion/bash lib/cli/completion/zsh \
	    lib/cli/completion/fish
	$(AM_V_at)for page in $(man_pages); do \
	    ./quaywright help --man `basename $$page` >$$page-tmp && mv $$page-tmp $$page || exit 1; \
	done
	$(AM_V_at)for script in $(completion_scripts); do \
	    ./quaywright help --completion `basename \`dirname $$script\`` >$$script-tmp && \
	    mv $$script-tmp $$script || exit 1; \
	done
	$(AM_V_at)echo made >$@

$(man_pages) $(completion_scripts): lib/cli/printed.stamp
	$(AM_V_at)if test -f $@; then touch $@; else rm -f lib/cli/printed.stamp && \
	    $(MAKE) $(AM_MAKEFLAGS) lib/cli/printed.stamp; fi
