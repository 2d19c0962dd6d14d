# SPDX-License-Identifier: Apache-2.0
# The Python module: plain files, and what is made from the public headers. Nothing is compiled.

python_sources = \
    lib/python/quaywright/__init__.py \
    lib/python/quaywright/_declared.py \
    lib/python/quaywright/_fields.py \
    lib/python/quaywright/_handle.py \
    lib/python/quaywright/_library.py \
    lib/python/quaywright/_run.py \
    lib/python/quaywright/_solve.py \
    lib/python/quaywright/_tide.py \
    lib/python/quaywright/_times.py \
    lib/python/quaywright/builder.py \
    lib/python/quaywright/certificate.py \
    lib/python/quaywright/check.py \
    lib/python/quaywright/context.py \
    lib/python/quaywright/diff.py \
    lib/python/quaywright/entity.py \
    lib/python/quaywright/errors.py \
    lib/python/quaywright/explain.py \
    lib/python/quaywright/plan.py \
    lib/python/quaywright/py.typed \
    lib/python/quaywright/scenario.py \
    lib/python/quaywright/session.py \
    lib/python/quaywright/tables.py \
    lib/python/quaywright/vary.py
python_made = \
    lib/python/quaywright/_cdef.h \
    lib/python/quaywright/_docs.json \
    lib/python/quaywright/_location.json \
    lib/python/quaywright/_table.py
EXTRA_DIST += $(python_sources) lib/python/make_cdef.py lib/python/README.md

if QWR_PYTHON
pythonpackagedir = $(pythondir)/quaywright
pythonpackage_DATA = $(python_sources) $(python_made)
noinst_DATA = lib/python/stamp
CLEANFILES += $(python_made) lib/python/stamp

python_headers = $(addprefix $(srcdir)/,$(dist_quaywrightinclude_HEADERS)) \
    $(nodist_quaywrightinclude_HEADERS)

lib/python/quaywright/_cdef.h: $(python_headers) $(srcdir)/lib/python/make_cdef.py
	$(AM_V_GEN)$(MKDIR_P) lib/python/quaywright && \
	PYTHONDONTWRITEBYTECODE=1 $(PYTHON) $(srcdir)/lib/python/make_cdef.py lib/python/quaywright \
	    $(python_headers)

lib/python/quaywright/_docs.json lib/python/quaywright/_table.py: lib/python/quaywright/_cdef.h
	@test -f $@ || { rm -f lib/python/quaywright/_cdef.h && \
	    $(MAKE) lib/python/quaywright/_cdef.h; }

lib/python/quaywright/_location.json: Makefile
	$(AM_V_GEN)$(MKDIR_P) lib/python/quaywright && \
	printf '{"libdir": "%s", "soname": "%s", "version": "%s"}\n' '$(libdir)' \
	    'libquaywright.so.$(QWR_SONAME_MAJOR)' '$(PACKAGE_VERSION)' >$@-tmp && mv $@-tmp $@

# The module of the build tree, whole: PYTHONPATH=build/lib/python/tree.
lib/python/stamp: $(addprefix $(srcdir)/,$(python_sources)) $(python_made)
	$(AM_V_GEN)$(MKDIR_P) lib/python/tree/quaywright && \
	cp -f $(addprefix $(srcdir)/,$(python_sources)) $(python_made) lib/python/tree/quaywright/ && \
	chmod -R u+w lib/python/tree && touch $@

endif

clean-local: clean-python
.PHONY: clean-python
clean-python:
	rm -rf lib/python/tree
