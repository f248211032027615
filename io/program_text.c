#include "io/program_text.h"

#include <inttypes.h>
#include <stdlib.h>

#include "io/show_text.h"

/* --- MPS
 * --------------------------------------------------------------------------------------------------------------- */

static void mps_columns(const struct program *p, struct text *to)
{
    bool inside = false; /* between markers of integers */
    size_t e = 0, marker = 0;
    text_addf(to, "COLUMNS\n");
    for (size_t j = 0; j < p->n_columns; j++) {
        const struct program_column *c = &p->column[j];
        if (c->integer != inside)
            text_addf(to, " MARKER%zu 'MARKER' '%s'\n", marker++, c->integer ? "INTORG" : "INTEND");
        inside = c->integer;
        bool written = c->cost != 0;
        if (written)
            text_addf(to, " %s cost %" PRId64 "\n", c->name, c->cost);
        for (; e < p->n_entries && p->entry[e].column == (int32_t)j; e++, written = true)
            text_addf(to, " %s %s %" PRId64 "\n", c->name, p->row[p->entry[e].row].name, p->entry[e].value);
        if (!written) /* a column has to stand somewhere */
            text_addf(to, " %s cost 0\n", c->name);
    }
    if (inside)
        text_addf(to, " MARKER%zu 'MARKER' 'INTEND'\n", marker);
}

char *program_to_mps(const struct instance *inst, const struct program *p, struct error *err)
{
    struct text text;
    text_init(&text);
    text_addf(&text,
              "* minimum, in hundredths of the currency; made by sortie from the instance with SHA-256 %s\n"
              "NAME sortie FREE\nROWS\n N cost\n",
              inst->sha256);
    for (size_t i = 0; i < p->n_rows; i++)
        text_addf(&text, " %c %s\n", "LEG"[p->row[i].sense], p -> row[i].name);
    mps_columns(p, &text);
    text_addf(&text, "RHS\n");
    for (size_t i = 0; i < p->n_rows; i++)
        if (p->row[i].rhs != 0)
            text_addf(&text, " rhs %s %" PRId64 "\n", p->row[i].name, p->row[i].rhs);
    text_addf(&text, "BOUNDS\n");
    for (size_t j = 0; j < p->n_columns; j++) {
        const struct program_column *c = &p->column[j];
        if (c->upper == PROGRAM_NO_BOUND)
            text_addf(&text, " PL bound %s\n", c->name);
        else
            text_addf(&text, " UP bound %s %" PRId64 "\n", c->name, c->upper);
    }
    text_addf(&text, "ENDATA\n");
    return text_take(&text, err);
}

/* --- LP
 * ---------------------------------------------------------------------------------------------------------------- */

enum { TERMS_PER_LINE = 4 };

static void term(struct text *to, size_t *n, int64_t value, const char *name)
{
    if (*n > 0 && *n % TERMS_PER_LINE == 0)
        text_addf(to, "\n ");
    text_addf(to, " %c %" PRId64 " %s", value < 0 ? '-' : '+', value < 0 ? -value : value, name);
    ++*n;
}

/* Entries by row, in order of columns; the caller frees. first [n_rows + 1]. */
static size_t *order_by_row(const struct program *p, size_t *first)
{
    size_t *order = malloc((p->n_entries + 1) * sizeof *order);
    if (!order)
        return NULL;
    for (size_t e = 0; e < p->n_entries; e++)
        first[p->entry[e].row + 1]++;
    for (size_t i = 0; i < p->n_rows; i++)
        first[i + 1] += first[i];
    for (size_t e = 0; e < p->n_entries; e++)
        order[first[p->entry[e].row]++] = e;
    for (size_t i = p->n_rows; i > 0; i--)
        first[i] = first[i - 1];
    first[0] = 0;
    return order;
}

static void lp_rows(const struct program *p, const size_t *first, const size_t *order, struct text *to)
{
    static const char *const sense[] = {"<=", "=", ">="};
    text_addf(to, "Subject To\n");
    for (size_t i = 0; i < p->n_rows; i++) {
        size_t n = 0;
        text_addf(to, " %s:", p->row[i].name);
        for (size_t k = first[i]; k < first[i + 1]; k++)
            term(to, &n, p->entry[order[k]].value, p->column[p->entry[order[k]].column].name);
        if (n == 0) /* a row has to have a term */
            term(to, &n, 0, p->column[0].name);
        text_addf(to, " %s %" PRId64 "\n", sense[p->row[i].sense], p->row[i].rhs);
    }
}

char *program_to_lp(const struct instance *inst, const struct program *p, struct error *err)
{
    struct text text;
    size_t *first = calloc(p->n_rows + 1, sizeof *first), *order = first ? order_by_row(p, first) : NULL, n = 0;
    text_init(&text);
    text_addf(&text,
              "\\ minimum, in hundredths of the currency; made by sortie from the instance with SHA-256 %s\n"
              "Minimize\n cost:",
              inst->sha256);
    for (size_t j = 0; j < p->n_columns; j++)
        if (p->column[j].cost != 0)
            term(&text, &n, p->column[j].cost, p->column[j].name);
    if (n == 0 && p->n_columns > 0)
        term(&text, &n, 0, p->column[0].name);
    text_addf(&text, "\n");
    if (order)
        lp_rows(p, first, order, &text);
    text.failed = text.failed || !order;
    text_addf(&text, "Bounds\n");
    for (size_t j = 0; j < p->n_columns; j++)
        if (p->column[j].upper != PROGRAM_NO_BOUND)
            text_addf(&text, " 0 <= %s <= %" PRId64 "\n", p->column[j].name, p->column[j].upper);
    text_addf(&text, "General\n");
    for (size_t j = 0; j < p->n_columns; j++)
        if (p->column[j].integer)
            text_addf(&text, " %s\n", p->column[j].name);
    text_addf(&text, "End\n");
    free(first);
    free(order);
    return text_take(&text, err);
}
