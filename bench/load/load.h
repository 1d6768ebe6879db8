/* What the reading and the posting half of the loop share. */
#include <stdint.h>
#include <stddef.h>

enum { DIGITS = 8, SLOTS = 1024, PLACES = 8, EVENTS = 512, SUB = 64, BUCKETS = SUB * 40,
       SAMPLE = 400 };

struct counts { /* mirrored in native.py */
    uint64_t posted, delivered, doubled, unknown, acks, nacks, other, closed, broken, stalled,
             received, busy, /* bytes; ns spent on what could be read */
             close_code;     /* the last one that a server gave */
    char refusal[SAMPLE];
};

struct reader {
    int fd;           /* -1: not connected yet, or not any more */
    uint32_t held;    /* bytes of an unfinished frame */
    uint8_t *rest;
    uint64_t seen;    /* messages */
    uint64_t order;   /* hash over the numbers in the order they came */
};

struct load {
    struct counts counts;
    uint64_t histogram[BUCKETS]; /* posted to seen, µs, SUB steps per doubling */
    uint32_t readers, most;
    int epoll, measuring;
    struct reader *reader;
    uint32_t *author;            /* message n is by author[n % readers] */
    uint8_t *met;                /* bit [message][reader] */
    int64_t *posted_at;
    uint32_t stride;
    char marker[32], ack[32], nack[32], frame[1024];
    uint32_t frame_size, places, place[PLACES];
    int64_t slot[SLOTS];         /* message in flight, or -1 */
    uint32_t in_flight;          /* closed loop: how many to keep up */
    int64_t due;                 /* open loop: when the next is to be posted */
    size_t marker_size, hint;    /* where the marker stood last time */
};

int64_t load_now(void);                                                   /* ns */
void load_send(struct load *l, struct reader *r, const void *data, size_t size);
void load_echoed(struct load *l, int64_t n);  /* its author saw message n */
void load_read(struct load *l, uint32_t who); /* take what reader `who` has got */
