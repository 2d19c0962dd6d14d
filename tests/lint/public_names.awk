# SPDX-License-Identifier: Apache-2.0
# Prints the names of the functions that headers declare with QWR_API, one a line.
/^[ \t]*#/ { next }
{ sub(/\/\/.*/, ""); text = text " " $0 }
END {
    while ((from = index(text, "/*")) > 0) {
        rest = substr(text, from + 2)
        text = substr(text, 1, from - 1) " " substr(rest, index(rest, "*/") + 2)
    }
    count = split(text, part, "QWR_API ")
    for (k = 2; k <= count; k++) {
        sub(/\(.*/, "", part[k])
        sub(/ *$/, "", part[k])
        sub(/.*[^A-Za-z0-9_]/, "", part[k])
        print part[k]
    }
}
