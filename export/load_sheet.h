/* Load plans for people: a sheet of text for a mission, a drawing of the cabin for each of its sorties. Passengers are
 * numbers, never names. */
#ifndef SORTIE_EXPORT_LOAD_SHEET_H
#define SORTIE_EXPORT_LOAD_SHEET_H

#include "io/show_text.h"
#include "model/instance.h"

/* The mission's configuration has a cabin layout; it may be without a load plan. `number`: its place in the schedule,
 * from 0. */
void load_sheet_write(const struct instance *inst, const struct mission *mission, size_t number, struct text *to);

enum { LOAD_DRAWING_WIDTH = 960, LOAD_DRAWING_HEIGHT = 420 };

/* What is inside an <svg> of that size: one sortie, seen from above, nose to the left. */
void load_drawing_write(const struct instance *inst, const struct mission *mission, size_t number, size_t sortie,
                        struct text *to);

#endif
