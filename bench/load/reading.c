/* Frames in, deliveries counted.
 *
 * Knows WebSocket framing from the server (never masked), the marker that each of our messages
 * carries ("[run:" then eight digits), and the Engine.IO ping. A delivery counts once per reader
 * and message, whatever the server's wire.
 */
#define _GNU_SOURCE
#include "load.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>

enum { INBOX = 1 << 19 };
static uint8_t inbox[INBOX];

uint32_t load_bucket(uint64_t us) {
    if (us < SUB) return us;
    uint32_t shift = 63 - __builtin_clzll(us) - 6;
    uint32_t bucket = (shift + 1) * SUB + ((us >> shift) & (SUB - 1));
    return bucket < BUCKETS ? bucket : BUCKETS - 1;
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
    if (l->author[n % l->readers] == who) load_echoed(l, n);
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
        load_send(l, &l->reader[who], "\x81\x81\0\0\0\0" "3", 7);
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
        load_send(l, r, pong, 6 + size);
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

void load_read(struct load *l, uint32_t who) {
    struct reader *r = &l->reader[who];
    memcpy(inbox, r->rest, r->held);
    ssize_t got = recv(r->fd, inbox + r->held, INBOX - r->held, 0);
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (got <= 0) { drop(l, r); return; }
    l->counts.received += got;
    size_t size = r->held + got, used = walk(l, who, inbox, size, load_now());
    r->held = size - used;
    if (r->held) {
        r->rest = realloc(r->rest, r->held);
        memcpy(r->rest, inbox + used, r->held);
    }
}

