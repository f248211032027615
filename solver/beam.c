#include "solver/beam.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "solver/change.h"
#include "solver/mix.h"

#define LATE  0.5 /* of what it costs to leave somebody behind whom the program has moved by now */
#define STUCK 1e6 /* currency units, of an airframe that ends where it may not */

enum { MOST_FITTED = 60, MOST_LOOKS = 400, MOST_ALIKE = 2, MOST_BOARDED = 12, SPARE = 3, LOOKS_EACH = 16 };

/* A schedule up to some time. */
struct node {
    struct timeline t;
    bool *closed;  /* [n_airframes] flies no more */
    double *waste; /* [n_tolls] passengers of whole loads wasted so far */
    double spent;  /* currency units above the program's bound, ... */
    double regret; /* ... and for those who are left behind for good, and crews that wait */
    double waits;  /* of it, for crews */
    sec_t clock;   /* when the first airframe that goes on is ready */
    bool done;     /* all closed */
};

/* A node with one flight more, or one open airframe less; the same node, where it is done. */
struct step_to {
    size_t parent;
    int32_t airframe; /* -1: the same node */
    bool close;
    double spent, regret;
    uint64_t alike; /* the same where the same is left to be flown, nearly */
};

struct child {
    struct step_to to;
    struct draft draft; /* of the flight */
};

struct look {
    double least;
    const struct guide_known *known;
};

struct beam {
    struct builder *s;
    const struct guide *guide;
    size_t width, room;       /* room: children kept, as some of them may lead nowhere */
    struct node *node, *next; /* [width] */
    size_t n;
    struct child **kept; /* [n_kept] by regret; owned, [room + 1] */
    size_t n_kept;
    struct look *look;
    double *worth; /* [n_demands] scratch: of a passenger, who was not tried yet */
};

static const struct steps *airframe_price(const struct beam *b, int32_t airframe, int32_t field)
{
    size_t g = (size_t)b->guide->groups->airframe_group[airframe];
    return &b->guide->duals.airframe[g * b->s->inst->n_airfields + (size_t)field];
}

/* What it costs that an airframe stands idle. */
static double idle_cost(const struct beam *b, int32_t airframe, int32_t field, sec_t from, sec_t until)
{
    const struct steps *price = airframe_price(b, airframe, field);
    return until > from ? steps_at(price, from) - steps_at(price, until) : 0;
}

static double crew_idle_cost(const struct beam *b, int32_t crew, int32_t field, sec_t from, sec_t until)
{
    size_t g = (size_t)b->guide->groups->crew_group[crew];
    const struct steps *price = &b->guide->duals.crew[g * b->s->inst->n_airfields + (size_t)field];
    return until > from ? steps_at(price, from) - steps_at(price, until) : 0;
}

/* --- nodes --- */

static bool node_init(struct node *node, const struct builder *s, size_t n_tolls)
{
    node->waste = calloc(n_tolls + 1, sizeof *node->waste);
    node->closed = calloc(s->inst->n_airframes + 1, sizeof *node->closed);
    return timeline_init(&node->t, &s->ground) && node->closed && node->waste;
}

static void node_release(struct node *node)
{
    if (node->t.ground)
        timeline_release(&node->t);
    free(node->closed);
    free(node->waste);
}

static sec_t line_end(const struct timeline *t, int32_t a)
{
    return line_ready(t, a, t->line[a].n);
}

/* The airframe that is ready first; -1: none is open. */
static int32_t airframe_next(const struct builder *s, const struct node *node)
{
    int32_t next = -1;
    for (int32_t a = 0; a < (int32_t)s->inst->n_airframes; a++)
        if (!node->closed[a] && (next < 0 || line_end(&node->t, a) < line_end(&node->t, next)))
            next = a;
    return next;
}

/* No price is paid any more. */
static sec_t all_over(const struct instance *inst)
{
    return 2 * inst->end + inst->rules.post_flight + inst->rules.rest;
}

/* When the first that goes on is ready, once the airframe is at `ready`; closed: it goes on no more. */
static sec_t clock_after(const struct builder *s, const struct node *node, int32_t airframe, sec_t ready, bool closed)
{
    sec_t at = closed ? all_over(s->inst) : ready;
    for (int32_t a = 0; a < (int32_t)s->inst->n_airframes; a++)
        if (!node->closed[a] && a != airframe && line_end(&node->t, a) < at)
            at = line_end(&node->t, a);
    return at;
}

static int32_t aboard(const struct mission *m, int32_t d)
{
    return m ? mission_moves(m, d) : 0;
}

/* For those who cannot be moved any more, where the mission is flown; in part for those who should have been, and for
 * seats that the price of whole loads counts on. */
static double left_regret(const struct beam *b, const struct node *node, const struct mission *m, sec_t clock)
{
    const struct instance *inst = b->s->inst;
    double sum = 0;
    for (int32_t d = 0; d < (int32_t)inst->n_demands; d++) {
        double price = (double)inst->demand[d].penalty / 100.0 - b->guide->duals.pax[d];
        if (node->t.left[d] == 0 || price <= 0)
            continue;
        double left = node->t.left[d] - aboard(m, d);
        if (inst->demand[d].pickup.until < clock)
            sum += left * price;
        else
            sum +=
                LATE * price * fmax(0, left - fmax(0, inst->demand[d].pax - guide_done_by(b->guide, (size_t)d, clock)));
    }
    for (size_t i = 0; i < b->guide->duals.n_tolls; i++) {
        const struct whole_load *w = b->guide->duals.toll[i].load;
        double wasted = node->waste[i] + (m ? whole_load_waste(w, whole_load_aboard(w, m)) : 0);
        double then = guide_done_by(b->guide, inst->n_demands + i, clock);
        sum += LATE * b->guide->duals.toll[i].amount * fmax(0, then - wasted);
    }
    return sum;
}

/* For crews that stand idle up to the clock. */
static double waiting_regret(const struct beam *b, const struct node *node, sec_t clock)
{
    double sum = 0;
    for (int32_t c = 0; c < (int32_t)b->s->inst->n_crews; c++)
        sum += crew_idle_cost(b, c, node->t.end[c].at, node->t.end[c].ready, clock);
    return sum;
}

static uint64_t standing(const struct beam *b, int32_t a, int32_t field, sec_t ready, bool closed)
{
    enum { ALIKE_S = 1800 };
    uint64_t group = (uint64_t)b->guide->groups->airframe_group[a];
    return mix(group << 40 ^ (uint64_t)field << 24 ^ (closed ? 1 : (uint64_t)(ready / ALIKE_S + 16)));
}

static uint64_t alike(const struct beam *b, const struct node *node, int32_t airframe, const struct flight *f)
{
    enum { ALIKE_PAX = 8 };
    const struct instance *inst = b->s->inst;
    uint64_t sum = 0;
    for (int32_t a = 0; a < (int32_t)inst->n_airframes; a++)
        if (a != airframe)
            sum += standing(b, a, line_place(&node->t, a, node->t.line[a].n), line_end(&node->t, a), node->closed[a]);
    sum += f ? standing(b, airframe, f->to, f->ready, false)
             : standing(b, airframe, line_place(&node->t, airframe, node->t.line[airframe].n), 0, true);
    for (int32_t d = 0; d < (int32_t)inst->n_demands; d++)
        sum += mix((uint64_t)d << 32 ^ (uint64_t)((node->t.left[d] - aboard(f ? &f->mission : NULL, d)) / ALIKE_PAX));
    return sum;
}

/* --- children --- */

/* The child that gives way to a new one: of those alike, of the same parent where it has many, or the last; n_kept:
 * none need go. SIZE_MAX: the new one is not wanted. */
static size_t place_for(const struct beam *b, const struct step_to *fresh)
{
    size_t same = SIZE_MAX, of_parent = 0, last_of_parent = SIZE_MAX, most = SPARE * (2 + b->width / 4);
    for (size_t i = 0; i < b->n_kept; i++) {
        if (b->kept[i]->to.alike == fresh->alike)
            same = i;
        if (b->kept[i]->to.parent == fresh->parent) {
            of_parent++;
            last_of_parent = i;
        }
    }
    size_t i = same < SIZE_MAX        ? same
               : of_parent >= most    ? last_of_parent
               : b->n_kept == b->room ? b->n_kept - 1
                                      : b->n_kept;
    return i < b->n_kept && b->kept[i]->to.regret <= fresh->regret ? SIZE_MAX : i;
}

static void keep_child(struct beam *b, const struct step_to *fresh, const struct draft *draft)
{
    size_t i = place_for(b, fresh);
    if (i == SIZE_MAX)
        return;
    struct child *child = b->kept[i];
    b->n_kept += i == b->n_kept;
    child->to = *fresh;
    if (draft)
        draft_copy(&child->draft, draft);
    for (; i > 0 && b->kept[i - 1]->to.regret > fresh->regret; i--) {
        b->kept[i] = b->kept[i - 1];
        b->kept[i - 1] = child;
    }
    for (; i + 1 < b->n_kept && b->kept[i + 1]->to.regret < fresh->regret; i++) {
        b->kept[i] = b->kept[i + 1];
        b->kept[i + 1] = child;
    }
}

static double about(const struct beam *b, double x)
{
    return x * (1 + b->s->noise * (chance_unit(b->s) - 0.5));
}

static void offer_close(struct beam *b, size_t parent, int32_t a, bool stuck)
{
    const struct node *node = &b->node[parent];
    const struct airframe *x = &b->s->inst->airframe[a];
    sec_t ready = line_end(&node->t, a);
    int32_t field = line_place(&node->t, a, node->t.line[a].n);
    bool home = node->t.line[a].n == 0 || may_end_at(x->end_anywhere, x->end_at, x->n_end_at, field);
    if (!home && !stuck)
        return;
    struct step_to fresh = {.parent = parent, .airframe = a, .close = true};
    fresh.spent = node->spent + steps_at(airframe_price(b, a, field), ready) + (home ? 0 : STUCK);
    sec_t clock = clock_after(b->s, node, a, ready, true);
    fresh.regret = fresh.spent + waiting_regret(b, node, clock) + left_regret(b, node, NULL, clock);
    fresh.alike = alike(b, node, a, NULL);
    keep_child(b, &fresh, NULL);
}

/* The timed trial becomes a child where it is good enough. */
static void offer_flight(struct beam *b, size_t parent)
{
    const struct node *node = &b->node[parent];
    const struct change *c = b->s->trial;
    const struct flight *f = &c->part[0].flight;
    struct column col = {.airframe_group = b->guide->groups->airframe_group[c->airframe],
                         .crew_group = b->guide->groups->crew_group[c->crew],
                         .type = f->type,
                         .mission = f->mission};
    column_finish(&col, b->s->inst);
    struct step_to fresh = {.parent = parent, .airframe = c->airframe};
    fresh.spent = node->spent + about(b, duals_price(&b->guide->duals, b->s->inst, &col)) +
                  idle_cost(b, c->airframe, f->from, line_end(&node->t, c->airframe), f->begin) +
                  crew_idle_cost(b, c->crew, f->from, c->since, f->show);
    double waits = node->waits - crew_idle_cost(b, c->crew, f->from, c->since, node->clock); /* of the others */
    fresh.regret =
        fresh.spent + waits + left_regret(b, node, &f->mission, clock_after(b->s, node, c->airframe, f->ready, false));
    if (b->n_kept == b->room && b->kept[b->n_kept - 1]->to.regret <= fresh.regret)
        return;
    fresh.alike = alike(b, node, c->airframe, f);
    keep_child(b, &fresh, &c->part[0]);
}

/* --- flights --- */

static bool within(const struct demand *d, const struct stop *on, const struct stop *off)
{
    return d->pickup.from <= on->handling_start && on->handling_start <= d->pickup.until &&
           d->delivery.from <= off->handling_start && off->handling_start <= d->delivery.until &&
           (d->aboard_limit < 0 || off->handling_start - on->handling_end <= d->aboard_limit);
}

/* Takes others aboard a timed draft where seats are free, the dearest first; returns whether any. */
static bool fill_up(struct beam *b, struct draft *d, size_t place)
{
    struct builder *s = b->s;
    struct mission *m = &d->flight.mission;
    bool any = false;
    memcpy(b->worth, b->guide->duals.pax, s->inst->n_demands * sizeof *b->worth);
    for (int boarded = 0; boarded < MOST_BOARDED; boarded++) {
        struct ride best = {.demand = -1};
        double most = 0;
        for (int32_t e = 0; e < (int32_t)s->inst->n_demands; e++) {
            const struct demand *x = &s->inst->demand[e];
            if (s->work.left[e] == 0 || b->worth[e] <= most || mission_moves(m, e) >= s->work.left[e])
                continue;
            for (int32_t i = 0; i + 1 < (int32_t)m->n_stops; i++)
                for (int32_t j = i + 1; j < (int32_t)m->n_stops && m->stop[i].airfield == x->origin; j++)
                    if (m->stop[j].airfield == x->destination && b->worth[e] > most &&
                        within(x, &m->stop[i], &m->stop[j])) {
                        most = b->worth[e];
                        best = (struct ride){.demand = e, .from_stop = i, .to_stop = j};
                    }
        }
        if (best.demand < 0)
            break;
        int32_t left = s->work.left[best.demand] - mission_moves(m, best.demand);
        any = board(s, d, best, left, place, NULL) > 0 || any;
        b->worth[best.demand] = 0; /* once is enough */
    }
    return any;
}

/* The mission from `from` on, as it is and filled up. */
static bool try_known(struct beam *b, size_t parent, int32_t a, const struct guide_known *known, sec_t from)
{
    struct builder *s = b->s;
    struct change *c = change_new(s, a, s->work.line[a].n);
    struct draft *d = &c->part[0];
    if (search_stopped_after(s, LOOKS_EACH))
        return false;
    if (!draft_behind(d, s, a, &known->column->mission))
        return false;
    bool adapted = d->stop[0].airfield != known->column->mission.stop[0].airfield;
    clamp_rides(s, &d->flight.mission);
    if (draft_least_fdp(&s->work, d) > s->ground.longest_fdp[d->flight.type] ||
        ((adapted || !s->ground.all_fuel) && !draft_carries(&s->work, d, c->place, NULL)) || !change_append(s, c, from))
        return false;
    offer_flight(b, parent);
    if (fill_up(b, d, c->place) && change_append(s, c, from))
        offer_flight(b, parent);
    return true;
}

static int by_least(const void *a, const void *b)
{
    const struct look *x = a, *y = b;
    if (x->least != y->least)
        return x->least < y->least ? -1 : 1;
    return (x->known > y->known) - (x->known < y->known); /* one array: its order */
}

/* What the mission costs more where the airframe comes from another place to its first stop or the one after it. */
static double detour_cost(const struct beam *b, const struct guide_known *known, int32_t field)
{
    const struct guide *g = b->guide;
    const struct instance *inst = b->s->inst;
    const struct column *col = known->column;
    int32_t start = col->mission.stop[0].airfield, to = known->loads ? start : col->mission.stop[1].airfield;
    if (start == field)
        return 0;
    size_t airframes = (size_t)col->airframe_group * inst->n_airfields;
    size_t crews = (size_t)col->crew_group * inst->n_airfields;
    const struct leg *leg = instance_leg(inst, col->type, field, to), *old = instance_leg(inst, col->type, start, to);
    if (field != to && leg->block <= 0)
        return INFINITY;
    sec_t later = (known->loads ? 0 : old->block) - (field == to ? 0 : leg->block);
    cent_t cost = (field == to ? 0 : leg->cost + leg->fee) - (known->loads ? 0 : old->cost + old->fee);
    return (double)cost / 100.0 + steps_at(&g->duals.airframe[airframes + (size_t)field], col->begin + later) -
           steps_at(&g->duals.airframe[airframes + (size_t)start], col->begin) +
           steps_at(&g->duals.crew[crews + (size_t)field], col->show + later) -
           steps_at(&g->duals.crew[crews + (size_t)start], col->show) -
           g->duals.airframe_end[airframes + (size_t)field] + g->duals.airframe_end[airframes + (size_t)start] -
           g->duals.crew_end[crews + (size_t)field] + g->duals.crew_end[crews + (size_t)start];
}

/* Missions of about now, those first that promise most. */
static size_t list_looks(struct beam *b, int32_t a, int32_t field, sec_t ready)
{
    enum { EARLIER_S = 43200, LATER_S = 129600 };
    const struct builder *s = b->s;
    size_t n = 0, g = (size_t)b->guide->groups->airframe_group[a];
    for (size_t i = b->guide->first[g]; i < b->guide->first[g + 1]; i++) {
        const struct guide_known *k = &b->guide->known[i];
        const struct column *col = k->column;
        if (col->begin < ready - EARLIER_S || col->begin > (ready > 0 ? ready : 0) + LATER_S)
            continue;
        double least = k->price + idle_cost(b, a, field, ready, col->begin) + detour_cost(b, k, field);
        if (col->begin < ready) /* a part of what waiting for it would have cost */
            least += 0.2 * idle_cost(b, a, field, col->begin, ready);
        for (size_t r = 0; r < col->mission.n_rides; r++) {
            const struct ride *ride = &col->mission.ride[r];
            int32_t missing = ride->pax - s->work.left[ride->demand];
            least += missing > 0 ? missing * b->guide->duals.pax[ride->demand] : 0;
        }
        if (isfinite(least))
            b->look[n++] = (struct look){least, k};
    }
    if (n > 1)
        qsort(b->look, n, sizeof *b->look, by_least);
    return n;
}

static void expand(struct beam *b, size_t parent)
{
    struct builder *s = b->s;
    const struct node *node = &b->node[parent];
    int32_t a = airframe_next(s, node);
    int32_t field = line_place(&node->t, a, node->t.line[a].n);
    sec_t ready = line_end(&node->t, a);
    size_t looked = 0, fitted = 0;
    if (!timeline_copy(&s->work, &node->t)) {
        s->failed = true;
        return;
    }
    offer_close(b, parent, a, false);
    size_t n = list_looks(b, a, field, ready);
    for (size_t i = 0; i < n && looked < MOST_LOOKS && fitted < MOST_FITTED && !s->stopped && !s->failed; i++) {
        int same = 0;
        for (size_t k = i; k-- > 0 && same < MOST_ALIKE;)
            same += b->look[k].known->kind == b->look[i].known->kind;
        if (same == MOST_ALIKE)
            continue;
        looked++;
        const struct guide_known *known = b->look[i].known;
        fitted += try_known(b, parent, a, known, ready);
        if (known->column->begin > ready + s->inst->rules.step)
            try_known(b, parent, a, known, known->column->begin);
    }
    bool any = false;
    for (size_t i = 0; i < b->n_kept && !any; i++)
        any = b->kept[i]->to.parent == parent;
    if (!any)
        offer_close(b, parent, a, true);
}

/* The airframe, which has just flown, stands where it may end, or can be flown there. */
static bool comes_home(struct builder *s, int32_t a)
{
    const struct airframe *x = &s->inst->airframe[a];
    const struct line *line = &s->work.line[a];
    int32_t end[MOST_ENDS], field = line->flight[line->n - 1]->to;
    if (may_end_at(x->end_anywhere, x->end_at, x->n_end_at, field))
        return true;
    for (int i = 0, n = list_ends(s, a, line->n, field, end); i < n; i++) {
        struct change *c = change_new(s, a, line->n);
        draft_begin(&c->part[0], s, a, field);
        if (draft_go(&c->part[0], s, end[i], 0) && change_append(s, c, line_ready(&s->work, a, line->n)))
            return true;
    }
    return false;
}

/* The child as a node; *leads: to a schedule, otherwise the node is not made. False: out of memory. */
static bool make_node(struct beam *b, const struct child *child, struct node *node, bool *leads)
{
    struct builder *s = b->s;
    const struct node *parent = &b->node[child->to.parent];
    *leads = true;
    memcpy(node->closed, parent->closed, s->inst->n_airframes * sizeof *node->closed);
    node->spent = child->to.spent;
    for (size_t i = 0; i < b->guide->duals.n_tolls; i++) {
        const struct whole_load *w = b->guide->duals.toll[i].load;
        bool flown = !child->to.close && child->to.airframe >= 0;
        node->waste[i] =
            parent->waste[i] + (flown ? whole_load_waste(w, whole_load_aboard(w, &child->draft.flight.mission)) : 0);
    }
    if (child->to.close)
        node->closed[child->to.airframe] = true;
    if (child->to.close || child->to.airframe < 0)
        return timeline_copy(&node->t, &parent->t);
    struct change *c = s->trial;
    draft_copy(&c->part[0], &child->draft);
    c->n = 1;
    *leads = change_planned(s, c);
    if (!*leads)
        return true;
    if (!timeline_copy(&s->work, &parent->t))
        return false;
    struct flight *f = flight_make(&c->part[0]);
    if (!f || !timeline_add(&s->work, f, s->work.line[child->to.airframe].n, -1))
        return false;
    timeline_cover(&s->work);
    *leads = comes_home(s, child->to.airframe);
    return !*leads || timeline_copy(&node->t, &s->work);
}

/* The children become nodes. False: stopped, or out of memory. */
static bool descend(struct beam *b)
{
    b->n = 0;
    for (size_t i = 0; i < b->n_kept && b->n < b->width; i++) {
        struct node *node = &b->next[b->n];
        bool leads;
        if (search_stopped_after(b->s, LOOKS_EACH) || !make_node(b, b->kept[i], node, &leads))
            return false;
        if (!leads)
            continue;
        int32_t next = airframe_next(b->s, node);
        node->clock = next < 0 ? all_over(b->s->inst) : line_end(&node->t, next);
        node->done = next < 0;
        node->waits = waiting_regret(b, node, node->clock);
        node->regret = node->spent + node->waits + left_regret(b, node, NULL, node->clock);
        b->n++;
    }
    struct node *other = b->node;
    b->node = b->next;
    b->next = other;
    return true;
}

static bool all_done(const struct beam *b)
{
    for (size_t i = 0; i < b->n; i++)
        if (!b->node[i].done)
            return false;
    return true;
}

static bool beam_init(struct beam *b, const struct beam_task *task)
{
    const struct builder *s = b->s;
    size_t n_tolls = b->guide->duals.n_tolls, all = 0;
    for (size_t g = 0; g < b->guide->groups->n_airframe; g++) {
        size_t n = b->guide->first[g + 1] - b->guide->first[g];
        all = n > all ? n : all;
    }
    b->node = calloc(b->width, sizeof *b->node);
    b->next = calloc(b->width, sizeof *b->next);
    b->kept = calloc(b->room + 1, sizeof *b->kept);
    b->look = calloc(all + 1, sizeof *b->look);
    b->worth = calloc(s->inst->n_demands + 1, sizeof *b->worth);
    bool ok = b->node && b->next && b->kept && b->look && b->worth;
    for (size_t i = 0; i <= b->room && ok; i++)
        ok = (b->kept[i] = calloc(1, sizeof **b->kept)) != NULL;
    for (size_t i = 0; i < b->width && ok; i++)
        ok = node_init(&b->node[i], s, n_tolls) && node_init(&b->next[i], s, n_tolls);
    if (!ok || !timeline_copy(&b->node[0].t, task->begin))
        return false;
    b->n = 1;
    struct node *first = &b->node[0];
    if (task->closed)
        memcpy(first->closed, task->closed, s->inst->n_airframes * sizeof *first->closed);
    first->done = airframe_next(s, first) < 0;
    return true;
}

static void beam_release(struct beam *b)
{
    for (size_t i = 0; i < b->width; i++) {
        if (b->node)
            node_release(&b->node[i]);
        if (b->next)
            node_release(&b->next[i]);
    }
    for (size_t i = 0; i <= b->room && b->kept; i++)
        free(b->kept[i]);
    free(b->node);
    free(b->next);
    free(b->kept);
    free(b->worth);
    free(b->look);
}

/* All nodes one flight further. */
static bool step_on(struct beam *b)
{
    struct builder *s = b->s;
    b->n_kept = 0;
    for (size_t i = 0; i < b->n && !s->stopped && !s->failed; i++) {
        if (!b->node[i].done) {
            expand(b, i);
            continue;
        }
        struct step_to same = {.parent = i, .airframe = -1, .spent = b->node[i].spent, .regret = b->node[i].regret};
        same.alike = mix(i);
        keep_child(b, &same, NULL);
    }
    if (s->stopped || s->failed)
        return false;
    bool on = descend(b);
    s->failed = s->failed || (!on && !s->stopped);
    return on && !s->failed;
}

bool beam(struct builder *s, const struct beam_task *task, bool (*made)(struct builder *s))
{
    struct beam b = {.s = s, .guide = task->guide, .width = task->width, .room = SPARE * task->width};
    bool on = beam_init(&b, task), taken = false;
    s->failed = s->failed || !on;
    while (on && !all_done(&b))
        on = step_on(&b);
    for (size_t i = 0; i < b.n && i < task->most && on && !taken && !search_stopped_after(s, LOOKS_EACH); i++) {
        s->failed = !timeline_copy(&s->work, &b.node[i].t);
        taken = !s->failed && made(s);
    }
    beam_release(&b);
    return taken;
}
