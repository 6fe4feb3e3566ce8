/* See walk.h. Each step shifts, in the order of the schedule there is, the tasks of a project, of a
   resource, or of a stretch of time, and then builds forwards and backwards as long as that helps
   (iterated forward-backward improvement). A step is kept unless it is worth less than the schedule
   there is and than the one of some steps before (late acceptance). Where that leads nowhere, the
   next step is taken whatever it is worth, and one looks back twice as far. Among equals less work
   near the end is worth more, so that small gains add up to a shorter schedule.

   E. K. Burke, Y. Bykov (2017), The late acceptance hill-climbing heuristic, European J. of
   Operational Research 258. */

#include "walk.h"

#include <string.h>

#include "ahead.h"
#include "chance.h"
#include "groups.h"

#define SEEDS 6   /* schedules begun anew before the walk */
#define STEPS 12  /* a step may be worth what the schedule so many before was, at first */
#define MOST_STEPS 768
#define STUCK 5   /* looks back without anything better */
#define LATE 0.85 /* of the first makespan: finishes beyond count among equals */

typedef struct {
    Score score;
    double late; /* counts among equals */
} Worth;

typedef struct {
    int32_t *start, *finish; /* per rank */
    Worth worth;
} Step;

struct Walk {
    const Site *s;
    Builder *builder;
    uint64_t chance;
    int32_t tasks, seeded, has;
    int64_t taken, better_at; /* steps so far, and when the best was found */
    int32_t steps;            /* how far it looks back */
    Groups projects, users;
    int32_t *mode, *order, *scratch;      /* per rank */
    double *key, *tail, *latest;          /* per rank */
    double *project_release;              /* per project */
    double begins_late;
    Step now, tried, best;
    Worth before[MOST_STEPS];
};

/* When each project can begin. */
static void find_releases(Walk *w) {
    const Network *n = w->s->n;
    for (int64_t p = 0; p < n->projects; p++) w->project_release[p] = (double)NEVER;
    for (int32_t i = 0; i < w->tasks; i++) {
        if (n->project[i] < 0) continue;
        double *release = &w->project_release[n->project[i]];
        if ((double)n->release[i] < *release) *release = (double)n->release[i];
    }
}

static void step_new(Step *step, int32_t tasks) {
    step->start = room((size_t)tasks, sizeof *step->start);
    step->finish = room((size_t)tasks, sizeof *step->finish);
}

static void step_free(Step *step) {
    free(step->start);
    free(step->finish);
}

Walk *binglian_walk_new(const Site *s, uint64_t seed) {
    Walk *w = room(1, sizeof *w);
    size_t tasks = (size_t)s->tasks;
    w->s = s;
    w->builder = builder_new(s);
    w->chance = seed;
    w->tasks = s->tasks;
    w->steps = STEPS;
    w->mode = room(tasks, sizeof *w->mode);
    w->order = room(tasks, sizeof *w->order);
    w->scratch = room(tasks, sizeof *w->scratch);
    step_new(&w->now, s->tasks);
    step_new(&w->tried, s->tasks);
    step_new(&w->best, s->tasks);
    w->key = room(tasks, sizeof *w->key);
    w->tail = room(tasks, sizeof *w->tail);
    w->latest = room(tasks, sizeof *w->latest);
    w->project_release = room((size_t)s->n->projects, sizeof *w->project_release);
    for (int32_t r = 0; r < s->tasks; r++)
        w->mode[r] = (int32_t)s->n->mode_start[w->builder->task[r]];
    group_by_project(&w->projects, w->builder);
    group_by_resource(&w->users, w->builder);
    for (int32_t r = 0; r < s->tasks; r++) w->key[r] = (double)s->n->duration[w->mode[r]];
    look_ahead(w->builder, w->key, w->tail, w->latest);
    find_releases(w);
    return w;
}

void binglian_walk_free(Walk *w) {
    groups_free(&w->projects);
    groups_free(&w->users);
    builder_free(w->builder);
    free(w->mode);
    free(w->order);
    free(w->scratch);
    step_free(&w->now);
    step_free(&w->tried);
    step_free(&w->best);
    free(w->key);
    free(w->tail);
    free(w->latest);
    free(w->project_release);
    free(w);
}

/* Notes what was just built if this step has found nothing better yet; says whether it did. */
static int note(Walk *w, int64_t length, int is_first) {
    Score score = builder_score(w->builder, length);
    if (!is_first && !better(score, w->tried.worth.score)) return 0;
    w->tried.worth.score = score;
    memcpy(w->tried.start, w->builder->start, (size_t)w->tasks * sizeof *w->tried.start);
    memcpy(w->tried.finish, w->builder->finish, (size_t)w->tasks * sizeof *w->tried.finish);
    return 1;
}

/* Builds in the other direction, the last to end first; returns the length, below 0 if it failed. */
static int64_t turn(Walk *w, int direction, int64_t length) {
    Builder *b = w->builder;
    for (int32_t r = 0; r < w->tasks; r++) w->scratch[r] = (int32_t)length - b->finish[r];
    builder_sort(b, direction, w->scratch, (int32_t)length, w->order);
    return builder_build(b, direction, w->order, w->mode, length);
}

/* Builds by key, then backwards and forwards as long as it helps; 0 if nothing can be built. */
static int build_by_key(Walk *w, const volatile int32_t *stop) {
    builder_list(w->builder, 0, w->key, w->order);
    int64_t length = builder_build(w->builder, 0, w->order, w->mode, 0);
    if (length < 0) return 0;
    for (int is_first = 1; note(w, length, is_first) && !*stop; is_first = 0) {
        int64_t back = turn(w, 1, length);
        if (back < 0 || back > length || *stop) break; /* the end does not hold it */
        length = turn(w, 0, back);
        if (length < 0) break;
    }
    return 1;
}

/* How much is done near the end: squares, so that what ends last weighs most. */
static double late_in(const Walk *w, const int32_t *finish) {
    double sum = 0;
    for (int32_t r = 0; r < w->tasks; r++) {
        double beyond = (double)finish[r] - w->begins_late;
        if (beyond > 0) sum += beyond * beyond;
    }
    return sum;
}

static int is_worse(Worth one, Worth other) {
    if (better(one.score, other.score)) return 0;
    return better(other.score, one.score) || one.late > other.late;
}

static void swap(Step *one, Step *other) {
    Step old = *one;
    *one = *other;
    *other = old;
}

static void copy(const Walk *w, Step *to, const Step *from) {
    memcpy(to->start, from->start, (size_t)w->tasks * sizeof *to->start);
    memcpy(to->finish, from->finish, (size_t)w->tasks * sizeof *to->finish);
    to->worth = from->worth;
}

/* Goes to what was tried, and looks back at nothing else. */
static void go_whatever(Walk *w) {
    for (int32_t k = 0; k < w->steps; k++) w->before[k] = w->tried.worth;
    swap(&w->now, &w->tried);
}

/* Takes the step, or stays. */
static void decide(Walk *w) {
    if (!w->has) w->begins_late = LATE * w->tried.worth.score.makespan;
    w->tried.worth.late = late_in(w, w->tried.finish);
    Worth worth = w->tried.worth;
    w->taken++;
    if (!w->has || is_worse(w->best.worth, worth)) {
        copy(w, &w->best, &w->tried);
        w->better_at = w->taken;
    }
    if (!w->has) {
        w->has = 1;
        go_whatever(w);
    } else if (w->taken - w->better_at > STUCK * w->steps) {
        w->steps = 2 * w->steps < MOST_STEPS ? 2 * w->steps : MOST_STEPS;
        w->better_at = w->taken;
        go_whatever(w);
    } else {
        Worth *before = &w->before[w->taken % w->steps];
        if (!is_worse(worth, w->now.worth) || !is_worse(worth, *before)) swap(&w->now, &w->tried);
        *before = w->now.worth;
    }
}

/* The first: what much follows goes first. Then projects in the order of their beginnings, more or
   less so, or in any order: whom many wait for is kept busy sooner if few projects are under way.
   Where dates count, every other time by when tasks must start. */
static void seed_key(Walk *w) {
    const Network *n = w->s->n;
    int by_date = w->builder->valued && w->seeded % 2;
    double weight = by_date ? 0 : w->seeded % 3, longest = 0;
    double blur = w->seeded < 3 ? 0 : 0.4 * uniform(&w->chance);
    uint64_t shared = next_random(&w->chance);
    for (int32_t r = 0; r < w->tasks; r++)
        if (w->tail[r] > longest) longest = w->tail[r];
    for (int32_t r = 0; r < w->tasks; r++) {
        int64_t project = n->project[w->builder->task[r]];
        w->key[r] = by_date ? w->latest[r] : -w->tail[r];
        if (project < 0) continue;
        uint64_t own = shared + (uint64_t)project;
        w->key[r] += weight * w->project_release[project] + blur * longest * uniform(&own);
    }
}

/* Up to two, by chance more often little, in either direction. */
static double shift(Walk *w) {
    double size = 2;
    for (int32_t halve = below(&w->chance, 7); halve > 0; halve--) size *= 0.5;
    return size * (2 * uniform(&w->chance) - 1);
}

static void shift_group(Walk *w, const Groups *g, double from, double by, double blur) {
    int32_t k = below(&w->chance, g->count);
    for (int32_t q = g->start[k]; q < g->start[k + 1]; q++) {
        int32_t r = g->rank[q];
        if ((double)w->now.start[r] < from) continue;
        w->key[r] += by + blur * (2 * uniform(&w->chance) - 1);
    }
}

static void shift_stretch(Walk *w, double from, double until, double blur) {
    for (int32_t r = 0; r < w->tasks; r++)
        if ((double)w->now.start[r] >= from && (double)w->now.start[r] < until)
            w->key[r] += blur * (2 * uniform(&w->chance) - 1);
}

static void move(Walk *w) {
    double length = w->now.worth.score.makespan, from = length * uniform(&w->chance), by = length * shift(w);
    for (int32_t r = 0; r < w->tasks; r++) w->key[r] = w->now.start[r];
    switch (below(&w->chance, 7)) {
        case 0:
            if (w->projects.count) return shift_group(w, &w->projects, -1, 0.15 * by, 0);
            break;
        case 1:
        case 2: /* a project goes on later, or sooner, from some time on */
            if (w->projects.count) return shift_group(w, &w->projects, from, 0.15 * by, 0);
            break;
        case 3:
            if (w->users.count) return shift_group(w, &w->users, -1, 0.03 * by, 0);
            break;
        case 4:
            if (w->users.count) return shift_group(w, &w->users, -1, 0, 0.08 * by);
            break;
        case 5: return shift_stretch(w, from, from + 0.1 * length, 0.05 * by);
    }
    shift_stretch(w, from, length, 0.015 * by);
}

int64_t binglian_walk_go(Walk *w, int64_t schedules, double makespan,
                         const volatile int32_t *stop) {
    Builder *b = w->builder;
    int64_t before = b->built;
    while (w->tasks && b->built - before < schedules && !*stop) {
        const Score *best = &w->best.worth.score;
        if (w->has && best->broken + best->overrun + best->lateness == 0
            && best->makespan <= makespan)
            break;
        if (w->seeded < SEEDS) {
            seed_key(w);
            w->seeded++;
        } else {
            move(w);
        }
        if (build_by_key(w, stop)) decide(w);
        else if (!w->has) break;
    }
    return b->built - before;
}

void binglian_walk_add(Walk *w, const int64_t *start) {
    const volatile int32_t never = 0;
    for (int32_t r = 0; r < w->tasks; r++) w->key[r] = (double)start[w->builder->task[r]];
    if (build_by_key(w, &never)) decide(w);
}

int binglian_walk_best(const Walk *w, int64_t *start, int64_t *finish, int64_t *mode,
                       Score *score) {
    if (!w->has) return 0;
    for (int32_t r = 0; r < w->tasks; r++) {
        int32_t i = w->builder->task[r];
        start[i] = w->best.start[r];
        finish[i] = w->best.finish[r];
        mode[i] = w->mode[r];
    }
    *score = w->best.worth.score;
    return 1;
}
