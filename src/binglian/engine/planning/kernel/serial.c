/* Serial schedule generation for all that a network can say. */

#include "bench.h"

#include <string.h>

#define MOST_UNITS ((int64_t)1 << 29) /* of profile, over all resources: 2 GB */

Bench *binglian_bench_new(const Site *s) {
    Bench *b = room(1, sizeof *b);
    size_t tasks = (size_t)s->tasks;
    b->s = s;
    b->resources = s->resources;
    b->left = room((size_t)s->resources, sizeof *b->left);
    b->start = room(tasks, sizeof *b->start);
    b->finish = room(tasks, sizeof *b->finish);
    b->floor = room(tasks, sizeof *b->floor);
    b->placed = room(tasks, sizeof *b->placed);
    b->mode = room(tasks, sizeof *b->mode);
    b->project_finish = room((size_t)s->n->projects, sizeof *b->project_finish);
    b->spent = room((size_t)s->resources, sizeof *b->spent);
    for (int32_t i = 0; i < s->tasks; i++) b->mode[i] = (int32_t)s->n->mode_start[i];
    return b;
}

void binglian_bench_free(Bench *b) {
    for (int32_t r = 0; r < b->resources; r++) free(b->left[r]); /* the site may be gone */
    free(b->left);
    free(b->start);
    free(b->finish);
    free(b->floor);
    free(b->placed);
    free(b->mode);
    free(b->project_finish);
    free(b->spent);
    free(b);
}

/* Makes room up to an instant; 0 if that is too far. */
static int reach(Bench *b, int64_t instant) {
    if (instant <= b->length) return 1;
    int64_t length = b->length ? b->length : 256;
    while (length < instant) length *= 2;
    if (length > MOST_UNITS / (b->s->resources ? b->s->resources : 1)) return 0;
    for (int32_t r = 0; r < b->s->resources; r++) {
        int32_t *row = realloc(b->left[r], (size_t)length * sizeof *row);
        if (!row) return 0;
        for (int64_t t = b->length; t < length; t++) row[t] = b->s->capacity[r];
        b->left[r] = row;
    }
    b->length = length;
    return 1;
}

static void clear(Bench *b) {
    for (int32_t r = 0; r < b->s->resources; r++)
        for (int64_t t = 0; t < b->used; t++) b->left[r][t] = b->s->capacity[r];
    b->used = 0;
    memset(b->placed, 0, (size_t)b->s->tasks);
}

/* Walks over the units of a calendar. */
typedef struct {
    const int64_t *first, *last;
    int64_t next, end; /* the next closed stretch */
} Walk;

static Walk walk_from(const Site *s, int64_t calendar, int64_t instant) {
    const Network *n = s->n;
    int64_t low = n->closed_start[calendar], high = n->closed_start[calendar + 1];
    Walk w = {n->closed_first, n->closed_last, 0, high};
    while (low < high) { /* the first stretch that ends after the instant */
        int64_t middle = (low + high) / 2;
        if (n->closed_last[middle] <= instant) low = middle + 1;
        else high = middle;
    }
    w.next = low;
    return w;
}

/* The first open unit from ``t`` on; the walk never goes back. */
static inline int64_t open_unit(Walk *w, int64_t t) {
    while (w->next < w->end && w->last[w->next] <= t) w->next++;
    return w->next < w->end && w->first[w->next] <= t ? w->last[w->next++] : t;
}

/* Takes what a mode demands off the units worked from ``start`` to ``finish``. */
static int occupy(Bench *b, int32_t mode, int64_t start, int64_t finish) {
    const Site *s = b->s;
    if (!reach(b, finish)) return 0;
    if (finish > b->used) b->used = finish;
    int64_t calendar = s->n->mode_calendar[mode];
    Walk w = walk_from(s, calendar, start);
    for (int64_t t = open_unit(&w, start); t < finish; t = open_unit(&w, t)) {
        int64_t until = w.next < w.end && w.first[w.next] < finish ? w.first[w.next] : finish;
        for (int32_t d = s->demand_start[mode]; d < s->demand_start[mode + 1]; d++) {
            int32_t *left = b->left[s->demand[d].resource], amount = s->demand[d].amount;
            for (int64_t u = t; u < until; u++) left[u] -= amount;
        }
        t = until;
    }
    return 1;
}

static inline int fits(const Bench *b, int32_t mode, int64_t unit) {
    const Site *s = b->s;
    if (unit >= b->used) return 1;
    for (int32_t d = s->demand_start[mode]; d < s->demand_start[mode + 1]; d++)
        if (b->left[s->demand[d].resource][unit] < s->demand[d].amount) return 0;
    return 1;
}

/* Earliest start and finish from ``start`` on at which capacity lasts. */
static void find_place(const Bench *b, int32_t mode, int64_t *start, int64_t *finish) {
    const Site *s = b->s;
    int64_t wanted = s->n->duration[mode];
    Walk w = walk_from(s, s->n->mode_calendar[mode], *start);
    int64_t t = open_unit(&w, *start), first = t;
    for (int64_t done = 0; done < wanted;) {
        if (fits(b, mode, t)) {
            if (done++ == 0) first = t;
        } else {
            done = 0;
        }
        t++;
        if (done < wanted) t = open_unit(&w, t);
    }
    *start = first;
    *finish = t;
}

static inline int64_t tied_end(const Bench *b, int32_t task, int finish) {
    return finish ? b->finish[task] : b->start[task];
}

/* Instants before which a task may neither start nor finish, for what is placed already. */
static void bounds_of(const Bench *b, int32_t i, int64_t *start, int64_t *finish) {
    const Site *s = b->s;
    *start = s->n->release[i] > b->floor[i] ? s->n->release[i] : b->floor[i];
    if (*start < b->begin) *start = b->begin;
    *finish = *start;
    for (int32_t k = s->before_start[i]; k < s->before_start[i + 1]; k++) {
        const Tie *tie = &s->before[k];
        if (!b->placed[tie->other]) continue;
        int from_finish = tie->link == FINISH_START || tie->link == FINISH_FINISH;
        int64_t end = tied_end(b, tie->other, from_finish);
        int64_t bound = later(s, tie->calendar, end, tie->least);
        if (tie->link == FINISH_START || tie->link == START_START) {
            if (bound > *start) *start = bound;
        } else if (bound > *finish) {
            *finish = bound;
        }
    }
}

/* The earliest start that does not finish before ``finish``. */
static int64_t not_before(const Site *s, int32_t mode, int64_t start, int64_t finish) {
    int64_t duration = s->n->duration[mode], calendar = s->n->mode_calendar[mode];
    if (calendar == 0) return finish - duration > start ? finish - duration : start;
    int64_t number = worked(s, calendar, finish - 1) + 1 - duration; /* its first worked unit */
    if (number < 0) return start;
    int64_t first = worked_unit(s, calendar, number);
    return first > start ? first : start;
}

/* Units by which a placed pair keeps a tie too late or too far apart. */
static int64_t too_early(const Bench *b, const Tie *tie, int32_t before, int32_t after) {
    int64_t from = tied_end(b, before, tie->link == FINISH_START || tie->link == FINISH_FINISH);
    int64_t to = tied_end(b, after, tie->link == FINISH_FINISH || tie->link == START_FINISH);
    int64_t bound = later(b->s, tie->calendar, from, tie->least);
    return bound > to ? bound - to : 0;
}

static int64_t too_late(const Bench *b, const Tie *tie, int32_t before, int32_t after) {
    if (tie->most >= NEVER) return 0;
    int64_t from = tied_end(b, before, tie->link == FINISH_START || tie->link == FINISH_FINISH);
    int64_t to = tied_end(b, after, tie->link == FINISH_FINISH || tie->link == START_FINISH);
    int64_t apart = to - from;
    if (tie->calendar) apart = worked(b->s, tie->calendar, to) - worked(b->s, tie->calendar, from);
    return apart > tie->most ? apart - tie->most : 0;
}

/* A task just placed may show that another was placed too early: raises its floor, returns 1. */
static int push(Bench *b, int32_t i) {
    const Site *s = b->s;
    for (int32_t k = s->before_start[i]; k < s->before_start[i + 1]; k++) {
        int32_t other = s->before[k].other;
        if (!b->placed[other] || s->n->frozen_start[other] >= 0) continue;
        int64_t by = too_late(b, &s->before[k], other, i);
        if (by) return b->floor[other] = b->start[other] + by, 1;
    }
    for (int32_t k = s->after_start[i]; k < s->after_start[i + 1]; k++) {
        int32_t other = s->after[k].other;
        if (!b->placed[other]) continue;
        int64_t by = too_early(b, &s->after[k], i, other);
        if (by && s->n->frozen_start[other] < 0) return b->floor[other] = b->start[other] + by, 1;
        by = too_late(b, &s->after[k], i, other);
        if (by && s->n->frozen_start[i] < 0) return b->floor[i] = b->start[i] + by, 1;
    }
    return 0;
}

static int place(Bench *b, int32_t i) {
    const Site *s = b->s;
    int32_t mode = b->mode[i];
    int64_t start, finish;
    bounds_of(b, i, &start, &finish);
    if (s->n->duration[mode] == 0) {
        b->start[i] = b->finish[i] = start > finish ? start : finish;
    } else {
        start = not_before(s, mode, start, finish);
        find_place(b, mode, &start, &finish);
        if (!occupy(b, mode, start, finish)) return 0;
        b->start[i] = start;
        b->finish[i] = finish;
    }
    b->placed[i] = 1;
    return 1;
}

static int place_frozen(Bench *b) {
    const Site *s = b->s;
    for (int32_t k = 0; k < s->frozen_count; k++) {
        int32_t i = s->frozen[k], mode = b->mode[i];
        int64_t start = s->n->frozen_start[i], finish = s->n->frozen_finish[i];
        if (finish < 0) finish = later(s, s->n->mode_calendar[mode], start, s->n->duration[mode]);
        b->start[i] = start;
        b->finish[i] = finish;
        b->placed[i] = 1;
        if (finish > start && !occupy(b, mode, start, finish)) return 0;
    }
    return 1;
}

int build(Bench *b, const int32_t *order) {
    const Site *s = b->s;
    for (int32_t i = 0; i < s->tasks; i++) {
        int32_t mode = b->mode[i];
        if (s->n->frozen_start[i] >= 0) continue;
        for (int32_t d = s->demand_start[mode]; d < s->demand_start[mode + 1]; d++)
            if (s->demand[d].amount > s->capacity[s->demand[d].resource]) return IMPOSSIBLE;
    }
    memset(b->floor, 0, (size_t)s->tasks * sizeof *b->floor);
    /* Where a tie also says «at most», what came too early moves up and all is built anew. */
    for (int64_t again = s->tight ? 4 * (int64_t)s->tasks + 100 : 0;; again--) {
        clear(b);
        if (!place_frozen(b)) return TOO_LONG;
        int pushed = 0;
        for (int32_t k = 0; k < s->tasks && !pushed; k++) {
            if (b->placed[order[k]]) continue;
            if (!place(b, order[k])) return TOO_LONG;
            pushed = again > 0 && push(b, order[k]);
        }
        if (!pushed) return BUILT;
    }
}

static double file_finish(const Network *n, int64_t instant) {
    int64_t low = 0, high = n->cuts;
    while (low < high) {
        int64_t middle = (low + high) / 2;
        if (n->cut_at[middle] < instant) low = middle + 1;
        else high = middle;
    }
    return (double)(instant + n->cut_before[low]);
}

static double broken_ties(const Bench *b) {
    const Site *s = b->s;
    double broken = 0;
    for (int32_t i = 0; i < s->tasks && s->tight; i++)
        for (int32_t k = s->before_start[i]; k < s->before_start[i + 1]; k++) {
            const Tie *tie = &s->before[k];
            if (s->n->frozen_start[i] >= 0 && s->n->frozen_start[tie->other] >= 0) continue;
            broken += (double)(too_early(b, tie, tie->other, i) + too_late(b, tie, tie->other, i));
        }
    return broken;
}

static double overspent(Bench *b) {
    const Site *s = b->s;
    double over = 0;
    if (!s->budgets) return 0;
    memset(b->spent, 0, (size_t)s->resources * sizeof *b->spent);
    for (int frozen = 1; frozen >= 0; frozen--) { /* history first: it alone is not blamed */
        for (int32_t i = 0; i < s->tasks; i++) {
            if ((s->n->frozen_start[i] >= 0) != frozen) continue;
            for (int32_t d = s->budget_start[b->mode[i]]; d < s->budget_start[b->mode[i] + 1]; d++)
                b->spent[s->budget_resource[d]] += s->budget_amount[d];
        }
        for (int32_t r = 0; r < s->resources && frozen; r++)
            if (b->spent[r] > s->n->capacity[r]) b->spent[r] = s->n->capacity[r];
    }
    for (int32_t r = 0; r < s->resources; r++)
        if (!s->n->renewable[r] && b->spent[r] > s->n->capacity[r])
            over += (double)(b->spent[r] - s->n->capacity[r]);
    return over;
}

Score score_of(Bench *b) {
    const Site *s = b->s;
    const Network *n = s->n;
    Score found = {broken_ties(b) + overspent(b), 0, 0, 0};
    memset(b->project_finish, 0, (size_t)n->projects * sizeof *b->project_finish);
    int64_t makespan = 0;
    for (int32_t i = 0; i < s->tasks; i++) {
        int64_t finish = b->finish[i], p = n->project[i];
        if (finish > makespan) makespan = finish;
        if (p >= 0 && finish > b->project_finish[p]) b->project_finish[p] = finish;
    }
    found.makespan = (double)makespan;
    for (int32_t k = 0; k < s->dated_count; k++) {
        int32_t i = s->dated[k];
        double finish = file_finish(n, b->finish[i]);
        if (n->deadline[i] >= 0 && finish > (double)n->deadline[i])
            found.overrun += finish - (double)n->deadline[i];
        if (n->due[i] >= 0 && finish > (double)n->due[i])
            found.lateness += n->weight[i] * (finish - (double)n->due[i]);
    }
    for (int64_t p = 0; p < n->projects; p++) {
        if (n->project_deadline[p] < 0 && n->project_due[p] < 0) continue;
        double finish = file_finish(n, b->project_finish[p]);
        if (n->project_deadline[p] >= 0 && finish > (double)n->project_deadline[p])
            found.overrun += finish - (double)n->project_deadline[p];
        if (n->project_due[p] >= 0 && finish > (double)n->project_due[p])
            found.lateness += n->project_weight[p] * (finish - (double)n->project_due[p]);
    }
    return found;
}

/* Builds the schedule of an order and modes; writes starts and finishes, and what it is worth. */
int binglian_build(Bench *b, const int32_t *order, const int32_t *mode, int64_t *start,
                   int64_t *finish, Score *score);

int binglian_build(Bench *b, const int32_t *order, const int32_t *mode, int64_t *start,
                   int64_t *finish, Score *score) {
    size_t tasks = (size_t)b->s->tasks;
    memcpy(b->mode, mode, tasks * sizeof *mode);
    int ended = build(b, order);
    if (ended != BUILT) return ended;
    memcpy(start, b->start, tasks * sizeof *start);
    memcpy(finish, b->finish, tasks * sizeof *finish);
    *score = score_of(b);
    return BUILT;
}
