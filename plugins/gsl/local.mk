# SPDX-License-Identifier: Apache-2.0
# The error handler that modules with GSL share: each lists $(gsl_handler) among its sources. Copies in
# several shared modules pass errors on to one another.
gsl_handler = plugins/gsl/handler.c plugins/gsl/handler.h
