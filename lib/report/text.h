/* SPDX-License-Identifier: Apache-2.0 */
/* The text report among its files. Must never be needed by the diagram or the page. */
#ifndef QWR_REPORT_TEXT_H
#define QWR_REPORT_TEXT_H

#include "report/report.h"

typedef struct qwr__page {
    qwr__text *out;
    const qwr__sheet *sheet;
    size_t columns;
} qwr__page;

/** Characters of `s` as they are shown. */
size_t qwr__shown_width(const char *s);
/** `s` in a column of `width` characters, cut with ".." where it is longer. */
void qwr__put_column(qwr__text *out, const char *s, size_t width, bool right);
/** A paragraph of what was gathered in `words`, which is emptied; later lines are indented. */
void qwr__flush(const qwr__page *p, qwr__text *words, size_t indent);
void qwr__put_calls(const qwr__page *p);

#endif
