package dev.hydra.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Where a command reads and writes.
 *
 * @param out      results
 * @param err      what is wrong, and questions
 * @param logLevel sets the log up for a server with a level
 */
record Console(PrintWriter out, PrintWriter err, BufferedReader in, Consumer<String> logLevel) {

    static Console system() {
        Charset charset = System.out.charset();
        return new Console(new PrintWriter(System.out, true, charset), new PrintWriter(System.err, true, charset),
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)), LogLines::serve);
    }

    void print(String line) {
        out.println(line);
        out.flush();
    }

    void warn(String line) {
        err.println(line);
        err.flush();
    }

    /** Asks a question that only yes answers; no answer is no. */
    boolean confirms(String question) {
        err.print(question + " [y/N] ");
        err.flush();
        try {
            String answer = in.readLine();
            return answer != null && answer.strip().toLowerCase(Locale.ROOT).matches("y|yes");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
