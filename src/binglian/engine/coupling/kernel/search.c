/* Greedy filling, and ruin-and-recreate around needs that compete for the same offers. */

#include "state.h"

State *binglian_state_new(const Market *m) {
    State *s = calloc(1, sizeof *s);
    if (!s) abort();
    s->m = m;
    size_t needs = (size_t)m->needs + 1, resources = (size_t)m->resources + 1;
    s->left = malloc(resources * sizeof(int64_t));
    s->held = calloc(needs, sizeof(Lines));
    s->value = calloc(needs, sizeof(double));
    s->cost = calloc(needs, sizeof(double));
    s->price = calloc(resources, sizeof(double));
    s->slot_cost = calloc((size_t)m->slot_start[m->needs] + 1, sizeof(double));
    s->slot_order = calloc((size_t)m->slot_start[m->needs] + 1, sizeof(int32_t));
    s->at_start = calloc((size_t)m->offers + 2, sizeof(int64_t));
    s->at_need = malloc(((size_t)m->arcs + 1) * sizeof(int32_t));
    int64_t *last = malloc(((size_t)m->offers + 1) * sizeof(int64_t));
    if (!s->left || !s->held || !s->value || !s->cost || !s->price || !s->slot_cost ||
        !s->slot_order || !s->at_start || !s->at_need || !last)
        abort();
    memcpy(s->left, m->capacity, (size_t)m->resources * sizeof(int64_t));
    /* Which needs could use each offer: counted first, then listed; each need once. */
    for (int pass = 0; pass < 2; pass++) {
        for (int64_t o = 0; o < m->offers; o++) last[o] = -1;
        for (int64_t n = 0; n < m->needs; n++)
            for (int64_t a = m->arc_start[m->part_start[n]];
                 a < m->arc_start[m->part_start[n + 1]]; a++) {
                int32_t o = m->arc_offer[a];
                if (last[o] == n) continue;
                last[o] = n;
                if (pass)
                    s->at_need[s->at_start[o + 1]++] = (int32_t)n;
                else
                    s->at_start[o + 2]++;
            }
        if (!pass)
            for (int64_t o = 0; o < m->offers; o++) s->at_start[o + 2] += s->at_start[o + 1];
    }
    free(last);
    binglian_slot_costs(m, s->price, s->slot_cost, s->slot_order);
    return s;
}

void binglian_state_free(State *s) {
    for (int64_t n = 0; n < s->m->needs; n++) free(s->held[n].lines);
    free(s->left);
    free(s->held);
    free(s->value);
    free(s->cost);
    free(s->price);
    free(s->slot_cost);
    free(s->slot_order);
    free(s->at_start);
    free(s->at_need);
    free(s);
}

int64_t *binglian_state_left(State *s) { return s->left; }
double *binglian_state_value(State *s) { return s->value; }

/* Prices per resource, and what a full answer of each need costs at them. */
void binglian_state_prices(State *s, const double *price, const double *cost) {
    memcpy(s->price, price, (size_t)s->m->resources * sizeof(double));
    memcpy(s->cost, cost, (size_t)s->m->needs * sizeof(double));
    binglian_slot_costs(s->m, s->price, s->slot_cost, s->slot_order);
}

int64_t binglian_state_count(const State *s, int64_t need) { return s->held[need].count; }

int64_t binglian_state_lines(
    const State *s, int64_t first, int64_t last, int64_t *arc, int32_t *slot,
    int64_t *quantity) {
    int64_t count = 0;
    for (int64_t n = first; n < last; n++)
        for (int32_t i = 0; i < s->held[n].count; i++, count++) {
            if (!arc) continue;
            arc[count] = s->held[n].lines[i].arc;
            slot[count] = s->held[n].lines[i].slot;
            quantity[count] = s->held[n].lines[i].quantity;
        }
    return count;
}

/* Lets ``to`` hold what ``from`` holds; both are of one market. */
void binglian_state_copy(State *to, const State *from) {
    const Market *m = from->m;
    memcpy(to->left, from->left, (size_t)m->resources * sizeof(int64_t));
    memcpy(to->value, from->value, (size_t)m->needs * sizeof(double));
    for (int64_t n = 0; n < m->needs; n++) {
        const Lines *held = &from->held[n];
        to->held[n].count = 0;
        for (int32_t i = 0; i < held->count; i++)
            lines_add(&to->held[n], held->lines[i].arc, held->lines[i].slot,
                      held->lines[i].quantity);
    }
}

void binglian_state_take(State *s, int64_t need) { clear_need(s, need); }

void binglian_state_give(
    State *s, int64_t need, int64_t count, const int64_t *arc, const int32_t *slot,
    const int64_t *quantity) {
    for (int64_t i = 0; i < count; i++) {
        lines_add(&s->held[need], arc[i], slot[i], quantity[i]);
        move(s, need, &s->held[need].lines[s->held[need].count - 1], -1);
    }
    s->value[need] = value_of(s, need, &s->held[need]);
}

/* Serves needs in this order; those that hold something are left alone, unless ``spare`` lets
   partial needs start again without regard to prices, if that is worth more. */
void binglian_fill(State *s, const int64_t *order, int64_t count, int spare) {
    Bench *b = bench_new(s);
    Lines before = {0};
    for (int64_t i = 0; i < count; i++) {
        int64_t n = order[i];
        if (!s->held[n].count) {
            insert(s, b, n, spare);
        } else if (spare && !s->m->whole[n]) {
            double value = s->value[n];
            before.count = 0;
            for (int32_t j = 0; j < s->held[n].count; j++)
                lines_add(&before, s->held[n].lines[j].arc, s->held[n].lines[j].slot,
                          s->held[n].lines[j].quantity);
            clear_need(s, n);
            if (insert(s, b, n, 1) && s->value[n] > value) continue;
            clear_need(s, n);
            for (int32_t j = 0; j < before.count; j++)
                binglian_state_give(s, n, 1, &before.lines[j].arc, &before.lines[j].slot,
                                    &before.lines[j].quantity);
        }
    }
    free(before.lines);
    bench_free(b);
}

static int64_t below(uint64_t *seed, int64_t limit) {
    return (int64_t)(next_random(seed) % (uint64_t)limit);
}

enum { MOST_FREED = 64, MOST_WAITING = 6, OFFERS_TRIED = 8, USUALLY_FREED = 16, LISTED = 128 };
static const double NOISE = 0.6, CHANCE_OF_NOISE = 0.5; /* of the prices, in an exchange */
static const double SHUFFLE = 0.5; /* share of its rank that a need may lose by lot */

typedef struct {
    double rank;
    int64_t need;
} Ranked;

typedef struct {
    int64_t need[LISTED];
    int32_t from[LISTED]; /* its lines of before in ``lines`` */
    double value[LISTED];
    int count;
    Lines lines;
} Trail;

static void remember(State *s, Trail *t, int64_t need) {
    t->need[t->count] = need;
    t->from[t->count] = t->lines.count;
    t->value[t->count] = s->value[need];
    for (int32_t i = 0; i < s->held[need].count; i++)
        lines_add(&t->lines, s->held[need].lines[i].arc, s->held[need].lines[i].slot,
                  s->held[need].lines[i].quantity);
    t->count++;
}

static int has(const int64_t *list, int count, int64_t value) {
    for (int i = 0; i < count; i++)
        if (list[i] == value) return 1;
    return 0;
}

static int holds_of(const State *s, int64_t need, int32_t offer) {
    for (int32_t i = 0; i < s->held[need].count; i++)
        if (s->m->arc_offer[s->held[need].lines[i].arc] == offer) return 1;
    return 0;
}

/* Whether a partial need could still take more. */
static int is_hungry(const State *s, int64_t need) {
    return !s->m->whole[need] || !s->held[need].count;
}

/* Chooses holders of offers that ``centre`` could use; their supplies will be taken back. */
static int choose_freed(
    State *s, int64_t centre, uint64_t *seed, const uint8_t *allowed, int64_t *freed) {
    const Market *m = s->m;
    int count = 0, wanted = 1 + (int)below(seed, USUALLY_FREED);
    if (below(seed, 16) == 0) wanted *= 3;
    if (s->held[centre].count) freed[count++] = centre;
    int64_t first = m->arc_start[m->part_start[centre]];
    int64_t last = m->arc_start[m->part_start[centre + 1]];
    for (int k = 0; k < OFFERS_TRIED && count < wanted; k++) {
        int32_t o = m->arc_offer[first + below(seed, last - first)];
        int64_t at = s->at_start[o], needs = s->at_start[o + 1] - at;
        int64_t start = below(seed, needs);
        int here = 0, most = wanted / 2 > 1 ? wanted / 2 : 1;
        int64_t seen = needs < 400 ? needs : 400;
        for (int64_t i = 0; i < seen && here < most && count < wanted; i++) {
            int64_t n = s->at_need[at + (start + i) % needs];
            if ((allowed && !allowed[n]) || !s->held[n].count) continue;
            if (!holds_of(s, n, o) || has(freed, count, n)) continue;
            freed[count++] = n;
            here++;
        }
    }
    return count;
}

static int by_rank(const void *a, const void *b) {
    const Ranked *p = a, *q = b;
    if (p->rank != q->rank) return p->rank > q->rank ? -1 : 1;
    return p->need < q->need ? -1 : p->need > q->need;
}

/* Worth of a full answer for what it costs at the prices; free ones still rank by worth. */
static double attraction(const State *s, int64_t n) {
    const Market *m = s->m;
    double worth = m->worth[n];
    if (!m->whole[n])
        for (int64_t p = m->part_start[n]; p < m->part_start[n + 1]; p++)
            worth += m->gain[p] * (double)m->wanted[p] * (m->times[n] + m->forced[n]);
    double cost = s->cost[n] > 0.05 * worth ? s->cost[n] : 0.05 * worth;
    return worth / (cost > 1e-12 ? cost : 1e-12);
}

static int list_waiting(
    State *s, int64_t centre, const int64_t *freed, int freed_count, const int32_t *offers,
    int offer_count, uint64_t *seed, const uint8_t *allowed, Ranked *waiting) {
    int count = 0;
    for (int i = 0; i < freed_count; i++) waiting[count++].need = freed[i];
    if (!has(freed, freed_count, centre)) waiting[count++].need = centre;
    int most = count + (int)below(seed, MOST_WAITING + 1);
    for (int k = 0; k < 2 * MOST_WAITING && offer_count && count < most; k++) {
        int32_t o = offers[below(seed, offer_count)];
        int64_t at = s->at_start[o], needs = s->at_start[o + 1] - at, start = below(seed, needs);
        int here = 0;
        for (int64_t i = 0; i < needs && here < 2 && count < most; i++) {
            int64_t n = s->at_need[at + (start + i) % needs];
            if ((allowed && !allowed[n]) || !is_hungry(s, n)) continue;
            int known = 0;
            for (int j = 0; j < count; j++) known |= waiting[j].need == n;
            if (known) continue;
            waiting[count++].need = n;
            here++;
        }
    }
    for (int i = 0; i < count; i++)
        waiting[i].rank = attraction(s, waiting[i].need) * (1 - SHUFFLE * uniform(seed));
    if (!has(freed, freed_count, centre) && below(seed, 2)) waiting[freed_count].rank = INFINITY;
    qsort(waiting, (size_t)count, sizeof *waiting, by_rank);
    return count;
}

/* What a need holds is worth, less a share ``thrift`` of what it uses at the prices: so that an
   exchange also counts what it leaves for others. */
static double merit(const State *s, int64_t need, double thrift) {
    const Market *m = s->m;
    double used = 0;
    if (thrift > 0)
        for (int32_t i = 0; i < s->held[need].count; i++) {
            const Line *l = &s->held[need].lines[i];
            used += (double)l->quantity *
                        unit_price(m, m->payer[need], l->arc, l->slot, s->price) +
                    begin_price(m, m->payer[need], l->arc, s->price);
        }
    return s->value[need] - thrift * used;
}

/* One exchange; returns by how much the merit changed. */
static double exchange(
    State *s, Bench *b, Trail *t, int64_t centre, double heat, double thrift, uint64_t *seed,
    const uint8_t *allowed) {
    int64_t freed[MOST_FREED];
    int32_t offers[MOST_FREED * 4];
    Ranked waiting[LISTED];
    int freed_count = choose_freed(s, centre, seed, allowed, freed), offer_count = 0;
    double before = 0, after = 0;
    t->count = 0;
    t->lines.count = 0;
    for (int i = 0; i < freed_count; i++) {
        remember(s, t, freed[i]);
        before += merit(s, freed[i], thrift);
        for (int32_t j = 0; j < s->held[freed[i]].count; j++) {
            int32_t o = s->m->arc_offer[s->held[freed[i]].lines[j].arc];
            int known = 0;
            for (int k = 0; k < offer_count; k++) known |= offers[k] == o;
            if (!known && offer_count < MOST_FREED * 4) offers[offer_count++] = o;
        }
    }
    for (int i = 0; i < freed_count; i++) clear_need(s, freed[i]);
    int count = list_waiting(
        s, centre, freed, freed_count, offers, offer_count, seed, allowed, waiting);
    for (int i = 0; i < count; i++) {
        int64_t n = waiting[i].need;
        if (s->held[n].count) { /* a partial need that could take more */
            remember(s, t, n);
            before += merit(s, n, thrift);
            clear_need(s, n);
            insert(s, b, n, 1);
        } else if (insert(s, b, n, 0) && !has(freed, freed_count, n)) {
            t->need[t->count] = n;
            t->from[t->count] = t->lines.count;
            t->value[t->count++] = 0;
        }
    }
    for (int i = 0; i < t->count; i++) after += merit(s, t->need[i], thrift);
    /* Without heat, what is just as good is left as it is. */
    double least = heat > 0 ? before + heat * log(1.0 - uniform(seed)) : before + 1e-4;
    if (after >= least) return after - before;
    for (int i = 0; i < t->count; i++) clear_need(s, t->need[i]);
    for (int i = 0; i < t->count; i++) {
        int32_t last = i + 1 < t->count ? t->from[i + 1] : t->lines.count;
        for (int32_t j = t->from[i]; j < last; j++)
            binglian_state_give(s, t->need[i], 1, &t->lines.lines[j].arc, &t->lines.lines[j].slot,
                                &t->lines.lines[j].quantity);
        s->value[t->need[i]] = t->value[i];
    }
    return 0;
}

/* Tries ``rounds`` exchanges around needs of ``centres``, tolerating losses of about ``heat``;
   returns by how much the merit changed. Only needs that are ``allowed`` (NULL: all) are touched;
   two threads may work at once on needs that share no resource. */
double binglian_improve(
    State *s, uint64_t *seed, int64_t rounds, double heat, double thrift, const int64_t *centres,
    int64_t count,
    const uint8_t *allowed) {
    if (!count) return 0;
    Bench *b = bench_new(s);
    Trail *t = calloc(1, sizeof *t);
    if (!t) abort();
    double change = 0;
    for (int64_t i = 0; i < rounds; i++) {
        int64_t centre = centres[below(seed, count)];
        for (int k = 0; k < 3 && s->held[centre].count; k++)
            if (below(seed, 2)) centre = centres[below(seed, count)];
        bench_noise(b, uniform(seed) < CHANCE_OF_NOISE ? NOISE : 0, *seed);
        change += exchange(s, b, t, centre, heat, thrift, seed, allowed);
    }
    free(t->lines.lines);
    free(t);
    bench_free(b);
    return change;
}

/* Numbers the connected parts of needs that share any resource; returns how many there are. */
int64_t binglian_islands(const Market *m, int64_t *island) {
    int64_t *head = malloc(((size_t)m->needs + 1) * sizeof(int64_t));
    int64_t *seen = malloc(((size_t)m->resources + 1) * sizeof(int64_t));
    if (!head || !seen) abort();
    for (int64_t n = 0; n < m->needs; n++) head[n] = n;
    for (int64_t r = 0; r < m->resources; r++) seen[r] = -1;
    for (int64_t n = 0; n < m->needs; n++) {
        for (int64_t a = m->arc_start[m->part_start[n]]; a < m->arc_start[m->part_start[n + 1]];
             a++) {
            int32_t o = m->arc_offer[a];
            int64_t shared[3] = {m->offer_resource[o], m->effort_resource[o], m->payer[n]};
            for (int k = 0; k < 3; k++) {
                if (shared[k] < 0) continue;
                if (seen[shared[k]] < 0) {
                    seen[shared[k]] = n;
                    continue;
                }
                int64_t x = n, y = seen[shared[k]];
                while (head[x] != x) x = head[x] = head[head[x]];
                while (head[y] != y) y = head[y] = head[head[y]];
                if (x < y) head[y] = x;
                else head[x] = y;
            }
        }
    }
    int64_t islands = 0;
    for (int64_t n = 0; n < m->needs; n++) {
        int64_t x = n;
        while (head[x] != x) x = head[x] = head[head[x]];
        island[n] = x == n ? islands++ : island[x];
    }
    free(head);
    free(seen);
    return islands;
}

/* Splits the needs in two halves (0, 1) of about as many arcs: those reached first from ``start``
   through the offers that needs want in common, and the rest. */
void binglian_halves(const State *s, int64_t start, uint8_t *side) {
    const Market *m = s->m;
    uint8_t *seen = calloc((size_t)m->offers + 1, 1);
    int64_t *queue = malloc(((size_t)m->needs + 1) * sizeof(int64_t));
    if (!seen || !queue) abort();
    memset(side, 1, (size_t)m->needs);
    int64_t first = 0, last = 0, reached = 0, next = start;
    while (2 * reached < m->arcs) {
        if (first == last) {
            while (!side[next]) next = (next + 1) % m->needs;
            side[next] = 0;
            queue[last++] = next;
        }
        int64_t n = queue[first++];
        int64_t end = m->arc_start[m->part_start[n + 1]];
        for (int64_t a = m->arc_start[m->part_start[n]]; a < end; a++, reached++) {
            int32_t o = m->arc_offer[a];
            if (seen[o]) continue;
            seen[o] = 1;
            for (int64_t i = s->at_start[o]; i < s->at_start[o + 1]; i++) {
                /* Only what is already reached may stay in the first half. */
                int64_t other = s->at_need[i];
                if (side[other] && 2 * reached < m->arcs) {
                    side[other] = 0;
                    queue[last++] = other;
                }
            }
        }
    }
    while (last > first) side[queue[--last]] = 1;
    free(seen);
    free(queue);
}

/* Lets two copies of a state share out what is left: each resource goes to the side of the first
   need that could use it (``owner``, one entry per resource). */
void binglian_share_out(State *one, State *other, const uint8_t *owner) {
    for (int64_t r = 0; r < one->m->resources; r++) {
        if (owner[r]) one->left[r] = 0;
        else other->left[r] = 0;
    }
}

/* Lets a state hold what the needs of each side hold in that side's copy. */
void binglian_join(State *s, const State *one, const State *other, const uint8_t *side) {
    const Market *m = s->m;
    for (int64_t r = 0; r < m->resources; r++) s->left[r] = one->left[r] + other->left[r];
    for (int64_t n = 0; n < m->needs; n++) {
        const State *from = side[n] ? other : one;
        s->value[n] = from->value[n];
        s->held[n].count = 0;
        for (int32_t i = 0; i < from->held[n].count; i++)
            lines_add(&s->held[n], from->held[n].lines[i].arc, from->held[n].lines[i].slot,
                      from->held[n].lines[i].quantity);
    }
}
