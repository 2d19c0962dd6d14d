/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What an XML schema of data/schema says, as tables that make writes from it (schema_table.awk),
 * and their text for people. A format has one description: the schema.
 */
#ifndef QWR_CLI_SCHEMA_TABLE_H
#define QWR_CLI_SCHEMA_TABLE_H

#include "cli/textbuf.h"

typedef struct schema_element {
    const char *name, *sentence;
    const char *parents; /* "scenario, call"; "" for the outermost one */
} schema_element;

typedef struct schema_attribute {
    const char *element, *name;
    const char *type; /* id, time, whole, decimal3, yes-no, string, or one with words */
    const char *sentence;
    int required;
} schema_attribute;

typedef struct schema_word {
    const char *type, *word, *sentence;
} schema_word;

typedef struct schema_table {
    const schema_element *element;
    size_t element_count;
    const schema_attribute *attribute;
    size_t attribute_count;
    const schema_word *word;
    size_t word_count;
} schema_table;

extern const schema_table schema_scenario, schema_plan, schema_certificate;

/** The unit that the name of a quantity ends in: "m" for "length_m"; "" for none. */
const char *schema_unit(const char *name);

/** All elements with their attributes, as `help scenario-xml` prints them. */
void schema_describe(textbuf *out, const schema_table *t);
/** One element. @return 0 if there is none of this name. */
int schema_describe_element(textbuf *out, const schema_table *t, const char *name);
/** The attributes alone, under the name that another spelling of the format gives them. */
void schema_describe_attributes(textbuf *out, const schema_table *t, const char *element);

#endif
