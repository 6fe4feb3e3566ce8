/* Which slots a need takes, by what each would cost. */

#include "market.h"

static int any_slots(
    int forced, int count, int times, const double *cost, int skip_dear, int32_t *chosen) {
    int taken = 0;
    for (int i = 0; i < forced; i++) {
        if (skip_dear && !(cost[i] < 0)) continue;
        if (isinf(cost[i])) return -1;
        chosen[taken++] = i;
    }
    int first = taken;
    for (int k = 0; k < times; k++) {
        int best = -1;
        for (int i = forced; i < count; i++) {
            int already = 0;
            for (int j = first; j < taken; j++) already |= chosen[j] == i;
            if (!already && (best < 0 || cost[i] < cost[best])) best = i;
        }
        if (best < 0 || isinf(cost[best]) || (skip_dear && !(cost[best] < 0)))
            return skip_dear ? taken : -1;
        chosen[taken++] = best;
    }
    return taken;
}

/* Slots within ``span`` slots in a row that starts at slot ``start``; -1 if that cannot be. */
static int run_from(
    const int32_t *slot, int forced, int count, int span, int start, const double *cost,
    int skip_dear, int32_t *chosen, double *total) {
    int taken = 0;
    *total = 0;
    for (int i = 0; i < forced; i++)
        if (slot[i] < start || slot[i] >= start + span) return -1;
    for (int i = 0; i < count; i++) {
        if (slot[i] < start || slot[i] >= start + span) continue;
        if (skip_dear && !(cost[i] < 0)) continue;
        if (isinf(cost[i])) return -1;
        chosen[taken++] = i;
        *total += cost[i];
    }
    return skip_dear || taken == span ? taken : -1;
}

int choose_slots(
    const Market *m, int64_t need, const double *cost, int skip_dear, int32_t *chosen) {
    const int32_t *slot = m->slot + m->slot_start[need];
    int count = (int)(m->slot_start[need + 1] - m->slot_start[need]);
    int forced = m->forced[need], times = m->times[need];
    if (!m->consecutive[need] || times + forced == 1)
        return any_slots(forced, count, times, cost, skip_dear, chosen);
    int span = times + forced, best_start = -1;
    if (skip_dear && span > m->slots) span = (int)m->slots;
    double best = INFINITY, total;
    for (int i = 0; i < count; i++)
        for (int back = 0; back < span; back++) {
            int start = slot[i] - back;
            if (start < 0 || start + span > m->slots) continue;
            if (run_from(slot, forced, count, span, start, cost, skip_dear, chosen, &total) < 0)
                continue;
            if (total < best || (total == best && start < best_start)) {
                best = total;
                best_start = start;
            }
        }
    if (best_start < 0) return -1;
    return run_from(slot, forced, count, span, best_start, cost, skip_dear, chosen, &total);
}
