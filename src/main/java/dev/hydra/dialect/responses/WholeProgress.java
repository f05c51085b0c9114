package dev.hydra.dialect.responses;

import dev.hydra.wire.JsonOutput;
import java.io.IOException;
import java.io.OutputStream;

/** An answer as one response object: nothing is told before the end. */
final class WholeProgress implements Progress {
    @Override
    public void begun(ResponseDocument document, OutputStream out) {
        // Told at the end.
    }

    @Override
    public void added(OutputItem item, int index, OutputStream out) {
        // Told at the end.
    }

    @Override
    public void grown(OutputItem item, int index, String delta, OutputStream out) {
        // Told at the end.
    }

    @Override
    public void cited(OutputItem.Message message, int index, OutputStream out) {
        // Told at the end.
    }

    @Override
    public void done(OutputItem item, int index, OutputStream out) {
        // Told at the end.
    }

    @Override
    public void end(ResponseDocument document, OutputStream out) throws IOException {
        JsonOutput json = new JsonOutput().begin(out);
        document.write(json);
        json.end();
    }

    @Override
    public void fail(ResponseDocument document, OutputStream out) throws IOException {
        end(document, out);
    }
}
