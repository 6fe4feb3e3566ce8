/* Finds the texts most like another one, by the rare pieces they share. */

#include "likeness.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST = 3, BITS = 21, SPACE = ' ', ENTRIES_READ = 8192, CHOSEN = 16 };

struct posting {
    int64_t first, length;
    double points;
};

int32_t text_pieces(const uint32_t *letters, const int64_t *start, int64_t texts,
                    int64_t *piece_start, int64_t *piece, int32_t *points, double *square);
void text_keys(const int64_t *group, const int64_t *start, const int64_t *letters, int64_t texts,
               uint64_t *key);
int32_t text_nearest(const struct texts *texts, const uint32_t *letters, const int64_t *start,
                     const int64_t *group, int64_t first, int64_t last, int64_t most, double alike,
                     int exact, int32_t *found, double *likeness);

uint64_t mixed(uint64_t value) {
    value += 0x9E3779B97F4A7C15u;
    value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9u;
    value = (value ^ (value >> 27)) * 0x94D049BB133111EBu;
    return value ^ (value >> 31);
}

uint64_t text_key(int64_t group, int64_t letters) {
    return mixed((uint64_t)letters ^ mixed((uint64_t)group));
}

static int by_letters(const void *one, const void *other) {
    int64_t a = ((const struct piece *)one)->letters, b = ((const struct piece *)other)->letters;
    return (a > b) - (a < b);
}

static int is_latin(uint32_t letter) {
    return (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'z');
}

/* Cut one plain text into pieces, at most LONGEST for each letter; equal ones become one. */
static int64_t cut(const uint32_t *letters, int64_t length, struct piece *pieces) {
    int64_t count = 0;
    for (int64_t i = 0; i < length;) {
        int64_t end = i;
        int latin = is_latin(letters[i]);
        while (end < length && letters[end] != SPACE && is_latin(letters[end]) == latin) end++;
        int64_t shortest = !latin ? 1 : end - i < LONGEST ? end - i : LONGEST;
        for (int64_t a = i; a < end; a++) {
            int64_t key = 0;
            for (int64_t size = 1; size <= LONGEST && a + size <= end; size++) {
                key = key << BITS | letters[a + size - 1];
                if (size >= shortest) pieces[count++] = (struct piece){key, (int32_t)size};
            }
        }
        i = end > i ? end : i + 1;
    }
    qsort(pieces, (size_t)count, sizeof *pieces, by_letters);
    int64_t kept = 0;
    for (int64_t i = 0; i < count;) {
        int64_t end = i;
        int32_t digits = 0;
        while (end < count && pieces[end].letters == pieces[i].letters) end++;
        for (int64_t left = end - i; left; left >>= 1) digits++;
        pieces[kept++] = (struct piece){pieces[i].letters, digits * pieces[i].points};
        i = end;
    }
    return kept;
}

static double squared(const struct piece *pieces, int64_t count) {
    int64_t sum = 0;
    for (int64_t i = 0; i < count; i++) sum += (int64_t)pieces[i].points * pieces[i].points;
    return (double)sum;
}

/* Write the pieces of a chunk of texts (room for LONGEST each letter); return their number, -1 if
   the memory is short. */
int32_t text_pieces(const uint32_t *letters, const int64_t *start, int64_t texts,
                    int64_t *piece_start, int64_t *piece, int32_t *points, double *square) {
    int64_t longest = 1, written = 0;
    for (int64_t t = 0; t < texts; t++)
        if (start[t + 1] - start[t] > longest) longest = start[t + 1] - start[t];
    struct piece *pieces = malloc((size_t)(longest * LONGEST) * sizeof *pieces);
    if (!pieces) return -1;
    for (int64_t t = 0; t < texts; t++) {
        int64_t count = cut(letters + start[t], start[t + 1] - start[t], pieces);
        piece_start[t] = written;
        square[t] = squared(pieces, count);
        for (int64_t i = 0; i < count; i++) {
            piece[written] = pieces[i].letters;
            points[written++] = pieces[i].points;
        }
    }
    piece_start[texts] = written;
    free(pieces);
    return (int32_t)written;
}

void text_keys(const int64_t *group, const int64_t *start, const int64_t *letters, int64_t texts,
               uint64_t *key) {
    for (int64_t t = 0; t < texts; t++)
        for (int64_t i = start[t]; i < start[t + 1]; i++) key[i] = text_key(group[t], letters[i]);
}

int text_room_open(struct text_room *room, const struct texts *texts) {
    memset(room, 0, sizeof *room);
    room->points = calloc((size_t)texts->count + 1, sizeof *room->points);
    room->seen = malloc(((size_t)texts->count + 1) * sizeof *room->seen);
    return room->points && room->seen ? 0 : -1;
}

void text_room_close(struct text_room *room) {
    free(room->pieces);
    free(room->postings);
    free(room->points);
    free(room->seen);
}

/* Take in the text asked. */
int text_ask(struct text_room *room, const uint32_t *letters, int64_t length) {
    int64_t wanted = LONGEST * (length + 1);
    if (wanted > room->piece_room) {
        free(room->pieces);
        free(room->postings);
        room->pieces = malloc((size_t)wanted * sizeof *room->pieces);
        room->postings = malloc((size_t)wanted * sizeof *room->postings);
        room->piece_room = room->pieces && room->postings ? wanted : 0;
        if (!room->piece_room) return -1;
    }
    room->piece_count = cut(letters, length, room->pieces);
    room->square = squared(room->pieces, room->piece_count);
    return 0;
}

double text_likeness(const struct text_room *room, const struct texts *texts, int64_t text) {
    int64_t shared = 0, i = 0, j = texts->start[text], end = texts->start[text + 1];
    while (i < room->piece_count && j < end) {
        int64_t mine = room->pieces[i].letters, theirs = texts->letters[j];
        if (mine == theirs) shared += (int64_t)room->pieces[i].points * texts->points[j];
        i += mine <= theirs;
        j += theirs <= mine;
    }
    if (!shared) return 0.0;
    double cosine = (double)shared / sqrt(room->square * texts->square[text]);
    return cosine < 1.0 ? cosine : 1.0;
}

static int by_length(const void *one, const void *other) {
    const struct posting *a = one, *b = other;
    if (a->length != b->length) return a->length < b->length ? -1 : 1;
    return (a->first > b->first) - (a->first < b->first);
}

static int64_t find_key(const struct texts *texts, uint64_t key) {
    int64_t low = 0, high = texts->postings;
    while (low < high) {
        int64_t middle = low + (high - low) / 2;
        if (texts->posting_key[middle] < key) low = middle + 1;
        else high = middle;
    }
    return low < texts->postings && texts->posting_key[low] == key ? low : -1;
}

static int better(const struct text_room *room, int32_t one, int32_t other) {
    float a = room->points[one], b = room->points[other];
    return a > b || (a == b && one < other);
}

/* Bring the `most` best texts seen to the front (quickselect; the pivot is the middle one). */
static void select_best(struct text_room *room, int64_t most) {
    int64_t low = 0, high = room->seen_count - 1;
    while (low < high) {
        int32_t pivot = room->seen[low + (high - low) / 2];
        int64_t i = low, j = high;
        while (i <= j) {
            while (better(room, room->seen[i], pivot)) i++;
            while (better(room, pivot, room->seen[j])) j--;
            if (i <= j) {
                int32_t swapped = room->seen[i];
                room->seen[i++] = room->seen[j];
                room->seen[j--] = swapped;
            }
        }
        if (most - 1 <= j) high = j;
        else if (most - 1 >= i) low = i;
        else return;
    }
}

/* Leave in `seen` the texts of the group that may be `alike`: with most < 0 every one of them,
   otherwise at most so many, those most alike by the pieces read.

   Pieces are read from the rarest on. What shares only the others cannot reach the likeness
   asked: by Cauchy and Schwarz its cosine is at most the length of their share of the text. */
void text_search(struct text_room *room, const struct texts *texts, int64_t group, double alike,
                 int64_t most) {
    int64_t count = 0, read = 0;
    double rest = room->square;
    room->seen_count = 0;
    for (int64_t i = 0; i < room->piece_count; i++) {
        int64_t p = find_key(texts, text_key(group, room->pieces[i].letters));
        double points = room->pieces[i].points;
        if (p < 0) rest -= points * points;
        else {
            int64_t first = texts->posting_start[p];
            int64_t length = texts->posting_start[p + 1] - first;
            room->postings[count++] = (struct posting){first, length, points};
        }
    }
    qsort(room->postings, (size_t)count, sizeof *room->postings, by_length);
    double enough = alike * alike * room->square * (1 - 1e-9);
    for (int64_t i = 0; i < count && rest >= enough; i++) {
        const struct posting *posting = &room->postings[i];
        int64_t length = posting->length, at = posting->first, end = at + length;
        if (most >= 0 && read >= ENTRIES_READ) break;
        if (most >= 0 && length > ENTRIES_READ) { /* a stretch of it, elsewhere for each text */
            at += (int64_t)(mixed((uint64_t)room->pieces[0].letters) % (uint64_t)length);
            length = ENTRIES_READ;
        }
        float points = (float)(posting->points * posting->points);
        for (int64_t e = 0; e < length; e++) {
            int32_t text = texts->posting[at];
            if (++at == end) at = posting->first;
            if (room->points[text] == 0.0f) room->seen[room->seen_count++] = text;
            room->points[text] += points;
        }
        read += length;
        rest -= posting->points * posting->points;
    }
    int64_t seen = room->seen_count;
    if (most >= 0 && seen > most) {
        for (int64_t i = 0; i < seen; i++)
            room->points[room->seen[i]] /= (float)sqrt(texts->square[room->seen[i]]);
        select_best(room, most);
        room->seen_count = most;
    }
    for (int64_t i = 0; i < seen; i++) room->points[room->seen[i]] = 0.0f;
}

/* Put a text at its place among the best so far, if it is one of them; return their number. */
static int64_t insert(int32_t text, double value, int32_t *row, double *values, int64_t count,
                      int64_t most) {
    int64_t at = count;
    while (at > 0 && (values[at - 1] < value || (values[at - 1] == value && row[at - 1] > text)))
        at--;
    if (at == most) return count;
    if (count < most) count++;
    for (int64_t i = count - 1; i > at; i--) {
        row[i] = row[i - 1];
        values[i] = values[i - 1];
    }
    row[at] = text;
    values[at] = value;
    return count;
}

/* For each text asked write its `most` likest texts (-1 after the last), best first, ties by
   number. Returns -1 if the memory is short. */
int32_t text_nearest(const struct texts *texts, const uint32_t *letters, const int64_t *start,
                     const int64_t *group, int64_t first, int64_t last, int64_t most, double alike,
                     int exact, int32_t *found, double *likeness) {
    struct text_room room;
    int failed = text_room_open(&room, texts);
    for (int64_t q = first; q < last && !failed; q++) {
        int32_t *row = found + q * most;
        double *values = likeness + q * most;
        int64_t count = 0;
        failed = text_ask(&room, letters + start[q], start[q + 1] - start[q]);
        if (failed) break;
        text_search(&room, texts, group[q], alike, exact ? -1 : CHOSEN * most);
        for (int64_t i = 0; i < room.seen_count; i++) {
            int32_t text = room.seen[i];
            double value = text_likeness(&room, texts, text);
            if (value < alike) continue;
            count = insert(text, value, row, values, count, most);
        }
        for (int64_t i = count; i < most; i++) {
            row[i] = -1;
            values[i] = 0.0;
        }
    }
    text_room_close(&room);
    return failed ? -1 : 0;
}
