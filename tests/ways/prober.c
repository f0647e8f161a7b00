/*
 * A prober for tests/ways: one static program that answers, asks and is a small name server.
 *
 *   prober serve NAME PORT[/udp]...    answers "NAME PEER OWN" on each port until it is told to stop
 *   prober ask MILLISECONDS            reads "ID tcp|udp TARGET PORT" lines, asks all at once, prints one line each:
 *                                        ID ok ASKED NAME PEER OWN | ID reset|timeout|unreachable|unknown|other ASKED
 *   prober dns NAME=ADDRESS...         answers A questions for these names on UDP port 53, all others with NXDOMAIN
 *
 * A target that is no address is looked up as a libc does: /etc/hosts, then the name servers of /etc/resolv.conf.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define MOST 1024

typedef union {
	struct sockaddr any;
	struct sockaddr_in v4;
	struct sockaddr_in6 v6;
} Address;

static long now(void) {
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void text_of(const struct in6_addr *address, char *text) {
	if (IN6_IS_ADDR_V4MAPPED(address)) inet_ntop(AF_INET, address->s6_addr + 12, text, INET6_ADDRSTRLEN);
	else inet_ntop(AF_INET6, address, text, INET6_ADDRSTRLEN);
}

static int parse(const char *text, int port, Address *to, socklen_t *length) {
	memset(to, 0, sizeof *to);
	if (inet_pton(AF_INET, text, &to->v4.sin_addr) == 1) {
		to->v4.sin_family = AF_INET;
		to->v4.sin_port = htons(port);
		*length = sizeof to->v4;
		return 1;
	}
	if (inet_pton(AF_INET6, text, &to->v6.sin6_addr) == 1) {
		to->v6.sin6_family = AF_INET6;
		to->v6.sin6_port = htons(port);
		*length = sizeof to->v6;
		return 1;
	}
	return 0;
}

/* ---- serve ---- */

static void quit(int signal) {
	(void)signal;
	_exit(0);
}

static int listen_on(const char *text) {
	int udp = strstr(text, "/udp") != NULL, port = atoi(text), on = 1, off = 0;
	int fd = socket(AF_INET6, udp ? SOCK_DGRAM : SOCK_STREAM, 0);
	struct sockaddr_in6 any = {.sin6_family = AF_INET6, .sin6_port = htons(port)};
	setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off);
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
	/* Answers leave from the address that was asked. */
	if (udp) setsockopt(fd, IPPROTO_IPV6, IPV6_RECVPKTINFO, &on, sizeof on);
	if (bind(fd, (struct sockaddr *)&any, sizeof any) < 0 || (!udp && listen(fd, 256) < 0)) {
		fprintf(stderr, "%s: %s\n", text, strerror(errno));
		exit(1);
	}
	return fd;
}

static void answer_stream(int fd, const char *name) {
	struct sockaddr_in6 peer, own;
	socklen_t length = sizeof peer;
	char a[INET6_ADDRSTRLEN], b[INET6_ADDRSTRLEN], line[256];
	int client = accept(fd, (struct sockaddr *)&peer, &length);
	if (client < 0) return;
	length = sizeof own;
	getsockname(client, (struct sockaddr *)&own, &length);
	text_of(&peer.sin6_addr, a);
	text_of(&own.sin6_addr, b);
	int size = snprintf(line, sizeof line, "%s %s %s\n", name, a, b);
	send(client, line, size, MSG_NOSIGNAL);
	close(client);
}

static void answer_datagram(int fd, const char *name) {
	struct sockaddr_in6 peer;
	char question[64], control[256], a[INET6_ADDRSTRLEN], b[INET6_ADDRSTRLEN] = "?", line[256];
	struct iovec in = {question, sizeof question};
	struct msghdr message = {&peer, sizeof peer, &in, 1, control, sizeof control, 0};
	if (recvmsg(fd, &message, 0) < 0) return;
	for (struct cmsghdr *c = CMSG_FIRSTHDR(&message); c; c = CMSG_NXTHDR(&message, c)) {
		if (c->cmsg_level != IPPROTO_IPV6 || c->cmsg_type != IPV6_PKTINFO) continue;
		struct in6_pktinfo *info = (struct in6_pktinfo *)CMSG_DATA(c);
		text_of(&info->ipi6_addr, b);
		info->ipi6_ifindex = 0;
	}
	text_of(&peer.sin6_addr, a);
	struct iovec out = {line, snprintf(line, sizeof line, "%s %s %s\n", name, a, b)};
	message.msg_iov = &out;
	message.msg_flags = 0;
	sendmsg(fd, &message, 0);
}

static int serve(int count, char **ports, const char *name) {
	struct pollfd fds[64];
	int udp[64];
	for (int i = 0; i < count && i < 64; i++) {
		fds[i].fd = listen_on(ports[i]);
		fds[i].events = POLLIN;
		udp[i] = strstr(ports[i], "/udp") != NULL;
	}
	for (;;) {
		if (poll(fds, count, -1) < 0 && errno != EINTR) return 1;
		for (int i = 0; i < count; i++) {
			if (!(fds[i].revents & POLLIN)) continue;
			if (udp[i]) answer_datagram(fds[i].fd, name);
			else answer_stream(fds[i].fd, name);
		}
	}
}

/* ---- names ---- */

static int in_hosts_file(const char *name, int family, char *found) {
	char line[1024];
	FILE *file = fopen("/etc/hosts", "r");
	if (!file) return 0;
	while (fgets(line, sizeof line, file)) {
		char *rest = strchr(line, '#'), *address, *word, *at = line;
		struct in6_addr any;
		if (rest) *rest = 0;
		address = strtok_r(at, " \t\n", &at);
		if (!address || inet_pton(family, address, &any) != 1) continue;
		while ((word = strtok_r(NULL, " \t\n", &at))) {
			if (strcasecmp(word, name) != 0) continue;
			strcpy(found, address);
			fclose(file);
			return 1;
		}
	}
	fclose(file);
	return 0;
}

static int put_question(unsigned char *packet, const char *name, int type) {
	static const unsigned char head[12] = {0x12, 0x34, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0};
	unsigned char *p = packet + 12;
	memcpy(packet, head, 12);
	while (*name) {
		size_t part = strcspn(name, ".");
		*p++ = part;
		memcpy(p, name, part);
		p += part;
		name += part + (name[part] == '.');
	}
	*p++ = 0;
	*p++ = 0;
	*p++ = type;
	*p++ = 0;
	*p++ = 1;
	return p - packet;
}

static int skip_name(const unsigned char *packet, int at, int size) {
	while (at < size && packet[at] != 0) {
		if (packet[at] >= 192) return at + 2;
		at += packet[at] + 1;
	}
	return at + 1;
}

/* The first address in an answer. */
static int first_answer(const unsigned char *packet, int size, int type, char *found) {
	int answers = packet[6] << 8 | packet[7], at = skip_name(packet, 12, size) + 4;
	while (answers-- > 0) {
		at = skip_name(packet, at, size);
		if (at + 10 > size) return 0;
		int kind = packet[at] << 8 | packet[at + 1], length = packet[at + 8] << 8 | packet[at + 9];
		if (kind == type && at + 10 + length <= size)
			return inet_ntop(type == 1 ? AF_INET : AF_INET6, packet + at + 10, found, INET6_ADDRSTRLEN) != NULL;
		at += 10 + length;
	}
	return 0;
}

static int ask_server(const char *server, const char *name, int type, char *found) {
	unsigned char packet[1500];
	Address to;
	socklen_t length;
	int size = put_question(packet, name, type), result = 0;
	if (!parse(server, 53, &to, &length)) return 0;
	int fd = socket(to.any.sa_family, SOCK_DGRAM, 0);
	struct timeval wait = {2, 0};
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
	if (connect(fd, &to.any, length) == 0 && send(fd, packet, size, 0) == size) {
		size = recv(fd, packet, sizeof packet, 0);
		if (size >= 12) result = first_answer(packet, size, type, found);
	}
	close(fd);
	return result;
}

static int in_dns(const char *name, int type, char *found) {
	char line[512], server[64];
	int result = 0;
	FILE *file = fopen("/etc/resolv.conf", "r");
	if (!file) return 0;
	while (!result && fgets(line, sizeof line, file))
		if (sscanf(line, " nameserver %63s", server) == 1) result = ask_server(server, name, type, found);
	fclose(file);
	return result;
}

static int look_up(const char *name, char *found) {
	return in_hosts_file(name, AF_INET, found) || in_hosts_file(name, AF_INET6, found) || in_dns(name, 1, found) ||
		in_dns(name, 28, found);
}

/* ---- ask ---- */

typedef struct {
	char id[16], asked[INET6_ADDRSTRLEN];
	int udp, fd, connected, sent;
	const char *result;
	char answer[256];
} Question;

static const char *failure(int code) {
	switch (code) {
	case ECONNREFUSED:
	case ECONNRESET:
	case EPIPE:
		return "reset";
	case ENETUNREACH:
	case EHOSTUNREACH:
	case EADDRNOTAVAIL:
		return "unreachable";
	case ETIMEDOUT:
		return "timeout";
	default:
		return "other";
	}
}

static void begin(Question *q, const char *target, int port) {
	Address to;
	socklen_t length;
	q->fd = -1;
	if (parse(target, port, &to, &length)) snprintf(q->asked, sizeof q->asked, "%s", target);
	else if (!look_up(target, q->asked) || !parse(q->asked, port, &to, &length)) {
		strcpy(q->asked, "-");
		q->result = "unknown";
		return;
	}
	q->fd = socket(to.any.sa_family, (q->udp ? SOCK_DGRAM : SOCK_STREAM) | SOCK_NONBLOCK, 0);
	if (connect(q->fd, &to.any, length) == 0) q->connected = 1;
	else if (errno != EINPROGRESS) q->result = failure(errno);
	if (q->udp && q->connected) send(q->fd, "?", 1, MSG_NOSIGNAL);
}

static void go_on(Question *q, short events) {
	int code = 0;
	socklen_t length = sizeof code;
	if (!q->connected) {
		getsockopt(q->fd, SOL_SOCKET, SO_ERROR, &code, &length);
		if (code != 0) q->result = failure(code);
		else if (events & POLLOUT) q->connected = 1;
		return;
	}
	if (!(events & (POLLIN | POLLERR | POLLHUP))) return;
	ssize_t size = recv(q->fd, q->answer, sizeof q->answer - 1, 0);
	if (size < 0 && (errno == EAGAIN || errno == EINTR)) return;
	if (size <= 0) {
		/* docker-proxy takes a connection before it knows whether the container does. */
		q->result = size == 0 ? "reset" : failure(errno);
		return;
	}
	q->answer[size] = 0;
	q->answer[strcspn(q->answer, "\n")] = 0;
	q->result = "ok";
}

static int ask(long patience) {
	static Question questions[MOST];
	static struct pollfd fds[MOST];
	char line[512], protocol[8], target[256];
	int count = 0, port, open = 1;
	while (count < MOST && fgets(line, sizeof line, stdin)) {
		Question *q = &questions[count];
		if (sscanf(line, "%15s %7s %255s %d", q->id, protocol, target, &port) != 4) continue;
		q->udp = strcmp(protocol, "udp") == 0;
		begin(q, target, port);
		count++;
	}
	long end = now() + patience, again = now() + 700;
	while (open && now() < end) {
		open = 0;
		for (int i = 0; i < count; i++) {
			Question *q = &questions[i];
			fds[i].fd = q->result ? -1 : q->fd;
			fds[i].events = q->connected ? POLLIN : POLLOUT;
			fds[i].revents = 0;
			if (!q->result) open = 1;
		}
		if (open) poll(fds, count, 100);
		for (int i = 0; i < count; i++)
			if (!questions[i].result && fds[i].revents) go_on(&questions[i], fds[i].revents);
		/* One datagram may be lost while a neighbour is being found. */
		for (int i = 0; now() > again && i < count; i++)
			if (questions[i].udp && !questions[i].result && !questions[i].sent) {
				questions[i].sent = 1;
				send(questions[i].fd, "?", 1, MSG_NOSIGNAL);
			}
	}
	for (int i = 0; i < count; i++) {
		Question *q = &questions[i];
		if (q->result && strcmp(q->result, "ok") == 0) printf("%s ok %s %s\n", q->id, q->asked, q->answer);
		else printf("%s %s %s\n", q->id, q->result ? q->result : "timeout", q->asked);
	}
	return 0;
}

/* ---- dns ---- */

static int name_in(const unsigned char *packet, int size, char *name) {
	int at = 12, out = 0;
	while (at < size && packet[at] != 0 && out + packet[at] < 250) {
		if (out > 0) name[out++] = '.';
		memcpy(name + out, packet + at + 1, packet[at]);
		out += packet[at];
		at += packet[at] + 1;
	}
	name[out] = 0;
	return at + 5;
}

static int dns(int count, char **entries) {
	int fd = socket(AF_INET, SOCK_DGRAM, 0);
	struct sockaddr_in own = {.sin_family = AF_INET, .sin_port = htons(53)}, peer;
	if (bind(fd, (struct sockaddr *)&own, sizeof own) < 0) return 1;
	for (;;) {
		unsigned char packet[1500];
		char name[256];
		socklen_t length = sizeof peer;
		int size = recvfrom(fd, packet, 512, 0, (struct sockaddr *)&peer, &length), found = 0;
		if (size < 17) continue;
		int end = name_in(packet, size, name);
		if (end > size) continue;
		for (int i = 0; i < count; i++) {
			char *equals = strchr(entries[i], '=');
			if (!equals || strlen(name) != (size_t)(equals - entries[i]) || strncasecmp(name, entries[i], strlen(name))) continue;
			found = 1;
			if (packet[end - 3] != 1) continue;
			static const unsigned char record[] = {0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4};
			memcpy(packet + end, record, sizeof record);
			inet_pton(AF_INET, equals + 1, packet + end + sizeof record);
			end += sizeof record + 4;
			packet[7] = 1;
		}
		packet[2] |= 0x80;
		packet[3] = 0x80 | (found ? 0 : 3);
		packet[8] = packet[9] = packet[10] = packet[11] = 0;
		if (!(found && packet[7] == 1)) packet[7] = 0;
		sendto(fd, packet, end, 0, (struct sockaddr *)&peer, length);
	}
}

int main(int count, char **words) {
	signal(SIGTERM, quit);
	signal(SIGINT, quit);
	signal(SIGPIPE, SIG_IGN);
	if (count > 3 && strcmp(words[1], "serve") == 0) return serve(count - 3, words + 3, words[2]);
	if (count == 3 && strcmp(words[1], "ask") == 0) return ask(atol(words[2]));
	if (count > 1 && strcmp(words[1], "dns") == 0) return dns(count - 2, words + 2);
	fprintf(stderr, "usage: prober serve NAME PORT[/udp]... | ask MILLISECONDS | dns NAME=ADDRESS...\n");
	return 2;
}
