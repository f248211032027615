/* Columns of a route: how often it is flown, and by whom. */
#include <stdlib.h>
#include <string.h>

#include "program/copy.h"

/* Groups that may fly the route: how many there are, the last of them, and how many members they have. */
static int32_t list_groups(const struct building *b, const struct route *route, bool airframes, int32_t *last,
                           int64_t *members)
{
    int32_t n = 0;
    *members = 0;
    for (int32_t g = 0; g < (int32_t)(airframes ? b->groups.n_airframe : b->groups.n_crew); g++) {
        if (!(airframes ? building_airframe_may(b, route, g) : building_crew_may(b, route, g)))
            continue;
        *last = g;
        *members += (int64_t)(airframes ? b->groups.airframe[g].n_members : b->groups.crew[g].n_members);
        n++;
    }
    return n;
}

/* Airframe or crew groups of the fly columns of a route; `only` one may, or there is a column for each. */
static void add_groups(struct building *b, const struct route *route, int32_t index, bool airframes, int32_t only,
                       const int32_t *fly, int64_t n_fly, int64_t most)
{
    struct program *p = b->program;
    if (only >= 0) {
        for (int64_t k = 0; k < n_fly; k++) {
            if (airframes)
                building_airframe(b, route, only, fly[k]);
            else
                building_crew(b, route, only, fly[k]);
        }
        return;
    }
    int32_t row = program_add_row(p, PROGRAM_EQUAL, 0, "%s_R%d", airframes ? "airframe" : "crew", index);
    for (int64_t k = 0; k < n_fly; k++)
        program_add_entry(p, row, fly[k], -1);
    for (int32_t g = 0; g < (int32_t)(airframes ? b->groups.n_airframe : b->groups.n_crew); g++) {
        if (!(airframes ? building_airframe_may(b, route, g) : building_crew_may(b, route, g)))
            continue;
        const struct group *group = airframes ? &b->groups.airframe[g] : &b->groups.crew[g];
        struct program_column column = {.kind = airframes ? COLUMN_AIRFRAME : COLUMN_CREW,
                                        .route = index,
                                        .copy = -1,
                                        .group = g,
                                        .demand = -1,
                                        .load_stop = -1,
                                        .unload_stop = -1,
                                        .upper = (int64_t)group->n_members < most ? (int64_t)group->n_members : most,
                                        .integer = true};
        int32_t added =
            program_add_column(p, column, "%s_R%d_g%d_%s", program_column_text(column.kind), index, g,
                               airframes ? b->inst->airframe[group->member[0]].id : b->inst->crew[group->member[0]].id);
        program_add_entry(p, row, added, 1);
        if (airframes)
            building_airframe(b, route, g, added);
        else
            building_crew(b, route, g, added);
    }
}

/* Most copies that parking and passengers leave. */
static int64_t most_copies(const struct building *b, const struct route *route, int64_t most)
{
    int64_t pax = 0;
    for (int32_t s = 1; s < route->n; s++) {
        int32_t mog = b->inst->airfield[route->stop[s].airfield].mog, units = b->inst->type[route->type].mog_units;
        if (mog >= 0 && units > 0 && mog / units < most && route->stop[s].arrival < route->stop[s].departure)
            most = mog / units;
    }
    for (int32_t r = 0; r < route->n_rides; r++) {
        bool first = true;
        for (int32_t k = 0; k < r; k++)
            first = first && route->ride[k].demand != route->ride[r].demand;
        pax += first ? b->inst->demand[route->ride[r].demand].pax : 0;
    }
    return route->n_rides > 0 && pax < most ? pax : most;
}

void building_route(struct building *b, const struct route *route)
{
    int32_t airframe = -1, crew = -1, configuration;
    int64_t airframes, crews;
    int32_t n_airframe = list_groups(b, route, true, &airframe, &airframes);
    int32_t n_crew = list_groups(b, route, false, &crew, &crews);
    int64_t most = most_copies(b, route, airframes < crews ? airframes : crews);
    if (most == 0)
        return;
    struct copy *c = calloc(1, sizeof *c);
    int32_t *fly = calloc((size_t)most, sizeof *fly);
    struct stop *stop = malloc(((size_t)route->n + 1) * sizeof *stop);
    if (!c || !fly || !stop) {
        b->program->failed = true;
        free(stop);
    } else {
        *c = (struct copy){.b = b, .route = route, .seats = type_seats(&b->inst->type[route->type], &configuration)};
        bool pooled = copy_is_plain(c);
        memcpy(stop, route->stop, ((size_t)route->n + 1) * sizeof *stop);
        c->index =
            program_take_route(b->program, (struct program_route){.type = route->type,
                                                                  .stop = stop,
                                                                  .n_stops = (size_t)route->n + 1,
                                                                  .from = route->from,
                                                                  .to = route->to,
                                                                  .airframe_group = n_airframe == 1 ? airframe : -1,
                                                                  .crew_group = n_crew == 1 ? crew : -1,
                                                                  .copies = (int32_t)most,
                                                                  .pooled = pooled});
        int64_t n_fly = pooled ? 1 : most;
        c->times = pooled ? most : 1;
        for (c->number = 0; c->number < n_fly && !b->program->failed; c->number++) {
            copy_add(c);
            fly[c->number] = c->fly;
            if (c->number == 0)
                continue;
            /* copies are alike */
            int32_t row = program_add_row(b->program, PROGRAM_AT_LEAST, 0, "order_R%dc%d_0", c->index, c->number);
            program_add_entry(b->program, row, fly[c->number - 1], 1);
            program_add_entry(b->program, row, c->fly, -1);
        }
        add_groups(b, route, c->index, true, n_airframe == 1 ? airframe : -1, fly, n_fly, most);
        add_groups(b, route, c->index, false, n_crew == 1 ? crew : -1, fly, n_fly, most);
    }
    free(fly);
    free(c);
}
