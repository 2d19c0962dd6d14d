# SPDX-License-Identifier: Apache-2.0
# Own macros: flags that are used only if the compiler or linker takes them. Knows no feature.

# QWR_CHECK_CFLAGS(VARIABLE, FLAGS, [IF-YES], [IF-NO])
# Appends each of FLAGS, tried one by one, to VARIABLE. IF-YES runs when all were taken.
AC_DEFUN([QWR_CHECK_CFLAGS], [
  qwr_all_taken=yes
  for qwr_flag in $2; do
    AS_VAR_PUSHDEF([qwr_cache], [qwr_cv_cflag_$qwr_flag])
    AC_CACHE_CHECK([whether $CC accepts $qwr_flag], [qwr_cache], [
      qwr_saved_CFLAGS=$CFLAGS
      CFLAGS="$CFLAGS -Werror $qwr_flag"
      AC_COMPILE_IFELSE([AC_LANG_PROGRAM([], [])],
        [AS_VAR_SET([qwr_cache], [yes])], [AS_VAR_SET([qwr_cache], [no])])
      CFLAGS=$qwr_saved_CFLAGS])
    AS_VAR_IF([qwr_cache], [yes], [$1="$$1 $qwr_flag"], [qwr_all_taken=no])
    AS_VAR_POPDEF([qwr_cache])
  done
  AS_IF([test "$qwr_all_taken" = yes], [$3], [$4])
])

# QWR_CHECK_LDFLAGS(VARIABLE, FLAGS): appends each of FLAGS the linker takes to VARIABLE.
AC_DEFUN([QWR_CHECK_LDFLAGS], [
  for qwr_flag in $2; do
    AS_VAR_PUSHDEF([qwr_cache], [qwr_cv_ldflag_$qwr_flag])
    AC_CACHE_CHECK([whether the linker accepts $qwr_flag], [qwr_cache], [
      qwr_saved_LDFLAGS=$LDFLAGS
      LDFLAGS="$LDFLAGS $qwr_flag"
      AC_LINK_IFELSE([AC_LANG_PROGRAM([], [])],
        [AS_VAR_SET([qwr_cache], [yes])], [AS_VAR_SET([qwr_cache], [no])])
      LDFLAGS=$qwr_saved_LDFLAGS])
    AS_VAR_IF([qwr_cache], [yes], [$1="$$1 $qwr_flag"])
    AS_VAR_POPDEF([qwr_cache])
  done
])

# QWR_PYTHON_DIR(VARIABLE): the folder below ${prefix} in which $PYTHON looks for modules; where it
# looks nowhere below this prefix, the folder it would use in an installation of its own there.
AC_DEFUN([QWR_PYTHON_DIR], [
  AS_IF([test -z "$$1"], [
    AC_MSG_CHECKING([where $PYTHON looks for modules])
    qwr_prefix=$prefix
    AS_IF([test "x$qwr_prefix" = xNONE], [qwr_prefix=$ac_default_prefix])
    $1=$("$PYTHON" -c '
import os, site, sys, sysconfig
prefix = os.path.normpath(sys.argv@<:@1@:>@)
found = @<:@p for p in site.getsitepackages() if p.startswith(os.path.join(prefix, "lib") + os.sep)@:>@
path = found@<:@0@:>@ if found else sysconfig.get_path("purelib", "posix_prefix", {"base": prefix})
print("${prefix}/" + os.path.relpath(path, prefix))' "$qwr_prefix")
    AC_MSG_RESULT([$$1])])
  AC_SUBST([$1])
])
