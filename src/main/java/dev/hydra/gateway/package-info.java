/**
 * The path of one request, the same for every dialect: open an exchange, find routes, lease a key, translate, send, judge, stream back.
 *
 * <p>Failover is one visible loop in one class; audit and statistics only listen ({@link dev.hydra.gateway.ExchangeListener}).
 */
@NullMarked
package dev.hydra.gateway;

import org.jspecify.annotations.NullMarked;
