# SPDX-License-Identifier: Apache-2.0
# Turns style sheets and the script of the page into C strings: one constant a file, named after it.
# Lines of comment, blanks at the front and empty lines are left out. Colours that are variables get
# their light value before them, for readers of SVG that know no variables. Knows no content.
# Comments are lines of their own. Usage: awk -f assets.awk colours.css ... > assets.c

function stem(path)
{
    sub(/.*\//, "", path)
    sub(/\..*/, "", path)
    return path
}

# The declarations of a line with "property:value;" before each "property:var(--name)".
function with_plain(line,    out, name, property)
{
    out = ""
    while (match(line, /[a-z-]+:var\(--[a-z0-9-]+\)/)) {
        property = substr(line, RSTART, RLENGTH)
        name = property
        sub(/.*\(--/, "", name)
        sub(/\)$/, "", name)
        if (!(name in colour)) {
            print "assets.awk: no colour --" name " for: " property > "/dev/stderr"
            failed = 1
            exit 1
        }
        out = out substr(line, 1, RSTART - 1) substr(property, 1, index(property, ":")) colour[name] ";" property
        line = substr(line, RSTART + RLENGTH)
    }
    return out line
}

# The first value of each variable is the light one.
function learn(line,    part, count, i, at)
{
    count = split(line, part, ";")
    for (i = 1; i <= count; i++)
        if (match(part[i], /--[a-z0-9-]+:/)) {
            at = substr(part[i], RSTART + 2, RLENGTH - 3)
            if (!(at in colour))
                colour[at] = substr(part[i], RSTART + RLENGTH)
        }
}

BEGIN {
    print "/* SPDX-License-Identifier: Apache-2.0 */"
    print "/* Made by assets.awk from the style sheets and the script of lib/report. */"
    print "#include \"report/report.h\""
}

FNR == 1 {
    if (NR > 1)
        print "    ;"
    name = stem(FILENAME)
    printf "\nconst char qwr__asset_%s[] =\n    \"\"\n", name
    comment = 0
}

{
    sub(/^[ \t]+/, "")
}

comment || /^\/\*/ {
    comment = ($0 !~ /\*\/[ \t]*$/)
    next
}

/^\/\// || /^$/ {
    next
}

{
    if (name == "colours")
        learn($0)
    if (name == "diagram")
        $0 = with_plain($0)
    gsub(/[\\"]/, "\\\\&")
    print "    \"" $0 "\\n\""
}

END {
    if (!failed)
        print "    ;"
}
