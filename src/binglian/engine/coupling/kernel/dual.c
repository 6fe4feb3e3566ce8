/* The dual function: every need answers alone, at prices instead of limits.

   A supply of x units, least <= x <= most, costs begin + x * unit. Its convex hull with "nothing"
   is one or two segments, so the best answer of a part is to take the cheapest segments first. */

#include "market.h"

typedef struct {
    double slope, length, begin; /* begin: points of the budget's price per unit, for usage */
    int64_t arc;
    int32_t organisation;
} Segment;

typedef struct {
    Segment *segments;
    int64_t room;
    double *cost;
    int32_t *chosen;
    Rows rows;    /* what the slot at hand would take */
    double *begun; /* parallel to rows: set-ups begun per unit */
} Scratch;

static int cheaper(const void *a, const void *b) {
    const Segment *p = a, *q = b;
    if (p->slope != q->slope) return p->slope < q->slope ? -1 : 1;
    if (p->arc != q->arc) return p->arc < q->arc ? -1 : 1;
    return 0;
}

static int by_organisation(const void *a, const void *b) {
    const Segment *p = a, *q = b;
    if (p->organisation != q->organisation) return p->organisation < q->organisation ? -1 : 1;
    return cheaper(a, b);
}

static void sort_segments(Segment *s, int64_t n, int (*order)(const void *, const void *)) {
    if (n > 40) {
        qsort(s, (size_t)n, sizeof *s, order);
        return;
    }
    for (int64_t i = 1; i < n; i++) {
        Segment key = s[i];
        int64_t j = i;
        for (; j > 0 && order(&key, &s[j - 1]) < 0; j--) s[j] = s[j - 1];
        s[j] = key;
    }
}

static Segment *segments_for(Scratch *scratch, int64_t count) {
    if (count > scratch->room) {
        scratch->room = 2 * count;
        scratch->segments = realloc(scratch->segments, (size_t)scratch->room * sizeof(Segment));
        if (!scratch->segments) abort();
    }
    return scratch->segments;
}

static int64_t lay_out(
    const Market *m, int64_t need, int64_t part, int32_t slot, int64_t wanted,
    const double *price, Scratch *scratch) {
    int64_t count = 0, payer = m->payer[need];
    Segment *s = segments_for(scratch, 2 * (m->arc_start[part + 1] - m->arc_start[part]));
    for (int64_t a = m->arc_start[part]; a < m->arc_start[part + 1]; a++) {
        int32_t o = m->arc_offer[a];
        if (!is_there(m, o, slot)) continue;
        int64_t most = m->most[a], least = m->least[a];
        if (m->renews[o]) {
            int64_t room = m->capacity[resource_of(m, o, slot)] / m->use[a];
            if (room < most) most = room;
        }
        if (wanted < most) most = wanted;
        if (most < least) continue;
        double unit = unit_price(m, payer, a, slot, price) - m->value[a];
        double begin = begin_price(m, payer, a, price) - m->fixed[a];
        int32_t organisation = m->organisation[o];
        if (begin >= 0) {
            s[count++] = (Segment){unit + begin / most, most, 1.0 / most, a, organisation};
        } else {
            s[count++] = (Segment){unit + begin / least, least, 1.0 / least, a, organisation};
            if (most > least) s[count++] = (Segment){unit, most - least, 0, a, organisation};
        }
    }
    return count;
}

/* Takes segments first to last for ``wanted`` units; returns the cost, INFINITY if too few. */
static double take(
    const Segment *s, int64_t first, int64_t last, double wanted, double gain, int whole,
    int32_t slot, Scratch *scratch) {
    double cost = 0;
    for (int64_t i = first; i < last && wanted > 0; i++) {
        if (!whole && s[i].slope >= gain) break;
        double x = s[i].length < wanted ? s[i].length : wanted;
        cost += x * (whole ? s[i].slope : s[i].slope - gain);
        wanted -= x;
        rows_add(&scratch->rows, s[i].arc, slot, x);
        scratch->begun[scratch->rows.count - 1] = x * s[i].begin;
    }
    return whole && wanted > 0 ? INFINITY : cost;
}

static double answer_part(
    const Market *m, int64_t need, int64_t part, int32_t slot, const double *price,
    Scratch *scratch) {
    int64_t wanted = wanted_in(m, need, part, slot);
    int whole = m->whole[need];
    if (!wanted) return 0;
    int64_t count = lay_out(m, need, part, slot, wanted, price, scratch);
    Segment *s = scratch->segments;
    if (!m->sole[part]) {
        sort_segments(s, count, cheaper);
        return take(s, 0, count, wanted, m->gain[part], whole, slot, scratch);
    }
    sort_segments(s, count, by_organisation);
    int64_t before = scratch->rows.count, best_first = 0, best_last = 0;
    double best = whole ? INFINITY : 0;
    for (int64_t first = 0, last; first < count; first = last) {
        for (last = first; last < count && s[last].organisation == s[first].organisation;) last++;
        double cost = take(s, first, last, wanted, m->gain[part], whole, slot, scratch);
        scratch->rows.count = before;
        if (cost < best) {
            best = cost;
            best_first = first;
            best_last = last;
        }
    }
    if (best_last > best_first)
        take(s, best_first, best_last, wanted, m->gain[part], whole, slot, scratch);
    return best;
}

static double answer_slot(
    const Market *m, int64_t need, int32_t slot, const double *price, Scratch *scratch) {
    double cost = 0;
    for (int64_t part = m->part_start[need]; part < m->part_start[need + 1]; part++) {
        cost += answer_part(m, need, part, slot, price, scratch);
        if (isinf(cost)) return INFINITY;
    }
    return cost;
}

static void count_usage(const Market *m, int64_t need, const Scratch *scratch, double *used) {
    for (int64_t i = 0; i < scratch->rows.count; i++) {
        const Row *row = &scratch->rows.rows[i];
        int32_t o = m->arc_offer[row->arc];
        double units = row->quantity * (double)m->use[row->arc];
        used[resource_of(m, o, row->slot)] += units;
        if (m->effort_resource[o] >= 0) used[m->effort_resource[o]] += m->effort[o] * units;
        if (m->payer[need] >= 0)
            used[m->payer[need]] +=
                m->price[o] * units + m->setup_price[o] * scratch->begun[i];
    }
}

static double answer_need(
    const Market *m, int64_t need, const double *price, Scratch *scratch, double *used) {
    const int32_t *slot = m->slot + m->slot_start[need];
    int count = (int)(m->slot_start[need + 1] - m->slot_start[need]);
    int whole = m->whole[need], chosen;
    double total = 0;
    scratch->rows.count = 0;
    if (count == 1) {
        total = answer_slot(m, need, slot[0], price, scratch);
        chosen = isinf(total) ? -1 : 1;
    } else {
        for (int i = 0; i < count; i++) {
            scratch->cost[i] = answer_slot(m, need, slot[i], price, scratch);
            scratch->rows.count = 0;
        }
        chosen = choose_slots(m, need, scratch->cost, !whole, scratch->chosen);
        for (int i = 0; i < chosen; i++) total += scratch->cost[scratch->chosen[i]];
    }
    if (chosen < 0) return -INFINITY;
    double surplus = (whole ? m->worth[need] : 0) - total;
    if (surplus > 0 && used) {
        for (int i = 0; count > 1 && i < chosen; i++)
            answer_slot(m, need, slot[scratch->chosen[i]], price, scratch);
        count_usage(m, need, scratch, used);
    }
    return surplus;
}

static Scratch scratch_for(const Market *m, int64_t first, int64_t last) {
    Scratch scratch = {0};
    int64_t most_rows = 16, most_slots = 1;
    for (int64_t n = first; n < last; n++) {
        int64_t arcs = m->arc_start[m->part_start[n + 1]] - m->arc_start[m->part_start[n]];
        int64_t slots = m->slot_start[n + 1] - m->slot_start[n];
        int64_t taken = m->times[n] + m->forced[n];
        if (taken > slots) taken = slots;
        int64_t rows = 2 * arcs * (taken > 1 ? taken : 1);
        if (rows > most_rows) most_rows = rows;
        if (slots > most_slots) most_slots = slots;
    }
    scratch.cost = malloc((size_t)most_slots * sizeof(double));
    scratch.chosen = malloc((size_t)most_slots * sizeof(int32_t));
    scratch.begun = malloc((size_t)most_rows * sizeof(double));
    if (!scratch.cost || !scratch.chosen || !scratch.begun) abort();
    return scratch;
}

static void scratch_free(Scratch *scratch) {
    free(scratch->segments);
    free(scratch->cost);
    free(scratch->chosen);
    free(scratch->begun);
    free(scratch->rows.rows);
}

/* Writes for needs ``first`` to ``last`` what each would gain at these prices (``surplus``, not
   cut at 0) and adds up what they would use. ``used`` has one entry per resource. */
void binglian_dual(
    const Market *m, int64_t first, int64_t last, const double *price, double *surplus,
    double *used) {
    Scratch scratch = scratch_for(m, first, last);
    for (int64_t n = first; n < last; n++)
        surplus[n] = answer_need(m, n, price, &scratch, used);
    scratch_free(&scratch);
}

/* Writes what each slot of each need costs at these prices (less than 0: earns), and the needs'
   slots in order of it, the forced ones left in front. */
void binglian_slot_costs(const Market *m, const double *price, double *cost, int32_t *order) {
    Scratch scratch = scratch_for(m, 0, m->needs);
    for (int64_t n = 0; n < m->needs; n++) {
        int64_t first = m->slot_start[n], count = m->slot_start[n + 1] - first;
        for (int64_t i = 0; i < count; i++) {
            scratch.rows.count = 0;
            cost[first + i] =
                count > 1 ? answer_slot(m, n, m->slot[first + i], price, &scratch) : 0;
            order[first + i] = (int32_t)i;
        }
        for (int64_t i = m->forced[n] + 1; i < count; i++) {
            int32_t key = order[first + i];
            int64_t j = i;
            for (; j > m->forced[n] && cost[first + key] < cost[first + order[first + j - 1]]; j--)
                order[first + j] = order[first + j - 1];
            order[first + j] = key;
        }
    }
    scratch_free(&scratch);
}
