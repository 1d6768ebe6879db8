/* The hot loop of the load generator: every socket reads, some post, every delivery is checked.
 *
 * Python makes the sockets (connected, greeted, non-blocking) and the frame to post; this loop only
 * reads, counts, and posts the next message. It knows WebSocket framing from the server (never
 * masked), the marker that each of our messages carries ("[run:" then eight digits), and the
 * Engine.IO ping. A delivery counts once per reader and message, whatever the server's wire.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { DIGITS = 8, SLOTS = 1024, PLACES = 8, EVENTS = 512, INBOX = 1 << 19, SUB = 64,
       BUCKETS = SUB * 40, SAMPLE = 400 };
static const int64_t GIVE_UP = 5000000000; /* ns until an echo that never came frees its place */

struct counts { /* mirrored in native.py */
    uint64_t posted, delivered, doubled, unknown, acks, nacks, other, closed, broken, stalled,
             received, busy, /* bytes; ns spent on what could be read */
             close_code;     /* the last one that a server gave */
    char refusal[SAMPLE];
};

struct reader {
    int fd;
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

static uint8_t inbox[INBOX];

static int64_t now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000000LL + t.tv_nsec;
}

uint32_t load_bucket(uint64_t us) {
    if (us < SUB) return us;
    uint32_t shift = 63 - __builtin_clzll(us) - 6;
    uint32_t bucket = (shift + 1) * SUB + ((us >> shift) & (SUB - 1));
    return bucket < BUCKETS ? bucket : BUCKETS - 1;
}

static void send_small(struct load *l, struct reader *r, const void *data, size_t size) {
    if (r->fd >= 0 && send(r->fd, data, size, MSG_NOSIGNAL) != (ssize_t)size) l->counts.broken++;
}

/* Post the next message, counted from `at` (in an open loop: from when it was due). */
static int64_t post(struct load *l, int64_t at) {
    uint64_t n = l->counts.posted;
    if (n >= l->most) return -1;
    char digits[DIGITS];
    for (uint64_t i = DIGITS, rest = n; i-- > 0; rest /= 10) digits[i] = '0' + rest % 10;
    for (uint32_t i = 0; i < l->places; i++) memcpy(l->frame + l->place[i], digits, DIGITS);
    l->posted_at[n] = at;
    l->counts.posted++;
    send_small(l, &l->reader[l->author[n % l->readers]], l->frame, l->frame_size);
    return n;
}

static void echoed(struct load *l, int64_t n) {
    for (uint32_t i = 0; i < l->in_flight; i++)
        if (l->slot[i] == n) {
            l->slot[i] = post(l, now());
            return;
        }
}

static void delivered(struct load *l, uint32_t who, const uint8_t *digits, int64_t at) {
    uint64_t n = 0;
    for (int i = 0; i < DIGITS; i++) n = n * 10 + (digits[i] - '0');
    if (n >= l->counts.posted) { l->counts.unknown++; return; }
    uint8_t *bits = l->met + (size_t)n * l->stride + who / 8, bit = 1 << (who % 8);
    if (*bits & bit) { l->counts.doubled++; return; }
    *bits |= bit;
    struct reader *r = &l->reader[who];
    r->seen++;
    r->order = (r->order ^ n) * 0x100000001b3ULL;
    l->counts.delivered++;
    if (l->measuring && at > l->posted_at[n])
        l->histogram[load_bucket((at - l->posted_at[n]) / 1000)]++;
    if (l->author[n % l->readers] == who) echoed(l, n);
}

static void text(struct load *l, uint32_t who, const uint8_t *data, size_t size, int64_t at) {
    size_t marker = l->marker_size;
    const uint8_t *end = data + size, *found = data + l->hint;
    if (l->hint + marker + DIGITS > size || memcmp(found, l->marker, marker))
        found = memmem(data, size, l->marker, marker);
    if (found && found + marker + DIGITS <= end) {
        l->hint = found - data;
        delivered(l, who, found + marker, at);
    } else if (size == 1 && *data == '2') { /* Engine.IO asks for a sign of life */
        send_small(l, &l->reader[who], "\x81\x81\0\0\0\0" "3", 7);
        l->counts.other++;
    } else if (*l->ack && memmem(data, size, l->ack, strlen(l->ack))) {
        l->counts.acks++;
    } else if (*l->nack && memmem(data, size, l->nack, strlen(l->nack))) {
        l->counts.nacks++;
        memcpy(l->counts.refusal, data, size < SAMPLE - 1 ? size : SAMPLE - 1);
    } else {
        l->counts.other++;
    }
}

static void drop(struct load *l, struct reader *r) {
    if (r->fd < 0) return;
    epoll_ctl(l->epoll, EPOLL_CTL_DEL, r->fd, NULL);
    r->fd = -1;
    l->counts.closed++;
}

static void frame(struct load *l, uint32_t who, uint8_t first, const uint8_t *data, size_t size,
                  int64_t at) {
    struct reader *r = &l->reader[who];
    if (first == 0x81) {
        text(l, who, data, size, at);
    } else if (first == 0x89 && size < 126) { /* ping: answer with what it holds */
        uint8_t pong[6 + 126] = {0x8a, 0x80 | size};
        memcpy(pong + 6, data, size);
        send_small(l, r, pong, 6 + size);
        l->counts.other++;
    } else if (first == 0x88) {
        if (size >= 2) l->counts.close_code = data[0] << 8 | data[1];
        drop(l, r);
    } else {
        l->counts.broken++;
    }
}

/* Walk the whole frames in `data`; returns how many bytes they took. */
static size_t walk(struct load *l, uint32_t who, const uint8_t *data, size_t size, int64_t at) {
    const uint8_t *p = data, *end = data + size;
    while (end - p >= 2) {
        uint64_t length = p[1] & 127, head = length == 126 ? 4 : length == 127 ? 10 : 2;
        if ((uint64_t)(end - p) < head) break;
        if (head == 4) length = p[2] << 8 | p[3];
        if (head == 10) { length = 0; for (int i = 2; i < 10; i++) length = length << 8 | p[i]; }
        if ((uint64_t)(end - p) < head + length) break;
        frame(l, who, *p, p + head, length, at);
        p += head + length;
    }
    return p - data;
}

static void readable(struct load *l, uint32_t who) {
    struct reader *r = &l->reader[who];
    memcpy(inbox, r->rest, r->held);
    ssize_t got = recv(r->fd, inbox + r->held, INBOX - r->held, 0);
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (got <= 0) { drop(l, r); return; }
    l->counts.received += got;
    size_t size = r->held + got, used = walk(l, who, inbox, size, now());
    r->held = size - used;
    if (r->held) {
        r->rest = realloc(r->rest, r->held);
        memcpy(r->rest, inbox + used, r->held);
    }
}

static void fill(struct load *l, int64_t at) {
    for (uint32_t i = 0; i < l->in_flight; i++) {
        int64_t n = l->slot[i];
        if (n >= 0 && at - l->posted_at[n] > GIVE_UP) { l->counts.stalled++; n = -1; }
        l->slot[i] = n < 0 ? post(l, at) : n;
    }
}

/* Run for `seconds`: keep `in_flight` messages under way, or post `rate` a second, or only read. */
void load_run(struct load *l, double seconds, uint32_t in_flight, double rate) {
    struct epoll_event events[EVENTS];
    int64_t start = now(), stop = start + seconds * 1e9, every = rate > 0 ? 1e9 / rate : 0;
    if (!every || !l->due) l->due = start;
    l->in_flight = in_flight < SLOTS ? in_flight : SLOTS;
    fill(l, start);
    for (int64_t at = start, next; at < stop; at = next) {
        for (; every && l->due <= at; l->due += every) post(l, l->due);
        int ready = epoll_wait(l->epoll, events, EVENTS, 0);
        for (int i = 0; i < ready; i++) readable(l, events[i].data.u32);
        next = now();
        if (ready > 0) l->counts.busy += next - at;
    }
    /* What is still under way stays so until the next run takes it up. */
}

/* Reader `i` is connected from now on; -1 leaves the place open for later. */
void load_join(struct load *l, uint32_t i, int fd) {
    struct epoll_event event = {.events = EPOLLIN, .data.u32 = i};
    l->reader[i].fd = fd;
    if (fd >= 0) epoll_ctl(l->epoll, EPOLL_CTL_ADD, fd, &event);
}

struct load *load_new(const int *fds, uint32_t readers, uint32_t most, const uint32_t *author,
                      const char *marker, const char *ack, const char *nack) {
    struct load *l = calloc(1, sizeof *l);
    l->readers = readers;
    l->most = most;
    l->stride = (readers + 7) / 8;
    l->reader = calloc(readers, sizeof *l->reader);
    l->author = malloc(readers * sizeof *author);
    memcpy(l->author, author, readers * sizeof *author);
    l->met = calloc(most, l->stride);
    l->posted_at = calloc(most, sizeof *l->posted_at);
    strncpy(l->marker, marker, sizeof l->marker - 1);
    l->marker_size = strlen(l->marker);
    strncpy(l->ack, ack, sizeof l->ack - 1);
    strncpy(l->nack, nack, sizeof l->nack - 1);
    for (int i = 0; i < SLOTS; i++) l->slot[i] = -1;
    l->epoll = epoll_create1(0);
    for (uint32_t i = 0; i < readers; i++) load_join(l, i, fds[i]);
    return l;
}

/* The frame to post, with the places where a message's eight digits go. */
int load_frame(struct load *l, const char *frame, uint32_t size, const uint32_t *place,
               uint32_t places) {
    if (size > sizeof l->frame || places > PLACES) return -1;
    memcpy(l->frame, frame, size);
    memcpy(l->place, place, places * sizeof *place);
    l->frame_size = size;
    l->places = places;
    return 0;
}

/* Expect messages that someone else posts: 0 … most - 1. */
void load_expect_all(struct load *l) { l->counts.posted = l->most; }

void load_measure(struct load *l, int on) {
    if (on && !l->measuring) memset(l->histogram, 0, sizeof l->histogram);
    l->measuring = on;
}

const struct counts *load_counts(const struct load *l) { return &l->counts; }
const uint64_t *load_histogram(const struct load *l) { return l->histogram; }
uint32_t load_buckets(void) { return BUCKETS; }

/* Readers that saw all `posted` messages in the order of the first such reader. */
uint32_t load_agreeing(const struct load *l) {
    const struct reader *first = NULL;
    uint32_t agreeing = 0;
    for (uint32_t i = 0; i < l->readers; i++) {
        const struct reader *r = &l->reader[i];
        if (r->seen != l->counts.posted) continue;
        if (!first) first = r;
        agreeing += r->order == first->order;
    }
    return agreeing;
}

void load_free(struct load *l) {
    for (uint32_t i = 0; i < l->readers; i++) free(l->reader[i].rest);
    close(l->epoll);
    free(l->reader); free(l->author); free(l->met); free(l->posted_at);
    free(l);
}
