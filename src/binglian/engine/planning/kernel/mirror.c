/* See mirror.h. */

#include "mirror.h"

static int64_t mirrored_link(int64_t link) {
    return link == START_START ? FINISH_FINISH : link == FINISH_FINISH ? START_START : link;
}

Mirror *mirror_new(const Site *s, int64_t horizon) {
    const Network *n = s->n;
    Mirror *m = room(1, sizeof *m);
    int64_t tasks = n->tasks, closed = n->closed_start[n->calendars];
    m->horizon = horizon;
    m->n = *n;
    m->owned = room((size_t)(n->precedences + 2 * closed + n->calendars + 1 + 4 * tasks),
                    sizeof *m->owned);
    int64_t *link = m->owned, *first = link + n->precedences, *last = first + closed;
    int64_t *start = last + closed, *release = start + n->calendars + 1, *none = release + tasks;
    int64_t *frozen_start = none + tasks, *frozen_finish = frozen_start + tasks, used = 0;
    for (int64_t p = 0; p < n->precedences; p++) link[p] = mirrored_link(n->link[p]);
    for (int64_t c = 0; c < n->calendars; c++) {
        for (int64_t k = n->closed_start[c + 1] - 1; k >= n->closed_start[c]; k--) {
            if (n->closed_first[k] >= horizon) continue;
            first[used] = n->closed_last[k] < horizon ? horizon - n->closed_last[k] : 0;
            last[used++] = horizon - n->closed_first[k];
        }
        start[c + 1] = used;
    }
    for (int64_t i = 0; i < tasks; i++) {
        none[i] = frozen_start[i] = frozen_finish[i] = NONE;
        if (n->frozen_start[i] < 0) continue;
        int64_t mode = n->frozen_mode[i] < 0 ? n->mode_start[i] : n->frozen_mode[i];
        int64_t finish = n->frozen_finish[i];
        if (finish < 0) finish = later(s, n->mode_calendar[mode], n->frozen_start[i], n->duration[mode]);
        frozen_start[i] = horizon - finish;
        frozen_finish[i] = horizon - n->frozen_start[i];
    }
    m->n.before = n->after;
    m->n.after = n->before;
    m->n.link = link;
    m->n.closed_start = start;
    m->n.closed_first = first;
    m->n.closed_last = last;
    m->n.release = release;
    m->n.deadline = m->n.due = none;
    m->n.frozen_start = frozen_start;
    m->n.frozen_finish = frozen_finish;
    m->n.cuts = 0;
    m->site = binglian_site_new(&m->n);
    return m;
}

void mirror_free(Mirror *m) {
    if (!m) return;
    binglian_site_free(m->site);
    free(m->owned);
    free(m);
}
