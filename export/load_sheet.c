#include "export/load_sheet.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

#include "io/json_text.h"
#include "io/show_time.h"
#include "model/load_plan.h"

struct sheet {
    const struct instance *inst;
    const struct mission *m;
    const struct cabin *cabin;
    struct text *to;
    int64_t *people; /* [n_zones] on the sortie at hand */
    gram_t *cargo;   /* [n_positions] */
};

static bool rides_on(int32_t from, int32_t to, size_t sortie)
{
    return (size_t)from <= sortie && sortie < (size_t)to;
}

static const char *field(const struct sheet *s, int32_t stop)
{
    return s->inst->airfield[s->m->stop[stop].airfield].id;
}

/* A figure, or an empty cell. */
static void whole_cell(struct table *table, bool shown, int64_t figure)
{
    if (shown)
        table_cell(table, "%" PRId64, figure);
    else
        table_cell(table, "%s", "");
}

static void real_cell(struct table *table, bool shown, double figure)
{
    if (shown)
        table_cell(table, "%.3f", figure);
    else
        table_cell(table, "%s", "");
}

static void kilograms(struct table *table, gram_t mass)
{
    real_cell(table, true, (double)mass / 1000.0);
}

static void write_head(const struct sheet *s, size_t number)
{
    const struct airframe *a = &s->inst->airframe[s->m->airframe];
    const struct load_plan *plan = s->m->load_plan;
    text_addf(s->to, "LOAD SHEET M%03zu\n\nAirframe       ", number + 1);
    text_add_safe(s->to, a->id);
    text_addf(s->to, " (");
    text_add_safe(s->to, s->inst->type[a->type].id);
    text_addf(s->to, ")\nConfiguration  ");
    text_add_safe(s->to, s->inst->type[a->type].configuration[s->m->configuration].id);
    text_addf(s->to, "\nCrew           ");
    text_add_safe(s->to, s->inst->crew[s->m->crew].id);
    if (!plan)
        text_addf(s->to, "\nLoad plan      none\n");
    else if (plan->goals.zones >= 0)
        text_addf(s->to,
                  "\nLoad plan      %s: zones of its demands %" PRId64 ", deviation %" PRId64
                  " %%, unloading order %" PRId64 "\n",
                  plan->proven ? "proven best" : "valid, not proven best", plan->goals.zones, plan->goals.deviation,
                  plan->goals.order);
    else
        text_addf(s->to, "\nLoad plan      given\n");
    if (plan && !plan->proven && plan->bound.zones > 0)
        text_addf(s->to, "               none is better than %" PRId64 ", %" PRId64 " %%, %" PRId64 "\n",
                  plan->bound.zones, plan->bound.deviation, plan->bound.order);
    text_addf(s->to, "Planning figures: the loadmaster and the aircraft commander have the last word.\n");
}

static gram_t lot_cargo(const struct load_plan *plan, const struct seating *lot)
{
    gram_t sum = 0;
    for (size_t k = 0; k < plan->n_stowages; k++) {
        const struct stowage *x = &plan->stowage[k];
        if (x->demand == lot->demand && x->from_stop == lot->from_stop && x->to_stop == lot->to_stop)
            sum += x->mass;
    }
    return sum;
}

static bool same_lot(const struct seating *a, const struct seating *b)
{
    return a->demand == b->demand && a->from_stop == b->from_stop && a->to_stop == b->to_stop;
}

/* What boards and leaves, lot by lot. */
static void write_lots(const struct sheet *s)
{
    const struct load_plan *plan = s->m->load_plan;
    struct table table;
    if (plan->n_seatings == 0) {
        text_addf(s->to, "\nNobody rides on this mission.\n");
        return;
    }
    table_init(&table, "Demand|Loads at|Unloads at|>Passengers|>Escorts|>Cargo kg");
    for (size_t k = 0; k < plan->n_seatings; k++) {
        const struct seating *x = &plan->seating[k];
        int64_t pax = 0, escorts = 0;
        bool counted = false;
        for (size_t l = 0; l < plan->n_seatings; l++) {
            bool same = same_lot(x, &plan->seating[l]);
            counted = counted || (same && l < k);
            pax += same ? plan->seating[l].pax : 0;
            escorts += same ? plan->seating[l].escorts : 0;
        }
        if (counted)
            continue;
        table_cell(&table, "%s", s->inst->demand[x->demand].id);
        table_cell(&table, "%s, stop %" PRId32, field(s, x->from_stop), x->from_stop);
        table_cell(&table, "%s, stop %" PRId32, field(s, x->to_stop), x->to_stop);
        table_cell(&table, "%" PRId64, pax);
        table_cell(&table, "%" PRId64, escorts);
        kilograms(&table, lot_cargo(plan, x));
    }
    text_addf(s->to, "\n");
    table_write(&table, 0, s->to);
    table_release(&table);
}

/* Zones with who sits there: a line for each lot. */
static void write_zones(const struct sheet *s, size_t sortie)
{
    const struct load_plan *plan = s->m->load_plan;
    struct table table;
    table_init(&table, "Zone|>Arm|>Seats|>Taken|Demand|>Passengers|>Escorts|Leaves at");
    for (size_t z = 0; z < s->cabin->n_zones; z++) {
        const struct cabin_zone *zone = &s->cabin->zone[z];
        bool first = true;
        for (size_t k = 0; k <= plan->n_seatings; k++) {
            const struct seating *x = k < plan->n_seatings ? &plan->seating[k] : NULL;
            if (x ? x->zone != (int32_t)z || !rides_on(x->from_stop, x->to_stop, sortie) : !first)
                continue;
            table_cell(&table, "%s", first ? zone->id : "");
            real_cell(&table, first, zone->arm);
            whole_cell(&table, first, zone->seats);
            whole_cell(&table, first, s->people[z]);
            table_cell(&table, "%s", x ? s->inst->demand[x->demand].id : "-");
            whole_cell(&table, x != NULL, x ? x->pax : 0);
            whole_cell(&table, x != NULL, x ? x->escorts : 0);
            table_cell(&table, "%s", x ? field(s, x->to_stop) : "");
            first = false;
        }
    }
    table_write(&table, 2, s->to);
    table_release(&table);
}

static void write_positions(const struct sheet *s, size_t sortie)
{
    const struct load_plan *plan = s->m->load_plan;
    struct table table;
    bool any = false;
    table_init(&table, "Position|>Arm|>Most kg|>Load kg|Demand|>Of it kg|Leaves at");
    for (size_t q = 0; q < s->cabin->n_positions; q++) {
        const struct cabin_position *position = &s->cabin->position[q];
        bool first = true;
        for (size_t k = 0; k < plan->n_stowages; k++) {
            const struct stowage *x = &plan->stowage[k];
            if (x->position != (int32_t)q || !rides_on(x->from_stop, x->to_stop, sortie))
                continue;
            table_cell(&table, "%s", first ? position->id : "");
            real_cell(&table, first, position->arm);
            real_cell(&table, first, (double)position->largest / 1000.0);
            real_cell(&table, first, (double)s->cargo[q] / 1000.0);
            table_cell(&table, "%s", s->inst->demand[x->demand].id);
            kilograms(&table, x->mass);
            table_cell(&table, "%s", field(s, x->to_stop));
            first = false;
            any = true;
        }
    }
    if (any) {
        text_addf(s->to, "\n");
        table_write(&table, 2, s->to);
    } else {
        text_addf(s->to, "\n  No baggage or freight on positions.\n");
    }
    table_release(&table);
}

static void write_balance(const struct sheet *s, const struct sortie_load *load)
{
    const struct cabin *c = s->cabin;
    bool inside = load->cg >= c->cg_from - 5e-4 && load->cg <= c->cg_until + 5e-4;
    struct table table;
    table_init(&table, "Zero-fuel mass|>kg");
    table_cell(&table, "empty aircraft");
    kilograms(&table, c->empty_mass);
    table_cell(&table, "people without baggage");
    kilograms(&table, load->bodies);
    table_cell(&table, "baggage and freight");
    kilograms(&table, load->cargo);
    table_cell(&table, "in all");
    kilograms(&table, load->mass);
    table_write(&table, 2, s->to);
    table_release(&table);
    text_addf(s->to, "  Centre of gravity %.3f, limits %.3f to %.3f: %s\n", load->cg, c->cg_from, c->cg_until,
              inside ? "inside" : "OUTSIDE");
}

static void write_sortie(const struct sheet *s, size_t sortie)
{
    char off[SHOW_TIME_SIZE], on[SHOW_TIME_SIZE];
    struct sortie_load load = sortie_load_count(s->inst, s->m, sortie, s->people, s->cargo);
    text_addf(s->to, "\nSortie %zu  ", sortie + 1);
    text_add_safe(s->to, field(s, (int32_t)sortie));
    text_addf(s->to, " %sZ to ", show_utc(s->inst, s->m->stop[sortie].departure, off));
    text_add_safe(s->to, field(s, (int32_t)sortie + 1));
    text_addf(s->to, " %sZ, %" PRId64 " aboard\n\n", show_utc(s->inst, s->m->stop[sortie + 1].arrival, on),
              load.people);
    if (load.people > 0) {
        write_zones(s, sortie);
        write_positions(s, sortie);
        text_addf(s->to, "\n");
    }
    write_balance(s, &load);
}

void load_sheet_write(const struct instance *inst, const struct mission *m, size_t number, struct text *to)
{
    struct sheet s = {.inst = inst, .m = m, .cabin = mission_cabin(inst, m), .to = to};
    s.people = calloc(s.cabin->n_zones + 1, sizeof *s.people);
    s.cargo = calloc(s.cabin->n_positions + 1, sizeof *s.cargo);
    to->failed = to->failed || !s.people || !s.cargo;
    if (!to->failed) {
        write_head(&s, number);
        if (m->load_plan)
            write_lots(&s);
        for (size_t i = 0; i + 1 < m->n_stops && m->load_plan; i++)
            write_sortie(&s, i);
    }
    free(s.people);
    free(s.cargo);
}
