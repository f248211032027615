/* Crews of a timeline: who takes which flight. */
#include <stdlib.h>
#include <string.h>

#include "solver/column.h"
#include "solver/timeline.h"

#define FIXED_DEFECT 1000 /* a commitment without its crew weighs more than anything that a search may drop */

/* Block seconds that count at `at` on top of each other: the crew's recent flights, its turns up to `last`, and f. */
static sec_t counting(const struct instance *inst, const struct turn *turn, int32_t last, int32_t crew,
                      const struct flight *f, sec_t window, sec_t at)
{
    sec_t sum = recent_block(&inst->crew[crew], window, at);
    for (int32_t i = last;; i = turn[i].before) {
        const struct mission *m = &f->mission;
        if (m->stop[m->n_stops - 1].arrival + window <= at)
            break;
        for (size_t s = 1; s < m->n_stops; s++)
            if (m->stop[s].arrival <= at && at < m->stop[s].arrival + window)
                sum += m->stop[s].arrival - m->stop[s - 1].departure;
        if (i < 0)
            break;
        f = turn[i].flight;
    }
    return sum;
}

static bool hours_hold(const struct instance *inst, const struct turn *turn, int32_t crew, const struct flight *f,
                       const struct watch *w)
{
    const struct crew *c = &inst->crew[crew];
    const struct mission *m = &f->mission;
    for (size_t r = 0; r < inst->rules.n_rolling; r++) {
        const struct rolling_limit *limit = &inst->rules.rolling[r];
        if (w->flown + f->block <= limit->most)
            continue;
        for (size_t s = 1; s < m->n_stops; s++) {
            if (m->stop[s].arrival > m->stop[s - 1].departure &&
                counting(inst, turn, w->last, crew, f, limit->window, m->stop[s].arrival) > limit->most)
                return false;
            for (size_t i = 0; i < c->n_recent; i++) /* a recent flight may end later */
                if (c->recent[i].block_in > m->stop[s].arrival &&
                    c->recent[i].block_in < m->stop[s].arrival + limit->window &&
                    counting(inst, turn, w->last, crew, f, limit->window, c->recent[i].block_in) > limit->most)
                    return false;
        }
    }
    return true;
}

static bool can_take(const struct ground *g, const struct watch *row, const struct turn *turn, size_t k, int32_t c)
{
    const struct instance *inst = g->inst;
    const struct flight *f = turn[k].flight;
    const struct watch *w = &row[c];
    return g->qualified[(size_t)f->type * inst->n_crews + (size_t)c] && w->at == f->from && w->ready <= f->show &&
           f->fdp <= inst->type[f->type].fdp[inst->crew[c].kind] &&
           f->crew_ready - inst->rules.rest <= inst->crew[c].until && hours_hold(inst, turn, c, f, w);
}

/* The next turn after k of every crew, as the turns stand; n where there is none. */
static void next_turns(const struct instance *inst, const struct turn *turn, size_t n, size_t k, int32_t *next)
{
    size_t open = inst->n_crews;
    for (size_t c = 0; c < inst->n_crews; c++)
        next[c] = (int32_t)n;
    for (size_t i = k + 1; i < n && open > 0; i++)
        if (turn[i].crew >= 0 && next[turn[i].crew] == (int32_t)n) {
            next[turn[i].crew] = (int32_t)i;
            open--;
        }
}

/* Who takes turn k: whoever loses no later turn by it, then who may stay where it ends, who can do least else, who has
 * flown least. A crew that a commitment awaits has to be there in time. */
static int32_t choose_crew(const struct ground *g, const struct watch *row, const struct turn *turn, size_t n, size_t k,
                           int32_t *next)
{
    const struct instance *inst = g->inst;
    const struct flight *f = turn[k].flight;
    int32_t best = -1;
    int64_t best_rank = INT64_MAX;
    next_turns(inst, turn, n, k, next);
    for (int32_t c = 0; c < (int32_t)inst->n_crews; c++) {
        if (row[c].at != f->from || row[c].ready > f->show)
            continue;
        const struct crew *crew = &inst->crew[c];
        const struct flight *later = next[c] < (int32_t)n ? turn[next[c]].flight : NULL;
        bool disturbs = later && (later->show < f->crew_ready || later->from != f->to);
        if ((disturbs && later->fixed) || !can_take(g, row, turn, k, c))
            continue;
        bool stays = later || may_end_at(crew->end_anywhere, crew->end_at, crew->n_end_at, f->to);
        int64_t rank = (int64_t)disturbs << 52 | (int64_t)!stays << 51 | (int64_t)(g->breadth[c] & 0xff) << 42;
        rank += row[c].flown < (sec_t)1 << 41 ? row[c].flown : (sec_t)1 << 41;
        if (rank < best_rank) {
            best_rank = rank;
            best = c;
        }
    }
    return best;
}

/* The crew's turn k is flown. */
static void stand_after(struct watch *row, const struct turn *turn, size_t k)
{
    const struct flight *f = turn[k].flight;
    if (turn[k].crew >= 0 && !turn[k].lost)
        row[turn[k].crew] = (struct watch){f->to, (int32_t)k, f->crew_ready, row[turn[k].crew].flown + f->block};
}

/* How all crews stand before turn k, in t->row. */
static void stand_before(const struct timeline *t, size_t k)
{
    size_t crews = t->ground->inst->n_crews, row = k / WATCH_EVERY;
    bool end = k == t->n_turns && t->clean > t->n_turns;
    memcpy(t->row, end ? t->end : &t->watch[row * crews], crews * sizeof *t->row);
    for (size_t i = row * WATCH_EVERY; i < k && !end; i++)
        stand_after(t->row, t->turn, i);
}

static int64_t defect(const struct turn *turn)
{
    return turn->lost ? FIXED_DEFECT : turn->crew < 0;
}

/* Turn k is given to whoever had it or, where that cannot be, to somebody else; false: nobody. Who stands otherwise by
 * it is in doubt. */
static bool give_turn(const struct ground *g, struct turn *turn, size_t n, size_t k, const struct watch *row,
                      int32_t *next, bool *doubt)
{
    const struct flight *f = turn[k].flight;
    int32_t was = turn[k].crew;
    bool holds = was >= 0 && can_take(g, row, turn, k, was), was_lost = turn[k].lost;
    turn[k].lost = f->fixed && !holds;
    if (!holds && !f->fixed)
        turn[k].crew = choose_crew(g, row, turn, n, k, next);
    if (was >= 0 && (turn[k].crew != was || turn[k].lost != was_lost))
        doubt[was] = true;
    if (turn[k].crew >= 0 && turn[k].crew != was)
        doubt[turn[k].crew] = true;
    return turn[k].crew >= 0 && !turn[k].lost;
}

/* Turn k is flown as it was given. */
static void pass(struct watch *row, struct turn *turn, size_t k)
{
    turn[k].before = turn[k].crew < 0 ? -1 : row[turn[k].crew].last;
    stand_after(row, turn, k);
}

/* Gives turns from k on to crews that stand as in `row`, which is changed; store: rows as in timeline.watch, or NULL:
 * then `row` holds in the end for crews in doubt alone. Turns of crews that are not in doubt are theirs as they were;
 * doubt is changed. Returns the turns' defects; INT64_MAX where one of `must` finds nobody. */
static int64_t give_turns(const struct ground *g, struct turn *turn, size_t n, size_t k, struct watch *row,
                          struct watch *store, int32_t *next, bool *doubt, const struct flight *const *must, int n_must)
{
    size_t crews = g->inst->n_crews, passed = k;
    int64_t defects = 0;
    for (; k < n; k++) {
        bool open = turn[k].crew < 0 || turn[k].lost || doubt[turn[k].crew];
        if (store && k % WATCH_EVERY == 0)
            memcpy(&store[k / WATCH_EVERY * crews], row, crews * sizeof *row);
        if (!open && !store)
            continue;
        for (; passed < k; passed++)
            pass(row, turn, passed);
        if (open && !give_turn(g, turn, n, k, row, next, doubt)) {
            for (int i = 0; i < n_must; i++)
                if (must[i] == turn[k].flight)
                    return INT64_MAX;
            defects += defect(&turn[k]);
        }
        pass(row, turn, passed++);
    }
    return defects;
}

static int64_t defects_before(const struct turn *turn, size_t k)
{
    int64_t defects = 0;
    for (size_t i = 0; i < k; i++)
        defects += defect(&turn[i]);
    return defects;
}

static bool strays(const struct instance *inst, size_t crew, const struct watch *w)
{
    const struct crew *c = &inst->crew[crew];
    return w->last >= 0 && !may_end_at(c->end_anywhere, c->end_at, c->n_end_at, w->at);
}

/* Crews that end where they may not, where those in doubt stand as in t->row and the others as at the end. */
static int64_t astray(const struct timeline *t, const bool *doubt)
{
    const struct instance *inst = t->ground->inst;
    int64_t more = 0;
    for (size_t c = 0; c < inst->n_crews; c++)
        if (doubt[c])
            more += strays(inst, c, &t->row[c]) - strays(inst, c, &t->end[c]);
    return t->astray + more;
}

void timeline_cover(struct timeline *t)
{
    size_t crews = t->ground->inst->n_crews;
    if (t->clean > t->n_turns)
        return;
    stand_before(t, t->clean);
    t->defects = defects_before(t->turn, t->clean);
    t->defects +=
        give_turns(t->ground, t->turn, t->n_turns, t->clean, t->row, t->watch, t->next_turn, t->doubt, NULL, 0);
    memcpy(t->end, t->row, crews * sizeof *t->row);
    if (t->n_turns % WATCH_EVERY == 0)
        memcpy(&t->watch[t->n_turns / WATCH_EVERY * crews], t->row, crews * sizeof *t->row);
    memset(t->doubt, 0, crews * sizeof *t->doubt);
    t->astray = 0;
    for (size_t c = 0; c < crews; c++)
        t->astray += strays(t->ground->inst, c, &t->end[c]);
    t->defects += t->astray;
    t->clean = t->n_turns + 1;
}

/* First turn that shows after `show`. */
static size_t turn_after(const struct timeline *t, sec_t show)
{
    size_t low = 0, high = t->n_turns;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (t->turn[middle].flight->show > show)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

size_t timeline_turn(const struct timeline *t, const struct flight *f)
{
    size_t i = turn_after(t, f->show - 1);
    while (t->turn[i].flight != f)
        i++;
    return i;
}

/* Turns [from, until) as they stand, behind the n of the trial. */
static size_t copy_turns(const struct timeline *t, size_t n, size_t from, size_t until)
{
    if (until > from)
        memcpy(&t->trial[n], &t->turn[from], (until - from) * sizeof *t->trial);
    return n + (until - from);
}

int64_t timeline_covers(struct timeline *t, const struct flight *old, const struct flight *const *extra, int n_extra)
{
    size_t n = 0, next = 0, first = t->n_turns, out = old ? timeline_turn(t, old) : t->n_turns;
    int32_t had = old ? t->turn[out].crew : -1, hint = n_extra == 1 ? had : -1; /* whoever had it before tries first */
    memset(t->trial_doubt, 0, t->ground->inst->n_crews * sizeof *t->trial_doubt);
    if (had >= 0)
        t->trial_doubt[had] = true;
    for (int i = 0; i <= n_extra; i++) {
        size_t until = i < n_extra ? turn_after(t, extra[i]->show) : t->n_turns;
        if (old && next <= out && out < until) {
            n = copy_turns(t, n, next, out);
            next = out + 1;
            first = n < first ? n : first;
        }
        n = copy_turns(t, n, next, until);
        next = until;
        first = i < n_extra && n < first ? n : first;
        if (i < n_extra)
            t->trial[n++] = (struct turn){extra[i], hint, -1, false};
    }
    if (!old && n_extra == 0)
        return t->defects;
    int64_t defects = t->defects > 0 ? defects_before(t->turn, first) : 0;
    stand_before(t, first);
    t->n_trial = n;
    int64_t more =
        give_turns(t->ground, t->trial, n, first, t->row, NULL, t->next_turn, t->trial_doubt, extra, n_extra);
    t->trial_astray = astray(t, t->trial_doubt);
    return more == INT64_MAX ? more : defects + more + t->trial_astray;
}

int32_t timeline_trial_crew(const struct timeline *t, const struct flight *extra, sec_t *since)
{
    size_t k = t->n_trial;
    while (t->trial[--k].flight != extra)
        ;
    int32_t before = t->trial[k].before;
    *since = before < 0 ? crew_from(t->ground->inst, t->trial[k].crew) : t->trial[before].flight->crew_ready;
    return t->trial[k].crew;
}

sec_t timeline_hours_free(const struct timeline *t, int32_t type, sec_t show, sec_t lead)
{
    const struct instance *inst = t->ground->inst;
    sec_t best = SEC_LATEST;
    for (size_t c = 0; c < inst->n_crews; c++)
        for (size_t i = 0; i < inst->crew[c].n_recent; i++)
            for (size_t r = 0; r < inst->rules.n_rolling; r++) {
                sec_t at = inst->crew[c].recent[i].block_in + inst->rules.rolling[r].window - lead;
                if (at > show && at < best && t->ground->qualified[(size_t)type * inst->n_crews + c])
                    best = at;
            }
    return best;
}

/* Whether the crew, ready again at that instant, shows at once for a turn from k on. */
static bool goes_at_once(const struct timeline *t, size_t k, int32_t crew, sec_t ready)
{
    for (; k < t->n_turns && t->turn[k].flight->show <= ready; k++)
        if (t->turn[k].crew == crew && t->turn[k].flight->show == ready)
            return true;
    return false;
}

sec_t timeline_crew_free(const struct timeline *t, int32_t type, int32_t airfield, sec_t show, bool later)
{
    size_t crews = t->ground->inst->n_crews, next = turn_after(t, show);
    const bool *qualified = &t->ground->qualified[(size_t)type * crews];
    const struct watch *row = t->row;
    sec_t best = SEC_LATEST;
    stand_before(t, next);
    for (size_t c = 0; c < crews; c++) {
        if (row[c].at != airfield || !qualified[c] || row[c].ready >= best)
            continue;
        if (row[c].ready > show && !goes_at_once(t, next, (int32_t)c, row[c].ready))
            best = row[c].ready;
        else if (row[c].ready <= show && !later)
            return show;
    }
    for (size_t k = next; k < t->n_turns && t->turn[k].flight->show < best; k++) {
        const struct flight *f = t->turn[k].flight;
        int32_t c = t->turn[k].crew;
        if (f->to == airfield && c >= 0 && qualified[c] && f->crew_ready < best &&
            !goes_at_once(t, k + 1, c, f->crew_ready))
            best = f->crew_ready;
    }
    return best;
}
