package dev.hydra.wire;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;

/**
 * An answer, of which only the head has been read so far. Must be closed. Only {@link #abort} may be called by another thread than the reader.
 */
public final class HttpReply implements AutoCloseable {
    private final ClassicHttpResponse response;
    private final Connection connection;
    private final Body body;

    HttpReply(ClassicHttpResponse response, Connection connection) throws IOException {
        this.response = response;
        this.connection = connection;
        HttpEntity entity = response.getEntity();
        this.body = entity == null ? new Body(InputStream.nullInputStream(), 0) : new Body(entity.getContent(), entity.getContentLength());
    }

    /** HTTP status. */
    public int status() {
        return response.getCode();
    }

    /** The first header of this name, in any case. */
    public Optional<String> header(String name) {
        Header header = response.getFirstHeader(name);
        return header == null ? Optional.empty() : Optional.ofNullable(header.getValue());
    }

    /** Size of the body in bytes as announced; -1 when it was not. */
    public long length() {
        return body.length;
    }

    /**
     * The body, as it comes: a read returns as soon as there are bytes. Throws {@link HttpFailure} when it breaks before its end or is silent
     * for too long. Closing it does nothing: close the reply.
     */
    public InputStream body() {
        return body;
    }

    /** Cuts the connection at once; a thread that is reading gets an {@link HttpFailure}. Any thread may call it, at any time. */
    public void abort() {
        connection.abort();
    }

    /** Gives the connection back for the next call if the body was read to its end, else drops it. */
    @Override
    public void close() {
        connection.done(body.ended(), response);
    }

    /** What the reply needs of its connection. */
    interface Connection {
        void abort();

        void done(boolean reusable, ClassicHttpResponse response);
    }

    private static final class Body extends InputStream {
        private final InputStream in;
        private final long length;
        private long read;
        private boolean atEnd;

        Body(InputStream in, long length) {
            this.in = in;
            this.length = length;
        }

        boolean ended() {
            return atEnd || read == length;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] to, int offset, int size) throws IOException {
            try {
                int count = in.read(to, offset, size);
                if (count < 0) {
                    atEnd = true;
                } else {
                    read += count;
                }
                return count;
            } catch (IOException e) {
                throw new HttpFailure(HttpFailure.Stage.BODY, "the answer broke off", e);
            }
        }

        @Override
        public int available() throws IOException {
            return in.available();
        }
    }
}
