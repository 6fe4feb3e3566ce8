/* The rows as cells.py and candidates.py lay them out; offers near each other lie together. */

#ifndef BINGLIAN_CANDIDATES_H
#define BINGLIAN_CANDIDATES_H

#include <stdint.h>

#include "likeness.h"

struct set_pool { /* sets of numbers; set 0 is empty */
    const int64_t *start;
    const int32_t *item; /* ascending in each set */
};

struct offer_row {
    double longitude, latitude; /* degrees; NaN if unknown */
    int64_t lot;
    int64_t quantity;
    int32_t row; /* its number among the caller's offers */
    int32_t kind, organisation;
    int32_t unit; /* -1: any */
    int32_t tags, conditions, excludes, only_for, prefers; /* sets */
    int32_t time;                                          /* distinct windows */
    int32_t text;                                          /* -1: none */
};

struct need_row {
    double longitude, latitude;
    double within_km; /* infinite if anywhere */
    int32_t organisation, prefers, rules_out, refuses, time;
};

struct component_row {
    int64_t quantity;
    int32_t need, kind, unit, tags;
    int32_t text; /* distinct text asked, -1: none */
};

struct window_row {
    int64_t first_day, last_day; /* far past and far future if open */
    int32_t weekdays, start_minute, end_minute;
};

struct times { /* distinct windows of one side; deadline and slots that suit */
    int64_t count;
    const int64_t *start; /* count + 1 into window */
    const struct window_row *window;
    const int64_t *deadline; /* count */
    const uint64_t *slots;   /* count × slot_words */
};

struct box { /* of points on the unit sphere */
    double low[3], high[3];
};

struct rows {
    int64_t offers, lists, slot_words;
    int64_t any_offer_prefers;
    const struct offer_row *offer;
    const struct need_row *need;
    const struct component_row *component;
    struct set_pool tags, conditions, organisations;
    struct times offered, needed;
    const uint8_t *times_meet;  /* offered × needed, or null if there are too many */
    const uint64_t *list_key;   /* lists, ascending */
    const int64_t *list_start;  /* lists + 1 into list_offer */
    const int64_t *list_placed; /* lists: so many of its offers have a place; they come first */
    const int32_t *list_offer;
    const int64_t *box_start; /* lists + 1 into box */
    const struct box *box;    /* leaves of each list first, then level by level */
    const struct texts *texts;
    const int64_t *texts_offer_start; /* texts + 1 into texts_offer */
    const int32_t *texts_offer;
    const uint32_t *letters;     /* of the texts asked */
    const int64_t *letter_start; /* of each text asked */
    double alike;                /* texts this alike speak of the same thing */
};

/* Offers in the smallest box, boxes in a larger one. */
enum { LEAF = 16, BRANCHES = 8 };
enum list_of { OF_KIND, OF_TAG, OF_TWO_TAGS, OF_ORGANISATION };

#define EARTH_KM 6371.0
#define UNKNOWN_KM 1.0

uint64_t list_key(enum list_of what, int64_t kind, int64_t one, int64_t other);
int64_t find_list(const struct rows *rows, uint64_t key);
void place_point(double longitude, double latitude, double *point);
double distance_km(const struct offer_row *offer, const struct need_row *need);
double least_km(const struct box *box, const double *point);
int times_meet(const struct rows *rows, int64_t offered, int64_t needed);
int sets_share(const struct set_pool *pool, int32_t one, int32_t other);
int set_holds(const struct set_pool *pool, int32_t set, int32_t item);
int sets_common(const struct set_pool *pool, int32_t one, int32_t other);

#endif
