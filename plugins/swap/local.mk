# SPDX-License-Identifier: Apache-2.0

modules += plugins/swap/qwr_swap.la
module_ids += swap
plugins_swap_qwr_swap_la_SOURCES = plugins/swap/swap.c
plugins_swap_qwr_swap_la_CPPFLAGS = $(module_cppflags) $(MODULE_ENTRY)swap
plugins_swap_qwr_swap_la_CFLAGS = $(AM_CFLAGS)
plugins_swap_qwr_swap_la_LDFLAGS = $(module_ldflags)
