# SPDX-License-Identifier: Apache-2.0

modules += plugins/classmean/qwr_class_mean.la
module_ids += class_mean
plugins_classmean_qwr_class_mean_la_SOURCES = plugins/classmean/classmean.c
plugins_classmean_qwr_class_mean_la_CPPFLAGS = $(module_cppflags) $(MODULE_ENTRY)class_mean
plugins_classmean_qwr_class_mean_la_CFLAGS = $(AM_CFLAGS)
plugins_classmean_qwr_class_mean_la_LDFLAGS = $(module_ldflags)
