# SPDX-License-Identifier: Apache-2.0
# The schemas of scenario and plan files, and scenarios to start from.

schemadir = $(pkgdatadir)/schema
dist_schema_DATA = data/schema/plan.xsd data/schema/scenario.xsd
scenariosdir = $(pkgdatadir)/scenarios
dist_scenarios_DATA = \
    data/scenarios/gateway-month.xml \
    data/scenarios/harbour-week.xml \
    data/scenarios/small-day.xml
EXTRA_DIST += data/README.md data/pictures/harbour-week.svg data/scenarios/README.md
