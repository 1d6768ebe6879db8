/* The hot loop of the load generator: every socket reads, some post, every delivery is checked.
 *
 * Python makes the sockets (connected, greeted, non-blocking) and the frame to post; this loop only
 * reads (reading.c), counts, and posts the next message.
 */
#define _GNU_SOURCE
#include "load.h"

#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static const int64_t GIVE_UP = 5000000000; /* ns until an echo that never came frees its place */

int64_t load_now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000000LL + t.tv_nsec;
}

void load_send(struct load *l, struct reader *r, const void *data, size_t size) {
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
    load_send(l, &l->reader[l->author[n % l->readers]], l->frame, l->frame_size);
    return n;
}

void load_echoed(struct load *l, int64_t n) {
    for (uint32_t i = 0; i < l->in_flight; i++)
        if (l->slot[i] == n) {
            l->slot[i] = post(l, load_now());
            return;
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
    int64_t start = load_now(), stop = start + seconds * 1e9, every = rate > 0 ? 1e9 / rate : 0;
    if (!every || !l->due) l->due = start;
    l->in_flight = in_flight < SLOTS ? in_flight : SLOTS;
    fill(l, start);
    for (int64_t at = start, next; at < stop; at = next) {
        for (; every && l->due <= at; l->due += every) post(l, l->due);
        int ready = epoll_wait(l->epoll, events, EVENTS, 0);
        for (int i = 0; i < ready; i++) load_read(l, events[i].data.u32);
        next = load_now();
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
