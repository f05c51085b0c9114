package dev.hydra.dialect.responses;

import java.util.Map;
import java.util.Set;

/**
 * What the client wants of the answer's form.
 *
 * @param summaries   whether the model's thoughts are shown
 * @param seals       whether the client keeps the provider's signatures itself ({@code include: reasoning.encrypted_content})
 * @param store       whether the reply is kept
 * @param customTools names of the tools that take one free text
 * @param spaces      functions of namespaces by the name that the provider knows them by
 * @param echo        what the request says about itself in the response
 */
record ReplyWishes(boolean summaries, boolean seals, boolean store, Set<String> customTools, Map<String, ResponsesTools.Spaced> spaces,
        Echo echo) {
}
