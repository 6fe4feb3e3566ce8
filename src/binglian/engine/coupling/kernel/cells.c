/* Boxes around neighbouring offers, distances on the globe, time shared. */

#include <math.h>

#include "candidates.h"

#define RADIAN (3.14159265358979323846 / 180.0)

enum { EVERY_DAY = 127, SHORTEST_MINUTES = 30 };

void pairs_keys(int64_t what, const int64_t *kind, const int64_t *one, const int64_t *other,
                int64_t count, uint64_t *key);
void pairs_box_starts(const int64_t *placed, int64_t lists, int64_t *box_start);
void pairs_boxes(const struct rows *rows, struct box *boxes);
void pairs_times(const struct rows *rows, int64_t first, int64_t last, uint8_t *meet);

uint64_t list_key(enum list_of what, int64_t kind, int64_t one, int64_t other) {
    uint64_t key = mixed((uint64_t)what ^ (uint64_t)kind << 2);
    return mixed(key ^ mixed((uint64_t)one ^ (uint64_t)other << 32));
}

void pairs_keys(int64_t what, const int64_t *kind, const int64_t *one, const int64_t *other,
                int64_t count, uint64_t *key) {
    for (int64_t i = 0; i < count; i++)
        key[i] = list_key((enum list_of)what, kind[i], one[i], other[i]);
}

/* Return the list with this key, -1 if there is none. */
int64_t find_list(const struct rows *rows, uint64_t key) {
    int64_t low = 0, high = rows->lists;
    while (low < high) {
        int64_t middle = low + (high - low) / 2;
        if (rows->list_key[middle] < key) low = middle + 1;
        else high = middle;
    }
    return low < rows->lists && rows->list_key[low] == key ? low : -1;
}

void place_point(double longitude, double latitude, double *point) {
    double east = longitude * RADIAN, north = latitude * RADIAN;
    point[0] = cos(north) * cos(east);
    point[1] = cos(north) * sin(east);
    point[2] = sin(north);
}

/* The same steps in the same order as fitting.distance_km: the same number. NaN if unknown. */
double distance_km(const struct offer_row *offer, const struct need_row *need) {
    double north = offer->latitude * RADIAN, south = need->latitude * RADIAN;
    double up = sin((north - south) / 2);
    double across = sin((offer->longitude - need->longitude) * RADIAN / 2);
    double half = up * up + cos(north) * cos(south) * (across * across);
    if (half > 1.0) half = 1.0;
    return 2 * EARTH_KM * asin(sqrt(half));
}

/* A distance no offer in the box is nearer than; a hair less, for what rounding may have cost. */
double least_km(const struct box *box, const double *point) {
    double square = 0.0;
    for (int axis = 0; axis < 3; axis++) {
        double away = 0.0;
        if (point[axis] < box->low[axis]) away = box->low[axis] - point[axis];
        else if (point[axis] > box->high[axis]) away = point[axis] - box->high[axis];
        square += away * away;
    }
    double half_chord = sqrt(square) / 2 - 1e-13;
    if (half_chord <= 0.0) return 0.0;
    return 2 * EARTH_KM * asin(half_chord < 1.0 ? half_chord : 1.0) * (1 - 1e-9);
}

void pairs_box_starts(const int64_t *placed, int64_t lists, int64_t *box_start) {
    box_start[0] = 0;
    for (int64_t l = 0; l < lists; l++) {
        int64_t boxes = 0, level = (placed[l] + LEAF - 1) / LEAF;
        while (level > 1) {
            boxes += level;
            level = (level + BRANCHES - 1) / BRANCHES;
        }
        box_start[l + 1] = box_start[l] + boxes + level;
    }
}

static void widen(struct box *box, const double *low, const double *high) {
    for (int axis = 0; axis < 3; axis++) {
        if (low[axis] < box->low[axis]) box->low[axis] = low[axis];
        if (high[axis] > box->high[axis]) box->high[axis] = high[axis];
    }
}

void pairs_boxes(const struct rows *rows, struct box *boxes) {
    const struct box nothing = {{2, 2, 2}, {-2, -2, -2}};
    for (int64_t l = 0; l < rows->lists; l++) {
        int64_t below = rows->box_start[l], size = (rows->list_placed[l] + LEAF - 1) / LEAF;
        for (int64_t b = 0; b < size; b++) boxes[below + b] = nothing;
        for (int64_t i = 0; i < rows->list_placed[l]; i++) {
            const struct offer_row *offer = &rows->offer[rows->list_offer[rows->list_start[l] + i]];
            double point[3];
            place_point(offer->longitude, offer->latitude, point);
            widen(&boxes[below + i / LEAF], point, point);
        }
        while (size > 1) {
            int64_t above = below + size, larger = (size + BRANCHES - 1) / BRANCHES;
            for (int64_t b = 0; b < larger; b++) boxes[above + b] = nothing;
            for (int64_t b = 0; b < size; b++)
                widen(&boxes[above + b / BRANCHES], boxes[below + b].low, boxes[below + b].high);
            below = above;
            size = larger;
        }
    }
}

/* As windows.py: half an hour, or all of a shorter window, on a weekday that occurs. */
static int windows_meet(const struct window_row *one, const struct window_row *other,
                        int64_t deadline) {
    int64_t first = one->first_day > other->first_day ? one->first_day : other->first_day;
    int64_t last = one->last_day < other->last_day ? one->last_day : other->last_day;
    if (deadline < last) last = deadline;
    if (first > last) return 0;
    int32_t start = one->start_minute > other->start_minute ? one->start_minute
                                                            : other->start_minute;
    int32_t end = one->end_minute < other->end_minute ? one->end_minute : other->end_minute;
    int32_t enough = SHORTEST_MINUTES;
    if (one->end_minute - one->start_minute < enough) enough = one->end_minute - one->start_minute;
    if (other->end_minute - other->start_minute < enough)
        enough = other->end_minute - other->start_minute;
    if (end - start < enough) return 0;
    int32_t days = EVERY_DAY;
    if (last - first < 6) {
        days = 0;
        for (int64_t day = first; day <= last; day++) days |= 1 << ((day % 7 + 13) % 7);
    }
    return (one->weekdays & other->weekdays & days) != 0;
}

int times_meet(const struct rows *rows, int64_t offered, int64_t needed) {
    const struct times *one = &rows->offered, *other = &rows->needed;
    if (rows->times_meet) return rows->times_meet[offered * other->count + needed];
    if (rows->slot_words) {
        const uint64_t *mine = one->slots + offered * rows->slot_words;
        const uint64_t *theirs = other->slots + needed * rows->slot_words;
        uint64_t shared = 0;
        for (int64_t w = 0; w < rows->slot_words; w++) shared |= mine[w] & theirs[w];
        if (!shared) return 0;
    }
    for (int64_t i = one->start[offered]; i < one->start[offered + 1]; i++)
        for (int64_t j = other->start[needed]; j < other->start[needed + 1]; j++)
            if (windows_meet(&one->window[i], &other->window[j], other->deadline[needed])) return 1;
    return 0;
}

void pairs_times(const struct rows *rows, int64_t first, int64_t last, uint8_t *meet) {
    for (int64_t offered = first; offered < last; offered++)
        for (int64_t needed = 0; needed < rows->needed.count; needed++)
            meet[offered * rows->needed.count + needed] = (uint8_t)times_meet(rows, offered, needed);
}

int sets_common(const struct set_pool *pool, int32_t one, int32_t other) {
    int64_t i = pool->start[one], j = pool->start[other];
    int64_t last = pool->start[one + 1], end = pool->start[other + 1];
    int common = 0;
    while (i < last && j < end) {
        int32_t mine = pool->item[i], theirs = pool->item[j];
        common += mine == theirs;
        i += mine <= theirs;
        j += theirs <= mine;
    }
    return common;
}

int sets_share(const struct set_pool *pool, int32_t one, int32_t other) {
    return one && other && sets_common(pool, one, other) > 0;
}

int set_holds(const struct set_pool *pool, int32_t set, int32_t item) {
    int64_t low = pool->start[set], high = pool->start[set + 1];
    while (low < high) {
        int64_t middle = low + (high - low) / 2;
        if (pool->item[middle] < item) low = middle + 1;
        else high = middle;
    }
    return low < pool->start[set + 1] && pool->item[low] == item;
}
