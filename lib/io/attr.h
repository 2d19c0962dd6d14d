/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One table row a field: its name in files, where it lies in its struct, how it is spelt. The same
 * rows drive every reader and writer, so that a name is written down once. Knows no file format.
 */
#ifndef QWR_IO_ATTR_H
#define QWR_IO_ATTR_H

#include "base/base.h"

#include <quaywright/scenario.h>

/** Kinds of entities a field may refer to by id. */
typedef enum qwr__ref {
    QWR__REF_QUAY = 0,
    QWR__REF_BERTH,
    QWR__REF_CRANE,
    QWR__REF_CALL,
    QWR__REF_TASK,
    QWR__REF_WINDOW,
    QWR__REF_NODE,
    QWR__REF_LANE,
    QWR__REF_BLOCK,
    QWR__REF_FLEET,
    QWR__REF_VEHICLE,
    QWR__REF_CHARGER,
    QWR__REF_COUNT
} qwr__ref;

typedef enum qwr__attr_kind {
    QWR__ATTR_TEXT = 0, /**< const char *, borrowed */
    QWR__ATTR_INT,      /**< int64_t */
    QWR__ATTR_SEED,     /**< uint64_t in decimal */
    QWR__ATTR_HEX,      /**< uint64_t as 16 hexadecimal digits */
    QWR__ATTR_FIXED,    /**< int64_t, value / 10^scale */
    QWR__ATTR_SPAN,     /**< int64_t seconds, counted in units of `scale` seconds */
    QWR__ATTR_TIME,     /**< int64_t seconds since the epoch, as a date and time in UTC */
    QWR__ATTR_WORD,     /**< uint32_t or enum, the place of the word in `words` */
    QWR__ATTR_BOOL,     /**< uint32_t, yes or no */
    QWR__ATTR_REF,      /**< typed index, `scale` is a qwr__ref */
    QWR__ATTR_FORBIDDEN /**< yes: an int64_t is QWR_FORBIDDEN */
} qwr__attr_kind;

/* Flags. REQUIRED: it must be given; counts for all rows of one offset together. OWNER: the entity
 * that contains this one, given by nesting or else by id. */
#define QWR__REQUIRED 0x1u
#define QWR__OWNER    0x2u

typedef struct qwr__attr {
    const char *name;
    uint32_t offset;
    qwr__attr_kind kind;
    int32_t scale;
    uint32_t flags;
    const char *const *words;
} qwr__attr;

/*
 * Rows. Fields of one struct member may have several spellings (handling_h, handling_min,
 * handling_s): they stand together, a file gives one of them, and the writer takes the first that
 * says the value exactly.
 */
#define QWR__TEXT(t, n, m, f)                                                                      \
    {                                                                                              \
        n, (uint32_t)offsetof(t, m), QWR__ATTR_TEXT, 0, f, NULL                                    \
    }
#define QWR__INT(t, n, m, f)                                                                       \
    {                                                                                              \
        n, (uint32_t)offsetof(t, m), QWR__ATTR_INT, 0, f, NULL                                     \
    }
#define QWR__FIXED(t, n, m, digits, f)                                                             \
    {                                                                                              \
        n, (uint32_t)offsetof(t, m), QWR__ATTR_FIXED, digits, f, NULL                              \
    }
#define QWR__SPAN(t, n, m, unit, f)                                                                \
    {                                                                                              \
        n, (uint32_t)offsetof(t, m), QWR__ATTR_SPAN, unit, f, NULL                                 \
    }
#define QWR__TIME(t, n, m, f)                                                                      \
    {                                                                                              \
        n, (uint32_t)offsetof(t, m), QWR__ATTR_TIME, 0, f, NULL                                    \
    }
#define QWR__WORD(t, n, m, w, f)                                                                   \
    {                                                                                              \
        n, (uint32_t)offsetof(t, m), QWR__ATTR_WORD, 0, f, w                                       \
    }
#define QWR__BOOL(t, n, m, f)                                                                      \
    {                                                                                              \
        n, (uint32_t)offsetof(t, m), QWR__ATTR_BOOL, 0, f, NULL                                    \
    }
#define QWR__REFER(t, n, m, r, f)                                                                  \
    {                                                                                              \
        n, (uint32_t)offsetof(t, m), QWR__ATTR_REF, r, f, NULL                                     \
    }
#define QWR__HOURS(t, n, m, f)                                                                     \
    QWR__SPAN(t, n "_h", m, 3600, f), QWR__SPAN(t, n "_min", m, 60, f),                            \
        QWR__SPAN(t, n "_s", m, 1, f)
#define QWR__MINUTES(t, n, m, f) QWR__SPAN(t, n "_min", m, 60, f), QWR__SPAN(t, n "_s", m, 1, f)

/** Fields one struct may have: their numbers are bits of a qwr__given. */
#define QWR__ATTR_MAX 64

/** Ids by kind: of a builder while it is read, or of a frozen scenario. */
typedef struct qwr__ids {
    const void *payload;
    /** Index, or QWR_NONE. */
    uint32_t (*find)(const void *payload, qwr__ref kind, const char *id);
    /** Next id of this kind from `*cursor` on, NULL at the end; starts at 0. */
    const char *(*next)(const void *payload, qwr__ref kind, size_t *cursor);
    const char *scope; /**< Where ids count, for messages: "above", "in the scenario". */
} qwr__ids;

/** Where values come from: for conversions and for messages. */
typedef struct qwr__spot {
    qwr_context *ctx;
    const char *where; /**< Part of the library, e.g. "io.scenario_xml". */
    const char *file;
    int64_t line;
    const char *element; /**< Tag or kind of row. */
    const char *id;      /**< Of the entity being read, or NULL. */
    int64_t epoch_unix_s;
    const qwr__ids *ids;
    bool rounds; /**< Durations are measurements: rounded to the second, not refused. */
} qwr__spot;

/** The rows of one struct, and what a row is called in this kind of file. */
typedef struct qwr__attrs {
    const qwr__attr *rows;
    size_t count;
    const char *what; /**< "attribute", "member", "column". */
} qwr__attrs;

/** Sets the status and cause QWR_EFORMAT at this place: `<element id="…">: sentence`. */
qwr_status qwr__spot_fail(const qwr__spot *spot, qwr_status status, const char *format, ...)
    QWR_PRINTF(3, 4);
/** Row number of a name, or the failure that names the nearest valid word. */
qwr_status qwr__attr_find(size_t *row, const qwr__spot *spot, const qwr__attrs *attrs,
                          const char *name);
/** Converts `value` into the struct at `def`. `given` gathers what was given; twice is an error. */
qwr_status qwr__attr_read(const qwr__spot *spot, const qwr__attrs *attrs, size_t row,
                          const char *value, void *def, uint64_t *given);
/** Fails if a required field (bits of `flags`) was not given. */
qwr_status qwr__attrs_complete(const qwr__spot *spot, const qwr__attrs *attrs, uint64_t given,
                               uint32_t flags);

/** Whether this spelling says the value of `def` and no earlier one does. */
bool qwr__attr_says(const qwr__attrs *attrs, size_t row, const void *def);
/** Whether both structs hold the same value there. */
bool qwr__attr_same(const qwr__attr *attr, const void *a, const void *b);
/** Room for every value but TEXT and REF. */
#define QWR__ATTR_TEXT_MAX 48
/** Spells a number, time or word; false when it has no spelling. TEXT and REF are the caller's. */
bool qwr__attr_spell(char *text, const qwr__attr *attr, const void *def, int64_t epoch_unix_s);

/** Values by offset, so that no struct is read through a wrong type. */
int64_t qwr__attr_int64(const qwr__attr *attr, const void *def);
uint32_t qwr__attr_uint32(const qwr__attr *attr, const void *def);
const char *qwr__attr_chars(const qwr__attr *attr, const void *def);
void qwr__attr_set_uint32(const qwr__attr *attr, void *def, uint32_t value);

#endif
