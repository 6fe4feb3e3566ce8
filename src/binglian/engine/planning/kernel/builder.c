/* See builder.h. */

#include "builder.h"

#include <string.h>

#define FURTHEST ((int64_t)1 << 30)

static void rank_ties(Builder *b) {
    const Site *s = b->s;
    for (int direction = 0; direction < 2; direction++) {
        const int32_t *start = direction ? s->after_start : s->before_start;
        const Tie *ties = direction ? s->after : s->before;
        int32_t used = 0;
        b->tie_start[direction] = room((size_t)b->tasks + 1, sizeof(int32_t));
        b->tie[direction] = room((size_t)s->n->precedences, sizeof(int32_t));
        for (int32_t r = 0; r < b->tasks; r++) {
            for (int32_t k = start[b->task[r]]; k < start[b->task[r] + 1]; k++) {
                if (!ties[k].orders) continue;
                b->tie[direction][used++] = b->rank[ties[k].other];
                if (ties[k].link != FINISH_START || ties[k].least < 0) b->loose = 1;
            }
            b->tie_start[direction][r + 1] = used;
        }
    }
}

Builder *builder_new(const Site *s) {
    Builder *b = room(1, sizeof *b);
    size_t tasks = (size_t)s->tasks;
    b->s = s;
    b->tasks = s->tasks;
    b->task = room(tasks, sizeof *b->task);
    b->rank = room(tasks, sizeof *b->rank);
    b->start = room(tasks, sizeof *b->start);
    b->finish = room(tasks, sizeof *b->finish);
    b->by_task = room(tasks, sizeof *b->by_task);
    b->waits = room(tasks, sizeof *b->waits);
    b->heap = room(tasks, sizeof *b->heap);
    b->keys = room(tasks, sizeof *b->keys);
    for (int32_t r = 0; r < b->tasks; r++) {
        b->task[r] = s->topological[r];
        b->rank[b->task[r]] = r;
    }
    rank_ties(b);
    b->valued = s->dated_count > 0;
    for (int64_t p = 0; p < s->n->projects; p++)
        if (s->n->project_deadline[p] >= 0 || s->n->project_due[p] >= 0) b->valued = 1;
    b->packed = packed_new(s, b->task, b->rank);
    if (!b->packed) b->wide = wide_new(s, b->task, b->rank);
    b->bench[0] = binglian_bench_new(s);
    return b;
}

static void free_mirror(Builder *b) {
    if (b->bench[1]) binglian_bench_free(b->bench[1]);
    mirror_free(b->mirror);
    b->bench[1] = NULL;
    b->mirror = NULL;
}

void builder_free(Builder *b) {
    free_mirror(b);
    binglian_bench_free(b->bench[0]);
    packed_free(b->packed);
    wide_free(b->wide);
    for (int direction = 0; direction < 2; direction++) {
        free(b->tie_start[direction]);
        free(b->tie[direction]);
    }
    free(b->task);
    free(b->rank);
    free(b->start);
    free(b->finish);
    free(b->by_task);
    free(b->waits);
    free(b->heap);
    free(b->counts);
    free(b->keys);
    free(b);
}

static void make_mirror(Builder *b, int64_t length) {
    if (b->mirror && b->mirror->horizon >= length) return;
    free_mirror(b);
    b->mirror = mirror_new(b->s, length + length / 2 + 16);
    b->bench[1] = binglian_bench_new(b->mirror->site);
}

/* Builds on a bench; times are counted from where the direction begins. */
static int64_t build_any(Builder *b, int direction, const int32_t *order, const int32_t *mode,
                         int64_t length) {
    if (direction) make_mirror(b, length);
    Bench *bench = b->bench[direction];
    int64_t begin = bench->begin = direction ? b->mirror->horizon - length : 0, last = 0;
    for (int32_t r = 0; r < b->tasks; r++) {
        b->by_task[r] = b->task[order[r]];
        bench->mode[b->task[r]] = mode[r];
    }
    if (build(bench, b->by_task) != BUILT) return -1;
    for (int32_t r = 0; r < b->tasks; r++) {
        int64_t finish = bench->finish[b->task[r]] - begin;
        if (finish > FURTHEST) return -1;
        b->start[r] = (int32_t)(bench->start[b->task[r]] - begin);
        b->finish[r] = (int32_t)finish;
        if (finish > last) last = finish;
    }
    return last;
}

int64_t builder_build(Builder *b, int direction, const int32_t *order, const int32_t *mode,
                      int64_t length) {
    b->built++;
    if (!b->packed && !b->wide) return build_any(b, direction, order, mode, length);
    int64_t last = b->packed ? packed_build(b->packed, direction, order, b->finish)
                             : wide_build(b->wide, direction, order, b->finish);
    const int32_t *duration = b->packed ? b->packed->duration : b->wide->duration;
    for (int32_t r = 0; r < b->tasks; r++) b->start[r] = b->finish[r] - duration[r];
    return last;
}

Score builder_score(Builder *b, int64_t length) {
    if (b->packed || b->wide) {
        if (!b->valued) return (Score){0, 0, 0, (double)length};
        for (int32_t r = 0; r < b->tasks; r++) b->bench[0]->finish[b->task[r]] = b->finish[r];
    }
    return score_of(b->bench[0]);
}

static inline int sooner(const double *key, int32_t one, int32_t other) {
    return key[one] < key[other] || (key[one] == key[other] && one < other);
}

static void heap_push(int32_t *heap, int32_t count, int32_t rank, const double *key) {
    int32_t at = count;
    for (; at && sooner(key, rank, heap[(at - 1) / 2]); at = (at - 1) / 2)
        heap[at] = heap[(at - 1) / 2];
    heap[at] = rank;
}

static int32_t heap_pop(int32_t *heap, int32_t count, const double *key) {
    int32_t first = heap[0], moved = heap[--count], at = 0;
    for (int32_t child; (child = 2 * at + 1) < count; at = child) {
        if (child + 1 < count && sooner(key, heap[child + 1], heap[child])) child++;
        if (!sooner(key, heap[child], moved)) break;
        heap[at] = heap[child];
    }
    heap[at] = moved;
    return first;
}

void builder_list(Builder *b, int direction, const double *key, int32_t *order) {
    const int32_t *before = b->tie_start[direction];
    const int32_t *after = b->tie_start[1 - direction], *tie = b->tie[1 - direction];
    int32_t count = 0, found = 0;
    for (int32_t r = 0; r < b->tasks; r++) {
        b->waits[r] = before[r + 1] - before[r];
        if (!b->waits[r]) heap_push(b->heap, count++, r, key);
    }
    while (count) {
        int32_t r = order[found++] = heap_pop(b->heap, count--, key);
        for (int32_t q = after[r]; q < after[r + 1]; q++)
            if (--b->waits[tie[q]] == 0) heap_push(b->heap, count++, tie[q], key);
    }
}

void builder_sort(Builder *b, int direction, const int32_t *key, int32_t most, int32_t *order) {
    if (b->loose || most > 16 * (int64_t)b->tasks + 4096) {
        for (int32_t r = 0; r < b->tasks; r++) b->keys[r] = key[r];
        builder_list(b, direction, b->keys, order);
        return;
    }
    if (b->counts_room < (int64_t)most + 2) {
        free(b->counts);
        b->counts_room = 2 * (int64_t)most + 2;
        b->counts = room((size_t)b->counts_room, sizeof *b->counts);
    }
    int32_t *counts = b->counts;
    memset(counts, 0, ((size_t)most + 2) * sizeof *counts);
    for (int32_t r = 0; r < b->tasks; r++) counts[key[r] + 1]++;
    for (int32_t k = 0; k <= most; k++) counts[k + 1] += counts[k];
    if (direction == 0)
        for (int32_t r = 0; r < b->tasks; r++) order[counts[key[r]]++] = r;
    else
        for (int32_t r = b->tasks - 1; r >= 0; r--) order[counts[key[r]]++] = r;
}
