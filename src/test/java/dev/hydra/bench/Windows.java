package dev.hydra.bench;

import java.time.Duration;

/**
 * How long is measured, and with how much.
 *
 * @param warmUp      load before each measurement
 * @param length      of one measured window
 * @param rounds      windows of each side, in turn
 * @param connections of the load
 */
record Windows(Duration warmUp, Duration length, int rounds, int connections) {
}
