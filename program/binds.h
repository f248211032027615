/* What an instance allows at an instant, and which of its limits can bind at all. */
#ifndef SORTIE_PROGRAM_BINDS_H
#define SORTIE_PROGRAM_BINDS_H

#include "model/instance.h"

/* Both ends belong to the window. */
bool within(sec_t t, struct interval window);
/* Arrivals and departures are allowed; arrivals are cleared. */
bool is_open(const struct instance *inst, int32_t airfield, sec_t t);
bool is_cleared(const struct instance *inst, int32_t airfield, sec_t t);
bool at_limit(const struct limit *limit, int32_t airfield);
/* A block-in at the earlier instant counts in no cap of arrivals in which one at the later does not. */
bool no_more_caps(const struct instance *inst, int32_t airfield, sec_t earlier, sec_t later);

/* Whether any crew can come to the rolling limit at all. */
bool rolling_may_bind(const struct instance *inst, size_t limit);
/* Whether the parking of an airfield can be full: not where all airframes fit together. */
bool parking_may_bind(const struct instance *inst, int32_t airfield);
/* Whether all demands that go to the limit's airfields are more than the cap lets in. */
bool pax_cap_may_bind(const struct instance *inst, const struct limit *limit, const struct cap *cap);

/* Most seats of the type, and the configuration that has them. */
int32_t type_seats(const struct aircraft_type *type, int32_t *configuration);

#endif
