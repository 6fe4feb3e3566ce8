/* Breeds schedules: one parent gives the order within a stretch of time, the other before and after
   it; the child is shaken a little, built from its end and then from its beginning
   (forward-backward improvement), and takes the place of the parent it is more like, if it is not
   worse: so the population stays diverse. Where that no longer helps, as many new members as there
   are grow up by themselves, and then all mix: so it is small at first and large in the end. */

#include "population.h"

#include <string.h>

#include "ahead.h"
#include "chance.h"
#include "modes.h"
#include "parallel.h"

#define PARALLEL 0.2 /* share of children whose order the parallel way settles */
#define PATIENCE 10  /* children per member, none better than whom it replaced, before it grows */

typedef struct {
    Score score;
    int32_t length; /* keys run from 0 to this */
    int32_t *key;   /* per rank; in which order to build, see ``keep`` */
    int32_t *mode;  /* per rank */
} Member;

struct Population {
    const Site *s;
    Builder *builder;
    Parallel *parallel; /* NULL where it cannot be used */
    uint64_t chance;
    int32_t size, most, tasks, filled, allocated;
    int32_t young; /* members from here on breed among themselves; 0: all with all */
    int64_t idle;  /* children since the last that was better than whom it replaced */
    int first; /* direction in which children are built first: backwards unless dates count */
    Member *member, child;
    uint64_t *print; /* of each member: equal ones have equal prints */
    int32_t *order, *scratch;
    double *tail, *latest, *noisy; /* per rank */
    int64_t *best_start, *best_finish, *best_mode;
    Score best;
    int has_best;
    Modes modes;
};

static void member_new(Member *m, int32_t tasks) {
    m->key = room((size_t)tasks, sizeof *m->key);
    m->mode = room((size_t)tasks, sizeof *m->mode);
}

/* Makes room for so many members. */
static void make_room(Population *p, int32_t size) {
    if (size <= p->allocated) return;
    p->member = more_room(p->member, (size_t)size, sizeof *p->member);
    p->print = more_room(p->print, (size_t)size, sizeof *p->print);
    for (int32_t k = p->allocated; k < size; k++) member_new(&p->member[k], p->tasks);
    p->allocated = size;
}

Population *binglian_population_new(const Site *s, int32_t size, int32_t most, uint64_t seed) {
    Population *p = room(1, sizeof *p);
    size_t tasks = (size_t)s->tasks;
    p->s = s;
    p->builder = builder_new(s);
    p->parallel = parallel_new(p->builder);
    p->chance = seed;
    p->size = size < 4 ? 4 : size;
    p->most = most;
    p->tasks = s->tasks;
    p->first = !p->builder->valued;
    make_room(p, p->size);
    member_new(&p->child, s->tasks);
    p->order = room(tasks, sizeof *p->order);
    p->scratch = room(tasks, sizeof *p->scratch);
    p->tail = room(tasks, sizeof *p->tail);
    p->latest = room(tasks, sizeof *p->latest);
    p->noisy = room(tasks, sizeof *p->noisy);
    p->best_start = room(tasks, sizeof *p->best_start);
    p->best_finish = room(tasks, sizeof *p->best_finish);
    p->best_mode = room(tasks, sizeof *p->best_mode);
    modes_new(&p->modes, p->builder);
    for (int32_t r = 0; r < p->tasks; r++)
        p->noisy[r] = (double)shortest_mode(s->n, p->builder->task[r]);
    look_ahead(p->builder, p->noisy, p->tail, p->latest);
    return p;
}

void binglian_population_free(Population *p) {
    for (int32_t k = 0; k <= p->allocated; k++) {
        Member *m = k < p->allocated ? &p->member[k] : &p->child;
        free(m->key);
        free(m->mode);
    }
    parallel_free(p->parallel);
    builder_free(p->builder);
    free(p->member);
    free(p->print);
    free(p->order);
    free(p->scratch);
    free(p->tail);
    free(p->latest);
    free(p->noisy);
    free(p->best_start);
    free(p->best_finish);
    free(p->best_mode);
    modes_free(&p->modes);
    free(p);
}

/* Keys of the schedule just built forwards: starts, or where children are built backwards first,
   the time from the finish to the end. */
static void set_key(const Population *p, Member *m, int32_t length) {
    const Builder *b = p->builder;
    m->length = length;
    for (int32_t r = 0; r < p->tasks; r++) m->key[r] = p->first ? length - b->finish[r] : b->start[r];
}

static void note_best(Population *p, const Member *m) {
    const Builder *b = p->builder;
    if (p->has_best && !better(m->score, p->best)) return;
    p->has_best = 1;
    p->best = m->score;
    for (int32_t r = 0; r < p->tasks; r++) {
        int32_t i = b->task[r];
        p->best_start[i] = b->start[r];
        p->best_finish[i] = b->finish[r];
        p->best_mode[i] = m->mode[r];
    }
}

/* Forward-backward improvement of the schedule just built in ``direction``; returns its length built
   forwards, below 0 if it failed. */
static int64_t justify(Population *p, const Member *m, int direction, int64_t length) {
    Builder *b = p->builder;
    for (int turn = direction; turn < 2 && length >= 0; turn++) {
        direction = 1 - direction;
        for (int32_t r = 0; r < p->tasks; r++) p->scratch[r] = (int32_t)length - b->finish[r];
        builder_sort(b, direction, p->scratch, (int32_t)length, p->order);
        int64_t built = builder_build(b, direction, p->order, m->mode, length);
        if (direction && built > length) return -1; /* the end does not hold it */
        length = built;
    }
    return length;
}

static void take(Population *p, int64_t length) {
    Member *m = &p->child;
    m->score = builder_score(p->builder, length);
    set_key(p, m, (int32_t)length);
    note_best(p, m);
}

/* Lets the order be that in which the parallel way starts tasks. */
static void reorder(Population *p, int direction) {
    if (!p->parallel) return;
    parallel_build(p->parallel, direction, p->order, p->scratch);
    int32_t last = 0;
    for (int32_t r = 0; r < p->tasks; r++)
        if (p->scratch[r] > last) last = p->scratch[r];
    builder_sort(p->builder, direction, p->scratch, last, p->order);
    p->builder->built++;
}

/* Builds what ``p->order`` says in the child's modes, and improves it. Returns 0 if none can be. */
static int raise_child(Population *p, int direction) {
    Member *m = &p->child;
    int64_t length = builder_build(p->builder, direction, p->order, m->mode, m->length);
    if (length < 0) return 0;
    if (!direction) take(p, length);
    length = justify(p, m, direction, length);
    if (length < 0) return !direction;
    if (direction || !better(m->score, builder_score(p->builder, length))) take(p, length);
    return 1;
}

static uint64_t print_of(const Population *p, const Member *m) {
    uint64_t print = 0;
    for (int32_t r = 0; r < p->tasks; r++)
        print = (print ^ (uint32_t)m->key[r]) * 0x9e3779b97f4a7c15u + (uint32_t)m->mode[r];
    return print;
}

/* The child takes a place, and whoever had it is the next child's room. */
static void take_place(Population *p, int32_t place) {
    Member old = p->member[place];
    p->member[place] = p->child;
    p->print[place] = print_of(p, &p->child);
    p->child = old;
}

/* The child becomes one more member. */
static void join(Population *p) { take_place(p, p->filled++); }

/* The first members: urgent tasks first, now by what follows, now by dates, blurred by chance. */
static void seed_member(Population *p, int32_t place) {
    Member *m = &p->child;
    double longest = 0, blur = place > p->builder->valued ? 0.5 * uniform(&p->chance) : 0;
    int by_dates = p->builder->valued && place % 2;
    for (int32_t r = 0; r < p->tasks; r++)
        if (p->tail[r] > longest) longest = p->tail[r];
    for (int32_t r = 0; r < p->tasks; r++) {
        double urgency = by_dates ? p->latest[r] : -p->tail[r];
        p->noisy[r] = urgency + blur * longest * uniform(&p->chance);
        m->mode[r] = any_mode(&p->modes, r, &p->chance);
    }
    repair_budgets(&p->modes, m->mode, &p->chance);
    builder_list(p->builder, 0, p->noisy, p->order);
    if (place % 4 < 2) reorder(p, 0);
    if (raise_child(p, 0)) join(p);
}

/* The child's order and modes: ``one`` within a stretch of time, ``other`` around it. */
static void cross(Population *p, const Member *one, const Member *other) {
    Member *m = &p->child;
    int32_t most = (one->length > other->length ? one->length : other->length) + 1;
    double share = 0.1 + 0.3 * uniform(&p->chance);
    int32_t width = (int32_t)(share * one->length);
    int32_t from = below(&p->chance, one->length - width + 1), to = from + width;
    for (int32_t r = 0; r < p->tasks; r++) {
        int32_t key = one->key[r];
        int inside = key >= from && key <= to;
        m->key[r] = inside ? most + key : other->key[r] + (key < from ? 0 : 2 * most);
        m->mode[r] = inside ? one->mode[r] : other->mode[r];
    }
    m->length = most;
    builder_sort(p->builder, p->first, m->key, 3 * most, p->order);
}

static int waits_for(const Builder *b, int direction, int32_t rank, int32_t before) {
    for (int32_t q = b->tie_start[direction][rank]; q < b->tie_start[direction][rank + 1]; q++)
        if (b->tie[direction][q] == before) return 1;
    return 0;
}

/* How far a task moves in the order: about twice as many places as tasks run side by side. */
static int32_t reach_of(const Population *p) {
    double work = 0;
    const Network *n = p->s->n;
    for (int32_t i = 0; i < p->tasks; i++) work += (double)shortest_mode(n, i);
    double beside = p->child.length > 0 ? work / p->child.length : 1;
    return (int32_t)(2.5 * beside) > 4 ? (int32_t)(2.5 * beside) : 4;
}

/* Lets some tasks stand back behind a few that do not wait for them; now many, now few. */
static void shake(Population *p) {
    double rate = 0.05;
    int32_t reach = reach_of(p);
    for (int32_t halve = below(&p->chance, 4); halve > 0; halve--) rate *= 0.5;
    for (int32_t k = 0; k + 1 < p->tasks; k++) {
        if (uniform(&p->chance) >= rate) continue;
        int32_t r = p->order[k], at = k;
        for (int32_t steps = 1 + below(&p->chance, reach); steps > 0 && at + 1 < p->tasks; steps--) {
            if (waits_for(p->builder, p->first, p->order[at + 1], r)) break;
            p->order[at] = p->order[at + 1];
            at++;
        }
        p->order[at] = r;
    }
    if (p->s->n->modes == p->tasks) return;
    for (int32_t r = 0; r < p->tasks; r++)
        if (uniform(&p->chance) < rate) p->child.mode[r] = any_mode(&p->modes, r, &p->chance);
    repair_budgets(&p->modes, p->child.mode, &p->chance);
}

static int64_t distance(const Population *p, const Member *one, const Member *other) {
    int64_t sum = 0;
    for (int32_t r = 0; r < p->tasks; r++) {
        int32_t apart = one->key[r] - other->key[r];
        sum += apart < 0 ? -apart : apart;
    }
    return sum;
}

static int is_double(const Population *p, const Member *m) {
    uint64_t print = print_of(p, m);
    for (int32_t k = 0; k < p->filled; k++)
        if (p->print[k] == print) return 1;
    return 0;
}

/* The child takes a member's place unless it is worse. */
static void settle(Population *p, int32_t place) {
    const Score *old = &p->member[place].score;
    if (better(*old, p->child.score)) return;
    if (better(p->child.score, *old)) p->idle = 0;
    take_place(p, place);
}

/* Where breeding no longer helps, as many new members grow up by themselves; next time all mix. */
static void renew(Population *p) {
    p->idle = 0;
    if (p->young) {
        p->young = 0;
    } else if (p->filled < p->most) {
        p->young = p->filled;
        p->size = 2 * p->filled < p->most ? 2 * p->filled : p->most;
        make_room(p, p->size);
    }
}

static void breed_one(Population *p) {
    int32_t count = p->filled - p->young;
    int32_t a = below(&p->chance, count), b = below(&p->chance, count - 1);
    if (b >= a) b++;
    a += p->young;
    b += p->young;
    Member *one = &p->member[a], *other = &p->member[b];
    p->idle++;
    cross(p, one, other);
    shake(p);
    if (uniform(&p->chance) < PARALLEL) reorder(p, p->first);
    if (!raise_child(p, p->first) || is_double(p, &p->child)) return;
    settle(p, distance(p, one, &p->child) <= distance(p, other, &p->child) ? a : b);
}

int64_t binglian_population_breed(Population *p, int64_t schedules, double makespan,
                                  const volatile int32_t *stop) {
    Builder *b = p->builder;
    int64_t before = b->built;
    if (!p->tasks) return 0;
    while (b->built - before < schedules && !*stop) {
        const Score *best = &p->best;
        if (p->has_best && best->broken + best->overrun + best->lateness == 0
            && best->makespan <= makespan)
            break;
        if (p->filled < p->size) {
            int32_t filled = p->filled;
            seed_member(p, filled);
            if (p->filled == filled && !p->has_best) break; /* nothing can be built */
            if (p->filled == filled) p->size--;
        } else {
            if (p->filled < 2) break;
            breed_one(p);
            if (p->idle > PATIENCE * (int64_t)(p->filled - p->young)) renew(p);
        }
    }
    return b->built - before;
}

void binglian_population_add(Population *p, const int64_t *start, const int64_t *mode) {
    Builder *b = p->builder;
    Member *m = &p->child;
    for (int32_t r = 0; r < p->tasks; r++) {
        p->noisy[r] = (double)start[b->task[r]];
        m->mode[r] = (int32_t)mode[b->task[r]];
    }
    builder_list(b, 0, p->noisy, p->order);
    int64_t length = builder_build(b, 0, p->order, m->mode, 0);
    if (length < 0) return;
    take(p, length);
    if (is_double(p, m)) return;
    if (p->filled < p->size && !p->young) {
        join(p);
        return;
    }
    int32_t worst = 0, grown = p->young ? p->young : p->filled;
    for (int32_t k = 1; k < grown; k++)
        if (better(p->member[worst].score, p->member[k].score)) worst = k;
    settle(p, worst);
}

int binglian_population_best(const Population *p, int64_t *start, int64_t *finish, int64_t *mode,
                             Score *score) {
    size_t bytes = (size_t)p->tasks * sizeof *start;
    if (!p->has_best) return 0;
    memcpy(start, p->best_start, bytes);
    memcpy(finish, p->best_finish, bytes);
    memcpy(mode, p->best_mode, bytes);
    *score = p->best;
    return 1;
}
