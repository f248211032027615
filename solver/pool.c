#include "solver/pool.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>

#include "solver/lp.h"

struct pool {
    pthread_mutex_t lock;
    pthread_cond_t change; /* a job is new or done, or the end has come */
    struct pool_job *job;
    bool over;
    int n_helpers;
    struct helper {
        struct pool *pool;
        pthread_t thread;
        int number;
    } helper[];
};

static _Thread_local int me; /* 0 in the thread that made the pool */

static bool done(const struct pool_job *job)
{
    return job->begun == job->n && job->running == 0;
}

/* Begins one piece of the job and ends it; the lock is held before and after. */
static void do_piece(struct pool *pool, struct pool_job *job)
{
    size_t number = job->begun++;
    job->running++;
    pthread_mutex_unlock(&pool->lock);
    job->piece(job->context, number, me);
    pthread_mutex_lock(&pool->lock);
    job->running--;
    if (done(job))
        pthread_cond_broadcast(&pool->change);
}

/* A job with a piece to begin: the one handed out last, for others wait for it; NULL: none. */
static struct pool_job *open_job(const struct pool *pool)
{
    struct pool_job *job = pool->job;
    while (job && job->begun == job->n)
        job = job->next;
    return job;
}

static void *help(void *context)
{
    struct helper *helper = context;
    struct pool *pool = helper->pool;
    me = helper->number;
    pthread_mutex_lock(&pool->lock);
    while (!pool->over) {
        struct pool_job *job = open_job(pool);
        if (job)
            do_piece(pool, job);
        else
            pthread_cond_wait(&pool->change, &pool->lock);
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
    pthread_cond_init(&pool->change, NULL);
    sigset_t all, own;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &own); /* signals are for the thread that made the pool */
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
    pthread_cond_broadcast(&pool->change);
    pthread_mutex_unlock(&pool->lock);
    for (int i = 0; i < pool->n_helpers; i++)
        pthread_join(pool->helper[i].thread, NULL);
    pthread_mutex_destroy(&pool->lock);
    pthread_cond_destroy(&pool->change);
    free(pool);
}

int pool_threads(const struct pool *pool)
{
    return pool ? pool->n_helpers + 1 : 1;
}

void pool_begin(struct pool *pool, struct pool_job *job)
{
    job->begun = job->running = 0;
    if (!pool)
        return;
    pthread_mutex_lock(&pool->lock);
    job->next = pool->job;
    pool->job = job;
    pthread_cond_broadcast(&pool->change);
    pthread_mutex_unlock(&pool->lock);
}

/* others: pieces of other jobs are done while those of this one are under way elsewhere. */
static void finish(struct pool *pool, struct pool_job *job, bool others)
{
    while (!pool && job->begun < job->n)
        job->piece(job->context, job->begun++, 0);
    if (!pool)
        return;
    pthread_mutex_lock(&pool->lock);
    while (job->begun < job->n)
        do_piece(pool, job);
    while (!done(job)) {
        struct pool_job *other = others ? open_job(pool) : NULL;
        if (other)
            do_piece(pool, other);
        else
            pthread_cond_wait(&pool->change, &pool->lock);
    }
    struct pool_job **at = &pool->job;
    while (*at != job)
        at = &(*at)->next;
    *at = job->next;
    pthread_mutex_unlock(&pool->lock);
}

void pool_finish(struct pool *pool, struct pool_job *job)
{
    finish(pool, job, true);
}

void pool_run(struct pool *pool, struct pool_job *job)
{
    pool_begin(pool, job);
    finish(pool, job, false);
}
