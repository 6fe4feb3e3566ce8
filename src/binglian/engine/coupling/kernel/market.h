/* The arrays of market.py as C sees them, and what the kernel's files share. */

#ifndef BINGLIAN_MARKET_H
#define BINGLIAN_MARKET_H

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    int64_t needs, parts, arcs, resources, offers, slots, words;
    const int64_t *capacity, *offer_resource;
    const uint8_t *renews;
    const uint64_t *available;
    const int64_t *effort, *effort_resource, *price, *setup_price;
    const int32_t *organisation;
    const double *worth;
    const uint8_t *whole;
    const int32_t *times;
    const uint8_t *consecutive;
    const int32_t *suppliers_left;
    const uint8_t *few_organisations; /* 1 or 2: a whole need takes so many in all; 0: not counted */
    const int64_t *payer, *part_start, *slot_start;
    const int32_t *slot, *forced;
    const int64_t *override_start;
    const int32_t *override_part, *override_slot;
    const int64_t *override_wanted;
    const int64_t *wanted;
    const double *gain;
    const int32_t *part_suppliers_left;
    const uint8_t *few; /* 1 to 3: so many organisations at most, counted in the dual; 0: not */
    const int64_t *arc_start;
    const int32_t *arc_offer;
    const int64_t *least, *most, *use;
    const double *value, *fixed, *lean;
    const uint8_t *known;
} Market;

/* So much through an arc in a slot; the quantity may be broken where rules are relaxed. */
typedef struct {
    int64_t arc;
    int32_t slot;
    double quantity;
} Row;

typedef struct {
    Row *rows;
    int64_t count, room;
} Rows;

static inline void rows_add(Rows *r, int64_t arc, int32_t slot, double quantity) {
    if (r->count == r->room) {
        r->room = r->room ? 2 * r->room : 16;
        r->rows = realloc(r->rows, (size_t)r->room * sizeof(Row));
        if (!r->rows) abort();
    }
    r->rows[r->count++] = (Row){arc, slot, quantity};
}

static inline int is_there(const Market *m, int32_t offer, int32_t slot) {
    return m->available[offer * m->words + (slot >> 6)] >> (slot & 63) & 1;
}

static inline int64_t resource_of(const Market *m, int32_t offer, int32_t slot) {
    return m->offer_resource[offer] + (m->renews[offer] ? slot : 0);
}

/* Units asked by a part in a slot: fewer where a commitment is kept. */
static inline int64_t wanted_in(const Market *m, int64_t need, int64_t part, int32_t slot) {
    for (int64_t i = m->override_start[need]; i < m->override_start[need + 1]; i++)
        if (m->override_part[i] == part && m->override_slot[i] == slot)
            return m->override_wanted[i];
    return m->wanted[part];
}

/* Price of one unit received, without the points it brings by itself. */
static inline double unit_price(
    const Market *m, int64_t payer, int64_t arc, int32_t slot, const double *price) {
    int32_t o = m->arc_offer[arc];
    double p = price[resource_of(m, o, slot)];
    if (m->effort_resource[o] >= 0) p += m->effort[o] * price[m->effort_resource[o]];
    if (payer >= 0) p += m->price[o] * price[payer];
    return (double)m->use[arc] * p;
}

static inline double begin_price(const Market *m, int64_t payer, int64_t arc, const double *price) {
    return payer >= 0 ? m->setup_price[m->arc_offer[arc]] * price[payer] : 0.0;
}

/* Chooses the cheapest admissible slots of a need by their costs (INFINITY: inadmissible), the
   forced ones first; fills ``chosen`` and returns their number, or -1 if a whole need cannot be
   met. A partial need (``skip_dear``) leaves out slots that cost more than nothing. */
int choose_slots(
    const Market *m, int64_t need, const double *cost, int skip_dear, int32_t *chosen);

#endif
