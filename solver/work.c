#include "solver/work.h"

#include <stdlib.h>

bool budget_init(struct budget *b, size_t n, int64_t limit)
{
    *b = (struct budget){.limit = limit, .n = n, .work = malloc((n + 1) * sizeof *b->work)};
    pthread_mutex_init(&b->lock, NULL);
    for (size_t i = 0; i < n && b->work; i++)
        b->work[i] = -1;
    return b->work != NULL;
}

void budget_release(struct budget *b)
{
    pthread_mutex_destroy(&b->lock);
    free(b->work);
}

/* Whoever is before it and not done yet only adds to that. */
bool budget_exceeded(const struct budget *b, int64_t work)
{
    return work > b->limit - atomic_load(&b->spent);
}

void budget_done(struct budget *b, size_t number, int64_t work)
{
    pthread_mutex_lock(&b->lock);
    b->work[number] = work;
    for (; b->first < b->n && b->work[b->first] >= 0; b->first++)
        atomic_fetch_add(&b->spent, b->work[b->first]);
    pthread_mutex_unlock(&b->lock);
}

size_t budget_count(const struct budget *b, int64_t *work)
{
    *work = 0;
    for (size_t i = 0; i < b->n; i++) {
        if (b->work[i] > b->limit - *work) {
            *work = b->limit;
            return i;
        }
        *work += b->work[i];
    }
    return b->n;
}
