/* Whole-number measures. Everything inside the program is counted in these units; decimals live in io/ only.
 *
 *   sec_t    seconds; an instant counts from the instance's `start` and may be negative
 *   cent_t   hundredths of the instance's currency
 *   gram_t   grams
 *   mnm_t    thousandths of a nautical mile
 */
#ifndef SORTIE_MODEL_MEASURE_H
#define SORTIE_MODEL_MEASURE_H

#include <stdint.h>

typedef int64_t sec_t;
typedef int64_t cent_t;
typedef int64_t gram_t;
typedef int64_t mnm_t;

#define SEC_NONE INT64_MIN               /* no such instant: arrival at the first stop, departure at the last */
#define SEC_EARLIEST (INT64_MIN / 4)     /* an availability that has no beginning; safe to add durations to */
#define SEC_LATEST (INT64_MAX / 4)       /* an availability that has no end; safe to add durations to */

/* An interval of instants. Whether `until` belongs to it is said where it is used. */
struct interval {
    sec_t from, until;
};

/* a*b/c rounded half up, for a, b >= 0 and c > 0, without overflow in between. */
static inline int64_t muldiv_half_up(int64_t a, int64_t b, int64_t c)
{
    __extension__ typedef __int128 wide;
    return (int64_t)(((wide)a * b * 2 + c) / ((wide)c * 2));
}

#endif
