/**
 * The line to Redis: clients for one server, Sentinel and Cluster, scripts, messages, and the breaker that decides whether Redis is asked at all. Nothing here
 * knows what keys or quotas are.
 *
 * <p>Decision: Jedis, since all that is needed is one script call per step on the thread of the request, and its blocking calls suit virtual threads. Scripts
 * are resources, called by their SHA and sent once where the server does not know them.
 */
@NullMarked
package dev.hydra.keys.redis;

import org.jspecify.annotations.NullMarked;
