/* The arrays of network.py as they are handed over; what they mean is said there. */

#ifndef BINGLIAN_NETWORK_H
#define BINGLIAN_NETWORK_H

#include <stdint.h>
#include <stdlib.h>

typedef struct {
    int64_t tasks, modes, resources, precedences, projects, calendars, cuts;
    const int64_t *mode_start, *duration, *mode_calendar;
    const int64_t *demand_start, *demand_resource, *demand_amount;
    const int64_t *capacity;
    const uint8_t *renewable;
    const int64_t *before, *after, *link, *least, *most, *lag_calendar;
    const int64_t *closed_start, *closed_first, *closed_last;
    const int64_t *release, *deadline, *due;
    const double *weight;
    const int64_t *project, *project_deadline, *project_due;
    const double *project_weight;
    const int64_t *frozen_start, *frozen_finish, *frozen_mode;
    const int64_t *cut_at, *cut_before;
} Network;

enum { FINISH_START, START_START, FINISH_FINISH, START_FINISH };

#define NONE (-1)
#define NEVER ((int64_t)1 << 60)

/* There is no going on without memory. */
static inline void *room(size_t count, size_t size) {
    void *found = calloc(count ? count : 1, size);
    if (!found) abort();
    return found;
}

/* What is added is not cleared. */
static inline void *more_room(void *old, size_t count, size_t size) {
    void *found = realloc(old, (count ? count : 1) * size);
    if (!found) abort();
    return found;
}

#endif
