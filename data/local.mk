# SPDX-License-Identifier: Apache-2.0
# The schemas of files and of what --json prints, and scenarios to start from.

schemadir = $(pkgdatadir)/schema
dist_schema_DATA = \
    data/schema/bench-gap.schema.json \
    data/schema/bench-kernel.schema.json \
    data/schema/bench-profile.schema.json \
    data/schema/bench-verify.schema.json \
    data/schema/bench.schema.json \
    data/schema/certificate.xsd \
    data/schema/check.schema.json \
    data/schema/convert.schema.json \
    data/schema/diff.schema.json \
    data/schema/error.schema.json \
    data/schema/explain.schema.json \
    data/schema/generate-list.schema.json \
    data/schema/generate.schema.json \
    data/schema/help.schema.json \
    data/schema/plan-file.schema.json \
    data/schema/plan.schema.json \
    data/schema/plan.xsd \
    data/schema/plugin-check.schema.json \
    data/schema/plugin-list.schema.json \
    data/schema/plugin-options.schema.json \
    data/schema/report.schema.json \
    data/schema/scenario.xsd \
    data/schema/solver-list.schema.json \
    data/schema/solver-test.schema.json \
    data/schema/sweep-list.schema.json \
    data/schema/sweep-merge.schema.json \
    data/schema/sweep-report.schema.json \
    data/schema/sweep-show.schema.json \
    data/schema/sweep.schema.json \
    data/schema/validate.schema.json \
    data/schema/verify.schema.json \
    data/schema/version.schema.json
scenariosdir = $(pkgdatadir)/scenarios
dist_scenarios_DATA = \
    data/scenarios/gateway-month.xml \
    data/scenarios/harbour-week.xml \
    data/scenarios/small-day.xml
EXTRA_DIST += data/README.md data/pictures/harbour-week.svg data/scenarios/README.md
