package dev.hydra.keys;

import java.util.Set;

/**
 * A model that at least one key has.
 *
 * @param id               without {@code models/}
 * @param displayName      for people; may be empty
 * @param inputTokenLimit  tokens; 0 = unknown
 * @param outputTokenLimit tokens; 0 = unknown
 * @param methods          what it can do, e.g. {@code generateContent}, {@code embedContent}
 */
public record ModelEntry(String id, String displayName, long inputTokenLimit, long outputTokenLimit, Set<String> methods) {
}
