#include "solver/tree.h"

#include <math.h>
#include <stdlib.h>

#define LARGE_MASTER 3e6 /* rows x columns; branching is not tried out beyond */

enum { MOST_CANDIDATES = 10 };

/* One branching; a node is the way from the root to its last. */
struct twig {
    struct twig *up, *made_before;
    struct branch branch;
    bool at_least;
    double k, bound; /* of the node */
    int depth;
    int64_t order;
};

struct growth {
    struct search *s;
    struct twig *made;  /* all of them */
    struct twig **heap; /* [n_heap] open nodes, least bound first */
    size_t n_heap, room;
    struct twig *next; /* looked at next: the tree goes deep before it goes back to the least bound */
    struct {
        struct twig *twig;
        int row;
    } * path; /* [n_path] branchings in force, from the root */
    size_t n_path, room_path;
    int64_t n_made;
};

static void give_up(struct search *s, double bound)
{
    s->open = fmin(s->open, bound);
}

static bool no_memory(struct search *s)
{
    return error_set(s->err, ERR_MEMORY, "out of memory");
}

/* --- open nodes --- */

static bool sooner(const struct twig *a, const struct twig *b)
{
    return a->bound != b->bound ? a->bound < b->bound : a->order > b->order;
}

static bool heap_push(struct growth *t, struct twig *twig)
{
    if (t->n_heap == t->room) {
        size_t room = t->room ? 2 * t->room : 64;
        struct twig **grown = realloc(t->heap, room * sizeof *grown);
        if (!grown)
            return no_memory(t->s);
        t->heap = grown;
        t->room = room;
    }
    size_t i = t->n_heap++;
    for (; i > 0 && sooner(twig, t->heap[(i - 1) / 2]); i = (i - 1) / 2)
        t->heap[i] = t->heap[(i - 1) / 2];
    t->heap[i] = twig;
    return true;
}

static struct twig *heap_pop(struct growth *t)
{
    struct twig *first = t->heap[0], *last = t->heap[--t->n_heap];
    size_t i = 0;
    for (size_t k = 1; k < t->n_heap; k = 2 * i + 1) {
        k += k + 1 < t->n_heap && sooner(t->heap[k + 1], t->heap[k]);
        if (!sooner(t->heap[k], last))
            break;
        t->heap[i] = t->heap[k];
        i = k;
    }
    t->heap[i] = last;
    return first;
}

/* A branching below `up`; NULL: out of memory. */
static struct twig *grow(struct growth *t, struct twig *up, const struct branch *branch, bool at_least, double k,
                         double bound)
{
    struct twig *twig = malloc(sizeof *twig);
    if (!twig) {
        no_memory(t->s);
        return NULL;
    }
    *twig = (struct twig){up, t->made, *branch, at_least, k, bound, up ? up->depth + 1 : 1, t->n_made++};
    t->made = twig;
    return twig;
}

/* A node of its own. first: it is looked at next. */
static bool open_node(struct growth *t, struct twig *up, const struct branch *branch, bool at_least, double k,
                      double bound, bool first)
{
    struct search *s = t->s;
    if (hopeless(s, bound))
        return true;
    if (up && up->depth >= DEEPEST) {
        give_up(s, bound);
        return true;
    }
    struct twig *twig = grow(t, up, branch, at_least, k, bound);
    if (!twig)
        return false;
    if (!first)
        return heap_push(t, twig);
    t->next = twig;
    return true;
}

/* Puts the branchings of a node in force and those of others out of it. */
static bool take_path(struct growth *t, struct twig *node)
{
    struct search *s = t->s;
    size_t depth = node ? (size_t)node->depth : 0;
    if (depth > t->room_path) {
        size_t room = 2 * depth;
        void *grown = realloc(t->path, room * sizeof *t->path);
        if (!grown)
            return no_memory(s);
        t->path = grown;
        t->room_path = room;
    }
    struct twig *common = node;
    while (common && ((size_t)common->depth > t->n_path || t->path[common->depth - 1].twig != common))
        common = common->up;
    size_t keep = common ? (size_t)common->depth : 0;
    for (size_t i = keep; i < t->n_path; i++)
        master_relax_branch(&s->master, t->path[i].row);
    t->n_path = depth;
    for (struct twig *twig = node; twig != common; twig = twig->up)
        t->path[twig->depth - 1].twig = twig;
    for (size_t i = keep; i < depth; i++) {
        const struct twig *twig = t->path[i].twig;
        t->path[i].row = master_branch(&s->master, &twig->branch, twig->at_least, twig->k);
        if (t->path[i].row < 0) {
            t->n_path = i;
            return error_set(s->err, ERR_ENGINE, "a branch could not be added");
        }
    }
    return true;
}

/* --- nodes --- */

/* Some mission of x comes to an airfield twice. */
static bool revisits(const struct master *m)
{
    for (size_t j = 0; j < m->n_columns; j++) {
        const struct mission *mission = &m->column[j].mission;
        for (size_t a = 0; m->x[j] > WHOLE && a < mission->n_stops; a++)
            for (size_t b = a + 1; b < mission->n_stops; b++)
                if (mission->stop[a].airfield == mission->stop[b].airfield && b - a < mission->n_stops - 1)
                    return true;
    }
    return false;
}

static bool is_fixed(void *context, const struct branch *branch, double value)
{
    const struct search *s = context;
    return master_fixes(&s->master, branch, value);
}

/* A whole-numbered solution that is no schedule, for a rule that no row says: everything but it is in the children.
 * With groups it may be the assignment that failed; that is left to the search without groups. */
static bool split_whole(struct growth *t, struct twig *node, double bound)
{
    struct search *s = t->s;
    struct master *m = &s->master;
    struct branch branch;
    double value = 0;
    if (s->groups.n_airframe < s->inst->n_airframes || s->groups.n_crew < s->inst->n_crews) {
        s->unassignable = true;
        give_up(s, bound);
        return true;
    }
    int found = branch_next(s->inst, m->column, m->x, m->n_columns, is_fixed, s, &branch, &value);
    if (found < 0)
        return no_memory(s);
    if (found == 0) {
        /* Only when something is handled, and at which visit, may still differ. */
        if (!(s->timing_blameless || s->unplannable) || revisits(m))
            give_up(s, bound);
        return true;
    }
    struct twig *most = grow(t, node, &branch, false, value, bound);
    return most && open_node(t, node, &branch, true, value + 1, bound, false) &&
           (value <= 0 || open_node(t, node, &branch, false, value - 1, bound, false)) &&
           open_node(t, most, &branch, true, value, bound, true);
}

/* The candidate whose two sides raise the value most (strong branching, without pricing). */
static bool choose_branch(struct search *s, struct candidate *candidate, int n, struct candidate *chosen)
{
    double value = lp_value(s->master.lp), best = -1;
    *chosen = candidate[0];
    if (n == 1 || (double)s->master.n_rows * (double)s->master.n_columns > LARGE_MASTER)
        return true;
    for (int i = 0; i < n && !out_of_time(s); i++) {
        double k = floor(candidate[i].value), gain[2];
        for (int up = 0; up < 2; up++) {
            gain[up] = master_try_branch(&s->master, &candidate[i].branch, up == 1, k + up) - value;
            if (isnan(gain[up]))
                return error_set(s->err, ERR_ENGINE, "the linear program could not be solved");
            gain[up] = fmin(fmax(gain[up], 1e-3), 1e12);
        }
        if (gain[0] * gain[1] > best * (1 + 1e-9))
            best = gain[0] * gain[1], *chosen = candidate[i];
    }
    return true;
}

/* What follows from a node whose columns are generated. */
static bool branch_out(struct growth *t, struct twig *node, enum outcome outcome, double bound)
{
    struct search *s = t->s;
    struct master *m = &s->master;
    struct candidate candidate[MOST_CANDIDATES], chosen;
    bool valid;
    if (outcome == BROKEN)
        return false;
    if (outcome == HOPELESS)
        return true;
    if (outcome != CONVERGED) {
        give_up(s, bound);
        return true;
    }
    bool guessed = gives_away(s) && !s->entire; /* a mission may be missing */
    if (guessed && !relaxed(s) && (all_whole(m) || !keeps_all(m))) {
        double given_away = s->given_away;
        s->given_away = 0;
        turn_to(s, PHASE_REST);
        outcome = generate(s, 0, &bound);
        turn_to(s, PHASE_BRANCHING);
        bool ok = branch_out(t, node, outcome, bound);
        s->given_away = given_away;
        return ok;
    }
    if (!keeps_all(m)) { /* whoever drops a commitment pays more than any schedule that keeps them all */
        if (guessed)
            give_up(s, bound);
        return true;
    }
    if (all_whole(m)) {
        enum search_phase before = turn_to(s, PHASE_PRIMAL);
        bool ok = consider_solution(s, &valid);
        turn_to(s, before);
        if (!ok)
            return false;
        if (!valid)
            return split_whole(t, node, bound);
        if ((m->labels || guessed) && !hopeless(s, bound)) /* labels count some prices at their most favourable */
            give_up(s, bound);
        return true;
    }
    int found = branch_choose(s->inst, m->column, m->x, m->n_columns, m->labels, candidate, MOST_CANDIDATES);
    if (found < 0)
        return no_memory(s);
    if (found == 0) {
        give_up(s, bound);
        return true;
    }
    return choose_branch(s, candidate, found, &chosen) &&
           open_node(t, node, &chosen.branch, true, floor(chosen.value) + 1, bound, true) &&
           open_node(t, node, &chosen.branch, false, floor(chosen.value), bound, false);
}

/* No schedule that is not known costs less than the open nodes allow. */
static void raise_by_open(struct growth *t)
{
    struct search *s = t->s;
    double least = fmin(s->open, s->have_plan ? (double)s->plan->cost.total / 100.0 : INFINITY);
    if (t->n_heap > 0)
        least = fmin(least, t->heap[0]->bound);
    if (t->next)
        least = fmin(least, t->next->bound);
    if (isfinite(least))
        raise_bound(s, least);
}

static void release(struct growth *t)
{
    for (struct twig *twig = t->made; twig;) {
        struct twig *before = twig->made_before;
        free(twig);
        twig = before;
    }
    free(t->heap);
    free(t->path);
}

bool tree(struct search *s, enum outcome outcome, double bound)
{
    struct growth t = {.s = s};
    enum search_phase before = turn_to(s, PHASE_BRANCHING);
    bool ok = branch_out(&t, NULL, outcome, bound);
    while (ok && (t.next || t.n_heap > 0)) {
        raise_by_open(&t);
        if (out_of_time(s) || good_enough(s))
            break;
        struct twig *node = t.next ? t.next : heap_pop(&t);
        t.next = NULL;
        bound = node->bound;
        ok = enumerate(s);
        if (!ok)
            break;
        if (hopeless(s, bound))
            continue;
        ok = take_path(&t, node);
        if (!ok)
            break;
        turn_to(s, PHASE_REST);
        outcome = generate(s, coarsest(s), &bound);
        s->nodes++;
        turn_to(s, PHASE_BRANCHING);
        ok = branch_out(&t, node, outcome, bound);
    }
    if (t.next)
        give_up(s, t.next->bound);
    for (size_t i = 0; i < t.n_heap; i++)
        if (!hopeless(s, t.heap[i]->bound))
            give_up(s, t.heap[i]->bound);
    ok = take_path(&t, NULL) && ok;
    turn_to(s, before);
    release(&t);
    return ok;
}
