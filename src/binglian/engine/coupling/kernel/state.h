/* A sound answer under construction. */

#ifndef BINGLIAN_STATE_H
#define BINGLIAN_STATE_H

#include "market.h"

typedef struct {
    int64_t arc, quantity;
    int32_t slot;
} Line;

typedef struct {
    Line *lines;
    int32_t count, room;
} Lines;

typedef struct {
    const Market *m;
    int64_t *left;      /* per resource */
    Lines *held;        /* per need */
    double *value;      /* per need: points of what it holds, a trace of the later aims included */
    double *cost;       /* per need: what a full answer costs at the prices */
    double *price;      /* per resource */
    double *slot_cost;  /* per entry of the needs' slot lists: at the prices, whatever is left */
    int32_t *slot_order;
    int64_t *at_start;  /* per offer: needs that could use it */
    int32_t *at_need;
} State;

/* Scratch space of one thread. */
typedef struct Bench Bench;

Bench *bench_new(const State *s);
void bench_free(Bench *b);

/* From now on prices look up to ``noise`` (a share) higher than they are, by lot. */
void bench_noise(Bench *b, double noise, uint64_t seed);

static inline uint64_t next_random(uint64_t *seed) {
    uint64_t z = *seed += 0x9e3779b97f4a7c15u;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

static inline double uniform(uint64_t *seed) {
    return (double)(next_random(seed) >> 11) * 0x1p-53;
}

static inline void lines_add(Lines *l, int64_t arc, int32_t slot, int64_t quantity) {
    if (l->count == l->room) {
        l->room = l->room ? 2 * l->room : 4;
        l->lines = realloc(l->lines, (size_t)l->room * sizeof(Line));
        if (!l->lines) abort();
    }
    l->lines[l->count++] = (Line){arc, quantity, slot};
}

/* Takes a line off what is left (sign -1) or puts it back (+1). */
static inline void move(State *s, int64_t need, const Line *line, int sign) {
    const Market *m = s->m;
    int32_t o = m->arc_offer[line->arc];
    int64_t units = sign * line->quantity * m->use[line->arc];
    s->left[resource_of(m, o, line->slot)] += units;
    if (m->effort_resource[o] >= 0) s->left[m->effort_resource[o]] += m->effort[o] * units;
    if (m->payer[need] >= 0)
        s->left[m->payer[need]] += m->price[o] * units + sign * m->setup_price[o];
}

/* Works out ``slot_cost`` and ``slot_order`` anew. */
void binglian_slot_costs(const Market *m, const double *price, double *cost, int32_t *order);

double value_of(const State *s, int64_t need, const Lines *lines);

/* Finds supplies for a need that holds nothing, takes them off what is left and returns 1; or
   returns 0 and changes nothing. With ``spare``, a partial need ignores prices. */
int insert(State *s, Bench *b, int64_t need, int spare);

/* Puts back everything a need holds. */
void clear_need(State *s, int64_t need);

#endif
