package dev.hydra.dialect;

import dev.hydra.wire.JsonOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;

/**
 * A request in one of OpenAI's formats, whose body says at its end whether a stream is wanted.
 *
 * @param members all other members, without the outer braces
 * @param stream  the members that ask for a stream, beginning with a comma
 * @param readers makes a reader for one reply
 */
public record WrittenRequest(byte[] members, String stream, List<String> ignored,
        Supplier<ReplyReader> readers) implements ProviderRequest {
    @Override
    public byte[] body() {
        return body(false);
    }

    @Override
    public byte[] body(boolean streamed) {
        byte[] end = ((streamed ? stream : "") + "}").getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream body = new ByteArrayOutputStream(members.length + end.length + 1);
        body.write('{');
        body.writeBytes(members);
        body.writeBytes(end);
        return body.toByteArray();
    }

    @Override
    public ReplyReader reader() {
        return readers.get();
    }

    /** Writes members. */
    @FunctionalInterface
    public interface Members {
        /** Writes at least one name and value. */
        void write(JsonOutput json) throws IOException;
    }

    /** The bytes of what is written. */
    public static byte[] bytes(Members members) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        try {
            JsonOutput json = new JsonOutput().begin(bytes);
            members.write(json);
            json.end();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }
}
