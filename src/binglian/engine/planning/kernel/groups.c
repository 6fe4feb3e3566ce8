/* See groups.h. */

#include "groups.h"

/* ``of`` (per rank): the group's number below ``most``, or NONE. */
static void group(Groups *g, const Builder *b, const int64_t *of, int64_t most) {
    int32_t *size = room((size_t)most, sizeof *size);
    int32_t *number = room((size_t)most, sizeof *number);
    for (int32_t r = 0; r < b->tasks; r++)
        if (of[r] >= 0) size[of[r]]++;
    g->start = room((size_t)most + 1, sizeof *g->start);
    g->rank = room((size_t)b->tasks, sizeof *g->rank);
    for (int64_t k = 0; k < most; k++) {
        if (!size[k]) continue;
        number[k] = g->count++;
        g->start[g->count] = g->start[g->count - 1] + size[k];
    }
    for (int32_t r = b->tasks - 1; r >= 0; r--)
        if (of[r] >= 0) g->rank[g->start[number[of[r]]] + --size[of[r]]] = r;
    free(size);
    free(number);
}

void group_by_project(Groups *g, const Builder *b) {
    const Network *n = b->s->n;
    int64_t *of = room((size_t)b->tasks, sizeof *of);
    for (int32_t r = 0; r < b->tasks; r++) of[r] = n->project[b->task[r]];
    group(g, b, of, n->projects);
    free(of);
}

void group_by_resource(Groups *g, const Builder *b) {
    const Site *s = b->s;
    int64_t *of = room((size_t)b->tasks, sizeof *of);
    for (int32_t r = 0; r < b->tasks; r++) {
        int64_t mode = s->n->mode_start[b->task[r]];
        double largest = 0;
        of[r] = NONE;
        for (int32_t d = s->demand_start[mode]; d < s->demand_start[mode + 1]; d++) {
            int32_t capacity = s->capacity[s->demand[d].resource];
            double share = capacity ? (double)s->demand[d].amount / capacity : 1;
            if (share <= largest) continue;
            largest = share;
            of[r] = s->demand[d].resource;
        }
    }
    group(g, b, of, s->resources);
    free(of);
}

void groups_free(Groups *g) {
    free(g->start);
    free(g->rank);
}
