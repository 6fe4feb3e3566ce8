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
    Segment *all;    /* of every part of a need, with where each part's start */
    int64_t *first;
    int only_gains; /* no slope is negative: a cost never falls by going on */
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

/* Whether every segment is another organisation's only one: then suppliers can be counted. */
static int are_single(const Segment *s, int64_t count) {
    for (int64_t i = 0; i < count; i++)
        for (int64_t j = 0; j < i; j++)
            if (s[i].organisation == s[j].organisation) return 0;
    return 1;
}

/* The cheapest three (or two: ``third`` off) single segments that together reach ``wanted``,
   sorted by slope: all but the dearest give all they can. Fills ``chosen`` with their indexes. */
static double cheapest_few(
    const Segment *s, int64_t count, double wanted, int third, int64_t *chosen) {
    double best = INFINITY;
    for (int64_t i = 0; i < count && s[i].slope * wanted < best; i++) {
        if (s[i].length >= wanted) {
            best = s[i].slope * wanted;
            chosen[0] = i, chosen[1] = chosen[2] = -1;
            break;
        }
        double left = wanted - s[i].length, cost = s[i].slope * s[i].length;
        for (int64_t j = i + 1; j < count && cost + s[j].slope * left < best; j++) {
            if (s[j].length >= left) {
                best = cost + s[j].slope * left;
                chosen[0] = i, chosen[1] = j, chosen[2] = -1;
                break;
            }
            if (!third) continue;
            double rest = left - s[j].length, both = cost + s[j].slope * s[j].length;
            for (int64_t k = j + 1; k < count && both + s[k].slope * rest < best; k++)
                if (s[k].length >= rest) {
                    best = both + s[k].slope * rest;
                    chosen[0] = i, chosen[1] = j, chosen[2] = k;
                    break;
                }
        }
    }
    return best;
}

static double take_few(
    const Segment *s, int64_t count, double wanted, int few, int32_t slot, Scratch *scratch) {
    int64_t chosen[3];
    double cost = cheapest_few(s, count, wanted, few == 3, chosen);
    if (isinf(cost)) return cost;
    for (int k = 0; k < few && chosen[k] >= 0; k++) {
        const Segment *mine = &s[chosen[k]];
        double x = mine->length < wanted ? mine->length : wanted;
        wanted -= x;
        rows_add(&scratch->rows, mine->arc, slot, x);
        scratch->begun[scratch->rows.count - 1] = x * mine->begin;
    }
    return cost;
}

static double answer_part(
    const Market *m, int64_t need, int64_t part, int32_t slot, const double *price,
    Scratch *scratch) {
    int64_t wanted = wanted_in(m, need, part, slot);
    int whole = m->whole[need], few = m->few[part];
    if (!wanted) return 0;
    int64_t count = lay_out(m, need, part, slot, wanted, price, scratch);
    Segment *s = scratch->segments;
    if (few != 1) {
        sort_segments(s, count, cheaper);
        int64_t before = scratch->rows.count;
        double cost = take(s, 0, count, wanted, m->gain[part], whole, slot, scratch);
        if (!few || !whole || scratch->rows.count - before <= few || !are_single(s, count))
            return cost;
        scratch->rows.count = before;
        return take_few(s, count, (double)wanted, few, slot, scratch);
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

/* Which organisations may serve a part of the need at hand: one, or two (``other`` -1: one). */
typedef struct {
    int32_t one, other;
} Few;

static int is_among(Few few, int32_t organisation) {
    return organisation == few.one || organisation == few.other;
}

/* Covers one part from segments of few organisations only, sorted by slope. */
static double cover_by(
    const Market *m, int64_t part, const Segment *s, int64_t count, double wanted, Few few,
    int32_t slot, Scratch *scratch) {
    if (m->few[part] == 1 && few.other >= 0) { /* the part allows just one of the two */
        int64_t before = scratch->rows.count;
        double one = cover_by(m, part, s, count, wanted, (Few){few.one, -1}, slot, scratch);
        scratch->rows.count = before;
        double other = cover_by(m, part, s, count, wanted, (Few){few.other, -1}, slot, scratch);
        if (other <= one) return other;
        scratch->rows.count = before;
        return cover_by(m, part, s, count, wanted, (Few){few.one, -1}, slot, scratch);
    }
    double cost = 0;
    for (int64_t i = 0; i < count && wanted > 0; i++) {
        if (!is_among(few, s[i].organisation)) continue;
        double x = s[i].length < wanted ? s[i].length : wanted;
        cost += x * s[i].slope;
        wanted -= x;
        rows_add(&scratch->rows, s[i].arc, slot, x);
        scratch->begun[scratch->rows.count - 1] = x * s[i].begin;
    }
    return wanted > 0 ? INFINITY : cost;
}

static double cover_all_by(
    const Market *m, int64_t need, int32_t slot, Few few, double best, Scratch *scratch) {
    double cost = 0;
    for (int64_t p = m->part_start[need], i = 0; p < m->part_start[need + 1]; p++, i++) {
        int64_t first = scratch->first[i], count = scratch->first[i + 1] - first;
        int64_t wanted = wanted_in(m, need, p, slot);
        if (!wanted) continue;
        cost += cover_by(
            m, p, scratch->all + first, count, (double)wanted, few, slot, scratch);
        if (isinf(cost) || (best < INFINITY && cost >= best && scratch->only_gains))
            return INFINITY;
    }
    return cost;
}

/* A whole need that takes one or two organisations in all: the cheapest such, tried in turn. */
static double answer_by_few(
    const Market *m, int64_t need, int32_t slot, const double *price, Scratch *scratch) {
    int64_t parts = m->part_start[need + 1] - m->part_start[need], total = 0, least = -1;
    scratch->only_gains = 1;
    for (int64_t i = 0; i < parts; i++) {
        int64_t part = m->part_start[need] + i, wanted = wanted_in(m, need, part, slot);
        int64_t count =
            wanted ? lay_out(m, need, part, slot, wanted, price, scratch) : 0;
        sort_segments(scratch->segments, count, cheaper);
        memcpy(scratch->all + total, scratch->segments, (size_t)count * sizeof(Segment));
        for (int64_t k = 0; k < count; k++)
            if (scratch->segments[k].slope < 0) scratch->only_gains = 0;
        scratch->first[i] = total;
        total += count;
        scratch->first[i + 1] = total;
        if (wanted && (least < 0 || count < scratch->first[least + 1] - scratch->first[least]))
            least = i;
    }
    if (least < 0) return 0;
    int64_t before = scratch->rows.count;
    double best = INFINITY;
    Few chosen = {-1, -1};
    const Segment *s = scratch->all;
    /* One of them must serve the part with the fewest offers. */
    for (int64_t i = scratch->first[least]; i < scratch->first[least + 1]; i++) {
        Few few = {s[i].organisation, -1};
        for (int64_t j = -1; j < (m->few_organisations[need] == 2 ? total : 0); j++) {
            if (j >= 0) few.other = s[j].organisation;
            if (few.other == few.one) continue;
            double cost = cover_all_by(m, need, slot, few, best, scratch);
            scratch->rows.count = before;
            if (cost < best) {
                best = cost;
                chosen = few;
            }
        }
    }
    return isinf(best) ? best : cover_all_by(m, need, slot, chosen, INFINITY, scratch);
}

static int count_organisations(const Market *m, const Scratch *scratch, int64_t from) {
    int count = 0;
    for (int64_t i = from; i < scratch->rows.count; i++) {
        int32_t mine = m->organisation[m->arc_offer[scratch->rows.rows[i].arc]];
        int known = 0;
        for (int64_t j = from; j < i; j++)
            known |= m->organisation[m->arc_offer[scratch->rows.rows[j].arc]] == mine;
        count += !known;
    }
    return count;
}

static double answer_slot(
    const Market *m, int64_t need, int32_t slot, const double *price, Scratch *scratch) {
    double cost = 0;
    int64_t before = scratch->rows.count;
    for (int64_t part = m->part_start[need]; part < m->part_start[need + 1]; part++) {
        cost += answer_part(m, need, part, slot, price, scratch);
        if (isinf(cost)) return INFINITY;
    }
    int few = m->few_organisations[need];
    if (!few || cost >= m->worth[need] || count_organisations(m, scratch, before) <= few)
        return cost;
    scratch->rows.count = before;
    return answer_by_few(m, need, slot, price, scratch);
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
    int several = count > 1 || m->times[need] + m->forced[need] != 1;
    double total = 0;
    scratch->rows.count = 0;
    if (!several) {
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
        for (int i = 0; several && i < chosen; i++)
            answer_slot(m, need, slot[scratch->chosen[i]], price, scratch);
        count_usage(m, need, scratch, used);
    }
    return surplus;
}

static Scratch scratch_for(const Market *m, int64_t first, int64_t last) {
    Scratch scratch = {0};
    int64_t most_rows = 16, most_slots = 1, most_segments = 1, most_parts = 1;
    for (int64_t n = first; n < last; n++) {
        int64_t arcs = m->arc_start[m->part_start[n + 1]] - m->arc_start[m->part_start[n]];
        int64_t slots = m->slot_start[n + 1] - m->slot_start[n];
        int64_t taken = m->times[n] + m->forced[n];
        if (taken > slots) taken = slots;
        int64_t rows = 2 * arcs * (taken > 1 ? taken : 1);
        if (rows > most_rows) most_rows = rows;
        if (slots > most_slots) most_slots = slots;
        if (2 * arcs > most_segments) most_segments = 2 * arcs;
        if (m->part_start[n + 1] - m->part_start[n] > most_parts)
            most_parts = m->part_start[n + 1] - m->part_start[n];
    }
    scratch.all = malloc((size_t)most_segments * sizeof(Segment));
    scratch.first = malloc((size_t)(most_parts + 1) * sizeof(int64_t));
    if (!scratch.all || !scratch.first) abort();
    scratch.cost = malloc((size_t)most_slots * sizeof(double));
    scratch.chosen = malloc((size_t)most_slots * sizeof(int32_t));
    scratch.begun = malloc((size_t)most_rows * sizeof(double));
    if (!scratch.cost || !scratch.chosen || !scratch.begun) abort();
    return scratch;
}

static void scratch_free(Scratch *scratch) {
    free(scratch->segments);
    free(scratch->all);
    free(scratch->first);
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
