#include "io/show_time.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const char *show_tm(const struct tm *tm, char to[SHOW_TIME_SIZE])
{
    int size = snprintf(to, SHOW_TIME_SIZE, "%04d-%02d-%02d %02d:%02d", tm->tm_year + 1900, tm->tm_mon + 1, tm->tm_mday,
                        tm->tm_hour, tm->tm_min);
    if (tm->tm_sec != 0)
        snprintf(to + size, SHOW_TIME_SIZE - (size_t)size, ":%02d", tm->tm_sec);
    return to;
}

/* Unix time of `instant`; false where there is no such instant or the calendar does not reach it. */
static bool unix_time(const struct instance *inst, sec_t instant, time_t *at)
{
    const int64_t most = INT64_C(253402300799); /* 9999-12-31T23:59:59Z */
    if (instant < -most || instant > most || inst->start_unix < -most || inst->start_unix > most)
        return false;
    *at = (time_t)(inst->start_unix + instant);
    return *at >= -62135596800 && *at <= most;
}

const char *show_utc(const struct instance *inst, sec_t instant, char to[SHOW_TIME_SIZE])
{
    time_t at;
    struct tm tm;
    if (!unix_time(inst, instant, &at) || gmtime_r(&at, &tm) == NULL)
        return strcpy(to, "-");
    return show_tm(&tm, to);
}

/* The zone's text comes from a file that anybody may have written, so it is taken for a name below the zone folder
 * only, and only where such a file of zone data exists: the C library would silently read anything else as UTC. */
static bool zone_is_known(const char *zone)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-/";
    if (*zone == '\0' || *zone == '/' || strlen(zone) > 64 || zone[strspn(zone, letters)] != '\0')
        return false;
    const char *folder = getenv("TZDIR");
    char path[4096];
    int size =
        snprintf(path, sizeof path, "%s/%s", folder != NULL && *folder != '\0' ? folder : "/usr/share/zoneinfo", zone);
    if (size < 0 || (size_t)size >= sizeof path)
        return false;
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return false;
    char magic[4] = {0};
    bool known = fread(magic, 1, sizeof magic, file) == sizeof magic && memcmp(magic, "TZif", sizeof magic) == 0;
    fclose(file);
    return known;
}

static bool local_tm(const char *zone, time_t at, struct tm *tm)
{
    char name[80];
    snprintf(name, sizeof name, ":%s", zone);
    const char *before = getenv("TZ");
    char *kept = before != NULL ? strdup(before) : NULL;
    if (before != NULL && kept == NULL)
        return false;
    bool done = setenv("TZ", name, 1) == 0;
    if (done) {
        tzset();
        done = localtime_r(&at, tm) != NULL;
    }
    if (kept != NULL)
        setenv("TZ", kept, 1);
    else
        unsetenv("TZ");
    tzset();
    free(kept);
    return done;
}

static bool airfield_tm(const struct instance *inst, const struct airfield *airfield, sec_t instant, struct tm *tm)
{
    time_t at;
    return airfield->time_zone != NULL && unix_time(inst, instant, &at) && zone_is_known(airfield->time_zone) &&
           local_tm(airfield->time_zone, at, tm);
}

const char *show_local(const struct instance *inst, const struct airfield *airfield, sec_t instant,
                       char to[SHOW_TIME_SIZE])
{
    struct tm tm;
    return airfield_tm(inst, airfield, instant, &tm) ? show_tm(&tm, to) : strcpy(to, "-");
}

bool local_offset(const struct instance *inst, const struct airfield *airfield, sec_t instant, int64_t *seconds)
{
    struct tm tm;
    if (!airfield_tm(inst, airfield, instant, &tm))
        return false;
    *seconds = tm.tm_gmtoff;
    return true;
}

const char *show_duration(sec_t duration, char to[SHOW_TIME_SIZE])
{
    if (duration < SEC_EARLIEST || duration > SEC_LATEST)
        return strcpy(to, "-");
    sec_t size = duration < 0 ? -duration : duration;
    int n =
        snprintf(to, SHOW_TIME_SIZE, "%s%" PRId64 ":%02d", duration < 0 ? "-" : "", size / 3600, (int)(size / 60 % 60));
    if (size % 60 != 0)
        snprintf(to + n, SHOW_TIME_SIZE - (size_t)n, ":%02d", (int)(size % 60));
    return to;
}

const char *show_money(cent_t amount, char to[SHOW_TIME_SIZE])
{
    uint64_t size = amount < 0 ? 0 - (uint64_t)amount : (uint64_t)amount;
    char digits[24];
    int n = snprintf(digits, sizeof digits, "%" PRIu64, size / 100);
    char *at = to;
    if (amount < 0)
        *at++ = '-';
    for (int i = 0; i < n; i++) {
        if (i > 0 && (n - i) % 3 == 0)
            *at++ = ',';
        *at++ = digits[i];
    }
    snprintf(at, SHOW_TIME_SIZE - (size_t)(at - to), ".%02d", (int)(size % 100));
    return to;
}

const char *show_gap(double gap, char to[SHOW_TIME_SIZE])
{
    snprintf(to, SHOW_TIME_SIZE, "%.4g %%", gap * 100);
    return to;
}
