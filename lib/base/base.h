/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Floor 0: memory, errors, log, options, numbers as text, random numbers, time, processor level.
 * Knows no domain word. Every allocation of the library goes through here.
 */
#ifndef QWR_BASE_H
#define QWR_BASE_H

#include <quaywright/context.h>

#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>

/* --- errors --------------------------------------------------------------------------------- */

/** Returns from the calling function unless `expr` is QWR_OK. */
#define QWR_TRY(expr)                                                                              \
    do {                                                                                           \
        qwr_status qwr_try_status_ = (expr);                                                       \
        if (qwr_try_status_ != QWR_OK)                                                             \
            return qwr_try_status_;                                                                \
    } while (0)

/** Sets `status` and goes to `done` unless `expr` is QWR_OK. */
#define QWR_TRY_DONE(expr)                                                                         \
    do {                                                                                           \
        status = (expr);                                                                           \
        if (status != QWR_OK)                                                                      \
            goto done;                                                                             \
    } while (0)

/**
 * Starts a new chain with this cause and returns `status`. `where` is static text ("io.history");
 * `file` may be NULL, `line` 0. Never fails itself: without memory the message is shortened.
 */
qwr_status qwr__fail(qwr_context *ctx, qwr_status status, const char *where, const char *file,
                     int64_t line, const char *format, ...) QWR_PRINTF(6, 7);
/** Adds a cause to the chain, for a frame that knows more. Returns `status`. */
qwr_status qwr__cause(qwr_context *ctx, qwr_status status, const char *where, const char *format,
                      ...) QWR_PRINTF(4, 5);
/** The usual sentence for a failed allocation. */
qwr_status qwr__no_memory(qwr_context *ctx, const char *where);
/** Empties the chain; public entry points call it first. */
void qwr__causes_clear(qwr_context *ctx);

void qwr__log(qwr_context *ctx, qwr_log_level level, const char *format, ...) QWR_PRINTF(3, 4);
/** A second receiver of lines of level info and above, whatever the host's level; NULL: none. */
void qwr__log_tap(qwr_context *ctx, qwr_log_fn fn, void *payload);

/* --- memory --------------------------------------------------------------------------------- */

/** `count * size` zeroed bytes (64-byte aligned is NOT promised); NULL on overflow, memory, or
 * count 0 with size 0. */
void *qwr__alloc(qwr_context *ctx, size_t count, size_t size);
/** Grows to `count * size` bytes; the new part is not zeroed. NULL on failure, the old block stays.
 */
void *qwr__resize(qwr_context *ctx, void *block, size_t count, size_t size);
void qwr__free(qwr_context *ctx, void *block);
char *qwr__strdup(qwr_context *ctx, const char *text);
/** Zeroed, 64-byte aligned; free with qwr__free_aligned(). */
void *qwr__alloc_aligned(qwr_context *ctx, size_t count, size_t size);
void qwr__free_aligned(qwr_context *ctx, void *block);
/** Makes room for one more element in a growing array: doubles `*capacity`. */
qwr_status qwr__reserve(qwr_context *ctx, void **array, size_t *capacity, size_t needed,
                        size_t size);

/* --- growing text --------------------------------------------------------------------------- */

/** Text under construction. Zero it, set ctx. After a failure it stays empty and `status` tells. */
typedef struct qwr__text {
    qwr_context *ctx;
    char *data; /**< NUL-terminated once anything was added */
    size_t length, capacity;
    qwr_status status;
} qwr__text;
void qwr__text_init(qwr__text *text, qwr_context *ctx);
void qwr__text_add(qwr__text *text, const char *format, ...)
    QWR_PRINTF(2, 3); /* no %f %e %g: see below */
void qwr__text_put(qwr__text *text, const char *bytes, size_t length);
/** Escapes & < > " ' for XML and HTML. */
void qwr__text_xml(qwr__text *text, const char *s);
/** Adds a JSON string with its quotes; NULL gives null. */
void qwr__text_json(qwr__text *text, const char *s);
/** Adds `value / 10^digits` as a decimal, trailing zeros cut ("12.5", "-0.003"). Locale-free. */
void qwr__text_fixed(qwr__text *text, int64_t value, int digits);
void qwr__text_free(qwr__text *text);

/* --- numbers and times as text, independent of the locale ----------------------------------- */

/** Whole string is an integer in range; INT64_MIN, which means "not set", is not. */
bool qwr__parse_int(int64_t *value, const char *s);
/**
 * Decimal number times 10^digits, exactly: "12.5" with 3 gives 12500. More digits (zeros apart),
 * exponents, NaN, overflow: false. digits is 0 to 18.
 */
bool qwr__parse_fixed(int64_t *value, const char *s, int digits);
/** Finite double, locale-free (for GSL and solver edges only). */
bool qwr__parse_double(double *value, const char *s);
/** Writes value / 10^digits; returns characters written. */
int qwr__format_fixed(char *s, size_t capacity, int64_t value, int digits);
/** ISO 8601 UTC "YYYY-MM-DDTHH:MM[:SS]Z" or with "+HH:MM" to seconds since 1970. */
bool qwr__parse_time(int64_t *unix_s, const char *s);
/** "YYYY-MM-DDTHH:MM:SSZ"; `s` holds at least 21 bytes. */
void qwr__format_time(char *s, size_t capacity, int64_t unix_s);
/** Nearest of NULL-terminated `words` to `s` (edit distance <= 2 or a third of its length), or
 * NULL. */
const char *qwr__nearest(const char *s, const char *const *words);

/* --- checked arithmetic: true when the result fits ------------------------------------------- */

bool qwr__add64(int64_t *out, int64_t a, int64_t b);
bool qwr__mul64(int64_t *out, int64_t a, int64_t b);
/** floor(a * b / c) with a 128-bit product, c > 0. */
bool qwr__mul_div64(int64_t *out, int64_t a, int64_t b, int64_t c);

/* --- random numbers: a function of (seed, stage, index), never of state shared by threads -------
 */

uint64_t qwr__random(uint64_t seed, uint64_t stage, uint64_t index);
/** A stream for one owner: successive values of qwr__random(seed, stage, 0, 1, 2 ...). */
typedef struct qwr__rng {
    uint64_t seed, stage, index;
} qwr__rng;
uint64_t qwr__rng_next(qwr__rng *rng);
/** Uniform in [0, n), n > 0, unbiased enough (multiply-shift on 64 bits). */
uint64_t qwr__rng_below(qwr__rng *rng, uint64_t n);
/** Uniform in [0, 1) with 53 bits. */
double qwr__rng_unit(qwr__rng *rng);
/** FNV-1a style running hash for content hashes; start from 0. */
uint64_t qwr__hash(uint64_t h, const void *bytes, size_t length);

/* --- time, cancel, budget -------------------------------------------------------------------- */

/** Monotonic microseconds. */
int64_t qwr__now_us(void);
bool qwr__cancelled(const qwr_context *ctx);
/** The flag itself, for code that runs on other threads. */
const atomic_int *qwr__cancel_flag(const qwr_context *ctx);

/* --- processor and threads ------------------------------------------------------------------- */

typedef enum qwr__simd {
    QWR__SIMD_GENERIC = 0,
    QWR__SIMD_AVX2,
    QWR__SIMD_AVX512,
    QWR__SIMD_COUNT
} qwr__simd;
/** Best level this processor runs. */
qwr__simd qwr__cpu_best(void);
/** Level by option `simd` (auto: the best); never above what the processor runs. */
qwr__simd qwr__cpu_level(const qwr_context *ctx);
/** Thread cap by option `threads` (0: processors of this process); 1 without OpenMP or in a forked
 * child. */
int qwr__threads(const qwr_context *ctx);

/* --- options ---------------------------------------------------------------------------------- */

/** Declares options under "prefix." (NULL: none); strings are copied. Names already there:
 * QWR_EINVAL. */
qwr_status qwr__options_declare(qwr_context *ctx, const char *prefix, const qwr_option_decl *decls,
                                size_t count);
int64_t qwr__option_int(const qwr_context *ctx, const char *name);
const char *qwr__option_text(const qwr_context *ctx, const char *name);

/* --- things other floors hang on the context ---------------------------------------------------
 */

/** A slot for the registry (floor 2): freed with the context by `release`. */
void *qwr__context_registry(const qwr_context *ctx);
void qwr__context_set_registry(qwr_context *ctx, void *registry,
                               void (*release)(qwr_context *ctx, void *registry));

#endif
