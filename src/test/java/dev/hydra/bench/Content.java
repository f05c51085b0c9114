package dev.hydra.bench;

import java.util.List;
import java.util.stream.IntStream;

/** What is asked and answered: a prompt of a sentence or two, and 100 words in 20 chunks. */
final class Content {
    static final String MODEL = "gemini-2.5-flash";
    static final String SYSTEM = "You are a helpful assistant.";
    static final String PROMPT = "Explain in about one hundred words why the sky is blue.";
    /** Five words each, all different, so that a lost or misplaced one is noticed. */
    static final List<String> CHUNKS = IntStream.range(0, 20).mapToObj(i -> "chunk" + (10 + i) + " scatters light of course ").toList();

    private Content() {
    }

    /** A chat request of about 200 bytes. */
    static String chat(boolean streamed) {
        return "{\"model\":\"" + MODEL + "\",\"messages\":[{\"role\":\"system\",\"content\":\"" + SYSTEM
                + "\"},{\"role\":\"user\",\"content\":\"" + PROMPT
                + "\"}],\"temperature\":0.7" + (streamed ? ",\"stream\":true}" : "}");
    }

    /** The same in Gemini's own format. */
    static String gemini() {
        return "{\"systemInstruction\":{\"parts\":[{\"text\":\"" + SYSTEM + "\"}]},\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\""
                + PROMPT
                + "\"}]}],\"generationConfig\":{\"temperature\":0.7}}";
    }
}
