/* Instants, durations and money as people read them. */
#ifndef SORTIE_IO_SHOW_TIME_H
#define SORTIE_IO_SHOW_TIME_H

#include <stdbool.h>
#include <stddef.h>

#include "model/instance.h"
#include "model/measure.h"

/* Room for every text made here. */
#define SHOW_TIME_SIZE 48

/* "2026-03-01 14:05", seconds added where they are not 0; "-" where there is no such instant. Returns `to`. */
const char *show_utc(const struct instance *inst, sec_t instant, char to[SHOW_TIME_SIZE]);

/* The same on the clocks of `airfield`; "-" where its time zone is not known here. Sets TZ for the moment of the call
 * and puts it back: not for use while other threads run. */
const char *show_local(const struct instance *inst, const struct airfield *airfield, sec_t instant,
                       char to[SHOW_TIME_SIZE]);

/* Seconds that the clocks of `airfield` are ahead of UTC at `instant`; false where its time zone is not known here. As
 * show_local, not for use while other threads run. */
bool local_offset(const struct instance *inst, const struct airfield *airfield, sec_t instant, int64_t *seconds);

/* "16:20", hours and minutes, seconds added where they are not 0. */
const char *show_duration(sec_t duration, char to[SHOW_TIME_SIZE]);

/* "1,234,567.89" */
const char *show_money(cent_t amount, char to[SHOW_TIME_SIZE]);

/* "0.01 %" */
const char *show_gap(double gap, char to[SHOW_TIME_SIZE]);

#endif
