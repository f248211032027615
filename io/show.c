#include "io/show.h"

#include <inttypes.h>
#include <stdlib.h>

#include "io/delivery.h"
#include "io/show_text.h"
#include "io/show_time.h"

static const char *airfield_id(const struct instance *inst, int32_t airfield)
{
    return airfield >= 0 && (size_t)airfield < inst->n_airfields ? inst->airfield[airfield].id : "?";
}

static const char *local(const struct instance *inst, int32_t airfield, sec_t instant, char to[SHOW_TIME_SIZE])
{
    if (airfield < 0 || (size_t)airfield >= inst->n_airfields)
        return "-";
    return show_local(inst, &inst->airfield[airfield], instant, to);
}

static const struct airframe *mission_airframe(const struct instance *inst, const struct mission *mission)
{
    bool known = mission->airframe >= 0 && (size_t)mission->airframe < inst->n_airframes;
    return known ? &inst->airframe[mission->airframe] : NULL;
}

static const struct configuration *mission_configuration(const struct instance *inst, const struct mission *mission)
{
    const struct airframe *airframe = mission_airframe(inst, mission);
    if (airframe == NULL)
        return NULL;
    const struct aircraft_type *type = &inst->type[airframe->type];
    bool known = mission->configuration >= 0 && (size_t)mission->configuration < type->n_configurations;
    return known ? &type->configuration[mission->configuration] : NULL;
}

static const char *crew_id(const struct instance *inst, const struct mission *mission)
{
    return mission->crew >= 0 && (size_t)mission->crew < inst->n_crews ? inst->crew[mission->crew].id : "?";
}

/* --- header */

static void header_row(struct table *table, const char *name, cent_t amount, const char *currency)
{
    char money[SHOW_TIME_SIZE];
    table_cell(table, "%s", name);
    table_cell(table, "%s", show_money(amount, money));
    table_cell(table, "%s", currency);
}

static void write_header(const struct instance *inst, const struct plan *plan, struct text *to)
{
    char from[SHOW_TIME_SIZE], until[SHOW_TIME_SIZE], gap[SHOW_TIME_SIZE];
    text_addf(to, "Instance  ");
    text_add_safe(to, inst->name);
    text_addf(to, "\nHorizon   %sZ to %sZ\n", show_utc(inst, 0, from), show_utc(inst, inst->end, until));
    text_addf(to, "Status    %s\n", plan_status_text(plan->status));
    if (plan->status == PLAN_IMPOSSIBLE || plan->status == PLAN_UNKNOWN)
        return; /* there is no cost of nothing */
    text_addf(to, "Gap       %s\n\n", show_gap(plan_gap(plan->cost.total, plan->bound), gap));

    const struct cost *cost = &plan->cost;
    struct table table;
    table_init(&table, "Cost|>Amount|");
    header_row(&table, "block time", cost->block, inst->currency);
    header_row(&table, "fees", cost->fees, inst->currency);
    header_row(&table, "missions", cost->missions, inst->currency);
    header_row(&table, "passengers not moved", cost->not_moved, inst->currency);
    header_row(&table, "delay", cost->delay, inst->currency);
    header_row(&table, "total", cost->total, inst->currency);
    header_row(&table, "bound", plan->bound, inst->currency);
    table_write(&table, 0, to);
    table_release(&table);
}

/* --- airframes */

static int64_t demand_aboard(const struct mission *mission, int32_t demand, size_t sortie)
{
    int64_t pax = 0;
    for (size_t i = 0; i < mission->n_rides; i++) {
        const struct ride *ride = &mission->ride[i];
        if (ride->demand == demand && ride->from_stop >= 0 && (size_t)ride->from_stop <= sortie && ride->to_stop > 0 &&
            sortie < (size_t)ride->to_stop)
            pax += ride->pax;
    }
    return pax;
}

/* Passengers and escorts on one sortie. */
static void count_aboard(const struct instance *inst, const struct mission *mission, size_t sortie, int64_t *pax,
                         int64_t *escorts)
{
    *pax = *escorts = 0;
    for (size_t i = 0; i < mission->n_rides; i++) {
        int32_t demand = mission->ride[i].demand;
        bool counted = demand < 0 || (size_t)demand >= inst->n_demands;
        for (size_t j = 0; j < i && !counted; j++)
            counted = mission->ride[j].demand == demand;
        if (counted)
            continue;
        int64_t aboard = demand_aboard(mission, demand, sortie);
        *pax += aboard;
        *escorts += demand_escorts(&inst->demand[demand], aboard);
    }
}

static void sortie_row(const struct instance *inst, const struct mission *mission, size_t number, size_t sortie,
                       struct table *table)
{
    const struct stop *from = &mission->stop[sortie];
    const struct stop *to = &mission->stop[sortie + 1];
    const struct configuration *configuration = mission_configuration(inst, mission);
    char time[SHOW_TIME_SIZE];
    if (sortie == 0) {
        table_cell(table, "M%03zu", number + 1);
        table_cell(table, "%s", crew_id(inst, mission));
        table_cell(table, "%s", configuration != NULL ? configuration->id : "?");
    } else {
        table_cell(table, "%s", "");
        table_cell(table, "%s", "");
        table_cell(table, "%s", "");
    }
    table_cell(table, "%s", airfield_id(inst, from->airfield));
    table_cell(table, "%s", airfield_id(inst, to->airfield));
    table_cell(table, "%s", show_utc(inst, from->departure, time));
    table_cell(table, "%s", local(inst, from->airfield, from->departure, time));
    table_cell(table, "%s", show_utc(inst, to->arrival, time));
    table_cell(table, "%s", local(inst, to->airfield, to->arrival, time));
    int64_t pax, escorts;
    count_aboard(inst, mission, sortie, &pax, &escorts);
    table_cell(table, "%" PRId64, pax);
    table_cell(table, "%" PRId64, escorts);
    table_cell(table, "%" PRId32, configuration != NULL ? configuration->seats : 0);
    const char *note = mission->committed && sortie == 0 ? "committed" : "";
    table_cell(table, "%s%s%s", pax == 0 ? "ferry" : "", pax == 0 && *note != '\0' ? ", " : "", note);
}

static bool write_airframe(const struct instance *inst, const struct schedule *schedule, size_t index, struct text *to)
{
    struct table table;
    table_init(&table,
               "Mission|Crew|Configuration|From|To|Take-off UTC|local|Block-in UTC|local|>Pax|>Escorts|>Seats|");
    bool flies = false;
    for (size_t i = 0; i < schedule->n_missions; i++) {
        const struct mission *mission = &schedule->mission[i];
        if (mission->airframe != (int32_t)index)
            continue;
        for (size_t k = 0; k + 1 < mission->n_stops; k++)
            sortie_row(inst, mission, i, k, &table);
        flies = true;
    }
    if (flies) {
        const struct airframe *airframe = &inst->airframe[index];
        text_addf(to, "\nAirframe ");
        text_add_safe(to, airframe->id);
        text_addf(to, " (");
        text_add_safe(to, inst->type[airframe->type].id);
        text_addf(to, ")\n");
        table_write(&table, 2, to);
    }
    table_release(&table);
    return flies;
}

static void write_airframes(const struct instance *inst, const struct schedule *schedule, struct text *to)
{
    size_t idle = 0;
    for (size_t i = 0; i < inst->n_airframes; i++)
        idle += !write_airframe(inst, schedule, i, to);
    if (idle > 0)
        text_addf(to, "\nAirframes that do not fly: %zu\n", idle);
}

/* --- demands */

static void write_demands(const struct instance *inst, const struct schedule *schedule, struct text *to)
{
    struct table table;
    table_init(&table, "Demand|From|To|>Pax|>Moved|>Left|First delivery UTC|Last delivery UTC");
    char time[SHOW_TIME_SIZE];
    int64_t pax = 0, moved = 0;
    struct delivery *all = deliveries(inst, schedule, NULL);
    if (all == NULL)
        to->failed = true;
    for (size_t i = 0; all != NULL && i < inst->n_demands; i++) {
        const struct demand *demand = &inst->demand[i];
        struct delivery delivery = all[i];
        table_cell(&table, "%s", demand->id);
        table_cell(&table, "%s", airfield_id(inst, demand->origin));
        table_cell(&table, "%s", airfield_id(inst, demand->destination));
        table_cell(&table, "%" PRId32, demand->pax);
        table_cell(&table, "%" PRId64, delivery.moved);
        table_cell(&table, "%" PRId64, demand->pax - delivery.moved);
        table_cell(&table, "%s", show_utc(inst, delivery.first, time));
        table_cell(&table, "%s", show_utc(inst, delivery.last, time));
        pax += demand->pax;
        moved += delivery.moved;
    }
    free(all);
    text_addf(to, "\nDemands: %" PRId64 " of %" PRId64 " passengers moved\n", moved, pax);
    table_write(&table, 2, to);
    table_release(&table);
}

/* --- crews */

/* Sum of two instants or durations; SEC_NONE where one is missing or out of all measure. */
static sec_t plus(sec_t instant, sec_t duration)
{
    if (instant < SEC_EARLIEST || instant > SEC_LATEST || duration < SEC_EARLIEST || duration > SEC_LATEST)
        return SEC_NONE;
    return instant + duration;
}

static void duty_row(const struct instance *inst, const struct mission *mission, size_t number, struct table *table)
{
    const struct crew *crew = &inst->crew[mission->crew];
    const struct stop *first = &mission->stop[0];
    const struct stop *last = &mission->stop[mission->n_stops - 1];
    const struct airframe *airframe = mission_airframe(inst, mission);
    sec_t show = plus(first->departure, -inst->rules.show);
    sec_t flight_duty = show == SEC_NONE ? SEC_NONE : plus(last->arrival, -show);
    char time[SHOW_TIME_SIZE];
    table_cell(table, "%s", crew->id);
    table_cell(table, "%s", crew->kind == CREW_AUGMENTED ? "augmented" : "basic");
    table_cell(table, "M%03zu", number + 1);
    table_cell(table, "%s", airfield_id(inst, first->airfield));
    table_cell(table, "%s", airfield_id(inst, last->airfield));
    table_cell(table, "%s", show_utc(inst, show, time));
    table_cell(table, "%s", local(inst, first->airfield, show, time));
    table_cell(table, "%s", show_utc(inst, plus(last->arrival, inst->rules.post_flight), time));
    table_cell(table, "%s", local(inst, last->airfield, plus(last->arrival, inst->rules.post_flight), time));
    table_cell(table, "%s", show_duration(flight_duty, time));
    table_cell(table, "%s", airframe == NULL ? "-" : show_duration(inst->type[airframe->type].fdp[crew->kind], time));
}

static void write_crews(const struct instance *inst, const struct schedule *schedule, struct text *to)
{
    struct table table;
    table_init(&table, "Crew|Kind|Mission|From|To|Show UTC|local|Off UTC|local|>FDP|>Limit");
    size_t idle = 0, duties = 0;
    for (size_t i = 0; i < inst->n_crews; i++) {
        bool flies = false;
        for (size_t j = 0; j < schedule->n_missions; j++) {
            const struct mission *mission = &schedule->mission[j];
            if (mission->crew != (int32_t)i || mission->n_stops == 0)
                continue;
            duty_row(inst, mission, j, &table);
            duties++;
            flies = true;
        }
        idle += !flies;
    }
    if (duties > 0) {
        text_addf(to, "\nCrew duty\n");
        table_write(&table, 2, to);
    }
    if (idle > 0)
        text_addf(to, "\nCrews without duty: %zu\n", idle);
    table_release(&table);
}

char *show_schedule(const struct instance *inst, const struct plan *plan, struct error *err)
{
    struct text text;
    text_init(&text);
    write_header(inst, plan, &text);
    write_airframes(inst, &plan->schedule, &text);
    write_demands(inst, &plan->schedule, &text);
    write_crews(inst, &plan->schedule, &text);
    return text_take(&text, err);
}
