/* Between which instants each task must start and finish: heads from the beginning, tails from a
   horizon, by precedence and calendars alone. */

#include "site.h"

typedef struct {
    const Site *s;
    const uint8_t *usable; /* per mode */
    int64_t *start, *finish;
} Ends;

enum { FOUND = -1, CIRCLE = -2 }; /* what a sweep says; else the task that finds no place */

/* The earliest instant by which a calendar has worked so many units. */
static int64_t reached(const Site *s, int64_t calendar, int64_t units) {
    return units <= 0 ? 0 : worked_unit(s, calendar, units - 1) + 1;
}

static int from_finish(const Tie *tie) {
    return tie->link == FINISH_START || tie->link == FINISH_FINISH;
}

static int to_finish(const Tie *tie) {
    return tie->link == FINISH_FINISH || tie->link == START_FINISH;
}

static int is_frozen(const Site *s, int32_t i) { return s->n->frozen_start[i] >= 0; }

/* The earliest start and finish of a mode that neither starts nor finishes too early. */
static void earliest(const Site *s, int32_t mode, int64_t *start, int64_t *finish) {
    int64_t calendar = s->n->mode_calendar[mode], duration = s->n->duration[mode];
    if (duration == 0) {
        if (*finish > *start) *start = *finish;
        *finish = *start;
        return;
    }
    int64_t first = worked(s, calendar, *start); /* the number of its first worked unit */
    if (*finish > 0) {
        int64_t by_finish = worked(s, calendar, *finish - 1) + 1 - duration;
        if (by_finish > first) first = by_finish;
    }
    *start = worked_unit(s, calendar, first);
    *finish = worked_unit(s, calendar, first + duration - 1) + 1;
}

/* The latest ones of a mode that does neither too late; 0 if there are none. */
static int latest(const Site *s, int32_t mode, int64_t *start, int64_t *finish) {
    int64_t calendar = s->n->mode_calendar[mode], duration = s->n->duration[mode];
    if (duration == 0) {
        if (*start < *finish) *finish = *start;
        *start = *finish;
        return *start >= 0;
    }
    if (*start < 0 || *finish < 0) return 0;
    int64_t first = worked(s, calendar, *start + 1) - 1;
    int64_t by_finish = worked(s, calendar, *finish) - duration;
    if (by_finish < first) first = by_finish;
    if (first < 0) return 0;
    *start = worked_unit(s, calendar, first);
    *finish = worked_unit(s, calendar, first + duration - 1) + 1;
    return 1;
}

/* Ties ask for a start and a finish no sooner; what is frozen is not moved by ties. */
static void sooner(const Ends *e, int32_t i, int64_t *start, int64_t *finish) {
    const Site *s = e->s;
    for (int32_t k = s->before_start[i]; k < s->before_start[i + 1]; k++) {
        const Tie *tie = &s->before[k];
        if (is_frozen(s, i) && is_frozen(s, tie->other)) continue;
        int64_t from = from_finish(tie) ? e->finish[tie->other] : e->start[tie->other];
        int64_t bound = later(s, tie->calendar, from, tie->least);
        int64_t *end = to_finish(tie) ? finish : start;
        if (bound > *end) *end = bound;
    }
    for (int32_t k = s->after_start[i]; k < s->after_start[i + 1] && s->tight; k++) {
        const Tie *tie = &s->after[k];
        if (tie->most >= NEVER || (is_frozen(s, i) && is_frozen(s, tie->other))) continue;
        int64_t to = to_finish(tie) ? e->finish[tie->other] : e->start[tie->other];
        int64_t bound = tie->calendar ? reached(s, tie->calendar,
                                                worked(s, tie->calendar, to) - tie->most)
                                      : to - tie->most;
        int64_t *end = from_finish(tie) ? finish : start;
        if (bound > *end) *end = bound;
    }
}

static void not_later(const Ends *e, int32_t i, int64_t *start, int64_t *finish) {
    const Site *s = e->s;
    for (int32_t k = s->after_start[i]; k < s->after_start[i + 1]; k++) {
        const Tie *tie = &s->after[k];
        if (is_frozen(s, i) && is_frozen(s, tie->other)) continue;
        int64_t to = to_finish(tie) ? e->finish[tie->other] : e->start[tie->other];
        int64_t bound = to - tie->least;
        if (tie->calendar && tie->least) {
            int64_t units = worked(s, tie->calendar, to) - tie->least;
            bound = units < 0 ? -1 : worked_unit(s, tie->calendar, units);
        }
        int64_t *end = from_finish(tie) ? finish : start;
        if (bound < *end) *end = bound;
    }
    for (int32_t k = s->before_start[i]; k < s->before_start[i + 1] && s->tight; k++) {
        const Tie *tie = &s->before[k];
        if (tie->most >= NEVER || (is_frozen(s, i) && is_frozen(s, tie->other))) continue;
        int64_t from = from_finish(tie) ? e->finish[tie->other] : e->start[tie->other];
        int64_t bound = tie->calendar ? worked_unit(s, tie->calendar,
                                                    worked(s, tie->calendar, from) + tie->most)
                                      : from + tie->most;
        int64_t *end = to_finish(tie) ? finish : start;
        if (bound < *end) *end = bound;
    }
}

/* Finds the heads of all tasks, each at least what it holds already; says FOUND, CIRCLE, or which
   task would start after ``limit`` or against what is frozen. */
int64_t binglian_heads(const Site *s, const uint8_t *usable, int64_t limit, int64_t *start,
                       int64_t *finish);

int64_t binglian_heads(const Site *s, const uint8_t *usable, int64_t limit, int64_t *start,
                       int64_t *finish) {
    Ends e = {s, usable, start, finish};
    int moved = 1;
    for (int64_t sweep = 0; moved; sweep++) {
        if (sweep > 2 * (int64_t)s->tasks + 2) return CIRCLE;
        moved = 0;
        for (int32_t k = 0; k < s->tasks; k++) {
            int32_t i = s->topological[k];
            int64_t from = start[i], until = finish[i];
            sooner(&e, i, &from, &until);
            if (is_frozen(s, i)) {
                if (from > start[i] || until > finish[i]) return i;
                continue;
            }
            int64_t first = NEVER, last = NEVER;
            for (int64_t m = s->n->mode_start[i]; m < s->n->mode_start[i + 1]; m++) {
                if (!usable[m]) continue;
                int64_t a = from, b = until;
                earliest(s, (int32_t)m, &a, &b);
                if (a < first) first = a;
                if (b < last) last = b;
            }
            if (first > limit) return i;
            if (first > start[i] || last > finish[i]) moved = 1;
            if (first > start[i]) start[i] = first;
            if (last > finish[i]) finish[i] = last;
        }
        if (!s->tight) break; /* one sweep in order is enough */
    }
    return FOUND;
}

/* The same for tails, each at most what it holds already. */
int64_t binglian_tails(const Site *s, const uint8_t *usable, int64_t *start, int64_t *finish);

int64_t binglian_tails(const Site *s, const uint8_t *usable, int64_t *start, int64_t *finish) {
    Ends e = {s, usable, start, finish};
    int moved = 1;
    for (int64_t sweep = 0; moved; sweep++) {
        if (sweep > 2 * (int64_t)s->tasks + 2) return CIRCLE;
        moved = 0;
        for (int32_t k = s->tasks - 1; k >= 0; k--) {
            int32_t i = s->topological[k];
            int64_t until = start[i], last = finish[i];
            not_later(&e, i, &until, &last);
            if (is_frozen(s, i)) {
                if (until < start[i] || last < finish[i]) return i;
                continue;
            }
            int64_t a_best = -1, b_best = -1;
            for (int64_t m = s->n->mode_start[i]; m < s->n->mode_start[i + 1]; m++) {
                int64_t a = until, b = last;
                if (!usable[m] || !latest(s, (int32_t)m, &a, &b)) continue;
                if (a > a_best) a_best = a;
                if (b > b_best) b_best = b;
            }
            if (a_best < 0) return i;
            if (a_best < start[i] || b_best < finish[i]) moved = 1;
            if (a_best < start[i]) start[i] = a_best;
            if (b_best < finish[i]) finish[i] = b_best;
        }
        if (!s->tight) break;
    }
    return FOUND;
}
