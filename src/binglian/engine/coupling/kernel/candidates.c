/* Finds the offers that may serve each component, nearest first, without asking all of them. */

#include "candidates.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    STEPS = 20,         /* fits are twentieths */
    USEFUL = STEPS + 1, /* added to the score if the smallest lot is not too large */
    SPREAD = 3,         /* so many times the candidates wanted are gathered before choosing */
    MOST_TESTED = 8192, /* offers looked at for one component, if only the best are wanted */
    MOST_TAGS = 8,      /* for more, pairs of tags are not looked up */
    TEXTS_COMPARED = 12, /* texts looked at, if only the best are wanted: so many each */
    NO_BOX = -1
};

struct pairs_found {
    int64_t count, room;
    int32_t *offer;
    float *fit;
};

struct entry { /* a box of a list, or (level NO_BOX) the offers of a list without a place */
    double km;
    int64_t number;
    int32_t list, level;
};

struct match {
    uint64_t turn; /* decides between equals */
    int32_t offer, score;
};

struct search {
    const struct rows *rows;
    const struct component_row *component;
    const struct need_row *need;
    double point[3];
    int is_placed;
    double farthest_half; /* beyond it an offer is certainly too far */
    int32_t *asked_by; /* by offer: last component that looked at it */
    struct text_room text;
    int has_text;
    struct entry *heap;
    int64_t heap_count, heap_room;
    struct match *matches;
    int64_t match_count, match_room;
    int64_t scores[2 * USEFUL];
    int64_t wanted, tested;
    int64_t number; /* of the component */
    int failed;
};

int pairs_find(const struct rows *rows, int64_t first, int64_t last, int64_t most,
               struct pairs_found *found, int32_t *counts);
void pairs_free(struct pairs_found *found);

static int grow(void **array, int64_t *room, int64_t needed, size_t size) {
    if (needed <= *room) return 0;
    int64_t larger = 2 * needed + 64;
    void *grown = realloc(*array, (size_t)larger * size);
    if (!grown) return -1;
    *array = grown;
    *room = larger;
    return 0;
}

static void push(struct search *s, struct entry entry) {
    if (entry.km > s->need->within_km && entry.level != NO_BOX) return;
    if (grow((void **)&s->heap, &s->heap_room, s->heap_count + 1, sizeof *s->heap)) {
        s->failed = 1;
        return;
    }
    int64_t at = s->heap_count++;
    while (at > 0 && entry.km < s->heap[(at - 1) / 2].km) {
        s->heap[at] = s->heap[(at - 1) / 2];
        at = (at - 1) / 2;
    }
    s->heap[at] = entry;
}

static struct entry pop(struct search *s) {
    struct entry nearest = s->heap[0], last = s->heap[--s->heap_count];
    int64_t at = 0;
    for (;;) {
        int64_t child = 2 * at + 1;
        if (child >= s->heap_count) break;
        if (child + 1 < s->heap_count && s->heap[child + 1].km < s->heap[child].km) child++;
        if (last.km <= s->heap[child].km) break;
        s->heap[at] = s->heap[child];
        at = child;
    }
    s->heap[at] = last;
    return nearest;
}

/* As fitting.fit_of, in the same order of steps. */
static int32_t steps(double met, double km, double preferred) {
    double near = 1 / (1 + km);
    return (int32_t)nearbyint(STEPS * (0.5 * met + 0.25 * near + 0.25 * preferred));
}

static int is_enough(const struct search *s, double met, double km, double preferred) {
    int64_t count = 0;
    if (s->wanted < 0) return 0;
    if (s->tested >= MOST_TESTED) return 1;
    for (int32_t score = USEFUL + steps(met, km, preferred); score < 2 * USEFUL; score++)
        count += s->scores[score];
    return count >= s->wanted;
}

/* The share of what is asked that the offer meets, as fitting.share_met; -1 breaks the rule. */
static double share_met(const struct search *s, const struct offer_row *offer) {
    const struct component_row *component = s->component;
    const struct set_pool *pool = &s->rows->tags;
    int common = component->tags && offer->tags ? sets_common(pool, component->tags, offer->tags)
                                                : 0;
    if (common)
        return (double)common / (double)(pool->start[component->tags + 1] -
                                         pool->start[component->tags]);
    if (component->text < 0) return component->tags ? -1.0 : 1.0;
    double alike = offer->text < 0 ? 0.0 : text_likeness(&s->text, s->rows->texts, offer->text);
    return component->tags && alike < s->rows->alike ? -1.0 : alike;
}

static double preference(const struct search *s, const struct offer_row *offer) {
    const struct set_pool *pool = &s->rows->organisations;
    double sides = 0, met = 0;
    if (s->need->prefers) {
        sides++;
        met += set_holds(pool, s->need->prefers, offer->organisation);
    }
    if (offer->prefers) {
        sides++;
        met += set_holds(pool, offer->prefers, s->need->organisation);
    }
    return sides > 0 ? met / sides : 1.0;
}

static int is_allowed(const struct search *s, const struct offer_row *offer) {
    const struct need_row *need = s->need;
    const struct set_pool *pool = &s->rows->organisations;
    if (offer->kind != s->component->kind || offer->organisation == need->organisation) return 0;
    if (offer->unit >= 0 && s->component->unit >= 0 && offer->unit != s->component->unit) return 0;
    if (offer->excludes && set_holds(pool, offer->excludes, need->organisation)) return 0;
    if (offer->only_for && !set_holds(pool, offer->only_for, need->organisation)) return 0;
    if (need->rules_out && set_holds(pool, need->rules_out, offer->organisation)) return 0;
    if (sets_share(&s->rows->conditions, offer->conditions, need->refuses)) return 0;
    return times_meet(s->rows, offer->time, need->time);
}

/* Look at one offer, once for each component; note it if it may serve. */
static void consider(struct search *s, int32_t number) {
    if (s->asked_by[number] == (int32_t)s->number) return;
    s->asked_by[number] = (int32_t)s->number;
    s->tested++;
    const struct offer_row *offer = &s->rows->offer[number];
    if (!is_allowed(s, offer)) return;
    double met = share_met(s, offer);
    if (met < 0) return;
    double km = UNKNOWN_KM;
    if (s->is_placed && !isnan(offer->latitude)) {
        double half = half_of(offer, s->need);
        if (half > s->farthest_half) return;
        km = km_of(half);
        if (km > s->need->within_km) return;
    }
    int32_t score = steps(met, km, preference(s, offer));
    if (offer->quantity > 0 && offer->lot <= s->component->quantity) score += USEFUL;
    if (grow((void **)&s->matches, &s->match_room, s->match_count + 1, sizeof *s->matches)) {
        s->failed = 1;
        return;
    }
    uint64_t turn = mixed((uint64_t)s->number << 32 ^ (uint64_t)offer->row);
    s->matches[s->match_count++] = (struct match){turn, offer->row, score};
    s->scores[score]++;
}

/* Look at the offers first..last of a list, beginning in the middle, elsewhere for each. */
static void consider_all(struct search *s, int32_t list, int64_t first, double met, double km,
                         double preferred) {
    const int32_t *offers = s->rows->list_offer + s->rows->list_start[list];
    int64_t last = s->rows->list_start[list + 1] - s->rows->list_start[list];
    if (first >= last) return;
    int64_t begin = first + (int64_t)(mixed((uint64_t)s->number) % (uint64_t)(last - first));
    for (int64_t i = begin; i < last && !is_enough(s, met, km, preferred); i++)
        consider(s, offers[i]);
    for (int64_t i = first; i < begin && !is_enough(s, met, km, preferred); i++)
        consider(s, offers[i]);
}

/* Put the offers of a list in the queue: by boxes if distance matters, else as a whole. */
static void enter(struct search *s, uint64_t key) {
    const struct rows *rows = s->rows;
    int64_t list = find_list(rows, key);
    if (list < 0) return;
    int64_t placed = s->is_placed ? rows->list_placed[list] : 0;
    if (rows->list_start[list] + placed < rows->list_start[list + 1])
        push(s, (struct entry){UNKNOWN_KM, placed, (int32_t)list, NO_BOX});
    if (!placed) return;
    int32_t level = 0;
    for (int64_t size = (placed + LEAF - 1) / LEAF; size > 1; level++)
        size = (size + BRANCHES - 1) / BRANCHES;
    double km = least_km(&rows->box[rows->box_start[list + 1] - 1], s->point);
    push(s, (struct entry){km, 0, (int32_t)list, level});
}

/* Open a box: queue the boxes in it, or look at the offers in it. */
static void open_box(struct search *s, const struct entry *entry) {
    const struct rows *rows = s->rows;
    int64_t placed = rows->list_placed[entry->list], first = entry->number;
    if (entry->level == 0) {
        const int32_t *offers = rows->list_offer + rows->list_start[entry->list];
        int64_t last = (first + 1) * LEAF < placed ? (first + 1) * LEAF : placed;
        for (int64_t i = first * LEAF; i < last; i++) consider(s, offers[i]);
        return;
    }
    int64_t below = rows->box_start[entry->list], size = (placed + LEAF - 1) / LEAF;
    for (int32_t level = 1; level < entry->level; level++) {
        below += size;
        size = (size + BRANCHES - 1) / BRANCHES;
    }
    int64_t last = (first + 1) * BRANCHES < size ? (first + 1) * BRANCHES : size;
    for (int64_t b = first * BRANCHES; b < last; b++) {
        double km = least_km(&rows->box[below + b], s->point);
        push(s, (struct entry){km, b, entry->list, entry->level - 1});
    }
}

/* Look at what is queued, nearest first, until nothing left can be among the best. No offer
   queued meets more than `met` of what is asked or is `preferred` more. */
static void look(struct search *s, double met, double preferred) {
    while (s->heap_count && !s->failed) {
        struct entry entry = pop(s);
        if (is_enough(s, met, entry.km, preferred)) break;
        if (entry.level == NO_BOX)
            consider_all(s, entry.list, entry.number, met, entry.km, preferred);
        else
            open_box(s, &entry);
    }
    s->heap_count = 0;
}

static void look_by_text(struct search *s, int64_t most) {
    const struct rows *rows = s->rows;
    const uint32_t *letters = rows->letters + rows->letter_start[s->component->text];
    int64_t length = rows->letter_start[s->component->text + 1] -
                     rows->letter_start[s->component->text];
    if (text_ask(&s->text, letters, length)) {
        s->failed = 1;
        return;
    }
    int64_t texts = most < 0 ? -1 : TEXTS_COMPARED * most;
    text_search(&s->text, rows->texts, s->component->kind, rows->alike, texts);
    for (int64_t i = 0; i < s->text.seen_count; i++) {
        int64_t text = s->text.seen[i];
        int64_t first = rows->texts_offer_start[text], last = rows->texts_offer_start[text + 1];
        int64_t begin = first + (int64_t)(mixed((uint64_t)s->number) % (uint64_t)(last - first));
        for (int64_t j = begin; j < last && !is_enough(s, 1.0, 0.0, 1.0); j++)
            consider(s, rows->texts_offer[j]);
        for (int64_t j = first; j < begin && !is_enough(s, 1.0, 0.0, 1.0); j++)
            consider(s, rows->texts_offer[j]);
    }
}

static void search_one(struct search *s, int64_t number, int64_t most) {
    const struct rows *rows = s->rows;
    const struct component_row *component = &rows->component[number];
    const struct set_pool *organisations = &rows->organisations;
    const int32_t *tag = rows->tags.item + rows->tags.start[component->tags];
    int64_t tags = rows->tags.start[component->tags + 1] - rows->tags.start[component->tags];
    s->number = component->row;
    s->component = component;
    s->need = &rows->need[component->need];
    s->is_placed = !isnan(s->need->latitude);
    if (s->is_placed) place_point(s->need->longitude, s->need->latitude, s->point);
    double angle = s->need->within_km / (2 * EARTH_KM);
    s->farthest_half = angle < 1.5 ? sin(angle) * sin(angle) * (1 + 1e-9) : 2.0;
    s->wanted = most < 0 ? -1 : SPREAD * most;
    s->tested = s->match_count = 0;
    memset(s->scores, 0, sizeof s->scores);
    if (component->kind < 0) return;

    if (component->text >= 0) look_by_text(s, most);
    double preferred = 1.0;
    if (s->need->prefers && most >= 0) {
        int64_t last = organisations->start[s->need->prefers + 1];
        for (int64_t i = organisations->start[s->need->prefers]; i < last; i++)
            enter(s, list_key(OF_ORGANISATION, component->kind, organisations->item[i], 0));
        look(s, 1.0, 1.0);
        preferred = rows->any_offer_prefers ? 0.5 : 0.0;
    }
    double met = tags || component->text < 0 ? 1.0 : rows->alike; /* liker ones were looked at */
    if (!tags) enter(s, list_key(OF_KIND, component->kind, 0, 0));
    else {
        if (tags > 1 && tags <= MOST_TAGS && most >= 0) {
            for (int64_t i = 0; i < tags; i++)
                for (int64_t j = i + 1; j < tags; j++)
                    enter(s, list_key(OF_TWO_TAGS, component->kind, tag[i], tag[j]));
            look(s, met, preferred);
            met = 1.0 / (double)tags;
        }
        for (int64_t i = 0; i < tags; i++) enter(s, list_key(OF_TAG, component->kind, tag[i], 0));
    }
    look(s, met, preferred);
}

static int by_offer(const void *one, const void *other) {
    int32_t a = ((const struct match *)one)->offer, b = ((const struct match *)other)->offer;
    return (a > b) - (a < b);
}

static int by_turn(const void *one, const void *other) {
    uint64_t a = ((const struct match *)one)->turn, b = ((const struct match *)other)->turn;
    return (a > b) - (a < b);
}

/* Keep the best; among the last equals, those whose turn comes first. */
static void keep_best(struct search *s, int64_t most) {
    if (most < 0 || s->match_count <= most) return;
    int64_t above = 0, kept = 0;
    int32_t last = 2 * USEFUL - 1;
    while (last > 0 && above + s->scores[last] < most) above += s->scores[last--];
    for (int64_t i = 0; i < s->match_count; i++)
        if (s->matches[i].score > last) {
            struct match better = s->matches[i];
            s->matches[i] = s->matches[kept];
            s->matches[kept++] = better;
        }
    int64_t equal = kept;
    for (int64_t i = kept; i < s->match_count; i++)
        if (s->matches[i].score == last) s->matches[equal++] = s->matches[i];
    qsort(s->matches + kept, (size_t)(equal - kept), sizeof *s->matches, by_turn);
    s->match_count = most;
}

static int write_matches(struct search *s, struct pairs_found *found) {
    int64_t needed = found->count + s->match_count, rooms[2] = {found->room, found->room};
    if (grow((void **)&found->offer, &rooms[0], needed, sizeof *found->offer) ||
        grow((void **)&found->fit, &rooms[1], needed, sizeof *found->fit))
        return -1;
    found->room = rooms[0];
    if (s->match_count) qsort(s->matches, (size_t)s->match_count, sizeof *s->matches, by_offer);
    for (int64_t i = 0; i < s->match_count; i++) {
        int32_t score = s->matches[i].score;
        found->offer[found->count] = s->matches[i].offer;
        found->fit[found->count++] =
            (float)((double)(score < USEFUL ? score : score - USEFUL) / STEPS);
    }
    return 0;
}

/* Write the pairs of the components first..last, at most `most` each (all if negative), and how
   many each has. Returns -1 if the memory is short. */
int pairs_find(const struct rows *rows, int64_t first, int64_t last, int64_t most,
               struct pairs_found *found, int32_t *counts) {
    struct search s = {.rows = rows};
    s.asked_by = malloc(((size_t)rows->offers + 1) * sizeof *s.asked_by);
    s.failed = !s.asked_by || text_room_open(&s.text, rows->texts);
    for (int64_t o = 0; o < rows->offers && !s.failed; o++) s.asked_by[o] = -1;
    for (int64_t c = first; c < last && !s.failed; c++) {
        search_one(&s, c, most);
        keep_best(&s, most);
        s.failed |= write_matches(&s, found) != 0;
        counts[c - first] = (int32_t)s.match_count;
    }
    text_room_close(&s.text);
    free(s.asked_by);
    free(s.heap);
    free(s.matches);
    return s.failed ? -1 : 0;
}

void pairs_free(struct pairs_found *found) {
    free(found->offer);
    free(found->fit);
}
