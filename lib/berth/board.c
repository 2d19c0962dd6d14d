/* SPDX-License-Identifier: Apache-2.0 */
/* The board: a bitset of cells per tick, cranes held per tick, and the cheapest free candidate. */
#include "berth/board.h"

#include <string.h>

/** Up to so many rows a class is scanned row by row. */
enum { FEW_ROWS = 6 };

static void *take(const qwr_host *host, size_t count, size_t size)
{
    void *block = host->alloc(host->payload, count * size + 64);
    if (block)
        memset(block, 0, count * size + 64);
    return block;
}

static void suffix_minima(const qwr_problem_view *v, const int32_t *table, const uint64_t *offset,
                          int32_t *rest)
{
    for (uint32_t i = 0; i < v->call_count; i++) {
        uint64_t begin = offset[i], end = offset[i + 1];
        int32_t least = INT32_MAX;
        for (uint64_t k = end; k-- > begin;) {
            least = table[k] < least ? table[k] : least;
            rest[k] = least;
        }
    }
}

static void class_ranges(qwr__board_facts *f)
{
    const qwr_problem_view *v = f->view;
    for (uint32_t g = 0; g < v->group_count; g++) {
        f->group_first_word[g] = f->words;
        f->group_end_word[g] = 0;
    }
    for (uint32_t k = 0; k < v->class_count; k++) {
        int32_t first = INT32_MAX, last = -1;
        uint32_t g = v->class_group[k];
        for (uint32_t r = v->class_row_begin[k]; r < v->class_row_begin[k + 1]; r++) {
            first = v->row_first[r] < first ? v->row_first[r] : first;
            last = v->row_last[r] > last ? v->row_last[r] : last;
            int32_t low = v->row_cell[r] / 64,
                    high = (v->row_cell[r] + v->class_width[k] - 1) / 64 + 1;
            if (low < f->group_first_word[g])
                f->group_first_word[g] = low;
            if (high > f->group_end_word[g])
                f->group_end_word[g] = high;
        }
        f->class_first[k] = first;
        f->class_last[k] = last;
    }
}

static void class_prices(qwr__board_facts *f)
{
    const qwr_problem_view *v = f->view;
    for (uint32_t k = 0; k < v->class_count; k++) {
        uint32_t i = v->class_call[k];
        const int32_t *a = v->start_cost + v->call_start_offset[i] - v->call_first_start[i];
        const int32_t *e =
            v->end_cost + v->call_end_offset[i] - v->call_first_end[i] + v->class_duration[k];
        int64_t cheapest = v->row_cost[v->class_row_begin[k]];
        f->class_least[k] = INT64_MAX;
        for (int32_t t = f->class_first[k]; t <= f->class_last[k]; t++)
            if (cheapest + a[t] + e[t] < f->class_least[k])
                f->class_least[k] = cheapest + a[t] + e[t];
        if (v->class_occupied[k] > f->longest)
            f->longest = v->class_occupied[k];
    }
    for (uint32_t i = 0; i < v->call_count;
         i++) /* insertion sort: the classes come nearly in order */
        for (uint32_t k = v->call_class_begin[i]; k < v->call_class_begin[i + 1]; k++) {
            uint32_t j = k;
            for (; j > v->call_class_begin[i] &&
                   f->class_least[f->class_order[j - 1]] > f->class_least[k];
                 j--)
                f->class_order[j] = f->class_order[j - 1];
            f->class_order[j] = k;
        }
}

int32_t qwr__board_facts_init(qwr__board_facts *f, const qwr_host *host,
                              const qwr_problem_view *view)
{
    memset(f, 0, sizeof *f);
    f->view = view;
    f->host = host;
    f->words = (int32_t)((view->cell_count + 63) / 64);
    f->class_first = take(host, view->class_count, sizeof(int32_t));
    f->class_last = take(host, view->class_count, sizeof(int32_t));
    f->class_least = take(host, view->class_count, sizeof(int64_t));
    f->class_order = take(host, view->class_count, sizeof(uint32_t));
    f->start_rest = take(host, view->call_start_offset[view->call_count], sizeof(int32_t));
    f->end_rest = take(host, view->call_end_offset[view->call_count], sizeof(int32_t));
    f->group_first_word = take(host, view->group_count, sizeof(int32_t));
    f->group_end_word = take(host, view->group_count, sizeof(int32_t));
    if (!f->class_least || !f->class_order || !f->class_first || !f->class_last || !f->start_rest ||
        !f->end_rest || !f->group_first_word || !f->group_end_word) {
        qwr__board_facts_free(f);
        return QWR_PLUGIN_ENOMEM;
    }
    suffix_minima(view, view->start_cost, view->call_start_offset, f->start_rest);
    suffix_minima(view, view->end_cost, view->call_end_offset, f->end_rest);
    class_ranges(f);
    class_prices(f);
    return QWR_PLUGIN_OK;
}

void qwr__board_facts_free(qwr__board_facts *f)
{
    void *blocks[] = {f->class_first, f->class_last, f->class_least,      f->class_order,
                      f->start_rest,  f->end_rest,   f->group_first_word, f->group_end_word};
    for (size_t k = 0; f->host && k < sizeof blocks / sizeof *blocks; k++)
        f->host->release(f->host->payload, blocks[k]);
    memset(f, 0, sizeof *f);
}

int32_t qwr__board_init(qwr__board *b, const qwr__board_facts *facts)
{
    const qwr_problem_view *v = facts->view;
    memset(b, 0, sizeof *b);
    b->facts = facts;
    b->busy = take(facts->host, (size_t)v->tick_count * (size_t)facts->words, sizeof *b->busy);
    b->used = take(facts->host, (size_t)v->group_count * v->tick_count, sizeof *b->used);
    b->spot = take(facts->host, v->call_count, sizeof *b->spot);
    b->mask = take(facts->host, (size_t)facts->words + 1, sizeof *b->mask);
    b->window =
        take(facts->host, ((size_t)facts->longest + 1) * (size_t)facts->words, sizeof *b->window);
    if (!b->busy || !b->used || !b->spot || !b->mask || !b->window) {
        qwr__board_free(b);
        return QWR_PLUGIN_ENOMEM;
    }
    qwr__board_clear(b);
    return QWR_PLUGIN_OK;
}

void qwr__board_free(qwr__board *b)
{
    if (!b->facts)
        return;
    const qwr_host *host = b->facts->host;
    host->release(host->payload, b->busy);
    host->release(host->payload, b->used);
    host->release(host->payload, b->spot);
    host->release(host->payload, b->mask);
    host->release(host->payload, b->window);
    memset(b, 0, sizeof *b);
}

void qwr__board_clear(qwr__board *b)
{
    const qwr_problem_view *v = b->facts->view;
    memset(b->busy, 0, (size_t)v->tick_count * (size_t)b->facts->words * sizeof *b->busy);
    memset(b->used, 0, (size_t)v->group_count * v->tick_count * sizeof *b->used);
    for (uint32_t i = 0; i < v->call_count; i++)
        b->spot[i] = (qwr__spot){UINT32_MAX, 0, 0, v->unplaced_cost};
    b->unplaced = v->call_count;
    b->cost = (int64_t)v->call_count * v->unplaced_cost;
    b->end_cap = INT32_MAX;
}

void qwr__board_copy(qwr__board *to, const qwr__board *from)
{
    const qwr_problem_view *v = from->facts->view;
    memcpy(to->busy, from->busy,
           (size_t)v->tick_count * (size_t)from->facts->words * sizeof *to->busy);
    memcpy(to->used, from->used, (size_t)v->group_count * v->tick_count * sizeof *to->used);
    memcpy(to->spot, from->spot, v->call_count * sizeof *to->spot);
    to->cost = from->cost;
    to->unplaced = from->unplaced;
    to->end_cap = from->end_cap;
}

/* Last tick in [from, to) at which `cranes` more would be too many, or from - 1. */
static int32_t crane_conflict(const qwr__board *b, uint32_t group, int32_t cranes, int32_t from,
                              int32_t to)
{
    const qwr_problem_view *v = b->facts->view;
    const int32_t *capacity = v->crane_capacity + (size_t)group * v->tick_count;
    const int32_t *used = b->used + (size_t)group * v->tick_count;
    int32_t t = to - 1;
    while (t >= from && used[t] + cranes <= capacity[t])
        t--;
    return t;
}

/*
 * Busy cells over a stay's length, while its start moves up tick by tick. The ticks behind `base`
 * are kept as "busy from here to the end of the first window", those ahead as one running mask, so
 * that a step costs two ticks' work, not a whole stay's.
 */
typedef struct sweep {
    int32_t base, length,
        ahead; /* first window [base, base + length); running mask up to `ahead` */
} sweep;

static void sweep_begin(sweep *s, const qwr__board *b, int32_t low, int32_t high, int32_t from)
{
    size_t words = (size_t)b->facts->words;
    uint64_t *mask = b->mask;
    for (int32_t w = low; w < high; w++)
        mask[w] = 0;
    for (int32_t t = s->length - 1; t >= 0; t--) {
        const uint64_t *row = b->busy + (size_t)(from + t) * words;
        uint64_t *kept = b->window + (size_t)t * words;
        for (int32_t w = low; w < high; w++)
            kept[w] = mask[w] |= row[w];
    }
    for (int32_t w = low; w < high; w++) /* the running mask lives past the kept ones */
        b->window[(size_t)s->length * words + (size_t)w] = 0;
    s->base = from;
    s->ahead = from + s->length;
}

/* Into b->mask: bit x set if any of the cells x .. x+width-1 is busy during [from, from + length).
 */
static void blocked_starts(sweep *s, const qwr__board *b, uint32_t group, int32_t width,
                           int32_t from)
{
    int32_t low = b->facts->group_first_word[group], high = b->facts->group_end_word[group];
    size_t words = (size_t)b->facts->words;
    uint64_t *mask = b->mask, *running = b->window + (size_t)s->length * words;
    if (s->base < 0 || from >= s->base + s->length)
        sweep_begin(s, b, low, high, from);
    for (; s->ahead < from + s->length; s->ahead++)
        for (int32_t w = low; w < high; w++)
            running[w] |= b->busy[(size_t)s->ahead * words + (size_t)w];
    for (int32_t w = low; w < high; w++)
        mask[w] = b->window[(size_t)(from - s->base) * words + (size_t)w] | running[w];
    /* Smear every busy bit down over the width - 1 starts before it, doubling each time. */
    for (int32_t done = 1; done < width;) {
        int32_t shift = done < width - done ? done : width - done, whole = shift / 64,
                bits = shift % 64;
        for (int32_t w = low; w < high; w++) {
            uint64_t near = w + whole < high ? mask[w + whole] : 0;
            uint64_t far = w + whole + 1 < high ? mask[w + whole + 1] : 0;
            mask[w] |= bits ? near >> bits | far << (64 - bits) : near;
        }
        done += shift;
    }
}

/* Last tick in [from, to) at which a cell of [cell, end) is busy, or from - 1. */
static int32_t cell_conflict(const qwr__board *b, int32_t cell, int32_t end, int32_t from,
                             int32_t to)
{
    size_t words = (size_t)b->facts->words;
    int32_t last = from - 1;
    for (int32_t w = cell / 64; w * 64 < end; w++) {
        int32_t low = cell > w * 64 ? cell - w * 64 : 0,
                high = end - w * 64 < 64 ? end - w * 64 : 64;
        uint64_t bits =
            (high == 64 ? ~UINT64_C(0) : (UINT64_C(1) << high) - 1) & ~((UINT64_C(1) << low) - 1);
        const uint64_t *at = b->busy + (size_t)(to - 1) * words + (size_t)w;
        for (int32_t t = to - 1; t > last; t--, at -= words)
            if (*at & bits)
                last = t;
    }
    return last;
}

/* The cheapest start of one row: after a conflict the next start worth a look is just past it. */
static qwr__spot row_best(const qwr__board *b, uint32_t i, uint32_t k, uint32_t row, int64_t limit,
                          const qwr__focus *focus)
{
    const qwr__board_facts *f = b->facts;
    const qwr_problem_view *v = f->view;
    int32_t duration = v->class_duration[k], occupied = v->class_occupied[k],
            cranes = v->class_cranes[k];
    int32_t cell = v->row_cell[row], end = cell + v->class_width[k], last = v->row_last[row];
    const int32_t *a = v->start_cost + v->call_start_offset[i] - v->call_first_start[i];
    const int32_t *e = v->end_cost + v->call_end_offset[i] - v->call_first_end[i] + duration;
    const int32_t *a_rest = f->start_rest + v->call_start_offset[i] - v->call_first_start[i];
    const int32_t *e_rest = f->end_rest + v->call_end_offset[i] - v->call_first_end[i] + duration;
    qwr__spot best = {UINT32_MAX, k, 0, limit};
    int64_t constant = v->row_cost[row];
    if (b->end_cap - duration < last)
        last = b->end_cap - duration;
    last = focus->last < last ? focus->last : last;
    int32_t first = focus->first > v->row_first[row] ? focus->first : v->row_first[row];
    for (int32_t t = first; t <= last; t++) {
        if (constant + a_rest[t] + e_rest[t] >= best.cost)
            break;
        int64_t cost = constant + a[t] + e[t];
        if (cost >= best.cost)
            continue;
        int32_t bad = cell_conflict(b, cell, end, t, t + occupied);
        if (bad >= t) {
            t = bad;
            continue;
        }
        int32_t work = t + v->class_work_from[k];
        bad = cranes ? crane_conflict(b, v->class_group[k], cranes, work, t + v->class_work_to[k])
                     : work - 1;
        if (bad >= work) {
            t = bad - v->class_work_from[k];
            continue;
        }
        best = (qwr__spot){row, k, t, cost};
    }
    return best;
}

/* The cheapest start and row of a class with many rows: all its places are tested at once. */
static qwr__spot class_best(const qwr__board *b, uint32_t i, uint32_t k, int64_t limit,
                            const qwr__focus *focus)
{
    const qwr__board_facts *f = b->facts;
    const qwr_problem_view *v = f->view;
    int32_t duration = v->class_duration[k], occupied = v->class_occupied[k],
            cranes = v->class_cranes[k];
    int32_t last = f->class_last[k];
    uint32_t row_begin = v->class_row_begin[k], row_end = v->class_row_begin[k + 1];
    int64_t cheapest = v->row_cost[row_begin];
    const int32_t *a = v->start_cost + v->call_start_offset[i] - v->call_first_start[i];
    const int32_t *e = v->end_cost + v->call_end_offset[i] - v->call_first_end[i] + duration;
    const int32_t *a_rest = f->start_rest + v->call_start_offset[i] - v->call_first_start[i];
    const int32_t *e_rest = f->end_rest + v->call_end_offset[i] - v->call_first_end[i] + duration;
    qwr__spot best = {UINT32_MAX, k, 0, limit};
    sweep window = {.base = -1, .length = occupied};
    if (b->end_cap - duration < last)
        last = b->end_cap - duration;
    last = focus->last < last ? focus->last : last;
    int32_t first = focus->first > f->class_first[k] ? focus->first : f->class_first[k];
    for (int32_t t = first; t <= last; t++) {
        if (cheapest + a_rest[t] + e_rest[t] >= best.cost)
            break;
        int64_t here = (int64_t)a[t] + e[t];
        if (cheapest + here >= best.cost)
            continue;
        if (cranes) {
            int32_t work = t + v->class_work_from[k];
            int32_t bad =
                crane_conflict(b, v->class_group[k], cranes, work, t + v->class_work_to[k]);
            if (bad >= work) {
                t = bad - v->class_work_from[k]; /* the next start is just past it */
                continue;
            }
        }
        blocked_starts(&window, b, v->class_group[k], v->class_width[k], t);
        for (uint32_t r = row_begin; r < row_end; r++) {
            if (v->row_cost[r] + here >= best.cost)
                break;
            int32_t cell = v->row_cell[r];
            if (t < v->row_first[r] || t > v->row_last[r] ||
                (b->mask[cell / 64] >> (cell % 64) & 1))
                continue;
            best = (qwr__spot){r, k, t, v->row_cost[r] + here};
            break;
        }
    }
    return best;
}

qwr__spot qwr__board_best(const qwr__board *b, uint32_t call, int64_t limit,
                          const qwr__focus *focus)
{
    static const qwr__focus everything = {INT32_MIN, INT32_MAX, 0};
    const qwr_problem_view *v = b->facts->view;
    qwr__spot best = {UINT32_MAX, 0, 0, limit};
    if (!focus)
        focus = &everything;
    for (uint32_t j = v->call_class_begin[call]; j < v->call_class_begin[call + 1]; j++) {
        uint32_t k = b->facts->class_order[j];
        if (b->facts->class_least[k] >= best.cost)
            break;
        if ((focus->blink >> (k % 21 * 3) & 7) == 7)
            continue;
        if (v->class_row_begin[k + 1] - v->class_row_begin[k] > FEW_ROWS) {
            qwr__spot s = class_best(b, call, k, best.cost, focus);
            best = s.row != UINT32_MAX ? s : best;
            continue;
        }
        for (uint32_t r = v->class_row_begin[k]; r < v->class_row_begin[k + 1]; r++) {
            qwr__spot s = row_best(b, call, k, r, best.cost, focus);
            best = s.row != UINT32_MAX ? s : best;
        }
    }
    if (best.row == UINT32_MAX)
        best.cost = v->unplaced_cost;
    return best;
}

bool qwr__board_free_at(const qwr__board *b, uint32_t k, uint32_t row, int32_t start)
{
    const qwr_problem_view *v = b->facts->view;
    int32_t cell = v->row_cell[row], work = start + v->class_work_from[k];
    if (start < v->row_first[row] || start > v->row_last[row] ||
        start + v->class_duration[k] > b->end_cap)
        return false;
    if (v->class_cranes[k] && crane_conflict(b, v->class_group[k], v->class_cranes[k], work,
                                             start + v->class_work_to[k]) >= work)
        return false;
    for (int32_t t = start; t < start + v->class_occupied[k]; t++)
        for (int32_t x = cell; x < cell + v->class_width[k]; x++)
            if (b->busy[(size_t)t * (size_t)b->facts->words + (size_t)(x / 64)] >> (x % 64) & 1)
                return false;
    return true;
}

/* Sets or clears the cells and adds the cranes of one spot. */
static void mark(qwr__board *b, const qwr__spot *s, int sign)
{
    const qwr_problem_view *v = b->facts->view;
    uint32_t k = s->klass;
    int32_t words = b->facts->words, first = v->row_cell[s->row], end = first + v->class_width[k];
    for (int32_t w = first / 64; w * 64 < end; w++) {
        int32_t low = first > w * 64 ? first - w * 64 : 0,
                high = end - w * 64 < 64 ? end - w * 64 : 64;
        uint64_t bits =
            (high == 64 ? ~UINT64_C(0) : (UINT64_C(1) << high) - 1) & ~((UINT64_C(1) << low) - 1);
        uint64_t *at = b->busy + (size_t)s->start * (size_t)words + (size_t)w;
        for (int32_t t = 0; t < v->class_occupied[k]; t++, at += words)
            *at = sign > 0 ? *at | bits : *at & ~bits;
    }
    int32_t *used = b->used + (size_t)v->class_group[k] * v->tick_count + s->start;
    for (int32_t t = v->class_work_from[k]; t < v->class_work_to[k]; t++)
        used[t] += sign * v->class_cranes[k];
}

void qwr__board_put(qwr__board *b, uint32_t call, const qwr__spot *spot)
{
    if (spot->row == UINT32_MAX)
        return;
    mark(b, spot, 1);
    b->spot[call] = *spot;
    b->cost += spot->cost - b->facts->view->unplaced_cost;
    b->unplaced--;
}

void qwr__board_lift(qwr__board *b, uint32_t call)
{
    qwr__spot *s = &b->spot[call];
    if (s->row == UINT32_MAX)
        return;
    mark(b, s, -1);
    b->cost += b->facts->view->unplaced_cost - s->cost;
    b->unplaced++;
    *s = (qwr__spot){UINT32_MAX, 0, 0, b->facts->view->unplaced_cost};
}

int32_t qwr__board_makespan(const qwr__board *b)
{
    const qwr_problem_view *v = b->facts->view;
    int32_t latest = 0;
    for (uint32_t i = 0; i < v->call_count; i++)
        if (b->spot[i].row != UINT32_MAX &&
            b->spot[i].start + v->class_duration[b->spot[i].klass] > latest)
            latest = b->spot[i].start + v->class_duration[b->spot[i].klass];
    return latest;
}

static uint32_t class_of(const qwr_problem_view *v, uint32_t call, uint32_t row)
{
    uint32_t k = v->call_class_begin[call];
    while (k < v->call_class_begin[call + 1] && row >= v->class_row_begin[k + 1])
        k++;
    return k;
}

void qwr__board_load(qwr__board *b, const qwr_solution_view *solution)
{
    const qwr_problem_view *v = b->facts->view;
    qwr__board_clear(b);
    for (uint32_t i = 0; i < v->call_count && i < solution->call_count; i++) {
        uint32_t row = solution->row[i];
        uint32_t first = v->class_row_begin[v->call_class_begin[i]];
        uint32_t end = v->class_row_begin[v->call_class_begin[i + 1]];
        if (row < first || row >= end)
            continue;
        uint32_t k = class_of(v, i, row);
        int32_t t = solution->start[i];
        if (!qwr__board_free_at(b, k, row, t))
            continue;
        int64_t cost =
            (int64_t)v->row_cost[row] +
            v->start_cost[v->call_start_offset[i] + (uint64_t)(t - v->call_first_start[i])];
        cost += v->end_cost[v->call_end_offset[i] +
                            (uint64_t)(t + v->class_duration[k] - v->call_first_end[i])];
        qwr__board_put(b, i, &(qwr__spot){row, k, t, cost});
    }
}

void qwr__board_store(const qwr__board *b, uint32_t *row, int32_t *start)
{
    for (uint32_t i = 0; i < b->facts->view->call_count; i++) {
        row[i] = b->spot[i].row;
        start[i] = b->spot[i].start;
    }
}

int64_t qwr__makespan_weight(const qwr_problem_view *view)
{
    return (int64_t)view->call_count * view->tick_count + 1;
}

int64_t qwr__board_value(const qwr__board *b)
{
    const qwr_problem_view *v = b->facts->view;
    return v->makespan ? b->cost + qwr__board_makespan(b) * qwr__makespan_weight(v) : b->cost;
}
