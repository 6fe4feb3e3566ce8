/* Chance by seed: the same numbers on every machine. */

#ifndef BINGLIAN_CHANCE_H
#define BINGLIAN_CHANCE_H

#include <stdint.h>

static inline uint64_t next_random(uint64_t *seed) { /* splitmix64, S. Vigna */
    uint64_t z = *seed += 0x9e3779b97f4a7c15u;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

static inline double uniform(uint64_t *seed) { return (double)(next_random(seed) >> 11) * 0x1p-53; }

/* A number from 0 to count - 1. */
static inline int32_t below(uint64_t *seed, int32_t count) {
    return (int32_t)((next_random(seed) >> 32) * (uint64_t)count >> 32);
}

#endif
