/* The bytes of import/templates/, as embedded by the build. */
#ifndef SORTIE_IMPORT_TEMPLATES_H
#define SORTIE_IMPORT_TEMPLATES_H

#include <stddef.h>

#define IMPORT_TEMPLATES(X)                                                                                            \
    X(template_import, "import.json")                                                                                  \
    X(template_airfields, "airfields.csv")                                                                             \
    X(template_airframes, "airframes.csv")                                                                             \
    X(template_crews, "crews.csv")                                                                                     \
    X(template_demands, "demands.csv")

#define X(name, file)                                                                                                  \
    extern const char name[];                                                                                          \
    extern const size_t name##_size;
IMPORT_TEMPLATES(X)
#undef X

#endif
