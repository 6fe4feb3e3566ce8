/* Finding supplies for one need with what is left, cheapest at the prices first. */

#include "state.h"

static const double BLINK = 0.15; /* share of slots passed over while there is noise */

typedef struct {
    double key;         /* points per unit at the quantity it would carry alone */
    double unit, begin; /* points per unit, points per supply */
    int64_t arc, room, least;
    int32_t organisation;
    uint8_t met_part, met_need; /* serves the part or the need already: takes no further place */
} Choice;

struct Bench {
    Choice *choices;
    int64_t choice_room;
    double *cost;
    int32_t *chosen;
    Lines lines;              /* what the need would hold */
    int32_t *met;             /* organisations that would serve the need */
    int32_t met_count, met_room;
    double noise;             /* prices are taken as up to this share higher than they are */
    uint64_t seed;            /* of that noise */
    int32_t forbidden_but;    /* only this new organisation may join; -1: any */
};

Bench *bench_new(const State *s) {
    const Market *m = s->m;
    Bench *b = calloc(1, sizeof *b);
    if (!b) abort();
    int64_t slots = 1;
    for (int64_t n = 0; n < m->needs; n++)
        if (m->slot_start[n + 1] - m->slot_start[n] > slots)
            slots = m->slot_start[n + 1] - m->slot_start[n];
    b->cost = malloc((size_t)slots * sizeof(double));
    b->chosen = malloc((size_t)slots * sizeof(int32_t));
    if (!b->cost || !b->chosen) abort();
    return b;
}

void bench_noise(Bench *b, double noise, uint64_t seed) {
    b->noise = noise;
    b->seed = seed;
}

/* Whether a slot is passed over, so that a noisy search also sees the second best. */
static int blinks(Bench *b) { return b->noise > 0 && uniform(&b->seed) < BLINK; }

void bench_free(Bench *b) {
    free(b->choices);
    free(b->cost);
    free(b->chosen);
    free(b->lines.lines);
    free(b->met);
    free(b);
}

static int better(const void *x, const void *y) {
    const Choice *p = x, *q = y;
    if (p->key != q->key) return p->key < q->key ? -1 : 1;
    return p->arc < q->arc ? -1 : p->arc > q->arc;
}

static void sort_choices(Choice *c, int64_t n) {
    if (n > 40) {
        qsort(c, (size_t)n, sizeof *c, better);
        return;
    }
    for (int64_t i = 1; i < n; i++) {
        Choice key = c[i];
        int64_t j = i;
        for (; j > 0 && better(&key, &c[j - 1]) < 0; j--) c[j] = c[j - 1];
        c[j] = key;
    }
}

static int has_met(const Bench *b, int32_t organisation) {
    for (int32_t i = 0; i < b->met_count; i++)
        if (b->met[i] == organisation) return 1;
    return 0;
}

static void meet(Bench *b, int32_t organisation) {
    if (b->met_count == b->met_room) {
        b->met_room = b->met_room ? 2 * b->met_room : 8;
        b->met = realloc(b->met, (size_t)b->met_room * sizeof(int32_t));
        if (!b->met) abort();
    }
    b->met[b->met_count++] = organisation;
}

/* Units that may still flow through an arc in a slot. */
static int64_t room_of(const State *s, int64_t need, int64_t arc, int32_t slot, int64_t wanted) {
    const Market *m = s->m;
    int32_t o = m->arc_offer[arc];
    int64_t room = m->most[arc] < wanted ? m->most[arc] : wanted;
    int64_t units = s->left[resource_of(m, o, slot)];
    if (m->use[arc] > 1) units /= m->use[arc];
    if (units < room) room = units;
    if (m->effort_resource[o] >= 0 && m->effort[o]) {
        units = s->left[m->effort_resource[o]] / (m->effort[o] * m->use[arc]);
        if (units < room) room = units;
    }
    if (m->payer[need] >= 0) {
        int64_t money = s->left[m->payer[need]] - m->setup_price[o];
        if (money < 0) return 0;
        if (m->price[o]) {
            units = money / (m->price[o] * m->use[arc]);
            if (units < room) room = units;
        }
    }
    return room;
}

static void put(State *s, Bench *b, int64_t need, int64_t arc, int32_t slot, int64_t quantity) {
    lines_add(&b->lines, arc, slot, quantity);
    move(s, need, &b->lines.lines[b->lines.count - 1], -1);
}

static void change(State *s, Bench *b, int64_t need, int32_t line, int64_t by) {
    Line *l = &b->lines.lines[line];
    move(s, need, l, 1);
    l->quantity += by;
    move(s, need, l, -1);
}

static void undo(State *s, Bench *b, int64_t need, int32_t from) {
    while (b->lines.count > from) move(s, need, &b->lines.lines[--b->lines.count], 1);
}

/* Takes ``excess`` units back from supplies of this part and slot that lie above their least. */
static int give_way(State *s, Bench *b, int64_t need, int32_t from, int64_t excess) {
    int64_t could = 0;
    for (int32_t i = from; i < b->lines.count; i++)
        could += b->lines.lines[i].quantity - s->m->least[b->lines.lines[i].arc];
    if (could < excess) return 0;
    for (int32_t i = b->lines.count - 1; i >= from && excess; i--) {
        int64_t most = b->lines.lines[i].quantity - s->m->least[b->lines.lines[i].arc];
        int64_t by = most < excess ? most : excess;
        if (by > 0) change(s, b, need, i, -by);
        excess -= by > 0 ? by : 0;
    }
    return 1;
}

static int64_t list_choices(
    State *s, Bench *b, int64_t need, int64_t part, int32_t slot, int64_t wanted, int spare) {
    const Market *m = s->m;
    int64_t first = m->arc_start[part], last = m->arc_start[part + 1], count = 0;
    int64_t together = 0;
    if (last - first > b->choice_room) {
        b->choice_room = 2 * (last - first);
        b->choices = realloc(b->choices, (size_t)b->choice_room * sizeof(Choice));
        if (!b->choices) abort();
    }
    for (int64_t a = first; a < last; a++) {
        int32_t o = m->arc_offer[a];
        if (!is_there(m, o, slot)) continue;
        int64_t room = room_of(s, need, a, slot, m->least[a] > wanted ? m->least[a] : wanted);
        if (room < m->least[a]) continue;
        int64_t carried = room < wanted ? room : wanted;
        double own = m->value[a] + m->lean[a], begun = m->fixed[a] / (double)carried;
        double unit = unit_price(m, m->payer[need], a, slot, s->price) - own;
        double begin = begin_price(m, m->payer[need], a, s->price) - m->fixed[a];
        if (b->noise > 0) unit += b->noise * uniform(&b->seed) * (unit + own);
        double key = unit + begin / (double)carried;
        if (!m->whole[need] && (spare ? m->gain[part] + own + begun <= 0 : key >= m->gain[part]))
            continue;
        b->choices[count++] = (Choice){
            key, unit, begin, a, room, m->least[a], m->organisation[o], m->known[a] >> 1 & 1,
            (m->known[a] & 1) || has_met(b, m->organisation[o])};
        together += room;
    }
    if (m->whole[need] && together < wanted) return 0; /* most attempts end here */
    sort_choices(b->choices, count);
    return count;
}

enum { FEW = 3, MOST_COMBINED = 48 };

typedef struct {
    int at[FEW];
    int64_t quantity[FEW];
    double cost;
} Cover;

/* What a few choices cost for ``wanted`` units (a whole need: no less); INFINITY if they cannot. */
static double price_cover(
    const Choice *c, const int *at, int count, int64_t wanted, int whole, double gain,
    int64_t *quantity) {
    int order[FEW];
    int64_t left = wanted, room = 0;
    double cost = 0;
    for (int k = 0; k < count; k++) {
        const Choice *mine = &c[at[k]];
        int j = k;
        for (; j > 0 && mine->unit < c[at[order[j - 1]]].unit; j--) order[j] = order[j - 1];
        order[j] = k;
        left -= quantity[k] = mine->least;
        room += mine->room;
    }
    if (left < 0 || (whole && room < wanted)) return INFINITY;
    for (int j = 0; j < count; j++) {
        int k = order[j];
        const Choice *mine = &c[at[k]];
        if (whole || mine->unit < gain) {
            int64_t more = mine->room - mine->least;
            if (more > left) more = left;
            quantity[k] += more;
            left -= more;
        }
        cost += mine->begin + (mine->unit - (whole ? 0 : gain)) * (double)quantity[k];
    }
    return cost;
}

/* Whether so few choices keep the limits of suppliers of the part and of the need. */
static int may_join(const Choice *c, const int *at, int count, int part_left, int need_left) {
    int to_part = 0, to_need = 0;
    for (int k = 0; k < count; k++) {
        int again = 0;
        for (int j = 0; j < k; j++) again |= c[at[j]].organisation == c[at[k]].organisation;
        to_part += !again && !c[at[k]].met_part;
        to_need += !again && !c[at[k]].met_need;
    }
    return to_part <= part_left && to_need <= need_left;
}

static void try_cover(
    const Choice *c, const int *at, int count, int64_t wanted, int whole, double gain,
    int part_left, int need_left, Cover *best) {
    int64_t quantity[FEW];
    double cost = price_cover(c, at, count, wanted, whole, gain, quantity);
    if (cost >= best->cost || !may_join(c, at, count, part_left, need_left)) return;
    best->cost = cost;
    for (int k = 0; k < FEW; k++) {
        best->at[k] = k < count ? at[k] : -1;
        best->quantity[k] = k < count ? quantity[k] : 0;
    }
}

/* The best one, two or three supplies, all combinations tried that could be the best. */
static Cover best_cover(
    const Choice *c, int64_t count, int64_t wanted, int whole, double gain, int part_left,
    int need_left) {
    Cover best = {{-1, -1, -1}, {0}, whole ? INFINITY : 0};
    double size = (double)wanted, off = whole ? 0 : gain;
    int n = count < MOST_COMBINED ? (int)count : MOST_COMBINED, places = FEW;
    for (int i = 0; i < n && (c[i].key - off) * size < best.cost; i++) {
        int at[FEW] = {i, -1, -1};
        try_cover(c, at, 1, wanted, whole, gain, part_left, need_left, &best);
        if (c[i].room >= wanted && c[i].least <= wanted) continue;
        double first = (c[i].key - off) * (double)c[i].room;
        double rest = size - (double)c[i].room;
        for (int j = i + 1; j < n && first + (c[j].key - off) * rest < best.cost; j++) {
            at[1] = j;
            try_cover(c, at, 2, wanted, whole, gain, part_left, need_left, &best);
            if (c[i].room + c[j].room >= wanted || places < 3) continue;
            double both = first + (c[j].key - off) * (double)c[j].room;
            double last = rest - (double)c[j].room;
            for (int k = j + 1; k < n && both + (c[k].key - off) * last < best.cost; k++) {
                at[2] = k;
                try_cover(c, at, 3, wanted, whole, gain, part_left, need_left, &best);
            }
        }
    }
    return best;
}

/* Serves one part in one slot as far as it goes; returns the units still short. */
static int64_t fill_part(State *s, Bench *b, int64_t need, int64_t part, int32_t slot, int spare) {
    const Market *m = s->m;
    int64_t short_of = wanted_in(m, need, part, slot), asked = short_of;
    if (!short_of) return 0;
    int64_t count = list_choices(s, b, need, part, slot, short_of, spare);
    Choice *c = b->choices;
    int32_t from = b->lines.count;
    int64_t largest = 0;
    for (int64_t i = 0; i < count; i++)
        if (c[i].room > largest) largest = c[i].room;
    int limited = m->part_suppliers_left[part] >= 0 || m->suppliers_left[need] >= 0;
    int32_t joined_part = 0;
    if (limited && b->forbidden_but < 0) {
        int32_t part_left = m->part_suppliers_left[part], need_left = m->suppliers_left[need];
        part_left = part_left < 0 ? INT32_MAX : part_left;
        need_left = need_left < 0 ? INT32_MAX : need_left - b->met_count;
        Cover cover = best_cover(
            c, count, short_of, m->whole[need], spare ? 1e9 : m->gain[part], part_left, need_left);
        int fits = cover.at[0] >= 0;
        int32_t met = b->met_count;
        for (int k = 0; k < FEW && cover.at[k] >= 0 && fits; k++) {
            const Choice *mine = &c[cover.at[k]];
            fits = room_of(s, need, mine->arc, slot, cover.quantity[k]) >= cover.quantity[k];
            if (!fits) break;
            put(s, b, need, mine->arc, slot, cover.quantity[k]);
            short_of -= cover.quantity[k];
            if (!(m->known[mine->arc] & 1) && !has_met(b, mine->organisation))
                meet(b, mine->organisation);
        }
        if (fits) return m->whole[need] ? short_of : 0;
        undo(s, b, need, from);
        b->met_count = met;
        short_of = asked;
    }
    for (int64_t i = 0; i < count && short_of; i++) {
        int64_t a = c[i].arc, room = c[i].room < short_of ? c[i].room : short_of;
        int new_here = 0, new_to_need = 0;
        if (m->least[a] > short_of) continue; /* see below */
        if (limited) {
            int serves_part = m->known[a] >> 1 & 1;
            for (int32_t j = from; j < b->lines.count; j++)
                serves_part |= m->organisation[m->arc_offer[b->lines.lines[j].arc]] ==
                               c[i].organisation;
            new_here = !serves_part;
            new_to_need = !(m->known[a] & 1) && !has_met(b, c[i].organisation);
            int32_t part_left = m->part_suppliers_left[part];
            int32_t need_left = m->suppliers_left[need];
            part_left = part_left < 0 ? INT32_MAX : part_left - joined_part;
            need_left = need_left < 0 ? INT32_MAX : need_left - b->met_count;
            if ((new_here && part_left <= 0) || (new_to_need && need_left <= 0)) continue;
            if (new_to_need && b->forbidden_but >= 0 && c[i].organisation != b->forbidden_but &&
                need_left <= !has_met(b, b->forbidden_but))
                continue;
            if (new_here && m->whole[need]) {
                /* Do not spend the last places on suppliers too small to finish with. */
                int32_t places = part_left;
                if (new_to_need && need_left < places) places = need_left;
                int64_t together = room;
                if (places == 1)
                    for (int64_t j = i + 1; j < count; j++)
                        together += c[j].organisation == c[i].organisation ? c[j].room : 0;
                else if (places < count)
                    together += (places - 1) * largest;
                if (together < short_of) continue;
            }
        }
        if (m->use[a] > 1 || m->effort_resource[m->arc_offer[a]] >= 0 || m->payer[need] >= 0) {
            int64_t now = room_of(s, need, a, slot, room); /* shared with lines just put */
            if (now < room) room = now;
        } else {
            int64_t now = s->left[resource_of(m, m->arc_offer[a], slot)];
            if (now < room) room = now;
        }
        if (room < m->least[a]) continue;
        put(s, b, need, a, slot, room);
        short_of -= room;
        if (new_here) joined_part++;
        if (new_to_need) meet(b, c[i].organisation);
    }
    for (int64_t i = 0; i < count && short_of && b->lines.count > from && !limited; i++) {
        int64_t a = c[i].arc;
        if (m->least[a] <= short_of || m->least[a] > asked) continue;
        int used = 0;
        for (int32_t j = from; j < b->lines.count; j++) used |= b->lines.lines[j].arc == a;
        if (used || !give_way(s, b, need, from, m->least[a] - short_of)) continue;
        if (room_of(s, need, a, slot, m->least[a]) < m->least[a]) break;
        put(s, b, need, a, slot, m->least[a]);
        short_of = 0;
    }
    return short_of;
}

/* Serves every part in a slot; returns the cost at the prices, INFINITY (and nothing held) if a
   whole need cannot be completed. */
static double fill_slot(State *s, Bench *b, int64_t need, int32_t slot, int spare) {
    const Market *m = s->m;
    int32_t from = b->lines.count, met = b->met_count;
    for (int64_t part = m->part_start[need]; part < m->part_start[need + 1]; part++)
        if (fill_part(s, b, need, part, slot, spare) && m->whole[need]) {
            undo(s, b, need, from);
            b->met_count = met;
            return INFINITY;
        }
    double cost = 0;
    for (int32_t i = from; i < b->lines.count; i++) {
        const Line *l = &b->lines.lines[i];
        int64_t part = m->part_start[need];
        while (l->arc >= m->arc_start[part + 1]) part++;
        cost += l->quantity * (unit_price(m, m->payer[need], l->arc, slot, s->price) -
                               m->value[l->arc] - m->lean[l->arc] - m->gain[part]) +
                begin_price(m, m->payer[need], l->arc, s->price) - m->fixed[l->arc];
    }
    return cost;
}

/* Slots in a row: every slot's cost is found with what is left, then the best run is taken. */
static int fill_run(State *s, Bench *b, int64_t need, int spare) {
    const int32_t *slot = s->m->slot + s->m->slot_start[need];
    int count = (int)(s->m->slot_start[need + 1] - s->m->slot_start[need]);
    for (int i = 0; i < count; i++) {
        b->cost[i] = fill_slot(s, b, need, slot[i], spare);
        if (spare && b->lines.count) b->cost[i] -= 1e6;
        undo(s, b, need, 0);
        b->met_count = 0;
    }
    int chosen = choose_slots(s->m, need, b->cost, !s->m->whole[need], b->chosen);
    for (int i = 0; i < chosen; i++)
        if (isinf(fill_slot(s, b, need, slot[b->chosen[i]], spare))) {
            undo(s, b, need, 0);
            return 0;
        }
    return b->lines.count > 0;
}

/* The one cheapest slot, with what is left; slots that cost more at best are not looked at. */
static int fill_once(State *s, Bench *b, int64_t need, int spare) {
    const Market *m = s->m;
    int64_t first = m->slot_start[need], count = m->slot_start[need + 1] - first, best = -1;
    double least = INFINITY;
    for (int64_t i = 0; i < count; i++) {
        int64_t at = first + s->slot_order[first + i];
        if (s->slot_cost[at] >= least) break;
        if (blinks(b)) continue;
        double cost = fill_slot(s, b, need, m->slot[at], spare);
        int any = b->lines.count > 0;
        undo(s, b, need, 0);
        b->met_count = 0;
        if (any && cost < least) {
            least = cost;
            best = at;
        }
    }
    return best >= 0 && !isinf(fill_slot(s, b, need, m->slot[best], spare));
}

/* The forced slots and then, one after another, the cheapest that still work. */
static int fill_several(State *s, Bench *b, int64_t need, int spare) {
    const Market *m = s->m;
    int64_t first = m->slot_start[need], count = m->slot_start[need + 1] - first;
    int taken = 0, whole = m->whole[need];
    for (int64_t i = 0; i < m->forced[need]; i++)
        if (isinf(fill_slot(s, b, need, m->slot[first + i], spare))) {
            undo(s, b, need, 0);
            return 0;
        }
    for (int64_t i = m->forced[need]; i < count && taken < m->times[need]; i++) {
        int64_t at = first + s->slot_order[first + i];
        if (isinf(s->slot_cost[at])) break;
        if (blinks(b)) continue;
        int32_t before = b->lines.count, met = b->met_count;
        double cost = fill_slot(s, b, need, m->slot[at], spare);
        if (isinf(cost)) continue;
        if (!whole && !spare && cost >= 0) {
            undo(s, b, need, before);
            b->met_count = met;
        }
        taken += whole || b->lines.count > before;
    }
    if (whole && taken < m->times[need]) {
        undo(s, b, need, 0);
        return 0;
    }
    return b->lines.count > 0;
}

static int fill_need(State *s, Bench *b, int64_t need, int spare) {
    const Market *m = s->m;
    int64_t first = m->slot_start[need], count = m->slot_start[need + 1] - first;
    int occasions = m->times[need] + m->forced[need];
    b->lines.count = 0;
    b->met_count = 0;
    if (count == 1 && occasions == 1)
        return !isinf(fill_slot(s, b, need, m->slot[first], spare)) && b->lines.count;
    if (m->consecutive[need] && occasions > 1) return fill_run(s, b, need, spare);
    if (m->times[need] == 1 && !m->forced[need]) return fill_once(s, b, need, spare);
    return fill_several(s, b, need, spare);
}

double value_of(const State *s, int64_t need, const Lines *lines) {
    const Market *m = s->m;
    double value = m->whole[need] && lines->count ? m->worth[need] : 0;
    for (int32_t i = 0; i < lines->count; i++) {
        const Line *l = &lines->lines[i];
        double own = m->value[l->arc] + m->lean[l->arc];
        if (!m->whole[need]) {
            int64_t part = m->part_start[need];
            while (l->arc >= m->arc_start[part + 1]) part++;
            own += m->gain[part];
        }
        value += l->quantity * own + m->fixed[l->arc];
    }
    return value;
}

int insert(State *s, Bench *b, int64_t need, int spare) {
    const Market *m = s->m;
    b->forbidden_but = -1;
    int found = fill_need(s, b, need, spare);
    if (!found && m->whole[need] && m->suppliers_left[need] >= 1) {
        /* The cheapest first left no place for one that is needed: start from each in turn. */
        int64_t part = m->part_start[need];
        int64_t first = m->arc_start[part], last = m->arc_start[part + 1];
        if (last - first > 24) last = first + 24;
        for (int64_t a = first; a < last && !found; a++) {
            if (m->known[a] & 1) continue;
            b->forbidden_but = m->organisation[m->arc_offer[a]];
            found = fill_need(s, b, need, spare);
        }
    }
    if (!found) return 0;
    double value = value_of(s, need, &b->lines);
    if (value <= 0) {
        undo(s, b, need, 0);
        return 0;
    }
    Lines *held = &s->held[need];
    held->count = 0;
    for (int32_t i = 0; i < b->lines.count; i++)
        lines_add(held, b->lines.lines[i].arc, b->lines.lines[i].slot,
                  b->lines.lines[i].quantity);
    s->value[need] = value;
    return 1;
}

void clear_need(State *s, int64_t need) {
    Lines *held = &s->held[need];
    for (int32_t i = 0; i < held->count; i++) move(s, need, &held->lines[i], 1);
    held->count = 0;
    s->value[need] = 0;
}
