/* CSV: one table, or all of them in a folder with a datapackage.json that says what the columns are. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "export/escape.h"
#include "export/format.h"
#include "export/walk.h"
#include "io/delivery.h"
#include "io/instant.h"
#include "io/json_text.h"
#include "io/suggest.h"

struct column {
    const char *name;
    const char *type; /* as a table schema names it */
};

/* What a table has a row for. */
enum row_per { PER_MISSION, PER_STOP, PER_SORTIE, PER_LOT, PER_DEMAND, PER_COST };

/* The thing that a row is about; what does not belong to the table's kind is not set. */
struct row {
    const struct instance *inst;
    const struct walk *walk;     /* at the mission, stop or sortie */
    const struct lot *lot;       /* aboard the sortie */
    const struct demand *demand; /* with what becomes of it */
    const struct delivery *delivery;
    const char *term; /* of the cost */
    cent_t amount;
};

struct csv_table {
    const char *name, *title;
    const struct column *column; /* ends with a name of NULL */
    const char *key;             /* the first so many columns tell rows apart: as JSON */
    enum row_per per;
    enum walk_order order;
    void (*cells)(const struct row *row, struct sink *to);
};

/* --- cells: a comma after each; row_end makes the last of them the end of the line */

static void text_cell(struct sink *to, const char *string)
{
    escape_csv(&to->text, string);
    text_add(&to->text, ",", 1);
}

static void whole_cell(struct sink *to, int64_t value)
{
    text_addf(&to->text, "%" PRId64 ",", value);
}

static void decimal_cell(struct sink *to, int64_t amount, int digits)
{
    text_add_decimal(&to->text, amount, digits);
    text_add(&to->text, ",", 1);
}

static void minutes_cell(struct sink *to, sec_t duration)
{
    text_add_minutes(&to->text, duration);
    text_add(&to->text, ",", 1);
}

static void flag_cell(struct sink *to, bool value)
{
    text_addf(&to->text, "%s,", value ? "true" : "false");
}

/* Empty where there is no such instant. */
static void instant_cell(struct sink *to, const struct instance *inst, sec_t t)
{
    char at[INSTANT_SIZE];
    text_addf(&to->text, "%s,", t == SEC_NONE ? "" : instant_print(inst->start_unix + t, at));
}

static void lots_cells(struct sink *to, const struct lots *lots)
{
    whole_cell(to, lots->pax);
    whole_cell(to, lots->escorts);
    decimal_cell(to, lots->mass, 3);
}

static bool row_end(struct sink *to, struct error *err)
{
    if (to->text.size > 0)
        to->text.size--;
    text_add(&to->text, "\r\n", 2);
    return sink_pass(to, err);
}

/* --- the tables */

static const struct column mission_columns[] = {
    {"mission", "string"},
    {"airframe", "string"},
    {"type", "string"},
    {"configuration", "string"},
    {"crew", "string"},
    {"committed", "boolean"},
    {"from", "string"},
    {"to", "string"},
    {"handling_start", "datetime"},
    {"take_off", "datetime"},
    {"block_in", "datetime"},
    {"handling_end", "datetime"},
    {"sorties", "integer"},
    {"block_min", "number"},
    {"nm", "number"},
    {"block_cost", "number"},
    {"fees", "number"},
    {"mission_cost", "number"},
    {NULL, NULL},
};

static void mission_cells(const struct row *row, struct sink *to)
{
    const struct walk_mission *m = &row->walk->mission;
    const struct stop *first = &m->plan->stop[0], *last = &m->plan->stop[m->plan->n_stops - 1];
    text_cell(to, m->name);
    text_cell(to, m->airframe->id);
    text_cell(to, m->type->id);
    text_cell(to, m->configuration->id);
    text_cell(to, m->crew->id);
    flag_cell(to, m->plan->committed);
    text_cell(to, row->inst->airfield[first->airfield].id);
    text_cell(to, row->inst->airfield[last->airfield].id);
    instant_cell(to, row->inst, m->from);
    instant_cell(to, row->inst, first->departure);
    instant_cell(to, row->inst, last->arrival);
    instant_cell(to, row->inst, m->until);
    whole_cell(to, (int64_t)m->plan->n_stops - 1);
    minutes_cell(to, m->block);
    decimal_cell(to, m->nm, 3);
    decimal_cell(to, m->block_cost, 2);
    decimal_cell(to, m->fees, 2);
    decimal_cell(to, m->type->cost_per_mission, 2);
}

static const struct column duty_columns[] = {
    {"crew", "string"},    {"duty", "integer"},         {"kind", "string"},
    {"mission", "string"}, {"airframe", "string"},      {"from", "string"},
    {"to", "string"},      {"show", "datetime"},        {"end", "datetime"},
    {"fdp_min", "number"}, {"fdp_limit_min", "number"}, {"rested", "datetime"},
    {NULL, NULL},
};

static void duty_cells(const struct row *row, struct sink *to)
{
    const struct walk_mission *m = &row->walk->mission;
    text_cell(to, m->crew->id);
    whole_cell(to, (int64_t)m->of_crew);
    text_cell(to, m->crew->kind == CREW_AUGMENTED ? "augmented" : "basic");
    text_cell(to, m->name);
    text_cell(to, m->airframe->id);
    text_cell(to, row->inst->airfield[m->plan->stop[0].airfield].id);
    text_cell(to, row->inst->airfield[m->plan->stop[m->plan->n_stops - 1].airfield].id);
    instant_cell(to, row->inst, m->duty.show);
    instant_cell(to, row->inst, m->duty.end);
    minutes_cell(to, m->duty.fdp);
    minutes_cell(to, m->duty.fdp_limit);
    instant_cell(to, row->inst, m->duty.rested);
}

static const struct column stop_columns[] = {
    {"mission", "string"},           {"stop", "integer"},       {"airframe", "string"},
    {"airfield", "string"},          {"arrival", "datetime"},   {"handling_start", "datetime"},
    {"handling_end", "datetime"},    {"departure", "datetime"}, {"parked_from", "datetime"},
    {"parked_until", "datetime"},    {"mog_units", "integer"},  {"boarding", "integer"},
    {"boarding_escorts", "integer"}, {"boarding_kg", "number"}, {"leaving", "integer"},
    {"leaving_escorts", "integer"},  {"leaving_kg", "number"},  {NULL, NULL},
};

static void stop_cells(const struct row *row, struct sink *to)
{
    const struct walk_mission *m = &row->walk->mission;
    const struct walk_stop *s = &row->walk->stop;
    text_cell(to, m->name);
    whole_cell(to, (int64_t)s->index);
    text_cell(to, m->airframe->id);
    text_cell(to, s->airfield->id);
    instant_cell(to, row->inst, s->plan->arrival);
    instant_cell(to, row->inst, s->plan->handling_start);
    instant_cell(to, row->inst, s->plan->handling_end);
    instant_cell(to, row->inst, s->plan->departure);
    instant_cell(to, row->inst, s->from);
    instant_cell(to, row->inst, s->until);
    whole_cell(to, m->type->mog_units);
    lots_cells(to, &s->boards);
    lots_cells(to, &s->leaves);
}

static const struct column sortie_columns[] = {
    {"mission", "string"},     {"sortie", "integer"},    {"airframe", "string"},
    {"type", "string"},        {"crew", "string"},       {"from", "string"},
    {"to", "string"},          {"take_off", "datetime"}, {"block_in", "datetime"},
    {"block_min", "number"},   {"nm", "number"},         {"seats", "integer"},
    {"passengers", "integer"}, {"escorts", "integer"},   {"payload_kg", "number"},
    {"block_cost", "number"},  {"fee", "number"},        {NULL, NULL},
};

static void sortie_cells(const struct row *row, struct sink *to)
{
    const struct walk_mission *m = &row->walk->mission;
    const struct walk_sortie *s = &row->walk->sortie;
    text_cell(to, m->name);
    whole_cell(to, (int64_t)s->index + 1);
    text_cell(to, m->airframe->id);
    text_cell(to, m->type->id);
    text_cell(to, m->crew->id);
    text_cell(to, s->from->id);
    text_cell(to, s->to->id);
    instant_cell(to, row->inst, s->take_off);
    instant_cell(to, row->inst, s->block_in);
    minutes_cell(to, s->block_in - s->take_off);
    decimal_cell(to, s->leg->nm, 3);
    whole_cell(to, m->configuration->seats);
    lots_cells(to, &s->aboard);
    decimal_cell(to, s->leg->cost, 2);
    decimal_cell(to, s->leg->fee, 2);
}

static const struct column load_columns[] = {
    {"mission", "string"},  {"sortie", "integer"},    {"demand", "string"}, {"passengers", "integer"},
    {"escorts", "integer"}, {"payload_kg", "number"}, {NULL, NULL},
};

static void load_cells(const struct row *row, struct sink *to)
{
    text_cell(to, row->walk->mission.name);
    whole_cell(to, (int64_t)row->walk->sortie.index + 1);
    text_cell(to, row->inst->demand[row->lot->demand].id);
    whole_cell(to, row->lot->pax);
    whole_cell(to, row->lot->escorts);
    decimal_cell(to, row->lot->mass, 3);
}

static const struct column demand_columns[] = {
    {"demand", "string"},
    {"origin", "string"},
    {"destination", "string"},
    {"category", "string"},
    {"pax", "integer"},
    {"moved", "integer"},
    {"left", "integer"},
    {"left_cost", "number"},
    {"pickup_from", "datetime"},
    {"pickup_until", "datetime"},
    {"delivery_from", "datetime"},
    {"delivery_until", "datetime"},
    {"first_delivery", "datetime"},
    {"last_delivery", "datetime"},
    {NULL, NULL},
};

static void demand_cells(const struct row *row, struct sink *to)
{
    const struct demand *d = row->demand;
    int64_t left = d->pax - row->delivery->moved;
    text_cell(to, d->id);
    text_cell(to, row->inst->airfield[d->origin].id);
    text_cell(to, row->inst->airfield[d->destination].id);
    text_cell(to, d->category >= 0 ? row->inst->category[d->category] : "");
    whole_cell(to, d->pax);
    whole_cell(to, row->delivery->moved);
    whole_cell(to, left);
    decimal_cell(to, left > 0 ? left * d->penalty : 0, 2);
    instant_cell(to, row->inst, d->pickup.from);
    instant_cell(to, row->inst, d->pickup.until);
    instant_cell(to, row->inst, d->delivery.from);
    instant_cell(to, row->inst, d->delivery.until);
    instant_cell(to, row->inst, row->delivery->first);
    instant_cell(to, row->inst, row->delivery->last);
}

static const struct column cost_columns[] = {
    {"term", "string"}, {"amount", "number"}, {"currency", "string"}, {NULL, NULL}};

static void cost_cells(const struct row *row, struct sink *to)
{
    text_cell(to, row->term);
    decimal_cell(to, row->amount, 2);
    text_cell(to, row->inst->currency);
}

static const struct csv_table tables[] = {
    {"sorties", "One row for each sortie", sortie_columns, "\"mission\", \"sortie\"", PER_SORTIE, WALK_BY_TIME,
     sortie_cells},
    {"missions", "One row for each mission", mission_columns, "\"mission\"", PER_MISSION, WALK_BY_TIME, mission_cells},
    {"stops", "One row for each stop of a mission, counted from 0", stop_columns, "\"mission\", \"stop\"", PER_STOP,
     WALK_BY_TIME, stop_cells},
    {"loads", "One row for each demand aboard a sortie", load_columns, "\"mission\", \"sortie\", \"demand\"", PER_LOT,
     WALK_BY_TIME, load_cells},
    {"duties", "One row for each duty of a crew", duty_columns, "\"crew\", \"duty\"", PER_MISSION, WALK_BY_CREW,
     duty_cells},
    {"demands", "One row for each demand", demand_columns, "\"demand\"", PER_DEMAND, WALK_BY_TIME, demand_cells},
    {"costs", "One row for each term of the cost, the total and the bound", cost_columns, "\"term\"", PER_COST,
     WALK_BY_TIME, cost_cells},
};
enum { N_TABLES = sizeof tables / sizeof tables[0] };

/* --- rows */

static bool row_write(const struct csv_table *table, const struct row *row, struct sink *to, struct error *err)
{
    table->cells(row, to);
    return row_end(to, err);
}

/* The rows of the mission at hand. */
static bool mission_rows(const struct csv_table *table, struct walk *walk, struct sink *to, struct error *err)
{
    struct row row = {.inst = walk->inst, .walk = walk};
    bool good = true;
    if (table->per == PER_MISSION)
        return row_write(table, &row, to, err);
    if (table->per == PER_STOP)
        while (good && walk_stop(walk))
            good = row_write(table, &row, to, err);
    else
        while (good && walk_sortie(walk)) {
            if (table->per == PER_SORTIE)
                good = row_write(table, &row, to, err);
            for (size_t i = 0; good && table->per == PER_LOT && i < walk->sortie.aboard.n; i++) {
                row.lot = &walk->sortie.aboard.lot[i];
                good = row_write(table, &row, to, err);
            }
        }
    return good;
}

static bool walk_rows(const struct csv_table *table, const struct export_job *job, struct sink *to, struct error *err)
{
    struct walk walk;
    if (!walk_init(&walk, job->inst, &job->plan->schedule, table->order, err))
        return false;
    bool good = true;
    while (good && walk_mission(&walk))
        good = mission_rows(table, &walk, to, err);
    walk_release(&walk);
    return good;
}

static bool demand_rows(const struct csv_table *table, const struct export_job *job, struct sink *to, struct error *err)
{
    struct delivery *delivery = deliveries(job->inst, &job->plan->schedule, err);
    bool good = delivery != NULL;
    for (size_t i = 0; good && i < job->inst->n_demands; i++) {
        struct row row = {.inst = job->inst, .demand = &job->inst->demand[i], .delivery = &delivery[i]};
        good = row_write(table, &row, to, err);
    }
    free(delivery);
    return good;
}

static bool cost_rows(const struct csv_table *table, const struct export_job *job, struct sink *to, struct error *err)
{
    const struct cost *cost = &job->plan->cost;
    const struct row row[] = {
        {.inst = job->inst, .term = "block", .amount = cost->block},
        {.inst = job->inst, .term = "fees", .amount = cost->fees},
        {.inst = job->inst, .term = "missions", .amount = cost->missions},
        {.inst = job->inst, .term = "not_moved", .amount = cost->not_moved},
        {.inst = job->inst, .term = "delay", .amount = cost->delay},
        {.inst = job->inst, .term = "total", .amount = cost->total},
        {.inst = job->inst, .term = "bound", .amount = job->plan->bound},
    };
    bool good = true;
    for (size_t i = 0; good && i < sizeof row / sizeof row[0]; i++)
        good = row_write(table, &row[i], to, err);
    return good;
}

static bool table_rows(const struct csv_table *table, const struct export_job *job, struct sink *to, struct error *err)
{
    for (const struct column *column = table->column; column->name != NULL; column++)
        text_addf(&to->text, "%s,", column->name);
    if (!row_end(to, err))
        return false;
    if (table->per == PER_DEMAND)
        return demand_rows(table, job, to, err);
    if (table->per == PER_COST)
        return cost_rows(table, job, to, err);
    return walk_rows(table, job, to, err);
}

/* --- the format */

static const struct setting settings[] = {
    {"table", "sorties", "sorties, missions, stops, loads, duties, demands or costs; a folder gets all of them"},
    {NULL, NULL, NULL},
};

static const struct csv_table *table_find(const char *name, struct error *err)
{
    struct suggestion meant;
    suggestion_init(&meant, name);
    for (int i = 0; i < N_TABLES; i++) {
        if (strcmp(tables[i].name, name) == 0)
            return &tables[i];
        suggestion_try(&meant, tables[i].name);
    }
    if (meant.best != NULL)
        error_set(err, ERR_USAGE, "unknown table \"%.200s\"; did you mean \"%s\"?", name, meant.best);
    else
        error_set(err, ERR_USAGE, "unknown table \"%.200s\"; see sortie export --help", name);
    return NULL;
}

static bool write_table(const struct csv_table *table, const struct export_job *job, struct sink *to, struct error *err)
{
    struct text name;
    text_init(&name);
    text_addf(&name, "%s.csv", table->name);
    char *file = text_take(&name, err);
    bool good = file != NULL && sink_begin(to, file, err) && table_rows(table, job, to, err) && sink_end(to, err);
    free(file);
    return good;
}

static bool write_csv(const struct export_job *job, struct sink *to, struct error *err)
{
    const struct csv_table *table = table_find(settings_get(&job->settings, "table"), err);
    return table != NULL && write_table(table, job, to, err);
}

/* The resource of one table, as the Data Package specification calls it. */
static void resource_write(const struct csv_table *table, struct text *to)
{
    text_addf(to,
              "    {\n      \"name\": \"%s\",\n      \"path\": \"%s.csv\",\n      \"title\": \"%s\",\n"
              "      \"profile\": \"tabular-data-resource\",\n      \"format\": \"csv\",\n"
              "      \"mediatype\": \"text/csv\",\n      \"encoding\": \"utf-8\",\n"
              "      \"schema\": {\n        \"fields\": [\n",
              table->name, table->name, table->title);
    for (const struct column *column = table->column; column->name != NULL; column++)
        text_addf(to, "          {\"name\": \"%s\", \"type\": \"%s\"}%s\n", column->name, column->type,
                  column[1].name != NULL ? "," : "");
    text_addf(to, "        ],\n        \"primaryKey\": [%s]\n      }\n    }", table->key);
}

static bool write_package(const struct export_job *job, struct sink *to, struct error *err)
{
    if (!sink_begin(to, "datapackage.json", err))
        return false;
    text_addf(&to->text,
              "{\n  \"profile\": \"tabular-data-package\",\n  \"name\": \"sortie-schedule\",\n  \"title\": ");
    text_add_json(&to->text, job->inst->name);
    text_addf(&to->text, ",\n  \"description\": \"A text that begins with ' has this sign put before it, so that no"
                         " spreadsheet takes it for a formula; take it off to have the text as it was.\",\n"
                         "  \"resources\": [\n");
    for (int i = 0; i < N_TABLES; i++) {
        resource_write(&tables[i], &to->text);
        text_addf(&to->text, i + 1 < N_TABLES ? ",\n" : "\n");
    }
    text_addf(&to->text, "  ]\n}\n");
    return sink_end(to, err);
}

static bool write_all(const struct export_job *job, struct sink *to, struct error *err)
{
    if (settings_of(&job->settings, "table", "") != NULL)
        return error_set(err, ERR_USAGE, "table=%s is for one file; a folder gets all tables",
                         settings_get(&job->settings, "table"));
    for (int i = 0; i < N_TABLES; i++)
        if (!write_table(&tables[i], job, to, err))
            return false;
    return write_package(job, to, err);
}

const struct export_format format_csv = {
    .name = "csv",
    .summary = "tables for spreadsheets; a folder gets all of them with a datapackage.json",
    .settings = settings,
    .write = write_csv,
    .write_folder = write_all,
};
