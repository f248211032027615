/* The report: a page with its style and scripts, and the schedule as JSON in between, which the scripts draw. Every
 * text goes through escape_script, and the scripts put texts into the page as texts only. */
#include "export/report.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "export/report_json.h"
#include "export/report_limits.h"
#include "export/report_loads.h"
#include "export/report_page.h"
#include "export/walk.h"
#include "io/delivery.h"
#include "io/json_text.h"
#include "io/show_time.h"

/* --- the instance */

static bool put_airfields(struct reporter *r)
{
    bool good = true;
    put_begin(r, "airfields", "[");
    for (size_t i = 0; good && i < r->inst->n_airfields; i++) {
        const struct airfield *f = &r->inst->airfield[i];
        put_begin(r, NULL, "{");
        put_string(r, "id", f->id);
        put_string(r, "name", f->name);
        put_string(r, "zone", f->time_zone);
        put_real(r, "lat", f->lat);
        put_real(r, "lon", f->lon);
        put_whole(r, "mog", f->mog);
        good = put_end(r, "}");
    }
    return good && put_end(r, "]");
}

static bool put_fleet(struct reporter *r)
{
    bool good = true;
    put_begin(r, "airframes", "[");
    for (size_t i = 0; good && i < r->inst->n_airframes; i++) {
        const struct aircraft_type *type = &r->inst->type[r->inst->airframe[i].type];
        put_begin(r, NULL, "{");
        put_string(r, "id", r->inst->airframe[i].id);
        put_string(r, "type", type->id);
        put_whole(r, "units", type->mog_units);
        good = put_end(r, "}");
    }
    good = good && put_end(r, "]");
    put_begin(r, "crews", "[");
    for (size_t i = 0; good && i < r->inst->n_crews; i++) {
        put_begin(r, NULL, "{");
        put_string(r, "id", r->inst->crew[i].id);
        put_string(r, "kind", r->inst->crew[i].kind == CREW_AUGMENTED ? "augmented" : "basic");
        good = put_end(r, "}");
    }
    return good && put_end(r, "]");
}

static bool put_demands(struct reporter *r, const struct delivery *delivery)
{
    bool good = true;
    put_begin(r, "demands", "[");
    for (size_t i = 0; good && i < r->inst->n_demands; i++) {
        const struct demand *d = &r->inst->demand[i];
        int64_t left = d->pax > delivery[i].moved ? d->pax - delivery[i].moved : 0;
        put_begin(r, NULL, "{");
        put_string(r, "id", d->id);
        put_string(r, "category", d->category >= 0 ? r->inst->category[d->category] : "");
        put_whole(r, "from", d->origin);
        put_whole(r, "to", d->destination);
        put_whole(r, "pax", d->pax);
        put_whole(r, "moved", delivery[i].moved);
        put_whole(r, "left", left);
        put_money(r, "cost", left * d->penalty);
        put_interval(r, "pickup", d->pickup);
        put_interval(r, "delivery", d->delivery);
        put_instant(r, "first", delivery[i].first);
        put_instant(r, "last", delivery[i].last);
        good = put_end(r, "}");
    }
    return good && put_end(r, "]");
}

/* --- the schedule */

/* [airfield, arrival, handling start and end, departure, parked from and until, boarding, leaving] */
static void put_stop(struct reporter *r, const struct walk_stop *s)
{
    put_begin(r, NULL, "[");
    put_whole(r, NULL, s->plan->airfield);
    put_instant(r, NULL, s->plan->arrival);
    put_whole(r, NULL, s->plan->handling_start);
    put_whole(r, NULL, s->plan->handling_end);
    put_instant(r, NULL, s->plan->departure);
    put_whole(r, NULL, s->from);
    put_whole(r, NULL, s->until);
    put_whole(r, NULL, s->boards.pax);
    put_whole(r, NULL, s->leaves.pax);
    put(r, "]");
    r->follows = true;
}

/* [passengers, escorts, payload kg, nm, cost with fee, [[demand, passengers], ...]] */
static void put_sortie(struct reporter *r, const struct walk_sortie *s)
{
    put_begin(r, NULL, "[");
    put_whole(r, NULL, s->aboard.pax);
    put_whole(r, NULL, s->aboard.escorts);
    put_kilograms(r, NULL, s->aboard.mass);
    put_next(r, NULL);
    text_add_decimal(r->text, s->leg->nm, 3);
    put_money(r, NULL, s->leg->cost + s->leg->fee);
    put_begin(r, NULL, "[");
    for (size_t i = 0; i < s->aboard.n; i++) {
        put_next(r, NULL);
        text_addf(r->text, "[%" PRId32 ",%" PRId64 "]", s->aboard.lot[i].demand, s->aboard.lot[i].pax);
    }
    put(r, "]]");
    r->follows = true;
}

static bool put_mission(struct reporter *r, struct walk *walk)
{
    const struct walk_mission *m = &walk->mission;
    put_begin(r, NULL, "{");
    put_string(r, "name", m->name);
    put_whole(r, "airframe", m->plan->airframe);
    put_whole(r, "crew", m->plan->crew);
    put_whole(r, "seats", m->configuration->seats);
    put_whole(r, "committed", m->plan->committed);
    put_whole(r, "block", m->block);
    put_whole(r, "show", m->duty.show);
    put_whole(r, "end", m->duty.end);
    put_whole(r, "rested", m->duty.rested);
    put_whole(r, "fdp", m->duty.fdp);
    put_whole(r, "fdp_limit", m->duty.fdp_limit);
    put_begin(r, "stops", "[");
    while (walk_stop(walk))
        put_stop(r, &walk->stop);
    put_end(r, "]");
    put_begin(r, "sorties", "[");
    while (walk_sortie(walk))
        put_sortie(r, &walk->sortie);
    put_end(r, "]");
    put_load(r, m->plan);
    return put_end(r, "}");
}

static bool put_missions(struct reporter *r, const struct schedule *schedule)
{
    struct walk walk;
    if (!walk_init(&walk, r->inst, schedule, WALK_BY_TIME, r->err))
        return false;
    bool good = true;
    put_begin(r, "missions", "[");
    while (good && walk_mission(&walk))
        good = put_mission(r, &walk);
    walk_release(&walk);
    return good && put_end(r, "]");
}

/* Every period as [from, until, arrivals, most arrivals, passengers, most passengers]; a most of -1 is none. Those
 * after the horizon are left out unless something counts in them. */
static void put_caps(struct reporter *r, const struct limit_counts *counts, const struct limit *limit)
{
    put_begin(r, "caps", "[");
    for (size_t i = 0; i < limit->n_caps; i++) {
        const struct cap *cap = &limit->cap[i];
        struct limit_count used = limit_count(counts, limit, cap);
        if (cap->from > r->inst->end && used.arrivals == 0 && used.pax == 0)
            continue;
        put_next(r, NULL);
        text_addf(r->text, "[%" PRId64 ",%" PRId64 ",%" PRId64 ",%" PRId32 ",%" PRId64 ",%" PRId32 "]", cap->from,
                  cap->until, used.arrivals, cap->arrivals, used.pax, cap->pax);
    }
    put_end(r, "]");
}

static bool put_limit(struct reporter *r, const struct limit_counts *counts, const struct limit *limit)
{
    put_begin(r, NULL, "{");
    put_string(r, "id", limit->id);
    put_begin(r, "airfields", "[");
    for (size_t i = 0; i < limit->n_airfields; i++)
        put_whole(r, NULL, limit->airfields[i]);
    put_end(r, "]");
    put_caps(r, counts, limit);
    put_begin(r, "clear", "[");
    for (size_t i = 0; i < limit->n_clear; i++)
        put_interval(r, NULL, limit->clear[i]);
    put_end(r, "]");
    return put_end(r, "}");
}

static bool put_limits(struct reporter *r, const struct schedule *schedule)
{
    struct limit_counts counts;
    if (!limit_counts_init(&counts, r->inst, schedule, r->err))
        return false;
    bool good = true;
    put_begin(r, "limits", "[");
    for (size_t i = 0; good && i < r->inst->n_limits; i++)
        good = put_limit(r, &counts, &r->inst->limit[i]);
    limit_counts_release(&counts);
    return good && put_end(r, "]");
}

/* --- the head */

static bool put_costs(struct reporter *r, const struct plan *plan)
{
    char gap[SHOW_TIME_SIZE];
    put_begin(r, "costs", "{");
    put_money(r, "block", plan->cost.block);
    put_money(r, "fees", plan->cost.fees);
    put_money(r, "missions", plan->cost.missions);
    put_money(r, "not_moved", plan->cost.not_moved);
    put_money(r, "delay", plan->cost.delay);
    put_money(r, "total", plan->cost.total);
    put_money(r, "bound", plan->bound);
    put_money(r, "above", plan->cost.total > plan->bound ? plan->cost.total - plan->bound : 0);
    put_string(r, "gap", show_gap(plan_gap(plan->cost.total, plan->bound), gap));
    return put_end(r, "}");
}

static bool put_data(struct reporter *r, const struct report *report)
{
    struct delivery *delivery = deliveries(r->inst, &report->plan->schedule, r->err);
    if (delivery == NULL)
        return false;
    put_begin(r, NULL, "{");
    put_string(r, "program", "sortie " SORTIE_VERSION);
    put_string(r, "name", r->inst->name);
    put_string(r, "sha256", r->inst->sha256);
    put_string(r, "currency", r->inst->currency);
    put_string(r, "status", plan_status_text(report->plan->status));
    put_string(r, "breaches", report->breaches);
    put_whole(r, "start", r->inst->start_unix);
    put_whole(r, "end", r->inst->end);
    bool good = put_costs(r, report->plan) && put_airfields(r) && put_fleet(r) && put_cabins(r) &&
                put_demands(r, delivery) && put_missions(r, &report->plan->schedule) &&
                put_limits(r, &report->plan->schedule) && put_end(r, "}");
    free(delivery);
    return good;
}

/* --- the page */

/* Writes the page from *at to the mark, and goes on behind it. */
static void put_page(struct reporter *r, const char **at, const char *mark)
{
    const char *end = strstr(*at, mark);
    text_add(r->text, *at, end != NULL ? (size_t)(end - *at) : strlen(*at));
    *at = end != NULL ? end + strlen(mark) : "";
}

bool report_write(const struct report *report, struct sink *to, struct error *err)
{
    struct reporter r = {.inst = report->inst, .to = to, .text = &to->text, .err = err};
    const char *at = report_page_html;
    if (!sink_begin(to, "report.html", err))
        return false;
    put_page(&r, &at, "@STYLE@");
    text_add(r.text, report_style_css, report_style_css_size);
    put_page(&r, &at, "@DATA@");
    if (!put_data(&r, report))
        return false;
    put_page(&r, &at, "@SCRIPT@");
#define X(name) text_add(r.text, name, name##_size);
    REPORT_SCRIPTS(X)
#undef X
    put(&r, at);
    return sink_end(to, err);
}
