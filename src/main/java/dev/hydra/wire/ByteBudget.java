package dev.hydra.wire;
public final class ByteBudget { public interface Share extends AutoCloseable { void close(); } }
