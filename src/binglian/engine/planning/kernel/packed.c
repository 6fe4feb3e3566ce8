/* See packed.h. */

#include "packed.h"

#define FURTHEST ((int64_t)1 << 22) /* units */

static int lane_bits(const Site *s) {
    int32_t largest = 0;
    for (int32_t r = 0; r < s->resources; r++)
        if (s->n->renewable[r] && s->capacity[r] > largest) largest = s->capacity[r];
    if (largest > 32767) return 0;
    return s->resources > 4 && largest <= 127 ? 8 : 16;
}

static int64_t furthest(const Site *s) {
    const Network *n = s->n;
    int64_t sum = 1, release = 0;
    for (int32_t i = 0; i < s->tasks; i++) {
        sum += n->duration[i];
        if (n->release[i] > release) release = n->release[i];
    }
    for (int64_t p = 0; p < n->precedences; p++) sum += n->least[p];
    return sum + release;
}

static void pack_ties(Packed *p, const Site *s, int direction, const int32_t *rank_task,
                      const int32_t *task_rank) {
    const int32_t *start = direction ? s->after_start : s->before_start;
    const Tie *ties = direction ? s->after : s->before;
    size_t count = (size_t)s->n->precedences;
    p->tie_start[direction] = room((size_t)s->tasks + 1, sizeof(int32_t));
    p->tie[direction] = room(count, sizeof(int32_t));
    p->lag[direction] = room(count, sizeof(int32_t));
    int32_t used = 0;
    for (int32_t rank = 0; rank < s->tasks; rank++) {
        int32_t i = rank_task[rank];
        for (int32_t k = start[i]; k < start[i + 1]; k++) {
            p->tie[direction][used] = task_rank[ties[k].other];
            p->lag[direction][used++] = (int32_t)ties[k].least;
        }
        p->tie_start[direction][rank + 1] = used;
    }
}

Packed *packed_new(const Site *s, const int32_t *rank_task, const int32_t *task_rank) {
    int bits = lane_bits(s);
    if (!s->plain || !bits || furthest(s) > FURTHEST) return NULL;
    int32_t lanes = 64 / bits, words = s->resources ? (s->resources + lanes - 1) / lanes : 1;
    if (words > MOST_WORDS) return NULL;
    Packed *p = room(1, sizeof *p);
    size_t tasks = (size_t)s->tasks;
    p->tasks = s->tasks;
    p->words = words;
    p->duration = room(tasks, sizeof *p->duration);
    p->release = room(tasks, sizeof *p->release);
    p->demand = room(tasks * (size_t)words, sizeof *p->demand);
    p->length = furthest(s);
    p->left = room((size_t)p->length * (size_t)words, sizeof *p->left);
    for (int32_t r = 0; r < s->resources; r++) {
        int shift = r % lanes * bits;
        p->guard[r / lanes] |= (uint64_t)1 << (shift + bits - 1);
        if (s->n->renewable[r]) p->full[r / lanes] |= (uint64_t)s->capacity[r] << shift;
    }
    for (int32_t w = 0; w < words; w++) p->full[w] |= p->guard[w];
    for (int32_t rank = 0; rank < s->tasks; rank++) {
        int32_t i = rank_task[rank];
        p->duration[rank] = (int32_t)s->n->duration[i];
        p->release[rank] = (int32_t)s->n->release[i];
        for (int32_t d = s->demand_start[i]; d < s->demand_start[i + 1]; d++) {
            int32_t r = s->demand[d].resource;
            if (s->demand[d].amount > s->capacity[r]) {
                packed_free(p);
                return NULL;
            }
            p->demand[rank * words + r / lanes] |= (uint64_t)s->demand[d].amount
                                                   << (r % lanes * bits);
        }
    }
    for (int direction = 0; direction < 2; direction++)
        pack_ties(p, s, direction, rank_task, task_rank);
    return p;
}

void packed_free(Packed *p) {
    if (!p) return;
    free(p->duration);
    free(p->release);
    free(p->demand);
    free(p->left);
    for (int direction = 0; direction < 2; direction++) {
        free(p->tie_start[direction]);
        free(p->tie[direction]);
        free(p->lag[direction]);
    }
    free(p);
}

static inline int fits(const uint64_t *left, const uint64_t *demand, const uint64_t *guard,
                       int32_t words) {
    for (int32_t w = 0; w < words; w++)
        if (((left[w] - demand[w]) & guard[w]) != guard[w]) return 0;
    return 1;
}

/* Compiled for each number of words. */
static inline __attribute__((always_inline)) int32_t build_words(Packed *p, int direction,
                                                                 const int32_t *order,
                                                                 int32_t *finish, int32_t words) {
    const int32_t *tie_start = p->tie_start[direction], *tie = p->tie[direction];
    const int32_t *lag = p->lag[direction];
    uint64_t *left = p->left;
    int32_t used = 0, last = 0;
    for (int32_t k = 0; k < p->tasks; k++) {
        int32_t i = order[k], duration = p->duration[i], start = direction ? 0 : p->release[i];
        for (int32_t q = tie_start[i]; q < tie_start[i + 1]; q++) {
            int32_t bound = finish[tie[q]] + lag[q];
            start = bound > start ? bound : start;
        }
        if (duration) {
            const uint64_t *demand = p->demand + (int64_t)i * words;
            /* From the end backwards, so that what does not fit is jumped over at once; units
               before ``tried`` are known to fit. */
            for (int32_t tried = start;;) {
                int32_t end = start + duration, u = (end < used ? end : used) - 1;
                while (u >= tried && fits(left + (int64_t)u * words, demand, p->guard, words)) u--;
                if (u < tried) break;
                start = u + 1;
                tried = end > start ? end : start;
            }
            int32_t end = start + duration;
            for (; used < end; used++)
                for (int32_t w = 0; w < words; w++) left[(int64_t)used * words + w] = p->full[w];
            for (int32_t u = start; u < end; u++)
                for (int32_t w = 0; w < words; w++) left[(int64_t)u * words + w] -= demand[w];
        }
        finish[i] = start + duration;
        if (finish[i] > last) last = finish[i];
    }
    return last;
}

int32_t packed_build(Packed *p, int direction, const int32_t *order, int32_t *finish) {
    switch (p->words) {
        case 1: return build_words(p, direction, order, finish, 1);
        case 2: return build_words(p, direction, order, finish, 2);
        default: return build_words(p, direction, order, finish, p->words);
    }
}
