/* Dives: missions are taken one after the other, with pricing in between; and large neighbourhoods of a schedule. */
#include "solver/dive.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "solver/taken.h"

#define NEARLY 0.9 /* a dive takes what is as good as chosen */

enum { MOST_MISSES = 100, MOST_DIVES = 6 };

/* The fractional column to take next in a dive, if possible none of `avoid` [n]; -1: none. */
static ptrdiff_t most_chosen(const struct master *m, const ptrdiff_t *avoid, size_t n)
{
    ptrdiff_t best = -1;
    double most = WHOLE;
    for (size_t j = 0; j < m->n_columns; j++) {
        double part = m->x[j] - whole_part(m->x[j]);
        bool avoided = false;
        for (size_t i = 0; i < n; i++)
            avoided = avoided || avoid[i] == (ptrdiff_t)j;
        if (part > most + 1e-9 && !avoided)
            most = part, best = (ptrdiff_t)j;
    }
    return best < 0 && n > 0 ? most_chosen(m, NULL, 0) : best;
}

/* Takes the column that is most chosen, and all that are nearly whole. */
static void take_next(struct master *m, struct taken *t, size_t next)
{
    taken_step(t);
    for (size_t j = 0; j < t->n; j++) {
        double whole = whole_part(m->x[j]);
        bool up = j == next || whole + 1 - m->x[j] < 1 - NEARLY;
        if (whole + up > t->least[j])
            taken_take(m, t, j, whole + up);
    }
}

/* Keeps what the best schedule flies outside `window`, so that a dive only decides what is inside. */
static void keep_outside(struct search *s, struct taken *t, const struct interval *window)
{
    struct master *m = &s->master;
    for (size_t j = 0; j < s->n_best; j++) {
        sec_t start = m->column[j].mission.stop[0].departure;
        if (s->best[j] > 0 && (start < window->from || start >= window->until))
            taken_take(m, t, j, s->best[j]);
    }
}

int ban_unplannable(struct search *s)
{
    struct master *m = &s->master;
    int banned = 0;
    for (size_t j = 0; j < m->n_columns && s->loads; j++) {
        if (m->x[j] <= WHOLE || m->column[j].fixed)
            continue;
        enum load_answer answer = column_plan(s, &m->column[j]);
        if (answer == LOAD_NO_MEMORY)
            return -1;
        if (answer == LOAD_PLANNED)
            continue;
        taken_set_bounds(m, j, 0, 0);
        banned++;
    }
    return banned;
}

/* Nothing that comes of this can be better than the best schedule. */
static bool too_dear(const struct search *s)
{
    double kept = s->keep * (double)s->inst->committed.n_missions;
    return s->have_plan && lp_value(s->master.lp) + kept >= (double)s->plan->cost.total / 100.0;
}

/* Takes mission after mission, pricing again after each: a schedule, not always a good one. window: only what begins
 * inside is decided anew; NULL: everything. The first is none of `avoid` [n] and is noted in avoid[n]; NULL: any. */
static bool dive_from(struct search *s, const struct interval *window, ptrdiff_t *avoid, size_t n)
{
    struct master *m = &s->master;
    struct taken taken;
    ptrdiff_t last = -1;
    bool begun = false, valid, ok = taken_begin(m, &taken) || error_set(s->err, ERR_MEMORY, "out of memory");
    s->phase = "dive";
    lp_set_hasty(m->lp, true);
    if (ok && window)
        keep_outside(s, &taken, window);
    for (int step = 0, misses = 0; ok && step < DEEPEST && misses <= MOST_MISSES && !out_of_time(s); step++) {
        enum lp_status status = refresh(s);
        ok = taken_grow(m, &taken) || error_set(s->err, ERR_MEMORY, "out of memory");
        if (ok && status == LP_INFEASIBLE && last >= 0) {
            taken_back(m, &taken);
            taken_ban(m, &taken, (size_t)last);
            last = -1;
            misses++;
            continue;
        }
        if (!ok || status != LP_OPTIMAL || too_dear(s))
            break;
        report(s);
        int banned = ban_unplannable(s);
        if (banned != 0) {
            ok = banned > 0;
            continue;
        }
        last = most_chosen(m, avoid, begun ? 0 : n);
        if (!begun && avoid)
            avoid[n] = last;
        begun = true;
        if (last < 0) {
            ok = !keeps_all(m) || consider_solution(s, &valid);
            break;
        }
        take_next(m, &taken, (size_t)last);
    }
    taken_end(m, &taken);
    s->phase = "tree";
    return ok;
}

bool dive_again(struct search *s)
{
    ptrdiff_t avoid[MOST_DIVES + 1];
    for (size_t n = 0; n < MOST_DIVES && !out_of_time(s) && !good_enough(s); n++) {
        if (!dive_from(s, NULL, avoid, n))
            return false;
        if (avoid[n] < 0)
            break;
    }
    return true;
}

/* Searches large neighbourhoods of the best schedule (Shaw 1998): what is flown in a span of days is decided anew.
 * Spans of several lengths pass over the horizon until none gains anything or the time is up. */
bool polish(struct search *s)
{
    static const sec_t spans[] = {2 * 86400, 4 * 86400, 3 * 86400};
    bool gained = true;
    while (gained && s->best && !out_of_time(s)) {
        gained = false;
        for (size_t i = 0; i < sizeof spans / sizeof spans[0]; i++)
            for (sec_t from = -spans[i] / 2; from < s->inst->end && !out_of_time(s); from += spans[i] / 2) {
                cent_t before = s->plan->cost.total;
                struct interval window = {from, from + spans[i]};
                if (!dive_from(s, &window, NULL, 0))
                    return false;
                gained = gained || s->plan->cost.total < before;
            }
    }
    return true;
}
