/*
 * The few calls of CUDA's runtime that streams need, on a CPU. A stream is a thread that does one piece of work after the
 * other. The default stream is whatever thread calls, since a CPU's work is done when its call returns: recording an event
 * there completes it, and letting it wait for an event waits. Every handle is checked.
 */
#define _GNU_SOURCE
#include "fake.h"

#include <pthread.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

enum {
    CUDA_SUCCESS = 0,
    CUDA_INVALID_VALUE = 1,
    CUDA_INVALID_DEVICE = 101,
    CUDA_INVALID_HANDLE = 400,
    CUDA_NOT_READY = 600
};

enum { MOST_DEVICES = 64, MOST_HANDLES = 4096 };

struct work {
    void (*run)(void *);
    void *argument;
    struct work *next;
};

struct stream {
    pthread_t thread;
    pthread_mutex_t gate;
    pthread_cond_t changed;
    struct work *first, *last;
    bool busy, ends;
};

struct event {
    pthread_mutex_t gate;
    pthread_cond_t changed;
    unsigned long recorded, completed;
};

/* What a stream does when an event's turn comes: it completes it, or waits for it. */
struct mark {
    struct event *event;
    unsigned long number;
};

static pthread_mutex_t handles_gate = PTHREAD_MUTEX_INITIALIZER;
static void *handles[MOST_HANDLES];
static __thread int device;

static bool swap_handle(void *from, void *to)
{
    bool found = false;
    pthread_mutex_lock(&handles_gate);
    for (int i = 0; i < MOST_HANDLES && !found; i++) {
        if (handles[i] == from) {
            handles[i] = to;
            found = true;
        }
    }
    pthread_mutex_unlock(&handles_gate);
    return found;
}

static bool is_handle(void *handle)
{
    return handle != NULL && swap_handle(handle, handle);
}

static void *stream_main(void *argument)
{
    struct stream *stream = argument;
    pthread_mutex_lock(&stream->gate);
    for (;;) {
        while (stream->first == NULL && !stream->ends)
            pthread_cond_wait(&stream->changed, &stream->gate);
        if (stream->first == NULL)
            break;
        struct work *work = stream->first;
        stream->first = work->next;
        stream->busy = true;
        pthread_mutex_unlock(&stream->gate);
        work->run(work->argument);
        free(work);
        pthread_mutex_lock(&stream->gate);
        stream->busy = false;
        pthread_cond_broadcast(&stream->changed);
    }
    pthread_mutex_unlock(&stream->gate);
    return NULL;
}

static void drain(struct stream *stream)
{
    pthread_mutex_lock(&stream->gate);
    while (stream->first != NULL || stream->busy)
        pthread_cond_wait(&stream->changed, &stream->gate);
    pthread_mutex_unlock(&stream->gate);
}

bool fake_stream_is_valid(struct stream *stream)
{
    return stream == NULL || is_handle(stream);
}

void fake_enqueue(struct stream *stream, void (*run)(void *), void *argument)
{
    if (stream == NULL) {
        run(argument);
        return;
    }
    struct work *work = malloc(sizeof *work);
    *work = (struct work){ run, argument, NULL };
    pthread_mutex_lock(&stream->gate);
    if (stream->first == NULL)
        stream->first = work;
    else
        stream->last->next = work;
    stream->last = work;
    pthread_cond_broadcast(&stream->changed);
    pthread_mutex_unlock(&stream->gate);
}

int fake_device(void)
{
    return device;
}

static void complete(struct mark mark)
{
    pthread_mutex_lock(&mark.event->gate);
    if (mark.event->completed < mark.number)
        mark.event->completed = mark.number;
    pthread_cond_broadcast(&mark.event->changed);
    pthread_mutex_unlock(&mark.event->gate);
}

static void await(struct mark mark)
{
    pthread_mutex_lock(&mark.event->gate);
    while (mark.event->completed < mark.number)
        pthread_cond_wait(&mark.event->changed, &mark.event->gate);
    pthread_mutex_unlock(&mark.event->gate);
}

static void complete_work(void *argument)
{
    complete(*(struct mark *)argument);
    free(argument);
}

static void await_work(void *argument)
{
    await(*(struct mark *)argument);
    free(argument);
}

static void enqueue_mark(struct stream *stream, void (*run)(void *), struct mark mark)
{
    struct mark *copy = malloc(sizeof *copy);
    *copy = mark;
    fake_enqueue(stream, run, copy);
}

int cudaSetDevice(int chosen)
{
    if (chosen < 0 || chosen >= MOST_DEVICES)
        return CUDA_INVALID_DEVICE;
    device = chosen;
    return CUDA_SUCCESS;
}

int cudaGetDevice(int *chosen)
{
    if (chosen == NULL)
        return CUDA_INVALID_VALUE;
    *chosen = device;
    return CUDA_SUCCESS;
}

int cudaStreamCreateWithFlags(struct stream **made, unsigned flags)
{
    /* 0: waits for the default stream and is waited for; 1: does not, which is what overlap needs. */
    if (made == NULL || flags > 1)
        return CUDA_INVALID_VALUE;
    struct stream *stream = calloc(1, sizeof *stream);
    pthread_mutex_init(&stream->gate, NULL);
    pthread_cond_init(&stream->changed, NULL);
    pthread_create(&stream->thread, NULL, stream_main, stream);
    swap_handle(NULL, stream);
    *made = stream;
    return CUDA_SUCCESS;
}

int cudaStreamDestroy(struct stream *stream)
{
    if (stream == NULL || !swap_handle(stream, NULL))
        return CUDA_INVALID_HANDLE;
    pthread_mutex_lock(&stream->gate);
    stream->ends = true;
    pthread_cond_broadcast(&stream->changed);
    pthread_mutex_unlock(&stream->gate);
    pthread_join(stream->thread, NULL);
    free(stream);
    return CUDA_SUCCESS;
}

int cudaStreamSynchronize(struct stream *stream)
{
    if (!fake_stream_is_valid(stream))
        return CUDA_INVALID_HANDLE;
    if (stream != NULL)
        drain(stream);
    return CUDA_SUCCESS;
}

int cudaStreamWaitEvent(struct stream *stream, struct event *event, unsigned flags)
{
    if (!fake_stream_is_valid(stream) || !is_handle(event))
        return CUDA_INVALID_HANDLE;
    if (flags != 0)
        return CUDA_INVALID_VALUE;
    pthread_mutex_lock(&event->gate);
    struct mark mark = { event, event->recorded };
    pthread_mutex_unlock(&event->gate);
    enqueue_mark(stream, await_work, mark);
    return CUDA_SUCCESS;
}

int cudaEventCreateWithFlags(struct event **made, unsigned flags)
{
    if (made == NULL || flags > 7)
        return CUDA_INVALID_VALUE;
    struct event *event = calloc(1, sizeof *event);
    pthread_mutex_init(&event->gate, NULL);
    pthread_cond_init(&event->changed, NULL);
    swap_handle(NULL, event);
    *made = event;
    return CUDA_SUCCESS;
}

/* The memory stays: a stream may have a mark of it still. */
int cudaEventDestroy(struct event *event)
{
    return event != NULL && swap_handle(event, NULL) ? CUDA_SUCCESS : CUDA_INVALID_HANDLE;
}

int cudaEventRecord(struct event *event, struct stream *stream)
{
    if (!is_handle(event) || !fake_stream_is_valid(stream))
        return CUDA_INVALID_HANDLE;
    pthread_mutex_lock(&event->gate);
    struct mark mark = { event, ++event->recorded };
    pthread_mutex_unlock(&event->gate);
    enqueue_mark(stream, complete_work, mark);
    return CUDA_SUCCESS;
}

int cudaEventQuery(struct event *event)
{
    if (!is_handle(event))
        return CUDA_INVALID_HANDLE;
    pthread_mutex_lock(&event->gate);
    bool done = event->completed >= event->recorded;
    pthread_mutex_unlock(&event->gate);
    return done ? CUDA_SUCCESS : CUDA_NOT_READY;
}

struct copy {
    void *to;
    const void *from;
    size_t bytes;
};

static void copy_work(void *argument)
{
    struct copy *copy = argument;
    memcpy(copy->to, copy->from, copy->bytes);
    free(copy);
}

/* Kind 4, cudaMemcpyDefault: the addresses say where they lie. */
int cudaMemcpyAsync(void *to, const void *from, size_t bytes, int kind, struct stream *stream)
{
    if (to == NULL || from == NULL || kind != 4)
        return CUDA_INVALID_VALUE;
    if (!fake_stream_is_valid(stream))
        return CUDA_INVALID_HANDLE;
    struct copy *copy = malloc(sizeof *copy);
    *copy = (struct copy){ to, from, bytes };
    fake_enqueue(stream, copy_work, copy);
    return CUDA_SUCCESS;
}

const char *cudaGetErrorString(int error)
{
    switch (error) {
    case CUDA_SUCCESS: return "no error";
    case CUDA_INVALID_VALUE: return "invalid argument";
    case CUDA_INVALID_DEVICE: return "invalid device ordinal";
    case CUDA_INVALID_HANDLE: return "invalid resource handle";
    case CUDA_NOT_READY: return "device not ready";
    default: return "unrecognized error code";
    }
}
