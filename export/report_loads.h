/* Load plans in a report. */
#ifndef SORTIE_EXPORT_REPORT_LOADS_H
#define SORTIE_EXPORT_REPORT_LOADS_H

#include "export/report_json.h"
#include "model/schedule.h"

/* "cabins": a layout for every configuration of every type in turn, null where it has none. */
bool put_cabins(struct reporter *r);

/* "load" of the mission; nothing where it has no load plan. */
void put_load(struct reporter *r, const struct mission *mission);

#endif
