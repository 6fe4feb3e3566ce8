/* Where one thread builds schedules of a site. */

#ifndef BINGLIAN_BENCH_H
#define BINGLIAN_BENCH_H

#include "site.h"

/* What a schedule is worth; less is better, the first difference decides. */
typedef struct {
    double broken;   /* units by which ties and budgets are broken: 0 in every sound schedule */
    double overrun;  /* beyond deadlines, in the file's units */
    double lateness; /* beyond due dates, weighted */
    double makespan; /* the site's units */
} Score;

typedef struct {
    const Site *s;
    int32_t resources;
    int32_t **left; /* per resource and unit: capacity left */
    int64_t length; /* units there is room for */
    int64_t used;   /* units touched so far */
    int64_t begin;  /* nothing starts before, whatever the releases */
    int64_t *start, *finish, *floor; /* per task */
    uint8_t *placed;
    int32_t *mode;
    int64_t *project_finish, *spent; /* scratch: per project, per resource */
} Bench;

enum { BUILT = 0, IMPOSSIBLE = -1, TOO_LONG = -2 };

Bench *binglian_bench_new(const Site *s);
void binglian_bench_free(Bench *b);

/* Serial schedule generation: each task in turn as early as what was placed before lets it.
   ``order`` (tasks) may come in any order that respects ties; ``b->mode`` is set before. */
int build(Bench *b, const int32_t *order);

Score score_of(Bench *b);

/* Says whether one is worth more. */
static inline int better(Score one, Score other) {
    if (one.broken != other.broken) return one.broken < other.broken;
    if (one.overrun != other.overrun) return one.overrun < other.overrun;
    if (one.lateness != other.lateness) return one.lateness < other.lateness;
    return one.makespan < other.makespan;
}

#endif
