package dev.hydra.bench;

import dev.hydra.bench.Content.Size;

/** What is asked, and how it is answered. The names are the values of {@code --shape}. */
enum Shape {
    whole("Chat, answered whole (100 words)", Size.SMALL, false, true),
    stream("Chat, a stream of 20 chunks", Size.SMALL, true, true),
    native_whole("Gemini's own format, answered whole", Size.SMALL, false, false),
    native_stream("Gemini's own format, a stream of 20 chunks", Size.SMALL, true, false),
    tools("Chat with 50 tools, answered whole", Size.TOOLS, false, true),
    large("Chat of 100 kB, answered whole", Size.LONG, false, true),
    image("Chat with a picture of 4 MB, answered whole", Size.IMAGE, false, true);

    private final String title;
    private final Size size;
    private final boolean streamed;
    private final boolean translated;

    Shape(String title, Size size, boolean streamed, boolean translated) {
        this.title = title;
        this.size = size;
        this.streamed = streamed;
        this.translated = translated;
    }

    String title() {
        return title;
    }

    boolean streamed() {
        return streamed;
    }

    /** The request to the provider or to nginx. */
    Target plain(int port) {
        return Target.gemini(port, "benchmark-key", size, streamed);
    }

    /** The same to the gateway. */
    Target gateway(int port, String token) {
        return translated ? Target.chat(port, token, size, streamed) : Target.gemini(port, token, size, streamed);
    }
}
