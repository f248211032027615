/* The JSON of a report, item by item into a sink. */
#ifndef SORTIE_EXPORT_REPORT_JSON_H
#define SORTIE_EXPORT_REPORT_JSON_H

#include <stdbool.h>
#include <stdint.h>

#include "export/sink.h"
#include "model/error.h"
#include "model/instance.h"

struct reporter {
    const struct instance *inst;
    struct sink *to;
    struct text *text; /* of the sink */
    struct error *err;
    bool follows; /* something stands before in the same list or object: a comma comes first */
};

/* Bare text. */
void put(struct reporter *r, const char *text);

/* Begins an item, called `key` unless that is NULL; its value is for the caller to add. The others add one whole. */
void put_next(struct reporter *r, const char *key);
void put_string(struct reporter *r, const char *key, const char *string);
void put_whole(struct reporter *r, const char *key, int64_t value);
void put_real(struct reporter *r, const char *key, double value);
void put_kilograms(struct reporter *r, const char *key, gram_t mass);
void put_interval(struct reporter *r, const char *key, struct interval interval);

/* null where there is no such instant */
void put_instant(struct reporter *r, const char *key, sec_t t);

/* As people read it, and as a number for sorting and for lengths of bars. */
void put_money(struct reporter *r, const char *key, cent_t amount);

/* A list or an object, with its brackets; put_end passes on to the sink what has been added. */
void put_begin(struct reporter *r, const char *key, const char *bracket);
bool put_end(struct reporter *r, const char *bracket);

#endif
