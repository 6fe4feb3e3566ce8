/* Schedules of plain sites: one mode each, finish-start ties, nothing closed, few resources. What is
   left of all resources in a unit stands side by side in one or a few 64-bit words, each with a
   guard bit above it, so that one subtraction tries them all. */

#ifndef BINGLIAN_PACKED_H
#define BINGLIAN_PACKED_H

#include "site.h"

#define MOST_WORDS 4

typedef struct {
    int32_t tasks, words;
    int32_t *duration, *release;
    int32_t *tie_start[2], *tie[2], *lag[2]; /* per direction: tasks waited for */
    uint64_t *demand;                        /* per task: words */
    uint64_t guard[MOST_WORDS], full[MOST_WORDS];
    uint64_t *left; /* per unit: words */
    int64_t length;
} Packed;

/* Tasks are numbered by their place in ``rank_task``; NULL if the site is not that plain. */
Packed *packed_new(const Site *s, const int32_t *rank_task, const int32_t *task_rank);
void packed_free(Packed *p);

/* Builds forwards (0) or, time running the other way, backwards (1); writes finishes in that
   direction's time and returns the last. */
int32_t packed_build(Packed *p, int direction, const int32_t *order, int32_t *finish);

#endif
