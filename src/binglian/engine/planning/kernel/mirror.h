/* The same network with time running the other way, for building from the end. */

#ifndef BINGLIAN_MIRROR_H
#define BINGLIAN_MIRROR_H

#include "site.h"

typedef struct {
    Network n;
    Site *site;
    int64_t horizon; /* instant t of the one is horizon - t of the other */
    int64_t *owned;  /* the arrays that differ */
} Mirror;

Mirror *mirror_new(const Site *s, int64_t horizon);
void mirror_free(Mirror *m);

#endif
