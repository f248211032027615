#include "io/instant.h"

#include <stdio.h>
#include <string.h>

/* Days since 1970-01-01 of a Gregorian date; years counted from March, eras of 400 years (146,097 days). */
static int64_t days_from_date(int64_t year, int64_t month, int64_t day)
{
    year -= month <= 2;
    int64_t era = floor_div(year, 400), of_era = year - era * 400;
    int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int64_t day_of_era = of_era * 365 + of_era / 4 - of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

static void date_from_days(int64_t days, int64_t *year, int64_t *month, int64_t *day)
{
    days += 719468;
    int64_t era = floor_div(days, 146097), of_era = days - era * 146097;
    int64_t year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t day_of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t from_march = (5 * day_of_year + 2) / 153;
    *day = day_of_year - (153 * from_march + 2) / 5 + 1;
    *month = from_march + (from_march < 10 ? 3 : -9);
    *year = year_of_era + era * 400 + (*month <= 2);
}

/* `form`: '0' stands for a digit, anything else for itself. */
static bool has_form(const char *text, const char *form)
{
    if (strlen(text) != strlen(form))
        return false;
    for (; *form; form++, text++) {
        if (*form == '0' ? *text < '0' || *text > '9' : *text != *form)
            return false;
    }
    return true;
}

static int64_t digits(const char *text, int n)
{
    int64_t value = 0;
    for (int i = 0; i < n; i++)
        value = value * 10 + (text[i] - '0');
    return value;
}

bool instant_parse(const char *text, int64_t *unix_time)
{
    if (!has_form(text, "0000-00-00T00:00:00Z"))
        return false;
    int64_t year = digits(text, 4), month = digits(text + 5, 2), day = digits(text + 8, 2);
    int64_t hour = digits(text + 11, 2), minute = digits(text + 14, 2), second = digits(text + 17, 2);
    if (year < 1970 || year > 2199 || month < 1 || month > 12 || hour > 23 || minute > 59 || second > 59)
        return false;
    int64_t days = days_from_date(year, month, day), y, m, d;
    date_from_days(days, &y, &m, &d); /* 30 February comes back as another date */
    if (y != year || m != month || d != day)
        return false;
    *unix_time = days * SECONDS_PER_DAY + hour * 3600 + minute * 60 + second;
    return true;
}

const char *instant_print(int64_t unix_time, char to[INSTANT_SIZE])
{
    int64_t days = floor_div(unix_time, SECONDS_PER_DAY), rest = unix_time - days * SECONDS_PER_DAY;
    int64_t year, month, day;
    date_from_days(days, &year, &month, &day);
    snprintf(to, INSTANT_SIZE, "%04d-%02d-%02dT%02d:%02d:%02dZ", (int)year, (int)month, (int)day, (int)(rest / 3600),
             (int)(rest / 60 % 60), (int)(rest % 60));
    return to;
}

bool time_of_day_parse(const char *text, int64_t *seconds)
{
    if (!has_form(text, "00:00"))
        return false;
    int64_t hour = digits(text, 2), minute = digits(text + 3, 2);
    if (hour > 24 || minute > 59 || (hour == 24 && minute != 0))
        return false;
    *seconds = hour * 3600 + minute * 60;
    return true;
}
