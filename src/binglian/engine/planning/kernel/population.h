/* A population of schedules that breeds better ones. */

#ifndef BINGLIAN_POPULATION_H
#define BINGLIAN_POPULATION_H

#include "builder.h"

typedef struct Population Population;

/* Starts with ``size`` members, and grows up to ``most``. */
Population *binglian_population_new(const Site *s, int32_t size, int32_t most, uint64_t seed);
void binglian_population_free(Population *p);

/* Breeds until so many more schedules are built, or ``stop`` is set from another thread, or the
   best has no overrun, no lateness and at most this makespan. Returns how many were built. */
int64_t binglian_population_breed(Population *p, int64_t schedules, double makespan,
                                  const volatile int32_t *stop);

/* Takes a schedule found elsewhere in; starts and modes per task. */
void binglian_population_add(Population *p, const int64_t *start, const int64_t *mode);

/* Writes the best there is, per task; returns 0 if there is none yet. */
int binglian_population_best(const Population *p, int64_t *start, int64_t *finish, int64_t *mode,
                             Score *score);

#endif
