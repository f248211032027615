#include "export/code.h"

#include <string.h>

bool is_code(const char *text, size_t least, size_t most, const char *letters)
{
    size_t size = strlen(text);
    return size >= least && size <= most && text[strspn(text, letters)] == '\0';
}

bool is_icao(const char *id)
{
    return is_code(id, 4, 4, CAPITALS);
}
