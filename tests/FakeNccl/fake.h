/* What the two halves of the library share: streams that NCCL's operations are put on. */
#ifndef FAKE_H
#define FAKE_H

#include <stdbool.h>

struct stream;

/* Whether the handle is a stream's that was made and not destroyed; NULL is the default stream. */
bool fake_stream_is_valid(struct stream *stream);

/* Runs a piece of work behind all that is on the stream. On the default stream, which is the calling thread, at once. */
void fake_enqueue(struct stream *stream, void (*run)(void *), void *argument);

/* The device that the calling thread has chosen. */
int fake_device(void);

#endif
