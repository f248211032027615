/* When an airfield takes flights: opening hours and clearances (R7, R8). */
#ifndef SORTIE_SOLVER_OPENING_H
#define SORTIE_SOLVER_OPENING_H

#include "model/instance.h"

bool field_open(const struct instance *inst, int32_t airfield, sec_t t);
/* Every limit that needs a clearance there has one at the block-in. */
bool field_cleared(const struct instance *inst, int32_t airfield, sec_t block_in);

/* First instants from `at` on: at which the airfield is open; at which a block-in is open and cleared; and at which a
 * flight of `block` seconds may take off, on the grid. SEC_LATEST: none within the horizon. */
sec_t next_open(const struct instance *inst, int32_t airfield, sec_t at);
sec_t next_block_in(const struct instance *inst, int32_t airfield, sec_t at);
sec_t next_take_off(const struct instance *inst, int32_t from, int32_t to, sec_t block, sec_t at);
/* The airfield is not open later within the horizon; SEC_LATEST: always open. */
sec_t last_open(const struct instance *inst, int32_t airfield);

#endif
