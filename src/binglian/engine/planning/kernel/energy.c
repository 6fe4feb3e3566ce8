/* Whether the work of one resource has room in the windows its tasks have. */

#include "network.h"

#include <string.h>

/* Tasks that use the resource, in the order of ``latest``: the last instant each may finish. A task
   is ``rigid`` if it works ``duration`` units in a row at ``demand``; of another only ``energy`` is
   known, and that it lies within its window. */
typedef struct {
    int64_t tasks;
    const int64_t *first, *latest, *duration, *demand, *energy;
    const uint8_t *rigid;
    int64_t capacity;
} Work;

/* Within windows: what must lie from ``from`` on, against the capacity until each latest finish. */
static int too_much_within(const Work *w, int64_t from) {
    int64_t sum = 0;
    for (int64_t k = 0; k < w->tasks; k++) {
        if (w->first[k] < from) continue;
        sum += w->energy[k];
        if (sum > w->capacity * (w->latest[k] - from)) return 1;
    }
    return 0;
}

/* The same with what rigid tasks at least do between two instants, however they are shifted. */
static int too_much_shifted(const Work *w, int64_t from, int64_t end, int64_t *slope,
                            int64_t *jump) {
    size_t room_for = (size_t)(end - from + 1) * sizeof *slope;
    if (end <= from) return 0;
    memset(slope, 0, room_for);
    memset(jump, 0, room_for);
    for (int64_t k = 0; k < w->tasks; k++) {
        if (!w->rigid[k]) {
            if (w->first[k] >= from && w->latest[k] > from) jump[w->latest[k] - from] += w->energy[k];
            continue;
        }
        int64_t inside = w->first[k] + w->duration[k] - from; /* if it runs as early as it can */
        if (inside <= 0) continue;
        if (inside > w->duration[k]) inside = w->duration[k];
        int64_t begin = w->latest[k] - w->duration[k] - from; /* if as late as it can */
        if (begin < 0) begin = 0;
        slope[begin] += w->demand[k];
        slope[begin + inside] -= w->demand[k];
    }
    int64_t sum = 0, rate = 0;
    for (int64_t t = 0; t <= end - from; t++) {
        sum += jump[t];
        if (sum > w->capacity * t) return 1;
        rate += slope[t];
        sum += rate;
    }
    return 0;
}

/* Says whether between one of ``points`` and some later instant there is more work than room. */
int binglian_overload(const Work *w, int64_t points, const int64_t *point, int64_t end,
                      int shifted);

int binglian_overload(const Work *w, int64_t points, const int64_t *point, int64_t end,
                      int shifted) {
    int found = 0;
    int64_t *slope = NULL, *jump = NULL;
    if (shifted) {
        slope = room((size_t)end + 1, sizeof *slope);
        jump = room((size_t)end + 1, sizeof *jump);
    }
    for (int64_t k = 0; k < points && !found; k++)
        found = shifted ? too_much_shifted(w, point[k], end, slope, jump)
                        : too_much_within(w, point[k]);
    free(slope);
    free(jump);
    return found;
}
