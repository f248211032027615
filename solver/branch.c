#include "solver/branch.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define WHOLE 1e-6

struct atom {
    struct branch key; /* since: the instant it happens */
    double value;
    sec_t bucket;
};

struct atoms {
    struct atom *atom;
    size_t n, room;
    bool failed;
};

static bool any_or(int32_t wanted, int32_t is)
{
    return wanted < 0 || wanted == is;
}

static bool unloads_at(const struct mission *m, size_t s)
{
    for (size_t r = 0; r < m->n_rides; r++)
        if ((size_t)m->ride[r].to_stop == s)
            return true;
    return false;
}

double branch_count(const struct branch *b, const struct column *col)
{
    const struct mission *m = &col->mission;
    double count = 0;
    if (!any_or(b->airframe_group, col->airframe_group) || !any_or(b->crew_group, col->crew_group))
        return 0;
    if (b->kind == BRANCH_FLIGHTS) {
        for (size_t s = 0; s + 1 < m->n_stops; s++)
            count += m->stop[s].airfield == b->from && m->stop[s + 1].airfield == b->to &&
                     b->since <= m->stop[s].departure && m->stop[s].departure <= b->until;
        return count;
    }
    if (b->kind == BRANCH_UNLOADS) {
        for (size_t s = 1; s < m->n_stops; s++)
            count += m->stop[s].airfield == b->to && m->stop[s].handling_start >= b->since && unloads_at(m, s);
        return count;
    }
    if (m->stop[0].departure < b->since || m->stop[0].departure > b->until)
        return 0;
    if (b->kind == BRANCH_MISSIONS)
        return any_or(b->from, m->stop[0].airfield);
    if (b->kind == BRANCH_PAIR)
        return mission_moves(m, b->demand) > 0 && mission_moves(m, b->other) > 0;
    int32_t pax = mission_moves(&col->mission, b->demand);
    return b->kind == BRANCH_PAX ? pax : pax >= b->pax;
}

static void put(struct atoms *atoms, struct branch key, sec_t at, double value)
{
    if (atoms->n == atoms->room) {
        size_t room = atoms->room ? 2 * atoms->room : 256;
        struct atom *grown = realloc(atoms->atom, room * sizeof *grown);
        if (!grown) {
            atoms->failed = true;
            return;
        }
        atoms->atom = grown;
        atoms->room = room;
    }
    key.since = key.until = at;
    atoms->atom[atoms->n++] = (struct atom){key, value, 0};
}

static void put_rides(struct atoms *atoms, const struct column *col, double x, enum branch_kind kind,
                      int32_t airframe_group, int32_t crew_group)
{
    const struct mission *m = &col->mission;
    struct branch key = {kind, airframe_group, crew_group, -1, -1, 0, 1, 0, 0, 0};
    for (size_t r = 0; r < m->n_rides; r++) {
        key.demand = m->ride[r].demand;
        if (first_of_demand(m, r))
            put(atoms, key, m->stop[0].departure,
                kind == BRANCH_PAX ? x * mission_moves(&col->mission, key.demand) : x);
    }
}

static void put_pairs(struct atoms *atoms, const struct mission *m, double x)
{
    struct branch key = {BRANCH_PAIR, -1, -1, -1, -1, 0, 0, 0, 0, 0};
    for (size_t r = 0; r < m->n_rides; r++)
        for (size_t k = 0; k < m->n_rides && first_of_demand(m, r); k++) {
            key.demand = m->ride[r].demand;
            key.other = m->ride[k].demand;
            if (key.demand < key.other && first_of_demand(m, k))
                put(atoms, key, 0, x);
        }
}

/* The kinds in the order they are looked at; the first few only over the whole horizon. */
enum stage {
    STAGE_FLEET,
    STAGE_LOTS,
    STAGE_PAIRS,
    STAGE_MISSIONS,
    STAGE_FLIGHTS,
    STAGE_GROUP_LOTS,
    STAGE_PAX,
    STAGE_CREW_FLIGHTS,
    STAGE_CREW_LOTS,
    N_STAGES
};

/* Passengers that column k carries of the demand, where it counts and no column before it carries as many; else 0. */
static int32_t new_size(const struct column *column, const double *x, size_t k, int32_t airframe_group, int32_t demand)
{
    if (x[k] <= 1e-9 || column[k].airframe_group != airframe_group)
        return 0;
    int32_t pax = mission_moves(&column[k].mission, demand);
    for (size_t i = 0; i < k && pax > 0; i++)
        if (x[i] > 1e-9 && column[i].airframe_group == airframe_group &&
            mission_moves(&column[i].mission, demand) == pax)
            return 0;
    return pax;
}

/* One for every number of passengers that some mission of x carries of the demand, as "at least so many". */
static void put_sizes(struct atoms *atoms, const struct column *column, const double *x, size_t n)
{
    for (size_t j = 0; j < n; j++) {
        const struct mission *m = &column[j].mission;
        for (size_t r = 0; x[j] > 1e-9 && r < m->n_rides; r++) {
            struct branch key = {BRANCH_LOTS, column[j].airframe_group, -1, -1, -1, m->ride[r].demand, 0, 0, 0, 0};
            for (size_t k = 0; k < n && first_of_demand(m, r); k++) {
                key.pax = new_size(column, x, k, key.airframe_group, key.demand);
                if (key.pax > 0 && key.pax <= mission_moves(&column[j].mission, key.demand))
                    put(atoms, key, m->stop[0].departure, x[j]);
            }
        }
    }
}

static void put_column(struct atoms *atoms, const struct column *col, double x, enum stage stage)
{
    const struct mission *m = &col->mission;
    struct branch key = {BRANCH_MISSIONS, col->airframe_group, -1, -1, -1, -1, 0, 0, 0, 0};
    switch (stage) {
    case STAGE_FLEET:
        put(atoms, key, m->stop[0].departure, x);
        break;
    case STAGE_LOTS:
        put_rides(atoms, col, x, BRANCH_LOTS, -1, -1);
        break;
    case STAGE_PAIRS:
        put_pairs(atoms, m, x);
        break;
    case STAGE_MISSIONS:
        key.crew_group = col->crew_group;
        key.from = m->stop[0].airfield;
        put(atoms, key, m->stop[0].departure, x);
        break;
    case STAGE_FLIGHTS:
    case STAGE_CREW_FLIGHTS:
        key.crew_group = stage == STAGE_FLIGHTS ? -1 : col->crew_group;
        key.kind = BRANCH_FLIGHTS;
        for (size_t s = 0; s + 1 < m->n_stops; s++) {
            key.from = m->stop[s].airfield;
            key.to = m->stop[s + 1].airfield;
            put(atoms, key, m->stop[s].departure, x);
        }
        break;
    case STAGE_GROUP_LOTS:
        put_rides(atoms, col, x, BRANCH_LOTS, col->airframe_group, -1);
        break;
    case STAGE_PAX:
        put_rides(atoms, col, x, BRANCH_PAX, col->airframe_group, -1);
        break;
    case STAGE_CREW_LOTS:
        put_rides(atoms, col, x, BRANCH_LOTS, col->airframe_group, col->crew_group);
        break;
    case N_STAGES:
        break;
    }
}

static int by_key(const struct branch *a, const struct branch *b)
{
    if (a->airframe_group != b->airframe_group)
        return a->airframe_group < b->airframe_group ? -1 : 1;
    if (a->crew_group != b->crew_group)
        return a->crew_group < b->crew_group ? -1 : 1;
    if (a->from != b->from)
        return a->from < b->from ? -1 : 1;
    if (a->to != b->to)
        return a->to < b->to ? -1 : 1;
    if (a->pax != b->pax)
        return a->pax < b->pax ? -1 : 1;
    if (a->other != b->other)
        return a->other < b->other ? -1 : 1;
    return (a->demand > b->demand) - (a->demand < b->demand);
}

static int by_key_and_bucket(const void *a, const void *b)
{
    const struct atom *x = a, *y = b;
    int order = by_key(&x->key, &y->key);
    if (order != 0)
        return order;
    return (x->bucket > y->bucket) - (x->bucket < y->bucket);
}

/* Puts the atoms into buckets of `width`, those of one key and bucket side by side. */
static void sort_into_buckets(struct atoms *atoms, sec_t width)
{
    for (size_t i = 0; i < atoms->n; i++)
        atoms->atom[i].bucket = atoms->atom[i].key.since / width;
    if (atoms->n)
        qsort(atoms->atom, atoms->n, sizeof *atoms->atom, by_key_and_bucket);
}

/* The sum of the bucket that begins at atom *i, and what it counts; *i moves on to the next bucket. */
static double take_bucket(const struct atoms *atoms, sec_t width, size_t *i, struct branch *branch)
{
    const struct atom *first = &atoms->atom[*i];
    double sum = 0;
    for (; *i < atoms->n && by_key_and_bucket(first, &atoms->atom[*i]) == 0; ++*i)
        sum += atoms->atom[*i].value;
    *branch = first->key;
    branch->since = first->bucket * width;
    branch->until = branch->since + width - 1;
    return sum;
}

/* The most fractional sum over buckets of `width`; its distance from a whole number, 0 where all are whole. */
static double most_fractional(struct atoms *atoms, sec_t width, struct branch *branch, double *value)
{
    double best = WHOLE;
    sort_into_buckets(atoms, width);
    for (size_t i = 0; i < atoms->n;) {
        struct branch counted;
        double sum = take_bucket(atoms, width, &i, &counted), off = fabs(sum - round(sum));
        if (off <= best + 1e-9)
            continue;
        best = off;
        *value = sum;
        *branch = counted;
    }
    return best > WHOLE ? best : 0;
}

static bool gather(struct atoms *atoms, const struct column *column, const double *x, size_t n, enum stage stage)
{
    atoms->n = 0;
    for (size_t j = 0; j < n; j++)
        if (x[j] > 1e-9)
            put_column(atoms, &column[j], x[j], stage);
    return !atoms->failed;
}

/* Which passengers of the same flights get off earlier, and whether they wait aboard for a cap to end. */
static bool choose_unloads(const struct column *column, const double *x, size_t n, struct branch *branch, double *value)
{
    for (size_t j = 0; j < n; j++) {
        const struct mission *m = &column[j].mission;
        for (size_t s = 1; x[j] > 1e-9 && s < m->n_stops; s++) {
            sec_t t = m->stop[s].handling_start;
            if (!unloads_at(m, s))
                continue;
            *branch = (struct branch){
                BRANCH_UNLOADS, column[j].airframe_group, -1, -1, m->stop[s].airfield, -1, 0, t, SEC_LATEST, 0};
            *value = 0;
            for (size_t k = 0; k < n; k++)
                *value += x[k] > 1e-9 ? x[k] * branch_count(branch, &column[k]) : 0;
            if (fabs(*value - round(*value)) > WHOLE)
                return true;
        }
    }
    return false;
}

/* The pairs farthest from a whole number; returns how many, `most` at most. */
static int choose_pairs(struct atoms *atoms, sec_t whole, struct candidate *candidate, int most)
{
    int found = 0;
    sort_into_buckets(atoms, whole);
    for (size_t i = 0; i < atoms->n;) {
        struct candidate c;
        c.value = take_bucket(atoms, whole, &i, &c.branch);
        double off = fabs(c.value - round(c.value));
        if (off <= WHOLE)
            continue;
        int at = found < most ? found++ : most;
        for (; at > 0 && fabs(candidate[at - 1].value - round(candidate[at - 1].value)) < off - 1e-9; at--)
            if (at < most)
                candidate[at] = candidate[at - 1];
        if (at < most)
            candidate[at] = c;
    }
    return found;
}

int branch_choose(const struct instance *inst, const struct column *column, const double *x, size_t n, bool pairs,
                  struct candidate *candidate, int most)
{
    static const enum stage order[] = {STAGE_FLEET, STAGE_LOTS, STAGE_MISSIONS, STAGE_FLIGHTS, STAGE_GROUP_LOTS};
    struct atoms atoms = {0};
    struct candidate *c = candidate;
    sec_t whole = inst->rules.step;
    int found = 0;
    while (whole <= inst->end)
        whole *= 2;
    if (pairs) {
        static const enum stage wide[] = {STAGE_FLEET, STAGE_LOTS};
        for (size_t i = 0; i < sizeof wide / sizeof wide[0] && found < most; i++)
            found += gather(&atoms, column, x, n, wide[i]) &&
                     most_fractional(&atoms, whole, &c[found].branch, &c[found].value) > 0;
        if (found < most && gather(&atoms, column, x, n, STAGE_PAIRS))
            found += choose_pairs(&atoms, whole, &c[found], most - found);
        if (found > 0 || atoms.failed) {
            free(atoms.atom);
            return atoms.failed ? -1 : found;
        }
    }
    for (sec_t width = whole; width >= inst->rules.step && found < most && !atoms.failed; width /= 2)
        for (size_t i = 0; i < sizeof order / sizeof order[0] && found < most; i++) {
            if (width < whole && order[i] <= STAGE_LOTS)
                continue;
            found += gather(&atoms, column, x, n, order[i]) &&
                     most_fractional(&atoms, width, &c[found].branch, &c[found].value) > 0;
        }
    for (int stage = STAGE_PAX; stage < N_STAGES && !found && !atoms.failed; stage++)
        if (gather(&atoms, column, x, n, (enum stage)stage))
            for (sec_t width = whole; width >= inst->rules.step && !found; width /= 2)
                found = most_fractional(&atoms, width, &c->branch, &c->value) > 0;
    atoms.n = 0;
    if (!found)
        put_sizes(&atoms, column, x, n);
    for (sec_t width = whole; width >= inst->rules.step && !found && !atoms.failed; width /= 2)
        found = most_fractional(&atoms, width, &c->branch, &c->value) > 0;
    found = found || atoms.failed ? found : choose_unloads(column, x, n, &c->branch, &c->value);
    free(atoms.atom);
    return atoms.failed ? -1 : found;
}

int branch_next(const struct instance *inst, const struct column *column, const double *x, size_t n,
                bool (*fixed)(void *context, const struct branch *branch, double value), void *context,
                struct branch *branch, double *value)
{
    struct atoms atoms = {0};
    bool found = false;
    for (int stage = STAGE_FLEET; stage <= N_STAGES && !found && !atoms.failed; stage++) {
        if (stage == STAGE_PAIRS)
            continue;
        sec_t width = stage <= STAGE_LOTS ? inst->end + 1 : inst->rules.step;
        atoms.n = 0;
        if (stage == N_STAGES)
            put_sizes(&atoms, column, x, n);
        else
            gather(&atoms, column, x, n, (enum stage)stage);
        sort_into_buckets(&atoms, width);
        for (size_t i = 0; i < atoms.n && !found;) {
            *value = round(take_bucket(&atoms, width, &i, branch));
            found = !fixed(context, branch, *value);
        }
    }
    free(atoms.atom);
    return atoms.failed ? -1 : found;
}
