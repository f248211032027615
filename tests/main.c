#include "tests/tests.h"

#include <CUnit/Basic.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* Runs all suites, or those named on the command line. CU_basic_run_tests says success although tests failed, so the counters decide. */
int main(int argc, char **argv)
{
    static const struct {
        const char *name;
        void (*add)(CU_pSuite);
    } suites[] = {
#define X(name_) {#name_, add_##name_##_tests},
        TEST_SUITES(X)
#undef X
    };
    if (CU_initialize_registry() != CUE_SUCCESS)
        return 1;
    for (size_t i = 0; i < sizeof suites / sizeof suites[0]; i++) {
        bool wanted = argc < 2;
        for (int a = 1; a < argc; a++)
            wanted = wanted || strcmp(argv[a], suites[i].name) == 0;
        if (!wanted)
            continue;
        CU_pSuite suite = CU_add_suite(suites[i].name, NULL, NULL);
        if (!suite)
            return 1;
        suites[i].add(suite);
    }
    CU_basic_set_mode(CU_BRM_VERBOSE);
    CU_basic_run_tests();
    unsigned failed = CU_get_number_of_failures() + CU_get_number_of_suites_failed();
    unsigned ran = CU_get_number_of_tests_run();
    CU_cleanup_registry();
    return failed != 0 || ran == 0;
}
