#include "modes.h"

#include <string.h>

#include "chance.h"

#define TRIES 20 /* changes of mode per task before budgets are given up */

void modes_new(Modes *m, const Builder *b) {
    m->b = b;
    m->spent = room((size_t)b->s->resources, sizeof *m->spent);
}

void modes_free(Modes *m) { free(m->spent); }

int64_t shortest_mode(const Network *n, int32_t task) {
    int64_t shortest = n->duration[n->mode_start[task]];
    for (int64_t m = n->mode_start[task] + 1; m < n->mode_start[task + 1]; m++)
        if (n->duration[m] < shortest) shortest = n->duration[m];
    return shortest;
}

static int exceeds(const Site *s, int64_t mode) {
    for (int32_t d = s->demand_start[mode]; d < s->demand_start[mode + 1]; d++)
        if (s->demand[d].amount > s->capacity[s->demand[d].resource]) return 1;
    return 0;
}

int32_t any_mode(const Modes *m, int32_t rank, uint64_t *chance) {
    const Site *s = m->b->s;
    const Network *n = s->n;
    int32_t i = m->b->task[rank];
    if (n->frozen_mode[i] >= 0) return (int32_t)n->frozen_mode[i];
    int64_t first = n->mode_start[i], count = n->mode_start[i + 1] - first;
    int64_t mode = first + (count > 1 ? below(chance, (int32_t)count) : 0);
    for (int64_t k = 0; k < count && exceeds(s, mode) && n->frozen_start[i] < 0; k++)
        mode = mode + 1 < n->mode_start[i + 1] ? mode + 1 : first;
    return (int32_t)mode;
}

static void spend(Modes *m, int32_t mode, int sign) {
    const Site *s = m->b->s;
    for (int32_t d = s->budget_start[mode]; d < s->budget_start[mode + 1]; d++)
        m->spent[s->budget_resource[d]] += sign * s->budget_amount[d];
}

static double excess(const Modes *m) {
    const Site *s = m->b->s;
    double over = 0;
    for (int32_t r = 0; r < s->resources; r++)
        if (m->spent[r] > s->n->capacity[r]) over += (double)(m->spent[r] - s->n->capacity[r]);
    return over;
}

void repair_budgets(Modes *m, int32_t *mode, uint64_t *chance) {
    const Site *s = m->b->s;
    if (!s->budgets) return;
    memset(m->spent, 0, (size_t)s->resources * sizeof *m->spent);
    for (int32_t r = 0; r < s->tasks; r++) spend(m, mode[r], 1);
    double over = excess(m);
    for (int32_t tries = TRIES * s->tasks; over > 0 && tries > 0; tries--) {
        int32_t r = below(chance, s->tasks), old = mode[r], other = any_mode(m, r, chance);
        if (other == old) continue;
        spend(m, old, -1);
        spend(m, other, 1);
        double now = excess(m);
        if (now <= over) {
            mode[r] = other;
            over = now;
        } else {
            spend(m, other, -1);
            spend(m, old, 1);
        }
    }
}
