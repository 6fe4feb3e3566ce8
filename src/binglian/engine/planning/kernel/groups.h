/* Tasks that move together: those of a project, those of a resource. */

#ifndef BINGLIAN_GROUPS_H
#define BINGLIAN_GROUPS_H

#include "builder.h"

typedef struct {
    int32_t count; /* of groups with any task */
    int32_t *start, *rank;
} Groups;

void group_by_project(Groups *g, const Builder *b);

/* By the resource of which a task asks the largest share. */
void group_by_resource(Groups *g, const Builder *b);

void groups_free(Groups *g);

#endif
