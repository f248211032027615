#include "solver/pool.h"

#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>

#include "solver/lp.h"

struct pool {
    pthread_mutex_t lock; /* of all below but the helpers */
    pthread_cond_t begun; /* there are pieces, or the end has come */
    pthread_cond_t done;  /* all pieces are */
    pool_piece *piece;
    void *context;
    size_t next, n; /* pieces next .. n - 1 are not begun */
    int running;
    bool over;
    int n_helpers;
    struct helper {
        struct pool *pool;
        pthread_t thread;
        int number;
    } helper[];
};

/* Does pieces as long as there are any; the lock is held before and after. */
static void do_pieces(struct pool *pool, int thread)
{
    while (pool->next < pool->n) {
        size_t number = pool->next++;
        pool->running++;
        pthread_mutex_unlock(&pool->lock);
        pool->piece(pool->context, number, thread);
        pthread_mutex_lock(&pool->lock);
        if (--pool->running == 0 && pool->next == pool->n)
            pthread_cond_signal(&pool->done);
    }
}

static void *help(void *context)
{
    struct helper *helper = context;
    struct pool *pool = helper->pool;
    pthread_mutex_lock(&pool->lock);
    while (!pool->over) {
        do_pieces(pool, helper->number);
        if (!pool->over)
            pthread_cond_wait(&pool->begun, &pool->lock);
    }
    pthread_mutex_unlock(&pool->lock);
    lp_leave_thread();
    return NULL;
}

struct pool *pool_new(int threads)
{
    size_t most = threads > 1 ? (size_t)threads - 1 : 0;
    struct pool *pool = calloc(1, sizeof *pool + most * sizeof pool->helper[0]);
    if (!pool)
        return NULL;
    pthread_mutex_init(&pool->lock, NULL);
    pthread_cond_init(&pool->begun, NULL);
    pthread_cond_init(&pool->done, NULL);
    sigset_t all, own;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &own); /* signals are for the caller */
    for (size_t i = 0; i < most; i++) {
        struct helper *helper = &pool->helper[i];
        *helper = (struct helper){.pool = pool, .number = (int)i + 1};
        if (pthread_create(&helper->thread, NULL, help, helper) != 0)
            break;
        pool->n_helpers++;
    }
    pthread_sigmask(SIG_SETMASK, &own, NULL);
    return pool;
}

void pool_free(struct pool *pool)
{
    if (!pool)
        return;
    pthread_mutex_lock(&pool->lock);
    pool->over = true;
    pthread_cond_broadcast(&pool->begun);
    pthread_mutex_unlock(&pool->lock);
    for (int i = 0; i < pool->n_helpers; i++)
        pthread_join(pool->helper[i].thread, NULL);
    pthread_mutex_destroy(&pool->lock);
    pthread_cond_destroy(&pool->begun);
    pthread_cond_destroy(&pool->done);
    free(pool);
}

int pool_threads(const struct pool *pool)
{
    return pool ? pool->n_helpers + 1 : 1;
}

void pool_run(struct pool *pool, size_t n, pool_piece *piece, void *context)
{
    if (!pool || pool->n_helpers == 0) {
        for (size_t i = 0; i < n; i++)
            piece(context, i, 0);
        return;
    }
    pthread_mutex_lock(&pool->lock);
    pool->piece = piece;
    pool->context = context;
    pool->next = 0;
    pool->n = n;
    if (n > 1)
        pthread_cond_broadcast(&pool->begun);
    do_pieces(pool, 0);
    while (pool->running > 0)
        pthread_cond_wait(&pool->done, &pool->lock);
    pthread_mutex_unlock(&pool->lock);
}
