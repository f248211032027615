/* The bytes of export/report/, as embedded by the build. */
#ifndef SORTIE_EXPORT_REPORT_PAGE_H
#define SORTIE_EXPORT_REPORT_PAGE_H

#include <stddef.h>

/* The scripts, in the order in which they stand in the page. */
#define REPORT_SCRIPTS(X)                                                                                              \
    X(report_base_js)                                                                                                  \
    X(report_tables_js)                                                                                                \
    X(report_timeline_js)                                                                                              \
    X(report_gantt_js)                                                                                                 \
    X(report_map_js)                                                                                                   \
    X(report_charts_js)                                                                                                \
    X(report_loads_js)                                                                                                 \
    X(report_page_js)

#define X(name)                                                                                                        \
    extern const char name[];                                                                                          \
    extern const size_t name##_size;
X(report_page_html)
X(report_style_css)
REPORT_SCRIPTS(X)
#undef X

#endif
