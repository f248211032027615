/* Every tests/test_*.c registers its suite in one function, listed here and in tests/main.c. */
#ifndef SORTIE_TESTS_TESTS_H
#define SORTIE_TESTS_TESTS_H

#include <CUnit/CUnit.h>

#define TEST_SUITES(X)                                                                                                 \
    X(batch)                                                                                                           \
    X(generate)                                                                                                        \
    X(geodesic)                                                                                                        \
    X(reader)                                                                                                          \
    X(import)                                                                                                          \
    X(schedule_json)                                                                                                   \
    X(export)                                                                                                          \
    X(checker)                                                                                                         \
    X(construct)                                                                                                       \
    X(slack)                                                                                                           \
    X(coarse)                                                                                                          \
    X(flows)                                                                                                           \
    X(bounds)                                                                                                          \
    X(load_plan)                                                                                                       \
    X(oracle)                                                                                                          \
    X(cabins)                                                                                                          \
    X(threads)                                                                                                         \
    X(program)                                                                                                         \
    X(solver)

#define X(name) void add_##name##_tests(CU_pSuite suite);
TEST_SUITES(X)
#undef X

#endif
