#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tools/verify.h"

static const char *const kind_name[N_ROW_KINDS] = {"demand",     "airframes", "airframe_end", "crews",
                                                   "crew_end",   "mog",       "arrivals",     "pax",
                                                   "inspection", "rolling",   "loads", "crossing"};

bool in_limit(const struct limit *limit, int32_t airfield)
{
    for (size_t i = 0; i < limit->n_airfields; i++)
        if (limit->airfields[i] == airfield)
            return true;
    return false;
}

int64_t waste(const struct row *row, int64_t pax)
{
    int64_t over = pax % row->size - row->rest;
    return pax / row->size * (row->size - row->rest) + (over > 0 ? over : 0);
}

/* Seconds of the row's span that are not before t: its share times the span. */
static int64_t share(const struct row *row, sec_t t)
{
    sec_t after = row->at + row->span - t;
    return after <= 0 ? 0 : after >= row->span ? row->span : after;
}

/* --- reading
 * ----------------------------------------------------------------------------------------------------------- */

static const json_t *get(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    if (!value)
        bad_input("the certificate lacks \"%s\"", key);
    return value;
}

static int64_t whole(const json_t *object, const char *key)
{
    const json_t *value = get(object, key);
    if (!json_is_integer(value))
        bad_input("\"%s\" must be a whole number", key);
    return json_integer_value(value);
}

/* "-5", "-5/2^3", "5*2^3" as a fraction. */
static void exact(const json_t *object, const char *key, mpq_t x)
{
    const char *text = json_string_value(get(object, key));
    char number[32];
    size_t size = text ? strspn(text, "-0123456789") : 0;
    long power = 0;
    char rest = 0;
    if (size == 0 || size >= sizeof number)
        bad_input("\"%s\" must be a fraction", key);
    memcpy(number, text, size);
    number[size] = '\0';
    bool over = strncmp(text + size, "/2^", 3) == 0, times = strncmp(text + size, "*2^", 3) == 0;
    if (mpq_set_str(x, number, 10) != 0 ||
        (text[size] &&
         ((!over && !times) || sscanf(text + size + 3, "%ld%c", &power, &rest) != 1 || power < 0 || power > 5000)))
        bad_input("\"%s\" must be a fraction, got \"%s\"", key, text);
    if (over)
        mpq_div_2exp(x, x, (mp_bitcnt_t)power);
    else
        mpq_mul_2exp(x, x, (mp_bitcnt_t)power);
}

static void read_groups(const json_t *list, size_t n, struct group **group, size_t *n_groups)
{
    if (json_array_size(list) != n)
        bad_input("there must be a group for every airframe and crew");
    *n_groups = 0;
    for (size_t i = 0; i < n; i++) {
        int64_t g = json_integer_value(json_array_get(list, i));
        if (g < 0 || g >= (int64_t)n)
            bad_input("no such group: %lld", (long long)g);
        *n_groups = (size_t)g + 1 > *n_groups ? (size_t)g + 1 : *n_groups;
    }
    *group = room(*n_groups, sizeof **group);
    for (size_t g = 0; g < *n_groups; g++)
        (*group)[g].member = room(n, sizeof *(*group)[g].member);
    for (size_t i = 0; i < n; i++) {
        struct group *home = &(*group)[json_integer_value(json_array_get(list, i))];
        home->member[home->n++] = (int32_t)i;
    }
}

static bool may_end(const struct verify *v, bool airframes, int32_t who, int32_t airfield)
{
    const struct airframe *a = &v->inst->airframe[airframes ? who : 0];
    const struct crew *c = &v->inst->crew[airframes ? 0 : who];
    const int32_t *end = airframes ? a->end_at : c->end_at;
    for (size_t i = 0; i < (airframes ? a->n_end_at : c->n_end_at); i++)
        if (end[i] == airfield)
            return true;
    return airframes ? a->end_anywhere : c->end_anywhere;
}

static int32_t place_of(const struct verify *v, bool airframes, int32_t who)
{
    return airframes ? v->inst->airframe[who].at : v->inst->crew[who].at;
}

/* Who is at home where nobody of the group may end is counted by "used"; then all of it is there. */
static void survey_groups(const struct verify *v, bool airframes)
{
    for (size_t g = 0; g < (airframes ? v->n_airframe : v->n_crew); g++) {
        struct group *group = airframes ? &v->airframe[g] : &v->crew[g];
        if (group->n == 0)
            bad_input("a group has no member");
        group->home = place_of(v, airframes, group->member[0]);
        group->used = !may_end(v, airframes, group->member[0], group->home);
        for (size_t i = 0; i < group->n && group->used; i++)
            if (place_of(v, airframes, group->member[i]) != group->home ||
                may_end(v, airframes, group->member[i], group->home))
                reject("group %zu of %s cannot count those who leave", g, airframes ? "airframes" : "crews");
    }
}

/* --- right-hand sides: what is true of every valid schedule
 * ------------------------------------------------------------- */

sec_t first_instant(const struct verify *v, bool airframes, int32_t who)
{
    if (airframes)
        return v->inst->airframe[who].from;
    const struct crew *c = &v->inst->crew[who];
    if (c->last_duty_end == SEC_NONE || c->last_duty_end + v->inst->rules.rest < c->from)
        return c->from;
    return c->last_duty_end + v->inst->rules.rest;
}

static void standing(const struct verify *v, const struct row *row, mpq_t rhs)
{
    bool airframes = row->kind == AIRFRAMES;
    const struct group *group = airframes ? &v->airframe[row->a] : &v->crew[row->a];
    int64_t sum = 0;
    for (size_t i = 0; i < group->n && !group->used; i++)
        if (place_of(v, airframes, group->member[i]) == row->b)
            sum += share(row, first_instant(v, airframes, group->member[i]));
    mpz_set_si(mpq_numref(rhs), sum);
    mpz_set_si(mpq_denref(rhs), row->span);
}

static void nobody_ends(const struct verify *v, const struct row *row)
{
    bool airframes = row->kind == AIRFRAME_END;
    const struct group *group = airframes ? &v->airframe[row->a] : &v->crew[row->a];
    for (size_t i = 0; i < group->n; i++)
        if (may_end(v, airframes, group->member[i], row->b))
            reject("a member of the group of a row \"%s\" may end there", kind_name[row->kind]);
}

static void rolling_left(const struct verify *v, const struct row *row, mpq_t rhs)
{
    const struct rolling_limit *limit = &v->inst->rules.rolling[row->b];
    const struct group *group = &v->crew[row->a];
    sec_t sum = limit->most * (sec_t)group->n;
    for (size_t i = 0; i < group->n; i++) {
        const struct crew *c = &v->inst->crew[group->member[i]];
        sec_t all = 0, now = 0;
        for (size_t r = 0; r < c->n_recent; r++) {
            all += c->recent[r].block;
            if (c->recent[r].block_in <= row->at && row->at < c->recent[r].block_in + limit->window)
                now += c->recent[r].block;
        }
        if (group->n == 1 || all <= limit->most)
            sum -= now;
    }
    mpz_set_si(mpq_numref(rhs), sum > 0 ? sum : 0);
    mpz_set_si(mpq_denref(rhs), 3600);
}

static void inspection_left(const struct verify *v, const struct row *row, mpq_t rhs)
{
    const struct group *group = &v->airframe[row->a];
    sec_t limit = v->inst->airframe[group->member[0]].flight_limit;
    if (group->n != 1 || limit < 0)
        reject("a row \"inspection\" needs a group of one with a limit");
    mpz_set_si(mpq_numref(rhs), limit);
    mpz_set_si(mpq_denref(rhs), 3600);
}

/* Parking units that some of the airframes can take together where there are `mog`: the most. */
static int32_t most_standing(const struct instance *inst, int32_t mog)
{
    int64_t all = 0;
    for (size_t a = 0; a < inst->n_airframes; a++)
        all += inst->type[inst->airframe[a].type].mog_units;
    if (mog < 0 || mog > 1000 || mog >= all)
        return mog;
    mpz_t sums; /* bit n: some take n */
    mpz_init_set_ui(sums, 1);
    for (size_t a = 0; a < inst->n_airframes; a++) {
        mpz_t with;
        mpz_init(with);
        mpz_mul_2exp(with, sums, (mp_bitcnt_t)inst->type[inst->airframe[a].type].mog_units);
        mpz_ior(sums, sums, with);
        mpz_clear(with);
        mpz_fdiv_r_2exp(sums, sums, (mp_bitcnt_t)mog + 1);
    }
    mog = (int32_t)mpz_sizeinbase(sums, 2) - 1;
    mpz_clear(sums);
    return mog;
}

/* The row's own right-hand side, whatever the certificate says. */
static void true_rhs(const struct verify *v, const struct row *row, mpq_t rhs)
{
    const struct instance *inst = v->inst;
    int64_t all = 0;
    mpq_set_si(rhs, 0, 1);
    switch (row->kind) {
    case DEMAND:
        mpq_set_si(rhs, inst->demand[row->a].pax, 1);
        break;
    case AIRFRAMES:
    case CREWS:
        standing(v, row, rhs);
        break;
    case AIRFRAME_END:
    case CREW_END:
        nobody_ends(v, row);
        break;
    case MOG:
        mpq_set_si(rhs, most_standing(inst, inst->airfield[row->a].mog), 1);
        if (inst->airfield[row->a].mog < 0)
            reject("a row \"mog\" at an airfield without a limit");
        break;
    case ARRIVALS:
    case PAX:
        all = row->kind == PAX ? inst->limit[row->a].cap[row->b].pax : inst->limit[row->a].cap[row->b].arrivals;
        if (all < 0)
            reject("a row of a cap that is none");
        mpq_set_si(rhs, all, 1);
        break;
    case INSPECTION:
        inspection_left(v, row, rhs);
        break;
    case ROLLING:
        rolling_left(v, row, rhs);
        break;
    default:
        for (size_t d = 0; d < inst->n_demands; d++)
            all += row->has[d] ? inst->demand[d].pax : 0;
        mpq_set_si(rhs, waste(row, all), 1);
    }
    mpq_canonicalize(rhs);
}

static void must_be_below(int64_t index, size_t n)
{
    if (index < 0 || (size_t)index >= n)
        bad_input("no such index in a row: %lld", (long long)index);
}

static void check_indices(const struct verify *v, const struct row *row)
{
    const struct instance *inst = v->inst;
    switch (row->kind) {
    case DEMAND:
        must_be_below(row->a, inst->n_demands);
        break;
    case AIRFRAMES:
    case AIRFRAME_END:
        must_be_below(row->a, v->n_airframe);
        must_be_below(row->b, inst->n_airfields);
        break;
    case CREWS:
    case CREW_END:
        must_be_below(row->a, v->n_crew);
        must_be_below(row->b, inst->n_airfields);
        break;
    case MOG:
        must_be_below(row->a, inst->n_airfields);
        break;
    case ARRIVALS:
    case PAX:
        must_be_below(row->a, inst->n_limits);
        must_be_below(row->b, inst->limit[row->a].n_caps);
        break;
    case INSPECTION:
        must_be_below(row->a, v->n_airframe);
        break;
    case ROLLING:
        must_be_below(row->a, v->n_crew);
        must_be_below(row->b, inst->rules.n_rolling);
        break;
    default:
        break;
    }
}

static void read_set(const struct verify *v, const json_t *value, struct row *row)
{
    const json_t *list = get(value, "demands"), *id;
    size_t i;
    int64_t all = 0;
    row->size = whole(value, "size");
    row->has = room(v->inst->n_demands, sizeof *row->has);
    json_array_foreach(list, i, id)
    {
        for (size_t d = 0; d < v->inst->n_demands; d++)
            if (json_is_string(id) && strcmp(json_string_value(id), v->inst->demand[d].id) == 0)
                row->has[d] = true;
    }
    for (size_t d = 0; d < v->inst->n_demands; d++)
        all += row->has[d] ? v->inst->demand[d].pax : 0;
    if (row->size < 2 || all % row->size == 0)
        reject("a row of loads of %lld says nothing of %lld passengers", (long long)row->size, (long long)all);
    row->rest = all % row->size;
}

/* Everybody of the set begins inside and ends outside. */
static void read_inside(const struct verify *v, const json_t *value, struct row *row)
{
    const json_t *list = get(value, "inside"), *id;
    const struct instance *inst = v->inst;
    size_t i;
    row->inside = room(inst->n_airfields, sizeof *row->inside);
    json_array_foreach(list, i, id)
    {
        for (size_t f = 0; f < inst->n_airfields; f++)
            if (json_is_string(id) && strcmp(json_string_value(id), inst->airfield[f].id) == 0)
                row->inside[f] = true;
    }
    for (size_t d = 0; d < inst->n_demands; d++)
        if (row->has[d] && (!row->inside[inst->demand[d].origin] || row->inside[inst->demand[d].destination]))
            reject("demand \"%s\" need not leave the airfields of a row of crossings", inst->demand[d].id);
}

/* What a flight of the type counts for: mixed-integer rounding of the most passengers of the set that it seats. */
static int64_t crossing_gain(const struct verify *v, const struct row *row, int32_t type)
{
    const struct aircraft_type *y = &v->inst->type[type];
    int64_t seats = 0, most = 0;
    bool escorted = true;
    int32_t per = 0;
    for (size_t i = 0; i < y->n_configurations; i++)
        seats = y->configuration[i].seats > seats ? y->configuration[i].seats : seats;
    for (size_t d = 0; d < v->inst->n_demands; d++) {
        const struct demand *demand = &v->inst->demand[d];
        escorted = escorted && (!row->has[d] || demand->escort_per > 0);
        per = row->has[d] && demand->escort_per > per ? demand->escort_per : per;
    }
    for (most = seats; escorted && most > 0 && most + (most + per - 1) / per > seats;)
        most--;
    int64_t over = most % row->size;
    return most / row->size * row->rest + (over < row->rest ? over : row->rest);
}

static void check_name(const struct row *row, const char *name)
{
    char text[128];
    int n = snprintf(text, sizeof text, "%s_%d_%d_%lld", kind_name[row->kind], (int)row->a, (int)row->b,
                     (long long)row->at);
    if (row->span > 1)
        snprintf(text + n, sizeof text - (size_t)n, "_%lld", (long long)row->span);
    if (!name || strcmp(name, text) != 0)
        reject("row \"%s\" is \"%s\"", name ? name : "", text);
}

/* Dual and right-hand side come back as fractions. */
static void read_row(const struct verify *v, const json_t *value, struct row *row, mpq_t dual, mpq_t rhs)
{
    const char *kind = json_string_value(get(value, "kind")), *name = json_string_value(get(value, "name"));
    int k = 0;
    while (k < N_ROW_KINDS && (!kind || strcmp(kind, kind_name[k]) != 0))
        k++;
    if (k == N_ROW_KINDS)
        bad_input("no such kind of row: \"%s\"", kind ? kind : "");
    *row = (struct row){.kind = (enum row_kind)k,
                        .a = (int32_t)whole(value, "a"),
                        .b = (int32_t)whole(value, "b"),
                        .at = whole(value, "at"),
                        .span = whole(value, "span")};
    if (row->span < 1 || (row->span > 1 && row->kind != AIRFRAMES && row->kind != CREWS))
        bad_input("row \"%s\" has no such span", name ? name : "");
    if (row->kind == LOADS || row->kind == CROSSING)
        read_set(v, value, row);
    if (row->kind == CROSSING)
        read_inside(v, value, row);
    check_indices(v, row);
    check_name(row, name);
    mpq_t stated;
    mpq_init(stated);
    exact(value, "dual", dual);
    exact(value, "rhs", stated);
    true_rhs(v, row, rhs);
    double off = fabs(mpq_get_d(stated) - mpq_get_d(rhs));
    if (off > 1e-6)
        reject("row \"%s\": the right-hand side is %.9g, not %.9g", name, mpq_get_d(rhs), mpq_get_d(stated));
    if (row->kind != DEMAND && mpq_sgn(dual) > 0)
        reject("row \"%s\": the dual of an at-most row must not be positive", name);
    mpq_clear(stated);
}

/* Everything becomes whole when multiplied by the scale: duals, hours and shares of spans. */
static void set_scale(struct verify *v, mpq_t *dual)
{
    mpz_set_ui(v->scale, 1);
    for (size_t i = 0; i < v->n_rows; i++)
        mpz_lcm(v->scale, v->scale, mpq_denref(dual[i]));
    mpz_t spans;
    mpz_init_set_ui(spans, 3600);
    for (size_t i = 0; i < v->n_rows; i++)
        mpz_lcm_ui(spans, spans, (unsigned long)v->row[i].span);
    mpz_mul(v->scale, v->scale, spans);
    mpz_clear(spans);
}

static void scale_rows(struct verify *v, mpq_t *dual, mpq_t *rhs)
{
    mpq_t amount, product;
    mpq_inits(amount, product, NULL);
    for (size_t i = 0; i < v->n_rows; i++) {
        mpq_set_z(amount, v->scale);
        mpq_mul(amount, amount, dual[i]); /* in units of the currency: 100 hundredths */
        mpz_mul_ui(mpq_numref(amount), mpq_numref(amount), 100);
        mpq_canonicalize(amount);
        mpz_init_set(v->row[i].dual, mpq_numref(amount));
        mpq_mul(product, amount, rhs[i]);
        if (mpz_cmp_ui(mpq_denref(product), 1) != 0)
            reject("internal: the scale is too small");
        mpz_init_set(v->row[i].rhs, mpq_numref(product));
    }
    mpq_clears(amount, product, NULL);
}

void read_certificate(struct verify *v, const char *path)
{
    json_error_t fault;
    json_t *root = json_load_file(path, JSON_REJECT_DUPLICATES, &fault);
    if (!root)
        bad_input("%s: line %d: %s", path, fault.line, fault.text);
    const char *format = json_string_value(get(root, "format")),
               *sha256 = json_string_value(get(get(root, "instance"), "sha256"));
    if (!format || strcmp(format, "sortie-certificate") != 0 || whole(root, "version") != 1)
        bad_input("%s: must be a certificate of version 1", path);
    if (!sha256 || strcmp(sha256, v->inst->sha256) != 0)
        reject("the certificate is of another instance");
    v->bound = whole(root, "bound");
    read_groups(get(root, "airframe_groups"), v->inst->n_airframes, &v->airframe, &v->n_airframe);
    read_groups(get(root, "crew_groups"), v->inst->n_crews, &v->crew, &v->n_crew);
    survey_groups(v, true);
    survey_groups(v, false);
    const json_t *rows = get(root, "rows");
    v->n_rows = json_array_size(rows);
    v->row = room(v->n_rows, sizeof *v->row);
    mpq_t *dual = room(v->n_rows, sizeof *dual), *rhs = room(v->n_rows, sizeof *rhs);
    for (size_t i = 0; i < v->n_rows; i++) {
        mpq_inits(dual[i], rhs[i], NULL);
        read_row(v, json_array_get(rows, i), &v->row[i], dual[i], rhs[i]);
    }
    set_scale(v, dual);
    scale_rows(v, dual, rhs);
    for (size_t i = 0; i < v->n_rows; i++)
        mpq_clears(dual[i], rhs[i], NULL);
    free(dual);
    free(rhs);
    json_decref(root);
}

/* --- what a mission pays
 * ----------------------------------------------------------------------------------------------- */

/* sum -= dual * n / of */
static void pay(const struct row *row, int64_t n, int64_t of, mpz_t sum)
{
    mpz_t part;
    if (n == 0)
        return;
    mpz_init(part);
    mpz_mul_si(part, row->dual, n);
    mpz_divexact_ui(part, part, (unsigned long)of);
    mpz_sub(sum, sum, part);
    mpz_clear(part);
}

static const struct leg *leg_of(const struct verify *v, const struct flown *f, int32_t i)
{
    return instance_leg(v->inst, f->type, f->stop[i].airfield, f->stop[i + 1].airfield);
}

/* Block-ins of the mission that the cap counts. */
static int64_t landings(const struct flown *f, const struct limit *limit, const struct cap *cap)
{
    int64_t n = 0;
    for (int32_t s = 1; s <= f->n; s++)
        n += in_limit(limit, f->stop[s].airfield) && cap->from <= f->stop[s].arrival && f->stop[s].arrival < cap->until;
    return n;
}

void add_common(const struct verify *v, const struct flown *f, mpz_t sum)
{
    const struct instance *inst = v->inst;
    cent_t cost = inst->type[f->type].cost_per_mission;
    for (int32_t i = 0; i < f->n; i++)
        cost += leg_of(v, f, i)->cost + leg_of(v, f, i)->fee;
    mpz_t part;
    mpz_init(part);
    mpz_mul_si(part, v->scale, cost);
    mpz_add(sum, sum, part);
    mpz_clear(part);
    for (size_t k = 0; k < v->n_rows; k++) {
        const struct row *row = &v->row[k];
        int64_t n = 0;
        for (int32_t s = 0; s <= f->n && row->kind == MOG; s++) {
            sec_t from = s == 0 ? f->stop[s].handling_start : f->stop[s].arrival;
            sec_t until = s == f->n ? f->stop[s].handling_end : f->stop[s].departure;
            if (f->stop[s].airfield == row->a && from <= row->at && row->at < until)
                n += inst->type[f->type].mog_units;
        }
        for (int32_t s = 0; s < f->n && row->kind == CROSSING; s++)
            if (row->inside[f->stop[s].airfield] && !row->inside[f->stop[s + 1].airfield])
                n -= crossing_gain(v, row, f->type);
        if (row->kind == ARRIVALS)
            n = landings(f, &inst->limit[row->a], &inst->limit[row->a].cap[row->b]);
        pay(row, n, 1, sum);
    }
}

bool beyond_parking(const struct verify *v, const struct flown *f)
{
    for (int32_t s = 0; s <= f->n; s++) {
        int32_t mog = v->inst->airfield[f->stop[s].airfield].mog;
        sec_t from = s == 0 ? f->stop[s].handling_start : f->stop[s].arrival;
        sec_t until = s == f->n ? f->stop[s].handling_end : f->stop[s].departure;
        if (from < until && mog >= 0 && v->inst->type[f->type].mog_units > mog)
            return true;
    }
    return false;
}

bool beyond_caps(const struct verify *v, const struct flown *f)
{
    for (size_t l = 0; l < v->inst->n_limits; l++)
        for (size_t c = 0; c < v->inst->limit[l].n_caps; c++) {
            const struct cap *cap = &v->inst->limit[l].cap[c];
            if (cap->arrivals >= 0 && landings(f, &v->inst->limit[l], cap) > cap->arrivals)
                return true;
        }
    return false;
}

/* Where a mission takes and gives back, in rows of both kinds of group. */
static void pay_places(const struct row *row, const struct flown *f, sec_t taken, sec_t given, bool end, mpz_t sum)
{
    bool from = f->stop[0].airfield == row->b, to = f->stop[f->n].airfield == row->b;
    if (end)
        pay(row, (int64_t)to - (int64_t)from, 1, sum);
    else
        pay(row, (from ? share(row, taken) : 0) - (to ? share(row, given) : 0), row->span, sum);
}

void add_airframe(const struct verify *v, const struct flown *f, int32_t group, mpz_t sum)
{
    const struct stop *last = &f->stop[f->n];
    sec_t ground = last->handling_end - last->arrival, turn = v->inst->type[f->type].turn;
    sec_t ready = last->arrival + (ground > turn ? ground : turn), block = 0;
    for (int32_t i = 0; i < f->n; i++)
        block += leg_of(v, f, i)->block;
    for (size_t k = 0; k < v->n_rows; k++) {
        const struct row *row = &v->row[k];
        if (row->a != group)
            continue;
        if (row->kind == AIRFRAMES || row->kind == AIRFRAME_END)
            pay_places(row, f, f->stop[0].handling_start, ready, row->kind == AIRFRAME_END, sum);
        else if (row->kind == INSPECTION)
            pay(row, block, 3600, sum);
    }
}

void add_crew(const struct verify *v, const struct flown *f, int32_t group, mpz_t sum)
{
    const struct rules *rules = &v->inst->rules;
    sec_t show = f->stop[0].departure - rules->show;
    sec_t rested = f->stop[f->n].arrival + rules->post_flight + rules->rest;
    for (size_t k = 0; k < v->n_rows; k++) {
        const struct row *row = &v->row[k];
        if (row->a != group)
            continue;
        if (row->kind == CREWS || row->kind == CREW_END)
            pay_places(row, f, show, rested, row->kind == CREW_END, sum);
        if (row->kind != ROLLING)
            continue;
        sec_t block = 0, window = rules->rolling[row->b].window;
        for (int32_t i = 0; i < f->n; i++)
            if (f->stop[i + 1].arrival <= row->at && row->at < f->stop[i + 1].arrival + window)
                block += leg_of(v, f, i)->block;
        pay(row, block, 3600, sum);
    }
}

void used_cost(const struct verify *v, bool airframes, int32_t group, mpz_t cost)
{
    const struct group *g = airframes ? &v->airframe[group] : &v->crew[group];
    mpz_set_ui(cost, 0);
    for (size_t k = 0; k < v->n_rows && g->used; k++) {
        const struct row *row = &v->row[k];
        if (row->a != group || row->b != g->home)
            continue;
        if (row->kind == (airframes ? AIRFRAMES : CREWS))
            pay(row, -1, 1, cost);
        else if (row->kind == (airframes ? AIRFRAME_END : CREW_END))
            pay(row, 1, 1, cost);
    }
}
