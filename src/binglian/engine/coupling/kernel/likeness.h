/* Likeness of short texts: the same whole-number points as likeness.py gives. */

#ifndef BINGLIAN_LIKENESS_H
#define BINGLIAN_LIKENESS_H

#include <stdint.h>

/* One piece of a text (one to three letters, 21 bits each) and the points it weighs. */
struct piece {
    int64_t letters;
    int32_t points;
};

/* Texts to be found again. A posting lists the texts of one group that hold one piece. */
struct texts {
    int64_t count;
    int64_t postings;
    const int64_t *start;         /* count + 1: pieces of a text, ascending */
    const int64_t *letters;       /* of each piece */
    const int32_t *points;        /* of each piece */
    const double *square;         /* count: sum of squared points */
    const uint64_t *posting_key;  /* postings, ascending */
    const int64_t *posting_start; /* postings + 1 */
    const int32_t *posting;       /* texts */
};

/* Room for one search after another. */
struct text_room {
    struct piece *pieces; /* of the text asked */
    int64_t piece_room;
    struct posting *postings;
    double square;
    int64_t piece_count;
    float *points; /* count: collected by each text so far */
    int32_t *seen; /* texts with points, best first after the search */
    int64_t seen_count;
};

uint64_t mixed(uint64_t value);
uint64_t text_key(int64_t group, int64_t letters);
int text_room_open(struct text_room *room, const struct texts *texts);
void text_room_close(struct text_room *room);
int text_ask(struct text_room *room, const uint32_t *letters, int64_t length);
double text_likeness(const struct text_room *room, const struct texts *texts, int64_t text);
void text_search(struct text_room *room, const struct texts *texts, int64_t group, double alike,
                 int64_t most);

#endif
