# SPDX-License-Identifier: Apache-2.0
# The recorded ABIs, and a program of an older one. `make abi` needs abigail-tools and a build with -g.

test_scripts += tests/abi/old_caller.sh
EXTRA_DIST += tests/abi/abi.sh tests/abi/libquaywright.abi tests/abi/libquaywright-0.1.abi tests/abi/grown.suppr \
    tests/abi/old_caller.c

.PHONY: abi abi-baseline
abi: all
	$(MAKE) check-TESTS TESTS=tests/abi/abi.sh

# Private types and places in files are left out: they are not the ABI.
abi-baseline: all
	abidw --headers-dir $(top_srcdir)/lib/include/quaywright --drop-private-types \
	    --drop-undefined-syms --exported-interfaces-only --no-show-locs --no-comp-dir-path \
	    --no-corpus-path --no-elf-needed --no-parameter-names --no-write-default-sizes \
	    --out-file libquaywright.abi .libs/libquaywright.so
	sed "s#path='[^']*/lib/#path='lib/#" libquaywright.abi > $(top_srcdir)/tests/abi/libquaywright.abi
	rm -f libquaywright.abi
