package dev.hydra.wire;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jvnet.mimepull.Header;
import org.jvnet.mimepull.MIMEConfig;
import org.jvnet.mimepull.MIMEMessage;
import org.jvnet.mimepull.MIMEParsingException;
import org.jvnet.mimepull.MIMEPart;

/**
 * A {@code multipart/form-data} body (RFC 7578), in memory: its size is bounded before it comes here.
 *
 * @param items in the order of the body
 */
public record MultipartForm(List<Item> items) {
    /** No form of our endpoints has near as many; each item costs more than its bytes. */
    private static final int MOST_ITEMS = 1_000;
    /** RFC 2046 §5.1.1; longer ones make the search for them costly (spec defects S11). */
    private static final int LONGEST_BOUNDARY = 70;

    /**
     * One field or file.
     *
     * @param name     name of the field
     * @param filename name of the file; empty when this is no file
     * @param type     declared media type in lower case, without parameters; empty when none is declared
     */
    public record Item(String name, String filename, String type, byte[] bytes) {
    }

    /** Whether a content type is that of a form. @param contentType may be null */
    public static boolean is(String contentType) {
        return contentType != null && contentType.strip().toLowerCase(Locale.ROOT).startsWith("multipart/form-data");
    }

    /**
     * Reads a body.
     *
     * @param contentType with the boundary
     * @throws IOException when it is no complete form; the message says why and is fit for a client
     */
    public static MultipartForm parse(byte[] body, String contentType) throws IOException {
        String boundary = parameter(contentType, "boundary")
                .orElseThrow(() -> new IOException("the content type names no boundary"));
        if (boundary.isEmpty() || boundary.length() > LONGEST_BOUNDARY) {
            throw new IOException("the boundary must have 1 to " + LONGEST_BOUNDARY + " characters");
        }
        MIMEConfig config = new MIMEConfig();
        config.setMemoryThreshold(-1L);
        List<Item> items = new ArrayList<>();
        try (MIMEMessage message = new MIMEMessage(new ByteArrayInputStream(body), boundary, config)) {
            List<MIMEPart> parts = message.getAttachments();
            if (parts.size() > MOST_ITEMS) {
                throw new IOException("the form has more than " + MOST_ITEMS + " items");
            }
            for (MIMEPart part : parts) {
                items.add(item(part));
            }
        } catch (MIMEParsingException broken) {
            throw new IOException("the form cannot be read: " + broken.getMessage(), broken);
        }
        return new MultipartForm(List.copyOf(items));
    }

    private static Item item(MIMEPart part) throws IOException {
        String disposition = "";
        String type = "";
        for (Header header : part.getAllHeaders()) {
            switch (header.getName().toLowerCase(Locale.ROOT)) {
                case "content-disposition" -> disposition = header.getValue();
                case "content-type" -> type = header.getValue();
                default -> {
                }
            }
        }
        String name = parameter(disposition, "name").orElseThrow(() -> new IOException("an item of the form has no name"));
        String filename = parameter(disposition, "filename").orElse("");
        return new Item(name, filename, type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT), part.readOnce().readAllBytes());
    }

    /** A parameter of a header's value, quoted or not. Browsers and SDKs escape a quotation mark as {@code %22} or with a backslash. */
    private static Optional<String> parameter(String value, String name) {
        int at = value.indexOf(';');
        while (at >= 0) {
            int equals = value.indexOf('=', at);
            if (equals < 0) {
                return Optional.empty();
            }
            String key = value.substring(at + 1, equals).strip();
            StringBuilder text = new StringBuilder();
            at = value(value, equals + 1, text);
            if (key.equalsIgnoreCase(name)) {
                return Optional.of(text.toString());
            }
        }
        return Optional.empty();
    }

    /** Reads one value from {@code from}. @return where the next parameter begins; -1 when there is none */
    private static int value(String header, int from, StringBuilder text) {
        int i = from;
        while (i < header.length() && header.charAt(i) == ' ') {
            i++;
        }
        boolean quoted = i < header.length() && header.charAt(i) == '"';
        for (i = quoted ? i + 1 : i; i < header.length() && header.charAt(i) != (quoted ? '"' : ';'); i++) {
            if (quoted && header.charAt(i) == '\\' && i + 1 < header.length()) {
                i++;
            }
            text.append(header.charAt(i));
        }
        if (!quoted) {
            text.setLength(text.toString().stripTrailing().length());
        }
        return header.indexOf(';', i);
    }
}
