/* SHA-256, in hexadecimal. */
#ifndef SORTIE_IO_DIGEST_H
#define SORTIE_IO_DIGEST_H

#include <stddef.h>

#define DIGEST_SIZE 65

void digest(const char *bytes, size_t size, char hex[DIGEST_SIZE]);

#endif
