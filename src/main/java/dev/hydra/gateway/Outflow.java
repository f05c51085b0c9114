package dev.hydra.gateway;

import dev.hydra.conversation.ReplyEvent;
import dev.hydra.dialect.ClientRequest;
import dev.hydra.dialect.Failure;
import dev.hydra.dialect.Failure.Kind;
import dev.hydra.dialect.ReplyWriter;
import dev.hydra.gateway.ReplyStream.Item;
import dev.hydra.settings.Settings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a stream to the client, on the client's own thread.
 *
 * <p>The status is held back until the first content, so that a failure can still be an HTTP error; but no longer than settings allow,
 * since clients and proxies give up on a silent server. From then on silence is broken by keep-alives; these are also how a client that has left is
 * noticed.
 */
final class Outflow {
    private static final int FULL = 16 * 1024;
    private static final Logger LOG = LoggerFactory.getLogger(Outflow.class);

    private final ReplyStream reply;
    private final Deadline deadline;
    private final Ending ending;
    private final ReplyWriter writer;
    private final Optional<byte[]> keepAlive;
    private final Settings.Streams rhythm;
    private final ByteArrayOutputStream frame = new ByteArrayOutputStream(1024);

    Outflow(ReplyStream reply, Deadline deadline, ClientRequest request, Ending ending, Settings.Streams rhythm) {
        this.reply = reply;
        this.deadline = deadline;
        this.ending = ending;
        this.writer = request.stream(ending.head());
        this.rhythm = rhythm;
        this.keepAlive = ending.dialect().keepAlive();
    }

    /** Waits for the first content, or the end of patience. */
    Answer open() {
        Optional<Item> first = reply.next(deadline.atMost(keepAlive.isPresent() ? rhythm.hold() : deadline.left()));
        if (first.isPresent() && first.get() instanceof Item.Broken broken) {
            return ending.refused(broken.failure());
        }
        if (first.isEmpty() && deadline.passed()) {
            reply.cancel();
            return ending.refused(timeout());
        }
        return ending.streamed(out -> pump(first, out));
    }

    private void pump(Optional<Item> first, OutputStream out) throws IOException {
        try {
            Optional<Item> item = first;
            while (item.isEmpty() || item.get() instanceof Item.Events) {
                if (item.isPresent()) {
                    write(((Item.Events) item.get()).events(), out);
                } else if (!beat(out)) {
                    return;
                }
                item = reply.next(deadline.atMost(rhythm.beat()));
            }
            close(item.get(), out);
        } catch (Answer.BrokenReply e) {
            throw e;
        } catch (IOException e) {
            reply.cancel();
            ending.abandoned();
            throw e;
        } catch (RuntimeException | Error e) {
            LOG.error("The stream of exchange {} failed inside", ending.requestId(), e);
            reply.cancel();
            breakOffIfPossible(out);
        }
    }

    private void breakOffIfPossible(OutputStream out) throws IOException {
        try {
            breakOff(Ending.FAILED_INSIDE, out);
        } catch (Answer.BrokenReply e) {
            throw e;
        } catch (IOException | RuntimeException | Error e) {
            ending.abandoned();
            throw e;
        }
    }

    private void write(Iterable<ReplyEvent> events, OutputStream out) throws IOException {
        for (ReplyEvent event : events) {
            writer.write(event, frame);
        }
        // What came together leaves together: writing to the socket is most of the cost of a stream.
        if (!reply.hasNext() || frame.size() >= FULL) {
            send(out, true);
        }
    }

    /** @return false when the deadline has ended the stream */
    private boolean beat(OutputStream out) throws IOException {
        if (deadline.passed()) {
            reply.cancel();
            breakOff(timeout(), out);
            return false;
        }
        if (keepAlive.isPresent()) {
            frame.write(keepAlive.get());
            send(out, false);
        }
        return true;
    }

    private void close(Item end, OutputStream out) throws IOException {
        if (end instanceof Item.Broken broken) {
            breakOff(broken.failure(), out);
            return;
        }
        writer.end(frame);
        send(out, true);
        ending.complete();
    }

    private void breakOff(Failure failure, OutputStream out) throws IOException {
        writer.fail(failure, ending.requestId(), frame);
        send(out, false);
        ending.broken(failure);
        if (ending.dialect().cutsBrokenStream()) {
            throw new Answer.BrokenReply(failure.message());
        }
    }

    private void send(OutputStream out, boolean content) throws IOException {
        if (frame.size() > 0) {
            frame.writeTo(out);
            out.flush();
            ending.sent(frame.size(), content);
            frame.reset();
        }
    }

    private static Failure timeout() {
        return Failure.of(Kind.TIMEOUT, "The request could not be answered within its time limit.");
    }
}
