/* What proves a lower bound: rows that every valid schedule keeps, with their duals. docs/certificate.md. */
#ifndef SORTIE_MODEL_CERTIFICATE_H
#define SORTIE_MODEL_CERTIFICATE_H

#include "model/instance.h"

struct certificate_row {
    char name[96];    /* as in the linear program */
    const char *kind; /* "demand", "airframes", ...; static */
    int32_t a, b;
    sec_t at, span;
    double rhs, dual; /* dual in units of the currency */
    int32_t *demand;  /* [n_demands] of a row of whole loads or of crossings; owned */
    size_t n_demands;
    int32_t size;     /* of a load */
    int32_t *inside;  /* [n_inside] airfields of a row of crossings; owned */
    size_t n_inside;
};

struct certificate {
    bool wanted, failed; /* failed: memory ran out */
    cent_t bound;
    struct certificate_row *row; /* [n_rows], those with a dual; owned */
    size_t n_rows;
    int32_t *airframe_group, *crew_group; /* [n_airframes], [n_crews], from 0; owned */
};

/* Frees what it holds; `wanted` stays. */
void certificate_release(struct certificate *certificate);

#endif
