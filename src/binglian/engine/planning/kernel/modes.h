/* In which mode each task is done, chosen by chance such that no mode demands more than there is
   and the budgets last. */

#ifndef BINGLIAN_MODES_H
#define BINGLIAN_MODES_H

#include "builder.h"

typedef struct {
    const Builder *b;
    int64_t *spent; /* scratch: per resource */
} Modes;

void modes_new(Modes *m, const Builder *b);
void modes_free(Modes *m);

/* How long a task takes in its shortest mode. */
int64_t shortest_mode(const Network *n, int32_t task);

/* A mode for the task of this rank, its frozen one if it has one. */
int32_t any_mode(const Modes *m, int32_t rank, uint64_t *chance);

/* Changes modes (per rank) by chance until the budgets last. */
void repair_budgets(Modes *m, int32_t *mode, uint64_t *chance);

#endif
