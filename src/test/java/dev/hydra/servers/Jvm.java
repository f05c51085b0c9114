package dev.hydra.servers;

/** Options for the JVMs of servers. */
final class Jvm {
    /**
     * The first of the JVM's two compilers alone: a server lives for some minutes here, of which the second one would take most for itself. Memory as a small
     * installation has it.
     */
    static final String SHORT_LIVED = "-XX:TieredStopAtLevel=1 -Xmx512m";
    /** What only the JDK's caches still hold is let go at the next collection, as it would be when memory is short. */
    static final String NO_SOFT_REFERENCES = "-XX:SoftRefLRUPolicyMSPerMB=0";

    private Jvm() {
    }
}
