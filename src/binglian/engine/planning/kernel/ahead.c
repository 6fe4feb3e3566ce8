#include "ahead.h"

static double sooner_date(double date, int64_t other) {
    return other >= 0 && (double)other < date ? (double)other : date;
}

static double date_of(const Network *n, int32_t task) {
    int64_t project = n->project[task];
    double date = sooner_date(sooner_date((double)NEVER, n->deadline[task]), n->due[task]);
    if (project < 0) return date;
    return sooner_date(sooner_date(date, n->project_deadline[project]), n->project_due[project]);
}

void look_ahead(const Builder *b, const double *duration, double *tail, double *latest) {
    for (int32_t r = b->tasks - 1; r >= 0; r--) {
        double longest = 0, date = date_of(b->s->n, b->task[r]);
        for (int32_t q = b->tie_start[1][r]; q < b->tie_start[1][r + 1]; q++) {
            int32_t after = b->tie[1][q];
            if (tail[after] > longest) longest = tail[after];
            if (latest[after] < date) date = latest[after];
        }
        tail[r] = longest + duration[r];
        latest[r] = date - duration[r];
    }
}
