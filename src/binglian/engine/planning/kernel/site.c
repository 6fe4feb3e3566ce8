/* Makes a site of a network. */

#include "site.h"

#include <string.h>

#define LARGEST ((int64_t)1 << 30)

int64_t worked(const Site *s, int64_t calendar, int64_t instant) {
    const Network *n = s->n;
    int64_t low = n->closed_start[calendar], high = n->closed_start[calendar + 1];
    if (low == high || instant <= n->closed_first[low]) return instant;
    while (high - low > 1) { /* the last stretch that begins before the instant */
        int64_t middle = (low + high) / 2;
        if (n->closed_first[middle] < instant) low = middle;
        else high = middle;
    }
    int64_t until = n->closed_last[low] < instant ? n->closed_last[low] : instant;
    return instant - s->closed_before[low] - (until - n->closed_first[low]);
}

int64_t worked_unit(const Site *s, int64_t calendar, int64_t number) {
    const Network *n = s->n;
    int64_t low = n->closed_start[calendar], high = n->closed_start[calendar + 1];
    if (low == high || number < n->closed_first[low]) return number;
    while (high - low > 1) { /* the last stretch with no more worked units before it */
        int64_t middle = (low + high) / 2;
        if (n->closed_first[middle] - s->closed_before[middle] <= number) low = middle;
        else high = middle;
    }
    return number + s->closed_before[low] + (n->closed_last[low] - n->closed_first[low]);
}

static int64_t greatest_divisor(int64_t a, int64_t b) {
    while (b) {
        int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

/* Capacities no larger than all that could be used, and free of common divisors, fit 32 bits; if
   not, demands are rounded up, so that what is built still keeps the rule. */
static void scale_demands(Site *s) {
    const Network *n = s->n;
    int64_t *step = room((size_t)n->resources, sizeof *step);
    int64_t *all = room((size_t)n->resources, sizeof *all);
    int64_t demands = n->demand_start[n->modes];
    for (int64_t d = 0; d < demands; d++) {
        int64_t r = n->demand_resource[d], amount = n->demand_amount[d];
        step[r] = greatest_divisor(step[r], amount);
        all[r] = all[r] > NEVER - amount ? NEVER : all[r] + amount;
    }
    for (int64_t r = 0; r < n->resources; r++) {
        if (!step[r]) step[r] = 1;
        int64_t most = n->capacity[r] < all[r] ? n->capacity[r] : all[r];
        while (most / step[r] > LARGEST) step[r] *= 2;
        s->capacity[r] = (int32_t)(most / step[r]);
    }
    int32_t used = 0, spent = 0;
    for (int64_t m = 0; m < n->modes; m++) {
        s->demand_start[m] = used;
        s->budget_start[m] = spent;
        for (int64_t d = n->demand_start[m]; d < n->demand_start[m + 1]; d++) {
            int64_t r = n->demand_resource[d], amount = n->demand_amount[d];
            if (!n->renewable[r]) {
                s->budget_resource[spent] = (int32_t)r;
                s->budget_amount[spent++] = amount;
            } else {
                int64_t scaled = (amount + step[r] - 1) / step[r];
                if (scaled > LARGEST) scaled = LARGEST + 1; /* above any capacity */
                s->demand[used++] = (Demand){(int32_t)r, (int32_t)scaled};
            }
        }
    }
    s->demand_start[n->modes] = used;
    s->budget_start[n->modes] = spent;
    s->budgets = spent > 0;
    free(step);
    free(all);
}

static void sort_ties(Site *s) {
    const Network *n = s->n;
    for (int64_t p = 0; p < n->precedences; p++) {
        s->before_start[n->after[p] + 1]++;
        s->after_start[n->before[p] + 1]++;
    }
    for (int32_t i = 0; i < s->tasks; i++) {
        s->before_start[i + 1] += s->before_start[i];
        s->after_start[i + 1] += s->after_start[i];
    }
    int32_t *b = room((size_t)s->tasks, sizeof *b), *a = room((size_t)s->tasks, sizeof *a);
    for (int64_t p = 0; p < n->precedences; p++) {
        int64_t before = n->before[p], after = n->after[p];
        Tie tie = {n->least[p], n->most[p], 0, (int32_t)n->link[p], (int32_t)n->lag_calendar[p], 1};
        tie.other = (int32_t)before;
        s->before[s->before_start[after] + b[after]++] = tie;
        tie.other = (int32_t)after;
        s->after[s->after_start[before] + a[before]++] = tie;
        if (tie.most < NEVER) s->tight = 1;
    }
    free(b);
    free(a);
}

/* Ties of tasks that wait for one another in a circle no longer order them: ``task`` goes first. */
static void untie(Site *s, int32_t task, const int32_t *waits) {
    for (int32_t k = s->before_start[task]; k < s->before_start[task + 1]; k++) {
        int32_t other = s->before[k].other;
        if (waits[other] < 0 || !s->before[k].orders) continue; /* it is in the order already */
        s->before[k].orders = 0;
        for (int32_t a = s->after_start[other]; a < s->after_start[other + 1]; a++)
            if (s->after[a].other == task) s->after[a].orders = 0;
    }
    s->tight = 1;
}

static void put_in_order(Site *s) {
    int32_t *waits = room((size_t)s->tasks, sizeof *waits); /* -1 once in the order */
    int32_t found = 0, looked = 0, stuck = 0;
    for (int32_t i = 0; i < s->tasks; i++) waits[i] = s->before_start[i + 1] - s->before_start[i];
    for (int32_t i = 0; i < s->tasks; i++)
        if (!waits[i]) s->topological[found++] = i, waits[i] = -1;
    while (found < s->tasks || looked < found) {
        if (looked == found) {
            while (waits[stuck] < 0) stuck++;
            untie(s, stuck, waits);
            s->topological[found++] = stuck;
            waits[stuck] = -1;
        }
        int32_t i = s->topological[looked++];
        for (int32_t k = s->after_start[i]; k < s->after_start[i + 1]; k++) {
            int32_t other = s->after[k].other;
            if (s->after[k].orders && waits[other] > 0 && --waits[other] == 0)
                s->topological[found++] = other, waits[other] = -1;
        }
    }
    free(waits);
}

static int is_plain(const Site *s) {
    const Network *n = s->n;
    if (n->modes != n->tasks || s->tight || s->budgets || s->frozen_count) return 0;
    for (int64_t m = 0; m < n->modes; m++)
        if (n->mode_calendar[m]) return 0;
    for (int64_t p = 0; p < n->precedences; p++)
        if (n->link[p] != FINISH_START || n->lag_calendar[p] || n->least[p] < 0) return 0;
    return 1;
}

Site *binglian_site_new(const Network *n) {
    Site *s = room(1, sizeof *s);
    size_t tasks = (size_t)n->tasks, modes = (size_t)n->modes, ties = (size_t)n->precedences;
    size_t demands = (size_t)n->demand_start[n->modes];
    size_t closed = (size_t)n->closed_start[n->calendars];
    s->n = n;
    s->tasks = (int32_t)n->tasks;
    s->resources = (int32_t)n->resources;
    s->capacity = room((size_t)n->resources, sizeof *s->capacity);
    s->demand_start = room(modes + 1, sizeof *s->demand_start);
    s->demand = room(demands, sizeof *s->demand);
    s->budget_start = room(modes + 1, sizeof *s->budget_start);
    s->budget_amount = room(demands, sizeof *s->budget_amount);
    s->budget_resource = room(demands, sizeof *s->budget_resource);
    s->before_start = room(tasks + 1, sizeof *s->before_start);
    s->after_start = room(tasks + 1, sizeof *s->after_start);
    s->before = room(ties, sizeof *s->before);
    s->after = room(ties, sizeof *s->after);
    s->topological = room(tasks, sizeof *s->topological);
    s->closed_before = room(closed, sizeof *s->closed_before);
    s->dated = room(tasks, sizeof *s->dated);
    s->frozen = room(tasks, sizeof *s->frozen);
    for (int64_t c = 0; c < n->calendars; c++) {
        int64_t before = 0;
        for (int64_t k = n->closed_start[c]; k < n->closed_start[c + 1]; k++) {
            s->closed_before[k] = before;
            before += n->closed_last[k] - n->closed_first[k];
        }
    }
    for (int32_t i = 0; i < s->tasks; i++) {
        if (n->deadline[i] >= 0 || n->due[i] >= 0) s->dated[s->dated_count++] = i;
        if (n->frozen_start[i] < 0) continue;
        s->frozen[s->frozen_count++] = i;
    }
    scale_demands(s);
    sort_ties(s);
    put_in_order(s);
    for (int32_t k = 0; k < s->frozen_count; k++) { /* what it waited for may come too late */
        int32_t i = s->frozen[k];
        if (s->before_start[i + 1] > s->before_start[i]) s->tight = 1;
    }
    s->plain = is_plain(s);
    return s;
}

void binglian_site_free(Site *s) {
    free(s->capacity);
    free(s->demand_start);
    free(s->demand);
    free(s->budget_start);
    free(s->budget_amount);
    free(s->budget_resource);
    free(s->before_start);
    free(s->after_start);
    free(s->before);
    free(s->after);
    free(s->topological);
    free(s->closed_before);
    free(s->dated);
    free(s->frozen);
    free(s);
}

void binglian_site_order(const Site *s, int32_t *order) {
    memcpy(order, s->topological, (size_t)s->tasks * sizeof *order);
}
