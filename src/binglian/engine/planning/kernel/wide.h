/* Schedules of plain sites with many resources: where enough is left of a resource for a demand is
   kept as bits, one per unit, so that sixty-four units are looked at together. */

#ifndef BINGLIAN_WIDE_H
#define BINGLIAN_WIDE_H

#include "site.h"

typedef struct {
    int32_t resource, amount, row;
} WideDemand;

typedef struct {
    int32_t tasks, resources, rows;
    int32_t *duration, *release;
    int32_t *tie_start[2], *tie[2], *lag[2]; /* per direction: tasks waited for */
    int32_t *demand_start;
    WideDemand *demand;
    int32_t *capacity;
    int32_t *row_start, *level; /* rows of a resource; what a row asks, ascending */
    int32_t *left;              /* per unit and resource, in blocks of 64 units */
    uint64_t *enough;           /* per 64 units and row: units in which so much is left */
    int32_t blocks, used;       /* there is room for, touched so far */
} Wide;

/* Tasks are numbered by their place in ``rank_task``; NULL if the site is not that plain. */
Wide *wide_new(const Site *s, const int32_t *rank_task, const int32_t *task_rank);
void wide_free(Wide *w);

/* Builds forwards (0) or, time running the other way, backwards (1); writes finishes in that
   direction's time and returns the last. */
int32_t wide_build(Wide *w, int direction, const int32_t *order, int32_t *finish);

#endif
