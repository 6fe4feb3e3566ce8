/* See parallel.h. */

#include "parallel.h"

#include <string.h>

#define FURTHEST ((int64_t)1 << 23) /* units */

Parallel *parallel_new(const Builder *b) {
    const Site *s = b->s;
    if (!s->plain) return NULL;
    int64_t length = 2, release = 0;
    for (int32_t i = 0; i < s->tasks; i++) {
        length += s->n->duration[i];
        if (s->n->release[i] > release) release = s->n->release[i];
        for (int32_t d = s->demand_start[i]; d < s->demand_start[i + 1]; d++)
            if (s->demand[d].amount > s->capacity[s->demand[d].resource]) return NULL;
    }
    for (int64_t q = 0; q < s->n->precedences; q++) length += s->n->least[q];
    length += release;
    if (length > FURTHEST) return NULL;
    Parallel *p = room(1, sizeof *p);
    size_t tasks = (size_t)b->tasks;
    p->b = b;
    p->length = length;
    p->ready = room((size_t)length, sizeof *p->ready);
    p->freed = room((size_t)length, sizeof *p->freed);
    memset(p->ready, -1, (size_t)length * sizeof *p->ready);
    memset(p->freed, -1, (size_t)length * sizeof *p->freed);
    p->next_ready = room(tasks, sizeof *p->next_ready);
    p->next_freed = room(tasks, sizeof *p->next_freed);
    p->ready_at = room(tasks, sizeof *p->ready_at);
    p->waits = room(tasks, sizeof *p->waits);
    p->place = room(tasks, sizeof *p->place);
    p->waiting = room(tasks, sizeof *p->waiting);
    p->fresh = room(tasks, sizeof *p->fresh);
    p->left = room((size_t)s->resources, sizeof *p->left);
    for (int direction = 0; direction < 2; direction++) {
        const int32_t *from = direction ? s->before_start : s->after_start;
        const Tie *ties = direction ? s->before : s->after;
        int32_t used = 0; /* of what comes after in this direction, in the builder's order */
        p->lag[direction] = room((size_t)s->n->precedences, sizeof(int32_t));
        for (int32_t r = 0; r < b->tasks; r++)
            for (int32_t k = from[b->task[r]]; k < from[b->task[r] + 1]; k++)
                p->lag[direction][used++] = (int32_t)ties[k].least;
    }
    return p;
}

void parallel_free(Parallel *p) {
    if (!p) return;
    free(p->lag[0]);
    free(p->lag[1]);
    free(p->ready);
    free(p->freed);
    free(p->next_ready);
    free(p->next_freed);
    free(p->ready_at);
    free(p->waits);
    free(p->place);
    free(p->waiting);
    free(p->fresh);
    free(p->left);
    free(p);
}

static int by_place(const void *one, const void *other) {
    return *(const int32_t *)one - *(const int32_t *)other;
}

static void announce(Parallel *p, int32_t rank, int32_t now) {
    int32_t at = p->ready_at[rank] > now ? p->ready_at[rank] : now;
    p->next_ready[rank] = p->ready[at];
    p->ready[at] = rank;
}

/* What waited for the task, ended now, may go on. */
static void release_after(Parallel *p, int direction, int32_t rank, int32_t now) {
    const int32_t *start = p->b->tie_start[1 - direction], *tie = p->b->tie[1 - direction];
    for (int32_t q = start[rank]; q < start[rank + 1]; q++) {
        int32_t bound = now + p->lag[direction][q], after = tie[q];
        if (bound > p->ready_at[after]) p->ready_at[after] = bound;
        if (--p->waits[after] == 0) announce(p, after, now);
    }
}

/* Merges what became ready, as places in the order, into what waits already. */
static int32_t merge(Parallel *p, int32_t waiting, int32_t fresh) {
    qsort(p->fresh, (size_t)fresh, sizeof *p->fresh, by_place);
    int32_t at = waiting + fresh - 1, a = waiting - 1, b = fresh - 1;
    while (b >= 0) {
        if (a >= 0 && p->waiting[a] > p->fresh[b]) p->waiting[at--] = p->waiting[a--];
        else p->waiting[at--] = p->fresh[b--];
    }
    return waiting + fresh;
}

static int try_start(Parallel *p, int32_t rank) {
    const Site *s = p->b->s;
    int32_t i = p->b->task[rank];
    for (int32_t d = s->demand_start[i]; d < s->demand_start[i + 1]; d++)
        if (p->left[s->demand[d].resource] < s->demand[d].amount) return 0;
    if (s->n->duration[i])
        for (int32_t d = s->demand_start[i]; d < s->demand_start[i + 1]; d++)
            p->left[s->demand[d].resource] -= s->demand[d].amount;
    return 1;
}

void parallel_build(Parallel *p, int direction, const int32_t *order, int32_t *start) {
    const Builder *b = p->b;
    const Site *s = b->s;
    int32_t waiting = 0, left = b->tasks;
    memcpy(p->left, s->capacity, (size_t)s->resources * sizeof *p->left);
    for (int32_t k = 0; k < b->tasks; k++) p->place[order[k]] = k;
    for (int32_t r = 0; r < b->tasks; r++) {
        p->waits[r] = b->tie_start[direction][r + 1] - b->tie_start[direction][r];
        p->ready_at[r] = direction ? 0 : (int32_t)s->n->release[b->task[r]];
    }
    for (int32_t r = 0; r < b->tasks; r++)
        if (!p->waits[r]) announce(p, r, 0);
    for (int32_t t = 0; left; t++) {
        int changed = p->freed[t] >= 0;
        for (int32_t r = p->freed[t]; r >= 0; r = p->next_freed[r]) {
            int32_t i = b->task[r];
            for (int32_t d = s->demand_start[i]; d < s->demand_start[i + 1]; d++)
                p->left[s->demand[d].resource] += s->demand[d].amount;
            release_after(p, direction, r, t);
        }
        p->freed[t] = -1;
        while (changed || p->ready[t] >= 0) { /* again where something without duration ended */
            int32_t fresh = 0;
            for (int32_t r = p->ready[t]; r >= 0; r = p->next_ready[r])
                p->fresh[fresh++] = p->place[r];
            p->ready[t] = -1;
            waiting = merge(p, waiting, fresh);
            int32_t kept = 0;
            for (int32_t k = 0; k < waiting; k++) {
                int32_t r = order[p->waiting[k]];
                if (!try_start(p, r)) {
                    p->waiting[kept++] = p->waiting[k];
                    continue;
                }
                start[r] = t;
                left--;
                int64_t duration = s->n->duration[b->task[r]];
                if (duration) {
                    p->next_freed[r] = p->freed[t + duration];
                    p->freed[t + duration] = r;
                } else {
                    release_after(p, direction, r, t);
                }
            }
            waiting = kept;
            changed = 0;
        }
    }
    /* The last to end are still in their chains. */
    for (int32_t r = 0; r < b->tasks; r++) p->freed[start[r] + s->n->duration[b->task[r]]] = -1;
}
