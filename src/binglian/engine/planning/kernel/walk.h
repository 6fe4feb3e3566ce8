/* One schedule of many tasks that is bettered step by step. */

#ifndef BINGLIAN_WALK_H
#define BINGLIAN_WALK_H

#include "builder.h"

typedef struct Walk Walk;

/* For sites with one mode per task. */
Walk *binglian_walk_new(const Site *s, uint64_t seed);
void binglian_walk_free(Walk *w);

/* Goes on until so many more schedules are built, or ``stop`` is set from another thread, or
   nothing is late and the makespan at most this. Returns how many were built. */
int64_t binglian_walk_go(Walk *w, int64_t schedules, double makespan, const volatile int32_t *stop);

/* Goes on from a schedule found elsewhere, if it is worth more; starts per task. */
void binglian_walk_add(Walk *w, const int64_t *start);

/* Writes the best there is, per task; returns 0 if there is none yet. */
int binglian_walk_best(const Walk *w, int64_t *start, int64_t *finish, int64_t *mode, Score *score);

#endif
