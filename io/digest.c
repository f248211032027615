#include "io/digest.h"

#include <nettle/sha2.h>
#include <stdio.h>

void digest(const char *bytes, size_t size, char hex[DIGEST_SIZE])
{
    struct sha256_ctx ctx;
    uint8_t sum[SHA256_DIGEST_SIZE];
    sha256_init(&ctx);
    sha256_update(&ctx, size, (const uint8_t *)bytes);
    sha256_digest(&ctx, sizeof sum, sum);
    for (size_t i = 0; i < sizeof sum; i++)
        snprintf(hex + 2 * i, 3, "%02x", sum[i]);
}
