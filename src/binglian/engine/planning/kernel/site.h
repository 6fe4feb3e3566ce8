/* The network made ready for building schedules: ties sorted by task, an order that respects them,
   demands in 32 bits. Shared by all threads, never changed. */

#ifndef BINGLIAN_SITE_H
#define BINGLIAN_SITE_H

#include "network.h"

typedef struct {
    int32_t resource, amount;
} Demand;

/* A precedence seen from one of its tasks. */
typedef struct {
    int64_t least, most;
    int32_t other, link, calendar;
    int32_t orders; /* 0: on a cycle, so that lists of tasks need not respect it */
} Tie;

typedef struct {
    const Network *n;
    int32_t tasks, resources;
    int32_t *capacity;                  /* per resource; demands and this are scaled alike */
    int32_t *demand_start;              /* per mode: renewable demands only */
    Demand *demand;
    int32_t *budget_start;              /* per mode: demands of budgets, unscaled */
    int64_t *budget_amount;
    int32_t *budget_resource;
    int32_t *before_start, *after_start; /* per task */
    Tie *before, *after;
    int32_t *topological;
    int64_t *closed_before; /* per closed stretch: closed units before it in its calendar */
    int32_t *dated;         /* tasks with a deadline or a due date */
    int32_t dated_count;
    int32_t frozen_count, *frozen;
    int32_t tight;  /* some precedence has a most, lies on a cycle, or leads to what is frozen */
    int32_t budgets; /* some mode demands a budget */
    int32_t plain;  /* one mode each, finish-start, nothing closed, nothing frozen */
} Site;

Site *binglian_site_new(const Network *n);
void binglian_site_free(Site *s);
void binglian_site_order(const Site *s, int32_t *order);

/* Worked units of a calendar before an instant. */
int64_t worked(const Site *s, int64_t calendar, int64_t instant);

/* The unit in which the calendar's worked unit of this number (from 0) lies. */
int64_t worked_unit(const Site *s, int64_t calendar, int64_t number);

/* The earliest instant with so many worked units since ``instant``; elapsed ones in calendar 0. */
static inline int64_t later(const Site *s, int64_t calendar, int64_t instant, int64_t units) {
    if (calendar == 0 || units <= 0) return instant + units;
    return worked_unit(s, calendar, worked(s, calendar, instant) + units - 1) + 1;
}

#endif
