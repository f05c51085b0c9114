package dev.hydra.conversation;

/** Why an answer ended (spec mapping §2.1). Whether it ended in tool calls is seen from its events, not from here. */
public enum FinishReason {
    /** The model was done. */
    STOP,
    /** The token limit was reached. */
    LENGTH,
    /** Refused or cut for safety, recitation, a blocklist or the like. */
    FILTERED,
    /** The model tried to call a function and got it wrong; worth another try. */
    MALFORMED_CALL,
    /** A reason that we do not know or that says nothing; worth another try when nothing was shown. */
    OTHER
}
