/* Reading JSON strictly: every fault is noted with its JSON pointer, reading goes on where it can. */
#ifndef SORTIE_IO_JSON_H
#define SORTIE_IO_JSON_H

#include <jansson.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>

#include "model/error.h"
#include "model/instance.h"
#include "model/measure.h"

enum { MOST_FAULTS = 20, MOST_ITEMS = 100000, MOST_ID = 10000 };

#define MOST_MONEY   1e9
#define MOST_MINUTES 1e7

struct reader {
    const char *name; /* of the file */
    char *pointer;    /* JSON pointer of the value at hand */
    size_t pointer_size, pointer_room;
    char *faults;
    size_t faults_size, faults_room;
    int n_faults;
    bool no_memory;
    int64_t start; /* Unix time of instant 0 */
    bool has_start;
    json_t *airfields, *types, *airframes, *crews, *demands; /* id -> index */
};

void reader_init(struct reader *r, const char *name);
void reader_release(struct reader *r);

/* Moves the faults into *faults and the first into err; true where there are none. */
bool reader_done(struct reader *r, char **faults, struct error *err);

/* Parses; NULL with a fault noted. */
json_t *reader_parse(struct reader *r, const char *bytes, size_t size);

/* Whether `root` says that it is of this format, version 1; faults where not. */
bool reader_format(struct reader *r, const json_t *root, const char *format);

/* Extends and cuts back the pointer: size_t was = reader_in(r, "key"); ... reader_out(r, was). */
size_t reader_in(struct reader *r, const char *key);
size_t reader_at(struct reader *r, size_t index);
void reader_out(struct reader *r, size_t was);

/* `file: /pointer: <text>, got <value>`; without a value where `got` is NULL. Returns false. */
bool reader_fault(struct reader *r, const json_t *got, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* Faults keys of `object` that are not among `keys` (NULL at the end); false where `value` is no object. */
bool reader_object(struct reader *r, const json_t *value, const char *const *keys);

/* The list under `key`; NULL (no fault) where left out and not required. */
json_t *reader_list(struct reader *r, const json_t *object, const char *key, bool required, size_t least);

/* The value under `key`; NULL with a fault where required and missing. */
json_t *reader_get(struct reader *r, const json_t *object, const char *key, bool required);

/* Each reads `key` of `object`; where left out, `otherwise` holds unless required. They return something usable after a
 * fault. */
enum presence { OPTIONAL, REQUIRED };
double reader_number(struct reader *r, const json_t *object, const char *key, enum presence p, double otherwise,
                     double least, double most);
int64_t reader_whole(struct reader *r, const json_t *object, const char *key, enum presence p, int64_t otherwise,
                     int64_t least, int64_t most);
bool reader_bool(struct reader *r, const json_t *object, const char *key, bool otherwise);
sec_t reader_minutes(struct reader *r, const json_t *object, const char *key, enum presence p, sec_t otherwise);
cent_t reader_money(struct reader *r, const json_t *object, const char *key, enum presence p, cent_t otherwise);
int64_t reader_thousandths(struct reader *r, const json_t *object, const char *key, enum presence p, int64_t otherwise,
                           double most);
sec_t reader_instant(struct reader *r, const json_t *object, const char *key, enum presence p, sec_t otherwise);
/* A text, copied; "" after a fault. An id is not empty. */
char *reader_text(struct reader *r, const json_t *object, const char *key, enum presence p, bool id);

/* An optional code of `least` to `most` of these letters, `form` in words; "" where left out or at fault. `to` is [most
 * + 1]. */
void reader_code(struct reader *r, const json_t *object, const char *key, const char *letters, size_t least,
                 size_t most, const char *form, char *to);

/* Index of the id under `key`, or of the text itself; -1 after a fault. what: "airfield" ... */
int32_t reader_reference(struct reader *r, const json_t *object, const char *key, const json_t *ids, const char *what);
int32_t reader_lookup(struct reader *r, const json_t *text, const json_t *ids, const char *what);

/* Notes id -> index; faults where it is there already. */
void reader_note_id(struct reader *r, json_t *ids, const char *id, size_t index);

/* {from, until}; what is left out is as in `window` before, where optional. */
void reader_window(struct reader *r, const json_t *value, bool optional_ends, struct interval *window);

void *reader_room(struct reader *r, size_t n, size_t size);

/* io/mission_json.c. configuration ids are looked up in the airframe's type. */
void reader_mission(struct reader *r, const json_t *value, const struct instance *inst, bool committed,
                    struct mission *m);

/* io/read_*.c, in this order. */
void reader_airfields(struct reader *r, const json_t *root, struct instance *inst);
/* keep[i]: the resolved object of type i, owned by the caller. */
void reader_types(struct reader *r, const json_t *root, struct instance *inst, json_t **keep);
void reader_legs(struct reader *r, const json_t *root, struct instance *inst, json_t *types);
void reader_fleet(struct reader *r, const json_t *root, struct instance *inst);
void reader_demands(struct reader *r, const json_t *root, struct instance *inst, json_t *categories);
void reader_limits(struct reader *r, const json_t *root, struct instance *inst);
void reader_rules(struct reader *r, const json_t *root, struct instance *inst, const json_t *categories);

/* The catalogue entry with the overriding keys of `value` (a text or an object with "id"): a new reference; NULL after
 * a fault. */
json_t *catalogue_resolve(struct reader *r, const json_t *value, const json_t *catalogue, const char *what);
json_t *catalogue_load(const char *bytes, size_t size);

#endif
