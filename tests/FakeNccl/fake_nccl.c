/*
 * NCCL's interface over shared memory, on a CPU, for tests. Ranks are threads or processes; they meet in a region of shared
 * memory that the unique id names. Operations run on streams, and block them as NCCL's do: a send until its receive is
 * there, a collective until all ranks have come. Every argument is checked, and calls that do not match over the ranks are
 * found. An operation that fails later does what NCCL's does: it sets the asynchronous error and holds its stream until the
 * communicator is aborted.
 *
 * FAKE_NCCL_FAIL=RANK:OPERATION:SIZE sets an asynchronous error in that operation (from 1) of that rank in communicators of
 * that size; FAKE_NCCL_HANG likewise never ends it; FAKE_NCCL_VERSION=N is what ncclGetVersion gives.
 */
#define _GNU_SOURCE
#include "fake.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#ifndef VERSION
#define VERSION 22304
#endif

typedef struct { char internal[128]; } ncclUniqueId;

enum { SUCCESS, UNHANDLED_CUDA, SYSTEM_ERROR, INTERNAL_ERROR, INVALID_ARGUMENT, INVALID_USAGE, REMOTE_ERROR, IN_PROGRESS };
enum { INT8, UINT8, INT32, UINT32, INT64, UINT64, FLOAT16, FLOAT32, FLOAT64, BFLOAT16, TYPES };
enum { ALL_REDUCE = 1, REDUCE_SCATTER, ALL_GATHER, BROADCAST, SEND, RECV };
enum { MOST_RANKS = 16, CHUNK = 1 << 16, SPINS = 200 };

static const size_t type_bytes[TYPES] = { 1, 1, 4, 4, 8, 8, 2, 4, 8, 2 };
static const char magic[] = "FAKENCCL";

struct call {
    int operation, type, root;
    uint64_t count;
};

struct slot {
    atomic_int joined, gone, pid;
    atomic_ullong step;
    struct call call;
    char data[CHUNK];
};

/* One direction between two ranks. Full: the sender's turn is over, the receiver's comes. */
struct mailbox {
    atomic_ullong wanted, offered;
    struct call want, offer;
    atomic_int full;
    char data[CHUNK];
};

struct region {
    char magic[8];
    atomic_int size, joined;
    struct slot slots[MOST_RANKS];
    struct mailbox boxes[MOST_RANKS][MOST_RANKS];
};

struct ncclComm {
    struct region *region;
    int rank, size, device;
    char name[64];
    pthread_mutex_t turn;
    atomic_int aborted, error, pending, operations;
    unsigned long long step, sent[MOST_RANKS], received[MOST_RANKS];
    char text[256];
    struct ncclComm *next;
};

/* A name of shared memory that this process made, to be taken away at its end where not all ranks came. */
struct made {
    char name[64];
    struct made *next;
};

struct piece {
    struct ncclComm *comm;
    struct call call;
    const char *send;
    char *receive;
};

/* A communicator of a group call, whose handle is written when the group ends. */
struct start {
    struct ncclComm **made, *comm;
    struct start *next;
};

static pthread_mutex_t comms_gate = PTHREAD_MUTEX_INITIALIZER;
static struct ncclComm *comms;
static struct made *all_made;
static __thread char last_error[256];
static __thread int group_depth;
static __thread struct start *starts;

static int fail(int result, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(last_error, sizeof last_error, format, arguments);
    va_end(arguments);
    return result;
}

static bool is_comm(struct ncclComm *comm)
{
    bool found = false;
    pthread_mutex_lock(&comms_gate);
    for (struct ncclComm *known = comms; known != NULL && !found; known = known->next)
        found = known == comm;
    pthread_mutex_unlock(&comms_gate);
    return found;
}

static void pause_a_little(int turn)
{
    if (turn < SPINS)
        sched_yield();
    else
        usleep(50);
}

/* What an operation does that cannot go on: the error is there to be asked for, and the stream is held. */
static int hold(struct ncclComm *comm, int error, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    if (error != SUCCESS) {
        vsnprintf(comm->text, sizeof comm->text, format, arguments);
        atomic_store(&comm->error, error);
    }
    va_end(arguments);
    while (!atomic_load(&comm->aborted))
        usleep(200);
    return INTERNAL_ERROR;
}

/* The first rank that has left or died, or -1. */
static int lost_rank(struct ncclComm *comm)
{
    for (int rank = 0; rank < comm->size; rank++) {
        struct slot *slot = &comm->region->slots[rank];
        if (rank == comm->rank)
            continue;
        if (atomic_load(&slot->gone) || (kill(atomic_load(&slot->pid), 0) != 0 && errno == ESRCH))
            return rank;
    }
    return -1;
}

/* Waits for a count to reach a number; asked again after a rank was seen to be lost, since it may have counted before. */
static int await_count(struct ncclComm *comm, atomic_ullong *count, unsigned long long number)
{
    for (int turn = 0; atomic_load(count) < number; turn++) {
        if (atomic_load(&comm->aborted))
            return INTERNAL_ERROR;
        int lost = lost_rank(comm);
        if (lost >= 0 && atomic_load(count) < number)
            return hold(comm, REMOTE_ERROR, "rank %d has gone", lost);
        pause_a_little(turn);
    }
    return SUCCESS;
}

static int await_full(struct ncclComm *comm, struct mailbox *box, int full)
{
    for (int turn = 0; atomic_load(&box->full) != full; turn++) {
        if (atomic_load(&comm->aborted))
            return INTERNAL_ERROR;
        int lost = lost_rank(comm);
        if (lost >= 0 && atomic_load(&box->full) != full)
            return hold(comm, REMOTE_ERROR, "rank %d has gone", lost);
        pause_a_little(turn);
    }
    return SUCCESS;
}

static int barrier(struct ncclComm *comm)
{
    unsigned long long step = ++comm->step;
    atomic_store(&comm->region->slots[comm->rank].step, step);
    for (int rank = 0; rank < comm->size; rank++) {
        int result = await_count(comm, &comm->region->slots[rank].step, step);
        if (result != SUCCESS)
            return result;
    }
    return SUCCESS;
}

static float from_bfloat16(uint16_t bits)
{
    uint32_t wide = (uint32_t)bits << 16;
    float value;
    memcpy(&value, &wide, sizeof value);
    return value;
}

/* To the nearest, to even where two are as near. */
static uint16_t to_bfloat16(float value)
{
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    if (value != value)
        return 0x7fc0;
    return (uint16_t)((bits + 0x7fff + ((bits >> 16) & 1)) >> 16);
}

#define ADD(TYPE)                                                                                                             \
    for (size_t i = 0; i < count; i++)                                                                                        \
        ((TYPE *)sum)[i] = (TYPE)(((TYPE *)sum)[i] + ((const TYPE *)part)[i]);                                                \
    break

static void add(int type, void *sum, const void *part, size_t count)
{
    switch (type) {
    case INT8: ADD(int8_t);
    case UINT8: ADD(uint8_t);
    case INT32: ADD(int32_t);
    case UINT32: ADD(uint32_t);
    case INT64: ADD(int64_t);
    case UINT64: ADD(uint64_t);
    case FLOAT16: ADD(_Float16);
    case FLOAT32: ADD(float);
    case FLOAT64: ADD(double);
    case BFLOAT16:
        for (size_t i = 0; i < count; i++)
            ((uint16_t *)sum)[i] = to_bfloat16(from_bfloat16(((uint16_t *)sum)[i]) + from_bfloat16(((const uint16_t *)part)[i]));
        break;
    }
}

/* The sum over all ranks' slots of some elements, in the order of ranks. */
static void sum_slots(struct ncclComm *comm, int type, char *to, size_t first, size_t count)
{
    size_t bytes = type_bytes[type];
    memcpy(to, comm->region->slots[0].data + first * bytes, count * bytes);
    for (int rank = 1; rank < comm->size; rank++)
        add(type, to, comm->region->slots[rank].data + first * bytes, count);
}

/* What a rank takes of a chunk that all ranks have laid into their slots. */
static void take(struct piece *piece, uint64_t start, size_t count)
{
    struct ncclComm *comm = piece->comm;
    size_t bytes = type_bytes[piece->call.type];
    uint64_t part = piece->call.count;
    switch (piece->call.operation) {
    case ALL_REDUCE:
        sum_slots(comm, piece->call.type, piece->receive + start * bytes, 0, count);
        break;
    case REDUCE_SCATTER: {
        uint64_t own = part * comm->rank, low = start > own ? start : own, end = start + count, high = own + part;
        if (end < high)
            high = end;
        if (low < high)
            sum_slots(comm, piece->call.type, piece->receive + (low - own) * bytes, low - start, high - low);
        break;
    }
    case ALL_GATHER:
        for (int rank = 0; rank < comm->size; rank++)
            memcpy(piece->receive + (rank * part + start) * bytes, comm->region->slots[rank].data, count * bytes);
        break;
    case BROADCAST:
        memcpy(piece->receive + start * bytes, comm->region->slots[piece->call.root].data, count * bytes);
        break;
    }
}

static int agree(struct piece *piece)
{
    struct ncclComm *comm = piece->comm;
    struct slot *own = &comm->region->slots[comm->rank];
    own->call = piece->call;
    int result = barrier(comm);
    for (int rank = 0; result == SUCCESS && rank < comm->size; rank++) {
        struct call *other = &comm->region->slots[rank].call;
        if (memcmp(other, &piece->call, sizeof *other) != 0)
            return hold(comm, INVALID_USAGE,
                        "calls differ: rank %d operation %d of %llu of type %d root %d, rank %d operation %d of %llu of type %d root %d",
                        comm->rank, piece->call.operation, (unsigned long long)piece->call.count, piece->call.type,
                        piece->call.root, rank, other->operation, (unsigned long long)other->count, other->type, other->root);
    }
    return result == SUCCESS ? barrier(comm) : result;
}

static void run_collective(struct piece *piece)
{
    struct ncclComm *comm = piece->comm;
    size_t bytes = type_bytes[piece->call.type];
    uint64_t count = piece->call.count * (piece->call.operation == REDUCE_SCATTER ? comm->size : 1);
    if (agree(piece) != SUCCESS)
        return;
    for (uint64_t start = 0; start < count; start += CHUNK / bytes) {
        size_t some = count - start < CHUNK / bytes ? count - start : CHUNK / bytes;
        if (piece->call.operation != BROADCAST || piece->call.root == comm->rank)
            memcpy(comm->region->slots[comm->rank].data, piece->send + start * bytes, some * bytes);
        if (barrier(comm) != SUCCESS)
            return;
        take(piece, start, some);
        if (barrier(comm) != SUCCESS)
            return;
    }
}

/* A send begins when its receive is there. */
static void run_message(struct piece *piece)
{
    struct ncclComm *comm = piece->comm;
    bool sends = piece->call.operation == SEND;
    int peer = piece->call.root;
    struct mailbox *box = sends ? &comm->region->boxes[comm->rank][peer] : &comm->region->boxes[peer][comm->rank];
    struct call *own = sends ? &box->offer : &box->want, *other = sends ? &box->want : &box->offer;
    unsigned long long number = sends ? ++comm->sent[peer] : ++comm->received[peer];
    *own = piece->call;
    atomic_store(sends ? &box->offered : &box->wanted, number);
    if (await_count(comm, sends ? &box->wanted : &box->offered, number) != SUCCESS)
        return;
    if (own->count != other->count || own->type != other->type) {
        hold(comm, INVALID_USAGE, "a message of %llu of type %d meets one of %llu of type %d", (unsigned long long)own->count,
             own->type, (unsigned long long)other->count, other->type);
        return;
    }
    size_t bytes = piece->call.count * type_bytes[piece->call.type];
    for (size_t start = 0; start < bytes; start += CHUNK) {
        size_t some = bytes - start < CHUNK ? bytes - start : CHUNK;
        if (await_full(comm, box, !sends) != SUCCESS)
            return;
        if (sends)
            memcpy(box->data, piece->send + start, some);
        else
            memcpy(piece->receive + start, box->data, some);
        atomic_store(&box->full, sends);
    }
    /* The next message may not write its description before this one's was read, by both. */
    if (sends)
        await_full(comm, box, 0);
}

static bool is_chosen(const char *variable, struct ncclComm *comm, int operation)
{
    const char *text = getenv(variable);
    int rank, number, size;
    return text != NULL && sscanf(text, "%d:%d:%d", &rank, &number, &size) == 3 && rank == comm->rank && number == operation
        && size == comm->size;
}

static void run_piece(void *argument)
{
    struct piece *piece = argument;
    struct ncclComm *comm = piece->comm;
    pthread_mutex_lock(&comm->turn);
    int operation = atomic_fetch_add(&comm->operations, 1) + 1;
    if (!atomic_load(&comm->aborted)) {
        if (is_chosen("FAKE_NCCL_FAIL", comm, operation))
            hold(comm, SYSTEM_ERROR, "the network card is on fire");
        else if (is_chosen("FAKE_NCCL_HANG", comm, operation))
            hold(comm, SUCCESS, "");
        else if (piece->call.operation == SEND || piece->call.operation == RECV)
            run_message(piece);
        else
            run_collective(piece);
    }
    pthread_mutex_unlock(&comm->turn);
    atomic_fetch_sub(&comm->pending, 1);
    free(piece);
}

static bool overlap(const char *one, size_t one_bytes, const char *other, size_t other_bytes)
{
    return one < other + other_bytes && other < one + one_bytes;
}

/* In place is where NCCL says: the same start, or a rank's own part of the larger one. */
static int check_memory(struct ncclComm *comm, int operation, const char *send, const char *receive, size_t bytes)
{
    size_t whole = bytes * comm->size, part = bytes * comm->rank;
    bool gathers = operation == ALL_GATHER, scatters = operation == REDUCE_SCATTER;
    const char *in_place = gathers ? receive + part : scatters ? send + part : receive;
    if ((gathers ? send == in_place : scatters ? receive == in_place : send == in_place)
        || !overlap(send, scatters ? whole : bytes, receive, gathers ? whole : bytes))
        return SUCCESS;
    return fail(INVALID_ARGUMENT, "input and output overlap without being in place");
}

static int enqueue(struct ncclComm *comm, struct stream *stream, struct call call, const void *send, void *receive)
{
    if (group_depth > 0)
        return fail(INVALID_USAGE, "operations within a group are not modelled here");
    if (!is_comm(comm))
        return fail(INVALID_ARGUMENT, "the communicator is none, or was destroyed");
    if (atomic_load(&comm->error) != SUCCESS)
        return fail(atomic_load(&comm->error), "the communicator has failed before: %s", comm->text);
    if (!fake_stream_is_valid(stream))
        return fail(INVALID_ARGUMENT, "the stream is none, or was destroyed");
    if (call.type < 0 || call.type >= TYPES)
        return fail(INVALID_ARGUMENT, "there is no type %d", call.type);
    if (call.count > UINT64_MAX / 64)
        return fail(INVALID_ARGUMENT, "a count of %llu", (unsigned long long)call.count);
    bool sends = call.operation != RECV && (call.operation != BROADCAST || call.root == comm->rank);
    if (call.count > 0 && ((sends && send == NULL) || (call.operation != SEND && receive == NULL)))
        return fail(INVALID_ARGUMENT, "a null pointer, where %llu elements were expected", (unsigned long long)call.count);
    if (call.root < 0 || call.root >= comm->size)
        return fail(INVALID_ARGUMENT, "there is no rank %d among %d", call.root, comm->size);
    if ((call.operation == SEND || call.operation == RECV) && call.root == comm->rank)
        return fail(INVALID_USAGE, "a rank sends to itself only within a group");
    if (sends && call.operation != SEND && call.count > 0) {
        int result = check_memory(comm, call.operation, send, receive, call.count * type_bytes[call.type]);
        if (result != SUCCESS)
            return result;
    }
    struct piece *piece = malloc(sizeof *piece);
    memset(piece, 0, sizeof *piece);
    piece->comm = comm;
    piece->call.operation = call.operation;
    piece->call.type = call.type;
    piece->call.root = call.root;
    piece->call.count = call.count;
    piece->send = send;
    piece->receive = receive;
    atomic_fetch_add(&comm->pending, 1);
    fake_enqueue(stream, run_piece, piece);
    return SUCCESS;
}

static int sums_only(int reduction)
{
    return reduction == 0 ? SUCCESS : fail(INVALID_ARGUMENT, "only sums are modelled here, not reduction %d", reduction);
}

int ncclAllReduce(const void *send, void *receive, size_t count, int type, int reduction, struct ncclComm *comm, struct stream *stream)
{
    int result = sums_only(reduction);
    return result != SUCCESS ? result : enqueue(comm, stream, (struct call){ ALL_REDUCE, type, 0, count }, send, receive);
}

int ncclReduceScatter(const void *send, void *receive, size_t count, int type, int reduction, struct ncclComm *comm, struct stream *stream)
{
    int result = sums_only(reduction);
    return result != SUCCESS ? result : enqueue(comm, stream, (struct call){ REDUCE_SCATTER, type, 0, count }, send, receive);
}

int ncclAllGather(const void *send, void *receive, size_t count, int type, struct ncclComm *comm, struct stream *stream)
{
    return enqueue(comm, stream, (struct call){ ALL_GATHER, type, 0, count }, send, receive);
}

int ncclBroadcast(const void *send, void *receive, size_t count, int type, int root, struct ncclComm *comm, struct stream *stream)
{
    return enqueue(comm, stream, (struct call){ BROADCAST, type, root, count }, send, receive);
}

#ifndef WITHOUT_MESSAGES
int ncclSend(const void *send, size_t count, int type, int peer, struct ncclComm *comm, struct stream *stream)
{
    return enqueue(comm, stream, (struct call){ SEND, type, peer, count }, send, NULL);
}

int ncclRecv(void *receive, size_t count, int type, int peer, struct ncclComm *comm, struct stream *stream)
{
    return enqueue(comm, stream, (struct call){ RECV, type, peer, count }, NULL, receive);
}
#endif

int ncclGetVersion(int *version)
{
    const char *text = getenv("FAKE_NCCL_VERSION");
    if (version == NULL)
        return fail(INVALID_ARGUMENT, "a null pointer");
    *version = text != NULL ? atoi(text) : VERSION;
    return SUCCESS;
}

int ncclGetUniqueId(ncclUniqueId *id)
{
    unsigned char random[12];
    if (id == NULL)
        return fail(INVALID_ARGUMENT, "a null pointer");
    int source = open("/dev/urandom", O_RDONLY | O_CLOEXEC);
    if (source < 0 || read(source, random, sizeof random) != sizeof random)
        return fail(SYSTEM_ERROR, "no random bytes");
    close(source);
    /* All 128 bytes count, so that one that is lost on the way is noticed. */
    memset(id->internal, 'x', sizeof id->internal);
    int used = sprintf(id->internal, "%s", magic);
    for (size_t i = 0; i < sizeof random; i++)
        used += sprintf(id->internal + used, "%02x", random[i]);
    id->internal[used] = 'x';
    char name[64];
    snprintf(name, sizeof name, "/fake-nccl-%.24s", id->internal + 8);
    int file = shm_open(name, O_RDWR | O_CREAT | O_EXCL, 0600);
    if (file < 0 || ftruncate(file, sizeof(struct region)) != 0)
        return fail(SYSTEM_ERROR, "no shared memory: %s", strerror(errno));
    close(file);
    struct made *made = calloc(1, sizeof *made);
    strcpy(made->name, name);
    pthread_mutex_lock(&comms_gate);
    made->next = all_made;
    all_made = made;
    pthread_mutex_unlock(&comms_gate);
    return SUCCESS;
}

__attribute__((destructor)) static void take_away(void)
{
    for (struct made *made = all_made; made != NULL; made = made->next)
        shm_unlink(made->name);
}

/* The first half of a start, which does not wait for the others. */
static int join(struct ncclComm **made, int size, const ncclUniqueId *id, int rank)
{
    if (made == NULL)
        return fail(INVALID_ARGUMENT, "a null pointer");
    if (size < 1 || size > MOST_RANKS || rank < 0 || rank >= size)
        return fail(INVALID_ARGUMENT, "rank %d of %d", rank, size);
    for (size_t i = 32; i < sizeof id->internal; i++) {
        if (memcmp(id->internal, magic, 8) != 0 || id->internal[i] != 'x')
            return fail(INVALID_ARGUMENT, "the unique id did not come whole");
    }
    struct ncclComm *comm = calloc(1, sizeof *comm);
    snprintf(comm->name, sizeof comm->name, "/fake-nccl-%.24s", id->internal + 8);
    int file = shm_open(comm->name, O_RDWR, 0600);
    if (file < 0)
        return fail(INVALID_ARGUMENT, "nobody made this unique id, or all its ranks have joined");
    comm->region = mmap(NULL, sizeof(struct region), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    close(file);
    if (comm->region == MAP_FAILED)
        return fail(SYSTEM_ERROR, "no shared memory: %s", strerror(errno));
    int none = 0;
    if (!atomic_compare_exchange_strong(&comm->region->size, &none, size) && none != size)
        return fail(INVALID_ARGUMENT, "rank %d counts %d ranks, another one %d", rank, size, none);
    comm->rank = rank;
    comm->size = size;
    comm->device = fake_device();
    pthread_mutex_init(&comm->turn, NULL);
    atomic_store(&comm->region->slots[rank].pid, getpid());
    if (atomic_exchange(&comm->region->slots[rank].joined, 1) != 0)
        return fail(INVALID_USAGE, "rank %d has joined before", rank);
    atomic_fetch_add(&comm->region->joined, 1);
    struct start *start = malloc(sizeof *start);
    *start = (struct start){ made, comm, starts };
    starts = start;
    return SUCCESS;
}

/* The second half, for all that this thread has started. */
static int await_joined(void)
{
    while (starts != NULL) {
        struct start *start = starts;
        struct ncclComm *comm = start->comm;
        for (int turn = 0; atomic_load(&comm->region->joined) < comm->size; turn++)
            pause_a_little(turn);
        shm_unlink(comm->name);
        pthread_mutex_lock(&comms_gate);
        comm->next = comms;
        comms = comm;
        pthread_mutex_unlock(&comms_gate);
        *start->made = comm;
        starts = start->next;
        free(start);
    }
    return SUCCESS;
}

int ncclCommInitRank(struct ncclComm **made, int size, ncclUniqueId id, int rank)
{
    int result = join(made, size, &id, rank);
    return result != SUCCESS || group_depth > 0 ? result : await_joined();
}

int ncclGroupStart(void)
{
    group_depth++;
    return SUCCESS;
}

int ncclGroupEnd(void)
{
    if (group_depth == 0)
        return fail(INVALID_USAGE, "a group ends that has not begun");
    return --group_depth > 0 ? SUCCESS : await_joined();
}

static void forget(struct ncclComm *comm)
{
    pthread_mutex_lock(&comms_gate);
    struct ncclComm **place = &comms;
    while (*place != comm)
        place = &(*place)->next;
    *place = comm->next;
    pthread_mutex_unlock(&comms_gate);
    atomic_store(&comm->region->slots[comm->rank].gone, 1);
}

/* This rank's view of the shared memory goes where nothing is under way; what streams may hold work of stays. */
static int leave(struct ncclComm *comm)
{
    forget(comm);
    if (atomic_load(&comm->pending) == 0)
        munmap(comm->region, sizeof *comm->region);
    return SUCCESS;
}

int ncclCommAbort(struct ncclComm *comm)
{
    if (!is_comm(comm))
        return fail(INVALID_ARGUMENT, "the communicator is none, or was destroyed");
    atomic_store(&comm->aborted, 1);
    return leave(comm);
}

int ncclCommDestroy(struct ncclComm *comm)
{
    if (!is_comm(comm))
        return fail(INVALID_ARGUMENT, "the communicator is none, or was destroyed");
    while (atomic_load(&comm->pending) > 0)
        usleep(100);
    return leave(comm);
}

int ncclCommGetAsyncError(struct ncclComm *comm, int *error)
{
    if (!is_comm(comm) || error == NULL)
        return fail(INVALID_ARGUMENT, "the communicator is none, or was destroyed");
    *error = atomic_load(&comm->error);
    return SUCCESS;
}

static int tell(int *number, int value)
{
    if (number == NULL)
        return fail(INVALID_ARGUMENT, "a null pointer");
    *number = value;
    return SUCCESS;
}

int ncclCommCount(struct ncclComm *comm, int *count)
{
    return is_comm(comm) ? tell(count, comm->size) : fail(INVALID_ARGUMENT, "the communicator is none");
}

int ncclCommUserRank(struct ncclComm *comm, int *rank)
{
    return is_comm(comm) ? tell(rank, comm->rank) : fail(INVALID_ARGUMENT, "the communicator is none");
}

int ncclCommCuDevice(struct ncclComm *comm, int *device)
{
    return is_comm(comm) ? tell(device, comm->device) : fail(INVALID_ARGUMENT, "the communicator is none");
}

const char *ncclGetErrorString(int result)
{
    switch (result) {
    case SUCCESS: return "no error";
    case UNHANDLED_CUDA: return "unhandled cuda error";
    case SYSTEM_ERROR: return "unhandled system error";
    case INTERNAL_ERROR: return "internal error";
    case INVALID_ARGUMENT: return "invalid argument";
    case INVALID_USAGE: return "invalid usage";
    case REMOTE_ERROR: return "remote process exited or there was a network error";
    case IN_PROGRESS: return "NCCL operation in progress";
    default: return "unknown result code";
    }
}

const char *ncclGetLastError(struct ncclComm *comm)
{
    return comm != NULL && is_comm(comm) && atomic_load(&comm->error) != SUCCESS ? comm->text : last_error;
}
