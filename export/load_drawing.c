/* The cabin from above: zones and positions along the arm, what is in them, and the centre of gravity in its limits. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "export/escape.h"
#include "export/load_sheet.h"
#include "io/show_time.h"
#include "model/load_plan.h"

enum {
    LEFT = 60,
    RIGHT = LOAD_DRAWING_WIDTH - 60,
    ZONE_TOP = 96,
    ZONE_HEIGHT = 96,
    POSITION_TOP = 206,
    POSITION_HEIGHT = 22,
    SCALE_TOP = 330,
    LEGEND_TOP = 396
};

#define GAP 4.0

/* Told apart without colour vision, too (Okabe and Ito). */
static const char *const colours[] = {"#56b4e9", "#e69f00", "#009e73", "#cc79a7", "#f0e442", "#0072b2", "#d55e00"};
enum { N_COLOURS = sizeof colours / sizeof colours[0] };

struct drawing {
    const struct instance *inst;
    const struct mission *m;
    const struct cabin *cabin;
    size_t sortie;
    struct text *to;
    double from, until; /* arms at LEFT and RIGHT */
    int64_t *people;
    gram_t *cargo;
    struct sortie_load load;
};

static double x_of(const struct drawing *d, double arm)
{
    return LEFT + (arm - d->from) / (d->until - d->from) * (RIGHT - LEFT);
}

static void text_at(const struct drawing *d, double x, double y, int size, const char *anchor, const char *text)
{
    text_addf(d->to, "<text x=\"%.1f\" y=\"%.1f\" font-size=\"%d\" text-anchor=\"%s\">", x, y, size, anchor);
    escape_xml(d->to, text);
    text_addf(d->to, "</text>\n");
}

static void box(const struct drawing *d, double x, double y, double w, double h, const char *fill, const char *stroke)
{
    text_addf(d->to, "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\" stroke=\"%s\"/>\n", x, y,
              w, h, fill, stroke);
}

static bool aboard(const struct drawing *d, int32_t from, int32_t to)
{
    return (size_t)from <= d->sortie && d->sortie < (size_t)to;
}

/* The demand's place among those of the mission: its colour. */
static size_t colour_of(const struct drawing *d, int32_t demand)
{
    size_t place = 0;
    for (size_t r = 0; r < d->m->n_rides && d->m->ride[r].demand != demand; r++) {
        bool counted = false;
        for (size_t k = 0; k < r; k++)
            counted = counted || d->m->ride[k].demand == d->m->ride[r].demand;
        place += !counted;
    }
    return place % N_COLOURS;
}

static void widen(struct drawing *d, double arm)
{
    d->from = fmin(d->from, arm);
    d->until = fmax(d->until, arm);
}

static void find_extent(struct drawing *d)
{
    const struct cabin *c = d->cabin;
    d->from = fmin(c->cg_from, d->load.cg);
    d->until = fmax(c->cg_until, d->load.cg);
    for (size_t z = 0; z < c->n_zones; z++)
        widen(d, c->zone[z].arm);
    for (size_t q = 0; q < c->n_positions; q++)
        widen(d, c->position[q].arm);
    double margin = fmax((d->until - d->from) * 0.09, 0.5);
    d->from -= margin;
    d->until += margin;
}

/* Half the room between an arm and the nearest other, so that boxes do not overlap. */
static double half_width(const struct drawing *d, const double *arm, size_t n, size_t i)
{
    double least = 0.16 * (d->until - d->from);
    for (size_t k = 0; k < n; k++)
        if (fabs(arm[k] - arm[i]) > 1e-9)
            least = fmin(least, fabs(arm[k] - arm[i]));
    return fmax((x_of(d, d->from + least) - LEFT) / 2 - GAP / 2, 1);
}

/* Which of those at the same arm it is, and how many there are: they lie side by side. */
static void side_by_side(const double *arm, size_t n, size_t i, size_t *place, size_t *of)
{
    *place = *of = 0;
    for (size_t k = 0; k < n; k++) {
        bool same = fabs(arm[k] - arm[i]) <= 1e-9;
        *of += same;
        *place += same && k < i;
    }
}

static void draw_people(const struct drawing *d, size_t z, double x, double y, double w, double h)
{
    const struct load_plan *plan = d->m->load_plan;
    double low = y + h, seats = fmax(d->cabin->zone[z].seats, (double)d->people[z]);
    for (size_t k = 0; plan && k < plan->n_seatings; k++) {
        const struct seating *s = &plan->seating[k];
        if (s->zone != (int32_t)z || !aboard(d, s->from_stop, s->to_stop) || s->pax + s->escorts == 0)
            continue;
        double part = h * (s->pax + s->escorts) / seats;
        low -= part;
        box(d, x, low, w, part, colours[colour_of(d, s->demand)], "white");
    }
}

static void draw_zones(const struct drawing *d)
{
    size_t n = d->cabin->n_zones;
    double *arm = calloc(n + 1, sizeof *arm);
    d->to->failed = d->to->failed || !arm;
    for (size_t z = 0; z < n && arm; z++)
        arm[z] = d->cabin->zone[z].arm;
    for (size_t z = 0; z < n && arm; z++) {
        size_t place, of;
        char label[64];
        side_by_side(arm, n, z, &place, &of);
        double half = half_width(d, arm, n, z), x = x_of(d, arm[z]) - half, h = (double)ZONE_HEIGHT / (double)of;
        double y = ZONE_TOP + h * (double)place;
        bool over = d->people[z] > d->cabin->zone[z].seats;
        box(d, x, y, 2 * half, h - GAP, "#f4f4f4", "none");
        draw_people(d, z, x, y, 2 * half, h - GAP);
        box(d, x, y, 2 * half, h - GAP, "none", over ? "#c00000" : "#404040");
        snprintf(label, sizeof label, "%" PRId64 " / %" PRId32, d->people[z], d->cabin->zone[z].seats);
        text_at(d, x + half, y + h / 2 + 2, 13, "middle", label);
        if (place == 0)
            text_at(d, x + half, ZONE_TOP - 6, 12, "middle", d->cabin->zone[z].id);
    }
    free(arm);
}

/* Its id, where that fits, and its load. */
static void label_position(const struct drawing *d, size_t q, double x, double y, double width)
{
    const char *id = d->cabin->position[q].id;
    bool loaded = d->cargo[q] > 0;
    bool fits = 6.0 * (double)(text_columns(id, strlen(id)) + (loaded ? 9 : 0)) <= width;
    if (!fits && !loaded)
        return;
    text_addf(d->to, "<text x=\"%.1f\" y=\"%.1f\" font-size=\"11\" text-anchor=\"middle\">", x, y);
    if (fits)
        escape_xml(d->to, id);
    if (loaded)
        text_addf(d->to, "%s%.0f%s", fits ? ": " : "", (double)d->cargo[q] / 1000.0, fits ? " kg" : "");
    text_addf(d->to, "</text>\n");
}

static void draw_positions(const struct drawing *d)
{
    size_t n = d->cabin->n_positions;
    double *arm = calloc(n + 1, sizeof *arm);
    d->to->failed = d->to->failed || !arm;
    for (size_t q = 0; q < n && arm; q++)
        arm[q] = d->cabin->position[q].arm;
    for (size_t q = 0; q < n && arm; q++) {
        const struct cabin_position *position = &d->cabin->position[q];
        size_t place, of;
        side_by_side(arm, n, q, &place, &of);
        double half = half_width(d, arm, n, q), x = x_of(d, arm[q]) - half;
        double h = of > 2 ? 2.0 * POSITION_HEIGHT / (double)of : POSITION_HEIGHT;
        double y = POSITION_TOP + (h + GAP) * (double)place;
        double part = position->largest > 0 ? fmin(1, (double)d->cargo[q] / (double)position->largest) : 0;
        box(d, x, y, 2 * half * part, h, "#b0a090", "none");
        box(d, x, y, 2 * half, h, "none", d->cargo[q] > position->largest ? "#c00000" : "#404040");
        label_position(d, q, x + half, y + h / 2 + 4, 2 * half);
    }
    free(arm);
}

static void draw_scale(const struct drawing *d)
{
    const struct cabin *c = d->cabin;
    bool inside = d->load.cg >= c->cg_from - 5e-4 && d->load.cg <= c->cg_until + 5e-4;
    double x = x_of(d, d->load.cg), low = x_of(d, c->cg_from), high = x_of(d, c->cg_until);
    const char *colour = inside ? "#006400" : "#c00000";
    char label[128];
    box(d, low, SCALE_TOP, high - low, 12, "#c8e6c9", "#404040");
    text_addf(d->to, "<path d=\"M%d %dH%d\" stroke=\"#404040\" fill=\"none\"/>\n", LEFT, SCALE_TOP + 12, RIGHT);
    text_addf(d->to, "<path d=\"M%.1f %dV%d\" stroke=\"%s\" stroke-width=\"2\" stroke-dasharray=\"5 3\"/>\n", x,
              ZONE_TOP - 2, SCALE_TOP + 16, colour);
    text_addf(d->to, "<path d=\"M%.1f %dl-6 11h12z\" fill=\"%s\"/>\n", x, SCALE_TOP + 13, colour);
    snprintf(label, sizeof label, "%.3f", c->cg_from);
    text_at(d, low - 4, SCALE_TOP + 10, 11, "end", label);
    snprintf(label, sizeof label, "%.3f", c->cg_until);
    text_at(d, high + 4, SCALE_TOP + 10, 11, "start", label);
    snprintf(label, sizeof label, "centre of gravity %.3f, %s its limits; zero-fuel mass %.0f kg", d->load.cg,
             inside ? "inside" : "OUTSIDE", (double)d->load.mass / 1000.0);
    text_at(d, LOAD_DRAWING_WIDTH / 2.0, SCALE_TOP + 42, 13, "middle", label);
}

static void draw_legend(const struct drawing *d)
{
    const struct load_plan *plan = d->m->load_plan;
    double x = LEFT;
    for (size_t k = 0; plan && k < plan->n_seatings; k++) {
        const struct seating *s = &plan->seating[k];
        int64_t pax = 0, escorts = 0;
        bool counted = !aboard(d, s->from_stop, s->to_stop);
        for (size_t l = 0; l < plan->n_seatings; l++) {
            const struct seating *o = &plan->seating[l];
            bool same = o->demand == s->demand && aboard(d, o->from_stop, o->to_stop);
            counted = counted || (same && l < k);
            pax += same ? o->pax : 0;
            escorts += same ? o->escorts : 0;
        }
        if (counted)
            continue;
        const char *id = d->inst->demand[s->demand].id;
        box(d, x, LEGEND_TOP - 10, 12, 12, colours[colour_of(d, s->demand)], "#404040");
        text_addf(d->to, "<text x=\"%.1f\" y=\"%d\" font-size=\"12\">", x + 17, LEGEND_TOP);
        escape_xml(d->to, id);
        text_addf(d->to, ": %" PRId64 " + %" PRId64 "</text>\n", pax, escorts);
        x += 90 + 7 * (double)text_columns(id, strlen(id));
    }
    if (x > LEFT)
        text_at(d, RIGHT, LEGEND_TOP, 11, "end", "passengers + escorts");
}

static void draw_title(const struct drawing *d, size_t number)
{
    const struct airframe *a = &d->inst->airframe[d->m->airframe];
    const struct stop *from = &d->m->stop[d->sortie], *to = from + 1;
    char off[SHOW_TIME_SIZE];
    text_addf(d->to, "<text x=\"%d\" y=\"30\" font-size=\"17\" font-weight=\"bold\">M%03zu sortie %zu: ", LEFT,
              number + 1, d->sortie + 1);
    escape_xml(d->to, d->inst->airfield[from->airfield].id);
    text_addf(d->to, " to ");
    escape_xml(d->to, d->inst->airfield[to->airfield].id);
    text_addf(d->to, "</text>\n<text x=\"%d\" y=\"50\" font-size=\"12\">", LEFT);
    escape_xml(d->to, a->id);
    text_addf(d->to, " (");
    escape_xml(d->to, d->inst->type[a->type].id);
    text_addf(d->to, "), ");
    escape_xml(d->to, d->inst->type[a->type].configuration[d->m->configuration].id);
    text_addf(d->to, ", take-off %sZ, %" PRId64 " aboard</text>\n", show_utc(d->inst, from->departure, off),
              d->load.people);
    text_at(d, RIGHT, 30, 12, "end", "nose left; planning figures");
}

void load_drawing_write(const struct instance *inst, const struct mission *m, size_t number, size_t sortie,
                        struct text *to)
{
    struct drawing d = {.inst = inst, .m = m, .cabin = mission_cabin(inst, m), .sortie = sortie, .to = to};
    d.people = calloc(d.cabin->n_zones + 1, sizeof *d.people);
    d.cargo = calloc(d.cabin->n_positions + 1, sizeof *d.cargo);
    to->failed = to->failed || !d.people || !d.cargo;
    if (!to->failed) {
        d.load = sortie_load_count(inst, m, sortie, d.people, d.cargo);
        find_extent(&d);
        box(&d, 0, 0, LOAD_DRAWING_WIDTH, LOAD_DRAWING_HEIGHT, "white", "none");
        text_addf(to,
                  "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"60\" fill=\"none\" stroke=\"#808080\"/>\n",
                  LEFT - 40, ZONE_TOP - 26, RIGHT - LEFT + 80, POSITION_TOP + 2 * POSITION_HEIGHT + 46 - ZONE_TOP);
        draw_zones(&d);
        draw_positions(&d);
        draw_scale(&d);
        draw_legend(&d);
        draw_title(&d, number);
    }
    free(d.people);
    free(d.cargo);
}
