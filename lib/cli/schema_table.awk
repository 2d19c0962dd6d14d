# SPDX-License-Identifier: Apache-2.0
# Turns an XML schema of data/schema into the tables of schema_table.h: elements, attributes, words
# and their documentation, so that help says what the schema says. Wants -v name=NAME. Knows this
# tree's way to lay a schema out: one attribute, child or word a line.

function value(line, key,    at)
{
    at = index(line, key "=\"")
    if (at == 0)
        return ""
    line = substr(line, at + length(key) + 2)
    return substr(line, 1, index(line, "\"") - 1)
}

function documentation(line,    from, to)
{
    from = index(line, "<xs:documentation>")
    to = index(line, "</xs:documentation>")
    if (from == 0 || to == 0)
        return ""
    line = substr(line, from + 18, to - from - 18)
    gsub(/&lt;/, "<", line)
    gsub(/&gt;/, ">", line)
    gsub(/&quot;/, "\"", line)
    gsub(/&amp;/, "\\&", line)
    gsub(/\\/, "\\\\", line)
    gsub(/"/, "\\\"", line)
    return line
}

function row(text)
{
    return "    {" text "},\n"
}

/<xs:simpleType name=/ { simple = value($0, "name"); next }
/<\/xs:simpleType>/ && !/<xs:attribute/ { simple = ""; next }
/<xs:complexType name=/ { element = value($0, "name"); order[++count] = element; next }
/^  <xs:element name="[^"]*">/ {
    element = value($0, "name")
    order[++count] = element
    root = element
    next
}
/<xs:element name=/ {
    child = value($0, "name")
    if (index(", " parents[child] ", ", ", " element ", ") == 0)
        parents[child] = parents[child] (parents[child] == "" ? "" : ", ") element
    next
}
/<xs:attribute name=/ {
    required = value($0, "use") == "required"
    type = value($0, "type")
    if (type == "")
        type = "xs:string"
    sub(/^xs:/, "", type)
    attributes = attributes row("\"" element "\", \"" value($0, "name") "\", \"" type "\", \"" \
        documentation($0) "\", " (required ? 1 : 0))
    next
}
/<xs:enumeration/ && simple != "" {
    words = words row("\"" simple "\", \"" value($0, "value") "\", \"" documentation($0) "\"")
    next
}
/<xs:annotation>/ && element != "" && sentence[element] == "" { sentence[element] = documentation($0) }

END {
    print "/* SPDX-License-Identifier: Apache-2.0 */"
    print "/* Made by make from a schema in data/schema: what its elements and attributes mean. */"
    print "#include \"cli/schema_table.h\"\n"
    print "static const schema_element elements[] = {"
    printf "%s", row("\"" root "\", \"" sentence[root] "\", \"\"")
    for (i = 1; i <= count; i++)
        if (order[i] != root)
            printf "%s", row("\"" order[i] "\", \"" sentence[order[i]] "\", \"" parents[order[i]] "\"")
    print "};\n\nstatic const schema_attribute attributes[] = {\n" attributes "};\n"
    print "static const schema_word words[] = {\n" words "};\n"
    print "const schema_table schema_" name " = {"
    print "    elements, sizeof elements / sizeof *elements, attributes,"
    print "    sizeof attributes / sizeof *attributes, words, sizeof words / sizeof *words,"
    print "};"
}
