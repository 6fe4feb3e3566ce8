/* See wide.h. */

#include "wide.h"

#include <string.h>

#define UNITS 64
#define FURTHEST ((int64_t)1 << 30)
#define MOST_ROWS 16 /* different amounts asked of one resource */

static int is_within(const Site *s) {
    int64_t length = 0;
    for (int32_t i = 0; i < s->tasks; i++) {
        length += s->n->duration[i] + s->n->release[i];
        for (int32_t d = s->demand_start[i]; d < s->demand_start[i + 1]; d++)
            if (s->demand[d].amount > s->capacity[s->demand[d].resource]) return 0;
    }
    for (int64_t p = 0; p < s->n->precedences; p++) length += s->n->least[p];
    return length < FURTHEST;
}

/* Lists the different amounts asked of each resource; 0 if they are too many. */
static int find_rows(Wide *w, const Site *s) {
    int32_t(*level)[MOST_ROWS] = room((size_t)s->resources, sizeof *level);
    int32_t *count = room((size_t)s->resources, sizeof *count);
    int fits = 1;
    for (int32_t d = 0; d < s->demand_start[s->tasks] && fits; d++) {
        int32_t r = s->demand[d].resource, amount = s->demand[d].amount, at = count[r];
        int known = 0;
        for (int32_t k = 0; k < count[r]; k++) known |= level[r][k] == amount;
        if (known) continue;
        fits = count[r] < MOST_ROWS;
        if (!fits) break;
        for (; at && level[r][at - 1] > amount; at--) level[r][at] = level[r][at - 1];
        level[r][at] = amount;
        count[r]++;
    }
    for (int32_t r = 0; r < s->resources && fits; r++) {
        memcpy(w->level + w->rows, level[r], (size_t)count[r] * sizeof **level);
        w->rows += count[r];
        w->row_start[r + 1] = w->rows;
    }
    free(level);
    free(count);
    return fits;
}

static void lay_ties(Wide *w, const Site *s, int direction, const int32_t *rank_task,
                     const int32_t *task_rank) {
    const int32_t *start = direction ? s->after_start : s->before_start;
    const Tie *ties = direction ? s->after : s->before;
    int32_t used = 0;
    w->tie_start[direction] = room((size_t)s->tasks + 1, sizeof(int32_t));
    w->tie[direction] = room((size_t)s->n->precedences, sizeof(int32_t));
    w->lag[direction] = room((size_t)s->n->precedences, sizeof(int32_t));
    for (int32_t rank = 0; rank < s->tasks; rank++) {
        int32_t i = rank_task[rank];
        for (int32_t k = start[i]; k < start[i + 1]; k++) {
            w->tie[direction][used] = task_rank[ties[k].other];
            w->lag[direction][used++] = (int32_t)ties[k].least;
        }
        w->tie_start[direction][rank + 1] = used;
    }
}

static void lay_demands(Wide *w, const Site *s, const int32_t *rank_task) {
    int32_t used = 0;
    for (int32_t rank = 0; rank < s->tasks; rank++) {
        int32_t i = rank_task[rank];
        for (int32_t d = s->demand_start[i]; d < s->demand_start[i + 1]; d++) {
            int32_t r = s->demand[d].resource, amount = s->demand[d].amount, row = w->row_start[r];
            while (w->level[row] != amount) row++;
            w->demand[used++] = (WideDemand){r, amount, row};
        }
        w->demand_start[rank + 1] = used;
        w->duration[rank] = (int32_t)s->n->duration[i];
        w->release[rank] = (int32_t)s->n->release[i];
    }
}

Wide *wide_new(const Site *s, const int32_t *rank_task, const int32_t *task_rank) {
    if (!s->plain || !is_within(s)) return NULL;
    Wide *w = room(1, sizeof *w);
    size_t tasks = (size_t)s->tasks, demands = (size_t)s->demand_start[s->tasks];
    w->tasks = s->tasks;
    w->resources = s->resources;
    w->duration = room(tasks, sizeof *w->duration);
    w->release = room(tasks, sizeof *w->release);
    w->demand_start = room(tasks + 1, sizeof *w->demand_start);
    w->demand = room(demands, sizeof *w->demand);
    w->capacity = room((size_t)s->resources, sizeof *w->capacity);
    w->row_start = room((size_t)s->resources + 1, sizeof *w->row_start);
    w->level = room(demands, sizeof *w->level);
    memcpy(w->capacity, s->capacity, (size_t)s->resources * sizeof *w->capacity);
    if (!find_rows(w, s)) {
        wide_free(w);
        return NULL;
    }
    lay_demands(w, s, rank_task);
    for (int direction = 0; direction < 2; direction++)
        lay_ties(w, s, direction, rank_task, task_rank);
    return w;
}

void wide_free(Wide *w) {
    if (!w) return;
    free(w->duration);
    free(w->release);
    free(w->demand_start);
    free(w->demand);
    free(w->capacity);
    free(w->row_start);
    free(w->level);
    free(w->left);
    free(w->enough);
    for (int direction = 0; direction < 2; direction++) {
        free(w->tie_start[direction]);
        free(w->tie[direction]);
        free(w->lag[direction]);
    }
    free(w);
}

static inline int32_t *left_in(const Wide *w, int32_t block, int32_t resource) {
    return w->left + ((int64_t)block * w->resources + resource) * UNITS;
}

/* Blocks are touched one after another; a fresh one is free. */
static void touch(Wide *w, int32_t block) {
    if (block >= w->blocks) {
        w->blocks = 2 * block + 16;
        size_t blocks = (size_t)w->blocks;
        size_t per_block = (size_t)w->resources * UNITS * sizeof *w->left;
        w->left = realloc(w->left, blocks * per_block + 1);
        w->enough = realloc(w->enough, blocks * (size_t)w->rows * sizeof *w->enough + 1);
        if (!w->left || !w->enough) abort();
    }
    for (; w->used <= block; w->used++) {
        for (int32_t r = 0; r < w->resources; r++) {
            int32_t *left = left_in(w, w->used, r);
            for (int32_t u = 0; u < UNITS; u++) left[u] = w->capacity[r];
        }
        memset(w->enough + (int64_t)w->used * w->rows, 0xff, (size_t)w->rows * sizeof *w->enough);
    }
}

/* Units of a block in which a task could work. */
static inline uint64_t open_units(const Wide *w, int32_t i, int32_t block) {
    uint64_t open = ~(uint64_t)0;
    if (block >= w->used) return open;
    const uint64_t *enough = w->enough + (int64_t)block * w->rows;
    for (int32_t d = w->demand_start[i]; d < w->demand_start[i + 1]; d++)
        open &= enough[w->demand[d].row];
    return open;
}

/* The first start from ``start`` on with ``duration`` units in a row. */
static inline int32_t find_place(const Wide *w, int32_t i, int32_t start, int32_t duration) {
    int32_t block = start / UNITS;
    uint64_t open = open_units(w, i, block), from = ~(uint64_t)0 << start % UNITS;
    for (;;) {
        uint64_t shut = ~open & from;
        while (!shut) { /* the first unit shut after the start */
            if ((block + 1) * UNITS >= start + duration) return start;
            open = open_units(w, i, ++block);
            shut = ~open;
        }
        int32_t at = __builtin_ctzll(shut);
        if (block * UNITS + at >= start + duration) return start;
        uint64_t free_units = open & ~(uint64_t)0 << at;
        while (!free_units) free_units = open = open_units(w, i, ++block);
        start = block * UNITS + __builtin_ctzll(free_units);
        from = ~(uint64_t)0 << start % UNITS;
    }
}

static inline void occupy(Wide *w, int32_t i, int32_t start, int32_t end) {
    touch(w, (end - 1) / UNITS);
    for (int32_t block = start / UNITS; block * UNITS < end; block++) {
        int32_t first = start > block * UNITS ? start - block * UNITS : 0;
        int32_t last = end < (block + 1) * UNITS ? end - block * UNITS : UNITS;
        uint64_t *enough = w->enough + (int64_t)block * w->rows;
        for (int32_t d = w->demand_start[i]; d < w->demand_start[i + 1]; d++) {
            int32_t r = w->demand[d].resource, amount = w->demand[d].amount;
            int32_t *left = left_in(w, block, r);
            for (int32_t u = first; u < last; u++) left[u] -= amount;
            for (int32_t row = w->row_start[r]; row < w->row_start[r + 1]; row++) {
                uint64_t shut = 0;
                for (int32_t u = first; u < last; u++)
                    shut |= (uint64_t)(left[u] < w->level[row]) << u;
                enough[row] &= ~shut;
            }
        }
    }
}

int32_t wide_build(Wide *w, int direction, const int32_t *order, int32_t *finish) {
    const int32_t *tie_start = w->tie_start[direction], *tie = w->tie[direction];
    const int32_t *lag = w->lag[direction];
    int32_t last = 0;
    w->used = 0;
    for (int32_t k = 0; k < w->tasks; k++) {
        int32_t i = order[k], duration = w->duration[i], start = direction ? 0 : w->release[i];
        for (int32_t q = tie_start[i]; q < tie_start[i + 1]; q++) {
            int32_t bound = finish[tie[q]] + lag[q];
            start = bound > start ? bound : start;
        }
        if (duration && w->demand_start[i] < w->demand_start[i + 1]) {
            start = find_place(w, i, start, duration);
            occupy(w, i, start, start + duration);
        }
        finish[i] = start + duration;
        if (finish[i] > last) last = finish[i];
    }
    return last;
}
