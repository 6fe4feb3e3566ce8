/* What lies ahead of each task, by the ties that put tasks in order. */

#ifndef BINGLIAN_AHEAD_H
#define BINGLIAN_AHEAD_H

#include "builder.h"

/* From durations to tails, how long a task and what follows it take, and the latest starts such
   that dates of tasks and projects are met, ``NEVER`` or so where there are none; all per rank. */
void look_ahead(const Builder *b, const double *duration, double *tail, double *latest);

#endif
