/* Parallel schedule generation for plain sites: time moves on, and of what could start now the
   first in the order start. Often better than the serial way where capacities are tight and tasks
   many; the serial way can reach schedules that this one cannot. */

#ifndef BINGLIAN_PARALLEL_H
#define BINGLIAN_PARALLEL_H

#include "builder.h"

typedef struct {
    const Builder *b;
    int32_t *lag[2];       /* per tie of the builder */
    int64_t length;        /* units there is room for */
    int32_t *ready, *freed; /* per unit: the first task of a chain */
    int32_t *next_ready, *next_freed, *ready_at, *waits, *place, *waiting, *fresh, *left;
} Parallel;

/* NULL if the site is not plain, or its axis too long. */
Parallel *parallel_new(const Builder *b);
void parallel_free(Parallel *p);

/* Starts (per rank, in the direction's time) of the tasks taken in this order. */
void parallel_build(Parallel *p, int direction, const int32_t *order, int32_t *start);

#endif
