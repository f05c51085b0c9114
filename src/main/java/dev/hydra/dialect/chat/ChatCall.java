package dev.hydra.dialect.chat;

import dev.hydra.conversation.Seal;

/**
 * A tool call of an answer.
 *
 * @param index counts the calls of its choice from 0
 * @param form  the shape that the client's declaration of the tool asks for
 */
record ChatCall(int index, String id, String name, Form form, Seal seal) {
    enum Form {
        FUNCTION, CUSTOM,
        /** {@code function_call}, for clients that declared {@code functions}. */
        LEGACY
    }
}
