package dev.hydra.bench;

import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What is asked and answered: a prompt of a sentence or two, and 100 words in 20 chunks. */
final class Content {
    static final String MODEL = "gemini-2.5-flash";
    static final String SYSTEM = "You are a helpful assistant.";
    static final String PROMPT = "Explain in about one hundred words why the sky is blue.";
    /** Five words each, all different, so that a lost or misplaced one is noticed. */
    static final List<String> CHUNKS = chunks(20);

    /** About 2 kB. */
    private static final String PARAGRAPH = "The light of the sun is scattered by the air, blue more than red. ".repeat(30);

    private static final int PICTURE = 4_000_000;
    /** How a PNG file begins. */
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

    private Content() {
    }

    /** So many chunks, each with its number from 10 on. */
    static List<String> chunks(int count) {
        return IntStream.range(0, count).mapToObj(i -> "chunk" + (10 + i) + " scatters light of course ").toList();
    }

    /** What is asked with. */
    enum Size {
        /** A chat request of about 200 bytes. */
        SMALL(0),
        /** A conversation of about 100 kB, 50 turns of it earlier ones. */
        LONG(50),
        /** One of about 400 kB or 100,000 tokens, 200 turns of it earlier ones. */
        HUGE(200),
        /** A small one with 50 tools. */
        TOOLS(0),
        /** A small one with a picture of 4,000,000 bytes. */
        IMAGE(0);

        private final int turns;

        Size(int turns) {
            this.turns = turns;
        }
    }

    /** A chat request. */
    static String chat(Size size, boolean streamed) {
        return "{\"model\":\"" + MODEL + "\",\"messages\":[{\"role\":\"system\",\"content\":\"" + SYSTEM + "\"},"
                + earlier(size, turn -> "{\"role\":\"" + (turn % 2 == 0 ? "user" : "assistant") + "\",\"content\":\"" + PARAGRAPH + "\"},")
                + "{\"role\":\"user\",\"content\":" + said(size) + "}],\"temperature\":0.7"
                + (size == Size.TOOLS ? ",\"tools\":[" + tools("{\"type\":\"function\",\"function\":", "}") + "]" : "")
                + (streamed ? ",\"stream\":true}" : "}");
    }

    /** The same in Gemini's own format. */
    static String gemini(Size size) {
        return "{\"systemInstruction\":{\"parts\":[{\"text\":\"" + SYSTEM + "\"}]},\"contents\":["
                + earlier(size,
                        turn -> "{\"role\":\"" + (turn % 2 == 0 ? "user" : "model") + "\",\"parts\":[{\"text\":\"" + PARAGRAPH + "\"}]},")
                + "{\"role\":\"user\",\"parts\":[{\"text\":\"" + PROMPT + "\"}"
                + (size == Size.IMAGE ? ",{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\"" + picture() + "\"}}" : "")
                + "]}],\"generationConfig\":{\"temperature\":0.7}"
                + (size == Size.TOOLS ? ",\"tools\":[{\"functionDeclarations\":[" + tools("", "") + "]}]" : "") + "}";
    }

    private static String said(Size size) {
        return size != Size.IMAGE ? "\"" + PROMPT + "\""
                : "[{\"type\":\"text\",\"text\":\"" + PROMPT + "\"},{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,"
                        + picture() + "\"}}]";
    }

    /** The same in each run, and nothing that could be compressed. @return base64 */
    private static String picture() {
        byte[] picture = new byte[PICTURE];
        new Random(7).nextBytes(picture);
        System.arraycopy(PNG, 0, picture, 0, PNG.length);
        return Base64.getEncoder().encodeToString(picture);
    }

    private static String earlier(Size size, IntFunction<String> turn) {
        return IntStream.range(0, size.turns).mapToObj(turn).collect(Collectors.joining());
    }

    private static String tools(String before, String after) {
        return IntStream.range(0, 50).mapToObj(i -> before + "{\"name\":\"tool" + i + "\",\"description\":\"Looks things up in table " + i
                + " and tells what it found there.\",\"parameters\":{\"type\":\"object\",\"properties\":{\"query\":{\"type\":\"string\",\"description\":"
                + "\"What to look for\"},\"most\":{\"type\":\"integer\",\"minimum\":1},\"order\":{\"type\":\"string\",\"enum\":[\"new\",\"old\"]},"
                + "\"deep\":{\"type\":\"boolean\"}},\"required\":[\"query\"]}}" + after).collect(Collectors.joining(","));
    }
}
