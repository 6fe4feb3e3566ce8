/* Builds schedules of orders in both directions of time, packed where the site is plain enough.
   Tasks are numbered by rank, their place in the site's topological order. */

#ifndef BINGLIAN_BUILDER_H
#define BINGLIAN_BUILDER_H

#include "bench.h"
#include "mirror.h"
#include "packed.h"
#include "wide.h"

typedef struct {
    const Site *s;
    int32_t tasks;
    int32_t *task, *rank;           /* of a rank, of a task */
    int32_t *tie_start[2], *tie[2]; /* per direction: ranks that come before in every order */
    int32_t loose;                  /* ties let what comes after start before, so sorting by
                                       start may break the order */
    int32_t valued;                 /* dates count, not the makespan alone */
    Packed *packed;                 /* the first of these that can be; NULL: the benches */
    Wide *wide;
    Bench *bench[2];
    Mirror *mirror;
    int32_t *start, *finish;        /* per rank, of the schedule built last, from 0 up */
    int32_t *by_task, *waits, *heap, *counts;
    double *keys;
    int64_t counts_room;
    int64_t built; /* schedules so far */
} Builder;

Builder *builder_new(const Site *s);
void builder_free(Builder *b);

/* Builds and returns the length, below 0 if it cannot be built. Backwards, starts and finishes run
   back from the end of the schedule built forwards before, which must be ``length`` long. */
int64_t builder_build(Builder *b, int direction, const int32_t *order, const int32_t *mode,
                      int64_t length);

/* What the schedule just built forwards is worth. */
Score builder_score(Builder *b, int64_t length);

/* Lists the ranks by key (0 .. most, ascending), or by any numbers, as far as ties allow. */
void builder_sort(Builder *b, int direction, const int32_t *key, int32_t most, int32_t *order);
void builder_list(Builder *b, int direction, const double *key, int32_t *order);

#endif
